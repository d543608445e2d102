"""Two states of a ledger -> what a branch does to it: what changed, what broke, what was mended, which contradictions opened and closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.conflicts import Conflict, Findings, find_conflicts
from ledger.conflicts.corrections import Correction
from ledger.conflicts.questions import questions
from ledger.conflicts.search.counting import Crowd
from ledger.model import Claim, Diagnostic, Ledger, Report, Vocabulary
from ledger.reading.contents import SEEDS_FOLDER
from ledger.reading.loader import Earlier, load, without_collector
from ledger.reading.trees import GitTree, NotPlain, NotThere, TooLarge, Tree
from ledger.review.changes import (
    Change,
    EntryChange,
    HeadChange,
    NoteChange,
    claim_changes,
    entry_changes,
    head_changes,
    note_changes,
    paired,
    renames_in,
)
from ledger.review.defects import defects_compared
from ledger.review.proofs import ProofChange, proof_changes
from ledger.review.renames import Renames, renames_between, under_new_names
from ledger.review.unread import SEEDS, Hidden, left_open
from ledger.rules import excluded
from ledger.rules.runner import Known, Look, examine, look_at
from ledger.texts.display import one_line
from ledger.texts.seeds import MAX_SEED_BYTES, Seed

MOST_COMPARED = 64 * 1024 * 1024  # bytes of a seed that is too large to be quoted
Pair = tuple[str, str]
Topic = tuple[str, str, str | None]  # place, property, subject
Corrections = Mapping[str, tuple[Correction, ...]]

EMPTY = Ledger(Vocabulary("", {}, {}, {}, {}, ()), (), (), (), ())


class Numbers(NamedTuple):
    """How much there is in one state of a ledger."""

    claims: int
    seeds: int
    places: int
    contradictions: int
    certain: int
    errors: int
    warnings: int
    tensions: int


class SeedChange(NamedTuple):
    """What became of a file in seeds/: its lines that differ, from a line on, before and after; and of how many claims the quotes
    still stand there."""

    kind: str
    name: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    quotes: int
    standing: int


class Opened(NamedTuple):
    """Contradictions that are there in only one of two states, and those that are there in both with another verdict, or of which one
    claim was corrected in only one (before, after); with the tensions, of which the same may be said."""

    opened: list[Conflict]
    closed: list[Conflict]
    altered: list[tuple[Conflict, Conflict]]

    def parted(self) -> tuple[Opened, Opened]:
        """The contradictions alone, and the tensions alone."""
        return self._only(False), self._only(True)

    def _only(self, tensions: bool) -> Opened:
        return Opened(
            [conflict for conflict in self.opened if conflict.is_tension == tensions],
            [conflict for conflict in self.closed if conflict.is_tension == tensions],
            [pair for pair in self.altered if pair[1].is_tension == tensions],
        )


class Crowded(NamedTuple):
    """A question with too many contradictions to compare them one by one: how many there are on each side, and are certain."""

    topic: Topic
    before: int
    after: int
    certain_before: int
    certain_after: int


class Review(NamedTuple):
    """What a branch does to a ledger, all of it sorted. `by_vocabulary` are the contradictions that ledger.yaml alone opens and closes:
    those of the earlier claims under the later vocabulary (`crowded_by_vocabulary`: the questions where it has too many). `broken` are the claims whose quote stood in its seed before and does not
    now; `unread` says of files, and of which side, that could not be compared, `unanswered` which questions nobody can answer for it.
    `corrections` are those of each side, by the ids of the claims that were corrected. `moved` are the folders in which the ledger stands before and after, where they differ."""

    before: Ledger
    after: Ledger
    changes: list[Change]
    seeds: list[SeedChange]
    entries: list[EntryChange]
    heads: list[HeadChange]
    notes: list[NoteChange]
    by_vocabulary: Opened
    crowded_by_vocabulary: list[Crowded]
    broken: list[Claim]
    conflicts: Opened
    crowded: list[Crowded]
    new: list[Diagnostic]
    fixed: list[Diagnostic]
    unread: list[str]
    numbers: tuple[Numbers, Numbers]
    left_out: int
    corrections: tuple[Corrections, Corrections]
    proofs: list[ProofChange]
    unanswered: frozenset[str] = frozenset()
    moved: tuple[str, str] | None = None

    def is_empty(self) -> bool:
        """Whether nothing changed that this ledger records."""
        return not (
            self.changes or self.seeds or self.entries or self.heads or self.notes or self.new or self.fixed or self.unread
            or self.proofs or any(self.conflicts) or any(self.by_vocabulary) or self.crowded
        )  # fmt: skip


class State(NamedTuple):
    """One state of a ledger, what is wrong with it, and what contradicts what."""

    ledger: Ledger
    report: Report
    findings: Findings


def review(earlier_tree: Tree | None, later_tree: Tree, look: Look = look_at, files: Earlier | None = None) -> Review:
    """What leads from one tree to another; `earlier_tree` None: there was no ledger. Raises Trouble where one can't be read. `look`
    gives what the rules find in files, `files` holds what is read."""
    with without_collector():
        return _review(earlier_tree, later_tree, look, files if files is not None else Earlier())


def _review(earlier_tree: Tree | None, later_tree: Tree, look: Look, files: Earlier) -> Review:
    known = Known()
    # The later side first: of the earlier one, which always is a commit, only what differs is read then.
    later_ledger = load(later_tree, files)
    earlier_ledger = load(earlier_tree, files) if earlier_tree is not None else EMPTY
    names = renames_between(earlier_ledger.vocabulary, later_ledger.vocabulary)
    before = _state(under_new_names(earlier_ledger, names), known, look)
    if later_ledger.vocabulary != before.ledger.vocabulary:
        known = Known()
    else:
        later_ledger = later_ledger._replace(vocabulary=before.ledger.vocabulary)
    after = _state(later_ledger, known, look)
    hidden = Hidden(before.ledger, earlier_tree), Hidden(after.ledger, later_tree)
    changes = claim_changes(before.ledger, after.ledger, hidden)
    renamed = renames_in(changes)
    entries = entry_changes(before.ledger.vocabulary, after.ledger.vocabulary) if earlier_tree is not None else []
    renamed_entries = names.changes()
    by_vocabulary, crowded_by_vocabulary = Opened([], [], []), list[Crowded]()
    if entries and earlier_tree is not None:
        between = under_new_names(load(earlier_tree, None, _read_by(after.ledger, names)), names)
        between = between._replace(vocabulary=after.ledger.vocabulary)
        by_vocabulary, crowded_by_vocabulary = _compared(
            before, State(between, before.report, find_conflicts(between, excluded(between))), {}, []
        )
    conflicts, crowded = _compared(before, after, renamed, changes)
    conflicts = _told(conflicts, *hidden)
    new, fixed = defects_compared(before.ledger, before.report, after.ledger, after.report, renamed)
    seeds, seeds_unread = _seed_changes(before.ledger, after.ledger, earlier_tree, later_tree)
    open_questions = left_open(before.ledger, after.ledger, earlier_tree, later_tree)
    return Review(
        before.ledger,
        after.ledger,
        changes,
        seeds,
        [*renamed_entries, *entries],
        head_changes(before.ledger, after.ledger),
        note_changes(before.ledger, after.ledger, renamed),
        by_vocabulary,
        crowded_by_vocabulary,
        _broken(before.ledger, after.ledger, changes),
        conflicts,
        crowded,
        new,
        fixed,
        [*_unread(before.ledger, after.ledger), *seeds_unread],
        (_numbers(before), _numbers(after)),
        len(after.findings.left_out),
        (before.findings.corrections, after.findings.corrections),
        proof_changes(earlier_tree, later_tree),
        open_questions | ({SEEDS} if seeds_unread else set()),
    )


def _read_by(later: Ledger, names: Renames) -> Vocabulary:
    """The later vocabulary, in which properties are known under their earlier names too: claims are read by what their property is."""
    properties = later.vocabulary.properties
    old = {name: properties[new] for name, new in names.properties.items() if new in properties}
    return later.vocabulary._replace(properties={**properties, **old})


def _state(ledger: Ledger, known: Known, look: Look) -> State:
    report, view = examine(ledger, known, True, look)
    return State(ledger, report, view.findings)


def _numbers(state: State) -> Numbers:
    gathered = questions(state.findings.conflicts, state.ledger.vocabulary, state.findings.crowds)
    return Numbers(
        state.report.claims,
        len(state.ledger.seeds),
        len(state.ledger.vocabulary.places),
        sum(question.contradictions for question in gathered),
        sum(question.certain for question in gathered),
        sum(found.severity == "error" for found in state.report.diagnostics),
        sum(found.severity == "warning" for found in state.report.diagnostics),
        sum(question.tensions for question in gathered),
    )


def _unread(before: Ledger, after: Ledger) -> list[str]:
    """The claims files that were refused on one side, in words: whether their claims changed can't be told."""
    return [
        f"{one_line(refusal.path)} {words}: its claims are not compared"
        for ledger, words in ((before, "could not be read before"), (after, "can't be read now"))
        for refusal in ledger.refusals
    ]


