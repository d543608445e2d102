"""The last step of the action, run as a runner does, on repositories as events leave them: the base that it compares with is the true one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from branches import branch_at, commit, git, replace, repository_at
from running import ROOT
from small import CLAIMS, file_of

SCRIPT = ROOT / "action" / "review.sh"
ZEROS = "0" * 40


class Step(NamedTuple):
    """How the step ended: its exit code, what it printed, and the report for the summary and for machines."""

    code: int
    out: str
    err: str
    summary: str
    base: str
    head: str
    title: str


def step(folder: Path, temp: Path, **event: str) -> Step:
    """The step after an event, with a program in the place where the step before puts it."""
    program = temp / "ledger" / "bin" / "ledger"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "$PYTHON" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    summary, reports = temp / "summary", temp / "reports of it"
    summary.write_bytes(b"")
    head = git(folder, "rev-parse", "HEAD").strip()
    environment = {
        "PATH": os.environ["PATH"], "PYTHON": sys.executable, "PYTHONUTF8": "1", "RUNNER_TEMP": str(temp), "HOME": str(temp), "CI": "true",
        "GITHUB_STEP_SUMMARY": str(summary), "FOLDER": str(folder), "REPORTS": str(reports), "DEFAULT_BRANCH": "main",
        "GITHUB_REPOSITORY": "ada/ledger", "PULL_REPOSITORY": "ada/ledger", "GITHUB_SHA": head, **event,
    }  # fmt: skip
    done = subprocess.run(["bash", str(SCRIPT)], env=environment, capture_output=True, encoding="utf-8", check=False, cwd=temp)
    told = summary.read_text(encoding="utf-8")
    report = reports / "review.json"
    data = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {"base": "", "head": ""}
    title = told.split("\n")[1].removeprefix("## ").replace("\\", "") if told else ""
    return Step(done.returncode, done.stdout, done.stderr, told, data["base"], data["head"], title)


def hash_of(folder: Path, revision: str) -> str:
    return git(folder, "rev-parse", revision).strip()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A ledger whose main loses a claim after `work`, which changes a value, left it."""
    folder = repository_at(tmp_path / "origin")
    git(folder, "checkout", "-q", "-b", "work")
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 27001")
    commit(folder, "another figure")
    git(folder, "checkout", "-q", "main")
    claims = folder / "claims" / "text.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text[: text.rindex("- place", 0, text.index("id: lorries"))], encoding="utf-8")
    commit(folder, "somebody else removes a claim")
    return folder


def merged(origin: Path, branch: str = "work") -> str:
    """What a service makes of a pull request: its merge into main, on a reference of its own."""
    git(origin, "checkout", "-q", "--detach", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "the merge", branch)
    git(origin, "update-ref", "refs/pull/1/merge", "HEAD")
    return hash_of(origin, "HEAD")


def checked_out(origin: Path, revision: str, *options: str) -> Path:
    """What `actions/checkout` leaves: all branches of the origin, and a commit that is checked out."""
    folder = origin.parent / "checkout"
    git(origin.parent, "init", "-q", str(folder))
    git(folder, "remote", "add", "origin", f"file://{origin}")
    whole = ("+refs/heads/*:refs/remotes/origin/*",) if not options else ()
    git(folder, "fetch", "-q", "--no-tags", *options, "origin", *whole, f"+{revision}:refs/remotes/pull/1")
    git(folder, "checkout", "-q", "--detach", revision)
    return folder


def pull_request(origin: Path, **more: str) -> dict[str, str]:
    """The event: its word for the base is from the day when the branch left it."""
    return {
        "GITHUB_EVENT_NAME": "pull_request", "PULL_BASE": hash_of(origin, "main~1"), "PULL_HEAD": hash_of(origin, "work"),
        "GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "work", **more,
    }  # fmt: skip


