"""Figures drawn over time: a row a claim, down the days on which they were said, and along a row what they come to, with their range."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import NamedTuple

from ledger.conflicts.claims_in_words import value_words
from ledger.model import Claim, Vocabulary
from ledger.render.blocks import Line
from ledger.texts.figures import Number, Range
from ledger.texts.phrases import figure_words


class Scale(NamedTuple):
    """An axis of figures from nothing to `most` in `columns` columns."""

    most: Fraction
    columns: int

    def column(self, figure: Number) -> int:
        """The column of a figure."""
        return int(Fraction(figure) * (self.columns - 1) / self.most) if self.most else 0


def scale_of(claims: Sequence[Claim], columns: int) -> Scale:
    """The scale on which all figures have their place; one without an end counts with its other end."""
    ends = [Fraction(end) for claim in claims if claim.figure is not None for end in _ends(claim.figure)]
    return Scale(max(ends, default=Fraction(0)), max(2, columns))


def _ends(figure: Range) -> list[Number]:
    return [end for end in (figure.least, figure.most) if isfinite(end)]


def axis_line(scale: Scale, language: str) -> str:
    """Figures at their columns: nothing, and steps of one, two or five times a power of ten, the finest that can be read."""
    if not scale.most:
        return "|0"
    step = Fraction(10) ** (len(str(int(scale.most))) - 2) if scale.most >= 1 else scale.most
    for factor in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        ticks = (
            [step * factor * number for number in range(int(scale.most / (step * factor)) + 1)]
            if scale.most / (step * factor) <= 99
            else []
        )
        row = _ticks(ticks, scale, language)
        if row:
            return row
    return "|0"


def _ticks(figures: Sequence[Fraction], scale: Scale, language: str) -> str:
    """The row of an axis, or nothing where its figures do not fit there."""
    row = ""
    for figure in figures:
        column = scale.column(figure)
        if row and column < len(row) + 2:
            return ""
        row = row.ljust(column) + "|" + figure_words(_written(figure), language)
    return row if len(row) <= scale.columns + 12 else ""


def _written(figure: Fraction) -> str:
    """A round figure as a claim writes it."""
    if figure.denominator == 1:
        return str(figure.numerator)
    digits = len(str(figure.denominator))
    return (
        f"{figure.numerator * 10**digits // figure.denominator:0{digits + 1}d}"[:-digits]
        + "."
        + (f"{figure.numerator * 10**digits // figure.denominator:0{digits + 1}d}"[-digits:].rstrip("0"))
    )


def figure_row(claim: Claim, scale: Scale, behind: str, vocabulary: Vocabulary) -> Line:
    """A figure at its place: a point, a bound with an arrow, a range; then in words, with what is told `behind` it."""
    figure = claim.figure
    known = vocabulary.properties.get(claim.property)
    words = value_words(known, claim.value, vocabulary, unit=False)
    if claim.stance != "asserts":
        words = {"denies": "denied: ", "doubts": "not confirmed: ", "expects": "expected: "}.get(claim.stance, "") + words
    if figure is None:
        return [(words, "label")]
    mark = {"denies": "×", "doubts": "?", "expects": "○"}.get(claim.stance, "○" if claim.hedge is not None else "●")
    first, last = (scale.column(end) for end in (_ends(figure)[0], _ends(figure)[-1]))
    if len(_ends(figure)) < 2:  # a bound: an arrow to where it has no end
        drawn, first = (f"{mark}>", first) if isfinite(figure.least) else (f"<{mark}", max(0, first - 1))
    else:
        drawn = "░" * (last - first + 1) if last > first else mark
    line: Line = [(" " * first + drawn, "figure"), (" " + words, "label")]
    return [*line, (behind, "certain")] if behind else line
