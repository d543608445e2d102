"""What git knows of the files in a folder, read from its index without running git: which it keeps, and which a sparse checkout leaves out.

A `check` that nothing changed for takes a few milliseconds, and starting git would take as long; and a checkout may stand where no git is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

CHECK_OUT = "`git sparse-checkout add` its folder, or `git sparse-checkout disable`"
MAX_INDEX = 512 * 1024 * 1024
_KINDS = (0o10, 0o04, 0o12, 0o16)  # of a mode: a file, a folder (of a sparse index), a link, a submodule
_LONG = 0x0FFF  # the length of a path that is this long or longer
_READ = (b"ledger.yaml", b"claims", b"seeds")  # what a ledger's folder has names that begin so
_HASHES = (20, 32)  # bytes of SHA-1, of SHA-256


class Indexed(NamedTuple):
    """A file as git's index has it: its path from the top folder (one that ends with `/` stands for all in that folder), the hash of its
    content in git, and size and time of change (seconds, nanoseconds) of the file in the work tree, as they were when that was told."""

    path: str
    hash: str
    skipped: bool
    size: int
    changed: tuple[int, int]


class Checkout(NamedTuple):
    """What git's index has of a ledger's folder, paths from there on: `left_out` are the files that are not in the work tree because a
    sparse checkout leaves them out. `written` is when the index was written (nanoseconds)."""

    files: dict[str, Indexed]
    left_out: frozenset[str]
    written: int

    def leaves_out(self, path: str) -> bool:
        """Whether a path, or a folder that it lies in, is left out."""
        return bool(self.left_out) and not self.left_out.isdisjoint((path, *_above(f"{path}/")))

    def never_added(self, paths: list[str]) -> list[str]:
        """Those of a ledger's files that git does not keep. Where it keeps none of them, the ledger is no part of the repository that
        happens to lie around it, and nothing is said."""
        if not self.files:
            return []
        absent = [path for path in paths if path not in self.files and self.files.keys().isdisjoint(_above(path))]
        if any(not path.isascii() for path in absent):
            from unicodedata import normalize

            composed = {normalize("NFC", path) for path in self.files}  # as git has it, whatever a system makes of a name
            absent = [path for path in absent if normalize("NFC", path) not in composed]
        return absent if len(absent) < len(paths) else []


def _above(path: str) -> Iterator[str]:
    """The folders that a path leads through, as an index may name them: a folder of a sparse one ends with `/`, a submodule does not."""
    at = path.find("/")
    while at >= 0:
        yield path[: at + 1]
        yield path[:at]
        at = path.find("/", at + 1)


def top_folder(folder: str) -> str | None:
    """The nearest folder upwards that has a `.git` entry, with no link in its path."""
    current = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(current, ".git")):
        above = os.path.dirname(current)
        if above == current:
            return None
        current = above
    return current


class OtherForm(Exception):
    """The index is in a form that is not read here (one that is split in two): git is to be asked."""


def checkout_of(folder: str) -> Checkout | None:
    """What git knows of a ledger's folder; None where it lies in no repository, or the index can't be read. Raises OtherForm."""
    top = top_folder(folder)
    if top is None:
        return None
    above = prefix_of(folder, top)
    try:
        data, written = _read(os.path.join(_git_folder(top), "index"))
    except FileNotFoundError:
        return Checkout({}, frozenset(), 0)  # nothing was added yet
    except (OSError, ValueError):
        return None
    return checkout_from(folder, above, _entries_of(data, os.fsencode(above)), written)


def checkout_from(folder: str, above: str, entries: list[Indexed], written: int) -> Checkout:
    """The same of what an index has; `above` leads from the top folder to this one."""
    files = {entry.path.removeprefix(above): entry for entry in entries}
    skipped = [path for path, entry in files.items() if entry.skipped]
    absent = [path for path in skipped if path.endswith("/") or not os.path.lexists(os.path.join(folder, path))]
    return Checkout(files, frozenset(absent), written)


def prefix_of(folder: str, top: str) -> str:
    """What leads from the top folder of a repository to a folder, with a `/` behind it; nothing where they are the same."""
    inside = os.path.relpath(os.path.realpath(folder), top).replace(os.sep, "/")
    return "" if inside == "." else f"{inside}/"


def _git_folder(top: str) -> str:
    """The folder in which git keeps what it knows of a work tree: `.git`, or where the file of this name says."""
    path = os.path.join(top, ".git")
    if os.path.isdir(path):
        return path
    data, _ = _read(path)
    if not data.startswith(b"gitdir: "):
        raise ValueError("no repository")
    return os.path.join(top, os.fsdecode(data[len(b"gitdir: ") :].rstrip(b"\r\n")))


def _read(path: str) -> tuple[bytes, int]:
    """The bytes of a plain file and when it was written; raises OSError, or ValueError for what is none."""
    handle = os.open(path, os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY")))
    with open(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_INDEX:
            raise ValueError("no index")
        return file.read(), state.st_mtime_ns


def _entries_of(data: bytes, above: bytes) -> list[Indexed]:
    """The files of an index that a ledger's folder may read; raises OtherForm for an index that is none, or split in two."""
    version, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    if data[:4] == b"DIRC" and version in (2, 3, 4):
        wanted = tuple(above + name for name in _READ)
        for width in _HASHES:  # which one is told by the repository's settings, and by what makes sense
            try:
                found, at = (_whole if version < 4 else _shortened)(data, count, width, wanted)
                if not _is_split(data, at, width):
                    return found
                break
            except (ValueError, IndexError):
                continue
    raise OtherForm


