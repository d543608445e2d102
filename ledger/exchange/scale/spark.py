"""Spark, where a user has it: the places parted among its workers, each decided by the same function as on one machine.

Rows reach the workers as Parquet in the folder of the DuckDB that placed and sorted them: on a cluster it has to be one that all machines
see (TMPDIR), and the program has to be installed on each. A worker reads its places from there itself: Spark's own tables and sorting would
take them through Java first, which costs small ledgers more than all else.
"""

from __future__ import annotations

import os
import pickle
import socket
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from ledger.exchange.scale.cluster import asked_of_all, refuse_silent, started
from ledger.exchange.scale.deciding import Found
from ledger.exchange.scale.duck import of_rows
from ledger.exchange.scale.engine import Absent, Batch, Engine, Work, said_by
from ledger.exchange.scale.rows import Rows, claims_of, only_named
from ledger.model import Trouble

LEAST = 2_000  # rows that are worth a share of their own
SHARES = 3  # for each worker: so that one with much to do holds nobody up
Share = tuple[int, int]  # the numbers of its first and of its last place


class Given(NamedTuple):
    """What each worker has to know."""

    work: Work
    readers: Sequence[Rows]
    place_ids: Sequence[str]
    day: int | None
    path: str


def by_spark(master: str) -> Callable[[Engine, Work, int | None, Absent], Iterator[Found]]:
    """What decides on the workers of a Spark; raises Trouble where there is none."""
    try:
        import pyspark
    except ImportError:
        raise Trouble("this needs pyspark, which is not installed: install the one that fits your Spark (`pip install pyspark`)") from None
    if int(pyspark.__version__.partition(".")[0]) < 4:
        raise Trouble(f"this needs Spark 4 or later, and here is {pyspark.__version__}")
    refuse_silent(master)

    def decide(engine: Engine, work: Work, day: int | None, absent: Absent) -> Iterator[Found]:
        path = engine.write_placed()
        sizes = engine.duck.ask(f"SELECT unit, count(*) FROM {of_rows(path)} GROUP BY unit ORDER BY unit")
        given = Given(work, engine.readers, engine.place_ids, day, path)
        log = os.path.join(os.path.dirname(path), "spark.log")
        with started(master, log) as context:
            some = sum(size for _, size in sizes) // (SHARES * context.defaultParallelism)
            parted = shares(sizes, min(engine.at_once, max(LEAST, some)))
            found = asked_of_all(context, partial(_decided, context.broadcast(given)), parted, log)
        for each in found:
            pairs, crowds, unread, late = pickle.loads(zlib.decompress(each))
            absent.unread.extend(unread)
            absent.too_late.extend(only_named("", "", 0) for _ in range(late))
            yield pairs, crowds

    return decide


def shares(sizes: Iterable[tuple[int, int]], most: int) -> list[Share]:
    """Places parted, of each of which it is told how many rows there are: so many rows in each part, more only where one place has more."""
    found: list[Share] = []
    held = most
    for unit, size in sizes:
        if held + size > most:
            found.append((unit, unit))
            held = 0
        found[-1] = (found[-1][0], unit)
        held += size
    return found


def _decided(given: Any, share: Share) -> bytes:
    """What a worker finds about a share of the places, packed: what contradicts what, the rows of claims that can't be read, and how many were
    said too late."""
    import pyarrow.parquet

    work, readers, place_ids, day, path = given.value
    if not os.path.exists(path):
        raise Trouble(f"{socket.gethostname()} does not see {os.path.dirname(path)}: let TMPDIR name a folder that all machines see")
    rows = pyarrow.parquet.read_table(path, filters=[("unit", ">=", share[0]), ("unit", "<=", share[1])])
    columns = {name: rows.column(name).to_pylist() for name in rows.column_names}
    batch, units, unread, late = Batch(frozenset(), [], []), set[int](), list[int](), 0
    for claim, number, unit in zip(claims_of(columns, readers), columns["number"], columns["unit"], strict=True):
        if claim is None:
            unread.append(number)
        elif not said_by(claim, day):
            late += 1
        else:
            batch.claims.append(claim)
            batch.rows.append(number)
            units.add(unit)
    pairs, crowds = work.decide(batch._replace(places=frozenset(place_ids[unit] for unit in units)))
    return zlib.compress(pickle.dumps((pairs, crowds, unread, late)), 1)
