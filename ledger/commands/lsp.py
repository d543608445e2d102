"""`ledger lsp`."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout

import click

from ledger.model import Trouble
from ledger.model.extras import installing


@click.command("lsp")
def command() -> int:
    """Serve an editor by the Language Server Protocol, on standard input and output: defects while typing, completion of ids and of the seed's
    words, remedies, and which contradictions a claim opens (docs/editors.md)."""
    try:
        from ledger.lsp.server import make
    except ModuleNotFoundError as problem:
        if problem.name is None or problem.name.split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs", "attr"):
            raise
        raise Trouble(f"pygls is not installed: {installing('lsp')}") from None
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers, redirect_stdout(sys.stderr):  # nothing else is written among the answers
        try:
            make().start_io(stdout=answers)
        except SystemExit as ended:  # as the editor asked for: after a farewell, or without one
            return 1 if ended.code else 0
    return 0
