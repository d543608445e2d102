"""The words of `ledger.yaml`, as `ledger explain WORD` tells them: what each means, and a little ledger in which it decides something.

An example is a part of `ledger.yaml`, then `claims:` with what matters of each; what is left out is filled in (one place, `town`; one
claimant for each claim; the first property). `then` says what the program finds in it, pair by pair, in its own words.
"""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """What a word of `ledger.yaml` means; an example (empty where a word decides nothing), and what follows from it."""

    means: str
    example: str = ""
    then: tuple[str, ...] = ()


_TWO_SIDES = "claimants:\n  ministry: {name: Ministry, side: north}\n  council: {name: Council, side: south}\n"

WORDS: dict[str, Word] = {
    # -- the file
    "format": Word("The form in which `ledger.yaml` is written: `format: 1`. A program that does not know it says so, and reads nothing."),
    "language": Word("The language of the ledger's readers (BCP 47, `en`): every quote in another language needs a translation into it."),
    "places": Word(
        "Where something is said to be so. A claims file uses the id; a reader may type any of the names.",
        """\
places:
  town: {kind: town, names: {en: Millbrook, uk: Мілбрук}}
""",
    ),
    "claimants": Word(
        "Who says something: the origin, not the newspaper that tells of it (that one stands in the claim's `via`).",
        """\
claimants:
  ministry: {name: Ministry of Roads, kind: ministry, side: north}
""",
    ),
    "properties": Word(
        "What can be claimed, and when two values contradict each other. Each is one of five kinds: `values`, `quantity`, `date`, `event`, "
        "`text`.",
        """\
properties:
  bridge: {values: [open, closed], lasts: P7D}
claims:
- {id: one, value: open, said: 2025-03-10}
- {id: two, value: closed, said: 2025-03-10}
""",
        ("one two: exclusive, certain",),
    ),
    "words": Word(
        "Words of a language beyond those that the program ships, which `check` looks for in texts: under the language's tag, by list. Beside a "
        "quote: `negations`, `near-misses`, `frames`, `hedges`, and `exceptions`, which look like one of these and are none (`no-hedges`: like a hedge). Of figures: `numbers` "
        "and `scales` with what they count, `fractions` (`1/2`; `+1/2` of what is added), `joiners` (the *and* inside of a number), `fillers` (*a*, "
        "*of*), `ranges` (*to*), `between`, `bounds` with the sign that they are (`at least: '>='`; `... or more` stands behind the figure), "
        "`vague` (*dozens*), `months`, `scale-first: true`. Of sentences: `abbreviations`, with their full stop. Of words: `prefixes` and `suffixes`, "
        "which are written onto them and onto names of places; `lower-only` and `capital-only`; `conjunctions`. `word*` stands for any ending, "
        "`*word` for any beginning, `...` for a few words between two.",
        """\
words:
  en:
    negations: [far from]
    frames: [denounce* ... as]
    hedges: [word has it that]
    bounds: {in the order of: "~", ... and rising: ">="}
    scales: {myriad: 10000}
""",
    ),
    # -- a place
    "names": Word("The names of a place, by language: a text, or a list of texts. `check` looks for them in the paragraph of a quote."),
    "spellings": Word("Other spellings and inflected forms of a place's name, as they were seen in texts of any language."),
    "former": Word("Former names of a place: found like any other, never shown first."),
    "within": Word(
        "The larger place that a place lies within, at any depth. What is said of one can contradict what is said of the other where the "
        "property says so: an event, or `parts: true`.",
        """\
places:
  town: {kind: town, names: {en: Millbrook}}
  north: {kind: part, names: {en: the north of Millbrook}, within: town}
properties:
  power: {values: ["on", "off"], parts: true}
claims:
- {id: one, value: "on", extent: all, said: 2025-03-10}
- {id: two, place: north, value: "off", said: 2025-03-10}
""",
        ("one two: exclusive, certain",),
    ),
    "point": Word(
        "Where a place lies on the globe, `[latitude, longitude]` in degrees, south and west with a minus: what the map of `report` and `export "
        "geojson` draw. Of a region its middle, or none. It decides nothing: what lies within what, `within` says.",
        """\
places:
  town: {kind: town, names: {en: Millbrook}, point: [48.28, 37.18]}
""",
    ),
    "qid": Word("The place's id in Wikidata (`Q156735`). Optional, and never guessed."),
    "geonames": Word("The place's id in GeoNames. Optional, and never guessed."),
    "kind": Word(
        "What a place or a claimant is, in a word of your own. Of a claimant, `unnamed` means: one voice only within one claims file."
    ),
    "short": Word(
        "What a place is called in a sentence, in the ledger's language, where that is none of its names: `the Kursk region`. Articles stand in "
        "it as the language wants them.",
        """\
places:
  region: {kind: region, names: {en: Kursk Oblast}, short: the Kursk region}
""",
    ),
    # -- a claimant
    "name": Word("What a claimant is called where it is shown."),
    "other-names": Word("Other names of a claimant, by which a reader may ask for it."),
    "side": Word(
        "The party that a claimant speaks for; none for a newspaper, a researcher, a map. Contradictions across sides, within one, and of a "
        "claimant with itself are told apart.",
        _TWO_SIDES
        + """\
properties:
  bridge: {values: [open, closed]}
claims:
- {id: one, value: open, claimant: ministry, said: 2025-03-10}
- {id: two, value: closed, claimant: council, said: 2025-03-10}
""",
        ("one two: exclusive, certain",),
    ),
    "of": Word(
        "The claimant whose word a claimant's word is: a spokesman, a press office. They are one mouth: where it says another thing later, "
        "nothing is presumed of what it said before.",
        """\
claimants:
  ministry: {name: Ministry}
  reed: {name: Jo Reed, of: ministry}
properties:
  bridge: {values: [open, closed], lasts: P14D}
claims:
- {id: one, value: open, claimant: ministry, said: 2025-03-10}
- {id: two, value: closed, claimant: reed, said: 2025-03-12}
""",
    ),
    "sides": Word(
        "What is printed for a side, where that is not the side as it is written.",
        """\
sides: {north: the North, south: the South}
""",
    ),
    # -- a property
    "says": Word(
        "What a claim says, as a sentence: of what it asserts, with `{place}`, `{value}` and `{subject}` for what differs. An extent that is "
        "written goes with the place (`most of Millbrook`), a figure is told in words (`at least 43`). Of a choice, one sentence or one for "
        "each value. Begin with a small letter: what needs a capital one gets it.",
        """\
properties:
  bridge: {values: {open: open, closed: closed to lorries}, says: "the bridge at {place} is {value}", lasts: P7D}
claims:
- {id: one, value: open, said: 2025-03-10}
- {id: two, value: closed, said: 2025-03-10}
""",
        ("one two: exclusive, certain",),
    ),
    "denied": Word(
        "What a claim says that denies, as a sentence; without it, `denied:` stands before the sentence of the assertion.",
        """\
properties:
  flooded: {event: true, says: "{place} has been flooded", denied: "{place} has not been flooded"}
claims:
- {id: one, said: 2025-03-10}
- {id: two, stance: denies, said: 2025-03-12}
""",
        ("one two: denial, certain",),
    ),
    "title": Word("What a property is called where it is shown: `who holds the place`."),
    "values": Word(
        "A choice: one of these values holds (a list of ids, or a mapping from each to what is printed for it). Two different ones exclude each other, but for the pairs under `compatible`.",
        """\
properties:
  control: {values: [north, south, contested]}
claims:
- {id: one, value: north, said: 2025-03-10}
- {id: two, value: contested, said: 2025-03-10}
""",
        ("one two: exclusive, certain",),
    ),
    "compatible": Word(
        "Pairs of values of a choice that can both hold at once.",
        """\
properties:
  traffic: {values: [running, delayed, stopped], compatible: [[running, delayed]]}
claims:
- {id: one, value: running, said: 2025-03-10}
- {id: two, value: delayed, said: 2025-03-10}
- {id: three, value: stopped, said: 2025-03-10}
""",
        ("one three: exclusive, certain", "three two: exclusive, certain"),
    ),
    "parts": Word(
        "What holds of all of a place holds of each part of it. A claim of a choice then says of how much it speaks: `extent` (all, most, "
        "part, 30%). Of a quantity: what is counted in a part of a place is counted in all of it too, so no part has more.",
        """\
places:
  valley: {kind: valley, names: {en: the valley}}
  town: {kind: town, names: {en: Millbrook}, within: valley}
properties:
  control: {values: [north, south], parts: true}
  dead: {quantity: people, cumulative: true, parts: true}
claims:
- {id: one, value: north, extent: most, said: 2025-03-10}
- {id: two, value: south, extent: part, said: 2025-03-10}
- {id: three, value: south, extent: all, said: 2025-03-10}
- {id: four, property: dead, value: 90, said: 2025-03-11}
- {id: five, property: dead, place: valley, value: 60, said: 2025-03-12}
""",
        ("five four: figure, possible", "one three: exclusive, certain"),
    ),
    "part-of": Word(
        "The quantity of which this one counts a part (the children among the dead): a part is never larger than its whole, of "
        "the same place, subject and time. Both have one unit, and are both `cumulative` or neither.",
        """\
properties:
  dead: {quantity: people, lasts: P7D}
  children: {quantity: people, lasts: P7D, part-of: dead}
claims:
- {id: one, value: 40, said: 2025-03-10}
- {id: two, property: children, value: 50, said: 2025-03-10}
- {id: three, property: children, value: 30, said: 2025-03-10}
""",
        ("one two: figure, certain", "three two: figure, certain"),
    ),
    "lasts": Word(
        "How long a statement is presumed to go on holding when nobody says more: P14D, P3M, P2Y or `forever`. Without it nothing is presumed, "
        "and statements of two days never meet. What is presumed makes a contradiction possible, never certain.",
        """\
properties:
  bridge: {values: [open, closed], lasts: P7D}
claims:
- {id: one, value: open, said: 2025-03-10}
- {id: two, value: closed, said: 2025-03-14}
- {id: three, value: closed, said: 2025-03-20}
""",
        ("one two: exclusive, possible",),
    ),
    "quantity": Word(
        'A figure, and its unit: `quantity: people`. Values read `27000`, `~2000`, `">=43"`, `<100`, `1000..2000`. Two that do not meet '
        "contradict each other, where their times meet; say by `lasts`, `cumulative` or `timeless` which times those are.",
        """\
properties:
  population: {quantity: people, lasts: P1Y}
claims:
- {id: one, value: 27000, said: 2025-03-10}
- {id: two, value: "~26000", said: 2025-03-10}
- {id: three, value: "<20000", said: 2025-03-10}
""",
        ("one three: figure, certain", "three two: figure, certain"),
    ),
    "tolerance": Word(
        "How far apart two figures may lie and still be the same: 10%, or an absolute figure.",
        """\
properties:
  population: {quantity: people, tolerance: 10%, lasts: P1Y}
claims:
- {id: one, value: 27000, said: 2025-03-10}
- {id: two, value: 29000, said: 2025-03-10}
- {id: three, value: 32000, said: 2025-03-10}
""",
        ("one three: figure, certain", "three two: figure, certain"),
    ),
    "cumulative": Word(
        "A figure counted over a period (the dead of a flood, vehicles lost): it can only grow, so a count of no longer a period can't be the "
        "larger one. An earlier and smaller count contradicts nothing.",
        """\
properties:
  deaths: {quantity: people, cumulative: true}
claims:
- {id: one, value: 5500, said: 2023-09-13}
- {id: two, value: 3252, said: 2023-09-16}
- {id: three, value: 6000, said: 2023-09-20}
""",
        ("one two: figure, certain",),
    ),
    "timeless": Word(
        "A fixed fact, whenever it was said (the length of a border, who built a dam): any two values that differ contradict each other.",
        """\
properties:
  height: {quantity: metres, timeless: true}
claims:
- {id: one, value: 30, said: 2015-01-01}
- {id: two, value: 43, said: 2025-03-10}
""",
        ("one two: figure, certain",),
    ),
    "event": Word(
        "It has happened or it has not; a claim has no value. Said without `holds`, it has happened by the day it was said; a denial says: not "
        "by that day. What has happened stays happened, for as long as `lasts` says.",
        """\
properties:
  flooded: {event: true}
claims:
- {id: one, said: 2025-03-10}
- {id: two, stance: denies, said: 2025-03-12}
- {id: three, stance: denies, said: 2025-03-08}
""",
        ("one two: denial, certain",),
    ),
    "once": Word(
        "An event that happens at most once to a place: two days that can't be the same contradict each other.",
        """\
properties:
  breach: {event: true, once: true}
claims:
- {id: one, said: 2025-03-10, holds: 2025-03-02}
- {id: two, said: 2025-03-10, holds: 2025-03-04}
""",
        ("one two: figure, certain",),
    ),
    "date": Word(
        "A day as a value, with its uncertainty: `2025-03`, `2025-03-10~`.",
        """\
properties:
  finished: {date: true, timeless: true}
claims:
- {id: one, value: 1971, said: 2025-03-10}
- {id: two, value: 1971-05, said: 2025-03-10}
- {id: three, value: 1974, said: 2025-03-10}
""",
        ("one three: figure, certain", "three two: figure, certain"),
    ),
    "text": Word(
        "Free text. No rule can tell whether two texts exclude each other: only a claim that `disputes` another contradicts it.",
        """\
properties:
  name-for-it: {text: true}
claims:
- {id: one, value: a rescue, said: 2025-03-10}
- {id: two, value: a raid, said: 2025-03-10, disputes: [one]}
""",
        ("one two: denial, certain",),
    ),
    "subjects": Word(
        "Whose (a list of ids, or a mapping from each to what is printed for it): each claim names one subject, and meets only claims that name the same.",
        """\
properties:
  lost: {quantity: vehicles, subjects: [north, south], cumulative: true}
claims:
- {id: one, subject: north, value: 3, said: 2025-03-10}
- {id: two, subject: north, value: 9, said: 2025-03-10}
- {id: three, subject: south, value: 20, said: 2025-03-10}
""",
        ("one two: figure, certain",),
    ),
    "implies": Word(
        "What a claim says of another property beyond argument: who has left a town no longer holds all of it.",
        """\
properties:
  left: {event: true, implies: [{property: control, value: north, stance: denies, extent: part}]}
  control: {values: [north, south], parts: true, lasts: P14D}
claims:
- {id: one, said: 2025-03-10, holds: 2025-03-08}
- {id: two, property: control, value: north, extent: all, said: 2025-03-10}
""",
        ("one two: denial, possible",),
    ),
}
