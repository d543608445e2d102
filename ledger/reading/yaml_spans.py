"""YAML text -> where each of its values begins and ends, so that one can be changed and every other byte left as it is.

Offsets count the characters of the text. Only what the reader takes has spans: what it refuses, this refuses with its words.
"""

from __future__ import annotations

import re
from typing import Any

from ledger.reading import yaml_nodes

_BEHIND_BLOCK = re.compile(r"[ \r\n]*\Z")


class Part:
    """A value in a text: `kind` is text, list or map, `text[start:end]` is how it is written; `braced` says that it is a list or map in
    brackets, or stands in one. `items` are the values of a list; `fields` those of a map by key, `keys` where each key stands."""

    __slots__ = ("block", "braced", "end", "fields", "items", "keys", "kind", "start", "text")

    def __init__(self, kind: str, start: int, end: int, braced: bool, text: str = "", block: bool = False) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.braced = braced
        self.text = text
        self.block = block  # a text behind `|` or `>`
        self.items: list[Part] = []
        self.fields: dict[str, Part] = {}
        self.keys: dict[str, Part] = {}

    def at(self, *path: str | int) -> Part | None:
        """The value that keys and numbers lead to; None where there is none."""
        part: Part | None = self
        for step in path:
            if part is None:
                return None
            if isinstance(step, str):
                part = part.fields.get(step)
            else:
                part = part.items[step] if 0 <= step < len(part.items) else None
        return part


def spans_of(text: str) -> Part:
    """The spans of a whole file; raises Refused as the reader does. `text` is as `yaml_nodes.decode` gives it."""
    yaml_nodes.compose(text)  # whatever is refused is refused here
    import yaml

    parser = yaml_nodes.events_of(text)
    stack: list[Part] = []
    keys: list[Part | None] = []  # of each open map, the key whose value comes next
    root: Part | None = None
    while True:
        event: Any = parser.get_event()
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            break
        if kind is yaml.ScalarEvent:
            part = _text_part(text, event, bool(stack) and stack[-1].braced)
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            part = Part(
                "map" if kind is yaml.MappingStartEvent else "list", event.start_mark.index, event.end_mark.index, bool(event.flow_style)
            )
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            closed = stack.pop()
            if keys.pop() is not None:
                raise AssertionError("a key without a value")
            closed.end = event.end_mark.index if closed.braced else _last_end(closed)
            continue
        else:
            continue
        if not stack:
            root = part
        elif stack[-1].kind == "list":
            stack[-1].items.append(part)
        elif (key := keys[-1]) is None:
            keys[-1] = part
            stack[-1].keys[part.text] = part
        else:
            stack[-1].fields[key.text] = part
            keys[-1] = None
        if part.kind != "text":
            stack.append(part)
            keys.append(None)
    assert root is not None and root.kind == "map", "the reader takes no other"
    return root


def _text_part(text: str, event: Any, braced: bool) -> Part:
    start, end = event.start_mark.index, event.end_mark.index
    block = event.style in ("|", ">")
    if block:  # the parser counts the line ends behind it, and what stands before the next line
        end = start + len(_BEHIND_BLOCK.sub("", text[start:end]))
    return Part("text", start, end, braced, event.value.rstrip("\n") if block else event.value, block)


def _last_end(part: Part) -> int:
    """Where the last value of a list or map without brackets ends: the parser says where the next one begins."""
    last = part.items[-1:] or list(part.fields.values())[-1:]
    return max(last[0].end, part.start) if last else part.start
