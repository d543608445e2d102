"""DESIGN section 4, "Verdict": `relayed`, one saying that was perhaps passed on in two ways, in the verdict and wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from bridge import ledger_of
from judging import JUDGES, SAID, Judge, Record, ledger_with
from running import run
from small import Fields, file_of, ledger_at

from ledger.conflicts import find_conflicts
from ledger.conflicts.reasons import reason

BY_ENGINE = pytest.mark.parametrize("judge", JUDGES[1:], ids=str)


def dead(value: str, **fields: Any) -> Record:
    """What the ministry says of the dead."""
    return {"property": "dead", "value": value, "claimant": "rus"} | fields


def relation(judge: Judge, one: Record, other: Record) -> str | None:
    """The relation of the one contradiction."""
    return judge.entry(one, other)[2]


@BY_ENGINE
def test_of_one_mouth_in_two_files(judge: Judge) -> None:
    assert relation(judge, dead("43"), dead("34", file="b.yaml")) == "relayed"
    assert relation(judge, dead("43"), dead("34")) == "own"
    assert relation(judge, dead("43"), dead("34", file="b.yaml", claimant="konashenkov")) == "relayed"  # whose word is the ministry's
    assert relation(judge, dead("43"), dead("34", file="b.yaml", claimant="milblogger")) == "within"
    assert relation(judge, dead("43"), dead("34", file="b.yaml", claimant="ukr")) == "across"


@BY_ENGINE
def test_of_one_mouth_by_different_relays(judge: Judge) -> None:
    by_paper = dead("43", via=["paper"])
    assert relation(judge, by_paper, dead("34", via=["map"])) == "relayed"
    assert relation(judge, by_paper, dead("34", via=["paper"])) == "own"
    assert relation(judge, by_paper, dead("34", via=["map", "paper"])) == "own"
    assert relation(judge, by_paper, dead("34")) == "own"
    assert relation(judge, by_paper, dead("34", via=["paper"], file="b.yaml")) == "relayed"


@BY_ENGINE
def test_the_days_may_be_the_same(judge: Judge) -> None:
    other = dead("34", file="b.yaml", holds=SAID)
    assert relation(judge, dead("43", said="2025-11-09", holds=SAID), other) == "own"
    assert relation(judge, dead("43", said="2025-11-11", holds=SAID), other) == "own"
    assert relation(judge, dead("43", said="2025-11-09~", holds=SAID), other) == "relayed"
    assert relation(judge, dead("43", said="2025-11-01/2025-11-10", holds=SAID), other) == "relayed"
    assert relation(judge, dead("43", said="2025-11-10/2025-11-30", holds=SAID), other) == "relayed"
    assert relation(judge, dead("43", said="2025-11-11/2025-11-30", holds=SAID), other) == "own"


@BY_ENGINE
def test_of_one_question_as_written(judge: Judge) -> None:
    held = {"property": "control", "value": "russia", "claimant": "rus"}
    assert relation(judge, held, held | {"value": "ukraine", "file": "b.yaml"}) == "relayed"
    assert relation(judge, held, held | {"value": "ukraine", "place": "centre", "file": "b.yaml"}) == "own"
    withdrawn = {"property": "withdrawal", "subject": "russia", "claimant": "rus", "file": "b.yaml"}
    assert relation(judge, held, withdrawn) == "own"
    entered = {"property": "first-entry", "subject": "russia", "claimant": "rus", "disputes": ["c2"]}
    assert relation(judge, entered, entered | {"subject": "ukraine", "file": "b.yaml", "disputes": []}) == "own"
    assert relation(judge, entered, entered | {"file": "b.yaml", "disputes": []}) == "relayed"
    unnamed = held | {"claimant": "officer"}  # another mouth in each file
    assert relation(judge, unnamed, unnamed | {"value": "ukraine", "file": "b.yaml"}) == "across"


def test_the_reason_names_the_relays() -> None:
    def told(one: Record, other: Record) -> str:
        ledger = ledger_of(ledger_with(one, other))
        (conflict,) = find_conflicts(ledger).conflicts
        return reason(conflict, ledger.vocabulary).partition("; perhaps one saying: ")[2]

    by_paper = dead("43", via=["paper"])
    assert told(by_paper, dead("34", via=["map"])) == "43 people as A newspaper passed it on, 34 people as DeepState did"
    assert (
        told(by_paper, dead("34", via=["map", "ukr"]))
        == "43 people as A newspaper passed it on, 34 people as DeepState and General Staff did"
    )
    assert told(by_paper, dead("34", via=["paper"], file="b.yaml")) == (
        "43 people as A newspaper passed it on in a.yaml, 34 people as A newspaper did in b.yaml"
    )
    assert told(by_paper, dead("34", file="b.yaml")) == "43 people as A newspaper passed it on in a.yaml, 34 people as it stands in b.yaml"
    assert told(dead("43"), dead("34")) == ""


# --- Where it is shown -----------------------------------------------------------------------------------------------

TOLD: list[Fields] = [
    {
        "id": "told-43",
        "property": "people",
        "value": "43000",
        "said": "2025-03-02",
        "via": "[gazette]",
        "quote": "43,000 live in Millbrook",
    },
    {
        "id": "told-34",
        "property": "people",
        "value": "34000",
        "said": "2025-03-02",
        "via": "[council]",
        "quote": "34,000 live in Millbrook",
    },
    {"id": "told-20", "property": "people", "value": "20000", "said": "2025-03-02", "via": "[council]", "quote": "20,000 in Millbrook"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one mouth's three figures, of which two came by one relay."""
    return ledger_at(tmp_path_factory.mktemp("relays"), file_of(TOLD))


