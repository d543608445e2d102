"""`ledger pass SENTENCE --why WORDS`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ledger.commands.opening import find_root
from ledger.commands.options import dry_run_option, in_a_folder
from ledger.commands.outputs import write, write_written
from ledger.render.check import for_people
from ledger.texts.display import one_line, shorten
from ledger.writing.edits import Edit
from ledger.writing.quoting import quoted_in_one


@click.command("pass")
@click.argument("words", metavar="SENTENCE", nargs=-1, required=True)
@click.option("--why", metavar="WORDS", required=True, help="Why it states nothing that this ledger records.")
@click.option("--seed", metavar="FILE", help="The seed, where several have the words.")
@dry_run_option()
@in_a_folder
def command(folder: str | None, words: Sequence[str], why: str, seed: str | None, dry_run: bool) -> int:
    """Pass over a sentence of a seed that states nothing this ledger records."""
    with Edit(find_root(folder)) as edit:
        quoted = quoted_in_one(edit.ledger, " ".join(words), seed)
        edit.insert_entry(quoted.path, "passed-over", {"quote": quoted.quote, **quoted.beside, "why": why})
        written = edit.write(dry_run)
    write_written(written, dry_run)
    if not dry_run:
        write(for_people(f"{one_line(quoted.path)}: passed over: {shorten(quoted.quote, 200)}"))
    return 0
