"""Ways to mend the fields of claims and of heads: dates, choices, names, hashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from ledger.model import Ledger
from ledger.reading.claims import HEAD_FIELDS
from ledger.reading.yaml_spans import Part, spans_of
from ledger.texts.dates import DateProblem, parse_day, parse_holds, parse_said
from ledger.writing.mending import Defect, Mending, offset_of
from ledger.writing.splices import NoSuchValue, Splice, Value, put_named, set_value

_DATE = re.compile(
    r"(?P<about>~?)(?P<year>\d{4})(?P<rest>-?\d{2}-?\d{2}|-\d{1,2}(?:-\d{1,2})?|)(?P<time>[T ]\d{2}:\d{2}(?::\d{2})?Z?)?(?P<behind>~?)"
)
_DASHES = re.compile("[‐‑‒–—―−－]")
_READERS: dict[str, Callable[[str], object]] = {"said": parse_said, "holds": parse_holds, "published": parse_day, "value": parse_day}


def plain_date(text: str) -> str | None:
    """A date that says year, month and day in this order, in the ledger's own form; None where it can't be told."""
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    parts = []
    for part in _DASHES.sub("-", digits).split("/"):
        if part == "..":
            parts.append(part)
            continue
        match = _DATE.fullmatch(part)
        if match is None:
            return None
        rest = match["rest"]
        numbers = [number.zfill(2) for number in rest.split("-") if number] if "-" in rest else [rest[:2], rest[2:]] if rest else []
        parts.append("-".join([match["year"], *numbers]) + ("~" if match["about"] or match["behind"] else ""))
    return "/".join(parts)


def date(defect: Defect) -> Iterator[Mending]:
    written = re.match(r"`([a-z-]+): ", defect.found.message)
    field = written[1] if written is not None else ""
    if field not in _READERS or defect.file is None:
        return
    old = getattr(defect.claim, field) if defect.claim is not None else defect.file.head.get(field)
    new = plain_date(old) if isinstance(old, str) else None
    if new is None or new == old:
        return
    try:
        _READERS[field](new)
    except DateProblem:
        return
    if defect.claim is not None:
        yield Mending(f"{field}: {new}", defect.sets(field, new))
    else:
        yield Mending(f"{field}: {new}", lambda text: set_value(text, (field,), new))


def choice(field: str) -> Callable[[Defect], Iterator[Mending]]:
    """The word of a fixed list that differs in case alone; a figure without its separators."""

    def ways(defect: Defect) -> Iterator[Mending]:
        claim = defect.claim
        if claim is None:
            return
        old = getattr(claim, field) or ""
        known = re.match(r"did you mean `([^`]+)`\?$|write it without separators: (\S+)$", defect.found.help)
        if known is not None and (new := known[1] or known[2]) and (known[2] or new.casefold() == old.casefold()):
            yield Mending(f"{field}: {new}", defect.sets(field, new))
        elif known is not None and known[1]:
            yield Mending(f"{field}: {known[1]}", defect.sets(field, known[1]), only=False)

    return ways


def named(defect: Defect) -> Iterator[Mending]:
    """The id of the only one that bears a name; else, offered, those that were probably meant, and a new entry."""
    known = re.match(r"write its id: `([^`]+)`$", defect.found.help)
    offered = re.findall(r"`([^`]+)`", defect.found.help) if defect.found.help.startswith("did you mean") else []
    field = _FIELD_OF.get(defect.found.code, "")
    claim = defect.claim
    if claim is None or not field:
        return
    old = getattr(claim, field)
    for name in [known[1]] if known is not None else offered:
        if old and _at(defect, field):
            yield Mending(f"{field}: {name}", defect.sets(field, name), only=known is not None)
        elif field == "claimant":
            for relay in claim.via:
                if relay not in defect.ledger.vocabulary.claimants and f"`{relay}`" in defect.found.message:
                    yield Mending(f"via: {name}", _in_list(defect, "via", relay, name), only=known is not None)


_FIELD_OF = {"R401": "place", "R402": "claimant", "R403": "property", "R404": "subject"}


def _at(defect: Defect, field: str) -> bool:
    """Whether a defect is that of a field."""
    return defect.claim is not None and defect.claim.at.get(field) == (defect.found.line, defect.found.column)


def _in_list(defect: Defect, field: str, old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        path = defect.at(text, field)
        part = spans_of(text).at(*path)
        if part is not None and part.kind == "text" and part.text == old:
            return set_value(text, path, new)
        for number, item in enumerate(part.items if part is not None else ()):
            if item.text == old:
                return set_value(text, (*path, number), new)
        raise NoSuchValue(old)

    return change


def add_place(ledger: Ledger, id: str, kind: str, name: str) -> Mending:
    """A new place in `ledger.yaml`, named in the ledger's language."""
    fields: dict[str, Value] = {"kind": kind, "names": {ledger.vocabulary.language: name}}
    return Mending(f"places: {id}", lambda text: put_named(text, ("places",), id, fields), False, ledger.vocabulary.path)


def unneeded(defect: Defect) -> Iterator[Mending]:
    claim = defect.claim
    for code in claim.accept if claim is not None else ():
        at = claim.at.get(f"accept.{code}") if claim is not None else None
        if defect.found.help == "delete the exception" and at == (defect.found.line, defect.found.column):
            yield Mending(f"no `accept` of {code}", defect.takes("accept", code))


def head(defect: Defect) -> Iterator[Mending]:
    """What is missing from the head, or wrong there, and can be worked out: the seed's hash, the format."""
    told = re.fullmatch(r"write sha256: ([0-9a-f]{64})", defect.found.help)
    if told is not None and defect.file is not None:
        yield Mending(f"sha256: {told[1]}", lambda text: set_value(text, ("sha256",), told[1], HEAD_FIELDS))
    elif defect.found.help == "write `format: 1`" and defect.found.message == "`format` is missing":
        yield Mending("format: 1", lambda text: set_value(text, ("format",), "1", ("format",)))


def field_name(defect: Defect) -> Iterator[Mending]:
    """The name of a field that differs in case alone."""
    wrong = re.search(r"has no field `([^`]+)`$", defect.found.message)
    meant = re.findall(r"`([^`]+)`", defect.found.help) if defect.found.help.startswith("did you mean") else []
    if wrong is None:
        return
    for name in meant:
        yield Mending(f"{name}:", _key_renamed(defect, wrong[1], name), wrong[1].casefold() == name.casefold())
        if wrong[1].casefold() == name.casefold():
            return


def _key_renamed(defect: Defect, old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        splice = Splice(text)
        offset = offset_of(text, defect.found.line, defect.found.column)
        for part, key in _keys(splice.root()):
            if key.start == offset and key.text == old and new not in part.keys:
                splice.put(key.start, key.end, new)
                return splice.text
        raise NoSuchValue(old)

    return change


def _keys(part: Part) -> Iterator[tuple[Part, Part]]:
    for key in part.keys.values():
        yield part, key
    for inner in (*part.items, *part.fields.values()):
        yield from _keys(inner)


def paragraphs(defect: Defect) -> Iterator[Mending]:
    for how in ("lines", "empty-lines"):
        yield Mending(f"paragraphs: {how}", _sets_head("paragraphs", how), only=False)


def _sets_head(field: str, value: str) -> Callable[[str], str]:
    return lambda text: set_value(text, (field,), value, HEAD_FIELDS)
