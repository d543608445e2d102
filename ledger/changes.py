"""Two states of a ledger -> what changed, claim by claim and field by field. Claims are matched by their ids: where a claim stands
in the files, in which order its keys are written and how its texts are wrapped is no change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.model import Claim, Claimant, ClaimsFile, Ledger, Place, Property, Vocabulary
from ledger.records import FIELDS
from ledger.resolutions import MEANING
from ledger.text import fold_space

Fields = dict[str, tuple[Any, Any]]  # a field's value before and after
Key = tuple[str, str, int]  # a claim's id, or its quote, and its number among those of the same


class Change(NamedTuple):
    """What became of one claim. `kind` is added, removed, changed or renamed; `before` and `after` are the claim on both sides.

    `fields` are those that differ (of an added or removed claim: those it has). `of_meaning`: it now says something else, or is
    taken from another seed.
    """

    kind: str
    id: str
    before: Claim | None
    after: Claim | None
    fields: Fields
    of_meaning: bool


class EntryChange(NamedTuple):
    """What became of an entry of ledger.yaml: `part` is places, claimants, properties, words or language."""

    kind: str
    part: str
    id: str
    fields: Fields


class NoteChange(NamedTuple):
    """What became of a curator's note: `part` is tensions, resolutions or passed-over; `path` and `line` are those of the later state,
    of a removed note those of the earlier."""

    kind: str
    part: str
    what: str
    fields: Fields
    path: str
    line: int


class HeadChange(NamedTuple):
    """What became of what a claims file says of its source; `path` is that of the later state (of a removed file, the earlier)."""

    kind: str
    seed: str
    path: str
    fields: Fields


def recorded(claim: Claim, seed: str) -> dict[str, Any]:
    """The fields of a claim as they are compared: white space folded, lists as lists, what is not given left out."""
    record: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(claim, field)
        if isinstance(value, str):
            record[field] = fold_space(value)
        elif field == "disputes":
            record[field] = sorted(value)
        elif isinstance(value, tuple):
            record[field] = list(value)
        elif value is not None:
            record[field] = dict(sorted(value.items()))
    record["seed"] = seed
    return {field: value for field, value in record.items() if value not in ([], {})}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Fields:
    """The fields in which two records differ, in their order."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


# -- claims ---------------------------------------------------------------------------------------------------------------


def claim_changes(before: Ledger, after: Ledger) -> list[Change]:
    """What became of each claim, sorted by kind (removed, changed in meaning, renamed, changed otherwise, added) and id.

    A claim of a file that was refused on the other side is left out: whether it changed can't be told.
    """
    earlier, later = _by_key(before, after), _by_key(after, before)
    gone = {key: None for key in earlier if key not in later}  # in their order
    new = {key: None for key in later if key not in earlier}
    found = list(_renamed(gone, new, earlier, later))
    for key in gone:
        claim, seed = earlier[key]
        found.append(Change("removed", _name(claim), claim, None, differing(recorded(claim, seed), {}), True))
    for key in new:
        claim, seed = later[key]
        found.append(Change("added", _name(claim), None, claim, differing({}, recorded(claim, seed)), True))
    for key in earlier:
        if key in later and (earlier[key][0] is not later[key][0] or earlier[key][1] != later[key][1]):
            (one, one_seed), (other, other_seed) = earlier[key], later[key]
            fields = differing(recorded(one, one_seed), recorded(other, other_seed))
            if fields:
                of_meaning = any(name in MEANING or name in ("seed", "disputes") for name in fields)
                found.append(Change("changed", _name(other), one, other, fields, of_meaning))
    return sorted(found, key=lambda change: (_RANKS[change.kind] + (change.kind == "changed" and not change.of_meaning) * 2, change.id))


_RANKS = {"removed": 0, "changed": 1, "renamed": 2, "added": 4}


def _name(claim: Claim) -> str:
    return claim.id or f"{claim.path}:{claim.line}"


def _by_key(ledger: Ledger, other: Ledger) -> dict[Key, tuple[Claim, str]]:
    """The claims by id; those without one by their quote. Of several with one key, each has its number."""
    refused = {refusal.path for refusal in other.refusals}
    seen: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[Key, tuple[Claim, str]] = {}
    for file in ledger.files:
        if file.path in refused:
            continue
        for claim in file.claims:
            key = (claim.id, "" if claim.id else fold_space(claim.quote))
            found[(*key, seen[key])] = (claim, file.seed_name)
            seen[key] += 1
    return found


def _renamed(
    gone: dict[Key, None], new: dict[Key, None], earlier: dict[Key, tuple[Claim, str]], later: dict[Key, tuple[Claim, str]]
) -> Iterable[Change]:
    """Claims that only changed their id: the same seed, quote and values, and no other claim that could be meant. They are taken out
    of `gone` and `new`."""

    def said(entry: tuple[Claim, str]) -> Hashable:
        record = recorded(*entry)
        return tuple((name, record.get(name)) for name in (*MEANING, "seed"))

    candidates: dict[Hashable, tuple[list[Key], list[Key]]] = {}
    for key in gone:
        candidates.setdefault(said(earlier[key]), ([], []))[0].append(key)
    for key in new:
        if (meant := said(later[key])) in candidates:
            candidates[meant][1].append(key)
    for olds, news in candidates.values():
        if len(olds) == len(news) == 1:
            (one, one_seed), (other, other_seed) = earlier[olds[0]], later[news[0]]
            del gone[olds[0]], new[news[0]]
            yield Change("renamed", _name(other), one, other, differing(recorded(one, one_seed), recorded(other, other_seed)), False)


# -- sources and notes ----------------------------------------------------------------------------------------------------


