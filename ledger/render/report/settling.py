"""What would settle a contradiction: the point on which it hangs, what is not told of it, who else speaks of that time; never who is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Timeline
from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.claims_in_words import name_of, sentence
from ledger.conflicts.reasons import time_words
from ledger.conflicts.values import event_days
from ledger.conflicts.verdicts import POSSIBLE, Verdict
from ledger.model import Claim, Vocabulary
from ledger.render.blocks import letter
from ledger.render.report.book import Book
from ledger.render.report.markup import named, said_of
from ledger.texts.display import one_line
from ledger.texts.phrases import meant_words, span_words

MOST = 4  # others who speak of it


def settled_by(conflict: Conflict, drawn: Timeline, marks: Sequence[Mark], book: Book) -> str:
    """What would settle a contradiction, in sentences, as HTML: `whether DeepState's account of 2025-11-03 still held on 2025-11-12. ...`"""
    days = {(mark.first, mark.last) for mark in marks if mark.sure == (conflict.strength != POSSIBLE)}
    when = days.pop() if len(days) == 1 else None
    words = [said_of(words) for words in _points(conflict, "" if when is None else f" {span_words(*when)}", book.vocabulary)]
    return ". ".join([*words, _others(conflict, drawn, when, book)]) + "."


def _points(conflict: Conflict, span: str, vocabulary: Vocabulary) -> Iterator[str]:
    both = conflict.one, conflict.other
    names = list(dict.fromkeys(name_of(claim, vocabulary) for claim in both))
    met = conflict.verdict
    if conflict.relation == "relayed":
        yield f"what {names[0]} said in its own words, which both may have passed on"
    elif conflict.strength == POSSIBLE:
        yield from _what_is_open(both, met, vocabulary)
    else:
        yield _what_was_so(conflict, span, vocabulary)
        if conflict.of_one_mouth:
            yield f"Or {names[0]} says by which of the two it stands"
        else:
            yield f"Or {' or '.join(names)} takes back what it said"
        if met is not None:
            yield from _parts_left_open(met, vocabulary)


def _what_is_open(both: tuple[Claim, Claim], met: Verdict | None, vocabulary: Vocabulary) -> Iterator[str]:
    """What a possible contradiction hangs on, and what is not told of it."""
    hedged = [f"{name_of(claim, vocabulary)} without “{one_line(claim.hedge)}”" for claim in both if claim.hedge is not None]
    if met is None or met.hinge == "hedge":
        yield f"the same said by {' and by '.join(hedged)}"
        return
    yield f"whether {time_words(met, vocabulary).removeprefix('only if ')}"
    accounts = met.one, met.other
    if met.hinge == "hand-over":
        yield "Which came first on that day is not told"
    if met.hinge == "dates":
        vague = [account for account in accounts if account.time.start < account.time.start_latest]
        vague += [account for account in accounts if account.time.end_earliest < account.time.end and account not in vague]
        if vague:
            yield f"Not sure is the day of {' and of '.join(_dated(account, vocabulary) for account in vague)}"
    if met.hinge in ("period", "starts"):
        open_ones = [account for account in accounts if not account.time.states_start]
        if open_ones:
            yield f"Not told is from when it counts by {' and by '.join(_dated(account, vocabulary) for account in open_ones)}"
    yield from _parts_left_open(met, vocabulary)


def _dated(account: Account, vocabulary: Vocabulary) -> str:
    """`Gazette (about 2025-03-03)`: a claimant, and the day of which it speaks."""
    return f"{name_of(account.claim, vocabulary)} ({meant_words(account.claim.said, account.claim.holds)})"


def _what_was_so(conflict: Conflict, span: str, vocabulary: Vocabulary) -> str:
    """What would have to be known where both are vouched for."""
    both, met = (conflict.one, conflict.other), conflict.verdict
    if conflict.kind == "denial":
        denied = _denied(conflict)
        return f"whether it was so{span}: {sentence(denied, vocabulary)}"
    told = "; or ".join(sentence(claim, vocabulary) for claim in both)  # (without the marks of a quote: no text says so in these words)
    if met is not None and met.one.property.once:
        return f"which day it was: {event_days(met.one)}, or {event_days(met.other)}"
    if met is not None and met.one.property.type == "date":
        return f"which day it was: {told}"
    if met is not None and conflict.kind == "figure":
        same = "of which time" if met.one.property.cumulative else f"whether both mean the same{span}"
        return f"what each of the two counts, how, and {same}: {told}"
    return f"which of the two was so{span}, or neither: {told}"


def _denied(conflict: Conflict) -> Claim:
    """Of two claims the one that the other denies."""
    if conflict.disputer:
        return conflict.other if conflict.one.id == conflict.disputer else conflict.one
    assert conflict.verdict is not None
    return (conflict.verdict.other if conflict.verdict.one.stance == "denies" else conflict.verdict.one).claim


def _parts_left_open(met: Verdict, vocabulary: Vocabulary) -> Iterator[str]:
    """Of places that both speak of in part: who does not say of which."""
    if met.one.property.type != "choice" or not met.one.property.parts:
        return
    names = [name_of(each.claim, vocabulary) for each in (met.one, met.other) if each.stance == "asserts" and each.share.least < 50]
    if names:
        several = "do" if len(set(names)) > 1 else "does"
        yield f"{' and '.join(dict.fromkeys(names))} {several} not say of which part of the place"


def _others(conflict: Conflict, drawn: Timeline, when: tuple[int, int] | None, book: Book) -> str:
    """Who else answers the question, of the days on which the two meet: `Others speak of these days too: Gazette (B)`."""
    mouths = {lane.mouth for lane in drawn.lanes for entry in lane.entries if entry.claim.id in conflict.ids}
    found: dict[str, str] = {}
    for lane in drawn.lanes:
        for entry in lane.entries:
            claim, time = entry.claim, entry.time
            meets = when is None or (time.start <= when[1] and when[0] <= time.end)
            if lane.mouth not in mouths and meets and claim.stance in ("asserts", "denies"):
                words = f"{named(name_of(claim, book.vocabulary))} ({letter(lane.position)})"
                found.setdefault(words, book.claim(claim, words))
    of = "it" if when is None else "these days"
    if not found:
        return f"Nobody else here speaks of {of}"
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"Others speak of {of} too: {', '.join(list(found.values())[:MOST])}{more}"
