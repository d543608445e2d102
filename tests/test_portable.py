"""What other systems lack, taken away here: without `fork`, flags, links and pipes, and with their line ends, every answer is the same.

Windows and macOS themselves were not tried (`docs/limits.md`): this shows that nothing relies on what they are known not to have.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from branches import branch_at
from running import ROOT, run
from small import ledger_at

from ledger.cache.processes import MOST_PROCESSES, processes
from ledger.commands.opening import path_below
from ledger.reading.git import GitTrouble, program

LACKS = {
    "fork": ["fork"],
    "processors": ["sched_getaffinity"],
    "flags": ["O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "set_blocking"],
    "special files": ["mkfifo", "symlink"],
}
LACKS["all of it"] = [name for names in LACKS.values() for name in names]
COMMANDS = {
    "check": ["check", "--no-cache", "--format", "json"],
    "check, with a cache": ["check"],
    "conflicts": ["conflicts", "--format", "csv"],
    "conflicts of a place": ["conflicts", "--town", "Kupiansk"],
    "claims": ["claims", "--format", "markdown"],
}


def run_without(names: list[str], arguments: list[str], folder: Path, before: str = "", **environment: str) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of the program where `os` lacks some names, two processes being asked for."""
    # (a system without these flags has no folders by number either, which Python's own library opens with them from 3.13 on)
    own = "import shutil; shutil._use_fd_functions = False" if "O_NONBLOCK" in names else ""
    taken = f"for name in {names!r}:\n    if hasattr(os, name): delattr(os, name)"
    lines = f"import os, sys\n{own}\n{taken}\n{before}\nfrom ledger.commands import main\nmain()"
    words = {**os.environ, "LEDGER_PROCESSES": "2", "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, "-c", lines, *arguments], cwd=folder, env=words, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("what", COMMANDS)
def test_what_a_system_lacks_changes_no_answer(what: str, tmp_path: Path) -> None:
    own = {"LEDGER_CACHE_DIR": str(tmp_path / "own")}  # a cold cache first, then one that was written without what is lacking
    expected = run_without([], COMMANDS[what], ROOT, LEDGER_CACHE_DIR=str(tmp_path / "other"))
    assert expected[0] == 0 and expected[1] and expected[2] == b""
    for names in (LACKS["fork"], LACKS["all of it"]):
        assert run_without(names, COMMANDS[what], ROOT, **own) == expected


def test_processors_are_counted_where_nobody_says_which_of_them_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER_PROCESSES", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for there, used in ((3, 3), (None, 1), (1000, MOST_PROCESSES)):
        monkeypatch.setattr(os, "cpu_count", lambda there=there: there)
        assert processes() == used


def test_defects_are_found_without_fork(tmp_path: Path) -> None:
    folder = branch_at(tmp_path)
    answers = [run_without(names, ["check", "--no-cache", "--format", "json"], folder) for names in ([], ["fork"])]
    assert answers[0] == answers[1] and answers[0][0] == 1 and b"S702" in answers[0][1]


def test_a_review_needs_none_of_it(tmp_path: Path) -> None:
    folder = branch_at(tmp_path)
    answers = [run_without(names, ["review", "--format", "markdown"], folder) for names in ([], LACKS["all of it"])]
    assert answers[0] == answers[1] and answers[0][0] == 1


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links on this system")
def test_without_flags_links_are_not_followed_all_the_same(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    (folder / "seeds" / "text.txt").rename(tmp_path / "secret.txt")
    (folder / "seeds" / "text.txt").symlink_to(tmp_path / "secret.txt")
    answers = [run_without(names, ["check", "--no-cache"], folder) for names in ([], LACKS["flags"])]
    assert answers[0] == answers[1] and answers[0][0] == 1 and b"symbolic link" in answers[1][1]


def test_a_report_is_written_without_flags(tmp_path: Path) -> None:
    for number, names in enumerate(([], LACKS["all of it"])):
        assert run_without(names, ["check", "--output", f"json:{tmp_path / str(number)}"], ROOT)[0] == 0
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes() != b""


def test_cases_that_can_not_be_built_are_named_and_the_others_hold() -> None:
    code, out, err = run_without(LACKS["all of it"], ["selftest"], ROOT)
    lines = out.decode().splitlines()
    assert (code, err) == (0, b"") and lines[-1].startswith("not tried: ") and "that this system can't hold" in lines[-1]


@pytest.mark.parametrize("arguments", [["check"], ["conflicts", "--format", "csv"], ["--version"], ["claims", "--limit", "2"]])
def test_line_ends_are_the_same_where_the_system_writes_two_signs(arguments: list[str]) -> None:
    windows = r"sys.stdout.reconfigure(newline='\r\n'); sys.stderr.reconfigure(newline='\r\n')"
    expected = run_without([], arguments, ROOT)
    assert run_without([], arguments, ROOT, windows) == expected and b"\r" not in expected[1]
    wrong = run_without([], ["show", "nobody"], ROOT, windows)
    assert wrong[0] == 2 and wrong[2].startswith(b"ledger: ") and b"\r" not in wrong[2]


def test_what_a_code_page_can_not_show_is_an_escape() -> None:
    code, out, err = run_without([], ["claims", "--format", "json"], ROOT, PYTHONIOENCODING="cp1252")
    assert (code, err) == (0, b"") and rb"\u0103" in out and out.decode("cp1252")  # Romanian ă is not in that page


def test_a_path_on_another_drive_is_one_outside_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are drives, no relative path leads from one to another, and asking for it raises."""

    def other_drive(path: str, start: str = "") -> str:
        raise ValueError(f"path is on mount 'D:', start on mount 'C:': {path}")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    folder = ledger_at(tmp_path)
    assert run("-C", folder, "check", tmp_path / "elsewhere").code == 2
    assert run("-C", folder, "check", folder / "claims").code == 0
    assert run("-C", folder, "check", "--output", f"json:{tmp_path / 'report.json'}").code == 0
    assert run("-C", folder, "check", "--output", f"json:{folder / 'claims' / 'x.json'}").code == 2


def test_the_way_from_a_folder_to_a_path(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    assert path_below(root, root) == path_below(os.sep, os.sep) == []
    assert path_below(os.path.join(root, "claims", "a.yaml"), root) == ["claims", "a.yaml"]
    assert path_below(root + "-evil", root) is path_below(os.path.dirname(root), root) is None


def test_git_is_never_taken_from_the_current_folder_where_the_system_looks_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git.exe").write_bytes(b"")
    (tmp_path / "bin").mkdir()
    monkeypatch.chdir(tmp_path)
    for folders in ("", os.pathsep, ".", str(tmp_path / "bin")):
        with pytest.raises(GitTrouble, match="git is not installed"):
            program("nt", folders)
    (tmp_path / "bin" / "git.exe").write_bytes(b"")
    assert program("nt", os.pathsep.join((".", "", str(tmp_path / "bin")))) == str(tmp_path / "bin" / "git.exe")
    assert program("posix", "") == "git"
