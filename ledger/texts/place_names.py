"""Names of places in a text as its writers write them: inflected, with prefixes written onto them, with or without points and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ledger.texts.cutting import sets_no_spaces
from ledger.texts.lookups import Reading, read_as, word_key

# Languages that change the end of a name: `Київ`, `Києва`.
_INFLECTED = frozenset(["az", "be", "bg", "cs", "el", "et", "fi", "hr", "hu", "hy", "ka", "kk", "lt", "lv", "mk", "pl", "ro", "ru", "sk", "sl", "sr", "tr", "uk"])  # fmt: skip
_CHANGING = frozenset(["ів", "ив", "їв", "ец", "ок", "ев"])  # ends of short names whose vowel changes: `Київ`, `Києва`
_ENDING = 5  # letters that may follow a name, or what its endings leave of it
_SHORT = 3  # letters: names that are also beginnings of other words, behind which one letter may follow
# What is written onto a name, for the languages that do.
_PREFIXES = {
    "ar": "[وف]?[بلك]?(?:ال|ل)?",
    "he": "[והבכלמש]{0,3}",
    "am": "(?:እንደ|ስለ|ወደ|በ|የ|ለ|ከ)?",
    "ti": "(?:ካብ|ናብ|ብ|ን|ካ)?",
}
_PARTICLES = "은는이가을를에의와과도로시군구읍면"  # of Korean: one may follow, or several
_ROADS = "路街道"  # behind a Chinese name: a street elsewhere
_LETTER = r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]"  # of a script that sets spaces between words
_APART = r"[\s-]"  # (sets with signs beyond Latin-1 take ten times as long to compile: what is looked through has one dash for all)
_AS_WRITTEN = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ဝ": "၀", "ة": "ه", "׳": "'", "״": '"'} | dict.fromkeys("‐‑–־ـ", "-")


@lru_cache(maxsize=4096)
def _base(char: str) -> str:
    """A letter without its accents, as one letter; a dash as a hyphen."""
    plain = unicodedata.normalize("NFD", char)[0] if char > "\x7f" and not "\uac00" <= char <= "\ud7a3" else char
    return _AS_WRITTEN.get(plain, plain)


def _plain(text: str) -> str:
    """A text without accents and with one dash, letter by letter."""
    if not text.isascii():
        for char in set(text):
            plain = _base(char)
            if plain != char:  # (no letter that another is replaced by is replaced itself)
                text = text.replace(char, plain)
    return text


class WrittenOn(NamedTuple):
    """What a ledger says is written onto words, in front of them and behind."""

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


_NOTHING = WrittenOn()


@lru_cache(maxsize=8192)
def _words_of(name: str, code: str) -> tuple[str, ...]:
    """The words of a name, read and without accents."""
    # (What parts a Persian name without a space is not read; another text writes a space there.)
    plain = _plain(word_key(name.replace("\u200c", " "), code))
    words = [word for word in re.split(_APART + "+", plain) if word]
    if words and code == "ar" and words[0].startswith("ال") and len(words[0]) > 4:
        words[0] = words[0][2:]
    return tuple(words)


@lru_cache(maxsize=8192)
def _pattern(names: tuple[str, ...], code: str, more: WrittenOn, spaced: bool) -> re.Pattern[str]:
    """What finds any of the names in a text that was read and has no accents; `spaced`: in one of scripts that set spaces between words alone,
    of which any letter is one. (That is quicker to compile by far, and each place has its own.)"""
    ordered = sorted({_written(name, code, more) for name in names}, key=lambda text: (-len(text), text))
    pattern = "|".join(ordered) or "(?!)"
    return re.compile(pattern.replace(_LETTER, r"\w") if spaced else pattern)


def _written(name: str, code: str, more: WrittenOn) -> str:
    words = _words_of(name, code)
    if not words:
        return "(?!)"
    between = _APART + ("*" if code in ("fa", "ur", "he", "ar") else "+")
    last = _word(words[-1], code)
    if more.suffixes:
        last = f"(?:{re.escape(words[-1])}(?:{_any_of(more.suffixes, code)})(?!{_LETTER})|{last})"
    before = f"(?:{_any_of(more.prefixes, code)})?" if more.prefixes else ""
    return before + _PREFIXES.get(code, "") + "()" + between.join([*(_word(word, code) for word in words[:-1]), last])


def _any_of(pieces: tuple[str, ...], code: str) -> str:
    return "|".join(sorted({re.escape(_plain(word_key(piece, code))) for piece in pieces}, key=lambda text: (-len(text), text)))


def _word(word: str, code: str) -> str:
    """One word of a name, with the endings that it may have."""
    stem = _stem(word, code)
    written = re.escape(stem)
    if sets_no_spaces(word[-1]) and not "\uac00" <= word[-1] <= "\ud7a3":
        return written + f"(?![{_ROADS}])"
    if "\uac00" <= word[-1] <= "\ud7a3":
        return written + rf"(?:(?!\w)|(?=[{_PARTICLES}])|(?=(?:으로|부터|까지|에서)))"
    if len(word) <= _SHORT:
        return written + rf"(?:'{_LETTER}*|{_LETTER})?(?!{_LETTER})"
    if code == "hy":
        written = written.replace("ե", "եվ?")  # `և` is read as one letter, and in capitals it is two
    if code == "he":
        written = re.sub("([יו])", r"\1\1?", re.sub("([יו])+", r"\1", written))
    return written + rf"{_LETTER}{{0,{_ENDING + len(word) - len(stem)}}}(?!{_LETTER})"


def _stem(word: str, code: str) -> str:
    """What of a word stays in all its forms."""
    if code not in _INFLECTED or len(word) <= _SHORT or sets_no_spaces(word[-1]):
        return word
    return word[:-2] if len(word) >= 6 or word[-2:] in _CHANGING else word[:-1]


def _may_stand(name: str, text: str, code: str) -> bool:
    """Whether the stems of all words of a name stand in a text. Of most names none does, which spares them a pattern."""
    return code in ("hy", "he") or all(_stem(word, code) in text for word in _words_of(name, code))


def _is_spaced(text: str) -> bool:
    """Whether all letters of a text are of scripts that set spaces between words (dashes and quotation marks are none)."""
    return text.isascii() or all(char < "\u0e00" or "\u2000" <= char <= "\u2fff" for char in set(text))


def stands_apart(text: str, place: int) -> bool:
    """Whether a word begins at a place of a text, or may in its script."""
    if place == 0:
        return True
    before = text[place - 1]
    return not before.isalnum() or (sets_no_spaces(before) and not "\uac00" <= before <= "\ud7a3")


@lru_cache(maxsize=16)
def _read(text: str, code: str) -> tuple[Reading, str]:
    """A text as it is read, and the same without accents: the claims of a paragraph are asked one after the other."""
    reading = read_as(text, code)
    return reading, _plain(reading.text)


def is_named(names: tuple[str, ...], text: str, code: str, more: WrittenOn = _NOTHING) -> bool:
    """Whether one of the names stands in a text of a language. It begins where a word does, or behind what is written onto words, with a
    capital where it is written with one."""
    reading, plain = _read(text, code)
    likely = tuple(name for name in names if _may_stand(name, plain, code))
    if not likely:
        return False
    small = any(_is_small(name[:1]) for name in names)
    for match in _pattern(likely, code, more, _is_spaced(plain)).finditer(plain):
        name = match.start(match.lastindex or 0)  # behind what is written onto it
        if stands_apart(plain, match.start()) and (small or not _is_small(text[reading.start(name)])):
            return True
    return False


def _is_small(char: str) -> bool:
    """Whether a letter is a small one, of a script that begins names with capitals (Georgian does not)."""
    return char.islower() and not "\u10d0" <= char <= "\u10ff"
