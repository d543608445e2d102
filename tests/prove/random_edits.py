"""Random changes to random claims files, each held against what it should be: the values by the reader, all other bytes by position."""

from __future__ import annotations

import random
from typing import Any

from yaml_writing import WORDS, Record, Writer, a_claim, a_seed

from ledger.model import CLAIM_FIELDS
from ledger.reading import yaml_nodes
from ledger.reading.yaml_spans import spans_of
from ledger.writing.splices import NoSuchValue, put_entry, set_value, take_out

ORDER = tuple(CLAIM_FIELDS)
PIECES = (
    "\n",
    "\\",
    '"',
    "'",
    "\x1b",
    "\u202e",
    " ",
    "# ",
    ": ",
    "x",
    "-",
    "{",
    "]",
    ",",
    "\u0085",
    "\ufeff",
    "é",
    "🌊",
    "\u200d",
    "~",
    "|",
    ">",
)
ODD = ("", "no", "- a", "? b", "a:", "-", "~", "null", "<<", "=", "---", "...", "!x", "%y", "@z", "`", ">=43", "|", "-5", " a", "a ")


def plain(node: yaml_nodes.Node) -> Any:
    """A node as plain data."""
    if isinstance(node, yaml_nodes.Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    return [plain(item) for item in node.items] if isinstance(node, yaml_nodes.Listing) else node.text


def values_of(text: str) -> Any:
    """What the reader makes of a text."""
    return plain(yaml_nodes.compose(yaml_nodes.decode(text.encode())))


def a_text(rng: random.Random) -> str:
    """A text with anything in it."""
    return rng.choice(
        (rng.choice(WORDS), " ".join(rng.choice(WORDS) for _ in range(6)), "".join(rng.choice(PIECES) for _ in range(8)), rng.choice(ODD))
    )


def is_put_in(old: str, new: str) -> bool:
    """Whether a text is another with one stretch put in."""
    start = len_alike(old, new)
    return old[start:] == new[len(new) - (len(old) - start) :]


def len_alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    most = min(len(one), len(other))
    return next((number for number in range(most) if one[number] != other[number]), most)


def fault_of(seed: int) -> str:
    """What a random change to a random file does wrong; empty where it does nothing wrong."""
    rng = random.Random(seed)
    words = a_seed(rng)
    claims = [a_claim(rng, number, words) for number in range(rng.randint(0, 5))]
    text = Writer(rng).file({"seed": "x.txt", "sha256": "0", "note": "a b"}, claims)
    wanted = values_of(text)
    kind = rng.choice(("set", "set", "take", "put", "begin")) if claims else rng.choice(("put", "begin"))
    number = rng.randrange(len(claims)) if claims else 0
    value = a_text(rng)
    try:
        new = _changed(rng, kind, text, wanted, number, value, words)
    except NoSuchValue as refused:
        return f"{kind}: {refused}"
    try:
        found = values_of(new)
    except Exception as problem:
        return f"{kind} {value!r}: {problem!r}\n{text}\n-----\n{new}"
    if found != wanted:
        return f"{kind} {value!r}: other values\n{text}\n-----\n{new}"
    if not _is_local(kind, text, new, number):
        return f"{kind} {value!r}: other bytes\n{text}\n-----\n{new}"
    return ""


def _changed(rng: random.Random, kind: str, text: str, wanted: Record, number: int, value: str, words: str) -> str:
    """The changed text; what it should say is put into `wanted`."""
    if kind == "set":
        field = rng.choice(ORDER)
        wanted["claims"][number][field] = value
        return set_value(text, ("claims", number, field), value, ORDER)
    if kind == "take":
        field = rng.choice(list(wanted["claims"][number]))
        del wanted["claims"][number][field]
        return take_out(text, ("claims", number, field))
    if kind == "put":
        claim = a_claim(rng, 99, words) | {"note": value}
        wanted["claims"] = [*wanted["claims"], claim]
        return put_entry(text, ("claims",), claim)
    wanted["passed-over"] = [{"quote": value, "why": "no"}]
    return put_entry(text, ("passed-over",), {"quote": value, "why": "no"}, braced=True)


def _is_local(kind: str, old: str, new: str, number: int) -> bool:
    """Whether all bytes but those of the change are as they were."""
    if kind == "take":
        return is_put_in(new, old)
    if kind in ("put", "begin"):
        return is_put_in(old, new) or "claims: []" in old
    claim = spans_of(old).at("claims", number)
    assert claim is not None
    start = len_alike(old, new)
    behind = len_alike(old[start:][::-1], new[start:][::-1])
    return is_put_in(old, new) or (start >= claim.start and len(old) - behind <= claim.end)
