"""How every run begins and ends: streams that can show anything, one line for every failure, and its exit code."""

from __future__ import annotations

import codecs
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

from ledger.model import Trouble
from ledger.texts.display import one_line, shorten

PIPE_CLOSED = 128 + 13  # as a program that SIGPIPE ended


class Interrupted(Exception):
    """Ctrl-C: click would print an empty line first, and take the end of an input for one too."""


def fail(message: str, code: int) -> int:
    """Say why on standard error; gives the exit code."""
    try:
        sys.stderr.write(f"ledger: {shorten(message, 2000)}\n".replace("##[", "## ["))
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # (a closed standard error is None)
        pass
    return code


def ended(action: Callable[[], int], debug: bool) -> int:
    """The exit code of what is done, whatever happens there; raises only what `debug` wants to see."""
    try:
        return action()
    except Trouble as problem:
        return fail(one_line(str(problem)), 2)
    except (Interrupted, KeyboardInterrupt):
        return fail("interrupted", 130)
    except (BrokenPipeError, SystemExit):  # click exits for a closed pipe itself, with the code of findings
        _silence_output()
        return PIPE_CLOSED
    except OSError as problem:
        _silence_output()
        return fail(f"could not go on: {problem.strerror or problem}", 2)
    except MemoryError:
        return fail("could not go on: out of memory", 2)
    except RecursionError:
        return fail("could not go on: something is nested too deep", 2)
    except Exception as problem:  # our own bug: one line, and never an exit code that means "checked"
        if debug:
            raise
        return fail(f"a bug of ledger itself: {type(problem).__name__}: {one_line(str(problem))} (run with --debug and report it)", 2)


def begin() -> None:
    """Make the streams show anything, and SIGTERM end the run well; leaves where there is nowhere to write."""
    codecs.register_error("ledger-escape", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="ledger-escape", newline="\n")  # the same bytes on Windows, and in CSV one line end a line
    if os.name == "posix":
        signal.signal(signal.SIGTERM, _terminated)
    if sys.stdout is None:
        sys.exit(fail("standard output is closed: there is nowhere to write", 2))


def leave(code: int) -> NoReturn:
    """End the process at once: the interpreter would first take apart, piece by piece, all that was read (up to a tenth of a run)."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def _silence_output() -> None:
    """Point standard output nowhere, so that nothing fails once more when it is closed."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_temporary: list[Callable[[], None]] = []


@contextlib.contextmanager
def temporary(take_away: Callable[[], None]) -> Iterator[None]:
    """Have something that a run needs for a while taken away by SIGTERM, too; else whoever made it does so."""
    _temporary.append(take_away)
    try:
        yield
    finally:
        _temporary.remove(take_away)


def _terminated(number: int, frame: object) -> NoReturn:
    for take_away in _temporary:
        with contextlib.suppress(Exception):
            take_away()
    os._exit(fail("terminated", 128 + number))


def _escaped(problem: UnicodeError) -> tuple[str, int]:
    """What a stream can't show, as escapes that JSON reads too: `\\u0431`."""
    assert isinstance(problem, UnicodeEncodeError)
    text = problem.object[problem.start : problem.end]
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2)), problem.end
