"""Claims as the rules read them: each as written, and as every claim that it implies; presumption cut at the next word."""

from __future__ import annotations

from bisect import bisect_left
from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.conflicts import values
from ledger.conflicts.search.kd_tree import Boxes, Point, Side
from ledger.conflicts.times import Time, implied_by_event, time_of
from ledger.model import Claim, Property, Vocabulary
from ledger.texts.dates import FAR, Days
from ledger.texts.figures import Number, Range, parse_share

FEW_WORDS = 16  # up to so many words of one mouth on one question are compared one by one
MOST_TRIED = 64  # words that are looked at in the order of their days; behind them the tree is asked


class Account(NamedTuple):
    """One claim, written or implied, with all that decides whether it contradicts another.

    `figure` is the range of a quantity, of the days of a date or of a `once` event; `share` that of a choice. `steps` are the
    properties through which it is implied (empty: as written).
    """

    claim: Claim
    property: Property
    place: str
    subject: str | None
    value: str | None
    stance: str
    share: Range
    figure: Range | None
    time: Time
    mouth: str
    steps: tuple[str, ...] = ()

    @computed
    def question(self) -> tuple[str, str | None, str]:
        """What it answers: property, subject, place."""
        return self.property.id, self.subject, self.place


def accounts(claims: Iterable[Claim], vocabulary: Vocabulary) -> list[Account]:
    """All accounts of claims that take part, presumption cut at the next word of the same mouth."""
    found: list[Account] = []
    reader = Reader(vocabulary)
    for claim in claims:
        found += reader.readings(claim)
    return _cut(found)


