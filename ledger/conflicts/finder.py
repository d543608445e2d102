"""A ledger -> its conflicts: every pair of claims that contradict each other, once (DESIGN section 4, "Verdict")."""

from __future__ import annotations

import heapq
from builtins import property as computed  # these tuples have a field called `property`
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.conflicts.accounts import Account, accounts
from ledger.conflicts.corrections import Correction, corrections_of
from ledger.conflicts.decisions import Decided, by_rule, of_pairs
from ledger.conflicts.search.counting import MANY, Crowd
from ledger.conflicts.times import said_since
from ledger.conflicts.verdicts import CERTAIN, POSSIBLE, Verdict
from ledger.model import Claim, Ledger, Tension, Vocabulary


class Conflict(NamedTuple):
    """Two claims that contradict each other, or that a person noted as a tension; `one` has the smaller id.

    `kind` is denial, figure, exclusive or tension; `relation` relayed, own, within or across; `strength` certain or possible. `place`,
    `property` and `subject` are the question. `verdict` is how a rule found it; else `disputer` is the id of the claim that
    disputes the other, or `tension` the curator's note. `corrections` are those of either claim.
    """

    one: Claim
    other: Claim
    kind: str
    strength: str
    relation: str
    place: str
    property: str
    subject: str | None
    verdict: Verdict | None = None
    disputer: str = ""
    tension: Tension | None = None
    corrections: tuple[Correction, ...] = ()

    @computed
    def corrected(self) -> list[tuple[str, str]]:
        """The id of a claim of the two that was corrected with that of the one by which, for each correction, sorted."""
        return [(corrected.id, by.id) for corrected, by in self.corrections]

    @computed
    def ids(self) -> tuple[str, str]:
        """The two ids, sorted."""
        return self.one.id, self.other.id

    @computed
    def of_one_mouth(self) -> bool:
        """Whether both are of one mouth."""
        return self.relation in ("own", "relayed")

    @computed
    def is_tension(self) -> bool:
        """Whether a person noted it: no contradiction then, and counted among none."""
        return self.tension is not None

    @computed
    def is_reversal(self) -> bool:
        """Whether one mouth says two things, and took neither back."""
        return self.relation == "own" and not self.corrections


class Findings(NamedTuple):
    """All conflicts of a ledger, sorted by ids, and the claims that took no part: left out for a defect, or said too late.

    `crowds` are questions with so many contradictions that they were counted, not listed: they stand in `conflicts` only
    where `find_conflicts` was not asked to keep them apart. `corrections` are those of each claim that was corrected, by its id.
    `streams` give further conflicts, sorted by ids, anew at each call: what an engine keeps on disk.
    `readings` are the accounts of the claims that the rules looked at: of all that took part, where no places were asked for.
    """

    conflicts: list[Conflict]
    left_out: list[Claim]
    too_late: list[Claim]
    redundant: list[Tension]
    crowds: list[Crowd]
    taking_part: list[Claim]
    corrections: Mapping[str, tuple[Correction, ...]]
    streams: Sequence[Callable[[], Iterator[Conflict]]] = ()
    readings: Sequence[Account] = ()


