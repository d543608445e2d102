"""Remarks as GitLab's Code Quality report."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.render.annotations import Remark
from ledger.render.check import dumps
from ledger.render.sarif import fingerprints
from ledger.texts.display import one_line

_SEVERITIES = {"error": "major", "warning": "minor", "notice": "info"}


def to_gitlab(remarks: Sequence[Remark], prefix: str) -> str:
    """The remarks as a list of issues. `prefix` leads from the repository's top folder to the ledger."""
    return dumps(
        [
            {
                "description": one_line(f"{remark.title}: {remark.message}"),
                "check_name": remark.code,
                "fingerprint": mark,
                "severity": _SEVERITIES[remark.level],
                "location": {"path": one_line(prefix + remark.path), "lines": {"begin": remark.line}},
            }
            for remark, mark in zip(remarks, fingerprints(remarks), strict=True)
        ]
    )
