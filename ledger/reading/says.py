"""How a property is said in words: `says` and `denied`, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.reading.fields import Taker
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.reading.yaml_nodes import Scalar
from ledger.texts.display import one_line, some_of
from ledger.texts.templates import TemplateProblem, gaps_of

Sentences = dict[str | None, str]  # by value of a choice; None: of any


def sentences_of(
    take: Taker, fields: Fields, kind: str, values: tuple[str, ...], subjects: tuple[str, ...], parts: bool
) -> tuple[Sentences, Sentences]:
    """The sentences of an assertion and of a denial. One that can't be used is told and left out; of one that leaves out what a claim
    says, that is told."""
    needed = {"place"} if parts else set()
    needed |= {"subject"} if len(subjects) > 1 else set()
    needed |= {"value"} if kind != "event" else set()
    may = {"place"} | ({"subject"} if subjects else set()) | ({"value"} if kind != "event" else set())
    found: list[Sentences] = []
    for field in ("says", "denied"):
        found.append({})
        for value, scalar in _written(take, fields, field, kind, values):
            lacks = needed - {"value"} if value is not None else needed
            if _usable(take, field, scalar, may, lacks):
                found[-1][value] = scalar.text
    return found[0], found[1]


def _written(take: Taker, fields: Fields, field: str, kind: str, values: tuple[str, ...]) -> list[tuple[str | None, Scalar]]:
    """The sentences as they are written, those of values that are none apart."""
    node = fields.items.get(field)
    if not isinstance(node, Fields):
        text = take.text(fields, field)
        return [(None, node)] if text is not None and isinstance(node, Scalar) else []
    if kind != "choice":
        message = f"`{field}` by value is for a property with `values`"
        take.flaw("unreadable_sentence", fields.keys[field], message, "write one sentence behind the colon", field, len(field))
        return []
    written: list[tuple[str | None, Scalar]] = []
    for value, child in node.items.items():
        if value not in values:
            hint = take.hints.did_you_mean(value, values) or f"its values are {some_of(values)}"
            message = f"`{field}` has a sentence for `{one_line(value)}`, which is none of the values"
            take.flaw("unreadable_sentence", node.keys[value], message, hint, field, len(value))
        elif type(child) is not Scalar:
            take.flaw(
                "wrong_shape", child, f"`{field}` of `{one_line(value)}` must be a text", "write the sentence behind the colon", field
            )
        elif not child.text.strip():
            message = f"`{field}` of `{one_line(value)}` is empty"
            take.flaw("empty_field", node.keys[value], message, "write its sentence, or delete the line", field, len(value))
        else:
            written.append((value, child))
    return written


_WHY = {
    "subject": "the property has no `subjects`",
    "value": "a claim of an event has no value",
}
_LOST = {
    "place": "of how much of which place it is said",
    "subject": "of which subject it is said",
    "value": "which value is said",
}


def _usable(take: Taker, field: str, scalar: Scalar, may: set[str], needed: set[str]) -> bool:
    try:
        gaps = gaps_of(scalar.text)
    except TemplateProblem as problem:
        names: Mapping[str, None] = dict.fromkeys(f"{{{gap}}}" for gap in sorted(may))
        hint = f"what goes into braces is {', '.join(names)}; a brace itself can't be written"
        take.flaw("unreadable_sentence", scalar, f"`{field}` can't be read: {problem}", hint, field)
        return False
    for gap in sorted(gaps - may):
        take.flaw("unreadable_sentence", scalar, f"`{field}` has `{{{gap}}}`, and {_WHY[gap]}", f"take `{{{gap}}}` out", field)
        return False
    for gap in sorted(needed - gaps):
        message = f"`{field}` leaves out `{{{gap}}}`: its sentence does not tell {_LOST[gap]}"
        take.flaw("sentence_leaves_out", scalar, message, f"write `{{{gap}}}` where it belongs", field)
    return True
