"""Data of strangers is never markup (DESIGN section 6): not for a terminal, Markdown, CSV or a CI runner, and yet it survives."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hostile_texts import HOSTILE, TEXTS
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from running import run
from scripts import faults
from small import could_not_run, file_of, ledger_at

RUNNER_COMMANDS = [text for text in TEXTS if text.startswith(("::", "##["))]
VOCABULARY = """format: 1
language: en
places:
  town: {{kind: town, names: {{en: {name}}}}}
claimants:
  one: {{name: {name}, kind: army, side: north}}
  two: {{name: {name}, kind: army, side: south}}
properties:
  control: {{title: {name}, values: [north, south], lasts: P14D}}
  nickname: {{title: {name}, text: true}}
"""
PEOPLE = [  # every way in which people read it
    ("check",),
    ("check", "--format", "concise"),
    ("conflicts",),
    ("conflicts", "--pairs"),
    ("conflicts", "--format", "markdown"),
    ("claims",),
    ("claims", "--format", "markdown"),
    ("why", "a", "b"),
    ("show", "a"),
    ("seeds",),
    ("seeds", "text.txt"),
    ("seeds", "--open"),
]
MACHINES = [
    ("check", "--format", "json"),
    ("check", "--format", "jsonl"),
    *((command, "--format", form) for command in ("conflicts", "claims") for form in ("json", "jsonl", "csv")),
    ("why", "a", "b", "--format", "json"),
    ("show", "a", "--format", "json"),
    ("seeds", "text.txt", "--format", "json"),
]


def hostile_ledger(folder: Path, text: str) -> Path:
    """A ledger that has a text in every place where data can stand: names, titles, values, quotes, notes, translations, hedges."""
    quoted = json.dumps(text)
    fields = {
        "place": "town",
        "said": "2025-03-01",
        "quote": quoted,
        "translation": quoted,
        "note": quoted,
        "before": '"1: "',
        "hedge": quoted,
    }
    claims = [
        {"id": "a", "value": "north", "claimant": "one", **fields},
        {"id": "b", "value": "south", "claimant": "two", **fields, "before": '"2: "'},
        {"id": "c", "property": "nickname", "value": quoted, "claimant": "one", **fields},
        {"id": "d", "property": quoted, "value": quoted, "claimant": quoted, **fields, "place": quoted, "extent": quoted},
    ]
    seed = f"1: {text}.\n\n2: {text}.\n\n{text}\n"
    tail = f"tensions:\n- {{claims: [a, c], by: {quoted}, on: 2025-04-01, why: {quoted}}}\n"
    files = file_of(claims, seed=seed, tail=tail, title=quoted, publisher=quoted)
    return ledger_at(folder, files, VOCABULARY.format(name=quoted))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A hostile ledger for each text."""
    return {text: hostile_ledger(tmp_path_factory.mktemp("hostile"), text) for text in TEXTS}


