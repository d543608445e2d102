"""Claims as JSON, JSON lines, CSV, Markdown and plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ledger.answers.records import claim_record
from ledger.conflicts.claims_in_words import hedge_words, position_words, question_words, sentence
from ledger.conflicts.reasons import taken_back
from ledger.model import CLAIM_FIELDS, REASONS, Claim
from ledger.render.apart import line_apart
from ledger.render.blocks import Line, Pages, around_record, claim_block, unquoted_record, when
from ledger.render.check import dumps, for_people, inert
from ledger.render.conflicts import csv_cell, line_text, markdown_text
from ledger.texts.directions import isolated
from ledger.texts.display import count_of, one_line


def record(claim: Claim, pages: Pages) -> dict[str, Any]:
    """A claim as machines read it."""
    return claim_record(claim, pages.files[claim.path], pages.ledger)


def to_json(
    claims: Sequence[Claim],
    total: int | None,
    pages: Pages,
    left_out: Collection[tuple[str, int]],
    too_late: int = 0,
    near: Sequence[tuple[str, int]] = (),
) -> Iterator[str]:
    """All claims in pieces; `total` is given where a limit cut them."""
    yield '{"schema_version": 1, "claims": ['
    for number, claim in enumerate(claims):
        yield (",\n" if number else "\n") + dumps({**record(claim, pages), "takes_part": (claim.path, claim.line) not in left_out})
    tail = "" if total is None else f', "total": {total}, "truncated": {"true" if total > len(claims) else "false"}'
    rest = {
        "not_read": [refusal.path for refusal in pages.ledger.refusals],
        "said_too_late": too_late,
        "around": around_record(near),
        **unquoted_record(pages.ledger.files),
    }
    yield f"\n]{tail}, {dumps(rest)[1:]}\n"


def to_jsonl(claims: Sequence[Claim], pages: Pages, left_out: Collection[tuple[str, int]]) -> Iterator[str]:
    """One claim a line."""
    for claim in claims:
        yield dumps({**record(claim, pages), "takes_part": (claim.path, claim.line) not in left_out}) + "\n"


def to_csv(claims: Sequence[Claim], pages: Pages, left_out: Collection[tuple[str, int]]) -> Iterator[str]:
    """One claim a row."""
    columns = [
        *(name for name, field in CLAIM_FIELDS.items() if field.kind != REASONS),
        "side",
        "seed",
        "seed_line",
        "path",
        "line",
        "takes_part",
    ]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for claim in claims:
        row = {**record(claim, pages), "takes_part": "false" if (claim.path, claim.line) in left_out else "true"}
        writer.writerow([csv_cell(" ".join(row[column]) if isinstance(row[column], list) else row[column]) for column in columns])
        yield "".join(map(inert, stream.getvalue().splitlines(keepends=True)))
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()


def question_of(claim: Claim, pages: Pages) -> str:
    """Place, property and subject of a claim in words."""
    return question_words(claim.place, claim.property, claim.subject, pages.ledger.vocabulary)


def to_markdown(claims: Sequence[Claim], pages: Pages) -> Iterator[str]:
    """A table of claims."""
    yield "| question | says | who | when | quote | translation | where |\n|---|---|---|---|---|---|---|\n"
    for claim in claims:
        block = claim_block(claim, pages)
        cells = [
            question_of(claim, pages),
            position_words(claim, pages.ledger.vocabulary),
            line_text(line_apart(block[0])),
            line_text(line_apart(block[1])) if claim.id in pages.corrections else when(claim),
            line_text(block[2]),
            isolated(one_line(claim.translation or "")),
            line_text(line_apart(block[-1])),
        ]
        yield "| " + " | ".join(markdown_text(cell) for cell in cells) + " |\n"


def to_text(claims: Sequence[Claim], pages: Pages) -> Iterator[str]:
    """One line a claim, complete: id, question, what is said, who, when, where, quote."""
    for claim in claims:
        words = sentence(claim, pages.ledger.vocabulary)
        hedge = f" ({hedge_words(claim)})" if claim.hedge else ""
        back = "".join(f", {taken_back(by)}" for _, by in pages.corrections.get(claim.id, ()))
        yield (
            for_people(
                f"{one_line(claim.id)}: {words}{hedge}; {pages.who(claim)}, {when(claim)}{back}; {pages.where(claim)}: {isolated(one_line(claim.quote))}"
            )
            + "\n"
        )
    yield count_of(len(claims), "claim") + "\n"


def lines(claims: Sequence[Claim], pages: Pages) -> Iterator[tuple[Line, int]]:
    """Each claim for a terminal: what it says, who says so and when, the words, and where they stand."""
    for claim in claims:
        yield [(sentence(claim, pages.ledger.vocabulary), "label")], 0
        yield [(pages.who(claim), "who"), (", ", ""), *pages.when(claim)], 2
        yield [(isolated(one_line(claim.quote)), "quote")], 2
        yield [(pages.where(claim), "where"), ("  ", ""), (one_line(claim.id), "id")], 2
        yield [("", "")], 0
