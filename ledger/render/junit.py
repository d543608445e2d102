"""Diagnostics as a JUnit report: a suite for each file, a case for each defect, and one that passes for each file without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from ledger.model import Diagnostic
from ledger.texts.display import one_line

_NOT_XML = re.compile("[\ufffe\uffff]")


def _text(text: str) -> str:
    """A text that XML can hold, on one line."""
    return _NOT_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", one_line(text)).replace("##[", "## [")


def to_junit(diagnostics: Sequence[Diagnostic], paths: Iterable[str], strict: bool, told: Sequence[str] = ()) -> str:
    """The report. `paths` are the files that were checked; warnings fail only where `strict`; `told` is what was not looked for."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for path in paths:
        found[path] = []
    for diagnostic in diagnostics:
        found[diagnostic.path].append(diagnostic)

    def fails(diagnostic: Diagnostic) -> bool:
        return strict or diagnostic.severity == "error"

    root = ElementTree.Element("testsuites", name="ledger check")
    for path in sorted(found):
        defects = found[path]
        failures = sum(map(fails, defects))
        suite = ElementTree.SubElement(
            root, "testsuite", name=_text(path), tests=str(max(1, len(defects))), failures=str(failures), errors="0", skipped="0"
        )
        if not defects:
            ElementTree.SubElement(suite, "testcase", name="no defects", classname=_text(path), file=_text(path))
        for defect in defects:
            name = f"{defect.code} {defect.name} at {defect.line}:{defect.column}"
            case = ElementTree.SubElement(suite, "testcase", name=name, classname=_text(path), file=_text(path), line=str(defect.line))
            words = _text(f"{path}:{defect.line}:{defect.column}: {defect.code} {defect.message}") + (
                f" (help: {_text(defect.help)})" if defect.help else ""
            )
            if fails(defect):
                ElementTree.SubElement(case, "failure", type=defect.code, message=_text(defect.message)).text = words
            else:
                ElementTree.SubElement(case, "system-out").text = words
    if told:
        suite = ElementTree.SubElement(
            root, "testsuite", name="languages", tests=str(len(told)), failures="0", errors="0", skipped=str(len(told))
        )
        for line in told:
            case = ElementTree.SubElement(suite, "testcase", name=_text(line), classname="languages")
            ElementTree.SubElement(case, "skipped", message=_text(line))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")
