"""The defects of a ledger as they are printed and kept, and the one exception that means "cannot go on"."""

from typing import NamedTuple


class Trouble(Exception):
    """The command cannot run at all (exit 2). Its text says what is wrong and what to do."""


class Related(NamedTuple):
    """A second place in the files that a finding speaks of (lines and columns from 1)."""

    path: str
    line: int
    column: int
    message: str


class Diagnostic(NamedTuple):
    """One finding as it is printed and kept, of plain data alone: where it is, which rule tells of it, what is wrong, what to do.

    `path` is relative to the ledger with `/`; `line` and `column` count from 1, columns in code points.
    `claim` is the id of the claim concerned, or None; `excludes` says that the claim (or, where `claim_line` is 0, every
    claim of the file) takes no part in contradictions. One that stands for many that are not listed names in `also` the lines of
    their claims, which take no part either.
    """

    path: str
    line: int
    column: int
    code: str
    name: str
    severity: str
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    claim: str | None = None
    claim_line: int = 0
    excludes: bool = False
    length: int = 1
    also: tuple[int, ...] = ()


class Report(NamedTuple):
    """What a check found, and what it looked at. `unchecked_languages` have no negations and hedges to look
    for; those of `draft_languages` were read by no speaker."""

    diagnostics: tuple[Diagnostic, ...]
    claims: int
    seeds: int
    quotes: int
    files: int
    refused: tuple[str, ...]
    accepted: int
    unchecked_languages: tuple[str, ...]
    draft_languages: tuple[str, ...] = ()
