"""A person's notes are told apart from what the rules found: behind it, under their own heading, with their own count, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from branches import repository_at
from running import run
from small import CLAIMS, file_of, ledger_at

NOTE = """tensions:
- {claims: [held-east, lorries], by: the desk, on: 2025-04-01, why: lorries of the west pass}
- {claims: [people-27000, people-9000], by: the desk, on: 2025-04-02, why: three times as many}
"""
TOTAL = "2 contradictions (1 certain, 1 possible), 2 tensions noted"


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """The small ledger, whose rules find two contradictions of one question, with two tensions; one is of that question too."""
    claims = [claim for claim in CLAIMS if claim["id"] != "people-9000"]
    apart = {"id": "people-9000", "property": "people", "value": "9000", "said": "2020-03-03", "holds": "2020-03-03/2020-03-04",
             "claimant": "spokesman", "quote": "Millbrook, of 9,000"}  # fmt: skip
    return ledger_at(tmp_path, file_of([*claims, apart], tail=NOTE))


def data(*arguments: str | Path) -> dict[str, Any]:
    found = json.loads(run(*arguments, "--format", "json").out)
    assert isinstance(found, dict)
    return found


def test_conflicts_has_tensions_behind_what_the_rules_found(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outs = [run("-C", noted, "conflicts", *more).out for more in ([], ["--pairs"], ["--format", "markdown"])]
    monkeypatch.setenv("COLUMNS", "100")
    outs.append(run("-C", noted, "conflicts").out)
    for out in outs:
        plain = out.replace("\\", "")
        before, heading, behind = plain.partition("Tensions noted: ")
        assert heading and behind.count("Tensions noted") == 0
        assert "held-west" in before and "held-later" in before and "lorries" not in before
        assert "noted by the desk" not in before and behind.count("noted by the desk") == 2
        assert "certain" not in behind.partition(TOTAL)[0] and "reversal" not in plain
        assert TOTAL in plain


def test_conflicts_counts_them_apart_for_machines(noted: Path) -> None:
    found = data("-C", noted, "conflicts", "--limit", "1")
    assert found["totals"] == {"contradictions": 2, "certain": 1, "possible": 1, "tensions": 2, "contradictions_are_at_least": False}
    assert (found["total"], found["truncated"]) == (4, True)
    listed = data("-C", noted, "conflicts")["conflicts"]
    assert [(conflict["claims"], conflict["kind"]) for conflict in listed] == [
        (["held-east", "held-later"], "exclusive"),
        (["held-east", "held-west"], "exclusive"),
        (["held-east", "lorries"], "tension"),
        (["people-27000", "people-9000"], "tension"),
    ]
    assert [(question["pairs"], question["contradictions"], question["tensions"]) for question in found["questions"]] == [
        (3, 2, 1),
        (1, 0, 1),
    ]


@pytest.mark.parametrize(("asked", "code"), [("any", 1), ("certain", 1)])
def test_no_tension_fails_a_run(asked: str, code: int, noted: Path) -> None:
    assert run("-C", noted, "conflicts", "--fail-on", asked).code == code
    assert run("-C", noted, "conflicts", "--kind", "tension", "--fail-on", asked).code == 0
    out = run("-C", noted, "conflicts", "--kind", "tension").out
    assert "no contradictions, 2 tensions noted, in 2 questions of 1 place\n" in out


def test_why_says_which_rule_found_nothing_and_what_was_noted(noted: Path) -> None:
    decided = data("-C", noted, "why", "held-east", "lorries")
    assert decided["contradict"] is False and decided["conflict"]["kind"] == "tension"
    assert decided["decision"] == (
        "No contradiction by any rule: they answer different questions, “who holds the place” and “whether lorries run”, neither implies "
        "anything of the other, and neither is part of the other. But a tension was noted by the desk on 2025-04-01: lorries of the west pass."
    )


def test_show_counts_them_apart(noted: Path) -> None:
    out = run("-C", noted, "show", "held-east").out
    _, _, rest = out.partition("contradict: 2\n")
    contradicted, _, behind = rest.partition("tensions noted: 1\n")
    assert "held-west" in contradicted and "lorries" not in contradicted
    assert behind.startswith("  lorries Ministry of Roads: yes; noted by the desk on 2025-04-01: lorries of the west pass")
    found = data("-C", noted, "show", "held-east")
    assert found["totals"] == {"contradictions": 2, "tensions": 1} and len(found["conflicts"]) == 3
    assert "contradict: 0\ntensions noted: 1\n" in run("-C", noted, "show", "lorries").out


def test_timeline_counts_them_apart(noted: Path) -> None:
    out = run("-C", noted, "timeline").out
    assert TOTAL in out
    found = data("-C", noted, "timeline")
    assert found["totals"] == {"contradictions": 2, "certain": 1, "possible": 1, "tensions": 2}
    (held,) = (question for question in found["questions"] if question["property"] == "control")
    assert (held["pairs"], held["contradictions"], held["tensions"], len(held["conflicts"])) == (3, 2, 1, 3)
    rows = list(csv.DictReader(io.StringIO(run("-C", noted, "timeline", "--format", "csv").out)))
    assert {row["claim"]: row["tensions_with"] for row in rows if row["property"] == "control"} == {
        "held-east": "lorries", "held-west": "", "held-later": "", "lorries": "held-east",
    }  # fmt: skip
    assert {row["contradicts_possibly"] for row in rows if row["claim"] == "lorries"} == {""}


def test_claimants_are_not_contradicted_by_a_note(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = run("-C", noted, "claimants").out
    assert "contradicted: 2 (1 certain, 1 possible): Town Council 1 certain, Gazette 1 possible; 2 tensions noted\n" in out
    assert "  Ministry of Roads, two claims of its own: 1\n" in out.partition("Tensions noted between whom")[2]
    assert "own reversals: " not in out and TOTAL in out
    assert "tension with people-27000" in run("-C", noted, "claimants", "--claimant", "spokesman").out
    found = data("-C", noted, "claimants")
    row = next(row for row in found["claimants"] if row["claimant"] == "ministry")
    assert (row["counts"]["contradictions"], row["counts"]["own_reversals"], row["counts"]["tensions"]) == (2, 0, 2)
    assert row["tensions"] == [["held-east", "lorries"], ["people-27000", "people-9000"]] and row["own_reversals"] == []
    assert found["totals"] == {"contradictions": 2, "certain": 1, "possible": 1, "tensions": 2}
    assert sum(cell["pairs"] for cell in found["matrix"]) == 2 and sum(cell["tensions"] for cell in found["matrix"]) == 2
    table = {row["claimant"]: row for row in csv.DictReader(io.StringIO(run("-C", noted, "claimants", "--format", "csv").out))}
    assert (table["ministry"]["contradictions"], table["ministry"]["tensions"]) == ("2", "2")
    assert table["spokesman"]["tension_pairs"] == "people-9000/people-27000" and table["spokesman"]["contradictions"] == "0"
    monkeypatch.setenv("COLUMNS", "80")
    assert "Tensions noted between whom" in run("-C", noted, "claimants").out


def test_review_tells_them_apart_and_none_fails_a_branch(tmp_path: Path) -> None:
    plain = file_of(CLAIMS)
    repository_at(tmp_path, plain)
    note = "tensions:\n- {claims: [held-east, lorries], by: the desk, on: 2025-04-01, why: at odds}\n"
    ledger_at(tmp_path, file_of(CLAIMS, tail=note))
    outcome = run("-C", tmp_path, "review", "--fail-on", "opened")
    assert outcome.code == 0 and "Tensions noted\n" in outcome.out and "tensions: notes 1 tension\n" in outcome.out
    assert "contradictions opened" not in outcome.out.lower() and "contradictions 2, of them certain 1" in outcome.out
    assert "tensions noted 0 -> 1" in outcome.out
    for form in ("github", "sarif", "gitlab"):
        out = run("-C", tmp_path, "review", "--format", form).out
        assert "tension noted" in out and "notes a tension on" in out and "contradiction" not in out
    numbers = data("-C", tmp_path, "review")["numbers"]
    assert [(numbers[side]["contradictions"], numbers[side]["tensions"]) for side in ("before", "after")] == [(2, 0), (2, 1)]


def test_a_tension_that_a_rule_finds_now_is_a_contradiction_opened(tmp_path: Path) -> None:
    note = "tensions:\n- {claims: [held-west, lorries], by: the desk, on: 2025-04-01, why: at odds}\n"
    repository_at(tmp_path, file_of(CLAIMS, tail=note))
    text = file_of([claim | ({"disputes": "[held-west]"} if claim["id"] == "lorries" else {}) for claim in CLAIMS], tail=note)
    ledger_at(tmp_path, text)
    outcome = run("-C", tmp_path, "review", "--fail-on", "opened")
    assert outcome.code == 1
    assert "contradictions: opens 1 contradiction\n" in outcome.out and "tensions: drops 1 tension\n" in outcome.out


def test_nothing_is_across_sides_where_somebody_speaks_for_none(noted: Path) -> None:
    out = run("-C", noted, "conflicts", "--pairs").out
    assert "exclusive, certain, across sides: " in out and "exclusive, possible: " in out  # (the Gazette has no side)
    assert "exclusive, possible, of two claimants: " in run("-C", noted, "why", "held-east", "held-later").out
