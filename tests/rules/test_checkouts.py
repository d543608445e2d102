"""Files that git has and the folder lacks (a sparse checkout), or the other way round (never added): nothing is hidden without a word."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from branches import commit, git, repository_at
from running import run, run_outside
from small import CLAIMS, could_not_run, file_of, ledger_at
from test_rules import without

from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import check_ledger

EAST, WEST = CLAIMS[0], CLAIMS[1]  # they contradict each other
FILES = {**file_of([EAST], name="east.txt"), **file_of([WEST], name="west.txt"), **file_of([CLAIMS[3]], name="people.txt")}
INDEXES = {"2": [], "4": ["index.version=4"], "split": ["core.splitIndex=true"], "sha256": [], "no checksum": ["index.skipHash=true"]}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A ledger in three claims files; two of them contradict each other."""
    return repository_at(tmp_path / "ledger", FILES)


def found(folder: Path, *more: str) -> list[tuple[str, str]]:
    """The codes and paths that `check` names; the vocabulary is larger than it need be."""
    code, out, err = run("-C", folder, "check", "--format", "json", *more)
    data = json.loads(out)
    assert err == "" and code == int(any(each["severity"] == "error" for each in data["diagnostics"]))
    return [(each["code"], each["path"]) for each in data["diagnostics"] if each["code"][0] != "W"]


def sparse(folder: Path, *patterns: str) -> None:
    git(folder, "sparse-checkout", "set", "--no-cone", *patterns)


# -- what a sparse checkout leaves out ------------------------------------------------------------------------------------


CHECK_FORMATS = ("text", "concise", "json", "jsonl", "github", "sarif", "gitlab", "junit")
COMMANDS = {
    "conflicts": ("text", "json", "markdown"), "conflicts --town Millbrook": ("text", "json", "markdown"), "claims": ("text", "json"),
    "timeline": ("text", "json"), "claimants": ("text", "json"), "seeds": ("text", "json"),
}  # fmt: skip


def test_a_contradiction_is_not_hidden_without_a_word(repository: Path) -> None:
    assert "1 contradiction" in run("-C", repository, "conflicts").out
    sparse(repository, "/*", "!/claims/west.yaml")
    assert not (repository / "claims" / "west.yaml").exists()
    assert found(repository) == found(repository, "--no-cache") == [("Y120", "claims/west.yaml")]
    for form in CHECK_FORMATS:
        code, out, err = run("-C", repository, "check", "--format", form)
        assert (code, err) == (1, "") and "west.yaml" in out, form
    for command, forms in COMMANDS.items():
        for form in forms:
            code, out, err = run("-C", repository, *command.split(), "--format", form)
            assert (code, err) == (0, "") and "claims/west.yaml" in out, (command, form)
    for command in ("conflicts", "claims"):
        for form in ("csv", "jsonl"):
            code, out, err = run("-C", repository, command, "--format", form)
            assert code == 0 and err == "ledger: not read (see `ledger check`): 1 file: claims/west.yaml\n", (command, form)
    assert run("-C", repository, "conflicts", "--fail-on", "any").code == 1
    assert "not read (see `ledger check`): claims/west.yaml" in could_not_run(run("-C", repository, "show", "held-west"))


def test_it_is_back_when_it_is_checked_out_again(repository: Path) -> None:
    sparse(repository, "/*", "!/claims/west.yaml")
    assert found(repository) != []
    git(repository, "sparse-checkout", "disable")
    assert found(repository) == [] and "1 contradiction" in run("-C", repository, "conflicts").out


def test_a_seed_that_is_left_out(repository: Path) -> None:
    sparse(repository, "/*", "!/seeds/west.txt")
    assert found(repository) == [("S701", "claims/west.yaml")]
    out = run("-C", repository, "check").out
    assert "a sparse checkout leaves seeds/west.txt out of this folder" in out and "git sparse-checkout add" in out
    assert "left out for a defect" in run("-C", repository, "conflicts").out
    code, out, err = run("-C", repository, "conflicts", "--format", "csv")
    assert code == 0 and "left out for a defect (see `ledger check`): 1 claim: held-west" in err


