"""`ledger import FILE`."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import click

from ledger.commands.editing import SHOWN
from ledger.commands.opening import find_root
from ledger.commands.options import in_a_folder
from ledger.commands.outputs import asked_outputs, write, write_bytes, write_written
from ledger.exchange.incoming import MOST_BYTES, Incoming, Row, incoming
from ledger.exchange.sheets import text_cell
from ledger.model import CLAIM_FIELDS, TEXT, ClaimsFile, Ledger, Trouble
from ledger.render.check import inert
from ledger.texts.display import count_of, one_line, shorten
from ledger.texts.folding import fold_space
from ledger.texts.suggestions import did_you_mean
from ledger.writing.drafts import fields_typed, file_of_seed, propose_id, quote_fields, required_of
from ledger.writing.edits import Edit
from ledger.writing.quoting import Quoted, quoted
from ledger.writing.splices import Value

# Columns that others have for a field of ours.
_CALLED = {
    "quote": ("text", "exact", "words", "highlight", "excerpt", "quotation"),
    "note": ("comment", "comments", "remark"),
    "said": ("date", "when", "said on"),
    "claimant": ("who", "speaker", "source of claim"),
    "place": ("town", "location", "where"),
    "translation": ("english", "translated"),
    "seed": ("file", "document"),
}
_TELLING = 16  # letters before or behind words that tell one place from another


class Incomplete(Trouble):
    """A row that has its words in a seed, and lacks what a claim must have: `fields` is what is known of it."""

    def __init__(self, message: str, fields: dict[str, str]) -> None:
        super().__init__(message)
        self.fields = fields


class Draft(NamedTuple):
    """A row as a claim: the file that it goes to, and its fields."""

    row: Row
    path: str
    fields: dict[str, Value]


@click.command("import")
@click.argument("path", metavar="FILE")
@click.option("--map", "mapped", metavar="FIELD=COLUMN", multiple=True, help="Take a field from this column; repeatable.")
@click.option("--set", "given", metavar="FIELD=TEXT", multiple=True, help="The same text in this field of every claim; repeatable.")
@click.option("--write", "writing", is_flag=True, help="Write what is complete; without it, it is only shown.")
@click.option("--sheet", metavar="FILE", help="Write what lacks a field to a CSV file, to be completed and imported.")
@in_a_folder
def command(folder: str | None, path: str, mapped: Sequence[str], given: Sequence[str], writing: bool, sheet: str | None) -> int:
    """Take in claims of a sheet (CSV, XLSX) or highlights (Web Annotations, Hypothesis, Recogito, Label Studio, doccano, INCEpTION), found by
    their words. Shows what would be written; `--write` writes it."""
    root = find_root(folder)
    if sheet is not None:
        asked_outputs([f"csv:{sheet}"], ["csv"], root)
    try:
        found = incoming(path, _read(path))
    except Trouble as problem:
        raise Trouble(f"{one_line(path)}: {problem}") from None
    constants = _pairs("--set", given, [*CLAIM_FIELDS, "seed"])
    mapping = _mapping(found, _pairs("--map", mapped, [*CLAIM_FIELDS, "seed"]), constants)
    write(inert(f"{one_line(path)}: {found.form}, {count_of(len(found.rows), 'row')}"))
    for field, column in mapping.items():
        write(inert(f"  {field} <- {one_line(column)}"))
    unused = [column for column in found.columns if column not in mapping.values()]
    if unused:
        write(inert(f"  not taken: {', '.join(map(one_line, unused))} (--map FIELD=COLUMN)"))
    with Edit(root) as edit:
        drafts: list[Draft] = []
        refused = 0
        to_do: list[dict[str, str]] = []
        for row in found.rows:
            try:
                drafts.append(_draft(row, mapping, constants, edit.ledger, {str(draft.fields["id"]) for draft in drafts}))
            except Incomplete as problem:
                to_do.append(problem.fields)
                write(inert(f"{row.where}: to be completed: {one_line(str(problem))}"))
            except Trouble as problem:
                refused += 1
                write(inert(f"{row.where}: refused: {one_line(str(problem))}"))
        kept = _inserted(edit, drafts)
        if kept:
            write_written(edit.write(dry_run=not writing), dry_run=not writing)
    for draft in kept:
        write(
            inert(
                f"{draft.row.where}: {one_line(draft.path)} {'holds' if writing else 'would hold'} the claim {one_line(str(draft.fields['id']))}"
            )
        )
    refused += len(drafts) - len(kept)
    if sheet is not None and to_do:
        write_bytes(sheet, _sheet(to_do).encode())
        write(inert(f"written: {one_line(sheet)}: complete its rows, and `ledger import` it"))
    done = "written" if writing else "would be written (--write writes them)"
    write(f"{count_of(len(kept), 'claim')} {done}; {count_of(len(to_do), 'row')} to be completed; {count_of(refused, 'row')} refused")
    return 1 if refused or to_do else 0


def _sheet(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows to be completed, with a column for each field that people fill in."""
    columns = ["seed", *(name for name in CLAIM_FIELDS if name in SHOWN or any(name in row for row in rows))]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([text_cell(row.get(column)) for column in columns] for row in rows)
    return stream.getvalue()


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Trouble("this is no plain file")
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise Trouble(f"it can't be read: {problem.strerror}") from None
    if len(data) > MOST_BYTES:
        raise Trouble(f"it is larger than {MOST_BYTES // 1024 // 1024} MiB")
    return data


