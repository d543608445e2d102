"""When two claims say the same: the table of `docs/contradictions.md`, "Agreement", pair by pair."""

from __future__ import annotations

import pytest
from test_claimants import claim, files_of, ledger_of, row_of, tally_of

from ledger.answers.agreement import Supports, agrees, standing
from ledger.conflicts import find_conflicts
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.texts.figures import parse_figure, parse_tolerance, same_figure

SAME, NOT = True, False


@pytest.mark.parametrize(
    ("one", "other", "tolerance", "same"),
    [
        ("100", "100", "", SAME),
        ("100", "100.0", "", SAME),
        ("100", "101", "", NOT),
        ("100", "101", "1", SAME),
        ("100", "102", "1", NOT),
        ("100", "110", "10%", SAME),
        ("100", "111", "10%", NOT),
        ("0", "0", "", SAME),
        ("2000", "~2000", "", SAME),
        ("1900", "~2000", "", SAME),
        ("1800", "~2000", "", SAME),
        ("1799", "~2000", "", NOT),
        ("~2000", "~2200", "", SAME),
        ("~2000", "~2300", "", NOT),
        ("1500", "1000..2000", "", SAME),
        ("1450", "1400..1600", "", SAME),
        ("1200", "1000..2000", "", NOT),
        ("1200", "1000..2000", "300", SAME),
        ("3252", "1..100000", "", NOT),
        ("3252", "0..1000000", "10%", NOT),
        ("1000..2000", "1000..2000", "", SAME),
        ("1000..2000", "1500..2500", "", SAME),
        ("1000..2000", "1900..3900", "", NOT),
        ("1000..2000", "2000..3000", "", NOT),
        ("1000..2000", "2001..3000", "", NOT),
        ("1000..5000", "1100..1200", "", NOT),
        (">=2", "3252", "", NOT),
        (">=43", "43", "", NOT),
        (">=43", "~43", "", NOT),
        (">=43", "40..50", "", NOT),
        (">=43", ">=43", "", SAME),
        (">=43", ">43", "", NOT),
        (">43", ">43", "", SAME),
        (">=43", ">=40", "", NOT),
        (">=43", ">=40", "10%", SAME),
        (">=43", ">=40", "3", SAME),
        (">=43", ">=40", "2", NOT),
        (">=43", "<=43", "", NOT),
        (">=43", "<=100", "10%", NOT),
        ("<100", "<100", "", SAME),
        ("<=100", "<100", "", NOT),
        ("<=100", "<100", "5%", SAME),
        ("<=100", "<=105", "5%", SAME),
        ("<=100", "99", "", NOT),
    ],
)
def test_two_figures_are_the_same(one: str, other: str, tolerance: str, same: bool) -> None:
    allowed = parse_tolerance(tolerance) if tolerance else None
    assert same_figure(parse_figure(one), parse_figure(other), allowed) is same
    assert same_figure(parse_figure(other), parse_figure(one), allowed) is same


