"""`ledger fix [PATH...]`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ledger.commands.check import chosen_paths, wanted_codes
from ledger.commands.opening import find_root
from ledger.commands.options import dry_run_option, in_a_folder
from ledger.commands.outputs import write, write_difference
from ledger.model import Diagnostic
from ledger.reading.contents import contents_of
from ledger.reading.trees import WorkTree
from ledger.render.check import for_people
from ledger.texts.display import count_of, one_line
from ledger.writing.edits import Edit
from ledger.writing.fixes import fix
from ledger.writing.remedies import remedies


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--select",
    "codes",
    metavar="CODE[,CODE]",
    multiple=True,
    help="Mend only what these rules find (a code, a name, or a letter for its family).",
)
@dry_run_option()
@in_a_folder
def command(folder: str | None, paths: Sequence[str], codes: Sequence[str], dry_run: bool) -> int:
    """Mend what has one remedy: a quote in the seed's own letters and marks, a hash, a date, an id; each is shown."""
    root = find_root(folder)
    contents = contents_of(WorkTree(root))
    chosen = chosen_paths(paths, root, {*contents.paths(), *(path for path, _ in contents.odd)})
    wanted = wanted_codes(codes)

    def asked_for(found: Diagnostic) -> bool:
        return (not wanted or found.code in wanted) and (chosen is None or found.path in chosen)

    with Edit(root) as edit:
        taken = fix(edit, asked_for)
        written = edit.write(dry_run)
        compared = edit.compared()
    for remedy in taken:
        claim = f" {one_line(remedy.claim)}:" if remedy.claim else ""
        write(for_people(f"{one_line(remedy.path)}:{remedy.line}: {remedy.code}{claim} {one_line(remedy.words)}"))
    if dry_run:
        write_difference(written.difference)
    left = [found for found in compared.report.diagnostics if asked_for(found)]
    offered = sum(1 for found in left if remedies(compared.ledger, found))
    done = "would be mended" if dry_run else "mended"
    choices = f", {count_of(offered, 'of them has', 'of them have')} several remedies to choose from" if offered else ""
    write(f"{count_of(len(taken), 'defect')} {done}; {count_of(len(left), 'is', 'are')} left for a person{choices} (see `ledger check`)")
    return 1 if any(found.severity == "error" for found in left) else 0
