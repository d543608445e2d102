"""Negations, hedges, numbers and abbreviations by language: data shipped as `words/*.json`, with a ledger's own added."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
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


def shipped_languages() -> list[str]:
    """The languages whose negations and hedges the program knows."""
    return sorted(name[:-5] for name in os.listdir(_FOLDER) if name.endswith(".json"))


_WORD = re.compile(r"\w+")
MOST_REMEMBERED = 200_000  # words of texts that were looked at: more come from no language


class Phrases:
    """Phrases of a language, found as whole words in lower-case text; a `*` at the end stands for any ending.

    One pattern of all phrases takes most of the time of a check: it is tried at every letter. Here each word that a text has is
    asked once in a run whether phrases begin with it; only where one of those stands is a (small) pattern tried.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        ordered = sorted({phrase.lower() for phrase in phrases if phrase.strip("* ")}, key=lambda text: (-len(text), text))
        self.patterns = [(phrase, _phrase_pattern(phrase)) for phrase in ordered]
        self._exact: dict[str, list[str]] = {}
        stems: dict[str, list[str]] = {}
        signs = False
        for phrase, pattern in self.patterns:
            first = _WORD.match(phrase)
            if first is None:
                signs = True
            elif "'" in phrase or phrase[first.end() :] == "*":  # a letter can follow: an ending, or an apostrophe that is one
                stems.setdefault(first[0], []).append(pattern)
            else:
                self._exact.setdefault(first[0], []).append(pattern)
        self._stems = stems
        self._all_stems = tuple(stems)
        self._whole = self._pattern([pattern for _, pattern in self.patterns]) if signs else None
        self._seen: set[str] = set()
        self._begins: dict[str, tuple[re.Pattern[str], re.Pattern[str]] | None] = {}
        self._inside: dict[str, list[str]] = {}

    @staticmethod
    def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(patterns))

    def _begins_with(self, word: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
        """Patterns that find a word, and the phrases that begin with it; None where none does."""
        if word not in self._begins:
            found = set(self._exact.get(word, ()))
            if word.startswith(self._all_stems):
                found.update(pattern for stem, patterns in self._stems.items() if word.startswith(stem) for pattern in patterns)
            self._begins[word] = None
            if found:  # the letters come first, so that the search jumps from one such word to the next
                where = re.compile(rf"{word}(?!\w)(?<!\w{word})")
                self._begins[word] = where, self._pattern(pattern for _, pattern in self.patterns if pattern in found)
        return self._begins[word]

    def _look_at(self, chunks: set[str]) -> None:
        """Remember which words that begin phrases stand in each chunk."""
        if len(self._seen) > MOST_REMEMBERED:
            self._seen, self._begins, self._inside = set(), {}, {}
        new = chunks - self._seen
        self._seen |= new
        for chunk in new:
            words = [word for word in _WORD.findall(chunk) if self._begins_with(word) is not None]
            if words:
                self._inside[chunk] = words

    def spans(self, text: str, chunks: set[str]) -> list[tuple[int, int]]:
        """Where phrases stand in a lower-case text, from left to right, none over another; `chunks` is what stands between its
        spaces."""
        if self._whole is not None:
            return [match.span() for match in self._whole.finditer(text)]
        self._look_at(chunks)
        places: list[tuple[int, re.Pattern[str]]] = []
        for word in {word for chunk in self._inside.keys() & chunks for word in self._inside[chunk]}:
            begins = self._begins_with(word)
            if begins is not None:
                places += [(match.start(), begins[1]) for match in begins[0].finditer(text)]
        spans: list[tuple[int, int]] = []
        after = 0
        for place, pattern in sorted(places, key=lambda found: found[0]):
            match = pattern.match(text, place) if place >= after else None
            if match is not None:
                after = match.end()
                spans.append((place, after))
        return spans


def _phrase_pattern(phrase: str) -> str:
    """What finds one phrase."""
    body = re.escape(phrase.rstrip("*")).replace("'", "['’ʼ]")
    before = r"(?<!\w)" if _WORD.match(phrase) else ""
    return before + body + (r"\w*" if phrase.endswith("*") else r"(?!\w)")


class Words(NamedTuple):
    """What one language needs: its negations and hedges (None: not known), and its numbers."""

    language: str
    negations: Phrases | None
    hedges: Phrases | None
    abbreviations: frozenset[str]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    joiners: frozenset[str]
    lower_only: frozenset[str]  # hedges that are another word with a capital letter: `may`, not the month


@lru_cache(maxsize=256)
def _phrases(phrases: tuple[str, ...]) -> Phrases | None:
    found = Phrases(phrases)
    return found if found.patterns else None


@lru_cache(maxsize=256)
def words_of(language: str, more_negations: tuple[str, ...] = (), more_hedges: tuple[str, ...] = ()) -> Words:
    """The words of a language (a BCP 47 tag), those of the ledger's own vocabulary added."""
    code = primary(language)
    data = _shipped(code)

    def texts(key: str) -> list[str]:
        value = data.get(key, [])
        return [str(text) for text in value] if isinstance(value, list) else []

    def numbers(key: str) -> dict[str, int]:
        value = data.get(key, {})
        return {str(word): int(number) for word, number in value.items()} if isinstance(value, dict) else {}

    return Words(
        code,
        _phrases((*texts("negations"), *more_negations)),
        _phrases((*texts("hedges"), *more_hedges)),
        frozenset(texts("abbreviations")),
        numbers("numbers"),
        numbers("scales"),
        frozenset(texts("joiners")),
        frozenset(texts("lower-only")),
    )
