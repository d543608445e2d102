"""Claims drawn into the columns of a time axis, one sign a column; what each sign means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Lane, Timeline
from ledger.conflicts.times import Time
from ledger.render.blocks import Line
from ledger.render.chart.axis import Era
from ledger.texts.dates import FAR

NO_BREAK = "\u00a0"
MARKS = {"asserts": "●", "denies": "×", "doubts": "?", "expects": "○", "hedged": "○"}  # of a claim, by how it is said

# name -> (how much it outweighs others in a column, the sign, what it means)
SIGNS = {
    "asserts": (6, "●", "said to be so"),
    "denies": (6, "×", "denied"),
    "doubts": (6, "?", "not confirmed"),
    "expects": (6, "○", "expected"),
    "hedged": (6, "○", "left open"),
    "held": (5, "━", "held to be so"),
    "unsure": (4, "░", "day not sure"),
    "before": (4, "<", "or earlier"),
    "onwards": (4, ">", "goes on, or later"),
    "happened": (2, "─", "since then"),
    "presumed": (2, "·", "presumed to go on"),
    "spoken": (3, '"', "day it was said"),
    "certain": (2, "!", "contradiction"),
    "possible": (1, "?", "possible contradiction"),
    "gap": (0, "//", "time left out"),
}
PLAIN = str.maketrans("●×○━░─·", "ox+=:-.")  # where the output can't show the others


class Sign(NamedTuple):
    """What stands in a column: a character, which of SIGNS it is (empty: nothing), and how much it weighs if not as that."""

    char: str = " "
    name: str = ""
    own_weight: int | None = None

    @property
    def weight(self) -> int:
        """How much it outweighs others."""
        return SIGNS[self.name][0] if self.own_weight is None else self.own_weight


NOTHING = Sign()


class Row:
    """A row of a chart: the columns of every era, and of the gaps between them."""

    def __init__(self, parts: tuple[Era, ...]) -> None:
        self.parts = parts
        self.cells = [[NOTHING] * era.columns for era in parts]
        self.gaps = [NOTHING] * (len(parts) - 1)

    def put(self, era: int, column: int, sign: Sign) -> None:
        """Draw a sign where nothing that outweighs it stands."""
        if 0 <= column < self.parts[era].columns:
            self.cells[era][column] = _heavier(self.cells[era][column], sign)

    def names(self) -> set[str]:
        """Which signs were drawn."""
        return {sign.name for cells in [*self.cells, self.gaps] for sign in cells if sign.name}

    def line(self, role: str) -> Line:
        """The row as a line; `role` is that of all that is neither presumed nor a contradiction's."""
        line: Line = []
        for number, cells in enumerate(self.cells):
            if number:
                char, name, _ = self.gaps[number - 1]
                line += [(char, _role(name, role)), ("//", "gap"), (char, _role(name, role))]
            line += [(char, _role(name, role)) for char, name, _ in cells]
        return line


def _heavier(one: Sign, other: Sign) -> Sign:
    if not one.name or not other.name:
        return one if one.name else other
    return other if other.weight > one.weight else one


def _role(name: str, role: str) -> str:
    if name in ("certain", "possible"):
        return name
    return {"": "", "presumed": "presumed", "happened": "presumed", "spoken": "presumed"}.get(name, role)


def days_of_interest(drawn: Timeline, since: int, until: int) -> tuple[list[int], list[int]]:
    """The days that the axis must show, and those that it shows where there is room."""
    hard: list[int] = []
    soft: list[int] = []
    ranges = [span for entry in drawn.entries for span in _ranges(entry)]
    for first, last, kind in ranges:
        days = [day for day in (first, last) if -FAR < day < FAR]
        if kind == "soft":
            soft += days
        elif len(days) == 2 and last - first > 31:
            hard.append(last)
            soft.append(first)
        else:
            hard += days
    return [min(max(day, since), until) for day in hard], [day for day in soft if since <= day <= until]


def _ranges(entry: Entry) -> list[tuple[int, int, str]]:
    """The ranges of days on which something of a claim begins, ends or is said."""
    time = entry.time
    said = entry.claim.said_near
    found = [] if said is None else [(said.first, said.last, "hard")]
    if entry.shape == "event":
        return [*found, (time.start, time.start_latest, "hard"), (time.end, time.end, "soft")]
    if time.start_latest > time.end_earliest:
        found.append((time.own_start, time.end, "hard"))
    else:
        found += [(time.own_start, time.start_latest, "hard"), (time.end_earliest, time.end_earliest, "hard")]
        found.append((time.end, time.end, "hard" if time.end - time.end_earliest <= 31 else "soft"))
    return [*found, (time.start, time.start, "soft"), (time.presumed, time.presumed, "soft")]


def lane_row(lane: Lane, parts: tuple[Era, ...]) -> Row:
    """All that a lane's claims say, in one row; where they overlap, the plainer word stands."""
    row = Row(parts)
    for entry in lane.entries:
        _draw(row, entry)
    return row


