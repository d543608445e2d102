"""Phrases of a language, found in a text that was read as its readers read it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ledger.texts.lookups import read_as, word_key

EXCEPTION = "exception"  # a phrase of this kind is none of the others: `not only` holds no negation
_WITHIN_WORDS = ("'", "’", "-")  # join letters to a word
GAP = "..."  # stands in a phrase for up to MOST_BETWEEN words of the clause, and the comma before a subordinate one
MOST_BETWEEN = 3
MOST_REMEMBERED = 200_000  # chunks of texts that were looked at: more come from no language
# Scripts that write no spaces between words: phrases are looked for anywhere in a text.
UNSPACED = frozenset(["zh", "ja", "th", "lo", "km", "my", "bo", "yue"])
_OF_FIGURES = "0123456789:.,/-%"  # what no phrase begins with, unless a ledger's own do
_AROUND = ".,:;!?…\"“”„«»()[]–—-'"
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_OF_BRAHMI = (
    "\u0900-\u0963\u0966-\u0df3\u0e00-\u0e4e\u0e80-\u0ece\u0f18-\u0f39\u0f71-\u0fbc\u1000-\u1049\u1050-\u109f\u135d-\u135f\u1780-\u17d3"
)


@cache
def word() -> re.Pattern[str]:
    """A word with the marks of its letters: vowels of Indic scripts are none of the letters that `\\w` knows."""
    return re.compile(f"[\\w{_MARKS}{_OF_BRAHMI}]+")


def is_letter(char: str) -> bool:
    """Whether a character belongs to words: letters, digits, and the marks on them."""
    return char.isalnum() or char == "_" or (char > "\u02ff" and unicodedata.category(char)[0] == "M")


Span = tuple[int, int, str]  # where a phrase begins and ends, and its kind


Words = tuple[tuple[str, ...], ...]  # each its pieces, between which any letters stand


class Phrase(NamedTuple):
    """One phrase. `plain` is its text where nothing is left open but perhaps the end of its last word (`open_end`); else it is empty, and
    its words are `parts`, with a gap between one and the next. `middle` is what surely stands between spaces inside of one of several words; None of a single word."""

    kind: str
    plain: str
    open_end: bool
    parts: tuple[Words, ...]
    middle: frozenset[str] | None
    endings: frozenset[str] | None = None  # what alone may follow in the last word, where not all does

    def end(self, text: str, place: int) -> int:
        """Where the phrase ends that stands at a place of a text; -1 where it does not stand there."""
        if self.parts:
            return _end_of_parts(text, place, self.parts)
        if not text.startswith(self.plain, place):
            return -1
        end = place + len(self.plain)
        if not self.open_end:
            return -1 if end < len(text) and is_letter(text[end]) else end
        while end < len(text) and is_letter(text[end]):
            end += 1
        rest = text[place + len(self.plain) : end]
        return -1 if rest and self.endings is not None and rest not in self.endings else end


def _end_of_parts(text: str, place: int, parts: tuple[Words, ...]) -> int:
    """Where a phrase with gaps, or with stars inside of words, ends that stands at a place of a text. No pattern is compiled for it, which takes
    longer than looking through a text with all of them."""
    place = _end_of_words(text, place, parts[0])
    if place < 0 or len(parts) == 1:
        return place if place < 0 or _letters_end(text, place) == place else -1
    for _ in range(MOST_BETWEEN + 1):
        comma = text.startswith(",", place)
        end = _end_of_parts(text, place + comma + 1, parts[1:]) if text.startswith(" ", place + comma) else -1
        if end >= 0 or not text.startswith(" ", place):
            return end
        begin, place = place + 1, _letters_end(text, place + 1)
        while text[place : place + 1] in _WITHIN_WORDS:
            place = _letters_end(text, place + 1)
        if place == begin:
            return -1
    return -1


def _end_of_words(text: str, place: int, words: Words) -> int:
    """Where words end that stand at a place of a text, a space between each two. What stands between two stars is taken where it comes first, and
    looked for nowhere else: the time stays that of the word's length, whatever the word."""
    for number, (first, *pieces) in enumerate(words):
        if number:
            first = " " + first
        if not text.startswith(first, place):
            return -1
        place += len(first)
        for piece in pieces[:-1]:
            place = text.find(piece, place, _letters_end(text, place) + len(piece))
            if place < 0:
                return -1
            place += len(piece)
        if pieces:
            last = pieces[-1]
            begin = max(place, _letters_end(text, place) - _letters_end(last, 0)) if last else _letters_end(text, place)
            if not text.startswith(last, begin):
                return -1
            place = begin + len(last)
    return place


