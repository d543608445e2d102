"""Ledgers of one town in which very many claims contradict each other."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

FIRST = date(2025, 3, 1)


def crowded(rng: random.Random) -> dict[str, Any]:
    """A ledger of one town, its region and its centre, in which many claims contradict each other."""

    def day(latest: int = 20) -> str:
        text = (FIRST + timedelta(rng.randint(0, latest))).isoformat()
        return text + rng.choice(["", "", "~"])

    claims = []
    for number in range(rng.randint(8, 30)):
        claim = {
            "id": f"c{number}",
            "place": rng.choice(["town", "town", "region", "centre"]),
            "property": "control",
            "value": rng.choice(["ukraine", "russia", "contested"]),
            "extent": rng.choice(["all", "all", "most", "part", "60%"]),
            "claimant": rng.choice(["ministry", "spokesman", "map", "paper"]),
            "said": day(),
        }
        if rng.random() < 0.2:
            claim.update(stance="denies", extent=rng.choice(["all", "most", "part"]))
        elif rng.random() < 0.1:
            claim["stance"] = rng.choice(["doubts", "expects"])
        if rng.random() < 0.6:
            start = FIRST + timedelta(rng.randint(0, 15))
            end = start + timedelta(rng.randint(0, 8))
            claim["holds"] = rng.choice([f"{start}/{end}", f"{start}/..", f"../{end}", f"{start}~", f"{start}~/{end}"])
        if rng.random() < 0.15:
            claim["hedge"] = "reportedly"
        if rng.random() < 0.05 and number:
            claim["disputes"] = [f"c{rng.randrange(number)}"]  # type: ignore[assignment]
        claims.append(claim)
    return {
        "vocabulary": {
            "places": {"region": {}, "town": {"within": "region"}, "centre": {"within": "town"}},
            "claimants": {
                "ministry": {"name": "Ministry", "side": "russia"},
                "spokesman": {"name": "Spokesman", "of": "ministry"},
                "map": {"name": "Map"},
                "paper": {"name": "Paper"},
            },
            "properties": {"control": {"values": ["ukraine", "russia", "contested"], "parts": "true", "lasts": "P5D"}},
        },
        "files": [{"name": "a.yaml", "published": "2025-06-01", "claims": claims}],
    }
