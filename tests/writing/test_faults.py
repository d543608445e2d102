"""Whatever happens while a file is written: kills, failing calls, a size that no file may have."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT
from small import ledger_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals and limits there")

TOO_LARGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
from ledger.commands.program import run
sys.exit(run(["-C", sys.argv[1], "rename", "millbrook", "mill-town"]))
"""


def outside(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a Python of its own made of arguments."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT / "tests",
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_kill_or_a_full_disk_leaves_whole_files(tmp_path: Path) -> None:
    done = outside(str(ROOT / "tests/prove/write_faults.py"), str(tmp_path), "12")
    told = re.findall(r"(\w+): (\d+) faults tried, (\d+) things wrong", done.stdout)
    assert [(name, wrong) for name, _, wrong in told] == [("rename", "0"), ("new", "0"), ("several", "0")], done.stdout + done.stderr
    assert all(int(count) >= 6 for _, count, _ in told)


def test_a_file_that_cannot_be_written_whole_is_not_written(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = outside("-c", TOO_LARGE, str(root))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"ledger: can't write ledger.yaml: File too large; nothing was changed\n", done.stderr), done.stderr
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
