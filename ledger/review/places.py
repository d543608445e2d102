"""Where a ledger stands in each commit: its folder may have been renamed or moved, or another's history may have been merged into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.reading.contents import CLAIMS_FOLDER, SEEDS_FOLDER, VOCABULARY_FILE
from ledger.reading.git import Repository
from ledger.reading.history import Commit, Trees, commits_of
from ledger.reading.objects import Blobs, Entry
from ledger.reading.trees import GitTree, NotPlain, NotThere, TooLarge, WorkTree, git_hash
from ledger.reading.unread import ids_in
from ledger.reading.yaml_nodes import MAX_FILE_BYTES

Files = dict[str, str]  # claims files of one state of a ledger: hashes by name, sorted
Marks = frozenset[tuple[str, str]]


class Place(NamedTuple):
    """A ledger as a commit has it (None: as its files are now): its folder from the top of the repository (`.`: at the top), and the
    hash of its folder `claims`."""

    commit: Commit | None
    folder: str
    claims: str | None


class Standing(NamedTuple):
    """A place, and the ledger in each of the commits before."""

    place: Place
    before: list[Place]


class Now(NamedTuple):
    """A ledger as its files are now. Of its claims files `data` has the bytes by hash, those apart that are as the commit has them;
    None: too large."""

    top: str
    folder: str
    files: Files
    data: dict[str, bytes | None]
    seeds: tuple[str, ...]

    def has_ledger(self, folder: str) -> bool:
        """Whether a folder of the repository has a ledger now."""
        return os.path.lexists(os.path.join(self.top, folder, VOCABULARY_FILE))


def now_at(repository: Repository, tree: WorkTree, head: str) -> Now:
    """A ledger as its files are. A claims file that a sparse checkout leaves out is as the commit has it."""
    inside = os.path.relpath(os.path.realpath(tree.root), repository.top).replace(os.sep, "/")
    folder = CLAIMS_FOLDER if inside == "." else f"{inside}/{CLAIMS_FOLDER}"
    data: dict[str, bytes | None] = {}
    files: Files = {}
    for entry in tree.entries(CLAIMS_FOLDER):
        if entry.kind == "file" and entry.name.endswith(".yaml") and not entry.name.startswith("."):
            try:
                found: bytes | None = tree.read(f"{CLAIMS_FOLDER}/{entry.name}", MAX_FILE_BYTES)
            except TooLarge:
                found = None
            except (NotThere, NotPlain):  # it went away since
                continue
            files[entry.name] = git_hash(found, len(head)) if found is not None else f"too large: {entry.name}"
            data[files[entry.name]] = found
    left_out = {path.removeprefix(f"{folder}/") for path in repository.not_checked_out(folder)}
    if left_out:
        there = repository.entries(f"{head}:{folder}") or ()
        files |= {entry.name: entry.hash for entry in there if entry.name in left_out and entry.name.endswith(".yaml")}
    seeds = tuple(entry.name for entry in tree.entries(SEEDS_FOLDER) if not entry.name.startswith("."))
    return Now(repository.top, inside, dict(sorted(files.items())), data, seeds)


def now_in(repository: Repository, tree: GitTree, inside: str) -> Now:
    """A ledger as git has it, in a commit or in the index, as that of now; `inside` is its folder in the repository."""
    names = tree.listing(CLAIMS_FOLDER)
    files = {
        name: digest for name, (kind, digest) in names.items() if kind == "file" and name.endswith(".yaml") and not name.startswith(".")
    }
    seeds = tuple(entry.name for entry in tree.entries(SEEDS_FOLDER) if not entry.name.startswith("."))
    return Now(repository.top, inside, dict(sorted(files.items())), {}, seeds)


class Places:
    """The ledger of now in every commit that it comes from."""

    def __init__(self, repository: Repository, blobs: Blobs, now: Now) -> None:
        self._repository = repository
        self._blobs = blobs
        self._now = now
        self._trees = Trees(blobs)

    def walk(self, head: str) -> list[Standing]:
        """The ledger now, and in each commit that it comes from: the newest first, none before one that comes from it."""
        found = [Standing(Place(None, self._now.folder, None), [])]
        asking: dict[str, list[Standing]] = {head: [found[0]]}
        for commits in commits_of(self._repository, self._blobs, head):
            self._trees.ahead([commit.tree for commit in commits])
            for commit in commits:
                here: dict[str, Standing] = {}
                for child in asking.pop(commit.hash, []):
                    folder = self._folder_in(commit, child.place)
                    if folder not in here:
                        claims = self._trees.at(commit.tree, f"{folder}/{CLAIMS_FOLDER}")
                        here[folder] = Standing(
                            Place(commit, folder, claims.hash if claims is not None and claims.is_folder() else None), []
                        )
                    child.before.append(here[folder].place)
                for standing in here.values():
                    for parent in commit.parents:
                        asking.setdefault(parent, []).append(standing)
                found += [here[folder] for folder in sorted(here)]
        for standing in found:
            if standing.place.commit is not None:
                order = standing.place.commit.parents
                standing.before.sort(key=lambda place: order.index(place.commit.hash) if place.commit is not None else 0)
        return found

    def ahead(self, places: Iterable[Place]) -> None:
        """Read at once which files some ledgers have that are asked for soon."""
        self._trees.ahead([place.claims for place in places if place.claims is not None])

    def files(self, place: Place) -> Files:
        """The claims files of a ledger."""
        if place.commit is None:
            return self._now.files
        names = self._trees.names(place.claims) if place.claims is not None else {}
        return {name: names[name].hash for name in sorted(names) if _is_claims_file(name, names[name])}

    def read_ahead(self, digests: Sequence[str], most: int) -> None:
        """Ask at once for claims files that are read soon, `most` bytes of them together."""
        self._blobs.ahead([digest for digest in digests if digest not in self._now.data], most)

    def read(self, digest: str) -> bytes | None:
        """The bytes of a claims file; None where they are too many."""
        return self._now.data[digest] if digest in self._now.data else self._blobs.read(digest, MAX_FILE_BYTES)

    # -- where a folder was ------------------------------------------------------------------------------------------

    def _folder_in(self, commit: Commit, child: Place) -> str:
        """Where the ledger of a commit stood in the commit before: in the same folder if there was a ledger, else in the one that is
        gone since and shares most with it (ids of claims, names of seeds, whole files); where none does, it was not there yet."""
        if self._has_ledger(commit, child.folder) or not self._has_ledger(child.commit, child.folder):
            return child.folder
        gone = [folder for folder in self._trees.holding(commit.tree, VOCABULARY_FILE) if not self._has_ledger(child.commit, folder)]
        if not gone:
            return child.folder
        mine = self._marks(child)
        shared = {folder: len(mine & self._marks_in(commit, folder)) for folder in gone}
        best = max(gone, key=lambda folder: shared[folder])
        return best if shared[best] else child.folder

    def _has_ledger(self, commit: Commit | None, folder: str) -> bool:
        if commit is None:
            return self._now.has_ledger(folder)
        return self._trees.at(commit.tree, f"{folder}/{VOCABULARY_FILE}") is not None

    def _marks_in(self, commit: Commit, folder: str) -> Marks:
        claims = self._trees.at(commit.tree, f"{folder}/{CLAIMS_FOLDER}")
        return self._marks(Place(commit, folder, claims.hash if claims is not None and claims.is_folder() else None))

    def _marks(self, place: Place) -> Marks:
        """By what a ledger is known again."""
        files = self.files(place)
        marks = {("file", digest) for digest in files.values()}
        for digest in files.values():
            marks.update(("claim", name) for name, _ in ids_in(self.read(digest) or b""))
        if place.commit is None:
            return frozenset(marks | {("seed", name) for name in self._now.seeds})
        seeds = self._trees.at(place.commit.tree, f"{place.folder}/{SEEDS_FOLDER}")
        names = self._trees.names(seeds.hash) if seeds is not None and seeds.is_folder() else {}
        return frozenset(marks | {("seed", name) for name in names if not name.startswith(".")})


def _is_claims_file(name: str, entry: Entry) -> bool:
    return entry.is_file() and name.endswith(".yaml") and not name.startswith(".")
