"""`ledger timeline`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from ledger.answers.changed_accounts import changed_accounts
from ledger.answers.filters import Filter, claim_matches, conflict_matches, crowd_asked_for, said_around, times_by_claim, touches
from ledger.answers.timeline import timelines
from ledger.commands.opening import Source
from ledger.commands.options import as_of, filter_of, filter_options, format_option, reads_a_ledger
from ledger.commands.outputs import height, shows, wants_colour, width, write_lines
from ledger.commands.pager import paged
from ledger.commands.several import ledger_asked, of_several_ledgers
from ledger.conflicts import find_conflicts
from ledger.conflicts.search.counting import Crowd
from ledger.render import timeline as render
from ledger.render import timeline_data as machines
from ledger.render.blocks import Pages, around_words, ledger_for
from ledger.render.chart.sheets import Sheet
from ledger.render.check import plain

AROUND = 6  # lines that say what lies around a place, and the prompt
SCREENS = 2  # of a terminal that a page takes at most, unless --limit says otherwise
_LANES = ("cyan", "magenta", "green", "yellow", "blue", "white")
_COLOURS = {"certain": "red", "possible": "yellow", "hedge": "yellow", "id": "cyan", "tension": "magenta"}


def _style(text: str, role: str) -> str:
    if role.startswith("lane "):
        return click.style(text, fg=_LANES[int(role.removeprefix("lane "))], bold=True)
    bold = role in ("heading", "label", "who", "certain")
    dim = role in ("presumed", "axis", "gap", "legend")
    return click.style(text, fg=_COLOURS.get(role), bold=bold or None, dim=dim or None, underline=role == "heading" or None)


@click.command("timeline")
@filter_options
@of_several_ledgers
@click.option("--limit", type=click.IntRange(min=0), help="Show so many questions at most; 0 shows all.")
@format_option("text", "json", "csv")
@reads_a_ledger
@paged
def command(source: Source, /, form: str, limit: int | None, several: Sequence[str], same_places: str | None, **asked: Any) -> int:
    """Who changed their account, and who said what when: a chart for each question with several accounts, figures with their ranges, then what
    is told in one way. On a terminal two screens at most; --limit 0, a pipe and the machines' formats have all."""
    ledger, left_out, _ = ledger_asked(source, several, same_places)
    wanted = filter_of(asked, ledger)
    day = as_of(asked)
    ledger = ledger_for(form, ledger)
    findings = find_conflicts(ledger, left_out, day)
    read = findings.readings
    times = times_by_claim(read)
    seeds = {file.path: file.seed_name for file in ledger.files}
    claims = [
        claim
        for claim in findings.taking_part
        if claim_matches(claim, wanted, ledger, seeds[claim.path]) and touches(times[claim.id], wanted)
    ]
    conflicts = [found for found in findings.conflicts if conflict_matches(found, wanted, ledger.vocabulary, seeds, times)]
    findings = findings._replace(too_late=[claim for claim in findings.too_late if claim_matches(claim, wanted, ledger, seeds[claim.path])])
    asked_of = {claim.id for claim in claims}
    crowds = [crowd for found in findings.crowds if (crowd := _within(found, wanted, asked_of)) is not None]
    drawn = timelines(claims, conflicts, crowds, times, ledger.vocabulary)
    pages = Pages.of(ledger, findings.corrections)
    written = {account.claim.id: account for account in read if not account.steps}
    changes = {number: found for number, timeline in enumerate(drawn) if (found := changed_accounts(timeline, written))}
    if form == "json":
        pieces = machines.to_json(drawn, changes, findings, pages, limit)
    elif form == "csv":
        pieces = machines.to_csv(drawn[: limit or None], pages)
    else:
        pieces = render.to_text(drawn, changes, findings, pages, _sheet(wanted, limit), limit)
    for piece in pieces:
        sys.stdout.write(piece)
    if form == "text":
        for words in around_words(wanted.place, said_around(findings.taking_part, wanted, ledger), pages):
            write_lines([([(words, "")], 0)])
    return 0


def _sheet(wanted: Filter, limit: int | None) -> Sheet:
    """What the text is written on: two screens of a terminal, unless a limit was asked for; all of it in a pipe."""
    columns = width()
    page = SCREENS * height() - AROUND if columns is not None and limit is None else 0
    style = _style if wants_colour() else plain
    return Sheet(columns, style, wanted.since, wanted.until, page, page and max(6, page // 3), not page, not shows(render.SIGNS_USED))


def _within(crowd: Crowd, wanted: Filter, asked_of: set[str]) -> Crowd | None:
    """A question with very many contradictions, at the days asked for. Where a claimant, a side or a seed was asked for it is
    kept whole, if it has such a claim: who contradicts whom is too much to be told apart there."""
    found = crowd_asked_for(crowd, wanted)
    if found is None:
        return None
    members, above = ([account for account in group if touches(account.time, wanted)] for group in (found.members, found.above))
    if not members or not any(account.claim.id in asked_of for account in (*members, *above)):
        return None
    return found.only(members, above)