@pytest.mark.parametrize("index", ["", "index.sparse=true"])
def test_a_folder_that_is_left_out(index: str, tmp_path: Path) -> None:
    """With a sparse index, where git keeps one entry for all in the folder, and without."""
    folder = repository_at(tmp_path, {f"ledger/{path}": text for path, text in FILES.items()})
    (folder / "ledger.yaml").rename(folder / "ledger" / "ledger.yaml")
    (folder / "other").mkdir()
    (folder / "other" / "file").write_text("x", encoding="utf-8")
    commit(folder)
    git(folder, "sparse-checkout", "set", "--cone", *(["--sparse-index"] if index else []), "ledger/seeds")
    assert sorted(os.listdir(folder / "ledger")) == ["ledger.yaml", "seeds"]
    paths = ["claims"] if index else [f"claims/{name}.yaml" for name in ("east", "people", "west")]
    assert found(folder / "ledger") == [("Y120", path) for path in paths]
    (folder / "ledger" / "claims").mkdir()
    shutil.copy(folder / "ledger" / "seeds" / "east.txt", folder / "ledger" / "claims" / "mine.yaml")
    assert {("Y120", path) for path in paths} <= set(found(folder / "ledger"))


@pytest.mark.parametrize("index", ["", "index.sparse=true"])
def test_seeds_that_are_left_out_as_a_folder(index: str, tmp_path: Path) -> None:
    """What is advised is to check them out: they are in git, also where a sparse index does not name each of them."""
    folder = repository_at(tmp_path, {f"ledger/{path}": text for path, text in FILES.items()})
    (folder / "ledger.yaml").rename(folder / "ledger" / "ledger.yaml")
    commit(folder)
    git(folder, "sparse-checkout", "set", "--cone", *(["--sparse-index"] if index else []), "ledger/claims")
    assert not (folder / "ledger" / "seeds").exists()
    out = run("-C", folder / "ledger", "check").out
    assert out.count("a sparse checkout leaves seeds/") == out.count("help: `git sparse-checkout add` its folder") == 3


def test_a_file_that_is_only_deleted_is_not_left_out(repository: Path) -> None:
    (repository / "claims" / "west.yaml").unlink()
    (repository / "seeds" / "west.txt").unlink()
    assert found(repository) == []


def test_a_file_that_is_skipped_and_there(repository: Path) -> None:
    git(repository, "update-index", "--skip-worktree", "claims/west.yaml")
    assert found(repository) == []
    (repository / "claims" / "west.yaml").unlink()
    assert found(repository) == [("Y120", "claims/west.yaml")]


# -- what was never added -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ignored", [False, True])
def test_a_file_that_was_never_added(ignored: bool, repository: Path) -> None:
    if ignored:
        (repository / ".gitignore").write_text("seeds/new*\nclaims/new*\n", encoding="utf-8")
        commit(repository)
    ledger_at(repository, file_of([{**CLAIMS[4]}], name="new text.txt"))
    absent = [("Y121", "claims/new text.yaml"), ("Y121", "seeds/new text.txt")]
    assert found(repository) == found(repository) == found(repository, "--no-cache") == absent
    assert run("-C", repository, "check", "--strict").code == 1
    out = run("-C", repository, "check", "--select", "never_added", "--format", "concise").out
    assert "seeds/new text.txt:1:1: Y121 (warning) seeds/new text.txt was never added to git: a fresh clone lacks it" in out
    assert run("-C", repository, "review", "--fail-on", "warning").code == 1
    with without("Y121"):
        assert not [each for each in check_ledger(load(WorkTree(str(repository)))).diagnostics if each.code[0] != "W"]
    git(repository, "add", "-f", "claims", "seeds")
    assert found(repository) == []


def test_the_vocabulary_too(tmp_path: Path) -> None:
    ledger_at(tmp_path, FILES)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "claims", "seeds")
    assert found(tmp_path) == [("Y121", "ledger.yaml")]


def test_a_ledger_of_which_git_has_nothing_is_none_of_its_business(tmp_path: Path) -> None:
    """A home folder may be a repository, of other things."""
    git(tmp_path, "init", "-q")
    ledger_at(tmp_path / "ledger", FILES)
    assert found(tmp_path / "ledger") == []
    (tmp_path / "other").write_text("x", encoding="utf-8")
    git(tmp_path, "add", "other")
    assert found(tmp_path / "ledger") == []


