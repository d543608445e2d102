"""The claims that were asked for, and those that were left out for being said too late or for a defect."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ledger.answers.filters import Filter, claim_matches, times_by_claim, touches
from ledger.conflicts.accounts import accounts
from ledger.conflicts.finder import part_takers
from ledger.model import Claim, Ledger


class Listed(NamedTuple):
    """The claims asked for, by the order of the files; of the whole ledger those that take part in contradictions, those with a defect
    (by path and line) and those that were said too late."""

    claims: list[Claim]
    taking_part: list[Claim]
    defective: frozenset[tuple[str, int]]
    too_late: list[Claim]


def listed(ledger: Ledger, left_out: Collection[tuple[str, int]], wanted: Filter, day: int | None, stance: str | None = None) -> Listed:
    """The claims of a ledger that were asked for; `left_out` are those with a defect, by path and line, `day` that of `--as-of`."""
    taking_part, defective, too_late = part_takers(ledger, left_out, day)
    times = times_by_claim(accounts(taking_part, ledger.vocabulary)) if wanted.has_dates() else {}
    hidden = {(claim.path, claim.line) for claim in too_late}
    with_defect = frozenset((claim.path, claim.line) for claim in defective)
    claims = [
        claim
        for file in ledger.files
        for claim in file.claims
        if (claim.path, claim.line) not in hidden
        and claim_matches(claim, wanted, ledger, file.seed_name)
        and (stance is None or claim.stance == stance)
        and touches(None if (claim.path, claim.line) in with_defect else times.get(claim.id), wanted)
        and (day is None or (claim.said_days is not None and claim.said_days.last <= day))
    ]
    return Listed(claims, taking_part, with_defect, too_late)
