"""DESIGN section 4: relayed sayings, corrections, sayings that nobody can date, and parts against wholes, rule by rule."""

from __future__ import annotations

import pytest
from judging import BY_ALL_THAT_KNOW, BY_BOTH, SAID, Judge, Record, control, ledger_with

COUNT: Record = {"quantity": "people", "cumulative": "true"}
PROPERTIES: Record = {
    "height": {"quantity": "metres", "lasts": "P14D"},
    "deaths": COUNT | {"parts": "true"},
    "children": COUNT | {"parts": "true", "part-of": "deaths", "tolerance": "10%"},
    "infants": COUNT | {"part-of": "children"},
    "present": {"quantity": "people", "parts": "true", "lasts": "P14D", "tolerance": "10%"},
    "soldiers": {"quantity": "people", "part-of": "present", "lasts": "P1W"},
    "built": {"quantity": "houses", "parts": "true", "timeless": "true"},
    "burnt": {"quantity": "houses", "part-of": "built", "timeless": "true"},
    "alone": {"quantity": "people", "lasts": "P14D"},
    "lost": COUNT | {"subjects": ["ukraine", "russia"]},
    "captured": COUNT | {"subjects": ["ukraine", "russia"], "part-of": "lost"},
}


def entries(judge: Judge, *claims: Record, as_of: str | None = None, heads: Record | None = None) -> list[Record]:
    """What a judge finds; `heads` give the head of each file further fields."""
    ledger = ledger_with(*claims, properties=PROPERTIES)
    for file in ledger["files"]:
        file |= (heads or {}).get(file["name"], {})
    return judge.verdicts(ledger, as_of)


def pair(judge: Judge, one: Record, other: Record, heads: Record | None = None) -> str | None:
    """ "kind strength place property" of two claims, or None; whichever stands first."""
    there, back = entries(judge, one, other, heads=heads), entries(judge, other | {"id": "c2"}, one | {"id": "c1"}, heads=heads)
    assert [{**entry, "claims": []} for entry in there] == [{**entry, "claims": []} for entry in back]
    return " ".join(str(there[0][name]) for name in ("kind", "strength", "place", "property")) if there else None


# --- Relayed ------------------------------------------------------------------------------------------------------

FORTY_THREE: Record = {"property": "height", "value": "43", "claimant": "rus"}
THIRTY_FOUR: Record = {"property": "height", "value": "34", "claimant": "konashenkov"}


@BY_BOTH
@pytest.mark.parametrize(
    "one, other, relation",
    [
        ({}, {}, "own"),  # in one seed, and nobody says who passed it on
        ({}, {"file": "b.yaml"}, "relayed"),
        ({"via": ["paper"]}, {"via": ["map"]}, "relayed"),
        ({"via": ["paper"]}, {}, "own"),
        ({"via": ["paper", "map"]}, {"via": ["map", "ukr"]}, "own"),
        ({"via": ["map"]}, {"via": ["map"], "file": "b.yaml"}, "relayed"),
        ({"said": "2025-11-08", "holds": SAID}, {"said": SAID, "file": "b.yaml"}, "own"),  # not on one day
        ({"said": "2025-11-08/2025-11-10", "holds": SAID}, {"said": SAID, "file": "b.yaml"}, "relayed"),
        ({"said": "2025-11-09/2025-11-11"}, {"said": "2025-11-08/2025-11-10", "file": "b.yaml"}, "relayed"),
        ({"said": "2025-11-11/2025-11-12", "holds": SAID}, {"said": SAID, "file": "b.yaml"}, "own"),
        # said by a day: perhaps up to a year before, also by the same mouth
        ({"said": "../2025-11-10"}, {"holds": SAID, "said": "2024-11-10", "file": "b.yaml"}, "relayed"),
        ({"said": "../2025-11-10"}, {"holds": SAID, "said": "2024-11-09", "file": "b.yaml"}, "own"),
        ({"said": "../2025-11-10"}, {"holds": SAID, "said": "2025-11-11", "file": "b.yaml"}, "own"),
        ({"claimant": "milblogger"}, {"file": "b.yaml"}, "within"),
        ({"claimant": "ukr"}, {"file": "b.yaml"}, "across"),
    ],
)
def test_one_saying_that_was_passed_on_in_two_ways_is_relayed(judge: Judge, one: Record, other: Record, relation: str) -> None:
    found = entries(judge, FORTY_THREE | one, THIRTY_FOUR | other)
    assert [entry["relation"] for entry in found] == [relation]


