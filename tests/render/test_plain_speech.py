"""What people read of this repository's ledger is plain speech: no id stands for a name, no sign for a word."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from branches import commit, git
from running import ROOT, run

from ledger.model import Ledger
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree

SIGNS = re.compile(r"~[0-9]|[0-9]~|/\.\.|\.\./|[0-9]\.\.[0-9]|it has (?:not )?happened|\bnot (?:russia|ukraine)\b|[<>]=?[0-9]|\{[a-z]+\}")
COMMON = {"front", "experts", "the-front"}  # ids that are words of English, and stand as such in quotes


@cache
def own() -> Ledger:
    """This repository's ledger."""
    return load(WorkTree(str(ROOT)))


@cache
def ids() -> re.Pattern[str]:
    """The ids that are no ordinary words: those with a hyphen, and the lower-case names of places, claimants, sides and subjects."""
    vocabulary = own().vocabulary
    names = {*vocabulary.places, *vocabulary.claimants, *vocabulary.sides}
    for known in vocabulary.properties.values():
        names |= {*known.subjects, *(name for name in (known.id, *known.values) if "-" in name)}
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(sorted(map(re.escape, names - COMMON), key=len, reverse=True))})(?![\w-])")


@cache
def references() -> re.Pattern[str]:
    """What stands as it is: ids of claims, places in files, options as they are typed, and the words of claims and their notes."""
    claims = own().claims()
    words = {
        part
        for claim in claims
        for text in (claim.quote, claim.translation, claim.hedge, claim.note)
        if text
        for part in [" ".join(text.split())]
    }
    told = sorted({*(claim.id for claim in claims), *words}, key=len, reverse=True)
    return re.compile(rf"{'|'.join(map(re.escape, told))}|(?:seeds|claims)/[\w./-]+(?::[0-9]+)*|--[a-z]+ (?:\"[^\"]*\"|\S+)")


def faults(text: str) -> list[str]:
    """What stands in running text and should not, with what stands around it."""
    plain = references().sub("§", " ".join(text.replace("\\", "").split()))
    found = [*ids().finditer(plain), *SIGNS.finditer(plain)]
    return [plain[max(0, match.start() - 60) : match.end() + 30] for match in found]


def seeds_apart(text: str) -> str:
    """A text without the words of seeds that stand in brackets beside a quote."""
    return re.sub(r"\[[^\[\]]*\]", "", text)


LISTS: list[list[str]] = [
    ["conflicts"],
    ["conflicts", "--full"],
    ["conflicts", "--brief"],
    ["conflicts", "--format", "markdown"],
    ["claims"],
    ["claims", "--format", "markdown"],
    ["timeline"],
    ["claimants"],
    ["claimants", "--claimant", "Russian Ministry of Defence"],
    ["seeds"],
    ["search", "Kupiansk"],
    ["search", "Kupiansk", "--format", "markdown"],
    ["check"],
]


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_what_people_read_names_things_as_people_do(arguments: list[str]) -> None:
    outcome = run("-C", ROOT, *arguments)
    assert (outcome.code, outcome.err) == (0, "") and outcome.out
    assert faults(seeds_apart(outcome.out)) == []


def data(*arguments: str) -> Any:
    return json.loads(run("-C", ROOT, *arguments, "--format", "json").out)


def test_why_and_show_too() -> None:
    """One pair of each kind, strength and relation, and two that do not contradict each other; each claim of these."""
    pairs: dict[tuple[str, ...], list[str]] = {}
    for conflict in data("conflicts")["conflicts"]:
        pairs.setdefault((conflict["kind"], conflict["strength"], conflict["relation"], conflict.get("hangs_on") or ""), conflict["claims"])
        assert faults(conflict["reason"]) == []
    assert len(pairs) >= 4
    chosen = [
        *pairs.values(),
        ["kupiansk-population-27000", "kupiansk-russia-full-control"],
        ["kupiansk-half-taken", "izium-russia-full-control"],
    ]
    for one, other in chosen:
        outcome = run("-C", ROOT, "why", one, other)
        if outcome.code == 0:
            assert faults(seeds_apart(re.sub("fingerprint: .*", "", outcome.out))) == [], (one, other)
        assert faults(seeds_apart(run("-C", ROOT, "show", one).out)) == [], one


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's ledger as a branch has it that adds one of its files."""
    folder = tmp_path_factory.mktemp("added")
    for part in ("claims", "seeds"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "ledger.yaml", folder)
    path = folder / "claims" / "2025-12-13-kupiansk-ro.yaml"
    text = path.read_bytes()
    path.unlink()
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    path.write_bytes(text)
    return folder


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_review_too(added: Path, form: str) -> None:
    outcome = run("-C", added, "review", "HEAD", "--format", form)
    assert outcome.err == "" and "Russia holds all of Kupiansk" in outcome.out
    of_files = ("W907", "about:")  # a defect, and a field that changed, are told in the words of the file they stand in
    told = [line for line in outcome.out.splitlines() if not any(word in line for word in of_files)]
    assert faults(seeds_apart("\n".join(told))) == []


@pytest.mark.parametrize(
    "text", ["the forces of russia", "said 2025-11-21~", "of ../2025", "kharkiv-oblast", "it has happened", "2025-09-01..2025-09-03"]
)
def test_what_is_no_plain_speech_is_noticed(text: str) -> None:
    assert faults(f"Russia holds Kupiansk, {text}") and not faults("Russia holds Kupiansk, said about 2025-11-21 (--town kharkiv-oblast)")
