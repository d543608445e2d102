"""Where the files of a ledger are read from: a folder, a commit, the index of git, or files held in memory."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ledger.model import Trouble
from ledger.reading.checkouts import Checkout, OtherForm, checkout_of
from ledger.texts.display import one_line

if TYPE_CHECKING:
    from ledger.reading.git import Repository
    from ledger.reading.objects import Blobs
    from ledger.reading.objects import Entry as GitEntry


LEFT_OUT = "left out"
SEEDS_ABOVE = "seeds/"  # what the path of a seed begins with
MOST_AHEAD = 32 * 1024 * 1024  # bytes that are read from git before they are asked for


class Entry(NamedTuple):
    """One name in a folder of the ledger; `kind` is `file`, `folder`, `link`, `other` (a device, a pipe, a socket) or LEFT_OUT (by a
    sparse checkout)."""

    name: str
    kind: str


class TooLarge(Exception):
    """The file is larger than the reader was told to take."""


class NotThere(Exception):
    """There is no such file."""


class NotCheckedOut(NotThere):
    """Git holds the file, and a sparse checkout leaves it out of the folder."""


class NotPlain(Exception):
    """The name is no plain file: its text says what it is."""


class Tree(Protocol):
    """The files of one state of a ledger. Paths are relative, with `/`."""

    def entries(self, folder: str) -> list[Entry]:
        """The names in a folder, sorted; empty where there is no such folder."""

    def read(self, path: str, most: int) -> bytes:
        """The bytes of a plain file; raises NotThere, NotPlain, TooLarge (over `most` bytes)."""


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


# A link is not followed, and nothing is waited for that would not come.
_PLAINLY = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_KIND_WORDS = {"folder": "a folder", "link": "a symbolic link", "other": "a device, pipe or socket"}


def _kind_of(entry: os.DirEntry[str]) -> str | None:
    """What a name in a folder is; None where it has gone since the folder was listed."""
    try:
        return _kind(entry.stat(follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return None


class WorkTree:
    """A ledger's folder on disk. Nothing outside it is read: no link is followed, no device opened."""

    def __init__(self, root: str) -> None:
        self.root = root

    @cached_property
    def checkout(self) -> Checkout | None:
        """What git knows of the files here; None where no git is, or it can't be told."""
        try:
            return checkout_of(self.root)
        except OtherForm:
            from ledger.reading.git import checkout_asked

            return checkout_asked(self.root)

    def entries(self, folder: str) -> list[Entry]:
        return sorted([*self._here(folder), *self._left_out(folder)])

    def _left_out(self, folder: str) -> list[Entry]:
        """The names that a sparse checkout leaves out of a folder."""
        paths = self.checkout.left_out if self.checkout is not None else ()
        above = f"{folder}/" if folder else ""
        names = (path.removeprefix(above).removesuffix("/") for path in paths if path.startswith(above))
        return [Entry(name, LEFT_OUT) for name in names if name and "/" not in name]

    def _here(self, folder: str) -> list[Entry]:
        path = os.path.join(self.root, folder)
        try:
            if _kind(os.lstat(path).st_mode) != "folder":
                return []
            with os.scandir(path) as found:
                return [Entry(entry.name, kind) for entry in found if (kind := _kind_of(entry)) is not None]
        except FileNotFoundError:
            return []
        except OSError as problem:
            raise Trouble(f"can't list the folder {folder}: {problem.strerror}") from None

    def read(self, path: str, most: int) -> bytes:
        try:
            return self._read(path, most)
        except (NotThere, NotPlain):
            if self.checkout is not None and self.checkout.leaves_out(path):
                raise NotCheckedOut from None
            raise

    def _read(self, path: str, most: int) -> bytes:
        full = self.root
        *folders, name = path.split("/")
        try:
            for part in folders:
                full = f"{full}{os.sep}{part}"
                kind = _kind(os.lstat(full).st_mode)
                if kind != "folder":
                    raise NotPlain("no folder" if kind == "file" else f"behind {part}, which is {_KIND_WORDS[kind]}")
            full = f"{full}{os.sep}{name}"
            kind = _kind(os.lstat(full).st_mode)
            if kind != "file":
                raise NotPlain(_KIND_WORDS[kind])
            handle = os.open(full, _PLAINLY)
            try:
                state = os.fstat(handle)
                if not stat.S_ISREG(state.st_mode):
                    raise NotPlain(_KIND_WORDS.get(_kind(state.st_mode), "no plain file"))
                if state.st_size > most:
                    raise TooLarge
                return _read_at_most(handle, state.st_size, most)
            finally:
                os.close(handle)
        except (FileNotFoundError, NotADirectoryError):
            raise NotThere from None
        except ValueError:  # a NUL in the name
            raise NotThere from None
        except OSError as problem:
            if problem.errno in (errno.ENAMETOOLONG, errno.EINVAL):
                raise NotThere from None
            if problem.errno == errno.ELOOP:
                raise NotPlain("a symbolic link") from None
            raise Trouble(f"can't open {path}: {problem.strerror}") from None


