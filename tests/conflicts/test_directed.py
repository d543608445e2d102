"""Directed cases for rules that random ledgers seldom or never decide: the next word of a mouth, and which of several meetings
names a pair (DESIGN section 4, "Time of a claim" and "Implications"). The engine answers in every way of searching."""

from __future__ import annotations

from typing import Any

import oracle
import pytest
from bridge import SEARCHES, as_told, valid_ledger_of, verdicts_of
from judging import ledger_with

Record = dict[str, Any]

PROPERTIES: Record = {
    "level": {"quantity": "metres", "lasts": "P14D"},
    "opening-day": {"date": "true", "lasts": "P14D"},
    "held": {"values": ["a", "b", "c"], "parts": "true", "lasts": "P14D", "compatible": [["a", "c"]]},
}
ANSWERS = ("oracle", *SEARCHES)
BY_ALL = pytest.mark.parametrize("answer", ANSWERS)


def found(answer: str, *claims: Record, properties: Record | None = None) -> list[str]:
    """What one of the answers finds among claims c1, c2, ...: "c1 c3 figure possible level kupiansk"."""
    ledger = ledger_with(*claims, properties=PROPERTIES | (properties or {}))
    entries = as_told(oracle.verdicts(ledger)) if answer == "oracle" else verdicts_of(valid_ledger_of(ledger), None, SEARCHES[answer])
    return [" ".join((*entry["claims"], *(entry[name] for name in ("kind", "strength", "property", "place")))) for entry in entries]


# --- The next word ------------------------------------------------------------------------------------------------

DAY = "2025-11-05/2025-11-05"  # a next word that ends by itself, so that it meets nothing later


def is_next_word(answer: str, claim: Record, word: Record, probe: Record) -> bool:
    """Whether the second claim, of the mouth of the first, ends what is presumed of it before the third, which contradicts it."""
    said = {"said": "2025-11-01", "claimant": "rus"} | claim
    word = {"property": said["property"], "said": "2025-11-05", "holds": DAY, "claimant": "konashenkov"} | word
    probe = {"property": said["property"], "said": "2025-11-10", "claimant": "map"} | probe
    alone = found(answer, said, probe | {"claimant": "map"})
    assert len(alone) == 1 and " possible " in alone[0], alone  # without a next word the two meet
    both = found(answer, said, word, probe)
    assert both in ([], [alone[0].replace("c1 c2", "c1 c3")]), both
    if answer in ("oracle", "all against all"):  # the same among many words of that mouth, which the engine looks up otherwise
        assert len(found(answer, *words_of_long_ago(said), said, word, probe)) == len(both)
    return not both


def words_of_long_ago(said: Record) -> list[Record]:
    """Doubts of what was said, by the same mouth, that had ended before: they exclude nothing, and are no next word."""
    days = [f"2025-06-{day:02}" for day in range(1, 21)]
    return [said | {"stance": "doubts", "said": day, "holds": f"{day}/{day}", "claimant": "rus"} for day in days]


def level(value: str, stance: str = "asserts") -> Record:
    return {"property": "level", "value": value, "stance": stance}


def held(value: str, stance: str = "asserts", extent: str = "all", **fields: str) -> Record:
    return {"property": "held", "value": value, "stance": stance, "extent": extent, **fields}


@BY_ALL
@pytest.mark.parametrize(
    "word, ends",
    [
        (level("100"), True),  # any figure that is asserted
        (level("7"), True),
        (level("100", "doubts"), True),  # the very value, in whatever stance but `expects`
        (level("100.0", "doubts"), True),
        (level("100", "denies"), True),
        (level("100", "expects"), False),
        (level("7", "expects"), False),
        (level(">=60", "denies"), True),  # it excludes what was said
        (level(">=110", "denies"), False),  # it does not
        (level("<=90", "denies"), False),
        (level(">=60", "doubts"), False),  # a doubt excludes nothing
        (level(">=60", "expects"), False),
        (level("99", "doubts"), False),
    ],
    ids=lambda case: f"{case.get('stance')} {case['value']}" if isinstance(case, dict) else str(case),
)
def test_the_next_word_on_a_figure(answer: str, word: Record, ends: bool) -> None:
    assert is_next_word(answer, level("100"), word, level("50")) is ends


