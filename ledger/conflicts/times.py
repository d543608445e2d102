"""When a claim holds: a start, an end that its claimant vouches for, a presumption (DESIGN section 4, "Time of a claim").

Days are integers (`ledger.dates`). Every range of days is closed.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import Claim, Property
from ledger.texts.dates import FAR, NO_TIME, Days, Duration, Holds


class Time(NamedTuple):
    """A claim's time: it starts on a day from `start` to `start_latest`, is vouched for until a day from `end_earliest` to
    `end`, and is presumed to go on until `presumed` (at least `end`).

    `own_start` stands for `start` between claims of one mouth, where nothing is presumed. `states_end`: the end is one that
    the claimant gave (A/B, ../B). `states_start`: the period of a count begins on a day that was given (A/B, A/..). `on`: an
    event said to have happened *on* its day, not *by* it; what such an event implies overlaps possibly at most.

    Of what was said by a day, nobody knows since when, `end_earliest` (where something is to be certain) is before every day, and
    `end_since` and `own_end_since` are the earliest end where something may possibly be, of another mouth and of one's own.
    """

    start: int
    start_latest: int
    end_earliest: int
    end: int
    presumed: int
    own_start: int
    states_end: bool = False
    states_start: bool = False
    on: bool = False
    end_since: int | None = None
    own_end_since: int | None = None

    def as_own(self) -> Time:
        """The time as it counts between claims of one mouth: nothing is presumed."""
        return self._replace(presumed=self.end, start=self.own_start)

    def ends_since(self, own: bool = False) -> int:
        """The earliest day on which it may possibly end; `own`: between claims of one mouth."""
        found = self.own_end_since if own else self.end_since
        return self.end_earliest if found is None else found


ALWAYS = Time(-FAR, -FAR, FAR, FAR, FAR, -FAR)


UNDATED = Duration(years=1)  # what was said by a day is no older than this, where something may possibly be


def said_since(claim: Claim, own: bool = False) -> int:
    """The earliest day on which a claim may possibly have been said; `own`: between claims of one mouth, for times and periods."""
    assert claim.said_days is not None
    if claim.said_by is None:
        return claim.said_days.first
    return claim.said_by.first if own else UNDATED.before(claim.said_by.first)


def time_of(claim: Claim, known: Property) -> Time:
    """The time of a claim as the rules of its property read it, before any next word cuts the presumption."""
    assert claim.said_days is not None
    if known.timeless:
        return ALWAYS
    held = _no_later_than_said(claim.held, claim.said_days)
    if known.type != "event":
        return _lasting(held, claim, claim.said_days, known.lasts)
    if claim.stance == "denies":
        if held is None or held.start is None:
            return _on_the_day_said(claim, claim.said_days, NO_TIME)
        day = held.start
        return Time(day.first, day.last, day.first, day.last, day.last, day.first)
    day, on = _event_day(held, claim.said_by or claim.said_days)
    lasts = known.lasts if known.lasts_text else Duration(forever=True)
    end = lasts.after(day.last)
    return Time(day.first, day.last, lasts.after(day.first), end, end, day.first, on=on)


def implied_by_event(origin: Time, lasts: Duration) -> Time:
    """The time of what an event implies: vouched for the event's start, and presumed from there for `lasts`."""
    first, last = origin.start, origin.start_latest
    return Time(first, last, first, last, lasts.after(last), first, on=origin.on)


def _no_later_than_said(held: Holds | None, said: Days) -> Holds | None:
    """A date that is not certainly later than it was said is no later."""
    if held is None or held.form != "date" or held.start is None or held.start.first > said.last:
        return held
    day = Days(held.start.first, min(held.start.last, said.last))
    return Holds("date", day, day)


def _event_day(held: Holds | None, said: Days) -> tuple[Days, bool]:
    """On which day an event happened, and whether it is said to be *on* that day (else *by* it)."""
    if held is None:
        return said, False
    if held.start is None or held.end is None:
        return held.end or held.start or said, False
    return Days(held.start.first, held.end.last), True