def _letters_end(text: str, place: int) -> int:
    """Where the letters end that follow each other from a place of a text on."""
    match = word().match(text, place)
    return place if match is None else match.end()


class Phrases:
    """Phrases of a language by kind, found as whole words. `word*` is any ending, `*word` any beginning, `a*b` both; `...` between two words
    stands for a few others. Each may have one of the `prefixes` written onto it, and one of the `suffixes`. Of those of one kind that could stand at one place
    the longest counts, and none that stands inside a longer exception.

    One regular expression of them all would take most of the time of a check: it is tried at every letter, and long to compile.
    Here each chunk of letters between two spaces is asked once in a run whether a word in it begins phrases; most never do.
    """

    def __init__(
        self, phrases: Mapping[str, Iterable[str]], code: str = "", prefixes: Iterable[str] = (), suffixes: Iterable[str] = ()
    ) -> None:
        given = [(kind, " ".join(text.split())) for kind, listed in phrases.items() for text in listed if text.strip("*. ")]
        self._given = set(zip((kind for kind, _ in given), _keys([text for _, text in given], code), strict=True))
        self._code = code
        self._prefixes = tuple(sorted((word_key(prefix, code) for prefix in prefixes if prefix.strip()), key=len, reverse=True))
        self._suffixes = frozenset(word_key(suffix, code) for suffix in suffixes if suffix.strip())
        self.kinds = frozenset(kind for kind, _ in self._given) - {EXCEPTION}
        self._unspaced: dict[str, re.Pattern[str]] | None = None
        self._texts: list[tuple[str, str]] = []  # kinds and texts, the longest first; made ready when they are first looked for
        self._phrases: dict[int, Phrase] = {}  # by their numbers, which are their places among the texts

    def _make_ready(self) -> None:
        ordered = sorted(self._given, key=lambda entry: (-len(entry[1]), entry[1], entry[0]))
        if self._code in UNSPACED:
            self._unspaced = {kind: re.compile("|".join(_inside(text) for of, text in ordered if of == kind)) for kind, _ in ordered}
            return
        self._texts = ordered
        self._exact: dict[str, list[int]] = {}  # numbers of phrases by their first word
        self._stems: dict[str, list[int]] = {}  # the same, where letters follow
        self._affixes: list[tuple[str, str, int]] = []  # beginning and end of the first word, and the number of the phrase
        self._signs: list[int] = []  # those that begin with no letter
        for number, (_, text) in enumerate(ordered):
            first = text.partition(" ")[0]
            whole = first.rstrip("*")
            if "*" in whole:
                begins, *_, ends = whole.split("*")
                self._affixes.append((begins, "" if first.endswith("*") else ends, number))
                continue
            if not whole.isalnum():
                whole = text[: _letters_end(text, 0)]
            if whole:
                self._of(text, whole).setdefault(whole, []).append(number)
            else:
                self._signs.append(number)
        self._all_stems = tuple(self._stems)
        self._all_ends = tuple({ends for _, ends, _ in self._affixes})
        self._beginnings = frozenset(text[:2] for text in (*self._exact, *self._stems))
        self._of_figures = "" if any(text[0].isdecimal() for text in (*self._exact, *self._stems)) else _OF_FIGURES
        self._any_word = bool(self._affixes or self._prefixes) or any(len(stem) == 1 for stem in self._stems)
        self._seen: set[str] = set()
        self._inside: dict[str, list[tuple[int, list[int]]]] = {}  # where in a chunk which phrases could begin

    def _of(self, text: str, first: str) -> dict[str, list[int]]:
        open_end = text[len(first) : len(first) + 1] == "*" or (bool(self._suffixes) and text == first)
        return self._stems if open_end else self._exact

    def _phrase(self, number: int) -> Phrase:
        """A phrase by its number, made when it is first asked for: most never are."""
        known = self._phrases.get(number)
        if known is None:
            known = self._phrases[number] = _phrase(*self._texts[number], self._suffixes)
        return known

    def _beginning(self, found: str) -> list[int]:
        """The phrases that begin with a word, by their numbers."""
        numbers = list(self._exact.get(found, ()))
        if found.startswith(self._all_stems):
            numbers += [number for stem, those in self._stems.items() if found.startswith(stem) for number in those]
        for begins, ends, number in self._affixes if found.endswith(self._all_ends) else ():
            if len(found) > len(begins) + len(ends) and found.startswith(begins) and found.endswith(ends):
                numbers.append(number)
        return numbers

    def _beginnings_in(self, found: str, offset: int) -> Iterator[tuple[int, list[int]]]:
        """Where in a word phrases could begin: at its beginning, and behind what is written onto it."""
        numbers = self._beginning(found)
        if numbers:
            yield offset, numbers
        for prefix in self._prefixes:
            if found.startswith(prefix) and len(found) > len(prefix) + 1:
                numbers = self._beginning(found[len(prefix) :])
                if numbers:
                    yield offset + len(prefix), numbers

    def _look_at(self, chunks: set[str]) -> None:
        """Remember where in each chunk words stand that begin phrases."""
        if len(self._seen) > MOST_REMEMBERED:
            self._seen, self._inside = set(), {}
        new = chunks - self._seen
        self._seen |= new
        exact, stems, beginnings, any_word = self._exact, self._all_stems, self._beginnings, self._any_word
        # This is asked of every new word of every text, and most begin nothing: their first letters tell.
        for chunk, found in [
            (chunk, found) for chunk in new if (found := chunk.strip(_AROUND))[:2] in beginnings or any_word or not found.isalnum()
        ]:
            if found.isalnum():
                if any_word:
                    places = list(self._beginnings_in(found, chunk.find(found)))
                    if places:
                        self._inside[chunk] = places
                elif found in exact or found.startswith(stems):
                    self._inside[chunk] = [(chunk.find(found), self._beginning(found))]
            elif found.strip(self._of_figures):
                places = [place for match in word().finditer(chunk) for place in self._beginnings_in(match[0], match.start())]
                if places:
                    self._inside[chunk] = places

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where phrases stand in a text as it is read, with their kinds, sorted; none over another of its kind."""
        if not self._given:
            return []
        if not self._texts and self._unspaced is None:
            self._make_ready()
        if self._unspaced is not None:
            found = [(*match.span(), kind) for kind, pattern in self._unspaced.items() for match in pattern.finditer(text)]
        else:
            found = self._spans(text)
        return self._without_exceptions(sorted(found), text)

    def _without_exceptions(self, spans: list[Span], text: str) -> list[Span]:
        """Phrases, but for those that stand inside a longer exception, or are one and not listed themselves (`komedi`, of `*medi`)."""
        exceptions = [span for span in spans if span[2] == EXCEPTION]
        if not exceptions:
            return spans
        whole = {span[:2] for span in exceptions}
        return [
            span
            for span in outside_longer(spans, exceptions)
            if span[2] != EXCEPTION and (span[:2] not in whole or (span[2], text[span[0] : span[1]]) in self._given)
        ]

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        chunks = set(text.split(" "))
        self._look_at(chunks)
        places: set[tuple[int, int]] = set()  # where a phrase could begin, and its number
        likely: set[int] = set()  # phrases of several words: they are looked for as they are, since their first stand everywhere
        for chunk in self._inside.keys() & chunks:
            single = []
            for offset, numbers in self._inside[chunk]:
                for number in numbers:
                    phrase = self._phrase(number)
                    if phrase.middle is None:
                        single.append((offset, number))
                    elif phrase.middle <= chunks:
                        if phrase.parts:
                            single.append((offset, number))
                        else:
                            likely.add(number)
            if single:
                places.update((place + offset, number) for place in _places_of(chunk, text) for offset, number in single)
        for number in (*likely, *self._signs):
            phrase = self._phrase(number)
            place = text.find(phrase.plain) if phrase.plain else -1
            while place >= 0:
                if number not in likely or place == 0 or not is_letter(text[place - 1]) or self._behind_prefix(text, place):
                    places.add((place, number))
                place = text.find(phrase.plain, place + 1)
        spans: list[tuple[int, int, str]] = []
        after: dict[str, int] = {}
        for place, number in sorted(places):  # (the longest of those at one place has the smallest number)
            phrase = self._phrase(number)
            end = phrase.end(text, place) if place >= after.get(phrase.kind, 0) else -1
            if end >= 0:
                spans.append((place, end, phrase.kind))
                after[phrase.kind] = end
        return spans

    def _behind_prefix(self, text: str, place: int) -> bool:
        """Whether between a word's beginning and a place stands just what is written onto words."""
        start = place
        while start > 0 and place - start < 8 and is_letter(text[start - 1]):
            start -= 1
        return text[start:place] in self._prefixes


