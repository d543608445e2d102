"""Dates with their uncertainty, intervals and durations, by the grammar of DESIGN section 4."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.texts.dates import (
    FAR,
    LAST_DAY,
    DateProblem,
    Days,
    Duration,
    Holds,
    format_day,
    format_days,
    parse_date,
    parse_day,
    parse_duration,
    parse_holds,
)

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def days(first: str, last: str = "") -> Days:
    """The range of days from one to another, both in ISO form."""
    return Days(date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal())


def problem(text: str, holds: bool = False) -> DateProblem:
    """Why a date (or a `holds`) can't be read."""
    with pytest.raises(DateProblem) as caught:
        (parse_holds if holds else parse_day)(text)
    return caught.value


# -- dates -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2025-11-21", "2025-11-21", "2025-11-21"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("2025~", "2024-01-01", "2026-12-31"),
        ("2025-11~", "2025-10-01", "2025-12-31"),
        ("2025-12~", "2025-11-01", "2026-01-31"),
        ("2025-01~", "2024-12-01", "2025-02-28"),
        ("2024-01~", "2023-12-01", "2024-02-29"),
        ("2024-03~", "2024-02-01", "2024-04-30"),
        ("2025-11-21~", "2025-11-18", "2025-11-24"),
        ("2025-12-30~", "2025-12-27", "2026-01-02"),
        ("2025-01-02~", "2024-12-30", "2025-01-05"),
        ("2024-02-28~", "2024-02-25", "2024-03-02"),
        ("2023-02-28~", "2023-02-25", "2023-03-03"),
        ("0001~", "0001-01-01", "0002-12-31"),
        ("9999~", "9998-01-01", "9999-12-31"),
        ("0001-01~", "0001-01-01", "0001-02-28"),
        ("9999-12~", "9999-11-01", "9999-12-31"),
        ("0001-01-02~", "0001-01-01", "0001-01-05"),
        ("9999-12-30~", "9999-12-27", "9999-12-31"),
    ],
)
def test_a_date_is_a_range_of_days(text: str, first: str, last: str) -> None:
    expected = days(first, last)
    assert parse_date(text) == parse_day(text) == expected
    assert parse_holds(text) == Holds("date", expected, expected)


@settings(deadline=None)
@given(DAYS)
@example(date(1, 1, 1))
@example(date(9999, 12, 31))
def test_a_day_lies_in_its_month_and_its_year(day: date) -> None:
    number = day.toordinal()
    text = day.isoformat()
    month, year = parse_date(text[:7]), parse_date(text[:4])
    assert parse_date(text) == Days(number, number)
    assert year.first <= month.first <= number <= month.last <= year.last
    assert month.last - month.first + 1 == ((day.replace(day=1) + relativedelta(day=31)).day)
    about = [parse_date(part + "~") for part in (text, text[:7], text[:4])]
    assert about[0].first <= number <= about[0].last and about[0].last - about[0].first <= 6
    assert about[2].first <= about[1].first <= about[0].first and about[0].last <= about[1].last <= about[2].last


@settings(deadline=None)
@given(st.dates(date(2, 2, 1), date(9998, 11, 30)))
def test_about_is_the_unit_before_and_the_unit_after(day: date) -> None:
    text = day.isoformat()
    month, year = relativedelta(months=1), relativedelta(years=1)
    assert parse_date(text + "~") == days((day - timedelta(3)).isoformat(), (day + timedelta(3)).isoformat())
    assert parse_date(text[:7] + "~") == Days(
        parse_date((day - month).isoformat()[:7]).first, parse_date((day + month).isoformat()[:7]).last
    )
    assert parse_date(text[:4] + "~") == Days(parse_date((day - year).isoformat()[:4]).first, parse_date((day + year).isoformat()[:4]).last)


# -- intervals -------------------------------------------------------------------------------------------------------------


def test_intervals_of_holds() -> None:
    assert parse_holds("2025-11-01/2025-12") == Holds("interval", days("2025-11-01"), days("2025-12-01", "2025-12-31"))
    assert parse_holds("2025-11-21~/..") == Holds("from", days("2025-11-18", "2025-11-24"), None)
    assert parse_holds("../2025~") == Holds("until", None, days("2024-01-01", "2026-12-31"))
    assert parse_holds("2025/2025-06") == Holds("interval", days("2025-01-01", "2025-12-31"), days("2025-06-01", "2025-06-30"))
    assert parse_holds("2025-11-21/2025-11-21") == Holds("interval", days("2025-11-21"), days("2025-11-21"))


