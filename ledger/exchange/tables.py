"""The tables that every export is made from: one list of fields for all formats, rows in a stable order."""

from __future__ import annotations

import json
import re
from builtins import property as computed  # a claim has a field called `property`
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.conflicts.accounts import Account
from ledger.conflicts.claims_in_words import claimant_name, place_name, sentence
from ledger.exchange.fields import ABOUT, CLAIMANT, CONTRADICTION, PLACE, PROPERTY, READING, SEED, Field, claim_fields
from ledger.model import Claim, ClaimsFile, Ledger, Place, Vocabulary
from ledger.reading.claim_lines import fields_written
from ledger.texts.dates import FAR, format_day
from ledger.texts.figures import Number, Range

Cell = str | int | float | bool | None
Row = Sequence[Cell]
Record = Mapping[str, Any]

# Neither text nor a sign of any language: what ends a line or a text elsewhere, acts on a terminal, or can't be written in UTF-8.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Exported(NamedTuple):
    """What is handed on: the claims that were asked for with their records, and those of their contradictions, as the program's own
    machine formats have them; `read` are the accounts of these claims, `about` says where it comes from."""

    ledger: Ledger
    claims: Sequence[Claim]
    claim_records: Sequence[Record]
    conflict_records: Sequence[Record]
    conflict_claims: Mapping[str, Claim]
    read: Sequence[Account]
    files: Sequence[ClaimsFile]
    about: Mapping[str, str]


class Table(NamedTuple):
    """A table: its fields, and rows with a cell for each."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: list[Row]

    @computed
    def names(self) -> list[str]:
        """The names of its columns."""
        return [field.name for field in self.fields]

    def records(self) -> list[dict[str, Cell]]:
        """Its rows with the names of the columns."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


def tables_of(exported: Exported) -> list[Table]:
    """Every table of an export."""
    vocabulary = exported.ledger.vocabulary
    say = _sentences(vocabulary)
    noted: dict[bool, list[Record]] = {True: [], False: []}
    for record in exported.conflict_records:
        noted[record["kind"] == "tension"].append(_conflict(record, exported, say))
    return [
        _table("claims", "Claims, each with its words in a seed", claim_fields(), exported.claim_records, _known(exported, say)),
        _table("contradictions", "Pairs of claims that contradict each other", CONTRADICTION, noted[False]),
        _table("tensions", "Pairs of claims that a person noted as at odds; no rule says so", CONTRADICTION, noted[True]),
        _table("places", "Places", PLACE, (place_record(each, vocabulary.language) for each in vocabulary.places.values())),
        _table("claimants", "Who says something", CLAIMANT, (_claimant(each, exported) for each in vocabulary.claimants)),
        _table("properties", "What can be claimed", PROPERTY, (known._asdict() for known in vocabulary.properties.values())),
        _table("seeds", "The texts that claims were read from, one row a claims file", SEED, (_seed(file, exported) for file in exported.files)),
        _table("readings", "How each claim is understood: times, shares, figures, and what it implies", READING, map(reading_record, exported.read)),
        _table("about", "Where this comes from", ABOUT, ({"key": key, "value": value} for key, value in exported.about.items())),
    ]  # fmt: skip


def plain(text: str) -> str:
    """A text without controls, each told as `<U+001B>`; a line ends with LF. Every other sign stays: by its words a quote is found again."""
    return text if text.isprintable() else _CONTROLS.sub(lambda match: f"<U+{ord(match[0]):04X}>", text.replace("\r\n", "\n"))


def records_of(fields: Sequence[Field], records: Iterable[Record]) -> list[dict[str, Cell]]:
    """Records as rows of a table have them."""
    return _table("", "", tuple(fields), records).records()


def _table(
    name: str, title: str, fields: tuple[Field, ...], records: Iterable[Record], known: Mapping[str, Sequence[Any]] | None = None
) -> Table:
    """A table of records; what a record does not have is empty. `known` are columns that are at hand."""
    at_hand, listed = known or {}, list(records)
    cells = [field.name for field in fields if field.name not in at_hand]
    try:
        columns = dict(zip(cells, zip(*map(itemgetter(*cells), listed), strict=True), strict=bool(listed)))
    except KeyError:
        columns = {cell: tuple(record.get(cell) for record in listed) for cell in cells}
    told = [_column(field.type, at_hand[field.name] if field.name in at_hand else columns.get(field.name, ())) for field in fields]
    return Table(name, title, fields, list(zip(*told, strict=True)))


def _column(kind: str, values: Sequence[Any]) -> Sequence[Cell]:
    """The cells of a column."""
    if kind != "string":
        write = _WRITERS[kind]
        return [None if value is None else write(value) for value in values]
    if _TEXTS.issuperset(map(type, values)) and "".join(filter(None, values)).isprintable():
        return values  # nearly all texts can stand as they are, and so it is quickest to ask
    return [None if value is None else plain(str(value)) for value in values]


