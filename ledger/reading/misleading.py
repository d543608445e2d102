"""What a reviewer's eye passes over in a claims file: a text that a comment cuts short, text far out to the right, words of letters
that only look alike. Found in the text as it is written, and noted as flaws of the claims concerned."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.model import CLAIM_FIELDS, Claim, ClaimsFile, Finding
from ledger.texts.display import count_of, misleading, shorten

FREE_TEXTS = tuple(name for name, field in CLAIM_FIELDS.items() if field.free)
MOST = 100  # flaws of one kind in one file
FAR = 40  # spaces behind a text, from which on nobody looks for more
DEEP = 80  # spaces at the beginning of a line
_COMMENT = re.compile(r"[^\s#][ \t]+(?=#)")
_FAR = re.compile(rf"(?<=\S)[ \t]{{{FAR},}}(?=[^\s#])|^[ \t]{{{DEEP},}}(?=[^\s#])", re.MULTILINE)
# Only a first look: an ASCII letter directly beside one of Cyrillic, Greek or Armenian, as UTF-8 has them: of these the first byte, the
# second left out. Changing and deleting bytes takes a fraction of the time of a search for a pattern.
_OTHER_LEADS = range(0xCD, 0xD7)
_NO_OTHER = bytes({*range(256)} - {*_OTHER_LEADS})
_AS_LETTERS = bytes(
    ord("L") if chr(byte).isascii() and chr(byte).isalpha() else ord("C") if byte in _OTHER_LEADS else 32 for byte in range(256)
)
_CONTINUED = bytes(range(0x80, 0xC0))


def with_traps(file: ClaimsFile, text: str, data: bytes) -> ClaimsFile:
    """The file with what is found in its text; nearly always the very file that was given."""
    far = far_right(text) if " " * FAR in text or "\t" in text else ()
    mixed = _may_mix(data)
    cut = _lines_with_comments(text)
    if not (far or mixed or cut):
        return file
    source = Source(text, cut)
    claims = [_with_flaws(claim, source, mixed) for claim in file.claims] if mixed or cut else file.claims
    return file._replace(claims=tuple(claims), note_flaws=(*file.note_flaws, *far))


def _may_mix(data: bytes) -> bool:
    """Whether a letter of one script stands directly beside one of another in a text of UTF-8."""
    if not data.translate(None, _NO_OTHER):
        return False
    letters = data.translate(_AS_LETTERS, _CONTINUED)
    return b"LC" in letters or b"CL" in letters


def far_right(text: str) -> tuple[Finding, ...]:
    """Where text stands behind a long run of white space in its line."""
    found = []
    line = start = 1
    counted = 0
    for number, match in enumerate(_FAR.finditer(text)):
        if number == MOST:
            message, remedy = f"more of the kind follow, the first {count_of(MOST, 'one')} are named", "mend these first"
            found.append(Finding(line, start, message, remedy, name="far_right"))
            break
        line += text.count("\n", counted, match.end())
        counted = match.end()
        start = match.end() - text.rfind("\n", 0, match.end())
        message = f"text stands here behind {len(match[0])} spaces, where nobody looks for it"
        found.append(Finding(line, start, message, "put it on a line of its own", name="far_right"))
    return tuple(found)


def _lines_with_comments(text: str) -> list[int]:
    """The lines on which a comment follows something, in their order."""
    if "#" not in text or (" #" not in text and "\t#" not in text):
        return []
    lines: list[int] = []
    line, counted = 1, 0
    for match in _COMMENT.finditer(text):
        line += text.count("\n", counted, match.end())
        counted = match.end()
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines


class Source(NamedTuple):
    """A text, and the lines on which a comment follows something."""

    text: str
    comments: list[int]

    def has_comment(self, first: int, last: int) -> bool:
        """Whether there is one from one line to another."""
        index = bisect_left(self.comments, first)
        return index < len(self.comments) and self.comments[index] <= last


def _with_flaws(claim: Claim, source: Source, mixed: bool) -> Claim:
    flaws = list(_cut(claim, source)) if source.comments else []
    if mixed:
        flaws += _mixed(claim)
    return claim._replace(flaws=(*claim.flaws, *flaws)) if flaws else claim


def _cut(claim: Claim, source: Source) -> Iterator[Finding]:
    """The free texts of a claim that end where a comment begins."""
    lengths = [len(text) for text in (getattr(claim, field) for field in FREE_TEXTS) if text is not None]
    if not source.has_comment(claim.line, claim.line + 40 + sum(lengths)):
        return
    for field in FREE_TEXTS:
        value, position = getattr(claim, field), claim.at.get(field)
        if value is None or position is None or not source.has_comment(position[0], position[0] + len(value)):
            continue
        found = _comment_behind(value, source.text, position)
        if found is not None:
            line, column, comment = found
            message = f"the `{field}` ends here, since ` #` begins a comment: `{shorten(comment, 60)}`"
            remedy = "put the text in quotes if this belongs to it, else the comment on a line of its own"
            yield Finding(line, column, message, remedy, name="comment_cuts_text")


def _comment_behind(value: str, text: str, position: tuple[int, int]) -> tuple[int, int, str] | None:
    """Where a comment stands behind a plain text that begins at a position: line, column and the comment."""
    line, column = position
    lines = _lines_from(text, line)
    rest = next(lines, "")[column - 1 :]
    if rest[:1] in ('"', "'", "|", ">"):
        return None
    before = column - 1  # characters of the line before `rest`
    for word in value.split():
        while not rest.strip(" \t\r"):
            following = next(lines, None)
            if following is None:
                return None
            rest, before, line = following, 0, line + 1
        bare = rest.lstrip(" \t")
        if not bare.startswith(word):
            return None
        before += len(rest) - len(bare) + len(word)
        rest = bare[len(word) :]
    comment = rest.lstrip(" \t")
    if not comment.startswith("#") or comment == rest:
        return None
    return line, before + len(rest) - len(comment) + 1, comment


def _lines_from(text: str, line: int) -> Iterator[str]:
    """The lines of a text from one on."""
    lines = _lines(text)
    return (lines[number] for number in range(line - 1, len(lines)))


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _mixed(claim: Claim) -> Iterable[Finding]:
    """The texts of a claim that hold a word of two scripts. Of a quote that does not stand in its seed, and of a value that is one of
    a choice or a figure, other rules say what is wrong."""
    other = {"quote"} if not claim.found.ways else set()
    if (claim.share, claim.figure, claim.day) != (None, None, None):
        other.add("value")
    for field in (*FREE_TEXTS, "value"):
        value = getattr(claim, field) if field not in other else None
        words = mixed_word(value) if value is not None else None
        if words is not None:
            yield Finding(*claim.at.get(field, (claim.line, claim.column)), *mixed_words(words), name="mixed_scripts")


def mixed_words(found: tuple[str, str]) -> tuple[str, str]:
    """A message and a remedy for a word of two scripts and the letters of it that are foreign to the rest."""
    word, letters = found
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in letters)
    return (
        f"`{shorten(word, 60)}` mixes letters of two scripts that look alike: {codes}",
        "write the letters of one script; where the seed has it so, accept the warning with the reason",
    )


def _misleading(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where bidi controls and invisible characters stand: line, column, character."""
    if text.isascii():
        return ()
    found = []
    line, line_start, counted = 1, 0, 0
    for match in misleading().finditer(text):
        line += text.count("\n", counted, match.start())
        line_start = max(line_start, text.rfind("\n", counted, match.start()) + 1)
        counted = match.start()
        found.append((line, counted - line_start + 1, match[0]))
    return tuple(found)


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
