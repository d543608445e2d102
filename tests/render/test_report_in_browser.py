"""The page that `ledger report` writes, in Debian's Chromium: it asks for nothing, reads without script, can be used by everybody.

The tests are skipped where there is no browser, or not the packages that drive it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run
from small import file_of, ledger_at

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: `pip install playwright`")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here: `apt-get install chromium`")

VOCABULARY = """format: 1
language: en
title: A flood and its toll
places:
  country: {kind: country, names: {en: Country}}
  derna: {kind: town, names: {en: Derna, ar: درنة, he: דרנה}, within: country, point: [32.77, 22.64]}
claimants:
  health: {name: Ministry of Health, kind: ministry, side: east}
  crescent: {name: Red Crescent, kind: agency}
properties:
  deaths: {title: how many have died there?, quantity: people, cumulative: true, says: "{value} people have died in {place}"}
  control: {title: who holds it?, values: [east, west], lasts: P14D, says: "the {value} holds {place}"}
"""


def _claim(name: str, property: str, value: str, said: str, claimant: str, quote: str, **more: str) -> dict[str, str]:
    return {"id": name, "place": "derna", "property": property, "value": value, "said": said, "claimant": claimant, "quote": quote, **more}


def flood(folder: Path) -> Path:
    """A ledger of a toll that rises and falls, an account that changes, and texts that run leftwards."""
    english = [
        _claim("first", "deaths", '">=2000"', "2023-09-11", "health", "at least 2,000 dead in Derna"),
        _claim("more", "deaths", '"11000..12000"', "2023-09-14", "crescent", "11,000 to 12,000 dead in Derna"),
        _claim("fewer", "deaths", "3252", "2023-09-16", "health", "Derna's dead number 3,252"),
        _claim("east", "control", "east", "2023-09-01", "health", "the east holds Derna"),
        _claim("west", "control", "west", "2023-09-05", "health", "Derna has fallen to the west"),
        _claim("not", "control", "east", "2023-09-02", "crescent", "the east does not hold Derna", stance="denies"),
    ]
    arabic = [
        _claim("six", "deaths", "6000", "2023-09-13", "health", "لقي ستة آلاف شخص مصرعهم في درنة", translation="Six thousand died in Derna")
    ]
    hebrew = [_claim("held", "control", "east", "2023-09-03", "crescent", "המזרח מחזיק בדרנה", translation="The east holds Derna")]
    written = file_of(english, title="Floods", published="2023-10-05", url="https://example.org/derna")
    written |= file_of(arabic, name="arabic.txt", language="ar", published="2023-09-13")
    written |= file_of(hebrew, name="hebrew.txt", language="he", published="2023-09-12")
    return ledger_at(folder, written, VOCABULARY)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of our own ledger lies."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    assert run("-C", ROOT, "report", "--output", str(path)).code == 0
    return path.as_uri()


@pytest.fixture(scope="module")
def toll(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of the flood lies."""
    folder = tmp_path_factory.mktemp("flood")
    assert run("-C", flood(folder), "report", "--output", str(folder / "report.html")).code == 0
    return (folder / "report.html").as_uri()


def opened(browser: Any, address: str, **how: Any) -> Any:
    """A page that was opened; what it asks for beyond itself and what goes wrong in it is kept in `trouble`."""
    page = browser.new_page(**how)
    page.trouble = []
    page.on("request", lambda request: page.trouble.append(request.url) if request.url.partition("#")[0] != address else None)
    page.on("pageerror", lambda problem: page.trouble.append(str(problem)))
    page.on("console", lambda message: page.trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(address)
    return page


def test_it_asks_for_nothing_and_its_links_lead_somewhere(browser: Any, address: str) -> None:
    page = opened(browser, address)
    broken = page.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1))).filter(id => !document.getElementById(id))"
    )
    assert broken == [] and page.trouble == []
    page.close()


