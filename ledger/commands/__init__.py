"""The command line: click, and the only rooms that print, exit, or look at the terminal, the clock and the current folder."""

import sys
from typing import NoReturn

from ledger.commands.warm import answer


def main() -> NoReturn:
    """Enter from the console script. Where a kept answer holds it is given at once; else the program is imported and run."""
    said = answer(sys.argv[1:])
    if said is not None and said.isascii() and _wrote(said):
        sys.exit(0)
    from ledger.commands.entry import main as enter

    enter()


def _wrote(text: str) -> bool:
    """Write a text to standard output; gives whether that could be done."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):  # (a closed standard output is None)
        return False
    return True


__all__ = ["main"]
