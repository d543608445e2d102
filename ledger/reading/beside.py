"""The seeds of a work tree beside those of a commit: git may hold something else than what it puts into the folder.

A line-end setting, `ident`, `working-tree-encoding` or a filter (Git LFS) makes of a file what git keeps, and the other way round. A seed
that git would keep as what it has is the same seed. No program is run for that: what a filter makes of a file is told by the pointer that
is kept for it, by the index, or not at all.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from functools import cached_property

from ledger.reading.git import Repository
from ledger.reading.pointers import MOST, pointed_at
from ledger.reading.trees import SEEDS_ABOVE, NotPlain, NotThere, TooLarge, WorkTree, git_hash
from ledger.texts.display import one_line, shorten
from ledger.texts.seeds import MAX_SEED_BYTES

_NO_FILTER = ("unspecified", "unset")


class Beside:
    """The work tree of a ledger, for commits that are read from git. `compared`: it is the other side of what is compared, so that what
    settings of git make of a seed is no change; else it only has the texts that pointers in the commits stand for."""

    def __init__(self, repository: Repository, tree: WorkTree, folder: str, compared: bool) -> None:
        self.repository = repository
        self.tree = tree
        self.above = "" if folder == "." else f"{folder}/"
        self.compared = compared
        self.not_told: dict[str, str] = {}  # the filter, by path

    def content(self, path: str, digest: str, blob: Callable[[int], bytes | None]) -> bytes | None:
        """What a seed of a commit is in the work tree, where that is not what git holds: of a pointer its text, wherever it is to be
        had; and what git would store as the very file that it has (`digest`, `blob`)."""
        try:
            here = self.tree.read(path, MAX_SEED_BYTES)
        except (NotThere, NotPlain, TooLarge):
            here = None
        if self.compared and here is not None and git_hash(here, len(digest)) == digest:
            return None
        target = pointed_at(blob(MOST) or b"")
        if target is not None:
            return here if here is not None and hashlib.sha256(here).hexdigest() == target else self._kept(target)
        if not self.compared or here is None:
            return None
        if path in self._filters:
            if not self._is_untouched(path, digest):
                self.not_told[path] = self._filters[path]
            return here
        return here if self._stored.get(path) == digest else None

    def not_compared(self) -> list[str]:
        """The seeds of which nobody can tell whether they changed, in words."""
        return [
            f"{one_line(path)} stands behind the filter `{shorten(name, 60)}` and was written since git looked at it: it is not compared"
            for path, name in sorted(self.not_told.items())
        ]

    @cached_property
    def _seeds(self) -> list[str]:
        names = [entry.name for entry in self.tree.entries(SEEDS_ABOVE[:-1]) if entry.kind == "file" and "\n" not in entry.name]
        return [SEEDS_ABOVE + name for name in names if self._size(SEEDS_ABOVE + name) <= MAX_SEED_BYTES]

    def _size(self, path: str) -> int:
        try:
            return os.lstat(os.path.join(self.tree.root, path)).st_size
        except OSError:
            return MAX_SEED_BYTES + 1  # it went away

    @cached_property
    def _filters(self) -> dict[str, str]:
        """The filter of each seed that has one."""
        given = b"".join(os.fsencode(self.above + path) + b"\0" for path in self._seeds)
        answer = self.repository.must("check-attr", "-z", "--stdin", "filter", given=given).split(b"\0")
        named = zip(answer[0::3], answer[2::3], strict=False)
        values = {os.fsdecode(path).removeprefix(self.above): value.decode("utf-8", "replace") for path, value in named}
        return {path: value for path, value in values.items() if value not in _NO_FILTER}

    @cached_property
    def _stored(self) -> dict[str, str]:
        """The hash of what git would store of each seed without a filter."""
        paths = [path for path in self._seeds if path not in self._filters]
        given = b"".join(os.fsencode(self.above + path) + b"\n" for path in paths)
        answer = self.repository.ask("hash-object", "--stdin-paths", given=given) if paths else None
        return dict(zip(paths, (answer or b"").decode("ascii").split(), strict=False))

    def _is_untouched(self, path: str, digest: str) -> bool:
        """Whether a file is as git put it there, or took it in, from or as what it has under a hash: as its index tells."""
        checkout = self.tree.checkout
        entry = checkout.files.get(path) if checkout is not None else None
        if checkout is None or entry is None or entry.hash != digest:
            return False
        state = os.lstat(os.path.join(self.tree.root, path))
        as_told = divmod(state.st_mtime_ns, 1_000_000_000) == entry.changed and state.st_size & 0xFFFFFFFF == entry.size
        return as_told and state.st_mtime_ns < checkout.written

    def _kept(self, target: str) -> bytes | None:
        """The text that a pointer stands for, as Git LFS keeps it beside the repository."""
        answer = self.repository.ask("rev-parse", "--git-common-dir")
        if answer is None:
            return None
        above = os.path.join(self.repository.top, os.fsdecode(answer.rstrip(b"\n")), "lfs", "objects")
        path = os.path.join(above, target[:2], target[2:4], target)
        try:
            state = os.lstat(path)
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_SEED_BYTES:
                return None
            with open(path, "rb") as file:
                data = file.read(MAX_SEED_BYTES)
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == target else None
