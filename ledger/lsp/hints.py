"""What is shown beside a text without being in it: the weekday of a day, the name of an id; and the outline of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lsprotocol.types import DocumentSymbol, InlayHint, InlayHintKind, Range, SymbolKind

from ledger.conflicts.claims_in_words import sentence
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.targets import KIND_OF_FIELD
from ledger.model import CLAIM_FIELDS, NAMES, Claim, ClaimsFile
from ledger.reading.contents import VOCABULARY_FILE
from ledger.texts.display import one_line, shorten

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_NAMED = ("place", "claimant", "property", *(name for name, field in CLAIM_FIELDS.items() if field.kind == NAMES))


def hints(live: Live, path: str, lines: Lines, first: int, last: int) -> list[InlayHint]:
    """The hints of the lines from `first` to `last`, from 0; none while the file can't be read."""
    file = live.files.get(path)
    if not isinstance(file, ClaimsFile):
        return []
    found = list(_days(file.at, {"published": file.published, "retrieved": file.head.get("retrieved", "")}, lines))
    for claim in file.claims:
        if claim.line <= last + 1:
            found += _of_claim(live, claim, lines)
    return [hint for hint in found if first <= hint.position.line <= last]


def _of_claim(live: Live, claim: Claim, lines: Lines) -> Iterator[InlayHint]:
    yield from _days(claim.at, {"said": claim.said, "holds": claim.holds or "", "value": claim.value or ""}, lines)
    vocabulary = live.vocabulary
    for field in _NAMED:
        said = getattr(claim, field)
        for number, name in enumerate(said if isinstance(said, tuple) else (said,)):
            at = claim.at.get(f"{field}.{number}" if isinstance(said, tuple) else field)
            kind = KIND_OF_FIELD[field]
            if kind == "place":
                place = vocabulary.places.get(name)
                called = place.name_in(vocabulary.language) if place is not None else ""
            elif kind == "claimant":
                claimant = vocabulary.claimants.get(name)
                called = claimant.name if claimant is not None else ""
            else:
                known = vocabulary.properties.get(name)
                called = known.title if known is not None else ""
            if at is not None and called and called.casefold() != name:
                yield _hint(lines, at, name, shorten(called, 60), InlayHintKind.Type)


def _days(at: object, fields: dict[str, str], lines: Lines) -> Iterator[InlayHint]:
    for field, text in fields.items():
        where = at.get(field) if hasattr(at, "get") else None
        named = []
        for year, month, day in _DAY.findall(text):
            try:
                named.append(WEEKDAYS[date(int(year), int(month), int(day)).weekday()])
            except ValueError:
                continue
        if named and where is not None and (field != "value" or _DAY.fullmatch(text.rstrip("~"))):
            yield _hint(lines, where, text, ", ".join(named), InlayHintKind.Parameter)


def _hint(lines: Lines, at: tuple[int, int], text: str, words: str, kind: InlayHintKind) -> InlayHint:
    """A hint behind a text that is written on one line, in quotation marks or without."""
    line, column = at[0] - 1, at[1] - 1
    marks = 2 if lines.line(line)[column : column + 1] in ('"', "'") else 0
    return InlayHint(lines.at(line, column + len(text) + marks), one_line(words), kind=kind, padding_left=True)


def symbols(live: Live, path: str, lines: Lines) -> list[DocumentSymbol]:
    """The outline of a file: its claims, or the places, claimants and properties of ledger.yaml."""
    if path == VOCABULARY_FILE:
        vocabulary = live.vocabulary
        sections = (("places", vocabulary.places), ("claimants", vocabulary.claimants), ("properties", vocabulary.properties))
        found = []
        for section, entries in sections:
            inside = [_symbol(lines, known.at[""], name, "", SymbolKind.Object, 0) for name, known in entries.items()]
            if inside:
                whole = Range(inside[0].range.start, inside[-1].range.end)
                found.append(DocumentSymbol(section, SymbolKind.Namespace, whole, inside[0].selection_range, children=inside))
        return found
    file = live.file(path)
    claims = file.claims if file is not None else ()
    ends = [claim.line - 1 for claim in claims][1:] + [len(lines.lines)]
    return [
        _symbol(
            lines,
            claim.at.get("id", (claim.line, claim.column)),
            claim.id or "?",
            one_line(sentence(claim, live.vocabulary)),
            SymbolKind.Event,
            end,
        )
        for claim, end in zip(claims, ends, strict=True)
    ]


def _symbol(lines: Lines, at: tuple[int, int], name: str, detail: str, kind: SymbolKind, end: int) -> DocumentSymbol:
    selected = lines.span(at[0] - 1, at[1] - 1, len(name))
    last = max(at[0] - 1, end - 1)
    return DocumentSymbol(name, kind, Range(lines.at(at[0] - 1, 0), lines.at(last, len(lines.line(last)))), selected, detail=detail)
