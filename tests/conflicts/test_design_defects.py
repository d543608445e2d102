"""DESIGN section 4, what is refused: a claim with a defect takes no part in contradictions, and what is not one matters not."""

from __future__ import annotations

from typing import Any

import pytest
from bridge import ledger_of, verdicts_of
from judging import Record, control, ledger_with

from ledger.rules import excluded

SUPPLY: Record = {"values": ["cut", "open"], "subjects": ["near", "far"]}


def left_out(written: Record) -> bool:
    """Whether the engine leaves c1 out for a defect, and finds a contradiction with it only if it does not."""
    ledger = ledger_of(written)
    defective = excluded(ledger)
    out = {claim.id for claim in ledger.claims() if (claim.path, claim.line) in defective}
    assert out <= {"c1"} and bool(verdicts_of(ledger, left_out=defective)) == (not out)
    return bool(out)


@pytest.mark.parametrize(
    ("field", "text", "out"),
    [
        ("holds", "2025-11-20/2025-11", False),  # B+ is the 30th
        ("holds", "2025-11-20/2025-11-19", True),  # B certainly before A
        ("holds", "2025-11-XX", True),  # EDTF has more: refused
        ("holds", "2025-21", True),
        ("holds", "2025-11-20?", True),
        ("holds", "../..", True),
        ("said", "2025-11-01/..", True),
        ("said", "2026-06-02", True),  # certainly after it was published
        ("said", "2026-06-02~", False),
        ("extent", "0%", True),  # nothing at all is a denial
        ("extent", ">100%", True),
        ("extent", "half", True),
        ("value", "germany", True),
        ("colour", "red", True),  # an unknown key
        ("subject", "russia", True),  # of a property without subjects
        ("place", "atlantis", True),
        ("quote", "Words that stand nowhere in it.", True),
        ("disputes", ["nobody"], False),
    ],
)
def test_a_claim_with_a_defect_takes_no_part(field: str, text: Any, out: bool) -> None:
    disputed = control("ukraine") | {"disputes": ["c1"]}  # finds the pair wherever c1 takes part
    assert left_out(ledger_with(control("russia") | {field: text}, disputed)) == out


@pytest.mark.parametrize(
    ("claim", "out"),
    [
        ({"property": "builder", "value": "ussr", "holds": "1956"}, True),  # timeless
        ({"property": "builder", "value": "ussr"}, False),
        ({"property": "entry", "subject": "russia", "stance": "denies", "holds": "2025-11-01/2025-11-05"}, True),
        ({"property": "entry", "subject": "russia", "stance": "denies", "holds": "2025-11-01"}, False),
        ({"property": "entry", "subject": "russia", "holds": "2025-11-01/.."}, True),
        ({"property": "entry"}, True),  # a subject is named where the property has subjects
        ({"property": "fall", "extent": "most"}, True),  # events take no extent
        ({"property": "mood", "value": "calm", "extent": "most"}, True),  # nor do choices without parts
        ({"property": "control", "value": "russia", "stance": "denies"}, True),  # an extent is required
        ({"property": "control", "value": "russia", "stance": "denies", "extent": "<50%"}, True),
        ({"property": "control", "value": "russia", "stance": "denies", "extent": ">=50%"}, False),
        ({"property": "length-km", "value": "1 000"}, True),
        ({"property": "length-km", "value": "30..20"}, True),
    ],
)
def test_what_a_property_allows(claim: Record, out: bool) -> None:
    assert left_out(ledger_with(claim, control("ukraine") | {"disputes": ["c1"]})) == out


@pytest.mark.parametrize(
    "prop",
    [
        {"values": ["a", "b"], "lasts": "PT36H"},
        {"values": ["a", "b"], "lasts": "P14D", "timeless": "true"},
        {"event": "true", "once": "true", "lasts": "P14D"},
        {"event": "true", "implies": [{"property": "builder", "value": "ussr"}]},  # a timeless choice
        {"event": "true", "implies": [{"property": "losses", "value": "5"}]},  # no choice
        {"values": ["a", "b"], "implies": {"a": [{"property": "odd", "value": "b"}]}},  # a circle
        {"event": "true", "implies": [{"property": "supply", "value": "cut"}]},  # no subject to take
    ],
)
def test_a_property_that_is_refused(prop: Record) -> None:
    written = ledger_with({"property": "odd"}, properties={"supply": SUPPLY, "odd": prop})
    assert [flaw for flaw in ledger_of(written).vocabulary.flaws if flaw.name != "unnamed"]


@pytest.mark.parametrize(
    ("head", "out"),
    [
        ({"published": "soon"}, True),  # an error in the head of its file
        ({"published": "2025-11-09"}, True),  # it was said later
        ({"sha256": "0" * 64}, False),  # a changed seed in which the quote still stands
        ({"language": "nb"}, False),  # a missing translation
    ],
)
def test_heads_of_files(head: Record, out: bool) -> None:
    written = ledger_with(control("russia"), control("ukraine", file="b.yaml") | {"disputes": ["c1"]})
    written["files"][0] |= head
    assert left_out(written) == out


def test_an_id_taken_twice() -> None:
    written = ledger_with(control("russia"), control("ukraine", file="b.yaml") | {"disputes": ["c1"]})
    written["files"][1]["claims"].append(control("contested", id="c1", place="kupiansk", property="control", claimant="ukr", said="2025"))
    assert left_out(written)
