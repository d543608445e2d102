"""Spark, where a user has it: the places parted among its workers, each decided by the same function as on one machine.

Rows reach the workers as Parquet in the folder of the DuckDB that placed them: on a cluster it has to be one that all machines see (TMPDIR),
and the program has to be installed on each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ledger.exchange.scale.deciding import Found, Many, Pair
from ledger.exchange.scale.engine import Absent, Batch, Engine, Work, said_by
from ledger.exchange.scale.rows import Rows, claims_of, only_named
from ledger.model import Trouble
from ledger.texts.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_BINS = 16
_READING = "array<bigint>"
RESULT = (
    f"one {_READING}, other {_READING}, ids array<string>, kind string, strength string, hinge string, larger string, members array<{_READING}>, "
    f"above array<{_READING}>, counted boolean, parts boolean, unread bigint, late bigint"
)


def by_spark(master: str) -> Callable[[Engine, Work, int | None, Absent], Iterator[Found]]:
    """What decides on the workers of a Spark; raises Trouble where there is none."""
    try:
        import pyspark
        from pyspark.sql import SparkSession
    except ImportError:
        raise Trouble(
            'this needs pyspark, which is not installed: install the one that fits your Spark (`pip install "pyspark[sql]"`)'
        ) from None
    if int(pyspark.__version__.partition(".")[0]) < 4:
        raise Trouble(f"this needs Spark 4 or later, and here is {pyspark.__version__}")

    def decide(engine: Engine, work: Work, day: int | None, absent: Absent) -> Iterator[Found]:
        path = engine.write_placed()
        bins = max(LEAST_BINS, -(-engine.total // engine.at_once))
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            session = (
                SparkSession.builder.master(master)
                .appName("ledger conflicts")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.sql.autoBroadcastJoinThreshold", "-1")  # (small as Parquet may be large as rows)
                .config("spark.sql.shuffle.partitions", str(bins))
                .getOrCreate()
            )
        except Exception as problem:  # no Java, no master: each told in a way of its own
            raise Trouble(f"Spark can't be started at {one_line(master)}: {one_line(str(problem).partition(chr(10))[0])[:200]}") from None
        session.sparkContext.setLogLevel("ERROR")
        try:
            rows = session.read.parquet(f"file://{path}")
            grouped = rows.withColumn("bin", rows["unit"] % bins).groupBy("bin")
            for row in grouped.applyInArrow(_decider(work, engine.readers, engine.place_ids, day), RESULT).toLocalIterator():
                yield _found(row.asDict(), absent)
        except Trouble:
            raise
        except Exception as problem:
            raise Trouble(f"Spark could not go on: {one_line(str(problem))[:300]}") from None
        finally:
            session.stop()

    return decide


def _decider(work: Work, readers: Sequence[Rows], place_ids: Sequence[str], day: int | None) -> Callable[[Any], Any]:
    """What a worker does with the rows of some places."""

    def decide(table: Any) -> Any:
        import pyarrow

        ordered = table.sort_by([("unit", "ascending"), ("standing", "ascending"), ("number", "ascending")])
        columns = {name: ordered.column(name).to_pylist() for name in ordered.column_names}
        claims, rows, units, told = [], [], set[int](), list[dict[str, Any]]()
        late = 0
        for claim, number, unit in zip(claims_of(columns, readers), columns["number"], columns["unit"], strict=True):
            if claim is None:
                told.append({"unread": number})
            elif not said_by(claim, day):
                late += 1
            else:
                claims.append(claim)
                rows.append(number)
                units.add(unit)
        pairs, crowds = work.decide(Batch(frozenset(place_ids[unit] for unit in units), claims, rows))
        told += [{**pair._asdict(), "one": list(pair.one), "other": list(pair.other), "ids": list(pair.ids)} for pair in pairs]
        told += [{**many._asdict(), "members": [*map(list, many.members)], "above": [*map(list, many.above)]} for many in crowds]
        if late:
            told.append({"late": late})
        return pyarrow.Table.from_pylist(told, schema=_schema(pyarrow))

    return decide


def _schema(arrow: Any) -> Any:
    reading = arrow.list_(arrow.int64())
    types = {
        "one": reading,
        "other": reading,
        "ids": arrow.list_(arrow.string()),
        "members": arrow.list_(reading),
        "above": arrow.list_(reading),
    }
    types |= {name: arrow.string() for name in ("kind", "strength", "hinge", "larger")}
    types |= {"counted": arrow.bool_(), "parts": arrow.bool_(), "unread": arrow.int64(), "late": arrow.int64()}
    return arrow.schema([(name.partition(" ")[0], types[name.partition(" ")[0]]) for name in RESULT.split(", ")])


def _found(row: dict[str, Any], absent: Absent) -> Found:
    """What one row of the result says; what takes no part is noted."""
    if row["one"] is not None:
        return [
            Pair(tuple(row["one"]), tuple(row["other"]), tuple(row["ids"]), row["kind"], row["strength"], row["hinge"], row["larger"])
        ], []
    if row["members"] is not None:
        return [], [Many([*map(tuple, row["members"])], [*map(tuple, row["above"])], row["counted"], row["parts"])]
    if row["unread"] is not None:
        absent.unread.append(row["unread"])
    absent.too_late.extend(only_named("", "", 0) for _ in range(row["late"] or 0))
    return [], []
