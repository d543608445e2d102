"""`ledger-html 1`: the words of a page in the order in which they stand there. Frozen: a better rule is number 2.

A paragraph is what stands in one block (`p`, `div`, a heading, an item of a list, a row of a table), with an empty line behind it; `br` ends
a line, two of them a paragraph; between the cells of a row stands a tab. White space is one space, but in `pre`. Raised and lowered
digits are written as such (`10<sup>6</sup>` is 10⁶, never 106), `q` is put in quotation marks. Scripts, styles, drawings, what can be
chosen or filled in, and what is only shown where scripts do not run is left out; what a style hides is not, since only a browser knows.
"""

from __future__ import annotations

import re

from ledger.writing.capture.charsets import Decoded, decode
from ledger.writing.capture.html_tokens import END, RAW, START, WORDS, tokens
from ledger.writing.capture.references import read_references

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "details",
        "dialog",
        "dd",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "xmp",
        "listing",
        "plaintext",
    ]
)
_CELLS = frozenset(("td", "th"))
_PRE = frozenset(("pre", "listing", "xmp"))
_LEFT_OUT = frozenset(("svg", "select", "datalist", "template", "canvas", "audio", "video"))  # with all that stands within
_RAW_SHOWN = frozenset(("xmp",))
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RUN = re.compile("[\t\n\f\r ]+")
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127))
_BLANK = "\t\n\f\r \xa0\u200b\u2003\u2009\u3000\ufeff"  # what is nothing, at the ends of a line and alone in one
_GAP = "\0"  # between two cells: no text has it
_SHADOW = re.compile(r"(?:^|[\t\n\f\r /])shadowroot(?:mode)?[\t\n\f\r ]*=", re.IGNORECASE | re.ASCII)


def html_text(data: bytes, beside: str = "") -> tuple[str, Decoded]:
    """The words of a page, and how its bytes were read; `beside` is the charset that was declared beside them."""
    decoded = decode(data, beside)
    return words_of(decoded.text), decoded


def words_of(page: str) -> str:
    """The words of a page that was decoded: paragraphs with empty lines between, a line end behind the last."""
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    writer = _Writer()
    start, never = 0, frozenset[str]()
    while start >= 0:
        start, never = _walk(page, start, never, writer)
    writer.end_paragraph()
    return "\n\n".join(writer.paragraphs) + "\n" if writer.paragraphs else ""


def _walk(page: str, start: int, never: frozenset[str], writer: _Writer) -> tuple[int, frozenset[str]]:
    """Write what stands from `start` on. An element that is left out and never ends would take all with it: then gives where its content
    begins, and the names of which none is left out any more; -1 where all was written."""
    leaving, depth, begun = "", 0, -1
    for kind, name, text, end in tokens(page, start):
        if leaving:
            if name == leaving and kind in (START, END):
                depth += 1 if kind == START else -1
                leaving = leaving if depth else ""
        elif kind == WORDS:
            writer.words(read_references(text))
        elif kind == RAW:
            if name in _RAW_SHOWN:
                writer.words(text)
        elif kind == START and name in _LEFT_OUT and name not in never and not (name == "template" and _SHADOW.search(text)):
            if not (name == "svg" and text.endswith("/")):
                leaving, depth, begun = name, 1, end
        else:
            writer.tag(name, kind == START)
    return (begun, never | {leaving}) if leaving else (-1, never)


class _Writer:
    """The paragraphs written so far, the lines of the one that is open, and the pieces of its last line."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._pre = self._raised = self._lowered = 0

    def words(self, text: str) -> None:
        """Put words behind the others."""
        text = text.translate(_CONTROLS) if not text.isprintable() else text
        if self._raised:
            text = text.translate(_RAISED)
        elif self._lowered:
            text = text.translate(_LOWERED)
        if not self._pre:
            self._pieces.append(text)
            return
        first, *others = text.split("\n")
        self._pieces.append(first)
        for line in others:
            self.end_line()
            self._pieces.append(line)

    def tag(self, name: str, opens: bool) -> None:
        """What a tag does to the text."""
        if name in _BLOCKS:
            self.end_paragraph()
            if name in _PRE:
                self._pre = self._pre + 1 if opens else max(0, self._pre - 1)
        elif name == "br":
            self.end_line()
        elif name in _CELLS:
            if opens:
                self._pieces.append(_GAP)
        elif name == "sup":
            self._raised = self._raised + 1 if opens else max(0, self._raised - 1)
        elif name == "sub":
            self._lowered = self._lowered + 1 if opens else max(0, self._lowered - 1)
        elif name == "q":
            self._pieces.append('"')

    def end_line(self) -> None:
        """End the line; an empty one ends the paragraph."""
        line = "".join(self._pieces)
        self._pieces.clear()
        if self._pre:
            line = line.replace(_GAP, "\t").rstrip(_BLANK)
        else:
            cells = [_RUN.sub(" ", cell).strip(_BLANK) for cell in line.split(_GAP)]
            line = "\t".join(cells).strip("\t")
        if line:
            self._lines.append(line)
        elif self._lines:
            self._end_lines()

    def end_paragraph(self) -> None:
        """End the paragraph; what was raised or lowered in it is so no more."""
        self.end_line()
        self._end_lines()
        self._raised = self._lowered = 0

    def _end_lines(self) -> None:
        if self._lines:
            self.paragraphs.append("\n".join(self._lines))
            self._lines = []
