"""Very many claims, sorted by an engine: what it takes, held against bars, all in one run.

    python benchmarks/scale.py DATA [--copies 30] [--days 60] [--memory 2GB] [--largest]

DATA holds control.csv.gz (benchmarks/real_maps.py): the recorded maps of 5,677 places are so many ledgers as `--copies` says, each with the
places of its own. `daily` are 3,334 places as five map makers draw them, day by day; `one place` is one of these with all that there is.
`--largest`: ten times the days, for growth. Times are of the processor, of the command and whatever it starts; memory is the most at once.
Each is measured with all contradictions told as JSON lines, and decided alone (the first line told): the daily maps contradict each other nearly
seven times as often as the recorded ones. Spark is measured where this Python has pyspark and there is a Java. What misses its bar is named,
with where the time went.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow
import pyarrow.parquet
from real_maps import STATUS, maps_ledger, rows_of, slug

CLAIM = ("id", "place", "property", "value", "claimant", "said", "holds")
VALUES = ["ukraine", "russia", "contested"]
Row = tuple[str, ...]


class Taken(NamedTuple):
    """What a command took: seconds of the processor and of the clock, MiB at once."""

    processor: float
    wall: float
    memory: float


def ledger(*arguments: str) -> Taken:
    """Run the program, its answer thrown away."""
    words = [sys.executable, "-P", "-c", "from ledger.commands import main; main()", *arguments]
    begin = os.times()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)[:200]}: exit {process.returncode}: {told}")
    return Taken(used.ru_utime + used.ru_stime, os.times().elapsed - begin.elapsed, used.ru_maxrss / 1024)


def vocabulary(places: Iterable[str], claimants: Iterable[str]) -> str:
    """A ledger.yaml of settlements and maps."""
    lines = ["format: 1", "language: en", "places:", *(f"  {place}: {{kind: settlement, names: {{en: {place}}}}}" for place in places)]
    lines += ["claimants:", *(f"  {name}: {{name: {name}, kind: map}}" for name in claimants), "properties:"]
    beside = ", ".join(f"[{value}, unknown]" for value in VALUES)
    lines.append(f"  control: {{title: who holds the place, values: [{', '.join(VALUES)}, unknown], compatible: [{beside}], lasts: P14D}}")
    return "\n".join(lines) + "\n"


def read(folder: Path, rows: Iterable[Row], words: str) -> Taken:
    """Write claims as a machine makes them, and have them read."""
    folder.mkdir()
    (folder / "ledger.yaml").write_text(words, encoding="utf-8")
    schema = pyarrow.schema([(name, pyarrow.string()) for name in CLAIM])
    with pyarrow.parquet.ParquetWriter(folder / "claims.parquet", schema) as writer:
        some: list[Row] = []
        for number, row in enumerate(rows):
            some.append((f"row-{number}", *row))
            if len(some) == 200_000:
                writer.write_table(pyarrow.table(dict(zip(CLAIM, zip(*some, strict=True), strict=True)), schema=schema))
                some = []
        if some:
            writer.write_table(pyarrow.table(dict(zip(CLAIM, zip(*some, strict=True), strict=True)), schema=schema))
    named = ("--vocabulary", str(folder / "ledger.yaml"), "--output", str(folder / "read"))
    return ledger("readings", str(folder / "claims.parquet"), *named)


def maps(data: Path, folder: Path) -> int:
    """The recorded maps as claims of a machine; how many there are."""
    rows = [row for row, _ in rows_of(data / "control.csv.gz")[1]]
    places, sources = sorted({slug(row["place_id"]) for row in rows}), sorted({slug(row["source"]) for row in rows})
    said = (
        (
            slug(row["place_id"]),
            "control",
            STATUS[row["status"]],
            slug(row["source"]),
            row["date_end"],
            f"{row['date_start']}/{row['date_end']}",
        )
        for row in rows
    )
    read(folder, said, vocabulary(places, sources))
    return len(rows)


def daily(places: int, days: int) -> Iterator[Row]:
    """The control of places as five map makers draw it, day by day."""
    rng = random.Random(1)
    first = date(1900, 1, 1)
    for place in range(places):
        for maker in range(5):
            value = rng.choice(VALUES[:2])
            for number in range(days):
                if rng.random() < 0.004:
                    value = rng.choice(VALUES)
                day = str(first + timedelta(number))
                yield f"p{place}", "control", value, f"m{maker}", day, day


def made_daily(folder: Path, places: int, days: int) -> None:
    """Such claims, read."""
    read(folder, daily(places, days), vocabulary((f"p{number}" for number in range(places)), (f"m{number}" for number in range(5))))


def made_large(folder: Path, like: Path, places: int, days: int) -> None:
    """Such claims under the vocabulary of others that were read, straight in the form that `readings` writes: without its readings."""
    shutil.copytree(like, folder, ignore=shutil.ignore_patterns("claims.parquet", "readings.parquet"))
    schema = pyarrow.parquet.read_schema(like / "claims.parquet")
    first = pyarrow.parquet.ParquetFile(like / "claims.parquet").read_row_group(0).slice(0, 1).to_pylist()[0]
    rows, begin = daily(places, days), 0
    with pyarrow.parquet.ParquetWriter(folder / "claims.parquet", schema, compression="zstd") as writer:
        while some := list(islice(rows, 50_000)):
            numbers = range(begin, begin + len(some))
            told: dict[str, Any] = dict(zip(CLAIM[1:], zip(*some, strict=True), strict=True))
            told |= {"id": [f"row-{number}" for number in numbers], "line": [number + 1 for number in numbers]}
            alike = {field.name: pyarrow.scalar(first[field.name], field.type) for field in schema}
            arrays = [
                pyarrow.array(told[field.name], field.type) if field.name in told else pyarrow.repeat(alike[field.name], len(some))
                for field in schema
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            begin += len(some)


class Bars:
    """What was measured against what may be."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def hold(self, what: str, found: float, bar: float) -> None:
        """Print one figure beside its bar."""
        print(f"  {'missed' if found > bar else 'kept  '}  {what}: {found:.2f} (bar {bar:g})", flush=True)
        if found > bar:
            self.missed.append(what)


