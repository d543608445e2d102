"""Which claims take others back or put them right (`corrects`), and which of these corrections may be made (DESIGN section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.model import Claim, Ledger, Vocabulary

MOUTH, BEFORE, CIRCLE = "mouth", "before", "circle"  # why a correction may not be made


class Correction(NamedTuple):
    """A claim that was corrected, and the one `by` which."""

    corrected: Claim
    by: Claim


def corrections_of(ledger: Ledger, claims: Iterable[Claim], as_of: int | None = None) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each claim that was corrected, by its id, sorted by that of the other; of the `claims` without a defect. One
    that may not be made counts for nothing, nor does one whose own file was not certainly published by `as_of`."""
    by_id = {claim.id: claim for claim in claims}
    published = {file.path: file.published_days for file in ledger.files} if as_of is not None else {}
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction, fault in judged(made_among(by_id.values(), by_id), publishers_of(ledger), ledger.vocabulary):
        days = published.get(correction.by.path)
        if not fault and (as_of is None or (days is not None and days.last <= as_of)):
            found[correction.corrected.id].append(correction)
    return {name: tuple(sorted(each, key=lambda correction: correction.by.id)) for name, each in found.items()}


def made_among(claims: Iterable[Claim], by_id: Mapping[str, Claim]) -> list[Correction]:
    """The corrections that claims make of others that are known."""
    return [
        Correction(by_id[name], claim)
        for claim in claims
        for name in dict.fromkeys(claim.corrects)
        if name != claim.id and name in by_id
    ]  # fmt: skip


def publishers_of(ledger: Ledger) -> dict[str, str]:
    """Who published the text of each claims file, by path, where its head says so."""
    return {file.path: name for file in ledger.files if (name := file.head.get("publisher"))}


def judged(made: list[Correction], publishers: Mapping[str, str], vocabulary: Vocabulary) -> list[tuple[Correction, str]]:
    """Each correction with why it may not be made; empty where it may."""
    faults = [_fault(correction, publishers, vocabulary) for correction in made]
    links: dict[str, list[str]] = defaultdict(list)
    for (corrected, by), fault in zip(made, faults, strict=True):
        if not fault:
            links[by.id].append(corrected.id)
    circle_of = circling(links)
    found = []
    for (corrected, by), fault in zip(made, faults, strict=True):
        circles = not fault and by.id in circle_of and circle_of[by.id] == circle_of.get(corrected.id)
        found.append((Correction(corrected, by), CIRCLE if circles else fault))
    return found


def _fault(correction: Correction, publishers: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Why one correction may not be made, whatever others there are."""
    corrected, by = correction
    if not speaks_for(by, corrected, publishers, vocabulary):
        return MOUTH
    if by.said_days is not None and corrected.said_days is not None and by.said_days.last < corrected.said_days.first:
        return BEFORE
    return ""


def speaks_for(by: Claim, corrected: Claim, publishers: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Whether a claim is of the mouth that said another. An unnamed claimant is known again by its publisher: "an officer" of one
    newspaper may take back in its next issue what he said in the last."""
    top = vocabulary.chain_of(by.claimant)[-1]
    if top != vocabulary.chain_of(corrected.claimant)[-1]:
        return False
    known = vocabulary.claimants.get(top)
    if known is None or known.kind != "unnamed":
        return True
    if by.claimant != corrected.claimant:
        return False
    return by.path == corrected.path or (by.path in publishers and publishers[by.path] == publishers.get(corrected.path))


def circling(links: Mapping[str, list[str]]) -> dict[str, int]:
    """The ids from which links lead back to themselves; those that lead to each other have one number. In linear time (Tarjan's
    strongly connected components), without recursion."""
    found: dict[str, int] = {}
    numbers: dict[str, int] = {}  # in the order in which ids are reached
    lowest: dict[str, int] = {}  # the least number that can be reached back to
    waiting: dict[str, None] = {}  # reached, not yet in a component
    for begin in links:
        path = [] if begin in numbers else [(begin, iter(links[begin]))]
        while path:
            name, following = path[-1]
            if name not in numbers:
                numbers[name] = lowest[name] = len(numbers)
                waiting[name] = None
            for other in following:
                if other not in numbers:
                    path.append((other, iter(links.get(other, ()))))
                    break
                if other in waiting:
                    lowest[name] = min(lowest[name], numbers[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == numbers[name]:
                    component = [waiting.popitem()[0]]
                    while component[-1] != name:
                        component.append(waiting.popitem()[0])
                    if len(component) > 1:
                        found.update(dict.fromkeys(component, numbers[name]))
    return found
