"""Folding texts for comparison: typography, white space, names, floods of marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_MARKS = 64  # combining marks behind one letter: no script needs ten, and ordering them costs the square of their number

_SIGN = re.compile(r"[^\w\s\x00-\x7f]")

_SINGLE_QUOTES = "'‘’‚‛‹›′ʼ`´＇ʹ՚׳「」﹁﹂"

_DOUBLE_QUOTES = '"“”„‟«»″＂〝〞〟״『』﹃﹄'

_DASHES = "-‐‑‒–—―−﹘﹣－־֊"

# One class for all quotation marks: a curator who writes ' to spare YAML its escapes where the seed has " is told so.
TYPOGRAPHY = str.maketrans(dict.fromkeys(_SINGLE_QUOTES + _DOUBLE_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))

_VARIANTS = [(char, "'") for char in _SINGLE_QUOTES + _DOUBLE_QUOTES if char != "'"] + [(char, "-") for char in _DASHES if char != "-"]

# Letters that Unicode does not take apart, and that people who lack them write with others.
_PLAIN_LETTER = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ɗ": "d", "ɓ": "b", "ħ": "h", "ı": "i", "ƙ": "k", "ŋ": "n", "ə": "e"}
_PLAIN_LETTERS = str.maketrans({**_PLAIN_LETTER, "æ": "ae", "œ": "oe", "þ": "th"})

_ACCENTS = "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]"  # (in other scripts marks are vowels, and no accents)

_APOSTROPHES = str.maketrans(dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def plain_marks(text: str) -> str:
    """`text.translate(TYPOGRAPHY)`, for long texts: most hold few of the variants, and looking for each is far quicker."""
    for variant, plain in _VARIANTS:
        if variant in text:
            text = text.replace(variant, plain)
    return text


def mark_flood(text: str) -> int:
    """The offset of the first of more than MOST_MARKS combining marks that follow each other; -1 where there are none.

    To be asked before any text is composed or shown. So long a run covers one of every MOST_MARKS characters: only these are
    looked at first.
    """
    if text.isascii():
        return -1
    for sampled in _SIGN.finditer(text[::MOST_MARKS]):
        start = end = sampled.start() * MOST_MARKS
        if unicodedata.category(text[start])[0] == "M":
            while start > 0 and end - start <= MOST_MARKS and unicodedata.category(text[start - 1])[0] == "M":
                start -= 1
            while end < len(text) and end - start <= MOST_MARKS and unicodedata.category(text[end])[0] == "M":
                end += 1
            if end - start > MOST_MARKS:
                return start
    return -1


def fold_space(text: str) -> str:
    """`text` in Unicode NFC with every run of white space folded to one space, none at the ends (DESIGN section 3)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lowered(text: str) -> str:
    """`text` in small letters, letter by letter: the only one that becomes two is the Turkish capital İ."""
    return text.replace("İ", "i").lower()


def plain_letter(char: str) -> str:
    """A letter without its accents, or the one that people who lack it write instead; where that takes two, itself."""
    bare = char if "\uac00" <= char <= "\ud7a3" else unicodedata.normalize("NFD", char)[0]  # (a Korean syllable is no accented letter)
    plain = _PLAIN_LETTER.get(bare.lower(), "")
    return (plain if bare in _PLAIN_LETTER else plain.upper()) or bare


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What two spellings of a name are compared by: NFC, case, white space, apostrophes and dashes do not count."""
    return fold_space(name).casefold().translate(_APOSTROPHES)


@lru_cache(maxsize=8192)
def search_key(text: str) -> str:
    """What words are looked up by as people type them: name_key, and accents and what can't be seen do not count either (NFKC)."""
    if text.isascii():
        return " ".join(text.split()).casefold().translate(_APOSTROPHES)
    apart = unicodedata.normalize("NFKD", text.translate(_UNSEEN)).casefold()
    plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", apart)).translate(_PLAIN_LETTERS)
    return " ".join(unicodedata.normalize("NFC", plain).split()).translate(_APOSTROPHES)


def slug(text: str) -> str:
    """A text in the letters of ids, single hyphens between its words; of a script without such letters, nothing."""
    return "-".join(re.findall("[a-z0-9]+", search_key(text)))


# Letters that are one to the readers of a language and are written either way.
_ALIKE = str.maketrans(
    "أإآٱىيئةكؤဝሐሑሒሓሔሕሖኀኁኂኃኄኅኆሠሡሢሣሤሥሦዐዑዒዓዔዕዖጸጹጺጻጼጽጾቐ", "ااااییيهکو၀ሀሁሂሃሄህሆሀሁሂሃሄህሆሰሱሲሳሴስሶአኡኢኣኤእኦፀፁፂፃፄፅፆቀ".replace("يه", "یه")
)
_SETTING = "[\\s'\u0640\u05be-]+"


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """What two spellings of one name have in common: search_key, and neither spaces, hyphens, apostrophes nor letters that are written either
    way (`إدلب` and `ادلب`, `Hòa Bình` and `Hoà Bình`, `בית לחם` and `בית־לחם`) count."""
    key = search_key(name)
    return key if key.isalnum() and key.isascii() else re.sub(_SETTING, "", key).translate(_ALIKE)
