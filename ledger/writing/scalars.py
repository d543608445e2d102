"""How a text is written in YAML: without quotation marks where YAML and our reader take it so, else in quotation marks, on one line."""

from __future__ import annotations

import re
import unicodedata

from ledger.model import Trouble
from ledger.texts.display import misleading

# What ends or opens something else at the beginning of a text, what does so anywhere, and what does so in brackets.
_OPENING = frozenset("-?:,[]{}#&*!|>'\"%@`")
_ANYWHERE = re.compile(r": |:$| #|\A[~-]?$|\A---|\A\.\.\.|\A[\s]|[\s]\Z|\A<<\Z|\A=\Z")
_BRACED = frozenset(",[]{}:?#")
_ESCAPES = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}


class InQuotes(str):
    """A text that is written in quotation marks though our reader needs none: other readers would take it for a number."""


def scalar(text: str, braced: bool = False, like: str = "") -> str:
    """A text as YAML has it, on one line; `braced`: it stands in brackets or braces; `like`: in the quotation marks of what it
    replaces, if that had some. Raises Trouble for one that is no Unicode text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        code = ord(text[problem.start])
        raise Trouble(f"a text holds U+{code:04X}, which stands for a byte that is no UTF-8: write it in UTF-8") from None
    if any(_must_be_escaped(char) for char in set(text)):
        return _in_double(text)
    marks = "'" if isinstance(text, InQuotes) else like[:1]
    if _is_plain(text, braced) and marks not in ("'", '"'):
        return text
    if marks == "'" or '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_plain(text: str, braced: bool) -> bool:
    if not text or _ANYWHERE.search(text) is not None or (text[0] in _OPENING and not _is_dashed(text)):
        return False
    return not braced or _BRACED.isdisjoint(text)


def _is_dashed(text: str) -> bool:
    """Whether a text begins with a dash that opens no list: `-5`."""
    return text[0] == "-" and text[1:2].isalnum()


def _must_be_escaped(char: str) -> bool:
    """Whether a character may not, or should not, stand in a file as it is: controls, line ends, what hides or misleads."""
    if " " <= char <= "~":
        return False
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in "\ufffe\uffff" or misleading().match(char) is not None


def _in_double(text: str) -> str:
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not _must_be_escaped(char):
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
