"""What a rule looks at: one claims file, the vocabulary, the whole ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.model import Claim, ClaimsFile, Finding, Ledger, Place, Property, Vocabulary
from ledger.rules.outlines import Outline, claims_named, outline_of
from ledger.texts.languages import LANGUAGE_TAG, Words, primary, words_for
from ledger.texts.quotes import OMISSION, is_too_short
from ledger.texts.seeds import Seed
from ledger.texts.suggestions import Hints

if TYPE_CHECKING:
    from ledger.conflicts import Findings
    from ledger.conflicts.corrections import Correction
    from ledger.conflicts.decisions import Decided


MOST_KEPT = 20_000  # places whose names are kept
_names: dict[int, tuple[Place, tuple[str, ...]]] = {}  # of all files: most places stand in many


class FileView:
    """One claims file as its rules see it."""

    def __init__(self, file: ClaimsFile, ledger: Ledger) -> None:
        self.file = file
        self.ledger = ledger
        self.vocabulary = ledger.vocabulary
        self.path = file.path
        self.hints = Hints()

    @cached_property
    def words(self) -> Words:
        """Negations, hedges and numbers of the seed's language, the ledger's own added."""
        return words_for(self.vocabulary.words, self.file.language)

    @cached_property
    def ids_of_places(self) -> dict[str, list[str]]:
        """The ids of the places that bear a name."""
        return _bearers((name, place.id) for place in self.vocabulary.places.values() for name in place.all_names())

    @cached_property
    def ids_of_claimants(self) -> dict[str, list[str]]:
        """The ids of the claimants that bear a name."""
        return _bearers((name, known.id) for known in self.vocabulary.claimants.values() for name in (known.name, *known.other_names))

    def names_of(self, place: Place) -> tuple[str, ...]:
        """Every name of a place, each once."""
        known = _names.get(id(place))
        if known is None or known[0] is not place:
            if len(_names) > MOST_KEPT:
                _names.clear()
            known = _names[id(place)] = (place, tuple(dict.fromkeys(place.all_names())))
        return known[1]

    @cached_property
    def outline(self) -> Outline:
        """What the file holds."""
        return outline_of(self.file)

    @cached_property
    def same_language(self) -> bool:
        """Whether the file is in the ledger's language, or it can't be told."""
        language, own = self.file.language, self.vocabulary.language
        if LANGUAGE_TAG.fullmatch(language) is None or LANGUAGE_TAG.fullmatch(own) is None:
            return True  # none is named that could be told apart, which is a finding of its own
        return primary(language) == primary(own)

    @cached_property
    def with_property(self) -> list[tuple[Claim, Property]]:
        """The claims whose property is known."""
        properties = self.vocabulary.properties
        return [(claim, properties[claim.property]) for claim in self.file.claims if claim.property in properties]

    @cached_property
    def found(self) -> list[tuple[Claim, Seed]]:
        """The claims whose quote stands in the seed."""
        seed = self.file.seed
        if seed is None:
            return []
        short = {id(claim) for claim in self.too_short}
        return [(claim, seed) for claim in self.file.claims if claim.found.ways and id(claim) not in short]

    @cached_property
    def too_short(self) -> list[Claim]:
        """The claims whose quote holds no words."""
        return [
            claim
            for claim in self.file.claims
            if not (claim.quote[:2].isalpha() and len(claim.quote) > 1 and OMISSION not in claim.quote) and is_too_short(claim.quote)
        ]

    @cached_property
    def _flaws(self) -> dict[str, list[Finding]]:
        """What the reading of the file noted, by the name of a rule."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for flaw in self.file.flaws:
            found[flaw.name].append(flaw)
        for flaw in self.file.note_flaws:
            found[flaw.name].append(flaw._replace(excludes=False))
        for claim in self.file.claims:
            for flaw in claim.flaws:
                found[flaw.name].append(flaw._replace(claim=claim))
        return found

    def flaws(self, name: str) -> Iterator[Finding]:
        """What the reading of the file noted under the name of a rule."""
        return iter(self._flaws.get(name, ()))


