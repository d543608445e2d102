"""What is told of the word under the cursor."""

from __future__ import annotations

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from ledger.answers.excerpts import quote_in_paragraph
from ledger.conflicts.claims_in_words import name_of, sentence
from ledger.conflicts.finder import Conflict
from ledger.conflicts.reasons import reason
from ledger.lsp.contradictions import Contradictions
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.targets import Target, target_at
from ledger.model import Claim
from ledger.render.blocks import excerpt_line, when
from ledger.render.field_words import CLAIM_WORDS, HEAD_WORDS, NOTE_WORDS, ORIGINAL_WORDS
from ledger.render.schema import claimant_words, place_words, property_words
from ledger.rules import RULES
from ledger.rules.glossary import WORDS
from ledger.texts.display import one_line


def hover(live: Live, contradictions: Contradictions, path: str, lines: Lines, position: Position) -> Hover | None:
    """What is told at a position, as plain text: nothing in a ledger is markup."""
    target = target_at(live, path, lines, position)
    told = _told(live, contradictions, path, target) if target is not None else ""
    if target is None or not told:
        return None
    span = lines.span(target.line, target.column, len(target.name) or 1)
    return Hover(MarkupContent(MarkupKind.PlainText, told), span)


def _told(live: Live, contradictions: Contradictions, path: str, target: Target) -> str:
    vocabulary = live.vocabulary
    if target.kind == "place" and target.name in vocabulary.places:
        place = vocabulary.places[target.name]
        others = ", ".join(map(one_line, (*place.spellings, *place.former)))
        return place_words(place) + (f"\nalso: {others}" if others else "")
    if target.kind == "claimant" and target.name in vocabulary.claimants:
        known = vocabulary.claimants[target.name]
        others = ", ".join(map(one_line, known.other_names))
        return claimant_words(known) + (f"\nalso: {others}" if others else "")
    if target.kind == "property" and target.name in vocabulary.properties:
        return property_words(vocabulary.properties[target.name])
    if target.kind == "code":
        rule = RULES[target.name]
        return f"{rule.code} {rule.name.replace('_', ' ')} ({rule.severity})\n\n{rule.manual}"
    if target.kind == "claim":
        claim = live.claim(target.name)
        return _claim(live, contradictions, claim) if claim is not None else ""
    if target.kind == "quote":
        file = live.file(path)
        claims = file.claims if file is not None else ()
        claim = next((each for each in claims if each.at.get("quote", (0, 0))[0] == target.line + 1), None)
        return _paragraph(live, claim) if claim is not None else ""
    if target.kind == "key":
        words = [told[target.name] for told in (CLAIM_WORDS, HEAD_WORDS, NOTE_WORDS, ORIGINAL_WORDS) if target.name in told]
        return words[0] if words and path != "ledger.yaml" else (WORDS[target.name].means if target.name in WORDS else "")
    return ""


def _paragraph(live: Live, claim: Claim) -> str:
    """The quote in its paragraph; what is not quoted stands in brackets."""
    file = live.file(claim.path)
    if file is None or file.seed is None or not claim.found.ways:
        return f"the quote was not found in its seed: {one_line(claim.quote)}"
    excerpt = quote_in_paragraph(claim, file.seed)
    words = "".join(text for text, _ in excerpt_line(excerpt))
    return f"{one_line(file.seed.name)}, the paragraph from line {excerpt.line} (what stands in brackets is not quoted)\n\n{words}"


def _claim(live: Live, contradictions: Contradictions, claim: Claim) -> str:
    vocabulary = live.vocabulary
    lines = [one_line(sentence(claim, vocabulary)), one_line(f"{name_of(claim, vocabulary)}, {when(claim)}"), "", _paragraph(live, claim)]
    found = [conflict for conflict in contradictions.of_file(claim.path) if claim.id in conflict.ids]
    lines += [""] if found else []
    return "\n".join([*lines, *(against(conflict, claim, live) for conflict in found[:20])])


def against(conflict: Conflict, claim: Claim, live: Live) -> str:
    """What a claim contradicts, in a line."""
    vocabulary = live.vocabulary
    other = conflict.other if conflict.one.id == claim.id else conflict.one
    how = "tension" if conflict.tension is not None else f"{conflict.kind}, {conflict.strength}"
    said = f"{name_of(other, vocabulary)}, {when(other)}: {sentence(other, vocabulary)}"
    return one_line(f"contradicts {other.id} ({how}): {said} ({reason(conflict, vocabulary)})")
