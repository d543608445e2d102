"""`ledger schema [claims|ledger]`."""

from __future__ import annotations

import click

from ledger.commands.opening import Source, place_of
from ledger.commands.options import Choice, reads_a_ledger
from ledger.commands.outputs import write
from ledger.reading.loader import load, load_vocabulary
from ledger.render.check import dumps


@click.command("schema")
@click.argument("which", metavar="[claims|ledger]", type=Choice(["claims", "ledger"]), default="claims")
@reads_a_ledger
def command(source: Source, which: str) -> int:
    """A JSON Schema of this ledger's claims files, or of its `ledger.yaml`, with the ids that there are: editors complete and check by it."""
    tree = place_of(source).tree
    if which == "ledger":
        from ledger.render.vocabulary_schema import vocabulary_schema

        write(dumps(vocabulary_schema(load_vocabulary(tree))))
        return 0
    from ledger.render.schema import claims_schema

    write(dumps(claims_schema(load(tree))))
    return 0
