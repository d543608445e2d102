"""What curators worked out about contradictions, and whether it still speaks of the claims as they stand."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from ledger.model import CLAIM_FIELDS, Claim, Ledger, Resolution
from ledger.texts.folding import fold_space

# What a contradiction rests on. A translation, a note or who relayed it can be mended without a second look at the resolution.
MEANING = tuple(name for name, field in CLAIM_FIELDS.items() if field.means)
SETTLED = ("explained", "superseded")


class Resolved(NamedTuple):
    """A resolution, whether both claims still mean what they meant when it was written, and the fingerprint that they have now."""

    resolution: Resolution
    current: bool
    fingerprint: str

    @property
    def settles(self) -> bool:
        """Whether the contradiction needs no more looking at."""
        return self.current and self.resolution.found in SETTLED


def meaning(claim: Claim) -> tuple[str | None, ...]:
    """What a claim says, without its id, its place in the files, and how its texts are wrapped."""
    return tuple(text if text is None else fold_space(text) for text in (getattr(claim, field) for field in MEANING))


def fingerprint(one: Claim, other: Claim) -> str:
    """Twelve hex digits that change when either claim changes its meaning; the order of the two does not matter."""
    both = sorted((meaning(one), meaning(other)), key=lambda said: json.dumps(said))
    return hashlib.sha256(json.dumps(both, ensure_ascii=True).encode()).hexdigest()[:12]


def resolutions_of(ledger: Ledger) -> dict[tuple[str, str], Resolved]:
    """The resolutions by the two ids, sorted; the first of a pair counts, a second one is a defect. Those that name a claim that
    does not exist, or an id that two claims bear, and those without a fingerprint are left out."""
    found: dict[tuple[str, str], Resolved] = {}
    for resolution, right in fingerprints(ledger, [entry for file in ledger.files for entry in file.resolutions if entry.fingerprint]):
        if right:
            found.setdefault((min(resolution.claims), max(resolution.claims)), Resolved(resolution, right == resolution.fingerprint, right))
    return found


def fingerprints(ledger: Ledger, written: list[Resolution]) -> list[tuple[Resolution, str]]:
    """Resolutions, each with the fingerprint that its two claims have; empty where one does not exist, or has its id from two claims."""
    named = {name for resolution in written for name in resolution.claims}
    claims: dict[str, list[Claim]] = {}
    for claim in ledger.claims() if named else ():
        if claim.id in named:
            claims.setdefault(claim.id, []).append(claim)
    found = []
    for resolution in written:
        one, other = (claims.get(name, []) for name in resolution.claims)
        found.append((resolution, fingerprint(one[0], other[0]) if len(one) == len(other) == 1 else ""))
    return found
