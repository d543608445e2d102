"""Who else says what a claim says, who contradicts it, who doubts it; and how many origins stand behind several reports.

Two claims agree when they answer one question (place, property and subject) in one stance, their values meet (of choices, events
and texts: are the same; of shares, figures and dates: have one in common), their times may overlap, presumption included, and
the ledger holds no contradiction between them. A report is a text that states a claim: a claims file. An origin is a mouth; an
unnamed one ("an officer") that several texts have through the same relay is one origin too, since nothing shows that it is two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.times import overlap, time_of
from ledger.model import Claim, Property, Vocabulary
from ledger.texts.display import count_of
from ledger.texts.figures import Range


class Standing(NamedTuple):
    """How the ledger's other claims stand to one claim. `origins` are those behind the claim and all that agree, `reports` the
    number of texts."""

    agreeing: list[Claim]
    contradicting: list[Conflict]
    doubting: list[Claim]
    expecting: list[Claim]
    origins: list[str]
    reports: int


def standing(claim: Claim, claims: Iterable[Claim], conflicts: Iterable[Conflict], vocabulary: Vocabulary) -> Standing:
    """The standing of a claim among the claims that take part; `conflicts` are those of the ledger."""
    contradicting = [conflict for conflict in conflicts if claim.id in conflict.ids]
    at_odds = {name for conflict in contradicting for name in conflict.ids}
    agreeing, doubting, expecting = [], [], []
    for other in claims:
        if other is claim or (other.place, other.property, other.subject) != (claim.place, claim.property, claim.subject):
            continue
        if other.id not in at_odds and agrees(claim, other, vocabulary):
            agreeing.append(other)
        elif other.stance == "doubts":
            if _same_value(claim, other, vocabulary):
                doubting.append(other)
        elif other.stance == "expects" and _same_value(claim, other, vocabulary):
            expecting.append(other)
    supporting = [claim, *agreeing]
    origins = origins_of(voice_of(each, vocabulary) for each in supporting)
    return Standing(agreeing, contradicting, doubting, expecting, origins, reports_of(supporting))


def said_order(claim: Claim) -> tuple[int, str]:
    """Sorts claims by the day they were said, then by id."""
    return claim.said_days.first if claim.said_days is not None else 0, claim.id


def agrees(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether another claim of the same question has the same stance and says the same of a time that may be the same."""
    known = vocabulary.properties.get(claim.property)
    if known is None or claim.stance != other.stance or claim.said_days is None or other.said_days is None:
        return False
    if not _same_value(claim, other, vocabulary):
        return False
    return known.timeless or known.cumulative or bool(overlap(time_of(claim, known), time_of(other, known)))


def _same_value(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    known = vocabulary.properties.get(claim.property)
    return known is not None and same_value(claim, other, known)


def same_value(claim: Claim, other: Claim, known: Property) -> bool:
    """Whether two claims of one property name the same value (of figures, shares and dates: values that meet; of an event that
    happens once: on days that can meet)."""
    if known.type == "event":
        return not known.once or _days_meet(claim, other, known)
    if known.type == "text":
        return claim.value == other.value
    if known.type == "choice":
        return claim.value == other.value and (claim.share is None or other.share is None or _meet(claim.share, other.share, known))
    if known.type == "date":
        return claim.day is not None and other.day is not None and claim.day.first <= other.day.last and other.day.first <= claim.day.last
    return claim.figure is not None and other.figure is not None and _meet(claim.figure, other.figure, known)


def _days_meet(claim: Claim, other: Claim, known: Property) -> bool:
    """Whether what happens once can have happened on one day (said to have happened *by* a day: any day up to it)."""
    if claim.stance != "asserts" or other.stance != "asserts" or claim.said_days is None or other.said_days is None:
        return True
    one, two = time_of(claim, known), time_of(other, known)
    return not (one.on and one.start > two.start_latest) and not (two.on and two.start > one.start_latest)


def _meet(one: Range, other: Range, known: Property) -> bool:
    return not (one.above(other, known.tolerance) or other.above(one, known.tolerance))


def reports_of(claims: Iterable[Claim]) -> int:
    """How many texts state these claims."""
    return len({claim.path for claim in claims})


class Voice(NamedTuple):
    """Whose word a claim is: its mouth, and (of an unnamed one) the relays that make it one origin with the same elsewhere."""

    mouth: str
    relays: frozenset[tuple[str, str]]

    def is_one_with(self, other: Voice) -> bool:
        """Whether the two are of one origin."""
        return self.mouth == other.mouth or not self.relays.isdisjoint(other.relays)


def voice_of(claim: Claim, vocabulary: Vocabulary) -> Voice:
    """Whose word a claim is."""
    mouth, top = vocabulary.mouth_of(claim.claimant, claim.path), vocabulary.chain_of(claim.claimant)[-1]
    return Voice(mouth, frozenset((top, relay) for relay in claim.via) if mouth != top else frozenset())


def origins_of(voices: Iterable[Voice]) -> list[str]:
    """The origins behind voices, sorted: their mouths, where those that a relay joins count as one, under the first one's name."""
    first_of: dict[str, str] = {}
    joined: dict[tuple[str, str], str] = {}  # relay -> a mouth of its origin

    def first(mouth: str) -> str:
        while first_of[mouth] != mouth:
            mouth = first_of[mouth] = first_of[first_of[mouth]]
        return mouth

    for voice in voices:
        first_of.setdefault(voice.mouth, voice.mouth)
        for relay in voice.relays:
            one, other = first(joined.setdefault(relay, voice.mouth)), first(voice.mouth)
            first_of[max(one, other)] = min(one, other)
    return sorted(mouth for mouth in first_of if first_of[mouth] == mouth)


def origin_words(standing: Standing) -> str:
    """`3 reports, 1 origin`: texts that relay one mouth are one origin."""
    return report_words(standing.reports, len(standing.origins))


def report_words(reports: int, origins: int) -> str:
    """`3 reports, 1 origin`."""
    return f"{count_of(reports, 'report')}, {count_of(origins, 'origin')}"
