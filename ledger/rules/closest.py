"""Where a quote that is not in its seed was probably taken from, and what differs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import zip_longest

from ledger.model import ClaimsFile, Ledger
from ledger.texts.cutting import beginning, ending
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import TYPOGRAPHY, lowered, plain_letter
from ledger.texts.matching import word
from ledger.texts.seeds import Seed

MOST_SEED = 400_000  # characters: above it only exact hints are looked for, so that a hostile seed costs no time
MOST_QUOTE = 2_000
MOST_WORDS = 400
MOST_DIAGNOSED = 50  # quotes of one file for which it is looked up what they were probably taken from
MOST_OTHERS = 4_000_000  # characters of other seeds that are read for one quote
NOT_FOUND = (
    "the quote is not in the seed",
    "copy the words from the seed (what it has instead was not looked for: too many quotes are not in it)",
)


def other_seed(ledger: Ledger, file: ClaimsFile, quote: str) -> tuple[str, int] | None:
    """The name and line of another seed in which the quote stands, if there is one."""
    read = 0
    for other in ledger.files:
        if other.seed is not None and other.path != file.path and other.seed.name != file.seed_name:
            read += len(other.seed.folded)
            if read > MOST_OTHERS:
                break
            found = other.seed.find(quote)
            if found.ways:
                return one_line(other.seed.name), other.seed.line(found.spans[0][0])
    return None


def closest_passage(seed: Seed, pieces: list[str]) -> tuple[str, str]:
    """The message and the remedy for a quote that is not found: which piece, the closest passage, and what differs there."""
    what = "the quote"
    piece = pieces[0] if pieces else ""
    if len(pieces) > 1:
        missing = [part for part in pieces if part not in seed.folded and part.translate(TYPOGRAPHY) not in seed.plain_typography]
        if not missing:
            return (
                "the quote's pieces do not stand in one paragraph in this order",
                "each piece of a quote must occur, in order, in the same paragraph",
            )
        piece = missing[0]
        what = f"the piece `{shorten(piece, 40)}` of the quote"
    if "[…]" in piece:
        return f"{what} is not in the seed", "write the omission as [...] with three full stops"
    exact = _same_but_for(seed, piece)
    if exact is not None:
        return f"{what} is not in the seed word for word: {exact[0]}", exact[1]
    if len(seed.folded) <= MOST_SEED and len(piece) <= MOST_QUOTE:
        near = _nearest_window(seed, piece)
        if near is not None:
            start, end, differing = near
            unseen = next(filter(_is_unseen, seed.folded[start:end]), "")
            differing += f"; it holds an invisible character, {_point(unseen)}" if unseen else ""
            return (
                f"{what} is not in the seed word for word: {differing}",
                f"the closest passage, line {seed.line(start)}: {one_line(seed.folded[start:end])}",
            )
    return f"{what} is not in the seed", "copy the words from the seed"


def _plain(text: str, marks: bool, case: bool) -> str:
    """`text` without what is said not to count, letter by letter (same offsets where possible)."""
    if case:
        text = lowered(text)
    if marks and not text.isascii():
        text = text.translate({ord(char): plain_letter(char) for char in set(text) if not char.isascii()})
    return text


@lru_cache(maxsize=8)
def _plain_seed(text: str, marks: bool, case: bool) -> str:
    """The folded text of a seed without what is said not to count: made once for all its quotes."""
    return _plain(text, marks, case)


def _same_but_for(seed: Seed, piece: str) -> tuple[str, str] | None:
    """Whether the piece stands in the seed but for case, accents, invisible characters or other forms of its letters: how it differs,
    and the exact text."""
    if len(seed.folded) <= MOST_SEED and (alike := _same_to_the_eye(seed, piece)) is not None:
        return alike
    for marks, case, why in ((False, True, "case differs"), (True, False, "accents differ"), (True, True, "case and accents differ")):
        for place, end in same_but_for_letters(seed, piece, marks, case, 1):
            return why, f"the seed, line {seed.line(place)}, has: {one_line(seed.folded[place:end])}"
    return None


def _same_to_the_eye(seed: Seed, piece: str) -> tuple[str, str] | None:
    """Whether the piece stands in the seed but for characters that nobody sees, or that look the same (`ﬁ`, full-width letters): which
    one differs, and what to write."""
    spans = same_to_the_eye(seed, piece, 1)
    if not spans:
        return None
    start, end = spans[0]
    there, line = seed.folded[start:end], seed.line(start)
    number = next((number for number, (one, other) in enumerate(zip_longest(piece, there)) if one != other), -1)
    if number < 0:
        return None
    mine, its = piece[number : number + 1], there[number : number + 1]
    if _is_unseen(mine):
        return f"it holds an invisible character, {_point(mine)}", f"delete it; the seed, line {line}, has none there"
    if _is_unseen(its):
        return f"the seed, line {line}, has an invisible character, {_point(its)}, {_beside(there, number)}", _escaped(there)
    if its == " ":
        return f"the seed, line {line}, has a space or a line end {_beside(there, number)}", f"the seed has: {one_line(there)}"
    if mine == " ":
        return f"it holds a space {_beside(piece, number)}, and the seed, line {line}, has none there", f"the seed has: {one_line(there)}"
    what = f"the seed, line {line}, has {_point(its)} where it has {_point(mine)}, {_beside(there, number)}"
    return what, _escaped(there) if _holds_unseen(there) else f"the seed has: {one_line(there)}"


def same_to_the_eye(seed: Seed, piece: str, most: int) -> list[tuple[int, int]]:
    """Where a piece stands in a seed but for what nobody sees and for forms of its letters, `most` places."""
    text, offsets = _bare(seed.folded)
    wanted, _ = _bare(piece)
    found: list[tuple[int, int]] = []
    place = text.find(wanted) if wanted.strip() else -1
    while place >= 0 and len(found) < most:
        found.append((offsets[place], offsets[place + len(wanted) - 1] + 1))
        place = text.find(wanted, place + 1)
    return found


def same_but_for_letters(seed: Seed, piece: str, marks: bool, case: bool, most: int) -> list[tuple[int, int]]:
    """Where a piece stands in a seed but for accents (`marks`) or case, `most` places."""
    text, wanted = _plain_seed(seed.folded, marks, case), _plain(piece, marks, case)
    found: list[tuple[int, int]] = []
    place = text.find(wanted) if wanted.strip() and len(text) == len(seed.folded) else -1
    while place >= 0 and len(found) < most:
        found.append((place, place + len(wanted)))
        place = text.find(wanted, place + 1)
    return found


def nearest_passage(seed: Seed, piece: str, most: int = MOST_SEED) -> tuple[int, int] | None:
    """The passage of about a piece's length that shares most words with it; None where none shares half of them, or the seed has more
    than `most` characters."""
    near = _nearest_window(seed, piece) if len(seed.folded) <= most and len(piece) <= MOST_QUOTE else None
    return near and near[:2]


def _is_unseen(char: str) -> bool:
    """Whether a character shows nothing: formats and joiners, variation selectors."""
    return char != "" and (unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char in "\u034f\u115f\u1160\u3164\uffa0")


def _holds_unseen(text: str) -> bool:
    return any(map(_is_unseen, text))


def _writes_no_spaces(char: str) -> bool:
    """Whether a character is of a script that writes no spaces, where a line may end inside of a word: Han, Kana."""
    return "\u3040" <= char <= "\u9fff" or "\uff66" <= char <= "\uff9f" or "\U00020000" <= char <= "\U0003ffff"


def _point(char: str) -> str:
    """`U+00AD (SOFT HYPHEN)`."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'without a name')})" if char else "nothing"


