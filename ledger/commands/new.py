"""`ledger new`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from ledger.answers.names import find_seed
from ledger.commands.opening import find_root
from ledger.commands.options import Command, dry_run_option, in_a_folder
from ledger.commands.outputs import write
from ledger.commands.putting import put_claim, tell
from ledger.model import CLAIM_FIELDS, REASONS, TEXT, ClaimsFile, Ledger, Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.writing.drafts import fields_typed, file_of_seed, next_open, propose_id, quote_fields, required_of
from ledger.writing.splices import Value

_HELP = {
    "id": "Its id; without it, one is proposed and taken.",
    "place": "The place: its id, or any of its names.",
    "property": "What is said of it: the property's id or title.",
    "claimant": "Who says it: an id or a name.",
    "quote": "The words, or `FIRST .. LAST` for all from some words to others; written as the seed has them.",
    "said": "When it was said.",
    "accept": "A warning that may stand: CODE=REASON.",
}


def field_options(function: Command) -> Command:
    """Add every field of a claim as an option by its own name; they arrive as `**typed`."""
    for name, field in reversed(list(CLAIM_FIELDS.items())):
        words = _HELP.get(name, "Repeatable." if field.kind != TEXT else "")
        metavar = "CODE=REASON" if field.kind == REASONS else "TEXT"
        function = click.option(f"--{name}", f"field_{name}", metavar=metavar, multiple=field.kind != TEXT, help=words)(function)
    return function


@click.command("new")
@field_options
@click.option("--seed", metavar="FILE", help="The seed; without it, the one that has the quote.")
@click.option("--next", "next_sentence", is_flag=True, help="The next sentence that bears no claim and is not passed over.")
@click.option("--edit", "in_editor", is_flag=True, help="Fill it in in $EDITOR.")
@dry_run_option()
@in_a_folder
def command(folder: str | None, seed: str | None, next_sentence: bool, in_editor: bool, dry_run: bool, **asked: Any) -> int:
    """Write a claim: of these options; else asked for on a terminal, step by step, with completion; or in $EDITOR."""
    root = find_root(folder)
    ledger = load(WorkTree(root))
    typed = {name.removeprefix("field_"): given for name, given in asked.items() if given}
    seed = None if seed is None else find_seed(seed, [*ledger.seeds, *(file.seed_name for file in ledger.files)])
    if next_sentence and "quote" not in typed:
        found = next_open(ledger, seed)
        if found is None:
            write("no sentence is open: each bears a claim or is passed over")
            return 0
        seed = found[0].seed_name
        if not _on_a_terminal():
            typed["quote"] = found[1]
    if in_editor:
        from ledger.commands.editing import written_in_editor

        return written_in_editor(root, ledger, typed, seed, dry_run)
    asks = _on_a_terminal()
    if not asks or "quote" in typed:
        file, fields = _fields(ledger, typed, seed)
        missing = required_of(ledger, file, fields)
        if not missing:
            tell(put_claim(root, file.path, fields, dry_run), file.path, str(fields["id"]), dry_run)
            return 0
        if not asks:
            raise Trouble(f"a claim needs {', '.join(f'`--{name}`' for name in missing)} too (on a terminal, `ledger new` asks for them)")
    from ledger.commands.asking import Talk

    return Talk(root, seed, next_sentence, dry_run).run(typed)


def _on_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _fields(ledger: Ledger, typed: Mapping[str, str | Sequence[str]], seed: str | None) -> tuple[ClaimsFile, dict[str, Value]]:
    """The file, and the fields of the claim that the options give, its id proposed where none is given."""
    fields = fields_typed(typed, ledger)
    if "quote" in fields:
        file, quote = quote_fields(ledger, fields, seed)
        fields |= quote
    elif seed is not None:
        file = file_of_seed(ledger, seed)
    else:
        raise Trouble("a claim needs `--quote`: its words (on a terminal, `ledger new` asks for them)")
    fields.setdefault("id", propose_id(ledger, fields))
    return file, fields
