"""DESIGN section 4, `disputes`, tensions, implications and "Verdict": every example and rule, by both implementations."""

from __future__ import annotations

from typing import Any

import pytest
from bridge import ledger_of
from judging import BY_BOTH, SAID, Judge, Record, control, ledger_with

from ledger.conflicts import find_conflicts

NAME: Record = {"property": "name-for-it", "value": "a", "place": "north", "said": "2020"}


# --- Disputes and tensions ---------------------------------------------------------------------------------------


@BY_BOTH
def test_disputes_go_before_all_rules(judge: Judge) -> None:
    disputing: Record = control("russia", stance="expects") | {"disputes": ["c1"]}
    assert judge.entry(NAME, disputing) == ["denial", "certain", "across", "kupiansk", "control", None]
    assert judge.entry(NAME | {"hedge": "angivelig"}, disputing)[:2] == ["denial", "possible"]
    assert judge.entry(NAME, disputing | {"hedge": "angivelig"})[:2] == ["denial", "possible"]
    both = NAME | {"disputes": ["c2"]}, disputing  # the first by id
    assert judge.entry(*both) == ["denial", "certain", "across", "north", "name-for-it", None]
    by_rule = control("russia", said="2025-11-02"), control("ukraine", place="centre") | {"disputes": ["c1"]}
    assert judge.entry(*by_rule) == ["denial", "certain", "across", "centre", "control", None]
    of_russia = {"property": "entry", "subject": "russia", "disputes": ["c1"], "claimant": "map"}
    assert judge.entry(NAME, of_russia) == ["denial", "certain", "own", "kupiansk", "entry", "russia"]
    assert judge.entry(NAME, NAME | {"disputes": ["c1"], "value": "a"})[0] == "denial"


@BY_BOTH
def test_tensions_are_noted_where_no_rule_finds_one(judge: Judge) -> None:
    one, two = control("russia", extent="part"), control("ukraine", extent="part", place="centre")
    noted = [{"claims": ["c2", "c1"]}]
    assert judge.entry(one, two, tensions=noted) == ["tension", "possible", "across", "centre", "control", None]
    assert judge.entry(one, two, tensions=[{"claims": ["c1", "c2"]}])[3] == "kupiansk"
    assert judge.entry(one | {"extent": "all"}, two, tensions=noted)[0] == "exclusive"
    assert judge.entry(one, two | {"disputes": ["c1"]}, tensions=noted)[0] == "denial"
    assert judge.entry(NAME, two, tensions=[{"claims": ["c1", "c2"]}])[3:] == ["north", "name-for-it", None]


def test_a_redundant_tension_is_named() -> None:
    one, two = control("russia", extent="part"), control("ukraine", extent="part")
    for extent, redundant in (("part", 0), ("all", 1)):
        ledger = ledger_of(ledger_with(one | {"extent": extent}, two, tensions=[{"claims": ["c2", "c1"]}]))
        assert len(find_conflicts(ledger).redundant) == redundant


# --- Implications ------------------------------------------------------------------------------------------------

WITHDRAWN: Record = {"property": "withdrawal", "subject": "russia"}


