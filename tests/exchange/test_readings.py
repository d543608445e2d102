"""Claims made by machines: read under a vocabulary, compared like others, and never called checked."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from running import Outcome, run
from small import VOCABULARY, could_not_run, file_of, ledger_at

pytest.importorskip("duckdb")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
NONE = "quotes: not checked, there are none"
CLAIM: dict[str, Any] = {"place": "millbrook", "property": "control", "said": "2025-03-01"}
CLAIMS: list[dict[str, Any]] = [
    {**CLAIM, "id": "a", "value": "east", "claimant": "ministry", "extent": None},
    {**CLAIM, "id": "b", "value": "west", "claimant": "council", "extent": None},
    {**CLAIM, "id": "c", "value": "east", "claimant": "gazette", "extent": "part"},
]


def made(folder: Path, claims: list[dict[str, Any]] | None = None, **columns: Any) -> tuple[Path, Path]:
    """A Parquet file of claims, and the vocabulary under which they are read."""
    table = pyarrow.Table.from_pylist(CLAIMS if claims is None else claims)
    for name, column in columns.items():
        table = table.drop_columns([name]) if name in table.column_names else table
        table = table if column is None else table.append_column(name, column)
    parquet.write_table(table, folder / "made.parquet")
    (folder / "ledger.yaml").write_text(VOCABULARY, encoding="utf-8")
    return folder / "made.parquet", folder / "ledger.yaml"


def read(folder: Path, *claims: dict[str, Any]) -> Path:
    """The folder that they are read into."""
    path, vocabulary = made(folder, list(claims) or None)
    assert run("readings", path, "--vocabulary", vocabulary, "--output", folder / "out").code == 0
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Claims of a machine, read."""
    return read(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("engine", [(), ("--engine", "duckdb")])
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "markdown", "brief", "pairs"])
def test_no_output_calls_them_checked(form: str, engine: tuple[str, ...], out: Path) -> None:
    shape = (f"--{form}",) if form in ("brief", "pairs") else ("--format", form)
    outcome = run("conflicts", "--from", out, *engine, *shape)
    said = json.dumps(json.loads(outcome.out)["quotes"]) if form == "json" else outcome.out.replace('"quotes": "', "quotes: ")
    assert outcome.code == 0 and NONE.partition(": ")[2 if form == "json" else 0] in said
    if form != "json":
        assert NONE in said
    if form in ("csv", "jsonl"):
        assert NONE in outcome.err
    assert "a" in said and "seeds/" not in outcome.out


