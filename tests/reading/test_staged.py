"""`--staged` reads a ledger as git would commit it, `--rev` as a commit has it, and `-C` names its folder before and behind a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from branches import WHO, commit, git, replace, repository_at
from running import ROOT, Outcome, run
from small import CLAIMS, could_not_run, file_of, ledger_at

CLEAN = "0 errors, 5 warnings: checked "
READING = [
    ("check",), ("conflicts",), ("conflicts", "--town", "millbrook"), ("why", "held-east", "held-west"), ("claims",), ("show", "lorries"),
    ("timeline",), ("claimants",), ("seeds",), ("seeds", "text.txt"),
]  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A ledger whose claims leave nothing to be said, committed."""
    return repository_at(tmp_path / "ledger", file_of(CLAIMS[:3]) | file_of(CLAIMS[3:], name="other.txt"))


def staged(folder: Path, *more: str) -> Outcome:
    return run("-C", folder, "check", "--staged", "--format", "concise", *more)


def codes(outcome: Outcome) -> list[str]:
    """The codes of the errors that were found, each with its file."""
    lines = [line.split(": ") for line in outcome.out.splitlines() if ".yaml:" in line]
    return [f"{place.split(':')[0]} {rest[0].split()[0]}" for place, *rest in lines if "warning" not in rest[0]]


# -- the index --------------------------------------------------------------------------------------------------------------


def test_what_is_committed_is_checked_and_not_what_lies_there(repository: Path) -> None:
    claims = repository / "claims" / "text.yaml"
    good = claims.read_bytes()
    replace(claims, "Millbrook is held by the east", "Millbrook is held by the west")
    assert staged(repository).code == 0 and run("-C", repository, "check").code == 1
    git(repository, "add", "-A")
    claims.write_bytes(good)
    code, out, err = staged(repository)
    assert (code, err) == (1, "") and codes(staged(repository)) == ["claims/text.yaml Q301"], out
    assert run("-C", repository, "check").code == 0
    assert "Millbrook is held by the west" in run("-C", repository, "check", "--staged").out, "the excerpt is that of the index"
    assert codes(staged(repository, str(repository / "claims" / "other.yaml"))) == []


def test_the_seeds_are_those_of_the_index(repository: Path) -> None:
    seed = repository / "seeds" / "text.txt"
    good = seed.read_bytes()
    replace(seed, "Millbrook is held", "Millbrook was held")
    assert staged(repository).code == 0 and run("-C", repository, "check").code == 1
    git(repository, "add", "-A")
    seed.write_bytes(good)
    assert codes(staged(repository)) == ["claims/text.yaml S702", "claims/text.yaml Q301"] and run("-C", repository, "check").code == 0


def test_a_seed_alone_that_is_taken_out_of_the_index(repository: Path) -> None:
    git(repository, "rm", "-q", "--cached", "seeds/text.txt")
    assert codes(staged(repository)) == ["claims/text.yaml S701"] and run("-C", repository, "check").code == 0


def test_files_that_were_never_added(repository: Path) -> None:
    for path, text in file_of([{**CLAIMS[0], "id": "another"}], name="new.txt").items():
        (repository / path).write_text(text, encoding="utf-8")
    assert "checked 6 claims in 2 files, 2 seeds" in staged(repository).out
    git(repository, "add", "claims/new.yaml")
    assert codes(staged(repository)) == ["claims/new.yaml S701"] and run("-C", repository, "check").code == 0


@pytest.mark.parametrize("born", [True, False])
def test_files_that_are_only_meant_to_be_added(born: bool, tmp_path: Path) -> None:
    """No commit made now has them. A file that is empty, and was added, is there."""
    ledger_at(tmp_path, file_of(CLAIMS[:3]))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    if born:
        git(tmp_path, "commit", "-q", "-m", "ledger")
    (tmp_path / "claims" / "meant.yaml").write_text("]", encoding="utf-8")
    (tmp_path / "claims" / "empty.yaml").write_bytes(b"")
    git(tmp_path, "add", "-N", "claims/meant.yaml")
    git(tmp_path, "add", "claims/empty.yaml")
    found = codes(staged(tmp_path))
    assert found and all(place.startswith("claims/empty.yaml ") for place in found)
    git(tmp_path, "rm", "-q", "--cached", "claims/empty.yaml", "seeds/text.txt")
    git(tmp_path, "add", "-N", "seeds/text.txt")
    assert codes(staged(tmp_path)) == ["claims/text.yaml S701"]