@BY_BOTH
def test_an_event_implies(judge: Judge) -> None:
    pair, russia = judge.pair, control("russia")
    assert judge.entry(WITHDRAWN, russia | {"extent": "part"}) == ["denial", "certain", "across", "kupiansk", "control", None]
    assert pair(WITHDRAWN | {"holds": SAID}, russia) == "denial possible"  # *on* that day
    assert pair(WITHDRAWN | {"holds": "../2025-11-10"}, russia) == "denial certain"  # *by* it
    assert pair(WITHDRAWN | {"holds": "2025-11-05"}, control("russia", holds="2025-11-01/..")) == "denial possible"
    assert pair(WITHDRAWN | {"holds": "2025-11-05/2025-11-07"}, control("russia", holds="2025-11-01/..")) == "denial possible"
    assert pair(WITHDRAWN, russia | {"said": "2025-11-09"}) == "denial possible"  # by what is presumed of the other
    assert pair(WITHDRAWN, control("russia", holds="2025-11-09/2025-11-09")) is None
    assert pair(WITHDRAWN, russia | {"said": "2025-11-24"}) == "denial possible"  # presumed 14 days
    assert pair(WITHDRAWN, russia | {"said": "2025-11-25"}) is None
    assert pair(WITHDRAWN | {"holds": "2025-10-01"}, russia | {"said": "2025-10-15"}) == "denial possible"  # from its start
    assert pair(WITHDRAWN | {"holds": "2025-10-01"}, russia | {"said": "2025-10-16"}) is None
    assert pair(WITHDRAWN | {"hedge": "angivelig"}, russia) == "denial possible"
    assert pair(WITHDRAWN, control("ukraine")) is None
    for other in ({"subject": "ukraine"}, {"stance": "expects"}, {"stance": "doubts"}, {"stance": "denies"}):
        assert pair(WITHDRAWN | other, russia) is None, other
    assert pair(WITHDRAWN, control("russia", place="centre", extent="part")) == "denial certain"
    assert judge.entry(WITHDRAWN, control("russia", place="centre"))[3:] == ["centre", "control", None]
    # of the same claimant: its own mouth, for which nothing is presumed
    own = WITHDRAWN | {"claimant": "rus"}, control("russia", said="2025-11-11", claimant="konashenkov")
    assert judge.entries(*own) == [] and judge.entry(own[0], own[1] | {"said": SAID})[:3] == ["denial", "certain", "own"]


RULE_OF_LAW: Record = {
    "grip": {
        "values": ["ukraine", "russia"],
        "parts": "true",
        "subjects": ["near", "far"],
        "lasts": "P14D",
        "implies": {
            "russia": [
                {"property": "law", "value": "russian"},
                {"subject": "near", "property": "supply", "value": "cut", "extent": "most"},
            ]
        },
    },
    "law": {"values": ["ukrainian", "russian"], "lasts": "P7D"},
    "supply": {"values": ["cut", "open"], "parts": "true", "subjects": ["near", "far"]},
}


@BY_BOTH
def test_a_choice_implies(judge: Judge) -> None:
    def implied(two: Record, subject: str = "near", **fields: str) -> Any:
        found = judge.entries({"property": "grip", "value": "russia", "subject": subject} | fields, two, properties=RULE_OF_LAW)
        return [(entry["kind"], entry["strength"], entry["property"], entry["subject"]) for entry in found]

    law, certain = {"property": "law", "value": "ukrainian"}, [("exclusive", "certain", "law", None)]
    assert implied(law) == implied(law, "far") == certain
    assert implied(law, extent="100%") == implied(law, extent="all") == certain
    assert implied(law, extent="most") == []  # not of all of its place
    assert implied(law, value="ukraine") == []  # with that value
    assert implied(law, stance="denies", extent="all") == implied(law, stance="expects") == []
    assert implied(law, holds="2025-11-01/..") == certain  # the same `holds` ...
    possible = [("exclusive", "possible", "law", None)]
    assert implied(law | {"said": "2025-11-17"}) == possible and implied(law | {"said": "2025-11-18"}) == []  # ... its own `lasts`
    assert implied(law | {"said": "2025-11-05"}, holds="2025-11-05/2025-11-08") == certain
    assert implied(law, holds="../2025-11-09") == [] and implied(law, holds="../2025-11-11") == certain
    assert implied(law, hedge="angivelig") == possible
    # an implied property that has subjects takes the same; its condition is of that subject; its extent counts
    supply = {"property": "supply", "value": "open", "extent": "most"}
    assert implied(supply | {"subject": "near"}) == [("exclusive", "certain", "supply", "near")]
    assert implied(supply | {"subject": "far"}) == implied(supply | {"subject": "far"}, "far") == []
    assert implied(supply | {"subject": "near", "extent": "part"}) == []
    assert implied(supply | {"subject": "near", "place": "centre"}) == []


