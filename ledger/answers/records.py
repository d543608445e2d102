"""Claims as machines read them, and a quote in its surroundings: what every format is made from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.model import CLAIM_FIELDS, REASONS, TEXT, Claim, ClaimsFile, Ledger
from ledger.texts.seeds import Seed

_NO_TEXTS: dict[str, Callable[[Any], Any]] = {
    name: dict if field.kind == REASONS else list for name, field in CLAIM_FIELDS.items() if field.kind != TEXT
}


def claim_record(claim: Claim, file: ClaimsFile, ledger: Ledger) -> dict[str, Any]:
    """Every field of a claim as text as written (None: not given), defaults filled in, and where it stands (DESIGN section 7)."""
    record: dict[str, Any] = dict(zip(CLAIM_FIELDS, claim, strict=False))  # (what can be written comes first in a claim)
    for name, as_json in _NO_TEXTS.items():
        record[name] = as_json(record[name])
    seed = file.seed
    record["seed"] = file.seed_name
    record["side"] = ledger.vocabulary.side_of(claim.claimant)
    record["language"] = file.language
    record["published"] = file.published
    record["path"] = claim.path
    record["line"] = claim.line
    record["column"] = claim.column
    record["seed_line"] = seed.line(claim.found.spans[0][0]) if seed is not None and claim.found.ways else None
    record["spans"] = spans_in_nfc(claim, seed)
    return record


def spans_in_nfc(claim: Claim, seed: Seed | None) -> list[list[int]]:
    """Where the quote's pieces stand in the seed's NFC text, as [start, end] offsets in code points; empty if it does not."""
    if seed is None or not claim.found.ways:
        return []
    return [[seed.nfc_offset(start), seed.nfc_offset(end, ends=True)] for start, end in claim.found.spans]
