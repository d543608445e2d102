"""A ledger -> its conflicts: every pair of claims that contradict each other, once (DESIGN section 4, "Verdict")."""

from __future__ import annotations

import heapq
from builtins import property as computed  # these tuples have a field called `property`
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.conflicts import values
from ledger.conflicts.accounts import Account, accounts
from ledger.conflicts.corrections import Correction, corrections_of
from ledger.conflicts.search.candidates import candidates
from ledger.conflicts.search.counting import MANY, Crowd, crowd_of
from ledger.conflicts.search.wholes import Figures, PartCrowd, Parts, crowded, verdicts
from ledger.conflicts.times import said_since
from ledger.conflicts.verdicts import CERTAIN, KINDS, POSSIBLE, Verdict, larger_of, verdict
from ledger.model import Claim, Ledger, Tension, Trouble, Vocabulary

MOST_LISTED = 1_000_000  # pairs of one question that no crowd can hold: above it memory would grow with their number


# What was found of a question (property, subject and place) in another state of a ledger, with the accounts that it was found in.
Decided = dict[tuple[str, str | None, str], tuple[list[Account], list[Account], list[Verdict]]]


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
    """

    conflicts: list[Conflict]
    left_out: list[Claim]
    too_late: list[Claim]
    redundant: list[Tension]
    crowds: list[Crowd]
    taking_part: list[Claim]
    corrections: Mapping[str, tuple[Correction, ...]]


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
    by_id = {claim.id: claim for claim in claims}
    noted = [tension for file in ledger.files for tension in file.tensions if all(name in by_id for name in tension.claims)]
    touched = {name for tension in noted for name in tension.claims}
    touched |= {name for claim in claims if claim.disputes for name in (claim.id, *claim.disputes)}
    touched |= {resolution.claims[0] for file in ledger.files for resolution in file.resolutions}
    corrections = corrections_of(ledger, [*claims, *too_late], as_of)
    touched |= corrections.keys()
    near = claims
    if places is not None:
        reaching = {*places, *(larger for place in places for larger in ledger.vocabulary.larger_places(place))}
        near = [claim for claim in claims if claim.place in reaching]
    all_readings = accounts(near, ledger.vocabulary)
    crowds: list[Crowd] = []
    if pairs is not None:
        found = _of_pairs(all_readings, ledger.vocabulary, pairs)
    else:
        found, crowds = _by_rule(all_readings, ledger.vocabulary, touched, many, decided)
    conflicts = {ids: conflict_of(met, ledger.vocabulary) for ids, met in found.items()}
    for conflict in _disputes(by_id, ledger.vocabulary):
        conflicts[conflict.ids] = conflict
    redundant: list[Tension] = []
    for tension in noted:
        ids = (min(tension.claims), max(tension.claims))
        if ids in conflicts:
            redundant.append(tension)
        else:
            conflicts[ids] = _noted(ids, by_id, tension, ledger.vocabulary)
    listed = [_corrected(conflicts[ids], corrections) for ids in sorted(conflicts)]
    return Findings(listed, defective, too_late, redundant, crowds, claims, corrections)


def _corrected(conflict: Conflict, corrections: Mapping[str, tuple[Correction, ...]]) -> Conflict:
    """A conflict with the corrections of its claims: those of a crowd have none, since what was corrected is always listed."""
    of_either = [correction for name in conflict.ids for correction in corrections.get(name, ())] if corrections else ()
    return conflict._replace(corrections=tuple(of_either)) if of_either else conflict


def every_conflict(findings: Findings, vocabulary: Vocabulary) -> Iterator[Conflict]:
    """Every conflict, those of crowds included, sorted by ids, one at a time: memory does not grow with their number."""
    streams = [_of_crowd(crowd, vocabulary) for crowd in findings.crowds]
    return heapq.merge(findings.conflicts, *streams, key=lambda conflict: conflict.ids)


def _of_crowd(crowd: Crowd, vocabulary: Vocabulary) -> Iterator[Conflict]:
    """The conflicts of a crowd, sorted by ids."""
    for account in sorted([*crowd.members, *crowd.above], key=lambda account: account.claim.id):
        found = (conflict_of(met, vocabulary) for met in crowd.verdicts_of(account))
        yield from sorted((conflict for conflict in found if conflict.one is account.claim), key=lambda conflict: conflict.ids)


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


def _by_rule(
    found: list[Account], vocabulary: Vocabulary, touched: set[str], many: int, decided: Decided | None = None
) -> tuple[dict[tuple[str, str], Verdict], list[Crowd]]:
    """The verdict that names each contradicting pair of ids, and the crowds. `touched` are the claims of a dispute, tension,
    resolution or correction: their pairs are always listed, since the note goes before the rule, or stands beside it."""
    best: dict[tuple[str, str], Verdict] = {}
    crowds: list[Crowd] = []
    for members, above in questions_in_places(found, vocabulary):
        crowd = None
        known = _decided_before(members, above, decided or {})
        if known is not None:
            for same in known:
                _keep_best(best, same)
            continue
        met_here: list[Verdict] = []
        few = len(members) * (len(members) + len(above)) <= many
        if not few and not members[0].property.implies:
            apart = [[each for each in group if not each.steps and each.claim.id not in touched] for group in (members, above)]
            crowd = crowd_of(apart[0], apart[1], many) if apart[0] else None
        if crowd is not None:
            crowds.append(crowd)
        listed = 0
        for one, other, which in candidates(members, above) if crowd is None else _pairs_outside(members, above, crowd):
            if one.claim is not other.claim:
                met = verdict(one, other, which)
                if met is not None:
                    _keep_best(best, met)
                    met_here.append(met)
                    listed += 1
                    if listed > MOST_LISTED > many:
                        raise Trouble(_too_many(members[0]))
        if decided is not None and few:
            decided[members[0].question] = members, above, met_here
    for parts, wholes in Parts(found, vocabulary).questions():  # (never taken from `decided`: a whole may be of another question)
        crowds += _parts_by_rule(parts, wholes, touched, many, best)
    return best, crowds


def _decided_before(members: list[Account], above: list[Account], decided: Decided) -> list[Verdict] | None:
    """What was found of a question with the same accounts of the same claims; None where it was not decided, or with others."""
    known = decided.get(members[0].question)
    if known is None or len(known[0]) != len(members) or len(known[1]) != len(above):
        return None
    pairs = zip((*known[0], *known[1]), (*members, *above), strict=True)
    same = all(one.claim is other.claim and one == other for one, other in pairs)
    return known[2] if same else None


def _parts_by_rule(
    parts: list[Account], wholes: list[Figures], touched: set[str], many: int, best: dict[tuple[str, str], Verdict]
) -> list[PartCrowd]:
    """Note how the figures of a question contradict those that they are part of; gives the crowd, where they are many."""
    found = verdicts(parts, wholes, many)
    if found is not None:
        for met in found:
            _keep_best(best, met)
        return []
    crowd, apart = crowded(parts, wholes, touched)
    noted = (found_apart for pair in apart if (found_apart := verdict(*pair)) is not None)
    for listed, met in enumerate(noted, 1):
        _keep_best(best, met)
        if listed > MOST_LISTED:
            raise Trouble(_too_many(parts[0]))
    return [] if crowd is None else [crowd]


def _of_pairs(found: list[Account], vocabulary: Vocabulary, pairs: Collection[frozenset[str]]) -> dict[tuple[str, str], Verdict]:
    """The same for some pairs of ids: however many others there are, only these are decided."""
    best: dict[tuple[str, str], Verdict] = {}
    names = {name for pair in pairs for name in pair}
    for members, above in questions_in_places(found, vocabulary):
        named = [account for account in members if account.claim.id in names]
        larger = [account for account in above if account.claim.id in names] if named else []
        for one, other, which in _pairs_of(named, larger):
            met = verdict(one, other, which) if frozenset((one.claim.id, other.claim.id)) in pairs else None
            if met is not None:
                _keep_best(best, met)
    for met in _parts_of_pairs(found, vocabulary, pairs):
        _keep_best(best, met)
    return best


def _parts_of_pairs(found: list[Account], vocabulary: Vocabulary, pairs: Collection[frozenset[str]]) -> Iterator[Verdict]:
    """How the parts and wholes among some pairs of ids contradict each other."""
    names = {name for pair in pairs for name in pair}
    figures = {account.claim.id: account for account in found if account.claim.id in names and account.property.type == "quantity"}
    for names_of_two in sorted(sorted(pair) for pair in pairs if len(pair) == 2 and pair <= figures.keys()):
        one, other = (figures[name] for name in names_of_two)
        places = {account.place: vocabulary.larger_places(account.place) for account in (one, other)}
        larger = larger_of(one, other, places) if one.subject == other.subject else None
        met = verdict(one, other, larger) if larger else None
        if met is not None:
            yield met


def _pairs_of(members: list[Account], above: list[Account]) -> Iterator[tuple[Account, Account, str]]:
    for number, one in enumerate(members):
        yield from ((one, other, "") for other in members[:number])
        yield from ((one, other, "other") for other in above)


def _keep_best(best: dict[tuple[str, str], Verdict], met: Verdict) -> None:
    """Keep what names a pair best of all ways in which it meets."""
    first, second = met.one.claim.id, met.other.claim.id
    ids = (first, second) if first < second else (second, first)
    known = best.get(ids)
    if known is None or rank(met) < rank(known):
        best[ids] = met


def _too_many(account: Account) -> str:
    return (
        f"more than {MOST_LISTED} contradictions on `{account.property.id}` of `{account.place}` come about through implications, or are "
        "disputed or noted: too many to be listed (fewer claims that imply it, or a smaller ledger, can be read)"
    )


def _pairs_outside(members: list[Account], above: list[Account], crowd: Crowd) -> Iterator[tuple[Account, Account, str]]:
    """The pairs of a place that are not both of its crowd."""
    apart = {id(account) for account in (*crowd.members, *crowd.above)}
    outside = [account for account in members if id(account) not in apart]
    inside = [account for account in members if id(account) in apart]
    for index, one in enumerate(outside):
        yield from ((one, other, "") for other in (*outside[:index], *inside))
        yield from ((one, other, "other") for other in above)
    for one in inside:
        yield from ((one, other, "other") for other in above if id(other) not in apart)


def rank(met: Verdict) -> tuple[bool, bool, str, int, tuple[tuple[str, ...], ...]]:
    """What names a pair that meets in several ways: certain first, then direct, then by property, then by kind."""
    steps = sorted((met.one.steps, met.other.steps))
    return met.strength != CERTAIN, bool(steps[1]), met.one.property.id, KINDS.index(met.kind), tuple(steps)


def questions_in_places(found: Iterable[Account], vocabulary: Vocabulary) -> Iterator[tuple[list[Account], list[Account]]]:
    """The accounts that answer one question in one place, with those of larger places that reach down to it."""
    questions: dict[tuple[str, str | None], dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for account in found:
        if account.stance in ("asserts", "denies") and account.property.type != "text":
            questions[account.property.id, account.subject][account.place].append(account)
    for places in questions.values():
        for place, members in places.items():
            known = members[0].property  # (figures of nested places: `search.wholes`)
            larger = vocabulary.larger_places(place) if known.nests and known.type != "quantity" else []
            yield members, [account for name in larger for account in places.get(name, ()) if values.reaches_down(account)]


def relation(one: Claim, other: Claim, vocabulary: Vocabulary) -> str:
    """`relayed` (of one mouth, and perhaps one saying passed on in two ways), `own` (of one mouth otherwise), `within` (both of one side)
    or `across`."""
    if vocabulary.mouth_of(one.claimant, one.path) == vocabulary.mouth_of(other.claimant, other.path):
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
    one, other = sorted((met.one.claim, met.other.claim), key=lambda claim: claim.id)
    asked = met.asked
    return Conflict(
        one, other, met.kind, met.strength, relation(one, other, vocabulary), asked.place, asked.property.id, asked.subject, met
    )  # fmt: skip


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


def _noted(ids: tuple[str, str], by_id: dict[str, Claim], tension: Tension, vocabulary: Vocabulary) -> Conflict:
    one, other, first = by_id[ids[0]], by_id[ids[1]], by_id[tension.claims[0]]
    return Conflict(
        one, other, "tension", POSSIBLE, relation(one, other, vocabulary), first.place, first.property, first.subject, tension=tension
    )


def both_take_sides(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether both claimants speak for a party; a newspaper or a map speaks for none."""
    return vocabulary.side_of(one.claimant) is not None and vocabulary.side_of(other.claimant) is not None
