"""Where sentences end, in every script: marks of end, lines that break off a text, abbreviations that end nothing (DESIGN section 3)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ledger.texts.languages import ORDINAL_STOP, Words

_SOFT = ".!?…‽"  # end a sentence where a space follows
_HARD = "。！？｡．؟।॥۔።፧።։។៕။།⸮꛳"  # end one by themselves
_CLOSERS = "\"'’‘”“»«)\\]"
_NOTES = "¹²³⁰⁴⁵⁶⁷⁸⁹†‡"
_NOTE = rf"(?:\[[^\[\]\s]{{1,4}}\]|\[citation needed\]|[{_NOTES}])"  # the mark of a footnote belongs to the sentence before it
_ORDINAL = r"(?<!\w)[0-9]{1,2}\.$"
_OPENERS = "\"'“„«‘‚(–—-[¿¡"
_QUOTES = {"」": "「", "』": "『", "”": "“", "’": "‘", "）": "（"}
# Languages whose full stop is another mark: where a text has it, `.` stands behind abbreviations.
_OWN_STOPS = {
    "hi": "।",
    "mr": "।",
    "ne": "।",
    "bn": "।",
    "pa": "।",
    "as": "।",
    "or": "।",
    "ur": "۔",
    "am": "።",
    "ti": "።",
    "hy": "։",
    "my": "။",
    "km": "។",
}
_NEVER_TOLD = frozenset(["th", "lo"])  # scripts that set no mark at the end of a sentence
_SELDOM_TOLD = {"my": "။", "km": "។", "bo": "།"}  # those that often leave it out
LONGEST = 1_500  # characters: what goes on for longer without a mark is no sentence that anybody told from the next
_NARROW = 50  # characters: a text of shorter lines is not wrapped, but broken where its writer wished
_BULLET = r"[•▪◦‣●■□►▶*]|[-–—] |\d{1,3}[.)] "
CLAUSE_END = r"[.,;:!?…()\[\]\"“”„«»‹›、。，；：！？（）،؛؟۔।॥።፣፤၊။។։՝]|(?<!\w)['‘’]|['‘’](?!\w)|[–—·፡](?= )|(?<= )[–—-](?= )"


@cache
def _ends(more: str, hard: bool, noted: bool) -> re.Pattern[str]:
    """What ends a sentence; with the marks that end one by themselves (`hard`) and those of footnotes (`noted`) where a text has any, which
    take most of the time to compile."""
    soft = _SOFT + more
    closed = rf"(?:[{_CLOSERS}]| »)*" + (rf"{_NOTE}*(?:[{_CLOSERS}]| »)*" if noted else "")
    ends = rf"(?<![{soft}])[{soft}]+{closed}(?=[ ⚀-➿\U0001f000-\U0001faff])"
    return re.compile(rf"{ends}|(?<![{_HARD}])(?:[{_HARD}]+|፡፡+)[」』”’）\"»)]*{_NOTE}*" if hard else ends)


def _marks_of(paragraph: str, words: Words) -> re.Pattern[str]:
    """What ends a sentence in a paragraph."""
    noted = hard = not paragraph.isascii()
    if hard:
        hard, noted = (any(sign in paragraph for sign in signs) for signs in (_HARD + "፡", _NOTES))
    return _ends({"el": ";", "hy": ":"}.get(words.language, ""), hard, noted or "[" in paragraph)


def cut(text: str, start: int, end: int, breaks: list[int], words: Words) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, which stands in a folded text from `start` to `end`; at each of `breaks` its writer broke a line off.

    A mark of end counts where a space follows and what comes next does not begin with a small letter; not after an abbreviation, an
    initial, or (in languages that write `11. november`) a number of one or two digits.
    """
    lines = breaks[bisect_left(breaks, start) : bisect_left(breaks, end)]
    own_stop = _OWN_STOPS.get(words.language, "")
    has_own = bool(own_stop) and own_stop in text
    for mark in _marks_of(text[start:end], words).finditer(text, start, end):
        while lines and lines[0] < mark.start():
            yield start, lines[0]
            start = lines.pop(0) + 1
        if start <= mark.start() and _is_end(text, start, mark, end, words, has_own):
            yield start, mark.end()
            start = mark.end() + (text[mark.end() : mark.end() + 1] == " ")
            lines = [place for place in lines if place >= start]
    for place in lines:
        yield start, place
        start = place + 1
    if start < end:
        yield start, end


