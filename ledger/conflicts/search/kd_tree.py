"""Points in space: those within a box, and the least value among them, found without looking at most of the others.

A k-d tree. Each node knows the box its points fill, so that whole branches are taken or left at once; it is split where it is
widest, compared with all points, so that coordinates on which the points agree cost nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ledger.texts.dates import FAR

NOTHING: frozenset[int] = frozenset()
LEAF = 8  # points that are looked at one by one

Point = tuple[Any, ...]  # of coordinates that have an order: days, names, figures with open ends
Ranks = tuple[int, ...]


class Side(NamedTuple):
    """What is asked of one coordinate: from `low` to `high` (None: no matter), and none of `but`."""

    coordinate: int
    low: Any = None
    high: Any = None
    but: frozenset[Any] = frozenset()


_Ranked = tuple[int, int, int, frozenset[int]]


class _Node(NamedTuple):
    """The points from `begin` to `end` in the order of the tree, the box they fill, and the least of their values."""

    lows: Ranks
    highs: Ranks
    least: int
    begin: int
    end: int
    halves: tuple[_Node, _Node] | None


class Boxes:
    """Points by their numbers, each with a value."""

    def __init__(self, points: Sequence[Point], values: Sequence[int] | None = None) -> None:
        self.scales = [sorted(set(column)) for column in zip(*points, strict=True)]  # coordinates count by their ranks
        self.ranks = [{thing: rank for rank, thing in enumerate(scale)} for scale in self.scales]
        self.noted: dict[tuple[int, frozenset[Any]], frozenset[int]] = {}
        self.points = [tuple(rank[thing] for rank, thing in zip(self.ranks, point, strict=True)) for point in points]
        self.values = values or [0] * len(points)
        self.order = list(range(len(points)))
        self.root = self._node(0, len(points)) if points else None

    def _node(self, begin: int, end: int) -> _Node:
        numbers = self.order[begin:end]
        lows, highs = _extent([self.points[number] for number in numbers])
        least = min(self.values[number] for number in numbers)
        if end - begin <= LEAF or lows == highs:
            return _Node(lows, highs, least, begin, end, None)
        widths = [(high - low) / len(scale) for low, high, scale in zip(lows, highs, self.scales, strict=True)]
        widest = widths.index(max(widths))
        self.order[begin:end] = sorted(numbers, key=lambda number: self.points[number][widest])
        middle = (begin + end) // 2
        return _Node(lows, highs, least, begin, end, (self._node(begin, middle), self._node(middle, end)))

    def _ranked(self, asked: Iterable[Side]) -> list[_Ranked]:
        """A box in ranks."""
        box: list[_Ranked] = []
        for coordinate, low, high, but in asked if self.points else ():
            scale = self.scales[coordinate]
            least = 0 if low is None else bisect_left(scale, low)
            most = len(scale) - 1 if high is None else bisect_right(scale, high) - 1
            none_of = frozenset(
                bisect_left(scale, thing) for thing in but if scale[min(bisect_left(scale, thing), len(scale) - 1)] == thing
            )
            if least > 0 or most < len(scale) - 1 or none_of:
                box.append((coordinate, least, most, none_of))
        return box

    def _ranks(self, coordinate: int, things: frozenset[Any]) -> frozenset[int]:
        """The ranks of some things, which are noted: the same ones are asked about again and again."""
        if (coordinate, things) not in self.noted:
            ranks = self.ranks[coordinate]
            self.noted[coordinate, things] = frozenset(ranks[thing] for thing in things if thing in ranks)
        return self.noted[coordinate, things]

    def within(self, asked: Iterable[Side]) -> Iterator[int]:
        """The numbers of the points within a box, in no order that means anything."""
        box = self._ranked(asked)
        waiting = [] if self.root is None else [self.root]
        while waiting:
            node = waiting.pop()
            inside = _how(node, box)
            if inside is None:
                continue
            if inside:
                yield from self.order[node.begin : node.end]
            elif node.halves is not None:
                waiting += node.halves
            else:
                yield from (number for number in self.order[node.begin : node.end] if _is_in(self.points[number], box))

    def least(self, asked: Iterable[Side]) -> int:
        """The least value of the points within a box; FAR where there are none."""
        best, box = FAR, self._ranked(asked)
        waiting = [] if self.root is None else [self.root]
        while waiting:
            node = waiting.pop()
            if node.least >= best:
                continue
            inside = _how(node, box)
            if inside is None:
                continue
            if inside:
                best = node.least
            elif node.halves is not None:
                waiting += sorted(node.halves, key=_descending)
            else:
                for number in self.order[node.begin : node.end]:
                    if self.values[number] < best and _is_in(self.points[number], box):
                        best = self.values[number]
        return best


def _descending(node: _Node) -> int:
    return -node.least


def _extent(points: Sequence[Ranks]) -> tuple[Ranks, Ranks]:
    """The lowest and the highest coordinates of some points."""
    columns = list(zip(*points, strict=True))
    return tuple(map(min, columns)), tuple(map(max, columns))


def _how(node: _Node, box: list[_Ranked]) -> bool | None:
    """Whether all points of a node lie in a box; None where none can."""
    inside = True
    for coordinate, low, high, but in box:
        least, most = node.lows[coordinate], node.highs[coordinate]
        if most < low or least > high:
            return None
        if least < low or most > high:
            inside = False
        if but:
            if least != most:
                inside = False
            elif least in but:
                return None
    return inside


def _is_in(point: Ranks, box: list[_Ranked]) -> bool:
    return all(low <= point[coordinate] <= high and point[coordinate] not in but for coordinate, low, high, but in box)
