"""Completion in real shells: what is typed and TAB, as a person does it; and that nothing in a name is ever run."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, run, run_outside
from small import VOCABULARY, could_not_run, ledger_at

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from ledger.commands.completing import answer, proposals
from ledger.commands.parameters import table
from ledger.commands.quick import COMMANDS
from ledger.commands.shells import SCRIPTS, words_of
from ledger.rules import RULES

HOSTILE = ["A $(touch ran)", "B `touch ran`", "C; touch ran", "D \"x\" \\ 'y' ${HOME} !!", "E|&=<>(*)?[a]{b}^%~#", "F\x1b[31m"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger, with places of hostile names, and `ledger` to be found beside it."""
    names = "".join(
        f'  novi-{number}: {{kind: town, names: {{en: "{name}"}}}}\n'
        for number, name in enumerate(name.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\e") for name in HOSTILE)
    )
    root = ledger_at(tmp_path_factory.mktemp("completion") / "ledger", vocabulary=VOCABULARY.replace("claimants:", names + "claimants:", 1))
    program = root.parent / "bin" / "ledger"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n')
    program.chmod(0o755)
    return root


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


# -- what is proposed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ledger ", list(COMMANDS)),
        ("ledger expl", ["explain"]),
        ("ledger show held", ["held-east", "held-west", "held-later"]),
        ("ledger why held-east held-w", ["held-west"]),
        ("ledger why held-east held-west ", []),
        ("ledger -C . show lorr", ["lorries"]),
        ("ledger show HELD-W", ["held-west"]),
        ("ledger conflicts --town Мілл", ["Мілл'брук"]),
        ("ledger conflicts --place=Mill", ["--place=Mill County", "--place=Millbrook"]),
        ("ledger conflicts --property tr", ["traffic"]),
        ("ledger claims --claimant The", ["the Ministry"]),
        ("ledger claims --claimant the", ["the Ministry"]),
        ("ledger claims --side e", ["east"]),
        ("ledger claims --subject c", ["cars"]),
        ("ledger claims --seed t", ["text.txt"]),
        ("ledger seeds t", ["text.txt"]),
        ("ledger check claims/t", ["claims/text.yaml"]),
        ("ledger check --select Q30", [code for code in sorted(RULES) if code.startswith("Q30")]),
        ("ledger explain q301", ["Q301"]),
        ("ledger check --format g", ["github", "gitlab"]),
        ("ledger check --str", ["--strict"]),
        ("ledger completion f", ["fish"]),
        ("ledger -", ["-C", "--help", "--version"]),
        ("ledger nonsense x", []),
        ("ledger claims --stance asserts --sin", ["--since"]),
    ],
)
def test_what_can_stand_there(line: str, expected: list[str], inside: Path) -> None:
    assert list(proposals([word.text for word in words_of(line)[1:]])) == expected


def test_the_answer_is_the_same_from_the_cache(inside: Path) -> None:
    lines = ["ledger show held", "ledger conflicts --town Мілл", "ledger check --sel", "ledger explain Q3"]
    once = [answer("fish", line) for line in lines]
    assert [answer("fish", line) for line in lines] == once and all(once)
    text = (inside / "claims" / "text.yaml").read_text()
    with contextlib.ExitStack() as mended:
        mended.callback((inside / "claims" / "text.yaml").write_text, text)
        (inside / "claims" / "text.yaml").write_text(
            text.replace("id: held-west", "id: held-western").replace("  id: lorries\n", "  \"id\": 'lorries-2'\n")
        )
        assert answer("fish", "ledger show held-w") == "held-western\n" and answer("fish", "ledger show lorries") == "lorries-2\n"


def test_every_option_of_every_command_is_known() -> None:
    known = table()["commands"]
    for name in COMMANDS:
        shown = run(name, "--help").out.partition("\nOptions:")[2]
        assert set(re.findall(r"^  (--[a-z-]+)", shown, re.MULTILINE)) <= set(known[name]["options"]), name
    assert {parameter["kind"] for parameter in (*known["why"]["arguments"], *known["show"]["arguments"])} == {"claim"}


def test_where_nothing_can_be_told_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer("bash", "ledger show x") == "" and answer("bash", "ledger -C nowhere show x") == "" and answer("bash", "") != ""
    (tmp_path / "ledger.yaml").write_text("{")
    assert answer("zsh", "ledger conflicts --town x") == ""
    assert "is none of bash, zsh, fish" in could_not_run(run("completion", "tcsh"))


