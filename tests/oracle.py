"""A second contradiction engine, written from DESIGN.md section 4 alone, to hold the real one against.

It proves by other means wherever that is possible: days, shares and figures are not compared as intervals but
tried out. "Certain" is "in every way the dates could have fallen", "possible" is "in some way", and the ways are
enumerated, on the critical days only (every bound of the two claims and its neighbours). A share or a figure is
the set of rational points at and just beside every bound that belong to it; places are walked. What DESIGN gives
as a formula (the next word, the hand-over, a count's stated start) is carried out as it is written.

It reads valid ledgers only, and is slow and simple on purpose. It shares no code with the package under test.

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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from oracle_ranges import (
    FOREVER,
    Days,
    Figures,
    Time,
    critical_days,
    event_days,
    figures,
    fitted,
    handed_over,
    inside,
    meet,
    more_than_whole,
    moved,
    no_longer,
    one_day,
    says_on,
    share,
    surpasses,
    time_of_state,
    ways,
    written_date,
)

Ledger = Mapping[str, Any]
Record = Mapping[str, Any]
Verdict = dict[str, Any]

KINDS = ("denial", "figure", "exclusive", "tension")

# --- Claims, written and implied ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Claim:
    """One claim, with what the rules ask of it; an implied one bears the id of the claim that brings it."""

    id: str
    written: bool
    place: str
    property: str
    subject: str | None
    value: str | None
    extent: Figures
    stance: str
    said: Days
    hedged: bool
    mouth: tuple[str, ...]
    time: Time
    event: Days | None = None  # when the event started: of an asserted one, and of all that it implies
    on: bool = False  # that event is said to have happened *on* these days, and not *by* them


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


class Oracle:
    """One ledger as it was known on a day; `trace` counts the rules reached, for the coverage of a generator."""

    def __init__(self, ledger: Ledger, as_of: str | None = None, trace: Counter[str] | None = None) -> None:
        vocabulary = ledger["vocabulary"]
        self.places: Mapping[str, Record] = vocabulary["places"]
        self.claimants: Mapping[str, Record] = vocabulary["claimants"]
        self.properties: Mapping[str, Record] = vocabulary["properties"]
        self.trace: Counter[str] = Counter() if trace is None else trace
        self.records: dict[str, Record] = {}
        self.voices: dict[str, list[Claim]] = {}
        for file in ledger["files"]:
            for record in file["claims"]:
                claim = self.read(record, file)
                if as_of is None or claim.said.last <= written_date(as_of).first:
                    self.records[claim.id] = record
                    self.voices[claim.id] = [claim, *self.implied(claim, record.get("holds"))]
        self.tensions = [tension["claims"] for file in ledger["files"] for tension in file.get("tensions") or ()]
        spoken = [claim for voice in self.voices.values() for claim in voice]
        for voice in self.voices.values():
            voice[:] = [self.cut_by_next_words(claim, spoken) for claim in voice]

    def flag(self, property_id: str, *names: str) -> bool:
        """Say whether any of these options of a property is set."""
        return any(self.properties[property_id].get(name) == "true" for name in names)

    def chain(self, claimant: str) -> list[str]:
        """Give a claimant, whom it speaks for, and so on to the top."""
        found = [claimant]
        while above := self.claimants[found[-1]].get("of"):
            found.append(above)
        return found

    def side(self, claimant: str) -> str | None:
        """Give the first side along the chain."""
        return next((side for link in self.chain(claimant) if (side := self.claimants[link].get("side"))), None)

    # What was written, and what that implies

    def read(self, record: Record, file: Record) -> Claim:
        """Make a claim of its record."""
        said = one_day(record["said"])
        said = Days(said.first, min(said.last, one_day(file["published"]).last))
        prop, holds, stance = record["property"], record.get("holds"), record.get("stance") or "asserts"
        top = self.chain(record["claimant"])[-1]
        lasts = self.properties[prop].get("lasts")
        event, on = None, False
        if not self.flag(prop, "event"):
            time = time_of_state(holds, said, lasts)
        elif stance == "denies":
            time = time_of_state(holds, said, None)
        else:
            event, on = event_days(holds, said), says_on(holds)
            last_from = lasts or "forever"
            end = Days(moved(event.first, last_from), moved(event.last, last_from))
            time = fitted(Time(event, end, end.last, event.first))
        return Claim(
            id=record["id"],
            written=True,
            place=record["place"],
            property=prop,
            subject=record.get("subject"),
            value=record.get("value"),
            extent=share(record.get("extent") or "all"),
            stance=stance,
            said=said,
            hedged=bool(record.get("hedge")),
            mouth=(top, file["name"]) if self.claimants[top].get("kind") == "unnamed" else (top,),
            time=time,
            event=event,
            on=on,
        )

    def implied(self, claim: Claim, holds: str | None) -> Iterator[Claim]:
        """Yield the claims that a claim brings, and those that they bring in turn."""
        if claim.stance != "asserts" or claim.extent != share("all"):
            return
        told = self.properties[claim.property].get("implies") or ()
        if isinstance(told, Mapping):
            told = told.get(claim.value) or ()
        for item in told:
            if item.get("subject") not in (None, claim.subject):
                continue
            prop = self.properties[item["property"]]
            time = time_of_state(holds, claim.said, prop.get("lasts"))
            if claim.event is not None:
                until = moved(claim.event.last, prop.get("lasts"))
                time = Time(claim.event, claim.event, until, claim.event.first)
            brought = replace(
                claim,
                written=False,
                property=item["property"],
                subject=claim.subject if prop.get("subjects") else None,
                value=item["value"],
                extent=share(item.get("extent") or "all"),
                stance=item.get("stance") or "asserts",
                time=time,
            )
            yield brought
            yield from self.implied(brought, holds)

    # The next word of the same mouth

    def cut_by_next_words(self, claim: Claim, spoken: Iterable[Claim]) -> Claim:
        """End what is presumed of a claim the day before each next word of its mouth."""
        until, end = claim.time.until, claim.time.end.last
        if until > end:
            for word in spoken:
                if word.mouth == claim.mouth and self.is_next_word(word, claim):
                    until = min(until, max(end, word.time.start.last - 1))
        if until < claim.time.until:
            self.trace["time: cut by a next word" + ("" if claim.written else ", of an implied claim")] += 1
        return replace(claim, time=replace(claim.time, until=until))

    def is_next_word(self, word: Claim, claim: Claim) -> bool:
        """Carry out the definition; both are of one mouth."""
        if (word.place, word.property, word.subject) != (claim.place, claim.property, claim.subject):
            return False
        later_said = word.said.first > claim.said.last
        later_time = word.said.first >= claim.said.last and word.time.own_first > claim.time.end.last
        if not (later_said or later_time) or word.time.end.first < claim.time.end.last:
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

    # Places

    def lies_within(self, small: str, large: str) -> bool:
        """Walk up from one place and look for the other."""
        above = self.places[small].get("within")
        return above is not None and (above == large or self.lies_within(above, large))

    # Values that exclude each other, whatever the times

    def exclusion(self, one: Claim, two: Claim) -> str | None:
        """Give the kind in which two claims of one question exclude each other by places, shares and values."""
        if one.place != two.place:
            nested = self.lies_within(one.place, two.place) or self.lies_within(two.place, one.place)
            if not nested or not self.flag(one.property, "event", "parts"):
                return None
        stances = one.stance, two.stance
        if stances == ("asserts", "asserts"):
            return self.assertions_exclude(one, two)
        if stances == ("asserts", "denies"):
            return "denial" if self.denial_excludes(one, two) else None
        if stances == ("denies", "asserts"):
            return "denial" if self.denial_excludes(two, one) else None
        return None

    def assertions_exclude(self, one: Claim, two: Claim) -> str | None:
        """Give the kind in which two assertions exclude each other."""
        prop = self.properties[one.property]
        if "values" in prop:
            for small, large in ((one, two), (two, one)):
                if self.lies_within(small.place, large.place) and large.extent != share("all"):
                    return None
            if one.value == two.value:
                return None if meet(one.extent, two.extent) else "figure"
            if any({one.value, two.value} == set(pair) for pair in prop.get("compatible") or ()):
                return None
            return "exclusive" if more_than_whole(one.extent, two.extent) else None
        if "quantity" in prop:
            return "figure" if self.larger_first(one, two) else None
        if self.flag(one.property, "date"):
            assert one.value and two.value
            return None if days_meet(one_day(one.value), one_day(two.value)) else "figure"
        if self.flag(one.property, "once") and one.place == two.place:
            return None if days_meet(possible_days(one), possible_days(two)) else "figure"
        return None

    def larger_first(self, one: Claim, two: Claim) -> tuple[Claim, Claim] | None:
        """Give the larger and the smaller of two figures that do not meet."""
        assert one.value and two.value
        tolerance = self.properties[one.property].get("tolerance")
        for larger, smaller in ((one, two), (two, one)):
            if surpasses(figures(larger.value or ""), figures(smaller.value or ""), tolerance):
                return larger, smaller
        return None

    def denial_excludes(self, assertion: Claim, denial: Claim) -> bool:
        """Say whether a denial excludes an assertion by places, shares and values."""
        prop = self.properties[denial.property]
        assertion_is_larger = self.lies_within(denial.place, assertion.place)
        denial_is_larger = self.lies_within(assertion.place, denial.place)
        if self.flag(denial.property, "event"):
            return not (assertion_is_larger if not self.flag(denial.property, "parts") else denial_is_larger)
        if "values" in prop:
            if assertion.value != denial.value:
                return False
            if assertion_is_larger:
                return assertion.extent == share("all")
            if denial_is_larger:
                return denial.extent == share("part")
            return inside(assertion.extent, denial.extent)
        assert assertion.value and denial.value
        if "quantity" in prop:
            return inside(figures(assertion.value), figures(denial.value))
        if self.flag(denial.property, "date"):
            denied = one_day(denial.value)
            return all(denied.first <= day <= denied.last for day in every_day(one_day(assertion.value)))
        return False

    # Times that overlap

    def strength(self, one: Claim, two: Claim) -> str | None:
        """Say how surely two claims that exclude each other do so at times that overlap; hedges aside."""
        if self.flag(one.property, "timeless"):
            return "certain"
        if self.flag(one.property, "once") and one.stance == two.stance:
            return "certain"
        if self.flag(one.property, "cumulative"):
            return self.strength_of_counts(one, two)
        one_mouth = one.mouth == two.mouth
        critical = critical_days(one.time, two.time)
        may = [ways(claim.time, critical, one_mouth, True) for claim in (one, two)]
        if not any(s1 <= e2 and s2 <= e1 for s1, e1 in may[0] for s2, e2 in may[1]):
            return None
        must = [ways(claim.time, critical, one_mouth, False) for claim in (one, two)]
        if not all(s1 <= e2 and s2 <= e1 for s1, e1 in must[0] for s2, e2 in must[1]):
            return "possible"
        if handed_over(one.time, two.time):
            self.trace["time: handed over"] += 1
            return "possible"
        for claim, starts, others in ((one, must[0], must[1]), (two, must[1], must[0])):
            if claim.on and not claim.written:
                self.trace["time: implied by an event that says on"] += 1
                return "possible"
            if claim.on and claim.stance == "asserts" and not all(s1 < s2 for s1, _ in starts for s2, _ in others):
                self.trace["time: an event on the day of its denial"] += 1
                return "possible"
        return "certain"

    def strength_of_counts(self, one: Claim, two: Claim) -> str | None:
        """Say how surely the periods of two counts that exclude each other bear on each other."""
        if one.stance == two.stance:
            pair = self.larger_first(one, two)
            assert pair
            return no_longer(pair[0].time, pair[1].time)
        assertion, denial = (one, two) if one.stance == "asserts" else (two, one)
        asked = [(assertion, denial), (denial, assertion)]
        if (denial.value or "").startswith(">"):
            del asked[1]
        elif (denial.value or "").startswith("<"):
            del asked[0]
        answers = [no_longer(first.time, second.time) for first, second in asked]
        return None if None in answers else "possible" if "possible" in answers else "certain"

    # Verdicts

    def meeting(self, one: Claim, two: Claim) -> Found | None:
        """Decide by the rules whether two claims, written or implied, contradict each other."""
        if (one.property, one.subject) != (two.property, two.subject):
            return None
        kind = self.exclusion(one, two)
        strength = self.strength(one, two) if kind else None
        if not kind or not strength:
            return None
        if one.hedged or two.hedged:
            strength = "possible"
        place = one.place if self.lies_within(one.place, two.place) else two.place
        return Found(kind, strength, place, one.property, one.subject, one.written and two.written)

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
            return "own"
        side = self.side(self.records[one]["claimant"])
        return "within" if side and side == self.side(self.records[two]["claimant"]) else "across"

    def verdicts(self) -> Iterator[tuple[Verdict, Found]]:
        """Yield an entry for each pair that contradicts, in order, and how it was found."""
        for one, two in combinations(sorted(self.voices), 2):
            found = self.found(one, two)
            if found:
                entry: Verdict = {"claims": [one, two], "kind": found.kind, "strength": found.strength}
                entry |= {"relation": self.relation(one, two), "place": found.place}
                yield entry | {"property": found.property, "subject": found.subject}, found


def every_day(days: Days) -> range:
    """Give every day of a range."""
    return range(days.first, days.last + 1)


def possible_days(claim: Claim) -> Days:
    """Give the days on which an asserted event may have happened: *by* B is any day up to B+."""
    assert claim.event
    return Days(claim.event.first if claim.on else -FOREVER, claim.event.last)


def days_meet(one: Days, two: Days) -> bool:
    """Say whether some day is in both ranges, trying the bounds of both."""
    tried = {one.first, one.last, two.first, two.last}
    return any(one.first <= day <= one.last and two.first <= day <= two.last for day in tried)


def verdicts(ledger: Ledger, as_of: str | None = None) -> list[Verdict]:
    """Give the contradictions of a ledger, one entry a pair, as DESIGN section 7 lists them (without reasons)."""
    return [entry for entry, _ in Oracle(ledger, as_of).verdicts()]
