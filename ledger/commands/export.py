"""`ledger export FORMAT`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from ledger import __version__
from ledger.answers.listed import listed
from ledger.answers.report import matching
from ledger.commands.opening import Place, Source, ledger_at, place_of
from ledger.commands.options import OPTIONS, Choice, as_of, filter_of, filter_options, reads_a_ledger
from ledger.commands.outputs import asked_outputs, write, write_beside, write_bytes, write_folder
from ledger.conflicts import Conflict, find_conflicts
from ledger.exchange.tables import Exported, Table, tables_of
from ledger.model import Ledger, Trouble
from ledger.reading.contents import MAX_FILE_BYTES, VOCABULARY_FILE
from ledger.rules import excluded
from ledger.texts.display import count_of, one_line

FOLDERS, FILES, TEXTS = ("csv", "parquet"), ("sqlite", "xlsx"), ("annotations", "geojson", "atom", "datasette")
OURS = {
    "csv": b'"description": "Lists and mappings are JSON.',
    "parquet": b'"made_with": "ledger ',
}  # in the first file of a folder of ours
EXAMPLES = {"csv": "DIR", "parquet": "DIR", "sqlite": "ledger.db", "xlsx": "ledger.xlsx"}


@click.command("export")
@click.argument("shape", metavar="FORMAT", type=Choice([*FOLDERS, *FILES, *TEXTS]))
@filter_options
@click.option("--output", metavar="PATH", help="The file, or of csv and parquet the folder, to write.")
@reads_a_ledger
def command(source: Source, /, shape: str, output: str | None, **asked: Any) -> int:
    """Hand on what the ledger knows, for other programs: sqlite (with `datasette` for its metadata), csv (a folder with a Table Schema), xlsx, parquet,
    annotations (W3C Web Annotations), geojson (the places that have a point), atom (contradictions
    opened and closed, commit by commit)."""
    place = place_of(source)
    if output is not None:
        asked_outputs([f"{shape}:{output}"], [shape], place.root)
    elif shape not in TEXTS:
        raise click.UsageError(f"this is no text to print: name where to write it, `ledger export {shape} --output {EXAMPLES[shape]}`")
    ledger = ledger_at(place)
    if shape == "atom":
        from ledger.commands.feed import feed

        text = feed(source, ledger, asked)
        if output is None:
            sys.stdout.write(text)
        else:
            write_bytes(output, text.encode())
            write(f"written: {one_line(output)}")
        return 0
    exported, beside = _exported(ledger, asked, _about(source, place, asked))
    if shape in TEXTS:
        text = _text(shape, exported)
        if output is None:
            sys.stdout.write(text)
        else:
            write_bytes(output, text.encode())
    else:
        assert output is not None
        tables = tables_of(exported)
        if shape in FOLDERS:
            write_folder(output, _files(shape, tables, exported), OURS[shape])
        else:
            write_bytes(output, _file(shape, tables))
    if output is not None:
        write(f"written: {one_line(output)} ({_counts(exported)})")
    write_beside(beside)
    return 0


def _exported(ledger: Ledger, asked: dict[str, Any], about: dict[str, str]) -> tuple[Exported, list[str]]:
    """What is handed on of what was asked for, and what nobody may overlook."""
    from ledger.render.blocks import Pages, refused_files
    from ledger.render.claims import record
    from ledger.render.conflicts import conflict_record

    wanted, day, left_out = filter_of(asked, ledger), as_of(asked), excluded(ledger)
    found = listed(ledger, left_out, wanted, day)
    findings = find_conflicts(ledger, left_out, day)
    pages = Pages.of(ledger, findings.corrections)
    read = findings.readings
    written = {account.claim.id: account for account in read if not account.steps}
    conflicts = list(matching(findings, wanted, ledger, written))
    known = {(claim.path, claim.line, claim.column) for claim in found.claims}
    kept = [account for account in read if (account.claim.path, account.claim.line, account.claim.column) in known]
    paths = {claim.path for claim in found.claims}
    narrowed = any(asked.get(name) is not None for name in OPTIONS)
    exported = Exported(
        ledger,
        found.claims,
        [{**record(claim, pages), "takes_part": (claim.path, claim.line) not in left_out} for claim in found.claims],
        [{**conflict_record(conflict, pages), **_noted(conflict)} for conflict in conflicts],
        {claim.id: claim for conflict in conflicts for claim in (conflict.one, conflict.other)},
        kept,
        [file for file in ledger.files if file.path in paths or not narrowed],
        {
            **about,
            "left_out": " ".join(sorted(f"{claim.path}:{claim.line}" for claim in findings.left_out)),
            "not_read": " ".join(refusal.path for refusal in ledger.refusals),
        },
    )
    beside = list(refused_files(ledger))
    if found.too_late:
        beside.append(f"left out as said later than the day asked for: {count_of(len(found.too_late), 'claim')}")
    return exported, beside


def _noted(conflict: Conflict) -> dict[str, Any]:
    """Who noted a tension, when and why."""
    noted = conflict.tension
    return {} if noted is None else {"noted_claims": list(noted.claims), "noted_by": noted.by, "noted_on": noted.on, "noted_why": noted.why}


def _about(source: Source, place: Place, asked: dict[str, Any]) -> dict[str, str]:
    """Where it comes from: of files that lie in a checkout, its commit, upon which they may have been changed."""
    from ledger.reading.git import commit_named, repository_around

    words = " ".join(f"--{name.replace('_', '-')} {one_line(str(asked[name]))}" for name in OPTIONS if asked.get(name) is not None)
    about = {"made_with": f"ledger {__version__}", "schema_version": "1", "asked_for": words}
    about["vocabulary"] = place.tree.read(VOCABULARY_FILE, MAX_FILE_BYTES).decode("utf-8", "replace")
    with suppress(Trouble):  # a ledger need not lie in a repository
        about["commit"] = commit_named(repository_around(place.root), source.revision or "HEAD")
        about["state"] = "as committed" if source.revision is not None else "the files as they were, upon this commit"
    return about


def _counts(exported: Exported) -> str:
    tensions = sum(record["kind"] == "tension" for record in exported.conflict_records)
    ruled = len(exported.conflict_records) - tensions
    return f"{count_of(len(exported.claims), 'claim')}, {count_of(ruled, 'contradiction')}, {count_of(tensions, 'tension')}"


def _text(shape: str, exported: Exported) -> str:
    from ledger.exchange.annotations import to_annotations
    from ledger.exchange.geojson import to_geojson
    from ledger.exchange.sqlite import datasette_metadata
    from ledger.render.check import dumps

    made: dict[str, Callable[[], Any]] = {
        "annotations": lambda: to_annotations(exported),
        "geojson": lambda: to_geojson(exported),
        "datasette": lambda: datasette_metadata(tables_of(exported), "ledger", "A fact ledger"),
    }
    return dumps(made[shape]()) + "\n"


def _files(shape: str, tables: list[Table], exported: Exported) -> dict[str, bytes]:
    if shape == "csv":
        from ledger.exchange.sheets import to_csv

        return to_csv(tables)
    from ledger.exchange.parquet import to_parquet

    return to_parquet(tables, exported.about)


def _file(shape: str, tables: list[Table]) -> bytes:
    if shape == "sqlite":
        from ledger.exchange.sqlite import to_sqlite

        return to_sqlite(tables)
    from ledger.exchange.sheets import to_xlsx

    return to_xlsx(tables)
