"""Texts that run from right to left among others that do not: set apart, so that nothing beside them changes its place; and which
invisible marks are a language's own.

What is set apart stands between U+2068 and U+2069, whose direction is that of the first letter between them. Only what has letters that
run leftwards is ever set apart: every other text stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

OPEN, CLOSE = "\u2068", "\u2069"
_LEFTWARD_MARK = "\u200f"
_OWN = "\u061c\u200e\u200f"  # marks of direction: no letters, and taken for such by the rules of direction
_APART = "·—|\t"  # stand between two texts, never inside of one
_DEEPEST = 4

# Letters of Hebrew, Arabic and the other scripts that are written from right to left; their digits and points alone move nothing.
_LEFTWARD = (
    "\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b\u060d\u061b\u061d-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef"
    "\u06fa-\u085f\u0860-\u088e\u08a0-\u08c9\u07c0-\u07ea\ufb1d\ufb1f-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
# Scripts whose letters are joined, or kept from being joined, by invisible joiners: Arabic to Syriac and N'Ko, those of India, Burmese,
# Khmer, Mongolian and their like.
_JOINING = (0x0600, 0x0900, 0x0900, 0x0E00, 0x1000, 0x10A0, 0x1780, 0x18B0, 0x1A20, 0x1C00, 0xA800, 0xAC00, 0xFB50, 0xFE00, 0xFE70, 0xFF00)
_JOINING_LATER = range(0x10A00, 0x11E00)
# Scripts in which an invisible space parts words.
_SPACED_UNSEEN = (0x0E00, 0x10A0, 0x1780, 0x1800)


@cache
def _leftward() -> re.Pattern[str]:
    return re.compile(f"[{_LEFTWARD}]")


def runs_leftwards(text: str) -> bool:
    """Whether a text has letters that run from right to left."""
    return not text.isascii() and _leftward().search(text) is not None


def isolated(text: str) -> str:
    """A text set apart, where it has letters that run leftwards; where most do, though the first does not, it is said that it does."""
    if not runs_leftwards(text):
        return text
    naked = "".join(piece for piece, is_apart in _pieces(text) if not is_apart)
    if not runs_leftwards(naked):
        return text
    letters = [unicodedata.bidirectional(char) in ("R", "AL") for char in naked if char not in _OWN and char.isalpha()]
    mark = _LEFTWARD_MARK if letters and not letters[0] and 2 * sum(letters) > len(letters) else ""
    return f"{OPEN}{mark}{text}{CLOSE}"


def set_apart(text: str) -> str:
    """A line of ours in which whatever runs leftwards is set apart, as far as it is not yet: what stands between quotation marks as a
    whole, else from the first letter that does to the last one before others come."""
    if not runs_leftwards(text):
        return text
    return "".join(piece if is_apart else _stretches_apart(piece) for piece, is_apart in _pieces(text))


def closed(text: str) -> str:
    """A text that was cut, with what was set apart in it closed."""
    depth = _depth(text)
    return text + CLOSE * depth if depth else text


def _depth(text: str) -> int:
    """How many isolates are still open at the end of a text."""
    depth = 0
    for char in text if OPEN in text else ():
        depth = depth + 1 if char == OPEN else max(0, depth - (char == CLOSE))
    return depth


def closed_lines(lines: list[str]) -> list[str]:
    """The lines that one text was broken into, each with its isolates closed in itself, and opened again in the next one as they were."""
    return [f"{before}{line}{behind}" for line, (before, behind) in zip(lines, ends_of_lines(lines), strict=True)]


def ends_of_lines(lines: list[str]) -> list[tuple[str, str]]:
    """What has to stand before and behind each of the lines that one text was broken into."""
    if OPEN not in "".join(lines):
        return [("", "")] * len(lines)
    directions = _directions("".join(lines))
    opened: list[str] = []
    found = []
    for line in lines:
        begun = "".join(_reopened(way, line) for way in opened) if line.strip() else ""
        for char in line:
            if char == OPEN:
                opened.append(next(directions))
            elif char == CLOSE and opened:
                opened.pop()
        found.append((begun, CLOSE * len(opened) if line.strip() else ""))
    return found


def _directions(text: str) -> Iterator[str]:
    """The direction of each isolate of a text, in their order: that of the first letter in it and in none inside of it."""
    found: list[str] = []
    opened: list[int] = []
    for char in text:
        if char == OPEN:
            opened.append(len(found))
            found.append("")
        elif char == CLOSE and opened:
            opened.pop()
        elif opened and not found[opened[-1]]:
            found[opened[-1]] = _way(char)
    yield from found


def _way(char: str) -> str:
    """`R` of a letter or mark that runs leftwards, `L` of another, else empty."""
    kind = unicodedata.bidirectional(char)
    return "R" if kind in ("R", "AL") else kind if kind == "L" else ""


def _reopened(way: str, rest: str) -> str:
    """An isolate as it is opened again in front of what is left of it: in the direction that it had."""
    first = next((found for char in rest if (found := _way(char))), "")
    return OPEN + (_LEFTWARD_MARK if way == "R" and first != "R" else "\u200e" if way == "L" and first == "R" else "")


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut into what is set apart already and what is not."""
    depth = start = 0
    for index, char in enumerate(text):
        if char == OPEN:
            if not depth and index > start:
                yield text[start:index], False
                start = index
            depth += 1
        elif char == CLOSE and depth:
            depth -= 1
            if not depth:
                yield text[start : index + 1], True
                start = index + 1
    if start < len(text):
        yield text[start:], depth > 0


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile("(?<=`)[^`]+(?=`)|(?<=“)[^”]+(?=”)|(?<=«)[^»]+(?=»)")


