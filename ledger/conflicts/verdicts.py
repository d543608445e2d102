"""Whether two accounts contradict each other: one decision, for the finder and for `ledger why` alike."""

from __future__ import annotations

from builtins import property as computed  # accounts have a field called `property`
from collections.abc import Collection, Mapping
from typing import NamedTuple

from ledger.conflicts.accounts import Account
from ledger.conflicts.times import no_longer, overlap
from ledger.conflicts.values import exclusion, figures_asserted

CERTAIN, POSSIBLE = "certain", "possible"
KINDS = ("denial", "figure", "exclusive", "tension")


class Verdict(NamedTuple):
    """Two accounts that contradict each other: how, how surely, and (of `possible`) what it hangs on.

    `hinge` is empty, `hedge`, `on` (an event said to be on a day), `hand-over`, `presumed`, `dates`, `period` or `starts` (of a part's
    count and its whole's, not both say from when they count). `larger` says which speaks of the larger place, or counts the whole.
    """

    one: Account
    other: Account
    kind: str
    strength: str
    hinge: str
    larger: str = ""

    @computed
    def asked(self) -> Account:
        """The account whose question it is: of nested places that of the smaller, of a part and its whole the part's."""
        return self.other if self.larger == "one" else self.one


def larger_of(one: Account, other: Account, larger_places: Mapping[str, Collection[str]]) -> str | None:
    """Which of two accounts speaks of the larger place, or counts the whole: `one`, `other`, `` (the same question); None: their
    places, or their properties, have nothing to do with each other."""
    if one.property.id != other.property.id:
        if _is_part(one, other, larger_places):
            return "other"
        return "one" if _is_part(other, one, larger_places) else None
    if one.place == other.place:
        return ""
    if not one.property.nests:
        return None
    if one.place in larger_places[other.place]:
        return "one"
    return "other" if other.place in larger_places[one.place] else None


def _is_part(part: Account, whole: Account, larger_places: Mapping[str, Collection[str]]) -> bool:
    """Whether what one counts is among what another counts, by their properties and places."""
    if whole.property.id not in part.property.wholes:
        return False
    return part.place == whole.place or (whole.property.parts and whole.place in larger_places[part.place])


def verdict(one: Account, other: Account, larger: str) -> Verdict | None:
    """How two accounts of one question, or of a part and its whole, contradict each other; None where they do not."""
    kind = exclusion(one, other, larger)
    if not kind:
        return None
    strength, hinge = coincidence(one, other, larger)
    if not strength:
        return None
    if strength == CERTAIN and (one.claim.hedge is not None or other.claim.hedge is not None):
        strength, hinge = POSSIBLE, "hedge"
    return Verdict(one, other, kind, strength, hinge, larger)


def coincidence(one: Account, other: Account, larger: str = "") -> tuple[str, str]:
    """How surely two accounts speak of the same time (`certain`, `possible`, or nothing), and what a possible one hangs on."""
    known = one.property
    both_assert = one.stance == other.stance
    if known.timeless or (known.once and both_assert):
        return CERTAIN, ""
    if known.cumulative:
        strength, hinge = _same_period(one, other, larger)
        if strength == CERTAIN and larger and not (one.time.states_start and other.time.states_start):
            return POSSIBLE, "starts"
        return strength, hinge
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


def _what_it_hangs_on(one: Account, other: Account, own: bool) -> str:
    """Why an overlap is only possible: a hand-over, days that are not known, or a presumption."""
    a, b = one.time, other.time
    if a.start_latest <= b.end_earliest and b.start_latest <= a.end_earliest:
        return "hand-over"
    if own or (a.start <= b.end and b.start <= a.end):
        return "dates"
    return "presumed"


def _same_period(one: Account, other: Account, larger: str) -> tuple[str, str]:
    """Of counts: whether the one that should be no larger is of no longer a period."""
    assert one.figure is not None and other.figure is not None
    own = one.mouth == other.mouth
    if one.stance == other.stance:
        if larger:
            of_one = larger == "other"  # the part's count is the one that is too large
        else:
            of_one = figures_asserted(one.property, one.figure, other.figure) > 0
        more, fewer = (one, other) if of_one else (other, one)
        strength = no_longer(more.time, fewer.time, own)
        return strength, "period" if strength == POSSIBLE else ""
    asserted, denied = (one, other) if one.stance == "asserts" else (other, one)
    assert denied.figure is not None
    downwards = no_longer(asserted.time, denied.time, own)
    upwards = no_longer(denied.time, asserted.time, own)
    if denied.figure.most == float("inf"):
        strength = downwards
    elif denied.figure.least == -float("inf"):
        strength = upwards
    elif not downwards or not upwards:
        strength = ""
    else:
        strength = CERTAIN if downwards == upwards == CERTAIN else POSSIBLE
    return strength, "period" if strength == POSSIBLE else ""
