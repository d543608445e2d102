"""DESIGN section 4, "Events", "Places and shares" and "Values": every example and rule, by both implementations."""

from __future__ import annotations

from fractions import Fraction

import pytest
from judging import BY_BOTH, SAID, Judge, Record, control
from oracle_ranges import Figures, share

from ledger.texts.figures import parse_share

# --- Events ------------------------------------------------------------------------------------------------------

ENTERED = {"property": "entry", "subject": "russia"}
NOT_ENTERED = ENTERED | {"stance": "denies"}


@BY_BOTH
def test_events_and_not_yet(judge: Judge) -> None:
    pair = judge.pair
    assert judge.entry(ENTERED, NOT_ENTERED) == ["denial", "certain", "across", "kupiansk", "entry", "russia"]  # both by that day
    assert pair(ENTERED | {"holds": SAID}, NOT_ENTERED) == "denial possible"  # on that day
    assert pair(ENTERED | {"holds": "2025-11-09"}, NOT_ENTERED) == "denial certain"
    assert pair(ENTERED | {"holds": "2025-11-08/2025-11-10"}, NOT_ENTERED) == "denial possible"
    assert pair(ENTERED | {"holds": "2025-11-08/2025-11-09"}, NOT_ENTERED) == "denial certain"
    assert pair(ENTERED | {"holds": "../2025-11-10"}, NOT_ENTERED) == "denial certain"
    assert pair(ENTERED | {"holds": "../2025-11-10~"}, NOT_ENTERED) == "denial possible"
    assert pair(ENTERED | {"holds": "2025-11"}, NOT_ENTERED | {"said": "2025-11-11"}) == "denial certain"  # by the 10th
    assert pair(ENTERED | {"holds": "2025-11-14~"}, NOT_ENTERED | {"said": "2025-11-11"}) == "denial possible"
    assert pair(ENTERED | {"holds": "2025-11-14~"}, NOT_ENTERED) is None
    assert pair(ENTERED, NOT_ENTERED | {"subject": "ukraine"}) is None


@BY_BOTH
def test_a_denied_event_has_one_day_and_nothing_after(judge: Judge) -> None:
    pair = judge.pair
    assert pair(ENTERED | {"said": "2025-11-11"}, NOT_ENTERED) is None  # "not yet" says nothing of tomorrow
    assert pair(ENTERED | {"said": "2025-11-05"}, NOT_ENTERED | {"holds": "2025-11-04"}) is None
    assert pair(ENTERED | {"said": "2025-11-05"}, NOT_ENTERED | {"holds": "2025-11-05"}) == "denial certain"
    assert pair(ENTERED | {"said": "2025-11-05"}, NOT_ENTERED | {"holds": "2025-11"}) == "denial possible"  # by the 1st to 10th
    assert pair(ENTERED, NOT_ENTERED | {"holds": "2025-11-10~"}) == "denial possible"  # the 7th to the 10th
    assert pair(ENTERED | {"said": "2025-11-07"}, NOT_ENTERED | {"holds": "2025-11-10~"}) == "denial certain"


@BY_BOTH
def test_what_has_happened_lasts(judge: Judge) -> None:
    pair, by = judge.pair, ENTERED | {"said": "2025-11-08/2025-11-10"}
    days = ["2026-01-07", "2026-01-08", "2026-01-09", "2026-01-10"]  # 60 days from the earliest, and from the latest
    assert [pair(by, NOT_ENTERED | {"said": day}) for day in days] == ["denial certain", "denial possible", "denial possible", None]
    assert pair(ENTERED | {"holds": "2025-11-01"}, NOT_ENTERED | {"holds": "2025-12-31"}) == "denial certain"
    assert pair(ENTERED | {"holds": "2025-11-01"}, NOT_ENTERED | {"holds": "2026-01-01"}) is None
    shelled = {"property": "shelling"}
    assert pair(shelled, shelled | {"stance": "denies", "said": "2026-05-30"}) == "denial certain"  # for ever
    assert pair(shelled, shelled | {"said": "2026-05-30"}) is None
    # nothing cuts it short: no next word of the same mouth
    mine = [claim | {"claimant": "map", "said": f"2025-11-{day}"} for claim, day in ((ENTERED, 10), (NOT_ENTERED, 12))]
    assert judge.ids(mine[0], NOT_ENTERED | {"said": "2025-11-14"}, mine[1]) == ["c1 c2", "c1 c3"]


