"""Lines of (text, role) pairs in which what runs from right to left is set apart, however they are broken."""

from __future__ import annotations

from ledger.texts.directions import CLOSE, OPEN, ends_of_lines, isolated, runs_leftwards, set_apart

Line = list[tuple[str, str]]  # (text, role)


def words_of(line: Line) -> str:
    """A line without its roles."""
    return "".join(text for text, _ in line)


def parts_apart(line: Line) -> Line:
    """Parts that are one text, set apart as a whole."""
    whole = words_of(line)
    made = isolated(whole)
    return line if made == whole else _with_ends(line, made[: -1 - len(whole)], CLOSE)


def line_apart(line: Line) -> Line:
    """A line in which whatever runs leftwards is set apart, part by part, as far as it is not yet."""
    if not runs_leftwards(words_of(line)):
        return line
    found: Line = []
    depth = 0
    for text, role in line:
        made = set_apart(OPEN * depth + text)[depth:]
        found.append((made, role))
        for char in text:
            depth = depth + 1 if char == OPEN else max(0, depth - (char == CLOSE))
    return found


def lines_closed(lines: list[Line]) -> list[Line]:
    """The lines that one was broken into, with what is set apart closed in each and opened again in the next."""
    ends = ends_of_lines([words_of(line) for line in lines])
    return [_with_ends(line, *both) if any(both) else line for line, both in zip(lines, ends, strict=True)]


def _with_ends(line: Line, before: str, behind: str) -> Line:
    """A line with something before its first part that holds words, and behind its last."""
    first, (text, role) = next((number, part) for number, part in enumerate(line) if part[0].strip(" "))
    words = text.lstrip(" ")
    made = [*line[:first], (text[: len(text) - len(words)] + before + words, role), *line[first + 1 :]]
    return [*made[:-1], (made[-1][0] + behind, made[-1][1])]