def _read_at_most(handle: int, likely: int, most: int) -> bytes:
    """The bytes of an open file of likely so many. Asked for much more than there is, the system is slow to give the room back."""
    chunks: list[bytes] = []
    size = 0
    step = min(likely + 1, 1 << 20)
    while chunk := os.read(handle, step):
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            raise TooLarge
        if len(chunk) <= likely == size:
            break  # all of it, as large as it was
    return b"".join(chunks)


class StoredOtherwise(Protocol):
    """What knows the seeds of which git holds something else than what it puts into a folder."""

    def content(self, path: str, digest: str, blob: Callable[[int], bytes | None]) -> bytes | None:
        """The bytes of a seed that git holds under a hash, as a folder has them; None where they are those that git holds. `blob` gives
        these, if they are no more than so many."""


class GitTree:
    """A ledger's folder as git holds it, read without checking it out: `listing` gives what a folder holds, by name.

    Links and submodules are named as what they are, never followed.
    """

    def __init__(self, blobs: Blobs, words: str, beside: StoredOtherwise | None = None) -> None:
        """`words` say in which state the files are, for whoever reads that one of them is missing; `beside` has the work tree's seeds,
        where git may hold something else than these."""
        self.blobs = blobs
        self.beside = beside
        self._words = words
        self._folders: dict[str, dict[str, tuple[str, str]]] = {}

    def _listed(self, folder: str) -> Iterable[GitEntry]:
        """The names in a folder; none where there is no such folder."""
        raise NotImplementedError

    def listing(self, folder: str) -> dict[str, tuple[str, str]]:
        """Of each name in a folder its kind and hash; the ledger's own folder is the empty text."""
        if folder not in self._folders:
            self._folders[folder] = {each.name: (_GIT_KINDS.get(each.mode.zfill(6), "file"), each.hash) for each in self._listed(folder)}
        return self._folders[folder]

    def entries(self, folder: str) -> list[Entry]:
        return sorted(Entry(name, kind) for name, (kind, _) in self.listing(folder).items())

    def hash_of(self, path: str) -> str | None:
        """Git's hash of a plain file; None where there is none."""
        folder, _, name = path.rpartition("/")
        kind, digest = self.listing(folder).get(name, ("", ""))
        return digest if kind == "file" else None

    def read(self, path: str, most: int) -> bytes:
        folder, _, name = path.rpartition("/")
        kind, digest = self.listing(folder).get(name, ("", ""))
        if not kind:
            raise NotThere
        if kind != "file":
            raise NotPlain(_KIND_WORDS.get(kind, "no plain file") if kind != "other" else "a submodule")
        data = self._beside(path, digest)
        if data is None:
            data = self._blob(path, digest, most)
        if data is None or len(data) > most:
            raise TooLarge
        return data

    def _blob(self, path: str, digest: str, most: int) -> bytes | None:
        return self.blobs.read(digest, most, f"{one_line(path)} as {self._words} has it")

    def _beside(self, path: str, digest: str) -> bytes | None:
        """What a seed is in the work tree, where git holds something else."""
        if self.beside is None or not path.startswith(SEEDS_ABOVE):
            return None
        return self.beside.content(path, digest, lambda most: self._blob(path, digest, most))

    def ahead(self, paths: Iterable[str]) -> None:
        """Ask for files that will be read."""
        self.blobs.ahead([digest for path in paths if (digest := self.hash_of(path)) is not None], MOST_AHEAD)

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a plain file is just these bytes: told by its hash, without reading it, or by what the work tree has of a seed."""
        digest = self.hash_of(path)
        return digest is not None and (git_hash(data, len(digest)) == digest or self._beside(path, digest) == data)


class CommitTree(GitTree):
    """A ledger's folder as a commit has it; `folder` is its path from the top, `.` at the top."""

    def __init__(self, repository: Repository, commit: str, folder: str, blobs: Blobs, beside: StoredOtherwise | None = None) -> None:
        super().__init__(blobs, commit[:12], beside)
        self.repository = repository
        self.commit = commit
        self._names = [] if folder == "." else folder.split("/")

    def _listed(self, folder: str) -> Iterable[GitEntry]:
        if not folder:
            return self.blobs.below(self.blobs.top_of(self.commit), self._names) or ()
        above, _, name = folder.rpartition("/")
        kind, digest = self.listing(above).get(name, ("", ""))
        return self.blobs.folder(digest) if kind == "folder" else ()