@BY_BOTH
def test_what_is_implied_counts_as_written(judge: Judge) -> None:
    russia = control("russia", claimant="rus", said="2025-11-03")
    other = control("ukraine", claimant="ukr", said="2025-11-12")
    withdrawn = WITHDRAWN | {"claimant": "konashenkov", "said": "2025-11-10"}
    assert judge.ids(russia, other) == ["c1 c2"]
    assert judge.ids(russia, other, withdrawn) == []  # a next word that is implied
    denied = control("russia", claimant="ukr", said="2025-11-20")
    assert judge.ids(withdrawn, denied) == ["c1 c2"]
    word = control("russia", claimant="rus", said="2025-11-15", stance="doubts")
    assert judge.ids(withdrawn, denied, word) == []  # an implied claim cut by a next word
    grip = {"property": "grip", "value": "russia", "subject": "far"}
    two = {"property": "order", "value": "kept", "subject": "far"}
    order = {"values": ["kept", "lost"], "subjects": ["far"], "implies": {"kept": [{"property": "law", "value": "ukrainian"}]}}
    assert judge.entry(grip, two, properties=RULE_OF_LAW | {"order": order}) == (
        ["exclusive", "certain", "across", "kupiansk", "law", None]  # both are implied
    )


@BY_BOTH
def test_further_implications_and_the_order_of_ways(judge: Judge) -> None:
    def one_of(property: str, *values: str) -> list[Record]:
        return [{"property": property, "value": value} for value in values]

    chained: Record = {
        "origin": {"event": "true", "implies": one_of("b-state", "one") + one_of("a-state", "one")},
        "far-origin": {"event": "true", "implies": one_of("b-state", "one")},
        "b-state": {"values": ["one", "two"], "implies": {"one": one_of("a-state", "one")}},
        "a-state": {"values": ["one", "two"]},
        "both": {
            "values": ["one", "two"],
            "implies": {value: one_of("b-state", value) + one_of("a-state", value) for value in ("one", "two")},
        },
    }

    def entry(one: str, two: str, value: str = "two", **fields: str) -> list[str | None]:
        first: Record = {"property": one} | ({"value": "one"} if one == "both" else {}) | fields
        return judge.entry(first, {"property": two, "value": value}, properties=chained)

    for origin in ("origin", "far-origin"):
        assert entry(origin, "a-state") == ["exclusive", "certain", "across", "kupiansk", "a-state", None]
        assert entry(origin, "a-state", holds=SAID)[:2] == ["exclusive", "possible"]  # *on*, all along
    assert entry("both", "both")[4] == "both"  # the direct one
    assert entry("origin", "both")[4] == "a-state"  # the first by name


@BY_BOTH
def test_the_kinds_are_last_in_the_order_of_ways(judge: Judge) -> None:
    grip = {"values": ["ukraine", "russia"], "parts": "true"}

    def kind(*implied: Record) -> str | None:
        items = [{"property": "grip"} | item for item in implied]
        two = {"property": "grip", "value": "russia", "extent": "60%"}
        return judge.entry({"property": "odd"}, two, properties={"grip": grip, "odd": {"event": "true", "implies": items}})[0]

    excludes, figure = {"value": "ukraine"}, {"value": "russia", "extent": "<50%"}
    denial = {"value": "russia", "stance": "denies", "extent": "most"}
    assert kind(excludes) == "exclusive" and kind(figure) == "figure" and kind(denial) == "denial"
    assert kind(excludes, figure) == kind(figure, excludes) == "figure"
    assert kind(excludes, figure, denial) == kind(denial, figure, excludes) == "denial"


