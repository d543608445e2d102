"""What changed since a commit, as a part of a report: told at the top, and marked at each claim and contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import name_of, question_words, sentence
from ledger.model import Claim, Vocabulary
from ledger.render.report.markup import anchored, link, named, pair_anchor, said_of, shown
from ledger.review.compare import Review
from ledger.texts.display import count_of

LISTED = 200  # of each kind; the others are counted


class Since(NamedTuple):
    """What the report is compared with: the name that was typed, its commit, and what leads from there to here."""

    name: str
    commit: str
    review: Review

    def of_claims(self) -> dict[str, str]:
        """How each claim that is there now is marked: `new`, or `changed: value, said`; by id."""
        marks = {}
        for change in self.review.changes:
            if change.after is not None:
                what = {"added": "new", "renamed": f"renamed from {change.before.id}" if change.before is not None else "renamed"}
                marks[change.after.id] = what.get(change.kind) or f"changed: {', '.join(change.fields)}"
        return marks

    def of_pairs(self) -> dict[tuple[str, str], str]:
        """How each contradiction that is there now is marked: `new`, `changed`."""
        found = self.review.conflicts
        return {**{conflict.ids: "new" for conflict in found.opened}, **{pair[1].ids: "changed" for pair in found.altered}}


def changed_lines(since: Since, told: frozenset[str], vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """What changed, kind by kind, each with its lines as HTML; `told` are the anchors of the page."""
    review = since.review
    contradictions, tensions = review.conflicts.parted()
    for words, pairs, here in (
        ("Contradictions that are new", contradictions.opened, True),
        ("Contradictions that are gone", contradictions.closed, False),
        ("Tensions noted", tensions.opened, True),
        ("Tensions no longer noted", tensions.closed, False),
    ):
        yield words, _cut([_pair(conflict, here, told, vocabulary) for conflict in pairs])
    for words, kind in (
        ("Claims removed", "removed"),
        ("Claims changed", "changed"),
        ("Claims renamed", "renamed"),
        ("Claims added", "added"),
    ):
        claims = [(change.after or change.before, change.fields) for change in review.changes if change.kind == kind]
        yield words, _cut([_claim(claim, list(fields) if kind == "changed" else [], told, vocabulary) for claim, fields in claims if claim])
    yield "Sources", _cut([f"{shown(seed.name)}: {shown(seed.kind)}" for seed in review.seeds])
    yield "Not compared", _cut([shown(words) for words in review.unread])


def _cut(lines: list[str]) -> list[str]:
    left = len(lines) - LISTED
    return [*lines[:LISTED], f"and {count_of(left, 'more')}".removesuffix("s")] if left > 0 else lines


def _pair(conflict: Conflict, here: bool, told: frozenset[str], vocabulary: Vocabulary) -> str:
    question = said_of(question_words(conflict.place, conflict.property, conflict.subject, vocabulary))
    anchor = pair_anchor(conflict.ids)
    both = " against ".join(named(name_of(claim, vocabulary)) for claim in (conflict.one, conflict.other))
    return f"{link(anchor, question) if here and anchor in told else question}: {both}"


def _claim(claim: Claim, fields: list[str], told: frozenset[str], vocabulary: Vocabulary) -> str:
    anchor, words = anchored("c", claim.id), f"{named(name_of(claim, vocabulary))}: {said_of(sentence(claim, vocabulary))}"
    return (link(anchor, words) if anchor in told else words) + (f" ({shown(', '.join(fields))})" if fields else "")