def _beside(text: str, number: int) -> str:
    """Where in a text a character stands, in words that can be looked for."""
    before, after = ending(text[max(0, number - 40) : number], 16), beginning(text[number + 1 : number + 41], 16)
    return f"between `{one_line(before)}` and `{one_line(after)}`" if before else f"before `{one_line(after)}`"


def _escaped(text: str) -> str:
    """What to write for a text with characters that nobody sees."""
    shown = "".join(
        f"\\u{ord(char):04x}" if _is_unseen(char) and ord(char) < 0x10000 else f"\\U{ord(char):08x}" if _is_unseen(char) else char
        for char in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'write it as an escape inside double quotes: "{one_line(shown)}"'


@lru_cache(maxsize=4)
def _bare(text: str) -> tuple[str, list[int]]:
    """A text without what nobody sees, each letter in its plain form, and where each of its characters stands in the text."""
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        plain = char if char < "\x80" else "" if _is_unseen(char) else unicodedata.normalize("NFKC", char)
        if (
            plain == " "
            and pieces
            and (pieces[-1] == " " or _writes_no_spaces(pieces[-1]) or _writes_no_spaces(text[offset + 1 : offset + 2]))
        ):
            continue  # an unseen character stood between two spaces, or a line ended inside of a word
        if not plain:
            continue
        pieces.append(plain)
        offsets += [offset] * len(plain)
    return "".join(pieces), offsets


@cache
def _word() -> re.Pattern[str]:
    """A word with the marks of its letters, what joins or parts its letters unseen, and hyphens, points and commas inside of it."""
    letters = word().pattern
    return re.compile(rf"{letters}(?:[\u200c\u200d]+{letters}|[.,'’-]{letters})*")


@lru_cache(maxsize=2)
def _words_of(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """The words of a text: where each stands, and each in small letters."""
    matches = list(_word().finditer(text))
    return [match.span() for match in matches], [match[0].lower() for match in matches]


def _look_alike(one: str, other: str) -> str:
    """Of two words that differ in letters of different scripts, which may look the same: the first two that do."""
    if len(one) != len(other):
        return ""
    differing = [(mine, its) for mine, its in zip(one, other, strict=True) if mine != its]
    if any(_script(mine) == _script(its) for mine, its in differing):
        return ""
    return f" ({_point(differing[0][0])} for {_point(differing[0][1])})"


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _nearest_window(seed: Seed, piece: str) -> tuple[int, int, str] | None:
    """The passage of about the piece's length that shares most words with it, and what differs in words."""
    from difflib import SequenceMatcher

    wanted = [match[0].lower() for match in _word().finditer(piece)]
    spans, words = _words_of(seed.folded)
    if not wanted or not words or len(wanted) > MOST_WORDS:
        return None
    need = Counter(wanted)
    size = min(len(words), len(wanted) + 2)
    have: Counter[str] = Counter()
    shared = best = best_at = 0
    for index, each in enumerate(words):
        have[each] += 1
        shared += have[each] <= need[each]
        if index >= size:
            gone = words[index - size]
            shared -= have[gone] <= need[gone]
            have[gone] -= 1
        if shared > best:
            best, best_at = shared, max(0, index - size + 1)
    if best * 2 < len(wanted):
        return None
    window = words[best_at : best_at + size]
    matcher = SequenceMatcher(None, window, wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    first, last = best_at + blocks[0].a, best_at + blocks[-1].a + blocks[-1].size - 1
    first = max(best_at, first - blocks[0].b)
    last = min(best_at + size - 1, last + len(wanted) - blocks[-1].b - blocks[-1].size)
    if first > 0 and wanted[0] != words[first] and wanted[0].startswith(words[first - 1]):
        first -= 1  # two words of the seed are one of the quote's (`Anti-government` of `Anti government`)
    if last + 1 < len(words) and wanted[-1] != words[last] and wanted[-1].endswith(words[last + 1]):
        last += 1
    seed_words = words[first : last + 1]
    differences = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, seed_words, wanted, autojunk=False).get_opcodes():
        has, says = " ".join(seed_words[a1:a2]), " ".join(wanted[b1:b2])
        if kind == "replace":
            differences.append(f"`{shorten(says, 60)}` for `{shorten(has, 60)}`{_look_alike(says, has)}")
        elif kind == "delete":
            differences.append(f"`{shorten(has, 60)}` is missing")
        elif kind == "insert":
            differences.append(f"`{shorten(says, 60)}` is added")
    start, end = spans[first][0], spans[last][1]
    return start, end, one_line("; ".join(differences[:4])) or "signs between the words differ"
