"""Turn recorded control maps (and losses) into ledgers, and hold `check` and `conflicts` against plain counts over the tables.

    python benchmarks/real_maps.py DATA            the maps: control.csv.gz, places.csv, aliases.csv.gz in DATA
    python benchmarks/real_maps.py DATA --losses   cumulative losses by claimant: losses.csv.gz

The ledger is made in a temporary folder (--keep DIR names another). Seeds are slices of the table's text, each quote a row
word for word; each claim is said on the last day of its row and holds from the first to the last.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROWS_A_SEED = 500
STATUS = {"UA": "ukraine", "RU": "russia", "CONTESTED": "contested", "UNKNOWN": "unknown"}
SIDES = {"UA sources (per ISW)": "ukraine", "RU sources (per ISW)": "russia", "UA MoD": "ukraine"}
Row = dict[str, str]


def slug(text: str) -> str:
    """A text as an id."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def rows_of(path: Path) -> tuple[str, list[tuple[Row, str]]]:
    """The head line of a gzipped table, and each row with its line as written."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        lines = stream.read().splitlines()
    reader = csv.DictReader(io.StringIO("\n".join(lines)))
    rows = list(reader)
    if len(rows) != len(lines) - 1:
        raise SystemExit(f"{path}: a row runs over several lines")
    return lines[0], list(zip(rows, lines[1:], strict=True))


def quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar (JSON strings are such)."""
    return json.dumps(text, ensure_ascii=False)


def write_ledger(folder: Path, vocabulary: str, seeds: list[tuple[str, str, list[str]]]) -> None:
    """Write ledger.yaml, and for each (name, text, claims) a seed and a claims file."""
    (folder / "claims").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "ledger.yaml").write_text(vocabulary, encoding="utf-8")
    for name, text, claims in seeds:
        data = text.encode()
        (folder / "seeds" / f"{name}.txt").write_bytes(data)
        head = f"seed: {name}.txt\nsha256: {hashlib.sha256(data).hexdigest()}\nlanguage: en\npublished: 2026-12-31\nclaims:\n"
        (folder / "claims" / f"{name}.yaml").write_text(head + "".join(claims), encoding="utf-8")


def slices(rows: list[tuple[Row, str]], claim: Any) -> list[tuple[str, str, list[str]]]:
    """Slices of the table as seeds, with the claims read from them."""
    made = []
    for begin in range(0, len(rows), ROWS_A_SEED):
        part = rows[begin : begin + ROWS_A_SEED]
        text = "\n\n".join(line for _, line in part) + "\n"
        made.append(
            (f"slice-{begin // ROWS_A_SEED:03}", text, [claim(row, line, begin + number) for number, (row, line) in enumerate(part)])
        )
    return made


def maps_ledger(data: Path, folder: Path) -> None:
    """The ledger of the control maps."""
    _, rows = rows_of(data / "control.csv.gz")
    names: dict[str, set[str]] = defaultdict(set)
    for row, _ in rows_of(data / "aliases.csv.gz")[1]:
        names[row["place_id"]].add(row["alias"])
    with open(data / "places.csv", encoding="utf-8", newline="") as stream:
        places = list(csv.DictReader(stream))
    out = ["format: 1", "language: en", "places:"]
    for place in places:
        spellings = sorted(names[place["place_id"]] - {place["name"]})
        more = f", spellings: [{', '.join(map(quoted, spellings))}]" if spellings else ""
        out.append(f"  {slug(place['place_id'])}: {{kind: settlement, names: {{en: {quoted(place['name'])}}}{more}}}")
    out.append("claimants:")
    for source in sorted({row["source"] for row, _ in rows}):
        side = f", side: {SIDES[source]}" if source in SIDES else ""
        out.append(f"  {slug(source)}: {{name: {quoted(source)}, kind: map{side}}}")
    out.append("properties:")
    values = [value for value in STATUS.values() if value != "unknown"]
    out.append(f"  control: {{title: who holds the place, values: [{', '.join(values)}, unknown],")
    out.append(f"    compatible: [{', '.join(f'[{value}, unknown]' for value in values)}], lasts: P14D}}")

    def claim(row: Row, line: str, number: int) -> str:
        return (
            f"- id: row-{number}\n  place: {slug(row['place_id'])}\n  property: control\n  value: {STATUS[row['status']]}\n"
            f"  claimant: {slug(row['source'])}\n  said: {row['date_end']}\n  holds: {row['date_start']}/{row['date_end']}\n  quote: {quoted(line)}\n"
        )

    write_ledger(folder, "\n".join(out) + "\n", slices(rows, claim))


def count_maps(data: Path) -> dict[tuple[int, int], bool]:
    """The contradicting pairs of rows by a plain count: same place, other status, a shared day. True: only a day of hand-over."""
    by_place: dict[str, list[tuple[str, str, str, str, int]]] = defaultdict(list)
    for number, (row, _) in enumerate(rows_of(data / "control.csv.gz")[1]):
        if row["status"] != "UNKNOWN":
            by_place[row["place_id"]].append((row["date_start"], row["date_end"], row["status"], row["source"], number))
    pairs: dict[tuple[int, int], bool] = {}
    for found in by_place.values():
        for index, (start, end, status, _, number) in enumerate(found):
            for other_start, other_end, other_status, _, other in found[index + 1 :]:
                if status != other_status and start <= other_end and other_start <= end:
                    handed = (end == other_start and start < end) or (other_end == start and other_start < other_end)
                    pairs[min(number, other), max(number, other)] = handed
    return pairs


