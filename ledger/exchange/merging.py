"""Several ledgers as one: ids, mouths and unnamed claimants bear the name of their ledger, so that none is taken for another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ledger.conflicts.resolutions import fingerprint, resolutions_of
from ledger.exchange.csv_texts import Misread
from ledger.model import Claim, Claimant, ClaimsFile, Ledger, Place, Property, Trouble, Vocabulary
from ledger.texts.display import count_of, one_line
from ledger.texts.suggestions import did_you_mean

# Of a property, what people read and no rule looks at.
_WORDS = ("at", "note", "title", "value_names", "subject_names", "says", "denied")
LeftOut = frozenset[tuple[str, int]]
Same = Mapping[str, str]  # of places that are one with others, by `NAME:ID`: the one that stands for them


class Part(NamedTuple):
    """A ledger under its name, and its claims that take no part for a defect, by path and line."""

    name: str
    ledger: Ledger
    left_out: LeftOut


def merged(parts: Sequence[Part], same: Same) -> tuple[Ledger, LeftOut]:
    """One ledger of all. Raises Trouble for a property with two sets of rules, and for places that can't be one."""
    files: list[ClaimsFile] = []
    left_out: set[tuple[str, int]] = set()
    for part in parts:
        named = Named(part.name, same)
        files += map(named.file, part.ledger.files)
        left_out |= {(named.path(path), line) for path, line in part.left_out}
    files = _still_resolved(parts, files)
    refusals = tuple(
        refusal._replace(path=f"{part.name}/{refusal.path}", ids=tuple((f"{part.name}:{each}", line) for each, line in refusal.ids))
        for part in parts
        for refusal in part.ledger.refusals
    )
    seeds = tuple(sorted(f"{part.name}/{seed}" for part in parts for seed in part.ledger.seeds))
    whole = Ledger(_vocabulary(parts, same), tuple(sorted(files, key=lambda file: file.path)), refusals, seeds, ())
    return whole, frozenset(left_out)


class Named:
    """What the things of one ledger are called among those of others; of one that has no name, what they are called in it."""

    def __init__(self, name: str, same: Same) -> None:
        self.before = f"{name}:" if name else ""
        self.folder = f"{name}/" if name else ""
        self.same = same

    def id(self, each: str) -> str:
        """An id of a claim, claimant or place; what is empty stays so."""
        return f"{self.before}{each}" if each else each

    def ids(self, each: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self.id, each))

    def place(self, each: str) -> str:
        """A place, which may be one with that of another ledger."""
        full = self.id(each)
        return self.same.get(full, full)

    def path(self, each: str) -> str:
        """A path of a file."""
        return f"{self.folder}{each}"

    def claim(self, claim: Claim) -> Claim:
        """A claim."""
        return claim._replace(
            id=self.id(claim.id),
            place=self.place(claim.place),
            claimant=self.id(claim.claimant),
            via=self.ids(claim.via),
            disputes=self.ids(claim.disputes),
            corrects=self.ids(claim.corrects),
            path=self.path(claim.path),
        )

    def file(self, file: ClaimsFile) -> ClaimsFile:
        """A claims file, with all that stands in it."""
        return file._replace(
            path=self.path(file.path),
            seed_name=self.path(file.seed_name),
            claims=tuple(map(self.claim, file.claims)),
            tensions=tuple(each._replace(claims=self.ids(each.claims), path=self.path(each.path)) for each in file.tensions),
            resolutions=tuple(each._replace(claims=self.ids(each.claims), path=self.path(each.path)) for each in file.resolutions),
            about=tuple(map(self.place, file.about)),
        )


