"""Who else says what a claim says, who contradicts it, who doubts or expected it; and how many origins stand behind several reports.

Two claims agree when they answer one question (place, property and subject) in one stance, their values are the same (of figures
and shares: the same to within the tolerance, and a bound agrees with nothing but the same bound, `same_figure`; of dates: may be one
day), their times may overlap, presumption included, and the ledger holds no contradiction between them. A report is a text that
states a claim: what was read out of one seed, or of several that hold the same words. An origin is a mouth; an unnamed one ("an
officer") that several texts have through the same relay is one origin too, since nothing shows that it is two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.times import overlap, time_of
from ledger.conflicts.values import same_value
from ledger.model import Claim, Ledger, Property, Vocabulary
from ledger.texts.dates import FAR, Days
from ledger.texts.display import count_of
from ledger.texts.figures import Number, bound_of

Texts = Mapping[str, str]  # path of a claims file -> that of the first one with the same text


class Standing(NamedTuple):
    """How the ledger's other claims stand to one claim. `tensions` are notes of persons, apart from what contradicts it; `origins` are
    those behind the claim and all that agree, `reports` the number of texts."""

    agreeing: list[Claim]
    contradicting: list[Conflict]
    doubting: list[Claim]
    expecting: list[Claim]
    origins: list[str]
    reports: int
    tensions: list[Conflict]


def standing(claim: Claim, claims: Iterable[Claim], conflicts: Iterable[Conflict], ledger: Ledger) -> Standing:
    """The standing of a claim among the claims that take part; `conflicts` are those of the ledger."""
    vocabulary, texts = ledger.vocabulary, texts_of(ledger)
    against = [conflict for conflict in conflicts if claim.id in conflict.ids]
    contradicting, tensions = ([conflict for conflict in against if conflict.is_tension == noted] for noted in (False, True))
    at_odds = {name for conflict in against for name in conflict.ids}
    agreeing, doubting, expecting = [], [], []
    for other in claims:
        if other is claim or (other.place, other.property, other.subject) != (claim.place, claim.property, claim.subject):
            continue
        if other.id not in at_odds and agrees(claim, other, vocabulary):
            agreeing.append(other)
        elif is_doubted_by(claim, other, vocabulary):
            doubting.append(other)
        elif is_expected_by(claim, other, vocabulary):
            expecting.append(other)
    supporting = [claim, *agreeing]
    origins = origins_of(voice_of(each, vocabulary, texts) for each in supporting)
    return Standing(agreeing, contradicting, doubting, expecting, origins, reports_of(supporting, texts), tensions)


def agrees(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether another claim of the same question has the same stance and says the same of a time that may be the same."""
    known = vocabulary.properties.get(claim.property)
    if known is None or claim.stance != other.stance or claim.said_days is None or other.said_days is None:
        return False
    if not _same_value(claim, other, vocabulary):
        return False
    return known.timeless or known.cumulative or bool(overlap(time_of(claim, known), time_of(other, known)))


