"""What places there are: each below the one that it lies within, with how many claims are said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ledger.model import Ledger, Place
from ledger.texts.searching import Wanted


class PlaceRow(NamedTuple):
    """A place: how deep it lies within others, how many claims are said of it, and how many of it and all within it."""

    place: Place
    depth: int
    claims: int
    claims_within: int


def place_rows(ledger: Ledger, wanted: Wanted) -> list[PlaceRow]:
    """Every place in whose names the words stand, the larger before those within it, by name."""
    vocabulary = ledger.vocabulary
    said = Counter(claim.place for claim in ledger.claims())
    within = Counter(said)
    inside: dict[str | None, list[Place]] = defaultdict(list)
    for place in vocabulary.places.values():
        larger = vocabulary.larger_places(place.id)
        for name in larger:
            within[name] += said[place.id]
        inside[larger[0] if larger and place.id not in vocabulary.larger_places(larger[0]) else None].append(place)

    def below(name: str | None, depth: int) -> Iterator[PlaceRow]:
        """The places right within one, each with those within it; without calling itself, so that no depth is too deep."""
        waiting = [(place, depth) for place in _last_first(inside[name])]
        while waiting:
            place, deep = waiting.pop()
            yield PlaceRow(place, deep, said[place.id], within[place.id])
            waiting += [(inner, deep + 1) for inner in _last_first(inside[place.id])]

    def _last_first(places: list[Place]) -> list[Place]:
        return sorted(places, key=lambda place: (place.name_in(vocabulary.language).casefold(), place.id), reverse=True)

    return [row for row in below(None, 0) if not wanted or wanted.stand_in("\n".join((row.place.id, *row.place.all_names())))]
