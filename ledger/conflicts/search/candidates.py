"""Which accounts of one question can contradict each other: candidates, found by sort and sweep instead of all against all.

Every pair that contradicts is among the candidates; `verdicts.verdict` decides. The cost is n log n plus the candidates, and
nearly every candidate is a contradiction: choices and events are joined position by position over their times, figures by a
sweep over time that keeps the open ones sorted by figure, counts by a sweep over the ends of their periods.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from ledger.conflicts.accounts import Account
from ledger.conflicts.search.lookup import Neighbours, one_mouth_presumes_much
from ledger.conflicts.values import exclusion
from ledger.texts.figures import Number

Pair = tuple[Account, Account]
FEW = 24  # up to so many accounts, all against all is quicker than any index
FEW_POSITIONS = 100  # up to so many answers to a question are joined, and counted, against each other
MANY_STARTS = 200  # counts that say from when they count: the sweep looks at the ends of periods only
MANY_DENIED = 100_000  # pairs of a denial and an assertion: above it they are looked up


def is_scattered(members: list[Account], above: list[Account]) -> bool:
    """Whether accounts are looked up one by one, rather than joined or swept: choices of very many positions, or times of which
    very many are of one mouth, counts of which very many say from when they count."""
    known = members[0].property
    if known.type == "choice":
        many = len(members) + len(above) > FEW_POSITIONS
        if many and len(positions_of(members)) + len(positions_of(above)) > FEW_POSITIONS:
            return True
    elif known.cumulative:
        return sum(account.time.states_start for account in members) > MANY_STARTS
    elif known.type == "event":
        return False
    return not known.timeless and one_mouth_presumes_much(members)


def positions_of(members: list[Account]) -> dict[tuple[object, ...], list[Account]]:
    """Accounts by what they say: two of one position exclude the same others."""
    found: dict[tuple[object, ...], list[Account]] = defaultdict(list)
    for account in members:
        found[account.stance, account.value, account.share].append(account)
    return found


def candidates(members: list[Account], above: list[Account]) -> Iterator[tuple[Account, Account, str]]:
    """Pairs that may contradict each other: two of one place (``), or one of it and one of a larger place (`other`)."""
    if len(members) + len(above) <= FEW:
        yield from _all(members, above)
        return
    known = members[0].property
    if is_scattered(members, above):
        yield from Neighbours(members, above).pairs()
    elif known.type == "choice" or (known.type == "event" and not known.once):
        yield from _by_position(members, above)
    elif known.once:
        yield from ((one, other, "") for one, other in _apart(members))
        yield from _by_position(members, above)
    else:
        asserted = [account for account in members if account.stance == "asserts"]
        denied = [account for account in members if account.stance == "denies"]
        pairs = _counts(asserted) if known.cumulative else _apart(asserted) if known.timeless else _figures(asserted)
        yield from ((one, other, "") for one, other in pairs)
        if len(denied) * len(asserted) > MANY_DENIED:
            yield from Neighbours(members, []).denied()
        else:
            yield from ((one, other, "") for one in denied for other in asserted)


def _all(members: list[Account], above: list[Account]) -> Iterator[tuple[Account, Account, str]]:
    """All against all, but those that say the very same: a range meets itself, and most who speak of a question agree."""
    for index, one in enumerate(members):
        stance, value, share, figure = one.stance, one.value, one.share, one.figure
        for other in members[:index]:
            if value != other.value or figure != other.figure or stance != other.stance or share != other.share:
                yield other, one, ""
        for other in above:
            if value != other.value or figure != other.figure or stance != other.stance or share != other.share:
                yield one, other, "other"


def _by_position(members: list[Account], above: list[Account]) -> Iterator[tuple[Account, Account, str]]:
    """Positions that exclude each other, joined over their times."""
    positions = list(positions_of(members).values())
    larger = list(positions_of(above).values())
    for index, one in enumerate(positions):
        for other in positions[:index]:
            if exclusion(one[0], other[0], ""):
                yield from ((a, b, "") for a, b in overlapping(one, other))
        for other in larger:
            if exclusion(one[0], other[0], "other"):
                yield from ((a, b, "other") for a, b in overlapping(one, other))


def overlapping(one: list[Account], other: list[Account]) -> Iterator[Pair]:
    """Every pair, the first of `one` and the second of `other`, whose times can overlap, presumption included."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    index = Times(longer)
    for account in shorter:
        for partner in index.touching(account):
            yield (account, partner) if shorter is one else (partner, account)


