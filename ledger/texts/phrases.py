"""Dates, figures and shares in words, as a sentence takes them: `from about 2025-11-21 on`, `at least 43`, `most of Kupiansk`.

Days stay ISO days, which no reader takes for another, and get English words around them, as all that the program says of itself. What goes
into a sentence of the ledger's own (figures, shares) is in the ledger's language, as far as `_FIGURES` and `_SHARES` have it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ledger.texts.dates import FAR, LAST_DAY, DateProblem, Days, format_day, parse_holds
from ledger.texts.display import one_line
from ledger.texts.languages import primary

# -- dates ------------------------------------------------------------------------------------------------------------


def date_words(text: str) -> str:
    """One date as it is written: `2025-11-21`, `about 2025-11`; what is no date stays as it is."""
    shown = one_line(text)
    return f"about {shown[:-1]}" if shown.endswith("~") else shown


def said_words(text: str) -> str:
    """When something was said: `2025-11-21`, `about 2025-11-21`, `some day from 2025-12-12 to 2025-12-13`, `by 2022-09-10`."""
    first, interval, last = text.partition("/")
    if not interval or _unreadable(text):
        return date_words(text)
    return f"by {date_words(last)}" if first == ".." else f"some day from {date_words(first)} to {date_words(last)}"


def said_on(text: str) -> str:
    """When something was said, as it stands behind what was done: `on 2025-11-21`, `in 2025-11`, `about 2025-11-21`, `by 2022-09-10`."""
    words = said_words(text)
    if words == text and not _unreadable(text):
        return f"{'on' if len(text) == len('2025-11-21') else 'in'} {words}"
    return f"on {words}" if words.startswith("some day") else words


def holds_words(text: str, event: bool = False) -> str:
    """When something is said to be so: `2025-11-21`, `from about 2025-11-21 on`, `until 2022-09-10`, `from 2025-11-21 to 2025-11-25`; of an
    event when it is said to have happened: `by 2022-09-10`, `some day from 2025-11-21 to 2025-11-25`."""
    first, interval, last = text.partition("/")
    if not interval or _unreadable(text):
        return date_words(text)
    if last == "..":
        return f"from {date_words(first)} on"
    if first == "..":
        return f"{'by' if event else 'until'} {date_words(last)}"
    return f"{'some day ' if event else ''}from {date_words(first)} to {date_words(last)}"


def time_told(text: str, event: bool = False) -> str:
    """`holds_words` as it stands behind "of": `2025-11-21`, `the time from about 2025-11-21 on`, `the time until 2022-09-10`."""
    words = holds_words(text, event)
    return words if words == date_words(text) or words.startswith("some day") else f"the time {words}"


def meant_words(said: str, holds: str | None) -> str:
    """Of when a figure is, as it stands behind "of": its time, or the day on which it was said."""
    return time_told(holds) if holds else said_words(said)


def _unreadable(text: str) -> bool:
    try:
        parse_holds(text)
    except DateProblem:
        return True
    return False


def days_words(days: Days) -> str:
    """Some one day of several: `2025-11-03`, `2025-11-03 or 2025-11-04`, `some day in 2025-11`, `some day from 2025-11-01 to 2025-11-05`; where it
    has no beginning, `some day up to 2025-11-05`."""
    first, last = days
    if first == last:
        return format_day(first)
    if first < 1 or last > LAST_DAY:
        return (
            "some day"
            if last > LAST_DAY and first < 1
            else f"some day up to {format_day(last)}"
            if first < 1
            else f"some day from {format_day(first)} on"
        )
    if last == first + 1:
        return f"{format_day(first)} or {format_day(last)}"
    span = _month_or_year(first, last)
    return f"some day in {span}" if span else f"some day from {format_day(first)} to {format_day(last)}"


def span_words(first: int, last: int) -> str:
    """All days from one to another: `on 2025-11-03`, `from 2025-11-03 to 2025-11-05`, `from 2025-11-03 on`, `until 2025-11-05`, `at all times`."""
    if first == last:
        return f"on {format_day(first)}"
    if first <= -FAR or last >= FAR:
        return (
            "at all times"
            if first <= -FAR and last >= FAR
            else f"until {format_day(last)}"
            if first <= -FAR
            else f"from {format_day(first)} on"
        )
    return f"from {format_day(first)} to {format_day(last)}"


_MONTHS = (  # (those of `calendar` are in the language of the machine)
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def months_words(first: int, last: int) -> str:
    """The months from one day to another, roughly: `November 2025`, `September to December 2022`, `2022 to 2025`; nothing without an end."""
    if first < 1 or last > LAST_DAY:
        return ""
    start, end = date.fromordinal(first), date.fromordinal(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if start.year == end.year:
        return f"{_MONTHS[start.month - 1]} to {_MONTHS[end.month - 1]} {start.year}"
    return f"{start.year} to {end.year}"


def _month_or_year(first: int, last: int) -> str:
    """`2025-11` or `2025` where the days are all of that; else nothing."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    if start.year != end.year or start.day != 1 or (last < LAST_DAY and date.fromordinal(last + 1).day != 1):
        return ""
    if start.month == end.month:
        return start.isoformat()[:7]
    return start.isoformat()[:4] if (start.month, end.month) == (1, 12) else ""


