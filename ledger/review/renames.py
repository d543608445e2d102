"""Ids of `ledger.yaml` that are called otherwise now: places, claimants, properties, their values and subjects, sides. What only follows
such a name has not changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ledger.conflicts.resolutions import fingerprints
from ledger.model import Claim, Claimant, ClaimsFile, Ledger, Place, Property, Vocabulary
from ledger.review.changes import EntryChange

Names = Mapping[str, str]


class Renames(NamedTuple):
    """The earlier ids that are others now, by kind; `values` by property, under its earlier id."""

    places: Names
    claimants: Names
    properties: Names
    values: Mapping[str, Names]
    subjects: Names
    sides: Names

    def changes(self) -> list[EntryChange]:
        """What is told of them: each under its later name."""
        found = []
        for part in ("properties", "places", "claimants", "subjects", "sides"):
            names: Names = getattr(self, part)
            found += [EntryChange("renamed", part, new, {"id": (old, new)}) for old, new in sorted(names.items())]
        for of, values in sorted(self.values.items()):
            found += [
                EntryChange("renamed", "values", f"{self.properties.get(of, of)}: {new}", {"id": (old, new)}) for old, new in values.items()
            ]
        return found


def renames_between(before: Vocabulary, after: Vocabulary) -> Renames:
    """What has another id: an entry that went while one came that says just the same, and no other that could be meant."""
    found = Renames({}, {}, {}, {}, {}, {})
    for _ in range(4):  # what lies within a place with a new name says the same only under that name
        vocabulary = _vocabulary(before, found)
        more = Renames(
            _matched(vocabulary.places, after.places, _place),
            _matched(vocabulary.claimants, after.claimants, _claimant),
            _matched(vocabulary.properties, after.properties, _property),
            _values(vocabulary, after),
            _subjects(vocabulary, after),
            _sides(vocabulary, after),
        )
        if not any(more):
            break
        found = _both(found, more)
    return found


def _both(one: Renames, other: Renames) -> Renames:
    back = {new: old for old, new in one.properties.items()}
    values = {**one.values, **{back.get(of, of): {**one.values.get(back.get(of, of), {}), **names} for of, names in other.values.items()}}
    return Renames(
        {**one.places, **other.places},
        {**one.claimants, **other.claimants},
        {**one.properties, **other.properties},
        values,
        {**one.subjects, **other.subjects},
        {**one.sides, **other.sides},
    )


def _matched(before: Mapping[str, Any], after: Mapping[str, Any], said: Any) -> dict[str, str]:
    gone: dict[Any, list[str]] = {}
    new: dict[Any, list[str]] = {}
    for side, others, found in ((before, after, gone), (after, before, new)):
        for name, entry in side.items():
            if name not in others:
                found.setdefault(said(entry), []).append(name)
    return {olds[0]: new[what][0] for what, olds in gone.items() if len(olds) == len(new.get(what, ())) == 1}


def _place(place: Place) -> object:
    return place._replace(id="", at={})._asdict().__repr__() if place.names else (place.id,)


def _claimant(claimant: Claimant) -> object:
    return claimant._replace(id="", name="" if claimant.name == claimant.id else claimant.name, at={})._asdict().__repr__()


def _property(known: Property) -> object:
    title = "" if known.title == known.id else known.title
    implies = sorted((value or "", tuple(steps)) for value, steps in known.implies.items())
    compatible = sorted(sorted(pair) for pair in known.compatible)
    return repr(known._replace(id="", title=title, at={}, implies={}, compatible=frozenset(), wholes=())) + repr((implies, compatible))


def _swapped(olds: Sequence[str], news: Sequence[str]) -> tuple[str, str] | None:
    """The one name that stands in another's place, where all others are the same."""
    differing = [(old, new) for old, new in zip(olds, news, strict=False) if old != new]
    if len(olds) != len(news) or len(differing) != 1 or differing[0][0] in news or differing[0][1] in olds:
        return None
    return differing[0]


def _values(before: Vocabulary, after: Vocabulary) -> dict[str, Names]:
    found: dict[str, Names] = {}
    for name, known in before.properties.items():
        swapped = _swapped(known.values, after.properties[name].values) if name in after.properties else None
        if swapped is not None:
            found[name] = dict([swapped])
    return found


def _subjects(before: Vocabulary, after: Vocabulary) -> Names:
    """A subject that is called otherwise wherever it stands."""
    pairs = {
        _swapped(known.subjects, after.properties[name].subjects) for name, known in before.properties.items() if name in after.properties
    }
    found = dict(pair for pair in pairs if pair is not None)
    still = {subject for known in after.properties.values() for subject in known.subjects}
    return {old: new for old, new in found.items() if old not in still}


