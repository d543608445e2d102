"""What a page says of itself: title, address, publisher, day, language, and how it was saved. Nothing is worked out that it does not say;
what is only likely is marked as guessed, and a person must say it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.texts.dates import DateProblem, parse_date
from ledger.texts.languages import LANGUAGE_TAG
from ledger.writing.capture.charsets import decode
from ledger.writing.capture.html_tokens import END, RAW, WORDS, attributes, tokens
from ledger.writing.capture.references import read_references

READ, GUESSED = "read", "guessed"
_LONGEST = 500
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "article.published",
)
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})(?![0-9])")
_IN_ADDRESS = re.compile(r"/([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})(?=[/-]|$)")
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url: (\S+)\s+saved date: [A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{1,2}) ([0-9]{4})")
_SAVED_FROM = re.compile(r"<!-- saved from url=\([0-9]{4}\)(\S+) -->")
_MONTHS = {
    name: number for number, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)
}
_SPACES = re.compile(r"\s+")


class Said(NamedTuple):
    """One thing that a page says of itself: how it is known (read or guessed), and where it stands."""

    text: str
    how: str
    where: str


def said_by_page(data: bytes, charset: str, url: str = "") -> dict[str, Said]:
    """What a page says, by the fields of a head (and `captured`, `with`); `url` is where it was found, if that is known."""
    page = decode(data, charset).text
    found = _Head()
    for kind, name, text, _ in tokens(page):
        if kind == RAW:
            found.raw(name, text)
        elif kind == WORDS:
            found.words(text)
        elif not found.tag(name, text, kind):
            break
    return found.said(page, url)


class _Head:
    """What was read of a page so far."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.titles: list[str] = []
        self.language = self.canonical = self.time = ""
        self.scripts: list[str] = []
        self._heading: list[str] | None = None
        self._heading_told = ""
        self._is_linked_data = False
        self._tags = 0

    def tag(self, name: str, text: str, kind: str) -> bool:
        """Take in a tag; gives whether more is to be read."""
        self._tags += 1
        if kind == END:
            if name == "h1" and self._heading is not None:
                self._heading_told = self._heading_told or _line("".join(self._heading))
                self._heading = None
        elif name in ("html", "body") and not self.language:
            self.language = attributes(text).get("lang", "") or attributes(text).get("xml:lang", "")
        elif name == "meta":
            self._take_meta(attributes(text))
        elif name == "link":
            said = attributes(text)
            if "canonical" in said.get("rel", "").lower().split() and not self.canonical:
                self.canonical = said.get("href", "")
        elif name == "script":
            self._is_linked_data = "ld+json" in text.lower()
        elif name == "time" and not self.time:
            self.time = attributes(text).get("datetime", "")
        elif name == "h1" and not self._heading_told:
            self._heading = []
        return self._tags < 200_000

    def _take_meta(self, said: dict[str, str]) -> None:
        name = (said.get("property") or said.get("name") or said.get("itemprop") or said.get("http-equiv") or "").lower()
        content = _line(said.get("content", ""))
        if name and content:
            self.meta.setdefault(name, content)

    def raw(self, name: str, text: str) -> None:
        """Take in the content of an element that is no markup."""
        if name == "title":
            self.titles.append(_line(read_references(text)))
        elif name == "script" and self._is_linked_data and len(text) < 1_000_000 and len(self.scripts) < 20:
            self.scripts.append(text)

    def words(self, text: str) -> None:
        """Take in words."""
        if self._heading is not None:
            self._heading.append(read_references(text))

    def said(self, page: str, url: str) -> dict[str, Said]:
        """What came out."""
        linked = dict(_linked(self.scripts))
        found = {
            "title": self._title(linked),
            "publisher": self._first(("og:site_name", "application-name"), linked, "publisher"),
            "language": self._language(linked),
            "published": self._published(linked, url),
            **_saved(page),
        }
        if "url" not in found or not _is_web(found["url"].text):
            found["url"] = self._address(url)
        return {key: said for key, said in found.items() if said.text}

    def _first(self, names: tuple[str, ...], linked: Mapping[str, str], key: str) -> Said:
        for name in names:
            if self.meta.get(name):
                return Said(self.meta[name], READ, f"the page's {name}")
        return Said(linked.get(key, ""), READ, f"the page's own data ({key})")

    def _title(self, linked: Mapping[str, str]) -> Said:
        told = self._first(("og:title",), linked, "headline")
        if told.text:
            return told
        if self._heading_told:
            return Said(self._heading_told, READ, "the page's first heading")
        return Said(next(filter(None, self.titles), ""), READ, "the page's <title>")

    def _language(self, linked: Mapping[str, str]) -> Said:
        for text, where in (
            (self.language, "the page's lang"),
            (self.meta.get("content-language", ""), "the page's content-language"),
            (linked.get("inLanguage", ""), "the page's own data (inLanguage)"),
            (self.meta.get("og:locale", ""), "the page's og:locale"),
        ):
            tag = text.strip().replace("_", "-")
            if LANGUAGE_TAG.fullmatch(tag):
                return Said(tag, READ, where)
        return Said("", READ, "")

    def _published(self, linked: Mapping[str, str], url: str) -> Said:
        for name in _PUBLISHED:
            if day := _day(self.meta.get(name, "")):
                return Said(day, READ, f"the page's {name}")
        if day := _day(linked.get("datePublished", "")):
            return Said(day, READ, "the page's own data (datePublished)")
        if day := _day(self.time):
            return Said(day, GUESSED, "the first <time> in the page")
        for address in (url, self.canonical, self.meta.get("og:url", "")):
            found = _IN_ADDRESS.search(address)
            if found is not None and (day := _day(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")):
                return Said(day, GUESSED, "the page's address")
        return Said("", READ, "")

    def _address(self, url: str) -> Said:
        for address, where in (
            (self.canonical, "the page's canonical address"),
            (self.meta.get("og:url", ""), "the page's og:url"),
            (url, ""),
        ):
            if _is_web(address):
                return Said(address, READ, where or "where it was fetched")
        return Said("", READ, "")


def _saved(page: str) -> dict[str, Said]:
    """How a browser saved the page: its address, the day, and with what."""
    start = page[:4096]
    found = _SINGLE_FILE.search(start)
    if found is not None:
        month = _MONTHS.get(found[2], 0)
        said = {"url": Said(found[1], READ, "SingleFile"), "with": Said("SingleFile", READ, "SingleFile")}
        if day := _day(f"{found[4]}-{month:02}-{int(found[3]):02}"):
            said["captured"] = Said(day, READ, "SingleFile")
        return said
    found = _SAVED_FROM.search(start)
    return {"url": Said(found[1], READ, "the browser that saved it")} if found is not None else {}


def _linked(scripts: list[str]) -> Iterator[tuple[str, str]]:
    """What linked data in a page say of the text: `datePublished`, `headline`, `inLanguage`, and the publisher's name; the last first."""
    for script in reversed(scripts):
        try:
            root = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for entry in reversed(list(_entries(root))):
            if not any("Article" in kind or "Report" in kind or "Posting" in kind for kind in _kinds(entry)):
                continue
            for key in ("headline", "datePublished", "inLanguage"):
                if isinstance(entry.get(key), str):
                    yield key, _line(read_references(entry[key]))
            publisher = entry.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            if isinstance(name, str):
                yield "publisher", _line(read_references(name))


def _entries(root: Any) -> Iterator[dict[str, Any]]:
    listed = root if isinstance(root, list) else [root]
    for entry in listed[:1000]:
        if isinstance(entry, dict):
            yield entry
            graph = entry.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else [])[:1000] if isinstance(inner, dict))


def _kinds(entry: dict[str, Any]) -> list[str]:
    kind = entry.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]


def _day(text: str) -> str:
    """The day that a machine's date names, as it is written there; empty for what is none."""
    found = _DAY.match(text.strip())
    if found is None:
        return ""
    day = "-".join(found.groups())
    try:
        parse_date(day)
    except DateProblem:
        return ""
    return day


def _is_web(address: str) -> bool:
    return re.fullmatch(r"(?i:https?)://[^\s/?#:@\"<>\\][^\s\"<>\\]*", address) is not None and address.isprintable()


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()[:_LONGEST]
