"""Vocabularies as data, and back: what a cache keeps of `ledger.yaml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ledger.cache.data import found_again
from ledger.model import Claimant, Implication, Place, Position, Property, Vocabulary
from ledger.texts.dates import Duration
from ledger.texts.figures import Number, Tolerance


def to_text(vocabulary: Vocabulary) -> str:
    """A vocabulary on one line."""
    data = [
        vocabulary.language,
        list(vocabulary.places.values()),
        list(vocabulary.claimants.values()),
        [_property_data(known) for known in vocabulary.properties.values()],
        vocabulary.words,
        vocabulary.flaws,
        vocabulary.language_at,
        vocabulary.sides,
        vocabulary.words_at,
        vocabulary.title,
    ]
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def from_text(text: str) -> Vocabulary:
    """The vocabulary that a text says; raises ValueError or TypeError for what is none."""
    language, places, claimants, properties, words, flaws, language_at, sides, words_at, title = json.loads(text)
    return Vocabulary(
        str(language),
        {place.id: place for place in map(_place, places)},
        {claimant.id: claimant for claimant in map(_claimant, claimants)},
        {known.id: known for known in map(_property, properties)},
        {code: {key: tuple(map(str, phrases)) for key, phrases in lists.items()} for code, lists in words.items()},
        tuple(map(found_again, flaws)),
        language_at=tuple(language_at),
        sides=sides,
        words_at=_at(words_at),
        title=str(title),
    )


def _at(data: Mapping[str, list[int]]) -> dict[str, Position]:
    return {key: (line, column) for key, (line, column) in data.items()}


def _place(row: list[Any]) -> Place:
    id, kind, names, spellings, former, within, at, *rest, point = row
    pairs = tuple([(language, name) for language, name in names])
    place = Place(id, kind, pairs, tuple(spellings), tuple(former), within, _at(at), *rest)
    return place if point is None else place._replace(point=(float(point[0]), float(point[1])))


def _claimant(row: list[Any]) -> Claimant:
    id, name, other_names, side, kind, of, at, note = row
    return Claimant(id, name, tuple(other_names), side, kind, of, _at(at), note)


def _property_data(known: Property) -> dict[str, Any]:
    """A property as JSON takes it: exact numbers as texts, mappings with keys that are no texts as pairs."""
    data = known._asdict()
    data["compatible"] = sorted(sorted(pair) for pair in known.compatible)
    data["tolerance"] = [str(known.tolerance.share), str(known.tolerance.absolute)] if known.tolerance is not None else None
    for name in ("implies", "says", "denied"):
        data[name] = list(data[name].items())
    return data


def _property(data: dict[str, Any]) -> Property:
    tolerance = data["tolerance"]
    return Property(
        **data
        | {
            "at": _at(data["at"]),
            "values": tuple(data["values"]),
            "compatible": frozenset(frozenset(pair) for pair in data["compatible"]),
            "tolerance": Tolerance(_number(tolerance[0]), _number(tolerance[1])) if tolerance is not None else None,
            "subjects": tuple(data["subjects"]),
            "wholes": tuple(data["wholes"]),
            "lasts": Duration(*data["lasts"]),
            "says": dict(data["says"]),
            "denied": dict(data["denied"]),
            "implies": {value: tuple(Implication(*step) for step in steps) for value, steps in data["implies"]},
        }
    )


def _number(text: str) -> Number:
    if "/" not in text:
        return int(text)
    from fractions import Fraction

    return Fraction(text)
