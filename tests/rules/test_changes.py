"""One character changed in a quote or its seed is found, unless the quote still stands; `tests/prove/prove_changes.py` is the long run."""

from __future__ import annotations

import prove_changes
import pytest
from prove_changes import Change, tried, why_wrong

from ledger.texts.seeds import Seed

SEED = "The town of Millbrook is “held” by the east.\n\nSo it is said.\n"


@pytest.mark.parametrize("part", range(2))
def test_changes_are_found(part: int) -> None:
    counts, wrong = tried(200, f"test {part}")
    assert not wrong, wrong[0]
    assert counts["of the quote"] > 50 and counts["of the seed"] > 50


@pytest.mark.parametrize(
    "quote",
    ["town of Millbrook", "town of Mil1brook", "town of Μillbrook", "is 'held' by", "is held by", "t", "is said", "toẃn", "east. So"],
)
def test_each_kind_of_answer(quote: str) -> None:
    assert not why_wrong(Change("quote", SEED, quote, (SEED, "town of Millbrook")))


def test_a_change_that_is_not_found_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a finder that forgives the case of letters."""
    find = Seed.find
    monkeypatch.setattr(Seed, "find", lambda seed, quote, *beside: find(seed, quote.lower().replace("m", "M"), *beside))
    assert why_wrong(Change("quote", SEED, "town of MILLbrook", (SEED, "town of Millbrook"))) == "['Q301'] expected, [] found"
    assert prove_changes.tried(100, "told")[1]
