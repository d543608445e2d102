"""Every rule of `ledger check` against its two little ledgers in tests/cases/CODE: one it must fire on, one it must pass over."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Golden
from prove_rules import told_of
from running import ROOT, run, run_outside

from ledger.model import Diagnostic, Report
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree, WorkTree
from ledger.rules import RULES, Rule, check_ledger, excluded

CASES = ROOT / "tests" / "cases"
OF_CHECKOUTS = {"Y120", "Y121"}  # tests/rules/test_checkouts.py makes the repositories that their cases are
CODES = sorted(RULES.keys() - OF_CHECKOUTS)
# The letter of a code -> the files of ledger/rules/ where such rules stand.
FILES = {
    "D": {"dates"},
    "F": {"fields"},
    "N": {"notes"},
    "Q": {"figures", "framing", "quotes", "translations", "wording"},
    "R": {"references"},
    "S": {"seeds", "originals"},
    "V": {"values"},
    "W": {"vocabulary"},
    "Y": {"files"},
}


def report_of(folder: Path) -> Report:
    """What the rules find in a ledger on disk."""
    return check_ledger(load(WorkTree(str(folder))))


def codes_of(report: Report) -> set[str]:
    """The codes of a report's diagnostics."""
    return {found.code for found in report.diagnostics}


@contextmanager
def without(code: str) -> Iterator[Rule]:
    """All rules but one."""
    everything = dict(RULES)
    rule = RULES.pop(code)
    try:
        yield rule
    finally:
        RULES.clear()
        RULES.update(everything)


def test_every_rule_has_its_cases_and_every_case_its_rule() -> None:
    assert sorted(folder.name for folder in CASES.iterdir()) == CODES
    assert sorted(f"{folder.parent.name}/{folder.name}" for folder in CASES.glob("*/*")) == [
        f"{code}/{case}" for code in CODES for case in ("bad", "good")
    ]


def test_the_letter_of_a_code_tells_its_file() -> None:
    files = {rule.code: rule.find.__module__.removeprefix("ledger.rules.") for rule in RULES.values()}
    assert {code: file for code, file in files.items() if file not in FILES.get(code[0], ())} == {}
    declaring = {path.stem for path in (ROOT / "ledger" / "rules").glob("*.py") if "\n@check(" in path.read_text(encoding="utf-8")}
    assert declaring == set(files.values()) == set().union(*FILES.values()), "put a file with rules into `FAMILIES` and into `FILES`"


def test_names_state_one_defect_each() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if re.fullmatch("[a-z][a-z0-9_]*", name) is None]
    assert not [rule.code for rule in RULES.values() if rule.severity not in ("error", "warning")]


@pytest.mark.parametrize("code", CODES)
def test_manual_says_why_and_what_to_do(code: str) -> None:
    manual = RULES[code].manual
    first = manual.split("\n")[0]
    assert len(first) > 20 and (first[0].isupper() or first[0] == "`")
    why, remedy, cure = manual.partition("Remedy: ")
    assert why and remedy and len(cure) > 10, "a manual ends with `Remedy: ...`"


@pytest.mark.parametrize("code", CODES)
def test_bad_case_fires_its_own_code_alone(code: str, golden: Golden) -> None:
    outcome = run("-C", CASES / code / "bad", "check", "--format", "concise")
    golden(CASES / code / "bad" / "expected.txt", outcome.out)
    assert codes_of(report_of(CASES / code / "bad")) == {code}
    assert (outcome.code, outcome.err) == (1 if RULES[code].severity == "error" else 0, "")


def test_what_is_said_of_each_bad_case(golden: Golden) -> None:
    """Remedies and related places too."""
    told = [line for code in CODES for line in (f"# {code}", told_of(load(WorkTree(str(CASES / code / "bad")))))]
    golden(ROOT / "tests" / "golden" / "cases.txt", "\n".join(told) + "\n")


@pytest.mark.parametrize("code", CODES)
def test_strict_counts_warnings(code: str) -> None:
    assert run("-C", CASES / code / "bad", "check", "--strict").code == 1


@pytest.mark.parametrize("code", CODES)
def test_good_case_is_silent(code: str) -> None:
    code_, out, err = run("-C", CASES / code / "good", "check", "--strict", "--format", "concise")
    assert (code_, err) == (0, "") and re.match("no defects: checked [1-9]", out), out


@pytest.mark.parametrize("code", [code for code in CODES if code != "N802"])
def test_bad_case_is_silent_without_its_rule(code: str) -> None:
    """(Without N801 too: it looks for contradictions among the claims that the rule would have left out.)"""
    with without(code), without("N801" if code != "N801" else "N802"):
        assert report_of(CASES / code / "bad").diagnostics == ()


def test_unneeded_accept_is_silent_without_the_acceptance() -> None:
    folder = CASES / "N802" / "bad"
    files = {name: (folder / name).read_bytes() for name in ("ledger.yaml", "claims/tekst.yaml", "seeds/tekst.txt")}
    mended = re.sub(rb"\n  accept: .*", b"", files["claims/tekst.yaml"])
    assert mended != files["claims/tekst.yaml"]
    assert check_ledger(load(MemoryTree(files | {"claims/tekst.yaml": mended}))).diagnostics == ()


@pytest.mark.parametrize("code", CODES)
def test_findings_lie_in_their_files(code: str) -> None:
    folder = CASES / code / "bad"
    found = report_of(folder).diagnostics
    places = [(each.path, each.line, each.column) for each in found]
    places += [(each.path, each.line, each.column) for diagnostic in found for each in diagnostic.related]
    assert places
    for path, line, column in places:
        if (folder / path).is_dir():
            assert (line, column) == (1, 1)
            continue
        lines = (folder / path).read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, (path, line, column)


