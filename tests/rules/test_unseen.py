"""A quote that is not in its seed for a character that nobody sees, or that looks like another: the check names it, and what to write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import run
from small import CLAIMS, file_of, ledger_at

PLAIN = "the office of Millbrook is held by the east"


def found(folder: Path, seed: str, quote: str) -> list[dict[str, str]]:
    """The errors of a ledger with one claim, whose seed and quote are these."""
    files = file_of([{**CLAIMS[0], "quote": quote}], seed=f"They say {seed}, so it is.\n")
    ledger_at(folder, files)
    listed = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    return [each for each in listed if each["severity"] == "error"]


@pytest.mark.parametrize(
    ("there", "named"),
    [
        (PLAIN.replace("Millbrook", "Mill\u00adbrook"), "U+00AD (SOFT HYPHEN), between `office of Mill` and `brook is held by`"),
        (PLAIN.replace("Millbrook", "Mill\u200bbrook"), "U+200B (ZERO WIDTH SPACE)"),
        (PLAIN.replace("Millbrook", "Mill\u200dbrook"), "U+200D (ZERO WIDTH JOINER)"),
        (PLAIN.replace("Millbrook", "Millbrook\ufe0f"), "U+FE0F (VARIATION SELECTOR-16)"),
        (PLAIN.replace("held", "\u2060held"), "U+2060 (WORD JOINER)"),
        (PLAIN.replace("held by", "held \u200b by"), "U+200B (ZERO WIDTH SPACE)"),
        (PLAIN.replace("held", "\ufeffhe\u00adld"), "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        (PLAIN.replace("held", "\U000e0041held"), "U+E0041 (TAG LATIN CAPITAL LETTER A)"),
        (PLAIN.replace("held", "\u202bheld\u202c"), "U+202B (RIGHT-TO-LEFT EMBEDDING)"),
        (PLAIN.replace("ffi", "\ufb03"), "U+FB03 (LATIN SMALL LIGATURE FFI) where it has U+0066 (LATIN SMALL LETTER F)"),
        (PLAIN.replace("held", "ｈｅｌｄ"), "U+FF48 (FULLWIDTH LATIN SMALL LETTER H) where it has U+0068 (LATIN SMALL LETTER H)"),
    ],
)
def test_the_character_in_the_seed_is_named_and_the_remedy_works(tmp_path: Path, there: str, named: str) -> None:
    first = found(tmp_path, there, PLAIN)
    assert [each["code"] for each in first] == ["Q301"]
    assert named in first[0]["message"], first[0]["message"]
    told = re.search('double quotes: (".*")$', first[0]["help"])
    quote = told[1] if told is not None else first[0]["help"].partition("has: ")[2]
    assert found(tmp_path, there, quote) == []


@pytest.mark.parametrize("char", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufe0f"])
def test_the_character_in_the_quote_is_named(tmp_path: Path, char: str) -> None:
    first = found(tmp_path, PLAIN, '"' + PLAIN.replace("Millbrook", f"Mill\\u{ord(char):04x}brook") + '"')
    assert [each["code"] for each in first] == ["Q301"]
    assert f"it holds an invisible character, U+{ord(char):04X}" in first[0]["message"]
    assert first[0]["help"] == "delete it; the seed, line 1, has none there"


def test_letters_of_another_script_are_named(tmp_path: Path) -> None:
    first = found(tmp_path, PLAIN.replace("held", "hеld"), PLAIN)
    told = [each["message"] for each in first if each["code"] == "Q301"]
    assert "`held` for `hеld` (U+0065 (LATIN SMALL LETTER E) for U+0435 (CYRILLIC SMALL LETTER IE))" in told[0]


def test_the_character_is_named_where_more_differs(tmp_path: Path) -> None:
    first = found(tmp_path, PLAIN.replace("Millbrook", "Mill\u00adbrook"), PLAIN.replace("held by", "hold for"))
    assert "U+00AD (SOFT HYPHEN)" in first[0]["message"]
