"""What the word under the cursor means, where it is given, and where it is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lsprotocol.types import Position as Cursor

from ledger.lsp.cursor import spot, word_at
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.model import CLAIM_FIELDS, CLAIMS, NAMES, ClaimsFile, Position, Resolution, Tension, fields_of
from ledger.reading.contents import SEEDS_FOLDER, VOCABULARY_FILE
from ledger.rules import RULES

KIND_OF_FIELD = {
    "place": "place",
    "about": "place",
    "within": "place",
    "claimant": "claimant",
    "of": "claimant",
    "property": "property",
    "part-of": "property",
    "id": "claim",
    "claims": "claim",
    **dict.fromkeys(fields_of(NAMES), "claimant"),
    **dict.fromkeys(fields_of(CLAIMS), "claim"),
}
_SECTIONS = {"places": "place", "claimants": "claimant", "properties": "property"}
_ENTRY = re.compile(r"""^ {1,4}["']?([\w-]+)["']?:""")


class Target(NamedTuple):
    """What a word means: `kind` is place, claimant, property, claim, code, key, seed or quote; where it stands, from 0."""

    kind: str
    name: str
    line: int
    column: int


class Place(NamedTuple):
    """A place in a file, from 0."""

    path: str
    line: int
    column: int
    length: int


def target_at(live: Live, path: str, lines: Lines, position: Cursor) -> Target | None:
    """What stands at a position; None where nothing is known of it."""
    column = lines.column(position)
    text = lines.line(position.line)
    start, word = word_at(text, column)
    here = spot(lines.lines, position.line, column)
    if path == VOCABULARY_FILE and (match := _ENTRY.match(text)) is not None and match.start(1) <= column <= match.end(1):
        kind = _SECTIONS.get(here.section, "")
        if kind and match[1] in _entries(live, kind):
            return Target(kind, match[1], position.line, match.start(1))
    if word in RULES:
        return Target("code", word, position.line, start)
    after = text[start + len(word) :].lstrip("\"'")
    if word and after.startswith(":") and (after[1:2] in ("", " ")) and not text[:start].strip(" -{,\"'").count(":") > 8:
        return Target("key", word, position.line, start)
    if here.key == "seed":
        return Target("seed", text[here.start : here.end].strip("\"'"), position.line, here.start)
    if here.key == "quote":
        return Target("quote", "", position.line, here.start)
    found = KIND_OF_FIELD.get(here.key, "")
    return Target(found, word, position.line, start) if found and word else None


def _entries(live: Live, kind: str) -> Mapping[str, Any]:
    vocabulary = live.vocabulary
    entries: Mapping[str, Mapping[str, Any]] = {
        "place": vocabulary.places,
        "claimant": vocabulary.claimants,
        "property": vocabulary.properties,
    }
    return entries[kind]


def given_at(live: Live, path: str, target: Target) -> list[Place]:
    """Where what a word means is given."""
    if target.kind == "claim":
        return [
            _place(claim.path, claim.at.get("id", (claim.line, claim.column)), claim.id)
            for claim in live.claims()
            if claim.id == target.name
        ]
    if target.kind == "seed":
        return [Place(f"{SEEDS_FOLDER}/{target.name}", 0, 0, 1)] if target.name in live.contents.seeds else []
    if target.kind == "quote":
        return _quoted_at(live, path, target)
    if target.kind in ("place", "claimant", "property"):
        known = _entries(live, target.kind).get(target.name)
        return [_place(VOCABULARY_FILE, known.at[""], target.name)] if known is not None else []
    return []


def _quoted_at(live: Live, path: str, target: Target) -> list[Place]:
    """Where the words of a quote stand in the seed."""
    file = live.file(path)
    claim = next((each for each in (file.claims if file is not None else ()) if each.at.get("quote", (0, 0))[0] == target.line + 1), None)
    if file is None or file.seed is None or claim is None or not claim.found.ways:
        return []
    start, end = claim.found.spans[0][0], claim.found.spans[-1][1]
    offset = file.seed.nfc_offset(start)
    before = file.seed.nfc[:offset]
    return [Place(f"{SEEDS_FOLDER}/{file.seed.name}", before.count("\n"), offset - (before.rfind("\n") + 1), end - start)]


def spoken_of(live: Live, target: Target) -> Iterator[Place]:
    """Where something is spoken of, by the order of the files."""
    for path in sorted(live.files):
        file = live.file(path)
        if file is not None:
            yield from _in_file(file, target)
    field = {"place": "within", "claimant": "of", "property": "part-of"}.get(target.kind)
    for known in _entries(live, target.kind).values() if field else ():
        if field is not None and getattr(known, field.replace("-", "_")) == target.name and field in known.at:
            yield _place(VOCABULARY_FILE, known.at[field], target.name)


def _in_file(file: ClaimsFile, target: Target) -> Iterator[Place]:
    if target.kind == "place":
        for number, place in enumerate(file.about):
            if place == target.name:
                yield _place(file.path, file.at.get(f"about.{number}", (1, 1)), place)
    for claim in file.claims:
        for field, form in CLAIM_FIELDS.items():
            if KIND_OF_FIELD.get(field) != target.kind or field == "id":
                continue
            said = getattr(claim, field)
            for number, name in enumerate(said if form.kind in (NAMES, CLAIMS) else (said,)):
                at = claim.at.get(f"{field}.{number}" if form.kind in (NAMES, CLAIMS) else field)
                if name == target.name and at is not None:
                    yield _place(file.path, at, name)
    if target.kind == "claim":
        notes: tuple[Tension | Resolution, ...] = (*file.tensions, *file.resolutions)
        for note in notes:
            if target.name in note.claims:
                yield _place(file.path, (note.line, note.column), "")


def _place(path: str, at: Position, name: str) -> Place:
    return Place(path, at[0] - 1, at[1] - 1, max(1, len(name)))