@pytest.mark.parametrize("where", ["claims/text.yaml", "seeds/text.txt", "ledger.yaml", "README"])
def test_files_that_two_branches_changed(where: str, repository: Path) -> None:
    (repository / "README").write_text("one\n", encoding="utf-8")
    commit(repository, "readme")
    for branch, text in (("one", "1"), ("two", "2")):
        git(repository, "checkout", "-q", "-b", branch, "main")
        path = repository / where
        path.write_text(path.read_text(encoding="utf-8") + f"# {text}\n", encoding="utf-8")
        commit(repository, branch)
    subprocess.run(["git", "merge", "-q", "one"], cwd=repository, env=os.environ | WHO, capture_output=True, check=False)
    assert git(repository, "ls-files", "-u") != ""
    if where == "README":
        assert staged(repository).code == 0
    else:
        words = f"{where} is not merged: settle it and `git add` it, then it can be read as git would commit it"
        assert could_not_run(staged(repository)) == words


def test_links_and_submodules_in_the_index(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret text\n", encoding="utf-8")
    os.symlink(tmp_path / "secret", repository / "claims" / "link.yaml")
    os.symlink(tmp_path / "secret", repository / "seeds" / "link.txt")
    git(repository, "add", "-A")
    head = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},claims/module.yaml")
    (repository / "claims" / "link.yaml").unlink()
    code, out, err = run("-C", repository, "check", "--staged")
    assert (code, err) == (1, "") and "the secret text" not in out
    assert "claims/link.yaml:1:1: Y114 this is a symbolic link, not a plain file" in out
    assert "claims/module.yaml:1:1: Y114 this is a submodule, not a plain file" in out and "seeds/link.txt" in out


def test_folders_that_are_links_in_the_index(repository: Path) -> None:
    shutil.move(repository / "claims", repository / "elsewhere")
    os.symlink("elsewhere", repository / "claims")
    git(repository, "add", "-A")
    code, out, _ = run("-C", repository, "check", "--staged")
    assert code == 1 and "claims:1:1: Y114 this is a symbolic link" in out


def test_files_that_are_not_checked_out_are_in_the_index(repository: Path) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/ledger.yaml", "/seeds/")
    assert not (repository / "claims").exists()
    assert CLEAN + "6 claims in 2 files, 2 seeds" in staged(repository).out
    git(repository, "sparse-checkout", "set", "--no-cone", "/claims/")
    assert not (repository / "ledger.yaml").exists()
    assert CLEAN + "6 claims in 2 files, 2 seeds" in staged(repository).out
    assert CLEAN + "6 claims in 2 files, 2 seeds" in run("-C", repository, "check", "--rev", "HEAD").out


def test_a_sparse_index(tmp_path: Path) -> None:
    repository_at(tmp_path / "more", file_of(CLAIMS))
    shutil.move(tmp_path / "more" / ".git", tmp_path / ".git")
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "file").write_text("x", encoding="utf-8")
    commit(tmp_path, "moved down")
    git(tmp_path, "sparse-checkout", "set", "--cone", "--sparse-index", "beside")
    assert not (tmp_path / "more").exists()
    assert CLEAN + "6 claims" in staged(tmp_path / "more").out


def test_an_index_whose_files_git_does_not_hold(tmp_path: Path) -> None:
    origin = repository_at(tmp_path / "origin")
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--sparse", f"file://{origin}", "clone")
    for option in (("--staged",), ("--rev", "HEAD")):
        words = could_not_run(run("-C", tmp_path / "clone", "check", *option))
        assert (
            words.startswith("the clone is incomplete: git does not hold claims/text.yaml as ") and "--no-filter origin` fetches" in words
        )


def test_an_index_that_cannot_be_read(repository: Path) -> None:
    (repository / ".git" / "index").write_bytes(b"garbage")
    assert "can't read all that it needs" in could_not_run(staged(repository))