# -- contradictions -------------------------------------------------------------------------------------------------------


def topic_of(conflict: Conflict) -> Topic:
    """The question that a contradiction is about."""
    return conflict.place, conflict.property, conflict.subject


def _topic_of_crowd(crowd: Crowd) -> Topic:
    return crowd.place, crowd.members[0].property.id, crowd.members[0].subject


def _compared(before: State, after: State, renamed: dict[str, str], changes: Iterable[Change]) -> tuple[Opened, list[Crowded]]:
    """The contradictions and tensions opened, closed and altered; questions with too many contradictions on either side are only counted.
    A tension that a rule finds now is closed, and a contradiction opened."""
    crowded = {_topic_of_crowd(crowd) for state in (before, after) for crowd in state.findings.crowds}

    def listed(state: State, names: dict[str, str]) -> dict[tuple[Pair, bool], Conflict]:
        found = {}
        for conflict in state.findings.conflicts:
            if conflict.is_tension or topic_of(conflict) not in crowded:
                one, other = (names.get(name, name) for name in conflict.ids)
                found[(min(one, other), max(one, other)), conflict.is_tension] = conflict
        return found

    earlier, later = listed(before, renamed), listed(after, {})
    opened = [later[ids] for ids in sorted(later.keys() - earlier.keys())]
    closed = [earlier[ids] for ids in sorted(earlier.keys() - later.keys())]
    altered = [
        (earlier[ids], later[ids])
        for ids in sorted(earlier.keys() & later.keys())
        if _verdict(earlier[ids]) != _verdict(later[ids]) or _corrected(earlier[ids], renamed) != _corrected(later[ids], {})
    ]
    return Opened(opened, closed, altered), _counted(before, after, crowded, changes)


