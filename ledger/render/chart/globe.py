"""Points of the globe on a plane: the frame around them, its scale, and which of their names can stand there without lying on each other.

Equirectangular: degrees of longitude are drawn as long as they are at the middle latitude. Nothing is drawn that nobody gave: no borders,
no coasts. Lengths are units of the picture, from its top left.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, pi, radians, sqrt
from typing import NamedTuple

from ledger.model import Point

WIDTH, TALLEST, LEAST = 640, 480, 120  # units
EDGE = 40  # units between the outermost points and the frame
SIGN = 7  # units from the middle of a sign to its edge
FEW, SMALL = 60, 0.6  # beyond so many places, signs are so much smaller
LETTER, LINE = 7.5, 15  # units that a letter takes at most, mostly, and a line
LARGER, LARGER_SIGN = 1.7, 1.4  # so many times as large are letters and signs in a narrow window (page.css)
KM_A_DEGREE = 111.195
CLOSEST = 20_000.0  # units a degree at most
ALONE = 200.0  # units a degree, where all points are one
RIGHT, LEFT, ABOVE, BELOW, HIDDEN_RIGHT, HIDDEN_LEFT = range(6)  # where a name stands; hidden: only when it is asked for
OFFSETS = ((11, 5, "start"), (-11, 5, "end"), (0, -12, "middle"), (0, 21, "middle"), (11, 5, "start"), (-11, 5, "end"))
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Spot(NamedTuple):
    """Where a point is drawn, and where its name; `narrow`: whether that fits in a narrow window too."""

    x: float
    y: float
    name: int
    narrow: bool = True


class Sheet(NamedTuple):
    """A map without its signs: its height, how large signs are (1: as they are drawn), the spots in the order of the points, how long a bar is and
    how many km it stands for, the latitude at which that is so, and whether some sign stands beside its point, since another is there."""

    height: int
    size: float
    spots: list[Spot]
    bar: float
    km: float
    latitude: float
    moved: bool


def sheet(points: Sequence[Point], names: Sequence[str]) -> Sheet:
    """A map of points (one at least), the most important first: their names have the first choice of where to stand."""
    latitudes, longitudes = [point[0] for point in points], unwrapped([point[1] for point in points])
    middle = (min(latitudes) + max(latitudes)) / 2
    narrow = max(cos(radians(middle)), 0.02)  # (at a pole all longitudes meet)
    wide, high = (max(longitudes) - min(longitudes)) * narrow, max(latitudes) - min(latitudes)
    scales = [(WIDTH - 2 * EDGE) / wide if wide else CLOSEST, (TALLEST - 2 * EDGE) / high if high else CLOSEST]
    scale = min(*scales, CLOSEST) if wide or high else ALONE
    height = max(LEAST, round(high * scale) + 2 * EDGE, round(len(points) * 0.7))  # (room for signs, were they all of one place)
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    places = [
        (round(left + (longitude - min(longitudes)) * narrow * scale, 1), round(top + (max(latitudes) - latitude) * scale, 1))
        for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]
    size = 1 if len(points) <= FEW else SMALL
    spread = list(apart(places, height, SIGN * size))
    bar, km = scale_bar(KM_A_DEGREE / scale)
    return Sheet(height, size, list(_named(spread, names, height, SIGN * size)), bar, km, middle, spread != places)


def unwrapped(longitudes: Sequence[float]) -> list[float]:
    """Longitudes that grow from west to east over the date line: the widest gap between any two lies outside."""
    known = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(known[0] + 360 - known[-1], known[0]), *((after - before, after) for before, after in pairwise(known))]
    west = max(gaps, key=lambda gap: (gap[0], -gap[1]))[1]
    return [(longitude % 360 - west) % 360 for longitude in longitudes]


def scale_bar(km_a_unit: float) -> tuple[float, float]:
    """A length that is 1, 2 or 5 and noughts in km, at most a fourth of the width: units, km."""
    step = 1e-4
    while 10 * step <= km_a_unit * WIDTH / 4:
        step *= 10
    km = max(step * times for times in (1, 2, 5) if step * times <= km_a_unit * WIDTH / 4)
    return round(km / km_a_unit, 1), km


class Taken:
    """Boxes that are taken; squares of the plane say which may be near."""

    def __init__(self) -> None:
        self._near: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        """Take a box."""
        for square in self._squares(box):
            self._near[square].append(box)

    def meets(self, box: Box) -> bool:
        """Whether a box lies on one that is taken."""
        left, top, right, bottom = box
        return any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1]
            for square in self._squares(box)
            for other in self._near.get(square, ())
        )

    def has_room(self, box: Box, height: float) -> bool:
        """Whether a box lies inside the map and on none that is taken: then it is taken."""
        free = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height and not self.meets(box)
        if free:
            self.add(box)
        return free

    @staticmethod
    def _squares(box: Box) -> Iterator[tuple[int, int]]:
        size = 4 * SIGN
        for column in range(int(box[0] // size), int(box[2] // size) + 1):
            for row in range(int(box[1] // size), int(box[3] // size) + 1):
                yield column, row


def apart(places: Iterable[tuple[float, float]], height: float, sign: float = SIGN) -> Iterator[tuple[float, float]]:
    """Where signs of a size stand, none on another: each at its place, or where that is taken, as near as it can be, round and round outwards."""
    taken = Taken()
    begun: dict[tuple[float, float], int] = {}  # of places that many share, how far out the last was
    for place in places:
        x, y = place
        for step in range(begun.get(place, 0), 4_000):
            turn, far = step * pi * (3 - sqrt(5)), sign * 1.2 * sqrt(step)
            x, y = round(place[0] + far * cos(turn), 1), round(place[1] + far * cos(turn - pi / 2), 1)
            box = (x - sign, y - sign, x + sign, y + sign)
            if not taken.meets(box) and (step == 0 or (sign < x < WIDTH - sign and sign < y < height - sign)):
                taken.add(box)
                break
        begun[place] = step + 1
        yield x, y


def _named(places: Sequence[tuple[float, float]], names: Sequence[str], height: int, sign: float) -> Iterator[Spot]:
    """Where each name stands: to the right of its sign, to the left, above or below, on no sign and no other name; else it is hidden."""
    taken, narrow = Taken(), Taken()
    for x, y in places:
        taken.add((x - sign, y - sign, x + sign, y + sign))
        wide = sign * LARGER_SIGN
        narrow.add((x - wide, y - wide, x + wide, y + wide))
    for (x, y), name in zip(places, names, strict=True):
        long, fits = length(name), False
        for where in (RIGHT, LEFT, ABOVE, BELOW):
            if taken.has_room(_box(x, y, where, long), height):
                fits = narrow.has_room(_box(x, y, where, long * LARGER, LINE * LARGER), height)
                break
        else:
            where = HIDDEN_RIGHT if x < WIDTH / 2 else HIDDEN_LEFT
        yield Spot(x, y, where, fits)


def _box(x: float, y: float, where: int, long: float, line: float = LINE) -> Box:
    right, down, anchor = OFFSETS[where]
    left = x + right - {"start": 0, "middle": long / 2, "end": long}[anchor]
    return left, y + down - line + 3, left + long, y + down + 3


def length(text: str) -> float:
    """How long a name is about, in units."""
    return sum(LETTER * (2 if unicodedata.east_asian_width(char) in "WF" else 1) for char in text if not unicodedata.combining(char))
