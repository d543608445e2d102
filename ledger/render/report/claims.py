"""A claim as a part of a report: what it says, who said so when, its words, how others stand to it, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.answers.report import MOST_AGREEING, Stance
from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import claimant_name, name_of, sentence, side_name
from ledger.conflicts.reasons import taken_back
from ledger.model import NO_QUOTES, Claim
from ledger.render.blocks import corrects_lines, is_unquoted, when
from ledger.render.conflicts import line_text, pair_heading
from ledger.render.report.book import Book
from ledger.render.report.history import claim_history
from ledger.render.report.markup import link, named, pair_anchor, said_of, shown, tongue
from ledger.texts.display import count_of
from ledger.texts.phrases import said_words

MOST_AGAINST = 12  # contradictions of one claim are linked; the others are counted
QUOTES = f"quotes: {NO_QUOTES}"
NO_STANCE = Stance((), 0, (), ())


def article(claim: Claim, book: Book) -> str:
    """One claim in full."""
    anchor = book.anchor(claim)
    file = book.pages.files[claim.path]
    kind, text = ("", "") if book.is_big else (' typeof="Claim"', ' property="text"')  # (a crawler takes no page as big as that)
    parts = [
        f'<article id="{anchor}"{kind}><h4{text}><a href="#{anchor}"{book.tongue}>{said_of(sentence(claim, book.vocabulary))}</a></h4>',
        f'<p data-p="{book.place_numbers[claim.place]}">{speaker(claim, book)}, {shown(when(claim))}',
    ]
    if claim.hedge is not None:
        parts.append(f"; <b>left open</b>: “<span{tongue(file.language)}>{shown(claim.hedge)}</span>”")
    parts.append(f"{_line(claim, book)}</p>")
    if claim.id in book.claim_marks:
        parts.append(f'<p class="m"><strong>{shown(book.claim_marks[claim.id]).capitalize()}</strong></p>')
    if not book.takes_part(claim):
        parts.append("<p><b>Left out of contradictions for a defect.</b></p>")
    parts.append(f'<p class="u">{shown(QUOTES)}</p>' if is_unquoted(file) else quote(claim, file.language))
    if claim.translation is not None:
        parts.append(f'<p{book.tongue} class="t">{shown(claim.translation)}</p>')
    if claim.note is not None:
        parts.append(f"<p>Note: {shown(claim.note)}</p>")
    parts += _standing(claim, book)
    parts += [f'<p class="m">Accepted {shown(code)}: {shown(why)}</p>' for code, why in claim.accept.items()]
    parts.append(claim_history(claim, book.history, book.is_big, book.added_in.get(claim.path)))
    if not book.is_big:
        parts.append(f'<details class="m"><summary>Cite</summary><p>{citation(claim, book)}</p></details>')
    parts.append("</article>")
    return "".join(parts)


def speaker(claim: Claim, book: Book) -> str:
    """Who says so, with the side and the relays, as HTML."""
    side = book.vocabulary.side_of(claim.claimant)
    words = book.claimant(claim.claimant) + (f" ({named(side_name(side, book.vocabulary))})" if side else "")
    words += f", via {', '.join(map(book.claimant, claim.via))}" if claim.via else ""
    return words + (f", <b>ledger {named(claim.path.partition('/')[0])}</b>" if book.origin.several else "")


def quote(claim: Claim, language: str) -> str:
    """The words of the seed, as they stand there; of a quote that was not found, as it was written."""
    return f"<blockquote{tongue(language)}>{shown(claim.quote)}</blockquote>"


def quote_words(claim: Claim, book: Book) -> str:
    """The words of the seed within a sentence of ours."""
    return f"<bdi{tongue(book.pages.files[claim.path].language)}>{shown(claim.quote)}</bdi>"


def citation(claim: Claim, book: Book) -> str:
    """Who said what, in which words, where they stand, and where that is recorded: ready to be copied."""
    file = book.pages.files[claim.path]
    head = [file.head[name] for name in ("title", "publisher") if file.head.get(name)]
    source = [*head, file.published, *([file.head["url"]] if file.head.get("url") else [])]
    made = [f"text made by {file.text.by}"] if file.text is not None and file.text.by else []
    stored = [f"{file.seed_path}{_line(claim, book).replace(';', ',')}", f"SHA-256 {file.sha256}", *made]
    past = book.history.past_of(claim)
    where = f", commit {book.origin.commit}" if book.origin.commit else ""
    where = ", not committed yet" if past and past[0].commit is None else where
    record = f"ledger {book.origin.version}{where}, #{book.anchor(claim)}"
    relays = ", ".join(claimant_name(name, book.vocabulary) for name in claim.via)
    said = f"{name_of(claim, book.vocabulary)}, {f'via {relays}, ' if relays else ''}{when(claim)}"
    if is_unquoted(file):
        return f"{said_of(said)} ({shown(book.pages.where(claim))}; {shown(QUOTES)}). {shown(record)}"
    quoted = f"“{quote_words(claim, book)}”"
    return f"{said_of(said)}: {quoted} ({shown(', '.join(source))}; {shown('; '.join(stored))}). {shown(record)}"


def words_around(claim: Claim, book: Book, element: str = "p") -> str:
    """The quote, and in brackets what stands beside it in its sentence, as an element in its language; of a claim without one, that."""
    if is_unquoted(book.pages.files[claim.path]):
        return f"<{element}>{shown(book.pages.where(claim))}</{element}>"
    pieces = []
    for text, role in book.pages.excerpt(claim).parts:
        words = shown(text)
        pieces.append(f"<q>{words}</q>" if role == "quote" else f"<i>{words}</i>" if role == "beside" else words)
    return f"<{element}{tongue(book.pages.files[claim.path].language)}>{' '.join(pieces)}</{element}>"


def _line(claim: Claim, book: Book) -> str:
    """The line of the text in which the quote begins."""
    seed = book.pages.files[claim.path].seed
    return f"; line {seed.line(claim.found.spans[0][0])}" if seed is not None and claim.found.ways else ""


def _standing(claim: Claim, book: Book) -> list[str]:
    """How others stand to a claim, a paragraph each."""
    found = book.told.stances.get(claim.id, NO_STANCE) if book.takes_part(claim) else NO_STANCE
    lines = []
    if found.agreed is None:
        lines.append("<p>Who agrees was not compared: too many say the same.</p>")
    elif found.agreed:
        more = f" and {found.agreed - MOST_AGREEING} more" if found.agreed > MOST_AGREEING else ""
        lines.append(f'<p class="g">{"Agrees" if found.agreed == 1 else "Agree"}: {_named(found.agreeing, book)}{more}</p>')
    for word, claims in (("Doubted by", found.doubting), ("Expected by", found.expecting)):
        if claims:
            lines.append(f"<p>{word}: {_named(claims, book, dated=True)}</p>")
    lines += [f"<p><b>{shown(taken_back(by)).capitalize()}</b></p>" for _, by in book.pages.corrections.get(claim.id, ())]
    lines += [f"<p>{shown(line_text(line)).capitalize()}</p>" for line in corrects_lines(claim, book.pages)]
    lines += [f'<p class="x">{_opposed(claim, conflict, book)}</p>' for conflict in book.against.get(claim.id, ())[:MOST_AGAINST]]
    left = len(book.against.get(claim.id, ())) - MOST_AGAINST
    if left > 0:
        lines.append(f"<p>and {count_of(left, 'more contradiction')}</p>")
    return lines


def _named(claims: Sequence[Claim], book: Book, dated: bool = False) -> str:
    """Who says so, each linked; with the day, where one says it several times or it is to be `dated`."""
    names = [name_of(claim, book.vocabulary) for claim in claims]
    days = [
        f", {shown(said_words(claim.said))}" if dated or names.count(name) > 1 else "" for claim, name in zip(claims, names, strict=True)
    ]
    return "; ".join(book.claim(claim, named(name) + day) for claim, name, day in zip(claims, names, days, strict=True))


def _opposed(claim: Claim, conflict: Conflict, book: Book) -> str:
    """`Contradicted by the ministry: denial, certain`, linked to the contradiction and to the other claim."""
    other = conflict.other if conflict.one.id == claim.id else conflict.one
    what = "Tension noted with" if conflict.is_tension else "Contradicted by"
    name = book.claim(other, named(claimant_name(other.claimant, book.vocabulary)))
    facts = "see why" if conflict.is_tension else shown(pair_heading(conflict, book.vocabulary))
    return f"{what} {name}: {link(pair_anchor(conflict.ids), facts)}"
