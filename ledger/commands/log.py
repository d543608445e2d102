"""`ledger log ID`."""

from __future__ import annotations

import os

import click

from ledger.commands.opening import find_root, raise_if_unread
from ledger.commands.options import format_option, in_a_folder
from ledger.commands.outputs import write, write_lines
from ledger.model import Trouble
from ledger.reading.contents import CLAIMS_FOLDER
from ledger.reading.git import repository_around
from ledger.reading.loader import load, load_vocabulary
from ledger.reading.trees import CommitTree, WorkTree
from ledger.render import log as render
from ledger.render.check import dumps
from ledger.review.log import Reader, Version, uncommitted, versions
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean


@click.command("log")
@click.argument("claim_id", metavar="ID")
@format_option("text", "json")
@in_a_folder
def command(folder: str | None, claim_id: str, form: str) -> int:
    """One claim through git: each commit that changed what it says, field by field, newest first."""
    root = find_root(folder)
    repository = repository_around(root)
    head = repository.commit("HEAD")
    if head is None:
        raise Trouble("the repository has no commit yet: there is no history")
    tree = WorkTree(root)
    vocabulary = load_vocabulary(tree)
    inside = os.path.relpath(os.path.realpath(root), repository.top).replace(os.sep, "/")
    claims_folder = CLAIMS_FOLDER if inside == "." else f"{inside}/{CLAIMS_FOLDER}"

    def files(revision: str) -> dict[str, str]:
        entries = repository.entries(f"{revision}:{claims_folder}") or ()
        return {
            f"{claims_folder}/{entry.name}": entry.hash
            for entry in entries
            if entry.mode.startswith(("100", "120")) and entry.name.endswith(".yaml")
        }

    with repository.blobs() as blobs:
        latest = uncommitted(claim_id, CommitTree(repository, head, inside, blobs), tree, vocabulary)
        found: list[Version] = [latest] if latest is not None else []
        for version in versions(claim_id, repository.history(head, claims_folder), Reader(blobs, vocabulary, files)):
            found.append(version._replace(path=version.path.removeprefix(f"{inside}/")))
    if all(version.kind == "unreadable" for version in found):
        ledger = load(tree)
        raise_if_unread(claim_id, ledger, tree)
        hint = did_you_mean(claim_id, [claim.id for claim in ledger.claims()])
        raise Trouble(f"no claim has had the id {one_line(claim_id)}" + (f": {hint}" if hint else ""))
    shallow = repository.is_shallow()
    if form == "json":
        write(dumps(render.record(claim_id, found, shallow)))
    else:
        write_lines(render.lines(claim_id, found, shallow))
    return 0
