"""The time axis of a chart: days to columns, broken where nothing happens for long, with ticks that can be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ledger.texts.dates import LAST_DAY

GAP = 4  # columns between two eras
NARROWEST_ERA = 12
SHORTEST_ERA = 7  # days
WIDEST_DAY = 2  # columns
SHORT = 31  # days: an imprecise range no longer than this is always shown whole
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Era(NamedTuple):
    """Days from `first` to `last`, drawn in `columns` columns; one of the ticks is to stand at the day `anchor`."""

    first: int
    last: int
    columns: int
    anchor: int

    def cell(self, column: int) -> tuple[int, int]:
        """The first and last day of a column (where there are more columns than days, neighbours show the same day)."""
        days = self.last - self.first + 1
        first = self.first + column * days // self.columns
        return first, max(first, self.first + (column + 1) * days // self.columns - 1)

    def column(self, day: int) -> int:
        """The first column in which a day is shown."""
        column = (day - self.first) * self.columns // (self.last - self.first + 1)
        while self.cell(column)[1] < day:
            column += 1
        return column


def eras(hard: Iterable[int], soft: Iterable[int], width: int) -> tuple[Era, ...]:
    """The eras of an axis `width` columns wide.

    `hard` days are always inside; long quiet times between them are left out. `soft` days (far ends of imprecise times and of
    presumptions) are inside where that costs little room.
    """
    days = sorted(set(hard))
    groups = _groups(days, width)
    bounds = [[group[0], group[-1]] for group in groups]
    for number, bound in enumerate(bounds):
        before = bounds[number - 1][1] + 1 if number else 1
        after = bounds[number + 1][0] - 1 if number + 1 < len(bounds) else LAST_DAY
        reach = max(SHORT, bound[1] - bound[0] + 1, 400 if len(groups[number]) < 3 else 0)
        near = [day for day in soft if max(before, bound[0] - reach) <= day <= min(after, bound[1] + reach)]
        bound[0], bound[1] = min([bound[0], *near]), max([bound[1], *near])
        length = bound[1] - bound[0] + 1
        pad = 1 + length // 20
        bound[0], bound[1] = max(before, bound[0] - pad), min(after, bound[1] + max(pad, SHORTEST_ERA - length - pad))
    return tuple(
        Era(first, last, columns, group[0])
        for (first, last), columns, group in zip(bounds, _shared_out(bounds, groups, width), groups, strict=True)
    )


def _groups(days: list[int], width: int) -> list[list[int]]:
    """Days parted at the longest quiet times, each at least two fifths of the time that is left and two months."""
    gaps = sorted(((after - before, before) for before, after in pairwise(days)), reverse=True)
    left = days[-1] - days[0] + 1
    cuts: list[int] = []
    for gap, before in gaps:
        if gap <= 60 or gap < 0.4 * left or left <= width or (len(cuts) + 2) * (NARROWEST_ERA + GAP) > width + GAP:
            break
        cuts.append(before)
        left -= gap
    groups: list[list[int]] = [[]]
    for day in days:
        groups[-1].append(day)
        if day in cuts:
            groups.append([])
    return groups


def _shared_out(bounds: list[list[int]], groups: list[list[int]], width: int) -> list[int]:
    """The columns of each era: the more happens in it the more."""
    room = width - GAP * (len(bounds) - 1)
    most = [max(NARROWEST_ERA, WIDEST_DAY * (last - first + 1)) for first, last in bounds]
    columns = [min(NARROWEST_ERA, room // len(bounds))] * len(bounds)
    spare = room - sum(columns)
    weights = [len(group) + 1 for group in groups]
    total = sum(weights)
    for number, weight in enumerate(weights):
        columns[number] = min(most[number], columns[number] + spare * weight // total)
    for number in sorted(range(len(bounds)), key=lambda number: -weights[number]):
        columns[number] = min(most[number], columns[number] + room - sum(columns))
    return columns


def axis_rows(parts: tuple[Era, ...]) -> tuple[str, str]:
    """Two rows of text: years, and ticks with their days, months or years; a tick stands where its day begins."""
    above, below = [], []
    for era in parts:
        years, ticks = [" "] * era.columns, [" "] * era.columns
        form, days = _ticks(era)
        year = 0
        for day in days:
            column, when = era.column(day), date.fromordinal(day)
            _write(ticks, column, "|" + _label(when, form))
            if form != "year" and when.year != year:
                _write(years, column, f"|{when.year:04}")
            year = when.year
        above.append("".join(years))
        below.append("".join(ticks))
    return " // ".join(above), " // ".join(below)


def _write(row: list[str], column: int, text: str) -> None:
    for offset, char in enumerate(text):
        if column + offset < len(row):
            row[column + offset] = char


def _label(when: date, form: str) -> str:
    if form == "year":
        return f"{when.year:04}"
    return MONTHS[when.month - 1] if form == "month" else f"{when.day} {MONTHS[when.month - 1]}"


def _ticks(era: Era) -> tuple[str, list[int]]:
    """The finest ticks whose labels fit: `day`, `month` or `year`, and the days they stand at."""
    for form, days in _candidates(era):
        ends = [(day, era.column(day), era.column(day) + len(_label(date.fromordinal(day), form)) + 1) for day in days]
        inside = [place for place in ends if place[2] <= era.columns]
        if inside and all(after[1] > before[2] for before, after in pairwise(inside)):
            return form, [day for day, _, _ in inside]
    return "day", [era.anchor]


def _candidates(era: Era) -> Iterator[tuple[str, list[int]]]:
    length = era.last - era.first + 1
    for step in (1, 2, 3, 5, 7, 10, 14, 21):
        if length // step <= era.columns:
            yield "day", list(range(era.anchor - (era.anchor - era.first) // step * step, era.last + 1, step))
    first, last = date.fromordinal(era.first), date.fromordinal(era.last)
    if length < 36 * 31:
        months = [date(year, month, 1).toordinal() for year in range(first.year, last.year + 1) for month in range(1, 13)]
        months = months[bisect_right(months, era.first - 1) : bisect_right(months, era.last)]
        for step in (1, 2, 3, 6):
            yield "month", [day for day in months if (date.fromordinal(day).month - 1) % step == 0]
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000):
        years = [year for year in range(first.year, last.year + 1) if year % step == 0] if length // step < 400 * era.columns else []
        yield "year", [day for day in (date(year, 1, 1).toordinal() for year in years) if day >= era.first]
