"""Texts as HTML: whatever the ledger holds is text there, in its own language and direction, under an anchor that can be sent."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from ledger.texts.directions import CLOSE, OPEN, isolated, set_apart
from ledger.texts.display import SLUG, one_line
from ledger.texts.languages import primary

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")
# written from right to left
_LEFTWARDS = frozenset(
    ("ar", "arc", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "pnb", "ps", "sd", "syr", "ug", "ur", "yi")
)


@lru_cache(1 << 14)  # names and days come again and again
def shown(text: str) -> str:
    """A text on one line that stays text: no markup, nothing that hides or acts, no command for a CI runner that logs the page."""
    made = escape(one_line(text))
    if "##[" in made or "::" in made:
        return made.replace("##[", "#&#35;[").replace("::", ":&#58;")
    return made


def named(name: str) -> str:
    """A name: one that runs from right to left in an element of its own."""
    return shown(name) if name.isascii() else _with_elements(isolated(one_line(name)))


def said_of(sentence: str) -> str:
    """A sentence of ours: what runs from right to left in it in elements of its own."""
    return shown(sentence) if sentence.isascii() else _with_elements(set_apart(one_line(sentence)))


def _with_elements(text: str) -> str:
    return shown(text).replace(OPEN, "<bdi>").replace(CLOSE, "</bdi>")


def tongue(language: str) -> str:
    """The attributes of an element whose text is in a language: ` lang="ar" dir="rtl"`; what is no language tag is left out. (Of other
    languages the style lets each paragraph run as its letters do.)"""
    if _TAG.fullmatch(language) is None:
        return ' dir="auto"'
    return f' lang="{language}"' + (' dir="rtl"' if primary(language) in _LEFTWARDS else "")


def spoken(attributes: str, inside: str) -> str:
    """HTML in a language of its own (its attributes); without any, as it stands."""
    return f"<span{attributes}>{inside}</span>" if attributes else inside


def days_kept(text: str) -> str:
    """A text with days, none of which is broken at the end of a line."""
    return _DAY.sub(r'<span class="d">\g<0></span>', shown(text))


def link(anchor: str, inside: str) -> str:
    """A link to an anchor of the page; `inside` is HTML."""
    return f'<a href="#{anchor}">{inside}</a>'


def web_link(address: str) -> str:
    """A web address as a link; what is none stays text."""
    text = shown(address)
    return f'<a href="{text}" rel="noreferrer">{text}</a>' if re.fullmatch(r"https?://[^\s<>\"'\\^`{|}]+", address) else text


def anchored(kind: str, name: str) -> str:
    """The anchor of what bears a name: the name itself where an address can hold it, else a digest of it."""
    if SLUG.fullmatch(name) or _PLAIN.fullmatch(name):
        return f"{kind}-{name}"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    dotted = name.replace(".", "-")  # (a file's ending)
    return f"{kind}-{dotted}-{digest[:6]}" if _PLAIN.fullmatch(dotted) else f"{kind}-{digest[:16]}"


def told_apart(anchors: Iterable[str]) -> Iterator[str]:
    """The same anchors, of several that are alike all but the first with a number behind."""
    given = list(anchors)
    taken, numbers = set(given), Counter[str]()
    for anchor in given:
        numbers[anchor] += 1
        own = anchor
        while numbers[anchor] > 1 and own in taken:
            own = f"{anchor}--{numbers[anchor]}"
            numbers[anchor] += own in taken
        taken.add(own)
        yield own


def question_anchor(place: str, property: str, subject: str | None) -> str:
    """The anchor of a question."""
    return _of_several("q", [part for part in (place, property, subject) if part])


def pair_anchor(ids: tuple[str, str]) -> str:
    """The anchor of a contradiction."""
    return _of_several("x", ids)


def _of_several(kind: str, names: Sequence[str]) -> str:
    """The anchor of what bears several names; where the hyphens between them could be some of a name, a digest of them."""
    unclear = any("--" in name or name.startswith("-") or name.endswith("-") for name in names)
    return anchored(kind, ("\0" if unclear else "--").join(names))
