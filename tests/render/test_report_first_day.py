"""The day that the map of a report shows at first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import run
from small import Fields, file_of, ledger_at

VOCABULARY = """format: 1
language: en
places:
  north: {kind: town, names: {en: North}, point: [10, 10]}
  south: {kind: town, names: {en: South}, point: [9, 10]}
claimants:
  mayor: {name: Mayor, kind: authority}
properties:
  open: {title: is the road open?, values: ["yes", "no"], says: "the road to {place} is open: {value}"}
"""


@pytest.mark.parametrize(
    ("days", "first"),
    [
        ([("north", "2024-01-02"), ("south", "2024-01-05")], "2024-01-05"),
        ([("north", "2024-01-02"), ("south", "2024-01-02"), ("north", "2024-01-09")], "2024-01-02"),
        ([("north", "2024-01-01/2024-01-07"), ("north", "2024-01-05"), ("south", "2024-01-03/2024-01-04")], "2024-01-04"),
    ],
)
def test_it_is_that_with_answers_for_most_places_of_several_the_last(tmp_path: Path, days: list[tuple[str, str]], first: str) -> None:
    claims: list[Fields] = [
        {"id": f"a{number}", "place": place, "property": "open", "value": '"yes"', "claimant": "mayor", "said": "2024-01-10", "holds": holds, "quote": f"open {number}"}
        for number, (place, holds) in enumerate(days)
    ]  # fmt: skip
    code, out, err = run("-C", ledger_at(tmp_path, file_of(claims), VOCABULARY), "report")
    assert (code, err) == (0, "")
    assert re.findall(r'id="mapday">([^<]+)<', out) == [first] and f'type="date" value="{first}"' in out