def test_it_is_answered_without_click(folder: Path) -> None:
    run("-C", folder, "check")
    code = (
        "import sys; from ledger.commands import _run; _run(); print(sorted({'click', 'yaml', 'rich', 'ledger.rules'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "completion", "bash"]
    for line in (f"ledger -C {folder} conflicts --town M", f"ledger -C {folder} show h", f"ledger -C {folder} check --f", "ledger c"):
        for _ in range(2):
            told = subprocess.run([*command, line], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
        assert told.endswith("\n[]\n"), line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ledger show a", ["ledger", "show", "a"]),
        ("ledger show ", ["ledger", "show", ""]),
        ("ledger --town 'a b", ["ledger", "--town", "a b"]),
        ('ledger --town "a \\"$x', ["ledger", "--town", 'a "$x']),
        ("ledger --town a\\ b\\'c ", ["ledger", "--town", "a b'c", ""]),
        ("ledger ''", ["ledger", ""]),
        ("ledger \\", ["ledger", ""]),
        ("", [""]),
    ],
)
def test_words_are_read_as_a_shell_reads_them(line: str, expected: list[str]) -> None:
    assert [word.text for word in words_of(line)] == expected


# -- real shells -------------------------------------------------------------------------------------------------------------


STARTS = {
    "bash": ["bash", "--noprofile", "--norc", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}


class Shell:
    """A shell on a terminal, in the ledger's folder."""

    def __init__(self, name: str, folder: Path) -> None:
        home = folder.parent / f"home-{name}"
        home.mkdir(exist_ok=True)
        environment = {
            "PATH": f"{folder.parent / 'bin'}:{os.environ['PATH']}",
            "HOME": str(home),
            "TERM": "dumb" if name != "fish" else "xterm",
            "LC_ALL": "C.UTF-8",
            "LEDGER_CACHE_DIR": os.environ["LEDGER_CACHE_DIR"],
            "COLUMNS": "400",
        }
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(folder)
            os.execvpe(STARTS[name][0], STARTS[name], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 400, 0, 0))
        self.name = name
        self.read = ""

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def until(self, wanted: str) -> str:
        """What was read until a pattern matched, from behind the last one."""
        end = time.monotonic() + 10
        while (found := re.search(wanted, self.read, re.DOTALL)) is None:
            ready, _, _ = select.select([self.terminal], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{wanted!r} never came: {self.read!r}"
            self.read += os.read(self.terminal, 65536).decode("utf-8", "replace")
        told, self.read = self.read[: found.end()], self.read[found.end() :]
        return told

    def end(self) -> None:
        with contextlib.suppress(OSError):
            os.kill(self.process, 9)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


@pytest.fixture(scope="module", params=list(SCRIPTS))
def shell(request: pytest.FixtureRequest, folder: Path) -> Iterator[Shell]:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    script = folder.parent / f"script.{name}"
    script.write_text(run("completion", name).out)
    for line in ("ledger show x", "ledger conflicts --town x", "ledger check --f"):  # what is asked first takes longer
        run_outside("completion", "bash", line, folder=folder)
    started = Shell(name, folder)
    if name == "zsh":
        started.type("autoload -U compinit; compinit -u -D; unsetopt beep\n")
    started.type(f"source {script}\n")
    shown = "printf '<%s>' $argv; echo; end" if name == "fish" else "printf '<%s>' \"$@\"; echo; }"
    started.type(f"function ledger; {shown}\n" if name == "fish" else f"ledger() {{ {shown}\n")  # (what completes asks the program itself)
    started.type("echo rea''dy\n")
    started.until("ready")
    yield started
    started.end()


def given(shell: Shell, typed: str) -> list[str]:
    """The words that a command line gives to the program: `typed` with a TAB behind it, and sent off."""
    shell.type(f"{typed}\t\n")
    told = shell.until(r"[\r\n]<[^\r\n]*>\r?\n").rstrip()
    return re.split(r"[\r\n]", told)[-1].strip("<>").split("><")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ledger expl", ["explain"]),
        ("ledger show held-e", ["show", "held-east"]),
        ("ledger conflicts --town Мілл", ["conflicts", "--town", "Мілл'брук"]),
        ("ledger conflicts --town=Мілл", ["conflicts", "--town=Мілл'брук"]),
        ("ledger conflicts --town 'Мі", ["conflicts", "--town", "Мілл'брук"]),
        ('ledger conflicts --town "Мі', ["conflicts", "--town", "Мілл'брук"]),
        ("ledger conflicts --town Mill\\ C", ["conflicts", "--town", "Mill County"]),
        ("ledger check --sel", ["check", "--select"]),
        ("ledger explain Q301", ["explain", "Q301"]),
        ("ledger seeds te", ["seeds", "text.txt"]),
    ],
)
def test_a_shell_completes(shell: Shell, typed: str, expected: list[str]) -> None:
    assert given(shell, typed) == expected


@pytest.mark.parametrize("name", HOSTILE[:-1])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_nothing_in_a_name_is_ever_run(shell: Shell, name: str, quote: str, folder: Path) -> None:
    if quote == '"' and "!" in name and shell.name == "bash":
        pytest.skip("is not proposed there: bash would put an earlier command in its place")
    assert given(shell, f"ledger conflicts --town {quote}{name[0]}") == ["conflicts", "--town", name]
    assert not (folder / "ran").exists()
