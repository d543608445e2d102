"""The outline of a claims file without errors: what the rules about the whole ledger ask of it, as data that a cache can keep.

What those rules ask of every file (its ids, the places and claimants it speaks of) is at hand; its claims are made when a rule asks for
them, with only what rules ask: ids, places, properties, claimants, disputes, accepted warnings. Where fields stand is found by
reading the file again, which only a finding asks for.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from ledger.model import CLAIMS, Claim, ClaimsFile, fields_of


class Outline(NamedTuple):
    """What a claims file holds: the ids of its claims in their order, how many of their quotes were found just once, of which places,
    claimants, relays and properties they speak, the numbers of those that name other claims and of those that accept warnings, and
    what tells its seed's text from every other, white space aside."""

    ids: Sequence[str]
    quotes: int
    places: frozenset[str]
    claimants: frozenset[str]
    relays: frozenset[str]
    properties: frozenset[str]
    naming: Sequence[int]
    accepting: Sequence[int]
    text: str


def outline_of(file: ClaimsFile) -> Outline:
    """The outline of a file: told, of one that was kept, without looking at its claims."""
    claims = file.claims
    known = getattr(claims, "outline", None)
    if isinstance(known, Outline):
        return known
    return Outline(
        [claim.id for claim in claims],
        sum(1 for claim in claims if claim.found.ways == 1),
        frozenset([claim.place for claim in claims]),
        frozenset([claim.claimant for claim in claims]),
        frozenset([name for claim in claims if claim.via for name in claim.via]),
        frozenset([claim.property for claim in claims]),
        sorted({number for field in fields_of(CLAIMS) for number, claim in enumerate(claims) if getattr(claim, field)}),
        [number for number, claim in enumerate(claims) if claim.accept],
        file.seed.words_digest if file.seed is not None else "",
    )


def claims_named(names: Set[str], file: ClaimsFile, outline: Outline) -> list[Claim]:
    """The claims of a file that bear one of the ids."""
    return [file.claims[number] for number, name in enumerate(outline.ids) if name in names] if not names.isdisjoint(outline.ids) else []
