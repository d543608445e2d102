"""Whether a quote bears a number, whatever signs of number stand in it."""

from __future__ import annotations

import pytest

from ledger.rules.number_words import bears
from ledger.texts.languages import words_of


@pytest.mark.parametrize("quoted", ["Alpha has ① people", "x ² y", "n " + "1" * 4400, "1." + "1" * 4400, "٢٧ people"])
def test_odd_numbers_are_no_trouble(quoted: str) -> None:
    assert not bears(quoted, "27000", words_of("en"))


@pytest.mark.parametrize("quoted", ["27,000 people", "27 000 people", "27 thousand people", "twenty-seven thousand people", "٢٧٠٠٠ people"])
def test_a_number_is_found_as_it_is_written(quoted: str) -> None:
    assert bears(quoted, "27000", words_of("en"))
