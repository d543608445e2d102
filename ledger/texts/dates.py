"""Dates with their uncertainty, and durations: the grammar of DESIGN section 4, nothing more.

A day is an integer, the proleptic Gregorian ordinal (1 is 0001-01-01). `FAR` lies after every day that can be written and
`-FAR` before, for what lasts for ever.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

FAR = 10_000_000
LAST_DAY = date.max.toordinal()

DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_DURATION = re.compile(r"P(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?")


class DateProblem(ValueError):
    """A date that can't be read; `name` is `unreadable`, `impossible` or `reversed`, the text says why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Days(NamedTuple):
    """Some one day from `first` to `last`, both included."""

    first: int
    last: int


class Holds(NamedTuple):
    """When a claim is said to be true: `form` is `date`, `interval` (A/B), `from` (A/..) or `until` (../B).

    Of a `date`, `start` and `end` are the same days; of `from` there is no `end`, of `until` no `start`.
    """

    form: str
    start: Days | None
    end: Days | None


def _month_days(year: int, month: int) -> Days:
    """All days of a month; months may run over the year's ends, and days stay within the calendar."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if year < 1:
        return Days(1, 1)
    if year > 9999:
        return Days(LAST_DAY, LAST_DAY)
    first = date(year, month, 1).toordinal()
    last = date(year, month + 1, 1).toordinal() - 1 if month < 12 else date(year, 12, 31).toordinal()
    return Days(first, last)


@lru_cache(maxsize=65536)
def parse_date(text: str) -> Days:
    """The days that `2025`, `2025-11` or `2025-11-21`, each perhaps with `~`, can be; raises DateProblem."""
    match = DATE.fullmatch(text)
    if match is None:
        raise DateProblem("unreadable", _why_unreadable(text))
    year, about = int(match[1]), bool(match[4])
    if year == 0:
        raise DateProblem("impossible", f"there is no year {match[1]}")
    if match[2] is None:
        first = date(max(1, year - about), 1, 1).toordinal()
        return Days(first, date(min(9999, year + about), 12, 31).toordinal())
    month = int(match[2])
    if 21 <= month <= 41 and match[3] is None:
        about_it = "~" if month in _OVER_NEW_YEAR else ""
        raise DateProblem("unreadable", "EDTF's seasons are not read; " + _WIDER.format(f"{match[1]}{about_it}"))
    if not 1 <= month <= 12:
        raise DateProblem("impossible", f"there is no month {match[2]}")
    if match[3] is None:
        return Days(_month_days(year, month - about).first, _month_days(year, month + about).last)
    try:
        day = date(year, month, int(match[3])).toordinal()
    except ValueError:
        raise DateProblem("impossible", f"there is no day {match[0].rstrip('~')}") from None
    return Days(max(1, day - 3), min(LAST_DAY, day + 3)) if about else Days(day, day)


def parse_day(text: str) -> Days:
    """One day: a date, or `A/B` for some one day from A to B (of `published` and dates as values)."""
    if "/" not in text:
        return parse_date(text)
    holds = parse_holds(text)
    if holds.form != "interval" or holds.start is None or holds.end is None:
        raise DateProblem("unreadable", "an open end (`..`) is only for `holds`; write a date, or A/B for some one day from A to B")
    return Days(holds.start.first, holds.end.last)


@lru_cache(maxsize=65536)
def parse_said(text: str) -> Holds:
    """What `said` says: a date, `A/B` for some one day from A to B, or `../B` for some one day up to B; raises DateProblem."""
    found = parse_holds(text)
    if found.form == "from":
        raise DateProblem(
            "unreadable", "an open end (`..`) is only for `holds`; write a date, A/B for some one day from A to B, or ../B for by that day"
        )
    return found


@lru_cache(maxsize=65536)
def parse_holds(text: str) -> Holds:
    """What `holds` says: a date, `A/B`, `A/..` or `../B`; raises DateProblem."""
    if "/" not in text:
        days = parse_date(text)
        return Holds("date", days, days)
    left, _, right = text.partition("/")
    if "/" in right or not left or not right or (left == ".." and right == ".."):
        raise DateProblem("unreadable", _why_unreadable(text))
    if left == "..":
        return Holds("until", None, parse_date(right))
    start = parse_date(left)
    if right == "..":
        return Holds("from", start, None)
    end = parse_date(right)
    if end.last < start.first:
        raise DateProblem("reversed", f"it ends ({right}) before it begins ({left})")
    return Holds("interval", start, end)


_WIDER = (
    "write {}, which holds it whole (A/B with its first and last day is some one day of these in `said`, `published` and a date as "
    "value; in `holds` it says of a state that it held throughout)"
)
_OVER_NEW_YEAR = (22, 24, 28, 30)  # EDTF's seasons that may: winter, summer in the south, and those that may be the one or the other
_DECADE = (
    "of a decade or a century write its first and last year as A/B in `said`, `published` and a date as value; in `holds`, where that "
    "says of a state that it held throughout, write what is known more closely, with `~`, and the rest in `note`"
)
_EDTF = (
    (r".*[?%].*", "EDTF's marks of doubt `?` and `%` are not read; write the date without them, or a wider one that is sure, and the doubt "
     "in `note` (`~` is for about)"),
    (r"[0-9]{1,3}X{1,3}~?", "EDTF's unspecified digits (`X`) are not read; " + _DECADE),
    (r"[0-9]{1,4}[0-9X-]*X[0-9X-]*~?", "EDTF's unspecified digits (`X`) are not read; " + _WIDER.format("the month or the year alone")),
    (r"[\[{].*", "EDTF's sets are not read; " + _WIDER.format("the month or the year")),
    (r"[+-]?Y.*|-[0-9]{4}.*|.*[ES][0-9]+", "EDTF's long or negative years are not read"),
    (r"~[0-9].*", "`~` stands behind the date: 2025-11-21~"),
    (r"[^/]*/|/[^/]*", "EDTF's unknown end is not read; write the date that is known, or `..` where the other end is open: it still held "
     "when it was said (A/..), or nobody knows since when (../B)"),
    (r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ].*", "times of day are not read; write the day"),
    (r".*\.\..*", "of intervals only A/B, A/.. and ../B are read"),
    (r"[0-9]{4}-?W[0-9].*", "week dates are not read; write the day; of a whole week " + _WIDER.format("the month or the year")),
    (r"[0-9]{8}~?", "write it with hyphens: YYYY-MM-DD"),
)  # fmt: skip


def _why_unreadable(text: str) -> str:
    """Why a text is no date, and what to write for it: EDTF's other forms by name, then what a hand often types."""
    for pattern, why in _EDTF:
        if len(text) < 100 and re.fullmatch(pattern, text):
            return why
    written = re.fullmatch(r"([0-9]{1,4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,4}))?\.?", text)
    if written is not None:
        first, second, third = written[1], written[3], written[4]
        if len(first) == 4 and third is None:
            return f"write it as {first}-{second.zfill(2)}" if 1 <= int(second) <= 12 else f"there is no month {second}"
        if len(first) == 4 and len(third) <= 2:
            return _told([f"{first}-{second:>02}-{third:>02}", f"{first}-{third:>02}-{second:>02}"][: 1 + (int(second) > 12)])
        if third is not None and len(third) == 4 and len(first) <= 2:
            return _told([f"{third}-{second:>02}-{first:>02}", f"{third}-{first:>02}-{second:>02}"])
        if third is not None and len(first) <= 2 and len(third) == 2:
            return "which is the day, the month and the year can't be told; write YYYY-MM-DD"
    return "write 2025, 2025-11 or 2025-11-21, with `~` behind it for about"


