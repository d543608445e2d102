"""A second reader of claims files and seeds: slow, plain, and sharing no line with the program's own.

It walks the events of PyYAML's parser in Python (the program walks those of libyaml in C), and looks for a quote letter by letter
in a text folded one character at a time. What it says of a claim must be what the program says: every field, the line, whether
the quote stands in the seed, and where.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

TEXTS = (
    "id", "place", "property", "subject", "value", "extent", "stance", "hedge", "claimant", "said", "holds", "quote", "before", "after",
    "translation", "note",
)  # fmt: skip
ALIKE = {**dict.fromkeys('‘’‚‛‹›′ʼ`´＇ʹ՚׳「」﹁﹂"“”„‟«»″＂〝〞〟״『』﹃﹄', "'"), **dict.fromkeys("‐‑‒–—―−﹘﹣－־֊", "-")}
Record = dict[str, Any]


class Text(NamedTuple):
    """A text of the file, and where it begins."""

    value: str
    line: int
    column: int


class Seed(NamedTuple):
    """A seed as this reader sees it: the folded text, of each of its characters the offset in the NFC text, and of each its
    paragraph."""

    nfc: str
    folded: str
    offsets: list[int]
    paragraphs: list[int]


def read_file(text: str) -> Record:
    """The mapping of a claims file: plain dicts and lists of Text, each dict with its own place under `` (an empty key)."""
    events = iter(list(yaml.parse(text, Loader=yaml.SafeLoader)))
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            found = _value(event, events)
            assert isinstance(found, dict)
            return found
    raise AssertionError("no mapping")


def _value(event: Any, events: Iterator[Any]) -> Any:
    place = (event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, yaml.ScalarEvent):
        value = event.value
        while event.style in ("|", ">") and value.endswith("\n"):
            value = value[:-1]
        return Text(value, *place)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events))
        return items
    assert isinstance(event, yaml.MappingStartEvent)
    mapping: Record = {"": Text("", *place)}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _value(event, events).value
        assert key not in mapping
        mapping[key] = _value(next(events), events)
    return mapping


def read_seed(data: bytes) -> Seed:
    """A seed, folded one character at a time: a run of white space is one space; an empty line begins a new paragraph."""
    nfc = unicodedata.normalize("NFC", data.decode("utf-8"))
    folded: list[str] = []
    offsets: list[int] = []
    paragraphs: list[int] = []
    paragraph = ends = 0
    for offset, char in enumerate(nfc):
        if char.isspace():
            if not folded or folded[-1] != " ":
                folded.append(" ")
                offsets.append(offset)
                paragraphs.append(paragraph)
                ends = 0
            if char == "\n":
                ends += 1
                if ends == 2:
                    paragraph += 1
        else:
            folded.append(char)
            offsets.append(offset)
            paragraphs.append(paragraph)
            ends = 0
    return Seed(nfc, "".join(folded), offsets, paragraphs)


def fold(text: str) -> str:
    """A text composed, with every run of white space as one space and none at its ends."""
    folded = ""
    for char in unicodedata.normalize("NFC", text):
        folded += char if not char.isspace() else "" if folded.endswith(" ") or not folded else " "
    return folded.removesuffix(" ")


def alike(text: str) -> str:
    """A text with one sign for all quotation marks, and one for all dashes."""
    return "".join(ALIKE.get(char, char) for char in text)


def search(seed: Seed, quote: str, before: str, after: str) -> tuple[int, list[list[int]]]:
    """How often a quote stands in a seed (2: more than once), and where first, in the NFC text; the signs alike where it does not."""
    exact = search_for(seed, quote, before, after, lambda text: text)
    return exact if exact[0] else search_for(seed, quote, before, after, alike)


def search_for(seed: Seed, quote: str, before: str, after: str, kind: Callable[[str], str]) -> tuple[int, list[list[int]]]:
    """How often, and where first, a quote stands in a seed when both are turned into a kind of their own."""
    pieces = [kind(fold(piece)) for piece in quote.split("[...]") if fold(piece)]
    ways = 0
    first: list[tuple[int, int]] = []
    text = kind(seed.folded)
    for start in range(len(text) if pieces else 0):
        spans = _from(text, seed, pieces, start, kind(fold(after)))
        if spans and _beside(text, spans, kind(fold(before)), kind(fold(after))):
            ways += 1
            first = first or spans
    return min(ways, 2), [[seed.offsets[start], seed.offsets[end - 1] + 1] for start, end in first]


def _from(text: str, seed: Seed, pieces: list[str], start: int, after: str) -> list[tuple[int, int]]:
    """The places of the pieces where the first stands at `start`: each the nearest, all in one paragraph; `after` behind the last."""
    if text[start : start + len(pieces[0])] != pieces[0]:
        return []
    spans = [(start, start + len(pieces[0]))]
    for number, piece in enumerate(pieces[1:], 2):
        place = spans[-1][1]
        while place < len(text):
            here = text[place : place + len(piece)] == piece
            if here and (number < len(pieces) or not after or text[place + len(piece) :].lstrip(" ").startswith(after)):
                break
            place += 1
        else:
            return []
        spans.append((place, place + len(piece)))
    if len(pieces) > 1 and seed.paragraphs[spans[-1][1] - 1] != seed.paragraphs[start]:
        return []
    return spans


def _beside(text: str, spans: list[tuple[int, int]], before: str, after: str) -> bool:
    start, end = spans[0][0], spans[-1][1]
    left, right = text[:start].removesuffix(" "), text[end:].removeprefix(" ")
    if before and (not left.endswith(before) or _one_word(left, len(left) - len(before))):
        return False
    return not after or (right.startswith(after) and not _one_word(right, len(after)))


def _one_word(text: str, place: int) -> bool:
    """Whether the characters on both sides belong to one word."""
    if not 0 < place < len(text) or not text[place - 1].isalnum():
        return False
    return text[place].isalnum() or unicodedata.combining(text[place]) > 0


def claims_of(path: str, text: str, seeds: dict[str, bytes], parts: tuple[str, ...]) -> Iterator[Record]:
    """Every claim of a file, as machines read it. `parts` are the properties whose assertions are of all where nothing is said."""
    root = read_file(text)
    seed = read_seed(seeds[root["seed"].value])
    for claim in root["claims"]:
        record: Record = {field: claim[field].value if field in claim else None for field in TEXTS}
        record["stance"] = record["stance"] or "asserts"
        if record["extent"] is None and record["stance"] == "asserts" and record["property"] in parts:
            record["extent"] = "all"
        for field in ("via", "disputes", "corrects"):
            given = claim.get(field, [])
            record[field] = [item.value for item in (given if isinstance(given, list) else [given])]
        record["accept"] = {key: reason.value for key, reason in claim.get("accept", {}).items() if key}
        record["path"], record["line"], record["column"] = path, claim[""].line, claim[""].column
        record["ways"], record["spans"] = search(seed, record["quote"], record["before"] or "", record["after"] or "")
        record["seed_line"] = seed.nfc.count("\n", 0, record["spans"][0][0]) + 1 if record["ways"] else None
        record.update({field: root[field].value for field in ("seed", "language", "published")})
        yield record
