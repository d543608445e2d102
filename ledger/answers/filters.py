"""Which claims and conflicts a reader asked for: one set of filters for `claims`, `conflicts` and `timeline`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.search.counting import Crowd
from ledger.conflicts.times import Time
from ledger.model import Claim, Ledger, Trouble, Vocabulary
from ledger.texts.dates import FAR
from ledger.texts.display import one_line
from ledger.texts.folding import name_key
from ledger.texts.suggestions import did_you_mean


class Filter(NamedTuple):
    """What was asked for; None where nothing was. `places` and `claimants` hold all that count as the one named."""

    places: frozenset[str] | None = None
    property: str | None = None
    subject: str | None = None
    claimants: frozenset[str] | None = None
    side: str | None = None
    seed: str | None = None
    since: int = -FAR
    until: int = FAR

    def has_dates(self) -> bool:
        """Whether a time was asked for."""
        return self.since > -FAR or self.until < FAR


def find_place(name: str, vocabulary: Vocabulary) -> str:
    """The id of the place that bears a name, in any language; raises Trouble for an unknown or a shared one."""
    if name in vocabulary.places:
        return name
    key = name_key(name)
    bearers = sorted(
        {place.id for place in vocabulary.places.values() if any(name_key(known) == key for known in place.all_names()) or place.id == key}
    )
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        raise Trouble(f"several places bear the name {one_line(name)}: {', '.join(bearers)}; ask for one of these ids")
    known = [known for place in vocabulary.places.values() for known in (*place.all_names(), place.id)]
    raise Trouble(f"no place is called {one_line(name)}" + _hint(name, known))


def _hint(name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f": {hint}" if hint else ""


def places_within(place: str, vocabulary: Vocabulary) -> frozenset[str]:
    """A place and all within it, at any depth."""
    return frozenset({place}) | {other for other in vocabulary.places if place in vocabulary.larger_places(other)}


def find_property(name: str, vocabulary: Vocabulary) -> str:
    """The id of the property with that id or title; raises Trouble."""
    key = name_key(name)
    for known in vocabulary.properties.values():
        if known.id == name or name_key(known.title) == key:
            return known.id
    raise Trouble(
        f"no property is called {one_line(name)}"
        + _hint(name, [word for known in vocabulary.properties.values() for word in (known.id, known.title)])
    )


def find_claimants(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The claimant with that id or name, and whoever speaks `of` it; raises Trouble."""
    key = name_key(name)
    named = {
        known.id for known in vocabulary.claimants.values() if known.id == name or key in map(name_key, (known.name, *known.other_names))
    }
    if name in named:
        named = {name}
    if not named:
        words = [word for known in vocabulary.claimants.values() for word in (known.id, known.name, *known.other_names)]
        raise Trouble(f"no claimant is called {one_line(name)}" + _hint(name, words))
    if len(named) > 1:
        raise Trouble(f"several claimants bear the name {one_line(name)}: {', '.join(sorted(named))}; ask for one of these ids")
    return frozenset(other for other in vocabulary.claimants if named & set(vocabulary.chain_of(other)))


def known_or_trouble(name: str, known: Iterable[str], noun: str) -> str:
    """`name` where it is among the known; raises Trouble."""
    words = sorted(set(known))
    if name in words:
        return name
    raise Trouble(
        f"no {noun} is called {one_line(name)}"
        + (_hint(name, words) or (f": there are {', '.join(map(one_line, words[:10]))}" if words else ""))
    )


def claim_matches(claim: Claim, wanted: Filter, ledger: Ledger, seed_name: str) -> bool:
    """Whether a claim is one that was asked for, its time apart."""
    return (
        (wanted.places is None or claim.place in wanted.places)
        and (wanted.property is None or claim.property == wanted.property)
        and (wanted.subject is None or claim.subject == wanted.subject)
        and (wanted.claimants is None or claim.claimant in wanted.claimants)
        and (wanted.side is None or ledger.vocabulary.side_of(claim.claimant) == wanted.side)
        and (wanted.seed is None or seed_name == wanted.seed)
    )


def touches(time: Time | None, wanted: Filter) -> bool:
    """Whether a time, its presumption included, touches the days asked for (a time that can't be told does)."""
    return time is None or (time.start <= wanted.until and wanted.since <= time.presumed)


def conflict_matches(conflict: Conflict, wanted: Filter, vocabulary: Vocabulary, seeds: dict[str, str], times: dict[str, Time]) -> bool:
    """Whether a conflict is one that was asked for: its question or that of either claim, and of claimant, side and seed either claim's."""
    both = (conflict.one, conflict.other)
    if not any(asks_of(wanted, each.place, each.property, each.subject) for each in (conflict, *both)):
        return False
    if wanted.claimants is not None and not any(claim.claimant in wanted.claimants for claim in both):
        return False
    if wanted.side is not None and not any(vocabulary.side_of(claim.claimant) == wanted.side for claim in both):
        return False
    if wanted.seed is not None and not any(seeds.get(claim.path) == wanted.seed for claim in both):
        return False
    return not wanted.has_dates() or _shared_time_touches(conflict, wanted, times)


def asks_of(wanted: Filter, place: str, property: str, subject: str | None) -> bool:
    """Whether a question was asked for."""
    return (
        (wanted.places is None or place in wanted.places)
        and (wanted.property is None or property == wanted.property)
        and (wanted.subject is None or subject == wanted.subject)
    )


def crowd_asked_for(crowd: Crowd, wanted: Filter) -> Crowd | None:
    """As much of a crowd as was asked for: all, where its question is; else the pairs of those above it whose own question is."""
    if asks_of(wanted, crowd.place, crowd.members[0].property.id, crowd.members[0].subject):
        return crowd
    above = [account for account in crowd.above if asks_of(wanted, account.place, account.property.id, account.subject)]
    return crowd.only(crowd.members, above) if above else None


def _shared_time_touches(conflict: Conflict, wanted: Filter, times: dict[str, Time]) -> bool:
    """Whether the days that the two claims share touch those asked for; where they share none, either claim's own."""
    one, other = (
        (conflict.verdict.one.time, conflict.verdict.other.time)
        if conflict.verdict is not None
        else (times.get(conflict.one.id), times.get(conflict.other.id))
    )
    if one is None or other is None:
        return True
    first, last = max(one.start, other.start), min(one.presumed, other.presumed)
    if first <= last:
        return first <= wanted.until and wanted.since <= last
    return touches(one, wanted) or touches(other, wanted)


def times_by_claim(found: Iterable[Account]) -> dict[str, Time]:
    """The time of each claim as it is written, by id."""
    return {account.claim.id: account.time for account in found if not account.steps}
