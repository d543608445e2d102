"""A ledger that is being edited: its files as the disk has them, with the texts of an editor laid over them.

Everything stays in memory as it was read. A keystroke reads the one file again that is being typed, looks at that file with the rules, and
runs the rules about the whole ledger on what is known of the others; nothing is done while nobody types.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from ledger.model import Claim, ClaimsFile, Diagnostic, Finding, Ledger, Report, Trouble, Vocabulary
from ledger.reading.contents import CLAIMS_FOLDER, MAX_FILE_BYTES, SEEDS_FOLDER, VOCABULARY_FILE, Contents, contents_of
from ledger.reading.loader import Opened, load_file, load_vocabulary
from ledger.reading.trees import WorkTree
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import compose, decode
from ledger.rules.outlines import outline_of
from ledger.rules.runner import RULES, Known, examine
from ledger.rules.views import LedgerView
from ledger.writing.results import Overlaid


class _Outlined(tuple[Claim, ...]):
    """The claims of a file, with the outline that the rules about the whole ledger ask for: made once."""

    outline: Any


class Live:
    """One ledger, and what is typed into it. Paths are relative, with `/`."""

    def __init__(self, root: str) -> None:
        """Reads the ledger in a folder; raises Trouble where its `ledger.yaml` can't be read."""
        self.root = root
        self.typed: dict[str, str] = {}
        self.files: dict[str, ClaimsFile | Finding] = {}
        self.good: dict[str, ClaimsFile] = {}  # each as it was read last: what is typed is no YAML at times
        self.states: dict[str, tuple[int, int]] = {}  # of the files on the disk, when they were read
        self.opened: Opened = {}
        self.known = Known()
        self.broken: Diagnostic | None = None  # what keeps the vocabulary that is typed from being read
        self.generation = 0  # grows with every change
        self._view: LedgerView | None = None
        self._report: Report | None = None
        self.contents = Contents((), (), ())
        self.vocabulary: Vocabulary = load_vocabulary(self.tree())
        self.refresh()

    def tree(self) -> Overlaid:
        """The files as they are now."""
        return Overlaid(WorkTree(self.root), {path: text.encode("utf-8", "surrogatepass") for path, text in self.typed.items()})

    def text(self, path: str) -> str:
        """The text of a file as it is now; empty where it can't be read."""
        if path in self.typed:
            return self.typed[path]
        try:
            return self.tree().read(path, MAX_FILE_BYTES).decode("utf-8", "replace")
        except Exception:  # it went away, or is no plain file: there is nothing to be shown of it
            return ""

    # -- changes ---------------------------------------------------------------------------------------------------------

    def put(self, path: str, text: str | None) -> None:
        """The text of a file is now another; None: as the disk has it."""
        if text is None:
            self.typed.pop(path, None)
        else:
            self.typed[path] = text
        if path == VOCABULARY_FILE:
            self._read_vocabulary()
        elif path.startswith(f"{CLAIMS_FOLDER}/") and path.endswith(".yaml"):
            if path not in self.files or text is None:
                self.contents = self._contents()
            if path in self.contents.claims:
                self._read(path)
            else:  # it was typed, and never written
                self._forget(path)
                self.good.pop(path, None)
        self._changed()

    def refresh(self) -> None:
        """Take in what changed on the disk."""
        self.contents = self._contents()
        states = {path: self._state(path) for path in self.contents.paths()}
        changed = {path for path in states.keys() | self.states.keys() if states.get(path) != self.states.get(path)}
        self.states = states
        seeds = {path.removeprefix(f"{SEEDS_FOLDER}/") for path in changed if path.startswith(f"{SEEDS_FOLDER}/")}
        for name in seeds:
            self.opened.pop(name, None)
        if VOCABULARY_FILE in changed and VOCABULARY_FILE not in self.typed:
            self._read_vocabulary()
        for path in list(self.files.keys() - set(self.contents.claims)):
            self._forget(path)
        for path in self.contents.claims:
            if path in changed or path not in self.files or self._seed_name(path) in seeds:
                self._read(path)
        if changed:
            self._changed()

    def _contents(self) -> Contents:
        """Which files there are: those on the disk, with what git knows of them, and those that are only typed so far."""
        found = contents_of(WorkTree(self.root))
        typed = {path for path in self.typed if path != VOCABULARY_FILE}
        return found._replace(claims=tuple(sorted(typed.union(found.claims))))

    def _changed(self) -> None:
        self.generation += 1
        self._report = self._view = None

    def _state(self, path: str) -> tuple[int, int]:
        try:
            status = os.lstat(os.path.join(self.root, path))
        except (OSError, ValueError):
            return 0, 0
        return status.st_size, status.st_mtime_ns

    def _seed_name(self, path: str) -> str:
        file = self.files.get(path)
        return file.seed_name if isinstance(file, ClaimsFile) else ""

    def _forget(self, path: str) -> None:
        file = self.files.pop(path, None)
        if file is not None:
            self.known.in_files.pop(id(file), None)  # (it is known by its identity, which another may have tomorrow)

    def _read(self, path: str) -> None:
        """Read a claims file again."""
        read = load_file(self.tree(), path, self.vocabulary, self.opened)
        if isinstance(read, ClaimsFile):
            claims = _Outlined(read.claims)
            claims.outline = outline_of(read)
            read = self.good[path] = read._replace(claims=claims)
        self._forget(path)
        self.files[path] = read

    def _read_vocabulary(self) -> None:
        """Read the vocabulary again, and with it all claims; one that can't be read is told, and the last one holds."""
        tree, self.broken = self.tree(), None
        try:
            vocabulary = load_vocabulary(tree)
        except Trouble as problem:
            self.broken = self._told(tree, str(problem))
            return
        if vocabulary == self.vocabulary:
            return
        shapes = [
            [(each.id, each.type, each.parts, each.usable) for each in known.properties.values()] for known in (self.vocabulary, vocabulary)
        ]
        self.vocabulary, self.known = vocabulary, Known()
        if shapes[0] != shapes[1]:
            for path in list(self.files):
                self._read(path)

    def _told(self, tree: Overlaid, words: str) -> Diagnostic:
        try:
            compose(decode(tree.read(VOCABULARY_FILE, MAX_FILE_BYTES)))
        except Refused as refused:
            found = refused.refusal
            rule = next((rule for rule in RULES.values() if rule.name == found.name), None)
            code, name = (rule.code, rule.name) if rule is not None else ("", found.name)
            return Diagnostic(
                VOCABULARY_FILE, found.line, found.column, code, name, "error", found.message, found.help, length=found.length
            )
        except Exception:  # whatever it is, the message says it
            pass
        return Diagnostic(VOCABULARY_FILE, 1, 1, "", "", "error", words)

    # -- answers ---------------------------------------------------------------------------------------------------------

    @property
    def ledger(self) -> Ledger:
        """The ledger as it is now."""
        files = [self.files[path] for path in sorted(self.files)]
        claims = tuple(file for file in files if isinstance(file, ClaimsFile))
        refused = tuple(file for file in files if isinstance(file, Finding))
        contents = self.contents
        return Ledger(self.vocabulary, claims, refused, contents.seeds, contents.odd, contents.never_added)

    @property
    def remembered(self) -> Ledger:
        """The same, with every file that can't be read now as it was read last."""
        files = {path: file if isinstance(file, ClaimsFile) else self.good.get(path) for path, file in self.files.items()}
        return self.ledger._replace(files=tuple(file for _, file in sorted(files.items()) if file is not None))

    def _examine(self) -> None:
        self._report, self._view = examine(self.ledger, self.known)

    def report(self) -> Report:
        """Every defect, as `check` finds it."""
        if self._report is None:
            self._examine()
        assert self._report is not None
        return self._report

    def view(self) -> LedgerView:
        """The ledger as it was examined last, with what takes no part in contradictions."""
        self.report()
        assert self._view is not None
        return self._view

    def defects(self, path: str) -> list[Diagnostic]:
        """The defects of one file, sorted by place."""
        found = [each for each in self.report().diagnostics if each.path == path]
        return [self.broken, *found] if self.broken is not None and path == VOCABULARY_FILE else found

    def file(self, path: str) -> ClaimsFile | None:
        """A claims file as it is, or as it was read last."""
        file = self.files.get(path)
        return file if isinstance(file, ClaimsFile) else self.good.get(path)

    def claims(self) -> Iterator[Claim]:
        """Every claim that is remembered."""
        for path in sorted(self.files):
            file = self.file(path)
            yield from file.claims if file is not None else ()

    def claim(self, name: str) -> Claim | None:
        """The first claim of an id."""
        return next((claim for claim in self.claims() if claim.id == name), None)
