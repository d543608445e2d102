"""DESIGN section 4, "Quantities with parts" and the rows of "Values" about a part and its whole: a test for each sentence."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from bridge import SEARCHES, ledger_of, verdicts_of
from judging import JUDGES, SAID, Judge, Record, ledger_with
from parts_and_wholes import PARTS, random_figures
from running import run
from small import VOCABULARY, file_of, ledger_at

from ledger.answers.filters import Filter, conflict_matches, crowd_asked_for
from ledger.conflicts import find_conflicts
from ledger.conflicts.accounts import accounts
from ledger.conflicts.finder import conflict_of, conflicts_of, every_conflict
from ledger.conflicts.questions import questions
from ledger.conflicts.reasons import reason
from ledger.conflicts.search.wholes import PartCrowd
from ledger.conflicts.verdicts import larger_of, verdict
from ledger.conflicts.why import decide

PERIOD = f"2025-11-01/{SAID}"
BY_ENGINE = pytest.mark.parametrize("judge", JUDGES[1:], ids=str)


def figure(property: str, value: str, place: str = "kupiansk", **fields: str) -> Record:
    """What a claim of a figure says, of a period that begins on a stated day."""
    held = {} if property in ("present", "officers", "length", "paved") else {"holds": PERIOD}
    return {"property": property, "value": value, "place": place} | held | fields


def found(judge: Judge, *claims: Record) -> list[str | None] | None:
    """Kind, strength, place, property of the one thing found between two claims; None for nothing."""
    there = judge.entries(*claims, properties=PARTS)
    if not there:
        return None
    entry = judge.entry(*claims, properties=PARTS)
    return [entry[0], entry[1], entry[3], entry[4]]


@BY_ENGINE
def test_a_parts_figure_above_its_wholes(judge: Judge) -> None:
    whole = figure("deaths", "1000", "oblast")
    assert found(judge, figure("deaths", "3252"), whole) == ["figure", "certain", "kupiansk", "deaths"]
    assert found(judge, whole, figure("deaths", "3252")) == ["figure", "certain", "kupiansk", "deaths"]  # whichever comes first
    assert found(judge, figure("deaths", "1000"), whole) is None
    assert found(judge, figure("deaths", "10"), whole) is None  # a whole may be larger
    assert found(judge, figure("deaths", ">=1000"), whole) is None
    assert found(judge, figure("deaths", ">1000"), whole) == ["figure", "certain", "kupiansk", "deaths"]
    assert found(judge, figure("deaths", "1000"), figure("deaths", "<1000", "oblast")) is not None
    assert found(judge, figure("deaths", "3252", "centre"), whole) == ["figure", "certain", "centre", "deaths"]  # at any depth
    assert found(judge, figure("deaths", "3252", "centre"), figure("deaths", "1", "north")) is None  # beside each other


@BY_ENGINE
def test_only_with_parts(judge: Judge) -> None:
    assert found(judge, figure("hurt", "3252"), figure("hurt", "1000", "oblast")) is None
    # (b): within the other's place, where the other's property has parts; the part's own do not matter
    assert found(judge, figure("badly-hurt", "50"), figure("hurt", "43", "oblast")) is None
    assert found(judge, figure("badly-hurt", "50", "centre"), figure("hurt", "43")) is None
    assert found(judge, figure("badly-hurt", "50"), figure("hurt", "43")) == ["figure", "certain", "kupiansk", "badly-hurt"]
    assert found(judge, figure("girls", "50", "centre"), figure("children", "43")) == ["figure", "certain", "centre", "girls"]
    assert found(judge, figure("girls", "50", "centre"), figure("girls", "43")) is None


@BY_ENGINE
def test_part_of_another_property(judge: Judge) -> None:
    assert found(judge, figure("children", "50"), figure("deaths", "43")) == ["figure", "certain", "kupiansk", "children"]
    assert found(judge, figure("girls", "50"), figure("deaths", "43")) == ["figure", "certain", "kupiansk", "girls"]  # through others
    assert found(judge, figure("children", "43"), figure("deaths", "50")) is None
    # the larger place's part says nothing of the smaller place's whole
    assert found(judge, figure("children", "50"), figure("deaths", "43", "centre")) is None
    assert found(judge, figure("children", "50"), figure("hurt", "43")) is None
    of = {"subject": "russia"}
    assert found(judge, figure("captured", "50", **of), figure("lost", "43", **of)) == ["figure", "certain", "kupiansk", "captured"]
    assert found(judge, figure("captured", "50", **of), figure("lost", "43", subject="ukraine")) is None
    entry = judge.entry(figure("captured", "50", **of), figure("lost", "43", **of), properties=PARTS)
    assert entry[5] == "russia"


@BY_ENGINE
def test_the_tolerance_is_the_wholes(judge: Judge) -> None:
    whole = figure("present", "1000", "oblast")
    assert found(judge, figure("present", "1100"), whole) is None
    assert found(judge, figure("present", "1101"), whole) == ["figure", "certain", "kupiansk", "present"]
    assert found(judge, figure("officers", "1100"), figure("present", "1000")) is None
    assert found(judge, figure("officers", "1101"), figure("present", "1000")) is not None
    own = PARTS | {"officers": PARTS["officers"] | {"tolerance": "50%"}}  # the part's own tolerance lets nothing through
    claims = figure("officers", "1101"), figure("present", "1000")
    assert judge.entries(*claims, properties=own) == judge.entries(*claims, properties=PARTS) != []


@BY_ENGINE
def test_times_must_overlap(judge: Judge) -> None:
    whole = figure("present", "1000", "oblast")
    assert found(judge, figure("present", "2000", said="2025-11-12"), whole) == ["figure", "possible", "kupiansk", "present"]
    assert found(judge, figure("present", "2000", said="2025-11-25"), whole) is None
    assert found(judge, figure("officers", "2000", said="2025-11-12"), whole | {"place": "kupiansk"}) is not None
    hedged = figure("present", "2000", hedge="perhaps")
    assert found(judge, hedged, whole) == ["figure", "possible", "kupiansk", "present"]
    length = figure("length", "10", said="2001"), figure("paved", "11", said="2025")
    assert found(judge, *length) == ["figure", "certain", "kupiansk", "paved"]
    assert found(judge, length[0], figure("length", "11", "centre", said="2025")) == ["figure", "certain", "centre", "length"]
    # of one mouth nothing is presumed
    mine = {"claimant": "rus"}
    assert found(judge, figure("present", "2000", said="2025-11-12") | mine, whole | mine) is None


@BY_ENGINE
def test_counts_are_certain_only_where_both_state_a_start(judge: Judge) -> None:
    part, whole = figure("deaths", "3252"), figure("deaths", "1000", "oblast")
    bare = {"holds": SAID}
    assert found(judge, part | bare, whole | bare) == ["figure", "possible", "kupiansk", "deaths"]
    assert found(judge, part, whole | bare) == ["figure", "possible", "kupiansk", "deaths"]  # only the larger states one
    assert found(judge, part | bare, whole) is None  # the part may have been counted for longer
    assert found(judge, part | {"holds": f"2025-10-01/{SAID}"}, whole) is None
    assert found(judge, part | {"holds": f"2025-11-02/{SAID}"}, whole) == ["figure", "certain", "kupiansk", "deaths"]
    assert found(judge, part | {"holds": "2025-11-01/2025-11-12"}, whole) is None
    assert found(judge, part | {"holds": "2025-11-01/2025-11"}, whole) == ["figure", "possible", "kupiansk", "deaths"]
    # in one place two counts without a start are certain: nothing there is a war's total against one strike's
    assert found(judge, figure("deaths", "5", holds=SAID), figure("deaths", "4", holds=SAID)) == ["figure", "certain", "kupiansk", "deaths"]
    assert found(judge, figure("children", "5", holds=SAID), figure("deaths", "4", holds=SAID)) == [
        "figure",
        "possible",
        "kupiansk",
        "children",
    ]


@BY_ENGINE
def test_denials_of_the_whole_and_of_the_part(judge: Judge) -> None:
    denied = {"stance": "denies"}
    part = figure("present", "50")
    for bound, of_whole in (
        (">=40", True),
        (">40", True),
        (">=50", True),
        (">50", False),
        ("40..60", False),
        ("50", False),
        ("<=60", False),
    ):
        whole = figure("present", bound, "oblast") | denied
        assert found(judge, part, whole) == (["denial", "certain", "kupiansk", "present"] if of_whole else None), bound
    whole = figure("present", "50", "oblast")
    for bound, of_part in (
        ("<=60", True),
        ("<60", True),
        ("<=50", True),
        ("<50", False),
        ("40..60", False),
        ("50", False),
        (">=40", False),
    ):
        assert found(judge, figure("present", bound) | denied, whole) == (
            ["denial", "certain", "kupiansk", "present"] if of_part else None
        ), bound
    assert found(judge, figure("officers", "50"), figure("present", ">=40") | denied) == ["denial", "certain", "kupiansk", "officers"]
    assert found(judge, figure("officers", "<=60") | denied, figure("present", "50")) == ["denial", "certain", "kupiansk", "officers"]
    assert found(judge, figure("present", "55"), figure("present", ">=55", "oblast") | denied) is not None
    assert found(judge, figure("present", ">=30"), figure("present", ">=40", "oblast") | denied) is None  # not wholly inside
    both = figure("present", ">=40", "oblast") | denied, figure("present", "<=60") | denied
    assert found(judge, *both) is None


@BY_ENGINE
def test_denied_counts(judge: Judge) -> None:
    denied = {"stance": "denies"}
    part, not_so_many = figure("deaths", "50"), figure("deaths", ">=40", "oblast") | denied
    assert found(judge, part, not_so_many) == ["denial", "certain", "kupiansk", "deaths"]
    assert found(judge, part | {"holds": SAID}, not_so_many | {"holds": SAID}) == ["denial", "possible", "kupiansk", "deaths"]
    assert found(judge, part | {"holds": f"2025-10-01/{SAID}"}, not_so_many) is None  # counted for longer than the denial speaks of
    not_so_few, whole = figure("children", "<=60") | denied, figure("deaths", "50")
    assert found(judge, not_so_few, whole) == ["denial", "certain", "kupiansk", "children"]
    assert found(judge, not_so_few, whole | {"holds": f"2025-11-02/{SAID}"}) is None  # the denial is of a longer period
    assert found(judge, not_so_few | {"holds": f"2025-11-02/{SAID}"}, whole) is not None


@BY_ENGINE
def test_doubts_exclude_nothing(judge: Judge) -> None:
    for stance in ("doubts", "expects"):
        assert found(judge, figure("present", "50"), figure("present", "40", "oblast", stance=stance)) is None


# --- In words ------------------------------------------------------------------------------------------------------


def told(*claims: Record) -> tuple[str, str]:
    """The reason of the one contradiction, and what `why` says."""
    ledger = ledger_of(ledger_with(*claims, properties=PARTS))
    findings = find_conflicts(ledger)
    conflict = next(iter(findings.conflicts), None)
    one, other = ledger.claims()
    return reason(conflict, ledger.vocabulary) if conflict else "", decide(one, other, ledger, findings, conflict).sentence


def test_a_pair_of_two_properties_is_explained() -> None:
    why, decided = told(figure("children", "50"), figure("deaths", "43"))
    assert (
        why
        == "a part can't be more than its whole: 50 people (children) against 43 people (deaths); the part was counted for no longer than its whole"
    )
    assert why in decided
    why, _ = told(figure("present", "2000"), figure("present", "1000", "oblast"))
    assert why.startswith(
        "a part can't be more than its whole: 2,000 people (kupiansk) against 1,000 people (oblast), even with 10 % to spare; both speak of 2025"
    )
    assert "not both say from when they count" in told(figure("children", "50", holds=SAID), figure("deaths", "43", holds=SAID))[0]
    assert "no larger than that of its whole can be" in told(figure("children", "43"), figure("deaths", "50"))[1]
    assert "different places, kupiansk and centre" in told(figure("children", "50"), figure("deaths", "43", "centre"))[1]
    assert "different periods" in told(figure("children", "50", holds=SAID), figure("deaths", "43"))[1]
    assert "neither is part of the other" in told(figure("children", "50"), figure("hurt", "43"))[1]
    assert "different subjects" in told(figure("captured", "50", subject="russia"), figure("lost", "43", subject="ukraine"))[1]


# --- Among many ----------------------------------------------------------------------------------------------------


def pair_by_pair(plain: Record) -> list[tuple[Any, ...]]:
    """What contradicts what, every pair decided by itself."""
    ledger = ledger_of(plain)
    entries = []
    for one, other in combinations(accounts(ledger.claims(), ledger.vocabulary), 2):
        places = {account.place: ledger.vocabulary.larger_places(account.place) for account in (one, other)}
        larger = larger_of(one, other, places) if one.subject == other.subject else None
        met = verdict(one, other, larger) if larger is not None else None
        if met is not None:
            conflict = conflict_of(met, ledger.vocabulary)
            entries.append((*conflict.ids, conflict.kind, conflict.strength, conflict.relation, conflict.place, conflict.property))
    return sorted(entries)


@pytest.mark.parametrize("search", SEARCHES)
def test_every_search_finds_what_pairs_say(search: str) -> None:
    rng, parts = random.Random("parts"), 0
    for size in (6, 12, 40, 250):
        for _ in range(3):
            plain = random_figures(rng, size)
            expected = pair_by_pair(plain)
            verdicts = verdicts_of(ledger_of(plain), None, SEARCHES[search])
            assert [
                (*entry["claims"], *(entry[name] for name in ("kind", "strength", "relation", "place", "property"))) for entry in verdicts
            ] == expected
            parts += len(expected)
    assert parts > 1000


def test_a_crowd_of_parts_is_counted_and_looked_up() -> None:
    rng = random.Random("crowds")
    listed = counted = 0
    for _ in range(10):
        plain = random_figures(rng, 60)
        plain["files"][0]["tensions"] = [{"claims": ["c00", "c01"]}, {"claims": ["c02", "c03"]}]
        plain["files"][0]["claims"][4]["disputes"] = ["c05"]
        ledger = ledger_of(plain)
        whole, crowded = find_conflicts(ledger), find_conflicts(ledger, many=0)
        assert [conflict.ids for conflict in every_conflict(crowded, ledger.vocabulary)] == [conflict.ids for conflict in whole.conflicts]
        for claim in ledger.claims():
            assert [found.ids for found in conflicts_of(claim, crowded, ledger.vocabulary)] == [
                found.ids for found in whole.conflicts if claim.id in found.ids
            ]
        both = [{(each.place, each.property, each.subject): each.pairs for each in found} for found in (
            questions(whole.conflicts, ledger.vocabulary), questions(crowded.conflicts, ledger.vocabulary, crowded.crowds)
        )]  # fmt: skip
        assert both[0] == both[1]
        for wanted in (
            Filter(property="deaths"),
            Filter(places=frozenset({"oblast"})),
            Filter(property="children", places=frozenset({"north"})),
        ):
            asked = [crowd for found in crowded.crowds if (crowd := crowd_asked_for(found, wanted)) is not None]
            rest = [found for found in crowded.conflicts if conflict_matches(found, wanted, ledger.vocabulary, {}, {})]
            expected = [found.ids for found in whole.conflicts if conflict_matches(found, wanted, ledger.vocabulary, {}, {})]
            narrowed = crowded._replace(conflicts=rest, crowds=asked)
            assert [found.ids for found in every_conflict(narrowed, ledger.vocabulary)] == expected
            listed += len(expected)
        counted += sum(type(crowd) is PartCrowd for crowd in crowded.crowds)
    assert listed > 100 and counted > 30


def test_some_pairs_alone_are_decided_alike() -> None:
    rng, met = random.Random("pairs"), 0
    for _ in range(10):
        ledger = ledger_of(random_figures(rng, 60))
        whole = {conflict.ids: conflict.kind for conflict in find_conflicts(ledger).conflicts}
        pairs = [frozenset(pair) for pair in combinations((claim.id for claim in ledger.claims()), 2) if rng.random() < 0.3]
        found = {conflict.ids: conflict.kind for conflict in find_conflicts(ledger, pairs=pairs).conflicts}
        assert found == {ids: kind for ids, kind in whole.items() if frozenset(ids) in pairs}
        met += len(found)
    assert met > 50


# --- Asked for ------------------------------------------------------------------------------------------------------


def test_a_pair_of_two_properties_is_kept_where_either_is_asked_for(tmp_path: Path) -> None:
    vocabulary = (
        VOCABULARY
        + "  dead: {quantity: people, cumulative: true, parts: true}\n  children: {quantity: people, cumulative: true, part-of: dead}\n"
    )
    said = {"said": "2025-03-02", "holds": "2025-03-01/2025-03-02"}
    claims = [
        {"id": "few", "place": "county", "property": "dead", "value": "43", "quote": "In Mill County 43 died", **said},
        {"id": "many", "property": "children", "value": "50", "quote": "50 children died in Millbrook", "claimant": "council", **said},
    ]
    folder = ledger_at(tmp_path, file_of(claims), vocabulary)
    assert run("-C", folder, "check").out.count("error") == 1  # "0 errors"
    for option, value in (("--property", "dead"), ("--property", "children"), ("--town", "county"), ("--town", "millbrook")):
        (found,) = json.loads(run("-C", folder, "conflicts", option, value, "--format", "json").out)["conflicts"]
        assert (found["claims"], found["place"], found["property"]) == (["few", "many"], "millbrook", "children"), option
    for arguments in (["--town", "millbrook-north"], ["--property", "people"], ["--town", "millbrook", "--property", "dead"]):
        assert not json.loads(run("-C", folder, "conflicts", *arguments, "--format", "json").out)["conflicts"]
    assert "50 people (Millbrook, children) against 43 people (Mill County, dead)" in run("-C", folder, "why", "few", "many").out
