"""`ledger readings`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ledger import __version__
from ledger.commands.engines import DEFAULT, Spreading, size_of
from ledger.commands.exits import temporary
from ledger.commands.outputs import write, write_beside
from ledger.conflicts.accounts import accounts
from ledger.exchange.fields import READING
from ledger.exchange.places import TABLE, places_of, vocabulary_with
from ledger.exchange.tables import reading_record, records_of
from ledger.model import NO_QUOTES, Place, Trouble
from ledger.reading.contents import MAX_FILE_BYTES
from ledger.texts.display import count_of, one_line

if TYPE_CHECKING:
    from ledger.exchange.scale.machine import Machine, Made


@click.command("readings")
@click.argument("path", metavar="CLAIMS.parquet")
@click.option("--vocabulary", metavar="FILE", required=True, help="The ledger.yaml under which they are read.")
@click.option("--places", metavar="PLACES.parquet", help="More places, as the table of an export has them.")
@click.option("--output", metavar="DIR", required=True, help="The folder to write; `conflicts --from` takes it.")
@click.option("--memory", metavar="SIZE", help="What it may take, such as 800MB; 4GB without it.")
def command(path: str, vocabulary: str, places: str | None, output: str, memory: str | None) -> int:
    """Read claims made by machines, one a row, with the columns of a claim (id, place, property, claimant, said, value, ...) and without quotes,
    under a vocabulary: what cannot be read is left out and counted; nothing that is told of them says that they were checked."""
    from ledger.exchange.scale.machine import Machine

    spreading = Spreading(size_of(memory) if memory is not None else DEFAULT, None)
    try:
        with open(vocabulary, "rb") as file:
            text = file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise Trouble(f"{one_line(vocabulary)} can't be read: {problem.strerror}") from None
    further = places_of(places) if places is not None else []
    own = vocabulary_with(text, further, "" if places is None else one_line(os.path.basename(places)))
    machine = Machine(path, own)
    above = os.path.dirname(os.path.abspath(output))
    if os.path.lexists(output) and (not os.path.isdir(output) or os.path.islink(output) or os.listdir(output)):
        raise Trouble(f"{one_line(output)} is there already: name a folder that is not, or is empty")
    if not os.path.isdir(above):
        raise Trouble(f"there is no folder {one_line(above)} to make {one_line(os.path.basename(output))} in")
    beside = tempfile.mkdtemp(prefix=".ledger-", dir=above)
    take_away = partial(shutil.rmtree, beside, ignore_errors=True)
    try:
        about = {"made_with": f"ledger {__version__}", "schema_version": "1", "vocabulary": text.decode("utf-8", "replace")}
        if further:
            about["places"] = TABLE
        with temporary(take_away):
            made, readings = _written(machine, path, beside, about, [own.places[row["id"]] for row in further], spreading)
        os.chmod(beside, 0o755)
        if os.path.isdir(output):
            os.rmdir(output)
        os.replace(beside, output)
    except OSError as problem:
        raise Trouble(f"can't write {one_line(output)}: {problem.strerror}") from None
    finally:
        take_away()
    write(f"quotes: {NO_QUOTES}")
    write(f"written: {one_line(output)} ({count_of(made.claims, 'claim')}, {count_of(readings, 'reading')})")
    write_beside([f"left out: {count_of(number, 'claim')}: {why}" for why, number in sorted(made.why.items())])
    return 1 if made.left_out else 0


def _written(
    machine: Machine, path: str, folder: str, about: dict[str, str], places: Sequence[Place], spreading: Spreading
) -> tuple[Made, int]:
    """What was written into a folder: the tables, the readings place by place, and at last the manifest."""
    from ledger.exchange.scale.duck import Duck, of_rows
    from ledger.exchange.scale.engine import Absent, Engine
    from ledger.exchange.scale.sources import Exported

    with Duck(spreading.for_duck) as duck, temporary(duck.take_away):
        twice = duck.ask(f"SELECT id FROM {of_rows(duck.file('given', path))} GROUP BY id HAVING count(*) > 1")
        made = machine.write(folder, about, {name for (name,) in twice}, places)
        manifest: dict[str, Any] = {
            "schema_version": 1,
            **{name: text for name, text in about.items() if name not in ("vocabulary", "schema_version")},
            "quotes": NO_QUOTES,
            "claims": made.claims,
            "left_out": made.left_out,
            "left_out_why": dict(sorted(made.why.items())),
        }
        _write_manifest(folder, manifest)
        engine = Engine([Exported("", folder, 0, duck)], {}, duck, spreading.for_rules)
        engine.ask_about(engine.ledger.vocabulary.places)
        records = (
            records_of(READING, map(reading_record, accounts(batch.claims, engine.ledger.vocabulary)))
            for batch in engine.batches(None, Absent([], []))
        )
        manifest["readings"] = machine.write_readings(folder, records)
    _write_manifest(folder, manifest)
    return made, manifest["readings"]


def _write_manifest(folder: str, manifest: dict[str, Any]) -> None:
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
