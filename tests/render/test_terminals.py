"""What stands on a terminal and in a pipe: widths, colour, encodings, and the same bytes in every run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import Golden
from rich.cells import cell_len
from running import ROOT, Outcome, run, run_outside
from small import file_of, ledger_at

GOLDEN = ROOT / "tests" / "golden"
CASES = ROOT / "tests" / "cases"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
SET = [  # what is set for a width
    ("conflicts",),
    ("conflicts", "--pairs", "--limit", "5"),
    ("conflicts", "--town", "Kupiansk", "--limit", "0"),
    ("claims", "--limit", "40"),
    ("claims", "--town", "Pokrovsk"),
    ("seeds",),
    ("seeds", "002_05943f536f31ff93.txt"),
    ("show", "kupiansk-russia-full-control"),
    ("why", "kupiansk-russia-full-control", "kupiansk-ukraine-denies-fall"),
    ("why", "kupiansk-centre-russia-not-reached", "kupiansk-centre-russians-encircled"),
]
WIDE = """format: 1
language: ja
places:
  town: {kind: town, names: {ja: 地図の町地図の町地図の町地図の町地図の町, de: Donaudampfschifffahrtsgesellschaftskapitänsmützenhausen}}
claimants:
  one: {name: 地図新聞é地図新聞é地図新聞é地図新聞é, kind: newspaper}
  two: {name: Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, kind: army, side: north}
properties:
  control: {values: [north, south], lasts: P14D}
