"""Which claims and conflicts a reader asked for: one set of filters for `claims`, `conflicts` and `timeline`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.accounts import Account
from ledger.conflicts.search.counting import Crowd
from ledger.conflicts.times import Time
from ledger.model import Claim, Ledger, Vocabulary
from ledger.texts.dates import FAR
from ledger.texts.folding import name_key

NamesByWord = Mapping[str, Mapping[str, Collection[str]]]


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
    place: str | None = None  # the one that was named

    def has_dates(self) -> bool:
        """Whether a time was asked for."""
        return self.since > -FAR or self.until < FAR


def places_within(place: str, vocabulary: Vocabulary) -> frozenset[str]:
    """A place and all within it, at any depth."""
    return frozenset({place}) | {other for other in vocabulary.places if place in vocabulary.larger_places(other)}


def around(place: str, vocabulary: Vocabulary, names: NamesByWord | None = None) -> list[str]:
    """What lies around a place, nearest first: the places that it lies within, and before them those outside it that are named after
    it (`the area around Kupiansk`), with what lies within these. Whoever asks of many places gives `names_by_word`."""
    larger = vocabulary.larger_places(place)
    named = _named_after(place, vocabulary, names_by_word(vocabulary) if names is None else names)
    if not named:
        return larger
    apart = {*places_within(place, vocabulary), *larger}
    beside = [
        other for other in vocabulary.places if other not in apart and not named.isdisjoint((other, *vocabulary.larger_places(other)))
    ]
    return [*beside, *larger]


def names_by_word(vocabulary: Vocabulary) -> NamesByWord:
    """The places in whose names a word stands, by that word: each with these names, as words with a space around them. Other spellings are
    what texts write, of several places at once too (`the Millbrook and Barrow fields`): they name a place after none."""
    found: dict[str, dict[str, list[str]]] = {}
    for place in vocabulary.places.values():
        for name in filter(None, (*(name for _, name in place.names), place.short)):
            words = _words(name).split()
            for word in dict.fromkeys(words):
                found.setdefault(word, {}).setdefault(place.id, []).append(f" {' '.join(words)} ")
    return found


def _named_after(place: str, vocabulary: Vocabulary, by_word: NamesByWord) -> set[str]:
    """The places in one of whose names a name of the place stands as a word, but for it and those that it lies within."""
    known = vocabulary.places.get(place)
    apart = {place, *vocabulary.larger_places(place)}
    found: set[str] = set()
    for words in filter(None, map(_words, known.all_names() if known is not None else ())):
        near = min((by_word.get(word, {}) for word in words.split()), key=len)
        found.update(other for other, names in near.items() if other not in apart and any(f" {words} " in name for name in names))
    return found


def _words(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in name_key(name)).split())


def said_around(claims: Iterable[Claim], wanted: Filter, ledger: Ledger) -> list[tuple[str, int]]:
    """Of a place that was asked for, what lies around it and was left out: each place with its claims that match otherwise, nearest
    first. Only claims said of that place itself count."""
    if wanted.place is None:
        return []
    near = around(wanted.place, ledger.vocabulary)
    seeds = {file.path: file.seed_name for file in ledger.files}
    anywhere = wanted._replace(places=frozenset(near))
    counted = Counter(claim.place for claim in claims if claim_matches(claim, anywhere, ledger, seeds[claim.path]))
    return [(place, counted[place]) for place in near if counted[place]]


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
    asks_all = wanted.places is None and wanted.property is None and wanted.subject is None
    if not asks_all and not any(asks_of(wanted, each.place, each.property, each.subject) for each in (conflict, *both)):
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
