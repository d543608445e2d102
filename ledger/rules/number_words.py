"""Whether the words of a quote bear a number: in digits with any separators, or in number words of its language."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import takewhile

from ledger.texts.languages import Words
from ledger.texts.number_tokens import FILLER, JOINER, OTHER, Lexicon
from ledger.texts.numbers import Number, lexicon_of, numbers_of

LONGEST_LOOKED_AT = 2_000  # characters of a quote that are looked through the quick way
_SPACED = (" ", "-")


# What digits of other scripts begin with in UTF-8.
_OTHER_DIGITS = frozenset(char for lead in [range(0xD9, 0xE2), (0xEA, 0xEF), range(0xF0, 0xF5)] for char in lead)
_DIGITS_ALONE = bytes(byte if 48 <= byte < 58 else 63 if byte in _OTHER_DIGITS else 32 for byte in range(256))  # else `?`, or a space
_ONE_DIGIT = bytes(48 if 48 <= byte < 58 else byte for byte in range(256))
_BEHIND_DIGITS = r"\d[ \u00a0]?([^\W\d_]+)"
_BEHIND_NOUGHTS = rb"0(?: |\xc2\xa0)?([A-Za-z\x80-\xff]+)"


def digits_in(text: str) -> list[str]:
    """The runs of digits in a text. (In its bytes they are found in a fifth of the time that a pattern takes.)"""
    found = text.encode("utf-8", "replace").translate(_DIGITS_ALONE)
    return re.findall(r"\d+", text) if b"?" in found else found.decode().split()


def words_behind_digits(text: str) -> set[str]:
    """The words that stand directly behind digits."""
    data = text.encode("utf-8", "replace")
    if b"?" in data.translate(_DIGITS_ALONE):
        return set(re.findall(_BEHIND_DIGITS, text))
    runs = set(re.findall(_BEHIND_NOUGHTS, data.translate(_ONE_DIGIT)))
    return {word for run in runs if (word := _letters(run.decode("utf-8", "replace")))}


def numbers_in(value: str) -> list[str]:
    """The numbers of a figure as written: of `1000..2000` both."""
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", value)


def without_point(number: str) -> str:
    """The number that is meant where its point may set thousands apart, which is a finding of its own."""
    return number.replace(".", "") if re.fullmatch(r"[1-9][0-9]{0,2}\.000", number) else number


def bears(quoted: str, number: str, words: Words, unit: Fraction = Fraction(1)) -> bool:
    """Whether a text bears a number, counted in ones or in a unit (such as millions). Where the language's number words are not known and no digits stand there, it is said to."""
    if stands_alone(number, quoted, 0, len(quoted), words) >= 0:
        return True
    if not words.numbers and re.search(r"\d", quoted) is None:
        return True
    return bool(bearing(quoted, number, words, unit))


def bearing(quoted: str, number: str, words: Words, unit: Fraction = Fraction(1)) -> list[Number]:
    """The numbers of a text that may say a number."""
    wanted = {Fraction(number), Fraction(number) * unit}
    return [found for found in numbers_of(quoted, words) if not wanted.isdisjoint(found.ways)]


def stands_alone(number: str, text: str, start: int, end: int, words: Words) -> int:
    """Where a whole number stands between two offsets of a text as it is written, apart from other digits and from words that make it
    another: the quick answer for nearly all. -1 where it has to be read."""
    place = text.find(number, start, end)
    if place < 0 or end - start > LONGEST_LOOKED_AT or not number.isdecimal():
        return -1
    behind = place + len(number)
    beside = text[max(start, place - 2) : place] + text[behind : min(end, behind + 2)]
    for char in beside:
        if char.isnumeric():
            return -1
    if text[behind : behind + 1].isalpha():
        return -1
    lexicon = lexicon_of(words)
    if not _is_none(_word_before(text[max(start, place - 24) : place]), lexicon):
        return -1
    word = _word_behind(text[behind : min(end, behind + 24)])
    if _is_none(word, lexicon):
        return place
    if lexicon.words.get(word.lower(), (OTHER,))[0] not in (FILLER, JOINER):
        return -1
    # What only joins says nothing by itself (`6650 de oameni`), but with the word behind it may (`30 de mii`).
    following = _word_behind(text[behind + 1 + len(word) : min(end, behind + 25 + len(word))])
    return place if text[behind] == " " and following and lexicon.is_other(following) else -1


def _word_before(text: str) -> str:
    """The word that a text ends with, before a space or a hyphen."""
    word = text[: len(text) - text.endswith(_SPACED)].rpartition(" ")[2]
    return _letters(word[::-1])[::-1]


def _word_behind(text: str) -> str:
    """The word that a text begins with, behind a space or a hyphen."""
    return _letters(text[text.startswith(_SPACED) :].partition(" ")[0])


def _letters(text: str) -> str:
    """The letters that a text begins with."""
    return text if text.isalpha() else "".join(takewhile(lambda char: char.isalnum() and not char.isdecimal(), text))


def _is_none(word: str, lexicon: Lexicon) -> bool:
    """Whether a word beside a number is no part of it."""
    return not word or (word.lower() not in lexicon.words and (word.isascii() or lexicon.is_other(word)))
