"""A ledger read back from an export: its claims as they were written, under the vocabulary that the export holds."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from ledger.exchange.places import TABLE, vocabulary_with
from ledger.exchange.sheets import without_guard
from ledger.model import CLAIM_FIELDS, NO_QUOTES, STANCES, TEXT, Claim, ClaimsFile, Ledger, Resolution, Trouble, Vocabulary
from ledger.model.extras import needs
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.texts.dates import DateProblem, Days, parse_day
from ledger.texts.display import one_line

MAX_MANIFEST_BYTES = 16 * 1024 * 1024  # what was left out is named in it, claim by claim
AT_ONCE = 400  # claims of a file that is made: far below what the reader takes
Record = Mapping[str, Any]


def unpacked(path: str) -> tuple[Ledger, frozenset[tuple[str, int]]]:
    """The ledger of an export (an SQLite file, a folder of CSV or Parquet files), and its claims that take no part for a defect. Raises
    Trouble for what is none."""
    tables = _tables(path)
    try:
        return ledger_of(tables)
    except (KeyError, TypeError, ValueError, RecursionError) as problem:  # cells that we never wrote
        raise Trouble(f"it is no export of ours, or a broken one ({type(problem).__name__}: {one_line(str(problem))[:100]})") from None


def ledger_of(tables: Mapping[str, list[Record]], vocabulary: Vocabulary | None = None) -> tuple[Ledger, frozenset[tuple[str, int]]]:
    """The ledger that the tables of an export hold, and its claims that take no part for a defect; `vocabulary` is theirs, where it was read
    before."""
    about = {str(row["key"]): str(row["value"]) for row in tables["about"]}
    _refuse_other_version(about.get("schema_version"))
    if "vocabulary" not in about:
        raise Trouble("it holds no `vocabulary`: export it with this version")
    if vocabulary is None and has_places(tables["about"]):
        vocabulary = vocabulary_with(about["vocabulary"].encode(), tables["places"], "places.parquet")
    files, origin = _files(tables)
    seeds = {f"seeds/{row['name']}": str(row["text"]).encode() for row in tables["seeds"] if row["text"] is not None}
    read = load(MemoryTree({"ledger.yaml": about["vocabulary"].encode(), **files, **seeds}), vocabulary=vocabulary)
    if read.refusals:
        raise Trouble(f"claims in it can't be read back: {read.refusals[0].message}")
    by_path: dict[str, list[ClaimsFile]] = {}
    left_out = set()
    for file in read.files:
        rows = origin[file.path]
        claims = tuple(_placed(claim, row) for claim, row in zip(file.claims, rows, strict=True))
        if about.get("quotes") == NO_QUOTES:
            claims = tuple(map(without_quote, claims))
            file = file._replace(head={**file.head, "quotes": NO_QUOTES})
        told = zip(claims, rows, strict=True)
        left_out |= {
            (claim.path, claim.line) for claim, row in told if not (_true(row["takes_part"]) and can_take_part(claim, read.vocabulary))
        }
        known = str(rows[0]["path"]) if rows else file.path
        by_path.setdefault(known, []).append(file._replace(path=known, claims=claims))
    noted = {(row["claim_a"], row["claim_b"]): row for name in ("contradictions", "tensions") for row in tables[name]}
    whole = tuple(_one(found, noted) for _, found in sorted(by_path.items()))
    return read._replace(files=whole), frozenset(left_out)


def has_places(about: list[Record]) -> bool:
    """Whether an export has places beside those of its vocabulary, in a table."""
    return any((row["key"], row["value"]) == ("places", TABLE) for row in about)


def without_quote(claim: Claim) -> Claim:
    """A claim that a machine made: that it has no quote is no flaw of it."""
    return claim._replace(flaws=tuple(flaw for flaw in claim.flaws if flaw.field != "quote")) if not claim.quote else claim


def can_take_part(claim: Claim, own: Vocabulary) -> bool:
    """Whether a claim can be held against others at all, whatever the export says."""
    known = own.properties.get(claim.property)
    if known is None or not known.usable or claim.flaws or claim.said_days is None:
        return False
    read = {"quantity": claim.figure, "date": claim.day, "choice": claim.share}.get(known.type, True)
    return claim.place in own.places and claim.claimant in own.claimants and read is not None and claim.stance in STANCES


def _placed(claim: Claim, row: Record) -> Claim:
    return claim._replace(path=str(row["path"]), line=int(row["line"]), column=int(row["column"]))


def _one(files: list[ClaimsFile], noted: Mapping[tuple[str, str], Record]) -> ClaimsFile:
    """A claims file of its pieces."""
    return files[0]._replace(
        claims=tuple(claim for file in files for claim in file.claims),
        tensions=tuple(each for file in files for each in file.tensions),
        resolutions=tuple(_standing(each, noted) for file in files for each in file.resolutions),
    )


def _standing(resolution: Resolution, noted: Mapping[tuple[str, str], Record]) -> Resolution:
    """A resolution, where it is said to stand."""
    row = noted[min(resolution.claims), max(resolution.claims)]
    return resolution._replace(path=str(row["resolution_path"]), line=int(row["resolution_line"]))


def _files(tables: Mapping[str, list[Record]]) -> tuple[dict[str, bytes], dict[str, list[Record]]]:
    """Claims files that say what the tables do, and for each the rows of its claims. What was noted of pairs stands in the first of them."""
    heads = {str(row["path"]): row for row in tables["seeds"]}
    by_path: dict[str, list[Record]] = {}
    for row in tables["claims"]:
        by_path.setdefault(str(row["path"]), []).append(row)
    files: dict[str, bytes] = {}
    origin: dict[str, list[Record]] = {}
    for number, path in enumerate(sorted(by_path)):
        rows, head = by_path[path], heads.get(path, {})
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            name = f"claims/{number:06}-{start:07}.yaml"
            told = {
                "seed": some[0]["seed"],
                "sha256": head.get("sha256") or "0" * 64,
                "language": some[0]["language"],
                "published": some[0]["published"],
            }
            told |= {key: value for key, value in _head(head).items() if key in _KEPT}
            lines = [f"{key}: {_scalar(value)}" for key, value in told.items()] + ["claims:"]
            lines += [line for row in some for line in _claim(row)]
            if not files:
                lines += _noted(tables)
            files[name] = "".join(f"{line}\n" for line in lines).encode()
            origin[name] = some
    return files, origin


# Of a head, beside what is in columns of its own: what is said of the text, and how it is read.
_KEPT = ("dated-by", "publisher", "title", "url", "retrieved", "licence", "note", "paragraphs")


def _head(row: Record) -> dict[str, str]:
    try:
        found = json.loads(row.get("head") or "{}")
    except (TypeError, ValueError, RecursionError):
        raise Trouble("the head of a claims file in it is no JSON: it is no export of ours, or a broken one") from None
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def bare_files(ledger: Ledger, seeds: list[Record]) -> Ledger:
    """A ledger with all the files that the table of seeds has, those without a claim here too, and no seed's text."""
    files = {file.path: file for file in ledger.files}
    for row in seeds:
        path, head = str(row["path"]), _head(row)
        if path in files or not row["claims"]:
            continue
        name, sha256, language, published = (str(row[each] or "") for each in ("name", "sha256", "language", "published"))
        files[path] = ClaimsFile(path, name, sha256, language, published, _day(published), head, {}, (), (), (), (), (), None, None)
    return ledger._replace(files=tuple(files[path] for path in sorted(files)), seeds=tuple(sorted({str(row["name"]) for row in seeds})))