@BY_ALL
@pytest.mark.parametrize(
    "word, ends",
    [
        (level(">=60", "denies"), True),
        (level(">=60", "doubts"), True),
        (level(">=60", "expects"), False),
        (level(">=40", "denies"), False),  # two denials exclude nothing, though one lies within the other
        (level(">60", "denies"), False),
        (level(">=60.0"), True),
        (level("7"), True),
    ],
    ids=lambda case: f"{case.get('stance')} {case['value']}" if isinstance(case, dict) else str(case),
)
def test_the_next_word_on_a_denied_figure(answer: str, word: Record, ends: bool) -> None:
    assert is_next_word(answer, level(">=60", "denies"), word, level("80")) is ends


@BY_ALL
def test_a_denied_range_must_hold_all_that_was_said(answer: str) -> None:
    for said, denied, probe, ends in (
        ("<100", "<=100", "200", True),
        ("<=100", "<100", "200", False),
        ("<=100", "<=100", "200", True),
        (">60", ">=60", "50", True),
        (">=60", ">60", "50", False),
        ("60..100", ">=60", "50", True),
        ("60..100", "<100", "50", False),
        ("60..100", "60..101", "50", True),
    ):
        assert is_next_word(answer, level(said), level(denied, "denies"), level(probe)) is ends, (said, denied)


@BY_ALL
def test_the_next_word_on_a_date(answer: str) -> None:
    def day(value: str, stance: str = "asserts") -> Record:
        return {"property": "opening-day", "value": value, "stance": stance}

    for word, ends in (
        (day("2026-01-01"), True),
        (day("2026-03", "doubts"), True),
        (day("2026-03", "expects"), False),
        (day("2026-03-01/2026-03-31", "doubts"), True),  # the very value in other words
        (day("2026", "denies"), True),
        (day("2026-03-07", "denies"), False),
        (day("2026", "doubts"), False),
    ):
        assert is_next_word(answer, day("2026-03"), word, day("2026-05")) is ends, word


@BY_ALL
@pytest.mark.parametrize(
    "claim, word, ends",
    [
        (held("a"), held("b"), True),
        (held("a"), held("a", "doubts"), True),
        (held("a"), held("a", "denies", "part"), True),
        (held("a"), held("a", "expects"), False),
        (held("a"), held("b", "expects"), False),
        (held("a"), held("b", "doubts"), False),
        (held("a"), held("b", "denies"), False),  # that b does not hold it excludes nothing
        (held("a"), held("b", "denies", "part"), False),
        (held("a"), held("c"), False),  # the two are compatible
        (held("a", extent="60%"), held("b", extent="40%"), False),  # together no more than the whole
        (held("a", extent="60%"), held("b", extent="41%"), True),
        (held("a", extent="60%"), held("b", extent=">40%"), True),
        (held("a", extent="60%"), held("b", extent=">=40%"), False),
        (held("a", extent="most"), held("b", extent="50%"), True),
        (held("a", extent="60%"), held("a", extent="60%"), True),
        (held("a", extent="60%"), held("a", extent="10%"), True),
    ],
    ids=lambda case: f"{case['stance']} {case['value']} {case['extent']}" if isinstance(case, dict) else str(case),
)
def test_the_next_word_on_a_choice(answer: str, claim: Record, word: Record, ends: bool) -> None:
    assert is_next_word(answer, claim, word, held("b")) is ends