@BY_BOTH
def test_only_of_one_question_as_written_is_it_relayed(judge: Judge) -> None:
    elsewhere = control("russia", claimant="rus", extent="all"), control("ukraine", claimant="rus", place="centre", file="b.yaml")
    assert [entry["relation"] for entry in entries(judge, *elsewhere)] == ["own"]
    withdrawn = {"property": "withdrawal", "subject": "russia", "claimant": "rus"}
    assert [entry["relation"] for entry in entries(judge, withdrawn, control("russia", claimant="rus", file="b.yaml"))] == ["own"]
    disputed = control("russia", claimant="rus", said="2025-11"), control("russia", claimant="rus", file="b.yaml") | {"disputes": ["c1"]}
    assert [entry["relation"] for entry in entries(judge, *disputed)] == ["relayed"]
    source = FORTY_THREE | {"claimant": "officer"}, THIRTY_FOUR | {"claimant": "officer", "file": "b.yaml"}
    assert [entry["relation"] for entry in entries(judge, *source)] == ["across"]  # "an officer" is another in another text


# --- Corrections --------------------------------------------------------------------------------------------------


@BY_ALL_THAT_KNOW
def test_a_correction_is_named_and_changes_nothing_else(judge: Judge) -> None:
    wrong, other = control("russia", claimant="rus"), control("ukraine", claimant="ukr")
    right = control("contested", claimant="konashenkov", said="2025-11-10", file="b.yaml") | {"corrects": ["c1"]}
    before, after = entries(judge, wrong, other, {**right, "corrects": []}), entries(judge, wrong, other, right)
    assert [entry["corrected"] for entry in before] == [[], [], []]
    assert [{**entry, "corrected": []} for entry in after] == before
    assert {" ".join(entry["claims"]): entry["corrected"] for entry in after} == {
        "c1 c2": [["c1", "c3"]],
        "c1 c3": [["c1", "c3"]],
        "c2 c3": [],
    }


@BY_ALL_THAT_KNOW
def test_every_correction_of_either_claim_is_named(judge: Judge) -> None:
    one, other = control("russia", claimant="rus"), control("ukraine", claimant="ukr")
    again = control("russia", claimant="rus", stance="doubts") | {"corrects": ["c1"]}
    more = [again, again | {"corrects": ["c3", "c1"]}, control("ukraine", claimant="ukr", stance="doubts") | {"corrects": ["c2"]}]
    (found,) = entries(judge, one, other, *more)
    assert found["corrected"] == [["c1", "c3"], ["c1", "c4"], ["c2", "c5"]]


@BY_ALL_THAT_KNOW
def test_a_correction_counts_once_its_own_file_was_certainly_published(judge: Judge) -> None:
    wrong, other = control("russia", claimant="rus"), control("ukraine", claimant="ukr")
    right = control("russia", claimant="rus", stance="doubts", file="b.yaml") | {"corrects": ["c1"]}
    for as_of, published, corrected in (
        ("2025-12-10", "2025-12-10", [["c1", "c3"]]),
        ("2025-12-10", "2025-12-11", []),
        ("2025-12-10", "2025-12", []),
        ("2025-12-31", "2025-12", [["c1", "c3"]]),
        ("2025-12-10", "2025-12-07~", [["c1", "c3"]]),
        ("2025-12-10", "2025-12-08~", []),
        (None, "2026-05", [["c1", "c3"]]),
    ):
        (found,) = entries(judge, wrong, other, right, as_of=as_of, heads={"b.yaml": {"published": published}})
        assert found["corrected"] == corrected, (as_of, published)


# --- Said by a day ------------------------------------------------------------------------------------------------