@BY_BOTH
def test_nothing_implied_contradicts_its_own_origin(judge: Judge) -> None:
    items = [{"property": "control", "value": value} for value in ("russia", "ukraine")]
    assert judge.entries({"property": "odd"}, properties={"odd": {"event": "true", "implies": items}}) == []
    denies = {"property": "odd", "value": "x", "stance": "denies"}
    self_denying = {"values": ["x", "y"], "implies": {"x": [{"property": "even", "value": "x"}]}}
    even = {"values": ["x", "y"]}
    assert judge.entries(denies | {"stance": "asserts"}, properties={"odd": self_denying, "even": even}) == []


# --- Verdict -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("rus", "konashenkov", "own"),  # though both have one side
        ("konashenkov", "milblogger", "within"),  # the side of the claimant it is `of`
        ("rus-source", "milblogger", "within"),
        ("rus", "ukr", "across"),
        ("map", "paper", "across"),  # without a side, never within
        ("map", "rus", "across"),
    ],
)
@BY_BOTH
def test_relations(judge: Judge, one: str, two: str, relation: str) -> None:
    claims = control("russia", claimant=one), control("ukraine", claimant=two)
    assert judge.entry(*claims) == ["exclusive", "certain", relation, "kupiansk", "control", None]
    assert judge.entry(claims[1], claims[0])[2] == relation


@BY_BOTH
def test_a_hedge_leaves_it_possible(judge: Judge) -> None:
    for hedged in ({"hedge": "angivelig"}, {"said": SAID, "hedge": "skal ha"}):
        assert judge.pair(control("russia") | hedged, control("ukraine")) == "exclusive possible"
        assert judge.pair({"value": "5"} | hedged, {"value": "6"}, property="length-km") == "figure possible"
        assert judge.pair({"value": "6"} | hedged, {"value": "5"}, property="losses", subject="russia") == "figure possible"
        assert judge.pair({"holds": "2025-11-01"} | hedged, {"holds": "2025-11-02"}, property="breach") == "figure possible"


@BY_BOTH
def test_deepstate_of_3_november_and_the_12th(judge: Judge) -> None:
    claims = control("russia", claimant="map", said="2025-11-03"), control("ukraine", claimant="ukr", said="2025-11-12")
    assert judge.entry(*claims) == ["exclusive", "possible", "across", "kupiansk", "control", None]


@BY_BOTH
def test_one_entry_a_pair_in_order(judge: Judge) -> None:
    found = judge.entries(control("russia"), control("ukraine"), control("contested"), control("contested", extent="<50%"))
    assert [entry["claims"] for entry in found] == [[f"c{a}", f"c{b}"] for a, b in ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4))]
    assert [entry["kind"] for entry in found] == ["exclusive"] * 5 + ["figure"]


@BY_BOTH
def test_as_of_works_everything_out_among_what_was_said_by_then(judge: Judge) -> None:
    claims = control("russia", claimant="map", said="2025-11-03"), control("ukraine", said="2025-11-12")
    word = control("contested", claimant="map", said="2025-11-11", holds="2025-11-10/..")
    written = ledger_with(*claims, word)

    def found(as_of: str | None = None) -> list[list[str]]:
        return [entry["claims"] for entry in judge.verdicts(written, as_of)]

    assert found() == [["c2", "c3"]] and found("2025-11-12") == [["c2", "c3"]] and found("2025-11-11") == []
    written["files"][0]["claims"][2] |= {"said": "2025-11-13"}
    assert found("2025-11-12") == [["c1", "c2"]]  # the next word was not yet said
    written["files"][0]["claims"][1] |= {"said": "2025-11-10~"}
    assert found("2025-11-12") == [] and found("2025-11-13") != []  # certainly said by then
    written["files"][0]["claims"][0] |= {"disputes": ["c2"]}
    written["files"][0]["tensions"] = [{"claims": ["c1", "c3"]}]
    assert found("2025-11-12") == [] and len(found()) == 3
