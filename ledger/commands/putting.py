"""A new claim put into its file, and what is told of it then."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.commands.outputs import write, write_written
from ledger.conflicts.reasons import reason
from ledger.render.check import for_people
from ledger.texts.display import one_line
from ledger.writing.drafts import opened_by
from ledger.writing.edits import Edit, Written
from ledger.writing.splices import Value

NOT_OF_A_CLAIM = {"W907"}  # what no claim uses yet: true of every name but one when the first claim is written, and no news


def put_claim(root: str, path: str, fields: Mapping[str, Value], dry_run: bool) -> Written:
    """Write a claim into a file; raises Trouble where it would not pass `check`."""
    with Edit(root) as edit:
        edit.insert_claim(path, fields)
        return edit.write(dry_run)


def tell(written: Written, path: str, claim: str, dry_run: bool) -> None:
    """Say what was written, which warnings are new, and which contradictions the claim opens."""
    write_written(written._replace(new=tuple(found for found in written.new if found.code not in NOT_OF_A_CLAIM)), dry_run)
    if written.ledger is not None:
        for conflict in opened_by(written.ledger, claim):
            other = conflict.ids[0] if conflict.ids[1] == claim else conflict.ids[1]
            why = reason(conflict, written.ledger.vocabulary)
            write(for_people(f"contradicts {one_line(other)} ({conflict.kind}, {conflict.strength}): {one_line(why)}"))
    write(for_people(f"{one_line(path)}: {'would hold' if dry_run else 'holds'} the claim {one_line(claim)}"))
