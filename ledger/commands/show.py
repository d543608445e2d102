"""`ledger show ID`."""

from __future__ import annotations

import click

from ledger.answers.agreement import origin_words, standing
from ledger.commands.opening import Source, claim_named, ledger_at, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import write, write_lines
from ledger.commands.pager import paged
from ledger.conflicts import find_conflicts
from ledger.conflicts.finder import conflicts_of
from ledger.render import show as render
from ledger.render.blocks import Pages, ledger_for
from ledger.render.check import dumps
from ledger.rules import excluded


@click.command("show")
@click.argument("claim_id", metavar="ID")
@format_option("text", "json")
@reads_a_ledger
@paged
def command(source: Source, claim_id: str, form: str) -> int:
    """One claim with its quote inside its paragraph of the seed, who agrees, who contradicts, who doubts."""
    place = place_of(source)
    ledger = ledger_at(place)
    claim = claim_named(claim_id, ledger, place.tree)
    left_out = excluded(ledger)
    ledger = ledger_for(form, ledger)
    findings = find_conflicts(ledger, left_out)
    found = standing(claim, findings.taking_part, conflicts_of(claim, findings, ledger.vocabulary), ledger)
    pages = Pages.of(ledger, findings.corrections)
    if form == "json":
        write(dumps(render.record(claim, found, pages, (claim.path, claim.line) in left_out)))
        return 0
    lines = render.lines(claim, found, origin_words(found), pages, (claim.path, claim.line) in left_out)
    write_lines(lines)
    return 0
