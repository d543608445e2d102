"""The cache only makes answers quicker: with its room taken away, every answer is the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT

CASES = ROOT / "tests" / "cases"
LEDGERS = [ROOT, *(CASES / code / kind for code in ("D601", "F203", "N801", "Q301", "S702", "W907", "Y106") for kind in ("bad", "good"))]
ASKED = (
    ("check",),
    ("check", "--strict"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("conflicts",),
    ("conflicts", "--town", "Kupiansk"),
    ("conflicts", "--format", "json"),
    ("claims", "--format", "json"),
    ("claimants",),
    ("seeds",),
    ("timeline", "--town", "Millbrook"),
)
# an editable installation has a finder of its own, which would find the room where it was not taken away
NO_OTHER_FINDERS = "import sys; sys.meta_path[:] = [each for each in sys.meta_path if each.__module__.startswith('_frozen_importlib')]\n"
ASK = """
import contextlib, io, json
from ledger.commands.program import run

answers = []
for folder in json.loads(sys.argv[1]):
    for asked in json.loads(sys.argv[2]):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["-C", folder, *asked])
        answers.append([folder, asked, code, out.getvalue(), err.getvalue()])
print(json.dumps({"cache": "ledger.cache" in sys.modules, "answers": answers}))
"""


def answers(package: Path, cache: Path) -> dict[str, object]:
    """What a program says to all that is asked, and whether it had the room at hand."""
    environment = {**os.environ, "PYTHONPATH": str(package), "LEDGER_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": "1"}
    folders = json.dumps([str(folder) for folder in LEDGERS])
    done = subprocess.run(
        [sys.executable, "-c", NO_OTHER_FINDERS + ASK, folders, json.dumps(ASKED)],
        env=environment,
        cwd=package,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_with_the_room_taken_away_every_answer_is_the_same(tmp_path: Path) -> None:
    whole, without = tmp_path / "whole", tmp_path / "without"
    for package in (whole, without):
        shutil.copytree(ROOT / "ledger", package / "ledger", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(without / "ledger" / "cache")
    first, again, bare = (answers(package, tmp_path / "kept") for package in (whole, whole, without))
    assert (first["cache"], bare["cache"]) == (True, False)
    assert first["answers"] == again["answers"] == bare["answers"]


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check",), ("explain", "Q301")])
def test_the_quick_answers_need_no_room(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    shutil.copytree(ROOT / "ledger", tmp_path / "ledger", ignore=shutil.ignore_patterns("__pycache__", "cache"))
    command = [sys.executable, "-c", NO_OTHER_FINDERS + "from ledger.commands import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