def _is_end(text: str, sentence: int, mark: re.Match[str], limit: int, words: Words, has_own: bool) -> bool:
    start, end = mark.span()
    sign = text[start]
    if sign in _HARD or sign == "፡":
        return not _goes_on(text, sentence, start, end, limit, words)
    following = text[end : min(end + 12, limit)].lstrip(" ").lstrip(_OPENERS + " ")
    if following and is_small(following[0]):
        return False
    if sign == ":":
        return not following or following[0].isupper()
    if sign == "." and text[start:end].rstrip("\"'’‘”“»«)] ") == ".":
        word = _last_word(text[max(sentence, start - 40) : start])
        if (word + ".").casefold() in words.abbreviations:
            return bool(words.closings) and text[max(sentence, start - 10) : start + 1].casefold().endswith(words.closings)
        if len(word) == 1 and word.isalpha() and not word.islower() and (start == 1 or text[start - 2] in " ([{"):
            return False  # an initial, and not the end of ש"ח
        if word.isdigit() and (
            (len(word) <= 2 and words.language in ORDINAL_STOP) or (len(word) <= 3 and start - len(word) == sentence and end < limit)
        ):
            return False  # a day, or the number of an item
        if has_own and len(word) <= 3:
            return False
    return True


def _last_word(text: str) -> str:
    """What stands behind the last space, bracket or quotation mark of a folded text."""
    word = text.rpartition(" ")[2]
    if not word.isalnum():
        for mark in "(\"'“„«":
            word = word.rpartition(mark)[2]
    return word


def _goes_on(text: str, sentence: int, start: int, end: int, limit: int, words: Words) -> bool:
    """Whether a sentence goes on behind a full stop inside of its quotation marks: 他说“…。”就走了。"""
    opener = _QUOTES.get(text[end - 1])
    if opener is None or end >= limit or end - 1 <= start:
        return text.startswith("ល។", end) or text.startswith("។ល", start - 2)
    if words.language == "ja":
        return text.startswith(("と", "って", "など"), end)
    opened = text.rfind(opener, sentence, start)
    if words.language != "zh" or opened < 0:
        return False
    if opened == sentence:
        return re.match(".{0,8}?[说說表称稱道问問]", text[end : end + 9]) is not None
    return text[opened - 1] not in "：:，,。！？"


def is_small(char: str) -> bool:
    """Whether a letter can't begin a sentence. Georgian writes all with what Unicode counts as small letters."""
    return char.islower() and not "\u10d0" <= char <= "\u10ff"


def breaks_in(text: str) -> list[int]:
    """Where lines break a text off (offsets of their ends): headings, items of a list, lines of a post. Lines that are only wrapped end
    nothing; a text was wrapped where many of its lines begin with small letters, or (in scripts without these) where few would have had
    room for another word."""
    lines = []
    place = 0
    for line in text.split("\n"):
        lines.append((place, line))
        place += len(line) + 1
    pairs = [(at + len(line.rstrip()), line, after.strip()) for (at, line), (_, after) in pairwise(lines) if line.strip() and after.strip()]
    if not pairs:
        return []
    width = max(len(line) for _, line in lines)
    small = sum(is_small(_first_letter(after)) for _, _, after in pairs)
    roomy = [len(line) + 1 + len(after.split(" ", 1)[0]) <= width for _, line, after in pairs]
    full = width >= _NARROW and len(pairs) >= 2 and sum(roomy) * 5 <= len(pairs)  # hardly a line had room for another word
    wrapped = full or (small * 4 >= len(pairs) and any(char.isupper() for char in text[:2000]))
    bullet = re.compile(_BULLET)
    return [
        end
        for (end, line, after), fits in zip(pairs, roomy, strict=True)
        if bullet.match(after) is not None
        or _is_sign(after[0])
        or (not is_small(_first_letter(after)) and (not wrapped or (fits and width >= _NARROW and len(line) * 4 <= width * 3)))
    ]


def ends_whole(line: str) -> bool:
    """Whether a line ends where a sentence does, or with the colon before what it announces."""
    return line.rstrip(" \"'’‘”“»«)]」』")[-1:] in (*_SOFT, *_HARD, ":")


def _first_letter(text: str) -> str:
    return text.lstrip(_OPENERS + " ")[:1] or text[:1]


def _is_sign(char: str) -> bool:
    """Whether a line that begins so begins an item: an emoji, an arrow, a box."""
    return "\u2190" <= char <= "\u2bff" or "\U0001f000" <= char <= "\U0001faff"


def told_apart(text: str, spans: list[tuple[int, int]], words: Words) -> bool:
    """Whether the sentences of a text can be told from each other: not in scripts that set no mark at their ends, nor where these are left
    out."""
    if not spans or words.language in _NEVER_TOLD:
        return not spans
    longest = max(end - start for start, end in spans)
    mark = _SELDOM_TOLD.get(words.language)
    return longest <= (LONGEST if mark is None else LONGEST // 3)


def ordinal_stop(window: str, words: Words) -> bool:
    """Whether a text ends with the full stop of a day: in languages that write `11. november`."""
    return words.language in ORDINAL_STOP and re.search(_ORDINAL, window) is not None


def nearest_sentence(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence at `start` to the end of the one at `end`."""
    starts = [span[0] for span in spans]
    first = max(0, bisect_right(starts, start) - 1)
    last = max(first, bisect_left(starts, end) - 1)
    return min(start, spans[first][0]), max(end, spans[last][1])
