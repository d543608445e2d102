"""Some places at a time: the readings of all that is said of them -> what contradicts what, as plain numbers and texts.

What is found of a reading is told by the row of its claim, by its number among the readings of that claim (0: as written, then what it
implies), and by until when it is presumed to hold, which the claim alone does not say. So a result is small, can be sent from one
machine to another, and is made into a conflict again from the claims that it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ledger.conflicts import values
from ledger.conflicts.accounts import Account, Reader, accounts
from ledger.conflicts.decisions import by_rule
from ledger.conflicts.search.counting import Crowd
from ledger.conflicts.search.wholes import PartCrowd
from ledger.conflicts.verdicts import Verdict
from ledger.model import Claim, Vocabulary

Row = int  # the number of a claim's row
Reading = tuple[Row, int, int]  # row, number among the readings of its claim, presumed until


class Pair(NamedTuple):
    """Two readings that contradict each other."""

    one: Reading
    other: Reading
    ids: tuple[str, str]  # of the two claims, sorted
    kind: str
    strength: str
    hinge: str
    larger: str


class Many(NamedTuple):
    """A question with very many contradictions. `parts`: of parts with their wholes."""

    members: list[Reading]
    above: list[Reading]
    counted: bool
    parts: bool


Found = tuple[list[Pair], list[Many]]


def decided(
    claims: Sequence[Claim],
    rows: Sequence[Row],
    above: Iterable[tuple[Account, Row]],
    places: Collection[str],
    touched: Collection[str],
    vocabulary: Vocabulary,
    many: int,
) -> Found:
    """What contradicts what among the claims about some places; `claims` are all about them, in the order of their files, with their
    `rows`; `above` are the readings of larger places, whose own claims are not among these."""
    row_of = {id(claim): row for claim, row in zip(claims, rows, strict=True)}
    reader = Reader(vocabulary)
    found = accounts(claims, vocabulary)
    for account, row in above:
        row_of[id(account.claim)] = row
        found.append(account)
    best, crowds = by_rule(found, vocabulary, touched, many, places=places)

    def told(account: Account) -> Reading:
        return row_of[id(account.claim)], _number(account, reader), account.time.presumed

    pairs = [Pair(told(met.one), told(met.other), ids, met.kind, met.strength, met.hinge, met.larger) for ids, met in best.items()]
    return pairs, [
        Many([*map(told, crowd.members)], [*map(told, crowd.above)], crowd.counted, isinstance(crowd, PartCrowd)) for crowd in crowds
    ]


def _number(account: Account, reader: Reader) -> int:
    """The number of a reading among those of its claim."""
    if not account.steps:
        return 0
    for number, reading in enumerate(reader.readings(account.claim)):
        if reading._replace(time=account.time) == account:
            return number
    raise AssertionError("a reading that its claim does not have")


def reaching_down(found: Iterable[Account]) -> list[Account]:
    """The readings that a claim about a smaller place may meet."""
    return [
        account
        for account in found
        if account.stance in ("asserts", "denies")
        and (account.property.type == "quantity" or (account.property.nests and values.reaches_down(account)))
    ]


class Again:
    """Makes conflicts again of what was found, from the claims that it names."""

    def __init__(self, claims: Mapping[Row, Claim], vocabulary: Vocabulary) -> None:
        self.claims = claims
        self.reader = Reader(vocabulary)
        self.known: dict[Reading, Account] = {}

    def account(self, reading: Reading) -> Account:
        """The reading itself."""
        known = self.known.get(reading)
        if known is None:
            row, number, presumed = reading
            known = self.reader.readings(self.claims[row])[number]
            if known.time.presumed != presumed:
                known = known._replace(time=known.time._replace(presumed=presumed))
            self.known[reading] = known
        return known

    def verdict(self, pair: Pair) -> Verdict:
        """How two readings contradict each other."""
        return Verdict(self.account(pair.one), self.account(pair.other), pair.kind, pair.strength, pair.hinge, pair.larger)

    def crowd(self, many: Many) -> Crowd:
        """A question with very many contradictions."""
        members, above = [*map(self.account, many.members)], [*map(self.account, many.above)]
        return PartCrowd(members, above) if many.parts else Crowd(members, above, many.counted)
