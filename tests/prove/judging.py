"""The little ledgers of the tests of DESIGN section 4, and the two implementations that judge them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import oracle
import pytest
from bridge import as_told, engine_verdicts
from ledger_strategies import ALL, FEATURES

Record = dict[str, Any]
Verdicts = Callable[..., list[dict[str, Any]]]

DEPTHS = {"oblast": 0, "kupiansk": 1, "centre": 2, "north": 2}
PLACES: Record = {
    "oblast": {"kind": "region"},
    "kupiansk": {"kind": "town", "within": "oblast"},
    "centre": {"kind": "part", "within": "kupiansk"},
    "north": {"kind": "part", "within": "kupiansk"},
}
CLAIMANTS: Record = {
    "rus": {"name": "Russian Ministry of Defence", "side": "russia", "kind": "ministry"},
    "konashenkov": {"name": "Igor Konashenkov", "of": "rus"},
    "milblogger": {"name": "A milblogger", "side": "russia"},
    "rus-source": {"name": "a source in the ministry", "kind": "unnamed", "of": "rus"},
    "ukr": {"name": "General Staff", "side": "ukraine"},
    "map": {"name": "DeepState", "kind": "map"},
    "paper": {"name": "A newspaper", "kind": "newspaper"},
    "officer": {"name": "an officer", "kind": "unnamed"},
    "officer-aide": {"name": "the officer's aide", "of": "officer"},
}
SUBJECTS = ["ukraine", "russia"]
NOT_RUSSIA = {"subject": "russia", "property": "control", "value": "russia", "stance": "denies", "extent": "part"}
PROPERTIES: Record = {
    "control": {"values": ["ukraine", "russia", "contested"], "compatible": [], "parts": "true", "lasts": "P14D"},
    "mood": {"values": ["calm", "tense", "quiet"], "compatible": [["calm", "quiet"]]},
    "mood-for-good": {"values": ["calm", "tense"], "lasts": "forever"},
    "builder": {"values": ["ussr", "ukraine"], "timeless": "true"},
    "entry": {"event": "true", "subjects": SUBJECTS, "lasts": "P60D"},
    "shelling": {"event": "true"},
    "fall": {"event": "true", "parts": "true"},
    "withdrawal": {"event": "true", "parts": "true", "subjects": SUBJECTS, "implies": [NOT_RUSSIA]},
    "breach": {"event": "true", "once": "true"},
    "first-entry": {"event": "true", "once": "true", "subjects": SUBJECTS},
    "population": {"quantity": "people", "tolerance": "10%", "lasts": "P2Y"},
    "depth": {"quantity": "metres", "tolerance": "5"},
    "length-km": {"quantity": "km", "timeless": "true"},
    "area-km2": {"quantity": "km2", "timeless": "true"},
    "losses": {"quantity": "vehicles", "subjects": SUBJECTS, "cumulative": "true"},
    "dead": {"quantity": "people", "cumulative": "true", "tolerance": "10%"},
    "construction-ended": {"date": "true", "timeless": "true"},
    "opening": {"date": "true", "lasts": "P14D"},
    "name-for-it": {"text": "true"},
}
SAID = "2025-11-10"


def ledger_with(*claims: Record, properties: Record | None = None, tensions: list[Record] | None = None) -> Record:
    """A ledger of claims c1, c2, ...; a claim's `file` names its file."""
    files: dict[str, Record] = {}
    for number, written in enumerate(claims, 1):
        claim = {"id": f"c{number}", "place": "kupiansk", "property": "control", "said": SAID} | written
        claim.setdefault("claimant", ("map", "paper", "rus", "ukr")[(number - 1) % 4])
        name = claim.pop("file", "a.yaml")
        files.setdefault(name, {"name": name, "published": "2026-06-01", "claims": []})["claims"].append(claim)
    next(iter(files.values()))["tensions"] = tensions or []
    vocabulary = {"places": PLACES, "claimants": CLAIMANTS, "properties": PROPERTIES | (properties or {})}
    return {"vocabulary": vocabulary, "files": list(files.values())}


def control(value: str, **fields: str) -> Record:
    """What a claim of who holds a place says."""
    return {"value": value, **fields}


@dataclass(frozen=True)
class Judge:
    """One of the two implementations."""

    name: str
    verdicts: Verdicts

    def entries(self, *claims: Record, properties: Record | None = None, tensions: list[Record] | None = None) -> list[Record]:
        """All that it finds among claims c1, c2, ..."""
        return self.verdicts(ledger_with(*claims, properties=properties, tensions=tensions))

    def ids(self, *claims: Record, properties: Record | None = None) -> list[str]:
        """The pairs that it finds among claims c1, c2, ..., as "c1 c2"."""
        return [" ".join(entry["claims"]) for entry in self.entries(*claims, properties=properties)]

    def entry(self, *claims: Record, properties: Record | None = None, tensions: list[Record] | None = None) -> list[str | None]:
        """Kind, strength, relation, place, property and subject of the one thing that it finds, between c1 and c2."""
        (entry,) = self.entries(*claims, properties=properties, tensions=tensions)
        assert entry["claims"] == ["c1", "c2"]
        return [entry[name] for name in ("kind", "strength", "relation", "place", "property", "subject")]

    def pair(self, one: Record, two: Record, **both: str) -> str | None:
        """ "kind strength" of two claims, or None. The order of the claims must not matter, the place must be the smaller,
        property and subject theirs (unless they answer by an implication), and a map and a newspaper stand across."""
        one, two = {"property": "control"} | one | both, {"property": "control"} | two | both
        there = self.entries(one, two)
        back = self.entries(two | {"claimant": two.get("claimant", "paper")}, one | {"claimant": one.get("claimant", "map")})
        assert there == back
        if not there:
            return None
        (entry,) = there
        smaller = max((one.get("place", "kupiansk"), two.get("place", "kupiansk")), key=DEPTHS.__getitem__)
        if one["property"] == two["property"]:
            assert (entry["place"], entry["property"], entry["subject"]) == (smaller, one["property"], one.get("subject"))
        if not {"claimant"} & (one.keys() | two.keys()):
            assert entry["relation"] == "across"
        return f"{entry['kind']} {entry['strength']}"

    def __str__(self) -> str:
        return self.name


def oracle_verdicts(ledger: Record, as_of: str | None = None) -> list[Record]:
    """What the oracle finds, as the engine would tell it."""
    return as_told(oracle.verdicts(ledger, as_of))


ENGINE = Judge("engine", engine_verdicts)
JUDGES = (Judge("oracle", oracle_verdicts), ENGINE)
BY_BOTH = pytest.mark.parametrize("judge", JUDGES, ids=str)
BY_ALL_THAT_KNOW = pytest.mark.parametrize(  # of the features of `ledger_strategies.ALL`, also while the engine does not know them
    "judge", (Judge("oracle", oracle.verdicts), *([ENGINE] if FEATURES == ALL else [])), ids=str
)
