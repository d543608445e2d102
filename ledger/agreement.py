"""Who else says what a claim says, who contradicts it, who doubts it; and how many origins stand behind several reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.times import overlap, time_of
from ledger.model import Claim, Property, Vocabulary
from ledger.quantities import Range


class Standing(NamedTuple):
    """How the ledger's other claims stand to one claim. `origins` are the mouths behind the claim and those that agree."""

    agreeing: list[Claim]
    contradicting: list[Conflict]
    doubting: list[Claim]
    expecting: list[Claim]
    origins: list[str]
    reports: int


def standing(claim: Claim, claims: Iterable[Claim], conflicts: Iterable[Conflict], vocabulary: Vocabulary) -> Standing:
    """The standing of a claim among the claims that take part; `conflicts` are those of the ledger."""
    agreeing, doubting, expecting = [], [], []
    for other in claims:
        if other is claim or (other.place, other.property, other.subject) != (claim.place, claim.property, claim.subject):
            continue
        if other.stance == "doubts":
            if _same_value(claim, other, vocabulary):
                doubting.append(other)
        elif other.stance == "expects":
            if _same_value(claim, other, vocabulary):
                expecting.append(other)
        elif other.stance == claim.stance and agrees(claim, other, vocabulary):
            agreeing.append(other)
    contradicting = [conflict for conflict in conflicts if claim.id in conflict.ids]
    supporting = [claim, *agreeing]
    origins = sorted({vocabulary.mouth_of(each.claimant, each.path) for each in supporting})
    return Standing(agreeing, contradicting, doubting, expecting, origins, len({each.path for each in supporting}))


def agrees(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether another claim of the same question and stance says the same of a time that may be the same."""
    known = vocabulary.properties.get(claim.property)
    if known is None or claim.said_days is None or other.said_days is None or not _same_value(claim, other, vocabulary):
        return False
    return known.timeless or known.cumulative or bool(overlap(time_of(claim, known), time_of(other, known)))


def _same_value(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two claims name the same value (of figures, shares and dates: values that meet)."""
    known = vocabulary.properties.get(claim.property)
    if known is None:
        return False
    if known.type in ("event", "text"):
        return claim.value == other.value
    if known.type == "choice":
        return claim.value == other.value and (claim.share is None or other.share is None or _meet(claim.share, other.share, known))
    if known.type == "date":
        return claim.day is not None and other.day is not None and claim.day.first <= other.day.last and other.day.first <= claim.day.last
    return claim.figure is not None and other.figure is not None and _meet(claim.figure, other.figure, known)


def _meet(one: Range, other: Range, known: Property) -> bool:
    return not (one.above(other, known.tolerance) or other.above(one, known.tolerance))


def origin_words(standing: Standing) -> str:
    """`3 reports, 1 origin`: texts that relay one mouth are one origin."""
    reports, origins = standing.reports, len(standing.origins)
    return f"{reports} report{'s' * (reports != 1)}, {origins} origin{'s' * (origins != 1)}"