@BY_BOTH
@pytest.mark.parametrize(
    "one, other, expected",
    [
        # never certain, unless the times are stated
        ({"said": "../2025-11-10"}, {}, "possible"),
        ({"said": "../2025-11-10", "holds": SAID}, {}, "certain"),
        ({"said": "../2025-11-10", "holds": "2025-11-01/2025-11-20"}, {}, "certain"),
        ({"said": "../2025-11-10", "holds": "2025-11-01/.."}, {}, "possible"),
        ({"said": "../2025-11-10", "holds": "2025-11-01/.."}, {"holds": "2025-11-01"}, "certain"),
        ({"said": "../2025-11-10", "holds": "2025-11-01/.."}, {"holds": "2025-11-02/2025-11-02"}, "possible"),
        # possibly a year before, and no earlier
        ({"said": "../2025-11-10"}, {"holds": "2024-11-10/2024-11-10"}, "possible"),
        ({"said": "../2025-11-10"}, {"holds": "2024-11-09/2024-11-09"}, None),
        ({"said": "../2025-11"}, {"holds": "2024-11-01/2024-11-01"}, "possible"),
        ({"said": "../2025-11"}, {"holds": "2024-10-31/2024-10-31"}, None),
        ({"said": "../2025-11-10"}, {"said": "2025-11-24", "holds": "2025-11-24/2025-11-24"}, "possible"),  # presumed of it
        ({"said": "../2025-11-10"}, {"said": "2025-11-25", "holds": "2025-11-25/2025-11-25"}, None),
        # a day so long past that what is presumed of it ended before
        ({"said": "../2025-11-10", "holds": "2024-10-27"}, {"holds": "2024-10-28/2024-10-28"}, "possible"),
        ({"said": "../2025-11-10", "holds": "2024-10-26"}, {"holds": "2024-10-27/2024-10-27"}, None),
        # between claims of one mouth no older than that day
        ({"said": "../2025-11-10", "claimant": "ukr"}, {"holds": SAID}, "possible"),
        ({"said": "../2025-11-10", "claimant": "ukr"}, {"holds": "2025-11-09/2025-11-09"}, None),
        ({"said": "../2025-11", "claimant": "ukr"}, {"holds": "2025-11-01/2025-11-01"}, "possible"),
    ],
)
def test_said_by_a_day(judge: Judge, one: Record, other: Record, expected: str | None) -> None:
    found = pair(judge, control("russia", claimant="rus") | one, control("ukraine", claimant="ukr") | other)
    assert found == (expected and f"exclusive {expected} kupiansk control")


@BY_BOTH
@pytest.mark.parametrize(
    "said, holds, claimant, expected",
    [
        ("../2025-11-20", "2025-11-12", "map", "possible"),  # published on the 12th: said by then
        ("../2025-11-20", "2025-11-13", "map", "possible"),  # as is presumed of what was said then
        ("../2025-11-20", "2024-11-12", "map", "possible"),
        ("../2025-11-20", "2024-11-11", "map", None),
        ("../2025-11-20", "2025-11-12", "ukr", "possible"),
        ("../2025-11-20", "2025-11-11", "ukr", None),
        ("../2025-11-20", "2025-11-13", "ukr", None),
        ("../2025-11", "2025-11-01", "ukr", "possible"),
    ],
)
def test_by_a_day_after_it_was_published(judge: Judge, said: str, holds: str, claimant: str, expected: str | None) -> None:
    one = control("russia", said=said, claimant="ukr")
    other = control("ukraine", claimant=claimant, holds=f"{holds}/{holds}", file="b.yaml")
    found = pair(judge, one, other, heads={"a.yaml": {"published": "2025-11-12"}})
    assert found == (expected and f"exclusive {expected} kupiansk control")


@BY_BOTH
def test_an_event_said_by_a_day_has_happened_by_then(judge: Judge) -> None:
    entered: Record = {"property": "shelling", "said": "../2025-11-10", "claimant": "rus"}
    denied: Record = {"property": "shelling", "stance": "denies", "claimant": "ukr"}
    assert pair(judge, entered, denied | {"holds": SAID}) == "denial certain kupiansk shelling"
    assert pair(judge, entered, denied | {"holds": "2025-11-09"}) is None
    assert pair(judge, entered | {"said": "../2025-11"}, denied | {"holds": "2025-11-01"}) == "denial possible kupiansk shelling"
    late = denied | {"said": "../2025-11-10"}  # a denial: not yet by a day of which nobody knows
    assert pair(judge, entered | {"said": "2025-11-01"}, late) == "denial possible kupiansk shelling"
    assert pair(judge, entered | {"said": "2025-11-11"}, late) is None
    once = {"property": "breach", "claimant": "rus", "said": "../2025-11-10"}
    assert pair(judge, once, {"property": "breach", "holds": "2020-01-01"}) is None
    assert pair(judge, once, {"property": "breach", "said": "2025-11-12", "holds": "2025-11-11"}) == "figure certain kupiansk breach"


