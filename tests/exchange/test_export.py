"""What is exported, read back by programs that are not ours: nothing is lost, nothing acts."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exported import cell_of, claims_of, conflicts_of, export, generated, hostile
from running import ROOT, run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.exchange.sheets import text_cell, without_guard
from ledger.texts.display import visible

MADE = 1_000
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A realistic ledger."""
    return generated(tmp_path_factory.mktemp("made") / "ledger", MADE)


@pytest.fixture(params=["made", "hostile"])
def any_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A realistic ledger, and a hostile one."""
    if request.param == "made":
        found: Path = request.getfixturevalue("made")
        return found
    return hostile(tmp_path / "ledger")


def rows_of(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as opened:
        opened.row_factory = sqlite3.Row
        return [dict(row) for row in opened.execute(query)]


# -- sqlite --------------------------------------------------------------------------------------------------------------


def test_a_database_has_every_field_of_every_claim(any_ledger: Path, tmp_path: Path) -> None:
    path = export(any_ledger, "sqlite", tmp_path / "ledger.db")
    rows, told = rows_of(path, "SELECT * FROM claims ORDER BY rowid"), claims_of(any_ledger)
    assert [{name: row[name] for name in record} for row, record in zip(rows, told, strict=True)] == [
        {name: cell_of(value) for name, value in record.items()} for record in told
    ]
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not ACTING.search("".join(line.replace("\\n", "") for line in opened.iterdump()))


def test_a_database_tells_contradictions_and_tensions_apart(tmp_path: Path) -> None:
    path = export(ROOT, "sqlite", tmp_path / "ledger.db")
    told = conflicts_of(ROOT)
    for table, kept in (
        ("contradictions", [each for each in told if each["kind"] != "tension"]),
        ("tensions", [each for each in told if each["kind"] == "tension"]),
    ):
        rows = rows_of(path, f"SELECT * FROM {table}")
        assert [([row["claim_a"], row["claim_b"]], row["kind"], row["strength"], row["reason"]) for row in rows] == [
            (each["claims"], each["kind"], each["strength"], each["reason"]) for each in kept
        ]
        assert kept
    opened = rows_of(path, "SELECT * FROM contradictions_open")
    assert len(opened) == len(json.loads(run("-C", ROOT, "conflicts", "--open", "--format", "json").out)["conflicts"]) - len(
        [each for each in told if each["kind"] == "tension" and each["resolution"] is None]
    )


def test_seeds_can_be_searched(tmp_path: Path) -> None:
    path = export(ROOT, "sqlite", tmp_path / "ledger.db")
    found = rows_of(path, "SELECT seeds.name FROM seeds_fts JOIN seeds ON seeds.rowid = seeds_fts.rowid WHERE seeds_fts MATCH 'kupiansk'")
    assert (
        {row["name"] for row in found}
        == {row["name"] for row in rows_of(path, "SELECT name FROM seeds WHERE text LIKE '%kupiansk%'")}
        != set()
    )
    for view in ("claims_contradicted", "places_counted", "claimants_counted"):
        assert rows_of(path, f"SELECT * FROM {view}")
    told = json.loads(run("-C", ROOT, "export", "datasette").out)["databases"]["ledger"]["tables"]
    for table, about in told.items():
        columns = {row["name"] for row in rows_of(path, f"SELECT name FROM pragma_table_info('{table}')")}
        assert columns and columns >= set(about["columns"]) | set(about.get("facets", []))


def test_datasette_finds_what_it_searches_by(tmp_path: Path) -> None:
    """It looks for the table of a search in what made it, in these very words."""
    path = export(ROOT, "sqlite", tmp_path / "ledger.db")
    for table in ("claims", "seeds"):
        words = f"SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"{table}\"%'"
        assert [row["name"] for row in rows_of(path, words)] == [f"{table}_fts"]


def test_spans_count_in_the_text_that_is_handed_on(tmp_path: Path) -> None:
    seed = "😀 Note.\r\n\r\n" + "\r\n\r\n".join(claim["quote"].replace(" ", "\r\n", 1) + "." for claim in CLAIMS) + "\r\n"
    path = export(ledger_at(tmp_path / "ledger", file_of(CLAIMS, seed=seed)), "sqlite", tmp_path / "ledger.db")
    ((text,),) = (row.values() for row in rows_of(path, "SELECT text FROM seeds"))
    rows = rows_of(path, "SELECT quote, spans FROM claims")
    assert [" ".join(text[start:end].split()) for row in rows for start, end in json.loads(row["spans"])] == [row["quote"] for row in rows]


@pytest.mark.parametrize("shape", ["sqlite", "xlsx"])
def test_the_same_ledger_gives_the_same_bytes(shape: str, tmp_path: Path) -> None:
    one, other = (export(ROOT, shape, tmp_path / name).read_bytes() for name in ("one", "other"))
    assert one == other


def test_filters_are_those_of_claims(tmp_path: Path) -> None:
    asked = ("--place", "kupiansk", "--since", "2025-11-01")
    path = export(ROOT, "sqlite", tmp_path / "ledger.db", *asked)
    assert (
        [row["id"] for row in rows_of(path, "SELECT id FROM claims ORDER BY rowid")]
        == [claim["id"] for claim in claims_of(ROOT, *asked)]
        != []
    )
    told = {tuple(each["claims"]) for each in conflicts_of(ROOT, *asked)}
    both = rows_of(path, "SELECT claim_a, claim_b FROM contradictions UNION SELECT claim_a, claim_b FROM tensions")
    assert {(row["claim_a"], row["claim_b"]) for row in both} == told != set()


# -- sheets --------------------------------------------------------------------------------------------------------------


def test_a_package_is_valid_and_has_every_field(any_ledger: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless = pytest.importorskip("frictionless")
        folder = export(any_ledger, "csv", tmp_path / "csv")
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["type", "note"])[:5]
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = claims_of(any_ledger)
    for row, record in zip(rows, told, strict=True):
        wanted = {name: cell_of(value) for name, value in record.items()}
        texts = {name: visible(value) if isinstance(value, str) else text_cell(value) for name, value in wanted.items()}
        assert {name: without_guard(row[name]) for name in record} == texts
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not ACTING.search(text)
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]


def test_a_workbook_has_every_field_and_no_formula(any_ledger: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(export(any_ledger, "xlsx", tmp_path / "ledger.xlsx"))
    sheet = book["claims"]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row, record in zip(rows, claims_of(any_ledger), strict=True):
        found = dict(zip(heads, row, strict=True))
        wanted = {name: cell_of(value) for name, value in record.items()}
        shown = {
            name: visible(value).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>") if isinstance(value, str) else text_cell(value)
            for name, value in wanted.items()
        }
        assert {name: found[name] for name in record} == {name: None if value == "" else value for name, value in shown.items()}
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_what_is_longer_than_a_cell_goes_on(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    words = "".join(f"Word {number}. " for number in range(9_000))
    folder = ledger_at(tmp_path / "ledger", file_of(CLAIMS[:1], seed=f"{CLAIMS[0]['quote']}.\n{words}"))
    book = openpyxl.load_workbook(export(folder, "xlsx", tmp_path / "ledger.xlsx"))
    heads, row = [[cell.value for cell in row] for row in book["seeds"].iter_rows()]
    parts = [cells for cells in book["continued"].iter_rows(min_row=2, values_only=True) if cells[:3] == ("seeds", "2", "text")]
    assert "".join([row[heads.index("text")], *(cells[4] for cells in parts)]) == f"{CLAIMS[0]['quote']}.\n{words}"
    assert [cells[3] for cells in parts] == list(map(str, range(2, len(parts) + 2))) != []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "'", "'=1", "''", "＝1", "plain", ""])
def test_the_guard_of_a_cell_is_taken_away_again(text: str) -> None:
    assert without_guard(text_cell(text)) == text
    assert text_cell(text)[:1] not in ("=", "+", "-", "@", "\t", "＝")


# -- annotations, places, parquet ----------------------------------------------------------------------------------------

TERMS = {  # of the context that the standard gives for its annotations, as much as we write
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "id": "@id",
    "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix", "start", "end", "describing", "tagging", "commenting")},
    **{
        name: {"@id": f"oa:{of}", "@type": "@id"}
        for name, of in {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}.items()
    },
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    **{name: {"@id": f"as:{name}", "@type": "@id"} for name in ("partOf", "first", "last", "next")},
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
}


def lost_by_expanding(document: dict[str, Any]) -> set[str]:
    """The keys that the context does not know: expanding drops them without a word."""
    keys: set[str] = set()
    json.loads(json.dumps(document["@graph"]), object_hook=keys.update)
    return keys - TERMS.keys()


def test_annotations_are_linked_data() -> None:
    pyld = pytest.importorskip("pyld")
    document = json.loads(run("-C", ROOT, "export", "annotations", "--seed", "000_8254c98bdc3e8411.txt").out)
    asked = []

    def loader(url: str, options: dict[str, Any]) -> dict[str, Any]:
        asked.append(url)
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}

    expanded = pyld.jsonld.expand(document, {"documentLoader": loader})
    assert asked == ["http://www.w3.org/ns/anno.jsonld"]
    keys: set[str] = set()
    json.loads(json.dumps(expanded), object_hook=keys.update)
    assert keys and all(key.startswith(("@", "http://")) for key in keys)
    assert not lost_by_expanding(document)
    assert json.dumps(expanded).count("http://www.w3.org/ns/oa#exact") == sum(
        len(record["spans"]) for record in claims_of(ROOT, "--seed", "000_8254c98bdc3e8411.txt")
    )


def test_annotations_name_the_words_where_they_stand(any_ledger: Path) -> None:
    outcome = run("-C", any_ledger, "export", "annotations")
    document = json.loads(outcome.out)
    assert outcome.code == 0 and not ACTING.search(outcome.out)
    told = {record["id"]: record for record in claims_of(any_ledger)}
    pages = [page for page in document["@graph"] if page["type"] == "AnnotationPage"]
    items = [item for page in pages for item in page["items"]]
    assert len(items) == len(told) == document["@graph"][0]["total"]
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            words, *places = target["selector"]
            for place in places:
                name = target["source"]["id"].removeprefix("urn:fact-ledger:seed:")
                text = (any_ledger / "seeds" / name).read_bytes().decode()
                assert text[place["start"] : place["end"]] == words["exact"]
                assert text[: place["start"]].endswith(words["prefix"]) and text[place["end"] :].startswith(words["suffix"])


def test_tables_are_csv_on_the_web(tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    ledger = hostile(tmp_path / "ledger")
    folder = export(ledger, "csv", tmp_path / "csv")
    found = csvw.CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert found.is_valid
    tables = {table.url.string: list(table) for table in found.tables}
    assert {path.name for path in folder.glob("*.csv")} == tables.keys()
    told = claims_of(ledger)
    assert [row["spans"] for row in tables["claims.csv"]] == [record["spans"] for record in told] != []
    assert {(type(row["takes_part"]), type(row["line"]), type(row["via"])) for row in tables["claims.csv"]} == {(bool, int, list)}


def test_parquet_is_read_by_an_engine(any_ledger: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    folder = export(any_ledger, "parquet", tmp_path / "parquet")
    found = duckdb.sql(f"SELECT * FROM '{folder}/claims.parquet'")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    for row, record in zip(rows, claims_of(any_ledger), strict=True):
        assert {name: row[name] for name in record} == {name: cell_of(value) for name, value in record.items()}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, about in manifest["tables"].items():
        assert duckdb.sql(f"SELECT count(*) FROM '{folder}/{name}.parquet'").fetchall() == [(about["rows"],)]


# -- where it goes -------------------------------------------------------------------------------------------------------


def test_what_is_no_text_asks_where_to_go(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    for shape in ("sqlite", "csv", "parquet", "xlsx"):
        assert f"`ledger export {shape} --output " in could_not_run(run("-C", folder, "export", shape))


def test_nothing_is_written_behind_a_link_or_over_the_ledger(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    outside = tmp_path / "outside.csv"
    outside.write_text("mine", encoding="utf-8")
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "claims.csv").symlink_to(outside)
    assert "no plain file" in could_not_run(run("-C", folder, "export", "csv", "--output", tmp_path / "csv"))
    assert outside.read_text(encoding="utf-8") == "mine" and [path.name for path in (tmp_path / "csv").iterdir()] == ["claims.csv"]
    (tmp_path / "ledger.db").symlink_to(outside)
    export(folder, "sqlite", tmp_path / "ledger.db")
    assert outside.read_text(encoding="utf-8") == "mine" and not (tmp_path / "ledger.db").is_symlink()
    for path in ("claims/x.db", "ledger.yaml", ".git/x", "proofs/0001.sha256", "originals/page.pdf"):
        could_not_run(run("-C", folder, "export", "sqlite", "--output", folder / path))
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "is no folder" in could_not_run(run("-C", folder, "export", "csv", "--output", tmp_path / "file"))
    assert "there is no folder" in could_not_run(run("-C", folder, "export", "csv", "--output", tmp_path / "no" / "csv"))


@pytest.mark.parametrize(("shape", "name"), [("csv", "claims.csv"), ("csv", "datapackage.json"), ("parquet", "manifest.json")])
def test_files_of_others_in_a_folder_are_not_written_over(shape: str, name: str, tmp_path: Path) -> None:
    folder, out = ledger_at(tmp_path / "ledger"), tmp_path / "out"
    out.mkdir()
    (out / name).write_text('{"name": "mine"}', encoding="utf-8")
    told = could_not_run(run("-C", folder, "export", shape, "--output", out))
    assert f"holds {name}, which no export of this format wrote: name another folder" in told
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {name: b'{"name": "mine"}'}
    (out / name).rename(out / "notes.txt")
    for _ in range(2):  # (one of ours is written anew, and what is not called like a file of ours stays)
        assert run("-C", folder, "export", shape, "--output", out).code == 0
    assert (out / "notes.txt").read_bytes() == b'{"name": "mine"}'


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    (folder / "claims" / "broken.yaml").write_text("seed: [", encoding="utf-8")
    outcome = run("-C", folder, "export", "sqlite", "--output", tmp_path / "ledger.db")
    assert outcome.code == 0 and "claims/broken.yaml" in outcome.err
    assert rows_of(tmp_path / "ledger.db", "SELECT value FROM about WHERE key = 'not_read'") == [{"value": "claims/broken.yaml"}]


@pytest.mark.parametrize(("shape", "package", "extra"), [("xlsx", "xlsxwriter", "sheets"), ("parquet", "pyarrow", "scale")])
def test_a_package_that_is_not_there_is_named_with_its_extra(
    shape: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    told = could_not_run(run("-C", ledger_at(tmp_path / "ledger"), "export", shape, "--output", tmp_path / "out"))
    assert f'pip install "fact-ledger[{extra}]"' in told and not (tmp_path / "out").exists()
