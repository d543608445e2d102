"""Every claim of a ledger through git, in one pass over its history: what `ledger log` says of one of them, without the values.

Most commits leave nearly all claims as they are, so that only the claims files that differ from those of the commit before are looked at,
and in these only the claims that are written otherwise. How far back is decided by how much there is to read, and never by a clock: the
same commit gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from ledger.conflicts.resolutions import MEANING, meaning
from ledger.model import CLAIM_FIELDS, Claim, Vocabulary
from ledger.reading import yaml_nodes
from ledger.reading.claim_lines import Listed, Written
from ledger.reading.claims import CLAIM, compose, read_claims_file
from ledger.reading.history import Commit
from ledger.reading.objects import AT_ONCE
from ledger.reading.trees import MOST_AHEAD
from ledger.reading.unread import ids_in
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import Node, Scalar
from ledger.review.changes import compared, differing, recorded
from ledger.review.places import Place, Places, Standing

TIMES = 1  # as many bytes of earlier claims files are read as the ledger has now: a quarter of the time that a report takes without them
LEAST = 2 * 1024 * 1024  # bytes of them that are always read
MOST_COMMITS = 5_000  # that are looked at
_NAMES = CLAIM.fields
_DEPENDENT = frozenset(_NAMES.index(name) for name in ("property", "extent", "stance"))  # what is not written there has a value too
_ALWAYS_MEANT = frozenset((*MEANING, "seed"))


class Past(NamedTuple):
    """What became of a claim in one commit (None: in the files as they are, not committed): added, changed (in which fields), renamed
    (`earlier_id`), removed, or unreadable. Not `known_before`: it stands there, and what came before was not looked at."""

    commit: Commit | None
    kind: str
    fields: tuple[str, ...] = ()
    earlier_id: str = ""
    known_before: bool = True


class Histories(NamedTuple):
    """What became of each claim, by id, the newest first; and the commits that were looked at, the newest first. `back_to` is the one at
    which looking back ended though there were others before it (None: all were looked at); `cut`: a part of the history was not fetched."""

    of: dict[str, list[Past]]
    commits: tuple[Commit, ...]
    back_to: Commit | None
    cut: bool

    def since(self, name: str) -> Past | None:
        """Since when a claim says what it says now, a note or a translation aside; under an earlier id too."""
        found: Past | None = None
        for past in self.of.get(name, ()):
            if past.kind in ("removed", "unreadable"):
                continue
            if past.kind == "renamed":
                return self._under(past) or past
            found = past
            if past.kind == "added" or not _ALWAYS_MEANT.isdisjoint(past.fields):
                break
        return found

    def _under(self, renamed: Past) -> Past | None:
        """Since when it said so under the id that it had before it was renamed."""
        earlier = self.of.get(renamed.earlier_id, [])
        gone = next((number for number, past in enumerate(earlier) if past.commit == renamed.commit), len(earlier))
        return Histories({renamed.earlier_id: earlier[gone + 1 :]}, (), None, False).since(renamed.earlier_id)


def histories(vocabulary: Vocabulary, places: Places, standings: Sequence[Standing]) -> Histories:
    """What became of every claim. `standings` is the ledger now and in each commit, the newest first."""
    reading = _Reading(vocabulary, places)
    looked_at = reading.looked_at(standings)
    known = {_key(standing.place) for standing in standings[:looked_at]}
    found: dict[str, list[Past]] = defaultdict(list)
    for standing in standings[:looked_at]:
        before = [place for place in standing.before if _key(place) in known]
        commit = standing.place.commit
        at_the_edge = len(before) < len(standing.before) or (commit is not None and commit.cut)
        for name, past in reading.changes(standing.place, before, at_the_edge):
            found[name].append(past)
    cut = any(standing.place.commit is not None and standing.place.commit.cut for standing in standings)
    last = standings[looked_at - 1].place.commit
    commits = {commit.hash: commit for standing in standings[:looked_at] if (commit := standing.place.commit) is not None}
    return Histories(dict(found), tuple(commits.values()), last if looked_at < len(standings) else None, cut)


def _key(place: Place) -> tuple[str, str]:
    return (place.commit.hash if place.commit is not None else "now"), place.folder


class _File(NamedTuple):
    """A claims file as it was at some time: its claims by their ids (the first of each), None where it can't be read (then `named` are
    the ids that its bytes name)."""

    listed: Listed | None
    seed: str
    claims: dict[str, Written | Node]
    named: frozenset[str]


class _State(NamedTuple):
    """What a ledger says of an id: in which file (None: nowhere), or which files that name it can't be read."""

    file: _File | None
    unread: frozenset[str] = frozenset()


