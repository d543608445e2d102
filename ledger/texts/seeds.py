"""Seeds: the stored texts, their paragraphs and sentences, and where a quote stands in them (DESIGN section 3).

Offsets are counted in the *folded* text: Unicode NFC with every run of white space as one space. `Seed.nfc_offset` gives the
offset in the NFC text before folding, which is what machines are told.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ledger.texts.folding import TYPOGRAPHY, fold_space, lowered, mark_flood, plain_marks
from ledger.texts.languages import HEDGE, NEAR_MISS, NEGATION, NO_HEDGE, Words
from ledger.texts.lookups import Reading, read_as
from ledger.texts.matching import outside_longer
from ledger.texts.quotes import GIVEN_UP, LONG_SEED, NOT_FOUND, OMISSION, PLACE_TRIED, Effort, Found, GivenUp, Searched, stands_beside
from ledger.texts.sentences import CLAUSE_END, breaks_in, cut, ends_whole, is_small, nearest_sentence, ordinal_stop, told_apart

FEW_PARAGRAPHS = 4
MAX_SEED_BYTES = 4 * 1024 * 1024  # of a larger one the worst would take more than a gigabyte to show
_UNEVEN_SPACE = re.compile(r" \s+|[^\S ]\s*")
_WIDE_SPACES = "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_UNEVEN_PAIRS = ("  ", " \n", "\n ", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
_QUOTATION = "\"'“”„«»‘’‚‹›「」『』"
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")


class MarkFlood(Exception):
    """A text has more combining marks behind one letter than any script needs; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _clause_ends(window: str, words: Words) -> Iterator[re.Match[str]]:
    """The marks that end a clause; in languages that write `11. november`, the full stop of a short number is none."""
    for mark in re.finditer(CLAUSE_END, window):
        if not ordinal_stop(window[: mark.end()], words) and not (mark[0] == ";" and re.search("&#?\\w+$", window[: mark.start()])):
            yield mark


def _next_word(text: str, place: int) -> str:
    """The word behind an offset, in small letters."""
    return text[place : place + 20].lstrip(" ").partition(" ")[0].lower()


def _is_figure(word: str, words: Words) -> bool:
    """Whether a word says how many."""
    word = word.strip(".,:;")
    return word[:1].isdigit() or word in words.numbers or word in words.scales


class _Folding(NamedTuple):
    """A text with its white space folded: where folded and unfolded offsets part, and where its paragraphs begin."""

    text: str
    folded_at: list[int]
    nfc_at: list[int]
    paragraphs: list[int]


def _fold(text: str, by_line: bool = False) -> _Folding:
    """A text with its white space folded; `by_line`: a paragraph ends at every line end, and not only at an empty line."""
    pieces: list[str] = []
    folded_at, nfc_at, paragraphs = [0], [0], [0]
    position = length = 0
    for run in _UNEVEN_SPACE.finditer(text):
        start, end = run.span()
        pieces.append(text[position:start])
        pieces.append(" ")
        length += start - position + 1
        if end - start > 1:
            folded_at.append(length)
            nfc_at.append(end)
            if not by_line and _EMPTY_LINE.search(text, start, end):
                paragraphs.append(length)
        if by_line and "\n" in run[0]:
            paragraphs.append(length)
        position = end
    pieces.append(text[position:])
    folded = "".join(pieces)
    if paragraphs[-1] >= len(folded) and len(paragraphs) > 1:
        paragraphs.pop()
    return _Folding(folded, folded_at, nfc_at, paragraphs)


