"""The tally of claimants as rows for tables, as plain text, JSON and CSV: counts, and the claims behind them."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ledger.answers.agreement import Support, report_words
from ledger.answers.claimants import Cell, ClaimantRow, SideRow, Tally, certain, mine, theirs
from ledger.conflicts import Conflict, Findings
from ledger.conflicts.claims_in_words import claimant_name as name_of_claimant
from ledger.conflicts.claims_in_words import name_of, position_words, question_words, sentence, side_name
from ledger.conflicts.corrections import Correction
from ledger.conflicts.reasons import reason
from ledger.model import STANCES, Claim
from ledger.render.apart import line_apart
from ledger.render.blocks import Line, Pages, absences, totals_words, uncounted, when
from ledger.render.check import dumps, for_people, inert
from ledger.render.conflicts import csv_cell, line_text, pair_heading
from ledger.texts.display import count_of, one_line

CLOSING = "These are counts of what was said and of what the rules found: they are no score of who is right."


def claimant_name(claimant: str, pages: Pages) -> str:
    """The claimant's name, or its id."""
    return name_of_claimant(claimant, pages.ledger.vocabulary)


def side_words_of(side: str | None, pages: Pages) -> str:
    """What is printed for a side, or for none."""
    return "no side" if side is None else side_name(side, pages.ledger.vocabulary)


def strengths(conflicts: Sequence[Conflict]) -> list[str]:
    """`18`, `5 certain`, `13 possible`; `3 possible` alone where all are alike; nothing for none."""
    sure = certain(conflicts)
    parts = [f"{number} {word}" for number, word in ((sure, "certain"), (len(conflicts) - sure, "possible")) if number]
    return parts if len(parts) < 2 else [str(len(conflicts)), *parts]


def strength_words(conflicts: Sequence[Conflict]) -> str:
    """`18 (5 certain, 13 possible)`, `3 possible`, `0`."""
    parts = strengths(conflicts) or ["0"]
    return parts[0] + (f" ({', '.join(parts[1:])})" if len(parts) > 1 else "")


def tension_words(tensions: Sequence[Conflict]) -> str:
    """`3 tensions noted`."""
    return f"{count_of(len(tensions), 'tension')} noted"


def stances(claims: Iterable[Claim]) -> str:
    """`1 denies, 3 expects`: the claims that do not assert."""
    counted = Counter(claim.stance for claim in claims)
    return ", ".join(f"{counted[stance]} {stance}" for stance in STANCES if stance != "asserts" and counted[stance])


# -- one claimant, claim by claim ----------------------------------------------------------------------------------------


def row_line(row: ClaimantRow, pages: Pages) -> Line:
    """One claimant's counts in a sentence."""
    side = f" ({side_name(row.side, pages.ledger.vocabulary)})" if row.side else ""
    of_them = stances(row.claims)
    facts = f"{count_of(len(row.claims), 'claim')}{f' ({of_them})' if of_them else ''} in {report_words(row.reports, row.origins)}"
    if row.contradictions:
        whom = ", ".join(f"{claimant_name(met.claimant, pages)} {strength_words(met.conflicts)}" for met in row.opponents)
        facts += f"; contradicted: {strength_words(row.contradictions)}: {whom}"
    else:
        facts += "; not contradicted"
    if row.reversals:
        facts += f"; own reversals: {strength_words(row.reversals)}"
    facts += "".join(f"; {words}" for words in not_reversed(row))
    if corrections := corrections_in(row, pages):
        facts += f"; claims taken back: {len({corrected.id for corrected, _ in corrections})}"
    if row.tensions:
        facts += f"; {tension_words(row.tensions)}"
    if not row.agreement_is_counted():
        facts += f"; later agreed with by others: {count_of(len(row.agreed_later()), 'claim')}, others not counted"
    elif row.agreed_later():
        facts += f"; later agreed with by others: {count_of(len(row.agreed_later()), 'claim')}"
    return [(claimant_name(row.claimant, pages), "who"), (f"{side}: {facts}", "")]


def not_reversed(row: ClaimantRow | SideRow) -> list[str]:
    """`relayed in two ways: 2 certain`, `taken back: 1 possible`: pairs of one mouth that are no reversals; nothing for none."""
    kinds = (("relayed in two ways", row.relayed), ("taken back", row.corrected))
    return [f"{name}: {strength_words(found)}" for name, found in kinds if found]


def corrections_in(row: ClaimantRow, pages: Pages) -> list[Correction]:
    """The corrections of a claimant's claims."""
    return [correction for claim in row.claims for correction in pages.corrections.get(claim.id, ())]


