"""Where a library that picks out articles would cut a text. It only proposes: what it picks changes from release to release. Alone imports
trafilatura."""

from __future__ import annotations

import logging
import warnings

from ledger.writing.capture.charsets import decode
from ledger.writing.capture.cuts import NoCut, cut, times
from ledger.writing.capture.sources import Source

LARGEST = 8 * 1024 * 1024  # bytes of a page that is looked at
FEWEST, MOST = 3, 14  # words by which a text is cut
_TRIED = 6  # lines of what was picked


def proposed_cut(source: Source, text: str) -> tuple[str, str] | None:
    """The first and last words of the article in a page, each standing in the text just once; None where none can be proposed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import trafilatura
    except ImportError:
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picked = trafilatura.extract(decode(source.data, source.charset).text, include_comments=False, include_tables=True)
    except Exception:  # a proposal is never worth an end
        return None
    lines = [line.split() for line in (picked or "").split("\n") if line.strip()]
    first = _unique(text, [[line[:count] for count in range(FEWEST, MOST)] for line in lines[:_TRIED]])
    last = _unique(text, [[line[-count:] for count in range(FEWEST, MOST)] for line in reversed(lines[-_TRIED:])])
    if not first or not last:
        return None
    try:
        cut(text, first, last)
    except NoCut:
        return None
    return first, last


def _unique(text: str, tried: list[list[list[str]]]) -> str:
    """The first words tried that stand in the text just once; empty where none do."""
    for line in tried:
        for words in line:
            joined = " ".join(words)
            if len(words) >= FEWEST and times(text, joined) == 1:
                return joined
    return ""