def _fold_even(text: str) -> _Folding | None:
    """The same of a text whose only white space is single spaces and line ends, two of these between paragraphs, which takes a fifth
    of the time; None for any other."""
    if any(pair in text for pair in _UNEVEN_PAIRS) or (not text.isascii() and any(space in text for space in _WIDE_SPACES)):
        return None
    folded_at, nfc_at, paragraphs = [0], [0], [0]
    place = text.find("\n\n")
    while place >= 0:
        if text.startswith("\n", place + 2):
            return None
        nfc_at.append(place + 2)
        folded_at.append(place + 2 - len(paragraphs))
        paragraphs.append(place + 2 - len(paragraphs))
        place = text.find("\n\n", place + 2)
    folded = text.replace("\n\n", " ").replace("\n", " ")
    if paragraphs[-1] >= len(folded) and len(paragraphs) > 1:
        paragraphs.pop()
    return _Folding(folded, folded_at, nfc_at, paragraphs)


class Seed:
    """One stored text. `name` is its file's name in `seeds/`, `sha256` that of its bytes; `by_line`: each of its lines is a paragraph.

    Raises UnicodeDecodeError and MarkFlood.
    """

    by_line = False

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        text = data.decode("utf-8")
        flood = mark_flood(text)
        if flood >= 0:
            raise MarkFlood(text.count("\n", 0, flood) + 1)
        self.effort = Effort()
        self._decoded: str | None = text  # until it is composed

    @cached_property
    def nfc(self) -> str:
        """The text in Unicode NFC."""
        text = self._decoded if self._decoded is not None else self.data.decode("utf-8")
        self._decoded = None
        return unicodedata.normalize("NFC", text)

    @property
    def folded(self) -> str:
        """The text with its white space folded."""
        return self._folding.text

    @property
    def words(self) -> str:
        """What tells the text from every other, white space aside."""
        return self.folded.strip()

    @cached_property
    def words_digest(self) -> str:
        """A digest of these, in hex."""
        return hashlib.blake2b(self.words.encode(), digest_size=16).hexdigest()

    @property
    def paragraphs(self) -> list[int]:
        """Where the paragraphs begin in the folded text."""
        return self._folding.paragraphs

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    def sha256_with_line_ends(self, line_end: bytes) -> str:
        """The SHA-256 that the bytes would have with other line ends."""
        plain = self.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return hashlib.sha256(plain.replace(b"\n", line_end)).hexdigest()

    @cached_property
    def _folding(self) -> _Folding:
        """White space folded, with where folded and unfolded offsets part, and where paragraphs begin."""
        return (None if self.by_line else _fold_even(self.nfc)) or _fold(self.nfc, self.by_line)

    def line_by_line(self) -> Seed:
        """The same text, each of its lines a paragraph."""
        return LateSeed(self.name, lambda: self.data, by_line=True)

    @property
    def lines_of_text(self) -> int:
        """How many lines hold more than white space."""
        return sum(1 for line in self.nfc.split("\n") if line.strip())

    @property
    def lines_are_whole(self) -> bool:
        """Whether each line ends where a sentence does."""
        return all(ends_whole(line) for line in self.nfc.split("\n") if line.strip())

    @cached_property
    def plain_typography(self) -> str:
        """The folded text with one quotation mark and one dash for all their variants (same offsets)."""
        return plain_marks(self.folded)

    @cached_property
    def plain_lower(self) -> str:
        """The folded text in lower case with plain typography (same offsets)."""
        return plain_marks(self.lower)

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, letter by letter (same offsets)."""
        return lowered(self.folded)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [match.end() for match in re.finditer("\n", self.nfc)]

    def nfc_offset(self, offset: int, ends: bool = False) -> int:
        """The offset in the NFC text of an offset in the folded one; `ends`: of a span's end, before white space folded away."""
        if ends and offset > 0:
            return self.nfc_offset(offset - 1) + 1
        index = bisect_right(self._folding.folded_at, offset) - 1
        return self._folding.nfc_at[index] + offset - self._folding.folded_at[index]

    def line(self, offset: int) -> int:
        """The line (from 1) on which an offset of the folded text stands."""
        return bisect_right(self._line_starts, self.nfc_offset(offset))

    @cached_property
    def _paragraph_spans(self) -> list[tuple[int, int]]:
        """The paragraphs, without white space at their ends."""
        text, spans = self.folded, []
        for start, end in pairwise([*self.paragraphs, len(text)]):
            first, last = start, end
            while first < end and text[first] == " ":
                first += 1
            while last > start and text[last - 1] == " ":
                last -= 1
            spans.append((first, last))
        return spans

    def paragraph(self, offset: int) -> tuple[int, int]:
        """The start and end of the paragraph around an offset, in the folded text, without white space at its ends."""
        return self._paragraph_spans[bisect_right(self._folding.paragraphs, offset) - 1]

    # -- quotes ---------------------------------------------------------------------------------------------------

    def find(self, quote: str, before: str | None = None, after: str | None = None) -> Found:
        """Where a quote stands, literally, else with other quotation marks and dashes; `[...]` leaves words out."""
        text = self._folding.text
        if before is None and after is None and len(text) <= LONG_SEED and quote.strip() == quote != "" and OMISSION not in quote:
            start = text.find(quote)  # what stands in a folded text is folded: nearly every quote is found as it is written
            if start >= 0:
                return Found(((start, start + len(quote)),), 1 if text.find(quote, start + 1) < 0 else 2, False, True)
        try:
            return self._look_for(quote, before, after)
        except GivenUp:
            return GIVEN_UP

    def _look_for(self, quote: str, before: str | None, after: str | None) -> Found:
        if not before and not after and OMISSION not in quote:
            folded = fold_space(quote)
            starts = self._starts(folded) if folded else []
            if starts:
                return Found(((starts[0], starts[0] + len(folded)),), len(starts), False, True)
        pieces = [piece for piece in (fold_space(part) for part in quote.split(OMISSION)) if piece]
        if not pieces:
            return NOT_FOUND
        beside = (fold_space(before) if before else "", fold_space(after) if after else "")
        found = self._find(pieces, beside, plain=False)
        if found.ways:
            return found
        pieces = [piece.translate(TYPOGRAPHY) for piece in pieces]
        other = self._find(pieces, (beside[0].translate(TYPOGRAPHY), beside[1].translate(TYPOGRAPHY)), plain=True)
        return other._replace(variant=True) if other.ways else found

    def _starts(self, folded: str) -> list[int]:
        """Where a folded text stands, two places at most."""
        places = self._literal.occurrences(folded)
        start = places.first_from(0)
        again = places.first_from(start + 1) if start >= 0 else -1
        return [place for place in (start, again) if place >= 0]

    @cached_property
    def _literal(self) -> Searched:
        return Searched(self.folded, self.effort)

    @cached_property
    def _plain(self) -> Searched:
        return Searched(self.plain_typography, self.effort)

    def _find(self, pieces: list[str], beside: tuple[str, str], plain: bool) -> Found:
        searched = self._plain if plain else self._literal
        text, places = searched.text, searched.occurrences(pieces[0])
        nearest = [-1] * len(pieces)  # of each further piece, where it was found last
        first: tuple[tuple[int, int], ...] = ()
        without: tuple[tuple[int, int], ...] = ()
        ways = 0
        start = places.first_from(0)
        while start >= 0:
            spans = self._complete(text, pieces, start, beside[1], nearest)
            if spans and stands_beside(text, spans, beside):
                ways += 1
                first = first or spans
                if ways > 1:
                    break
            elif spans and not without:
                without = spans
            # where the further pieces do not stand behind one place of a paragraph, they do not behind a later one
            start = places.first_from(start + 1 if spans else max(start + 1, self.paragraph(start)[1]))
        if not ways and without:
            return Found(without, 0, False, False)
        return Found(first, ways, False, True)

    def _complete(self, text: str, pieces: list[str], start: int, after: str, nearest: list[int]) -> tuple[tuple[int, int], ...]:
        """The spans of all pieces from `start` on, each the nearest, in one paragraph; empty where they do not stand there."""
        end = start + len(pieces[0])
        spans = [(start, end)]
        if len(pieces) == 1:
            return tuple(spans)
        limit = self.paragraph(start)[1]
        for number, piece in enumerate(pieces[1:], 1):
            place = nearest[number]
            if place < end:
                place = text.find(piece, end, limit)
                if number == len(pieces) - 1 and after:
                    while place >= 0 and not text.startswith(after, place + len(piece) + text.startswith(" ", place + len(piece))):
                        self.effort.spend(PLACE_TRIED)
                        place = text.find(piece, place + 1, limit)
                self.effort.spend((limit if place < 0 else place) - end)
                nearest[number] = place
            if place < 0:
                return ()
            end = place + len(piece)
            spans.append((place, end))
        return tuple(spans) if spans[0][1] <= limit else ()

    # -- sentences ------------------------------------------------------------------------------------------------

    def sentences(self, words: Words) -> list[tuple[int, int]]:
        """The sentences, as spans of the folded text: a paragraph's end ends one, and what `sentences.cut` finds."""
        cached: dict[str, list[tuple[int, int]]] = self.__dict__.setdefault("_sentences", {})
        if words.language not in cached:
            cached[words.language] = self._split(words, self.paragraphs)
        return cached[words.language]

    def told_apart(self, words: Words) -> bool:
        """Whether the sentences can be told from each other."""
        return told_apart(self.folded, self.sentences(words), words)

    @cached_property
    def _breaks(self) -> list[int]:
        """Where lines break the text off, as offsets of the folded text."""
        return sorted({self._folded_offset(place) for place in breaks_in(self.nfc)}) if "\n" in self.nfc.strip() else []

    def breaks_between(self, first: int, last: int) -> bool:
        """Whether a line breaks the text off between two offsets."""
        return bisect_left(self._breaks, first) < bisect_left(self._breaks, last)

    def _folded_offset(self, place: int) -> int:
        """The offset in the folded text of one in the NFC text."""
        index = bisect_right(self._folding.nfc_at, place) - 1
        return self._folding.folded_at[index] + place - self._folding.nfc_at[index]

    def _sentences_near(self, start: int, end: int, words: Words) -> list[tuple[int, int]]:
        """The sentences of the paragraphs from one offset to another; none where these are more than a few."""
        first = bisect_right(self.paragraphs, start) - 1
        last = bisect_right(self.paragraphs, end)
        if last - first > FEW_PARAGRAPHS:
            return []
        cached: dict[object, list[tuple[int, int]]] = self.__dict__.setdefault("_sentences_of", {})
        key = (words.language, first, last)
        if key not in cached:
            cached[key] = self._split(words, self.paragraphs[first:last])
        return cached[key]

    def _split(self, words: Words, paragraphs: list[int]) -> list[tuple[int, int]]:
        spans = [span for paragraph in paragraphs for span in cut(self.folded, *self.paragraph(paragraph), self._breaks, words)]
        return [span for span in spans if any(char.isalnum() for char in self.folded[span[0] : span[1]])]

    def sentence_around(self, start: int, end: int, words: Words) -> tuple[int, int]:
        """The span from the beginning of the sentence at `start` to the end of the one at `end`."""
        nearby = self._sentences_near(start, end, words)
        if nearby and nearby[0][0] <= start:
            return nearest_sentence(nearby, start, end)
        spans = self.sentences(words)
        return nearest_sentence(spans, start, end) if spans else (start, end)

    # -- what stands beside a quote -------------------------------------------------------------------------------

    def reading(self, code: str) -> Reading:
        """The folded text as readers of a language (its code) read it."""
        cached: dict[str, Reading] = self.__dict__.setdefault("_readings", {})
        if code not in cached:
            cached[code] = read_as(self.folded, code, self.data, self._divided())
        return cached[code]

    def _divided(self) -> list[tuple[int, int]]:
        """The spans between the two halves of words that were divided at the end of a line."""
        if self.by_line or not any(hyphen in self.nfc for hyphen in ("-\n", "-\r", "\xad\n", "\xad\r", "\u2010\n")):
            return []
        spans = []
        for match in re.finditer("(?<=[^\\W\\d_])[-\xad\u2010]\r?\n[ \t]*(?=[^\\W\\d_])", self.nfc):
            if is_small(self.nfc[match.end()]):
                spans.append((self._folded_offset(match.start()), self._folded_offset(match.end())))
        return spans

    def hits(self, words: Words) -> list[tuple[int, int, str]]:
        """Where negations, near misses, frames and hedges stand: (start, end, kind), sorted."""
        cached: dict[object, list[tuple[int, int, str]]] = self.__dict__.setdefault("_hits", {})
        if words.phrases not in cached:
            cached[words.phrases] = list(self._find_hits(words))
        return cached[words.phrases]

    def _find_hits(self, words: Words) -> Iterator[tuple[int, int, str]]:
        reading = self.reading(words.language)
        spans = words.phrases.spans(reading.text)
        others = [span for span in spans if span[2] != NEGATION]
        negations = outside_longer([span for span in spans if span[2] == NEGATION], others)  # none that is part of `not confirmed`
        idle = [span for span in others if span[2] == NO_HEDGE]
        if idle:
            hedges = list(outside_longer([span for span in others if span[2] == HEDGE], idle))
            others = [span for span in others if span[2] not in (HEDGE, NO_HEDGE)] + hedges
        for first, last, kind in sorted([*others, *negations]):
            start, end = reading.start(first), reading.end(last)
            while end < len(self.folded) and unicodedata.category(self.folded[end])[0] == "M":
                end += 1
            phrase = reading.text[first:last]
            if phrase in words.lower_only and not self.folded[start].islower():
                continue
            if phrase in words.capital_only and not self.folded[start].isupper():
                continue
            if kind == NEAR_MISS and _is_figure(_next_word(self.folded, end), words):
                continue  # "nearly 500" says how many, and misses nothing
            yield start, end, kind

    def clause_before(self, start: int, words: Words, most_words: int = 6) -> int:
        """Where the words left out before a quote begin: those of the clause, `most_words` at most. In languages that write `not true,
        that`, the comma before what is or is not so ends no clause."""
        window = self.folded[max(self.paragraph(start)[0], start - 160) : start]
        # Quotation marks round the quote itself end nothing: what governs quoted words stands outside of their marks.
        marks = len(window) - len(window.rstrip(" ").rstrip(_QUOTATION))
        window, start = window[: len(window) - marks], start - marks
        begin = 0
        for mark in _clause_ends(window + " " * (marks > 0), words):  # (a dash ends a clause where a space follows, here the quote's own)
            if not words.conjunctions or mark[0] != "," or _next_word(window, mark.end()) not in words.conjunctions:
                begin = mark.end()
        for count, match in enumerate(re.finditer(r"\S+", window[begin:][::-1]), 1):
            if count == most_words:
                return start - match.end()
        return start - (len(window) - begin)

    def clause_after(self, end: int, words: Words, most_words: int = 6) -> int:
        """Where the words left out after a quote end: those of the clause, `most_words` at most."""
        window = self.folded[end : min(max(end, self.paragraph(max(0, end - 1))[1]), end + 160)]
        marks = len(window) - len(window.lstrip(_QUOTATION))
        window, end = window[marks:], end + marks
        mark = next(_clause_ends(window, words), None)
        stop = mark.start() if mark else len(window)
        for count, match in enumerate(re.finditer(r"\S+", window[:stop]), 1):
            if count == most_words:
                return end + match.end()
        return end + stop


class LateSeed(Seed):
    """A seed that was found good before: its bytes are read when they are asked for, which of most seeds they never are."""

    def __init__(self, name: str, read: Callable[[], bytes], by_line: bool = False) -> None:
        self.name = name
        self.by_line = by_line
        self._read = read
        self._decoded = None
        self.effort = Effort()

    @cached_property
    def data(self) -> bytes:  # type: ignore[override]
        """The bytes."""
        return self._read()
