"""The places that have a point, drawn on a map without borders, each with the state of one property on one day, beside a table that says the same.

A state is told by the shape of a sign, and by its colour only besides: one answer, several that do not exclude each other, answers that
contradict each other, surely or possibly. What is drawn here is of the day of the last word; the script draws other days and properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.answers.timeline import Entry, Timeline
from ledger.conflicts.claims_in_words import claimant_name, title_of, value_name
from ledger.model import Claim, Point, Property
from ledger.render.chart.globe import HIDDEN_RIGHT, OFFSETS, WIDTH, Sheet, Spot, sheet
from ledger.render.report.book import Book
from ledger.render.report.data import contradicted_days, dated
from ledger.render.report.markup import anchored, question_anchor, shown
from ledger.texts.dates import format_day
from ledger.texts.display import count_of
from ledger.texts.templates import capitalised

MOST_MAPS = 12  # properties that can be chosen, those asked most
MOST_PLACES = 1_000  # of one map, the most important; the others are counted
LONGEST = 28  # letters of a name on a map
SHAPES = 6  # answers with a shape of their own; the others share the last
NOBODY, SEVERAL, POSSIBLY, SURELY = "n", "s", "p", "c"
STATES = {
    SEVERAL: "several answers that do not exclude each other",
    SURELY: "answers that contradict each other",
    POSSIBLY: "answers that may contradict each other",
    NOBODY: "nobody is on record for that day",
}
_SHAPES = {
    "0": "M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z",
    "1": "M-5.5-5.5H5.5V5.5H-5.5Z",
    "2": "M0-7L7 5H-7Z",
    "3": "M0 7L7-5H-7Z",
    "4": "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
    "5": "M-7-3H7V3H-7Z",
    SEVERAL: "M-8 0A4 4 0 1 1 0 0A4 4 0 1 1-8 0ZM0 0A4 4 0 1 1 8 0A4 4 0 1 1 0 0Z",
    SURELY: "M0-9L9 0L0 9L-9 0ZM-4 0H4M0-4V4",
    POSSIBLY: "M0-9L9 0L0 9L-9 0Z",
    NOBODY: "M0-3A3 3 0 1 1 0 3A3 3 0 1 1 0-3Z",
}
_DEFS = "".join(f'<path id="m{name}" d="{path}"/>' for name, path in _SHAPES.items())


class Answer(NamedTuple):
    """An answer in words, with the sign that stands for it; `vague`: it is told of a part of the place."""

    words: str
    sign: str
    vague: bool = False


class Told(NamedTuple):
    """A place on a map: its question over time, its entries with the number of the answer that each gives (-1: none), and the days on
    which answers contradict each other (first, last, whether surely)."""

    drawn: Timeline
    entries: list[tuple[str, Entry, int]]
    marks: list[tuple[int, int, int]]


class Map(NamedTuple):
    """What can be drawn of one property: its title, the answers in words, the places, the most important first, and where they are."""

    title: str
    answers: list[Answer]
    places: list[Told]
    left: int
    sheet: Sheet

    @property
    def claims(self) -> int:
        """How many claims give an answer."""
        return sum(number >= 0 for told in self.places for _, _, number in told.entries)


class State(NamedTuple):
    """What is said of a place on a day: which sign, whether it is only presumed or only perhaps of that day, the claims by answer."""

    sign: str
    vague: bool
    claims: Mapping[int, list[Claim]]


def maps_of(book: Book) -> list[Map]:
    """The maps that can be drawn, that of the property asked most first."""
    asked: dict[tuple[str, str | None], list[Timeline]] = {}
    for drawn in book.told.drawn:
        known, place = book.vocabulary.properties.get(drawn.property), book.vocabulary.places.get(drawn.place)
        if known is not None and known.type in ("choice", "event") and place is not None and place.point is not None:
            asked.setdefault((drawn.property, drawn.subject), []).append(drawn)
    found = [made for (property, subject), drawn in asked.items() if (made := _map(property, subject, drawn, book)) is not None]
    return sorted(found, key=lambda each: (-each.claims, each.title))[:MOST_MAPS]


def _map(property: str, subject: str | None, drawn: Iterable[Timeline], book: Book) -> Map | None:
    known = book.vocabulary.properties[property]
    places = []
    for each in drawn:
        entries = [(anchor, entry, _answer(entry.claim, known)) for anchor, entry in dated(each, book)]
        if any(number >= 0 for _, _, number in entries):
            places.append(Told(each, entries, contradicted_days(each)))
    if not places:
        return None
    places.sort(key=lambda told: (-len(told.marks), -len(told.entries), book.place_order(told.drawn.place)))
    kept = places[:MOST_PLACES]
    points: list[Point] = [book.vocabulary.places[told.drawn.place].point or (0, 0) for told in kept]
    given = sheet(points, [_short(told, book) for told in kept])
    title = capitalised(title_of(property, subject, book.vocabulary))
    return Map(title, _answers(known), kept, len(places) - len(kept), given)


def _answers(known: Property) -> list[Answer]:
    """Every answer to a property: of a choice its values, the same of a part of the place, and what is denied."""
    if known.type == "event":
        return [Answer("yes", "0"), Answer("no", "1")]
    named = [(value_name(known, value), str(min(SHAPES - 1, number))) for number, value in enumerate(known.values)]
    parts = [Answer(f"{name}, of a part", sign, True) for name, sign in named]
    return [*(Answer(*each) for each in named), *parts, *(Answer(f"not {name}", str(SHAPES - 1)) for name, _ in named)]


def _answer(claim: Claim, known: Property) -> int:
    """The number of the answer that a claim gives; -1 of what is doubted or expected, and of what another property implies."""
    if claim.property != known.id or claim.stance not in ("asserts", "denies"):
        return -1
    if known.type == "event":
        return 0 if claim.stance == "asserts" else 1
    if claim.value not in known.values:
        return -1
    of_all = claim.extent in (None, "all", "100%")
    return known.values.index(claim.value) + len(known.values) * (2 if claim.stance == "denies" else 0 if of_all else 1)


def state_on(told: Told, day: int, answers: Sequence[Answer]) -> State:
    """What is said of a place on a day, by whomever and whenever."""
    claims: dict[int, list[Claim]] = {}
    sure = False
    for _, entry, number in told.entries:
        time = entry.time
        if number >= 0 and time.start <= day <= time.presumed:
            claims.setdefault(number, []).append(entry.claim)
            sure = sure or (time.start_latest <= day <= time.end_earliest and entry.claim.hedge is None)
    met = [surely for first, last, surely in told.marks if first <= day <= last]
    if not claims:
        sign = NOBODY
    elif met:
        sign = SURELY if any(met) else POSSIBLY
    else:
        sign = SEVERAL if len(claims) > 1 else answers[next(iter(claims))].sign
    return State(sign, bool(claims) and not met and not sure, dict(sorted(claims.items())))


# -- as HTML -----------------------------------------------------------------------------------------------------------------


def map_section(maps: Sequence[Map], day: int, book: Book) -> str:
    """The first map with its legend and its table; nothing where no place that is told of has a point."""
    if not maps:
        return ""
    chosen = maps[0]
    states = [state_on(told, day, chosen.answers) for told in chosen.places]
    both = list(zip(chosen.places, states, strict=True))
    rows = "".join(_row(told, state, chosen, book) for told, state in both if state.claims)
    silent = ", ".join(book.place(told.drawn.place) for told, state in both if not state.claims)
    options = "".join(f'<option value="{number}">{shown(each.title)}</option>' for number, each in enumerate(maps))
    broken = ("0 w", "a broken line: presumed, perhaps, or of a part")
    return (
        f'<section id="map"><h3>Map</h3><p id="mapask" hidden><span class="field"><label for="mapof">Of</label> <select id="mapof"{book.tongue}>{options}</select></span></p>'
        f'<p><b id="mapwhat"{book.tongue}>{shown(chosen.title)}</b> on <span id="mapday">{format_day(day)}</span><span id="mapwhy">, the day with answers for most of these places</span>. <span id="mapmore">'
        f'{_drawn(chosen)}</span> {_absent(book)}</p><p><a href="#maptable">The same as a table</a></p>'
        f'<svg class="map" viewBox="{_view(chosen)}" role="group" '
        f'aria-label="Places, north at the top"><defs>{_DEFS}</defs><g id="mapscale">{_scale(chosen)}</g><g id="mapsigns">'
        f"{_signs(both, chosen, book)}</g></svg>"
        f'<ul class="key" id="mapkey">{_legend(chosen)}</ul><ul class="key" id="mapstates">'
        f"{''.join(_key(sign, words) for sign, words in [*STATES.items(), broken])}</ul>"
        '<section class="scroll tall" aria-label="The map as a table" tabindex="0"><table id="maptable" class="rows"><caption>The places on the map of which '
        'something is said on that day</caption><thead><tr><th scope="col">Place</th><th scope="col">Sign</th><th scope="col">Answers, and who '
        f'gives them</th></tr></thead><tbody id="maprows">{rows}</tbody></table>'
        f'<p{"" if silent else " hidden"}>Nobody is on record for that day of: <span id="mapsilent">{silent}</span></p></section></section>'
    )


def _drawn(chosen: Map) -> str:
    """What is drawn, and what for want of room is not, or not at its place."""
    words = f"{count_of(len(chosen.places), 'place')} of which something is said on this, drawn from coordinates alone, without borders."
    if chosen.sheet.moved:
        words += " Signs that would lie on each other stand side by side."
    return words + (f" {count_of(chosen.left, 'more place')} with a point are not drawn." if chosen.left else "")


def _absent(book: Book) -> str:
    """How many places can be on no map."""
    without = sum((known := book.vocabulary.places.get(name)) is None or known.point is None for name in book.of_place)
    if not without:
        return ""
    have = "has no point and is on no map" if without == 1 else "have no point and are on no map"
    return f"Of {count_of(len(book.of_place), 'place')} with claims, {without} {have}."


def _short(told: Told, book: Book) -> str:
    """A place's name as it stands on the map."""
    name = book.place_words(told.drawn.place)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _view(chosen: Map) -> str:
    return f"0 0 {WIDTH} {chosen.sheet.height + 30}"


