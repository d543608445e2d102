"""Claims that are written one field a line, the way nearly all are, read without the YAML parser.

The parser takes most of the time of a check, and gives an event with two marks for each key and value. Here one regular expression
takes a whole claim. It takes only what YAML can't read otherwise: plain texts of one line without `: ` or ` #`, texts in quotes
without escapes, lists of words in brackets, folded texts (`>-`). What it does not take (the head, what stands behind the claims, a
claim here and there) is left to the parser, each in its place, so that every position is the parser's own; and where it refuses one,
the whole file, so that every refusal is its own too. tests/reading/test_lines.py holds the two readers against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import compress, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.model import CLAIM_FIELDS, CLAIMS, NAMES, REASONS, TEXT, Field, Position
from ledger.reading import yaml_nodes
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import Listing, Node
from ledger.reading.yaml_nodes import Mapping as Fields

MAX_TEXT = 512 * 1024  # characters: of so few there can't be more nodes than the parser takes
MOST_LEFT = 16  # claims that the parser reads one by one; where there are more, it is quicker with the whole

# Beginnings that are never a plain text, or that another form begins with; what stands behind them on the line can be anything
# but a space or a colon at the end. `: ` and ` #` are looked for in the whole claim at once, which is far quicker.
_PLAIN = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`][^\n]*+(?<![ :])"""
_QUOTED = r""""[^"\\\n]*+"|'[^'\n]*+\'"""
_FOLDED = r">-(?:\n {4}[^ \n][^\n]*+)++"
_TEXT = rf"{_PLAIN}|{_QUOTED}|{_FOLDED}"
_LIST = r"\[[a-z0-9][a-z0-9-]*+(?:, [a-z0-9][a-z0-9-]*+)*+\]"
_REASON = r""""[^"\\\n]*+"|[A-Za-z0-9][^\n,?\[\]{}:#"']*+(?<! )"""
_REASONS = rf"\{{[A-Z][0-9]{{3}}: (?:{_REASON})(?:, [A-Z][0-9]{{3}}: (?:{_REASON}))*+\}}"
_BEHIND = r"(?:(?:#[^\n]*+)?\n)*+"  # empty lines and comments between claims
_KEY = "claims:\n"
_WORD = re.compile(r"[a-z0-9-]+")


@cache
def _begin() -> re.Pattern[str]:
    """What stands between the key `claims` and the first claim."""
    return re.compile(_BEHIND + "(?=- )")


@cache
def _end() -> re.Pattern[str]:
    """The first line that is no claim's."""
    return re.compile(r"^(?![ #\n]|-[ \n])", re.MULTILINE)


@cache
def _field() -> re.Pattern[str]:
    """One field of a claim."""
    return re.compile(rf"^(?:- |  )([a-z-]+): ({_TEXT}|{_LIST}|{_REASONS})\n", re.MULTILINE)


@cache
def _accepted() -> re.Pattern[str]:
    """One warning that is accepted, and why."""
    return re.compile(rf"([A-Z][0-9]{{3}}): ({_REASON})")


class Form:
    """The fields of a claim as they are looked for: those that begin with one letter share its branch, since the branches are tried
    one by one. Fields are known by their number in the table that is given, which is their place in a row."""

    def __init__(self, table: Mapping[str, Field]) -> None:
        self.fields = tuple(table)
        letters = [name[0] for name in table]
        self._tried = sorted(range(len(table)), key=lambda number: letters.index(letters[number]))
        self.groups = tuple(self._tried.index(number) + 1 for number in range(len(table)))  # of the pattern, in the order of a row
        kinds = [field.kind for field in table.values()]
        self.texts, self.no_texts, self.reasons = (
            tuple(number for number, kind in enumerate(kinds) if kind in wanted)
            for wanted in ((TEXT,), (NAMES, CLAIMS, REASONS), (REASONS,))
        )
        self.needed = itemgetter(*(number for number, field in enumerate(table.values()) if field.required))
        self.others = itemgetter(*self.no_texts)
        self.without = (None,) * len(self.no_texts)  # of a claim with nothing but texts

    @cached_property
    def claim(self) -> re.Pattern[str]:
        """One claim with the empty lines and comments behind it, a group for each field."""
        branches = []
        for letter, same in groupby(self._tried, key=lambda number: self.fields[number][0]):
            rest = [rf"{self.fields[number][1:]}: ({self._value(number)})" for number in same]
            branches.append(rf"{letter}(?:{'|'.join(rest)})")
        return re.compile(rf"- (?:(?:{'|'.join(branches)})\n(?:  (?=[a-z])|(?![a-z])))++{_BEHIND}")

    def _value(self, number: int) -> str:
        return _REASONS if number in self.reasons else _LIST if number in self.no_texts else _TEXT


