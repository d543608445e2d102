"""Where a seed comes from (S): its originals, and how its text was made from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.model import HAND, TEXT_RULES, Finding, Original
from ledger.rules.registry import ERROR, check
from ledger.rules.seeds import is_address, is_sha256
from ledger.rules.views import FileView
from ledger.texts.dates import DateProblem, parse_day
from ledger.texts.display import one_line, plain_name, shorten
from ledger.texts.suggestions import did_you_mean

_MEDIA_TYPE = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*(; ?charset=[A-Za-z0-9_.:+-]+)?"
_PROGRAM = r"\S(?:.*\S)? v?[0-9]\S*"  # a name, and a version behind it


@check("S713", ERROR, "file", excludes=False)
def bad_original(view: FileView) -> Iterator[Finding]:
    """An entry of `original` by which nobody finds, or can trust, what was captured: `file` is no plain name of a file in originals/
    (nothing outside is ever read), `sha256` no SHA-256, `type` no media type, `captured` no date, `url` no address on the web.

    Whether the file is there, and is the one that was captured, is told by `ledger seed verify`.
    Remedy: what `ledger seed add` writes; a field of which nothing is known is left out.
    Bad:
        seed: text.txt
        original:
        - file: ../page.html
          sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
    Good:
        seed: text.txt
        original:
        - file: page.html
          sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
    """
    for original in view.file.original:
        for field, text, message, remedy in _defects(original):
            yield Finding(*original.at[field], f"`{shorten(text, 80)}` {message}", remedy, length=max(1, min(len(text), 200)))


def _defects(original: Original) -> Iterator[tuple[str, str, str, str]]:
    """Which field says what of an original that can't be, and what to do."""
    if original.file is not None and not plain_name(original.file):
        yield "file", original.file, "is no plain name of a file in originals/", "keep the file in originals/, and write its name alone"
    if original.sha256 and not is_sha256(original.sha256):
        yield "sha256", original.sha256, "is no SHA-256", "write what `sha256sum` prints for the original"
    if original.type is not None and re.fullmatch(_MEDIA_TYPE, original.type) is None:
        yield "type", original.type, "is no media type", "write one such as text/html, or delete `type`"
    if original.captured is not None and not _is_day(original.captured):
        yield "captured", original.captured, "is no date", "write the day as YYYY-MM-DD"
    if original.url is not None and not is_address(original.url):
        yield "url", original.url, "is no address on the web", "write an address that begins with http:// or https://, or delete `url`"


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except DateProblem:
        return False
    return True


@check("S714", ERROR, "file", excludes=False)
def bad_text_maker(view: FileView) -> Iterator[Finding]:
    """`text` says how the seed was made from its original, and what it says can't be followed: `by` is no rule of this program, no
    program with its version, and not `hand`; or the head names no `original`.

    Remedy: `by: hand`, a rule such as `ledger-html 1`, or a program and its version such as `pypdf 6.0.0`.
    Bad:
        seed: text.txt
        original: [{sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049}]
        text: {by: ledger-htlm 1}
    Good:
        seed: text.txt
        original: [{sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049}]
        text: {by: ledger-html 1}
    """
    made = view.file.text
    if made is None:
        return
    known = (*TEXT_RULES, HAND)
    place = made.at["by"]
    hint = did_you_mean(made.by, known)
    if made.by not in known and (made.by.startswith("ledger-") or hint or re.fullmatch(_PROGRAM, made.by) is None):
        remedy = hint or f"write one of {', '.join(known)}, or a program and its version"
        yield Finding(*place, f"`{shorten(made.by, 80)}` is nothing that makes a text", remedy, length=len(made.by))
    elif "original" not in view.file.at:
        message = f"the text was made by {one_line(made.by)}, and the head names no `original` that it was made from"
        yield Finding(*place, message, "write what it was made from in `original`, or delete `text`", length=len(made.by))
