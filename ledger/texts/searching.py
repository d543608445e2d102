"""Words that a person looks for, and whether a text has them all: case and accents aside, each at the beginning of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ledger.texts.cutting import sets_no_spaces
from ledger.texts.folding import search_key

_WORD = re.compile(r"\w+")


class Wanted:
    """Words that are looked for. One that holds spaces is a phrase: its words follow each other. Where a script sets no spaces between
    words, a word may begin anywhere."""

    def __init__(self, words: Iterable[str]) -> None:
        keys = [" ".join(_WORD.findall(search_key(word))) for word in words]
        self.keys = [key for key in keys if key]
        self._patterns = [re.compile(_pattern(key)) for key in self.keys]

    def __bool__(self) -> bool:
        return bool(self.keys)

    def stand_in(self, text: str) -> bool:
        """Whether all of the words stand in a text."""
        folded = search_key(text)
        return all(pattern.search(folded) is not None for pattern in self._patterns)

    def marked(self, text: str) -> Iterator[tuple[str, bool]]:
        """A text in pieces, and whether each is a word that was looked for."""
        singles = [part for key in self.keys for part in key.split()]
        place = 0
        for match in _WORD.finditer(text):
            word = search_key(match[0])
            if any(word.startswith(part) or (sets_no_spaces(part[0]) and part in word) for part in singles):
                if match.start() > place:
                    yield text[place : match.start()], False
                yield match[0], True
                place = match.end()
        if place < len(text):
            yield text[place:], False


def _pattern(key: str) -> str:
    begins = "" if sets_no_spaces(key[0]) else r"(?<!\w)"
    return begins + r"\W+".join(map(re.escape, key.split()))
