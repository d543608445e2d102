"""A review as people read it: sections in the order of their importance, each of blocks of lines; and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.answers.excerpts import quote_in_paragraph
from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import question_words, sentence
from ledger.conflicts.questions import Question, questions
from ledger.conflicts.reasons import taken_back
from ledger.model import Claim, Diagnostic
from ledger.render.annotations import VERBS, counted_words, effect_words, is_retranslated, is_urgent, proof_words, seed_words, value_words
from ledger.render.apart import line_apart
from ledger.render.blocks import Line, Pages, corrects_lines, excerpt_line, ledger_for, when
from ledger.render.check import for_people, inert, language_lines
from ledger.render.conflicts import line_text
from ledger.render.questions import Block, question_block
from ledger.review.changes import Change, EntryChange, Fields
from ledger.review.compare import Crowded, Numbers, Review, topic_of
from ledger.review.sides import Sides
from ledger.rules.runner import languages_of
from ledger.texts.cutting import beginning, ending
from ledger.texts.display import count_of, one_line, shorten, visible

BESIDE = 500  # characters of a paragraph shown on either side of a quote
SEED_LINES = 6  # of an edited seed, shown of each side
LINE = 300  # characters shown of one of them
NAME = 100  # of what a side is called
PAIRS_BY_VOCABULARY = 20


class Section(NamedTuple):
    """One part of the report. A section of contradictions has questions, and `pages` to look their claims up in."""

    title: str
    blocks: list[Block]
    questions: tuple[Question, ...] = ()
    pages: Pages | None = None

    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.blocks and not self.questions


def title_words(sides: Sides) -> str:
    """`ledger review: the working tree against main (1a2b3c4d5e6f)`: names are data, each on one line and not longer than it need be."""
    return sides._replace(base_name=shorten(sides.base_name, NAME), head_name=shorten(sides.head_name, NAME)).title()


def summary(review: Review) -> list[str]:
    """What the branch does, in counts."""
    counts: dict[str, int] = {}
    for change in review.changes:
        kind = change.kind if change.kind != "changed" or change.of_meaning else "retranslated" if is_retranslated(change) else "edited"
        counts[kind] = counts.get(kind, 0) + 1
    claims = ", ".join(
        f"{counts[kind]} {words}"
        for kind, words in (
            ("removed", "removed"), ("changed", "changed in meaning"), ("retranslated", "translated otherwise"), ("edited", "otherwise edited"), ("renamed", "renamed"), ("added", "added"),
        )
        if kind in counts
    )  # fmt: skip
    lines = [f"claims: {claims}"] if claims else []
    for what, kinds in (("seeds", review.seeds), ("vocabulary", review.entries)):
        counted = Counter(each.kind for each in kinds)
        if counted:
            lines.append(
                f"{what}: " + ", ".join(f"{counted[kind]} {kind}" for kind in ("changed", "removed", "added", "renamed") if counted[kind])
            )
    if review.proofs:
        looked_at = sum(change.needs_a_look for change in review.proofs)
        counted = Counter(change.kind for change in review.proofs)
        words = ", ".join(f"{counted[kind]} {kind}" for kind in ("changed", "removed", "added") if counted[kind])
        lines.append(f"proofs: {words}" + (f"; {looked_at} to be looked at by a person" if looked_at else ""))
    if review.broken:
        lines.append(f"quotes newly broken: {len(review.broken)}")
    contradictions, tensions = map(effect_words, review.conflicts.parted())
    crowded = f"only counted on {count_of(len(review.crowded), 'question')}" if review.crowded else ""
    if contradictions or crowded:
        lines.append("contradictions: " + ", ".join(filter(None, (contradictions, crowded))))
    if tensions:
        lines.append(f"tensions: {tensions}")
    errors = sum(found.severity == "error" for found in review.new)
    if review.new or review.fixed:
        lines.append(
            f"defects: {count_of(errors, 'new error')}, {count_of(len(review.new) - errors, 'new warning')}, {len(review.fixed)} fixed"
        )
    notes = len(review.heads) + len(review.notes)
    return lines + ([f"sources and notes: {count_of(notes, 'change')}"] if notes else [])


def numbers_lines(review: Review) -> list[str]:
    """`claims 225 -> 235`, and so on."""
    words = {"claims": "claims", "seeds": "seeds", "places": "places", "contradictions": "contradictions", "certain": "of them certain",
             "errors": "errors", "warnings": "warnings", "tensions": "tensions noted"}  # fmt: skip
    before, after = review.numbers
    found = [
        f"{words[name]} {one}" + (f" -> {other}" if one != other else "")
        for name, one, other in zip(Numbers._fields, before, after, strict=True)
        if name != "tensions" or one or other
    ]
    left_out = [f"left out of contradictions for a defect: {count_of(review.left_out, 'claim')}"] if review.left_out else []
    moved = []
    if review.moved is not None:
        before_there, after_there = ("the top folder" if folder == "." else one_line(folder) for folder in review.moved)
        moved = [f"the ledger was moved: it stood in {before_there}, and stands in {after_there}"]
    return [", ".join(found), *left_out, *moved, *language_lines(*languages_of(review.after))]


def sections(review: Review) -> list[Section]:
    """The report, most important first; what is empty is left out."""
    before, after = (
        Pages.of(ledger_for("text", ledger), corrections)
        for ledger, corrections in zip((review.before, review.after), review.corrections, strict=True)
    )
    urgent, other = ([change for change in review.changes if is_urgent(change) == wanted] for wanted in (True, False))
    conflicts, tensions = review.conflicts.parted()
    found = [
        Section("Claims removed", [_removed(change, before) for change in urgent if change.kind == "removed"]),
        Section(
            "Claims changed in meaning", [_changed(change, after) for change in urgent if change.of_meaning and change.kind == "changed"]
        ),
        Section("Quotes translated otherwise", [_changed(change, after) for change in urgent if not change.of_meaning]),
        Section("Seeds edited or removed", list(_seeds(review, "changed", "removed"))),
        Section("Proofs and trusted certificates: to be looked at by a person", list(_proofs(review, True))),
        Section("Vocabulary and rules changed", _vocabulary(review, after)),
        Section("Quotes newly broken", [_broken(claim, after) for claim in review.broken]),
        _contradictions("Contradictions opened", conflicts.opened, after),
        _contradictions("Contradictions closed", conflicts.closed, before),
        Section("Contradictions altered", [_altered(*pair, after) for pair in conflicts.altered]),
        Section("Contradictions only counted", [_counted(crowded, after) for crowded in review.crowded]),
        _contradictions("Tensions noted", tensions.opened, after),
        _contradictions("Tensions dropped", tensions.closed, before),
        Section("Tensions altered", [_altered(*pair, after) for pair in tensions.altered]),
        Section("New defects", [_defect(found) for found in review.new]),
        Section("Defects fixed", [_defect(found) for found in review.fixed]),
        Section("Claims renamed", [_changed(change, after) for change in other if change.kind == "renamed"]),
        Section("Claims edited", [_changed(change, after) for change in other if change.kind == "changed"]),
        Section("Claims added", [_added(change, after) for change in other if change.kind == "added"]),
        Section("Sources", [*_seeds(review, "added"), *_heads(review)]),
        Section("Proofs added", list(_proofs(review, False))),
        Section("Notes", _notes(review)),
    ]
    return [section for section in found if not section.is_empty()]


# -- claims ---------------------------------------------------------------------------------------------------------------


def _heading(claim: Claim, pages: Pages) -> Line:
    """`id  what it says`."""
    return [
        (one_line(claim.id or f"{claim.path}:{claim.line}"), "id"),
        ("  " + sentence(claim, pages.ledger.vocabulary), "label"),
    ]


def _source(claim: Claim, pages: Pages) -> Block:
    """Who says it when, and the quote inside its paragraph of the seed."""
    lines: Block = [([(pages.who(claim), "who"), (", " + when(claim), "when")], 2)]
    if claim.hedge is not None:
        lines.append(([("left open: ", ""), (one_line(claim.hedge), "hedge")], 2))
    lines += [([(taken_back(by), "possible")], 2) for _, by in pages.corrections.get(claim.id, ())]
    lines += [(line, 2) for line in corrects_lines(claim, pages)]
    seed = pages.files[claim.path].seed
    if seed is None or not claim.found.ways:
        lines.append(([("the quote does not stand in its seed: ", "certain"), (one_line(claim.quote), "quote")], 2))
    else:
        excerpt = quote_in_paragraph(claim, seed)
        last = len(excerpt.parts) - 1
        parts = [(_clipped(text, number, last) if role == "beside" else text, role) for number, (text, role) in enumerate(excerpt.parts)]
        lines.append((excerpt_line(excerpt._replace(parts=parts)), 2))
    if claim.translation is not None:
        lines.append(([(one_line(claim.translation), "translation")], 2))
    if claim.note is not None:
        lines.append(([("note: " + one_line(claim.note), "")], 2))
    return lines + [([(pages.where(claim), "where"), (f", recorded in {one_line(claim.path)}:{claim.line}", "where")], 2)]


def _clipped(text: str, number: int, last: int) -> str:
    """What stands beside a quote in a long paragraph, cut where it is furthest from the quote."""
    text = text.strip()
    if len(text) <= BESIDE:
        return text
    if number == 0:
        return "… " + ending(text, BESIDE).lstrip()
    if number == last:
        return beginning(text, BESIDE).rstrip() + " …"
    return beginning(text, BESIDE // 2).rstrip() + " … " + ending(text, BESIDE // 2).lstrip()


def _fields(fields: Fields) -> Block:
    """`value: russia -> ukraine`, a line each."""
    return [
        ([(f"{name}: ", "label"), (value_words(before), "removed"), (" -> ", ""), (value_words(after), "added")], 2)
        for name, (before, after) in fields.items()
    ]


def _removed(change: Change, before: Pages) -> Block:
    assert change.before is not None
    return [(_heading(change.before, before), 0), *_source(change.before, before)]


# what the heading of a claim and the lines of its source say
_SHOWN = {
    "id", "place", "property", "subject", "value", "hedge", "claimant", "via", "said", "holds", "quote", "translation", "note", "seed",
}  # fmt: skip


def _added(change: Change, after: Pages) -> Block:
    assert change.after is not None
    claim = change.after
    written: Block = [
        ([(f"{name}: ", "label"), (value_words(value), "added")], 2)
        for name, (_, value) in change.fields.items()
        if name not in _SHOWN and value != "asserts"
    ]
    return [(_heading(claim, after), 0), *written, *_source(claim, after)]


def _changed(change: Change, after: Pages) -> Block:
    assert change.after is not None
    return [(_heading(change.after, after), 0), *_fields(change.fields), *_source(change.after, after)]


def _broken(claim: Claim, after: Pages) -> Block:
    return [(_heading(claim, after), 0), *_source(claim, after)]


# -- seeds, sources, vocabulary, notes --------------------------------------------------------------------------------------


def _seeds(review: Review, *kinds: str) -> Iterator[Block]:
    for seed in review.seeds:
        if seed.kind in kinds:
            words = f": {seed.kind}: {seed_words(seed.kind, seed.quotes, seed.standing)}"
            block: Block = [([(f"seeds/{one_line(seed.name)}", "id"), (words, "")], 0)]
            for sign, role, lines in (("- ", "removed", seed.before), ("+ ", "added", seed.after)):
                for number, line in enumerate(lines[:SEED_LINES], seed.line):
                    block.append(
                        ([(f"{number:4} {sign}", "where"), (visible(beginning(line, LINE)) + ("…" if len(line) > LINE else ""), role)], 2)
                    )
                if len(lines) > SEED_LINES:
                    block.append(([(f"     ... and {count_of(len(lines) - SEED_LINES, 'line')} more", "where")], 2))
            yield block


def _proofs(review: Review, needs_a_look: bool) -> Iterator[Block]:
    for change in review.proofs:
        if change.needs_a_look == needs_a_look:
            first, *rest = proof_words(change)
            path = one_line(change.path)
            block: Block = [([(path, "id"), (first.removeprefix(path), "")], 0)]
            for label, _, words in (each.partition(": ") for each in rest):
                role = "removed" if label in ("trusted no more", "sha256 before") else "added"
                block.append(([(f"{label}: ", "label"), (words, role)], 2))
            yield block


def _heads(review: Review) -> Iterator[Block]:
    for head in review.heads:
        words = f": source {head.kind}, {one_line(head.path)}"
        yield [([(one_line(head.seed), "id"), (words, "")], 0), *_fields(head.fields)]


def _notes(review: Review) -> list[Block]:
    return [
        [
            (
                [
                    (f"{note.part} {note.kind}: ", "label"),
                    (shorten(note.what, LINE), ""),
                    (f" ({one_line(note.path)}:{note.line})", "where"),
                ],
                0,
            ),
            *_fields(note.fields),
        ]
        for note in review.notes
    ]


def _entry(entry: EntryChange) -> Block:
    return [([(f"{entry.part} ", "label"), (one_line(entry.id), "id"), (f": {entry.kind}", "")], 0), *_fields(entry.fields)]


def _vocabulary(review: Review, after: Pages) -> list[Block]:
    """The entries that changed, and the contradictions that this alone opens or closes."""
    blocks = [_entry(entry) for entry in review.entries]
    if any(review.by_vocabulary):
        block: Block = [([("by itself, this " + effect_words(review.by_vocabulary) + ":", "label")], 0)]
        named = [
            (verb, conflict)
            for (opened, closed, altered), verbs in zip(review.by_vocabulary.parted(), VERBS, strict=True)
            for verb, pairs in zip(verbs, (opened, closed, [later for _, later in altered]), strict=True)
            for conflict in pairs
        ]
        for verb, conflict in named[:PAIRS_BY_VOCABULARY]:
            block.append((_pair(verb, conflict, after), 2))
        if len(named) > PAIRS_BY_VOCABULARY:
            block.append(([(f"... and {len(named) - PAIRS_BY_VOCABULARY} more", "where")], 2))
        blocks.append(block)
    for crowded in review.crowded_by_vocabulary:
        words = "by itself, this changes the contradictions on " + counted_words(crowded, after.ledger.vocabulary)
        blocks.append([([(words, "label")], 0)])
    return blocks


def _pair(verb: str, conflict: Conflict, pages: Pages) -> Line:
    question = question_words(conflict.place, conflict.property, conflict.subject, pages.ledger.vocabulary)
    names = " and ".join(one_line(name) for name in conflict.ids)
    facts = "tension" if conflict.is_tension else f"{conflict.kind}, {conflict.strength}"
    return [(f"{verb} ", ""), (names, "id"), (f" ({facts}): {question}", "")]


# -- contradictions and defects ---------------------------------------------------------------------------------------------


def _contradictions(title: str, conflicts: list[Conflict], pages: Pages) -> Section:
    return Section(title, [], tuple(questions(conflicts, pages.ledger.vocabulary)), pages)


def _altered(before: Conflict, after: Conflict, pages: Pages) -> Block:
    was = (
        f"was on {question_words(*topic_of(before), pages.ledger.vocabulary)}"
        if after.is_tension
        else f"was {before.kind}, {before.strength}"
    )
    block: Block = [(_pair("", after, pages), 0)]
    if before.corrected == after.corrected or (before.kind, before.strength, before.relation) != (
        after.kind,
        after.strength,
        after.relation,
    ):
        block.append(([(was, "")], 2))
    return block + [([(words, "")], 2) for words in _correction_changes(before, after)]


def _correction_changes(before: Conflict, after: Conflict) -> list[str]:
    """`settled now: c1 was taken back on 2025-11-10 by c3`: the corrections that only one of two states of a contradiction has."""
    gone = [
        f"the correction of {one_line(name)} by {one_line(by)} is gone"
        for name, by in before.corrected
        if (name, by) not in after.corrected
    ]
    new = [f"{one_line(claim.id)} was {taken_back(by)}" for claim, by in after.corrections if (claim.id, by.id) not in before.corrected]
    if not after.corrections:
        gone = [f"not settled any more: {words}" for words in gone]
    return [*gone, *((words if before.corrections else f"settled now: {words}") for words in new)]


def _counted(crowded: Crowded, after: Pages) -> Block:
    return [([(counted_words(crowded, after.ledger.vocabulary), "heading")], 0)]


def _defect(found: Diagnostic) -> Block:
    where = f"{one_line(found.path)}:{found.line}:{found.column}: "
    role = "certain" if found.severity == "error" else "possible"
    warning = "" if found.severity == "error" else " (warning)"
    block: Block = [([(where, "where"), (f"{found.code}{warning} ", role), (one_line(found.message), "")], 0)]
    return block + ([([("help: " + one_line(found.help), "")], 2)] if found.help else [])


# -- formats ----------------------------------------------------------------------------------------------------------------


def to_text(review: Review, title: str) -> Iterator[str]:
    """The whole report, plain and unwrapped: for a pipe."""
    yield for_people(title) + "\n\n"
    for section in sections(review):
        yield f"{section.title}\n\n"
        blocks = section.blocks + [question_block(question, section.pages) for question in section.questions if section.pages is not None]
        for block in blocks:
            yield "\n".join(inert(" " * (indent + 2) + line_text(line_apart(line))) for line, indent in block) + "\n\n"
    yield "\n".join(for_people(line) for line in closing(review)) + "\n"


def closing(review: Review) -> list[str]:
    """The last lines: what the branch does in counts, what could not be compared, then the numbers."""
    return [*done(review), *(f"not compared: {words}" for words in review.unread), *numbers_lines(review)]


def done(review: Review) -> list[str]:
    """What the branch does, in counts, or that it does nothing."""
    return ["nothing that the ledger records has changed"] if review.is_empty() else summary(review)


def lines_of(blocks: Iterable[Block]) -> Block:
    """Blocks below each other, an empty line behind each."""
    return [line for block in blocks for line in (*block, ([("", "")], 0))]