def test_one_day_between_two() -> None:
    assert parse_day("2025-11-01~/2025-12") == days("2025-10-29", "2025-12-31")
    assert parse_day("2025/2025-06") == days("2025-01-01", "2025-06-30")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2025-11-21/2025-11-20", "reversed"),
        ("2026/2025", "reversed"),
        ("2025-11-21~/2025-11-14~", "reversed"),
        ("2025-12-01/2025-11", "reversed"),
        ("2025-11-21~/2025-11-15~", ""),
        ("2025-11-30/2025-11", ""),
        ("2025/2025-01-01", ""),
    ],
)
def test_only_an_end_certainly_before_the_beginning_is_reversed(text: str, name: str) -> None:
    if name:
        assert problem(text).name == problem(text, holds=True).name == name
    else:
        assert parse_holds(text).form == "interval"


@settings(deadline=None)
@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]), st.sampled_from(["", "~"]), st.sampled_from(["", "~"]))
def test_an_interval_is_read_unless_certainly_reversed(one: date, other: date, cut: int, cut2: int, about: str, about2: str) -> None:
    left, right = one.isoformat()[:cut] + about, other.isoformat()[:cut2] + about2
    start, end = parse_date(left), parse_date(right)
    if end.last < start.first:
        assert problem(f"{left}/{right}", holds=True).name == problem(f"{left}/{right}").name == "reversed"
    else:
        assert parse_holds(f"{left}/{right}") == Holds("interval", start, end)
        assert parse_day(f"{left}/{right}") == Days(start.first, end.last)


@pytest.mark.parametrize("text", ["2025-11-21/..", "../2025-11-21"])
def test_only_holds_has_an_open_end(text: str) -> None:
    assert problem(text).name == "unreadable" and "`holds`" in str(problem(text))


# -- what is refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2022-02-30", "2023-02-29", "1900-02-29", "2025-13", "2025-00", "2025-01-00", "2025-04-31", "0000", "0000-01"]
)
@pytest.mark.parametrize("form", ["{}", "{}~", "2001/{}", "{}/9999"])
def test_a_day_that_no_calendar_has(text: str, form: str) -> None:
    assert problem(form.format(text)).name == problem(form.format(text), holds=True).name == "impossible"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025?", "EDTF's marks of doubt"),
        ("2025-11-21%", "EDTF's marks of doubt"),
        ("2025-?11", "EDTF's marks of doubt"),
        ("202X", "EDTF's unspecified digits"),
        ("2025-XX", "EDTF's unspecified digits"),
        ("2025-11-XX~", "EDTF's unspecified digits"),
        ("[2025-11-20,2025-11-21]", "EDTF's sets"),
        ("{2025,2026}", "EDTF's sets"),
        ("-0044", "EDTF's long or negative years"),
        ("Y20250", "EDTF's long or negative years"),
        ("2025E3", "EDTF's long or negative years"),
        ("1950S2", "EDTF's long or negative years"),
        ("2025/", "EDTF's unknown end"),
        ("/2025", "EDTF's unknown end"),
        ("~2025", "`~` stands behind"),
        ("2025-11-21T10:00", "times of day"),
        ("2025-11-21 10:00", "times of day"),
        ("2025-W47", "week dates"),
        ("2025-W47-5", "week dates"),
        ("20251121", "with hyphens"),
        ("2025-11-21..2025-11-22", "only A/B, A/.. and ../B"),
        ("../..", "only A/B, A/.. and ../B"),
        ("2025-1-2", "write it as 2025-01-02"),
        ("2025/1/2", "write it as 2025-01-02"),
        ("2025.11.21", "write it as 2025-11-21"),
        ("03.04.2024", "can't be told"),
        ("3/4/24", "can't be told"),
        ("13/4/24", "can't be told"),
        ("03.04.2024", "write it as 2024-04-03 or 2024-03-04"),
        ("13.09.2023", "write it as 2023-09-13"),
        ("09/13/2023", "write it as 2023-09-13"),
        ("5.5.2023", "write it as 2023-05-05"),
        ("31-02-2023", "there is no such day"),
        ("30.02.2023", "there is no such day"),
        ("29.02.2024", "write it as 2024-02-29"),
        ("32.13.2023", "there is no such day"),
        ("2023/13/9", "write it as 2023-09-13"),
        ("2023.9", "write it as 2023-09"),
        ("2023.13", "there is no month 13"),
        ("2023-21", "write 2023, which holds it whole"),
        ("2023-24", "write 2023~, which holds it whole"),
        ("2023-30", "write 2023~, which holds it whole"),
        ("2023-33", "write 2023, which holds it whole"),
        ("202X", "of a decade or a century write its first and last year as A/B"),
        ("20XX~", "of a decade or a century write its first and last year as A/B"),
        ("2023-XX", "write the month or the year alone"),
        ("2025-03-10?", "or a wider one that is sure"),
        ("yesterday", "write 2025, 2025-11 or 2025-11-21"),
        ("2025-11-21~~", "write 2025, 2025-11 or 2025-11-21"),
        ("2025-11-", "write 2025, 2025-11 or 2025-11-21"),
        ("٢٠٢٥", "write 2025, 2025-11 or 2025-11-21"),
        ("２０２５", "write 2025, 2025-11 or 2025-11-21"),
        ("2025\n", "write 2025, 2025-11 or 2025-11-21"),
        (" 2025", "write 2025, 2025-11 or 2025-11-21"),
        ("", "write 2025, 2025-11 or 2025-11-21"),
    ],
)
def test_other_forms_are_refused_by_name(text: str, named: str) -> None:
    for found in (problem(text), problem(text, holds=True)):
        assert found.name == "unreadable" and named in str(found)