class Times:
    """Accounts by time: those that overlap a given one are found without looking at the others.

    Sorted by start, with a tree of the latest presumed ends over them.
    """

    def __init__(self, members: list[Account]) -> None:
        self.members = sorted(members, key=lambda account: account.time.start)
        self.starts = [account.time.start for account in self.members]
        self.latest = list(accumulate((account.time.presumed for account in self.members), max))  # of a member and all before it
        self.size = 1 << max(0, (len(self.members) - 1).bit_length())
        low = -(10**9)
        self.tree = [low] * self.size + [account.time.presumed for account in self.members] + [low] * (self.size - len(self.members))
        for node in range(self.size - 1, 0, -1):
            self.tree[node] = max(self.tree[2 * node], self.tree[2 * node + 1])

    def touching(self, account: Account) -> Iterator[Account]:
        """The accounts whose time can overlap that of `account`, by start."""
        start = account.time.start
        begin = bisect_left(self.starts, start)
        if begin and self.latest[begin - 1] >= start:
            yield from self._reaching(start, begin)
        yield from self.members[begin : bisect_right(self.starts, account.time.presumed, begin)]  # (none ends before it begins)

    def _reaching(self, start: int, end: int) -> Iterator[Account]:
        """The accounts before the one of number `end` that are presumed until a day at least, by start."""
        tree, size = self.tree, self.size
        stack = [(1, 0, size)]
        while stack:
            node, first, width = stack.pop()
            if first >= end or tree[node] < start:
                continue
            if node >= size:
                yield self.members[first]
            else:
                half = width // 2
                stack.append((2 * node + 1, first + half, half))
                stack.append((2 * node, first, half))


def _least(account: Account) -> tuple[Number, bool]:
    """The least of a figure, for sorting: an open end lies above a closed one."""
    assert account.figure is not None
    return account.figure.least, account.figure.least_open


def _ceiling(account: Account) -> tuple[Number, bool]:
    """The most of a figure with the tolerance, for sorting: an open end lies below a closed one."""
    assert account.figure is not None
    tolerance = account.property.tolerance
    most = account.figure.most if tolerance is None else tolerance.added(account.figure.most)
    return most, not account.figure.most_open


class _Sorted:
    """Accounts kept in the order of a key, to which one can be added and from which one can be taken."""

    def __init__(self) -> None:
        self.entries: list[tuple[Number, bool, int]] = []

    def add(self, key: tuple[Number, bool], number: int) -> None:
        """Add the account of that number."""
        insort(self.entries, (*key, number))

    def drop(self, key: tuple[Number, bool], number: int) -> None:
        """Take it out again."""
        del self.entries[bisect_left(self.entries, (*key, number))]

    def at_least(self, figure: Number) -> list[tuple[Number, bool, int]]:
        """Those whose key is the figure or more."""
        return self.entries[bisect_left(self.entries, (figure,)) :]

    def at_most(self, figure: Number) -> list[tuple[Number, bool, int]]:
        """Those whose key is the figure or less."""
        return self.entries[: bisect_right(self.entries, (figure, True, 10**12))]


def _figures(members: list[Account]) -> Iterator[Pair]:
    """Figures that do not meet, of times that can overlap: a sweep over time, the open ones sorted by figure."""
    ordered = sorted(members, key=lambda account: account.time.start)
    leasts, ceilings = _Sorted(), _Sorted()
    ends: list[tuple[int, int]] = []
    for number, account in enumerate(ordered):
        while ends and ends[0][0] < account.time.start:
            gone = heapq.heappop(ends)[1]
            leasts.drop(_least(ordered[gone]), gone)
            ceilings.drop(_ceiling(ordered[gone]), gone)
        for _, _, other in leasts.at_least(_ceiling(account)[0]):
            yield ordered[other], account
        for _, _, other in ceilings.at_most(_least(account)[0]):
            yield ordered[other], account
        leasts.add(_least(account), number)
        ceilings.add(_ceiling(account), number)
        heapq.heappush(ends, (account.time.presumed, number))


def _apart(members: list[Account]) -> Iterator[Pair]:
    """Figures that do not meet, whatever their times."""
    ordered = sorted((account for account in members if account.stance == "asserts"), key=_least)
    keys = [_least(account)[0] for account in ordered]
    for number, account in enumerate(ordered):
        for other in ordered[max(number + 1, bisect_left(keys, _ceiling(account)[0])) :]:
            yield account, other


def _counts(members: list[Account]) -> Iterator[Pair]:
    """Counts of which the larger may be of no longer a period: a sweep over the ends of the periods."""
    larger = sorted(range(len(members)), key=lambda number: members[number].time.ends_since())
    smaller = sorted(range(len(members)), key=lambda number: members[number].time.end)
    with_start, without_start = _Sorted(), _Sorted()
    position = 0
    for number in smaller:
        account = members[number]
        while position < len(larger) and members[larger[position]].time.ends_since() <= account.time.end:
            added = larger[position]
            (with_start if members[added].time.states_start else without_start).add(_least(members[added]), added)
            position += 1
        ceiling = _ceiling(account)[0]
        if not account.time.states_start:
            for _, _, other in without_start.at_least(ceiling):
                yield members[other], account
        for _, _, other in with_start.at_least(ceiling):
            yield members[other], account
