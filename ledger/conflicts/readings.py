"""Claims as the rules read them: each as written, and as every claim that it implies; presumption cut at the next word."""

from __future__ import annotations

from bisect import bisect_left
from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.conflicts import values
from ledger.conflicts.times import Time, implied_by_event, time_of
from ledger.dates import FAR, Days
from ledger.model import Claim, Property, Vocabulary
from ledger.quantities import Range, parse_share


class Reading(NamedTuple):
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


def readings(claims: Iterable[Claim], vocabulary: Vocabulary) -> list[Reading]:
    """All readings of claims that take part, presumption cut at the next word of the same mouth."""
    found: list[Reading] = []
    mouths: dict[tuple[str, str], str] = {}
    for claim in claims:
        mouth = mouths.get((claim.claimant, claim.path))
        if mouth is None:
            mouth = mouths[claim.claimant, claim.path] = vocabulary.mouth_of(claim.claimant, claim.path)
        known = vocabulary.properties[claim.property]
        written = _as_written(claim, known, mouth)
        found.append(written)
        if known.implies and written.stance == "asserts" and values.is_all(written.share):
            found.extend(_implied(written, vocabulary))
    return _cut(found)


def _as_written(claim: Claim, known: Property, mouth: str) -> Reading:
    time = time_of(claim, known)
    figure = claim.figure
    if claim.day is not None:
        figure = Range(claim.day.first, False, claim.day.last, False)
    elif known.once:
        figure = Range(time.start if time.on else -FAR, False, time.start_latest, False)
    return Reading(claim, known, claim.place, claim.subject, claim.value, claim.stance, claim.share or values.ALL, figure, time, mouth)


def _implied(written: Reading, vocabulary: Vocabulary) -> Iterator[Reading]:
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
            implied = Reading(
                origin.claim, known, origin.place, subject, step.value, step.stance, share, None, time, origin.mouth, steps
            )  # fmt: skip
            yield implied
            if implied.stance == "asserts" and values.is_all(share):
                waiting.append(implied)


# -- the next word ----------------------------------------------------------------------------------------------------


def _cut(found: list[Reading]) -> list[Reading]:
    """Every reading with its presumption ended the day before the next word of the same mouth."""
    groups: dict[tuple[str, str, str, str | None], list[int]] = defaultdict(list)
    for index, reading in enumerate(found):
        known = reading.property
        if known.type != "event" and known.type != "text" and not known.timeless and not known.cumulative:
            groups[reading.mouth, reading.place, known.id, reading.subject].append(index)
    for members in groups.values():
        if len(members) > 1:
            _cut_group(found, members)
    return found


def _says_more(word: Reading, reading: Reading) -> bool:
    """Whether `word` names the very value of `reading`, excludes it by its values, or asserts any figure or date."""
    if word.property.type != "choice":
        if word.stance == "asserts":
            return True
        if word.stance != "expects" and word.figure == reading.figure:
            return True
        return (
            word.stance == "denies"
            and reading.stance == "asserts"
            and word.figure is not None
            and reading.figure is not None
            and reading.figure.within(word.figure)
        )
    if word.value == reading.value:
        return word.stance != "expects"
    if word.stance != "asserts" or reading.stance != "asserts":
        return False
    return bool(values.choices_asserted(word.property, word.value or "", word.share, reading.value or "", reading.share))


class _Words:
    """The later words of one kind: asks for the earliest start among those said after a day and reaching another day."""

    def __init__(self, found: list[Reading]) -> None:
        self.by_said: dict[int, list[Reading]] = defaultdict(list)
        for word in found:
            self.by_said[_said(word).first].append(word)
        self.days = sorted(self.by_said)
        self.ends = sorted({word.time.end_earliest for word in found})

    def earliest(self, asked: list[Reading]) -> list[int]:
        """For each reading, the earliest of the latest starts of its next words (FAR: none)."""
        order = sorted(range(len(asked)), key=lambda index: -_said(asked[index]).last)
        tree = [FAR] * (len(self.ends) + 1)
        answers = [FAR] * len(asked)
        position = len(self.days) - 1
        for index in order:
            reading = asked[index]
            said_last, end = _said(reading).last, reading.time.end
            while position >= 0 and self.days[position] > said_last:
                for word in self.by_said[self.days[position]]:
                    self._put(tree, word.time.end_earliest, word.time.start_latest)
                position -= 1
            best = self._least(tree, end)
            for word in self.by_said.get(said_last, ()):
                # said no earlier, and of a later time (between claims of one mouth nothing is presumed: own_start)
                if word.time.own_start > end and word.time.end_earliest >= end:
                    best = min(best, word.time.start_latest)
            answers[index] = best
        return answers

    def _put(self, tree: list[int], end: int, start_latest: int) -> None:
        place = len(self.ends) - bisect_left(self.ends, end)
        while place < len(tree):
            if start_latest < tree[place]:
                tree[place] = start_latest
            place += place & -place

    def _least(self, tree: list[int], end: int) -> int:
        """The least among words whose certain end is `end` or later."""
        place = len(self.ends) - bisect_left(self.ends, end)
        best = FAR
        while place > 0:
            best = min(best, tree[place])
            place -= place & -place
        return best


def _said(reading: Reading) -> Days:
    assert reading.claim.said_days is not None
    return reading.claim.said_days


def _kind_of_word(reading: Reading) -> tuple[object, ...]:
    """What decides whether a reading says more than another: readings that share it answer alike."""
    if reading.property.type == "choice":
        return reading.stance, reading.value, reading.share
    return (reading.stance,) if reading.stance == "asserts" else (reading.stance, reading.figure)


def _cut_group(found: list[Reading], members: list[int]) -> None:
    """Cut the presumption of the readings of one mouth that answer one question in one place.

    Words are gathered by what they say, so that a mouth that speaks ten thousand times costs n log n, not n squared.
    """
    kinds: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for index in members:
        if found[index].stance != "expects":
            kinds[_kind_of_word(found[index])].append(found[index])
    cuttable: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index in members:
        if found[index].time.presumed > found[index].time.end:
            key = (found[index].stance, found[index].value, found[index].share, found[index].figure)
            cuttable[key].append(index)
    if not cuttable:
        return
    asserted_figures = found[members[0]].property.type != "choice"
    earliest: dict[int, int] = {}
    for kind, words in kinds.items():
        if asserted_figures and kind == ("asserts",):
            asked = [index for indexes in cuttable.values() for index in indexes]
        else:
            asked = [index for indexes in cuttable.values() if _says_more(words[0], found[indexes[0]]) for index in indexes]
        if asked:
            for index, start in zip(asked, _Words(words).earliest([found[index] for index in asked]), strict=True):
                earliest[index] = min(earliest.get(index, FAR), start)
    for index, start in earliest.items():
        reading = found[index]
        limit = max(reading.time.end, start - 1)
        if limit < reading.time.presumed:
            found[index] = reading._replace(time=reading.time._replace(presumed=limit))
