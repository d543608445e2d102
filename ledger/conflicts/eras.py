"""Of which times contradictions speak, and which of these lie far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ledger.conflicts.finder import Conflict
from ledger.conflicts.times import shared_for_certain
from ledger.conflicts.verdicts import CERTAIN
from ledger.texts.dates import FAR, Days

FEW = 8  # days
FAR_APART = 183  # days without a word between two times that are told in tables of their own
Key = tuple[str, str, str | None]


def eras_of(conflicts: Iterable[Conflict]) -> dict[Key, list[list[Conflict]]]:
    """The questions whose contradictions fall into several times far apart: what contradicts each other, directly or through others, is
    of one time, and so is what was said near it."""
    heads: dict[str, str] = {}  # of each claim, one that it hangs together with

    def head(name: str) -> str:
        while (above := heads.setdefault(name, name)) != name:
            heads[name] = heads.setdefault(above, above)
            name = above
        return name

    of_question: dict[Key, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        of_question[conflict.place, conflict.property, conflict.subject].append(conflict)
    found: dict[Key, list[list[Conflict]]] = {}
    for key, listed in of_question.items():
        heads.clear()
        for conflict in listed:
            heads[head(conflict.one.id)] = head(conflict.other.id)
        together: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in listed:
            together[head(conflict.one.id)].append(conflict)
        spans = sorted((*_time_of(each), number) for number, each in enumerate(together.values()))
        groups, eras, last = list(together.values()), list[list[Conflict]](), -FAR
        for first, end, number in spans:
            if not eras or first > last + FAR_APART:
                eras.append([])
            eras[-1] += groups[number]
            last = max(last, end)
        if len(eras) > 1:
            found[key] = eras
    return found


def _time_of(conflicts: list[Conflict]) -> tuple[int, int]:
    """From which day to which conflicts speak of: the days that the two claims of each share; where these have no end, those on which
    they were said."""
    spans = [time_told_of(conflict, *span(conflict)) for conflict in conflicts]
    return min(first for first, _ in spans), max(last for _, last in spans)


def time_told_of(conflict: Conflict, first: int, last: int) -> tuple[int, int]:
    """The days from `first` to `last` that two claims share, as far as somebody spoke of them; where these have no end or are none, those
    on which they were said."""
    days = [_about(claim.said_near) for claim in (conflict.one, conflict.other) if claim.said_near is not None]
    said = min((each.first for each in days), default=0), max((each.last for each in days), default=0)
    if conflict.verdict is not None and -FAR < first <= last < FAR:
        return first, max(first, min(last, said[1]))  # (a figure may be presumed to hold for years)
    return said


def _about(days: Days) -> Days:
    """The middle of some few days that one thing was said on: `about 2025-11-03` is told as of November."""
    middle = (days.first + days.last) // 2
    return Days(middle, middle) if days.last - days.first < FEW else days


def span(conflict: Conflict) -> tuple[int, int]:
    """The days on which the two claims certainly (else possibly) overlap; of a dispute or tension, from word to word."""
    if conflict.verdict is None or conflict.verdict.one.property.cumulative:
        said = [claim.said_near for claim in (conflict.one, conflict.other) if claim.said_near is not None]
        return min(days.first for days in said), max(days.last for days in said)
    one, other = conflict.verdict.one.time, conflict.verdict.other.time
    if conflict.strength == CERTAIN:
        return shared_for_certain(one, other)
    return max(one.start, other.start), min(one.presumed, other.presumed)
