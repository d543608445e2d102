"""Random ledgers in which something is renamed: what contradicts what stays the same, and so does every byte that is not its name."""

from __future__ import annotations

import hashlib
import random
import re
from typing import Any

from ledger_strategies import random_ledger
from yaml_writing import Record, Writer

from ledger.conflicts import find_conflicts
from ledger.model import Ledger, Trouble
from ledger.reading.trees import MemoryTree
from ledger.rules import excluded
from ledger.writing.edits import Edit
from ledger.writing.renames import KINDS, Rename, names_of, rename, rename_asked_for

NEW = "quite-new"


def files_of(plain: Record, rng: random.Random) -> dict[str, bytes]:
    """A ledger as people write it: each claim with a quote of its own."""
    writer = Writer(rng)
    vocabulary = ["format: 1", "language: en"]
    for part, entries in plain["vocabulary"].items():
        vocabulary.append(f"{part}:")
        for name, entry in entries.items():
            fields = dict(entry)
            if part == "places":
                fields = {"kind": "town", "names": {"en": name}} | fields
            elif part == "claimants":
                fields = {"name": name, "kind": "person"} | fields
            vocabulary.append(f"  {name}: {writer.in_flow(_texts(fields), 4)}")
    files = {"ledger.yaml": ("\n".join(vocabulary) + "\n").encode()}
    for file in plain["files"]:
        claims = [{**claim, "quote": f"{claim['id']} of {claim['place']} it is"} for claim in file["claims"]]
        words = "\n\n".join(claim["quote"] for claim in claims) + "\n"
        name = file["name"].removesuffix(".yaml")
        head = {
            "seed": f"{name}.txt",
            "sha256": hashlib.sha256(words.encode()).hexdigest(),
            "language": "en",
            "published": file["published"],
        }
        head |= {"publisher": file["publisher"]} if "publisher" in file else {}
        text = writer.file(head, [_texts(claim) for claim in claims])
        text = re.sub(r"\r?\n\.\.\.\r?\n?\Z", "\n", text)  # what follows the end of a document is another
        if file.get("tensions"):
            text += "" if text.endswith("\n") else "\n"
            text += "tensions:\n" + "".join(
                f"- {{claims: [{', '.join(tension['claims'])}], by: curators, on: 2024-05-01, why: so}}\n" for tension in file["tensions"]
            )
        files[f"claims/{name}.yaml"], files[f"seeds/{name}.txt"] = text.encode(), words.encode()
    return files


def _texts(value: Any) -> Any:
    """A value with all that is no list or map as text, and without what is not there."""
    if isinstance(value, dict):
        return {str(key): _texts(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def pairs_of(ledger: Ledger) -> list[tuple[Any, ...]]:
    """What contradicts what, and how."""
    return sorted(
        (sorted(conflict.ids), conflict.kind, conflict.strength, conflict.relation)
        for conflict in find_conflicts(ledger, excluded(ledger)).conflicts
    )


def fault_of_rename(seed: int) -> str:
    """What a random rename does wrong; empty where it does nothing wrong."""
    rng = random.Random(seed)
    files = files_of(random_ledger(rng), rng)
    edit = Edit("nowhere", MemoryTree(files))
    ledger = edit.ledger
    kind = rng.choice(KINDS)
    names = sorted(names_of(kind, ledger))
    if not names:
        return ""
    old = rng.choice(names)
    of = (
        next((name for name, known in sorted(ledger.vocabulary.properties.items()) if old in known.values), None)
        if kind == "value"
        else None
    )
    try:
        asked = rename_asked_for(ledger, old, NEW, kind, of)
        rename(edit, asked)
        compared = edit.compared({old: NEW})
    except Trouble as trouble:
        return f"seed {seed}: {kind} {old}: {trouble}"
    if compared.new:
        return f"seed {seed}: {kind} {old}: new: {compared.new[0]}"
    before = [(sorted(NEW if kind == "claim" and name == old else name for name in ids), *rest) for ids, *rest in pairs_of(ledger)]
    if sorted(map(repr, before)) != sorted(repr((ids, *rest)) for ids, *rest in pairs_of(compared.ledger)):
        return f"seed {seed}: {kind} {old}: other contradictions"
    return _changed_elsewhere(files, edit, asked, seed)


def _changed_elsewhere(files: dict[str, bytes], edit: Edit, asked: Rename, seed: int) -> str:
    """Whether a line differs in more than the name."""
    for change in edit.changes():
        assert change.before is not None
        old, new = change.before.decode().split("\n"), change.after.decode().split("\n")
        if b": |" in change.before or b": >" in change.before:
            continue  # a block of text becomes one line
        if len(old) != len(new):
            return f"seed {seed}: {asked}: {change.path} has other lines"
        for one, other in zip(old, new, strict=True):
            if one != other and NEW not in other:
                return f"seed {seed}: {asked}: {change.path}: {one!r} became {other!r}"
    return "" if edit.changes() else f"seed {seed}: {asked}: nothing was changed"
