"""A small ledger on disk for the tests of the commands, and what must hold of every run that could not do its work."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from running import Outcome

VOCABULARY = """format: 1
language: en
places:
  county: {kind: county, names: {en: Mill County}}
  millbrook: {kind: town, names: {en: Millbrook, uk: "Мілл'брук", ru: Миллбрук}, spellings: [Milbruk], within: county}
  millbrook-north: {kind: part, names: {en: the north of Millbrook}, within: millbrook}
  ivanivka-east: {kind: village, names: {en: Ivanivka}}
  ivanivka-west: {kind: village, names: {en: Ivanivka}}
claimants:
  ministry: {name: Ministry of Roads, other-names: [the Ministry], kind: ministry, side: east}
  spokesman: {name: Jo Reed, kind: person, of: ministry}
  council: {name: Town Council, kind: council, side: west}
  gazette: {name: Gazette, kind: newspaper}
properties:
  control: {title: who holds the place, values: [east, west], parts: true, lasts: P14D}
  people: {title: how many live there, quantity: people, lasts: P1Y}
  traffic: {title: whether ... run, values: ["yes", "no"], subjects: [cars, lorries], lasts: P7D}
  nickname: {title: what it is called, text: true}
"""
Fields = dict[str, str]
CLAIMS: list[Fields] = [
    {"id": "held-east", "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"},
    {"id": "held-west", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": "Millbrook fell to the west"},
    {"id": "held-later", "value": "west", "said": "2025-03-10", "claimant": "gazette", "quote": "Millbrook has been in the west's hands"},
    {"id": "people-27000", "property": "people", "value": "27000", "said": "2025-03-02", "quote": "27,000 people live in Millbrook"},
    {
        "id": "people-9000",
        "property": "people",
        "value": "9000",
        "said": "2025-03-03",
        "claimant": "spokesman",
        "quote": "Millbrook, of 9,000",
    },
    {
        "id": "lorries",
        "property": "traffic",
        "subject": "lorries",
        "value": '"yes"',
        "said": "2025-03-04",
        "quote": "lorries pass Millbrook",
    },
]


def file_of(claims: Iterable[Fields], name: str = "text.txt", seed: str | None = None, tail: str = "", **head: str) -> dict[str, str]:
    """A claims file and its seed: one paragraph for each quote, unless the seed is given."""
    written = [{"place": "millbrook", "property": "control", "claimant": "ministry", **claim} for claim in claims]
    words = seed if seed is not None else "".join(f"{claim['quote']}.\n\n" for claim in written)
    fields = {"seed": name, "sha256": sha256(words.encode()).hexdigest(), "language": "en", "published": "2025-03-31", **head}
    text = "".join(f"{key}: {value}\n" for key, value in fields.items()) + "claims:" + ("\n" if written else " []\n")
    for claim in written:
        text += "- " + "\n  ".join(f"{key}: {value}" for key, value in claim.items()) + "\n"
    return {f"claims/{Path(name).stem}.yaml": text + tail, f"seeds/{name}": words}


def ledger_at(folder: Path, files: dict[str, str] | None = None, vocabulary: str = VOCABULARY) -> Path:
    """Write a ledger, by default the small one, and give its folder."""
    for path, text in {"ledger.yaml": vocabulary, **(file_of(CLAIMS) if files is None else files)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def could_not_run(outcome: Outcome) -> str:
    """What standard error says of a run that exits 2 as it should: one line there, nothing on standard output."""
    assert outcome.code == 2, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("ledger: ") and outcome.err.endswith("\n") and outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err and "a bug of ledger" not in outcome.err
    return outcome.err.removeprefix("ledger: ").rstrip("\n")
