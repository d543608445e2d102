"""The map of `ledger report`, without a browser: where points are drawn, which names stand there, and that its table says what the claims say."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from report_pages import Page, report
from running import run, run_outside
from small import Fields, file_of, ledger_at

from ledger.render.chart.globe import HIDDEN_RIGHT, LARGER, OFFSETS, WIDTH, Sheet, length, sheet
from ledger.render.report import maps

Point = tuple[float, float]


def drawn(*points: Point) -> Sheet:
    return sheet(points, [f"Town {number}" for number in range(len(points))])


def kilometres(one: Point, other: Point) -> float:
    """The way between two points of a globe."""
    up, along = radians(other[0] - one[0]), radians(other[1] - one[1])
    return 2 * 6371 * asin(sqrt(sin(up / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(along / 2) ** 2))


# -- where points are drawn ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("points", [((48.28, 37.18), (48.72, 37.56)), ((-41.3, 174.8), (-41.2, 175.6)), ((69.6, 18.9), (69.7, 20.1))])
def test_the_bar_is_as_long_as_it_says(points: tuple[Point, Point]) -> None:
    found = drawn(*points)
    one, other = found.spots
    long = sqrt((one.x - other.x) ** 2 + (one.y - other.y) ** 2) * found.km / found.bar
    assert abs(long / kilometres(*points) - 1) < 0.01 and 20 < found.bar <= WIDTH / 4


def test_north_is_up_and_east_is_right() -> None:
    found = drawn((50, 30), (51, 29), (49, 31)).spots
    assert found[1].y < found[0].y < found[2].y and found[1].x < found[0].x < found[2].x


@pytest.mark.parametrize("west, east", [(179.5, -179.5), (-180, -178), (170, -170), (-10, 10)])
def test_points_on_both_sides_of_the_date_line_are_neighbours(west: float, east: float) -> None:
    found = drawn((-17, west), (-16, east), (-16.5, west)).spots
    assert found[0].x == found[2].x < found[1].x
    assert drawn((-17, west), (-16, east)).bar > 40  # (a map around the globe would have a bar of thousands of km)
    assert drawn((-17, west), (-16, east)).km <= 500


def test_any_points_are_drawn_inside_the_frame_none_on_another() -> None:
    chance = random.Random(7)
    for points in (
        [(0.0, 0.0)],
        [(90.0, 0.0), (90.0, 180.0), (-90.0, -180.0)],
        [(48.28, 37.18)] * 300,
        [(48.28 + number / 1e9, 37.18) for number in range(5)],
        [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _ in range(500)],
        [(48 + chance.gauss(0, 0.5), 37 + chance.gauss(0, 0.5)) for _ in range(500)],
    ):
        found = drawn(*points)
        size = 14 * found.size
        assert all(0 < spot.x < WIDTH and 0 < spot.y < found.height for spot in found.spots) and found.height < 700
        for one, other in combinations(found.spots, 2):
            assert abs(one.x - other.x) >= size - 0.11 or abs(one.y - other.y) >= size - 0.11, (one, other)
        assert found.moved == (len(points) > 1 and points[0][1] != 0)


def test_names_lie_on_no_name_and_no_sign() -> None:
    chance = random.Random(5)
    points = [(48 + chance.gauss(0, 0.7), 37 + chance.gauss(0, 1.2)) for _ in range(400)]
    names = ["й" * chance.randint(3, 28) for _ in points]
    found = sheet(points, names)
    boxes = []
    for spot, name in zip(found.spots, names, strict=True):
        if spot.name < HIDDEN_RIGHT:
            right, down, anchor = OFFSETS[spot.name]
            left = spot.x + right - {"start": 0, "middle": length(name) / 2, "end": length(name)}[anchor]
            boxes.append((left, spot.y + down - 11, left + length(name), spot.y + down + 2))
    assert 20 < len(boxes) < 400
    assert all(box[0] >= 0 and box[2] <= WIDTH for box in boxes)
    for box, other in combinations(boxes, 2):
        assert box[0] >= other[2] or box[2] <= other[0] or box[1] >= other[3] or box[3] <= other[1]
    for box in boxes:
        assert not any(box[0] < spot.x < box[2] and box[1] < spot.y < box[3] for spot in found.spots)


def test_in_a_narrow_window_fewer_names_stand_and_lie_on_no_other() -> None:
    chance = random.Random(6)
    points = [(48 + chance.gauss(0, 0.7), 37 + chance.gauss(0, 1.2)) for _ in range(60)]
    names = ["й" * chance.randint(3, 10) for _ in points]
    found = sheet(points, names)
    kept = [(spot, length(name) * LARGER) for spot, name in zip(found.spots, names, strict=True) if spot.narrow]
    assert 5 < len(kept) < sum(spot.name < HIDDEN_RIGHT for spot in found.spots) and all(spot.name < HIDDEN_RIGHT for spot, _ in kept)
    boxes = []
    for spot, long in kept:
        right, down, anchor = OFFSETS[spot.name]
        left = spot.x + right - {"start": 0, "middle": long / 2, "end": long}[anchor]
        boxes.append((left, spot.y + down - 11 * LARGER, left + long, spot.y + down + 2))
    assert all(box[0] >= 0 and box[2] <= WIDTH for box in boxes)
    for box, other in combinations(boxes, 2):
        assert box[0] >= other[2] or box[2] <= other[0] or box[1] >= other[3] or box[3] <= other[1]


def test_the_most_important_name_has_the_first_choice() -> None:
    beside = [(48.0, 37.0), (48.0, 37.001), (48.3, 37.5)]
    names = ["Important town", "Village", "Other"]
    assert sheet(beside, names).spots[0].name < HIDDEN_RIGHT
    assert length("n\u0301") == length("n") == length("城") / 2


# -- what is said there ----------------------------------------------------------------------------------------------------------

VOCABULARY = """format: 1
language: en
places:
  ash: {kind: town, names: {en: Ash}, point: [48.1, 37.1]}
  beech: {kind: town, names: {en: Beech}, point: [48.2, 37.4]}
  cedar: {kind: town, names: {en: Cedar}, point: [48.3, 37.2]}
  dogwood: {kind: town, names: {en: Dogwood}, point: [48.3, 37.3]}
  elm: {kind: town, names: {en: Elm}, point: [48.1, 37.3]}
  forest: {kind: region, names: {en: the Forest}}
