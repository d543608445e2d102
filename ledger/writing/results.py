"""What a ledger would be with some of its files otherwise: read without touching the disk, and held against what is wrong already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ledger.model import Diagnostic, Ledger, Report, Trouble
from ledger.reading.loader import Earlier, load
from ledger.reading.trees import Entry, TooLarge, Tree
from ledger.rules.registry import ERROR
from ledger.rules.runner import Known, examine

_NUMBER = re.compile(r"[0-9]+")


class Overlaid:
    """The files of a ledger with the new text of some laid over them: `changed` by path."""

    def __init__(self, tree: Tree, changed: Mapping[str, bytes]) -> None:
        self.tree = tree
        self.changed = changed

    def entries(self, folder: str) -> list[Entry]:
        above = f"{folder}/" if folder else ""
        found = {entry.name: entry for entry in self.tree.entries(folder)}
        for path in self.changed:
            if path.startswith(above):
                name, below, _ = path[len(above) :].partition("/")
                found[name] = Entry(name, "folder" if below else "file")
        return sorted(found.values())

    def read(self, path: str, most: int) -> bytes:
        if path not in self.changed:
            return self.tree.read(path, most)
        if len(self.changed[path]) > most:
            raise TooLarge
        return self.changed[path]


class Compared(NamedTuple):
    """What changes do to a ledger: the ledger as it would be, its defects, those that are new, and those that are gone. `unread` are
    the files that were refused before: what is found in them now was wrong all the time."""

    ledger: Ledger
    report: Report
    new: list[Diagnostic]
    gone: list[Diagnostic]
    unread: frozenset[str] = frozenset()

    @property
    def errors(self) -> list[Diagnostic]:
        """The new errors: what has one is not written."""
        return [found for found in self.new if found.severity == ERROR and found.path not in self.unread]


class Judge:
    """Says what changes to a ledger would break. What was read for one answer is not read again for the next."""

    def __init__(self, tree: Tree) -> None:
        """`tree` is the ledger as it is; one that is no ledger yet has nothing wrong with it."""
        tree = Overlaid(tree, {})  # (what git keeps is not asked: both sides are read in one way)
        self._files, self._known = Earlier(), Known()
        self._kept: list[Ledger] = []  # files are known by their identity: none may be another's later
        try:
            self.ledger: Ledger | None = load(tree, self._files)
        except Trouble:
            if any(entry.name == "ledger.yaml" for entry in tree.entries("")):
                raise
            self.ledger = None
        self.report = examine(self.ledger, self._known)[0] if self.ledger is not None else None

    def compared(self, tree: Tree, renamed: Mapping[str, str] | None = None) -> Compared:
        """What a ledger that is laid over this one has that this one has not; `renamed` are ids that are called otherwise there. Raises
        Trouble where it can't be read."""
        ledger = load(tree, self._files)
        self._kept.append(ledger)
        if self.ledger is None or ledger.vocabulary != self.ledger.vocabulary:
            self._known = Known()
        report = examine(ledger, self._known)[0]
        olds = self.report.diagnostics if self.report is not None else ()
        unread = frozenset(self.report.refused) if self.report is not None else frozenset()
        names = renamed or {}
        return Compared(ledger, report, _beyond(report.diagnostics, olds, names, {}), _beyond(olds, report.diagnostics, {}, names), unread)


def _beyond(
    found: tuple[Diagnostic, ...], others: tuple[Diagnostic, ...], renamed_there: Mapping[str, str], renamed: Mapping[str, str]
) -> list[Diagnostic]:
    """The diagnostics that the others do not have: as many of one kind as there are more of it."""
    known = Counter(_kind(other, renamed_there) for other in others)
    beyond = []
    for one in found:
        kind = _kind(one, renamed)
        known[kind] -= 1
        if known[kind] < 0:
            beyond.append(one)
    return beyond


def _kind(found: Diagnostic, renamed: Mapping[str, str]) -> tuple[str, str]:
    """What makes two defects the same: the rule and the claim, or (of none) the file and the words. Lines do not count: they move."""
    if found.claim:
        return found.code, f"claim {renamed.get(found.claim, found.claim)}"
    words = re.sub(r"`([^`]*)`", lambda match: f"`{renamed.get(match[1], match[1])}`", found.message)
    return found.code, f"{found.path}: {_NUMBER.sub('0', words)}"
