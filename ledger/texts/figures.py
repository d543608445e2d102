"""Figures and shares: ranges with exact ends, read from the text of a claim (DESIGN section 4)."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

Number = int | Fraction | float  # float only for the two infinities: a bound that has no other end

_NUMBER = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
_FIGURE = re.compile(rf"(~|>=|>|<=|<)?({_NUMBER})|({_NUMBER})\.\.({_NUMBER})")


class FigureProblem(ValueError):
    """A figure or share that can't be read; the text says why and what to write."""


class Range(NamedTuple):
    """From `least` to `most`; an end that is `open` does not belong to it ("over", "under")."""

    least: Number
    least_open: bool
    most: Number
    most_open: bool

    def within(self, other: Range) -> bool:
        """Whether all of this lies inside `other`."""
        starts = self.least > other.least or (self.least == other.least and (self.least_open or not other.least_open))
        ends = self.most < other.most or (self.most == other.most and (self.most_open or not other.most_open))
        return starts and ends

    def above(self, other: Range, tolerance: Tolerance | None = None) -> bool:
        """Whether the least of this is more than the most of `other`, the tolerance added to the latter."""
        ceiling = other.most if tolerance is None else tolerance.added(other.most)
        return self.least > ceiling or (self.least == ceiling and (self.least_open or other.most_open))


class Tolerance(NamedTuple):
    """How far two figures may differ: a share of the smaller one, or an absolute figure in the property's unit."""

    share: Number
    absolute: Number

    def added(self, figure: Number) -> Number:
        """`figure` with the tolerance on top."""
        return figure if figure == math.inf else _added(figure, self.share, self.absolute)


@lru_cache(maxsize=65536)
def _added(figure: Number, share: Number, absolute: Number) -> Number:
    """Exact, and so slow: most figures are compared with many others."""
    return figure + figure * share + absolute


def _number(text: str) -> Number:
    if "." not in text:
        return int(text)
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


@lru_cache(maxsize=65536)
def parse_figure(text: str) -> Range:
    """`27000`, `~2000` (10 % to either side), `>=43`, `>43`, `<=100`, `<100` or `1000..2000`; raises FigureProblem."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        raise FigureProblem(_why_no_figure(text))
    if match[3] is not None:
        least, most = _number(match[3]), _number(match[4])
        if least > most:
            raise FigureProblem(f"it ends ({match[4]}) below where it begins ({match[3]})")
        return Range(least, False, most, False)
    sign, value = match[1], _number(match[2])
    if sign == "~":
        tenth = Fraction(value) / 10
        return Range(value - tenth, False, value + tenth, False)
    if sign in (">", ">="):
        return Range(value, sign == ">", math.inf, False)
    if sign in ("<", "<="):
        return Range(-math.inf, False, value, sign == "<")
    return Range(value, False, value, False)


def _why_no_figure(text: str) -> str:
    if len(text) <= 60 and re.fullmatch(r"[~<>=]*[0-9]{1,3}(?:[ \u00a0\u202f.,'’_][0-9]{3})+", text):
        sign = re.match(r"[~<>=]*", text)
        if re.fullmatch(r"[~<>=]*[0-9]{1,3},[0-9]{3}", text):
            return f"write {text.replace(',', '')} where thousands are meant, {text.replace(',', '.')} where the comma begins decimals"
        return f"write it without separators: {sign[0] if sign else ''}{re.sub('[^0-9]', '', text)}"
    if len(text) <= 60 and re.fullmatch(r"[0-9]+,[0-9]+", text):
        return f"write it with a point: {text.replace(',', '.')}"
    return 'write a figure such as 27000, 8.5, ~2000, ">=43", <100 or 1000..2000; the unit is the property\'s'


NAMED_SHARES = {
    "all": Range(100, False, 100, False),
    "most": Range(50, True, 100, False),
    "part": Range(0, True, 100, False),
}


@lru_cache(maxsize=65536)
def parse_share(text: str) -> Range:
    """A share of a place in percent: `all`, `most`, `part`, or a figure with `%`, cut to over 0 and at most 100."""
    named = NAMED_SHARES.get(text)
    if named is not None:
        return named
    if not text.endswith("%"):
        raise FigureProblem('write all, most, part, or a share such as 30%, ~30%, <50%, ">=60%" or 10..20%')
    least, least_open, most, most_open = parse_figure(text[:-1])
    if most <= 0:
        raise FigureProblem("nothing at all is a denial: write `stance: denies` with the extent that is denied")
    if least > 100 or (least == 100 and least_open):
        raise FigureProblem("a share can't be over 100%")
    if least <= 0:
        least, least_open = 0, True
    if most > 100:
        most, most_open = 100, False
    return Range(least, least_open, most, most_open)


def parse_tolerance(text: str) -> Tolerance:
    """`10%` of the smaller figure, or an absolute figure; raises FigureProblem."""
    number = text[:-1] if text.endswith("%") else text
    if re.fullmatch(_NUMBER, number) is None:
        raise FigureProblem("write a share such as 10%, or an absolute figure such as 500")
    value = _number(number)
    return Tolerance(Fraction(value) / 100, 0) if text.endswith("%") else Tolerance(0, value)


_TENTH = Fraction(1, 10)


def same_figure(one: Range, other: Range, tolerance: Tolerance | None = None) -> bool:
    """Whether two figures are the same, to within the tolerance of the smaller.

    A bound is the same as a bound to the same side whose figure is the same. Figures with two ends share a figure, and their middles
    (of `N` and `~N`: N) lie no further apart than half the width of the narrower, a tenth of the larger, or the tolerance.
    """
    if (side := bound_of(one)) != bound_of(other):
        return False
    if side:
        return _same_bound(one, other, side, tolerance)
    if _apart(one, other, tolerance):
        return False
    widths = one.most - one.least, other.most - other.least
    smaller, larger = sorted((one.least + one.most, other.least + other.most))  # the middles, doubled as the half widths are
    apart = larger - smaller
    tolerated = 2 * tolerance.absolute + smaller * tolerance.share if tolerance is not None else 0
    return apart <= max(min(widths), larger * _TENTH, tolerated)


def bound_of(figure: Range) -> str:
    """Which end of a figure is stated where the other is open: `least` or `most`; empty where both are."""
    if figure.most == math.inf:
        return "least"
    return "most" if figure.least == -math.inf else ""


def _same_bound(one: Range, other: Range, side: str, tolerance: Tolerance | None) -> bool:
    ends = [(figure.least, figure.least_open) if side == "least" else (figure.most, figure.most_open) for figure in (one, other)]
    (smaller, smaller_open), (larger, larger_open) = sorted(ends)
    reach = smaller if tolerance is None else tolerance.added(smaller)
    return larger < reach or (larger == reach and smaller_open == larger_open)


def _apart(one: Range, other: Range, tolerance: Tolerance | None) -> bool:
    return one.above(other, tolerance) or other.above(one, tolerance)