@BY_BOTH
def test_what_is_once_has_one_day(judge: Judge) -> None:
    breach = {"property": "breach"}

    def breaches(one: str, two: str, **fields: str) -> str | None:
        return judge.pair(breach | {"holds": one}, breach | {"holds": two} | fields)

    assert breaches("2025-11-01", "2025-11-02") == "figure certain"
    assert breaches("1999-11-01", "2025-11-02") == "figure certain"  # at all times
    assert breaches("2025-11-01~", "2025-11-02") is None
    assert breaches("2025-11-01/2025-11-03", "2025-11-03/2025-11-04") is None
    assert breaches("2025-11-01/2025-11-03", "2025-11-04/2025-11-05") == "figure certain"
    assert breaches("../2025-11-05", "2025-11-01") is None  # *by* B is any day up to B+
    assert breaches("../2025-11-05", "2025-11-06") == "figure certain"
    assert breaches("../2025-11-05~", "2025-11-08") is None
    assert breaches("../2025-11-05", "../2024-11-05") is None
    assert judge.pair(breach | {"said": "2025-11-05"}, breach | {"holds": "2025-11-06"}) == "figure certain"
    assert breaches("2025-11-01", "2025-11-02", place="centre") is None  # in the same place only
    assert breaches("2025-11-01", "2025-11-02", stance="denies") == "denial certain"
    assert breaches("2025-11-01", "2026-05-02", stance="denies", said="2026-05-02") == "denial certain"  # it has no `lasts`
    entered = {"property": "first-entry", "subject": "russia", "holds": "2025-11-01"}
    assert judge.entry(entered, entered | {"holds": "2025-11-02"}) == ["figure", "certain", "across", "kupiansk", "first-entry", "russia"]
    assert judge.pair(entered, entered | {"holds": "2025-11-02", "subject": "ukraine"}) is None


@BY_BOTH
def test_events_of_nested_places(judge: Judge) -> None:
    for happened, place, other, found in [
        ("shelling", "centre", "oblast", True),  # what happened in a part happened in the whole
        ("shelling", "oblast", "centre", False),
        ("shelling", "north", "centre", False),
        ("fall", "oblast", "centre", True),  # with parts: what happened to the whole happened to each part
        ("fall", "centre", "oblast", False),
        ("entry", "centre", "kupiansk", True),
    ]:
        one: Record = {"property": happened} | ({"subject": "russia"} if happened == "entry" else {})
        two = one | {"stance": "denies", "place": other}
        assert judge.pair(one | {"place": place}, two) == ("denial certain" if found else None), happened
    fallen = {"property": "fall"}
    assert judge.entry(fallen, fallen | {"stance": "denies", "place": "centre"})[3] == "centre"


# --- Shares ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extent", "least", "least_in", "most", "most_in"),
    [
        ("all", 100, True, 100, True),
        ("100%", 100, True, 100, True),
        ("most", 50, False, 100, True),
        ("part", 0, False, 100, True),
        ("30%", 30, True, 30, True),
        ("~30%", 27, True, 33, True),
        ("<50%", 0, False, 50, False),
        (">=60%", 60, True, 100, True),
        (">60%", 60, False, 100, True),
        ("10..20%", 10, True, 20, True),
        ("0..20%", 0, False, 20, True),
        ("~95%", 85.5, True, 100, True),
        ("90..120%", 90, True, 100, True),
    ],
)
def test_shares_are_ranges(extent: str, least: float, least_in: bool, most: float, most_in: bool) -> None:
    read = share(extent)
    assert read == Figures(Fraction(least), Fraction(most), least_in, most_in)
    assert parse_share(extent) == (least, not least_in, most, not most_in)


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("all", "part", True),  # all + anything
        ("all", "<50%", True),
        ("all", "1%", True),
        ("most", "most", True),
        ("60%", "50%", True),
        ("most", "part", False),
        ("50%", "50%", False),
        ("most", "50%", True),
        ("~30%", "73%", False),
        ("~30%", ">73%", True),
        ("~95%", "15%", True),
        ("~95%", "14.5%", False),
    ],
)
@BY_BOTH
def test_two_choices(judge: Judge, one: str, two: str, found: bool) -> None:
    assert judge.pair(control("russia", extent=one), control("ukraine", extent=two)) == ("exclusive certain" if found else None)


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("all", "<50%", True),
        ("100%", "all", False),
        ("all", "part", False),
        ("most", "50%", True),
        ("~30%", "33%", False),
        ("~30%", "33.1%", True),
        ("<50%", "50%", True),
        ("10..20%", "20..30%", False),
    ],
)
@BY_BOTH
def test_the_same_choice_of_shares_that_do_not_meet(judge: Judge, one: str, two: str, found: bool) -> None:
    assert judge.pair(control("russia", extent=one), control("russia", extent=two)) == ("figure certain" if found else None)


