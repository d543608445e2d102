"""Each claimant and side: its claims, who contradicts them and how often, its own reversals, what others later agreed with.

Counts of what was said and of what the rules found, each with the claims behind it; nothing here says who is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ledger.answers.agreement import Question, Support, Supports, Texts, origins_of, reports_of, voice_of
from ledger.answers.filters import Filter, claim_matches, conflict_matches, touches
from ledger.conflicts import Conflict
from ledger.conflicts.times import Time
from ledger.model import Claim, Ledger, Vocabulary
from ledger.texts.dates import FAR


class Opponent(NamedTuple):
    """A claimant and its contradictions with another one."""

    claimant: str
    conflicts: tuple[Conflict, ...]


class ClaimantRow(NamedTuple):
    """One claimant. `contradictions` are the pairs that one of its claims stands in, reversals apart; `opponents` are the same
    pairs by the other claimant, most first; `reversals` are pairs of one mouth, but for those that are perhaps one saying `relayed` in two
    ways, and those of which a claim was taken back (`corrected`). `supports` has one entry a claim. `tensions` are what persons noted of its
    claims, counted among none of these.

    `reports` is the number of texts its claims stand in, `origins` that of mouths they come from (an unnamed claimant has many).
    """

    claimant: str
    side: str | None
    claims: tuple[Claim, ...]
    contradictions: tuple[Conflict, ...]
    opponents: tuple[Opponent, ...]
    reversals: tuple[Conflict, ...]
    supports: tuple[Support, ...]
    reports: int
    origins: int
    relayed: tuple[Conflict, ...] = ()
    tensions: tuple[Conflict, ...] = ()
    corrected: tuple[Conflict, ...] = ()

    def agreed_later(self) -> list[Support]:
        """Its claims that others later agreed with."""
        return [support for support in self.supports if support.later]

    def agreement_is_counted(self) -> bool:
        """Whether it is known of each of its claims who agreed with it."""
        return all(support.counted for support in self.supports)


class Cell(NamedTuple):
    """The contradictions between two claimants, reversals included, and the tensions noted between them; `one` has the smaller id, or is
    the same."""

    one: str
    other: str
    conflicts: tuple[Conflict, ...]
    tensions: tuple[Conflict, ...] = ()


class SideRow(NamedTuple):
    """One side (None: claimants that speak for none). `against` are the pairs of `across` by the other side, most first."""

    side: str | None
    claimants: int
    claims: int
    within: tuple[Conflict, ...]
    across: tuple[Conflict, ...]
    reversals: tuple[Conflict, ...]
    against: tuple[tuple[str | None, tuple[Conflict, ...]], ...]
    relayed: tuple[Conflict, ...] = ()
    tensions: tuple[Conflict, ...] = ()
    corrected: tuple[Conflict, ...] = ()


class Tally(NamedTuple):
    """Rows by side, number of claims and id; cells by ids; sides by name, those without one last; the questions on which too many
    claims say the same to be compared."""

    rows: tuple[ClaimantRow, ...]
    cells: tuple[Cell, ...]
    sides: tuple[SideRow, ...]
    not_compared: tuple[Question, ...] = ()


def selected(
    taking_part: Iterable[Claim], conflicts: Iterable[Conflict], wanted: Filter, ledger: Ledger, times: dict[str, Time]
) -> tuple[list[Claim], list[Conflict]]:
    """The claims and contradictions asked for. A claim of another place, property or time is kept where it stands in a
    contradiction that was asked for, so that each count has its claims behind it."""
    seeds = {file.path: file.seed_name for file in ledger.files}
    kept = [conflict for conflict in conflicts if conflict_matches(conflict, wanted, ledger.vocabulary, seeds, times)]
    involved = {name for conflict in kept for name in conflict.ids}
    who = wanted._replace(places=None, property=None, subject=None, since=-FAR, until=FAR)
    claims = [
        claim
        for claim in taking_part
        if (claim_matches(claim, wanted, ledger, seeds[claim.path]) and touches(times.get(claim.id), wanted))
        or (claim.id in involved and claim_matches(claim, who, ledger, seeds[claim.path]))
    ]
    return claims, kept


def tally(claims: Sequence[Claim], conflicts: Sequence[Conflict], supports: Supports, ledger: Ledger, later: bool = True) -> Tally:
    """The tally of the claims and contradictions asked for; `supports` is made of all claims that take part; who agreed `later` is told
    where it is asked for."""
    vocabulary = ledger.vocabulary
    ids = {claim.id for claim in claims}
    by_claimant: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_claimant[claim.claimant].append(claim)
    pairs: dict[str, list[Conflict]] = defaultdict(list)
    cells: dict[tuple[str, str], list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        one, other = conflict.one.claimant, conflict.other.claimant
        cells[min(one, other), max(one, other)].append(conflict)
        for claimant in {claim.claimant for claim in (conflict.one, conflict.other) if claim.id in ids}:
            pairs[claimant].append(conflict)
    rows = []
    for claimant, own in by_claimant.items():
        rows.append(
            _row(claimant, own, pairs[claimant], [supports.of(claim) for claim in own] if later else [], vocabulary, supports.texts)
        )
    rows.sort(key=lambda row: (row.side is None, row.side or "", -len(row.claims), row.claimant))
    ordered = tuple(Cell(*names, *_parted(cells[names])) for names in sorted(cells))
    return Tally(tuple(rows), ordered, _sides(rows, vocabulary), tuple(supports.given_up))


def _parted(pairs: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """Contradictions, and the tensions among the pairs."""
    listed = list(pairs)
    return tuple(conflict for conflict in listed if not conflict.is_tension), tuple(conflict for conflict in listed if conflict.is_tension)


def _row(
    claimant: str, claims: list[Claim], found: list[Conflict], supports: list[Support], vocabulary: Vocabulary, texts: Texts
) -> ClaimantRow:
    pairs, tensions = _parted(found)
    opponents: dict[str, list[Conflict]] = defaultdict(list)
    contradictions = [conflict for conflict in pairs if not conflict.of_one_mouth]
    for conflict in contradictions:
        opponents[theirs(conflict, {claimant}).claimant].append(conflict)
    return ClaimantRow(
        claimant,
        vocabulary.side_of(claimant),
        tuple(claims),
        tuple(contradictions),
        tuple(Opponent(name, tuple(met)) for name, met in sorted(opponents.items(), key=lambda entry: (-len(entry[1]), entry[0]))),
        tuple(conflict for conflict in pairs if conflict.is_reversal),
        tuple(supports),
        reports_of(claims, texts),
        len(origins_of(voice_of(claim, vocabulary, texts) for claim in claims)),
        tuple(conflict for conflict in pairs if conflict.relation == "relayed"),
        tensions,
        tuple(conflict for conflict in pairs if conflict.relation == "own" and not conflict.is_reversal),
    )


def mine(conflict: Conflict, claimants: Collection[str]) -> Claim:
    """The claim of a contradiction that is one of these claimants' (of two, the first by id)."""
    return conflict.one if conflict.one.claimant in claimants else conflict.other


