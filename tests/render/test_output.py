"""Code points that act, in every field, name and option, through every command and format; `tests/prove/prove_output.py` tries them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from prove_output import ARGUMENTS, LAST, STARTS, TELLING, every_run, formats_of, text_of, unparsed, wrong_fields, wrong_names, wrong_with
from running import Outcome

from ledger.commands.quick import COMMANDS


@pytest.mark.parametrize("start", [TELLING[0], TELLING[2], TELLING[4]], ids="U+{:04X}".format)
def test_nothing_acts_from_fields(start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert not wrong_fields(start, tmp_path / "fields")


@pytest.mark.parametrize("start", TELLING, ids="U+{:04X}".format)
def test_nothing_acts_from_names_and_options(start: int, tmp_path: Path) -> None:
    assert not wrong_names(start, tmp_path / "names")


def test_every_command_and_format_is_tried() -> None:
    with_formats = {command for command in COMMANDS if formats_of(command)} - {"selftest"} | {"report", "export"}
    assert set(ARGUMENTS) == with_formats, "a new command needs its arguments in prove_output.ARGUMENTS"
    assert {command for command, _, _ in every_run()} == set(ARGUMENTS)
    assert {"text", "json", "jsonl", "csv", "markdown", "github", "sarif"} <= {form for _, _, form in every_run()}


def test_every_code_point_is_in_a_chunk() -> None:
    told = set("".join(text_of(start) for start in STARTS))
    assert len(told) == LAST + 1 - 0x800


@pytest.mark.parametrize(
    "out, form",
    [
        ("a \x1b]0;title\x07", "text"),
        ("a \x9b31m", "text"),
        ("a \u202e b", "json"),
        ("a \udc80 b", "text"),
        ("a \r b", "csv"),
        ("x\n  ::error::pwned", "text"),
        ("a ##[error]b", "json"),
        ("::error file=a,line=1,col=1,title=x::y\n::stop-commands::z", "github"),
    ],
)
def test_what_acts_is_noticed(out: str, form: str) -> None:
    assert wrong_with(Outcome(0, out, ""), form)
    assert wrong_with(Outcome(2, "", out), "text", strict=False)


@pytest.mark.parametrize("out, form", [('{"a": NaN}', "json"), ("[", "sarif"), ("a,b\nc", "csv"), ("a\n=1+1", "csv"), ("<a>", "junit")])
def test_what_is_no_such_format_is_noticed(out: str, form: str) -> None:
    assert unparsed(out, form)


def test_colour_is_no_control_and_annotations_are_no_surprise() -> None:
    assert not wrong_with(Outcome(1, "\x1b[31mred\x1b[0m\n", ""), "text")
    assert not wrong_with(Outcome(1, "::error file=a,line=1,col=1,title=x::y\nannotations that GitHub shows\n", ""), "github")
