"""Values, extents, subjects and stances (V)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ledger.model import STANCES, Finding
from ledger.reading.properties import denial_extent
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.dates import DateProblem, parse_day
from ledger.texts.display import one_line, some_of
from ledger.texts.figures import FigureProblem, parse_figure, parse_share

_EXTENTS = ("all", "most", "part")
# To delete what a property does not take would make some claims say more than their words: each is told what it then says.
_NO_PARTS = (
    "only choices have an extent: where the words speak of a part, that is a place of its own; delete `extent` where they speak of all of it",
    "give the property `parts: true`; delete `extent` only where the words speak of all of the place",
)
_NO_SUBJECTS = "give the property `subjects`; delete `subject` only where the words are of nobody in particular"
_TIMELESS = "delete `holds` where it is a fixed fact; else take `timeless` from the property"
_THOUSANDS = re.compile(r"(?<![0-9])(?<![0-9]\.)[0-9]{1,3}\.[0-9]{3}(?![0-9])")


@check("V501", ERROR, "file")
def bad_value(view: FileView) -> Iterator[Finding]:
    """A value that is not of the property's type: none of its choices, no figure, no date.

    What can't be read can't be compared, and a reader would think that nothing contradicts it.
    Remedy: one of the choices; a date; a figure. Figures read 27000, 8.5, ~2000, ">=43", <100, 1000..2000; the unit is the
    property's.
    Bad:
        - id: people
          property: people       # a quantity
          value: 27 000
    Good:
        - id: people
          property: people       # a quantity
          value: 27000
    """
    choices: dict[str, frozenset[str]] = {}
    for claim, known in view.with_property:
        if claim.value is None or not known.usable:
            continue
        if known.id not in choices:
            choices[known.id] = frozenset(known.values)
        if known.type == "choice" and claim.value not in choices[known.id]:
            hint = view.hints.did_you_mean(claim.value, known.values) or f"its values are {some_of(known.values)}"
            yield at_field(claim, "value", f"`{one_line(claim.value)}` is no value of `{known.id}`", hint)
        elif known.type == "quantity" and claim.figure is None:
            yield at_field(claim, "value", f"`{one_line(claim.value)}` is no figure", _why(parse_figure, claim.value))
        elif known.type == "date" and claim.day is None:
            yield at_field(claim, "value", f"`{one_line(claim.value)}` is no date", _why(parse_day, claim.value))


def _why(parse: Callable[[str], object], text: str) -> str:
    """Why a text can't be read, in the words of its parser."""
    try:
        parse(text)
    except (FigureProblem, DateProblem) as problem:
        return str(problem)
    return ""


@check("V502", ERROR, "file")
def misplaced_field(view: FileView) -> Iterator[Finding]:
    """A field that the property can't have: a `value` of an event, an `extent` of what has no parts, a `subject` where the
    property has none, a `holds` of what is timeless. No rule reads it, so the claim would say less than it seems to.

    Remedy: delete it, or give the property what it lacks.
    Bad:
        - id: no-flood
          property: flood        # an event
          value: no
    Good:
        - id: no-flood
          property: flood        # an event
          stance: denies
    """
    for claim, known in view.with_property:
        if not known.usable:
            continue
        if known.type == "event" and claim.value is not None:
            yield at_field(
                claim,
                "value",
                f"`{known.id}` is an event and has no value",
                "delete `value` where the words say that it happened; that it did not is `stance: denies`",
            )
        if claim.extent is not None and not (known.type == "choice" and known.parts) and "extent" in claim.at:
            why = "has no parts" if not known.parts else "is no choice"
            yield at_field(claim, "extent", f"`{known.id}` {why}, so `extent` says nothing", _NO_PARTS[known.type == "choice"])
        if claim.subject is not None and not known.subjects:
            yield at_field(claim, "subject", f"`{known.id}` has no subjects", _NO_SUBJECTS)
        if claim.holds is not None and known.timeless:
            yield at_field(claim, "holds", f"`{known.id}` is timeless, so `holds` says nothing", _TIMELESS)