def _scale(chosen: Map) -> str:
    """Below the map a bar with how long it is, and an arrow to the north."""
    given = chosen.sheet
    long = f"{given.km:g} km" if given.km >= 1 else f"{given.km * 1000:g} m"
    where = f"{abs(given.latitude):.0f}° {'N' if given.latitude >= 0 else 'S'}"
    return (
        f'<path class="ax" d="M10 {given.height + 12}v6h{given.bar:g}v-6M{WIDTH - 30} {given.height + 26}v-20m-4 5l4-5l4 5m5 15v-11l7 11v-11"/>'
        f'<text x="{given.bar + 18:g}" y="{given.height + 22}">{long} (at {where})</text>'
    )


def _signs(both: Sequence[tuple[Told, State]], chosen: Map, book: Book) -> str:
    """The sign of each place with its name, a link to where the page tells of it; the most important on top."""
    made = [_sign(told, state, spot, chosen, book) for (told, state), spot in zip(both, chosen.sheet.spots, strict=True)]
    return "".join(reversed(made))


def _sign(told: Told, state: State, spot: Spot, chosen: Map, book: Book) -> str:
    right, down, anchor = OFFSETS[spot.name]
    hidden = ' class="q"' if spot.name >= HIDDEN_RIGHT else "" if spot.narrow else ' class="r"'
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    answers = [chosen.answers[number] for number in state.claims]
    vague = " w" if state.vague or (len(answers) == 1 and answers[0].vague) else ""
    words = f": {'; '.join(answer.words for answer in answers)}" if answers else ""
    return (
        f'<a href="#{anchored("p", told.drawn.place)}"><title>{shown(book.place_words(told.drawn.place) + words)} ({_what(state)})</title>'
        f'<use class="m{state.sign}{vague}" href="#m{state.sign}" transform="translate({spot.x:g} {spot.y:g})scale({chosen.sheet.size:g})"/>'
        f'<text{hidden} x="{spot.x + right:g}" y="{spot.y + down:g}"{side}>{shown(_short(told, book))}</text></a>'
    )


