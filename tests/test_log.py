"""`ledger log`: one claim through git, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from branches import branch_at, commit, git, replace, repository_at
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at


def history(folder: Path, name: str) -> list[dict[str, Any]]:
    """The versions of a claim, newest first."""
    code, out, err = run("-C", folder, "log", name, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)["versions"]
    assert isinstance(found, list)
    return found


def told(folder: Path, name: str) -> list[tuple[str, dict[str, Any]]]:
    """Kinds and fields of the versions that are no beginning or end."""
    return [(version["kind"], version["fields"] if version["kind"] in ("changed", "renamed") else {}) for version in history(folder, name)]


def test_changes_with_commit_date_and_author(tmp_path: Path) -> None:
    branch_at(tmp_path)
    changed, added = history(tmp_path, "people-27000")
    assert changed["fields"] == {"value": ["27000", "26000"]} and added["kind"] == "added"
    assert (changed["commit"], changed["author"], changed["date"]) == (
        git(tmp_path, "rev-parse", "HEAD").strip(),
        "Ada",
        "2025-04-01T12:00:00+00:00",
    )
    text = run("-C", tmp_path, "log", "people-27000").out
    assert text.startswith("people-27000: 2 changes\n\n2025-04-01 " + changed["commit"][:12] + " Ada: changed (claims/text.yaml:")
    assert "    a sixth text, and more\n    value: 27000 -> 26000\n" in text


def test_what_is_gone_has_its_history_still(tmp_path: Path) -> None:
    branch_at(tmp_path)
    assert told(tmp_path, "lorries") == [("removed", {}), ("added", {})]


def test_noise_is_left_out_and_moves_between_files(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    replace(path, "quote: Millbrook fell to the west", "quote: >-\n    Millbrook fell\n    to the west")
    commit(tmp_path, "wrapped")
    path.rename(tmp_path / "claims" / "other.yaml")
    commit(tmp_path, "renamed file")
    assert told(tmp_path, "held-west") == [("added", {})]


def test_what_is_not_committed_comes_first(tmp_path: Path) -> None:
    repository_at(tmp_path)
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 5")
    first, _ = history(tmp_path, "people-27000")
    assert first["commit"] is None and first["fields"] == {"value": ["27000", "5"]}
    assert "not committed: changed (claims/text.yaml:" in run("-C", tmp_path, "log", "people-27000").out


def test_a_rename_says_where_to_look_further(tmp_path: Path) -> None:
    repository_at(tmp_path)
    replace(tmp_path / "claims" / "text.yaml", "id: held-west", "id: west-holds\n  note: clearer")
    commit(tmp_path, "a better id")
    assert told(tmp_path, "west-holds") == [("renamed", {"id": ["held-west", "west-holds"], "note": [None, "clearer"]})]
    assert "renamed from held-west" in run("-C", tmp_path, "log", "west-holds").out
    assert told(tmp_path, "held-west") == [("removed", {}), ("added", {})]


def test_merges(tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "one")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 1")
    commit(tmp_path, "one")
    git(tmp_path, "checkout", "-q", "-b", "two", "main")
    replace(tmp_path / "claims" / "text.yaml", "value: 9000", "value: 2")
    commit(tmp_path, "two")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "first", "one")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "second", "two")
    assert [version["subject"] for version in history(tmp_path, "people-27000")] == ["one", "the ledger"]
    assert [version["subject"] for version in history(tmp_path, "people-9000")] == ["two", "the ledger"]


def test_a_merge_that_says_something_of_its_own(tmp_path: Path) -> None:
    repository_at(tmp_path)
    for branch, value in (("one", "1"), ("two", "2")):
        git(tmp_path, "checkout", "-q", "-b", branch, "main")
        replace(tmp_path / "claims" / "text.yaml", "value: 27000", f"value: {value}")
        commit(tmp_path, branch)
    git(tmp_path, "merge", "-q", "--no-commit", "-s", "ours", "one")
    replace(tmp_path / "claims" / "text.yaml", "value: 2\n", "value: 3\n")
    commit(tmp_path, "settled")
    assert next((version["subject"], version["fields"].get("value")) for version in history(tmp_path, "people-27000")) == (
        "settled",
        ["2", "3"],
    )


def test_a_commit_that_broke_the_file(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    good = path.read_bytes()
    path.write_bytes(good + b"]\n")
    commit(tmp_path, "broken")
    path.write_bytes(good + b"]]\n")
    commit(tmp_path, "still broken")
    path.write_bytes(good.replace(b"value: 27000\n", b"value: 27005\n"))
    commit(tmp_path, "mended")
    assert [version["subject"] for version in history(tmp_path, "people-27000")] == ["mended", "still broken", "broken", "the ledger"]
    assert told(tmp_path, "people-27000") == [
        ("changed", {"value": ["27000", "27005"]}), ("unreadable", {}), ("unreadable", {}), ("added", {}),
    ]  # fmt: skip
    assert told(tmp_path, "held-west") == [("unreadable", {}), ("unreadable", {}), ("added", {})]
    assert "the file can't be read in this commit" in run("-C", tmp_path, "log", "people-27000").out


def test_a_file_that_was_broken_from_the_beginning(tmp_path: Path) -> None:
    repository_at(tmp_path, {})
    files = file_of(CLAIMS)
    ledger_at(tmp_path, files | {"claims/text.yaml": files["claims/text.yaml"] + "]\n"})
    commit(tmp_path, "broken")
    ledger_at(tmp_path, files)
    commit(tmp_path, "mended")
    assert told(tmp_path, "held-west") == [("added", {}), ("unreadable", {})]


def test_a_claim_that_stands_in_two_files_for_a_while_was_only_moved(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    text = path.read_text(encoding="utf-8")
    head, start = text[: text.index("- place")], text.rindex("- place")
    (tmp_path / "claims" / "other.yaml").write_text(head + text[start:], encoding="utf-8")
    commit(tmp_path, "copied")
    path.write_text(text[:start], encoding="utf-8")
    commit(tmp_path, "taken out")
    assert told(tmp_path, "lorries") == [("added", {})]
    (tmp_path / "claims" / "other.yaml").unlink()
    commit(tmp_path, "gone")
    assert told(tmp_path, "lorries") == [("removed", {}), ("added", {})]


def test_a_merge_of_a_moved_file_and_a_changed_claim(tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "moved")
    git(tmp_path, "mv", "claims/text.yaml", "claims/other.yaml")
    commit(tmp_path, "moved")
    git(tmp_path, "checkout", "-q", "main")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 1")
    commit(tmp_path, "changed")
    git(tmp_path, "merge", "-q", "-m", "both", "moved")
    assert [version["subject"] for version in history(tmp_path, "people-27000")] == ["changed", "the ledger"]


def test_each_version_names_the_file_it_stood_in(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    commit(tmp_path, "gone")
    (tmp_path / "claims" / "again.yaml").write_text(text, encoding="utf-8")
    commit(tmp_path, "back")
    assert [version["path"] for version in history(tmp_path, "lorries")] == ["claims/again.yaml", "claims/text.yaml", "claims/text.yaml"]


@pytest.mark.parametrize("name", ["nobody", "", "held west", "\x1b[31m", "--all", "../x", "x" * 3000, "\udcff"])
def test_an_id_that_never_was(name: str, tmp_path: Path) -> None:
    words = could_not_run(run("-C", repository_at(tmp_path), "log", "--", name))
    assert words.startswith("no claim has had the id") and "\x1b" not in words and len(words) < 2100


def test_what_was_probably_meant(tmp_path: Path) -> None:
    assert "did you mean `held-west`" in could_not_run(run("-C", repository_at(tmp_path), "log", "held-wst"))


def test_a_claim_that_was_taken_back_and_came_again(tmp_path: Path) -> None:
    repository_at(tmp_path)
    ledger_at(tmp_path, file_of(CLAIMS[:-1]))
    commit(tmp_path, "without")
    ledger_at(tmp_path, file_of(CLAIMS))
    commit(tmp_path, "with")
    assert [version["kind"] for version in history(tmp_path, "lorries")] == ["added", "removed", "added"]
