"""YAML text -> values with their line and column: the strict subset that a ledger is written in (DESIGN section 2).

One document of mappings, lists and text. Every scalar is the text as written; what could make a reviewer see one thing and the
program another (duplicate keys, anchors, aliases, merge keys, tags, directives, look-alike line ends) is refused. Built from the
events of PyYAML's C parser: an alias is refused before anything is expanded, and depth is limited before anything recurses.
This module alone imports yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ledger.model import Finding, Related
from ledger.reading.yaml_errors import Refused, _bare_comparison, _flooded, _offset, _parser, _refuse, _syntax_refusal, position
from ledger.texts.folding import mark_flood

if TYPE_CHECKING:  # imported when something is parsed
    pass

MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 1_000_000
MAX_SCALAR = 20_000


class Scalar:
    """A text as written, and where it begins (line and column from 1)."""

    __slots__ = ("column", "line", "text")

    def __init__(self, text: str, line: int, column: int) -> None:
        self.text = text
        self.line = line
        self.column = column


class Listing:
    """A list of values."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column


class Mapping:
    """Keys and values in the order of the file; `keys` holds where each key stands."""

    __slots__ = ("column", "items", "keys", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: dict[str, Node] = {}
        self.keys: dict[str, tuple[int, int]] = {}
        self.line = line
        self.column = column


Node = Scalar | Listing | Mapping


# Characters that no reviewer sees, or that end a line for YAML but not for git and editors.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_LINE_ENDS = {
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\r": "a lone carriage return",
}
# Bytes of UTF-8 that only begin or are letters, signs and line ends that nobody is misled by: what a text holds beside them is
# looked at more closely. Deleting bytes takes a tenth of the time of a search for characters.
_LEADING = b"\xc2\xcc\xcd\xd2\xd6\xd7\xd8\xd9\xdb\xdc\xdd\xde\xdf\xe0\xe1\xe2\xe3\xea\xef\xf0\xf3"
_ORDINARY = bytes({0x0A, *range(0x20, 0x7F), *range(0x80, 0x100)} - set(_LEADING))


def is_ordinary(data: bytes) -> bool:
    """Whether bytes hold no control character but the line end, no combining mark, and nothing that hides."""
    return not data.translate(None, _ORDINARY)