@BY_ALL
@pytest.mark.parametrize(
    "word, ends",
    [
        (held("a", "denies", "part"), True),
        (held("a", "doubts"), True),
        (held("a", "expects"), False),
        (held("a", "denies", "most"), True),  # the very value, to whatever extent
        (held("b"), False),  # that b holds it is no word on whether a does
        (held("b", "denies", "part"), False),
        (held("a", extent="10%"), True),
    ],
    ids=lambda case: f"{case['stance']} {case['value']} {case['extent']}" if isinstance(case, dict) else str(case),
)
def test_the_next_word_on_a_denied_choice(answer: str, word: Record, ends: bool) -> None:
    assert is_next_word(answer, held("a", "denies", "part"), word, held("a", extent="all")) is ends


@BY_ALL
@pytest.mark.parametrize(
    "claim, word, ends",
    [
        # said certainly later: the whole of one day after the whole of the other
        ({}, {"said": "2025-11-02", "holds": "2025-11-02/2025-11-02"}, True),
        ({}, {"said": "2025-11-01/2025-11-05", "holds": "2025-11-01/2025-11-05"}, False),
        ({"said": "2025-10-28/2025-11-02"}, {"said": "2025-11-02", "holds": "2025-11-02/2025-11-02"}, False),
        ({"said": "2025-10-28/2025-11-02"}, {"said": "2025-11-03", "holds": "2025-11-03/2025-11-03"}, True),
        # or no earlier, and of a later time
        ({}, {"said": "2025-11-01"}, True),
        ({}, {"said": "2025-11-01", "holds": "2025-11-01/2025-11-06"}, False),
        ({}, {"said": "2025-11-01", "holds": "2025-11-02/2025-11-06"}, True),
        ({}, {"said": "2025-10-31"}, False),
        # ... of one mouth, what ends on a day begins the day before, whatever is presumed
        ({}, {"said": "2025-11-01", "holds": "../2025-11-05"}, True),
        ({}, {"said": "2025-11-01", "holds": "../2025-11-03"}, True),
        ({}, {"said": "2025-11-01", "holds": "../2025-11-02"}, False),
        # its time certainly reaches that of the first
        ({"holds": "2025-10-01/.."}, {"holds": "2025-10-20/2025-11-01"}, True),
        ({"holds": "2025-10-01/.."}, {"holds": "2025-10-20/2025-10-31"}, False),
        ({"holds": "2025-10-01/.."}, {"holds": "2025-10-20/2025-11-03~"}, False),  # from 31 October to 6 November
        ({"holds": "2025-10-01/.."}, {"holds": "2025-10-20/2025-11-04~"}, True),
        # and presumption ends the day before it surely began
        ({}, {"holds": "2025-11-10/2025-11-10", "said": "2025-11-10"}, True),
        ({}, {"holds": "2025-11-11/2025-11-11", "said": "2025-11-11"}, False),
        ({}, {"holds": "2025-11-07~/2025-11-20", "said": "2025-11-07"}, True),  # by the 10th
        ({}, {"holds": "2025-11-08~/2025-11-20", "said": "2025-11-07"}, False),
        # but never before what was vouched for
        ({"said": "2025-11-01/2025-11-12"}, {"holds": "2025-11-03/2025-11-14", "said": "2025-11-14"}, False),
    ],
)
def test_when_a_word_is_the_next(answer: str, claim: Record, word: Record, ends: bool) -> None:
    assert is_next_word(answer, held("a") | claim, held("a", "doubts") | word, held("b")) is ends
    assert is_next_word(answer, level("100") | claim, level("100", "doubts") | word, level("50")) is ends


@BY_ALL
def test_the_earliest_of_several_next_words_counts(answer: str) -> None:
    said, probe = held("a", said="2025-11-01", claimant="rus"), held("b", said="2025-11-08", claimant="map")
    early = held("a", "doubts", said="2025-11-03", holds="2025-11-03/2025-11-03", claimant="rus")
    late = early | {"said": "2025-11-12", "holds": "2025-11-12/2025-11-12"}
    assert found(answer, said, late, late, probe) == ["c1 c4 exclusive possible held kupiansk"]
    assert found(answer, said, late, early, probe) == []
    assert found(answer, said, early, late, probe) == []