# -- figures ----------------------------------------------------------------------------------------------------------

_THIN = "\u00a0"  # no line ends inside a figure


class _Figures(NamedTuple):
    """How a language writes figures: between thousands, before decimals, then what stands before a figure; `grouped` is the least number of
    digits that get separators."""

    thousands: str
    decimal: str
    about: str
    at_least: str
    over: str
    at_most: str
    under: str
    to: str
    grouped: int = 4


_FIGURES = {
    "en": _Figures(",", ".", "about", "at least", "over", "at most", "under", "to"),
    "nb": _Figures(_THIN, ",", "omtrent", "minst", "over", "høyst", "under", "til"),
    "nn": _Figures(_THIN, ",", "omtrent", "minst", "over", "høgst", "under", "til"),
    "sv": _Figures(_THIN, ",", "omkring", "minst", "över", "högst", "under", "till"),
    "da": _Figures(".", ",", "omkring", "mindst", "over", "højst", "under", "til"),
    "de": _Figures(".", ",", "etwa", "mindestens", "über", "höchstens", "unter", "bis"),
    "nl": _Figures(".", ",", "ongeveer", "minstens", "meer dan", "hooguit", "minder dan", "tot"),
    "fr": _Figures(_THIN, ",", "environ", "au moins", "plus de", "au plus", "moins de", "à"),
    "es": _Figures(".", ",", "unos", "al menos", "más de", "como máximo", "menos de", "a", 5),
    "it": _Figures(".", ",", "circa", "almeno", "più di", "al massimo", "meno di", "a"),
    "pt": _Figures(".", ",", "cerca de", "pelo menos", "mais de", "no máximo", "menos de", "a", 5),
    "ro": _Figures(".", ",", "circa", "cel puțin", "peste", "cel mult", "sub", "până la"),
    "uk": _Figures(_THIN, ",", "близько", "щонайменше", "понад", "щонайбільше", "менш ніж", "—"),
    "ru": _Figures(_THIN, ",", "около", "не менее", "более", "не более", "менее", "—"),
    "pl": _Figures(_THIN, ",", "około", "co najmniej", "ponad", "najwyżej", "poniżej", "do", 5),
    "cs": _Figures(_THIN, ",", "asi", "nejméně", "přes", "nejvýše", "méně než", "až"),
    "tr": _Figures(".", ",", "yaklaşık", "en az", ">", "en fazla", "<", "—"),
}
_SIGNS = {"~": "about", ">=": "at_least", ">": "over", "<=": "at_most", "<": "under", "": ""}
_FIGURE = re.compile(r"(~|>=|>|<=|<)?([0-9]+)(?:\.([0-9]+))?|([0-9]+)(?:\.([0-9]+))?\.\.([0-9]+)(?:\.([0-9]+))?")


