"""A claim filled in in an editor: a skeleton with what is known, read when the editor ends."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import click

from ledger.commands.putting import put_claim, tell
from ledger.model import CLAIM_FIELDS, ClaimsFile, Ledger, Trouble
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import decode
from ledger.reading.yaml_spans import Part, spans_of
from ledger.texts.display import one_line
from ledger.writing.drafts import fields_typed, file_of_seed, propose_id, quote_fields, required_of
from ledger.writing.quoting import quoted_in_one
from ledger.writing.splices import Value, written

SHOWN = (
    "id",
    "place",
    "property",
    "subject",
    "value",
    "extent",
    "stance",
    "hedge",
    "claimant",
    "said",
    "holds",
    "quote",
    "translation",
    "note",
)


def skeleton(file: ClaimsFile, ledger: Ledger, fields: Mapping[str, Value]) -> str:
    """The claim as it is known so far, a line for each field, and what may be written."""
    properties = "; ".join(
        known.id
        + (f" ({', '.join(known.values)})" if known.values else f" ({known.unit})" if known.unit else "")
        + (f" of {', '.join(known.subjects)}" if known.subjects else "")
        for known in ledger.vocabulary.properties.values()
    )
    lines = [
        f"# a claim of {one_line(file.path)}; a field that is left empty is not written; delete the quote to write nothing",
        *textwrap.wrap(f"properties: {one_line(properties)}", 110, initial_indent="# ", subsequent_indent="#   "),
        "# names of places and claimants will do; the id may be left empty",
    ]
    for name in (*SHOWN, *(name for name in CLAIM_FIELDS if name in fields and name not in SHOWN)):
        lines.append(f"{name}: {written(fields[name])}" if name in fields else f"{name}:")
    return "\n".join(lines) + "\n"


def written_in_editor(root: str, ledger: Ledger, typed: Mapping[str, str | Sequence[str]], seed: str | None, dry_run: bool) -> int:
    """Open the editor on a claim, and write what it leaves; gives the exit code."""
    fields = fields_typed(typed, ledger)
    file = _file(ledger, fields, seed)
    if "quote" in fields and not (fields.get("before") or fields.get("after")):
        passage = quoted_in_one(ledger, str(fields["quote"]), file.seed_name)
        fields |= {"quote": passage.quote, **passage.beside}
    text = skeleton(file, ledger, fields)
    while True:
        edited = click.edit(text, extension=".yaml", require_save=False)
        if edited is None or not _values(edited).get("quote"):
            raise Trouble("the quote is empty: nothing was written")
        try:
            made = fields_typed(_values(edited), ledger)
            _, quote = quote_fields(ledger, made, file.seed_name)
            made |= quote
            made.setdefault("id", propose_id(ledger, made))
            missing = required_of(ledger, file, made)
            if missing:
                raise Trouble(f"a claim needs {', '.join(f'`{name}`' for name in missing)} too")
            tell(put_claim(root, file.path, made, dry_run), file.path, str(made["id"]), dry_run)
            return 0
        except Trouble as trouble:
            if edited == text:
                raise
            text = "\n".join([f"# {one_line(str(trouble))}", *(line for line in edited.split("\n") if not line.startswith("# "))])


def _file(ledger: Ledger, fields: Mapping[str, Value], seed: str | None) -> ClaimsFile:
    if seed is not None:
        return file_of_seed(ledger, seed)
    if "quote" in fields:
        return file_of_seed(ledger, quoted_in_one(ledger, str(fields["quote"]), None).seed.name)
    named = [file for file in ledger.files if file.seed is not None]
    if len(named) != 1:
        raise Trouble("say which text the claim is of: `--seed FILE`, or `--quote` with some of its words")
    return named[0]


def _values(text: str) -> dict[str, str | list[str]]:
    """What was filled in; raises Trouble where it can't be read."""
    try:
        root = spans_of(decode(text.encode("utf-8", "surrogateescape")))
    except Refused as refused:
        found = refused.refusal
        raise Trouble(f"line {found.line}: {one_line(found.message)}") from None
    unknown = [name for name in root.fields if name not in CLAIM_FIELDS]
    if unknown:
        raise Trouble(f"a claim has no field `{one_line(unknown[0])}`")
    return {name: _plain(part) for name, part in root.fields.items() if part.text or part.items or part.fields}


def _plain(part: Part) -> str | list[str]:
    if part.kind == "map":
        return [f"{code}={why.text}" for code, why in part.fields.items()]
    return part.text if part.kind == "text" else [item.text for item in part.items]
