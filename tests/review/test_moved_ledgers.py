"""A review finds the ledger of the base where it was; and what can't be compared never passes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from branches import commit, git, replace
from running import run
from small import CLAIMS, Fields, could_not_run, file_of, ledger_at

ALL_OF_IT = ("--fail-on", "removed", "--fail-on", "changed", "--fail-on", "seed")


def repository_with(folder: Path, *ledgers: str, names: dict[str, str] | None = None) -> Path:
    """A repository on a branch of its own, whose main has a ledger in each of these folders: their claims have ids that begin with
    the folder's name, unless `names` says with which."""
    for name in ledgers:
        first = (names or {}).get(name, name).replace("/", "-").replace(".", "top")
        claims: list[Fields] = [{**claim, "id": f"{first}-{claim['id']}"} for claim in CLAIMS]
        ledger_at(folder / name, file_of(claims, name=f"{first}.txt"))
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "the ledgers")
    git(folder, "checkout", "-q", "-b", "work")
    return folder


def edit(ledger: Path) -> None:
    """Drop a claim, change a figure, edit the seed."""
    (claims,), (seed,) = (ledger / "claims").iterdir(), (ledger / "seeds").iterdir()
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text[: text.rindex("- place", 0, text.index("lorries"))], encoding="utf-8")
    replace(claims, "value: 27000", "value: 72000")
    replace(seed, "lorries pass", "no lorries pass")


def is_true_report(ledger: Path, *arguments: str, moved: tuple[str, str] | None) -> None:
    code, out, err = run("-C", ledger, "review", *ALL_OF_IT, *arguments, "--format", "json")
    assert (code, err) == (1, "")
    found: dict[str, Any] = json.loads(out)
    assert sorted(change["kind"] for change in found["changes"]) == ["changed", "removed"]
    assert len(found["seeds"]["changed"]) == 1 and found["not_compared"] == []
    assert found["moved"] == (None if moved is None else list(moved))
    text = run("-C", ledger, "review", *arguments).out
    assert ("the ledger was moved: it stood in " in text) is (moved is not None)


def moved(folder: Path, one: str, other: str) -> Path:
    """The folder of a ledger that was moved with `git mv`."""
    if "." in (one, other):
        (folder / other).mkdir(exist_ok=True, parents=True)
        for name in ("ledger.yaml", "claims", "seeds"):
            git(folder, "mv", f"{one}/{name}", f"{other}/{name}")
    else:
        (folder / other).parent.mkdir(exist_ok=True, parents=True)
        git(folder, "mv", one, other)
    return folder / other


WAYS = [("data", "facts"), ("data", "deep/er/facts"), ("a/b", "b"), (".", "sub"), ("sub", ".")]


@pytest.mark.parametrize("one, other", WAYS)
def test_a_folder_that_was_renamed(one: str, other: str, tmp_path: Path) -> None:
    ledger = moved(repository_with(tmp_path, one), one, other)
    edit(ledger)
    is_true_report(ledger, moved=(one, other))
    commit(tmp_path, "moved")
    is_true_report(ledger, "main...HEAD", moved=(one, other))


def test_a_folder_that_was_renamed_and_nothing_else(tmp_path: Path) -> None:
    ledger = moved(repository_with(tmp_path, "data"), "data", "facts")
    code, out, err = run("-C", ledger, "review", *ALL_OF_IT)
    assert (code, err) == (0, "") and "nothing that the ledger records has changed" in out
    assert "the ledger was moved: it stood in data, and stands in facts" in out


def test_the_head_of_another_branch_has_it_elsewhere(tmp_path: Path) -> None:
    ledger = moved(repository_with(tmp_path, "data"), "data", "facts")
    edit(ledger)
    commit(tmp_path, "moved")
    git(tmp_path, "checkout", "-q", "main")
    is_true_report(tmp_path / "data", "main...work", moved=("data", "facts"))
    out = run("-C", tmp_path / "data", "review", "main...work", "--format", "github").out
    assert "file=facts/" in out and "file=data/" not in out


