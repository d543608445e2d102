"""The command line: click, and the only rooms that print, exit, or look at the terminal, the clock and the current folder."""

import os
from typing import NoReturn


def main() -> NoReturn:
    """Enter from the console script. What may go wrong before the program can say so is said here."""
    try:
        _enter()
    except KeyboardInterrupt:
        _end(b"ledger: interrupted\n", 130)
    except MemoryError:
        _end(b"ledger: could not go on: out of memory\n", 2)


def _end(message: bytes, code: int) -> NoReturn:
    try:
        os.write(2, message)
    finally:
        os._exit(code)


def _enter() -> NoReturn:
    import gc
    import sys

    from ledger.commands.exits import begin, ended, leave

    begin()
    gc.set_threshold(100_000, 50, 50)  # what is read holds no cycles: the collector would walk all of it again and again
    leave(ended(_run, "--debug" in sys.argv))


def _run() -> int:
    """Answer at once what can be answered without click; else import the program and run it."""
    import sys

    if sys.argv[1:2] == ["completion"] and len(sys.argv) in (4, 5):
        from ledger.commands.completing import answer as completed

        sys.stdout.write(completed(*sys.argv[2:]))
        sys.stdout.flush()
        return 0
    from ledger.commands.quick import answer

    said = answer(sys.argv[1:])
    if said is not None:
        sys.stdout.write(said)
        sys.stdout.flush()
        return 0
    from ledger.commands.program import run

    return run(sys.argv[1:])


__all__ = ["main"]
