"""Lists of digests in the form of `sha256sum`, each chained to the one before it: what says later that no byte was changed since."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.model import Trouble
from ledger.reading.contents import (
    CLAIMS_FOLDER,
    HOUSEKEEPING,
    ORIGINALS_FOLDER,
    PINNED,
    PROOF_NAME,
    PROOFS_FOLDER,
    SEEDS_FOLDER,
    contents_of,
)
from ledger.reading.trees import LEFT_OUT, NotPlain, NotThere, TooLarge, Tree
from ledger.texts.display import one_line

ROOTS, SIGNERS = (f"{PROOFS_FOLDER}/{name}" for name in PINNED)
MOST_BYTES = 256 * 1024 * 1024  # of a file that is sealed
MOST_OF_A_LIST = 64 * 1024 * 1024
MOST_OF_AN_ANSWER = 1024 * 1024  # that of an authority has a few thousand bytes
_LINE = re.compile(rb"(\\?)([0-9a-f]{64})  (.+)", re.DOTALL)
_ESCAPES = {b"\\": b"\\\\", b"\n": b"\\n", b"\r": b"\\r"}
_MEANT = {escaped: sign for sign, escaped in _ESCAPES.items()}


class Sealed(NamedTuple):
    """A line of a list: a file by its path in the ledger, and the SHA-256 of its bytes."""

    digest: str
    path: str


class Seal(NamedTuple):
    """A list with its request for a time stamp and the answer to it, where they are here."""

    number: int
    data: bytes
    sealed: tuple[Sealed, ...]
    request: bytes | None
    answer: bytes | None

    @property
    def path(self) -> str:
        """Where the list lies."""
        return path_of(self.number, "sha256")

    @property
    def digest(self) -> bytes:
        """What a time stamp is asked for."""
        return hashlib.sha256(self.data).digest()


class Chain(NamedTuple):
    """The lists that can be read, by number; the numbers of those that do hold the list before them; what is wrong with the others; and the
    certificates that are pinned (PEM)."""

    seals: tuple[Seal, ...]
    joined: frozenset[int]
    defects: tuple[str, ...]
    roots: bytes
    signers: bytes


def path_of(number: int, ending: str) -> str:
    """Where a list (`sha256`), its request (`tsq`) and its answer (`tsr`) lie."""
    return f"{PROOFS_FOLDER}/{number:04}.{ending}"


# -- what is sealed ------------------------------------------------------------------------------------------------------


def files_of(tree: Tree) -> list[Sealed]:
    """The files of a ledger that are sealed, with their digests as they are now: ledger.yaml, claims, seeds, originals, pinned certificates.
    Raises Trouble for one that can't be read."""
    contents = contents_of(tree)
    if any(kind == LEFT_OUT for folder in ("", *_FOLDERS) for _, kind in tree.entries(folder)):
        raise Trouble("a sparse checkout leaves files of the ledger out: what is not here can't be sealed")
    paths = [path for path in contents.paths() if path not in _FOLDERS]
    paths += [f"{ORIGINALS_FOLDER}/{name}" for name, kind in tree.entries(ORIGINALS_FOLDER) if kind == "file" and name not in HOUSEKEEPING]
    paths += [path for path in (ROOTS, SIGNERS) if _at_most(tree, path, MOST_OF_AN_ANSWER) is not None]
    return [Sealed(_digest(tree, path), path) for path in sorted(paths, key=os.fsencode)]


def not_sealed(tree: Tree) -> list[str]:
    """What lies among the files that are sealed, and is left out: links, folders, pipes."""
    return [
        f"{folder}/{name}"
        for folder in _FOLDERS
        for name, kind in tree.entries(folder)
        if kind not in ("file", LEFT_OUT) and name not in HOUSEKEEPING
    ]


_FOLDERS = (CLAIMS_FOLDER, SEEDS_FOLDER, ORIGINALS_FOLDER)


def _digest(tree: Tree, path: str) -> str:
    try:
        return hashlib.sha256(tree.read(path, MOST_BYTES)).hexdigest()
    except NotThere:
        raise Trouble(f"{one_line(path)} is not there any more") from None
    except NotPlain as problem:
        raise Trouble(f"{one_line(path)} is {problem}: only plain files are sealed") from None
    except TooLarge:
        raise Trouble(
            f"{one_line(path)} is larger than {MOST_BYTES // 1024 // 1024} MiB: keep its digest in the head of its claims file"
        ) from None


def list_of(sealed: Iterable[Sealed]) -> bytes:
    """A list, as `sha256sum` writes it."""
    lines = []
    for digest, path in sorted(sealed, key=lambda each: os.fsencode(each.path)):
        name = os.fsencode(path)
        shown = re.sub(rb"[\\\n\r]", lambda match: _ESCAPES[match[0]], name)
        lines.append((b"\\" if shown != name else b"") + digest.encode() + b"  " + shown + b"\n")
    return b"".join(lines)


