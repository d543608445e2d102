"""`ledger log`: one claim through git, field by field."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import prove_log
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


# -- what any history may hold (tests/prove/prove_log.py is the long run) --------------------------------------------------------


@pytest.mark.parametrize("part", range(5))
def test_random_histories_agree_with_a_slow_reading(part: int) -> None:
    counts, wrong = prove_log.tried(3, f"in short {part}")
    assert not wrong, wrong[0]
    assert counts["merges"] > 1 and counts["added"] > 3  # it is no proof of silence


def test_two_branches_that_each_added_a_file(tmp_path: Path) -> None:
    repository_at(tmp_path)
    for branch in ("one", "two"):
        git(tmp_path, "checkout", "-q", "-b", branch, "main")
        ledger_at(tmp_path, file_of([{**CLAIMS[0], "id": f"of-{branch}"}], name=f"{branch}.txt"))
        commit(tmp_path, branch)
    git(tmp_path, "checkout", "-q", "main")
    for branch in ("one", "two"):
        git(tmp_path, "merge", "-q", "--no-ff", "-m", f"merge {branch}", branch)
    for name, subjects in (("of-one", ["one"]), ("of-two", ["two"]), ("lorries", ["the ledger"])):
        assert [version["subject"] for version in history(tmp_path, name)] == subjects


def test_an_octopus_and_a_merge_that_lost_a_claim(tmp_path: Path) -> None:
    repository_at(tmp_path)
    for number in range(3):
        git(tmp_path, "checkout", "-q", "-b", f"b{number}", "main")
        replace(tmp_path / "claims" / "text.yaml", "value: 27000", f"value: {number}")
        commit(tmp_path, f"b{number}")
    git(tmp_path, "checkout", "-q", "--detach")
    tree = git(tmp_path, "rev-parse", "b1^{tree}").strip()
    octopus = git(tmp_path, "commit-tree", "-m", "all", "-p", "b0", "-p", "b1", "-p", "b2", tree).strip()
    git(tmp_path, "reset", "-q", "--hard", octopus)
    assert [version["subject"] for version in history(tmp_path, "people-27000")] == ["b0", "b1", "b2", "the ledger"]
    (tmp_path / "claims" / "text.yaml").write_text(file_of(CLAIMS[:2])["claims/text.yaml"], encoding="utf-8")
    git(tmp_path, "add", "-A")
    tree = git(tmp_path, "write-tree").strip()
    lost = git(tmp_path, "commit-tree", "-m", "lost", "-p", "b0", "-p", "b2", tree).strip()
    git(tmp_path, "reset", "-q", "--hard", lost)
    first = history(tmp_path, "lorries")[0]
    assert (first["kind"], first["subject"]) == ("removed", "lost")


def test_a_merge_that_took_over_the_older_side(tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "work")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 3")
    ledger_at(tmp_path, file_of([{**CLAIMS[0], "id": "new"}], name="new.txt"))
    commit(tmp_path, "work")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-s", "ours", "-m", "not so", "work")
    assert [(version["subject"], version["stands"]) for version in history(tmp_path, "people-27000")] == [
        ("work", False),
        ("the ledger", True),
    ]
    assert ": added, and stands now (" in run("-C", tmp_path, "log", "people-27000").out
    assert [(version["subject"], version["stands"]) for version in history(tmp_path, "new")] == [("work", False)]
    assert "new: 1 change\nnot in the ledger now: a merge took over a side without it\n" in run("-C", tmp_path, "log", "new").out


def test_what_is_no_claims_file(tmp_path: Path) -> None:
    repository_at(tmp_path)
    os.symlink("lorries", tmp_path / "claims" / "link.yaml")
    (tmp_path / "claims" / ".hidden.yaml").write_text("lorries]", encoding="utf-8")
    (tmp_path / "claims" / "deep.yaml").mkdir()
    (tmp_path / "claims" / "deep.yaml" / "lorries.yaml").write_text("lorries]", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{git(tmp_path, 'rev-parse', 'HEAD').strip()},claims/module.yaml")
    git(tmp_path, "commit", "-q", "-m", "others")
    (tmp_path / "claims" / "text.yaml").unlink()
    git(tmp_path, "commit", "-q", "-a", "-m", "gone")
    assert [(version["kind"], version["subject"]) for version in history(tmp_path, "lorries")] == [
        ("removed", "gone"),
        ("added", "the ledger"),
    ]


def test_several_first_commits(tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "--orphan", "other")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 8")
    commit(tmp_path, "another beginning")
    git(tmp_path, "merge", "-q", "-s", "ours", "--allow-unrelated-histories", "-m", "both", "main")
    assert sorted((version["kind"], version["subject"]) for version in history(tmp_path, "people-27000")) == [
        ("added", "another beginning"), ("added", "the ledger"),
    ]  # fmt: skip


@pytest.mark.parametrize("later", ["facts", "deep/er/data", "дані", "a 'b' c"])
def test_a_ledger_whose_folder_moved(later: str, tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "mv", "ledger.yaml", "seeds", "claims", _folder(tmp_path, "data"))
    commit(tmp_path, "into a folder")
    replace(tmp_path / "data" / "claims" / "text.yaml", "value: 27000", "value: 3")
    commit(tmp_path, "changed there")
    _folder(tmp_path, later)
    for name in ("ledger.yaml", "seeds", "claims"):
        git(tmp_path, "mv", f"data/{name}", later)
    for state in ("not committed", "committed"):
        found = history(tmp_path / later, "people-27000")
        assert [(version["kind"], version["subject"], version["folder"]) for version in found] == [
            ("changed", "changed there", "data"), ("added", "the ledger", "."),
        ], state  # fmt: skip
        commit(tmp_path, "renamed")
    text = run("-C", tmp_path / later, "log", "people-27000").out
    assert "changed (data/claims/text.yaml:" in text and "added (claims/text.yaml:" in text


def _folder(top: Path, name: str) -> str:
    """A new folder; its name."""
    (top / name).mkdir(parents=True)
    return name


def test_a_copy_of_a_ledger_begins_its_own_history(tmp_path: Path) -> None:
    repository_at(tmp_path)
    ledger_at(tmp_path / "copy")
    commit(tmp_path, "copied")
    assert [version["subject"] for version in history(tmp_path / "copy", "lorries")] == ["copied"]
    assert [version["subject"] for version in history(tmp_path, "lorries")] == ["the ledger"]


def test_a_history_that_was_merged_in(tmp_path: Path) -> None:
    repository_at(tmp_path)
    inner = git(tmp_path, "rev-parse", "main^{tree}").strip()
    readme = git(tmp_path, "hash-object", "-w", "--stdin").strip()
    git(tmp_path, "checkout", "-q", "--orphan", "outer")
    git(tmp_path, "rm", "-r", "-q", "-f", ".")
    (tmp_path / "README").write_text(readme, encoding="utf-8")
    outer = commit(tmp_path, "outer")
    git(tmp_path, "read-tree", "--prefix=sub/", inner)
    tree = git(tmp_path, "write-tree").strip()
    git(tmp_path, "reset", "-q", "--hard", git(tmp_path, "commit-tree", "-m", "in", "-p", outer, "-p", "main", tree).strip())
    assert [(version["kind"], version["subject"]) for version in history(tmp_path / "sub", "lorries")] == [("added", "the ledger")]


def test_where_the_history_was_cut_off(tmp_path: Path) -> None:
    repository_at(tmp_path / "whole")
    commit(tmp_path / "whole", "nothing")
    replace(tmp_path / "whole" / "claims" / "text.yaml", "value: 27000", "value: 3")
    commit(tmp_path / "whole", "changed")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{tmp_path}/whole", "cut")
    changed, first = history(tmp_path / "cut", "people-27000")
    assert (changed["kind"], changed["known_before"], first["subject"], first["known_before"]) == ("changed", True, "nothing", False)
    text = run("-C", tmp_path / "cut", "log", "people-27000").out
    assert "it stands here (what came before was not fetched)" in text and ": added" not in text
    assert all(version["known_before"] for version in history(tmp_path / "whole", "people-27000"))


def _raw_commit(folder: Path, data: bytes) -> None:
    """Make a commit of these bytes, whose tree and parent are those of HEAD, the newest."""
    tree, parent = git(folder, "write-tree").strip(), git(folder, "rev-parse", "HEAD").strip()
    (folder / "raw").write_bytes(f"tree {tree}\nparent {parent}\n".encode() + data)
    made = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "raw").strip()
    (folder / "raw").unlink()
    git(folder, "reset", "-q", "--hard", made)


@pytest.mark.parametrize(
    "data, author, subject, date",
    [
        ("author Zoë <z@b> 1743508800 +0200\ncommitter Z <z@b> 1 +0000\nencoding latin-1\n\ngrößer\nals\n\nmehr".encode("latin-1"), "Zoë", "größer als", "2025-04-01T14:00:00+02:00"),
        ("author Олена <z@b> 1743508800 -0930\ncommitter Z <z@b> 1 +0000\nencoding windows-1251\n\n\n\nзміна".encode("cp1251"), "Олена", "зміна", "2025-04-01T02:30:00-09:30"),
        (b"author \xff <z@b> 1743508800 +0000\ncommitter Z <z@b> 1 +0000\n\n\xfe", "\ufffd", "\ufffd", "2025-04-01T12:00:00+00:00"),
        (b"author A <z@b> 1743508800 +0000\ncommitter Z <z@b> 1 +0000\nencoding nonsense\n\nx", "A", "x", "2025-04-01T12:00:00+00:00"),
        (b"author A <z@b> 1743508800 +0000\ncommitter Z <z@b> 1 +0000\nencoding undefined\n\nx", "A", "x", "2025-04-01T12:00:00+00:00"),
        (b"author A <z@b> 1743508800 +0000\ncommitter Z <z@b> 1 +0000\nencoding hex\n\nx", "A", "x", "2025-04-01T12:00:00+00:00"),
        (b"author A <z@b> 99999999999999999 +0000\ncommitter Z <z@b> 1 +0000\n\nx", "A", "x", None),
        (b"author A <z@b> 1743508800 +9999\ncommitter Z <z@b> 1 +0000\n\nx", "A", "x", "2025-04-01T12:00:00+00:00"),
        (b"author A <z@b>\ncommitter Z <z@b> 1 +0000\n\nx", "A", "x", None),
        (b"author <> <<a> b> 5 +0000\ncommitter Z <z@b> 1 +0000\ngpgsig -----BEGIN\n author Mallory <m@m> 7 +0000\n \n encoding hex\n\nx", "", "x", "1970-01-01T00:00:05+00:00"),
        (b"author A <z@b> 5 +0000\ncommitter Z <z@b> 1 +0000\n\n", "A", "", "1970-01-01T00:00:05+00:00"),
        (b"author A <z@b> 5 +0000\ncommitter Z <z@b> 1 +0000\n", "A", "", "1970-01-01T00:00:05+00:00"),
    ],
)  # fmt: skip
def test_words_of_a_commit(data: bytes, author: str, subject: str, date: str | None, tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "config", "i18n.logOutputEncoding", "koi8-r")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 3")
    git(tmp_path, "add", "-A")
    _raw_commit(tmp_path, data)
    first = history(tmp_path, "people-27000")[0]
    assert (first["kind"], first["author"], first["subject"], first["date"]) == ("changed", author, subject, date)
    assert run("-C", tmp_path, "log", "people-27000").code == 0


def test_authors_are_called_as_the_mailmap_says(tmp_path: Path) -> None:
    repository_at(tmp_path)
    (tmp_path / ".mailmap").write_text("Ada Lovelace <ada@example.org>\n", encoding="utf-8")
    git(tmp_path, "config", "log.mailmap", "false")
    assert history(tmp_path, "lorries")[0]["author"] == "Ada Lovelace"


def test_a_file_that_is_broken_now_has_not_lost_its_claims(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "]\n", encoding="utf-8")
    assert told(tmp_path, "lorries") == [("unreadable", {}), ("added", {})]
    assert "not committed: the file can't be read (claims/text.yaml:1)" in run("-C", tmp_path, "log", "lorries").out


def test_what_a_sparse_checkout_leaves_out_is_not_gone(tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "sparse-checkout", "set", "--no-cone", "/ledger.yaml", "/seeds/")
    assert told(tmp_path, "lorries") == [("added", {})]


def test_a_folder_that_is_each_time_in_itself_ten_times(tmp_path: Path) -> None:
    """Ten to the ninth folders, told in ten: looked for a ledger that moved, they are not all gone through."""
    repository_at(tmp_path)
    blob = git(tmp_path, "rev-parse", "HEAD:claims/text.yaml").strip()
    inner = _tree(tmp_path, f"100644 blob {blob}\tx\n")
    for _ in range(9):
        inner = _tree(tmp_path, "".join(f"040000 tree {inner}\t{number}\n" for number in range(10)))
    root = git(tmp_path, "ls-tree", "HEAD")
    bomb = git(tmp_path, "commit-tree", "-m", "many", _tree(tmp_path, f"040000 tree {inner}\tmany\n")).strip()
    git(tmp_path, "reset", "-q", git(tmp_path, "commit-tree", "-m", "then", "-p", bomb, _tree(tmp_path, root)).strip())
    assert [version["subject"] for version in history(tmp_path, "lorries")] == ["then"]


def _tree(folder: Path, listed: str) -> str:
    """A folder of git that lists this; its hash."""
    (folder / "listed").write_text(listed, encoding="utf-8")
    with open(folder / "listed", encoding="utf-8") as file:
        done = subprocess.run(["git", "mktree"], cwd=folder, stdin=file, capture_output=True, text=True, check=True)
    (folder / "listed").unlink()
    return done.stdout.strip()