def _stretches_apart(text: str) -> str:
    """A text that is not set apart, with what runs leftwards in it set apart."""
    written = ""
    end = 0
    for match in _quoted().finditer(text):
        written += _runs_apart(text[end : match.start()]) + isolated(match[0])
        end = match.end()
    return written + _runs_apart(text[end:])


def _runs_apart(text: str) -> str:
    if not runs_leftwards(text):
        return text
    written = ""
    start = last = end = 0  # where a run begins and ends, and up to where the text is written
    running = False
    for index, char in enumerate(f"{text}|"):
        way = "L" if char in _APART else _way(char)
        if way == "R" and not running:
            start, running = index, True
        if way == "R" or (running and last == index and unicodedata.category(char)[0] == "M"):
            last = index + 1
        elif way == "L" and running:
            written += text[end:start] + OPEN + text[start:last] + CLOSE
            end, running = last, False
    return written + text[end:]


# -- marks that are a language's own ----------------------------------------------------------------------------------------


def harmless_marks(text: str) -> set[int]:
    """Where invisible marks stand that change nothing but how a text of their language is set: joiners between letters that are joined,
    marks of direction beside letters that run leftwards, invisible spaces between words of scripts that show none, isolates that are
    closed round letters that run leftwards. Whatever else is invisible could hide something."""
    found = set(_isolates(text))
    for index, char in enumerate(text):
        if char in "\u200b\u200c\u200d" and _joins(char, text[max(0, index - 2) : index], text[index + 1 : index + 2]):
            found.add(index)
    if any(mark in text for mark in _OWN):
        ways = ["" if char in _OWN else _shown_way(char) if index not in found else "" for index, char in enumerate(text)]
        beside = zip(_nearest(ways), list(_nearest(ways[::-1]))[::-1], strict=True)
        found.update(index for index, both in enumerate(beside) if text[index] in _OWN and "R" in both)
    return found


def _shown_way(char: str) -> str:
    """The direction of a character, of one that is to be shown as `<U+202E>` that of its letters."""
    return "L" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\t\n" else _way(char)


def _nearest(ways: list[str]) -> Iterator[str]:
    """The direction of the letter nearest before each character."""
    return accumulate(ways, lambda known, way: way or known)


def _isolates(text: str) -> Iterator[int]:
    """Both ends of isolates that are closed and hold letters that run leftwards."""
    if OPEN not in text:
        return
    counted = list(accumulate((_leftward().match(char) is not None for char in text), initial=0))
    opened: list[tuple[int, str]] = []
    for index, char in enumerate(text):
        if char in (OPEN, "\u2066", "\u2067"):
            opened.append((index, char))
        elif char == CLOSE and opened:
            start, kind = opened.pop()
            if kind == OPEN and len(opened) < _DEEPEST and counted[index] > counted[start]:
                yield from (start, index)


def _of(char: str, ranges: tuple[int, ...]) -> bool:
    return char != "" and bisect_right(ranges, ord(char)) % 2 == 1


def _joined_script(char: str) -> bool:
    """Whether a character is a letter, or a letter's mark, of a script that uses joiners."""
    return char != "" and (_of(char, _JOINING) or ord(char) in _JOINING_LATER) and unicodedata.category(char)[0] in "LM"


def _joins(mark: str, two: str, after: str) -> bool:
    """Whether a joiner or an invisible space stands where its language has it, between the `two` characters before it and the one after."""
    before = two[-1:]
    if mark == "\u200c":
        return _joined_script(before) and _joined_script(after)
    if mark == "\u200d":
        sign = two[0] if before == "\ufe0f" else before
        foreign = after.isalnum() and not _joined_script(after)
        return (_joined_script(before) and not foreign) or (_is_picture(sign) and _is_picture(after))
    unseen = _of(before, _SPACED_UNSEEN), _of(after, _SPACED_UNSEEN)
    return any(unseen) and all(known or not char.isalnum() for known, char in zip(unseen, (before, after), strict=True))


def _is_picture(char: str) -> bool:
    return char >= "\u2190" and unicodedata.category(char) in ("So", "Sk", "Sm")
