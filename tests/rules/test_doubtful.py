"""What has a defect is not told as if it had none, and one mistake is not told as two."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import run, run_outside
from small import CLAIMS, VOCABULARY, Fields, file_of, ledger_at


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
    for arguments in (("show", "missing"), ("why", "missing", str(CLAIMS[0]["id"]))):
        outcome = run("-C", folder, *arguments)
        assert outcome.code == 2 and outcome.err.startswith("ledger: no claim in the files that could be read has the id missing")
        assert outcome.err.endswith(behind)
    assert run("-C", folder, "seeds", "broken.txt").err == (
        "ledger: no claims file that could be read names the seed broken.txt: nothing to show" + behind
    )


def test_without_a_command_one_line_says_what_there_is() -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "") and outcome.err.startswith("ledger: say what to do: init, check, conflicts, why, ")


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


# -- quick answers that were too quick ------------------------------------------------------------------------------------------


def test_what_stands_behind_an_empty_line_of_a_folded_quote_belongs_to_it(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(CLAIMS))
    path = folder / "claims" / "text.yaml"
    quote = CLAIMS[0]["quote"]
    path.write_text(path.read_text().replace(f"quote: {quote}", f"quote: >-\n    {quote}\n\n    # but not all of it"))
    assert "Q301" in codes_of(folder)


def test_an_id_of_two_lines_is_none(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of([{**CLAIMS[0], "id": '"one\\ntwo"'}]))
    assert "F205" in codes_of(folder)


def test_each_claim_begins_in_a_line_of_its_own(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(CLAIMS[:2]))
    path = folder / "claims" / "text.yaml"
    head = path.read_text().split("claims:")[0]
    claims = ", ".join("{" + ", ".join(f"{key}: {value}" for key, value in {**COMMON, **claim}.items()) + "}" for claim in CLAIMS[:2])
    path.write_text(f"{head}claims: [{claims}]\n")
    out = run("-C", folder, "check", "--format", "concise").out
    assert "F203 two claims begin in one line" in out


COMMON = {"place": "millbrook", "property": "control", "claimant": "ministry"}


def test_phrases_of_a_ledger_may_be_stems_of_figures_and_blank_ones_are_none(tmp_path: Path) -> None:
    words = "words: {en: {hedges: ['50*']}, xx: {negations: ['*'], hedges: ['* ']}}\n"
    quote = "Millbrook lost 50-60 of them"
    folder = ledger_at(tmp_path, file_of([{**CLAIMS[0], "quote": quote}]), VOCABULARY + words)
    assert "Q310" in codes_of(folder)
    folder = ledger_at(tmp_path / "xx", file_of([{**CLAIMS[0], "translation": "x y"}], language="xx"), VOCABULARY + words)
    assert "no words known): xx" in run("-C", folder, "check").out


def test_a_seed_that_is_another_kind_of_nothing_is_told_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    folder = ledger_at(tmp_path / "ledger", file_of(CLAIMS))
    seed = folder / "seeds" / "text.txt"
    seed.unlink()
    seed.symlink_to("/nonexistent")
    assert "a symbolic link" in run("-C", folder, "check").out and "a symbolic link" in run("-C", folder, "check").out
    seed.unlink()
    seed.mkdir()
    assert run("-C", folder, "check") == run("-C", folder, "check", "--no-cache") and "a folder" in run("-C", folder, "check").out


@pytest.mark.parametrize("mark", ["\u3099", "\u302a", "\u07a6"])
def test_marks_of_every_script_are_counted(tmp_path: Path, mark: str) -> None:
    files = file_of([{**CLAIMS[0], "note": "a" + mark * 100}])
    assert "Y117" in codes_of(ledger_at(tmp_path, files))


def test_an_unset_folder_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger_at(tmp_path / "ledger", file_of(CLAIMS))
    monkeypatch.chdir(folder)
    outcome = run_outside("-C", "", "check", folder=folder)
    assert (outcome.code, outcome.out) == (2, "") and "there is no folder" in outcome.err


def test_a_way_over_a_link_leads_where_the_link_leads(tmp_path: Path) -> None:
    ledger_at(tmp_path / "here", file_of(CLAIMS))
    elsewhere = ledger_at(tmp_path / "there", file_of(CLAIMS[:1]))
    (elsewhere / "inner").mkdir()
    (tmp_path / "here" / "link").symlink_to(elsewhere / "inner")
    for arguments in (("-C", "link/..", "check"), ("-C", "link/..", "check", "--format", "concise")):
        assert "checked 1 claim in 1 file" in run_outside(*arguments, folder=tmp_path / "here").out


def told_by(folder: Path, code: str) -> list[str]:
    """What `check` says under one code."""
    return [line for line in run("-C", folder, "check", "--format", "concise").out.splitlines() if f" {code} " in line]


def test_an_id_has_at_most_120_characters_beside_a_bad_one_too(tmp_path: Path) -> None:
    ids = ["a" * 120, "b" * 121, "Bad"]
    folder = ledger_at(tmp_path, file_of({**claim, "id": name} for name, claim in zip(ids, CLAIMS, strict=False)))
    told = told_by(folder, "F205")
    assert len(told) == 2 and "b" * 20 in told[0] and "Bad" in told[1]


def test_claims_without_an_id_share_none(tmp_path: Path) -> None:
    taken = [{**claim, "id": name} for name, claim in zip(["twice", '""', '""', "twice"], CLAIMS, strict=False)]
    told = told_by(ledger_at(tmp_path, file_of(taken)), "F206")
    assert len(told) == 2 and all("`twice`" in line for line in told)


@pytest.mark.parametrize("mistaken", ["", "place", "claimant", "property", "claims"])
def test_nothing_is_called_unused_that_a_misspelt_name_or_a_refused_list_may_mean(tmp_path: Path, mistaken: str) -> None:
    """Of the small ledger, two villages, and the nickname are unused: told, but for the kind whose name is misspelt."""
    claims = [{**CLAIMS[0], mistaken: "misspelt"}, *CLAIMS[1:]] if mistaken in ("place", "claimant", "property") else CLAIMS
    folder = ledger_at(tmp_path, file_of(claims))
    if mistaken == "claims":
        text = (folder / "claims/text.yaml").read_text().split("claims:")[0] + "claims: none\n"
        (folder / "claims/text.yaml").write_text(text)
    told = {line.split("uses the ")[1].split("`")[0].strip() for line in told_by(folder, "W907")}
    everything = {"place", "property"}
    assert told == (set() if mistaken == "claims" else everything - {mistaken})


@pytest.mark.parametrize(
    ("lasts", "told"),
    [(", lasts: P3D", "presumed until 2025-03-04, "), ("", "vouched for until 2025-03-01 (“who holds the place” states no ")],
)
def test_why_says_that_a_property_presumes_nothing(tmp_path: Path, lasts: str, told: str) -> None:
    folder = ledger_at(tmp_path, file_of(CLAIMS), VOCABULARY.replace(", lasts: P14D", lasts))
    first = run("-C", folder, "why", "held-east", "held-later").out.splitlines()[0]
    assert f"`held-east` is {told}" in first and ("states no `lasts`" in first) == (lasts == "")


@pytest.mark.parametrize(
    ("words", "quote", "code", "whole"),
    [
        ("the final words of Millbrook", "l words of Millbrook", "Q306", "final"),
        ("Millbrook by M5 cars", "Millbrook by M", "Q306", "M5"),
        ("Millbrook by M5 000 cars", "Millbrook by M5", "Q323", "5 000"),
    ],
)
def test_one_letter_of_a_word_is_a_part_of_it(tmp_path: Path, words: str, quote: str, code: str, whole: str) -> None:
    folder = ledger_at(tmp_path, file_of([{**CLAIMS[0], "quote": quote}], seed=words + ".\n"))
    told = told_by(folder, code)
    assert len(told) == 1 and whole in told[0]
