"""What a cache keeps of a ledger for those who ask of one place: its claims as data, place by place, and what else decides about them.

A holding is a head of three lines (the vocabulary, an index, the claims that are always needed) and a body: the other claims, those
of a place together. Of the body only what is asked for is read, and held against its digest in the index.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import product
from typing import Any, NamedTuple

from ledger.answers.filters import find_place, places_within
from ledger.cache import vocabularies
from ledger.cache.check import open_cache
from ledger.cache.data import found_again
from ledger.cache.rereading import ClaimAgain, FileAgain, Reread
from ledger.model import CLAIM_FIELDS, CLAIMS, Claim, ClaimsFile, Ledger, Resolution, Tension, Vocabulary, fields_of
from ledger.reading.claims import Meaning
from ledger.reading.contents import SEEDS_FOLDER, contents_of, digest, digest_of, state_of
from ledger.reading.trees import NotPlain, NotThere, TooLarge, WorkTree
from ledger.texts.dates import Days
from ledger.texts.quotes import Found
from ledger.texts.seeds import MAX_SEED_BYTES, LateSeed

MOST_CLAIMS = 150_000  # of more nothing is kept
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False)


class Part(NamedTuple):
    """As much of a ledger as was asked for, and which of its claims take no part in contradictions."""

    ledger: Ledger
    left_out: frozenset[tuple[str, int]]


def to_bytes(ledger: Ledger, left_out: Collection[tuple[str, int]]) -> tuple[bytes, bytes] | None:
    """A ledger as a holding, head and body; None for one that is too large to be kept."""
    if sum(len(file.claims) for file in ledger.files) > MOST_CLAIMS:
        return None
    numbers = {file.path: number for number, file in enumerate(ledger.files)}
    everywhere = _named(ledger)
    places: dict[str, list[str]] = defaultdict(list)
    always: list[str] = []
    for claim in ledger.claims():
        row = _row(claim, numbers[claim.path])
        if claim.id in everywhere or (claim.path, claim.line) in left_out:
            always.append(row)
        else:
            places[claim.place].append(row)
    spans: dict[str, tuple[int, int, str]] = {}
    body: list[bytes] = []
    length = 0
    for place, rows in places.items():
        data = f"[{','.join(rows)}]".encode()
        spans[place] = (length, length + len(data), digest(data))
        length += len(data)
        body.append(data)
    index = [
        [_file_data(file) for file in ledger.files], ledger.refusals, ledger.seeds, ledger.odd_files,
        sorted(left_out), spans,
    ]  # fmt: skip
    return "\n".join([vocabularies.to_text(ledger.vocabulary), _JSON.encode(index), f"[{','.join(always)}]"]).encode(), b"".join(body)


def _named(ledger: Ledger) -> set[str]:
    """The ids of claims that bear on others wherever these are: by naming them, by tensions and resolutions."""
    names = {name for file in ledger.files for tension in file.tensions for name in tension.claims}
    names.update(name for file in ledger.files for resolution in file.resolutions for name in resolution.claims)
    for claim, field in product(ledger.claims(), fields_of(CLAIMS)):
        if named := getattr(claim, field):
            names.update((claim.id, *named))
    return names


def _row(claim: Claim, number: int) -> str:
    return _JSON.encode([number, claim.line, claim.column, claim.found, *claim[: len(CLAIM_FIELDS)]])


def _file_data(file: ClaimsFile) -> list[Any]:
    return [
        file.path, file.seed.name if file.seed is not None else None, file.seed_name, file.language, file.published, file.published_days,
        file.tensions, file.resolutions, file.seed is not None and file.seed.by_line,
    ]  # fmt: skip


class Holding:
    """A holding that was kept; raises ValueError, TypeError, IndexError or KeyError for what is none."""

    def __init__(self, head: bytes, body: memoryview, read_seed: Callable[[str], bytes], reread: Reread) -> None:
        first, second, third = head.split(b"\n")
        self.vocabulary: Vocabulary = vocabularies.from_text(first.decode())
        self._files, self._refusals, self._seeds, self._odd, self._left_out, self._spans = json.loads(second)
        self._always = third
        self._body = body
        self._read_seed = read_seed
        self._reread = reread

    def part(self, places: Iterable[str]) -> Part:
        """The claims of places, and all that contradict others wherever these are, or take no part."""
        rows = json.loads(self._always)
        for place in sorted(set(places) & self._spans.keys()):
            start, end, told = self._spans[place]
            data = bytes(self._body[start:end])
            if digest(data) != told:
                raise ValueError("damaged")
            rows += json.loads(data)
        of_file: dict[int, list[list[Any]]] = defaultdict(list)
        for row in rows:
            of_file[row[0]].append(row)
        files = tuple(self._file(number, data, of_file.get(number, [])) for number, data in enumerate(self._files))
        refusals = tuple(map(found_again, self._refusals))
        odd = tuple((str(path), str(why)) for path, why in self._odd)
        ledger = Ledger(self.vocabulary, files, refusals, tuple(self._seeds), odd)
        return Part(ledger, frozenset((str(path), int(line)) for path, line in self._left_out))

    def _file(self, number: int, data: list[Any], rows: list[list[Any]]) -> ClaimsFile:
        path, seed, seed_name, language, published, days, tensions, resolutions, by_line = data
        meaning = Meaning(path, self.vocabulary, None, Days(*days) if days is not None else None)
        again = FileAgain(path, self._reread)
        claims = [_claim(row, meaning, again) for row in sorted(rows, key=lambda row: row[1])]
        return ClaimsFile(
            path, seed_name, "", language, published, meaning.published, {}, again, (), (), claims,
            tuple(Tension(tuple(names), *rest) for names, *rest in tensions), (),
            LateSeed(seed, lambda: self._read_seed(seed), bool(by_line)) if seed is not None else None, None,
            resolutions=tuple(Resolution(tuple(names), *rest) for names, *rest in resolutions),
        )  # fmt: skip


def _claim(row: list[Any], meaning: Meaning, again: FileAgain) -> Claim:
    _, line, column, (spans, *found), *said = row
    said = [tuple(words) if type(words) is list else words for words in said]
    claim = meaning.of(tuple(said), line, column, ClaimAgain(again, line))
    return claim._replace(found=Found(tuple(map(tuple, spans)), *found))


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