def decode(data: bytes) -> str:
    """The text of a file; raises Refused for what is no plain UTF-8 text."""
    if len(data) > MAX_FILE_BYTES:
        raise _refuse("too_large", 1, 1, f"the file is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB", "split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse("not_utf8", 1, 1, "the file is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8 without a byte order mark")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _refuse("byte_order_mark", 1, 1, "the file begins with a byte order mark", "save it as UTF-8 without a byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        raise _refuse(
            "not_utf8", before.count(b"\n") + 1, column, f"byte 0x{data[problem.start]:02x} is not UTF-8 here", "save the file as UTF-8"
        ) from None
    if is_ordinary(data):
        return text
    bad = _FORBIDDEN.search(text)
    if bad is not None:
        line, column = position(text, bad.start())
        what = _LINE_ENDS.get(bad[0], "a control character")
        raise _refuse(
            "control_character",
            line,
            column,
            f"{what}, U+{ord(bad[0]):04X}, stands in the file",
            "delete it; inside double quotes it can be written as an escape",
        )
    tab = text.find("\t")
    if tab >= 0:
        line, column = position(text, tab)
        raise _refuse("tab", line, column, "a tab stands in the file", "put spaces; inside double quotes write \\t")
    flood = mark_flood(text)
    if flood >= 0:
        raise _flooded(*position(text, flood))
    return text


def compose(text: str) -> Mapping:
    """The mapping that a whole file is; raises Refused. `text` is as `decode` gives it."""
    import yaml

    try:
        return _compose(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        if mark is not None and "nesting depth" in (getattr(problem, "problem", None) or ""):  # libyaml's own limit, met by looking ahead
            return compose(text[: _offset(text, mark.line + 1, mark.column)])
        raise Refused(_syntax_refusal(text, problem)) from None


def events_of(text: str) -> Any:
    """The parser over a text, whose `get_event` gives one event after the other."""
    return _parser()(text)


def _compose(text: str) -> Mapping:
    import yaml

    parser = events_of(text)
    escapes = "\\" in text  # what `decode` did not see
    next_event: Callable[[], Any] = parser.get_event
    scalar_event, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    root: Node | None = None
    stack: list[Mapping | Listing] = []
    keys: list[str | None] = []  # of each open mapping, the key whose value comes next
    current: Mapping | Listing | None = None
    key: str | None = None
    count = 0
    node: Node
    while True:
        event = next_event()
        kind = type(event)
        if kind is scalar_event:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            value = event.value
            if event.anchor is not None or event.tag is not None:
                raise _refuse_properties(event, line, column)
            if escapes and mark_flood(value) >= 0:
                raise _flooded(line, column)
            if type(current) is Mapping and key is None:
                if value in current.keys:
                    raise _refuse_duplicate(current, value, line, column)
                if value == "<<" and not event.style:
                    raise _refuse("alias", line, column, "a merge key (`<<`) is not read", "write the fields out")
                current.keys[value] = (line, column)
                key = value
                count += 1
                continue
            if len(value) > MAX_SCALAR:
                raise _refuse("too_large", line, column, f"a text of more than {MAX_SCALAR} characters", "shorten it")
            style = event.style
            if style == ">" or style == "|":
                value = value.rstrip("\n")
                if not value and (bare := _bare_comparison(text, line, column)) is not None:
                    raise Refused(bare)
            node = Scalar(value, line, column)
        elif kind is mapping_start or kind is sequence_start:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            if event.anchor is not None or event.tag is not None:
                raise _refuse_properties(event, line, column)
            if type(current) is Mapping and key is None:
                raise _refuse("not_a_mapping", line, column, "a key is a list or a mapping", "a key is a word")
            if len(stack) >= MAX_DEPTH:
                raise _refuse(
                    "too_large", line, column, f"lists and mappings nested more than {MAX_DEPTH} deep", "a ledger needs five levels at most"
                )
            node = Mapping(line, column) if kind is mapping_start else Listing(line, column)
        elif kind is mapping_end or kind is sequence_end:
            current = stack.pop() if stack else None
            key = keys.pop() if keys else None
            if type(current) is Mapping:
                key = None
            continue
        elif kind is yaml.DocumentStartEvent:
            if root is not None:
                mark = event.start_mark
                raise _refuse(
                    "several_documents",
                    mark.line + 1,
                    mark.column + 1,
                    "a second document begins here",
                    "one file is one document: put it into a file of its own",
                )
            if event.version is not None or event.tags:
                mark = event.start_mark
                raise _refuse("several_documents", mark.line + 1, mark.column + 1, "a directive (`%`) is not read", "delete it")
            continue
        elif kind is yaml.AliasEvent:
            mark = event.start_mark
            raise _refuse(
                "alias",
                mark.line + 1,
                mark.column + 1,
                f"an alias (`*{event.anchor}`) is not read",
                "write the value out; put a text that begins with `*` in quotes",
            )
        elif kind is yaml.StreamEndEvent:
            break
        else:
            continue
        count += 1
        if count > MAX_NODES:
            raise _refuse("too_large", node.line, node.column, f"more than {MAX_NODES} values in one file", "split it")
        if current is None:
            root = node
        elif type(current) is Mapping:
            assert key is not None
            current.items[key] = node
            if kind is scalar_event:
                key = None
        else:
            current.items.append(node)  # type: ignore[union-attr]
        if kind is not scalar_event:
            if current is not None:
                stack.append(current)
                keys.append(key)
            current = node  # type: ignore[assignment]
            key = None
    if root is None:
        raise _refuse("empty_file", 1, 1, "the file holds nothing", "write the ledger's fields into it, or delete it")
    if type(root) is not Mapping:
        if type(root) is Scalar and not root.text:
            raise _refuse("empty_file", 1, 1, "the file holds nothing", "write the ledger's fields into it, or delete it")
        found = "a list" if type(root) is Listing else "a text"
        raise _refuse("not_a_mapping", root.line, root.column, f"the file is {found}, not a mapping of fields", "begin it with `seed: ...`")
    return root


def _refuse_properties(event: Any, line: int, column: int) -> Refused:
    if event.anchor is not None:
        return _refuse(
            "alias", line, column, f"an anchor (`&{event.anchor}`) is not read", "delete it; put a text that begins with `&` in quotes"
        )
    return _refuse("tag", line, column, f"a tag (`{event.tag}`) is not read", "delete it; put a text that begins with `!` in quotes")


def _refuse_duplicate(mapping: Mapping, key: str, line: int, column: int) -> Refused:
    first_line, first_column = mapping.keys[key]
    message, related = f"`{key}` stands twice here, first in line {first_line}", Related("", first_line, first_column, "the first one")
    return Refused(Finding(line, column, message, "keep one of the two", related=(related,), name="duplicate_key"))
