"""What contradicts what, as numbers, in the order of its ids: on disk where it is much, so that an answer of any length can be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import Any

from ledger.exchange.scale.deciding import Pair
from ledger.exchange.scale.duck import Duck, of_rows

HELD = 100_000  # pairs in memory: more are written
FIRST = 2_000  # of those that are written, made into conflicts first
_READING = ("row", "number", "presumed")
_COLUMNS = (*(f"{side}_{name}" for side in ("one", "other") for name in _READING), "first", "second", "kind", "strength", "hinge", "larger")


class Pairs:
    """The pairs that were found. Of those that are `watched`, by their ids, it is kept which were `met`."""

    def __init__(self, duck: Duck, watched: Collection[tuple[str, str]]) -> None:
        self.duck = duck
        self.watched = watched
        self.met: set[tuple[str, str]] = set()
        self.held: list[Pair] = []
        self.written = 0
        self.writer: Any = None

    def __len__(self) -> int:
        return self.written + len(self.held)

    def add(self, pairs: list[Pair]) -> None:
        """Keep some more."""
        if self.watched:
            self.met.update(pair.ids for pair in pairs if pair.ids in self.watched)
        self.held += pairs
        if len(self.held) >= HELD:
            self._write()

    def _write(self) -> None:
        arrow = self.duck.pyarrow
        types = [arrow.int64() if "_" in name else arrow.string() for name in _COLUMNS]
        schema = arrow.schema(list(zip(_COLUMNS, types, strict=True)))
        if self.writer is None:
            self.writer = arrow.parquet.ParquetWriter(self.duck.file("found"), schema, compression="snappy")
        rows = ((*pair.one, *pair.other, *pair.ids, *pair[3:]) for pair in self.held)
        arrays = [arrow.array(column, type=kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
        self.writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
        self.written += len(self.held)
        self.held = []

    def ordered(self, at_once: int) -> Iterator[list[Pair]]:
        """All of them by their ids, as often as they are asked for: some at a time, of those that are on disk few at first, since perhaps
        no more are wanted."""
        if self.writer is None:
            self.held.sort(key=lambda pair: pair.ids)
            yield from (self.held[begin : begin + at_once] for begin in range(0, len(self.held), at_once))
            return
        if self.held:
            self._write()
        self.writer.close()
        read = self.duck.stream(f"SELECT {', '.join(_COLUMNS)} FROM {of_rows(self.duck.file('found'))} ORDER BY first, second")
        pairs = chain.from_iterable(map(_pairs, read))
        number = FIRST
        while some := list(islice(pairs, min(number, at_once))):
            yield some
            number *= 8


def _pairs(columns: dict[str, list[Any]]) -> Iterator[Pair]:
    for row in zip(*columns.values(), strict=True):
        yield Pair(row[:3], row[3:6], row[6:8], *row[8:])
