"""The workflow, the action and the hook that others run: safe for pull requests of strangers, and naming what exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from branches import branch_at
from running import ROOT

from ledger.commands.manual import COMMANDS
from ledger.commands.review import FAILINGS, FORMATS

WORKFLOW = ROOT / ".github" / "workflows" / "ledger.yml"
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps_of(path: Path) -> list[dict[str, Any]]:
    """The steps of a workflow or action."""
    data = read(path)
    groups = [job["steps"] for job in data["jobs"].values()] if "jobs" in data else [data["runs"]["steps"]]
    return [step for steps in groups for step in steps]


@pytest.mark.parametrize("path", [WORKFLOW, ACTION], ids=lambda path: path.name)
def test_no_untrusted_text_is_run(path: Path) -> None:
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), "values reach a script through env alone"
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}|\./program", step["uses"]), "actions are pinned by commit"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert step.get("shell", "bash") == "bash"


def test_the_workflow_is_safe_for_forks() -> None:
    data = read(WORKFLOW)
    assert set(data[True]) == {"pull_request"}  # YAML 1.1 reads the key `on` as true
    assert data["permissions"] == {}
    assert [job["permissions"] for job in data["jobs"].values()] == [{"contents": "read"}]
    assert all("timeout-minutes" in job for job in data["jobs"].values())
    program, proposed, review = steps_of(WORKFLOW)
    assert program["with"]["ref"] == "${{ github.event.pull_request.base.sha }}" and "ref" not in proposed["with"]
    assert (program["with"]["path"], review["uses"]) == ("program", "./program"), "the program is never that of the pull request"
    assert proposed["with"]["fetch-depth"] == 0 and review["with"]["folder"] == proposed["with"]["path"]
    assert "secrets" not in WORKFLOW.read_text(encoding="utf-8") + ACTION.read_text(encoding="utf-8")


def test_the_action_names_what_exists() -> None:
    data = read(ACTION)
    text = ACTION.read_text(encoding="utf-8")
    assert set(re.search(r"\((warning[^)]*)\)", data["inputs"]["fail-on"]["description"])[1].split(", ")) == set(FAILINGS)  # type: ignore[index]
    assert set(re.findall(r'--output "([a-z]+):', text)) <= set(FORMATS)
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(data["inputs"])


@pytest.mark.parametrize("base", ["main", ""])
@pytest.mark.parametrize("failing", ["", "removed seed"])
def test_the_script_of_the_action_runs(base: str, failing: str, tmp_path: Path) -> None:
    """The last step, with a program in the place where the step before puts it."""
    folder = branch_at(tmp_path / "work space")
    bin_folder = tmp_path / "temp" / "ledger" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "ledger").write_text(f'#!/bin/sh\nexec "$PYTHON" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    (bin_folder / "ledger").chmod(0o755)
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin", "PYTHON": __import__("sys").executable, "RUNNER_TEMP": str(tmp_path / "temp"), "PYTHONUTF8": "1",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "FOLDER": str(folder), "BASE": base, "FAIL_ON": failing, "REPORTS": str(tmp_path / "a b"),
    }  # fmt: skip
    script = steps_of(ACTION)[-1]["run"]
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], env=environment, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path
    )
    assert done.returncode == 1 and done.stderr == "", done
    assert done.stdout.startswith("::error file=claims/text.yaml,")
    assert (tmp_path / "summary").read_text(encoding="utf-8").startswith("<!-- ledger review -->\n")
    assert sorted(path.name for path in (tmp_path / "a b").iterdir()) == ["codequality.json", "review.json", "review.md", "review.sarif"]


def test_the_hook_runs_a_command_that_exists() -> None:
    (hook,) = read(HOOKS)
    program, command = hook["entry"].split()
    assert program == "ledger" and command in COMMANDS and hook["pass_filenames"] is False
    for path in ("ledger.yaml", "claims/a b.yaml", "seeds/x.txt", "sub/ledger.yaml", "sub/claims/x.yaml"):
        assert re.search(hook["files"], path)
    for path in ("README.md", "tests/claims.py", "my-ledger.yaml.txt"):
        assert re.search(hook["files"], path) is None
