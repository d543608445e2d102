"""Exit codes (DESIGN section 5): 0 nothing wrong, 1 findings, 2 could not run, and then one line that says why and what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from branches import repository_at
from running import ROOT, run, run_outside
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at

from ledger.commands.program import group
from ledger.commands.quick import ABOUT, COMMANDS, EXIT_CODES, OPTIONS, answer, help_text

CASES = ROOT / "tests" / "cases"
# Every command that opens a ledger, with arguments that fit the small one.
RUNS = [
    ("check",),
    ("conflicts",),
    ("why", "held-east", "held-west"),
    ("claims",),
    ("show", "held-east"),
    ("search", "millbrook"),
    ("places",),
    ("properties",),
    ("seeds",),
    ("seeds", "text.txt"),
    ("timeline",),
    ("claimants",),
    ("quote", "Millbrook", "is", "held"),
    ("review",),
    ("log", "held-east"),
]
FOR_EDITORS = [("schema",), ("schema", "ledger"), ("report",), ("export", "annotations"), ("export", "geojson")]  # they have no formats


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small ledger, in a repository."""
    return repository_at(tmp_path / "ledger")


WRITERS = {
    "readings",
    "import",
    "init",
    "new",
    "seal",
    "proofs",
    "seed",
    "pass",
    "fix",
    "accept",
    "resolve",
    "rename",
}  # tried in tests/writing, tests/exchange


def test_every_command_is_run_here() -> None:
    assert {arguments[0] for arguments in [*RUNS, *FOR_EDITORS]} | {"explain", "selftest", "completion", "lsp"} | WRITERS == set(COMMANDS)


# -- 0 and 1 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*RUNS, *FOR_EDITORS], ids=" ".join)
def test_a_ledger_that_can_be_read_exits_0(small: Path, arguments: tuple[str, ...]) -> None:
    outcome = run("-C", small, *arguments)
    assert (outcome.code, outcome.err) == (0, "") and outcome.out.endswith("\n")


@pytest.mark.parametrize("arguments", [*RUNS, *FOR_EDITORS], ids=" ".join)
def test_a_reader_writes_nothing(small: Path, arguments: tuple[str, ...]) -> None:
    before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in small.rglob("*")}
    run("-C", small, *arguments)
    assert {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in small.rglob("*")} == before


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_check_exits_1_for_errors_and_strictly_for_warnings(form: str, tmp_path: Path) -> None:
    def check(case: str, *more: str) -> int:
        return run("-C", CASES / case, "check", "--format", form, *more).code

    assert [check("Q301/bad"), check("Q301/bad", "--strict"), check("Q301/good", "--strict")] == [1, 1, 0]
    assert [check("Q307/bad"), check("Q307/bad", "--strict"), check("Q307/good", "--strict")] == [0, 1, 0]


def test_check_exits_by_what_it_shows() -> None:
    folder = CASES / "Q301" / "bad"
    clean, faulty = sorted(path.name for path in (folder / "claims").iterdir())
    assert run("-C", folder, "check", folder / "claims" / faulty).code == 1
    outcome = run("-C", folder, "check", folder / "claims" / clean)
    assert outcome.code == 0 and "not shown: 14 defects that the paths or codes asked for leave out" in outcome.out
    assert run("-C", folder, "check", "--select", "V501").code == 0


def test_conflicts_exits_1_only_when_asked_to(small: Path, tmp_path: Path) -> None:
    agreed = ledger_at(tmp_path / "agreed", file_of([CLAIMS[0]]))
    possible = ledger_at(tmp_path / "possible", file_of([CLAIMS[0], CLAIMS[2]]))
    codes = {
        folder.name: [run("-C", folder, "conflicts", *more).code for more in ((), ("--fail-on", "certain"), ("--fail-on", "any"))]
        for folder in (agreed, possible, small)
    }
    assert codes == {"agreed": [0, 0, 0], "possible": [0, 0, 1], "ledger": [0, 1, 1]}


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "markdown"])
def test_the_exit_code_is_the_same_in_every_format(small: Path, form: str) -> None:
    assert run("-C", small, "conflicts", "--format", form, "--fail-on", "any").code == 1
    assert run("-C", small, "conflicts", "--format", form, "--fail-on", "certain", "--kind", "figure", "--until", "2025-02").code == 0
    assert run("-C", small, "conflicts", "--format", form, "--limit", "1", "--fail-on", "any").code == 1


