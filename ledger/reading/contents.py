"""Which files a ledger has, and their digests: what tells one state of it from every other, without reading what they say."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from ledger.reading.trees import LEFT_OUT, NotPlain, NotThere, TooLarge, Tree, WorkTree

VOCABULARY_FILE = "ledger.yaml"
CLAIMS_FOLDER = "claims"
SEEDS_FOLDER = "seeds"
ORIGINALS_FOLDER = "originals"
PROOFS_FOLDER = "proofs"
PINNED = ("roots.pem", "signers.pem")  # in the folder of proofs: whose time stamps a ledger trusts
PROOF_NAME = r"([0-9]{4,9})\.(sha256|tsq|tsr)"  # of a list, a request, an answer, with the list's number
OWN = (CLAIMS_FOLDER, SEEDS_FOLDER, ORIGINALS_FOLDER, PROOFS_FOLDER, VOCABULARY_FILE)  # what no report is written over
HOUSEKEEPING = frozenset((".gitkeep", ".keep", ".gitignore", ".gitattributes", ".DS_Store"))  # hidden, and nobody's claims
HIDDEN_FILE = "its name begins with a full stop"
MAX_FILE_BYTES = 16 * 1024 * 1024


class Contents(NamedTuple):
    """The files of a ledger: paths of claims files, names of seeds, and what lies beside them with why it is not read."""

    claims: tuple[str, ...]
    seeds: tuple[str, ...]
    odd: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...] = ()  # what stands where a seed, or their folder, should be: what is said of it depends on that
    never_added: tuple[str, ...] = ()  # those of them that git, which keeps the others, does not

    def paths(self) -> list[str]:
        """Every file that is read."""
        return [VOCABULARY_FILE, *self.claims, *(f"{SEEDS_FOLDER}/{name}" for name in self.seeds)]


def contents_of(tree: Tree) -> Contents:
    """The files of a ledger, sorted by name. A link, a device or a pipe where the folder `claims` should be stands for a claims file
    that can't be read; so does the folder where a sparse checkout leaves it out, and a claims file that it leaves out for itself."""
    odd: list[tuple[str, str]] = []
    seeds, claims, kinds, unplain = [], [], [], []
    for entry in tree.entries(""):
        if entry.name == CLAIMS_FOLDER and entry.kind in ("link", "other", LEFT_OUT):
            claims.append(CLAIMS_FOLDER)
        if entry.name == SEEDS_FOLDER:
            kinds.append(f"{entry.name} {entry.kind}")
    for entry in tree.entries(SEEDS_FOLDER):
        if entry.name.startswith("."):
            if entry.name not in HOUSEKEEPING:
                odd.append((f"{SEEDS_FOLDER}/{entry.name}", HIDDEN_FILE))
        elif entry.kind in ("file", LEFT_OUT):
            seeds.append(entry.name)
        else:
            odd.append((f"{SEEDS_FOLDER}/{entry.name}", "only plain files are seeds"))
            kinds.append(f"{SEEDS_FOLDER}/{entry.name} {entry.kind}")
    for entry in tree.entries(CLAIMS_FOLDER):
        path = f"{CLAIMS_FOLDER}/{entry.name}"
        if entry.name.startswith("."):
            if entry.name not in HOUSEKEEPING:
                odd.append((path, HIDDEN_FILE))
        elif entry.name.endswith(".yaml"):
            claims.append(path)
            if entry.kind != "file":
                unplain.append(path)
        else:
            odd.append((path, "claims files end in .yaml" if entry.kind == "file" else "only files are read from claims/"))
    found = Contents(tuple(claims), tuple(seeds), tuple(odd), tuple(kinds))
    checkout = tree.checkout if isinstance(tree, WorkTree) else None
    if checkout is None:
        return found
    plain = [path for path in found.paths() if path not in unplain and path != CLAIMS_FOLDER]
    return found._replace(never_added=tuple(checkout.never_added(plain)))


def digest_of(tree: Tree, path: str) -> str:
    """The digest of a file's bytes; of what can't be read, why it can't."""
    try:
        return digest(tree.read(path, MAX_FILE_BYTES))
    except NotThere:
        return "not there"
    except TooLarge:
        return "too large"
    except NotPlain as problem:
        return f"not plain: {problem}"


def state_of(contents: Contents, digests: dict[str, str]) -> str:
    """What tells a state of a ledger from every other."""
    return json.dumps(
        [contents.odd, contents.kinds, contents.never_added, [(path, digests[path]) for path in contents.paths()]], ensure_ascii=True
    )


def digest(*parts: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()