def data(*arguments: str | Path) -> Any:
    """What a command answers as JSON."""
    return json.loads(run(*arguments, "--format", "json").out)


def test_machines_read_it(folder: Path) -> None:
    found = data("-C", folder, "conflicts")
    assert {tuple(each["claims"]): each["relation"] for each in found["conflicts"]} == {
        ("told-20", "told-34"): "own",
        ("told-20", "told-43"): "relayed",
        ("told-34", "told-43"): "relayed",
    }
    links = found["questions"][0]["links"]
    assert sorted((link["own"], link["relayed"]) for link in links) == [(1, 0), (1, 1), (1, 1)]
    asked = data("-C", folder, "conflicts", "--relation", "relayed")["conflicts"]
    assert [each["claims"] for each in asked] == [["told-20", "told-43"], ["told-34", "told-43"]]
    (timeline,) = data("-C", folder, "timeline")["questions"]
    assert sorted(each["relation"] for each in timeline["conflicts"]) == ["own", "relayed", "relayed"]


def test_it_is_no_reversal(folder: Path) -> None:
    (row,) = data("-C", folder, "claimants")["claimants"]
    assert row["own_reversals"] == [["told-20", "told-34"]] and row["counts"]["own_reversals"] == 1
    assert row["relayed_in_two_ways"] == [["told-20", "told-43"], ["told-34", "told-43"]] and row["counts"]["relayed_in_two_ways"] == 2
    assert row["counts"]["contradictions"] == 0
    (cell,) = data("-C", folder, "claimants")["matrix"]
    assert (cell["own"], cell["relayed"]) == (1, 2)
    (side,) = data("-C", folder, "claimants")["sides"]
    assert side["own_reversals"]["pairs"] == 1 and side["relayed_in_two_ways"]["pairs"] == 2
    (line,) = csv.DictReader(io.StringIO(run("-C", folder, "claimants", "--format", "csv").out))
    assert line["own_reversal_pairs"] == "told-20/told-34" and line["relayed_pairs"] == "told-20/told-43 told-34/told-43"
    text = run("-C", folder, "claimants").out
    assert "own reversals: 1 certain; relayed in two ways: 2 certain" in text and "3 of one mouth" in text
    assert "relayed in two ways: told-20" in run("-C", folder, "claimants", "--claimant", "ministry").out


def test_people_read_it(folder: Path) -> None:
    for command in (["conflicts"], ["conflicts", "--format", "markdown"], ["show", "told-43"]):
        assert "relayed in two ways" in run("-C", folder, *command).out, command
    assert "of one mouth, perhaps one saying passed on in two ways" in run("-C", folder, "why", "told-34", "told-43").out
    assert "of one mouth (a reversal)" in run("-C", folder, "why", "told-34", "told-20").out
    for command in (["conflicts"], ["show", "told-43"], ["why", "told-34", "told-43"], ["conflicts", "--format", "csv"]):
        assert "34,000 people as Town Council passed it on, 43,000 people as Gazette did" in run("-C", folder, *command).out, command