def _day(text: str) -> Days | None:
    try:
        return parse_day(text)
    except DateProblem:
        return None


def _claim(row: Record) -> Iterator[str]:
    dash = "- "
    for name in json.loads(row["written"] or "[]"):  # (not what was filled in: a share that was not written is none that was)
        value = row[name]
        yield f"{dash}{name}: {_scalar(value) if CLAIM_FIELDS[name].kind == TEXT else _listed(value or '[]')}"
        dash = "  "
    if dash == "- ":
        yield "- {}"


def _noted(tables: Mapping[str, list[Record]]) -> Iterator[str]:
    """The tensions and resolutions."""
    if tables["tensions"]:
        yield "tensions:"
    for row in tables["tensions"]:
        fields = {name: _scalar(row[f"noted_{name}"]) for name in ("by", "on", "why")}
        yield "- " + _braced({"claims": _listed(row["noted_claims"]), **fields})
    resolved = [row for name in ("contradictions", "tensions") for row in tables[name] if row["resolution_found"]]
    if resolved:
        yield "resolutions:"
    for row in resolved:
        fields = {name: _scalar(row[f"resolution_{name}"]) for name in ("found", "by", "on", "why", "fingerprint")}
        yield "- " + _braced({"claims": _listed(json.dumps([row["claim_a"], row["claim_b"]])), **fields})


def _braced(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


def _scalar(value: Any) -> str:
    """A text in quotation marks, on one line, what our reader does not take as it is escaped."""
    text = "" if value is None else str(value)
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in text) + '"'


