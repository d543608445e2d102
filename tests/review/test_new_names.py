"""A branch that gives an id another name: told as that, and as no change of what follows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from branches import commit, replace, repository_at
from running import run
from small import CLAIMS, file_of

TAIL = "tensions: [{claims: [held-east, people-9000], by: curators, on: 2025-04-01, why: so}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small ledger with a resolution and a tension, all of it committed."""
    made = repository_at(tmp_path, file_of(CLAIMS, tail=TAIL, about="[county]"))
    assert run("-C", made, "resolve", "held-east", "held-west", "--found", "explained", "--why", "so", "--by", "X").code == 0
    commit(made)
    return made


def reviewed(root: Path) -> dict[str, Any]:
    """What `review` says of the working tree, for machines."""
    outcome = run("-C", root, "review", "HEAD", "--format", "json")
    assert outcome.code == 0, outcome
    found: dict[str, Any] = json.loads(outcome.out)
    return found


@pytest.mark.parametrize(
    "part, old, more",
    [
        ("places", "millbrook", ()),
        ("places", "county", ()),
        ("claimants", "ministry", ()),
        ("properties", "control", ()),
        ("values", "east", ("--kind", "value")),
        ("subjects", "lorries", ("--kind", "subject")),
        ("sides", "east", ("--kind", "side")),
    ],
)
def test_a_name_alone_is_renamed_and_nothing_else_has_changed(part: str, old: str, more: tuple[str, ...], root: Path) -> None:
    assert run("-C", root, "rename", old, "quite-new", *more).code == 0
    found = reviewed(root)
    entries = [(entry["kind"], entry["part"], entry["fields"]["id"]) for entry in found["vocabulary"]["changes"]]
    assert entries == [("renamed", part, [old, "quite-new"])]
    assert found["changes"] == [] and found["diagnostics"] == {"new": [], "fixed": []}
    assert found["conflicts"] == {"opened": [], "closed": [], "altered": []} or not any(found["conflicts"].values())
    assert "1 renamed" in run("-C", root, "review", "HEAD").out


def test_several_names_at_once_and_what_did_change(root: Path) -> None:
    for old, new in (("county", "the-county"), ("millbrook", "mill-town"), ("control", "holding"), ("council", "the-council")):
        assert run("-C", root, "rename", old, new).code == 0
    replace(root / "claims/text.yaml", "said: 2025-03-10", "said: 2025-03-11")
    found = reviewed(root)
    assert [change["id"] for change in found["changes"]] == ["held-later"]
    assert list(found["changes"][0]["fields"]) == ["said"]
    assert {entry["kind"] for entry in found["vocabulary"]["changes"]} == {"renamed"} and len(found["vocabulary"]["changes"]) == 4


def test_another_place_is_no_new_name(root: Path) -> None:
    replace(root / "ledger.yaml", "  millbrook: {kind: town, names: {en: Millbrook,", "  elsewhere: {kind: town, names: {en: Elsewhere,")
    path = root / "claims/text.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("place: millbrook", "place: elsewhere"), encoding="utf-8")
    replace(root / "ledger.yaml", "within: millbrook", "within: elsewhere")
    found = json.loads(run("-C", root, "review", "HEAD", "--format", "json").out)
    assert {entry["kind"] for entry in found["vocabulary"]["changes"]} == {"added", "removed", "changed"}
    assert len(found["changes"]) == len(CLAIMS)
