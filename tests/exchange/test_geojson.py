"""Places with a point as GeoJSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run
from small import VOCABULARY, ledger_at

from ledger.exchange.geojson import to_geojson
from ledger.exchange.tables import Exported, tables_of
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree

POINTED = VOCABULARY.replace("kind: town,", "kind: town, point: [48.0, 37.8],")


def exported(folder: Path) -> Exported:
    """A ledger of which one place has a point."""
    ledger = load(WorkTree(str(ledger_at(folder, vocabulary=POINTED))))
    return Exported(ledger, ledger.claims()[:2], [{}, {}], [{"place": "millbrook", "kind": "exclusive"}], {}, [], [], {})


def test_a_place_with_a_point_is_a_feature(tmp_path: Path) -> None:
    geojson = pytest.importorskip("geojson")
    found = geojson.loads(json.dumps(to_geojson(exported(tmp_path))))
    (feature,) = found["features"]
    assert found.is_valid and feature["geometry"]["coordinates"] == [37.8, 48.0]  # longitude first
    told = feature["properties"]
    assert (feature["id"], told["name"], told["names"]["uk"], told["claims"], told["contradictions"]) == (
        "millbrook",
        "Millbrook",
        "Мілл'брук",
        2,
        1,
    )


def test_its_latitude_and_longitude_are_in_the_table(tmp_path: Path) -> None:
    given = exported(tmp_path)._replace(claims=[], claim_records=[], conflict_records=[])
    places = next(table for table in tables_of(given) if table.name == "places").records()
    assert {row["id"]: (row["latitude"], row["longitude"]) for row in places if row["latitude"]} == {"millbrook": (48.0, 37.8)}


def test_a_ledger_without_points_has_no_feature(tmp_path: Path) -> None:
    outcome = run("-C", ledger_at(tmp_path), "export", "geojson")
    assert (outcome.code, json.loads(outcome.out)) == (0, {"type": "FeatureCollection", "features": []})


def test_the_command_writes_points_at_every_end_of_the_globe(tmp_path: Path) -> None:
    geojson = pytest.importorskip("geojson")
    points: dict[str, list[float]] = {
        "county": [-90, -180],
        "millbrook": [48.28, 37.18],
        "millbrook-north": [90, 180],
        "ivanivka-east": [0, -0.0],
    }
    vocabulary = VOCABULARY
    for name, point in points.items():
        vocabulary = vocabulary.replace(f"  {name}: {{", f"  {name}: {{point: {json.dumps(point)}, ")
    outcome = run("-C", ledger_at(tmp_path, vocabulary=vocabulary), "export", "geojson")
    found = geojson.loads(outcome.out)
    assert outcome.code == 0 and found.is_valid
    assert {each["id"]: each["geometry"]["coordinates"] for each in found["features"]} == {
        name: point[::-1] for name, point in points.items()
    }
