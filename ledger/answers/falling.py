"""Where figures fall: which of them are surely below one that was told on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from ledger.model import Claim
from ledger.texts.figures import Number


def falling(claims: Iterable[Claim]) -> dict[str, Claim]:
    """The claims whose figure is surely below one that was said certainly before, each with the highest of those; by id."""
    told = [claim for claim in claims if claim.stance == "asserts" and claim.figure is not None and claim.said_days is not None]
    earlier = sorted(told, key=_last_day)
    found: dict[str, Claim] = {}
    highest: Claim | None = None
    number = 0
    for claim in sorted(told, key=_first_day):
        while number < len(earlier) and _last_day(earlier[number])[0] < _first_day(claim)[0]:
            if isfinite(_least(earlier[number])) and (highest is None or _least(earlier[number]) > _least(highest)):
                highest = earlier[number]
            number += 1
        if highest is not None and claim.figure is not None and claim.figure.most < _least(highest):
            found[claim.id] = highest
    return found


def _least(claim: Claim) -> Number:
    assert claim.figure is not None
    return claim.figure.least


def _first_day(claim: Claim) -> tuple[int, str]:
    assert claim.said_days is not None
    return claim.said_days.first, claim.id


def _last_day(claim: Claim) -> tuple[int, str]:
    assert claim.said_days is not None
    return claim.said_days.last, claim.id