def _whole(data: bytes, count: int, width: int, wanted: tuple[bytes, ...]) -> tuple[list[Indexed], int]:
    """The files of an index of version 2 or 3, where each path is written whole, and where what follows them begins; raises ValueError
    or IndexError where that is not how the index is made. (A large repository has many: what is done for each of them is little.)"""
    found: list[Indexed] = []
    at, flags_at, head = 12, 40 + width, 42 + width
    for _ in range(count):
        extended = data[at + flags_at] & 0x40
        length = (data[at + flags_at] & 0x0F) << 8 | data[at + flags_at + 1]
        start = at + head + 2 if extended else at + head
        if length == _LONG:
            length = data.index(0, start) - start
        if data[start + length]:
            raise ValueError("no path")
        if data.startswith(wanted, start):
            found.append(_indexed(data, at, width, data[start : start + length]))
        at += (start - at + length + 8) & ~7
    return found, at


def _shortened(data: bytes, count: int, width: int, wanted: tuple[bytes, ...]) -> tuple[list[Indexed], int]:
    """The same of version 4, where a path is what differs from the one before."""
    found: list[Indexed] = []
    at, path = 12, b""
    for _ in range(count):
        flags = int.from_bytes(data[at + 40 + width : at + 42 + width], "big")
        cut, start = _number(data, at + (44 if flags & 0x4000 else 42) + width)
        end = data.index(0, start)
        path = path[: len(path) - cut] + data[start:end]
        if flags & _LONG != min(len(path), _LONG):
            raise ValueError("no path")
        if path.startswith(wanted):
            found.append(_indexed(data, at, width, path))
        at = end + 1
    return found, at


def _indexed(data: bytes, at: int, width: int, path: bytes) -> Indexed:
    """The file that is told of from a place on: two times of eight bytes, then numbers of four, of which the seventh is the mode."""
    seconds, nanoseconds, mode, size = (int.from_bytes(data[at + start : at + start + 4], "big") for start in (8, 12, 24, 36))
    if mode >> 12 not in _KINDS:
        raise ValueError("no mode")
    flags = at + 40 + width
    skipped = bool(data[flags] & 0x40 and data[flags + 2] & 0x40)
    return Indexed(os.fsdecode(path), data[at + 40 : flags].hex(), skipped, size, (seconds, nanoseconds))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, as git writes offsets, and where it ends."""
    value = data[at] & 0x7F
    while data[at] & 0x80:
        at += 1
        value = (value + 1) << 7 | data[at] & 0x7F
    return value, at + 1


def _is_split(data: bytes, at: int, width: int) -> bool:
    """Whether an index only says in what it differs from another one."""
    while at + 8 <= len(data) - width:
        if data[at : at + 4] == b"link":
            return True
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return False
