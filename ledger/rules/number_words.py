"""Whether the words of a quote bear a number: in digits with any separators, or in number words of its language."""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.texts.languages import Words
from ledger.texts.numbers import Number, lexicon_of, numbers_of

LONGEST_LOOKED_AT = 2_000  # characters of a quote that are looked through the quick way
_WORD_BEHIND = re.compile(r"[ -]?([^\W\d_]*)")
_WORD_BEFORE = re.compile(r"([^\W\d_]*)[ -]?$")


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
    if any(char.isnumeric() for char in beside) or text[behind : behind + 1].isalpha():
        return -1
    lexicon = lexicon_of(words)
    for match in (_WORD_BEHIND.match(text, behind, min(end, behind + 24)), _WORD_BEFORE.search(text, max(start, place - 24), place)):
        if match is not None and match[1] and (match[1].lower() in lexicon.words or not (match[1].isascii() or lexicon.is_other(match[1]))):
            return -1
    return place