def test_all_of_it_is_read_without_script(browser: Any, address: str) -> None:
    """Every claim and every contradiction is seen, its quote in the words of the seed; the forms, which need the script, are not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    seen = " ".join(page.locator("body").inner_text().split())
    claims = json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"]
    assert [claim["id"] for claim in claims if " ".join(claim["quote"].split()) not in seen] == []
    pairs = json.loads(run("-C", ROOT, "conflicts", "--format", "json").out)["conflicts"]
    assert page.locator('li[id^="x-"]').count() == len(pairs)
    assert not page.locator("#find").is_visible() and not page.locator("#onday").is_visible()
    context.close()


def test_each_claim_is_reached_by_keyboard(browser: Any, toll: str) -> None:
    page = opened(browser, toll)
    wanted = set(page.eval_on_selector_all("article", "all => all.map(each => each.id)"))
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.hash || ''").removeprefix("#"))
        if wanted <= reached:
            break
    assert wanted and wanted <= reached
    page.close()


def test_search_days_and_citation(browser: Any, toll: str) -> None:
    page = opened(browser, toll)
    page.fill("#words", "MINISTRY thousand")
    assert page.inner_text("#count") == "1 of 8 claims" and "6,000 people" in page.inner_text("#found")
    for called, hits in (("דרנה", 8), ("درنة derna", 8), ("crescent arabic", 0), ("3,252 דרנה", 1)):  # a place by any name of it
        page.fill("#words", called)
        assert page.inner_text("#count") == f"{hits} of 8 claims"
    assert page.inner_text("#found").endswith(", Floods")
    page.fill("#words", "")
    page.check("#against")
    assert page.inner_text("#count") == "7 of 8 claims"
    page.select_option("#where", label="Derna")
    told = {}
    for day in ("2023-09-04", "2023-09-06"):
        page.fill("#day", day)
        row = page.locator("#accounts tr").filter(has_text="Who holds it?").locator("td")
        told[day] = [row.nth(number).inner_text() for number in (0, 1)]
    assert "presumed" in told["2023-09-04"][1] and "The east holds Derna (Ministry" in told["2023-09-04"][1]
    assert "The west holds" in told["2023-09-06"][0] and "The east holds Derna (Ministry" not in told["2023-09-06"][0]
    page.mouse.move(0, 0)
    page.evaluate("location.hash = '#c-six'")
    page.wait_for_selector("#c-six .copy")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text }}})")
    page.locator(".copy").click()
    copied = page.evaluate("window.copied")
    assert "Ministry of Health" in copied and "لقي ستة" in copied and "2023-09-13" in copied and copied.endswith("#c-six")
    assert page.trouble == []
    page.close()


def test_the_day_view_says_what_the_list_of_contradictions_says(browser: Any, tmp_path: Path) -> None:
    """One who is vague about the day contradicts another who vouches for all of these days, for certain; what was said about a day may
    have been on record on that day; parts of a place are told of."""
    claims = [
        {"id": "vague", "value": "east", "said": "2025-03-21", "holds": "2025-03-10~", "quote": "the east held Millbrook"},
        {
            "id": "wide",
            "value": "west",
            "claimant": "council",
            "said": "2025-03-21",
            "holds": "2025-03-01/2025-03-20",
            "quote": "it was ours",
        },
        {"id": "north", "place": "millbrook-north", "property": "people", "value": "90", "said": "2025-03-10~", "quote": "90 in the north"},
    ]
    folder = ledger_at(tmp_path, file_of(claims))
    assert [pair["strength"] for pair in json.loads(run("-C", folder, "conflicts", "--format", "json").out)["conflicts"]] == ["certain"]
    assert run("-C", folder, "report", "--output", str(tmp_path / "report.html")).code == 0
    page = opened(browser, (tmp_path / "report.html").as_uri())
    page.select_option("#where", label="Millbrook")
    page.fill("#day", "2025-03-11")
    page.wait_for_selector("#accounts td")
    row = page.inner_text("#accounts")
    assert "answers contradict each other" in row and "on some day from 2025-03-07 to 2025-03-13" in row and "perhaps" not in row
    assert page.inner_text("#parts") == "Within it: the north of Millbrook (1 question)"
    page.fill("#day", "2025-03-02")
    page.wait_for_function("document.querySelector('#held').textContent.includes('2025-03-02')")
    assert "contradict each other" not in page.inner_text("#accounts") and page.inner_text("#parts") == "Within it: the north of Millbrook"
    page.select_option("#where", label="the north of Millbrook")
    page.fill("#day", "2025-03-09")
    page.wait_for_function("document.querySelector('#held').textContent.includes('2025-03-09')")
    assert page.locator("#accounts td").nth(1).inner_text().endswith("perhaps said later)") and page.trouble == []
    page.close()


MAP = """() => [
  [...document.querySelectorAll("#mapsigns a")].map((sign) => [
    sign.getAttribute("href"), sign.textContent, sign.querySelector("use").getAttribute("class"), sign.querySelector("use").getAttribute("transform"),
    sign.querySelector("text").getAttribute("x"), sign.querySelector("text").getAttribute("text-anchor") ?? "start",
  ]),
  ...["mapwhat", "mapday", "mapmore", "mapscale", "mapkey", "maprows", "mapsilent"].map((id) => document.getElementById(id).innerText ?? document.getElementById(id).textContent),
]"""


def test_the_script_draws_the_map_that_the_page_has(browser: Any, address: str) -> None:
    page = opened(browser, address)
    before = page.evaluate(MAP)
    day = page.input_value("#day")
    page.select_option("#mapof", index=1)
    page.wait_for_function("title => document.querySelector('#mapwhat').textContent !== title", arg=before[1])
    assert page.evaluate(MAP)[0] != before[0] and not page.locator("#mapwhy").is_visible()
    page.select_option("#mapof", index=0)
    page.wait_for_function("title => document.querySelector('#mapwhat').textContent === title", arg=before[1])
    assert page.locator("#mapwhy").is_visible()
    assert page.evaluate(MAP) == before and len(before[0]) >= 5 and before[2] == day and page.trouble == []
    page.close()


def test_the_map_shows_a_chosen_day_and_says_the_same_in_its_table(browser: Any, address: str) -> None:
    """Whatever is said of a place in the map's table stands among the accounts of that place on that day."""
    page = opened(browser, address)
    kinds = set()
    for day in ("2022-09-11", "2025-11-21", "2025-12-10"):
        page.fill("#day", day)
        page.wait_for_function("day => document.querySelector('#mapday').textContent === day", arg=day)
        signs, *_, silent = page.evaluate(MAP)
        kinds |= {sign[2] for sign in signs}
        links = page.eval_on_selector_all("#maprows tr", "rows => rows.map(row => [...row.querySelectorAll('a')].map(each => each.hash))")
        for place, *said in links:
            page.select_option("#where", value=place)
            page.wait_for_function("day => document.querySelector('#held').textContent.includes(day)", arg=day)
            told = page.eval_on_selector_all("#accounts td:nth-child(2) a", "all => all.map(each => each.hash)")
            assert said and set(said) <= set(told)
        assert len(links) + len([each for each in silent.split(",") if each.strip()]) == len(signs)
    assert "mc" in kinds and "mn" in kinds and page.trouble == []
    page.close()


