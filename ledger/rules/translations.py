"""Rules about what a translation says beside its quote: figures, negations and hedges, names that only one of the two has (Q)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ledger.model import Claim, Finding
from ledger.rules.number_words import bears, digits_in, words_behind_digits
from ledger.rules.registry import WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.display import one_line
from ledger.texts.folding import search_key
from ledger.texts.languages import FRAME, HEDGE, NEAR_MISS, NEGATION, Words, primary, words_for
from ledger.texts.lookups import read_as, word_key
from ledger.texts.number_tokens import OTHER, SCALE
from ledger.texts.numbers import lexicon_of, numbers_of
from ledger.texts.seeds import Seed

_ALIKE_LETTERS = 3
_NOTHING = (OTHER, Fraction(0))
_PARTED = "\n"  # stands between translations that are looked through in one go: no phrase goes over it
_FIGURE = r"\d{1,3}(?:[.,'’٬٫،\u00a0\u202f ]\d{3})+(?!\d)|\d+[.,٫]\d{1,2}(?![\d]|[.,]\d)|\d+"
_DAY = r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?!\d)|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
_MONTH = r"(?<!\d)\d{1,2}(?:[至到~～〜-]\d{1,2})? ?[月월]"
_HOUR = r"(?<!\d)(1[3-9]|2[0-3])[:.](\d\d)(?!\d)"


class Translated(NamedTuple):
    """A claim whose quote was translated: the words of the quote as they stand in the seed, and the translation."""

    claim: Claim
    seed: Seed
    quote: str
    text: str


def translated(view: FileView) -> list[Translated]:
    """The claims of a file in another language than the ledger's that have a translation."""
    if view.same_language:
        return []
    cached: list[Translated] | None = view.__dict__.get("_translated")
    if cached is None:
        cached = view.__dict__["_translated"] = [
            Translated(claim, seed, _quoted(claim, seed), claim.translation) for claim, seed in view.found if claim.translation
        ]
    return cached


def _quoted(claim: Claim, seed: Seed) -> str:
    """The words of a quote as they stand in the seed."""
    spans = claim.found.spans
    return seed.folded[spans[0][0] : spans[0][1]] if len(spans) == 1 else " ".join(seed.folded[start:end] for start, end in spans)


@check("Q320", WARNING, "file")
def translation_other_figures(view: FileView) -> Iterator[Finding]:
    """A figure stands in the quote and not in its translation, or in the translation alone: `30.000` translated as `13,000`. Readers of the
    ledger see the translation, and take the figure from there.

    Remedy: the quote's figures in the translation; or accept the warning with the reason.
    Bad:
        # the seed: 30.000 mennesker bor i Millbrook.
        language: nb
        claims:
        - id: people
          quote: 30.000 mennesker bor i Millbrook
          translation: 13,000 people live in Millbrook
    Good:
        # the seed: 30.000 mennesker bor i Millbrook.
        language: nb
        claims:
        - id: people
          quote: 30.000 mennesker bor i Millbrook
          translation: 30,000 people live in Millbrook
    """
    into = words_for(view.vocabulary.words, view.vocabulary.language)
    found = translated(view)
    scaled = _has_scale(_PARTED.join(each.quote for each in found), view.words) or _has_scale(
        _PARTED.join(each.text for each in found), into
    )
    for claim, _, quote, text in found:
        one, other = digits_in(quote), digits_in(text)
        same = one == other or sorted(one) == sorted(other)
        if same and not (scaled and one and (_has_scale(quote, view.words) or _has_scale(text, into))):
            continue  # the quick answer for nearly all: the same digits, and no scale beside them
        lost = _missing(quote, view.words, text, into)
        added = None if lost else _missing(text, into, quote, view.words)
        if lost or added:
            where = (
                "the quote has the figure {}, and its translation does not"
                if lost
                else "the translation has the figure {}, and the quote does not"
            )
            yield at_field(
                claim, "translation", where.format(f"`{one_line(lost or added or '')}`"), "give the quote's own figures, no more"
            )


def _has_scale(text: str, words: Words) -> bool:
    """Whether a word behind digits may be a scale: `27 тис.`, `12万`."""
    lexicon = lexicon_of(words)
    for word in words_behind_digits(text):
        if lexicon.words.get(lexicon.key(word), _NOTHING)[0] == SCALE or lexicon.inside.get(word[0], _NOTHING)[0] == SCALE:
            return True
    return False


