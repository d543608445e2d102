"""A whole ledger -> its report, file by file: from what a cache kept of files that have not changed, on several processors.

The rules look at one claims file after the other, and nothing of a file stays in memory but its outline. A file with errors is
looked at once more at the end, when all others are known, since what is said of an error may depend on them.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.cache import vocabularies
from ledger.cache.data import diagnostic_data, to_diagnostic
from ledger.cache.outlines import outline, outline_text
from ledger.cache.processes import shared_out
from ledger.cache.store import Cache
from ledger.model import ClaimsFile, Diagnostic, Finding, Ledger, Report, Vocabulary
from ledger.reading import loader
from ledger.reading.contents import SEEDS_FOLDER, VOCABULARY_FILE, Contents, digest_of
from ledger.reading.contents import digest as sha256
from ledger.reading.loader import Opened
from ledger.reading.trees import Entry, NotPlain, NotThere, TooLarge, Tree
from ledger.rules.registry import ERROR
from ledger.rules.runner import check_file, check_vocabulary, report_on
from ledger.rules.views import LedgerView
from ledger.texts.seeds import MAX_SEED_BYTES

WORTH_SHARING = 400_000  # bytes of claims: below, a second process costs more than it saves
FEW_CHANGED = 3  # files: of fewer that changed nothing is written, since reading them again takes less
MOST_OPENED = 64  # seeds kept open by name: few files name the same
Progress = Callable[[int, int], None]
_last: list[object] = []  # what was read last: kept, since taking it apart would take longer than leaving it to the end of the process


class Kept(NamedTuple):
    """What is known of one claims file: digests of it and of its seed, the seed's name, and its outline as text, which is empty
    where the file was refused or has errors."""

    path: str
    digest: str
    seed: str
    seed_digest: str
    outline: str

    def line(self) -> str:
        """As one line of text."""
        return json.dumps(self[:4], ensure_ascii=True, separators=(",", ":")) + "\t" + self.outline


def kept_in(line: str) -> Kept:
    """What a line says; raises ValueError or TypeError for one that says nothing."""
    head, _, outline = line.partition("\t")
    path, digest, seed, seed_digest = json.loads(head)
    return Kept(str(path), str(digest), str(seed), str(seed_digest), outline)


class Digesting:
    """A tree that keeps the digest of each claims file, and of the vocabulary, as it was read last."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.digests: dict[str, str] = {}

    def entries(self, folder: str) -> list[Entry]:
        """The names in a folder."""
        return self.tree.entries(folder)

    def read(self, path: str, most: int) -> bytes:
        """The bytes of a plain file."""
        data = self.tree.read(path, most)
        if not path.startswith(f"{SEEDS_FOLDER}/"):
            self.digests[path] = sha256(data)
        return data