def _told(conflicts: Opened, hidden_before: Hidden, hidden_now: Hidden) -> Opened:
    """The contradictions without those of which a claim may stand in a file that could not be read: they are neither opened nor closed. Nor
    are those altered of which nothing changed but a correction that may stand in such a file."""

    def known(conflict: Conflict, hidden: Hidden) -> bool:
        return not any(hidden.may_hold(claim.id, claim.path) for claim in (conflict.one, conflict.other))

    def altered(one: Conflict, other: Conflict) -> bool:
        lost, new = (
            {by.id for _, by in there.corrections} - {by.id for _, by in here.corrections} for there, here in ((one, other), (other, one))
        )
        told = [not hidden_now.may_hold(by.id, by.path) for _, by in one.corrections if by.id in lost]
        told += [not hidden_before.may_hold(by.id, by.path) for _, by in other.corrections if by.id in new]
        return _verdict(one) != _verdict(other) or not told or any(told)

    return conflicts._replace(
        opened=[conflict for conflict in conflicts.opened if known(conflict, hidden_before)],
        closed=[conflict for conflict in conflicts.closed if known(conflict, hidden_now)],
        altered=[pair for pair in conflicts.altered if altered(*pair)],
    )


def _verdict(conflict: Conflict) -> tuple[str | None, ...]:
    return conflict.kind, conflict.strength, conflict.relation, *topic_of(conflict)


def _corrected(conflict: Conflict, names: dict[str, str]) -> set[tuple[str, str]]:
    """Which claim of a contradiction was corrected by which."""
    return {(names.get(name, name), names.get(by, by)) for name, by in conflict.corrected}


def _counted(before: State, after: State, crowded: set[Topic], changes: Iterable[Change]) -> list[Crowded]:
    """How many contradictions each crowded question has on both sides, where that differs, or where a claim changed that has some:
    as many may be others."""
    touched = {id(claim) for change in changes if change.of_meaning for claim in (change.before, change.after) if claim is not None}
    stirred = {
        _topic_of_crowd(crowd)
        for state in (before, after)
        for crowd in (state.findings.crowds if touched else ())
        if any(id(reading.claim) in touched for reading in (*crowd.members, *crowd.above))
    }
    counts: list[dict[Topic, tuple[int, int]]] = []
    for state in (before, after):
        conflicts = [conflict for conflict in state.findings.conflicts if topic_of(conflict) in crowded] if crowded else []
        counts.append(
            {
                (question.place, question.property, question.subject): (question.contradictions, question.certain)
                for question in questions(conflicts, state.ledger.vocabulary, state.findings.crowds)
            }
        )
    found = []
    for topic in sorted(crowded, key=lambda topic: (topic[0], topic[1], topic[2] or "")):
        (one, certain_before), (other, certain_after) = (count.get(topic, (0, 0)) for count in counts)
        if (one, certain_before) != (other, certain_after) or topic in stirred:
            found.append(Crowded(topic, one, other, certain_before, certain_after))
    return found


