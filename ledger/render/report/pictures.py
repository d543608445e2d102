"""Times and figures drawn: each claim a row of a table that says the same in words, its bar on one axis for all rows of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isfinite

from ledger.answers.contradicted_days import Mark
from ledger.answers.falling import falling
from ledger.answers.timeline import Entry, Timeline
from ledger.conflicts.claims_in_words import name_of, value_words
from ledger.conflicts.questions import Question
from ledger.model import Claim
from ledger.render.blocks import letter
from ledger.render.chart.axis import Era, eras
from ledger.render.chart.lanes import days_of_interest
from ledger.render.report.book import Book
from ledger.render.report.markup import days_kept, named, shown
from ledger.texts.dates import FAR, format_day
from ledger.texts.display import count_of
from ledger.texts.figures import Number
from ledger.texts.phrases import figure_words, holds_words, meant_words, said_words

MOST_IN_BIG = 12  # of a page with very many claims
MOST_ROWS = 30  # of one question; of more claims those that stand in a contradiction, or of figures the first
WIDTH = 200  # units of an axis
HEIGHT = 10
GAP = 4  # units between two eras
HATCH = (
    '<svg width="0" height="0" class="defs" aria-hidden="true"><defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path d="M0 4L4 0" stroke="currentColor" stroke-width="1"/></pattern></defs></svg>'
)
LEGEND = (
    "A full bar: held to be so on these days. A pale bar: it may begin or end on any of these days. Hatched: presumed to go on. A dot: the day it "
    "was said (a cross in a ring: denied; a ring: expected, or left open). A line below: contradicted on these days, a broken one: possibly."
)


def lanes(drawn: Timeline, found: Question | None, book: Book) -> str:
    """The claims of a question over time; nothing where there are no two accounts of it."""
    entries = _entries(drawn, found)[: MOST_IN_BIG if book.is_big else MOST_ROWS]
    if len(entries) < 2 or len(drawn.positions) < 2:
        return ""
    shown_only = drawn._replace(
        lanes=tuple(lane._replace(entries=tuple(e for _, e in entries if e in lane.entries)) for lane in drawn.lanes)
    )
    axis = Axis(eras(*days_of_interest(shown_only, -FAR, FAR), WIDTH))
    marks: dict[str, list[Mark]] = {}
    for each in drawn.contradictions:
        for name in each.conflict.ids if not each.conflict.is_tension else ():
            marks.setdefault(name, []).extend(each.marks)
    left = len(drawn.entries) - len(entries)
    more = f"; {count_of(left, 'more claim')} not drawn" if left else ""
    rows = "".join(_lane(number, entry, marks.get(entry.claim.id, ()), axis, book) for number, entry in entries)
    return (
        f'<section class="scroll" aria-label="Over time: {_label(drawn, book)}" tabindex="0"><table class="lanes rows">'
        f'<caption>Over time{more}</caption><thead><tr><th scope="col">Answer</th><th scope="col">Who, said when</th><th scope="col">Of when</th>'
        f'<th scope="col">{axis.words()}</th></tr></thead><tbody>{rows}</tbody></table></section>'
    )


def _label(drawn: Timeline, book: Book) -> str:
    from ledger.conflicts.claims_in_words import question_words

    return shown(question_words(drawn.place, drawn.property, drawn.subject, book.vocabulary))


def _entries(drawn: Timeline, found: Question | None) -> list[tuple[int, Entry]]:
    """The claims that are drawn, each with the number of its position, position by position."""
    every = [(lane.position, entry) for lane in drawn.lanes for entry in lane.entries]
    if len(every) > MOST_ROWS and found is not None:
        opposed = {claim.id for position in found.positions for claim in position.claims}
        every = [(number, entry) for number, entry in every if entry.claim.id in opposed]
    every.sort(key=lambda pair: (pair[0], pair[1].claim.said_order()))
    return every


class Axis:
    """An axis of days, long quiet times left out."""

    def __init__(self, parts: Sequence[Era]) -> None:
        self.parts = parts
        self.starts = [sum(era.columns + GAP for era in parts[:number]) for number in range(len(parts))]
        self.unit = WIDTH / (self.starts[-1] + parts[-1].columns)

    def words(self) -> str:
        """The days that it reaches over: `2022-09-01 to 2022-09-30 // 2025-11-01 to 2025-12-13`."""
        return " // ".join(f'<span class="d">{format_day(era.first)} to {format_day(era.last)}</span>' for era in self.parts)

    def bar(self, first: int, last: int, kind: str, top: int, height: int) -> str:
        """What stands for the days from one to another: a bar in each era that they touch."""
        made = []
        for start, era in zip(self.starts, self.parts, strict=True):
            if first <= era.last and last >= era.first:
                left = self.unit * (start + era.column(max(first, era.first)))
                right = self.unit * (start + (era.columns if last >= era.last else era.column(last + 1)))
                made.append(f'<rect class="{kind}" x="{left:.3g}" y="{top}" width="{max(1, right - left):.3g}" height="{height}"/>')
        return "".join(made)

    def at(self, day: int) -> float | None:
        """Where a day begins; None of one that is left out."""
        for start, era in zip(self.starts, self.parts, strict=True):
            if era.first <= day <= era.last:
                return self.unit * (start + era.column(day))
        return None


def _lane(number: int, entry: Entry, marks: Sequence[Mark], axis: Axis, book: Book) -> str:
    claim = entry.claim
    event = claim.value is None
    held = days_kept(holds_words(claim.holds, event)) if claim.holds else ""
    who = book.claim(claim, f"{named(name_of(claim, book.vocabulary))}, {days_kept(said_words(claim.said))}")
    picture = row(entry, axis) + "".join(below(mark, axis) for mark in dict.fromkeys(marks))
    return (
        f'<tr><td>{letter(number)}</td><th scope="row">{who}</th><td>{held}</td><td>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{picture}</svg></td></tr>'
    )


def row(entry: Entry, axis: Axis) -> str:
    """A claim on an axis: its days, and the day on which it was said."""
    return "".join([*_bars(entry, axis), _dot(entry.claim, axis)])


def _bars(entry: Entry, axis: Axis) -> Iterator[str]:
    """What a claim says of which days: surely, perhaps, presumed."""
    time = entry.time
    if entry.shape == "event":
        yield axis.bar(time.start, time.start_latest, "v" if time.start < time.start_latest else "h", 2, 5)
        yield axis.bar(time.start_latest + 1, time.end, "l", 4, 1)
        return
    if time.start_latest > time.end_earliest:
        yield axis.bar(time.own_start, time.end, "v", 2, 5)
    else:
        if time.own_start < time.start_latest:
            yield axis.bar(time.own_start, time.start_latest - 1, "v", 2, 5)
        yield axis.bar(time.start_latest, time.end_earliest, "h", 2, 5)
        if time.end > time.end_earliest:
            yield axis.bar(time.end_earliest + 1, time.end, "v", 2, 5)
    if time.presumed > time.end:
        yield axis.bar(time.end + 1, time.presumed, "p", 2, 5)


def _dot(claim: Claim, axis: Axis) -> str:
    """The day on which it was said (the middle of those that it can be), and how."""
    near = claim.said_near
    x = axis.at((near.first + near.last) // 2) if near is not None else None
    return "" if x is None else _sign(claim, x + 1, HEIGHT / 2 - 0.5)


def _sign(claim: Claim, x: float, y: float, size: int = 2) -> str:
    """A dot; of a denial a cross in a ring, of what is expected, doubted or left open a ring."""
    if claim.stance == "denies":  # (on paper of its own, so that it is seen on a bar)
        ring = f'<circle class="c" cx="{x:.4g}" cy="{y:g}" r="{size + 0.5:g}"/>'
        half = size * 0.7
        return f'{ring}<path class="c" d="M{x - half:.4g} {y - half:.4g}l{2 * half:g} {2 * half:g}m0 {-2 * half:g}l{-2 * half:g} {2 * half:g}"/>'
    return f'<circle class="{"c" if claim.stance != "asserts" or claim.hedge is not None else "a"}" cx="{x:.4g}" cy="{y:g}" r="{size}"/>'


def below(mark: Mark, axis: Axis) -> str:
    """The days of a contradiction, below those of its claims."""
    return axis.bar(mark.first, mark.last, "y" if mark.sure else "z", 8, 1 if mark.sure else 2)


# -- figures -------------------------------------------------------------------------------------------------------------

PLOT_WIDTH, PLOT_HEIGHT, LEFT, BELOW = 640, 220, 70, 24


def figures(drawn: Timeline, book: Book) -> str:
    """Every figure that was told of a question, over the days that they are of; nothing where there are no two."""
    entries = sorted((entry for entry in drawn.entries if _ends(entry.claim)), key=Entry.meant_order)
    known = book.vocabulary.properties.get(drawn.property)
    if len(entries) < 2 or len(entries) * 2 <= len(drawn.entries) or known is None:
        return ""
    kept = entries[:MOST_ROWS]
    falls = falling(kept, known)
    more = f", the first {MOST_ROWS} of {len(entries)}" if len(entries) > MOST_ROWS else ""
    rows = "".join(_figure_row(entry.claim, falls, book) for entry in kept)
    table = (
        f'<table><caption>Figures over time, each at the day that it is of{more}</caption><thead><tr><th scope="col">Of when</th>'
        f'<th scope="col">Who, said when</th><th scope="col">Figure</th><th scope="col">Falls</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    plot = _plot(kept, falls, book, lasting=not known.cumulative)
    return f'<section class="scroll" aria-label="Figures: {_label(drawn, book)}" tabindex="0">{plot}{table}</section>'


def _ends(claim: Claim) -> list[Number]:
    return [end for end in (claim.figure.least, claim.figure.most) if isfinite(end)] if claim.figure is not None else []


def figure_of(claim: Claim, book: Book) -> str:
    """A figure in words, with its range and its unit."""
    words = value_words(book.vocabulary.properties.get(claim.property), claim.value, book.vocabulary)
    before = {"denies": "denied: ", "doubts": "not confirmed: ", "expects": "expected: "}.get(claim.stance, "")
    return shown(before + words)


def _figure_row(claim: Claim, falls: Mapping[str, Claim], book: Book) -> str:
    of = days_kept(holds_words(claim.holds) if claim.holds else said_words(claim.said))
    who = book.claim(claim, f"{named(name_of(claim, book.vocabulary))}, {days_kept(said_words(claim.said))}")
    fell = below_words(falls[claim.id], book) if claim.id in falls else ""
    return f'<tr><td>{of}</td><th scope="row">{who}</th><td{book.tongue}>{figure_of(claim, book)}</td><td>{fell}</td></tr>'


def below_words(higher: Claim, book: Book) -> str:
    """Below which figure another falls, linked to it."""
    return f"▽ below {figure_of(higher, book)} of {book.claim(higher, shown(meant_words(higher.said, higher.holds)))}"


def _plot(entries: Sequence[Entry], falls: Mapping[str, Claim], book: Book, lasting: bool) -> str:
    """The figures as dots with their ranges: days along, figures upwards from nothing; before one that is `lasting` the time that it is of."""
    days = [sum(entry.meant) // 2 for entry in entries]
    first, last = min(days), max(days)
    most = max(Fraction(end) for entry in entries for end in _ends(entry.claim)) or Fraction(1)
    start = LEFT + 12  # beside the axis, so that it hides no range
    room_x, room_y = PLOT_WIDTH - start - 12, PLOT_HEIGHT - BELOW - 12

    def x(day: int) -> float:
        return start + (room_x * (day - first) / (last - first) if last > first else room_x / 2)

    def y(figure: Number) -> float:
        return 12 + room_y - float(Fraction(figure) * room_y / most)

    parts = [f'<path class="ax" d="M{LEFT} 8V{PLOT_HEIGHT - BELOW}H{PLOT_WIDTH}"/>']
    for share in (0, 1, 2):
        figure = most * share / 2
        words = figure_words(str(int(figure)) if figure == int(figure) else f"{float(figure):.1f}", book.language)
        parts.append(f'<text x="{LEFT - 6}" y="{y(figure) + 4:g}" text-anchor="end">{shown(words)}</text>')
    parts.append(f'<text x="{LEFT}" y="{PLOT_HEIGHT - 6}">{format_day(first)}</text>')
    if last > first:
        parts.append(f'<text x="{PLOT_WIDTH}" y="{PLOT_HEIGHT - 6}" text-anchor="end">{format_day(last)}</text>')
    for entry, day in zip(entries, days, strict=True):
        claim, ys = entry.claim, [y(end) for end in _ends(entry.claim)]
        since = max(first, entry.time.own_start if lasting else entry.meant.first)
        if claim.holds and since < day:
            parts.append(f'<path class="r" d="M{x(since):.1f} {sum(ys) / len(ys):.1f}H{x(day):.1f}"/>')
        parts.append(_point(claim, x(day), ys, claim.id in falls))
    return f'<svg class="plot" viewBox="0 0 {PLOT_WIDTH + 4} {PLOT_HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def _point(claim: Claim, x: float, ys: list[float], fell: bool) -> str:
    """A figure: a dot; a range as a line; a bound with an arrow to where it has no end; a triangle where it falls."""
    assert claim.figure is not None
    made = (
        _sign(claim, x, ys[0], 4)
        if len(ys) == 1 or ys[0] == ys[1]
        else f'<path class="r" d="M{x:.1f} {ys[0]:.1f}V{ys[1]:.1f}m-3 0h6m-3 {ys[0] - ys[1]:.1f}m-3 0h6"/>'
    )
    if len(ys) == 1:
        up = isfinite(claim.figure.least)
        made += (
            f'<path class="r" d="M{x:.1f} {ys[0]:.1f}v{-14 if up else 14}m-3 {4 if up else -4}l3 {-4 if up else 4}l3 {4 if up else -4}"/>'
        )
    return made + (f'<path class="f" d="M{x - 5:.1f} {min(ys) - 14:.1f}h10l-5 8z"/>' if fell else "")
