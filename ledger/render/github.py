"""Remarks as GitHub's workflow commands, which become annotations on the lines of a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.render.annotations import LEVELS, Remark
from ledger.texts.display import count_of, one_line

SHOWN = 10  # of each level, by GitHub


def escaped(text: str) -> str:
    """A message as GitHub's toolkit escapes it, on one line, with nothing in it that the runner takes for a command."""
    return one_line(text).replace("##[", "## [").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """A property of a command: what separates properties is escaped too."""
    return escaped(text).replace(":", "%3A").replace(",", "%2C")


def to_github(remarks: Sequence[Remark], prefix: str) -> Iterator[str]:
    """One command a remark, most serious first, then a plain line that says how many of them GitHub shows. `prefix` leads from the
    repository's top folder to the ledger."""
    for remark in remarks:
        place = f"file={escaped_property(prefix + remark.path)},line={remark.line},col={remark.column}"
        yield f"::{remark.level} {place},title={escaped_property(remark.title)}::{escaped(remark.message)}\n"
    counts = Counter(remark.level for remark in remarks)
    told = [f"{min(SHOWN, counts[level])} of {count_of(counts[level], level)}" for level in LEVELS if counts[level]]
    yield f"annotations that GitHub shows, {SHOWN} of each level at most: {', '.join(told)}\n" if told else "nothing to annotate\n"
