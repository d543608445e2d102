"""Rules about the words that govern a quote: what takes it back or leaves it open, beside it, left out of it, or in it (Q)."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ledger.model import Claim, Finding
from ledger.rules.registry import WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import TYPOGRAPHY
from ledger.texts.languages import FRAME, HEDGE, NEAR_MISS, NEGATION, Words
from ledger.texts.quotes import OMISSION, pieces_of
from ledger.texts.seeds import Seed

FAR_AWAY = 20_000  # characters: what stands further from a quote in one sentence is not looked at
BESIDE = 160  # characters beside a quote that its clause is looked for in
GOVERNING = 1_500  # characters beside a quote that its sentence is looked for in
_NAMED = {NEGATION: "a negation", NEAR_MISS: "a near miss", FRAME: "words that frame it", HEDGE: "a hedge"}
_TAKE_IN = "take those words into the quote, or accept the warning with the reason"
_RECORD = "take those words into the quote, record them as `hedge` or as the stance, or accept the warning with the reason"
_QUESTION = "?？؟"


@check("Q307", WARNING, "file")
def quote_stops_at_negation(view: FileView) -> Iterator[Finding]:
    """Words outside the quote take it back or leave it open: a negation or a near miss (*almost*) in its clause, six words away at most;
    a hedge or words that frame it (*denies that*, *if*, *the claim that ... is false*, a label *Fake:*, a question mark) anywhere in its
    sentence, across commas, colons, dashes and quotation marks.

    The most expensive mistake is a quotation that is exact and stops one word too early.
    Remedy: take the words in; or record a hedge as `hedge`, a denial, a doubt or a condition as the stance; or accept the warning with
    the reason why they do not touch the claim.
    Bad:
        # the seed: It is not true that the bridge at Millbrook is open.
        - id: bridge-open
          value: open
          quote: the bridge at Millbrook is open
    Good:
        # the seed: It is not true that the bridge at Millbrook is open.
        - id: bridge-not-open
          value: open
          stance: denies
          quote: It is not true that the bridge at Millbrook is open
    """
    seed, words = view.file.seed, view.words
    hits = seed.hits(words) if seed is not None else []
    asks = seed is not None and any(sign in seed.folded for sign in _questions(words))
    if seed is None or not (hits or asks):
        return
    starts = [hit[0] for hit in hits]
    ends = _sure_ends(seed, words)
    # Between two marks that surely end sentences: where nothing stands there, nothing governs the quote, which goes for nearly all.
    governed = {bisect(ends, place) for place in starts for bisect in (bisect_left, bisect_right)}
    for claim, _ in view.found:
        start, end = claim.found.spans[0][0], claim.found.spans[-1][1]
        first = bisect_left(ends, start)
        last = first if first == len(ends) or end <= ends[first] else bisect_left(ends, end, first)
        if not asks and first == last and first not in governed:
            continue
        low = max(start - GOVERNING, ends[first - 1] if first else 0)
        high = min(end + GOVERNING, ends[last] if last < len(ends) else end + GOVERNING)
        beside = Beside(claim, seed, words, start, end, low, high)
        found = None
        if bisect_left(starts, low) < bisect_left(starts, start):
            found = beside.before(hits, starts)
        if found is None and bisect_left(starts, max(start, end - BESIDE)) < bisect_left(starts, high):
            found = beside.after(hits, starts)
        if found is None and asks:
            found = beside.question()
        if found is not None:
            text, how, kind = found
            yield at_field(claim, "quote", f"the quote {how}: `{one_line(text)}`", _TAKE_IN if kind in (NEGATION, NEAR_MISS) else _RECORD)


Hit = tuple[int, int, str]
Governing = tuple[str, str, str]  # the words, where they stand, their kind


# What may end a sentence: where none stands between two words, they are of one.
_SIGNS = frozenset(".!?…‽؟।॥۔።፧፡։;:。！？｡．။។៕།⸮")


def _questions(words: Words) -> str:
    """The marks at the ends of questions."""
    return _QUESTION + {"el": ";", "hy": "՞"}.get(words.language, "")


def _sure_ends(seed: Seed, words: Words) -> list[int]:
    """Where marks stand in a seed that end a sentence without doubt: a capital letter follows, and a long word or a long number stands before."""
    text = seed.folded
    places = []
    for mark in (". ", "! ", "? "):
        place = text.find(mark)
        while place >= 0:
            following = text[place + 2 : place + 3]
            if following.isupper() and following.isalnum() and _is_long(text[max(0, place - 4) : place]):
                word = text[text.rfind(" ", 0, place) + 1 : place + 1]
                if word.casefold() not in words.abbreviations:
                    places.append(place)
            place = text.find(mark, place + 1)
    return sorted(places)


def _is_long(before: str) -> bool:
    """Whether four characters are of a word, or the last three of a number."""
    number = before[-3:]
    return (len(before) == 4 and before.replace("_", "a").isalnum()) or (len(number) == 3 and number.isascii() and number.isdecimal())


class Beside(NamedTuple):
    """What stands beside the quote of a claim, in its clause and in its sentence."""

    claim: Claim
    seed: Seed
    words: Words
    start: int
    end: int
    low: int  # what governs the quote begins no earlier, and ends no later
    high: int

    def before(self, hits: list[Hit], starts: list[int]) -> Governing | None:
        """The nearest words before the quote that govern it."""
        start = self.start
        clause = None
        for number in range(bisect_left(starts, start) - 1, bisect_left(starts, self.low) - 1, -1):
            hit = hits[number]
            if hit[1] <= start:
                if hit[2] in (NEGATION, NEAR_MISS):
                    if hit[0] < start - BESIDE:
                        continue
                    clause = self.seed.clause_before(start, self.words) if clause is None else clause
                    if hit[0] < clause:
                        continue
                elif not self._of_sentence(hit[0], start):
                    return None  # nor are those before it
                elif self._settled(hit):
                    continue
            return self.seed.folded[hit[0] : hit[1]], f"begins after {_NAMED[hit[2]]}", hit[2]
        return None

    def after(self, hits: list[Hit], starts: list[int]) -> Governing | None:
        """The nearest words behind the quote that govern it."""
        end = self.end
        clause = None
        for number in range(bisect_left(starts, max(self.start, end - BESIDE)), bisect_left(starts, self.high)):
            hit = hits[number]
            if hit[1] <= end:
                continue
            if hit[0] >= end:
                if hit[2] in (NEGATION, NEAR_MISS):
                    clause = self.seed.clause_after(end, self.words) if clause is None else clause
                    if hit[1] > clause:
                        continue
                elif not self._of_sentence(end, hit[1]):
                    return None
                elif self._settled(hit):
                    continue
            return self.seed.folded[hit[0] : hit[1]], f"stops before {_NAMED[hit[2]]}", hit[2]
        return None

    def question(self) -> Governing | None:
        """The question mark at the end of the quote's sentence, where the quote leaves it out."""
        text, end = self.seed.folded, self.end
        limit = min(self.seed.paragraph(max(0, end - 1))[1], end + GOVERNING)
        signs = _questions(self.words)
        if not any(text.find(sign, end, limit) >= 0 for sign in signs) or self.claim.stance in ("doubts", "expects"):
            return None
        rest = text[end : self.seed.sentence_around(self.start, end, self.words)[1]]
        sign = rest.rstrip(" \"'’‘”“»«)]」』.!")[-1:]
        if sign in ("", *signs) or "՞" in rest:
            return (sign or "՞", "stops before a question mark", FRAME) if sign or "՞" in rest else None
        return None

    def _of_sentence(self, first: int, last: int) -> bool:
        """Whether two offsets, of which one is an edge of the quote, lie in its sentence."""
        seed = self.seed
        between = seed.folded[first:last]
        if _SIGNS.isdisjoint(between) and not seed.breaks_between(first, last):
            return seed.paragraph(first)[0] == seed.paragraph(max(first, last - 1))[0]
        start, end = seed.sentence_around(self.start, self.end, self.words)
        return start <= first and last <= end

    def _settled(self, hit: Hit) -> bool:
        """Whether the claim says of itself what words outside its quote say of it."""
        if hit[2] == HEDGE:
            return self.claim.hedge is not None or self.claim.stance in ("doubts", "expects")
        return self.claim.stance != "asserts" or _recorded(self.claim, self.seed, hit)