Row = tuple[Any, ...]  # of each field of a Form its text, a tuple of words, reasons by code, or None


class Written(Mapping[str, Position]):
    """One claim as it is written, as a row of its form. As a mapping it says where the value of each field stands, and (`via.0`) the
    words of each list: worked out when it is asked for, which is seldom."""

    __slots__ = ("_found", "line", "row", "source")
    column = 3  # of the first field, behind `- `

    def __init__(self, source: str, line: int, row: Row) -> None:
        self.source = source
        self.line = line
        self.row = row
        self._found: dict[str, Position] | None = None

    def _positions(self) -> dict[str, Position]:
        if self._found is None:
            found: dict[str, Position] = {}
            line = self.line
            for match in _field().finditer(self.source):
                key, column = match[1], match.start(2) - match.start() + 1
                found[key] = (line, column)
                if match[2][0] == "[":
                    for number, word in enumerate(_WORD.finditer(match[2])):
                        found[f"{key}.{number}"] = (line, column + word.start())
                elif match[2][0] == "{":
                    for accepted in _accepted().finditer(match[2]):
                        found[f"{key}.{accepted[1]}"] = (line, column + accepted.start())
                line += match[0].count("\n")
            self._found = found
        return self._found

    def __getitem__(self, key: str) -> Position:
        return self._positions()[key]

    def __contains__(self, key: object) -> bool:
        if self._found is None and isinstance(key, str) and "." not in key:  # the quick answer; a folded line is indented further
            return f"\n  {key}: " in self.source or self.source.startswith(f"- {key}: ")
        return key in self._positions()

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions())

    def __len__(self) -> int:
        return len(self._positions())


def fields_written(at: Mapping[str, Position]) -> tuple[str, ...]:
    """The fields of a claim that are written, of all that say where theirs stand, in the order in which a claim has them."""
    if type(at) is Written and len(at.row) == len(CLAIM_FIELDS):  # (of a field that is not written a row has None)
        return _named(tuple(text is not None for text in at.row))
    return tuple(name for name in CLAIM_FIELDS if name in at)


