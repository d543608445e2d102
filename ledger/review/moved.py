"""Where a ledger stood in another state of its repository: its folder may have been renamed, or have become one of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ledger.model import Trouble
from ledger.reading.contents import VOCABULARY_FILE, contents_of
from ledger.reading.trees import GitTree, NotPlain, NotThere, TooLarge, Tree, git_hash
from ledger.reading.unread import ids_in
from ledger.reading.yaml_nodes import MAX_FILE_BYTES
from ledger.texts.display import some_of
from ledger.texts.seeds import MAX_SEED_BYTES

Marks = frozenset[tuple[str, str]]


class Several(Trouble):
    """More than one ledger of the other state may be this one."""


def has_ledger(tree: Tree) -> bool:
    """Whether there is a ledger in a folder at all."""
    return any(entry.name == VOCABULARY_FILE for entry in tree.entries(""))


def where_it_stood(ours: Tree, folders: Iterable[str], there: Callable[[str], Tree], here: Callable[[str], Tree]) -> str | None:
    """The folder in which a ledger stood in another state; None where that had no such ledger. `folders` are those with a ledger
    there, `there` and `here` give the ledger of a folder in the other state and in this one. Raises Several where it can't be told.

    It is the one with which it shares most: ids of claims, names of seeds, files. One that still stands where it stood is not it, nor
    is the model of a copy. What shares nothing is taken only where it is gone and no other is: its claims are gone then.
    """
    mine = _marks(ours)
    shared: dict[str, int] = {}
    gone = []
    for folder in folders:
        theirs = _marks(there(folder))
        if not theirs:
            continue
        now = here(folder)
        shared[folder] = len(mine & theirs)
        if not has_ledger(now):
            gone.append(folder)
        elif shared[folder] <= len(_marks(now) & theirs):
            del shared[folder]
    most = max(shared.values(), default=0)
    best = [folder for folder, count in shared.items() if count == most] if most else gone
    if len(best) > 1:
        raise Several(f"this ledger stood in another folder, in one of {some_of(best)}: `--was FOLDER` says in which")
    return best[0] if best else None


def _marks(tree: Tree) -> Marks:
    """By what a ledger is known again: the ids of its claims, the names of its seeds, the hashes of its files."""
    contents = contents_of(tree)
    found = {("seed", name) for name in contents.seeds}
    for path in contents.paths():
        most = MAX_FILE_BYTES if path in contents.claims else MAX_SEED_BYTES
        try:
            data = tree.read(path, most) if path in contents.claims or not isinstance(tree, GitTree) else None
        except (NotThere, NotPlain, TooLarge):
            continue
        if data is not None and path in contents.claims:
            found.update(("claim", name) for name, _ in ids_in(data))
        if isinstance(tree, GitTree):
            found.add(("file", tree.hash_of(path) or ""))
        else:
            found.update(("file", git_hash(data or b"", digits)) for digits in (40, 64))
    return frozenset(found) if contents.claims or contents.seeds else frozenset()
