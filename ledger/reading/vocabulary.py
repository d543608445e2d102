"""What `ledger.yaml` means: places, claimants, properties. What can't be taken becomes a Finding, never an exception."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from ledger.model import Claimant, Place, Position, Vocabulary
from ledger.reading.circles import circle_words, circles, shortened
from ledger.reading.fields import Taker, positions
from ledger.reading.points import point_in
from ledger.reading.properties import _check_implications, _check_wholes, _property
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.reading.yaml_nodes import Scalar
from ledger.texts.display import one_line
from ledger.texts.languages import FIGURES, FRACTIONS, LISTS, SCALE_FIRST, SIGNED, SIGNS, WORD_LISTS
from ledger.texts.matching import places_left_open
from ledger.texts.suggestions import nearest

FORMAT = "1"
MOST_PHRASES = 1_000  # phrases of one list that a ledger adds to a language, of LONGEST_PHRASE characters at most
LONGEST_PHRASE = 100
MOST_OPEN = 3  # places of a phrase where anything may stand
TOP_FIELDS = ("format", "language", "title", "places", "claimants", "sides", "properties", "words")
PLACE_FIELDS = ("kind", "names", "short", "spellings", "former", "within", "point", "qid", "geonames", "note")
CLAIMANT_FIELDS = ("name", "other-names", "side", "kind", "of", "note")


BEHIND = 1 << 40  # lines: behind them, by their rows, stand places of which a ledger.yaml would hold too many


def read_vocabulary(root: Fields, further: Mapping[str, Fields] | None = None) -> Vocabulary:
    """The vocabulary that the mapping of `ledger.yaml` says, with its flaws; `further` are places from elsewhere, by id."""
    take = Taker()
    take.known_fields(root, TOP_FIELDS, "ledger.yaml")
    for required in ("format", "language"):
        if required not in root.keys:
            default = "format: 1" if required == "format" else "language: en"
            take.flaw("missing_field", (1, 1), f"`{required}` is missing", f"write `{default}`", required)
    take.text(root, "format")
    language, title = take.text(root, "language") or "en", take.text(root, "title") or ""
    places = {key: _place(take, key, root_place, node) for key, root_place, node in _entries(take, root, "places", "place")}
    for key, fields in (further or {}).items():
        where = fields.line, fields.column
        take.slug(key, where, "place")
        if key in places:
            take.flaw("bad_id", where, f"ledger.yaml has a place `{one_line(key)}`, too", "name it in one of the two")
        places[key] = _place(take, key, where, fields)
    claimants = {key: _claimant(take, key, where, node) for key, where, node in _entries(take, root, "claimants", "claimant")}
    properties = {key: _property(take, key, where, node) for key, where, node in _entries(take, root, "properties", "property")}
    _references(take, places, claimants)
    properties = _check_wholes(take, _check_implications(take, properties))
    words: dict[str, Mapping[str, tuple[str, ...]]] = {}
    more = take.mapping(root.items.get("words"), "`words`")
    for code, node in (more.items if more else {}).items():
        lists = take.mapping(node, f"`words: {one_line(code)}`")
        if lists is not None:
            take.known_fields(lists, WORD_LISTS, "`words` of a language")
            words[code] = {key: phrases for key in WORD_LISTS if (phrases := _listed(take, lists, key))}
    at = positions(root).get("language", (1, 1))
    _, sides = take.named(root, "sides")
    words_at = dict(more.keys) if more else {}
    flaws = tuple(take.flaws)
    return Vocabulary(language, places, claimants, properties, words, flaws, language_at=at, sides=sides, words_at=words_at, title=title)


def _phrases(take: Taker, lists: Fields, key: str) -> tuple[str, ...]:
    """Phrases that the ledger adds: each is looked for at every place of a seed."""
    kept = list(take.scalars(lists.items.get(key), key))
    for scalar in kept:
        if len(scalar.text) > LONGEST_PHRASE:
            message = f"one of the {key} is longer than {LONGEST_PHRASE} characters"
            take.flaw("bad_option", scalar, message, "write the words that open it", key)
        if places_left_open(scalar.text) > MOST_OPEN:
            message = f"one of the {key} leaves more than {MOST_OPEN} places open"
            take.flaw("bad_option", scalar, message, "write fewer `...` and `*` inside of it", key)
    if len(kept) > MOST_PHRASES:
        message = f"there are more than {MOST_PHRASES} {key} of this language; the others are not looked for"
        take.flaw("bad_option", kept[MOST_PHRASES], message, "write those that the texts use; `word*` stands for any ending", key)
    some = (scalar.text for scalar in kept[:MOST_PHRASES])
    return tuple(text for text in some if len(text) <= LONGEST_PHRASE and places_left_open(text) <= MOST_OPEN)


def _listed(take: Taker, lists: Fields, key: str) -> tuple[str, ...]:
    """What one of the lists of a language holds: texts, or words with what they stand for, each as `WORD FIGURE`."""
    if key not in lists.items:
        return ()
    if key in LISTS:
        return _phrases(take, lists, key)
    return ("true",) * take.flag(lists, key) if key == SCALE_FIRST else _with_values(take, lists, key)


# What the words of a list stand for, as a text; what is wrong with another, and what to write.
_VALUES = {
    **dict.fromkeys(FIGURES, ("[0-9]{1,18}", "stands for no whole number", "write `word: 1000`")),
    FRACTIONS: (r"\+?[0-9]{1,3}/0*[1-9][0-9]{0,2}", "stands for no fraction", "write `word: 1/2`, or `word: +1/2` of what is added"),
    **dict.fromkeys(SIGNED, ("|".join(SIGNS), "stands for no sign", f"write one of {', '.join(SIGNS)} in quotation marks")),
}


def _with_values(take: Taker, lists: Fields, key: str) -> tuple[str, ...]:
    """Words with what they stand for, each as `WORD FIGURE`."""
    shape, wrong, remedy = _VALUES[key]
    found = []
    entries = take.mapping(lists.items.get(key), f"`{key}`")
    for word, node in islice(entries.items.items() if entries else (), MOST_PHRASES):
        if type(node) is Scalar and re.fullmatch(shape, node.text) and word.strip(" .") and len(word) <= LONGEST_PHRASE:
            found.append(f"{word} {node.text}")
        else:
            take.flaw("bad_option", node, f"`{one_line(word)}` of `{key}` {wrong}", remedy, key)
    return tuple(found)


def _entries(take: Taker, root: Fields, section: str, what: str) -> Iterable[tuple[str, Position, Fields]]:
    if section not in root.items and not _mistyped(root, section):
        take.flaw("missing_field", (1, 1), f"`{section}` is missing", f"name the {section} that claims speak of", section)
    node = root.items.get(section)
    if type(node) is Scalar and not node.text.strip():
        return
    entries = take.mapping(node, f"`{section}`")
    for key, child in (entries.items if entries else {}).items():
        assert entries is not None
        take.slug(key, entries.keys[key], what)
        if type(child) is Scalar and not child.text.strip():
            child = Fields(*entries.keys[key])
        fields = take.mapping(child, f"{what} `{one_line(key)}`")
        yield key, entries.keys[key], fields if fields is not None else Fields(*entries.keys[key])


def _mistyped(root: Fields, section: str) -> bool:
    """Whether one of the unknown fields was probably meant to be the section: one cause, one finding."""
    unknown = (key for key in root.keys if key not in TOP_FIELDS)
    return any(section in nearest(key, TOP_FIELDS) for key in islice(unknown, 20))


def _place(take: Taker, key: str, where: Position, fields: Fields) -> Place:
    take.known_fields(fields, PLACE_FIELDS, "a place")
    names: list[tuple[str, str]] = []
    node = fields.items.get("names")
    if type(node) is Scalar and node.text.strip():
        names.append(("", node.text))
    else:
        by_language = take.mapping(node, "`names`")
        for code, value in (by_language.items if by_language else {}).items():
            names += [(code, name.text) for name in take.scalars(value, "names", one_allowed=True)]
    if not names:
        take.flaw("unnamed", where, f"place `{one_line(key)}` has no names", "write them by language: names: {en: ...}", "", len(key))
    return Place(
        key,
        take.text(fields, "kind") or "",
        tuple(names),
        take.texts(fields, "spellings", one_allowed=True),
        take.texts(fields, "former", one_allowed=True),
        take.text(fields, "within"),
        {"": where, **positions(fields)},
        take.text(fields, "qid"),
        take.text(fields, "geonames"),
        take.text(fields, "note"),
        take.text(fields, "short"),
        point_in(take, fields),
    )


def _claimant(take: Taker, key: str, where: Position, fields: Fields) -> Claimant:
    take.known_fields(fields, CLAIMANT_FIELDS, "a claimant")
    name = take.text(fields, "name")
    if name is None:
        take.flaw("unnamed", where, f"claimant `{one_line(key)}` has no name", "write `name: ...`", "", len(key))
    return Claimant(
        key,
        name or key,
        take.texts(fields, "other-names", one_allowed=True),
        take.text(fields, "side"),
        take.text(fields, "kind") or "",
        take.text(fields, "of"),
        {"": where, **positions(fields)},
        take.text(fields, "note"),
    )


def _references(take: Taker, places: dict[str, Place], claimants: dict[str, Claimant]) -> None:
    for place in places.values():
        if place.within is not None and place.within not in places:
            take.flaw(
                "unknown_place",
                place.at["within"],
                f"no place has the id `{one_line(place.within)}`",
                take.hints.did_you_mean(place.within, places) or "name the id of a larger place, or add it to `places`",
                "within",
                len(place.within),
            )
    for claimant in claimants.values():
        if claimant.of is not None and claimant.of not in claimants:
            take.flaw(
                "unknown_claimant",
                claimant.at["of"],
                f"no claimant has the id `{one_line(claimant.of)}`",
                take.hints.did_you_mean(claimant.of, claimants) or "name the id of a claimant, or add it to `claimants`",
                "of",
                len(claimant.of),
            )
    within = {place.id: place.within for place in places.values()}
    of = {claimant.id: claimant.of for claimant in claimants.values()}
    for links, entries, field in ((within, places, "within"), (of, claimants, "of")):
        for circle in circles({key: [link] if link else [] for key, link in links.items()}):
            take.flaw("circle", entries[circle[0]].at[field], circle_words(field, circle), "delete one of the links", field)
    for name in shortened(take, within, places, "within"):
        places[name] = places[name]._replace(within=None)
    for name in shortened(take, of, claimants, "of"):
        claimants[name] = claimants[name]._replace(of=None)
