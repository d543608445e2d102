"""Two states of a ledger -> what changed, claim by claim and field by field. Claims are matched by their ids: where a claim stands
in the files, in which order its keys are written and how its texts are wrapped is no change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from ledger.conflicts.resolutions import MEANING
from ledger.model import CLAIM_FIELDS, CLAIMS, Claim, Claimant, ClaimsFile, Field, Ledger, Place, Property, Vocabulary, fields_of
from ledger.review.unread import Hidden
from ledger.texts.folding import fold_space

Fields = dict[str, tuple[Any, Any]]  # a field's value before and after
Renames = Mapping[str, str]  # ids of claims that are called otherwise now: the earlier -> the later


class Placed(NamedTuple):
    """A claim, and the file it stands in."""

    claim: Claim
    file: ClaimsFile

    def record(self) -> dict[str, Any]:
        """Its fields, as they are compared."""
        return recorded(self.claim, self.file.seed_name)


Pair = tuple[Placed | None, Placed | None]  # before and after


class Change(NamedTuple):
    """What became of one claim. `kind` is added, removed, changed or renamed; `before` and `after` are the claim on both sides.

    `fields` are those that differ (of an added or removed claim: those it has). `of_meaning`: it now says something else, or is
    taken from another text.
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


def compared(field: Field, value: Any) -> Any:
    """The value of a field of a claim as it is compared."""
    if isinstance(value, str):
        return fold_space(value)
    if isinstance(value, tuple):
        return sorted(value) if field.kind == CLAIMS else list(value)
    return None if value is None else {key: fold_space(text) for key, text in sorted(value.items())}


def recorded(claim: Claim, seed: str) -> dict[str, Any]:
    """The fields of a claim as they are compared: white space folded, lists as lists, what is not given left out."""
    record = {name: compared(field, getattr(claim, name)) for name, field in CLAIM_FIELDS.items()}
    record["seed"] = seed
    return {field: value for field, value in record.items() if value is not None and value not in ([], {})}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Fields:
    """The fields in which two records differ, in their order."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


# -- claims ---------------------------------------------------------------------------------------------------------------


def claim_changes(before: Ledger, after: Ledger, hidden: tuple[Hidden, Hidden] | None = None) -> list[Change]:
    """What became of each claim, sorted by kind (removed, changed in meaning, renamed, changed otherwise, added) and id. `hidden` is what
    could not be read before and after.

    A claim that is found on one side only is left out where it may stand in a file that was refused on the other: whether it is new or
    gone can't be told.
    """
    hidden_before, hidden_now = hidden or (Hidden(before, None), Hidden(after, None))
    pairs = list(paired(before, after))
    gone = [one for one, other in pairs if one is not None and other is None and not hidden_now.may_hold(one.claim.id, one.file.path)]
    new = [
        other for one, other in pairs if one is None and other is not None and not hidden_before.may_hold(other.claim.id, other.file.path)
    ]
    found = list(_renamed(gone, new))
    renames = renames_in(found)
    found += [Change("removed", _name(one.claim), one.claim, None, differing(one.record(), {}), True) for one in gone]
    found += [Change("added", _name(other.claim), None, other.claim, differing({}, other.record()), True) for other in new]
    for one, other in pairs:
        if one is not None and other is not None and (one.claim is not other.claim or one.file.seed_name != other.file.seed_name):
            fields = _changed_fields(one, other)
            if fields:
                found.append(
                    Change("changed", _name(other.claim), one.claim, other.claim, fields, _of_meaning(fields, one, other, renames))
                )
    return sorted(found, key=lambda change: (_RANKS[change.kind] + (change.kind == "changed" and not change.of_meaning) * 2, change.id))


_RANKS = {"removed": 0, "changed": 1, "renamed": 2, "added": 4}


def renames_in(changes: list[Change]) -> dict[str, str]:
    """The ids that are others now, and what they are."""
    return {
        change.before.id: change.id for change in changes if change.kind == "renamed" and change.before is not None and change.before.id
    }


def _name(claim: Claim) -> str:
    return claim.id or f"{claim.path}:{claim.line}"


def _changed_fields(one: Placed, other: Placed) -> Fields:
    """The fields in which two states of a claim differ. An extent that neither of them writes is the vocabulary's default."""
    fields = differing(one.record(), other.record())
    if "extent" in fields and "extent" not in one.claim.at and "extent" not in other.claim.at:
        del fields["extent"]
    return fields