def losses_ledger(data: Path, folder: Path) -> None:
    """The ledger of the losses: cumulative figures; a confirmed count is a lower bound."""
    _, rows = rows_of(data / "losses.csv.gz")
    rows = [(row, line) for row, line in rows if row["value"].isdigit()]
    categories = sorted({row["category"] for row, _ in rows})
    claimants = sorted({row["claimant"] for row, _ in rows})
    out = ["format: 1", "language: en", "places:", "  ukraine: {kind: country, names: {en: Ukraine}}", "claimants:"]
    for claimant in claimants:
        out.append(f"  {slug(claimant)}: {{name: {quoted(claimant)}{', side: ukraine' if claimant in SIDES else ''}}}")
    out.append("properties:")
    out += [
        f"  lost-{slug(category)}: {{title: {quoted(category + ' lost by ...')}, quantity: pieces, subjects: [ru, ua], cumulative: true}}"
        for category in categories
    ]

    def claim(row: Row, line: str, number: int) -> str:
        figure = f'">={row["value"]}"' if row["claimant"] == "Oryx" else row["value"]
        return (
            f"- id: row-{number}\n  place: ukraine\n  property: lost-{slug(row['category'])}\n  subject: {row['subject'].lower()}\n  value: {figure}\n"
            f"  claimant: {slug(row['claimant'])}\n  said: {row['date']}\n  quote: {quoted(line)}\n"
            + ("" if seen[line] == 1 else f"  after: {quoted(following[number])}\n")
        )

    seen: dict[str, int] = defaultdict(int)
    for _, line in rows:
        seen[line] += 1
    following: dict[int, str] = {}
    write_ledger(folder, "\n".join(out) + "\n", slices(rows, claim))


def count_losses(data: Path) -> tuple[set[tuple[int, int]], int]:
    """Pairs in which a larger count is of no later a day than a smaller one, and how many of them are one claimant's own."""
    groups: dict[tuple[str, str], list[tuple[str, int, bool, str, int]]] = defaultdict(list)
    number = -1
    for row, _ in rows_of(data / "losses.csv.gz")[1]:
        if row["value"].isdigit():
            number += 1
            groups[row["category"], row["subject"]].append(
                (row["date"], int(row["value"]), row["claimant"] == "Oryx", row["claimant"], number)
            )
    pairs, own = set(), 0
    for found in groups.values():
        ordered = sorted(found)
        highest: list[tuple[str, int, bool, str, int]] = []
        for date, value, bound, claimant, this in ordered:
            for other in highest:
                if not bound and other[1] > value and other[0] <= date:
                    pairs.add((min(this, other[4]), max(this, other[4])))
                    own += other[3] == claimant
            highest.append((date, value, bound, claimant, this))
        same_day: dict[str, list[tuple[str, int, bool, str, int]]] = defaultdict(list)
        for entry in ordered:
            same_day[entry[0]].append(entry)
        for entries in same_day.values():
            for one in entries:
                for other in entries:
                    if one[1] > other[1] and not other[2]:
                        pair = (min(one[4], other[4]), max(one[4], other[4]))
                        if pair not in pairs:
                            pairs.add(pair)
                            own += one[3] == other[3]
    return pairs, own


def timed(arguments: list[str]) -> tuple[float, str, int]:
    """Seconds, standard output and exit code of a command of the program."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from ledger.commands import main; main()", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode == 2:
        raise SystemExit(done.stderr)
    return time.perf_counter() - begin, done.stdout, done.returncode


def bare_load(folder: Path) -> float:
    """Seconds of a bare CSafeLoader load of the claims files."""
    code = "import sys, yaml, pathlib\nfor path in sorted(pathlib.Path(sys.argv[1]).glob('*.yaml')): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(folder / "claims")], check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Make the ledger, run check and conflicts, compare, print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--losses", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "ledger"
        (losses_ledger if options.losses else maps_ledger)(options.data, folder)
        seconds, output, code = timed(["-C", str(folder), "check", "--format", "json"])
        report = json.loads(output)
        errors = sum(found["severity"] == "error" for found in report["diagnostics"])
        print(
            f"check: {report['checked']['claims']} claims, {errors} errors, {len(report['diagnostics']) - errors} warnings, exit {code}, {seconds:.2f} s"
        )
        base = min(bare_load(folder) for _ in range(3))
        seconds, output, _ = timed(["-C", str(folder), "conflicts", "--format", "json"])
        found = json.loads(output)
        print(
            f"conflicts: {len(found['conflicts'])} pairs, {len(found['questions'])} questions, {seconds:.2f} s, {seconds / base:.2f} of a bare CSafeLoader load ({base:.2f} s)"
        )
        pairs = {tuple(sorted(int(name[4:]) for name in entry["claims"])): entry for entry in found["conflicts"]}
        if options.losses:
            expected, own = count_losses(options.data)
            engine_own = sum(entry["relation"] == "own" for entry in found["conflicts"])
            print(f"plain count: {len(expected)} pairs, {own} own reversals (engine: {engine_own})")
        else:
            counted = count_maps(options.data)
            expected = set(counted)
            possible = sum(counted.values())
            print(
                f"plain count: {len(expected)} pairs, {possible} of them on a day of hand-over (engine: {sum(e['strength'] == 'possible' for e in found['conflicts'])} possible)"
            )
        print(f"missing: {len(expected - set(pairs))}, invented: {len(set(pairs) - expected)}")
        if expected != set(pairs):
            sys.exit(1)


if __name__ == "__main__":
    main()