def claim_lines(row: ClaimantRow, pages: Pages, most: int) -> Iterator[tuple[Line, int]]:
    """One claimant's counts, then each claim behind them, as lines and their indents; at most `most` claims (0: all)."""
    yield row_line(row, pages), 0
    met: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in (*row.contradictions, *row.reversals, *row.relayed, *row.corrected, *row.tensions):
        for name in conflict.ids:
            met[name].append(conflict)
    ranked = sorted(row.supports, key=lambda support: not (met[support.claim.id] or support.later))
    for support in ranked[: most or None]:
        yield from _claim_block(support, met[support.claim.id], pages)
    if most and len(ranked) > most:
        yield [(f"... and {count_of(len(ranked) - most, 'claim')} more (--limit 0 shows all)", "where")], 2


def _claim_block(support: Support, conflicts: Iterable[Conflict], pages: Pages) -> Iterator[tuple[Line, int]]:
    vocabulary, claim = pages.ledger.vocabulary, support.claim
    via = ", via " + ", ".join(claimant_name(relay, pages) for relay in claim.via) if claim.via else ""
    yield (
        [
            (one_line(claim.id), "id"),
            (f" {sentence(claim, vocabulary)}", "label"),
            (", ", "when"),
            *pages.when(claim),
        ],
        2,
    )
    reports = report_words(support.reports, len(support.origins)) if support.counted else "reports not counted"
    yield [(f"{reports}{via}, {pages.where(claim)}", "where")], 6
    for conflict in conflicts:
        other = conflict.other if conflict.one.id == claim.id else conflict.one
        words = f" {name_of(other, vocabulary)}: {position_words(other, vocabulary)}; "
        if conflict.is_tension:
            yield [("tension with ", ""), (one_line(other.id), "id"), (words, ""), (reason(conflict, vocabulary), "tension")], 6
            continue
        own = "own reversal: " if conflict.is_reversal else "own account: "
        label = {"own": own, "relayed": "relayed in two ways: "}.get(conflict.relation, "contradicted by ")
        facts = (pair_heading(conflict, vocabulary), "certain" if conflict.strength == "certain" else "possible")
        yield [(label, ""), (one_line(other.id), "id"), (words, ""), facts, (f": {reason(conflict, vocabulary)}", "")], 6
    for other in support.later:
        yield [("later agreed with by ", ""), (one_line(other.id), "id"), (f" {pages.who(other)}, {when(other)}", "")], 6


# -- complete formats ----------------------------------------------------------------------------------------------------


def to_text(tally: Tally, findings: Findings, pages: Pages, listed: bool) -> Iterator[str]:
    """Everything, one line a claimant, pair of claimants and side (`listed`: with each claim), for a pipe."""
    for row in tally.rows:
        for line, indent in claim_lines(row, pages, 0) if listed else [(row_line(row, pages), 0)]:
            yield inert(" " * indent + line_text(line_apart(line))) + "\n"
        yield "\n" if listed else ""
    if not listed:
        against = [cell for cell in tally.cells if cell.conflicts]
        yield "\nWho contradicts whom (pairs of claims):\n" if against else "\nNo contradictions.\n"
        for cell in against:
            own = sum(conflict.of_one_mouth for conflict in cell.conflicts)
            words = f"{strength_words(cell.conflicts)}{f', {own} of one mouth' if own else ''}"
            yield for_people(f"  {cell_names(cell, 'against', pages)}: {words}") + "\n"
        noted = noted_lines(tally, pages)
        yield (
            "".join(["\nTensions noted between whom (pairs of claims):\n", *(for_people(f"  {line}") + "\n" for line in noted)])
            if noted
            else ""
        )
        yield "\nBy side:\n"
        for side in tally.sides:
            yield for_people(f"  {side_words(side, pages)}") + "\n"
    yield "\n".join(for_people(line) for line in closing(tally, findings, pages)) + "\n"


def cell_names(cell: Cell, word: str, pages: Pages) -> str:
    """`Russian army against Ukrainian army`; of one claimant, that both claims are its own."""
    if cell.one == cell.other:
        return f"{claimant_name(cell.one, pages)}, two claims of its own"
    return f"{claimant_name(cell.one, pages)} {word} {claimant_name(cell.other, pages)}"


def noted_lines(tally: Tally, pages: Pages) -> list[str]:
    """Between whom tensions were noted, and how many: a line a pair of claimants."""
    return [f"{cell_names(cell, 'and', pages)}: {len(cell.tensions)}" for cell in tally.cells if cell.tensions]


