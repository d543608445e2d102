"""A claim that stands in a file which can't be read is never called unknown: `show`, `why`, `log` and the rules say where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from branches import replace, repository_at
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.reading.unread import ids_in

OTHER = {"id": "held-maybe", "value": "east", "said": "2025-03-02", "claimant": "gazette", "quote": "Millbrook may be held by the east"}
BREAKS = {  # how a file comes to be refused
    "a tab": lambda data: data.replace(b"  value: east", b"\tvalue: east"),
    "a key that stands twice": lambda data: data + b"seed: text.txt\n",
    "a mark of a conflict": lambda data: data + b"<<<<<<< HEAD\n",
    "a byte that is no UTF-8": lambda data: data + b"# \xff\n",
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "a single quotation mark": lambda data: data + b'note: "open\n',
    "claims that are no list": lambda data: data.replace(b"\nclaims:\n", b"\nclaims:\n  all:\n").replace(b"\n- ", b"\n  - "),
}


def broken(folder: Path, how: str) -> tuple[Path, int]:
    """A ledger of which the first claims file can't be read, and the line of its first claim."""
    ledger_at(folder, file_of(CLAIMS) | file_of([OTHER], "other.txt"))
    path = folder / "claims" / "text.yaml"
    data = path.read_bytes()
    lines = data.decode().split("\n")
    line = next(number for number, line in enumerate(lines, 1) if "held-east" in line)
    path.write_bytes(BREAKS[how](data))
    assert path.read_bytes() != data
    return folder, line + ("no list" in how)


@pytest.mark.parametrize("how", BREAKS)
def test_show_and_why_say_where_it_stands(tmp_path: Path, how: str) -> None:
    folder, line = broken(tmp_path, how)
    words = f"the claim held-east stands in claims/text.yaml:{line} and could not be read: see `ledger check claims/text.yaml`"
    assert could_not_run(run("-C", folder, "show", "held-east")) == words
    assert could_not_run(run("-C", folder, "why", "held-maybe", "held-east")) == words
    assert "did you mean `held-maybe`" in could_not_run(run("-C", folder, "show", "held-mayb"))


def test_notes_and_disputes_say_where_it_stands(tmp_path: Path) -> None:
    tail = (
        "resolutions:\n- {claims: [held-east, held-maybe], found: open, by: us, on: 2025-04-01, why: so, fingerprint: '000000000000'}\n"
        "tensions:\n- {claims: [held-maybe, held-west], by: us, on: 2025-04-01, why: so}\n"
    )
    ledger_at(tmp_path, file_of(CLAIMS) | file_of([{**OTHER, "disputes": "[held-later]"}], "other.txt", tail=tail))
    path = tmp_path / "claims" / "text.yaml"
    path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")
    found = json.loads(run("-C", tmp_path, "check", "--format", "json").out)["diagnostics"]
    told = sorted(each["message"] for each in found if each["code"] == "R405")
    assert [message.split(":")[0] for message in told] == [
        f"the claim `{name}` stands in claims/text.yaml" for name in ("held-east", "held-later", "held-west")
    ]
    assert all(message.endswith(", which could not be read") for message in told)
    assert {each["help"] for each in found if each["code"] == "R405"} == {"mend that file first"}


def test_log_of_a_claim_whose_file_broke(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")
    kinds = [each["kind"] for each in json.loads(run("-C", tmp_path, "log", "held-east", "--format", "json").out)["versions"]]
    assert kinds == ["unreadable", "added"]  # and not: removed
    assert "not committed: the file can't be read (claims/text.yaml:1)" in run("-C", tmp_path, "log", "held-east").out


def test_log_of_a_claim_that_was_never_read(tmp_path: Path) -> None:
    repository_at(tmp_path)
    replace(tmp_path / "claims" / "text.yaml", "id: held-east", "id: new-here")
    path = tmp_path / "claims" / "text.yaml"
    path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")
    assert "the claim new-here stands in claims/text.yaml:" in could_not_run(run("-C", tmp_path, "log", "new-here"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("claims:\n- id: one\n  place: x\n-   id: 'two'\n", [("one", 2), ("two", 4)]),
        ('claims:\r\n- {place: x, "id": "three", note: "id: four"}\r\n', [("three", 2)]),
        ("-\n  id:\tfive # why\n", [("five", 2)]),
        ("note: the id: six\nqid: Q7\n", []),
    ],
)
def test_ids_are_found_in_a_text(text: str, ids: list[tuple[str, int]]) -> None:
    assert list(ids_in(text.encode())) == ids
