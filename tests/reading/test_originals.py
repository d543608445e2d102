"""What a head says of its originals, and how the text was made: read, told to machines, shown in a review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from branches import git
from running import run
from small import CLAIMS, file_of, ledger_at

from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import excluded

DIGEST = "088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049"
ORIGINAL = (
    f'[{{file: page.html, sha256: {DIGEST}, type: text/html, captured: 2025-03-10, with: SingleFile 1.22, url: "https://a.example/"}}]'
)
TEXT = "{by: ledger-html 1, from: Millbrook is, to: the Mill.}"


def files_with(**head: str) -> dict[str, str]:
    """The small ledger with more in the head."""
    return file_of(CLAIMS, **head)


def test_machines_are_told_what_is_written(tmp_path: Path) -> None:
    ledger_at(tmp_path, files_with(original=ORIGINAL, text=TEXT))
    row = json.loads(run("-C", tmp_path, "seeds", "--format", "json").out)["seeds"][0]
    assert row["original"] == [
        {
            "file": "page.html",
            "sha256": DIGEST,
            "type": "text/html",
            "captured": "2025-03-10",
            "with": "SingleFile 1.22",
            "url": "https://a.example/",
        }
    ]
    assert row["text_made"] == {"by": "ledger-html 1", "from": "Millbrook is", "to": "the Mill."}


@pytest.mark.parametrize(
    "head, told",
    [
        ({"original": "page.html"}, ["wrong_shape"]),
        ({"original": "[page.html]"}, ["wrong_shape"]),
        ({"original": "[{file: page.html}]"}, ["missing_field"]),
        ({"original": f"[{{sha256: {DIGEST}, author: me}}]"}, ["unknown_field"]),
        ({"original": f"[{{sha256: {DIGEST}, file: [a, b]}}]"}, ["wrong_shape"]),
        ({"original": f"[{{sha256: {DIGEST}, file: ''}}]"}, ["empty_field"]),
        ({"original": ORIGINAL, "text": "ledger-html 1"}, ["wrong_shape"]),
        ({"original": ORIGINAL, "text": "{from: a}"}, ["missing_field"]),
        ({"original": ORIGINAL, "text": "{by: hand, through: a}"}, ["unknown_field"]),
        ({"original": ORIGINAL, "text": "{by: hand, from: ''}"}, ["empty_field"]),
    ],
)
def test_what_is_of_no_shape_is_told_and_no_claim_is_left_out_for_it(head: dict[str, str], told: list[str], tmp_path: Path) -> None:
    ledger = load(WorkTree(str(ledger_at(tmp_path, files_with(**head)))))
    assert [flaw.name for flaw in ledger.files[0].note_flaws] == told
    assert excluded(ledger) == frozenset()
    assert run("-C", tmp_path, "check").code == 1


def test_a_review_shows_that_another_original_was_named(tmp_path: Path) -> None:
    ledger_at(tmp_path, files_with(original=ORIGINAL, text=TEXT))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    path = tmp_path / "claims" / "text.yaml"
    path.write_text(path.read_text().replace("page.html", "other.html"))
    told = run("-C", tmp_path, "review", "HEAD").out
    assert "page.html" in told and "other.html" in told and "original" in told