def _on_the_day_said(claim: Claim, said: Days, lasts: Duration) -> Time:
    """The time of what is vouched for on the day it was said, and presumed from there."""
    since, own_since = said_since(claim), said_since(claim, own=True)
    if claim.said_by is None:
        return Time(since, said.last, since, said.last, lasts.after(said.last), since)
    return Time(since, said.last, said.first, said.last, lasts.after(said.last), own_since, end_since=since, own_end_since=own_since)


def _lasting(held: Holds | None, claim: Claim, said: Days, lasts: Duration) -> Time:
    """The table of DESIGN section 4 for all that is no event."""
    if held is None:
        return _on_the_day_said(claim, said, lasts)
    if held.form == "date" and held.start is not None:
        first, last = held.start
        presumed = lasts.after(last)
        return Time(first, last, first, last, presumed if presumed >= said_since(claim) else last, first)
    if held.form == "until" and held.end is not None:
        first, last = held.end
        own = first - 1
        start = min(own, lasts.before(first)) if lasts != NO_TIME else own
        return Time(start, last - 1, first, last, last, own, states_end=True)
    start_days = held.start or said
    if held.form == "interval" and held.end is not None:
        end_days, presumed, states_end = held.end, held.end.last, True
    else:
        end_days = start_days if start_days.first > said.last else said
        presumed, states_end = lasts.after(end_days.last), False
    until_said = end_days is said and claim.said_by is not None
    return Time(
        start_days.first,
        min(start_days.last, end_days.last),
        max(end_days.first, start_days.first),
        end_days.last,
        presumed,
        start_days.first,
        states_end,
        True,
        end_since=max(said_since(claim), start_days.first) if until_said else None,
        own_end_since=max(said_since(claim, own=True), start_days.first) if until_said else None,
    )


def shared_for_certain(one: Time, other: Time) -> tuple[int, int]:
    """The first and the last of the days on which two times that overlap certainly are both vouched for. Where one of them has no day
    that is sure (some day from A to B), these are the days on which it may fall: the other is vouched for on all of them."""
    ends = max(one.start_latest, other.start_latest), min(one.end_earliest, other.end_earliest)
    return min(ends), max(ends)


def has_no_sure_day(time: Time) -> bool:
    """Whether there is no day for which a time is vouched, whatever day is meant: it is some one of several."""
    return time.start_latest > time.end_earliest


def overlap(one: Time, other: Time) -> str:
    """`certain`, `possible` or nothing: whether two times share a day, as far as their days are known."""
    if one.start > other.presumed or other.start > one.presumed:
        return ""
    latest_start = max(one.start_latest, other.start_latest)
    earliest_end = min(one.end_earliest, other.end_earliest)
    if one.start_latest > other.end_earliest or other.start_latest > one.end_earliest:
        return "possible"
    if latest_start == earliest_end and (_hands_over(one, other, latest_start) or _hands_over(other, one, latest_start)):
        return "possible"
    return "certain"


def _hands_over(ending: Time, starting: Time, day: int) -> bool:
    """Whether the one day surely shared is the end that `ending` states and the latest start of `starting`."""
    return ending.states_end and ending.end_earliest == day and ending.start < day and starting.start_latest == day


def no_longer(one: Time, other: Time, own: bool = False) -> str:
    """`certain`, `possible` or nothing: whether the count of `one` is of no longer a period than that of `other`; `own`: both are of one
    mouth."""
    if one.ends_since(own) > other.end:
        return ""
    if one.states_start and other.states_start:
        if other.start > one.start_latest:
            return ""
        sure = other.start_latest <= one.start
    elif other.states_start:
        return ""
    else:
        sure = not one.states_start
    return "certain" if sure and one.end <= other.end_earliest else "possible"
