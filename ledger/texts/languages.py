"""Negations, frames, hedges, numbers and abbreviations by language: data shipped as `words/*.json`, with a ledger's own added."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ledger.texts.matching import EXCEPTION, Phrases

_FOLDER = os.path.join(os.path.dirname(__file__), "words")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Tags that are another's: old ones, those of three letters (ISO 639-2 and -3), and kinds of a language that share its words.
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr"} | {
    alias: code
    for code, aliases in {
        "am": "amh", "ar": "ara arb arz apc ajp acm afb ary aeb arq apd ayl", "az": "aze azj azb", "cs": "ces cze", "da": "dan", "de": "deu ger",
        "el": "ell gre", "en": "eng", "es": "spa", "fa": "fas per pes prs", "fr": "fra fre", "ha": "hau", "he": "heb", "hi": "hin",
        "hu": "hun", "hy": "hye arm hyw", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat geo", "km": "khm", "ko": "kor", "lo": "lao",
        "my": "mya bur", "nb": "nob nor", "nl": "nld dut", "nn": "nno", "pl": "pol", "pt": "por", "ro": "ron rum", "ru": "rus", "sr": "srp",
        "sv": "swe", "sw": "swa swh", "th": "tha", "ti": "tir", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho chi cmn",
        # without words of the program's, for those of a ledger
        "af": "afr", "be": "bel", "bg": "bul", "bn": "ben", "bo": "bod tib", "bs": "bos", "ca": "cat", "cy": "cym wel", "et": "est", "eu": "eus baq",
        "fi": "fin", "ga": "gle", "gl": "glg", "gu": "guj", "hr": "hrv", "ig": "ibo", "is": "isl ice", "kk": "kaz", "kn": "kan", "ky": "kir",
        "lt": "lit", "lv": "lav lvs", "mk": "mkd mac", "ml": "mal", "mn": "mon", "mr": "mar", "ms": "msa may", "mt": "mlt", "ne": "nep npi",
        "om": "orm", "pa": "pan", "ps": "pus", "rw": "kin", "sd": "snd", "si": "sin", "sk": "slk slo", "sl": "slv", "so": "som", "sq": "sqi alb",
        "ta": "tam", "te": "tel", "tg": "tgk", "tk": "tuk", "tl": "tgl fil", "ug": "uig", "uz": "uzb", "yo": "yor", "zu": "zul",
    }.items()
    for alias in aliases.split()
}  # fmt: skip
# Languages that write the ordinal of a day with a full stop: `11. November` ends no sentence.
ORDINAL_STOP = frozenset(["cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "pl", "sk", "sl", "sr", "tr"])
NEGATION, NEAR_MISS, FRAME, HEDGE = "negation", "near miss", "frame", "hedge"
NO_HEDGE = "no hedge"  # what has a hedge's words and is none: `could not`
_KINDS = {NEGATION: "negations", NEAR_MISS: "near-misses", FRAME: "frames", HEDGE: "hedges", NO_HEDGE: "no-hedges", EXCEPTION: "exceptions"}
# What the data of a language hold, and what a ledger may add to them: lists of phrases, and words with the figures they stand for.
LISTS = (*_KINDS.values(), "prefixes", "suffixes", "conjunctions", "lower-only", "capital-only", "abbreviations", "joiners", "fillers", "ranges",
         "between", "months")  # fmt: skip
FIGURES = ("numbers", "scales")
FRACTIONS = "fractions"  # words with what they say of a whole: `1/2`, or `+1/2` of what is added
SIGNED = ("bounds", "vague")  # words with the sign that they are before a figure
SIGNS = (">=", ">", "<=", "<", "~")
SCALE_FIRST = "scale-first"  # `true` where a scale stands before what it multiplies: Swahili `elfu 12`
WORD_LISTS = (*LISTS, *FIGURES, FRACTIONS, *SIGNED, SCALE_FIRST)


@lru_cache(maxsize=256)
def primary(language: str) -> str:
    """The language that a BCP 47 tag names, without script and region: `nb` of `nb-NO`, `uk` of `ukr`."""
    code = language.split("-")[0].lower()
    return _ALIASES.get(code, code)


def _path(code: str) -> str | None:
    """Where the words of a language are, if any are shipped."""
    path = os.path.join(_FOLDER, code + ".json")
    return path if re.fullmatch("[a-z]{2,3}", code) is not None and os.path.exists(path) else None


@lru_cache(maxsize=64)
def _shipped(code: str) -> dict[str, object]:
    path = _path(code)
    if path is None:
        return {}
    with open(path, encoding="utf-8") as stream:
        data: dict[str, object] = json.load(stream)
        return data


@lru_cache(maxsize=64)
def is_draft(language: str) -> bool:
    """Whether no speaker of a language has read the words that are shipped for it: it says so at the beginning of its file."""
    path = _path(primary(language))
    if path is None:
        return False
    with open(path, encoding="utf-8") as stream:
        return '"reviewed": "no"' in stream.read(40)


# A ledger's own words, by language tag and list; of words with a figure, a fraction or a sign each is `WORD FIGURE`.
OwnWords = Mapping[str, Mapping[str, tuple[str, ...]]]
More = tuple[tuple[str, tuple[str, ...]], ...]  # those of one language


def words_for(own: OwnWords, language: str) -> Words:
    """The words of a language, a ledger's own added."""
    return words_of(language, own_words(own, language))