def side_words(row: SideRow, pages: Pages) -> str:
    """One side's sums in a sentence."""
    words = f"{side_words_of(row.side, pages)}: {count_of(row.claimants, 'claimant')}, {count_of(row.claims, 'claim')}"
    for name, found, more in (
        ("within", row.within, ""),
        ("against others", row.across, against_words(row, pages)),
        ("own reversals", row.reversals, ""),
    ):
        words += f"; {name} {strength_words(found)}" + (f": {more}" if more else "")
    words += "".join(f"; {more}" for more in not_reversed(row))
    return words + (f"; {tension_words(row.tensions)}" if row.tensions else "")


def against_words(row: SideRow, pages: Pages) -> str:
    """`Ukraine 17, no side 7`: the other sides of the pairs across."""
    return ", ".join(f"{side_words_of(side, pages)} {len(met)}" for side, met in row.against)


def closing(tally: Tally, findings: Findings, pages: Pages) -> list[str]:
    """What the counts are not, and what took no part in them."""
    alike = [
        f"not compared, since too many claims say the same: who agrees on {question_words(*question, pages.ledger.vocabulary)}"
        for question in tally.not_compared
    ]
    return [
        *([] if tally.rows else ["no claims that match"]),
        totals(tally) + (", besides those that were not counted" if findings.crowds else ""),
        CLOSING,
        *absences(findings, pages),
        *uncounted(findings, pages),
        *alike,
    ]


def totals(tally: Tally) -> str:
    """`9 contradictions (7 certain, 2 possible), 24 tensions noted`, of all claimants together."""
    conflicts = [conflict for cell in tally.cells for conflict in cell.conflicts]
    return totals_words(len(conflicts), certain(conflicts), sum(len(cell.tensions) for cell in tally.cells))


def to_json(tally: Tally, findings: Findings, pages: Pages) -> Iterator[str]:
    """The whole tally in pieces, a claimant at a time."""
    yield '{"schema_version": 1, "claimants": ['
    for number, row in enumerate(tally.rows):
        yield (",\n" if number else "\n") + dumps(_row_record(row, pages))
    conflicts = {conflict.ids: conflict for cell in tally.cells for conflict in (*cell.conflicts, *cell.tensions)}
    ruled = [conflict for conflict in conflicts.values() if not conflict.is_tension]
    tail = {
        "matrix": [
            {"one": cell.one, "other": cell.other, "pairs": len(cell.conflicts), "certain": certain(cell.conflicts),
             "own": sum(conflict.relation == "own" for conflict in cell.conflicts),
             "relayed": sum(conflict.relation == "relayed" for conflict in cell.conflicts),
             "tensions": len(cell.tensions)}
            for cell in tally.cells
        ],
        "sides": [_side_record(row) for row in tally.sides],
        "pairs": [
            {"claims": list(ids), "kind": conflicts[ids].kind, "strength": conflicts[ids].strength, "relation": conflicts[ids].relation,
             "corrected": [list(pair) for pair in conflicts[ids].corrected]}
            for ids in sorted(conflicts)
        ],
        "totals": {"contradictions": len(ruled), "certain": certain(ruled), "possible": len(ruled) - certain(ruled),
                   "tensions": len(conflicts) - len(ruled)},
        "left_out": sorted({claim.id for claim in findings.left_out if claim.id}),
        "left_out_without_id": [{"path": claim.path, "line": claim.line} for claim in findings.left_out if not claim.id],
        "not_read": [refusal.path for refusal in pages.ledger.refusals],
        "said_too_late": len(findings.too_late),
        "not_counted": [{"place": crowd.place, "property": crowd.members[0].property.id, "subject": crowd.members[0].subject} for crowd in findings.crowds],
        "not_compared": [{"place": place, "property": property, "subject": subject} for place, property, subject in tally.not_compared],
    }  # fmt: skip
    yield "\n], " + dumps(tail)[1:] + "\n"