class Survey:
    """One check of a ledger."""

    def __init__(self, tree: Tree, contents: Contents, progress: Progress, kept: Sequence[str] = (), digest: str = "") -> None:
        """`kept` is what a cache has of the vocabulary (`to_keep`), `digest` that of `ledger.yaml` as it is."""
        self.tree = Digesting(tree)
        self.contents = contents
        self.progress = progress
        self.of_vocabulary: list[Diagnostic] | None = None  # what the rules find in it, where that is known
        vocabulary = self._vocabulary_kept(kept) if kept and kept[0] == digest != "" else None
        self.vocabulary_digest = digest
        if vocabulary is None:
            vocabulary = loader.load_vocabulary(self.tree)
            self.vocabulary_digest = self.tree.digests[VOCABULARY_FILE]
        self.vocabulary = vocabulary
        self.lines: dict[str, str] = {}  # what is kept of each file, as text
        self.outlines: dict[str, tuple[ClaimsFile, list[Diagnostic]]] = {}
        self.opened: Opened = {}
        self.whole: dict[str, ClaimsFile | Finding] = {}  # files read as they are written, where an outline does not do

    # -- one file ---------------------------------------------------------------------------------------------------------

    def examine(self, path: str) -> Kept:
        """What the rules find in one claims file, as it is kept."""
        file = self._read(path)
        digest = self.tree.digests.get(path, "")
        if isinstance(file, Finding) or file.seed is None:
            return Kept(path, digest, "", "", "")
        found = check_file(file, Ledger(self.vocabulary, (file,), (), self.contents.seeds, self.contents.odd))
        sound = all(diagnostic.severity != ERROR for diagnostic in found)
        return Kept(path, digest, file.seed_name, file.seed.sha256, outline_text(file, found) if sound else "")

    def _read(self, path: str) -> ClaimsFile | Finding:
        if len(self.opened) > MOST_OPENED:
            self.opened.clear()
        return loader.load_file(self.tree, path, self.vocabulary, self.opened)

    def reread(self, path: str) -> ClaimsFile | None:
        """A claims file as it is written, read once; None where it can no longer be read."""
        if path not in self.whole:
            self.whole[path] = self._read(path)
        file = self.whole[path]
        return file if isinstance(file, ClaimsFile) else None

    def _outline(self, kept: Kept) -> tuple[ClaimsFile, list[Diagnostic]]:
        if kept.path not in self.outlines:
            self.outlines[kept.path] = outline(kept.path, kept.outline, self.reread, lambda: self._seed_data(kept.seed))
        return self.outlines[kept.path]

    def _seed_data(self, name: str) -> bytes:
        try:
            return self.tree.read(f"{SEEDS_FOLDER}/{name}", MAX_SEED_BYTES)
        except (NotThere, NotPlain, TooLarge):
            return b""  # it went away while the ledger was read

    def _vocabulary_kept(self, kept: Sequence[str]) -> Vocabulary | None:
        """The vocabulary that a cache has; None where it has none."""
        try:
            vocabulary = vocabularies.from_text(kept[1])
            self.of_vocabulary = [to_diagnostic(row) for row in json.loads(kept[2])]
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
            return None
        return vocabulary

    def take_over(self, lines: Sequence[str], digests: dict[str, str]) -> dict[str, Kept]:
        """What a cache has of the files that are as they were, their seeds and the vocabulary too."""
        known: dict[str, Kept] = {}
        try:
            for line in lines:
                kept = kept_in(line)
                seed = digests.get(f"{SEEDS_FOLDER}/{kept.seed}")
                if kept.outline and digests.get(kept.path) == kept.digest and seed == kept.seed_digest:
                    self._outline(kept)
                    known[kept.path] = kept
                    self.lines[kept.path] = line
        except (ValueError, TypeError, IndexError, RecursionError):
            self.outlines.clear()
            return {}
        return known

    def to_keep(self, kept: Sequence[Kept]) -> bytes:
        """What a cache is to have of the vocabulary and the files."""
        found = json.dumps([diagnostic_data(diagnostic) for diagnostic in self.of_vocabulary]) if self.of_vocabulary is not None else ""
        vocabulary = [self.vocabulary_digest, vocabularies.to_text(self.vocabulary), found]
        return "\n".join([*vocabulary, *(self.lines[each.path] for each in kept if each.outline)]).encode()

    def digests_seen(self, kept: Sequence[Kept], before: dict[str, str]) -> dict[str, str]:
        """The digests of all that was read; none where a file changed while the ledger was read."""
        seen = {VOCABULARY_FILE: self.vocabulary_digest}
        for each in kept:
            seen[each.path] = each.digest
            if each.seed_digest:
                seen[f"{SEEDS_FOLDER}/{each.seed}"] = each.seed_digest
        again = (self.tree.digests, before)
        if not all(seen.values()) or any(digests.get(path, digest) != digest for path, digest in seen.items() for digests in again):
            return {}
        return {path: digest_of(self.tree, path) for path in self.contents.paths() if path not in seen} | seen

    # -- all files --------------------------------------------------------------------------------------------------------

    def all_kept(self, known: dict[str, Kept], size: int) -> list[Kept]:
        """What is known of every claims file: of some already, of the others by looking at them, on several processors."""
        missing = [path for path in self.contents.claims if path not in known]
        lines = shared_out(missing, lambda path: self.examine(path).line(), size > WORTH_SHARING, self.progress)
        for path, line in zip(missing, lines, strict=True):
            known[path] = kept_in(line)
            self.lines[path] = line
        return [known[path] for path in self.contents.claims]

    def report(self, kept: Sequence[Kept]) -> Report:
        """The report on the whole ledger."""
        read: list[tuple[ClaimsFile | Finding, list[Diagnostic] | None]] = []
        for each in kept:
            if each.outline:
                read.append(self._outline(each))
            else:
                self.reread(each.path)
                read.append((self.whole[each.path], None))
        files = tuple(file for file, _ in read if isinstance(file, ClaimsFile))
        refusals = tuple(file for file, _ in read if isinstance(file, Finding))
        ledger = Ledger(self.vocabulary, files, refusals, self.contents.seeds, self.contents.odd, self.contents.never_added)
        found: list[Diagnostic] = []
        for file, of_file in read:
            if isinstance(file, ClaimsFile):
                found += check_file(file, ledger) if of_file is None else of_file
        if self.of_vocabulary is None:
            found += (of_vocabulary := check_vocabulary(ledger))
            if self.vocabulary.places and self.vocabulary.claimants and self.vocabulary.properties:
                self.of_vocabulary = of_vocabulary  # what is said of an empty section depends on the claims
        else:
            found += self.of_vocabulary
        return report_on(LedgerView(ledger, read=lambda file: self.reread(file.path) or file), found)


def survey(
    tree: Tree, contents: Contents, cache: Cache | None, name: str, digests: dict[str, str], progress: Progress
) -> tuple[Report, dict[str, str]]:
    """The report on a ledger, and the digests of all its files (none where one changed meanwhile). `digests` are those known
    already, `name` is that of the ledger's entry in the cache. Raises Trouble as loading does."""
    running = gc.isenabled()
    gc.disable()  # what is built holds no cycles: the collector would walk it for nothing
    try:
        lines = lines_in(cache.read(name)) if cache is not None and digests else []
        looked = Survey(tree, contents, progress, lines[:3], digests.get(VOCABULARY_FILE, ""))
        _last[:] = [looked]
        known = looked.take_over(lines[3:], digests) if lines and lines[0] == looked.vocabulary_digest else {}
        unchanged = len(known)
        kept = looked.all_kept(known, size_of(tree, contents.claims))
        report = looked.report(kept)
        if cache is None:
            return report, {}
        if not lines or len(kept) - unchanged > max(FEW_CHANGED, len(kept) // 50):
            cache.write(name, looked.to_keep(kept))
        return report, looked.digests_seen(kept, digests)
    finally:
        if running:
            gc.enable()


def lines_in(text: bytes | None) -> list[str]:
    """The lines of what a cache has."""
    try:
        return text.decode().split("\n") if text else []
    except ValueError:
        return []


def size_of(tree: Tree, paths: Sequence[str]) -> int:
    """How many bytes files have together, about: where it can't be told, none."""
    root = getattr(tree, "root", None)
    total = 0
    for path in paths if root is not None else ():
        try:
            total += os.lstat(os.path.join(root, path)).st_size  # type: ignore[arg-type]
        except OSError:
            continue
    return total