def _still_resolved(parts: Sequence[Part], files: list[ClaimsFile]) -> list[ClaimsFile]:
    """The files with the fingerprints that their resolutions have under the new names, of those that fitted under the old ones."""
    current = {
        (f"{part.name}:{one}", f"{part.name}:{other}")
        for part in parts
        for (one, other), resolved in resolutions_of(part.ledger).items()
        if resolved.current
    }
    if not current:
        return files
    wanted = {name for pair in current for name in pair}
    claims = {claim.id: claim for file in files for claim in file.claims if claim.id in wanted}
    found = []
    for file in files:
        renewed = []
        for each in file.resolutions:
            pair = (min(each.claims), max(each.claims))
            fits = pair in current and all(name in claims for name in pair)
            renewed.append(each._replace(fingerprint=fingerprint(*(claims[name] for name in pair))) if fits else each)
        found.append(file._replace(resolutions=tuple(renewed)))
    return found


def _vocabulary(parts: Sequence[Part], same: Same) -> Vocabulary:
    first = parts[0].ledger.vocabulary
    places: dict[str, Place] = {}
    claimants: dict[str, Claimant] = {}
    properties: dict[str, tuple[str, Property]] = {}
    clashes: list[str] = []
    sides: dict[str, str] = {}
    words: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for part in parts:
        named, own = Named(part.name, same), part.ledger.vocabulary
        for place in own.places.values():
            full = named.place(place.id)
            renamed = place._replace(id=full, within=None if place.within is None else named.place(place.within))
            places[full] = _joined(places[full], renamed) if full in places else renamed
        for known in own.claimants.values():
            claimants[named.id(known.id)] = known._replace(id=named.id(known.id), of=None if known.of is None else named.id(known.of))
        for each in own.properties.values():
            if each.id in properties and _rules(properties[each.id][1]) != _rules(each):
                clashes.append(_clash(each.id, properties[each.id], (part.name, each)))
            properties.setdefault(each.id, (part.name, each))
        sides = {**own.sides, **sides}
        words = {**own.words, **words}
    if clashes:
        raise Trouble(
            f"{'; '.join(clashes)}: give {'it' if len(clashes) == 1 else 'each'} another id in one of the ledgers (`ledger rename`)"
        )
    whole = first._replace(
        places=_places_told_apart(places, first.language),
        claimants=_claimants_told_apart(claimants),
        properties={name: each for name, (_, each) in properties.items()},
        sides=sides,
        words=words,
        flaws=tuple(flaw for part in parts for flaw in part.ledger.vocabulary.flaws),
    )
    _refuse_parted(parts, same, whole)
    return whole


def _clash(name: str, one: tuple[str, Property], other: tuple[str, Property]) -> str:
    """That a property has two sets of rules, and in what they differ."""
    mine, theirs = _rules(one[1]), _rules(other[1])
    differ = ", ".join(field for field, rule in theirs.items() if rule != mine[field]).replace("_", "-")
    return (
        f"the property {one_line(name)} has two sets of rules: those of {one_line(one[0])} and of {one_line(other[0])} differ in {differ}"
    )


def _shared(names: Mapping[str, str]) -> set[str]:
    """Of ids with their names, the names that things of several ledgers bear: what is printed has to say whose."""
    ledgers: dict[str, set[str]] = defaultdict(set)
    for full, name in names.items():
        ledgers[name].add(full.partition(":")[0])
    return {name for name, borne_in in ledgers.items() if len(borne_in) > 1}


def _whose(name: str, full: str) -> str:
    return f"{name} [{full.partition(':')[0]}]"


def _places_told_apart(places: Mapping[str, Place], language: str) -> dict[str, Place]:
    shared = _shared({full: place.name_in(language) for full, place in places.items()})
    found = dict(places)
    for full, place in places.items():
        name = place.name_in(language)
        if name in shared:
            short = None if place.short is None else _whose(place.short, full)
            found[full] = place._replace(names=((language, _whose(name, full)), *place.names), short=short)
    return found


def _claimants_told_apart(claimants: Mapping[str, Claimant]) -> dict[str, Claimant]:
    shared = _shared({full: known.name for full, known in claimants.items()})
    return {
        full: known._replace(name=_whose(known.name, full), other_names=(known.name, *known.other_names)) if known.name in shared else known
        for full, known in claimants.items()
    }


