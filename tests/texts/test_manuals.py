"""What is printed from docstrings is the same on every Python and under `-OO`; and the program as a module."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT

from ledger.commands.quick import COMMANDS
from ledger.rules import RULES
from ledger.texts.manuals import manual_of, sections_of

EVERY_MANUAL = """
import sys
from ledger.rules import RULES
from ledger.commands.program import run
from ledger.commands.quick import COMMANDS
for code in sorted(RULES):
    run(["explain", code])
for name in COMMANDS:
    run([name, "--help"])
run(["-C", sys.argv[1], "check", "--format", "sarif", "--no-cache"])
"""


def python(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A Python of its own that finds this program wherever it is started."""
    words = {name: word for name, word in os.environ.items() if name != "PYTHONOPTIMIZE"} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=words, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.parametrize("kept", ["One.\n\n    Two.\n        Three.\n    ", "One.\n\nTwo.\n    Three.\n"], ids=["up to 3.12", "since 3.13"])
def test_a_manual_is_the_same_on_every_python(kept: str) -> None:
    def rule() -> None:
        pass

    rule.__doc__ = kept
    assert manual_of(rule) == "One.\n\nTwo.\n    Three."


@pytest.mark.parametrize(
    "docstring, sections",
    [
        ("Why.\n\n    Remedy: so.\n    ", ("Why.\n\nRemedy: so.", "", "")),
        (
            "Why.\n\n    Remedy: so.\n    Bad:\n        - a: 1\n          b: 2\n    Good:\n        Bad: 3\n\n        - b\n    ",
            ("Why.\n\nRemedy: so.", "- a: 1\n  b: 2\n", "Bad: 3\n\n- b\n"),
        ),
    ],
)
def test_examples_stand_apart_from_what_a_manual_says(docstring: str, sections: tuple[str, str, str]) -> None:
    def rule() -> None:
        pass

    rule.__doc__ = docstring
    assert sections_of(rule) == sections


def test_without_docstrings_no_manual_is_lost() -> None:
    folder = str(ROOT / "tests" / "cases" / "Q301" / "bad")
    plain, stripped = (python(*flags, "-c", EVERY_MANUAL, folder) for flags in ((), ("-OO",)))
    assert (plain.returncode, plain.stderr) == (stripped.returncode, stripped.stderr) == (0, "")
    assert plain.stdout == stripped.stdout
    assert stripped.stdout.count("Remedy: ") > len(RULES) == stripped.stdout.count("\nBad:\n")
    assert stripped.stdout.count("Usage: ledger ") == len(COMMANDS)
    assert '"fullDescription": {"text": "The quote does not stand in its seed' in stripped.stdout


def test_what_has_no_source_has_no_manual() -> None:
    made: dict[str, object] = {"__name__": "nowhere"}
    exec("def rule(): pass", made)
    rule = made["rule"]
    assert callable(rule) and manual_of(rule) == ""


@pytest.mark.parametrize("arguments", [("--help",), ("show", "--help"), ("show",), ("nosuch",), ("-C", str(ROOT), "check")])
def test_the_module_is_the_program(arguments: tuple[str, ...], tmp_path: Path) -> None:
    module, program = (python(*start, *arguments, folder=tmp_path) for start in (("-P", "-m", "ledger"), (str(ROOT / "cli.py"),)))
    assert (module.returncode, module.stdout, module.stderr) == (program.returncode, program.stdout, program.stderr)
    assert module.stdout or "ledger" in module.stderr


def test_the_documented_way_runs_nothing_of_the_folder_it_is_started_in(tmp_path: Path) -> None:
    for name in ("yaml", "click", "json", "ledger"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run from here')\n")
    done = python("-P", "-m", "ledger", "-C", str(ROOT), "claims", "--limit", "1", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout
