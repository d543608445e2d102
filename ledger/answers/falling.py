"""Where figures fall: which of them are surely below one of an earlier time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import isfinite

from ledger.answers.timeline import Entry
from ledger.model import Claim, Property
from ledger.texts.dates import FAR
from ledger.texts.figures import Number


def falling(entries: Iterable[Entry], known: Property) -> dict[str, Claim]:
    """The claims whose figure is surely below one that is of a certainly earlier time, each with the highest of those; by id. A count
    (`cumulative`) falls below one only where it is surely of no shorter a period: where neither says since when it counts, or both from one day on."""
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.claim.stance == "asserts" and entry.claim.figure is not None:
            groups[_counted_since(entry) if known.cumulative else ()].append(entry)
    found: dict[str, Claim] = {}
    for group in groups.values():
        found.update(_falling(group, known))
    return found


def _counted_since(entry: Entry) -> tuple[object, ...]:
    """What counts that can be compared have in common: no start, or one day."""
    time = entry.time
    if not time.states_start:
        return ()
    return (time.start,) if time.start == time.start_latest else (entry.claim.id,)


def _falling(entries: list[Entry], known: Property) -> dict[str, Claim]:
    def first(entry: Entry) -> tuple[int, str]:
        """The earliest day of which it may be; of a count, on which it may end."""
        undated = entry.claim.held is None and entry.claim.said_by is not None
        return (-FAR if undated else entry.time.end_earliest if known.cumulative else entry.time.start), entry.claim.id

    earlier = sorted(entries, key=_last_day)
    found: dict[str, Claim] = {}
    highest: Claim | None = None
    number = 0
    for entry in sorted(entries, key=first):
        claim = entry.claim
        while number < len(earlier) and earlier[number].time.end < first(entry)[0]:
            other = earlier[number].claim
            if isfinite(_least(other)) and (highest is None or _least(other) > _least(highest)):
                highest = other
            number += 1
        if highest is not None and claim.figure is not None and claim.figure.most < _least(highest):
            found[claim.id] = highest
    return found


def _last_day(entry: Entry) -> tuple[int, str]:
    return entry.time.end, entry.claim.id


def _least(claim: Claim) -> Number:
    assert claim.figure is not None
    return claim.figure.least
