"""Which seed of a ledger a text repeats: the same report, printed again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.texts.languages import Words
from ledger.texts.seeds import Seed

MOST = 0.5  # of the sentences that say something: from there on it is the same report
LEAST_WORDS = 5  # a shorter sentence stands in many reports


class Echo(NamedTuple):
    """A seed with which a text shares most sentences: its name, how many are shared, of how many that the shorter of the two has."""

    seed: str
    shared: int
    sentences: int


def echoes_of(text: Seed, words: Words, others: Iterable[Seed]) -> list[Echo]:
    """The seeds in which most of the sentences of a text stand, or of which most stand in it, the most alike first."""
    own = _sentences(text, words)
    found = []
    for other in others:
        shared = [sentence for sentence in own if sentence in other.folded]
        least = min(len(own), len(_sentences(other, words))) if shared else 0
        if shared and len(shared) > MOST * least:
            found.append(Echo(other.name, len(shared), least))
    return sorted(found, key=lambda echo: (-echo.shared / echo.sentences if echo.sentences else 0, echo.seed))


def _sentences(seed: Seed, words: Words) -> set[str]:
    """The sentences of some length."""
    found = (seed.folded[start:end] for start, end in seed.sentences(words))
    return {sentence for sentence in found if sentence.count(" ") >= LEAST_WORDS - 1}
