"""Negations, hedges, numbers and abbreviations by language: data shipped as `words/*.json`, with a ledger's own added."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_FOLDER = os.path.join(os.path.dirname(__file__), "words")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr"}
# Languages that write the ordinal of a day with a full stop: `11. November` ends no sentence.
ORDINAL_STOP = frozenset(["cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "pl", "sk", "sl", "sr", "tr"])


def primary(language: str) -> str:
    """The language that a BCP 47 tag names, without script and region: `nb` of `nb-NO`."""
    code = language.split("-")[0].lower()
    return _ALIASES.get(code, code)


@lru_cache(maxsize=64)
def _shipped(code: str) -> dict[str, object]:
    if not re.fullmatch("[a-z]{2,3}", code):
        return {}
    try:
        with open(os.path.join(_FOLDER, code + ".json"), encoding="utf-8") as stream:
            data: dict[str, object] = json.load(stream)
            return data
    except FileNotFoundError:
        return {}


def knows(language: str, more_negations: tuple[str, ...] = (), more_hedges: tuple[str, ...] = ()) -> bool:
    """Whether there are negations and hedges of a language: each file that is shipped has both."""
    code = primary(language)
    shipped = re.fullmatch("[a-z]{2,3}", code) is not None and os.path.exists(os.path.join(_FOLDER, code + ".json"))
    return shipped or bool(more_negations and more_hedges)


OwnWords = Mapping[str, Mapping[str, tuple[str, ...]]]  # a ledger's own negations and hedges by language


def words_for(own: OwnWords, language: str) -> Words:
    """The words of a language, a ledger's own added."""
    return words_of(language, *_own_words(own, language))


def knows_words(own: OwnWords, language: str) -> bool:
    """Whether negations and hedges of a language are looked for in a ledger with words of its own."""
    return knows(language, *_own_words(own, language))


