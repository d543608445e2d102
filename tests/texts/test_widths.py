"""Columns of a terminal: as counted by where the cursor stood behind each text in one that goes by the C library."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.cutting import inside_letter
from ledger.texts.widths import fold_offsets, head_of, parts_between, text_width

COLUMNS = {
    "जम्मू सेना प्रवक्ता": 14,
    "क्षेत्रीय": 6,
    "ঢাকায় ২৫ জন নিহত হয়নি": 21,
    "தமிழ் நாடு கோ": 12,
    "తెలుగు ప్రజలు": 11,
    "മലയാളം സ്ത്രീ": 11,
    "ශ්‍රී ලංකා": 6,
    "กองทัพไทยที่ตำ": 11,
    "ກອງທັບນ້ຳ": 7,
    "កងទ័ពខ្មែរ": 8,
    "တပ်မတော် သေဆုံးသည်": 13,
    "བོད་ཡིག་རྒྱལ": 8,
    "ሚኒስቴር": 5,
    "한국군은": 8,
    unicodedata.normalize("NFD", "한국군은"): 8,
    "地図の町が": 10,
    unicodedata.normalize("NFD", "地図の町が"): 10,
    "ｶﾞ「北」、": 10,
    "🇳🇴🇺🇦": 4,
    "👨\u200d👩\u200d👧": 2,
    "1\ufe0f\u20e3": 1,
    "حَلَبُ": 3,
    "יְרוּשָׁלַיִם": 7,
    "می\u200cخواهم": 7,
    "\u2068حلب\u2069\u200f": 3,
    "ក\u200bង": 2,
    "a\u0301…": 2,
}
LETTERS = st.lists(st.sampled_from(["a", "b", " ", "क्षे", "မြို့", "地", "각", "ก", "👩\u200d👧", "حَ", "\u0301"]), max_size=30)
WORDS = LETTERS.map("".join)


@pytest.mark.parametrize(("text", "columns"), COLUMNS.items(), ids=ascii)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text: str, columns: int) -> None:
    assert text_width(text) == columns


@given(WORDS, st.integers(2, 12))
def test_what_is_broken_fits_and_is_whole(text: str, width: int) -> None:
    parts = parts_between(text, fold_offsets(text, width))
    assert "".join(parts) == text
    assert all(text_width(part.rstrip()) <= width for part in parts)


@given(WORDS, st.integers(8, 12))
def test_no_letter_is_broken(text: str, width: int) -> None:
    assert not inside_letter(text, len(head_of(text, width)))


def test_words_are_kept_whole_and_long_ones_broken_between_letters() -> None:
    assert parts_between("one two three", fold_offsets("one two three", 7)) == ["one two ", "three"]
    assert parts_between("a kṣ क्षेत्रीय", fold_offsets("a kṣ क्षेत्रीय", 4)) == ["a kṣ ", "क्षे", "त्रीय"]
