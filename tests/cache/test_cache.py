"""The cache changes no answer: cached and uncached runs say the same, byte for byte, whatever is done to ledger and cache."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import ROOT, run, run_outside

from ledger.cache.incremental import survey
from ledger.cache.processes import shared_out
from ledger.cache.store import Cache, folder_for
from ledger.model import Trouble
from ledger.reading.contents import contents_of
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import check_ledger

COMMANDS = [
    ("check",),
    ("check", "--strict", "--format", "json"),
    ("check", "--format", "concise"),
    ("check", "--format", "sarif"),
    ("conflicts", "--format", "json"),
    ("conflicts", "--town", "Pokrovsk"),
    ("conflicts", "--town", "Kupiansk", "--format", "json"),
    ("conflicts", "--place", "ukraine", "--pairs", "--fail-on", "any"),
    ("claims", "--format", "jsonl"),
]
CACHED = ("check", "conflicts")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A copy of this repository's ledger."""
    folder = tmp_path / "ledger"
    for name in ("claims", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "ledger.yaml", folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of its own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("LEDGER_CACHE_DIR", str(folder))
    return folder


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def both(ledger: Path, command: tuple[str, ...]) -> None:
    """Run a command with the cache and without: the same outcome."""
    without = (*command, "--no-cache") if command[0] in CACHED else command
    expected = run("-C", ledger, *without)
    assert run("-C", ledger, *command) == expected
    assert run("-C", ledger, *command) == expected, "once more, now that it is kept"


def edit(rng: random.Random, ledger: Path) -> None:
    """Change the ledger as a hand could, or worse."""
    paths = [*sorted((ledger / "claims").iterdir()), *sorted((ledger / "seeds").iterdir()), ledger / "ledger.yaml"]
    path = rng.choice(paths)
    kind = rng.randrange(8)
    if kind == 0 and path.name != "ledger.yaml":
        path.unlink()
    elif kind == 1 and path.name != "ledger.yaml":
        shutil.copy(path, path.with_name(f"copy-{rng.randrange(9)}-{path.name}"))
    else:
        lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
        number = rng.randrange(len(lines))
        line = lines[number]
        place = rng.randrange(len(line) + 1)
        if kind == 2:
            del lines[number]
        elif kind == 3:
            lines.insert(number, rng.choice(lines))
        elif kind == 4:
            other = rng.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
        else:
            lines[number] = (
                line[:place] + rng.choice(["x", " ", "'", ": ", "#", "0", "\u202e", "tensions:", "~"]) + line[place + rng.randrange(2) :]
            )
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_are_answered_alike_with_and_without_a_cache(seed: int, ledger: Path, cache: Path) -> None:
    rng = random.Random(seed)
    kept = {path: path.read_bytes() for path in ledger.rglob("*") if path.is_file()}
    for _ in range(5):
        both(ledger, ("check",))
        both(ledger, rng.choice(COMMANDS))
        edit(rng, ledger)
        if rng.random() < 0.3:  # and back again, to what the cache knows
            for path, data in kept.items():
                path.write_bytes(data)
            for path in [path for path in ledger.rglob("*") if path.is_file() and path not in kept]:
                path.unlink()
    assert entries(cache)


def test_what_is_kept_is_used_and_a_change_is_seen(ledger: Path, cache: Path) -> None:
    clean = run("-C", ledger, "check")
    assert clean.code == 0 and len(entries(cache)) == 2
    changed = sorted((ledger / "claims").iterdir())[0]
    changed.write_bytes(changed.read_bytes().replace(b"place: ", b"place: nowhere-", 1))
    broken = run("-C", ledger, "check")
    assert broken.code == 1 and "no place has the id `nowhere-" in broken.out
    both(ledger, ("check",))


def damaged(data: bytes) -> Iterator[bytes]:
    """An entry as accidents and vandals leave it."""
    yield b""
    yield data[: len(data) // 2]
    yield data[:-1]
    yield data + b"x"
    yield data[:70] + bytes([data[70] ^ 1]) + data[71:]
    yield b"\0" * len(data)
    yield b"\xff\xfe" + data
    yield b"[" * 100_000


@pytest.mark.parametrize("command", [("check",), ("conflicts", "--town", "Pokrovsk")], ids=lambda command: command[0])
def test_damage_only_makes_it_slower(command: tuple[str, ...], ledger: Path, cache: Path) -> None:
    expected = run("-C", ledger, *command)
    assert expected.code == 0 and entries(cache)
    for entry in entries(cache):
        whole = entry.read_bytes()
        for bad in damaged(whole):
            entry.write_bytes(bad)
            assert run("-C", ledger, *command) == expected
        entry.write_bytes(whole)


def test_a_well_formed_entry_that_says_something_else_is_not_believed(ledger: Path, cache: Path) -> None:
    commands = ("check",), ("conflicts", "--town", "Pokrovsk")
    expected = [run("-C", ledger, *command) for command in commands]
    store = Cache(str(cache))
    for payload in (
        b"{}",
        b"[]",
        b"null",
        b"[[],1]",
        b'["x"]\n["y"]',
        b"[[[]],1,2,3,4,[],0,[]]",
        b"[" * 5000 + b"]" * 5000,
        b"\xff",
        b"{}\n[]\n[]",
        b"[1,2]\n{}\n[[]]",
    ):
        for entry in entries(cache):
            store.write(entry.name.removesuffix(".json"), payload)
        assert [run("-C", ledger, *command) for command in commands] == expected


def test_another_program_s_entries_are_not_read(ledger: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-C", ledger, "check")
    before = {path.name for path in entries(cache)}
    monkeypatch.setattr("ledger.cache.store.SCHEMA", 2)
    both(ledger, ("check",))
    assert len({path.name for path in entries(cache)} - before) == 2


@pytest.mark.parametrize("kind", ["file", "link", "unwritable", "missing parent", "link to an entry"])
def test_a_cache_folder_that_is_none_changes_nothing(
    kind: str, ledger: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        cache.write_text("not a folder")
    elif kind == "link":
        cache.symlink_to(elsewhere)
    elif kind == "unwritable":
        cache.mkdir(mode=0o500)
    elif kind == "missing parent":
        monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / "file" / "cache"))
        (tmp_path / "file").write_text("")
    else:
        run("-C", ledger, "check")
        for entry in entries(cache):
            target = elsewhere / entry.name
            entry.rename(target)
            entry.symlink_to(target)
    both(ledger, ("check",))
    both(ledger, ("check",))
    assert kind != "link" or not entries(elsewhere)


def test_two_runs_at_once_leave_a_good_cache(ledger: Path, cache: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "-C", str(ledger), "check"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    outputs = {process.communicate()[0] for process in running}
    assert len(outputs) == 1 and not [entry for entry in entries(cache) if not entry.name.endswith(".json")]
    assert run("-C", ledger, "check").out.encode() in outputs


def test_where_nothing_is_kept(ledger: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("-C", ledger, "check", "--no-cache")
    assert not entries(cache)
    monkeypatch.setenv("LEDGER_CACHE_DIR", str(ledger / "kept"))
    run("-C", ledger, "check")
    assert not (ledger / "kept").exists(), "a cache in the ledger's folder could come with a pull request"
    monkeypatch.delenv("LEDGER_CACHE_DIR")
    monkeypatch.setenv("CI", "true")
    assert folder_for(str(ledger)) is None
    monkeypatch.delenv("CI")
    assert "fact-ledger" in (folder_for(str(ledger)) or "")


def test_the_cache_is_bounded_and_forgets_what_is_half_written(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.cache.store.MAX_ENTRIES", 5)
    store = Cache(str(cache))
    for number in range(12):
        store.write(f"{number:040}", b"data")
        os.utime(cache / f"{number:040}.json", (number, number))
    (cache / "left.part").write_text("")
    os.utime(cache / "left.part", (1, 1))
    store.write("f" * 40, b"data")
    assert len(entries(cache)) == 5 and store.read("f" * 40) == b"data" and store.read("0" * 40) is None
    monkeypatch.setattr("ledger.cache.store.MAX_ENTRY", 200)
    store.write("e" * 40, b"x" * 200)
    assert store.read("e" * 40) is None


def test_an_unchanged_clean_ledger_is_answered_before_click_is_imported(ledger: Path, cache: Path) -> None:
    first = run_outside("-C", ledger, "check")
    assert first == run_outside("-C", ledger, "check") == run("-C", ledger, "check")
    code = "import sys; from ledger.commands.quick import answer; print(answer(['-C', sys.argv[1], 'check']), 'click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(ledger)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout == first.out + " False\n"


@pytest.mark.parametrize("number", ["1", "2", "5"])
def test_several_processes_say_what_one_says(number: str, ledger: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sorted((ledger / "claims").iterdir())[1]
    path.write_bytes(path.read_bytes().replace(b"quote: ", b"quote: x", 2))
    expected = run("-C", ledger, "check", "--format", "json", "--no-cache")
    monkeypatch.setenv("LEDGER_PROCESSES", number)
    assert run("-C", ledger, "check", "--format", "json", "--no-cache") == expected
    assert run("-C", ledger, "check", "--format", "json") == expected


def failing(there: int) -> Callable[[str], str]:
    """Work that fails in every process but one."""

    def work(item: str) -> str:
        if os.getpid() != there:
            raise ValueError(item)
        return item.upper()

    return work


def test_what_a_copy_does_not_hand_back_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_PROCESSES", "3")
    items = [f"i{number}" for number in range(10)]
    assert shared_out(items, failing(os.getpid()), True, lambda done, total: None) == [item.upper() for item in items]
    monkeypatch.setattr(os, "fork", no_fork)
    assert shared_out(items, str.upper, True, lambda done, total: None) == [item.upper() for item in items]


def no_fork() -> int:
    raise OSError("no more processes")


CASES = [ROOT, *sorted(folder for folder in (ROOT / "tests" / "cases").glob("*/*") if folder.is_dir())]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_file_by_file_the_rules_find_what_they_find_in_the_whole_ledger(folder: Path) -> None:
    """No rule about the whole ledger asks for more than an outline has (`rules/outlines.py`)."""
    tree = WorkTree(str(folder))
    try:
        whole = check_ledger(load(tree))
    except Trouble as problem:
        with pytest.raises(Trouble, match=re.escape(str(problem))):
            survey(tree, contents_of(tree), None, "", {}, lambda done, total: None)
        return
    assert survey(tree, contents_of(tree), None, "", {}, lambda done, total: None)[0] == whole