def _missing(text: str, own: Words, other: str, words: Words) -> str | None:
    """A figure of a text that another, in a language with other words, has in no form. Of figures their digits count, and neither separators nor
    noughts at the end: a scale word may stand for these."""
    figures, mine = _figures(other), _figures(text)
    there = [_digits(found) for found in figures]
    all_there = "".join(there)
    for figure in mine:
        digits = _digits(figure)
        if digits in there:
            alike = [found for found, its in zip(figures, there, strict=True) if its == digits]
            if any(_may_agree(figure, text, own, found, other, words) for found in alike):
                continue
        elif digits in ("", all_there) or "".join(map(_digits, mine)) == all_there:
            continue
        whole = re.sub(r"\D", "", figure)
        if bears(other, str(int(whole)), words) or (not words.numbers and not there):
            continue
        if _told(figure, text, own) & {way for number in numbers_of(other, words) for way in number.ways}:
            continue  # as one number with the words beside it: `30 de mii`, thirty thousand
        return figure
    return None


def _may_agree(figure: str, text: str, own: Words, found: str, other: str, words: Words) -> bool:
    """Whether two figures of the same digits, noughts at the end aside, may say the same: `27 тис.` and `27,000`, never `2,700`. Where a word that is not known is written
    onto one, or the words of numbers of a language are not known, nobody can tell."""
    if not own.numbers or not words.numbers or _written_onto(figure, text, own) or _written_onto(found, other, words):
        return True
    mine, its = _told(figure, text, own), _told(found, other, words)
    return not mine or not its or not mine.isdisjoint(its)


def _written_onto(figure: str, text: str, words: Words) -> bool:
    """Whether a word that is no known scale is written onto a figure: `27-тысячный`, `221bn` in a text that is not English."""
    onto = re.compile(r"(-?)([^\W\d_]+)")
    behind, place = None, text.find(figure)
    while behind is None and place >= 0:
        behind, place = onto.match(text, place + len(figure)), text.find(figure, place + 1)
    return behind is not None and (behind[1] == "-" or not _has_scale(f"1{behind[2]}", words))


def _told(figure: str, text: str, words: Words) -> set[Fraction]:
    """What the numbers of a text can say that hold a figure of it."""
    return {way for number in numbers_of(text, words) if figure in text[number.start : number.end] for way in number.ways}


def _figures(text: str) -> list[str]:
    """The figures of a text as it writes them; of a day the number of its month is none, since others name the month."""
    if not any(map(str.isdecimal, text)):
        return []
    text = re.sub(_DAY, lambda day: f"{day[1]} {day[3]}" if day[1] else f"{day[4]} {day[6]}", text)
    text = re.sub(_MONTH, " ", text)
    text = re.sub(_HOUR, lambda hour: f"{int(hour[1]) - 12}:{hour[2]}", text)
    return re.findall(_FIGURE, text)


def _digits(figure: str) -> str:
    """The digits of a figure that say something."""
    return "".join(str(int(char)) for char in figure if char.isdecimal()).strip("0")


@check("Q321", WARNING, "file")
def translation_other_sense(view: FileView) -> Iterator[Finding]:
    """A negation or a hedge stands in the quote and in no form in its translation, or in the translation alone.

    Remedy: translate it; or accept the warning with the reason (the other language says it otherwise).
    Bad:
        # the seed: Broen i Millbrook er ikke åpen.
        language: nb
        claims:
        - id: bridge-closed
          quote: Broen i Millbrook er ikke åpen
          translation: The bridge at Millbrook is open
    Good:
        # the seed: Broen i Millbrook er ikke åpen.
        language: nb
        claims:
        - id: bridge-closed
          quote: Broen i Millbrook er ikke åpen
          translation: The bridge at Millbrook is not open
    """
    found = translated(view)
    words, into = view.words, words_for(view.vocabulary.words, view.vocabulary.language)
    if not found or not words.phrases.kinds or not into.phrases.kinds:
        return
    hits = found[0].seed.hits(words)
    starts = [hit[0] for hit in hits]
    told = _said([each.text for each in found], into)
    for number, (claim, seed, quote, text) in enumerate(found):
        said = told.get(number, {})
        quoted: dict[str, list[str]] = {}
        for start, end in claim.found.spans:
            place = bisect_left(starts, start)
            while place < len(starts) and starts[place] < end:
                first, last, kind = hits[place]
                if last <= end:
                    quoted.setdefault(kind, []).append(seed.folded[first:last])
                place += 1
        if not quoted and not said:
            continue
        for kind, alike in _ALIKE.items():
            lost = None if alike & said.keys() else _firm(quoted.get(kind, ()), words)
            added = None if alike & quoted.keys() else _firm(said.get(kind, ()), into)
            if lost and not _answered(kind, text, into):
                message = f"the quote has a {kind}, `{one_line(lost)}`, and its translation has none"
            elif added and not _answered(kind, quote, words):
                message = f"the translation has a {kind}, `{one_line(added)}`, and the quote has none"
            else:
                continue
            yield at_field(
                claim, "translation", message, "translate what the quote says, no more and no less; or accept it with the reason"
            )
            break


