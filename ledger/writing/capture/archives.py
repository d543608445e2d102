"""Web archives (WARC, WACZ) -> the responses in them, and the one of them that is asked for. Alone imports warcio."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import one_line, shorten
from ledger.writing.capture.sources import MOST_BYTES

LISTED = 20  # responses that are named
READ = 100_000  # records that are looked at
TOO_MUCH = f"the archive unpacks to more than {MOST_BYTES // 1024 // 1024} MiB: nothing was stored"
_SHOWN = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/vtt", "application/json")


class Response(NamedTuple):
    """One response that an archive holds: its address, the day it was captured, its media type, its content."""

    url: str
    captured: str
    type: str
    data: bytes


def response_of(data: bytes, zipped: bool, record: str) -> Response:
    """The response that is asked for, by its address or its number in the list; raises Trouble, with the list, where several could be."""
    found = [response for part in (_warcs(data) if zipped else [data]) for response in _responses(part)]
    if not found:
        raise Trouble("the archive holds no response that is a text: nothing was stored")
    if not record and len(found) == 1:
        return found[0]
    chosen = [found[int(record) - 1]] if re.fullmatch("[1-9][0-9]{0,5}", record) and int(record) <= len(found) else []
    chosen = chosen or [response for response in found if record and response.url == record]
    if len(chosen) == 1:
        return chosen[0]
    listed = "; ".join(f"{number} {one_line(response.url)} ({response.captured})" for number, response in enumerate(found[:LISTED], 1))
    more = f"; and {len(found) - LISTED} more" if len(found) > LISTED else ""
    what = f"`{shorten(record, 200)}` names {'several' if chosen else 'none'} of them" if record else "name one"
    raise Trouble(f"the archive holds {len(found)} responses that are texts: {what} with --record, by number or address: {listed}{more}")


def _warcs(data: bytes) -> Iterator[bytes]:
    """The WARC files in a WACZ; raises Trouble for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            left = MOST_BYTES
            for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
                if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
                    with packed.open(entry) as file:
                        part = file.read(left + 1)
                    left -= len(part)
                    if left < 0:
                        raise Trouble(TOO_MUCH)
                    yield part
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as problem:
        raise Trouble(f"this is no WACZ that can be read: {shorten(str(problem), 200)}") from None


def _unpacked(data: bytes) -> bytes:
    """A WARC as it is when it is not packed; raises Trouble for one that is too much then."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        unpacked = file.read(MOST_BYTES + 1)
    if len(unpacked) > MOST_BYTES:
        raise Trouble(TOO_MUCH)
    return unpacked


def _responses(data: bytes) -> Iterator[Response]:
    with needs("warcio", "capture"):
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(_unpacked(data)))):
            if number >= READ:
                raise Trouble(f"the archive holds more than {READ} records: take out the one that is needed")
            if record.rec_type not in ("response", "resource"):
                continue
            headers = record.http_headers
            if headers is not None and headers.get_statuscode() != "200":
                continue
            told = (headers or record.rec_headers).get_header("Content-Type", "") or ""
            if told.partition(";")[0].strip().lower() not in _SHOWN:
                continue
            content = record.content_stream().read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:  # packed once more
                raise Trouble(TOO_MUCH)
            day = (record.rec_headers.get_header("WARC-Date", "") or "")[:10]
            yield Response(record.rec_headers.get_header("WARC-Target-URI", "") or "", day, told, content)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, IndexError, AttributeError, zlib.error) as problem:
        raise Trouble(f"this is no WARC that can be read: {shorten(str(problem), 200)}") from None
