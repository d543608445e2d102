"""Changes to the text of a YAML file: the value is what was asked for, every other byte is as it was."""

from __future__ import annotations

import pytest
from random_edits import ODD, PIECES, fault_of, values_of

from ledger.model import Trouble
from ledger.writing.scalars import scalar
from ledger.writing.splices import NoSuchValue, put_entry, put_named, set_value, take_out

ORDER = ("id", "place", "value", "quote", "note")
TEXT = """\
seed: a.txt  # the paper

claims:
# the first
- id: one
  place:  "millbrook"   # as it says
  quote: >-
    a bridge
    is open
- {id: two, place: elmdorf, quote: 'it''s shut'}
"""


def test_random_changes_leave_all_other_bytes_alone() -> None:
    assert not [fault for seed in range(400) if (fault := fault_of(seed))]


@pytest.mark.parametrize("text", [*ODD, *PIECES, *(one + other for one in PIECES for other in PIECES)], ids=ascii)
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    assert values_of(f"a: {scalar(text)}\nb: {{c: {scalar(text, True)}, d: [{scalar(text, True)}]}}") == {
        "a": text,
        "b": {"c": text, "d": [text]},
    }


@pytest.mark.parametrize(
    "text, written",
    [
        ("2025-03-01", "2025-03-01"),
        ("no", "no"),
        ("27000", "27000"),
        ("l'eau, d’un – «så»", "l'eau, d’un – «så»"),
        (">=43", '">=43"'),
        ("a: b", '"a: b"'),
        ('"So", he said', "'\"So\", he said'"),
        ("a\u202eb", '"a\\u202eb"'),
        ("क\u200dष", "क\u200dष"),
    ],
    ids=ascii,
)
def test_quotation_marks_only_where_they_are_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_a_byte_that_is_no_text_is_refused() -> None:
    with pytest.raises(Trouble, match="U\\+DCE5"):
        scalar("b\udce5d")


@pytest.mark.parametrize(
    "path, value, old, new",
    [
        (("claims", 0, "place"), "elmdorf", '"millbrook"   # as it says', '"elmdorf"   # as it says'),  # in quotes, as it was
        (("claims", 0, "quote"), "the bridge", ">-\n    a bridge\n    is open\n", "the bridge\n"),
        (("claims", 0, "value"), "open", "# as it says\n", "# as it says\n  value: open\n"),
        (("claims", 0, "note"), "so", "    is open\n", "    is open\n  note: so\n"),
        (("claims", 1, "note"), "so, so", "'it''s shut'}", "'it''s shut', note: \"so, so\"}"),
        (("claims", 1, "value"), ["a", "b"], "elmdorf, ", "elmdorf, value: [a, b], "),
        (("seed",), "b.txt", "a.txt  #", "b.txt  #"),
    ],
)
def test_a_value_is_set_where_it_stands(path: tuple[str | int, ...], value: str, old: str, new: str) -> None:
    for ends in ("\n", "\r\n"):
        assert set_value(TEXT.replace("\n", ends), path, value, ORDER) == TEXT.replace(old, new).replace("\n", ends)


def test_an_entry_is_put_behind_the_last() -> None:
    entry = {"id": "three", "quote": "x: y"}
    assert put_entry(TEXT, ("claims",), entry) == TEXT + '- id: three\n  quote: "x: y"\n'
    assert put_entry(TEXT.rstrip("\n"), ("claims",), entry) == TEXT + '- id: three\n  quote: "x: y"'
    behind = "  # of the second\n\n# the end\npassed-over: []\n"
    assert put_entry(TEXT + behind, ("claims",), entry) == TEXT + behind.replace("second\n", 'second\n- id: three\n  quote: "x: y"\n')
    apart = TEXT.replace("- {id", "\n- {id")
    assert put_entry(apart, ("claims",), entry) == apart + '\n- id: three\n  quote: "x: y"\n'
    assert put_entry("claims: []  # none yet\nb: c\n", ("claims",), {"id": "one"}) == "claims:  # none yet\n- id: one\nb: c\n"
    assert put_entry("claims:\nb: c\n", ("claims",), {"id": "one"}) == "claims:\n- id: one\nb: c\n"
    assert put_entry("claims: [{id: one}]\n", ("claims",), {"id": "two"}) == "claims: [{id: one}, {id: two}]\n"
    assert put_entry("a: b\n", ("claims",), {"id": "one"}, braced=True) == "a: b\n\nclaims:\n- {id: one}\n"
    with pytest.raises(NoSuchValue):
        put_entry("claims: words\n", ("claims",), {"id": "one"})


def test_a_value_is_taken_out() -> None:
    assert take_out(TEXT, ("claims", 0, "quote")) == TEXT.replace("  quote: >-\n    a bridge\n    is open\n", "")
    assert take_out(TEXT, ("claims", 0, "id")) == TEXT.replace("- id: one\n  place", "- place")
    assert take_out(TEXT, ("claims", 1, "place")) == TEXT.replace("place: elmdorf, ", "")
    assert take_out(TEXT, ("claims", 1, "quote")) == TEXT.replace(", quote: 'it''s shut'", "")
    assert take_out("a: {b: {c: d}}\ne: f\n", ("a", "b", "c")) == "e: f\n"


def test_a_named_entry_is_put_into_a_map() -> None:
    assert put_named("places:\n  a: {kind: town}\nb: c\n", ("places",), "d", {"kind": "town", "names": {"en": "D, E"}}) == (
        'places:\n  a: {kind: town}\n  d: {kind: town, names: {en: "D, E"}}\nb: c\n'
    )
    with pytest.raises(NoSuchValue):
        put_named("places:\n  a: {kind: town}\n", ("places",), "a", {"kind": "town"})
