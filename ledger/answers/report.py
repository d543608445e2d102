"""What a report tells of one ledger: the claims that were asked for, their contradictions, who agrees with whom, and what was read of which text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.answers.agreement import Supports, is_doubted_by, is_expected_by
from ledger.answers.claimants import Tally, selected, tally
from ledger.answers.filters import Filter, conflict_matches, crowd_asked_for, times_by_claim
from ledger.answers.listed import Listed, listed
from ledger.answers.timeline import Timeline, own_entries, timelines
from ledger.conflicts import Conflict, Findings, find_conflicts
from ledger.conflicts.accounts import Account
from ledger.conflicts.finder import every_conflict
from ledger.conflicts.questions import Question, questions
from ledger.model import Claim, ClaimsFile, Ledger

MOST_AGREEING = 3  # of one claim are named; the others are counted


class Stance(NamedTuple):
    """How others stand to one claim: those who agree (the first of them, and how many there are; None: too many to be compared), who doubt
    it, who expected it."""

    agreeing: tuple[Claim, ...]
    agreed: int | None
    doubting: tuple[Claim, ...]
    expecting: tuple[Claim, ...]


class Told(NamedTuple):
    """What a report tells. `asked` are the claims that were asked for, `beside` those that only their contradictions bring; `conflicts` the
    pairs that are listed, `gathered` their questions, ruled ones first, `drawn` all questions over time; `written` has the account of each claim."""

    asked: Listed
    beside: list[Claim]
    findings: Findings
    conflicts: list[Conflict]
    gathered: list[Question]
    drawn: list[Timeline]
    written: dict[str, Account]
    stances: dict[str, Stance]
    tally: Tally
    files: list[ClaimsFile]

    def claims(self) -> list[Claim]:
        """Every claim that is told."""
        return [*self.asked.claims, *self.beside]

    def every(self, wanted: Filter, ledger: Ledger) -> Iterator[Conflict]:
        """Every conflict that was asked for, by ids, those that are too many to be listed too."""
        return matching(self.findings, wanted, ledger, self.written)


def matching(findings: Findings, wanted: Filter, ledger: Ledger, written: Mapping[str, Account]) -> Iterator[Conflict]:
    """Every conflict that was asked for, by ids, one at a time."""
    seeds, times = {file.path: file.seed_name for file in ledger.files}, times_by_claim(written.values())
    return (
        conflict
        for conflict in every_conflict(findings, ledger.vocabulary)
        if conflict_matches(conflict, wanted, ledger.vocabulary, seeds, times)
    )


def told(ledger: Ledger, left_out: Collection[tuple[str, int]], wanted: Filter, day: int | None) -> Told:
    """What a report tells of what was asked for; `left_out` are the claims with a defect, by path and line, `day` that of `--as-of`."""
    vocabulary = ledger.vocabulary
    asked = listed(ledger, left_out, wanted, day)
    findings = find_conflicts(ledger, left_out, day)
    read = findings.readings
    times = times_by_claim(read)
    written = {account.claim.id: account for account in read if not account.steps}
    seeds = {file.path: file.seed_name for file in ledger.files}
    findings = findings._replace(crowds=[crowd for found in findings.crowds if (crowd := crowd_asked_for(found, wanted)) is not None])

    def matches(conflict: Conflict) -> bool:
        return conflict_matches(conflict, wanted, vocabulary, seeds, times)

    conflicts = [conflict for conflict in findings.conflicts if matches(conflict)]
    one_by_one = wanted.claimants or wanted.side or wanted.seed or wanted.has_dates()
    gathered = questions(conflicts, vocabulary, findings.crowds, matches if one_by_one else None)
    known = {(claim.path, claim.line) for claim in asked.claims}
    needed = {claim.id: claim for found in gathered for position in found.positions for claim in position.claims}
    needed.update({claim.id: claim for conflict in conflicts for claim in (conflict.one, conflict.other)})
    beside = [claim for claim in needed.values() if (claim.path, claim.line) not in known]
    beside.sort(key=lambda claim: (claim.path, claim.line))
    every = [claim for claim in (*asked.claims, *beside) if claim.id in written and written[claim.id].claim is claim]
    drawn = [own_entries(each) for each in timelines(every, conflicts, findings.crowds, times, vocabulary)]
    supports = Supports(findings.taking_part, findings.conflicts, ledger, every)
    counted = tally(*selected(findings.taking_part, findings.conflicts, wanted, ledger, times), supports, ledger, later=False)
    paths = {claim.path for claim in (*asked.claims, *beside)}
    narrowed = wanted != Filter()
    files = [file for file in ledger.files if file.path in paths or not narrowed]
    return Told(asked, beside, findings, conflicts, gathered, drawn, written, _stances(every, supports, findings, ledger), counted, files)


def _stances(claims: Iterable[Claim], supports: Supports, findings: Findings, ledger: Ledger) -> dict[str, Stance]:
    """How others stand to each of some claims."""
    open_words: dict[tuple[str, str, str | None], list[Claim]] = defaultdict(list)
    for claim in findings.taking_part:
        if claim.stance in ("doubts", "expects"):
            open_words[claim.place, claim.property, claim.subject].append(claim)
    found = {}
    for claim in claims:
        near = open_words.get((claim.place, claim.property, claim.subject), ())
        first, number = supports.agreeing(claim, MOST_AGREEING) or ([], None)
        found[claim.id] = Stance(
            tuple(first),
            number,
            tuple(other for other in near if is_doubted_by(claim, other, ledger.vocabulary)),
            tuple(other for other in near if is_expected_by(claim, other, ledger.vocabulary)),
        )
    return found
