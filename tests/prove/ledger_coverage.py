"""What random ledgers reach: the kinds, strengths and relations found, the rules that found them, and how many pairs each feature
and each of its rules decides: those that would be told otherwise without it.

    python tests/prove/ledger_coverage.py 20000 1      # of so many ledgers, from a seed
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Any

from ledger_strategies import ALL, FEATURES, random_as_of, random_ledger
from oracle import Oracle
from oracle_claims import Claim
from oracle_ranges import Said, said_days, written_date

Record = dict[str, Any]

# --- A ledger without a feature ----------------------------------------------------------------------------------


def fields_dropped(ledger: Record, kind: str, option: str) -> Iterator[Record]:
    """Drop an option of the claims, or of the quantities; yield what had it."""
    entries: Iterable[Record] = (claim for file in ledger["files"] for claim in file["claims"])
    if kind == "quantities":
        entries = (prop for prop in ledger["vocabulary"]["properties"].values() if "quantity" in prop)
    for entry in entries:
        if entry.pop(option, None):
            yield entry


def by_days_dated(ledger: Record) -> Iterator[Record]:
    """Turn `said: ../B` into `said: B`; yield the claims."""
    for file in ledger["files"]:
        for claim in file["claims"]:
            if claim["said"].startswith("../"):
                claim["said"] = claim["said"].removeprefix("../")
                if written_date(claim["said"]).first > said_days(file["published"], file["published"]).sure.last:
                    claim["said"] = file["published"]
                yield claim


LEAVING_OUT: dict[str, Callable[[Record], Iterator[Record]]] = {
    "via": lambda ledger: fields_dropped(ledger, "claims", "via"),
    "corrects": lambda ledger: fields_dropped(ledger, "claims", "corrects"),
    "parts of quantities": lambda ledger: fields_dropped(ledger, "quantities", "parts"),
    "part-of": lambda ledger: fields_dropped(ledger, "quantities", "part-of"),
    "said by a day": by_days_dated,
}

# --- The oracle without a rule -----------------------------------------------------------------------------------


class ByOneSeed(Oracle):
    """Without: in two seeds a saying was passed on, whoever did."""

    def passed_on(self, one: str, two: str) -> bool:
        return self.files[one] is self.files[two] and super().passed_on(one, two)


class ByWhatIsWritten(Oracle):
    """Without: `via` counts, within a seed."""

    def passed_on(self, one: str, two: str) -> bool:
        return self.files[one] is not self.files[two] and super().passed_on(one, two)


class AlwaysPassedOn(Oracle):
    """Without: only what may have been said on one day was passed on."""

    def passed_on(self, one: str, two: str) -> bool:
        usual = self.voices[two][0]
        self.voices[two][0] = replace(usual, said=self.voices[one][0].said)
        try:
            return super().passed_on(one, two)
        finally:
            self.voices[two][0] = usual


class CorrectedAtOnce(Oracle):
    """Without: a correction counts once its file was published."""

    def corrected_by(self, record: Any) -> Iterable[str]:
        return record.get("corrects") or ()


class Directly(Oracle):
    """Without: part of another through others."""

    def wholes(self, prop: str) -> Iterator[str]:
        return islice(super().wholes(prop), 1)


class OfOnePlace(Oracle):
    """Without: of two properties, the part's place may lie within the whole's."""

    def is_part(self, part: Claim, whole: Claim) -> bool:
        return (part.property == whole.property or part.place == whole.place) and super().is_part(part, whole)


class OfPlacesAtAll(Oracle):
    """Without: of two properties and places, the whole's must have `parts`."""

    def is_part(self, part: Claim, whole: Claim) -> bool:
        alike = part.subject == whole.subject and whole.property in self.wholes(part.property)
        return super().is_part(part, whole) or (alike and self.lies_within(part.place, whole.place))


class OwnTolerance(Oracle):
    """Without: the tolerance is the whole's."""

    def part_against_whole(self, part: Claim, whole: Claim) -> tuple[str | None, str | None]:
        usual = self.properties
        own = {key: value for key, value in usual[whole.property].items() if key != "tolerance"}
        own |= {key: value for key, value in usual[part.property].items() if key == "tolerance"}
        self.properties = {**usual, whole.property: own}
        try:
            return super().part_against_whole(part, whole)
        finally:
            self.properties = usual


class StartsUnstated(Oracle):
    """Without: of counts, a part against its whole is certain only where both state a start."""

    def part_against_whole(self, part: Claim, whole: Claim) -> tuple[str | None, str | None]:
        before = self.trace["time: a part's count, no start stated"]
        kind, strength = super().part_against_whole(part, whole)
        return kind, "certain" if self.trace["time: a part's count, no start stated"] > before else strength


class NeverDenied(Oracle):
    """Without: denials of a part or a whole."""

    def part_against_whole(self, part: Claim, whole: Claim) -> tuple[str | None, str | None]:
        kind, strength = super().part_against_whole(part, whole)
        return None if kind == "denial" else kind, strength


class SinceThatDay(Oracle):
    """Without: for what is certain, what was said by a day may be older than every day."""

    def said(self, said: str, published: str) -> Said:
        usual = super().said(said, published)
        return replace(usual, sure=usual.own)


class NoOlder(Oracle):
    """Without: for what is possible, it may be a year older."""

    def said(self, said: str, published: str) -> Said:
        usual = super().said(said, published)
        return replace(usual, may=usual.own)


class AsOldAsEver(Oracle):
    """Without: for what is possible, it is no older than a year."""

    def said(self, said: str, published: str) -> Said:
        usual = super().said(said, published)
        return replace(usual, may=usual.sure)


