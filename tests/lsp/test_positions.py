"""An editor counts otherwise: from 0, and in units of UTF-16, unless it asked for others."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position

from ledger.lsp.positions import Lines

LINE = "quote: 👩‍🚀 à é́ Київ x"  # an astronaut (three code points), a combining accent, letters of two bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_go_there_and_back(encoding: str) -> None:
    lines = Lines(f"first\n{LINE}\n", encoding)
    for column in range(len(LINE) + 1):
        there = lines.at(1, column)
        assert there == Position(
            1,
            len(LINE[:column].encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]))
            // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding],
        )
        assert lines.column(there) == column


def test_a_position_inside_a_character_is_its_beginning() -> None:
    assert Lines("a😀b", "utf-16").column(Position(0, 2)) == 1
    assert Lines("aєb", "utf-8").column(Position(0, 2)) == 1


def test_what_lies_beyond_the_text_is_its_end() -> None:
    lines = Lines("ab\r\ncd", "utf-16")
    assert lines.column(Position(0, 99)) == 2 and lines.column(Position(9, 9)) == 0
    assert lines.at(9, 9) == Position(1, 2) and lines.span(0, 1, 50).end == Position(0, 2)
    assert lines.offset(4) == Position(1, 0) and lines.whole().end == Position(1, 2)


def test_lines_end_where_editors_and_git_end_them() -> None:
    assert Lines("a\u2028b\x85c\vd\ne").lines == ["a\u2028b\x85c\vd", "e"]
