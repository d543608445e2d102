"""What contradicts what in a question, in as few sentences as say it: links of one kind together, and below them how they were settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.conflicts.claims_in_words import name_of, value_words
from ledger.conflicts.questions import Link, Question
from ledger.conflicts.reasons import reason
from ledger.model import Claim
from ledger.render.blocks import Line, Pages, letter_of, overlap_words, relation_words
from ledger.texts.display import count_of, one_line
from ledger.texts.phrases import said_words


def contradiction_lines(question: Question, shown: Sequence[int], most: int, pages: Pages) -> Iterator[tuple[Line, int]]:
    """What contradicts what of the positions that are shown, with the indents of the lines: a line a bundle, those together of which the same is to be said; and below it how it was settled."""
    told: dict[tuple[tuple[str, str], ...], list[str]] = {}
    below: dict[tuple[tuple[str, str], ...], list[Line]] = defaultdict(list)
    for bundle in bundles(question, shown, most):
        (names, *rest), *settled = bundle_lines(bundle, question, pages)
        told.setdefault(tuple(rest), []).append(names[0])
        below[tuple(rest)] += settled
    for rest_of_line, names_of_all in told.items():
        yield [("; ".join(names_of_all), "label"), *rest_of_line], 2
        yield from ((line, 5) for line in below[rest_of_line])


class Bundle(NamedTuple):
    """Links of one kind that can be said in one sentence: each position of `ones` contradicts each of `others`."""

    ones: tuple[int, ...]
    others: tuple[int, ...]
    links: tuple[Link, ...]


def bundles(question: Question, shown: Sequence[int], most: int) -> list[Bundle]:
    """The links between the positions that are shown, those of one kind and strength that have the same opponents together."""
    kept = set(shown)
    links = [link for link in question.links if link.one < 0 or {link.one, link.other} <= kept][:most]
    alike: dict[tuple[object, ...], list[Link]] = {}
    for number, link in enumerate(links):
        mark: tuple[object, ...] = (link.kind, _strength(link), link.own == link.pairs, bool(link.corrected))
        if link.one < 0 or link.kind == "tension" or link.at_least or link.relayed:  # (what was relayed names its relays)
            mark = (number,)
        alike.setdefault(mark, []).append(link)
    return [bundle for found in alike.values() for bundle in _bundled(found, question)]


def _bundled(links: list[Link], question: Question) -> list[Bundle]:
    """Links of one kind as few bundles: positions that have the same opponents together, or opponents that are of the same positions; of
    figures all that stand against one."""
    if links[0].kind == "figure" and all(link.one != link.other for link in links):
        return _stars(links)
    pairs = {directed(link, question): link for link in links}
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


def directed(link: Link, question: Question) -> tuple[int, int]:
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