@pytest.mark.parametrize("name", ["Куп'янськ", "a b", "é", "e\u0301", "-rf", "x" * 200])
def test_names_of_every_kind(name: str, repository: Path) -> None:
    ledger_at(repository, file_of([CLAIMS[4]], name=f"{name}.txt"))
    if name.startswith("-"):
        return
    assert ("Y121", f"claims/{name}.yaml") in found(repository)
    commit(repository)
    assert found(repository) == []


def test_a_submodule_and_a_work_tree_of_their_own(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "beside"), "-b", "beside")
    whole = repository_at(tmp_path / "whole", {})
    git(whole, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository), "inner")
    for folder in (tmp_path / "beside", whole / "inner"):
        assert (folder / ".git").is_file() and found(folder) == []
        (folder / "seeds" / "new.txt").write_text("x", encoding="utf-8")
        assert ("Y121", "seeds/new.txt") in found(folder)


# -- reading the index ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", INDEXES)
def test_the_index_is_read_as_git_reads_it(form: str, tmp_path: Path) -> None:
    """In each form that git writes; of one that is split in two git is asked."""
    folder = ledger_at(tmp_path / "a" / "b", FILES)
    git(tmp_path, "init", "-q", *(["--object-format=sha256"] if form == "sha256" else []))
    for setting in INDEXES[form]:
        git(tmp_path, "config", *setting.split("="))
    for number in range(30):
        (tmp_path / f"file{'x' * number}").write_text("x", encoding="utf-8")
    (tmp_path / "z" / ("long" * 50) / ("y" * 200) / ("w" * 200) / ("v" * 250)).mkdir(parents=True)
    for number in range(12):
        (tmp_path / "z" / ("long" * 50) / ("y" * 200) / ("w" * 200) / ("v" * 250) / ("u" * (60 * number // 3 + 1))).write_bytes(b"")
    commit(tmp_path)
    git(tmp_path, "update-index", "--skip-worktree", "a/b/claims/west.yaml", "filexx")
    (tmp_path / "filexx").unlink()
    (folder / "claims" / "west.yaml").unlink()
    ledger_at(folder, file_of([CLAIMS[4]], name="new.txt"))
    asked = [line.split("\t") for line in git(tmp_path, "ls-files", "-s", "--", "a/b").splitlines()]
    known = WorkTree(str(folder)).checkout
    hashes = {path.removeprefix("a/b/"): facts.split()[1] for facts, path in asked}
    assert known is not None and known.left_out == {"claims/west.yaml"}
    assert {path: entry.hash for path, entry in known.files.items()} == (hashes if form != "split" else dict.fromkeys(hashes, ""))
    assert found(folder) == [("Y121", "claims/new.yaml"), ("Y120", "claims/west.yaml"), ("Y121", "seeds/new.txt")]


@pytest.mark.parametrize(
    "data", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\1", b"DIRC\0\0\0\4\xff\xff\xff\xff" + b"\xff" * 200, b"x" * 500, b"DIRC\0\0\0\2\0\0\0\0"]
)
def test_an_index_that_is_none(data: bytes, repository: Path) -> None:
    (repository / ".git" / "index").write_bytes(data)
    assert found(repository) == []


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_an_index_that_is_no_file(repository: Path) -> None:
    index = repository / ".git" / "index"
    index.unlink()
    assert found(repository) == []
    os.mkfifo(index)
    assert found(repository) == []
    shutil.rmtree(repository / ".git")
    (repository / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    assert found(repository) == []
    (repository / ".git").write_bytes(b"gitdir: \0\n")
    assert found(repository) == []


def test_neither_git_nor_its_time_is_needed(repository: Path, tmp_path: Path) -> None:
    (repository / "seeds" / "new.txt").write_text("x", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    outcome = run_outside("-C", repository, "check", "--format", "concise", environment={"PATH": str(tmp_path / "bin"), "PYTHONUTF8": "1"})
    assert outcome.code == 0 and "Y121" in outcome.out
