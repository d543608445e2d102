"""A field of a claim is written once, in `Claim`: every other place that goes through all fields has each of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import prove_reading
import pytest
from branches import repository_at
from running import ROOT, run
from small import CLAIMS as OTHERS
from small import file_of, ledger_at

from ledger.answers.records import claim_record
from ledger.cache.outlines import outline, outline_text
from ledger.cache.places import Holding, to_bytes
from ledger.conflicts.resolutions import fingerprint
from ledger.model import CLAIM_FIELDS, CLAIMS, NAMES, REASONS, TEXT, Claim, Ledger
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.review.changes import claim_changes
from ledger.rules import RULES

FIELDS = pytest.mark.parametrize("name", CLAIM_FIELDS)
# What each field says; where others know what a text means, something that can be meant.
SAID = {TEXT: "{} of it", NAMES: ["council", "gazette"], CLAIMS: ["held-west", "held-later"], REASONS: {"Q310": "so it is", "Q314": "here"}}
KNOWN = {
    "id": "whole", "place": "millbrook", "property": "control", "claimant": "ministry", "value": "east", "extent": "part", "stance": "denies",
    "said": "2025-03-01", "holds": "2025-03-02",
}  # fmt: skip
OTHER = {TEXT: "another", NAMES: ["gazette", "council"], CLAIMS: ["held-west", "lorries"], REASONS: {"Q310": "so it is not"}}
OTHER_KNOWN = {"place": "millbrook-north", "property": "nickname", "claimant": "council", "said": "2025-03-03", "holds": "2025-03-04"}


def whole(**changed: object) -> dict[str, object]:
    """A claim with every field, as it is written."""
    said = {name: KNOWN.get(name, SAID[field.kind]) for name, field in CLAIM_FIELDS.items()}
    return {name: text.format(name) if isinstance(text, str) else text for name, text in (said | changed).items()}


def written(said: object) -> str:
    """A value as a claims file has it where nothing must be in quotes."""
    if isinstance(said, dict):
        return "{" + ", ".join(f"{code}: {text}" for code, text in said.items()) + "}"
    return "[" + ", ".join(said) + "]" if isinstance(said, list) else str(said)


def files_with(said: dict[str, object]) -> dict[str, str]:
    """The small ledger's claims, and one more."""
    return file_of([*OTHERS, {name: written(value) for name, value in said.items()}], seed=str(said["quote"]))


def ledger_with(folder: Path, said: dict[str, object]) -> Ledger:
    return load(WorkTree(str(ledger_at(folder, files_with(said)))))


def claim_of(ledger: Ledger) -> Claim:
    """The claim with every field."""
    return ledger.claims()[-1]


def fields_of(claim: Claim) -> dict[str, object]:
    """What a claim has in its fields, lists as lists."""
    return {name: list(value) if isinstance(value := getattr(claim, name), tuple) else value for name in CLAIM_FIELDS}


def test_those_that_are_written_come_first_in_a_claim() -> None:
    assert Claim._fields[: len(CLAIM_FIELDS)] == tuple(CLAIM_FIELDS) and len(CLAIM_FIELDS) >= 19
    assert not CLAIM_FIELDS.keys() & {"path", "line", "column", "at", "flaws", "found", "figure"}


@pytest.mark.parametrize("form", ["line by line", "by the parser"])
def test_every_field_is_read(form: str, tmp_path: Path) -> None:
    files = files_with(whole())
    if form == "by the parser":
        text = files["claims/text.yaml"]
        start = text.rindex("- ")
        fields = ",\n    ".join(f'"{name}": {json.dumps(said)}' for name, said in whole().items())
        files["claims/text.yaml"] = text[:start] + "- {" + fields + "}\n"
    claim = claim_of(load(WorkTree(str(ledger_at(tmp_path, files)))))
    assert fields_of(claim) == whole() and claim.flaws == ()
    assert {name.partition(".")[0] for name in claim.at} == CLAIM_FIELDS.keys()
    parts = {f"{name}.{part}" for name, said in whole().items() if not isinstance(said, str) for part in parts_of(said)}
    assert {name for name in claim.at if "." in name} == parts


def parts_of(said: object) -> Iterable[object]:
    """The codes of reasons, or the numbers of a list."""
    return said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ()


@FIELDS
def test_a_claim_without_a_field_says_so_where_it_is_required(name: str, tmp_path: Path) -> None:
    claim = claim_of(ledger_with(tmp_path, {key: said for key, said in whole().items() if key != name} | {"quote": "quote of it"}))
    if name not in ("place", "property", "claimant", "quote"):  # those the file always has
        missing = [flaw.field for flaw in claim.flaws if flaw.name == "missing_field"]
        assert missing == [name] * CLAIM_FIELDS[name].required
        assert getattr(claim, name) == CLAIM_FIELDS[name].absent


