"""A place as a part of a report: its names, what lies around and within it, and each question with its positions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ledger.answers.filters import around
from ledger.answers.timeline import Timeline, in_contradictions
from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import name_of, question_words, title_of
from ledger.conflicts.questions import Question
from ledger.conflicts.reasons import reason
from ledger.model import Claim, Place
from ledger.render.blocks import letter, link_line, resolution_line, totals_words
from ledger.render.conflicts import line_text, pair_heading
from ledger.render.report.book import Book
from ledger.render.report.claims import speaker, words_around
from ledger.render.report.history import pair_history
from ledger.render.report.markup import anchored, days_kept, link, named, pair_anchor, question_anchor, said_of, shown, spoken, tongue
from ledger.render.report.pairs import Days
from ledger.render.report.pictures import MOST_ROWS, figures, lanes
from ledger.texts.display import count_of
from ledger.texts.phrases import said_words, time_told
from ledger.texts.templates import capitalised

CARDS, CARDS_IN_BIG = 12, 4  # claims of one position with their quotes; the others are linked
POSITIONS = 60  # of one question
PAIRS = 200  # contradictions of one question that are told one by one
SPEAKERS = 2  # of one answer, by name in the table of all
LINKED = 400  # claims of one position that are linked


def place(name: str, drawn: Sequence[Timeline], book: Book) -> str:
    """One place with its questions, contradicted ones first."""
    return heading(name, book) + "".join(question(each, book) for each in drawn) + "</section>"


def heading(name: str, book: Book) -> str:
    """A place without its questions: an element that is still open."""
    anchor, known = anchored("p", name), book.vocabulary.places.get(name)
    near = f"<p>{_names(known)}</p>{_near(known, book)}" if known is not None else ""
    return f'<section id="{anchor}"><h3><a href="#{anchor}">{_unlinked(book.place(name))}</a></h3>{near}'


def _unlinked(linked: str) -> str:
    """What stands inside a link."""
    return linked.partition(">")[2].removesuffix("</a>") if linked.startswith("<a ") else linked


def _names(known: Place) -> str:
    """What it is and every name of it, each in its language."""
    codes: dict[str, list[str]] = {}
    for code, name in known.names:
        codes.setdefault(name, []).append(code)
    names = [f"<bdi{tongue(each[0])}>{shown(name)}</bdi> ({shown(', '.join(each))})" for name, each in codes.items()]
    names += [f"<bdi>{shown(name)}</bdi>" for name in dict.fromkeys(known.spellings) if name not in codes]
    words = (shown(known.kind) + ": " if known.kind else "") + ", ".join(names)
    if known.former:
        words += f"; formerly {', '.join(f'<bdi>{shown(name)}</bdi>' for name in known.former)}"
    identifiers = [f"{name} {shown(text)}" for name, text in (("Wikidata", known.qid), ("GeoNames", known.geonames)) if text]
    return words + "".join(f"; {text}" for text in identifiers) + (f". {shown(known.note)}" if known.note else "")


def _near(known: Place, book: Book) -> str:
    """What it lies within, what lies within it, what is named after it."""
    larger = book.vocabulary.larger_places(known.id)
    inside = book.within.get(known.id, ())
    beside = [name for name in around(known.id, book.vocabulary, book.names) if name not in larger] if book.of_place.get(known.id) else []
    lines = []
    for words, names in (("Within", larger), ("Within it", inside), ("Named after it", beside)):
        if names:
            mark = ' class="in"' if names is inside else ""
            lines.append(f"<p{mark}>{words}: {', '.join(map(book.place, names))}</p>")
    return "".join(lines)


def question(drawn: Timeline, book: Book) -> str:
    """One question: who gives which answer; where answers contradict each other, side by side with their quotes, and why."""
    asked = (drawn.place, drawn.property, drawn.subject)
    found = book.questions.get(asked)
    anchor = question_anchor(*asked)
    title = said_of(capitalised(title_of(drawn.property, drawn.subject, book.vocabulary)))
    top = f'<h4 id="{anchor}"><a href="#{anchor}"{book.tongue}>{title}</a></h4>'
    if found is None:
        known = book.vocabulary.properties.get(drawn.property)
        told = not book.is_big and (book.is_changed(drawn) or (known is not None and known.cumulative))
        return top + _quiet(drawn, book) + ((figures(drawn, book) or lanes(drawn, None, book)) if told else "")
    drawn = _lettered_as(found, drawn)
    pictures = figures(drawn, book) or (lanes(drawn, found, book) if found.contradictions or len(drawn.entries) <= MOST_ROWS else "")
    counts = totals_words(found.contradictions, found.certain, found.tensions, found.at_least)
    return f"{top}<p>{shown(counts).capitalize()}.</p>{_positions(found, drawn, book)}{_pairs(found, drawn, book)}{pictures}{_others(drawn, found, book)}"


def _lettered_as(found: Question, drawn: Timeline) -> Timeline:
    """A timeline whose positions stand in the order of a question's, so that both bear one letter; those that nothing contradicts behind."""
    words = dict.fromkeys([*(position.words for position in found.positions), *drawn.positions])
    numbers = {text: number for number, text in enumerate(words)}
    lanes = [lane._replace(position=numbers[drawn.positions[lane.position]]) for lane in drawn.lanes]
    return drawn._replace(positions=tuple(words), lanes=tuple(sorted(lanes, key=lambda lane: lane.position)))


