"""What was found for some words, in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.answers.records import claim_record
from ledger.answers.search import Hits, Passage
from ledger.conflicts.claims_in_words import sentence
from ledger.model import Claim
from ledger.render.apart import line_apart, parts_apart
from ledger.render.blocks import Line, Pages
from ledger.render.check import dumps
from ledger.render.conflicts import line_text, markdown_text
from ledger.texts.display import count_of, one_line
from ledger.texts.folding import fold_space
from ledger.texts.searching import Wanted

COLUMNS = ("found", "text", "says", "claim", "claims", "path", "line")


def _claim(claim: Claim, pages: Pages) -> dict[str, Any]:
    file = pages.files[claim.path]
    return {"says": sentence(claim, pages.ledger.vocabulary), **claim_record(claim, file, pages.ledger)}


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "text": passage.text, "seed": passage.file.seed_name, "path": f"seeds/{passage.file.seed_name}", "line": passage.line,
        "language": passage.file.language, "claims": list(passage.claims),
    }  # fmt: skip


def to_json(hits: Hits, pages: Pages, most: int | None) -> str:
    """All claims and all sentences, those from which a claim was read too."""
    found: dict[str, Any] = {
        "schema_version": 1,
        "claims": [_claim(claim, pages) for claim in hits.claims[:most]],
        "sentences": [_passage(passage) for passage in hits.passages[:most]],
    }
    if most is not None:
        found["total"] = {"claims": len(hits.claims), "sentences": len(hits.passages)}
        found["truncated"] = len(hits.claims) > most or len(hits.passages) > most
    return dumps(found) + "\n"


def rows(hits: Hits, pages: Pages, most: int | None) -> Iterator[dict[str, Any]]:
    """One claim or sentence a row."""
    for claim in hits.claims[:most]:
        record = _claim(claim, pages)
        yield {"found": "claim", **record, "text": claim.quote, "claim": claim.id, "claims": [claim.id]}
    for passage in hits.passages[:most]:
        yield {"found": "sentence", **_passage(passage), "says": None, "claim": None}


def lines(hits: Hits, wanted: Wanted, pages: Pages, most: int | None) -> list[tuple[Line, int]]:
    """Claims with their words, then the sentences from which none of these was read, and how many there are of each."""
    shown: list[tuple[Line, int]] = []
    for claim in hits.claims[:most]:
        vocabulary = pages.ledger.vocabulary._replace(sets_apart=False)  # (a sentence is cut where words were found)
        shown.append((_marked(sentence(claim, vocabulary), wanted, "label"), 0))
        shown.append(([(pages.who(claim), "who"), (", ", ""), *pages.when(claim)], 2))
        shown.append((_marked(claim.quote, wanted, "quote"), 2))
        if claim.translation is not None:
            shown.append((_marked(claim.translation, wanted, "translation"), 2))
        shown += [([(pages.where(claim), "where"), ("  ", ""), (one_line(claim.id), "id")], 2), ([("", "")], 0)]
    further = hits.further()
    if further:
        shown.append(([("Sentences of seeds from which none of these was read", "heading")], 0))
    for passage in further[:most]:
        shown.append((_marked(passage.text, wanted, "quote"), 2))
        read = ", ".join(map(one_line, passage.claims)) or "no claim was read out of it"
        shown += [([(f"seeds/{one_line(passage.file.seed_name)}:{passage.line}", "where"), ("  ", ""), (read, "id")], 2), ([("", "")], 0)]
    counts = f"{count_of(len(hits.claims), 'claim')}, {count_of(len(further), 'further sentence')}"
    cut = most is not None and (len(hits.claims) > most or len(further) > most)
    shown.append(([(counts + (f"; shown: {most} of each at most (--limit 0 shows all)" if cut else ""), "label")], 0))
    return shown


def to_markdown(hits: Hits, wanted: Wanted, pages: Pages, most: int | None) -> str:
    """The same as a list."""
    written = ""
    for line, indent in lines(hits, wanted, pages, most):
        text = markdown_text(line_text(line_apart(line)))
        written += f"{'  ' if indent else ''}{'- ' if text else ''}{text}\n"
    return written


def _marked(text: str, wanted: Wanted, role: str) -> Line:
    marked = wanted.marked(fold_space(text))
    parts = [(one_line(piece) if piece.strip() else " ", "certain" if found else role) for piece, found in marked]
    return parts if role == "label" else parts_apart(parts)
