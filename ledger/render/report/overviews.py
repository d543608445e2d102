"""What the front of a report tells over all places: who changed their account, and which figures were told."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.answers.falling import falling
from ledger.conflicts.claims_in_words import name_of, title_of
from ledger.model import Claim
from ledger.render.report.book import Book
from ledger.render.report.claimants import changes, linked
from ledger.render.report.markup import days_kept, link, named, question_anchor, said_of, shown, spoken
from ledger.render.report.pictures import below_words, figure_of
from ledger.render.report.places import places_in_order
from ledger.texts.display import count_of
from ledger.texts.phrases import holds_words, said_words
from ledger.texts.templates import capitalised

CHANGES, CHANGES_IN_BIG = 60, 15  # changed accounts, and as many corrections
FIGURES, FIGURES_IN_BIG = 300, 30


def accounts_changed(book: Book) -> str:
    """Who changed their account and who took back what they had said; where nobody did, that."""
    changed = [f"{book.claimant(name)}: {line}" for name, lines in sorted(changes(book.told.drawn, book).items()) for line in lines]
    corrected = [
        f"{book.claimant(by.claimant)}: {linked(claim, book)} ({shown(said_words(claim.said))}), put right or taken back by "
        f"{linked(by, book)} ({shown(said_words(by.said))})."
        for claim in book.told.claims()
        for _, by in book.pages.corrections.get(claim.id, ())
    ]
    made = _listed("Said otherwise than before", changed, book) + _listed("Took back or put right what they had said", corrected, book)
    return made or (
        "<p>Nobody: of no question told here does anyone assert or deny what excludes their own earlier word, and no claim is recorded as "
        "putting another right.</p>"
    )


def _listed(words: str, lines: list[str], book: Book) -> str:
    most = CHANGES_IN_BIG if book.is_big else CHANGES
    if not lines:
        return ""
    more = f"<p>and {len(lines) - most} more, at their claimants</p>" if len(lines) > most else ""
    return f"<p>{words}: {len(lines)}</p><ul>{''.join(f'<li>{line}</li>' for line in lines[:most])}</ul>{more}"


def figures_told(book: Book) -> str:
    """A table of the figures of all places, place by place and question by question, each in the order of the days that they are of."""
    rows = list(_figure_rows(book))
    most = FIGURES_IN_BIG if book.is_big else FIGURES
    if not rows:
        return "<p>None.</p>"
    more = f", the first {most} of {count_of(len(rows), 'figure')}; the others stand at their places" if len(rows) > most else ""
    head = "".join(
        f'<th scope="col">{words}</th>' for words in ("Place", "What is counted", "Of when", "Who, said when", "Figure", "Falls")
    )
    return (
        '<section class="scroll" aria-label="Figures of all places" tabindex="0"><table>'
        f"<caption>Every figure that was told, with its range{more}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows[:most])}</tbody></table></section>"
    )


def _figure_rows(book: Book) -> Iterator[str]:
    for place, questions in places_in_order(book):
        for drawn in sorted(questions, key=lambda drawn: (drawn.property, drawn.subject or "")):
            asked, known = (place, drawn.property, drawn.subject), book.vocabulary.properties.get(drawn.property)
            own = [
                each for each in drawn.entries if each.claim.figure and (each.claim.place, each.claim.property, each.claim.subject) == asked
            ]
            if not own or known is None:
                continue
            title = said_of(capitalised(title_of(drawn.property, drawn.subject, book.vocabulary)))
            head = f'<th scope="row">{book.place(place)}</th><td>{link(question_anchor(*asked), spoken(book.tongue, title))}</td>'
            falls = falling(own, known)
            for entry in sorted(own, key=lambda entry: entry.meant_order()):
                yield f"<tr>{head}{_figure_cells(entry.claim, falls.get(entry.claim.id), book)}</tr>"


def _figure_cells(claim: Claim, higher: Claim | None, book: Book) -> str:
    said = days_kept(said_words(claim.said))
    of = days_kept(holds_words(claim.holds)) if claim.holds else said
    who = book.claim(claim, f"{named(name_of(claim, book.vocabulary))}, {said}")
    fell = below_words(higher, book) if higher is not None else ""
    return f"<td>{of}</td><td>{who}</td><td{book.tongue}>{figure_of(claim, book)}</td><td>{fell}</td>"
