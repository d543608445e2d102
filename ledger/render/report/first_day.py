"""The day that a page shows at first: the one of which most is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ledger.answers.report import Told
from ledger.render.report.book import Book
from ledger.render.report.maps import Map


def first_day(book: Book, maps: Sequence[Map]) -> int:
    """The day that the map shows at first, and that accounts are asked for: the one of which most is said; without a map that of the last word."""
    last = last_day(book.told)
    return fullest_day(maps[0], last) if maps else last


def last_day(told: Told) -> int:
    """The day of the last word; 0 where none is known."""
    return max((claim.said_near.last for claim in told.claims() if claim.said_near is not None), default=0)


def fullest_day(chosen: Map, last: int) -> int:
    """The day on which something is said of most places, of several the last; none behind that of the last word."""
    changes: Counter[int] = Counter()
    for told in chosen.places:
        end = 0
        for first, until in sorted((entry.time.start, entry.time.presumed) for _, entry, number in told.entries if number >= 0):
            first, until = max(first, end + 1, 1), min(until, last)
            if first <= until:
                changes[first] += 1
                changes[until + 1] -= 1
                end = until
    said, most, fullest = 0, 0, last
    for day in sorted(changes):
        if said >= most and said and day - 1 >= 1:
            most, fullest = said, day - 1
        said += changes[day]
    return fullest
