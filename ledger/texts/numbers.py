"""The numbers of a text, each once and whole: its digits or words, with the scales, halves and sums that belong to it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ledger.texts.languages import Words
from ledger.texts.number_tokens import DIGITS, FILLER, FRACTION, JOINER, MORE, NUMBER, RANGE, SCALE, Lexicon, Token, tokens_of

MOST_TOKENS = 2_000  # of one text: no quote has more words
_HYPHENS = frozenset("-‐‑")
_DASHES = frozenset(["..", "...", "から", *"-‐‑‒–—−~〜～…至到"])  # between the two ends of a range
_PARTED = "%％‰,，;；、"  # stands between two numbers that are no range: `6%, to 221 billion`

Ways = tuple[Fraction, ...]


class Number(NamedTuple):
    """A number of a text: from where to where it is written, and what it can say (more than one thing where `1.250` leaves it open).

    `scale` is what the scale words make of its first figure; `vague` is the sign of a figure that is no more than a scale: `>=` of
    `thousands`, `~` of French `une centaine`.
    """

    start: int
    end: int
    ways: Ways
    scale: Fraction = Fraction(1)
    vague: str = ""


class _Part(NamedTuple):
    """A summand: what it can be, below which size another may be added to it, and the scale it was multiplied by."""

    ways: Ways
    room: Fraction
    scale: Fraction = Fraction(1)
    before: int = 0  # the token behind what stands before it


_lexicons: dict[int, tuple[Words, Lexicon]] = {}


def lexicon_of(words: Words) -> Lexicon:
    """The words of numbers of a language, made ready once."""
    kept = _lexicons.get(id(words))
    if kept is None or kept[0] is not words:
        kept = _lexicons[id(words)] = (words, Lexicon(words))
    return kept[1]


def numbers_of(text: str, words: Words) -> tuple[Number, ...]:
    """Every number of a text, in order."""
    return _numbers_of(text, lexicon_of(words))


@lru_cache(maxsize=4096)
def _numbers_of(text: str, lexicon: Lexicon) -> tuple[Number, ...]:
    tokens = tokens_of(text, lexicon)[:MOST_TOKENS]
    found: list[tuple[Number, int, int]] = []  # with its first token and the one behind it
    at = 0
    while at < len(tokens):
        if tokens[at].kind in (DIGITS, NUMBER, SCALE, FRACTION, MORE):
            builder = _Builder(text, tokens, lexicon)
            end = builder.read(at)
            if end > at:
                found.append((builder.number(at, end), at, end))
                at = end
                continue
        at += 1
    return tuple(_with_shared_scales(found, text, tokens, lexicon))


class _Builder:
    """One number, put together from the tokens at a place."""

    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon
        self.parts: list[_Part] = []
        self.end = 0  # the token behind what was read

    def number(self, start: int, end: int) -> Number:
        """What was read."""
        if len(self.parts) == 1:
            ways = tuple(dict.fromkeys(self.parts[0].ways))[:8]
        else:
            ways = tuple(dict.fromkeys(sum(some, Fraction(0)) for some in product(*(part.ways for part in self.parts))))[:8]
        vague = self._vague(start, end)
        if vague == ">=":  # dozens are two at least
            ways = (*ways, ways[0] * 2)
        return Number(self.tokens[start].start, self.tokens[end - 1].end, ways, self.parts[0].scale, vague)

    def _vague(self, start: int, end: int) -> str:
        """What is written for a number that is no more than a scale; empty where it is more."""
        tokens = self.tokens[start:end]
        others = [token for token in tokens if token.kind not in (SCALE, FILLER)]
        first = next((token for token in tokens if token.kind == SCALE), None)
        if first is None or any(token.ways != (Fraction(1),) for token in others):
            return ""
        sign = self.lexicon.vague.get(_key(first, self.text, self.lexicon), "")
        return "" if others and sign == ">=" else sign

    def read(self, start: int) -> int:
        """Read from a token on; gives the token behind the number, which is `start` where none begins there."""
        at = self.end = start
        joined = False
        while at < len(self.tokens):
            token = self.tokens[at]
            if at > start and not self._beside(at):
                break
            if token.kind == NUMBER and joined and token.ways == (Fraction(1),) and self._part_follows(at):
                at += 1  # the article in "eight and a half", where it is the word for one
                continue
            if token.kind in (JOINER, FILLER):
                if not self.parts and not self._whole_follows(at):
                    break
                if token.kind == FILLER and self.tokens[at - 1].kind not in (SCALE, FRACTION, MORE, FILLER, JOINER):
                    break
                joined = joined or token.kind == JOINER
                at += 1
                continue
            if not self._take(token, at, joined):
                break
            at += 1
            self.end, joined = at, False
        parts_alone = all(token.kind in (FRACTION, MORE) for token in self.tokens[start : self.end])
        if parts_alone and self.text[self.tokens[start].start].isalpha():
            return start  # "half" of what is no number
        return self.end

    def _part_follows(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].kind in (FRACTION, MORE)

    def _whole_follows(self, at: int) -> bool:
        return False if at == 0 else self.tokens[at - 1].kind == FRACTION

    def _beside(self, at: int) -> bool:
        """Whether a token stands so near to the one before it that both may be of one number."""
        before, token = self.tokens[at - 1], self.tokens[at]
        gap = self.text[before.end : token.start]
        if not gap.strip():
            return True
        if before.kind == DIGITS and token.kind == DIGITS:
            return False
        if gap.removeprefix(" ").removesuffix(" ") in _HYPHENS:
            return before.kind == DIGITS or token.kind != DIGITS
        if gap == ", " and self.lexicon.code in ("en", "pt"):  # "one thousand, two hundred"
            return before.kind == SCALE and before.ways[0] >= 1000 and token.kind == NUMBER and self._counts(at, before.ways[0])
        short = before.kind == SCALE and before.end - before.start <= 4
        return short and gap.startswith(".") and not gap[1:].strip()

    def _counts(self, at: int, scale: Fraction) -> bool:
        """Whether the word at a token counts hundreds, or thousands that are fewer than a scale."""
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return self.tokens[at].ways[0] >= 100 or (behind is not None and behind.kind == SCALE and behind.ways[0] < scale)

    def _take(self, token: Token, at: int, joined: bool) -> bool:
        """Take a token into the number; False where it is of none, or of the next."""
        if token.kind == DIGITS:
            return self._take_figure(token.ways, Fraction(0), at, joined, digits=True)
        if token.kind == NUMBER:
            value = token.ways[0]
            return self._take_figure(token.ways, self._room(value), at, joined, digits=False)
        if token.kind == SCALE:
            return self._take_scale(token.ways[0], at)
        if token.kind in (FRACTION, MORE):
            return self._take_fraction(token, joined)
        return False

    def _room(self, value: Fraction) -> Fraction:
        """Below which size a number may be added to a word's: 10 to twenty, 100 to two hundred."""
        figure = int(value)
        if value.denominator > 1 or figure == 0:
            return Fraction(0)
        if figure == 10:
            return Fraction(10 if self.lexicon.ten_adds else 0)
        room = 1
        while figure % (room * 10) == 0:
            room *= 10
        return Fraction(room if room > 1 else 0)

    def _take_figure(self, ways: Ways, room: Fraction, at: int, joined: bool, *, digits: bool) -> bool:
        if not self.parts:
            self.parts.append(_Part(ways, room))
            return True
        last = self.parts[-1]
        value = max(ways)
        if self.tokens[at - 1].kind in (FRACTION, MORE):
            return value == 1 and self.tokens[at - 1].kind == FRACTION and self._scale_behind(at)
        if self.lexicon.scale_first and last.scale > 1 and len(self.tokens[:at]) and self.tokens[at - 1].kind == SCALE and not joined:
            self.parts[-1] = last._replace(ways=tuple(way * last.scale for way in ways))
            return True
        if digits:
            if joined or last.scale < 1000 or not value < last.room or len(ways) > 1 or value.denominator > 1:
                return False
        elif not value < last.room:
            units_first = joined and self.lexicon.code == "ar" and last.scale == 1 and last.ways[0] < 10 <= value < 100
            if not units_first or last.ways[0] == 0:
                return False
            self.parts[-1] = last._replace(ways=(last.ways[0] + value,), room=Fraction(0))
            return True
        if value == 0:
            return False
        self.parts.append(_Part(ways, room, before=self.end))
        return True

    def _scale_behind(self, at: int) -> bool:
        """Whether behind an article within `half a million` the scale follows."""
        return at + 1 < len(self.tokens) and self.tokens[at + 1].kind == SCALE

    def _take_scale(self, scale: Fraction, at: int) -> bool:
        kept = len(self.parts)
        while kept and max(self.parts[kept - 1].ways) < scale:
            kept -= 1
        taken = self.parts[kept:]
        if not taken:
            if self.parts and not scale < self.parts[-1].room:
                return self._again(scale, at)
            self.parts.append(_Part((scale,), scale, scale, self.end))
            return True
        ways = tuple(sum(some, Fraction(0)) * scale for some in product(*(part.ways for part in taken)))
        if kept and not max(ways) < self.parts[kept - 1].room:
            self.end = taken[0].before  # the next number begins with what this scale multiplies
            self.parts[kept:] = []
            return False
        inner = taken[0].scale if len(taken) == 1 else Fraction(1)
        self.parts[kept:] = [_Part(ways, scale, scale * inner, taken[0].before)]
        return True

    def _again(self, scale: Fraction, at: int) -> bool:
        """A scale times a scale that is no smaller: `27 million million`, `2500 thousand` written as `2 thousand ...` never; and more than
        a scale, in figures: `1,500 thousand`, `15 dozen`."""
        last = self.parts[-1]
        if len(self.parts) > 1 or last.scale > 1 or self.tokens[at - 1].kind not in (DIGITS, NUMBER):
            return False
        self.parts = [_Part(tuple(way * scale for way in last.ways), scale, scale)]
        return True

    def _take_fraction(self, token: Token, joined: bool) -> bool:
        part = token.ways[0]
        if not self.parts:
            self.parts.append(_Part((part,), Fraction(0)))
            return True
        last = self.parts[-1]
        if last.scale > 1:
            if not joined:
                return False
            ways = tuple(way + part * last.scale for way in last.ways)
        elif joined or token.kind == MORE:
            ways = tuple(way + part for way in last.ways)
        elif last.ways == (Fraction(1),):
            ways = (part,)  # "a half": the article is no one
        else:
            ways = tuple(way * part for way in last.ways)
        self.parts[-1] = last._replace(ways=ways, room=Fraction(0))
        return True


