"""What the rules find in the claims files of a ledger that was read: taken from what a check kept, the rest shared out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from ledger.cache import vocabularies
from ledger.cache.check import open_cache
from ledger.cache.data import diagnostic_data, to_diagnostic
from ledger.cache.incremental import Kept, kept_in, lines_in
from ledger.cache.outlines import findings_in
from ledger.cache.processes import shared_out
from ledger.model import ClaimsFile, Diagnostic, Ledger
from ledger.reading.contents import digest
from ledger.reading.loader import Earlier
from ledger.rules.runner import check_file

WORTH_SHARING = 1_000  # claims: below, a second process costs more than it saves


class Looking:
    """Looks at claims files with what a check kept of the ledger in a folder. That is known by content: a file with the same bytes, of
    the same seed and under the same vocabulary, holds the same in whatever state of the ledger. `read` has what was read, and its bytes."""

    def __init__(self, root: str, read: Earlier) -> None:
        self.read = read
        cache = open_cache(root)
        self._lines = lines_in(cache.read(cache.key("outlines", os.path.realpath(root)))) if cache is not None else []

    def __call__(self, files: Sequence[ClaimsFile], ledger: Ledger) -> list[list[Diagnostic]]:
        """What the rules find in each of some files of a ledger."""
        found = self._known(files, ledger)
        missing = {file.path: file for file in files if file.path not in found}
        lines = shared_out(
            list(missing),
            lambda path: json.dumps(list(map(diagnostic_data, check_file(missing[path], ledger)))),
            sum(len(file.claims) for file in missing.values()) > WORTH_SHARING,
            lambda done, total: None,
        )
        found |= {path: list(map(to_diagnostic, json.loads(line))) for path, line in zip(missing, lines, strict=True)}
        return [found[file.path] for file in files]

    def _known(self, files: Sequence[ClaimsFile], ledger: Ledger) -> dict[str, list[Diagnostic]]:
        """What was kept of the files that are as they were."""
        try:
            if len(self._lines) < 3 or self._lines[1] != vocabularies.to_text(ledger.vocabulary):
                return {}
            kept = {each.path: each for each in map(kept_in, self._lines[3:])}
            return {file.path: findings_in(file.path, kept[file.path].outline) for file in files if self._is(file, kept.get(file.path))}
        except (ValueError, TypeError, IndexError, RecursionError):
            return {}

    def _is(self, file: ClaimsFile, kept: Kept | None) -> bool:
        """Whether a file is the one that was kept, and was without errors."""
        reading = self.read.readings.get(file.path)
        if kept is None or not kept.outline or reading is None or reading.result is not file or file.seed is None:
            return False
        return kept.seed == file.seed_name and kept.digest == digest(reading.data) and kept.seed_digest == file.seed.sha256