def figure_words(text: str, language: str = "en") -> str:
    """A figure as it is written in a claim, in words: `about 55,000`, `at least 43`, `over 200`, `1,000 to 2,000`."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return one_line(text)
    ways = _FIGURES.get(primary(language), _FIGURES["en"])
    sign, whole, decimals, first, first_decimals, last, last_decimals = match.groups()
    if whole is None:
        between = "–" if ways.to == "—" else f" {ways.to} "
        return _number(first, first_decimals, ways) + between + _number(last, last_decimals, ways)
    before = getattr(ways, _SIGNS[sign or ""]) if sign else ""
    return f"{before} {_number(whole, decimals, ways)}".lstrip()


def _number(whole: str, decimals: str | None, ways: _Figures) -> str:
    digits = whole.lstrip("0") or "0"
    if len(digits) >= ways.grouped:
        digits = f"{int(digits):,}".replace(",", ways.thousands)
    return digits + (ways.decimal + decimals if decimals else "")


def day_words(text: str, language: str = "en") -> str:
    """A date as a value, in the words of a language: `2022-02-24`, `about 2022-02-24`, `2022-02-24 to 2022-02-26`."""
    ways = _FIGURES.get(primary(language), _FIGURES["en"])
    first, interval, last = (one_line(part) for part in text.partition("/"))
    dates = [f"{ways.about} {each[:-1]}" if each.endswith("~") else each for each in ([first, last] if interval else [first])]
    return f" {ways.to} ".join(dates)


# -- shares of a place ------------------------------------------------------------------------------------------------


class _Shares(NamedTuple):
    """How a language says of what share of a place: `{}` is the place, `{n}` the figure with its per cent sign; then what a denial says of
    a part (not even a part), and of a figure or more."""

    all: str
    most: str
    part: str
    percent: str
    any: str
    or_more: str


# Where a language would decline the name behind "part of", or draw an article into it, the share stands behind the name as it is.
_SHARES = {
    "en": _Shares("all of {}", "most of {}", "part of {}", "{n} of {}", "any part of {}", "{n} or more of {}"),
    "nb": _Shares("hele {}", "det meste av {}", "en del av {}", "{n} av {}", "noen del av {}", "{n} eller mer av {}"),
    "nn": _Shares("heile {}", "det meste av {}", "ein del av {}", "{n} av {}", "nokon del av {}", "{n} eller meir av {}"),
    "sv": _Shares("hela {}", "det mesta av {}", "en del av {}", "{n} av {}", "någon del av {}", "{n} eller mer av {}"),
    "da": _Shares("hele {}", "det meste af {}", "en del af {}", "{n} af {}", "nogen del af {}", "{n} eller mere af {}"),
    "nl": _Shares("heel {}", "het grootste deel van {}", "een deel van {}", "{n} van {}", "enig deel van {}", "{n} of meer van {}"),
    "de": _Shares("{} (ganz)", "{} (zum größten Teil)", "{} (zum Teil)", "{} ({n})", "{} (auch nur zum Teil)", "{} ({n} oder mehr)"),
    "fr": _Shares("{} (en entier)", "{} (en majeure partie)", "{} (en partie)", "{} ({n})", "{} (même en partie)", "{} ({n} ou plus)"),
    "es": _Shares("{} (por completo)", "{} (en su mayor parte)", "{} (en parte)", "{} ({n})", "{} (ni en parte)", "{} ({n} o más)"),
    "it": _Shares("{} (per intero)", "{} (per la maggior parte)", "{} (in parte)", "{} ({n})", "{} (neanche in parte)", "{} ({n} o più)"),
    "pt": _Shares("{} (por inteiro)", "{} (na maior parte)", "{} (em parte)", "{} ({n})", "{} (nem em parte)", "{} ({n} ou mais)"),
    "ro": _Shares(
        "{} (în întregime)", "{} (în cea mai mare parte)", "{} (în parte)", "{} ({n})", "{} (nici în parte)", "{} ({n} sau mai mult)"
    ),
    "uk": _Shares("{} (повністю)", "{} (здебільшого)", "{} (частково)", "{} ({n})", "{} (навіть частково)", "{} ({n} чи більше)"),
    "ru": _Shares("{} (полностью)", "{} (большей частью)", "{} (частично)", "{} ({n})", "{} (даже частично)", "{} ({n} или более)"),
    "pl": _Shares("{} (w całości)", "{} (w większej części)", "{} (w części)", "{} ({n})", "{} (nawet w części)", "{} ({n} lub więcej)"),
    "cs": _Shares("{} (celé)", "{} (z větší části)", "{} (zčásti)", "{} ({n})", "{} (ani zčásti)", "{} ({n} nebo více)"),
    "tr": _Shares("{} (tamamı)", "{} (çoğu)", "{} (bir kısmı)", "{} ({n})", "{} (bir kısmı bile)", "{} ({n} veya daha fazlası)"),
}
_OTHER = _Shares("{} (100 %)", "{} (> 50 %)", "{} (> 0 %)", "{} ({n})", "{} (> 0 %)", "{} (>= {n})")


def extent_words(extent: str, place: str, language: str = "en", denied: bool = False) -> str:
    """A place and the share of it that is spoken of: `all of Kupiansk`, `most of Kupiansk`, `about 30 % of Kupiansk`; of a denial, which says
    that it is so not even of a part, `any part of Kupiansk`."""
    ways = _SHARES.get(primary(language), _OTHER)
    way, figure = (
        {"all": ways.all, "100%": ways.all, "most": ways.most, "part": ways.any if denied else ways.part}.get(extent, ways.percent),
        "",
    )
    if way == ways.percent:
        if denied and extent.startswith(">="):
            way, extent = ways.or_more, extent[2:]
        figure = figure_words(extent.removesuffix("%"), language) + (" %" if extent.endswith("%") else "")
    return place.join(part.replace("{n}", figure) for part in way.split("{}"))