def head_changes(before: Ledger, after: Ledger) -> list[HeadChange]:
    """What claims files say of their sources, matched by seed; the name of a claims file is no change."""
    refused = {refusal.path for refusal in (*before.refusals, *after.refusals)}
    earlier, later = (
        {file.seed_name or file.path: file for file in ledger.files if file.path not in refused} for ledger in (before, after)
    )
    found = []
    for seed in sorted(earlier.keys() | later.keys()):
        one, other = earlier.get(seed), later.get(seed)
        fields = differing(_head(one), _head(other))
        file = other or one
        assert file is not None
        if fields:
            kind = "added" if one is None else "removed" if other is None else "changed"
            found.append(HeadChange(kind, seed, file.path, fields))
    return found


def _head(file: ClaimsFile | None) -> dict[str, str]:
    return {} if file is None else {name: fold_space(text) for name, text in file.head.items() if name not in ("seed", "claims")}


def note_changes(before: Ledger, after: Ledger) -> list[NoteChange]:
    """What became of tensions, resolutions and sentences passed over."""
    refused = {refusal.path for refusal in (*before.refusals, *after.refusals)}
    earlier, later = _notes(before, refused), _notes(after, refused)
    found = []
    for key in sorted(earlier.keys() | later.keys()):
        one, other = earlier.get(key), later.get(key)
        _, path, line = other or one  # type: ignore[misc]
        fields = differing(one[0] if one else {}, other[0] if other else {})
        if fields:
            found.append(
                NoteChange("added" if one is None else "removed" if other is None else "changed", key[0], key[1], fields, path, line)
            )
    return found


def _notes(ledger: Ledger, refused: set[str]) -> dict[tuple[str, str, int], tuple[dict[str, Any], str, int]]:
    """The notes by what they speak of: two claims, or a sentence of a seed."""
    found: dict[tuple[str, str, int], tuple[dict[str, Any], str, int]] = {}

    def add(part: str, what: str, record: dict[str, Any], path: str, line: int) -> None:
        number = 0
        while (part, what, number) in found:
            number += 1
        found[part, what, number] = ({name: text for name, text in record.items() if text}, path, line)

    for file in ledger.files:
        if file.path in refused:
            continue
        for tension in file.tensions:
            record = {"by": tension.by, "on": tension.on, "why": fold_space(tension.why)}
            add("tensions", " and ".join(sorted(tension.claims)), record, file.path, tension.line)
        for resolution in file.resolutions:
            record = {name: fold_space(getattr(resolution, name)) for name in ("found", "by", "on", "why", "fingerprint")}
            add("resolutions", " and ".join(sorted(resolution.claims)), record, file.path, resolution.line)
        for passed in file.passed_over:
            record = {"quote": fold_space(passed.quote), "why": fold_space(passed.why)}
            add("passed-over", f"{file.seed_name}: {record['quote']}", record, file.path, passed.line)
    return found


# -- vocabulary -----------------------------------------------------------------------------------------------------------


def entry_changes(before: Vocabulary, after: Vocabulary) -> list[EntryChange]:
    """What became of places, claimants, properties and words: properties first, since they decide what contradicts what."""
    found = []
    parts: list[tuple[str, Callable[[Vocabulary], dict[str, dict[str, Any]]]]] = [
        ("properties", lambda vocabulary: {name: _property(known) for name, known in vocabulary.properties.items()}),
        ("places", lambda vocabulary: {name: _place(known) for name, known in vocabulary.places.items()}),
        ("claimants", lambda vocabulary: {name: _claimant(known) for name, known in vocabulary.claimants.items()}),
        (
            "words",
            lambda vocabulary: {name: {kind: list(words) for kind, words in known.items()} for name, known in vocabulary.words.items()},
        ),
        ("language", lambda vocabulary: {"language": {"language": vocabulary.language}}),
    ]
    for part, records in parts:
        earlier, later = records(before), records(after)
        for name in sorted(earlier.keys() | later.keys()):
            fields = differing(earlier.get(name, {}), later.get(name, {}))
            if fields or (name in earlier) != (name in later):
                kind = "added" if name not in earlier else "removed" if name not in later else "changed"
                found.append(EntryChange(kind, part, name, fields))
    return found


def _given(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in (None, "", [], {}, False)}


def _place(place: Place) -> dict[str, Any]:
    names: dict[str, list[str]] = defaultdict(list)
    for language, name in place.names:
        names[language].append(name)
    return _given(
        {
            "kind": place.kind, "names": dict(sorted(names.items())), "spellings": sorted(place.spellings), "former": sorted(place.former),
            "within": place.within,
        }
    )  # fmt: skip


def _claimant(claimant: Claimant) -> dict[str, Any]:
    return _given(
        {
            "name": claimant.name, "other-names": sorted(claimant.other_names), "side": claimant.side, "kind": claimant.kind, "of": claimant.of,
        }
    )  # fmt: skip


def _property(known: Property) -> dict[str, Any]:
    implies = [
        " ".join(f"{name}: {text}" for name, text in (("of", value), *step._asdict().items()) if text is not None)
        for value, steps in known.implies.items()
        for step in steps
    ]
    tolerance = known.tolerance
    return _given(
        {
            "title": known.title, "type": known.type, "values": sorted(known.values),
            "compatible": sorted(" with ".join(sorted(pair)) for pair in known.compatible), "unit": known.unit,
            "tolerance": None if tolerance is None else f"{tolerance.share * 100} %" if tolerance.share else str(tolerance.absolute),
            "subjects": sorted(known.subjects), "parts": known.parts, "cumulative": known.cumulative, "once": known.once, "timeless": known.timeless,
            "lasts": known.lasts_text, "implies": sorted(implies),
        }
    )  # fmt: skip
