"""What became of the proofs of a ledger: of the certificates that it trusts, of its lists, its requests and the answers to them."""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger.reading.contents import PINNED, PROOF_NAME, PROOFS_FOLDER
from ledger.reading.trees import LEFT_OUT, GitTree, NotPlain, NotThere, TooLarge, Tree

MOST_BYTES = 64 * 1024 * 1024
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----")


class File(NamedTuple):
    """A name in the folder, as one state has it: what it is (`file`, `link`, ...), and the SHA-256 of its bytes (empty: not read)."""

    kind: str
    sha256: str


class ProofChange(NamedTuple):
    """A file of proofs that was added, changed or removed; of one that pins certificates those (DER) that are trusted no more and now."""

    kind: str
    path: str
    before: File | None
    after: File | None
    distrusted: tuple[bytes, ...] = ()
    trusted: tuple[bytes, ...] = ()

    @property
    def of_pins(self) -> bool:
        """Whether it says whom the ledger trusts."""
        return self.path.rpartition("/")[2] in PINNED

    @property
    def needs_a_look(self) -> bool:
        """Whether a person must look at it: a proof is never changed or removed, and whose word is taken is not decided by who asks for it."""
        return self.of_pins or self.kind != "added" or self.path == PROOFS_FOLDER or (self.after is not None and self.after.kind != "file")


def proof_changes(earlier: Tree | None, later: Tree) -> list[ProofChange]:
    """What differs, pinned certificates first, then what was changed or removed."""
    found = []
    before, after = ({} if tree is None else dict(_kinds(tree)) for tree in (earlier, later))
    for path in before.keys() | after.keys():
        if LEFT_OUT in (before.get(path), after.get(path)) or _is_same(earlier, later, path):
            continue
        one, other = _file(earlier, path, before), _file(later, path, after)
        if one == other:
            continue
        change = ProofChange("added" if one is None else "removed" if other is None else "changed", path, one, other)
        if change.of_pins:
            gone, now = _certificates(earlier, path), _certificates(later, path)
            change = change._replace(
                distrusted=tuple(each for each in gone if each not in now), trusted=tuple(each for each in now if each not in gone)
            )
        found.append(change)
    return sorted(found, key=lambda change: (not change.of_pins, not change.needs_a_look, change.path))


def _kinds(tree: Tree) -> Iterator[tuple[str, str]]:
    """What is ours in the folder of proofs, and what is no plain file there; the folder itself, where it is none."""
    yield from (each for each in tree.entries("") if each.name == PROOFS_FOLDER and each.kind != "folder")
    for name, kind in tree.entries(PROOFS_FOLDER):
        if kind != "file" or name in PINNED or re.fullmatch(PROOF_NAME, name) is not None:
            yield f"{PROOFS_FOLDER}/{name}", kind


def _is_same(earlier: Tree | None, later: Tree, path: str) -> bool:
    """Whether git has one file there on both sides: it is not read then."""
    return isinstance(earlier, GitTree) and isinstance(later, GitTree) and earlier.hash_of(path) == later.hash_of(path) is not None


def _file(tree: Tree | None, path: str, kinds: Mapping[str, str]) -> File | None:
    if path not in kinds:
        return None
    data = _bytes(tree, path) if kinds[path] == "file" else None
    return File(kinds[path], "" if data is None else hashlib.sha256(data).hexdigest())


def _bytes(tree: Tree | None, path: str) -> bytes | None:
    try:
        return tree.read(path, MOST_BYTES) if tree is not None else None
    except (NotThere, NotPlain, TooLarge):
        return None


def _certificates(tree: Tree | None, path: str) -> list[bytes]:
    """The certificates of a file of pins (PEM), as they are signed (DER)."""
    found = []
    for match in _PEM.finditer(_bytes(tree, path) or b""):
        try:
            found.append(binascii.a2b_base64(match[1]))
        except binascii.Error:
            continue
    return found
