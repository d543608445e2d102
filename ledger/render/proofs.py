"""What is proven, in words that claim no more than an authority says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ledger.exchange.proofs import Proof, Proven
from ledger.exchange.stamps import Pins, Stamp, fingerprint, named
from ledger.render.blocks import Line
from ledger.texts.display import count_of, one_line, some_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LIMITS = (
    "A time stamp says that these bytes existed by then, on the word of the authority that signed it. It does not say that they are true, who "
    "wrote them, or since when there were such."
)
Told = tuple[Line, int]


def stamp_words(stamp: Stamp) -> str:
    """`these bytes existed on or before ..., says the authority ...`."""
    within = f" (by a clock right to {stamp.accuracy}, as it says)" if stamp.accuracy else ""
    return f"these bytes existed on or before {_shown(stamp.latest)}{within}, says the authority {stamp.signer}"


def proofs_lines(found: Proven, pins: Pins) -> list[Told]:
    """The lists with their stamps, the files that are here, the certificates that are trusted, and what is wrong."""
    lines: list[Told] = []
    for proof in found.proofs:
        lines += _proof(proof)
    lines += [*([([("", "")], 0)] if lines else []), ([("the files that are here:", "heading")], 0), *_files(found)]
    if pins.roots or pins.signers:
        lines += [
            ([("", "")], 0),
            ([("certificates that are trusted (hold their digests against those that the authority publishes):", "heading")], 0),
        ]
        for what, certificates in (("root", pins.roots), ("signer", pins.signers)):
            lines += [([(f"{what} {named(each)}, sha256 {fingerprint(each)}", "")], 2) for each in certificates]
    told = [*(f"another than before: {words}" for words in found.altered), *(f"wrong: {words}" for words in (*found.lost, *found.defects))]
    if told:
        lines.append(([("", "")], 0))
        lines += [([(one_line(words), "certain" if words.startswith("wrong") else "label")], 0) for words in told]
    wrong = len(found.lost) + len(found.defects)
    counts = f"{count_of(len(found.proofs), 'list')}, {count_of(sum(proof.stamp is not None for proof in found.proofs), 'time stamp')}"
    lines += [([("", "")], 0), ([(f"{counts}; {f'{wrong} wrong' if wrong else 'nothing wrong'}", "label")], 0)]
    if any(proof.stamp for proof in found.proofs):
        lines.append(([(LIMITS, "")], 0))
    return lines


def _proof(proof: Proof) -> Iterator[Told]:
    yield [(proof.seal.path, "who"), (f": {count_of(len(proof.seal.sealed), 'digest')}", "")], 0
    if proof.stamp is not None:
        yield [(stamp_words(proof.stamp), "")], 2
        yield [(f"signer sha256 {proof.stamp.signer_sha256}; root {proof.stamp.root}, sha256 {proof.stamp.root_sha256}", "where")], 2
    if proof.by is not None and proof.by[1] is not proof.seal:
        stamp, seal = proof.by
        yield [(f"{seal.path} holds its digest: so {stamp_words(stamp)}", "")], 2
    if proof.by is None:
        yield [("no time stamp: nothing says when it was made", "")], 2


def _files(found: Proven) -> Iterator[Told]:
    by_proof: dict[int, list[str]] = defaultdict(list)
    for each, proof in found.files:
        by_proof[0 if proof is None else proof.seal.number].append(one_line(each.path))
    for proof in found.proofs:
        paths = by_proof.get(proof.seal.number)
        if paths:
            when = "no time stamp" if proof.by is None else f"existed on or before {_shown(proof.by[0].latest)}"
            yield [(f"{count_of(len(paths), 'file')} of {proof.seal.path}: {when}", "")], 2
    if by_proof[0]:
        yield [(f"{count_of(len(by_proof[0]), 'file')} as no list has them (`ledger seal`): {some_of(by_proof[0], 10)}", "")], 2


def _shown(time: datetime) -> str:
    """A moment, to the second: never earlier than it was."""
    whole = time.replace(microsecond=0)
    return f"{whole:%Y-%m-%d %H:%M:%S} UTC" if whole == time else f"{time:%Y-%m-%d %H:%M:%S.%f} UTC"


def proofs_record(found: Proven, pins: Pins) -> dict[str, Any]:
    """All of it, as machines read it."""
    return {
        "schema_version": 1,
        "lists": [
            {
                "path": proof.seal.path,
                "sha256": proof.seal.digest.hex(),
                "digests": len(proof.seal.sealed),
                "stamp": _stamp(proof.stamp),
                "existed_by": None if proof.by is None else proof.by[0].latest.isoformat(),
                "existed_by_list": None if proof.by is None else proof.by[1].path,
            }
            for proof in found.proofs
        ],
        "files": [
            {
                "path": each.path,
                "sha256": each.digest,
                "list": None if proof is None else proof.seal.path,
                "existed_by": None if proof is None or proof.by is None else proof.by[0].latest.isoformat(),
            }
            for each, proof in found.files
        ],
        "pins": {"roots": list(map(_pin, pins.roots)), "signers": list(map(_pin, pins.signers))},
        "lost": list(found.lost),
        "altered": list(found.altered),
        "defects": list(found.defects),
    }


def _stamp(stamp: Stamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    return {
        **stamp._asdict(),
        "time": stamp.time.isoformat(),
        "latest": stamp.latest.isoformat(),
    }


def _pin(certificate: Certificate) -> dict[str, str]:
    return {"subject": named(certificate), "sha256": fingerprint(certificate)}
