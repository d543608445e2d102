"""Properties as a listing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.answers.properties import PropertyRow
from ledger.model import Property
from ledger.render.blocks import Line
from ledger.texts.display import count_of, one_line

COLUMNS = ("id", "title", "type", "values", "unit", "subjects", "claims")
HEADS = ("property", "what it asks", "answers", "of whom", "claims")


def record(row: PropertyRow) -> dict[str, Any]:
    """A property as machines read it; `subjects` with their claims."""
    known = row.property
    return {
        "id": known.id, "title": known.title, "type": known.type, "values": list(known.values), "unit": known.unit or None,
        "subjects": row.of_subjects, "claims": row.claims,
    }  # fmt: skip


def cells(rows: Sequence[PropertyRow]) -> list[list[Line]]:
    """The properties as people read them."""
    return [
        [
            [(one_line(row.property.id), "who")],
            [(one_line(row.property.title), "")],
            [(answers(row.property), "")],
            [(", ".join(f"{one_line(subject)} {number}" for subject, number in row.of_subjects.items()), "")],
            [(str(row.claims), "")],
        ]
        for row in rows
    ]


def told(rows: Sequence[PropertyRow]) -> Iterator[tuple[Line, int]]:
    """`control: who holds the place, 29 claims`, and below it what can be answered, and of whom."""
    for row in rows:
        yield [(one_line(row.property.id), "who"), (f": {one_line(row.property.title)}, {count_of(row.claims, 'claim')}", "")], 0
        of = ", ".join(f"{one_line(subject)} ({number})" for subject, number in row.of_subjects.items())
        yield [(answers(row.property) + (f"; of {of}" if of else ""), "where")], 4


def answers(known: Property) -> str:
    """What can be answered: the values of a choice, the unit of a figure, and so on."""
    if known.type == "choice":
        return ", ".join(map(one_line, known.values))
    kinds = {"event": "it has happened, or not", "date": "a day", "text": "free text", "quantity": f"a figure: {one_line(known.unit)}"}
    return kinds.get(known.type, one_line(known.type))
