"""Why YAML can't read a text, in words: where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ledger.model import Finding, Related
from ledger.texts.folding import MOST_MARKS

if TYPE_CHECKING:
    import yaml


class Refused(Exception):
    """Carries out of the reader why a file is not read: `refusal.name` is that of the rule that tells of it."""

    def __init__(self, refusal: Finding) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


_BARE_COMPARISON = re.compile(r"(?<=[:\-?,\[{ ])([>|])(=?\s*[0-9][0-9.]*)")


def _refuse(name: str, line: int, column: int, message: str, help: str = "") -> Refused:
    return Refused(Finding(line, column, message, help, name=name))


def _flooded(line: int, column: int) -> Refused:
    return _refuse(
        "combining_flood",
        line,
        column,
        f"more than {MOST_MARKS} combining marks follow each other here",
        "delete them: no letter of any script bears so many",
    )


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and column (from 1, lines ended by LF alone) of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a line and column."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _parser() -> Callable[[str], Any]:
    """The parser: libyaml's, or where PyYAML was built without it its own, with the same events and about ten times slower."""
    import yaml

    return yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.Loader  # type: ignore[attr-defined]


def _bare_comparison(text: str, line: int, column: int) -> Finding | None:
    """The refusal for a `>43` or `>=43` without quotes that begins at (line, column), if it is one."""
    lines = text.split("\n", line)
    if len(lines) < line:
        return None
    match = _BARE_COMPARISON.match(lines[line - 1], column - 1)
    if match is None:
        return None
    wrong = match[1] + match[2].replace(" ", "")
    message = f"YAML takes a bare `{match[1]}` for a block of text"
    return Finding(line, match.start(1) + 1, message, f'put the figure in quotes: "{wrong}"', name="bare_comparison")


_NOTICED_LATE = ("end of stream", "could not find expected ':'", "document indicator")  # the context is where it went wrong


def _syntax_refusal(text: str, problem: yaml.YAMLError) -> Finding:
    mark = noticed = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or "it is no YAML"
    if mark is None or any(words in what for words in _NOTICED_LATE):
        mark = getattr(problem, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    line = min(line, text.count("\n") + 1)
    lines = text.split("\n", line)
    if line <= len(lines):
        for match in _BARE_COMPARISON.finditer(lines[line - 1]):
            if match.start() < column <= match.end() + 1 and (bare := _bare_comparison(text, line, match.start() + 1)) is not None:
                return bare
    conflict = _merge_conflict(lines, line)
    if conflict:
        return Finding(
            conflict, 1, "the mark of a merge conflict stands here", "settle the conflict, and delete its marks", name="yaml_syntax"
        )
    context = getattr(problem, "context", None)
    message = f"YAML can't read this: {what}" + (f" ({context})" if context else "")
    opened = _quotation_over_lines(text, line, column)
    if opened is not None:
        return Finding(
            *opened,
            f"the quotation mark that opens here closes only in line {line}, and YAML can't read what follows there: {what}",
            "close it where the text ends; inside double quotes write `\\\"`, inside single ones `''`",
            related=(Related("", line, column, "read up to here"),),
            name="yaml_syntax",
        )
    shown = lines[line - 1] if line <= len(lines) else ""
    remedy = "put a text that holds `: ` or ` #`, or begins with one of `[]{}>|*&!%@,\"'` in quotes"
    if "did not find expected ',' or" in what:
        remedy = "close the list or mapping with its bracket; a comma and a space stand between what it holds"
    elif "mapping values are not allowed" in what or ": " in shown[column - 1 :]:
        remedy = (
            "a text that holds `: ` must stand in quotes; the fields of one entry begin in one column, each with a space behind its colon"
        )
    elif "could not find expected ':'" in what:
        remedy = "a field is its name, a colon and a space before its text; a text that goes on in the next line stands further in"
    elif "did not find expected key" in what:
        remedy = 'where a text begins with a quotation mark or a bracket, put all of it in quotes: \'"So", he said\', "[...] he said"'
    elif "while scanning a quoted scalar" in (context or ""):
        remedy = "close the quotation mark; inside double quotes write `\\\"`, inside single ones `''`"
    related: tuple[Related, ...] = ()
    if noticed is not None and noticed.line + 1 > line and noticed.line < text.count("\n"):
        related = (Related("", noticed.line + 1, noticed.column + 1, "noticed here"),)
    return Finding(line, column, message, remedy, related=related, name="yaml_syntax")


def _merge_conflict(lines: list[str], line: int) -> int:
    """The line of the first mark of a merge conflict up to a line, or the one behind it; 0 where there is none."""
    marks = ("<<<<<<< ", "=======", ">>>>>>> ")
    return next((number for number, text in enumerate(lines[: line + 1], 1) if text.startswith(marks)), 0)


def _quotation_over_lines(text: str, line: int, column: int) -> tuple[int, int] | None:
    """Where the quotation mark opens that closes in this line, before this column, and opened in an earlier one: most likely its
    own closing mark is missing, and another one's opening mark closed it."""
    import yaml

    parser = _parser()(text[: _offset(text, line, column)])  # as far as YAML could read it
    try:
        while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                begin, end = event.start_mark, event.end_mark
                if begin is not None and end is not None and begin.line + 1 < line == end.line + 1:
                    return begin.line + 1, begin.column + 1
    except yaml.YAMLError:
        pass
    return None
