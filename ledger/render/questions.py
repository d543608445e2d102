"""One question as people read it: what it is about and how bad, who said what when in which words, and why that contradicts what.

The lines are the same in every format for people; a terminal asks for as many as fit a screen, and is told what was left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.conflicts.claims_in_words import asks, claimant_name, name_of, place_name, question_words, side_name, title_of
from ledger.conflicts.eras import time_told_of
from ledger.conflicts.questions import Link, Question
from ledger.model import Claim, Vocabulary
from ledger.render.blocks import Line, Pages, excerpt_line, letter_of
from ledger.render.bundles import bundles, contradiction_lines, directed
from ledger.texts.directions import isolated
from ledger.texts.display import count_of, one_line
from ledger.texts.folding import fold_space
from ledger.texts.phrases import months_words, said_words

Block = list[tuple[Line, int]]  # lines and their indents; the first says what the block is about
POSITIONS, LINKS = 500, 2_000  # of one question, shown to people at most
NAMES = 2  # claimants named on one side of a heading


class Measure(NamedTuple):
    """How much of a question is shown: so many positions, claims of each, pairs of positions; and of the words of a claim both
    the original and its translation (2), what a reader understands (1), or none (0)."""

    positions: int = POSITIONS
    claims: int = 1_000_000_000
    links: int = LINKS
    words: int = 2


ALL = Measure()
SHORT = (Measure(words=0), *(Measure(number, 1, words=0) for number in (POSITIONS, 8, 6, 4)), Measure(2, 1, 1, 0))
SMALLER = (
    Measure(claims=2),
    Measure(claims=1),
    Measure(claims=1, words=1),
    *(Measure(number, 1, words=1) for number in (8, 6, 4, 3)),
    Measure(2, 1, 1, 1),
)


class Column(NamedTuple):
    """What is shown of a position, or of several that one speaker gave in the same words: the positions, then what was said, claim by claim."""

    labels: list[Line]
    claims: list[list[Line]]


def question_block(question: Question, pages: Pages, measure: Measure = ALL, places: Sequence[str] = ()) -> Block:
    """A question with its positions, their claims and quotes, and why they contradict each other. `places` are those of questions that
    are told as one."""
    block: Block = [(heading(question, pages, places), 0)]
    for column in columns_of(question, pages, measure):
        block += [(line, 2) for line in column.labels]
        block += [(line, 5) for claim in column.claims for line in claim]
    return block + list(contradicted(question, pages, measure))


def columns_of(question: Question, pages: Pages, measure: Measure) -> list[Column]:
    """The positions of a question, one beside the other where there is room."""
    changes = Changes(question, pages.ledger.vocabulary)
    columns: list[Column] = []
    for numbers in _told_once(question, _chosen(question, measure)):
        labels: list[Line] = [[(f"{letter_of(question, number)}  {question.positions[number].words}", "label")] for number in numbers]
        claims = [claim for number in numbers for claim in question.positions[number].claims]
        if len(numbers) > 1:
            told = [claim_lines(claims[0], changes.marks(claims[0], numbers[0]), pages, claims, measure.words)]
        else:
            told = [
                claim_lines(claim, changes.marks(claim, numbers[0]), pages, (claim,), measure.words) for claim in claims[: measure.claims]
            ]
            if len(claims) > measure.claims:
                more = len(claims) - measure.claims
                told.append([[(f"... and {count_of(more, 'more claim')}, which {'says' if more == 1 else 'say'} the same", "more")]])
        columns.append(Column(labels, told))
    return columns


def contradicted(question: Question, pages: Pages, measure: Measure) -> Iterator[tuple[Line, int]]:
    """Which of the positions that are shown contradict each other, why, and how that was settled."""
    return contradiction_lines(question, _chosen(question, measure), measure.links, pages)


# -- the first line ---------------------------------------------------------------------------------------------------


def heading(question: Question, pages: Pages, places: Sequence[str] = ()) -> Line:
    """`Kupiansk · who holds it? November 2025 — certain: Russian army against Ukrainian army`."""
    vocabulary = pages.ledger.vocabulary
    words = question_words(question.place, question.property, question.subject, vocabulary)
    if len(places) > 1:
        names = [place_name(place, vocabulary) for place in places]
        words = f"{', '.join(names[:-1])} and {names[-1]} · {title_of(question.property, question.subject, vocabulary)}"
    days = [time_told_of(link.example, link.first, link.last) for link in question.links]
    period = months_words(min(first for first, _ in days), max(last for _, last in days)) if days else ""
    line: Line = [(words, "heading")]
    if period:
        line.append((f"{'' if asks(words) else ','} {period}", "heading"))
    role = "certain" if question.certain else "possible" if question.contradictions else "tension"
    return [
        *line,
        (" — ", ""),
        (_how_bad(question), role),
        (_how_settled(question, pages), ""),
        (f": {_who_against_whom(question, pages)}", ""),
    ]


def _how_settled(question: Question, pages: Pages) -> str:
    """`, settled`, `, all settled`, `, 1 of them settled`: as far as curators worked out what to make of its contradictions."""
    if not pages.resolved or not question.contradictions:
        return ""
    numbers = {claim.id: number for number, position in enumerate(question.positions) for claim in position.claims}
    linked = {frozenset((link.one, link.other)) for link in question.links}
    pairs = [pair for pair, resolved in pages.resolutions.items() if resolved.settles and numbers.keys() >= set(pair)]
    settled = sum(frozenset(numbers[id] for id in pair) in linked for pair in pairs)
    if not settled or question.contradictions == 1:
        return ", settled" * bool(settled)
    return ", all settled" if settled >= question.contradictions and not question.at_least else f", {settled} of them settled"


def _how_bad(question: Question) -> str:
    """`certain`, `possible`, `3 contradictions, 1 of them certain`, `2 tensions noted`."""
    total, certain = question.contradictions, question.certain
    if not total:
        return "a tension noted" if question.tensions == 1 else f"{count_of(question.tensions, 'tension')} noted"
    if total == 1:
        return "certain" if certain else "possible"
    counted = f"{'more than ' * question.at_least}{count_of(total, 'contradiction')}"
    strengths = "all certain" if certain == total else "all possible" if not certain else f"{certain} of them certain"
    return f"{counted}, {strengths}" if not question.at_least else counted


def _who_against_whom(question: Question, pages: Pages) -> str:
    """`Russian army against Ukrainian army`, of one mouth `Russian Ministry of Defence changed its figure`: of the most serious pair."""
    link = question.links[0]
    vocabulary = pages.ledger.vocabulary
    if link.own == link.pairs and link.kind == "tension":
        return f"two statements of {name_of(link.example.one, vocabulary)}"  # (at odds for a curator: nobody says that it changed)
    if link.own == link.pairs:
        return f"{name_of(link.example.one, vocabulary)} {_changed_words(question, vocabulary) if link.example.relation == 'own' else 'relayed in two ways'}"
    if link.one < 0:
        first, second = [link.example.one], [link.example.other]
    else:
        first, second = (list(question.positions[number].claims) for number in (link.one, link.other))
        if {claim.claimant for claim in first} & {claim.claimant for claim in second}:
            first, second = [link.example.one], [link.example.other]
    changed = _who_changed(question, vocabulary)
    words = f"{_names(first, vocabulary)} against {_names(second, vocabulary)}"
    return words + (f"; {_names(changed, vocabulary)} {_changed_words(question, vocabulary)}" if changed else "")


def _who_changed(question: Question, vocabulary: Vocabulary) -> list[Claim]:
    """Claims whose mouths said something else before, and did not take it back; of a question with very many claims none is named."""
    changes = Changes(question, vocabulary)
    claims = [(claim, number) for number in changes.links for claim in question.positions[number].claims]
    told = _changed_words(question, vocabulary)
    return [claim for claim, number in claims[:1000] if any(told in words for words, _ in changes.marks(claim, number))]


def _names(claims: Iterable[Claim], vocabulary: Vocabulary) -> str:
    """Who says so: a name or two, the side of more, else how many."""
    claimants = list(dict.fromkeys(claim.claimant for claim in claims))
    if len(claimants) <= NAMES:
        return " and ".join(claimant_name(claimant, vocabulary) for claimant in claimants)
    sides = {vocabulary.side_of(claimant) for claimant in claimants}
    side = sides.pop() if len(sides) == 1 else None
    return f"{len(claimants)} claimants" + (f" of {side_name(side, vocabulary)}" if side is not None else "")


def _changed_words(question: Question, vocabulary: Vocabulary) -> str:
    known = vocabulary.properties.get(question.property)
    return "changed its figure" if known is not None and known.type in ("quantity", "date") else "changed its account"


# -- who said what ----------------------------------------------------------------------------------------------------


def claim_lines(claim: Claim, marks: Line, pages: Pages, together: Sequence[Claim], words: int) -> list[Line]:
    """One claim under its position: the day, who, what is to be known of it; the words in translation and as they stand in the text; where.
    Claims that are told `together` have the same words."""
    lines: list[Line] = [[(f"{said_words(claim.said)}  ", "day"), (pages.who(claim), "who"), *pages.further(claim), *marks]]
    if words and claim.translation is not None:
        lines.append([(isolated(one_line(fold_space(claim.translation))), "translation"), (" (translated)", "where")])
    if claim.quote and (words == 2 or (words and claim.translation is None)):
        lines.append(excerpt_line(pages.excerpt(claim)))
    return lines + [[(pages.where(each), "where"), (" ", ""), (one_line(each.id), "id")] for each in together]


class Changes:
    """Which mouths gave other answers to a question before, to its own contradiction."""

    def __init__(self, question: Question, vocabulary: Vocabulary) -> None:
        self.question, self.vocabulary = question, vocabulary
        self.links: dict[int, list[tuple[int, Link]]] = defaultdict(list)
        for link in question.links:
            if link.own and link.one >= 0 and link.one != link.other and link.kind != "tension":
                self.links[link.one].append((link.other, link))
                self.links[link.other].append((link.one, link))
        self.first: dict[tuple[int, str], tuple[int, str]] = {}  # of each position and mouth, when it was first said
        for number in self.links:
            for claim in question.positions[number].claims:
                key = number, self._mouth(claim)
                self.first[key] = min(self.first.get(key, claim.said_order()), claim.said_order())

    def _mouth(self, claim: Claim) -> str:
        return self.vocabulary.mouth_of(claim.claimant, claim.path)

    def marks(self, claim: Claim, number: int) -> Line:
        """`, changed its figure (A)`, behind a claim of a position whose mouth said something else before."""
        found: Line = []
        for other, link in self.links.get(number, ()):
            before = self.first.get((other, self._mouth(claim)))
            if before is not None and before < claim.said_order():
                own = link.own > (link.relayed or 0) and not link.corrected
                told = _changed_words(self.question, self.vocabulary) if own else "taken back" if link.corrected else "relayed in two ways"
                found.append((f", {told} ({letter_of(self.question, other)})", "possible"))
        return found[:3]


def _told_once(question: Question, shown: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the positions, those together that one speaker gave in the same words of several places."""
    groups: dict[object, list[int]] = {}
    for number in shown:
        claims = question.positions[number].claims
        key = _passage(claims[0]) if len(claims) == 1 else number
        groups.setdefault(key, []).append(number)
    yield from groups.values()


