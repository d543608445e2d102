"""The page of `ledger report` as a reader of HTML has it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from running import run

VOID = {"meta", "link", "br", "hr", "input"}


class Page(HTMLParser):
    """A page as it is parsed: its elements with their attributes, its text without scripts and styles, texts by element id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), attrs
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        self._script = given.get("id") or "" if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._script is not None and self.open[-1:] == ["script"]:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
        elif self.open and self.open[-1] != "style":
            self.words.append(data)

    def ids(self) -> list[str]:
        return [value for _, given in self.elements if (value := given.get("id")) is not None]

    def targets(self) -> set[str]:
        links = [value for tag, given in self.elements if tag == "a" and (value := given.get("href")) is not None]
        return {value.removeprefix("#") for value in links if value.startswith("#")}

    def text(self) -> str:
        return " ".join("".join(self.words).split())


def report(*arguments: str | Path) -> Page:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    return Page(out)
