"""Claims that are written one field a line, the way nearly all are, read without the YAML parser.

The parser takes most of the time of a check, and gives an event with two marks for each key and value. Here one regular expression
takes a whole claim. It takes only what YAML can't read otherwise: plain texts of one line without `: ` or ` #`, texts in quotes
without escapes, lists of words in brackets, folded texts (`>-`). What it does not take (one claim, the head, the rest of the file)
is left to the parser, in place, so that every position and every refusal is the parser's own. tests/test_lines.py holds the two
readers against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger import nodes
from ledger.model import Position
from ledger.nodes import Listing, Node, Refused, Scalar
from ledger.nodes import Mapping as Fields

MAX_TEXT = 512 * 1024  # characters: of so few there can't be more nodes than the parser takes

# Beginnings that are never a plain text, or that another form begins with; what stands behind them on the line can be anything
# but a space or a colon at the end. `: ` and ` #` are looked for in the whole claim at once, which is far quicker.
_PLAIN = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`][^\n]*+(?<![ :])"""
_QUOTED = r""""[^"\\\n]*+"|'[^'\n]*+\'"""
_LIST = r"\[[a-z0-9][a-z0-9-]*+(?:, [a-z0-9][a-z0-9-]*+)*+\]"
_REASON = r""""[^"\\\n]*+"|[A-Za-z0-9][^\n,?\[\]{}:#"']*+(?<! )"""
_REASONS = rf"\{{[A-Z][0-9]{{3}}: (?:{_REASON})(?:, [A-Z][0-9]{{3}}: (?:{_REASON}))*+\}}"
_FOLDED = r">-(?:\n {4}[^ \n][^\n]*+)++"
_VALUE = rf"(?:{_PLAIN}|{_QUOTED}|{_LIST}|{_REASONS}|{_FOLDED})"
_FIELD = re.compile(rf"^(?:- |  )([a-z-]+): ({_VALUE})\n", re.MULTILINE)
_CLAIM = re.compile(rf"- [a-z-]++: {_VALUE}\n(?:  [a-z-]++: {_VALUE}\n)*+(?:(?:#[^\n]*+)?\n)*+")
_BEGIN = re.compile(r"^claims:\n(?:(?:#[^\n]*+)?\n)*+(?=- )", re.MULTILINE)
_END = re.compile(r"^(?![ #\n]|-[ \n])", re.MULTILINE)  # the first line that is no claim's
_WORD = re.compile(r"[a-z0-9-]+")
_ACCEPTED = re.compile(rf"([A-Z][0-9]{{3}}): ({_REASON})")
_SPECIAL = frozenset("\"'[{>")


class Places(Mapping[str, Position]):
    """Where the value of each field stands, and (`via.0`) the words of each list: worked out when it is asked for, which is seldom."""

    __slots__ = ("_found", "line", "source")

    def __init__(self, source: str, line: int) -> None:
        self.source = source
        self.line = line
        self._found: dict[str, Position] | None = None

    def _places(self) -> dict[str, Position]:
        if self._found is None:
            found: dict[str, Position] = {}
            line = self.line
            for match in _FIELD.finditer(self.source):
                key, column = match[1], match.start(2) - match.start() + 1
                found[key] = (line, column)
                if match[2][0] == "[":
                    for number, word in enumerate(_WORD.finditer(match[2])):
                        found[f"{key}.{number}"] = (line, column + word.start())
                elif match[2][0] == "{":
                    for accepted in _ACCEPTED.finditer(match[2]):
                        found[f"{key}.{accepted[1]}"] = (line, column + accepted.start())
                line += match[0].count("\n")
            self._found = found
        return self._found

    def __getitem__(self, key: str) -> Position:
        return self._places()[key]

    def __contains__(self, key: object) -> bool:
        if self._found is None and isinstance(key, str) and "." not in key:  # the quick answer; a folded line is indented further
            return f"\n  {key}: " in self.source or self.source.startswith(f"- {key}: ")
        return key in self._places()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


class Written(Fields):
    """One claim as it is written: its texts, its lists and its mappings by field, and where each field stands. As a mapping of
    nodes it is empty."""

    __slots__ = ("at", "lists", "mappings", "texts")

    def __init__(self, source: str, line: int, texts: dict[str, str]) -> None:
        self.line = line
        self.column = COLUMN
        self.texts = texts
        self.lists = _NO_LISTS
        self.mappings = _NO_MAPPINGS
        self.at = Places(source, line)


_MARK = "- ''"
COLUMN = 3  # of the first field of a claim, behind `- `
_NO_LISTS: dict[str, tuple[str, ...]] = {}
_NO_MAPPINGS: dict[str, dict[str, str]] = {}


class Known(NamedTuple):
    """The fields of a claim: all there are, those it can't do without, and those that are lists or mappings instead of texts."""

    all: frozenset[str]
    required: frozenset[str]
    lists: frozenset[str]
    mappings: frozenset[str]
    no_texts: frozenset[str]

    def takes(self, found: dict[str, str]) -> bool:
        """Whether fields are known, and none is missing."""
        return self.all.issuperset(found) and self.required <= found.keys()


