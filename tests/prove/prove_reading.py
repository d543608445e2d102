"""The reader against a second one on generated claims files: every field, place, quote and span. The long run of `make prove`.

python tests/prove/prove_reading.py 200000        # how many claims
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import sys
import time
from functools import partial
from typing import Any, NamedTuple

from second_reader import TEXTS, claims_of
from yaml_writing import Writer, a_claim, a_seed

from ledger.answers.records import claim_record
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree

Record = dict[str, Any]
CLAIMS = 20  # in one file
CHUNK = 50  # files at a time
VOCABULARY = b"""format: 1
language: en
places: {millbrook: {names: Millbrook}, elmdorf: {names: Elmdorf}}
claimants: {ministry: {name: M}, gazette: {name: G}}
properties:
  control: {values: [east, west], parts: true}
  people: {quantity: people}
  nickname: {text: true}
  flood: {event: true}
"""
FIELDS = (*TEXTS, "via", "disputes", "corrects", "accept", "seed", "language", "published", "path", "line", "column", "seed_line", "spans")


class Compared(NamedTuple):
    """What a run compared, and where the readers differ: each a text to show."""

    claims: int
    found: int
    several: int
    differences: list[str]


def written_file(rng: random.Random) -> tuple[dict[str, bytes], list[Record]]:
    """The files of a ledger with one claims file, and the claims as they were meant."""
    seed = a_seed(rng)
    claims = [a_claim(rng, number, seed) for number in range(1, CLAIMS + 1)]
    data = seed.encode()
    head = {"seed": "text.txt", "sha256": hashlib.sha256(data).hexdigest(), "language": "en", "published": "2025-03-10"}
    text = Writer(rng).file(head, claims)
    return {"ledger.yaml": VOCABULARY, "claims/text.yaml": text.encode(), "seeds/text.txt": data}, claims


def compared_file(rng: random.Random) -> Compared:
    """Read one file both ways."""
    files, meant = written_file(rng)
    ledger = load(MemoryTree(files))
    if ledger.refusals:
        return Compared(0, 0, 0, [f"refused: {ledger.refusals[0]}\n{files['claims/text.yaml'].decode()}"])
    (file,) = ledger.files
    ours = [{**claim_record(claim, file, ledger), "ways": claim.found.ways} for claim in file.claims]
    theirs = list(claims_of("claims/text.yaml", files["claims/text.yaml"].decode(), {"text.txt": files["seeds/text.txt"]}, ("control",)))
    differences = []
    if not len(ours) == len(theirs) == len(meant):
        differences.append(f"{len(ours)}, {len(theirs)} and {len(meant)} claims\n{files['claims/text.yaml'].decode()}")
    for one, other, wanted in zip(ours, theirs, meant, strict=False):
        for field in (*FIELDS, "ways"):
            if json.dumps(one[field]) != json.dumps(other[field]):
                differences.append(
                    f"{field}: {one[field]!r} and {other[field]!r}\nmeant: {wanted}\nseed: {files['seeds/text.txt'].decode()!r}"
                )
        for field, value in wanted.items():
            if value != one[field] and [value] != one[field]:
                differences.append(f"{field}: {one[field]!r} was written as {value!r}\n{files['claims/text.yaml'].decode()}")
    ways = [claim["ways"] for claim in theirs]
    return Compared(len(ours), sum(way > 0 for way in ways), sum(way > 1 for way in ways), differences)


def compared_chunk(seed: int, number: int) -> Compared:
    """Read some files both ways."""
    rng = random.Random(f"{seed}/{number}")
    done = [compared_file(rng) for _ in range(CHUNK)]
    return Compared(
        sum(one.claims for one in done),
        sum(one.found for one in done),
        sum(one.several for one in done),
        [text for one in done for text in one.differences],
    )


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="hold the reader against a second one on generated claims files")
    options.add_argument("claims", type=int, help="how many claims")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = options.parse_args()
    began = time.monotonic()
    claims = found = several = 0
    differences: list[str] = []
    with multiprocessing.Pool(asked.processes) as pool:
        for done in pool.imap_unordered(partial(compared_chunk, asked.seed), range(-(-asked.claims // (CHUNK * CLAIMS)))):
            claims, found, several = claims + done.claims, found + done.found, several + done.several
            differences += done.differences
    for text in differences[:5]:
        print(text, end="\n\n")
    print(
        f"{claims} claims read twice, {found} quotes found, {several} of them more than once, {len(differences)} differences; "
        f"seed {asked.seed}, {time.monotonic() - began:.0f} s"
    )
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
