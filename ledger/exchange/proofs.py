"""What lists and answers prove: which bytes existed on or before when, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.exchange.seals import Chain, Seal, Sealed, path_of
from ledger.exchange.stamps import Pins, Stamp, nonce_in, verified
from ledger.model import Trouble
from ledger.reading.contents import PROOFS_FOLDER


class Proof(NamedTuple):
    """A list, the time stamp of its answer (None: there is none, or it proves nothing), and the stamp by which it existed at the latest: its
    own, or that of a later list that holds it."""

    seal: Seal
    stamp: Stamp | None
    by: tuple[Stamp, Seal] | None


class Proven(NamedTuple):
    """What is proven of a ledger. `files` are those that are here, each with the proof that has its bytes and the earliest stamp (None: no list
    has them); `lost` are seeds and originals of the newest list that are not as it has them; `altered` the same from list to list; `defects`
    what is wrong with lists and answers."""

    proofs: tuple[Proof, ...]
    files: tuple[tuple[Sealed, Proof | None], ...]
    lost: tuple[str, ...]
    altered: tuple[str, ...]
    defects: tuple[str, ...]


def proven(chain: Chain, files: Sequence[Sealed], pins: Callable[[], Pins]) -> Proven:
    """What is proven; `pins` gives the certificates that are trusted, and is asked where there is an answer to verify."""
    defects = list(chain.defects)
    stamps: dict[int, Stamp] = {}
    for seal in chain.seals:
        try:
            stamp = _stamp(seal, pins)
        except Trouble as problem:
            defects.append(f"{path_of(seal.number, 'tsr')}: {problem}")
        else:
            if stamp is not None:
                stamps[seal.number] = stamp
    proofs = tuple(_proofs(chain, stamps))
    holding: dict[str, Proof] = {}
    for proof in proofs:
        for each in proof.seal.sealed:
            holding[each.digest] = min(proof, holding.get(each.digest, proof), key=_when)
    return Proven(proofs, tuple((each, holding.get(each.digest)) for each in files), _lost(chain, files), _altered(chain), tuple(defects))


def _stamp(seal: Seal, pins: Callable[[], Pins]) -> Stamp | None:
    if seal.answer is None:
        return None
    if seal.request is None:
        raise Trouble(f"its request, {path_of(seal.number, 'tsq')}, is missing: whether it answers that can't be told")
    try:
        nonce = nonce_in(seal.request, seal.digest)
    except Trouble as problem:
        raise Trouble(f"{path_of(seal.number, 'tsq')}: {problem}") from None
    return verified(seal.answer, seal.digest, nonce, pins())


def _proofs(chain: Chain, stamps: dict[int, Stamp]) -> list[Proof]:
    """Each list with its stamp, and the earliest of those that are on it or on what is chained to it."""
    found: list[Proof] = []
    by: tuple[Stamp, Seal] | None = None
    later = 0
    for seal in reversed(chain.seals):
        if later != seal.number + 1 or later not in chain.joined:
            by = None
        own = stamps.get(seal.number)
        if own is not None and (by is None or own.latest <= by[0].latest):
            by = own, seal
        found.append(Proof(seal, own, by))
        later = seal.number
    return found[::-1]


def _when(proof: Proof) -> tuple[bool, float, int]:
    """The order of proofs for who wants the earliest: stamped before unstamped."""
    return proof.by is None, proof.by[0].latest.timestamp() if proof.by is not None else 0, proof.seal.number


def _lost(chain: Chain, files: Sequence[Sealed]) -> tuple[str, ...]:
    """Seeds and originals of the newest list that are not as it has them: these never change."""
    if not chain.seals:
        return ()
    here = {each.path: each.digest for each in files}
    last = {each.path: each.digest for each in chain.seals[-1].sealed if _kept(each)}
    return tuple(
        f"{path} {'has changed' if path in here else 'is not here any more'}" for path, digest in last.items() if here.get(path) != digest
    )


def _altered(chain: Chain) -> tuple[str, ...]:
    """Seeds, originals and pinned certificates that one list has otherwise than the one before."""
    found = []
    for before, after in zip(chain.seals, chain.seals[1:], strict=False):
        known = {each.path: each.digest for each in before.sealed}
        found += [
            f"{each.path} is another in {after.path} than in {before.path}"
            for each in after.sealed
            if (_kept(each) or (each.path.startswith(f"{PROOFS_FOLDER}/") and each.path.endswith(".pem")))
            and known.get(each.path, each.digest) != each.digest
        ]
    return tuple(found)


def _kept(each: Sealed) -> bool:
    return each.path.startswith(("seeds/", "originals/"))
