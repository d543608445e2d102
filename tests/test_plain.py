"""What is written plainly is read as the YAML parser reads it, every text and every place; whatever is not is left to the parser."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from running import ROOT

from ledger import nodes, plain
from ledger.nodes import Listing, Mapping, Node, Refused, Scalar

OWN = [ROOT / "ledger.yaml", *sorted((ROOT / "claims").glob("*.yaml"))]
SMALL = sorted((ROOT / "tests" / "cases").glob("*/*/ledger.yaml"))
TEXTS = [path.read_text(encoding="utf-8", errors="replace").split("\n") for path in (*OWN, *SMALL)]


def dump(node: Node) -> object:
    """A node with every text and place."""
    if isinstance(node, Scalar):
        return node.text, node.line, node.column
    if isinstance(node, Listing):
        return [dump(item) for item in node.items], node.line, node.column
    return [(key, dump(item)) for key, item in node.items.items()], list(node.keys.items()), node.line, node.column


def parsed(text: str) -> object:
    """What the YAML parser makes of a text."""
    try:
        return dump(nodes.compose(text))
    except Refused as refused:
        return refused.refusal


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_this_repository_s_files_are_read_alike(path: Path) -> None:
    text = nodes.decode(path.read_bytes())
    found = plain.plainly(text)
    assert found is not None or path.name != "ledger.yaml"
    assert found is None or dump(found) == parsed(text)


FOLDED = "a: >-\n  one\n  two\nb: c\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n", "a: b", "a:\nb: c\n", "a:\n\n# x\nb: c", "a: [b, c d]\n", "a: []\nb: {}\n", "a: {b: c, d: {e: [f, 'g']}}\n", 'a: "b: #c"\n',
        "a:\n- b\n- c\n", "a:\n  - b\n", "a:\n- b: c\n  d: e\n- {f: g}\n", "a:\n  b:\n    c: d\n  e: f\ng: h\n", FOLDED, "a: it's \"so\"\n",
        "a:\n- b: >-\n    c\n    d\n  e: f\n", "a: b:c#d\n", "a: http://x/y#z\n", "# c\na: b\n  # d\nc: d\n", "a:\n- b:\n  - c\n  d: e\n",
    ],
)  # fmt: skip
def test_what_is_plain_is_read_alike(text: str) -> None:
    found = plain.plainly(text)
    assert found is not None and dump(found) == parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "# only\n", "a\n", "- a\n", "a: b\na: c\n", "a: b\n c: d\n", "a: b\n  c\n", "a: &x b\n", "a: *x\n", "a: !t b\n", "a: |\n  b\n",
        "a: >\n  b\n", "a: b: c\n", "a: b #c\n", "a: -b\n", "a: b \n", "a: b:\n", "a: 'it''s'\n", 'a: "\\n"\n', "a: [b,c]\n", "a: [b\n  , c]\n",
        "a: {b}\n", "a: {b: c} d\n", "a: [b, ]\n", "a: {b: c, b: d}\n", "--- \na: b\n", "a: b\n...\n", "a: b\n---\nc: d\n", "%YAML 1.1\n---\na: b\n",
        "a: >-\n  b\n\n  c\n", "a: >-\n  b\n   c\n", "a: >-\n b \n", "a: >-\nb: c\n", "a: >-\n  b\n # c\n", "? a\n: b\n", "<<: a\n", "a:\n    b: c\n  d: e\n",
        "a: >-\n  b\n\n  # c\n", "a:\n  b: >-\n    c\n\n    # d\n", "a: >-\n  b\n\n\n   # c\nd: e\n", "a:\n- b\n c\n", "a: " + "[" * 9 + "]" * 9 + "\n", "a: " + "b" * 20_001 + "\n", "a" * 200 + ": b\n", "a: b\r\n",
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_left_to_the_parser(text: str) -> None:
    assert plain.plainly(text) is None
    try:
        assert dump(plain.compose(text)) == parsed(text)
    except Refused as refused:
        assert refused.refusal == parsed(text)


LINES = [
    "k: >-",
    "k: v",
    "k:",
    "- k: v",
    "- v",
    "  t",
    "    t",
    "",
    "# y",
    "  # y",
    "    # y",
    "  k: v",
    "  - v",
    "l: >-",
    "  k: >-",
    "[a]",
    "l: [a, {b: c}]",
]


@pytest.mark.parametrize("length", [2, 3, 4])
def test_short_texts_of_every_kind_of_line_are_read_alike(length: int) -> None:
    """All of them, of four lines a part: a comment behind an empty line behind a folded text was lost, and no chance had found it."""
    rng, taken = random.Random(length), 0
    for rows in itertools.product(LINES, repeat=length):
        if length == 4 and rng.random() > 0.15:
            continue
        text = "\n".join(rows) + "\n"
        found = plain.plainly(text)
        if found is not None:
            taken += 1
            assert dump(found) == parsed(text), text
    assert taken > 20


JUNK = [
    "x", " ", "  ", "'", '"', ": ", ":", " #", "#", "- ", "-", "[", "]", "{", "}", ",", ", ", "?", "|", ">", ">-", "&a ", "*a", "!", "%", "@", "`", "~", "0",
    "\n", "\n\n", "\n  ", "\n    ", "key: ", "key:", "<<: ", "é", "Ж", "…", "“", "=", "/", "\\", "---\n", "...\n", "null", "a: b",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_pieces_of_files_and_what_a_hand_makes_of_them_are_read_alike(seed: int) -> None:
    rng = random.Random(seed)
    taken = 0
    for _ in range(300):
        source = rng.choice(TEXTS)
        start = rng.randrange(len(source))
        rows = source[start : start + rng.randrange(1, 14)]
        inner = min((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), default=0)
        rows = [row[inner:] for row in rows]
        text = "\n".join(["top:", *(f"  {row}" for row in rows)] if rng.random() < 0.5 else rows) + rng.choice(["", "\n"])
        for _ in range(rng.randrange(4)):
            place = rng.randrange(len(text) + 1)
            text = text[:place] + rng.choice(JUNK) + text[place + rng.choice([0, 0, 1, 2]) :]
        found = plain.plainly(text)
        if found is not None:
            taken += 1
            assert isinstance(found, Mapping) and dump(found) == parsed(text)
    assert taken > 20
