"""What people's formats say of a claim or a question, as lines of (text, role) pairs; the formats only set them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ledger.answers.excerpts import Excerpt, quote_in_sentence
from ledger.conflicts import Conflict, Findings
from ledger.conflicts.claims_in_words import claimant_name, hedge_words, name_of, place_name, question_words, sentence, side_name
from ledger.conflicts.corrections import Correction
from ledger.conflicts.finder import both_take_sides
from ledger.conflicts.questions import Link, Question
from ledger.conflicts.reasons import reason, taken_back
from ledger.conflicts.resolutions import Resolved, resolutions_of
from ledger.model import NO_QUOTES, Claim, ClaimsFile, Ledger, Vocabulary
from ledger.render.apart import Line as Line
from ledger.render.apart import parts_apart
from ledger.texts.dates import Days, format_day, format_days
from ledger.texts.directions import isolated
from ledger.texts.display import count_of, one_line, some_of, visible
from ledger.texts.folding import fold_space
from ledger.texts.languages import words_for
from ledger.texts.phrases import said_words, time_told

RELATIONS = {"relayed": "relayed in two ways", "own": "reversal", "within": "within one side", "across": "across sides"}


def relation_words(conflict: Conflict, vocabulary: Vocabulary) -> str:
    """How the claimants of a conflict stand to each other: what was taken back is no reversal, and nothing is across sides where somebody
    speaks for none."""
    if conflict.relation == "across" and not both_take_sides(conflict.one, conflict.other, vocabulary):
        return ""
    return "of one mouth, taken back" if conflict.relation == "own" and not conflict.is_reversal else RELATIONS[conflict.relation]


def ledger_for(form: str, ledger: Ledger) -> Ledger:
    """A ledger as a format has it: for people names that run from right to left are set apart in what is said of them."""
    return ledger._replace(vocabulary=ledger.vocabulary._replace(sets_apart=True)) if form in ("text", "markdown") else ledger


class Pages(NamedTuple):
    """A ledger with what renderers look up in it. `corrections` are those of each claim that was corrected, by its id."""

    ledger: Ledger
    files: Mapping[str, ClaimsFile]
    resolutions: dict[tuple[str, str], Resolved]
    resolved: dict[str, list[str]]  # of a claim, the other claims with which it has a resolution
    corrections: Mapping[str, Sequence[Correction]]

    @classmethod
    def of(cls, ledger: Ledger, corrections: Mapping[str, Sequence[Correction]]) -> Pages:
        """The pages of a ledger."""
        resolutions = resolutions_of(ledger)
        resolved: dict[str, list[str]] = {}
        for one, other in sorted(resolutions):
            resolved.setdefault(one, []).append(other)
            resolved.setdefault(other, []).append(one)
        return cls(ledger, {file.path: file for file in ledger.files}, resolutions, resolved, corrections)

    def excerpt(self, claim: Claim) -> Excerpt:
        """A claim's quote in its sentence."""
        file = self.files[claim.path]
        return quote_in_sentence(claim, file.seed, words_for(self.ledger.vocabulary.words, file.language))

    def who(self, claim: Claim) -> str:
        """The claimant's name and side, and who relayed it."""
        vocabulary = self.ledger.vocabulary
        side = vocabulary.side_of(claim.claimant)
        words = name_of(claim, vocabulary) + (f" ({side_name(side, vocabulary)})" if side else "")
        return words + (", via " + ", ".join(claimant_name(relay, vocabulary) for relay in claim.via) if claim.via else "")

    def when(self, claim: Claim) -> Line:
        """When it was said, when it is said to be true, in which words it was left open, and by which claims it was taken back."""
        line: Line = [(when(claim), "when")]
        if claim.hedge is not None:
            line.append((f", {hedge_words(claim)}", "hedge"))
        return [*line, *((f", {taken_back(by)}", "possible") for _, by in self.corrections.get(claim.id, ()))]

    def further(self, claim: Claim) -> Line:
        """Behind who said it: of which time, in which paper, in which words it was left open, and by which claims it was taken back."""
        line: Line = [(f", of {time_told(claim.holds, event=claim.value is None)}", "when")] if claim.holds else []
        publisher = one_line(self.files[claim.path].head.get("publisher", ""))
        if publisher and publisher not in self.who(claim):
            line.append((f", in {publisher}", "when"))
        if claim.hedge is not None:
            line.append((f", {hedge_words(claim)}", "hedge"))
        return [*line, *((f", {taken_back(by)}", "possible") for _, by in self.corrections.get(claim.id, ()))]

    def where(self, claim: Claim) -> str:
        """Where the quote stands: the seed and its line; of a claim that a machine made, its row."""
        file = self.files[claim.path]
        if is_unquoted(file):
            return f"{one_line(claim.path)}, row {claim.line}, no quote"
        line = file.seed.line(claim.found.spans[0][0]) if file.seed is not None and claim.found.ways else None
        return one_line(file.seed_path) + (f":{line}" if line else "")


