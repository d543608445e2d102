"""The reader of YAML: every scalar is the text as written, every position exact, and whatever could mislead is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.model import Finding, Related
from ledger.reading.yaml_errors import Refused, position
from ledger.reading.yaml_nodes import MAX_DEPTH, MAX_SCALAR, Listing, Mapping, Node, compose, decode


def read(text: str | bytes) -> Mapping:
    """The mapping that a file's text is."""
    return compose(decode(text if isinstance(text, bytes) else text.encode()))


def refusal(text: str | bytes) -> Finding:
    """Why a file is refused."""
    with pytest.raises(Refused) as caught:
        read(text)
    return caught.value.refusal


def told(found: Finding) -> tuple[str, int, int]:
    """The rule that tells of a finding, and where it is."""
    return found.name, found.line, found.column


def plain(node: Node) -> Any:
    """Nodes as plain data, without positions."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.text


def where(node: Node) -> tuple[int, int]:
    return node.line, node.column


# -- texts as written ------------------------------------------------------------------------------------------------------

# fmt: off
GUESSED = [
    "NO", "no", "No", "on", "off", "y", "Yes", "TRUE", "false", "~", "null", "Null", "12:30", "1:2:3",
    "010", "0o10", "0x1F", "1_000", "1e3", "1.10", "+1", "-0", ".5", ".inf", "-.INF", ".nan", "2022-11-03", "2022-02-30",
    "2022-11-03T12:30:00Z", "27000", "<100", "=", "1,000", "?x", "-x", "a#b", "a:b", "http://a:80/b", "@2", "%5", "`c`",
]
# fmt: on


@pytest.mark.parametrize("text", [text for text in GUESSED if text[0] not in "@%`"])
def test_no_guess_is_made(text: str) -> None:
    root = read(f"bare: {text}\nquoted: '{text}'\nlist:\n- {text}\n- \"{text}\"\n{text}: key\n")
    assert plain(root) == {"bare": text, "quoted": text, "list": [text, text], text: "key"}


@pytest.mark.parametrize("text", [text for text in GUESSED if text[0] not in "@%`=-?" and "," not in text and text != "a:b"])
def test_no_guess_is_made_in_braces(text: str) -> None:
    assert plain(read(f"{{list: [{text}, '{text}'], of: {text}}}\n")) == {"list": [text, text], "of": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a:", ""),
        ("a: ''", ""),
        ("a: a #b", "a"),
        ("a: a\n  b\n\n  c", "a b\nc"),
        ("a: |\n  b\n   c\n\n", "b\n c"),
        ("a: |-\n  b", "b"),
        ("a: |2\n   b", " b"),
        ("a: >\n  b\n  c\n", "b c"),
        ("a: >-\n  b\n\n  c\n", "b\nc"),
        ("a: 'it''s'", "it's"),
        ('a: "\\u202e\\t\\x85\\\n  b"', "\u202e\t\x85b"),
        ("a: b\r\n  c\r\n", "b c"),
        ("a: <<", "<<"),
        ("a: b & c * d ! e", "b & c * d ! e"),
        ("---\na: b\n...\n", "b"),
    ],
)
def test_texts(text: str, value: str) -> None:
    assert plain(read(text)) == {"a": value}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert plain(read("'<<': a\n")) == {"<<": "a"}


# -- positions -------------------------------------------------------------------------------------------------------------


def test_positions_count_code_points() -> None:
    root = read("å: 'æ𝄞'\n𝄞𝄞: [é, {𝄞: ø}]\nlist:\n- a: b\n  c:\n- - d\n")
    assert root.keys == {"å": (1, 1), "𝄞𝄞": (2, 1), "list": (3, 1)}
    assert where(root) == (1, 1) and where(root.items["å"]) == (1, 4)
    listing = root.items["𝄞𝄞"]
    assert isinstance(listing, Listing) and where(listing) == (2, 5) and where(listing.items[0]) == (2, 6)
    inner = listing.items[1]
    assert isinstance(inner, Mapping) and where(inner) == (2, 9) and inner.keys == {"𝄞": (2, 10)} and where(inner.items["𝄞"]) == (2, 13)
    claims = root.items["list"]
    assert isinstance(claims, Listing) and where(claims) == (4, 1)
    first, second = claims.items
    assert isinstance(first, Mapping) and where(first) == (4, 3) and first.keys == {"a": (4, 3), "c": (5, 3)}
    assert where(first.items["a"]) == (4, 6) and where(second) == (6, 3)


def test_positions_of_blocks_and_empty_values() -> None:
    root = read("a: |\n  b\n\n\nc: >-\n  d\ne:\nf:\n  g\n")
    assert {key: where(node) for key, node in root.items.items()} == {"a": (1, 4), "c": (5, 4), "e": (7, 3), "f": (9, 3)}


def test_lines_end_at_line_feeds_alone() -> None:
    root = read("a: b\r\nc: d\r\n\r\ne: f\n")
    assert {key: where(node) for key, node in root.items.items()} == {"a": (1, 4), "c": (2, 4), "e": (4, 4)}
    assert position("a\r\nb\u2028c\nd", 5) == (2, 3) and position("", 0) == (1, 1) and position("a\n", 2) == (2, 1)


WRITTEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"), min_size=1, max_size=12
)


@settings(deadline=None)
@given(st.dictionaries(WRITTEN, st.lists(WRITTEN, min_size=1, max_size=3), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_position_is_where_it_was_written(data: dict[str, list[str]], line_end: str) -> None:
    """Block mapping, block list, and a list in brackets, of any texts in double quotes."""
    text, line = "", 1
    keys: dict[str, tuple[int, int]] = {}
    values: dict[str, list[tuple[int, int]]] = {}
    step = line_end.count("\n")
    for number, (key, items) in enumerate(data.items()):
        keys[key], values[key] = (line, 1), []
        text += json.dumps(key, ensure_ascii=False) + ":"
        for count, item in enumerate(items):
            if number % 2:
                text += " [" if not count else ", "
            else:
                text += line_end + "  - "
                line += step
            values[key].append((line, len(text) - (text.rfind("\n") + 1) + 1))
            text += json.dumps(item, ensure_ascii=False)
        text += ("]" if number % 2 else "") + line_end
        line += step
    root = read(text)
    assert plain(root) == data
    assert root.keys == keys
    for key, node in root.items.items():
        assert isinstance(node, Listing) and [where(item) for item in node.items] == values[key]


# -- refusals --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "line", "column"),
    [
        (b"a: \xe5\n", "not_utf8", 1, 4),
        ("å: ø\nb: ".encode() + b"\xc3", "not_utf8", 2, 4),
        ("a: 𝄞".encode() + b"\x80", "not_utf8", 1, 5),
        ("a: b\n".encode("utf-16"), "not_utf8", 1, 1),
        ("a: b\n".encode("utf-32"), "not_utf8", 1, 1),
        (b"a: \xed\xa0\x80\n", "not_utf8", 1, 4),
        (b"a: \xc0\x80\n", "not_utf8", 1, 4),
        ("a: b\n".encode("utf-16-le"), "control_character", 1, 2),
        ("\ufeffa: b", "byte_order_mark", 1, 1),
        ("å: \ufeffb", "control_character", 1, 4),
        ("a: b # å\x85c: d", "control_character", 1, 9),
        ("a: b\n# \u2028", "control_character", 2, 3),
        ("a: 𝄞\u2029", "control_character", 1, 5),
        ("a: b\rc: d", "control_character", 1, 5),
        ("a: b\r\r\n", "control_character", 1, 5),
        ("a: \x00", "control_character", 1, 4),
        ("a: '\x7f'", "control_character", 1, 5),
        ("a:\tb", "tab", 1, 3),
        ("a: b\n\tc: d", "tab", 2, 1),
        ("a: b: c", "yaml_syntax", 1, 5),
        ("a: b\nc: 'd\n", "yaml_syntax", 2, 4),
        ("a: 'b' c", "yaml_syntax", 1, 8),
        ("a: b\n c: d", "yaml_syntax", 2, 3),
        ("a: b\nc: @d", "yaml_syntax", 2, 4),
        ("a: b\n- c\n", "yaml_syntax", 2, 1),
        ("a: b\nå: c\na: d", "duplicate_key", 3, 1),
        ("x:\n- å: {b: c, 'b': d}", "duplicate_key", 2, 13),
        ('a: 1\n"a": 2', "duplicate_key", 2, 1),
        ("a: 1\n? a\n: 2", "duplicate_key", 2, 3),
        ("å: &x b", "alias", 1, 4),
        ("a: &x [b]", "alias", 1, 4),
        ("&x a: b", "alias", 1, 1),
        ("a: *x", "alias", 1, 4),
        ("a: [b, *x]", "alias", 1, 8),
        ("*x : b", "alias", 1, 1),
        ("a:\n  <<: {b: c}", "alias", 2, 3),
        ("a: !!int 5", "tag", 1, 4),
        ("a: !x [b]", "tag", 1, 4),
        ("! a: b", "tag", 1, 1),
        ("!!map {a: b}", "tag", 1, 1),
        ("a: b\n---\nc: d", "several_documents", 2, 1),
        ("a: b\n...\n---\nc: d", "several_documents", 3, 1),
        ("a: b\n...\nc: d", "yaml_syntax", 3, 1),
        ('a: b\nc: "d\ne: f\ng: "h"\n', "yaml_syntax", 2, 4),  # a quotation mark that is closed by another's opening one
        ("a: b\nc: 'd\ne: it's\n", "yaml_syntax", 2, 4),
        ("a: b\nc: 'd\ne: f\ng: '%h'\n", "yaml_syntax", 2, 4),
        ('a: [b, "c\n  d, "e"]\n', "yaml_syntax", 1, 8),
        ("a: b\nc d\ne: f\n", "yaml_syntax", 2, 1),
        ('a: b\n- c: "d"\n', "yaml_syntax", 2, 1),
        ('a: "b\n  c"\nd: "e" f\n', "yaml_syntax", 3, 8),
        ("a: b\n---\n", "several_documents", 2, 1),
        ("%YAML 1.1\n---\na: b", "several_documents", 1, 1),
        ("", "empty_file", 1, 1),
        (" \n\n", "empty_file", 1, 1),
        ("# å\n", "empty_file", 1, 1),
        ("---\n...\n", "empty_file", 1, 1),
        ("''\n", "empty_file", 1, 1),
        ("[a]", "not_a_mapping", 1, 1),
        ("\n- a: b\n", "not_a_mapping", 2, 1),
        ("# å\nå", "not_a_mapping", 2, 1),
        ("å: {[a]: b}", "not_a_mapping", 1, 5),
        ("a: b\n? {c: d}\n: e", "not_a_mapping", 2, 3),
    ],
)
def test_refusals(text: str | bytes, name: str, line: int, column: int) -> None:
    found = refusal(text)
    assert told(found) == (name, line, column)
    assert found.message and found.help


def test_a_duplicate_key_names_the_first() -> None:
    assert refusal("a: b\nx:\n  å: 1\n  b: 2\n  å: 3\n").related == (Related("", 3, 3, "the first one"),)
    assert plain(read("a: {b: 1}\nc: {b: 2}\nd: [{b: 3}, {b: 4}]\n")) == {"a": {"b": "1"}, "c": {"b": "2"}, "d": [{"b": "3"}, {"b": "4"}]}


@pytest.mark.parametrize("figure", [">=43", ">43", ">4", ">= 43", ">=8.5", "|3"])
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: {}\n", 1, 4),
        ("a: b\nå: {}\nc: d\n", 2, 4),
        ("a: {{å: {}}}\n", 1, 8),
        ("a: {{å: b, c: {}, d: e}}\n", 1, 14),
        ("a: [{}]\n", 1, 5),
        ("a: [b, {}]\n", 1, 8),
        ("a:\n- {}\n- b\n", 2, 3),
        ("a:\n- b: {}\n  c: d\n", 2, 6),
        ("a:\n- b:  {}\n", 2, 7),
        ("a: {}", 1, 4),
    ],
)
def test_a_bare_comparison_is_refused_by_name(figure: str, text: str, line: int, column: int) -> None:
    found = refusal(text.format(figure))
    assert told(found) == ("bare_comparison", line, column)
    assert f'"{figure.replace(" ", "")}"' in found.help


def test_quoted_comparisons_and_blocks_of_text_are_read() -> None:
    assert plain(read("a: '>=43'\nb: \">43\"\nc: >\n  43\nd: |2\n   |3\ne: ['>4']\nf: x >= 43\n")) == {
        "a": ">=43",
        "b": ">43",
        "c": "43",
        "d": " |3",
        "e": [">4"],
        "f": "x >= 43",
    }


# -- limits ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "name", "column"),
    [("[", "too_large", 24), ("{a: ", "too_large", 84), ("{? ", "not_a_mapping", 7), ("[{a: ", "too_large", 54), ("? ", "yaml_syntax", 4)],
)
def test_endless_nesting_is_refused(opening: str, name: str, column: int) -> None:
    found = refusal("a: " + opening * 100_000)
    assert told(found) == (name, 1, column)


def test_endless_nesting_of_blocks_is_refused() -> None:
    assert told(refusal("a:\n" + "- " * 100_000)) == ("too_large", 2, 2 * MAX_DEPTH + 1)
    assert told(refusal("".join(" " * depth + "a:\n" for depth in range(3_000)))) == ("too_large", 22, 22)
    assert told(refusal("? " * 100_000)) == ("not_a_mapping", 1, 3)


def test_the_depth_that_is_read() -> None:
    assert plain(read("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH))
    found = refusal("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert told(found) == ("too_large", 1, 4 + MAX_DEPTH)


def test_the_length_that_is_read() -> None:
    assert plain(read("a: " + "å" * MAX_SCALAR)) == {"a": "å" * MAX_SCALAR}
    found = refusal("a: b\nc: " + "å" * (MAX_SCALAR + 1))
    assert told(found) == ("too_large", 2, 4)


def test_the_number_of_values_is_limited() -> None:
    assert refusal("a: [" + "b," * 1_000_001 + "]").name == "too_large"


def test_a_bomb_of_aliases_is_refused_before_anything_is_expanded() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20))
    assert (refusal(bomb).name, refusal(bomb).line, refusal(bomb).column) == ("alias", 1, 5)
    assert told(refusal(re.sub("&a[0-9]+ ", "", bomb))) == ("alias", 2, 6)


@settings(deadline=None, max_examples=400)
@given(st.text(st.sampled_from("ab1 \n\n\r:-?,[]{}#&*!|>'\"%@`~<=.\\\té𝄞\x00\x85\u2028"), max_size=40))
@example("a: >\n\n")
@example("? ")
@example("a: |99999999999")
@example("%\n")
def test_any_text_is_read_or_refused_in_its_place(text: str) -> None:
    try:
        root = read(text)
    except Refused as refused:
        found = refused.refusal
        lines = text.split("\n")
        assert 1 <= found.line <= len(lines) and 1 <= found.column <= len(lines[found.line - 1]) + 1
        return
    assert isinstance(root, Mapping) and root.items.keys() == root.keys.keys()


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(read(data), Mapping)
    except Refused as refused:
        assert refused.refusal.line >= 1 and refused.refusal.column >= 1
