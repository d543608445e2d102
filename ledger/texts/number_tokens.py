"""The pieces of numbers in a text: digits of every script with their separators, and a language's words for numbers, scales and halves."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from ledger.texts.cutting import sets_no_spaces
from ledger.texts.languages import Words

MOST_DIGITS = 80  # characters: no figure that can be recorded is longer
LONGEST_WORD = 80  # letters: no number is written in a longer word
MOST_SPLITS = 40  # ways to take a word apart that are tried

MOST_KEPT = 50_000  # words of a language whose reading is kept
DIGITS, NUMBER, SCALE, FRACTION, MORE, JOINER, FILLER, RANGE, OTHER = range(9)  # kinds of tokens

_POINT = frozenset(
    ["en", "he", "hi", "ja", "ko", "my", "ne", "th", "ti", "am", "sw", "ha", "ur", "bn", "zh"]
)  # where 1.5 is one and a half
_PARTS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200c\u200d\u0900-\u0963\u0980-\u09e3\u0a00-\u0dff\u0e00-\u0eff\u1000-\u1049\u1056-\u109d\u1780-\u17d3"  # on letters, or beside them: no letters of their own
_NOT_READ = "\u00ad\u064b-\u065f\u0670\u0591-\u05c7\u200c\u200d"
_STRETCHED = "\u0640"  # is not read either, and is the one of these that counts as a letter
_APOSTROPHE = str.maketrans("’ʼ", "''")
_BURMESE = "[၀-၉ဝ]*[၀-၉][၀-၉ဝ]*"  # the letter that looks like the digit is typed for it
_HAN_DIGITS = "〇一二三四五六七八九"
_PREFIXES = {"ar": ("و", "ف", "ب", "ل", "ال", "وال", "بال"), "he": ("ו", "ה", "ב", "כ", "ל", "מ", "ש")}
_AND = {"ar": "و", "he": "ו"}  # of the prefixes, the one that adds


@cache
def _pieces(plain: bool) -> re.Pattern[str]:
    """The pieces of a text: digits with what stands between them, parts of one, words. Of a `plain` text a pattern without what it does not have
    finds the same, and takes a twentieth of the time to compile."""
    letter, space, point, between = (
        (r"[^\W\d]", " ", ".,", ".,'") if plain else (rf"(?:(?!\d)[\w{_MARKS}])", " \u2009\u202f", ".,٫", ".,'٬٫،，")
    )
    figures = rf"\d{{1,3}}(?:[{space}]\d{{3}})+(?!\d)(?:[{point}]\d+)?|\d+(?:[{between}]\d+)*"
    words = rf"{letter}+(?:'{letter}+)*"
    if plain:
        return re.compile(f"{figures}|{words}")
    slash = r"[۰-۹]+ ?/ ?[۰-۹]+(?! ?[/\d])"  # before the decimals, in Persian
    return re.compile(f"{slash}|{figures}|[{''.join(_PARTS)}]|{words}")


def _is_plain(text: str) -> bool:
    """Whether a text has no signs but those of ASCII, dashes and quotation marks beside its letters."""
    return text.isascii() or all(
        char < "\x80" or char in "«»“”„–—…" or (char.isalnum() and not char.isdecimal() and char not in _PARTS) for char in set(text)
    )


class Token(NamedTuple):
    """A piece: where it stands, what kind it is, and what it can stand for (of `1.250`, two things)."""

    start: int
    end: int
    kind: int
    ways: tuple[Fraction, ...] = ()


class Lexicon:
    """A language's words of numbers by the way they are looked for. `inside` are those that stand only within a longer word; those of
    several words are in `phrases`, with the most words that one has by its first."""

    def __init__(self, words: Words) -> None:
        self.code = words.language
        self._keys: dict[str, str] = {}
        self.others: set[str] = set()  # words that were looked at and are no part of a number, whatever stands beside them
        self.words: dict[str, tuple[int, Fraction]] = {}
        self.inside: dict[str, tuple[int, Fraction]] = {}
        self.phrases: dict[str, int] = {}
        self.in_phrases: set[str] = set()  # words that are part of one, and may be none by themselves
        for key, kind in (("fillers", FILLER), ("ranges", RANGE)):
            self._add(dict.fromkeys(words.with_values(key), "0"), kind)
        self._add(dict.fromkeys(words.joiners, "0"), JOINER)
        self._add(words.numbers, NUMBER)
        self._add(words.scales, SCALE)
        self._add(words.with_values("fractions"), FRACTION)
        self.inside |= self.words
        for word, value in words.with_values("inside").items():
            figure = _figure(value)
            self.inside[self.key(word)] = (SCALE if figure >= 100 else FRACTION if figure.denominator > 1 else NUMBER, figure)
        self.betweens = frozenset(map(self.key, words.with_values("between")))
        self.scale_first = words.scale_first
        self.ten_adds = not any(value == 11 for value in words.numbers.values())
        self.longest = max(map(len, self.inside), default=0)
        self.vague = {self.key(word): sign for word, sign in words.with_values("vague").items()}
        self.months = frozenset(map(self.key, words.with_values("months")))  # behind which digits are a day: `May 15 300 soldiers` are 300
        self.bounds = {self.key(phrase): sign for phrase, sign in words.with_values("bounds").items()}
        self.bounds_before = tuple(phrase for phrase in self.bounds if not phrase.startswith("... "))
        self.bounds_behind = tuple(phrase[4:] for phrase in self.bounds if phrase.startswith("... "))
        self.bounds_last = frozenset(phrase.rpartition(" ")[2] for phrase in self.bounds_before)
        self.bounds_first = frozenset(phrase.partition(" ")[0] for phrase in self.bounds_behind)
        self.spaced = self.code not in ("zh", "ja", "th", "km", "lo", "my", "ko")  # whether words stand apart
        self._taken_apart: dict[str, list[list[tuple[str, int, Fraction]]]] = {}

    def _add(self, words: Mapping[str, int | str], kind: int) -> None:
        for word, value in words.items():
            key = self.key(word)
            text = str(value)
            self.words[key] = (MORE if text.startswith("+") else kind, _figure(text.lstrip("+")))
            if " " in key:
                first, *rest = key.split(" ")
                self.phrases[first] = max(self.phrases.get(first, 0), len(rest) + 1)
                self.in_phrases.update((first, *rest))

    def key(self, word: str) -> str:
        """What a word is looked for as."""
        known = self._keys.get(word)
        if known is None:
            if len(self._keys) > MOST_KEPT:
                self._keys.clear()
            known = self._keys[word] = self._key(word)
        return known

    def _key(self, word: str) -> str:
        if self.code in ("tr", "az"):
            word = word.replace("İ", "i").replace("I", "ı")
        if word.isascii():
            return word.lower().replace("-", " ")
        word = word.lower().replace("i̇", "i").translate(_APOSTROPHE).replace("-", " ")
        if not word.isalpha() or _STRETCHED in word:
            word = re.sub(f"[{_NOT_READ}{_STRETCHED}]", "", word)
        return unicodedata.normalize("NFC", word)

    def is_other(self, word: str) -> bool:
        """Whether a word is known to be no part of a number, nor of an entry of several words."""
        return word in self.others and self.key(word) not in self.in_phrases

    def splits(self, word: str) -> list[list[tuple[str, int, Fraction]]]:
        """The ways to take one word apart into words of numbers, those with the longest pieces first."""
        if word not in self._taken_apart:
            if len(self._taken_apart) > 20_000:
                self._taken_apart = {}
            dead: set[int] = set()
            self._taken_apart[word] = list(self._splits(word, 0, dead)) if len(word) <= LONGEST_WORD else []
        return self._taken_apart[word]

    def _splits(self, word: str, start: int, dead: set[int]) -> Iterator[list[tuple[str, int, Fraction]]]:
        if start == len(word):
            yield []
            return
        found = 0
        for end in range(min(len(word), start + self.longest), start, -1):
            piece = self.inside.get(word[start:end])
            if piece is not None and end not in dead:
                for rest in self._splits(word, end, dead):
                    found += 1
                    yield [(word[start:end], *piece), *rest]
                    if found >= MOST_SPLITS:
                        return
        if not found:
            dead.add(start)


@lru_cache(maxsize=4096)
def _figure(text: str) -> Fraction:
    """The figure that is written for a word (reading a fraction takes five times as long as a whole number)."""
    return Fraction(int(text) if text.isdecimal() else text)


@lru_cache(maxsize=4096)
def digits_of(text: str, code: str) -> tuple[tuple[int, int, tuple[Fraction, ...]], ...]:
    """The numbers that digits with separators are: one, or of a list or a date each by itself; with their offsets.

    `27,000` is 27000; `1.250` in German too, and in English it may be one and a quarter.
    """
    if len(text) > MOST_DIGITS:
        return ()
    parts = [(match.start(), match.end()) for match in re.finditer(r"\d+", text)]
    groups = [text[start:end] for start, end in parts]
    signs = [text[one[1] : other[0]] for one, other in itertools.pairwise(parts)]
    ways = _one_number(groups, signs, code)
    if ways:
        return ((0, len(text), ways),)
    return tuple((start, end, (Fraction(int(text[start:end])),)) for start, end in parts)


def _one_number(groups: list[str], signs: list[str], code: str) -> tuple[Fraction, ...]:
    if not signs:
        return (Fraction(int(groups[0])),)
    grouping, last = signs[0], signs[-1]
    decimals = Fraction(int(groups[-1]), 10 ** len(groups[-1]))
    if last.strip(" ") in ("٫", "/"):
        whole = _grouped(groups[:-1], signs[:-1]) if len(groups) > 2 else Fraction(int(groups[0]))
        return () if whole is None else (whole + decimals,)
    if len(groups) > 2 and last != grouping and last in ".,":
        whole = _grouped(groups[:-1], signs[:-1])
        return () if whole is None else (whole + decimals,)
    joined = _grouped(groups, signs)
    if len(groups) > 2 or grouping not in ".,،":
        return () if joined is None else (joined,)
    decimal = Fraction(int(groups[0])) + decimals
    if joined is None:
        return (decimal,)
    sign = "." if code in _POINT else ","
    return (joined,) if grouping != sign or not decimals else (joined, decimal)


def _grouped(groups: list[str], signs: list[str]) -> Fraction | None:
    """The number whose thousands (or, in India, hundreds of thousands) are set apart; None where these are no such groups."""
    first, *middle, last = groups if len(groups) > 1 else (groups[0], "")
    if len(groups) == 1:
        return Fraction(int(first))
    western = all(len(group) == 3 for group in middle) and len(first) <= 3
    indian = all(len(group) == 2 for group in middle) and len(first) <= 2 and signs[0] in ",،"
    if len(last) != 3 or not (western or indian) or len(set(signs)) > 1 or int(first[0]) == 0:
        return None
    return Fraction(int("".join(groups)))


def tokens_of(text: str, lexicon: Lexicon) -> list[Token]:
    """The pieces of numbers in a text, and its other words, in order."""
    if "ဝ" in text:
        text = re.sub(_BURMESE, lambda match: match[0].replace("ဝ", "၀"), text)
    text = text.replace("’", "'")
    found: list[Token] = []
    for match in _pieces(_is_plain(text)).finditer(text):
        start, end = match.span()
        token = match[0]
        if token[0].isdecimal():
            day = (
                len(token.split(" ")[0])
                if lexicon.months and " " in token and found and _key_of(found[-1], text, lexicon) in lexicon.months
                else 0
            )
            if day:
                found.append(Token(start, start + day, DIGITS, (Fraction(int(token[:day])),)))
                start, token = start + day + 1, token[day + 1 :]
            for first, last, ways in digits_of(token, lexicon.code):
                found.append(Token(start + first, start + last, DIGITS, ways))
        elif token in lexicon.others:
            found.append(Token(start, end, OTHER))
        elif token in _PARTS:
            found.append(Token(start, end, MORE, (Fraction(_PARTS[token]),)))
        else:
            found += _word(token, start, lexicon, text)
    return _with_phrases(found, text, lexicon) if lexicon.phrases else found


def _key_of(token: Token, text: str, lexicon: Lexicon) -> str:
    return lexicon.key(text[token.start : token.end])


def _word(token: str, start: int, lexicon: Lexicon, text: str) -> list[Token]:
    """A word as the pieces of numbers in it; one OTHER where it holds none."""
    end = start + len(token)
    key = lexicon.key(token)
    known = lexicon.words.get(key)
    if known is not None:
        return [Token(start, end, known[0], (known[1],))]
    if key == "m" and start and text[start - 1].isdecimal() and re.search(r"[$£€]\d[\d.,]*$", text[max(0, start - 20) : start]):
        return [Token(start, end, SCALE, (Fraction(1_000_000),))]
    if any(sets_no_spaces(char) for char in token[:1] + token[-1:]):
        return _within(token, start, lexicon, text)
    pieces = next((pieces for pieces in lexicon.splits(key) if _ascends(pieces)), None)
    if pieces is not None:
        at = start
        found = []
        for number, (piece, kind, value) in enumerate(pieces, 1):
            until = end if number == len(pieces) else at + len(piece)
            found.append(Token(at, until, kind, (value,)))
            at = until
        return found
    if "'" in key:
        before, _, after = key.rpartition("'")
        if before in lexicon.words:
            return [Token(start, end, lexicon.words[before][0], (lexicon.words[before][1],))]
        if after in lexicon.words:
            return [Token(end - len(after), end, lexicon.words[after][0], (lexicon.words[after][1],))]
    for prefix in _PREFIXES.get(lexicon.code, ()):
        rest = lexicon.words.get(key[len(prefix) :]) if key.startswith(prefix) else None
        if rest is not None:
            at = start + token.index(prefix[-1]) + 1
            joiner = [Token(start, at, JOINER)] if prefix.startswith(_AND[lexicon.code]) else []
            return [*joiner, Token(at, end, rest[0], (rest[1],))]
    if key == _AND.get(lexicon.code):
        return [Token(start, end, JOINER)]  # written onto digits
    if key != "m" and len(lexicon.others) < MOST_KEPT:
        lexicon.others.add(token)
    return [Token(start, end, OTHER)]


def _ascends(pieces: list[tuple[str, int, Fraction]]) -> bool:
    """Whether pieces can be one number: several, of which one is no joiner, and no two small ones side by side."""
    if len(pieces) < 2 or pieces[0][1] in (JOINER, FILLER, RANGE) or pieces[-1][1] in (JOINER, FILLER, RANGE):
        return False
    return all(kind != RANGE for _, kind, _ in pieces) and any(kind in (SCALE, FRACTION, MORE) or value >= 10 for _, kind, value in pieces)


def _within(token: str, start: int, lexicon: Lexicon, text: str) -> list[Token]:
    """The words of numbers inside a run of letters without spaces, the longest first. Korean has one at a word's beginning, or behind
    digits; elsewhere its syllables are parts of other words."""
    found: list[Token] = []
    korean = "\uac00" <= token[0] <= "\ud7a3"
    at = 0
    while at < len(token):
        run = at
        while run < len(token) and token[run] in _HAN_DIGITS:
            run += 1
        if run - at > 1:
            figure = int("".join(str(_HAN_DIGITS.index(char)) for char in token[at:run]))
            found.append(Token(start + at, start + run, DIGITS, (Fraction(figure),)))
            at = run
            continue
        for end in range(min(len(token), at + lexicon.longest), at, -1):
            known = lexicon.inside.get(token[at:end])
            if known is not None:
                found.append(Token(start + at, start + end, known[0], (known[1],)))
                at = end
                break
        else:
            if korean:
                break
            if not found or found[-1].kind != OTHER:
                found.append(Token(start + at, start + at + 1, OTHER))
            else:
                found[-1] = found[-1]._replace(end=start + at + 1)
            at += 1
    if korean:
        behind_digits = start > 0 and text[start - 1].isdecimal()
        whole = at == len(token) or len(found) > 1 or (found and found[0].kind == SCALE and found[0].ways[0] >= 10_000)
        if not found or not (behind_digits or whole) or (behind_digits and found[0].kind != SCALE):
            return [Token(start, start + len(token), OTHER)]
        if at < len(token):
            found.append(Token(start + at, start + len(token), OTHER))
    return found


def _with_phrases(tokens: list[Token], text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens, with those that make up an entry of several words taken together."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        most = lexicon.phrases.get(lexicon.key(text[token.start : token.end]), 0) if token.kind != DIGITS else 0
        for count in range(min(most, len(tokens) - at), 1, -1):
            last = tokens[at + count - 1]
            known = lexicon.words.get(lexicon.key(" ".join(text[token.start : last.end].split())))
            if known is not None:
                found.append(Token(token.start, last.end, known[0], (known[1],)))
                at += count
                break
        else:
            found.append(token)
            at += 1
    return found
