"""What the two sides of a review are called, and where they parted in a history that was cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from branches import commit, git, replace, repository_at
from running import run
from small import could_not_run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small ledger; main has moved on since a branch left it."""
    folder = repository_at(tmp_path / "ledger")
    git(folder, "checkout", "-q", "-b", "work")
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 27001")
    commit(folder, "another figure")
    git(folder, "checkout", "-q", "main")
    commit(folder, "main moves")
    git(folder, "checkout", "-q", "work")
    return folder


def short(folder: Path, revision: str) -> str:
    return git(folder, "rev-parse", revision)[:12]


def titles(folder: Path, *arguments: str) -> set[str]:
    """The title in text and in Markdown, without marks."""
    text = run("-C", folder, "review", *arguments).out.split("\n")[0]
    markdown = run("-C", folder, "review", "--format", "markdown", *arguments).out.split("\n")[1].removeprefix("## ").replace("\\", "")
    return {text, markdown}


def names(folder: Path, *arguments: str) -> tuple[str, str]:
    found = json.loads(run("-C", folder, "review", "--format", "json", *arguments).out)
    return found["base_name"], found["head_name"]


@pytest.mark.parametrize(
    ("asked", "base", "head"),
    [
        ("main...work", "main (where it parted, {main~1})", "work ({work})"),
        ("main..work", "main ({main})", "work ({work})"),
        ("main...HEAD", "main (where it parted, {main~1})", "work ({work})"),
        ("refs/heads/main..@", "main ({main})", "work ({work})"),
        ("HEAD~1..HEAD", "HEAD~1 ({work~1})", "work ({work})"),
        ("main", "main (where it parted, {main~1})", "the working tree"),
        ("HEAD", "work ({work})", "the working tree"),
    ],
)
def test_a_title_names_both_sides(asked: str, base: str, head: str, repository: Path) -> None:
    hashes = {name: short(repository, name) for name in ("main", "main~1", "work", "work~1")}
    title = f"ledger review: {head} against {base}"
    for name, digest in hashes.items():
        title = title.replace("{" + name + "}", digest)
    assert titles(repository, asked) == {title}


def test_a_hash_is_named_once(repository: Path) -> None:
    base, head = (git(repository, "rev-parse", name).strip() for name in ("main", "work"))
    assert titles(repository, f"{base}..{head[:20].upper()}") == {f"ledger review: {head[:12]} against {base[:12]}"}


def test_names_may_be_handed_in(repository: Path) -> None:
    asked = ("--base-name", "main, before", "--head-name", "ada:work", "main..work")
    words = f"ledger review: ada:work ({short(repository, 'work')}) against main, before ({short(repository, 'main')})"
    assert titles(repository, *asked) == {words} and names(repository, *asked) == ("main, before", "ada:work")


def test_two_sides_that_are_one(repository: Path) -> None:
    git(repository, "branch", "twin", "main")
    (title,) = titles(repository, "main..twin")
    assert title.endswith(": both are the same commit")
    out = run("-C", repository, "review", "--format", "json", "main..twin").out
    assert len({json.loads(out)[side] for side in ("base", "head")}) == 1


@pytest.mark.parametrize(
    "name",
    ["$(touch${IFS}zz)", "a;touch${IFS}zz", "[link](javascript:x)", "<b>x</b>", "::error::x", "##[error]x", "x\u202e", "@ada",
      "=1+1", "y" * 200],
)  # fmt: skip
def test_a_hostile_name_is_data(name: str, repository: Path) -> None:
    if "[" not in name and ":" not in name:
        git(repository, "branch", name, "work")
        assert names(repository, f"main...{name}") == ("main", name)
    for form in ("text", "markdown"):
        lines = run("-C", repository, "review", "--format", form, "--head-name", name, "main...work").out.split("\n")
        title = lines[0 if form == "text" else 1]
        assert "##[" not in title and "\u202e" not in title and len(title) < 250
        assert form == "text" or not any(sign in title.replace("\\" + sign[0], "") for sign in ("<b>", "](", "@ada"))
    assert names(repository, "--head-name", name, "main...work") == ("main", name)
    assert not list(repository.rglob("zz"))


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5, 6])
def test_no_wrong_parting_in_a_shallow_clone(depth: int, repository: Path, tmp_path: Path) -> None:
    """However much is cut off: the place where they really parted, or none."""
    git(repository, "merge", "-q", "--no-ff", "-m", "main is merged", "main")
    for branch in ("main", "work"):
        git(repository, "checkout", "-q", branch)
        for number in range(3):
            commit(repository, f"{branch} {number}")
    true = git(repository, "merge-base", "main", "work").strip()
    git(tmp_path, "clone", "-q", f"--depth={depth}", "--no-single-branch", "--branch", "work", f"file://{repository}", "clone")
    outcome = run("-C", tmp_path / "clone", "review", "--format", "json", "origin/main...work")
    if outcome.code == 2:
        assert "parted can't be told: only a part of the history was fetched (in CI: `fetch-depth: 0`)" in could_not_run(outcome)
    else:
        assert json.loads(outcome.out)["base"] == true
    assert outcome.code == (2 if depth < 6 else 0)


def test_an_older_parting_is_not_taken_for_the_true_one(tmp_path: Path) -> None:
    """work has main's newest commit by a way that the clone does not have: what both sides of the clone share is older."""
    folder = repository_at(tmp_path / "ledger")
    first = git(folder, "rev-parse", "HEAD").strip()
    git(folder, "checkout", "-q", "-b", "work")
    commit(folder, "work 1")
    git(folder, "checkout", "-q", "main")
    true = commit(folder, "main 1")
    git(folder, "checkout", "-q", "-b", "side")
    side = commit(folder, "side 1")
    git(folder, "checkout", "-q", "work")
    git(folder, "merge", "-q", "--no-ff", "-m", "side is merged", "side")
    asked = ("-C", folder, "review", "--format", "json", "main...work")
    assert json.loads(run(*asked).out)["base"] == true
    (folder / ".git" / "shallow").write_text(f"{side}\n", encoding="ascii")
    assert git(folder, "merge-base", "main", "work").strip() == first
    assert "where main and work parted can't be told" in could_not_run(run(*asked))
    assert run("-C", folder, "review", "main..work").code == 0
