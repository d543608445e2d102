"""Character references (`&amp;`, `&#1050;`) -> characters, as browsers read them in a text. Frozen: rules that make texts go by it."""

from __future__ import annotations

import re
from html.entities import html5  # a list that its standard has closed

_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([A-Za-z][A-Za-z0-9]*);?)")
_LONGEST = max(len(name) for name in html5 if not name.endswith(";"))
# Of a number from 0x80 to 0x9f, the character that windows-1252 has there.
_C1 = dict(
    zip(
        (128, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 142, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 158, 159),
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ",
        strict=True,
    )
)  # fmt: skip


def read_references(text: str) -> str:
    """A text with its character references read."""
    return _REFERENCE.sub(_read, text) if "&" in text else text


def _read(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name is None:
        return _numbered(hexadecimal, 16) if hexadecimal is not None else _numbered(decimal, 10)
    whole = match[0]
    if whole.endswith(";") and f"{name};" in html5:
        return html5[f"{name};"]
    for length in range(min(len(name), _LONGEST), 1, -1):  # `&ampx`, from before names had to end in a semicolon
        if name[:length] in html5:
            return html5[name[:length]] + whole[length + 1 :]
    return whole


def _numbered(digits: str, base: int) -> str:
    digits = digits.lstrip("0")
    number = int(digits, base) if 0 < len(digits) <= 7 else 0
    if not 0 < number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return _C1.get(number, chr(number))