@BY_BOTH
def test_compatible_choices(judge: Judge) -> None:
    assert judge.pair(control("quiet"), control("calm"), property="mood") is None
    assert judge.pair(control("quiet"), control("tense"), property="mood") == "exclusive certain"


@BY_BOTH
def test_choices_of_nested_places(judge: Judge) -> None:
    smaller = control("ukraine", place="centre", extent="part")
    assert judge.entry(control("russia"), smaller) == ["exclusive", "certain", "across", "centre", "control", None]
    assert judge.pair(control("russia", place="oblast"), smaller) == "exclusive certain"  # at any depth
    assert judge.pair(control("russia", extent="100%"), smaller) == "exclusive certain"
    assert judge.pair(control("russia", extent=">=60%"), smaller | {"extent": "all"}) is None
    assert judge.pair(control("russia", extent="most"), smaller) is None
    assert judge.pair(control("russia"), control("russia", place="centre", extent="<50%")) == "figure certain"
    assert judge.pair(control("russia", extent="part"), control("russia", place="centre", extent="<50%")) is None
    # without parts, only of one place
    calm = control("calm", property="mood")
    assert judge.pair(calm, control("tense", property="mood", place="centre")) is None
    assert judge.pair(calm, control("calm", property="mood", place="centre", stance="denies")) is None
    assert judge.pair({"value": "5"}, {"value": "6", "place": "centre"}, property="length-km") is None
    assert judge.pair({"value": "1955"}, {"value": "1956", "place": "centre"}, property="construction-ended") is None


# --- Figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("property", "one", "two", "found"),
    [
        ("population", "27000", "24545", True),  # 24545 + 10 % is 26999.5
        ("population", "27000", "24546", False),
        ("population", "~2000", "1637", False),  # 1800 against 1800.7
        ("population", "~2000", "1636", True),
        ("population", "110", "<100", True),
        ("population", "109", "<100", False),  # the tolerance lets it
        ("population", "110", "<=100", False),
        ("depth", "43", "37.9", True),  # 5 is added
        ("depth", "43", "38", False),
        ("depth", "105", "<100", True),
        ("depth", "104.9", "<100", False),
        ("length-km", "27000", "27000.0", False),
        ("length-km", "0.3", "0.30000000000000001", True),  # exact, never a float
        ("length-km", "100", "<100", True),
        ("length-km", "100", "<=100", False),
        ("length-km", ">=43", "50", False),  # a bound has no other end
        ("length-km", ">=43", "42", True),
        ("length-km", ">=43", "1000..2000", False),
        ("length-km", ">43", "43", True),
        ("length-km", ">43", "<43.1", False),
        ("length-km", ">43", "<=43", True),
        ("length-km", ">=43", "<=43", False),
        ("length-km", "~2000", "1800", False),
        ("length-km", "~2000", "2200.1", True),
        ("length-km", "1000..2000", "2000..3000", False),
    ],
)
@BY_BOTH
def test_quantities(judge: Judge, property: str, one: str, two: str, found: bool) -> None:
    assert judge.pair({"value": one}, {"value": two}, property=property) == ("figure certain" if found else None)


@BY_BOTH
def test_dates_as_values(judge: Judge) -> None:
    def ended(one: str, two: str) -> str | None:
        return judge.pair({"value": one}, {"value": two}, property="construction-ended")

    assert ended("1956", "1955-11-30") == "figure certain"
    assert ended("1956", "1956-11-30") is None
    assert ended("1956~", "1955-11-30") is None
    assert ended("1955/1956", "1957") == "figure certain"
    assert ended("1955/1956", "1956-12-31/1957") is None
    opens = {"property": "opening", "value": "2026-01-01"}
    assert judge.pair(opens, opens | {"value": "2026-01-02"}) == "figure certain"
    assert judge.pair(opens, opens | {"value": "2026-01-02", "said": "2025-11-24"}) == "figure possible"
    assert judge.pair(opens, opens | {"value": "2026-01-02", "said": "2025-11-25"}) is None


