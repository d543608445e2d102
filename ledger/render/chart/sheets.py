"""What a timeline is written on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.render.blocks import Line
from ledger.render.chart.columns import fit, folded, styled
from ledger.render.chart.lanes import PLAIN
from ledger.render.check import Style, inert, plain
from ledger.texts.dates import FAR

IN_A_PIPE = 100  # columns of a chart where there is no terminal
WIDEST = 160


class Sheet(NamedTuple):
    """What text is written on: columns (None: a pipe, lines of text stay whole), colours, the days asked for, how many lines a page has
    and how many rows a question (0: all), whether every claim is told below its chart, and whether only plain signs can be shown."""

    columns: int | None = None
    style: Style = plain
    since: int = -FAR
    until: int = FAR
    page: int = 0
    most: int = 0
    told: bool = True
    plain_signs: bool = False

    @property
    def width(self) -> int:
        """The width of charts."""
        return min(self.columns or IN_A_PIPE, WIDEST)

    @property
    def label(self) -> int:
        """The columns before a chart, at most."""
        return max(8, self.width * 2 // 5)

    def lines(self, line: Line, indent: int = 0) -> Iterator[str]:
        """A line of text, folded where it must be; no line is one that a CI runner takes for a command."""
        safe: Line = [(text.replace("##[", "## ["), role) for text, role in line]
        for part in folded(safe, None if self.columns is None else self.width - 1, indent):
            words = "".join(text for text, _ in part)
            yield styled(_broken_apart(part) if inert(words) != words else part, self.style)

    def row(self, label: str, width: int, drawn: Line) -> str:
        """A row of a chart behind its label."""
        signs: Line = [(text.translate(PLAIN), role) for text, role in drawn] if self.plain_signs else drawn
        return styled([(fit(inert(label), width) + " ", ""), *signs], self.style)


def _broken_apart(line: Line) -> Line:
    """A line that begins with `::`, with a space between the two: a runner trims what stands before them."""
    for number, (text, role) in enumerate(line):
        if ":" in text:
            return [*line[:number], (text.replace(":", ": ", 1), role), *line[number + 1 :]]
    return line
