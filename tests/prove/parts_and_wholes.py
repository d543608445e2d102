"""Ledgers of figures, of which many are part of others: children among the dead, a town in its region."""

from __future__ import annotations

import random

from judging import CLAIMANTS, PLACES, SAID, Record

PEOPLE: Record = {"quantity": "people"}
COUNTED: Record = {"quantity": "people", "cumulative": "true"}
PARTS: Record = {
    "deaths": COUNTED | {"parts": "true"},
    "children": COUNTED | {"part-of": "deaths", "parts": "true"},
    "girls": COUNTED | {"part-of": "children"},
    "hurt": COUNTED,
    "badly-hurt": COUNTED | {"part-of": "hurt", "parts": "true"},
    "present": PEOPLE | {"parts": "true", "lasts": "P14D", "tolerance": "10%"},
    "officers": PEOPLE | {"part-of": "present", "lasts": "P14D"},
    "lost": COUNTED | {"subjects": ["ukraine", "russia"]},
    "captured": COUNTED | {"subjects": ["russia", "ukraine"], "part-of": "lost"},
    "length": {"quantity": "km", "timeless": "true", "parts": "true"},
    "paved": {"quantity": "km", "timeless": "true", "part-of": "length"},
}


def random_figures(rng: random.Random, size: int) -> Record:
    """A ledger of figures of parts and wholes."""
    claims = []
    for _ in range(size):
        property = rng.choice(["deaths", "children", "girls", "present", "officers", "length", "paved", "lost", "captured"])
        low = rng.randint(1, 12)
        value = rng.choice([str(low), f">={low}", f">{low}", f"<={low}", f"<{low}", f"{low}..{low + 3}", f"~{low}"])
        said = rng.choice(["2025-11-10", "2025-11-12~", "2025-11", "2025-11-28"])
        claim: Record = {
            "property": property, "value": value, "place": rng.choice(list(PLACES)), "claimant": rng.choice(list(CLAIMANTS)),
            "stance": rng.choice(["asserts"] * 3 + ["denies", "doubts"]), "said": said,
        }  # fmt: skip
        if property in ("lost", "captured"):
            claim["subject"] = rng.choice(["russia", "ukraine"])
        if property not in ("length", "paved"):
            held = rng.choice([None, SAID, "2025-11", "2025-11-01/2025-11-10", "2025-11-03~/2025-11", "2025-10/..", "../2025-11-12"])
            claim |= {"holds": held} if held else {}
        claims.append(claim | ({"hedge": "perhaps"} if rng.random() < 0.1 else {}))
    named = [{"id": f"c{number:02}", **claim} for number, claim in enumerate(claims)]
    vocabulary = {"places": PLACES, "claimants": CLAIMANTS, "properties": PARTS}
    return {"vocabulary": vocabulary, "files": [{"name": "a.yaml", "published": "2026-06-01", "claims": named}]}