@lru_cache(maxsize=1024)
def _named(there: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(compress(CLAIM_FIELDS, there))


class Listed(NamedTuple):
    """A claims file as it is written: its mapping, and the claims that are listed in it. A claim is a Written where it was taken line by
    line, else a node."""

    root: Fields
    claims: Sequence[Written | Node]


def listed_in(root: Fields) -> Listed:
    """A claims file that the parser read."""
    claims = root.items.get("claims")
    return Listed(root, claims.items if type(claims) is Listing else ())


def read(text: str, form: Form) -> Listed:
    """The claims file that a text says; raises Refused. `text` is as `nodes.decode` gives it.

    A claim is a Written where it has only known fields and all that it needs.
    """
    if len(text) <= MAX_TEXT and "\r" not in text and text[:1].isalpha() and text.endswith("\n"):
        head = 0 if text.startswith(_KEY) else text.find("\n" + _KEY) + 1
        begin = _begin().match(text, head + len(_KEY)) if head or text.startswith(_KEY) else None
        if begin is not None:
            try:
                return _Reading(text, form).read(head, begin.end())
            except (Refused, _LeftWhole):
                pass  # the parser shall say what the text is, or what is wrong with it, as it is written
    return listed_in(yaml_nodes.compose(text))


class _LeftWhole(Exception):
    """What the parser must read as a whole."""


class _Reading:
    """One text while it is read. What it is made of (the head, each claim, what stands behind them) is read by itself: each must be
    closed where the next begins, so that together they are what the parser makes of the whole."""

    def __init__(self, text: str, form: Form) -> None:
        self.text = text
        self.form = form
        self.left = 0  # claims that were left to the parser

    def read(self, head: int, begin: int) -> Listed:
        """What the text says, its key `claims` at one offset and the first claim at another; raises Refused, _LeftWhole."""
        text = self.text
        head_line = text.count("\n", 0, head) + 1
        first_line = head_line + text.count("\n", head, begin)
        claims, end, end_line = self._claims(begin, first_line)
        behind = "\n" * (end_line - first_line) + text[end:] if end < len(text) else ""
        root = yaml_nodes.compose(text[:begin] + behind)
        # The keys before and behind the claims must stand where they stand: then no text or list ran over what was taken.
        if root.keys.get("claims") != (head_line, 1) or (behind and (end_line, 1) not in root.keys.values()):
            raise _LeftWhole
        root.items["claims"] = Listing(first_line, 1)
        return Listed(root, claims)

    def _claims(self, offset: int, line: int) -> tuple[list[Written | Node], int, int]:
        """The claims from an offset on, and where they end: the offset, and its line."""
        text, form, match_claim = self.text, self.form, self.form.claim.match
        claims: list[Written | Node] = []
        end, known_end = len(text), False
        while offset < end:
            match = match_claim(text, offset, end)
            stop = match.end() if match is not None else offset
            whole = match is not None and text.startswith("- ", stop)
            if not whole and not known_end:  # seldom: behind the last claim, or before one in another form
                known_end, found = True, _end().search(text, offset)
                end = found.start() if found is not None else end
                continue
            written = None
            if match is not None and (whole or stop == end):
                written = self._written(match.group(*form.groups), offset, stop, line)
            else:
                following = text.find("\n- ", offset, end)
                stop = end if following < 0 else following + 1
            claims.append(self._parsed(text[offset:stop], line) if written is None else written)
            line += text.count("\n", offset, stop)
            offset = stop
        return claims, end, line

    def _parsed(self, source: str, line: int) -> Node:
        """The claim that the parser reads in its place, which nothing of it runs over; raises Refused, _LeftWhole."""
        self.left += 1
        if self.left > MOST_LEFT:
            raise _LeftWhole
        listed = yaml_nodes.compose("\n" * (line - 2) + _KEY + source).items["claims"]
        if type(listed) is not Listing or len(listed.items) != 1:
            raise _LeftWhole
        return listed.items[0]

    def _written(self, row: Row, offset: int, stop: int, line: int) -> Written | None:
        """The claim that a row says; None where it holds anything that YAML or the ledger could read otherwise."""
        form = self.form
        if stop - offset > yaml_nodes.MAX_SCALAR or None in form.needed(row):
            return None
        source = self.text[offset:stop]
        fields = len(row) - row.count(None)
        # No plain text may hold `: ` or ` #`. Where `: ` stands just once a field, no field stands twice either. (A search for one
        # character is so much quicker that it goes first.)
        if (source.count(":") != fields and source.count(": ") != fields) or ("#" in source and " #" in source):
            lines = source.count("\n  ") - source.count("\n    ") + 1
            plain = (raw for raw in map(row.__getitem__, form.texts) if raw is not None and raw[0] not in "\"'>")
            if lines != fields or any(": " in raw or " #" in raw for raw in plain):
                return None
        read: Row | None = row
        if '"' in source or "'" in source or ">" in source:
            read = self._without_marks(row)
        if read is not None and form.others(row) != form.without:
            read = self._listed(read)
        return Written(source, line, read) if read is not None else None

    def _without_marks(self, row: Row) -> Row | None:
        """The row with what texts in quotes, and folded ones, say; None where one of them says nothing."""
        read = list(row)
        for number in self.form.texts:
            raw = row[number]
            if raw is not None and raw[0] in "\"'>":
                text = read[number] = raw[1:-1] if raw[0] != ">" else raw[7:].replace("\n    ", " ")
                if not text or text.isspace():
                    return None
        return tuple(read)

    def _listed(self, row: Row) -> Row | None:
        """The row with its lists and its reasons read; None where the reasons can't be taken."""
        read = list(row)
        for number in self.form.no_texts:
            if row[number] is None:
                continue
            if number not in self.form.reasons:
                read[number] = tuple(_WORD.findall(row[number]))
                continue
            accepted = _accepted().findall(row[number])
            reasons = read[number] = {code: text[1:-1] if text[0] == '"' else text for code, text in accepted}
            if len(reasons) != len(accepted) or not all(map(str.strip, reasons.values())):
                return None
        return tuple(read)
