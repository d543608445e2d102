"""Days of other calendars as Gregorian ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run

from ledger.texts.calendars import readings


@pytest.mark.parametrize(
    ("calendar", "written", "gregorian"),
    [
        ("Persian", "1403-08-14", "2024-11-04"),
        ("Persian", "1403-12-30", "2025-03-20"),  # a leap year
        ("Persian", "1404-01-01", "2025-03-21"),
        ("Persian", "1357-11-22", "1979-02-11"),
        ("Ethiopian", "2013-11-20", "2021-07-27"),
        ("Ethiopian", "2016-01-01", "2023-09-12"),  # behind a leap year
        ("Ethiopian", "2017-01-01", "2024-09-11"),
        ("Ethiopian", "2013-13-05", "2021-09-10"),
        ("Hijri", "1446-05-02", "2024-11-03~"),
        ("Buddhist", "2567-03/..", "2024-03/.."),
        ("Buddhist", "2567", "2024"),
        ("Minguo", "0113-11-04~", "2024-11-04~"),
        ("Persian", "1403-08-14/1403-08-20", "2024-11-04/2024-11-10"),
    ],
)
def test_a_day_of_another_calendar(calendar: str, written: str, gregorian: str) -> None:
    assert (calendar, gregorian) in readings(written)


@pytest.mark.parametrize("written", ["1403-13-01", "1403-07-31", "1403-08", "0000-01-01", "nonsense"])
def test_what_is_no_day_of_the_persian_calendar_is_not_told(written: str) -> None:
    assert "Persian" not in [reading.calendar for reading in readings(written)]


_LEDGER = """\
format: 1
language: {language}
places:
  town: {{kind: town, names: {{{language}: ከተማ}}}}
claimants:
  gazette: {{name: Gazette, kind: newspaper}}
properties:
  open: {{title: open, values: ["yes", "no"], lasts: P7D}}
"""
_CLAIMS = """\
seed: t.txt
language: {language}
published: {published}
claims:
- id: one
  place: town
  property: open
  value: "yes"
  claimant: gazette
  said: {said}
  quote: ከተማ
"""


@pytest.mark.parametrize(
    ("language", "said", "published", "told"),
    [
        ("am", "2013-11-20", "2021-07-28", "the Ethiopian calendar? write the Gregorian day, 2021-07-27,"),
        ("ti", "2013-11-20/2013-11-21", "2021-07-28", "2021-07-27/2021-07-28,"),
        ("am", "2021-07-27", "2021-07-28", ""),
        ("am", "2013-11-20", "2021-01-28", ""),  # by the Ethiopian calendar it lies after the text
        ("am", "2013-11-20", "2022-07-28", ""),  # a year before: an old day is likelier
        ("en", "2013-11-20", "2021-07-28", ""),
        ("fa", "1403-08-14", "2024-11-05", "the Persian calendar? write the Gregorian day, 2024-11-04,"),
        ("th", "2567-11-04", "2024-11-05", "the Buddhist calendar? write the Gregorian day, 2024-11-04,"),
        ("ar", "1446-05-02", "2024-11-05", "the Hijri calendar? write the Gregorian day, 2024-11-03~,"),
        ("fa", "۱۴۰۳-۰۸-۱۴", "2024-11-05", "the Persian calendar? write the Gregorian day, 2024-11-04,"),
        ("ar", "٢٠٢٤-١١-٠٤", "2024-11-05", "write it with the digits 0 to 9: 2024-11-04"),
        ("en", "0024-11-04", "2024-11-05", "of another calendar?"),  # a digit too few is of none
    ],
)
def test_check_names_the_day_that_was_meant(
    language: str, said: str, published: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("seeds", "claims"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ledger.yaml").write_text(_LEDGER.format(language=language), encoding="utf-8")
    (tmp_path / "seeds" / "t.txt").write_text("ከተማ.\n", encoding="utf-8")
    (tmp_path / "claims" / "t.yaml").write_text(_CLAIMS.format(language=language, published=published, said=said), encoding="utf-8")
    out = run("check").out
    assert told in out
    assert bool(told) == ("D607" in out or "D601" in out)


def test_the_year_of_a_text_is_asked_about_and_a_note_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("seeds", "claims"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ledger.yaml").write_text(_LEDGER.format(language="fa"), encoding="utf-8")
    (tmp_path / "seeds" / "t.txt").write_text("ከተማ.\n", encoding="utf-8")
    claims = _CLAIMS.format(language="fa", published="1403-08-15", said="1403-08-14")
    (tmp_path / "claims" / "t.yaml").write_text(claims, encoding="utf-8")
    assert "D607 (warning) `published: 1403-08-15` is a year of which few texts are recorded" in run("check").out
    (tmp_path / "claims" / "t.yaml").write_text("note: a chronicle of that year\n" + claims, encoding="utf-8")
    assert "D607" not in run("check").out