claimants:
  ministry: {name: Ministry, side: north}
  council: {name: Council, side: south}
properties:
  control: {title: who holds it?, values: {north: the North, south: the South}, parts: true, lasts: P14D}
  flood: {title: has it been flooded?, event: true, lasts: P14D}
  people: {title: how many live there?, quantity: people, lasts: P1Y}
"""


def claims() -> list[Fields]:
    given = [
        ("ash", "north", "2025-03-10", "ministry", {}),
        ("ash", "south", "2025-03-10", "council", {}),
        ("beech", "north", "2025-03-02", "ministry", {}),
        ("cedar", "south", "2025-03-10", "council", {"extent": "part"}),
        ("cedar", "north", "2025-03-10", "ministry", {"extent": "part"}),
        ("dogwood", "north", "2025-01-01", "ministry", {}),
        ("elm", "south", "2025-03-10", "council", {"stance": "denies", "extent": "all"}),
        ("elm", "north", "2025-03-10", "ministry", {"stance": "expects"}),
        ("forest", "north", "2025-03-10", "ministry", {}),
    ]
    found = []
    for number, (place, value, said, claimant, more) in enumerate(given):
        found.append(
            {
                "id": f"c{number}",
                "place": place,
                "value": value,
                "said": said,
                "claimant": claimant,
                "quote": f"Word {number} of {place}",
                **more,
            }
        )
    return [
        *found,
        {"id": "f", "place": "ash", "property": "flood", "said": "2025-03-09", "quote": "Ash was flooded"},
        {"id": "n", "place": "elm", "property": "people", "value": "7", "said": "2025-03-09", "quote": "7 people live in Elm"},
    ]


def table(page: Page) -> dict[str, str]:
    """The rows of the map's table: sign and answers of each place."""
    inside = page.text().partition("Answers, and who gives them")[2].partition("How much was read")[0]
    rows, _, silent = inside.partition("Nobody is on record for that day of: ")
    names = ["Ash", "Beech", "Cedar", "Dogwood", "Elm"]
    at = sorted((rows.index(name), name) for name in names if name in rows)
    ends = [place for place, _ in at[1:]] + [len(rows)]
    return {name: rows[place + len(name) : end].strip() for (place, name), end in zip(at, ends, strict=True)} | {"silent": silent.strip()}


