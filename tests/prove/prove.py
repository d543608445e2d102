"""The long proof: random ledgers on which the engine and the oracle must give the same answer, claim by claim.

    python tests/prove/prove.py 200000 [--seed 1] [--processes 2]

Prints what was compared and how many pairs each feature decided, and exits 1 on any disagreement, with the first few, made as small as they go.
"""

from __future__ import annotations

import argparse
import copy
import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path[1:1] = map(str, Path(__file__).resolve().parents[1:3])

import oracle
from bridge import SEARCHES, Defective, as_told, valid_ledger_of, verdicts_of
from ledger_coverage import LEAVING_OUT, decided_by_features
from ledger_strategies import corrections_stand, random_as_of, random_ledger

from ledger.model import Ledger

Record = dict[str, Any]
Answer = list[Record] | str

CHUNK = 500  # cases of one seed of their own, so that the number of processes changes nothing
SHOWN = 3


class Case(NamedTuple):
    """A ledger, the day from which it is looked back upon, and how the engine searches it."""

    ledger: Record
    as_of: str | None
    search: str = "all against all"


class Compared(NamedTuple):
    """What was compared: ledgers, pairs of claims (with and without `as_of`), contradictions; the disagreements (each search of the engine
    counts); and how many pairs each feature decided (without `as_of`)."""

    cases: int
    pairs: int
    found: int
    disagreements: list[Case]
    decided: Counter[str]

    def and_also(self, other: Compared) -> Compared:
        """This and the other together."""
        cases, pairs, found = self.cases + other.cases, self.pairs + other.pairs, self.found + other.found
        return Compared(cases, pairs, found, self.disagreements + other.disagreements, self.decided + other.decided)


def oracle_verdicts(ledger: Record, as_of: str | None) -> list[Record]:
    """What the oracle finds, as the engine would tell it."""
    return as_told(oracle.verdicts(ledger, as_of))


def engine_verdicts(case: Case, ledger: Ledger | None = None) -> list[Record]:
    """What the engine finds; `ledger` is its own of the case, where that was made before."""
    return verdicts_of(ledger or valid_ledger_of(case.ledger), case.as_of, SEARCHES[case.search])


def engine_answer(case: Case, ledger: Ledger | None = None) -> Answer:
    """The engine's answer; a text where it raised something."""
    try:
        return engine_verdicts(case, ledger)
    except Exception as raised:  # whatever it is, it is no answer
        return f"{type(raised).__name__}: {raised}"


def engine_ledger(plain: Record) -> Ledger | None:
    """The engine's own ledger; nothing where it can't be made."""
    try:
        return valid_ledger_of(plain)
    except Exception:  # it is raised again, and shown, where the ledger is asked for an answer
        return None


def disagreement(case: Case) -> str:
    """Both answers and the ledger as JSON where they differ, else nothing."""
    ours, theirs = oracle_verdicts(case.ledger, case.as_of), engine_answer(case)
    if ours == theirs:
        return ""
    shown = [json.dumps(case.ledger, ensure_ascii=False, indent=1), f"as of: {case.as_of}"]
    for name, answer, other in (("oracle", ours, theirs), (f"engine, {case.search}", theirs, ours)):
        lines = [answer] if isinstance(answer, str) else [f"{'  ' if entry in other else '! '}{json.dumps(entry)}" for entry in answer]
        shown += [f"{name}:", *(lines or ["  nothing"])]
    return "\n".join(shown)


def compared(seed: str, cases: int) -> Compared:
    """Compare so many random ledgers."""
    rng = random.Random(seed)
    pairs, found, disagreements, decided = 0, 0, [], Counter[str]()
    for _ in range(cases):
        ledger = random_ledger(rng)
        made = engine_ledger(ledger)
        claims = sum(len(file["claims"]) for file in ledger["files"])
        for as_of in (None, random_as_of(rng)):
            ours = oracle_verdicts(ledger, as_of)
            if as_of is None:
                decided += decided_by_features(ledger, oracle.verdicts(ledger))
            pairs, found = pairs + claims * (claims - 1) // 2, found + len(ours)
            disagreements += [case for search in SEARCHES if engine_answer(case := Case(ledger, as_of, search), made) != ours]
    return Compared(cases, pairs, found, disagreements, decided)


# --- Making a disagreement small ---------------------------------------------------------------------------------