def outside_longer(spans: list[Span], longer: list[Span]) -> Iterator[Span]:
    """The spans that lie in none of others that are longer; both are sorted."""
    reach: dict[int, int] = {}  # the furthest end of those that begin at an offset
    for start, end, _ in longer:
        reach[start] = max(end, reach.get(start, 0))
    begun = iter(sorted(reach))
    following = next(begun, None)
    before = 0  # the furthest end of those that began before a span
    for span in spans:
        while following is not None and following < span[0]:
            before = max(before, reach[following])
            following = next(begun, None)
        if before < span[1] and reach.get(span[0], 0) <= span[1]:
            yield span


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


def _keys(texts: list[str], code: str) -> list[str]:
    """What phrases of the data are looked for as, read all at once; what their signs mean stays."""
    read = read_as(unicodedata.normalize("NFC", "\n".join(texts)), code).text
    return [" ".join(key.split()) for key in read.split("\n")] if texts else []


def _phrase(kind: str, text: str, suffixes: frozenset[str]) -> Phrase:
    """The phrase that a text of the data says, with what may be written onto its end."""
    inner = text.rstrip("*")
    middle = frozenset(_between_spaces(text.split(" "))) if " " in text else None
    if "*" in inner or f" {GAP} " in text:
        parts = tuple(tuple(map(_pieces, part.split(" "))) for part in text.split(f" {GAP} "))
        return Phrase(kind, "", False, parts, middle)
    endings = suffixes if suffixes and inner == text else None
    return Phrase(kind, inner, text.endswith("*") or endings is not None, (), middle, endings)


def _pieces(word: str) -> tuple[str, ...]:
    """The pieces of a word between its stars."""
    first, *others = word.split("*")
    return (first, *(piece for piece in others[:-1] if piece), *others[-1:])


def _between_spaces(words: list[str]) -> Iterator[str]:
    """The words of a phrase that stand between spaces wherever it does: neither the first nor the last, nor one before a gap, behind which
    a comma may stand."""
    for number in range(1, len(words) - 1):
        word, following = words[number : number + 2]
        if GAP not in (word, following) and "*" not in word and "'" not in "".join(words):
            yield word


def places_left_open(text: str) -> int:
    """At how many places in a phrase anything may stand: each is tried with each other."""
    return text.strip("*").count("*") + text.split().count(GAP)


def _inside(text: str) -> str:
    """The same where the script writes no spaces."""
    return re.escape(text.strip("*").replace(f" {GAP} ", "\0").replace("*", "\0")).replace("\0", r".{0,10}?")