def _pairs(option: str, typed: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """`FIELD=TEXT` options as a mapping."""
    found = {}
    for text in typed:
        field, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(f"`{option} {one_line(text)}` is not FIELD=...")
        if field not in known:
            hint = did_you_mean(field, list(known))
            raise click.UsageError(f"a claim has no field `{one_line(field)}`" + (f": {hint}" if hint else ""))
        found[field] = value
    return found


def _mapping(found: Incoming, asked: Mapping[str, str], constants: Mapping[str, str]) -> dict[str, str]:
    """Which column each field is taken from: as asked for, else the one of its name, else one that others call so."""
    for named in asked.values():
        if named not in found.columns:
            hint = did_you_mean(named, found.columns)
            raise Trouble(
                f"it has no column `{one_line(named)}`" + (f": {hint}" if hint else f" (it has {', '.join(map(one_line, found.columns))})")
            )
    by_name = {column.strip().casefold().replace("_", " "): column for column in reversed(found.columns)}
    mapping = {}
    for field in [*CLAIM_FIELDS, "seed"]:
        column: str | None = asked.get(field) or next((by_name[name] for name in (field, *_CALLED.get(field, ())) if name in by_name), None)
        if column is not None and (field in asked or field not in constants):
            mapping[field] = column
    if "quote" not in mapping:
        raise Trouble(
            f"no column has the words of its claims: name it, `--map quote=COLUMN` (it has {', '.join(map(one_line, found.columns))})"
        )
    return mapping


def _draft(row: Row, mapping: Mapping[str, str], constants: Mapping[str, str], ledger: Ledger, taken: set[str]) -> Draft:
    """A row as a claim; raises Trouble where it is none, or lacks something."""
    texts = {**constants, **{field: row.cells[column] for field, column in mapping.items() if row.cells.get(column)}}
    seed = texts.pop("seed", None)
    if not texts.get("quote"):
        raise Trouble("it has no quote")
    typed = {name: text if CLAIM_FIELDS[name].kind == TEXT else _listed(text) for name, text in texts.items()}
    quote: dict[str, object] = {name: typed.pop(name) for name in ("quote", "before", "after") if name in typed}
    file, words = _found(row, str(quote["quote"]), quote, seed, ledger)
    fields = {**fields_typed(typed, ledger), **words}
    missing = required_of(ledger, file, fields)
    if missing:
        told = {name: text for name, text in texts.items() if name in CLAIM_FIELDS} | {name: str(text) for name, text in words.items()}
        what = f"needs {', '.join(missing)}: {shorten(str(words['quote']), 80)}"
        raise Incomplete(what, {**told, "seed": file.seed_name})
    known = {claim.id for claim in ledger.claims()} | taken
    if fields.get("id") in known:
        raise Trouble(f"the ledger has a claim {one_line(str(fields['id']))} already")
    if "id" not in fields:
        made = propose_id(ledger, fields)
        number = 2
        fields["id"] = made
        while fields["id"] in known:
            fields["id"], number = f"{made}-{number}", number + 1
    return Draft(row, file.path, fields)


def _found(row: Row, words: str, quote: Mapping[str, object], seed: str | None, ledger: Ledger) -> tuple[ClaimsFile, dict[str, Value]]:
    """The file of the words, and the quote as the seed has it: by the words alone, and by those beside them where it stands twice."""
    places = quoted(ledger, words, seed) if row.cells.keys() & {"prefix", "suffix"} else []
    if len(places) > 1:
        there = [each for each in places if _stands_between(each, row.cells.get("prefix", ""), row.cells.get("suffix", ""))]
        if len(there) == 1 and there[0].can_be_told:
            return file_of_seed(ledger, there[0].seed.name), {"quote": there[0].quote, **there[0].beside}
    asked: dict[str, Value] = {name: str(text) for name, text in quote.items()}
    try:
        file, found = quote_fields(ledger, asked, seed)
    except Trouble:
        several = quoted(ledger, words, seed)
        if len(several) < 2:
            raise
        there_are = ", ".join(f"{one_line(each.seed.name)} line {each.line}" for each in several[:4]) + (", ..." if several[4:] else "")
        ways = "a column `seed`, `before` or `after` (of highlights `prefix` or `suffix`) tells them apart"
        raise Trouble(f"the words stand more than once ({there_are}): {ways}") from None
    return file, {**asked, **found}


def _stands_between(each: Quoted, prefix: str, suffix: str) -> bool:
    text, (start, end) = each.seed.folded, (each.passage.spans[0][0], each.passage.spans[-1][1])
    before, behind = fold_space(prefix).strip()[-_TELLING:], fold_space(suffix).strip()[:_TELLING]
    return text[:start].rstrip().endswith(before) and text[end:].lstrip().startswith(behind)


def _listed(text: str) -> list[str]:
    """The texts of a cell that holds several: JSON as our own exports have it, else with semicolons between."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [part.strip() for part in text.split(";") if part.strip()]
    if isinstance(value, dict):
        return [f"{code}={why}" for code, why in value.items()]
    return [str(each) for each in value] if isinstance(value, list) else [text]


def _inserted(edit: Edit, drafts: Sequence[Draft]) -> list[Draft]:
    """Put claims into the edit, those that would pass `check`; says of each other one why it is refused."""
    before = edit.state()
    try:
        for draft in drafts:
            edit.insert_claim(draft.path, draft.fields)
        if drafts:
            edit.write(dry_run=True)
        return list(drafts)
    except Trouble:
        edit.taken_back(before)
    kept = []
    for draft in drafts:  # one of them is wrong: one by one, to tell which
        state = edit.state()
        try:
            edit.insert_claim(draft.path, draft.fields)
            edit.write(dry_run=True)
        except Trouble as problem:
            edit.taken_back(state)
            write(inert(f"{draft.row.where}: refused: {one_line(str(problem))}"))
        else:
            kept.append(draft)
    return kept
