"""`search`, `places` and `properties`: what a person looks for is found as it is typed, and what there is is told in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from running import run
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at

from ledger.texts.searching import Wanted

SEED = (
    "Millbrook is held by the east. Crème brûlée was served.\n\nMillbrook fell to the west.\n\n"
    "Millbrook has been in the west's hands.\n\n27,000 people live in Millbrook.\n\nMillbrook, of 9,000.\n\nlorries pass Millbrook.\n"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger, whose seed has a sentence that bears no claim, and a seed that no claims file names."""
    folder = ledger_at(tmp_path_factory.mktemp("ledger"), file_of(CLAIMS, seed=SEED))
    (folder / "seeds" / "unread.txt").write_bytes("Nobody has read of the Brûlerie yet.\n".encode())
    return folder


def found(folder: Path, *words: str) -> tuple[list[str], list[str]]:
    """The ids and the sentences that a search finds."""
    answer: Any = json.loads(run("-C", folder, "search", *words, "--format", "json").out)
    return [claim["id"] for claim in answer["claims"]], [sentence["text"] for sentence in answer["sentences"]]


@pytest.mark.parametrize(
    "text, words, stand",
    [
        ("Crème brûlée", ("BRULEE",), True),
        ("Creme brulee", ("crème", "brûlée"), True),
        ("Øst-Ukraina, Łódź", ("ost", "lodz"), True),
        ("Straße", ("STRASSE",), True),
        ("İstanbul'da", ("istanbul",), True),
        ("Куп’янськ", ("куп'янськ",), True),
        ("the depart\u00adment", ("department",), True),
        ("start, part", ("art",), False),  # inside a word
        ("Deep State", ("deep state",), True),  # a phrase
        ("Deep-State", ("deep state",), True),
        ("deep is the state", ("deep state",), False),
        ("deep is the state", ("state", "deep"), True),
        ("deep is the", ("state", "deep"), False),
        ("地図の町は北", ("町",), True),  # no spaces are set between words
        ("बिहार", ("बहर",), False),  # vowels are no accents
    ],
)
def test_words_are_found_as_a_person_types_them(text: str, words: tuple[str, ...], stand: bool) -> None:
    wanted = Wanted(words)
    assert wanted.stand_in(text) is stand
    assert "".join(piece for piece, _ in wanted.marked(text)) == text


def test_claims_are_found_by_all_that_is_told_of_them(small: Path) -> None:
    assert found(small, "fell") == (["held-west"], ["Millbrook fell to the west."])
    assert found(small, "jo", "REED") == (["people-9000"], [])  # who says it
    assert found(small, "Миллбрук", "council") == (["held-west"], [])  # the place by another of its names
    assert found(small, "brulee") == ([], ["Crème brûlée was served."])
    assert found(small, "brulerie") == ([], ["Nobody has read of the Brûlerie yet."])
    assert found(small, "millbrook", "--seed", "unread") == ([], [])


def test_people_see_words_place_and_line(small: Path) -> None:
    out = run("-C", small, "search", "creme").out
    assert "  Crème brûlée was served.\n  seeds/text.txt:1  no claim was read out of it\n" in out
    assert out.endswith("0 claims, 1 further sentence\n")
    out = run("-C", small, "search", "people live").out
    assert "  27,000 people live in Millbrook\n  seeds/text.txt:7  people-27000\n" in out and out.endswith("1 claim, 0 further sentences\n")
    assert run("-C", small, "search", "nothing like it").out == "0 claims, 0 further sentences\n"
    assert "no letter or digit" in could_not_run(run("-C", small, "search", "--", "..."))


def test_a_limit_of_a_search_is_told(small: Path) -> None:
    assert "shown: 2 of each at most" in run("-C", small, "search", "millbrook", "--limit", "2").out
    answer = json.loads(run("-C", small, "search", "millbrook", "--limit", "2", "--format", "json").out)
    assert (len(answer["claims"]), answer["total"], answer["truncated"]) == (2, {"claims": 6, "sentences": 6}, True)


