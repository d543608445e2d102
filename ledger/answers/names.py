"""What was meant by a name that a person typed: the place, property, claimant, side, subject or seed that bears it, in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from ledger.model import Trouble, Vocabulary
from ledger.texts.display import one_line, some_of
from ledger.texts.folding import name_key, search_key, skeleton
from ledger.texts.suggestions import did_you_mean

LISTED = 12  # names of what there is, in a message
LISTING = {"place": "places", "property": "properties", "claimant": "claimants", "seed": "seeds"}  # the command that lists them all
NAMED = {"place", "property", "claimant"}  # what ledger.yaml names
Names = Mapping[str, Collection[str]]  # of each id, all other names


def find_place(name: str, vocabulary: Vocabulary, seeds: Iterable[str] = ()) -> str:
    """The id of the place that bears a name, in any language; raises Trouble for one that several bear, or none: then it says which
    option was meant, where something else is called so."""
    known = {place.id: place.all_names() for place in vocabulary.places.values()}
    found = bearers(name, known)
    if not found:
        meant = _meant(name, vocabulary, seeds)
        raise Trouble(f"no place is called {one_line(name)}" + (f", but {meant}" if meant else _what_there_is(name, known, "place")))
    return _the_one(name, found, "place", "places")


def find_property(name: str, vocabulary: Vocabulary) -> str:
    """The id of the property with that id or title; raises Trouble."""
    return _find(name, _titles(vocabulary), "property", "properties")


def find_claimants(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The claimant with that id or name, and whoever speaks `of` it; raises Trouble."""
    found = _find(name, _claimants(vocabulary), "claimant", "claimants")
    return frozenset(other for other in vocabulary.claimants if found in vocabulary.chain_of(other))


def find_side(name: str, vocabulary: Vocabulary) -> str:
    """The side with that name, or with that of a place whose id the side bears; raises Trouble."""
    return _find(name, _sides(vocabulary), "side", "sides")


def find_subject(name: str, vocabulary: Vocabulary) -> str:
    """The subject with that name, or with that of a claimant or place whose id it bears; raises Trouble."""
    return _find(name, _subjects(vocabulary), "subject", "subjects")


def find_seed(name: str, seeds: Iterable[str]) -> str:
    """The seed with that name, its folder and ending aside where that leaves one; raises Trouble."""
    known: Names = dict.fromkeys(seeds, ())
    typed = name.removeprefix("seeds/")
    return _find(_whole_name(typed, known), known, "seed", "seeds")


def _whole_name(typed: str, seeds: Iterable[str]) -> str:
    """The name of the one seed that is called so without its ending; else what was typed."""
    found = {seed for seed in seeds if seed.rpartition(".")[0] == typed}
    return found.pop() if len(found) == 1 else typed


def bearers(name: str, known: Names) -> list[str]:
    """The ids that a name stands for: the one that is written so; else those that bear it; else, where that leaves one, those that bear
    it accents aside, or letters that are written either way."""
    if name in known:
        return [name]
    for fold, most in ((name_key, len(known)), (search_key, 1), (skeleton, 1)):
        key = fold(name)
        found = sorted(each for each, names in known.items() if fold(each) == key or any(fold(other) == key for other in names))
        if found and len(found) <= most:
            return found
    return []


def _find(name: str, known: Names, noun: str, plural: str) -> str:
    found = bearers(name, known)
    if not found:
        raise Trouble(f"no {noun} is called {one_line(name)}{_what_there_is(name, known, noun)}")
    return _the_one(name, found, noun, plural)


def _the_one(name: str, found: list[str], noun: str, plural: str) -> str:
    if len(found) > 1:
        raise Trouble(f"several {plural} bear the name {one_line(name)}: {', '.join(map(one_line, found))}; ask for one of these ids")
    return found[0]


def _what_there_is(name: str, known: Names, noun: str) -> str:
    """What was probably meant, and what there is."""
    if not known:
        return f": there is no {noun} in this ledger" + (f" (name it in ledger.yaml, under `{LISTING[noun]}`)" if noun in NAMED else "")
    hint = did_you_mean(name, [word for each, names in known.items() for word in (each, *names)])
    there = f"there {'is' if len(known) == 1 else 'are'} {some_of(sorted(known), LISTED)}"
    if len(known) > LISTED and noun in LISTING:
        there = ("" if hint else there + "; ") + f"`ledger {LISTING[noun]}` lists all"
    return f": {hint} ({there})" if hint else f": {there}"


def _meant(name: str, vocabulary: Vocabulary, seeds: Iterable[str]) -> str:
    """Which option takes a name that is no place's; nothing where none does."""
    kinds: tuple[tuple[str, str, Callable[[], Names]], ...] = (
        ("a claimant is", "--claimant", lambda: _claimants(vocabulary)),
        ("a property is", "--property", lambda: _titles(vocabulary)),
        ("a side is", "--side", lambda: _sides(vocabulary)),
        ("a subject is", "--subject", lambda: _subjects(vocabulary)),
    )
    for words, option, known in kinds:
        found = bearers(name, known())
        if found:
            return f"{words}: write {option} {_typed(found[0] if len(found) == 1 else name)}"
    texts = set(seeds)
    seed = _whole_name(name.removeprefix("seeds/"), texts)
    return f"a seed is: write --seed {_typed(seed)}" if seed in texts else ""


def _typed(name: str) -> str:
    """A name as it is typed behind an option."""
    shown = one_line(name)
    return shown if all(char.isalnum() or char in "-_." for char in shown) else f'"{shown}"'


def _titles(vocabulary: Vocabulary) -> Names:
    return {known.id: (known.title,) for known in vocabulary.properties.values()}


def _claimants(vocabulary: Vocabulary) -> Names:
    return {known.id: (known.name, *known.other_names) for known in vocabulary.claimants.values()}


def _sides(vocabulary: Vocabulary) -> Names:
    printed = {side: [name] for side, name in vocabulary.sides.items()}
    sides = {known.side for known in vocabulary.claimants.values() if known.side is not None}
    return {side: _names_of(side, vocabulary) + printed.get(side, []) for side in sorted(sides)}


def _subjects(vocabulary: Vocabulary) -> Names:
    names = {subject: _names_of(subject, vocabulary) for known in vocabulary.properties.values() for subject in known.subjects}
    for known in vocabulary.properties.values():
        for subject, printed in known.subject_names.items():
            if printed not in names[subject]:
                names[subject].append(printed)
    return names


def _names_of(word: str, vocabulary: Vocabulary) -> list[str]:
    """What a side or a subject may be called: as the place and the claimant of that id are."""
    names = [*vocabulary.places[word].all_names()] if word in vocabulary.places else []
    claimant = vocabulary.claimants.get(word)
    return names + ([] if claimant is None else [claimant.name, *claimant.other_names])
