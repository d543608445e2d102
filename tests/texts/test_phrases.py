"""Phrases of a language are found as one pattern of all of them would find them."""

from __future__ import annotations

import random
import re

import pytest

from ledger.texts.languages import _WORD, Phrases, _shipped, shipped_languages


def pattern_of_all(phrases: list[str]) -> re.Pattern[str]:
    """One pattern, tried at every letter, the longest phrase first: what the program had before."""
    alternatives = []
    for phrase in sorted({phrase.lower() for phrase in phrases if phrase.strip("* ")}, key=lambda text: (-len(text), text)):
        body = re.escape(phrase.rstrip("*")).replace("'", "['’ʼ]") + (r"\w*" if phrase.endswith("*") else r"(?!\w)")
        alternatives.append((r"(?<!\w)" if _WORD.match(phrase) else "") + body)
    return re.compile("|".join(alternatives))


@pytest.mark.parametrize("language", shipped_languages())
@pytest.mark.parametrize("kind", ["negations", "hedges"])
def test_phrases_are_found_where_one_pattern_finds_them(language: str, kind: str) -> None:
    listed = _shipped(language)[kind]
    assert isinstance(listed, list)
    whole, phrases = pattern_of_all(listed), Phrases({kind: listed})
    rng = random.Random(f"{language} {kind}")
    words = [word for phrase in listed for word in re.split("([ '-])", phrase.replace("*", ""))]
    found = 0
    for _ in range(150):
        pieces = (rng.choice(rng.choice([words, listed])) + rng.choice([" ", " ", "", ".", "ʼ", "-", "’", "_", "s"]) for _ in range(8))
        text = "".join(pieces).lower()
        expected = [(*match.span(), kind) for match in whole.finditer(text)]
        assert phrases.spans(text) == expected
        found += len(expected)
    assert found > 100


def test_a_phrase_that_begins_with_a_sign_is_found_too() -> None:
    phrases = Phrases({"old": ["n't", "'twas", "no"]})
    text = "'twas no don't, nothing"
    assert [text[start:end] for start, end, _ in phrases.spans(text)] == ["'twas", "no"]


def test_kinds_of_phrases_may_overlap_each_other() -> None:
    phrases = Phrases({"one": ["may not", "no"], "other": ["not be", "may", "no"]})
    assert phrases.spans("it may not be no") == [(3, 6, "other"), (3, 10, "one"), (7, 13, "other"), (14, 16, "one"), (14, 16, "other")]