# -- a file that is refused ------------------------------------------------------------------------------------------------


@pytest.fixture
def refusing(tmp_path: Path) -> Path:
    """The small ledger with one claims file more, which is no YAML."""
    return ledger_at(tmp_path / "ledger", {**file_of(CLAIMS), "claims/broken.yaml": "seed: [\n"})


def test_a_refused_file_is_a_finding_and_the_closing_line_names_it(refusing: Path) -> None:
    for form in ("text", "concise"):
        code, out, err = run("-C", refusing, "check", "--format", form)
        assert (code, err) == (1, "")
        assert "claims/broken.yaml:" in out and " Y105 " in out
        assert out.endswith("not checked: the claims of 1 refused file (claims/broken.yaml)\n")
    code, out, err = run("-C", refusing, "check", "--format", "json")
    report = json.loads(out)
    assert (code, err) == (1, "") and report["checked"]["refused"] == ["claims/broken.yaml"]
    assert [found["code"] for found in report["diagnostics"] if found["path"] == "claims/broken.yaml"] == ["Y105"]


def test_what_was_not_read_is_named_where_contradictions_are_told(refusing: Path) -> None:
    assert "not read (see `ledger check`): 1 file: claims/broken.yaml" in run("-C", refusing, "conflicts").out
    assert "1 file: claims/broken.yaml" in run("-C", refusing, "conflicts", "--format", "markdown").out
    for command in ("conflicts", "claims"):
        assert json.loads(run("-C", refusing, command, "--format", "json").out)["not_read"] == ["claims/broken.yaml"]


@pytest.mark.parametrize("command", ["claims", "seeds", "timeline", "claimants"])
def test_what_was_not_read_is_named_by_every_list(refusing: Path, command: str) -> None:
    assert "not read (see `ledger check`): 1 file: claims/broken.yaml" in run("-C", refusing, command).out


def test_claims_with_a_defect_take_no_part_and_are_named(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of([{**CLAIMS[0], "value": "north"}, *CLAIMS[1:]]))
    assert run("-C", folder, "check").code == 1
    outcome = run("-C", folder, "conflicts")
    assert outcome.code == 0 and "left out for a defect (see `ledger check`): 1 claim: held-east" in outcome.out
    assert json.loads(run("-C", folder, "conflicts", "--format", "json").out)["left_out"] == ["held-east"]
    assert "No contradiction is looked for: `held-east` is left out for a defect" in run("-C", folder, "why", "held-west", "held-east").out
    assert "takes no part in contradictions" in run("-C", folder, "show", "held-east").out
    told = json.loads(run("-C", folder, "claims", "--format", "json").out)["claims"]
    assert [claim["id"] for claim in told if not claim["takes_part"]] == ["held-east"]


# -- 2: no ledger ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_ledger_exits_2(tmp_path: Path, arguments: tuple[str, ...], form: str) -> None:
    assert "there is no folder" in could_not_run(run("-C", tmp_path / "nowhere", *arguments, "--format", form))
    assert "there is no ledger.yaml" in could_not_run(run("-C", tmp_path, *arguments, "--format", form))
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    could_not_run(run("-C", tmp_path / "a-file", *arguments, "--format", form))