def sealed_in(data: bytes) -> tuple[Sealed, ...]:
    """The lines of a list. Raises Trouble where it is not, to the byte, a list as `list_of` writes it."""
    found = []
    for number, line in enumerate(data.removesuffix(b"\n").split(b"\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Trouble(f"line {number} is none that `ledger seal` writes")
        name = match[3]
        if match[1]:
            name = re.sub(rb"\\[\\nr]", lambda sign: _MEANT[sign[0]], name)
        found.append(Sealed(match[2].decode(), os.fsdecode(name)))
    if list_of({each.path: each for each in found}.values()) != data:
        raise Trouble("its lines are not as `ledger seal` writes them (each file once, sorted by name)")
    return tuple(found)


# -- the chain -----------------------------------------------------------------------------------------------------------


def chain_of(tree: Tree) -> Chain:
    """The lists of a ledger, and whether each holds the one before it as it is."""
    for name, kind in tree.entries(""):
        if name == PROOFS_FOLDER and kind not in ("folder", LEFT_OUT):
            what = {"file": "a file", "link": "a link"}.get(kind, "no folder")
            raise Trouble(f"{PROOFS_FOLDER} is {what}: lists, requests and answers lie in a folder of that name")
    there: dict[int, set[str]] = {}
    defects: list[str] = []
    for name, _ in tree.entries(PROOFS_FOLDER):
        match = re.fullmatch(PROOF_NAME, name)
        if match is not None and path_of(int(match[1]), match[2]) == f"{PROOFS_FOLDER}/{name}":
            there.setdefault(int(match[1]), set()).add(match[2])
    seals = []
    before = 0
    for number in sorted(there):
        if number > before + 1:
            missing = path_of(before + 1, "sha256") + (f" to {path_of(number - 1, 'sha256')}" if number > before + 2 else "")
            defects.append(f"{missing}: missing, and {path_of(number, 'sha256')} is here")
        before = number
        try:
            seals.append(_seal(tree, number))
        except Trouble as problem:
            path, words = path_of(number, "sha256"), str(problem)
            defects.append(words if words.startswith(f"{PROOFS_FOLDER}/") else f"{path}: {words}")
    known = {seal.number: seal for seal in seals}
    joined = set()
    for seal in seals:
        wrong = list(_unjoined(seal, known))
        defects += [f"{seal.path}: {words}" for words in wrong]
        if not wrong:
            joined.add(seal.number)
    return Chain(tuple(seals), frozenset(joined), tuple(defects), *pinned_in(tree, PROOFS_FOLDER))


def pinned_in(tree: Tree, folder: str) -> tuple[bytes, bytes]:
    """The certificates that are pinned in a folder: roots and signers, empty where there are none."""
    roots, signers = (_at_most(tree, f"{folder}/{name}" if folder else name, MOST_OF_AN_ANSWER) or b"" for name in PINNED)
    return roots, signers


def _seal(tree: Tree, number: int) -> Seal:
    data = _at_most(tree, path_of(number, "sha256"), MOST_OF_A_LIST)
    if data is None:
        raise Trouble("missing, and its request or answer is here")
    request, answer = (_at_most(tree, path_of(number, ending), MOST_OF_AN_ANSWER) for ending in ("tsq", "tsr"))
    return Seal(number, data, sealed_in(data), request, answer)


def _at_most(tree: Tree, path: str, most: int) -> bytes | None:
    """A file of the folder `proofs`; None where there is none. Raises Trouble for one that is too large or no plain file."""
    try:
        return tree.read(path, most)
    except NotThere:
        return None
    except NotPlain as problem:
        raise Trouble(f"{one_line(path)} is {problem}, not a plain file") from None
    except TooLarge:
        raise Trouble(f"{one_line(path)} is larger than {most // 1024 // 1024} MiB: that is no file of ours") from None


def _unjoined(seal: Seal, known: dict[int, Seal]) -> Iterator[str]:
    """Why a list does not hold the one before it as it is."""
    held = [each for each in seal.sealed if each.path.startswith(f"{PROOFS_FOLDER}/") and each.path.endswith(".sha256")]
    wanted = [path_of(seal.number - 1, "sha256")] if seal.number > 1 else []
    if [each.path for each in held] != wanted:
        named = ", ".join(one_line(each.path) for each in held) or "none"
        yield f"the list before it should be {wanted[0] if wanted else 'none'}, and it names {named}: the lists are not in their order, or one was forged"
    elif held and seal.number - 1 in known and known[seal.number - 1].digest.hex() != held[0].digest:
        yield f"it was chained to another {held[0].path} than the one that is here: one of the two was changed"


def next_list(tree: Tree, chain: Chain) -> tuple[int, bytes]:
    """The number of the next list, and the list; of a ledger that is as the newest list has it, that list again."""
    files = files_of(tree)
    if not chain.seals:
        return 1, list_of(files)
    last = chain.seals[-1]
    kept = [each for each in last.sealed if not each.path.endswith(".sha256") or not each.path.startswith(f"{PROOFS_FOLDER}/")]
    if without_pins(kept) == without_pins(files):
        return last.number, last.data
    return last.number + 1, list_of([*files, Sealed(last.digest.hex(), last.path)])


def without_pins(sealed: Iterable[Sealed]) -> Sequence[Sealed]:
    """What is sealed but for the pinned certificates: another of these alone is no reason for another list."""
    return [each for each in sealed if each.path not in (ROOTS, SIGNERS)]
