"""A defect with all that it speaks of, and what a way to mend it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from ledger.model import CLAIM_FIELDS, Claim, ClaimsFile, Diagnostic, Ledger
from ledger.reading.yaml_spans import Part, spans_of
from ledger.texts.seeds import Seed
from ledger.writing.splices import NoSuchValue, Value, set_value, take_out

CLAIM_ORDER = tuple(CLAIM_FIELDS)


class Mending(NamedTuple):
    """What a remedy does, before it is said of which defect: in which file, where it is not the defect's own."""

    words: str
    change: Callable[[str], str]
    only: bool = True
    path: str = ""


class Defect:
    """A diagnostic with what it speaks of: the claims file (None of `ledger.yaml` and of one that was refused) and the claim."""

    def __init__(self, ledger: Ledger, diagnostic: Diagnostic) -> None:
        self.ledger = ledger
        self.found = diagnostic
        self.file: ClaimsFile | None = next((file for file in ledger.files if file.path == diagnostic.path), None)

    @cached_property
    def claim(self) -> Claim | None:
        claims = self.file.claims if self.file is not None and self.found.claim_line else ()
        return next((claim for claim in claims if claim.line == self.found.claim_line), None)

    @property
    def seed(self) -> Seed | None:
        return self.file.seed if self.file is not None else None

    def sets(self, field: str, value: Value) -> Callable[[str], str]:
        """The change that sets a field of the claim."""
        return lambda text: set_value(text, self.at(text, field), value, CLAIM_ORDER)

    def takes(self, *fields: str) -> Callable[[str], str]:
        """The change that takes a field of the claim out."""
        return lambda text: take_out(text, self.at(text, *fields))

    def at(self, text: str, *fields: str) -> tuple[str | int, ...]:
        """Where the claim stands in a text."""
        return "claims", number_at(text, self.found.claim_line), *fields


def line_of(text: str, part: Part) -> int:
    """The line on which a value begins."""
    return text.count("\n", 0, part.start) + 1


def number_at(text: str, line: int) -> int:
    """The number of the claim that begins in a line; raises NoSuchValue."""
    return entry_at(text, "claims", line)


def entry_at(text: str, listed: str, line: int) -> int:
    """The number of the entry of a list that begins in a line; raises NoSuchValue."""
    part = spans_of(text).at(listed)
    for number, item in enumerate(part.items if part is not None else ()):
        if line_of(text, item) == line:
            return number
    raise NoSuchValue(line)


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def accepted(text: str, number: int, code: str, why: str) -> str:
    """The text with a warning of one of its claims accepted."""
    there = spans_of(text).at("claims", number, "accept")
    if there is not None and there.kind == "map":
        return set_value(text, ("claims", number, "accept", code), why)
    return set_value(text, ("claims", number, "accept"), {code: why}, CLAIM_ORDER)
