"""What the README shows is what the program prints, and what it promises is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import run

from ledger.commands.quick import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_table_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    block = README.split("```console\n$ ledger ")[1].split("```")[0]
    command, _, shown = block.partition("\n")
    monkeypatch.setenv("COLUMNS", "98")
    code, output, _ = run("-C", str(ROOT), *command.split())
    assert code == 0
    for part in shown.strip("\n").split("\n...\n"):
        assert part.strip("\n") in output


def test_every_command_of_the_table_exists() -> None:
    named = set(re.findall(r"`ledger ([a-z]+)", README))
    assert named <= set(COMMANDS)
    assert set(COMMANDS) <= named


def test_every_page_that_is_named_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= set(re.findall(r"\]\(([^)]+)\)", README))


def test_the_two_commands_are_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert f"\n{target}:" in makefile


def test_the_claim_in_the_readme_is_the_ledgers() -> None:
    claim = README.split("```yaml\n")[1].split("```")[0]
    assert claim in (ROOT / "claims" / "2025-12-13-kupiansk-ro.yaml").read_text(encoding="utf-8")


def test_the_report_of_a_review_is_a_real_one() -> None:
    real = (ROOT / "tests" / "golden" / "review-branch.markdown.txt").read_text(encoding="utf-8").split("\n")
    page = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
    shown = [line.removeprefix(">").removeprefix(" ") for line in page.split("\n") if line.startswith(">")]
    assert len(shown) > 20 and [line for line in shown if line not in real] == []


def test_the_ledger_to_begin_with_is_sound(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8").split("## A whole ledger, to begin with")[1]
    for name, body in re.findall(r"`([^`]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    outcome = run("-C", tmp_path, "check", "--strict")
    assert (outcome.code, outcome.out) == (0, "no defects: checked 1 claim in 1 file, 1 seed, 1 quote found\n")
