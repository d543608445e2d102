"""Rows of what there is, in every format: finished records, with the heads and cells under which people read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.render.apart import line_apart
from ledger.render.blocks import Line
from ledger.render.check import dumps, for_people, inert
from ledger.render.conflicts import csv_cell, line_text, markdown_text


class Listing(NamedTuple):
    """What there is of a kind: `name` in JSON, records for machines, for people heads and rows of cells, on a terminal what is `told` of
    each in a line or two, and notes below."""

    name: str
    records: Sequence[Mapping[str, Any]]
    heads: tuple[str, ...]
    rows: Sequence[list[Line]]
    told: Iterable[tuple[Line, int]]
    notes: list[str]


def to_json(listing: Listing, total: int, limit: int | None) -> Iterator[str]:
    """All records; `total` is told where a limit cut them."""
    tail = {} if limit is None else {"total": total, "truncated": len(listing.records) < total}
    yield dumps({"schema_version": 1, listing.name: [dict(record) for record in listing.records], **tail}) + "\n"


def to_jsonl(listing: Listing) -> Iterator[str]:
    """One record a line."""
    yield from (dumps(dict(record)) + "\n" for record in listing.records)


def to_csv(listing: Listing, columns: Sequence[str]) -> Iterator[str]:
    """One record a row; what is a list stands in one cell, its entries parted by ` | `."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for record in listing.records:
        writer.writerow([csv_cell(_flat(record[column])) for column in columns])
    yield inert(stream.getvalue())


def _flat(value: Any) -> Any:
    if isinstance(value, Mapping):
        return " | ".join(f"{name}: {_flat(each)}" for name, each in value.items())
    return " | ".join(map(str, value)) if isinstance(value, list | tuple) else value


def to_markdown(listing: Listing) -> Iterator[str]:
    """A table."""
    yield "| " + " | ".join(listing.heads) + " |\n" + "|---" * len(listing.heads) + "|\n"
    for row in listing.rows:
        yield "| " + " | ".join(markdown_text(line_text(line_apart(cell)).strip()) for cell in row) + " |\n"
    yield "\n" + "\n".join(map(markdown_text, listing.notes)) + "\n"


def to_text(listing: Listing) -> Iterator[str]:
    """Cells parted by tabs, for a pipe."""
    for row in [[[(head, "")] for head in listing.heads], *listing.rows]:
        yield inert("\t".join(line_text(line_apart(cell)) for cell in row)) + "\n"
    yield "".join(for_people(note) + "\n" for note in listing.notes)


def formats(listing: Listing, columns: Sequence[str], total: int, limit: int | None) -> dict[str, Callable[[], Iterator[str]]]:
    """How each format is made."""
    return {
        "text": lambda: to_text(listing),
        "json": lambda: to_json(listing, total, limit),
        "jsonl": lambda: to_jsonl(listing),
        "csv": lambda: to_csv(listing, columns),
        "markdown": lambda: to_markdown(listing),
    }
