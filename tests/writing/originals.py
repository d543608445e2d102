"""Things to capture, made here: pages, a PDF, archives, and a server that has them."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import compress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = """At least twelve people have died in Millbrook after the river broke its banks on Friday night, the mayor said on Saturday.

Thirty more are missing. “We will find them,” she said. The water rose four metres in two hours and carried cars away.

Rescuers work on through the night, and the bridge at the mill is closed until further notice.
"""
HEAD = """<meta property="og:title" content="Flood in Millbrook kills twelve"><meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2026-03-14T21:10:00+01:00">
<link rel="canonical" href="https://gazette.example/2026/03/14/flood">"""


def page(story: str = STORY, head: str = HEAD, language: str = "en") -> str:
    """A page with a menu above its story."""
    body = "".join(f"<p>{part}</p>\n" for part in story.strip().split("\n\n"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>Flood - The Gazette</title>{head}</head>\n'
        f"<body><nav><ul><li>Home<li>Weather</ul></nav><article><h1>Flood in Millbrook kills twelve</h1>\n{body}</article>"
        "<footer>Imprint. Subscribe to our newsletter.</footer></body></html>\n"
    )


def pdf(words: str = "At least twelve people have died in Millbrook.", title: str = "Flood report") -> bytes:
    """A PDF of one page with a line of words; without words, a page with nothing on it."""
    content = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode() if words else b"0 0 10 10 re f"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def warc(pages: dict[str, str], gzip: bool = True) -> bytes:
    """A web archive of some pages by address, a picture and a page that was not found."""
    sent = [(url, "200 OK", "text/html; charset=utf-8", text.encode()) for url, text in pages.items()]
    sent += [
        ("https://gazette.example/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://gazette.example/no", "404 Not Found", "text/html", b"no"),
    ]
    records = [_record("warcinfo", "", "application/warc-fields", b"software: a test\r\n")]
    for url, status, kind, data in sent:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
        records.append(_record("response", url, "application/http; msgtype=response", answer))
    return b"".join(compress(record, mtime=0) if gzip else record for record in records)


def _record(kind: str, url: str, media_type: str, content: bytes) -> bytes:
    fields = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:12345678-feed-4bee-8bad-000000000001>",
        "WARC-Date: 2026-03-15T08:00:00Z",
    ]
    fields += [f"WARC-Target-URI: {url}"] if url else []
    fields += [f"Content-Type: {media_type}", f"Content-Length: {len(content)}"]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def wacz(pages: dict[str, str]) -> bytes:
    """The same as a WACZ."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/data.warc.gz", warc(pages))
    return out.getvalue()


class Handler(BaseHTTPRequestHandler):
    """A server of pages, of redirects, and of what never ends."""

    def do_GET(self) -> None:
        if self.path == "/flood":
            self._send(200, [("Content-Type", "text/html; charset=utf-8")], page().encode())
        elif self.path == "/russian":
            self._send(200, [("Content-Type", "text/plain; charset=windows-1251")], "Погибли двенадцать человек.".encode("cp1251"))
        elif self.path == "/moved":
            self._send(302, [("Location", "/flood")], b"")
        elif self.path == "/file":
            self._send(302, [("Location", "file:///etc/passwd")], b"")
        elif self.path == "/ftp":
            self._send(301, [("Location", "ftp://127.0.0.1/x")], b"")
        elif self.path == "/circle":
            self._send(302, [("Location", "/circle")], b"")
        elif self.path == "/short":
            self._send(200, [("Content-Type", "text/html"), ("Content-Length", "1000")], b"short")
        elif self.path == "/packed":
            self._send(200, [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], b"\x1f\x8b")
        elif self.path in ("/endless", "/trickle"):
            self._endless(b"word " * 20_000 if self.path == "/endless" else b"w")
        elif self.path == "/silent":
            self.server.silent.wait(5)  # type: ignore[attr-defined]
        else:
            self._send(404, [], b"no")

    def _send(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _endless(self, piece: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.silent.wait(0.01):  # type: ignore[attr-defined]
                self.wfile.write(piece)
        except OSError:
            pass

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """A server on this machine; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.silent = threading.Event()  # type: ignore[attr-defined]
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.silent.set()  # type: ignore[attr-defined]
            server.shutdown()
            thread.join()
