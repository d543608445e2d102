"""Rules about the words of a quote: what it leaves out, what it leaves open, what its translation says (Q)."""

from __future__ import annotations

import itertools
import string
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from ledger.model import Finding
from ledger.rules.number_words import bears, numbers_in, stands_alone
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import TYPOGRAPHY, fold_space
from ledger.texts.languages import HEDGE, Words
from ledger.texts.quotes import OMISSION, pieces_of
from ledger.texts.seeds import Seed

FAR_AWAY = 20_000  # characters: what stands further from a quote in one sentence or paragraph is not looked at


@check("Q307", WARNING, "file")
def quote_stops_at_negation(view: FileView) -> Iterator[Finding]:
    """A negation or a hedge stands just outside the quote, in its clause, six words away at most.

    The most expensive mistake is a quotation that is exact and stops one word too early.
    Remedy: take the words in; or accept the warning with the reason why they do not touch the claim.
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
    words = view.words
    hits = view.file.seed.hits(words) if view.file.seed is not None else []
    starts = [hit[0] for hit in hits]
    for claim, seed in view.found if hits else ():
        start, end = claim.found.spans[0][0], claim.found.spans[-1][1]
        if bisect_left(starts, start - 160) == bisect_left(starts, end + 161):
            continue  # none is near
        beside = _first_hit(hits, words, seed, start, end)
        if beside is not None:
            text, kind, after = beside
            how = f"stops before a {kind}" if after else f"begins after a {kind}"
            yield at_field(
                claim,
                "quote",
                f"the quote {how}: `{one_line(text)}`",
                "take those words into the quote, or accept the warning with the reason",
            )


def _first_hit(hits: list[tuple[int, int, str]], words: Words, seed: Seed, start: int, end: int) -> tuple[str, str, bool] | None:
    """The nearest negation or hedge just before or after a quote: its words, its kind, whether it stands after."""
    left = right = None
    before = hits[bisect_left(hits, (start - 160, 0, "")) : bisect_left(hits, (start, 0, ""))]
    after = hits[bisect_left(hits, (max(start, end - 160), 0, "")) : bisect_left(hits, (end + 161, 0, ""))]
    clause_start = seed.clause_before(start, words) if before else start
    for hit in before:
        if start < hit[1] or hit[0] >= clause_start:
            left = hit
    clause_end = seed.clause_after(end, words) if after else end
    for hit in after:
        if hit[0] < end < hit[1] or (hit[0] >= end and hit[1] <= clause_end):
            right = hit
            break
    beside = left or right
    return None if beside is None else (seed.folded[beside[0] : beside[1]], beside[2], beside is not left)


@check("Q308", WARNING, "file")
def omission_hides_negation(view: FileView) -> Iterator[Finding]:
    """A negation or a hedge stands among the words that `[...]` leaves out.

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
                    f"`{OMISSION}` leaves out a {hidden[2]}: `{one_line(seed.folded[hidden[0] : hidden[1]])}`",
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


@check("Q313", WARNING, "file")
def number_not_in_quote(view: FileView) -> Iterator[Finding]:
    """A number in `value` that the quote does not bear, neither in digits nor in number words: a reader of the quote would
    look for it in vain.

    Remedy: quote the words that give the figure; or accept the warning with the reckoning.
    Bad:
        # the seed: Millbrook has 27,000 inhabitants.
        - id: people
          property: people
          value: 26000
          quote: Millbrook has 27,000 inhabitants
    Good:
        # the seed: Millbrook has 27,000 inhabitants.
        - id: people
          property: people
          value: 27000
          quote: Millbrook has 27,000 inhabitants
    """
    for claim, seed in view.found:
        if claim.figure is None or claim.value is None:
            continue
        if len(claim.found.spans) == 1 and stands_alone(claim.value, seed.folded, *claim.found.spans[0]):
            continue  # the quick answer for nearly all
        quoted = " ".join(seed.folded[start:end] for start, end in claim.found.spans)
        missing = [number for number in numbers_in(claim.value) if not bears(quoted, number, view.words)]
        if missing:
            yield at_field(
                claim,
                "value",
                f"the quote does not bear the number {missing[0]}",
                "quote the words that give the figure, or accept the warning with the reckoning",
            )


