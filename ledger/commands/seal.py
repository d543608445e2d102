"""`ledger seal`."""

from __future__ import annotations

import os

import click

from ledger.commands.opening import find_root
from ledger.commands.options import in_a_folder
from ledger.commands.outputs import write, write_beside
from ledger.exchange.seals import MOST_OF_AN_ANSWER, Chain, Seal, chain_of, next_list, not_sealed, path_of
from ledger.model import Trouble
from ledger.reading.contents import PROOFS_FOLDER
from ledger.reading.trees import NotPlain, NotThere, TooLarge, WorkTree
from ledger.render.check import inert
from ledger.texts.display import count_of, one_line

AUTHORITY = "https://ADDRESS-OF-AN-AUTHORITY"


@click.command("seal")
@click.option("--attach", metavar="FILE", help="Verify the answer of an authority (.tsr), and keep it beside the list that it stamps.")
@in_a_folder
def command(folder: str | None, attach: str | None) -> int:
    """Write a list of the digests of seeds, originals and claims into proofs/, for `sha256sum -c`, chained to the list before it; and a request
    for a time stamp, which you send yourself. Nothing goes over the network."""
    from ledger.writing.files import Change, alone, replace_files

    root = find_root(folder)
    with alone(root) as is_alone:
        tree = WorkTree(root)
        chain = chain_of(tree)
        if chain.defects:
            raise Trouble(f"{chain.defects[0]}; nothing is chained to that: see `ledger proofs`")
        if attach is not None:
            return _attach(root, chain, attach, is_alone)
        number, data = next_list(tree, chain)
        write_beside([f"not sealed, since it is no plain file: {one_line(path)}" for path in not_sealed(tree)])
        if chain.seals and number == chain.seals[-1].number:
            write(f"nothing has changed since {chain.seals[-1].path}: no other list is needed")
            if chain.seals[-1].answer is None:
                _write_command(number)
            return 0
        from ledger.exchange.stamps import request

        seal = Seal(number, data, (), None, None)
        new = [Change(seal.path, None, data), Change(path_of(number, "tsq"), None, request(seal.digest))]
        replace_files(root, new, is_alone)
    lines = count_of(data.count(b"\n"), "digest")
    write(f"written: {seal.path} ({lines}; `sha256sum -c {seal.path}` checks them) and {new[1].path}")
    _write_command(number)
    return 0


def _write_command(number: int) -> None:
    """How the request is sent, by whoever wants a time stamp."""
    asked, answer = path_of(number, "tsq"), f"{number:04}.tsr"
    kind = "'Content-Type: application/timestamp-query'"
    write("for a time stamp, send the request (it holds a digest, and nothing of the ledger) to an authority, and attach the answer:")
    write(f"  curl -sS -H {kind} --data-binary @{asked} -o {answer} {AUTHORITY}")
    write(f"  ledger seal --attach {answer}")


def _attach(root: str, chain: Chain, path: str, is_alone: bool) -> int:
    """Keep an answer beside the list that it stamps; raises Trouble for one that proves nothing."""
    from ledger.exchange.stamps import nonce_in, pins_of, stamped, verified
    from ledger.render.proofs import stamp_words
    from ledger.writing.files import Change, replace_files

    answer = _answer(path)
    try:
        digest = stamped(answer)
        seal = next((each for each in chain.seals if each.digest == digest), None)
        if seal is None:
            raise Trouble(f"it stamps {digest.hex()[:16]}..., which is none of the lists in {PROOFS_FOLDER}/")
        if seal.request is None:
            raise Trouble(f"the request that it should answer, {path_of(seal.number, 'tsq')}, is missing")
        stamp = verified(answer, seal.digest, nonce_in(seal.request, seal.digest), pins_of(chain.roots, chain.signers))
    except Trouble as problem:
        raise Trouble(f"{one_line(path)}: {problem}; nothing was written") from None
    kept = path_of(seal.number, "tsr")
    if seal.answer == answer:
        write(f"{kept} is this answer already")
    elif seal.answer is not None:
        raise Trouble(f"{kept} is there already, with another answer: nothing was written")
    else:
        replace_files(root, [Change(kept, None, answer)], is_alone)
        write(f"written: {kept}")
    write(inert(f"{seal.path}: {stamp_words(stamp)}"))
    return 0


def _answer(path: str) -> bytes:
    folder, name = os.path.split(os.path.realpath(path))
    try:
        return WorkTree(folder).read(name, MOST_OF_AN_ANSWER)
    except NotThere:
        raise Trouble(f"there is no file {one_line(path)}") from None
    except NotPlain as problem:
        raise Trouble(f"{one_line(path)} is {problem}, not a plain file") from None
    except TooLarge:
        raise Trouble(f"{one_line(path)} is larger than {MOST_OF_AN_ANSWER // 1024} KiB: no answer of an authority is") from None
