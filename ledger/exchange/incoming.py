"""What comes in: rows of a sheet, or highlights of annotation programs, each with its words. Offsets of others are never taken for ours."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

from ledger.exchange.csv_texts import Misread, decoded, rows_of
from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.quotes import OMISSION

MOST_BYTES = 64 * 1024 * 1024
_ACTING = "=+-@\t\r\n＝＋－＠'"
_TOLD = re.compile("<U\\+(00[0-9A-F]{2}|20[0-9A-F]{2}|180E|061C|FEFF|E00[0-7][0-9A-F])>")
_NOT_READ = {
    "#FORMAT=WebAnno TSV": "it is WebAnno TSV: export it as `UIMA CAS JSON`",
    "<": "it is XML (or HTML), which is not read: of INCEpTION export `UIMA CAS JSON`, of others JSON or CSV",
}
_NO_HIGHLIGHT = ("Token", "Sentence", "DocumentMetaData", "TagsetDescription", "Paragraph", "Document", "DocumentAnnotation")


class Row(NamedTuple):
    """What may become a claim: where it stands in its file, and its cells by column."""

    where: str
    cells: dict[str, str]


class Incoming(NamedTuple):
    """What a file holds: which kind of file it is, its columns, its rows."""

    form: str
    columns: list[str]
    rows: list[Row]


def incoming(name: str, data: bytes) -> Incoming:
    """What a file holds; raises Trouble for one of no kind that is known."""
    if data[:4] == b"PK\x03\x04":
        return _of_rows("a workbook", _workbook(data))
    try:
        return _of_text(decoded(data))
    except Misread as problem:
        raise Trouble(f"line {problem.line}: {problem}") from None


def _of_text(text: str) -> Incoming:
    for begins, told in _NOT_READ.items():
        if text.lstrip().startswith(begins):
            raise Trouble(told)
    if text.lstrip()[:1] in ("{", "["):
        form, rows = _highlights(_documents(text))
        return Incoming(form, list(dict.fromkeys(column for row in rows for column in row.cells)), rows)
    return _of_rows("a sheet", (row for _, row in rows_of(text)))


# -- sheets --------------------------------------------------------------------------------------------------------------


def _of_rows(form: str, rows: Iterable[Iterable[object]]) -> Incoming:
    """A sheet: its first row names the columns."""
    listed = [[_unguarded(_told(cell)) for cell in row] for row in rows]
    heads = [head.strip() for head in listed[0]] if listed else []
    if not any(heads):
        raise Trouble("its first row names no columns")
    found = []
    for number, cells in enumerate(listed[1:], 2):
        named = {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell.strip()}
        if named:
            found.append(Row(f"row {number}", named))
    return Incoming(form, [head for head in heads if head], found)


def _told(cell: object) -> str:
    """A cell as a person reads it: a day without a time as a date, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else str(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _unguarded(cell: str) -> str:
    """A cell as our sheets mean it: without the `'` that keeps a spreadsheet from running it, with the signs that are told as `<U+00AD>`."""
    text = cell[1:] if cell[:1] == "'" and cell[1:2] != "" and cell[1] in _ACTING else cell
    return _TOLD.sub(lambda match: chr(int(match[1], 16)), text)


def _workbook(data: bytes) -> Iterator[tuple[object, ...]]:
    """The rows of a workbook's sheet `claims`, else of its first."""
    with needs("openpyxl", "sheets"):
        import openpyxl
    if b"[Content_Types].xml" not in data:
        raise Trouble("it is a ZIP archive and no workbook: unpack it, and import the files that are in it")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book["claims"] if "claims" in book.sheetnames else book.worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    except Exception as problem:  # (what it raises for a broken file is of many kinds)
        raise Trouble(f"it can't be read as a workbook: {type(problem).__name__}") from None


# -- highlights ----------------------------------------------------------------------------------------------------------


def _documents(text: str) -> Any:
    """The value of a JSON text; of one with a value a line (JSONL) their list."""
    try:
        return json.loads(text)
    except RecursionError:
        raise Trouble("its JSON is nested too deep") from None
    except ValueError as problem:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            raise Trouble(f"it can't be read as JSON: {problem}") from None


def _highlights(value: Any) -> tuple[str, list[Row]]:
    """The highlights of one of the forms that are known, each with its words (`quote`) and what was written about them."""
    for form, read in (
        ("UIMA CAS (INCEpTION)", _of_cas),
        ("Label Studio", _of_label_studio),
        ("doccano", _of_doccano),
        ("web annotations", _of_annotations),
    ):
        rows = [Row(f"highlight {number}", cells) for number, cells in enumerate(read(value), 1)]
        if rows:
            return form, rows
    raise Trouble(
        "it holds no highlight in a form that is known: Web Annotations, Hypothesis, Recogito, Label Studio, doccano, UIMA CAS (INCEpTION)"
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _cells(**cells: str) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell.strip()}


def _of_annotations(value: Any) -> Iterator[dict[str, str]]:
    """Of Web Annotations (a page, a collection, a graph, a list, Recogito's among them) and of Hypothesis (`rows`)."""
    waiting = _dicts(value)[::-1]
    while waiting:
        each = waiting.pop()
        inner = [item for key in ("@graph", "items", "rows", "first", "annotations") for item in _dicts(each.get(key))]
        waiting += inner[::-1]
        if "target" in each:
            yield _annotation(each)


def _annotation(annotation: Mapping[str, Any]) -> dict[str, str]:
    words: list[str] = []
    beside: dict[str, str] = {}
    source = ""
    for target in _dicts(annotation["target"]):
        named = target.get("source")
        source = _text(named) or _text(named.get("id") if isinstance(named, dict) else "") or source
        for selector in _dicts(target.get("selector")):
            if selector.get("type") == "TextQuoteSelector" and _text(selector.get("exact")):
                words.append(_text(selector["exact"]))
                beside = beside or {"prefix": _text(selector.get("prefix")), "suffix": _text(selector.get("suffix"))}
    tags, comments = [], [_text(annotation.get("text"))]
    tags += [_text(tag) for tag in annotation.get("tags") or [] if isinstance(annotation.get("tags"), list)]
    for body in _dicts(annotation.get("body")):
        (tags if body.get("purpose") == "tagging" else comments).append(_text(body.get("value")))
    return _cells(
        quote=f" {OMISSION} ".join(words),
        comment="; ".join(filter(None, comments)),
        label="; ".join(filter(None, tags)),
        source=source,
        **beside,
    )


def _of_label_studio(value: Any) -> Iterator[dict[str, str]]:
    """Of tasks, each with `annotations` of `result`s, whose `value` has the words."""
    for task in _dicts(value):
        done = [each for key in ("annotations", "completions") for each in _dicts(task.get(key))]
        for results in () if done else task.values():  # of JSON-MIN, which has the results under the names of its labels
            done += [{"result": [{"value": each}]} for each in _dicts(results if isinstance(results, list) else []) if "labels" in each]
        texts = [_text(text) for text in task["data"].values()] if isinstance(task.get("data"), dict) else []
        for result in (each for one in done for each in _dicts(one.get("result"))):
            found = result.get("value")
            if isinstance(found, dict):
                labels = "; ".join(_text(label) for key in ("labels", "hypertextlabels") for label in found.get(key) or [])
                quote = _text(found.get("text")) or (_cut(texts[0], found.get("start"), found.get("end")) if len(texts) == 1 else "")
                if quote:
                    yield _cells(quote=quote, label=labels)


def _of_doccano(value: Any) -> Iterator[dict[str, str]]:
    """Of texts, each with its labels: [start, end, label], or mappings of these, that count in that very text."""
    for line in _dicts(value):
        text = _text(line.get("text")) or _text(line.get("data"))
        labels: list[Any] = next((line[key] for key in ("label", "labels", "entities") if isinstance(line.get(key), list)), [])
        for each in labels if text else []:
            found = [each.get("start_offset"), each.get("end_offset"), each.get("label")] if isinstance(each, dict) else each
            if isinstance(found, list) and len(found) >= 3:
                quote = _cut(text, found[0], found[1])
                if quote:
                    yield _cells(quote=quote, label=_text(found[2]))


def _of_cas(value: Any) -> Iterator[dict[str, str]]:
    """Of a UIMA CAS in JSON: what was annotated by hand, with the words that its own text has there."""
    if not isinstance(value, dict) or "%FEATURE_STRUCTURES" not in value:
        return
    structures = _dicts(value["%FEATURE_STRUCTURES"])
    texts = {each.get("%ID"): _text(each.get("sofaString")) for each in structures if _text(each.get("%TYPE")).endswith("Sofa")}
    for each in structures:
        if "@sofa" in each and _text(each.get("%TYPE")).rpartition(".")[2] not in _NO_HIGHLIGHT:
            quote = _in_utf16(texts.get(each["@sofa"], ""), each.get("begin"), each.get("end"))
            told = "; ".join(_text(each.get(key)) for key in ("value", "label", "identifier") if _text(each.get(key)))
            if quote:
                yield _cells(quote=quote, label=told)


def _cut(text: str, start: Any, end: Any) -> str:
    """The words of somebody's own text at somebody's own offsets."""
    return text[start:end].strip() if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) else ""


def _in_utf16(text: str, start: Any, end: Any) -> str:
    """The same where offsets count units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(units) // 2):
        return ""
    return units[start * 2 : end * 2].decode("utf-16-le", "replace").strip()