def test_machines_get_every_field(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, whole())
    record = claim_record(claim_of(ledger), ledger.files[0], ledger)
    assert list(record)[: len(CLAIM_FIELDS)] == list(CLAIM_FIELDS)
    assert {name: record[name] for name in CLAIM_FIELDS} == whole()
    assert json.loads(json.dumps(record)) == record
    *_, row = csv.DictReader(run("-C", tmp_path, "claims", "--format", "csv").out.splitlines())
    for name, field in CLAIM_FIELDS.items():
        said = whole()[name]
        assert field.kind == REASONS or row[name] == (" ".join(said) if isinstance(said, list) else said)


def test_what_is_kept_for_one_place_has_every_field(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, whole())
    kept = to_bytes(ledger, [], {}, "")
    assert kept is not None
    holding = Holding(kept[0], memoryview(kept[1]), lambda name: b"", lambda path: None)
    back = holding.part(ledger.vocabulary.places).ledger
    assert claim_of(back)[: len(CLAIM_FIELDS)] == claim_of(ledger)[: len(CLAIM_FIELDS)]
    named = [name for kind_name, field in CLAIM_FIELDS.items() if field.kind == CLAIMS for name in getattr(claim_of(ledger), kind_name)]
    assert {claim.id for claim in holding.part([]).ledger.claims()} == {"whole", *named}


@pytest.mark.parametrize("name", [name for name, field in CLAIM_FIELDS.items() if field.kind in (CLAIMS, REASONS)])
def test_an_outline_has_what_rules_about_the_whole_ledger_ask(name: str, tmp_path: Path) -> None:
    required = {key: said for key, said in whole().items() if CLAIM_FIELDS[key].required}
    for said in (required, required | {name: whole()[name]}):
        file = ledger_with(tmp_path, said).files[0]
        again, _ = outline(file.path, outline_text(file, []), lambda path: None, lambda: b"")
        for key in ("id", "place", "property", "claimant", name):
            assert [getattr(claim, key) for claim in again.claims] == [getattr(claim, key) for claim in file.claims]


@FIELDS
def test_a_change_of_any_field_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    field = CLAIM_FIELDS[name]
    changed = {name: OTHER_KNOWN.get(name, OTHER[field.kind])}
    before, after = ledger_with(tmp_path / "a", whole()), ledger_with(tmp_path / "b", whole(**changed))
    one, other = claim_of(before), claim_of(after)
    [change] = claim_changes(before, after)
    if name == "id":
        assert (change.kind, list(change.fields)) == ("renamed", ["id"])
    else:
        assert (change.kind, list(change.fields), change.of_meaning) == ("changed", [name], field.means or field.kind == CLAIMS)
    assert (fingerprint(one, one) != fingerprint(other, one)) == field.means


@pytest.mark.parametrize("name", [name for name, field in CLAIM_FIELDS.items() if field.kind == TEXT])
def test_a_comment_that_cuts_a_free_text_is_found(name: str, tmp_path: Path) -> None:
    files = files_with(whole())
    before, line, behind = files["claims/text.yaml"].rpartition(f"{name}: {whole()[name]}\n")
    assert line
    claim = claim_of(load(WorkTree(str(ledger_at(tmp_path, files | {"claims/text.yaml": f"{before}{line[:-1]} #more\n{behind}"})))))
    assert fields_of(claim) == whole()
    assert [flaw.name for flaw in claim.flaws] == ["comment_cuts_text"] * CLAIM_FIELDS[name].free


def test_a_review_shows_all_that_an_added_claim_says(tmp_path: Path) -> None:
    repository_at(tmp_path)
    files = file_of([{name: written(value) for name, value in whole().items()}], name="more.txt", seed="quote of it")
    for path, text in files.items():
        (tmp_path / path.replace("text.yaml", "more.yaml")).write_text(text)
    told = run("-C", tmp_path, "review").out
    shown = told[told.index("Claims added") :]
    for name, field in CLAIM_FIELDS.items():
        if field.kind == TEXT and name not in KNOWN and name != "subject":
            assert f"{name} of it" in shown
        elif field.kind != TEXT:
            assert all(word in shown for word in ("Town Council", "Gazette")) if field.kind == NAMES else f"{name}: " in shown


@FIELDS
def test_the_page_about_files_has_every_field(name: str) -> None:
    rows = [line.split("|")[1] for line in (ROOT / "docs" / "files.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert any(f"`{name}`" in row for row in rows)
    assert not CLAIM_FIELDS[name].required or f"`{name}`" in RULES["F202"].manual


def test_the_second_reader_compares_every_field() -> None:
    """The proof of reading would hold for a field that it never looks at."""
    assert set(CLAIM_FIELDS) <= set(prove_reading.FIELDS)