def find_conflicts(
    ledger: Ledger,
    left_out: Collection[tuple[str, int]] = (),
    as_of: int | None = None,
    many: int = MANY,
    places: Collection[str] | None = None,
    pairs: Collection[frozenset[str]] | None = None,
    decided: Decided | None = None,
) -> Findings:
    """The conflicts of a ledger. `left_out` names the claims with a defect, by path and line; `as_of` keeps the claims that
    were certainly said by that day. A question with more than `many` contradictions becomes a crowd. Where `places` are given
    (each with all that lies within it) every conflict of these is found, and of others only some: the rules need not look there. Where
    `pairs` of ids are given, the rules look at these alone. A question that was `decided` with the very same accounts is not looked
    at again, and what is found is put there."""
    claims, defective, too_late = part_takers(ledger, left_out, as_of)
    notes = notes_among(ledger, claims, too_late, as_of)
    near = claims
    if places is not None:
        reaching = reaching_to(places, ledger.vocabulary)
        near = [claim for claim in claims if claim.place in reaching]
    readings = accounts(near, ledger.vocabulary)
    crowds: list[Crowd] = []
    if pairs is not None:
        found = of_pairs(readings, ledger.vocabulary, pairs)
    else:
        found, crowds = by_rule(readings, ledger.vocabulary, notes.touched, many, decided)
    ruled = (conflict_of(met, ledger.vocabulary) for met in found.values())
    whole = findings_of(ruled, crowds, notes, ledger.vocabulary)
    return whole._replace(left_out=defective, too_late=too_late, taking_part=claims, readings=readings)