def _recorded(claim: Claim, seed: Seed, hit: Hit) -> bool:
    """Whether a claim's hedge holds the words of a hit."""
    return claim.hedge is not None and seed.folded[hit[0] : hit[1]].casefold() in claim.hedge.casefold()


@check("Q308", WARNING, "file")
def omission_hides_negation(view: FileView) -> Iterator[Finding]:
    """A negation, a near miss, a hedge or words that frame the statement stand among those that `[...]` leaves out.

    Remedy: keep it in the quote; or accept the warning with the reason why it does not touch the claim.
    Bad:
        # the seed: The bridge at Millbrook is today, the mayor adds, not open.
        - id: bridge-open
          value: open
          quote: The bridge at Millbrook is [...] open
    Good:
        # the seed: The bridge at Millbrook is today, the mayor adds, not open.
        - id: bridge-not-open
          value: open
          stance: denies
          quote: The bridge at Millbrook is [...] not open
    """
    words = view.words
    for claim, seed in view.found:
        spans = claim.found.spans
        if len(spans) < 2:
            continue
        hits = seed.hits(words)
        for (_, gap_start), (gap_end, _) in itertools.pairwise(spans):
            nearby = hits[bisect_left(hits, (gap_start - 60, 0, "")) : bisect_left(hits, (gap_end, 0, ""))]
            hidden = next((hit for hit in nearby if hit[1] > gap_start), None)
            if hidden is not None:
                yield at_field(
                    claim,
                    "quote",
                    f"`{OMISSION}` leaves out {_NAMED[hidden[2]]}: `{one_line(seed.folded[hidden[0] : hidden[1]])}`",
                    "keep it in the quote, or accept the warning with the reason",
                )
                break