class OfOneMouthToo(Oracle):
    """Without: between claims of one mouth, for times and periods, it is no older than that day."""

    def said(self, said: str, published: str) -> Said:
        usual = super().said(said, published)
        return replace(usual, own=usual.may)


class PublishedLater(Oracle):
    """Without: that day is cut at the last on which the text was published."""

    def said(self, said: str, published: str) -> Said:
        usual, uncut = super().said(said, published), super().said(said, "9000")
        first = uncut.own.first
        if not said.startswith("../") or first <= usual.own.last:
            return usual
        return replace(usual, may=replace(usual.may, first=uncut.may.first), own=replace(usual.own, first=first))


WITHOUT: dict[str, tuple[str, type[Oracle]]] = {  # what each is without, and the feature that the ledger must have
    "relayed: in two seeds": ("", ByOneSeed),
    "relayed: by others, in one seed": ("via", ByWhatIsWritten),
    "relayed: perhaps on one day": ("", AlwaysPassedOn),
    "corrects: once published (as of a day)": ("corrects", CorrectedAtOnce),
    "part-of: through others": ("part-of", Directly),
    "part-of: in nested places": ("part-of", OfOnePlace),
    "part-of: in nested places, only with parts": ("part-of", OfPlacesAtAll),
    "part-of: the whole's tolerance": ("part-of", OwnTolerance),
    "parts: certain where both state a start": ("cumulative", StartsUnstated),
    "parts: denials": ("quantity", NeverDenied),
    "by: for what is certain, before every day": ("../", SinceThatDay),
    "by: for what is possible, a year before": ("../", NoOlder),
    "by: for what is possible, no older": ("../", AsOldAsEver),
    "by: of one mouth, no older than the day": ("../", OfOneMouthToo),
    "by: cut where it was published": ("../", PublishedLater),
}

# --- Counting ----------------------------------------------------------------------------------------------------


def family(prop: Record) -> str:
    """Name the kind of a property and those of its options that choose a rule."""
    kind = next(kind for kind in ("values", "quantity", "date", "event", "text") if kind in prop)
    return " ".join([kind, *(option for option in ("parts", "cumulative", "once", "timeless") if option in prop)])


def told(oracle: Oracle) -> dict[str, Record]:
    """Give what an oracle tells of each pair."""
    return {" ".join(entry["claims"]): entry for entry, _ in oracle.verdicts()}


def differing(one: dict[str, Record], two: dict[str, Record]) -> int:
    """Count the pairs of which two answers differ."""
    return sum(one.get(pair) != two.get(pair) for pair in one.keys() | two.keys())


def decided_by_features(ledger: Record, entries: Iterable[Record]) -> Counter[str]:
    """Count the pairs that each feature decides in a ledger of which these are the entries: those that are called `relayed`, and those
    that would be told otherwise without a field or an option."""
    usual = {" ".join(entry["claims"]): entry for entry in entries}
    counts = Counter({"relayed": sum(entry["relation"] == "relayed" for entry in usual.values())})
    for name, leaving_out in LEAVING_OUT.items():
        without = deepcopy(ledger)
        if list(leaving_out(without)):
            counts[name] += differing(usual, told(Oracle(without)))
    return counts


def decided(ledger: Record, as_of: str) -> Counter[str]:
    """Count the pairs that each feature and each of its rules decides."""
    text, entries = str(ledger), list(told(Oracle(ledger)).values())
    counts = Counter({f"decides: {name}": number for name, number in decided_by_features(ledger, entries).items()})
    for name, (wanted, variant) in WITHOUT.items():
        if wanted in text:
            day = as_of if "as of" in name else None
            counts[f"decides: {name}"] += differing(told(Oracle(ledger, day)), told(variant(ledger, day)))
    return counts


def coverage(n: int, seed: int, features: Collection[str] = FEATURES) -> str:
    """Count, over n random ledgers, the kinds, strengths and relations found, the rules that found them, and what decided them."""
    rng, counts, trace = random.Random(seed), Counter[str](), Counter[str]()
    for _ in range(n):
        ledger = random_ledger(rng, features)
        claims = {claim["id"]: claim for file in ledger["files"] for claim in file["claims"]}
        entries = list(Oracle(ledger, None, trace).verdicts())
        counts["ledgers: " + ("with a conflict" if entries else "without")] += 1
        if features:
            counts += decided(ledger, random_as_of(rng))
        for entry, found in entries:
            pair = [claims[id] for id in entry["claims"]]
            nested = ", nested" if len({claim["place"] for claim in pair}) > 1 else ""
            how = "" if found.direct else ", implied"
            how += ", of two properties" if found.direct and len({claim["property"] for claim in pair}) > 1 else ""
            counts[f"kind: {entry['kind']} {entry['strength']}"] += 1
            counts[f"relation: {entry['relation']}"] += 1
            for _, by in entry["corrected"]:
                counts["corrected: by " + ("the other" if by in entry["claims"] else "a third") + f", {entry['kind']}"] += 1
            if entry["subject"]:
                counts["subject: named"] += 1
            name = family(ledger["vocabulary"]["properties"][entry["property"]])
            counts[f"rule: {name}: {entry['kind']} {entry['strength']}{nested}{how}"] += 1
    return "\n".join(f"{count:8}  {name}" for name, count in sorted((counts + trace).items()))


if __name__ == "__main__":
    print(coverage(int(sys.argv[1]), int(sys.argv[2]), ALL))
