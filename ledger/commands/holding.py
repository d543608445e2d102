"""What a cache has of a ledger for who asks of one place, told by the digests of all its files; and how that is put there."""

from __future__ import annotations

from collections.abc import Collection

from ledger.answers.filters import find_place, places_within
from ledger.cache.places import Holding, Part, to_bytes
from ledger.kept import open_cache
from ledger.model import ClaimsFile, Ledger
from ledger.reading.contents import SEEDS_FOLDER, contents_of, digest_of, state_of
from ledger.reading.trees import NotPlain, NotThere, TooLarge, WorkTree
from ledger.texts.seeds import MAX_SEED_BYTES


class Held:
    """A ledger's folder beside what a cache has of it."""

    def __init__(self, root: str, use_cache: bool) -> None:
        self.tree = WorkTree(root)
        self.cache = open_cache(root) if use_cache else None
        self.name = ""

    def _state(self) -> str:
        contents = contents_of(self.tree)
        return state_of(contents, {path: digest_of(self.tree, path) for path in contents.paths()})

    def part(self, town: str) -> Part | None:
        """As much of the ledger as decides about a place; None where that is not known. Raises Trouble for an unknown place."""
        if self.cache is None:
            return None
        self.name = self.cache.key("holding", self._state())
        found = self.cache.read_with_body(self.name)
        if found is None:
            return None
        try:
            holding = Holding(*found, self._seed, self._file)
            vocabulary = holding.vocabulary
            places = places_within(find_place(town, vocabulary), vocabulary)
            return holding.part({*places, *(larger for place in places for larger in vocabulary.larger_places(place))})
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, ledger: Ledger, left_out: Collection[tuple[str, int]]) -> None:
        """Keep what was read, unless a file changed meanwhile."""
        if self.cache is None or not self.name:
            return
        holding = to_bytes(ledger, left_out)
        if holding is not None and self.cache.key("holding", self._state()) == self.name:
            self.cache.write(self.name, *holding)

    def _seed(self, name: str) -> bytes:
        try:
            return self.tree.read(f"{SEEDS_FOLDER}/{name}", MAX_SEED_BYTES)
        except (NotThere, NotPlain, TooLarge):
            return b""  # it went away since

    def _file(self, path: str) -> ClaimsFile | None:
        from ledger.reading.loader import load_file, load_vocabulary

        file = load_file(self.tree, path, load_vocabulary(self.tree), {})
        return file if isinstance(file, ClaimsFile) else None
