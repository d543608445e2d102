"""The oracle's rules: values that exclude each other, and how surely they do so at times that overlap (see oracle.py)."""

from __future__ import annotations

from oracle_claims import Claim, Readings
from oracle_ranges import (
    FOREVER,
    Days,
    both_ways,
    figures,
    handed_over,
    inside,
    meet,
    more_than_whole,
    no_longer,
    one_day,
    share,
    surpasses,
)


class Exclusions(Readings):
    """Decides about two claims by their places, shares, values and times."""

    def exclusion(self, one: Claim, two: Claim) -> str | None:
        """Give the kind in which two claims of one question exclude each other by places, shares and values."""
        if one.place != two.place:
            nested = self.lies_within(one.place, two.place) or self.lies_within(two.place, one.place)
            parted = self.flag(one.property, "event") or ("values" in self.properties[one.property] and self.flag(one.property, "parts"))
            if not nested or not parted:
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
        return self.overlap(one, two)

    def overlap(self, one: Claim, two: Claim) -> str | None:
        """Say how surely the times of two claims overlap, trying out how they may fall."""
        one_mouth = one.mouth == two.mouth
        may = both_ways(one.times.possible(one_mouth), two.times.possible(one_mouth), True)
        if not any(s1 <= e2 and s2 <= e1 for (s1, e1), (s2, e2) in may):
            return None
        sure = list(both_ways(one.times.sure, two.times.sure, False))
        if not all(s1 <= e2 and s2 <= e1 for (s1, e1), (s2, e2) in sure):
            return "possible"
        if handed_over(one.times.sure, two.times.sure):
            self.trace["time: handed over"] += 1
            return "possible"
        if any(claim.on and not claim.written for claim in (one, two)):
            self.trace["time: implied by an event that says on"] += 1
            return "possible"
        starts = [(s1, s2) for (s1, _), (s2, _) in sure]
        for claim, pairs in ((one, starts), (two, [(s2, s1) for s1, s2 in starts])):
            if claim.on and claim.stance == "asserts" and not all(event < denied for event, denied in pairs):
                self.trace["time: an event on the day of its denial"] += 1
                return "possible"
        return "certain"

    def strength_of_counts(self, one: Claim, two: Claim) -> str | None:
        """Say how surely the periods of two counts that exclude each other bear on each other."""
        if one.stance == two.stance:
            pair = self.larger_first(one, two)
            assert pair
            return no_longer(pair[0].times, pair[1].times, one.mouth == two.mouth)
        assertion, denial = (one, two) if one.stance == "asserts" else (two, one)
        asked = [(assertion, denial), (denial, assertion)]
        if (denial.value or "").startswith(">"):
            del asked[1]
        elif (denial.value or "").startswith("<"):
            del asked[0]
        answers = [no_longer(first.times, second.times, one.mouth == two.mouth) for first, second in asked]
        return None if None in answers else "possible" if "possible" in answers else "certain"

    # The figure of a part against that of its whole

    def is_part(self, part: Claim, whole: Claim) -> bool:
        """Say whether a claim is of the part of another: of a place within its place, or of a property that is part of its own."""
        if "quantity" not in self.properties[whole.property] or part.subject != whole.subject:
            return False
        within = self.lies_within(part.place, whole.place) and self.flag(whole.property, "parts")
        if part.property == whole.property:
            return within
        return whole.property in self.wholes(part.property) and (within or part.place == whole.place)

    def part_against_whole(self, part: Claim, whole: Claim) -> tuple[str | None, str | None]:
        """Give the kind in which the figure of a part excludes that of its whole, and how surely it does."""
        small, large = figures(part.value or ""), figures(whole.value or "")
        kind = None
        if part.stance == whole.stance == "asserts":
            if surpasses(small, large, self.properties[whole.property].get("tolerance")):
                kind = "figure"
        elif (part.stance, whole.stance) == ("asserts", "denies"):
            if (whole.value or "").startswith(">") and inside(small, large):
                kind = "denial"
        elif (part.stance, whole.stance) == ("denies", "asserts") and (part.value or "").startswith("<") and inside(large, small):
            kind = "denial"
        if kind is None or self.flag(part.property, "timeless"):
            return kind, "certain"
        if not self.flag(part.property, "cumulative"):
            return kind, self.overlap(part, whole)
        strength = no_longer(part.times, whole.times, part.mouth == whole.mouth)
        if strength == "certain" and not part.times.sure.states_start:
            self.trace["time: a part's count, no start stated"] += 1
            strength = "possible"
        return kind, strength


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
