"""What mends a defect: each remedy is a change from text to text, so that a command can write it and an editor can offer it.

A remedy that is the `only` one is what the rule's own remedy comes to, without any choice: `fix` applies these. The others are for a
person to choose from. A quote is never changed but to the very words of its seed, and the hash of a seed that has changed is left
alone: either would falsify evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ledger.model import Diagnostic, Ledger
from ledger.writing.mending import Defect, Mending, accepted, number_at
from ledger.writing.mending_fields import choice, date, field_name, head, named, paragraphs, unneeded
from ledger.writing.mending_files import hidden, in_quotes, without_mark
from ledger.writing.mending_quotes import ambiguous, beside, hedge, misquoted, passed_over, translation, typography, whole_words


class Remedy(NamedTuple):
    """One way to mend a defect: `words` say what it does, `change` does it to the text of the file at `path`; raises NoSuchValue or
    Refused where the text is not any more as it was."""

    code: str
    path: str
    line: int
    column: int
    claim: str | None
    words: str
    change: Callable[[str], str]
    only: bool


def remedies(ledger: Ledger, diagnostic: Diagnostic) -> list[Remedy]:
    """The ways to mend one defect that the program knows; none where only a person can."""
    way = _WAYS.get(diagnostic.code)
    found = list(way(Defect(ledger, diagnostic))) if way is not None else []
    return [
        Remedy(
            diagnostic.code,
            mending.path or diagnostic.path,
            diagnostic.line,
            diagnostic.column,
            diagnostic.claim,
            mending.words,
            mending.change,
            mending.only and len(found) == 1,
        )
        for mending in found
    ]


def accepting(code: str, line: int, why: str) -> Callable[[str], str]:
    """The change that accepts a warning of the claim in a line, with the reason."""

    return lambda text: accepted(text, number_at(text, line), code, why)


_WAYS: dict[str, Callable[[Defect], Iterator[Mending]]] = {
    "D601": date,
    "F201": field_name,
    "F202": head,
    "N802": unneeded,
    "Q301": misquoted,
    "Q302": ambiguous,
    "Q304": typography,
    "Q306": whole_words,
    "Q309": beside,
    "Q310": hedge,
    "Q316": translation,
    "Q317": passed_over,
    "R401": named,
    "R402": named,
    "R403": named,
    "R404": named,
    "S707": head,
    "S711": paragraphs,
    "V501": choice("value"),
    "V503": choice("extent"),
    "V505": choice("stance"),
    "Y102": without_mark,
    "Y111": in_quotes,
    "Y115": hidden,
}
