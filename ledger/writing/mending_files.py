"""Ways to mend what keeps a file from being read, or a reviewer from seeing what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.reading.yaml_spans import Part, spans_of
from ledger.texts.display import misleading
from ledger.writing.mending import Defect, Mending, offset_of
from ledger.writing.scalars import scalar
from ledger.writing.splices import NoSuchValue


def without_mark(defect: Defect) -> Iterator[Mending]:
    yield Mending("no byte order mark", lambda text: text.removeprefix("\ufeff"))


def in_quotes(defect: Defect) -> Iterator[Mending]:
    told = re.fullmatch(r'put the figure in quotes: "([^"]+)"', defect.found.help)
    if told is None:
        return

    def change(text: str) -> str:
        offset = offset_of(text, defect.found.line, defect.found.column)
        bare = re.compile(r"[>|]=?[ ]*[0-9][0-9.]*(?=[ ]*(?:[,\]}\r\n]|[ ]#|\Z))").match(text, offset)
        if bare is None or bare[0].replace(" ", "") != told[1]:
            raise NoSuchValue(told[1])
        return text[:offset] + f'"{told[1]}"' + text[bare.end() :]

    yield Mending(f'"{told[1]}"', change)


def hidden(defect: Defect) -> Iterator[Mending]:
    """Of a character that misleads: an escape where the seed's own words have it, else nothing in its place."""
    claims = defect.file.claims if defect.file is not None else ()

    def change(text: str) -> str:
        offset = offset_of(text, defect.found.line, defect.found.column)
        if misleading().match(text, offset) is None:
            raise NoSuchValue("the character")
        for part in _texts(spans_of(text)):
            if part.start <= offset < part.end and any(
                claim.found.ways and part.text in (claim.quote, claim.before, claim.after, claim.hedge) for claim in claims
            ):
                return text[: part.start] + scalar(part.text, part.braced) + text[part.end :]
        return text[:offset] + text[offset + 1 :]

    yield Mending("an escape where the seed has it, else nothing", change)


def _texts(part: Part) -> Iterator[Part]:
    if part.kind == "text":
        yield part
    for inner in (*part.items, *part.fields.values()):
        yield from _texts(inner)
