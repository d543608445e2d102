"""Whether the words of a quote bear a number: in digits with any separators, or in number words of its language."""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.texts.languages import Words
from ledger.texts.number_tokens import FILLER, JOINER, OTHER, Lexicon
from ledger.texts.numbers import Number, lexicon_of, numbers_of

LONGEST_LOOKED_AT = 2_000  # characters of a quote that are looked through the quick way
_WORD = re.compile(r"[ -]?([^\W\d_]*)")


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
    if not _is_none(_word_beside(text[max(start, place - 24) : place][::-1])[::-1], lexicon):
        return -1
    word = _word_beside(text[behind : min(end, behind + 24)])
    if _is_none(word, lexicon):
        return place
    if lexicon.words.get(word.lower(), (OTHER,))[0] not in (FILLER, JOINER):
        return -1
    # What only joins says nothing by itself (`6650 de oameni`), but with the word behind it may (`30 de mii`).
    following = _word_beside(text[behind + 1 + len(word) : min(end, behind + 25 + len(word))])
    return place if text[behind] == " " and following and lexicon.is_other(following) else -1


def _word_beside(text: str) -> str:
    """The word that a text begins with."""
    match = _WORD.match(text)
    return match[1] if match is not None else ""


def _is_none(word: str, lexicon: Lexicon) -> bool:
    """Whether a word beside a number is no part of it."""
    return not word or (word.lower() not in lexicon.words and (word.isascii() or lexicon.is_other(word)))
