"""JSON Schemas of this ledger's files, for editors: its ids with their names, and the fields of each file from the lists that the reader
goes by. What the reader takes, a schema takes: every scalar is a text, whatever another reader of YAML makes of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from ledger.model import CLAIM_FIELDS, CLAIMS, FOUND, NAMES, REASONS, STANCES, Claimant, Ledger, Place, Property, Vocabulary
from ledger.reading.claims import (
    CLAIM_REQUIRED,
    HEAD_FIELDS,
    HEAD_REQUIRED,
    PARAGRAPHS,
    PASSED_FIELDS,
    RESOLUTION_FIELDS,
    TENSION_FIELDS,
)
from ledger.reading.originals import ORIGINAL_FIELDS, TEXT_FIELDS
from ledger.render.field_words import CLAIM_WORDS, HEAD_WORDS, NOTE_WORDS, ORIGINAL_WORDS
from ledger.rules import RULES
from ledger.rules.registry import WARNING
from ledger.texts.display import SLUG, one_line

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"  # the one that every editor reads
TEXT: Schema = {"anyOf": [{"type": "string"}, {"not": {"type": ["array", "object"]}}]}  # `2014`, `no` and `~` are texts too
TEXTS: Schema = {"type": "array", "items": TEXT}
ONE_OR_MORE: Schema = {"anyOf": [TEXT, TEXTS]}
_TRUE = ("true", "yes", "on", "y")
_FALSE = ("false", "no", "off", "n")


def claims_schema(ledger: Ledger) -> Schema:
    """The schema of a claims file of this ledger."""
    vocabulary = ledger.vocabulary
    head = {name: told(dict(TEXT) if name in HEAD_WORDS else {}, HEAD_WORDS.get(name)) for name in HEAD_FIELDS}
    lists = {"claims": _claim(), "tensions": _note(TENSION_FIELDS), "resolutions": _note(RESOLUTION_FIELDS), "passed-over": _passed_over()}
    for name, entry in lists.items():
        head[name] = told({"type": ["array", "null"], "items": entry}, HEAD_WORDS[name])
    head["original"] = told({"type": "array", "items": _texts(ORIGINAL_FIELDS)}, HEAD_WORDS["original"])
    head["text"] = told(_texts(TEXT_FIELDS), HEAD_WORDS["text"])
    head["about"] = told({"type": "array", "items": ref("place")}, HEAD_WORDS["about"])
    head["seed"] = told(likely(choice(dict.fromkeys(ledger.seeds, ""))), HEAD_WORDS["seed"])
    head["paragraphs"] = told(choice(dict.fromkeys(PARAGRAPHS, "")), HEAD_WORDS["paragraphs"])
    claims = {claim.id: _claim_words(claim.place, claim.property, claim.value, vocabulary) for claim in ledger.claims()}
    definitions = {
        **{name: told(ids, CLAIM_WORDS[name]) for name, ids in ids_of(vocabulary).items()},
        "claim": likely(choice(claims)),
        "rules": mapping({code: told(dict(TEXT), rule.manual.partition("\n\n")[0]) for code, rule in _acceptable()}),
        "by-property": {"allOf": [_where(known, _of_property(known)) for known in vocabulary.properties.values() if known.usable]},
    }
    return {
        "$schema": DRAFT,
        "title": "A claims file of this ledger",
        **mapping(head, HEAD_REQUIRED),
        "definitions": definitions,
    }


def _claim() -> Schema:
    """One claim."""
    shapes = {NAMES: _one_or_more("claimant"), CLAIMS: _one_or_more("claim"), REASONS: ref("rules")}
    fields = {name: told(dict(shapes.get(field.kind, TEXT)), CLAIM_WORDS.get(name)) for name, field in CLAIM_FIELDS.items()}
    for name in ("place", "property", "claimant"):
        fields[name] = ref(name)  # (what stands beside a reference is not read: the definition tells what the field is for)
    fields["stance"] = told(choice(dict.fromkeys(STANCES, "")), CLAIM_WORDS["stance"])
    return {**mapping(fields, CLAIM_REQUIRED), "allOf": [ref("by-property")]}


def _of_property(known: Property) -> Schema:
    """What a property asks of its claims."""
    required = [name for name, wanted in (("value", known.type != "event"), ("subject", bool(known.subjects))) if wanted]
    fields: dict[str, Any] = {
        "value": {"choice": choice({value: known.value_names.get(value, known.title) for value in known.values}), "event": False}.get(
            known.type, True
        ),
        "subject": choice({name: known.subject_names.get(name, known.title) for name in known.subjects}) if known.subjects else False,
    }
    if known.type == "choice" and known.parts:
        fields["extent"] = likely(choice({"all": "of all of it", "most": "of most of it", "part": "of a part of it"}))
    else:
        fields["extent"] = False
    if known.timeless:
        fields["holds"] = False
    denial = {"if": _said("stance", "denies"), "then": {"required": ["extent"]}} if fields["extent"] else {}
    return {"properties": fields, "required": required, **denial}


def _where(known: Property, then: Schema) -> Schema:
    return {"if": _said("property", known.id), "then": then}


def _said(field: str, text: str) -> Schema:
    return {"properties": {field: {"enum": forms(text)}}, "required": [field]}


def _note(names: Iterable[str]) -> Schema:
    fields = {name: told(dict(TEXT), NOTE_WORDS.get(name)) for name in names}
    fields["claims"] = told({"type": "array", "items": ref("claim"), "minItems": 2, "maxItems": 2}, NOTE_WORDS["claims"])
    if "found" in fields:
        fields["found"] = told(choice(dict.fromkeys(FOUND, "")), NOTE_WORDS["found"])
    return mapping(fields, fields)


def _texts(names: Iterable[str]) -> Schema:
    """What is said of an original, or of how the seed was made from it."""
    return mapping({name: told(dict(TEXT), ORIGINAL_WORDS.get(name)) for name in names})


def _passed_over() -> Schema:
    return mapping({name: told(dict(TEXT), NOTE_WORDS[name]) for name in (*PASSED_FIELDS, "before", "after")}, PASSED_FIELDS)


def _acceptable() -> Iterable[tuple[str, Any]]:
    return ((code, rule) for code, rule in sorted(RULES.items()) if rule.severity == WARNING and "file" in rule.scopes)


# -- the ids of a ledger -----------------------------------------------------------------------------------------------------


def place_words(place: Place) -> str:
    """A place in one line: what it is, its names by language, within what."""
    names = ", ".join(f"{name} ({language})" if language else name for language, name in place.names)
    within = f"; within {place.within}" if place.within else ""
    return one_line(f"{place.kind}: {names}{within}" if place.kind else names + within)


def claimant_words(claimant: Claimant) -> str:
    """A claimant in one line: its name, what it is, for whom it speaks."""
    rest = [claimant.kind, f"speaks for {claimant.side}" if claimant.side else "", f"of {claimant.of}" if claimant.of else ""]
    return one_line(", ".join([claimant.name, *filter(None, rest)]))


def property_words(known: Property) -> str:
    """A property in one line: its title, and what a claim of it says."""
    said = {
        "choice": "one of " + ", ".join(known.values),
        "quantity": f"a figure, in {known.unit}",
        "date": "a day",
        "event": "an event, no value",
    }
    return one_line(f"{known.title}: {said.get(known.type, 'a text')}")


def ids_of(vocabulary: Vocabulary) -> dict[str, Schema]:
    """The ids of each kind that the vocabulary has."""
    return {
        "place": _of_entries((known, place_words(known), known.all_names()) for known in vocabulary.places.values()),
        "claimant": _of_entries(
            (known, claimant_words(known), [known.name, *known.other_names]) for known in vocabulary.claimants.values()
        ),
        "property": _of_entries((known, property_words(known), [known.title]) for known in vocabulary.properties.values()),
    }


def _claim_words(place: str, property: str, value: str | None, vocabulary: Vocabulary) -> str:
    known = vocabulary.places.get(place)
    return one_line(f"{known.name_in(vocabulary.language) if known else place}: {property}" + (f" {value}" if value is not None else ""))


def _of_entries(entries: Iterable[tuple[Place | Claimant | Property, str, list[str]]]) -> Schema:
    """The choice of an id, of entries with what is said of them and their names. Editors complete by the texts in their list, so each
    name is one: a snippet is called by it and writes the id."""
    kept = [(entry.id, words, names) for entry, words, names in entries if SLUG.fullmatch(entry.id)]
    snippets = {
        label: {"label": label, "body": name, "description": words}
        for name, words, names in kept
        for label in (f"{one_line(called)} ({name})" for called in names if called != name)
    }
    return choice({name: words for name, words, _ in kept}) | ({"defaultSnippets": list(snippets.values())} if snippets else {})


# -- what schemas are made of ------------------------------------------------------------------------------------------------


def choice(words: Mapping[str, str]) -> Schema:
    """One of some texts, each with what is said of it."""
    if not words:
        return dict(TEXT)
    listed = [(form, said) for text, said in words.items() for form in forms(text)]
    described = {"enumDescriptions": [said for _, said in listed]} if any(words.values()) else {}
    return {"enum": [form for form, _ in listed], **described}


def likely(schema: Schema) -> Schema:
    """A choice to be proposed, where another text is right too: what is new is in no schema yet."""
    return {"anyOf": [schema, TEXT]} if "enum" in schema else schema


def mapping(fields: Mapping[str, Any], required: Iterable[str] = ()) -> Schema:
    found: Schema = {"type": "object", "properties": dict(fields), "additionalProperties": False}
    return found | ({"required": list(required)} if required else {})


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _one_or_more(name: str) -> Schema:
    return {"anyOf": [ref(name), {"type": "array", "items": ref(name)}]}


def told(schema: Schema, words: str | None) -> Schema:
    return {"description": words, **schema} if words else schema


def forms(text: str) -> list[Any]:
    """A text, and what other readers of YAML make of it where it stands without quotes (an id may be `2014`, a value `no`)."""
    found: list[Any] = [text]
    lower = text.lower()
    if lower in ("null", "~"):
        found.append(None)
    if lower in _TRUE or lower in _FALSE:
        found.append(lower in _TRUE)
    plain = text.replace("_", "")
    for read in (lambda: int(plain), lambda: int(plain, 0), lambda: int(plain, 8), lambda: float(plain), lambda: _sexagesimal(plain)):
        try:
            number = read()
        except (ValueError, OverflowError):
            continue
        if plain[:1].isascii() and plain[-1:].isalnum() and len(plain) < 300 and math.isfinite(number) and number not in found[1:]:
            found.append(number)
    return found


def _sexagesimal(text: str) -> int:
    whole, *rest = text.split(":")
    if not rest:
        raise ValueError(text)
    total = int(whole)
    for part in rest:
        total = total * 60 + int(part)
    return total
