"""The ledgers that `--from` names, as one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ledger.commands.opening import Place, Source, ledger_and_left_out, place_of
from ledger.commands.options import Command
from ledger.model import Ledger, Trouble
from ledger.reading.contents import VOCABULARY_FILE
from ledger.texts.display import one_line

if TYPE_CHECKING:  # what merges ledgers is imported when some are merged
    from ledger.exchange.merging import LeftOut, Part

NONE = "none of these ledgers holds a claim"


def of_several_ledgers(function: Command) -> Command:
    """Add `--from` and `--same-places`; they arrive as `several` and `same_places`."""
    for option in (
        click.option(
            "--same-places",
            metavar="TABLE",
            help="With --from: a CSV file; its heads name ledgers, each row has the ids of one place in them.",
        ),
        click.option(
            "--from",
            "several",
            metavar="[NAME=]PATH",
            multiple=True,
            help="Of several ledgers as one: folders, or exports (sqlite, csv, parquet); repeatable.",
        ),
    ):
        function = option(function)
    return function


def refuse_one_and_several(source: Source, several: Sequence[str], table: str | None) -> None:
    """Refuse options of which some name one ledger and others several."""
    if several and (source.folder is not None or source.staged or source.revision is not None):
        raise click.UsageError("`--from` names the ledgers: it takes neither `-C` nor `--rev` nor `--staged`")
    if table is not None and not several:
        raise click.UsageError("`--same-places` goes with `--from`")


def ledger_asked(source: Source, several: Sequence[str], table: str | None) -> tuple[Ledger, LeftOut, Place | None]:
    """The ledger that is asked about, which of its claims take no part, and where it lies (None: it is several as one)."""
    refuse_one_and_several(source, several, table)
    if several:
        return *merged_ledger(several, table), None
    place = place_of(source)
    return *ledger_and_left_out(place.tree), place


def merged_ledger(named: Sequence[str], table: str | None) -> tuple[Ledger, LeftOut]:
    """One ledger of those that lie in folders and exports, `NAME=PATH` or a path whose last name is the ledger's."""
    from ledger.exchange.merging import Part, merged

    parts: list[Part] = []
    for name, path in names_and_paths(named):
        try:
            parts.append(Part(name, *read_ledger(path)))
        except Trouble as problem:
            raise Trouble(f"{one_line(path)}: {problem}") from None
    if not any(file.claims for part in parts for file in part.ledger.files):
        raise Trouble(NONE)
    return merged(parts, {} if table is None else same_places_in(table, parts))


def names_and_paths(named: Sequence[str]) -> list[tuple[str, str]]:
    """The name and the path of each ledger."""
    found: dict[str, str] = {}
    for text in named:
        name, equals, path = text.partition("=")
        if not equals or "/" in name or os.sep in name:
            path = text
            name = os.path.basename(os.path.realpath(path))
            name = name if os.path.isdir(path) else os.path.splitext(name)[0]
        if not name or ":" in name or "/" in name:
            raise click.UsageError(f"`--from {one_line(text)}` gives the ledger no name that ids can bear: write NAME=PATH")
        if name in found:
            raise Trouble(f"two ledgers are called {one_line(name)}: name them, `--from NAME=PATH`")
        found[name] = path
    return list(found.items())


def read_ledger(path: str) -> tuple[Ledger, LeftOut]:
    """The ledger that lies in a folder, or in an export."""
    if os.path.isdir(path) and os.path.lexists(os.path.join(path, VOCABULARY_FILE)):
        from ledger.reading.loader import load
        from ledger.reading.trees import WorkTree
        from ledger.rules import excluded

        ledger = load(WorkTree(os.path.realpath(path)))
        return ledger, excluded(ledger)
    from ledger.exchange.unpacked import unpacked

    return unpacked(path)


def same_places_in(table: str, parts: Sequence[Part]) -> dict[str, str]:
    """What a table says of places that are one: CSV with `,`, `;` or tabs, as spreadsheets write it."""
    from ledger.exchange.csv_texts import Misread, decoded, rows_of
    from ledger.exchange.merging import same_places

    try:
        with open(table, "rb") as file:
            data = file.read()
    except OSError as problem:
        raise Trouble(f"{one_line(table)} can't be read: {problem.strerror}") from None
    try:
        return dict(same_places(list(rows_of(decoded(data))), parts))
    except Misread as problem:
        raise Trouble(f"{one_line(table)}:{problem.line}: {problem}") from None
    except Trouble as problem:
        raise Trouble(f"{one_line(table)}: {problem}") from None
