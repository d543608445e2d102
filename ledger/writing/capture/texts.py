"""The text of whatever was captured, by the rule or program for its kind, and what the original says of itself."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import Trouble
from ledger.texts.display import one_line
from ledger.writing.capture.cuts import NoCut, cut
from ledger.writing.capture.makers import HTML, RULE_OF, TELEGRAM, text_by
from ledger.writing.capture.sources import Source, type_of

ARCHIVES = ("application/warc", "application/wacz")
_EXPORT_MARK = b'class="message default'


class Text(NamedTuple):
    """A text, what made it (as a head says it), what should be known of how its bytes were read (empty: nothing), and what of the
    original it was made from: the thing itself, or what an archive holds."""

    text: str
    by: str
    told: str
    inner: Source


def rule_for(source: Source) -> str:
    """The rule for a kind of original, or `pypdf`; raises Trouble for what no text can be made of."""
    kind = source.kind
    if kind == "application/pdf":
        return "pypdf"
    if kind == "application/json" or (kind == "text/html" and _EXPORT_MARK in source.data):
        return TELEGRAM
    if kind in RULE_OF:
        return RULE_OF[kind]
    if kind == "application/zip":
        raise Trouble(f"{_called(source)} is a packed archive: unpack it, and add the page or the file in it")
    what = f"of type {one_line(kind)}" if kind else "of no kind that is known"
    raise Trouble(
        f"{_called(source)} is {what}: texts are made of pages (HTML), PDF, subtitles (VTT, SRT), exports of Telegram Desktop, web archives "
        "(WARC, WACZ) and plain text; of anything else make the text yourself, and add that"
    )


def inner_of(source: Source) -> Source:
    """What a text is made of: of an archive, the response that is asked for by `record`."""
    if source.kind not in ARCHIVES:
        return source
    from ledger.writing.capture.archives import response_of

    found = response_of(source.data, source.kind == "application/wacz", source.record)
    return Source(found.data, source.name, type_of(found.data, "", found.type), found.url, found.captured, source.record or found.url)


def text_of(source: Source, by: str = "") -> Text:
    """The text of an original, `by` a rule or program (without: that for its kind); raises Trouble."""
    inner = inner_of(source)
    rule = by or rule_for(inner)
    if rule.partition(" ")[0] == "pypdf":
        from ledger.writing.capture.pdfs import read_pdf

        found = read_pdf(inner.data)
        return Text(found.text, found.by, "", inner)
    text, decoded = text_by(rule, inner.data, inner.charset)
    if not text.strip():
        why = " (a page that scripts write holds none: save it from the browser, with SingleFile)" if rule == HTML else ""
        raise Trouble(f"{_called(source)} holds no text{why}: nothing was stored")
    return Text(text, rule, decoded.told(), inner)


def part_of(text: str, first: str | None, last: str | None) -> str:
    """The part of a text from its first words to its last; raises Trouble where they do not stand in it."""
    try:
        return cut(text, first, last)
    except NoCut as problem:
        raise Trouble(f"{one_line(str(problem))}: the text can't be cut there") from None


def _called(source: Source) -> str:
    return one_line(source.name or source.url or "what was handed in")
