"""The filters that `claims` and `conflicts` share: places by any name, whoever speaks for a claimant, times that touch."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run
from small import CLAIMS, could_not_run, file_of, ledger_at


def data(*arguments: str | Path) -> Any:
    """What a command writes as JSON."""
    code, out, err = run(*arguments, "--format", "json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger."""
    return ledger_at(tmp_path_factory.mktemp("ledger"))


@pytest.mark.parametrize(
    "option, value, kept",
    [
        ("--kind", "exclusive", lambda conflict: conflict["kind"] == "exclusive"),
        ("--kind", "tension", lambda conflict: conflict["kind"] == "tension"),
        ("--relation", "within", lambda conflict: conflict["relation"] == "within"),
        ("--certain", None, lambda conflict: conflict["strength"] == "certain"),
        ("--property", "control", lambda conflict: "control" in conflict["properties"]),
        ("--subject", "russia", lambda conflict: "russia" in conflict["subjects"]),
    ],
)
def test_filters_keep_what_they_say(option: str, value: str | None, kept: Callable[[Any], bool]) -> None:
    whole = data("-C", ROOT, "conflicts")
    everything = whole["conflicts"]
    asked = data("-C", ROOT, "conflicts", option, *([value] if value else []))["conflicts"]
    fitting = []
    for conflict in everything:
        each = [conflict, *(whole["claims"][name] for name in conflict["claims"])]  # its question, and those of the two claims
        if kept(conflict | {"properties": [one["property"] for one in each], "subjects": [one["subject"] for one in each]}):
            fitting.append(conflict)
    assert asked == fitting and 0 < len(asked) < len(everything)


# -- times ---------------------------------------------------------------------------------------------------------------------


def test_as_of_says_how_many_are_left_out(small: Path) -> None:
    assert "left out as said later" not in run("-C", small, "conflicts").out
    outcome = run("-C", small, "conflicts", "--as-of", "2025-03-01")
    assert "1 contradiction (1 certain" in outcome.out and "left out as said later than the day asked for: 4 claims" in outcome.out
    assert data("-C", small, "conflicts", "--as-of", "2025-03-01")["said_too_late"] == 4
    assert [claim["id"] for claim in data("-C", small, "claims", "--as-of", "2025-03-01")["claims"]] == ["held-east", "held-west"]
    assert "left out as said later than the day asked for: 4 claims" in run("-C", small, "claims", "--as-of", "2025-03-01").out
    assert data("-C", small, "why", "held-east", "held-later", "--as-of", "2025-03-01")["decision"] == (
        "No contradiction is looked for: `held-later` is said later than the day asked for."
    )


def test_as_of_a_month_is_its_last_day(small: Path) -> None:
    assert run("-C", small, "conflicts", "--as-of", "2025-03") == run("-C", small, "conflicts", "--as-of", "2025-03-31")
    assert data("-C", small, "conflicts", "--as-of", "2025-02")["conflicts"] == []


@pytest.mark.parametrize(
    "since, until, ids",
    [
        ("2025-03-26", None, {"people-27000", "people-9000"}),  # presumed for a year; of who holds it, two weeks
        ("2025-03-24", "2025-03-24", {"held-later", "people-27000", "people-9000"}),
        (None, "2025-03-01", {"held-east", "held-west"}),
        ("2025-03-15", "2025-03-15", {"held-east", "held-west", "held-later", "people-27000", "people-9000"}),
        ("2027", None, set()),
        (None, "2025-02", set()),
    ],
)
def test_since_and_until_take_times_that_touch(tmp_path: Path, since: str | None, until: str | None, ids: set[str]) -> None:
    apart = [{**claim, "claimant": "gazette"} if claim["id"] == "people-9000" else claim for claim in CLAIMS]
    folder = ledger_at(tmp_path, file_of(apart))
    words = [word for option, day in (("--since", since), ("--until", until)) if day for word in (option, day)]
    assert {claim["id"] for claim in data("-C", folder, "claims", *words)["claims"]} - {"lorries"} == ids
    assert ("lorries" in run("-C", folder, "claims", *words).out) is (since is None and until is None)
    for conflict in data("-C", folder, "conflicts", *words)["conflicts"]:
        assert set(conflict["claims"]) <= ids


def test_a_claimant_stands_for_those_who_speak_of_it(small: Path) -> None:
    ids = {claim["id"] for claim in data("-C", small, "claims", "--claimant", "the ministry")["claims"]}
    assert ids == {"held-east", "people-27000", "people-9000", "lorries"}
    assert {claim["id"] for claim in data("-C", small, "claims", "--claimant", "Jo Reed")["claims"]} == {"people-9000"}
    assert {claim["id"] for claim in data("-C", small, "claims", "--side", "west")["claims"]} == {"held-west"}
    found = [conflict["claims"] for conflict in data("-C", small, "conflicts", "--claimant", "council")["conflicts"]]
    assert found == [["held-east", "held-west"]]


# -- names of places -------------------------------------------------------------------------------------------------------------

SPELLINGS = ["Kupiansk", "Kupjansk", "Kupyansk", "KUPIANSK", "kupiansk", " Kupiansk ", "Kuapianskului"]
SPELLINGS += ["Куп'янськ", "Куп’янськ", "Купʼянськ", "КУП'ЯНСЬК", "Купянск", unicodedata.normalize("NFD", "Куп'янськ")]


@pytest.mark.parametrize("command, form", [("conflicts", "text"), ("conflicts", "json"), ("claims", "csv")])
def test_any_name_of_a_place_in_any_script_gives_the_same(command: str, form: str) -> None:
    expected = run("-C", ROOT, command, "--format", form, "--place", "kupiansk")
    assert expected.code == 0 and "kupiansk-russia-full-control" in expected.out
    for name in SPELLINGS:
        assert run("-C", ROOT, command, "--format", form, "--town", name) == expected


def test_a_place_stands_for_all_within_it(small: Path) -> None:
    assert run("-C", small, "claims", "--town", "Mill County") == run("-C", small, "claims")
    ids = {claim["place"] for claim in data("-C", ROOT, "claims", "--town", "Kupiansk")["claims"]}
    assert ids == {"kupiansk", "kupiansk-centre", "kupiansk-north"}


def test_a_misspelt_place_is_not_guessed() -> None:
    assert "did you mean" in could_not_run(run("-C", ROOT, "conflicts", "--town", "Купянськ"))