def test_a_pull_request_whose_base_has_moved(origin: Path, tmp_path: Path) -> None:
    merge = merged(origin)
    page = tmp_path / "page of it"
    done = step(checked_out(origin, merge), tmp_path, FAIL_ON="removed", REPORT=str(page), **pull_request(origin))
    assert f"What changed since {hash_of(origin, 'main')}" in (page / "report.html").read_text(encoding="utf-8")
    assert (done.code, done.err) == (0, "") and (done.base, done.head) == (hash_of(origin, "main"), merge)
    assert done.title == f"ledger review: work merged into main ({merge[:12]}) against main ({done.base[:12]})"
    assert "1 changed in meaning" in done.summary and "removed" not in done.summary and "are the same commit" not in done.out


def test_a_pull_request_of_a_fork(origin: Path, tmp_path: Path) -> None:
    merge = merged(origin)
    event = pull_request(origin, PULL_LABEL="eve:main", GITHUB_HEAD_REF="main", PULL_REPOSITORY="eve/ledger")
    done = step(checked_out(origin, merge), tmp_path, **event)
    assert done.title.startswith("ledger review: eve:main merged into main (") and done.base == hash_of(origin, "main")


@pytest.mark.parametrize("depth", [1, 2])
def test_a_pull_request_in_a_shallow_clone(depth: int, origin: Path, tmp_path: Path) -> None:
    merge = merged(origin)
    done = step(checked_out(origin, merge, f"--depth={depth}"), tmp_path, **pull_request(origin))
    if depth == 1:
        words = f"the base of the pull request, {hash_of(origin, 'main')[:12]}, is not in this clone: check out with `fetch-depth: 0`"
        assert done.code == 2 and f"::error title=ledger review::{words}\n" in done.out and "5 claims" in done.out
    else:
        assert done.code == 0 and done.base == hash_of(origin, "main")


def test_a_pull_request_whose_own_head_is_checked_out(origin: Path, tmp_path: Path) -> None:
    """Compared from where it left the base, whatever happened there since."""
    head = hash_of(origin, "work")
    done = step(checked_out(origin, head), tmp_path, FAIL_ON="removed", **pull_request(origin, GITHUB_SHA=merged(origin)))
    assert done.code == 0 and (done.base, done.head) == (hash_of(origin, "main~1"), head)
    assert done.title == f"ledger review: work ({head[:12]}) against main (where it parted, {done.base[:12]})"


def test_what_pull_request_target_checks_out_is_the_base(origin: Path, tmp_path: Path) -> None:
    """Though that may be a merge itself, of which one side is not what the pull request does."""
    git(origin, "checkout", "-q", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "an earlier one", "work")
    event = pull_request(origin, GITHUB_EVENT_NAME="pull_request_target", PULL_HEAD="1" * 40)
    done = step(checked_out(origin, hash_of(origin, "main")), tmp_path, **event)
    assert done.code == 0 and done.base == done.head and "::notice title=ledger::base and head are the same commit, " in done.out


def test_a_push(origin: Path, tmp_path: Path) -> None:
    """Main before the push, not itself: two branches that were each right double an id."""
    before = hash_of(origin, "main")
    for name in ("one", "two"):
        git(origin, "checkout", "-q", "-b", name, before)
        claim = file_of([{**CLAIMS[0], "id": "doubled"}], name=name)
        for path, text in claim.items():
            if path != "ledger.yaml":
                (origin / path).write_text(text, encoding="utf-8")
        commit(origin, name)
    git(origin, "checkout", "-q", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "one", "one")
    git(origin, "merge", "-q", "--no-ff", "-m", "two", "two")
    event = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF_NAME": "main", "BEFORE": before}
    done = step(checked_out(origin, hash_of(origin, "main")), tmp_path, **event)
    assert done.code == 1 and done.base == before and "::error file=claims/" in done.out and "doubled" in done.out
    assert done.title.endswith(f"main ({done.head[:12]}) against main before the push ({before[:12]})")