def test_the_table_says_what_the_claims_say_of_that_day(tmp_path: Path) -> None:
    page = report("-C", ledger_at(tmp_path, file_of(claims()), VOCABULARY), "report")
    assert table(page) == {
        "Ash": "answers that contradict each otherthe North: Ministrythe South: Council",
        "Beech": "one answer, presumed or perhapsthe North: Ministry",
        "Cedar": "several answers that do not exclude each otherthe North, of a part: Ministrythe South, of a part: Council",
        "Elm": "one answernot the South: Council",
        "silent": "Dogwood",
    }
    assert "5 places of which something is said on this" in page.text()
    assert "Of 6 places with claims, 1 has no point and is on no map." in page.text()


def test_the_signs_say_the_same_by_their_shapes(tmp_path: Path) -> None:
    page = report("-C", ledger_at(tmp_path, file_of(claims()), VOCABULARY), "report")
    at = next(number for number, (_, given) in enumerate(page.elements) if given.get("id") == "mapsigns")
    end = next(number for number, (_, given) in enumerate(page.elements) if given.get("id") == "mapkey")
    signs: dict[str, str] = {}
    for tag, given in page.elements[at:end]:
        if tag == "a":
            place = given["href"] or ""
        elif tag == "use":
            signs[place] = f"{given['href']} {given['class']}"
    assert signs == {
        "#p-ash": "#mc mc",
        "#p-beech": "#m0 m0 w",
        "#p-cedar": "#ms ms",
        "#p-dogwood": "#mn mn",
        "#p-elm": "#m5 m5",
    }
    assert page.targets() <= set(page.ids()) and len(page.ids()) == len(set(page.ids()))


def test_choices_and_events_can_be_chosen_the_most_asked_first(tmp_path: Path) -> None:
    page = report("-C", ledger_at(tmp_path, file_of(claims()), VOCABULARY), "report")
    given = json.loads(page.scripts["maps"])["maps"]
    assert [each[0] for each in given] == ["Who holds it?", "Has it been flooded?"]
    assert [place[0] for place in given[1][-1]] == ["#p-ash"]


def test_a_ledger_without_points_has_no_map(tmp_path: Path) -> None:
    vocabulary = VOCABULARY.replace("point:", "note:").replace("[", '"[').replace("]", ']"')
    page = report("-C", ledger_at(tmp_path, file_of(claims()), vocabulary), "report")
    assert "maps" not in page.scripts and "map" not in page.ids() and "Dogwood" in page.text()


def test_the_same_files_give_the_same_map() -> None:
    pages = {run_outside("report", environment={"PYTHONHASHSEED": seed}).out.partition('id="map"')[2] for seed in "34"}
    assert len(pages) == 1 and '<g id="mapsigns"><a href="#p-' in pages.pop()


def test_hostile_names_and_values_are_text(tmp_path: Path) -> None:
    evil = "</title></svg><script>alert(1)</script><a href=x onclick=y>"
    vocabulary = VOCABULARY.replace("{en: Ash}", "{en: '" + evil + "'}").replace("the North", evil).replace("who holds it?", evil)
    page = report("-C", ledger_at(tmp_path, file_of(claims()), vocabulary), "report")
    assert page.text().count(evil) >= 3
    assert not any("onclick" in given for _, given in page.elements) and sum(tag == "svg" for tag, _ in page.elements) >= 3
    assert [given.get("href") for tag, given in page.elements if tag == "a" and given.get("href") == "x"] == []