def _passage(claim: Claim) -> tuple[object, ...]:
    """What claims share that say the same of several places in the same words."""
    spans = claim.found.spans if claim.found.ways else (claim.id,)
    return (
        claim.path,
        spans,
        claim.claimant,
        claim.said,
        claim.property,
        claim.subject,
        claim.value,
        claim.stance,
        claim.extent,
        claim.holds,
    )


# -- how much is shown ------------------------------------------------------------------------------------------------


def _chosen(question: Question, measure: Measure) -> list[int]:
    """The numbers of the positions that are shown: where not all are, those of the first links."""
    numbers = range(len(question.positions))
    if len(numbers) <= measure.positions:
        return list(numbers)
    chosen: set[int] = set()
    for link in question.links:
        both = {link.one, link.other} - {-1}
        if len(chosen | both) <= measure.positions:
            chosen |= both
    return sorted(chosen) or list(numbers[: measure.positions])


def left_out(question: Question, measure: Measure) -> list[str]:
    """What a measure leaves out of a question, in a line; nothing where it leaves out nothing."""
    shown = _chosen(question, measure)
    claims = sum(len(position.claims) for position in question.positions)
    told = sum(min(len(question.positions[number].claims), measure.claims) for number in shown)
    links = sum(len(bundle.links) for bundle in bundles(question, shown, measure.links))
    counts = (
        (len(question.positions) - len(shown), len(question.positions), "position"),
        (claims - told, claims, "claim"),
        (len(question.links) - links, len(question.links), "pair of positions"),
    )
    words = [
        f"{number} of {count_of(total, noun, noun.replace('pair', 'pairs') if ' ' in noun else '')}"
        for number, total, noun in counts
        if number
    ]
    if measure.words == 1 and any(claim.translation for number in shown for claim in question.positions[number].claims):
        words.append("the original of what is translated")
    return [f"left out of this question: {', '.join(words)}"] if words else []


