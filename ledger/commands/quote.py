"""`ledger quote WORDS`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ledger.answers.excerpts import marked
from ledger.commands.opening import Source, ledger_at, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import write, write_lines
from ledger.model import Ledger
from ledger.render.blocks import Line
from ledger.render.check import dumps, inert
from ledger.texts.display import one_line, visible
from ledger.writing.quoting import Quoted, lines_to_paste, quoted
from ledger.writing.scalars import scalar


@click.command("quote")
@click.argument("words", nargs=-1, required=True)
@click.option("--seed", metavar="FILE", help="Look in this seed alone.")
@format_option("text", "json")
@reads_a_ledger
def command(source: Source, words: Sequence[str], seed: str | None, form: str) -> int:
    """Find words in the seeds, near misses too, and print the lines to paste. `FIRST .. LAST` is all from some words to others."""
    ledger: Ledger = ledger_at(place_of(source), without_claims=True)
    found = quoted(ledger, " ".join(words), seed)
    if form == "json":
        write(dumps({"schema_version": 1, "passages": [_record(each) for each in found]}))
        return 0 if found else 1
    if not found:
        write("no seed has these words, or any near to them")
        return 1
    for number, each in enumerate(found):
        write_lines([*([([("", "")], 0)] if number else []), *_told(each)])
        for field, text in lines_to_paste(each):
            write(inert(f"  {field}: {scalar(text)}"))
    return 0


def _record(each: Quoted) -> dict[str, object]:
    start, end = each.sentence
    return {
        "seed": each.seed.name,
        "path": each.path,
        "line": each.line,
        "differs": each.passage.how or None,
        "quote": each.quote,
        "before": each.beside.get("before"),
        "after": each.beside.get("after"),
        "unique": each.can_be_told,
        "sentence": each.seed.folded[start:end],
    }


def _told(each: Quoted) -> list[tuple[Line, int]]:
    """Where it stands, how it differs, and its sentence with the words marked."""
    head: Line = [(f"seeds/{one_line(each.seed.name)}, line {each.line}", "where"), (f" ({one_line(each.path)})", "label")]
    if each.passage.how:
        head.append((f": {each.passage.how}", "open"))
    start, end = each.sentence
    sentence: Line = [
        (f"«{visible(text)}»" if role == "quote" else visible(text), "who" if role == "quote" else "beside")
        for text, role in marked(each.seed, end, start, list(each.passage.spans))
    ]
    lines = [(head, 0), (sentence, 2)]
    if not each.can_be_told:
        lines.append(([("the words stand more than once, and nothing beside them tells which: quote more of them", "open")], 2))
    return lines
