"""The oracle's claims: what a record says, and what that implies (see oracle.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from oracle_ranges import (
    Days,
    Figures,
    Said,
    Times,
    event_days,
    said_days,
    says_on,
    share,
    times_from_event,
    times_of_event,
    times_of_state,
)

Ledger = Mapping[str, Any]
Record = Mapping[str, Any]
Verdict = dict[str, Any]

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
    said: Said
    hedged: bool
    mouth: tuple[str, ...]
    times: Times
    event: Days | None = None  # when the event started: of an asserted one, and of all that it implies
    on: bool = False  # that event is said to have happened *on* these days, and not *by* them


class Readings:
    """The vocabulary of a ledger, and its claims as the rules take them; `trace` counts the rules reached."""

    def __init__(self, vocabulary: Mapping[str, Mapping[str, Record]], trace: Counter[str] | None = None) -> None:
        self.places = vocabulary["places"]
        self.claimants = vocabulary["claimants"]
        self.properties = vocabulary["properties"]
        self.trace: Counter[str] = Counter() if trace is None else trace

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

    def wholes(self, prop: str) -> Iterator[str]:
        """Yield the properties that a property is part of, from the next to the furthest."""
        while above := self.properties[prop].get("part-of"):
            yield above
            prop = above

    def lies_within(self, small: str, large: str) -> bool:
        """Walk up from one place and look for the other."""
        above = self.places[small].get("within")
        return above is not None and (above == large or self.lies_within(above, large))

    # What was written, and what that implies

    def said(self, said: str, published: str) -> Said:
        """Give the day on which something was said."""
        return said_days(said, published)

    def read(self, record: Record, file: Record) -> Claim:
        """Make a claim of its record."""
        said = self.said(record["said"], file["published"])
        prop, holds, stance = record["property"], record.get("holds"), record.get("stance") or "asserts"
        top = self.chain(record["claimant"])[-1]
        lasts = self.properties[prop].get("lasts")
        event, on = None, False
        if not self.flag(prop, "event"):
            times = times_of_state(holds, said, lasts)
        elif stance == "denies":
            times = times_of_state(holds, said, None)
        else:
            event, on = event_days(holds, said.own), says_on(holds)
            times = times_of_event(event, lasts)
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
            times=times,
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
            times = times_of_state(holds, claim.said, prop.get("lasts"))
            if claim.event is not None:
                times = times_from_event(claim.event, prop.get("lasts"))
            brought = replace(
                claim,
                written=False,
                property=item["property"],
                subject=claim.subject if prop.get("subjects") else None,
                value=item["value"],
                extent=share(item.get("extent") or "all"),
                stance=item.get("stance") or "asserts",
                times=times,
            )
            yield brought
            yield from self.implied(brought, holds)
