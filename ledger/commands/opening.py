"""What every command does first and last: find the ledger, load it, write what came out."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from ledger.commands.progress import Told
from ledger.model import Report, Trouble
from ledger.reading.contents import CLAIMS_FOLDER, OWN, VOCABULARY_FILE, Contents, contents_of
from ledger.reading.trees import CommitTree, GitTree, IndexTree, Tree, WorkTree
from ledger.texts.display import one_line, shorten, some_of

if TYPE_CHECKING:  # what reads a ledger is imported when one is read: an answer from the cache needs none of it
    from ledger.model import Claim, Ledger


NO_CLAIMS = "the ledger holds no claims: there is nothing to check (claims stand in claims/*.yaml)"
_remembered: dict[tuple[str, bool], tuple[Report, Contents]] = {}


class Source(NamedTuple):
    """Which ledger a command reads: that of the folder that was named, or the nearest; its files as they are, as git would commit them
    (`staged`), or as a commit has them (`revision`). What is opened for it is closed by `closing`."""

    folder: str | None
    staged: bool
    revision: str | None
    closing: ExitStack


class Place(NamedTuple):
    """Where a ledger is, or (of one that is read from git) would be if it were checked out; and its files."""

    root: str
    tree: Tree

    def is_as_it_lies(self) -> bool:
        """Whether its files are read from the folder itself."""
        return isinstance(self.tree, WorkTree)


def place_of(source: Source) -> Place:
    """The ledger that a command reads; raises Trouble where there is none."""
    if not source.staged and source.revision is None:
        root = find_root(source.folder)
        return Place(root, WorkTree(root))
    from ledger.reading.beside import Beside
    from ledger.reading.git import commit_named, repository_around
    from ledger.reading.staged import staged

    start = os.curdir if source.folder is None else source.folder
    what = "`--staged` reads what git would commit" if source.staged else "`--rev` reads a commit"
    repository = repository_around(start, what)
    commit = None if source.revision is None else commit_named(repository, source.revision)
    reader = source.closing.enter_context(repository.blobs())
    where = os.path.relpath(os.path.realpath(start), repository.top).replace(os.sep, "/")
    while True:
        if commit is not None:
            tree: GitTree = CommitTree(repository, commit, where, reader)
        else:
            prefix = "" if where == "." else where + "/"
            tree = IndexTree(reader, where, staged(repository, [prefix + name for name in OWN]))
        if any(entry.name == VOCABULARY_FILE for entry in tree.entries("")):
            root = os.path.normpath(os.path.join(repository.top, where))
            tree.beside = Beside(repository, WorkTree(root), where, compared=False)  # of a pointer to a seed, the text
            return Place(root, tree)
        if source.folder is not None or where == ".":
            raise Trouble(_no_ledger_in(source))
        where = os.path.dirname(where) or "."


def _no_ledger_in(source: Source) -> str:
    state = "the index" if source.revision is None else f"`{shorten(source.revision, 80)}`"
    if source.folder is None:
        return f"no ledger here: {state} has no {VOCABULARY_FILE} in this folder or above it (name one with -C DIR{_below()})"
    return f"{state} has no {VOCABULARY_FILE} in {one_line(source.folder)}: that is no ledger"


def _below() -> str:
    """The ledgers in the folders right below this one, for whoever stands one too high."""
    try:
        with os.scandir() as entries:
            names = [entry.name for entry in entries if entry.is_dir() and os.path.lexists(os.path.join(entry.path, VOCABULARY_FILE))]
    except OSError:
        return ""
    return f": {some_of(sorted(names), 5)}" if names else ""


def _ways_out() -> str:
    """What to do where there is no ledger: the one below that was meant, or a new one."""
    below = _below()
    return f"name one with -C DIR{below}" + ("" if below else "; `ledger init` makes this folder one")


def find_root(folder: str | None) -> str:
    """The ledger's folder: the one named, or the nearest upwards that holds a ledger.yaml."""
    if folder is not None:
        if not os.path.isdir(folder):
            raise Trouble(f"there is no folder {one_line(folder)}")
        if not os.path.lexists(os.path.join(folder, VOCABULARY_FILE)):
            raise Trouble(f"there is no {VOCABULARY_FILE} in {one_line(folder)}: that is no ledger")
        return os.path.realpath(folder)  # (`link/..` is where the link leads, not what its letters say)
    current = os.getcwd()
    while True:
        if os.path.lexists(os.path.join(current, VOCABULARY_FILE)):
            return current
        above = os.path.dirname(current)
        if above == current:
            raise Trouble(f"no ledger here: there is no {VOCABULARY_FILE} in this folder or above it ({_ways_out()})")
        current = above


def path_below(path: str, root: str) -> list[str] | None:
    """The names that lead from a folder to a real path, none where they are the same; None where the path lies elsewhere, be it on
    another drive, to which no relative path leads."""
    above, names = ([name for name in whole.split(os.sep) if name] for whole in (os.path.realpath(root), path))
    inside = [os.path.normcase(name) for name in names[: len(above)]] == [os.path.normcase(name) for name in above]
    return names[len(above) :] if inside else None


def remember(root: str, use_cache: bool, report: Report, contents: Contents) -> None:
    """Keep what was worked out for the next who asks in this run."""
    _remembered[root, use_cache] = report, contents


