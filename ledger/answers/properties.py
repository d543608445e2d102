"""What properties there are, with how many claims are said of each."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ledger.model import Ledger, Property
from ledger.texts.searching import Wanted


class PropertyRow(NamedTuple):
    """A property, and how many claims are said of it, of each of its subjects."""

    property: Property
    claims: int
    of_subjects: dict[str, int]


def property_rows(ledger: Ledger, wanted: Wanted) -> list[PropertyRow]:
    """Every property in whose names the words stand, by id."""
    said = Counter((claim.property, claim.subject) for claim in ledger.claims())
    total = Counter(claim.property for claim in ledger.claims())
    return [
        PropertyRow(known, total[known.id], {subject: said[known.id, subject] for subject in known.subjects})
        for _, known in sorted(ledger.vocabulary.properties.items())
        if not wanted or wanted.stand_in(" ".join((known.id, known.title, *known.values, *known.subjects)))
    ]