def test_a_push_of_a_new_branch(origin: Path, tmp_path: Path) -> None:
    event = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF_NAME": "work", "BEFORE": ZEROS}
    done = step(checked_out(origin, hash_of(origin, "work")), tmp_path, **event)
    assert done.code == 0 and done.base == hash_of(origin, "main~1") and "against main (where it parted, " in done.title


def test_a_push_of_a_new_branch_in_a_shallow_clone(origin: Path, tmp_path: Path) -> None:
    event = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF_NAME": "work", "BEFORE": ZEROS}
    done = step(checked_out(origin, hash_of(origin, "work"), "--depth=1"), tmp_path, **event)
    assert done.code == 2 and "the default branch, main, is not in this clone: check out with `fetch-depth: 0`" in done.out


@pytest.mark.parametrize("known", [True, False])
def test_a_forced_push(known: bool, origin: Path, tmp_path: Path) -> None:
    """What was there before may still be known; else it is compared with where the branch left main."""
    git(origin, "checkout", "-q", "work")
    before = hash_of(origin, "work")
    git(origin, "reset", "-q", "--hard", "main~1")
    replace(origin / "claims" / "text.yaml", "value: 27000", "value: 27002")
    commit(origin, "written anew")
    folder = checked_out(origin, hash_of(origin, "work"))
    if known:
        git(folder, "fetch", "-q", str(origin), before)
    done = step(folder, tmp_path, GITHUB_EVENT_NAME="push", GITHUB_REF_NAME="work", BEFORE=before)
    assert done.code == 0 and done.base == (before if known else hash_of(origin, "main~1"))
    assert ("a forced push): it is compared with main" in done.out) is not known


@pytest.mark.parametrize("failing", ["", "removed seed"])
def test_a_forced_push_of_the_default_branch(failing: str, origin: Path, tmp_path: Path) -> None:
    """What was asked for and nobody can answer is no pass."""
    before = hash_of(origin, "main")
    git(origin, "reset", "-q", "--hard", "main~1")
    event = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF_NAME": "main", "BEFORE": before, "FAIL_ON": failing}
    done = step(checked_out(origin, hash_of(origin, "main")), tmp_path, **event)
    assert "a forced push): nothing is compared" in done.out
    assert done.code == (1 if failing else 0) and ("fail-on: removed seed can't be answered" in done.out) is bool(failing)


def test_a_push_in_a_shallow_clone(origin: Path, tmp_path: Path) -> None:
    before = hash_of(origin, "main~1")
    event = {"GITHUB_EVENT_NAME": "push", "GITHUB_REF_NAME": "main", "BEFORE": before}
    done = step(checked_out(origin, hash_of(origin, "main"), "--depth=1"), tmp_path, **event)
    words = f"what was there before the push, {before[:12]}, is not in this clone: check out with `fetch-depth: 0`"
    assert done.code == 2 and words in done.out and done.summary == ""


def test_a_merge_group(origin: Path, tmp_path: Path) -> None:
    head = merged(origin)
    event = {
        "GITHUB_EVENT_NAME": "merge_group", "QUEUE_BASE": hash_of(origin, "main"), "QUEUE_REF": "refs/heads/main",
        "GITHUB_REF_NAME": "gh-readonly-queue/main/pr-1-abc",
    }  # fmt: skip
    done = step(checked_out(origin, head), tmp_path, FAIL_ON="removed", **event)
    assert done.code == 0 and (done.base, done.head) == (hash_of(origin, "main"), head)
    assert done.title == f"ledger review: gh-readonly-queue/main/pr-1-abc ({head[:12]}) against main ({done.base[:12]})"
    git(origin, "checkout", "-q", "main")


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch", "", "push of a tag"])
def test_what_has_no_base_is_checked_all_the_same(event: str, origin: Path, tmp_path: Path) -> None:
    replace(origin / "claims" / "text.yaml", "value: 27000", "valu: 27000")
    commit(origin, "a mistake on main")
    tag = {"GITHUB_REF_NAME": "v1", "BEFORE": ZEROS} if "tag" in event else {}
    done = step(checked_out(origin, hash_of(origin, "main")), tmp_path, GITHUB_EVENT_NAME=event.split()[0] if event else "", **tag)
    assert done.code == 1 and "::notice title=ledger::base and head are the same commit, " in done.out
    assert "::error file=claims/text.yaml,line=" in done.out and ": both are the same commit" in done.title


