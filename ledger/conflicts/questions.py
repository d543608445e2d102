"""Conflicts gathered as people read them: by question (place, property, subject), position against position."""

from __future__ import annotations

from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from ledger.conflicts.accounts import Account
from ledger.conflicts.claims_in_words import position_words, sentence
from ledger.conflicts.eras import eras_of, span
from ledger.conflicts.finder import Conflict, conflict_of
from ledger.conflicts.search.counting import LOOKED_AT, Crowd, example_of, involved, shared_days, tally
from ledger.conflicts.times import has_no_sure_day
from ledger.conflicts.values import exclusion
from ledger.conflicts.verdicts import CERTAIN, KINDS
from ledger.model import Claim, Vocabulary
from ledger.texts.dates import FAR

MOST_LINKS = 5_000  # pairs of positions of one question that are told apart


class Position(NamedTuple):
    """One answer to a question, and the claims that give it, by the day they were said."""

    words: str
    claims: tuple[Claim, ...]


class Link(NamedTuple):
    """Two positions (their numbers in the question) that contradict each other: how many pairs, of them how many certainly, how many of
    one mouth (`own`), how many of these perhaps relayed in two ways (None: not counted), of how many a claim was corrected, from which day to which the certain pairs (where there are none, the possible ones) overlap, and the strongest pair as an
    example.

    Where a question has very many positions, the contradictions among those that have no link of their own are one link, whose
    two numbers are -1. `at_least`: there are more of them than were counted."""

    one: int
    other: int
    kind: str
    pairs: int
    certain: int
    own: int
    first: int
    last: int
    example: Conflict
    at_least: bool = False
    relayed: int | None = None
    corrected: int = 0

    @computed
    def days(self) -> int | None:
        """How many days the two positions overlapped, at most; None where no end is known, no days are shared, or it was on some day of
        several."""
        met = self.example.verdict
        if self.pairs == 1 and self.certain and met is not None and (has_no_sure_day(met.one.time) or has_no_sure_day(met.other.time)):
            return None
        return self.last - self.first + 1 if -FAR < self.first <= self.last < FAR and not self.at_least else None


class Question(NamedTuple):
    """A place, a property and a subject to which claims give answers that contradict each other, or are noted as tensions."""

    place: str
    property: str
    subject: str | None
    positions: tuple[Position, ...]
    links: tuple[Link, ...]
    letters: tuple[int, ...] = ()  # where it is told in several tables, the numbers of the positions among all of these

    @computed
    def pairs(self) -> int:
        """How many pairs of claims contradict each other here, or are noted as tensions."""
        return sum(link.pairs for link in self.links)

    @computed
    def tensions(self) -> int:
        """How many of the pairs are tensions that a person noted."""
        return sum(link.pairs for link in self.links if link.kind == "tension")

    @computed
    def contradictions(self) -> int:
        """How many pairs of claims contradict each other here: tensions are none."""
        return self.pairs - self.tensions

    @computed
    def certain(self) -> int:
        """How many of the pairs do so certainly."""
        return sum(link.certain for link in self.links)

    @computed
    def at_least(self) -> bool:
        """Whether there are more pairs than were counted."""
        return any(link.at_least for link in self.links)

    @computed
    def last_said(self) -> int:
        """The latest day on which one of the claims was said."""
        return max(
            (claim.said_days.last for position in self.positions for claim in position.claims if claim.said_days is not None), default=0
        )


def questions(
    conflicts: Iterable[Conflict],
    vocabulary: Vocabulary,
    crowds: Iterable[Crowd] = (),
    matches: Callable[[Conflict], bool] | None = None,
    apart: bool = False,
) -> list[Question]:
    """The questions that conflicts are about: the strongest first, of equal ones the one with the most recent word.

    The conflicts are taken one at a time and not kept; those of `crowds` are counted without being listed,
    where `matches` is given only those for which it holds. `apart`: what was said at times that lie far apart, and does not contradict
    each other, makes questions of its own (the year 2022 does not stand beside 2025); the letters of their positions go through.
    """
    if apart:
        conflicts = list(conflicts)
    gathered: dict[tuple[str, str, str | None], _Gathering] = {}

    def gathering(place: str, property: str, subject: str | None) -> _Gathering:
        key = (place, property, subject)
        if key not in gathered:
            gathered[key] = _Gathering(place, property, subject, vocabulary)
        return gathered[key]

    for conflict in conflicts:
        gathering(conflict.place, conflict.property, conflict.subject).add(conflict)
    for crowd in crowds:
        gathering(crowd.place, crowd.members[0].property.id, crowd.members[0].subject).add_crowd(crowd, matches)
    made = {key: found.question() for key, found in gathered.items() if found.links}
    asked: list[Question] = []
    eras = eras_of(conflicts) if apart else {}
    for crowd in crowds:
        eras.pop((crowd.place, crowd.members[0].property.id, crowd.members[0].subject), None)
    for key, question in made.items():
        asked += _apart(question, eras[key], vocabulary) if key in eras else [question]
    return sorted(asked, key=order)


