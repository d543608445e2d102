"""What `review` and `log` say where git, the repository, or what it holds is not as it should be: a clear word, and nothing written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from branches import commit, git, replace, repository_at
from running import ROOT, run, run_outside
from small import CLAIMS, could_not_run, file_of, ledger_at


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small ledger on main, and a branch that changes a value."""
    folder = repository_at(tmp_path / "ledger")
    git(folder, "checkout", "-q", "-b", "work")
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 27001")
    commit(folder, "another figure")
    return folder


def refused(folder: Path, *arguments: str) -> str:
    return could_not_run(run("-C", folder, "review", *arguments))


def test_no_repository(tmp_path: Path) -> None:
    words = f"{ledger_at(tmp_path)} is in no git repository: what changed can only be told from its history"
    assert refused(tmp_path) == could_not_run(run("-C", tmp_path, "log", "lorries")) == words


def test_no_git(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    environment = {"PATH": str(tmp_path / "bin"), "PYTHONUTF8": "1"}
    for command in (("review",), ("log", "lorries")):
        outcome = run_outside("-C", repository, *command, environment=environment)
        assert could_not_run(outcome) == "git is not installed: the history of a ledger can't be read without it"


def test_no_commit_yet(tmp_path: Path) -> None:
    git(ledger_at(tmp_path), "init", "-q", "-b", "main")
    assert refused(tmp_path) == "the repository has no commit yet: there is nothing to compare with"
    assert could_not_run(run("-C", tmp_path, "log", "lorries")) == "the repository has no commit yet: there is no history"


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "--output=zz", "-", "--", "main:claims", "main~5", "HEAD:ledger.yaml", "a b", "^main", "main^{tree}", "@{-1}x", "мій", "\x1b[31m", "x" * 5000,
     "main;touch zz", "$(touch zz)", "main\nmain", "refs/heads/../main"],
)  # fmt: skip
def test_an_unknown_revision(revision: str, repository: Path) -> None:
    words = refused(repository, "--", revision)
    assert words.startswith("git knows no commit `") and len(words) < 200 and "\x1b" not in words
    assert not list(repository.rglob("zz"))


def test_a_commit_that_is_named_by_words_of_its_message(repository: Path) -> None:
    assert "another figure" in git(repository, "log", "-1", "--format=%s", ":/another fig")
    assert run("-C", repository, "check", "--rev", ":/another fig").code == run("-C", repository, "check").code
    assert "git knows no commit `:/" in could_not_run(run("-C", repository, "check", "--rev", ":/nowhere"))


def test_an_id_that_may_stand_in_what_was_not_fetched(repository: Path, tmp_path: Path) -> None:
    replace(repository / "claims" / "text.yaml", "id: lorries", "id: carts")
    commit(repository, "another id")
    (repository / "claims" / "text.yaml").write_text(file_of(CLAIMS[:1])["claims/text.yaml"], encoding="utf-8")
    commit(repository, "all gone but one")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    words = could_not_run(run("-C", tmp_path / "shallow", "log", "carts"))
    assert words.startswith("no claim has had the id carts in the part of the history that was fetched (in CI: `fetch-depth: 0`)")
    assert "fetched" not in could_not_run(run("-C", repository, "log", "nobody"))


@pytest.mark.parametrize("revision", ["main...nowhere", "nowhere...main", "nowhere..HEAD", "main..nowhere", "......"])
def test_an_unknown_side(revision: str, repository: Path) -> None:
    assert "git knows no commit `" in refused(repository, revision)


def test_a_branch_whose_name_is_an_option(repository: Path) -> None:
    git(repository, "update-ref", "refs/heads/--output=zz", "HEAD~1")
    assert run("-C", repository, "review", "refs/heads/--output=zz").code == 0
    assert not list(repository.rglob("zz"))


def test_no_default_branch(repository: Path) -> None:
    git(repository, "branch", "-m", "main", "trunk")
    assert refused(repository).startswith("no default branch is known")
    assert "27000 -> 27001" in run("-C", repository, "review", "trunk").out


def test_the_default_branch_of_the_remote(repository: Path, tmp_path: Path) -> None:
    git(repository, "branch", "-m", "main", "trunk")
    git(repository, "checkout", "-q", "trunk")
    git(tmp_path, "clone", "-q", str(repository), "clone")
    git(tmp_path / "clone", "checkout", "-q", "-b", "more", "origin/work")
    assert "27000 -> 27001" in run("-C", tmp_path / "clone", "review").out


def test_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "--branch", "work", f"file://{repository}", "shallow")
    shallow = tmp_path / "shallow"
    git(shallow, "commit", "-q", "--allow-empty", "-m", "more")
    words = refused(shallow, "origin/main")
    assert "only a part of the history was fetched (in CI: `fetch-depth: 0`)" in words
    out = run("-C", shallow, "log", "people-27000").out
    assert "only a part of the history was fetched: earlier changes are not shown" in out


