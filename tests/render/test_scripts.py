"""Sources in every script, as people see them: tables that line up, quotes that run right to left, marks that are a language's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run
from scripts import scripts_ledger

from ledger.texts.widths import text_width


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scripts_ledger(tmp_path_factory.mktemp("scripts"))


@pytest.mark.parametrize("width", ["60", "80", "120", "160"])
def test_tables_line_up_in_every_script(folder: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for arguments in (("conflicts", "--full"), ("conflicts", "--pairs", "--limit", "0")):
        lines = run("-C", folder, *arguments).out.split("\n")
        boxed = [line for line in lines if line[:1] in tuple("╭│├╰")]
        assert width == "60" or {text_width(line) for line in boxed} == {int(width)}, arguments
        assert all(line[-1] in "╮│┤╯" for line in boxed) and max(map(text_width, lines)) <= int(width)
    rows = [line for line in run("-C", folder, "claimants").out.split("\n") if line.startswith(" ")]
    assert max(map(text_width, rows)) <= int(width)
