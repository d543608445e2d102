"""`ledger places`."""

from __future__ import annotations

import click

from ledger.answers.places import place_rows
from ledger.commands.opening import Source, ledger_at, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import write_listing
from ledger.commands.pager import paged
from ledger.render import places as render
from ledger.render.listing import Listing
from ledger.texts.searching import Wanted


@click.command("places")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), help="Show so many at most; 0 shows all.")
@format_option("text", "json", "jsonl", "csv", "markdown")
@reads_a_ledger
@paged
def command(source: Source, /, words: tuple[str, ...], form: str, limit: int | None) -> int:
    """What places there are (with WORDS, those so called): what to write behind --town, and how many claims are said of each."""
    ledger = ledger_at(place_of(source), without_claims=True)
    rows = place_rows(ledger, Wanted(words))

    def listing(most: int | None, notes: list[str]) -> Listing:
        shown = rows[:most]
        records = [render.record(row, ledger.vocabulary) for row in shown]
        cells = render.cells(shown, ledger.vocabulary)
        return Listing("places", records, render.HEADS, cells, render.told(shown, ledger.vocabulary), notes)

    write_listing(listing, render.COLUMNS, len(rows), ("place", "places"), form, limit)
    return 0
