"""`ledger init`: an empty folder becomes a ledger that passes `check --strict`, and nothing that was there is written over."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from branches import git
from running import ROOT, run
from small import could_not_run

from ledger.reading.loader import load
from ledger.reading.trees import WorkTree

WRITTEN = {
    ".claims-schema.json", ".gitattributes", ".github/workflows/ledger.yml", ".gitignore", ".ledger-schema.json", ".vscode/settings.json",
    "claims/.gitkeep", "ledger.yaml", "originals/.gitkeep", "seeds/.gitkeep",
}  # fmt: skip
EXAMPLE = {"claims/example-flood.yaml", "seeds/example-flood.txt"}


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("example", [False, True])
@pytest.mark.parametrize("sides", ["", "ukraine,russia", "no,on", "eastern-army,1", "null, true"])
def test_what_it_writes_passes_a_strict_check(tmp_path: Path, example: bool, sides: str) -> None:
    folder = tmp_path / "new" / "ledger"
    code, out, err = run("init", folder, *["--example"] * example, *(("--sides", sides) if sides else ()))
    assert (code, err) == (0, "") and "next:" in out and f"cd {folder}" in out
    assert files_in(folder) == WRITTEN | (EXAMPLE if example else set())
    counted = "3 claims in 1 file, 1 seed, 3 quotes found" if example else "0 claims in 0 files, 0 seeds, 0 quotes found"
    outcome = run("-C", folder, "check", "--strict")
    assert (outcome.code, outcome.out) == (0, f"no defects: checked {counted}\n")
    assert json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"] == []


def test_the_example_has_a_contradiction_and_no_open_sentence(tmp_path: Path) -> None:
    assert run("init", tmp_path, "--example").code == 0
    told = run("-C", tmp_path, "conflicts").out
    assert "1 contradiction (1 certain" in told and "Dead in Millbrook: at least 12" in told and "Dead in Millbrook: 9" in told
    assert ", 0 open" in run("-C", tmp_path, "seeds", "example-flood", "--open").out
    assert run("-C", tmp_path, "show", "millbrook-twelve-dead").code == 0


def test_every_starter_property_has_its_sentence_and_says_what_it_is_for(tmp_path: Path) -> None:
    assert run("init", tmp_path).code == 0
    vocabulary = load(WorkTree(str(tmp_path))).vocabulary
    written = yaml.safe_load((tmp_path / "ledger.yaml").read_text(encoding="utf-8"))["properties"]
    assert len(vocabulary.properties) == len(written) >= 15
    for name, known in vocabulary.properties.items():
        assert known.usable and known.note and written[name]["says"], name
        says = written[name]["says"]
        for sentence in says.values() if isinstance(says, dict) else [says]:
            assert "{place}" in sentence and ("{subject}" in sentence) == bool(known.subjects), name
        assert known.type != "choice" or set(written[name]["says"]) == set(known.values), name
    assert vocabulary.properties["children-killed"].part_of == "deaths" and vocabulary.properties["tanks-lost"].part_of == "equipment-lost"
    assert {"control", "presence", "entry", "withdrawal", "strike", "injured", "missing", "displaced", "agreement", "denial"} <= set(
        written
    )


def test_places_and_claimants_to_begin_with(tmp_path: Path) -> None:
    named = [
        "--place",
        "Åsen: north, {x}",
        "--place",
        "@ONE@",
        "--place",
        "kupiansk=Куп'янськ",
        "--claimant",
        'The "mayor"',
        "--claimant",
        "no",
    ]
    assert run("init", tmp_path, *named).code == 0
    vocabulary = load(WorkTree(str(tmp_path))).vocabulary
    assert {id: place.names[0][1] for id, place in vocabulary.places.items()} == {
        "asen-north-x": "Åsen: north, {x}",
        "one": "@ONE@",
        "kupiansk": "Куп'янськ",
    }
    assert {id: known.name for id, known in vocabulary.claimants.items()} == {"the-mayor": 'The "mayor"', "no": "no"}
    assert run("-C", tmp_path, "check").code == 0
    for names in (
        ("--place", "a", "--place", "A"),
        ("--place", " "),
        ("--place", "Куп'янськ"),
        ("--place", "a="),
        ("--place", "Millbrook", "--example"),
    ):
        could_not_run(run("init", tmp_path / "new", *names))


def test_the_empty_ledger_takes_its_first_seed(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new").code == 0
    (tmp_path / "a.txt").write_text("The dam at Millbrook holds.\n")
    assert run("-C", tmp_path / "new", "seed", "add", tmp_path / "a.txt", "--published", "2026-03-14", "--language", "en").code == 0


def test_a_ledger_that_lost_its_claims_is_not_one_that_has_none_yet(tmp_path: Path) -> None:
    assert run("init", tmp_path).code == 0
    (tmp_path / "claims" / ".gitkeep").unlink()
    assert "nothing to check" in could_not_run(run("-C", tmp_path, "check"))
    (tmp_path / "claims" / ".gitkeep").touch()
    (tmp_path / "claims" / "text.yml").write_text("seed: text.txt\n")
    assert "nothing to check" in could_not_run(run("-C", tmp_path, "check"))
    (tmp_path / "claims" / "text.yml").unlink()
    (tmp_path / "seeds" / "text.txt").write_text("The dam holds.\n")
    assert "nothing to check" in could_not_run(run("-C", tmp_path, "check"))


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text("{}")
    (tmp_path / ".gitattributes").write_text("mine")
    code, out, _ = run("init", tmp_path)
    assert code == 0 and "left as they are: .gitattributes, .vscode/settings.json" in out
    assert (tmp_path / ".vscode" / "settings.json").read_text() == "{}" and (tmp_path / ".gitattributes").read_text() == "mine"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "there is a ledger in" in could_not_run(run("init", tmp_path))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path / "new", tmp_path):
        code, out, _ = run("init", folder, "--dry-run")
        assert code == 0 and out.startswith("would be written: ") and "ledger.yaml" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sides", ["a", "a,b,c", "a,a", "A,b", "a,contested", "a,b c", "a,", "../x,b", "a:,b", "a,b\n", "x" * 50 + ",b"])
def test_parties_that_can_be_none(tmp_path: Path, sides: str) -> None:
    if sides == "a,b\n":
        assert run("init", tmp_path / "new", "--sides", sides).code == 0
        return
    could_not_run(run("init", tmp_path / "new", "--sides", sides))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_be_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 300)):
        could_not_run(run("init", folder))
    could_not_run(run("-C", tmp_path, "init"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "claims").symlink_to(tmp_path / "outside")
    could_not_run(run("init", tmp_path / "new"))
    assert list((tmp_path / "outside").iterdir()) == [] and files_in(tmp_path / "new") == set()


def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900));"
        "from ledger.commands.program import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", code, "init", tmp_path / "new"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and "can't write" in done.stderr and list(tmp_path.iterdir()) == []


def test_below_the_top_of_a_repository_the_workflow_is_left_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    outcome = run("init", tmp_path / "ledger")
    assert outcome.code == 0 and "workflows stand in the top folder" in outcome.err
    assert files_in(tmp_path / "ledger") == WRITTEN - {".github/workflows/ledger.yml"}


def test_git_takes_all_of_it_but_the_schemas(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    assert run("init", tmp_path, "--example").code == 0
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    assert set(git(tmp_path, "ls-files").split()) == (WRITTEN | EXAMPLE) - {
        ".claims-schema.json",
        ".ledger-schema.json",
    }
    assert run("-C", tmp_path, "check", "--strict").code == 0 and run("-C", tmp_path, "check", "--rev", "HEAD").code == 0


def test_the_settings_and_the_workflow_are_what_they_should_be(tmp_path: Path) -> None:
    assert run("init", tmp_path).code == 0
    schemas = json.loads((tmp_path / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    assert all((tmp_path / name).is_file() for name in schemas)
    assert json.loads(run("-C", tmp_path, "schema").out) == json.loads((tmp_path / ".claims-schema.json").read_text())
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "ledger.yml").read_text())
    assert workflow["permissions"] == {} and workflow["jobs"]["check"]["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["check"]["steps"]
    assert all("${{" not in step.get("run", "") for step in steps) and all("@" in step["uses"] for step in steps if "uses" in step)
    shell = shutil.which("bash")
    if shell is not None and os.name == "posix":
        for step in steps:
            assert subprocess.run([shell, "-n", "-c", step.get("run", "")]).returncode == 0
