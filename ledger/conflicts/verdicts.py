"""Whether two readings contradict each other: one decision, for the finder and for `ledger why` alike."""

from __future__ import annotations

from typing import NamedTuple

from ledger.conflicts.accounts import Reading
from ledger.conflicts.times import no_longer, overlap
from ledger.conflicts.values import exclusion, figures_asserted

CERTAIN, POSSIBLE = "certain", "possible"
KINDS = ("denial", "figure", "exclusive", "tension")


class Meeting(NamedTuple):
    """Two readings that contradict each other: how, how surely, and (of `possible`) what it hangs on.

    `hinge` is empty, `hedge`, `on` (an event said to be on a day), `hand-over`, `presumed`, `dates` or `period`.
    """

    one: Reading
    other: Reading
    kind: str
    strength: str
    hinge: str


def larger_of(one: Reading, other: Reading, larger_places: dict[str, frozenset[str]]) -> str | None:
    """Which of two readings speaks of the larger place: `one`, `other`, `` (the same place); None: they do not overlap."""
    if one.place == other.place:
        return ""
    if not one.property.nests:
        return None
    if one.place in larger_places[other.place]:
        return "one"
    return "other" if other.place in larger_places[one.place] else None


def meeting(one: Reading, other: Reading, larger: str) -> Meeting | None:
    """How two readings of one property and subject contradict each other; None where they do not."""
    kind = exclusion(one, other, larger)
    if not kind:
        return None
    strength, hinge = coincidence(one, other)
    if not strength:
        return None
    if strength == CERTAIN and (one.claim.hedge is not None or other.claim.hedge is not None):
        strength, hinge = POSSIBLE, "hedge"
    return Meeting(one, other, kind, strength, hinge)


def coincidence(one: Reading, other: Reading) -> tuple[str, str]:
    """How surely two readings speak of the same time (`certain`, `possible`, or nothing), and what a possible one hangs on."""
    known = one.property
    both_assert = one.stance == other.stance
    if known.timeless or (known.once and both_assert):
        return CERTAIN, ""
    if known.cumulative:
        return _same_period(one, other)
    own = one.mouth == other.mouth
    first, second = (one.time.as_own(), other.time.as_own()) if own else (one.time, other.time)
    strength = overlap(first, second)
    if strength != CERTAIN:
        return strength, strength and _what_it_hangs_on(one, other, own)
    if known.type == "event":
        happened, denied = (one, other) if one.stance == "asserts" else (other, one)
        if happened.time.on and happened.time.start_latest >= denied.time.start:
            return POSSIBLE, "on"
    elif one.time.on or other.time.on:
        return POSSIBLE, "on"
    return CERTAIN, ""


def _what_it_hangs_on(one: Reading, other: Reading, own: bool) -> str:
    """Why an overlap is only possible: a hand-over, days that are not known, or a presumption."""
    a, b = one.time, other.time
    if a.start_latest <= b.end_earliest and b.start_latest <= a.end_earliest:
        return "hand-over"
    if own or (a.start <= b.end and b.start <= a.end):
        return "dates"
    return "presumed"


def _same_period(one: Reading, other: Reading) -> tuple[str, str]:
    """Of counts: whether the one that should be no larger is of no longer a period."""
    assert one.figure is not None and other.figure is not None
    if one.stance == other.stance:
        larger, smaller = (one, other) if figures_asserted(one.property, one.figure, other.figure) > 0 else (other, one)
        strength = no_longer(larger.time, smaller.time)
        return strength, "period" if strength == POSSIBLE else ""
    asserted, denied = (one, other) if one.stance == "asserts" else (other, one)
    assert denied.figure is not None
    downwards = no_longer(asserted.time, denied.time)
    upwards = no_longer(denied.time, asserted.time)
    if denied.figure.most == float("inf"):
        strength = downwards
    elif denied.figure.least == -float("inf"):
        strength = upwards
    elif not downwards or not upwards:
        strength = ""
    else:
        strength = CERTAIN if downwards == upwards == CERTAIN else POSSIBLE
    return strength, "period" if strength == POSSIBLE else ""
