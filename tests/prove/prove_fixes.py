"""Every defect of the shipped corpus put to `fix`: what has one remedy is mended, nothing new is wrong, and what was good stays as it is.

python tests/prove/prove_fixes.py
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from ledger.model import Trouble
from ledger.reading.trees import MemoryTree
from ledger.rules.selftest.corpus import Case, read_corpus
from ledger.writing.edits import Edit
from ledger.writing.fixes import fix

# A warning that could not be seen before: its rule says nothing of a file or a quote that is not read.
SEEN_LATER = {("yaml: a strict bound of one digit without quotes", "Q313")}


def faults_of(case: Case, mended: Counter[str]) -> list[str]:
    """What `fix` does wrong in the ledger of a case; what it mends there is counted."""
    edit = Edit("nowhere", MemoryTree(case.files))
    try:
        edit.ledger  # noqa: B018
    except Trouble:
        return []  # it can't be read at all
    taken = fix(edit, lambda found: True)
    name = f"{case.theme}: {case.name}"
    if case.good and taken:
        return [f"{name}: changed though nothing is wrong: {taken}"]
    if not taken:
        return []
    compared = edit.compared()
    mended.update(found.code for found in compared.gone)
    faults = [f"{name}: new: {found.code} {found.message}" for found in compared.new if (name, found.code) not in SEEN_LATER]
    gone = Counter(found.code for found in compared.gone)
    faults += [f"{name}: {remedy.code} is not mended by {remedy.words}" for remedy in taken if not gone[remedy.code]]
    kept = {path: data for path, data in case.files.items() if not path.endswith(".yaml")}
    faults += [f"{name}: {path} was changed" for path in kept if edit.data(path) != kept[path]]
    return faults


def faults_of_all(cases: Iterable[Case]) -> tuple[list[str], Counter[str]]:
    """What `fix` does wrong in the ledgers of cases, and how often it mends what."""
    mended: Counter[str] = Counter()
    return [fault for case in cases if not case.special for fault in faults_of(case, mended)], mended


if __name__ == "__main__":
    wrong, counted = faults_of_all(read_corpus())
    print("\n".join(wrong))
    print(f"{counted.total()} defects mended: {dict(sorted(counted.items()))}; {len(wrong)} faults")
    sys.exit(1 if wrong else 0)
