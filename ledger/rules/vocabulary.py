"""Rules about the vocabulary (W)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.model import Claimant, Finding, Place, Related, Vocabulary
from ledger.reading.misleading import mixed_word, mixed_words
from ledger.rules.registry import ERROR, WARNING, check
from ledger.rules.views import LedgerView, VocabularyView
from ledger.texts.display import one_line
from ledger.texts.folding import name_key, skeleton
from ledger.texts.languages import counts_in


@check("W901", ERROR, "vocabulary")
def property_kind(view: VocabularyView) -> Iterator[Finding]:
    """A property that is none of the five kinds, or two of them: which values exclude each other then can't be told, and none of
    its claims is compared.

    Remedy: one of `values: [...]`, `quantity: unit`, `date: true`, `event: true`, `text: true`.
    Bad:
        properties:
          bridge:
            title: whether the bridge can be used
    Good:
        properties:
          bridge:
            title: whether the bridge can be used
            values: [open, closed]
    """
    return view.flaws("property_kind")


@check("W902", ERROR, "vocabulary")
def misplaced_option(view: VocabularyView) -> Iterator[Finding]:
    """An option that does not go with the kind of property, or with another option: it would promise a rule that is never applied.

    Remedy: delete it, or change the kind. `compatible` goes with `values`; `parts` with `values`, `event` and `quantity`; `implies`
    with `values` and `event`; `tolerance`, `cumulative` and `part-of` with `quantity`; `once` with `event`; `timeless` with all but
    `event` and `cumulative`, and then without `lasts`; `once` without `lasts`.
    Bad:
        properties:
          bridge: {values: [open, closed], tolerance: 10%}
    Good:
        properties:
          bridge: {values: [open, closed]}
          people: {quantity: people, tolerance: 10%}
    """
    return view.flaws("misplaced_option")


@check("W903", ERROR, "vocabulary")
def bad_option(view: VocabularyView) -> Iterator[Finding]:
    """An option whose value can't be read: a duration, a tolerance, a flag, a value that stands twice or is not among the values.
    The rules of a property decide what contradicts what; none is guessed.

    Remedy: `lasts` is P14D, P3M, P2Y or forever; `tolerance` 10% or a figure; a flag true or false; `compatible` and `implies`
    name the property's own values.
    Bad:
        properties:
          bridge: {values: [open, closed], lasts: two weeks}
    Good:
        properties:
          bridge: {values: [open, closed], lasts: P14D}
    """
    return view.flaws("bad_option")


@check("W904", ERROR, "vocabulary")
def bad_implication(view: VocabularyView) -> Iterator[Finding]:
    """What is implied can't be: an unknown property, value or subject, or a property that is no choice, or is timeless. Nothing
    could contradict it.

    Remedy: imply a value of a choice that holds for a time.
    Bad:
        properties:
          bridge: {values: [open, closed], lasts: P7D}
          flood: {event: true, implies: [{property: bridge, value: shut}]}
    Good:
        properties:
          bridge: {values: [open, closed], lasts: P7D}
          flood: {event: true, implies: [{property: bridge, value: closed}]}
    """
    return view.flaws("bad_implication")


@check("W905", ERROR, "vocabulary")
def circle(view: VocabularyView) -> Iterator[Finding]:
    """`within`, `of`, `implies` or `part-of` lead back to where they began: a place within itself, a claimant who is its own word, a
    figure that is part of itself. Which is the larger, or whose word it is, can't be told.

    Remedy: delete one of the links.
    Bad:
        places:
          county: {kind: county, names: {en: Mill County}, within: millbrook}
          millbrook: {kind: village, names: {en: Millbrook}, within: county}
    Good:
        places:
          county: {kind: county, names: {en: Mill County}}
          millbrook: {kind: village, names: {en: Millbrook}, within: county}
    """
    return view.flaws("circle")


@check("W906", WARNING, "vocabulary")
def name_shared(view: VocabularyView) -> Iterator[Finding]:
    """Two places bear one name, so that a reader who types it must be asked which is meant, and a curator may take the wrong one. Names
    that differ in accents, points, hyphens or letters that are written either way (`إدلب` and `ادلب`) are one, and mostly one place.

    Remedy: a longer name for one of them (`Ivanivka, Kherson oblast`), where the texts allow it; of one place entered twice one entry, with
    the other name among its `spellings`.
    Bad:
        places:
          millbrook: {kind: village, names: {en: Millbrook}}
          elmdorf-millbrook: {kind: part, names: {en: Millbrook}, within: elmdorf}
    Good:
        places:
          millbrook: {kind: village, names: {en: Millbrook}}
          elmdorf-millbrook: {kind: part, names: {en: Millbrook in Elmdorf}, within: elmdorf}
    """
    bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in view.vocabulary.places.values():
        for name in place.all_names():
            key = skeleton(name) or name_key(name)
            if not bearers[key] or bearers[key][-1][0] != place.id:  # (all names of a place come together)
                bearers[key].append((place.id, name))
    for shared in bearers.values():
        if len(shared) > 1:
            first = view.vocabulary.places[shared[0][0]]
            for bearer, name in shared[1:]:
                place = view.vocabulary.places[bearer]
                related = (Related(view.path, *first.at[""], "the other place"),)
                same = name_key(name) == name_key(shared[0][1])
                both = f"both bear the name {one_line(name)}"
                yield Finding(
                    *place.at[""],
                    f"`{one_line(bearer)}` and `{one_line(first.id)}` "
                    + (both if same else f"bear names that are one: {one_line(name)} and {one_line(shared[0][1])}"),
                    "give one of them a longer name"
                    if same
                    else "make them one place with two spellings, or give one of them a longer name",
                    None,
                    len(bearer),
                    related,
                )


@check("W907", WARNING, "ledger")
def unused(view: LedgerView) -> Iterator[Finding]:
    """A place, claimant or property that no claim uses, no other entry needs, and nothing is implied of: a slip of the pen, or
    a claim that was never written. One that has a `note` is left alone: somebody said what it is for. Or `words` of a language that no
    text is in: they are looked for nowhere.

    Remedy: delete it, record the claim it was added for, or say in a `note` what it waits for; `words` under the tag of the texts'
    language, as their heads have it.
    Bad:
        places:
          millbrook: {kind: village, names: {en: Millbrook}}
          lakeside: {kind: village, names: {en: Lakeside}}     # no claim is of Lakeside
    Good:
        places:
          millbrook: {kind: village, names: {en: Millbrook}}
    """
    if view.ledger.refusals or any(flaw.field == "claims" for file in view.ledger.files for flaw in file.flaws):
        return  # a file that was refused, or whose claims were not found, may use it
    if not any(len(file.claims) for file in view.ledger.files):
        return  # nothing was recorded yet
    vocabulary = view.vocabulary
    yield from _unused_words(vocabulary, sorted({file.language for file in view.ledger.files if file.language}))
    places, claimants, properties = set[str](), set[str](), set[str]()
    for outline in view.outlines:
        places |= outline.places
        claimants |= outline.claimants | outline.relays
        properties |= outline.properties
    places.update(place.within for place in vocabulary.places.values() if place.within)
    claimants.update(claimant.of for claimant in vocabulary.claimants.values() if claimant.of)
    properties.update(known.part_of for known in vocabulary.properties.values() if known.part_of)
    properties.update(step.property for known in vocabulary.properties.values() for steps in known.implies.values() for step in steps)
    for noun, used, entries in (
        ("place", places, vocabulary.places),
        ("claimant", claimants, vocabulary.claimants),
        ("property", properties, vocabulary.properties),
    ):
        if not used - {""} <= entries.keys():
            continue  # some name is unknown, and may be meant for it
        for name, entry in entries.items():
            if name not in used and not entry.note:
                yield Finding(
                    *entry.at[""],
                    f"no claim uses the {noun} `{one_line(name)}`",
                    "delete it, or record the claim it was added for",
                    None,
                    len(name),
                    path=vocabulary.path,
                )


def _unused_words(vocabulary: Vocabulary, languages: list[str]) -> Iterator[Finding]:
    for tag in vocabulary.words:
        if not any(counts_in(tag, language) for language in (*languages, vocabulary.language)):
            yield Finding(
                *vocabulary.words_at.get(tag, (1, 1)),
                f"no text is in the language `{one_line(tag)}`, whose `words` stand here",
                f"delete them, or write the tag of the texts' language ({', '.join(map(one_line, languages[:8]))})",
                None,
                len(tag),
                path=vocabulary.path,
            )


@check("W908", WARNING, "vocabulary")
def unnamed(view: VocabularyView) -> Iterator[Finding]:
    """A place without names, or a claimant without a name: readers see only the id, and no name of a text can be compared.

    Remedy: write the names.
    Bad:
        places:
          millbrook: {kind: village}
    Good:
        places:
          millbrook: {kind: village, names: {en: Millbrook}}
    """
    return view.flaws("unnamed")


@check("W911", WARNING, "vocabulary")
def quantity_without_time(view: VocabularyView) -> Iterator[Finding]:
    """A quantity says neither `lasts` nor `cumulative` nor `timeless`: a figure then holds on its own day alone, and two figures of different
    days never contradict each other, not even a count of the dead that falls.

    Remedy: `cumulative: true` for what is counted up over a period and can't fall (the dead, losses); `lasts: P1Y` for what is presumed to
    hold for a time (inhabitants); `timeless: true` for one fixed figure (a length); `lasts: P0D` where a figure is of its own day alone.
    Bad:
        properties:
          deaths: {quantity: people}
    Good:
        properties:
          deaths: {quantity: people, cumulative: true}
          inhabitants: {quantity: people, lasts: P1Y}
    """
    for known in view.vocabulary.properties.values():
        if known.type == "quantity" and known.usable and not known.cumulative and not known.timeless and "lasts" not in known.at:
            line, column = known.at.get("quantity", known.at[""])
            yield Finding(
                line,
                column,
                f"nothing says for how long a figure of `{one_line(known.id)}` holds: two figures of different days never contradict each other",
                "write `cumulative: true` (counted up over a period, it can't fall), `lasts: P1Y` (presumed to hold so long), "
                "`timeless: true` (one fixed figure), or `lasts: P0D` (of its own day alone)",
                length=len(known.unit),
            )


@check("W909", WARNING, "vocabulary")
def name_mixes_scripts(view: VocabularyView) -> Iterator[Finding]:
    """A name with a word whose letters are of two scripts that look alike: it never matches what a text or a reader writes.

    Remedy: write the letters of one script; a spelling in another script is a name of its own.
    Bad:
        places:
          millbrook:
            kind: village
            names: {en: Millbrоok}
    Good:
        places:
          millbrook:
            kind: village
            names: {en: Millbrook}
    """
    entries: list[tuple[Place | Claimant, list[str]]] = [(place, place.all_names()) for place in view.vocabulary.places.values()]
    entries += [(claimant, [claimant.name, *claimant.other_names]) for claimant in view.vocabulary.claimants.values()]
    for entry, names in entries:
        for name in names:
            found = None if name.isascii() else mixed_word(name)
            if found is not None:
                message, remedy = mixed_words(found)
                yield Finding(*entry.at[""], message, remedy, None, len(entry.id))
                break


@check("W912", ERROR, "vocabulary", excludes=False)
def unreadable_sentence(view: VocabularyView) -> Iterator[Finding]:
    """A sentence under `says` or `denied` that can't be used: a brace without its other, braces around what is no gap of this property, a
    sentence for a value that is none. What claims say would be printed wrong, so it is printed as if there were no sentence.

    Remedy: of gaps there are `{place}`, `{value}` (not of an event) and `{subject}` (where the property has `subjects`); of a choice one
    sentence, or a mapping from its values to sentences.
    Bad:
        properties:
          bridge: {values: [open, closed], says: "the bridge at {town} is {value}"}
    Good:
        properties:
          bridge: {values: [open, closed], says: "the bridge at {place} is {value}"}
    """
    return view.flaws("unreadable_sentence")


@check("W913", WARNING, "vocabulary")
def sentence_leaves_out(view: VocabularyView) -> Iterator[Finding]:
    """A sentence under `says` or `denied` that leaves out what claims differ in: their value, their subject, or (of a property with `parts`)
    their place and its share. Claims that contradict each other would read the same.

    Remedy: write the gap where it belongs; of a choice, a sentence for each value may spell the value out.
    Bad:
        properties:
          deaths: {quantity: people, cumulative: true, says: "people have died in {place}"}
    Good:
        properties:
          deaths: {quantity: people, cumulative: true, says: "{value} people have died in {place}"}
    """
    return view.flaws("sentence_leaves_out")


@check("W910", ERROR, "vocabulary")
def unfit_whole(view: VocabularyView) -> Iterator[Finding]:
    """`part-of` names a property that this one can't be part of: an unknown one, one that is no quantity, or one that counts in another
    unit, over periods where this one does not, at all times, or of other subjects. Their figures can't be compared, so that a part
    above its whole would go unseen.

    Remedy: name the quantity that counts the whole, and give both the same unit, `cumulative`, `timeless` and `subjects`.
    Bad:
        properties:
          deaths: {quantity: people, cumulative: true}
          children-killed: {quantity: children, cumulative: true, part-of: deaths}
    Good:
        properties:
          deaths: {quantity: people, cumulative: true}
          children-killed: {quantity: people, cumulative: true, part-of: deaths}
    """
    return view.flaws("unfit_whole")


@check("W914", ERROR, "vocabulary", excludes=False)
def bad_point(view: VocabularyView) -> Iterator[Finding]:
    """A `point` that is no place on the globe: not two numbers, not of degrees, or beyond the poles or the date line. None is guessed, and the
    place is on no map until it is mended; its claims are compared as ever.

    Remedy: latitude, then longitude, in degrees with a point before the decimals, south and west with a minus.
    Bad:
        places:
          millbrook: {kind: village, names: {en: Millbrook}, point: [148.28, 37.18]}
    Good:
        places:
          millbrook: {kind: village, names: {en: Millbrook}, point: [48.28, 37.18]}
    """
    return view.flaws("bad_point")