"""


def at(monkeypatch: pytest.MonkeyPatch, width: int, *arguments: str | Path) -> Outcome:
    """A run on a terminal of that width."""
    monkeypatch.setenv("COLUMNS", str(width))
    return run(*arguments)


# -- widths --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
def test_nothing_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    for arguments in SET:
        code, out, err = at(monkeypatch, width, "-C", ROOT, *arguments)
        assert (code, err) == (0, "")
        widest = max(out.split("\n"), key=cell_len)
        assert cell_len(widest) <= width, (arguments, widest)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_wide_letters_and_long_words_fit_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int) -> None:
    quote = "地図の町は北のものだ。" * 12 + "x" * 300
    claims = [
        {"id": "a" * 100, "place": "town", "claimant": "one", "value": "north", "said": "2025-03-01", "quote": quote},
        {"id": "b", "place": "town", "claimant": "two", "value": "south", "said": "2025-03-01", "quote": "町 e\u0301"},
    ]
    folder = ledger_at(tmp_path, file_of(claims), WIDE)
    for arguments in (("conflicts",), ("claims",), ("show", "b"), ("why", "a" * 100, "b"), ("seeds", "text.txt"), ("seeds",)):
        code, out, err = at(monkeypatch, width, "-C", folder, *arguments)
        assert (code, err) == (0, "") and max(map(cell_len, out.split("\n"))) <= width, arguments
        if arguments[0] not in ("seeds", "why"):
            assert "町" in out


def letters(text: str) -> str:
    """The letters of a text, sorted: wherever they were wrapped."""
    return "".join(sorted(char for char in text if char.isalpha()))


@pytest.mark.parametrize("width", [20, 30, 40, 80, 200])
def test_what_a_table_wraps_is_all_there(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    for arguments in (("claims", "--town", "kupiansk-north"), ("seeds",), ("show", "kupiansk-russia-full-control")):
        assert letters(at(monkeypatch, width, "-C", ROOT, *arguments).out) == letters(at(monkeypatch, 1000, "-C", ROOT, *arguments).out)


def test_a_terminal_is_told_what_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    out = at(monkeypatch, 120, "-C", ROOT, "conflicts", "--limit", "3").out
    assert re.search(r"shown: 3 of \d+ questions; --limit 0 shows all", out) and out.startswith("Where claims contradict each other\n")
    assert re.search(r"\d+ claims, of which 100 are shown \(--limit 0 shows all\)", at(monkeypatch, 120, "-C", ROOT, "claims").out)
    assert "of which" not in at(monkeypatch, 120, "-C", ROOT, "claims", "--limit", "0").out
    assert "left out as said later" in at(monkeypatch, 120, "-C", ROOT, "claims", "--as-of", "2022-09-10").out


# -- pipes ---------------------------------------------------------------------------------------------------------------------


def test_in_a_pipe_nothing_is_cut() -> None:
    claims = json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"]
    told = run("-C", ROOT, "claims").out
    assert all(claim["quote"] in told for claim in claims) and told.endswith(f"\n{len(claims)} claims\n")
    answer = json.loads(run("-C", ROOT, "conflicts", "--format", "json").out)
    told = run("-C", ROOT, "conflicts").out
    for claim in answer["claims"].values():
        assert all(piece.strip() in told for piece in claim["quote"].split("[...]"))
        assert claim["translation"] is None or claim["translation"] in told
        assert f"{claim['seed']}:{claim['seed_line']} {claim['id']}\n" in told
    for conflict in answer["conflicts"]:
        pairs = [question for question in answer["questions"] if question["place"] == conflict["place"]]
        assert pairs and (conflict["reason"] in told or any(link["pairs"] > 1 for question in pairs for link in question["links"]))


def test_in_a_pipe_a_limit_is_told() -> None:
    out = run("-C", ROOT, "claims", "--limit", "2").out
    assert re.search(r"\b(?!2\b)\d+ claims", out), out.splitlines()[-1]


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_every_format_says_what_as_of_leaves_out(form: str) -> None:
    out = run("-C", ROOT, "claims", "--as-of", "2022-09-10", "--format", form).out
    assert "too_late" in out or "said later" in out


@pytest.mark.parametrize("arguments", [*SET, ("check",), ("explain", "Q301")], ids=" ".join)
def test_in_a_pipe_there_is_no_colour(arguments: tuple[str, ...]) -> None:
    assert "\x1b" not in run("-C", ROOT, *arguments).out


# -- colour --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", SET, ids=" ".join)
def test_colour_changes_no_letter(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    plain = at(monkeypatch, 100, "-C", ROOT, *arguments).out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = at(monkeypatch, 100, "-C", ROOT, *arguments).out
    assert "\x1b[" in coloured and "\x1b" not in ANSI.sub("", coloured)
    assert [line.rstrip() for line in ANSI.sub("", coloured).split("\n")] == plain.split("\n")
    monkeypatch.setenv("NO_COLOR", "1")
    assert at(monkeypatch, 100, "-C", ROOT, *arguments).out == plain


def test_check_is_coloured_only_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run("-C", CASES / "Q301" / "bad", "check").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("-C", CASES / "Q301" / "bad", "check").out
    assert "\x1b[" in coloured and ANSI.sub("", coloured) == plain
    monkeypatch.setenv("TERM", "dumb")
    assert run("-C", CASES / "Q301" / "bad", "check").out == plain
    monkeypatch.delenv("TERM")
    monkeypatch.setenv("FORCE_COLOR", "0")
    assert run("-C", CASES / "Q301" / "bad", "check").out == plain


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown"])
def test_machine_formats_know_no_terminal(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    plain = run("-C", ROOT, "conflicts", "--format", form)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert at(monkeypatch, 60, "-C", ROOT, "conflicts", "--format", form) == plain


# -- encodings -----------------------------------------------------------------------------------------------------------------


def in_ascii(*arguments: str | Path) -> Outcome:
    """A run where standard output takes ASCII only."""
    return run_outside(*arguments, environment={**os.environ, "PYTHONIOENCODING": "ascii"})


@pytest.mark.parametrize(
    "arguments", [("conflicts", "--town", "Kupiansk"), ("check",), ("seeds", "002_05943f536f31ff93.txt")], ids=" ".join
)
def test_an_ascii_terminal_gets_escapes_and_no_traceback(arguments: tuple[str, ...]) -> None:
    expected = run("-C", ROOT, *arguments).out
    assert in_ascii(*arguments) == (0, "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in expected), "")


def test_an_ascii_terminal_is_told_of_a_failure() -> None:
    code, out, err = in_ascii("conflicts", "--town", "Куп")
    assert (code, out) == (2, "") and err.startswith("ledger: no place is called \\u041a\\u0443\\u043f") and err.count("\n") == 1


def test_json_is_json_in_ascii_too() -> None:
    code, out, err = in_ascii("claims", "--town", "Kupiansk", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(run("-C", ROOT, "claims", "--town", "Kupiansk", "--format", "json").out)


# -- the same bytes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("conflicts", "--format", "json"),
        ("conflicts",),
        ("claims", "--format", "jsonl"),
        ("show", "kupiansk-russia-full-control", "--format", "json"),
        ("conflicts", "--town", "Kupiank"),
    ],
    ids=" ".join,
)
def test_every_run_gives_the_same_bytes(arguments: tuple[str, ...]) -> None:
    runs = [run_outside(*arguments, environment={**os.environ, "PYTHONHASHSEED": seed}) for seed in ("0", "4242")]
    assert runs == [run("-C", ROOT, *arguments)] * 2


@pytest.mark.parametrize("width", [80, 140])
def test_contradictions_of_kupiansk(golden: Golden, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    outcome = at(monkeypatch, width, "-C", ROOT, "conflicts", "--town", "Kupiansk")
    golden(GOLDEN / f"conflicts-kupiansk-{width}.txt", outcome.out)
    assert (outcome.code, outcome.err) == (0, "")


def test_check_of_a_bad_ledger(golden: Golden) -> None:
    outcome = run("-C", CASES / "Q301" / "bad", "check")
    golden(GOLDEN / "check-quotes.txt", outcome.out)
    assert (outcome.code, outcome.err) == (1, "")
