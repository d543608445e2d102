"""A second contradiction engine, written from DESIGN.md section 4 alone, to hold the real one against.

It proves by other means wherever that is possible: days, shares and figures are not compared as intervals but
tried out. "Certain" is "in every way the dates could have fallen", "possible" is "in some way", and the ways are
enumerated, on the critical days only (every bound of the two claims and its neighbours). A share or a figure is
the set of rational points at and just beside every bound that belong to it; places are walked. What DESIGN gives
as a formula (the next word, the hand-over, a count's stated start) is carried out as it is written.

Three files: claims and what they imply (oracle_claims.py), values and times (oracle_values.py, on the sets of oracle_ranges.py), and
here the next word and the verdicts. It reads valid ledgers only, and is slow and simple on purpose. It shares no code with the package under test.

Where DESIGN left a choice, this is the reading taken, with an input that shows it:

R1  The next word compares two claims of one mouth, so M's s- of a `../B` is already the day before B-.
    c: said 2025-11-10, absent; M: said 2025-11-10, holds ../2025-11-20, lasts P14D -> M is a next word on c.
R2  "Names the very value" compares what figures and dates mean, not their letters.
    c asserts `100`, M denies `100.0` -> M is a next word on c; so is `~100` for `90..110`.
R3  The hand-over's "the end B that the other states" is its earliest day, e-, also where B is several days.
    `2025-11-01/2025-11-10~` (e- = 7th) and `2025-11-07/..` said 2025-11-20 -> only possible.
R4  The hand-over's "latest start" need not be a stated one: a day on which something was said will do.
    `2025-11-01/2025-11-10` and a claim said 2025-11-10 without `holds` -> only possible.
R5  "A date D ... is no later" holds of every D: of choices, figures, asserted and denied events alike, and of the
    days of a `once` event.  Said 2025-11-10, holds 2025-11 -> up to 2025-11-10.
R6  What an event implies is presumed from its start in every case; the rule for "a day so long past" (of the row
    D) is not applied.  Event holds 2025-01-01, said 2025-11-10, lasts P14D -> its implication is presumed to
    2025-01-15.
R7  An event's implication keeps the event's start through further implications (never the row of the table for
    its `holds`), and "on ... only possibly" goes along.
    Event holds 2025-11-01/2025-11-05 implies a, a implies b -> b: start and vouched end in [1st, 5th].
R8  "Of one that says *on* only possibly": no overlap of such an implication is certain; its e- still counts when a
    next word has to "certainly reach" another claim.
    withdrawal on 2025-11-10 implies not russia; russia asserted 2025-11-09/2025-11-30 -> possible.
R9  Implied claims are next words, and are cut by next words, as written ones are ("counts in every respect").
    control: russia said 2025-11-10; withdrawal of russia by the same mouth 2025-11-12 -> presumed to 2025-11-11.
R10 "All of its place", "`100%` is all" and "of `part`" go by the range: `>=100%` and `100..100%` are all too; a
    denial of `>=0%` is one of `part`.
R11 A bound without another end has none at all, not nought: an asserted `<100` does not lie inside a denied
    `0..100`, and does inside a denied `<=100`.
R12 A percentage tolerance is taken of the most of the other claim and keeps its openness: with 10 %, `110` does
    not meet `<100` (most: under 110), and meets `<=100`.
R13 A claim of a choice without parts is of all of its place, whatever implies it.
    control (no parts): russia denied, russia asserted -> excluded.
R14 A timeless choice may imply one that is not; the implied claim then has no `holds`: the day it was said.
R15 `expects` and `doubts` bring no implications: only a claim that asserts does.
R16 The sides of `of` are taken up the whole chain until one is found.  a of b of c, only c has one -> c's.
R17 Where a tension names a pair twice, the first note counts; in files in the order given.
R18 "The first property by name" is by its id.
R19 A duration is added in one go: years and months together, clipped once, then weeks and days.
    2024-01-31 plus P1Y1M -> 2025-02-28.  A day beyond the calendar is for ever.
R20 `as_of` D with several days (not a day) would need said+ <= D-.
R21 A count's denial that is no bound (`100`, `~100`, `50..100`) where only one side states a start: one of the two
    is then surely the longer, so "each is of no longer a period than the other" fails -> none.
R22 A claim that disputes itself says nothing.
R23 "A day so long past that this ends before it was said" is asked, of `said: ../B`, of the earliest day on which it may have been
    said: only presumption, so only what is possible, hangs on it.  `said: ../2025-11-10`, holds 2024-10-26, lasts P14D -> 2024-10-26.
R24 The B by which an event without `holds` has happened is cut at published+ as said+ is.
R25 "One saying was relayed" goes by the year also within a mouth: only times and periods are no older than B- there.
    said ../2025-11-10 and 2024-11-10, of one mouth in two seeds -> relayed, where anything makes them a pair.
R26 `relayed` is told of every entry that is found or noted, also of a dispute and a tension.
R27 What was corrected is told of every entry, also of a dispute and a tension; of what is corrected in turn only the next one.
R28 Of counts, "certain only if both state a start" comes after the rule for periods: where only the whole states one, there is none.
R29 The tolerance of a part's pair is the whole's property's, also where the part's property has one and the whole's has none.
R30 Between the rules of a part and of one question there is no choice: a pair never falls under both.
R31 "Certain before possible" never decides by itself which meeting names a pair: the ways of one pair are all certain or all
    possible, but for those at a timeless property or the days of a `once` event, which are direct.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from oracle_claims import Claim, Ledger, Record, Verdict
from oracle_ranges import (
    FOREVER,
    Days,
    Figures,
    figures,
    one_day,
    written_date,
)
from oracle_values import Exclusions, days_meet

KINDS = ("denial", "figure", "exclusive", "tension")


@dataclass(frozen=True)
class Found:
    """One way in which two claims meet, found by a rule."""

    kind: str
    strength: str
    place: str
    property: str
    subject: str | None
    direct: bool = True

    def rank(self) -> tuple[bool, bool, str, int]:
        """Order the ways: certain, then direct, then by property, then by kind."""
        return self.strength != "certain", not self.direct, self.property, KINDS.index(self.kind)


class Oracle(Exclusions):
    """One ledger as it was known on a day; `trace` counts the rules reached, for the coverage of a generator."""

    def __init__(self, ledger: Ledger, as_of: str | None = None, trace: Counter[str] | None = None) -> None:
        super().__init__(ledger["vocabulary"], trace)
        self.known_by = FOREVER if as_of is None else written_date(as_of).first
        self.records: dict[str, Record] = {}
        self.files: dict[str, Record] = {}
        self.voices: dict[str, list[Claim]] = {}
        for file in ledger["files"]:
            for record in file["claims"]:
                claim = self.read(record, file)
                if claim.said.sure.last <= self.known_by:
                    self.records[claim.id], self.files[claim.id] = record, file
                    self.voices[claim.id] = [claim, *self.implied(claim, record.get("holds"))]
        self.tensions = [tension["claims"] for file in ledger["files"] for tension in file.get("tensions") or ()]
        spoken = [claim for voice in self.voices.values() for claim in voice]
        for voice in self.voices.values():
            voice[:] = [self.cut_by_next_words(claim, spoken) for claim in voice]

    def cut_by_next_words(self, claim: Claim, spoken: Iterable[Claim]) -> Claim:
        """End what is presumed of a claim the day before each next word of its mouth."""
        may = claim.times.may
        until, end = may.until, may.end.last
        if until > end:
            for word in spoken:
                if word.mouth == claim.mouth and self.is_next_word(word, claim):
                    until = min(until, max(end, word.times.own.start.last - 1))
        if until < may.until:
            self.trace["time: cut by a next word" + ("" if claim.written else ", of an implied claim")] += 1
        return replace(claim, times=replace(claim.times, may=replace(may, until=until)))

    def is_next_word(self, word: Claim, claim: Claim) -> bool:
        """Carry out the definition; both are of one mouth."""
        if (word.place, word.property, word.subject) != (claim.place, claim.property, claim.subject):
            return False
        time, word_time, said = claim.times.sure, word.times.own, word.said.sure
        later_said = said.first > claim.said.sure.last
        later_time = said.first >= claim.said.sure.last and word_time.start.first > time.end.last
        if not (later_said or later_time) or word.times.sure.end.first < time.end.last:
            return False
        prop = self.properties[claim.property]
        same = word.stance != "expects" and self.meaning(word) == self.meaning(claim)
        any_figure = word.stance == "asserts" and ("quantity" in prop or self.flag(claim.property, "date"))
        excludes = self.exclusion(word, claim) is not None
        if not (same or any_figure or excludes):
            return False
        how = "same value" if same else "any figure or date" if any_figure else "excluding"
        self.trace[f"next word: {how}, {'said later' if later_said else 'of a later time'}"] += 1
        return True

    def meaning(self, claim: Claim) -> Figures | Days | str | None:
        """Give what a value means: a range of figures or of days, or a choice."""
        if claim.value is None:
            return None
        if "quantity" in self.properties[claim.property]:
            return figures(claim.value)
        return one_day(claim.value) if self.flag(claim.property, "date") else claim.value

    def meeting(self, one: Claim, two: Claim) -> Found | None:
        """Decide by the rules whether two claims, written or implied, contradict each other."""
        for part, whole in ((one, two), (two, one)):
            if self.is_part(part, whole):
                kind, strength = self.part_against_whole(part, whole)
                smaller = part
                break
        else:
            if (one.property, one.subject) != (two.property, two.subject):
                return None
            kind = self.exclusion(one, two)
            strength = self.strength(one, two) if kind else None
            smaller = one if self.lies_within(one.place, two.place) else two
        if not kind or not strength:
            return None
        if one.hedged or two.hedged:
            strength = "possible"
        return Found(kind, strength, smaller.place, smaller.property, smaller.subject, one.written and two.written)

    def found(self, one: str, two: str) -> Found | None:
        """Decide about two written claims, by ids in order: disputes, then rules, then tensions."""
        for disputing, other in ((one, two), (two, one)):
            if other in (self.records[disputing].get("disputes") or ()):
                hedged = self.voices[one][0].hedged or self.voices[two][0].hedged
                self.trace["by: dispute"] += 1
                return self.noted("denial", "possible" if hedged else "certain", disputing)
        meetings = [self.meeting(x, y) for x in self.voices[one] for y in self.voices[two]]
        ways_found = [meeting for meeting in meetings if meeting]
        if ways_found:
            self.trace["by: rule" if len(ways_found) == 1 else "by: rules, several ways"] += 1
            return min(ways_found, key=Found.rank)
        for pair in self.tensions:
            if set(pair) == {one, two}:
                self.trace["by: tension"] += 1
                return self.noted("tension", "possible", pair[0])
        return None

    def noted(self, kind: str, strength: str, id: str) -> Found:
        """Give an entry that a person made, about what the named claim is about."""
        claim = self.voices[id][0]
        return Found(kind, strength, claim.place, claim.property, claim.subject)

    def relation(self, one: str, two: str) -> str:
        """Say how the claimants of two claims stand to each other."""
        if self.voices[one][0].mouth == self.voices[two][0].mouth:
            return "relayed" if self.passed_on(one, two) else "own"
        side = self.side(self.records[one]["claimant"])
        return "within" if side and side == self.side(self.records[two]["claimant"]) else "across"

    def passed_on(self, one: str, two: str) -> bool:
        """Say whether two claims of one mouth may be one saying, passed on in two ways."""
        first, second = self.voices[one][0], self.voices[two][0]
        if (first.place, first.property, first.subject) != (second.place, second.property, second.subject):
            return False
        if not days_meet(first.said.may, second.said.may):
            return False
        if self.files[one] is not self.files[two]:
            self.trace["relayed: in two seeds"] += 1
            return True
        via, others = (self.records[id].get("via") or () for id in (one, two))
        apart = bool(via and others) and not set(via) & set(others)
        self.trace["relayed: in one seed, by others" if apart else "relayed: no, in one seed, not by others"] += 1
        return apart

    def corrections(self, *ids: str) -> list[list[str]]:
        """List each of these claims with each claim that corrects it."""
        found = {(corrected, id) for id, record in self.records.items() for corrected in self.corrected_by(record)}
        return [[corrected, by] for corrected, by in sorted(found) if corrected in ids]

    def corrected_by(self, record: Record) -> Iterable[str]:
        """Give what a claim corrects; nothing before its file was certainly published."""
        published = one_day(self.files[record["id"]]["published"])
        return record.get("corrects") or () if published.last <= self.known_by else ()

    def verdicts(self) -> Iterator[tuple[Verdict, Found]]:
        """Yield an entry for each pair that contradicts, in order, and how it was found."""
        for one, two in combinations(sorted(self.voices), 2):
            found = self.found(one, two)
            if found:
                entry: Verdict = {"claims": [one, two], "kind": found.kind, "strength": found.strength}
                entry |= {"relation": self.relation(one, two), "place": found.place, "property": found.property}
                yield entry | {"subject": found.subject, "corrected": self.corrections(one, two)}, found


def verdicts(ledger: Ledger, as_of: str | None = None) -> list[Verdict]:
    """Give the contradictions of a ledger, one entry a pair, as DESIGN section 7 lists them (without reasons)."""
    return [entry for entry, _ in Oracle(ledger, as_of).verdicts()]
