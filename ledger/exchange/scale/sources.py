"""The ledgers that an engine is asked about: each with a Parquet file of its claims' rows, and a small ledger of what everybody has to know.

That ledger has the vocabulary, the files without their claims, and of the claims those that people noted something about (a dispute, a
correction, a tension, a resolution), wherever they stand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.exchange.fields import PLACE
from ledger.exchange.merging import LeftOut, Part
from ledger.exchange.scale.duck import Duck, of_rows
from ledger.exchange.scale.rows import COLUMNS, claim_of_record, meaning_of, rows_of
from ledger.exchange.unpacked import Record, bare_files, has_places, ledger_of, refuse_other_manifests
from ledger.model import CLAIM_FIELDS, NO_QUOTES, Claim, ClaimsFile, Ledger, Trouble, Vocabulary
from ledger.reading.claims import Meaning
from ledger.texts.display import one_line
from ledger.texts.seeds import MarkFlood, Seed


class Source:
    """One ledger as an engine reads it: `part` is what everybody knows of it, `rows` what a query selects the rows of its claims from."""

    unquoted = False  # whether a machine made its claims

    def __init__(self, part: Part, rows: str) -> None:
        self.part = part
        self.rows = rows

    def claims(self, wanted: Sequence[int]) -> Iterator[tuple[int, Claim]]:
        """The whole claims of some rows, under the names that they have in their ledger."""
        raise NotImplementedError

    def with_seed(self, file: ClaimsFile, path: str) -> ClaimsFile:
        """A claims file with its seed; `path` is the one that it has in its ledger."""
        return file


class Loaded(Source):
    """A ledger that was read as a whole: its rows are written beside."""

    def __init__(self, part: Part, number: int, duck: Duck) -> None:
        path = duck.file(str(number))
        super().__init__(part, of_rows(path))
        self.found = part.ledger.claims()
        arrow = duck.pyarrow
        types = {"line": arrow.int64(), "takes_part": arrow.bool_()}
        columns = rows_of(part.ledger, part.left_out)
        schema = arrow.schema([arrow.field(name, types.get(name, arrow.string())) for name in COLUMNS])
        arrays = [arrow.array(columns[name], type=schema.field(name).type) for name in COLUMNS]
        arrow.parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), path, compression="snappy")

    def claims(self, wanted: Sequence[int]) -> Iterator[tuple[int, Claim]]:
        return ((row, self.found[row]) for row in wanted)


class Exported(Source):
    """A ledger that was exported as Parquet: of its claims only those are read that are asked for. `vocabularies` are those of others, by
    their texts: what many ledgers share is read once."""

    def __init__(self, name: str, folder: str, number: int, duck: Duck, vocabularies: dict[str, Vocabulary] | None = None) -> None:
        self.duck, self.folder, self.number = duck, folder, number
        self.vocabularies = {} if vocabularies is None else vocabularies
        refuse_other_manifests(folder)
        rows = self._table("claims")
        types = {each[0]: each[1] for each in duck.ask(f"DESCRIBE SELECT * FROM {rows}")}
        for column in sorted({"column", *COLUMNS, *CLAIM_FIELDS}):
            kind = {"line": "BIGINT", "column": "BIGINT", "takes_part": "BOOLEAN"}.get(column, "VARCHAR")
            if types.get(column) != kind:
                found = "has no" if column not in types else f"has, as {types[column]} and not {kind}, the"
                raise Trouble(f"claims.parquet {found} column {column}: it is no export of ours, or a broken one")
        self.about = self._records("SELECT key, value FROM " + self._table("about"))
        self.unquoted = any((row["key"], row["value"]) == ("quotes", NO_QUOTES) for row in self.about)
        super().__init__(Part(name, *self._known(rows)), rows)

    def _table(self, name: str) -> str:
        return of_rows(self.duck.file(f"{self.number}-{name}", os.path.join(self.folder, f"{name}.parquet")))

    def _records(self, query: str) -> list[Record]:
        return [record for records in self._stream(query) for record in records]

    def _stream(self, query: str) -> Iterator[list[dict[str, Any]]]:
        for columns in self.duck.stream(query):
            yield [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _known(self, rows: str) -> tuple[Ledger, LeftOut]:
        """What everybody has to know of the ledger."""
        contradictions, tensions = (
            self._records(f"SELECT {_NOTED} FROM {self._table(name)}{behind} ORDER BY row")
            for name, behind in (("contradictions", " WHERE resolution_found IS NOT NULL"), ("tensions", ""))
        )
        noted = {name for row in (*contradictions, *tensions) for name in (row["claim_a"], row["claim_b"])}
        for column in ("disputes", "corrects"):
            for own, others in self.duck.ask(f"SELECT id, {column} FROM {rows} WHERE {column} NOT IN ('[]', '')"):
                noted |= {own, *_texts(others)}
        self.duck.keep("noted", {"id": self.duck.pyarrow.array(sorted(map(str, noted)), self.duck.pyarrow.string())})
        claims = self._records(f"SELECT * FROM {rows} WHERE id IN (SELECT id FROM noted) ORDER BY path, row")
        tables = {
            "about": self.about,
            "claims": claims,
            "seeds": self._seeds(claims),
            "contradictions": contradictions,
            "tensions": tensions,
        }
        if has_places(self.about):
            shown = ", ".join(field.name for field in PLACE)
            tables["places"] = self._records(f"SELECT {shown} FROM {self._table('places')} ORDER BY row")
            ledger, left_out = _read_back(tables, None)
        else:
            text = {str(row["key"]): str(row["value"]) for row in self.about}.get("vocabulary", "")
            ledger, left_out = _read_back(tables, self.vocabularies.get(text))
            self.vocabularies[text] = ledger.vocabulary
        ledger = ledger._replace(files=tuple(file._replace(seed=None) for file in ledger.files))  # (their quotes were found)
        known = bare_files(ledger, self._records(f"SELECT {_HEAD} FROM {self._table('seeds')} ORDER BY row"))
        paths = {path for (path,) in self.duck.ask(f"SELECT DISTINCT path FROM {rows}")}
        unknown = paths.difference(file.path for file in known.files)
        if unknown:
            some = min(map(str, unknown))
            raise Trouble(f"seeds.parquet has no claims file {one_line(some)[:100]}, and claims.parquet has: it is a broken export")
        if self.unquoted:
            known = known._replace(files=tuple(file._replace(head={**file.head, "quotes": NO_QUOTES}) for file in known.files))
        return known, left_out

    def _seeds(self, claims: Sequence[Record]) -> list[Record]:
        """The seeds of some claims, with their texts."""
        paths = sorted({str(each["path"]) for each in claims})
        self.duck.keep("paths", {"path": self.duck.pyarrow.array(paths, self.duck.pyarrow.string())})
        return self._records(f"SELECT {_HEAD}, text FROM {self._table('seeds')} WHERE path IN (SELECT path FROM paths)")

    def claims(self, wanted: Sequence[int]) -> Iterator[tuple[int, Claim]]:
        self.duck.keep("wanted", {"row": self.duck.pyarrow.array(wanted, self.duck.pyarrow.int64())})
        shown = ", ".join(f'"{name}"' for name in WHOLE)
        query = f"SELECT {shown} FROM {self.rows} WHERE row IN (SELECT row FROM wanted) ORDER BY path, row"
        files = {file.path: file for file in self.part.ledger.files}
        for records in self._stream(query):
            texts = {str(row["path"]): row["text"] for row in self._seeds(records)}
            meanings: dict[str, Meaning] = {}
            for record in records:
                path = str(record["path"])
                if path not in meanings:
                    meanings[path] = meaning_of(path, record["published"], self.part.ledger.vocabulary, _seed(files[path], texts.get(path)))
                yield record["row"], claim_of_record(record, meanings[path], self.unquoted)

    def with_seed(self, file: ClaimsFile, path: str) -> ClaimsFile:
        quoted = path.replace("'", "''")
        found = self.duck.ask(f"SELECT text FROM {self._table('seeds')} WHERE path = '{quoted}'")
        return file._replace(seed=_seed(file, found[0][0])) if found else file


_NOTED = (
    "claim_a, claim_b, noted_claims, noted_by, noted_on, noted_why, resolution_found, resolution_by, resolution_on, resolution_why, "
    "resolution_fingerprint, resolution_path, resolution_line"
)
WHOLE = ("row", "path", "line", "column", "published", "written", *CLAIM_FIELDS)  # all that a claim is made of
_HEAD = "name, path, sha256, language, published, head, claims"


def _seed(file: ClaimsFile, text: str | None) -> Seed | None:
    """The seed of a claims file, of its text."""
    try:
        seed = None if text is None else Seed(file.seed_name, text.encode())
    except MarkFlood:
        return None
    return seed.line_by_line() if seed is not None and file.head.get("paragraphs") == "lines" else seed


def _read_back(tables: dict[str, list[Record]], vocabulary: Vocabulary | None) -> tuple[Ledger, LeftOut]:
    try:
        return ledger_of(tables, vocabulary)
    except (KeyError, TypeError, ValueError, RecursionError) as problem:  # cells that we never wrote
        raise Trouble(f"it is no export of ours, or a broken one ({type(problem).__name__}: {one_line(str(problem))[:100]})") from None


def _texts(written: str) -> list[str]:
    try:
        found = json.loads(written)
    except (TypeError, ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
