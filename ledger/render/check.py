"""Diagnostics as text for people, and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from ledger.model import Diagnostic, Report
from ledger.texts.display import count_of, hidden, one_line, visible

SHOWN = 1_000  # defects listed in people's formats
Style = Callable[[str, str], str]  # (text, role) -> text, coloured or not


def plain(text: str, role: str) -> str:
    """No colour."""
    return text


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def dumps(data: object) -> str:
    """JSON in a stable form, readable in any language. `<`, controls that hide or act, and `##[` stand as escapes, so that it can
    be printed, put in a page and logged by a CI runner."""
    text = _encode(data).replace("<", "\\u003c").replace("##[", "#\\u0023[")
    if text.isascii() and "\x7f" not in text:  # (JSON has all other controls as escapes)
        return text
    return hidden().sub(lambda match: json.dumps(match[0])[1:-1], text)


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as machines read it (DESIGN section 7)."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "related": [dict(related._asdict()) for related in diagnostic.related],
        "claim": diagnostic.claim,
    }


def to_json(diagnostics: Iterable[Diagnostic], report: Report, accepted: int) -> str:
    """The whole report."""
    return dumps(
        {
            "schema_version": 1,
            "diagnostics": [as_data(diagnostic) for diagnostic in diagnostics],
            "checked": {
                "claims": report.claims,
                "seeds": report.seeds,
                "quotes": report.quotes,
                "files": report.files,
                "refused": list(report.refused),
                "accepted_warnings": accepted,
                "languages_without_words": list(report.unchecked_languages),
                "languages_with_draft_words": list(report.draft_languages),
            },
        }
    )


def to_jsonl(diagnostics: Iterable[Diagnostic]) -> str:
    """One diagnostic a line."""
    return "\n".join(dumps(as_data(diagnostic)) for diagnostic in diagnostics)


def concise(diagnostics: Iterable[Diagnostic], style: Style = plain) -> str:
    """One line a diagnostic: `path:line:col: CODE message`."""
    return "\n".join(headline(diagnostic, style) for diagnostic in islice(diagnostics, SHOWN))


def headline(diagnostic: Diagnostic, style: Style = plain) -> str:
    """`path:line:col: CODE message`."""
    where = f"{one_line(diagnostic.path)}:{diagnostic.line}:{diagnostic.column}:"
    warning = "" if diagnostic.severity == "error" else " (warning)"
    return for_people(
        f"{style(where, 'place')} {style(diagnostic.code, diagnostic.severity)}{style(warning, diagnostic.severity)} {one_line(diagnostic.message)}"
    )


def inert(line: str) -> str:
    """A line that no CI runner takes for a command: `::` at its start and `##[` anywhere are broken apart."""
    line = line.replace("##[", "## [")
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line


def for_people(line: str) -> str:
    """The same as a line of text for people: what runs from right to left in it is set apart, too."""
    if line.isascii():
        return inert(line)
    from ledger.texts.directions import set_apart  # a check without defects prints none

    return inert(set_apart(line))


def to_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, list[str]], style: Style = plain) -> str:
    """Every diagnostic with an excerpt, a caret below it, and the remedy. `sources` gives a file's lines by its path."""
    blocks = []
    for diagnostic in islice(diagnostics, SHOWN):
        lines = [headline(diagnostic, style), *_excerpt(diagnostic, sources.get(diagnostic.path), style)]
        lines += [
            for_people(f"  = {one_line(related.path)}:{related.line}:{related.column}: {one_line(related.message)}")
            for related in diagnostic.related
        ]
        if diagnostic.help:
            lines.append(for_people(f"  {style('help:', 'help')} {one_line(diagnostic.help)}"))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _excerpt(diagnostic: Diagnostic, source: list[str] | None, style: Style) -> list[str]:
    """The line that a diagnostic speaks of, cut to a window around the column, and the caret."""
    if source is None or diagnostic.line > len(source):
        return []
    from ledger.texts.cutting import beginning, start_within  # a check without defects shows no line

    line = source[diagnostic.line - 1].rstrip("\r\n")
    near = max(0, diagnostic.column - 1 - 120)
    start = near + start_within(line[near : diagnostic.column - 1], 60)
    window = beginning(line[start : start + 240], 120)
    number = str(diagnostic.line)
    before = visible(window[: diagnostic.column - 1 - start]).replace("\t", " ")
    rest = visible(window[diagnostic.column - 1 - start :]).replace("\t", " ")
    marked = rest[: max(1, diagnostic.length)]
    indent, length = len(before), len(marked)
    if not line.isascii():
        from ledger.texts.widths import text_width

        indent, length = text_width(before), text_width(marked)
    margin = " " * len(number)
    lead = "…" if start else ""
    tail = "…" if len(line) > start + len(window) else ""
    return [
        for_people(f"  {style(number + ' |', 'margin')} {lead}{before}{rest}{tail}"),
        f"  {style(margin + ' |', 'margin')} {' ' * (indent + len(lead))}{style('^' * max(1, length), diagnostic.severity)}",
    ]


def closing(shown: list[Diagnostic], report: Report, elsewhere: int, unit: str = "") -> str:
    """What was checked, and how many defects there are: the last line of `ledger check`."""
    errors = sum(diagnostic.severity == "error" for diagnostic in shown)
    warnings = len(shown) - errors
    lines = []
    checked = f"checked {count_of(report.claims, 'claim')} in {count_of(report.files, 'file')}, {count_of(report.seeds, 'seed')}, {count_of(report.quotes, 'quote')} found"
    if report.accepted:
        checked += f", {count_of(report.accepted, 'warning')} accepted with a reason"
    none = "no defects" + (f" in what was asked for, {elsewhere} elsewhere" if elsewhere else "")
    result = none if not shown else f"{count_of(errors, 'error')}, {count_of(warnings, 'warning')}"
    lines.append(f"{result}: {checked}{unit}")
    if len(shown) > SHOWN:
        lines.append(f"listed: the first {count_of(SHOWN, 'defect')} of {count_of(len(shown), 'defect')}; --format json and jsonl list all")
    if report.refused:
        names = ", ".join(one_line(path) for path in report.refused[:5]) + (", ..." if len(report.refused) > 5 else "")
        lines.append(f"not checked: the claims of {count_of(len(report.refused), 'refused file')} ({names})")
    lines += language_lines(report.unchecked_languages, report.draft_languages)
    if elsewhere:
        lines.append(f"not shown: {count_of(elsewhere, 'defect')} that the paths or codes asked for leave out")
    return "\n".join(map(for_people, lines))


def language_lines(unknown: Iterable[str], drafts: Iterable[str]) -> list[str]:
    """What was not looked for in languages without words, and whose words no speaker has read: a line each, or none."""
    lines = []
    names = ", ".join(map(one_line, unknown))
    if names:
        lines.append(
            f"not checked for negations, frames, hedges and numbers in words (no words known): {names}; add them under `words` in ledger.yaml"
        )
    names = ", ".join(f"{one_line(language)}: draft list" for language in drafts)
    return lines + ([f"{names} (words that no speaker of the language has read)"] if names else [])