def test_two_states_from_before_it_was_moved(tmp_path: Path) -> None:
    folder = repository_with(tmp_path / "repository", "data")
    before = git(folder, "rev-parse", "HEAD").strip()
    edit(folder / "data")
    commit(folder, "edited")
    after = git(folder, "rev-parse", "HEAD").strip()
    told = run("-C", folder / "data", "review", f"{before}..{after}", "--format", "json")
    git(folder, "mv", "data", "moved")
    commit(folder, "moved")
    again = run("-C", folder / "moved", "review", f"{before}..{after}", "--format", "json")
    assert again == told and json.loads(again.out)["changes"]


def test_one_of_several_ledgers_was_renamed(tmp_path: Path) -> None:
    repository_with(tmp_path, "a", "b", "c")
    ledger = moved(tmp_path, "b", "z")
    edit(ledger)
    is_true_report(ledger, moved=("b", "z"))
    assert "nothing that the ledger records has changed" in run("-C", tmp_path / "a", "review", *ALL_OF_IT).out


def test_all_of_several_ledgers_were_renamed(tmp_path: Path) -> None:
    repository_with(tmp_path, "a", "b")
    for one, other in (("a", "y"), ("b", "z")):
        edit(moved(tmp_path, one, other))
    is_true_report(tmp_path / "y", moved=("a", "y"))
    is_true_report(tmp_path / "z", moved=("b", "z"))


def test_a_folder_that_was_renamed_and_whose_name_another_took(tmp_path: Path) -> None:
    repository_with(tmp_path, "data", "other")
    edit(moved(tmp_path, "data", "facts"))
    moved(tmp_path, "other", "data")
    is_true_report(tmp_path / "facts", moved=("data", "facts"))


def test_a_copy_is_new_and_says_so(tmp_path: Path) -> None:
    repository_with(tmp_path, "data")
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    code, out, err = run("-C", tmp_path / "copy", "review", *ALL_OF_IT)
    assert (code, err) == (0, "") and "not compared: the base has no ledger: everything counts as new" in out and "claims: 6 added" in out


def test_a_ledger_for_another_that_is_gone_takes_its_claims_away(tmp_path: Path) -> None:
    repository_with(tmp_path, "data")
    git(tmp_path, "rm", "-q", "-r", "data")
    ledger_at(tmp_path / "facts", file_of([{**CLAIMS[0], "id": "quite-another"}], name="new.txt"))
    code, out, _ = run("-C", tmp_path / "facts", "review", "--fail-on", "removed")
    assert code == 1 and "claims: 6 removed, 1 added" in out


def test_which_ledger_it_was_can_be_said_where_it_cannot_be_told(tmp_path: Path) -> None:
    repository_with(tmp_path, "a", "b", names={"a": "same", "b": "same"})
    ledger = moved(tmp_path, "a", "z")
    git(tmp_path, "rm", "-q", "-r", "b")
    edit(ledger)
    for failing in (ALL_OF_IT, ("--fail-on", "vocabulary")):
        code, out, err = run("-C", ledger, "review", *failing)
        assert (code, err) == (1, "")
        assert "this ledger stood in another folder, in one of a, b: `--was FOLDER` says in which: everything counts as new" in out
        names = " and ".join(f"`--fail-on {name}`" for name in failing[1::2])
        assert f"not compared: {names} can't be answered, which counts as a finding" in out
    is_true_report(ledger, "--was", "b/", moved=("b", "z"))
    assert could_not_run(run("-C", ledger, "review", "--was", "c")) == "there is no ledger.yaml in c of the base"


@pytest.mark.parametrize("name", ["removed", "changed", "seed", "vocabulary", "opened", "certain"])
def test_nothing_is_answered_against_a_base_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    ledger = repository_with(tmp_path, ".")
    good = (ledger / "ledger.yaml").read_bytes()
    (ledger / "ledger.yaml").write_bytes(b"[")
    commit(ledger, "broken")
    (ledger / "ledger.yaml").write_bytes(good)
    shutil.rmtree(ledger / "claims")
    ledger_at(ledger, file_of(CLAIMS[2:3]))
    code, out, err = run("-C", ledger, "review", "HEAD..", "--fail-on", name)
    assert (code, err) == (1, "") and f"not compared: `--fail-on {name}` can't be answered, which counts as a finding" in out
    for form in ("markdown", "github", "sarif", "gitlab", "json"):
        assert f"--fail-on {name}" in run("-C", ledger, "review", "HEAD..", "--fail-on", name, "--format", form).out
    assert run("-C", ledger, "review", "HEAD..").code == 0


