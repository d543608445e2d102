"""How much of a seed was read: which sentences bear a claim, are passed over, or are open; where sentences can't be told from each other, what
stands between quotes is open."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from ledger.model import ClaimsFile, Vocabulary
from ledger.texts.languages import words_for
from ledger.texts.seeds import Seed


class Sentence(NamedTuple):
    """One sentence of a seed: its text, its line, and whether it bears a claim (`claim`), is passed over or is `open`."""

    text: str
    line: int
    state: str


Piece = tuple[int, int, str]  # from where to where in the folded text, and the state


def sentences(file: ClaimsFile, vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences of a claims file's seed, in their order; where they can't be told apart, its quotes and what stands between these."""
    seed = file.seed
    if seed is None:
        return []
    return [Sentence(seed.folded[start:end], seed.line(start), state) for start, end, state in pieces(file, vocabulary)]


def pieces(file: ClaimsFile, vocabulary: Vocabulary) -> list[Piece]:
    """Where the same stand."""
    seed = file.seed
    if seed is None:
        return []
    claimed = sorted({span for claim in file.claims if claim.found.ways for span in claim.found.spans})
    passed = sorted({span for entry in file.passed_over if entry.found.ways for span in entry.found.spans})
    if not told_apart(file, vocabulary):
        return list(_stretches(seed, sorted([*((*span, "claim") for span in claimed), *((*span, "passed") for span in passed)])))
    bearing, passing = _reaching(claimed), _reaching(passed)
    return [
        (start, end, "claim" if _any_inside(bearing, start, end) else "passed" if _any_inside(passing, start, end) else "open")
        for start, end in seed.sentences(words_for(vocabulary.words, file.language))
    ]


def told_apart(file: ClaimsFile, vocabulary: Vocabulary) -> bool:
    """Whether the sentences of a claims file's seed can be told from each other."""
    return file.seed is None or file.seed.told_apart(words_for(vocabulary.words, file.language))


def _stretches(seed: Seed, marked: list[Piece]) -> Iterator[Piece]:
    """A seed in pieces, paragraph by paragraph: what is quoted or passed over, and what stands open between them."""
    waiting = deque(marked)
    for number in seed.paragraphs:
        place, end = seed.paragraph(number)
        while waiting and waiting[0][0] < end:
            first, last, state = waiting.popleft()
            first = max(first, place)
            yield from _open(seed, place, first)
            if min(last, end) > first:
                yield first, min(last, end), state
            place = max(place, min(last, end))
            if last > end:
                waiting.appendleft((end, last, state))
                break
        yield from _open(seed, place, end)


def _open(seed: Seed, start: int, end: int) -> Iterator[Piece]:
    """What is not looked at between two offsets, if it holds words."""
    while start < end and seed.folded[start] == " ":
        start += 1
    while end > start and seed.folded[end - 1] == " ":
        end -= 1
    if any(char.isalnum() for char in seed.folded[start:end]):
        yield start, end, "open"


def _reaching(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where spans begin, sorted, and how far those begun so far reach."""
    ordered = sorted(spans)
    return [first for first, _ in ordered], list(accumulate((last for _, last in ordered), max))


def _any_inside(spans: tuple[list[int], list[int]], start: int, end: int) -> bool:
    begun = bisect_left(spans[0], end)
    return begun > 0 and spans[1][begun - 1] > start