def test_where_no_default_branch_is_known(origin: Path, tmp_path: Path) -> None:
    done = step(checked_out(origin, hash_of(origin, "work")), tmp_path, GITHUB_EVENT_NAME="schedule", DEFAULT_BRANCH="")
    assert done.code == 0 and "nothing is known to compare with" in done.out


def test_errors_that_were_there_before_fail_too(origin: Path, tmp_path: Path) -> None:
    replace(origin / "claims" / "text.yaml", "value: 27000", "valu: 27000")
    commit(origin, "a mistake on main")
    git(origin, "checkout", "-q", "-b", "more")
    commit(origin, "nothing")
    merge = merged(origin, "more")
    done = step(checked_out(origin, merge), tmp_path, **pull_request(origin, PULL_HEAD=hash_of(origin, "more")))
    assert done.code == 1 and "claims/text.yaml:" in done.out and "::error" not in done.out


@pytest.mark.parametrize("failing", ["", "removed seed"])
def test_a_base_that_is_named(failing: str, tmp_path: Path) -> None:
    folder = branch_at(tmp_path / "work space")
    done = step(folder, tmp_path, GITHUB_EVENT_NAME="push", BASE="main", FAIL_ON=failing)
    assert done.code == 1 and done.err == "" and "::error file=claims/text.yaml," in done.out
    assert done.summary.startswith("<!-- ledger review -->\n") and done.base == hash_of(folder, "main")
    reports = tmp_path / "reports of it"
    assert sorted(path.name for path in reports.iterdir()) == ["codequality.json", "review.json", "review.md", "review.sarif"]


def test_a_base_that_nobody_knows(origin: Path, tmp_path: Path) -> None:
    done = step(origin, tmp_path, GITHUB_EVENT_NAME="push", BASE="nowhere")
    assert done.code == 2 and "::error title=ledger review::the base, nowhere, is not in this clone" in done.out


def test_a_folder_that_is_no_repository(tmp_path: Path, origin: Path) -> None:
    (tmp_path / "plain").mkdir()
    git(tmp_path / "plain", "init", "-q")
    git(tmp_path / "plain", "commit", "-q", "--allow-empty", "-m", "empty")
    done = step(tmp_path / "plain", tmp_path, GITHUB_EVENT_NAME="push", FOLDER=str(tmp_path / "reports"))
    assert done.code == 2 and "there is no commit in " in done.out


HOSTILE = ["$(touch${IFS}zz);`touch${IFS}zz`", "a%0A::error::x'b\"c", "--output=zz", "*", "a\nb::error::мій"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_strangers_are_data(name: str, origin: Path, tmp_path: Path) -> None:
    merge = merged(origin)
    folder = checked_out(origin, merge)
    event = pull_request(origin, PULL_LABEL=f"eve:{name}", GITHUB_HEAD_REF=name, PULL_REPOSITORY="eve/ledger")
    done = step(folder, tmp_path, **event)
    assert done.code == 0 and done.base == hash_of(origin, "main") and "eve:" in done.title
    done = step(folder, tmp_path, GITHUB_EVENT_NAME="push", GITHUB_REF_NAME=name, BEFORE="1" * 40, DEFAULT_BRANCH=name)
    assert done.code == 0 and not [line for line in done.out.splitlines() if line.startswith("::error")]
    assert not list(tmp_path.rglob("zz"))
