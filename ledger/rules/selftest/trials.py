"""One case of the corpus, tried: what the checker found, beside what it must find."""

from __future__ import annotations

import os
import tempfile
from typing import NamedTuple

from ledger.conflicts import find_conflicts
from ledger.model import Trouble
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree, Tree, WorkTree
from ledger.rules import check_ledger, excluded
from ledger.rules.selftest.corpus import Case


class Trial(NamedTuple):
    """A case and what came of it; `unbuilt` says why this system could not build it."""

    case: Case
    found: tuple[str, ...]
    unbuilt: str = ""

    @property
    def holds(self) -> bool:
        """Whether just what must be found was found."""
        return not self.unbuilt and self.found == self.case.expected


def try_case(case: Case) -> Trial:
    """Check a case, in memory or, where it holds links, pipes or folders, in a folder of its own that is deleted again."""
    if not case.special:
        return Trial(case, findings(MemoryTree(case.files), case))
    with tempfile.TemporaryDirectory(prefix="ledger-selftest-") as folder:
        try:
            _build(case, os.path.join(folder, "ledger"))
        except (OSError, ValueError, AttributeError) as problem:
            return Trial(case, (), f"it could not be built here: {problem}")
        return Trial(case, findings(WorkTree(os.path.join(folder, "ledger")), case))


def findings(tree: Tree, case: Case) -> tuple[str, ...]:
    """What the rules find in a ledger, and (where the case speaks of contradictions) what contradicts what, sorted."""
    try:
        return _findings(tree, case)
    except Trouble as trouble:
        return (f"cannot run: {str(trouble).split(': ')[0]}",)
    except Exception as problem:  # a checker that fails on a case does not hold it, and the other cases are tried all the same
        return (f"failed: {type(problem).__name__}: {problem}",)


def _findings(tree: Tree, case: Case) -> tuple[str, ...]:
    ledger = load(tree)
    found = [f"{each.code} {each.path}:{each.line}:{each.column}" for each in check_ledger(ledger).diagnostics]
    if case.theme == "contradictions":
        conflicts = find_conflicts(ledger, excluded(ledger)).conflicts
        found += [f"{' '.join(conflict.ids)}: {conflict.kind} {conflict.strength} {conflict.relation}" for conflict in conflicts]
    return tuple(sorted(found))


def _build(case: Case, root: str) -> None:
    """Write a case to disk."""
    for folder in ("claims", "seeds"):
        os.makedirs(os.path.join(root, folder))
    for path, data in case.files.items():
        if os.path.dirname(path) not in case.special:
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "wb") as stream:
                stream.write(data)
    for path, (kind, target) in case.special.items():
        full = os.path.join(root, path)
        if kind == "folder":
            os.makedirs(full, exist_ok=True)
        elif kind == "pipe":
            os.mkfifo(full)
        else:
            if os.path.isdir(full):
                os.rmdir(full)
            os.symlink(target, full)
