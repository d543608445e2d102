"""Claims as rows of a table, as far as the rules look at them, and back: a claim is read once for all rows that say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from ledger.exchange.merging import Named
from ledger.exchange.unpacked import can_take_part, without_quote
from ledger.model import CLAIM_FIELDS, TEXT, Claim, Ledger, Position, Vocabulary
from ledger.reading.claim_lines import fields_written
from ledger.reading.claims import Meaning, claim_of, row_of_texts
from ledger.reading.yaml_nodes import Listing, Node, Scalar
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.dates import DateProblem, parse_day
from ledger.texts.quotes import NOT_FOUND
from ledger.texts.seeds import Seed

SAYS = ("property", "subject", "value", "extent", "stance", "hedge", "claimant", "said", "holds")  # what the rules look at
COLUMNS = ("id", "place", "path", "line", "takes_part", "published", "written", *SAYS)
KNOWN = 100_000  # of what claims say: where each says something of its own, it is not kept without end
Key = tuple[Any, ...]
_FROM_PROPERTY, _PATH = (list(Claim._fields).index(name) for name in ("property", "path"))


class Rows:
    """Reads the rows of one ledger; `named` is what its things are called among those of others. `unquoted`: a machine made its claims.
    `alike` is what ledgers with the same vocabulary have read."""

    def __init__(self, own: Vocabulary, named: Named, unquoted: bool, alike: dict[Key, Claim | None]) -> None:
        self.own = own
        self.unquoted = unquoted
        self.named = named
        self.places = {place: named.place(place) for place in own.places}
        self.paths: dict[str, str] = {}
        self.meanings: dict[str | None, Meaning] = {}
        self.read: dict[Key, tuple[Any, ...] | None] = {}
        self.alike = alike

    def read_once(self, key: Key) -> tuple[Any, ...] | None:
        """The fields of a claim that says this, from its property to its path and behind its column."""
        if key not in self.alike:
            if len(self.alike) >= KNOWN:
                self.alike.clear()
            self.alike[key] = self._claim(key)
        claim = self.alike[key]
        if claim is None:
            return None
        named = claim._replace(claimant=self.named.id(claim.claimant))
        return named[_FROM_PROPERTY:_PATH], named[_PATH + 3 :]

    def _claim(self, key: Key) -> Claim | None:
        """A claim that says this; None for one that can't take part."""
        published, written, *said = key
        texts = dict(zip(SAYS, said, strict=True))
        if published not in self.meanings:
            self.meanings[published] = meaning_of("", published, self.own, None)
        record = {"id": "x", "place": "x", "quote": "x", **texts, "written": _looked_at(written), "line": 1, "column": 1}
        claim = claim_of_record(record, self.meanings[published], self.unquoted)
        return claim if can_take_part(claim._replace(place=next(iter(self.own.places), "")), self.own) else None


def claims_of(columns: Mapping[str, Sequence[Any]], readers: Sequence[Rows]) -> Iterator[Claim | None]:
    """The claim of each row, by the reader of its ledger, its quote and whatever else no rule looks at left out; None for one that can't take
    part."""
    said = zip(columns["published"], columns["written"], *(columns[name] for name in SAYS), strict=True)
    stands = (columns[name] for name in ("source", "id", "place", "path", "line"))
    for source, name, place, path, line, key in zip(*stands, said, strict=True):
        reader = readers[source]
        if key not in reader.read:
            if len(reader.read) >= KNOWN:
                reader.read.clear()
            reader.read[key] = reader.read_once(key)
        rest, where = reader.read[key], reader.places.get(place)
        if rest is None or where is None or not name:
            yield None
            continue
        if path not in reader.paths:
            reader.paths[path] = reader.named.path(path)
        yield Claim._make((reader.named.before + name, where, *rest[0], reader.paths[path], line, 1, *rest[1]))


def only_named(name: str, path: str, line: int) -> Claim:
    """A claim of which no more is told than where it stands."""
    absent = (field.absent for field in CLAIM_FIELDS.values())
    return Claim._make((*absent, path, line, 1, {}, (), None, None, None, None, None, NOT_FOUND, None))._replace(id=name)


def meaning_of(path: str, published: str | None, own: Vocabulary, seed: Seed | None) -> Meaning:
    """What reads the claims of one file."""
    try:
        days = parse_day(published) if published else None
    except DateProblem:
        days = None
    return Meaning(path, own, seed, days)


def claim_of_record(record: Mapping[str, Any], meaning: Meaning, unquoted: bool) -> Claim:
    """The claim of a whole row of an export. `unquoted`: a machine made it."""
    line, column = int(record["line"]), int(record["column"])
    at = _texts_alone(record["written"])
    if at is not None and (unquoted or "quote" in at):
        texts = {name: record[name] for name in at}
        row = row_of_texts(texts)
        if row is not None:
            return meaning.of(row, line, column, at)
    fields = Fields(line, column)
    for name in _names(record["written"]):
        fields.keys[name] = (line, column)
        fields.items[name] = _node(record[name], CLAIM_FIELDS[name].kind == TEXT)
    claim = claim_of(fields, meaning)
    return without_quote(claim) if unquoted else claim


@lru_cache(maxsize=4096)
def _looked_at(written: str | None) -> str:
    """Of the fields that are written those that the rules look at, and what no claim is without."""
    return json.dumps([name for name in _names(written) if name in SAYS or name in ("id", "place", "quote")])


@lru_cache(maxsize=4096)
def _texts_alone(written: str | None) -> Mapping[str, Position] | None:
    """The fields that are written, as the parser would give their places, where all of them are texts and none is missing but the quote:
    nothing is wrong with the shape of such a claim."""
    names = _names(written)
    if any(CLAIM_FIELDS[name].kind != TEXT for name in names):
        return None
    needed = {name for name, field in CLAIM_FIELDS.items() if field.required and name != "quote"}
    return dict.fromkeys(names, (1, 1)) if needed.issubset(names) else None


def _node(value: Any, is_text: bool) -> Node:
    """A value as the parser would give it: a text, or what is JSON in the cell."""
    if is_text:
        return Scalar("" if value is None else str(value), 1, 1)
    try:
        found = json.loads(value or "[]")
    except (TypeError, ValueError, RecursionError):
        return Scalar("", 1, 1)
    if isinstance(found, dict):
        mapping = Fields(1, 1)
        for key, each in found.items():
            mapping.keys[str(key)] = (1, 1)
            mapping.items[str(key)] = Scalar(str(each), 1, 1)
        return mapping
    listing = Listing(1, 1)
    listing.items = [Scalar(str(each), 1, 1) for each in (found if isinstance(found, list) else [found])]
    return listing


def _names(written: str | None) -> list[str]:
    try:
        found = json.loads(written or "[]")
    except (ValueError, RecursionError):
        return []
    return [name for name in found if isinstance(name, str) and name in CLAIM_FIELDS] if isinstance(found, list) else []


def rows_of(ledger: Ledger, left_out: Iterable[tuple[str, int]]) -> dict[str, list[Any]]:
    """The columns of a ledger's claims, in the order of its files."""
    defective = frozenset(left_out)
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    written: dict[tuple[str, ...], str] = {}
    for file in ledger.files:
        found["published"] += repeat(file.published, len(file.claims))
        for claim in file.claims:
            fields = fields_written(claim.at)
            if fields not in written:
                written[fields] = json.dumps(fields)
            found["written"].append(written[fields])
            found["takes_part"].append((claim.path, claim.line) not in defective)
        for name in ("id", "place", "path", "line", *SAYS):
            found[name] += [getattr(claim, name) for claim in file.claims]
    return found
