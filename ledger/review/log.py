"""One claim through git: each commit that changed what it says, field by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from ledger.conflicts.resolutions import meaning
from ledger.model import Claim, Vocabulary
from ledger.reading import yaml_nodes
from ledger.reading.claim_lines import listed_in
from ledger.reading.claims import read_claims_file
from ledger.reading.contents import CLAIMS_FOLDER
from ledger.reading.git import Commit, FileChange
from ledger.reading.objects import Blobs
from ledger.reading.trees import NotPlain, NotThere, TooLarge, Tree
from ledger.reading.yaml_errors import Refused
from ledger.review.changes import Fields, differing, recorded

HELD = 4 * 1024 * 1024  # bytes of claims files that are kept: a long history has any number of them


class Version(NamedTuple):
    """What became of a claim in one commit (None: in the files as they are, not committed). `kind` is added, changed, removed or
    renamed (then `earlier_id` is what it was called before), or unreadable: the file can't be read in this commit."""

    commit: Commit | None
    kind: str
    fields: Fields
    path: str
    line: int
    earlier_id: str = ""


class Found(NamedTuple):
    """A claim as a file has it, and the name of the file's seed."""

    claim: Claim
    seed: str

    def record(self) -> dict[str, object]:
        """Its fields, as they are compared."""
        return recorded(self.claim, self.seed)


Standing = tuple[Found | None, bool]  # a claim, if it was found, and whether all files that speak of it could be read


class Reader:
    """Claims files of any commit, kept for a while: the next older commit asks for most of them again. `files` gives the claims files of a revision: their hashes by path."""

    def __init__(self, blobs: Blobs, vocabulary: Vocabulary, files: Callable[[str], dict[str, str]]) -> None:
        self._blobs = blobs
        self._vocabulary = vocabulary
        self._files = files
        self._read: dict[tuple[str, str], list[Found] | None] = {}
        self._texts: dict[str, bytes | None] = {}
        self._held = 0

    def claims(self, path: str, digest: str | None) -> list[Found] | None:
        """The claims of a file; None where it can't be read."""
        if digest is None:
            return []
        if (path, digest) not in self._read:
            data = self._bytes(digest)
            self._read[path, digest] = None if data is None else claims_in(path, data, self._vocabulary)
        return self._read[path, digest]

    def find(self, name: str, path: str, digest: str | None) -> Standing:
        """The claim of that id in a file, and whether the file could be read."""
        if digest is None or _bytes_of(name) not in (self._bytes(digest) or b""):
            return None, True
        claims = self.claims(path, digest)
        return (None, False) if claims is None else (named(name, claims), True)

    def find_in(self, name: str, hashes: dict[str, str | None]) -> Standing:
        """The claim of that id in the first of some files that has it."""
        found = [self.find(name, path, digest) for path, digest in hashes.items()]
        return next((claim for claim, _ in found if claim is not None), None), all(readable for _, readable in found)

    def find_elsewhere(self, name: str, revision: str, paths: Collection[str]) -> Standing:
        """The claim of that id in the other files of a revision."""
        return self.find_in(name, {path: digest for path, digest in self._files(revision).items() if path not in paths})

    def _bytes(self, digest: str) -> bytes | None:
        if digest not in self._texts:
            data = self._blobs.read(digest, yaml_nodes.MAX_FILE_BYTES)
            self._held += len(data or b"")
            if self._held > HELD:
                self._texts.clear()
                self._read.clear()
                self._held = len(data or b"")
            self._texts[digest] = data
        return self._texts[digest]


def claims_in(path: str, data: bytes, vocabulary: Vocabulary) -> list[Found] | None:
    """The claims that the bytes of a claims file hold, their quotes not looked up; None where they can't be read."""
    try:
        root = yaml_nodes.compose(yaml_nodes.decode(data))
    except Refused:
        return None
    file = read_claims_file(path, listed_in(root), vocabulary, lambda name: (None, None))
    return [Found(claim, file.seed_name) for claim in file.claims]


def _bytes_of(name: str) -> bytes:
    """An id as a file may hold it; what a command line could not decode stands for its bytes."""
    return name.encode("utf-8", "surrogateescape")


def named(name: str, claims: list[Found]) -> Found | None:
    """The first claim of that id."""
    return next((found for found in claims if found.claim.id == name), None)


