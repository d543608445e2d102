"""Claims and their contradictions over time: question by question, one lane for each mouth and position."""

from __future__ import annotations

from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.meetings import CERTAIN
from ledger.conflicts.questions import Question, position_of, questions
from ledger.conflicts.times import ALWAYS, Time
from ledger.model import Claim, Vocabulary

Asked = tuple[str, str, str]  # place, property, subject (empty: none)


class Entry(NamedTuple):
    """One claim in its lane. `time` is the claim's own, as it is written; `shape` says how to draw it: `span`, `event` (it
    happened on a day and stays happened) or `said` (the property is timeless: only the day of the word can be shown)."""

    claim: Claim
    time: Time
    shape: str


class Lane(NamedTuple):
    """What one mouth says of one position. `claimant` is the top of its `of` chain, `position` the position's number."""

    mouth: str
    claimant: str
    side: str | None
    position: int
    entries: tuple[Entry, ...]


class Mark(NamedTuple):
    """Days, both included, on which two claims contradict each other: surely or perhaps."""

    first: int
    last: int
    sure: bool


class Contradiction(NamedTuple):
    """A conflict as it is drawn: the numbers of the two positions, the smaller first, and the days."""

    one: int
    other: int
    conflict: Conflict
    marks: tuple[Mark, ...]


class Timeline(NamedTuple):
    """One question over time. `positions` are the answers in words, lettered as `ledger conflicts` letters them; those that
    nothing contradicts come after. `question` is None where nothing is contradicted."""

    place: str
    property: str
    subject: str | None
    positions: tuple[str, ...]
    lanes: tuple[Lane, ...]
    contradictions: tuple[Contradiction, ...]
    question: Question | None

    @computed
    def entries(self) -> list[Entry]:
        """Every claim, lane by lane."""
        return [entry for lane in self.lanes for entry in lane.entries]

    @computed
    def certain(self) -> int:
        """How many pairs contradict each other certainly."""
        return sum(found.conflict.strength == CERTAIN for found in self.contradictions)

    @computed
    def single(self) -> bool:
        """Whether one claim is all there is."""
        return len(self.entries) == 1


def timelines(claims: Iterable[Claim], conflicts: Iterable[Conflict], times: Mapping[str, Time], vocabulary: Vocabulary) -> list[Timeline]:
    """The questions that claims answer or conflicts are about, the most contradicted first.

    `times` gives the time of every claim that takes part; claims without one are passed over.
    """
    said: dict[Asked, dict[str, Claim]] = defaultdict(dict)
    opposed: dict[Asked, list[Conflict]] = defaultdict(list)
    for claim in claims:
        if claim.id in times:
            said[claim.place, claim.property, claim.subject or ""][claim.id] = claim
    for conflict in conflicts:
        asked = conflict.place, conflict.property, conflict.subject or ""
        opposed[asked].append(conflict)
        said[asked].update({claim.id: claim for claim in (conflict.one, conflict.other)})
    drawn = [_timeline(asked, list(said[asked].values()), opposed.get(asked, []), times, vocabulary) for asked in said]
    return sorted(drawn, key=_order)


def _order(drawn: Timeline) -> tuple[int, int, int, str, str, str]:
    return -drawn.certain, -len(drawn.contradictions), -len(drawn.entries), drawn.place, drawn.property, drawn.subject or ""


def _timeline(asked: Asked, claims: list[Claim], conflicts: list[Conflict], times: Mapping[str, Time], vocabulary: Vocabulary) -> Timeline:
    place, property, subject = asked[0], asked[1], asked[2] or None
    question = questions(conflicts, vocabulary)[0] if conflicts else None
    numbers: dict[str, int] = {}
    for position in question.positions if question is not None else ():
        numbers[position.words] = len(numbers)
    gathered: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    of_claim: dict[str, int] = {}
    for claim in sorted(claims, key=_when_said):
        words = position_of(claim, place, property, subject, vocabulary)
        of_claim[claim.id] = numbers.setdefault(words, len(numbers))
        gathered[of_claim[claim.id], vocabulary.mouth_of(claim.claimant, claim.path)].append(claim)
    lanes = [_lane(number, mouth, found, times, vocabulary) for (number, mouth), found in gathered.items()]
    lanes.sort(key=lambda lane: lane.position)
    found = tuple(_contradiction(conflict, of_claim, times) for conflict in conflicts)
    return Timeline(place, property, subject, tuple(numbers), tuple(lanes), found, question)


def _when_said(claim: Claim) -> tuple[int, str]:
    return (claim.said_days.first if claim.said_days is not None else 0, claim.id)


def _lane(number: int, mouth: str, claims: list[Claim], times: Mapping[str, Time], vocabulary: Vocabulary) -> Lane:
    top = vocabulary.chain_of(claims[0].claimant)[-1]
    side = vocabulary.side_of(top) or vocabulary.side_of(claims[0].claimant)
    return Lane(mouth, top, side, number, tuple(_entry(claim, times[claim.id], vocabulary) for claim in claims))


def _entry(claim: Claim, time: Time, vocabulary: Vocabulary) -> Entry:
    if time == ALWAYS:
        return Entry(claim, _shown(claim, time), "said")
    known = vocabulary.properties[claim.property]
    return Entry(claim, time, "event" if known.type == "event" and claim.stance != "denies" else "span")


def _shown(claim: Claim, time: Time) -> Time:
    """The time that can be shown: of what holds at all times, the day it was said."""
    if time != ALWAYS or claim.said_days is None:
        return time
    first, last = claim.said_days
    return Time(first, last, first, last, last, first)


def _contradiction(conflict: Conflict, of_claim: Mapping[str, int], times: Mapping[str, Time]) -> Contradiction:
    one, other = sorted((of_claim[conflict.one.id], of_claim[conflict.other.id]))
    return Contradiction(one, other, conflict, tuple(_marks(conflict, times)))


def _marks(conflict: Conflict, times: Mapping[str, Time]) -> list[Mark]:
    """The days of a conflict. Where no overlap was asked for (disputes, tensions, timeless, once, counts) and the times share
    no day, each claim's own."""
    sure = conflict.strength == CERTAIN
    met = conflict.meeting
    if met is None:
        one, other = (_shown(claim, times[claim.id]) for claim in (conflict.one, conflict.other))
        for first, last in (
            (max(one.own_start, other.own_start), min(one.end, other.end)),
            (max(one.start, other.start), min(one.presumed, other.presumed)),
        ):
            if first <= last:
                return [Mark(first, last, sure)]
        return [_said(conflict.one, sure), _said(conflict.other, sure)]
    one, other, known = met.one.time, met.other.time, met.one.property
    if known.timeless:
        return [_said(conflict.one, sure), _said(conflict.other, sure)]
    if known.once and met.one.stance == met.other.stance:
        return [Mark(time.start, time.start_latest, sure) for time in (one, other)]
    if known.cumulative:
        return [Mark(time.end_earliest, time.end, sure) for time in (one, other)]
    if conflict.relation == "own":
        one, other = one.as_own(), other.as_own()
    marks = [Mark(max(one.start, other.start), min(one.presumed, other.presumed), False)]
    if sure:
        marks.append(Mark(max(one.start_latest, other.start_latest), min(one.end_earliest, other.end_earliest), True))
    return [mark for mark in marks if mark.first <= mark.last]


def _said(claim: Claim, sure: bool) -> Mark:
    assert claim.said_days is not None
    return Mark(*claim.said_days, sure)
