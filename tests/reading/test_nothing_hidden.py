"""What lies in the ledger's folders and is not read is named, and nothing that hides a defect looks like an empty ledger."""

from __future__ import annotations

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from running import run, run_outside
from small import could_not_run, file_of, ledger_at

from ledger.reading.trees import Entry, WorkTree

LINKS = pytest.mark.skipif(os.name != "posix", reason="links, devices and pipes")


def findings(folder: Path) -> tuple[int, list[tuple[str, str]]]:
    """The exit code, and codes and paths of the errors."""
    code, out, err = run("-C", folder, "check", "--format", "json", "--no-cache")
    assert err == ""
    return code, [(found["code"], found["path"]) for found in json.loads(out)["diagnostics"] if found["severity"] == "error"]


def test_a_mistyped_list_of_claims_is_no_empty_ledger(tmp_path: Path) -> None:
    files = file_of([{"id": "a", "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"}])
    files["claims/text.yaml"] = files["claims/text.yaml"].replace("claims:", "clams:")
    assert findings(ledger_at(tmp_path, files)) == (1, [("F202", "claims/text.yaml"), ("F201", "claims/text.yaml")])


@LINKS
@pytest.mark.parametrize("target", ["elsewhere", "nowhere", "claims"])
def test_a_link_where_the_claims_should_be(tmp_path: Path, target: str) -> None:
    folder = ledger_at(tmp_path)
    (folder / "claims").rename(folder / "elsewhere")
    (folder / "claims").symlink_to(target)
    code, errors = findings(folder)
    assert code == 1 and errors == [("Y114", "claims")]
    assert "not read (see `ledger check`): 1 file: claims" in run("-C", folder, "conflicts").out


@LINKS
def test_a_pipe_where_the_claims_should_be(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    (folder / "claims").rename(folder / "elsewhere")
    os.mkfifo(folder / "claims")
    assert findings(folder) == (1, [("Y114", "claims")])


@LINKS
def test_a_link_where_the_seeds_should_be_is_named(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    (folder / "seeds").rename(folder / "elsewhere")
    (folder / "seeds").symlink_to("elsewhere")
    out = run("-C", folder, "check", "--no-cache").out
    assert "S704 seeds/text.txt is behind seeds, which is a symbolic link, not a plain file" in out


@pytest.mark.parametrize("name", [".hidden.yaml", ".claims", "old.yml", "notes.txt"])
def test_what_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    folder = ledger_at(tmp_path)
    (folder / "claims" / name).write_text("x")
    assert f"claims/{name}:1:1: Y116 (warning)" in run("-C", folder, "check", "--format", "concise", "--no-cache").out


def test_housekeeping_is_no_trouble(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    for name in (".gitkeep", ".gitignore", ".gitattributes", ".DS_Store"):
        (folder / "claims" / name).write_text("x")
        (folder / "seeds" / name).write_text("x")
    assert "Y116" not in run("-C", folder, "check", "--format", "concise", "--no-cache").out


def test_an_empty_ledger_names_what_it_did_not_read(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, {"claims/text.yml": "x", "claims/.hidden.yaml": "x", "seeds/text.txt": "x"})
    assert could_not_run(run("-C", folder, "check", "--no-cache")).endswith("; not read: claims/.hidden.yaml, claims/text.yml")


def test_a_file_that_vanishes_while_a_folder_is_listed_hides_no_other(tmp_path: Path) -> None:
    folder, over = ledger_at(tmp_path), threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            for number in range(50):
                (folder / f"claims/x{number}.yaml").write_text("")
            for number in range(50):
                (folder / f"claims/x{number}.yaml").unlink()

    busy = threading.Thread(target=come_and_go)
    busy.start()
    try:
        tree = WorkTree(str(folder))
        assert all(Entry("text.yaml", "file") in tree.entries("claims") for _ in range(2000))
    finally:
        over.set()
        busy.join()


@LINKS
def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    outcome = run_outside("-C", folder, "check", "--output", f"json:{tmp_path / 'pipe'}")
    assert outcome.code == 2 and outcome.err == f"ledger: can't write {tmp_path / 'pipe'}: No such device or address\n"


@LINKS
def test_a_pipe_that_is_read_gets_the_whole_report(tmp_path: Path) -> None:
    folder, said = ledger_at(tmp_path), ["m" * 5000] * 100
    (folder / "claims/text.yaml").write_text("".join(f"a{number}: {word}\n" for number, word in enumerate(said)))
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as readers:
        read = readers.submit((tmp_path / "pipe").read_text)
        run_outside("-C", folder, "check", "--output", f"json:{tmp_path / 'pipe'}")
        assert json.loads(read.result(timeout=60))["diagnostics"]
