"""Every run ends well: a short message, an exit code that can't be taken for another, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click
import pytest
from running import ROOT, run

from ledger.commands import opening
from ledger.commands.program import run as run_program

PROGRAM = [sys.executable, str(ROOT / "cli.py")]
SHELL = pytest.mark.skipif(os.name != "posix", reason="streams as a shell closes them")


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line for bash, in which $LEDGER is the program."""
    words = {**os.environ, **environment, "LEDGER": " ".join(PROGRAM)}
    return subprocess.run(["bash", "-c", line], cwd=ROOT, env=words, capture_output=True, text=True, timeout=60, check=False)


@SHELL
@pytest.mark.parametrize("arguments", ["claims --format json", "conflicts --format jsonl", "check", "explain", "--help", "seeds"])
def test_a_reader_that_went_away_is_neither_fine_nor_findings(arguments: str) -> None:
    done = shell(f"(sleep 0.2; $LEDGER {arguments}) | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (141, "")


@SHELL
def test_a_closed_standard_error_changes_no_exit_code() -> None:
    assert shell("$LEDGER check --nosuch 2>&-").returncode == 2
    assert shell("$LEDGER check 2>&- >/dev/null").returncode == 0
    assert shell("$LEDGER show nobody 2>&-").returncode == 2


@SHELL
def test_a_closed_standard_output_is_no_success() -> None:
    done = shell("$LEDGER check >&-")
    assert (done.returncode, done.stderr) == (2, "ledger: standard output is closed: there is nowhere to write\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device")
@pytest.mark.parametrize("arguments", ["check", "conflicts --format json", "claims", "explain Q301"])
def test_a_full_disk_is_no_success(arguments: str) -> None:
    done = shell(f"$LEDGER {arguments} >/dev/full")
    assert (done.returncode, done.stderr) == (2, "ledger: could not go on: No space left on device\n")


@pytest.mark.parametrize("columns", ["9" * 5000, "99999999999999999999", "-1", "0", "19", "x", "", "²", "٤٠"])
def test_a_width_that_is_none_is_passed_over(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments in (("seeds",), ("claims", "--limit", "2"), ("timeline", "--town", "Kupiansk")):
        code, out, err = run("-C", ROOT, *arguments)
        assert (code, err) == (0, "") and out


@SHELL
def test_a_pipe_is_complete_whatever_columns_says() -> None:
    plain = shell("$LEDGER conflicts | cat").stdout
    assert plain == shell("$LEDGER conflicts | cat", COLUMNS="40").stdout and "shown:" not in plain


def waiting_run(on_interruption: str) -> subprocess.Popen[str]:
    """A run that waits in the midst of its work. What becomes of an interruption is set, as whoever starts a program sets it: these
    tests may themselves be run where it is ignored."""
    lines = f"import signal, sys, time\nsignal.signal(signal.SIGINT, {on_interruption})\n"
    lines += "from ledger.commands import main, opening\nopening.find_root = lambda folder: (print('here', file=sys.stderr, flush=True), time.sleep(60))\n"
    lines += "import ledger.commands.show as show\nmain()\n"
    running = subprocess.Popen(
        [sys.executable, "-c", lines, "show", "x"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert running.stderr is not None and running.stderr.readline() == "here\n"
    return running


@SHELL
@pytest.mark.parametrize(("number", "code", "message"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")])
def test_signals_end_it_with_their_code(number: int, code: int, message: str) -> None:
    running = waiting_run("signal.default_int_handler")
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (code, "", f"ledger: {message}\n")


@SHELL
def test_an_interruption_that_the_shell_told_it_to_ignore_is_ignored() -> None:
    """So are started, by a script, programs in the background: Ctrl-C is meant for the one in front."""
    running = waiting_run("signal.SIG_IGN")
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (143, "", "ledger: terminated\n")


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (MemoryError(), "out of memory"),
        (RecursionError(), "nested too deep"),
        (EOFError(), "a bug of ledger itself: RuntimeError: the input ended"),
        (ValueError("##[add-mask]x\x1b[31m"), "a bug of ledger itself: ValueError: ## [add-mask]x<U+001B>[31m"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_failures_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch, problem: Exception, told: str) -> None:
    def fail(folder: str | None) -> str:
        raise problem

    monkeypatch.setattr(opening, "find_root", fail)
    code, out, err = run("claims")
    assert (code, out) == (2, "") and told in err and err.count("\n") == 1 and "Traceback" not in err


def test_debug_shows_where_a_bug_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: str | None) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "find_root", fail)
    with pytest.raises(ZeroDivisionError):
        run_program(["--debug", "claims"])


def test_help_names_the_exit_codes() -> None:
    assert "141" in click.unstyle(run("--help").out)