def _sides(before: Vocabulary, after: Vocabulary) -> Names:
    """A side that is called otherwise at everybody who speaks for it."""
    pairs: dict[str, set[str | None]] = {}
    for name, known in before.claimants.items():
        if known.side is not None and name in after.claimants:
            pairs.setdefault(known.side, set()).add(after.claimants[name].side)
    olds = {known.side for known in before.claimants.values()}
    found = {old: news for old, news in pairs.items() if len(news) == 1 and old not in news and not news & {*olds, None}}
    return {old: new for old, news in found.items() for new in news if new is not None}


# -- an earlier ledger under the later names ------------------------------------------------------------------------------


def under_new_names(ledger: Ledger, renames: Renames) -> Ledger:
    """An earlier ledger as it would be with the later ids; resolutions that fitted their claims fit them still."""
    if not any(renames):
        return ledger
    files = tuple(_file(file, renames) for file in ledger.files)
    made = ledger._replace(vocabulary=_vocabulary(ledger.vocabulary, renames), files=files)
    fitted = []
    for old, new in zip(ledger.files, files, strict=True):
        if new is not old and old.resolutions:
            pairs = zip(fingerprints(ledger, list(old.resolutions)), fingerprints(made, list(new.resolutions)), strict=True)
            kept = tuple(entry._replace(fingerprint=right) if entry.fingerprint == was else entry for (entry, was), (_, right) in pairs)
            new = new._replace(resolutions=kept)
        fitted.append(new)
    return made._replace(files=tuple(fitted))


def _file(file: ClaimsFile, renames: Renames) -> ClaimsFile:
    claims = tuple(_claim(claim, renames) for claim in file.claims)
    about = tuple(renames.places.get(place, place) for place in file.about)
    if about == file.about and all(one is other for one, other in zip(claims, file.claims, strict=True)):
        return file
    head = {**file.head, "about": ", ".join(about)} if about else file.head
    return file._replace(claims=claims, about=about, head=head)


def _claim(claim: Claim, renames: Renames) -> Claim:
    new: dict[str, Any] = {
        "place": renames.places.get(claim.place, claim.place),
        "property": renames.properties.get(claim.property, claim.property),
        "claimant": renames.claimants.get(claim.claimant, claim.claimant),
        "subject": renames.subjects.get(claim.subject, claim.subject) if claim.subject else claim.subject,
        "value": renames.values.get(claim.property, {}).get(claim.value, claim.value) if claim.value else claim.value,
        "via": tuple(renames.claimants.get(name, name) for name in claim.via),
    }
    differing = {name: value for name, value in new.items() if value != getattr(claim, name)}
    return claim._replace(**differing) if differing else claim


def _vocabulary(vocabulary: Vocabulary, renames: Renames) -> Vocabulary:
    places = {
        (name := renames.places.get(place.id, place.id)): place._replace(
            id=name, within=renames.places.get(place.within or "", place.within or "") or None
        )
        for place in vocabulary.places.values()
    }
    claimants = {}
    for known in vocabulary.claimants.values():
        name = renames.claimants.get(known.id, known.id)
        called = name if known.name == known.id else known.name
        of, side = renames.claimants.get(known.of or "", known.of), renames.sides.get(known.side or "", known.side)
        claimants[name] = known._replace(id=name, name=called, of=of, side=side)
    properties = {renames.properties.get(known.id, known.id): _renamed(known, renames) for known in vocabulary.properties.values()}
    return vocabulary._replace(places=places, claimants=claimants, properties=properties)


def _renamed(known: Property, renames: Renames) -> Property:
    """A property under the later names of what it speaks of."""
    values, name = renames.values.get(known.id, {}), renames.properties.get(known.id, known.id)
    implies = {
        value and values.get(value, value): tuple(
            step._replace(
                property=renames.properties.get(step.property, step.property),
                value=renames.values.get(step.property, {}).get(step.value, step.value),
                subject=renames.subjects.get(step.subject or "", step.subject or "") or None,
            )
            for step in steps
        )
        for value, steps in known.implies.items()
    }
    return known._replace(
        id=name,
        title=name if known.title == known.id else known.title,
        values=tuple(values.get(value, value) for value in known.values),
        compatible=frozenset(frozenset(values.get(value, value) for value in pair) for pair in known.compatible),
        subjects=tuple(renames.subjects.get(subject, subject) for subject in known.subjects),
        value_names={values.get(value, value): words for value, words in known.value_names.items()},
        subject_names={renames.subjects.get(subject, subject): words for subject, words in known.subject_names.items()},
        says={value and values.get(value, value): words for value, words in known.says.items()},
        denied={value and values.get(value, value): words for value, words in known.denied.items()},
        implies=implies,
        part_of=renames.properties.get(known.part_of or "", known.part_of),
        wholes=tuple(renames.properties.get(whole, whole) for whole in known.wholes),
    )