def test_without_a_repository(tmp_path: Path) -> None:
    ledger_at(tmp_path)
    assert could_not_run(staged(tmp_path)) == f"{tmp_path} is in no git repository: `--staged` reads what git would commit"
    assert could_not_run(run("-C", tmp_path, "check", "--rev", "HEAD")).endswith("is in no git repository: `--rev` reads a commit")


# -- hooks ------------------------------------------------------------------------------------------------------------------


def hooked(folder: Path, *arguments: str) -> Path:
    """A repository whose hook runs the command of .pre-commit-hooks.yaml, with these arguments behind it."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *words = hook["entry"].split()
    assert program == "ledger"
    script = folder / ".git" / "hooks" / "pre-commit"
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{ROOT / 'cli.py'}' {' '.join([*words, *arguments])}\n", encoding="utf-8")
    script.chmod(0o755)
    return folder


def committed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What becomes of `git commit`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {**WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", "commit", "-q", "-m", "change", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_a_hook_sees_what_this_commit_has(repository: Path) -> None:
    """`commit -a` and `commit FILE` have an index of their own, that git names to its hooks."""
    hooked(repository)
    claims, other = repository / "claims" / "text.yaml", repository / "claims" / "other.yaml"
    good = claims.read_bytes()
    replace(claims, "Millbrook is held by the east", "Millbrook is held by the west")
    for arguments in (("-a",), ("claims/text.yaml",)):
        done = committed(repository, *arguments)
        assert done.returncode != 0 and "Q301" in done.stdout + done.stderr, (arguments, done)
    replace(other, "value: 27000", "value: 27001")
    assert committed(repository / "claims", "other.yaml").returncode == 0, "what is not of this commit does not hold it up"
    git(repository, "add", "claims/text.yaml")
    claims.write_bytes(good)
    assert committed(repository).returncode != 0
    git(repository, "rm", "-q", "--cached", "seeds/other.txt")
    git(repository, "add", "claims/text.yaml")
    assert "S701" in committed(repository).stderr, "a seed alone that is taken out"


def test_a_hook_in_a_working_tree_of_its_own(repository: Path, tmp_path: Path) -> None:
    hooked(repository)
    git(repository, "worktree", "add", "-q", "-b", "work", str(tmp_path / "tree"))
    replace(tmp_path / "tree" / "claims" / "text.yaml", "Millbrook is held by the east", "Millbrook is held by the west")
    assert "Q301" in committed(tmp_path / "tree", "-a").stderr
    assert committed(repository, "--allow-empty").returncode == 0


def test_an_index_of_another_repository_is_not_read(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repository_at(tmp_path / "other", file_of(CLAIMS[:1]))
    for named in (other / ".git" / "index", Path("nowhere"), other / "ledger.yaml"):
        monkeypatch.setenv("GIT_INDEX_FILE", str(named))
        assert "checked 6 claims in 2 files" in staged(repository).out


def test_hooks_for_a_ledger_in_a_subfolder_and_for_several(tmp_path: Path) -> None:
    for name in ("one", "two/ledger"):
        ledger_at(tmp_path / name)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "ledgers")
    replace(tmp_path / "two" / "ledger" / "claims" / "text.yaml", "Millbrook is held by the east", "Millbrook is held by the west")
    assert committed(hooked(tmp_path, "-C", "one"), "-a").returncode == 0
    git(tmp_path, "reset", "-q", "--soft", "HEAD~1")
    assert "Q301" in committed(hooked(tmp_path, "-C", "two/ledger"), "-a").stderr
    done = committed(hooked(tmp_path), "-a")
    assert done.returncode != 0 and "(name one with -C DIR: one)" in done.stderr


# -- commits ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_every_command_reads_a_commit_as_if_it_were_checked_out(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ledger = repository_at(tmp_path, file_of(CLAIMS))
    before = run("-C", ledger, *arguments)
    shutil.rmtree(ledger / "claims")
    (ledger / "seeds" / "text.txt").write_text("nothing\n", encoding="utf-8")
    assert run("-C", ledger, *arguments, "--staged") == before
    commit(ledger, "gone")
    git(ledger, "tag", "now")
    files = sorted(path for path in ledger.rglob("*") if ".git" not in path.parts)
    for revision in ("HEAD~1", "main^", git(ledger, "rev-parse", "HEAD~1").strip()):
        assert run("-C", ledger, *arguments, "--rev", revision) == before
    assert run("-C", ledger, *arguments, "--rev", "now").code == (0 if arguments[0] == "seeds" else 2), (
        "seeds are listed before claims are written"
    )
    assert sorted(path for path in ledger.rglob("*") if ".git" not in path.parts) == files and before.out


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=zz", "-", "--", "HEAD:claims", "HEAD^{tree}", "", " ", "x\x1b[31m", ":0", "HEAD..HEAD"]
)
def test_what_names_no_commit(revision: str, repository: Path) -> None:
    words = could_not_run(run("-C", repository, "check", "--rev", revision))
    assert words.startswith("git knows no commit `") and "\x1b" not in words
    assert not list(repository.rglob("zz"))


def test_a_ledger_of_a_commit_whose_folder_is_not_here(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is looked for in the commit, not here: named, or upwards from the current one."""
    (repository / "data").mkdir()
    for name in ("ledger.yaml", "claims", "seeds"):
        git(repository, "mv", name, "data")
    commit(repository, "moved down")
    assert CLEAN in run("-C", repository, "check", "--rev", "HEAD~1").out
    words = could_not_run(run("-C", repository, "check", "--rev", "HEAD"))
    assert words == f"`HEAD` has no ledger.yaml in {repository}: that is no ledger"
    words = could_not_run(run("-C", repository / "claims", "check", "--rev", "HEAD~1"))
    assert words == f"`HEAD~1` has no ledger.yaml in {repository / 'claims'}: that is no ledger", "a folder that is named is that one"
    git(repository, "checkout", "-q", "HEAD~1")
    assert not (repository / "data").exists()
    assert CLEAN in run("-C", repository / "data", "check", "--rev", "main").out
    monkeypatch.chdir(repository / "claims")
    assert CLEAN in run("check", "--rev", "HEAD").out and CLEAN in run("check", "--staged").out
    assert could_not_run(run("check", "--rev", "main")).startswith("no ledger here: `main` has no ledger.yaml in this folder or above it")