@pytest.mark.parametrize("code", CODES)
def test_what_is_left_out_of_contradictions(code: str) -> None:
    """Errors of a claim or a file's head leave claims out; warnings, and errors that do not matter there, leave none out."""
    left_out = excluded(load(WorkTree(str(CASES / code / "bad"))))
    if code in ("F206", "S703") or ("file" in RULES[code].scopes and RULES[code].excludes):
        assert left_out
    elif not RULES[code].excludes:
        assert not left_out


@pytest.mark.parametrize("code", CODES)
def test_select_shows_one_rule(code: str) -> None:
    selected = run("-C", CASES / code / "bad", "check", "--format", "concise", "--select", code)
    assert selected == run("-C", CASES / code / "bad", "check", "--format", "concise")
    by_name = run("-C", CASES / code / "bad", "check", "--format", "concise", "--select", RULES[code].name)
    assert by_name == selected


def test_diagnostics_are_sorted_by_place() -> None:
    for code in CODES:
        found = report_of(CASES / code / "bad").diagnostics
        places = [(diagnostic.path, diagnostic.line, diagnostic.column) for diagnostic in found]
        assert places == sorted(places) and len(set(found)) == len(found)


@pytest.mark.parametrize("code", ["Q301", "Y101", "S706", "W904"])
def test_a_process_of_its_own_says_the_same_under_any_hash_seed(code: str) -> None:
    arguments = ("-C", CASES / code / "bad", "check", "--format", "json")
    runs = [run_outside(*arguments, environment={**os.environ, "PYTHONHASHSEED": seed}) for seed in ("0", "1", "4242")]
    assert runs == [run(*arguments)] * 3


# -- what git could not keep -----------------------------------------------------------------------------------------------


def copied(tmp_path: Path, code: str) -> Path:
    """A ledger of one's own: the good case of a rule."""
    folder = tmp_path / "ledger"
    shutil.copytree(CASES / code / "good", folder)
    return folder


def found_in(folder: Path) -> list[tuple[str, str, int, int]]:
    return [(found.code, found.path, found.line, found.column) for found in report_of(folder).diagnostics]


def messages_in(folder: Path) -> list[str]:
    found: tuple[Diagnostic, ...] = report_of(folder).diagnostics
    return [diagnostic.message for diagnostic in found]


def test_a_link_is_no_claims_file(tmp_path: Path) -> None:
    folder = copied(tmp_path, "Y114")
    outside = tmp_path / "outside.yaml"
    (folder / "claims" / "text.yaml").rename(outside)
    (folder / "claims" / "text.yaml").symlink_to(outside)
    assert found_in(folder) == [("Y114", "claims/text.yaml", 1, 1)]
    assert messages_in(folder) == ["this is a symbolic link, not a plain file"]


def test_a_link_into_the_ledger_is_no_claims_file_either(tmp_path: Path) -> None:
    folder = copied(tmp_path, "Y114")
    (folder / "claims" / "again.yaml").symlink_to("text.yaml")
    (folder / "claims" / "nowhere.yaml").symlink_to("nothing.yaml")
    assert found_in(folder) == [("Y114", "claims/again.yaml", 1, 1), ("Y114", "claims/nowhere.yaml", 1, 1)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_no_claims_file_and_no_seed(tmp_path: Path) -> None:
    folder = copied(tmp_path, "Y114")
    os.mkfifo(folder / "claims" / "pipe.yaml")
    assert found_in(folder) == [("Y114", "claims/pipe.yaml", 1, 1)]
    (folder / "claims" / "pipe.yaml").unlink()
    (folder / "seeds" / "text.txt").unlink()
    os.mkfifo(folder / "seeds" / "text.txt")
    assert [code for code, *_ in found_in(folder)] == ["S704", "Y116"]


def test_a_link_is_no_seed(tmp_path: Path) -> None:
    folder = copied(tmp_path, "S704")
    outside = tmp_path / "outside.txt"
    (folder / "seeds" / "a.txt").rename(outside)
    (folder / "seeds" / "a.txt").symlink_to(outside)
    assert found_in(folder) == [("S704", "claims/a.yaml", 1, 7), ("Y116", "seeds/a.txt", 1, 1)]
    assert messages_in(folder)[0] == "seeds/a.txt is a symbolic link, not a plain file"


def test_a_folder_that_is_a_link_holds_no_seeds(tmp_path: Path) -> None:
    folder = copied(tmp_path, "S704")
    (folder / "seeds").rename(tmp_path / "elsewhere")
    (folder / "seeds").symlink_to(tmp_path / "elsewhere")
    assert {code for code, *_ in found_in(folder)} == {"S704"}


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    folder = copied(tmp_path, "S705")
    with open(folder / "claims" / "large.yaml", "wb") as stream:
        stream.truncate(16 * 1024 * 1024 + 1)
    assert found_in(folder) == [("Y112", "claims/large.yaml", 1, 1)]


def test_a_seed_beyond_the_limit_is_not_searched(tmp_path: Path) -> None:
    folder = copied(tmp_path, "S705")
    with open(folder / "seeds" / "a.txt", "ab") as stream:
        stream.truncate(4 * 1024 * 1024 + 1)
    assert found_in(folder) == [("S705", "claims/a.yaml", 1, 7)]
    assert messages_in(folder) == ["seeds/a.txt is larger than 4 MiB"]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    folder = copied(tmp_path, "Q301")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    run("-C", folder, "check")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
