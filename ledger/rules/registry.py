"""What a rule of `ledger check` is: a function declared with its code. Its name states the defect; its docstring is its manual, and ends
with an example that breaks it (`Bad:`) and one that does not (`Good:`): invented fragments of files, of six lines at most.

In an example a comment that begins `# the seed:` gives the words of the source; `<U+202E>` stands for the character of that number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import NamedTuple

from ledger.model import Claim, Finding, Related
from ledger.texts.manuals import sections_of

ERROR, WARNING = "error", "warning"


class Rule(NamedTuple):
    """One rule: `scope` is file (each claims file), vocabulary (ledger.yaml) or ledger (all of it).

    `excludes`: a claim in which it finds an error takes no part in contradictions.
    """

    code: str
    name: str
    severity: str
    scopes: tuple[str, ...]
    find: Callable[..., Iterable[Finding]]
    excludes: bool

    @property
    def manual(self) -> str:
        """What `explain` and reports for machines say of the rule."""
        return sections_of(self.find)[0]

    @property
    def bad(self) -> str:
        """An example that breaks the rule."""
        return sections_of(self.find)[1]

    @property
    def good(self) -> str:
        """What should stand there instead."""
        return sections_of(self.find)[2]


DECLARED: list[Rule] = []  # in the order in which their modules were imported; the runner has them by code, family by family
_CODE = re.compile("[A-Z][0-9]{3}")


def check(
    code: str, severity: str, *scopes: str, excludes: bool = True
) -> Callable[[Callable[..., Iterable[Finding]]], Callable[..., Iterable[Finding]]]:
    """Declare a rule under its code."""

    def register(find: Callable[..., Iterable[Finding]]) -> Callable[..., Iterable[Finding]]:
        if not _CODE.fullmatch(code):
            raise ValueError(f"{code} is no code")
        DECLARED.append(Rule(code, find.__name__, severity, scopes, find, excludes and severity == ERROR))
        return find

    return register


def rules_of(families: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules that modules declare, by code, in the order of the modules; raises ValueError for a code that two bear."""
    found: dict[str, Rule] = {}
    for family in families:
        for rule in DECLARED:
            if rule.find.__module__ == family.__name__:
                if rule.code in found:
                    raise ValueError(f"{rule.code} is {found[rule.code].name} already, and not {rule.name} too")
                found[rule.code] = rule
    return found


def at_field(claim: Claim, field: str, message: str, help: str = "", related: tuple[Related, ...] = ()) -> Finding:
    """A finding at the text of a claim's field, or of one entry of it, `via.0` (at the claim itself where the field is not written)."""
    name, _, number = field.partition(".")
    text = getattr(claim, name)[int(number)] if number else getattr(claim, name)
    line, column = claim.at.get(field, (claim.line, claim.column))
    return Finding(line, column, message, help, claim, max(1, min(len(text), 200)), related, claim.path)
