"""Claims files as people and their editors write them: one list of claims, written in YAML in a random style each time.

What is written is known, so that whoever reads it can be held against it: every scalar as plain text, in single or double quotes,
with escapes, folded or as a literal block; mappings in lines or in braces, keys in any order, quoted or behind a question mark;
comments, empty lines, indentations, line ends.
"""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

Record = dict[str, Any]

# Words of many scripts; some hold quotation marks, dashes, digits, combining marks.
TEXT = """
The town of Millbrook is held by the east, says 27,000 “quoted” 'half' well-known — so 8.5% [sic] #1 a:b (not) x/y {z} & * ! %
Armata rusă a revendicat ocuparea completă a orașului Byen er under kontroll å ikke Місто під контролем Мілбрук ім’я сь сьогодні
город Миллбрук взят ёлка 米尔布鲁克 ミルブルック 서울 מילברוק مدينة Ελλάδα İstanbul ılık straße ﬁn Å Å ệ é e\u0301 𐍈 🌊
Mr. no. end. really? yes! «så» „tak” d’un l'eau a–b ... … - – : \u00ad
"""
WORDS = TEXT.split()
SPACES = (" ",) * 12 + ("  ", "\n", "\n  ", "\u00a0", "\u202f", "\t", " \n", "\u3000", "\u2028", "\x85", "\r\n", "\x1f")
NO_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u00ad]")
ESCAPES = {
    "\0": "0",
    "\t": "t",
    "\n": "n",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
    "\u00a0": "_",
}


def a_seed(rng: random.Random) -> str:
    """A text of some paragraphs of words in many scripts."""
    paragraphs = []
    for _ in range(rng.randint(1, 4)):
        words = [rng.choice(WORDS) for _ in range(rng.randint(4, 40))]
        paragraphs.append("".join(word + rng.choice(SPACES) for word in words))
    text = rng.choice(("\n\n", "\n\n\n", "\n \t\n", "\r\n\r\n")).join(paragraphs)
    return rng.choice((text, text.strip(), "\ufeff" + text, unicodedata.normalize("NFD", text)))


def a_quote(rng: random.Random, seed: str) -> tuple[str, str, str]:
    """Words of a seed, now and then with a change of one sign, other white space, or words left out; and what stands beside them."""
    words = seed.split()
    start = rng.randrange(len(words))
    end = min(len(words), start + rng.randint(1, 12))
    quote = " ".join(words[start:end])
    if rng.random() < 0.15 and end - start > 3:
        first = rng.randint(start + 1, end - 2)
        quote = " ".join(words[start:first]) + rng.choice((" [...] ", "[...]")) + " ".join(words[rng.randint(first, end - 1) : end])
    elif rng.random() < 0.1:
        quote = quote[rng.randint(0, min(3, len(quote) - 1)) :]
    if rng.random() < 0.15:
        place = rng.randrange(len(quote))
        quote = quote[:place] + rng.choice(("", "x", "е", "'", "—", " ", quote[place].swapcase(), quote[place] * 2)) + quote[place + 1 :]
    if rng.random() < 0.1:
        quote = quote.translate({ord(char): rng.choice("'’\"“") for char in "“”’'„«»"})
    if rng.random() < 0.2:
        quote = re.sub(" ", lambda _: rng.choice((" ", "\n", "  ", "\u00a0")), quote)
    quote = rng.choice((quote, quote, unicodedata.normalize("NFD", quote), unicodedata.normalize("NFC", quote)))
    before = " ".join(words[max(0, start - rng.randint(1, 3)) : start]) if rng.random() < 0.2 else ""
    after = " ".join(words[end : end + rng.randint(1, 3)]) if rng.random() < 0.2 else ""
    return quote if quote.strip() else "words", before, after


