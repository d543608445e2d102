"""`ledger completion SHELL`."""

from __future__ import annotations

import sys

import click

from ledger.commands.completing import answer
from ledger.commands.options import Choice
from ledger.commands.shells import SCRIPTS


@click.command("completion")
@click.argument("shell", type=Choice(list(SCRIPTS)))
@click.argument("line", required=False)
@click.argument("word", default="")
def command(shell: str, line: str | None, word: str) -> int:
    """What makes a shell complete commands, options, ids and names: its script, to be put where the shell reads such (docs/editors.md). The
    script asks with LINE, a command line up to the cursor, and is told what can stand there."""
    sys.stdout.write(SCRIPTS[shell] if line is None else answer(shell, line, word))
    return 0
