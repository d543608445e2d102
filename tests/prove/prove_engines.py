"""Random ledgers merged in one run: what `conflicts --from` says of them must be the same, byte for byte, whoever sorts their claims.

    python tests/prove/prove_engines.py 300 [--seed 1]

Each random ledger is parted into several that share its places (a table says so) and its rules, so that they contradict each other; its
properties are told from those of the others by name. Held against each other: folders of YAML, exports in Parquet, both read by DuckDB,
the union of slices, and, where this Python has pyspark and there is a Java, what Spark's workers find.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path[1:1] = map(str, Path(__file__).resolve().parents[1:3])

from bridge import SEED_TEXT
from ledger_strategies import random_as_of, random_ledger
from running import ROOT, run

Record = dict[str, Any]
SLICES = 3


class Merged(NamedTuple):
    """Ledgers in folders, their exports, and the table of the places that they share."""

    folders: list[Path]
    exports: list[Path]
    table: Path


def parted(plain: Record, number: int, rng: random.Random) -> list[Record]:
    """A plain ledger as several with one vocabulary, whose properties bear a number."""
    text = json.dumps(plain["vocabulary"]["properties"])
    names = {name: f"{name}-{number}" for name in plain["vocabulary"]["properties"]}
    properties = {names[name]: _renamed(known, names) for name, known in json.loads(text).items()}
    vocabulary = {**plain["vocabulary"], "properties": properties}
    parts: list[list[Record]] = [[], []]
    for file in plain["files"]:
        claims = [{**claim, "property": names[claim["property"]]} for claim in file["claims"]]
        sides = [rng.randrange(2) for _ in claims]
        for side, files in enumerate(parts):
            some = [claim for claim, where in zip(claims, sides, strict=True) if where == side]
            if some:
                files.append({**file, "claims": some})
    return [{"vocabulary": vocabulary, "files": _without_strangers(files)} for files in parts if files]


def _without_strangers(files: list[Record]) -> list[Record]:
    """Files that name none but their own claims."""
    known = {claim["id"] for file in files for claim in file["claims"]}
    for file in files:
        file["tensions"] = [tension for tension in file.get("tensions", ()) if known.issuperset(tension["claims"])]
        for claim in file["claims"]:
            for option in {"disputes", "corrects"} & claim.keys():
                claim[option] = [name for name in claim[option] if name in known]
    return files


def _renamed(known: Record, names: dict[str, str]) -> Record:
    """A property that names others by their new names."""
    found = dict(known)
    if "part-of" in found:
        found["part-of"] = names[found["part-of"]]
    implied = found.get("implies")
    for entry in implied if isinstance(implied, list) else (each for some in (implied or {}).values() for each in some):
        entry["property"] = names[entry["property"]]
    return found


def write(plain: Record, folder: Path) -> Path:
    """A plain ledger as files (JSON is YAML), each claim with a quote of its own."""
    (folder / "claims").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "ledger.yaml").write_text(json.dumps({"format": "1", "language": "en", **plain["vocabulary"]}, indent=1), encoding="utf-8")
    for number, file in enumerate(plain["files"]):
        seed = f"{number}.txt"
        (folder / "seeds" / seed).write_text(SEED_TEXT, encoding="utf-8", newline="")
        claims = [{"quote": f"Sentence number {index} of this text stands here.", **claim} for index, claim in enumerate(file["claims"])]
        head = {"seed": seed, "sha256": hashlib.sha256(SEED_TEXT.encode()).hexdigest(), "language": "en", **file, "claims": claims}
        head["tensions"] = [{**tension, "by": "a curator", "on": "2025-01-01", "why": "at odds"} for tension in file.get("tensions", ())]
        head = {key: value for key, value in head.items() if key != "name" and value != []}
        (folder / "claims" / f"{number}.yaml").write_text(json.dumps(head, indent=1), encoding="utf-8")
    return folder


def merged(folder: Path, ledgers: int, seed: int) -> Merged:
    """So many random ledgers in parts, with their exports."""
    rng = random.Random(seed)
    folders, exports, rows, heads = [], [], [], []
    for number in range(ledgers):
        plain = random_ledger(rng)
        names = []
        for part, each in enumerate(parted(plain, number, rng)):
            name = f"l{number}-{part}"
            folders.append(write(each, folder / name))
            exports.append(folder / "exports" / name)
            exports[-1].mkdir(parents=True)
            outcome = run("-C", folders[-1], "export", "parquet", "--output", exports[-1])
            assert outcome.code == 0, outcome
            names.append(name)
        rows += [dict.fromkeys(names, place) for place in plain["vocabulary"]["places"]] if len(names) > 1 else []
        heads += names
    table = folder / "same.csv"
    lines = [heads, *([row.get(head, "") for head in heads] for row in rows)]
    table.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    return Merged(folders, exports, table)


def differences(given: Merged, as_of: str | None = None, forms: Sequence[str] = ("json", "text"), spark: bool = False) -> Iterator[str]:
    """What is told otherwise than of the folders read as a whole; `spark`: by a Spark on this machine, too."""
    more = ["--same-places", str(given.table), *([] if as_of is None else ["--as-of", as_of])]

    def told(paths: list[Path], form: str, *asked: str) -> str:
        named = [word for path in paths for word in ("--from", str(path))]
        outcome = run("conflicts", *named, *more, *asked, "--format", form)
        return outcome.out if outcome.code == 0 else f"exit {outcome.code}: {outcome.err}"

    engine = ("--engine", "duckdb", "--memory", "2GB")  # (hundreds of files are read at once)
    for form in forms:
        whole = told(given.folders, form)
        for name, paths, asked in (
            ("Parquet", given.exports, ()),
            ("folders by DuckDB", given.folders, engine),
            ("Parquet by DuckDB", given.exports, engine),
        ):
            if told(paths, form, *asked) != whole:
                yield f"{name}, {form}, as of {as_of}"
        if spark:
            named = [word for path in given.exports for word in ("--from", str(path))]
            words = ["conflicts", *named, *more, "--format", form, "--engine", "spark", "--master", "local[2]"]
            done = subprocess.run([sys.executable, str(ROOT / "cli.py"), *words], capture_output=True, encoding="utf-8", check=False)
            if (done.returncode, done.stdout) != (0, whole):
                yield f"Parquet by Spark, {form}, as of {as_of}: {done.stderr}"
    lines = sorted(told(given.folders, "jsonl").splitlines())
    sliced = [told(given.exports, "jsonl", *engine, "--slice", f"{number}/{SLICES}").splitlines() for number in range(1, SLICES + 1)]
    if sorted(line for some in sliced for line in some) != lines:
        yield f"slices, as of {as_of}"


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="hold the engines against the program on random ledgers merged in one run")
    options.add_argument("ledgers", type=int)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    spark = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        given = merged(Path(folder), asked.ledgers, asked.seed)
        found = [each for day in (None, random_as_of(random.Random(asked.seed))) for each in differences(given, day, spark=spark)]
        named = [word for path in given.folders for word in ("--from", str(path))]
        total = json.loads(run("conflicts", *named, "--same-places", given.table, "--format", "json").out)
    across = sum(each["claims"][0].partition(":")[0] != each["claims"][1].partition(":")[0] for each in total["conflicts"])
    for each in found:
        print(f"differs: {each}")
    print(
        f"{asked.ledgers} random ledgers in {len(given.folders)} parts, {len(total['conflicts'])} conflicts ({across} of two ledgers), "
        f"{len(found)} differences{'' if spark else ' (without Spark: pyspark or Java is not here)'}; seed {asked.seed}, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