def acting(text: str) -> list[str]:
    """The characters that act on a terminal, or hide."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char != "\u2060"]


def unescaped(markdown: str) -> str:
    """Markdown as it is shown."""
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.replace("\u2060", ""))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_data_survives_for_people_and_does_not_act(folders: dict[str, Path], text: str) -> None:
    for arguments in PEOPLE:
        code, out, err = run("-C", folders[text], *arguments)
        assert code in (0, 1) and err == "", arguments
        assert not acting(out.replace("\t", "") if arguments == ("seeds",) else out), arguments
        if arguments[0] in ("conflicts", "claims", "why", "show") or "text.txt" in arguments:
            if "markdown" in arguments:
                assert HOSTILE[text].replace("## [", "##[") in unescaped(out), arguments
            else:
                assert HOSTILE[text] in out, arguments


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_data_survives_in_tables(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for width in ("60", "150"):
        monkeypatch.setenv("COLUMNS", width)
        for arguments in (("conflicts",), ("claims",), ("show", "a"), ("why", "a", "b"), ("seeds", "text.txt")):
            code, out, err = run("-C", folders[text], *arguments)
            assert (code, err) == (0, "") and not acting(out), arguments
            if arguments != ("claims",):  # (whose cells share their lines with their neighbours)
                assert "".join(HOSTILE[text].split()) in re.sub(r"[\s│]", "", out), arguments


@pytest.mark.parametrize("arguments", [pytest.param(("conflicts",)), ("show", "a"), ("seeds", "text.txt")], ids=" ".join)
def test_what_is_broken_apart_fits(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    widest = []
    for width in range(40, 80):
        monkeypatch.setenv("COLUMNS", str(width))
        widest += [len(line) - width for line in run("-C", folders["##[add-mask]pwned"], *arguments).out.split("\n")]
    assert max(widest) <= 0


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_data_survives_for_machines(folders: dict[str, Path], text: str) -> None:
    claims = {claim["id"]: claim for claim in json.loads(run("-C", folders[text], "claims", "--format", "json").out)["claims"]}
    assert [claims["a"][field] for field in ("quote", "translation", "note", "hedge")] == [text] * 4
    assert claims["c"]["value"] == text and claims["d"]["property"] == text
    found = json.loads(run("-C", folders[text], "conflicts", "--format", "json").out)
    assert [conflict["claims"] for conflict in found["conflicts"]] == [["a", "b"], ["a", "c"]] and found["left_out"] == ["d"]
    assert HOSTILE[text].replace("## [", "##[") in found["conflicts"][1]["reason"]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_cell_is_a_formula(folders: dict[str, Path], text: str) -> None:
    for command in ("claims", "conflicts"):
        _, out, _ = run("-C", folders[text], command, "--format", "csv")
        assert not acting(out)
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        shown = HOSTILE[text]
        assert ("'" + shown if shown[0] in "=+-@" else shown) in cells


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_markdown_stays_text(folders: dict[str, Path], text: str) -> None:
    for command in ("claims", "conflicts"):
        _, out, _ = run("-C", folders[text], command, "--format", "markdown")
        for line in out.splitlines():
            bare = re.sub(r"\\.", "", line)  # what is escaped is text
            assert not re.search(r"[<>`*\[\]]|://", bare.replace("|---", "")), line
            if line.startswith("|"):
                assert bare.count("|") == 8
            else:
                assert re.match(r"(### \S.*|- \S.*|\u2060?[^#|>=+*-].*|)$", line), line


# -- CI runners ----------------------------------------------------------------------------------------------------------------


def commands_in(out: str) -> list[str]:
    """The lines that GitHub's runner would take for commands: it trims them first, and looks for `##[` anywhere."""
    return [line for line in out.split("\n") if re.match(r"\s*::[a-z]", line) or "##[" in line]


@pytest.mark.parametrize("text", RUNNER_COMMANDS)
def test_people_s_formats_hold_no_command(folders: dict[str, Path], text: str) -> None:
    for arguments in PEOPLE:
        if "markdown" not in arguments:
            assert not commands_in(run("-C", folders[text], *arguments).out), arguments


@pytest.mark.parametrize("text", RUNNER_COMMANDS)
def test_markdown_holds_no_command(folders: dict[str, Path], text: str) -> None:
    for command in ("claims", "conflicts"):
        assert not commands_in(run("-C", folders[text], command, "--format", "markdown").out)


