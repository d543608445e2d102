"""Which contradictions the claims of a file are in, and which of them they open: those that the last commit has not."""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import islice

from ledger.conflicts import find_conflicts
from ledger.conflicts.finder import Conflict, conflict_of
from ledger.lsp.live import Live
from ledger.model import CLAIM_FIELDS, Claim, ClaimsFile, Ledger, Trouble
from ledger.reading.git import commit_named, repository_around
from ledger.reading.loader import load_file
from ledger.reading.trees import CommitTree

MOST_OF_A_CLAIM = 20  # contradictions that are told of one
_MEANING = tuple(name for name, field in CLAIM_FIELDS.items() if field.means)


class Contradictions:
    """Those of a live ledger. What the last commit has is looked up once for each file; where there is no commit, all are new."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._before: dict[str, ClaimsFile | None] = {}
        self._pairs: dict[str, tuple[object, set[tuple[str, str]]]] = {}

    def of_file(self, path: str) -> list[Conflict]:
        """The contradictions in which a claim of a file takes part."""
        file = self.live.files.get(path)
        if not isinstance(file, ClaimsFile):
            return []
        return _of(file, self.live.ledger, self.live.view().left_out)

    def opened(self, path: str) -> list[tuple[Claim, Conflict]]:
        """The contradictions that a file opens, each with the claim that opens it."""
        found = self.of_file(path)
        if not found:
            return []
        before = self._committed(path)
        there = self._pairs_before(path, before)
        old = {claim.id: _meaning(claim) for claim in before.claims} if before is not None else {}
        told: list[tuple[Claim, Conflict]] = []
        for conflict in found:
            if conflict.ids not in there:
                here = [claim for claim in (conflict.one, conflict.other) if claim.path == path]
                changed = [claim for claim in here if old.get(claim.id) != _meaning(claim)]
                told.append((max(changed or here, key=lambda claim: claim.line), conflict))
        return told

    def forget(self) -> None:
        """Look up again what the last commit has."""
        self._before.clear()
        self._pairs.clear()

    def _committed(self, path: str) -> ClaimsFile | None:
        if path not in self._before:
            self._before[path] = _committed(self.live, path)
        return self._before[path]

    def _pairs_before(self, path: str, before: ClaimsFile | None) -> set[tuple[str, str]]:
        """The pairs that there would be if the file were as the last commit has it."""
        if before is None:
            return set()
        ledger = self.live.ledger
        others = tuple(id(file) for file in ledger.files if file.path != path), id(self.live.vocabulary)
        kept = self._pairs.get(path)
        if kept is None or kept[0] != others:
            files = tuple(before if file.path == path else file for file in ledger.files)
            left_out = frozenset(each for each in self.live.view().left_out if each[0] != path)
            kept = self._pairs[path] = others, {conflict.ids for conflict in _of(before, ledger._replace(files=files), left_out)}
        return kept[1]


def _meaning(claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in _MEANING)


def _of(file: ClaimsFile, ledger: Ledger, left_out: frozenset[tuple[str, int]]) -> list[Conflict]:
    """The contradictions of the claims of a file: of the others only those are looked at that can meet them."""
    vocabulary = ledger.vocabulary
    own = {claim.place for claim in file.claims}
    places = own.union(*(vocabulary.larger_places(place) for place in own))
    places |= {place for place in vocabulary.places if not own.isdisjoint(vocabulary.larger_places(place))}
    ids = {claim.id for claim in file.claims}
    named = {name for claim in file.claims for name in claim.disputes} | {
        name for each in ledger.files for note in each.tensions if not ids.isdisjoint(note.claims) for name in note.claims
    }
    near = []
    for each in ledger.files:
        if each.path != file.path:
            kept = tuple(claim for claim in each.claims if claim.place in places or claim.id in named or not ids.isdisjoint(claim.disputes))
            each = each._replace(claims=kept)
        near.append(each)
    findings = find_conflicts(ledger._replace(files=tuple(near)), left_out)
    found = [conflict for conflict in findings.conflicts if file.path in (conflict.one.path, conflict.other.path)]
    for crowd in findings.crowds:
        for account in (*crowd.members, *crowd.above):
            if account.claim.path == file.path:
                found += [conflict_of(met, vocabulary) for met in islice(crowd.verdicts_of(account), MOST_OF_A_CLAIM)]
    return found


def _committed(live: Live, path: str) -> ClaimsFile | None:
    """A claims file as the last commit has it; None where there is no commit, or it has none that can be read."""
    try:
        with ExitStack() as closing:
            repository = repository_around(live.root)
            reader = closing.enter_context(repository.blobs())
            where = os.path.relpath(live.root, os.path.realpath(repository.top)).replace(os.sep, "/")
            read = load_file(CommitTree(repository, commit_named(repository, "HEAD"), where, reader), path, live.vocabulary, {})
            return read if isinstance(read, ClaimsFile) else None
    except Trouble:
        return None