def _of_meaning(fields: Fields, one: Placed, other: Placed, renames: Renames) -> bool:
    """Whether a claim says something else: not where it follows the new id of another, or its text the new name of its file."""
    if any(name in MEANING for name in fields):
        return True
    for field in fields.keys() & fields_of(CLAIMS):
        olds, news = (getattr(placed.claim, field) for placed in (one, other))
        if sorted(renames.get(name, name) for name in olds) != sorted(news):
            return True
    old, new = one.file.seed, other.file.seed
    return "seed" in fields and (old is None or new is None or old.data != new.data)


def paired(before: Ledger, after: Ledger) -> Iterator[Pair]:
    """The claims on both sides: by their id, those without one by their quote. Of several with one id, the same ones first."""
    earlier, later = _by_name(before), _by_name(after)
    for name in earlier | later:
        olds, news = earlier.get(name, []), later.get(name, [])
        if len(olds) > 1 or len(news) > 1:
            yield from _lined_up(olds, news)
        else:
            yield (olds[0] if olds else None), (news[0] if news else None)


def _lined_up(olds: list[Placed], news: list[Placed]) -> Iterator[Pair]:
    waiting: dict[str, list[Placed]] = defaultdict(list)
    for one in olds:
        waiting[json.dumps(one.record())].append(one)
    others = []
    for other in news:
        same = waiting[json.dumps(other.record())]
        if same:
            yield same.pop(0), other
        else:
            others.append(other)
    yield from zip_longest([one for left in waiting.values() for one in left], others)


def _by_name(ledger: Ledger) -> dict[tuple[str, str], list[Placed]]:
    found: dict[tuple[str, str], list[Placed]] = {}
    for file in ledger.files:
        for claim in file.claims:
            found.setdefault((claim.id, "" if claim.id else fold_space(claim.quote)), []).append(Placed(claim, file))
    return found


def _renamed(gone: list[Placed], new: list[Placed]) -> Iterator[Change]:
    """Claims that only changed their id: the same text, quote and values, and no other claim that could be meant. They are taken out
    of `gone` and `new`."""

    def said(placed: Placed) -> Hashable:
        record = placed.record()
        seed = placed.file.seed
        return seed.data if seed is not None else record["seed"], *(record.get(name) for name in MEANING)

    candidates: dict[Hashable, tuple[list[Placed], list[Placed]]] = {}
    for one in gone:
        candidates.setdefault(said(one), ([], []))[0].append(one)
    for other in new:
        if (meant := said(other)) in candidates:
            candidates[meant][1].append(other)
    matches = [(olds[0], news[0]) for olds, news in candidates.values() if len(olds) == len(news) == 1]
    taken = {id(placed) for match in matches for placed in match}
    gone[:], new[:] = ([placed for placed in side if id(placed) not in taken] for side in (gone, new))
    for one, other in matches:
        yield Change("renamed", _name(other.claim), one.claim, other.claim, _changed_fields(one, other), False)


# -- sources and notes ----------------------------------------------------------------------------------------------------


def head_changes(before: Ledger, after: Ledger) -> list[HeadChange]:
    """What claims files say of their sources, matched by seed; the name of a claims file is no change, nor that it was split."""
    refused = {refusal.path for refusal in (*before.refusals, *after.refusals)}
    earlier, later = _heads(before, refused), _heads(after, refused)
    found = []
    for seed in sorted(earlier.keys() | later.keys()):
        olds, news = earlier.get(seed, {}), later.get(seed, {})
        gone, new = [file for head, file in olds.items() if head not in news], [file for head, file in news.items() if head not in olds]
        for one, other in zip_longest(gone, new):
            kind = "added" if one is None else "removed" if other is None else "changed"
            found.append(HeadChange(kind, seed, (other or one).path, differing(_head(one), _head(other))))
    return found


