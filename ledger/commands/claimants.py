"""`ledger claimants`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from ledger.answers.agreement import Supports
from ledger.answers.claimants import ClaimantRow, Tally, selected, tally
from ledger.answers.filters import said_around, times_by_claim
from ledger.commands.opening import Source, open_ledger
from ledger.commands.options import as_of, filter_of, filter_options, format_option, reads_a_ledger
from ledger.commands.outputs import wants_colour, width, write_lines
from ledger.commands.pager import paged
from ledger.conflicts import Findings, find_conflicts
from ledger.conflicts.accounts import accounts
from ledger.render import claimants as render
from ledger.render.blocks import Line, Pages, around_words, ledger_for
from ledger.rules import excluded
from ledger.texts.display import count_of

ROWS, MATRIX, NOTED, CLAIMS = 100, 12, 20, 60  # shown on a terminal at most, unless --limit says otherwise
NARROWEST = 72  # characters: below, the claimants are running text


LISTED = 400_000  # pairs of one question: a question with more is named, not counted claimant by claimant


@click.command("claimants")
@filter_options
@click.option("--limit", type=click.IntRange(min=0), help="On a terminal: so many claimants (with --claimant: claims); 0 shows all.")
@format_option("text", "json", "csv")
@reads_a_ledger
@paged
def command(source: Source, /, form: str, limit: int | None, **asked: Any) -> int:
    """Each claimant and side: claims, contradicted by whom and how often, own reversals, claims that others later agreed with; and
    claimant against claimant. With --claimant, every claim behind each count. No score of who is right."""
    ledger = open_ledger(source)
    wanted = filter_of(asked, ledger)
    left_out = excluded(ledger)
    ledger = ledger_for(form, ledger)
    findings = find_conflicts(ledger, left_out, as_of(asked), LISTED)
    taking_part = findings.taking_part
    times = times_by_claim(accounts(taking_part, ledger.vocabulary)) if wanted.has_dates() else {}
    claims, conflicts = selected(taking_part, findings.conflicts, wanted, ledger, times)
    found = tally(claims, conflicts, Supports(taking_part, findings.conflicts, ledger, claims), ledger)
    pages = Pages.of(ledger, findings.corrections)
    listed = wanted.claimants is not None
    columns = width()
    if form == "text" and columns is not None:
        pieces = _listed(found, findings, pages, columns, limit) if listed else _tables(found, findings, pages, columns, limit)
    elif form == "text":
        pieces = render.to_text(found, findings, pages, listed)
    else:
        pieces = render.to_json(found, findings, pages) if form == "json" else render.to_csv(found, pages)
    for piece in pieces:
        sys.stdout.write(piece)
    if form == "text":
        for words in around_words(wanted.place, said_around(findings.taking_part, wanted, ledger), pages):
            write_lines([([(words, "")], 0)])
    return 0


def _tables(found: Tally, findings: Findings, pages: Pages, columns: int, limit: int | None) -> Iterator[str]:
    """Three tables for a terminal: claimants, claimant against claimant, sides."""
    from ledger.render.claimant_tables import claimant_table, matrix_tables, side_table
    from ledger.render.tables import flowing, rows_table

    def text(lines: list[Line]) -> str:
        return flowing([(line, 0) for line in lines], columns, colour)

    colour, narrow = wants_colour(), columns < NARROWEST
    rows = _most_claims(found.rows, ROWS if limit is None else limit)
    notes = [f"shown: the {len(rows)} of {count_of(len(found.rows), 'claimant')} with most claims; --limit 0 shows all"]
    notes = notes if len(rows) < len(found.rows) else []
    if narrow:
        yield text([*(render.row_line(row, pages) for row in rows), *([(note, "")] for note in notes)]) + "\n"
    elif rows:
        yield rows_table(*claimant_table(rows, pages, columns), columns, colour, notes)
    if against := [cell for cell in found.cells if cell.conflicts]:
        order = [row.claimant for row in found.rows]
        tables, note = matrix_tables(against, order, pages, columns, MATRIX if limit is None else limit)
        yield text([[("Who contradicts whom", "heading")]])
        for heads, cells in tables:
            yield rows_table(heads, cells, columns, colour, [])
        yield text([[(note, "")], [("", "")]])
    if noted := render.noted_lines(found, pages):
        most = NOTED if limit is None else limit
        more = [f"... and {len(noted) - most} more; --limit 0 shows all"] if most and len(noted) > most else []
        yield text(
            [
                [("Tensions noted between whom (pairs of claims)", "heading")],
                *([("  " + line, "")] for line in [*noted[: most or None], *more]),
                [("", "")],
            ]
        )
    if found.sides:
        yield text([[("By side", "heading")]])
        sides = [[(render.side_words(side, pages), "")] for side in found.sides]
        yield text([*sides, [("", "")]]) if narrow else rows_table(*side_table(found.sides, pages), columns, colour, [])
    yield text([[(line, "")] for line in render.closing(found, findings, pages)])


def _most_claims(rows: tuple[ClaimantRow, ...], most: int) -> tuple[ClaimantRow, ...]:
    """The rows with most claims, in the order of all; 0: all."""
    if not most or len(rows) <= most:
        return rows
    kept = {row.claimant for row in sorted(rows, key=lambda row: (-len(row.claims), row.claimant))[:most]}
    return tuple(row for row in rows if row.claimant in kept)


def _listed(found: Tally, findings: Findings, pages: Pages, columns: int, limit: int | None) -> Iterator[str]:
    """Every claim of the claimants asked for, as running text for a terminal."""
    from ledger.render.tables import flowing

    for row in found.rows:
        lines: list[tuple[Line, int]] = list(render.claim_lines(row, pages, CLAIMS if limit is None else limit))
        yield flowing(lines, columns, wants_colour()) + "\n"
    yield flowing([([(line, "")], 0) for line in render.closing(found, findings, pages)], columns, wants_colour())
