"""The ledger of this repository: all of it read and found, the contradictions of its texts there, and none invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run

YEARS = ("2022", "2025")


@cache
def data(*arguments: str) -> Any:
    """What a command says of this ledger, as JSON."""
    code, out, err = run("-C", ROOT, *arguments, "--format", "json")
    assert (code, err) == (0, "")
    return json.loads(out)


def conflicts() -> list[dict[str, Any]]:
    """Every contradiction that a rule or a dispute makes; tensions are a person's notes."""
    return [conflict for conflict in data("conflicts")["conflicts"] if conflict["kind"] != "tension"]


def claim(name: str) -> dict[str, Any]:
    """The claim with that id."""
    found: dict[str, Any] = next(claim for claim in data("claims")["claims"] if claim["id"] == name)
    return found


def pairs(town: str, **wanted: str) -> set[tuple[str, str]]:
    """The pairs of claims that contradict each other about a place, of the kind and strength wanted."""
    return {
        (one, other)
        for conflict in data("conflicts", "--town", town)["conflicts"]
        if all(conflict[key] == value for key, value in wanted.items())
        for one, other in [conflict["claims"]]
    }


def says_why_not(one: str, other: str) -> str:
    """The one sentence in which the program says why two claims do not contradict each other."""
    decision = data("why", one, other)
    assert decision["contradict"] is False and decision["conflict"] is None
    sentence: str = decision["decision"]
    assert sentence.startswith("No contradiction: ") and sentence.endswith(".") and "\n" not in sentence
    assert run("-C", ROOT, "why", other, one).out.split("\n")[1] == ""
    return sentence.removeprefix("No contradiction: ")


# -- all of it is read -----------------------------------------------------------------------------------------------------------


def test_nothing_is_wrong() -> None:
    code, out, err = run("-C", ROOT, "check", "--strict")
    assert (code, err) == (0, "") and out.startswith("no defects: ") and out.count("\n") == 1
    report = data("check", "--strict")
    checked = report["checked"]
    assert report["diagnostics"] == [] and checked["refused"] == [] and checked["languages_without_words"] == []
    assert checked["claims"] >= 130 and checked["quotes"] == checked["claims"]
    assert checked["seeds"] == checked["files"] == len(list((ROOT / "seeds").iterdir())) == len(list((ROOT / "claims").iterdir())) == 5


def test_every_claim_takes_part() -> None:
    assert all(claim["takes_part"] and claim["spans"] and claim["seed_line"] for claim in data("claims")["claims"])
    answer = data("conflicts")
    assert answer["left_out"] == answer["left_out_without_id"] == answer["not_read"] == [] and answer["said_too_late"] == 0


def test_no_sentence_is_open() -> None:
    answer = data("seeds")
    assert len(answer["seeds"]) == 5 and answer["without_claims"] == []
    assert [row["seed"] for row in answer["seeds"] if row["open"] or not row["with_claim"]] == []
    assert "open: " not in run("-C", ROOT, "seeds", "--open").out


def test_every_exception_has_its_reason() -> None:
    reasons = [(claim["id"], reason) for claim in data("claims")["claims"] for reason in claim["accept"].values()]
    assert [name for name, reason in reasons if len(reason) < 8] == []
    assert f"{len(reasons)} warnings accepted with a reason" in run("-C", ROOT, "check").out


# -- the contradictions of the texts -----------------------------------------------------------------------------------------------


def test_ukraine_disputes_what_russia_says_of_pokrovsk() -> None:
    expected = {
        ("pokrovsk-russia-new-advance", "pokrovsk-ukraine-disputes-advance"): "advance",
        ("prigorodnyj-russia-entered", "prigorodnyj-ukraine-disputes-entry"): "entry",
        ("pokrovsk-station-ukrainians-encircled", "pokrovsk-ukraine-disputes-encirclement"): "encirclement",
        ("pokrovsk-industrial-zone-ukrainians-encircled", "pokrovsk-ukraine-disputes-encirclement"): "encirclement",
    }
    assert expected.keys() <= pairs("Pokrovsk", kind="denial", strength="certain", relation="across")
    for (asserted, denied), topic in expected.items():
        assert (claim(asserted)["side"], claim(denied)["side"]) == ("russia", "ukraine")
        assert (claim(asserted)["stance"], claim(denied)["stance"]) == ("asserts", "denies")
        assert claim(asserted)["property"] == claim(denied)["property"] == topic


def test_the_fall_of_kupiansk_is_denied_with_certainty() -> None:
    pair = ("kupiansk-russia-full-control", "kupiansk-ukraine-denies-fall")
    assert pair in pairs("Куп'янськ", kind="denial", strength="certain", relation="across")
    assert (claim(pair[0])["extent"], claim(pair[0])["side"], claim(pair[1])["side"]) == ("all", "russia", "ukraine")
    told = run("-C", ROOT, "conflicts", "--town", "Kupiansk").out
    assert all(claim(name)["quote"] in told and claim(name)["translation"] in told for name in pair)


# -- and none invented -------------------------------------------------------------------------------------------------------------


