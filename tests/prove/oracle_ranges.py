"""The oracle's dates, figures, shares and times: sets of days and of points, tried out one by one (see oracle.py)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import product

FOREVER = 10**8  # a day number after, and its negative before, every calendar
FAR = Fraction(10**15)  # a point beyond every bound, for ranges without an end
BESIDE = Fraction(1, 10**9)  # nearer to a bound than any two bounds can be

# --- Dates -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Days:
    """Some one day from `first` to `last`, as day numbers."""

    first: int
    last: int


@cache
def written_date(text: str) -> Days:
    """Read `2025`, `2025-11` or `2025-11-21`, each with or without `~`."""
    about = text.endswith("~")
    parts = [int(part) for part in text.removesuffix("~").split("-")]
    if len(parts) == 3:
        day = date(*parts).toordinal()
        return Days(day - 3, day + 3) if about else Days(day, day)
    if len(parts) == 1:
        low, high = (parts[0] - 1, parts[0] + 1) if about else (parts[0], parts[0])
        return Days(date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal())
    month = parts[0] * 12 + parts[1] - 1
    low, high = (month - 1, month + 1) if about else (month, month)
    year, index = divmod(high, 12)
    last = date(year, index + 1, calendar.monthrange(year, index + 1)[1])
    return Days(date(low // 12, low % 12 + 1, 1).toordinal(), last.toordinal())


@cache
def one_day(text: str) -> Days:
    """Read a date, or `A/B` for some one day from A to B."""
    first, _, last = text.partition("/")
    return Days(written_date(first).first, written_date(last or first).last)


@dataclass(frozen=True)
class Said:
    """The day on which something was said, as it is read where something is to be certain, where it may be possible, and where it
    may be possible between claims of one mouth: only of a `../B` are these three things."""

    sure: Days
    may: Days
    own: Days


def said_days(said: str, published: str) -> Said:
    """Read a `said`, no part of it later than the text was published."""
    first, _, last = said.partition("/")
    latest = one_day(published).last
    if first != "..":
        days = one_day(said)
        days = Days(days.first, min(days.last, latest))
        return Said(days, days, days)
    by = written_date(last)
    by = Days(min(by.first, latest), min(by.last, latest))
    return Said(Days(-FOREVER, by.last), Days(moved(by.first, "P1Y", -1), by.last), by)


@cache
def moved(day: int, duration: str | None, sign: int = 1) -> int:
    """Give the day a duration later (or, with sign -1, earlier): years and months first, then weeks and days."""
    if duration is None or abs(day) >= FOREVER:
        return day
    if duration == "forever":
        return sign * FOREVER
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", duration)
    assert match, duration
    years, months, weeks, days = (int(number or 0) for number in match.groups())
    start = date.fromordinal(day)
    year, index = divmod(start.year * 12 + start.month - 1 + sign * (years * 12 + months), 12)
    if not 1 <= year <= 9999:
        return sign * FOREVER
    clipped = min(start.day, calendar.monthrange(year, index + 1)[1])
    result = date(year, index + 1, clipped).toordinal() + sign * (weeks * 7 + days)
    return result if 1 <= result <= date.max.toordinal() else sign * FOREVER


# --- Figures and shares, as sets of points -----------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """The figures from `least` to `most` (None: no such end), each end in or out."""

    least: Fraction | None
    most: Fraction | None
    least_in: bool = True
    most_in: bool = True

    def __contains__(self, point: Fraction) -> bool:
        if self.least is not None and (point < self.least or (point == self.least and not self.least_in)):
            return False
        return self.most is None or point < self.most or (point == self.most and self.most_in)


@cache
def figures(text: str) -> Figures:
    """Read `27000`, `~2000`, `>=43`, `>43`, `<=100`, `<100` or `1000..2000`."""
    if ".." in text:
        low, high = text.split("..")
        return Figures(Fraction(low), Fraction(high))
    match = re.fullmatch(r"(~|>=|>|<=|<)?\s*(\d+(?:\.\d+)?)", text)
    assert match, text
    sign, number = match[1], Fraction(match[2])
    if sign == "~":
        return Figures(number - number / 10, number + number / 10)
    if sign in (">", ">="):
        return Figures(number, None, least_in=sign == ">=")
    if sign in ("<", "<="):
        return Figures(None, number, most_in=sign == "<=")
    return Figures(number, number)


@cache
def share(extent: str) -> Figures:
    """Read an extent as a range of percents, cut to what is over 0 and at most 100."""
    hundred = Fraction(100)
    words = {
        "all": Figures(hundred, hundred),
        "most": Figures(Fraction(50), hundred, least_in=False),
        "part": Figures(Fraction(0), hundred, least_in=False),
    }
    if extent in words:
        return words[extent]
    read = figures(extent.removesuffix("%"))
    if read.least is None or read.least <= 0:
        read = replace(read, least=Fraction(0), least_in=False)
    if read.most is None or read.most > 100:
        read = replace(read, most=hundred, most_in=True)
    return read


def points(*ranges: Figures) -> list[Fraction]:
    """Give every bound of the ranges, what lies just beside it, and a point far off on either side."""
    bounds = {bound for r in ranges for bound in (r.least, r.most) if bound is not None}
    return [-FAR, *(bound + step for bound in sorted(bounds) for step in (-BESIDE, 0, BESIDE)), FAR]


def members(which: Figures, *others: Figures) -> list[Fraction]:
    """Give the probing points of all the ranges that belong to the first."""
    return [point for point in points(which, *others) if point in which]


@cache
def more_than_whole(one: Figures, two: Figures) -> bool:
    """Say whether two shares add up to more than 100 % however they fall."""
    return all(x + y > 100 for x in members(one, two) for y in members(two, one))


@cache
def meet(one: Figures, two: Figures) -> bool:
    """Say whether some point belongs to both."""
    return any(point in two for point in members(one, two))


@cache
def inside(inner: Figures, outer: Figures) -> bool:
    """Say whether every point of the first belongs to the second."""
    return all(point in outer for point in members(inner, outer))


@cache
def surpasses(one: Figures, two: Figures, tolerance: str | None) -> bool:
    """Say whether the first is more than the second, tolerance added to the latter, however both fall."""
    rate = added = Fraction(0)
    if tolerance is not None and tolerance.endswith("%"):
        rate = Fraction(tolerance.removesuffix("%")) / 100
    elif tolerance is not None:
        added = Fraction(tolerance)
    return all(x > y + y * rate + added for x in members(one, two) for y in members(two, one))


# --- The time of a claim, and the ways in which it could have fallen ---------------------------------------------


@dataclass(frozen=True)
class Time:
    """A start and a vouched end, each some one day, and the day up to which more is presumed."""

    start: Days
    end: Days
    until: int
    states_start: bool = False
    states_end: bool = False

    def bounds(self) -> set[int]:
        return {self.start.first, self.start.last, self.end.first, self.end.last, self.until}


@dataclass(frozen=True)
class Times:
    """The time of a claim as it is read where something is to be certain, where it may be possible, and where it may be possible
    between claims of one mouth, for whom nothing is presumed."""

    sure: Time
    may: Time
    own: Time

    def possible(self, one_mouth: bool) -> Time:
        return self.own if one_mouth else self.may


@cache
def times_of_state(holds: str | None, said: Said, lasts: str | None) -> Times:
    """Carry out the table of section 4 for each reading; of one mouth it is that of a property without `lasts`."""
    return Times(time_of_state(holds, said.sure, lasts), time_of_state(holds, said.may, lasts), time_of_state(holds, said.own, None))


@cache
def times_of_event(start: Days, lasts: str | None) -> Times:
    """Give the time of an asserted event, vouched for from its start for so long."""
    end = Days(moved(start.first, lasts or "forever"), moved(start.last, lasts or "forever"))
    time = fitted(Time(start, end, end.last))
    return Times(time, time, time)


def times_from_event(start: Days, lasts: str | None) -> Times:
    """Give the time of what an event implies: vouched for its start, and presumed from there."""
    vouched = Time(start, start, start.last)
    presumed = replace(vouched, until=moved(start.last, lasts))
    return Times(presumed, presumed, vouched)


def fitted(time: Time) -> Time:
    """Fit start and end to each other: s+ at most e+, e- at least s-."""
    start = Days(time.start.first, min(time.start.last, time.end.last))
    return replace(time, start=start, end=Days(max(time.end.first, time.start.first), time.end.last))


def day_held(holds: str, said: Days) -> Days:
    """Read a date D of `holds`: where it is not certainly later than it was said, it is no later."""
    day = written_date(holds)
    return Days(day.first, min(day.last, said.last)) if day.first <= said.last else day


def time_of_state(holds: str | None, said: Days, lasts: str | None) -> Time:
    """Carry out the table of section 4, for all but events."""
    if holds is None:
        return Time(said, said, moved(said.last, lasts))
    if "/" not in holds:
        day = day_held(holds, said)
        until = moved(day.last, lasts)
        return Time(day, day, day.last if until < said.first else until)
    first, last = holds.split("/")
    if first == "..":
        end = written_date(last)
        earliest = min(end.first - 1, moved(end.first, lasts, -1))
        return fitted(Time(Days(earliest, end.last - 1), end, end.last, states_end=True))
    start = written_date(first)
    if last != "..":
        end = written_date(last)
        return fitted(Time(start, end, end.last, states_start=True, states_end=True))
    end = start if start.first > said.last else said
    return fitted(Time(start, end, moved(end.last, lasts), states_start=True))


def event_days(holds: str | None, said: Days) -> Days:
    """Give the days on which the time of an asserted event may start."""
    if holds is None:
        return said
    if "/" not in holds:
        return day_held(holds, said)
    return written_date(holds[3:]) if holds.startswith("../") else one_day(holds)


def says_on(holds: str | None) -> bool:
    """Say whether an asserted event is said to have happened *on* its days, and not *by* them."""
    return holds is not None and not holds.startswith("../")


def ways(time: Time, critical: Sequence[int], presumed: bool) -> list[tuple[int, int]]:
    """Enumerate the (start, end) that a time may have, on the critical days."""
    ends = [day for day in critical if time.end.first <= day <= (time.until if presumed else time.end.last)]
    return [(s, e) for s in critical if time.start.first <= s <= time.start.last for e in ends if s <= e]


def both_ways(one: Time, two: Time, presumed: bool) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the ways in which two times may fall, on every bound of either and its neighbours."""
    critical = sorted({bound + step for bound in one.bounds() | two.bounds() for step in (-1, 0, 1)})
    return product(ways(one, critical, presumed), ways(two, critical, presumed))


def handed_over(one: Time, two: Time) -> bool:
    """Say whether the one day surely shared is the latest start of one, and the end that the other states."""
    shared = max(one.start.last, two.start.last)
    return shared == min(one.end.first, two.end.first) and any(
        starts.start.last == shared and ends.states_end and ends.end.first == shared and ends.start.first < shared
        for starts, ends in ((one, two), (two, one))
    )


def no_longer(one: Times, two: Times, one_mouth: bool) -> str | None:
    """Say how surely the first count is of no longer a period than the second."""
    if two.sure.states_start and not one.sure.states_start:
        return None
    both = one.sure.states_start and two.sure.states_start
    sure, may = (
        [e1 <= e2 and (not both or s2 <= s1) for (s1, e1), (s2, e2) in both_ways(first, second, False)]
        for first, second in ((one.sure, two.sure), (one.possible(one_mouth), two.possible(one_mouth)))
    )
    if one.sure.states_start == two.sure.states_start and all(sure):
        return "certain"
    return "possible" if any(may) else None