def still_disagrees(case: Case) -> bool:
    """Whether a case that was made smaller is still a valid ledger on which the two differ."""
    try:
        ours = oracle_verdicts(case.ledger, case.as_of)
        if not corrections_stand(case.ledger):
            return False
    except Exception:  # the oracle reads valid ledgers only
        return False
    try:
        return ours != engine_verdicts(case)
    except Defective:
        return False
    except Exception:
        return True


def smaller(case: Case) -> Iterator[Case]:
    """Every case with one thing less: a claim, a file, a note, an entry of the vocabulary, an option of any of these."""
    if case.search != "all against all":
        yield case._replace(search="all against all")
    if case.as_of is not None:
        yield case._replace(as_of=None)
    for number, file in enumerate(case.ledger["files"]):
        for index in range(len(file["claims"])):
            ledger = copy.deepcopy(case.ledger)
            gone = ledger["files"][number]["claims"].pop(index)["id"]
            yield case._replace(ledger=_without_references(ledger, gone))
    for number in range(1, len(case.ledger["files"])):
        ledger = copy.deepcopy(case.ledger)
        ledger["files"][0]["claims"] += ledger["files"].pop(number)["claims"]
        yield case._replace(ledger=ledger)
    for path in list(_options(case.ledger)):
        ledger = copy.deepcopy(case.ledger)
        parent: Any = ledger
        for key in path[:-1]:
            parent = parent[key]
        del parent[path[-1]]
        yield case._replace(ledger=ledger)


def _without_references(ledger: Record, gone: str) -> Record:
    for file in ledger["files"]:
        file["tensions"] = [tension for tension in file.get("tensions", ()) if gone not in tension["claims"]]
        for claim in file["claims"]:
            for option in {"disputes", "corrects"} & claim.keys():
                claim[option] = [id for id in claim[option] if id != gone]
    ledger["files"] = [file for file in ledger["files"] if file["claims"]]
    return ledger


def _options(ledger: Record) -> Iterator[tuple[Any, ...]]:
    """The paths of all that could be left out."""
    for kind, entries in ledger["vocabulary"].items():
        for name, entry in entries.items():
            yield "vocabulary", kind, name
            yield from (("vocabulary", kind, name, option) for option in entry)
            implied = entry.get("implies", ())
            for index, item in enumerate(implied):
                yield "vocabulary", kind, name, "implies", item if isinstance(implied, dict) else index
    for number, file in enumerate(ledger["files"]):
        yield from (("files", number, option) for option in file if option not in ("name", "claims"))
        for index, claim in enumerate(file["claims"]):
            yield from (("files", number, "claims", index, option) for option in claim)


def shrunk(case: Case) -> Case:
    """The case without all that can be left out while the two still differ."""
    found = True
    while found:
        found = False
        for candidate in smaller(case):
            if _is_less(candidate, case) and still_disagrees(candidate):
                case, found = candidate, True
                break
    return case


def _is_less(one: Case, other: Case) -> bool:
    return len(json.dumps(one)) < len(json.dumps(other)) or one.search != other.search


# --- The run -----------------------------------------------------------------------------------------------------


def compared_chunk(seed: int, cases: int, number: int) -> Compared:
    """Compare the cases of one chunk of a run."""
    return compared(f"{seed}/{number}", min(CHUNK, cases - number * CHUNK))


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="hold the contradiction engine against the oracle on random ledgers")
    options.add_argument("cases", type=int, help="how many ledgers")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = options.parse_args()
    began, total = time.monotonic(), Compared(0, 0, 0, [], Counter())
    chunks = range((asked.cases + CHUNK - 1) // CHUNK)
    with multiprocessing.Pool(asked.processes) as pool:
        for done in pool.imap_unordered(partial(compared_chunk, asked.seed, asked.cases), chunks):
            total = total.and_also(done)
    for case in total.disagreements[:SHOWN]:
        print(disagreement(shrunk(case)), end="\n\n")
    print("pairs decided by " + ", ".join(f"{name}: {total.decided[name]}" for name in ("relayed", *LEAVING_OUT)))
    print(
        f"{total.cases} ledgers, {total.pairs} pairs compared, {total.found} contradictions, "
        f"{len(total.disagreements)} disagreements; seed {asked.seed}, {time.monotonic() - began:.0f} s"
    )
    return 1 if total.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