@BY_ALL
def test_only_a_word_of_the_same_question_is_the_next(answer: str) -> None:
    properties = {"taken": PROPERTIES["held"] | {"subjects": ["ukraine", "russia"]}}
    said: Record = held("a", said="2025-11-01", claimant="rus", subject="russia") | {"property": "taken"}
    probe = said | {"value": "b", "said": "2025-11-10", "claimant": "map"}
    word = said | {"said": "2025-11-05", "holds": DAY, "stance": "doubts"}
    left = ["c1 c3 exclusive possible taken kupiansk"]
    assert found(answer, said, word, probe, properties=properties) == []
    for other in ({"subject": "ukraine"}, {"place": "centre"}, {"place": "oblast"}, {"claimant": "milblogger"}, {"claimant": "rus-source"}):
        expected = [] if other == {"claimant": "rus-source"} else left  # a source in the ministry speaks for it
        assert found(answer, said, word | other, probe, properties=properties) == expected, other


@BY_ALL
def test_a_compatible_choice_is_no_next_word_among_words_that_are_not(answer: str) -> None:
    """Where a mouth has named further values, its words on a choice are looked up together: those that are compatible are no next word."""
    said, before = held("a", said="2025-11-01", claimant="rus"), held("b", said="2025-06-01", holds="2025-06-01/2025-06-01", claimant="rus")
    probe = held("b", said="2025-11-10", holds="2025-11-10/2025-11-10", claimant="map")
    for value, left in (("c", ["c1 c4 exclusive possible held kupiansk"]), ("b", [])):
        word = held(value, said="2025-11-05", holds=DAY, claimant="konashenkov")
        assert found(answer, said, before, word, probe) == left, value


# --- Which of several meetings names a pair -----------------------------------------------------------------------


def choice(**options: Any) -> Record:
    return {"values": ["x", "y", "z"], "parts": "true", "lasts": "P14D"} | options


def saying(property: str, value: str, **fields: str) -> Record:
    return {"property": property, "value": value, "stance": "asserts"} | fields


def event(*implied: Record) -> Record:
    return {"event": "true", "implies": list(implied)}


def told(*implied: Record, value: str = "x") -> Record:
    return choice(implies={value: list(implied)})


@BY_ALL
def test_a_direct_meeting_names_the_pair_before_an_implied_one(answer: str) -> None:
    one, other = saying("alpha", "x"), saying("alpha", "y")
    properties = {"zeta": choice(implies={"x": [one], "y": [other]}), "alpha": choice()}
    pair = saying("zeta", "x", claimant="map"), saying("zeta", "y", claimant="paper")
    assert found(answer, *pair, properties=properties) == ["c1 c2 exclusive certain zeta kupiansk"]
    assert found(answer, *reversed(pair), properties=properties) == ["c1 c2 exclusive certain zeta kupiansk"]
    denials = {"zeta": choice(implies={"x": [one], "y": [one | {"stance": "denies", "extent": "part"}]}), "alpha": choice()}
    assert found(answer, *pair, properties=denials) == ["c1 c2 exclusive certain zeta kupiansk"]  # though a denial is named first
    later = pair[0], pair[1] | {"said": "2025-11-15"}
    assert found(answer, *later, properties=properties) == ["c1 c2 exclusive possible zeta kupiansk"]


@BY_ALL
def test_a_timeless_direct_meeting_is_certain_and_names_the_pair(answer: str) -> None:
    zeta = {"values": ["x", "y"], "timeless": "true", "implies": {"x": [saying("alpha", "x")], "y": [saying("alpha", "y")]}}
    pair = saying("zeta", "x"), saying("zeta", "y", said="2025-11-15")
    assert found(answer, *pair, properties={"zeta": zeta, "alpha": choice()}) == ["c1 c2 exclusive certain zeta kupiansk"]


