"""A file of a small ledger as an editor has it open, with the place where `|` stands as its cursor."""

from __future__ import annotations

from pathlib import Path

from lsprotocol.types import Position, TextEdit
from small import CLAIMS, file_of, ledger_at

from ledger.lsp.live import Live
from ledger.lsp.positions import Lines

PATH = "claims/text.yaml"
LONG = "Jo Reed of the Ministry said on Monday that Millbrook is held by the east. It is not clear who holds the county. Émile asked, 👩‍🚀 nobody knew."


def live_at(folder: Path, files: dict[str, str] | None = None) -> Live:
    return Live(str(ledger_at(folder, files)))


def with_cursor(live: Live, text: str, path: str = PATH, encoding: str = "utf-16") -> tuple[Lines, Position]:
    """The lines of a file that was typed, and where the cursor is in it."""
    before = text.partition("|")[0]
    live.put(path, text.replace("|", "", 1))
    lines = Lines(live.text(path), encoding)
    return lines, lines.offset(len(before))


def edited(text: str, edits: list[TextEdit], encoding: str = "utf-16") -> str:
    """A text with edits made in it, as an editor makes them."""
    lines = Lines(text, encoding)
    starts = [0]
    for line in lines.lines:
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        first, last = (starts[at.line] + lines.column(at) for at in (edit.range.start, edit.range.end))
        text = text[:first] + edit.new_text + text[last:]
    return text


def small_file(**changed: str) -> str:
    """The claims file of the small ledger; some of its words changed."""
    text = file_of(CLAIMS)[PATH]
    for old, new in changed.items():
        text = text.replace(old.replace("_", "-"), new)
    return text
