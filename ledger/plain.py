"""YAML that is written the plain way, as nearly all of `ledger.yaml` and the heads of claims files are, read without the YAML parser.

Plain is: a key and its text on one line; a key and below it, further in, fields or a list; lists and mappings in brackets on one line;
folded texts (`>-`). Whatever is written otherwise, or could mean anything else to YAML, is left to the parser as a whole, so that every
refusal is the parser's own. tests/test_plain.py holds the two readers against each other.
"""

from __future__ import annotations

import re

from ledger import nodes
from ledger.nodes import MAX_SCALAR, Listing, Mapping, Node, Scalar

MAX_TEXT = 512 * 1024  # characters: of so few there can't be more nodes than the parser takes
_DEEPEST = 8  # lists and mappings in each other

_KEY = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}+"
_LINE = re.compile(rf"( *+)(- )?(?:({_KEY}):(?: (.+))?|(.+))")
_PLAIN = re.compile(r"""(?![\s\-?:,\[\]{}#&*!|>'"%@`])(?:[^:#]++|:(?! )|(?<! )#)++(?<![ :])""")
_QUOTED = re.compile(r""""([^"\\]*+)"|'([^']*+)'""")
_IN_KEY = re.compile(rf"({_KEY}): ")
_IN_TEXT = re.compile(r""""([^"\\]*+)"|'([^']*+)'|([^\W_][^,?\[\]{}:#"]*+)(?<! )""")


class _NotPlain(Exception):
    """What is written otherwise."""


def compose(text: str) -> Mapping:
    """The mapping that a text says, plain or not; raises Refused. `text` is as `nodes.decode` gives it."""
    return plainly(text) or nodes.compose(text)


def plainly(text: str) -> Mapping | None:
    """The mapping that a text says; None where it is not written plainly."""
    if len(text) > MAX_TEXT or "\r" in text:
        return None
    try:
        return _Reading(text).read()
    except _NotPlain:
        return None


