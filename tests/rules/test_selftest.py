"""The corpus that ships with the program, and `ledger selftest`, which tries it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from conftest import Golden
from prove_rules import told_of
from running import ROOT, run, run_outside
from try_wheel import contents, faults_of, program_files, source_at

from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.rules import RULES
from ledger.rules.selftest import Case, corpus, read_corpus, try_case
from ledger.rules.selftest.corpus import CaseFault, read_cases

CORPUS = read_corpus()
BASE = {"ledger.yaml": "one\ntwo\n", "claims/a.yaml": "x: 1\ny: 2\n"}


def named(case: Case) -> str:
    return f"{case.theme}: {case.name}"


@pytest.mark.parametrize("case", CORPUS, ids=named)
def test_case_holds(case: Case) -> None:
    trial = try_case(case)
    if trial.unbuilt:
        pytest.skip(trial.unbuilt)
    assert trial.found == case.expected


def test_what_is_said_of_each_defect(golden: Golden) -> None:
    """Words and remedies too: what `check` says of every defect of the corpus is a golden file."""
    lines = []
    for case in CORPUS:
        if not case.good and not case.special and not any(finding.startswith("cannot run") for finding in case.expected):
            lines += [f"# {named(case)}", told_of(load(MemoryTree(case.files)))]
    golden(ROOT / "tests" / "golden" / "corpus.txt", "\n".join(lines) + "\n")


def test_every_rule_has_its_case() -> None:
    """A new rule needs a case in ledger/rules/selftest/cases: the defect and its good neighbour."""
    told = {finding.split()[0] for case in CORPUS for finding in case.expected}
    of_checkouts = {"Y120", "Y121"}  # a case is files alone; tests/rules/test_checkouts.py makes the repositories for these
    assert set(RULES) - told == of_checkouts


def test_as_many_neighbours_as_defects() -> None:
    defects = [case for case in CORPUS if not case.good]
    assert len(defects) >= 150 and len(CORPUS) == 2 * len(defects)
    assert all(case.expected for case in defects)
    assert not [named(case) for case in CORPUS if case.good and case.expected]
    assert not [name for name, count in Counter(map(named, CORPUS)).items() if count > 1]
    ledgers = {(tuple(sorted(case.files.items())), tuple(case.special)) for case in defects}
    assert len(ledgers) >= len(defects) - 12  # (some lies are defects that stand elsewhere too)


# -- the command ---------------------------------------------------------------------------------------------------------------


def test_the_command_says_how_many_hold() -> None:
    code, out, err = run("selftest")
    half = len(CORPUS) // 2
    assert (code, err) == (0, "")
    assert out == f"{half} of {half} little ledgers with a defect: reported just so\n{half} of {half} good neighbours: silent\n"


def test_machines_get_every_case() -> None:
    code, out, _ = run("selftest", "--format", "json")
    data = json.loads(out)
    assert code == 0 and data["total"] == data["hold"] == len(data["cases"]) == len(CORPUS)
    assert [(case["theme"], case["name"]) for case in data["cases"]] == [(case.theme, case.name) for case in CORPUS]


def test_it_needs_no_ledger(tmp_path: Path) -> None:
    code, out, err = run_outside("selftest", folder=tmp_path, environment={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (code, err) == (0, "") and "reported just so" in out and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("good", [False, True])
def test_it_can_fail(monkeypatch: pytest.MonkeyPatch, good: bool) -> None:
    """A case that expects something else is named, with what was expected and what came; the exit code says so."""
    case = next(case for case in CORPUS if case.good is good and case.theme == "dates")
    wrong = case._replace(expected=("D601 claims/text.yaml:99:1",))
    monkeypatch.setattr("ledger.rules.selftest.read_corpus", lambda: [wrong, CORPUS[0], CORPUS[1]])
    code, out, err = run("selftest")
    came = "nothing" if good else case.expected[0]
    assert (code, err) == (1, "")
    assert out.startswith(f"dates: {case.name}\n  expected: D601 claims/text.yaml:99:1\n  came:     {came}\n\n")
    assert json.loads(run("selftest", "--format", "json").out)["hold"] == 2


def test_a_rule_that_is_broken_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "D602", RULES["D602"]._replace(find=lambda view: iter(())))
    code, out, _ = run("selftest")
    assert code == 1 and "dates: the thirtieth of February\n  expected: D602 claims/text.yaml:12:9\n  came:     nothing\n" in out


def test_what_can_not_be_built_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in CORPUS if case.special)

    def refuse(*_: object) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr("ledger.rules.selftest.read_corpus", lambda: [case, CORPUS[0]])
    code, out, _ = run("selftest")
    assert code == 0 and "not tried: 1 case that this system can't hold" in out and "0 of 1" not in out.split("\n")[0]


# -- reading case files --------------------------------------------------------------------------------------------------------


def cases_of(text: str) -> list[Case]:
    return list(read_cases("theme", text, BASE))


def test_lines_are_replaced_and_marks_become_findings() -> None:
    (bad, good) = cases_of("prose\n=== wrong\n@ claims/a.yaml\n-y: 2\n+é<U+0301>y: ⟦D601⟧3\n--- right\n@ claims/a.yaml\n+z: 4\n")
    assert bad.files["claims/a.yaml"].decode() == "x: 1\né\u0301y: 3\n"
    assert bad.expected == ("D601 claims/a.yaml:2:6",) and not bad.good
    assert good.files["claims/a.yaml"] == b"x: 1\ny: 2\nz: 4\n" and good.good and good.name == "wrong: right"


def test_bytes_repetitions_and_ends() -> None:
    (bad,) = cases_of('=== wrong\n@ whole claims/b.yaml\n+<xE5 E6>a<times 3 "bc">d<end>\n! Y101 claims/b.yaml:1:1\n')
    assert bad.files["claims/b.yaml"] == b"\xe5\xe6abcbcbcd"


def test_encodings_and_what_is_gone() -> None:
    (bad,) = cases_of("=== wrong\n@ crlf claims/a.yaml\n@ gone ledger.yaml\n@ link claims/l.yaml -> a.yaml\n! Y114 claims/l.yaml:1:1\n")
    assert bad.files == {"claims/a.yaml": b"x: 1\r\ny: 2\r\n"} and bad.special == {"claims/l.yaml": ("link", "a.yaml")}


def test_the_sum_of_a_seed() -> None:
    (bad,) = cases_of("=== wrong\n@ seeds/s.txt\n+abc<end>\n@ claims/a.yaml\n+<sha256 of s.txt>\n! S702 claims/a.yaml:3:1\n")
    assert b"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in bad.files["claims/a.yaml"]


@pytest.mark.parametrize(
    "text, why",
    [
        ("=== wrong\n@ claims/a.yaml\n-z: 4\n", "do not stand just once"),
        ("=== wrong\n@ claims/a.yaml\n+x: 1\n@ claims/a.yaml\n-x: 1\n+z: 1\n", "do not stand just once"),
        ("=== wrong\nwhat is this\n", "what is this line"),
        ("=== wrong\n@ claims/a.yaml\n+x\n--- right\n@ claims/a.yaml\n+⟦D601⟧x\n", "a neighbour must give no finding"),
    ],
)
def test_a_case_file_with_a_fault_is_refused(text: str, why: str) -> None:
    with pytest.raises(CaseFault, match=why):
        cases_of(text)


# -- the wheel -----------------------------------------------------------------------------------------------------------------


def test_the_wheel_holds_the_corpus_and_runs(tmp_path: Path) -> None:
    """What `pip wheel` builds has the program, every case file and nothing else, and tries them outside the checkout."""
    source = source_at(tmp_path / "source")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q", "-w", str(tmp_path), str(source)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    if re.search("No module named|BackendUnavailable|bdist_wheel", built.stderr):
        pytest.skip("no wheel can be built here without a network: setuptools 70.1 or later is not installed")
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names, metadata = contents(wheel)
    assert list(faults_of(names, metadata, program_files())) == []
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    program = "import sys; sys.argv[:] = ['ledger', 'selftest']; from ledger.commands import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
    )
    assert (done.returncode, done.stderr) == (0, "") and "reported just so" in done.stdout


def test_a_wheel_that_is_not_as_it_must_be_is_told() -> None:
    about = "fact_ledger-1.dist-info/"
    good = ["ledger/a.py", about + "METADATA", about + "licenses/LICENSE"]
    assert list(faults_of(good, "x\n# ledger\n", {"ledger/a.py"})) == []
    wrong = ["tests/", "tests/test_a.py", "cli.py", about + "METADATA"]
    assert list(faults_of(wrong, "x", {"ledger/a.py"})) == [
        "ledger/a.py is missing",
        "cli.py does not belong in it",
        "tests/test_a.py does not belong in it",
        "the license is missing",
        "the README is missing from its metadata",
    ]
    assert {"ledger/__init__.py", "ledger/texts/words/en.json"} <= program_files()


def test_corpus_folder_holds_case_files_alone() -> None:
    folder = Path(str(corpus.__file__)).parent / "cases"
    assert {path.suffix for path in folder.iterdir()} == {".txt"}
