"""A report as one HTML page: its head, what is contested, places, sources with their claims, claimants, and all of it as data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from ledger.model import Diagnostic
from ledger.render.blocks import missing, summary, totals, unquoted_files
from ledger.render.check import dumps
from ledger.render.report.addresses import shortened
from ledger.render.report.book import Book
from ledger.render.report.claimants import claimants
from ledger.render.report.data import Answer, days_data, elements, names_data
from ledger.render.report.first_day import first_day, last_day
from ledger.render.report.history import commits_told, how_far
from ledger.render.report.maps import Map, map_section, maps_data, maps_of
from ledger.render.report.markup import anchored, link, shown
from ledger.render.report.overviews import accounts_changed, figures_told
from ledger.render.report.pictures import HATCH, LEGEND
from ledger.render.report.places import contested_row, place, places_in_order, quiet_places
from ledger.render.report.shared import one_sentence_lines
from ledger.render.report.since import changed_lines
from ledger.render.report.sources import coverage_row, coverage_total, source
from ledger.texts.dates import format_day
from ledger.texts.display import count_of
from ledger.texts.languages import knows_words
from ledger.texts.phrases import months_words

DEFECTS = 200  # told at the top; the others are counted


def to_html(book: Book, defects: Iterable[Diagnostic], data: Mapping[str, str | Answer]) -> str:
    """All of it as one page. `defects` are those for which claims were left out, `data` answers by the ids that they have in the page."""
    told = book.told
    maps = maps_of(book)
    data = {
        **data,
        "names": names_data(told.claims(), book),
        "days": days_data(book, told.drawn),
        **({"maps": dumps(maps_data(maps, book))} if maps else {}),
    }
    made = front(book, list(defects), maps)
    parts = {
        "big": book.is_big,
        "contested": Markup("".join(made.pop("contested"))),
        "coverage": Markup("".join(made.pop("coverage"))),
        "places": Markup("".join(place(name, drawn, book) for name, drawn in places_in_order(book))),
        "place_links": Markup(" · ".join(book.place(name) for name, _ in places_in_order(book))),
        "legend": LEGEND,
        "hatch": Markup(HATCH),
        "sources": Markup("".join(source(file, book) for file in told.files)),
        "claimants": Markup("".join(claimants(book))),
        "data": Markup(elements(data)),
    }
    page = to_page(blank(book) | made | parts)
    return shortened(page) if book.is_big else page


def to_page(parts: Mapping[str, Any]) -> str:
    """A page of the parts of which it is made."""
    return _template().render(**parts)


def blank(book: Book) -> dict[str, Any]:
    """The parts of a page on which nothing stands yet but what all have."""
    style, script = _file("page.css"), _file("page.js")
    nothing = (
        "top",
        "name",
        "counts",
        "left_out",
        "contested",
        "more_contested",
        "coverage",
        "more_coverage",
        "places",
        "sources",
        "claimants",
        "map",
    )
    return dict.fromkeys(
        (*nothing, "summary", "since", "quiet", "commits", "data", "shared", "place_links", "legend", "hatch", "big", "is_folder"), ""
    ) | {
        "title": Markup(shown(book.vocabulary.title)) or "What is said, by whom, and where it contradicts itself",
        "origin": book.origin,
        "unquoted": unquoted_files(book.told.files),
        "legend_words": LEGEND,
        "csp": f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'",
        "style": Markup(style),
        "script": Markup(script),
        "last_day": format_day(last_day(book.told)) if last_day(book.told) else "",
    }


def front(book: Book, defects: list[Diagnostic], maps: Sequence[Map]) -> dict[str, Any]:
    """What stands before the places: what is contested, what changed, how much was read; the tables as rows."""
    told = book.told
    return {
        "counts": _counts(book),
        "left_out": _left_out(book, defects),
        "contested": [contested_row(found, book) for found in told.gathered],
        "summary": [_contested_words(book)],
        "shared": [Markup(line) for line in one_sentence_lines(book)],
        "since": book.since,
        "changed": _changed(book),
        "accounts_changed": Markup(accounts_changed(book)),
        "figures_told": Markup(figures_told(book)),
        "coverage": [coverage_row(file, book) for file in told.files],
        "read": coverage_total(told.files, book),
        "unchecked": _unchecked(book),
        "last_day": format_day(first_day(book, maps)) if last_day(told) else "",
        "map": Markup(map_section(maps, first_day(book, maps), book)),
        "quiet": Markup(", ".join(_quiet_place(name, book) for name in quiet_places((each.place for each in told.drawn), book))),
        "commits": [Markup(line) for line in commits_told(told.claims(), told.conflicts, book.history)],
    }


def _contested_words(book: Book) -> str:
    """`13 contradictions (9 certain, 4 possible), 37 tensions noted, on 30 questions about 17 places`."""
    found = book.told.gathered
    if not found:
        return summary(found, book.told.findings, book.pages)[0]
    asked = len({(each.place, each.property, each.subject) for each in found})
    return f"{totals(found)}, on {count_of(asked, 'question')} about {count_of(len({each.place for each in found}), 'place')}"


def _counts(book: Book) -> str:
    """`12 claims of 172 in this ledger, read from 3 of 5 sources, on 7 places, by 9 claimants, said in September to December 2022`."""
    told, ledger = book.told, book.pages.ledger
    all_claims = len(ledger.claims())
    shown_claims = len(told.asked.claims)
    of_all = f" of {all_claims}" if shown_claims != all_claims else ""
    beside = f" (and {len(told.beside)} more that their contradictions need)" if told.beside else ""
    sources = f" of {len(ledger.files)}" if len(told.files) != len(ledger.files) else ""
    return (
        f"{shown_claims}{of_all} {'claim' if shown_claims == 1 and not of_all else 'claims'}{beside}, read from "
        f"{len(told.files)}{sources} {'source' if len(ledger.files) == 1 else 'sources'}, on "
        f"{count_of(len(book.of_place), 'place')}, by {count_of(len(told.tally.rows), 'claimant')}{_said_in(book)}"
    )


def _said_in(book: Book) -> str:
    """The time in which all of it was said, roughly."""
    said = [claim.said_near for claim in book.told.claims() if claim.said_near is not None]
    words = months_words(min(days.first for days in said), max(days.last for days in said)) if said else ""
    return f", said {'from' if ' to ' in words else 'in'} {words}" if words else ""


def _left_out(book: Book, defects: list[Diagnostic]) -> list[Markup]:
    """What took no part and why, a line each; nothing where all did."""
    lines = [shown(line) for line in missing(book.told.findings, book.pages.ledger)]
    for found in defects[:DEFECTS]:
        name = shown(found.claim or "")
        where = link(anchored("c", found.claim), name) + ", " if found.claim and book.is_told(found.claim) else f"{name}, " if name else ""
        lines.append(f"{where}{shown(found.path)}:{found.line}: {shown(found.message)} ({shown(found.code)})")
    if len(defects) > DEFECTS:
        lines.append(f"and {count_of(len(defects) - DEFECTS, 'more defect')}: `ledger check` lists them")
    return [Markup(line) for line in lines]


def _changed(book: Book) -> list[tuple[str, list[Markup]]]:
    """What changed since the commit that was named, kind by kind."""
    if book.since is None:
        return []
    kinds = changed_lines(book.since, book.anchors(), book.vocabulary)
    return [(words, [Markup(line) for line in lines]) for words, lines in kinds if lines]


def _unchecked(book: Book) -> list[str]:
    """What nobody or nothing looked at."""
    told, ledger = book.told, book.pages.ledger
    lines = []
    languages = sorted({file.language for file in told.files if not knows_words(ledger.vocabulary.words, file.language)})
    if languages:
        lines.append(
            f"Quotes in these languages were not checked for negations and hedges, whose words are not known: {', '.join(languages)}."
        )
    accepted = sum(len(claim.accept) for claim in told.claims())
    if accepted:
        lines.append(
            f"{count_of(accepted, 'warning')} of the checker {'was' if accepted == 1 else 'were'} looked at by a person and let stand; why is told at the claim."
        )
    unnamed = sorted(set(ledger.seeds) - {file.seed_name for file in ledger.files})
    if unnamed:
        lines.append(f"{count_of(len(unnamed), 'stored text')} that no claims file names: {', '.join(unnamed[:10])}.")
    if told.tally.not_compared:
        lines.append(f"On {count_of(len(told.tally.not_compared), 'question')} too many claims say the same to tell who agrees with whom.")
    return [*lines, *filter(None, [how_far(book.history)])]


def _quiet_place(name: str, book: Book) -> str:
    inner = book.place(name)
    anchor = anchored("p", name)
    return f'<span id="{anchor}">{inner}</span>'


@cache
def _file(name: str) -> str:
    return files("ledger.render.report").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """How a content security policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_file("page.html"))
