"""DESIGN section 4, first paragraph, "Dates" and "Time of a claim": every example and rule, by both implementations."""

from __future__ import annotations

import pytest
from judging import BY_BOTH, SAID, Judge, control, ledger_with
from oracle_ranges import moved, one_day, written_date

from ledger.texts.dates import Days, parse_date, parse_day, parse_duration

# --- The first paragraph: what is no contradiction ---------------------------------------------------------------


@BY_BOTH
def test_what_a_report_must_not_flag(judge: Judge) -> None:
    pair, russia, ukraine = judge.pair, control("russia"), control("ukraine")
    assert pair(russia | {"said": "2022-11-10"}, ukraine) is None  # the same town three years apart
    assert pair(russia | {"place": "north"}, ukraine | {"place": "centre"}) is None
    assert pair({"property": "length-km", "value": "100"}, {"property": "area-km2", "value": "20"}) is None
    grew = [{"property": "losses", "subject": "russia", "value": value} for value in ("100", "150")]
    assert pair(grew[0], grew[1] | {"said": "2025-12-01"}) is None  # a total that grew
    entered = {"property": "entry", "subject": "russia"}
    assert pair(entered | {"stance": "denies"}, entered | {"said": "2025-11-12"}) is None  # "not yet" and later "now"
    assert pair(entered | {"stance": "doubts"}, entered) is None  # "not confirmed" against "confirmed"


@BY_BOTH
def test_one_property_one_subject_one_place(judge: Judge) -> None:
    assert judge.entry(control("russia"), control("ukraine")) == ["exclusive", "certain", "across", "kupiansk", "control", None]
    losses = {"property": "losses", "value": "5", "holds": "2025-11-01/2025-11-03"}
    other = losses | {"value": "6", "subject": "ukraine"}
    assert judge.entries(losses | {"subject": "russia"}, other) == []
    assert judge.entry(losses | {"subject": "ukraine"}, other) == ["figure", "certain", "across", "kupiansk", "losses", "ukraine"]
    assert judge.pair(control("calm", property="mood"), control("tense", property="mood-for-good")) is None


# --- Dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2025-11-21", "2025-11-21", "2025-11-21"),
        ("2025-11-21~", "2025-11-18", "2025-11-24"),
        ("2025-11~", "2025-10-01", "2025-12-31"),
        ("2025-12~", "2025-11-01", "2026-01-31"),
        ("2025-01~", "2024-12-01", "2025-02-28"),
        ("2025~", "2024-01-01", "2026-12-31"),
        ("2025-11-03/2025-12", "2025-11-03", "2025-12-31"),
        ("2025-11-03~/2025~", "2025-10-31", "2026-12-31"),
    ],
)
def test_dates_are_ranges_of_days(text: str, first: str, last: str) -> None:
    days = (written_date(first).first, written_date(last).first)
    assert (one_day(text).first, one_day(text).last) == days
    assert parse_day(text) == Days(*days)
    assert parse_date(first) == Days(days[0], days[0])


@BY_BOTH
def test_said_as_some_one_day_of_two(judge: Judge) -> None:
    calm, tense = control("calm", property="mood"), control("tense", property="mood")
    days = [f"2025-11-{day:02}" for day in (7, 8, 10, 11)]
    assert [judge.pair(calm | {"said": "2025-11-08/2025-11-10"}, tense | {"said": day}) for day in days] == (
        [None, "exclusive possible", "exclusive possible", None]
    )


@BY_BOTH
def test_said_is_never_later_than_published(judge: Judge) -> None:
    calm, tense = control("calm", property="mood", said="2025-11"), control("tense", property="mood", said="2025-11-12")
    written = ledger_with(calm, tense | {"file": "b.yaml"})
    assert [entry["strength"] for entry in judge.verdicts(written)] == ["possible"]
    written["files"][0]["published"] = "2025-11-11"
    assert judge.verdicts(written) == []
    written["files"][0]["published"] = "2025-11-11/2025-11-12"
    assert [entry["strength"] for entry in judge.verdicts(written)] == ["possible"]
    written["files"][1]["claims"][0]["disputes"] = ["c1"]  # finds the pair wherever both were said by that day
    assert judge.verdicts(written, "2025-11-12") != []
    written["files"][0]["published"] = "2025-11-13"
    assert judge.verdicts(written, "2025-11-12") == []


