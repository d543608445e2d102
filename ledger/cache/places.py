"""What a cache keeps of a ledger for those who ask of one place: its claims as data, place by place, and what else decides about them.

A holding is a head of lines (the vocabulary, an index, the claims that are always needed, an outline of each claims file) and a body:
the other claims, those of a place together. Of the body only what is asked for is read, and held against its digest in the index. Where
a few files are others now, these are read again, and stand in for what was kept of them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.answers.filters import around, places_within
from ledger.answers.names import find_place
from ledger.cache import vocabularies
from ledger.cache.check import open_cache
from ledger.cache.data import found_again
from ledger.cache.rereading import ClaimAgain, FileAgain, Reread
from ledger.model import CLAIM_FIELDS, CLAIMS, Claim, ClaimsFile, Finding, Ledger, Resolution, Tension, Vocabulary, fields_of
from ledger.reading.claims import Meaning
from ledger.reading.contents import SEEDS_FOLDER, VOCABULARY_FILE, Contents, contents_of, digest, digest_of, state_of
from ledger.reading.trees import NotPlain, NotThere, TooLarge, WorkTree
from ledger.texts.dates import Days
from ledger.texts.quotes import Found
from ledger.texts.seeds import MAX_SEED_BYTES, LateSeed

MOST_CLAIMS = 150_000  # of more nothing is kept
MOST_CHANGED = 4  # one file of so many is read again; where more changed, the whole ledger is
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False)
Digests = Mapping[str, str]  # of each file, by its path


class Part(NamedTuple):
    """As much of a ledger as was asked for, and which of its claims take no part in contradictions."""

    ledger: Ledger
    left_out: frozenset[tuple[str, int]]


def to_bytes(ledger: Ledger, left_out: Collection[tuple[str, int]], digests: Digests, state: str) -> tuple[bytes, bytes] | None:
    """A ledger as a holding, head and body, with the digests of its files and its state; None for one that is too large to be kept."""
    from ledger.cache.outlines import outline_text

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
        state, digests.get(VOCABULARY_FILE, ""), [_file_data(file, digests) for file in ledger.files], ledger.refusals, ledger.seeds,
        ledger.odd_files, sorted(left_out), spans,
    ]  # fmt: skip
    unsound = {path for path, _ in left_out}
    outlines = ["" if file.path in unsound or file.seed is None else outline_text(file, ()) for file in ledger.files]
    lines = [vocabularies.to_text(ledger.vocabulary), _JSON.encode(index), f"[{','.join(always)}]", *outlines]
    return "\n".join(lines).encode(), b"".join(body)


def _named(ledger: Ledger) -> set[str]:
    """The ids of claims that bear on others wherever these are: by naming them, by tensions and resolutions."""
    from ledger.rules.outlines import outline_of

    names = {name for file in ledger.files for tension in file.tensions for name in tension.claims}
    names.update(name for file in ledger.files for resolution in file.resolutions for name in resolution.claims)
    for file in ledger.files:
        for claim in (file.claims[number] for number in outline_of(file).naming):
            names.update((claim.id, *(name for field in fields_of(CLAIMS) for name in getattr(claim, field))))
    return names


def _row(claim: Claim, number: int) -> str:
    written = list(claim[: len(CLAIM_FIELDS)])
    if claim.extent is not None and "extent" not in claim.at:
        written[_EXTENT] = None  # the vocabulary's default, which is worked out again
    return _JSON.encode([number, claim.line, claim.column, claim.found, *written])


def _file_data(file: ClaimsFile, digests: Digests) -> list[Any]:
    return [
        digests.get(file.path, ""), digests.get(f"{SEEDS_FOLDER}/{file.seed_name}", ""),
        file.path, file.seed.name if file.seed is not None else None, file.seed_name, file.language, file.published, file.published_days,
        file.tensions, file.resolutions, file.seed is not None and file.seed.by_line, file.head.get("publisher"),
    ]  # fmt: skip


class Holding:
    """A holding that was kept; it, and what is asked of it, raises ValueError, TypeError, IndexError or KeyError for what is none."""

    def __init__(self, head: bytes, body: memoryview, read_seed: Callable[[str], bytes], reread: Reread) -> None:
        first, second, third, *outlines = head.split(b"\n")
        self.vocabulary: Vocabulary = vocabularies.from_text(first.decode())
        (
            self.state, self.vocabulary_digest, self._files, self._refusals, self._seeds, self._odd, self._left_out, self._spans,
        ) = json.loads(second)  # fmt: skip
        self._always = third
        self._outlines = outlines
        self._body = body
        self._read_seed = read_seed
        self._reread = reread

    def seed_names(self) -> set[str]:
        """The names of the seeds, as they were kept."""
        return {*self._seeds, *(seed for _, _, _, _, seed, *_ in self._files)}

    def part(self, places: Iterable[str]) -> Part:
        """The claims of places, and all that contradict others wherever these are, or take no part, in the ledger as it was kept."""
        of_file = self._rows(places)
        files = tuple(self._file(number, of_file.get(number, [])) for number in range(len(self._files)))
        refusals = tuple(map(found_again, self._refusals))
        odd = tuple((str(path), str(why)) for path, why in self._odd)
        ledger = Ledger(self.vocabulary, files, refusals, tuple(self._seeds), odd)
        return Part(ledger, frozenset((str(path), int(line)) for path, line in self._left_out))

    def sound(self, digests: Digests) -> dict[str, int]:
        """The files that are as they were kept, with their seeds, and from which no claim was left out: their numbers, by path."""
        return {
            path: number
            for number, ((digest, seed_digest, path, _, seed, *_), outline) in enumerate(zip(self._files, self._outlines, strict=True))
            if outline and digests.get(path) == digest and digests.get(f"{SEEDS_FOLDER}/{seed}") == seed_digest
        }

    def part_with(
        self, places: Iterable[str], contents: Contents, sound: Mapping[str, int], read: Mapping[str, ClaimsFile | Finding]
    ) -> Part:
        """The same in a ledger with these contents, of which some files are as they were kept and the others were read."""
        from ledger.cache.outlines import outline
        from ledger.rules import excluded
        from ledger.rules.outlines import outline_of

        of_file = self._rows(places)
        files = []
        for path in contents.claims:
            if path in sound:
                files.append(outline(path, self._outlines[sound[path]].decode(), self._reread, lambda: b"")[0])
            elif isinstance(file := read[path], ClaimsFile):
                files.append(file)
        refusals = tuple(file for file in read.values() if isinstance(file, Finding))
        if not refusals and not any(outline_of(file).ids for file in files):
            raise ValueError("nothing left")
        whole = Ledger(self.vocabulary, tuple(files), refusals, contents.seeds, contents.odd)
        left_out = excluded(whole, sound)
        # What is needed wherever it stands was kept as such, unless what was read now is the first to name it, or to exclude it.
        names = {name for file in files if file.path in sound for name in outline_of(file).ids} & _named(whole)
        if any(path in sound for path, _ in left_out) or names - {row[_ID] for rows in of_file.values() for row in rows}:
            of_file = self._rows(self._spans)
        parts = (self._file(sound[file.path], of_file.get(sound[file.path], [])) if file.path in sound else file for file in files)
        return Part(whole._replace(files=tuple(parts)), left_out)

    def _rows(self, places: Iterable[str]) -> dict[int, list[list[Any]]]:
        """The rows of the claims of places, and of those that are always needed, by the numbers of their files."""
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
        return of_file

    def _file(self, number: int, rows: list[list[Any]]) -> ClaimsFile:
        _, _, path, seed, seed_name, language, published, days, tensions, resolutions, by_line, publisher = self._files[number]
        meaning = Meaning(path, self.vocabulary, None, Days(*days) if days is not None else None)
        again = FileAgain(path, self._reread)
        claims = [_claim(row, meaning, again) for row in sorted(rows, key=lambda row: row[1])]
        return ClaimsFile(
            path, seed_name, "", language, published, meaning.published, {"publisher": publisher} if publisher else {}, again, (), (), claims,
            tuple(Tension(tuple(names), *rest) for names, *rest in tensions), (),
            LateSeed(seed, lambda: self._read_seed(seed), bool(by_line)) if seed is not None else None, None,
            resolutions=tuple(Resolution(tuple(names), *rest) for names, *rest in resolutions),
        )  # fmt: skip


def _claim(row: list[Any], meaning: Meaning, again: FileAgain) -> Claim:
    _, line, column, (spans, *found), *said = row
    said = [tuple(words) if type(words) is list else words for words in said]
    claim = meaning.of(tuple(said), line, column, ClaimAgain(again, line, said[_EXTENT] is not None))
    return claim._replace(found=Found(tuple(map(tuple, spans)), *found))


_ID = 4 + list(CLAIM_FIELDS).index("id")  # in a row
_EXTENT = list(CLAIM_FIELDS).index("extent")  # in what a claim says


class Held:
    """A ledger's folder beside what a cache has of it."""

    def __init__(self, root: str, use_cache: bool) -> None:
        self.tree = WorkTree(root)
        self.cache = open_cache(root) if use_cache else None
        self.name = self.cache.key("holding", os.path.realpath(root)) if self.cache is not None else ""
        self.contents, self.digests = self._now() if self.cache is not None else (Contents((), (), ()), dict[str, str]())
        self._whole: dict[str, ClaimsFile | Finding] = {}  # files that were read

    def _now(self) -> tuple[Contents, dict[str, str]]:
        """Which files there are, and their digests."""
        contents = contents_of(self.tree)
        return contents, {path: digest_of(self.tree, path) for path in contents.paths()}

    def part(self, town: str) -> Part | None:
        """As much of the ledger as decides about a place; None where that is not known. Raises Trouble for an unknown place."""
        found = self.cache.read_with_body(self.name) if self.cache is not None else None
        if found is None:
            return None
        try:
            holding = Holding(*found, self._seed, lambda path: self._read_again(path, holding.vocabulary))
            if holding.vocabulary_digest != self.digests[VOCABULARY_FILE]:
                return None
            unchanged = holding.state == _state(self.contents, self.digests)
            sound = holding.sound(self.digests) if not unchanged else {}
            changed = [path for path in self.contents.claims if path not in sound] if not unchanged else []
            if len(changed) * MOST_CHANGED > len(self.contents.claims):
                return None
            vocabulary = holding.vocabulary
            place = find_place(town, vocabulary, holding.seed_names())
            places = places_within(place, vocabulary)
            reaching = {*places, *(larger for inner in places for larger in vocabulary.larger_places(inner)), *around(place, vocabulary)}
            if unchanged:
                return holding.part(reaching)
            return holding.part_with(reaching, self.contents, sound, {path: self._read(path, vocabulary) for path in changed})
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, ledger: Ledger, left_out: Collection[tuple[str, int]]) -> None:
        """Keep what was read, unless a file changed meanwhile."""
        if self.cache is None:
            return
        holding = to_bytes(ledger, left_out, self.digests, _state(self.contents, self.digests))
        if holding is not None and self._now() == (self.contents, self.digests):
            self.cache.write(self.name, *holding)

    def _seed(self, name: str) -> bytes:
        try:
            return self.tree.read(f"{SEEDS_FOLDER}/{name}", MAX_SEED_BYTES)
        except (NotThere, NotPlain, TooLarge):
            return b""  # it went away since

    def _read(self, path: str, vocabulary: Vocabulary) -> ClaimsFile | Finding:
        """A claims file as it is written, read once."""
        from ledger.reading.loader import load_file

        if path not in self._whole:
            self._whole[path] = load_file(self.tree, path, vocabulary, {})
        return self._whole[path]

    def _read_again(self, path: str, vocabulary: Vocabulary) -> ClaimsFile | None:
        file = self._read(path, vocabulary)
        return file if isinstance(file, ClaimsFile) else None


def _state(contents: Contents, digests: Digests) -> str:
    """What tells a state of a ledger from every other, in short."""
    return digest(state_of(contents, dict(digests)).encode("utf-8", "surrogatepass"))