# -- quotes and seeds -------------------------------------------------------------------------------------------------------


def _broken(before: Ledger, after: Ledger, changes: Iterable[Change]) -> list[Claim]:
    """The claims whose quote stood in its seed, once, and does not any more."""
    pairs = [(one.claim, other.claim) for one, other in paired(before, after) if one is not None and other is not None]
    pairs += [(change.before, change.after) for change in changes if change.before and change.after and change.kind == "renamed"]
    broken = [other for one, other in pairs if one.found.ways == 1 and other.found.ways != 1 and other.found.looked]
    return sorted(broken, key=lambda claim: (claim.path, claim.line))


def _seed_changes(before: Ledger, after: Ledger, earlier_tree: Tree | None, later_tree: Tree) -> tuple[list[SeedChange], list[str]]:
    """What became of the files in seeds/: edited ones first, for a seed is never edited; then removed and added ones. And which could
    not be compared, in words."""
    old, new = ({file.seed.name: file.seed for file in ledger.files if file.seed is not None} for ledger in (before, after))
    claims: dict[str, list[Claim]] = defaultdict(list)
    for file in after.files:
        claims[file.seed_name] += file.claims
    found, unread = [], []
    for kind, names in (
        ("changed", set(before.seeds) & set(after.seeds)),
        ("removed", set(before.seeds) - set(after.seeds)),
        ("added", set(after.seeds) - set(before.seeds)),
    ):
        for name in sorted(names):
            differing: Lines
            one, other = old.get(name), new.get(name)
            if kind == "changed":
                if one is other is not None or _is_same(earlier_tree, later_tree, name):
                    continue
                bytes_before, bytes_after = _bytes(one, name, earlier_tree), _bytes(other, name, later_tree)
                if bytes_before is bytes_after is None and not _both_of_git(earlier_tree, later_tree):
                    unread.append(f"{SEEDS_FOLDER}/{one_line(name)} is larger than {MOST_COMPARED // 1024 // 1024} MiB: it is not compared")
                    continue
                if bytes_before == bytes_after is not None:
                    continue
                known = [data for data in (bytes_before, bytes_after) if data is not None]
                too_long = len(known) < 2 or max(map(len, known)) > MAX_SEED_BYTES
                differing = (1, (), ()) if too_long else _differing_lines(bytes_before, bytes_after)
            else:
                differing = (1, (), ())
            standing = sum(claim.found.ways == 1 for claim in claims[name])
            found.append(SeedChange(kind, name, *differing, len(claims[name]), standing))
    return found, unread


def _both_of_git(earlier: Tree | None, later: Tree) -> bool:
    return isinstance(earlier, GitTree) and isinstance(later, GitTree)


def _is_same(earlier: Tree | None, later: Tree, name: str) -> bool:
    """Whether git has one file for a seed on both sides, be it as large as it may."""
    path = f"{SEEDS_FOLDER}/{name}"
    return isinstance(earlier, GitTree) and isinstance(later, GitTree) and earlier.hash_of(path) == later.hash_of(path) is not None


def _bytes(seed: Seed | None, name: str, tree: Tree | None) -> bytes | None:
    """The bytes of a seed, of one that is too large to be quoted too; None where it is too large even to be compared."""
    if seed is not None:
        return seed.data
    try:
        return tree.read(f"{SEEDS_FOLDER}/{name}", MOST_COMPARED) if tree is not None else None
    except (NotThere, NotPlain, TooLarge):
        return None


Lines = tuple[int, tuple[str, ...], tuple[str, ...]]


def _differing_lines(before: bytes | None, after: bytes | None) -> Lines:
    """From the first line that differs to the last: its number, and the lines on both sides."""
    old, new = ((data or b"").decode("utf-8", "replace").split("\n") for data in (before, after))
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first + 1, tuple(old[first : len(old) - last]), tuple(new[first : len(new) - last])
