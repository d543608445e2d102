"""How the cost of contradictions grows: 1,000, 10,000 and 100,000 claims of one place, with few and with many of them.

    python benchmarks/one_place.py [--sizes 1000 10000 100000]

`few`: accounts of two days one after the other, one in a hundred at odds with its neighbours. `many`: all overlap, three values,
so about two thirds of all pairs contradict each other. Each figure is the median of three runs of the whole command, beside a bare
CSafeLoader load of the same claims files in the same run.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from real_maps import write_ledger

CLAIMANTS = 50
IN_A_FILE = 500
VOCABULARY = (
    "format: 1\nlanguage: en\nplaces:\n  town: {kind: town, names: {en: Millbrook}}\nclaimants:\n"
    + "".join(f"  c{number}: {{name: Observer {number}, kind: map}}\n" for number in range(CLAIMANTS))
    + "properties:\n  control: {title: who holds the place, values: [north, south, contested], parts: true, lasts: P14D}\n"
)


def write(folder: Path, size: int, many: bool) -> None:
    """A ledger of that many claims of one place."""
    rng = random.Random(size)
    seeds = []
    for begin in range(0, size, IN_A_FILE):
        text, claims = [], []
        for number in range(begin, min(size, begin + IN_A_FILE)):
            quote = f"Report {number} says who holds Millbrook on the days of which it speaks"
            text.append(quote + ".\n\n")
            if many:
                first, last = date(2024, 1, 1) + timedelta(rng.randint(0, 100)), date(2024, 6, 1) + timedelta(rng.randint(0, 200))
                value = rng.choice(["north", "south", "contested"])
            else:
                first = date(1500, 1, 1) + timedelta(2 * number)
                last, value = first + timedelta(2), "south" if rng.random() < 0.01 else "north"
            claims.append(
                f"- id: report-{number}\n  place: town\n  property: control\n  value: {value}\n  claimant: c{rng.randrange(CLAIMANTS)}\n"
                f"  said: {last}\n  holds: {first}/{last}\n  quote: {quote}\n"
            )
        seeds.append((f"slice-{begin // IN_A_FILE:04}", "".join(text), claims))
    write_ledger(folder, VOCABULARY, seeds)


def seconds(arguments: list[str]) -> tuple[float, str]:
    """The median time of three runs of a command, and its output."""
    times, output = [], ""
    for _ in range(3):
        begin = time.perf_counter()
        output = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
        times.append(time.perf_counter() - begin)
    return statistics.median(times), output


def main() -> None:
    """Print one line a size and kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    options = parser.parse_args()
    bare = "import sys, yaml, pathlib\nfor path in sorted(pathlib.Path(sys.argv[1]).glob('*.yaml')): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
    program = [sys.executable, "-P", "-c", "from ledger.commands import main; main()"]
    for many in (False, True):
        for size in options.sizes:
            with tempfile.TemporaryDirectory() as temporary:
                folder = Path(temporary) / "ledger"
                write(folder, size, many)
                base, _ = seconds([sys.executable, "-c", bare, str(folder / "claims")])
                taken, output = seconds([*program, "-C", str(folder), "conflicts"])
                head = next(line for line in reversed(output.splitlines()) if "contradiction" in line)
                memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
                print(
                    f"{'many' if many else 'few':5} {size:7,} claims: {taken:7.2f} s, {taken / base:5.2f} of a bare load ({base:.2f} s), "
                    f"at most {memory} MiB so far; {head.split(' in ')[0]}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
