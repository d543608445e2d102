"""A remedy that is followed to the letter never makes a claim say more than its words; and what the check says of what it does not show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import run
from small import CLAIMS, VOCABULARY, file_of, ledger_at

from ledger.texts.dates import DateProblem, parse_day, parse_holds


def helps(folder: Path, files: dict[str, str], vocabulary: str = VOCABULARY) -> list[tuple[str, str]]:
    """The errors of a ledger and what is advised."""
    listed = json.loads(run("-C", ledger_at(folder, files, vocabulary), "check", "--format", "json").out)["diagnostics"]
    return [(each["code"], each["help"]) for each in listed if each["severity"] == "error"]


@pytest.mark.parametrize("text", ["2023-21", "2023-24", "202X", "2023-XX", "[2023-01,2023-03]", "{2023-01,2023-02}", "2023-W10"])
def test_no_interval_is_advised_without_what_it_says(text: str) -> None:
    """In `holds`, A/B says *throughout*: nobody who wrote a season meant that."""
    for parse in (parse_day, parse_holds):
        with pytest.raises(DateProblem) as problem:
            parse(text)
        assert "A/B" not in str(problem.value) or "throughout" in str(problem.value)
        assert not re.search(r"write A/", str(problem.value))


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("stance", "without the line the claim asserts"),
        ("extent", "without the line an assertion is of all of it"),
        ("hedge", "delete the line only where none do"),
        ("holds", "without the line it is the day it was said"),
        ("subject", "where the property has no `subjects`"),
        ("value", "or delete the line of an event"),
    ],
)
def test_an_empty_field_is_not_simply_deleted_where_that_says_more(tmp_path: Path, field: str, says: str) -> None:
    told = helps(tmp_path, file_of([{**CLAIMS[0], field: ""}]))
    assert next(help for code, help in told if code == "F204").endswith(says)


@pytest.mark.parametrize("field", ["id", "place", "property", "claimant", "said", "quote"])
def test_an_empty_field_that_must_be_there_is_to_be_written(tmp_path: Path, field: str) -> None:
    told = helps(tmp_path, file_of([{**CLAIMS[0], "quote": "Millbrook", field: ""}], seed="Millbrook is held by the east\n"))
    assert ("F204", f"write `{field}: ...`") in told


@pytest.mark.parametrize(
    ("more", "advised"),
    [
        ({"property": "bridge", "value": "open", "extent": "part"}, "only where the words speak of all of the place"),
        ({"property": "people", "value": "5", "extent": "part"}, "delete `extent` where they speak of all of it"),
        ({"property": "people", "value": "5", "subject": "cars"}, "only where the words are of nobody in particular"),
        ({"property": "length", "value": "5", "holds": "2025-01"}, "else take `timeless` from the property"),
        ({"property": "fell", "value": "no"}, "that it did not is `stance: denies`"),
    ],
)
def test_a_field_out_of_place_is_not_simply_deleted(tmp_path: Path, more: dict[str, str], advised: str) -> None:
    vocabulary = VOCABULARY + "  bridge: {values: [open, shut]}\n  length: {quantity: km, timeless: true}\n  fell: {event: true}\n"
    told = helps(tmp_path, file_of([{**CLAIMS[0], **more}]), vocabulary)
    assert next(help for code, help in told if code == "V502").endswith(advised)


def test_what_is_not_shown_is_not_called_no_defects(tmp_path: Path) -> None:
    good = {**CLAIMS[0], "id": "held-good", "quote": "Millbrook is good to the east"}
    files = file_of([good], "good.txt") | file_of([{**CLAIMS[0], "said": "soon", "claimant": "nobody"}])
    folder = ledger_at(tmp_path, files)
    listed = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    elsewhere = len(listed)
    assert elsewhere > 1 and {each["path"] for each in listed} <= {"claims/text.yaml", "ledger.yaml"}
    for arguments in (["claims/good.yaml"], ["--select", "Q301"]):
        paths = [folder / each if each.startswith("claims/") else each for each in arguments]
        for form in ("text", "concise"):
            code, out, _ = run("-C", folder, "check", "--format", form, *paths)
            assert code == 0 and out.startswith(f"no defects in what was asked for, {elsewhere} elsewhere: checked "), out
            assert out.endswith(f"not shown: {elsewhere} defects that the paths or codes asked for leave out\n")
    assert run("-C", folder, "check", folder / "claims" / "text.yaml").out.count("no defects") == 0
