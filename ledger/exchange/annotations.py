"""Claims as W3C Web Annotations (JSON-LD): each quote with its words, those beside it and its place, a page a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ledger.conflicts.claims_in_words import sentence
from ledger.exchange.tables import Exported, Record, plain
from ledger.model import Claim, ClaimsFile

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
BESIDE = 32  # characters before and behind a quote that tell it from others like it
_COLLECTION = "urn:fact-ledger:annotations"


def to_annotations(exported: Exported) -> dict[str, Any]:
    """The document: a collection, and the pages of it, each with the annotations of one seed by their order in the text."""
    by_path: dict[str, list[tuple[Claim, Record]]] = {}
    for claim, record in zip(exported.claims, exported.claim_records, strict=True):
        by_path.setdefault(claim.path, []).append((claim, record))
    pages = [_page(file, by_path[file.path], exported) for file in exported.files if file.path in by_path]
    start = 0
    for page, following in zip(pages, [*pages[1:], None], strict=True):
        page["startIndex"] = start
        start += len(page["items"])
        if following is not None:
            page["next"] = following["id"]
    collection: dict[str, Any] = {"id": _COLLECTION, "type": "AnnotationCollection", "label": "Claims of a fact ledger", "total": start}
    if pages:
        collection |= {"first": pages[0]["id"], "last": pages[-1]["id"]}
    return {"@context": CONTEXT, "@graph": [collection, *pages]}


def _page(file: ClaimsFile, claims: Sequence[tuple[Claim, Record]], exported: Exported) -> dict[str, Any]:
    ordered = sorted(claims, key=lambda each: (each[1]["spans"] or [[-1, -1]], each[0].line, each[0].column))
    return {
        "id": f"urn:fact-ledger:page:{_named(file.path)}",
        "type": "AnnotationPage",
        "partOf": _COLLECTION,
        "items": [_annotation(claim, record, file, exported) for claim, record in ordered],
    }


def _annotation(claim: Claim, record: Record, file: ClaimsFile, exported: Exported) -> dict[str, Any]:
    targets = list(_targets(claim, record, file))
    body = [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": plain(sentence(claim, exported.ledger.vocabulary)),
        }
    ]
    body += [{"type": "TextualBody", "purpose": "tagging", "value": plain(tag)} for tag in (claim.place, claim.property, claim.claimant)]
    if claim.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": plain(claim.note)})
    return {
        "id": f"urn:fact-ledger:claim:{_named(claim.id or f'{claim.path}:{claim.line}:{claim.column}')}",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _targets(claim: Claim, record: Record, file: ClaimsFile) -> Iterator[dict[str, Any]]:
    """Where the claim has its words: a target for each piece of the quote; of a quote that was not found its words alone."""
    source = {"id": f"urn:fact-ledger:seed:{_named(file.seed_name)}", "format": "text/plain", "language": file.language}
    spans, text = record["spans"], file.seed.nfc if file.seed is not None else ""
    for start, end in spans:
        words = {"type": "TextQuoteSelector", "exact": text[start:end]}
        words |= {"prefix": text[max(0, start - BESIDE) : start], "suffix": text[end : end + BESIDE]}
        place = {"type": "TextPositionSelector", "start": start, "end": end}
        yield {"type": "SpecificResource", "source": source, "selector": [words, place]}
    if not spans:
        yield {"type": "SpecificResource", "source": source, "selector": [{"type": "TextQuoteSelector", "exact": claim.quote}]}


def _named(text: str) -> str:
    """A name as a part of a URN."""
    return quote(text, safe="", errors="backslashreplace")
