"""A claimant as a part of a report: its accounts over time and what the rules found of them; counts, never a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ledger.answers.claimants import ClaimantRow
from ledger.answers.timeline import Timeline
from ledger.conflicts.claims_in_words import claimant_name, sentence, side_name
from ledger.model import Claim
from ledger.render.claimants import corrections_in, row_line
from ledger.render.conflicts import line_text
from ledger.render.report.book import Book
from ledger.render.report.markup import anchored, named, said_of, shown, spoken
from ledger.texts.display import count_of
from ledger.texts.phrases import said_words

LISTED, LISTED_IN_BIG = 15, 5  # claims of one claimant, the latest; the others are counted


def claimants(book: Book) -> Iterator[str]:
    """Each claimant, then those who only passed on what others said."""
    changed = changes(book.told.drawn, book)
    for row in book.told.tally.rows:
        yield claimant(row, changed.get(row.claimant, ()), book)
    for name in only_relays(book):
        yield relay(name, book)


def only_relays(book: Book) -> list[str]:
    """Those who said nothing of their own, and passed on what others said."""
    return sorted(book.relayed.keys() - {row.claimant for row in book.told.tally.rows})


def claimant(row: ClaimantRow, changed: Iterable[str], book: Book) -> str:
    """One claimant; `changed` are sentences about accounts that it changed, as HTML."""
    facts = line_text(row_line(row, book.pages)[1:]).removeprefix(f" ({side_name(row.side, book.vocabulary)})" if row.side else "")
    claims = sorted(row.claims, key=Claim.said_order)
    left = len(claims) - _most(book)
    more = f"<p>Not listed here: {count_of(left, 'earlier claim')}; each stands at its place.</p>" if left > 0 else ""
    rows = "".join(f"<li>{shown(said_words(claim.said))}: {linked(claim, book)}</li>" for claim in claims[max(0, left) :])
    parts = [_listed("Changed its account", list(changed)), _listed("Took back", _taken_back(row, book))]
    relays = Counter(relay for claim in row.claims for relay in dict.fromkeys(claim.via))
    if relays:
        most = sorted(relays.items(), key=lambda pair: (-pair[1], pair[0]))
        passed = ", ".join(f"{book.claimant(relay)} {number}" for relay, number in most[: _most(book)])
        others = f", and {count_of(len(most) - _most(book), 'other')}" if len(most) > _most(book) else ""
        parts.append(f"<p>Passed on by: {passed}{others}.</p>")
    parts += [_passed_on(row.claimant, book), f"<p>Said:</p>{more}<ul>{rows}</ul>"]
    return _section(row.claimant, facts.removeprefix(": "), parts, book)


def relay(name: str, book: Book) -> str:
    """One who said nothing of its own, and passed on what others said."""
    return _section(name, "no claims of its own", [_passed_on(name, book)], book)


def _section(name: str, facts: str, parts: Iterable[str], book: Book) -> str:
    """The heading, what is known of a claimant with its counts, then the parts."""
    anchor = anchored("w", name)
    known = book.vocabulary.claimants.get(name)
    side = book.vocabulary.side_of(name)
    about = [known.kind] if known is not None and known.kind else []
    about += [f"({side_name(side, book.vocabulary)})"] if side else []
    told = [shown(" ".join(about))] if about else []
    if known is not None and known.of is not None:
        told.append(f"its word is that of {book.claimant(known.of)}")
    also = ", ".join(f"<bdi>{shown(each)}</bdi>" for each in known.other_names) if known is not None else ""
    note = shown(known.note) if known is not None and known.note else ""
    return (
        f'<section id="{anchor}"><h3><a href="#{anchor}">{named(claimant_name(name, book.vocabulary))}</a></h3>'
        f"<p>{'; '.join([*told, said_of(facts)])}. {f'Also: {also}. ' if also else ''}{note}</p>{''.join(parts)}</section>"
    )


def _most(book: Book) -> int:
    return LISTED_IN_BIG if book.is_big else LISTED


def _listed(words: str, lines: Sequence[str]) -> str:
    return f"<p>{words}:</p><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def _taken_back(row: ClaimantRow, book: Book) -> list[str]:
    """The claims that it took back or put right, each with the one by which."""
    return [
        f"{linked(corrected, book)} ({shown(said_words(corrected.said))}), by {linked(by, book)} ({shown(said_words(by.said))})."
        for corrected, by in corrections_in(row, book.pages)[: _most(book)]
    ]


def _passed_on(name: str, book: Book) -> str:
    """The claims of others that it passed on, the latest of them linked."""
    claims = sorted(book.relayed.get(name, ()), key=Claim.said_order)
    if not claims:
        return ""
    lines = [f"{book.claimant(claim.claimant)}, {shown(said_words(claim.said))}: {linked(claim, book)}" for claim in claims[-_most(book) :]]
    more = f"; the latest {len(lines)} of them" if len(lines) < len(claims) else ""
    return _listed(f"Passed on {count_of(len(claims), 'claim')} of others{more}", lines)


def linked(claim: Claim, book: Book) -> str:
    """What a claim says, linked to it."""
    return book.claim(claim, spoken(book.tongue, said_of(sentence(claim, book.vocabulary))))


def changes(drawn: Iterable[Timeline], book: Book) -> dict[str, list[str]]:
    """Who changed their account, by claimant: a sentence for each question, as HTML."""
    found: dict[str, list[str]] = {}
    for timeline in drawn:
        for changed in book.changed.get(id(timeline), ()):
            before, after = (f"{linked(claim, book)} ({shown(said_words(claim.said))})" for claim in (changed.before, changed.after))
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
