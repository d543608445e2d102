"""A contradiction on the page of `ledger report`: both quotes, the days it hangs on drawn and in words, what would settle it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report_pages import Page
from running import ROOT, run
from small import Fields, file_of, ledger_at

EAST: Fields = {"id": "east", "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"}
WEST: Fields = {"id": "west", "value": "west", "claimant": "gazette", "said": "2025-03-05", "quote": "the west holds Millbrook"}


def pairs_on(folder: Path) -> dict[str, str]:
    """Each contradiction of a page as it is written, by its ids."""
    code, out, err = run("-C", folder, "report")
    assert (code, err) == (0, "")
    return dict(re.findall(r'<li id="x-([^"]+)">(.*?)</li>', out, re.DOTALL))


def drawn(html: str) -> dict[str, list[tuple[float, float]]]:
    """The bars of a picture by their classes: where each begins and ends."""
    found: dict[str, list[tuple[float, float]]] = {}
    for kind, left, width in re.findall(r'<rect class="(\w)" x="([\d.]+)" y="\d+" width="([\d.]+)"', html):
        found.setdefault(kind, []).append((float(left), float(left) + float(width)))
    return found


def test_a_presumption_is_drawn_hatched_and_its_days_marked_as_possible(tmp_path: Path) -> None:
    (html,) = pairs_on(ledger_at(tmp_path, file_of([EAST, WEST]))).values()
    bars = drawn(html)
    assert {kind: len(found) for kind, found in bars.items()} == {"h": 2, "p": 2, "z": 1}
    (first, last), (sure, _) = bars["z"][0], bars["h"][1]
    assert first == sure and last == pytest.approx(bars["p"][0][1], abs=1)  # from the later word until the end of the presumption
    text = Page(html).text()
    assert "A: said 2025-03-01, presumed to go on until 2025-03-15. B: said 2025-03-05, presumed to go on until 2025-03-19." in text
    assert "Both: perhaps from 2025-03-05 to 2025-03-15." in text
    assert "What would settle it: whether Ministry of Roads's account of 2025-03-01 still held on 2025-03-05." in text


def test_sure_days_and_both_quotes_stand_there_with_their_translations(tmp_path: Path) -> None:
    west = {**WEST, "said": "2025-03-01", "translation": "in other words"}
    (html,) = pairs_on(ledger_at(tmp_path, file_of([EAST, west]))).values()
    bars = drawn(html)
    assert len(bars["y"]) == 1 and bars["y"][0][0] == bars["h"][0][0] and set(bars) == {"h", "p", "y", "z"}
    text = Page(html).text()
    assert "A: Millbrook is held by the east" in text and "B: the west holds Millbrook in other words" in text
    assert "Both: surely on 2025-03-01, perhaps from 2025-03-01 to 2025-03-15." in text
    assert "What would settle it: a word that takes one of the two back, or a reason why both can be true." in text


def test_days_that_are_not_sure_are_pale(tmp_path: Path) -> None:
    (html,) = pairs_on(ledger_at(tmp_path, file_of([{**EAST, "said": "2025-03-03~"}, {**WEST, "said": "2025-03-03"}]))).values()
    assert "v" in drawn(html) and "y" not in drawn(html)
    assert "What would settle it: whether both speak of the same day, 2025-03-03." in Page(html).text()


def test_what_leaves_it_open_would_settle_it(tmp_path: Path) -> None:
    (html,) = pairs_on(ledger_at(tmp_path, file_of([EAST, {**WEST, "said": "2025-03-01", "hedge": "the west"}]))).values()
    assert "What would settle it: the same said without “the west”." in Page(html).text()


def test_what_was_taken_back_asks_for_nothing_more(tmp_path: Path) -> None:
    back: Fields = {"id": "back", "value": "west", "said": "2025-03-01", "corrects": "[east]", "quote": "no, the west"}
    (html,) = pairs_on(ledger_at(tmp_path, file_of([EAST, back]))).values()
    assert "What would settle it" not in html and "<svg" in html


def test_a_position_bears_one_letter_wherever_it_stands() -> None:
    """In the headings of positions, in contradictions, in pictures and in the table over time."""
    out = run("-C", ROOT, "report").out
    compared = 0
    for question in re.findall(r'<h4 id="q-.*?(?=<h4 id="q-|</section><section id="p-)', out, re.DOTALL):
        letters: dict[str, str] = {}
        for position, cards in re.findall(r"<section><h5>(\w+) <span.*?</h5>(.*?)</section>", question, re.DOTALL):
            letters |= dict.fromkeys(re.findall(r'href="#(c-[^"]+)"', cards), position)
        told = re.findall(r'<tr><td>(\w+)</td><th scope="row"><a href="#(c-[^"]+)"', question)
        told += [(name, anchor) for anchor, name in re.findall(r'<a href="#(c-[^"]+)">([A-Z]{1,2}) ', question)]
        for name, anchor in told:
            compared += anchor in letters
            assert letters.get(anchor, name) == name, anchor
    assert compared > 40