def _apart(whole: Question, eras: list[list[Conflict]], vocabulary: Vocabulary) -> list[Question]:
    """A question as one for each time, the letters of their positions those of the whole."""
    numbers = {position.words: number for number, position in enumerate(whole.positions)}
    parts = [question for conflicts in eras for question in questions(conflicts, vocabulary)]
    return [part._replace(letters=tuple(numbers[position.words] for position in part.positions)) for part in parts]


class _Gathering:
    """One question while its conflicts come in."""

    def __init__(self, place: str, property: str, subject: str | None, vocabulary: Vocabulary) -> None:
        self.place, self.property, self.subject = place, property, subject
        self.vocabulary = vocabulary
        self.words: dict[str, str] = {}
        self.claims: dict[str, Claim] = {}
        self.links: dict[tuple[str, str, str], Link] = {}

    def _words(self, claim: Claim) -> str:
        """The position of a claim, which is noted."""
        words = self.words.get(claim.id)
        if words is None:
            words = self.words[claim.id] = position_of(claim, self.place, self.property, self.subject, self.vocabulary)
        self.claims[claim.id] = claim
        return words

    def add(self, conflict: Conflict) -> None:
        """Count one conflict."""
        first, last = span(conflict)
        self._join(
            self._words(conflict.one),
            self._words(conflict.other),
            _link(conflict, first, last),
        )

    def add_crowd(self, crowd: Crowd, matches: Callable[[Conflict], bool] | None) -> None:
        """Count the conflicts of a crowd, position against position; those that match, where not all are asked for."""
        if not crowd.counted or matches is not None:
            self._go_through(crowd, matches or (lambda conflict: True))
            return
        positions: list[dict[str, list[Account]]] = [defaultdict(list), defaultdict(list)]
        said: dict[tuple[str | None, ...], str] = {}  # what a claim says follows from these fields: most say the same
        for found, accounts in zip(positions, (crowd.members, crowd.above), strict=True):
            for account in accounts:
                claim = account.claim
                key = (claim.place, claim.value, claim.extent, claim.stance)
                if key not in said:
                    said[key] = position_of(claim, self.place, self.property, self.subject, self.vocabulary)
                found[said[key]].append(account)
                self.words[claim.id] = said[key]
        members, above = (list(found.items()) for found in positions)
        for index, (words, one) in enumerate(members):
            against = [(name, other, "") for name, other in members[:index]] + [(name, other, "other") for name, other in above]
            for name, other, larger in against:
                kind = exclusion(one[0], other[0], larger)
                counted = tally(one, other) if kind else None
                if counted is not None and counted.pairs:
                    first, last = shared_days(one, other, counted.certain > 0)
                    example = conflict_of(example_of(crowd, one, other, counted.certain > 0), self.vocabulary)
                    self._join(words, name, Link(0, 0, kind, *counted, first, last, example))
                    for account in (*involved(one, other), *involved(other, one)):
                        self.claims[account.claim.id] = account.claim

    def _go_through(self, crowd: Crowd, matches: Callable[[Conflict], bool]) -> None:
        """Count the conflicts of a crowd one by one, of a vast one the first; its positions are then all that are given."""
        for met in islice(crowd.verdicts(), LOOKED_AT):
            conflict = conflict_of(met, self.vocabulary)
            if not matches(conflict):
                continue
            if not crowd.vast:
                self.add(conflict)
                continue
            self._merge(("", "", conflict.kind), _link(conflict, -FAR, FAR)._replace(at_least=True))
        for account in (*crowd.members, *crowd.above) if crowd.vast and self.links else ():
            self._words(account.claim)

    def _join(self, one: str, other: str, link: Link) -> None:
        """Add what is counted of two positions to what is known of them (of very many, to what is known of all)."""
        key = (min(one, other), max(one, other), link.kind)
        if key not in self.links and len(self.links) >= MOST_LINKS:
            key = ("", "", link.kind)
        self._merge(key, link)

    def _merge(self, key: tuple[str, str, str], link: Link) -> None:
        known = self.links.get(key)
        if known is not None:
            better = min(
                (known, link), key=lambda each: (bool(each.example.corrections), each.example.strength != CERTAIN, each.example.ids)
            )
            spans = [each for each in (known, link) if bool(each.certain) == bool(known.certain + link.certain)]
            link = Link(
                0, 0, link.kind, known.pairs + link.pairs, known.certain + link.certain, known.own + link.own,
                min(each.first for each in spans), max(each.last for each in spans), better.example, known.at_least or link.at_least,
                None if known.relayed is None or link.relayed is None else known.relayed + link.relayed,
                known.corrected + link.corrected,
            )  # fmt: skip
        self.links[key] = link

    def question(self) -> Question:
        """The question, its positions by the day they were first said, those together that one mouth gave one after the other."""
        by_words: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self.claims.values(), key=Claim.said_order):
            by_words[self.words[claim.id]].append(claim)
        changed = [(one, other) for (one, other, _), link in self.links.items() if link.own and one != other]
        by_words = {text: by_words[text] for text in _together(list(by_words), changed)}
        numbers = {text: number for number, text in enumerate(by_words)}
        links = []
        for (one, other, _), link in self.links.items():
            first, second = sorted((numbers[one], numbers[other])) if one or other else (-1, -1)
            links.append(link._replace(one=first, other=second))
        links.sort(key=lambda link: (seriousness(link), KINDS.index(link.kind), link.one, link.other))
        return Question(
            self.place, self.property, self.subject, tuple(Position(text, tuple(said)) for text, said in by_words.items()), tuple(links)
        )


