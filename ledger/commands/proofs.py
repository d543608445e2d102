"""`ledger proofs`."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from ledger.commands.opening import Source, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import write, write_lines
from ledger.exchange.proofs import proven
from ledger.exchange.seals import Chain, chain_of, files_of, pinned_in
from ledger.exchange.stamps import Pins, pins_of
from ledger.model import Trouble
from ledger.reading.contents import PINNED, PROOFS_FOLDER
from ledger.reading.trees import WorkTree
from ledger.render.check import dumps
from ledger.render.proofs import proofs_lines, proofs_record
from ledger.texts.display import one_line


@click.command("proofs")
@click.option("--pins", "pinned", metavar="DIR", help="Trust the roots.pem and signers.pem of this folder, and not the ledger's own.")
@format_option("text", "json")
@reads_a_ledger
def command(source: Source, /, form: str, pinned: str | None) -> int:
    """What the lists of `ledger seal` and the answers of authorities prove of the files that are here, and what is wrong with them: changed,
    missing, out of order, forged. Ends with 1 where something is."""
    tree = place_of(source).tree
    chain = chain_of(tree)
    if not chain.seals and not chain.defects:
        raise Trouble(f"there is no list in {PROOFS_FOLDER}/: `ledger seal` writes one")
    if pinned is not None:
        chain = _pinned(chain, pinned)
    found = proven(chain, files_of(tree), lambda: pins_of(chain.roots, chain.signers))
    trusted = Pins([], [])
    if chain.roots or chain.signers:
        with suppress(Trouble):  # (told of the answers, where there are any)
            trusted = pins_of(chain.roots, chain.signers)
    if form == "json":
        write(dumps(proofs_record(found, trusted)))
    else:
        write_lines(proofs_lines(found, trusted))
    return 1 if found.defects or found.lost else 0


def _pinned(chain: Chain, folder: str) -> Chain:
    """The chain with the certificates of another folder."""
    if not os.path.isdir(folder):
        raise Trouble(f"there is no folder {one_line(folder)}")
    roots, signers = pinned_in(WorkTree(os.path.realpath(folder)), "")
    if not roots or not signers:
        raise Trouble(f"{one_line(folder)} should hold {' and '.join(PINNED)}: it trusts nobody otherwise")
    return chain._replace(roots=roots, signers=signers)
