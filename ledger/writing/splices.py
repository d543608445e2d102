"""Changes to the text of a YAML file, each from text to text: a value is put in, set, or taken out, and every other character stays.

`path` leads to a value through keys and numbers: `("claims", 3, "quote")`. What is put in is written on lines of its own where its
neighbours are, in the braces where they stand in braces. A text that the reader refuses can't be changed: Refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ledger.reading.yaml_spans import Part, spans_of
from ledger.writing.scalars import scalar

Value = str | Sequence["Value"] | Mapping[str, "Value"]  # a text; a list, written in brackets; values by key, in braces
Path = tuple[str | int, ...]

_END_OF_DOCUMENT = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \r]*\n")


class NoSuchValue(Exception):
    """A path leads nowhere in this text, or to what can't hold what should be put in."""


class Splice:
    """A text that is being changed: what was asked for is done one after the other, each in the text as it is by then."""

    def __init__(self, text: str) -> None:
        self.text = text

    def root(self) -> Part:
        """The spans of the text as it is now; raises Refused."""
        return spans_of(self.text)

    def put(self, start: int, end: int, new: str) -> None:
        """Replace a stretch of the text."""
        self.text = self.text[:start] + new + self.text[end:]

    @property
    def line_end(self) -> str:
        """How the file ends its lines: as its first line ends."""
        place = self.text.find("\n")
        return "\r\n" if place > 0 and self.text[place - 1] == "\r" else "\n"

    def end_of_line(self, offset: int) -> int:
        """Where the line of an offset ends, its line end included."""
        place = self.text.find("\n", offset)
        return len(self.text) if place < 0 else place + 1

    def column(self, offset: int) -> int:
        """How far an offset is from the beginning of its line."""
        return offset - (self.text.rfind("\n", 0, offset) + 1)

    def put_lines(self, offset: int, lines: Sequence[str]) -> None:
        """Put lines in where a line begins; at the end of a text whose last line does not end, the new last one does not either."""
        end = self.line_end
        if offset == len(self.text) and self.text and not self.text.endswith("\n"):
            self.put(offset, offset, end + end.join(lines))
        else:
            self.put(offset, offset, "".join(line + end for line in lines))