@BY_ALL
@pytest.mark.parametrize("order", [("beta", "alpha"), ("alpha", "beta")])
def test_of_implied_meetings_the_first_property_by_name_counts(answer: str, order: tuple[str, str]) -> None:
    properties = {
        "fight": event(*(saying(name, "x") for name in order)),
        "gamma": told(*(saying(name, "y") for name in reversed(order)), value="z"),
        "beta": choice(title="a first title"),
        "alpha": choice(title="the second title"),
    }
    pair = {"property": "fight"}, saying("gamma", "z")
    assert found(answer, *pair, properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]
    assert found(answer, *reversed(pair), properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]


@BY_ALL
def test_the_first_property_by_name_counts_however_many_steps_lead_to_it(answer: str) -> None:
    properties = {
        "fight": event(saying("beta", "x"), saying("middle", "x")),
        "middle": told(saying("alpha", "x")),
        "gamma": told(saying("beta", "y"), saying("alpha", "y")),
        "beta": choice(),
        "alpha": choice(),
    }
    assert found(answer, {"property": "fight"}, saying("gamma", "x"), properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]


@BY_ALL
def test_what_is_implied_on_either_side_is_not_direct(answer: str) -> None:
    properties = {
        "fight": event(saying("zeta", "x"), saying("alpha", "x")),
        "zeta": told(saying("alpha", "y"), value="y"),
        "alpha": choice(),
    }
    pair = {"property": "fight"}, saying("zeta", "y")  # the second is written; the first meets it by what it implies
    assert found(answer, *pair, properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]
    assert found(answer, *reversed(pair), properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]


@BY_ALL
def test_the_first_property_by_name_counts_before_the_kind(answer: str) -> None:
    properties = {
        "fight": event(saying("beta", "x", stance="denies", extent="part"), saying("alpha", "x")),
        "gamma": told(saying("beta", "x"), saying("alpha", "y")),
        "beta": choice(),
        "alpha": choice(),
    }
    assert found(answer, {"property": "fight"}, saying("gamma", "x"), properties=properties) == ["c1 c2 exclusive certain alpha kupiansk"]


NOT_X, FEW_X, Y = saying("alpha", "x", stance="denies", extent="part"), saying("alpha", "x", extent="<50%"), saying("alpha", "y")


@BY_ALL
@pytest.mark.parametrize(
    "implied, kind",
    [
        ([NOT_X, Y], "denial"),
        ([Y, NOT_X], "denial"),
        ([FEW_X, NOT_X], "denial"),
        ([NOT_X, FEW_X], "denial"),
        ([FEW_X, Y], "figure"),
        ([Y, FEW_X], "figure"),
        ([Y, FEW_X, NOT_X], "denial"),
        ([Y], "exclusive"),
    ],
)
def test_in_one_property_a_denial_counts_before_a_figure_before_an_exclusion(answer: str, implied: list[Record], kind: str) -> None:
    properties = {"fight": event(*implied), "alpha": choice(), "gamma": told(saying("alpha", "x"))}
    for other in (saying("alpha", "x"), saying("gamma", "x")):  # written, or implied too
        expected = [f"c1 c2 {kind} certain alpha kupiansk"]
        assert found(answer, {"property": "fight"}, other, properties=properties) == expected
        assert found(answer, other, {"property": "fight"}, properties=properties) == expected


@BY_ALL
def test_the_place_is_that_of_the_meeting_that_names_the_pair(answer: str) -> None:
    properties = {"fight": event(saying("beta", "x"), saying("alpha", "x")), "beta": choice(), "alpha": choice()}
    properties["gamma"] = told(saying("beta", "y"), saying("alpha", "y", extent="part"))
    pair = {"property": "fight"}, saying("gamma", "x", place="centre")
    assert found(answer, *pair, properties=properties) == ["c1 c2 exclusive certain alpha centre"]
    pair = {"property": "fight", "place": "centre"}, saying("gamma", "x")  # of part of the larger: it says nothing of the smaller
    assert found(answer, *pair, properties=properties) == ["c1 c2 exclusive certain beta centre"]