def said_alike(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two claims of two texts agree: as `show` says it, and as `claimants` does."""
    ledger = ledger_of([claim("one", "ministry", **one)], [claim("other", "map", "2025-06-12", **other)])
    first, second = ledger.claims()
    conflicts = find_conflicts(ledger).conflicts
    shown = [each.id for each in standing(first, ledger.claims(), conflicts, ledger).agreeing] == ["other"]
    counted = Supports(ledger.claims(), conflicts, ledger).of(first)
    assert shown == (counted.reports == 2) == (counted.later == (second,))
    assert shown == (not conflicts and agrees(second, first, ledger.vocabulary))
    return shown


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("all", "all", SAME),
        ("all", "100%", SAME),
        ("all", '">=90%"', NOT),
        ("all", "most", NOT),
        ("all", "part", NOT),
        ("most", "most", SAME),
        ("most", '">50%"', SAME),
        ("most", '">=60%"', NOT),
        ("most", "part", NOT),
        ("most", "70%", NOT),
        ("part", "part", SAME),
        ("30%", '"~30%"', SAME),
        ("95%", '"~95%"', SAME),
        ("30%", '"<50%"', NOT),
        ("30%", "10..90%", NOT),
        ("40..60%", "50..70%", SAME),
    ],
)
def test_two_shares_are_the_same(one: str, other: str, same: bool) -> None:
    assert said_alike({"extent": one}, {"extent": other}) is same
    assert said_alike({"extent": other}, {"extent": one}) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("100", "105", SAME),
        ("100", "120", NOT),
        ('">=2"', "3252", NOT),
        ('">=90"', '">=95"', SAME),
        ('">=90"', '">=900"', NOT),
        ('">=90"', '"<=95"', NOT),
        ('"<=100"', '"<=105"', SAME),
        ("95..120", '"~105"', SAME),
        ("1..100000", "3252", NOT),
    ],
)
def test_show_and_claimants_say_alike_who_agrees(one: str, other: str, same: bool) -> None:
    assert said_alike({"property": "losses", "value": one}, {"property": "losses", "value": other}) is same


def test_bounds_of_both_sides_are_counted_apart() -> None:
    values = ['">=90"', '">=92"', '"<=100"', '"<=101"', "100", "101"]
    ledger = ledger_of(*([claim(f"c{n}", "ministry", property="losses", value=value)] for n, value in enumerate(values)))
    supports = Supports(ledger.claims(), [], ledger)
    assert [supports.of(each).reports for each in ledger.claims()] == [2] * 6


SENTENCE = "Sentence x stands here.\n"


def texts_alike(*seeds: str) -> tuple[int, int]:
    """How many reports and origins stand behind a claim that each of these texts makes of an unnamed officer."""
    files = files_of(*([claim(f"c{number}", "officer", quote="Sentence x stands here.")] for number in range(len(seeds))))
    for number, text in enumerate(seeds):
        files[f"seeds/s{number}.txt"] = text.encode()
    ledger = load(MemoryTree(files))
    first = ledger.claims()[0]
    found = standing(first, ledger.claims(), [], ledger)
    support = Supports(ledger.claims(), [], ledger)
    assert (support.of(first).reports, len(support.of(first).origins)) == (found.reports, len(found.origins))
    row = row_of(tally_of(ledger), "officer")
    assert (row.reports, row.origins) == (found.reports, len(found.origins))
    assert all(not each.later for each in row.supports) or found.reports > 1
    return found.reports, len(found.origins)


@pytest.mark.parametrize(
    ("seeds", "counted"),
    [
        ((SENTENCE, SENTENCE), (1, 1)),
        ((SENTENCE, f"\n{SENTENCE.replace(' ', '  ')}\r\n"), (1, 1)),
        ((SENTENCE, f"{SENTENCE}More.\n"), (2, 2)),
        ((SENTENCE, f"{SENTENCE}More.\n", SENTENCE), (2, 2)),
    ],
)
def test_seeds_of_the_same_words_are_one_report(seeds: tuple[str, ...], counted: tuple[int, int]) -> None:
    assert texts_alike(*seeds) == counted


@pytest.mark.parametrize(
    ("asserted", "expected", "awaited"),
    [
        ({"said": "2025-06-12"}, {}, True),
        ({"said": "2025-06-12", "holds": "2025-06-01/.."}, {}, True),  # it still is
        ({"said": "2025-06-09"}, {}, False),  # presumed to go on, but nobody says that it did
        ({"said": "2025-06-12", "holds": "2025-05-01/2025-05-09"}, {}, False),  # long over when it was expected
        ({"said": "2025-06-12"}, {"said": "2025-06-12~"}, True),
        ({"said": "2025-06-12"}, {"said": "../2025-06-13"}, False),
        ({"said": "2025-06-12", "value": "west"}, {}, False),
        ({"said": "2025-06-12", "stance": "denies"}, {}, False),
        ({"said": "2025-06-12", "stance": "doubts"}, {}, False),
        ({"said": "2025-06-20", "holds": "2025-06-15/2025-06-16"}, {"holds": "2025-06-16/2025-06-18"}, True),
        ({"said": "2025-06-20", "holds": "2025-06-19"}, {"holds": "2025-06-16/2025-06-18"}, False),
        ({"said": "2025-06-20", "holds": "2025-06-19"}, {"holds": "2025-06-16/.."}, True),
        ({"said": "2025-06-12", "property": "fallen", "value": ""}, {"property": "fallen", "value": ""}, True),
        ({"said": "2025-06-12", "property": "fallen", "value": "", "holds": "2025-06-07"}, {"property": "fallen", "value": ""}, False),
    ],
)
def test_only_what_may_have_come_after_was_expected(asserted: dict[str, str], expected: dict[str, str], awaited: bool) -> None:
    ledger = ledger_of([claim("one", "map", **asserted)], [claim("other", "army", **{"stance": "expects", **expected})])
    one, other = ledger.claims()
    assert standing(one, ledger.claims(), [], ledger).expecting == ([other] if awaited else [])
    assert standing(other, ledger.claims(), [], ledger).expecting == []


@pytest.mark.parametrize(
    ("asserted", "doubted", "open_"),
    [
        ({}, {}, True),
        ({"holds": "2025-05-01/2025-05-09"}, {}, False),
        ({"holds": "2025-05-01/2025-05-09"}, {"holds": "2025-05-09"}, True),
        ({"stance": "denies"}, {}, False),
        ({"property": "fallen", "value": ""}, {"property": "fallen", "value": ""}, True),
        ({"property": "fallen", "value": "", "said": "2025-06-14"}, {"property": "fallen", "value": ""}, False),
    ],
)
def test_a_doubt_is_of_what_is_asserted_of_its_time(asserted: dict[str, str], doubted: dict[str, str], open_: bool) -> None:
    ledger = ledger_of([claim("one", "map", **asserted)], [claim("other", "army", **{"stance": "doubts", **doubted})])
    one, other = ledger.claims()
    assert standing(one, ledger.claims(), [], ledger).doubting == ([other] if open_ else [])
