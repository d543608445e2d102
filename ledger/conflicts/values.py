"""What two values of a property say of each other, whatever their times: one class for each kind of property (DESIGN section 4,
"Places and shares" and "Values"). Who adds a kind adds it here, and to `KINDS`.

Of two nested places `larger` says whose is the larger one: `one`, `other`, or nothing where both speak of the same. Of two figures it
says which is that of the whole.
"""

from __future__ import annotations

import math
from builtins import property as computed  # what is said has a field called `property`
from math import inf
from typing import Protocol

from ledger.conflicts.times import Time, time_of
from ledger.model import Claim, Property
from ledger.texts.dates import Days, format_day
from ledger.texts.figures import Range, parse_figure, same_figure

ALL = Range(100, False, 100, False)


class Said(Protocol):
    """What is compared of a claim, written or implied (`accounts.Account`)."""

    @computed
    def claim(self) -> Claim:
        """The claim that is written."""

    @computed
    def property(self) -> Property:
        """What it is said of."""

    @computed
    def value(self) -> str | None:
        """The value as it is written."""

    @computed
    def stance(self) -> str:
        """How it is said."""

    @computed
    def share(self) -> Range:
        """Of what share of the place."""

    @computed
    def figure(self) -> Range | None:
        """The range of a quantity, of the days of a date or of a `once` event."""

    @computed
    def time(self) -> Time:
        """When it holds."""


# -- ranges -----------------------------------------------------------------------------------------------------------


def is_all(share: Range | None) -> bool:
    """Whether a share is the whole place."""
    return share is None or share.least == 100


def is_part(share: Range | None) -> bool:
    """Whether a share may be any, however small."""
    return share is not None and share.least == 0 and share.most == 100


def no_less(one: Range, other: Range) -> bool:
    """Whether the least share of `one` is no smaller than that of `other` (over 50 is more than 50)."""
    return one.least > other.least or (one.least == other.least and (one.least_open or not other.least_open))


def fill_more_than_all(one: Range, other: Range) -> bool:
    """Whether the least shares add up to more than 100 %."""
    total = one.least + other.least
    return total > 100 or (total == 100 and (one.least_open or other.least_open))


def figures_asserted(known: Property, one: Range, other: Range) -> int:
    """1 where `one` is the larger of two figures that do not meet, -1 where `other` is, 0 where they meet."""
    if one.above(other, known.tolerance):
        return 1
    return -1 if other.above(one, known.tolerance) else 0


# -- kinds ------------------------------------------------------------------------------------------------------------


class Kind:
    """A kind of property. What it does not say otherwise: nothing excludes anything, of nested places nothing reaches down."""

    def asserted(self, one: Said, other: Said, larger: str) -> str:
        """`figure` or `exclusive` where two assertions can't both hold, else nothing."""
        return ""

    def denied(self, asserted: Said, denied: Said, larger: str) -> bool:
        """Whether a denial excludes an assertion; here `larger` is `asserted`, `denied` or nothing."""
        return False

    def reaches_down(self, said: Said) -> bool:
        """Whether what is said of a larger place can exclude what is said of a place within it."""
        return False

    def says_more(self, word: Said, said: Said) -> bool:
        """Whether a next word names the very value of what was said, or excludes it by its values, or asserts any figure or date."""
        if word.stance == "asserts":
            return True
        if word.stance != "expects" and word.figure == said.figure:
            return True
        return (
            word.stance == "denies"
            and said.stance == "asserts"
            and word.figure is not None
            and said.figure is not None
            and said.figure.within(word.figure)
        )

    def same(self, claim: Claim, other: Claim, known: Property) -> bool:
        """Whether two claims name the same value (figures to within the tolerance; days that meet)."""
        return claim.value == other.value

    # in words

    def fitting(self, one: Said, other: Said) -> str:
        """Why two values of one place exclude nothing, where one is asserted."""
        return ""

    def nested(self, larger: Said, places: tuple[str, str]) -> str:
        """Why two values of nested places exclude nothing; `places` are the names of the larger and of the smaller."""
        return ""


class Choice(Kind):
    """One of several values, of all of a place or of a share of it."""

    def asserted(self, one: Said, other: Said, larger: str) -> str:
        if (larger == "one" and not is_all(one.share)) or (larger == "other" and not is_all(other.share)):
            return ""
        if one.value == other.value:
            return "figure" if one.share.above(other.share) or other.share.above(one.share) else ""
        if frozenset((one.value, other.value)) in one.property.compatible:
            return ""
        return "exclusive" if fill_more_than_all(one.share, other.share) else ""

    def denied(self, asserted: Said, denied: Said, larger: str) -> bool:
        if asserted.value != denied.value:
            return False
        if not larger:
            return no_less(asserted.share, denied.share)
        return is_all(asserted.share) if larger == "asserted" else is_part(denied.share)

    def reaches_down(self, said: Said) -> bool:
        return is_all(said.share) if said.stance == "asserts" else is_part(said.share)

    def says_more(self, word: Said, said: Said) -> bool:
        if word.value == said.value:
            return word.stance != "expects"
        return word.stance == said.stance == "asserts" and bool(self.asserted(word, said, ""))

    def same(self, claim: Claim, other: Claim, known: Property) -> bool:
        return claim.value == other.value and (claim.share is None or other.share is None or _same_share(claim, other))

    def fitting(self, one: Said, other: Said) -> str:
        if one.stance != other.stance:
            if one.value != other.value:
                return "the one denies another value than the other asserts"
            return "the denial is of a larger share than the assertion"
        if one.value == other.value:
            return "both say the same"
        if frozenset((one.value or "", other.value or "")) in one.property.compatible:
            return "the two values are compatible"
        return "the two shares fit beside each other in one place"

    def nested(self, larger: Said, places: tuple[str, str]) -> str:
        return f"`{larger.claim.id}` is not said of all of {places[0]}, so it says nothing of {places[1]} within it"