def report_on(place: Place, use_cache: bool) -> tuple[Report, Contents]:
    """The report on a ledger, and which files it has; raises Trouble where nothing in it can be checked."""
    known = _remembered.pop((place.root, use_cache), None) if place.is_as_it_lies() else None
    if known is not None:
        return known
    try:
        from ledger.cache.check import checked
    except ModuleNotFoundError:  # without what makes it quicker
        report, contents = _report_anew(place.tree)
    else:
        if place.is_as_it_lies():
            report, contents = checked(place.root, use_cache, Told("checking"))
        else:
            report, contents = _report_anew(place.tree)
    if not report.claims and not any(found.severity == "error" for found in report.diagnostics) and not _just_begun(place.tree, contents):
        unread = ", ".join(one_line(path) for path, _ in contents.odd[:5])
        raise Trouble(NO_CLAIMS + (f"; not read: {unread}" if unread else ""))
    return report, contents


def _just_begun(tree: Tree, contents: Contents) -> bool:
    """Whether nothing was recorded yet, and that is as it should be: each file of claims was read (of one without claims its `claims: []` says
    so), or the ledger is as `init` makes it, the folder of its claims kept and nothing in it, nor a seed. Of any other there should be claims,
    and a check that finds none has gone wrong."""
    if contents.odd:
        return False
    kept = any(entry.name == ".gitkeep" and entry.kind == "file" for entry in tree.entries(CLAIMS_FOLDER))
    return bool(contents.claims) or (kept and not contents.seeds)


def open_ledger(source: Source) -> Ledger:
    """The ledger; raises Trouble where there is none, or nothing in it."""
    return ledger_at(place_of(source))


def ledger_at(place: Place, without_claims: bool = False) -> Ledger:
    """The ledger that lies there; raises Trouble where there is nothing in it: no claims or, where a ledger `without_claims` will do, no
    seeds either."""
    from ledger.reading.loader import load

    ledger = load(place.tree)
    return ledger if without_claims and ledger.seeds else _not_empty(ledger)


def _report_anew(tree: Tree) -> tuple[Report, Contents]:
    from ledger.reading.loader import load
    from ledger.rules import check_ledger

    return check_ledger(load(tree)), contents_of(tree)


def _not_empty(ledger: Ledger) -> Ledger:
    """The ledger; raises Trouble where there is nothing in it."""
    if not ledger.refusals and not ledger.files:
        raise Trouble(NO_CLAIMS)
    return ledger


def ledger_around(source: Source, town: str | None, use_cache: bool) -> tuple[Ledger, frozenset[tuple[str, int]]]:
    """The ledger, and which of its claims (by path and line) take no part in contradictions: where a place is asked for and a cache
    knows the ledger as it is, as much of it as decides about that place."""
    place = place_of(source)
    if town is None or not place.is_as_it_lies():
        return ledger_and_left_out(place.tree)
    try:
        from ledger.cache.places import Held
    except ModuleNotFoundError:  # without what makes it quicker
        return ledger_and_left_out(place.tree)
    held = Held(place.root, use_cache)
    part = held.part(town)
    if part is not None:
        return part.ledger, part.left_out
    ledger, left_out = ledger_and_left_out(held.tree)
    held.keep(ledger, left_out)
    return ledger, left_out


def ledger_and_left_out(tree: Tree) -> tuple[Ledger, frozenset[tuple[str, int]]]:
    """The ledger of a tree, and which of its claims (by path and line) take no part in contradictions."""
    from ledger.reading.loader import load
    from ledger.rules import excluded

    ledger = _not_empty(load(tree))
    return ledger, excluded(ledger)


def claim_named(name: str, ledger: Ledger, tree: Tree | None) -> Claim:
    """The claim with that id in the ledger of a tree (None: of several); raises Trouble for an unknown one, or one that two claims bear."""
    found = [claim for claim in ledger.claims() if claim.id == name]
    if len(found) == 1:
        return found[0]
    if found:
        places = ", ".join(f"{one_line(claim.path)}:{claim.line}" for claim in found[:5])
        raise Trouble(f"the id {one_line(name)} is taken by several claims: {places}")
    raise_if_unread(name, ledger, tree)
    from ledger.texts.suggestions import did_you_mean

    hint = did_you_mean(name, [claim.id for claim in ledger.claims()])
    where = " in the files that could be read" if ledger.refusals else ""
    raise Trouble(f"no claim{where} has the id {one_line(name)}" + (f": {hint}" if hint else "") + not_read(ledger))


def raise_if_unread(name: str, ledger: Ledger, tree: Tree | None) -> None:
    """Raise Trouble where the claim of that id stands in a file, and could not be read."""
    from ledger.reading.unread import where_unread

    place = where_unread(name, ledger, tree)
    if place:
        path = place.rpartition(":")[0]
        raise Trouble(f"the claim {one_line(name)} stands in {one_line(place)} and could not be read: see `ledger check {one_line(path)}`")


def not_read(ledger: Ledger) -> str:
    """Which files could not be read, behind a message that may have to do with it; nothing where all could."""
    if not ledger.refusals:
        return ""
    names = ", ".join(one_line(refusal.path) for refusal in ledger.refusals[:5]) + (", ..." if len(ledger.refusals) > 5 else "")
    return f"; not read (see `ledger check`): {names}"