@BY_BOTH
def test_what_nobody_can_date_is_no_next_word(judge: Judge) -> None:
    said = control("russia", said="2025-11-01", claimant="rus")
    probe = control("ukraine", said="2025-11-08", claimant="ukr")
    for word, ends in (("2025-11-05", True), ("../2025-11-05", False)):
        next_one = control("russia", said=word, claimant="rus", stance="doubts", holds="2025-11-05/2025-11-05")
        assert [entry["claims"] for entry in entries(judge, said, next_one, probe)] == ([] if ends else [["c1", "c3"]])
    undated = said | {"said": "../2025-11-01"}
    assert entries(judge, undated, control("russia", said="2025-11-05", claimant="rus", stance="doubts"), probe) == []


@BY_BOTH
@pytest.mark.parametrize(
    "larger, smaller, expected",
    [
        ({"said": "../2025-11-10"}, {}, "certain"),
        ({}, {"said": "../2025-11-10"}, "possible"),
        ({"said": "../2025-11-10"}, {"said": "2024-11-10"}, "possible"),
        ({"said": "../2025-11-10"}, {"said": "2024-11-09"}, None),
        ({"said": "../2025-11-10", "claimant": "ukr"}, {"said": "2025-11-09"}, None),
        ({"said": "../2025-11-10", "holds": "2025-11-01/2025-11-05"}, {"holds": "2025-11-01/2025-11-06"}, "certain"),
    ],
)
def test_a_count_said_by_a_day(judge: Judge, larger: Record, smaller: Record, expected: str | None) -> None:
    count: Record = {"property": "dead", "claimant": "rus"}
    found = pair(judge, count | {"value": "200"} | larger, count | {"value": "100", "claimant": "ukr"} | smaller)
    assert found == (expected and f"figure {expected} kupiansk dead")


@BY_BOTH
def test_as_of_a_day_by_which_it_was_said(judge: Judge) -> None:
    pair_of = control("russia", said="../2025-11-10", claimant="rus"), control("ukraine", said="2025-11-01", claimant="ukr")
    assert entries(judge, *pair_of, as_of="2025-11-09") == []
    assert len(entries(judge, *pair_of, as_of="2025-11-10")) == 1


# --- Parts and wholes ---------------------------------------------------------------------------------------------


def of(property: str, value: str, place: str = "kupiansk", **fields: str) -> Record:
    return {"property": property, "value": value, "place": place, **fields}


@BY_BOTH
@pytest.mark.parametrize(
    "part, whole, expected",
    [
        # over places: only where the property adds up, and only the part above the whole
        (of("present", "200", "centre"), of("present", "100"), "figure certain centre present"),
        (of("present", "200", "centre"), of("present", "100", "oblast"), "figure certain centre present"),
        (of("present", "100", "centre"), of("present", "200"), None),
        (of("present", "200", "centre"), of("present", "100", "north"), None),
        (of("alone", "200", "centre"), of("alone", "100"), None),
        (of("present", "110", "centre"), of("present", "100"), None),  # the tolerance
        (of("present", "111", "centre"), of("present", "100"), "figure certain centre present"),
        (of("present", ">110", "centre"), of("present", "100"), "figure certain centre present"),
        (of("present", ">=43", "centre"), of("present", ">=10"), None),  # a lower bound of the whole has no end
        (of("present", "200", "centre", said="2025-11-01"), of("present", "100"), "figure possible centre present"),
        (of("present", "200", "centre", said="2025-10-01"), of("present", "100"), None),
        (of("present", "200", "centre", hedge="angivelig"), of("present", "100"), "figure possible centre present"),
        (of("present", "200", "centre", stance="expects"), of("present", "100"), None),
        # of properties: in one place, through others, and in nested places where the whole's property adds up
        (of("soldiers", "200"), of("present", "100"), "figure certain kupiansk soldiers"),
        (of("soldiers", "200", "centre"), of("present", "100"), "figure certain centre soldiers"),
        (of("soldiers", "200"), of("present", "100", "centre"), None),
        (of("soldiers", "100"), of("present", "200"), None),
        (of("soldiers", "110"), of("present", "100"), None),  # the tolerance is the whole's
        (of("soldiers", "200", "centre"), of("soldiers", "100"), None),
        (of("infants", "105", holds="2025/2025"), of("children", "100", holds="2025/2025"), None),
        (of("infants", "105", holds="2025/2025"), of("deaths", "100", holds="2025/2025"), "figure possible kupiansk infants"),
        (of("infants", "105", "centre"), of("deaths", "100"), "figure possible centre infants"),
        (of("deaths", "105"), of("infants", "100"), None),
        (of("burnt", "3", said="2020"), of("built", "2"), "figure certain kupiansk burnt"),
        (of("burnt", "3", "centre"), of("built", "2"), "figure certain centre burnt"),
        (of("captured", "50", subject="russia"), of("lost", "43", subject="russia"), "figure possible kupiansk captured"),
        (of("captured", "50", subject="russia"), of("lost", "43", subject="ukraine"), None),
        (of("captured", "50", "centre", subject="russia"), of("lost", "43", subject="russia"), None),
    ],
)
def test_a_part_is_no_more_than_its_whole(judge: Judge, part: Record, whole: Record, expected: str | None) -> None:
    assert pair(judge, part, whole) == expected


