"""`ledger rename OLD NEW`."""

from __future__ import annotations

import click

from ledger.commands.opening import find_root
from ledger.commands.options import Choice, dry_run_option, in_a_folder
from ledger.commands.outputs import write, write_written
from ledger.render.check import for_people
from ledger.texts.display import count_of, one_line
from ledger.writing.edits import Edit
from ledger.writing.renames import KINDS, rename, rename_asked_for


@click.command("rename")
@click.argument("old")
@click.argument("new")
@click.option("--kind", type=Choice(list(KINDS)), help="What it is the id of, where several bear it.")
@click.option("--of", metavar="PROPERTY", help="The property whose value it is, where several have it.")
@dry_run_option()
@in_a_folder
def command(folder: str | None, old: str, new: str, kind: str | None, of: str | None, dry_run: bool) -> int:
    """Give an id another name, everywhere: a claim, a place, a claimant, a property, a value, a subject, a side."""
    with Edit(find_root(folder)) as edit:
        asked = rename_asked_for(edit.ledger, old, new, kind, of)
        rename(edit, asked)
        written = edit.write(dry_run, renamed={old: new})
    write_written(written, dry_run)
    done = "would be renamed" if dry_run else "renamed"
    of_what = f" of {one_line(asked.of)}" if asked.of else ""
    write(for_people(f"{asked.kind} {one_line(old)}{of_what} {done} {one_line(new)}, in {count_of(len(written.paths), 'file')}"))
    return 0
