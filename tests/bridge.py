"""Plain ledgers, as the oracle takes them, turned into the engine's Ledger without YAML text."""

from __future__ import annotations

from typing import Any

from ledger.checks import excluded
from ledger.claims import read_claims_file
from ledger.conflicts import find_conflicts
from ledger.dates import parse_date
from ledger.model import Ledger
from ledger.nodes import Listing, Mapping, Node, Scalar
from ledger.seeds import Seed
from ledger.vocabulary import read_vocabulary

SEED_TEXT = "\n\n".join(f"Sentence number {number} of this text stands here." for number in range(40))


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
    """The engine's ledger of a plain one; each claim quotes a sentence of its own."""
    root = node_of({"format": "1", "language": "en", **plain["vocabulary"]})
    assert isinstance(root, Mapping)
    vocabulary = read_vocabulary(root)
    assert not [flaw for flaw in vocabulary.flaws if flaw.name != "unnamed"], vocabulary.flaws
    files = []
    for number, file in enumerate(plain["files"]):
        name = f"{number}.txt"
        seed = Seed(name, SEED_TEXT.encode())
        claims = [{**claim, "quote": f"Sentence number {index} of this text stands here."} for index, claim in enumerate(file["claims"])]
        head = {"seed": name, "sha256": seed.sha256, "language": "en", "published": file["published"], "claims": claims}
        if file.get("tensions"):
            head["tensions"] = [{**tension, "by": "a curator", "on": "2025-01-01", "why": "at odds"} for tension in file["tensions"]]
        node = node_of(head)
        assert isinstance(node, Mapping)
        files.append(read_claims_file(file["name"], node, vocabulary, lambda _, seed=seed: (seed, None)))
    return Ledger(vocabulary, tuple(sorted(files, key=lambda file: file.path)), (), (), ())


def engine_verdicts(plain: dict[str, Any], as_of: str | None = None) -> list[dict[str, Any]]:
    """What the engine finds, in the oracle's form."""
    ledger = ledger_of(plain)
    left_out = excluded(ledger)
    assert not left_out, f"the generator made a claim with a defect: {left_out}"
    found = find_conflicts(ledger, left_out, None if as_of is None else parse_date(as_of).last)
    return [
        {
            "claims": list(conflict.ids),
            "kind": conflict.kind,
            "strength": conflict.strength,
            "relation": conflict.relation,
            "place": conflict.place,
            "property": conflict.property,
            "subject": conflict.subject,
        }
        for conflict in found.conflicts
    ]
