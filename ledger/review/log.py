"""One claim through git: each commit that changed what it says, field by field.

What a claim says in a commit is what the first claims file (by name) that has its id says there. A commit is a version of the claim
where that differs from what it says in every commit right before: so a merge that takes over what one of its sides says is none, and
one that says something of its own, or loses what all sides have, is one. A first commit comes after nothing. Where a file that names
the claim can't be read, what it said before holds on, until the file is mended. Which version stands is told apart: a merge may have
taken over an older one, or the side that never had the claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.conflicts.resolutions import meaning
from ledger.model import Claim, Vocabulary
from ledger.reading import yaml_nodes
from ledger.reading.claims import compose, read_claims_file
from ledger.reading.contents import CLAIMS_FOLDER
from ledger.reading.history import Commit
from ledger.reading.objects import AT_ONCE
from ledger.reading.yaml_errors import Refused
from ledger.review.changes import Fields, differing, recorded
from ledger.review.places import Place, Places, Standing

_PLAIN_ID = re.compile(rb"[A-Za-z0-9_.-]+")


class Version(NamedTuple):
    """What became of a claim in one commit (None: in the files as they are, not committed). `kind` is added, changed, removed or
    renamed (then `earlier_id` is what it was called before), or unreadable: the file can't be read in this commit. `path` is that in
    the ledger, which stood in `folder`. Not `known_before`: it is told as added, but what came before was not fetched."""

    commit: Commit | None
    kind: str
    fields: Fields
    path: str
    line: int
    folder: str
    earlier_id: str = ""
    known_before: bool = True
    stands: bool = False  # what the claim says now, it says since this


class History(NamedTuple):
    """The versions of a claim, the newest first; and whether it stands in the ledger now (None: its file can't be read)."""

    versions: list[Version]
    present: bool | None


class Said(NamedTuple):
    """A claim as a file has it, and its fields as they are compared."""

    claim: Claim
    record: dict[str, object]


class State(NamedTuple):
    """What a claim says in a ledger (None: it is not there), and in which file. `unread` are the hashes of the files that name it and
    can't be read, where no other has it; then `name` is one of them. `since` is the commit (of now: `now`) since which it says this."""

    said: Said | None
    name: str
    place: Place
    unread: tuple[str, ...] = ()
    since: str = ""

    def record(self) -> dict[str, object]:
        """The fields of the claim; none where it is not there."""
        return self.said.record if self.said is not None else {}


class Reader:
    """One claim in any state of a ledger. Each file is read once, however many commits have it."""

    def __init__(self, name: str, vocabulary: Vocabulary, places: Places) -> None:
        self.name = name
        self._bytes = name.encode("utf-8", "surrogateescape")  # what a command line could not decode stands for its bytes
        self._vocabulary = vocabulary
        self._places = places
        self._files: dict[str, tuple[Said | None, bool]] = {}
        self._states: dict[str | None, State] = {}

    def state(self, place: Place) -> State:
        """The claim in one state of the ledger."""
        key = place.claims if place.commit is not None else "now"
        if key not in self._states:
            self._states[key] = self._state(place)
        return self._states[key]._replace(place=place)

    def _state(self, place: Place) -> State:
        unread = []
        for name, digest in self._places.files(place).items():
            if digest not in self._files:
                self._files[digest] = self._in_file(digest)
            said, readable = self._files[digest]
            if said is not None:
                return State(said, name, place)
            if not readable:
                unread.append((name, digest))
        return State(None, unread[0][0] if unread else "", place, tuple(sorted({digest for _, digest in unread})))

    def _in_file(self, digest: str) -> tuple[Said | None, bool]:
        """The claim in a file, and whether the file could be read if it may have it."""
        data = self._places.read(digest)
        if data is None:
            return None, False
        named = self._bytes in data
        if not named and _PLAIN_ID.fullmatch(self._bytes) and b"\\" not in data:  # else it may be written otherwise
            return None, True
        claims = self._claims_in(data)
        if claims is None:
            return None, not named
        return next((Said(claim, recorded(claim, seed)) for claim, seed in claims if claim.id == self.name), None), True

    def _claims_in(self, data: bytes) -> list[tuple[Claim, str]] | None:
        """The claims that the bytes of a claims file hold, their quotes not looked up, and the name of its seed; None where they can't be
        read."""
        try:
            listed = compose(yaml_nodes.decode(data))
        except Refused:
            return None
        file = read_claims_file("", listed, self._vocabulary, lambda name: (None, None))
        return [(claim, file.seed_name) for claim in file.claims]

    def called_before(self, said: Said, standing: Standing) -> Said | None:
        """The claim that said the same before and is gone since, if there is just one: this one under another id."""
        now = set(self._places.files(standing.place).values())
        found: dict[str, Said] = {}
        for place in standing.before:
            for digest in set(self._places.files(place).values()) - now:
                for old, seed in self._claims_in(self._places.read(digest) or b"") or ():
                    if old.id and meaning(old) == meaning(said.claim) and seed == said.record["seed"]:
                        found.setdefault(old.id, Said(old, recorded(old, seed)))
        gone = [old for name, old in found.items() if not Reader(name, self._vocabulary, self._places).state(standing.place).said]
        return gone[0] if len(gone) == 1 else None


def history_of(name: str, vocabulary: Vocabulary, places: Places, standings: Sequence[Standing]) -> History:
    """What became of a claim. `standings` is the ledger now and in each commit, the newest first."""
    reader = Reader(name, vocabulary, places)
    known: dict[tuple[str, str], list[State]] = {}  # what the claim is known to say in a place: more than one where sides differed
    found = []
    oldest_first = standings[::-1]
    for number, standing in enumerate(oldest_first):
        if number % AT_ONCE == 0:
            places.ahead(each.place for each in oldest_first[number : number + AT_ONCE])
        state = reader.state(standing.place)
        before = [earlier for other in standing.before for earlier in known[_key(other)]]
        if not standing.before and not _is_cut(standing.place):
            before = [State(None, "", standing.place)]
        version = _version(state, before) if not state.unread else _unread(state, [reader.state(other) for other in standing.before])
        if version is not None and version.kind == "added" and state.said is not None:
            version = _if_renamed(version, state.said, reader.called_before(state.said, standing))
        if version is not None:
            found.append(version)
        if state.unread:
            known[_key(standing.place)] = _distinct(before)
        else:
            same = next((earlier.since for earlier in before if earlier.record() == state.record()), "")
            known[_key(standing.place)] = [state._replace(since=_key(standing.place)[0] if version is not None else same)]
    now = reader.state(standings[0].place)
    since = "" if now.unread else known[_key(standings[0].place)][0].since
    marked = [version._replace(stands=since == (version.commit.hash if version.commit else "now")) for version in reversed(found)]
    return History(marked, None if now.unread else now.said is not None)


def _key(place: Place) -> tuple[str, str]:
    return (place.commit.hash if place.commit is not None else "now"), place.folder


def _is_cut(place: Place) -> bool:
    return place.commit is not None and place.commit.cut


def _distinct(states: list[State]) -> list[State]:
    """States without those that say what another says."""
    found: list[State] = []
    for state in states:
        if all(other.record() != state.record() for other in found):
            found.append(state)
    return found


def _version(state: State, before: list[State]) -> Version | None:
    """What a commit did to a claim that says this now, and said one of those before; nothing where it is one of them. Where none is
    known, all that is known is that it stands there."""
    record = state.record()
    records = [earlier.record() for earlier in before]
    if record in records or not (record or records):
        return None
    kind = "removed" if not record else "added" if not any(records) else "changed"
    old = next((earlier for earlier in before if earlier.said is not None), state)
    shown = state if state.said is not None else old
    assert shown.said is not None
    fields = differing(old.record() if old is not state else {}, record)
    folder = shown.place.folder
    return Version(state.place.commit, kind, fields, _path(shown), shown.said.claim.line, folder, known_before=bool(before))


def _unread(state: State, before: list[State]) -> Version | None:
    """A commit in which the claim's file can't be read; nothing where it was as it is."""
    if any(earlier.unread == state.unread for earlier in before):
        return None
    return Version(state.place.commit, "unreadable", {}, _path(state), 1, state.place.folder)


def _if_renamed(version: Version, now: Said, old: Said | None) -> Version:
    """The version as a renaming, where the claim had another id before."""
    if old is None:
        return version
    return version._replace(kind="renamed", fields=differing(old.record, now.record), earlier_id=old.claim.id)


def _path(state: State) -> str:
    return f"{CLAIMS_FOLDER}/{state.name}"
