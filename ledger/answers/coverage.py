"""How much of a seed was read: which sentences bear a claim, are passed over, or are open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from ledger.model import ClaimsFile, Vocabulary
from ledger.texts.languages import words_for


class Sentence(NamedTuple):
    """One sentence of a seed: its text, its line, and whether it bears a claim (`claim`), is passed over or is `open`."""

    text: str
    line: int
    state: str


def sentences(file: ClaimsFile, vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences of a claims file's seed, in their order."""
    seed = file.seed
    if seed is None:
        return []
    claimed = _reaching(span for claim in file.claims if claim.found.ways for span in claim.found.spans)
    passed = _reaching(span for entry in file.passed_over if entry.found.ways for span in entry.found.spans)
    found = []
    for start, end in seed.sentences(words_for(vocabulary.words, file.language)):
        state = "claim" if _any_inside(claimed, start, end) else "passed" if _any_inside(passed, start, end) else "open"
        found.append(Sentence(seed.folded[start:end], seed.line(start), state))
    return found


def _reaching(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where spans begin, sorted, and how far those begun so far reach."""
    ordered = sorted(spans)
    return [first for first, _ in ordered], list(accumulate((last for _, last in ordered), max))


def _any_inside(spans: tuple[list[int], list[int]], start: int, end: int) -> bool:
    begun = bisect_left(spans[0], end)
    return begun > 0 and spans[1][begun - 1] > start
