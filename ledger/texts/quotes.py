"""Where a text stands in a longer one, asked again and again: the cost of many searches in one text is bounded."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from ledger.texts.folding import fold_space

LONG_TEXT = 8_000  # characters: from here on texts are looked up by their rarest word
FIRST_READ = 100  # times that a text is read before its words are noted
SEVERAL = 20  # places of a word inside a text: with more, its first and last words are looked at too
FEW_PLACES = 1_000  # places of the rarest word: with more, reading the whole text is quicker
MOST_EFFORT = 4_000_000_000  # characters that all searches in one seed may read together: a few seconds
PLACE_TRIED = 2_000  # characters that are read in the time that one place takes

_WORD = re.compile(r"\w+")


class GivenUp(Exception):
    """The searches have read as much as they may."""


class Effort:
    """How much the searches in one seed have read together."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, characters: int) -> None:
        """Note what was read; raises GivenUp when it was too much."""
        self.spent += characters
        if self.spent > MOST_EFFORT:
            raise GivenUp


class Searched:
    """A text in which many others are looked for."""

    def __init__(self, text: str, effort: Effort) -> None:
        self.text = text
        self.effort = effort

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word begins."""
        places: dict[str, list[int]] = {}
        for match in _WORD.finditer(self.text):
            places.setdefault(match[0], []).append(match.start())
        return places

    @cached_property
    def _forwards(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self.words)

    def beginning_with(self, start: str) -> list[str]:
        """The words that begin so."""
        return _with_prefix(self._forwards, start)

    def ending_with(self, end: str) -> list[str]:
        """The words that end so."""
        return [word[::-1] for word in _with_prefix(self._backwards, end[::-1])]

    def starts_tried(self, piece: str) -> list[int] | None:
        """Where alone a piece can begin: at the places of its rarest word, the first and the last of which may be parts of
        longer ones. None where that is too many places, or no word can be told."""
        found = list(_WORD.finditer(piece))
        best: list[int] | None = None
        inside = 0
        for match in found[1:-1]:
            here = self.words.get(match[0], [])
            if best is None or len(here) < len(best):
                best, inside = here, match.start()
                if len(here) <= 1:
                    break
        if len(found) > 1 and (best is None or len(best) > SEVERAL):
            for match, longer in ((found[0], self.ending_with(found[0][0])), (found[-1], self.beginning_with(found[-1][0]))):
                if sum(len(self.words[word]) for word in longer) < (FEW_PLACES if best is None else len(best)):
                    cut = match is found[0]
                    best = sorted(place + (len(word) - len(match[0])) * cut for word in longer for place in self.words[word])
                    inside = match.start()
        if best is None or len(best) > FEW_PLACES:
            return None
        return [place - inside for place in best]

    def occurrences(self, piece: str) -> Occurrences:
        """Where a piece stands."""
        return Occurrences(self, piece)


class Occurrences:
    """The places of a piece, from left to right. In a long text only the places of its rarest word are tried, where these are
    few: ten thousand quotes of one seed would else read it ten thousand times. The first read it: to note where each word is takes longer."""

    def __init__(self, searched: Searched, piece: str) -> None:
        self.text, self.effort, self.piece = searched.text, searched.effort, piece
        many = self.effort.spent > FIRST_READ * len(self.text)
        self.tried = searched.starts_tried(piece) if many and len(self.text) > LONG_TEXT else None

    def first_from(self, offset: int) -> int:
        """The first place at an offset or behind it; -1 where there is none."""
        if self.tried is None:
            place = self.text.find(self.piece, offset)
            self.effort.spend(PLACE_TRIED + (len(self.text) if place < 0 else place) - offset)
            return place
        for number in range(bisect_left(self.tried, offset), len(self.tried)):
            self.effort.spend(PLACE_TRIED)
            if self.text.startswith(self.piece, self.tried[number]):
                return self.tried[number]
        return -1


def _with_prefix(ordered: list[str], prefix: str) -> list[str]:
    """The texts of a sorted list that begin with a prefix; at most FEW_PLACES + 1 of them."""
    first = last = bisect_left(ordered, prefix)
    while last < len(ordered) and last - first <= FEW_PLACES and ordered[last].startswith(prefix):
        last += 1
    return ordered[first:last]


def joins(text: str, offset: int) -> bool:
    """Whether the characters on both sides of an offset belong to one word: letters and digits, the signs that are parts of letters, and
    what joins or parts them unseen inside of a word."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before in _JOINERS:
        before = text[offset - 2 : offset - 1]
    if after in _JOINERS:
        after = text[offset + 1 : offset + 2]
    return _of_word(before) and _of_word(after)


_JOINERS = "\u200c\u200d"


def _of_word(char: str) -> bool:
    """Whether a character is of a word: a letter, a digit, or a sign on one (a vowel of an Indic script, a point)."""
    return char.isalnum() or (char > "\u02ff" and unicodedata.category(char)[0] == "M")


def stands_beside(text: str, spans: tuple[tuple[int, int], ...], beside: tuple[str, str]) -> bool:
    """Whether the words given stand directly before and after a quote."""
    before, after = beside
    start, end = spans[0][0], spans[-1][1]
    if before:
        stop = start - (start > 0 and text[start - 1] == " ")
        if not text.endswith(before, 0, stop) or joins(text, stop - len(before)):
            return False
    begin = end + text.startswith(" ", end)
    return not after or (text.startswith(after, begin) and not joins(text, begin + len(after)))


class Found(NamedTuple):
    """Where a quote stands: `spans` are pairs of offsets in the seed's folded text; `ways` counts where it could stand.

    `variant` says that only the typography of quotation marks or dashes differs; `context` that `before` and `after` stand
    beside it (True where there are none). Not `looked`: the search was given up, because of too many such quotes of one seed.
    """

    spans: tuple[tuple[int, int], ...]
    ways: int
    variant: bool
    context: bool
    looked: bool = True


NOT_FOUND = Found((), 0, False, True)

GIVEN_UP = Found((), 0, False, True, False)

_TWO_LETTERS = re.compile(r"[^\W_].*?[^\W_]", re.DOTALL)


def pieces_of(quote: str) -> list[str]:
    """What stands between the omissions of a quote, folded."""
    return [piece for piece in (fold_space(part) for part in quote.split(OMISSION)) if piece]


def is_too_short(quote: str) -> bool:
    """Whether a quote, or a piece of it, holds no words: it would be found anywhere."""
    if OMISSION not in quote:
        return _TWO_LETTERS.search(quote) is None and (quote.isascii() or sum(map(_of_word, quote)) < 2)
    pieces = pieces_of(quote)
    letters = [sum(map(_of_word, piece)) for piece in pieces]
    return sum(letters) < 2 or 0 in letters


OMISSION = "[...]"

LONG_SEED = 32_000  # characters: a shorter one is searched straight through
