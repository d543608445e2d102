"""All claims through git in one pass: what it says of each is what `ledger log` says of it; and how far back it looks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from branches import commit, replace, repository_at
from random_histories import IDS, history_at
from small import CLAIMS

from ledger.reading.git import repository_around
from ledger.reading.loader import load_vocabulary
from ledger.reading.trees import WorkTree
from ledger.review import histories as module
from ledger.review.histories import Histories, histories
from ledger.review.log import history_of
from ledger.review.places import Places, now_at


def histories_at(folder: Path) -> tuple[Histories, dict[str, list[tuple[object, ...]]]]:
    """What the one pass says, and what is said of each claim by itself."""
    tree = WorkTree(str(folder))
    repository = repository_around(tree.root)
    head = repository.commit("HEAD")
    assert head is not None
    vocabulary = load_vocabulary(tree)
    with repository.blobs() as blobs:
        places = Places(repository, blobs, now_at(repository, tree, head))
        standings = places.walk(head)
        found = histories(vocabulary, places, standings)
        told: dict[str, list[tuple[object, ...]]] = {}
        for name in {*found.of, *IDS}:
            versions, _ = history_of(name, vocabulary, places, standings)
            told[name] = [
                (v.commit, v.kind, set(v.fields) if v.kind in ("changed", "renamed") else set(), v.earlier_id, v.known_before)
                for v in versions
            ]
    return found, told


@pytest.mark.parametrize("number", range(8))
def test_it_says_of_each_claim_what_is_said_of_it_alone(tmp_path: Path, number: int) -> None:
    found, told = histories_at(history_at(tmp_path.resolve() / "r", random.Random(f"one pass {number}")).ledger)
    compared = 0
    for name, versions in told.items():
        if any(
            version[1] == "unreadable" for version in versions
        ):  # (the log takes any file that has the letters for one that names the id)
            continue
        assert [(p.commit, p.kind, set(p.fields), p.earlier_id, p.known_before) for p in found.of.get(name, [])] == versions, name
        compared += len(versions)
    assert compared


def test_a_note_does_not_change_since_when_it_is_said_nor_does_another_id(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    first = histories_at(folder)[0].commits[0]
    path = folder / "claims" / "text.yaml"
    replace(path, f"id: {CLAIMS[0]['id']}", f"id: {CLAIMS[0]['id']}\n  note: looked at again")
    commit(folder, "a note")
    replace(path, f"id: {CLAIMS[0]['id']}", "id: another-name")
    commit(folder, "another id")
    found = histories_at(folder)[0]
    assert [(past.kind, past.earlier_id) for past in found.of["another-name"]] == [("renamed", CLAIMS[0]["id"])]
    since = found.since("another-name")
    assert since is not None and (since.commit, since.kind) == (first, "added")
    replace(path, "value: east", "value: west")
    assert [past.kind for past in histories_at(folder)[0].of["another-name"]] == ["changed", "renamed"]
    since = histories_at(folder)[0].since("another-name")
    assert since is not None and (since.commit, since.fields) == (None, ("value",))


def test_a_file_that_breaks_and_is_mended_leaves_its_claims_as_they_were(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    path = folder / "claims" / "text.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "]\n", encoding="utf-8")
    commit(folder, "broken")
    path.write_text(whole, encoding="utf-8")
    commit(folder, "mended")
    kinds = {tuple(past.kind for past in pasts) for pasts in histories_at(folder)[0].of.values()}
    assert kinds == {("unreadable", "added")}


def test_of_a_long_history_it_says_how_far_back_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository_at(tmp_path)
    path, name = folder / "claims" / "text.yaml", f"id: {CLAIMS[0]['id']}\n"
    for number in range(4):
        before = name if number == 0 else f"{name}  note: number {number - 1}\n"
        replace(path, before, f"{name}  note: number {number}\n")
        commit(folder, f"number {number}")
    whole = histories_at(folder)[0]
    assert whole.back_to is None and [past.kind for past in whole.of[CLAIMS[0]["id"]]] == ["changed"] * 4 + ["added"]
    monkeypatch.setattr(module, "LEAST", 0)
    part = histories_at(folder)[0]
    assert part.back_to is not None and part.back_to in whole.commits and part.commits == whole.commits[: len(part.commits)]
    pasts = part.of[CLAIMS[0]["id"]]
    assert pasts[:-1] == whole.of[CLAIMS[0]["id"]][: len(pasts) - 1] and not pasts[-1].known_before
