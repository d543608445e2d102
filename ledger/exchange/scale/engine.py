"""Many ledgers' claims, sorted by place by an engine and held against each other some places at a time.

DuckDB sorts, the rules are the program's own: a place with all that is said of it, and what is said of the larger places that reaches
down to it, is decided by the same function as in a ledger that is read as a whole. What is found is kept as numbers; at the end the
claims that it names are read whole, with their quotes.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.conflicts.accounts import Account, accounts
from ledger.conflicts.finder import Conflict, Findings, conflict_of, noted_beside, notes_among, part_takers, reaching_to, with_corrections
from ledger.conflicts.search.counting import MANY
from ledger.exchange.merging import LeftOut, Named, Same, merged
from ledger.exchange.scale.deciding import Again, Found, Many, decided, reaching_down
from ledger.exchange.scale.duck import Duck
from ledger.exchange.scale.found import Pairs
from ledger.exchange.scale.rows import COLUMNS, Key, Rows, claims_of, only_named
from ledger.exchange.scale.sources import Source
from ledger.model import Claim, Ledger, Trouble, Vocabulary
from ledger.reading.loader import without_collector
from ledger.texts.display import count_of

OF_A_SOURCE = 1 << 40  # a row's number is that in its file, and so many for each source before it
OF_A_CLAIM = 2_500  # bytes that a claim takes while it is held against others
OF_A_PAIR = 4_000  # bytes of a contradiction, with its claims, while it is told
LEAST_AT_ONCE = 1_000  # contradictions
Slice = tuple[int, int]


class Batch(NamedTuple):
    """All that is said of some places, in the order of the files."""

    places: frozenset[str]
    claims: list[Claim]
    rows: list[int]


class Work(NamedTuple):
    """What decides about a batch, beside its claims: it can be sent to another machine."""

    vocabulary: Vocabulary
    above: dict[str, list[tuple[Account, int]]]
    touched: frozenset[str]
    many: int

    def decide(self, batch: Batch) -> Found:
        """What contradicts what in a batch."""
        larger = {name for place in batch.places for name in self.vocabulary.larger_places(place)} - batch.places if self.above else ()
        reaching = [each for name in sorted(larger) for each in self.above.get(name, ())]
        return decided(batch.claims, batch.rows, reaching, batch.places, self.touched, self.vocabulary, self.many)


class Engine:
    """Ledgers as one, asked for their contradictions. `memory` is what all may take, in bytes."""

    def __init__(self, sources: Sequence[Source], same: Same, duck: Duck, memory: int) -> None:
        self.sources, self.duck, self.memory = sources, duck, memory
        parts = [source.part for source in sources]
        self.ledger: Ledger = parts[0].ledger if not parts[0].name else merged(parts, same)[0]
        self.named = [Named(part.name, same) for part in parts]
        alike: dict[tuple[int, bool], dict[Key, Claim | None]] = {}
        self.readers = [
            Rows(own, named, source.unquoted, alike.setdefault((id(own), source.unquoted), {}))
            for source, named in zip(sources, self.named, strict=True)
            for own in [source.part.ledger.vocabulary]
        ]
        self.place_ids = sorted(self.ledger.vocabulary.places)
        number = {place: each for each, place in enumerate(self.place_ids)}
        units = [(source, place, number[full]) for source, reader in enumerate(self.readers) for place, full in reader.places.items()]
        arrow = duck.pyarrow
        columns = list(zip(*units, strict=True)) or [(), (), ()]
        types = {"source": arrow.int64(), "place": arrow.string(), "unit": arrow.int64()}
        duck.keep("units", {name: arrow.array(list(found), kind) for (name, kind), found in zip(types.items(), columns, strict=True)})
        shown = ", ".join(f'"{name}"' for name in COLUMNS)
        each = [
            f"SELECT {number} AS source, row + {number * OF_A_SOURCE} AS number, '{_quoted(named.folder)}' || path AS standing, {shown} "
            f"FROM {source.rows}"
            for number, (source, named) in enumerate(zip(sources, self.named, strict=True))
        ]
        self.all_rows = f"({' UNION ALL '.join(each)})"
        self.total, most = duck.ask(f"SELECT count(*), max(n) FROM (SELECT count(*) AS n FROM {self._placed()} GROUP BY unit)")[0]
        self.total = duck.ask(f"SELECT count(*) FROM {self.all_rows}")[0][0]
        self.at_once = max(1_000, memory // 3 // OF_A_CLAIM)
        self.told_at_once = max(LEAST_AT_ONCE, memory * 4 // 5 // OF_A_PAIR)  # (nothing else is held then)
        if most and most * OF_A_CLAIM > memory * 3 // 4 and most > self.at_once:
            raise Trouble(
                f"of one place there are {count_of(most, 'claim')}, which --memory can't hold: it takes {_size(most * OF_A_CLAIM * 4 // 3)}"
            )

    def _placed(self, where: str = "r.takes_part") -> str:
        return f"(SELECT r.*, u.unit FROM {self.all_rows} r JOIN units u ON r.source = u.source AND r.place = u.place WHERE {where})"

    # -- reading -------------------------------------------------------------------------------------------------------

    def _read(self, query: str) -> Iterator[tuple[Claim | None, int, int]]:
        """The claims of an answer as far as the rules look at them (None: one that can't be read), each with its row and its place's number."""
        for columns in self.duck.stream(query):
            yield from zip(claims_of(columns, self.readers), columns["number"], columns["unit"], strict=True)

    def claims_about(self, places: Collection[str], day: int | None = None) -> tuple[list[Claim], list[int]]:
        """All that is said of some places, and was by a day, in the order of the files, with the rows."""
        self.ask_about(places)
        query = f"SELECT * FROM {self._placed()} WHERE unit IN (SELECT unit FROM asked) ORDER BY standing, number"
        found = [(claim, number) for claim, number, _ in self._read(query) if claim is not None and said_by(claim, day)]
        return [claim for claim, _ in found], [number for _, number in found]

    def ask_about(self, places: Collection[str]) -> None:
        """Say of which places the batches are to be."""
        numbers = [number for number, place in enumerate(self.place_ids) if place in places]
        self.duck.keep("asked", {"unit": self.duck.pyarrow.array(numbers, self.duck.pyarrow.int64())})

    def batches(self, day: int | None, absent: Absent) -> Iterator[Batch]:
        """All that is said of the places that were asked about, as much at a time as memory holds; what takes no part is noted."""
        claims: list[Claim] = []
        rows: list[int] = []
        units: set[int] = set()
        for claim, row, unit in self._read(
            f"SELECT * FROM {self._placed()} WHERE unit IN (SELECT unit FROM asked) ORDER BY unit, standing, number"
        ):
            if len(claims) >= self.at_once and unit not in units:
                yield Batch(frozenset(self.place_ids[each] for each in units), claims, rows)
                claims, rows, units = [], [], set()
            if claim is None:
                absent.unread.append(row)
            elif not said_by(claim, day):
                absent.too_late.append(claim)
            else:
                claims.append(claim)
                rows.append(row)
                units.add(unit)
        if claims:
            yield Batch(frozenset(self.place_ids[each] for each in units), claims, rows)

    def write_placed(self) -> str:
        """Write the rows of the places that were asked about, sorted, with their numbers, as Parquet; the path."""
        path = self.duck.file("placed")
        placed = f"SELECT * FROM {self._placed()} WHERE unit IN (SELECT unit FROM asked) ORDER BY unit, standing, number"
        self.duck.ask(f"COPY ({placed}) TO '{_quoted(path)}' (FORMAT parquet)")
        return path

    def whole(self, rows: Iterable[int]) -> dict[int, Claim]:
        """The whole claims of some rows, under the names that they have among all ledgers."""
        wanted: list[list[int]] = [[] for _ in self.sources]
        for row in sorted(rows):
            wanted[row // OF_A_SOURCE].append(row % OF_A_SOURCE)
        found: dict[int, Claim] = {}
        for number, (source, named, of_it) in enumerate(zip(self.sources, self.named, wanted, strict=True)):
            for row, claim in source.claims(of_it) if of_it else ():
                found[row + number * OF_A_SOURCE] = named.claim(claim) if named.before else claim
        return found

    # -- deciding ------------------------------------------------------------------------------------------------------

    def findings(
        self, places: Collection[str] | None, day: int | None, part: Slice | None, spread: Spread | None = None, streamed: bool = False
    ) -> Findings:
        """All conflicts (of a slice; of some places all, of others some), as `find_conflicts` finds them in a ledger that is read as a
        whole. `spread` decides elsewhere; without it that is here. Where they are `streamed`, what the rules found is made when it is told."""
        vocabulary = self.ledger.vocabulary
        takers, _, too_late = part_takers(self.ledger, self._noted_left_out(), day)
        notes = notes_among(self.ledger, takers, too_late, day)
        asked = set(vocabulary.places) if places is None else reaching_to(places, vocabulary)
        if part is not None:
            asked = {place for place in asked if slice_of(place, part[1]) == part[0]}
        work = Work(vocabulary, self._above(asked, day), notes.touched, MANY)
        absent = Absent([], [])
        late = None if day is None or (places is None and part is None) else self._too_late(day)
        pairs = Pairs(self.duck, {(min(tension.claims), max(tension.claims)) for tension in notes.tensions})
        crowds: list[Many] = []
        self.ask_about(asked)
        with without_collector():
            for found, many in (spread or _here)(self, work, day, absent):
                pairs.add(found)
                crowds += many
                if len(pairs) > self.told_at_once and not streamed:
                    raise Trouble(
                        f"there are more contradictions than --memory holds while they are told ({self.told_at_once}): give it more, part the "
                        "work with --slice K/N, or have them told one by one (--format jsonl or csv)"
                    )
            named = {reading[0] for many in crowds for reading in (*many.members, *many.above)}
            again = Again(self.whole(named), vocabulary)
        noted, redundant = noted_beside(pairs.met, notes, vocabulary)

        def whole() -> Iterator[Conflict]:
            """What the rules found, sorted by ids."""
            for conflict in self._told(pairs, noted):
                yield with_corrections(conflict, notes.corrections)

        def within(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
            return (each for each in conflicts if part is None or slice_of(_asked_place(each, vocabulary), part[1]) == part[0])

        listed = list(within(with_corrections(noted[ids], notes.corrections) for ids in sorted(noted)))
        streams = [lambda: within(whole())]
        if not streamed:
            listed, streams = list(heapq.merge(listed, streams[0](), key=lambda conflict: conflict.ids)), []
        return Findings(
            listed,
            self._left_out(absent.unread),
            absent.too_late if late is None else late,
            redundant,
            [again.crowd(many) for many in crowds],
            [],
            notes.corrections,
            streams,
        )

    def _told(self, pairs: Pairs, but: Collection[tuple[str, str]]) -> Iterator[Conflict]:
        """The conflicts that pairs are, `but` some, sorted by ids: as many at a time as memory holds."""
        vocabulary = self.ledger.vocabulary
        for some in pairs.ordered(self.told_at_once):
            with without_collector():
                again = Again(self.whole({reading[0] for pair in some for reading in (pair.one, pair.other)}), vocabulary)
            yield from (conflict_of(again.verdict(pair), vocabulary) for pair in some if pair.ids not in but)
            del again, some

    def _too_late(self, day: int) -> list[Claim]:
        """The claims of all places that were said too late."""
        return [claim for claim, _, _ in self._read(f"SELECT * FROM {self._placed()}") if claim is not None and not said_by(claim, day)]

    def _noted_left_out(self) -> LeftOut:
        return frozenset(
            (named.path(path), line)
            for source, named in zip(self.sources, self.named, strict=True)
            for path, line in source.part.left_out
        )  # fmt: skip

    def _above(self, asked: Collection[str], day: int | None) -> dict[str, list[tuple[Account, int]]]:
        """What is said of places around those that are asked about, and reaches down to them: by place, in the order of the files."""
        vocabulary = self.ledger.vocabulary
        around = {larger for place in asked for larger in vocabulary.larger_places(place)}
        found: dict[str, list[tuple[Account, int]]] = {}
        claims, rows = self.claims_about(around, day) if around else ([], [])
        row_of = {id(claim): row for claim, row in zip(claims, rows, strict=True)}
        for account in reaching_down(accounts(claims, vocabulary)):
            found.setdefault(account.place, []).append((account, row_of[id(account.claim)]))
        return found

    def _left_out(self, unread: Sequence[int]) -> list[Claim]:
        """The claims with a defect, by no more than where they stand."""
        self.duck.keep("unread", {"number": self.duck.pyarrow.array(unread, self.duck.pyarrow.int64())})
        query = (
            f"SELECT source, id, path, line, standing, number FROM {self.all_rows} r WHERE NOT coalesce(takes_part, false) "
            "OR number IN (SELECT number FROM unread) OR NOT EXISTS (SELECT 1 FROM units u WHERE u.source = r.source AND u.place = r.place) "
            "ORDER BY standing, number"
        )
        return [
            only_named(self.named[source].id(name or ""), standing, line)
            for columns in self.duck.stream(query)
            for source, name, standing, line in zip(*(columns[each] for each in ("source", "id", "standing", "line")), strict=True)
        ]


class Absent(NamedTuple):
    """What takes no part: the rows of claims that can't be read, and claims said too late."""

    unread: list[int]
    too_late: list[Claim]


Spread = Callable[[Engine, Work, int | None, Absent], Iterator[Found]]


def _here(engine: Engine, work: Work, day: int | None, absent: Absent) -> Iterator[Found]:
    return map(work.decide, engine.batches(day, absent))


def said_by(claim: Claim, day: int | None) -> bool:
    """Whether a claim was certainly said by a day."""
    return day is None or (claim.said_days is not None and claim.said_days.last <= day)


def slice_of(place: str, slices: int) -> int:
    """The slice that a place is in, from 1: the same on every machine."""
    return zlib.crc32(place.encode()) % slices + 1


def _asked_place(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """The place by which it is told in which slice a conflict is; of a tension the one where a rule would have found it."""
    one, other = conflict.one.place, conflict.other.place
    if conflict.is_tension and other in vocabulary.larger_places(one):
        return one
    return other if conflict.is_tension and one in vocabulary.larger_places(other) else conflict.place


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _size(number: int) -> str:
    return f"{-(-number // (1024 * 1024))}MB"
