"""Tables for a terminal. This module alone imports rich; data reaches it only as Text, never as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.control import strip_control_codes
from rich.padding import Padding
from rich.table import Table
from rich.text import Span, Text

from ledger.conflicts.questions import Question
from ledger.conflicts.sentences import question_words
from ledger.render.blocks import Line, Pages, claim_block, letter, link_lines
from ledger.render.check import inert
from ledger.render.conflicts import LINKS, POSITIONS, not_shown, with_heading
from ledger.texts.display import count_of

STYLES = {
    "who": "bold",
    "quote": "",
    "beside": "dim",
    "omission": "dim",
    "translation": "italic",
    "where": "dim",
    "id": "cyan",
    "when": "",
    "hedge": "yellow",
    "certain": "bold red",
    "possible": "yellow",
    "tension": "magenta",
    "heading": "bold",
    "section": "bold underline",
    "label": "bold",
    "open": "yellow",
    "passed": "dim",
    "more": "dim",
    "added": "green",
    "removed": "red",
}
WIDEST = 160  # characters: longer lines are hard to read, however wide the terminal
NARROWEST_COLUMN = 38
NARROWEST_CELL = 6


class Canvas:
    """A console that writes to a text: `width` characters wide, coloured or not."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = min(width, WIDEST)
        self.stream = io.StringIO()
        self.console = Console(
            file=self.stream,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            soft_wrap=False,
            _environ={},  # (rich reads COLUMNS and others itself, and fails on a number of thousands of digits)
        )

    def draw(self, *parts: RenderableType) -> str:
        """What the parts look like."""
        self.stream.seek(0)
        self.stream.truncate()
        for part in parts:
            self.console.print(part)
        return "\n".join(inert(line.rstrip()) for line in self.stream.getvalue().split("\n"))


def inert_text(text: str, style: str = "") -> Text:
    """A Text in which no CI runner finds a command, broken apart before it is laid out so that every line keeps its width."""
    return Text(text.replace("##[", "## ["), style)


def styled(line: Line) -> Text:
    """A line of (text, role) pairs as a Text."""
    return stacked([line])


def stacked(lines: Iterable[Line]) -> Text:
    """Several lines as one Text, made at once: put together piece by piece it would take as long as laying it out."""
    pieces: list[str] = []
    spans: list[Span] = []
    place = 0
    for number, line in enumerate(lines):
        for part, role in [("\n", ""), *line] if number else line:
            piece = strip_control_codes(part.replace("##[", "## ["))
            style = STYLES.get(role, "")
            if style and piece:
                spans.append(Span(place, place + len(piece), style))
            pieces.append(piece)
            place += len(piece)
    return Text("".join(pieces), spans=spans)


def conflicts_table(
    questions: Iterable[Question], places: list[str], notes: list[str], pages: Pages, width: int, colour: bool, most_claims: int = 6
) -> Iterator[str]:
    """Question by question, the positions side by side; those of tensions behind their heading; an overview of `places` before, and
    `notes` below."""
    canvas = Canvas(width, colour)
    if places:
        yield canvas.draw(Text("Where claims contradict each other", "bold"), *(inert_text("  " + line) for line in places[:40]))
        if len(places) > 40:
            yield canvas.draw(Text(f"  ... and {count_of(len(places) - 40, 'place')} more"))
        yield "\n"
    for question, heading in with_heading(questions):
        yield canvas.draw(Text(heading, STYLES["section"]), Text("")) if heading else ""
        yield canvas.draw(*_question(question, pages, canvas, most_claims)) + "\n"
    yield canvas.draw(*(inert_text(line, "bold" if not number else "") for number, line in enumerate(notes)))


def _question(question: Question, pages: Pages, canvas: Canvas, most_claims: int) -> Iterator[RenderableType]:
    width = canvas.width
    yield inert_text(question_words(question.place, question.property, question.subject, pages.ledger.vocabulary), "bold underline")
    fitting = max(1, min(len(question.positions), (width - 1) // NARROWEST_COLUMN))
    for begin in range(0, min(POSITIONS, len(question.positions)), fitting):
        columns = question.positions[begin : begin + fitting]
        table = Table(box=box.ROUNDED, expand=True, show_lines=False, header_style="bold", padding=(0, 1))
        cells = []
        spaces = list(_even_widths(width, len(columns)))
        heads = [inert_text(f"{letter(number)}  {position.words}") for number, position in enumerate(columns, begin)]
        heights = [len(head.wrap(canvas.console, space, overflow="fold")) for head, space in zip(heads, spaces, strict=True)]
        for head, height, position, space in zip(heads, heights, columns, spaces, strict=True):
            head.append("\n" * (max(heights) - height))  # (rich sets headings at the bottom of their cells)
            table.add_column(head, width=space, overflow="fold", vertical="top")
            lines: list[Line] = []
            for claim in position.claims[:most_claims]:
                lines += [[], *claim_block(claim, pages)]
            if len(position.claims) > most_claims:
                lines += [[], [(f"... and {count_of(len(position.claims) - most_claims, 'claim')} more", "more")]]
            cells.append(stacked(lines[1:]))
        table.add_row(*cells)
        yield table
    for link in question.links[:LINKS]:
        for line in link_lines(link, question, pages):
            yield Padding(styled(line), (0, 0, 0, 2))
    yield from (Padding(Text(line), (0, 0, 0, 2)) for line in not_shown(question))


def _even_widths(width: int, columns: int) -> Iterator[int]:
    """How wide the text of each column is, borders and padding apart: told, so that rich need not measure what stands there."""
    left = width - 1 - columns
    for number in range(columns, 0, -1):
        share = -(-left // number)
        left -= share
        yield max(1, share - 2)


def rows_table(columns: list[tuple[str, str]], rows: Iterable[list[Line]], width: int, colour: bool, notes: list[str]) -> str:
    """A plain table: columns are (heading, `fold` or `keep`), cells are lines; notes stand below."""
    canvas = Canvas(width, colour)
    if canvas.width < NARROWEST_CELL * len(columns):  # too narrow for a table: one cell below the other
        below: list[RenderableType] = [Text(", ".join(heading for heading, _ in columns), "bold")]
        for row in rows:
            below += [Text(""), *(styled(cell) for cell in row)]
        return canvas.draw(*below, Text(""), *(inert_text(note) for note in notes))
    table = Table(box=box.SIMPLE_HEAD, expand=False, header_style="bold", padding=(0, 1), pad_edge=False)
    lines = max((heading.count("\n") for heading, _ in columns), default=0)
    for heading, wrapping in columns:  # (rich sets headings at the bottom of their cells)
        table.add_column(Text(heading + "\n" * (lines - heading.count("\n"))), overflow="fold", no_wrap=wrapping == "keep", vertical="top")
    for row in rows:
        table.add_row(*(styled(cell) for cell in row))
    return canvas.draw(table, *(inert_text(note) for note in notes))


def flowing(paragraphs: Iterable[tuple[Line, int]], width: int, colour: bool) -> str:
    """Lines set as running text, each indented by its number of characters."""
    canvas = Canvas(width, colour)
    return canvas.draw(*(Padding(styled(line), (0, 0, 0, indent)) for line, indent in paragraphs))
