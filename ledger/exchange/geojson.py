"""The places that have a point, as GeoJSON (RFC 7946), each with how much is said and contradicted there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.exchange.tables import Exported, plain


def to_geojson(exported: Exported) -> dict[str, Any]:
    """The places by id; none of those without a point."""
    vocabulary = exported.ledger.vocabulary
    claims = Counter(claim.place for claim in exported.claims)
    ruled = Counter(record["place"] for record in exported.conflict_records if record["kind"] != "tension")
    features = []
    for name in sorted(vocabulary.places):
        place = vocabulary.places[name]
        if place.point is None:
            continue
        latitude, longitude = place.point
        told: dict[str, Any] = {"name": plain(place.name_in(vocabulary.language)), "kind": plain(place.kind), "within": place.within}
        told["names"] = {language: plain(each) for language, each in reversed(place.names)}
        features.append(
            {
                "type": "Feature",
                "id": name,
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},  # (in this order, by the standard)
                "properties": {**told, "claims": claims[name], "contradictions": ruled[name]},
            }
        )
    return {"type": "FeatureCollection", "features": features}
