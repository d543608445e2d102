"""What a git repository holds, by its hash: files, folders, commits. What it lacks ends the command, and is never an empty answer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import IO, NamedTuple

from ledger.model import Trouble

MOST_NAMES = 256 * 1024 * 1024  # bytes of one folder's listing
AT_ONCE = 200  # objects that are asked for before the first is read: so many hashes never fill a pipe
_LISTED = {digits: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % (digits // 2), re.DOTALL) for digits in (40, 64)}
_HASH = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class Entry(NamedTuple):
    """One name in a folder of a commit: `mode` as git has it (`100644`, `120000`, `160000`, `40000`, ...)."""

    name: str
    mode: str
    hash: str

    def is_folder(self) -> bool:
        """Whether there are names below it."""
        return self.mode.lstrip("0") == "40000"

    def is_file(self) -> bool:
        """Whether it is a plain file: no link, no folder, no submodule."""
        return self.mode.startswith("100")


class Blobs:
    """Reads files and folders of a repository by their hash, through one `git cat-file --batch`."""

    def __init__(self, asking: IO[bytes], answers: IO[bytes], incomplete: Callable[[str], Trouble]) -> None:
        """`asking` and `answers` are git's streams; `incomplete` gives what to raise for something that git does not hold."""
        self._asking = asking
        self._answers = answers
        self._incomplete = incomplete
        self._held: dict[str, bytes] = {}  # files that were asked for ahead, until they are read

    def ahead(self, digests: Sequence[str], most: int) -> None:
        """Ask for files that will be read, many at a time, `most` bytes of them together: each question by itself waits for git. What is
        not to be had is told when it is read."""
        room = most
        for start in range(0, len(digests), AT_ONCE):
            asked = digests[start : start + AT_ONCE]
            try:
                self._asking.write("".join(f"{digest}\n" for digest in asked).encode("ascii"))
                self._asking.flush()
                for digest in asked:
                    head = self._answers.readline().split()
                    size = int(head[2]) if len(head) == 3 and head[2].isdigit() else -1
                    if size > room or (size >= 0 and head[1] != b"blob"):
                        self._pass_over(self._answers, size + 1)
                    elif size >= 0:
                        data = self._answers.read(size + 1)
                        if len(data) == size + 1:
                            self._held[digest] = data[:-1]
                        room -= size
            except OSError:
                return  # told by the next who reads
            if room < most // 2:
                return

    def read(self, digest: str, most: int, what: str = "") -> bytes | None:
        """The bytes of a file, or None for one of more than `most`; raises Trouble where the repository does not hold it (a partial
        clone): `what` is it, in words."""
        held = self._held.pop(digest, None)
        if held is not None and len(held) <= most:
            return held
        return self._object(digest, most, "blob", what or f"the file {digest[:12]}")

    def folder(self, digest: str) -> list[Entry]:
        """The names in the folder of that hash, as git sorts them."""
        return self.folders([digest])[0]

    def folders(self, digests: Sequence[str]) -> list[list[Entry]]:
        """The names in the folders of those hashes: asked for at once, which is far quicker than one by one."""
        found = []
        for digest, data in zip(digests, self._objects(digests, "tree", "folder"), strict=True):
            listed = _LISTED[len(digest)].findall(data)
            if sum(len(mode) + len(name) + len(digest) // 2 + 2 for mode, name, _ in listed) != len(data):
                raise self._incomplete(f"the folder {digest[:12]} is damaged")
            found.append([_entry(*facts) for facts in listed])
        return found

    def commits(self, digests: Sequence[str]) -> list[bytes]:
        """The bytes of the commits of those hashes, as they are stored."""
        return self._objects(digests, "commit", "commit")

    def below(self, digest: str, names: Sequence[str]) -> list[Entry] | None:
        """The names in the folder to which names lead from the folder of that hash; None where there is no such folder."""
        found = self.folder(digest)
        for name in names:
            deeper = next((each for each in found if each.name == name and each.is_folder()), None)
            if deeper is None:
                return None
            found = self.folder(deeper.hash)
        return found

    def top_of(self, commit: str) -> str:
        """The hash of the top folder of a commit."""
        data = self._object(commit, MOST_NAMES, "commit", f"the commit {commit[:12]}") or b""
        head, _, digest = data.partition(b"\n")[0].decode("ascii", "replace").partition(" ")
        if head != "tree" or not _HASH.fullmatch(digest):
            raise self._incomplete(f"the commit {commit[:12]} names no folder")
        return digest

    def _objects(self, digests: Sequence[str], kind: str, word: str) -> list[bytes]:
        found = []
        for start in range(0, len(digests), AT_ONCE):
            some = digests[start : start + AT_ONCE]
            self._ask(some)
            for digest in some:
                data = self._answer(MOST_NAMES, kind, f"the {word} {digest[:12]}")
                if data is None:
                    raise self._incomplete(f"the {word} {digest[:12]} is too large to be read")
                found.append(data)
        return found

    def _object(self, digest: str, most: int, kind: str, what: str) -> bytes | None:
        self._ask([digest])
        return self._answer(most, kind, what)

    def _ask(self, digests: Sequence[str]) -> None:
        with suppress(OSError):  # git ended: there is no answer then
            self._asking.write("".join(f"{digest}\n" for digest in digests).encode("ascii"))
            self._asking.flush()

    def _answer(self, most: int, kind: str, what: str) -> bytes | None:
        with suppress(OSError):
            head = self._answers.readline().split()
            if len(head) == 3 and head[1].decode("ascii", "replace") == kind and head[2].isdigit():
                size = int(head[2])
                if size > most:
                    self._pass_over(self._answers, size + 1)
                    return None
                data = self._answers.read(size + 1)
                if len(data) == size + 1:
                    return data[:-1]
        raise self._incomplete(f"git does not hold {what}")

    @staticmethod
    def _pass_over(stream: IO[bytes], size: int) -> None:
        while size > 0 and (part := stream.read(min(size, 1 << 20))):
            size -= len(part)


@lru_cache(maxsize=65536)
def _entry(mode: bytes, name: bytes, digest: bytes) -> Entry:
    """An entry as a folder lists it: most stand in the same way in the folder of the commit before."""
    return Entry(os.fsdecode(name), mode.decode("ascii"), digest.hex())