@BY_BOTH
@pytest.mark.parametrize(
    "part, whole, expected",
    [
        ({}, {}, "possible"),  # certain only where both state a start
        ({"holds": "2025-11-01/.."}, {"holds": "2025-11-01/.."}, "certain"),
        ({"holds": "2025-11-02/.."}, {"holds": "2025-11-01/.."}, "certain"),
        ({"holds": "2025-11-01/.."}, {"holds": "2025-11-02/.."}, None),
        ({"holds": "2025-11-01/.."}, {}, "possible"),
        ({}, {"holds": "2025-11-01/.."}, None),  # the part may have been counted for longer
        ({"said": "2025-11-11"}, {}, None),
        ({"said": "2025-11-09"}, {}, "possible"),
    ],
)
def test_counts_of_a_part_and_of_its_whole(judge: Judge, part: Record, whole: Record, expected: str | None) -> None:
    for one, place in ((of("children", "200"), "kupiansk"), (of("deaths", "200", "centre"), "centre")):
        found = pair(judge, one | part, of("deaths", "100") | whole)
        assert found == (expected and f"figure {expected} {place} {one['property']}")


@BY_BOTH
@pytest.mark.parametrize(
    "part, whole, expected",
    [
        (of("present", "100", "centre"), of("present", ">=100", stance="denies"), "denial certain centre present"),
        (of("present", "100", "centre"), of("present", ">100", stance="denies"), None),
        (of("present", "100", "centre"), of("present", "<200", stance="denies"), None),
        (of("present", "100", "centre"), of("present", "100", stance="denies"), None),
        (of("present", "<100", "centre", stance="denies"), of("present", "99"), "denial certain centre present"),
        (of("present", "<100", "centre", stance="denies"), of("present", "100"), None),
        (of("present", ">=100", "centre", stance="denies"), of("present", "200"), None),
        (of("present", "<100", "centre", stance="denies"), of("present", ">=100", stance="denies"), None),
        (of("soldiers", "100"), of("present", ">=100", stance="denies"), "denial certain kupiansk soldiers"),
        (of("soldiers", "<100", stance="denies"), of("present", "99"), "denial certain kupiansk soldiers"),
        (of("soldiers", "<100", stance="denies", said="2025-11-07"), of("present", "99"), "denial possible kupiansk soldiers"),
        (of("children", "100"), of("deaths", ">=100", stance="denies"), "denial possible kupiansk children"),
        (
            of("children", "100", holds="2025/2025"),
            of("deaths", ">=100", holds="2025/2025", stance="denies"),
            "denial possible kupiansk children",
        ),
        (
            of("children", "9", holds="2025-11-01/.."),
            of("deaths", ">5", holds="2025-11-01/..", stance="denies"),
            "denial certain kupiansk children",
        ),
        (
            of("children", "<9", holds="2025-11-01/..", stance="denies"),
            of("deaths", "5", holds="2025-11-01/.."),
            "denial certain kupiansk children",
        ),
        (of("children", "<9", stance="denies"), of("deaths", "5", holds="2025-11-01/.."), None),
    ],
)
def test_denials_of_a_part_or_of_its_whole(judge: Judge, part: Record, whole: Record, expected: str | None) -> None:
    assert pair(judge, part, whole) == expected
