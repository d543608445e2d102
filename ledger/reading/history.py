"""The history of a repository, read from its objects: which commits there are, what came before each, and which folders each has.

The words of `git log` depend on `log.*`, `diff.*`, `i18n.*` and `core.*`, on the reader's language and on the version of git. Objects
do not: they are taken as they are stored, and what a commit did is told by the hashes of its folders and those of its parents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from ledger.reading.git import Repository
from ledger.reading.objects import AT_ONCE, Blobs, Entry

HELD = 400_000  # names in folders that are kept
MOST_FOLDERS = 200_000
_WHEN = re.compile(rb"> *(-?[0-9]{1,18})(?: +([+-])([0-9]{1,2})([0-9]{2})(?![0-9]))?")
_CONTACT = re.compile(r"[^<>\n\r\0]+<[^<>\n\r\0]*>")


class Commit(NamedTuple):
    """One commit: its top folder, what came before it, who made it when (ISO 8601, empty where it does not say), with which first
    paragraph. `cut`: it has parents that are not told here, because the history was fetched from here on."""

    hash: str
    tree: str
    parents: tuple[str, ...]
    date: str
    author: str
    email: str
    subject: str
    cut: bool


class Trees:
    """The folders of a repository by their hashes, kept for a while: most commits have those of the commit before."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._kept: dict[str, dict[str, Entry]] = {}
        self._held = 0

    def ahead(self, hashes: Iterable[str]) -> None:
        """Read at once what is asked for soon."""
        wanted = [digest for digest in dict.fromkeys(hashes) if digest not in self._kept]
        for digest, names in zip(wanted, self._blobs.folders(wanted), strict=True):
            self._held += len(names)
            if self._held > HELD:
                self._kept.clear()
                self._held = len(names)
            self._kept[digest] = {entry.name: entry for entry in names}

    def names(self, digest: str) -> dict[str, Entry]:
        """What is in a folder."""
        if digest not in self._kept:
            self.ahead([digest])
        return self._kept[digest]

    def at(self, digest: str, path: str) -> Entry | None:
        """What stands at a path below a folder; a path of `.` or nothing is the folder itself."""
        found: Entry | None = Entry("", "40000", digest)
        for name in path.split("/"):
            if found is not None and name not in (".", ""):
                found = self.names(found.hash).get(name) if found.is_folder() else None
        return found

    def holding(self, digest: str, name: str) -> list[str]:
        """The folders, at and below a folder, in which there is a plain file of a name, the highest first; `.` is the folder itself. Not
        all of more than MOST_FOLDERS are looked into: a few folders, each with itself ten times in the next, make any number."""
        found, waiting = [], [(".", digest)]
        for path, at in waiting:
            for inner, entry in self.names(at).items():
                if entry.is_folder() and len(waiting) < MOST_FOLDERS:
                    waiting.append((inner if path == "." else f"{path}/{inner}", entry.hash))
                elif inner == name and entry.is_file():
                    found.append(path)
        return found


def commits_of(repository: Repository, blobs: Blobs, head: str) -> Iterator[list[Commit]]:
    """All commits that a commit comes from, itself first: the newest first, none before one that comes from it; some at a time."""
    answer = repository.must("rev-list", "--parents", "--date-order", "--end-of-options", head)
    lines = [line.split() for line in answer.decode("ascii", "replace").split("\n") if line]
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        raws = blobs.commits([digest for digest, *_ in some])
        yield [_commit(digest, parents, data) for (digest, *parents), data in zip(some, raws, strict=True)]


def _commit(digest: str, parents: list[str], data: bytes) -> Commit:
    """A commit as it is stored. Its parents are those that git walks to: a shallow clone or a graft may say otherwise than it does."""
    head, _, message = data.partition(b"\n\n")
    said: dict[bytes, bytes] = {}
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        said.setdefault(key, value)
    tree = said.get(b"tree", b"").decode("ascii", "replace")
    encoding = said.get(b"encoding", b"").decode("ascii", "replace") or "utf-8"
    who = said.get(b"author", b"")
    name, _, rest = who.partition(b"<")
    body = message.partition(b"\0")[0].lstrip(b"\n\r\t ")
    first = re.split(rb"\n[ \t\r\f\v]*\n", body, maxsplit=1)[0]
    return Commit(
        digest,
        tree,
        tuple(dict.fromkeys(parents)),
        _day_and_time(who),
        _words(name, encoding),
        _words(rest.partition(b">")[0], encoding),
        " ".join(_words(line, encoding) for line in first.split(b"\n") if line.strip()),
        b"parent" in said and not parents,
    )


def _words(text: bytes, encoding: str) -> str:
    """A text in the encoding that a commit names; UTF-8 where it names none that is known."""
    try:
        return text.decode(encoding, "replace").strip()
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace").strip()


def _day_and_time(who: bytes) -> str:
    """The time behind a name and an address: seconds since 1970, and how far the clock there is ahead (`1743508800 +0200`)."""
    found = list(_WHEN.finditer(who))
    if not found:
        return ""
    seconds, sign, hours, minutes = found[-1].groups(default=b"0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == b"-" else 1)
    try:
        zone = timezone(ahead) if abs(ahead) < timedelta(days=1) else UTC
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))).astimezone(zone).isoformat()
    except (OverflowError, ValueError):
        return ""


def authors_mapped(repository: Repository, commits: Sequence[Commit]) -> dict[str, str]:
    """The authors of commits by their hashes, as `.mailmap` calls them now."""
    asked = {commit.hash: contact for commit in commits if _CONTACT.fullmatch(contact := f"{commit.author} <{commit.email}>")}
    contacts = list(dict.fromkeys(asked.values()))
    answer = (
        repository.ask("check-mailmap", "--stdin", given="".join(f"{contact}\n" for contact in contacts).encode()) if contacts else None
    )
    names = (answer or b"").decode("utf-8", "replace").split("\n")[:-1]
    known = dict(zip(contacts, names, strict=True)) if len(names) == len(contacts) else {}
    called = {digest: known.get(contact, "").rpartition("<")[0].strip() for digest, contact in asked.items()}
    return {commit.hash: called.get(commit.hash) or commit.author for commit in commits}
