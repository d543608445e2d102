"""The JSON Schema of `ledger.yaml`: the words of the glossary, from the lists that the reader goes by."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.model import STANCES, Vocabulary
from ledger.reading.properties import FITS, IMPLICATION_FIELDS, KINDS, PROPERTY_FIELDS
from ledger.reading.vocabulary import CLAIMANT_FIELDS, FORMAT, PLACE_FIELDS, TOP_FIELDS
from ledger.render.schema import DRAFT, ONE_OR_MORE, TEXT, TEXTS, Schema, choice, forms, ids_of, likely, mapping, ref, told
from ledger.rules.glossary import WORDS
from ledger.texts.display import SLUG
from ledger.texts.languages import FIGURES, FRACTIONS, LISTS, SCALE_FIRST, SIGNED, SIGNS

FLAG: Schema = {"enum": [True, False, "true", "false"]}
_FLAGS = ("date", "event", "text", "parts", "cumulative", "once", "timeless")
_NAMES: Schema = {"anyOf": [TEXT, {"type": "object", "additionalProperties": ONE_OR_MORE}]}
_PRINTED: Schema = {"type": "object", "additionalProperties": TEXT}
_FIGURES: Schema = {"type": "object", "additionalProperties": {"type": ["integer", "string"]}}
_SIGNED: Schema = {"type": "object", "additionalProperties": {"enum": list(SIGNS)}}
_ID: Schema = {"pattern": f"^(?:{SLUG.pattern})$"}


def vocabulary_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of this ledger's `ledger.yaml`. An id of it is proposed, and another taken: while it is written it is in no schema."""
    top = _fields(TOP_FIELDS)
    top["format"] |= {"enum": forms(FORMAT)}
    entries = {"places": _place(), "claimants": _claimant(vocabulary), "properties": _property()}
    for section, entry in entries.items():
        top[section] = told({"type": ["object", "null"], "additionalProperties": entry, "propertyNames": _ID}, _words(section))
    lists: dict[str, Schema] = {**dict.fromkeys(LISTS, TEXTS), **dict.fromkeys(FIGURES, _FIGURES)}
    lists |= {FRACTIONS: _PRINTED, **dict.fromkeys(SIGNED, _SIGNED), SCALE_FIRST: FLAG}
    phrases = mapping(lists)
    top["words"] = told({"type": "object", "additionalProperties": phrases}, _words("words"))
    top["sides"] = told(_PRINTED, _words("sides"))
    definitions = {name: told(likely(ids), f"The id of a {name}.") for name, ids in ids_of(vocabulary).items()}
    return {
        "$schema": DRAFT,
        "title": "The vocabulary of this ledger",
        **mapping(top, ("format", "language", *entries)),
        "definitions": definitions,
    }


def _fields(names: Iterable[str]) -> dict[str, Schema]:
    """Fields, with what the glossary says of them; those that it knows are texts, if nothing else is said of them."""
    return {name: told(dict(TEXT) if name in WORDS or name in ("title", "note") else {}, _words(name)) for name in names}


def _words(name: str) -> str | None:
    return WORDS[name].means if name in WORDS else None


def _place() -> Schema:
    fields = _fields(PLACE_FIELDS)
    fields["names"] = told(_NAMES, _words("names"))
    for name in ("spellings", "former"):
        fields[name] = told(ONE_OR_MORE, _words(name))
    fields["within"] = ref("place")
    angles = [{"type": ["number", "string"], "minimum": -most, "maximum": most} for most in (90, 180)]
    fields["point"] = told({"type": "array", "items": angles, "minItems": 2, "maxItems": 2}, _words("point"))
    return mapping(fields, ("names",))


def _claimant(vocabulary: Vocabulary) -> Schema:
    fields = _fields(CLAIMANT_FIELDS)
    fields["other-names"] = told(ONE_OR_MORE, _words("other-names"))
    fields["of"] = ref("claimant")
    sides = sorted({known.side for known in vocabulary.claimants.values() if known.side})
    fields["side"] = told(likely(choice(dict.fromkeys(sides, ""))), _words("side"))
    return mapping(fields, ("name",))


def _property() -> Schema:
    fields = _fields(PROPERTY_FIELDS)
    for name in _FLAGS:
        fields[name] = told(FLAG, _words(name))
    for name, plain in (("values", TEXTS), ("subjects", TEXTS), ("says", TEXT), ("denied", TEXT)):
        fields[name] = told({"anyOf": [plain, _PRINTED]}, _words(name))
    fields["compatible"] = told({"type": "array", "items": {**TEXTS, "minItems": 2, "maxItems": 2}}, _words("compatible"))
    fields["part-of"] = ref("property")
    step = {"type": "array", "items": _implication()}
    fields["implies"] = told({"anyOf": [step, {"type": "object", "additionalProperties": step}]}, _words("implies"))
    return {**mapping(fields), "oneOf": [_is(kind) for kind in KINDS], "allOf": [_fits(option) for option in FITS]}


def _implication() -> Schema:
    fields = {name: dict(TEXT) for name in IMPLICATION_FIELDS}
    fields["property"] = ref("property")
    fields["stance"] = choice(dict.fromkeys(STANCES[:2], ""))
    return mapping(fields, ("property", "value"))


def _is(kind: str) -> Schema:
    """That a property is of a kind."""
    return {"required": [kind], **({"properties": {kind: {"enum": [True, "true"]}}} if kind in _FLAGS else {})}


def _fits(option: str) -> Schema:
    """That an option stands only where it goes with the kind of the property."""
    given: Schema = {"required": [option], **({"properties": {option: {"enum": [True, "true"]}}} if option in _FLAGS else {})}
    return {"if": given, "then": {"anyOf": [_is(field) for field, kind in KINDS.items() if kind in FITS[option]]}}