def test_what_a_machine_reads_names_the_files_from_the_top(repository: Path) -> None:
    (repository / "data").mkdir()
    for name in ("ledger.yaml", "claims", "seeds"):
        git(repository, "mv", name, "data")
    replace(repository / "data" / "claims" / "text.yaml", "Millbrook is held by the east", "Millbrook is held by the west")
    git(repository, "add", "-A")
    out = run("check", "-C", repository / "data", "--staged", "--format", "github").out
    assert "file=data/claims/text.yaml," in out


def test_two_states_are_not_read_at_once(repository: Path) -> None:
    words = could_not_run(run("-C", repository, "check", "--staged", "--rev", "HEAD"))
    assert words == "`--staged` and `--rev` name two states of the ledger: choose one (see `ledger check --help`)"


def test_nothing_is_written(repository: Path) -> None:
    replace(repository / "claims" / "text.yaml", "value: east", "value: west")
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    for option in (("--staged",), ("--rev", "HEAD")):
        assert run("-C", repository, "check", *option).code == 0
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


# -- where the folder is named ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*READING, ("review",), ("log", "lorries")], ids=" ".join)
def test_the_folder_is_named_before_or_behind_the_command(
    arguments: tuple[str, ...], repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = run("-C", "ledger", *arguments)
    assert expected.code == 0 and expected.out
    command, *rest = arguments
    assert run(command, "-C", "ledger", *rest) == run(*arguments, "-C", "ledger") == run(*arguments, "-Cledger") == expected
    words = could_not_run(run("-C", "ledger", command, "-C", "ledger", *rest))
    assert words == f"`-C` is given twice, before and behind the command (see `ledger {command} --help`)"
    assert could_not_run(run(*arguments)) == (
        "no ledger here: there is no ledger.yaml in this folder or above it (name one with -C DIR: ledger)"
    )
