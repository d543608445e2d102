"""Conflicts as plain text for a pipe, as JSON, JSON lines, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from ledger.answers.records import claim_record
from ledger.conflicts import Conflict, Findings
from ledger.conflicts.claims_in_words import name_of, sentence
from ledger.conflicts.questions import Question
from ledger.conflicts.reasons import reason, time_words
from ledger.conflicts.resolutions import Resolved
from ledger.conflicts.search.counting import MANY
from ledger.conflicts.times import Time
from ledger.model import NO_QUOTES, Claim, Vocabulary
from ledger.render.apart import line_apart
from ledger.render.blocks import Line, Pages, around_record, relation_words, resolution_line, unquoted_record
from ledger.render.check import dumps, for_people, inert
from ledger.render.questions import ALL, LINKS, POSITIONS, Measure, question_block, told_together
from ledger.texts.dates import FAR, format_day
from ledger.texts.directions import set_apart
from ledger.texts.display import count_of, one_line, visible
from ledger.texts.phrases import said_words


def conflict_record(conflict: Conflict, pages: Pages) -> dict[str, Any]:
    """One conflict as machines read it (DESIGN section 7), with the rule and the times as they were understood."""
    vocabulary = pages.ledger.vocabulary
    record: dict[str, Any] = {
        "claims": list(conflict.ids),
        "kind": conflict.kind,
        "strength": conflict.strength,
        "relation": conflict.relation,
        "place": conflict.place,
        "property": conflict.property,
        "subject": conflict.subject,
        "reason": reason(conflict, vocabulary),
        "corrected": [list(ids) for ids in conflict.corrected],
        "rule": "disputes" if conflict.disputer else "tension" if conflict.tension is not None else "values",
    }
    resolved = pages.resolutions.get(conflict.ids)
    record["resolution"] = None if resolved is None else resolution_record(resolved)
    if conflict.verdict is not None:
        met = conflict.verdict
        record["times"] = {reading.claim.id: time_record(reading.time) for reading in (met.one, met.other)}
        record["implied"] = {reading.claim.id: list(reading.steps) for reading in (met.one, met.other) if reading.steps}
        record["hangs_on"] = met.hinge or None
        record["settled_by"] = time_words(met, vocabulary) if conflict.strength == "possible" else None
    return record


def resolution_record(resolved: Resolved) -> dict[str, Any]:
    """What a curator worked out about a pair; `current` is false where a claim has changed since."""
    written = resolved.resolution
    return {
        "found": written.found,
        "by": written.by,
        "on": written.on,
        "why": written.why,
        "fingerprint": written.fingerprint,
        "current": resolved.current,
        "path": written.path,
        "line": written.line,
    }


def time_record(time: Time) -> dict[str, Any]:
    """A time as it was understood: each end from the first day to the last it can be; null is without end."""
    return {
        "start": [_day(time.start), _day(time.start_latest)],
        "end": [_day(time.end_earliest), _day(time.end)],
        "presumed_until": _day(time.presumed),
    }


@lru_cache(maxsize=4096)
def _day(number: int) -> str | None:
    """A day as machines read it; None is without end."""
    return None if abs(number) >= FAR or number < 1 else format_day(number)


def question_record(question: Question) -> dict[str, Any]:
    """One question: positions with their claims, and which contradict each other."""
    return {
        "place": question.place,
        "property": question.property,
        "subject": question.subject,
        "pairs": question.pairs,
        "contradictions": question.contradictions,
        "tensions": question.tensions,
        "certain": question.certain,
        "positions": [{"says": position.words, "claims": [claim.id for claim in position.claims]} for position in question.positions],
        "links": [
            {
                "positions": [link.one, link.other] if link.one >= 0 else None,
                "kind": link.kind,
                "pairs": link.pairs,
                "at_least": link.at_least,
                "certain": link.certain,
                "own": link.own,
                "relayed": link.relayed,
                "corrected": link.corrected,
                "first_day": _day(link.first),
                "last_day": _day(link.last),
                "days": link.days,
                "example": list(link.example.ids),
            }
            for link in question.links
        ],
    }


def totals_record(questions: Iterable[Question]) -> dict[str, Any]:
    """How many contradictions there are, and how many tensions were noted behind them; whatever the limit."""
    counted = list(questions)
    certain, total = sum(question.certain for question in counted), sum(question.contradictions for question in counted)
    return {
        "contradictions": total,
        "certain": certain,
        "possible": total - certain,
        "tensions": sum(question.tensions for question in counted),
        "contradictions_are_at_least": any(question.at_least for question in counted),
    }


TENSIONS = "Tensions noted: a person found these at odds, though no rule says so"


def to_json(
    conflicts: Iterable[Conflict],
    total: int,
    questions: list[Question],
    findings: Findings,
    pages: Pages,
    limit: int | None,
    near: list[tuple[str, int]],
) -> Iterator[str]:
    """The whole answer in pieces, so that a long one is never held at once."""
    shown = 0
    claims: dict[str, Claim] = {}
    yield '{"schema_version": 1, "conflicts": ['
    for conflict in islice(conflicts, limit or None):
        yield (",\n" if shown else "\n") + dumps(conflict_record(conflict, pages))
        shown += 1
        claims[conflict.one.id], claims[conflict.other.id] = conflict.one, conflict.other
    tail: dict[str, Any] = {
        "left_out": sorted({claim.id for claim in findings.left_out if claim.id}),
        "left_out_without_id": [{"path": claim.path, "line": claim.line} for claim in findings.left_out if not claim.id],
        "not_read": [refusal.path for refusal in pages.ledger.refusals],
        "said_too_late": len(findings.too_late),
        "totals": totals_record(questions),
        "around": around_record(near),
        "questions": [question_record(question) for question in questions],
        "claims": {name: claim_record(claims[name], pages.files[claims[name].path], pages.ledger) for name in sorted(claims)},
    }
    tail |= unquoted_record(pages.ledger.files)
    if limit is not None:
        tail["total"] = total
        tail["total_is_at_least"] = any(question.at_least for question in questions)
        tail["truncated"] = total > shown
    yield "\n], " + dumps(tail)[1:] + "\n"


KNOWN = 5_000  # claims that are kept while lines are written


def to_jsonl(conflicts: Iterable[Conflict], pages: Pages) -> Iterator[str]:
    """One conflict a line, with both claims as they are written."""
    known: dict[str, str] = {}  # (most claims have several conflicts, not far from each other)

    def told(claim: Claim) -> str:
        text = known.get(claim.id)
        if text is None:
            record = claim_record(claim, pages.files[claim.path], pages.ledger)
            text = known[claim.id] = dumps({claim.id: record})[1:-1]
        return text

    unquoted = dumps({"quotes": NO_QUOTES})[1:-1] + ", "
    for conflict in conflicts:
        if len(known) > KNOWN:
            known.clear()
        record = dumps(conflict_record(conflict, pages))[:-1]
        note = "" if conflict.one.quote and conflict.other.quote else unquoted
        yield f'{record}, {note}"both": {{{told(conflict.one)}, {told(conflict.other)}}}}}\n'


CLAIMS_OF_A_CROWD = 20  # printed of one position where a question has very many contradictions; the others are counted
COLUMNS = ("place", "property", "subject", "kind", "strength", "relation", "reason")
CLAIM_COLUMNS = (
    "id",
    "claimant",
    "side",
    "stance",
    "value",
    "extent",
    "said",
    "holds",
    "hedge",
    "quote",
    "translation",
    "seed",
    "seed_line",
)


def csv_cell(value: object) -> str:
    """A value on one line that no spreadsheet takes for a formula, and no CI runner for a command."""
    text = "" if value is None else visible(" ".join(str(value).splitlines())).replace("##[", "## [")
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def to_csv(conflicts: Iterable[Conflict], pages: Pages) -> Iterator[str]:
    """One conflict a row, both claims beside each other."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")

    def row(cells: list[object]) -> str:
        stream.seek(0)
        stream.truncate()
        writer.writerow([csv_cell(cell) for cell in cells])
        return inert(stream.getvalue())

    yield row([*COLUMNS, *(f"{column}_{side}" for side in ("a", "b") for column in CLAIM_COLUMNS), "resolution", "corrected"])
    for conflict in conflicts:
        record = conflict_record(conflict, pages)
        cells: list[object] = [record[column] for column in COLUMNS]
        for claim in (conflict.one, conflict.other):
            claimed = claim_record(claim, pages.files[claim.path], pages.ledger)
            claimed["quote"] = claimed["quote"] or f"quotes: {NO_QUOTES}"
            cells += [claimed[column] for column in CLAIM_COLUMNS]
        resolved = pages.resolutions.get(conflict.ids)
        cells.append("" if resolved is None else line_text(resolution_line(resolved)).strip())
        yield row([*cells, " ".join(f"{name}/{by}" for name, by in conflict.corrected)])


