"""What of two states of a ledger could not be read, and what nobody can tell for it."""

from __future__ import annotations

from ledger.model import Ledger
from ledger.reading import yaml_nodes
from ledger.reading.trees import GitTree, NotPlain, NotThere, TooLarge, Tree, holds

CLAIMS, CONTRADICTIONS, DEFECTS, PROOFS, SEEDS, VOCABULARY = "claims", "contradictions", "defects", "proofs", "seeds", "vocabulary"
EVERYTHING = frozenset((CLAIMS, CONTRADICTIONS, DEFECTS, PROOFS, SEEDS, VOCABULARY))


class Hidden:
    """The claims files of one state that could not be read. Whether a claim is new or gone, whose other state may stand in one of
    them, can't be told."""

    def __init__(self, ledger: Ledger, tree: Tree | None) -> None:
        self.paths = frozenset(refusal.path for refusal in ledger.refusals)
        self._known = frozenset(claim.id for claim in ledger.claims()) if self.paths else frozenset()
        self._texts = [_text(tree, path) for path in sorted(self.paths)] if tree is not None else []

    def may_hold(self, name: str, path: str) -> bool:
        """Whether a claim of that id, which stands in a file of that path in the other state, may stand in one of these."""
        if not self.paths or (name and name in self._known):
            return False
        return (
            path in self.paths or not name or any(text is None or name.encode("utf-8", "surrogateescape") in text for text in self._texts)
        )


def _text(tree: Tree, path: str) -> bytes | None:
    """The bytes of a file that was refused; None where they can't be had, or are in another encoding: it may hold anything then."""
    try:
        data = tree.read(path, yaml_nodes.MAX_FILE_BYTES)
        data.decode("utf-8")
    except (NotThere, NotPlain, TooLarge, UnicodeDecodeError):
        return None
    return None if b"\0" in data else data


def left_open(before: Ledger, after: Ledger, earlier: Tree | None, later: Tree) -> frozenset[str]:
    """What can't be answered for files that were refused. Of one that is as it was, what its claims contradict still can't."""
    earlier_paths, later_paths = ({refusal.path for refusal in ledger.refusals} for ledger in (before, after))
    if not earlier_paths | later_paths:
        return frozenset()
    same = earlier_paths == later_paths and earlier is not None and all(_is_same(earlier, later, path) for path in later_paths)
    return frozenset((CONTRADICTIONS,)) if same else frozenset((CLAIMS, CONTRADICTIONS, DEFECTS))


def _is_same(earlier: Tree, later: Tree, path: str) -> bool:
    if isinstance(earlier, GitTree) and isinstance(later, GitTree):
        digest = earlier.hash_of(path)
        return digest is not None and digest == later.hash_of(path)
    try:
        return holds(earlier, path, later.read(path, yaml_nodes.MAX_FILE_BYTES))
    except (NotThere, NotPlain, TooLarge):
        return False