def knows_words(own: OwnWords, language: str) -> bool:
    """Whether negations and hedges of a language are looked for in a ledger with words of its own."""
    return knows(language, own_words(own, language))


def own_words(own: OwnWords, language: str) -> More:
    """The ledger's own words of a language. What it gives for `sr-Latn` counts in texts that name that script, what it gives for `sr`
    in all; tags are compared without case."""
    if not own:
        return ()
    found: dict[str, tuple[str, ...]] = {}
    for tag, lists in own.items():
        if counts_in(tag, language):
            for key, phrases in lists.items():
                found[key] = (*found.get(key, ()), *(phrase for phrase in phrases if phrase.strip("* ")))
    return tuple(sorted((key, phrases) for key, phrases in found.items() if phrases))


def counts_in(tag: str, language: str) -> bool:
    """Whether what a ledger gives under a tag counts in texts of a language."""
    return primary(tag) == primary(language) and ("-" not in tag or f"{language.lower()}-".startswith(f"{tag.lower()}-"))


def knows(language: str, more: More = ()) -> bool:
    """Whether there are negations and hedges of a language: each file that is shipped has both."""
    return _path(primary(language)) is not None or {"negations", "hedges"} <= {key for key, _ in more}


def shipped_languages() -> list[str]:
    """The languages whose negations and hedges the program knows."""
    return sorted(name[:-5] for name in os.listdir(_FOLDER) if name.endswith(".json"))


class Words(NamedTuple):
    """What one language needs: its negations, near misses, frames and hedges (whose kinds are missing where they are not known), and its
    numbers."""

    language: str
    phrases: Phrases
    abbreviations: frozenset[str]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    joiners: frozenset[str]
    conjunctions: frozenset[str]  # words for "that", before which the language writes a comma: `not true, that`
    lower_only: frozenset[str]  # phrases that are another word with a capital letter: `may`, not the month
    capital_only: frozenset[str]  # those that are meant only at a beginning: Dutch `Als`, for `als` is `as`
    more: More = ()  # the ledger's own, as they are written
    loose: tuple[str, ...] = ()  # hedges and negations that often are none (`could`, `rather than`): other languages say them otherwise
    closings: tuple[str, ...] = ()  # abbreviations that may end a sentence: `and so on.`
    answers: Phrases = Phrases({})  # what another language may say by a negation (`unanswered`, `only`), or by a hedge (`can`)

    def own(self, key: str) -> tuple[str, ...]:
        """What the ledger adds to one of the lists."""
        return next((phrases for name, phrases in self.more if name == key), ())

    def with_values(self, key: str) -> dict[str, str]:
        """The words of a list with what they stand for (empty, where it only lists them)."""
        shipped = _shipped(self.language).get(key, ())
        listed = shipped if isinstance(shipped, dict) else dict.fromkeys(shipped if isinstance(shipped, list) else (), "")
        own = (entry.rpartition(" ") for entry in self.own(key)) if key not in LISTS else ((word, "", "") for word in self.own(key))
        return {str(word): str(value) for word, value in listed.items()} | {word: value for word, _, value in own}

    @property
    def scale_first(self) -> bool:
        """Whether a scale stands before what it multiplies."""
        return bool(_shipped(self.language).get(SCALE_FIRST)) or "true" in self.own(SCALE_FIRST)


@lru_cache(maxsize=256)
def words_of(language: str, more: More = ()) -> Words:
    """The words of a language (a BCP 47 tag), those of the ledger's own vocabulary added."""
    return _words(primary(language), more)


@lru_cache(maxsize=256)
def _words(code: str, more: More) -> Words:
    data = _shipped(code)
    added = dict(more)

    def texts(key: str) -> list[str]:
        value = data.get(key, [])
        return [*(str(text) for text in value), *added.get(key, ())] if isinstance(value, list) else []

    def numbers(key: str) -> dict[str, int]:
        value = data.get(key, {})
        shipped = {str(word): int(number) for word, number in value.items()} if isinstance(value, dict) else {}
        own = (entry.rpartition(" ") for entry in added.get(key, ()))
        return shipped | {word.lower(): int(number) for word, _, number in own}

    return Words(
        code,
        Phrases({kind: texts(key) for kind, key in _KINDS.items()}, code, texts("prefixes"), texts("suffixes")),
        frozenset(texts("abbreviations")),
        numbers("numbers"),
        numbers("scales"),
        frozenset(texts("joiners")),
        frozenset(texts("conjunctions")),
        frozenset(texts("lower-only")),
        frozenset(texts("capital-only")),
        more,
        tuple(texts("loose")),
        tuple(texts("closings")),
        Phrases({NEGATION: texts("answers"), HEDGE: texts("possible")}, code),
    )
