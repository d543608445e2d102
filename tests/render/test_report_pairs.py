"""A contradiction on the page of `ledger report`: both quotes, the days it hangs on drawn and in words, what would settle it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report_pages import Page
from running import ROOT, run
from small import VOCABULARY, Fields, file_of, ledger_at

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
    assert (
        "What would settle it: which of the two was so on 2025-03-01, or neither: Millbrook · who holds the place: east, all of it; or "
        "Millbrook · who holds the place: west, all of it. Or Ministry of Roads or Gazette takes back what it said. "
        "Nobody else here speaks of these days." in text
    )
    assert text.count("(English text on Millbrook, 2025-03-31)") == 2


def test_days_that_are_not_sure_are_pale(tmp_path: Path) -> None:
    (html,) = pairs_on(ledger_at(tmp_path, file_of([{**EAST, "said": "2025-03-03~"}, {**WEST, "said": "2025-03-03"}]))).values()
    assert "v" in drawn(html) and "y" not in drawn(html)
    assert (
        "What would settle it: whether both speak of the same day, 2025-03-03. Not sure is the day of Ministry of Roads (about 2025-03-03)."
        in Page(html).text()
    )


def test_what_leaves_it_open_would_settle_it(tmp_path: Path) -> None:
    (html,) = pairs_on(ledger_at(tmp_path, file_of([EAST, {**WEST, "said": "2025-03-01", "hedge": "the west"}]))).values()
    assert "What would settle it: the same said by Gazette without “the west”." in Page(html).text()


OWN = (
    VOCABULARY
    + """  fell: {title: when it fell, event: true, once: true}
  dead: {title: dead, quantity: people, cumulative: true}
"""
)
COUNT: Fields = {"id": "z", "claimant": "gazette", "said": "2025-03-09"}


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([EAST, WEST, {**COUNT, "value": "east", "claimant": "council", "said": "2025-03-05"}], "Others speak of these days too: Town Council (A)."),
        (
            [{**EAST, "said": "2025-03-05", "holds": "2025-02-01/2025-03-05"}, {**WEST, "holds": "2025-03-05/2025-03-05"}],
            "when the one ends and the other begins. Which came first on that day is not told.",
        ),
        ([EAST, {**WEST, "claimant": "spokesman", "said": "2025-03-01"}], "Or Ministry of Roads says by which of the two it stands."),
        (
            [{**EAST, "extent": "part"}, {**WEST, "said": "2025-03-01", "value": "east", "stance": "denies", "extent": "part"}],
            "whether it was so on 2025-03-01: Millbrook · who holds the place: east, part of it. Or Ministry of Roads or Gazette takes back "
            "what it said. Ministry of Roads does not say of which part of the place.",
        ),
        (
            [{**EAST, "id": "a", "property": "people", "value": "27000"}, {**COUNT, "property": "people", "value": "9000", "said": "2025-03-01"}],
            "what each of the two counts, how, and whether both mean the same on 2025-03-01: Millbrook · how many live there: 27,000 people;",
        ),
        (
            [{**EAST, "id": "a", "property": "dead", "value": "900", "holds": "2025-02-20/2025-03-01"}, {**COUNT, "property": "dead", "value": "90"}],
            "Not told is from when it counts by Gazette (2025-03-09).",
        ),
        (
            [{"id": "a", "property": "fell", "said": "2025-03-01", "holds": "2025-03-01", "quote": "it fell"}, {**COUNT, "property": "fell", "holds": "2025-03-08"}],
            "which day it was: on 2025-03-01, or on 2025-03-08.",
        ),
    ],
)  # fmt: skip
def test_it_is_said_what_would_settle_it(tmp_path: Path, claims: list[Fields], words: str) -> None:
    """The point, what is not told of it, and who else speaks of that time; never who is right."""
    written = [{"quote": "so it is, in Millbrook", **claim} for claim in claims]
    found = pairs_on(ledger_at(tmp_path, file_of(written), OWN))
    assert words in Page(found[min(found)]).text()


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