# --- Durations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "duration", "sign", "result"),
    [
        ("2025-11-10", "P14D", 1, "2025-11-24"),
        ("2025-01-31", "P1M", 1, "2025-02-28"),
        ("2024-02-29", "P2Y", 1, "2026-02-28"),
        ("2024-01-31", "P1Y1M", 1, "2025-02-28"),
        ("2024-01-31", "P1Y2M3W4D", 1, "2025-04-25"),
        ("2025-12-31", "P1M", -1, "2025-11-30"),
        ("2025-11-10", "P1W", -1, "2025-11-03"),
        ("2025-03-31", "P1M1D", -1, "2025-02-27"),
    ],
)
def test_durations(day: str, duration: str, sign: int, result: str) -> None:
    start, end = written_date(day).first, written_date(result).first
    assert moved(start, duration, sign) == end
    asked = parse_duration(duration)
    assert (asked.after if sign > 0 else asked.before)(start) == end


# --- The table of times ------------------------------------------------------------------------------------------


def against(judge: Judge, holds: str | None, day: str, said: str = SAID) -> str:
    """How surely a claim of who holds the town overlaps with another's about one day, stated as an interval."""
    one = control("russia", said=said) | ({"holds": holds} if holds else {})
    return (judge.pair(one, control("ukraine", said="2026-05-01", holds=f"{day}/{day}")) or "none none").split()[1]


