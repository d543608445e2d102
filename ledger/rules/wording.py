"""Rules about the words of a quote: its figures, its place, its translation (Q)."""

from __future__ import annotations

import string
from collections.abc import Iterator
from fractions import Fraction

from ledger.model import Claim, Finding
from ledger.rules.figures import place_alone
from ledger.rules.number_words import bears, numbers_in, without_point
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.display import one_line
from ledger.texts.folding import fold_space
from ledger.texts.languages import primary, words_for
from ledger.texts.numbers import numbers_of
from ledger.texts.place_names import WrittenOn, is_named

FAR_AWAY = 20_000  # characters: what stands further from a quote in one sentence or paragraph is not looked at


@check("Q313", WARNING, "file")
def number_not_in_quote(view: FileView) -> Iterator[Finding]:
    """A number in `value` that the quote does not bear, neither in digits nor in number words: a reader of the quote would
    look for it in vain. A number counts whole: `27 thousand` bears 27000 and not 27, `half a million` 500000.

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
        if len(claim.found.spans) == 1 and place_alone(view, claim, seed) >= 0:
            continue  # the quick answer for nearly all
        quoted = " ".join(seed.folded[start:end] for start, end in claim.found.spans)
        unit = _unit_of(view, claim)
        meant = (without_point(number) for number in numbers_in(claim.value))
        missing = [number for number in meant if not bears(quoted, number, view.words, unit)]
        if missing:
            yield at_field(
                claim,
                "value",
                f"the quote does not bear the number {missing[0]}",
                "quote the words that give the figure, or accept the warning with the reckoning",
            )


def _unit_of(view: FileView, claim: Claim) -> Fraction:
    """What the unit of a figure counts: of `billion US dollars` a billion."""
    known = view.vocabulary.properties.get(claim.property)
    scales = numbers_of(known.unit, words_for(view.vocabulary.words, view.vocabulary.language)) if known and known.unit else ()
    return scales[0].ways[0] if scales else Fraction(1)


def _stands_in(names: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether one of the names stands between two offsets of a text as it is written, at the beginning of a word and as all of it."""
    for name in names:
        place = text.find(name, start, end) if len(name) > 1 else -1
        if place >= 0 and not text[place + len(name) : place + len(name) + 1].isalnum() and not text[max(0, place - 1) : place].isalnum():
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
    more = WrittenOn(view.words.own("prefixes"), view.words.own("suffixes"))
    for claim, seed in view.found:
        place = places.get(claim.place)
        if place is None or not place.names or place.id in about:
            continue
        names = view.names_of(place)
        first, last = claim.found.spans[0][0], claim.found.spans[-1][1]
        if _stands_in(names, seed.folded, first, last):
            continue  # the quick answer for nearly every claim: as it is written, within the quote
        start, end = seed.paragraph(first)
        start, end = max(start, first - FAR_AWAY), max(last, min(end, last + FAR_AWAY))
        if not is_named(names, seed.folded[start:end], primary(view.file.language), more):
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
