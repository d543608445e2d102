"""The engine against the oracle on random ledgers: every pair, kind, relation, strength, place, property and subject.

`python tests/prove/prove.py 200000` is the long run.
"""

from __future__ import annotations

import random
from itertools import permutations

import prove
import pytest
from bridge import SEARCHES, valid_ledger_of
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_strategies import FIRST_DAY, ledgers, random_ledger
from prove import Case, Compared, compared, disagreement, shrunk, smaller

from ledger.conflicts import Conflict, find_conflicts
from ledger.conflicts.reasons import reason
from ledger.conflicts.why import decide
from ledger.model import Ledger

SEED = "the proof"


@pytest.mark.parametrize("part", range(6))
def test_engine_and_oracle_agree_on_random_ledgers(part: int) -> None:
    done = compared(f"{SEED} {part}", 500)
    assert not done.disagreements, disagreement(shrunk(done.disagreements[0]))
    assert done.pairs > 5_000 and done.found > 700  # it is no proof of silence


@pytest.mark.parametrize("search", SEARCHES)
@given(plain=ledgers(), as_of=st.none() | st.dates(FIRST_DAY, FIRST_DAY.replace(month=3, day=20)).map(str))
@settings(max_examples=80, deadline=None)
def test_engine_and_oracle_agree_on_drawn_ledgers(search: str, plain: prove.Record, as_of: str | None) -> None:
    differing = disagreement(Case(plain, as_of, search))
    assert not differing, differing


def facts(conflict: Conflict | None) -> object:
    """What is told of a conflict, whichever claim met the other."""
    return conflict._replace(verdict=None) if conflict is not None else None


def test_of_pairs_that_are_asked_for_the_same_is_found() -> None:
    rng = random.Random(SEED)
    met = 0
    for _ in range(250):
        ledger = valid_ledger_of(random_ledger(rng))
        ids = [claim.id for claim in ledger.claims()]
        pairs = {frozenset(rng.sample(ids, 2)) for _ in range(12)} if len(ids) > 1 else set()
        whole = {frozenset(conflict.ids): conflict for conflict in find_conflicts(ledger).conflicts}
        asked = {frozenset(conflict.ids): conflict for conflict in find_conflicts(ledger, pairs=pairs).conflicts}
        for pair in pairs:
            assert facts(whole.get(pair)) == facts(asked.get(pair))
            met += pair in whole
    assert met > 100


def test_every_pair_can_be_asked_for() -> None:
    """Also when nothing was found (DESIGN, "Verdict"): whichever claim is named first, and of a contradiction with its reason."""
    rng = random.Random(SEED)
    kinds = set()
    for _ in range(150):
        ledger = valid_ledger_of(random_ledger(rng))
        findings = find_conflicts(ledger)
        conflicts = {conflict.ids: conflict for conflict in findings.conflicts}
        for one, other in permutations(ledger.claims(), 2):
            conflict = conflicts.get((min(one.id, other.id), max(one.id, other.id)))
            decision = decide(one, other, ledger, findings, conflict)
            found_by_rule = conflict is not None and not conflict.is_tension  # a tension is a person's note, and no contradiction
            assert decision.contradict == found_by_rule and decision.sentence and decision.steps
            assert conflict is None or reason(conflict, ledger.vocabulary) in decision.sentence
            kinds.add(conflict.kind if conflict else "none")
    assert kinds == {"denial", "figure", "exclusive", "tension", "none"}


def test_a_disagreement_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """With an engine that never calls a figure certain, the proof fails, and shows little more than the two claims."""

    def timid(case: Case, ledger: Ledger | None = None) -> list[prove.Record]:
        return [entry | ({"strength": "possible"} if entry["kind"] == "figure" else {}) for entry in engine(case, ledger)]

    engine = prove.engine_verdicts
    monkeypatch.setattr(prove, "engine_verdicts", timid)
    done = compared(SEED, 200)
    assert isinstance(done, Compared) and done.disagreements
    small = shrunk(done.disagreements[0])
    assert not any(prove.still_disagrees(case) and len(str(case)) < len(str(small)) for case in smaller(small))
    assert sum(len(file["claims"]) for file in small.ledger["files"]) == 2 and len(small.ledger["vocabulary"]["properties"]) == 1
    shown = disagreement(small)
    assert '"strength": "certain"' in shown and '"strength": "possible"' in shown and '"claims"' in shown
