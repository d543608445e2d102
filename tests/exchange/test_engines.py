"""An engine that sorts the claims: what it finds is what the program finds in a ledger that it reads as a whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exported import export, without_digests
from prove_engines import differences, merged
from running import ROOT, run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.exchange.scale.duck import Duck

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
ENGINE = ("--engine", "duckdb", "--memory", "512MB")
FORMATS = ("text", "json", "jsonl", "csv", "markdown")


def test_random_ledgers_merged(tmp_path: Path) -> None:
    assert list(differences(merged(tmp_path, 10, 7), forms=["json"])) == []


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Our own ledger, exported: as `--from` takes it."""
    return f"own={export(ROOT, 'parquet', tmp_path_factory.mktemp('exports') / 'own')}"


@pytest.mark.parametrize("form", FORMATS)
def test_our_own_ledger_and_its_export(form: str, own: str) -> None:
    alone = run("-C", ROOT, "conflicts", "--format", form)
    assert alone.code == 0 and run("-C", ROOT, "conflicts", *ENGINE, "--format", form) == alone
    assert run("conflicts", "--from", own, *ENGINE, "--format", form) == run("conflicts", "--from", own, "--format", form)


@pytest.mark.parametrize(
    "asked",
    [("own:kharkiv-oblast", "--since", "2025-11"), ("Pokrovsk", "--as-of", "2025-11-30"), ("--open", "--kind", "denial"), ("--pairs",)],
)
def test_what_is_asked_for(asked: tuple[str, ...], own: str) -> None:
    alone = run("conflicts", "--from", own, *asked)
    assert alone.code == 0 and run("conflicts", "--from", own, *asked, *ENGINE) == alone


def of_one_place(count: int) -> list[dict[str, str]]:
    """So many claims about one place, of two values by turns, all of one time."""
    return [
        {**CLAIMS[0], "id": f"c{number}", "value": ("east", "west")[number % 2], "quote": f"Millbrook, report {number} of them"}
        for number in range(count)
    ]


def test_a_question_with_very_many_contradictions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = ledger_at(tmp_path / "north", file_of(of_one_place(20)))
    alone = json.loads(run("-C", ledger, "conflicts", "--format", "json").out)
    monkeypatch.setattr("ledger.exchange.scale.engine.MANY", 20)
    found = json.loads(run("-C", ledger, "conflicts", *ENGINE, "--format", "json").out)
    told = [
        [(each["claims"], each["kind"], each["strength"], each["relation"]) for each in answer["conflicts"]] for answer in (found, alone)
    ]
    assert told[0] == told[1] and len(told[0]) == 100
    assert found["totals"] == alone["totals"]


def test_slices_are_the_whole(own: str) -> None:
    parts = [run("conflicts", "--from", own, *ENGINE, "--slice", f"{number}/4", "--format", "jsonl").out for number in range(1, 5)]
    assert sorted("".join(parts).splitlines()) == sorted(run("conflicts", "--from", own, "--format", "jsonl").out.splitlines())
    assert sum(map(bool, parts)) > 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--engine", "duckdb", "--memory", "lots"), "`--memory lots` is no size: write it like 800MB or 4GB"),
        (("--engine", "duckdb", "--memory", "1MB"), "512MB is the least"),
        (("--engine", "duckdb", "--slice", "0/3"), "write which of how many"),
        (("--engine", "duckdb", "--slice", "4/3"), "write which of how many"),
        (("--engine", "duckdb", "--slice", "3"), "write which of how many"),
        (("--engine", "duckbd"), "did you mean `duckdb`"),
        (("--memory", "4GB"), "`--memory` goes with `--engine`"),
        (("--slice", "1/2"), "`--slice` goes with `--engine`"),
    ],
)
def test_what_can_not_be_asked(asked: tuple[str, ...], told: str) -> None:
    assert told in could_not_run(run("-C", ROOT, "conflicts", *asked))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("claims.parquet", b"PAR1 is not enough", "can't read it"),
        ("claims.parquet", None, "there is no claims.parquet in it"),
        ("seeds.parquet", None, "there is no seeds.parquet in it"),
        ("manifest.json", b'{"schema_version": 2}', "its schema_version is 2"),
        ("manifest.json", b"{", "its manifest.json is no JSON"),
        ("manifest.json", b"[" * 100_000, "its manifest.json is no JSON"),
        ("manifest.json", b"[]", "its schema_version is None"),
    ],
)
def test_an_export_that_was_broken_is_told(name: str, data: bytes | None, told: str, tmp_path: Path) -> None:
    folder = without_digests(export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out"))
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    assert told in could_not_run(run("conflicts", "--from", folder, *ENGINE))
    if name == "manifest.json":
        assert told in could_not_run(run("conflicts", "--from", folder))


@pytest.mark.parametrize("engine", [(), ENGINE])
@pytest.mark.parametrize("shape", ["parquet", "csv"])
def test_an_export_that_was_changed_is_refused_by_name(shape: str, engine: tuple[str, ...], tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), shape, tmp_path / "out")
    assert run("conflicts", "--from", folder, *engine).code == 0
    if shape == "parquet":
        kept = (folder / "manifest.json").read_bytes()
        changed(folder, "claims", "* REPLACE ('other words' AS quote)")
        (folder / "manifest.json").write_bytes(kept)
    else:
        text = (folder / "claims.csv").read_bytes()
        (folder / "claims.csv").write_bytes(text.replace(b"Millbrook, report 0", b"Millbrook, report 9", 1))
    assert f"claims.{shape} was changed after it was exported" in could_not_run(run("conflicts", "--from", folder, *engine))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes have names here")
