"""Dates, figures and shares in words, and sentences with gaps: what a reader of each finds there."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.dates import FAR, Days
from ledger.texts.phrases import (
    _FIGURES,
    _SHARES,
    date_words,
    day_words,
    days_words,
    extent_words,
    figure_words,
    holds_words,
    said_words,
    span_words,
)
from ledger.texts.templates import TemplateProblem, capitalised, fill, gaps_of


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "said", "holds", "happened"),
    [
        ("2025-11-21", "2025-11-21", "2025-11-21", "2025-11-21"),
        ("2025-11-21~", "about 2025-11-21", "about 2025-11-21", "about 2025-11-21"),
        ("2025-11", "2025-11", "2025-11", "2025-11"),
        ("2025~", "about 2025", "about 2025", "about 2025"),
        ("../2022-09-10", "by 2022-09-10", "until 2022-09-10", "by 2022-09-10"),
        ("../2022-09~", "by about 2022-09", "until about 2022-09", "by about 2022-09"),
        (
            "2025-12-12/2025-12-13",
            *("some day from 2025-12-12 to 2025-12-13", "from 2025-12-12 to 2025-12-13", "some day from 2025-12-12 to 2025-12-13"),
        ),
        ("2025/2025-12-13", "some day from 2025 to 2025-12-13", "from 2025 to 2025-12-13", "some day from 2025 to 2025-12-13"),
    ],
)
def test_dates_in_words(text: str, said: str, holds: str, happened: str) -> None:
    assert (said_words(text), holds_words(text), holds_words(text, event=True)) == (said, holds, happened)


def test_what_is_open_and_what_is_no_date() -> None:
    assert holds_words("2025-11-21~/..") == "from about 2025-11-21 on"
    for text in ("10/3/2025", "yesterday", "a/b", "../..", "2025-11-21/x"):
        assert said_words(text) == holds_words(text) == text
    assert date_words("x\u202ey") == "x<U+202E>y"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-11-03", "2025-11-03", "2025-11-03"),
        ("2025-11-03", "2025-11-04", "2025-11-03 or 2025-11-04"),
        ("2025-11-03", "2025-11-05", "some day from 2025-11-03 to 2025-11-05"),
        ("2025-11-01", "2025-11-30", "some day in 2025-11"),
        ("2024-02-01", "2024-02-29", "some day in 2024-02"),
        ("2025-02-01", "2025-03-31", "some day from 2025-02-01 to 2025-03-31"),
        ("2025-01-01", "2025-12-31", "some day in 2025"),
        ("2024-01-01", "2025-12-31", "some day from 2024-01-01 to 2025-12-31"),
    ],
)
def test_some_day_of_several(first: str, last: str, words: str) -> None:
    assert days_words(Days(day(first), day(last))) == words


def test_days_without_a_beginning_or_an_end() -> None:
    assert days_words(Days(-FAR, day("2025-11-03"))) == "some day up to 2025-11-03"
    assert span_words(day("2025-11-03"), FAR) == "from 2025-11-03 on"
    assert span_words(-FAR, day("2025-11-03")) == "until 2025-11-03"
    assert span_words(-FAR, FAR) == "at all times"
    assert span_words(day("2025-11-03"), day("2025-11-05")) == "from 2025-11-03 to 2025-11-05"


@pytest.mark.parametrize(
    ("text", "english", "norwegian"),
    [
        ("~55000", "about 55,000", "omtrent 55\u00a0000"),
        (">=43", "at least 43", "minst 43"),
        (">200", "over 200", "over 200"),
        ("<=1234567", "at most 1,234,567", "høyst 1\u00a0234\u00a0567"),
        ("<100", "under 100", "under 100"),
        ("1000..2000", "1,000 to 2,000", "1\u00a0000 til 2\u00a0000"),
        ("8.5", "8.5", "8,5"),
        ("27000.25", "27,000.25", "27\u00a0000,25"),
        ("a lot", "a lot", "a lot"),
    ],
)
def test_figures_in_words(text: str, english: str, norwegian: str) -> None:
    assert (figure_words(text, "en-GB"), figure_words(text, "no")) == (english, norwegian)
    assert figure_words(text, "xx") == english


@given(st.from_regex(r"\A(?:(~|>=|>|<=|<)?[0-9]{1,12}(\.[0-9]{1,3})?|[0-9]{1,6}\.\.[0-9]{7})\Z"), st.sampled_from(sorted(_FIGURES)))
def test_a_figure_in_words_is_still_that_figure(text: str, language: str) -> None:
    """Digits are neither lost nor added, and signs that differ read differently."""
    ways = _FIGURES[language]
    words = figure_words(text, language)
    bare = words.replace(ways.thousands, "").replace(ways.decimal, ".")
    figures = [float(figure) for figure in re.findall(r"[0-9]+(?:\.[0-9]+)?", bare)]
    assert figures == [float(figure) for figure in re.findall(r"[0-9]+(?:\.[0-9]+)?", text.replace("..", " "))]
    others = {figure_words(sign + "7", language) for sign in ("", "~", ">=", ">", "<=", "<")}
    assert len(others) == 6


def test_days_as_values() -> None:
    assert day_words("2022-02-24") == "2022-02-24"
    assert day_words("2022-02-24~", "de") == "etwa 2022-02-24"
    assert day_words("2022-02-24/2022-02-26") == "2022-02-24 to 2022-02-26"


@pytest.mark.parametrize(
    ("extent", "asserted", "denied"),
    [
        ("all", "all of the Kursk region", "all of the Kursk region"),
        ("100%", "all of the Kursk region", "all of the Kursk region"),
        ("most", "most of the Kursk region", "most of the Kursk region"),
        ("part", "part of the Kursk region", "any part of the Kursk region"),
        ("30%", "30 % of the Kursk region", "30 % of the Kursk region"),
        ("~30%", "about 30 % of the Kursk region", "about 30 % of the Kursk region"),
        (">=60%", "at least 60 % of the Kursk region", "60 % or more of the Kursk region"),
        ("10..20%", "10 to 20 % of the Kursk region", "10 to 20 % of the Kursk region"),
    ],
)
def test_shares_of_a_place(extent: str, asserted: str, denied: str) -> None:
    assert extent_words(extent, "the Kursk region") == asserted
    assert extent_words(extent, "the Kursk region", denied=True) == denied


def test_shares_in_other_languages() -> None:
    assert extent_words("all", "Kupjansk", "nb") == "hele Kupjansk"
    assert extent_words("~30%", "Куп'янськ", "uk") == "Куп'янськ (близько 30 %)"
    assert extent_words("most", "{n} {}", "zz") == "{n} {} (> 50 %)"
    for ways in _SHARES.values():
        assert len(set(ways)) == len(ways) and all("{}" in way for way in ways)


def test_sentences_with_gaps() -> None:
    assert gaps_of("{subject} forces have entered {place}") == {"subject", "place"}
    assert (
        fill("{subject} forces have entered {place}", {"subject": "Russian", "place": "{value}"}) == "Russian forces have entered {value}"
    )
    assert fill("no gap", {}) == "no gap"
    assert [capitalised(text) for text in ("the front", "", "ßa", "éa")] == ["The front", "", "ßa", "Éa"]


@pytest.mark.parametrize("text", ["{place", "place}", "{{place}}", "{}", "{Place}", "{place!r}", "{place.__class__}", "{0}", "{ place }"])
def test_sentences_that_can_not_be_read(text: str) -> None:
    with pytest.raises(TemplateProblem):
        gaps_of(text)


@given(st.text("{}plaсe v", max_size=12))
def test_every_text_is_a_sentence_or_told(text: str) -> None:
    try:
        gaps = gaps_of(text)
    except TemplateProblem as problem:
        assert "{" in text or "}" in text
        assert str(problem)
    else:
        assert not gaps and not set(text) & set("{}")
