"""What `ledger report` makes of bad input: hostile texts in every field, names and words of any length, days at the ends of the calendar,
places without claims and of one name, defects. No live markup, no request, no page that is wider than the window."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import TEXTS
from prove_output import hostile_files
from report_pages import Page, report
from running import run
from small import CLAIMS, file_of, ledger_at

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
VOCABULARY = """format: 1
language: en
places:
  first: {{kind: village, names: {{en: Millbrook}}}}
  second: {{kind: village, names: {{en: Millbrook}}}}
  empty: {{kind: {word}, names: {{en: Nowhere, ar: لا مكان}}, within: second}}
  marked: {{kind: town, names: {{en: {marked}}}}}
claimants:
  gazette: {{name: {marked}, kind: {word}}}
  council: {{name: {word}, kind: council, side: {word}}}
properties:
  control: {{title: who holds it?, values: [east, west], lasts: forever}}
  people: {{title: how many?, quantity: {word}, cumulative: true}}
"""
WORD, MARKED = "w" * 20_000, ("Z" + "\u0301" * 62) * 8  # (of more marks on one letter a ledger is refused)


def odd(folder: Path) -> Path:
    """A ledger of what no page is made for, and of defects."""
    said = {"place": "first", "property": "control", "claimant": "gazette"}
    claims = [
        {**said, "id": "old", "value": "east", "said": "0001-01-01", "quote": WORD[:19_000], "translation": WORD},
        {**said, "id": "new", "value": "west", "claimant": "council", "said": "9999-12-31", "quote": f"held by {MARKED}", "note": WORD},
        {**said, "id": "all", "value": "west", "claimant": "council", "said": "2025", "holds": "0001/9999", "quote": "always held"},
        {**said, "id": "few", "property": "people", "place": "second", "value": "1", "said": "0001-01-01", "quote": "one of them"},
        {**said, "id": "many", "property": "people", "place": "second", "value": "9" * 300, "said": "9999-12-31", "quote": "many of them"},
        {**said, "id": "lost", "place": "marked", "value": "east", "said": "2025-03-01", "quote": "words that are nowhere"},
    ]
    seed = "".join(f"{claim['quote']}.\n\n" for claim in claims[:-1])
    files = file_of(claims, seed=seed, published="9999-12-31", title=WORD, publisher=MARKED, language="ar")
    ledger_at(folder, files, VOCABULARY.format(word=WORD[:900], marked=MARKED))
    (folder / "claims" / "broken.yaml").write_text("- no mapping\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, tuple[str, ...]]]:
    """The elements of a page of harmless words, with the names of their attributes."""
    return elements(hostile_at(tmp_path_factory.mktemp("harmless"), "[plain]"))


def hostile_at(folder: Path, text: str) -> Page:
    """The page of a ledger that has a text in every field."""
    files = hostile_files(text)
    return report("-C", ledger_at(folder, files, files["ledger.yaml"]), "report")


def elements(page: Page) -> set[tuple[str, tuple[str, ...]]]:
    return {(tag, tuple(sorted(given))) for tag, given in page.elements}


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_text_in_any_field_makes_an_element_or_acts(tmp_path: Path, harmless: set[tuple[str, tuple[str, ...]]], text: str) -> None:
    page = hostile_at(tmp_path, text)
    assert elements(page) <= harmless and page.targets() <= set(page.ids())
    assert not [char for char in page.text() if unicodedata.category(char) in ("Cc", "Cf") and char not in "\n\u2060"]
    assert all((given.get("href") or "#").startswith("#") for tag, given in page.elements if tag == "a")
    code, out, _ = run("-C", tmp_path, "report")
    assert code == 0 and not [line for line in out.split("\n") if re.match(r"\s*::[a-z]", line) or "##[" in line]


def test_what_was_left_out_is_named_at_the_top_and_places_of_one_name_are_told_apart(tmp_path: Path) -> None:
    page = report("-C", odd(tmp_path), "report")
    top = page.text().partition("What is contested")[0]
    assert "This report is not complete" in top and "lost, claims/text.yaml:" in top and "claims/broken.yaml" in top
    assert "Millbrook (first)" in page.text() and "Millbrook (second)" in page.text()
    assert "Nothing is told here of: Nowhere" in page.text() and "p-empty" in page.ids()
    assert "0001-01-01" in page.text() and "9999-12-31" in page.text()


def test_no_address_is_given_twice(tmp_path: Path) -> None:
    """Two claims files naming one seed, two without any, a claim three times and one called like the second of them, places whose names run into properties'."""
    claims = [{**CLAIMS[0], "id": name} for name in ("a", "a", "a--2", "a")]
    named = [{**CLAIMS[0], "id": "own", "place": "a", "property": "b--c"}, {**CLAIMS[0], "id": "other", "place": "a--b", "property": "c"}]
    files = file_of([*claims, *named])
    files["claims/again.yaml"] = files["claims/text.yaml"]
    files["claims/none.yaml"] = files["claims/neither.yaml"] = "claims: []\n"
    page = report("-C", ledger_at(tmp_path, files), "report")
    ids = page.ids()
    assert len(ids) == len(set(ids)) and page.targets() <= set(ids)
    assert sum(name.startswith("s-") for name in ids) == 4 and sum(name.startswith("c-a") for name in ids) == 8


# -- in a browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def window() -> Iterator[Any]:
    """A window of a small telephone; what it is asked to fetch, and what it complains of, is kept in `trouble`."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: `pip install playwright`")
    if BROWSER is None:
        pytest.skip("no chromium here: `apt-get install chromium`")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.trouble = []
        page.on("request", lambda request: page.trouble.append(request.url) if not request.url.startswith("file:") else None)
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("dialog", lambda dialog: page.trouble.append(dialog.message))
        yield page
        browser.close()


def fits(page: Any, address: str) -> None:
    """Assert that a page is no wider than its window, but for what scrolls by itself, and asks for nothing."""
    page.goto(address)
    wide = page.evaluate(
        """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]
            .filter((part) => !part.closest('.scroll, svg') && part.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((part) => part.outerHTML.slice(0, 120))]"""
    )
    assert wide == [320] and page.trouble == []


def test_a_small_window_bears_words_and_names_of_any_length(window: Any, tmp_path: Path) -> None:
    assert run("-C", odd(tmp_path), "report", "--output", str(tmp_path / "page.html")).code == 0
    fits(window, (tmp_path / "page.html").as_uri())


def test_a_small_window_bears_every_hostile_text(window: Any, tmp_path: Path) -> None:
    files = hostile_files(" ".join(TEXTS))
    assert run("-C", ledger_at(tmp_path, files, files["ledger.yaml"]), "report", "--output", str(tmp_path / "page.html")).code == 0
    fits(window, (tmp_path / "page.html").as_uri())
    assert window.locator("img, script[src], iframe, object, embed, form").count() == 0


def test_a_small_window_bears_a_page_of_very_many_claims_in_one_place(window: Any, tmp_path: Path) -> None:
    claims = [
        {
            "id": f"c{number}",
            "value": ("east", "west")[number % 2],
            "said": f"2025-03-{number % 28 + 1:02}",
            "quote": f"Millbrook, word {number}.",
        }
        for number in range(1_200)
    ]
    folder = ledger_at(tmp_path, file_of([*CLAIMS, *claims]))
    assert run("-C", folder, "report", "--output", str(tmp_path / "page.html")).code == 0
    window.goto((tmp_path / "page.html").as_uri())
    assert window.evaluate("document.documentElement.scrollWidth") == 320 and window.trouble == []
    assert window.locator("#sources article").count() == len(claims) + len(CLAIMS)
