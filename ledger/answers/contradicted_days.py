"""The days on which claims contradict each other, to be marked on a time axis."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.search.counting import held_wholly
from ledger.conflicts.times import ALWAYS, Time, has_no_sure_day, shared_for_certain
from ledger.conflicts.verdicts import CERTAIN
from ledger.model import Claim

Piece = tuple[int, int, str]  # first and last day, and a key: whose they are, or what they border on


class Mark(NamedTuple):
    """Days, both included, on which two claims contradict each other: surely or perhaps."""

    first: int
    last: int
    sure: bool


def shown_time(claim: Claim, time: Time) -> Time:
    """The time that can be shown: of what holds at all times, the day it was said."""
    if time != ALWAYS or claim.said_near is None:
        return time
    first, last = claim.said_near
    return Time(first, last, first, last, last, first)


def marks_of(conflict: Conflict, times: Mapping[str, Time]) -> list[Mark]:
    """The days of a conflict. Where no overlap was asked for (disputes, tensions, timeless, once, counts) and the times share
    no day, each claim's own."""
    sure = conflict.strength == CERTAIN
    met = conflict.verdict
    if met is None:
        one, other = (shown_time(claim, times[claim.id]) for claim in (conflict.one, conflict.other))
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
        return [Mark(time.ends_since(own=True), time.end, sure) for time in (one, other)]
    if conflict.of_one_mouth:
        one, other = one.as_own(), other.as_own()
    marks = [Mark(max(one.start, other.start), min(one.presumed, other.presumed), False)]
    if sure:  # where one has no day that is sure, the other is vouched for on all days on which it may fall
        marks.append(Mark(*shared_for_certain(one, other), True))
    return [mark for mark in marks if mark.first <= mark.last]


def _said(claim: Claim, sure: bool) -> Mark:
    assert claim.said_near is not None
    return Mark(*claim.said_near, sure)


# -- positions with too many contradictions to be listed -----------------------------------------------------------------


def marks_of_many(one: list[Account], other: list[Account]) -> list[Mark]:
    """The days on which some claim of one position contradicts one of the other, whose values exclude it: what `marks_of` would
    say of each pair, put together."""
    both = one, other
    mouths = {account.mouth for account in one} & {account.mouth for account in other}
    presumed = [[(r.time.start, r.time.presumed, r.mouth) for r in side] for side in both]
    own = [[(r.time.own_start, r.time.end, r.mouth) for r in side if r.mouth in mouths] for side in both]
    unhedged = [[account.time for account in side if account.claim.hedge is None] for side in both]
    firm = [[time for time in times if not has_no_sure_day(time)] for times in unhedged]
    loose = [[time for time in times if has_no_sure_day(time)] for times in unhedged]
    perhaps = _together(presumed[0], presumed[1], _of_two_mouths) + _together(own[0], own[1], _of_one_mouth)
    surely = (
        _together(_bordered(firm[0]), _bordered(firm[1]), _no_hand_over) + held_wholly(loose[0], firm[1]) + held_wholly(loose[1], firm[0])
    )
    return [Mark(*days, False) for days in perhaps] + [Mark(*days, True) for days in surely]


def _together(one: Iterable[Piece], other: Iterable[Piece], meet: Callable[[Counter[str], Counter[str]], bool]) -> list[tuple[int, int]]:
    """The spans of days on which pieces of both sides lie and `meet` is true of their keys."""
    changes: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for side, pieces in enumerate((one, other)):
        for first, last, key in pieces:
            if first <= last:
                changes[first].append((side, key, 1))
                changes[last + 1].append((side, key, -1))
    active: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    spans: list[tuple[int, int]] = []
    begin: int | None = None
    for day in sorted(changes):
        for side, key, change in changes[day]:
            active[side][key] += change
            if not active[side][key]:
                del active[side][key]
        met = bool(active[0]) and bool(active[1]) and meet(*active)
        if met and begin is None:
            begin = day
        elif not met and begin is not None:
            spans.append((begin, day - 1))
            begin = None
    return spans


def _of_two_mouths(one: Counter[str], other: Counter[str]) -> bool:
    return len(one) > 1 or len(other) > 1 or one.keys() != other.keys()


def _of_one_mouth(one: Counter[str], other: Counter[str]) -> bool:
    return not one.keys().isdisjoint(other)


def _bordered(times: Iterable[Time]) -> Iterable[Piece]:
    """The days for which times are surely vouched, with `s` on the latest day they start and `e` on the day they state as end."""
    for time in times:
        first, last = time.start_latest, time.end_earliest
        ends = "e" if time.states_end and time.start < last else ""
        if first == last:
            yield first, last, "s" + ends
        else:
            yield first, first, "s"
            yield first + 1, last - 1, ""
            yield last, last, ends


def _no_hand_over(one: Counter[str], other: Counter[str]) -> bool:
    """Whether some two overlap otherwise than by the one's end being the other's beginning."""
    return any(not (("e" in first and "s" in second) or ("s" in first and "e" in second)) for first in one for second in other)