def _rules(known: Property) -> dict[str, object]:
    """What the rules ask of a property."""
    return {name: _plain(value) for name, value in known._asdict().items() if name not in _WORDS}


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _joined(one: Place, other: Place) -> Place:
    """One place of two: the names of both, the first's own words."""
    names = (*one.names, *(each for each in other.names if each not in one.names))
    spellings = tuple(dict.fromkeys([*one.spellings, *other.spellings]))
    return one._replace(
        names=names, spellings=spellings, former=tuple(dict.fromkeys([*one.former, *other.former])), within=one.within or other.within
    )


def _refuse_parted(parts: Sequence[Part], same: Same, whole: Vocabulary) -> None:
    """Refuse places that are one and lie, by one of their ledgers, within a place that the merged one is not told to lie within: claims of
    that larger place would no longer be held against those of the smaller."""
    for part in parts:
        named = Named(part.name, same)
        for place in part.ledger.vocabulary.places.values():
            within = None if place.within is None else named.place(place.within)
            full = named.place(place.id)
            if within is not None and within in whole.places and within != full and within not in whole.larger_places(full):
                raise Trouble(
                    f"{one_line(named.id(place.id))} lies within {one_line(within)}, and {one_line(full)}, which is to be the same place, "
                    f"within {one_line(str(whole.places[full].within))}: say in the table which of the larger places are one"
                )


def same_places(rows: Sequence[tuple[int, Sequence[str]]], parts: Sequence[Part]) -> Same:
    """What a table of places says, each row with its line: its heads are names of ledgers, each further row has the ids of one place in them.
    Raises Misread for a line, Trouble for what lines say together."""
    known = {part.name: part.ledger.vocabulary.places for part in parts}
    first, heads = (rows[0][0], [head.strip() for head in rows[0][1]]) if rows else (1, [])
    while heads and not heads[-1]:  # (a spreadsheet writes empty columns too)
        heads.pop()
    if not heads:
        raise Misread(first, "it names no ledgers: the heads of a table of places are the names of ledgers")
    for head in heads:
        if head not in known:
            raise Misread(first, f"it names the ledger {one_line(head)}, which is none of {', '.join(map(one_line, known))}")
        if heads.count(head) > 1:
            raise Misread(first, f"it names the ledger {one_line(head)} twice")
    one: dict[str, str] = {}
    root = _root_in(one)
    for line, row in rows[1:]:
        if any(cell.strip() for cell in row[len(heads) :]):
            raise Misread(line, f"it has {len(row)} cells, and the table {count_of(len(heads), 'column')}")
        ids = [(head, cell.strip()) for head, cell in zip(heads, row, strict=False) if cell.strip()]
        for head, each in ids:
            if each not in known[head]:
                hint = did_you_mean(each, known[head])
                raise Misread(line, f"the ledger {one_line(head)} has no place {one_line(each)}" + (f": {hint}" if hint else ""))
        full = [f"{head}:{each}" for head, each in ids]
        for each in full[1:]:
            if root(each) != root(full[0]):
                one[root(each)] = root(full[0])
    found = {each: root(each) for each in one}
    _refuse_two_of_one(found)
    return found


def _root_in(one: dict[str, str]) -> Callable[[str], str]:
    def root(each: str) -> str:
        while each in one:
            each = one[each]
        return each

    return root


def _refuse_two_of_one(found: Same) -> None:
    """Refuse a table that makes two places of one ledger one."""
    seen: dict[tuple[str, str], str] = {}
    for each, stands_for in sorted([*found.items(), *((root, root) for root in set(found.values()))]):
        name = each.partition(":")[0]
        other = seen.setdefault((name, stands_for), each)
        if other != each:
            raise Trouble(f"it makes {one_line(other)} and {one_line(each)}, two places of one ledger, the same place")
