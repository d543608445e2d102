"""What was worked out before, kept between runs: data in the user's cache folder, never code, and never in a ledger's folder.

A cache only ever makes an answer quicker. An entry is text with its SHA-256 and length before it, named by what it was made from and by this
very program; anything that is not as it should be (damage, another version, a link, no room) is as if it were not there.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from importlib.machinery import PathFinder

from ledger import __version__
from ledger.reading.contents import digest

SCHEMA = 1
MAX_ENTRY = 96 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_ENTRIES = 200
SMALL = 256 * 1024  # bytes: as many entries as there may be of these keep within the bounds
_SUFFIX = ".json"
_NO_PROGRAM = ("__pycache__", "cases")  # folders that hold nothing by which an answer is made
_LEFT_BEHIND = 3600  # seconds after which a half-written file is nobody's


def program() -> bytes:
    """What tells this program from every other: version, form of the entries, Python, the YAML parser, and the state of its own files,
    so that one who works on the program never reads what it said before."""
    package = os.path.dirname(os.path.dirname(__file__))
    parser = PathFinder.find_spec("yaml")
    told = [__version__, str(SCHEMA), sys.version, _state_of(parser.origin) if parser is not None else ""]
    state: list[str] = []
    folders = [package]
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith((".py", ".json")):
                    status = entry.stat()
                    state.append(f"{folder} {name} {status.st_size} {status.st_mtime_ns}")
                elif name not in _NO_PROGRAM and entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    state.sort()  # (in whatever order a system lists them)
    return "\n".join([*told, *state]).encode()


def _state_of(path: str | None) -> str:
    """What tells one state of an installed file from another."""
    if path is None:
        return ""
    status = os.stat(path)
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def folder_for(root: str) -> str | None:
    """The cache folder: LEDGER_CACHE_DIR, else the user's own; none in CI unless one is named, and never inside a ledger."""
    named = os.environ.get("LEDGER_CACHE_DIR", "")
    if not named and os.environ.get("CI"):
        return None
    if not named:
        from platformdirs import user_cache_dir

        named = user_cache_dir("fact-ledger", appauthor=False)
        if not os.path.isabs(named):  # nobody's home is known
            return None
    folder, inside = os.path.realpath(named), os.path.realpath(root)
    return None if folder == inside or folder.startswith(inside + os.sep) else os.path.abspath(named)


class Cache:
    """Entries by name, in one folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.program = program()

    def key(self, *parts: str) -> str:
        """The name of an entry: what it was made from, by this very program."""
        return digest(self.program, *(b"\0" + part.encode("utf-8", "surrogatepass") for part in parts))[:40]

    def has(self, name: str) -> bool:
        """Whether something may be kept under a name."""
        return os.path.lexists(os.path.join(self.folder, name + _SUFFIX))

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None where there is nothing, or nothing that can be trusted."""
        found = self.read_with_body(name)
        return found[0] if found is not None and not found[1] else None

    def read_with_body(self, name: str) -> tuple[bytes, memoryview] | None:
        """The same with the body behind it, which nobody has looked at: who uses a piece of it holds that against a digest."""
        data = self._bytes(name)
        end = data.find(b"\n", 0, 100) if data is not None else -1
        if data is None or end < 0:
            return None
        told, _, length = data[:end].partition(b" ")
        begin = end + 1
        if not length.isdigit() or len(data) < begin + int(length):
            return None
        payload = data[begin : begin + int(length)]
        return (payload, memoryview(data)[begin + int(length) :]) if told == digest(payload).encode() else None

    def _bytes(self, name: str) -> bytes | None:
        """The bytes of an entry's file."""
        try:
            if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
                return None
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            handle = os.open(os.path.join(self.folder, name + _SUFFIX), flags)
        except (OSError, ValueError):
            return None
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_ENTRY:
                return None
            with open(handle, "rb", closefd=False) as stream:
                return stream.read(MAX_ENTRY + 1)
        except OSError:
            return None
        finally:
            os.close(handle)

    def write(self, name: str, payload: bytes, body: bytes = b"") -> None:
        """Keep something under a name: whole or not at all, and quietly nothing where it can't be kept."""
        if len(payload) + len(body) > MAX_ENTRY - 100:
            return
        with contextlib.suppress(OSError, ValueError):
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if not stat.S_ISDIR(os.lstat(self.folder).st_mode):
                return
            part = os.path.join(self.folder, f"{name}.{os.urandom(8).hex()}.part")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
            try:
                with open(handle, "wb") as stream:
                    stream.write(f"{digest(payload)} {len(payload)}\n".encode())
                    stream.write(payload)
                    stream.write(body)  # (not forced to the disk: what a power cut leaves is told by its digest)
                os.replace(part, os.path.join(self.folder, name + _SUFFIX))
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(part)
                raise
            if len(payload) + len(body) > SMALL or len(os.listdir(self.folder)) > MAX_ENTRIES:
                self._prune()

    def _prune(self) -> None:
        """Delete the oldest entries beyond the bounds, and what was left behind half-written."""
        with os.scandir(self.folder) as entries:
            found = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries if entry.name.endswith((_SUFFIX, ".part"))]
        total = 0
        for kept, (state, path) in enumerate(sorted(found, key=lambda entry: -entry[0].st_mtime), 1):
            half_written = path.endswith(".part")
            total += state.st_size
            if kept > MAX_ENTRIES or total > MAX_TOTAL or (half_written and state.st_mtime < time.time() - _LEFT_BEHIND):
                with contextlib.suppress(OSError):
                    os.unlink(path)
