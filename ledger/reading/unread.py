"""Ids of claims found in the text of a file without reading it as YAML: where that can't be done, nobody is told that they are unknown."""

from __future__ import annotations

import re

from ledger.model import ClaimsFile, Ledger
from ledger.reading.trees import NotPlain, NotThere, TooLarge, Tree
from ledger.reading.yaml_nodes import MAX_FILE_BYTES

# `id: name` at the beginning of a line, of an entry of a list, or within braces; the name plain or in quotes.
_ID = re.compile(r"""(?:^|[{,])[ \t]*(?:-[ \t]+)*(?:\{[ \t]*)?["']?id["']?[ \t]*:[ \t]+["']?([^\s"',{}#]+)""", re.MULTILINE)


def ids_in(data: bytes) -> tuple[tuple[str, int], ...]:
    """The ids that the bytes of a claims file seem to give to claims, each with its line."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = data.decode("utf-16" if wide else "utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    found, line, position = [], 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", position, match.start(1))
        position = match.start(1)
        found.append((match[1], line))
    return tuple(found)


def where_unread(name: str, ledger: Ledger, tree: Tree | None = None) -> str:
    """In which file, and on which line, a claim stands that could not be read; empty where there is none. Of a file that was read, but
    not all of its claims, the text is looked at where a tree is given."""
    for refusal in ledger.refusals:
        for known, line in refusal.ids:
            if known == name:
                return f"{refusal.path}:{line}"
    for file in ledger.files if tree is not None else ():
        if any(flaw.name == "wrong_shape" for flaw in (*file.flaws, *file.note_flaws)):
            line = next((line for known, line in _ids_of(file, tree) if known == name), 0)
            if line:
                return f"{file.path}:{line}"
    return ""


def _ids_of(file: ClaimsFile, tree: Tree | None) -> tuple[tuple[str, int], ...]:
    try:
        return ids_in(tree.read(file.path, MAX_FILE_BYTES)) if tree is not None else ()
    except (NotThere, NotPlain, TooLarge):
        return ()