def a_claim(rng: random.Random, number: int, seed: str) -> Record:
    """A claim with any of its fields."""
    quote, before, after = a_quote(rng, seed)
    claim: Record = {
        "id": f"c{number}",
        "place": rng.choice(("millbrook", "elmdorf")),
        "property": rng.choice(("control", "people", "nickname", "flood")),
        "claimant": rng.choice(("ministry", "gazette")),
        "said": rng.choice(("2025-03-01", "2025-02~", "2024", "2025-03-01/2025-03-02", "not a date", "12:30")),
        "quote": quote,
    }
    values = (
        "east",
        "west",
        "NO",
        "on",
        "~",
        "null",
        "0123",
        "1_000",
        "12:30",
        ">=43",
        "27000",
        ".inf",
        "0x1F",
        "2022-02-30",
        "a text: with # signs",
    )
    options: Record = {
        "value": rng.choice(values),
        "extent": rng.choice(("all", "most", "30%", ">=60%")),
        "stance": rng.choice(("asserts", "denies", "doubts", "expects", "denys")),
        "subject": "east",
        "hedge": rng.choice(WORDS),
        "holds": rng.choice(("2025-03-01/..", "../2025", "2025-03")),
        "translation": " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 30))),
        "note": "".join(rng.choice((*WORDS, "\n", "\\", '"', "\x1b[0m", "\u202e", " ", "\u2028")) for _ in range(rng.randint(1, 30))) + "n",
        "via": rng.choice(("gazette", ["gazette"], ["gazette", "ministry"])),
        "disputes": rng.choice((["c1"], "c1", ["c2", "c3"])),
        "corrects": rng.choice((["c1"], "c2", ["c3", "c1"])),
        "accept": {"Q310": "the hedge is another's", "Q313": rng.choice(WORDS)},
    }
    claim.update({key: value for key, value in options.items() if rng.random() < 0.35})
    claim.update({key: words for key, words in (("before", before), ("after", after)) if words.strip()})
    keys = list(claim)
    if rng.random() < 0.5:
        rng.shuffle(keys)
    return {key: claim[key] for key in keys}


