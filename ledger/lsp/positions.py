"""Places in a text as an editor counts them. The program counts lines by line feeds and columns in characters, from 1; an editor counts
from 0, and columns in units of the encoding that was agreed upon: UTF-16 unless it asked for another."""

from __future__ import annotations

from lsprotocol.types import Position, PositionEncodingKind, Range

_WIDTHS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Lines:
    """The lines of a text, and where an editor sees what stands in them."""

    def __init__(self, text: str, encoding: PositionEncodingKind | str = "utf-16") -> None:
        self.text = text
        self.lines = text.split("\n")
        self.encoding = str(getattr(encoding, "value", encoding))

    def line(self, number: int) -> str:
        """The line of a number from 0, without its end; empty beyond the last."""
        return self.lines[number].removesuffix("\r") if 0 <= number < len(self.lines) else ""

    def units(self, text: str) -> int:
        """How long a text is to the editor."""
        if text.isascii() or self.encoding == "utf-32":
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > "\uffff" for char in text)

    def column(self, position: Position) -> int:
        """The character (from 0) at which a position of the editor's stands; that of a position inside one is its beginning."""
        line = self.line(position.line)
        if line.isascii() or self.encoding == "utf-32":
            return min(position.character, len(line))
        left = position.character
        for number, char in enumerate(line):
            left -= self.units(char)
            if left < 0:
                return number
        return len(line)

    def at(self, line: int, column: int) -> Position:
        """The editor's position of a line and a column from 0."""
        line = max(0, min(line, len(self.lines) - 1))
        return Position(line, self.units(self.line(line)[: max(0, column)]))

    def span(self, line: int, column: int, length: int) -> Range:
        """The editor's range of so many characters, from a line and column from 0; it ends with the line."""
        return Range(self.at(line, column), self.at(line, column + max(1, length)))

    def offset(self, offset: int) -> Position:
        """The editor's position of an offset in the text."""
        line = self.text.count("\n", 0, offset)
        return self.at(line, offset - (self.text.rfind("\n", 0, offset) + 1))

    def whole(self) -> Range:
        """The editor's range of the whole text."""
        return Range(Position(0, 0), self.offset(len(self.text)))
