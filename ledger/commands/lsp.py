"""`ledger lsp`."""

from __future__ import annotations

import click

from ledger.model import Trouble


@click.command("lsp")
def command() -> int:
    """Serve an editor by the Language Server Protocol, on standard input and output: defects while typing, completion of ids and of the seed's
    words, remedies, and which contradictions a claim opens (docs/editors.md)."""
    try:
        from ledger.lsp.server import make
    except ModuleNotFoundError as problem:
        if problem.name is None or problem.name.split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs", "attr"):
            raise
        raise Trouble('pygls is not installed: pip install "fact-ledger[lsp]"') from None
    make().start_io()
    return 0
