"""Claims read line by line (`ledger.lines`) are what the YAML parser reads: the same texts, lists, places and refusals."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT

from ledger.model import Finding
from ledger.reading import claim_lines, claims, yaml_nodes
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import Listing, Mapping, Node, Scalar

OWN = sorted((ROOT / "claims").glob("*.yaml"))


def plain(node: Node | claim_lines.Written) -> object:
    """A node as plain values with its places; a claim read line by line like one that the parser read."""
    if isinstance(node, claim_lines.Written):
        values: dict[str, object] = {}
        assert all((key in node) == (key in dict(node.items())) for key in (*claims.CLAIM.fields, "via.0", "no-field"))
        assert [key for key in node if "." not in key and dict(zip(claims.CLAIM.fields, node.row, strict=True))[key] is None] == []
        for key, value in zip(claims.CLAIM.fields, node.row, strict=True):
            if isinstance(value, str):
                values[key] = (value, *node[key])
            elif isinstance(value, tuple):
                values[key] = ([(word, *node[f"{key}.{number}"]) for number, word in enumerate(value)], *node[key])
            elif value is not None:
                values[key] = (value, [node[f"{key}.{code}"] for code in value], *node[key])
        return values, node.line, node.column
    if isinstance(node, Scalar):
        return node.text, node.line, node.column
    if isinstance(node, Listing):
        return [plain(item) for item in node.items], node.line, node.column
    if "accept" in node.items and isinstance(accept := node.items["accept"], Mapping):
        texts = {code: getattr(text, "text", plain(text)) for code, text in accept.items.items()}
        values = {key: plain(item) for key, item in node.items.items()}
        return values | {"accept": (texts, list(accept.keys.values()), accept.line, accept.column)}, node.line, node.column
    return {key: plain(item) for key, item in node.items.items()}, node.line, node.column


def whole(root: Mapping, listed: Iterable[Node | claim_lines.Written]) -> object:
    """A claims file as plain values with its places."""
    at = root.items.get("claims")
    values = {key: plain(item) for key, item in root.items.items() if item is not at or type(at) is not Listing}
    return values, root.keys, [plain(claim) for claim in listed], (at.line, at.column) if type(at) is Listing else None


def read(text: str) -> object:
    """What the line reader makes of a text."""
    try:
        listed = claims.compose(text)
        return whole(listed.root, listed.claims)
    except Refused as refused:
        return refused.refusal


def parsed(text: str) -> object:
    """What the YAML parser alone makes of it."""
    try:
        root = yaml_nodes.compose(text)
        return whole(root, claim_lines.listed_in(root).claims)
    except Refused as refused:
        return refused.refusal


def written(text: str) -> int:
    """How many claims were read line by line."""
    return sum(isinstance(claim, claim_lines.Written) for claim in claims.compose(text).claims)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_this_repository_s_claims_are_read_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read(text) == parsed(text)
    assert written(text) > 20, "the line reader takes most claims"


HEAD = "seed: a.txt\nlanguage: en\n"
CLAIM = "- id: one\n  place: town\n  property: control\n  claimant: me\n  said: 2025-01-01\n  quote: the words\n"
OTHER = CLAIM.replace("one", "two")
TAIL = 'passed-over:\n- {quote: "x", why: "y"}\n'


@pytest.mark.parametrize(
    "text, taken",
    [
        (HEAD + "claims:\n" + CLAIM, 1),
        (HEAD + "claims:\n\n# first\n" + CLAIM + "\n# between\n\n" + OTHER + TAIL, 2),
        (HEAD + "claims:\n" + CLAIM + '  note: "a: b #c"\n' + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  note: a: b\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "  note: >-\n    a: b #c\n" + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  note: a #b\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  note: 'it''s'\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + '  note: it\'s "so" [sic] {x} & *y*\n' + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  note: >-\n    folded\n    over lines\n" + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  note: >-\n    folded\n\n    over lines\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  note: goes\n    on\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  via: [a, b]\n  disputes: [c]\n" + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  via: a\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  place: again\n" + OTHER, 0),  # a duplicate: refused
        (HEAD + "claims:\n" + CLAIM + "  extnet: all\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + '  accept: {Q310: so it is, Q314: "a, b: #c"}\n' + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "  accept: {Q310: so, Q310: it is}\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + '  accept: {Q310: ""}\n' + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  note: {Q310: so it is}\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  accept: so it is\n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "  note: ends with a colon:\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "  note: trailing space \n" + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + '  note: ""\n' + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM.replace("- id", "-  id") + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + '  note: "never closed\n' + OTHER + TAIL, 0),
        (HEAD + 'note: "open\nclaims:\n' + CLAIM + TAIL, 0),
        (HEAD + "note: |\n  claims:\nclaims:\n" + CLAIM, 1),
        (HEAD + "claims:\n" + CLAIM + "---\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "claims:\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "\u00a0  via: [a]\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "-x: y\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + " x: y\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "- just text\n" + OTHER, 2),
        (HEAD + "claims:\n" + CLAIM + "-\n" + OTHER, 0),
        ("{" + HEAD.replace("\n", ", ") + "\nclaims:\n" + CLAIM + "}", 0),
        (HEAD + "x: {\nclaims:\n" + CLAIM + "}\n", 0),
        (HEAD + "x: [\nclaims:\n" + CLAIM + TAIL + "]\n", 0),
        (HEAD + "claims:\n" + CLAIM.replace("\n", "\r\n"), 0),
        (HEAD + "claims:\n" + OTHER + CLAIM.rstrip("\n"), 0),  # as it stands, whole
        (HEAD + "claims:\n" + CLAIM + "''\n", 0),  # refused; an empty text would be what `claims` says, if no claim stood before it
        (HEAD + "claims:\n" + CLAIM + "'a'\nx: y\n", 0),
        (HEAD + "claims:\n" + CLAIM + "{x: y}\n", 0),
        (HEAD + "claims:\n" + CLAIM + "  via: [a,\n" + OTHER + TAIL, 0),
        (HEAD + "claims:\n" + CLAIM + "#  note: left out\n" + OTHER, 2),  # what is commented out is not there
        (HEAD + "claims:\n" + CLAIM.replace("  quote", "#  quote") + OTHER, 1),
        (HEAD + "claims:\n" + CLAIM + "-x  note: y\n" + OTHER, 0),  # refused for the claim that follows
        (HEAD + "claims:\n" + CLAIM + "\u00a0 note: y\n" + OTHER, 0),
        (HEAD + "claims:\n" + CLAIM + "  via: a\n" + OTHER + OTHER.replace("two", "three") + CLAIM.replace("one", "4") + "  via: b\n", 2),
        (HEAD + "claims:\n" + CLAIM + "  note: 'x\n" + OTHER.replace("the words", "it's'") + TAIL, 0),
    ],
)
def test_what_is_taken_and_what_is_left_to_the_parser(text: str, taken: int) -> None:
    assert read(text) == parsed(text)
    if not isinstance(parsed(text), Finding):
        assert written(text) == taken


@pytest.mark.parametrize(
    "end", ["- ? note\n ", "- ? note\n# so", "  ? note\n  ", "tensions:\n- why: so\n  ? by\n ", "note:\n  ? a\n ", "note: >-\n  a\n "]
)
def test_places_in_a_last_line_without_a_line_end_are_the_parser_s(end: str) -> None:
    text = HEAD + "claims:\n" + CLAIM + OTHER + end
    assert read(text) == parsed(text)


# Claims that are not written plainly, and entries that are no claims: some closed where the next begins, some not.
OTHERWISE = [
    CLAIM + "  note: goes\n    on\n", CLAIM + "  note: 'it''s'\n", CLAIM + '  note: "a\\u0301"\n', CLAIM + "  via: a\n", CLAIM + "  via:\n  - a\n  - b\n",
    CLAIM + "  note: |+\n    a\n\n\n", CLAIM + "  note: |1\n   a\n", CLAIM + "  note: >-\n    a\n\n    # b\n", CLAIM + "  note:\n", CLAIM + "  ? note\n",
    CLAIM + "  ? note\n\n# so\n", CLAIM + "  ? note\n  : a\n", CLAIM + "  accept:\n    Q310: so it is\n", CLAIM + "  extnet: all\n",
    CLAIM + "  note: a # b\n", "- {id: one,\n   note: it is}\n", "- id: one\n\n  # so\n  place: town\n", "-  id: one\n   place: town\n", "- # so\n  id: one\n",
    "- just text\n", "- goes\n  on\n", "- |\n  a\n", "- - a\n  - b\n", "- ? a\n", "- \n", "- a:\n",
    CLAIM + "-\n", CLAIM + " x: y\n", CLAIM + "  note: 'a\n", CLAIM + '  note: "a\n', CLAIM + "  via: [a,\n", CLAIM + "  note: {a\n", CLAIM + "  note\n",
    CLAIM + "  place: again\n", CLAIM + "  note: *a\n", CLAIM + "  note: a: b\n", "- [a\n", "- 'a\n", "- a: b\n c: d\n",
]  # fmt: skip


@pytest.mark.parametrize("one", OTHERWISE)
def test_what_is_left_to_the_parser_is_read_in_its_place(one: str) -> None:
    """Each behind and before every other, at once or with a claim between them, with something behind the claims or nothing."""
    for other in OTHERWISE:
        for entries in (one + other, one + CLAIM + other + OTHER):
            for text in (HEAD + "claims:\n" + entries, HEAD + "claims:\n\n# so\n" + OTHER + entries + TAIL):
                assert read(text) == parsed(text), text


def test_where_much_is_left_to_the_parser_it_reads_the_whole() -> None:
    left = CLAIM + "  via: a\n"
    for many, taken in ((claim_lines.MOST_LEFT, 2), (claim_lines.MOST_LEFT + 1, 0)):
        text = HEAD + "claims:\n" + OTHER + left * many + OTHER + TAIL
        assert read(text) == parsed(text)
        assert written(text) == taken


PIECES = st.sampled_from(
    [CLAIM, OTHER, TAIL, HEAD, "claims:\n", "- id: x\n", "  note: a\n", "  place: ", "  ", "    ", "\n", "- ", ": ", " #", '"', "'", "[", "]",
     "{", "}", ",", ">-\n", "|\n", ">", "#", "-", "?", "!", "&a ", "*a", "%", "@", "`", "---\n", "...\n", "é", "Київ", "\u00a0", "a", "1", "~", "\\", "<<", "x:\n", "=", "\r\n", "  accept: {Q310: ", "  via: [a, b]\n", "Q314: x}\n", "-x: 1\n", " x: 1\n", "-\n"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=12), st.lists(PIECES, max_size=12))
def test_the_line_reader_and_the_parser_read_alike(middle: list[str], end: list[str]) -> None:
    text = HEAD + "claims:\n" + CLAIM + "".join(middle) + OTHER + "".join(end)
    assert read(text) == parsed(text)


@pytest.mark.parametrize("seed", range(200))
def test_broken_claims_are_read_alike(seed: int) -> None:
    rng = random.Random(seed)
    text = rng.choice(OWN).read_text(encoding="utf-8")
    rows = text.split("\n")[:150]
    junk = [
        "#",
        "#  ",
        "-",
        '"',
        "'",
        ": ",
        " #",
        "[",
        "{",
        ">",
        "|",
        "  ",
        "- ",
        "&x ",
        "\n",
        "]",
        "}",
        "%",
        ":",
        "é",
        "\u00a0",
        "''",
        "\\",
    ]
    for _ in range(rng.randint(1, 4)):
        number = rng.randrange(len(rows))
        place = rng.randrange(len(rows[number]) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            del rows[number]
        elif kind == 1:
            rows.insert(number, rng.choice(rows))
        else:
            rows[number] = rows[number][:place] + rng.choice(junk) + rows[number][place + rng.randint(0, 2) :]
    broken = "\n".join(rows)
    assert read(broken) == parsed(broken)


def test_a_claim_says_where_its_fields_stand() -> None:
    claim = claims.compose(HEAD + "claims:\n" + CLAIM).claims[0]
    assert isinstance(claim, claim_lines.Written) and "extent" not in claim and len(claim) == 6 and claim["place"] == (5, 10)