def _told(ways: list[str]) -> str:
    """What to write where a date can be read in these ways: the one that is a day, if only one is."""
    days = []
    for way in dict.fromkeys(ways):
        try:
            date.fromisoformat(way)
        except ValueError:
            continue
        days.append(way)
    if len(days) == 1:
        return f"write it as {days[0]}"
    if days:
        return f"which is the day and which the month can't be told; write it as {days[0]} or {days[1]}"
    return "there is no such day, whichever number is the month; write YYYY-MM-DD"


class Duration(NamedTuple):
    """An ISO 8601 duration of whole days (`P14D`, `P2Y`), or for ever."""

    years: int = 0
    months: int = 0
    days: int = 0
    forever: bool = False

    def after(self, day: int) -> int:
        """The day this long after `day`: years and months first, the day clipped to the month's end, then days."""
        return _shifted(day, self, 1)

    def before(self, day: int) -> int:
        """The day this long before `day`."""
        return _shifted(day, self, -1)


NO_TIME = Duration()


@lru_cache(maxsize=65536)
def _shifted(day: int, duration: Duration, sign: int) -> int:
    if duration.forever or abs(day) >= FAR:
        return sign * FAR if duration.forever else day
    if duration.years or duration.months:
        from dateutil.relativedelta import relativedelta

        delta = relativedelta(years=duration.years, months=duration.months)
        try:
            moved = date.fromordinal(day) + delta if sign > 0 else date.fromordinal(day) - delta
        except (ValueError, OverflowError):
            return sign * FAR
        day = moved.toordinal()
    return day + sign * duration.days


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """`P14D`, `P3M`, `P2Y`, `P1Y2M3W4D` or `forever`; raises DateProblem."""
    if text == "forever":
        return Duration(forever=True)
    match = _DURATION.fullmatch(text)
    if match is None or text == "P":
        if re.fullmatch(r"P.*T.*", text):
            raise DateProblem("unreadable", "hours are not read; write whole days (P14D)")
        raise DateProblem("unreadable", "write an ISO 8601 duration such as P14D, P3M or P2Y, or `forever`")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Duration(years, months, weeks * 7 + days)


def format_day(day: int) -> str:
    """`2025-11-03`; what lies beyond the calendar is `the beginning` or `for ever`."""
    if day < 1:
        return "the beginning"
    if day > LAST_DAY:
        return "for ever"
    return date.fromordinal(day).isoformat()


def format_days(days: Days) -> str:
    """`2025-11-03`, or `2025-11-01..2025-11-05` where the day is not known."""
    first, last = days
    return format_day(first) if first == last else f"{format_day(first)}..{format_day(last)}"