def line_text(line: Line) -> str:
    """A line without its roles."""
    return "".join(text for text, _ in line)


def to_text(questions: Iterable[Question], notes: list[str], pages: Pages) -> Iterator[str]:
    """Every question with its positions and claims, complete and unwrapped, those of tensions behind their heading: for a pipe."""
    for question, places, heading in with_heading(questions):
        measure = Measure(claims=CLAIMS_OF_A_CROWD) if question.pairs > MANY else ALL
        lines = [heading, ""] if heading else []
        lines += [" " * indent + line_text(line_apart(line)) for line, indent in question_block(question, pages, measure, places)]
        lines += [f"  {line}" for line in not_shown(question)]
        yield "\n".join(inert(line) for line in lines) + "\n\n"
    yield "\n".join(map(for_people, notes)) + "\n"


def to_brief(conflicts: Iterable[Conflict], notes: list[str], pages: Pages) -> Iterator[tuple[Line, int]]:
    """One line a contradiction, then the notes."""
    for conflict in conflicts:
        yield brief_line(conflict, pages), 0
    yield from (([(note, "")], 0) for note in notes)


def brief_line(conflict: Conflict, pages: Pages) -> Line:
    """`denial, certain, across sides: Russia does not hold all of Kupiansk (Ukrainian army, about 2025-11-21) against ...`, with the ids."""
    vocabulary = pages.ledger.vocabulary
    said = [
        f"{sentence(claim, vocabulary)} ({name_of(claim, vocabulary)}, {said_words(claim.said)})"
        for claim in (conflict.one, conflict.other)
    ]
    relation = relation_words(conflict, vocabulary)
    facts = "tension noted" if conflict.is_tension else f"{conflict.kind}, {conflict.strength}" + (f", {relation}" if relation else "")
    role = "tension" if conflict.is_tension else conflict.strength
    names = f"{one_line(conflict.one.id)} {one_line(conflict.other.id)}"
    return [(facts, role), (f": {said[0]} against {said[1]} ", ""), (names, "id")]