def _firm(phrases: Iterable[str], words: Words) -> str | None:
    """The first of some phrases that other languages say by a hedge or a negation too."""
    for phrase in phrases:
        key = word_key(phrase, words.language)
        if not any(key == loose or (loose.endswith("*") and key.startswith(loose[:-1])) for loose in words.loose):
            return phrase
    return None


def _answered(kind: str, text: str, words: Words) -> bool:
    """Whether a text says in a word what another language says by a negation (`unanswered`, `only`), or by a hedge (`can`)."""
    return any(found == kind for _, _, found in words.answers.spans(read_as(text, words.language).text))


# What may stand for what in another language: "failed to" for "did not", "denied" for "not true", "unconfirmed" for "not confirmed".
_ALIKE = {NEGATION: {NEGATION, NEAR_MISS, FRAME, HEDGE}, HEDGE: {HEDGE, FRAME}}


def _said(translations: list[str], words: Words) -> dict[int, dict[str, list[str]]]:
    """The phrases of each kind in each of some translations, by its number; those without any are left out."""
    text = f" {_PARTED} ".join(" ".join(text.split()) for text in translations)
    reading = read_as(text, words.language)
    said: dict[int, dict[str, list[str]]] = {}
    ends = [match.start() for match in re.finditer(_PARTED, reading.text)]
    for start, end, kind in words.phrases.spans(reading.text):
        phrase, first = reading.text[start:end], text[reading.start(start)]
        if (phrase in words.lower_only and first.isupper()) or (phrase in words.capital_only and first.islower()):
            continue
        said.setdefault(bisect_left(ends, start), {}).setdefault(kind, []).append(phrase)
    return said


@check("Q322", WARNING, "file")
def translation_lacks_name(view: FileView) -> Iterator[Finding]:
    """The quote names the claim's place or claimant, and its translation names them in no way that the ledger knows.

    Remedy: name it in the translation as the ledger does; or accept the warning with the reason.
    Bad:
        # the seed: Broen i Millbrook er åpen.
        language: nb
        claims:
        - id: bridge-open
          quote: Broen i Millbrook er åpen
          translation: The bridge at Elmdorf is open
    Good:
        # the seed: Broen i Millbrook er åpen.
        language: nb
        claims:
        - id: bridge-open
          quote: Broen i Millbrook er åpen
          translation: The bridge at Millbrook is open
    """
    vocabulary = view.vocabulary
    for claim, _, quote, text in translated(view):
        place, claimant = vocabulary.places.get(claim.place), vocabulary.claimants.get(claim.claimant)
        for names in (view.names_of(place) if place else (), (claimant.name, *claimant.other_names) if claimant else ()):
            if _literally(names, text):
                continue  # the quick answer for nearly all
            named = next((name for name in names if name in quote), None)
            if named is None or not _is_proper(named) or _named(names, text, primary(vocabulary.language)) is not None:
                continue
            others = [other for id in view.ids_of_places.get(named, ()) for other in vocabulary.places[id].all_names()]
            if not _alluded_to((*names, *others), text):
                message = f"the quote names `{one_line(named)}`, and its translation does not"
                yield at_field(claim, "translation", message, "name it as the ledger does, or accept the warning with the reason")
                break


def _literally(names: Iterable[str], text: str) -> bool:
    """Whether one of the names stands in a text as it is written."""
    for name in names:  # noqa: SIM110 (a generator takes twice the time, and this is asked of every claim)
        if name in text:
            return True
    return False


def _named(names: Iterable[str], text: str, code: str) -> str | None:
    """The name that stands in a text, its endings aside."""
    for name in names:
        if name in text:
            return name
    read = word_key(text, code)
    for name in names:
        key = word_key(name, code)
        if key and (read.startswith(key) or f" {key}" in read):
            return name
    return None


def _is_proper(name: str) -> bool:
    """Whether a name is one of its own, and no description that is translated freely (*the front line*)."""
    return any(char.isupper() for char in name) or not any(char.islower() for char in name)


def _alluded_to(names: Iterable[str], text: str) -> bool:
    """Whether a text has a word that begins like a proper name among the words of some names: languages bend and spell names as they please
    (Moskva, Moscow, Muscovite). Names without a proper one (the front line) are translated freely, and count as meant."""
    stems = {search_key(word)[:_ALIKE_LETTERS] for name in names for word in re.findall(r"\w+", name) if word[0].isupper()}
    latin = {stem for stem in stems if stem.isascii() and len(stem) == _ALIKE_LETTERS}
    return not latin or any(search_key(word)[:_ALIKE_LETTERS] in latin for word in re.findall(r"\w+", text))