class _Reading:
    """Claims files of all times, each read once."""

    def __init__(self, vocabulary: Vocabulary, places: Places) -> None:
        self._vocabulary = vocabulary
        self._places = places
        self._files: dict[str, _File] = {}
        self._written: dict[str, Written] = {}  # one of all that are written alike
        self._holders: dict[str, dict[str, None]] = defaultdict(dict)  # the files that have a claim of that id, or name it
        self._names: dict[str | None, dict[str, str]] = {}  # the names of files by their hashes, by the hash of their folder
        self._befores: dict[tuple[str, str], list[Place]] = {}
        self._claims: dict[tuple[int, str], Claim] = {}

    # -- reading -----------------------------------------------------------------------------------------------------

    def looked_at(self, standings: Sequence[Standing]) -> int:
        """How many of the states are looked at, the newest first; their files are read."""
        room, number = LEAST, 0
        for number, standing in enumerate(standings[:MOST_COMMITS]):
            if number % AT_ONCE == 0:
                self._places.ahead(each.place for each in standings[number : number + AT_ONCE])
            new = [digest for digest in self._names_at(standing.place) if digest not in self._files]
            self._places.read_ahead(new, MOST_AHEAD)
            read = sum(map(self._read, new))
            room = max(room, TIMES * read) if number == 0 else room - read
            if room < 0:
                return number + 1
            self._befores[_key(standing.place)] = standing.before
        return min(len(standings), MOST_COMMITS)

    def _names_at(self, place: Place) -> dict[str, str]:
        """The names of the claims files of a ledger by their hashes; the first of those that are alike."""
        key = place.claims if place.commit is not None else "now"
        if key not in self._names:
            names: dict[str, str] = {}
            for name, digest in self._places.files(place).items():
                names.setdefault(digest, name)
            self._names[key] = names
        return self._names[key]

    def _read(self, digest: str) -> int:
        """Read a claims file; how many bytes it has."""
        data = self._places.read(digest)
        listed = None
        if data is not None:
            with suppress(Refused):
                listed = compose(yaml_nodes.decode(data))
        if listed is None:
            file = _File(None, "", {}, frozenset(name for name, _ in ids_in(data or b"")))
        else:
            seed = listed.root.items.get("seed")
            file = _File(listed, seed.text if isinstance(seed, Scalar) and seed.text.strip() else "", {}, frozenset())
            for written in listed.claims:
                name = _id_of(written)
                if name:
                    alike = self._written.setdefault(written.source, written) if isinstance(written, Written) else written
                    file.claims.setdefault(name, alike)
        self._files[digest] = file
        for name in (*file.claims, *file.named):
            self._holders[name][digest] = None
        return len(data or b"")

    # -- what a state of the ledger says of a claim ------------------------------------------------------------------

    def _state(self, place: Place, name: str) -> _State:
        here, files = self._names_at(place), self._files
        holders = [digest for digest in self._holders.get(name, ()) if digest in here]
        having = [digest for digest in holders if name in files[digest].claims] if holders else ()
        if having:
            return _State(files[having[0] if len(having) == 1 else min(having, key=here.__getitem__)])
        return _State(None, frozenset(holders))

    def _known(self, place: Place, name: str) -> list[_State]:
        """What the claim is known to say there: where a file can't be read, what it said before."""
        state = self._state(place, name)
        if not state.unread:
            return [state]
        found: list[_State] = []
        waiting, met = [place], {_key(place)}
        for at in waiting:
            before = self._befores.get(_key(at), ())
            if not before and at.commit is not None and not at.commit.cut:
                found.append(_State(None))
            for earlier in before:
                if _key(earlier) in met or _key(earlier) not in self._befores:
                    continue
                met.add(_key(earlier))
                state = self._state(earlier, name)
                if state.unread:
                    waiting.append(earlier)
                else:
                    found.append(state)
        return found

    def changes(self, place: Place, before: Sequence[Place], at_the_edge: bool) -> Iterator[tuple[str, Past]]:
        """What became of which claims in a commit, against those right before it."""
        if before and place.commit is not None and all(other.claims == place.claims for other in before):
            return
        now = self._names_at(place)
        touched: set[str] | None = None
        for other in before:
            then = self._names_at(other)
            ids = {name for digest in now.keys() ^ then.keys() for name in (*self._files[digest].claims, *self._files[digest].named)}
            touched = ids if touched is None else touched & ids
        if touched is None:
            touched = {name for digest in now for name in (*self._files[digest].claims, *self._files[digest].named)}
        found = {}
        for name in sorted(touched):
            past = self._change(place, before, at_the_edge, name)
            if past is not None:
                found[name] = past
        yield from self._renamed(place, before, found).items()

    def _change(self, place: Place, before: Sequence[Place], at_the_edge: bool, name: str) -> Past | None:
        state = self._state(place, name)
        if state.unread:
            same = any(self._state(other, name).unread == state.unread for other in before)
            return None if same else Past(place.commit, "unreadable")
        earlier = [said for other in before for said in self._known(other, name)]
        if not before and not at_the_edge:
            earlier = [_State(None)]
        if any(self._says_the_same(said, state, name) for said in earlier) or (state.file is None and not earlier):
            return None
        old = next((said for said in earlier if said.file is not None), None)
        if state.file is None:
            return Past(place.commit, "removed", known_before=bool(earlier)) if old is not None else None
        if old is None:
            return Past(place.commit, "added", known_before=bool(earlier))
        return Past(place.commit, "changed", self._fields(old, state, name))

    def _says_the_same(self, one: _State, other: _State, name: str) -> bool:
        if one.file is other.file or one.file is None or other.file is None:
            return one.file is other.file
        if one.file.seed == other.file.seed and one.file.claims[name] is other.file.claims[name]:
            return True
        return not self._fields(one, other, name)

    def _fields(self, one: _State, other: _State, name: str) -> tuple[str, ...]:
        """The fields in which what two states say of a claim differs."""
        assert one.file is not None and other.file is not None
        before, after = one.file.claims[name], other.file.claims[name]
        if isinstance(before, Written) and isinstance(after, Written):
            columns = [number for number, values in enumerate(zip(before.row, after.row, strict=True)) if values[0] != values[1]]
            if _DEPENDENT.isdisjoint(columns):
                found = [
                    _NAMES[number]
                    for number in columns
                    if compared(CLAIM_FIELDS[_NAMES[number]], before.row[number])
                    != compared(CLAIM_FIELDS[_NAMES[number]], after.row[number])
                ]
                return (*found, *(("seed",) if one.file.seed != other.file.seed else ()))
        return tuple(differing(self._record(one, name), self._record(other, name)))

    def _record(self, state: _State, name: str) -> dict[str, Any]:
        return recorded(self._claim(state, name), state.file.seed) if state.file is not None else {}

    def _claim(self, state: _State, name: str) -> Claim:
        file = state.file
        assert file is not None and file.listed is not None
        key = id(file), name
        if key not in self._claims:
            alone = file.listed._replace(claims=(file.claims[name],))
            self._claims[key] = read_claims_file("", alone, self._vocabulary, lambda seed: (None, None)).claims[0]
        return self._claims[key]

    # -- renamed -----------------------------------------------------------------------------------------------------

    def _renamed(self, place: Place, before: Sequence[Place], found: dict[str, Past]) -> dict[str, Past]:
        """What became of the claims of a commit, those told as renamed that said the same before under an id that is gone."""
        added = [name for name, past in found.items() if past.kind == "added"]
        gone = self._gone(place, before) if added else {}
        if not gone:
            return found
        said: dict[Any, list[str]] = defaultdict(list)
        for name, state in gone.items():
            assert state.file is not None
            said[meaning(self._claim(state, name)), state.file.seed].append(name)
        for name in added:
            state = self._state(place, name)
            assert state.file is not None
            olds = said.get((meaning(self._claim(state, name)), state.file.seed), ())
            if len(olds) == 1:
                old = gone[olds[0]]
                fields = tuple(differing(self._record(old, olds[0]), self._record(state, name)))
                found[name] = found[name]._replace(kind="renamed", fields=fields, earlier_id=olds[0])
        return found

    def _gone(self, place: Place, before: Iterable[Place]) -> dict[str, _State]:
        """The claims that stand in files right before a commit, and nowhere in it."""
        now = self._names_at(place)
        found: dict[str, _State] = {}
        for other in before:
            for digest in self._names_at(other):
                if digest not in now:
                    for name in self._files[digest].claims:
                        if name not in found and self._state(place, name).file is None:
                            found[name] = _State(self._files[digest])
        return found


def _id_of(written: Written | Node) -> str:
    """The id of a claim as it is written; empty where it has none."""
    if isinstance(written, Written):
        return str(written.row[0])
    if isinstance(written, yaml_nodes.Mapping):
        node = written.items.get("id")
        return node.text if isinstance(node, Scalar) and node.text.strip() else ""
    return ""
