"""954 pages saved from the web, as a package on the index carries them: nothing of it is imported, and none is stored here."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

INSTALL = "pip install --no-deps formasaurus==0.10.0"
DIGESTS = Path(__file__).parent / "real_pages.sha256"


def real_pages() -> list[Path]:
    """The pages, by name; skips the test where they are not here (`LEDGER_PAGES` may name a folder that has them)."""
    folder = os.environ.get("LEDGER_PAGES")
    if folder is None:
        spec = importlib.util.find_spec("formasaurus")
        if spec is None or spec.origin is None:
            pytest.skip(f"the real pages are not here: {INSTALL}")
        folder = str(Path(spec.origin).parent / "data" / "html")
    return sorted(Path(folder).glob("*.html"))


def known_digests() -> dict[str, str]:
    """The SHA-256 of the text of each page, by the page's name, as it was when the rule was frozen."""
    return {name: digest for digest, name in (line.split("  ") for line in DIGESTS.read_text(encoding="ascii").splitlines())}
