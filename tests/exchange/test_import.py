"""What comes in is found by its words, shown before it is written, and refused by name where no seed has it."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from exported import claims_of, export
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at

SEED = "".join(f"{claim['quote']}.\n\n" for claim in CLAIMS) + "The gate is shut at noon. The gate is shut at night.\n"
GIVEN = [f"--set={text}" for text in ("place=Millbrook", "property=nickname", "claimant=Gazette", "said=2025-03-05", "value=x")]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A ledger with a text that nobody has read yet."""
    return ledger_at(tmp_path / "empty", file_of([], seed=SEED))


def told(folder: Path) -> list[dict[str, Any]]:
    """The claims, without where they stand."""
    return [{name: value for name, value in claim.items() if name not in ("line", "column")} for claim in claims_of(folder)]


def written_at(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


# -- sheets --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_what_was_exported_comes_in_again(shape: str, empty: Path, tmp_path: Path) -> None:
    full = ledger_at(
        tmp_path / "full", file_of([{**CLAIMS[0], "via": "[gazette]", "note": "'=1+1 is no formula'"}, *CLAIMS[1:]], seed=SEED)
    )
    path = export(full, shape, tmp_path / "out") / "claims.csv" if shape == "csv" else export(full, shape, tmp_path / "out.xlsx")
    before = {each: each.read_bytes() for each in empty.rglob("*.*")}
    shown = run("-C", empty, "import", path)
    assert shown.code == 0 and "6 claims would be written" in shown.out and "+  quote: Millbrook fell to the west" in shown.out
    assert {each: each.read_bytes() for each in empty.rglob("*.*")} == before
    done = run("-C", empty, "import", path, "--write")
    assert (done.code, done.err) == (0, "") and "6 claims written; 0 rows to be completed; 0 rows refused" in done.out
    assert told(empty) == told(full)
    again = run("-C", empty, "import", path, "--write")
    assert again.code == 1 and "6 rows refused" in again.out and "has a claim held-east already" in again.out


def test_a_mapping_is_proposed_and_can_be_changed(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Text", "Town", "Who", "Date", "what", "answer", "extra"])
        writer.writerow(["Millbrook is held by the east", "Мілл'брук", "Jo Reed", "2025-03-01", "who holds the place", "east", "-"])
        writer.writerow(["Millbrook was never there", "Millbrook", "Jo Reed", "2025-03-01", "control", "east", "-"])
        writer.writerow(["Millbrook fell to the west", "Millbrook", "Jo Reed", "2025-03-01", "control", "north", "-"])
        writer.writerow(["Millbrook fell to the west", "Millbrook", "Jo Reed", "", "control", "west", "-"])
        writer.writerow(["Millbrook fell to the west", "Nowhere", "Jo Reed", "2025-03-01", "control", "west", "-"])
    assert "to be completed: needs property" in run("-C", empty, "import", path).out
    outcome = run("-C", empty, "import", path, "--map", "property=what", "--map", "value=answer", "--write")
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert {"  quote <- Text", "  place <- Town", "  claimant <- Who", "  said <- Date", "  property <- what", "  value <- answer"} <= set(
        lines
    )
    assert "  not taken: extra (--map FIELD=COLUMN)" in lines
    reasons = {number: next(line for line in lines if line.startswith(f"row {number}: ")) for number in (3, 4, 5, 6)}
    assert "no seed has these words" in reasons[3] and "north" in reasons[4] and "needs said" in reasons[5] and "Nowhere" in reasons[6]
    assert lines[-1] == "1 claim written; 1 row to be completed; 3 rows refused"
    assert [(claim["place"], claim["claimant"], claim["value"]) for claim in claims_of(empty)] == [("millbrook", "spokesman", "east")]
    assert run("-C", empty, "check").code == 0


# -- highlights: their offsets are all wrong, on purpose ------------------------------------------------------------------

WORDS = "lorries pass Millbrook"
THEIR_TEXT = f"𝕏 another copy of it: {WORDS}, they say"
AT = THEIR_TEXT.index(WORDS)
SELECTORS = [
    {"type": "TextPositionSelector", "start": 3, "end": 9},
    {"type": "TextQuoteSelector", "exact": WORDS, "prefix": "", "suffix": "."},
]
HIGHLIGHTS: dict[str, Any] = {
    "web annotations": {"@context": "x", "type": "AnnotationPage", "items": [{"type": "Annotation", "target": {"source": "s", "selector": SELECTORS}}]},
    "recogito": [{"id": "1", "type": "Annotation", "body": [{"purpose": "tagging", "value": "tag"}], "target": {"selector": SELECTORS}}],
    "hypothesis": {"total": 1, "rows": [{"text": "look", "tags": ["tag"], "target": [{"source": "s", "selector": SELECTORS}]}]},
    "label studio": [{"data": {"text": THEIR_TEXT}, "annotations": [{"result": [{"value": {"start": 1, "end": 4, "text": WORDS, "labels": ["tag"]}}]}]}],
    "label studio, short": [{"text": THEIR_TEXT, "id": 1, "label": [{"start": 1, "end": 4, "text": WORDS, "labels": ["tag"]}], "annotator": 1}],
    "doccano": {"id": 1, "text": THEIR_TEXT, "label": [[AT, AT + len(WORDS), "tag"]]},
    "inception": {
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": THEIR_TEXT},
            {"%ID": 2, "%TYPE": "x.Sentence", "@sofa": 1, "begin": 0, "end": 5},
            {"%ID": 3, "%TYPE": "x.NamedEntity", "@sofa": 1, "begin": AT + 1, "end": AT + 1 + len(WORDS), "value": "tag"},
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("form", HIGHLIGHTS)
def test_a_highlight_becomes_a_claim_to_be_completed(form: str, empty: Path, tmp_path: Path) -> None:
    path = written_at(tmp_path, "highlights.json", json.dumps(HIGHLIGHTS[form]))
    outcome = run("-C", empty, "import", path)
    assert outcome.code == 1 and f"highlight 1: to be completed: needs place, property, claimant, said: {WORDS}" in outcome.out
    done = run("-C", empty, "import", path, *GIVEN, "--write")
    assert done.code == 0 and "1 claim written; 0 rows to be completed; 0 rows refused" in done.out
    (claim,) = claims_of(empty)
    assert claim["quote"] == WORDS and claim["spans"] == [[SEED.index(WORDS), SEED.index(WORDS) + len(WORDS)]]


def test_highlights_go_through_a_sheet_to_be_completed(empty: Path, tmp_path: Path) -> None:
    path, sheet = written_at(tmp_path, "highlights.json", json.dumps(HIGHLIGHTS["hypothesis"])), tmp_path / "to-do.csv"
    assert "1 row to be completed; 0 rows refused" in run("-C", empty, "import", path, "--sheet", sheet).out
    with sheet.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["quote"] == WORDS and row["note"] == "look" and row["seed"] == "text.txt" and row["place"] == ""
    row |= {"place": "Millbrook", "property": "traffic", "subject": "lorries", "value": "yes", "claimant": "Gazette", "said": "2025-03-05"}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    assert "1 claim written" in run("-C", empty, "import", sheet, "--write").out
    (claim,) = claims_of(empty)
    assert (claim["quote"], claim["note"], claim["subject"], claim["value"]) == (WORDS, "look", "lorries", "yes")
    assert "one of the ledger's own files" in could_not_run(run("-C", empty, "import", path, "--sheet", empty / "claims" / "x.csv"))


def test_our_own_annotations_come_in(tmp_path: Path, empty: Path) -> None:
    full = ledger_at(tmp_path / "full", file_of(CLAIMS, seed=SEED))
    path = export(full, "annotations", tmp_path / "a.json")
    done = run("-C", empty, "import", path, *GIVEN, "--write")
    assert "6 claims written; 0 rows to be completed; 0 rows refused" in done.out
    assert {claim["quote"] for claim in claims_of(empty)} == {claim["quote"] for claim in CLAIMS}


def test_words_that_stand_twice_are_told_apart_by_those_beside_them(empty: Path, tmp_path: Path) -> None:
    selector = {"type": "TextQuoteSelector", "exact": "The gate is shut", "suffix": " at night.\n"}
    path = written_at(
        tmp_path, "a.json", json.dumps([{"target": {"selector": [selector]}}, {"target": {"selector": [{**selector, "suffix": ""}]}}])
    )
    done = run("-C", empty, "import", path, *GIVEN, "--write")
    assert (
        "1 claim written; 0 rows to be completed; 1 row refused" in done.out
        and "highlight 2: refused: the words stand more than once" in done.out
    )
    (claim,) = claims_of(empty)
    assert claim["spans"][0][0] == SEED.rindex("The gate is shut")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "its first row names no columns"),
        ("a,b\n1,2\n", "no column has the words of its claims"),
        ('{"a": 1}', "it holds no highlight"),
        ("[" * 100_000, "nested too deep"),
        ('{"a": ', "can't be read as JSON"),
        ("PK\x03\x04[Content_Types].xml", "can't be read as a workbook"),
        ("PK\x03\x04", "it is a ZIP archive and no workbook"),
        ("#FORMAT=WebAnno TSV 3.3\n", "it is WebAnno TSV: export it as `UIMA CAS JSON`"),
        ("<?xml version='1.0'?><xmi/>", "it is XML"),
        ("quote;note\nx;br\udce5\n", "line 2: this is not UTF-8"),
    ],
)
def test_what_can_not_be_read_is_told(text: str, words: str, empty: Path, tmp_path: Path) -> None:
    assert words in could_not_run(run("-C", empty, "import", written_at(tmp_path, "x", text)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_sheet_as_a_spreadsheet_writes_it(encoding: str, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"sep=;\r\nSitat;Hvem\r\n{WORDS};Gazette\r\n".encode(encoding))
    assert "it has Sitat, Hvem" in could_not_run(run("-C", empty, "import", path))
    assert "1 claim would be written" in run("-C", empty, "import", path, "--map", "quote=Sitat", "--map", "claimant=Hvem", *GIVEN).out


def test_days_and_numbers_of_a_workbook_are_what_people_see(empty: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ("quote", "place", "property", "value", "claimant", "said"),
        (WORDS, "millbrook", "people", 27000.0, "gazette", datetime(2025, 3, 5)),
        ("Millbrook fell to the west", "millbrook", "people", 31, "gazette", datetime(2025, 3, 5, 10, 30)),
    ):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    outcome = run("-C", empty, "import", tmp_path / "x.xlsx", "--write")
    assert "row 3: refused" in outcome.out and "times of day are not read" in outcome.out
    (claim,) = claims_of(empty)
    assert (claim["value"], claim["said"]) == ("27000", "2025-03-05")


def test_a_note_on_a_whole_page_is_refused_by_name(empty: Path, tmp_path: Path) -> None:
    rows = [*HIGHLIGHTS["hypothesis"]["rows"], {"text": "of all of it", "target": [{"source": "s"}]}]
    outcome = run("-C", empty, "import", written_at(tmp_path, "x.json", json.dumps({"total": 2, "rows": rows})))
    assert "highlight 2: refused: it has no quote" in outcome.out and "1 row to be completed; 1 row refused" in outcome.out


def test_a_column_or_field_that_is_not_there_is_named(empty: Path, tmp_path: Path) -> None:
    path = written_at(tmp_path, "x.csv", "quote,place\nx,y\n")
    assert "no column `plase`: did you mean `place`?" in could_not_run(run("-C", empty, "import", path, "--map", "place=plase"))
    assert "no field `plase`" in run("-C", empty, "import", path, "--set", "plase=x").err
    assert "can't be read" in could_not_run(run("-C", empty, "import", tmp_path / "nowhere.csv"))
