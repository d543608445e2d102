"""Whether the words of a quote bear a number: in digits with any separators, or in number words of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from ledger.texts.languages import Words

_TOKEN = r"\d+(?:[.,'’\u00a0\u202f ]\d+)*|[^\W\d_]+(?:['’.-][^\W\d_]+)*"
_GROUPS = r"[.,'’\u00a0\u202f ]"
MOST_TOKENS = 2_000
MOST_DIGITS = 80  # characters: no figure that can be recorded is longer


def numbers_in(value: str) -> list[str]:
    """The numbers of a figure as written: of `1000..2000` both."""
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", value)


def bears(quoted: str, number: str, words: Words) -> bool:
    """Whether a text bears a number. Where the language's number words are not known and no digits stand there, it is said to."""
    if stands_alone(number, quoted, 0, len(quoted)):
        return True
    if not words.numbers and re.search(r"\d", quoted) is None:
        return True
    return Fraction(number) in _numbers(quoted, words.language, _Tables(words))


def stands_alone(number: str, text: str, start: int, end: int) -> bool:
    """Whether a whole number stands between two offsets of a text as it is written, apart from other digits there: the quick answer for
    nearly all."""
    place = text.find(number, start, end)
    if place < 0 or end - start > MOST_TOKENS or not number.isdecimal():
        return False
    behind = place + len(number)
    beside = text[max(start, place - 2) : place] + text[behind : min(end, behind + 2)]
    return not any(char.isdecimal() for char in beside)


class _Tables:
    """The number words of a language, compared by the language alone, so that answers can be kept."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return hash(self.words.language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and other.words.language == self.words.language


@lru_cache(maxsize=4096)
def _numbers(quoted: str, language: str, tables: _Tables) -> frozenset[Fraction]:
    return frozenset(_read(quoted, tables.words))


def _digits(token: str) -> set[Fraction]:
    """Every number that a run of digit groups can mean: joined, apart, and with the last separator as a decimal sign."""
    if len(token) > MOST_DIGITS:
        return set()
    groups = re.split(_GROUPS, token)[:12]
    signs = re.findall(_GROUPS, token)
    found: set[Fraction] = set()
    for start in range(len(groups)):
        for end in range(start + 1, len(groups) + 1):
            run = groups[start:end]
            if all(len(group) == 3 for group in run[1:]):
                found.add(Fraction(int("".join(run))))
            if len(run) > 1 and signs[end - 2] in ".,":
                whole = "".join(run[:-1])
                found.add(Fraction(f"{int(whole)}.{''.join(str(int(digit)) for digit in run[-1])}"))
    return found


def _read(quoted: str, words: Words) -> Iterator[Fraction]:
    """The numbers in a text: digits, number words, and either times the scale words behind them, added up."""
    tokens = [match[0] for match in re.finditer(_TOKEN, quoted)][:MOST_TOKENS]
    position = 0
    while position < len(tokens):
        token = tokens[position].casefold()
        if token[0].isdecimal():
            for number in _digits(token):
                yield number
                for scaled, _ in _scaled(number, tokens, position + 1, words):
                    yield scaled
            position += 1
            continue
        end, values = _in_words(tokens, position, words)
        yield from values
        position = max(end, position + 1)


def _scaled(number: Fraction, tokens: list[str], position: int, words: Words) -> Iterator[tuple[Fraction, int]]:
    """The number times the scale words that follow it (`2.8 billion`, `30 tusen`)."""
    while position < len(tokens):
        token = tokens[position].casefold()
        if token in words.joiners:
            position += 1
            continue
        scale = words.scales.get(token)
        if scale is None:
            return
        number *= scale
        position += 1
        yield number, position


def _in_words(tokens: list[str], position: int, words: Words) -> tuple[int, set[Fraction]]:
    """A number written in words from a position on: where it ends, and every number read on the way."""
    total = current = 0
    found: set[Fraction] = set()
    started = False
    while position < len(tokens):
        for part in tokens[position].casefold().split("-"):
            if part in words.numbers:
                current += words.numbers[part]
                found.add(Fraction(words.numbers[part]))
            elif part in words.scales:
                scale = words.scales[part]
                if scale >= 1000:
                    total += (current or 1) * scale
                    current = 0
                else:
                    current = (current or 1) * scale
            elif not (started and part in words.joiners):
                if started:
                    found.add(Fraction(total + current))
                return position, found
            started = True
        whole = tokens[position].casefold()
        if whole in words.numbers:
            found.add(Fraction(words.numbers[whole]))
        found.add(Fraction(total + current))
        position += 1
    return position, found
