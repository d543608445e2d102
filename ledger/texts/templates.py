"""Sentences with gaps, as `says` and `denied` of a property are written: `{subject} forces have entered {place}`."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.texts.display import one_line, shorten

GAPS = ("place", "value", "subject")


class TemplateProblem(ValueError):
    """A sentence that can't be read; the text says why."""


def gaps_of(template: str) -> frozenset[str]:
    """Which gaps a sentence has; raises TemplateProblem for a brace without its other and for a gap that nothing goes into."""
    return frozenset(gap for _, gap in _pieces(template) if gap)


def fill(template: str, words: Mapping[str, str]) -> str:
    """The sentence with its gaps filled, on one line. What goes in is text: a brace in it is a brace."""
    parts = []
    for text, gap in _pieces(template):
        parts += [text, words.get(gap, "")] if gap else [text]
    return one_line("".join(parts))


def capitalised(sentence: str) -> str:
    """A sentence with a capital first letter; the others stay (`iPhone`, `de Gaulle` too become `IPhone`, `De Gaulle`)."""
    first = sentence[:1]
    return (first.upper() if len(first.upper()) == 1 else first) + sentence[1:]


def _pieces(template: str) -> list[tuple[str, str]]:
    """The texts of a sentence, each with the gap behind it (empty behind the last)."""
    found = []
    rest = template
    while rest:
        text, opened, behind = rest.partition("{")
        if "}" in text:
            raise TemplateProblem("a `}` closes what no `{` opens")
        if not opened:
            found.append((text, ""))
            break
        gap, closed, rest = behind.partition("}")
        if not closed or "{" in gap:
            raise TemplateProblem("a `{` is not closed")
        if gap not in GAPS:
            raise TemplateProblem(f"nothing goes into `{{{shorten(gap, 40)}}}`" if gap.strip() else "nothing stands between `{` and `}`")
        found.append((text, gap))
    return found
