"""Rules about dates (D)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from ledger.model import Finding
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.dates import DateProblem, Days, Holds, format_days, parse_day, parse_holds, parse_said
from ledger.texts.display import one_line
from ledger.texts.languages import primary

A_CENTURY = 36_525  # days


def _date_problems(view: FileView, name: str) -> Iterator[Finding]:
    """The dates of a file that can't be read for the reason named: unreadable, impossible, reversed."""
    file = view.file
    if file.published and file.published_days is None:
        problem = _problem(parse_day, file.published)
        if problem is not None and problem.name == name:
            line, column = file.at["published"]
            yield Finding(line, column, f"`published: {one_line(file.published)}`{_PHRASE[name]}", str(problem), None, len(file.published))
    for claim in view.file.claims:
        fields: list[tuple[str, str, Callable[[str], Days | Holds]]] = []
        if claim.said and claim.said_days is None:
            fields.append(("said", claim.said, parse_said))
        if claim.holds is not None and claim.held is None:
            fields.append(("holds", claim.holds, parse_holds))
        for field, text, parse in fields:
            problem = _problem(parse, text)
            if problem is not None and problem.name == name:
                yield at_field(
                    claim, field, f"`{field}: {one_line(text)}`{_PHRASE[name]}", _in_own_digits(text, file.published_days) or str(problem)
                )


_PHRASE = {"unreadable": " can't be read as a date", "impossible": " is no day there is", "reversed": " runs backwards"}


def _problem(parse: Callable[[str], Days | Holds], text: str) -> DateProblem | None:
    try:
        parse(text)
    except DateProblem as problem:
        return problem
    return None


def _in_own_digits(text: str, published: Days | None) -> str:
    """What to write for a date in the digits of another script."""
    if text.isascii() or not any(sign.isdecimal() for sign in text):
        return ""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    if _problem(parse_holds, plain) is not None:
        return ""
    of_another = "" if published is None else _of_another_calendar(plain, published)
    return f"is it of {of_another}, and the text's own date in a `note`" if of_another else f"write it with the digits 0 to 9: {plain}"


@check("D601", ERROR, "file")
def bad_date(view: FileView) -> Iterator[Finding]:
    """A date that can't be read; guessed at (`03.04.2025`), it would set claims of different days against each other.

    Remedy: 2025, 2025-11 or 2025-11-21, each with `~` behind it for about. A/B is some one day from A to B, of `said` ../B some one
    day up to B, and of `holds` A/B, A/.. and ../B are intervals. Of EDTF nothing else is read.
    Bad:
        - id: bridge-open
          said: 10.3.2025
    Good:
        - id: bridge-open
          said: 2025-03-10
    """
    return _date_problems(view, "unreadable")


@check("D602", ERROR, "file")
def impossible_date(view: FileView) -> Iterator[Finding]:
    """A date in the right form that no calendar has, such as 2022-02-30: a slip, and nobody can tell which day was meant.

    Remedy: the day that the text gives; where that itself is wrong, the month or the year, with a `note`.
    Bad:
        - id: bridge-open
          said: 2025-02-30
    Good:
        - id: bridge-open
          said: 2025-02
          note: the text has 30 February
    """
    return _date_problems(view, "impossible")


@check("D603", ERROR, "file")
def reversed_dates(view: FileView) -> Iterator[Finding]:
    """An interval whose end lies certainly before its beginning: it holds no day, so nothing could ever contradict the claim.

    Remedy: put the earlier date first, or mend the one that is wrong.
    Bad:
        - id: bridge-open
          said: 2025-03-10
          holds: 2025-03-09/2025-03-02
    Good:
        - id: bridge-open
          said: 2025-03-10
          holds: 2025-03-02/2025-03-09
    """
    return _date_problems(view, "reversed")


@check("D604", ERROR, "file")
def said_after_published(view: FileView) -> Iterator[Finding]:
    """Nobody is quoted before speaking: `said` lies certainly after the seed was `published`.

    Remedy: one of the two dates is wrong; where the day is not known, write it less precisely.
    Bad:
        published: 2025-03-10
        claims:
        - id: bridge-open
          said: 2025-03-11
    Good:
        published: 2025-03-10
        claims:
        - id: bridge-open
          said: 2025-03-10
    """
    published = view.file.published_days
    if published is None:
        return
    for claim in view.file.claims:
        if claim.said_days is not None and claim.said_days.first > published.last:
            yield at_field(
                claim,
                "said",
                f"said {one_line(claim.said)}, after the seed was published ({one_line(view.file.published)})",
                "mend the date that is wrong",
            )


