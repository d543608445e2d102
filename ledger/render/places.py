"""Places as a listing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.answers.places import PlaceRow
from ledger.model import Vocabulary
from ledger.render.blocks import Line
from ledger.texts.directions import isolated
from ledger.texts.display import count_of, one_line

COLUMNS = ("id", "name", "kind", "within", "names", "spellings", "former", "claims", "claims_within", "point")
DEEPEST = 5  # places are set in on a terminal no deeper than so many
HEADS = ("place", "kind", "claims", "with all within", "also written")


def record(row: PlaceRow, vocabulary: Vocabulary) -> dict[str, Any]:
    """A place as machines read it; `names` are pairs of a language and a name."""
    place = row.place
    return {
        "id": place.id, "name": place.name_in(vocabulary.language), "kind": place.kind, "within": place.within,
        "names": [f"{language}: {name}" for language, name in place.names], "spellings": list(place.spellings), "former": list(place.former),
        "claims": row.claims, "claims_within": row.claims_within, "point": None if place.point is None else list(place.point),
    }  # fmt: skip


def cells(rows: Sequence[PlaceRow], vocabulary: Vocabulary) -> list[list[Line]]:
    """The places in columns, each set in below the one that it lies within."""
    return [
        [
            [("  " * row.depth, ""), (isolated(one_line(row.place.name_in(vocabulary.language))), "who")],
            [(one_line(row.place.kind), "")],
            [(str(row.claims), "")],
            [(str(row.claims_within), "")],
            [(_other_names(row, vocabulary), "where")],
        ]
        for row in rows
    ]


def told(rows: Sequence[PlaceRow], vocabulary: Vocabulary) -> Iterator[tuple[Line, int]]:
    """`Kupiansk, town: 37 claims, 40 with all within`, and below it the other names."""
    for row in rows:
        indent = 2 * min(row.depth, DEEPEST)
        counts = count_of(row.claims, "claim") + (f", {row.claims_within} with all within" if row.claims_within != row.claims else "")
        yield [(isolated(one_line(row.place.name_in(vocabulary.language))), "who"), (f", {one_line(row.place.kind)}: {counts}", "")], indent
        yield [(_other_names(row, vocabulary), "where")], indent + 4


def _other_names(row: PlaceRow, vocabulary: Vocabulary) -> str:
    name = row.place.name_in(vocabulary.language)
    return ", ".join(isolated(one_line(other)) for other in dict.fromkeys((row.place.id, *row.place.all_names())) if other != name)
