"""The pager, in git's ways: on a terminal only, chosen by the environment, and whatever becomes of it, exit code and text stay."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from running import ROOT, run_outside
from small import CLAIMS, file_of, ledger_at

from ledger.commands.pager import pager_named

if sys.platform == "win32":
    pytest.skip("no terminal that a test can hold", allow_module_level=True)

import pty

QUIET = {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger."""
    return ledger_at(tmp_path_factory.mktemp("ledger"))


def on_terminal(*arguments: str | Path, **environment: str) -> tuple[int, str]:
    """Exit code of a run on a terminal, and all that was shown there."""
    words = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    process, terminal = pty.fork()
    if process == 0:
        os.execve(sys.executable, words, {**QUIET, "LEDGER_CACHE_DIR": os.environ["LEDGER_CACHE_DIR"], **environment})
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # (Linux says so of a terminal that nobody has open any more)
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown.decode().replace("\r\n", "\n")


def test_the_pager_is_chosen_as_git_does() -> None:
    assert pager_named({}) == "less"
    assert pager_named({"PAGER": "more"}) == "more"
    assert pager_named({"PAGER": "more", "LEDGER_PAGER": "most -s"}) == "most -s"
    assert pager_named({"PAGER": "more", "LEDGER_PAGER": ""}) == pager_named({"LEDGER_PAGER": "cat"}) == pager_named({"PAGER": ""}) == ""


def test_a_terminal_is_paged_and_a_pipe_is_not(small: Path) -> None:
    marked = "sed 's/^/| /'"
    code, shown = on_terminal("-C", small, "why", "held-east", "held-west", PAGER=marked)
    assert code == 0 and shown and all(line.startswith("| ") for line in shown.splitlines())
    plain = run_outside("-C", small, "why", "held-east", "held-west", environment={**QUIET, "PAGER": marked})
    assert plain.code == 0 and "| " not in plain.out and "held-west" in plain.out


@pytest.mark.parametrize("words", [("--no-pager", "claims"), ("claims", "--no-pager")], ids=" ".join)
def test_no_pager_where_none_is_wanted(small: Path, words: tuple[str, ...]) -> None:
    for environment in ({"PAGER": "false"}, {"PAGER": "false", "LEDGER_PAGER": "cat"}, {"PAGER": "", "LEDGER_PAGER": ""}):
        arguments = words if "LEDGER_PAGER" not in environment else ("claims",)
        code, shown = on_terminal("-C", small, *arguments, **environment)
        assert code == 0 and "held-east" in shown


def test_less_is_told_to_leave_what_fits(small: Path) -> None:
    told = "sh -c 'cat >/dev/null; echo LESS=$LESS LV=$LV'"
    assert on_terminal("-C", small, "claims", PAGER=told) == (0, "LESS=FRX LV=-c\n")
    assert on_terminal("-C", small, "claims", PAGER=told, LESS="S") == (0, "LESS=S LV=-c\n")


@pytest.mark.parametrize("pager", ["/no/such/pager", "no-such-pager --really", "/"])
def test_a_pager_that_cannot_start_does_no_harm(small: Path, pager: str) -> None:
    code, shown = on_terminal("-C", small, "conflicts", "--fail-on", "any", LEDGER_PAGER=pager)
    assert code == 1 and "held-west" in shown and "2 contradictions" in "\n".join(shown.splitlines()[-2:]) and "Traceback" not in shown
    assert "pager" in shown


def test_a_pager_that_is_quit_early_changes_no_exit_code(tmp_path: Path) -> None:
    many = [{**CLAIMS[number % 3], "id": f"c{number}", "quote": f"{'word ' * 40}{number} stands"} for number in range(150)]
    folder = ledger_at(tmp_path, file_of(many))
    for pager in ("true", "head -n 1"):
        assert on_terminal("-C", folder, "claims", "--limit", "0", PAGER=pager)[0] == 0
    assert on_terminal("-C", folder, "conflicts", "--limit", "0", "--fail-on", "any", PAGER="head -n 1")[0] == 1


def test_errors_are_shown_behind_the_pager(small: Path) -> None:
    code, shown = on_terminal("-C", small, "show", "nobody", PAGER="sed 's/^/| /'")
    assert code == 2 and shown.startswith("ledger: no claim has the id nobody")
