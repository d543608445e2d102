"""A review as Markdown, for a comment under a pull request or a job's summary. Data is inert: it stands in code spans, or is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from ledger.render.apart import line_apart
from ledger.render.blocks import Line
from ledger.render.conflicts import markdown_text
from ledger.render.questions import Block, question_block
from ledger.render.review import Section, done, numbers_lines, sections
from ledger.review.compare import Review
from ledger.texts.cutting import beginning
from ledger.texts.directions import CLOSE, OPEN, closed
from ledger.texts.display import count_of, visible

MOST_BYTES = 65_536  # of a comment; of a job's summary 1,048,576
LONGEST = 2_000  # characters of one piece of data: a quote longer than that is cut, and says so
MARK = "<!-- ledger review -->"
_DATA = {"quote", "beside", "omission", "translation", "id", "where", "added", "removed", "hedge", "who"}
_RESERVED = 2_000  # bytes for the last lines and for what says that something was folded


def code(text: str) -> str:
    """A text as a code span: nothing in it is markup, a link, a mention or a reference."""
    shown = visible(" ".join(text.split())).replace("##[", "## [")
    if not shown:
        return ""
    if len(shown) > LONGEST:
        kept = beginning(shown, LONGEST)
        shown = closed(kept.rstrip()) + f" … ({len(shown) - len(kept)} characters more)"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    # a space at each end is taken off by the reader: where the text has one or begins with a backtick, it needs another
    space = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _kind(part: tuple[str, str]) -> str:
    role = part[1]
    return role if role in _DATA else "bold" if role in ("label", "heading", "certain") else "plain"


def markdown_line(line: Line) -> str:
    """A line of (text, role) pairs: data as code spans, the quote in bold, our own words as text. White space stands outside of what
    is marked, and so does punctuation that has no white space beside it: a mark between a letter and one of these is none."""
    written = ""
    pieces = [(kind, "".join(part for part, _ in parts)) for kind, parts in groupby(line_apart(line), key=_kind)]
    for number, (kind, text) in enumerate(pieces, 1):
        opens, words, closes = _ends(text.strip()) if kind in _DATA else ("", text.strip(), "")
        apart = written[-1:] == " " or text[:1].isspace() or (kind in _DATA and written[-1:] != "(")
        apart = apart or (written.endswith("`**") and not _is_punctuation(words[:1]))
        lead = " " if written and apart else ""
        if words and kind == "bold":
            marked = _bold(words, not written or lead == " ", text[-1:].isspace() or number == len(pieces))
        elif words:
            marked = opens + code(words) + closes if kind in _DATA else markdown_text(words)
            marked = f"**{marked}**" if kind == "quote" else marked
        if words:
            written = written.rstrip() + lead + marked
        if text[-1:].isspace():
            written += " "
    return written.strip()


def _ends(text: str) -> tuple[str, str, str]:
    """A text without what sets it apart together with other texts, begun before its words or ended behind them: that stands outside of
    code spans."""
    opened = unopened = 0
    for char in text:
        unopened += char == CLOSE and not opened
        opened = opened + 1 if char == OPEN else max(0, opened - (char == CLOSE))
    return OPEN * opened, text.removeprefix(OPEN * opened).removesuffix(CLOSE * unopened), CLOSE * unopened


def _bold(words: str, begins: bool, ends: bool) -> str:
    """Words in bold, but for the punctuation at an end where no white space follows: whether it `begins` and `ends` beside some."""
    first, last = 0, len(words)
    while not begins and first < last and _is_punctuation(words[first]):
        first += 1
    while not ends and last > first and _is_punctuation(words[last - 1]):
        last -= 1
    inner = words[first:last]
    if not inner:
        return markdown_text(words)
    return f"{markdown_text(words[:first])}**{markdown_text(inner)}**{markdown_text(words[last:])}"


def _is_punctuation(char: str) -> bool:
    """Whether Markdown takes a character for punctuation or white space (a symbol is punctuation to it)."""
    return not char or unicodedata.category(char)[0] in "PSZC"


def _block(block: Block) -> str:
    """A block as a list entry, its further lines below it; what is said of one claim under a position is one entry."""
    first, *rest = block
    lines = [f"- {markdown_line(first[0])}"]
    for line, indent in rest:
        text = markdown_line(line)
        if not text:
            continue
        if indent <= 2:
            lines.append(f"  - {text}")
        elif line[0][1] in ("who", "day"):
            lines.append(f"    - {text}")
        else:
            lines[-1] += f"<br>{text}"
    return "\n".join(lines) + "\n"


def to_markdown(review: Review, title: str, most: int) -> str:
    """The report in at most `most` bytes: what is least important is folded to its first line, then to a count, and says so."""
    counts = [*done(review), *numbers_lines(review)]
    written = [f"{MARK}\n## {markdown_text(title)}\n\n", "\n".join(f"- {markdown_text(line)}" for line in counts) + "\n"]
    left = most - _RESERVED - sum(len(text.encode("utf-8", "replace")) for text in written)
    folded: list[str] = []
    unread = Section("Not compared", [[([(words, "")], 0)] for words in review.unread])
    for section in [unread] * bool(review.unread) + sections(review):
        blocks = section.blocks + [question_block(question, section.pages) for question in section.questions if section.pages is not None]
        heading = f"\n### {section.title} ({len(blocks)})\n\n"
        size = len(heading.encode()) + 200
        if left < size:
            folded.append(f"{section.title}: {len(blocks)}")
            continue
        written.append(heading)
        left -= size
        for text in _fitting(blocks, left):
            written.append(text)
            left -= len(text.encode("utf-8", "replace"))
    if folded:
        words = "; ".join(folded)
        written.append(
            f"\nLeft out, since the report would be longer than {most} bytes (`ledger review` shows all of it): {markdown_text(words)}\n"
        )
    return "".join(written)


def _fitting(blocks: list[Block], left: int) -> Iterator[str]:
    """The blocks that fit into so many bytes: whole, then by their first line, then counted."""
    short = hidden = 0
    for block in blocks:
        text = _block(block)
        if not short and len(text.encode("utf-8", "replace")) <= left:
            left -= len(text.encode("utf-8", "replace"))
            yield text
            continue
        short += 1
        text = _block(block[:1])
        if hidden or len(text.encode("utf-8", "replace")) > left:
            hidden += 1
            continue
        left -= len(text.encode("utf-8", "replace"))
        yield text
    if short:
        whole = "" if not hidden else f", {count_of(hidden, 'entry', 'entries')} not even by name"
        yield f"- *{count_of(short, 'entry is', 'entries are')} not shown in full{whole}: `ledger review` shows all*\n"
