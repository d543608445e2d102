"""A review as data, for machines."""

from __future__ import annotations

from typing import Any

from ledger.answers.records import claim_record
from ledger.model import Claim
from ledger.render.blocks import Pages
from ledger.render.check import as_data
from ledger.render.conflicts import conflict_record
from ledger.review.changes import Fields
from ledger.review.compare import Crowded, Opened, Review
from ledger.review.proofs import ProofChange
from ledger.review.sides import Sides
from ledger.rules.runner import languages_of


def fields_record(fields: Fields) -> dict[str, Any]:
    """Fields as machines read them: a pair of values each, before and after."""
    return {name: [before, after] for name, (before, after) in fields.items()}


def record(review: Review, sides: Sides) -> dict[str, Any]:
    """The whole review as machines read it (DESIGN section 7)."""
    before, after = (Pages.of(*side) for side in zip((review.before, review.after), review.corrections, strict=True))

    unknown, drafts = languages_of(review.after)

    def claimed(claim: Claim | None, pages: Pages) -> dict[str, Any] | None:
        return None if claim is None else claim_record(claim, pages.files[claim.path], pages.ledger)

    def opened(found: Opened, earlier: Pages) -> dict[str, Any]:
        return {
            "opened": [conflict_record(conflict, after) for conflict in found.opened],
            "closed": [conflict_record(conflict, earlier) for conflict in found.closed],
            "altered": [{"before": conflict_record(one, earlier), "after": conflict_record(other, after)} for one, other in found.altered],
        }

    return {
        "schema_version": 1,
        "base": sides.base,
        "head": sides.head,
        "base_name": sides.base_name,
        "head_name": sides.head_name,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "fields": fields_record(change.fields),
                "of_meaning": change.of_meaning,
                "before": claimed(change.before, before),
                "after": claimed(change.after, after),
            }
            for change in review.changes
        ],
        "diagnostics": {"new": [as_data(found) for found in review.new], "fixed": [as_data(found) for found in review.fixed]},
        "conflicts": opened(review.conflicts, before) | {"counted": [_counted_record(crowded) for crowded in review.crowded]},
        "seeds": {kind: [seed.name for seed in review.seeds if seed.kind == kind] for kind in ("added", "changed", "removed")},
        "seeds_changed": [
            {
                "seed": seed.name,
                "line": seed.line,
                "before": list(seed.before),
                "after": list(seed.after),
                "claims": seed.quotes,
                "standing": seed.standing,
            }
            for seed in review.seeds
            if seed.kind == "changed"
        ],
        "vocabulary": {
            "changes": [
                {"kind": entry.kind, "part": entry.part, "id": entry.id, "fields": fields_record(entry.fields)} for entry in review.entries
            ],
            "conflicts": opened(review.by_vocabulary, before)
            | {"counted": [_counted_record(crowded) for crowded in review.crowded_by_vocabulary]},
        },
        "proofs": [_proof_record(change) for change in review.proofs],
        "languages_without_words": list(unknown),
        "languages_with_draft_words": list(drafts),
        "quotes_broken": [claim.id or f"{claim.path}:{claim.line}" for claim in review.broken],
        "sources": [
            {"kind": head.kind, "seed": head.seed, "path": head.path, "fields": fields_record(head.fields)} for head in review.heads
        ],
        "notes": [
            {
                "kind": note.kind,
                "part": note.part,
                "of": note.what,
                "path": note.path,
                "line": note.line,
                "fields": fields_record(note.fields),
            }
            for note in review.notes
        ],
        "not_compared": review.unread,
        "moved": None if review.moved is None else list(review.moved),
        "numbers": {"before": review.numbers[0]._asdict(), "after": review.numbers[1]._asdict()},
    }


def _proof_record(change: ProofChange) -> dict[str, Any]:
    from ledger.exchange.stamps import described

    return {
        "kind": change.kind,
        "path": change.path,
        "needs_a_look": change.needs_a_look,
        "before": None if change.before is None else change.before._asdict(),
        "after": None if change.after is None else change.after._asdict(),
        "distrusted": list(map(described, change.distrusted)),
        "trusted": list(map(described, change.trusted)),
    }


def _counted_record(crowded: Crowded) -> dict[str, Any]:
    return {
        "question": list(crowded.topic),
        "before": crowded.before,
        "after": crowded.after,
        "certain": [crowded.certain_before, crowded.certain_after],
    }
