"""The whole check of a ledger, taken from what was kept where nothing changed."""

from __future__ import annotations

import os
from typing import NamedTuple

from ledger.cache.data import from_text, to_text
from ledger.cache.processes import Progress
from ledger.cache.store import Cache, folder_for
from ledger.model import Report
from ledger.reading.contents import Contents, contents_of, digest_of, state_of
from ledger.reading.trees import Tree, WorkTree


def checked(root: str, use_cache: bool, progress: Progress) -> tuple[Report, Contents]:
    """The report on the ledger in a folder, and which files it has; `progress` is told how many of its files were looked at."""
    state = kept_report(root, use_cache)
    report = state.report
    if report is None:
        from ledger.cache.incremental import survey  # not needed where nothing changed

        report, digests = survey(state.tree, state.contents, state.cache, state.name, state.digests, progress)
        state.keep(report, digests)
    return report, state.contents


class State(NamedTuple):
    """A ledger as it is: its files, the digests of these (none where no check was kept, and nobody needs them), the cache with
    the name of its entry for this folder, and the report that was kept."""

    tree: Tree
    contents: Contents
    digests: dict[str, str]
    cache: Cache | None
    name: str
    report: Report | None

    def keep(self, report: Report, digests: dict[str, str]) -> None:
        """Keep the report on files with these digests."""
        if self.cache is not None and digests:
            self.cache.write(self.cache.key("report", state_of(self.contents, digests)), to_text(report))


def open_cache(root: str) -> Cache | None:
    """The cache for the ledger in a folder; None where nothing is kept."""
    folder = folder_for(root)
    try:
        return Cache(folder) if folder is not None else None
    except OSError:  # the program's own files can't be listed, so that it can't be told from another
        return None


def kept_report(root: str, use_cache: bool = True) -> State:
    """What is known of the ledger in a folder; raises Trouble where a file can't be opened."""
    tree = WorkTree(root)
    contents = contents_of(tree)
    cache = open_cache(root) if use_cache else None
    if cache is None:
        return State(tree, contents, {}, None, "", None)
    name = cache.key("outlines", os.path.realpath(root))
    if not cache.has(name):
        return State(tree, contents, {}, cache, name, None)
    digests = {path: digest_of(tree, path) for path in contents.paths()}
    text = cache.read(cache.key("report", state_of(contents, digests)))
    return State(tree, contents, digests, cache, name, from_text(text) if text is not None else None)
