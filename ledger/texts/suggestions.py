"""What was probably meant: the nearest of the names there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from ledger.texts.display import one_line
from ledger.texts.folding import name_key


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names in `known` that `word` was probably meant to be, best first; at most `most`, often none."""
    return _Names.of(tuple(known)).nearest(word, most) if len(word) <= 100 else []


class _Names:
    """Names that one of was probably meant, looked up again and again: among many, by the pairs of letters they share."""

    FEW = 500  # up to so many names, all are compared
    MOST = 20_000
    COMPARED = 40
    READ = 5_000

    def __init__(self, known: tuple[str, ...]) -> None:
        self.keys: dict[str, str] = {}
        for name in sorted(known)[: self.MOST]:
            self.keys.setdefault(name_key(name), name)
        self.by_pair: dict[str, list[str]] = defaultdict(list)
        if len(self.keys) > self.FEW:
            for key in self.keys:
                for pair in _pairs(key):
                    self.by_pair[pair].append(key)

    @staticmethod
    @lru_cache(maxsize=16)
    def of(known: tuple[str, ...]) -> _Names:
        """The names, made ready once."""
        return _Names(known)

    def nearest(self, word: str, most: int) -> list[str]:
        """The names nearest to a word."""
        from difflib import get_close_matches

        key = name_key(word)
        return [self.keys[found] for found in get_close_matches(key, self._likely(key), n=most, cutoff=0.6)]

    def _likely(self, key: str) -> Iterable[str]:
        """The names that are worth a closer look."""
        if not self.by_pair:
            return self.keys
        shared: Counter[str] = Counter()
        read = 0
        for names in sorted((self.by_pair[pair] for pair in _pairs(key) if pair in self.by_pair), key=len):
            read += len(names)
            if shared and read > self.READ:
                break
            shared.update(names[: self.READ])
        return [
            name
            for name, _ in sorted(shared.items(), key=lambda entry: (-entry[1], abs(len(entry[0]) - len(key)), entry[0]))[: self.COMPARED]
        ]


def _pairs(key: str) -> set[str]:
    """The pairs of letters of a name, its ends included."""
    padded = f"^{key}$"
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy naming the nearest known words, or an empty text."""
    near = nearest(word, known)
    if not near:
        return ""
    return "did you mean " + " or ".join(f"`{one_line(name)}`" for name in near) + "?"


class Hints:
    """Remedies for many unknown words: each is looked up once, and only so many are."""

    MOST = 100

    def __init__(self) -> None:
        self.given: dict[tuple[str, int], tuple[Collection[str], str]] = {}  # (the names are kept, so that their id stays theirs)

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """A remedy naming the nearest known words, or an empty text."""
        key = (word, id(known))
        if key not in self.given:
            if len(self.given) >= self.MOST:
                return ""
            self.given[key] = known, did_you_mean(word, known)
        return self.given[key][1]