def test_places_on_the_map_are_reached_by_keyboard_and_lead_to_their_part(browser: Any, address: str) -> None:
    page = opened(browser, address)
    wanted = page.eval_on_selector_all("#mapsigns a", "all => all.map(each => each.getAttribute('href'))")
    page.focus("a[href='#maptable']")
    reached = []
    for _ in range(len(wanted) + 1):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached[:-1] == wanted
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == wanted[-1] and page.evaluate("document.querySelector(':target').id") == wanted[-1][1:]
    page.close()


def test_the_pages_of_a_folder_lead_to_each_other(browser: Any, tmp_path: Path) -> None:
    """From the front to a place, to a claim in its source and back, by links of files on a disk, each page asking for nothing but itself."""
    assert run("-C", flood(tmp_path / "ledger"), "report", "--folder", str(tmp_path / "pages")).code == 0
    page = browser.new_page()
    asked: list[str] = []
    trouble: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("#")[0].rpartition("/")[2]))
    page.on("pageerror", lambda problem: trouble.append(str(problem)))
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.goto((tmp_path / "pages" / "index.html").as_uri())
    assert not page.locator("#find").is_visible() and page.locator("#onday").inner_text().strip() == "Day of the map"
    before = page.evaluate(MAP)
    page.fill("#day", "2023-09-04")
    page.wait_for_function("document.querySelector('#mapday').textContent === '2023-09-04'")
    assert page.evaluate(MAP)[0] != before[0] and "Ministry of Health" in page.inner_text("#maprows")
    links = page.eval_on_selector_all("#mapsigns a, #maprows a", "all => all.map(each => each.getAttribute('href'))")
    assert len(links) > 3 and all((tmp_path / "pages" / link.partition("#")[0]).is_file() and "#" in link for link in links)
    page.fill("#day", before[2])
    page.wait_for_function("day => document.querySelector('#mapday').textContent === day", arg=before[2])
    assert [sign[:-1] for sign in page.evaluate(MAP)[0]] == [sign[:-1] for sign in before[0]]
    page.locator("#front table tbody a").first.click()
    page.fill("#day", "2023-09-04")
    told = page.locator("#accounts tr").filter(has_text="Who holds it?").locator("td").nth(1)
    assert "presumed" in told.inner_text() and "The east holds Derna (Ministry of Health, said 2023-09-01" in told.inner_text()
    told.locator("a").first.click()
    assert page.locator("article:target h4").inner_text() == "The east holds Derna"
    page.select_option("#who", label="Ministry of Health")
    assert page.inner_text("#count") == "4 of 6 claims"
    page.locator("header h1 a").click()
    assert len(asked) == 4 and [name.partition("-")[0] for name in asked] == ["index.html", "p", "s", "index.html"] and trouble == []
    page.close()


