"""Sheets: a folder of CSV files with a Table Schema, and a workbook. Nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ledger.exchange.fields import Field
from ledger.exchange.tables import Cell, Row, Table
from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import visible

# What makes a spreadsheet take a text for a formula (some take the full-width signs too), and the sign that keeps it from doing so: doubled
# where a text begins with it, so that a reader who takes one away from the front has every text as it was.
_ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_MOST = 32_767  # characters of a cell of a workbook
_MOST_ROWS = 1_048_575


def text_cell(cell: Cell) -> str:
    """A cell as CSV has it: no control, nothing that hides or turns text around, no formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return repr(cell)
    text = visible(cell)
    return "'" + text if text.startswith(_ACTING) else text


def without_guard(text: str) -> str:
    """A cell of ours as it was meant."""
    return text.removeprefix("'")


def to_csv(tables: Sequence[Table]) -> dict[str, bytes]:
    """The files of a data package by name: a CSV file a table; what stands in them is said by `datapackage.json` (Table Schema) and by
    `csv-metadata.json` (CSV on the Web)."""
    files = {f"{table.name}.csv": _csv(table) for table in tables}
    package = {
        "profile": "tabular-data-package",
        "name": "ledger",
        "description": "Lists and mappings are JSON. A text that a spreadsheet could take for a formula, or that begins with ', has one ' before it.",
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in tables],
    }
    described = {"datapackage.json": package, "csv-metadata.json": _on_the_web(tables)}
    return {name: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode() for name, told in described.items()} | files


def _on_the_web(tables: Sequence[Table]) -> dict[str, Any]:
    """The tables as CSV on the Web describes them."""
    types = {"boolean": {"base": "boolean", "format": "true|false"}, "array": "json", "object": "json"}

    def column(field: Field) -> dict[str, Any]:
        told: dict[str, Any] = {"name": field.name, "titles": field.name, "datatype": types.get(field.type, field.type)}
        return told | ({"dc:description": field.words} if field.words else {})

    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"]},
        "tables": [
            {"url": f"{table.name}.csv", "dc:title": table.title, "tableSchema": {"columns": list(map(column, table.fields))}}
            for table in tables
        ],
    }


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.names)
    columns = []
    for cells in zip(*table.rows, strict=True):
        told = {cell: text_cell(cell) for cell in set(cells)}  # most of a column says what other cells of it say
        columns.append(map(told.__getitem__, cells))
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode()


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    fields = [{"name": field.name, "type": field.type, **({"description": field.words} if field.words else {})} for field in table.fields]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook: a sheet a table, its head frozen and filtered, all cells texts: nothing is taken for a date or a sum. What is longer than a cell takes goes on in
    the sheet `continued`."""
    with needs("XlsxWriter", "sheets"):
        import xlsxwriter
    from datetime import datetime

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": "ledger", "created": datetime(2000, 1, 1)})  # the same ledger gives the same bytes on every day
    bold = book.add_format({"bold": True})
    rest: list[Row] = []
    for table in tables:
        _write_sheet(book.add_worksheet(table.name), bold, table, rest)
    if rest:
        _write_sheet(book.add_worksheet("continued"), bold, Table("continued", "", _CONTINUED, rest), [])
    book.close()
    return stream.getvalue()


_CONTINUED = (Field("sheet"), Field("row", "integer"), Field("column"), Field("part", "integer"), Field("text"))
_WIDE = ("says", "quote", "reason", "note", "translation", "text")


def _write_sheet(sheet: Any, bold: Any, table: Table, rest: list[Row]) -> None:
    """Write a table; `rest` gets what goes on in another sheet."""
    if len(table.rows) > _MOST_ROWS:
        words = f"a sheet takes {_MOST_ROWS} rows, and {table.name} has {len(table.rows)}"
        raise Trouble(f"{words}: narrow what is asked for, or use `ledger export sqlite`")
    for column, head in enumerate(table.names):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, 40 if head.split("_")[0] in _WIDE else 16)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                first, *others = _parts(cell if isinstance(cell, str) else text_cell(cell))
                sheet.write_string(number, column, first)
                rest += [[table.name, number + 1, table.names[column], part, text] for part, text in enumerate(others, 2)]
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # (they are meant to be)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.fields) - 1)


@lru_cache(maxsize=65536)
def _parts(text: str) -> list[str]:
    """A text as a workbook can hold it: no sign that XML has not, in as many parts as cells are needed (a sign may be two units there)."""
    shown = visible(text).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>")
    most = _MOST if len(shown) <= _MOST and shown.isascii() else _MOST // 2
    return [shown[start : start + most] for start in range(0, len(shown), most)]
