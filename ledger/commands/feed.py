"""The feed of `ledger export atom`: the history of a ledger, told contradiction by contradiction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from ledger.commands.opening import Source, find_root
from ledger.commands.options import filter_of
from ledger.exchange.atom import Entry, to_atom
from ledger.model import Ledger, Trouble

if TYPE_CHECKING:
    from ledger.review.events import Event


def feed(source: Source, ledger: Ledger, asked: dict[str, Any]) -> str:
    """What was opened and closed in the commits of a ledger, the newest first."""
    from ledger.answers.filters import conflict_matches
    from ledger.reading.git import commit_named, repository_around
    from ledger.reading.trees import WorkTree
    from ledger.review.events import Event, events
    from ledger.review.places import Places, now_at

    if source.staged or asked["as_of"] is not None:
        raise click.UsageError("a feed is told by the commits of a ledger: it takes neither `--staged` nor `--as-of`")
    root = find_root(source.folder)
    repository = repository_around(root)
    head = commit_named(repository, source.revision or "HEAD")
    wanted = filter_of(asked, ledger)
    entries, untold = [], []
    with repository.blobs() as blobs:
        standings = Places(repository, blobs, now_at(repository, WorkTree(root), head)).walk(head)
        commits = [standing.place.commit for standing in standings if standing.place.commit is not None]
        if not commits:
            raise Trouble("the repository has no commit yet: there is no history")
        for event in events(repository, blobs, standings):
            if not isinstance(event, Event):
                untold.append(f"{event.commit.hash[:12]}: {event.why}")
                continue
            seeds = {file.path: file.seed_name for file in event.ledger.files}
            if conflict_matches(event.conflict, wanted, event.ledger.vocabulary, seeds, {}):
                entries.append(_entry(event))
    subtitle = f"Not told: {'; '.join(untold)}" if untold else ""
    return to_atom(f"urn:fact-ledger:feed:{commits[-1].hash}", "Contradictions opened and closed", subtitle, commits[0].date, entries)


def _entry(event: Event) -> Entry:
    from ledger.conflicts.claims_in_words import name_of, sentence
    from ledger.conflicts.reasons import reason
    from ledger.conflicts.resolutions import fingerprint
    from ledger.texts.phrases import said_words

    conflict, vocabulary, commit = event.conflict, event.ledger.vocabulary, event.commit
    one, other = conflict.one, conflict.other
    said = [f"{sentence(claim, vocabulary)} ({name_of(claim, vocabulary)}, {said_words(claim.said)})" for claim in (one, other)]
    quotes = "\n".join(f"{claim.id}: {claim.quote}" for claim in (one, other))
    ids = ":".join(quote(claim.id, safe="", errors="backslashreplace") for claim in (one, other))
    state = "opened" if event.opened else "closed"
    what = "tension" if conflict.is_tension else f"{conflict.strength} {conflict.kind}"
    return Entry(
        f"urn:fact-ledger:pair:{ids}:{fingerprint(one, other)}",
        f"{state}: {said[0]} against {said[1]}",
        commit.date,
        commit.author,
        f"{what}: {reason(conflict, vocabulary)}\n{quotes}\ncommit {commit.hash[:12]}: {commit.subject}",
        (
            ("urn:fact-ledger:state", state),
            ("urn:fact-ledger:kind", conflict.kind),
            ("urn:fact-ledger:commit", commit.hash),
            ("urn:fact-ledger:place", conflict.place),
        ),
    )
