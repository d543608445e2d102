"""Questions -> verdicts: the readings that answer one question, held against each other.

This is all of the rules that looks at more than two claims. Whoever has readings may ask: the finder of a whole ledger, or an engine that
hands over those of some places at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ledger.conflicts import values
from ledger.conflicts.accounts import Account
from ledger.conflicts.search.candidates import candidates
from ledger.conflicts.search.counting import Crowd, crowd_of
from ledger.conflicts.search.wholes import Figures, PartCrowd, Parts, crowded, verdicts
from ledger.conflicts.verdicts import CERTAIN, KINDS, Verdict, larger_of, verdict
from ledger.model import Trouble, Vocabulary

MOST_LISTED = 1_000_000  # pairs of one question that no crowd can hold: above it memory would grow with their number


# What was found of a question (property, subject and place) in another state of a ledger, with the accounts that it was found in.
Decided = dict[tuple[str, str | None, str], tuple[list[Account], list[Account], list[Verdict]]]


def by_rule(
    found: list[Account],
    vocabulary: Vocabulary,
    touched: Collection[str],
    many: int,
    decided: Decided | None = None,
    places: Collection[str] | None = None,
) -> tuple[dict[tuple[str, str], Verdict], list[Crowd]]:
    """The verdict that names each contradicting pair of ids, and the crowds. `touched` are the claims of a dispute, tension,
    resolution or correction: their pairs are always listed, since the note goes before the rule, or stands beside it. Where `places` are
    given, only questions about these are asked; what is said of larger ones is held against them."""
    best: dict[tuple[str, str], Verdict] = {}
    crowds: list[Crowd] = []
    for members, above in _questions(found, vocabulary, places):
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
    for parts, wholes in Parts(found, vocabulary).questions(places):  # (never taken from `decided`: a whole may be of another question)
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
    parts: list[Account], wholes: list[Figures], touched: Collection[str], many: int, best: dict[tuple[str, str], Verdict]
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


def of_pairs(found: list[Account], vocabulary: Vocabulary, pairs: Collection[frozenset[str]]) -> dict[tuple[str, str], Verdict]:
    """The same for some pairs of ids: however many others there are, only these are decided."""
    best: dict[tuple[str, str], Verdict] = {}
    names = {name for pair in pairs for name in pair}
    for members, above in _questions(found, vocabulary):
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
    if known is None or _rank(met) < _rank(known):
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


def _rank(met: Verdict) -> tuple[bool, bool, str, int, tuple[tuple[str, ...], ...]]:
    """What names a pair that meets in several ways: certain first, then direct, then by property, then by kind."""
    steps = sorted((met.one.steps, met.other.steps))
    return met.strength != CERTAIN, bool(steps[1]), met.one.property.id, KINDS.index(met.kind), tuple(steps)


def _questions(
    found: Iterable[Account], vocabulary: Vocabulary, asked: Collection[str] | None = None
) -> Iterator[tuple[list[Account], list[Account]]]:
    """The accounts that answer one question in one place (of those that are asked about), with those of larger places that reach down to
    it."""
    questions: dict[tuple[str, str | None], dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for account in found:
        if account.stance in ("asserts", "denies") and account.property.type != "text":
            questions[account.property.id, account.subject][account.place].append(account)
    for places in questions.values():
        for place, members in places.items():
            if asked is not None and place not in asked:
                continue
            known = members[0].property  # (figures of nested places: `search.wholes`)
            larger = vocabulary.larger_places(place) if known.nests and known.type != "quantity" else []
            yield members, [account for name in larger for account in places.get(name, ()) if values.reaches_down(account)]
