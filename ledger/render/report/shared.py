"""Sentences that bear several contradictions: whoever counts these is told that one sentence stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.conflicts import Conflict
from ledger.conflicts.verdicts import CERTAIN
from ledger.model import Claim
from ledger.render.report.book import Book
from ledger.render.report.claims import quote_words
from ledger.texts.display import count_of

LEAST = 3  # contradictions, of at least two claims
MOST = 3  # sentences that are told of
LINKED = 12  # claims of one


def one_sentence_lines(book: Book) -> Iterator[str]:
    """A line, as HTML, for each sentence that was read as several claims which stand in many contradictions, those in most first."""
    pairs: dict[tuple[str, tuple[tuple[int, int], ...]], dict[tuple[str, str], Conflict]] = {}
    claims: dict[tuple[str, tuple[tuple[int, int], ...]], dict[str, Claim]] = {}
    every = [conflict for conflict in book.told.conflicts if not conflict.is_tension]
    for conflict in every:
        for claim in (conflict.one, conflict.other):
            if claim.found.ways:
                words = (claim.path, tuple(claim.found.spans))
                pairs.setdefault(words, {})[conflict.ids] = conflict
                claims.setdefault(words, {})[claim.id] = claim
    found = [words for words, borne in pairs.items() if len(borne) >= LEAST and len(claims[words]) > 1]
    for words in sorted(found, key=lambda each: (-len(pairs[each]), each))[:MOST]:
        borne, read = pairs[words], list(claims[words].values())
        certain = sum(conflict.strength == CERTAIN for conflict in borne.values())
        links = ", ".join(book.claim(claim, str(number)) for number, claim in enumerate(read[:LINKED], 1))
        yield (
            f"{len(borne)} of the {count_of(len(every), 'contradiction')} ({certain} of them certain) rest on one sentence, read as "
            f"{count_of(len(read), 'claim')} ({links}): “{quote_words(read[0], book)}” ({book.source(book.pages.files[words[0]])})."
        )