class Writer:
    """Writes values in YAML, in a style that chance chooses for each."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def file(self, head: Record, claims: list[Record]) -> str:
        """A whole claims file."""
        rng = self.rng
        lines = ["---"] if rng.random() < 0.1 else []
        for key, value in head.items():
            lines += self.filler(0) + self.field(key, value, 0)
        lines += [f"claims:{self.comment()}"] if claims else ["claims: []"]
        indent = rng.choice((0, 0, 2, 4))
        for claim in claims:
            lines += self.filler(indent) + self.entry(claim, indent)
        if rng.random() < 0.1:
            lines.append("...")
        end = rng.choice(("\n", "\n", "\n", "\r\n"))
        return end.join(lines) + (end if rng.random() < 0.9 else "")

    def filler(self, indent: int) -> list[str]:
        """Now and then an empty line or a comment."""
        return [self.rng.choice(("", "# a comment: with signs", " " * indent + "#"))] if self.rng.random() < 0.1 else []

    def comment(self) -> str:
        """Now and then a comment behind a value."""
        return self.rng.choice(("  # so it is", " #: x", "   ")) if self.rng.random() < 0.08 else ""

    def entry(self, claim: Record, indent: int) -> list[str]:
        """One claim of the list: in lines or in braces."""
        if self.rng.random() < 0.25:
            return [" " * indent + "- " + self.in_flow(claim, indent + 2) + self.comment()]
        gap = self.rng.choice((1, 1, 1, 3))
        lines: list[str] = []
        for key, value in claim.items():
            lines += (self.filler(indent + 2) if lines else []) + self.field(key, value, indent + 1 + gap)
        lines[0] = " " * indent + "-" + " " * gap + lines[0].lstrip(" ")
        return lines

    def field(self, key: str, value: Any, indent: int) -> list[str]:
        """One field in lines."""
        rng, margin = self.rng, " " * indent
        name = rng.choice((key,) * 10 + (f'"{key}"', f"'{key}'", f"{key} "))
        if isinstance(value, (list, dict)):
            if rng.random() < 0.5:
                return [f"{margin}{name}: {self.in_flow(value, indent + 2)}{self.comment()}"]
            if isinstance(value, list):
                return [f"{margin}{name}:", *(f"{margin}- {self.one_line(item, False)}{self.comment()}" for item in value)]
            return [f"{margin}{name}:", *(line for inner, text in value.items() for line in self.field(inner, text, indent + 2))]
        if rng.random() < 0.15 and self.fits_block(value):
            return [f"{margin}{name}: {self.block(value, indent)}"]
        if rng.random() < 0.15 and self.fits_fold(value):
            words = value.split(" ")
            place = rng.randint(1, len(words) - 1)
            begin, rest = " ".join(words[:place]), " ".join(words[place:])
            return [f"{margin}{name}: {begin}", f"{margin}{' ' * rng.randint(1, 4)}{rest}"]
        if rng.random() < 0.05:
            return [f"{margin}? {name.strip()}", f"{margin}: {self.one_line(value, False)}"]
        return [f"{margin}{name}:{' ' * rng.choice((1, 1, 1, 1, 4))}{self.one_line(value, False)}{self.comment()}"]

    def in_flow(self, value: Any, indent: int) -> str:
        """A value in brackets or braces, over one line or several."""
        gap = ", " if self.rng.random() < 0.7 else ",\n" + " " * (indent + self.rng.randint(0, 3))
        if isinstance(value, list):
            return (
                "[" + gap.join(self.one_line(item, True) if isinstance(item, str) else self.in_flow(item, indent) for item in value) + "]"
            )
        if isinstance(value, dict):
            return "{" + gap.join(f"{key}: {self.in_flow(item, indent)}" for key, item in value.items()) + "}"
        return self.one_line(value, True)

    def one_line(self, text: str, flow: bool) -> str:
        """A text on one line: plain where that is possible, or in quotes."""
        rng = self.rng
        kinds = ["double"]
        if NO_PLAIN.search(text) is None:
            kinds += ["single"]
            if self.fits_plain(text, flow):
                kinds += ["plain"] * 3
        kind = rng.choice(kinds)
        if kind == "plain":
            return text
        if kind == "single":
            return "'" + text.replace("'", "''") + "'"
        return '"' + "".join(self.escaped(char) for char in text) + '"'

    def escaped(self, char: str) -> str:
        """A character inside double quotes: as it is where that is possible, or as one of its escapes."""
        must = NO_PLAIN.match(char) is not None or char in '"\\'
        if not must and self.rng.random() > 0.03:
            return char
        code = ord(char)
        options = [f"\\U{code:08x}"] + [f"\\u{code:04X}"] * (code < 0x10000) + [f"\\x{code:02x}"] * (code < 0x100)
        return self.rng.choice(options + ["\\" + ESCAPES[char]] if char in ESCAPES else options)

    def fits_plain(self, text: str, flow: bool) -> bool:
        """Whether a text can stand without quotes."""
        if not text or text != text.strip() or not (text[0].isalnum() or text[0] in "(~.0") or text[-1] == ":":
            return False
        if ": " in text or " #" in text or "\u00a0" in text[:1] or text in ("---", "..."):
            return False
        return not flow or not set(",[]{}:?") & set(text)  # (the two parsers disagree about `?`)

    def fits_fold(self, text: str) -> bool:
        """Whether a plain text can be broken over two lines at any of its spaces."""
        words = text.split(" ")
        return self.fits_plain(text, False) and NO_PLAIN.search(text) is None and len(words) > 1 and all(words) and not any(
            word[0] in "#-?:" or word.endswith(":") or word in ("---", "...") for word in words
        )  # fmt: skip

    def fits_block(self, text: str) -> bool:
        """Whether a text can be a block: no control but line ends, none at its ends, no line that begins with a space."""
        return NO_PLAIN.search(text.replace("\n", "")) is None and not text.endswith("\n") and not re.search(r"(?m)^\s|^$", text)

    def block(self, text: str, indent: int) -> str:
        """A text as a literal or a folded block."""
        margin = " " * (indent + self.rng.choice((2, 2, 4)))
        chomp = self.rng.choice(("", "-", "+"))
        if self.rng.random() < 0.5:
            return f"|{chomp}\n" + "\n".join(margin + line for line in text.split("\n"))
        folded = text.replace("\n", "\n\n")
        folded = re.sub(r"(?<=[^\s]) (?=[^\s])", lambda _: "\n" if self.rng.random() < 0.2 else " ", folded)
        return f">{chomp}\n" + "\n".join(margin + line if line else "" for line in folded.split("\n"))