def read(text: str, fields: Known) -> Fields:
    """The mapping that a claims file is; raises Refused. `text` is as `nodes.decode` gives it.

    A claim among its `claims` is a Written where it has only known fields and all that it needs.
    """
    if len(text) <= MAX_TEXT and "\r" not in text and text[:1].isalpha():
        begin = _BEGIN.search(text)
        if begin is not None:
            found = _Reading(text if text.endswith("\n") else text + "\n", fields).read(begin.start(), begin.end())
            if found is not None:
                return found
    return nodes.compose(text)


class _Reading:
    """One text while it is read."""

    def __init__(self, text: str, fields: Known) -> None:
        self.text = text
        self.fields = fields
        self.claims: dict[int, Node | None] = {}  # by line; None: left to the parser
        self.skeleton: list[str] = []  # the text with empty lines for what was taken
        self.marks: list[int] = []  # the lines where an empty entry stands for the first claim taken behind one that was left

    def read(self, head: int, begin: int) -> Fields | None:
        """What the text says, its key `claims` at one offset and the first claim at another; None where the parser must read it."""
        text = self.text
        found = _END.search(text, begin)
        end = found.start() if found is not None else len(text)
        head_line = text.count("\n", 0, head) + 1
        first_line = head_line + text.count("\n", head, begin)
        self.skeleton.append(text[:begin])
        end_line = self._take(begin, end, first_line)
        self.skeleton.append(text[end:])
        try:
            root = nodes.compose("".join(self.skeleton))
        except Refused:
            return None  # the parser shall say what is wrong with the text as it is written
        # The keys before and behind the claims must stand where they stand: then no text or list ran over what was taken.
        ends = end == len(text) or (end_line, 1) in root.keys.values()
        if (root.line, root.column) != (1, 1) or root.keys.get("claims") != (head_line, 1) or not ends:
            return None
        if not self._fill(root.items["claims"]):
            return None
        whole = root.items["claims"] = Listing(first_line, 1)
        whole.items = [claim for claim in self.claims.values() if claim is not None]
        return root

    def _take(self, place: int, end: int, line: int) -> int:
        """Take the claims that can be taken between two offsets; gives the line of the second."""
        text = self.text
        while place < end:
            match = _CLAIM.match(text, place, end)
            stop = match.end() if match is not None else place
            written = None
            if match is not None and (stop == end or text.startswith("- ", stop)):
                written = self._written(match[0], line)
            else:
                following = text.find("\n- ", place, end)
                stop = end if following < 0 else following + 1
            length = text.count("\n", place, stop)
            if written is None:
                self.skeleton.append(text[place:stop])
            elif self.claims and next(reversed(self.claims.values())) is None:
                self.skeleton.append(_MARK + "\n" * length)  # what was left must end here as it does in the text
                self.marks.append(line)
            else:
                self.skeleton.append("\n" * length)
            self.claims[line] = written
            line += length
            place = stop
        return line

    def _fill(self, listed: Node) -> bool:
        """Put the claims that the parser read in their places; gives whether it read exactly those that were left to it."""
        rest = [line for line, claim in self.claims.items() if claim is None]
        if not rest:
            return type(listed) is Scalar and not listed.text
        marks = set(self.marks)
        if type(listed) is not Listing or listed.column != 1 or [node.line for node in listed.items] != sorted([*rest, *self.marks]):
            return False
        left = [node for node in listed.items if node.line not in marks]
        self.claims.update((node.line, node) for node in left)
        return all(type(node) is Fields and node.column == COLUMN for node in left)

    def _written(self, source: str, line: int) -> Written | None:
        """The claim that the lines say; None where they hold anything that YAML or the ledger could read otherwise."""
        pairs = _FIELD.findall(source)
        texts: dict[str, str] = dict(pairs)
        if len(texts) != len(pairs) or len(source) > nodes.MAX_SCALAR or not self.fields.takes(texts):
            return None
        looks_plain = source.count(": ") == len(pairs) and " #" not in source  # what no plain text may hold
        if not looks_plain and any(raw[0] not in _SPECIAL and (": " in raw or " #" in raw) for _, raw in pairs):
            return None
        claim = Written(source, line, texts)
        for key, raw in pairs:
            if raw[0] in _SPECIAL and not self._take_special(claim, key, raw):
                return None
        return claim if self.fields.no_texts.isdisjoint(texts) else None

    def _take_special(self, claim: Written, key: str, raw: str) -> bool:
        """Take a value that is no plain text; gives whether it can be taken."""
        if raw[0] == "[":
            claim.lists = {**claim.lists, key: tuple(_WORD.findall(claim.texts.pop(key)))}
            return key in self.fields.lists
        if raw[0] == "{":
            accepted = _ACCEPTED.findall(claim.texts.pop(key))
            mapping = {code: text[1:-1] if text[0] == '"' else text for code, text in accepted}
            claim.mappings = {**claim.mappings, key: mapping}
            return key in self.fields.mappings and len(mapping) == len(accepted) and all(map(str.strip, mapping.values()))
        text = claim.texts[key] = raw[1:-1] if raw[0] != ">" else raw[7:].replace("\n    ", " ")
        return bool(text) and not text.isspace()
