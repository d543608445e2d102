"""The pieces of a quote, and whether they hold words at all."""

from __future__ import annotations

import re

from ledger.texts.display import fold_space
from ledger.texts.seeds import OMISSION

_TWO_LETTERS = re.compile(r"[^\W_].*?[^\W_]", re.DOTALL)


def pieces_of(quote: str) -> list[str]:
    """What stands between the omissions of a quote, folded."""
    return [piece for piece in (fold_space(part) for part in quote.split(OMISSION)) if piece]


def is_too_short(quote: str) -> bool:
    """Whether a quote, or a piece of it, holds no words: it would be found anywhere."""
    if OMISSION not in quote:
        return _TWO_LETTERS.search(quote) is None
    pieces = pieces_of(quote)
    letters = [sum(char.isalnum() for char in piece) for piece in pieces]
    return sum(letters) < 2 or 0 in letters