@check("V503", ERROR, "file")
def bad_extent(view: FileView) -> Iterator[Finding]:
    """An extent that can't be read, or that can't be denied: what share of the place is meant then can't be told.

    Remedy: all, most, part, 30%, ~30%, <50%, ">=60%" or 10..20%; of a denial all, most, part or ">=N%".
    Bad:
        - id: power-on
          property: power        # a choice with parts
          value: on
          extent: half
    Good:
        - id: power-on
          property: power        # a choice with parts
          value: on
          extent: 50%
    """
    for claim, known in view.with_property:
        if not known.usable or claim.extent is None or "extent" not in claim.at or known.type != "choice" or not known.parts:
            continue
        if claim.share is None:
            hint = view.hints.did_you_mean(claim.extent, _EXTENTS) if claim.extent.isalpha() else ""
            yield at_field(claim, "extent", f"`{one_line(claim.extent)}` is no extent", hint or _why(parse_share, claim.extent))
        elif claim.stance == "denies" and not denial_extent(claim.extent):
            yield at_field(claim, "extent", f"an extent of `{one_line(claim.extent)}` can't be denied", 'write all, most, part or ">=N%"')


@check("V504", ERROR, "file")
def missing_extent(view: FileView) -> Iterator[Finding]:
    """A denial of a choice with parts does not say to what extent it denies: "not all of it" and "not even a part" differ.

    Remedy: `extent: all`, `most`, `part` or ">=N%", as the words of the text have it.
    Bad:
        - id: power-not-on
          property: power        # a choice with parts
          value: on
          stance: denies
    Good:
        - id: power-not-on
          property: power        # a choice with parts
          value: on
          extent: all            # not all of it has power
          stance: denies
    """
    for claim, known in view.with_property:
        if claim.stance == "denies" and known.type == "choice" and known.parts and "extent" not in claim.at:
            yield at_field(
                claim,
                "stance",
                f"a denial of `{known.id}` needs its `extent`",
                'write `extent: all` (not all of it), `most`, `part` (not even a part) or ">=N%"',
            )


@check("V505", ERROR, "file")
def bad_stance(view: FileView) -> Iterator[Finding]:
    """A stance is asserts, denies, doubts (not confirmed) or expects (will be, is planned, would be if). A mistyped one, read
    past, would turn a denial into an assertion.

    Remedy: one of the four, as the words of the text have it.
    Bad:
        - id: bridge-not-open
          value: open
          stance: denys
    Good:
        - id: bridge-not-open
          value: open
          stance: denies
    """
    for claim in view.file.claims:
        if claim.stance not in STANCES:
            hint = view.hints.did_you_mean(claim.stance, STANCES) or f"write one of {', '.join(STANCES)}"
            yield at_field(claim, "stance", f"`{one_line(claim.stance)}` is no stance", hint)


@check("V506", ERROR, "file")
def missing_value(view: FileView) -> Iterator[Finding]:
    """The property wants a value, and the claim has none: it says of what it speaks, and not what it says.

    Remedy: the value that the quote gives; where it gives none, it is another property or no claim.
    Bad:
        - id: people
          property: people       # a quantity
    Good:
        - id: people
          property: people       # a quantity
          value: 27000
    """
    for claim, known in view.with_property:
        if claim.value is None and known.type != "event" and "value" not in claim.at and known.usable:
            hint = f"write one of {some_of(known.values)}" if known.values else "write `value: ...`"
            yield at_field(claim, "property", f"`value` is missing: `{known.id}` says what it is", hint)


@check("V507", ERROR, "file")
def missing_subject(view: FileView) -> Iterator[Finding]:
    """The property is said of somebody (`subjects`), and the claim does not say of whom. Only claims of one subject meet: without
    it, nothing can contradict the claim.

    Remedy: the subject that the text names.
    Bad:
        - id: running
          property: traffic      # subjects: [cars, lorries]
          value: running
    Good:
        - id: running
          property: traffic      # subjects: [cars, lorries]
          subject: cars
          value: running
    """
    for claim, known in view.with_property:
        if known.subjects and claim.subject is None and "subject" not in claim.at:
            yield at_field(
                claim, "property", f"`subject` is missing: `{known.id}` is said of somebody", f"write one of {some_of(known.subjects)}"
            )


@check("V508", WARNING, "file")
def thousands_or_decimals(view: FileView) -> Iterator[Finding]:
    """A figure with a point and three digits behind it: many languages write 27 000 as 27.000, and here it reads as 27.

    Remedy: 27000 where thousands are meant, 27 or 27.0 where not; or accept the warning where the third decimal is meant.
    Bad:
        - id: people
          property: people       # a quantity
          value: 27.000
    Good:
        - id: people
          property: people       # a quantity
          value: 27000
    """
    for claim, known in view.with_property:
        for field, text in (("value", claim.value if known.type == "quantity" else None), ("extent", claim.extent)):
            match = _THOUSANDS.search(text) if text is not None and field in claim.at else None
            if match is not None and text is not None:
                yield at_field(
                    claim,
                    field,
                    f"`{one_line(match[0])}` has three decimals",
                    f"write {match[0].replace('.', '')} where thousands are meant",
                )
