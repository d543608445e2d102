"""Files of a ledger, written whole or not at all: beside their place first, all of them, then each into its place by one rename.

No link is followed, neither by a file's name nor by a folder's on the way to it. A file that is not any more as it was read is not
replaced. What an end between two renames leaves is whole files, some of them old: who calls says in which order that does no harm.
Leftovers (`.ledger-….tmp`) are taken away by the next writing into their folder.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from ledger.model import Trouble
from ledger.texts.display import one_line

try:
    import fcntl
except ImportError:  # (Windows: two at once are told apart by what they read alone)
    fcntl = None  # type: ignore[assignment]

LEFTOVER = re.compile(r"\.ledger-[0-9a-f]{16}\.tmp")
PATIENCE = 30.0  # seconds for another writer to end
_STEP = 0.05
_BY_FOLDER = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd and os.stat in os.supports_dir_fd
_FOLDER = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC"))
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class Change(NamedTuple):
    """A file as it was read (None: there was none) and as it shall be; `path` is relative to the ledger, with `/`."""

    path: str
    before: bytes | None
    after: bytes


@contextmanager
def alone(root: str) -> Iterator[bool]:
    """Nobody else of us writes into a ledger meanwhile; gives whether that is sure. Raises Trouble where somebody goes on for too long.
    The lock is held on the folder itself, so that nothing is left of it, however the program ends."""
    if fcntl is None:
        yield False
        return
    try:
        handle = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | os.O_CLOEXEC)
    except OSError as problem:
        raise Trouble(f"can't open the folder {one_line(root)}: {problem.strerror}") from None
    try:
        yield _lock(handle, root)
    finally:
        os.close(handle)


def _lock(handle: int, root: str) -> bool:
    for _ in range(int(PATIENCE / _STEP)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(_STEP)
        except OSError:  # a file system without locks: what was read is compared all the same
            return False
    raise Trouble(f"another command is writing into {one_line(root)}: nothing was written; try again when it has ended")


class _Folder:
    """A folder within a ledger, reached without following a link, and what is done in it."""

    def __init__(self, path: str, handle: int | None) -> None:
        self.path = path
        self.handle = handle

    def named(self, name: str) -> str:
        return name if self.handle is not None else os.path.join(self.path, name)

    def state(self, name: str) -> os.stat_result | None:
        """What a name is; None where there is nothing."""
        try:
            return os.stat(self.named(name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        return os.open(self.named(name), flags, mode, dir_fd=self.handle)

    def unlink(self, name: str) -> None:
        os.unlink(self.named(name), dir_fd=self.handle)

    def below(self, name: str) -> tuple[_Folder, bool]:
        """The folder of a name, made where there is none, and whether it was made; raises Trouble for what is no folder."""
        made = False
        if self.state(name) is None:
            os.mkdir(self.named(name), dir_fd=self.handle)
            made = True
        state = self.state(name)
        path = os.path.join(self.path, name)
        if state is None or not stat.S_ISDIR(state.st_mode):
            what = "a link" if state is not None and stat.S_ISLNK(state.st_mode) else "no folder"
            raise Trouble(f"{one_line(path)} is {what}: nothing is written behind it")
        return _Folder(path, self.open(name, _FOLDER) if _BY_FOLDER else None), made

    def read(self, name: str) -> bytes | None:
        """The bytes of a plain file; None where there is none. Raises Trouble for what is no plain file."""
        state = self.state(name)
        if state is None:
            return None
        if not stat.S_ISREG(state.st_mode):
            raise Trouble(f"{one_line(os.path.join(self.path, name))} is no plain file: it is not written to")
        with os.fdopen(self.open(name, _READ), "rb") as file:
            return file.read()

    def close(self) -> None:
        if self.handle is not None:
            os.close(self.handle)


class _Written(NamedTuple):
    """A change whose new file lies beside its place."""

    change: Change
    folder: _Folder
    name: str
    beside: str


def is_inside(path: str) -> bool:
    """Whether a path stays in the ledger's folder, and out of git's own."""
    names = path.split("/")
    return not any(name in ("", ".", "..") or name.lower() == ".git" or re.search(r"[\0\\]", name) for name in names)


def replace_files(root: str, changes: Sequence[Change], is_alone: bool) -> None:
    """Write files, in their order. Raises Trouble, and leaves all as it was, where one of them can't be written or has changed. Who
    `is_alone` takes away what a writer left who was ended."""
    for change in changes:
        if not is_inside(change.path):
            raise Trouble(f"{one_line(change.path)} leads out of the ledger: it is not written to")
    with ExitStack() as closing:
        made: list[str] = []
        beside: list[_Written] = []
        path = ""
        try:
            folders = _Opened(root, made, closing, is_alone)
            for change in changes:
                path = change.path
                above, _, name = path.rpartition("/")
                beside.append(_write_beside(folders.folder(above), name, change))
            _into_place(beside)
            for folder in {written.folder.path: written.folder for written in beside}.values():
                _flush(folder)
        except OSError as problem:
            _clear(beside, made)
            raise Trouble(f"can't write {one_line(path)}: {problem.strerror}; nothing was changed") from None
        except BaseException:
            _clear(beside, made)
            raise


class _Opened:
    """The folders of a ledger that are written to, each opened once; those that were `made` for it are noted."""

    def __init__(self, root: str, made: list[str], closing: ExitStack, is_alone: bool) -> None:
        self.made, self.closing, self.is_alone = made, closing, is_alone
        self.known: dict[str, _Folder] = {}
        self._add("", _Folder(root, os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0)) if _BY_FOLDER else None))

    def folder(self, path: str) -> _Folder:
        """A folder by its path from the ledger's."""
        if path not in self.known:
            above, _, name = path.rpartition("/")
            folder, made = self.folder(above).below(name)
            if made:
                self.made.append(folder.path)
            self._add(path, folder)
        return self.known[path]

    def _add(self, path: str, folder: _Folder) -> None:
        self.closing.callback(folder.close)
        self.known[path] = folder
        if self.is_alone:
            _take_leftovers(folder)


