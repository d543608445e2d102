"""The corpus of `ledger selftest`: case files -> cases, each a whole little ledger with the findings it must give.

A case file (`cases/THEME.txt`) holds text before its first line that begins with `===`, then cases. `=== base` changes the ledger
that all cases of the file begin from; every other `=== what is wrong` is a case: the changes that bring in one defect, then behind
`--- what is good` the nearest good thing. A change names a file and gives lines to take out and to put in:

    @ claims/text.yaml
    -  said: 2025-03-10
    +  said: ⟦D601⟧10.3.2025

Lines to be taken out must stand in the file just once; where there are none, the new ones go to its end. `⟦D601⟧` is no part of
the text: that rule must report that place. What no line can show is said by `! D601 claims/text.yaml:1:1`, and a contradiction by
`= one two: exclusive certain`. Before a path, `whole` empties the file first, `gone` takes it away, `link`, `pipe` and `folder` make
it one, and an encoding (`latin-1`, `utf-16`, `crlf` ...) writes it so. `<U+202E>` is that character, `<xE5>` that byte,
`<times 9 "ab">` a text nine times, `<end>` the end of the file without a line end, `<sha256 of text.txt>` the seed's.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

MARK = re.compile("⟦([A-Z][0-9]{3})⟧")
_ESCAPE = re.compile(r'<(?:U\+([0-9A-F]{4,6})|x((?:[0-9A-F]{2} ?)+)|times ([0-9]+) "([^"]*)")>')
_SHA256 = re.compile(r"<sha256 of ([^>]+)>")
SPECIAL = ("link", "pipe", "folder")
ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-32", "utf-8-sig", "crlf", "cr")


class CaseFault(Exception):
    """A case file that can't be read as one: a fault of ours."""


class Change(NamedTuple):
    """What is done to one file: how, which lines go, which come."""

    how: str
    path: str
    out: tuple[str, ...]
    new: tuple[str, ...]


class Case(NamedTuple):
    """One little ledger: its files, what is no plain file (`{path: (kind, target)}`), and the findings it must give, sorted."""

    theme: str
    name: str
    good: bool
    files: dict[str, bytes]
    special: dict[str, tuple[str, str]]
    expected: tuple[str, ...]


class _Part(NamedTuple):
    """A case or its neighbour as written: its name, its changes, what it says must be found."""

    name: str
    good: bool
    changes: list[Change]
    told: list[str]


def read_corpus() -> list[Case]:
    """Every case of every case file, in the order of the files."""
    folder = resources.files("ledger.rules.selftest") / "cases"
    texts = {file.name.removesuffix(".txt"): file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".txt")}
    base = _changed({}, [change for part in _parts("base", texts.pop("base")) for change in part.changes])
    return [case for theme in sorted(texts) for case in read_cases(theme, texts[theme], base)]


def read_cases(theme: str, text: str, base: dict[str, str]) -> Iterator[Case]:
    """The cases of one case file, on top of the base ledger."""
    name = ""
    for part in _parts(theme, text):
        if part.name == "base":
            base = _changed(base, part.changes)
            continue
        name = name if part.good else part.name
        try:
            yield _case(theme, f"{name}: {part.name}" if part.good else name, part, base)
        except (CaseFault, ValueError) as problem:
            raise CaseFault(f"{theme}.txt: {part.name}: {problem}") from None


def _case(theme: str, name: str, part: _Part, base: dict[str, str]) -> Case:
    special: dict[str, tuple[str, str]] = {}
    for change in part.changes:
        if change.how in SPECIAL:
            path, _, target = change.path.partition(" -> ")
            special[_unescaped(path)] = (change.how, _unescaped(target))
    texts = _changed(base, [change for change in part.changes if change.how not in SPECIAL])
    told = list(part.told)
    files: dict[str, bytes] = {}
    encodings = {change.path: change.how for change in part.changes if change.how in ENCODINGS}
    for path, text in texts.items():
        if _unescaped(path) not in special:
            plain, marks = _without_marks(_unescaped(text))
            told += [f"{code} {_unescaped(path)}:{line}:{column}" for code, line, column in marks]
            files[_unescaped(path)] = _encoded(plain, encodings.get(path, ""))
    for path, data in files.items():
        if b"<sha256 of " in data:
            files[path] = _SHA256.sub(lambda match: _sha256(files, match[1]), data.decode("utf-8", "surrogateescape")).encode(
                "utf-8", "surrogateescape"
            )
    if part.good and any(re.match("[A-Z][0-9]{3} ", finding) for finding in told):
        raise CaseFault("a neighbour must give no finding")
    return Case(theme, name, part.good, files, special, tuple(sorted(told)))


