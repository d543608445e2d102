"""The accounts of one question in one place, each with those that may contradict it, where nearly every one says something else.

Positions joined over their times cost the square of the number of positions. Here each account is a point (its value, the ends of
its figure or share, the ends of its time, its mouth), and what it may contradict lies in a few boxes (`ledger.conflicts.boxes`):
one for each way in which `values.exclusion` lets two values exclude each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import inf

from ledger.conflicts.accounts import Account, compatible_with, least_of, most_of
from ledger.conflicts.search.kd_tree import Boxes, Point, Side
from ledger.texts.dates import FAR
from ledger.texts.figures import Number

MANY_OF_A_MOUTH = 200  # accounts of one mouth that presume something: between them nothing is presumed
FEW_VALUES = 16  # up to so many values that exclude one are looked up one by one
VALUE, LEAST, CEILING, MOST, START, PRESUMED, OWN_START, END, ENDS_SINCE, PERIOD, SINCE, MOUTH = range(12)

Ends = tuple[Number, bool]


def one_mouth_presumes_much(members: list[Account]) -> bool:
    """Whether very many accounts are of one mouth and presume something, so that their times seem to overlap."""
    presuming = Counter(
        account.mouth for account in members if account.time.presumed > account.time.end or account.time.start < account.time.own_start
    )
    return max(presuming.values(), default=0) > MANY_OF_A_MOUTH


class Neighbours:
    """Accounts of one property, subject and place, and those of larger places that reach down to it."""

    def __init__(self, members: list[Account], above: list[Account]) -> None:
        self.members, self.above = members, above
        self.known = known = members[0].property
        everyone = [*members, *above]
        self.never = -2 * FAR  # stands for a start that is not stated
        self.mouth_sizes = Counter(account.mouth for account in everyone)
        self.presumes = any(account.time.presumed > account.time.end or account.time.start < account.time.own_start for account in everyone)
        self.compatible = compatible_with(known)
        self.values = frozenset(account.value or "" for account in everyone)
        self.others: dict[str, tuple[Side, ...]] = {}
        self.groups = {
            (larger, stance): [account for account in group if account.stance == stance]
            for larger, group in (("", members), ("other", above))
            for stance in ("asserts", "denies")
        }
        self.boxes = {key: Boxes([self._point(account) for account in group]) for key, group in self.groups.items()}

    def pairs(self) -> Iterator[tuple[Account, Account, str]]:
        """Every pair that may be a contradiction, once, as `pairs.candidates` gives them."""
        number = {id(account): position for position, account in enumerate(self.members)}
        for position, account in enumerate(self.members):
            yield from (pair for pair in self.of(account) if pair[2] or number[id(pair[1])] < position)

    def denied(self) -> Iterator[tuple[Account, Account, str]]:
        """The pairs of one place of which one denies."""
        for account in self.groups["", "denies"]:
            yield from ((account, other, "") for other in self._found("", "asserts", account))

    def of(self, account: Account) -> Iterator[tuple[Account, Account, str]]:
        """The pairs of an account with all that it may contradict; of nested places the smaller comes first."""
        from_above = account.place != self.members[0].place
        for larger in ("",) if from_above else ("", "other"):
            for stance in ("asserts", "denies") if account.stance == "asserts" else ("asserts",):
                for other in self._found(larger, stance, account, nested=from_above or bool(larger)):
                    yield (other, account, "other") if from_above else (account, other, larger)

    def _found(self, larger: str, stance: str, account: Account, nested: bool = False) -> Iterator[Account]:
        group = self.groups[larger, stance]
        if not group:
            return
        for values in self._values(account, stance, nested):
            for times in self._times(account, stance, values):
                for number in self.boxes[larger, stance].within((*values, *times)):
                    if group[number] is not account:
                        yield group[number]

    def fitting(self, stance: str, account: Account, values: tuple[Side, ...]) -> Iterator[Account]:
        """The members of that stance whose values lie in a box, and whose times can be those of an account that is none of them."""
        group = self.groups["", stance]
        for times in self._times(account, stance, values, outside=True) if group else ():
            for number in self.boxes["", stance].within((*values, *times)):
                yield group[number]

    # -- accounts as points -----------------------------------------------------------------------------------------------

    def _point(self, account: Account) -> Point:
        time, most = account.time, most_of(account)
        return (
            account.value or "" if self.known.type == "choice" else "",
            least_of(account),
            self._ceiling(most),
            most,
            time.start,
            time.presumed,
            time.own_start,
            time.end,
            time.ends_since(),
            time.start_latest if time.states_start else self.never,
            time.start if time.states_start else self.never,
            account.mouth,
        )

    def _ceiling(self, most: Ends) -> Ends:
        """The most of a figure with the tolerance on top."""
        return (most[0] if self.known.tolerance is None else self.known.tolerance.added(most[0])), most[1]

    # -- what may contradict an account, as boxes ----------------------------------------------------------------------------------

    def _values(self, account: Account, stance: str, nested: bool) -> Iterator[tuple[Side, ...]]:
        """The boxes of values of that stance which those of an account exclude."""
        known = self.known
        if known.type == "event" and (nested or not known.once or account.stance != stance):
            yield ()
        elif known.type == "choice":
            yield from self._choices(account, stance, nested)
        elif account.stance == stance:
            yield from self._apart(account)
        elif stance == "denies":
            yield Side(LEAST, high=least_of(account)), Side(MOST, most_of(account))
        else:
            yield Side(LEAST, least_of(account)), Side(MOST, high=most_of(account))

    def _choices(self, account: Account, stance: str, nested: bool) -> Iterator[tuple[Side, ...]]:
        """Of nested places, one is all of the larger, or a denial even of part: any other value, any share denied."""
        name = account.value or ""
        same = Side(VALUE, name, name)
        least, is_open = least_of(account)
        if account.stance == stance:
            yield from ((same, *apart) for apart in self._apart(account))
            for other in self._other_values(name):
                yield (other,) if nested else (other, Side(LEAST, (100 - least, not is_open)))
        elif nested:
            yield (same,)
        else:
            yield same, Side(LEAST, (least, is_open)) if stance == "asserts" else Side(LEAST, high=(least, is_open))

    def _other_values(self, name: str) -> tuple[Side, ...]:
        """The values that are not compatible with a value: each by itself where they are few, else all but the others."""
        if name not in self.others:
            beside = frozenset((name, *self.compatible.get(name, ())))
            others = sorted(self.values - beside)
            few = len(others) <= FEW_VALUES and len(beside) > 1
            self.others[name] = tuple(Side(VALUE, value, value) for value in others) if few else (Side(VALUE, but=beside & self.values),)
        return self.others[name]

    def _apart(self, account: Account) -> Iterator[tuple[Side, ...]]:
        """What lies wholly above a figure or share, and what wholly below."""
        yield (Side(LEAST, self._ceiling(most_of(account))),)
        yield (Side(CEILING, high=least_of(account)),)

    def _times(self, account: Account, stance: str, values: tuple[Side, ...], outside: bool = False) -> Iterator[tuple[Side, ...]]:
        """The boxes of times that can be those of an account."""
        known, time = self.known, account.time
        if known.timeless or (known.once and account.stance == stance):
            yield ()
        elif known.cumulative:
            yield self._periods(account, stance, values)
        else:
            overlapping = (Side(START, high=time.presumed), Side(PRESUMED, time.start))
            if not self.presumes:
                yield overlapping
                return
            yield *overlapping, Side(MOUTH, but=frozenset((account.mouth,)))
            if self.mouth_sizes[account.mouth] > (0 if outside else 1):
                yield Side(MOUTH, account.mouth, account.mouth), Side(OWN_START, high=time.end), Side(END, time.own_start)

    def _periods(self, account: Account, stance: str, values: tuple[Side, ...]) -> tuple[Side, ...]:
        """Of counts: what is of no longer a period than a smaller one, or of no shorter a period than a larger one; of a denial, what
        it could be about (`verdicts.coincidence`)."""
        time = account.time
        shorter = (Side(ENDS_SINCE, high=time.end), Side(PERIOD, time.start if time.states_start else None))
        longer = (Side(END, time.ends_since()), Side(SINCE, high=time.start_latest if time.states_start else self.never))
        if account.stance == stance:
            return shorter if values[0].coordinate == LEAST else longer  # (above the account lie the larger counts)
        if stance == "denies":
            return ()
        assert account.figure is not None
        if account.figure.most == inf:
            return shorter
        return longer if account.figure.least == -inf else (*shorter, *longer)
