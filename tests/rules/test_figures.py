"""Whether a quote bears a number, whatever signs of number stand in it."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from ledger.rules.number_words import bears, stands_alone
from ledger.texts.languages import _shipped, words_of
from ledger.texts.numbers import numbers_of


@pytest.mark.parametrize("quoted", ["Alpha has ① people", "x ² y", "n " + "1" * 4400, "1." + "1" * 4400, "٢٧ people"])
def test_odd_numbers_are_no_trouble(quoted: str) -> None:
    assert not bears(quoted, "27000", words_of("en"))


@pytest.mark.parametrize("quoted", ["27,000 people", "27 000 people", "27 thousand people", "twenty-seven thousand people", "٢٧٠٠٠ people"])
def test_a_number_is_found_as_it_is_written(quoted: str) -> None:
    assert bears(quoted, "27000", words_of("en"))


@pytest.mark.parametrize("language", ["en", "nb", "ro", "uk", "de", "fr", "es", "he", "tr"])
def test_a_number_that_stands_alone_is_read_as_just_that(language: str) -> None:
    """The quick answer for nearly all, also behind words that only join (`6650 de oameni`), is that of reading all numbers of the text."""
    words, rng = words_of(language), random.Random(language)
    others = ["oameni", "Kupiansk", "вчора", "people", "ניסיון", "ب", "mii."]
    fillers = _shipped(language).get("fillers", [])
    assert isinstance(fillers, list)
    beside = [*words.joiners, *words.numbers, *words.scales, *fillers]
    numbers_of(" ".join(others), words)  # from here on these are known
    alone = 0
    for _ in range(1500):
        pieces = [rng.choice(rng.choice([beside, others])) for _ in range(5)]
        pieces.insert(rng.randrange(5), "6650")
        text = "".join(piece + rng.choice([" ", " ", " ", "-", ", "]) for piece in pieces)
        place = stands_alone("6650", text, 0, len(text), words)
        if place >= 0:
            alone += 1
            assert (place, place + 4, (Fraction(6650),)) in [number[:3] for number in numbers_of(text, words)], text
    assert alone > 100


def test_a_number_with_a_word_that_joins_is_read() -> None:
    words = words_of("ro")
    numbers_of("oameni", words)
    assert stands_alone("30", "30 de oameni", 0, 12, words) == 0
    assert stands_alone("30", "30 de mii de oameni", 0, 19, words) == -1
