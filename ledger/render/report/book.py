"""What the parts of a report look up: anchors, names, which claims contradict which."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import NamedTuple

from ledger.answers.changed_accounts import changed_accounts
from ledger.answers.coverage import Piece, pieces
from ledger.answers.filters import names_by_word
from ledger.answers.report import Told
from ledger.answers.timeline import Timeline
from ledger.conflicts import Conflict
from ledger.conflicts.accounts import next_words
from ledger.conflicts.claims_in_words import claimant_name, place_name
from ledger.conflicts.questions import Question
from ledger.model import Claim, ClaimsFile
from ledger.reading.history import Commit
from ledger.render.blocks import Pages
from ledger.render.report.history import History
from ledger.render.report.markup import anchored, link, named, pair_anchor, said_of, shown, told_apart, tongue
from ledger.render.report.since import Since
from ledger.render.report.source_names import source_names
from ledger.texts.phrases import said_words

Asked = tuple[str, str, str | None]  # place, property, subject
BIG = 1_000  # claims: a page with more draws only what is contradicted, and lays out what is not on the screen when it comes there


class Origin(NamedTuple):
    """Where a report comes from, in words and data that depend on no clock: the program's version, the commit that was read (None: no git
    repository) and whether the files may differ from it, what was asked for, the names of several that are one."""

    version: str
    commit: str | None
    as_it_lies: bool
    asked: str
    several: str = ""


class Book:
    """A report while it is written."""

    def __init__(self, told: Told, pages: Pages, origin: Origin, history: History, since: Since | None = None) -> None:
        self.told, self.pages, self.origin, self.history = told, pages, origin, history
        self.since = since
        self.is_big = len(told.asked.claims) > BIG
        self.claim_marks = since.of_claims() if since is not None else {}
        self.pair_marks = since.of_pairs() if since is not None else {}
        self.vocabulary = pages.ledger.vocabulary
        self.language = self.vocabulary.language
        self.tongue = "" if self.language == "en" else tongue(self.language)  # of what the ledger says in its own words
        claims = told.claims()
        own = told_apart(anchored("c", claim.id) for claim in claims)
        self._anchors = {(claim.path, claim.line): anchor for claim, anchor in zip(claims, own, strict=True)}
        every = pages.ledger.files  # (not only those told: which of several that name one seed is the first depends on no filter)
        of_files = told_apart(anchored("s", file.seed_name) for file in every)
        self._source_anchors = {file.path: anchor for file, anchor in zip(every, of_files, strict=True)}
        self.questions: dict[Asked, Question] = {(each.place, each.property, each.subject): each for each in told.gathered}
        self.against: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in told.conflicts:
            for name in conflict.ids:
                self.against[name].append(conflict)
        self._pairs: dict[Asked, list[Conflict]] = defaultdict(list)
        for conflict in told.conflicts:
            self._pairs[conflict.place, conflict.property, conflict.subject].append(conflict)
        self._ids = {claim.id for claim in claims}
        self.of_place: dict[str, list[Claim]] = defaultdict(list)
        for claim in told.claims():
            self.of_place[claim.place].append(claim)
        self.place_numbers = {place: number for number, place in enumerate(self.of_place)}
        self.names = names_by_word(self.vocabulary)
        self.changed = {id(drawn): found for drawn in told.drawn if (found := changed_accounts(drawn, told.written))}
        self.within: dict[str, list[str]] = defaultdict(list)
        for known in self.vocabulary.places.values():
            if known.within is not None:
                self.within[known.within].append(known.id)
        named = Counter(place_name(place, self.vocabulary) for place in self.vocabulary.places)
        self._several = {name for name, number in named.items() if number > 1}
        self.places = set(self.vocabulary.places) | set(self.of_place)
        self.relayed: dict[str, list[Claim]] = defaultdict(list)
        for claim in told.claims():
            for relay in dict.fromkeys(claim.via):
                self.relayed[relay].append(claim)
        self.claimants = {row.claimant for row in told.tally.rows} | set(self.relayed)
        self.added_in = self._added_in() if self.is_big else {}
        self._paths = {file.path for file in told.files}
        self._linked: dict[str, str] = {}
        self._pieces: dict[str, list[Piece]] = {}
        self.source_names = source_names(told.files, self.vocabulary)

    def _added_in(self) -> dict[str, Commit | None]:
        """The commit in which most claims of a source were added, by path: told once there, and not at each of them."""
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.told.claims():
            claims[claim.path].append(claim)
        return {path: self.history.of_most(found) for path, found in claims.items()}

    @cached_property
    def cuts(self) -> dict[str, tuple[int, list[tuple[int, int]]]]:
        """What cuts the presumption of each claim, by id."""
        return next_words(self.told.written.values())

    def pairs_of(self, question: Question) -> list[Conflict]:
        """The contradictions and tensions of a question that are listed."""
        return self._pairs.get((question.place, question.property, question.subject), [])

    def said_between(self, question: Question) -> tuple[str, str]:
        """When the first and the last word in a question was said, as it is written."""
        said = [
            (claim.said_near, claim.said) for position in question.positions for claim in position.claims if claim.said_near is not None
        ]
        first, last = min(said, key=lambda each: each[0].first), max(said, key=lambda each: each[0].last)
        return said_words(first[1]), said_words(last[1])

    def place_order(self, place: str) -> tuple[str, str]:
        """Sorts places by name."""
        return place_name(place, self.vocabulary).casefold(), place

    def is_changed(self, drawn: Timeline) -> bool:
        """Whether somebody changed their account of a question that nothing contradicts."""
        return bool(self.changed.get(id(drawn)))

    def pieces(self, file: ClaimsFile) -> list[Piece]:
        """The sentences of a source, and whether each was read."""
        if file.path not in self._pieces:
            self._pieces[file.path] = pieces(file, self.vocabulary)
        return self._pieces[file.path]

    def anchor(self, claim: Claim) -> str | None:
        """The anchor of a claim; None of one that is not told."""
        return self._anchors.get((claim.path, claim.line))

    def anchors(self) -> frozenset[str]:
        """The anchors of all claims and contradictions that are told."""
        return frozenset(self._anchors.values()) | {pair_anchor(conflict.ids) for conflict in self.told.conflicts}

    def is_told(self, name: str) -> bool:
        """Whether a claim of that id is told."""
        return name in self._ids

    def takes_part(self, claim: Claim) -> bool:
        """Whether a claim takes part in contradictions."""
        account = self.told.written.get(claim.id)
        return account is not None and account.claim is claim

    def claim(self, claim: Claim, inside: str) -> str:
        """A link to a claim, where it is told; `inside` is HTML."""
        anchor = self.anchor(claim)
        return inside if anchor is None else link(anchor, inside)

    def place_words(self, place: str) -> str:
        """The name of a place; of several with one name, the id behind it."""
        name = place_name(place, self.vocabulary)
        return f"{name} ({place})" if name in self._several else name

    def place(self, place: str) -> str:
        """A link to a place under its name."""
        words = named(self.place_words(place))
        inside = f"<span{self.tongue}>{words}</span>" if self.tongue else words
        return link(anchored("p", place), inside) if place in self.places else inside

    def claimant(self, claimant: str) -> str:
        """A link to a claimant under its name."""
        if claimant not in self._linked:
            words = named(claimant_name(claimant, self.vocabulary))
            self._linked[claimant] = link(anchored("w", claimant), words) if claimant in self.claimants else words
        return self._linked[claimant]

    def source_anchor(self, file: ClaimsFile) -> str:
        """The anchor of a source."""
        return self._source_anchors[file.path]

    def source_name(self, file: ClaimsFile) -> str:
        """What a source is called, as HTML: a title in its own language, else what it can be told by."""
        if file.head.get("title"):
            return f"<span{tongue(file.language)}>{shown(self.source_names[file.path])}</span>"
        return said_of(self.source_names[file.path])

    def source(self, file: ClaimsFile) -> str:
        """A link to a source under its name."""
        inside = self.source_name(file)
        return link(self.source_anchor(file), inside) if file.path in self._paths else inside
