"""Claims made by machines -> a folder that `--from` takes: claims and readings as Parquet, with what was left out, and that there are no quotes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.exchange.fields import ABOUT, CONTRADICTION, PLACE, READING, SEED, Field, claim_fields
from ledger.exchange.merging import Named
from ledger.exchange.parquet import schema_of
from ledger.exchange.scale.duck import ROWS_AT_ONCE
from ledger.exchange.scale.rows import Rows, claims_of
from ledger.exchange.tables import place_record, records_of
from ledger.model import CLAIM_FIELDS, NO_QUOTES, TEXT, Place, Trouble, Vocabulary
from ledger.model.extras import needs
from ledger.reading.yaml_nodes import MAX_SCALAR
from ledger.texts.display import one_line
from ledger.texts.folding import mark_flood

NEEDED = ("id", "place", "property", "claimant", "said")
TAKEN = {name: field.kind for name, field in CLAIM_FIELDS.items() if name not in ("quote", "before", "after", "translation", "accept")}
PATH = "claims.parquet"  # the file in which they stand, as far as the ledger knows
SEED_NAME = "none"


class Made(NamedTuple):
    """How many claims were read, how many of them take no part, and why."""

    claims: int
    left_out: int
    why: Mapping[str, int]


class Machine:
    """A Parquet file of claims, read some at a time under a vocabulary."""

    def __init__(self, path: str, vocabulary: Vocabulary) -> None:
        with needs("pyarrow", "scale"):
            import pyarrow
            import pyarrow.parquet
        self.arrow = pyarrow
        self.vocabulary = vocabulary
        self.name = one_line(os.path.basename(path))
        try:
            self.file = pyarrow.parquet.ParquetFile(path)
        except OSError as problem:
            raise Trouble(f"{self.name} can't be read: {problem.strerror or 'it is cut, or no Parquet'}") from None
        except pyarrow.ArrowException:
            raise Trouble(f"{self.name} is no Parquet file, or one that was cut") from None
        self._refuse_columns()

    def _refuse_columns(self) -> None:
        """Refuse what lacks a column that a claim must have, or has another kind of thing in one than text."""
        schema = self.file.schema_arrow
        missing = [name for name in NEEDED if name not in schema.names]
        if missing:
            raise Trouble(
                f"{self.name} has no column {', '.join(missing)}: a claim needs {', '.join(NEEDED)}, and a value where its property has one"
            )
        folded = Counter(map(str.casefold, schema.names))  # (DuckDB tells them apart by no more)
        for name in schema.names:
            if name in TAKEN and folded[name] > 1:
                raise Trouble(f"{self.name} has several columns {name}: which one says it can't be told")
            if name in TAKEN and not self._is_text(schema.field(name).type, TAKEN[name] != TEXT):
                kind = "texts, or lists of texts" if TAKEN[name] != TEXT else "texts, as a claims file has them (dates as 2025-11-21)"
                raise Trouble(f"the column {name} of {self.name} is {schema.field(name).type}: it must hold {kind}")
            if name == "quote":
                raise Trouble(
                    f"{self.name} has a column quote: quotes are checked against seeds, in claims files; claims made by a machine have none"
                )

    def _is_text(self, kind: Any, listed: bool) -> bool:
        types = self.arrow.types
        if types.is_dictionary(kind):
            kind = kind.value_type
        if listed and (types.is_list(kind) or types.is_large_list(kind)):
            kind = kind.value_type
        return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_null(kind))

    def write(self, folder: str, about: Mapping[str, str], twice: Collection[str], places: Sequence[Place]) -> Made:
        """Write the folder's tables but the readings; ids that stand there `twice` are no claim's. `places` are those that the text of the
        vocabulary does not have."""
        arrow = self.arrow
        schema = schema_of(claim_fields())
        reader = Rows(self.vocabulary, Named("", {}), True, {})
        total, left_out, why = 0, 0, Counter[str]()
        there = [name for name in self.file.schema_arrow.names if name in TAKEN]
        try:
            with arrow.parquet.ParquetWriter(os.path.join(folder, "claims.parquet"), schema, compression="zstd") as writer:
                for batch in self.file.iter_batches(ROWS_AT_ONCE, columns=there):
                    columns = self._columns(batch, total)
                    for number, claim in enumerate(claims_of({**columns, "source": [0] * batch.num_rows}, [reader])):
                        name = columns["id"][number]
                        fault = _unwritten(columns, number, there) or (
                            self._fault(columns, number) if claim is None else "an id that another claim has" if name in twice else ""
                        )
                        columns["takes_part"][number] = not fault
                        if fault:
                            why[fault] += 1
                    left_out += columns["takes_part"].count(False)
                    total += batch.num_rows
                    empty = [None] * batch.num_rows
                    arrays = [arrow.array(columns.get(field.name, empty), type=field.type) for field in schema]
                    writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
        except arrow.ArrowException as problem:
            raise Trouble(f"{self.name} can't be read to its end ({type(problem).__name__}): was it cut?") from None
        except UnicodeDecodeError:
            raise Trouble(f"{self.name} holds a text that is not in UTF-8: write its texts in UTF-8") from None
        except OSError as problem:
            raise Trouble(
                f"{self.name} can't be read to its end, or {one_line(folder)} not written: {one_line(str(problem))[:100]}"
            ) from None
        head = {
            "name": SEED_NAME,
            "path": PATH,
            "sha256": "",
            "language": self.vocabulary.language,
            "published": "",
            "head": "{}",
            "claims": total,
        }
        self._table(folder, "seeds", SEED, [head])
        if places:
            self._table(folder, "places", PLACE, records_of(PLACE, (place_record(each, self.vocabulary.language) for each in places)))
        self._table(folder, "contradictions", CONTRADICTION, [])
        self._table(folder, "tensions", CONTRADICTION, [])
        self._table(folder, "about", ABOUT, [{"key": key, "value": value} for key, value in {**about, "quotes": NO_QUOTES}.items()])
        return Made(total, left_out, why)

    def _columns(self, batch: Any, before: int) -> dict[str, list[Any]]:
        """The columns of some rows as an export has them."""
        size = batch.num_rows
        found: dict[str, list[Any]] = {name: [None] * size for name in CLAIM_FIELDS}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            values = column.to_pylist()
            found[name] = values if TAKEN[name] == TEXT else [_json(value) for value in values]
        there = [name for name in batch.schema.names if name in TAKEN]
        written: dict[tuple[bool, ...], str] = {}
        masks = zip(*([value is not None for value in found[name]] for name in there), strict=True)
        marks = [
            written.get(mask) or written.setdefault(mask, json.dumps([n for n, is_there in zip(there, mask, strict=True) if is_there]))
            for mask in masks
        ]
        return {
            **found,
            "written": marks,
            "takes_part": [True] * size,
            "published": [""] * size,
            "path": [PATH] * size,
            "line": list(range(before + 1, before + size + 1)),
            "column": [1] * size,
            "seed": [SEED_NAME] * size,
            "language": [self.vocabulary.language] * size,
        }

    def _fault(self, columns: Mapping[str, Sequence[Any]], number: int) -> str:
        """Why a claim can't take part, as far as one thing tells it."""
        row = {name: columns[name][number] for name in CLAIM_FIELDS}
        own = self.vocabulary
        for name, known in (("place", own.places), ("claimant", own.claimants), ("property", own.properties)):
            if row[name] not in known:
                return f"a {name} that the vocabulary does not have"
        return next((f"no {name}" for name in NEEDED if not row[name]), "a value, date, share or stance that can't be read")

    def _table(self, folder: str, name: str, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> None:
        table = self.arrow.Table.from_pylist(list(rows), schema=schema_of(fields))
        self.arrow.parquet.write_table(table, os.path.join(folder, f"{name}.parquet"), compression="zstd")

    def write_readings(self, folder: str, records: Iterable[Sequence[Mapping[str, Any]]]) -> int:
        """Write the readings, some at a time; how many there are."""
        schema, total = schema_of(READING), 0
        with self.arrow.parquet.ParquetWriter(os.path.join(folder, "readings.parquet"), schema, compression="zstd") as writer:
            for some in records:
                writer.write_table(self.arrow.Table.from_pylist(list(some), schema=schema))
                total += len(some)
        return total


def _unwritten(columns: Mapping[str, list[Any]], number: int, there: Sequence[str]) -> str:
    """Why no claims file could say what a row does, whatever the rules look at: without an engine it is read back as one."""
    for name in there:
        value = columns[name][number]
        for text in () if value is None else (value,) if TAKEN[name] == TEXT else json.loads(value):
            if not isinstance(text, str) or not text.strip():
                return f"an empty text in {name}"
            if len(text) > MAX_SCALAR or (not text.isascii() and mark_flood(text) >= 0):
                columns[name][number] = None  # (in a claims file it would keep all others from being read)
                return f"a text of more than {MAX_SCALAR:,} characters, or of nothing but marks, in {name}"
    return ""


def _json(value: Any) -> str | None:
    """A list as a table has it; a text may be one, as JSON, or the only one of a list."""
    found = value
    if isinstance(value, str):
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            found = None
        found = found if isinstance(found, list) else [value]
    return None if found is None else json.dumps(found, ensure_ascii=False)