def test_a_search_has_every_format(small: Path) -> None:
    rows = [json.loads(line) for line in run("-C", small, "search", "west", "--format", "jsonl").out.splitlines()]
    table = list(csv.DictReader(io.StringIO(run("-C", small, "search", "west", "--format", "csv").out)))
    assert [(row["found"], row["text"]) for row in rows] == [(row["found"], row["text"]) for row in table]
    assert [row["found"] for row in rows] == ["claim", "claim", "sentence", "sentence"]
    assert "- Millbrook fell to the west\n" in run("-C", small, "search", "fell", "--format", "markdown").out.replace("  ", "")


# -- what there is ---------------------------------------------------------------------------------------------------------------


def test_places_are_told_with_their_names_and_counts(small: Path) -> None:
    places = {row["id"]: row for row in json.loads(run("-C", small, "places", "--format", "json").out)["places"]}
    assert [(name, row["claims"], row["claims_within"]) for name, row in places.items()] == [
        ("ivanivka-east", 0, 0), ("ivanivka-west", 0, 0), ("county", 0, 6), ("millbrook", 6, 6), ("millbrook-north", 0, 0),
    ]  # fmt: skip
    assert places["millbrook"]["within"] == "county" and "uk: Мілл'брук" in places["millbrook"]["names"]
    out = run("-C", small, "places").out.splitlines()
    assert out[0].split("\t")[0] == "place" and out[4] == "  Millbrook\ttown\t6\t6\tmillbrook, Мілл'брук, Миллбрук, Milbruk"
    assert out[-1] == "5 places" and run("-C", small, "places", "milbruk").out.endswith("\n1 place\n")


def test_points_are_told_to_machines(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY.replace("kind: town,", "kind: town, point: [-48.280, 37],"))
    rows = json.loads(run("-C", folder, "places", "--format", "json").out)["places"]
    assert {row["id"]: row["point"] for row in rows if row["point"]} == {"millbrook": [-48.28, 37.0]}
    assert "-48.28 | 37.0" in run("-C", folder, "places", "Millbrook", "--format", "csv").out


def test_properties_are_told_with_what_they_take(small: Path) -> None:
    rows = {row["id"]: row for row in json.loads(run("-C", small, "properties", "--format", "json").out)["properties"]}
    assert {name: row["claims"] for name, row in rows.items()} == {"control": 3, "nickname": 0, "people": 2, "traffic": 1}
    assert rows["traffic"]["subjects"] == {"cars": 0, "lorries": 1} and rows["people"]["unit"] == "people"
    out = run("-C", small, "properties").out
    assert "control\twho holds the place\teast, west\t\t3\n" in out and out.endswith("\n4 properties\n")


def test_places_that_lie_in_a_circle_are_told_too(tmp_path: Path) -> None:
    circle = "places:\n  a: {kind: town, names: {en: A}, within: b}\n  b: {kind: town, names: {en: B}, within: a}\n"
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY.replace("places:\n", circle))
    rows = json.loads(run("-C", folder, "places", "--format", "json").out)["places"]
    assert sorted(row["id"] for row in rows) == ["a", "b", "county", "ivanivka-east", "ivanivka-west", "millbrook", "millbrook-north"]


@pytest.mark.parametrize("command", ["places", "properties"])
def test_rows_are_the_same_in_every_format(small: Path, command: str) -> None:
    records = json.loads(run("-C", small, command, "--format", "json").out)[command]
    assert [json.loads(line) for line in run("-C", small, command, "--format", "jsonl").out.splitlines()] == records
    table = list(csv.DictReader(io.StringIO(run("-C", small, command, "--format", "csv").out)))
    assert [row["id"] for row in table] == [record["id"] for record in records]
    assert run("-C", small, command, "--format", "markdown").out.count("\n| ") == len(records)
    cut = json.loads(run("-C", small, command, "--limit", "1", "--format", "json").out)
    assert (len(cut[command]), cut["total"], cut["truncated"]) == (1, len(records), True)


@pytest.mark.parametrize("columns", ["30", "50", "80", "120"])
def test_ids_are_not_broken_on_a_terminal(small: Path, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments, id in (
        (("places",), "millbrook-north"),
        (("properties",), "nickname"),
        (("claims",), "held-later"),
        (("search", "people"), "people-27000"),
    ):
        out = run("-C", small, *arguments).out
        assert id in out and max(map(len, out.splitlines())) <= int(columns)
