"""A pager for what is longer than the terminal, in git's ways: LEDGER_PAGER, else PAGER, else `less`; `cat` or nothing turns it off."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from ledger.commands.exits import fail

if TYPE_CHECKING:
    import subprocess

Command = TypeVar("Command", bound=Callable[..., Any])
DEFAULTS = {"LESS": "FRX", "LV": "-c"}  # given to the pager where they are not set: leave what fits a screen, pass colours on
NOT_STARTED = (126, 127)  # a shell's exit codes for a program that can't be run, or that there is none
MOST_KEPT = 1 << 20  # characters that are kept until it is clear that the pager runs: a pipe holds far fewer
_FOR_A_SHELL = frozenset("|&;<>()$`\\\"' \t\n*?[#~=%")


def paged(function: Command) -> Command:
    """Add `--no-pager` to a command, and send what it writes through a pager where it writes to a terminal."""

    @click.option("--no-pager", "unpaged", is_flag=True, help="On a terminal: write everything at once.")
    @wraps(function)
    def command(*arguments: Any, unpaged: bool, **asked: Any) -> Any:
        if unpaged or click.get_current_context().find_root().params.get("unpaged"):
            return function(*arguments, **asked)
        with through_a_pager():
            return function(*arguments, **asked)

    return cast(Command, command)


def pager_named(environment: Mapping[str, str]) -> str:
    """The command line of the pager; nothing where none is wanted."""
    named = environment.get("LEDGER_PAGER", environment.get("PAGER", "less"))
    return "" if named == "cat" else named


@contextmanager
def through_a_pager() -> Iterator[None]:
    """What is written to standard output goes through the pager, if that is a terminal and a pager is wanted; at the end it is waited for."""
    named = pager_named(os.environ) if _on_a_terminal() else ""
    if not named:
        yield
        return
    terminal = sys.stdout
    output = Paged(terminal, named)
    sys.stdout = cast(TextIO, output)
    try:
        yield
    finally:
        sys.stdout = terminal
        output.end()


def _on_a_terminal() -> bool:
    try:
        return os.isatty(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return False


class Paged(io.TextIOBase):
    """Standard output that goes to a pager, which the first word starts; to whoever asks, it still is the terminal.

    A pager that can't start does no harm: what was written is written to the terminal. One that is quit early does none either: what is
    written after that is gone, and the command goes on to its end and its exit code.
    """

    def __init__(self, terminal: TextIO, command: str) -> None:
        self.terminal = terminal
        self.command = command
        self.process: subprocess.Popen[str] | None = None
        self.to: TextIO | None = None  # the pager, or the terminal; None at the beginning, and when the pager was quit
        self.kept: list[str] | None = []
        self.length = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of the terminal."""
        return self.terminal.encoding

    def isatty(self) -> bool:
        """It is shown on one."""
        return True

    def fileno(self) -> int:
        """That of the terminal, to ask it for its width."""
        return self.terminal.fileno()

    def flush(self) -> None:
        """Nothing: the pager gets what there is when it has come together."""

    def write(self, text: str) -> int:
        """Hand a text on."""
        if self.process is None and self.to is None and text:
            self._start()
        if self.kept is not None and self.process is not None:
            self.length += len(text)
            self.kept.append(text)
            if self.length > MOST_KEPT:
                self.kept = None
        try:
            if self.to is not None:
                self.to.write(text)
        except BrokenPipeError:
            if self.process is None:
                raise
            self._left()
        return len(text)

    def end(self) -> None:
        """Wait until the pager is quit. Ctrl-C is the pager's business meanwhile."""
        if self.process is None:
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._left()
        finally:
            signal.signal(signal.SIGINT, before)
        self.terminal.flush()

    def _start(self) -> None:
        """Start the pager; where that fails, everything goes to the terminal."""
        import subprocess  # (a start would feel it)

        needs_shell = not _FOR_A_SHELL.isdisjoint(self.command)
        environment = {**DEFAULTS, **os.environ}
        try:
            self.terminal.flush()
            self.process = subprocess.Popen(
                ["sh", "-c", self.command] if needs_shell and os.name == "posix" else self.command if needs_shell else [self.command],
                stdin=subprocess.PIPE, env=environment, encoding=self.terminal.encoding, errors=self.terminal.errors,
                shell=needs_shell and os.name != "posix",
            )  # fmt: skip
        except (OSError, ValueError) as problem:
            if "LEDGER_PAGER" in os.environ or "PAGER" in os.environ:
                fail(
                    f"the pager `{self.command}` can't be started ({getattr(problem, 'strerror', None) or problem}): all is shown at once",
                    0,
                )
            self.to = self.terminal
        else:
            self.to = cast(TextIO, self.process.stdin)

    def _left(self) -> None:
        """The pager was quit, or is to be: wait for it, and where it never ran show what it was given."""
        process, self.process = self.process, None
        if process is None:
            return
        with suppress(OSError, ValueError):
            cast(TextIO, process.stdin).close()
        code = process.wait()
        self.to = None
        if code in NOT_STARTED and self.kept is not None:
            self.terminal.write("".join(self.kept))
            self.to = self.terminal
        else:
            self.to = _Nowhere()
        self.kept = None


class _Nowhere(io.StringIO):
    """Where goes what is written after the pager was quit."""

    def write(self, text: str) -> int:
        """Nothing is kept."""
        return len(text)