def test_of_very_many_places_the_rest_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "MOST_PLACES", 2)
    page = report("-C", ledger_at(tmp_path, file_of(claims()), VOCABULARY), "report")
    assert "2 places of which something is said on this" in page.text() and "3 more places with a point are not drawn." in page.text()
    assert list(table(page)) == ["Ash", "Cedar", "silent"]  # the contradicted one, and that of most claims


def test_a_point_that_can_not_be_read_leaves_its_place_off_the_map(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(claims()), VOCABULARY.replace("point: [48.2, 37.4]", "point: [148.2, 37.4]"))
    page = report("-C", folder, "report")
    assert "4 places of which something" in page.text() and "2 have no point and are on no map" in page.text()
    assert "W914" in run("-C", folder, "check").out


def test_no_point_whatever_it_is_breaks_the_map(tmp_path: Path) -> None:
    """Words, days, what is no number or too large, lists in lists: told as a defect, on no map; of the rest nothing is drawn outside of it."""
    bad = [
        "nan",
        "[nan, nan]",
        "[.nan, .inf]",
        "[-inf, 1]",
        "[1e400, 1]",
        "[1e308, 2]",
        "[" + "9" * 400 + ", 0]",
        "[[1, 2], [3, 4]]",
        "[[[1]]]",
    ]
    bad += [
        "[1, 2, 3]",
        "[]",
        "{}",
        "{lat: 1, lon: 2}",
        "2025-01-01",
        "[2025-01-01, 2025-01-02]",
        "[0x10, 2]",
        "[1_0, 2]",
        "[٤٨, ٣٧]",
        "[null, true]",
    ]
    bad += ["[½, ²]", "[48°, 37°]", "''", "~", "[90.0000001, 0]", "[0, -180.1]", "[<svg onload=x>, 1]"]
    places = "".join(f"  bad-{number}: {{kind: town, names: {{en: Bad {number}}}, point: {point}}}\n" for number, point in enumerate(bad))
    vocabulary = VOCABULARY.replace("claimants:", places + "claimants:")
    bare = {key: value for key, value in claims()[0].items() if key not in ("id", "place", "quote")}
    more: list[Fields] = [
        {**bare, "id": f"b{number}", "place": f"bad-{number}", "quote": f"word {number} of it"} for number in range(len(bad))
    ]
    folder = ledger_at(tmp_path, file_of([*claims(), *more]), vocabulary)
    assert len(set(re.findall(r"^ledger\.yaml:([0-9]+):[0-9]+: W914 ", run("-C", folder, "check").out, re.MULTILINE))) == len(bad)
    page = report("-C", folder, "report")
    assert "5 places of which something" in page.text() and f"{len(bad) + 1} have no point and are on no map" in page.text()
    assert not any("onload" in given for _, given in page.elements)


def test_in_a_folder_the_map_stands_on_the_front_and_leads_to_the_pages(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger", file_of(claims()), VOCABULARY)
    assert run("-C", folder, "report", "--folder", tmp_path / "pages").code == 0
    page = Page((tmp_path / "pages" / "index.html").read_text(encoding="utf-8"))
    whole = report("-C", folder, "report")
    assert table(page) == table(whole)
    maps, own = (json.loads(each.scripts["maps"])["maps"] for each in (page, whole))
    assert [place[0] for place in maps[0][-1]] == [f"{place[0][1:]}.html{place[0]}" for place in own[0][-1]]
    assert [place[1:] for place in maps[0][-1]] == [place[1:] for place in own[0][-1]]
    assert {"p-ash.html#p-ash", "p-dogwood.html#p-dogwood"} <= {given.get("href") for tag, given in page.elements if tag == "a"}
    assert next(given["href"] for tag, given in page.elements if tag == "use") in {"#mn", "#m5", "#ms", "#m0", "#mc"}