@check("Q310", WARNING, "file")
def hedge_not_recorded(view: FileView) -> Iterator[Finding]:
    """A hedge stands in the quote of an assertion or denial, and the claim has no `hedge`: it reads as surer than its words.

    Remedy: `hedge:` with those words as they stand there; or accept the warning with the reason (the hedge is about something
    else).
    Bad:
        # the seed: The bridge at Millbrook is reportedly open.
        - id: bridge-open
          quote: The bridge at Millbrook is reportedly open
    Good:
        # the seed: The bridge at Millbrook is reportedly open.
        - id: bridge-open
          hedge: reportedly
          quote: The bridge at Millbrook is reportedly open
    """
    words = view.words
    hits = [hit for hit in view.file.seed.hits(words) if hit[2] == HEDGE] if view.file.seed is not None else []
    for claim, seed in view.found if hits else ():
        if claim.hedge is not None or claim.stance not in ("asserts", "denies"):
            continue
        for start, end in claim.found.spans:
            inside = hits[bisect_left(hits, (start, 0, "")) : bisect_left(hits, (end, 0, ""))]
            hit = next((hit for hit in inside if hit[1] <= end), None)
            if hit is not None:
                text = one_line(seed.folded[hit[0] : hit[1]])
                yield at_field(
                    claim,
                    "quote",
                    f"the quote has a hedge, `{text}`, that the claim does not record",
                    f"write `hedge: {text}`, or accept the warning with the reason",
                )
                break


@check("Q311", WARNING, "file")
def hedge_not_in_sentence(view: FileView) -> Iterator[Finding]:
    """`hedge` holds words that do not stand in the sentence of the quote: a doubt would be put into the mouth of a
    claimant who voiced none.

    Remedy: the words that leave the statement open, as they stand in the sentence.
    Bad:
        # the seed: The bridge at Millbrook is reportedly open.
        - id: bridge-open
          hedge: allegedly
          quote: The bridge at Millbrook is reportedly open
    Good:
        # the seed: The bridge at Millbrook is reportedly open.
        - id: bridge-open
          hedge: reportedly
          quote: The bridge at Millbrook is reportedly open
    """
    for claim, seed in view.found:
        if claim.hedge is None or claim.hedge in seed.folded[claim.found.spans[0][0] : claim.found.spans[-1][1]]:
            continue  # what stands within the quote stands in its sentence
        start, end = seed.sentence_around(claim.found.spans[0][0], claim.found.spans[-1][1], view.words)
        start, end = max(start, claim.found.spans[0][0] - FAR_AWAY), min(end, claim.found.spans[-1][1] + FAR_AWAY)
        sentence = seed.plain_typography[start:end].casefold()
        if not all(piece.translate(TYPOGRAPHY).casefold() in sentence for piece in pieces_of(claim.hedge)):
            yield at_field(
                claim,
                "hedge",
                f"`{shorten(claim.hedge, 60)}` does not stand in the sentence of the quote",
                "copy the words that leave it open from the sentence",
            )
