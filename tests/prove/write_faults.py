"""Commands that write, ended or failed at every call to the system, one after the other: what is on the disk then.

    python tests/prove/write_faults.py FOLDER [STEP]     (prints what is wrong, and how many faults were tried; POSIX alone)

`before` and `after` kill the process (SIGKILL) at the n-th call, `half` kills it when half of what should be written is, `full` lets the call
fail as on a full disk. Files must be whole, old or new; a failed call must leave all as it was; and the command must do its work when
it is called again.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from small import CLAIMS, file_of, ledger_at

from ledger.commands.program import run
from ledger.model import Trouble
from ledger.writing.edits import write_new_files

CALLS = ("open", "write", "fsync", "fchmod", "replace", "link", "unlink", "mkdir", "close", "listdir", "stat")
MODES = ("before", "after", "half", "full")
NEW_FILES = {"originals/a.html": b"<p>a</p>", "seeds/a.txt": b"A word.\n", "notes/b.txt": b"b"}
LEFTOVER = re.compile(r"\.ledger-[0-9a-f]{16}\.tmp")


def rename(root: Path) -> int:
    """A place under another name: `ledger.yaml` and a claims file."""
    return run(["-C", str(root), "rename", "millbrook", "mill-town"])


def new(root: Path) -> int:
    """A new claim: one claims file."""
    words = ["--quote", "Millbrook fell", "--place", "millbrook", "--property", "control", "--value", "west", "--claimant", "gazette"]
    return run(["-C", str(root), "new", *words, "--said", "2025-03-05", "--id", "fell"])


def several(root: Path) -> int:
    """Files that were not there, in folders that were not there; those that a run before this one wrote are left out."""
    try:
        write_new_files(str(root), {path: data for path, data in NEW_FILES.items() if not (root / path).exists()})
    except Trouble:
        return 2
    return 0


class Fault:
    """Stands in for the system's calls and acts at the n-th of them."""

    def __init__(self, number: int, mode: str, root: Path) -> None:
        self.left, self.mode, self.root = number, mode, str(root)

    def install(self) -> None:
        for name in CALLS:
            setattr(os, name, self._acting(name, getattr(os, name)))

    def _acting(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*arguments: Any, **named: Any) -> Any:
            if name == "open" and not (arguments[1] & (os.O_WRONLY | os.O_CREAT)) and "dir_fd" not in named:
                return call(*arguments, **named)  # reading is no fault of ours
            self.left -= 1
            if self.left != 0:
                return call(*arguments, **named)
            if self.mode == "full":
                if name in ("close", "stat", "listdir", "unlink"):
                    return call(*arguments, **named)  # a full disk lets these be
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if self.mode == "after":
                call(*arguments, **named)
            if self.mode == "half" and name == "write":
                call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
            return None

        return acting


def files_in(root: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def in_a_child(action: Callable[[Path], int], root: Path, fault: Fault | None) -> tuple[int, bool]:
    """How an action ended in a process of its own, and whether the fault came to act."""
    child = os.fork()
    if child == 0:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            if fault is not None:
                fault.install()
            code = action(root)
        if fault is not None and fault.left > 0:
            os._exit(100 + code)  # it never acted
        os._exit(code)
    status = os.waitpid(child, 0)[1]
    code = os.waitstatus_to_exitcode(status)
    return (code - 100, False) if code >= 100 else (code, True)


def wrong_after(action: Callable[[Path], int], good: Path, folder: Path, step: int) -> tuple[list[str], int]:
    """What is wrong after each fault of an action, or each of so many, and how many were tried."""
    old = files_in(good)
    done = folder / "done"
    shutil.copytree(good, done)
    assert in_a_child(action, done, None)[0] == 0
    wanted = files_in(done)
    wrong: list[str] = []
    tried = 0
    for mode in MODES:
        number, acted = (MODES.index(mode) * 3) % step, True
        while acted:
            number += 1 if step == 1 else step
            root = folder / f"{mode}-{number}"
            shutil.copytree(good, root)
            code, acted = in_a_child(action, root, Fault(number, mode, root))
            name = f"{action.__name__} {mode} {number}"
            found = {path: data for path, data in files_in(root).items() if LEFTOVER.fullmatch(path.rpartition("/")[2]) is None}
            wrong += [f"{name}: {path} is neither old nor new" for path in found if found[path] not in (old.get(path), wanted.get(path))]
            wrong += [f"{name}: {path} is gone" for path in old if path not in found]
            if mode == "full" and acted and code != 0 and files_in(root) != old:
                wrong.append(f"{name}: it failed and changed {sorted(set(files_in(root).items()) ^ set(old.items()))[0][0]}")
            if mode == "full" and code not in (0, 2):
                wrong.append(f"{name}: exit {code}")
            again = found == wanted or in_a_child(action, root, None)[0] == 0
            left = {path: data for path, data in files_in(root).items() if LEFTOVER.fullmatch(path.rpartition("/")[2]) is None}
            if not again or left != wanted:
                wrong.append(f"{name}: called again it did not do its work")
            tried += acted
            shutil.rmtree(root)
    shutil.rmtree(done)
    return wrong, tried


if __name__ == "__main__":
    os.environ["LEDGER_CACHE_DIR"] = str(Path(sys.argv[1]) / "cache")
    start = ledger_at(Path(sys.argv[1]) / "good", file_of(CLAIMS))
    for each in (rename, new, several):
        faults, count = wrong_after(each, start, Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
        print("".join(f"{fault}\n" for fault in faults), end="")
        print(f"{each.__name__}: {count} faults tried, {len(faults)} things wrong")
