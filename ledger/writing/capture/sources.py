"""What a person hands in, a file or what comes through a pipe: its bytes, and which kind of thing it is."""

from __future__ import annotations

import os
import stat
import sys
from typing import NamedTuple

from ledger.model import Trouble
from ledger.texts.display import one_line, shorten
from ledger.writing.capture.makers import charset_of

MOST_BYTES = 64 * 1024 * 1024
TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".warc": "application/warc",
    ".warc.gz": "application/warc",
    ".wacz": "application/wacz",
}
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/warc": ".warc",
    "application/wacz": ".wacz",
}


class Source(NamedTuple):
    """What was handed in: its bytes, the name of its file (empty: none), its media type, perhaps with a charset; and, where a server
    sent it or an archive holds it, its address, the day on which it was captured, and which record of the archive it is."""

    data: bytes
    name: str
    type: str
    url: str = ""
    captured: str = ""
    record: str = ""

    @property
    def kind(self) -> str:
        """The media type without its charset."""
        return self.type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset that was named beside the bytes."""
        return charset_of(self.type)


def read_source(name: str, standard_input: bool) -> bytes:
    """The bytes of a file, or of standard input; raises Trouble for what can't be read, or is too large."""
    try:
        if standard_input:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with open(name, "rb", opener=_without_waiting) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Trouble(f"{one_line(name)} is no plain file: hand it in by `-`, through a pipe")
                data = file.read(MOST_BYTES + 1)
    except ValueError:
        raise Trouble(f"{shorten(name, 200)} is no name of a file") from None
    except OSError as problem:
        raise Trouble(f"can't read {one_line(name)}: {problem.strerror}") from None
    if len(data) > MOST_BYTES:
        raise Trouble(f"{one_line(name)} is larger than {MOST_BYTES // 1024 // 1024} MiB: nothing was stored")
    if not data.strip():
        raise Trouble(f"{one_line(name)} is empty: nothing was stored")
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def type_of(data: bytes, name: str, told: str = "") -> str:
    """The media type of bytes: what a server or a person `told`, else what they begin with, else what the name of the file says."""
    charset = charset_of(told)
    kind = told.partition(";")[0].strip().lower()
    begins = _begins_as(data)
    if kind not in ENDINGS or (kind == "text/plain" and begins not in ("", "text/html")):
        lower = name.lower()
        named = next((TYPES[ending] for ending in sorted(TYPES, key=len, reverse=True) if lower.endswith(ending)), "")
        kind = begins if begins and not (begins == "text/html" and named in ("text/plain", "text/vtt", "application/x-subrip")) else named
    if not kind:
        kind = "" if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else "text/plain"
    return f"{kind}; charset={charset}" if charset and kind else kind


def _begins_as(data: bytes) -> str:
    """The kind of thing whose mark stands at the beginning; empty where none does."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "application/wacz" if b"datapackage.json" in data else "application/zip"
    if data.startswith(b"WARC/") or (data.startswith(b"\x1f\x8b") and _unpacks_to_warc(data)):
        return "application/warc"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"webvtt"):
        return "text/vtt"
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!-- saved from url", b"<!--\n page saved with singlefile")):
        return "text/html"
    if head.startswith(b"<?xml") and b"<html" in head:
        return "application/xhtml+xml"
    if head.startswith(b"{") and b'"messages"' in data[:65536]:
        return "application/json"
    return ""


def _unpacks_to_warc(data: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(data[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False
