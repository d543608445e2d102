"""A ledger -> its conflicts: every pair of claims that contradict each other, once (DESIGN section 4, "Verdict")."""

from __future__ import annotations

from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ledger.conflicts import values
from ledger.conflicts.meetings import CERTAIN, KINDS, POSSIBLE, Meeting, meeting
from ledger.conflicts.pairs import candidates
from ledger.conflicts.readings import Reading, readings
from ledger.model import Claim, Ledger, Tension, Vocabulary


class Conflict(NamedTuple):
    """Two claims that contradict each other; `one` has the smaller id.

    `kind` is denial, figure, exclusive or tension; `relation` own, within or across; `strength` certain or possible. `place`,
    `property` and `subject` are the question. `meeting` is how a rule found it; else `disputer` is the id of the claim that
    disputes the other, or `tension` the curator's note.
    """

    one: Claim
    other: Claim
    kind: str
    strength: str
    relation: str
    place: str
    property: str
    subject: str | None
    meeting: Meeting | None = None
    disputer: str = ""
    tension: Tension | None = None

    @computed
    def ids(self) -> tuple[str, str]:
        """The two ids, sorted."""
        return self.one.id, self.other.id


class Findings(NamedTuple):
    """All conflicts of a ledger, sorted by ids, and the claims that took no part: left out for a defect, or said too late."""

    conflicts: list[Conflict]
    left_out: list[Claim]
    too_late: list[Claim]
    redundant: list[Tension]


def find_conflicts(ledger: Ledger, left_out: Collection[tuple[str, int]] = (), as_of: int | None = None) -> Findings:
    """The conflicts of a ledger. `left_out` names the claims with a defect, by path and line; `as_of` keeps the claims that
    were certainly said by that day."""
    claims, defective, too_late = part_takers(ledger, left_out, as_of)
    found = _by_rule(readings(claims, ledger.vocabulary), ledger.vocabulary)
    by_id = {claim.id: claim for claim in claims}
    conflicts = {ids: _conflict(ids, by_id, met, ledger.vocabulary) for ids, met in found.items()}
    for conflict in _disputes(by_id, ledger.vocabulary):
        conflicts[conflict.ids] = conflict
    redundant: list[Tension] = []
    for file in ledger.files:
        for tension in file.tensions:
            named = [by_id.get(name) for name in tension.claims]
            first, second = named[0], named[1]
            if first is None or second is None:
                continue
            ids = (min(tension.claims), max(tension.claims))
            if ids in conflicts:
                redundant.append(tension)
                continue
            conflicts[ids] = _noted(ids, by_id, first, tension, ledger.vocabulary)
    ordered = [conflicts[ids] for ids in sorted(conflicts)]
    return Findings(ordered, defective, too_late, redundant)


def part_takers(ledger: Ledger, left_out: Collection[tuple[str, int]], as_of: int | None) -> tuple[list[Claim], list[Claim], list[Claim]]:
    """The claims that take part in contradictions, those with a defect, and those said too late for `as_of`."""
    taking_part: list[Claim] = []
    defective: list[Claim] = []
    too_late: list[Claim] = []
    for claim in ledger.claims():
        if (claim.path, claim.line) in left_out:
            defective.append(claim)
        elif as_of is not None and (claim.said_days is None or claim.said_days.last > as_of):
            too_late.append(claim)
        else:
            taking_part.append(claim)
    return taking_part, defective, too_late


def _by_rule(found: list[Reading], vocabulary: Vocabulary) -> dict[tuple[str, str], Meeting]:
    """The meeting that names each contradicting pair of ids."""
    best: dict[tuple[str, str], Meeting] = {}
    for met in meetings(found, vocabulary):
        first, second = met.one.claim.id, met.other.claim.id
        ids = (first, second) if first < second else (second, first)
        known = best.get(ids)
        if known is None or rank(met) < rank(known):
            best[ids] = met
    return best


def rank(met: Meeting) -> tuple[bool, bool, str, int, tuple[tuple[str, ...], ...]]:
    """What names a pair that meets in several ways: certain first, then direct, then by property, then by kind."""
    steps = sorted((met.one.steps, met.other.steps))
    return met.strength != CERTAIN, bool(steps[1]), met.one.property.id, KINDS.index(met.kind), tuple(steps)


def meetings(found: Iterable[Reading], vocabulary: Vocabulary) -> Iterator[Meeting]:
    """Every two readings that contradict each other, question by question."""
    questions: dict[tuple[str, str | None], dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in found:
        if reading.stance in ("asserts", "denies") and reading.property.type != "text":
            questions[reading.property.id, reading.subject][reading.place].append(reading)
    for places in questions.values():
        for place, members in places.items():
            nests = members[0].property.nests
            larger = vocabulary.larger_places(place) if nests else []
            above = [reading for name in larger for reading in places.get(name, ()) if _reaches_down(reading)]
            for one, other, which in candidates(members, above):
                if one.claim is not other.claim:
                    met = meeting(one, other, which)
                    if met is not None:
                        yield met


def _reaches_down(reading: Reading) -> bool:
    """Whether a reading of a larger place can meet one of a place within it."""
    known = reading.property
    if known.type == "event":
        return (reading.stance == "asserts") == known.parts
    return values.is_all(reading.share) if reading.stance == "asserts" else values.is_part(reading.share)


def relation(one: Claim, other: Claim, vocabulary: Vocabulary) -> str:
    """`own` (one mouth), `within` (both of one side) or `across`."""
    if vocabulary.mouth_of(one.claimant, one.path) == vocabulary.mouth_of(other.claimant, other.path):
        return "own"
    side = vocabulary.side_of(one.claimant)
    return "within" if side is not None and side == vocabulary.side_of(other.claimant) else "across"


def _conflict(ids: tuple[str, str], by_id: dict[str, Claim], met: Meeting, vocabulary: Vocabulary) -> Conflict:
    one, other = by_id[ids[0]], by_id[ids[1]]
    place = met.one.place
    if met.other.place != place and place in vocabulary.larger_places(met.other.place):
        place = met.other.place
    return Conflict(one, other, met.kind, met.strength, relation(one, other, vocabulary), place, met.one.property.id, met.one.subject, met)


def _disputes(by_id: dict[str, Claim], vocabulary: Vocabulary) -> Iterator[Conflict]:
    """What one claim expressly disputes of another: a contradiction whatever the rules say."""
    done: set[tuple[str, str]] = set()
    for name in sorted(by_id):
        disputing = by_id[name]
        for target in disputing.disputes:
            disputed = by_id.get(target)
            ids = (min(name, target), max(name, target))
            if disputed is None or target == name or ids in done:
                continue
            done.add(ids)
            hedged = disputing.hedge is not None or disputed.hedge is not None
            yield Conflict(
                by_id[ids[0]],
                by_id[ids[1]],
                "denial",
                POSSIBLE if hedged else CERTAIN,
                relation(disputing, disputed, vocabulary),
                disputing.place,
                disputing.property,
                disputing.subject,
                disputer=name,
            )


def _noted(ids: tuple[str, str], by_id: dict[str, Claim], first: Claim, tension: Tension, vocabulary: Vocabulary) -> Conflict:
    one, other = by_id[ids[0]], by_id[ids[1]]
    return Conflict(
        one, other, "tension", POSSIBLE, relation(one, other, vocabulary), first.place, first.property, first.subject, tension=tension
    )