def _draw(row: Row, entry: Entry) -> None:
    time = entry.time
    begun = False
    for number, era in enumerate(row.parts):
        drawn: dict[int, Sign] = {}
        for column in range(era.columns):
            first, last = era.cell(column)
            sign = _event_sign(entry, first, last) if entry.shape == "event" else _span_sign(entry, first, last)
            if sign.name == "held" and not begun:
                sign, begun = _mark(entry), True
            elif sign.name == "unsure" and entry.shape != "event" and _mark(entry).name != "asserts" and len(drawn) % 2 == 0:
                sign = _mark(entry)  # whose day is not known, and which is no plain assertion all the same
            elif column and entry.shape == "event" and sign.name in MARKS and era.cell(column - 1) == (first, last):
                sign = Sign("─", "happened")  # the same day, in two columns
            if sign.name:
                if not drawn and entry.shape == "event" and not time.on and column and time.start >= era.first:
                    row.put(number, column - 1, Sign("<", "before"))
                drawn[column] = sign
        _arrows(drawn, number, row.parts, time)
        for column, sign in drawn.items():
            row.put(number, column, sign)
    for number in range(len(row.gaps)):
        row.gaps[number] = _heavier(row.gaps[number], _across(entry, row.parts[number].last + 1, row.parts[number + 1].first - 1))
    said = entry.claim.said_near
    if said is not None and (said.last < time.own_start or said.first > (time.start_latest if entry.shape == "event" else time.end)):
        for number, era in enumerate(row.parts):
            if era.first <= said.last <= era.last:
                row.put(number, era.column(said.last), Sign('"', "spoken"))


def _mark(entry: Entry) -> Sign:
    """The sign of a claim, by how its claimant bears to what is said: `hedged` where an assertion was left open, else the stance."""
    name = "hedged" if entry.claim.hedge is not None and entry.claim.stance == "asserts" else entry.claim.stance
    return Sign(MARKS.get(name, "●"), name if name in MARKS else "asserts")


def _span_sign(entry: Entry, first: int, last: int) -> Sign:
    """What a claim says of the days from `first` to `last`: that it holds on one of them, perhaps holds, is presumed to."""
    time = entry.time
    if time.start_latest <= last and time.end_earliest >= first:
        return Sign("━", "held")
    if time.own_start <= last and time.end >= first:
        return Sign("░", "unsure")
    if time.start <= last and time.presumed >= first:
        return Sign("·", "presumed")
    return NOTHING


def _event_sign(entry: Entry, first: int, last: int) -> Sign:
    """The mark of an event on the last day it can have happened, the days on which it may have, and what follows."""
    time = entry.time
    if first <= time.start_latest <= last:
        return _mark(entry)
    if time.start <= last and time.start_latest > last:
        return Sign("░", "unsure")
    return Sign("─", "happened") if time.start_latest < first <= time.end else NOTHING


def _arrows(drawn: dict[int, Sign], number: int, parts: tuple[Era, ...], time: Time) -> None:
    """Arrows where a time runs over an end of an era and stops before the next one, or lies outside of the chart."""
    era = parts[number]
    left = parts[number - 1].last + 1 if number else -FAR
    right = parts[number + 1].first - 1 if number + 1 < len(parts) else FAR
    weight = {column: sign.weight for column, sign in drawn.items()}
    if left <= time.start < era.first and (time.presumed >= era.first or not number) and (len(drawn) != 1 or 0 not in drawn):
        if 0 in drawn and drawn[0].name in MARKS and era.columns > 1:  # how it is said must be seen
            drawn[1] = drawn[0]
        drawn[0] = Sign("<", "before", weight.get(0))
    end = era.columns - 1
    if era.last < time.presumed <= right and (time.start <= era.last or right == FAR) and (len(drawn) != 1 or end not in drawn):
        drawn[end] = Sign(">", "onwards", weight.get(end))


def _across(entry: Entry, first: int, last: int) -> Sign:
    """What stands beside the gap when a claim speaks of all the days that it leaves out."""
    time = entry.time
    if time.start > first or time.presumed < last:
        return NOTHING
    if entry.shape == "event":
        return Sign("─", "happened") if time.start_latest < first else Sign("░", "unsure")
    if time.start_latest <= first and time.end_earliest >= last:
        return Sign("━", "held")
    return Sign("░", "unsure") if time.own_start <= first and time.end >= last else Sign("·", "presumed")


def contradiction_row(marks: Iterable[Mark], parts: tuple[Era, ...]) -> Row:
    """The days on which two positions contradict each other."""
    row = Row(parts)
    for mark in marks:
        sign = Sign("!", "certain") if mark.sure else Sign("?", "possible")
        for number, era in enumerate(parts):
            if mark.last < era.first or mark.first > era.last:
                continue
            for column in range(era.column(max(mark.first, era.first)), era.columns):
                first, last = era.cell(column)
                if first > mark.last:
                    break
                if mark.first <= last:
                    row.put(number, column, sign)
        for number in range(len(parts) - 1):
            if mark.first <= parts[number].last + 1 and mark.last >= parts[number + 1].first - 1:
                row.gaps[number] = _heavier(row.gaps[number], sign)
    return row


def legend(names: Iterable[str]) -> str:
    """What the signs that were drawn mean, each with its words held together; rows of contradictions say it themselves."""
    used = set(names)
    items = [f"{sign} {words}" for name, (_, sign, words) in SIGNS.items() if name in used - {"certain", "possible"}]
    if {"expects", "hedged"} <= used:
        items = [item for item in items if item != "○ left open"]
        items[items.index("○ expected")] = "○ expected, or left open"
    return "  ".join(item.replace(" ", NO_BREAK) for item in items)