@BY_BOTH
def test_text_contradicts_nothing(judge: Judge) -> None:
    assert judge.pair({"value": "a"}, {"value": "b"}, property="name-for-it") is None
    assert judge.pair({"value": "a"}, {"value": "a", "stance": "denies"}, property="name-for-it") is None


# --- Denials, doubts and expectations ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asserted", "denied", "found"),
    [
        ("all", "all", True),
        ("most", "all", False),
        ("most", "most", True),
        ("50%", "most", False),  # over 50 is more than 50
        ("most", ">=50%", True),
        ("50%", ">=50%", True),
        ("49.9%", ">=50%", False),
        ("~30%", ">=27%", True),
        ("part", "part", True),
        (">=60%", "most", True),
        ("<50%", "most", False),
        ("all", "part", True),
    ],
)
@BY_BOTH
def test_denied_shares(judge: Judge, asserted: str, denied: str, found: bool) -> None:
    denial = control("russia", stance="denies", extent=denied)
    assert judge.pair(control("russia", extent=asserted), denial) == ("denial certain" if found else None)
    assert judge.pair(control("ukraine", extent=asserted), denial) is None  # not the same choice


@BY_BOTH
def test_denials_of_nested_places(judge: Judge) -> None:
    def denied(place: str, extent: str, denied_place: str, denied_extent: str) -> str | None:
        denial = control("russia", stance="denies", place=denied_place, extent=denied_extent)
        return judge.pair(control("russia", place=place, extent=extent), denial)

    assert denied("kupiansk", "all", "centre", "all") == "denial certain"
    assert denied("oblast", "all", "centre", "all") == "denial certain"
    assert denied("kupiansk", "most", "centre", "part") is None
    assert denied("centre", "10%", "kupiansk", "part") == "denial certain"  # not even a part
    assert denied("centre", "10%", "kupiansk", ">=0%") == "denial certain"
    assert denied("centre", "all", "kupiansk", "most") is None
    assert denied("centre", "all", "kupiansk", "all") is None
    assert denied("north", "all", "centre", "part") is None


@BY_BOTH
def test_denied_quantities_and_dates(judge: Judge) -> None:
    def denied(asserted: str, denial: str, property: str = "population", **fields: str) -> bool:
        return judge.pair({"value": asserted}, {"value": denial, "stance": "denies"} | fields, property=property) == "denial certain"

    assert denied("45", ">=43") and denied("43", ">=43") and not denied("43", ">43")
    assert denied("~2000", "1800..2200") and not denied("~2000", "1801..2200")
    assert denied("<100", "<=100") and not denied("<100", "0..100") and not denied("<=100", "<100")
    assert not denied("42.9", ">=43")  # without tolerance
    assert not denied("45", ">=43", said="2025-11-09")  # where the times overlap
    assert denied("2025-11-21", "2025-11", "construction-ended")
    assert not denied("2025-11", "2025-11-21", "construction-ended")
    assert denied("2025-11-21", "2025-11-21", "construction-ended")


@BY_BOTH
def test_two_denials_doubts_and_expectations_exclude_nothing(judge: Judge) -> None:
    russia = control("russia")
    assert judge.pair(russia | {"stance": "denies", "extent": "all"}, russia | {"stance": "denies", "extent": "part"}) is None
    entered = {"property": "entry", "subject": "russia"}
    for stance in ("doubts", "expects"):
        assert judge.pair(russia | {"stance": stance}, control("ukraine")) is None
        assert judge.pair(russia | {"stance": stance}, russia | {"stance": "denies", "extent": "part"}) is None
        assert judge.pair(russia | {"stance": stance}, control("ukraine", stance="expects")) is None
        assert judge.pair({"value": "5", "stance": stance}, {"value": "6"}, property="length-km") is None
        assert judge.pair(entered | {"stance": stance}, entered | {"stance": "denies"}) is None
