"""Seeds of which git holds something else than what it puts into the folder: Git LFS and other filters, line ends, ident, encodings."""

from __future__ import annotations

import json
import os
import stat
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from branches import commit, git, replace
from running import run
from small import CLAIMS, file_of, ledger_at

# What a program for large files does, in small: `clean` keeps the content by its SHA-256 and gives git a pointer, `smudge` brings it back.
LARGE_FILES = """
import hashlib, os, sys
folder, how = sys.argv[1:]
data = sys.stdin.buffer.read()
begin = b"version https://git-lfs.github.com/spec/v1\\noid sha256:"
if how == "clean" and not data.startswith(begin):
    told = hashlib.sha256(data).hexdigest()
    path = os.path.join(folder, told[:2], told[2:4], told)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "wb").write(data)
    data = begin + told.encode() + b"\\nsize %d\\n" % len(data)
elif how == "smudge" and data.startswith(begin):
    told = data[len(begin):len(begin) + 64].decode()
    path = os.path.join(folder, told[:2], told[2:4], told)
    data = open(path, "rb").read() if os.path.exists(path) else data
sys.stdout.buffer.write(data)
"""
TEXT = file_of(CLAIMS)["seeds/text.txt"]


def repository_with(folder: Path, attributes: str, *settings: str) -> Path:
    """The small ledger with attributes for its seeds and settings of git."""
    ledger_at(folder)
    (folder / "seeds" / "more.txt").write_bytes(b"one line $Id$\nanother\n")
    (folder / ".gitattributes").write_text(attributes, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    for setting in settings:
        git(folder, "config", *setting.split("=", 1))
    commit(folder, "the ledger")
    return folder


def program(folder: Path, text: str) -> str:
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    return f"'{sys.executable}' '{path}'"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A ledger whose seeds are kept as pointers; the folder has the texts."""
    run_it = program(tmp_path, LARGE_FILES) + f" '{tmp_path / 'ledger' / '.git' / 'lfs' / 'objects'}'"
    settings = (f"filter.lfs.clean={run_it} clean", f"filter.lfs.smudge={run_it} smudge")
    folder = repository_with(tmp_path / "ledger", "seeds/** filter=lfs -text\n", *settings)
    assert git(folder, "show", "HEAD:seeds/text.txt").startswith("version https://git-lfs.github.com/spec/v1\n")
    return folder


def changes(folder: Path, *more: str) -> dict[str, object]:
    """What a review names: seeds, changes of claims, new and fixed defects, contradictions, and what it could not compare."""
    code, out, err = run("-C", folder, "review", "--format", "json", *more)
    assert code in (0, 1) and err == "", err
    found = json.loads(out)
    parts: dict[str, object] = {kind: names for kind, names in found["seeds"].items() if names}
    parts |= {kind: [each["code"] for each in found["diagnostics"][kind]] for kind in ("new", "fixed") if found["diagnostics"][kind]}
    parts |= {kind: found["conflicts"][kind] for kind in ("opened", "closed", "altered") if found["conflicts"][kind]}
    parts |= {kind: found[kind] for kind in ("changes", "not_compared") if found[kind]}
    return parts


# -- Git LFS --------------------------------------------------------------------------------------------------------------


def test_nothing_changed_in_a_folder_with_the_texts(large: Path) -> None:
    assert run("-C", large, "check", "--select", "S").code == 0
    assert changes(large) == {} and "nothing that the ledger records has changed" in run("-C", large, "review").out
    os.utime(large / "seeds" / "text.txt", (1, 1))
    assert changes(large) == {}


@pytest.mark.parametrize("asked", [(), ("main...HEAD",)])
def test_a_claim_is_reviewed_against_the_text(asked: tuple[str, ...], large: Path) -> None:
    """Also between commits, which both have pointers only."""
    git(large, "checkout", "-q", "-b", "work")
    replace(large / "claims" / "text.yaml", "value: 27000", "value: 27001")
    commit(large)
    found = changes(large, *asked)
    assert set(found) == {"changes", "new"} and found["new"] == ["Q313"] and "27,000 people live" in run("-C", large, "review", *asked).out


def test_a_seed_that_was_edited(large: Path) -> None:
    replace(large / "seeds" / "text.txt", "27,000", "72,000")
    assert changes(large)["changed"] == ["text.txt"]
    out = run("-C", large, "review", "--fail-on", "seed").out
    assert "- 27,000 people live" in out and "+ 72,000 people live" in out
    commit(large)
    assert changes(large, "HEAD~1..HEAD")["changed"] == ["text.txt"] and changes(large) == {}


def test_the_text_of_a_base_that_is_nowhere(large: Path) -> None:
    replace(large / "seeds" / "text.txt", "27,000", "72,000")
    commit(large)
    for path in sorted((large / ".git" / "lfs").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    found = changes(large, "HEAD~1..HEAD")
    assert found["changed"] == ["text.txt"] and "S712" in found["fixed"]  # type: ignore[operator]


def test_a_damaged_copy_is_not_taken_for_the_text(large: Path) -> None:
    told = sha256(TEXT.encode()).hexdigest()
    copy = large / ".git" / "lfs" / "objects" / told[:2] / told[2:4] / told
    assert copy.read_bytes() == TEXT.encode()
    copy.write_bytes(b"something else\n")
    (large / "seeds" / "text.txt").write_bytes(b"another text\n")
    assert "something else" not in run("-C", large, "review").out


@pytest.mark.parametrize("state", [["--staged"], ["--rev", "HEAD"]])
def test_what_git_holds_is_checked_against_the_text(state: list[str], large: Path) -> None:
    assert run("-C", large, "check", *state, "--select", "S,Q").code == 0


def test_a_pointer_in_the_folder_is_named(large: Path) -> None:
    (large / "seeds" / "text.txt").write_text(git(large, "show", "HEAD:seeds/text.txt"), encoding="utf-8")
    code, out, _ = run("-C", large, "check", "--format", "concise", "--select", "S,Q")
    assert code == 1 and "S712 seeds/text.txt is a pointer of Git LFS: the text itself was not fetched" in out and "Q301" not in out
    assert "git lfs pull" in run("-C", large, "check").out
    assert changes(large) == {}, "the branch did nothing to it"


# -- other filters --------------------------------------------------------------------------------------------------------


@pytest.fixture
def scrambled(tmp_path: Path) -> Path:
    """A ledger of which git holds every byte of a seed turned round."""
    turn = program(tmp_path, "import sys; sys.stdout.buffer.write(bytes(255 - byte for byte in sys.stdin.buffer.read()))")
    folder = repository_with(tmp_path / "ledger", "seeds/* filter=crypt\n", f"filter.crypt.clean={turn}", f"filter.crypt.smudge={turn}")
    for path in (folder / "seeds").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    git(folder, "add", "--renormalize", ".")
    git(folder, "update-index", "--refresh")
    return folder


def test_what_git_calls_unchanged_is_unchanged(scrambled: Path) -> None:
    assert changes(scrambled) == {} and "27,000" not in git(scrambled, "show", "HEAD:.gitattributes")


def test_what_nobody_can_tell_is_not_compared(scrambled: Path) -> None:
    """No program of a filter is run for it."""
    mark = scrambled / "ran"
    git(scrambled, "config", "filter.crypt.clean", f"touch '{mark}'; cat")
    replace(scrambled / "seeds" / "text.txt", "27,000", "72,000")
    found = changes(scrambled)
    words = "seeds/text.txt stands behind the filter `crypt` and was written since git looked at it: it is not compared"
    assert found["not_compared"] == [words] and "changed" not in found and not mark.exists()
    assert f"not compared: {words}" in run("-C", scrambled, "review").out
    code, out, err = run("-C", scrambled, "review", "--fail-on", "seed")
    assert (code, err) == (1, "") and "`--fail-on seed` can't be answered, which counts as a finding" in out
    assert run("-C", scrambled, "review", "--fail-on", "vocabulary").code == 0


# -- what git itself makes of a file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "settings", "written"),
    [
        ("", ["core.autocrlf=true"], TEXT.replace("\n", "\r\n").encode()),
        ("seeds/** text eol=crlf\n", [], TEXT.replace("\n", "\r\n").encode()),
        ("seeds/** working-tree-encoding=UTF-16LE\n", [], None),
        ("seeds/** ident\n", [], TEXT.encode()),
    ],
)  # fmt: skip
def test_what_git_would_store_as_it_is_has_not_changed(attributes: str, settings: list[str], written: bytes | None, tmp_path: Path) -> None:
    """`check` says of the folder what is wrong with it (line ends: S702); the branch did nothing."""
    folder = repository_with(tmp_path, "")
    (folder / ".git" / "info" / "attributes").write_text(attributes, encoding="utf-8")
    for setting in settings:
        git(folder, "config", *setting.split("=", 1))
    for path in (folder / "seeds").iterdir():
        path.unlink()
    git(folder, "checkout", "-q", "--", "seeds")
    data = (folder / "seeds" / "text.txt").read_bytes()
    assert data == written or (written is None and data != TEXT.encode())
    more = (folder / "seeds" / "more.txt").read_bytes()
    assert more != b"one line $Id$\nanother\n"
    assert changes(folder) == {}
    assert run("-C", folder, "check", "--select", "S702,S705").code == int(data != TEXT.encode())
    (folder / "seeds" / "more.txt").write_bytes(more + more)
    assert changes(folder) == {"changed": ["more.txt"]}


def test_line_ends_that_would_be_stored_are_a_change(tmp_path: Path) -> None:
    folder = repository_with(tmp_path, "seeds/** -text\n")
    (folder / "seeds" / "text.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert changes(folder)["changed"] == ["text.txt"]


def test_a_mode_is_no_change(large: Path) -> None:
    path = large / "seeds" / "text.txt"
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    assert changes(large) == {}


def test_line_endings_are_kept_as_advised_in_a_ledger_below_the_top_folder(tmp_path: Path) -> None:
    """A pattern with a slash in it counts from the folder of its .gitattributes."""
    folder = ledger_at(tmp_path / "ledger")
    (tmp_path / ".gitattributes").write_text("*.txt text eol=crlf\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    seed = folder / "seeds" / "text.txt"
    seed.unlink()
    git(tmp_path, "checkout", "--", "ledger/seeds")
    assert "put `seeds/** -text` into .gitattributes beside ledger.yaml and" in run("-C", folder, "check").out
    (folder / ".gitattributes").write_text("seeds/** -text\n", encoding="utf-8")
    seed.unlink()
    git(tmp_path, "checkout", "--", "ledger/seeds")
    assert "S702" not in run("-C", folder, "check").out


def test_a_mark_that_git_fills_in_is_kept_as_advised(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(CLAIMS[:1], seed="Millbrook is held by the east.\n$Id$ for $10.\n"))
    (folder / ".gitattributes").write_text("*.txt ident\n", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    seed = folder / "seeds" / "text.txt"
    seed.unlink()
    git(folder, "checkout", "--", "seeds")
    out = run("-C", folder, "check").out
    assert "git has filled in its `$Id$`" in out and "put `seeds/** -ident` into .gitattributes beside ledger.yaml and" in out
    seed.write_bytes(seed.read_bytes() + b"edited")
    assert "bring the recorded bytes back" in run("-C", folder, "check").out
    (folder / ".gitattributes").write_text("*.txt ident\nseeds/** -ident\n", encoding="utf-8")
    seed.unlink()
    git(folder, "checkout", "--", "seeds")
    assert "S702" not in run("-C", folder, "check").out