def _link(conflict: Conflict, first: int, last: int) -> Link:
    """The link that one conflict makes between its positions."""
    certain, own, relayed = conflict.strength == CERTAIN, conflict.of_one_mouth, conflict.relation == "relayed"
    return Link(
        0,
        0,
        conflict.kind,
        1,
        int(certain),
        int(own),
        first,
        last,
        conflict,
        relayed=int(relayed),
        corrected=int(bool(conflict.corrections)),
    )


def _together(texts: list[str], changed: list[tuple[str, str]]) -> list[str]:
    """Positions in their order, but behind each those that one of its mouths gave instead."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in changed:
        beside[one].add(other)
        beside[other].add(one)
    numbers = {text: number for number, text in enumerate(texts)}
    found: dict[str, None] = {}
    for text in texts:
        waiting = [text]
        while waiting:
            next_one = waiting.pop(0)
            if next_one not in found:
                found[next_one] = None
                waiting += sorted(beside[next_one] - found.keys(), key=numbers.__getitem__)
    return list(found)


def seriousness(link: Link) -> int:
    """0 for a certain contradiction of two mouths, 1 for a certain one of one mouth, 2 for a possible one, 3 for a tension."""
    if link.kind == "tension":
        return 3
    return 2 if not link.certain else int(link.own == link.pairs)


def severity(conflict: Conflict) -> tuple[int, int, tuple[str, str]]:
    """Sorts contradictions: the most serious first, of equal ones that of the most recent word."""
    if conflict.is_tension:
        worst = 3
    else:
        worst = 2 if conflict.strength != CERTAIN else int(conflict.of_one_mouth)
    said = [claim.said_days.last for claim in (conflict.one, conflict.other) if claim.said_days is not None]
    return worst, -max(said, default=0), conflict.ids


def order(question: Question) -> tuple[int, int, str, str, str]:
    """What questions are sorted by: the most serious contradiction, then the most recent word."""
    worst = min(map(seriousness, question.links), default=3)
    return worst, -question.last_said, question.place, question.property, question.subject or ""


def position_of(claim: Claim, place: str, property: str, subject: str | None, vocabulary: Vocabulary) -> str:
    """What a claim says to a question; one of another question (through an implication or a note) names its own."""
    own = (claim.place, claim.property, claim.subject) == (place, property, subject)
    return position_words(claim, vocabulary) if own else sentence(claim, vocabulary)