def theirs(conflict: Conflict, claimants: Collection[str]) -> Claim:
    """The other claim of a contradiction."""
    return conflict.other if conflict.one.claimant in claimants else conflict.one


def certain(conflicts: Iterable[Conflict]) -> int:
    """How many of these contradictions are certain."""
    return sum(conflict.strength == "certain" for conflict in conflicts)


def _sides(rows: Iterable[ClaimantRow], vocabulary: Vocabulary) -> tuple[SideRow, ...]:
    members: dict[str | None, list[ClaimantRow]] = defaultdict(list)
    for row in rows:
        members[row.side].append(row)
    found = []
    for side in sorted(members, key=lambda side: (side is None, side or "")):
        pairs = {
            conflict.ids: conflict
            for row in members[side]
            for conflict in (*row.contradictions, *row.reversals, *row.relayed, *row.corrected, *row.tensions)
        }
        ordered, tensions = _parted(pairs[ids] for ids in sorted(pairs))
        by_relation = {
            relation: tuple(conflict for conflict in ordered if conflict.relation == relation)
            for relation in ("within", "across", "own", "relayed")
        }
        against: dict[str | None, list[Conflict]] = defaultdict(list)
        for conflict in by_relation["across"]:
            sides = [vocabulary.side_of(claim.claimant) for claim in (conflict.one, conflict.other)]
            against[sides[1] if sides[0] == side else sides[0]].append(conflict)
        found.append(
            SideRow(
                side,
                len(members[side]),
                sum(len(row.claims) for row in members[side]),
                by_relation["within"],
                by_relation["across"],
                tuple(conflict for conflict in by_relation["own"] if conflict.is_reversal),
                tuple(
                    (name, tuple(met))
                    for name, met in sorted(against.items(), key=lambda entry: (-len(entry[1]), entry[0] is None, entry[0] or ""))
                ),
                by_relation["relayed"],
                tensions,
                tuple(conflict for conflict in by_relation["own"] if not conflict.is_reversal),
            )
        )
    return tuple(found)
