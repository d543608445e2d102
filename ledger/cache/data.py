"""Reports and diagnostics as data, and back: what a cache keeps of a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ledger.model import Diagnostic, Related, Report

if TYPE_CHECKING:
    from ledger.model import Finding

_TEXTS = (0, 3, 4, 5, 6, 7)
_NUMBERS = (1, 2, 10, 12)


def found_again(row: Any) -> Finding:
    """The finding of a reader that data says, which is of no claim; raises ValueError or TypeError for what is none."""
    from ledger.model import Finding  # a warm check needs none

    return Finding(*row)._replace(
        related=tuple(Related(*other) for other in row[6]), ids=tuple((str(name), int(line)) for name, line in row[11])
    )


def diagnostic_data(diagnostic: Diagnostic) -> list[object]:
    """A diagnostic as JSON takes it."""
    return list(diagnostic)


def to_diagnostic(data: Any) -> Diagnostic:
    """The diagnostic that data says; raises ValueError, TypeError or IndexError for what is none."""
    row = list(data)
    row[8] = tuple(Related(str(path), int(line), int(column), str(message)) for path, line, column, message in row[8])
    row[13] = tuple(int(line) for line in row[13])
    fits = all(type(row[number]) is str for number in _TEXTS) and all(type(row[number]) is int for number in _NUMBERS)
    if not fits or len(row) != 14 or not isinstance(row[9], str | None) or type(row[11]) is not bool:
        raise ValueError("no diagnostic")
    return Diagnostic(*row)


def to_text(report: Report) -> bytes:
    """A report as text."""
    return json.dumps(report, ensure_ascii=True, separators=(",", ":")).encode()


def from_text(text: bytes) -> Report | None:
    """The report that a text says; None for what is none."""
    try:
        found, *counts = json.loads(text)
        claims, seeds, quotes, files, refused, accepted, *languages = counts
        if len(languages) != 2:
            return None
        diagnostics = tuple(map(to_diagnostic, found))
        unknown, drafts = (tuple(map(str, names)) for names in languages)
        return Report(
            diagnostics, int(claims), int(seeds), int(quotes), int(files), tuple(map(str, refused)), int(accepted), unknown, drafts
        )
    except (ValueError, TypeError, IndexError, RecursionError):
        return None
