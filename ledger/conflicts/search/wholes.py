"""Figures of parts and of their wholes, found without comparing all with all: ten thousand of a town, ten thousand of its region.

The figures of one property, subject and place are points in one tree for all that ask for them, whole or part; a part's question
has as many trees above it as there are larger places and properties that count more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain
from math import inf

from ledger.conflicts.accounts import Account, least_of, most_of
from ledger.conflicts.search import candidates
from ledger.conflicts.search.counting import Crowd
from ledger.conflicts.search.kd_tree import Side
from ledger.conflicts.search.lookup import CEILING, LEAST, MOST, Neighbours
from ledger.conflicts.verdicts import Verdict, verdict
from ledger.model import Property, Vocabulary

Triple = tuple[Account, Account, str]  # a part, a whole, `other`


class Figures:
    """The figures of one property, subject and place, asked for what of them another figure may contradict."""

    def __init__(self, members: list[Account] | None = None) -> None:
        self.members = members if members is not None else []

    @cached_property
    def _tree(self) -> Neighbours:
        return Neighbours(self.members, [])

    def wholes_of(self, part: Account) -> Iterator[Account]:
        """The members that may be too small to be the whole of a part."""
        if len(self.members) <= candidates.FEW:
            yield from self.members
        elif part.stance == "asserts":
            yield from self._tree.fitting("asserts", part, (Side(CEILING, high=least_of(part)),))
            yield from self._tree.fitting("denies", part, (Side(LEAST, high=least_of(part)), Side(MOST, (inf, True))))
        elif part.figure is not None and part.figure.least == -inf:
            yield from self._tree.fitting("asserts", part, (Side(MOST, high=most_of(part)),))

    def parts_of(self, whole: Account) -> Iterator[Account]:
        """The members that may be too large to be part of a whole."""
        if len(self.members) <= candidates.FEW:
            yield from self.members
        elif whole.stance == "asserts":
            yield from self._tree.fitting("asserts", whole, (Side(LEAST, whole_at_most(whole)),))
            yield from self._tree.fitting("denies", whole, (Side(LEAST, high=(-inf, False)), Side(MOST, most_of(whole))))
        elif whole.figure is not None and whole.figure.most == inf:
            yield from self._tree.fitting("asserts", whole, (Side(LEAST, least_of(whole)),))


def whole_at_most(whole: Account) -> tuple[object, bool]:
    """The most of a whole's figure with its tolerance, for sorting."""
    most, closed = most_of(whole)
    return (most if whole.property.tolerance is None else whole.property.tolerance.added(most)), closed


class PartCrowd(Crowd):
    """Parts of one question that contradict their wholes (`above`) too often to be listed; among the parts it holds nothing."""

    def __init__(self, members: list[Account], above: list[Account]) -> None:
        super().__init__(members, above, counted=False)

    def only(self, members: list[Account], above: list[Account]) -> Crowd:
        return PartCrowd(members, above)

    @cached_property
    def _parts(self) -> Figures:
        return Figures(self.members)

    @cached_property
    def _wholes(self) -> list[Figures]:
        found: dict[tuple[str, str], Figures] = defaultdict(Figures)
        for account in self.above:
            found[account.property.id, account.place].members.append(account)
        return list(found.values())

    @cached_property
    def _is_whole(self) -> set[int]:
        return {id(account) for account in self.above}

    def _partners(self, account: Account) -> Iterator[Triple]:
        if id(account) in self._is_whole:
            yield from ((part, account, "other") for part in self._parts.parts_of(account))
        else:
            yield from ((account, whole, "other") for wholes in self._wholes for whole in wholes.wholes_of(account))


class Parts:
    """The questions of a ledger whose figures are part of others: each with its own figures and those above them."""

    def __init__(self, found: Iterable[Account], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.groups: dict[tuple[str, str | None, str], Figures] = defaultdict(Figures)
        wholes = {name for known in vocabulary.properties.values() for name in known.wholes}
        for account in found:
            known = account.property
            if known.type == "quantity" and account.stance in ("asserts", "denies") and (known.parts or known.wholes or known.id in wholes):
                self.groups[known.id, account.subject, account.place].members.append(account)

    def questions(self, asked: Collection[str] | None = None) -> Iterator[tuple[list[Account], list[Figures]]]:
        """The figures of each question (about places that are asked about) that is part of another, and those that are above it."""
        for (_, subject, place), figures in list(self.groups.items()):
            if asked is not None and place not in asked:
                continue
            above = [self.groups[key] for key in self._above(figures.members[0].property, subject, place) if key in self.groups]
            if above:
                yield figures.members, above

    def _above(self, known: Property, subject: str | None, place: str) -> Iterator[tuple[str, str | None, str]]:
        larger = self.vocabulary.larger_places(place)
        if known.parts:
            yield from ((known.id, subject, name) for name in larger)
        for whole in known.wholes:
            yield whole, subject, place
            if self.vocabulary.properties[whole].parts:
                yield from ((whole, subject, name) for name in larger)


def pairs_of(members: Iterable[Account], above: Iterable[Figures]) -> Iterator[Triple]:
    """Every part and whole of a question that may contradict each other."""
    for part in members:
        yield from ((part, whole, "other") for wholes in above for whole in wholes.wholes_of(part))


def verdicts(members: list[Account], above: list[Figures], many: int) -> list[Verdict] | None:
    """The contradictions of parts with their wholes; None where they are more than `many`."""
    found: list[Verdict] = []
    for pair in pairs_of(members, above):
        met = verdict(*pair)
        if met is not None:
            found.append(met)
            if len(found) > many:
                return None
    return found


def crowded(members: list[Account], above: list[Figures], touched: Collection[str]) -> tuple[PartCrowd | None, Iterator[Triple]]:
    """The crowd that they are, and the pairs outside it: those of claims that are `touched` by a note."""
    wholes = [whole for figures in above for whole in figures.members]
    parts = [part for part in members if part.claim.id not in touched]
    inside = [whole for whole in wholes if whole.claim.id not in touched]
    apart = [whole for whole in wholes if whole.claim.id in touched]
    return PartCrowd(parts, inside) if parts and inside else None, chain(
        pairs_of((part for part in members if part.claim.id in touched), above),
        ((part, whole, "other") for whole in apart for part in Figures(parts).parts_of(whole)),
    )
