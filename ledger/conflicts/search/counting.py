"""Questions with very many contradictions: counted, position against position, without listing their pairs.

Ten thousand claims of one place can contradict each other thirty million times. What people read of that (which positions,
how many pairs, how many certain, from when to when, an example) follows from sorted columns in n log n; the pairs themselves
are listed only when they are asked for, one claim after the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ledger.conflicts.accounts import Account
from ledger.conflicts.search.candidates import FEW_POSITIONS, Times, candidates, is_scattered, positions_of
from ledger.conflicts.search.lookup import Neighbours
from ledger.conflicts.times import Time, has_no_sure_day
from ledger.conflicts.values import exclusion
from ledger.conflicts.verdicts import CERTAIN, Verdict, verdict

TRIED = 8  # partners tried one by one for an example, before they are looked up
LOOKED_AT = 100_000  # pairs of one question that are gone through, where they can't be counted otherwise
MANY = 20_000  # pairs of one question: above it they are counted, not listed


class Tally(NamedTuple):
    """How many pairs of two positions contradict each other, of them certainly, and of one mouth."""

    pairs: int
    certain: int
    own: int


class Crowd:
    """The accounts of one question in one place, too many contradictions among them to be listed; `above` are those of
    larger places that reach down to it. One that is not `counted` can only be gone through."""

    def __init__(self, members: list[Account], above: list[Account], counted: bool = True) -> None:
        self.members = members
        self.above = above
        self.place = members[0].place
        self.counted = counted

    def only(self, members: list[Account], above: list[Account]) -> Crowd:
        """The crowd of some of its accounts."""
        return Crowd(members, above, self.counted)

    @cached_property
    def _neighbours(self) -> Neighbours | None:
        """What finds the partners of an account, where there are too many positions to try each, or times do not decide."""
        known = self.members[0].property
        joined = known.type in ("choice", "event") and not known.timeless and not known.once and not is_scattered(self.members, self.above)
        return None if joined else Neighbours(self.members, self.above)

    @cached_property
    def _indexes(self) -> list[tuple[bool, Account, Times]]:
        """The positions: whether of a larger place, an account that stands for all, and their times."""
        return [
            (larger, found[0], Times(found))
            for larger, group in ((False, self.members), (True, self.above))
            for found in positions_of(group).values()
        ]

    @cached_property
    def _opposed(self) -> dict[object, list[tuple[bool, Times]]]:
        """Of a position those that it excludes, as far as they were asked for: whether of a larger place, and their times."""
        return {}

    def _opposed_to(self, account: Account, from_above: bool) -> list[tuple[bool, Times]]:
        position = from_above, account.stance, account.value, account.share
        found = self._opposed.get(position)
        if found is None:
            found = self._opposed[position] = [
                (larger, times)
                for larger, example, times in self._indexes
                if not (from_above and larger)
                and (exclusion(example, account, "other") if from_above else exclusion(account, example, "other" if larger else ""))
            ]
        return found

    def verdicts_of(self, account: Account, behind: bool = False) -> list[Verdict]:
        """Every contradiction of one of the accounts with another claim of the crowd; of claims `behind` it alone, by their ids."""
        pairs = self._partners(account)
        if behind:
            name = account.claim.id
            pairs = (pair for pair in pairs if name <= pair[0].claim.id and name <= pair[1].claim.id)
        return [met for one, other, larger in pairs if (met := verdict(one, other, larger)) is not None]

    def verdicts(self) -> Iterator[Verdict]:
        """Every contradiction of the crowd, once."""
        for account in sorted((*self.members, *self.above), key=lambda account: account.claim.id):
            yield from self.verdicts_of(account, behind=True)

    @cached_property
    def vast(self) -> bool:
        """Whether there are more contradictions than are gone through to answer a question about them."""
        return next(islice(self.verdicts(), LOOKED_AT, None), None) is not None

    def _partners(self, account: Account) -> Iterator[tuple[Account, Account, str]]:
        from_above = account.place != self.place
        if self._neighbours is not None:
            yield from (pair for pair in self._neighbours.of(account) if pair[0].claim is not pair[1].claim)
            return
        for larger, times in self._opposed_to(account, from_above):
            if from_above:
                yield from ((other, account, "other") for other in times.touching(account))
            else:
                which = "other" if larger else ""
                yield from ((account, other, which) for other in times.touching(account) if other.claim is not account.claim)


def crowd_of(members: list[Account], above: list[Account], many: int) -> Crowd | None:
    """The crowd that accounts of one question in one place are, if they contradict each other more than `many` times.

    Choices of few positions can be counted, position against position; all others are gone through until there are too many.
    """
    positions = len(positions_of(members)) + len(positions_of(above))
    if members[0].property.type == "choice" and positions <= FEW_POSITIONS:
        return Crowd(members, above) if count_possible(members, above) > many else None
    found = (pair for pair in candidates(members, above) if verdict(*pair) is not None)
    return Crowd(members, above, counted=False) if next(islice(found, many, None), None) is not None else None


def count_possible(members: list[Account], above: list[Account]) -> int:
    """How many pairs of accounts exclude each other at times that can overlap (presumption of one mouth counted too)."""
    total = 0
    positions, larger = list(positions_of(members).values()), list(positions_of(above).values())
    for index, one in enumerate(positions):
        for other in positions[:index]:
            if exclusion(one[0], other[0], ""):
                total += _touching([account.time for account in one], [account.time for account in other])
        for other in larger:
            if exclusion(one[0], other[0], "other"):
                total += _touching([account.time for account in one], [account.time for account in other])
    return total


def tally(one: list[Account], other: list[Account]) -> Tally:
    """The pairs of two positions of choices that exclude each other: what `verdict` would say of each, added up."""
    pairs, certain = _count(one, other, own=False)
    mouths = {account.mouth for account in one} & {account.mouth for account in other}
    own = 0
    vouched_only = _nothing_presumed(one) and _nothing_presumed(other)
    if mouths:
        by_mouth = [defaultdict[str, list[Account]](list), defaultdict[str, list[Account]](list)]
        for groups, members in zip(by_mouth, (one, other), strict=True):
            for account in members:
                groups[account.mouth].append(account)
        for mouth in mouths:
            first, second = by_mouth[0][mouth], by_mouth[1][mouth]
            if vouched_only:
                own += _touching([account.time for account in first], [account.time for account in second])
                continue
            presumed, presumed_certain = _count(first, second, own=False)
            vouched, vouched_certain = _count(first, second, own=True)
            pairs += vouched - presumed
            certain += vouched_certain - presumed_certain
            own += vouched
    return Tally(pairs, certain, own)


def _count(one: list[Account], other: list[Account], own: bool) -> tuple[int, int]:
    """Pairs that possibly overlap, and those that certainly do and are not hedged."""
    times = [[account.time.as_own() if own else account.time for account in members] for members in (one, other)]
    sure = [
        [time for account, time in zip(members, found, strict=True) if account.claim.hedge is None and not time.on]
        for members, found in zip((one, other), times, strict=True)
    ]
    return _touching(*times), _certain(*sure)


def _nothing_presumed(members: list[Account]) -> bool:
    """Whether the times count between claims of one mouth as they do between others."""
    return all(account.time.presumed == account.time.end and account.time.own_start == account.time.start for account in members)


def involved(one: list[Account], other: list[Account]) -> list[Account]:
    """The accounts of `one` that contradict at least one of `other`, whose values they exclude."""
    columns = _Columns([account.time for account in other])
    if _nothing_presumed(one) and _nothing_presumed(other):
        return [account for account in one if columns.touching(account.time)]
    presumed: dict[str, list[Time]] = defaultdict(list)
    for account in other:
        presumed[account.mouth].append(account.time)
    normal = {mouth: _Columns(times) for mouth, times in presumed.items()}
    vouched = {mouth: _Columns([time.as_own() for time in times]) for mouth, times in presumed.items()}
    found = []
    for account in one:
        pairs = columns.touching(account.time)
        if account.mouth in normal:
            pairs += vouched[account.mouth].touching(account.time.as_own()) - normal[account.mouth].touching(account.time)
        if pairs:
            found.append(account)
    return found


class _Columns:
    """Times as two sorted columns, to count those that can overlap another."""

    def __init__(self, times: list[Time]) -> None:
        self.ends = sorted(time.presumed for time in times)
        self.starts = sorted(time.start for time in times)

    def touching(self, time: Time) -> int:
        """How many can overlap a time: all but those over before it starts and those that start after it is over."""
        return bisect_right(self.starts, time.presumed) - bisect_left(self.ends, time.start)


def _touching(one: Iterable[Time], other: Iterable[Time]) -> int:
    """Pairs of times that can overlap."""
    columns = _Columns(list(other))
    return sum(columns.touching(time) for time in one)


def _certain(one: list[Time], other: list[Time]) -> int:
    """Pairs of times that certainly overlap, a day of hand-over not counted."""
    firm = [[time for time in times if time.start_latest <= time.end_earliest] for times in (one, other)]
    loose = [[time for time in times if time.start_latest > time.end_earliest] for times in (one, other)]
    ends, starts = sorted(time.end_earliest for time in firm[1]), sorted(time.start_latest for time in firm[1])
    apart = sum(bisect_left(ends, time.start_latest) + len(starts) - bisect_right(starts, time.end_earliest) for time in firm[0])
    total = len(firm[0]) * len(firm[1]) - apart
    total += _containing(firm[0], loose[1]) + _containing(firm[1], loose[0])
    return total - _handed_over(firm[0], firm[1])


def _containing(firm: list[Time], loose: list[Time]) -> int:
    """Pairs of a time and one of which no day is sure, where the former covers every day on which the latter may fall."""
    if not firm or not loose:
        return 0
    ordered = sorted(firm, key=lambda time: time.start_latest)
    ends = sorted({time.end_earliest for time in firm})
    tree = [0] * (len(ends) + 1)
    total = position = 0
    for time in sorted(loose, key=lambda time: time.end_earliest):
        while position < len(ordered) and ordered[position].start_latest <= time.end_earliest:
            place = len(ends) - bisect_left(ends, ordered[position].end_earliest)
            while place < len(tree):
                tree[place] += 1
                place += place & -place
            position += 1
        place = len(ends) - bisect_left(ends, time.start_latest)
        while place > 0:
            total += tree[place]
            place -= place & -place
    return total


def _handed_over(one: list[Time], other: list[Time]) -> int:
    """Pairs that would certainly overlap but for a hand-over: the one day surely shared ends the one and begins the other."""
    counts = []
    for times in (one, other):
        ending = Counter(time.end_earliest for time in times if time.states_end and time.start < time.end_earliest)
        starting = Counter(time.start_latest for time in times)
        both = Counter(
            time.end_earliest
            for time in times
            if time.states_end and time.start < time.end_earliest and time.start_latest == time.end_earliest
        )
        counts.append((ending, starting, both))
    (ending, starting, both), (other_ending, other_starting, other_both) = counts
    total = sum(number * other_starting[day] for day, number in ending.items())
    total += sum(number * starting[day] for day, number in other_ending.items())
    return total - sum(number * other_both[day] for day, number in both.items())


def shared_days(one: list[Account], other: list[Account], certain: bool) -> tuple[int, int]:
    """The first and the last day that a pair of two positions shares: vouched for where `certain`, else possibly."""
    if not certain:
        return _shared(*([(account.time.start, account.time.presumed) for account in members] for members in (one, other)))
    firm = [[account.time for account in members if not has_no_sure_day(account.time)] for members in (one, other)]
    loose = [[account.time for account in members if has_no_sure_day(account.time)] for members in (one, other)]
    first, last = _shared(*([(time.start_latest, time.end_earliest) for time in times] for times in firm))
    held = held_wholly(loose[0], firm[1]) + held_wholly(loose[1], firm[0])
    return min([first, *(day for day, _ in held)]), max([last, *(day for _, day in held)])


def _shared(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> tuple[int, int]:
    """The first and the last day that a span of `one` shares with one of `other`."""
    first = min(_first_shared(one, other), _first_shared(other, one))
    backwards = [[(-end, -start) for start, end in spans] for spans in (one, other)]
    return first, -min(_first_shared(*backwards), _first_shared(*reversed(backwards)))


def held_wholly(loose: Iterable[Time], firm: Iterable[Time]) -> list[tuple[int, int]]:
    """The days on which times of no sure day may fall, where one of the others is vouched for on all of them."""
    ordered = sorted((time.start_latest, time.end_earliest) for time in firm)
    found: list[tuple[int, int]] = []
    latest, position = 0, 0
    for time in sorted(loose, key=lambda time: time.end_earliest):
        while position < len(ordered) and ordered[position][0] <= time.end_earliest:
            latest = max(latest, ordered[position][1])
            position += 1
        if latest >= time.start_latest:
            found.append((time.end_earliest, time.start_latest))
    return found


def _first_shared(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> int:
    """The earliest start of `one` that lies within a span of `other` begun no later."""
    ordered = sorted(other)
    latest_end, position = -(10**9), 0
    for start, _ in sorted(one):
        while position < len(ordered) and ordered[position][0] <= start:
            latest_end = max(latest_end, ordered[position][1])
            position += 1
        if latest_end >= start:
            return start
    return 10**9


def example_of(crowd: Crowd, one: list[Account], other: list[Account], certain: bool) -> Verdict:
    """A pair of two positions, certain where one is: the one whose ids come first."""
    ordered = [sorted(members, key=lambda member: member.claim.id) for members in (one, other)]
    sides = {id(account): number for number, members in enumerate(ordered) for account in members}
    for account in sorted((*one, *other), key=lambda member: member.claim.id):
        side = sides[id(account)]
        nearest = (_met(account, partner, crowd) for partner in ordered[1 - side][:TRIED])
        met = [found for found in nearest if found is not None and (not certain or found.strength == CERTAIN)][:1]
        if not met:
            met = [found for found in crowd.verdicts_of(account) if sides.get(id(found.one), 2) + sides.get(id(found.other), 2) == 1]
            met = [found for found in met if not certain or found.strength == CERTAIN]
        if met:
            return min(met, key=lambda found: sorted((found.one.claim.id, found.other.claim.id)))
    raise AssertionError("a tally without a pair")


def _met(account: Account, partner: Account, crowd: Crowd) -> Verdict | None:
    """How two accounts of a crowd contradict each other; of nested places the crowd's own is the smaller."""
    if account.place == partner.place:
        return verdict(account, partner, "")
    return verdict(account, partner, "other") if account.place == crowd.place else verdict(partner, account, "other")