def _sha256(files: dict[str, bytes], name: str) -> str:
    return hashlib.sha256(files.get(f"seeds/{name}", b"")).hexdigest()


def _encoded(text: str, encoding: str) -> bytes:
    if encoding in ("crlf", "cr"):
        return text.replace("\n", "\r\n" if encoding == "crlf" else "\r").encode("utf-8", "surrogateescape")
    return text.encode(encoding or "utf-8", "strict" if encoding else "surrogateescape")


def _unescaped(text: str) -> str:
    """A text with its escapes resolved; bytes that are no UTF-8 stand as lone surrogates."""

    def resolved(match: re.Match[str]) -> str:
        code, data, count, repeated = match.groups()
        if code:
            return chr(int(code, 16))
        if data:
            return bytes.fromhex(data).decode("utf-8", "surrogateescape")
        return str(repeated) * int(count)

    return _ESCAPE.sub(resolved, text.partition("<end>")[0])


def _without_marks(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without its marks, and the rule, line and column of each."""
    marks: list[tuple[str, int, int]] = []
    plain = ""
    last = 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        last = match.end()
        marks.append((match[1], plain.count("\n") + 1, len(plain) - plain.rfind("\n")))
    return plain + text[last:], marks


def _changed(base: dict[str, str], changes: list[Change]) -> dict[str, str]:
    """The files of a ledger with changes made to them."""
    files = dict(base)
    for how, path, out, new in changes:
        if how == "gone":
            del files[path]
            continue
        text = "" if how == "whole" else files.get(path, "")
        old, written = ("".join(line + "\n" for line in lines) for lines in (out, new))
        if not old:
            files[path] = text + written
        elif f"\n{text}".count("\n" + old) == 1:
            files[path] = f"\n{text}".replace("\n" + old, "\n" + written)[1:]
        else:
            raise CaseFault(f"the lines {old!r} do not stand just once in {path}")
    return files


def _parts(theme: str, text: str) -> Iterator[_Part]:
    """The cases and neighbours of a case file as they are written."""
    part: _Part | None = None
    for number, line in enumerate(text.split("\n"), 1):
        sign, rest = line[:1], line[1:]
        if line.startswith(("=== ", "--- ")):
            if part is not None:
                yield part
            part = _Part(line[4:], sign == "-" and line.startswith("--- "), [], [])
        elif part is None or not line:
            continue
        elif sign == "@":
            how, _, path = rest.strip().partition(" ")
            known = how in (*SPECIAL, *ENCODINGS, "gone", "whole")
            part.changes.append(Change(how if known else "", path if known else rest.strip(), (), ()))
        elif sign in "-+" and part.changes:
            _add_line(part.changes, sign, rest)
        elif sign in "!=":
            part.told.append(_unescaped(rest.strip()))
        else:
            raise CaseFault(f"{theme}.txt:{number}: what is this line? {line}")
    if part is not None:
        yield part


def _add_line(changes: list[Change], sign: str, line: str) -> None:
    """Put a line into the last change, or (lines to be taken out behind lines put in) into a new one of the same file."""
    last = changes[-1]
    if sign == "-" and last.new:
        changes.append(Change("", last.path, (line,), ()))
    elif sign == "-":
        changes[-1] = last._replace(out=(*last.out, line))
    else:
        changes[-1] = last._replace(new=(*last.new, line))


def can_be_built(case: Case) -> bool:
    """Whether this system has what the case is made of (links, pipes)."""
    kinds = {kind for kind, _ in case.special.values()}
    return "pipe" not in kinds or hasattr(os, "mkfifo")
