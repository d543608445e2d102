"""Reasons as sentences: each kind of contradiction, told in words that a reader needs no data model for."""

from __future__ import annotations

from typing import Any

import pytest
from small import Fields, file_of

from ledger.conflicts import find_conflicts
from ledger.conflicts.reasons import reason
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree

VOCABULARY = """format: 1
language: en
places:
  millbrook: {kind: town, names: {en: Millbrook}, within: county}
  county: {kind: county, names: {en: Mill County}}
claimants:
  ministry: {name: The Ministry, side: east}
  council: {name: The Council, side: west}
  gazette: {name: Gazette}
properties:
  control:
    title: who holds it?
    values: {east: the East, west: the West}
    parts: true
    lasts: P14D
    says: "{value} holds {place}"
    denied: "{value} does not hold {place}"
  left:
    title: have all forces of ... left?
    event: true
    parts: true
    subjects: {east: the East}
    says: "all forces of {subject} have left {place}"
    implies: [{property: control, value: east, stance: denies, extent: part}]
  bridge: {title: is the bridge open?, values: [open, closed], lasts: P7D}
  flooded: {title: has been flooded, event: true}
  breach: {title: has been breached, event: true, once: true}
  finished: {title: when it was finished, date: true, timeless: true}
  dead: {title: how many have died, quantity: people, cumulative: true, parts: true, tolerance: 10%}
  children: {title: how many children have died, quantity: people, cumulative: true, part-of: dead, tolerance: 10%}
  people: {title: how many live there, quantity: people, tolerance: 10%, lasts: P1Y}
"""
DEAD: dict[str, str] = {"property": "dead"}


def told(one: dict[str, str], other: dict[str, str], **more: Any) -> str:
    """The reason of the one contradiction between two claims of two claimants."""
    usual: list[Fields] = [{"id": "one", "claimant": "ministry", "quote": "so"}, {"id": "two", "claimant": "council", "quote": "or so"}]
    claims = [{"said": "2025-03-10", **each, **given} for each, given in zip(usual, (one, other), strict=True)]
    files = {"ledger.yaml": VOCABULARY, **file_of(claims)}
    ledger = load(MemoryTree({path: text.encode() for path, text in files.items()}))
    (conflict,) = find_conflicts(ledger).conflicts
    return reason(conflict, ledger.vocabulary)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            {"value": "east", "extent": "all"},
            {"value": "west", "extent": "part"},
            "it can't be both that the East holds all of Millbrook and that the West holds part of Millbrook; both speak of 2025-03-10",
        ),
        (
            {"value": "east", "stance": "denies", "extent": "part", "place": "county"},
            {"value": "east"},
            "it can't be both that the East holds Millbrook and that the East does not hold any part of Mill County; both speak of 2025-03-10",
        ),
        (
            {"value": "east", "extent": "most"},
            {"value": "west", "extent": '">=50%"', "said": "2025-03-08/2025-03-12"},
            "it can't be both that the East holds most of Millbrook and that the West holds at least 50 % of Millbrook; "
            "only if both speak of the same day, 2025-03-10",
        ),
        (
            {"value": "east", "said": "2025-03-09/2025-03-11"},
            {"value": "west", "said": "2025-03-10/2025-03-12"},
            "it can't be both that the East holds Millbrook and that the West holds Millbrook; "
            "only if both speak of the same day, 2025-03-10 or 2025-03-11",
        ),
        (
            {"value": "east", "said": "2025-03-03"},
            {"value": "west"},
            "it can't be both that the East holds Millbrook and that the West holds Millbrook; "
            "only if The Ministry's account of 2025-03-03 still held on 2025-03-10",
        ),
        (
            {"value": "east", "hedge": "so"},
            {"value": "west"},
            "it can't be both that the East holds Millbrook and that the West holds Millbrook; only possible, since the words “so” leave it open",
        ),
        (
            {"value": "east", "extent": "all", "holds": "2025-03-01/2025-03-20", "said": "2025-03-30"},
            {"property": "left", "subject": "east", "holds": "2025-03-12", "said": "2025-03-12"},
            "it can't be both that the East holds all of Millbrook and that the East does not hold any part of Millbrook; "
            "the second follows from this: all forces of the East have left Millbrook; only if it was already so before what happened on 2025-03-12",
        ),
        (
            {"property": "bridge", "value": "open"},
            {"property": "bridge", "value": "closed"},
            "it can't be both open and closed; both speak of 2025-03-10",
        ),
        (
            {"property": "flooded", "holds": "2025-03-02"},
            {"property": "flooded", "stance": "denies"},
            "it can't both have happened and not have happened; both speak of 2025-03-10",
        ),
        (
            {"property": "breach", "holds": "2025-03-02"},
            {"property": "breach", "holds": "2025-03-03/2025-03-06"},
            "it happens at most once, and not both on 2025-03-02 and on some day from 2025-03-03 to 2025-03-06",
        ),
        (
            {"property": "finished", "value": "1971"},
            {"property": "finished", "value": "1974~"},
            "it can't have been both 1971 and about 1974; it is a fixed fact, whenever it was said",
        ),
        (
            {"property": "people", "value": "~27000"},
            {"property": "people", "value": "55000"},
            "about 27,000 people and 55,000 people are too far apart to be the same, even with 10 % to spare; both speak of 2025-03-10",
        ),
        (
            DEAD | {"value": "5500", "said": "2023-09-15"},
            DEAD | {"value": "3252", "said": "2023-09-16"},
            "a count can't fall: 5,500 people by 2023-09-15, 3,252 people by 2023-09-16, even with 10 % to spare",
        ),
        (
            DEAD | {"value": "3252", "said": "2023-09-14/2023-09-15"},
            DEAD | {"value": "5500", "said": "2023-09-15"},
            "a count can't fall: 5,500 people by 2023-09-15, 3,252 people by 2023-09-14 or 2023-09-15, even with 10 % to spare; "
            "only if 5,500 people were counted no later than 3,252 people",
        ),
        (
            DEAD | {"value": "5500", "place": "millbrook", "said": "2023-09-15"},
            DEAD | {"value": "3252", "place": "county", "said": "2023-09-16"},
            "a part can't be more than its whole: 5,500 people (Millbrook) against 3,252 people (Mill County), even with 10 % to spare; "
            "only if the part was counted for no longer than its whole: not both say from when they count",
        ),
        (
            {"property": "children", "value": "90"},
            DEAD | {"value": "60"},
            "a part can't be more than its whole: 90 people (how many children have died) against 60 people (how many have died), even with 10 % "
            "to spare; only if the part was counted for no longer than its whole: not both say from when they count",
        ),
        (
            {"value": "east", "disputes": "[two]"},
            {"value": "east", "extent": "part"},
            "The Ministry expressly disputes what The Council said",
        ),
    ],
)
def test_why_two_claims_contradict_each_other(one: dict[str, str], other: dict[str, str], words: str) -> None:
    assert told(one, other) == words


def test_of_one_mouth_the_relays_are_named() -> None:
    one, other = DEAD | {"value": "5500", "via": "[gazette]"}, DEAD | {"value": "3252", "claimant": "ministry", "via": "[council]"}
    assert told(one, other).endswith("; perhaps one saying: 5,500 people as Gazette passed it on, 3,252 people as The Council did")


def test_what_was_taken_back_says_so() -> None:
    other = {"value": "west", "claimant": "ministry", "said": "2025-03-10", "corrects": "[one]"}
    assert told({"value": "east", "said": "2025-03-09/2025-03-10"}, other).endswith("; one was taken back on 2025-03-10 by two")
