"""The days of other calendars as Gregorian ones: what a date may be that was copied from a text as it stood.

The Persian year by the 33-year cycle (right from 1178 to 1633), the Ethiopian and the Buddhist exactly, the Hijri by the tables, from which the
sight of the moon departs by a day or two, so that it is told with `~`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ledger.texts.dates import DATE, DateProblem, parse_holds

_PERSIAN, _ETHIOPIAN, _HIJRI = 226_894, 2_795, 227_013  # the days before their first one


class Reading(NamedTuple):
    """A date as one of another calendar: the calendar's name, and the date as it is written of the Gregorian."""

    calendar: str
    text: str


def readings(text: str) -> list[Reading]:
    """What a date, or an interval, of another calendar would be; of years that begin on another day only whole days can be told."""
    found = []
    for calendar, day in _CALENDARS.items():
        told = DATE.sub(day, text)
        try:
            parse_holds(told)  # (what is no day of that calendar gave nothing)
        except DateProblem:
            continue
        found.append(Reading(calendar, told))
    return found


def _by_years(years: int) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{int(match[1]) + years:04}{match[0][4:]}"


def _by_days(day_of: Callable[[int, int, int], int | None], about: str = "") -> Callable[[re.Match[str]], str]:
    def told(match: re.Match[str]) -> str:
        ordinal = day_of(int(match[1]), int(match[2]), int(match[3])) if match[3] else None
        return "" if ordinal is None else date.fromordinal(ordinal).isoformat() + (match[4] or about)

    return told


def _persian(year: int, month: int, day: int) -> int | None:
    if not (1 <= year <= 3000 and 1 <= month <= 12 and 1 <= day <= 31 - (month > 6)):
        return None
    return _PERSIAN + 365 * (year - 1) + (8 * year + 21) // 33 + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day


def _ethiopian(year: int, month: int, day: int) -> int | None:
    if not (1 <= year <= 3000 and 1 <= month <= 13 and 1 <= day <= (30 if month < 13 else 6)):
        return None
    return _ETHIOPIAN + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day


def _hijri(year: int, month: int, day: int) -> int | None:
    if not (1 <= year <= 3000 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    return _HIJRI + 354 * (year - 1) + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2 + day


_CALENDARS: dict[str, Callable[[re.Match[str]], str]] = {
    "Persian": _by_days(_persian),
    "Hijri": _by_days(_hijri, "~"),
    "Ethiopian": _by_days(_ethiopian),
    "Buddhist": _by_years(-543),
    "Minguo": _by_years(1911),
}
