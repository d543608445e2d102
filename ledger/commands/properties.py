"""`ledger properties`."""

from __future__ import annotations

import click

from ledger.answers.properties import property_rows
from ledger.commands.opening import Source, ledger_at, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import write_listing
from ledger.commands.pager import paged
from ledger.render import properties as render
from ledger.render.listing import Listing
from ledger.texts.searching import Wanted


@click.command("properties")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), help="Show so many at most; 0 shows all.")
@format_option("text", "json", "jsonl", "csv", "markdown")
@reads_a_ledger
@paged
def command(source: Source, /, words: tuple[str, ...], form: str, limit: int | None) -> int:
    """What properties there are (with WORDS, those so called): what to write behind --property and --subject, and how many claims are
    said of each."""
    ledger = ledger_at(place_of(source), without_claims=True)
    rows = property_rows(ledger, Wanted(words))

    def listing(most: int | None, notes: list[str]) -> Listing:
        shown = rows[:most]
        return Listing("properties", [render.record(row) for row in shown], render.HEADS, render.cells(shown), render.told(shown), notes)

    write_listing(listing, render.COLUMNS, len(rows), ("property", "properties"), form, limit)
    return 0