@settings(deadline=None, max_examples=500)
@given(st.one_of(st.text(max_size=24), st.text(st.sampled_from("0123456789-/.~?X"), max_size=24)))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    for parse in (parse_day, parse_holds, parse_duration):
        try:
            assert parse(text)
        except DateProblem as found:
            assert found.name in ("unreadable", "impossible", "reversed") and str(found)


# -- durations -------------------------------------------------------------------------------------------------------------


def test_durations() -> None:
    assert parse_duration("P14D") == Duration(days=14)
    assert parse_duration("P2W") == Duration(days=14)
    assert parse_duration("P1Y2M3W4D") == Duration(1, 2, 25)
    assert parse_duration("P0D") == Duration()
    assert parse_duration("forever") == Duration(forever=True)


@pytest.mark.parametrize(
    "text", ["P", "14D", "P14", "PT12H", "P1DT1H", "P1.5D", "P-1D", "p14d", "P1D1Y", "P1W1Y", "for ever", "", "P1D ", "P١D"]
)
def test_no_durations(text: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_duration(text)
    assert ("hours" in str(caught.value)) == ("T" in text)


@pytest.mark.parametrize(
    ("text", "day", "after", "before"),
    [
        ("P1M", "2024-01-31", "2024-02-29", "2023-12-31"),
        ("P1M", "2023-01-31", "2023-02-28", "2022-12-31"),
        ("P1M", "2024-03-31", "2024-04-30", "2024-02-29"),
        ("P1Y", "2024-02-29", "2025-02-28", "2023-02-28"),
        ("P4Y", "2024-02-29", "2028-02-29", "2020-02-29"),
        ("P1Y1M", "2024-01-31", "2025-02-28", "2022-12-31"),
        ("P1M1D", "2024-01-31", "2024-03-01", "2023-12-30"),
        ("P1M1W", "2024-01-30", "2024-03-07", "2023-12-23"),
        ("P12M", "2023-02-28", "2024-02-28", "2022-02-28"),
        ("P14D", "2024-02-20", "2024-03-05", "2024-02-06"),
    ],
)
def test_years_and_months_come_first_and_the_day_is_clipped(text: str, day: str, after: str, before: str) -> None:
    duration, start = parse_duration(text), date.fromisoformat(day).toordinal()
    assert (format_day(duration.after(start)), format_day(duration.before(start))) == (after, before)


@settings(deadline=None, max_examples=300)
@given(
    st.dates(date(1000, 1, 1), date(3000, 12, 31)),
    st.integers(0, 200),
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 9999),
)
@example(date(2024, 2, 29), 1, 0, 0, 0)
@example(date(2024, 3, 31), 0, 1, 0, 1)
def test_durations_against_dateutil(day: date, years: int, months: int, weeks: int, more: int) -> None:
    duration = parse_duration(f"P{years}Y{months}M{weeks}W{more}D")
    calendar = relativedelta(years=years, months=months)
    rest = timedelta(weeks=weeks, days=more)
    assert duration.after(day.toordinal()) == (day + calendar + rest).toordinal()
    assert duration.before(day.toordinal()) == (day - calendar - rest).toordinal()


def test_durations_end_where_the_calendar_does() -> None:
    assert parse_duration("forever").after(1) == FAR and parse_duration("forever").before(LAST_DAY) == -FAR
    assert parse_duration("P9999Y").after(days("2025-01-01").first) == FAR
    assert parse_duration("P9999Y").before(days("2025-01-01").first) == -FAR
    assert parse_duration("P9999999D").after(LAST_DAY) > LAST_DAY
    assert parse_duration("P1M").after(FAR) == FAR and parse_duration("P1M").before(-FAR) == -FAR


def test_days_as_text() -> None:
    assert format_days(days("2025-11-03")) == "2025-11-03"
    assert format_days(days("2025-11-01", "2025-11-05")) == "2025-11-01..2025-11-05"
    assert (format_day(FAR), format_day(-FAR), format_day(LAST_DAY)) == ("for ever", "the beginning", "9999-12-31")
    assert re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", format_day(1))