def _write_beside(folder: _Folder, name: str, change: Change) -> _Written:
    """Write the new file beside its place, with the mode of the old one."""
    _refuse_changed(folder, name, change)
    state = folder.state(name)
    if state is not None and not stat.S_IMODE(state.st_mode) & 0o222:
        raise Trouble(f"{one_line(change.path)} is read-only: nothing was changed")
    beside = f".ledger-{secrets.token_hex(8)}.tmp"
    handle = folder.open(beside, _NEW)
    try:
        if state is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, stat.S_IMODE(state.st_mode))
        rest = memoryview(change.after)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            folder.unlink(beside)
        raise
    finally:
        os.close(handle)
    return _Written(change, folder, name, beside)


def _refuse_changed(folder: _Folder, name: str, change: Change) -> None:
    if folder.read(name) != change.before:
        what = "is there already" if change.before is None else "was changed by somebody else meanwhile"
        raise Trouble(f"{one_line(change.path)} {what}: nothing was written; look at it, and try again")


def _into_place(beside: Sequence[_Written]) -> None:
    """Rename each into its place. Where one can't be, those before it are put back."""
    for written in beside:
        _refuse_changed(written.folder, written.name, written.change)
    done: list[_Written] = []
    try:
        for written in beside:
            _refuse_changed(written.folder, written.name, written.change)
            _rename(written)
            done.append(written)
    except BaseException:
        for written in reversed(done):
            _put_back(written)
        raise


def _rename(written: _Written) -> None:
    folder, name = written.folder, written.name
    if written.change.before is None and hasattr(os, "link"):  # a rename would replace what came there meanwhile
        try:
            os.link(folder.named(written.beside), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
        except FileExistsError:
            raise Trouble(f"{one_line(written.change.path)} is there already: nothing was written") from None
        except OSError as problem:
            if problem.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS):
                raise
        else:
            folder.unlink(written.beside)
            return
    os.replace(folder.named(written.beside), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)


def _put_back(written: _Written) -> None:
    """Undo a rename, as far as that can be."""
    with suppress(OSError, Trouble):
        if written.change.before is None:
            written.folder.unlink(written.name)
        else:
            back = Change(written.change.path, written.change.after, written.change.before)
            _rename(_write_beside(written.folder, written.name, back))


def _take_leftovers(folder: _Folder) -> None:
    """Take away what a writer left who was ended: whoever writes is alone here."""
    for name in os.listdir(folder.handle if folder.handle is not None else folder.path):
        if LEFTOVER.fullmatch(name):
            state = folder.state(name)
            if state is not None and stat.S_ISREG(state.st_mode):
                folder.unlink(name)


def _flush(folder: _Folder) -> None:
    """Make the renames last; a system that can't flush a folder does so by itself."""
    if folder.handle is not None:
        with suppress(OSError):
            os.fsync(folder.handle)


def _clear(beside: Sequence[_Written], made: Sequence[str]) -> None:
    for written in beside:
        with suppress(OSError):
            written.folder.unlink(written.beside)
    for folder in reversed(made):
        with suppress(OSError):
            os.rmdir(folder)
