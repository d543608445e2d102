"""Negations, hedges, numbers and abbreviations by language: data shipped as `words/*.json`, with a ledger's own added."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_FOLDER = os.path.join(os.path.dirname(__file__), "words")
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr"}
# Languages that write the ordinal of a day with a full stop: `11. November` ends no sentence.
ORDINAL_STOP = frozenset(["cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "pl", "sk", "sl", "sr", "tr"])


class Words(NamedTuple):
    """What one language needs: patterns that find its negations and hedges (None: not known), and its numbers."""

    language: str
    negations: re.Pattern[str] | None
    hedges: re.Pattern[str] | None
    abbreviations: frozenset[str]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    joiners: frozenset[str]
    lower_only: frozenset[str]  # hedges that are another word with a capital letter: `may`, not the month


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


def _pattern(phrases: list[str]) -> re.Pattern[str] | None:
    """One pattern for whole words and phrases in lower-case text; a `*` at the end stands for any ending.

    Alternatives are grouped by their first letter: most places of a text are then passed by one test (without the groups a
    search takes about ten times as long), and the longest stands first.
    """
    groups: dict[str, list[str]] = {}
    for phrase in sorted({phrase.lower() for phrase in phrases if phrase.strip("* ")}, key=lambda text: (-len(text), text)):
        first = re.escape(phrase[0]) if re.match(r"\w", phrase) else ""
        rest = re.escape(phrase[len(first) and 1 :].rstrip("*")).replace("'", "['’ʼ]")
        groups.setdefault(first, []).append(rest + ("\\w*" if phrase.endswith("*") else "(?!\\w)"))
    if not groups:
        return None
    unlettered = groups.pop("", [])
    lettered = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in sorted(groups.items()))
    return re.compile("|".join([f"(?<!\\w)(?:{lettered})"] * bool(lettered) + unlettered))


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
        _pattern(texts("negations") + list(more_negations)),
        _pattern(texts("hedges") + list(more_hedges)),
        frozenset(texts("abbreviations")),
        numbers("numbers"),
        numbers("scales"),
        frozenset(texts("joiners")),
        frozenset(texts("lower-only")),
    )