def _heads(ledger: Ledger, refused: set[str]) -> dict[str, dict[str, ClaimsFile]]:
    """What is said of each seed, with a file that says so."""
    found: dict[str, dict[str, ClaimsFile]] = defaultdict(dict)
    for file in ledger.files:
        if file.path not in refused:
            found[file.seed_name or file.path].setdefault(json.dumps(_head(file), sort_keys=True), file)
    return found


def _head(file: ClaimsFile | None) -> dict[str, str]:
    return {} if file is None else {name: fold_space(text) for name, text in file.head.items() if name not in ("seed", "claims")}


def note_changes(before: Ledger, after: Ledger, renames: Renames) -> list[NoteChange]:
    """What became of tensions, resolutions and sentences passed over; that a claim they name has a new id is no change."""
    refused = {refusal.path for refusal in (*before.refusals, *after.refusals)}
    earlier, later = _notes(before, refused, renames), _notes(after, refused, {})
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


def _notes(ledger: Ledger, refused: set[str], renames: Renames) -> dict[tuple[str, str, int], tuple[dict[str, Any], str, int]]:
    """The notes by what they speak of: two claims, or a sentence of a seed."""
    found: dict[tuple[str, str, int], tuple[dict[str, Any], str, int]] = {}

    def add(part: str, what: str, record: dict[str, Any], path: str, line: int) -> None:
        number = 0
        while (part, what, number) in found:
            number += 1
        found[part, what, number] = ({name: text for name, text in record.items() if text}, path, line)

    def both(claims: tuple[str, ...]) -> str:
        return " and ".join(sorted(renames.get(name, name) for name in claims))

    for file in ledger.files:
        if file.path in refused:
            continue
        for tension in file.tensions:
            record = {"by": tension.by, "on": tension.on, "why": fold_space(tension.why)}
            add("tensions", both(tension.claims), record, file.path, tension.line)
        for resolution in file.resolutions:
            record = {name: fold_space(getattr(resolution, name)) for name in ("found", "by", "on", "why", "fingerprint")}
            add("resolutions", both(resolution.claims), record, file.path, resolution.line)
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
            lambda vocabulary: {name: {kind: sorted(words) for kind, words in known.items()} for name, known in vocabulary.words.items()},
        ),
        ("sides", lambda vocabulary: {name: {"printed": printed} for name, printed in vocabulary.sides.items()}),
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
            "kind": place.kind, "names": dict(sorted(names.items())), "short": place.short, "spellings": sorted(place.spellings), "former": sorted(place.former),
            "within": place.within, "point": list(place.point or ()), "qid": place.qid, "geonames": place.geonames, "note": place.note,
        }
    )  # fmt: skip


def _claimant(claimant: Claimant) -> dict[str, Any]:
    return _given(
        {
            "name": claimant.name, "other-names": sorted(claimant.other_names), "side": claimant.side, "kind": claimant.kind, "of": claimant.of,
            "note": claimant.note,
        }
    )  # fmt: skip


def _sentences(found: Mapping[str | None, str]) -> Any:
    """The sentence of a property, or its sentences by value."""
    return found.get(None) or dict(found)


def _property(known: Property) -> dict[str, Any]:
    implies = [
        " ".join(f"{name}: {text}" for name, text in (("of", value), *step._asdict().items()) if text is not None)
        for value, steps in known.implies.items()
        for step in steps
    ]
    tolerance = known.tolerance
    return _given(
        {
            "title": known.title, "type": known.type, "says": _sentences(known.says), "denied": _sentences(known.denied),
            "values": sorted(known.values), "printed for values": dict(known.value_names), "printed for subjects": dict(known.subject_names),
            "compatible": sorted(" with ".join(sorted(pair)) for pair in known.compatible), "unit": known.unit,
            "tolerance": None if tolerance is None else f"{tolerance.share * 100} %" if tolerance.share else str(tolerance.absolute),
            "subjects": sorted(known.subjects), "parts": known.parts, "cumulative": known.cumulative, "once": known.once, "timeless": known.timeless,
            "lasts": known.lasts_text, "part-of": known.part_of, "implies": sorted(implies), "note": known.note,
        }
    )  # fmt: skip
