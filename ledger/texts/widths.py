"""How many columns of a terminal a text takes, and where it may be broken to fit: as the C library counts them, which is what terminals go
by. (What libraries know of it differs from release to release: some take the vowels of Indic scripts that stand beside their letter for
none, and a table in Hindi falls apart.)"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise

from ledger.texts.cutting import inside_letter

_JOINER = "\u200d"
_WORD = re.compile(r"\s*\S+\s*")


def text_width(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(widths(text))


def widths(text: str) -> Iterator[int]:
    """The columns that each character of a text takes: what is joined to the one before it takes none of its own."""
    joined = False
    for char in text:
        yield 0 if joined else char_width(char)
        joined = char == _JOINER


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """0 of what joins the character before it (marks that take no room, vowels and ends of Korean syllables), 2 of wide characters, else 1."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def head_of(text: str, width: int) -> str:
    """As much of the beginning of a text as fits into a width, in whole letters where one of them fits."""
    if text.isascii():
        return text[:width]
    used = 0
    for index, columns in enumerate(widths(text)):
        used += columns
        if used > width:
            whole = index
            while whole and inside_letter(text, whole):
                whole -= 1
            return text[: whole or index]
    return text


def fold_offsets(text: str, width: int) -> list[int]:
    """Where to break a line of text so that each part fits into a width: before words, and inside those that are longer."""
    found: list[int] = []
    used = 0
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        length = text_width(word.rstrip())
        if length <= width - used:
            used += text_width(word)
        elif length > width:
            pieces = list(_broken(word, width))
            starts = [start + sum(map(len, pieces[:number])) for number in range(len(pieces))]
            found += [offset for offset in starts if offset]
            used = text_width(pieces[-1])
        elif used and start:
            found.append(start)
            used = text_width(word)
    return found


def _broken(word: str, width: int) -> Iterator[str]:
    """A word in pieces of a width at most; a letter that is wider stands alone."""
    while word:
        piece = head_of(word, width) or word[:1]
        yield piece
        word = word[len(piece) :]


def parts_between(text: str, offsets: list[int]) -> list[str]:
    """A text cut at offsets."""
    return [text[start:end] for start, end in pairwise(chain((0,), offsets, (len(text),)))]
