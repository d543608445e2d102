"""A feed (Atom, RFC 4287) of contradictions opened and closed, for readers that ask now and then what is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ledger.texts.display import visible

NO_DATE = "1970-01-01T00:00:00+00:00"  # of a commit that does not say when it was made


class Entry(NamedTuple):
    """What a feed tells once. `categories` are pairs of a scheme and a term."""

    id: str
    title: str
    updated: str
    author: str
    summary: str
    categories: tuple[tuple[str, str], ...]


def to_atom(name: str, title: str, subtitle: str, updated: str, entries: Sequence[Entry]) -> str:
    """The feed; `name` tells it from every other."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_text(name)}</id>",
        f"  <title>{_text(title)}</title>",
        f"  <subtitle>{_text(subtitle)}</subtitle>" if subtitle else "",
        f"  <updated>{_text(updated or NO_DATE)}</updated>",
        "  <generator>ledger</generator>",
    ]
    for entry in entries:
        lines += [
            "  <entry>",
            f"    <id>{_text(entry.id)}</id>",
            f"    <title>{_text(entry.title)}</title>",
            f"    <updated>{_text(entry.updated or NO_DATE)}</updated>",
            f"    <author><name>{_text(entry.author or 'unknown')}</name></author>",
            *(f"    <category scheme={quoteattr(scheme)} term={quoteattr(_shown(term))}/>" for scheme, term in entry.categories),
            f'    <summary type="text">{_text(entry.summary)}</summary>',
            "  </entry>",
        ]
    return "\n".join([*filter(None, lines), "</feed>"]) + "\n"


def _shown(text: str) -> str:
    """A text without what XML can't hold."""
    return visible(text).replace("\ufffe", "<U+FFFE>").replace("\uffff", "<U+FFFF>")


def _text(text: str) -> str:
    return escape(_shown(text))
