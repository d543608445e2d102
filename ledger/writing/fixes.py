"""The remedies that have one answer, put to a ledger: all that bring in no new error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.model import Diagnostic
from ledger.reading.yaml_errors import Refused
from ledger.writing.edits import Edit
from ledger.writing.remedies import Remedy, remedies
from ledger.writing.splices import NoSuchValue

ROUNDS = 5  # what mends one defect may show another: a file that can be read again


def fix(edit: Edit, wanted: Callable[[Diagnostic], bool]) -> list[Remedy]:
    """Change what has one remedy, of the defects that are wanted; gives the remedies that were taken, in the order of the files."""
    ledger, report = edit.ledger, edit.judge.report
    taken: list[Remedy] = []
    tried: set[tuple[str, str, str | None, str]] = set()
    for _ in range(ROUNDS):
        found = report.diagnostics if report is not None else ()
        only = [remedy for defect in found if wanted(defect) for remedy in remedies(ledger, defect) if remedy.only]
        new = {_key(remedy): remedy for remedy in only if _key(remedy) not in tried}
        if not new:
            break
        tried.update(new)
        # From the end of each file: what is changed below moves nothing above.
        taken += _take(edit, sorted(new.values(), key=lambda remedy: (remedy.line, remedy.column), reverse=True))
        compared = edit.compared()
        ledger, report = compared.ledger, compared.report
    return sorted(taken, key=lambda remedy: (remedy.path, remedy.line, remedy.column))


def _key(remedy: Remedy) -> tuple[str, str, str | None, str]:
    place = "" if remedy.claim else f":{remedy.line}:{remedy.column}"
    return remedy.code, remedy.path + place, remedy.claim, remedy.words


def _take(edit: Edit, chosen: Sequence[Remedy]) -> list[Remedy]:
    """Take remedies, the last in the file first: all of them, or, where they bring in an error, those of each half that do not."""
    before = edit.state()
    taken = [remedy for remedy in chosen if _apply(edit, remedy)]
    if not taken or not edit.compared().errors:
        return taken
    edit.taken_back(before)
    if len(taken) == 1:
        return []
    half = len(taken) // 2
    return [*_take(edit, taken[:half]), *_take(edit, taken[half:])]


def _apply(edit: Edit, remedy: Remedy) -> bool:
    text = edit.raw_text(remedy.path)
    try:
        new = text if text is None else remedy.change(text)
    except (NoSuchValue, Refused):
        return False
    if new is None or new == text:
        return False
    edit.change(remedy.path, new)
    return True
