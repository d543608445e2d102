"""Pointers of Git LFS: what git holds in the place of a file whose content is kept elsewhere, and known by its SHA-256."""

from __future__ import annotations

import re

MOST = 1024  # bytes of a pointer, as its specification says
_VERSION = rb"https?://(?:git-lfs\.github\.com|hawser\.github\.com|git-media\.io)/(?:spec/)?v/?[0-9]+"
_POINTER = re.compile(
    rb"version " + _VERSION + rb"\r?\n(?:ext-[0-9]-[^\n]+\n)*oid sha256:([0-9a-f]{64})\r?\nsize ([0-9]+)\r?\n?",
)


def pointed_at(data: bytes) -> str | None:
    """The SHA-256 of the content that a pointer stands for; None for what is none."""
    if not data.startswith(b"version http") or len(data) > MOST:
        return None
    found = _POINTER.fullmatch(data)
    return found[1].decode("ascii") if found is not None else None