def test_the_ledger_is_looked_for_upwards(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (small / "claims" / "deep" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(small / "claims" / "deep" / "deeper")
    assert run("claims") == run("-C", small, "claims")
    monkeypatch.chdir(tmp_path)
    assert could_not_run(run("claims")).startswith("no ledger here: ")
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    assert could_not_run(run("claims")).endswith("(name one with -C DIR; `ledger init` makes this folder one)")


# fmt: off
UNREADABLE = {
    "bad YAML": ("places: [\n", "ledger.yaml:2:1: YAML can't read this"),
    "another format": (VOCABULARY.replace("format: 1", "format: 2"), "ledger.yaml:1:9: `format: 2` is not read by this version, which reads `format: 1`"),
    "empty": ("", "ledger.yaml:1:1: the file holds nothing"),
    "a list": ("- places\n", "ledger.yaml:1:1: the file is a list"),
    "two of a key": (VOCABULARY + "places: {}\n", "`places` stands twice"),
    "a tag": ("format: !!int 1\n", "a tag"),
    "a tab": ("format:\t1\n", "a tab"),
    "no UTF-8": ("format: 1 # \udcff\n", "not UTF-8"),
    "UTF-16": ("\udcff\udcfef\0o\0r\0", "UTF-16"),
}
# fmt: on


@pytest.mark.parametrize("why", UNREADABLE)
@pytest.mark.parametrize("arguments", [("check",), ("conflicts",), ("claims", "--format", "json")], ids=" ".join)
def test_an_unreadable_vocabulary_exits_2(small: Path, arguments: tuple[str, ...], why: str) -> None:
    text, told = UNREADABLE[why]
    (small / "ledger.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert told in could_not_run(run("-C", small, *arguments))


def test_a_vocabulary_that_is_no_plain_file_exits_2(small: Path, tmp_path: Path) -> None:
    kept = (small / "ledger.yaml").rename(tmp_path / "kept.yaml")
    (small / "ledger.yaml").symlink_to(kept)
    assert "ledger.yaml is a symbolic link" in could_not_run(run("-C", small, "check"))
    (small / "ledger.yaml").unlink()
    (small / "ledger.yaml").mkdir()
    assert "ledger.yaml is a folder" in could_not_run(run("-C", small, "check"))


@pytest.mark.parametrize("arguments", RUNS[:-2], ids=" ".join)
def test_nothing_to_check_exits_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for name, files in {"no-files": {}, "other-files": {"claims/text.yml": "seed: a.txt\n"}}.items():
        assert "holds no claims" in could_not_run(run("-C", ledger_at(tmp_path / name, files), *arguments))


def test_a_text_that_no_claim_was_read_from_yet_is_no_fault(tmp_path: Path) -> None:
    begun = ledger_at(tmp_path, file_of([]))
    assert "checked 0 claims in 1 file, 1 seed" in run("-C", begun, "check").out
    needs_claims = ("why", "show", "quote", "review", "log")
    for arguments in [given for given in RUNS[:-2] if given[0] not in needs_claims] + [("report",)]:
        assert run("-C", begun, *arguments).code == 0, arguments


def test_a_path_that_is_none_of_the_ledger_exits_2(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    (small / "notes.txt").write_text("", encoding="utf-8")
    for path in ("nowhere.yaml", "seeds/nothing.txt", "ledger.yaml/x"):
        assert could_not_run(run("check", path)) == f"{path} does not exist: nothing to check"
    for path in ("notes.txt", "/etc", ".."):
        assert could_not_run(run("check", "claims/text.yaml", path)) == f"{path} is no file of this ledger: nothing to check"
    assert run("check", ".") == run("check", "claims", "seeds", "ledger.yaml") == run("check")


# -- 2: names that are unknown -----------------------------------------------------------------------------------------------

# fmt: off
UNKNOWN = [
    ("conflicts", "--town", "Milbrook", "no place is called Milbrook: did you mean `Millbrook`"),
    ("claims", "--place", "Мілбрук", "no place is called Мілбрук: did you mean `Мілл'брук`"),
    ("conflicts", "--property", "contrl", "no property is called contrl: did you mean `control`?"),
    ("claims", "--claimant", "Ministry of Raods", "no claimant is called Ministry of Raods: did you mean `Ministry of Roads`"),
    ("conflicts", "--claimant", "counsil", "no claimant is called counsil: did you mean `council`"),
    ("conflicts", "--side", "wets", "no side is called wets: did you mean `west`"),
    ("conflicts", "--side", "nowhere", "no side is called nowhere: there are east, west"),
    ("conflicts", "--subject", "lories", "no subject is called lories: did you mean `lorries`?"),
    ("conflicts", "--seed", "txet.txt", "no seed is called txet.txt: did you mean `text.txt`?"),
    ("seeds", "txet.txt", "no seed is called txet.txt: did you mean `text.txt`?"),
    ("check", "--select", "Q31", "no rule `Q31`: did you mean `Q3"),
    ("check", "--select", "V501,quote_not_in_sead", "no rule `quote_not_in_sead`: did you mean `quote_not_in_seed`"),
    ("explain", "quote-not-in-sead", "no rule is called quote-not-in-sead: did you mean `quote-not-in-seed`"),
    ("explain", "Z999", "no rule is called Z999"),
    ("show", "held-eats", "no claim has the id held-eats: did you mean `held-east`"),
    ("why", "held-east", "hold-west", "no claim has the id hold-west: did you mean `held-west`"),
    ("why", "held-east", "held-east", "`held-east` is named twice: name two claims"),
    ("conflict", "no command `conflict`: did you mean `conflicts`?"),
    ("clams", "no command `clams`: did you mean `claims`"),
    ("conflicts", "--format", "jsno", "`jsno` is none of text, json, jsonl, csv, markdown: did you mean `json`"),
    ("check", "--format", "csv", "`csv` is none of text, concise, json, jsonl"),
    ("claims", "--stance", "denys", "`denys` is none of asserts, denies, doubts, expects: did you mean `denies`?"),
    ("conflicts", "--kind", "denail", "did you mean `denial`?"),
    ("conflicts", "--relation", "accross", "did you mean `across`?"),
    ("conflicts", "--fail-on", "certian", "did you mean `certain`?"),
    ("conflicts", "--since", "yesterday", "--since yesterday can't be read as a date: write 2025, 2025-11 or 2025-11-21"),
    ("claims", "--until", "2025-13", "--until 2025-13 can't be read as a date: there is no month 13"),
    ("conflicts", "--as-of", "1.3.2025", "--as-of 1.3.2025 can't be read as a date"),
    ("conflicts", "--limit", "-1", "-1 is not in the range"),
    ("conflicts", "--limit", "few", "'few' is not a valid integer"),
    ("claims", "--twon", "x", "No such option"),
    ("why", "held-east", "Missing argument"),
    ("show", "Missing argument"),
    ("claims", "Milbrook", "no place is called Milbrook: did you mean `Millbrook`"),
    ("conflicts", "the", "ministry", "no place is called the ministry, but a claimant is: write --claimant ministry"),
    ("timeline", "how many live there", "no place is called how many live there, but a property is: write --property people"),
    ("claims", "West", "no place is called West, but a side is: write --side west"),
    ("claimants", "Lorries", "no place is called Lorries, but a subject is: write --subject lorries"),
    ("conflicts", "text", "no place is called text, but a seed is: write --seed text.txt"),
    ("claims", "ivanivka", "several places bear the name ivanivka: ivanivka-east, ivanivka-west"),
    ("claims", "Millbrook", "--town", "Millbrook", "two places are named, Millbrook and Millbrook: ask for one"),
    ("claims", "--property", "x", "no property is called x: there are control, nickname, people, traffic"),
    ("claims", "--claimant", "x", "no claimant is called x: there are council, gazette, ministry, spokesman"),
    ("claims", "--subject", "x", "no subject is called x: there are cars, lorries"),
    ("claims", "x", "no place is called x: there are county, ivanivka-east, ivanivka-west, millbrook, millbrook-north"),
]
# fmt: on


@pytest.mark.parametrize("words", UNKNOWN, ids=lambda words: " ".join(words[:-1]))
def test_what_is_unknown_exits_2_with_a_suggestion(small: Path, words: tuple[str, ...]) -> None:
    assert words[-1] in could_not_run(run("-C", small, *words[:-1]))


def test_a_name_of_several_places_exits_2_with_their_ids(small: Path) -> None:
    for name in ("Ivanivka", "IVANIVKA"):
        told = could_not_run(run("-C", small, "conflicts", "--town", name))
        assert told == f"several places bear the name {name}: ivanivka-east, ivanivka-west; ask for one of these ids"
    assert run("-C", small, "conflicts", "--town", "ivanivka-west").code == 0


def test_an_id_that_two_claims_bear_can_not_be_asked_for(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of([CLAIMS[0], {**CLAIMS[1], "id": "held-east"}, CLAIMS[2]]))
    for arguments in (("show", "held-east"), ("why", "held-later", "held-east")):
        told = could_not_run(run("-C", folder, *arguments))
        assert told == "the id held-east is taken by several claims: claims/text.yaml:6, claims/text.yaml:13"


@pytest.mark.parametrize("odd", ["", " ", "..", "/", "\x1b[31m", "\u202e", "*", "%s", "{0}", "-", "[b]", "ẞ" * 500])
def test_odd_names_are_told_as_unknown(small: Path, odd: str) -> None:
    options = ("--town", "--property", "--side", "--seed", "--since", "--format", "--limit")
    runs: list[tuple[str | Path, ...]] = [("-C", odd, "check"), ("-C", small, odd)]
    runs += [("-C", small, "conflicts", option, odd) for option in options]
    runs += [("-C", small, command, odd) for command in ("show", "seeds", "explain")]
    for words in runs:
        told = could_not_run(run(*words))
        assert "\x1b" not in told and "\u202e" not in told


@pytest.mark.parametrize(
    "arguments", [("conflicts", "--town", "Atlantis"), ("check", "nowhere.yaml"), ("chek",), ("explain", "Z1")], ids=" ".join
)
def test_a_process_of_its_own_exits_2_too(arguments: tuple[str, ...]) -> None:
    could_not_run(run_outside(*arguments))


# -- explain and help --------------------------------------------------------------------------------------------------------


def test_explain_needs_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("explain", "Q301")
    assert (code, err) == (0, "") and out.startswith("Q301 quote not in seed (an error;")
    assert "\nBad:\n    # the seed: The bridge" in out and "\nGood:\n    " in out and "Remedy: copy the words" in out
    assert run("explain", "q301") == run("explain", "quote_not_in_seed") == run("explain", "quote-not-in-seed") == (0, out, "")
    rule = json.loads(run("explain", "Q301", "--format", "json").out)
    assert set(rule) == {"schema_version", "code", "name", "severity", "excludes", "manual", "bad", "good"}
    listed = json.loads(run("explain", "--format", "json").out)["rules"]
    assert (
        [entry["code"] for entry in listed]
        == [line[:4] for line in run("explain").out.splitlines()]
        == sorted({*(case.name for case in CASES.iterdir()), "Y120", "Y121"})  # those need a repository, and no folder can hold one
    )


@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_exits_0(command: str) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "") and out.startswith(f"Usage: ledger {command} ") and run(command, "-h").out == out
    assert f"\n  {command} " in run("--help").out


def test_the_first_page_of_help_names_every_option_and_command() -> None:
    """It is told before click is imported, so it must not part from what click knows."""
    flags = {", ".join(param.opts) + (" DIR" if param.name == "folder" else "") for param in group.params} | {"-h, --help"}
    assert flags == set(OPTIONS)
    for name, words in COMMANDS.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None and command.name == name and words
    assert run("--help").out == run_outside("--help").out == answer(["-h"])
    assert run("--version").out == answer(["--version"])


@pytest.mark.parametrize("columns", ["30", "50", "80", "200", "x", "0", "9" * 9])
def test_the_first_page_of_help_keeps_to_the_width(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = help_text().split("\n")
    assert max(map(len, lines)) <= {"30": 50, "50": 50, "200": 98}.get(columns, 78)
    assert " ".join(" ".join(lines).split()) == " ".join(manual_words())


def manual_words() -> list[str]:
    """Every word of the page, in its order."""
    tables = (("Options:", OPTIONS), ("Commands:", COMMANDS))
    words = ["Usage: ledger [OPTIONS] COMMAND [ARGS]...", ABOUT]
    for heading, entries in tables:
        words += [heading, *(text for entry in entries.items() for text in entry)]
    return " ".join([*words, EXIT_CODES]).split()