def _own_words(own: OwnWords, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ledger's own negations and hedges of a language."""
    more = own.get(language) or own.get(language.split("-")[0]) or {}
    negations, hedges = (tuple(phrase for phrase in more.get(key, ()) if phrase.strip("* ")) for key in ("negations", "hedges"))
    return negations, hedges


def shipped_languages() -> list[str]:
    """The languages whose negations and hedges the program knows."""
    return sorted(name[:-5] for name in os.listdir(_FOLDER) if name.endswith(".json"))


NEGATION, HEDGE = "negation", "hedge"
_WORD = re.compile(r"\w+")
MOST_REMEMBERED = 200_000  # chunks of texts that were looked at: more come from no language
_LETTER_APOSTROPHE = "ʼ"
_APOSTROPHES = f"'’{_LETTER_APOSTROPHE}"
_OF_FIGURES = "0123456789:.,/-%"  # what no phrase begins with, unless a ledger's own do
_AROUND = '.,:;!?…"“”„«»‘()[]–—-'


class Phrase(NamedTuple):
    """One phrase, in each way to write its apostrophes; with `open_end` any ending of its last word may follow. `middle` is what stands
    between the spaces inside of one of several words, which is None of a single word."""

    kind: str
    ways: tuple[str, ...]
    open_end: bool
    middle: frozenset[str] | None

    def end(self, text: str, place: int) -> int:
        """Where the phrase ends that stands at a place of a lower-case text; -1 where it does not stand there."""
        for way in self.ways:
            if text.startswith(way, place):
                end = place + len(way)
                if not self.open_end:
                    return -1 if end < len(text) and _is_letter(text[end]) else end
                while end < len(text) and _is_letter(text[end]):
                    end += 1
                return end
        return -1


def _is_letter(char: str) -> bool:
    """Whether a character belongs to words, as regular expressions see it."""
    return char.isalnum() or char == "_"


class Phrases:
    """Phrases of a language by kind, found as whole words in lower-case text; a `*` at the end stands for any ending. Of those of one
    kind that could stand at one place the longest counts.

    One regular expression of them all would take most of the time of a check: it is tried at every letter, and long to compile.
    Here each chunk of letters between two spaces is asked once in a run whether a word in it begins phrases; most never do.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._given = {(kind, phrase.lower()) for kind, listed in phrases.items() for phrase in listed if phrase.strip("* ")}
        self.kinds = frozenset(kind for kind, _ in self._given)
        self.phrases: list[Phrase] = []  # the longest first; made ready when they are first looked for

    def _make_ready(self) -> None:
        ordered = sorted(self._given, key=lambda entry: (-len(entry[1]), entry[1], entry[0]))
        self.phrases = [_phrase(kind, text) for kind, text in ordered]
        self._exact: dict[str, list[int]] = {}  # numbers of phrases by their first word
        self._stems: dict[str, list[int]] = {}  # the same, where letters follow: an ending, or behind an apostrophe that is one
        self._signs: list[int] = []  # those that begin with no letter
        for number, (_, text) in enumerate(ordered):
            first = _WORD.match(text)
            if first is None:
                self._signs.append(number)
                continue
            rest = text[first.end() :]
            (self._stems if rest == "*" else self._exact).setdefault(first[0], []).append(number)
            if rest.startswith("'"):  # one of the apostrophes is a letter
                self._stems.setdefault(first[0] + _LETTER_APOSTROPHE, []).append(number)
        self._all_stems = tuple(self._stems)
        self._beginnings = frozenset(word[:2] for word in (*self._exact, *self._stems))
        self._of_figures = "" if any(word[0].isdecimal() for word in (*self._exact, *self._stems)) else _OF_FIGURES
        self._one_letter = any(len(stem) == 1 for stem in self._stems)
        self._seen: set[str] = set()
        self._inside: dict[str, list[tuple[int, list[int]]]] = {}  # where in a chunk which phrases could begin

    def _beginning(self, word: str) -> list[int]:
        """The phrases that begin with a word, by their numbers."""
        found = list(self._exact.get(word, ()))
        if word.startswith(self._all_stems):
            found += [number for stem, numbers in self._stems.items() if word.startswith(stem) for number in numbers]
        return found

    def _look_at(self, chunks: set[str]) -> None:
        """Remember where in each chunk words stand that begin phrases."""
        if len(self._seen) > MOST_REMEMBERED:
            self._seen, self._inside = set(), {}
        new = chunks - self._seen
        self._seen |= new
        exact, stems, beginnings = self._exact, self._all_stems, self._beginnings
        # This is asked of every new word of every text, and most begin nothing: their first letters tell.
        likely = new if self._one_letter else [chunk for chunk in new if chunk[:2] in beginnings or not chunk.isalnum()]
        for chunk in likely:
            word = chunk if chunk.isalnum() else chunk.strip(_AROUND)
            if word.isalnum():
                if word in exact or word.startswith(stems):
                    self._inside[chunk] = [(chunk.find(word), self._beginning(word))]
            elif word.strip(self._of_figures):
                found = [
                    (word.start(), self._beginning(word[0]))
                    for word in _WORD.finditer(chunk)
                    if word[0] in exact or word[0].startswith(stems)
                ]
                if found:
                    self._inside[chunk] = found

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where phrases stand in a lower-case text, with their kinds, sorted; none over another of its kind."""
        if not self._given:
            return []
        if not self.phrases:
            self._make_ready()
        chunks = set(text.split(" "))
        self._look_at(chunks)
        places: list[tuple[int, int]] = []  # where a phrase could begin, and its number
        likely: set[int] = set()  # phrases of several words: they are looked for as they are, since their first stand everywhere
        for chunk in self._inside.keys() & chunks:
            single = []
            for offset, numbers in self._inside[chunk]:
                for number in numbers:
                    if self.phrases[number].middle is None:
                        single.append((offset, number))
                    else:
                        likely.add(number)
            if single:
                places += [(place + offset, number) for place in _places_of(chunk, text) for offset, number in single]
        likely = {number for number in likely if (self.phrases[number].middle or frozenset()) <= chunks}
        for number in (*likely, *self._signs):
            for way in self.phrases[number].ways:
                place = text.find(way)
                while place >= 0:
                    if number not in likely or place == 0 or not _is_letter(text[place - 1]):
                        places.append((place, number))
                    place = text.find(way, place + 1)
        spans: list[tuple[int, int, str]] = []
        after = dict.fromkeys(self.kinds, 0)
        for place, number in sorted(places):  # (the longest of those at one place has the smallest number)
            phrase = self.phrases[number]
            end = phrase.end(text, place) if place >= after[phrase.kind] else -1
            if end >= 0:
                spans.append((place, end, phrase.kind))
                after[phrase.kind] = end
        return sorted(spans)


def _places_of(chunk: str, text: str) -> Iterator[int]:
    """Where a chunk stands between two spaces."""
    if text == chunk or text.startswith(chunk + " "):
        yield 0
    wanted = f" {chunk} "
    place = text.find(wanted)
    while place >= 0:
        yield place + 1
        place = text.find(wanted, place + len(chunk) + 1)
    if text.endswith(" " + chunk):
        yield len(text) - len(chunk)


def _phrase(kind: str, text: str) -> Phrase:
    """The phrase that a text of the data says."""
    ways = [""]
    for char in text.rstrip("*"):
        ways = [way + other for way in ways[:81] for other in (_APOSTROPHES if char == "'" else char)]
    middle = frozenset(() if "'" in text else text.split(" ")[1:-1])
    return Phrase(kind, tuple(ways), text.endswith("*"), middle if " " in ways[0] else None)


class Words(NamedTuple):
    """What one language needs: its negations and hedges (whose kinds are missing where they are not known), and its numbers."""

    language: str
    phrases: Phrases
    abbreviations: frozenset[str]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    joiners: frozenset[str]
    conjunctions: frozenset[str]  # words for "that", before which the language writes a comma: `not true, that`
    lower_only: frozenset[str]  # hedges that are another word with a capital letter: `may`, not the month


@lru_cache(maxsize=256)
def words_of(language: str, more_negations: tuple[str, ...] = (), more_hedges: tuple[str, ...] = ()) -> Words:
    """The words of a language (a BCP 47 tag), those of the ledger's own vocabulary added."""
    return _words(primary(language), more_negations, more_hedges)


@lru_cache(maxsize=256)
def _words(code: str, more_negations: tuple[str, ...], more_hedges: tuple[str, ...]) -> Words:
    data = _shipped(code)

    def texts(key: str) -> list[str]:
        value = data.get(key, [])
        return [str(text) for text in value] if isinstance(value, list) else []

    def numbers(key: str) -> dict[str, int]:
        value = data.get(key, {})
        return {str(word): int(number) for word, number in value.items()} if isinstance(value, dict) else {}

    return Words(
        code,
        Phrases({NEGATION: (*texts("negations"), *more_negations), HEDGE: (*texts("hedges"), *more_hedges)}),
        frozenset(texts("abbreviations")),
        numbers("numbers"),
        numbers("scales"),
        frozenset(texts("joiners")),
        frozenset(texts("conjunctions")),
        frozenset(texts("lower-only")),
    )
