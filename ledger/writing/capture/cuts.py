"""A part of a text, by its first and its last words. Frozen: what a head says of a cut must mean the same in every later version.

Words are looked for with every run of white space as one space, and nothing else forgiven: first where `first` stands first, then the first
place behind it where `last` ends.
"""

from __future__ import annotations

import re

_SPACES = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_RUN = re.compile(f"[{_SPACES}]+")


class NoCut(Exception):
    """Words by which a text should be cut do not stand in it: its text says which."""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(f"[{_SPACES}]+".join(re.escape(word) for word in _RUN.split(words) if word))


def cut(text: str, first: str | None, last: str | None) -> str:
    """The part of a text from its first words to its last, with a line end behind it; raises NoCut."""
    start, behind, end = 0, 0, len(text)
    if first is not None:
        begun = _pattern(first).search(text)
        if begun is None:
            raise NoCut(f"`{first}` does not stand in the text")
        start, behind = begun.span()
    if last is not None:
        ended = next((found for found in _pattern(last).finditer(text, start) if found.end() >= behind), None)
        if ended is None:
            where = "behind the first words" if first is not None else "in the text"
            raise NoCut(f"`{last}` does not stand {where}")
        end = ended.end()
    part = text[start:end]
    return part if part.endswith("\n") else part + "\n"


def times(text: str, words: str) -> int:
    """How often words stand in a text."""
    return sum(1 for _ in _pattern(words).finditer(text))
