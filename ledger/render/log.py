"""The history of one claim, for people and for machines."""

from __future__ import annotations

from typing import Any

from ledger.render.annotations import value_words
from ledger.render.blocks import Line
from ledger.render.review_data import fields_record
from ledger.review.log import Version
from ledger.texts.display import count_of, one_line


def lines(name: str, versions: list[Version], shallow: bool) -> list[tuple[Line, int]]:
    """Each version under its commit, newest first."""
    shown: list[tuple[Line, int]] = [([(one_line(name), "id"), (f": {count_of(len(versions), 'change')}", "")], 0)]
    for version in versions:
        commit = version.commit
        shown.append(([("", "")], 0))
        if commit is None:
            head: Line = [("not committed", "heading")]
        else:
            head = [(commit.date[:10], "heading"), (f" {commit.hash[:12]} ", "where"), (one_line(commit.author), "who")]
        where = " in this commit" if commit is not None else ""
        words = {"unreadable": f"the file can't be read{where}", "renamed": f"renamed from {one_line(version.earlier_id)}"}
        head += [(f": {words.get(version.kind, version.kind)}", "label"), (f" ({one_line(version.path)}:{version.line})", "where")]
        shown.append((head, 0))
        if commit is not None and commit.subject:
            shown.append(([(one_line(commit.subject), "")], 4))
        for field, (before, after) in version.fields.items():
            line: Line = [(f"{field}: ", "label")]
            if version.kind == "added":
                line.append((value_words(after), "added"))
            elif version.kind == "removed":
                line.append((value_words(before), "removed"))
            else:
                line += [(value_words(before), "removed"), (" -> ", ""), (value_words(after), "added")]
            shown.append((line, 4))
    if shallow:
        shown += [([("", "")], 0), ([("only a part of the history was fetched: earlier changes are not shown", "certain")], 0)]
    return shown


def record(name: str, versions: list[Version], shallow: bool) -> dict[str, Any]:
    """The history as machines read it, newest first; `commit` null: not committed."""
    return {
        "schema_version": 1,
        "id": name,
        "versions": [
            {
                "kind": version.kind,
                "commit": version.commit and version.commit.hash,
                "date": version.commit and version.commit.date,
                "author": version.commit and version.commit.author,
                "subject": version.commit and version.commit.subject,
                "path": version.path,
                "line": version.line,
                "fields": fields_record(version.fields),
                "earlier_id": version.earlier_id or None,
            }
            for version in versions
        ],
        "complete": not shallow,
    }
