"""No span of days is ever printed backwards: not where a day is uncertain, and not between two words of one mouth."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from pathlib import Path

import pytest
from running import run
from test_claimants import claim, files_of

from ledger.conflicts import find_conflicts
from ledger.conflicts.questions import questions
from ledger.conflicts.reasons import reason
from ledger.conflicts.times import shared_for_certain
from ledger.conflicts.why import decide
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def backwards(text: str) -> list[str]:
    """The spans of a text that end before they begin."""
    spans = re.finditer(rf"({DAY})(?: to |\.\.(?!/)|, (?:\w+ )*until | is followed by another from )({DAY})", text)
    return [span[0] for span in spans if span[1] > span[2]]


def on_disk(folder: Path, *texts: list[dict[str, str]]) -> Path:
    """A ledger on disk."""
    for name, data in files_of(*texts).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_a_denial_of_some_day_against_what_happened_before(tmp_path: Path) -> None:
    ledger = on_disk(
        tmp_path,
        [
            claim("fell", "ministry", "2025-06-16", "", property="fallen"),
            claim("not-yet", "council", "2025-06-17/2025-06-18", "", property="fallen", stance="denies"),
        ],
    )
    words = "both speak of 2025-06-17 or 2025-06-18"
    for command in (["conflicts"], ["why", "fell", "not-yet"], ["show", "fell"], ["timeline"]):
        out = run("-C", ledger, *command).out
        assert words in out, command
        assert not backwards(out), command
    assert "2 days" not in run("-C", ledger, "conflicts").out  # it is one of the two
    record = json.loads(run("-C", ledger, "conflicts", "--format", "json").out)
    link = record["questions"][0]["links"][0]
    assert (link["first_day"], link["last_day"], link["days"]) == ("2025-06-17", "2025-06-18", None)


def test_the_earlier_of_two_words_of_one_mouth_is_named_first(tmp_path: Path) -> None:
    ledger = on_disk(
        tmp_path,
        [
            claim("later", "ministry", "2025-06-12", "west", holds="../2025-06-10"),
            claim("first", "ministry", "2025-06-01", "east"),
        ],
    )
    out = run("-C", ledger, "why", "later", "first").out
    assert "until 2025-06-01 is followed by another from 2025-06-09" in " ".join(out.split())


def some_claim(number: int, chance: random.Random) -> dict[str, str]:
    """A claim of any of the kinds of times there are, in few days."""

    def day() -> str:
        return chance.choice([f"2025-06-{chance.randint(1, 20):02}", f"2025-06-{chance.randint(1, 20):02}~", "2025-06", "2025-05~"])

    property = chance.choice(["control", "fallen", "losses"])
    stance = chance.choice(["asserts", "asserts", "denies"])
    said = chance.choice([day(), f"2025-06-{(first := chance.randint(1, 15)):02}/2025-06-{first + chance.randint(1, 9):02}"])
    forms = ["", day(), f"2025-06-{(first := chance.randint(1, 9)):02}/2025-06-{first + chance.randint(0, 9):02}", f"../{day()}"]
    holds = chance.choice(forms if property != "fallen" else forms[:2] if stance == "denies" else forms)
    value = {"control": chance.choice(["east", "west"]), "losses": str(chance.randint(1, 3) * 100), "fallen": ""}[property]
    extent = "part" if property == "control" and stance == "denies" else ""
    who = chance.choice(["ministry", "council", "map", "army"])
    return claim(f"c{number}", who, said, value, property=property, stance=stance, holds=holds, extent=extent)


@pytest.mark.parametrize("seed", range(6))
def test_no_reason_runs_backwards(seed: int) -> None:
    chance = random.Random(seed)
    ledger = load(MemoryTree(files_of([some_claim(number, chance) for number in range(60)])))
    findings = find_conflicts(ledger)
    of_pair = {conflict.ids: conflict for conflict in findings.conflicts}
    assert len(of_pair) > 100
    for conflict in findings.conflicts:
        assert not backwards(reason(conflict, ledger.vocabulary)), conflict.ids
        if conflict.strength == "certain" and conflict.verdict is not None:
            first, last = shared_for_certain(conflict.verdict.one.time, conflict.verdict.other.time)
            assert first <= last
    for question in questions(findings.conflicts, ledger.vocabulary):
        assert all(link.first <= link.last for link in question.links)
    for one, other in combinations(ledger.claims()[:40], 2):
        ids = (min(one.id, other.id), max(one.id, other.id))
        decision = decide(one, other, ledger, findings, of_pair.get(ids))
        assert not backwards("\n".join([decision.sentence, *decision.steps])), ids
