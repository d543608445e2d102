"""What git tells of the claims in a report: who changed which when, since when a contradiction stands on record, and how far back was looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.conflicts import Conflict
from ledger.model import Claim
from ledger.reading.history import Commit
from ledger.render.report.markup import named, shown
from ledger.review.histories import Histories, Past
from ledger.texts.display import count_of, shorten

DIGITS = 12  # of a commit, as `ledger log` writes it
SUBJECT = 40  # characters of what a commit says of itself that are told at a claim; all of it stands in the list of commits


class History(NamedTuple):
    """What git tells of a ledger: nothing, and why (`untold`), or what became of each claim, with the names of the authors as they want to
    be called, by commit."""

    untold: str = ""
    found: Histories = Histories({}, (), None, False)
    authors: Mapping[str, str] = MappingProxyType({})

    def past_of(self, claim: Claim) -> list[Past]:
        """What became of a claim, the newest first; nothing where all that is known is that it stands there."""
        found = self.found.of.get(claim.id, [])
        return [] if len(found) == 1 and not found[0].known_before else found

    def alone(self, claim: Claim) -> Commit | None:
        """The commit in which a claim was added, where nothing became of it since."""
        found = self.past_of(claim)
        return found[0].commit if len(found) == 1 and found[0].kind == "added" and found[0].known_before else None

    def of_most(self, claims: Iterable[Claim]) -> Commit | None:
        """The commit in which more of some claims were added than in any other, as they are still."""
        counted = Counter(commit for commit in map(self.alone, claims) if commit is not None)
        return max(counted, key=lambda commit: (counted[commit], commit.hash), default=None)

    def since(self, conflict: Conflict) -> Past | None:
        """Since when both claims of a contradiction say what they say now; None where that is not known."""
        both = [self.found.since(name) for name in conflict.ids]
        if any(past is None or not (past.known_before or self.found.back_to) for past in both):
            return None
        order = {commit.hash: number for number, commit in enumerate(self.found.commits)}
        return min((past for past in both if past is not None), key=lambda past: order.get(past.commit.hash, 0) if past.commit else -1)


def claim_history(claim: Claim, history: History, brief: bool, most: Commit | None) -> str:
    """The versions of a claim, a line each, the newest first; `brief`: without what the commits say of themselves, and nothing where all of
    it is that it was added in the commit that is told of the whole source."""
    if most is not None and history.alone(claim) == most:
        return ""
    lines = [_line(past, history, brief) for past in history.past_of(claim)]
    if len(lines) < 2:
        return "".join(f'<p class="m">{line}</p>' for line in lines)
    return f'<ul class="m">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def source_history(most: Commit | None, history: History) -> str:
    """In which commit the claims of a source were added."""
    if most is None:
        return ""
    return f'<p class="m">The claims were added in {_linked(most)}, {named(_author(most, history))}, unless a claim says otherwise.</p>'


def _line(past: Past, history: History, brief: bool) -> str:
    """`2025-04-01 1a2b3c4d5e6f Ada: changed (value, said): Correct the toll`."""
    if past.commit is None:
        return f"Not committed yet: {shown(_words(past))}"
    subject = "" if brief or not past.commit.subject else f": {shown(shorten(past.commit.subject, SUBJECT))}"
    who = "" if brief else f" {named(_author(past.commit, history))}"
    return f"{_linked(past.commit)}{who}: {shown(_words(past))}{subject}"


def _words(past: Past) -> str:
    """What became of the claim."""
    fields = ", ".join(past.fields)
    if past.kind == "changed":
        return f"changed ({fields})"
    if past.kind == "renamed":
        return f"renamed from {past.earlier_id}"
    if past.kind == "unreadable":
        return "the file can't be read"
    return past.kind if past.known_before else "it stands here, what came before was not looked at"


def _linked(commit: Commit) -> str:
    return f'<a href="#{commit_anchor(commit)}">{day_of(commit)} <code>{commit.hash[:DIGITS]}</code></a>'


def _author(commit: Commit, history: History) -> str:
    return history.authors.get(commit.hash) or commit.author or "nobody is named"


def day_of(commit: Commit) -> str:
    """The day of a commit."""
    return commit.date[:10] or "no date"


def commit_anchor(commit: Commit) -> str:
    """The anchor of a commit."""
    return f"g-{commit.hash[:DIGITS]}"


def pair_history(conflict: Conflict, history: History) -> str:
    """Since which commit a contradiction stands on record, and whose it is."""
    past = history.since(conflict)
    if past is None:
        return ""
    if past.commit is None:
        return '<p class="m">Not committed yet: one of the two claims says so only in the files as they lie.</p>'
    if not past.known_before:
        return f'<p class="m">On record since {_linked(past.commit)} or earlier.</p>'
    return f'<p class="m">On record since {_linked(past.commit)}, {named(_author(past.commit, history))}.</p>'


def commits_told(claims: Iterable[Claim], conflicts: Iterable[Conflict], history: History) -> list[str]:
    """The commits that the page names, the newest first, each with what it did to the claims that are told."""
    counts: dict[str, dict[str, int]] = {}
    for claim in claims:
        for past in history.past_of(claim):
            if past.commit is not None:
                kinds = counts.setdefault(past.commit.hash, {})
                kinds[past.kind if past.known_before else "there"] = kinds.get(past.kind if past.known_before else "there", 0) + 1
    for conflict in conflicts:
        named = history.since(conflict)
        if named is not None and named.commit is not None:
            counts.setdefault(named.commit.hash, {})
    return [_commit(commit, counts[commit.hash], history) for commit in history.found.commits if commit.hash in counts]


def _commit(commit: Commit, kinds: dict[str, int], history: History) -> str:
    anchor = commit_anchor(commit)
    told = ", ".join(f"{count_of(number, 'claim')} {kind}" for kind, number in sorted(kinds.items()))
    return (
        f'<li id="{anchor}"><a href="#{anchor}">{day_of(commit)}</a> <code>{commit.hash}</code> {named(_author(commit, history))}'
        f"{': ' + shown(commit.subject) if commit.subject else ''}{f' ({told})' if told else ''}</li>"
    )


def how_far(history: History) -> str:
    """How far back was looked, where that is not all; empty where it is."""
    if history.untold:
        return f"Who changed a claim when is not told: {history.untold}."
    back_to = history.found.back_to
    if back_to is not None:
        return (
            f"Of the history in git the latest {count_of(len(history.found.commits), 'commit')} were looked at, back to "
            f"{back_to.hash[:DIGITS]} of {day_of(back_to)}; what came before is not told."
        )
    if history.found.cut:
        return "Of the history in git only a part was fetched (in CI: `fetch-depth: 0`): who changed a claim before is not told."
    return ""