def test_unrelated_histories(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "other")
    commit(repository, "another beginning")
    assert refused(repository, "main") == "main and the branch here share no commit; `main..` compares with it directly"
    assert "27000 -> 27001" in run("-C", repository, "review", "main..").out


def test_a_base_without_a_ledger(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "README").write_text("soon\n", encoding="utf-8")
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "work")
    ledger_at(tmp_path)
    code, out, err = run("-C", tmp_path, "review")
    assert (code, err) == (0, "") and "not compared: the base has no ledger: everything counts as new" in out and "claims: 6 added" in out


@pytest.mark.parametrize("text", ["[", "format: 9\n", "\0", "a: 1\na: 2\n"])
def test_a_base_whose_ledger_cannot_be_read(text: str, repository: Path) -> None:
    good = (repository / "ledger.yaml").read_bytes()
    (repository / "ledger.yaml").write_bytes(text.encode())
    commit(repository, "broken")
    (repository / "ledger.yaml").write_bytes(good)
    code, out, err = run("-C", repository, "review", "HEAD..")
    assert (code, err) == (0, "") and "not compared: the ledger of the base could not be read (ledger.yaml:" in out
    words = could_not_run(run("-C", repository, "review", "main...HEAD"))
    assert words.startswith("ledger.yaml:")


def test_both_sides_without_claims(tmp_path: Path) -> None:
    repository_at(tmp_path, {})
    assert refused(tmp_path) == "neither side holds any claims: there is nothing to review (claims stand in claims/*.yaml)"


def test_all_claims_gone_is_a_finding(repository: Path) -> None:
    shutil.rmtree(repository / "claims")
    code, out, _ = run("-C", repository, "review")
    assert code == 1 and "claims: 6 removed" in out


NAMES = [
    "a b.txt",
    "it's.txt",
    'a "b".txt',
    "Куп'янськ.txt",
    "new\nline.txt",
    "tab\t.txt",
    "-rf.txt",
    "--output=zz.txt",
    "*.txt",
    ":(top).txt",
    "%0A::error.txt",
    "$(x).txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_of_files(name: str, tmp_path: Path) -> None:
    repository_at(tmp_path)
    files = file_of(CLAIMS[:1], name="plain.txt")
    (tmp_path / "seeds" / name).write_text(files["seeds/plain.txt"], encoding="utf-8")
    (tmp_path / "claims" / f"{name}.yaml").write_text(files["claims/plain.yaml"].replace("id: held-east", "id: odd"), encoding="utf-8")
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "work")
    (tmp_path / "seeds" / name).write_text("something else\n", encoding="utf-8")
    replace(tmp_path / "claims" / f"{name}.yaml", "value: east", "value: west")
    for form in ("text", "markdown", "github", "sarif", "gitlab", "json"):
        code, out, err = run("-C", tmp_path, "review", "--format", form)
        assert code in (0, 1) and err == "" and "east" in out
        assert not any(line.lstrip().startswith("::error") for line in out.splitlines() if form != "github")
    assert not list(tmp_path.rglob("zz"))
    commit(tmp_path)
    assert "east -> west" in run("-C", tmp_path, "log", "odd").out


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    repository_at(tmp_path)
    name = os.fsencode(tmp_path) + b"/claims/\xff\xfe.yaml"
    try:
        with open(name, "wb") as file:
            file.write(file_of(CLAIMS[:1])["claims/text.yaml"].replace("id: held-east", "id: odd").encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    commit(tmp_path)
    for form in ("text", "markdown", "github", "sarif", "gitlab", "json"):
        outcome = run_outside("-C", tmp_path, "review", "HEAD~1..HEAD", "--format", form)
        assert outcome.code == 1 and outcome.err == "", outcome
    assert "odd" in run_outside("-C", tmp_path, "log", "odd").out


def test_links_and_submodules_in_the_tree(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret text\n", encoding="utf-8")
    os.symlink(tmp_path / "secret", repository / "claims" / "link.yaml")
    os.symlink(tmp_path / "secret", repository / "seeds" / "link.txt")
    git(repository, "add", "-A")
    head = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},claims/module.yaml")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},seeds/module")
    git(repository, "commit", "-q", "-m", "links")
    for revisions in ("main...HEAD", "HEAD..main"):
        _code, out, err = run("-C", repository, "review", revisions)
        assert err == "" and "the secret text" not in out and "Traceback" not in out
        assert "claims/link.yaml" in out and "claims/module.yaml" in out


def test_folders_that_are_links_in_the_tree(repository: Path) -> None:
    (repository / "claims").rename(repository / "elsewhere")
    os.symlink("elsewhere", repository / "claims")
    commit(repository, "a link for a folder")
    code, out, err = run("-C", repository, "review", "main...HEAD")
    assert code == 1 and err == "" and "removed" in out


