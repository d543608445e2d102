"""What git can't tell is never taken for what is not there: clones made in parts, and repositories with something missing or damaged."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from branches import commit, git, replace, repository_at
from running import run
from small import CLAIMS, could_not_run, file_of

ALL_OF_IT = ("--fail-on", "removed", "--fail-on", "changed", "--fail-on", "seed")


def edited_at(folder: Path) -> Path:
    """The small ledger on main, and a branch that drops a claim, changes a figure and edits the seed."""
    repository_at(folder)
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "checkout", "-q", "-b", "work")
    claims, seed = folder / "claims" / "text.yaml", folder / "seeds" / "text.txt"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text[: text.rindex("- place", 0, text.index("id: lorries"))], encoding="utf-8")
    replace(claims, "value: 27000", "value: 72000")
    replace(seed, "lorries pass", "no lorries pass")
    commit(folder, "work")
    return folder


def is_true_report(outcome: tuple[int, str, str]) -> None:
    """All three edits are told."""
    code, out, err = outcome
    assert (code, err) == (1, ""), outcome
    assert "claims: 1 removed, 1 changed in meaning" in out and "27000 -> 72000" in out and "seeds: 1 changed" in out


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edited_at(tmp_path_factory.mktemp("origin"))


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    """A repository of its own, to take something away from."""
    yield edited_at(tmp_path / "damaged")


def cloned(origin: Path, to: Path, *options: str) -> Path:
    git(to.parent, "clone", "-q", *options, "--branch", "work", f"file://{origin}", str(to))
    return to


def remedy_in(words: str) -> list[str]:
    """The command that a message names as the way out."""
    (found,) = re.findall("`git (.+)`", words)
    return shlex.split(str(found))


PARTS = {
    "blobs": ("--filter=blob:none",),
    "trees": ("--filter=tree:0",),
    "sparse": ("--filter=blob:none", "--sparse"),
    "large": ("--filter=blob:limit=10",),
}


@pytest.mark.parametrize("options", PARTS.values(), ids=PARTS)
def test_a_clone_in_parts_says_so_and_its_remedy_gives_the_true_report(options: tuple[str, ...], origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", *options)
    words = could_not_run(run("-C", clone, "review", *ALL_OF_IT, "origin/main...HEAD"))
    assert words.startswith("the clone is incomplete: git ") and "`git fetch --refetch --no-filter origin` fetches all of it" in words
    git(clone, *remedy_in(words))
    is_true_report(run("-C", clone, "review", *ALL_OF_IT, "origin/main...HEAD"))


def test_a_clone_in_parts_against_the_files_as_they_are(origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", "--filter=blob:none")
    assert could_not_run(run("-C", clone, "review", "origin/main")).startswith(
        "the clone is incomplete: git does not hold claims/text.yaml as "
    )


def test_a_clone_of_another_remote_names_that_one(origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", "--filter=blob:none", "--origin", "upstream")
    words = could_not_run(run("-C", clone, "review", "upstream/main...HEAD"))
    assert remedy_in(words) == ["fetch", "--refetch", "--no-filter", "upstream"]


def test_what_is_the_same_on_both_sides_needs_nothing_that_is_missing(tmp_path: Path) -> None:
    """The files of the base that did not change are there: what did not change is told by hashes alone."""
    origin = repository_at(tmp_path / "origin")
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(origin, "checkout", "-q", "-b", "work")
    for path, text in file_of([{**CLAIMS[0], "id": "another"}], name="more.txt").items():
        (origin / path).write_text(text, encoding="utf-8")
    commit(origin, "one more")
    clone = cloned(origin, tmp_path / "clone", "--filter=blob:none")
    code, out, err = run("-C", clone, "review", *ALL_OF_IT, "origin/main...HEAD")
    assert (code, err) == (0, "") and "claims: 1 added" in out and "seeds: 1 added" in out


@pytest.mark.parametrize("options", PARTS.values(), ids=PARTS)
def test_the_history_of_a_claim_in_a_clone_in_parts(options: tuple[str, ...], origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", *options)
    words = could_not_run(run("-C", clone, "log", "lorries"))
    assert "no claim has had the id" not in words and words.startswith("the clone is incomplete: git "), words


def test_nothing_is_fetched_and_nothing_run(origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", "--filter=blob:none")
    script = tmp_path / "script"
    script.write_text(f'#!/bin/sh\ntouch "{tmp_path}/ran"\nexec git-upload-pack "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    git(clone, "config", "remote.origin.uploadpack", str(script))
    before = sorted(path.name for path in (clone / ".git" / "objects").rglob("*"))
    could_not_run(run("-C", clone, "review", "origin/main...HEAD"))
    could_not_run(run("-C", clone, "log", "lorries"))
    assert not (tmp_path / "ran").exists()
    assert sorted(path.name for path in (clone / ".git" / "objects").rglob("*")) == before


def file_of_object(folder: Path, name: str) -> Path:
    """Where an object lies on its own."""
    digest = git(folder, "rev-parse", name).strip()
    return folder / ".git" / "objects" / digest[:2] / digest[2:]


OBJECTS = ["main:claims/text.yaml", "main:seeds/text.txt", "main:ledger.yaml", "main:claims", "main:seeds", "main^{tree}", "main"]


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("how", ["missing", "cut off", "garbage"])
def test_an_object_that_is_missing_or_damaged(how: str, name: str, damaged: Path) -> None:
    replace(damaged / "ledger.yaml", "lasts: P14D", "lasts: P60D")
    commit(damaged, "another vocabulary")
    path = file_of_object(damaged, name)
    data = path.read_bytes()
    path.unlink()
    if how != "missing":
        path.write_bytes(data[: len(data) // 2] if how == "cut off" else b"garbage")
    for arguments in (("review", *ALL_OF_IT), ("review", *ALL_OF_IT, "main...work"), ("review", *ALL_OF_IT, "main..work")):
        words = could_not_run(run("-C", damaged, *arguments))
        assert "the clone is incomplete: " in words, words


def test_a_branch_that_leads_nowhere_is_not_passed_over(damaged: Path) -> None:
    """Another branch would be compared with, and nothing be found."""
    git(damaged, "branch", "-f", "master", "work")
    git(damaged, "pack-refs", "--all")
    (damaged / ".git" / "refs" / "heads" / "main").write_text("0123456789" * 4 + "\n", encoding="utf-8")
    assert could_not_run(run("-C", damaged, "review", *ALL_OF_IT)).startswith(
        "the clone is incomplete: git does not hold 012345678901, which `refs/heads/main` names"
    )


@pytest.mark.parametrize("text", ["", "\n", "garbage\n", "01234\n"])
def test_a_branch_whose_file_is_damaged_is_not_passed_over(text: str, damaged: Path) -> None:
    git(damaged, "branch", "-f", "master", "work")
    (damaged / ".git" / "refs" / "heads" / "main").write_text(text, encoding="utf-8")
    words = "the repository is damaged: refs/heads/main holds no hash (`git fsck` says more)"
    assert could_not_run(run("-C", damaged, "review", *ALL_OF_IT)) == words
    assert could_not_run(run("-C", damaged, "review", *ALL_OF_IT, "main")) == words


@pytest.mark.parametrize(
    "text, why",
    [
        ("[core\n", "its settings are damaged (`git config --list` says where)"),
        ("[core]\n\trepositoryformatversion = x\n", "its settings are damaged (`git config --list` says where)"),
        ("[core]\n\trepositoryformatversion = 9\n", "it needs a newer git"),
        ("[core]\n\trepositoryformatversion = 1\n[extensions]\n\todd = yes\n", "it needs a newer git"),
    ],
)
def test_settings_that_git_cannot_read_are_no_unknown_commit(text: str, why: str, damaged: Path) -> None:
    (damaged / ".git" / "config").write_text(text, encoding="utf-8")
    for arguments in (("review",), ("review", "main"), ("log", "lorries"), ("check", "--staged"), ("check", "--rev", "main")):
        assert could_not_run(run("-C", damaged, *arguments)) == f"git can't read {damaged}: {why}"


@pytest.mark.parametrize("data", [b"100644 x\0short", b"100644 x", b"garbage\0" + b"x" * 20, b"\0" + b"x" * 20, b"100644 \0" + b"x" * 20])
def test_a_folder_that_is_no_list_of_names(data: bytes, damaged: Path) -> None:
    digest = (
        subprocess.run(
            ["git", "hash-object", "--literally", "-t", "tree", "-w", "--stdin"], cwd=damaged, input=data, capture_output=True, check=True
        )
        .stdout.decode()
        .strip()
    )
    base = git(damaged, "commit-tree", digest, "-m", "odd").strip()
    assert could_not_run(run("-C", damaged, "review", f"{base}..")).startswith(
        f"the clone is incomplete: the folder {digest[:12]} is damaged: "
    )


def test_a_default_branch_that_was_not_fetched_is_not_another(origin: Path, tmp_path: Path) -> None:
    """`main` is here too, and would be taken for it."""
    clone = cloned(origin, tmp_path / "clone")
    git(clone, "branch", "main", "origin/main")
    git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    words = "the default branch of the remote, refs/remotes/origin/trunk, is not here: fetch it, or name what to compare with, `ledger review BASE`"
    assert could_not_run(run("-C", clone, "review", *ALL_OF_IT)) == words
    (clone / ".git" / "refs" / "remotes" / "origin" / "HEAD").write_text("garbage\n", encoding="utf-8")
    assert (
        could_not_run(run("-C", clone, "review"))
        == "the repository is damaged: refs/remotes/origin/HEAD holds no hash (`git fsck` says more)"
    )
    (clone / ".git" / "refs" / "remotes" / "origin" / "HEAD").unlink()
    is_true_report(run("-C", clone, "review", *ALL_OF_IT))


def test_a_head_that_is_damaged_is_not_one_without_commits(damaged: Path) -> None:
    (damaged / ".git" / "refs" / "heads" / "work").write_text("", encoding="utf-8")
    words = "the repository is damaged: refs/heads/work holds no hash (`git fsck` says more)"
    assert could_not_run(run("-C", damaged, "review", "main")) == could_not_run(run("-C", damaged, "log", "lorries")) == words


def test_an_index_that_is_damaged_does_not_hide_what_is_not_checked_out(damaged: Path) -> None:
    (damaged / ".git" / "index").write_bytes(b"garbage")
    words = could_not_run(run("-C", damaged, "review", "main"))
    assert words.startswith("the clone is incomplete: git ls-files can't read all that it needs (")


def test_a_commit_between_that_is_missing(damaged: Path) -> None:
    commit(damaged, "one more")
    file_of_object(damaged, "HEAD~1").unlink()
    assert could_not_run(run("-C", damaged, "review", "main")).startswith("the clone is incomplete: git merge-base can't read all")


def test_a_damaged_repository_with_a_remote_is_mended_by_the_remedy(origin: Path, tmp_path: Path) -> None:
    clone = cloned(origin, tmp_path / "clone", "--no-local")
    for pack in list((clone / ".git" / "objects" / "pack").glob("*.pack")):
        data = pack.read_bytes()
        for path in pack.parent.glob(pack.stem + ".*"):
            path.unlink()
        unpacked = tmp_path / "moved.pack"
        unpacked.write_bytes(data)
        with unpacked.open("rb") as stream:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=clone, stdin=stream, check=True)
    file_of_object(clone, "origin/main:claims/text.yaml").unlink()
    words = could_not_run(run("-C", clone, "review", *ALL_OF_IT, "origin/main...HEAD"))
    git(clone, *remedy_in(words))
    is_true_report(run("-C", clone, "review", *ALL_OF_IT, "origin/main...HEAD"))
