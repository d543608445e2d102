"""The random ledgers on which oracle and engine are held against each other: they are valid, and reach the rules."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from ledger_coverage import LEAVING_OUT, WITHOUT, coverage
from ledger_strategies import ALL, OLD, corrections_stand, ledgers, random_as_of, random_ledger
from oracle import verdicts
from oracle_ranges import figures, one_day, said_days, written_date

Record = dict[str, Any]


def assert_valid(made: Record) -> None:
    """Hold a ledger against what sections 2 and 4 refuse."""
    vocabulary, claims = made["vocabulary"], [claim for file in made["files"] for claim in file["claims"]]
    properties, ids = vocabulary["properties"], [claim["id"] for claim in claims]
    assert len(set(ids)) == len(ids) and 2 <= len(ids) <= 26
    for name, prop in properties.items():
        assert sum(kind in prop for kind in ("values", "quantity", "date", "event", "text")) == 1
        allowed = {"compatible": {"values"}, "parts": {"values", "event", "quantity"}, "implies": {"values", "event"}}
        allowed |= {"tolerance": {"quantity"}, "cumulative": {"quantity"}, "part-of": {"quantity"}, "once": {"event"}}
        assert all(kinds & prop.keys() for option, kinds in allowed.items() if option in prop)
        assert not ("timeless" in prop and {"event", "cumulative", "lasts"} & prop.keys())
        assert not ("once" in prop and "lasts" in prop)
        if "part-of" in prop:
            whole = properties[prop["part-of"]]
            assert list(properties).index(prop["part-of"]) < list(properties).index(name)  # no circles
            assert all(prop.get(option) == whole.get(option) for option in ("quantity", "cumulative", "timeless", "subjects"))
        told = prop.get("implies") or []
        assert isinstance(told, dict if "values" in prop else list) or not told
        for item in [item for items in told.values() for item in items] if isinstance(told, dict) else told:
            other = properties[item["property"]]
            assert list(properties).index(item["property"]) > list(properties).index(name)  # no circles
            assert item["value"] in other["values"] and "timeless" not in other
            assert "subjects" not in other or "subjects" in prop
            assert "extent" in item or not ("parts" in other and item.get("stance") == "denies")
    assert corrections_stand(made)
    for file in made["files"]:
        assert all(set(tension["claims"]) <= set(ids) for tension in file.get("tensions", ()))
        for claim in file["claims"]:
            prop, holds, stance = properties[claim["property"]], claim.get("holds"), claim.get("stance", "asserts")
            said = said_days(claim["said"], file["published"])
            assert said.may.first <= said.own.first <= said.own.last <= one_day(file["published"]).last
            assert set(claim.get("via", ())) <= set(vocabulary["claimants"])
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


@pytest.mark.parametrize("features", [OLD, ALL], ids=["old", "all"])
def test_random_ledgers_are_valid_and_reach_the_rules(features: frozenset[str]) -> None:
    rng = random.Random(7)
    for _ in range(300):
        made = random_ledger(rng, features)
        assert_valid(made)
        verdicts(made, random_as_of(rng))
    report = coverage(1200, 7, features)
    expected = ["handed over", "cut by a next word", "says on", "rules, several ways", "figure possible, implied", "relayed: in two seeds"]
    if features:
        expected += [f"decides: {name}" for name in (*LEAVING_OUT, *WITHOUT)]
    for reached in expected:
        assert reached in report, (reached, report)


def test_a_correction_may_not_stand_in_a_circle_nor_be_of_another_mouth() -> None:
    claimants = {"ministry": {}, "spokesman": {"of": "ministry"}, "source": {"kind": "unnamed"}}

    def stands(*claims: Record, published: str = "2025-11-30", publishers: tuple[str, ...] = ()) -> bool:
        """Whether corrections stand among claims c1, c2, ..., each in its own file where these name publishers."""
        written = [{"id": f"c{number}", "claimant": "ministry", "said": "2025-11-10"} | claim for number, claim in enumerate(claims, 1)]
        files: list[Record] = [{"published": published, "claims": written}]
        if publishers:
            heads = [{"publisher": name} if name else {} for name in publishers]
            files = [{"published": published, "claims": [claim], **head} for claim, head in zip(written, heads, strict=True)]
        return corrections_stand({"vocabulary": {"claimants": claimants}, "files": files})

    first: Record = {"corrects": ["c2"]}
    assert stands(first, {}) and stands(first | {"claimant": "spokesman"}, {})
    assert not stands(first, {"corrects": ["c1"]}) and not stands({"corrects": ["c1"]})
    assert not stands(first, {"corrects": ["c3"]}, {"corrects": ["c1"]}) and stands(first, {"corrects": ["c3"]}, {})
    assert not stands(first, {"claimant": "source"})
    assert not stands(first | {"said": "2025-11-09"}, {}) and stands(first | {"said": "2025-11-09/2025-11-10"}, {})
    assert stands(first | {"said": "2025-11-01"}, {"said": "../2025-11-10"})
    unnamed = first | {"claimant": "source"}, {"claimant": "source"}
    assert stands(*unnamed)
    assert stands(*unnamed, publishers=("A", "A")) and not stands(*unnamed, publishers=("A", "B"))
    assert not stands(*unnamed, publishers=("", ""))


@given(ledgers(ALL))
@settings(max_examples=50, deadline=None)
def test_drawn_ledgers_are_valid(made: Record) -> None:
    assert_valid(made)
    entries = verdicts(made)
    assert entries == sorted(entries, key=lambda entry: entry["claims"])
