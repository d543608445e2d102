"""`ledger resolve A B --found ... --why ...`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from ledger.commands.opening import find_root
from ledger.commands.options import Choice, dry_run_option, in_a_folder
from ledger.commands.outputs import write, write_written
from ledger.conflicts.resolutions import Resolved, fingerprint, resolutions_of
from ledger.model import FOUND, Trouble
from ledger.reading.git import name_of_user
from ledger.render.check import for_people
from ledger.texts.display import one_line
from ledger.writing.edits import Edit
from ledger.writing.scalars import InQuotes


@click.command("resolve")
@click.argument("one")
@click.argument("other")
@click.option(
    "--found",
    type=Choice(list(FOUND)),
    required=True,
    help="explained: both can be true; superseded: one was taken back; open: not settled.",
)
@click.option("--why", metavar="WORDS", required=True, help="What was worked out, never who was right.")
@click.option("--by", metavar="NAME", help="Who worked it out; without it, the name that git has for you.")
@click.option("--on", metavar="DAY", help="When; without it, today.")
@dry_run_option()
@in_a_folder
def command(folder: str | None, one: str, other: str, found: str, why: str, by: str | None, on: str | None, dry_run: bool) -> int:
    """Keep what was worked out about a contradiction, with the fingerprint of both claims as they stand."""
    root = find_root(folder)
    if not why.strip():
        raise Trouble("`--why` is empty: say what was worked out")
    name = name_of_user(root) if by is None else by
    if not name or not name.strip():
        raise Trouble("git has no name for you here: say who worked it out with `--by NAME`")
    with Edit(root) as edit:
        path = edit.path_of(one)
        edit.path_of(other)
        if one == other:
            raise Trouble(f"`{one_line(one)}` is named twice: name two claims")
        claims = {claim.id: claim for claim in edit.ledger.claims()}
        fields = {
            "claims": [one, other],
            "found": found,
            "by": name,
            "on": date.today().isoformat() if on is None else on,
            "why": why,
            "fingerprint": InQuotes(fingerprint(claims[one], claims[other])),
        }
        known = resolutions_of(edit.ledger).get((min(one, other), max(one, other)))
        if known is None:
            edit.insert_entry(path, "resolutions", fields)
        else:
            path = _renewed(edit, known, fields)
        written = edit.write(dry_run)
    write_written(written, dry_run)
    if not dry_run:
        write(for_people(f"{one_line(path)}: `{one_line(one)}` and `{one_line(other)}` are {found}, by {one_line(name)}"))
    return 0


def _renewed(edit: Edit, known: Resolved, fields: Mapping[str, str | Sequence[str]]) -> str:
    """Put what was worked out anew into a resolution whose claims have changed since; gives its file. Raises Trouble for one that fits."""
    entry = known.resolution
    where = f"{one_line(entry.path)}:{entry.line}"
    if known.current and entry.found != "open":
        raise Trouble(f"the two are resolved already, in {where}: {entry.found}, by {one_line(entry.by)}, since {one_line(entry.why)}")
    for field in ("found", "by", "on", "why", "fingerprint"):
        edit.set_in_entry(entry.path, "resolutions", entry.line, field, fields[field])
    return entry.path
