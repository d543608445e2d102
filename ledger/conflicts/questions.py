"""Conflicts gathered as people read them: by question (place, property, subject), position against position."""

from __future__ import annotations

from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ledger.conflicts.finder import Conflict
from ledger.conflicts.meetings import CERTAIN, KINDS
from ledger.conflicts.reasons import position_words, question_words
from ledger.dates import FAR
from ledger.model import Claim, Vocabulary


class Position(NamedTuple):
    """One answer to a question, and the claims that give it, by the day they were said."""

    words: str
    claims: tuple[Claim, ...]


class Link(NamedTuple):
    """Two positions (their numbers in the question) that contradict each other: how many pairs, of them how many certainly,
    from which day to which they could overlap, and the strongest pair as an example."""

    one: int
    other: int
    kind: str
    pairs: int
    certain: int
    own: int
    first: int
    last: int
    example: Conflict

    @computed
    def days(self) -> int | None:
        """How many days the two positions overlapped, at most; None where no end is known or no days are shared."""
        return self.last - self.first + 1 if -FAR < self.first <= self.last < FAR else None


class Question(NamedTuple):
    """A place, a property and a subject to which claims give answers that contradict each other."""

    place: str
    property: str
    subject: str | None
    positions: tuple[Position, ...]
    links: tuple[Link, ...]

    @computed
    def pairs(self) -> int:
        """How many pairs of claims contradict each other here."""
        return sum(link.pairs for link in self.links)

    @computed
    def certain(self) -> int:
        """How many of the pairs do so certainly."""
        return sum(link.certain for link in self.links)

    @computed
    def last_said(self) -> int:
        """The latest day on which one of the claims was said."""
        return max(
            (claim.said_days.last for position in self.positions for claim in position.claims if claim.said_days is not None), default=0
        )


def questions(conflicts: Iterable[Conflict], vocabulary: Vocabulary) -> list[Question]:
    """The questions that conflicts are about: the strongest first, of equal ones the one with the most recent word."""
    gathered: dict[tuple[str, str, str], list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        gathered[conflict.place, conflict.property, conflict.subject or ""].append(conflict)
    return sorted((_question(members, vocabulary) for members in gathered.values()), key=order)


def order(question: Question) -> tuple[bool, bool, int, str, str, str]:
    """What questions are sorted by: certain ones, then found by rule before noted as tensions, then the most recent word."""
    only_tensions = all(link.kind == "tension" for link in question.links)
    return not question.certain, only_tensions, -question.last_said, question.place, question.property, question.subject or ""


def position_of(claim: Claim, place: str, property: str, subject: str | None, vocabulary: Vocabulary) -> str:
    """What a claim says to a question; one of another question (through an implication or a note) names its own."""
    words = position_words(claim, vocabulary)
    if (claim.place, claim.property, claim.subject) == (place, property, subject):
        return words
    return f"{question_words(claim.place, claim.property, claim.subject, vocabulary)}: {words}"


def span(conflict: Conflict) -> tuple[int, int]:
    """The days on which the two claims certainly (else possibly) overlap; of a dispute or tension, from word to word."""
    if conflict.meeting is None or conflict.meeting.one.property.cumulative:
        said = [claim.said_days for claim in (conflict.one, conflict.other) if claim.said_days is not None]
        return min(days.first for days in said), max(days.last for days in said)
    one, other = conflict.meeting.one.time, conflict.meeting.other.time
    if conflict.strength == CERTAIN:
        return max(one.start_latest, other.start_latest), min(one.end_earliest, other.end_earliest)
    return max(one.start, other.start), min(one.presumed, other.presumed)


def _question(members: list[Conflict], vocabulary: Vocabulary) -> Question:
    place, property, subject = members[0].place, members[0].property, members[0].subject
    claims = {claim.id: claim for conflict in members for claim in (conflict.one, conflict.other)}
    words = {name: position_of(claim, place, property, subject, vocabulary) for name, claim in claims.items()}
    by_words: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims.values(), key=_when_said):
        by_words[words[claim.id]].append(claim)
    numbers = {text: number for number, text in enumerate(by_words)}
    linked: dict[tuple[int, int, str], list[Conflict]] = defaultdict(list)
    for conflict in members:
        one, other = sorted((numbers[words[conflict.one.id]], numbers[words[conflict.other.id]]))
        linked[one, other, conflict.kind].append(conflict)
    links = [_link(one, other, kind, found) for (one, other, kind), found in linked.items()]
    links.sort(key=lambda link: (not link.certain, KINDS.index(link.kind), link.one, link.other))
    return Question(place, property, subject, tuple(Position(text, tuple(said)) for text, said in by_words.items()), tuple(links))


def _when_said(claim: Claim) -> tuple[int, str]:
    return (claim.said_days.first if claim.said_days is not None else 0, claim.id)


def _link(one: int, other: int, kind: str, found: list[Conflict]) -> Link:
    spans = [span(conflict) for conflict in found]
    example = min(found, key=lambda conflict: (conflict.strength != CERTAIN, conflict.ids))
    return Link(
        one,
        other,
        kind,
        len(found),
        sum(conflict.strength == CERTAIN for conflict in found),
        sum(conflict.relation == "own" for conflict in found),
        min(first for first, _ in spans),
        max(last for _, last in spans),
        example,
    )
