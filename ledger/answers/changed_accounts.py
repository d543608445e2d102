"""Who changed their account of a question: two claims of one mouth that do not say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from ledger.answers.timeline import Timeline
from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.values import exclusion
from ledger.conflicts.verdicts import CERTAIN
from ledger.model import Claim


class Changed(NamedTuple):
    """Two claims of one mouth, in the order in which they were said, and how many such pairs there are besides. `conflict` is the
    contradiction between them; None: the later one speaks of a later time, and is none."""

    before: Claim
    after: Claim
    conflict: Conflict | None
    more: int = 0


def changed_accounts(drawn: Timeline, written: Mapping[str, Account]) -> list[Changed]:
    """Who changed their account here, a pair for each mouth: those that contradict themselves first. `written` has the account of each claim.

    What happened after it had not yet happened is no change, nor is a count that grew, nor what was expected and then came."""
    found = _reversed(drawn)
    known = {_mouth(written, conflict.one) for conflict in _own(drawn)}
    for mouth, claims in _by_mouth(drawn, written).items():
        pairs = [] if mouth in known else [pair for pair in pairwise(claims) if _says_otherwise(*pair)]
        if pairs:
            found.append(Changed(pairs[-1][0].claim, pairs[-1][1].claim, None, len(pairs) - 1))
    return found


def _own(drawn: Timeline) -> list[Conflict]:
    """The contradictions of one mouth; where they are only counted, those that stand for others."""
    listed = [found.conflict for found in drawn.contradictions]
    if drawn.counted and drawn.question is not None:
        listed += [link.example for link in drawn.question.links if link.own]
    own = {
        conflict.ids: conflict for conflict in listed if conflict.relation == "own" and not conflict.is_tension and not conflict.corrected
    }
    return [own[ids] for ids in sorted(own)]


def _reversed(drawn: Timeline) -> list[Changed]:
    by_claimant: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in _own(drawn):
        by_claimant[conflict.one.claimant].append(conflict)
    found = []
    for conflicts in by_claimant.values():
        first = min(conflicts, key=lambda conflict: (conflict.strength != CERTAIN, conflict.ids))
        before, after = sorted((first.one, first.other), key=Claim.said_order)
        found.append(Changed(before, after, first, len(conflicts) - 1))
    return sorted(found, key=lambda changed: changed.conflict is not None and changed.conflict.strength != CERTAIN)


def _mouth(written: Mapping[str, Account], claim: Claim) -> str:
    return written[claim.id].mouth if claim.id in written else ""


def _by_mouth(drawn: Timeline, written: Mapping[str, Account]) -> dict[str, list[Account]]:
    """What each mouth asserts or denies of the very question, in the order in which it was said."""
    found: dict[str, list[Account]] = defaultdict(list)
    asked = drawn.place, drawn.property, drawn.subject
    for claim in sorted((entry.claim for entry in drawn.entries), key=Claim.said_order):
        account = written.get(claim.id)
        if account is not None and (claim.place, claim.property, claim.subject) == asked and claim.stance in ("asserts", "denies"):
            found[account.mouth].append(account)
    return found


def _says_otherwise(before: Account, after: Account) -> bool:
    """Whether a claim, said certainly later, excludes by its value what was said before. Events only come, and counts only grow, but what
    was counted can be denied."""
    if (
        before.claim.id in after.claim.corrects
        or before.property.type == "event"
        or (before.property.cumulative and before.stance == after.stance)
    ):
        return False
    one, other = before.claim.said_days, after.claim.said_days
    return one is not None and other is not None and one.last < other.first and bool(exclusion(before, after, ""))