def when(claim: Claim) -> str:
    """When it was said, and when it is said to be true."""
    words = f"said {said_words(claim.said)}"
    return words + (f", of {time_told(claim.holds, event=claim.value is None)}" if claim.holds else "")


def excerpt_line(excerpt: Excerpt) -> Line:
    """A quote with the words around it in square brackets, as editors set what is not quoted."""
    line: Line = []
    for number, (text, role) in enumerate(excerpt.parts):
        shown = f"[{visible(text)}]" if role == "beside" else visible(text)
        line.append(((" " if number else "") + shown, role))
    return parts_apart(line)


def claim_block(claim: Claim, pages: Pages) -> list[Line]:
    """One claim under its position: who, when, the quote, its translation, where it stands."""
    lines: list[Line] = [[(pages.who(claim), "who")], pages.when(claim)]
    if claim.quote:
        lines.append(excerpt_line(pages.excerpt(claim)))
    if claim.translation is not None:
        lines.append([(isolated(one_line(fold_space(claim.translation))), "translation")])
    lines.append([(pages.where(claim), "where"), (" ", ""), (one_line(claim.id), "id")])
    return lines


def corrects_lines(claim: Claim, pages: Pages) -> list[Line]:
    """`takes back c1: Kupiansk · who holds the place: russia, said 2025-11-03`: what a claim corrects, a line each."""
    vocabulary = pages.ledger.vocabulary
    lines: list[Line] = []
    for name in claim.corrects:
        for corrected in (corrected for corrected, by in pages.corrections.get(name, ()) if by.id == claim.id):
            said = f": {sentence(corrected, vocabulary)}, {when(corrected)}"
            lines.append([("takes back ", ""), (one_line(name), "id"), (said, "")])
    return lines


def letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ... for the positions of a question."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def letter_of(question: Question, number: int) -> str:
    """The letter of a position: the same in every table of its question."""
    return letter(question.letters[number] if question.letters else number)


def link_line(link: Link, question: Question, pages: Pages) -> Line:
    """`A against B: denial, certain, across sides: ...` with how many pairs and days, and the reason of the strongest pair; of a tension
    its note alone."""
    names = f"{letter(link.one)} against {letter(link.other)}: " if link.one >= 0 else "among the positions: "
    if link.kind == "tension":
        several: Line = [(f"{count_of(link.pairs, 'pair')}, one of them ", "")] if link.pairs > 1 else []
        return [(names, "label"), *several, (reason(link.example, pages.ledger.vocabulary), "tension")]
    strength = (
        ""
        if link.at_least
        else "certain"
        if link.certain == link.pairs
        else "possible"
        if not link.certain
        else f"{link.certain} certain, {link.pairs - link.certain} possible"
    )
    relation = (
        relation_words(link.example, pages.ledger.vocabulary)
        if link.pairs == 1
        else f"{link.own} of one mouth"
        if link.own and not link.at_least
        else ""
    )
    facts = ", ".join(part for part in (link.kind, strength, relation) if part)
    line: Line = [
        (names, "label"),
        (facts, "certain" if link.certain else "possible"),
    ]
    if link.pairs > 1:
        line.append((f", {'more than ' * link.at_least}{count_of(link.pairs, 'pair')}", "label"))
        if link.corrected:
            line.append((f", {link.corrected} of them of a claim that was taken back", "label"))
    line.append((f": {reason(link.example, pages.ledger.vocabulary)}", ""))
    if link.pairs > 1 or (link.days or 0) > 1:
        line.append((overlap_words(link), "when"))
    return line


