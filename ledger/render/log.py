"""The history of one claim, for people and for machines."""

from __future__ import annotations

from typing import Any

from ledger.render.annotations import value_words
from ledger.render.blocks import Line
from ledger.render.review_data import fields_record
from ledger.review.log import History, Version
from ledger.texts.display import count_of, one_line


def lines(name: str, history: History, folder: str, whole: bool) -> list[tuple[Line, int]]:
    """Each version under its commit, newest first; `folder` is where the ledger stands now."""
    versions = history.versions
    shown: list[tuple[Line, int]] = [([(one_line(name), "id"), (f": {count_of(len(versions), 'change')}", "")], 0)]
    if history.present is False and not any(version.stands for version in versions):
        shown.append(([("not in the ledger now: a merge took over a side without it", "certain")], 0))
    for version in versions:
        commit = version.commit
        shown.append(([("", "")], 0))
        if commit is None:
            head: Line = [("not committed", "heading")]
        else:
            head = [(commit.date[:10] or "no date", "heading"), (f" {commit.hash[:12]} ", "where"), (one_line(commit.author), "who")]
        stands = ", and stands now" if version.stands and version is not versions[0] else ""
        place = version.path if version.folder in (folder, ".") else f"{version.folder}/{version.path}"
        head += [(f": {_words(version)}{stands}", "label"), (f" ({one_line(place)}:{version.line})", "where")]
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
    if not whole:
        shown += [([("", "")], 0), ([("only a part of the history was fetched: earlier changes are not shown", "certain")], 0)]
    return shown


def _words(version: Version) -> str:
    """What became of the claim."""
    if version.kind == "unreadable":
        return "the file can't be read in this commit" if version.commit is not None else "the file can't be read"
    if version.kind == "renamed":
        return f"renamed from {one_line(version.earlier_id)}"
    return version.kind if version.known_before else "it stands here (what came before was not fetched)"


def record(name: str, history: History, whole: bool) -> dict[str, Any]:
    """The history as machines read it, newest first. `commit` null: not committed; `stands`: what the claim says now, it says since then."""
    return {
        "schema_version": 1,
        "id": name,
        "versions": [
            {
                "kind": version.kind,
                "commit": version.commit and version.commit.hash,
                "date": version.commit and (version.commit.date or None),
                "author": version.commit and version.commit.author,
                "subject": version.commit and version.commit.subject,
                "path": version.path,
                "line": version.line,
                "folder": version.folder,
                "fields": fields_record(version.fields),
                "earlier_id": version.earlier_id or None,
                "known_before": version.known_before,
                "stands": version.stands,
            }
            for version in history.versions
        ],
        "present": history.present,
        "complete": whole,
    }
