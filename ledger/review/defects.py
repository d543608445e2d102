"""The defects of two states of a ledger -> those that are new, and those that are mended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from ledger.model import Diagnostic, Ledger, Report

NOTES = "N"  # the family of rules on curators' notes
Key = tuple[str, str]


def defects_compared(
    before: Ledger, earlier: Report, after: Ledger, later: Report, renamed: Mapping[str, str]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The defects that are new, errors first, and those that are mended: matched by code and claim, not by line. `renamed` are the ids
    of claims that are called otherwise now."""
    olds, news = _by_defect(before, earlier, renamed), _by_defect(after, later, {})
    new = [found for key, group in news.items() for found in _unmatched(group, olds.get(key, []))]
    gone = [found for key, group in olds.items() for found in _unmatched(group, news.get(key, []))]
    return sorted(new, key=_severity), sorted(_mended(gone, after, renamed), key=_severity)


def _severity(found: Diagnostic) -> tuple[bool, Diagnostic]:
    return found.severity != "error", found


def _unmatched(group: list[Diagnostic], others: list[Diagnostic]) -> list[Diagnostic]:
    """Of the defects of one key those that the other side has not: as many as it has fewer, first those with words of their own."""
    if len(group) <= len(others):
        return []
    words = Counter(found.message for found in others)
    own: list[Diagnostic] = []
    same: list[Diagnostic] = []
    for found in group:
        words[found.message] -= 1
        (own if words[found.message] < 0 else same).append(found)
    return [*own, *same][: len(group) - len(others)]


def _mended(gone: list[Diagnostic], after: Ledger, renamed: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Of the defects that are not found any more, those that were looked for, and not only accepted."""
    refused = {refusal.path for refusal in after.refusals}
    accepted = {(claim.id, code) for claim in after.claims() for code in claim.accept}
    for found in gone:
        looked_for = found.path not in refused and not (refused and found.name == "unused")
        if looked_for and (renamed.get(found.claim or "", found.claim), found.code) not in accepted:
            yield found


def _by_defect(ledger: Ledger, report: Report, renamed: Mapping[str, str]) -> dict[Key, list[Diagnostic]]:
    """The defects by code and claim. Those of no claim by their words, in whatever order, and their file, a claims file by its seed;
    those of a curator's note, which name its claims, in whatever file it stands."""
    seeds = {file.path: file.seed_name for file in ledger.files if file.seed_name}
    ids = {f"`{one}`": f"`{other}`" for one, other in renamed.items()}
    found: dict[Key, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        if diagnostic.claim:
            what = "claim " + renamed.get(diagnostic.claim, diagnostic.claim)
        else:
            words = sorted(ids.get(word) or seeds.get(word, word) for word in diagnostic.message.split())
            where = "" if diagnostic.code.startswith(NOTES) else seeds.get(diagnostic.path, diagnostic.path)
            what = " ".join([f"{where}:", *words])
        found[diagnostic.code, what].append(diagnostic)
    return found