@pytest.mark.parametrize(
    "asked",
    [
        ("why", "out:a", "out:b"),
        ("why", "out:a", "out:b", "--format", "json"),
        ("timeline",),
        ("timeline", "--format", "json"),
        ("timeline", "--format", "csv"),
        ("report",),
    ],
    ids=" ".join,
)
def test_neither_does_any_other_answer(asked: tuple[str, ...], out: Path) -> None:
    told = run(*asked, "--from", out).out
    if "json" in asked:
        assert json.loads(told)["quotes"] == NONE.partition(": ")[2]
    elif "csv" in asked:
        assert [row["quotes"] for row in csv.DictReader(io.StringIO(told))] == [NONE.partition(": ")[2]] * len(CLAIMS)
    else:
        assert NONE in told


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_people_quoted_is_told_from_it(form: str, out: Path, tmp_path: Path) -> None:
    held = ledger_at(
        tmp_path / "held",
        file_of([{"id": "h", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": "the west holds Millbrook"}]),
    )
    asked = ("timeline", "--format", form, "--from", held)
    assert "quotes" not in run(*asked).out
    both = run(*asked, "--from", out).out
    if form == "csv":
        found = {row["claim"].partition(":")[0]: row["quotes"] for row in csv.DictReader(io.StringIO(both))}
        assert found == {"held": "", "out": NONE.partition(": ")[2]}


def test_every_page_of_a_folder_says_so_and_shows_no_seed(out: Path, tmp_path: Path) -> None:
    assert run("report", "--from", out, "--folder", tmp_path / "pages").code == 0
    pages = {path.name[:2]: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").iterdir()}
    assert {"in", "p-", "s-", "cl"} <= pages.keys()
    for page in pages.values():
        head, _, main = re.sub('(?s)<section id="how">.*?</section>', "", page).partition('<main id="main">')
        assert NONE in head and "not complete" not in head
        for words in ("<blockquote", "stored as", "SHA-256", "could not be read", "“"):
            assert words not in main.partition("<script>")[0]
    assert pages["s-"].count(NONE) > 2 * len(CLAIMS) and "claims.parquet, row 1, no quote" in pages["p-"]


def test_they_are_compared_like_others_and_with_others(out: Path, tmp_path: Path) -> None:
    claim = {"id": "held", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": "the west holds Millbrook"}
    ledger = ledger_at(tmp_path / "north", file_of([claim]))
    (tmp_path / "same.csv").write_text("north,out\nmillbrook,millbrook\ncounty,county\n", encoding="utf-8")
    asked = ("conflicts", "--from", ledger, "--from", out, "--same-places", tmp_path / "same.csv", "--format", "json")
    found, sorted_found = run(*asked), run(*asked, "--engine", "duckdb")
    assert found == sorted_found
    pairs = [each["claims"] for each in json.loads(found.out)["conflicts"]]
    assert ["north:held", "out:a"] in pairs and ["out:a", "out:b"] in pairs
    assert json.loads(found.out)["quotes"] == NONE.partition(": ")[2]


def test_what_can_not_be_read_is_left_out_and_counted(tmp_path: Path) -> None:
    bad = [{**CLAIMS[0], **more} for more in ({"id": "x", "place": "atlantis"}, {"id": "y", "said": "some day"}, {"id": "b"})]
    path, vocabulary = made(tmp_path, [*CLAIMS, *bad])
    outcome = run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out")
    assert outcome.code == 1 and outcome.out.endswith("(6 claims, 2 readings)\n")
    assert outcome.err.splitlines() == [
        "ledger: left out: 1 claim: a place that the vocabulary does not have",
        "ledger: left out: 1 claim: a value, date, share or stance that can't be read",
        "ledger: left out: 2 claims: an id that another claim has",
    ]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["claims"], manifest["left_out"], manifest["readings"]) == (6, 4, 2)
    alone, found = (
        json.loads(run("conflicts", "--from", tmp_path / "out", "--format", "json", *engine).out) for engine in ((), ("--engine", "duckdb"))
    )
    assert alone == found and alone["left_out"] == ["out:b", "out:x", "out:y"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"said": None}, "made.parquet has no column said"),
        ({"value": [1, 2, 3]}, "the column value of made.parquet is int64: it must hold texts"),
        ({"quote": ["x", "y", "z"]}, "claims made by a machine have none"),
    ],
)
def test_columns_that_can_not_be_read(columns: dict[str, Any], told: str, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path, **{name: None if column is None else pyarrow.array(column) for name, column in columns.items()})
    assert told in could_not_run(run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("cut", [0, 4, 200, -300])
def test_a_file_that_is_none_or_was_cut(cut: int, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path)
    path.write_bytes(path.read_bytes()[:cut] or b"")
    assert "made.parquet is no Parquet file, or one that was cut" in could_not_run(
        run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out")
    )
    assert not list(tmp_path.glob(".ledger-*"))


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = read(tmp_path)
    told = could_not_run(run("readings", tmp_path / "made.parquet", "--vocabulary", tmp_path / "ledger.yaml", "--output", out))
    assert "is there already" in told
    assert "can't be read" in could_not_run(
        run("readings", tmp_path / "no.parquet", "--vocabulary", tmp_path / "ledger.yaml", "--output", "x")
    )


LONG = "x" * 20_001
PLAIN = pyarrow.string()
NO_UTF8 = pyarrow.Array.from_buffers(PLAIN, 3, [None, pyarrow.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0"), pyarrow.py_buffer(b"a\xffb")])


@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("note", [LONG, "b", None], "a text of more than 20,000 characters, or of nothing but marks, in note"),
        ("value", ["east", LONG, "east"], "a text of more than 20,000 characters, or of nothing but marks, in value"),
        ("id", ["a", "b", LONG], "a text of more than 20,000 characters, or of nothing but marks, in id"),
        ("note", [None, "a" + "\u0301" * 4000, None], "a text of more than 20,000 characters, or of nothing but marks, in note"),
        ("note", ["", "b", None], "an empty text in note"),
        ("via", [["council", None], [], None], "an empty text in via"),
        ("via", ["[" * 30_000, None, None], "a text of more than 20,000 characters, or of nothing but marks, in via"),
        ("disputes", ['{"a": "b"}', "[{}]", None], "an empty text in disputes"),
    ],
)
def test_what_no_claims_file_could_say_is_left_out(column: str, cells: list[Any], told: str, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path, **{column: pyarrow.array(cells)})
    outcome = run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out")
    assert outcome.code == 1 and outcome.err.startswith(f"ledger: left out: 1 claim: {told}") and outcome.err.count("\n") == 1
    alone, found = (run("conflicts", "--from", tmp_path / "out", "--format", "json", *engine) for engine in ((), ("--engine", "duckdb")))
    assert alone == found and alone.code == 0


def test_a_list_of_one_may_be_a_text(tmp_path: Path) -> None:
    out = read(tmp_path, *({**claim, "via": "council"} for claim in CLAIMS))
    alone, found = (run("conflicts", "--from", out, "--format", "json", *engine) for engine in ((), ("--engine", "duckdb")))
    assert alone == found and '"via": ["out:council"]' in alone.out


@pytest.mark.parametrize("name", ["note", "value", "place", "id"])
def test_texts_in_another_encoding(name: str, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path, **{name: NO_UTF8})
    assert "UTF" in could_not_run(run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["ledger.yaml", "made.parquet"]


@pytest.mark.parametrize("name", ["id", "ID"])
def test_a_column_that_is_there_twice(name: str, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path)
    table = parquet.read_table(path)
    parquet.write_table(pyarrow.Table.from_arrays([table["value"], *table.columns], names=[name, *table.column_names]), path)
    assert "has several columns id" in could_not_run(run("readings", path, "--vocabulary", vocabulary, "--output", tmp_path / "out"))


PLACES: list[dict[str, Any]] = [
    {"id": "millbrook-south", "name": "the south of Millbrook", "within": "millbrook", "latitude": 48.5, "longitude": -0.25},
    {
        "id": "mill-lane",
        "name": "Mill Lane",
        "within": "millbrook-south",
        "names": '{"en": ["Mill Lane", "the Lane"]}',
        "former": ["Old Lane"],
    },
]


def read_with_places(folder: Path, *rows: dict[str, Any]) -> Outcome:
    """Some claims of places in ledger.yaml and in a table of places, read into `out`."""
    claims = [CLAIMS[0], {**CLAIMS[1], "place": "mill-lane"}, {**CLAIMS[1], "id": "d", "place": "millbrook-south"}]
    path, vocabulary = made(folder, claims)
    columns = {name: None for row in rows for name in row}
    parquet.write_table(pyarrow.Table.from_pylist([{**columns, **row} for row in rows]), folder / "places.parquet")
    return run("readings", path, "--vocabulary", vocabulary, "--places", folder / "places.parquet", "--output", folder / "out")


@pytest.mark.parametrize("engine", [(), ("--engine", "duckdb")])
def test_places_come_as_a_table(engine: tuple[str, ...], tmp_path: Path) -> None:
    assert read_with_places(tmp_path, *PLACES)[0] == 0
    found = json.loads(run("conflicts", "--from", tmp_path / "out", *engine, "--format", "json").out)
    assert [each["claims"] for each in found["conflicts"]] == [["out:a", "out:b"], ["out:a", "out:d"]]
    assert "the south of Millbrook" in found["conflicts"][1]["reason"] and "Mill Lane" in found["conflicts"][0]["reason"]
    rows = parquet.read_table(tmp_path / "out" / "places.parquet").to_pylist()
    assert [(row["id"], row["names"], row["former"], row["latitude"]) for row in rows] == [
        ("millbrook-south", '{"": ["the south of Millbrook"]}', "[]", 48.5),
        ("mill-lane", '{"en": ["Mill Lane", "the Lane"]}', '["Old Lane"]', None),
    ]


def test_an_exports_table_of_places_is_one(tmp_path: Path) -> None:
    """Those of the ledger that it came from, under a ledger.yaml without places: the columns are the very same."""
    ledger = ledger_at(tmp_path / "held", file_of([]))
    assert run("-C", ledger, "export", "parquet", "--output", tmp_path / "export").code == 0
    path, vocabulary = made(tmp_path)
    lines = VOCABULARY.splitlines(keepends=True)
    begin, end = lines.index("places:\n"), lines.index("claimants:\n")
    vocabulary.write_text("".join([*lines[:begin], "places: {}\n", *lines[end:]]), encoding="utf-8")
    asked = ("--vocabulary", vocabulary, "--places", tmp_path / "export" / "places.parquet", "--output", tmp_path / "out")
    assert run("readings", path, *asked).code == 0
    given, kept = (parquet.read_table(tmp_path / name / "places.parquet").to_pylist() for name in ("export", "out"))
    assert given == kept and [row["name"] for row in given[:2]] == ["Mill County", "Millbrook"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"id": "x", "name": "X"}, {"id": "y", "name": "Y", "within": "z"}], "row 2: no place has the id `z`"),
        (
            [{"id": "x", "name": "X", "within": "y"}, {"id": "y", "name": "Y", "within": "x"}],
            "row 1: `within` goes in a circle: x -> y -> x",
        ),
        ([{"id": "x", "name": "X"}, {"id": "x", "name": "Y"}], "row 2: row 1 has the id x, too"),
        ([{"id": "county", "name": "X"}], "row 1: ledger.yaml has a place `county`, too"),
        (
            [{"id": "x", "name": None}, {"id": "y", "name": None}],
            "row 1: place `x` has no names (write them by language: names: {en: ...}); 1 more",
        ),
        ([{"id": "X y", "name": "X"}], "row 1: `X y` is no id of a place"),
        ([{"id": None, "name": "X"}], "row 1: it has no id"),
        ([{"id": "x", "name": ["X"]}], "row 1: name is no text"),
        ([{"id": "x", "name": "X", "latitude": 91.0, "longitude": 0.0}], "row 1: latitude 91 is not between -90 and 90"),
        ([{"id": "x", "name": "X", "latitude": 9.0}], "row 1: the longitude"),
        ([{"id": "x", "name": "x" * 20_001}], "row 1: names holds a text of more than 20,000 characters"),
        ([{"id": "x", "name": "X", "inside": "county"}], "has a column inside, which places have not: they have id, name, kind"),
        ([{"id": "x"}], "needs a column id, and one of name or names"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_ledger_yaml_could_say_of_places_is_refused_by_its_row(rows: list[dict[str, Any]], told: str, tmp_path: Path) -> None:
    outcome = read_with_places(tmp_path, *rows)
    could_not_run(outcome)
    assert "places.parquet" in outcome.err and told in outcome.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize("data", [b"id,name", b"PAR1", None])
def test_places_that_are_no_parquet(data: bytes | None, tmp_path: Path) -> None:
    path, vocabulary = made(tmp_path)
    if data is not None:
        (tmp_path / "places.parquet").write_bytes(data)
    outcome = run("readings", path, "--vocabulary", vocabulary, "--places", tmp_path / "places.parquet", "--output", tmp_path / "out")
    could_not_run(outcome)
    assert "places.parquet" in outcome.err
