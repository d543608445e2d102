"""`ledger-telegram 1`: the messages of an export of Telegram Desktop (JSON or HTML), in its order. Frozen: a better rule is number 2.

Each message is a paragraph that says who wrote it, when and under which number (`Name, 2025-11-03T12:30:15, message 7`), as the export has
it, then its text in paragraphs of its own. What the program itself notes (who joined, what was pinned) is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.writing.capture.charsets import Decoded, decode
from ledger.writing.capture.html_tokens import END, START, WORDS, attributes, tokens
from ledger.writing.capture.references import read_references

_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_RUN = re.compile("[\t\n\f\r ]+")
_LINE_SPACE = re.compile("[\t\f ]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class NoExport(Exception):
    """The file is no export of messages: its text says why."""


class Message(NamedTuple):
    """One message, as the export has it; `more` is what else it says of it (forwarded, an answer, a picture)."""

    number: str
    writer: str
    date: str
    more: tuple[str, ...]
    text: str


def telegram_text(data: bytes, beside: str = "") -> tuple[str, Decoded]:
    """The messages, and how the bytes were read; raises NoExport."""
    decoded = decode(data, beside)
    page = decoded.text.lstrip(" \t\r\n")
    found = list(_in_json(page) if page.startswith("{") else _in_page(page))
    if not found:
        raise NoExport("it holds no messages")
    return "\n".join(_paragraphs(message) for message in found), decoded


def _paragraphs(message: Message) -> str:
    head = [message.writer, message.date, f"message {message.number}" if message.number else "", *message.more]
    lines = [_LINE_SPACE.sub(" ", line).strip(" ") for line in message.text.translate(_CONTROLS).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip("\n"))
    written = ", ".join(_RUN.sub(" ", part).strip(" ") for part in head if part.strip())
    return written.translate(_CONTROLS) + "\n" + (f"\n{text}\n" if text else "")


# -- JSON -------------------------------------------------------------------------------------------------------------


def _in_json(page: str) -> Iterator[Message]:
    try:
        root = json.loads(page, parse_int=str, parse_float=str)
    except ValueError as problem:
        raise NoExport(f"it is no JSON: {problem}") from None
    except RecursionError:
        raise NoExport("it is nested too deep") from None
    chats = [root] if _list(root, "messages") else _list(_mapping(root, "chats"), "list")
    for chat in chats:
        for entry in _list(chat, "messages"):
            if isinstance(entry, dict) and entry.get("type", "message") == "message":
                yield _message(entry, chat)


def _message(entry: dict[str, Any], chat: dict[str, Any]) -> Message:
    more = [f"edited {edited}"] if (edited := _text(entry, "edited")) else []
    more += [f"forwarded from {origin}"] if (origin := _text(entry, "forwarded_from")) else []
    more += [f"answers message {answered}"] if (answered := _text(entry, "reply_to_message_id")) else []
    kind = _text(entry, "media_type") or ("photo" if "photo" in entry else "file" if "file" in entry else "")
    more += [f"with a {kind.replace('_', ' ')}"] if kind else []
    pieces = entry.get("text", "")
    words = [pieces] if isinstance(pieces, str) else [piece if isinstance(piece, str) else _text(piece, "text") for piece in _all(pieces)]
    writer = _text(entry, "from") or _text(chat, "name") or _text(entry, "from_id")
    return Message(_text(entry, "id"), writer, _text(entry, "date"), tuple(more), _sound("".join(words)))


def _all(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _list(value: object, key: str) -> list[Any]:
    return _all(value.get(key)) if isinstance(value, dict) else []


def _mapping(value: object, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: object, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return _sound(found) if isinstance(found, str) else ""


def _sound(text: str) -> str:
    """A text without halves of characters, which JSON can write and UTF-8 can't."""
    return _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


# -- HTML -------------------------------------------------------------------------------------------------------------


def _in_page(page: str) -> Iterator[Message]:
    """The messages of a page: `div`s of classes that Telegram Desktop writes, known by how deep they stand."""
    reader = _Page()
    for kind, name, text, _ in tokens(page.replace("\r\n", "\n").replace("\r", "\n")):
        if kind == WORDS:
            reader.words(text)
        elif name == "div" and kind == START:
            said = attributes(text)
            yield from reader.open(said.get("class", "").split(), said)
        elif name == "div" and kind == END:
            yield from reader.close()
        elif name == "br" and kind == START:
            reader.line_end()
    yield from reader.end()


class _Page:
    """A page of messages as it is read: the message that is open, and which part of it the next words belong to."""

    def __init__(self) -> None:
        self._depth = 0
        self._message_depth = 0
        self._parts: list[tuple[int, str]] = []
        self._said: dict[str, list[str]] = {}
        self._id = self._date = self._writer = ""

    def open(self, classes: list[str], said: dict[str, str]) -> Iterator[Message]:
        """A `div` begins."""
        self._depth += 1
        if "message" in classes and "default" in classes:
            yield from self.end()
            self._message_depth, self._said, self._date = self._depth, {}, ""
            self._id = re.sub("^message-?", "", said.get("id", ""))
        elif self._message_depth:
            for part in ("from_name", "text", "reply_to", "media_wrap", "forwarded"):
                if part in classes:
                    self._parts.append((self._depth, part))
                    self._said.setdefault(part, [])
            if "date" in classes and "details" in classes and not self._date:
                self._date = said.get("title", "")

    def close(self) -> Iterator[Message]:
        """A `div` ends."""
        if self._parts and self._parts[-1][0] == self._depth:
            self._parts.pop()
        if self._message_depth == self._depth:
            yield from self.end()
        self._depth = max(0, self._depth - 1)

    def words(self, text: str) -> None:
        """Words that belong to the innermost part."""
        if self._parts:
            self._said[self._key()].append(_RUN.sub(" ", read_references(text)))

    def line_end(self) -> None:
        """A line of the text ends."""
        if self._parts:
            self._said[self._key()].append("\n")

    def _key(self) -> str:
        part = self._parts[-1][1]
        if part == "from_name" and any(outer == "forwarded" for _, outer in self._parts):
            self._said.setdefault("origin", [])
            return "origin"
        return part

    def end(self) -> Iterator[Message]:
        """The message that is open ends."""
        if not self._message_depth:
            return
        self._message_depth, self._parts = 0, []
        self._writer = self._told("from_name") or self._writer
        more = [f"forwarded from {origin}"] if (origin := self._told("origin")) else []
        more += [self._told("reply_to").lower()] if self._told("reply_to") else []
        more += ["with a file"] if "media_wrap" in self._said else []
        yield Message(self._id, self._writer, self._date, tuple(more), "".join(self._said.get("text", ())).strip(" \n"))

    def _told(self, part: str) -> str:
        return _RUN.sub(" ", "".join(self._said.get(part, ()))).strip(" ")
