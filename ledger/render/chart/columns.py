"""Text in columns of a terminal: cut or padded to a width, folded into lines; wide and combining characters count."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.render.apart import line_apart, lines_closed
from ledger.render.blocks import Line
from ledger.render.check import Style
from ledger.texts.directions import closed, set_apart
from ledger.texts.widths import head_of, text_width


def fit(text: str, width: int) -> str:
    """A text padded to exactly `width` columns, or cut with an ellipsis."""
    text = set_apart(text)
    if text_width(text) > width:
        text = closed(head_of(text, width - 1).rstrip() + "…")
    return text + " " * (width - text_width(text))


def folded(line: Line, width: int | None, indent: int = 0) -> Iterator[Line]:
    """A line folded at spaces to at most `width` columns (None: not at all), later lines indented. A longer word is broken."""
    line = line_apart(line)
    yield from [line] if width is None else lines_closed(list(_folded(line, width, indent)))


def _folded(line: Line, width: int, indent: int) -> Iterator[Line]:
    indent = min(indent, width // 2)
    current: Line = []
    used = 0
    holds_words = False  # (they may take no column at all)
    for spaces, word in _words(line):
        length = sum(text_width(text) for text, _ in word)
        fits_below = length <= width - indent  # else it is broken anyway, best behind what is shorter than the indent: a label, a dash
        if used + spaces + length > width and holds_words and (used > indent or fits_below or used + spaces > width - 2):
            yield current
            current, used, spaces = [(" " * indent, "")], indent, 0
        if used + spaces + length > width:
            spaces = min(spaces, max(0, width - used - 2))
        current.append((" " * spaces, ""))
        used += spaces
        for text, role in word:
            while used + text_width(text) > width:
                piece = head_of(text, width - used) or ("" if used > indent else text[:1])
                yield [*current, (piece, role)]
                text = text[len(piece) :]
                current, used = [(" " * indent, "")], indent
            current.append((text, role))
            used += text_width(text)
        holds_words = True
    yield current


def _words(line: Line) -> Iterator[tuple[int, Line]]:
    """The words of a line, each in pieces with their roles, and how many spaces stand before each."""
    spaces, word = 0, Line()
    for text, role in line:
        for number, piece in enumerate(text.split(" ")):
            if number:
                if word:
                    yield spaces, word
                    spaces, word = 0, Line()
                spaces += 1
            if piece:
                word.append((piece, role))
    if word:
        yield spaces, word


def styled(line: Line, style: Style) -> str:
    """A line with its roles as colours, neighbours of one role together and spaces with what stands before; nothing behind its last sign."""
    pieces: list[list[str]] = []
    for text, role in line:
        if pieces and (pieces[-1][1] == role or not text.strip(" ")):
            pieces[-1][0] += text
        else:
            pieces.append([text, role])
    while pieces and not pieces[-1][0].rstrip(" "):
        pieces.pop()
    if pieces:
        pieces[-1][0] = pieces[-1][0].rstrip(" ")
    return "".join(style(text, role) if role and text.strip(" ") else text for text, role in pieces)
