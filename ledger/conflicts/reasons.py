"""A verdict in words: which rule, how each time was understood, and what a possible contradiction hangs on."""

from __future__ import annotations

from ledger.conflicts.accounts import Account
from ledger.conflicts.finder import Conflict
from ledger.conflicts.sentences import name_of, place_name, position_words, title_of
from ledger.conflicts.times import Time, has_no_sure_day, shared_for_certain
from ledger.conflicts.values import KINDS, event_days, part_words, share_words
from ledger.conflicts.verdicts import POSSIBLE, Verdict
from ledger.model import Claim, Vocabulary
from ledger.texts.dates import FAR, Days, format_day, format_days
from ledger.texts.display import one_line, shorten
from ledger.texts.phrases import said_on


def taken_back(by: Claim) -> str:
    """`taken back on 2025-11-10 by c3`: what is said of a claim that another one corrects."""
    return f"taken back {said_on(by.said)} by {one_line(by.id)}"


def reason(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """Why the two claims contradict each other, of a possible contradiction what it hangs on, and which of them was taken back, in a
    sentence or two."""
    corrected = [f"; {one_line(claim.id)} was {taken_back(by)}" for claim, by in conflict.corrections]
    return _grounds(conflict, vocabulary) + "".join(corrected)


def _grounds(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """Why two claims contradict each other, and what that hangs on."""
    if conflict.tension is not None:
        by = one_line(conflict.tension.by) or "a curator"
        return f"noted by {by} on {one_line(conflict.tension.on)}: {one_line(conflict.tension.why)}"
    if conflict.disputer:
        disputing, disputed = (conflict.one, conflict.other) if conflict.one.id == conflict.disputer else (conflict.other, conflict.one)
        sentence = f"{name_of(disputing, vocabulary)} expressly disputes what {name_of(disputed, vocabulary)} said"
        if conflict.strength == POSSIBLE:
            sentence += f"; only possible: {_hedge_words(conflict.one, conflict.other)}"
        return sentence + _relay_words(conflict, vocabulary)
    assert conflict.verdict is not None
    met = conflict.verdict
    sentence = rule_words(met, vocabulary)
    for account in (met.one, met.other):
        if account.steps:
            sentence += f"; because {_origin_words(account, vocabulary)} implies {_implied_words(account)}"
    return f"{sentence}; {time_words(met, vocabulary)}{_relay_words(conflict, vocabulary)}"


def _relay_words(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """`; perhaps one saying: 43 as Wire A passed it on, 34 as Wire B did`; nothing of what is not relayed. Where the relays do not tell
    the two apart, the files do."""
    if conflict.relation != "relayed":
        return ""
    both = conflict.one, conflict.other
    apart = all(claim.via for claim in both) and set(conflict.one.via) != set(conflict.other.via)
    ways = []
    for claim, did in zip(both, ("passed it on", "did"), strict=True):
        relays = " and ".join(one_line(vocabulary.claimants[name].name if name in vocabulary.claimants else name) for name in claim.via)
        where = "" if apart else f"in {one_line(claim.path)}"
        way = f"{relays} {did} {where}".strip() if relays else f"it stands {where}"
        ways.append(f"{position_words(claim, vocabulary)} as {way}")
    return f"; perhaps one saying: {', '.join(ways)}"


def _origin_words(account: Account, vocabulary: Vocabulary) -> str:
    title = title_of(account.claim.property, account.claim.subject, vocabulary)
    value = "" if account.claim.value is None else f": {shorten(account.claim.value, 40)}"
    return f"`{title}{value}`, of all of {place_name(account.place, vocabulary)},"


def _implied_words(account: Account) -> str:
    words = f"`{one_line(account.property.title)}`: {'not ' if account.stance == 'denies' else ''}{one_line(account.value or '')}"
    through = list(account.steps[:-1])
    extent = share_words(account) if account.property.parts else ""
    return words + (f", {extent}" if extent else "") + (f" (through {', '.join(through)})" if through else "")


def rule_words(met: Verdict, vocabulary: Vocabulary) -> str:
    """The rule by which two values exclude each other, with the values."""
    one, other = met.one, met.other
    if met.kind == "denial":
        denying, asserting = (one, other) if one.stance == "denies" else (other, one)
        return f"{name_of(denying.claim, vocabulary)} denies what {name_of(asserting.claim, vocabulary)} asserts"
    if met.kind == "exclusive":
        shares = ""
        if one.property.parts:
            shares = f" ({share_words(one)} and {share_words(other)} are more than the whole)"
        return f"`{one_line(one.value or '')}` and `{one_line(other.value or '')}` exclude each other{shares}"
    if met.larger and one.property.type == "quantity":
        part, whole = met.asked, one if met.asked is other else other
        return part_words(part, whole, (_asked(part, whole, vocabulary), _asked(whole, part, vocabulary)))
    return KINDS[one.property.type].apart(one, other)


def _asked(account: Account, other: Account, vocabulary: Vocabulary) -> str:
    """What a figure counts, as far as that is not the same of the other: its place, its property."""
    words = [place_name(account.place, vocabulary)] if account.place != other.place else []
    if account.property.id != other.property.id:
        words.append(title_of(account.property.id, account.subject, vocabulary))
    return ", ".join(words)


def time_words(met: Verdict, vocabulary: Vocabulary) -> str:
    """How the two times meet; of a possible contradiction, the one thing that would settle it."""
    one, other = met.one, met.other
    known = one.property
    if met.hinge == "hedge":
        return f"only possible: {_hedge_words(one.claim, other.claim)}"
    if known.timeless:
        return "the property is timeless"
    if known.once and one.stance == other.stance:
        return "it happens at most once"
    if known.cumulative and met.larger:
        if met.hinge == "starts":
            return "only if the part's count is of no longer a period than the whole's: not both say from when they count"
        only = "only if " if met.hinge == "period" else ""
        return f"{only}the part's count is of no longer a period than the whole's"
    if known.cumulative:
        if met.hinge == "period":
            return "only if the larger count is of no longer a period than the smaller"
        return "the larger count is of no longer a period than the smaller"
    if met.hinge == "presumed":
        return _presumption_words(one, other, vocabulary)
    if met.hinge == "hand-over":
        day = max(one.time.start_latest, other.time.start_latest)
        return f"only if both held on {format_day(day)}, when the one ends and the other begins"
    if met.hinge == "on":
        return f"only if it was already so before the event of {event_days(one if one.time.on else other)[3:]}"
    if met.hinge == "dates":
        return f"only if their days fell together: {_span(one.time)} and {_span(other.time)}"
    first, last = shared_for_certain(one.time, other.time)
    if has_no_sure_day(one.time) or has_no_sure_day(other.time):
        return f"both are vouched for on some day from {format_day(first)} to {format_day(last)}"
    if first == last:
        return f"both are vouched for on {format_day(first)}"
    if last >= FAR:
        return f"both are vouched for from {format_day(first)} on"
    return f"both are vouched for from {format_day(first)} to {format_day(last)}"


def _hedge_words(one: Claim, other: Claim) -> str:
    return " and ".join(f"`{claim.id}` is hedged ({shorten(claim.hedge, 40)})" for claim in (one, other) if claim.hedge is not None)


def _presumption_words(one: Account, other: Account, vocabulary: Vocabulary) -> str:
    """`only if DeepState's account of 2025-11-03 still held on 2025-11-12`."""
    earlier, later = (one, other) if one.time.end < other.time.start else (other, one)
    if earlier.time.end >= later.time.start:  # the presumption reaches backwards: an account that only states its end
        earlier, later = (one, other) if one.time.start <= other.time.start else (other, one)
        return f"only if {name_of(earlier.claim, vocabulary)}'s account already held on {format_day(later.time.end)}"
    when = format_days(Days(later.time.start, max(later.time.start, min(later.time.start_latest, earlier.time.presumed))))
    last = _end_days(earlier.time)
    return f"only if {name_of(earlier.claim, vocabulary)}'s account of {last} still held on {when}"


def _span(time: Time) -> str:
    return f"{format_days(Days(time.start, time.start_latest))} to {_end_days(time)}"


def _end_days(time: Time) -> str:
    """The days on which a time can end: `2025-11-03`, `a day up to 2025-11-03`."""
    return f"a day up to {format_day(time.end)}" if time.end_earliest <= -FAR else format_days(Days(time.end_earliest, time.end))


def understood(time: Time) -> str:
    """A time in words: from when, vouched for until when, presumed until when."""
    if time.start <= -FAR and time.end >= FAR:
        return "at all times"
    words = f"from {format_days(Days(time.start, time.start_latest))}, vouched for until {_end_days(time)}"
    return words + (f", presumed until {format_day(time.presumed)}" if time.presumed > time.end else "")
