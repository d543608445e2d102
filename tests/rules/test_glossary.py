"""The words of `ledger.yaml` as `ledger explain` tells them: every word is there, and each example does what is said of it."""

from __future__ import annotations

import hashlib

import pytest
from running import run

from ledger.conflicts import find_conflicts
from ledger.reading import yaml_nodes
from ledger.reading.loader import load
from ledger.reading.properties import PROPERTY_FIELDS
from ledger.reading.trees import MemoryTree
from ledger.reading.vocabulary import CLAIMANT_FIELDS, PLACE_FIELDS, TOP_FIELDS
from ledger.reading.yaml_nodes import Listing, Mapping, Node, Scalar
from ledger.rules import check_ledger, excluded
from ledger.rules.glossary import WORDS

NUMBERS = ("one", "two", "three", "four", "five")
SEED = "".join(f"Sentence {number} of the text stands here.\n\n" for number in NUMBERS)


def written(node: Node) -> str:
    """A node as YAML that says the same."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in node.items.items()) + "}"
    if isinstance(node, Listing):
        return "[" + ", ".join(written(item) for item in node.items) + "]"
    return "'" + node.text.replace("'", "''") + "'"


def files_of(example: str) -> dict[str, bytes]:
    """The ledger that an example is a part of."""
    root = yaml_nodes.compose(example)
    parts = {
        "places": {"town": "{kind: town, names: {en: Millbrook}}"},
        "claimants": {f"claimant-{number}": f"{{name: Claimant {number}}}" for number in NUMBERS},
        "properties": {"bridge": "{values: [open, closed]}"},
        "words": {},
    }
    first = "bridge"
    for part in parts:
        node = root.items.get(part)
        if isinstance(node, Mapping):
            parts[part] = {**({} if part == "properties" else parts[part]), **{key: written(value) for key, value in node.items.items()}}
            if part == "properties":
                first = next(iter(node.items))
    claims = []
    listed = root.items.get("claims")
    for node in listed.items if isinstance(listed, Listing) else ():
        assert isinstance(node, Mapping) and isinstance(node.items["id"], Scalar)
        number = node.items["id"].text
        usual = {"place": "town", "property": first, "claimant": f"claimant-{number}", "quote": f"Sentence {number} of the text"}
        fields = {**usual, **{key: written(value) for key, value in node.items.items()}}
        claims.append("- {" + ", ".join(f"{key}: {text}" for key, text in fields.items()) + "}\n")
    vocabulary = "".join(
        f"{part}:\n" + "".join(f"  {key}: {text}\n" for key, text in entries.items()) for part, entries in parts.items() if entries
    )
    digest = hashlib.sha256(SEED.encode()).hexdigest()
    head = f"seed: text.txt\nsha256: {digest}\nlanguage: en\npublished: 2025-12-31\nabout: [{', '.join(parts['places'])}]\n"
    return {
        "ledger.yaml": f"format: 1\nlanguage: en\n{vocabulary}".encode(),
        "claims/text.yaml": (head + "claims:" + ("\n" + "".join(claims) if claims else " []\n")).encode(),
        "seeds/text.txt": SEED.encode(),
    }


def test_every_word_that_ledger_yaml_may_hold_is_told() -> None:
    fields = {*TOP_FIELDS, *PLACE_FIELDS, *CLAIMANT_FIELDS, *PROPERTY_FIELDS} - {"note"}
    assert fields == set(WORDS)


@pytest.mark.parametrize("word", [word for word, told in WORDS.items() if told.example])
def test_the_example_says_what_is_told_of_it(word: str) -> None:
    told = WORDS[word]
    ledger = load(MemoryTree(files_of(told.example)))
    unused = {"unused", "number_not_in_quote", "translation_missing"}  # of what the example does not show
    assert [each for each in check_ledger(ledger).diagnostics if each.name not in unused] == []
    found = find_conflicts(ledger, excluded(ledger)).conflicts
    assert tuple(f"{' '.join(conflict.ids)}: {conflict.kind}, {conflict.strength}" for conflict in found) == told.then
    assert f"{word}:" in told.example


@pytest.mark.parametrize("word", WORDS)
def test_explain_tells_the_word(word: str) -> None:
    code, out, err = run("explain", word)
    assert (code, err) == (0, "")
    assert out.startswith(f"{word}\n") and all(line.strip() in out for line in WORDS[word].example.splitlines())


def test_a_word_that_is_none_is_told_with_what_was_meant() -> None:
    assert "did you mean `cumulative`?" in run("explain", "cumulatve").err