_TEXTS = frozenset((str, type(None)))


_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _json(value: Any) -> str:
    if not value:
        return (
            "[]" if type(value) in (list, tuple) or not isinstance(value, Mapping) else "{}"
        )  # (lists first: most are, and asking is slow)
    return plain(_encoded(value))


_WRITERS: dict[str, Callable[[Any], Cell]] = {
    "array": _json,
    "object": _json,
    "integer": int,
    "number": float,
    "boolean": bool,
}


def _sentences(vocabulary: Vocabulary) -> Callable[[Claim], str]:
    """What claims say, as sentences: the same question and answer are put into words once."""
    known: dict[object, str] = {}

    def say(claim: Claim) -> str:
        key = (claim.place, claim.property, claim.subject, claim.value, claim.stance, claim.extent, "extent" in claim.at)
        if key not in known:
            known[key] = sentence(claim, vocabulary)
        return known[key]

    return say


def _known(exported: Exported, say: Callable[[Claim], str]) -> dict[str, list[Any]]:
    """What is known of claims beside their records, by column."""
    vocabulary, claims = exported.ledger.vocabulary, exported.claims
    places = {place: place_name(place, vocabulary) for place in {claim.place for claim in claims}}
    claimants = {name: claimant_name(name, vocabulary) for name in {claim.claimant for claim in claims}}
    return {
        "written": [fields_written(claim.at) for claim in claims],
        "says": [say(claim) for claim in claims],
        "place_name": [places[claim.place] for claim in claims],
        "claimant_name": [claimants[claim.claimant] for claim in claims],
    }


def _conflict(record: Record, exported: Exported, say: Callable[[Claim], str]) -> Record:
    one, other = record["claims"]
    found: dict[str, Any] = {**record, "claim_a": one, "claim_b": other}
    for side, name in (("a", one), ("b", other)):
        claim = exported.conflict_claims[name]
        found |= {
            f"says_{side}": say(claim),
            f"claimant_{side}": claim.claimant,
            f"said_{side}": claim.said,
            f"quote_{side}": claim.quote,
        }
    for key, value in (record["resolution"] or {}).items():
        found[f"resolution_{key}"] = value
    return found


def place_record(place: Place, language: str) -> Record:
    """A place as the table has it."""
    names: dict[str, list[str]] = {}
    for code, each in place.names:
        names.setdefault(code, []).append(each)
    latitude, longitude = place.point or (None, None)
    return {
        **place._asdict(),
        "name": place.name_in(language),
        "names": names,
        "latitude": latitude,
        "longitude": longitude,
    }


def _claimant(name: str, exported: Exported) -> Record:
    known, vocabulary = exported.ledger.vocabulary.claimants[name], exported.ledger.vocabulary
    return {**known._asdict(), "speaks_for": vocabulary.side_of(name), "word_of": vocabulary.chain_of(name)[-1]}


def _seed(file: ClaimsFile, exported: Exported) -> Record:
    return {
        **file._asdict(),
        "name": file.seed_name,
        "head": dict(file.head),
        "claims": len(file.claims),
        "passed_over": len(file.passed_over),
        "text": file.seed.nfc.replace("\r\n", " \n") if file.seed is not None else None,  # (no sign more or less: `spans` counts them)
    }


@lru_cache(maxsize=65536)
def _day(day: int) -> str | None:
    return None if abs(day) >= FAR or day < 1 else format_day(day)


def _number(number: Number) -> float | None:
    """A bound as a number; None where it is no bound, or beyond every number that other programs have."""
    try:
        found = float(number)
    except OverflowError:
        return None
    return None if found in (float("inf"), float("-inf")) else found


@lru_cache(maxsize=65536)
def _range(name: str, found: Range) -> Record:
    return {
        f"{name}_least": _number(found.least),
        f"{name}_least_open": found.least_open,
        f"{name}_most": _number(found.most),
        f"{name}_most_open": found.most_open,
    }


_UNTOLD = dict.fromkeys(field.name for field in READING)


def reading_record(account: Account) -> Record:
    """How a claim is understood, or what it implies."""
    claim, known, time = account.claim, account.property, account.time
    record: dict[str, Any] = {
        **_UNTOLD,
        "claim": claim.id,
        "path": claim.path,
        "line": claim.line,
        "place": account.place,
        "property": known.id,
        "subject": account.subject,
        "value": account.value,
        "stance": account.stance,
        "mouth": account.mouth,
        "steps": account.steps,
        "start": _day(time.start),
        "start_latest": _day(time.start_latest),
        "end_earliest": _day(time.end_earliest),
        "end": _day(time.end),
        "presumed_until": _day(time.presumed),
    }
    if known.type == "choice":
        record |= _range("share", account.share)
    elif known.type == "quantity" and account.figure is not None:
        record |= _range("figure", account.figure)
    return record
