"""Which two states of a ledger are compared, and what the reader calls them."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import Trouble
from ledger.reading.git import Repository, commit_named, parting

_SHOWN = 12  # digits of a hash
_OF_GIT = ("refs/heads/", "refs/remotes/", "refs/tags/")


class Sides(NamedTuple):
    """Two commits (`head` None: the files as they are here) and the names that were typed for them, or handed in: data, not words of
    ours. `parted`: the base is not what its name names now, but the commit from which the head parted from that."""

    base: str
    head: str | None
    base_name: str
    head_name: str
    parted: bool

    def title(self) -> str:
        """`ledger review: sixth-text (1a2b3c4d5e6f) against main (0f9e8d7c6b5a)`."""
        head = _named(self.head_name, self.head) if self.head is not None else self.head_name
        base = _named(self.base_name, self.base, "where it parted, " if self.parted else "")
        same = ": both are the same commit" if self.head == self.base else ""
        return f"ledger review: {head} against {base}{same}"


def _named(name: str, digest: str, how: str = "") -> str:
    """A name with the hash behind it; the hash alone where that is the name."""
    short = digest[:_SHOWN]
    if name and digest.startswith(name.lower()):
        return short
    return f"{name} ({how}{short})" if name else short


def sides_named(repository: Repository, revisions: str | None, base_called: str = "", head_called: str = "") -> Sides:
    """The commits to compare: where the branch parted, and its end. `base_called` and `head_called` are what the reader knows them by,
    where that is not what was typed."""
    text = revisions or ""
    direct = ".." in text and "..." not in text
    base_name, _, head_name = text.partition("..." if "..." in text else "..")
    head = commit_named(repository, head_name) if head_name else None
    here = head or repository.commit("HEAD")
    if here is None:
        raise Trouble("the repository has no commit yet: there is nothing to compare with")
    if not base_name:
        default = repository.default_branch()
        if default is None:
            raise Trouble("no default branch is known (origin/HEAD, main or master): name what to compare with, `ledger review BASE`")
        base_name = default
    tip = commit_named(repository, base_name)
    base = tip if direct else parting(repository, tip, here, (base_name, head_name or "the branch here"))
    return Sides(
        base,
        head,
        base_called or _known_as(repository, base_name),
        head_called or (_known_as(repository, head_name) if head is not None else "the working tree"),
        base != tip,
    )


def _known_as(repository: Repository, name: str) -> str:
    """A revision as its reader knows it: `HEAD` is the branch that is checked out, `refs/heads/main` is main."""
    full = repository.branch_here() or name if name in ("HEAD", "@") else name
    return next((full.removeprefix(start) for start in _OF_GIT if full.startswith(start)), full)
