"""Rules about references between claims and to the vocabulary (R)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from ledger.model import CLAIMS, Finding, Resolution, Tension, fields_of
from ledger.reading.unread import where_unread
from ledger.rules.registry import ERROR, at_field, check
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import count_of, one_line, some_of


@check("R401", ERROR, "file", "vocabulary")
def unknown_place(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A place that `ledger.yaml` does not have: what lies within what is not known of it, so it would meet no other claim.

    Remedy: the id of a place (not its name), or a new place in `ledger.yaml`.
    Bad:
        - id: bridge-open
          place: Millbrook
    Good:
        - id: bridge-open
          place: millbrook
    """
    yield from view.flaws("unknown_place")
    if isinstance(view, FileView):
        places = view.vocabulary.places
        for claim in view.file.claims if places and not view.outline.places <= places.keys() else ():
            if claim.place and claim.place not in places:
                hint = _hint(view, claim.place, places, view.ids_of_places) or "add it to `places` in ledger.yaml"
                yield at_field(claim, "place", f"no place has the id `{one_line(claim.place)}`", hint)
        for number, name in enumerate(view.file.about if places else ()):
            if name not in places:
                line, column = view.file.at[f"about.{number}"]
                hint = _hint(view, name, places, view.ids_of_places) or "add it to `places` in ledger.yaml"
                message = f"`about` names the place `{one_line(name)}`, and no place has that id"
                yield Finding(line, column, message, hint, length=len(name), excludes=False)
    else:
        yield from _none_named(view, "places", view.vocabulary.places)


@check("R402", ERROR, "file", "vocabulary")
def unknown_claimant(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A claimant (or one who relayed, in `via`) that `ledger.yaml` does not have: whose word it is, and for which side, is not known.

    Remedy: the id of a claimant, or a new one in `ledger.yaml`.
    Bad:
        - id: bridge-open
          claimant: Ministry of Roads
    Good:
        - id: bridge-open
          claimant: ministry
    """
    yield from view.flaws("unknown_claimant")
    if isinstance(view, FileView):
        known = view.vocabulary.claimants
        speaking = view.outline.claimants | view.outline.relays
        for claim in view.file.claims if known and not speaking <= known.keys() else ():
            if claim.claimant and claim.claimant not in known:
                yield at_field(claim, "claimant", *_no_claimant(claim.claimant, view))
            for number, name in enumerate(claim.via):
                if name not in known:
                    yield at_field(claim, f"via.{number}", *_no_claimant(name, view))
    else:
        yield from _none_named(view, "claimants", view.vocabulary.claimants)


def _no_claimant(name: str, view: FileView) -> tuple[str, str]:
    hint = _hint(view, name, view.vocabulary.claimants, view.ids_of_claimants) or "add it to `claimants` in ledger.yaml"
    return f"no claimant has the id `{one_line(name)}`", hint


def _hint(view: FileView, name: str, known: Collection[str], ids: Mapping[str, list[str]]) -> str:
    """The id that was probably meant: that of the one entry which bears the name, else one that looks like it."""
    named = ids.get(name, [])
    return f"write its id: `{named[0]}`" if len(named) == 1 else view.hints.did_you_mean(name, known)


@check("R403", ERROR, "file", "vocabulary")
def unknown_property(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A property that `ledger.yaml` does not have: without its rules nothing can contradict the claim.

    Remedy: the id of a property, or a new one in `ledger.yaml`.
    Bad:
        - id: bridge-open
          property: brigde
          value: open
    Good:
        - id: bridge-open
          property: bridge
          value: open
    """
    known = view.vocabulary.properties
    if isinstance(view, FileView):
        for claim in view.file.claims if known and not view.outline.properties <= known.keys() else ():
            if claim.property and claim.property not in known:
                hint = view.hints.did_you_mean(claim.property, known) or "add it to `properties` in ledger.yaml"
                yield at_field(claim, "property", f"no property has the id `{one_line(claim.property)}`", hint)
    else:
        yield from _none_named(view, "properties", known)


def _none_named(view: VocabularyView, section: str, entries: Collection[str]) -> Iterator[Finding]:
    """One finding for a section that names nothing, where claims speak of it: one cause, not one for every claim."""
    claims = sum(len(file.claims) for file in view.ledger.files)
    told = any(f"`{section}`" in flaw.message + flaw.help for flaw in view.vocabulary.flaws)
    if claims and not entries and not told:
        yield Finding(
            1, 1, f"`{section}` names none, and {count_of(claims, 'claim')} can't be read without", f"name the {section} that they speak of"
        )


@check("R404", ERROR, "file")
def unknown_subject(view: FileView) -> Iterator[Finding]:
    """A subject that the property does not have among its `subjects`. Mistyped, it would be a question of its own that nothing answers.

    Remedy: one of them, or a new one in the property.
    Bad:
        - id: lorries-running
          property: traffic      # subjects: [cars, lorries]
          subject: lories
          value: running
    Good:
        - id: lorries-running
          property: traffic      # subjects: [cars, lorries]
          subject: lorries
          value: running
    """
    for claim in view.file.claims:
        known = view.vocabulary.properties.get(claim.property)
        if known is not None and claim.subject is not None and known.subjects and claim.subject not in known.subjects:
            hint = view.hints.did_you_mean(claim.subject, known.subjects) or f"its subjects are {some_of(known.subjects)}"
            yield at_field(claim, "subject", f"`{one_line(claim.subject)}` is no subject of `{claim.property}`", hint)


@check("R405", ERROR, "ledger", excludes=False)
def unknown_claim(view: LedgerView) -> Iterator[Finding]:
    """A claim that `disputes`, a tension or a resolution names does not exist, or is the disputing claim itself: the contradiction
    that was seen is lost.

    Remedy: the id of another claim.
    Bad:
        - id: bridge-open
          disputes: [bridge-closd]
    Good:
        - id: bridge-open
          disputes: [bridge-closed]
    """
    known = {name for outline in view.outlines for name in outline.ids}
    for file, outline in zip(view.ledger.files, view.outlines, strict=True):
        for claim, field in product((file.claims[number] for number in outline.naming), fields_of(CLAIMS)):
            for number, name in enumerate(getattr(claim, field)):
                if name == claim.id:
                    yield at_field(claim, f"{field}.{number}", f"`{one_line(name)}` {field} itself", "name the other claim")
                elif name not in known:
                    yield at_field(claim, f"{field}.{number}", *_no_claim(name, view, known))
        noted: list[Tension | Resolution] = [*file.tensions, *file.resolutions]
        for note in noted:
            for name in note.claims:
                if name not in known:
                    yield Finding(note.line, note.column, *_no_claim(name, view, known), path=file.path)


def _no_claim(name: str, view: LedgerView, known: Collection[str]) -> tuple[str, str]:
    """What is said of an id that no claim has which could be read."""
    unread = where_unread(name, view.ledger)
    if unread:
        return f"the claim `{one_line(name)}` stands in {one_line(unread)}, which could not be read", "mend that file first"
    return f"no claim has the id `{one_line(name)}`", view.hints.did_you_mean(name, known) or "name the id of a claim"
