"""`ledger conflicts`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import click

from ledger.answers.filters import conflict_matches, crowd_asked_for
from ledger.commands.engines import Answers, Held, Spreading, engine_options
from ledger.commands.opening import Source, ledger_around
from ledger.commands.options import Choice, as_of, cache_option, filter_of, filter_options, format_option, reads_a_ledger
from ledger.commands.outputs import wants_colour, width, write_beside
from ledger.commands.pager import paged
from ledger.commands.several import merged_ledger, of_several_ledgers, refuse_one_and_several
from ledger.conflicts import Conflict, Findings
from ledger.conflicts.finder import every_conflict
from ledger.conflicts.questions import Question, questions, severity
from ledger.conflicts.search.counting import MANY
from ledger.render import conflicts as render
from ledger.render.apart import line_apart
from ledger.render.blocks import Pages, absences, around_words, ledger_for, overview, parted_words, summary, vast_questions
from ledger.render.check import for_people
from ledger.texts.display import count_of

BRIEF = 100  # lines of --brief shown there at most
ON_A_TERMINAL = 20  # questions (or pairs) shown there at most, unless --limit says otherwise
PAIRS_IN_A_PIPE = 1000  # shown of the pairs of questions with very many, unless --limit says otherwise


@click.command("conflicts")
@filter_options
@click.option(
    "--kind", type=Choice(["denial", "figure", "exclusive", "tension"]), help="Only what is of this kind; a tension is what a person noted."
)
@click.option(
    "--relation",
    type=Choice(["relayed", "own", "within", "across"]),
    help="Of one mouth (perhaps one saying relayed in two ways, or its own), within one side, or across.",
)
@click.option("--certain", is_flag=True, help="Only the certain ones.")
@click.option(
    "--open",
    "unsettled",
    is_flag=True,
    help="Without those that a resolution explains or calls superseded, and those of a claim that was corrected.",
)
@click.option("--pairs", is_flag=True, help="Pair by pair instead of question by question.")
@click.option("--brief", is_flag=True, help="One line a contradiction.")
@click.option("--full", is_flag=True, help="On a terminal: all of every question, however long.")
@click.option("--limit", type=click.IntRange(min=0), help="Show so many at most; 0 shows all.")
@click.option(
    "--fail-on",
    type=Choice(["certain", "any"]),
    help="Exit 1 where there are such contradictions (tensions are none), or a file or a claim took no part for a defect.",
)
@of_several_ledgers
@engine_options
@format_option("text", "json", "jsonl", "csv", "markdown")
@cache_option()
@reads_a_ledger
@paged
def command(
    source: Source,
    /,
    form: str,
    kind: str | None,
    relation: str | None,
    certain: bool,
    unsettled: bool,
    pairs: bool,
    brief: bool,
    full: bool,
    limit: int | None,
    fail_on: str | None,
    several: Sequence[str],
    same_places: str | None,
    spreading: Spreading | None,
    use_cache: bool,
    **asked: Any,
) -> int:
    """Where claims contradict each other: question by question, the most serious first, who said what in which words and what
    contradicts what."""
    if brief and form not in ("text", "markdown"):
        raise click.UsageError(f"`--brief` is for people: `--format {form}` has each contradiction by itself")
    day = as_of(asked)  # (how many were said later is counted in the whole ledger)
    refuse_one_and_several(source, several, same_places)
    if several:
        answers: Answers = spreading.over(source, several, same_places) if spreading else Held(*merged_ledger(several, same_places))
    else:
        held = Held(*ledger_around(source, asked["town"] if day is None else None, use_cache))
        answers = spreading.within(source, held) if spreading else held
    ledger = answers.ledger
    wanted = filter_of(asked, ledger)
    ledger = ledger_for(form, ledger)
    vocabulary = ledger.vocabulary
    streamed = form in ("csv", "jsonl") and fail_on is None  # (gathered only where its number decides how the run ends)
    findings = answers.findings(wanted, day, streamed)
    seeds = {file.path: file.seed_name for file in ledger.files}
    times = answers.times(findings, day) if wanted.has_dates() else {}

    pages = answers.pages(findings)._replace(ledger=ledger)
    settled = {ids for ids, resolved in pages.resolutions.items() if resolved.settles}

    def asked_for(conflict: Conflict) -> bool:
        return (
            conflict_matches(conflict, wanted, vocabulary, seeds, times)
            and (kind is None or conflict.kind == kind)
            and (relation is None or conflict.relation == relation)
            and (not certain or conflict.strength == "certain")
        )

    def matches(conflict: Conflict) -> bool:
        return not (unsettled and (conflict.ids in settled or conflict.corrections)) and asked_for(conflict)

    all_found = [] if streamed else findings.conflicts
    # (those with a resolution or a correction are always among the conflicts that are listed)
    left_out = [conflict for conflict in all_found if asked_for(conflict) and not matches(conflict)] if unsettled else []

    pair_by_pair = kind or relation or certain or wanted.claimants or wanted.side or wanted.seed or wanted.has_dates()
    if wanted.places is not None or wanted.property is not None or wanted.subject is not None:
        findings = findings._replace(crowds=[crowd for found in findings.crowds if (crowd := crowd_asked_for(found, wanted)) is not None])

    def matching() -> Iterator[Conflict]:
        """Every conflict asked for, by ids: made anew at each call, so that a long answer is never held."""
        return filter(matches, every_conflict(findings, vocabulary))

    # (machines have each question once, with all that is said of it; people have tensions behind all that the rules found)
    listed = [conflict for conflict in all_found if matches(conflict)]
    behind = [conflict for conflict in listed if conflict.is_tension and form != "json"]
    ruled = (conflict for conflict in listed if not conflict.is_tension or form == "json")
    told = form in ("text", "markdown")
    gathered = questions(ruled, vocabulary, [] if streamed else findings.crowds, matches if pair_by_pair else None, told) + questions(
        behind, vocabulary, apart=told
    )
    notes = summary(gathered, findings, pages)
    if pair_by_pair and not streamed:
        notes += vast_questions(findings, pages)
    resolved = [conflict for conflict in left_out if conflict.ids in settled]
    corrected = [conflict for conflict in left_out if conflict.ids not in settled]
    for found, what in ((resolved, "resolution"), (corrected, "correction")):
        if found:
            notes.append(f"left out as settled by a {what}: {parted_words(found)}")
    near = answers.said_around(findings, wanted, day)
    notes += around_words(wanted.place, near, pages)
    if brief:
        for piece in _brief(form, matching, gathered, pages, limit, notes):
            sys.stdout.write(piece)
    for piece in () if brief else _written(form, pairs, matching, gathered, findings, pages, limit, notes, near, full):
        sys.stdout.write(piece)
    if form in ("csv", "jsonl"):
        write_beside(absences(findings, pages))
    failing = sum(question.contradictions if fail_on == "any" else question.certain for question in gathered)
    return 1 if fail_on is not None and (failing or ledger.refusals or findings.left_out) else 0


SORTED = 100_000  # contradictions that are sorted by how serious they are: of more, each is told as it comes


def _brief(
    form: str, matching: Callable[[], Iterator[Conflict]], gathered: list[Question], pages: Pages, limit: int | None, notes: list[str]
) -> Iterator[str]:
    """One line a contradiction, the most serious first."""
    columns = width() if form == "text" else None
    total = sum(question.pairs for question in gathered)
    ordered = iter(sorted(matching(), key=severity)) if total <= SORTED else matching()
    most = (BRIEF if limit is None and columns is not None else limit) or None
    if most is not None and most < total:
        notes = [*notes, f"shown: {count_of(most, 'pair')} of {count_of(total, 'pair')}; --limit 0 shows all"]
    lines = render.to_brief(islice(ordered, most), notes, pages)
    if columns is None:
        mark = render.markdown_text if form == "markdown" else for_people
        yield from (f"{'- ' if form == 'markdown' else ''}{mark(render.line_text(line_apart(line)))}\n" for line, _ in lines)
        return
    from ledger.render.tables import flowing

    yield flowing(lines, columns, wants_colour())


def _written(
    form: str,
    pairs: bool,
    matching: Callable[[], Iterator[Conflict]],
    gathered: list[Question],
    findings: Findings,
    pages: Pages,
    limit: int | None,
    notes: list[str],
    near: list[tuple[str, int]],
    full: bool,
) -> Iterable[str]:
    """The answer in the format asked for, in pieces."""
    if form == "json":
        return render.to_json(matching(), sum(question.pairs for question in gathered), gathered, findings, pages, limit, near)
    if form == "jsonl":
        return render.to_jsonl(islice(matching(), limit or None), pages)
    if form == "csv":
        return render.to_csv(islice(matching(), limit or None), pages)
    columns = width() if form == "text" else None
    most = (ON_A_TERMINAL if limit is None and columns is not None else limit) or None
    if pairs:
        total = sum(question.pairs for question in gathered)
        if limit is None and columns is None and total > MANY:
            most = PAIRS_IN_A_PIPE
        ordered = chain(
            (conflict for conflict in matching() if not conflict.is_tension), (conflict for conflict in matching() if conflict.is_tension)
        )
        shown: Iterable[Question] = (
            question for conflict in islice(ordered, most) for question in questions([conflict], pages.ledger.vocabulary)
        )
        if most is not None and most < total:
            notes.append(f"shown: {count_of(most, 'pair')} of {count_of(total, 'pair')}; --limit 0 shows all, --format jsonl streams them")
    else:
        shown = gathered[:most]
        if most is not None and most < len(gathered):
            notes.append(
                f"shown: {most} of {count_of(len(gathered), 'question')}; --limit 0 shows all, --town and the other filters choose"
            )
    if form == "markdown":
        return render.to_markdown(shown, notes, pages)
    if columns is None:
        return render.to_text(shown, notes, pages)
    from ledger.render.tables import conflicts_told

    places = overview(gathered, pages) if most is not None and most < len(gathered) and not pairs else []
    return conflicts_told(shown, places, notes, pages, columns, wants_colour(), full)