def link_lines(link: Link, question: Question, pages: Pages) -> list[Line]:
    """The line of a link, and below it what was worked out about its pairs."""
    lines = [link_line(link, question, pages)]
    if not pages.resolved or link.one < 0:
        return lines
    others = {claim.id for claim in question.positions[link.other].claims}
    for claim in question.positions[link.one].claims:
        for other in pages.resolved.get(claim.id, ()):
            if other in others and (link.one != link.other or claim.id < other):
                lines.append(resolution_line(pages.resolutions[min(claim.id, other), max(claim.id, other)]))
    return lines


def resolution_line(resolved: Resolved) -> Line:
    """`a and b: explained by curators on 2025-04-01: why`, and whether the claims have changed since."""
    written = resolved.resolution
    line: Line = [
        ("  " + " and ".join(one_line(name) for name in sorted(written.claims)), "id"),
        (": " + ("looked at and left open" if written.found == "open" else written.found), "label"),
        (f" by {one_line(written.by)} on {one_line(written.on)}: {one_line(written.why)}", ""),
    ]
    if not resolved.current:
        line.append((" (the claims have changed since: see `ledger check`)", "certain"))
    return line


def overlap_words(link: Link) -> str:
    """From which day to which two positions overlapped, and how many days that is."""
    if link.example.verdict is None or link.days is None:
        return ""
    return f" ({format_days(Days(link.first, link.last)).replace('..', ' to ')}, {count_of(link.days, 'day')})"


def summary(questions: list[Question], findings: Findings, pages: Pages) -> list[str]:
    """How many contradictions there are, of which kinds, how many tensions behind them, and what took no part."""
    words = totals(questions)
    if not questions:
        return [words + (" that match" if findings.conflicts else ""), *absences(findings, pages)]
    kinds: dict[str, int] = {}
    for link in (link for question in questions for link in question.links if link.kind != "tension"):
        kinds[link.kind] = kinds.get(link.kind, 0) + link.pairs
    by_kind = (
        ": " + ", ".join(count_of(number, "exclusive answer" if kind == "exclusive" else kind) for kind, number in sorted(kinds.items()))
        if kinds
        else ""
    )
    places = len({question.place for question in questions})
    topics = len({(question.place, question.property, question.subject) for question in questions})
    return [f"{words}, in {count_of(topics, 'question')} of {count_of(places, 'place')}{by_kind}", *absences(findings, pages)]


def parted_words(conflicts: Sequence[Conflict]) -> str:
    """`2 contradictions, 1 tension`: what is there of each."""
    noted = sum(conflict.is_tension for conflict in conflicts)
    counts = (len(conflicts) - noted, "contradiction"), (noted, "tension")
    return ", ".join(count_of(number, word) for number, word in counts if number)


def totals(questions: Sequence[Question]) -> str:
    """`9 contradictions (7 certain, 2 possible), 24 tensions noted`: a person's notes are counted by themselves."""
    total, certain = sum(question.contradictions for question in questions), sum(question.certain for question in questions)
    more = any(question.at_least for question in questions)
    return totals_words(total, certain, sum(question.tensions for question in questions), more)


def totals_words(contradictions: int, certain: int, tensions: int, more: bool = False) -> str:
    """The same of numbers; `more`: there are more contradictions than were counted."""
    noted = f", {count_of(tensions, 'tension')} noted" if tensions else ""
    if not contradictions:
        return f"no contradictions{noted}"
    strengths = f"at least {certain} certain" if more else f"{certain} certain, {contradictions - certain} possible"
    return f"{'more than ' * more}{count_of(contradictions, 'contradiction')} ({strengths}){noted}"


def refused_files(ledger: Ledger) -> list[str]:
    """The files that were refused, by name; nothing where there are none."""
    if not ledger.refusals:
        return []
    names = ", ".join(one_line(refusal.path) for refusal in ledger.refusals[:5]) + (", ..." if len(ledger.refusals) > 5 else "")
    return [f"not read (see `ledger check`): {count_of(len(ledger.refusals), 'file')}: {names}"]


def is_unquoted(file: ClaimsFile) -> bool:
    """Whether a machine made the claims of a file: they have no quotes."""
    return file.head.get("quotes") == NO_QUOTES