def test_no_contradiction_spans_the_years() -> None:
    """(Two claims about one year may have been said in different ones.)"""
    assert {each["said"].removeprefix("../")[:4] for each in data("claims")["claims"]} == set(YEARS)
    for conflict in conflicts():
        times = conflict.get("times", {}).values()
        reached = [{year for year in YEARS if time["start"][0][:4] <= year <= (time["presumed_until"] or "9999")[:4]} for time in times]
        assert not reached or reached[0] & reached[1], conflict["claims"]
        said = {claim(name)["said"].removeprefix("../")[:4] for name in conflict["claims"]}
        later = next((claim(name) for name in conflict["claims"] if claim(name)["said"].startswith("2025")), None)
        assert len(said) == 1 or (later is not None and later["holds"] and later["holds"].startswith("2022")), conflict["claims"]


def test_three_years_apart_is_no_contradiction() -> None:
    assert "different times" in says_why_not("kupiansk-russia-full-control", "kupiansk-half-taken")
    assert says_why_not("kupiansk-russia-full-control", "kupiansk-retaken-in-2022")


def test_the_north_is_not_the_centre() -> None:
    for conflict in data("conflicts")["conflicts"]:
        assert {claim(name)["place"] for name in conflict["claims"]} != {"kupiansk-north", "kupiansk-centre"}
    assert says_why_not("kupiansk-north-ukraine-controls", "kupiansk-centre-russians-encircled")
    assert says_why_not("kupiansk-centre-russia-not-reached", "kupiansk-north-ukraine-controls")


def test_kilometres_are_not_square_kilometres() -> None:
    assert (claim("ukraine-1000-square-km-taken")["value"], claim("ukraine-2000-km-liberated")["value"]) == ("1000", "~2000")
    assert "different questions" in says_why_not("ukraine-1000-square-km-taken", "ukraine-2000-km-liberated")
    assert "different questions" in says_why_not("front-length-1000-km", "ukraine-2000-km-liberated")
    assert "a doubt (not confirmed)" in says_why_not("ukraine-1000-square-km-taken", "ukraine-2000-square-km-not-specified")


def test_a_doubt_contradicts_nothing() -> None:
    doubts = [claim["id"] for claim in data("claims")["claims"] if claim["stance"] == "doubts"]
    assert len(doubts) >= 5
    assert not [conflict["claims"] for conflict in conflicts() if set(conflict["claims"]) & set(doubts)]
    assert "a doubt (not confirmed)" in says_why_not("pokrovsk-advance-not-verified", "pokrovsk-russia-new-advance")
    assert "a doubt (not confirmed)" in says_why_not("pokrovsk-encirclement-not-verified", "pokrovsk-ukraine-disputes-encirclement")
    assert "a doubt (not confirmed)" in says_why_not("kherson-withdrawal-not-confirmed", "kherson-russia-all-forces-withdrawn")


def test_an_expectation_contradicts_nothing() -> None:
    expected = {claim["id"] for claim in data("claims")["claims"] if claim["stance"] == "expects"}
    assert not [conflict["claims"] for conflict in conflicts() if set(conflict["claims"]) & expected]
    assert "an expectation" in says_why_not("izium-still-ahead", "izium-not-yet-taken")


@pytest.mark.parametrize(
    "later", ["kupiansk-centre-russians-encircled", "kupiansk-commander-russians-encircled", "kupiansk-russians-penetrated"]
)
def test_not_yet_in_november_says_nothing_of_december(later: str) -> None:
    denied = claim("kupiansk-centre-russia-not-reached")
    assert (denied["stance"], denied["said"], denied["property"]) == ("denies", "2025-11-03~", "entry")
    assert claim(later)["said"].startswith("2025-12")
    certain = [conflict["claims"] for conflict in data("conflicts")["conflicts"] if conflict["strength"] == "certain"]
    assert not [names for names in certain if denied["id"] in names and later in names]
    assert says_why_not(denied["id"], later)


def test_most_of_it_contested_leaves_room_for_a_part() -> None:
    assert says_why_not("pokrovsk-mostly-contested", "pokrovsk-south-russia-small-part")


def test_three_weeks_later_is_another_time() -> None:
    assert "different times" in says_why_not("kupiansk-russia-full-control", "kupiansk-zelenskyy-parts-freed")
    assert data("why", "kupiansk-russia-full-control", "kupiansk-north-ukraine-controls")["conflict"]["kind"] == "tension"


def test_no_newspaper_is_within_a_side() -> None:
    for conflict in data("conflicts")["conflicts"]:
        sides = [claim(name)["side"] for name in conflict["claims"]]
        if conflict["relation"] == "within":
            assert sides[0] == sides[1] is not None
        assert conflict["relation"] == "own" or None not in sides or conflict["relation"] == "across"


# -- tensions ------------------------------------------------------------------------------------------------------------------------


def test_tensions_are_possible_and_say_why_and_whose() -> None:
    tensions = [conflict for conflict in data("conflicts")["conflicts"] if conflict["kind"] == "tension"]
    assert tensions and {conflict["strength"] for conflict in tensions} == {"possible"}
    assert all(conflict["reason"].startswith("noted by ") and len(conflict["reason"]) > 40 for conflict in tensions)


def test_the_seeds_are_as_they_were_stored() -> None:
    assert (ROOT / ".gitattributes").read_text(encoding="utf-8").count("seeds/** -text") >= 1
    assert all(Path(ROOT / "seeds" / row["seed"]).is_file() for row in data("seeds")["seeds"])
