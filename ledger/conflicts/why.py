"""The whole decision about one pair of claims, also where nothing was found (`ledger why A B`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.conflicts.accounts import Account, accounts
from ledger.conflicts.claims_in_words import name_of, place_name, sentence, subject_name, title_of
from ledger.conflicts.finder import Conflict, Findings, both_take_sides
from ledger.conflicts.reasons import reason, understood
from ledger.conflicts.values import KINDS, event_days, exclusion
from ledger.conflicts.verdicts import larger_of
from ledger.model import Claim, Ledger, Property, Vocabulary
from ledger.texts.dates import format_day


class Decision(NamedTuple):
    """What was decided about two claims. `sentence` is the answer; `steps` how it came about, one sentence each."""

    contradict: bool
    sentence: str
    steps: list[str]


def decide(one: Claim, other: Claim, ledger: Ledger, findings: Findings, conflict: Conflict | None) -> Decision:
    """The decision about a pair; `findings` are those of the whole ledger, `conflict` the one of the pair."""
    vocabulary = ledger.vocabulary
    steps = [f"`{claim.id}`: {name_of(claim, vocabulary)}: {sentence(claim, vocabulary)}" for claim in (one, other)]
    absent = [claim for claim in (one, other) if claim not in findings.taking_part]
    if absent:
        names = " and ".join(f"`{claim.id}`" for claim in absent)
        late = any(claim in findings.too_late for claim in absent)
        why = "said later than the day asked for" if late else "left out for a defect (see `ledger check`)"
        return Decision(False, f"No contradiction is looked for: {names} {'is' if len(absent) == 1 else 'are'} {why}.", steps)
    own = [account for account in accounts(findings.taking_part, vocabulary) if account.claim in (one, other)]
    pairs = list(_pairs(one, other, own))
    shown: set[int] = set()
    for first, second in pairs or [(a, b) for a in own for b in own if a.claim is one and b.claim is other and not a.steps and not b.steps]:
        for account in (first, second):
            if id(account) not in shown:
                shown.add(id(account))
                through = f", implied of “{title_of(account.property.id, account.subject, vocabulary)}”," if account.steps else ""
                steps.append(f"the time of `{account.claim.id}`{through} is understood as {understood(account.time)}")
    if conflict is not None and conflict.is_tension:
        why_not = _why_not(one, other, pairs, vocabulary)
        note = reason(conflict, vocabulary).rstrip(".")
        return Decision(False, f"No contradiction by any rule: {why_not}. But a tension was {note}.", steps)
    if conflict is not None:
        relation = {
            "relayed": "of one mouth, perhaps one saying passed on in two ways",
            "own": "of one mouth (a reversal)" if conflict.is_reversal else "of one mouth (no reversal: it was taken back)",
            "within": "within one side",
            "across": "across sides" if both_take_sides(conflict.one, conflict.other, vocabulary) else "of two claimants",
        }[conflict.relation]
        told = f"They contradict each other: {conflict.kind}, {conflict.strength}, {relation}: {reason(conflict, vocabulary).rstrip('.')}."
        return Decision(True, told, steps)
    return Decision(False, f"No contradiction: {_why_not(one, other, pairs, vocabulary)}.", steps)


def _pairs(one: Claim, other: Claim, own: list[Account]) -> Iterator[tuple[Account, Account]]:
    """The accounts of the two claims that answer one property and subject, or count a part and its whole."""
    for first in own:
        for second in own:
            if (
                first.claim is one
                and second.claim is other
                and first.subject == second.subject
                and _nested(first.property, second.property)
            ):
                yield first, second


def _nested(one: Property, other: Property) -> bool:
    """Whether two properties are one, or one is part of the other."""
    return one.id == other.id or one.id in other.wholes or other.id in one.wholes


def _why_not(one: Claim, other: Claim, pairs: list[tuple[Account, Account]], vocabulary: Vocabulary) -> str:
    """Why two claims that take part do not contradict each other, in one sentence: the condition that comes nearest fails."""
    if not pairs:
        known = vocabulary.properties
        if one.property != other.property and not _nested(known[one.property], known[other.property]):
            titles = [title_of(claim.property, claim.subject, vocabulary) for claim in (one, other)]
            return f"they answer different questions, “{titles[0]}” and “{titles[1]}”, neither implies anything of the other, and neither is part of the other"
        names = [subject_name(known[claim.property], claim.subject or "") for claim in (one, other)]
        return f"they speak of different subjects, {names[0]} and {names[1]}"
    return max((_failing(first, second, vocabulary) for first, second in pairs), key=lambda failing: failing[0])[1]


def _failing(first: Account, second: Account, vocabulary: Vocabulary) -> tuple[int, str]:
    """How far a pair of accounts came, and the condition that failed."""
    above = {account.place: frozenset(vocabulary.larger_places(account.place)) for account in (first, second)}
    larger = larger_of(first, second, above)
    if larger is None:
        names = [place_name(account.place, vocabulary) for account in (first, second)]
        nested = first.place in above[second.place] or second.place in above[first.place]
        if not nested:
            why = "which do not overlap"
        elif first.property.id == second.property.id:
            why = "the property has no parts, so what holds of one place says nothing of a place within it"
        else:
            part, whole = (first, second) if second.property.id in first.property.wholes else (second, first)
            inside = whole.place in above[part.place]
            title = title_of(whole.property.id, whole.subject, vocabulary)
            why = f"and “{title}” has no parts" if inside else "and the part's is the larger one"
        return 0, f"they speak of different places, {names[0]} and {names[1]}, {why}"
    for account in (first, second):
        if account.stance in ("doubts", "expects"):
            what = "a doubt (not confirmed)" if account.stance == "doubts" else "an expectation"
            return 1, f"`{account.claim.id}` is {what}, which excludes nothing"
    if first.stance == second.stance == "denies":
        return 1, "both deny, and two denials exclude nothing"
    if not exclusion(first, second, larger):
        return 2, _compatible_words(first, second, larger, vocabulary)
    return 3, _apart_words(first, second, vocabulary)


def _compatible_words(first: Account, second: Account, larger: str, vocabulary: Vocabulary) -> str:
    kind = KINDS[first.property.type]
    if not larger:
        return kind.fitting(first, second)
    big, small = (first, second) if larger == "one" else (second, first)
    return kind.nested(big, (place_name(big.place, vocabulary), place_name(small.place, vocabulary)))


def _apart_words(first: Account, second: Account, vocabulary: Vocabulary) -> str:
    """Why two accounts whose values exclude each other are of different times."""
    if first.property.cumulative:
        return "the counts are of different periods: the larger may simply have been counted for longer"
    own = first.mouth == second.mouth
    begins = (lambda account: account.time.own_start) if own else (lambda account: account.time.start)
    earlier, later = sorted((first, second), key=begins)
    if own:
        return (
            f"both are {name_of(earlier.claim, vocabulary)}'s own word, and between claims of one mouth nothing is presumed: the account of until "
            f"{format_day(earlier.time.end)} is followed by another from {format_day(later.time.own_start)}"
        )
    if first.property.type == "event":
        happened, denied = (first, second) if first.stance == "asserts" else (second, first)
        if denied.time.presumed < happened.time.start:
            return f'"not yet by {format_day(denied.time.end)}" says nothing of what happened {event_days(happened)}'
    cut = ""
    if earlier.time.presumed == earlier.time.end and not earlier.time.states_end and earlier.property.type != "event":
        cut = (
            " (its claimant's next word, or a day long past, ends the presumption)"
            if earlier.property.lasts_text
            else f" (“{title_of(earlier.property.id, earlier.subject, vocabulary)}” states no `lasts`, so nothing is presumed after it)"
        )
    return (
        f"they are of different times: `{earlier.claim.id}` is {'presumed' if earlier.time.presumed > earlier.time.end else 'vouched for'} until "
        f"{format_day(earlier.time.presumed)}{cut}, `{later.claim.id}` begins {format_day(later.time.start)}"
    )