def _with_shared_scales(found: list[tuple[Number, int, int]], text: str, tokens: list[Token], lexicon: Lexicon) -> list[Number]:
    """The numbers, those that begin a range with the scale that only its end has: of `3-4 million` three million and four."""
    numbers = [number for number, _, _ in found]
    for place in range(len(found) - 2, -1, -1):
        (one, start, end), (_, behind, _) = found[place], found[place + 1]
        other = numbers[place + 1]
        if one.scale > 1 or other.scale == 1 or not max(one.ways) < min(other.ways) / other.scale:
            continue
        between = tokens[end:behind]
        if between and any(sign in _PARTED for sign in text[one.end : other.start]):
            continue
        if between:
            words = all(token.kind == RANGE for token in between)
            pair = (
                start > 0 and all(token.kind == JOINER for token in between) and _key(tokens[start - 1], text, lexicon) in lexicon.betweens
            )
            ranges = words or pair
        else:
            gap = text[one.end : other.start]
            ranges = gap[gap[:1].isspace() : len(gap) - gap[-1:].isspace()] in _DASHES
        if ranges:
            numbers[place] = one._replace(ways=tuple(way * other.scale for way in one.ways), scale=other.scale)
    return numbers


def _key(token: Token, text: str, lexicon: Lexicon) -> str:
    return lexicon.key(text[token.start : token.end])
