"""One seed with its quotes marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from ledger.answers.excerpts import marked
from ledger.model import ClaimsFile
from ledger.render.apart import parts_apart
from ledger.render.blocks import Line
from ledger.texts.display import one_line, visible


def seed_lines(file: ClaimsFile) -> list[tuple[Line, int]]:
    """A seed with all its quotes marked, paragraph by paragraph; what is passed over is marked as such."""
    seed = file.seed
    assert seed is not None
    parts = [seed.paragraph(paragraph) for paragraph in seed.paragraphs]
    quoted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    named: dict[int, set[str]] = defaultdict(set)
    passed: set[int] = set()
    for claim in file.claims:
        for span in claim.found.spans if claim.found.ways else ():
            for number in _touched(parts, span):
                quoted[number].append(span)
                named[number].add(claim.id)
    for entry in file.passed_over:
        passed.update(number for span in (entry.found.spans if entry.found.ways else ()) for number in _touched(parts, span))
    shown: list[tuple[Line, int]] = []
    for number, (start, end) in enumerate(parts):
        line: Line = [(f"{seed.line(start):4} ", "where")]
        inside = _joined([(max(start, a), min(end, b)) for a, b in quoted.get(number, ())])
        words: Line = [
            (f"«{visible(text)}»" if role == "quote" else visible(text), "who" if role == "quote" else "beside")
            for text, role in marked(seed, end, start, inside)
        ]
        shown.append(([*line, *parts_apart(words)], 0))
        shown += [([("     " + one_line(name), "id")], 0) for name in sorted(named.get(number, ()))]
        shown += [([("     passed over", "passed")], 0)] if number in passed else []
    return shown


def _touched(parts: list[tuple[int, int]], span: tuple[int, int]) -> range:
    """The numbers of the paragraphs that a span lies in."""
    first = bisect_right(parts, span[0], key=lambda part: part[1])
    return range(first, max(first, bisect_left(parts, span[1], key=lambda part: part[0])))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap or touch, as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