def _same_share(claim: Claim, other: Claim) -> bool:
    """Whether two shares of a place are the same: figures as they are written, not cut to what a place has (`>=60%` is a bound)."""
    return claim.share == other.share or same_figure(_written_share(claim), _written_share(other))


def _written_share(claim: Claim) -> Range:
    assert claim.share is not None
    if claim.extent is not None and claim.extent.endswith("%"):
        return parse_figure(claim.extent[:-1])
    return claim.share if claim.share.least == 100 else claim.share._replace(most=math.inf)  # all; most, part


class Event(Kind):
    """It has happened or it has not; where `once`, at most once."""

    def asserted(self, one: Said, other: Said, larger: str) -> str:
        return "figure" if one.property.once and not larger and _do_not_meet(one, other) else ""

    def denied(self, asserted: Said, denied: Said, larger: str) -> bool:
        return not larger or larger == ("asserted" if asserted.property.parts else "denied")

    def reaches_down(self, said: Said) -> bool:
        return (said.stance == "asserts") == said.property.parts

    def same(self, claim: Claim, other: Claim, known: Property) -> bool:
        """Of what happens once: whether it can have happened on one day (said to have happened *by* a day: any day up to it)."""
        if not known.once or claim.stance != "asserts" or other.stance != "asserts" or claim.said_days is None or other.said_days is None:
            return True
        one, two = time_of(claim, known), time_of(other, known)
        return not (one.on and one.start > two.start_latest) and not (two.on and two.start > one.start_latest)

    def fitting(self, one: Said, other: Said) -> str:
        return "both say that it happened, and it may happen more than once"

    def nested(self, larger: Said, places: tuple[str, str]) -> str:
        down = larger.property.parts
        rule = "what happened to the whole happened to each part" if down else "what happened in a part happened in the whole"
        return f"of {places[0]} and {places[1]} within it, {rule}, but not the other way round"


class Quantity(Kind):
    """A figure, or a range of figures."""

    noun = "figures"

    def asserted(self, one: Said, other: Said, larger: str) -> str:
        if not larger:
            return "figure" if _do_not_meet(one, other) else ""
        part, whole = (other, one) if larger == "one" else (one, other)
        if part.figure is None or whole.figure is None:
            return ""
        return "figure" if part.figure.above(whole.figure, whole.property.tolerance) else ""

    def denied(self, asserted: Said, denied: Said, larger: str) -> bool:
        if asserted.figure is None or denied.figure is None or not asserted.figure.within(denied.figure):
            return False
        if larger == "denied":  # the whole's: not so many
            return denied.figure.most == inf
        return not larger or denied.figure.least == -inf

    def same(self, claim: Claim, other: Claim, known: Property) -> bool:
        return claim.figure is not None and other.figure is not None and same_figure(claim.figure, other.figure, known.tolerance)

    def nested(self, larger: Said, places: tuple[str, str]) -> str:
        return "the figure of the part is no larger than that of its whole can be"

    def fitting(self, one: Said, other: Said) -> str:
        return f"the {self.noun} meet" + (" within the tolerance" if one.property.tolerance is not None else "")


class Date(Quantity):
    """Some one day."""

    noun = "days"

    def asserted(self, one: Said, other: Said, larger: str) -> str:
        return "figure" if not larger and _do_not_meet(one, other) else ""

    def same(self, claim: Claim, other: Claim, known: Property) -> bool:
        return claim.day is not None and other.day is not None and claim.day.first <= other.day.last and other.day.first <= claim.day.last


class Text(Kind):
    """Free text."""

    def fitting(self, one: Said, other: Said) -> str:
        return "the property is free text, which only `disputes` sets against another"


KINDS: dict[str, Kind] = {"choice": Choice(), "quantity": Quantity(), "date": Date(), "event": Event(), "text": Text()}


def _do_not_meet(one: Said, other: Said) -> bool:
    return one.figure is not None and other.figure is not None and bool(figures_asserted(one.property, one.figure, other.figure))


def event_days(said: Said) -> str:
    """When an event is said to have happened: `on 2025-11-11`, `by 2025-11-11`."""
    from ledger.texts.phrases import days_words  # for a sentence; most answers have none

    time = said.time
    return f"on {days_words(Days(time.start, time.start_latest))}" if time.on else f"by {format_day(time.start_latest)}"


# -- of whichever kind ------------------------------------------------------------------------------------------------


def exclusion(one: Said, other: Said, larger: str) -> str:
    """The kind of contradiction that two values of one question make, whatever their times; else nothing."""
    if one.stance == "denies":
        one, other = other, one
        larger = {"one": "other", "other": "one"}.get(larger, "")
    if one.stance != "asserts":
        return ""
    kind = KINDS[one.property.type]
    if other.stance == "asserts":
        return kind.asserted(one, other, larger)
    side = {"one": "asserted", "other": "denied"}.get(larger, "")
    return "denial" if other.stance == "denies" and kind.denied(one, other, side) else ""


def reaches_down(said: Said) -> bool:
    """Whether what is said of a larger place can exclude what is said of a place within it."""
    return KINDS[said.property.type].reaches_down(said)


def says_more(word: Said, said: Said) -> bool:
    """Whether a next word says more of the same question than what was said before."""
    return KINDS[word.property.type].says_more(word, said)


def same_value(claim: Claim, other: Claim, known: Property) -> bool:
    """Whether two claims of one property name the same value (of figures, shares and dates: values that meet; of an event that
    happens once: on days that can meet)."""
    return KINDS[known.type].same(claim, other, known)