class Reader:
    """Reads claims one by one; what many have in common (most is told day by day of the same days, by few mouths) is worked out once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.mouths: dict[tuple[str, str], str] = {}
        self.times: dict[object, Time] = {}

    def readings(self, claim: Claim) -> list[Account]:
        """A claim as it is written, then what it implies, presumption not cut by what its mouth says next."""
        mouth = self.mouths.get((claim.claimant, claim.path))
        if mouth is None:
            mouth = self.mouths[claim.claimant, claim.path] = self.vocabulary.mouth_of(claim.claimant, claim.path)
        known = self.vocabulary.properties[claim.property]
        days = (claim.property, claim.stance, claim.held, claim.said_days, claim.said_by)
        time = self.times.get(days)
        if time is None:
            time = self.times[days] = time_of(claim, known)
        return _readings(_as_written(claim, known, mouth, time), self.vocabulary)


def _readings(written: Account, vocabulary: Vocabulary) -> list[Account]:
    if written.property.implies and written.stance == "asserts" and values.is_all(written.share):
        return [written, *_implied(written, vocabulary)]
    return [written]


def _as_written(claim: Claim, known: Property, mouth: str, time: Time) -> Account:
    figure = claim.figure
    if claim.day is not None:
        figure = Range(claim.day.first, False, claim.day.last, False)
    elif known.once:
        figure = Range(time.start if time.on else -FAR, False, time.start_latest, False)
    return Account(claim, known, claim.place, claim.subject, claim.value, claim.stance, claim.share or values.ALL, figure, time, mouth)


def _implied(written: Account, vocabulary: Vocabulary) -> Iterator[Account]:
    """What an assertion of all of its place implies, further implications included; the same thing once, by the shortest way."""
    from_event = written.property.type == "event"
    seen: set[tuple[str, str | None, str, Range]] = set()
    waiting = deque([written])
    while waiting:
        origin = waiting.popleft()
        for step in origin.property.implies.get(origin.value if origin.property.type == "choice" else None, ()):
            known = vocabulary.properties[step.property]
            if (step.subject is not None and step.subject != origin.subject) or not known.usable:
                continue
            subject = origin.subject if known.subjects else None
            share = parse_share(step.extent) if known.parts else values.ALL
            key = (known.id, subject, f"{step.stance} {step.value}", share)
            if key in seen:
                continue
            seen.add(key)
            time = implied_by_event(written.time, known.lasts) if from_event else time_of(origin.claim, known)
            steps = (*origin.steps, known.id)
            implied = Account(
                origin.claim, known, origin.place, subject, step.value, step.stance, share, None, time, origin.mouth, steps
            )  # fmt: skip
            yield implied
            if implied.stance == "asserts" and values.is_all(share):
                waiting.append(implied)


# -- the next word ----------------------------------------------------------------------------------------------------


def _cut(found: list[Account]) -> list[Account]:
    """Every account with its presumption ended the day before the next word of the same mouth."""
    for members in _of_one_mouth(found):
        _cut_group(found, members)
    return found


def _of_one_mouth(found: Iterable[Account]) -> Iterator[list[int]]:
    """The accounts, by their numbers, whose presumption a word of one mouth to one question can end: several at a time."""
    groups: dict[tuple[str, str, str, str | None], list[int]] = defaultdict(list)
    for index, account in enumerate(found):
        known = account.property
        if known.type != "event" and known.type != "text" and not known.timeless and not known.cumulative:
            groups[account.mouth, account.place, known.id, account.subject].append(index)
    return (members for members in groups.values() if len(members) > 1)


def next_words(written: Iterable[Account]) -> dict[str, tuple[int, list[tuple[int, int]]]]:
    """Of claims as they are written, by id: until when each would be presumed if its mouth had said no more, and each next word that ends
    that: the last day on which it was said, and the day before its latest start. Claims without one are left out; of a mouth that
    spoke very often only the earliest end is given."""
    found = list(written)
    cuts: dict[str, tuple[int, list[tuple[int, int]]]] = {}
    for members in _of_one_mouth(found):
        words = [found[index] for index in members if found[index].stance != "expects"]
        for account in (found[index] for index in members):
            presumed = time_of(account.claim, account.property).presumed
            if presumed <= account.time.end:
                continue
            if len(words) > FEW_WORDS:
                cuts[account.claim.id] = presumed, [(-FAR, account.time.presumed)]
            elif ends := sorted((_said(word).last, word.time.start_latest - 1) for word in words if _is_next(word, account)):
                cuts[account.claim.id] = presumed, ends
    return cuts


class _Words:
    """The later words that say more than some accounts: asks for the earliest of their latest starts.

    A word counts where it was said certainly later and reaches the end of what is asked about, or was said no earlier and is of a
    later time (between claims of one mouth nothing is presumed: `own_start`). `more` gives further coordinates of a word.
    """

    def __init__(self, words: list[Account], more: Callable[[Account], Point] = lambda word: ()) -> None:
        points = [(_said(word).first, word.time.end_earliest, word.time.own_start, *more(word)) for word in words]
        self.boxes = Boxes(points, [word.time.start_latest for word in words])

    def earliest(self, asked: Account, *more: Side) -> int:
        """The earliest of the latest starts of the next words of an account (FAR: none)."""
        said, end = _said(asked).last, asked.time.end
        reaching = Side(1, end)
        return min(
            self.boxes.least((Side(0, said + 1), reaching, *more)), self.boxes.least((Side(0, said), reaching, Side(2, end + 1), *more))
        )


def _cut_group(found: list[Account], members: list[int]) -> None:
    """Cut the presumption of the accounts of one mouth that answer one question in one place."""
    words = [found[index] for index in members if found[index].stance != "expects"]
    cuttable = [index for index in members if found[index].time.presumed > found[index].time.end]
    if not cuttable or not words:
        return
    next_word = _next_word_of_few(words) if len(words) <= FEW_WORDS else _next_word_by_days(words)
    for index in cuttable:
        account = found[index]
        limit = max(account.time.end, next_word(account) - 1)
        if limit < account.time.presumed:
            found[index] = account._replace(time=account.time._replace(presumed=limit))


def _next_word_of_few(words: list[Account]) -> Callable[[Account], int]:
    """Gives of an account the earliest of the latest starts of its next words: word for word."""

    def earliest(asked: Account) -> int:
        return min((word.time.start_latest for word in words if _is_next(word, asked)), default=FAR)

    return earliest


def _is_next(word: Account, asked: Account) -> bool:
    """Whether a word of the same mouth to the same question is a next word on an account."""
    said, end = _said(asked).last, asked.time.end
    return (
        word.time.end_earliest >= end
        and (_said(word).first > said or (_said(word).first == said and word.time.own_start > end))
        and values.says_more(word, asked)
    )


def _next_word_by_days(words: list[Account]) -> Callable[[Account], int]:
    """The same of many words in the order in which they were said: of what is told day by day the next word is one of the next few. Gives
    any that is no later than the day behind the end of the account: an earlier one ends its presumption no sooner."""
    ordered = sorted(words, key=lambda word: _said(word).first)
    days = [_said(word).first for word in ordered]
    earliest_behind = [word.time.start_latest for word in ordered]  # of a word and all said later
    for number in range(len(ordered) - 2, -1, -1):
        earliest_behind[number] = min(earliest_behind[number], earliest_behind[number + 1])
    asked_tree: list[Callable[[Account], int]] = []  # (seldom needed, and dear)

    def earliest(asked: Account) -> int:
        best, soon = FAR, asked.time.end + 1
        begin = bisect_left(days, _said(asked).last)
        for number in range(begin, min(begin + MOST_TRIED, len(ordered))):
            if best <= max(soon, earliest_behind[number]):
                return best
            word = ordered[number]
            if word.time.start_latest < best and _is_next(word, asked):
                best = word.time.start_latest
        if begin + MOST_TRIED >= len(ordered) or best <= max(soon, earliest_behind[begin + MOST_TRIED]):
            return best
        if not asked_tree:
            asked_tree.append(_next_word(words))
        return asked_tree[0](asked)

    return earliest


def _next_word(words: list[Account]) -> Callable[[Account], int]:
    """The same of many words, gathered by what they say: a mouth that speaks ten thousand times, and never twice the same, does
    not cost n squared. `values.says_more` is the rule."""
    return _next_choice(words) if words[0].property.type == "choice" else _next_figure(words)


def _by(words: Iterable[Account], key: Callable[[Account], Any]) -> dict[Any, list[Account]]:
    found: dict[Any, list[Account]] = defaultdict(list)
    for word in words:
        found[key(word)].append(word)
    return found


def _next_choice(words: list[Account]) -> Callable[[Account], int]:
    asserted = [word for word in words if word.stance == "asserts"]
    same = {value: _Words(said) for value, said in _by(words, lambda word: word.value).items()}
    compatible = compatible_with(words[0].property)
    others: dict[str | None, list[str]] = {}

    def share(word: Account) -> Point:
        return least_of(word), word.value

    everyone = _Words(asserted, share)
    one_by_one = {value: _Words(said, share) for value, said in _by(asserted, lambda word: word.value).items()} if compatible else {}

    def earliest(asked: Account) -> int:
        best = same[asked.value].earliest(asked) if asked.value in same else FAR
        if asked.stance != "asserts":
            return best
        least, is_open = least_of(asked)
        enough = Side(3, (100 - least, not is_open))  # together more than the whole
        beside = compatible.get(asked.value, frozenset())
        if asked.value not in others:
            others[asked.value] = [value for value in one_by_one if value != asked.value and value not in beside]
        if beside and len(others[asked.value]) <= FEW_WORDS:
            return min([best, *(one_by_one[value].earliest(asked, enough) for value in others[asked.value])])
        # (words of the same value are next words anyhow)
        return min(best, everyone.earliest(asked, enough, Side(4, but=beside)))

    return earliest


def _next_figure(words: list[Account]) -> Callable[[Account], int]:
    asserted = _Words([word for word in words if word.stance == "asserts"])
    same = {figure: _Words(said) for figure, said in _by((w for w in words if w.stance != "asserts"), lambda word: word.figure).items()}
    denied = [word for word in words if word.stance == "denies"]
    around = _Words(denied, lambda word: (least_of(word), most_of(word)))

    def earliest(asked: Account) -> int:
        best = asserted.earliest(asked)
        if asked.figure in same:
            best = min(best, same[asked.figure].earliest(asked))
        if asked.stance == "asserts" and denied:
            best = min(best, around.earliest(asked, Side(3, high=least_of(asked)), Side(4, most_of(asked))))
        return best

    return earliest


def compatible_with(known: Property) -> dict[str | None, frozenset[str]]:
    """Of each value of a choice that has any, the values that are compatible with it."""
    found: dict[str | None, set[str]] = defaultdict(set)
    for pair in known.compatible:
        for one in pair:
            found[one] |= pair - {one}
    return {value: frozenset(beside) for value, beside in found.items()}


def least_of(account: Account) -> tuple[Number, bool]:
    """The least of a figure or share, for sorting: an open end lies above a closed one."""
    figure = account.share if account.figure is None else account.figure
    return figure.least, figure.least_open


def most_of(account: Account) -> tuple[Number, bool]:
    """The most of a figure or share, for sorting: an open end lies below a closed one."""
    figure = account.share if account.figure is None else account.figure
    return figure.most, not figure.most_open


def _said(account: Account) -> Days:
    assert account.claim.said_days is not None
    return account.claim.said_days