class VocabularyView:
    """`ledger.yaml` as its rules see it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.vocabulary = ledger.vocabulary
        self.path = ledger.vocabulary.path

    def flaws(self, name: str) -> Iterator[Finding]:
        """What the reading of the vocabulary noted under the name of a rule."""
        return (flaw for flaw in self.vocabulary.flaws if flaw.name == name)


class LedgerView:
    """The whole ledger as its rules see it.

    `read` gives the files of which only the outline is in the ledger (`checks.outlines`) as they are written.
    """

    def __init__(
        self,
        ledger: Ledger,
        left_out: frozenset[tuple[str, int]] = frozenset(),
        read: Callable[[ClaimsFile], ClaimsFile] = lambda file: file,
        all_wanted: bool = False,
        decided: Decided | None = None,
    ) -> None:
        self.ledger = ledger
        self.all_wanted = all_wanted  # whether somebody asks for all contradictions anyway
        self.decided = decided  # questions of another state of the ledger
        self.read = read
        self.vocabulary = ledger.vocabulary
        self.left_out = left_out
        self.hints = Hints()

    @cached_property
    def outlines(self) -> list[Outline]:
        """What each claims file holds, by the order of the files."""
        return [outline_of(file) for file in self.ledger.files]

    @cached_property
    def taken_twice(self) -> bool:
        """Whether some id is borne by two claims."""
        ids = [name for outline in self.outlines for name in outline.ids if name]
        return len(ids) != len(set(ids))

    @cached_property
    def findings(self) -> Findings:
        """The contradictions among the claims that take part in them."""
        return _conflicts(self.ledger, self.left_out, decided=self.decided)

    @cached_property
    def contradicting(self) -> set[str]:
        """The ids of the claims whose contradictions notes speak of."""
        return contradicting_names(self.ledger, self.outlines)

    @cached_property
    def noted(self) -> Ledger:
        """The ledger as far as its tensions and resolutions can speak of contradictions: of its claims those in the places of the
        claims that are named, which decide whether these contradict each other."""
        names = self.contradicting
        places = {claim.place for claim in _claims_named(names, self.ledger, self.outlines)}
        files = []
        for file, outline in zip(self.ledger.files, self.outlines, strict=True):
            if not places.isdisjoint(outline.places):
                whole = self.read(file).claims
                file = file._replace(claims=tuple(claim for claim in whole if claim.place in places or claim.id in names))
            else:
                file = file._replace(claims=())
            files.append(file)
        return self.ledger._replace(files=tuple(files))

    @cached_property
    def corrections(self) -> list[tuple[Correction, str]]:
        """Each correction that one claim makes of another, and why it may not be made (empty: it may), in the order of the files. When
        the two were said is read again, of the files that they stand in; a claim whose id another bears is not known for sure."""
        making = [
            (file, claim.id, claim.corrects)
            for file, outline in zip(self.ledger.files, self.outlines, strict=True)
            for claim in (file.claims[number] for number in outline.naming)
            if claim.corrects
        ]
        if not making:
            return []
        from ledger.conflicts.corrections import judged, made_among, publishers_of  # with all that finds contradictions

        named = {name for _, by, corrected in making for name in (by, *corrected)}
        borne = Counter(name for outline in self.outlines for name in outline.ids)
        files = [
            self.read(file)
            for file, outline in zip(self.ledger.files, self.outlines, strict=True)
            if not named.isdisjoint(outline.ids)
        ]  # fmt: skip
        claims = {claim.id: claim for file in files for claim in file.claims if claim.id in named and borne[claim.id] == 1}
        made = made_among((claim for claim in claims.values() if claim.corrects), claims)
        return judged(made, publishers_of(self.ledger._replace(files=tuple(files))), self.vocabulary)

    @cached_property
    def of_notes(self) -> Findings:
        """The contradictions that notes speak of."""
        if self.all_wanted:
            return self.findings
        pairs = {frozenset(tension.claims) for file in self.noted.files for tension in file.tensions}
        pairs |= {frozenset(resolution.claims) for file in self.noted.files for resolution in file.resolutions}
        return _conflicts(self.noted, self.left_out, pairs)

    def refusals(self, name: str) -> Iterator[Finding]:
        """The files refused under the name of a rule."""
        return (refusal._replace(excludes=False) for refusal in self.ledger.refusals if refusal.name == name)


def _conflicts(
    ledger: Ledger, left_out: frozenset[tuple[str, int]], pairs: set[frozenset[str]] | None = None, decided: Decided | None = None
) -> Findings:
    """The contradictions of a ledger; what finds them is imported when a note asks for them, which most checks never do."""
    from ledger.conflicts import find_conflicts

    return find_conflicts(ledger, left_out, pairs=pairs, decided=decided)


def _claims_named(names: set[str], ledger: Ledger, outlines: list[Outline]) -> Iterator[Claim]:
    """The claims that bear one of the ids."""
    for file, outline in zip(ledger.files, outlines, strict=True):
        yield from claims_named(names, file, outline)


def contradicting_names(ledger: Ledger, outlines: list[Outline]) -> set[str]:
    """The ids in resolutions, and in those tensions whose claims a rule, a dispute or another note could set against each other."""
    tensions = [tension for file in ledger.files for tension in file.tensions]
    names = {name for file in ledger.files for resolution in file.resolutions for name in resolution.claims}
    if not tensions:
        return names
    named = {name for tension in tensions for name in tension.claims}
    claims = {claim.id: claim for claim in _claims_named(named, ledger, outlines)}
    noted = Counter(frozenset(tension.claims) for tension in tensions)
    for tension in tensions:
        one, other = (claims.get(name) for name in tension.claims)
        if one is not None and other is not None and (noted[frozenset(tension.claims)] > 1 or _can_meet(one, other, ledger.vocabulary)):
            names.update(tension.claims)
    return names


def _can_meet(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two claims could contradict each other, as far as their places and properties and their disputes tell."""
    if other.id in one.disputes or one.id in other.disputes:
        return True
    if not _speaks_of(one.property, vocabulary) & _speaks_of(other.property, vocabulary):
        return False
    return (
        one.place == other.place or one.place in vocabulary.larger_places(other.place) or other.place in vocabulary.larger_places(one.place)
    )


def _speaks_of(property: str, vocabulary: Vocabulary) -> set[str]:
    """A property and all that it implies, those apart whose values never exclude each other."""
    found: set[str] = set()
    waiting = [property]
    while waiting:
        known = vocabulary.properties.get(waiting.pop())
        if known is not None and known.id not in found and known.type != "text":
            found.update((known.id, *known.wholes))
            waiting += [step.property for steps in known.implies.values() for step in steps]
    return found


def _bearers(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    ids: dict[str, dict[str, None]] = {}
    for name, entry in pairs:
        ids.setdefault(name, {})[entry] = None
    return {name: list(entries) for name, entries in ids.items()}


def seeds_of(ledger: Ledger) -> list[Seed]:
    """The seeds that could be read, by the order of their claims files."""
    return [file.seed for file in ledger.files if file.seed is not None]
