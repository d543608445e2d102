"""The command line: click, and the only rooms that print, exit, or look at the terminal, the clock and the current folder."""

from ledger.commands.entry import main

__all__ = ["main"]
