"""What a git repository holds, by its hash: files, folders, commits. What it lacks ends the command, and is never an empty answer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import IO, NamedTuple

from ledger.model import Trouble

MOST_NAMES = 256 * 1024 * 1024  # bytes of one folder's listing
_HASH = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class Entry(NamedTuple):
    """One name in a folder of a commit: `mode` as git has it (`100644`, `120000`, `160000`, `40000`, ...)."""

    name: str
    mode: str
    hash: str

    def is_folder(self) -> bool:
        """Whether there are names below it."""
        return self.mode.lstrip("0") == "40000"


class Blobs:
    """Reads files and folders of a repository by their hash, through one `git cat-file --batch`."""

    def __init__(self, asking: IO[bytes], answers: IO[bytes], incomplete: Callable[[str], Trouble]) -> None:
        """`asking` and `answers` are git's streams; `incomplete` gives what to raise for something that git does not hold."""
        self._asking = asking
        self._answers = answers
        self._incomplete = incomplete

    def read(self, digest: str, most: int, what: str = "") -> bytes | None:
        """The bytes of a file, or None for one of more than `most`; raises Trouble where the repository does not hold it (a partial
        clone): `what` is it, in words."""
        return self._object(digest, most, "blob", what or f"the file {digest[:12]}")

    def folder(self, digest: str) -> list[Entry]:
        """The names in the folder of that hash, as git sorts them."""
        data = self._object(digest, MOST_NAMES, "tree", f"the folder {digest[:12]}")
        if data is None:
            raise self._incomplete(f"the folder {digest[:12]} has too many names to be read")
        found, place, width = [], 0, len(digest) // 2
        while place < len(data):
            end = data.find(b"\0", place)
            mode, _, name = data[place:end].partition(b" ")
            place = end + 1 + width
            if end < 0 or place > len(data) or not name or not mode.isdigit():
                raise self._incomplete(f"the folder {digest[:12]} is damaged")
            found.append(Entry(os.fsdecode(name), mode.decode("ascii"), data[end + 1 : place].hex()))
        return found

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

    def _object(self, digest: str, most: int, kind: str, what: str) -> bytes | None:
        try:
            self._asking.write(digest.encode("ascii") + b"\n")
            self._asking.flush()
            head = self._answers.readline().split()
            if len(head) == 3 and head[1].decode("ascii", "replace") == kind and head[2].isdigit():
                size = int(head[2])
                if size > most:
                    self._pass_over(self._answers, size + 1)
                    return None
                data = self._answers.read(size + 1)
                if len(data) == size + 1:
                    return data[:-1]
        except OSError:
            pass
        raise self._incomplete(f"git does not hold {what}")

    @staticmethod
    def _pass_over(stream: IO[bytes], size: int) -> None:
        while size > 0 and (part := stream.read(min(size, 1 << 20))):
            size -= len(part)
