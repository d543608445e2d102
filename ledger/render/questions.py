"""One question as people read it: what it is about and how bad, who said what when in which words, and why that contradicts what.

The lines are the same in every format for people; a terminal asks for as many as fit a screen, and is told what was left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.conflicts.questions import Link, Question, time_told_of
from ledger.conflicts.reasons import reason
from ledger.conflicts.sentences import claimant_name, name_of, place_name, question_words, side_name, title_of, value_words
from ledger.model import Claim, Vocabulary
from ledger.render.blocks import Line, Pages, excerpt_line, letter, overlap_words, relation_words
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


def question_block(question: Question, pages: Pages, measure: Measure = ALL, places: Sequence[str] = ()) -> Block:
    """A question with its positions, their claims and quotes, and why they contradict each other. `places` are those of questions that
    are told as one."""
    shown = _chosen(question, measure)
    block: Block = [(heading(question, pages, places), 0)]
    changes = Changes(question, pages.ledger.vocabulary)
    for numbers in _told_once(question, shown):
        block += [([(f"{letter_of(question, number)}  {question.positions[number].words}", "label")], 2) for number in numbers]
        claims = [claim for number in numbers for claim in question.positions[number].claims]
        if len(numbers) > 1:
            block += [(line, 5) for line in claim_lines(claims[0], changes.marks(claims[0], numbers[0]), pages, claims, measure.words)]
            continue
        for claim in claims[: measure.claims]:
            block += [(line, 5) for line in claim_lines(claim, changes.marks(claim, numbers[0]), pages, (claim,), measure.words)]
        if len(claims) > measure.claims:
            more = len(claims) - measure.claims
            block.append(([(f"... and {count_of(more, 'more claim')}, which {'says' if more == 1 else 'say'} the same", "more")], 5))
    return block + list(_contradictions(bundles(question, shown, measure), question, pages))


def _contradictions(found: Sequence[Bundle], question: Question, pages: Pages) -> Iterator[tuple[Line, int]]:
    """A line a bundle, those together of which the same is to be said; and below it how it was settled."""
    told: dict[tuple[tuple[str, str], ...], list[str]] = {}
    below: dict[tuple[tuple[str, str], ...], list[Line]] = defaultdict(list)
    for bundle in found:
        (names, *rest), *settled = bundle_lines(bundle, question, pages)
        told.setdefault(tuple(rest), []).append(names[0])
        below[tuple(rest)] += settled
    for rest_of_line, names_of_all in told.items():
        yield [("; ".join(names_of_all), "label"), *rest_of_line], 2
        yield from ((line, 5) for line in below[rest_of_line])


def letter_of(question: Question, number: int) -> str:
    """The letter of a position: the same in every table of its question."""
    return letter(question.letters[number] if question.letters else number)


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
        line.append((f"{'' if words.endswith('?') else ','} {period}", "heading"))
    role = "certain" if question.certain else "possible" if question.contradictions else "tension"
    return [*line, (" — ", ""), (_how_bad(question), role), (f": {_who_against_whom(question, pages)}", "")]


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
        lines.append([(one_line(fold_space(claim.translation)), "translation"), (" (translated)", "where")])
    if words == 2 or (words and claim.translation is None):
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


# -- what contradicts what --------------------------------------------------------------------------------------------


class Bundle(NamedTuple):
    """Links of one kind that can be said in one sentence: each position of `ones` contradicts each of `others`."""

    ones: tuple[int, ...]
    others: tuple[int, ...]
    links: tuple[Link, ...]


def bundles(question: Question, shown: Sequence[int], measure: Measure = ALL) -> list[Bundle]:
    """The links between the positions that are shown, those of one kind and strength that have the same opponents together."""
    kept = set(shown)
    links = [link for link in question.links if link.one < 0 or {link.one, link.other} <= kept][: measure.links]
    alike: dict[tuple[object, ...], list[Link]] = {}
    for number, link in enumerate(links):
        mark: tuple[object, ...] = (link.kind, _strength(link), link.own == link.pairs, bool(link.corrected))
        if link.one < 0 or link.kind == "tension" or link.at_least:
            mark = (number,)
        alike.setdefault(mark, []).append(link)
    return [bundle for found in alike.values() for bundle in _bundled(found, question)]


def _bundled(links: list[Link], question: Question) -> list[Bundle]:
    """Links of one kind as few bundles: positions that have the same opponents together, or opponents that are of the same positions; of
    figures all that stand against one."""
    if links[0].kind == "figure" and all(link.one != link.other for link in links):
        return _stars(links)
    pairs = {_directed(link, question): link for link in links}
    turned = {(other, one): link for (one, other), link in pairs.items()}
    straight, around = _by_opponents(pairs), [Bundle(others, ones, each) for ones, others, each in _by_opponents(turned)]
    return straight if len(straight) <= len(around) else around


def _stars(links: list[Link]) -> list[Bundle]:
    """Links as what stands against one position: first that with the most, of equal ones the later."""
    left = list(links)
    found: list[Bundle] = []
    while left:
        counts = Counter(number for link in left for number in (link.one, link.other))
        centre = max(counts, key=lambda number: (counts[number], number))
        mine = sorted(
            ((link.one + link.other - centre, link) for link in left if centre in (link.one, link.other)), key=lambda entry: entry[0]
        )
        found.append(Bundle(tuple(number for number, _ in mine), (centre,), tuple(link for _, link in mine)))
        left = [link for link in left if centre not in (link.one, link.other)]
    return found


def _by_opponents(pairs: Mapping[tuple[int, int], Link]) -> list[Bundle]:
    opponents: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        opponents[one].append(other)
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for one, others in opponents.items():
        alike[tuple(sorted(others))].append(one)
    return [
        Bundle(tuple(sorted(ones)), others, tuple(pairs[one, other] for one in sorted(ones) for other in others))
        for others, ones in alike.items()
    ]


def _directed(link: Link, question: Question) -> tuple[int, int]:
    """The position that contradicts, then the one that is contradicted: a denial contradicts what is asserted, else the later the
    earlier."""
    example = link.example
    denying = example.disputer
    if not denying and example.verdict is not None and link.kind == "denial":
        met = example.verdict
        denying = (met.one if met.one.stance == "denies" else met.other).claim.id
    if denying and link.one >= 0 and any(claim.id == denying for claim in question.positions[link.one].claims):
        return link.one, link.other
    return link.other, link.one


def _strength(link: Link) -> str:
    if link.at_least:
        return ""
    return "certain" if link.certain == link.pairs else "possible" if not link.certain else "both"


def bundle_lines(bundle: Bundle, question: Question, pages: Pages) -> list[Line]:
    """`B contradicts A: certain, across sides, because ...`, and below it how it was settled."""
    vocabulary = pages.ledger.vocabulary
    example = min(bundle.links, key=lambda link: (link.example.strength != "certain", bundle.links.index(link))).example
    why = reason(example, vocabulary)
    if bundle.ones[0] < 0:
        names, pairs = "Among the positions", bundle.links[0].pairs
    else:
        ones, others = (_letters(numbers, question) for numbers in (bundle.ones, bundle.others))
        names = f"{ones} {'each contradict' if len(bundle.ones) > 1 else 'contradicts'} {others}"
        if bundle.ones == bundle.others:
            names = f"Claims of {ones} contradict each other"
        pairs = sum(link.pairs for link in bundle.links)
    if bundle.links[0].kind == "tension":
        both = f"{_letters(sorted({*bundle.ones, *bundle.others}), question)} are at odds" if bundle.ones[0] >= 0 else names
        several: Line = [(f", {count_of(pairs, 'pair')}, one of them", "")] if pairs > 1 else []
        return [[(both, "label"), *several, (", ", ""), (why, "tension")], *_settled(bundle, question, pages)]
    role = "certain" if any(link.certain for link in bundle.links) else "possible"
    line: Line = [(names, "label"), (": ", ""), (_facts(bundle, pairs, pages), role)]
    summed = _summed(bundle, question, pages)
    if summed:
        line.append((f": {summed}", ""))
    else:
        every = pairs == len(bundle.links) and len({reason(link.example, vocabulary) for link in bundle.links}) == 1
        line.append((f"{'' if every else ', for one of them'}: {why}", ""))
    if len(bundle.links) == 1 and (pairs > 1 or (bundle.links[0].days or 0) > 1):
        line.append((overlap_words(bundle.links[0]), "when"))
    return [line, *_settled(bundle, question, pages)]


def _facts(bundle: Bundle, pairs: int, pages: Pages) -> str:
    """`certain, across sides`, of several pairs `6 pairs, 2 of them certain`."""
    link = bundle.links[0]
    if link.at_least:
        return f"{link.kind}, more than {count_of(pairs, 'pair')}"
    certain = sum(each.certain for each in bundle.links)
    strength = "certain" if certain == pairs else "possible" if not certain else f"{certain} of {pairs} pairs certain"
    words = [strength] if pairs == 1 or 0 < certain < pairs else [f"{count_of(pairs, 'pair')}, {strength}"]
    relations = {relation_words(each.example, pages.ledger.vocabulary) for each in bundle.links}
    if pairs == 1 or (len(relations) == 1 and len(bundle.links) == pairs):
        words += relations
    elif own := sum(each.own for each in bundle.links):
        words.append(f"{own} of one mouth")
    if corrected := sum(each.corrected for each in bundle.links if pairs > 1):
        words.append(f"{corrected} of them of a claim that was taken back")
    return ", ".join(word for word in [link.kind, *words] if word)


def _summed(bundle: Bundle, question: Question, pages: Pages) -> str:
    """Many figures against one in a sentence: `each of 5,500, over 5,200 and 11,300 is above 3,252`; nothing where that can't be said."""
    vocabulary = pages.ledger.vocabulary
    known = vocabulary.properties.get(question.property)
    if known is None or known.type != "quantity" or bundle.links[0].kind != "figure" or len(bundle.links) < 2 or bundle.ones[0] < 0:
        return ""
    sides = ((bundle.ones, bundle.others), (bundle.others, bundle.ones))
    for many, one in sides:
        if len(one) != 1:
            continue
        figures = [_claim_of(question, number) for number in many]
        against = _claim_of(question, one[0])
        if against is None or against.figure is None or any(claim is None or claim.figure is None for claim in figures):
            return ""
        above = {claim.figure.above(against.figure, known.tolerance) for claim in figures if claim is not None and claim.figure is not None}
        if len(above) != 1:
            return ""
        names = [value_words(known, claim.value, vocabulary, unit=False) for claim in figures if claim is not None]
        listed = ", ".join(names[:-1]) + f" and {names[-1]}"
        word = "above" if above == {True} else "below"
        said = f"{value_words(known, against.value, vocabulary)} ({name_of(against, vocabulary)}, {said_words(against.said)})"
        rest = reason(bundle.links[0].example, vocabulary)
        return f"each of {listed} is {word} {said}; of the first: {rest}"
    return ""


