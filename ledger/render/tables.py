"""Tables for a terminal. This module alone imports rich; data reaches it only as Text, never as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.control import strip_control_codes
from rich.text import Span, Text

from ledger.conflicts.questions import Question
from ledger.render.apart import line_apart, lines_closed
from ledger.render.blocks import Line, Pages
from ledger.render.check import inert
from ledger.render.conflicts import line_text, not_shown, with_heading
from ledger.render.questions import ALL, SHORT, SMALLER, Column, Measure, columns_of, contradicted, heading, left_out, question_block
from ledger.texts.display import count_of
from ledger.texts.widths import fold_offsets, text_width

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
    """What lines are drawn on: `width` columns, coloured or not. Where lines end is told by our own count of columns; rich colours them."""

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
            _environ={},  # (rich reads COLUMNS and others itself, and fails on a number of thousands of digits)
        )
        self.colour = colour

    def draw(self, lines: Iterable[Line]) -> str:
        """What lines look like that are no wider than this."""
        drawn = [[(safe(text), role) for text, role in line] for line in lines]
        if not drawn:
            return ""
        if self.colour:
            self.stream.seek(0)
            self.stream.truncate()
            self.console.print(stacked(drawn), soft_wrap=True)
            written = self.stream.getvalue()
        else:
            written = "".join("".join(text for text, _ in line) + "\n" for line in drawn)
        return "\n".join(inert(line.rstrip()) for line in written.split("\n"))

    def set(self, line: Line, indent: int = 0, hanging: int = 0) -> Iterator[Line]:
        """A line as running text, `indent` columns deep, its further lines `hanging` columns deeper."""
        for number, part in enumerate(wrapped(line, max(1, self.width - indent - hanging))):
            yield [(" " * (indent + hanging * bool(number)), ""), *part]


def safe(text: str) -> str:
    """A text in which no CI runner finds a command, broken apart before it is laid out so that every line keeps its width."""
    return strip_control_codes(text.replace("##[", "## ["))


def stacked(lines: Iterable[Line]) -> Text:
    """Several lines as one Text, made at once: put together piece by piece it would take as long as laying it out."""
    pieces: list[str] = []
    spans: list[Span] = []
    place = 0
    for number, line in enumerate(lines):
        for piece, role in [("\n", ""), *line] if number else line:
            style = STYLES.get(role, "")
            if style and piece:
                spans.append(Span(place, place + len(piece), style))
            pieces.append(piece)
            place += len(piece)
    return Text("".join(pieces), spans=spans)


def wrapped(line: Line, width: int) -> list[Line]:
    """A line folded to a width at white space, and where it has line ends of its own; a word that is longer is broken."""
    lines: list[Line] = [[]]
    for text, role in line_apart(line):
        for number, piece in enumerate(safe(text).expandtabs(8).split("\n")):
            if number:
                lines.append([])
            lines[-1].append((piece, role))
    return lines_closed([part for each in lines for part in _folded(each, width)])


def _folded(line: Line, width: int) -> Iterator[Line]:
    whole = "".join(text for text, _ in line)
    if whole.isascii() and len(whole) <= width:
        yield line
        return
    ends = fold_offsets(whole, width)
    current: Line = []
    place = 0
    for text, role in line:
        while ends and place + len(text) >= ends[0]:
            cut = ends.pop(0) - place
            current.append((text[:cut], role))
            yield _without_end(current)
            current, text, place = [], text[cut:], place + cut
        current.append((text, role))
        place += len(text)
    yield _without_end(current)


def _without_end(line: Line) -> Line:
    """A line without white space at its end."""
    while line and not line[-1][0].rstrip():
        line.pop()
    return [*line[:-1], (line[-1][0].rstrip(), line[-1][1])] if line else []


def conflicts_told(
    questions: Iterable[Question], places: list[str], notes: list[str], pages: Pages, width: int, colour: bool, full: bool
) -> Iterator[str]:
    """Question by question, each on a screen at most unless all is asked for in `full`; those of tensions behind their heading; an overview
    of `places` before, and `notes` below."""
    canvas = Canvas(width, colour)
    if places:
        more = [f"... and {count_of(len(places) - 40, 'place')} more"] if len(places) > 40 else []
        lines: list[tuple[Line, int]] = [([("  " + line, "")], 0) for line in [*places[:40], *more]]
        yield _set([([("Where claims contradict each other", "heading")], 0), *lines], canvas)
        yield "\n"
    cut = False
    for question, told_of, section in with_heading(questions):
        yield _set([([(section, "section")], 0), ([], 0)], canvas) if section else ""
        drawn, whole = _question(question, told_of, pages, canvas, full)
        cut = cut or not whole
        yield drawn + "\n"
    notes = [*notes, "--full shows all of every question; so does a pipe"] if cut else notes
    yield _set((([(line, "" if number else "heading")], 0) for number, line in enumerate(notes)), canvas)


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
    """Lines as running text, each as deep as it is said to stand; of what stands at the letters of positions, the lines below the first a
    little deeper."""
    return canvas.draw(part for line, indent in lines for part in canvas.set(line, indent, HANGING * (indent == LETTERS)))


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
            tables = (line for row, wide in zip(rows, widths, strict=True) for line in _row_of_columns(row, wide))
            return (
                _set([(heading(question, pages, places), 0)], canvas)
                + canvas.draw(tables)
                + _set([*contradicted(question, pages, measure), *below], canvas)
            )
    return ""


def _fits(column: Column, width: int) -> bool:
    """Whether the ids and addresses of a column stand in it unbroken."""
    return all(text_width(part) <= width for claim in column.claims for line in claim for part, role in line if role in ("id", "where"))


def _row_of_columns(columns: list[Column], widths: list[int]) -> Iterator[Line]:
    """Positions side by side: what each says as its heading, who said so below."""
    heads = [
        [part for label in column.labels for part in wrapped(_bold(label), width)] for column, width in zip(columns, widths, strict=True)
    ]
    cells = [
        [part for line in _cell(column, width) for part in wrapped(line, width)] for column, width in zip(columns, widths, strict=True)
    ]
    yield [(_border("╭┬╮", widths), "")]
    yield from _side_by_side(heads, widths, ("│ ", " │ ", " │"))
    yield [(_border("├┼┤", widths), "")]
    yield from _side_by_side(cells, widths, ("│ ", " │ ", " │"))
    yield [(_border("╰┴╯", widths), "")]


def _bold(line: Line) -> Line:
    return [(text, role if STYLES.get(role) else "label") for text, role in line]


def _border(corners: str, widths: Sequence[int]) -> str:
    return corners[0] + corners[1].join("─" * (width + 2) for width in widths) + corners[2]


def _side_by_side(cells: Sequence[list[Line]], widths: Sequence[int], borders: tuple[str, str, str]) -> Iterator[Line]:
    """The lines of cells side by side, each padded to its width, with what stands before, between and behind them."""
    before, between, behind = borders
    for number in range(max(map(len, cells))):
        line: Line = []
        for cell, width in zip(cells, widths, strict=True):
            part = cell[number] if number < len(cell) else []
            room = width - sum(text_width(text) for text, _ in part)
            line += [(between if line else before, ""), *part, (" " * room, "")]
        yield [*line, (behind, "")]


def _cell(column: Column, width: int) -> Iterator[Line]:
    """The lines of a cell: an empty one between claims, and an id below its address where both are too long for a line."""
    for number, claim in enumerate(column.claims):
        if number:
            yield []
        for line in claim:
            if line and line[-1][1] == "id" and text_width(line_text(line)) > width:
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
    below: list[tuple[Line, int]] = [([(note, "")], 0) for note in notes]
    if canvas.width < NARROWEST_CELL * len(columns):  # too narrow for a table: one cell below the other
        heads: Line = [(", ".join(heading for heading, _ in columns), "label")]
        cells: list[tuple[Line, int]] = [(line, 0) for row in rows for line in ([], *row)]
        return _set([(heads, 0), *cells, ([], 0), *below], canvas)
    table: list[list[Line]] = [[[(head, "label")] for head, _ in columns], *rows]
    widths = _fitting([max(_widest(row[number]) for row in table) for number in range(len(columns))], columns, canvas.width)
    most = max((head.count("\n") for head, _ in columns), default=0)
    drawn: list[list[list[Line]]] = [[wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)] for row in table]
    for cell, (head, _) in zip(drawn[0], columns, strict=True):
        cell += [[]] * (most - head.count("\n"))
    tallest = max(map(len, drawn[0]))
    drawn[0] = [[*[[]] * (tallest - len(cell)), *cell] for cell in drawn[0]]  # what was folded stands at the bottom
    borders = (" ", "   ", "")
    lines: list[Line] = [[], *_side_by_side(drawn[0], widths, borders), [(" " + "─" * (sum(widths) + 3 * (len(widths) - 1)), "")]]
    for row in drawn[1:]:
        lines += _side_by_side(row, widths, borders)
    return canvas.draw([*lines, []]) + _set(below, canvas)


def _widest(cell: Line) -> int:
    """How wide a cell would be that is folded nowhere."""
    return max(map(text_width, line_text(cell).split("\n")))


def _fitting(widths: list[int], columns: Sequence[tuple[str, str]], width: int) -> list[int]:
    """The widths of columns made to fit, with the room beside them: of those that may be folded the widest give room first."""
    room = width - len(widths) - 1
    beside = [min(2, len(widths) - 1) - (number in (0, len(widths) - 1) and len(widths) > 1) for number in range(len(widths))]
    widths = [min(wide + more, room) or 1 for wide, more in zip(widths, beside, strict=True)]
    folding = [number for number, (_, wrapping) in enumerate(columns) if wrapping == "fold"]
    while (over := sum(widths) - room) > 0 and any(widths[number] for number in folding):
        widest = max(widths[number] for number in folding)
        less = widest - max((widths[number] for number in folding if widths[number] < widest), default=0)
        _narrow(widths, [number for number in folding if widths[number] == widest], over, less)
    _narrow(widths, range(len(widths)), max(0, over), width)
    return [max(1, wide - more) for wide, more in zip(widths, beside, strict=True)]


def _narrow(widths: list[int], giving: Sequence[int], over: int, most: int) -> None:
    """Take what is over from some columns, as evenly as can be and at most so much from each."""
    for number, column in enumerate(giving):
        less = min(most, over, widths[column], round(over / (len(giving) - number)))
        widths[column] -= less
        over -= less


def flowing(paragraphs: Iterable[tuple[Line, int]], width: int, colour: bool) -> str:
    """Lines set as running text, each indented by its number of characters."""
    canvas = Canvas(width, colour)
    return canvas.draw(part for line, indent in paragraphs for part in canvas.set(line, indent))
