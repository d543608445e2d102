"""Links that lead from one entry of the vocabulary to another (`within`, `of`, `implies`, `part-of`): circles, and chains too long to walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.model import Claimant, Place, Property
from ledger.reading.fields import Taker

MOST_LINKS = 50  # places within places, claimants of claimants, figures that are part of others


def circles(links: Mapping[str, Iterable[str]], most: int = 100_000) -> list[list[str]]:
    """The circles among `links`, each once, beginning with its first id in the order of the file; found in linear time.

    They have `most` members together, or few more: entries that all lead back to one would have a number of members that grows
    with the square of theirs.
    """
    found: list[list[str]] = []
    members = 0
    depths: dict[str, int] = {}  # of an entry on the path its depth, of one that was left -1
    for begin in links:
        if begin in depths:
            continue
        path = [begin]
        iterators = [iter(links[begin])]
        depths[begin] = 0
        while path:
            following = next(iterators[-1], None)
            if following is None:
                depths[path.pop()] = -1
                iterators.pop()
            elif depths.get(following, -1) >= 0:
                if members <= most:
                    found.append(path[depths[following] :])
                    members += len(found[-1])
            elif following in links and following not in depths:
                depths[following] = len(path)
                path.append(following)
                iterators.append(iter(links[following]))
    return found


def circle_words(field: str, circle: list[str]) -> str:
    """What is told of a circle of links."""
    shown = [*circle[:20], "..."] if len(circle) > 20 else circle
    return f"`{field}` goes in a circle: {' -> '.join([*shown, circle[0]])}"


def shortened(
    take: Taker, links: Mapping[str, str | None], entries: Mapping[str, Place] | Mapping[str, Claimant] | Mapping[str, Property], field: str
) -> set[str]:
    """The entries whose link is not followed, since it would make a chain of more than MOST_LINKS, each with its flaw."""
    depths: dict[str, int] = {}
    cut: set[str] = set()
    for begin in links:
        path: list[str] = []
        current: str | None = begin
        while current is not None and current in links and current not in depths:
            depths[current] = 0
            path.append(current)
            current = links[current]
        for name in reversed(path):
            above = links[name]
            if above is None or above not in depths:
                continue
            depths[name] = depths[above] + 1
            if depths[name] > MOST_LINKS:
                depths[name] = 0
                cut.add(name)
                message = f"`{field}` leads further than {MOST_LINKS} steps up from here"
                take.flaw("bad_option", entries[name].at[field], message, "leave out what stands between", field)
    return cut