def written(value: Value, braced: bool = False) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar(value, braced)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, True)}: {written(inner, True)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(written(inner, True) for inner in value) + "]"


def set_value(text: str, path: Path, value: Value, order: Sequence[str] = ()) -> str:
    """The text with the value of a path set, be it there already or not; one that is new stands behind those that `order` names
    before it. What held a list or a map is replaced whole."""
    splice = Splice(text)
    *above, key = path
    part = splice.root().at(*above)
    if part is None or (isinstance(key, str) and part.kind != "map") or (isinstance(key, int) and part.at(key) is None):
        raise NoSuchValue(path)
    old = part.at(key)
    if old is not None:
        there = splice.text[old.start : old.end] if old.kind == "text" else ""
        _replace(splice, old, scalar(value, old.braced, there) if isinstance(value, str) else written(value, old.braced))
    else:
        assert isinstance(key, str)
        _put_field(splice, part, key, written(value, part.braced), order)
    return splice.text


def _replace(splice: Splice, old: Part, new: str) -> None:
    """Put a value in the place of another. Where an empty one or one on lines of its own stood, the new one stands behind its key."""
    start, end = old.start, old.end
    if start == end:
        splice.put(start, end, f" {new}" if splice.text[start - 1 : start] != " " else new)
        return
    if old.kind != "text" and not old.braced:
        before = splice.text[:start]
        start = len(before.rstrip(" \r\n"))
        new = " " + new
        if "#" in before[before.rfind("\n", 0, start) + 1 : start]:
            raise NoSuchValue("a comment stands before what would be replaced")
    splice.put(start, end, new)


def _put_field(splice: Splice, part: Part, key: str, new: str, order: Sequence[str]) -> None:
    """Put a new field into a map, behind the last of those that come before it."""
    before = [name for name in order[: order.index(key)] if name in part.fields] if key in order else []
    last = part.fields[before[-1]] if before else None
    if last is None and part.fields and key in order:  # it comes first
        first = next(iter(part.keys.values()))
        _put_first(splice, part, first, f"{scalar(key, True)}: {new}")
        return
    if last is None:
        last = max(part.fields.values(), key=lambda field: field.end, default=None)
    line = f"{scalar(key, True)}: {new}"
    if part.braced:
        place = last.end if last is not None else part.start + 1
        splice.put(place, place, f", {line}" if last is not None else line)
    else:
        assert last is not None, "a map without braces has a field"
        place = _end_of_last_line(splice, last)
        splice.put_lines(place, [" " * splice.column(part.start) + line])


def _put_first(splice: Splice, part: Part, first: Part, line: str) -> None:
    start = part.start + 1 if part.braced else part.start
    margin = " " * splice.column(part.start)
    splice.put(start, start, f"{line}, " if part.braced else f"{line}{splice.line_end}{margin}")


def _end_of_last_line(splice: Splice, part: Part) -> int:
    """Where the line begins behind a value that stands on lines of its own."""
    return splice.end_of_line(max(part.start, part.end - (part.end > part.start and splice.text[part.end - 1] == "\n")))


def take_out(text: str, path: Path) -> str:
    """The text without the value of a path, its key and its lines. A list or map that would be left without anything goes with it."""
    splice = Splice(text)
    root = splice.root()
    *above, step = path
    part = root.at(*above)
    old = part.at(step) if part is not None else None
    if part is None or old is None:
        raise NoSuchValue(path)
    others = part.items if part.kind == "list" else list(part.fields.values())
    if len(others) == 1 and above:
        return take_out(text, tuple(above))
    start = _key_start(splice, part.keys[step]) if isinstance(step, str) else old.start
    if part.braced:
        behind = re.compile(r"\s*,[ ]*").match(splice.text, old.end)
        before = re.compile(r",[ ]*\Z").search(splice.text[:start].rstrip() + " ") if others[-1] is old else None
        if behind is not None and others[-1] is not old:
            splice.put(start, behind.end(), "")
        else:
            splice.put(before.start() if before is not None else start, behind.end() if behind is not None else old.end, "")
    elif others[0] is old and part.kind == "map" and splice.text[:start].rstrip(" ")[-1:] == "-":
        second = list(part.keys.values())[1]  # the first of an entry stands behind its dash
        splice.put(start, _key_start(splice, second), "")
    else:
        first = splice.text.rfind("\n", 0, start) + 1
        splice.put(first, _end_of_last_line(splice, old), "")
    return splice.text


def _key_start(splice: Splice, key: Part) -> int:
    """Where a key begins: with the question mark, where one says that it is a key."""
    before = splice.text[: key.start].rstrip(" ")
    return len(before) - 1 if before.endswith("?") and len(before) < key.start else key.start


def put_entry(text: str, path: Path, fields: Mapping[str, Value], braced: bool = False) -> str:
    """The text with one more entry in the list of a path, the last: a map, in lines or in braces. A list that is not there, or holds
    nothing, is begun; the key of one that is not there goes to the end of the file."""
    splice = Splice(text)
    root = splice.root()
    part = root.at(*path)
    in_braces = written(fields)
    lines = [in_braces] if braced else [f"{scalar(key)}: {written(value)}" for key, value in fields.items()]
    if part is None:
        if len(path) != 1 or root.braced:
            raise NoSuchValue(path)
        key = str(path[0])
        ended = _END_OF_DOCUMENT.search(splice.text, root.end)
        place = ended.start() if ended is not None else len(splice.text)
        gap = [] if _EMPTY_LINE.search(splice.text[:place][-4:]) else [""]
        splice.put_lines(place, [*gap, f"{key}:", *_entry(lines, 0)])
    elif part.kind == "list" and part.items and part.braced:
        splice.put(part.items[-1].end, part.items[-1].end, f", {in_braces}")
    elif part.kind == "list" and part.items:
        _put_last(splice, part, lines)
    elif (part.kind == "list" or not part.text) and not root.braced:
        _begin_list(splice, part, lines)
    else:
        raise NoSuchValue(path)
    return splice.text


def _entry(lines: Sequence[str], margin: int) -> list[str]:
    return [" " * margin + ("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]


def _put_last(splice: Splice, part: Part, lines: Sequence[str]) -> None:
    """Put an entry behind the last of a list, with an empty line between where the others have one."""
    margin = splice.column(part.start)
    place = _end_of_last_line(splice, part.items[-1])
    while place < len(splice.text):  # a comment that stands further in speaks of the last entry
        line = splice.text[place : splice.end_of_line(place)]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= margin:
            break
        place = splice.end_of_line(place)
    pairs = zip(part.items, part.items[1:], strict=False)
    gaps = [_EMPTY_LINE.search(splice.text[one.end : other.start]) is not None for one, other in pairs]
    head = splice.text[: part.start].rstrip(" ")
    apart = sum(gaps) * 2 > len(gaps) or (not gaps and len(lines) > 1 and _EMPTY_LINE.search(head[-4:]) is not None)
    splice.put_lines(place, [*([""] if apart else []), *_entry(lines, margin)])


def _begin_list(splice: Splice, part: Part, lines: Sequence[str]) -> None:
    """Put the first entry into a list that holds none: `[]`, or nothing behind its key."""
    if part.start != part.end:
        start = len(splice.text[: part.start].rstrip(" "))
        splice.put(start, part.end, "")
        splice.put_lines(splice.end_of_line(start), _entry(lines, 0))
    else:
        splice.put_lines(splice.end_of_line(part.start), _entry(lines, 0))


def put_named(text: str, path: Path, key: str, fields: Mapping[str, Value]) -> str:
    """The text with one more entry in the map of a path, the last, in braces on its line: a place, a claimant, a property."""
    splice = Splice(text)
    part = splice.root().at(*path)
    if part is None or part.kind != "map" or not part.fields or key in part.fields:
        raise NoSuchValue(path)
    line = f"{scalar(key, True)}: {written(fields)}"
    last = list(part.fields.values())[-1]
    if part.braced:
        splice.put(last.end, last.end, f", {line}")
    else:
        splice.put_lines(_end_of_last_line(splice, last), [" " * splice.column(part.start) + line])
    return splice.text
