"""`ledger conflicts`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from ledger.checks import excluded
from ledger.commands.filtering import as_of, filter_of, filter_options
from ledger.commands.opening import Choice, format_option, open_ledger, wants_colour, width
from ledger.conflicts import Conflict, find_conflicts
from ledger.conflicts.finder import part_takers
from ledger.conflicts.questions import Question, questions
from ledger.conflicts.readings import readings
from ledger.filters import conflict_matches, times_by_claim
from ledger.render import conflicts as render
from ledger.render.blocks import Pages

ON_A_TERMINAL = 20  # questions shown there at most, unless --limit says otherwise


@click.command("conflicts")
@filter_options
@click.option("--kind", type=Choice(["denial", "figure", "exclusive", "tension"]), help="Only contradictions of this kind.")
@click.option("--relation", type=Choice(["own", "within", "across"]), help="Of one mouth, within one side, or across.")
@click.option("--certain", is_flag=True, help="Only the certain ones.")
@click.option("--pairs", is_flag=True, help="Pair by pair instead of question by question.")
@click.option("--limit", type=click.IntRange(min=0), help="Show so many at most; 0 shows all.")
@click.option("--fail-on", type=Choice(["certain", "any"]), help="Exit 1 where there are such contradictions.")
@format_option("text", "json", "jsonl", "csv", "markdown")
@click.pass_obj
def command(folder: str | None, form: str, kind: str | None, relation: str | None, certain: bool, pairs: bool, limit: int | None, fail_on: str | None, **asked: Any) -> int:
    """Where claims contradict each other: question by question, the positions side by side with their quotes."""
    ledger, _ = open_ledger(folder)
    wanted = filter_of(asked, ledger)
    left_out = excluded(ledger)
    findings = find_conflicts(ledger, left_out, as_of(asked))
    seeds = {file.path: file.seed_name for file in ledger.files}
    times = times_by_claim(readings(part_takers(ledger, left_out, as_of(asked))[0], ledger.vocabulary)) if wanted.has_dates() else {}
    found = [
        conflict
        for conflict in findings.conflicts
        if conflict_matches(conflict, wanted, ledger.vocabulary, seeds, times)
        and (kind is None or conflict.kind == kind)
        and (relation is None or conflict.relation == relation)
        and (not certain or conflict.strength == "certain")
    ]
    pages = Pages.of(ledger)
    asked_for = [question for conflict in found for question in questions([conflict], ledger.vocabulary)] if pairs else questions(found, ledger.vocabulary)
    for piece in _written(form, found, asked_for, findings, pages, limit):
        sys.stdout.write(piece)
    failing = any(fail_on == "any" or conflict.strength == "certain" for conflict in found)
    return 1 if fail_on is not None and failing else 0


def _written(form: str, found: list[Conflict], asked_for: list[Question], findings: Any, pages: Pages, limit: int | None) -> Iterable[str]:
    """The answer in the format asked for, in pieces."""
    most = limit or None
    if form == "json":
        return render.to_json(found, asked_for, findings, pages, limit)
    if form == "jsonl":
        return render.to_jsonl(found[:most], pages)
    if form == "csv":
        return render.to_csv(found[:most], pages)
    if form == "markdown":
        return render.to_markdown(asked_for[:most], findings, pages)
    columns = width()
    if columns is None:
        return render.to_text(asked_for[:most], findings, pages)
    from ledger.render.tables import conflicts_table

    return conflicts_table(asked_for, findings, pages, columns, wants_colour(), ON_A_TERMINAL if limit is None else limit)
