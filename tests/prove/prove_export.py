"""Every field of every claim through each export, read back by programs that are not ours: how many fields were lost.

    python tests/prove/prove_export.py 10000          # claims of a realistic ledger; `make prove` takes that many

After it comes a ledger with what acts somewhere in every field, and some thousand code points at a time, all of Unicode. What is told is told as
docs/export.md says: a control as `<U+001B>`, in sheets what hides or turns text around too.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[1:1] = [str(Path(__file__).resolve().parents[depth] / name) for depth, name in ((1, ""), (1, "exchange"), (2, ""))]

from exported import cell_of, claims_of, conflicts_of, export, generated, hostile
from prove_output import SIZES, hostile_files, text_of
from small import ledger_at

from ledger.exchange.sheets import text_cell, without_guard
from ledger.exchange.tables import plain
from ledger.texts.display import visible

Rows = list[dict[str, Any]]
Read = Callable[[Path, str], Rows]


def of_sqlite(path: Path, table: str) -> Rows:
    with closing(sqlite3.connect(path)) as opened:
        opened.row_factory = sqlite3.Row
        return [dict(row) for row in opened.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def of_csv(path: Path, table: str) -> Rows:
    csv.field_size_limit(2**31 - 1)
    with (path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: without_guard(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def of_xlsx(path: Path, table: str) -> Rows:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    rest: dict[tuple[int, str], str] = {}
    for sheet, row, column, _, text in book["continued"].iter_rows(min_row=2, values_only=True) if "continued" in book.sheetnames else ():
        if sheet == table:
            rest[int(row), column] = rest.get((int(row), column), "") + text
    heads, *rows = book[table].iter_rows(values_only=True)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    for (number, column), text in rest.items():
        found[number - 2][column] += text
    return found


def of_parquet(path: Path, table: str) -> Rows:
    import duckdb

    found = duckdb.sql(f"SELECT * FROM '{path}/{table}.parquet'")
    assert found is not None
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def in_csv(value: Any) -> Any:
    cell = cell_of(value)
    return visible(cell) if isinstance(cell, str) else text_cell(cell)


def in_xlsx(value: Any) -> Any:
    cell = cell_of(value)
    shown = visible(cell).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>") if isinstance(cell, str) else text_cell(cell)
    return None if shown == "" else shown


FORMS: dict[str, tuple[Read, Callable[[Any], Any]]] = {
    "sqlite": (of_sqlite, cell_of),
    "csv": (of_csv, in_csv),
    "xlsx": (of_xlsx, in_xlsx),
    "parquet": (of_parquet, cell_of),
}


def pairs(folder: Path) -> Iterator[tuple[str, Rows]]:
    """What the program's own machine format says, by the table that should say so too."""
    yield "claims", claims_of(folder)
    told: dict[bool, Rows] = {True: [], False: []}
    for each in conflicts_of(folder):
        one, other = each.pop("claims")
        each.pop("resolution")
        told[each["kind"] == "tension"].append({**each, "claim_a": one, "claim_b": other})
    yield "contradictions", told[False]
    yield "tensions", told[True]


def lost_in(folder: Path, top: Path, shapes: tuple[str, ...]) -> dict[str, tuple[int, list[str]]]:
    """Of each format how many fields were compared, and those that were lost."""
    wanted = list(pairs(folder))
    found: dict[str, tuple[int, list[str]]] = {}
    for shape in shapes:
        read, shown = FORMS[shape]
        path = export(folder, shape, top / ("book.xlsx" if shape == "xlsx" else shape))
        compared, lost = 0, []
        for table, records in wanted:
            rows = read(path, table)
            if len(rows) != len(records):
                lost.append(f"{table}: {len(rows)} rows for {len(records)}")
            for number, (row, record) in enumerate(zip(rows, records, strict=False)):
                compared += len(record)
                lost += [
                    f"{table} {number} {name}: {row.get(name)!r} for {shown(value)!r}"
                    for name, value in record.items()
                    if name not in row or row[name] != shown(value)
                ]
        found[shape] = compared, lost
    found["annotations"] = _in_annotations(export(folder, "annotations", top / "annotations.jsonld"), wanted[0][1])
    return found


def _in_annotations(path: Path, records: Rows) -> tuple[int, list[str]]:
    """The words, place, property, claimant and note of each claim in the annotations."""
    document = json.loads(path.read_text(encoding="utf-8"))
    items = [item for page in document["@graph"][1:] for item in page["items"]]
    lost = [] if len(items) == len(records) else [f"{len(items)} annotations for {len(records)} claims"]
    by_place = sorted(tuple(body["value"] for body in item["body"]) for item in items)
    told = [
        (*(plain(record[name] or "") for name in ("place", "property", "claimant")), *([plain(record["note"])] if record["note"] else []))
        for record in records
    ]
    lost += [
        f"{found[1:]} for {wanted}"
        for found, wanted in zip(sorted(each[1:] for each in by_place), sorted(told), strict=False)
        if found != wanted
    ]
    pieces = sum(max(1, len(record["spans"])) for record in records)
    targets = sum(len(item["target"]) if isinstance(item["target"], list) else 1 for item in items)
    if pieces != targets:
        lost.append(f"{targets} targets for {pieces} pieces of quotes")
    return 4 * len(records) + pieces, lost


AT_ONCE = 8_000  # code points in each field: a text has 20,000 characters at most, and a start of the program takes longer than they do


def batches() -> Iterator[list[int]]:
    """The stretches of Unicode, as many at once as a field takes."""
    some: list[int] = []
    for start in SIZES:
        if some and sum(SIZES[each] for each in some) + SIZES[start] > AT_ONCE:
            yield some
            some = []
        some.append(start)
    yield some


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="?", default=10_000)
    asked = parser.parse_args()
    wrong = 0
    totals: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)

        def tried(folder: Path, what: str, shapes: tuple[str, ...]) -> int:
            lost = 0
            (top / what).mkdir()
            print(what, end=" ", flush=True, file=sys.stderr)  # (it takes minutes: where it is)
            for shape, (compared, found) in lost_in(folder, top / what, shapes).items():
                totals[shape] = totals.get(shape, 0) + compared
                lost += len(found)
                for words in found[:5]:
                    print(f"{what}, {shape}: {words[:300]}")
            return lost

        wrong += tried(generated(top / "made", asked.claims), "of-made", tuple(FORMS))
        wrong += tried(hostile(top / "hostile"), "of-hostile", tuple(FORMS))
        for starts in batches():
            start = starts[0]
            files = hostile_files("".join(map(text_of, starts)))
            folder = ledger_at(
                top / f"{start:06X}", {path: text for path, text in files.items() if path != "ledger.yaml"}, files["ledger.yaml"]
            )
            wrong += tried(folder, f"of-{start:06X}", tuple(FORMS))
            shutil.rmtree(top / f"of-{start:06X}")
            shutil.rmtree(folder)
    print(f"{wrong} fields lost; compared: {', '.join(f'{shape} {number}' for shape, number in totals.items())}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
