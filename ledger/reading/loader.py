"""A tree of files -> the Ledger: everything that could be read, and what could not as values. Never raises for bad data."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from ledger.model import ClaimsFile, Finding, Ledger, Trouble, Vocabulary
from ledger.reading import yaml_nodes
from ledger.reading.checkouts import CHECK_OUT
from ledger.reading.claims import compose, read_claims_file
from ledger.reading.contents import SEEDS_FOLDER, VOCABULARY_FILE, contents_of
from ledger.reading.misleading import _misleading, far_right, with_traps
from ledger.reading.pointers import pointed_at
from ledger.reading.trees import GitTree, NotCheckedOut, NotPlain, NotThere, TooLarge, Tree, holds
from ledger.reading.unread import ids_in
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import Scalar
from ledger.texts.display import one_line, plain_name
from ledger.texts.folding import MOST_MARKS
from ledger.texts.seeds import MAX_SEED_BYTES, MarkFlood, Seed


@contextmanager
def without_collector() -> Iterator[None]:
    """Node trees hold no cycles: the cyclic collector would walk millions of them for nothing (2.4 to 6 times slower)."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()  # what was read stays to the end: no later collection needs to walk it
            gc.enable()


class Reading(NamedTuple):
    """A claims file as it was read, and its bytes."""

    data: bytes
    result: ClaimsFile | Finding


class Earlier:
    """What was read of another state of the same ledger. A file that has not changed, nor its seed, is taken over as it was read:
    the two sides of a review share most of their files."""

    def __init__(self) -> None:
        self.shapes: object = None
        self.readings: dict[str, Reading] = {}

    def starts_with(self, vocabulary: Vocabulary) -> None:
        """Forget everything where claims would be read in another way: of the vocabulary, only the kinds of properties matter there."""
        shapes = {known.id: (known.type, known.parts, known.usable) for known in vocabulary.properties.values()}
        if shapes != self.shapes:
            self.shapes = shapes
            self.readings.clear()

    def reading(self, path: str, tree: Tree) -> ClaimsFile | Finding | None:
        """The file as it was read, if the tree has the same, and the same seed."""
        known = self.readings.get(path)
        if known is None or not holds(tree, path, known.data):
            return None
        if isinstance(known.result, ClaimsFile):
            seed = known.result.seed
            if seed is None or not holds(tree, f"{SEEDS_FOLDER}/{seed.name}", seed.data):
                return None
        return known.result


def load(tree: Tree, earlier: Earlier | None = None, vocabulary: Vocabulary | None = None) -> Ledger:
    """The ledger of a tree; raises Trouble only where there is no ledger, or its `ledger.yaml` can't be read. What `earlier` holds
    is taken over where nothing changed, and what is read is put there; `vocabulary` stands in for the tree's own."""
    with without_collector():
        vocabulary = load_vocabulary(tree) if vocabulary is None else vocabulary
        if earlier is not None:
            earlier.starts_with(vocabulary)
        files: list[ClaimsFile] = []
        refusals: list[Finding] = []
        contents = contents_of(tree)
        opened: Opened = {}  # a seed that many files name is read once
        if isinstance(tree, GitTree) and (earlier is None or not earlier.readings):
            tree.ahead([*contents.claims, *(f"{SEEDS_FOLDER}/{name}" for name in contents.seeds)])
        for path in contents.claims:
            read = load_file(tree, path, vocabulary, opened, earlier)
            if isinstance(read, Finding):
                refusals.append(read)
            else:
                files.append(read)
        return Ledger(vocabulary, tuple(files), tuple(refusals), contents.seeds, contents.odd, contents.never_added)


def load_vocabulary(tree: Tree, further: Mapping[str, yaml_nodes.Mapping] | None = None) -> Vocabulary:
    """What `ledger.yaml` says, with `further` places from elsewhere; raises Trouble where it is missing or can't be read."""
    from ledger.reading.vocabulary import FORMAT, read_vocabulary

    try:
        data = tree.read(VOCABULARY_FILE, yaml_nodes.MAX_FILE_BYTES)
    except NotThere:
        raise Trouble(f"there is no {VOCABULARY_FILE} here: a ledger's folder has one") from None
    except NotPlain as problem:
        raise Trouble(f"{VOCABULARY_FILE} is {problem}, not a plain file") from None
    except TooLarge:
        raise Trouble(f"{VOCABULARY_FILE} is too large: more than {yaml_nodes.MAX_FILE_BYTES // 1024 // 1024} MiB") from None
    try:
        text = yaml_nodes.decode(data)
        root = yaml_nodes.compose(text)
    except Refused as refused:
        found = refused.refusal
        remedy = f" ({found.help})" if found.help else ""
        raise Trouble(
            f"{VOCABULARY_FILE}:{found.line}:{found.column}: {one_line(found.message)}{remedy}: nothing can be checked without it"
        ) from None
    version = root.items.get("format")
    if type(version) is Scalar and version.text.strip() and version.text != FORMAT:
        raise Trouble(
            f"{VOCABULARY_FILE}:{version.line}:{version.column}: `format: {one_line(version.text)}` is not read by this version, which reads `format: {FORMAT}`"
        )
    vocabulary = read_vocabulary(root, further)
    far = far_right(text)
    return vocabulary._replace(flaws=(*vocabulary.flaws, *far)) if far else vocabulary


