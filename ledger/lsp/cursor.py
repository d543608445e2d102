"""What stands where the cursor is, told by the lines of a text that may be no YAML at the moment."""

from __future__ import annotations

import re
from typing import NamedTuple

_KEY = re.compile(r"""^(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[\w-]+|"[^"]*"|'[^']*'):(?P<gap> +|$)""")
_PAIR = re.compile(r"""([\w-]+): +("[^"]*"?|'[^']*'?|[^,{}\[\]]*)""")
LISTS = ("claims", "tensions", "resolutions", "passed-over", "original", "implies")  # their entries are mappings
WORD = re.compile(r"[\w'-]+")


class Spot(NamedTuple):
    """A place in a text. `section` is the key at the margin above it (empty at the margin itself), `entry` the id of the entry of
    ledger.yaml around it, `fields` those of the claim or entry around it, which begins in line `first` (from 0). `key` is the field whose
    value stands there, empty where a key is being typed, of which `outer` is then the field that it is typed within. `typed` is what stands
    between `start` and the cursor, `end` where the value ends: columns from 0."""

    section: str
    entry: str
    fields: dict[str, str]
    first: int
    key: str
    outer: str
    typed: str
    start: int
    end: int
    braced: bool


def spot(lines: list[str], line: int, column: int) -> Spot:
    """What stands at a line and column from 0."""
    text = lines[line].rstrip("\r") if line < len(lines) else ""
    before = text[:column]
    section, top = _section(lines, line)
    first, fields = _fields(lines, line, top)
    entry = _entry(lines, line, top) if section in ("places", "claimants", "properties", "words") else ""
    opened = _open_brackets(before)
    if opened:
        return _in_braces(text, before, opened, Spot(section, entry, fields, first, "", "", "", 0, 0, True))
    match = _KEY.match(text)
    if match is not None and column >= match.end("key") + 1:
        start = min(match.end(), len(text))
        value = text[start:]
        key = match["key"].strip("\"'")
        if column < start:
            start = column
        return Spot(
            section if match["indent"] or match["dash"] else "",
            entry,
            fields,
            first,
            key,
            "",
            before[start:],
            start,
            start + len(value.rstrip()),
            False,
        )
    typed = re.search(r"""[\w"'-]*$""", before.rpartition("- ")[2] if "- " in before else before)
    word = typed[0] if typed else ""
    dashed = re.match(r" *(?:- +)+", before)
    above = _above(lines, line, len(dashed[0]) if dashed else len(before) - len(word), bool(dashed))
    start = column - len(word)
    if dashed and above not in LISTS:
        return Spot(section, entry, fields, first, above, "", before[dashed.end() :], dashed.end(), len(text.rstrip()), False)
    if dashed is None and not text[:start].strip() and not text[:1].strip() and start == 0:
        section = ""
    return Spot(section, entry, fields, first, "", above, word, start, start + len(re.match(r"[\w-]*", text[start:])[0]), False)  # type: ignore[index]


def _section(lines: list[str], line: int) -> tuple[str, int]:
    """The key at the margin above a line, and its line; empty and -1 where there is none."""
    for number in range(min(line, len(lines) - 1), -1, -1):
        text = lines[number]
        if text[:1] not in ("", " ", "-", "#", "\r"):
            match = _KEY.match(text.rstrip("\r"))
            if match is not None:
                return match["key"], number
            if number != line:
                return "", -1
    return "", -1


def _entry(lines: list[str], line: int, top: int) -> str:
    for number in range(min(line, len(lines) - 1), top, -1):
        match = _KEY.match(lines[number].rstrip("\r"))
        if match is not None and 0 < len(match["indent"]) <= 2:
            return match["key"].strip("\"'")
    return ""


def _fields(lines: list[str], line: int, top: int) -> tuple[int, dict[str, str]]:
    """The first line of the entry of a list around a line, and the fields of that entry, as far as its lines tell them."""
    dash = (
        next((re.match(r" *- ", text) for text in lines[top + 1 : line + 1] if text.lstrip().startswith("- ")), None) if top >= 0 else None
    )
    if dash is None:
        return -1, {}
    mark = dash[0]
    first = next((number for number in range(min(line, len(lines) - 1), top, -1) if lines[number].startswith(mark)), -1)
    if first < 0:
        return -1, {}
    last = first + 1
    while (
        last < len(lines) and not lines[last].startswith(mark) and (lines[last][:1] in ("", " ", "#", "\r") or lines[last].startswith(mark))
    ):
        last += 1
    fields: dict[str, str] = {}
    for text in lines[first:last]:
        match = _KEY.match(text.rstrip("\r"))
        if match is not None and len(match["indent"]) + len(match["dash"]) == len(mark):
            fields[match["key"]] = text[match.end() :].strip().strip("\"'")
    if lines[first][len(mark) :].lstrip().startswith("{"):
        fields |= {key: value.strip().strip("\"'") for key, value in _PAIR.findall("\n".join(lines[first:last]))}
    return first, fields


def _above(lines: list[str], line: int, indent: int, dashed: bool) -> str:
    """The key that a line with so much indentation stands below."""
    for number in range(min(line, len(lines)) - 1, -1, -1):
        match = _KEY.match(lines[number].rstrip("\r"))
        if match is None:
            continue
        margin = len(match["indent"]) + len(match["dash"])
        if margin < indent and not (match["dash"] and margin == indent):
            return match["key"].strip("\"'")
    return ""


def _open_brackets(before: str) -> list[int]:
    """Where the brackets and braces that are still open begin."""
    opened: list[int] = []
    quote = ""
    for number, char in enumerate(before):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and before[:number].rstrip()[-1:] in ("", ":", ",", "[", "{", "-"):
            quote = char
        elif char in "[{" and before[:number].rstrip()[-1:] in ("", ":", ",", "[", "{", "-"):
            opened.append(number)
        elif char in "]}" and opened:
            opened.pop()
    return opened


def _in_braces(text: str, before: str, opened: list[int], around: Spot) -> Spot:
    """What stands inside brackets or braces."""
    bracket = opened[-1]
    inside = before[bracket + 1 :]
    begin = bracket + 1 + max(inside.rfind(","), -1) + 1
    segment = before[begin:]
    outer = re.search(r"""([\w-]+)["']?: *$""", before[:bracket])
    stop = re.search(r"[,\]}]", text[len(before) :])
    end = len(before) + (stop.start() if stop else len(text) - len(before))
    if text[bracket] == "{":
        match = re.match(r"""\s*["']?([\w-]+)["']?:(?:\s+|$)""", segment)
        if match is not None:
            start = begin + match.end()
            return around._replace(key=match[1], typed=before[start:], start=start, end=max(start, end), outer=outer[1] if outer else "")
        start = begin + len(segment) - len(segment.lstrip())
        return around._replace(key="", outer=outer[1] if outer else "", typed=before[start:], start=start, end=max(start, end))
    start = begin + len(segment) - len(segment.lstrip())
    return around._replace(key=outer[1] if outer else "", typed=before[start:], start=start, end=max(start, end))


def word_at(text: str, column: int) -> tuple[int, str]:
    """The id or word around a column, and where it begins."""
    for match in re.finditer(r"[\w-]+", text):
        if match.start() <= column <= match.end():
            return match.start(), match[0]
    return column, ""
