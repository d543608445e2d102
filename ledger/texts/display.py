"""Text as people write and read it: what may be shown, how names are compared, what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache
from itertools import islice
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# What a terminal, a browser or a reviewer's eye could be misled by: C0 and C1 controls, line and paragraph separators, bidi
# controls, invisible characters, tags, lone surrogates. The joiners U+200C and U+200D are letters' business in many scripts.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"


@cache
def hidden() -> re.Pattern[str]:
    """What must not be shown as it is. (A start feels what is compiled before it is needed.)"""
    return re.compile(f"[{_CONTROLS}{_BIDI}{_INVISIBLE}]")


@cache
def misleading() -> re.Pattern[str]:
    """What misleads a reviewer in a text without controls."""
    return re.compile(f"[{_BIDI}{_INVISIBLE}]")


MOST_MARKS = 64  # combining marks behind one letter: no script needs ten, and ordering them costs the square of their number
_SIGN = re.compile(r"[^\w\s\x00-\x7f]")

_SINGLE_QUOTES = "'‘’‚‛‹›′ʼ`´＇ʹ"
_DOUBLE_QUOTES = '"“”„‟«»″＂〝〞〟'
_DASHES = "-‐‑‒–—―−﹘﹣－"
# One class for all quotation marks: a curator who writes ' to spare YAML its escapes where the seed has " is told so.
TYPOGRAPHY = str.maketrans(dict.fromkeys(_SINGLE_QUOTES + _DOUBLE_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_VARIANTS = [(char, "'") for char in _SINGLE_QUOTES + _DOUBLE_QUOTES if char != "'"] + [(char, "-") for char in _DASHES if char != "-"]
_APOSTROPHES = str.maketrans(dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))


def _shown(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def visible(text: str) -> str:
    """`text` with every character that could act on a terminal or hide shown as `<U+202E>`; tabs and line ends stay."""
    return text if text.isprintable() else hidden().sub(_shown, text)


def one_line(text: str) -> str:
    """`text` made visible, on one line: white space folded to single spaces."""
    if text.isprintable() or ("\t" not in text and "\n" not in text and hidden().search(text) is None):
        return text
    return visible(" ".join(text.split()))


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


def manual_of(function: Callable[..., Any]) -> str:
    """A function's docstring, the same on every Python: Python 3.13 takes the indentation away, older ones keep it, and under `-OO`
    it is read from the source ("" where neither is left)."""
    import inspect  # a start would feel it, and few commands print a docstring

    return inspect.cleandoc(function.__doc__ or _docstrings(function.__module__).get(function.__name__, ""))


@cache
def _docstrings(module: str) -> dict[str, str]:
    """The docstrings of a module's own functions, by name, as its source has them."""
    import ast
    import inspect
    import sys

    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, KeyError, TypeError):  # only what was compiled is there
        return {}
    return {node.name: ast.get_docstring(node) or "" for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What two spellings of a name are compared by: NFC, case, white space, apostrophes and dashes do not count."""
    return fold_space(name).casefold().translate(_APOSTROPHES)


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names in `known` that `word` was probably meant to be, best first; at most `most`, often none."""
    return _Names.of(tuple(known)).nearest(word, most) if len(word) <= 100 else []


class _Names:
    """Names that one of was probably meant, looked up again and again: among many, by the pairs of letters they share."""

    FEW = 500  # up to so many names, all are compared
    MOST = 20_000
    COMPARED = 40
    READ = 5_000

    def __init__(self, known: tuple[str, ...]) -> None:
        self.keys: dict[str, str] = {}
        for name in sorted(known)[: self.MOST]:
            self.keys.setdefault(name_key(name), name)
        self.by_pair: dict[str, list[str]] = defaultdict(list)
        if len(self.keys) > self.FEW:
            for key in self.keys:
                for pair in _pairs(key):
                    self.by_pair[pair].append(key)

    @staticmethod
    @lru_cache(maxsize=16)
    def of(known: tuple[str, ...]) -> _Names:
        """The names, made ready once."""
        return _Names(known)

    def nearest(self, word: str, most: int) -> list[str]:
        """The names nearest to a word."""
        from difflib import get_close_matches

        key = name_key(word)
        return [self.keys[found] for found in get_close_matches(key, self._likely(key), n=most, cutoff=0.6)]

    def _likely(self, key: str) -> Iterable[str]:
        """The names that are worth a closer look."""
        if not self.by_pair:
            return self.keys
        shared: Counter[str] = Counter()
        read = 0
        for names in sorted((self.by_pair[pair] for pair in _pairs(key) if pair in self.by_pair), key=len):
            read += len(names)
            if shared and read > self.READ:
                break
            shared.update(names[: self.READ])
        return [
            name
            for name, _ in sorted(shared.items(), key=lambda entry: (-entry[1], abs(len(entry[0]) - len(key)), entry[0]))[: self.COMPARED]
        ]


def _pairs(key: str) -> set[str]:
    """The pairs of letters of a name, its ends included."""
    padded = f"^{key}$"
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy naming the nearest known words, or an empty text."""
    near = nearest(word, known)
    if not near:
        return ""
    return "did you mean " + " or ".join(f"`{one_line(name)}`" for name in near) + "?"


class Hints:
    """Remedies for many unknown words: each is looked up once, and only so many are."""

    MOST = 100

    def __init__(self) -> None:
        self.given: dict[tuple[str, int], tuple[Collection[str], str]] = {}  # (the names are kept, so that their id stays theirs)

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """A remedy naming the nearest known words, or an empty text."""
        key = (word, id(known))
        if key not in self.given:
            if len(self.given) >= self.MOST:
                return ""
            self.given[key] = known, did_you_mean(word, known)
        return self.given[key][1]


def some_of(names: Collection[str], most: int = 20) -> str:
    """`one, two, three`, where there are very many only the first."""
    return ", ".join(map(one_line, islice(names, most))) + (f", ... ({len(names)} in all)" if len(names) > most else "")


def shorten(text: str, width: int) -> str:
    """`text` on one line, cut to `width` characters with an ellipsis that shows that it was cut."""
    line = one_line(text)
    return line if len(line) <= width else line[: width - 1] + "…"


def count_of(number: int, noun: str, plural: str = "") -> str:
    """`1 claim`, `27 claims`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}".replace(",", " ")


_OTHER = "\u0370-\u03bb\u03bd-\u03ff\u0400-\u052f\u0531-\u0587\u1c80-\u1c8f\ua640-\ua69f"  # without the Greek mu of units
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"


@lru_cache(maxsize=1)
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A letter of each script beside one of the other, and the letters of each: compiled when first needed, since a start feels it."""
    return re.compile(f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]"), re.compile(f"[{_LATIN}]"), re.compile(f"[{_OTHER}]")


def mixed_word(text: str) -> tuple[str, str] | None:
    """The first word in which a Latin letter stands directly beside a Cyrillic, Greek or Armenian one, and its letters of the script
    that has fewer there; None where there is no such word. The kilo-ohm is no word."""
    mixed, is_latin, is_other = _scripts()
    for match in mixed.finditer(text):
        start, end = match.start(), match.end()
        while start > 0 and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        word = text[start:end]
        if word[-1] == "\u03a9":
            continue
        latin, other = "".join(is_latin.findall(word)), "".join(is_other.findall(word))
        return word, "".join(dict.fromkeys(latin if len(latin) < len(other) else other))
    return None
