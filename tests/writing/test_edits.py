"""Edits of a ledger: read before they are written, written whole, and nobody else's work is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import pytest
from running import ROOT
from small import CLAIMS, VOCABULARY, file_of, ledger_at

from ledger.model import Trouble
from ledger.writing.edits import Edit, difference, write_new_files
from ledger.writing.files import Change

CLAIM = {"id": "new", "place": "millbrook", "property": "control", "value": "west", "claimant": "council", "said": "2025-03-01"}
QUOTED = {**CLAIM, "quote": "Millbrook fell to the west", "note": "as the Gazette has it"}


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, its bytes and its mode."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes() if path.is_file() else b"", path.lstat().st_mode)
        for path in sorted(folder.rglob("*"))
    }


def test_a_claim_is_written_and_a_difference_is_shown(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    path = root / "claims/text.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    with Edit(str(root)) as edit:
        edit.insert_claim("claims/text.yaml", dict(reversed(QUOTED.items())))
        shown = edit.write(dry_run=True)
    assert path.read_bytes() == before
    with Edit(str(root)) as edit:
        edit.insert_claim("claims/text.yaml", QUOTED)
        written = edit.write()
    lines = "".join(f"{'  ' if number else '- '}{key}: {QUOTED[key]}\n" for number, key in enumerate([*CLAIM, "quote", "note"]))
    assert path.read_bytes() == before + lines.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert shown.difference == written.difference
    assert written.difference.splitlines()[:2] == ["--- a/claims/text.yaml", "+++ b/claims/text.yaml"]
    assert [line[1:] for line in written.difference.splitlines()[2:] if line.startswith("+")] == lines.splitlines()
    assert sorted(os.listdir(root / "claims")) == ["text.yaml"]


def test_what_would_not_pass_is_not_written(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    before = state_of(root)
    with Edit(str(root)) as edit, pytest.raises(Trouble) as refused:
        edit.insert_claim("claims/text.yaml", {**QUOTED, "quote": "no such words", "place": "milbrook"})
        edit.write()
    assert str(refused.value).startswith("not written, since it would not pass `check`: claims/text.yaml:") and "Q301" in str(refused.value)
    assert state_of(root) == before


def test_what_was_wrong_before_hinders_nothing(tmp_path: Path) -> None:
    root = ledger_at(
        tmp_path, file_of([*CLAIMS, {**CLAIMS[0], "id": "odd", "said": "10.3.2025"}, {**CLAIMS[0], "id": "odder", "place": "x"}])
    )
    with Edit(str(root)) as edit:
        edit.set_field("held-east", "note", "so")
        edit.set_field("odd", "note", "it stays wrong")
        written = edit.write()
    assert written.paths == ("claims/text.yaml",) and not written.new and not written.gone
    with Edit(str(root)) as edit:
        edit.set_field("odd", "said", "2025-03-10")
        assert [found.code for found in edit.write().gone] == ["D601"]


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    (root / "claims/text.yaml").write_bytes((root / "claims/text.yaml").read_bytes() + b"- id: [\n")
    before = state_of(root)
    with Edit(str(root)) as edit, pytest.raises(Trouble, match=r"claims/text.yaml:\d+:\d+: YAML can't read this.*mend that first"):
        edit.insert_claim("claims/text.yaml", QUOTED)
    assert state_of(root) == before


@pytest.mark.parametrize("what", ["the file", "its folder", "an old file's folder"])
def test_no_link_is_followed(tmp_path: Path, what: str) -> None:
    root, outside = ledger_at(tmp_path / "ledger"), tmp_path / "outside"
    outside.mkdir()
    (root / "claims").rename(outside / "claims")
    if what == "the file":
        (root / "claims").mkdir()
        (root / "claims/text.yaml").symlink_to(outside / "claims/text.yaml")
    else:
        (root / "claims").symlink_to(outside / "claims")
    before = state_of(tmp_path)
    with pytest.raises(Trouble):
        if what == "its folder":
            write_new_files(str(root), {"claims/new.yaml": b"seed: x\n"})
        else:
            with Edit(str(root)) as edit:
                edit.put("claims/text.yaml", b"seed: x\n")
                edit.write()
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//b", ".git/config", "a/.GIT/x", "a\\b", "a\0b", ""])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(Trouble):
        write_new_files(str(ledger_at(tmp_path)), {path: b""})


def test_new_files_are_all_written_or_none(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    before = state_of(root)
    with pytest.raises(Trouble, match=r"seeds/text\.txt is there already"):
        write_new_files(str(root), {"originals/a/b.html": b"x", "seeds/text.txt": b"y"})
    with pytest.raises(Trouble, match="not written, since it would not pass"):
        write_new_files(str(root), {"originals/a/b.html": b"x", "claims/new.yaml": b"seed: none.txt\n"})
    assert state_of(root) == before
    written = write_new_files(str(root), {"originals/a/b.html": b"x", "seeds/new.txt": b"y"})
    assert written.paths == ("originals/a/b.html", "seeds/new.txt")
    assert (root / "originals/a/b.html").read_bytes() == b"x" and (root / "seeds/new.txt").read_bytes() == b"y"


def test_an_empty_folder_becomes_a_ledger(tmp_path: Path) -> None:
    write_new_files(str(tmp_path), {"claims/.gitkeep": b"", "ledger.yaml": VOCABULARY.encode()})
    assert sorted(state_of(tmp_path)) == ["claims", "claims/.gitkeep", "ledger.yaml"]


def test_a_file_that_somebody_changed_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    path = root / "claims/text.yaml"
    with Edit(str(root)) as edit, pytest.raises(Trouble, match=r"claims/text\.yaml was changed by somebody else meanwhile"):
        edit.set_field("held-east", "note", "so")
        path.write_bytes(path.read_bytes() + b"# mine\n")
        before = state_of(root)
        edit.write()
    assert state_of(root) == before


def test_a_read_only_file_stays_as_it_is(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    (root / "claims/text.yaml").chmod(0o444)
    before = state_of(root)
    with Edit(str(root)) as edit, pytest.raises(Trouble, match=r"claims/text\.yaml is read-only"):
        edit.set_field("held-east", "note", "so")
        edit.write()
    assert state_of(root) == before


APPEND = """
import sys
from ledger.writing.edits import Edit
with Edit(sys.argv[1]) as edit:
    edit.insert_entry("claims/text.yaml", "passed-over", {"quote": sys.argv[2], "why": "of " + sys.argv[2]})
    edit.write()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no locks there: the second is refused")
def test_several_at_once_lose_nothing(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    words = ["held by the east", "fell to the west", "been in the west's hands"]
    running = [subprocess.Popen([sys.executable, "-c", APPEND, str(root), word], cwd=ROOT) for word in words]
    assert [process.wait(60) for process in running] == [0] * len(words)
    with Edit(str(root)) as edit:
        assert sorted(passed.quote for passed in edit.ledger.files[0].passed_over) == sorted(words)


def test_a_difference_is_one_that_patch_would_take() -> None:
    old = "".join(f"line {number}\n" for number in range(40))
    for new in (
        old.replace("line 7\n", "LINE 7\n").replace("line 8\n", "LINE 8\n").replace("line 30\n", "other\n"),
        old.replace("line 9\n", ""),
    ):
        lines = difference(Change("a.yaml", old.encode(), new.encode())).splitlines()
        wanted = list(unified_diff(old.split("\n"), new.split("\n"), "a/a.yaml", "b/a.yaml", lineterm=""))
        assert lines == wanted