def reaching_to(places: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Some places, and those that they lie within: what is said of others is no matter to them."""
    listed = list(places)
    return {*listed, *(larger for place in listed for larger in vocabulary.larger_places(place))}


class Notes(NamedTuple):
    """What people wrote of pairs of claims, and the claims of these by id (among others). `touched` are those whose pairs are always listed:
    a note goes before the rules, or stands beside what they find."""

    by_id: Mapping[str, Claim]
    tensions: list[Tension]
    corrections: Mapping[str, tuple[Correction, ...]]
    touched: frozenset[str]


def notes_among(ledger: Ledger, claims: list[Claim], too_late: list[Claim], as_of: int | None) -> Notes:
    """The notes of a ledger about claims that take part."""
    by_id = {claim.id: claim for claim in claims}
    tensions = [tension for file in ledger.files for tension in file.tensions if all(name in by_id for name in tension.claims)]
    touched = {name for tension in tensions for name in tension.claims}
    touched |= {name for claim in claims if claim.disputes for name in (claim.id, *claim.disputes)}
    touched |= {resolution.claims[0] for file in ledger.files for resolution in file.resolutions}
    corrections = corrections_of(ledger, [*claims, *too_late], as_of)
    return Notes(by_id, tensions, corrections, frozenset(touched | corrections.keys()))


def findings_of(ruled: Iterable[Conflict], crowds: list[Crowd], notes: Notes, vocabulary: Vocabulary) -> Findings:
    """What the rules found, with what people noted; the claims that took part, and that did not, are left to who knows them."""
    conflicts = {conflict.ids: conflict for conflict in ruled}
    noted, redundant = noted_beside(conflicts.keys(), notes, vocabulary)
    conflicts |= noted
    listed = [with_corrections(conflicts[ids], notes.corrections) for ids in sorted(conflicts)]
    return Findings(listed, [], [], redundant, crowds, [], notes.corrections)


def noted_beside(
    ruled: Collection[tuple[str, str]], notes: Notes, vocabulary: Vocabulary
) -> tuple[dict[tuple[str, str], Conflict], list[Tension]]:
    """The conflicts that people noted, by ids, beside those of the rules (which give way to a dispute), and the tensions that say no more
    than the rules."""
    noted = {conflict.ids: conflict for conflict in _disputes(notes.by_id, vocabulary)}
    redundant: list[Tension] = []
    for tension in notes.tensions:
        ids = (min(tension.claims), max(tension.claims))
        if ids in noted or ids in ruled:
            redundant.append(tension)
        else:
            noted[ids] = _noted(ids, notes.by_id, tension, vocabulary)
    return noted, redundant


def with_corrections(conflict: Conflict, corrections: Mapping[str, tuple[Correction, ...]]) -> Conflict:
    """A conflict with the corrections of its claims: those of a crowd have none, since what was corrected is always listed."""
    of_either = [correction for name in conflict.ids for correction in corrections.get(name, ())] if corrections else ()
    return conflict._replace(corrections=tuple(of_either)) if of_either else conflict


def every_conflict(findings: Findings, vocabulary: Vocabulary) -> Iterator[Conflict]:
    """Every conflict, those of crowds included, sorted by ids, one at a time: memory does not grow with their number."""
    streams = [_of_crowd(crowd, vocabulary) for crowd in findings.crowds] + [stream() for stream in findings.streams]
    return heapq.merge(findings.conflicts, *streams, key=lambda conflict: conflict.ids)


def _of_crowd(crowd: Crowd, vocabulary: Vocabulary) -> Iterator[Conflict]:
    """The conflicts of a crowd, sorted by ids."""
    for account in sorted([*crowd.members, *crowd.above], key=lambda account: account.claim.id):
        found = (conflict_of(met, vocabulary) for met in crowd.verdicts_of(account, behind=True))
        yield from sorted(found, key=lambda conflict: conflict.ids)


def conflicts_of(claim: Claim, findings: Findings, vocabulary: Vocabulary) -> list[Conflict]:
    """The conflicts of one claim, sorted by ids, those of crowds included."""
    found = [conflict for conflict in findings.conflicts if claim.id in conflict.ids]
    for crowd in findings.crowds:
        for account in (*crowd.members, *crowd.above):
            if account.claim is claim:
                found += [conflict_of(met, vocabulary) for met in crowd.verdicts_of(account)]
    return sorted(found, key=lambda conflict: conflict.ids)


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


def relation(one: Claim, other: Claim, vocabulary: Vocabulary) -> str:
    """`relayed` (of one mouth, and perhaps one saying passed on in two ways), `own` (of one mouth otherwise), `within` (both of one side)
    or `across`."""
    of_one_mouth = vocabulary.mouth_of(one.claimant, one.path) == vocabulary.mouth_of(other.claimant, other.path)
    return _relation(one, other, of_one_mouth, vocabulary)


def _relation(one: Claim, other: Claim, of_one_mouth: bool, vocabulary: Vocabulary) -> str:
    if of_one_mouth:
        return "relayed" if _perhaps_one_saying(one, other) else "own"
    side = vocabulary.side_of(one.claimant)
    return "within" if side is not None and side == vocabulary.side_of(other.claimant) else "across"


def _perhaps_one_saying(one: Claim, other: Claim) -> bool:
    """Whether two claims of one mouth may be one saying that was passed on in two ways: of one question, perhaps said on one day, and
    told in two texts or by different relays."""
    if (one.place, one.property, one.subject) != (other.place, other.property, other.subject):
        return False
    if one.said_days is None or other.said_days is None:
        return False
    if said_since(one) > other.said_days.last or said_since(other) > one.said_days.last:
        return False
    return one.path != other.path or (bool(one.via) and bool(other.via) and set(one.via).isdisjoint(other.via))


def conflict_of(met: Verdict, vocabulary: Vocabulary) -> Conflict:
    """The conflict that two accounts make."""
    one, other = met.one.claim, met.other.claim
    if one.id > other.id:
        one, other = other, one
    asked = met.asked
    related = _relation(one, other, met.one.mouth == met.other.mouth, vocabulary)
    return Conflict(one, other, met.kind, met.strength, related, asked.place, asked.property.id, asked.subject, met)


def _disputes(by_id: Mapping[str, Claim], vocabulary: Vocabulary) -> Iterator[Conflict]:
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


def _noted(ids: tuple[str, str], by_id: Mapping[str, Claim], tension: Tension, vocabulary: Vocabulary) -> Conflict:
    one, other, first = by_id[ids[0]], by_id[ids[1]], by_id[tension.claims[0]]
    return Conflict(
        one, other, "tension", POSSIBLE, relation(one, other, vocabulary), first.place, first.property, first.subject, tension=tension
    )


def both_take_sides(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether both claimants speak for a party; a newspaper or a map speaks for none."""
    return vocabulary.side_of(one.claimant) is not None and vocabulary.side_of(other.claimant) is not None