def unquoted_files(files: Iterable[ClaimsFile]) -> list[str]:
    """That claims made by machines have no quotes to check; nothing where there are none."""
    paths = [file.path for file in files if is_unquoted(file)]
    return [f"quotes: {NO_QUOTES} ({some_of(paths, 5)})"] if paths else []


MOST_AROUND = 4  # places named that lie around the one asked for


def around_words(place: str | None, found: Sequence[tuple[str, int]], pages: Pages) -> list[str]:
    """What lies around the place asked for and was left out, with the option that shows it; nothing where nothing does."""
    if place is None or not found:
        return []
    vocabulary = pages.ledger.vocabulary
    named = [f"{count_of(number, 'claim')} on {place_name(near, vocabulary)} (--town {one_line(near)})" for near, number in found]
    more = f" and {count_of(len(named) - MOST_AROUND, 'more place')}" if len(named) > MOST_AROUND else ""
    return [f"around {place_name(place, vocabulary)}, and left out: {', '.join(named[:MOST_AROUND])}{more}"]


def unquoted_record(files: Iterable[ClaimsFile]) -> dict[str, str]:
    """The same as machines read it."""
    return {"quotes": NO_QUOTES} if any(map(is_unquoted, files)) else {}


def around_record(found: Sequence[tuple[str, int]]) -> list[dict[str, object]]:
    """The same as machines read it."""
    return [{"place": near, "claims": number} for near, number in found]


def defective_claims(claims: Sequence[Claim], what: str) -> list[str]:
    """How many claims have a defect, the first by name; nothing where there are none. `what` says what follows from it."""
    if not claims:
        return []
    names = ", ".join(one_line(claim.id or f"{claim.path}:{claim.line}") for claim in claims[:8]) + (", ..." if len(claims) > 8 else "")
    return [f"{what} (see `ledger check`): {count_of(len(claims), 'claim')}: {names}"]


def absences(findings: Findings, pages: Pages) -> list[str]:
    """What took no part, and what nobody could check."""
    return [*missing(findings, pages.ledger), *unquoted_files(pages.ledger.files)]


def missing(findings: Findings, ledger: Ledger) -> list[str]:
    """What took no part: claims with a defect, files that were refused, claims said too late."""
    lines = defective_claims(findings.left_out, "left out for a defect")
    lines += refused_files(ledger)
    if findings.too_late:
        lines.append(f"left out as said later than the day asked for: {count_of(len(findings.too_late), 'claim')}")
    return lines


def vast_questions(findings: Findings, pages: Pages) -> list[str]:
    """The questions of which only the first contradictions were gone through for what was asked."""
    return [
        f"gone through only in part, since there are too many: the contradictions on "
        f"{question_words(crowd.place, crowd.members[0].property.id, crowd.members[0].subject, pages.ledger.vocabulary)} "
        "(the machine formats list all)"
        for crowd in findings.crowds
        if crowd.vast
    ]


def uncounted(findings: Findings, pages: Pages) -> list[str]:
    """The questions with so many contradictions that they were not gone through pair by pair."""
    return [
        f"not counted pair by pair, since there are too many: the contradictions on "
        f"{question_words(crowd.place, crowd.members[0].property.id, crowd.members[0].subject, pages.ledger.vocabulary)} (see `ledger conflicts`)"
        for crowd in findings.crowds
    ]


def overview(questions: list[Question], pages: Pages) -> list[str]:
    """One line a place: questions, contradictions and how many of them are certain, tensions, the last word."""
    places: dict[str, list[Question]] = {}
    for question in questions:
        places.setdefault(question.place, []).append(question)
    ranked = sorted(
        places.items(),
        key=lambda entry: (
            -sum(question.certain for question in entry[1]),
            -sum(question.contradictions for question in entry[1]),
            -sum(question.tensions for question in entry[1]),
            entry[0],
        ),
    )
    lines = []
    for place, found in ranked:
        name = place_name(place, pages.ledger.vocabulary)
        last = max(question.last_said for question in found)
        topics = len({(question.property, question.subject) for question in found})
        lines.append(f"{name}: {count_of(topics, 'question')}, {totals(found)}, last word {format_day(last)}")
    return lines
