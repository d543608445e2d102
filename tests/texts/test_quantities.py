"""Figures, shares and tolerances: exact ranges with open and closed ends."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.texts.figures import FigureProblem, Number, Range, Tolerance, parse_figure, parse_share, parse_tolerance

NUMBERS = st.integers(0, 10**6).map(str) | st.decimals(0, 10**6, places=3).map(str)


def exactly(number: Number) -> Range:
    return Range(number, False, number, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27000", exactly(27000)),
        ("0", exactly(0)),
        ("007", exactly(7)),
        ("8.5", exactly(Fraction(17, 2))),
        ("8.50", exactly(Fraction(17, 2))),
        ("8.0", exactly(8)),
        ("0.1", exactly(Fraction(1, 10))),
        ("~2000", Range(1800, False, 2200, False)),
        ("~8.5", Range(Fraction(153, 20), False, Fraction(187, 20), False)),
        (">=43", Range(43, False, math.inf, False)),
        (">43", Range(43, True, math.inf, False)),
        ("<=100", Range(-math.inf, False, 100, False)),
        ("<100", Range(-math.inf, False, 100, True)),
        ("1000..2000", Range(1000, False, 2000, False)),
        ("1.5..1.5", exactly(Fraction(3, 2))),
        ("9" * 30, exactly(10**30 - 1)),
    ],
)
def test_figures(text: str, expected: Range) -> None:
    found = parse_figure(text)
    assert found == expected
    assert not [end for end in (found.least, found.most) if isinstance(end, float) and not math.isinf(end)]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("27 000", "write it without separators: 27000"),
        ("27.000.000", "write it without separators: 27000000"),
        ("27,000", "write 27000 where thousands are meant, 27.000 where the comma begins decimals"),
        ("27\u00a0000", "write it without separators: 27000"),
        ("27\u202f000", "write it without separators: 27000"),
        ("27'000", "write it without separators: 27000"),
        ("27_000", "write it without separators: 27000"),
        (">=27 000", "write it without separators: >=27000"),
        ("~27,000", "write ~27000 where thousands are meant, ~27.000 where the comma begins decimals"),
        ("27,000,000", "write it without separators: 27000000"),
        ("8,5", "write it with a point: 8.5"),
        ("2000..1000", "it ends (1000) below where it begins (2000)"),
    ],
)
def test_what_to_write_instead(text: str, help: str) -> None:
    with pytest.raises(FigureProblem) as caught:
        parse_figure(text)
    assert str(caught.value) == help


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "many",
        "-5",
        "+5",
        "1e3",
        "0x10",
        ".5",
        "5.",
        "1..",
        "..2",
        "1...2",
        "1..2..3",
        "~1..2",
        ">=1..2",
        "=5",
        "> 5",
        "5 km",
        "5%",
        "~~5",
        "<>5",
    ]
    + ["٢٧", "２７", "½", "5\n", "9" * 31, "1." + "0" * 31, "inf", "nan", "=>5", "≥5"],
)
def test_no_figures(text: str) -> None:
    with pytest.raises(FigureProblem) as caught:
        parse_figure(text)
    assert str(caught.value)


def test_a_figure_with_three_decimals_is_no_thousand() -> None:
    assert parse_figure("27.000") == exactly(27)


@settings(deadline=None)
@given(NUMBERS)
def test_figures_are_exact(text: str) -> None:
    value = Fraction(text)
    assert parse_figure(text) == exactly(value)
    about = parse_figure("~" + text)
    assert (about.least, about.most) == (value * Fraction(9, 10), value * Fraction(11, 10))
    assert parse_figure(text).within(about) and parse_figure(text).within(parse_figure(f"{text}..{text}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all", exactly(100)),
        ("100%", exactly(100)),
        ("most", Range(50, True, 100, False)),
        ("part", Range(0, True, 100, False)),
        ("30%", exactly(30)),
        ("~30%", Range(27, False, 33, False)),
        ("~95%", Range(Fraction(171, 2), False, 100, False)),
        ("<50%", Range(0, True, 50, True)),
        ("<=50%", Range(0, True, 50, False)),
        (">50%", Range(50, True, 100, False)),
        (">=60%", Range(60, False, 100, False)),
        (">=0%", Range(0, True, 100, False)),
        ("10..20%", Range(10, False, 20, False)),
        ("0..20%", Range(0, True, 20, False)),
        ("90..120%", Range(90, False, 100, False)),
        ("<300%", Range(0, True, 100, False)),
        ("0.5%", exactly(Fraction(1, 2))),
    ],
)
def test_shares_are_cut_to_over_nothing_and_at_most_all(text: str, expected: Range) -> None:
    assert parse_share(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0%", "nothing at all is a denial"),
        ("<0%", "nothing at all is a denial"),
        ("<=0%", "nothing at all is a denial"),
        ("0..0%", "nothing at all is a denial"),
        ("120%", "over 100%"),
        (">100%", "over 100%"),
        (">=101%", "over 100%"),
        ("101..102%", "over 100%"),
        ("30", "write all, most, part"),
        ("half", "write all, most, part"),
        ("All", "write all, most, part"),
        ("", "write all, most, part"),
        ("%", "write a figure"),
        ("30 %", "write a figure"),
        ("20..10%", "it ends (10) below"),
        ("8,5%", "write it with a point"),
    ],
)
def test_no_shares(text: str, named: str) -> None:
    with pytest.raises(FigureProblem) as caught:
        parse_share(text)
    assert named in str(caught.value)


def test_tolerances() -> None:
    assert parse_tolerance("10%") == Tolerance(Fraction(1, 10), 0)
    assert parse_tolerance("2.5%").added(200) == 205
    assert parse_tolerance("500").added(1000) == 1500
    assert parse_tolerance("0.5").added(1) == Fraction(3, 2)
    assert parse_tolerance("10%").added(math.inf) == math.inf
    for text in ("", "%", "about 10%", "~10%", "-5", ">5", "1..2", "10 %"):
        with pytest.raises(FigureProblem):
            parse_tolerance(text)


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        ("101", "100", True),
        ("100", "100", False),
        ("100", "<100", True),
        (">100", "100", True),
        (">100", "<=100", True),
        (">=100", "<=100", False),
        (">=43", "42", True),
        (">=43", "43", False),
        ("~100", "89", True),
        ("~100", "90", False),
        ("<100", "50", False),
        ("1000", ">=1", False),
        ("1000..2000", "999.9", True),
    ],
)
def test_above_is_where_ranges_do_not_meet(one: str, other: str, above: bool) -> None:
    assert parse_figure(one).above(parse_figure(other)) is above


@pytest.mark.parametrize(
    ("one", "other", "tolerance", "above"),
    [
        ("110", "100", "10%", False),
        ("111", "100", "10%", True),
        (">110", "100", "10%", True),
        ("110", "<100", "10%", True),
        ("100", "<100", "10%", False),
        ("105", "100", "5", False),
        ("105.1", "100", "5", True),
    ],
)
def test_the_tolerance_is_added_to_the_smaller(one: str, other: str, tolerance: str, above: bool) -> None:
    assert parse_figure(one).above(parse_figure(other), parse_tolerance(tolerance)) is above


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ("100", "~100", True),
        ("~100", "100", False),
        ("100", "<100", False),
        ("<100", "<=100", True),
        ("<=100", "<100", False),
        (">43", ">=43", True),
        (">=43", ">43", False),
        (">43", ">43", True),
        ("43..50", ">=43", True),
        ("10..20", "10..20", True),
    ],
)
def test_within_minds_open_ends(one: str, other: str, within: bool) -> None:
    assert parse_figure(one).within(parse_figure(other)) is within


FIGURES = st.builds(str.__add__, st.sampled_from(["", "~", ">=", ">", "<=", "<"]), st.integers(0, 12).map(str)) | st.tuples(
    st.integers(0, 12), st.integers(0, 12)
).map(lambda ends: f"{min(ends)}..{max(ends)}")


@settings(deadline=None, max_examples=300)
@given(FIGURES, FIGURES)
def test_ranges_against_their_points(one: str, other: str) -> None:
    """`above` and `within`, tried on points a hundredth apart."""

    def points(text: str) -> set[Fraction]:
        found = parse_figure(text)
        steps = [Fraction(step, 100) for step in range(-1, 1500)]
        return {
            point
            for point in steps
            if (found.least < point or (found.least == point and not found.least_open))
            and (point < found.most or (point == found.most and not found.most_open))
        }

    mine, theirs = points(one), points(other)
    first, second = parse_figure(one), parse_figure(other)
    assert (first.above(second) or second.above(first)) == (not mine & theirs)
    assert first.within(second) == (mine <= theirs)
