"""A good ledger broken by hand is reported, or shown as a change; `tests/prove/prove_mutations.py` is the long run."""

from __future__ import annotations

import random

import prove_mutations
import pytest
from prove_mutations import Mutation, before, ends_well, good_ledgers, mutated, outcome, tried


@pytest.mark.parametrize("part", range(2))
def test_nothing_slips_through(part: int) -> None:
    counts, _, wrong = tried(150, f"test {part}")
    assert not wrong, wrong[0]
    assert counts["reported at its line"] > 45 and counts["slipped"] == 0


def test_every_way_to_break_a_ledger_is_used() -> None:
    rng = random.Random(1)
    names = {mutated(rng, good_ledgers()[1].files).name for _ in range(2_000)}
    assert len(names) >= 45


@pytest.mark.parametrize(
    "old, new, became",
    [
        ("said: 2025-03-10", "said: 2025-03-32", "reported at its line"),
        ("said: 2025-03-10", "said: 2025-03-01", "shown as a change"),
        ("said: 2025-03-10", "said:   '2025-03-10'  # so", "without meaning"),
        ("title: A week", "title: Two weeks", "shown as a change"),
        ("claimant: council", "claimant: ministry", "shown as a change"),
        ("quote: lorries run", "quote: lоrries run", "reported at its line"),
    ],
)
def test_each_kind_of_outcome(old: str, new: str, became: str) -> None:
    known = next(
        ledger for ledger in good_ledgers() if "claims/text.yaml" in ledger.files and b"other.txt" not in ledger.files["claims/text.yaml"]
    )
    text = known.files["claims/text.yaml"].decode()
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    changed = Mutation("by hand", "claims/text.yaml", line, {**known.files, "claims/text.yaml": text.replace(old, new, 1).encode()})
    assert outcome(known, changed) == became and ends_well(changed) == ""


def test_what_slips_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where review shows nothing and the list of claims is always the same, another day is told as a change that slipped."""
    monkeypatch.setattr(prove_mutations, "is_shown", lambda found: False)
    monkeypatch.setattr(prove_mutations, "records_of", lambda files: "")
    known = before(good_ledgers()[1].files)
    text = known.files["claims/text.yaml"].replace(b"said: 2025-03-10", b"said: 2025-03-01", 1)
    assert outcome(known, Mutation("by hand", "claims/text.yaml", 12, {**known.files, "claims/text.yaml": text})) == "slipped"
