"""A text as its reader reads it, for looking words up in it (DESIGN section 3). Quotes are never found so: they stand in the seed as it is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from ledger.texts.folding import lowered

_APOSTROPHES = "‘’‚‛‹›′ʼ`´＇ʹ"  # each is read as '
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_TAKEN_APART = (
    "\u0132\u0133\u01c4-\u01cc\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
)
_POINTS = "\u0640\u064b-\u065f\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # of Arabic and Hebrew, which most texts leave out
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
# How all of these begin in UTF-8, entities and points apart, by the first byte: most texts have few of these, and looking for one takes no time.
_SIGNS = {
    b"\xc2": rb"\xc2\xad",
    b"\xc4": rb"\xc4[\xb2\xb3]",
    b"\xc7": rb"\xc7[\x84-\x8c]",
    b"\xd8": rb"\xd8\x9c",
    b"\xe1": rb"\xe1\xa0\x8e",
    b"\xe2": rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81)",
    b"\xef": rb"\xef",
    b"\xf0": rb"\xf0\x9d",
}


def _pairs(letters: str, plain: str) -> list[tuple[str, str]]:
    return list(zip(letters, plain, strict=True))


_OF_ARABIC = _pairs("كيىأإآٱۀ", "کییااااه")
# Pairs of letters that are read as the second one of them. (Replacing each that stands in a text takes a fraction of the time of translating it.)
_ALIKE: dict[str, list[tuple[str, str]]] = {
    "el": _pairs("άέήίόύώϊϋΐΰςᾳῃῳ", "αεηιουωιυιυσαηω"),
    "am": _pairs("ሐሑሒሓሔሕሖኀኁኂኃኄኅኆሠሡሢሣሤሥሦዐዑዒዓዔዕዖጸጹጺጻጼጽጾ", "ሀሁሂሃሄህሆሀሁሂሃሄህሆሰሱሲሳሴስሶአኡኢኣኤእኦፀፁፂፃፄፅፆ"),
    "ro": _pairs("şţ", "șț"),
    **dict.fromkeys(("ru", "uk", "be", "bg"), _pairs("ё", "е")),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug"), _OF_ARABIC),
}
_POINTED = frozenset(["ar", "fa", "ur", "ps", "ckb", "ug", "he", "yi"])
_DOTTED = frozenset(["tr", "az"])  # İ, I, ı and i: a heading in capitals, or a text typed without dots, still has the word


class Reading(NamedTuple):
    """A text as it is read: small letters, no disguises. Where it is as long as the text itself, offsets are the same in both and the lists
    are empty; else each run of it begins at `read_at` there and at `text_at` in the text, and one that stands for something else ends
    at `ends` in the text (0: it stands for itself)."""

    text: str
    read_at: list[int]
    text_at: list[int]
    ends: list[int]

    def start(self, offset: int) -> int:
        """Where in the text the letter stands that is read at an offset."""
        if not self.read_at:
            return offset
        run = bisect_right(self.read_at, offset) - 1
        return self.text_at[run] if self.ends[run] else self.text_at[run] + offset - self.read_at[run]

    def end(self, offset: int) -> int:
        """Where in the text the words end that end at an offset in what is read."""
        if not self.read_at or offset <= 0:
            return offset
        run = bisect_right(self.read_at, offset - 1) - 1
        return self.ends[run] or self.text_at[run] + offset - self.read_at[run]


@cache
def _disguises(pointed: bool) -> re.Pattern[str]:
    return re.compile(f"{_ENTITY}|[{_UNSEEN}{_TAKEN_APART}{_POINTS if pointed else ''}]")


@lru_cache(maxsize=65536)
def _read(disguise: str) -> str:
    """What a disguise stands for: nothing, where it can't be seen."""
    if disguise[0] == "&" and len(disguise) > 1:
        import html  # its names of characters fill a table of thousands, and few texts hold one

        plain = html.unescape(disguise)
        return disguise if plain == disguise else _read(plain) if len(plain) == 1 else plain
    if re.match(f"[{_UNSEEN}{_POINTS}]", disguise):
        return ""
    return " " if disguise.isspace() else unicodedata.normalize("NFKC", disguise)


def read_as(text: str, code: str, data: bytes | None = None, divided: Iterable[tuple[int, int]] = ()) -> Reading:
    """A text as readers of a language (its code) read it. `data` are its bytes, where they are at hand; `divided` are the spans between
    the two halves of words that were divided at the end of a line."""
    cuts = sorted(divided)
    if not cuts and not _may_hide(text, code, data):
        return Reading(_small(text, code), [], [], [])
    spans = [(*match.span(), _read(match[0])) for match in _disguises(code in _POINTED).finditer(text)]
    if cuts:
        spans = sorted([*(span for span in spans if not any(a <= span[0] < b for a, b in cuts)), *((a, b, "") for a, b in cuts)])
    pieces: list[str] = []
    read_at, text_at, ends = [0], [0], [0]
    place = length = 0
    for start, end, plain in spans:
        pieces += [text[place:start], plain]
        length += start - place
        if plain:
            read_at.append(length)
            text_at.append(start)
            ends.append(end)
        length += len(plain)
        read_at.append(length)
        text_at.append(end)
        ends.append(0)
        place = end
    pieces.append(text[place:])
    return Reading(_small("".join(pieces), code), read_at, text_at, ends)


def _may_hide(text: str, code: str, data: bytes | None) -> bool:
    """Whether a text may hold what is read as something else; nearly none does."""
    if "&" in text and ";" in text:
        return True
    if text.isascii():
        return False
    if code in _POINTED:
        return True
    data = text.encode("utf-8", "replace") if data is None else data
    return any(first in data and re.search(sign, data) is not None for first, sign in _SIGNS.items())


def _small(text: str, code: str) -> str:
    """A text in small letters and with one apostrophe, letter by letter; the lines of Markdown round a word are no letters of it."""
    if code in _DOTTED:
        text = text.replace("İ", "i").replace("I", "i").replace("ı", "i")
    lower = lowered(text)
    if "_" in lower:
        lower = lower.replace("_", " ")
    if "`" in lower:
        lower = lower.replace("`", "'")
    if not lower.isascii():
        for mark in _APOSTROPHES:
            if mark in lower:
                lower = lower.replace(mark, "'")
        if code in _ALIKE:
            for letter, plain in _ALIKE[code]:
                if letter in lower:
                    lower = lower.replace(letter, plain)
        if code == "hy":
            lower = lower.replace("եւ", "եվ").replace("և", "ե")
    return lower


@lru_cache(maxsize=65536)
def word_key(text: str, code: str) -> str:
    """What a word or a phrase is looked for as in a text that was read so."""
    return " ".join(read_as(unicodedata.normalize("NFC", text), code).text.split())
