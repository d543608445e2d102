"""The seed that a text of a claims file names, be the text broken or not."""

from __future__ import annotations

import re

from ledger.lsp.live import Live
from ledger.reading.loader import open_seed
from ledger.texts.seeds import Seed

_SEED = re.compile(r"""^seed: +["']?([^"'\r\n#]+?)["']? *(?:#.*)?\r?$""", re.MULTILINE)


def seed_of(live: Live, path: str, text: str) -> Seed | None:
    """The seed of a claims file; None where there is none."""
    file = live.file(path)
    if file is not None and file.seed is not None:
        return file.seed
    match = _SEED.search(text)
    return open_seed(live.tree(), match[1])[0] if match is not None else None