@pytest.mark.parametrize("name", ["manifest.json", "claims.parquet"])
@pytest.mark.parametrize("engine", [(), ENGINE])
def test_nobody_waits_for_a_pipe_in_an_export(engine: tuple[str, ...], name: str, tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out")
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert name in could_not_run(run("conflicts", "--from", folder, *engine))


def changed(folder: Path, table: str, query: str) -> None:
    """Write what a query of a table of an export selects in the table's place."""
    import duckdb

    with duckdb.connect() as opened:
        without_digests(folder)
        opened.execute(f"COPY (SELECT {query} FROM '{folder}/{table}.parquet') TO '{folder}/new' (FORMAT parquet)")
    (folder / "new").replace(folder / f"{table}.parquet")


@pytest.mark.parametrize("cell", ["repeat('[', 100000)", "'[[]]'", "'[{}]'", "'nope'"])
def test_lists_of_fields_that_are_none(cell: str, tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out")
    changed(folder, "claims", f"* REPLACE ({cell} AS written)")
    assert "it is no export of ours, or a broken one" in could_not_run(run("conflicts", "--from", folder))
    found = run("conflicts", "--from", folder, *ENGINE)
    assert "out:c0" in found.out if found.code == 0 else could_not_run(found)  # (none of its claims can be read: all are left out)


@pytest.mark.parametrize("engine", [(), ENGINE])
@pytest.mark.parametrize("cell", ["repeat('[', 100000)", "'nope'"])
def test_a_head_that_is_none(cell: str, engine: tuple[str, ...], tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out")
    changed(folder, "seeds", f"* REPLACE ({cell} AS head)")
    assert "it is no export of ours, or a broken one" in could_not_run(run("conflicts", "--from", folder, *engine))


@pytest.mark.parametrize("change", [("claims", "* REPLACE ('../x' AS path)"), ("seeds", "* REPLACE (0 AS claims)")])
def test_claims_of_a_file_that_is_not_in_it(change: tuple[str, str], tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out")
    changed(folder, *change)
    assert "seeds.parquet has no claims file" in could_not_run(run("conflicts", "--from", folder, *ENGINE))


@pytest.mark.parametrize("change", ["REPLACE (line::VARCHAR AS line)", "REPLACE (1 AS said)", "EXCLUDE (written)"])
def test_an_export_with_other_columns_is_told(change: str, tmp_path: Path) -> None:
    folder = export(ledger_at(tmp_path / "north", file_of(of_one_place(2))), "parquet", tmp_path / "out")
    changed(folder, "claims", f"* {change}")
    assert "it is no export of ours, or a broken one" in could_not_run(run("conflicts", "--from", folder, *ENGINE))


@pytest.mark.parametrize("form", ["jsonl", "csv", "json"])
def test_what_is_found_goes_to_disk_where_it_is_much(form: str, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run("conflicts", "--from", own, "--format", form)
    monkeypatch.setattr("ledger.exchange.scale.found.HELD", 2)
    monkeypatch.setattr("ledger.exchange.scale.engine.OF_A_PAIR", 100_000 if form == "json" else 10**9)
    monkeypatch.setattr("ledger.exchange.scale.engine.LEAST_AT_ONCE", 3)
    assert run("conflicts", "--from", own, *ENGINE, "--format", form) == alone


@pytest.mark.skipif(os.name != "posix", reason="signals end a program otherwise")
def test_what_ends_a_run_takes_its_folder_away(tmp_path: Path) -> None:
    waits = "lambda *asked, **more: (print('here', file=sys.stderr, flush=True), time.sleep(60))"
    lines = f"import sys, time\nfrom ledger.exchange.scale.engine import Engine\nEngine.findings = {waits}\n"
    words = [sys.executable, "-c", f"{lines}from ledger.commands import main\nmain()", "-C", str(ROOT), "conflicts", *ENGINE]
    running = subprocess.Popen(
        words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert running.stderr is not None and running.stderr.readline() == "here\n"
    assert [path.name[:7] for path in tmp_path.iterdir()] == ["ledger-"]
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err, list(tmp_path.iterdir())) == (143, "", "ledger: terminated\n", [])


def test_what_duckdb_says_meanwhile_is_not_told_in_the_answer() -> None:
    with Duck(1 << 29) as duck:
        asked = "SELECT current_setting('enable_progress_bar')"
        assert (duck.ask(asked), *duck.stream(f"{asked} AS shown")) == ([(False,)], {"shown": [False]})


@pytest.mark.skipif(os.name != "posix", reason="signals end a program otherwise")
def test_an_interruption_that_duckdb_notes_is_one() -> None:
    lines = (
        "import os, signal, threading\nfrom ledger.exchange.scale.duck import Duck\n"
        "duck = Duck(1 << 29)\nthreading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n    duck.ask('SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range * b.range % 7 = 3')\n"
        "except KeyboardInterrupt:\n    print('interrupted')\nduck.__exit__()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )
    assert (done.stdout, done.stderr) == ("interrupted\n", "")


def test_more_than_memory_gathers_is_refused_and_told_line_by_line(own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.exchange.scale.engine.OF_A_PAIR", 10**9)
    monkeypatch.setattr("ledger.exchange.scale.engine.LEAST_AT_ONCE", 3)
    outcome = run("conflicts", "--from", own, *ENGINE)
    could_not_run(outcome)
    assert "more contradictions than --memory holds" in outcome.err and "--format jsonl or csv" in outcome.err
    assert len(run("conflicts", "--from", own, *ENGINE, "--format", "jsonl").out.splitlines()) > 3