# -- questions told as one --------------------------------------------------------------------------------------------


def told_together(questions: Iterable[Question]) -> Iterator[tuple[Question, tuple[str, ...]]]:
    """Questions that one and the same denial answers for several places, as one question with its places; the others alone."""
    alike: dict[object, list[Question]] = {}
    for number, question in enumerate(questions):
        denial = _denial(question)
        key: object = (question.property, question.subject, denial) if denial else number
        alike.setdefault(key, []).append(question)
    for found in alike.values():
        yield (found[0], ()) if len(found) == 1 else (_joined(found), tuple(question.place for question in found))


def _denial(question: Question) -> frozenset[tuple[object, ...]]:
    """The passages of the claims that deny in every link of a question; nothing where not each is a denial."""
    passages: set[tuple[object, ...]] = set()
    for link in question.links:
        if link.kind != "denial" or link.one < 0 or link.at_least:
            return frozenset()
        passages.update(_passage(claim) for claim in question.positions[directed(link, question)[0]].claims)
    return frozenset(passages)


def _joined(questions: list[Question]) -> Question:
    """Questions of several places as one: what is asserted of each, then what is denied, and the links."""
    positions = [(place, number) for place, question in enumerate(questions) for number in range(len(question.positions))]
    asserted = [where for where in positions if questions[where[0]].positions[where[1]].claims[0].stance != "denies"]
    numbers = {where: number for number, where in enumerate([*asserted, *(where for where in positions if where not in set(asserted))])}
    links = [
        link._replace(one=numbers[place, link.one], other=numbers[place, link.other])
        for place, question in enumerate(questions)
        for link in question.links
    ]
    return questions[0]._replace(
        positions=tuple(questions[place].positions[number] for place, number in numbers), links=tuple(links), letters=()
    )