def _listed(text: Any) -> str:
    """A list or a mapping of texts, in brackets."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        raise Trouble(f"a list in it is no JSON: {one_line(str(text))[:100]}") from None
    if isinstance(value, dict):
        return _braced({_scalar(key): _scalar(each) for key, each in value.items()})
    return "[" + ", ".join(map(_scalar, value if isinstance(value, list) else [value])) + "]"


def _true(value: Any) -> bool:
    return value in (True, 1, "1", "true")


# -- the forms of an export ----------------------------------------------------------------------------------------------

_NEEDED = ("about", "claims", "contradictions", "tensions", "seeds")


def _tables(path: str) -> dict[str, list[Record]]:
    try:
        if os.path.isdir(path):
            if os.path.lexists(os.path.join(path, "datapackage.json")):
                _refuse_changed(path, _digests_of_sheets(path))
                return {name: list(_csv(os.path.join(path, f"{name}.csv"))) for name in _NEEDED}
            if os.path.lexists(os.path.join(path, "manifest.json")):
                refuse_other_manifests(path)
                found = {name: _parquet(os.path.join(path, f"{name}.parquet")) for name in _NEEDED}
                if has_places(found["about"]):
                    found["places"] = _parquet(os.path.join(path, "places.parquet"))
                return found
            raise Trouble("it is no ledger and no export: there is no ledger.yaml, datapackage.json or manifest.json in it")
        with _opened(path) as file:
            if file.read(16) != b"SQLite format 3\0":
                raise Trouble("it is no export: an SQLite file, or a folder of CSV or Parquet files")
        return _sqlite(path)
    except OSError as problem:
        raise Trouble(f"it can't be read: {problem.strerror}") from None
    except (KeyError, csv.Error, UnicodeDecodeError, sqlite3.Error) as problem:
        raise Trouble(f"it is no export of ours, or a broken one ({type(problem).__name__}: {one_line(str(problem))})") from None


def refuse_other_manifests(folder: str) -> None:
    """Refuse a Parquet export whose manifest is of another version, or none, or of which a table is not as it says. Raises Trouble."""
    try:
        with _opened(os.path.join(folder, "manifest.json")) as file:
            manifest = json.loads(file.read(MAX_MANIFEST_BYTES).decode())
    except OSError as problem:
        raise Trouble(f"it is no Parquet export: manifest.json can't be read ({problem.strerror})") from None
    except (ValueError, RecursionError):
        raise Trouble("its manifest.json is no JSON") from None
    _refuse_other_version(manifest.get("schema_version") if isinstance(manifest, dict) else None)
    tables = manifest.get("tables")
    told = tables.items() if isinstance(tables, dict) else ()
    _refuse_changed(folder, {f"{name}.parquet": each.get("sha256") for name, each in told if isinstance(each, dict)})


def _digests_of_sheets(folder: str) -> dict[str, object]:
    """The digests that a data package has of its tables."""
    with _opened(os.path.join(folder, "datapackage.json")) as file:
        try:
            package = json.loads(file.read(MAX_MANIFEST_BYTES).decode())
        except (ValueError, RecursionError):
            raise Trouble("its datapackage.json is no JSON") from None
    told = package.get("resources") if isinstance(package, dict) else None
    listed = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return {f"{each.get('name')}.csv": str(each.get("hash", "")).removeprefix("sha256:") for each in listed}


def _refuse_changed(folder: str, digests: Mapping[str, object]) -> None:
    """Refuse an export of which a table was changed behind it: what follows from it would be the word of nobody's ledger. One that says nothing
    of a table is believed. Raises Trouble."""
    for name in (f"{table}{os.path.splitext(each)[1]}" for each in list(digests)[:1] for table in (*_NEEDED, "places", "readings")):
        digest, path = digests.get(name), os.path.join(folder, name)
        if not digest or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Trouble(f"{name} was changed after it was exported, and is not what its ledger says: export it again")


def _refuse_other_version(version: object) -> None:
    if str(version) != "1":
        raise Trouble(f"its schema_version is {one_line(str(version))[:40]}, and this version of the program reads 1")


def _opened(path: str) -> IO[bytes]:
    """A plain file of an export, open; for a pipe nobody would wait forever, and a device has no end. Raises OSError."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise Trouble(f"{one_line(os.path.basename(path))} is no plain file")
    return open(path, "rb")


def _sqlite(path: str) -> dict[str, list[Record]]:
    with closing(sqlite3.connect(Path(path).resolve().as_uri() + "?mode=ro&immutable=1", uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA trusted_schema = OFF")
        plain = {row["name"] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")}
        if not plain.issuperset(_NEEDED):
            raise Trouble(f"it has no table {', '.join(sorted(set(_NEEDED) - plain))}: it is no export of a ledger")
        return {name: [dict(row) for row in opened.execute(f'SELECT * FROM "{name}" ORDER BY rowid')] for name in _NEEDED}


def _csv(path: str) -> Iterator[Record]:
    csv.field_size_limit(2**31 - 1)
    with _opened(path) as file:
        for row in csv.DictReader(io.StringIO(file.read().decode(), newline="")):
            yield {name: without_guard(cell) if cell else None for name, cell in row.items()}


def _parquet(path: str) -> list[Record]:
    with needs("pyarrow", "scale"):
        import pyarrow
        import pyarrow.parquet
    try:
        with _opened(path) as file:
            found: list[Record] = pyarrow.parquet.read_table(file).to_pylist()
    except pyarrow.ArrowException as problem:
        raise Trouble(f"{one_line(os.path.basename(path))} can't be read as Parquet ({type(problem).__name__})") from None
    return found