def _row_record(row: ClaimantRow, pages: Pages) -> dict[str, Any]:
    """One claimant as machines read it; of each pair, its own claim stands first."""
    known = pages.ledger.vocabulary.claimants.get(row.claimant)
    counted = Counter(claim.stance for claim in row.claims)
    own = {row.claimant}
    taken_back = [[corrected.id, by.id] for corrected, by in corrections_in(row, pages)]
    return {
        "claimant": row.claimant,
        "name": known.name if known is not None else row.claimant,
        "side": row.side,
        "of": known.of if known is not None else None,
        "counts": {"claims": len(row.claims), **{stance: counted[stance] for stance in STANCES}, **_counts(row), "claims_taken_back": len({corrected for corrected, _ in taken_back})},
        "claims": [claim.id for claim in row.claims],
        "contradicted_by": [
            {"claimant": met.claimant, "pairs": len(met.conflicts), "certain": certain(met.conflicts),
             "claims": [[mine(conflict, own).id, theirs(conflict, own).id] for conflict in met.conflicts]}
            for met in row.opponents
        ],
        "own_reversals": [list(conflict.ids) for conflict in row.reversals],
        "relayed_in_two_ways": [list(conflict.ids) for conflict in row.relayed],
        "tensions": [[mine(conflict, own).id, theirs(conflict, own).id] for conflict in row.tensions],
        "own_taken_back": [list(conflict.ids) for conflict in row.corrected],
        "taken_back": taken_back,
        "agreed_later": [{"claim": support.claim.id, "by": [other.id for other in support.later]} for support in row.agreed_later()],
        "reports": row.reports,
        "origins": row.origins,
        "relayed": [claim.id for claim in row.claims if claim.via],
        "support": [
            {"claim": support.claim.id, "reports": support.reports, "origins": list(support.origins)} for support in row.supports if support.counted
        ],
    }  # fmt: skip


def _counts(row: ClaimantRow) -> dict[str, int | None]:
    """Its sums; of what was not counted, nothing."""
    return {
        "contradictions": len(row.contradictions),
        "certain": certain(row.contradictions),
        "possible": len(row.contradictions) - certain(row.contradictions),
        "own_reversals": len(row.reversals),
        "relayed_in_two_ways": len(row.relayed),
        "tensions": len(row.tensions),
        "own_taken_back": len(row.corrected),
        "agreed_later": len(row.agreed_later()) if row.agreement_is_counted() else None,
    }


def _side_record(row: SideRow) -> dict[str, Any]:
    def counts(found: Sequence[Conflict]) -> dict[str, int]:
        return {"pairs": len(found), "certain": certain(found)}

    return {
        "side": row.side,
        "claimants": row.claimants,
        "claims": row.claims,
        "within": counts(row.within),
        "across": counts(row.across),
        "own_reversals": counts(row.reversals),
        "relayed_in_two_ways": counts(row.relayed),
        "tensions": len(row.tensions),
        "own_taken_back": counts(row.corrected),
        "against": [{"side": side, **counts(met)} for side, met in row.against],
    }


COLUMNS = ("claimant", "name", "side", "claims", *STANCES, "contradictions", "certain", "possible", "own_reversals", "agreed_later",
           "reports", "origins", "contradicted_by", "claim_ids", "contradiction_pairs", "own_reversal_pairs", "agreed_later_by", "relayed_pairs",
           "tensions", "tension_pairs", "own_taken_back_pairs", "taken_back")  # fmt: skip


def to_csv(tally: Tally, pages: Pages) -> Iterator[str]:
    """One claimant a row. `contradicted_by` has `claimant:pairs:certain`, the columns of pairs `its-claim/other-claim`,
    `agreed_later_by` has `its-claim:claim,claim`, `taken_back` has `its-claim/the one by which`; several are set apart by spaces."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in tally.rows:
        record = _row_record(row, pages)
        record |= record["counts"]
        record["contradicted_by"] = " ".join(f"{met.claimant}:{len(met.conflicts)}:{certain(met.conflicts)}" for met in row.opponents)
        record["claim_ids"] = " ".join(claim.id for claim in row.claims)
        record["claims"] = len(row.claims)
        own = {row.claimant}
        pairs = [(mine(conflict, own), theirs(conflict, own)) for conflict in row.contradictions]
        record["contradiction_pairs"] = " ".join(f"{one.id}/{other.id}" for one, other in pairs)
        record["own_reversal_pairs"] = " ".join("/".join(conflict.ids) for conflict in row.reversals)
        agreed = [(support.claim.id, ",".join(other.id for other in support.later)) for support in row.agreed_later()]
        record["agreed_later_by"] = " ".join(f"{name}:{by}" for name, by in agreed)
        record["relayed_pairs"] = " ".join("/".join(conflict.ids) for conflict in row.relayed)
        record["tension_pairs"] = " ".join(f"{mine(conflict, own).id}/{theirs(conflict, own).id}" for conflict in row.tensions)
        record["tensions"] = len(row.tensions)
        record["own_taken_back_pairs"] = " ".join("/".join(conflict.ids) for conflict in row.corrected)
        record["taken_back"] = " ".join("/".join(ids) for ids in record["taken_back"])
        record["own_reversals"] = len(row.reversals)
        record["agreed_later"] = len(agreed) if row.agreement_is_counted() else ""
        writer.writerow([csv_cell(record[column]) for column in COLUMNS])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()