def is_doubted_by(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether another claim of the same question doubts what a claim asserts, of a time that may be the same."""
    if not _is_asserted(claim, other, "doubts", vocabulary):
        return False
    known = vocabulary.properties[claim.property]
    if known.timeless or known.cumulative:
        return True
    doubted = time_of(other, known)
    if known.type == "event":  # what is doubted to have happened leaves nothing behind, on whose days it might still be doubted
        doubted = doubted._replace(end_earliest=doubted.start, end=doubted.start_latest, presumed=doubted.start_latest)
    return bool(overlap(time_of(claim, known), doubted))


def is_expected_by(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether another claim of the same question expected what a claim asserts: it may have been so after that was said, or at the time of
    which it was. What was over before anybody spoke of it, or is denied, nobody expected."""
    if not _is_asserted(claim, other, "expects", vocabulary):
        return False
    known = vocabulary.properties[claim.property]
    if known.timeless:
        return True
    time, awaited = time_of(claim, known), time_of(other, known)
    if other.held is None:
        assert other.said_near is not None
        first, last = other.said_near.first, FAR
    else:
        first, last = awaited.start, awaited.end if other.held.end is not None else FAR
    happened = time.start_latest if known.type == "event" else time.end
    return first <= happened and time.start <= last


def _is_asserted(claim: Claim, other: Claim, stance: str, vocabulary: Vocabulary) -> bool:
    """Whether a claim asserts the value that another one names in a stance."""
    if claim.stance != "asserts" or other.stance != stance or claim.said_days is None or other.said_days is None:
        return False
    return _same_value(claim, other, vocabulary)


def _same_value(claim: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    known = vocabulary.properties.get(claim.property)
    return known is not None and same_value(claim, other, known)


def texts_of(ledger: Ledger) -> Texts:
    """The text of each claims file, by path: files whose seeds are the same, or but for white space, have one."""
    first: dict[str, str] = {}
    return {file.path: first.setdefault(file.seed.words, file.path) for file in ledger.files if file.seed is not None}


def reports_of(claims: Iterable[Claim], texts: Texts) -> int:
    """How many texts state these claims."""
    return len({texts.get(claim.path, claim.path) for claim in claims})


class Voice(NamedTuple):
    """Whose word a claim is: its mouth, and (of an unnamed one) the relays that make it one origin with the same elsewhere."""

    mouth: str
    relays: frozenset[tuple[str, str]]

    def is_one_with(self, other: Voice) -> bool:
        """Whether the two are of one origin."""
        return self.mouth == other.mouth or not self.relays.isdisjoint(other.relays)


def voice_of(claim: Claim, vocabulary: Vocabulary, texts: Texts) -> Voice:
    """Whose word a claim is."""
    mouth, top = vocabulary.mouth_of(claim.claimant, texts.get(claim.path, claim.path)), vocabulary.chain_of(claim.claimant)[-1]
    return Voice(mouth, frozenset((top, relay) for relay in claim.via) if mouth != top else frozenset())


def origins_of(voices: Iterable[Voice]) -> list[str]:
    """The origins behind voices, sorted: their mouths, where those that a relay joins count as one, under the first one's name."""
    first_of: dict[str, str] = {}
    joined: dict[tuple[str, str], str] = {}  # relay -> a mouth of its origin

    def first(mouth: str) -> str:
        while first_of[mouth] != mouth:
            mouth = first_of[mouth] = first_of[first_of[mouth]]
        return mouth

    for voice in voices:
        first_of.setdefault(voice.mouth, voice.mouth)
        for relay in voice.relays:
            one, other = first(joined.setdefault(relay, voice.mouth)), first(voice.mouth)
            first_of[max(one, other)] = min(one, other)
    return sorted(mouth for mouth in first_of if first_of[mouth] == mouth)


def origin_words(standing: Standing) -> str:
    """`3 reports, 1 origin`: texts that relay one mouth are one origin."""
    return report_words(standing.reports, len(standing.origins))


def report_words(reports: int, origins: int) -> str:
    """`3 reports, 1 origin`."""
    return f"{count_of(reports, 'report')}, {count_of(origins, 'origin')}"


Question = tuple[str, str, str | None]  # place, property, subject

MOST_AGREEING = 2_000_000  # pairs of claims that are compared to say who agrees with whom


class Support(NamedTuple):
    """What stands behind one claim: in how many texts it and all that agree with it stand, their origins, and who agreed later.
    Where it is not `counted`, too many claims say the same, and nothing of this is known."""

    claim: Claim
    reports: int
    origins: tuple[str, ...]
    later: tuple[Claim, ...]
    counted: bool = True


class Said(NamedTuple):
    """A claim with what decides who agreed later: whose word it is, when it was said, when its text appeared."""

    claim: Claim
    voice: Voice
    days: Days
    published: Days | None


class Supports:
    """What stands behind claims, looked up claim by claim.

    Others *later agreed* with a claim by a claim of another origin that agrees with it (`ledger.agreement`: the same question and
    stance, values that meet, times that may overlap, no contradiction), and that was certainly said later, or, where it is not
    certain which was said first, stands in a text that certainly appeared later.

    Who agrees with whom is gone through pair by pair: of the questions of the claims `asked` for (None: all), those with fewest
    pairs first, until there are too many. `given_up` are the others, by place, property and subject.
    """

    def __init__(
        self, claims: Iterable[Claim], conflicts: Iterable[Conflict], ledger: Ledger, asked: Iterable[Claim] | None = None
    ) -> None:
        self.vocabulary = ledger.vocabulary
        self.texts = texts_of(ledger)
        self.published = {file.path: file.published_days for file in ledger.files}
        self.at_odds: dict[str, set[str]] = defaultdict(set)
        for conflict in conflicts:
            self.at_odds[conflict.one.id].add(conflict.other.id)
            self.at_odds[conflict.other.id].add(conflict.one.id)
        parts: dict[tuple[str | None, ...], list[Said]] = defaultdict(list)
        for claim in claims:
            if claim.said_days is not None:
                said = Said(claim, voice_of(claim, self.vocabulary, self.texts), claim.said_days, self.published.get(claim.path))
                parts[self._key(claim)].append(said)
        self.parts = {key: Part(members, self.vocabulary.properties[members[0].claim.property]) for key, members in parts.items()}
        self.known: dict[tuple[object, ...], tuple[int, tuple[str, ...], tuple[Claim, ...]]] = {}
        wanted = self.parts.keys() if asked is None else {self._key(claim) for claim in asked} & self.parts.keys()
        sizes = {key: self.parts[key].pairs() for key in wanted}
        total = 0
        self.uncounted: set[tuple[str | None, ...]] = set()
        for key in sorted(sizes, key=lambda key: (sizes[key], [(text is not None, text or "") for text in key])):
            total += sizes[key]
            if total > MOST_AGREEING:
                self.uncounted.add(key)

    @property
    def given_up(self) -> list[Question]:
        """The questions on which so many claims say the same that they were not compared."""
        questions = {(str(place), str(property), subject) for place, property, subject, *_ in self.uncounted}
        return sorted(questions, key=lambda question: (*question[:2], question[2] or ""))

    def of(self, claim: Claim) -> Support:
        """What stands behind one of the claims that the index was made of."""
        key = self._key(claim)
        if key in self.uncounted:
            return Support(claim, 0, (), (), counted=False)
        part = self.parts[key]
        word = part.word_of[claim.id]
        said = Said(claim, voice_of(claim, self.vocabulary, self.texts), claim.said_days or Days(0, 0), self.published.get(claim.path))
        at_odds = self.at_odds.get(claim.id, set()) & part.word_of.keys()
        if at_odds:
            return Support(claim, *self._counted(said, [other for other in part.agreeing(word) if other.claim.id not in at_odds]))
        alike = (*key, word, *said[1:])
        if alike not in self.known:
            self.known[alike] = self._counted(said, part.agreeing(word))
        return Support(claim, *self.known[alike])

    def agreeing(self, claim: Claim, most: int) -> tuple[list[Claim], int] | None:
        """The other claims that agree with one of those that the index was made of: the first so many, and how many there are; None where
        too many say the same to be compared."""
        key = self._key(claim)
        if key in self.uncounted:
            return None
        part, at_odds = self.parts[key], self.at_odds.get(claim.id, set())
        word = part.word_of[claim.id]
        others = (other.claim for other in part.agreeing(word) if other.claim is not claim and other.claim.id not in at_odds)
        alike = set(part.alike(word))
        apart = sum(part.word_of.get(name) in alike for name in at_odds)
        return list(islice(others, most)), sum(len(part.words[number]) for number in alike) - 1 - apart

    def _counted(self, said: Said, agreeing: Iterable[Said]) -> tuple[int, tuple[str, ...], tuple[Claim, ...]]:
        """Reports, origins and later claims of those that agree with a claim, itself included."""
        texts: set[str] = set()
        voices: set[Voice] = set()
        later: list[Claim] = []
        _, voice, days, published = said
        for claim, other_voice, other_days, other_published in agreeing:
            texts.add(self.texts.get(claim.path, claim.path))
            voices.add(other_voice)
            is_later = other_days.first > days.last
            if not is_later and days.first <= other_days.last:  # not certain which was said first: the texts' own dates decide
                is_later = published is not None and other_published is not None and other_published.first > published.last
            if is_later and not voice.is_one_with(other_voice):
                later.append(claim)
        return len(texts), tuple(origins_of(voices)), tuple(sorted(later, key=Claim.said_order))

    def _key(self, claim: Claim) -> tuple[str | None, ...]:
        if claim.figure is not None:
            said: str | None = bound_of(claim.figure)  # bounds agree only with each other
        else:
            said = claim.value if claim.day is None else None
        return claim.place, claim.property, claim.subject, claim.stance, said


class Part:
    """The claims of one question, stance and value, gathered into words: claims that say the same of the same time. Words are
    sorted by where their spans begin: spans of figures or dates, else of days."""

    def __init__(self, members: Iterable[Said], known: Property) -> None:
        self.property = known
        words: dict[tuple[object, ...], list[Said]] = defaultdict(list)
        spans: dict[tuple[object, ...], tuple[Number, Number]] = {}
        times: dict[tuple[object, ...], tuple[int, int]] = {}
        for said in members:
            days = _days_of(said.claim, known)
            span = _span(said.claim, days, known)
            key = (span, days, said.claim.share, said.claim.figure, said.claim.day, said.claim.held if known.once else None)
            words[key].append(said)
            spans[key], times[key] = span, days
        ordered = sorted(words, key=lambda key: spans[key])
        self.words = [words[key] for key in ordered]
        self.times = [times[key] for key in ordered]
        self.starts = [spans[key][0] for key in ordered]
        self.ends = [spans[key][1] for key in ordered]
        self.reach = list(accumulate(self.ends, max))  # the furthest end up to here
        self._alike: dict[int, list[int]] = {}
        self.word_of = {said.claim.id: number for number, word in enumerate(self.words) for said in word}

    def pairs(self) -> int:
        """How many pairs of claims are looked at to say of each who agrees with it: of those that are alike in all, once; those of
        one word, whose values are not compared, count a quarter."""
        upto = [0, *accumulate(map(len, self.words))]
        total = 0
        for word, start, end in zip(self.words, self.starts, self.ends, strict=True):
            near = upto[bisect_right(self.starts, end)] - upto[bisect_left(self.reach, start)]
            total += len({said[1:] for said in word}) * (near - len(word) + len(word) // 4)
        return total

    def agreeing(self, word: int) -> Iterator[Said]:
        """All claims that agree with those of a word, and these themselves."""
        for number in self.alike(word):
            yield from self.words[number]

    def alike(self, word: int) -> list[int]:
        """The words that agree with a word, itself among them, by their numbers."""
        if word not in self._alike:
            self._alike[word] = list(self._found_alike(word))
        return self._alike[word]

    def _found_alike(self, word: int) -> Iterator[int]:
        start, end = self.starts[word], self.ends[word]
        claim, ends, words = self.words[word][0].claim, self.ends, self.words
        first, last = self.times[word]
        for number in range(bisect_left(self.reach, start), bisect_right(self.starts, end)):
            if ends[number] < start or self.times[number][0] > last or self.times[number][1] < first:
                continue
            if number == word or same_value(claim, words[number][0].claim, self.property):
                yield number


def _days_of(claim: Claim, known: Property) -> tuple[int, int]:
    """The first and the last day of a claim's time, presumption included; all days where times do not count."""
    if known.timeless or known.cumulative:
        return -FAR, FAR
    time = time_of(claim, known)
    return time.start, time.presumed


def _span(claim: Claim, days: tuple[int, int], known: Property) -> tuple[Number, Number]:
    """What words are sorted and found by: figures and dates, of which few meet, else days."""
    if claim.day is not None:
        return claim.day.first, claim.day.last
    if claim.figure is not None:
        least = claim.figure.most if bound_of(claim.figure) == "most" else claim.figure.least
        most = least if bound_of(claim.figure) else claim.figure.most  # bounds agree where they begin together
        return least, most if known.tolerance is None else known.tolerance.added(most)
    if known.once and claim.stance == "asserts":
        time = time_of(claim, known)
        return time.start if time.on else -FAR, time.start_latest
    return days