def told(name: str, taken: Taken) -> Taken:
    """Print what a command took."""
    print(f"{name}: {taken.processor:.1f} s of the processor, {taken.wall:.1f} s, {taken.memory:.0f} MiB", flush=True)
    return taken


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--copies", type=int, default=30)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--largest", action="store_true")
    asked = parser.parse_args()
    engine = ["--engine", "duckdb", "--memory", asked.memory, "--format", "jsonl"]
    allowed = float(re.sub("[^0-9.]", "", asked.memory)) * (1024 if "G" in asked.memory.upper() else 1)
    bars = Bars()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        size = maps(asked.data, folder / "maps") * asked.copies
        maps_ledger(asked.data, folder / "yaml")
        made_daily(folder / "daily", size // (5 * asked.days), asked.days)
        made_daily(folder / "one", 1, 20_000)

        def several(what: str, copies: int) -> list[str]:
            return [word for number in range(copies) for word in ("--from", f"n{number}={folder / what}")]

        def both(what: str, folder: str, copies: int) -> tuple[Taken, Taken]:
            """What it takes to tell all contradictions, and to decide alone."""
            given = ["conflicts", *several(folder, copies), *engine]
            return told(f"{what}, all told", ledger(*given)), told(f"{what}, decided", ledger(*given, "--limit", "1"))

        three = both(f"real maps x3 by DuckDB ({3 * size // asked.copies:,} claims)", "maps/read", 3)
        thirty = both(f"real maps x{asked.copies} by DuckDB ({size:,} claims)", "maps/read", asked.copies)
        if importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None:
            spark = [*several("maps/read", asked.copies), "--engine", "spark", "--master", "local[2]", *engine[2:]]
            spread = told(f"real maps x{asked.copies} by Spark on two cores, all told", ledger("conflicts", *spark))
            bars.hold("Spark on two cores, of DuckDB, by the clock", spread.wall / thirty[0].wall, 5)
        else:
            print("not measured: Spark (this Python has no pyspark, or there is no Java)", flush=True)
        by_day = both("daily maps of as many by DuckDB", "daily/read", 1)
        one = both("one place, 100,000 daily claims, by DuckDB", "one/read", 1)
        whole = told(f"real maps x{asked.copies} as YAML", ledger("conflicts", *several("yaml", asked.copies), "--format", "jsonl"))
        out = ["export", "parquet", "--output", str(folder / "out")]
        exported = told("export parquet of the real maps", ledger("-C", str(folder / "yaml"), *out))
        alone = told("conflicts of the real maps", ledger("-C", str(folder / "yaml"), "conflicts", "--format", "jsonl"))
        bars.hold(f"real maps x{asked.copies} from Parquet, of the same as YAML, processor", thirty[0].processor / whole.processor, 0.25)
        bars.hold("memory over what --memory allows", max(thirty[0].memory, by_day[0].memory) / allowed, 1.2)
        for number, what in enumerate(("all told", "decided")):
            bars.hold(f"one place with 100,000 daily claims, of real maps x3, {what}", one[number].processor / three[number].processor, 3)
            ratio = by_day[number].processor / thirty[number].processor
            bars.hold(f"daily maps of as many, of real maps x{asked.copies}, {what}", ratio, 2)
        bars.hold("export, of conflicts of the same ledger", exported.processor / alone.processor, 1.5)
        if asked.largest:
            made_large(folder / "large", folder / "daily/read", size // (5 * asked.days), 10 * asked.days)
            large = told("daily maps of ten times as many, decided", ledger("conflicts", *several("large", 1), *engine, "--limit", "1"))
            bars.hold("ten times as many claims, decided, time", large.processor / by_day[1].processor, 12)
            bars.hold("ten times as many claims, memory over what --memory allows", large.memory / allowed, 1.2)
    if bars.missed:
        print(f"missed: {'; '.join(bars.missed)}: where the time goes is told by python -X importtime or cProfile of the same command")


if __name__ == "__main__":
    main()
