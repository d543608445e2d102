"""A claimant as a part of a report: its accounts over time and what the rules found of them; counts, never a score."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.answers.claimants import ClaimantRow
from ledger.answers.timeline import Timeline
from ledger.conflicts.claims_in_words import claimant_name, sentence
from ledger.model import Claim
from ledger.render.claimants import row_line
from ledger.render.conflicts import line_text
from ledger.render.report.book import Book
from ledger.render.report.markup import anchored, named, said_of, shown
from ledger.texts.display import count_of
from ledger.texts.phrases import said_words

LISTED, LISTED_IN_BIG = 15, 5  # claims of one claimant, the latest; the others are counted


def claimant(row: ClaimantRow, changed: Iterable[str], book: Book) -> str:
    """One claimant; `changed` are sentences about accounts that it changed, as HTML."""
    anchor = anchored("w", row.claimant)
    known = book.vocabulary.claimants.get(row.claimant)
    facts = line_text(row_line(row, book.pages)[1:]).removeprefix(": ")
    about = [shown(known.kind)] if known is not None and known.kind else []
    if known is not None and known.of is not None:
        about.append(f"its word is that of {book.claimant(known.of)}")
    names = (
        f"Also: {', '.join(f'<bdi>{shown(name)}</bdi>' for name in known.other_names)}. " if known is not None and known.other_names else ""
    )
    note = shown(known.note) if known is not None and known.note else ""
    claims = sorted(row.claims, key=Claim.said_order)
    left = len(claims) - (LISTED_IN_BIG if book.is_big else LISTED)
    more = f"<p>Not listed here: {count_of(left, 'earlier claim')}; each stands at its place.</p>" if left > 0 else ""
    rows = "".join(f"<li>{shown(said_words(claim.said))}: {_linked(claim, book)}</li>" for claim in claims[max(0, left) :])
    turns = "".join(f"<li>{words}</li>" for words in changed)
    return (
        f'<section id="{anchor}"><h3><a href="#{anchor}">{named(claimant_name(row.claimant, book.vocabulary))}</a></h3>'
        f"<p>{'; '.join([*about, said_of(facts)])}. {names}{note}</p>"
        + (f"<p>Changed its account:</p><ul>{turns}</ul>" if turns else "")
        + f"{more}<ul>{rows}</ul></section>"
    )


def _linked(claim: Claim, book: Book) -> str:
    return book.claim(claim, f"<span{book.tongue}>{said_of(sentence(claim, book.vocabulary))}</span>")


def changes(drawn: Iterable[Timeline], book: Book) -> dict[str, list[str]]:
    """Who changed their account, by claimant: a sentence for each question, as HTML."""
    found: dict[str, list[str]] = {}
    for timeline in drawn:
        for changed in book.changed.get(id(timeline), ()):
            before, after = (f"{_linked(claim, book)} ({shown(said_words(claim.said))})" for claim in (changed.before, changed.after))
            how = (
                "of a later time, so no contradiction"
                if changed.conflict is None
                else "the two contradict each other"
                if changed.conflict.strength == "certain"
                else "the two may contradict each other"
            )
            more = f"; and {count_of(changed.more, 'more such pair')}" if changed.more else ""
            found.setdefault(changed.after.claimant, []).append(f"{before}, then {after}: {how}{more}.")
    return found
