"""Contradictions opened and closed in the history of a ledger: what `review` says of each commit against the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.model import Ledger, Trouble
from ledger.reading.contents import CLAIMS_FOLDER, SEEDS_FOLDER, VOCABULARY_FILE
from ledger.reading.git import Repository
from ledger.reading.history import Commit
from ledger.reading.loader import Earlier
from ledger.reading.objects import Blobs
from ledger.reading.trees import CommitTree
from ledger.review.compare import review
from ledger.review.places import Place, Standing


class Event(NamedTuple):
    """A contradiction (or tension) that a commit opened, or closed; `ledger` is the one that has it."""

    commit: Commit
    opened: bool
    conflict: Conflict
    ledger: Ledger


class Untold(NamedTuple):
    """A commit of which nobody can tell what it opened and closed, and why; and what was not told one by one."""

    commit: Commit
    why: str


def events(repository: Repository, blobs: Blobs, standings: Sequence[Standing]) -> Iterator[Event | Untold]:
    """What every commit did against its first parent, the newest first: a merge has done what its branch did."""
    known = {(place.commit.hash, place.folder): standing for standing in standings if (place := standing.place).commit is not None}
    files = Earlier()
    standing = next((known[place.commit.hash, place.folder] for place in standings[0].before if place.commit is not None), None)
    while standing is not None:
        commit = standing.place.commit
        assert commit is not None
        before = standing.before[0] if standing.before else None
        if before is None and commit.cut:
            yield Untold(commit, "the history before it was not fetched (in CI: `fetch-depth: 0`)")
        elif before is None or _files(repository, blobs, before) != _files(repository, blobs, standing.place):
            yield from _between(repository, blobs, before, standing.place, files)
        standing = known.get((before.commit.hash, before.folder)) if before is not None and before.commit is not None else None


def _between(repository: Repository, blobs: Blobs, before: Place | None, after: Place, files: Earlier) -> Iterator[Event | Untold]:
    assert after.commit is not None
    trees = [
        CommitTree(repository, place.commit.hash, place.folder, blobs)
        if place is not None and place.commit is not None and VOCABULARY_FILE in _files(repository, blobs, place)
        else None
        for place in (before, after)
    ]
    if trees[1] is None:  # no ledger yet, or none any more
        return
    try:
        found = review(trees[0], trees[1], files=files)
    except Trouble as problem:
        yield Untold(after.commit, f"a side could not be read ({problem})")
        return
    for conflict in found.conflicts.opened:
        yield Event(after.commit, True, conflict, found.after)
    for conflict in found.conflicts.closed:
        yield Event(after.commit, False, conflict, found.before)
    for crowded in found.crowded:
        question = "/".join(filter(None, crowded.topic))
        yield Untold(after.commit, f"of {question} too many to be told one by one: {crowded.before} before it, {crowded.after} with it")


def _files(repository: Repository, blobs: Blobs, place: Place) -> dict[str, str]:
    """The hashes of what a ledger is read from."""
    assert place.commit is not None
    names = [] if place.folder == "." else place.folder.split("/")
    there = blobs.below(blobs.top_of(place.commit.hash), names) or ()
    return {entry.name: entry.hash for entry in there if entry.name in (VOCABULARY_FILE, CLAIMS_FOLDER, SEEDS_FOLDER)}
