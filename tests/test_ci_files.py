"""The workflows, the action and the hooks: safe for pull requests of strangers, and naming what exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import ROOT

from ledger import __version__
from ledger.commands.quick import COMMANDS
from ledger.commands.review import FAILINGS, FORMATS

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
WORKFLOW, RELEASE, TESTS = (ROOT / ".github" / "workflows" / f"{name}.yml" for name in ("ledger", "release", "tests"))
ACTION = ROOT / "action.yml"
SCRIPT = ROOT / "action" / "review.sh"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
OWN_HOOKS = ROOT / ".pre-commit-config.yaml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps_of(path: Path) -> list[dict[str, Any]]:
    """The steps of a workflow or action."""
    data = read(path)
    groups = [job.get("steps", []) for job in data["jobs"].values()] if "jobs" in data else [data["runs"]["steps"]]
    return [step for steps in groups for step in steps]


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.name)
def test_no_untrusted_text_is_run(path: Path) -> None:
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), "values reach a script through env alone"
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}|\./program", step["uses"]), "actions are pinned by commit"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert step.get("shell", "bash") == "bash"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_may_read_and_ends(path: Path) -> None:
    data = read(path)
    assert data["permissions"] == {} and data["concurrency"]
    for name, job in data["jobs"].items():
        assert job["permissions"] == ({"id-token": "write"} if (path, name) == (RELEASE, "publish") else {"contents": "read"})
        assert job["name"] and ("timeout-minutes" in job or job["uses"] == "./.github/workflows/tests.yml")
    assert "pull_request_target" not in data[True] and "secrets" not in path.read_text(encoding="utf-8")  # (YAML 1.1 reads `on` as true)


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    """One version of each, and the comment behind every pin says which."""
    pins: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, ACTION]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line and "./" not in line:
                match = re.fullmatch(r" +(?:- )?uses: ([\w/-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
                assert match, line
                pins.setdefault(match[1], set()).add(match[2])
    assert len(pins) == 5 and all(len(versions) == 1 for versions in pins.values()), pins


def test_the_workflow_is_safe_for_forks() -> None:
    data = read(WORKFLOW)
    assert set(data[True]) == {"pull_request", "merge_group", "push"} and data[True]["push"] == {"branches": ["main"]}
    program, proposed, review = steps_of(WORKFLOW)
    bases = "github.event.pull_request.base.sha || github.event.merge_group.base_sha || github.sha"
    assert program["with"]["ref"] == "${{ " + bases + " }}" and "ref" not in proposed["with"]
    assert (program["with"]["path"], review["uses"]) == ("program", "./program"), "the program is never that of the pull request"
    assert proposed["with"]["fetch-depth"] == 0 and review["with"]["folder"] == proposed["with"]["path"]
    assert "secrets" not in WORKFLOW.read_text(encoding="utf-8") + ACTION.read_text(encoding="utf-8")


def test_all_supported_pythons_are_tried_on_every_system() -> None:
    data = read(TESTS)
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
    matrix = {name: job["strategy"]["matrix"] for name, job in data["jobs"].items() if "strategy" in job}
    assert set(data[True]) == {"push", "pull_request", "workflow_call"} and set(matrix) == {"tests", "wheel"}
    versions = [tuple(map(int, version.split("."))) for version in matrix["tests"]["python"]]
    assert matrix["tests"]["python"][0] == lowest and versions == [(3, minor) for minor in range(versions[0][1], versions[-1][1] + 1)]
    assert versions[-1] >= sys.version_info[:2], "the newest Python too"
    assert matrix["wheel"]["python"] == [matrix["tests"]["python"][0], matrix["tests"]["python"][-1]]
    assert all({word.split("-")[0] for word in each["system"]} == {"ubuntu", "macos", "windows"} for each in matrix.values())
    said = [step["run"] for step in steps_of(TESTS) if "run" in step]
    assert {"ruff check .", "mypy", "ledger check --strict", "python -m pytest -n auto", "python tests/try_wheel.py dist"} <= set(said)
    assert [name for name, job in data["jobs"].items() if "continue-on-error" in job] == ["tests"]


def test_a_release_publishes_what_was_tried() -> None:
    data = read(RELEASE)
    jobs = data["jobs"]
    assert data[True] == {"push": {"tags": ["v*"]}} and set(jobs["publish"]["needs"]) == {"tests", "build"}
    assert jobs["publish"]["environment"] == "release" and not any("run" in step for step in jobs["publish"]["steps"])
    *_, tagged, tried, kept = jobs["build"]["steps"]
    fetched, _ = jobs["publish"]["steps"]
    assert kept["with"]["name"] == fetched["with"]["name"] and tried["run"].endswith(fetched["with"]["path"])
    assert kept["with"]["path"] == fetched["with"]["path"] + "/*.whl"
    for tag, code in ((f"v{__version__}", 0), (__version__, 1), ("v9.9.9", 1), ("v1; true", 1)):
        environment = {**os.environ, "TAG": tag, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        assert subprocess.run(["bash", "-e", "-c", tagged["run"]], env=environment, cwd=ROOT, check=False).returncode == code


def test_the_changelog_tells_of_this_version() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## Unreleased" and headings[1].startswith(f"## {__version__} (")
    assert all(re.fullmatch(r"## \d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)", heading) for heading in headings[1:])


def test_the_action_names_what_exists() -> None:
    data = read(ACTION)
    text = ACTION.read_text(encoding="utf-8")
    assert set(re.search(r"\((warning[^)]*)\)", data["inputs"]["fail-on"]["description"])[1].split(", ")) == set(FAILINGS)  # type: ignore[index]
    *_, step, kept = steps_of(ACTION)
    assert kept["if"] == "always()" and kept["with"]["path"] == step["env"]["REPORT"] + "/report.html"
    assert step["run"] == 'bash "$GITHUB_ACTION_PATH/action/review.sh"' and SCRIPT.is_file()
    script = SCRIPT.read_text(encoding="utf-8")
    assert set(re.findall(r'--output "([a-z]+):', script)) <= set(FORMATS) and "${{" not in script and "eval" not in script
    used = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", script))
    assert used - set(step["env"]) == {"RUNNER_TEMP", *(name for name in used if name.startswith("GITHUB_"))}
    assert set(step["env"]) <= used, "nothing is handed over that nobody reads"
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(data["inputs"])


def test_our_own_hooks_fetch_nothing_and_run_what_is_installed() -> None:
    (source,) = read(OWN_HOOKS)["repos"]
    wanted = {re.split("[>=<]", name)[0] for name in PROJECT["project"]["optional-dependencies"]["dev"]} | set(
        PROJECT["project"]["scripts"]
    )
    assert source["repo"] == "local" and [hook["id"] for hook in source["hooks"]] == ["ruff", "mypy", "ledger-check"]
    for hook in source["hooks"]:
        program, *_ = hook["entry"].split()
        assert hook["language"] == "system" and program.removeprefix(".venv/bin/") in wanted
    for path, checked in (("ledger.yaml", True), ("claims/a b.yaml", True), ("seeds/x.txt", True), ("README.md", False)):
        assert (re.search(source["hooks"][-1]["files"], path) is not None) is checked


def test_the_hook_runs_a_command_that_exists() -> None:
    (hook,) = read(HOOKS)
    program, command, option = hook["entry"].split()
    assert program == "ledger" and command in COMMANDS and hook["pass_filenames"] is False
    assert option == "--staged" and hook["always_run"] is True, "what is committed is checked, be it only that a seed is deleted"
    for path in ("ledger.yaml", "claims/a b.yaml", "seeds/x.txt", "sub/ledger.yaml", "sub/claims/x.yaml"):
        assert re.search(hook["files"], path)
    for path in ("README.md", "tests/claims.py", "my-ledger.yaml.txt"):
        assert re.search(hook["files"], path) is None
