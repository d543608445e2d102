"""What a language was not checked for is said in every format, of the whole ledger and of a branch."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from branches import repository_at
from running import run
from small import CLAIMS, file_of, ledger_at

CLAIM = {**CLAIMS[0], "translation": "(by a person)"}
UNKNOWN = "not checked for negations, frames, hedges and numbers in words (no words known): xx; add them under `words` in ledger.yaml"
DRAFT = "ar: draft list (words that no speaker of the language has read)"
FILES = file_of([CLAIM], language="ar") | file_of([{**CLAIM, "id": "other"}], "other.txt", language="xx")


@pytest.mark.parametrize("form", ["text", "concise", "github", "json", "jsonl", "sarif", "gitlab", "junit"])
def test_check_says_it(tmp_path: Path, form: str) -> None:
    outcome = run("-C", ledger_at(tmp_path, FILES), "check", "--format", form)
    if form in ("text", "concise", "github"):
        assert outcome.out.splitlines()[-2:] == [UNKNOWN, DRAFT]
    elif form == "json":
        checked = json.loads(outcome.out)["checked"]
        assert (checked["languages_without_words"], checked["languages_with_draft_words"]) == (["xx"], ["ar"])
    elif form == "jsonl":
        assert outcome.err.splitlines() == [UNKNOWN, DRAFT]
    elif form == "sarif":
        notes = json.loads(outcome.out)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
        assert [note["message"]["text"] for note in notes] == [UNKNOWN, DRAFT]
    elif form == "gitlab":
        assert [issue["description"] for issue in json.loads(outcome.out)[-2:]] == [f"languages: {UNKNOWN}", f"languages: {DRAFT}"]
    else:
        cases = ElementTree.fromstring(outcome.out).findall("testsuite[@name='languages']/testcase")
        assert [case.get("name") for case in cases] == [UNKNOWN, DRAFT]
        assert all(case.find("skipped") is not None for case in cases)


@pytest.mark.parametrize("form", ["text", "markdown", "github", "json", "sarif", "gitlab"])
def test_review_says_it(tmp_path: Path, form: str) -> None:
    folder = ledger_at(repository_at(tmp_path), FILES)
    out = run("-C", folder, "review", "main", "--format", form).out
    if form == "json":
        record = json.loads(out)
        assert (record["languages_without_words"], record["languages_with_draft_words"]) == (["xx"], ["ar"])
    else:
        plain = out.replace("\\", "").replace("%2C", ",").replace("%3A", ":")
        assert UNKNOWN in plain and DRAFT in plain


def test_nothing_is_said_where_all_is_known(tmp_path: Path) -> None:
    out = run("-C", ledger_at(tmp_path, file_of([CLAIMS[0]])), "check").out
    assert "draft" not in out and "no words known" not in out
