"""Where figures fall, in the terminal and for whoever draws them."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run
from small import file_of, ledger_at

from ledger.answers.falling import falling
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree


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
    claims = load(WorkTree(str(toll(tmp_path, *TOLL)))).claims()
    assert {name: higher.id for name, higher in falling(claims).items()} == {"c4": "c1", "c5": "c0"}
    assert falling(reversed(claims)) == falling(claims)


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
