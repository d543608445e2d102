"""How far a long check is: told on a terminal, after a second, and cleared at the end; nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import ROOT

CODE = """
import time
from ledger.commands.progress import Told
told = Told("checking")
told(1, 9)
time.sleep(1.05)
told(2, 9)
told(9, 9)
"""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals to be had on this system")
def test_progress_is_told_on_a_terminal_after_a_second_and_cleared() -> None:
    reading, writing = os.openpty()
    subprocess.run([sys.executable, "-c", CODE], stderr=writing, cwd=ROOT, check=True, timeout=60)
    os.close(writing)
    shown = os.read(reading, 10_000).decode()
    os.close(reading)
    assert shown.startswith("\rchecking: 2 of 9 files\r") and "1 of 9" not in shown
    assert shown.endswith(" \r"), "the line is cleared"


def test_progress_is_not_told_in_a_pipe() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, cwd=ROOT, check=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"", b"")
