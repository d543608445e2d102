"""Rules about references between claims and to the vocabulary (R)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

from ledger.model import CLAIMS, Finding, Related, Resolution, Tension, fields_of
from ledger.reading.circles import circle_words
from ledger.reading.unread import where_unread
from ledger.rules.registry import ERROR, at_field, check
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import count_of, one_line, some_of

if TYPE_CHECKING:
    from ledger.conflicts.corrections import Correction


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
    """A claim that `disputes`, `corrects`, a tension or a resolution names does not exist, or is the claim itself that names it: what
    was seen is lost.

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


@check("R406", ERROR, "ledger", excludes=False)
def correction_by_another_mouth(view: LedgerView) -> Iterator[Finding]:
    """A claim that `corrects` one of somebody else. Only who said a thing can take it back: the claimant itself, or one whose word is
    its word (`of`). What another says against it is a contradiction, and a correction would call that settled. An unnamed claimant
    ("an officer") is known again only in the same file, or in one whose head names the same `publisher`; the correction counts for
    nothing until that is so.

    Remedy: `disputes`, where another says that it is wrong; `of` in `ledger.yaml`, where one speaks for the other; `publisher` in the heads
    of both files, where a newspaper corrects what an unnamed voice told it.
    Bad:
        - id: bridge-open
          claimant: ministry
          corrects: [bridge-closed]      # said by: paper
    Good:
        - id: bridge-open
          claimant: paper                # or one whose word is its word (`of: paper`)
          corrects: [bridge-closed]
    """
    for correction, fault in view.corrections:
        if fault == "mouth":
            yield _at_correction(correction, *_by_another(correction, view))


def _by_another(correction: Correction, view: LedgerView) -> tuple[str, str]:
    """What is said of a correction of what another mouth said, and the remedy."""
    by, known = correction.by, f"`{one_line(correction.corrected.id)}`"
    one, other = (f"`{one_line(claim.claimant)}`" for claim in (by, correction.corrected))
    if by.claimant == correction.corrected.claimant:
        message = f"{known} was said by {one} too, who is unnamed, and may be another in another text"
        return message, "name the same `publisher` in the heads of both files, where it is one and the same"
    message = f"{known} was said by {other}, not by {one}, who can't take it back"
    if view.vocabulary.chain_of(by.claimant)[-1] == view.vocabulary.chain_of(correction.corrected.claimant)[-1]:
        return message, "of those who speak for one unnamed, only the claimant itself can be known again"
    return message, "`disputes` says that another holds it for wrong; `of` in ledger.yaml, that one speaks for the other"


@check("R407", ERROR, "ledger", excludes=False)
def corrected_before_it_was_said(view: LedgerView) -> Iterator[Finding]:
    """A claim that `corrects` one that was certainly said later. Nobody takes back what has not been said: the two are the wrong way
    round, or one of them is dated wrong. The correction counts for nothing until that is mended.

    Remedy: write `corrects` in the claim that was said later, or mend `said`.
    Bad:
        - id: bridge-open
          claimant: paper
          said: 2025-03-09
          corrects: [bridge-closed]      # said: 2025-03-10
    Good:
        - id: bridge-open
          claimant: paper
          said: 2025-03-12
          corrects: [bridge-closed]      # said: 2025-03-10
    """
    for correction, fault in view.corrections:
        if fault == "before":
            from ledger.texts.phrases import said_words  # (most checks find nothing to say)

            corrected, by = correction
            days = [said_words(claim.said) for claim in (corrected, by)]
            message = f"`{one_line(corrected.id)}` was said later ({days[0]}) than the claim that corrects it ({days[1]})"
            yield _at_correction(correction, message, f"the later one `corrects` the earlier: write it in `{one_line(corrected.id)}`")


@check("R408", ERROR, "ledger", excludes=False)
def corrections_in_a_circle(view: LedgerView) -> Iterator[Finding]:
    """Claims that correct each other in a circle: which of them stands in the end could not be told. None of these corrections counts.

    Remedy: take out the correction that was not made; of two claims said on one day, the text tells which came last.
    Bad:
        - id: bridge-open
          corrects: [bridge-closed]
        - id: bridge-closed
          corrects: [bridge-open]
    Good:
        - id: bridge-open
          corrects: [bridge-closed]
        - id: bridge-closed
    """
    circling = [correction for correction, fault in view.corrections if fault == "circle"]
    links: dict[str, list[str]] = {}
    for corrected, by in circling:
        links.setdefault(by.id, []).append(corrected.id)
    told: set[str] = set()
    for correction in circling:
        if correction.by.id not in told:
            circle, reached = _circle(correction, links)
            told |= reached
            yield _at_correction(correction, circle_words("corrects", circle), "take out the correction that was not made")


def _circle(correction: Correction, links: Mapping[str, list[str]]) -> tuple[list[str], set[str]]:
    """A shortest circle that goes through a correction, and all ids that are in circles with it."""
    first, begin = correction.corrected.id, correction.by.id
    came_from = {first: begin}
    waiting = [first]
    for name in waiting:
        for other in links[name]:
            if other not in came_from:
                came_from[other] = name
                waiting.append(other)
    back = []
    name = came_from[begin]
    while name != begin:
        back.append(name)
        name = came_from[name]
    return [begin, *reversed(back)], set(waiting)


def _at_correction(correction: Correction, message: str, remedy: str) -> Finding:
    """A finding at the id that a claim says it corrects, with the place of that claim beside it."""
    corrected, by = correction
    related = (Related(corrected.path, corrected.line, corrected.column, "the claim that is corrected"),)
    return at_field(by, f"corrects.{by.corrects.index(corrected.id)}", message, remedy, related)
