"""`ledger-plain 1`: a text as it is, in UTF-8 without a byte order mark, its lines ended as on Unix. Frozen: a better rule is number 2."""

from __future__ import annotations

from ledger.writing.capture.charsets import Decoded, decode


def plain_text(data: bytes, beside: str = "") -> tuple[str, Decoded]:
    """The text, and how its bytes were read; `beside` is the charset that was declared beside them."""
    decoded = decode(data, beside, pages=False)
    return decoded.text.replace("\r\n", "\n").replace("\r", "\n"), decoded