def conflicts_of(ledger: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-C", ledger, "review", *arguments, "--format", "json").out)
    return found


@pytest.mark.parametrize("name", ["claims/one.yaml", "claims/renamed.yaml"])
@pytest.mark.parametrize(
    "broken", [b"]\n", b"\xff\xfe" + "id: held-east\n".encode("utf-16-le"), b"\0\n", "id: held-east\n".encode("utf-16-le")]
)
def test_what_cannot_be_read_neither_opens_nor_closes_a_contradiction(broken: bytes, name: str, tmp_path: Path) -> None:
    """The same from both ends: a file is broken by the branch, or mended by it; under its name, or another."""
    ledger_at(tmp_path, file_of(CLAIMS[:1], name="one.txt") | file_of(CLAIMS[1:3], name="two.txt"))
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "good")
    text = (tmp_path / "claims" / "one.yaml").read_bytes()
    (tmp_path / "claims" / "one.yaml").unlink()
    (tmp_path / name).write_bytes(broken + (text if broken.endswith(b"]\n") or broken == b"\0\n" else b""))
    commit(tmp_path, "broken")
    for revisions in ("HEAD~1..HEAD", "HEAD..HEAD~1"):
        found = conflicts_of(tmp_path, revisions)
        assert (found["conflicts"]["opened"], found["conflicts"]["closed"], found["changes"]) == ([], [], []), revisions
        for kind in ("removed", "opened", "certain", "changed"):
            code, out, _ = run("-C", tmp_path, "review", revisions, "--fail-on", kind)
            assert code == 1 and f"`--fail-on {kind}` can't be answered, which counts as a finding" in out
        assert "can't be answered" not in run("-C", tmp_path, "review", revisions, "--fail-on", "seed").out


def test_a_claim_that_left_a_file_before_it_broke_can_be_told(tmp_path: Path) -> None:
    ledger_at(tmp_path, file_of(CLAIMS[:1], name="one.txt") | file_of(CLAIMS[1:2], name="two.txt"))
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "good")
    one = tmp_path / "claims" / "one.yaml"
    one.rename(tmp_path / "claims" / "other.yaml")
    replace(tmp_path / "claims" / "other.yaml", "value: east", "value: west")
    one.write_text("# held-east went to other.yaml\n]\n", encoding="utf-8")
    found = conflicts_of(tmp_path)
    assert [change["kind"] for change in found["changes"]] == ["changed"] and len(found["conflicts"]["closed"]) == 1


def test_a_claim_that_went_beside_a_file_that_never_held_it_is_removed(tmp_path: Path) -> None:
    ledger_at(tmp_path, file_of(CLAIMS[:1], name="one.txt") | file_of(CLAIMS[1:3], name="two.txt") | {"claims/bad.yaml": "]\n"})
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "good")
    (tmp_path / "claims" / "one.yaml").unlink()
    found = conflicts_of(tmp_path)
    assert [change["kind"] for change in found["changes"]] == ["removed"] and len(found["conflicts"]["closed"]) == 2
    code, out, _ = run("-C", tmp_path, "review", "--fail-on", "opened")
    assert code == 1 and "`--fail-on opened` can't be answered" in out
    assert "can't be answered" not in run("-C", tmp_path, "review", "--fail-on", "changed").out, "the file that can't be read is as it was"


def test_a_seed_that_is_too_large_to_be_compared(tmp_path: Path) -> None:
    ledger = repository_with(tmp_path, ".")
    with open(ledger / "seeds" / "large.txt", "wb") as file:
        file.truncate(65 * 1024 * 1024)
    commit(ledger, "large")
    with open(ledger / "seeds" / "large.txt", "r+b") as file:
        file.write(b"edited")
    code, out, _ = run("-C", ledger, "review", "HEAD", "--fail-on", "seed")
    assert (
        code == 1 and "not compared: seeds/large.txt is larger than 64 MiB: it is not compared" in out and "`--fail-on seed` can't" in out
    )
    commit(ledger, "edited")
    code, out, _ = run("-C", ledger, "review", "HEAD~1..HEAD", "--fail-on", "seed")
    assert code == 1 and "seeds/large.txt: changed: its bytes changed" in out and "can't be answered" not in out
    assert "large.txt" not in run("-C", ledger, "review", "HEAD..HEAD").out
