"""A verdict in words: which rule, how each time was understood, and what a possible contradiction hangs on.

What is told stands behind "because" as well as by itself. All that says why two claims contradict each other is written here.
"""

from __future__ import annotations

from ledger.conflicts.accounts import Account
from ledger.conflicts.claims_in_words import (
    claimant_name,
    clause,
    denies_in_words,
    name_of,
    place_name,
    plain_answer,
    position_words,
    says_so,
    title_of,
    value_words,
)
from ledger.conflicts.finder import Conflict
from ledger.conflicts.times import Time, has_no_sure_day, shared_for_certain
from ledger.conflicts.values import event_days, figures_asserted
from ledger.conflicts.verdicts import POSSIBLE, Verdict
from ledger.model import Claim, Vocabulary
from ledger.texts.dates import FAR, Days, format_day
from ledger.texts.display import one_line
from ledger.texts.figures import Range
from ledger.texts.phrases import days_words, extent_words, said_on, span_words


def taken_back(by: Claim) -> str:
    """`taken back on 2025-11-10 by c3`: what is said of a claim that another one corrects."""
    return f"taken back {said_on(by.said)} by {one_line(by.id)}"


def reason(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """Why the two claims contradict each other, of a possible contradiction what it hangs on, and which of them was taken back, in a
    sentence or two."""
    parts = _grounds(conflict, vocabulary)
    if conflict.relation == "relayed":
        parts.append(_relay_words(conflict, vocabulary))
    parts += [f"{one_line(claim.id)} was {taken_back(by)}" for claim, by in conflict.corrections]
    return "; ".join(part for part in parts if part)


def _grounds(conflict: Conflict, vocabulary: Vocabulary) -> list[str]:
    """Why two claims contradict each other, and what that hangs on."""
    if conflict.tension is not None:
        by = one_line(conflict.tension.by) or "a curator"
        return [f"noted by {by} on {one_line(conflict.tension.on)}: {one_line(conflict.tension.why)}"]
    if conflict.disputer:
        disputing, disputed = (conflict.one, conflict.other) if conflict.one.id == conflict.disputer else (conflict.other, conflict.one)
        told = f"{name_of(disputing, vocabulary)} expressly disputes what {name_of(disputed, vocabulary)} said"
        return [told, *([_hedge_words(conflict.one, conflict.other)] if conflict.strength == POSSIBLE else [])]
    assert conflict.verdict is not None
    met = conflict.verdict
    return [rule_words(met, vocabulary), *_implied_words(met, vocabulary), time_words(met, vocabulary)]


def _relay_words(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """`perhaps one saying: 43 as Wire A passed it on, 34 as Wire B did`. Where the relays do not tell the two apart, the files do."""
    both = conflict.one, conflict.other
    apart = all(claim.via for claim in both) and set(conflict.one.via) != set(conflict.other.via)
    ways = []
    for claim, did in zip(both, ("passed it on", "did"), strict=True):
        known = vocabulary.properties.get(claim.property)
        said = plain_answer(claim, known, vocabulary) if claim.value is not None else position_words(claim, vocabulary)
        relays = " and ".join(claimant_name(name, vocabulary) for name in claim.via)
        where = "" if apart else f"in {one_line(claim.path)}"
        ways.append(f"{said} as {f'{relays} {did} {where}'.strip() if relays else f'it stands {where}'}")
    return f"perhaps one saying: {', '.join(ways)}"


# -- the rule ---------------------------------------------------------------------------------------------------------


def rule_words(met: Verdict, vocabulary: Vocabulary) -> str:
    """The rule by which two values exclude each other, with the values."""
    one, other = met.one, met.other
    known = one.property
    if met.kind == "denial":
        asserting, denying = (other, one) if one.stance == "denies" else (one, other)
        return _not_both(asserting, denying, vocabulary)
    if known.type in ("choice", "event") and not known.once:
        return _not_both(one, other, vocabulary)
    if known.type == "event":
        return f"it happens at most once, and not both {event_days(one)} and {event_days(other)}"
    values = [value_words(account.property, account.value, vocabulary) for account in (one, other)]
    if known.type == "date":
        return f"it can't have been both {values[0]} and {values[1]}"
    if met.larger:
        part, whole = met.asked, one if met.asked is other else other
        figures = [f"{_figure(said, vocabulary)} ({_asked(said, beside, vocabulary)})" for said, beside in ((part, whole), (whole, part))]
        return f"a part can't be more than its whole: {figures[0]} against {figures[1]}{_tolerance_words(whole)}"
    if known.cumulative:
        more, fewer = _more_and_fewer(one, other)
        counts = [f"{_figure(account, vocabulary)} {_counted(account.time)}" for account in (more, fewer)]
        return f"a count can't fall: {counts[0]}, {counts[1]}{_tolerance_words(one)}"
    return f"{values[0]} and {values[1]} are too far apart to be the same{_tolerance_words(one)}"


def _not_both(one: Account, other: Account, vocabulary: Vocabulary) -> str:
    """`it can't be both that Russia holds all of Kupiansk and that Russia does not hold any part of Kupiansk`."""
    clauses = [_clause(account, vocabulary) for account in (one, other)]
    if all(clauses):
        return f"it can't be both that {_within(clauses[0])} and that {_within(clauses[1])}"
    if one.property.type == "event":
        places = [place_name(account.place, vocabulary) for account in (one, other)]
        return f"it can't both have happened and not have happened{'' if places[0] == places[1] else f' ({places[0]}; {places[1]})'}"
    answers = [_answer(account, one.place != other.place, vocabulary) for account in (one, other)]
    return f"it can't be both {answers[0]} and {answers[1]}"


def _within(sentence: str) -> str:
    """A sentence as it goes on behind "that": a first word that is no name (The road, There are) is written small."""
    first = sentence.partition(" ")[0]
    return sentence[0].lower() + sentence[1:] if first in ("The", "A", "An", "There", "No", "It") else sentence


def _clause(account: Account, vocabulary: Vocabulary) -> str:
    """What an account says, as it stands behind "that"; empty where its property has no sentence for it."""
    known = account.property
    if known.type not in ("choice", "event") or not says_so(account.stance, account.value, known):
        return ""
    if account.stance == "denies" and not denies_in_words(account.value, known):
        return ""
    if account.steps:
        extent = None if not known.parts or (account.stance == "asserts" and account.share.least == 100) else extent_of(account.share)
    else:
        extent = account.claim.extent if "extent" in account.claim.at else None
    return clause(account.place, known, account.subject, account.value, account.stance, extent, vocabulary)


def _answer(account: Account, with_place: bool, vocabulary: Vocabulary) -> str:
    """The value of an account without a sentence: `Russia (all of it)`, `not Russia (any part of Mill County)`."""
    known = account.property
    words = ("not " if account.stance == "denies" else "") + value_words(known, account.value, vocabulary)
    place = place_name(account.place, vocabulary) if with_place else "it"
    if known.parts and known.type == "choice":
        written = account.claim.extent if not account.steps else None
        place = extent_words(written or extent_of(account.share), place, denied=account.stance == "denies")
    elif not with_place:
        return words
    return f"{words} ({place})"


def extent_of(share: Range) -> str:
    """A share as it would be written."""
    if share.least == 100:
        return "all"
    if (share.least, share.least_open, share.most) == (50, True, 100):
        return "most"
    if (share.least, share.most) == (0, 100):
        return "part"
    return f"{float(share.least):g}%" if share.least == share.most else f"{'>' if share.least_open else '>='}{float(share.least):g}%"


def _figure(account: Account, vocabulary: Vocabulary) -> str:
    return value_words(account.property, account.value, vocabulary)


def _more_and_fewer(one: Account, other: Account) -> tuple[Account, Account]:
    assert one.figure is not None and other.figure is not None
    return (one, other) if figures_asserted(one.property, one.figure, other.figure) > 0 else (other, one)


def _counted(time: Time) -> str:
    """The period of a count: `by 2023-09-15`, `from 2023-09-01 to 2023-09-15`."""
    end = _end_words(time)
    if time.states_start:
        return f"from {_from_words(time)} to {end}"
    return f"by {end}"


def _tolerance_words(account: Account) -> str:
    tolerance = account.property.tolerance
    if tolerance is None:
        return ""
    return f", even with {f'{float(tolerance.share * 100):g} %' if tolerance.share else tolerance.absolute} to spare"


def _asked(account: Account, other: Account, vocabulary: Vocabulary) -> str:
    """What a figure counts, as far as that is not the same of the other: its place, its property."""
    words = [place_name(account.place, vocabulary)] if account.place != other.place else []
    if account.property.id != other.property.id:
        words.append(title_of(account.property.id, account.subject, vocabulary))
    return ", ".join(words)


def _implied_words(met: Verdict, vocabulary: Vocabulary) -> list[str]:
    """From what the first and the second follow, where they are implied: `the first follows from this: all Russian forces have left`."""
    found = []
    asserting_first = met.kind == "denial" and met.one.stance == "denies"
    for number, account in enumerate((met.other, met.one) if asserting_first else (met.one, met.other)):
        if account.steps:
            through = [title_of(name, None, vocabulary) for name in account.steps[:-1]]
            by_way = f" (by way of “{'”, “'.join(through)}”)" if through else ""
            found.append(f"the {('first', 'second')[number]} follows from this: {_origin_words(account, vocabulary)}{by_way}")
    return found


def _origin_words(account: Account, vocabulary: Vocabulary) -> str:
    """What was written, from which something follows."""
    claim = account.claim
    known = vocabulary.properties[claim.property]
    if says_so(claim.stance, claim.value, known):
        return clause(
            claim.place, known, claim.subject, claim.value, claim.stance, claim.extent if "extent" in claim.at else None, vocabulary
        )
    value = "" if claim.value is None else f": {value_words(known, claim.value, vocabulary)}"
    return f"{place_name(claim.place, vocabulary)}, {title_of(claim.property, claim.subject, vocabulary)}{value}"


# -- the times --------------------------------------------------------------------------------------------------------


def time_words(met: Verdict, vocabulary: Vocabulary) -> str:
    """How the two times meet; of a possible contradiction, the one thing that would settle it. Nothing where the rule has told it."""
    one, other = met.one, met.other
    known = one.property
    if met.hinge == "hedge":
        return _hedge_words(one.claim, other.claim)
    if known.timeless:
        return "it is a fixed fact, whenever it was said"
    if known.once and one.stance == other.stance:
        return ""
    if known.cumulative:
        return _period_words(met, vocabulary)
    if met.hinge == "presumed":
        return _presumption_words(one, other, vocabulary)
    if met.hinge == "hand-over":
        day = max(one.time.start_latest, other.time.start_latest)
        return f"only if both held on {format_day(day)}, when the one ends and the other begins"
    if met.hinge == "on":
        return f"only if it was already so before what happened {event_days(one if one.time.on else other)}"
    if met.hinge == "dates":
        return _dates_words(one.time, other.time)
    first, last = shared_for_certain(one.time, other.time)
    if has_no_sure_day(one.time) or has_no_sure_day(other.time):
        return f"both speak of {days_words(Days(first, last))}"
    words = span_words(first, last)
    return f"both speak of {words.removeprefix('on ') if first == last else f'the time {words}'}"


def _period_words(met: Verdict, vocabulary: Vocabulary) -> str:
    """Of counts: what a possible contradiction hangs on, and of a part how long it was counted."""
    one, other = met.one, met.other
    if met.larger:
        if met.hinge == "starts":
            return "only if the part was counted for no longer than its whole: not both say from when they count"
        return ("only if the part" if met.hinge else "the part") + " was counted for no longer than its whole"
    if not met.hinge:
        return "" if one.stance == other.stance else "the periods of both counts are the same, or leave no room between them"
    if one.stance != other.stance:
        return "only if the two counts are of one period"
    more, fewer = _more_and_fewer(one, other)
    figures = [_figure(account, vocabulary) for account in (more, fewer)]
    if more.time.end > fewer.time.end_earliest:
        return f"only if {figures[0]} were counted no later than {figures[1]}"
    return f"only if {figures[0]} were counted from no earlier than {figures[1]}"


def _dates_words(one: Time, other: Time) -> str:
    """`only if both speak of the same day, 2023-09-14 or 2023-09-15`; of times of some length, on which day they may have met."""
    days = days_words(Days(max(one.start, other.start), min(one.end, other.end)))
    if all(time.start == time.end_earliest and time.start_latest == time.end for time in (one, other)):
        return f"only if both speak of the same day, {days}"
    return f"only if both speak of one time, {days}: their days are not sure"


def _hedge_words(one: Claim, other: Claim) -> str:
    """`only possible, since the words “tyder på” leave it open`."""
    hedges = list(dict.fromkeys(one_line(claim.hedge) for claim in (one, other) if claim.hedge is not None))
    return f"only possible, since the words {' and '.join(f'“{hedge}”' for hedge in hedges)} leave it open"


def _presumption_words(one: Account, other: Account, vocabulary: Vocabulary) -> str:
    """`only if DeepState's account of 2025-11-03 still held on 2025-11-12`."""
    earlier, later = (one, other) if one.time.end < other.time.start else (other, one)
    if earlier.time.end >= later.time.start:  # the presumption reaches backwards: an account that only states its end
        earlier, later = (one, other) if one.time.start <= other.time.start else (other, one)
        return f"only if {name_of(earlier.claim, vocabulary)}'s account already held on {format_day(later.time.end)}"
    when = days_words(Days(later.time.start, max(later.time.start, min(later.time.start_latest, earlier.time.presumed))))
    return f"only if {name_of(earlier.claim, vocabulary)}'s account of {_end_words(earlier.time)} still held on {when}"


def _end_words(time: Time) -> str:
    """The days on which a time can end: `2025-11-03`, `a day up to 2025-11-03`."""
    return f"a day up to {format_day(time.end)}" if time.end_earliest <= -FAR else days_words(Days(time.end_earliest, time.end))


def _from_words(time: Time) -> str:
    """The days on which a time can begin, as they stand behind "from": `2025-11-03`, `some day between 2025-11-03 and 2025-11-05`."""
    if time.start_latest == time.start + 1:
        return f"{format_day(time.start)} or the day after"
    words = days_words(Days(time.start, time.start_latest))
    first, between, last = words.removeprefix("some day from ").partition(" to ")
    return f"some day between {first} and {last}" if between else words


def understood(time: Time) -> str:
    """A time in words: from when, vouched for until when, presumed until when."""
    if time.start <= -FAR and time.end >= FAR:
        return "at all times"
    words = f"from {_from_words(time)}, vouched for until {_end_words(time)}"
    return words + (f", presumed until {format_day(time.presumed)}" if time.presumed > time.end else "")
