"""Text that was decoded as another encoding than it is written in: UTF-8 read as Windows-1252 or Latin-1."""

from __future__ import annotations

import re
from functools import cache

_UNDECODED = "\ufffd"
# What the bytes 80 to 9F are in Windows-1252; the five that it leaves out stand for themselves, as in Latin-1.
_WINDOWS = {
    (char := bytes([byte]).decode("cp1252", "replace")) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte): byte
    for byte in range(0x80, 0xA0)
}
_SURE = "\xc2\xc3"  # what nearly all of Latin-1 begins with, when it is decoded so: two such characters are enough
_FIRST = "\xc2\xc3\xe2\xd0\xd1\xd8\xd9\xd7\xe0\xce\xcf\xe3\xe1\ufffd"  # what the scripts of most texts begin with, when they are decoded so
_QUOTATION = "»«’”“‘"  # what may stand behind a capital Ä in a sound text


@cache
def _runs() -> re.Pattern[str]:
    """A character that begins a sequence of UTF-8, and those that go on with it."""
    going_on = "".join(re.escape(char) for char in _WINDOWS) + "\xa0-\xbf"
    one = f"[\xc2-\xf4][{going_on}]{{1,3}}"
    return re.compile(f"{one}(?:{one})*")  # (a pattern that begins with a set is looked for far more quickly than one with a repetition)


def mis_decoded(text: str) -> tuple[int, str, str] | None:
    """The first place in a text where something was decoded wrongly: its offset, what stands there, and what is meant (empty: nobody knows)."""
    if text.isascii() or not any(sign in text for sign in _FIRST):
        return None
    for match in _runs().finditer(text):
        run = match[0]
        if len(run) < 3 and (run[0] not in _SURE or run[1] in _QUOTATION):
            continue
        try:
            meant = bytes(_WINDOWS.get(char, ord(char)) for char in run).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if all(char.isalpha() or char in "’‘“”–—…•«» ¡¿°" for char in meant):
            return match.start(), run, meant
    place = text.find(_UNDECODED)
    return None if place < 0 else (place, _UNDECODED, "")
