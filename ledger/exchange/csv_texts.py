"""A table as spreadsheets write it as text: in UTF-8 or UTF-16, its cells parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from ledger.model import Trouble


class Misread(Trouble):
    """What is wrong with a line of a table."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or, as Excel's "Unicode text" is, in UTF-16 that says so. Raises Misread."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Misread(data.count(b"\n", 0, problem.start) + 1, "this is not UTF-8: save the table as `CSV UTF-8`") from None


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, each with the line on which it ends. Raises Misread."""
    named = re.match(r"sep=([,;\t])\r?\n", text)  # (what Excel writes above a table, and takes away again)
    above, text = (1, text[named.end() :]) if named is not None else (0, text)
    try:
        parted = csv.Sniffer().sniff(text.split("\n", 1)[0], delimiters=",;\t").delimiter
    except csv.Error:
        parted = ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True)
    try:
        yield from ((reader.line_num + above, row) for row in reader if row)
    except csv.Error as problem:
        raise Misread(reader.line_num + above, f"this can't be read as CSV: {problem}") from None