@lru_cache(maxsize=4096)
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they are looked for."""
    return tuple(fold_space(name).translate(TYPOGRAPHY).lower() for name in names)


def _stands_in(names: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether one of the names stands between two offsets of a text."""
    for name in names:  # noqa: SIM110 (a generator takes twice the time, and this is asked of every claim)
        if text.find(name, start, end) >= 0:
            return True
    return False


@check("Q314", WARNING, "file")
def place_not_in_paragraph(view: FileView) -> Iterator[Finding]:
    """None of the names of the claim's place stands in the paragraph of the quote: it may be said of another place.

    Remedy: the right place; a spelling that the text uses, added to the place; where the whole text is about that place, `about: [its id]`
    in the head of the file; or accept the warning with the reason.
    Bad:
        # the seed: The bridge at Elmdorf is open.
        - id: bridge-open
          place: millbrook
          quote: The bridge at Elmdorf is open
    Good:
        # the seed: The bridge at Elmdorf is open.
        - id: bridge-open
          place: elmdorf
          quote: The bridge at Elmdorf is open
    """
    places = view.vocabulary.places
    about = frozenset(view.file.about)
    names_of: dict[str, tuple[str, ...]] = {}
    for claim, seed in view.found:
        place = places.get(claim.place)
        if place is None or not place.names or place.id in about:
            continue
        names = names_of.get(place.id)
        if names is None:
            names = names_of[place.id] = tuple(dict.fromkeys(place.all_names()))
        first, last = claim.found.spans[0][0], claim.found.spans[-1][1]
        if _stands_in(names, seed.folded, first, last):
            continue  # the quick answer for nearly every claim: as it is written, within the quote
        start, end = seed.paragraph(first)
        start, end = max(start, first - FAR_AWAY), max(last, min(end, last + FAR_AWAY))
        if not _stands_in(_keys(names), seed.plain_lower, start, end):
            yield at_field(
                claim,
                "place",
                f"no name of `{claim.place}` stands in the paragraph of the quote",
                "is it the right place? else add the text's spelling to the place; where the whole text is about it, write "
                f"`about: [{claim.place}]` in the file's head",
            )


@check("Q315", ERROR, "file", excludes=False)
def translation_missing(view: FileView) -> Iterator[Finding]:
    """A quote in another language than the ledger's has no `translation`, so its readers can't review it.

    Remedy: `translation:` in the ledger's language, no more than what the quote says.
    Bad:
        # the seed: Broen i Millbrook er åpen.
        language: nb
        claims:
        - id: bridge-open
          quote: Broen i Millbrook er åpen
    Good:
        # the seed: Broen i Millbrook er åpen.
        language: nb
        claims:
        - id: bridge-open
          quote: Broen i Millbrook er åpen
          translation: The bridge at Millbrook is open
    """
    if view.same_language:
        return
    for claim in view.file.claims:
        if claim.quote and claim.translation is None and "translation" not in claim.at:
            yield at_field(
                claim,
                "quote",
                f"the quote is in `{one_line(view.file.language)}` and has no translation",
                f"write `translation:` in `{one_line(view.vocabulary.language)}`",
            )


@check("Q316", WARNING, "file")
def translation_is_quote(view: FileView) -> Iterator[Finding]:
    """The translation is the quote itself, so that readers who can't read the one can't read the other.

    Remedy: translate it; or delete it where the quote is in the ledger's language.
    Bad:
        - id: bridge-open
          quote: The bridge at Millbrook is open
          translation: The bridge at Millbrook is open
    Good:
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    for claim in view.file.claims:
        if not claim.translation or not claim.quote:
            continue
        one, other = claim.translation[0], claim.quote[0]
        if one in _ASCII_WORDS and ("\u0400" <= other <= "\u04ff" or (other in _ASCII_WORDS and one.lower() != other.lower())):
            continue  # the quick answer for nearly all: the first letters alone tell them apart, whatever case and composition
        if fold_space(claim.translation).casefold() == fold_space(claim.quote).casefold():
            yield at_field(claim, "translation", "the translation is the quote itself", "translate it, or delete the line")


_ASCII_WORDS = frozenset(string.ascii_letters + string.digits)
