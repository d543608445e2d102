"""`ledger log ID`."""

from __future__ import annotations

import click

from ledger.commands.opening import find_root, raise_if_unread
from ledger.commands.options import format_option, in_a_folder
from ledger.commands.outputs import write, write_lines
from ledger.commands.pager import paged
from ledger.model import Trouble
from ledger.reading.git import Repository, repository_around
from ledger.reading.history import authors_mapped
from ledger.reading.loader import load, load_vocabulary
from ledger.reading.trees import WorkTree
from ledger.render import log as render
from ledger.render.check import dumps
from ledger.review.log import History, Version, history_of
from ledger.review.places import Places, now_at
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean


@click.command("log")
@click.argument("claim_id", metavar="ID")
@format_option("text", "json")
@in_a_folder
@paged
def command(folder: str | None, claim_id: str, form: str) -> int:
    """One claim through git: each commit that changed what it says, field by field, newest first."""
    root = find_root(folder)
    repository = repository_around(root)
    head = repository.commit("HEAD")
    if head is None:
        raise Trouble("the repository has no commit yet: there is no history")
    tree = WorkTree(root)
    vocabulary = load_vocabulary(tree)
    now = now_at(repository, tree, head)
    with repository.blobs() as blobs:
        places = Places(repository, blobs, now)
        standings = places.walk(head)
        found, present = history_of(claim_id, vocabulary, places, standings)
    whole = not any(standing.place.commit is not None and standing.place.commit.cut for standing in standings)
    if all(version.kind == "unreadable" for version in found):
        ledger = load(tree)
        raise_if_unread(claim_id, ledger, tree)
        hint = did_you_mean(claim_id, [claim.id for claim in ledger.claims()])
        where = "" if whole else " in the part of the history that was fetched (in CI: `fetch-depth: 0`)"
        raise Trouble(f"no claim has had the id {one_line(claim_id)}{where}" + (f": {hint}" if hint else ""))
    history = History(with_mapped_authors(repository, found), present)
    if form == "json":
        write(dumps(render.record(claim_id, history, whole)))
    else:
        write_lines(render.lines(claim_id, history, now.folder, whole))
    return 0


def with_mapped_authors(repository: Repository, found: list[Version]) -> list[Version]:
    """The versions, with authors as `.mailmap` calls them."""
    names = authors_mapped(repository, [version.commit for version in found if version.commit is not None])
    return [
        version if version.commit is None else version._replace(commit=version.commit._replace(author=names[version.commit.hash]))
        for version in found
    ]
