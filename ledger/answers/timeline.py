"""Claims and their contradictions over time: question by question, one lane for each mouth and position."""

from __future__ import annotations

from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.answers.contradicted_days import Mark, marks_of, marks_of_many, shown_time
from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.questions import Question, position_of, questions
from ledger.conflicts.search.counting import Crowd
from ledger.conflicts.times import ALWAYS, Time
from ledger.conflicts.values import exclusion
from ledger.model import Claim, Vocabulary
from ledger.texts.dates import Days

Asked = tuple[str, str, str]  # place, property, subject (empty: none)


class Entry(NamedTuple):
    """One claim in its lane. `time` is the claim's own, as it is written; `shape` says how to draw it: `span`, `event` (it is
    said to have happened, and stays happened) or `said` (the property is timeless: only the day of the word can be shown)."""

    claim: Claim
    time: Time
    shape: str

    @computed
    def meant(self) -> Days:
        """The days of one of which it is, to sort and draw figures by: of a span of time its last; of what says no time, when it was said."""
        if self.claim.held is None or self.shape == "said":
            return self.claim.said_near or Days(0, 0)
        return Days(self.time.ends_since(), self.time.end)

    def meant_order(self) -> tuple[int, str]:
        """Sorts figures by the middle of the days of one of which they are."""
        return self.meant.first + self.meant.last, self.claim.id


class Lane(NamedTuple):
    """What one mouth says of one position. `claimant` is the top of its `of` chain, `position` the position's number."""

    mouth: str
    claimant: str
    side: str | None
    position: int
    entries: tuple[Entry, ...]


class Contradiction(NamedTuple):
    """A conflict as it is drawn: the numbers of the two positions, the smaller first, and the days."""

    one: int
    other: int
    conflict: Conflict
    marks: tuple[Mark, ...]


class Opposition(NamedTuple):
    """Two positions, by their numbers, that contradict each other: on which days."""

    one: int
    other: int
    marks: tuple[Mark, ...]


class Timeline(NamedTuple):
    """One question over time. `positions` are the answers in words, lettered as `ledger conflicts` letters them; those that
    nothing contradicts come after. `question` is None where nothing is contradicted. `contradictions` are the pairs of claims, with
    those that a person noted as tensions, all of them unless it is `counted`: then some are too many to be listed, and only `question`
    and `oppositions` tell of them."""

    place: str
    property: str
    subject: str | None
    positions: tuple[str, ...]
    lanes: tuple[Lane, ...]
    contradictions: tuple[Contradiction, ...]
    oppositions: tuple[Opposition, ...]
    question: Question | None
    counted: bool

    @computed
    def entries(self) -> list[Entry]:
        """Every claim, lane by lane."""
        return [entry for lane in self.lanes for entry in lane.entries]

    @computed
    def certain(self) -> int:
        """How many pairs contradict each other certainly."""
        return self.question.certain if self.question is not None else 0

    @computed
    def pairs(self) -> int:
        """How many pairs contradict each other."""
        return self.question.pairs if self.question is not None else 0

    @computed
    def tensions(self) -> list[Conflict]:
        """The pairs that a person noted as tensions: counted among none."""
        return [found.conflict for found in self.contradictions if found.conflict.is_tension]

    @computed
    def single(self) -> bool:
        """Whether one claim is all there is."""
        return len(self.entries) == 1


def timelines(
    claims: Iterable[Claim],
    conflicts: Iterable[Conflict],
    crowds: Iterable[Crowd],
    times: Mapping[str, Time],
    vocabulary: Vocabulary,
) -> list[Timeline]:
    """The questions that claims answer or conflicts are about, the most contradicted first.

    `crowds` are questions with too many conflicts to be listed. `times` gives the time of every claim that takes part; claims
    without one are passed over.
    """
    said: dict[Asked, dict[str, Claim]] = defaultdict(dict)
    opposed: dict[Asked, list[Conflict]] = defaultdict(list)
    crowded: dict[Asked, list[Crowd]] = defaultdict(list)
    for claim in claims:
        if claim.id in times:
            said[claim.place, claim.property, claim.subject or ""][claim.id] = claim
    for conflict in conflicts:
        asked = conflict.place, conflict.property, conflict.subject or ""
        opposed[asked].append(conflict)
        said[asked].update({claim.id: claim for claim in (conflict.one, conflict.other)})
    for crowd in crowds:
        crowded[crowd.place, crowd.members[0].property.id, crowd.members[0].subject or ""].append(crowd)
    drawn = [
        _timeline(asked, said[asked], opposed.get(asked, []), crowded.get(asked, []), times, vocabulary)
        for asked in dict.fromkeys([*said, *crowded])
    ]
    return sorted(drawn, key=_order)


