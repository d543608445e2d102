"""`ledger init [DIR]`."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from ledger.commands.options import dry_run_option
from ledger.commands.outputs import write, write_beside
from ledger.model import Trouble
from ledger.reading.checkouts import top_folder
from ledger.reading.contents import VOCABULARY_FILE
from ledger.render.check import dumps, inert
from ledger.render.schema import claims_schema
from ledger.render.vocabulary_schema import vocabulary_schema
from ledger.texts.display import one_line
from ledger.writing.edits import Edit
from ledger.writing.starting import EXAMPLE_CLAIMS, SIDES, WORKFLOW, starter_files

NEXT = (
    "next:",
    "  git init && git add . && git commit -m 'A new ledger'",
    "  ledger seed add FILE          take in a text: a saved page, a PDF, subtitles, messages, an address",
    "  ledger.yaml                   name the places and who speaks, as texts speak of them",
    "  ledger check",
)
NEXT_OF_EXAMPLE = (
    "next:",
    "  ledger check                  whether all is sound",
    "  ledger conflicts              what contradicts what, with both quotes",
    "  ledger show millbrook-twelve-dead",
    "  ledger seeds example-flood    the text, its quotes marked",
)


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=os.curdir)
@click.option(
    "--sides", metavar="ONE,OTHER", default=",".join(SIDES), help="The two parties, as ids: ukraine,russia (without: north,south)."
)
@click.option("--place", "places", metavar="[ID=]NAME", multiple=True, help="A place to begin with; repeatable.")
@click.option("--claimant", "claimants", metavar="[ID=]NAME", multiple=True, help="Somebody who speaks; repeatable.")
@click.option("--example", is_flag=True, help="With a small invented text and claims out of it, to try things on.")
@dry_run_option()
@click.pass_obj
def command(
    elsewhere: str | None, folder: str, sides: str, places: tuple[str, ...], claimants: tuple[str, ...], example: bool, dry_run: bool
) -> int:
    """Make a folder a ledger: a vocabulary to begin with, what git and editors need, and a workflow that checks pull requests.

    No file that is there is written over.
    """
    if elsewhere is not None:
        raise click.UsageError("`init` names its folder behind it (`ledger init DIR`), not with `-C`")
    parties = tuple(side.strip() for side in sides.split(","))
    if len(parties) != 2:
        raise click.UsageError("`--sides` names two parties, with a comma between: ukraine,russia")
    files = starter_files((parties[0], parties[1]), places, claimants, example)
    if os.path.lexists(os.path.join(folder, VOCABULARY_FILE)):
        raise Trouble(f"there is a ledger in {one_line(folder)} already: nothing was written")
    if dry_run and not os.path.isdir(folder):
        _tell(files, [], "would be written")
        return 0
    made = _made(folder)
    try:
        written, kept = _written(os.path.realpath(folder), files, dry_run)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                os.rmdir(path)
        raise
    _tell(written, kept, "would be written" if dry_run else "written")
    if not dry_run:
        where = [] if os.path.realpath(folder) == os.path.realpath(os.curdir) else [f"  cd {one_line(folder)}"]
        lines = NEXT_OF_EXAMPLE if example else NEXT
        write("\n".join(map(inert, [lines[0], *where, *lines[1:]])))
    return 0


def _made(folder: str) -> list[str]:
    """Make a folder where there is none, and those above it; gives those that were made. Raises Trouble where that can't be."""
    missing, made = [], []
    path = os.path.abspath(folder)
    while not os.path.lexists(path):
        missing.append(path)
        path = os.path.dirname(path)
    try:
        for path in reversed(missing):
            os.mkdir(path)
            made.append(path)
    except (OSError, ValueError) as problem:
        for path in reversed(made):
            with suppress(OSError):
                os.rmdir(path)
        raise Trouble(f"can't make the folder {one_line(folder)}: {getattr(problem, 'strerror', problem)}") from None
    if not os.path.isdir(folder):
        raise Trouble(f"{one_line(folder)} is no folder: nothing was written")
    return made


def _written(root: str, files: dict[str, bytes], dry_run: bool) -> tuple[list[str], list[str]]:
    """Write the files that are not there yet; gives those, and those that were left as they are."""
    top = top_folder(root)
    below = top is not None and os.path.realpath(top) != root
    with Edit(root) as edit:
        kept = [path for path in files if edit.data(path) is not None]
        for path, data in files.items():
            if path not in kept and not (below and path == WORKFLOW):
                edit.create(path, data)
        new = edit.compared().ledger
        for path, schema in ((".claims-schema.json", claims_schema(new)), (".ledger-schema.json", vocabulary_schema(new.vocabulary))):
            if edit.data(path) is None:
                edit.create(path, dumps(schema).encode() + b"\n")
        written = list(edit.write(dry_run).paths)
    if below:
        write_beside([f"{WORKFLOW} is left out: workflows stand in the top folder of a repository"])
    return written, kept


def _tell(written: object, kept: list[str], done: str) -> None:
    """What was written, and what was there."""
    paths = [str(path) for path in written] if isinstance(written, (list, dict)) else []
    write(f"{done}: {', '.join(path for path in paths if not path.endswith('.gitkeep'))}")
    if kept:
        write(f"left as they are: {', '.join(path for path in kept if path != EXAMPLE_CLAIMS)}")