def versions(name: str, commits: Iterable[Commit], reader: Reader) -> Iterator[Version]:
    """What became of a claim, commit by commit, in their order, newest first. A merge counts only where it differs from all that it
    merged. Where a file could not be read for a while, the commit that mended it is compared with what could be read before."""
    held: list[Version] = []  # a commit that mended the file, and what came before it, until it is known what to compare with
    mended: Found | None = None
    for commit in commits:
        files = [change for change in commit.files if change.path.endswith(".yaml")]
        after, befores = _standings(name, commit, files, reader)
        if not after[1]:
            path = next((change.path for change in files if reader.claims(change.path, change.after) is None), files[0].path)
            version: Version | None = Version(commit, "unreadable", {}, path, 1)
            if held and all(readable for _, readable in befores):
                yield from _released(held, mended, [before for before, _ in befores])
                held = []
        elif not all(readable for _, readable in befores):
            yield from _released(held, mended, [after[0]])
            held, mended = [Version(commit, "changed", {}, files[0].path, 1)], after[0]
            continue
        else:
            version = _version(commit, after[0], [before for before, _ in befores])
            if version is not None and version.kind == "added" and after[0] is not None:
                version = _if_renamed(version, after[0], files, reader)
        if version is not None and held:
            held.append(version)
        elif version is not None:
            yield version
    yield from _released(held, mended, [None])


def _standings(name: str, commit: Commit, files: list[FileChange], reader: Reader) -> tuple[Standing, list[Standing]]:
    """The claim as a commit has it, and as each of its parents has it. Where it stands on one side only of the files that changed, the
    others are looked through: it may only have been moved there."""
    paths = {change.path for change in files}
    hashes = [{change.path: change.after for change in files}]
    for parent in range(max((len(change.before) for change in files), default=0)):
        hashes.append({change.path: change.before[parent] for change in files})
    found = [reader.find_in(name, side) for side in hashes]
    if any(claim is not None for claim, _ in found):
        revisions = [commit.hash] + [f"{commit.hash}^{parent}" for parent in range(1, len(found))]
        found = [
            reader.find_elsewhere(name, revision, paths) if claim is None and readable else (claim, readable)
            for (claim, readable), revision in zip(found, revisions, strict=True)
        ]
    return found[0], found[1:]


def _released(held: list[Version], mended: Found | None, befores: list[Found | None]) -> Iterator[Version]:
    """The commits that were held back: of the first, which mended a file, it is known now what it changed."""
    if held:
        version = _version(held[0].commit, mended, befores)
        if version is not None:
            yield version
        yield from held[1:]


def _if_renamed(version: Version, after: Found, files: list[FileChange], reader: Reader) -> Version:
    """The version as a renaming, where exactly one claim that the commit took out of these files said the same."""
    olds = [found for change in files for found in reader.claims(change.path, change.before[0]) or ()]
    news = {found.claim.id for change in files for found in reader.claims(change.path, change.after) or ()}
    same = [old for old in olds if old.claim.id not in news and meaning(old.claim) == meaning(after.claim) and old.seed == after.seed]
    if len(same) != 1:
        return version
    return version._replace(kind="renamed", fields=differing(same[0].record(), after.record()), earlier_id=same[0].claim.id)


def _version(commit: Commit | None, after: Found | None, befores: list[Found | None]) -> Version | None:
    """What a commit did to a claim; nothing where one of its parents has it as it is."""
    records = [before.record() if before is not None else {} for before in befores]
    record = after.record() if after is not None else {}
    if any(record == before for before in records):
        return None
    kind = "removed" if after is None else "added" if not any(records) else "changed"
    place = after or next((before for before in befores if before is not None), None)
    assert place is not None
    earlier = next((before for before in records if before), {})
    return Version(commit, kind, differing(earlier, record), place.claim.path, place.claim.line)


def uncommitted(name: str, before: Tree, after: Tree, vocabulary: Vocabulary) -> Version | None:
    """What became of a claim since the last commit, in the files as they are."""
    earlier, _ = _in_tree(name, before, vocabulary)
    now, unread = _in_tree(name, after, vocabulary)
    if now is None and unread:
        return Version(None, "unreadable", {}, unread, 1)
    return _version(None, now, [earlier])


def _in_tree(name: str, tree: Tree, vocabulary: Vocabulary) -> tuple[Found | None, str]:
    """The claim of that id in a tree; where it is in none of the files that can be read, one that speaks of it and can't."""
    unread = ""
    for entry in tree.entries(CLAIMS_FOLDER):
        path = f"{CLAIMS_FOLDER}/{entry.name}"
        if entry.kind != "file" or not entry.name.endswith(".yaml") or entry.name.startswith("."):
            continue
        try:
            data = tree.read(path, yaml_nodes.MAX_FILE_BYTES)
        except (NotThere, NotPlain, TooLarge):
            continue
        claims = claims_in(path, data, vocabulary) if _bytes_of(name) in data else []
        unread = unread or (path if claims is None else "")
        found = named(name, claims or [])
        if found is not None:
            return found, ""
    return None, unread
