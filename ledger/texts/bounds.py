"""Words beside a number that make it a bound or leave it open: `at least`, `up to`, `some`, `dozens of`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ledger.texts.languages import Words
from ledger.texts.number_tokens import Lexicon
from ledger.texts.numbers import Number, lexicon_of

REACH = 40  # characters beside a number: no such words are longer
_BEFORE = " \u00a0\u202f.,$€£¥₴₽('\"«“„"
_SIGNS_BEFORE = {"~": "~", "≈": "~", "∼": "~", "±": "~", ">": ">", "≥": ">=", "<": "<", "≤": "<="}


class Bound(NamedTuple):
    """The words, as they stand there, and what is written before a figure for them: `>=`, `>`, `<=`, `<` or `~`; with the figure where the
    words give none: dozens are 24 at least."""

    text: str
    sign: str
    figure: str = ""


def bound_beside(text: str, number: Number, words: Words) -> Bound | None:
    """What makes a number of a text a bound; None where it is exact."""
    lexicon = lexicon_of(words)
    if number.vague:
        return Bound(text[number.start : number.end], number.vague, str(number.ways[-1]))
    before = text[max(0, number.start - REACH) : number.start].rstrip(_BEFORE)
    if before[-1:] in _SIGNS_BEFORE:
        return Bound(before[-1], _SIGNS_BEFORE[before[-1]])
    key = "" if _is_apart(before.rpartition(" ")[2], lexicon.bounds_last, lexicon) else lexicon.key(before)
    if key.endswith(lexicon.bounds_before):
        found = max((phrase for phrase in lexicon.bounds_before if _ends_with(key, phrase, lexicon.spaced)), key=len, default="")
        if found:
            return Bound(before[-len(found) :], lexicon.bounds[found])
    behind = text[number.end : number.end + REACH]
    if behind.startswith("+"):
        return Bound("+", ">=")
    nothing, *following = behind.split(" ", 3)
    if not nothing and len(following) == 3 and all(_is_apart(word, lexicon.bounds_first, lexicon) for word in following[:2]):
        return None
    key = lexicon.key(behind).lstrip(" ")
    for skipped in _behind_a_word(key):
        if skipped.startswith(lexicon.bounds_behind):
            found = max((phrase for phrase in lexicon.bounds_behind if _starts_with(skipped, phrase, lexicon.spaced)), key=len, default="")
            if found:
                return Bound(found, lexicon.bounds["... " + found])
    return None


def _is_apart(word: str, known: frozenset[str], lexicon: Lexicon) -> bool:
    """The quick answer for nearly all: whether a word beside a number is none of those that such words begin or end with."""
    return word.isalpha() and lexicon.spaced and word < "\u3040" and lexicon.key(word) not in known


def _behind_a_word(key: str) -> Iterator[str]:
    """What follows the word that a number counts: `people or more`, `人以上`."""
    yield key
    spaced = re.match(r"[^\W\d_]+ ", key)
    if spaced:
        yield key[spaced.end() :]
    if "\u3040" <= key[:1] <= "\u9fff" or "\uac00" <= key[:1] <= "\ud7a3":
        yield from (key[1:], key[2:])


def _ends_with(key: str, phrase: str, spaced: bool) -> bool:
    return key.endswith(phrase) and (not spaced or len(key) == len(phrase) or not key[-len(phrase) - 1].isalnum())


def _starts_with(key: str, phrase: str, spaced: bool) -> bool:
    return key.startswith(phrase) and (not spaced or len(key) == len(phrase) or not key[len(phrase)].isalnum())
