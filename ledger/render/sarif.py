"""Remarks as SARIF 2.1.0, which code-scanning services read."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ledger.render.annotations import Remark
from ledger.render.check import dumps
from ledger.texts.display import one_line, visible

MOST = 25_000  # results of a run: what code-scanning services accept
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


def fingerprints(remarks: Sequence[Remark]) -> list[str]:
    """A text for each remark that stays the same while lines move, and that no other remark has."""
    seen: Counter[str] = Counter()
    found = []
    for remark in remarks:
        what = "\0".join((remark.code, remark.path, remark.subject or remark.message))
        seen[what] += 1
        found.append(hashlib.sha256(f"{what}\0{seen[what]}".encode("utf-8", "backslashreplace")).hexdigest()[:32])
    return found


def to_sarif(remarks: Sequence[Remark], prefix: str, version: str, manuals: Mapping[str, str], told: Sequence[str] = ()) -> str:
    """The remarks as one run; `told` is what was not looked for. `prefix` leads from the repository's top folder to the ledger; `manuals` says what the rules are."""
    shown = remarks[:MOST]
    codes = sorted({remark.code for remark in shown})
    titles = {remark.code: remark.title for remark in reversed(shown)}
    rules = [_rule(code, titles[code], manuals.get(code, "")) for code in codes]
    numbers = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "ledger", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": True}
            | ({"toolExecutionNotifications": [{"level": "note", "message": {"text": line}} for line in told]} if told else {})
        ],
        "results": [
            {
                "ruleId": remark.code,
                "ruleIndex": numbers[remark.code],
                "level": _LEVELS[remark.level],
                "message": {"text": one_line(remark.message) or remark.title},
                "locations": [_location(remark, prefix)],
                "partialFingerprints": {"ledger/v1": mark},
            }
            for remark, mark in zip(shown, fingerprints(shown), strict=True)
        ],
    }
    if len(remarks) > len(shown):
        run["properties"] = {"total": len(remarks), "truncated": True}
    return dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rule(code: str, title: str, manual: str) -> dict[str, Any]:
    name = "".join(word.capitalize() for word in title.removeprefix(code).replace("-", " ").split())
    rule: dict[str, Any] = {"id": code, "name": name or code, "shortDescription": {"text": title}}
    if manual:
        rule["fullDescription"] = {"text": visible(manual)}
    return rule


def _location(remark: Remark, prefix: str) -> dict[str, Any]:
    uri = quote(os.fsencode(prefix + remark.path), safe="/")
    region = {"startLine": remark.line, "startColumn": remark.column}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}}
