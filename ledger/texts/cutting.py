"""Where a long text may be cut: never inside a word or a letter with its marks, as far as the room allows."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

# Scripts that set no space between words: where a word begins can't be told there.
_UNSPACED = (0x0E00, 0x0F00, 0x0F00, 0x10A0, 0x1780, 0x1800, 0x3040, 0x3100, 0x3400, 0xA000, 0xAC00, 0xD7B0, 0xF900, 0xFB00)
_FLAGS = range(0x1F1E6, 0x1F200)  # two of them are one flag
_TONES = range(0x1F3FB, 0x1F400)  # the colours of skin behind a hand or a face
_JOINER = "\u200d"
_APOSTROPHES = "'’ʼ-"
LONGEST_LETTER = 64  # characters that one letter with its marks may have: beyond, it is cut all the same


def sets_no_spaces(char: str) -> bool:
    """Whether a letter is of a script that sets no space between words (a pattern of these takes 4 ms to compile)."""
    return bisect_right(_UNSPACED, ord(char)) % 2 == 1


def inside_letter(text: str, offset: int) -> bool:
    """Whether what stands on both sides of an offset is one letter or sign to a reader."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300":
        return before == "\r" and after == "\n"
    if _JOINER in (before, after) or unicodedata.category(after)[0] == "M" or ord(after) in _TONES:
        return True
    if unicodedata.combining(before) == 9:  # a virama joins the next consonant
        return unicodedata.category(after) == "Lo"
    if ord(before) in _FLAGS and ord(after) in _FLAGS:
        first = offset - 1
        while first > 0 and ord(text[first - 1]) in _FLAGS:
            first -= 1
        return (offset - first) % 2 == 1
    return _one_syllable(before, after)


def _jamo(char: str) -> str:
    """Which part of a Korean syllable a character is: L (first), V (vowel), T (last); LV and LVT of whole ones; else empty."""
    if "\u1100" <= char <= "\u11ff":
        return "L" if char < "\u1160" else "V" if char < "\u11a8" else "T"
    if "\uac00" <= char <= "\ud7a3":
        return "LVT" if (ord(char) - 0xAC00) % 28 else "LV"
    return ""


def _one_syllable(before: str, after: str) -> bool:
    """Whether two characters are of one Korean syllable."""
    left, right = _jamo(before)[-1:], _jamo(after)
    if left == "L":
        return right != "" and right != "T"
    return right in {"V": ("V", "T"), "T": ("T",)}.get(left, ())


def _stands_alone(char: str) -> bool:
    """Whether a text may be cut beside a letter: of a script without spaces, but for Korean, which sets them."""
    return sets_no_spaces(char) and not "\uac00" <= char <= "\ud7b0"


def inside_word(text: str, offset: int) -> bool:
    """Whether an offset lies inside a word, or a letter with its marks."""
    if inside_letter(text, offset):
        return True
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before in _APOSTROPHES or after in _APOSTROPHES:
        other = text[offset - 2 : offset - 1] if before in _APOSTROPHES else text[offset + 1 : offset + 2]
        return other.isalnum() and (after if before in _APOSTROPHES else before).isalnum()
    if before.isdigit() and after in ".,:" and text[offset + 1 : offset + 2].isdigit():
        return True
    if after.isdigit() and before in ".,:" and text[offset - 2 : offset - 1].isdigit():
        return True
    of_words = (before.isalnum() or unicodedata.category(before)[0] == "M") and after.isalnum()
    return of_words and not _stands_alone(before) and not _stands_alone(after)


def end_within(text: str, most: int) -> int:
    """Where to end a text of which at most so many characters are wanted: behind a whole word; where one word fills more than half of
    the room, behind a whole letter."""
    if len(text) <= most:
        return len(text)
    end = max(0, most)
    while end > most // 2 and inside_word(text, end):
        end -= 1
    if end > most // 2:
        return end
    end = max(0, most)
    while end > max(0, most - LONGEST_LETTER) and inside_letter(text, end):
        end -= 1
    return end or max(0, most)


def start_within(text: str, most: int) -> int:
    """Where to begin a text of whose end at most so many characters are wanted: in front of a whole word, or letter."""
    if len(text) <= most:
        return 0
    start = len(text) - max(0, most)
    latest = len(text) - most // 2
    while start < latest and not _begins(text, start):
        start += 1
    if start < latest:
        return start
    start = len(text) - max(0, most)
    while start < len(text) - max(0, most - LONGEST_LETTER) and inside_letter(text, start):
        start += 1
    return start if start < len(text) else len(text) - max(0, most)


def _begins(text: str, offset: int) -> bool:
    """Whether a word begins at an offset, with the signs that stand before it."""
    return text[offset - 1].isspace() or (text[offset].isalnum() and _stands_alone(text[offset - 1]) and not inside_letter(text, offset))


def beginning(text: str, most: int) -> str:
    """The first words of a text, in at most so many characters."""
    return text[: end_within(text, most)]


def ending(text: str, most: int) -> str:
    """The last words of a text, in at most so many characters."""
    return text[start_within(text, most) :]
