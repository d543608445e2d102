"""What curators noted: tensions, accepted warnings, resolutions (N)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.model import Finding, Related, Resolution, Tension
from ledger.rules.registry import ERROR, WARNING, check
from ledger.rules.views import LedgerView
from ledger.texts.display import one_line

if TYPE_CHECKING:
    from ledger.conflicts.resolutions import Resolved

UNNEEDED_ACCEPT = "N802"


@check("N801", WARNING, "ledger")
def tension_redundant(view: LedgerView) -> Iterator[Finding]:
    """A tension between two claims that a rule or a `disputes` sets against each other anyway, or that is noted already.

    A tension is a curator's judgement where no rule says so. Remedy: delete the note.
    Bad:
        tensions:
        - claims: [bridge-open, bridge-closed]   # two values of one choice: a rule finds this
          by: curators
          on: 2025-04-01
          why: it can't be both
    Good:
        tensions:
        - claims: [name-old, name-new]           # free text: no rule compares it
          by: curators
          on: 2025-04-01
          why: two names for one bridge
    """
    if not view.contradicting:
        return
    for tension in view.of_notes.redundant:
        yield _at(tension, "are set against each other without this note", "delete the tension: `ledger why` says which rule finds it")


def _at(note: Tension | Resolution, what: str, help: str, related: tuple[Related, ...] = ()) -> Finding:
    """A finding at a note: what is wrong with the claims that it names."""
    message = " and ".join(f"`{one_line(name)}`" for name in note.claims) + " " + what
    return Finding(note.line, note.column, message, help, related=related, path=note.path, excludes=False)


@check(UNNEEDED_ACCEPT, WARNING)
def unneeded_accept(view: object) -> Iterator[Finding]:
    """A warning is accepted (`accept: {Q310: reason}`) that the claim does not raise, or that can't be accepted.

    Remedy: delete it. What was mended needs no exception, and one that lingers would silence the next mistake.
    Bad:
        - id: bridge-open
          quote: The bridge at Millbrook is open
          accept: {Q310: the hedge is the paper's own}
    Good:
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    yield from ()  # the runner tells, which knows what all the others found


@check("N803", ERROR, "ledger", excludes=False)
def resolution_outdated(view: LedgerView) -> Iterator[Finding]:
    """A resolution of a contradiction whose claims have changed since it was written: what a curator worked out was worked out
    about other words. Its `fingerprint` no longer fits the two claims' place, property, subject, value, extent, stance, hedge,
    claimant, dates and quote.

    Remedy: look at the two claims again; if the resolution still holds, put the fingerprint that `ledger why` prints for them.
    Bad:
        # one of the two claims has another date since this was written
        resolutions:
        - {claims: [bridge-open, bridge-closed], found: explained, by: curators,
           on: 2025-04-01, why: closed at night, fingerprint: 0123456789ab}
    Good:
        # looked at again, with the fingerprint that `ledger why` prints
        resolutions:
        - {claims: [bridge-open, bridge-closed], found: explained, by: curators,
           on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
    """
    resolutions, pairs = _resolutions(view)
    for ids, resolved in resolutions.items():
        if not resolved.current and ids in pairs:
            yield _at(
                resolved.resolution,
                "have changed since this resolution was written",
                f"look at them again; if the resolution still holds, write fingerprint: '{resolved.fingerprint}'",
            )


@check("N804", ERROR, "ledger", excludes=False)
def resolution_moot(view: LedgerView) -> Iterator[Finding]:
    """A resolution of two claims that do not contradict each other: there is nothing to resolve, and a contradiction that comes back
    later would look settled.

    Remedy: delete it; `ledger why` says why there is no contradiction.
    Bad:
        # different questions: they do not contradict each other
        resolutions:
        - {claims: [bridge-open, name-old], found: open, by: curators,
           on: 2025-04-01, why: ministry was asked, fingerprint: 0123456789ab}
    Good:
        resolutions:
        - {claims: [bridge-open, bridge-closed], found: open, by: curators,
           on: 2025-04-01, why: ministry was asked, fingerprint: d1af42c08275}
    """
    resolutions, pairs = _resolutions(view)
    absent = {claim.id for claim in view.of_notes.left_out} if resolutions else set()
    for ids, resolved in resolutions.items():
        if not absent.intersection(ids) and ids not in pairs:
            yield _at(resolved.resolution, "do not contradict each other", "delete the resolution, or mend its ids")


@check("N805", ERROR, "ledger", excludes=False)
def resolved_twice(view: LedgerView) -> Iterator[Finding]:
    """Two resolutions of one contradiction. Which of them counts could not be told.

    Remedy: keep one of the two, the later word as a rule.
    Bad:
        resolutions:
        - {claims: [bridge-open, bridge-closed], found: open, by: curators,
           on: 2025-04-01, why: ministry was asked, fingerprint: d1af42c08275}
        - {claims: [bridge-closed, bridge-open], found: explained, by: curators,
           on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
    Good:
        resolutions:
        - {claims: [bridge-open, bridge-closed], found: explained, by: curators,
           on: 2025-04-01, why: closed at night, fingerprint: d1af42c08275}
    """
    first: dict[frozenset[str], Resolution] = {}
    for file in view.ledger.files:
        for resolution in file.resolutions:
            known = first.setdefault(frozenset(resolution.claims), resolution) if resolution.fingerprint else resolution
            if known is not resolution:
                related = (Related(known.path, known.line, known.column, "the other resolution"),)
                yield _at(resolution, "are resolved twice", "keep one of the two", related)


def _resolutions(view: LedgerView) -> tuple[dict[tuple[str, str], Resolved], set[tuple[str, str]]]:
    """The resolutions by pair, and the pairs that contradict each other: those with a resolution are always among those listed."""
    if not view.contradicting:
        return {}, set()
    from ledger.conflicts.resolutions import resolutions_of  # with all that finds contradictions: most checks never ask

    resolutions = resolutions_of(view.noted)
    return resolutions, {conflict.ids for conflict in view.of_notes.conflicts} if resolutions else set()
