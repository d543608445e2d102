"""Several ledgers as one: what each says by itself, under its own name, and what they say against each other only where places are one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exported import export, generated, hostile
from running import ROOT, run
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at

from ledger.exchange.tables import plain
from ledger.model import CLAIM_FIELDS

NORTH = [{**CLAIMS[0], "id": "held", "value": "east"}]
SOUTH = [{**CLAIMS[1], "id": "held", "value": "west"}]


def conflicts(*asked: str | Path) -> dict[str, Any]:
    outcome = run("conflicts", *asked, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def without_name(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """An answer about one ledger without its name, and without what its name changes: where a resolution stands, and its digits."""
    text = json.dumps(answer, ensure_ascii=False).replace(f"{name}:", "").replace(f"{name}/", "")
    found: dict[str, Any] = json.loads(text)
    for conflict in found["conflicts"]:
        for key in ("fingerprint", "path", "line"):
            (conflict["resolution"] or {}).pop(key, None)
    return found


@pytest.mark.parametrize("shape", ["folder", "sqlite", "csv", "parquet"])
def test_one_ledger_is_what_it_is_by_itself(shape: str, tmp_path: Path) -> None:
    if shape == "parquet":
        pytest.importorskip("pyarrow")
    path = ROOT if shape == "folder" else export(ROOT, shape, tmp_path / "out")
    alone = conflicts("-C", ROOT)
    assert any((conflict["resolution"] or {}).get("current") for conflict in alone["conflicts"])
    assert without_name(conflicts("--from", f"xyzzy={path}"), "xyzzy") == without_name(alone, "xyzzy")


def test_two_ledgers_are_what_each_is(tmp_path: Path) -> None:
    one, other = generated(tmp_path / "one", 300), generated(tmp_path / "other", 200)
    merged = conflicts("--from", one, "--from", export(other, "sqlite", tmp_path / "other.db"))
    told = {tuple(each["claims"]): (each["kind"], each["strength"], each["relation"], each["property"]) for each in merged["conflicts"]}
    alone = {
        tuple(f"{folder.name}:{name}" for name in each["claims"]): (each["kind"], each["strength"], each["relation"], each["property"])
        for folder in (one, other)
        for each in conflicts("-C", folder)["conflicts"]
    }
    assert told == alone and {name.partition(":")[0] for pair in told for name in pair} == {"one", "other"}


def test_a_ledger_of_what_acts_is_read_back(tmp_path: Path) -> None:
    path = export(hostile(tmp_path / "ledger"), "sqlite", tmp_path / "ledger.db")
    found, alone = conflicts("--from", path), conflicts("-C", tmp_path / "ledger")
    assert [plain(name) for name in found["left_out"]] == [f"ledger:{plain(name)}" for name in alone["left_out"]] != []
    assert [each["claims"] for each in without_name(found, "ledger")["conflicts"]] == [each["claims"] for each in alone["conflicts"]]


def test_places_are_one_only_where_a_table_says_so(tmp_path: Path) -> None:
    north, south = ledger_at(tmp_path / "north", file_of(NORTH)), ledger_at(tmp_path / "south", file_of(SOUTH))
    assert conflicts("--from", north, "--from", south)["conflicts"] == []
    table = tmp_path / "same.csv"
    table.write_text("north,south\nmillbrook,millbrook\ncounty,county\n", encoding="utf-8")
    (found,) = conflicts("--from", north, "--from", south, "--same-places", table)["conflicts"]
    assert (found["claims"], found["place"], found["kind"]) == (["north:held", "south:held"], "north:millbrook", "exclusive")
    text = run("conflicts", "--from", north, "--from", south, "--same-places", table).out
    assert "north:held" in text and "south:held" in text
    assert json.loads(run("conflicts", "--from", north, "--from", south, "--same-places", table, "north:county", "--format", "json").out)[
        "conflicts"
    ]


def test_mouths_of_two_ledgers_are_not_one(tmp_path: Path) -> None:
    north = ledger_at(tmp_path / "north", file_of(NORTH))
    south = ledger_at(tmp_path / "south", file_of([{**NORTH[0], "value": "west"}]))
    table = tmp_path / "same.csv"
    table.write_text("north,south\nmillbrook,millbrook\ncounty,county\n", encoding="utf-8")
    (found,) = conflicts("--from", north, "--from", south, "--same-places", table)["conflicts"]
    assert found["relation"] == "within"  # of one side, as both say; not one mouth


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("north,east\n", "same.csv:1: it names the ledger east, which is none of north, south"),
        ("north,south,north\n", "same.csv:1: it names the ledger north twice"),
        ("north,south\nmillbrook,nowhere\n", "same.csv:2: the ledger south has no place nowhere"),
        (
            "north,south\n\n\ncounty,county\nmillbrook,millbrok\n",
            "same.csv:5: the ledger south has no place millbrok: did you mean `millbrook`",
        ),
        ("north,south\nmillbrook,millbrook,millbrook\n", "same.csv:2: it has 3 cells, and the table 2 columns"),
        ('north,south\n"millbrook', "same.csv:2: this can't be read as CSV"),
        ("north,south\nmillbrook,\udce5\n", "same.csv:2: this is not UTF-8"),
        ("sep=;\nnorth;south\nmillbrook;nowhere\n", "same.csv:3: the ledger south has no place nowhere"),
        ("north,south\nmillbrook,millbrook\n", "say in the table which of the larger places are one"),
        ("north,south\nmillbrook,county\ncounty,county\n", "two places of one ledger"),
        ("", "same.csv:1: it names no ledgers"),
    ],
)
def test_a_table_that_can_not_be_is_refused(table: str, told: str, tmp_path: Path) -> None:
    north, south = ledger_at(tmp_path / "north", file_of(NORTH)), ledger_at(tmp_path / "south", file_of(SOUTH))
    path = tmp_path / "same.csv"
    path.write_bytes(table.encode("utf-8", "surrogateescape"))
    assert told in could_not_run(run("conflicts", "--from", north, "--from", south, "--same-places", path))


@pytest.mark.parametrize(
    "table", ["\ufeffnorth;south;\r\nmillbrook;millbrook;\r\ncounty;county;\r\n", "north\tsouth\nmillbrook\tmillbrook\ncounty\tcounty"]
)
def test_a_table_may_come_from_a_spreadsheet(table: str, tmp_path: Path) -> None:
    north, south = ledger_at(tmp_path / "north", file_of(NORTH)), ledger_at(tmp_path / "south", file_of(SOUTH))
    path = tmp_path / "same.csv"
    path.write_bytes(table.encode())
    assert len(conflicts("--from", north, "--from", south, "--same-places", path)["conflicts"]) == 1


def test_a_property_with_two_sets_of_rules_is_refused_by_name(tmp_path: Path) -> None:
    north = ledger_at(tmp_path / "north", file_of(NORTH))
    south = ledger_at(tmp_path / "south", file_of(SOUTH), VOCABULARY.replace("title: who holds the place", "title: who has it"))
    assert conflicts("--from", north, "--from", south)["conflicts"] == []  # (in other words, by the same rules)
    ledger_at(south, file_of(SOUTH), VOCABULARY.replace("parts: true, lasts: P14D", "parts: true, lasts: P15D"))
    told = could_not_run(run("conflicts", "--from", north, "--from", south))
    assert (
        "the property control has two sets of rules: those of north and of south differ in lasts" in told and ": give it another id" in told
    )
    ledger_at(south, file_of(SOUTH), VOCABULARY.replace("lasts: P", "lasts: P1"))
    assert (
        could_not_run(run("conflicts", "--from", north, "--from", south)).count("has two sets of rules") == VOCABULARY.count("lasts: P") > 1
    )


@pytest.mark.parametrize("change", ["written = '[\"nothing\"]'", "written = '{'", "via = '[', written = '[\"via\"]'", "line = 'x'"])
def test_an_export_that_was_broken_is_told(change: str, tmp_path: Path) -> None:
    path = export(ledger_at(tmp_path / "north", file_of(NORTH)), "sqlite", tmp_path / "north.db")
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(f"UPDATE claims SET {change}")
    assert "broken" in could_not_run(run("conflicts", "--from", path)) or change.startswith("via")


@pytest.mark.parametrize("column", CLAIM_FIELDS)
def test_a_claim_that_was_meddled_with_takes_no_part_or_is_compared(column: str, tmp_path: Path) -> None:
    path = export(ledger_at(tmp_path / "north", file_of(CLAIMS)), "sqlite", tmp_path / "north.db")
    with closing(sqlite3.connect(path)) as opened, opened:
        more = f"CASE WHEN instr(written, '\"{column}\"') THEN written ELSE json_insert(written, '$[#]', '{column}') END"
        opened.execute(f'UPDATE claims SET "{column}" = \'["x"]\', written = {more}')
    outcome = run("conflicts", "--from", path)
    assert outcome.code in (0, 2) and "Traceback" not in outcome.err and "a bug of ledger" not in outcome.err, outcome


def test_what_is_no_ledger_is_told(tmp_path: Path) -> None:
    north = ledger_at(tmp_path / "north", file_of(NORTH))
    (tmp_path / "x.db").write_bytes(b"SQLite format 3\0" + b"x" * 200)
    (tmp_path / "y.db").write_text("no", encoding="utf-8")
    (tmp_path / "z").mkdir()
    assert "broken one" in could_not_run(run("conflicts", "--from", tmp_path / "x.db"))
    assert "it is no export" in could_not_run(run("conflicts", "--from", tmp_path / "y.db"))
    assert "it is no ledger and no export" in could_not_run(run("conflicts", "--from", tmp_path / "z"))
    assert "can't be read" in could_not_run(run("conflicts", "--from", tmp_path / "nowhere"))
    assert "two ledgers are called north" in could_not_run(run("conflicts", "--from", north, "--from", north))
    assert run("-C", north, "conflicts", "--from", north).code == 2 and run("conflicts", "--same-places", "x").code == 2


# -- why, timeline and report over the merged record --------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> list[str | Path]:
    """Two ledgers of which each has a claim on the same town, one of them as an export, and the table that says so."""
    ledger_at(tmp_path / "north", file_of(NORTH))
    ledger_at(tmp_path / "south", file_of(SOUTH))
    table = tmp_path / "same.csv"
    table.write_text("north,south\nmillbrook,millbrook\ncounty,county\n", encoding="utf-8")
    exported = export(tmp_path / "south", "sqlite", tmp_path / "south.db")
    return ["--from", tmp_path / "north", "--from", exported, "--same-places", table]


def test_why_tells_of_two_claims_of_two_ledgers(two: list[str | Path], tmp_path: Path) -> None:
    told = run("why", "north:held", "south:held", *two)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("They contradict each other: exclusive, certain") and "fingerprint" not in told.out
    assert "`south:held`: Town Council" in told.out and "south/seeds/text.txt:1" in told.out
    apart = run("why", "north:held", "south:held", *two[:4]).out
    assert "they speak of different places, Millbrook [north] and Millbrook [south]" in apart
    assert "no claim has the id held" in could_not_run(run("why", "held", "south:held", *two))
    assert "goes with `--from`" in could_not_run(run("why", "a", "b", "--same-places", tmp_path))
    assert "neither" in could_not_run(run("-C", tmp_path / "north", "why", "a", "b", *two))


def test_a_timeline_has_the_accounts_of_all_ledgers(two: list[str | Path]) -> None:
    told = run("timeline", *two)
    assert (told.code, told.err) == (0, "")
    assert "A contradicts B" in told.out and "north:held" in told.out and "south:held" in told.out
    (found,) = json.loads(run("timeline", *two, "--format", "json").out)["questions"]
    assert [each["id"] for lane in found["lanes"] for each in lane["claims"]] == ["north:held", "south:held"]


def test_names_that_several_ledgers_bear_are_told_apart(tmp_path: Path) -> None:
    for name in ("north", "south"):
        ledger_at(tmp_path / name, file_of([CLAIMS[0]]))
    text = run("timeline", "--from", tmp_path / "north", "--from", tmp_path / "south").out
    assert "Ministry of Roads [north]" in text and "Millbrook [south]" in text
    alone = run("timeline", "--from", tmp_path / "north").out
    assert "Ministry of Roads" in alone and "[north]" not in alone


def test_a_report_is_of_all_ledgers_and_writes_into_none(two: list[str | Path], tmp_path: Path) -> None:
    done = run("report", *two, "--output", tmp_path / "all.html")
    assert (done.code, done.err) == (0, "")
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "from several ledgers as one: north, south." in page and "north:held" in page and "south:held" in page
    assert "<b>ledger north</b>" in page and "<b>ledger south</b>" in page and "north/seeds/text.txt" in page
    assert page == run("report", *two).out
    assert "one of the ledger's own files" in could_not_run(run("report", *two, "--output", tmp_path / "north" / "claims" / "all.html"))
    assert "commits are those of one ledger" in could_not_run(run("report", *two, "--since", "HEAD"))


def test_a_report_of_several_says_what_is_wrong_in_which(tmp_path: Path) -> None:
    north = ledger_at(tmp_path / "north", file_of([*NORTH, {**NORTH[0], "id": "cut", "stance": "denies"}]))
    page = run("report", "--from", north, "--from", ledger_at(tmp_path / "south", file_of(SOUTH))).out
    assert "north:cut" in page and "north/claims/text.yaml:" in page and "V504" in page.partition('<main id="main">')[0]