def _quiet(drawn: Timeline, book: Book) -> str:
    """The answers to a question that nothing contradicts, each with whoever gives it."""
    by_position: dict[int, list[Claim]] = {}
    for lane in drawn.lanes:
        by_position.setdefault(lane.position, []).extend(entry.claim for entry in lane.entries)
    rows = [_answer(drawn.positions[number], claims, book) for number, claims in sorted(by_position.items())]
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _answer(words: str, claims: Sequence[Claim], book: Book) -> str:
    linked = ", ".join(_brief(claim, book) for claim in claims[:LINKED])
    more = f" and {count_of(len(claims) - LINKED, 'more claim')}" if len(claims) > LINKED else ""
    return f"<li><b{book.tongue}>{shown(words)}</b>: {linked}{more}</li>"


def _brief(claim: Claim, book: Book) -> str:
    """Who said so, and when, and of when where that is told, linked to the claim."""
    of = f", of {shown(time_told(claim.holds, event=claim.value is None))}" if claim.holds and claim.holds != claim.said else ""
    return book.claim(claim, f"{named(name_of(claim, book.vocabulary))}, {shown(said_words(claim.said))}{of}")


def _others(drawn: Timeline, found: Question, book: Book) -> str:
    """The answers to a contradicted question that stand in no contradiction."""
    opposed = {claim.id for position in found.positions for claim in position.claims}
    by_position: dict[int, list[Claim]] = {}
    for lane in drawn.lanes:
        claims = [entry.claim for entry in lane.entries if entry.claim.id not in opposed]
        by_position.setdefault(lane.position, []).extend(claims)
    rows = [_answer(drawn.positions[number], claims, book) for number, claims in sorted(by_position.items()) if claims]
    return f"<p>Not contradicted:</p><ul>{''.join(rows)}</ul>" if rows else ""


def _positions(found: Question, drawn: Timeline, book: Book) -> str:
    """The positions side by side, each with its claims; those that answer another question say so."""
    made = []
    ruled, asked = in_contradictions(drawn), (found.place, found.property, found.subject)
    most = CARDS_IN_BIG if book.is_big else CARDS
    for number, position in enumerate(found.positions[:POSITIONS]):
        cards = "".join(_card(claim, book) for claim in position.claims[:most])
        rest = position.claims[most:]
        more = f"<p>Also: {', '.join(_brief(claim, book) for claim in rest[:LINKED])}{_and_more(len(rest) - LINKED)}</p>" if rest else ""
        beside = ""
        if not any((claim.place, claim.property, claim.subject) == asked for claim in position.claims):
            brought = any(claim.id in ruled for claim in position.claims)
            beside = f'<p class="m">Answers another question; {"contradicts this one" if brought else "a tension that a person noted brings it here"}.</p>'
        made.append(
            f"<section><h5>{letter(number)} <span{book.tongue}>{said_of(position.words)}</span></h5>{beside}{cards}{more}</section>"
        )
    return f'<div class="sides">{"".join(made)}</div>' + (
        f"<p>{_and_more(len(found.positions) - POSITIONS)} positions</p>" if len(found.positions) > POSITIONS else ""
    )


def _and_more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


def _card(claim: Claim, book: Book) -> str:
    """A claim in its position: who, when, the quote with the words around it, linked to the claim."""
    translation = f'<p class="t"{book.tongue}>{shown(claim.translation)}</p>' if claim.translation is not None else ""
    said = book.claim(claim, said_of(line_text(book.pages.when(claim))))
    return f'<div class="card"><p>{speaker(claim, book)}, {said}</p>{words_around(claim, book)}{translation}</div>'


