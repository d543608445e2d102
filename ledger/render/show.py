"""One claim in full, and one seed with its quotes."""

from __future__ import annotations

from typing import Any

from ledger.answers.agreement import Standing
from ledger.answers.excerpts import quote_in_paragraph
from ledger.answers.records import claim_record
from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import name_of, position_words, sentence
from ledger.conflicts.reasons import reason, taken_back
from ledger.model import Claim
from ledger.render.blocks import Line, Pages, corrects_lines, excerpt_line, resolution_line, when
from ledger.render.conflicts import conflict_record, pair_heading
from ledger.texts.display import one_line


def record(claim: Claim, found: Standing, pages: Pages, left_out: bool) -> dict[str, Any]:
    """One claim and its standing as machines read it."""
    file = pages.files[claim.path]
    seed = file.seed
    paragraph = seed.folded[slice(*seed.paragraph(claim.found.spans[0][0]))] if seed is not None and claim.found.ways else None
    return {
        "schema_version": 1,
        "claim": claim_record(claim, file, pages.ledger),
        "takes_part": not left_out,
        "paragraph": paragraph,
        "agreeing": [other.id for other in found.agreeing],
        "doubting": [other.id for other in found.doubting],
        "expecting": [other.id for other in found.expecting],
        "corrected_by": [by.id for _, by in pages.corrections.get(claim.id, ())],
        "conflicts": [conflict_record(conflict, pages) for conflict in sorted([*found.contradicting, *found.tensions], key=_by_ids)],
        "totals": {"contradictions": len(found.contradicting), "tensions": len(found.tensions)},
        "reports": found.reports,
        "origins": found.origins,
    }


def lines(claim: Claim, found: Standing, origins: str, pages: Pages, left_out: bool) -> list[tuple[Line, int]]:
    """One claim in full, as lines and their indents."""
    vocabulary = pages.ledger.vocabulary
    file = pages.files[claim.path]
    shown: list[tuple[Line, int]] = [
        ([(one_line(claim.id), "id")], 0),
        (
            [
                (sentence(claim, vocabulary), "label"),
            ],
            0,
        ),
        ([(pages.who(claim), "who"), (", " + when(claim), "when")], 0),
    ]
    shown += [([(taken_back(by), "possible")], 0) for _, by in pages.corrections.get(claim.id, ())]
    shown += [(line, 0) for line in corrects_lines(claim, pages)]
    if left_out:
        shown.append(([("takes no part in contradictions for a defect: see `ledger check`", "certain")], 0))
    if claim.hedge is not None:
        shown.append(([("left open: ", ""), (one_line(claim.hedge), "hedge")], 0))
    shown.append(([("", "")], 0))
    if file.seed is not None and claim.found.ways:
        excerpt = quote_in_paragraph(claim, file.seed)
        shown.append(
            (
                [
                    (pages.where(claim), "where"),
                    (f" (the paragraph from line {excerpt.line}; what stands in brackets is not quoted)", "where"),
                ],
                0,
            )
        )
        shown.append((excerpt_line(excerpt), 2))
    else:
        shown.append(([("the quote was not found in its seed: ", "certain"), (one_line(claim.quote), "quote")], 2))
    if claim.translation is not None:
        shown.append(([(one_line(claim.translation), "translation")], 2))
    if claim.note is not None:
        shown.append(([("note: " + one_line(claim.note), "")], 0))
    shown.append(([(f"recorded in {one_line(claim.path)}:{claim.line}", "where")], 0))
    shown.append(([("", "")], 0))
    agree = f"{origins}, this claim among them" if found.agreeing else "nobody else says so"
    shown.append(([("agree: ", "label"), (agree, "")], 0))
    shown += _named(found.agreeing, pages)
    shown.append(([("contradict: ", "label"), (str(len(found.contradicting)), "")], 0))
    for conflict in found.contradicting:
        shown += _conflict(conflict, claim, pages)
    if found.tensions:
        shown.append(([("tensions noted: ", "label"), (str(len(found.tensions)), "")], 0))
    for conflict in found.tensions:
        shown += _conflict(conflict, claim, pages)
    for word, claims in (("doubt: ", found.doubting), ("expected: ", found.expecting)):
        if claims:
            shown.append(([(word, "label"), (str(len(claims)), "")], 0))
            shown += _named(claims, pages)
    return shown


def _by_ids(conflict: Conflict) -> tuple[str, str]:
    return conflict.ids


def _conflict(conflict: Conflict, claim: Claim, pages: Pages) -> list[tuple[Line, int]]:
    """The other claim of a pair, what the two are to each other and why, and what was worked out about them."""
    vocabulary = pages.ledger.vocabulary
    other = conflict.other if conflict.one.id == claim.id else conflict.one
    line: Line = [(one_line(other.id), "id"), (f" {name_of(other, vocabulary)}: {position_words(other, vocabulary)}; ", "")]
    if conflict.is_tension:
        line.append((reason(conflict, vocabulary), "tension"))
    else:
        facts = pair_heading(conflict, vocabulary)
        line += [(facts, conflict.strength), (f": {reason(conflict, vocabulary)}", "")]
    resolved = pages.resolutions.get(conflict.ids)
    return [(line, 2)] + ([(resolution_line(resolved), 2)] if resolved is not None else [])


def _named(claims: list[Claim], pages: Pages) -> list[tuple[Line, int]]:
    vocabulary = pages.ledger.vocabulary
    return [
        ([(one_line(other.id), "id"), (f" {pages.who(other)}, {when(other)}: {position_words(other, vocabulary)}", "")], 2)
        for other in claims
    ]
