"""Plain ledgers, as the oracle takes them, turned into the engine's Ledger without YAML text."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from ledger_strategies import FEATURES

from ledger.conflicts import accounts, find_conflicts
from ledger.conflicts.finder import Conflict, every_conflict
from ledger.conflicts.search import candidates, lookup
from ledger.conflicts.search.counting import MANY
from ledger.model import Ledger
from ledger.reading.claim_lines import listed_in
from ledger.reading.claims import read_claims_file
from ledger.reading.vocabulary import read_vocabulary
from ledger.reading.yaml_nodes import Listing, Mapping, Node, Scalar
from ledger.rules import excluded
from ledger.texts.dates import parse_date
from ledger.texts.seeds import Seed

SEED_TEXT = "\n\n".join(f"Sentence number {number} of this text stands here." for number in range(40))

Search = tuple[int, int, int | None]
SEARCHES: dict[str, Search] = {  # how many readings, pairs, and answers (None: as usual) are few
    "all against all": (10**9, MANY, None),
    "by sweeps": (0, MANY, None),
    "in crowds": (0, 0, None),
    "by boxes": (0, MANY, 0),
    "by boxes, in crowds": (0, 0, 0),
}
FEW_ANSWERS = (
    (candidates, "FEW_POSITIONS"),
    (candidates, "MANY_DENIED"),
    (candidates, "MANY_STARTS"),
    (lookup, "MANY_OF_A_MOUTH"),
    (accounts, "MOST_TRIED"),
)


FIELDS = ("kind", "strength", "relation", "place", "property", "subject")
PAIRS = ("corrected",) if hasattr(Conflict, "corrected") else ()  # (id, by) of each correction of either claim


class Defective(AssertionError):
    """A plain ledger that was to be valid has a defect."""


def node_of(plain: Any, line: int = 1) -> Node:
    """The nodes that the reader would give for plain data; every claim gets a line of its own."""
    if isinstance(plain, dict):
        mapping = Mapping(line, 1)
        for key, value in plain.items():
            mapping.keys[key] = (line, 1)
            mapping.items[key] = node_of(value, line)
        return mapping
    if isinstance(plain, list):
        listing = Listing(line, 1)
        listing.items = [node_of(item, line + number) for number, item in enumerate(plain, 1)]
        return listing
    return Scalar(str(plain), line, 1)


def ledger_of(plain: dict[str, Any]) -> Ledger:
    """The engine's ledger of a plain one; each claim quotes a sentence of its own, if it gives no quote."""
    root = node_of({"format": "1", "language": "en", **plain["vocabulary"]})
    assert isinstance(root, Mapping)
    vocabulary = read_vocabulary(root)
    files = []
    for number, file in enumerate(plain["files"]):
        name = f"{number}.txt"
        seed = Seed(name, SEED_TEXT.encode())
        claims = [{"quote": f"Sentence number {index} of this text stands here.", **claim} for index, claim in enumerate(file["claims"])]
        head = {"seed": name, "sha256": seed.sha256, "language": "en", **file, "claims": claims}
        head["tensions"] = [{**tension, "by": "a curator", "on": "2025-01-01", "why": "at odds"} for tension in file.get("tensions", ())]
        del head["name"]
        node = node_of(head if head["tensions"] else {key: value for key, value in head.items() if key != "tensions"})
        assert isinstance(node, Mapping)
        files.append(read_claims_file(file["name"], listed_in(node), vocabulary, partial(_found_seed, seed)))
    return Ledger(vocabulary, tuple(sorted(files, key=lambda file: file.path)), (), (), ())


def _found_seed(seed: Seed, _: str) -> tuple[Seed, None]:
    return seed, None


def valid_ledger_of(plain: dict[str, Any]) -> Ledger:
    """The engine's ledger of a plain one that has no defect; raises Defective."""
    ledger = ledger_of(plain)
    flaws = [flaw for flaw in ledger.vocabulary.flaws if flaw.name != "unnamed"]
    left_out = excluded(ledger)
    if flaws or left_out:
        raise Defective(f"a ledger for the engine and the oracle has a defect: {flaws} {left_out}")
    return ledger


def engine_verdicts(plain: dict[str, Any], as_of: str | None = None) -> list[dict[str, Any]]:
    """What the engine finds, in the oracle's form."""
    return verdicts_of(valid_ledger_of(plain), as_of)


def verdicts_of(
    ledger: Ledger, as_of: str | None = None, search: Search | None = None, left_out: Collection[tuple[str, int]] = ()
) -> list[dict[str, Any]]:
    """What the engine finds in a ledger of its own, in the oracle's form."""
    few, many, answers = search or (candidates.FEW, MANY, None)
    limits = [
        (candidates, "FEW", few),
        (accounts, "FEW_WORDS", few),
        *((module, name, answers) for module, name in FEW_ANSWERS if answers is not None),
    ]
    usual = [(module, name, getattr(module, name)) for module, name, _ in limits]
    try:
        for module, name, limit in limits:
            setattr(module, name, limit)
        found = find_conflicts(ledger, left_out, None if as_of is None else parse_date(as_of).last, many)
        return [_plain(conflict) for conflict in every_conflict(found, ledger.vocabulary)]
    finally:
        for module, name, limit in usual:
            setattr(module, name, limit)


def _plain(conflict: Conflict) -> dict[str, Any]:
    plain = {"claims": list(conflict.ids), **{field: getattr(conflict, field) for field in FIELDS}}
    return plain | {field: [list(pair) for pair in getattr(conflict, field)] for field in PAIRS}


def as_told(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the oracle finds, in the words that the engine has for it: without those of features that it does not know."""
    told = [{key: entry[key] for key in ("claims", *FIELDS, *PAIRS)} for entry in entries]
    return told if "via" in FEATURES else [entry | {"relation": entry["relation"].replace("relayed", "own")} for entry in told]
