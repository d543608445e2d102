"""Tables for a terminal. This module alone imports rich; data reaches it only as Text, never as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.control import strip_control_codes
from rich.padding import Padding
from rich.table import Table
from rich.text import Span, Text

from ledger.conflicts.questions import Question
from ledger.render.blocks import Line, Pages
from ledger.render.check import inert
from ledger.render.conflicts import line_text, not_shown, with_heading
from ledger.render.questions import ALL, SHORT, SMALLER, Column, Measure, columns_of, contradicted, heading, left_out, question_block
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


def conflicts_told(
    questions: Iterable[Question], places: list[str], notes: list[str], pages: Pages, width: int, colour: bool, full: bool
) -> Iterator[str]:
    """Question by question, each on a screen at most unless all is asked for in `full`; those of tensions behind their heading; an overview
    of `places` before, and `notes` below."""
    canvas = Canvas(width, colour)
    if places:
        yield canvas.draw(Text("Where claims contradict each other", "bold"), *(inert_text("  " + line) for line in places[:40]))
        if len(places) > 40:
            yield canvas.draw(Text(f"  ... and {count_of(len(places) - 40, 'place')} more"))
        yield "\n"
    cut = False
    for question, told_of, section in with_heading(questions):
        yield canvas.draw(Text(section, STYLES["section"]), Text("")) if section else ""
        drawn, whole = _question(question, told_of, pages, canvas, full)
        cut = cut or not whole
        yield drawn + "\n"
    notes = [*notes, "--full shows all of every question; so does a pipe"] if cut else notes
    yield canvas.draw(*(inert_text(line, "bold" if not number else "") for number, line in enumerate(notes)))


SCREEN = 36  # lines of one question
LETTERS, HANGING = 2, 3  # where the letters of its positions stand, and how much deeper what they begin goes on
NARROWEST_COLUMN = 38  # characters of a position beside another, its border with it


def _question(question: Question, places: Sequence[str], pages: Pages, canvas: Canvas, full: bool) -> tuple[str, bool]:
    """A question in as many lines as a screen has, or in full; and whether that is all of it."""
    smaller = () if full else SHORT if not question.contradictions else SMALLER
    for measure in (ALL, *smaller) if full or question.contradictions else smaller:
        missing = left_out(question, measure)
        block = question_block(question, pages, measure, places)
        too_much = sum(max(1, len(line_text(line)) // canvas.width) for line, _ in block) > SCREEN * canvas.width // NARROWEST_COLUMN
        if too_much and smaller and measure is not smaller[-1]:
            continue  # (not worth drawing)
        below: list[tuple[Line, int]] = [([(line, "more")], 2) for line in [*missing, *not_shown(question)]]
        beside = _beside(question, places, pages, measure, below, canvas) if question.contradictions else ""
        drawn = beside or _set([*block, *below], canvas)
        if not smaller or drawn.count("\n") <= SCREEN or measure is smaller[-1]:
            return drawn, not missing and measure.words == 2
    raise AssertionError("the last measure is always drawn")


def _set(lines: Iterable[tuple[Line, int]], canvas: Canvas) -> str:
    """Lines as running text, each as deep as it is said to stand."""
    return canvas.draw(*(part for line, indent in lines for part in _hanging(line, indent, canvas)))


def _hanging(line: Line, indent: int, canvas: Canvas) -> Iterator[RenderableType]:
    """A line set as running text; of what stands at the letters of positions, the lines below the first a little deeper."""
    text = styled(line)
    if indent != LETTERS:
        yield Padding(text, (0, 0, 0, indent))
        return
    for number, part in enumerate(text.wrap(canvas.console, max(1, canvas.width - indent - HANGING))):
        part.rstrip()
        yield Padding(part, (0, 0, 0, indent + HANGING * bool(number)))


def _beside(
    question: Question, places: Sequence[str], pages: Pages, measure: Measure, below: list[tuple[Line, int]], canvas: Canvas
) -> str:
    """A question with its positions side by side, as many as fit; nothing where no two do, or where an id or an address would be broken."""
    columns = columns_of(question, pages, measure)
    for fitting in range(min(len(columns), (canvas.width - 1) // NARROWEST_COLUMN), 1, -1):
        rows_needed = -(-len(columns) // fitting)
        each = -(-len(columns) // rows_needed)  # as many in each row as can be, so that no row is left with one
        rows = [columns[begin : begin + each] for begin in range(0, len(columns), each)]
        widths = [list(_even_widths(canvas.width, len(row))) for row in rows]
        if all(_fits(column, width) for row, wide in zip(rows, widths, strict=True) for column, width in zip(row, wide, strict=True)):
            tables = [_row_of_columns(row, wide, canvas) for row, wide in zip(rows, widths, strict=True)]
            return (
                _set([(heading(question, pages, places), 0)], canvas)
                + canvas.draw(*tables)
                + _set([*contradicted(question, pages, measure), *below], canvas)
            )
    return ""


def _fits(column: Column, width: int) -> bool:
    """Whether the ids and addresses of a column stand in it unbroken."""
    return all(cell_len(part) <= width for claim in column.claims for line in claim for part, role in line if role in ("id", "where"))


def _row_of_columns(columns: list[Column], widths: list[int], canvas: Canvas) -> Table:
    """Positions side by side: what each says as its heading, who said so below."""
    table = Table(box=box.ROUNDED, expand=True, show_lines=False, header_style="bold", padding=(0, 1))
    heads = [stacked(column.labels) for column in columns]
    heights = [len(head.wrap(canvas.console, width, overflow="fold")) for head, width in zip(heads, widths, strict=True)]
    for head, height, width in zip(heads, heights, widths, strict=True):
        head.append("\n" * (max(heights) - height))  # (rich sets headings at the bottom of their cells)
        table.add_column(head, width=width, overflow="fold", vertical="top")
    table.add_row(*(stacked(_cell(column, width)) for column, width in zip(columns, widths, strict=True)))
    return table


def _cell(column: Column, width: int) -> Iterator[Line]:
    """The lines of a cell: an empty one between claims, and an id below its address where both are too long for a line."""
    for number, claim in enumerate(column.claims):
        if number:
            yield []
        for line in claim:
            if line and line[-1][1] == "id" and cell_len(line_text(line)) > width:
                yield [part for part in line[:-1] if part[0].strip()]
                yield line[-1:]
            else:
                yield line


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
    lines = max((head.count("\n") for head, _ in columns), default=0)
    for head, wrapping in columns:  # (rich sets headings at the bottom of their cells)
        table.add_column(Text(head + "\n" * (lines - head.count("\n"))), overflow="fold", no_wrap=wrapping == "keep", vertical="top")
    for row in rows:
        table.add_row(*(styled(cell) for cell in row))
    return canvas.draw(table, *(inert_text(note) for note in notes))


def flowing(paragraphs: Iterable[tuple[Line, int]], width: int, colour: bool) -> str:
    """Lines set as running text, each indented by its number of characters."""
    canvas = Canvas(width, colour)
    return canvas.draw(*(Padding(styled(line), (0, 0, 0, indent)) for line, indent in paragraphs))
