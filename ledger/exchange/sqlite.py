"""An SQLite database of the tables, with full-text search and views: for `sqlite3`, Datasette and any program that reads one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

from ledger.exchange.fields import AS_WRITTEN
from ledger.exchange.tables import Table

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_INDEXED = {
    "claims": ("id", "place", "property", "claimant", "side", "seed"),
    "contradictions": ("claim_a", "claim_b", "place", "kind"),
    "readings": ("claim", "place"),
}
_SEARCHED = {"claims": ("says", "quote", "translation", "note"), "seeds": ("name", "text")}
_VIEWS = {
    "contradictions_open": "SELECT * FROM contradictions WHERE NOT coalesce(resolution_current AND resolution_found <> 'open', 0)"
    " AND corrected = '[]'",
    "claims_contradicted": "SELECT * FROM claims WHERE id IN (SELECT claim_a FROM contradictions UNION SELECT claim_b FROM contradictions)",
    "places_counted": "SELECT places.*, (SELECT count(*) FROM claims WHERE claims.place = places.id) AS claims,"
    " (SELECT count(*) FROM contradictions WHERE contradictions.place = places.id) AS contradictions FROM places",
    "claimants_counted": "SELECT claimants.*, (SELECT count(*) FROM claims WHERE claims.claimant = claimants.id) AS claims FROM claimants",
}
FACETS = {
    "claims": ["property", "side", "stance", "claimant", "language"],
    "contradictions": ["kind", "strength", "relation", "property"],
    "tensions": ["property"],
    "places": ["kind"],
    "claimants": ["kind", "side"],
    "readings": ["property", "stance"],
}


def to_sqlite(tables: Sequence[Table]) -> bytes:
    """The database: the same bytes for the same tables and version of SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("PRAGMA user_version = 1")
        made.execute("BEGIN")
        for table in tables:
            columns = ", ".join(f'"{field.name}" {_TYPES.get(field.type, "TEXT")}' for field in table.fields)
            made.execute(f'CREATE TABLE "{table.name}" ({columns})')
            made.executemany(f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.fields))})', table.rows)
            for column in _INDEXED.get(table.name, ()):
                made.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        for name, query in _VIEWS.items():
            made.execute(f"CREATE VIEW {name} AS {query}")
        made.execute("COMMIT")
        for name, columns_searched in _SEARCHED.items():
            with suppress(sqlite3.OperationalError):  # an SQLite without FTS5: everything else is there
                listed = ", ".join(columns_searched)  # (in these quotation marks Datasette looks for the table that it searches)
                made.execute(f'CREATE VIRTUAL TABLE {name}_fts USING fts5({listed}, content="{name}")')
                made.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")
        return bytes(made.serialize())


def datasette_metadata(tables: Sequence[Table], name: str, title: str) -> dict[str, Any]:
    """What Datasette is told of the database: titles, what stands in each column, by what to facet. `name` is the file's, without ending."""
    told: dict[str, Any] = {}
    for table in tables:
        told[table.name] = {
            "title": table.title,
            "columns": {field.name: field.words for field in table.fields if field.words not in ("", AS_WRITTEN)},
        }
        if table.name in FACETS:
            told[table.name]["facets"] = FACETS[table.name]
    told["claims"]["label_column"] = "says"
    return {"title": title, "databases": {name: {"title": title, "tables": told}}}
