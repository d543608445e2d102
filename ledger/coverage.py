"""How much of a seed was read: which sentences bear a claim, are passed over, or are open."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import ClaimsFile, Vocabulary
from ledger.words import words_for


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
    claimed = sorted(span for claim in file.claims if claim.found.ways for span in claim.found.spans)
    passed = sorted(span for entry in file.passed_over if entry.found.ways for span in entry.found.spans)
    found = []
    for start, end in seed.sentences(words_for(vocabulary.words, file.language)):
        state = "claim" if _any_inside(claimed, start, end) else "passed" if _any_inside(passed, start, end) else "open"
        found.append(Sentence(seed.folded[start:end], seed.line(start), state))
    return found


def _any_inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and last > start for first, last in spans)
