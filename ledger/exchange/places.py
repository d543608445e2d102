"""Places as rows of a table, for more than a ledger.yaml holds: read with its checks, each flaw told with its row."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.exchange.fields import PLACE
from ledger.exchange.parquet import rows_of_parquet
from ledger.model import Trouble, Vocabulary
from ledger.reading.loader import load_vocabulary
from ledger.reading.trees import MemoryTree
from ledger.reading.vocabulary import BEHIND
from ledger.reading.yaml_nodes import MAX_SCALAR, Listing, Node, Scalar
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.display import count_of, one_line
from ledger.texts.folding import mark_flood

TABLE = "table"  # what an export says of `places` where its vocabulary has not all of them
_COLUMNS = tuple(field.name for field in PLACE)
_TEXTS = ("kind", "within", "qid", "geonames", "note", "short")
Record = Mapping[str, Any]


def vocabulary_with(text: bytes, rows: Iterable[Record], table: str) -> Vocabulary:
    """What a ledger.yaml says, with the places of a table's rows (those of the table `places` of an export) beside its own. Raises Trouble."""
    further: dict[str, Fields] = {}
    for number, row in enumerate(rows, 1):
        name, fields = _fields(row, number, table)
        if name in further:
            raise Trouble(f"{table}, row {number}: row {further[name].line - BEHIND} has the id {one_line(name)[:100]}, too")
        further[name] = fields
    own = load_vocabulary(MemoryTree({"ledger.yaml": text}), further)
    flaws = [flaw for flaw in own.flaws if flaw.line > BEHIND]
    if flaws:
        first = min(flaws, key=lambda flaw: flaw.line)
        remedy = f" ({first.help})" if first.help else ""
        more = f"; {count_of(len(flaws) - 1, 'more flaw')} in it" if len(flaws) > 1 else ""
        raise Trouble(f"{table}, row {first.line - BEHIND}: {first.message}{remedy}{more}")
    return own


def _fields(row: Record, number: int, table: str) -> tuple[str, Fields]:
    """The id of a place, and what its row says as a ledger.yaml would."""
    line = BEHIND + number
    name = row.get("id")
    if not isinstance(name, str) or not name:
        raise Trouble(f"{table}, row {number}: it has no id")
    found: dict[str, Node] = {}
    for field in ("name", *_TEXTS):
        if row.get(field) not in (None, ""):
            if not isinstance(row[field], str):
                raise Trouble(f"{table}, row {number}: {field} is no text")
            found[field] = Scalar(row[field], line, 1)
    for field in ("spellings", "former"):
        if row.get(field) not in (None, "[]"):
            found[field] = _node(row[field], line)
    name_alone = found.pop("name", None)
    if row.get("names") not in (None, "{}"):
        found["names"] = _node(row["names"], line)
    elif name_alone is not None:
        found["names"] = name_alone
    point = [row.get(angle) for angle in ("latitude", "longitude")]
    if point != [None, None]:
        found["point"] = _listing([_degrees(each) for each in point], line)
    fields = Fields(line, 1)
    for field, node in found.items():
        if any(len(text) > MAX_SCALAR or mark_flood(text) >= 0 for text in _texts(node)):
            raise Trouble(f"{table}, row {number}: {field} holds a text of more than {MAX_SCALAR:,} characters, or of nothing but marks")
        fields.items[field], fields.keys[field] = node, (line, 1)
    return name, fields


def _node(value: Any, line: int) -> Node:
    """A cell as the parser would give it: a list or mapping (as such, or as JSON in a text), else a text."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return Scalar(value, line, 1)
    if isinstance(value, list):
        return _listing(value, line)
    if isinstance(value, dict):
        mapping = Fields(line, 1)
        for key, each in value.items():
            mapping.keys[str(key)], mapping.items[str(key)] = (line, 1), _node(each, line)
        return mapping
    return Scalar(str(value), line, 1)


def _listing(values: Sequence[Any], line: int) -> Listing:
    listing = Listing(line, 1)
    listing.items = [Scalar("" if each is None else str(each), line, 1) for each in values]
    return listing


def _degrees(value: Any) -> str | None:
    """Degrees as a ledger.yaml has them."""
    return f"{value:.15f}".rstrip("0").rstrip(".") if isinstance(value, float) else None if value is None else str(value)


def _texts(node: Node) -> Iterable[str]:
    if isinstance(node, Scalar):
        return [node.text]
    parts = node.items if isinstance(node, Listing) else [*node.items.values(), *(Scalar(key, 1, 1) for key in node.items)]
    return [text for part in parts for text in _texts(part)]


def refuse_columns(names: Sequence[str], table: str) -> None:
    """Refuse a table with other columns than an export's table of places, or without those that a place must have. Raises Trouble."""
    unknown = [name for name in names if name not in _COLUMNS]
    if unknown:
        raise Trouble(f"{table} has a column {one_line(unknown[0])[:100]}, which places have not: they have {', '.join(_COLUMNS)}")
    if len(set(names)) < len(names):
        raise Trouble(f"{table} has a column twice")
    if "id" not in names or not {"name", "names"} & set(names):
        raise Trouble(f"{table} needs a column id, and one of name or names")


def places_of(path: str) -> list[Record]:
    """The rows of a Parquet file of places. Raises Trouble."""
    names, rows = rows_of_parquet(path)
    refuse_columns(names, one_line(os.path.basename(path)))
    return rows