def _pairs(found: Question, drawn: Timeline, book: Book) -> str:
    """Why the positions contradict each other, pair by pair; of very many, position by position."""
    pairs = [conflict for conflict in book.pairs_of(found) if not conflict.is_tension]
    tensions = [conflict for conflict in book.pairs_of(found) if conflict.is_tension]
    days = Days(drawn, book)
    made = _listed("Contradictions", pairs, found, days, book)
    made += _listed("Tensions noted by persons (no rule says so)", tensions, found, days, book)
    if found.contradictions > len(pairs):
        lines = "".join(f"<li>{said_of(line_text(link_line(each, found, book.pages)))}</li>" for each in found.links[:PAIRS])
        made += f"<p>Of {count_of(found.contradictions, 'contradiction')}, position by position, each with an example:</p><ul>{lines}</ul>"
    return made


def _listed(words: str, pairs: Sequence[Conflict], found: Question, days: Days, book: Book) -> str:
    if not pairs:
        return ""
    letters = {claim.id: letter(number) for number, position in enumerate(found.positions) for claim in position.claims}
    rows = "".join(_pair(conflict, letters, days, book) for conflict in pairs)
    return f"<p>{words}:</p><ul>{rows}</ul>"


def _pair(conflict: Conflict, letters: dict[str, str], days: Days, book: Book) -> str:
    """One contradiction: which positions, of what kind and how sure, why, and what was worked out about it."""
    anchor = pair_anchor(conflict.ids)
    names = " against ".join(
        book.claim(claim, f"{letters.get(claim.id, '')} {named(name_of(claim, book.vocabulary))}".strip())
        for claim in (conflict.one, conflict.other)
    )
    facts = "tension" if conflict.is_tension else pair_heading(conflict, book.vocabulary)
    mark = f"<strong>{book.pair_marks[conflict.ids].capitalize()}</strong> " if conflict.ids in book.pair_marks else ""
    resolved = book.pages.resolutions.get(conflict.ids)
    note = "" if resolved is None else f"<p>{said_of(capitalised(line_text(resolution_line(resolved)[1:]).removeprefix(': ')))}</p>"
    return (
        f'<li id="{anchor}"><p>{mark}<a class="k {conflict.strength}" href="#{anchor}">{shown(facts)}</a> {names}: '
        f"{said_of(reason(conflict, book.vocabulary).rstrip('.'))}.</p>{days.of(conflict)}{note}{pair_history(conflict, book.history)}</li>"
    )


def contested_row(found: Question, book: Book) -> str:
    """A contradicted question in the table of all, with how many answers there are and the latest word."""
    words = question_words(found.place, found.property, found.subject, book.vocabulary)
    linked = link(question_anchor(found.place, found.property, found.subject), spoken(book.tongue, shown(words)))
    answers = "<br>".join(f"{_who(each.claims, book)}: {spoken(book.tongue, said_of(each.words))}" for each in found.positions[:4])
    more = f"<br>{_and_more(len(found.positions) - 4)} answers" if len(found.positions) > 4 else ""
    counts = "".join(f'<td class="n">{number}</td>' for number in (found.certain, found.contradictions - found.certain, found.tensions))
    first, last = book.said_between(found)
    return f'<tr><th scope="row">{linked}</th><td>{answers}{more}</td>{counts}<td>{days_kept(first)}</td><td>{days_kept(last)}</td></tr>'


def _who(claims: Sequence[Claim], book: Book) -> str:
    """Who gives an answer, the first of them by name."""
    names = list(dict.fromkeys(name_of(claim, book.vocabulary) for claim in claims))
    return ", ".join(map(named, names[:SPEAKERS])) + _and_more(len(names) - SPEAKERS)


def places_in_order(book: Book) -> Iterator[tuple[str, list[Timeline]]]:
    """The places of which something is told, by name, each with its questions: contradicted ones first."""
    by_place: dict[str, list[Timeline]] = {}
    for drawn in book.told.drawn:
        by_place.setdefault(drawn.place, []).append(drawn)
    for name in sorted(by_place, key=book.place_order):
        yield name, by_place[name]


def quiet_places(told: Iterable[str], book: Book) -> list[str]:
    """The other places, by name."""
    return sorted(set(book.places) - set(told), key=book.place_order)
