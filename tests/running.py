"""Run the program: in this process, or as its users do."""

from __future__ import annotations

import importlib.metadata
import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.commands.program import run as run_program

ROOT = Path(__file__).resolve().parent.parent


class Outcome(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """Standard output that is a terminal, as wide as COLUMNS says."""

    def isatty(self) -> bool:
        return True


def run(*arguments: str | Path) -> Outcome:
    """The outcome of `ledger ARGUMENTS`, run in this process: in a pipe, or where COLUMNS is set on a terminal without colour
    (unless FORCE_COLOR is set too). What needs an extra that is not installed is skipped."""
    on_terminal = "COLUMNS" in os.environ
    out, err = Terminal() if on_terminal else io.StringIO(), io.StringIO()
    plain = on_terminal and "FORCE_COLOR" not in os.environ and "NO_COLOR" not in os.environ
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
        if plain:
            patched.setenv("NO_COLOR", "1")
        code = run_program([str(argument) for argument in arguments])
    needed = _NEEDS.search(err.getvalue()) if code == 2 else None
    if (
        needed is not None and None not in sys.modules.values() and not _is_installed(needed[1])
    ):  # (no test that plays that it is not there)
        pytest.skip(f"{needed[1]} is not installed: the extra `{needed[2]}`")
    return Outcome(code, out.getvalue(), err.getvalue())


_NEEDS = re.compile(r'needs (\S+), which is not installed: pip install "fact-ledger\[(\w+)\]"')


def _is_installed(package: str) -> bool:
    try:
        importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def run_outside(*arguments: str | Path, folder: Path = ROOT, environment: dict[str, str] | None = None) -> Outcome:
    """The outcome of `python cli.py ARGUMENTS` as a process of its own, with `folder` as the current one."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *(str(argument) for argument in arguments)],
        cwd=folder,
        env=None if environment is None else {"LEDGER_CACHE_DIR": os.environ["LEDGER_CACHE_DIR"], **environment},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