@pytest.mark.parametrize("text", RUNNER_COMMANDS)
def test_tables_hold_no_command(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for arguments in (("conflicts",), ("claims",), ("show", "a"), ("why", "a", "b"), ("seeds", "text.txt")):
        assert not commands_in(run("-C", folders[text], *arguments).out), arguments


def test_machine_formats_hold_no_command(folders: dict[str, Path]) -> None:
    for arguments in MACHINES:
        assert not commands_in(run("-C", folders["##[add-mask]pwned"], *arguments).out), arguments


def test_a_line_end_in_a_note_begins_no_command(tmp_path: Path) -> None:
    claim = {"id": "a", "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east", "note": '"x\\n::error::pwned"'}
    assert not commands_in(run("-C", ledger_at(tmp_path, file_of([claim])), "claims", "--format", "csv").out)


@pytest.mark.parametrize("text", [text for text in TEXTS if "<U+" in HOSTILE[text]], ids=ascii)
def test_json_does_not_act_on_a_terminal(folders: dict[str, Path], text: str) -> None:
    for arguments in MACHINES:
        assert not acting(run("-C", folders[text], *arguments).out), arguments


# -- names of files, and what is told of a failure -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["::error::x", "##[add-mask]x", "a\x1b[31mb", "a\nb", "a\u202eb", "-rf", " ", "'x'", "$(x)", "a b"])
def test_names_of_files_do_not_act(tmp_path: Path, name: str) -> None:
    folder = ledger_at(tmp_path)
    for path in (f"claims/{name}.yaml", f"claims/{name}.txt", f"seeds/{name}.txt"):
        (folder / path).write_text("- no mapping\n", encoding="utf-8")
    for arguments in (("check",), ("check", "--format", "concise"), ("conflicts",), ("seeds", "--open")):
        code, out, err = run("-C", folder, *arguments)
        assert code in (0, 1) and not err and not acting(out.replace("\t", "")), arguments
        assert not commands_in(out)
    refused = json.loads(run("-C", folder, "check", "--format", "json").out)["checked"]["refused"]
    assert refused == [f"claims/{name}.yaml"]


@pytest.mark.parametrize("name", ["::error::x", "##[add-mask]x", "a\x1b[31mb", "a\u202eb"])
def test_what_is_told_beside_rows_does_not_act(tmp_path: Path, name: str) -> None:
    """Names of files that were refused and ids of claims that were left out, on standard error."""
    claim = {"id": json.dumps(name), "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"}
    folder = ledger_at(tmp_path, file_of([claim]))
    (folder / f"claims/{name}.yaml").write_text("- no mapping\n", encoding="utf-8")
    for arguments in (("conflicts", "--format", "csv"), ("conflicts", "--format", "jsonl"), ("claims", "--format", "jsonl")):
        _, _, err = run("-C", folder, *arguments)
        assert "not read (see `ledger check`): 1 file: " in err and not acting(err) and not commands_in(err), arguments


def test_the_list_of_seeds_holds_no_command(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    (folder / "seeds" / "##[add-mask]x.txt").write_text("", encoding="utf-8")
    assert not commands_in(run("-C", folder, "seeds").out)


@pytest.mark.parametrize("version", ["::error::x", "##[add-mask]x"])
def test_a_failure_does_not_act(tmp_path: Path, version: str) -> None:
    folder = ledger_at(tmp_path, vocabulary=f"format: {json.dumps(version)}\n")
    assert not commands_in("ledger: " + could_not_run(run("-C", folder, "check")))


def test_an_id_begins_no_command_in_csv(tmp_path: Path) -> None:
    claim = {"id": '"::error::x"', "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"}
    assert not commands_in(run("-C", ledger_at(tmp_path, file_of([claim])), "claims", "--format", "csv").out)


# -- right to left -------------------------------------------------------------------------------------------------------------

LEFTWARDS = st.text(st.sampled_from("ab 1(),:`|حלبש٢·\u200f\u200c\u202e\u2066\u2067\u2068\u2069\u2069"), min_size=1, max_size=30)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LEFTWARDS.filter(lambda text: any(map(str.isalnum, text))))
@example("حلب \u2068 ב\u2069\u2069 \u202e 25")
def test_no_text_leaves_a_line_open(tmp_path: Path, text: str) -> None:
    folder = tmp_path / text.encode().hex()[:60]
    hostile_ledger(folder, text)
    for width in (None, "30", "80"):
        with pytest.MonkeyPatch.context() as patched:
            if width is not None:
                patched.setenv("COLUMNS", width)
            for arguments in (
                ("check",),
                ("conflicts",),
                ("claims", "--format", "markdown"),
                ("show", "a"),
                ("why", "a", "b"),
                ("timeline",),
            ):
                out = run("-C", folder, *arguments).out
                assert "left open" not in {fault for line in out.split("\n") for fault in faults(line)}, arguments
                assert not re.search("[\u202a-\u202e\u2066\u2067]", out)
