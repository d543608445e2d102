"""When two values exclude each other, whatever their times (DESIGN section 4, "Places and shares" and "Values")."""

from __future__ import annotations

from ledger.model import Property
from ledger.texts.figures import Range

ALL = Range(100, False, 100, False)


def is_all(share: Range | None) -> bool:
    """Whether a share is the whole place."""
    return share is None or share.least == 100


def is_part(share: Range | None) -> bool:
    """Whether a share may be any, however small."""
    return share is not None and share.least == 0 and share.most == 100


def no_less(one: Range, other: Range) -> bool:
    """Whether the least share of `one` is no smaller than that of `other` (over 50 is more than 50)."""
    return one.least > other.least or (one.least == other.least and (one.least_open or not other.least_open))


def fill_more_than_all(one: Range, other: Range) -> bool:
    """Whether the least shares add up to more than 100 %."""
    total = one.least + other.least
    return total > 100 or (total == 100 and (one.least_open or other.least_open))


def meet(one: Range, other: Range) -> bool:
    """Whether two ranges share a figure."""
    return not (one.above(other) or other.above(one))


def choices_asserted(known: Property, value: str, share: Range, other_value: str, other_share: Range) -> str:
    """`exclusive` or `figure` where two asserted choices of the same place can't both hold, else nothing."""
    if value == other_value:
        return "" if meet(share, other_share) else "figure"
    if frozenset((value, other_value)) in known.compatible:
        return ""
    return "exclusive" if fill_more_than_all(share, other_share) else ""


def choice_denied(asserted: Range, denied: Range, larger: str) -> bool:
    """Whether a denial excludes an assertion of the same choice; `larger`: which of nested places is the larger one's,
    `asserted` or `denied` (empty: the same place)."""
    if not larger:
        return no_less(asserted, denied)
    return is_all(asserted) if larger == "asserted" else is_part(denied)


def figures_asserted(known: Property, one: Range, other: Range) -> int:
    """1 where `one` is the larger of two figures that do not meet, -1 where `other` is, 0 where they meet."""
    if one.above(other, known.tolerance):
        return 1
    return -1 if other.above(one, known.tolerance) else 0
