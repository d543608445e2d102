"""The text of a page -> its tags and what stands between them, in one pass whose time grows as the page does. Frozen: `ledger-html 1`
goes by it, and nothing here depends on Python's own readers of HTML, which change from release to release.

As browsers read it: a quotation mark ends nothing but a value that it opened, comments end at `-->`, the content of `script` and its like
is no markup, and a tag that the end of the page cuts off is dropped. No tree is built, so no nesting is too deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORDS, START, END, RAW = "words", "start", "end", "raw"
SPACE = "\t\n\f\r "
# The content is no markup, up to the end tag of that name; where there is none, of the first two all that follows is dropped.
RAW_ELEMENTS = frozenset(("script", "style", "iframe", "noembed", "noframes", "noscript", "textarea", "title", "xmp"))
_TO_THE_END = frozenset(("script", "style"))
_TAG = re.compile(
    r"<(/?)([A-Za-z][^\t\n\f\r />]*+)"
    r"((?:[^>=]++|=[\t\n\f\r ]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\t\n\f\r >]*+))*+)>"
)  # fmt: skip
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"([^\t\n\f\r />=]+)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r >]*)))?")


class Token(NamedTuple):
    """A piece of a page: its `kind`, the `name` of a tag in small letters, what stands in it (words, a tag's attributes as they are
    written, the raw content of an element), and where it ends."""

    kind: str
    name: str
    text: str
    end: int


def tokens(page: str, start: int = 0) -> Iterator[Token]:
    """The pieces of a page, from an offset on."""
    place, size = start, len(page)
    unended: set[str] = set()
    while place < size:
        opening = page.find("<", place)
        if opening < 0:
            yield Token(WORDS, "", page[place:], size)
            return
        if opening > place:
            yield Token(WORDS, "", page[place:opening], opening)
        following = page[opening + 1 : opening + 3]
        if _opens_tag(following):
            tag = _TAG.match(page, opening)
            if tag is None:
                return  # cut off by the end of the page
            place = tag.end()
            name = tag[2].lower() if tag[2].isascii() else tag[2]
            yield Token(END if tag[1] else START, name, tag[3], place)
            if not tag[1] and name in RAW_ELEMENTS and name not in unended:
                closing = re.compile(f"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII).search(page, place)
                if closing is not None:
                    yield Token(RAW, name, page[place : closing.start()], closing.start())
                    place = closing.start()
                elif name in _TO_THE_END:
                    return
                else:
                    unended.add(name)
        elif following[:1] in ("!", "?", "/"):
            place = _behind_comment(page, opening)
            if place < 0:
                return
        else:
            yield Token(WORDS, "", "<", opening + 1)
            place = opening + 1


def _opens_tag(following: str) -> bool:
    first = following[1:2] if following[:1] == "/" else following[:1]
    return first.isascii() and first.isalpha()


def _behind_comment(page: str, opening: int) -> int:
    """Where a comment (or what is read as one) ends; -1 where it does not."""
    if page.startswith("<!--", opening):
        found = _COMMENT_END.search(page, opening + 2)
        return found.end() if found is not None else -1
    if page.startswith("</", opening) and opening + 2 >= len(page):
        return -1
    return page.find(">", opening + 2) + 1 or -1


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by their names in small letters, with character references read; of two of one name, the first."""
    from ledger.writing.capture.references import read_references

    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        name, *values = match.groups()
        found.setdefault(
            name.lower() if name.isascii() else name, read_references(next((value for value in values if value is not None), ""))
        )
    return found
