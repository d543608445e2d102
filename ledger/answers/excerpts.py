"""A quote inside its sentence or its paragraph."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import Claim
from ledger.texts.cutting import beginning, ending
from ledger.texts.languages import Words
from ledger.texts.quotes import OMISSION
from ledger.texts.seeds import Seed

WINDOW = 4_000  # characters beside a quote that are looked at: sentences without an end are as long as their seed


class Excerpt(NamedTuple):
    """A quote as a reader should see it: `parts` are (text, role), roles `quote`, `beside` (the words around it, not quoted),
    `omission`."""

    parts: list[tuple[str, str]]
    line: int


def quote_in_sentence(claim: Claim, seed: Seed | None, words: Words, most: int = 12) -> Excerpt:
    """The quote with, where it begins or ends inside a sentence, up to `most` of the words around it there."""
    if seed is None or not claim.found.ways:
        return Excerpt([(claim.quote, "quote")], 0)
    spans = claim.found.spans
    start, end = spans[0][0], spans[-1][1]
    first, last = seed.sentence_around(start, end, words)
    parts: list[tuple[str, str]] = []
    before = ending(seed.folded[max(first, start - 2 * WINDOW) : start], WINDOW).split()
    if any(char.isalnum() for word in before for char in word):
        parts.append((("… " if len(before) > most or start - first > WINDOW else "") + " ".join(before[-most:]), "beside"))
    for number, (piece_start, piece_end) in enumerate(spans):
        if number:
            parts.append((OMISSION, "omission"))
        parts.append((seed.folded[piece_start:piece_end], "quote"))
    after = beginning(seed.folded[end : min(last, end + 2 * WINDOW)], WINDOW).split()
    if any(char.isalnum() for word in after for char in word):
        parts.append((" ".join(after[:most]) + (" …" if len(after) > most or last - end > WINDOW else ""), "beside"))
    return Excerpt(parts, seed.line(start))


def quote_in_paragraph(claim: Claim, seed: Seed) -> Excerpt:
    """The quote marked inside its whole paragraph of the seed."""
    spans = claim.found.spans
    start, end = seed.paragraph(spans[0][0])
    return Excerpt(marked(seed, max(end, spans[-1][1]), start, list(spans)), seed.line(start))


def marked(seed: Seed, end: int, start: int, spans: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """The text from `start` to `end` with the spans as quotes and the rest beside them; spans that overlap are joined."""
    parts: list[tuple[str, str]] = []
    position = start
    for span_start, span_end in sorted(spans):
        span_start = max(span_start, position)
        if span_end <= span_start:
            continue
        if span_start > position:
            parts.append((seed.folded[position:span_start], "beside"))
        parts.append((seed.folded[span_start:span_end], "quote"))
        position = span_end
    if position < end:
        parts.append((seed.folded[position:end], "beside"))
    return parts
