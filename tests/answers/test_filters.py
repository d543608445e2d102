"""The filters that `claims` and `conflicts` share: places by any name, whoever speaks for a claimant, times that touch."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at


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
    assert "did you mean" in could_not_run(run("-C", ROOT, "conflicts", "--town", "Купинськ"))
    with_apostrophe, without = (run("-C", ROOT, "conflicts", "--town", name) for name in ("Куп'янськ", "Купянськ"))
    assert with_apostrophe == without and with_apostrophe.code == 0


def test_bare_words_are_the_name_of_a_place(small: Path) -> None:
    for command in ("claims", "conflicts", "timeline", "claimants"):
        assert run("-C", small, command, "Mill", "county") == run("-C", small, command, "--town", "county")
        assert run("-C", small, command, "MILLBROOK", "--side", "east") == run(
            "-C", small, command, "--town", "millbrook", "--side", "east"
        )


@pytest.mark.parametrize(
    "option, id, names",
    [
        ("--property", "traffic", ["Whether ... RUN", "whether ... run"]),
        ("--subject", "lorries", ["LORRIES", "Lorries"]),
        ("--side", "west", ["West", "WEST"]),
        ("--claimant", "ministry", ["ministry of  roads", "THE MINISTRY", "Ministry of Róads"]),
        ("--seed", "text.txt", ["text", "seeds/text.txt", "TEXT.txt"]),
        ("--town", "millbrook", ["Míllbröok", "мілл’брук", "Миллбрук"]),
    ],
)
def test_any_name_stands_for_an_id(small: Path, option: str, id: str, names: list[str]) -> None:
    expected = run("-C", small, "claims", option, id)
    assert expected.code == 0 and " claim" in expected.out
    for name in names:
        assert run("-C", small, "claims", option, name) == expected


def test_sides_and_subjects_bear_the_names_of_places(tmp_path: Path) -> None:
    vocabulary = VOCABULARY.replace("places:\n", "places:\n  east: {kind: region, names: {en: the East, uk: Схід}}\n")
    folder = ledger_at(tmp_path, vocabulary=vocabulary)
    assert run("-C", folder, "claims", "--side", "СХІД") == run("-C", folder, "claims", "--side", "east")


def test_accents_that_tell_two_places_apart_are_kept(tmp_path: Path) -> None:
    more = "places:\n  as: {kind: town, names: {hu: Ás}}\n  aas: {kind: town, names: {nb: Ås}}\n"
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY.replace("places:\n", more))
    assert run("-C", folder, "claims", "ÅS").code == 0
    assert "no place is called às" in could_not_run(run("-C", folder, "claims", "às"))


# -- what lies around a place ----------------------------------------------------------------------------------------------------


def around(tmp_path: Path) -> Path:
    """A ledger with claims on a town, its county, and the fields named after it."""
    fields = "  fields: {kind: area, names: {en: the fields by Millbrook}, within: county}\n  barn: {kind: barn, names: {en: Barn}, within: fields}\n"
    claims = [
        *CLAIMS,
        {"id": "county-east", "place": "county", "value": "east", "said": "2025-03-01", "quote": "the county is ours"},
        {"id": "county-west", "place": "county", "value": "west", "claimant": "council", "said": "2025-03-01", "quote": "it is not"},
        {"id": "barn-west", "place": "barn", "value": "west", "claimant": "council", "said": "2025-03-01", "quote": "the barn burns"},
        {"id": "elsewhere", "place": "ivanivka-east", "value": "west", "said": "2025-03-01", "quote": "and Ivanivka"},
    ]
    return ledger_at(tmp_path, file_of(claims), VOCABULARY.replace("claimants:\n", fields + "claimants:\n"))


@pytest.mark.parametrize("command", ["claims", "conflicts", "timeline", "claimants"])
def test_the_last_line_tells_what_lies_around(tmp_path: Path, command: str) -> None:
    folder = around(tmp_path)
    last = "around Millbrook, and left out: 1 claim on Barn (--town barn), 2 claims on Mill County (--town county)"
    for words in ((), ("--no-cache",), ()) if command == "conflicts" else ((),):
        assert run("-C", folder, command, "Millbrook", *words).out.splitlines()[-1] == last
    assert run("-C", folder, command, "Millbrook", "--side", "west").out.splitlines()[-1].endswith("1 claim on Mill County (--town county)")
    assert "around" not in run("-C", folder, command, "Mill County").out + run("-C", folder, command).out


@pytest.mark.parametrize("command", ["claims", "conflicts"])
def test_what_lies_around_is_told_to_machines(tmp_path: Path, command: str) -> None:
    assert data("-C", around(tmp_path), command, "--town", "millbrook")["around"] == [
        {"place": "barn", "claims": 1},
        {"place": "county", "claims": 2},
    ]


def test_a_spelling_that_names_several_places_names_a_place_after_none(tmp_path: Path) -> None:
    """Texts write `the Barrow and Millbrook fields` for one of the two: that is named after its own town only."""
    fields = "  barrow: {kind: area, names: {en: Barrow fields}, spellings: [the Barrow and Millbrook fields]}\n"
    claims = [*CLAIMS, {"id": "barrow-west", "place": "barrow", "value": "west", "said": "2025-03-01", "quote": "Barrow burns"}]
    folder = ledger_at(tmp_path, file_of(claims), VOCABULARY.replace("claimants:\n", fields + "claimants:\n"))
    assert "Barrow" not in run("-C", folder, "claims", "Millbrook").out
