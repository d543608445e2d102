"""One address on the web -> what a server sent: typed by a person, with a limit of size and of time, and nothing else followed from it.

http and https alone, also after a redirect, five redirects at most. An address that was typed may lie in the reader's own network; a
redirect from the web into it is refused, since no person asked for that.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from ledger import __version__
from ledger.model import Trouble
from ledger.texts.display import one_line, shorten
from ledger.writing.capture.sources import MOST_BYTES

PATIENCE = 30.0  # seconds for all of it
REDIRECTS = 5
_PIECE = 64 * 1024


class Fetched(NamedTuple):
    """What a server sent: the address it came from in the end, its media type as the server has it, its bytes."""

    url: str
    media_type: str
    data: bytes


def fetch(url: str, patience: float = PATIENCE, most: int = MOST_BYTES) -> Fetched:
    """What lies at an address; raises Trouble where it can't be had."""
    ends = time.monotonic() + patience
    opener = OpenerDirector()
    redirects = _Redirects(_is_own(_host(url)))
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler(), redirects):
        opener.add_handler(handler)
    headers = {"User-Agent": f"fact-ledger/{__version__}", "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
    try:
        with opener.open(Request(url, headers=headers), timeout=patience) as answer:
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise Trouble(f"{shorten(url, 200)} was sent packed, which was not asked for: save the page in a browser, and add the file")
            data = _read(answer, url, ends, most)
            return Fetched(answer.geturl(), answer.headers.get("Content-Type", ""), data)
    except HTTPError as problem:
        raise Trouble(f"{shorten(url, 200)} answers {problem.code} {one_line(str(problem.reason))}: nothing was stored") from None
    except (URLError, HTTPException, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        words = f"nothing came within {patience:g} seconds" if isinstance(reason, TimeoutError) else shorten(str(reason), 200)
        raise Trouble(f"can't fetch {shorten(url, 200)}: {words or type(problem).__name__}: nothing was stored") from None


def _read(answer: HTTPResponse, url: str, ends: float, most: int) -> bytes:
    """All that is sent, in time and within the limit."""
    pieces: list[bytes] = []
    size = 0
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            raise Trouble(f"{shorten(url, 200)} goes on sending for too long: nothing was stored; save it another way, and add the file")
        _wait_no_longer(answer, left)
        piece = answer.read1(_PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise Trouble(f"{shorten(url, 200)} sends more than {most // 1024 // 1024} MiB: nothing was stored")
    if answer.length:
        raise Trouble(f"{shorten(url, 200)} broke off before its end: nothing was stored; try again")
    return b"".join(pieces)


def _wait_no_longer(answer: HTTPResponse, left: float) -> None:
    """A server that trickles is waited for no longer than the whole may take."""
    reader = getattr(answer.fp, "raw", None)
    connection = getattr(reader, "_sock", None)
    if isinstance(connection, socket.socket):
        connection.settimeout(left)


class _Redirects(HTTPRedirectHandler):
    """Follows a redirect to another address on the web, and nowhere else."""

    max_redirections = max_repeats = REDIRECTS + 1  # ours is told first

    def __init__(self, own: bool) -> None:
        self.own = own
        self.followed = 0

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        """What a redirect leads to; raises Trouble where that is not followed."""
        self.followed += 1
        there = urljoin(req.full_url, headers.get("Location") or headers.get("URI") or "")
        here = shorten(req.full_url, 200)
        if self.followed > REDIRECTS:
            raise Trouble(f"{here} redirects more than {REDIRECTS} times: nothing was stored")
        if urlsplit(there).scheme not in ("http", "https"):
            raise Trouble(f"{here} redirects to {shorten(there, 200)}, which is not on the web: nothing was stored")
        if not self.own and _is_own(_host(there)):
            raise Trouble(f"{here} redirects into your own network ({shorten(there, 200)}): nothing was stored")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _host(url: str) -> str:
    """The host of an address; raises Trouble for one that is not on the web."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or not url.isprintable() or " " in url:
        raise Trouble(f"{shorten(url, 200)} is no address on the web: it begins with http:// or https:// and has a host")
    return host


def _is_own(host: str) -> bool:
    """Whether a host lies in the reader's own machine or network, as far as its name and its addresses say."""
    try:
        found = {address[4][0] for address in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False  # it can't be reached either
    return any(not ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)