@pytest.mark.parametrize(
    ("said", "holds", "days"),
    [
        (SAID, None, {"2025-11-09": "none", "2025-11-10": "certain", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID + "~", None, {"2025-11-06": "none", "2025-11-07": "possible", "2025-11-27": "possible", "2025-11-28": "none"}),
        (SAID, "2025-11-08", {"2025-11-07": "none", "2025-11-08": "certain", "2025-11-22": "possible", "2025-11-23": "none"}),
        # a D that is not certainly later than it was said is no later
        (SAID, "2025-11-08~", {"2025-11-04": "none", "2025-11-05": "possible", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID, "2025-11", {"2025-11-01": "possible", "2025-11-10": "possible", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID, "2025-11-10~", {"2025-11-07": "possible", "2025-11-10": "possible", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID, "2025-11-14~", {"2025-11-10": "none", "2025-11-11": "possible", "2025-12-01": "possible", "2025-12-02": "none"}),
        (SAID, "2025-12-01", {"2025-12-01": "certain", "2025-12-15": "possible", "2025-12-16": "none"}),
        # a day so long past that it is presumed no more
        (SAID, "2025-01-01", {"2025-01-01": "certain", "2025-01-02": "none"}),
        (SAID, "2025-10-27", {"2025-10-27": "certain", "2025-10-28": "possible", "2025-11-10": "possible", "2025-11-11": "none"}),
        (SAID, "2025-10-26", {"2025-10-26": "certain", "2025-10-27": "none"}),
        (SAID + "~", "2025-10-24", {"2025-10-24": "certain", "2025-11-07": "possible"}),
        (SAID + "~", "2025-10-23", {"2025-10-23": "certain", "2025-10-24": "none"}),
        # A/B: an end that was stated is an end, its own day a hand-over
        (SAID, "2025-11-01/2025-11-20", {"2025-10-31": "none", "2025-11-01": "certain", "2025-11-19": "certain"}),
        (SAID, "2025-11-01/2025-11-20", {"2025-11-20": "possible", "2025-11-21": "none"}),
        (SAID, "2025-11-01~/2025-11-20~", {"2025-10-29": "possible", "2025-11-03": "possible", "2025-11-04": "certain"}),
        (SAID, "2025-11-01~/2025-11-20~", {"2025-11-16": "certain", "2025-11-17": "possible", "2025-11-23": "possible"}),
        # A/..
        (SAID, "2025-11-01/..", {"2025-10-31": "none", "2025-11-10": "certain", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID, "2025-11-10/..", {"2025-11-10": "certain", "2025-11-11": "possible", "2025-11-24": "possible", "2025-11-25": "none"}),
        (SAID, "2025-11-11/..", {"2025-11-10": "none", "2025-11-11": "certain", "2025-11-25": "possible", "2025-11-26": "none"}),
        (SAID, "2025-12-01/..", {"2025-11-30": "none", "2025-12-01": "certain", "2025-12-15": "possible", "2025-12-16": "none"}),
        (SAID, "2025-12/..", {"2025-12-01": "possible", "2025-12-31": "possible", "2026-01-14": "possible", "2026-01-15": "none"}),
        (SAID, "2025-11-13~/..", {"2025-11-10": "certain", "2025-11-24": "possible", "2025-11-25": "none"}),  # A- is said+
        (SAID, "2025-11-14~/..", {"2025-11-10": "none", "2025-11-11": "possible", "2025-12-01": "possible", "2025-12-02": "none"}),
        (SAID, "2025-11/..", {"2025-11-01": "possible", "2025-11-10": "certain", "2025-11-24": "possible", "2025-11-25": "none"}),
        # ../B
        (SAID, "../2025-11-20", {"2025-11-05": "none", "2025-11-06": "possible", "2025-11-19": "certain", "2025-11-20": "possible"}),
        (SAID, "../2025-11-20", {"2025-11-21": "none"}),
        (SAID, "../2025-11-20~", {"2025-11-02": "none", "2025-11-03": "possible", "2025-11-17": "possible", "2025-11-23": "possible"}),
    ],
)
@BY_BOTH
def test_the_table_of_times(judge: Judge, said: str, holds: str | None, days: dict[str, str]) -> None:
    assert {day: against(judge, holds, day, said) for day in days} == days


@BY_BOTH
def test_start_and_end_fit_each_other(judge: Judge) -> None:
    def both(one: str, two: str) -> str | None:
        return judge.pair(control("russia", holds=one), control("ukraine", holds=two))

    assert both("2025-11/2025-11-10", "2025-11-09/2025-11-12") == "exclusive certain"  # it starts by the 10th
    assert both("2025-11/2025-11-10", "2025-11-09/2025-11-09") == "exclusive possible"
    assert both("2025-11-10/2025-11", "2025-11-08/2025-11-12") == "exclusive certain"  # it does not end before the 10th
    assert both("2025-11-10/2025-11", "2025-11-11/2025-11-12") == "exclusive possible"


@BY_BOTH
def test_without_lasts_nothing_is_presumed_and_forever_is(judge: Judge) -> None:
    calm, tense = control("calm", property="mood"), control("tense", property="mood", said="2025-11-11")
    assert judge.pair(calm, tense) is None
    assert judge.pair(calm | {"said": "2025-11-11"}, tense) == "exclusive certain"
    assert judge.pair(calm | {"holds": "2025-11-01/.."}, tense) is None
    assert judge.pair(calm | {"holds": "../2025-11-20"}, tense | {"said": "2025-11-18"}) is None  # s- is the day before B-
    assert judge.pair(calm | {"holds": "../2025-11-20"}, tense | {"said": "2025-11-19"}) == "exclusive certain"
    for_good = control("calm", property="mood-for-good"), control("tense", property="mood-for-good", said="2026-05-30")
    assert judge.pair(*for_good) == "exclusive possible"
    ended = control("calm", property="mood-for-good", holds="../2025-11-20")
    assert judge.pair(ended, for_good[1] | {"holds": "1999-01-01/1999-01-02"}) == "exclusive possible"


# --- Overlaps ----------------------------------------------------------------------------------------------------


@BY_BOTH
def test_a_hand_over_is_no_certain_overlap(judge: Judge) -> None:
    def after(before: str, holds: str | None, said: str = SAID) -> str | None:
        other = control("ukraine", said=said) | ({"holds": holds} if holds else {})
        return judge.pair(control("russia", holds=before), other)

    assert after("2025-11-01/2025-11-05", "2025-11-05/..") == "exclusive possible"
    assert after("2025-11-01/2025-11-05", "2025-11-04/..") == "exclusive certain"
    assert after("2025-11-01/2025-11-05", "2025-11-06/..") is None
    assert after("2025-11-05/2025-11-05", "2025-11-05") == "exclusive certain"  # it does not start before that day
    assert after("2025-11-05~/2025-11-05", "2025-11-05") == "exclusive possible"  # it may
    assert after("../2025-11-05", "2025-11-05") == "exclusive possible"
    assert after("2025-11-01/..", None) == "exclusive certain"  # an end that is not stated hands nothing over
    # a latest start that is only the day of the word; an end of several days, whose earliest is asked
    assert after("2025-11-01/2025-11-10", None) == "exclusive possible"
    assert after("2025-11-01/2025-11-10~", "2025-11-07/..", "2025-11-20") == "exclusive possible"
    assert after("2025-11-01/2025-11-10~", "2025-11-06/..", "2025-11-20") == "exclusive certain"
    assert after("2025-11-01/2025-11-10", "2025-11-08~/..") == "exclusive possible"  # it starts by the day it was said
    assert after("2025-11-01/2025-11-10", "2025-11-06~/..") == "exclusive certain"
    assert after("2025-11-01/2025-11-10", "2025-11-07~/2025-11-20") == "exclusive possible"


@BY_BOTH
def test_what_is_timeless_overlaps_certainly(judge: Judge) -> None:
    assert judge.pair(control("ussr"), control("ukraine", said="2020-01-01"), property="builder") == "exclusive certain"
    assert judge.pair({"value": "100"}, {"value": "101", "said": "1999~"}, property="length-km") == "figure certain"


# --- The mouth and its next word ---------------------------------------------------------------------------------


@BY_BOTH
def test_between_claims_of_one_mouth_nothing_is_presumed(judge: Judge) -> None:
    first, later = control("russia", claimant="rus"), control("ukraine", said="2025-11-12", claimant="konashenkov")
    assert judge.entries(first, later) == []  # a change of account
    two_accounts = later | {"holds": "2025-11-10/2025-11-12"}
    assert judge.entry(first, two_accounts) == ["exclusive", "certain", "own", "kupiansk", "control", None]
    assert judge.entry(first, two_accounts | {"said": "2025-11-12", "holds": "2025-11-10~"})[:3] == ["exclusive", "possible", "own"]
    # of `../B` the start is the day before B-
    ended = control("russia", claimant="rus", said="2025-11-25", holds="../2025-11-20")
    assert judge.pair(ended, control("ukraine", claimant="rus", said="2025-11-18")) is None
    assert judge.pair(ended, control("ukraine", claimant="ukr", said="2025-11-18")) == "exclusive possible"
    assert judge.pair(ended, control("ukraine", claimant="rus", said="2025-11-19")) == "exclusive certain"


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("rus", "rus", "relayed"),
        ("rus", "konashenkov", "relayed"),
        ("rus", "rus-source", "relayed"),  # unnamed, but of somebody: in every file the same mouth
        ("officer", "officer", "across"),
        ("officer-aide", "officer", "across"),
    ],
)
@BY_BOTH
def test_mouths_in_two_files(judge: Judge, one: str, two: str, relation: str) -> None:
    claims = control("russia", claimant=one), control("ukraine", claimant=two)
    assert judge.entry(claims[0], claims[1])[2] == "own"
    assert judge.entry(claims[0], claims[1] | {"file": "b.yaml"})[2] == relation
    later = claims[1] | {"said": "2025-11-11", "file": "b.yaml"}
    assert judge.pair(claims[0], later) == (None if relation == "relayed" else "exclusive possible")


FIRST = control("russia", claimant="map", said="2025-11-03")  # presumed until the 17th
OTHER = control("ukraine", claimant="ukr", said="2025-11-12")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        (control("contested"), ["c2 c3"]),  # excludes c by its values
        (control("contested", extent="<50%"), ["c2 c3"]),
        (control("russia"), ["c2 c3"]),  # the very value
        (control("russia", extent="part"), ["c2 c3"]),  # a share is no part of the value
        (control("russia", stance="doubts"), []),  # in another stance
        (control("russia", stance="denies", extent="all"), []),
        (control("russia", stance="denies", extent="part"), []),
        (control("russia", stance="expects"), ["c1 c2"]),
        (control("contested", stance="doubts"), ["c1 c2"]),  # neither the very value nor excluding
        (control("contested", stance="denies", extent="part"), ["c1 c2"]),
        (control("russia", stance="doubts", place="centre"), ["c1 c2"]),  # of another place
        (control("russia", stance="doubts", claimant="rus"), ["c1 c2"]),  # of another mouth
        # the day before its latest start
        (control("contested", said="2025-11-12"), ["c2 c3"]),
        (control("contested", said="2025-11-13"), ["c1 c2", "c2 c3"]),
        (control("contested", said="2025-11-09~"), ["c2 c3"]),
        (control("contested", said="2025-11-10~"), ["c1 c2", "c2 c3"]),
        (control("russia", stance="doubts", holds="2025-11-05/2025-11-12"), []),
        (control("russia", stance="doubts", holds="2025-11-13/2025-11-14"), ["c1 c2"]),
        # its time certainly reaches c's
        (control("russia", stance="doubts", holds="2025-11-01/2025-11-02"), ["c1 c2"]),
        (control("russia", stance="doubts", holds="2025-11-01/2025-11-03~"), ["c1 c2"]),
        (control("russia", stance="doubts", holds="2025-11-03/2025-11-03"), []),
        # said certainly later, or no earlier and of a later time (of `../B` from the day before B-)
        (control("russia", stance="doubts", said="2025-11-04"), []),
        (control("russia", stance="doubts", said="2025-11-04~"), ["c1 c2"]),
        (control("russia", stance="doubts", said="2025-11-03"), ["c1 c2"]),
        (control("russia", stance="doubts", said="2025-11-03", holds="2025-11-04"), []),
        (control("russia", stance="doubts", said="2025-11-03", holds="2025-11-03/2025-11-05"), ["c1 c2"]),
        (control("russia", stance="doubts", said="2025-11-03", holds="../2025-11-05"), []),
        (control("russia", stance="doubts", said="2025-11-03", holds="../2025-11-04"), ["c1 c2"]),
        (control("russia", stance="doubts", said="2025-11-02", holds="2025-11-04"), ["c1 c2"]),
    ],
)
@BY_BOTH
def test_the_next_word_ends_what_is_presumed(judge: Judge, word: dict[str, str], found: list[str]) -> None:
    assert judge.entry(FIRST, OTHER)[:2] == ["exclusive", "possible"]
    assert judge.ids(FIRST, OTHER, {"claimant": "map", "said": "2025-11-10"} | word) == found


@BY_BOTH
def test_a_next_word_takes_nothing_from_what_is_vouched(judge: Judge) -> None:
    vouched = FIRST | {"holds": "2025-11-01/.."}
    word = control("russia", claimant="map", stance="doubts", said="2025-11-10", holds="2025-11-02/..")
    assert judge.ids(vouched, OTHER | {"said": "2025-11-03"}, word) == ["c1 c2"]
    assert judge.ids(vouched, OTHER | {"said": "2025-11-04"}, word) == []


@BY_BOTH
def test_any_figure_or_date_is_a_next_word(judge: Judge) -> None:
    figure = {"property": "population", "value": "27000", "claimant": "map", "said": "2025-11-03"}
    other = figure | {"value": "9000", "claimant": "ukr", "said": "2025-11-12"}
    word = figure | {"said": "2025-11-10"}
    assert judge.ids(figure, other) == ["c1 c2"]
    assert judge.ids(figure, other, word | {"value": "27001"}) == ["c2 c3"]  # whatever it is
    assert judge.ids(figure, other, word | {"value": "27001", "stance": "doubts"}) == ["c1 c2"]  # not the very value
    assert judge.ids(figure, other, word | {"value": "27000.0", "stance": "doubts"}) == []
    assert judge.ids(figure, other, word | {"value": ">=26999", "stance": "denies"}) == []  # excludes c
    assert judge.ids(figure, other, word | {"value": ">=27001", "stance": "denies"}) == ["c1 c2"]
    assert judge.ids(figure, other, word | {"value": "27001", "stance": "expects"}) == ["c1 c2"]
    date = {"property": "opening", "value": "2026-01", "claimant": "map", "said": "2025-11-03"}
    other = date | {"value": "2026-02", "claimant": "ukr", "said": "2025-11-12"}
    word = date | {"said": "2025-11-10"}
    assert judge.ids(date, other) == ["c1 c2"]
    assert judge.ids(date, other, word | {"value": "2026-01-05"}) == ["c2 c3"]
    assert judge.ids(date, other, word | {"stance": "doubts"}) == []
    assert judge.ids(date, other, word | {"value": "2026-01-05", "stance": "doubts"}) == ["c1 c2"]


@BY_BOTH
def test_a_next_word_is_of_one_subject(judge: Judge) -> None:
    presence = {"presence": {"values": ["many", "few"], "subjects": ["ukraine", "russia"], "lasts": "P14D"}}
    many = {"property": "presence", "subject": "russia", "value": "many", "claimant": "map", "said": "2025-11-03"}
    other = many | {"value": "few", "claimant": "ukr", "said": "2025-11-12"}
    word = many | {"stance": "doubts", "said": "2025-11-10"}
    assert judge.ids(many, other, word, properties=presence) == []
    assert judge.ids(many, other, word | {"subject": "ukraine"}, properties=presence) == ["c1 c2"]
