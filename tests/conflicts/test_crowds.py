"""Questions whose pairs are counted say the same as questions whose pairs are listed."""

from __future__ import annotations

import random
from typing import Any

from bridge import engine_verdicts, ledger_of
from crowds import crowded
from ledger_strategies import random_ledger

from ledger.conflicts import find_conflicts
from ledger.conflicts.finder import conflicts_of, every_conflict
from ledger.conflicts.questions import Question, questions
from ledger.rules import excluded


def facts(found: list[Question]) -> list[Any]:
    """What a question says, without the days of its links."""
    return [
        (
            question.place,
            question.property,
            question.subject,
            sorted((position.words, tuple(claim.id for claim in position.claims)) for position in question.positions),
            sorted(
                (
                    sorted((question.positions[link.one].words, question.positions[link.other].words)),
                    link.kind,
                    link.pairs,
                    link.certain,
                    link.own,
                    link.example.ids,
                )
                for link in question.links
            ),
        )
        for question in found
    ]


def test_counting_and_listing_agree() -> None:
    rng = random.Random(20251122)
    counted = 0
    for _ in range(250):
        ledger = ledger_of(crowded(rng))
        left_out = excluded(ledger)
        listed = find_conflicts(ledger, left_out, many=10**12)
        apart = find_conflicts(ledger, left_out, many=0)
        counted += len(apart.crowds)
        assert not listed.crowds
        assert [c.ids for c in every_conflict(apart, ledger.vocabulary)] == [c.ids for c in listed.conflicts]
        assert [c[2:8] for c in every_conflict(apart, ledger.vocabulary)] == [c[2:8] for c in listed.conflicts]
        assert facts(questions(listed.conflicts, ledger.vocabulary)) == facts(questions(apart.conflicts, ledger.vocabulary, apart.crowds))
    assert counted > 200


def test_the_conflicts_of_one_claim_are_found_in_a_crowd() -> None:
    rng = random.Random(7)
    for _ in range(30):
        ledger = ledger_of(crowded(rng))
        left_out = excluded(ledger)
        listed = find_conflicts(ledger, left_out, many=10**12)
        apart = find_conflicts(ledger, left_out, many=0)
        for claim in ledger.claims():
            wanted = [conflict.ids for conflict in listed.conflicts if claim.id in conflict.ids]
            assert [conflict.ids for conflict in conflicts_of(claim, apart, ledger.vocabulary)] == wanted


def test_small_groups_and_large_ones_are_searched_alike(monkeypatch: Any) -> None:
    rng = random.Random(3)
    plain = [random_ledger(rng) for _ in range(400)]
    few = [engine_verdicts(each) for each in plain]
    monkeypatch.setattr("ledger.conflicts.search.candidates.FEW", 0)
    assert [engine_verdicts(each) for each in plain] == few