WAYS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1100, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1100, "height": 800}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 360, "height": 700}, "color_scheme": "light"},
    "zoomed": {"viewport": {"width": 320, "height": 256}, "color_scheme": "dark", "device_scale_factor": 4},  # 1280 by 1024 at 400 %
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_bars_anybody(browser: Any, toll: str, way: str) -> None:
    """No violation that axe-core knows; nothing but what scrolls by itself is wider than the window."""
    try:
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        pytest.skip("axe-core is not installed: `pip install axe-playwright-python`")
    context = browser.new_context(bypass_csp=True, **WAYS[way])
    page = context.new_page()
    page.goto(toll)
    page.fill("#words", "derna")
    page.fill("#day", "2023-09-04")
    page.wait_for_function("document.querySelector('#mapday').textContent === '2023-09-04'")
    page.add_script_tag(content=axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


@pytest.mark.parametrize(("media", "width"), [("screen", 380), ("print", 680)])  # (680: what A4 leaves between its margins)
def test_no_column_of_a_table_is_out_of_sight(browser: Any, address: str, media: str, width: int) -> None:
    """In a narrow window the cells of a row stand under one another, on paper side by side; none beyond the edge."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(address)
    beyond = f"all => all.filter(cell => cell.getBoundingClientRect().right > {width}).map(cell => cell.innerText)"
    assert page.locator("table.rows td").count() > 50
    assert page.eval_on_selector_all("table.rows td, table.rows tbody th, nav a", beyond) == []
    assert page.locator("nav").is_visible()
    context.close()


def test_hostile_words_do_not_break_it(browser: Any, tmp_path: Path) -> None:
    """A word of 20,000 letters, a name of as many marks as are read, the years 1 and 9999: nothing is wider than the window, nothing is asked for."""
    vocabulary = VOCABULARY.replace("Red Crescent", "Z" + "\u0301" * 64).replace("A flood", "<img src=//a.example/x>")
    claims = [
        _claim("old", "control", "east", "0001-01-01", "crescent", "w" * 19_000),
        _claim("new", "control", "west", "9999-12-31", "crescent", "held </script><img src=//a.example/y>"),
    ]
    folder = ledger_at(tmp_path, file_of(claims, published="9999-12-31"), vocabulary)
    assert run("-C", folder, "report", "--output", str(tmp_path / "report.html")).code == 0
    page = opened(browser, (tmp_path / "report.html").as_uri(), viewport={"width": 360, "height": 700})
    assert page.trouble == [] and page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_the_picture_in_the_docs_is_of_this_page(browser: Any, toll: str, request: pytest.FixtureRequest) -> None:
    """`make golden` takes it anew; a picture of another machine's letters is as good, so that only its size and kind are looked at."""
    picture = ROOT / "docs" / "report.png"
    page = browser.new_page(viewport={"width": 960, "height": 760}, color_scheme="light")
    page.goto(toll + "#p-derna")
    if request.config.getoption("--update-golden"):
        picture.write_bytes(page.screenshot())
    shown = picture.read_bytes()
    assert shown[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(shown[16:20]) == 960 and len(shown) < 150_000
    assert "docs/report.png" in (ROOT / "README.md").read_text(encoding="utf-8")
    page.close()
