"""`ledger search WORDS`."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from ledger.answers.names import find_seed
from ledger.answers.search import search
from ledger.commands.opening import Source, ledger_at, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import width, write, write_lines
from ledger.commands.pager import paged
from ledger.commands.seeds import file_alone
from ledger.conflicts.corrections import corrections_of
from ledger.model import Trouble
from ledger.render import search as render
from ledger.render.blocks import Pages, ledger_for, refused_files
from ledger.render.listing import Listing, to_csv, to_jsonl
from ledger.texts.searching import Wanted

ON_A_TERMINAL = 40  # claims, and sentences, shown there at most, unless --limit says otherwise


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--seed", metavar="NAME", help="Only in this seed and its claims.")
@click.option("--limit", type=click.IntRange(min=0), help="Show so many claims and so many sentences at most; 0 shows all.")
@format_option("text", "json", "jsonl", "csv", "markdown")
@reads_a_ledger
@paged
def command(source: Source, /, words: tuple[str, ...], seed: str | None, form: str, limit: int | None) -> int:
    """Claims and sentences of seeds in which all WORDS stand, each at the beginning of a word, case and accents aside; a phrase in quotes
    as a whole. Of a claim also its translation, note and names count."""
    place = place_of(source)
    ledger = ledger_at(place, without_claims=True)
    wanted = Wanted(words)
    if not wanted:
        raise Trouble("there is no letter or digit to look for: name a word")
    files = list(ledger.files)
    for name in sorted(set(ledger.seeds) - {file.seed_name for file in files}):
        with suppress(Trouble):  # (one that can't be read is named by `ledger check`)
            files.append(file_alone(name, ledger, place.tree))
    if seed is not None:
        only = find_seed(seed, [*ledger.seeds, *(file.seed_name for file in files)])
        files = [file for file in files if file.seed_name == only]
    hits = search(wanted, ledger, files)
    pages = Pages.of(ledger_for(form, ledger), corrections_of(ledger, ledger.claims()))
    if form in ("jsonl", "csv"):
        listing = Listing("found", list(render.rows(hits, pages, limit or None)), (), (), (), [])
        for piece in to_jsonl(listing) if form == "jsonl" else to_csv(listing, render.COLUMNS):
            sys.stdout.write(piece)
    elif form == "json":
        sys.stdout.write(render.to_json(hits, pages, None if limit is None else limit or None))
    elif form == "markdown":
        write(render.to_markdown(hits, wanted, pages, limit or None))
    else:
        most = (limit if limit is not None else ON_A_TERMINAL if width() is not None else 0) or None
        write_lines([*render.lines(hits, wanted, pages, most), *(([(note, "")], 0) for note in refused_files(ledger))])
    return 0
