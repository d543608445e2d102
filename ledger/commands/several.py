"""The ledgers that `--from` names, as one."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence

import click

from ledger.exchange.merging import LeftOut, Part, merged, same_places
from ledger.model import Ledger, Trouble
from ledger.reading.contents import VOCABULARY_FILE
from ledger.texts.display import one_line


def merged_ledger(named: Sequence[str], table: str | None) -> tuple[Ledger, LeftOut]:
    """One ledger of those that lie in folders and exports, `NAME=PATH` or a path whose last name is the ledger's."""
    parts: list[Part] = []
    for text in named:
        name, equals, path = text.partition("=")
        if not equals or "/" in name or os.sep in name:
            path = text
            name = os.path.basename(os.path.realpath(path))
            name = name if os.path.isdir(path) else os.path.splitext(name)[0]
        if not name or ":" in name or "/" in name:
            raise click.UsageError(f"`--from {one_line(text)}` gives the ledger no name that ids can bear: write NAME=PATH")
        if any(part.name == name for part in parts):
            raise Trouble(f"two ledgers are called {one_line(name)}: name them, `--from NAME=PATH`")
        try:
            parts.append(Part(name, *_read(path)))
        except Trouble as problem:
            raise Trouble(f"{one_line(path)}: {problem}") from None
    if not any(file.claims for part in parts for file in part.ledger.files):
        raise Trouble("none of these ledgers holds a claim")
    return merged(parts, {} if table is None else _same(table, parts))


def _read(path: str) -> tuple[Ledger, LeftOut]:
    if os.path.isdir(path) and os.path.lexists(os.path.join(path, VOCABULARY_FILE)):
        from ledger.reading.loader import load
        from ledger.reading.trees import WorkTree
        from ledger.rules import excluded

        ledger = load(WorkTree(os.path.realpath(path)))
        return ledger, excluded(ledger)
    from ledger.exchange.unpacked import unpacked

    return unpacked(path)


def _same(table: str, parts: Sequence[Part]) -> dict[str, str]:
    try:
        with open(table, encoding="utf-8-sig", newline="") as file:
            return dict(same_places(list(csv.reader(file)), parts))
    except OSError as problem:
        raise Trouble(f"{one_line(table)} can't be read: {problem.strerror}") from None
    except (csv.Error, UnicodeDecodeError) as problem:
        raise Trouble(f"{one_line(table)} can't be read as CSV in UTF-8: {problem}") from None
    except Trouble as problem:
        raise Trouble(f"{one_line(table)}: {problem}") from None