def own_entries(timeline: Timeline) -> Timeline:
    """A timeline without the claims of other questions that only a tension brings there: tensions are told behind."""
    asked = timeline.place, timeline.property, timeline.subject
    ruled = in_contradictions(timeline)
    lanes = []
    for lane in timeline.lanes:
        kept = tuple(
            entry
            for entry in lane.entries
            if entry.claim.id in ruled or (entry.claim.place, entry.claim.property, entry.claim.subject) == asked
        )
        lanes += [lane._replace(entries=kept)] if kept else []
    numbers = {number: place for place, number in enumerate(sorted({lane.position for lane in lanes}))}  # (those of contradictions stay)
    lanes = [lane._replace(position=numbers[lane.position]) for lane in lanes]
    return timeline._replace(lanes=tuple(lanes), positions=tuple(timeline.positions[number] for number in numbers))


def in_contradictions(timeline: Timeline) -> set[str]:
    """The claims that stand in a contradiction on this question, those of other questions too."""
    found = timeline.question
    return {claim.id for position in found.positions for claim in position.claims} if found is not None else set()


def _order(drawn: Timeline) -> tuple[int, int, int, str, str, str]:
    return -drawn.certain, -drawn.pairs, -len(drawn.entries), drawn.place, drawn.property, drawn.subject or ""


def _timeline(
    asked: Asked,
    claims: dict[str, Claim],
    conflicts: list[Conflict],
    crowds: list[Crowd],
    times: Mapping[str, Time],
    vocabulary: Vocabulary,
) -> Timeline:
    place, property, subject = asked[0], asked[1], asked[2] or None
    ruled = (conflict for conflict in conflicts if not conflict.is_tension)
    question = next(iter(questions(ruled, vocabulary, crowds)), None)
    numbers: dict[str, int] = {}
    for position in question.positions if question is not None else ():
        numbers[position.words] = len(numbers)
        claims.update({claim.id: claim for claim in position.claims})
    gathered: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    of_claim: dict[str, int] = {}
    for claim in sorted(claims.values(), key=Claim.said_order):
        words = position_of(claim, place, property, subject, vocabulary)
        of_claim[claim.id] = numbers.setdefault(words, len(numbers))
        gathered[of_claim[claim.id], vocabulary.mouth_of(claim.claimant, claim.path)].append(claim)
    lanes = [_lane(number, mouth, found, times, vocabulary) for (number, mouth), found in gathered.items()]
    lanes.sort(key=lambda lane: lane.position)
    found = tuple(_contradiction(conflict, of_claim, times) for conflict in conflicts)
    oppositions = _oppositions(found, crowds, of_claim)
    return Timeline(
        place, property, subject, tuple(numbers), tuple(lanes), found, oppositions, question, bool(crowds) and question is not None
    )


def _lane(number: int, mouth: str, claims: list[Claim], times: Mapping[str, Time], vocabulary: Vocabulary) -> Lane:
    top = vocabulary.chain_of(claims[0].claimant)[-1]
    side = vocabulary.side_of(top) or vocabulary.side_of(claims[0].claimant)
    return Lane(mouth, top, side, number, tuple(_entry(claim, times[claim.id], vocabulary) for claim in claims))


def _entry(claim: Claim, time: Time, vocabulary: Vocabulary) -> Entry:
    if time == ALWAYS:
        return Entry(claim, shown_time(claim, time), "said")
    if vocabulary.properties[claim.property].type != "event" or claim.stance == "denies":
        return Entry(claim, time, "span")
    if claim.stance == "asserts":
        return Entry(claim, time, "event")
    day = Time(time.start, time.start_latest, time.start, time.start_latest, time.start_latest, time.start)
    return Entry(claim, day, "span")  # what is doubted or expected to happen leaves nothing behind


def _contradiction(conflict: Conflict, of_claim: Mapping[str, int], times: Mapping[str, Time]) -> Contradiction:
    one, other = sorted((of_claim[conflict.one.id], of_claim[conflict.other.id]))
    return Contradiction(one, other, conflict, tuple(marks_of(conflict, times)))


def _oppositions(found: Iterable[Contradiction], crowds: Iterable[Crowd], of_claim: Mapping[str, int]) -> tuple[Opposition, ...]:
    """The pairs of positions that contradict each other, with their days."""
    marks: dict[tuple[int, int], dict[Mark, None]] = defaultdict(dict)
    for contradiction in found:
        marks[contradiction.one, contradiction.other].update(dict.fromkeys(contradiction.marks))
    for crowd in (each for each in crowds if each.counted):  # of the others, too many positions contradict each other
        groups: list[dict[int, list[Account]]] = [defaultdict(list), defaultdict(list)]
        for group, accounts in zip(groups, (crowd.members, crowd.above), strict=True):
            for account in accounts:
                if account.claim.id in of_claim:
                    group[of_claim[account.claim.id]].append(account)
        members = list(groups[0].items())
        for index, (number, one) in enumerate(members):
            rest = [(*entry, "") for entry in members[:index]] + [(*entry, "other") for entry in groups[1].items()]
            for other_number, other, larger in rest:
                if exclusion(one[0], other[0], larger):
                    pair = min(number, other_number), max(number, other_number)
                    marks[pair].update(dict.fromkeys(marks_of_many(one, other)))
    return tuple(Opposition(*pair, tuple(days)) for pair, days in sorted(marks.items()) if days)
