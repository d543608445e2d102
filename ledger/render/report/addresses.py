"""Addresses on pages that are written: of a big page the links to long anchors, shortened; of several pages those to another page's."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH = 7  # of a short anchor: its kind and six signs
_LINK = re.compile(r' href="#([^"]+)"')
_ID = re.compile(r' id="([^"]+)"')
# an element with an anchor, and the link in it that leads to itself
_OWN = re.compile(r' id="([cpqx]-[^"]+)"[^>]*>(?:(?!<a ).){0,200}?<a(?= )[^>]*? href="#\1"', re.DOTALL)


def shortened(page: str) -> str:
    """A page whose links to long anchors of claims, contradictions, questions and places lead to a short one: a digest of the long one, so
    that it stays the same as long as that does. The link that a part has to itself bears it; the part keeps the long one."""
    used = Counter(_LINK.findall(page))
    taken = set(_ID.findall(page))
    own = {match[1]: match.end() for match in _OWN.finditer(page)}
    short = {anchor: _short(anchor) for anchor in own if (used[anchor] - 1) * (len(anchor) - LENGTH) > len(' id=""') + LENGTH}
    named = Counter(short.values())
    short = {anchor: name for anchor, name in short.items() if named[name] == 1 and name not in taken}

    def link(match: re.Match[str]) -> str:
        name = short.get(match[1])
        if name is None:
            return match[0]
        return f' id="{name}" href="#{name}"' if match.end() == own[match[1]] else f' href="#{name}"'

    return _LINK.sub(link, page)


def anchors(page: str) -> list[str]:
    """The anchors of a page, in its order."""
    return _ID.findall(page)


def resolved(page: str, pages: Mapping[str, str]) -> str:
    """A page whose links to anchors that it does not have lead to the page that has them; `pages` has that page's name by anchor."""
    here = set(anchors(page))

    def link(match: re.Match[str]) -> str:
        other = None if match[1] in here else pages.get(match[1])
        return match[0] if other is None else f' href="{other}#{match[1]}"'

    return _LINK.sub(link, page)


def _short(anchor: str) -> str:
    number = int.from_bytes(hashlib.sha256(anchor.encode()).digest()[:8])
    signs = []
    for _ in range(LENGTH - 1):
        number, sign = divmod(number, len(LETTERS))
        signs.append(LETTERS[sign])
    return anchor[0] + "".join(signs)
