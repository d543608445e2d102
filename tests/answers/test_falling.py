"""Where figures fall, in the terminal and for whoever draws them."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_pages import report
from running import run
from small import VOCABULARY, file_of, ledger_at

from ledger.answers.falling import falling
from ledger.answers.timeline import timelines
from ledger.conflicts.times import time_of
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree


def fallen(folder: Path, property: str = "people") -> tuple[dict[str, str], dict[str, str]]:
    """Which figures fall below which; asked forwards and backwards."""
    ledger = load(WorkTree(str(folder)))
    known = ledger.vocabulary.properties[property]
    (drawn,) = timelines(ledger.claims(), [], [], {claim.id: time_of(claim, known) for claim in ledger.claims()}, ledger.vocabulary)
    one, other = (falling(entries, known) for entries in (drawn.entries, drawn.entries[::-1]))
    return {name: higher.id for name, higher in one.items()}, {name: higher.id for name, higher in other.items()}


def toll(folder: Path, *figures: tuple[str, str, str]) -> Path:
    """A ledger of figures, each with the day on which it was said and who said so."""
    claims = [
        {"id": f"c{number}", "property": "people", "value": value, "said": said, "claimant": who, "quote": f"Millbrook, count {number}."}
        for number, (value, said, who) in enumerate(figures)
    ]
    return ledger_at(folder, file_of(claims))


TOLL = (
    ("9000", "2025-03-01", "ministry"),
    ('">=12000"', "2025-03-02", "gazette"),
    ("11000", "2025-03-02", "council"),  # the same day: nobody knows which came first
    ("12000..13000", "2025-03-03", "council"),
    ("~10000", "2025-03-04", "spokesman"),  # up to 11,000
    ("8000", "2025-03-02/2025-03-05", "gazette"),  # perhaps said with the second; below the first for certain
)


def test_a_figure_falls_where_it_is_surely_below_one_of_an_earlier_day(tmp_path: Path) -> None:
    found, again = fallen(toll(tmp_path, *TOLL))
    assert found == again == {"c4": "c1", "c5": "c0"}


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_chart_of_a_terminal_says_below_what_a_figure_falls(tmp_path: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = toll(tmp_path, *TOLL)
    monkeypatch.setenv("COLUMNS", columns)
    out = run("-C", folder, "timeline").out
    assert max(map(len, out.split("\n"))) <= int(columns)
    chart = " ".join(out.partition("|0")[2].split())
    assert "● 9,000 2025-03-02 Gazette" in chart  # the first falls below nothing
    assert chart.count("falls below") == 2 and "about 10,000 falls below at least 12,000 of 2025-03-02" in chart
    assert "8,000 contradicts its own at least 12,000 of 2025-03-02 falls below 9,000 of 2025-03-01" in chart


MEANT = (
    ("27000", "2025-03-01", ""),
    ("55000", "2025-03-09", "../2025-02-01"),  # said last, and of the earliest time
    ("40000", "2025-03-10", "2025-01~"),  # perhaps later than that, perhaps not
    ("50000", "../2025-03-20", ""),  # nobody knows since when
)


def meant(folder: Path, *figures: tuple[str, str, str], property: str = "people", vocabulary: str = VOCABULARY) -> Path:
    """A ledger of figures, each with the day on which it was said and that of which it is."""
    claims = [
        {
            "id": f"c{number}",
            "property": property,
            "value": value,
            "said": said,
            "quote": f"Millbrook, count {number}.",
            **({"holds": of} if of else {}),
        }
        for number, (value, said, of) in enumerate(figures)
    ]
    return ledger_at(folder, file_of(claims), vocabulary)


def test_figures_fall_by_the_day_meant(tmp_path: Path) -> None:
    found, again = fallen(meant(tmp_path, *MEANT))
    assert found == again == {"c0": "c1"}


def test_a_count_falls_only_below_one_of_no_longer_a_period(tmp_path: Path) -> None:
    counts = (
        ("100", "2025-03-01", ""),
        ("5", "2025-03-02", "2025-03-02/2025-03-02"),  # of that day alone
        ("4", "2025-03-03", "2025-03-03/2025-03-03"),
        ("80", "2025-03-04", "2025-01-01/.."),
        ("70", "2025-03-05", "2025-01-01/2025-03-05"),
        ("90", "2025-03-06", ""),
        ("95", "2025-03-08", "../2025-03-01"),  # not certainly later than the first
    )
    found, again = fallen(
        meant(tmp_path, *counts, property="dead", vocabulary=VOCABULARY + "  dead: {title: dead, quantity: people, cumulative: true}\n"),
        "dead",
    )
    assert found == again == {"c4": "c3", "c5": "c0"}


@pytest.mark.parametrize("columns", ["80", "120"])
def test_charts_have_figures_at_the_day_meant(tmp_path: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = meant(tmp_path, *MEANT[:2])
    monkeypatch.setenv("COLUMNS", columns)
    out = run("-C", folder, "timeline").out
    assert max(map(len, out.split("\n"))) <= int(columns)
    chart = " ".join(out.split())
    assert chart.index("until 2025-02-01") < chart.index("27,000 falls below 55,000 of the time until 2025-02-01")
    assert "55,000 said 2025-03-09" in chart


def test_the_page_has_figures_at_the_day_meant(tmp_path: Path) -> None:
    page = report("-C", meant(tmp_path, *MEANT[:2]), "report").text()
    row = "until 2025-02-01Ministry of Roads, 2025-03-0955,000 people"
    assert row in page.replace(" Ministry", "Ministry").replace("-09 55", "-0955")
    assert page.index("until 2025-02-01Min") < page.index("▽ below 55,000 people of the time until 2025-02-01")