class _Reading:
    """One text while it is read: rows of lines that hold something, with their numbers from 0."""

    def __init__(self, text: str) -> None:
        self.rows: list[tuple[int, str]] = []
        number = counted = 0
        for row in re.finditer("[^\n]+", text):
            number += text.count("\n", counted, row.start())
            counted = row.start()
            self.rows.append((number, row[0]))
        self.row = -1  # the one at hand
        self.number = -1  # of its line
        self.match: re.Match[str] | None = None  # what stands on it; None behind the last
        self.indent = 0
        self.depth = 0

    def read(self) -> Mapping:
        """What the text says."""
        self._advance()
        if self.match is None or self.indent:
            raise _NotPlain
        root = self._fields(0)
        if self.match is not None:
            raise _NotPlain
        return root

    def _advance(self) -> None:
        """Go to the next line that says something."""
        for row in range(self.row + 1, len(self.rows)):
            number, line = self.rows[row]
            if line[0] != "#":
                match = _LINE.fullmatch(line)
                if match is None or len(line) > MAX_SCALAR:
                    raise _NotPlain
                if match[5] is None or match[5][0] != "#" or match[2]:
                    self.row, self.number, self.match, self.indent = row, number, match, match.end(1)
                    return
        self.row, self.match = len(self.rows), None

    # -- blocks -----------------------------------------------------------------------------------------------------------

    def _fields(self, indent: int) -> Mapping:
        """The fields that stand `indent` far in, from the line at hand on; the first may stand behind a hyphen."""
        self._enter()
        found = Mapping(self.number + 1, indent + 1)
        match = self.match
        while match is not None and match[3] is not None:
            key, place = match[3], match.start(3)
            if place != indent or key in found.keys:
                break
            found.keys[key] = (self.number + 1, place + 1)
            found.items[key] = self._value(match, indent)
            match = self.match
            if match is not None and (match[2] or self.indent != indent):
                break
        if not found.keys or (match is not None and self.indent >= indent and not match[2]):
            raise _NotPlain  # a key that stands twice, one further in or a line that goes on: for the parser to say
        self.depth -= 1
        return found

    def _value(self, match: re.Match[str], indent: int) -> Node:
        """What a key says, on its line or below it."""
        if match[4] is not None:
            return self._inline(match[4], match.start(4), indent)
        line = self.number + 1
        self._advance()
        below = self.match
        if below is None or self.indent < indent or (self.indent == indent and not below[2]):
            return Scalar("", line, match.end(3) + 2)
        if below[2]:
            return self._list(self.indent)
        if below[3] is None:
            raise _NotPlain
        return self._fields(self.indent)

    def _list(self, indent: int) -> Listing:
        """The entries behind hyphens that stand `indent` far in, from the line at hand on."""
        self._enter()
        found = Listing(self.number + 1, indent + 1)
        while self.match is not None and self.match[2] and self.indent == indent:
            if self.match[3] is not None:
                found.items.append(self._fields(indent + 2))
            else:
                found.items.append(self._inline(self.match[5], self.match.start(5), indent))
        if self.match is not None and self.indent > indent:
            raise _NotPlain
        self.depth -= 1
        return found

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _NotPlain

    # -- one line ---------------------------------------------------------------------------------------------------------

    def _inline(self, text: str, column: int, indent: int) -> Node:
        """What stands on the rest of the line at hand."""
        line = self.number + 1
        node: Node
        if text == ">-":
            return self._folded(line, column + 1, indent)
        if text[0] in "[{":
            node, end = self._flow(self.rows[self.row][1], column)
            if end != column + len(text):
                raise _NotPlain
        elif _PLAIN.fullmatch(text) is not None:
            node = Scalar(text, line, column + 1)
        else:
            quoted = _QUOTED.fullmatch(text)
            if quoted is None:
                raise _NotPlain
            node = Scalar(quoted[quoted.lastindex or 0], line, column + 1)
        self._advance()
        if self.match is not None and self.indent > indent:
            raise _NotPlain  # a text that goes on in the next line
        return node

    def _folded(self, line: int, column: int, indent: int) -> Scalar:
        """A text that stands folded in the lines below, further in."""
        row, number = self.row + 1, self.number + 1
        first = self.rows[row][1] if row < len(self.rows) and self.rows[row][0] == number else ""
        inner = len(first) - len(first.lstrip(" "))
        if inner <= indent:
            raise _NotPlain
        texts = []
        while row < len(self.rows) and self.rows[row][0] == number and self.rows[row][1].startswith(" " * inner):
            content = self.rows[row][1][inner:]
            if not content or content[0] == " " or content[-1] == " ":
                raise _NotPlain
            texts.append(content)
            row, number = row + 1, number + 1
        text = " ".join(texts)
        behind = self.rows[row][1] if row < len(self.rows) else ""  # empty lines before it may be the text's
        bare = behind.lstrip(" ")
        if len(text) > MAX_SCALAR or (behind[:1] == " " and (not bare or bare[0] == "#" or len(behind) - len(bare) > indent)):
            raise _NotPlain
        self.row = row - 1
        self._advance()
        return Scalar(text, line, column)

    def _flow(self, text: str, place: int) -> tuple[Node, int]:
        """The list or mapping in brackets, or the text, that begins at a place of a line, and where it ends."""
        line = self.number + 1
        opening = text[place]
        if opening not in "[{":
            match = _IN_TEXT.match(text, place)
            if match is None:
                raise _NotPlain
            return Scalar(match[match.lastindex or 0], line, place + 1), match.end()
        self._enter()
        closing = "]" if opening == "[" else "}"
        items: list[Node] = []
        mapping = Mapping(line, place + 1)
        place += 1
        while text[place : place + 1] != closing:
            if opening == "{":
                key = _IN_KEY.match(text, place)
                if key is None or key[1] in mapping.keys or text[key.end() : key.end() + 1] in ("", "}"):
                    raise _NotPlain
                mapping.keys[key[1]] = (line, place + 1)
                mapping.items[key[1]], place = self._flow(text, key.end())
            else:
                if not text[place : place + 1]:
                    raise _NotPlain
                item, place = self._flow(text, place)
                items.append(item)
            if text.startswith(", ", place) and text[place + 2 : place + 3] != closing:
                place += 2
            elif text[place : place + 1] != closing:
                raise _NotPlain
        self.depth -= 1
        if opening == "{":
            return mapping, place + 1
        listing = Listing(line, mapping.column)
        listing.items = items
        return listing, place + 1
