"""Timelines for machines: JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.answers.changed_accounts import Changed
from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Timeline
from ledger.conflicts import Findings
from ledger.conflicts.claims_in_words import name_of
from ledger.model import NO_QUOTES
from ledger.render.blocks import Pages, is_unquoted, letter, unquoted_record
from ledger.render.check import dumps
from ledger.render.conflicts import csv_cell, time_record
from ledger.texts.dates import FAR, format_day


def to_json(
    drawn: list[Timeline], changes: Mapping[int, list[Changed]], findings: Findings, pages: Pages, limit: int | None
) -> Iterator[str]:
    """All questions in pieces, complete unless `limit` (questions) is given."""
    shown = drawn[: limit or None]
    yield '{"schema_version": 1, "questions": ['
    for number, timeline in enumerate(shown):
        yield (",\n" if number else "\n") + dumps(_record(timeline, changes.get(number, ()), pages))
    certain, tensions = sum(timeline.certain for timeline in drawn), sum(len(timeline.tensions) for timeline in drawn)
    total = sum(timeline.pairs for timeline in drawn)
    tail: dict[str, Any] = {
        "totals": {"contradictions": total, "certain": certain, "possible": total - certain, "tensions": tensions},
        "left_out": sorted({claim.id for claim in findings.left_out if claim.id}),
        "not_read": [refusal.path for refusal in pages.ledger.refusals],
        "said_too_late": len(findings.too_late),
        **unquoted_record(pages.ledger.files),
    }
    if limit is not None:
        tail.update(total=len(drawn), truncated=len(shown) < len(drawn))
    yield "\n], " + dumps(tail)[1:] + "\n"


def _record(timeline: Timeline, changes: Iterable[Changed], pages: Pages) -> dict[str, Any]:
    """One question as machines read it. Days are null where there is no end; a claim of another question names its own. Where
    not `all_listed`, `pairs` of claims are so many that `conflicts` holds only some; `ledger conflicts` lists them. `changed` has who said
    otherwise than before, a pair of claims for each: how strongly they contradict each other (null: the later one speaks of a later time),
    and how many such pairs there are besides."""
    return {
        "place": timeline.place,
        "property": timeline.property,
        "subject": timeline.subject,
        "positions": list(timeline.positions),
        "lanes": [
            {
                "claimant": lane.claimant,
                "mouth": lane.mouth,
                "side": lane.side,
                "position": lane.position,
                "letter": letter(lane.position),
                "claims": [_claim_record(entry, pages) for entry in lane.entries],
            }
            for lane in timeline.lanes
        ],
        "changed": [
            {
                "claimant": changed.after.claimant,
                "before": changed.before.id,
                "after": changed.after.id,
                "strength": None if changed.conflict is None else changed.conflict.strength,
                "more": changed.more,
            }
            for changed in changes
        ],
        "conflicts": [
            {
                "claims": list(found.conflict.ids),
                "positions": [found.one, found.other],
                "kind": found.conflict.kind,
                "strength": found.conflict.strength,
                "relation": found.conflict.relation,
                "corrected": [list(pair) for pair in found.conflict.corrected],
                "days": _days(found.marks),
            }
            for found in timeline.contradictions
        ],
        "pairs": timeline.pairs + len(timeline.tensions),
        "contradictions": timeline.pairs,
        "tensions": len(timeline.tensions),
        "certain": timeline.certain,
        "all_listed": not timeline.counted,
        "oppositions": [{"positions": [pair.one, pair.other], "days": _days(pair.marks)} for pair in timeline.oppositions],
    }


def _days(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    return [{"first": _day(mark.first), "last": _day(mark.last), "certain": mark.sure} for mark in marks]


def _day(day: int) -> str | None:
    return None if abs(day) >= FAR or day < 1 else format_day(day)


def _claim_record(entry: Entry, pages: Pages) -> dict[str, Any]:
    claim = entry.claim
    own = {name: getattr(claim, name) for name in ("id", "place", "property", "subject", "claimant", "stance", "value", "extent", "hedge")}
    times = time_record(entry.time) if entry.shape != "said" else {"start": [None, None], "end": [None, None], "presumed_until": None}
    by = [by.id for _, by in pages.corrections.get(claim.id, ())]
    return {**own, "said": claim.said, "holds": claim.holds, "shape": entry.shape, **times, "corrected_by": by}


COLUMNS = ("place", "property", "subject", "letter", "says", "claimant", "side", "claim", "stance", "value", "said", "holds", "start_first",
           "start_last", "end_first", "end_last", "presumed_until", "contradicts_certainly", "contradicts_possibly", "tensions_with",
           "corrected_by")  # fmt: skip


NOT_LISTED = "too many to list here: `ledger conflicts --format csv` does"


def to_csv(drawn: Iterable[Timeline], pages: Pages) -> Iterator[str]:
    """One claim of one question a row, with the ids of those that contradict it there. Where machines made claims, a last column says of these
    that they have no quotes."""
    machines = any(map(is_unquoted, pages.ledger.files))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*COLUMNS, "quotes") if machines else COLUMNS)
    for timeline in drawn:
        against: dict[tuple[str, str], list[str]] = defaultdict(list)
        for conflict in (found.conflict for found in timeline.contradictions):
            how = "tension" if conflict.is_tension else conflict.strength
            against[conflict.one.id, how].append(conflict.other.id)
            against[conflict.other.id, how].append(conflict.one.id)
        for lane in timeline.lanes:
            for entry in lane.entries:
                record = _claim_record(entry, pages)
                opposed = [" ".join(sorted(against[entry.claim.id, strength])) for strength in ("certain", "possible", "tension")]
                if timeline.counted:
                    opposed[:2] = [NOT_LISTED, NOT_LISTED]
                head = [timeline.place, timeline.property, timeline.subject, letter(lane.position), timeline.positions[lane.position]]
                own = [
                    name_of(entry.claim, pages.ledger.vocabulary),
                    lane.side,
                    *(record[name] for name in ("id", "stance", "value", "said", "holds")),
                ]
                times = [*record["start"], *record["end"], record["presumed_until"]]
                last = [NO_QUOTES if is_unquoted(pages.files[entry.claim.path]) else ""] if machines else []
                cells = (*head, *own, *times, *opposed, " ".join(record["corrected_by"]), *last)
                writer.writerow([csv_cell(cell) for cell in cells])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()
