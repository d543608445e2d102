"""Text as people write and read it: what may be shown, how names are compared, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import islice

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_NO_NAME = r"[\x00-\x1f\x7f-\x9f/\\\u2028\u2029]|^\.|^-|^$"

# What a terminal, a browser or a reviewer's eye could be misled by: C0 and C1 controls, line and paragraph separators, bidi
# controls, invisible characters, tags, lone surrogates. Some of them are a language's own where they stand, and so are the joiners U+200C
# and U+200D (`harmless_marks`): there, and only there, they stay.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"


@cache
def hidden() -> re.Pattern[str]:
    """What must not be shown as it is. (A start feels what is compiled before it is needed.)"""
    return re.compile(f"[{_CONTROLS}{_BIDI}{_INVISIBLE}]")


@cache
def _doubtful() -> re.Pattern[str]:
    """The same and joiners: what is shown as it is only where it is harmless."""
    return re.compile(f"[{_CONTROLS}{_BIDI}{_INVISIBLE}\u200c\u200d]")


@cache
def misleading() -> re.Pattern[str]:
    """What misleads a reviewer in a text without controls."""
    return re.compile(f"[{_BIDI}{_INVISIBLE}]")


def plain_name(name: str) -> bool:
    """Whether a name can be that of a file in a folder of the ledger: no path, not hidden, no option, nothing that ends a line."""
    return re.search(_NO_NAME, name) is None


def _shown(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def visible(text: str) -> str:
    """`text` with every character that could act on a terminal or hide shown as `<U+202E>`; tabs and line ends stay, and so do the marks
    that are a language's own where they stand."""
    if text.isprintable() or _doubtful().search(text) is None:
        return text
    if text.isascii():
        return _doubtful().sub(_shown, text)
    from ledger.texts.directions import harmless_marks  # few texts have any

    kept = harmless_marks(text)
    return _doubtful().sub(lambda match: match[0] if match.start() in kept else _shown(match), text)


def one_line(text: str) -> str:
    """`text` made visible, on one line: white space folded to single spaces."""
    if text.isprintable() or ("\t" not in text and "\n" not in text and _doubtful().search(text) is None):
        return text
    return visible(" ".join(text.split()))


def some_of(names: Collection[str], most: int = 20) -> str:
    """`one, two, three`, where there are very many only the first."""
    return ", ".join(map(one_line, islice(names, most))) + (f", ... ({len(names)} in all)" if len(names) > most else "")


def shorten(text: str, width: int) -> str:
    """`text` on one line, cut to `width` characters behind a whole word, with an ellipsis that shows that it was cut."""
    line = one_line(text)
    if len(line) <= width:
        return line
    from ledger.texts.cutting import beginning  # most texts are short
    from ledger.texts.directions import closed

    return closed(beginning(line, width - 1).rstrip() + "…")


def count_of(number: int, noun: str, plural: str = "") -> str:
    """`1 claim`, `27 claims`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}".replace(",", " ")
