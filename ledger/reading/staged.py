"""The index of a git repository: its files as git would commit them now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ledger.reading.git import GitTrouble, Repository
from ledger.reading.objects import Entry
from ledger.texts.display import one_line

# git's hashes of a file without a byte
_NO_BYTES = ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")


def staged(repository: Repository, paths: Sequence[str]) -> list[tuple[str, Entry]]:
    """The files in the index, as git would commit them now, of those at and below some paths: each with its path from the top
    folder. Raises GitTrouble for one that two branches changed and nobody has settled."""
    index = _index(repository)
    found = []
    for line in repository.must("ls-files", "-s", "-z", "--", *paths, more=index).split(b"\0"):
        facts, _, name = line.partition(b"\t")
        if facts:
            mode, digest, stage = facts.decode("ascii").split()
            path = os.fsdecode(name)
            if stage != "0":
                raise GitTrouble(f"{one_line(path)} is not merged: settle it and `git add` it, then it can be read as git would commit it")
            found.append((path, Entry(os.path.basename(path), mode, digest)))
    if any(entry.hash in _NO_BYTES for _, entry in found):
        only_meant = _only_meant(repository, paths, index)
        found = [(path, entry) for path, entry in found if path not in only_meant]
    return found


def _only_meant(repository: Repository, paths: Sequence[str], index: Mapping[str, str]) -> set[str]:
    """The paths that are only meant to be added (`git add -N`): they are in the index, and in no commit that is made of it."""
    head = repository.commit("HEAD") or repository.must("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()
    shown = []
    for with_them in ("--ita-visible-in-index", "--ita-invisible-in-index"):
        words = ("diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-ext-diff", "--abbrev=64", with_them, head, "--", *paths)
        fields = repository.must(*words, more=index).split(b"\0")
        shown.append(set(zip(fields[::2], fields[1::2], strict=False)))
    return {os.fsdecode(path) for _, path in shown[0] ^ shown[1]}


def _index(repository: Repository) -> dict[str, str]:
    """The index that a hook is asked about, where git named one of this repository: of `git commit -a` or `git commit FILE` it is
    not the usual one."""
    named = os.environ.get("GIT_INDEX_FILE", "")
    own = os.path.realpath(os.fsdecode(repository.must("rev-parse", "--absolute-git-dir").rstrip(b"\n"))) if named else ""
    for folder in (os.getcwd(), repository.top) if named else ():
        path = os.path.realpath(os.path.join(folder, named))
        if os.path.isfile(path) and path.startswith(own + os.sep):
            return {"GIT_INDEX_FILE": path}
    return {}