def _what(state: State) -> str:
    """What a sign says, in words."""
    return STATES.get(state.sign) or ("one answer, presumed or perhaps" if state.vague else "one answer")


def _row(told: Told, state: State, chosen: Map, book: Book) -> str:
    answers = "".join(
        f"<b{book.tongue}>{shown(chosen.answers[number].words)}</b>: "
        f"{', '.join(book.claim(claim, shown(claimant_name(claim.claimant, book.vocabulary))) for claim in claims)}<br>"
        for number, claims in state.claims.items()
    )
    return f'<tr><th scope="row">{book.place(told.drawn.place)}</th><td>{_what(state)}</td><td>{answers}</td></tr>'


def _legend(chosen: Map) -> str:
    """Every answer that somebody gives, on whatever day."""
    given = sorted({number for told in chosen.places for _, _, number in told.entries if number >= 0})
    answers = [chosen.answers[number] for number in given]
    return "".join(_key(answer.sign + " w" * answer.vague, shown(answer.words)) for answer in answers)


def _key(sign: str, words: str) -> str:
    return f'<li><svg viewBox="-10 -10 20 20" aria-hidden="true"><use class="m{sign}" href="#m{sign[0]}"/></svg> {words}</li>'


def maps_data(maps: Sequence[Map], book: Book, files: Mapping[str, str] | None = None) -> dict[str, list[Any]]:
    """The maps for the script: title, answers, what is drawn, view, scale, legend, size of signs, and of each place its address (`files`: pages
    by place, where each has one), the question's anchor, its name, where sign and name stand, and the answer of each of its claims in the order of
    `days` (-1: none; of what is left open a half more)."""
    return {
        "maps": [
            [
                each.title,
                each.answers,
                _drawn(each),
                _view(each),
                _scale(each),
                _legend(each),
                each.sheet.size,
                [
                    [
                        f"{files[told.drawn.place] if files is not None else ''}#{anchored('p', told.drawn.place)}",
                        question_anchor(told.drawn.place, told.drawn.property, told.drawn.subject),
                        book.place_words(told.drawn.place),
                        *spot[:3],
                        int(spot.narrow),
                        [number + 0.5 if number >= 0 and entry.claim.hedge is not None else number for _, entry, number in told.entries],
                    ]
                    for told, spot in zip(each.places, each.sheet.spots, strict=True)
                ],
            ]
            for each in maps
        ]
    }