@check("D607", WARNING, "file")
def far_date(view: FileView) -> Iterator[Finding]:
    """A date that lies more than a hundred years from the day the text appeared: a digit was mistyped, or it is of another calendar
    (Hijri, Persian, Ethiopian, Buddhist), read here as one of the Gregorian. In a language of Ethiopia or Eritrea so is one that lies
    seven or eight years back, and by the Ethiopian calendar just before that day; of `published`, a year before 1800 or after 2200.

    Remedy: the day by the Gregorian calendar, with the date as the text has it in a `note`; or accept the warning where the text does
    speak of so distant a time (where `published` is right, a `note` in the head says so).
    Bad:
        published: 2024-11-05
        claims:
        - id: bridge-open
          said: 1403-08-14
    Good:
        published: 2024-11-05
        claims:
        - id: bridge-open
          said: 2024-11-04
          note: the text has 14 Aban 1403
    """
    file, published = view.file, view.file.published_days
    if published is None:
        return
    if (published.last < _FIRST_PUBLISHED or published.first > _LAST_PUBLISHED) and "note" not in file.head:
        line, column = file.at["published"]
        problem = f"`published: {one_line(file.published)}` is a year of which few texts are recorded"
        help = "is it of another calendar? write the Gregorian day; where it is right, say so in a `note` in the head"
        yield Finding(line, column, problem, help, None, len(file.published))
        return  # (every date lies far from a wrong one)
    ethiopian = primary(file.language) in _BY_THE_ETHIOPIAN
    for claim in file.claims:
        for field, text, days in (("said", claim.said, claim.said_days), ("holds", claim.holds, claim.held)):
            if days is None or text is None:
                continue
            ends = (days,) if isinstance(days, Days) else tuple(end for end in (days.start, days.end) if end is not None)
            far = any(end.last < published.first - A_CENTURY or end.first > published.last + A_CENTURY for end in ends)
            if not far and not (ethiopian and any(end.last < published.first - _SIX_YEARS for end in ends)):
                continue
            of_another = _of_another_calendar(text, published, () if far else ("Ethiopian",))
            if far or of_another:
                lies = "more than a hundred years from" if far else "some years before"
                yield at_field(
                    claim,
                    field,
                    f"`{field}: {one_line(text)}` lies {lies} {one_line(file.published)}, when the text appeared",
                    f"is it of {of_another or 'another calendar? write the Gregorian day'}, and the text's own date in a `note`",
                )


_FIRST_PUBLISHED, _LAST_PUBLISHED = parse_day("1800").first, parse_day("2200").last
_SIX_YEARS, _A_SEASON = 6 * 365, 100  # days
_BY_THE_ETHIOPIAN = frozenset({"am", "ti", "om", "aa", "gez", "sid", "wal"})


def _of_another_calendar(text: str, published: Days, only: tuple[str, ...] = ()) -> str:
    """Of which calendar a date may be, and what to write then: the one by which it lies before the day a text appeared, and nearest to it."""
    from ledger.texts.calendars import readings  # (most checks find nothing to say)

    near = []
    for reading in readings(text):
        held = parse_holds(reading.text)
        end = held.end or held.start
        if (
            end is not None
            and (not only or reading.calendar in only)
            and 0 <= published.last + 3 - end.first <= _A_SEASON * (1 if only else 30)
        ):
            near.append((published.last - end.first, reading))
    if not near:
        return ""
    calendar, written = min(near)[1]
    return f"the {calendar} calendar? write the Gregorian day, {written}"


@check("D605", ERROR, "file")
def holds_unfit_for_event(view: FileView) -> Iterator[Finding]:
    """What has happened has no open end, and a denied event has no interval: it says "not yet by that day".

    Remedy: of an event that happened a date (on that day), A/B (on some day from A to B) or ../B (by B); of a denied one a date,
    or nothing (not yet by the day it was said).
    Bad:
        - id: flood
          property: flood              # an event
          holds: 2025-03-01/..
    Good:
        - id: flood
          property: flood              # an event
          holds: 2025-03-01/2025-03-02 # on one of these days
    """
    for claim, known in view.with_property:
        if known.type != "event" or claim.held is None:
            continue
        if claim.stance == "denies" and claim.held.form != "date":
            yield at_field(
                claim,
                "holds",
                "a denied event takes a date: not yet by that day",
                "write the last day of which it is denied; without `holds` it is denied up to the day it was said",
            )
        elif claim.held.form == "from":
            yield at_field(
                claim,
                "holds",
                "an event has no open end: it happened on a day",
                "write the date, A/B (on some day from A to B) or ../B (by B)",
            )


@check("D606", WARNING, "file")
def event_yet_to_come(view: FileView) -> Iterator[Finding]:
    """An event is asserted to have happened on a day that lies certainly after the day it was said: nobody can tell of it yet.

    Remedy: mend the date, or record what is announced as `stance: expects`.
    Bad:
        - id: flood
          property: flood              # an event
          said: 2025-03-10
          holds: 2025-04-01
    Good:
        - id: flood
          property: flood              # an event
          stance: expects
          said: 2025-03-10
          holds: 2025-04-01
    """
    for claim, known in view.with_property:
        if known.type != "event" or claim.stance != "asserts" or claim.held is None or claim.held.form == "from" or claim.said_days is None:
            continue
        day = claim.held.start or claim.held.end
        if day is not None and day.first > claim.said_days.last:
            from ledger.texts.phrases import said_words  # (most checks find nothing to say)

            yield at_field(
                claim,
                "holds",
                f"an event of {format_days(day)} can't have been told {said_words(claim.said)}",
                "mend the date, or write `stance: expects`",
            )