Opened = dict[str, tuple[Seed | None, tuple[str, str] | None]]


def load_file(tree: Tree, path: str, vocabulary: Vocabulary, opened: Opened, earlier: Earlier | None = None) -> ClaimsFile | Finding:
    """One claims file, or why it was refused; `opened` are the seeds that were read already, by name."""
    known = earlier.reading(path, tree) if earlier is not None else None
    if known is not None:
        return known
    try:
        data = tree.read(path, yaml_nodes.MAX_FILE_BYTES)
    except TooLarge:
        return _refusal(path, "too_large", f"the file is larger than {yaml_nodes.MAX_FILE_BYTES // 1024 // 1024} MiB", "split it")
    except NotPlain as problem:
        return _refusal(path, "no_plain_file", f"this is {problem}, not a plain file", "put the file itself here")
    except NotCheckedOut:
        return _refusal(path, "not_checked_out", f"a sparse checkout leaves {one_line(path)} out of this folder", CHECK_OUT)
    except NotThere:
        return _refusal(path, "no_plain_file", "the file went away while it was read", "run the check again")
    read = _read_file(tree, path, data, vocabulary, opened)
    if earlier is not None:
        earlier.readings[path] = Reading(data, read)
    return read


def _refusal(path: str, name: str, message: str, help: str) -> Finding:
    return Finding(1, 1, message, help, path=path, name=name)


def _read_file(tree: Tree, path: str, data: bytes, vocabulary: Vocabulary, opened: Opened) -> ClaimsFile | Finding:
    """What the bytes of a claims file say, or why they were refused."""

    def seed_named(name: str) -> tuple[Seed | None, tuple[str, str] | None]:
        if name not in opened:
            opened[name] = open_seed(tree, name)
        return opened[name]

    try:
        text = yaml_nodes.decode(data)
        listed = compose(text)
    except Refused as refused:
        found = refused.refusal
        return found._replace(path=path, related=tuple(other._replace(path=path) for other in found.related), ids=ids_in(data))
    file = read_claims_file(path, listed, vocabulary, seed_named, () if yaml_nodes.is_ordinary(data) else _misleading(text))
    return with_traps(file, text, data)


def open_seed(tree: Tree, name: str) -> tuple[Seed | None, tuple[str, str] | None]:
    """The seed of that name in `seeds/`, or (rule, message) why it can't be held against."""
    if not plain_name(name):
        return None, ("seed_outside", "a seed is named by its file's plain name in seeds/")
    path = f"{SEEDS_FOLDER}/{name}"
    try:
        data = tree.read(path, MAX_SEED_BYTES)
    except NotCheckedOut:
        return None, ("seed_missing", f"a sparse checkout leaves {one_line(path)} out of this folder")
    except NotThere:
        return None, ("seed_missing", f"there is no {one_line(path)}")
    except NotPlain as problem:
        return None, ("seed_outside", f"{one_line(path)} is {problem}, not a plain file")
    except TooLarge:
        return None, ("seed_unreadable", f"{one_line(path)} is larger than {MAX_SEED_BYTES // 1024 // 1024} MiB")
    if pointed_at(data) is not None:
        return None, ("seed_not_fetched", f"{one_line(path)} is a pointer of Git LFS: the text itself was not fetched")
    try:
        return Seed(name, data), None
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        return None, ("seed_unreadable", f"{one_line(path)} is not UTF-8 (byte 0x{data[problem.start]:02x} in line {line})")
    except MarkFlood as flood:
        return None, (
            "seed_unreadable",
            f"{one_line(path)} has more than {MOST_MARKS} combining marks behind each other in line {flood.line}",
        )
