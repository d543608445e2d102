"""`ledger claims`."""

from __future__ import annotations

import sys
from typing import Any

import click

from ledger.answers.filters import said_around
from ledger.answers.listed import listed
from ledger.commands.opening import Source, open_ledger
from ledger.commands.options import Choice, as_of, filter_of, filter_options, format_option, reads_a_ledger
from ledger.commands.outputs import width, write, write_beside, write_lines
from ledger.commands.pager import paged
from ledger.conflicts.corrections import corrections_of
from ledger.model import STANCES
from ledger.render import claims as render
from ledger.render.blocks import Pages, around_words, defective_claims, ledger_for, refused_files
from ledger.render.check import for_people
from ledger.render.conflicts import markdown_text
from ledger.rules import excluded
from ledger.texts.display import count_of

ON_A_TERMINAL = 100


@click.command("claims")
@filter_options
@click.option("--stance", type=Choice(list(STANCES)), help="Only claims of this stance.")
@click.option("--limit", type=click.IntRange(min=0), help="Show so many at most; 0 shows all.")
@format_option("text", "json", "jsonl", "csv", "markdown")
@reads_a_ledger
@paged
def command(source: Source, /, form: str, stance: str | None, limit: int | None, **asked: Any) -> int:
    """List claims, with filters, by the order of the files."""
    ledger = open_ledger(source)
    wanted = filter_of(asked, ledger)
    day = as_of(asked)
    left_out = excluded(ledger)
    ledger = ledger_for(form, ledger)
    claims, taking_part, defective, too_late = listed(ledger, left_out, wanted, day, stance)
    on_terminal = form == "text" and width() is not None
    shown = claims[: limit or None] if limit is not None or not on_terminal else claims[:ON_A_TERMINAL]
    doubtful = defective_claims([claim for claim in shown if (claim.path, claim.line) in defective], "with a defect, not to be relied on")
    pages = Pages.of(ledger, corrections_of(ledger, [*taking_part, *too_late], day))
    absent = [*doubtful, *refused_files(ledger)]
    absent += [f"left out as said later than the day asked for: {count_of(len(too_late), 'claim')}"] if too_late else []
    hidden = {(claim.path, claim.line) for claim in too_late}
    near = said_around((claim for claim in ledger.claims() if (claim.path, claim.line) not in hidden), wanted, ledger)
    absent += around_words(wanted.place, near, pages)
    if on_terminal:
        cut = f", of which {len(shown)} are shown (--limit 0 shows all)" if len(shown) < len(claims) else ""
        notes = [count_of(len(claims), "claim") + cut, *absent]
        write_lines([*render.lines(shown, pages), *(([(note, "")], 0) for note in notes)])
        return 0
    pieces = {
        "text": lambda: render.to_text(shown, pages),
        "json": lambda: render.to_json(shown, None if limit is None else len(claims), pages, left_out, len(too_late), near),
        "jsonl": lambda: render.to_jsonl(shown, pages, left_out),
        "csv": lambda: render.to_csv(shown, pages, left_out),
        "markdown": lambda: render.to_markdown(shown, pages),
    }[form]()
    for piece in pieces:
        sys.stdout.write(piece)
    if form == "text" and len(shown) < len(claims):
        write(f"shown: {len(shown)} of {count_of(len(claims), 'claim')}; --limit 0 shows all")
    if form == "text":
        write("\n".join(map(for_people, absent)))
    elif form in ("csv", "jsonl"):
        write_beside(refused_files(ledger))
    elif form == "markdown" and absent:
        write("\n".join(["", *map(markdown_text, absent)]))
    return 0
