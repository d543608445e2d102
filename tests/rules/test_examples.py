"""The examples that `ledger explain` shows: each rule has both, and those that are YAML do what they are shown for."""

from __future__ import annotations

import hashlib
import re

import pytest

from ledger.reading import yaml_nodes
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import Listing, Mapping, Node
from ledger.rules import RULES, check_ledger

CODES = sorted(RULES)
# What no fragment of one file can show: bytes, invisible characters, sizes, and which files there are.
NOT_YAML = {
    "S703",
    "S705",
    "S706",
    "S709",
    "S711",
    "Y101",
    "Y102",
    "Y103",
    "Y104",
    "Y112",
    "Y114",
    "Y115",
    "Y116",
    "Y117",
    "Y118",
    "Y119",
    "Y120",
    "Y121",
}

VOCABULARY: dict[str, dict[str, str]] = {
    "places": {
        "millbrook": "{kind: village, names: {en: Millbrook}}",
        "elmdorf": "{kind: village, names: {en: Elmdorf}}",
    },
    "claimants": {
        "ministry": "{name: Ministry of Roads, kind: ministry}",
        "paper": "{name: Gazette, kind: newspaper}",
    },
    "properties": {
        "bridge": "{values: [open, closed], lasts: P7D}",
        "power": "{values: [on, off], parts: true}",
        "people": "{quantity: people, lasts: P1Y}",
        "flood": "{event: true}",
        "traffic": "{values: [running, stopped], subjects: [cars, lorries]}",
        "name-for-it": "{text: true}",
    },
}
OTHER_SEED = "The gate at Millbrook"
OTHERS = {  # claims that a fragment may speak of without showing them
    "bridge-open": {"value": "open"},
    "bridge-closed": {"claimant": "paper", "value": "closed"},
    "name-old": {"property": "name-for-it", "value": "Old Bridge"},
    "name-new": {"property": "name-for-it", "value": "New Bridge"},
}


def seed_of(fragment: str) -> str:
    """The words of the source that a fragment gives, or those of all others."""
    found = re.match(r"# the seed: (.*\n(?:#.*\n)*)", fragment)
    return re.sub("(?m)^# ?", "", found[1]) if found else "The bridge at Millbrook is open.\n"


def in_claims(fragment: str) -> str:
    """A fragment as a whole file: a list is one of claims."""
    return "claims:\n" + fragment if re.match(r"(#.*\n)*- ", fragment) else fragment


def written(node: Node) -> str:
    """A node as YAML that says the same."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in node.items.items()) + "}"
    if isinstance(node, Listing):
        return "[" + ", ".join(written(item) for item in node.items) + "]"
    return "'" + node.text.replace("'", "''") + "'" if node.text else ""


def claim_of(fields: dict[str, str], quote: str) -> str:
    """A claim with what the fragment leaves out."""
    more = {"place": "millbrook", "claimant": "ministry", "said": "2025-03-10", "quote": f"'{quote}'"}
    if "property" not in fields:
        more |= {"property": "bridge", "value": "open"}
    return mapping_of(more | fields)


def mapping_of(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {text}" for key, text in fields.items()) + "}"


def head_of(name: str, seed: str) -> dict[str, str]:
    """The head of a claims file."""
    return {"seed": name, "sha256": hashlib.sha256(seed.encode()).hexdigest(), "language": "en", "published": "2025-03-10"}


def file_of(head: dict[str, str], claims: list[str]) -> str:
    """The text of a claims file."""
    return "".join(f"{key}: {text}\n" for key, text in head.items()) + "claims:\n" + "".join(f"- {claim}\n" for claim in claims)


def files_around(code: str, fragment: str) -> dict[str, str]:
    """A little ledger around a fragment: what it leaves out filled in, and the claims that it may speak of in a file of their own."""
    seed = seed_of(fragment)
    root = yaml_nodes.compose(in_claims(fragment))
    vocabulary = {part: dict(entries) for part, entries in VOCABULARY.items()}
    head, claims = head_of("text.txt", seed), []
    for key, node in root.items.items():
        if key in vocabulary:
            assert isinstance(node, Mapping)
            vocabulary[key] |= {name: written(entry) for name, entry in node.items.items()}
        elif key == "claims":
            assert isinstance(node, Listing)
            for entry in node.items:
                assert isinstance(entry, Mapping)
                claims.append({name: written(value) for name, value in entry.items.items()})
        else:
            head[key] = written(node)
    ids = {claim["id"].strip("'") for claim in claims}
    others = [claim_of({"id": name, **fields}, OTHER_SEED) for name, fields in OTHERS.items() if name not in ids]
    return {
        "ledger.yaml": "format: 1\nlanguage: en\n"
        + "".join(f"{part}:\n" + "".join(f"  {name}: {text}\n" for name, text in entries.items()) for part, entries in vocabulary.items()),
        "claims/text.yaml": file_of(
            head, [mapping_of(claim) if code == "F202" else claim_of(claim, seed.splitlines()[0].rstrip(".")) for claim in claims]
        ).replace("claims:\n", "claims:\n" if claims else "claims: []\n"),
        "claims/zzz.yaml": file_of(head_of("others.txt", OTHER_SEED), others),
        "seeds/text.txt": seed,
        "seeds/others.txt": OTHER_SEED,
    }


def count(code: str, fragment: str) -> int:
    """How often a rule fires in the little ledger around a fragment."""
    ledger = load(MemoryTree({path: text.encode() for path, text in files_around(code, fragment).items()}))
    assert not ledger.refusals, ledger.refusals
    return sum(found.code == code for found in check_ledger(ledger).diagnostics)


@pytest.mark.parametrize("code", CODES)
def test_examples_are_short_and_differ(code: str) -> None:
    bad, good = RULES[code].bad, RULES[code].good
    assert bad != good
    for text in (bad, good):
        assert text.strip() and text.endswith("\n") and not text.startswith("\n") and len(text.splitlines()) <= 6
        assert max(map(len, text.splitlines())) <= 100 and text.replace("\n", "").isprintable()


@pytest.mark.parametrize("code", [code for code in CODES if code not in NOT_YAML])
def test_the_bad_example_breaks_its_rule_and_the_good_one_does_not(code: str) -> None:
    bad, good = RULES[code].bad, RULES[code].good
    if code.startswith("Y"):
        with pytest.raises(Refused) as refused:
            yaml_nodes.compose(yaml_nodes.decode(bad.encode()))
        assert refused.value.refusal.name == RULES[code].name
        yaml_nodes.compose(yaml_nodes.decode(in_claims(good).encode()))
    elif code == "W907":  # of what the little ledger has besides, some is unused
        assert count(code, bad) > count(code, good)
    else:
        assert count(code, bad) > 0 and count(code, good) == 0