def _claim_of(question: Question, number: int) -> Claim | None:
    """The first claim of a position, where it answers the question itself."""
    claim = question.positions[number].claims[0]
    return claim if (claim.place, claim.property, claim.subject) == (question.place, question.property, question.subject) else None


def _letters(numbers: Sequence[int], question: Question) -> str:
    names = [letter_of(question, number) for number in numbers]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _settled(bundle: Bundle, question: Question, pages: Pages) -> Iterator[Line]:
    """`settled: explained by curators on 2025-04-01: why`, for each pair of claims that somebody looked at."""
    if not pages.resolved:
        return
    pairs = sum(link.pairs for link in bundle.links)
    for link in bundle.links if bundle.ones[0] >= 0 else ():
        others = {claim.id for claim in question.positions[link.other].claims}
        for claim in question.positions[link.one].claims:
            for other in pages.resolved.get(claim.id, ()):
                if other in others and (link.one != link.other or claim.id < other):
                    yield resolution_words(pages, (min(claim.id, other), max(claim.id, other)), pairs > 1)


def resolution_words(pages: Pages, ids: tuple[str, str], named: bool) -> Line:
    """`settled (explained) by curators on 2026-11-29: why`; where several pairs are told above it, with the ids of the claims (`named`)."""
    resolved = pages.resolutions[ids]
    written = resolved.resolution
    line: Line = [("looked at and left open" if written.found == "open" else f"settled ({written.found})", "label")]
    line.append((f" by {one_line(written.by)} on {one_line(written.on)}: {one_line(written.why)}", ""))
    if named:
        line += [(" (", ""), (" and ".join(map(one_line, ids)), "id"), (")", "")]
    return line if resolved.current else [*line, (" (the claims have changed since: see `ledger check`)", "certain")]


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
    links = sum(len(bundle.links) for bundle in bundles(question, shown, measure))
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
        passages.update(_passage(claim) for claim in question.positions[_directed(link, question)[0]].claims)
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