def with_heading(questions: Iterable[Question]) -> Iterator[tuple[Question, tuple[str, ...], str]]:
    """Each question with the places of which it is told, the first one of tensions with the heading that sets these apart. A list may have
    questions that are told as one; what comes one by one (pair by pair, without an end) is not held."""
    known = isinstance(questions, list)
    count = f" ({sum(question.tensions for question in questions)})" if known else ""
    begun = False
    for question, places in told_together(questions) if known else ((question, ()) for question in questions):
        yield question, places, TENSIONS + count if question.tensions and not begun else ""
        begun = begun or question.tensions > 0


def not_shown(question: Question) -> list[str]:
    """What people's formats leave out of a question with very many positions."""
    lines = []
    if len(question.positions) > POSITIONS:
        lines.append(f"... and {count_of(len(question.positions) - POSITIONS, 'more position')}: the machine formats list all")
    if len(question.links) > LINKS:
        lines.append(f"... and {count_of(len(question.links) - LINKS, 'more pair')} of positions: the machine formats list all")
    return lines


def markdown_text(text: str) -> str:
    """A text that stays text in Markdown: no markup, link, image, mention, reference or HTML."""
    shown = set_apart(one_line(text)).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "`*_{}[]()#+!|~$=":
        shown = shown.replace(sign, "\\" + sign)
    shown = shown.replace("@", "@\u2060").replace("://", ":\u2060//").replace("www.", "www\u2060.")
    shown = re.sub(r"(\\#|\bGH-)(?=[0-9])", "\\1\u2060", shown, flags=re.IGNORECASE)  # else a service makes them links to its issues
    return re.sub(r"^(\d*)([-.)])", r"\1\\\2", shown)


def to_markdown(questions: Iterable[Question], notes: list[str], pages: Pages) -> Iterator[str]:
    """Every question as a heading, its positions as a list, its contradictions behind them; tensions behind a heading of theirs."""
    for question, places, heading in with_heading(questions):
        yield f"### {markdown_text(heading)}\n\n" if heading else ""
        (first, _), *rest = question_block(question, pages, ALL, places)
        written = f"### {markdown_text(line_text(line_apart(first)))}\n\n"
        for line, indent in rest:
            text = markdown_text(line_text(line_apart(line)).strip())
            depth = 0 if indent <= 2 else 1 if line[0][1] in ("day", "more", "label", "id") and line[-1][1] != "id" else 2
            written += f"{'  ' * depth}- {text}\n"
        yield written
        yield "".join(f"- {markdown_text(line)}\n" for line in not_shown(question))
        yield "\n"
    yield "\n".join(markdown_text(line) for line in notes) + "\n"


def pair_heading(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """`denial, certain, across sides`."""
    return ", ".join(filter(None, (conflict.kind, conflict.strength, relation_words(conflict, vocabulary))))
