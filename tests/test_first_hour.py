"""docs/first-hour.md, followed to the letter: every command in it is run, and shows what the page says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, run

PAGE = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_SHELL = re.compile(r"[|&;<>$`]")


def typed(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what it shows."""
    parts = re.split(r"(?m)^\$ ", block)
    assert parts[0] == ""
    return [(command, shown.rstrip("\n")) for command, _, shown in (part.partition("\n") for part in parts[1:])]


class Evening:
    """A newcomer at a terminal."""

    def __init__(self, home: Path) -> None:
        self.here = home
        program = home / "bin" / "ledger"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m ledger "$@"\n')
        program.chmod(0o755)
        (home / ".gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
        self.environment = {**os.environ, "HOME": str(home), "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}

    def type(self, command: str) -> str:
        """What a command shows; it must end well."""
        words = shlex.split(command)
        if words[0] == "cd":
            self.here = self.here / words[1]
            os.chdir(self.here)
            return ""
        if words[0] == "ledger" and _SHELL.search(re.sub(r"\"[^\"]*\"", "", command)) is None:
            code, out, err = run(*words[1:])
        else:
            done = subprocess.run(command, shell=True, cwd=self.here, env=self.environment, capture_output=True, text=True)
            code, out, err = done.returncode, done.stdout, done.stderr
        assert code == 0, (command, out, err)
        return err + out


def test_every_command_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    evening = Evening(tmp_path)
    commands = 0
    for block in _BLOCK.finditer(PAGE):
        if block[1] in ("html", "text"):
            name = re.findall(r"`(\.\./[a-z.-]+)`", PAGE[: block.start()])[-1]
            (evening.here / name).write_text(block[2], encoding="utf-8")
        elif block[1] == "console":
            for command, shown in typed(block[2]):
                commands += 1
                told = evening.type(command).rstrip("\n")
                if shown:
                    expected = re.escape(shown).replace(re.escape("..."), "(?s:.*)")
                    assert re.fullmatch(expected, told), f"$ {command}\n{told}"
    assert commands > 25


def test_what_is_installed_is_what_is_built() -> None:
    (block,) = (block[2] for block in _BLOCK.finditer(PAGE) if block[1] == "sh")
    from ledger import __version__

    assert f"fact_ledger-{__version__}-py3-none-any.whl[capture]" in block
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'name = "fact-ledger"' in project and "\ncapture = [" in project and "fact-ledger[capture] @ git+" in block
    assert all(line.startswith("pipx install ") for line in block.strip().split("\n"))
