"""The random ledgers on which oracle and engine are held against each other: they are valid, and reach the rules."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from ledger_coverage import coverage
from ledger_strategies import ledgers, random_as_of, random_ledger
from oracle import verdicts
from oracle_ranges import figures, one_day, written_date

Record = dict[str, Any]


def assert_valid(made: Record) -> None:
    """Hold a ledger against what sections 2 and 4 refuse."""
    vocabulary, claims = made["vocabulary"], [claim for file in made["files"] for claim in file["claims"]]
    properties, ids = vocabulary["properties"], [claim["id"] for claim in claims]
    assert len(set(ids)) == len(ids) and 2 <= len(ids) <= 26
    for name, prop in properties.items():
        assert sum(kind in prop for kind in ("values", "quantity", "date", "event", "text")) == 1
        allowed = {"compatible": {"values"}, "parts": {"values", "event"}, "implies": {"values", "event"}}
        allowed |= {"tolerance": {"quantity"}, "cumulative": {"quantity"}, "once": {"event"}}
        assert all(kinds & prop.keys() for option, kinds in allowed.items() if option in prop)
        assert not ("timeless" in prop and {"event", "cumulative", "lasts"} & prop.keys())
        assert not ("once" in prop and "lasts" in prop)
        told = prop.get("implies") or []
        assert isinstance(told, dict if "values" in prop else list) or not told
        for item in [item for items in told.values() for item in items] if isinstance(told, dict) else told:
            other = properties[item["property"]]
            assert list(properties).index(item["property"]) > list(properties).index(name)  # no circles
            assert item["value"] in other["values"] and "timeless" not in other
            assert "subjects" not in other or "subjects" in prop
            assert "extent" in item or not ("parts" in other and item.get("stance") == "denies")
    for file in made["files"]:
        assert all(set(tension["claims"]) <= set(ids) for tension in file.get("tensions", ()))
        for claim in file["claims"]:
            prop, holds, stance = properties[claim["property"]], claim.get("holds"), claim.get("stance", "asserts")
            assert one_day(claim["said"]).first <= one_day(file["published"]).last
            assert ("value" in claim) == ("event" not in prop) and ("subject" in claim) == ("subjects" in prop)
            assert claim["id"] not in claim.get("disputes", ()) and set(claim.get("disputes", ())) <= set(ids)
            assert "extent" not in claim or ("values" in prop and "parts" in prop)
            if stance == "denies" and "values" in prop and "parts" in prop:
                assert claim["extent"] in ("all", "most", "part") or claim["extent"].startswith(">=")
            if "quantity" in prop:
                assert figures(claim["value"])
            first, _, last = (holds or "").partition("/")
            assert not (holds and "timeless" in prop)
            if "event" in prop:
                assert last != ".." and not (stance == "denies" and last)
            if first not in ("", "..") and last not in ("", ".."):
                assert written_date(last).last >= written_date(first).first


def test_random_ledgers_are_valid_and_reach_the_rules() -> None:
    rng = random.Random(7)
    for _ in range(300):
        made = random_ledger(rng)
        assert_valid(made)
        verdicts(made, random_as_of(rng))
    report = coverage(2000, 7)
    for reached in ("handed over", "cut by a next word", "says on", "rules, several ways", "figure possible, implied"):
        assert reached in report, report


@given(ledgers())
@settings(max_examples=50, deadline=None)
def test_drawn_ledgers_are_valid(made: Record) -> None:
    assert_valid(made)
    entries = verdicts(made)
    assert entries == sorted(entries, key=lambda entry: entry["claims"])