def test_a_blob_that_is_too_large(repository: Path) -> None:
    with open(repository / "claims" / "large.yaml", "wb") as file:
        for _ in range(50):
            file.write(b"# " + b"x" * (1024 * 1024 - 3) + b"\n")
    with open(repository / "seeds" / "large.txt", "wb") as file:
        file.truncate(50 * 1024 * 1024)
    commit(repository, "large")
    code, out, err = run("-C", repository, "review", "main...HEAD")
    assert (code, err) == (1, "") and "claims/large.yaml" in out and len(out) < 10_000
    (repository / "claims" / "large.yaml").unlink()
    commit(repository, "gone")
    assert run("-C", repository, "log", "people-27000").code == 0


def test_settings_of_the_repository_run_nothing(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "pager.log", "core.editor", "gpg.program"):
        git(repository, "config", name, str(script))
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "diff.odd.textconv", str(script))
    (repository / ".gitattributes").write_text("*.yaml diff=odd\n* -diff\n", encoding="utf-8")
    commit(repository, "attributes")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(script, repository / ".git" / "hooks" / hook)
    mark.unlink(missing_ok=True)  # what git did for the test itself
    assert "27000 -> 27001" in run("-C", repository, "review").out
    assert "27000 -> 27001" in run("-C", repository, "log", "people-27000").out
    assert not mark.exists()


def test_what_looks_like_a_bare_repository_is_none(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "bare")
    for name in ("objects", "refs"):
        (folder / name).mkdir()
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (folder / "config").write_text("[core]\n\tbare = true\n\tfsmonitor = touch ran\n", encoding="utf-8")
    assert "is in no git repository" in refused(folder)
    assert not list(tmp_path.rglob("ran"))


def test_an_entry_that_is_no_repository(tmp_path: Path) -> None:
    (ledger_at(tmp_path) / ".git").mkdir()
    assert "the .git entry there is no repository" in refused(tmp_path)


def test_variables_of_git_do_not_leak_in(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repository_at(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert "27000 -> 27001" in run("-C", repository, "review").out


def test_a_work_tree_that_is_said_to_be_elsewhere(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "core.worktree", str(tmp_path))
    assert "27000 -> 27001" in run("-C", repository, "review").out
    assert "27000 -> 27001" in run("-C", repository, "log", "people-27000").out


def test_a_sparse_checkout(repository: Path) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/ledger.yaml", "/seeds/")
    assert refused(repository) == (
        "a sparse checkout leaves out claims/text.yaml of this ledger: review commits, `ledger review BASE...HEAD`"
    )
    assert "27000 -> 27001" in run("-C", repository, "review", "main...HEAD").out
    (repository / "claims").mkdir(exist_ok=True)
    (repository / "claims" / "text.yaml").write_text(file_of(CLAIMS)["claims/text.yaml"], encoding="utf-8")
    assert "nothing that the ledger records has changed" in run("-C", repository, "review").out


def test_an_incomplete_repository(repository: Path) -> None:
    digest = git(repository, "rev-parse", "main:claims/text.yaml").strip()
    (repository / ".git" / "objects" / digest[:2] / digest[2:]).unlink()
    assert "the clone is incomplete: git does not hold claims/text.yaml as " in refused(repository)


def test_a_worktree_and_a_link_to_the_ledger(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "tree"), "main")
    replace(tmp_path / "tree" / "claims" / "text.yaml", "value: 9000", "value: 9001")
    assert "9000 -> 9001" in run("-C", tmp_path / "tree", "review").out
    os.symlink(repository, tmp_path / "link")
    assert "27000 -> 27001" in run("-C", tmp_path / "link", "review").out


def test_hostile_authors_and_subjects(repository: Path) -> None:
    replace(repository / "claims" / "text.yaml", "value: 27001", "value: 27002")
    git(repository, "add", "-A")
    git(
        repository,
        "-c",
        "user.name=A\x1b[31m\u202eB",
        "commit",
        "-q",
        "--author=::error::x\x1b]0;t\x07 <a@b.c>",
        "-m",
        "##[add-mask]a\x1b[2J\r::error::x",
    )
    for form in ("text", "json"):
        out = run("-C", repository, "log", "people-27000", "--format", form).out
        assert "\x1b" not in out and "##[" not in out and "\r" not in out and "\x07" not in out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_git_of_the_project_itself() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this copy of the project is no repository")
    names = subprocess.run(
        ["git", "log", "--format=%H", "-1", "--", "claims"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    if not names.strip():
        pytest.skip("this copy of the project has no history")
    assert run("-C", ROOT, "review", "HEAD..HEAD").code == 0


def test_a_name_that_cannot_be_read_gives_no_command(repository: Path) -> None:
    (repository / "claims" / "a\n::error::b\r##[add-mask]c.yaml").write_text("]\n", encoding="utf-8")
    for form in ("text", "markdown", "sarif", "gitlab", "json"):
        out = run("-C", repository, "review", "--format", form).out
        assert "not compared" in out.lower() or "not_compared" in out or "not-compared" in out
        assert "##[" not in out and not any(line.lstrip().startswith("::") for line in out.splitlines())
