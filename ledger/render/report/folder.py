"""A report as a folder of pages: a front, a page a place and a page a source, claimants some to a page."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from ledger.answers.filters import Filter
from ledger.answers.report import Told
from ledger.answers.timeline import Timeline
from ledger.conflicts.claims_in_words import place_name
from ledger.model import Claim, ClaimsFile, Diagnostic
from ledger.render.check import dumps
from ledger.render.report.book import BIG, Book
from ledger.render.report.claimants import claimants, only_relays
from ledger.render.report.data import PLAIN, Answer, claims_answer, conflicts_data, days_data, elements, names_data
from ledger.render.report.maps import Map, maps_data, maps_of
from ledger.render.report.markup import anchored, link, shown
from ledger.render.report.pages import blank, front, to_page
from ledger.render.report.pictures import HATCH, LEGEND
from ledger.render.report.places import heading, places_in_order, question
from ledger.render.report.sources import source
from ledger.texts.display import count_of

FRONT = "index.html"
ROWS = 2_000  # of one list on a page
LARGE = 2_000_000  # characters of one place, or of claimants, after which a page ends and the next goes on
MOST_DRAWN = 20_000  # claims whose days the front holds for its maps
MOST_PAIRS = 2_000  # contradictions that the page of a place holds as data; of more the first, and it says so


def file_names(kind: str, names: Mapping[str, str]) -> dict[str, str]:
    """A file name for each of some things, by key, from the name that each bears: letters of one case, digits and hyphens behind a `p-` or
    `s-`, so that no file system takes two for one or one for a device. It depends on the others only where two names would meet."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in sorted(names.items()):
        anchor = anchored(kind, name)
        digest = hashlib.sha256(f"{name}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()
        plain = anchor if anchor == anchor.lower() and len(anchor) <= 100 else f"{anchor.lower()[:80]}-{digest[:8]}"
        found[key] = plain if plain not in taken else f"{kind}-{digest}"
        taken.add(found[key])
    return {key: f"{name}.html" for key, name in found.items()}


def to_folder(
    book: Book, defects: Iterable[Diagnostic], wanted: Filter, left_out: Collection[tuple[str, int]]
) -> Iterator[tuple[str, str]]:
    """The name and the text of each page, the front first. Links lead to anchors, whichever page they are on: `resolved` names it."""
    return _Folder(book, wanted, left_out).pages(list(defects))


class _Folder:
    def __init__(self, book: Book, wanted: Filter, left_out: Collection[tuple[str, int]]) -> None:
        told = book.told
        self.book, self.wanted, self.left_out = book, wanted, left_out
        self.blank = blank(book) | {"top": FRONT}
        self.places = list(places_in_order(book))
        self.place_files = file_names("p", {name: name for name, _ in self.places})
        self.source_files = file_names("s", {file.path: file.seed_name for file in told.files})
        self.of_place: dict[str, list[Claim]] = defaultdict(list)
        self.of_file: dict[str, list[Claim]] = defaultdict(list)
        for claim in told.asked.claims:
            self.of_place[claim.place].append(claim)
            self.of_file[claim.path].append(claim)
        self.parts = _by_place(told, wanted)

    def pages(self, defects: list[Diagnostic]) -> Iterator[tuple[str, str]]:
        """Every page."""
        lists = {"contested": "contested", "coverage": "coverage", "places": "places", "claimants": "speakers"}
        maps, held = self.maps()
        rows = (
            front(self.book, defects, maps)
            | held
            | {
                "places": list(map(self.place_row, self.places)),
                "claimants": list(self.claimant_rows()),
            }
        )
        if rows["left_out"]:
            self.blank["left_out"] = [Markup(f'<a href="{FRONT}">What it is stands on the front</a>')]
        further: list[tuple[str, dict[str, Any]]] = []
        for part, name in lists.items():
            every = rows[part]
            rows[part] = self.listed(part, every[:ROWS])
            more = [(f"{name}-{number}.html", first) for number, first in enumerate(range(ROWS, len(every), ROWS), 2)]
            further += [
                (file, {part: self.listed(part, every[first : first + ROWS]), "name": "more of what is on the front"})
                for file, first in more
            ]
            links = ", ".join(f'<a href="{file}">from number {first + 1:,} on</a>' for file, first in more)
            rows[f"more_{part}"] = Markup(f"<p>Further: {links}</p>" if links else "")
        rows["places"] += rows.pop("more_places")
        rows["claimants"] += rows.pop("more_claimants")
        rows["sources"] = Markup('<p>Each source is a page of its own: <a href="#coverage">all of them in a table</a>.</p>')
        yield FRONT, to_page(self.blank | rows | {"top": "", "is_folder": "yes"})
        for file, parts in further:
            yield file, to_page(self.blank | parts)
        for name, drawn in self.places:
            yield from self.place_pages(name, drawn)
        for each in self.book.told.files:
            yield self.source_files[each.path], self.source_page(each)
        yield from self.claimant_pages()

    def maps(self) -> tuple[list[Map], dict[str, Any]]:
        """The maps of the front, and the data with which the script draws them; of more claims than a page bears, one map and no data."""
        found, claims = [], 0
        for each in maps_of(self.book):
            claims += sum(len(told.entries) for told in each.places)
            if claims > MOST_DRAWN:
                break
            found.append(each)
        if not found:
            return maps_of(self.book)[:1], {}
        days = days_data(self.book, [told.drawn for each in found for told in each.places], self.source_files)
        data = {"days": days, "maps": dumps(maps_data(found, self.book, self.place_files))}
        return found, {"data": Markup(elements(data))}

    def listed(self, part: str, rows: list[str]) -> Markup:
        """Rows of a table or of a list."""
        made = "".join(rows)
        return Markup(f"<ul>{made}</ul>" if part in ("places", "claimants") and rows else made)

    def place_row(self, place: tuple[str, list[Timeline]]) -> str:
        """A place in the list of all."""
        name, drawn = place
        contested = sum((each.place, each.property, each.subject) in self.book.questions for each in drawn)
        of_these = f", {contested} of them contested" if contested else ""
        claims, asked = count_of(len(self.book.of_place[name]), "claim"), count_of(len(drawn), "question")
        return f"<li>{self.book.place(name)}: {claims}, {asked}{of_these}</li>"

    def claimant_rows(self) -> Iterator[str]:
        """Claimants in the list of all."""
        for row in self.book.told.tally.rows:
            yield f"<li>{self.book.claimant(row.claimant)}: {count_of(len(row.claims), 'claim')}</li>"
        for name in only_relays(self.book):
            yield f"<li>{self.book.claimant(name)}: passed on {count_of(len(self.book.relayed[name]), 'claim')} of others</li>"

    def place_pages(self, name: str, drawn: list[Timeline]) -> Iterator[tuple[str, str]]:
        """A place: on one page, or where it is very large on several."""
        book, file = self.book, self.place_files[name]
        claims = self.of_place[name]
        book.is_big = len(claims) > BIG
        made: list[str] = []
        number = 1
        title = shown(place_name(name, book.vocabulary))
        for each in drawn:
            made.append(question(each, book))
            if sum(map(len, made)) > LARGE:
                yield self.numbered(file, number), self.place_page(name, title, number, made, claims, drawn)
                made, number = [], number + 1
        if made or number == 1:
            yield self.numbered(file, number), self.place_page(name, title, number, made, claims, drawn)

    def numbered(self, file: str, number: int) -> str:
        """The name of a page that goes on from others: `p-kyiv.2.html`."""
        return file if number == 1 else file.replace(".html", f".{number}.html")

    def place_page(self, name: str, title: str, number: int, made: list[str], claims: list[Claim], drawn: list[Timeline]) -> str:
        book = self.book
        if number == 1:
            data = self.data(claims, name) | {"days": days_data(book, drawn, self.source_files)}
            start, words = heading(name, book), f"{count_of(len(claims), 'claim')} of this place"
        else:
            data, words = {}, f"Page {number} of this place"
            start = f'<section id="{anchored("p", name)}--{number}"><h3>{link(anchored("p", name), title)}, continued</h3>'
        inside = f"{start}{''.join(made)}</section>"
        parts = {"name": Markup(title), "counts": words, "places": Markup(inside), "legend": LEGEND, "hatch": Markup(HATCH)}
        return to_page(self.blank | parts | {"big": len(inside) > PLAIN, "data": Markup(elements(data))})

    def source_page(self, file: ClaimsFile) -> str:
        """A source with its claims."""
        claims = self.of_file[file.path]
        self.book.is_big = len(claims) > BIG
        parts = {
            "name": Markup(shown(self.book.source_names[file.path])),
            "counts": f"{count_of(len(claims), 'claim')} of this source",
            "sources": Markup(source(file, self.book)),
            "big": self.book.is_big,
            "data": Markup(elements({**self.data(claims, None), "names": names_data(claims, self.book)})),
        }
        return to_page(self.blank | parts)

    def claimant_pages(self) -> Iterator[tuple[str, str]]:
        """Claimants, as many on a page as fit."""
        book = self.book
        book.is_big = False
        made: list[str] = []
        number = 1
        for each in claimants(book):
            made.append(each)
            if sum(map(len, made)) > LARGE:
                yield self.numbered("claimants.html", number), self.claimants_page(made)
                made, number = [], number + 1
        if made:
            yield self.numbered("claimants.html", number), self.claimants_page(made)

    def claimants_page(self, made: list[str]) -> str:
        parts = {"name": "claimants", "counts": count_of(len(made), "claimant"), "claimants": Markup("".join(made)), "big": True}
        return to_page(self.blank | parts)

    def data(self, claims: list[Claim], place: str | None) -> dict[str, str | Answer]:
        """A page's own claims as JSON; of a place its contradictions too."""
        pages = self.book.pages
        found: dict[str, str | Answer] = {"claims": claims_answer(claims, pages, self.left_out)}
        if place is not None:
            found["conflicts"] = conflicts_data(self.parts[place], pages, self.wanted, [], MOST_PAIRS)
        return found


def _by_place(told: Told, wanted: Filter) -> Mapping[str, Told]:
    """What is told of each place, as far as `conflicts` prints it."""
    empty = told.findings._replace(conflicts=[], left_out=[], too_late=[], redundant=[], crowds=[], taking_part=[])
    every = told if wanted.has_dates() else told._replace(written={})  # (only a time that was asked for makes the times looked at)
    parts: dict[str, Told] = {}

    def part(place: str) -> Told:
        if place not in parts:
            fresh = empty._replace(conflicts=[], left_out=[], too_late=[], crowds=[])
            parts[place] = every._replace(findings=fresh, gathered=[])
        return parts[place]

    for drawn in told.drawn:
        part(drawn.place)
    for found in told.gathered:
        part(found.place).gathered.append(found)
    for conflict in told.findings.conflicts:
        part(conflict.place).findings.conflicts.append(conflict)
    for crowd in told.findings.crowds:
        part(crowd.place).findings.crowds.append(crowd)
    for claim in told.findings.left_out:
        part(claim.place).findings.left_out.append(claim)
    for claim in told.findings.too_late:
        part(claim.place).findings.too_late.append(claim)
    return parts
