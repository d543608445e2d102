"""What has a defect is not told as if it had none, and one mistake is not told as two."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import run
from small import CLAIMS, Fields, file_of, ledger_at


def with_stance(stance: str) -> list[Fields]:
    """The small ledger's claims, the first with another stance."""
    return [{**CLAIMS[0], "stance": stance}, *CLAIMS[1:]]


@pytest.mark.parametrize("arguments", [("claims",), ("claims", "--format", "markdown"), ("show", "{}"), ("why", "{}", "{other}")])
def test_a_stance_that_cant_be_read_is_neither_an_assertion_nor_a_denial(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = ledger_at(tmp_path, file_of(with_stance("denied")))
    names = {"": CLAIMS[0]["id"], "other": CLAIMS[1]["id"]}
    asked = [text.replace("{}", str(names[""])).replace("{other}", str(names["other"])) for text in arguments]
    out = run("-C", folder, *asked).out
    assert "can't be read" in out and "its stance, " in out and "denied" in out


def test_claims_names_those_with_a_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger_at(tmp_path, file_of(with_stance("denied")))
    name = str(CLAIMS[0]["id"])
    told = f"with a defect, not to be relied on (see `ledger check`): 1 claim: {name}"
    assert run("-C", folder, "claims").out.splitlines()[-1] == told
    escaped = run("-C", folder, "claims", "--format", "markdown").out.splitlines()[-1]
    assert escaped.replace("\\", "") == told
    lines = [json.loads(line) for line in run("-C", folder, "claims", "--format", "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(run("-C", folder, "claims", "--format", "csv").out)))
    assert [line["id"] for line in lines if not line["takes_part"]] == [name] == [row["id"] for row in rows if row["takes_part"] == "false"]
    monkeypatch.setenv("COLUMNS", "120")
    assert told in " ".join(run("-C", folder, "claims").out.split())


def test_what_can_t_be_found_may_stand_in_a_file_that_can_t_be_read(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(CLAIMS))
    path = folder / "claims" / "broken.yaml"
    path.write_text('seed: broken.txt\nclaims:\n- id: "gone\n')
    (folder / "seeds" / "broken.txt").write_text("Words.\n")
    behind = "; not read (see `ledger check`): claims/broken.yaml\n"
    for arguments in (("show", "gone"), ("why", "gone", str(CLAIMS[0]["id"]))):
        outcome = run("-C", folder, *arguments)
        assert outcome.code == 2 and outcome.err.startswith("ledger: no claim in the files that could be read has the id gone")
        assert outcome.err.endswith(behind)
    assert run("-C", folder, "seeds", "broken.txt").err == (
        "ledger: no claims file that could be read names the seed broken.txt: nothing to show" + behind
    )


def test_without_a_command_one_line_says_what_there_is() -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "") and outcome.err.startswith("ledger: say what to do: check, conflicts, why, ")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("claimant: ministry", "claimant: minstry"), "R402"),
        (lambda text: text.replace("place: millbrook", "place: milbrook"), "R401"),
        (lambda text: text.replace("claims:", "claim:"), "F201 F202"),
        (lambda text: text.replace("seed: text.txt", "seed: seeds/text.txt"), "S704"),
    ],
)
def test_one_mistake_brings_no_advice_to_delete_what_was_meant(tmp_path: Path, change: object, code: str) -> None:
    assert callable(change)
    folder = ledger_at(tmp_path, file_of(CLAIMS))
    path = folder / "claims" / "text.yaml"
    before = codes_of(folder)
    path.write_text(change(path.read_text()))
    assert codes_of(folder) - before == set(code.split())


def codes_of(folder: Path) -> set[str]:
    """The codes of all that is found."""
    return {found["code"] for found in json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]}