class IndexTree(GitTree):
    """A ledger's folder as git would commit it now: what is in the index, and not as it lies in the folder."""

    def __init__(self, blobs: Blobs, folder: str, staged: Iterable[tuple[str, GitEntry]]) -> None:
        """`staged` are the files in the index below the ledger's folder, each with its path from the repository's top."""
        super().__init__(blobs, "the index")
        prefix = "" if folder == "." else folder + "/"
        self._below: dict[str, dict[str, GitEntry]] = {}
        for path, entry in staged:
            if path.startswith(prefix):
                self._put(path[len(prefix) :], entry)

    def _put(self, path: str, entry: GitEntry) -> None:
        folder, _, name = path.rpartition("/")
        self._below.setdefault(folder, {})[name] = entry._replace(name=name)
        if folder:
            self._put(folder, entry._replace(mode="040000", hash=""))

    def _listed(self, folder: str) -> Iterable[GitEntry]:
        return self._below.get(folder, {}).values()


def git_hash(data: bytes, digits: int) -> str:
    """Git's hash of a file with these bytes, in hex: SHA-1 (40 digits) or SHA-256."""
    new = hashlib.sha1 if digits == 40 else hashlib.sha256
    return new(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def holds(tree: Tree, path: str, data: bytes) -> bool:
    """Whether a path is a plain file of just these bytes."""
    if isinstance(tree, GitTree):
        return tree.holds(path, data)
    try:
        return tree.read(path, len(data)) == data
    except (NotThere, NotPlain, TooLarge):
        return False


_GIT_KINDS = {"040000": "folder", "120000": "link", "160000": "other"}


class MemoryTree:
    """Files given as `{path: bytes}`."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def entries(self, folder: str) -> list[Entry]:
        prefix = folder + "/"
        found: dict[str, str] = {}
        for path in self.files:
            if path.startswith(prefix):
                name, slash, _ = path[len(prefix) :].partition("/")
                found[name] = "folder" if slash else "file"
        return [Entry(name, found[name]) for name in sorted(found)]

    def read(self, path: str, most: int) -> bytes:
        data = self.files.get(path)
        if data is None:
            raise NotThere
        if len(data) > most:
            raise TooLarge
        return data
