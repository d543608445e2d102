"""What a report holds for machines: the very answers of `ledger claims` and `ledger conflicts`; of very many, compressed."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ledger.answers.filters import Filter, said_around
from ledger.answers.report import Told
from ledger.answers.timeline import Entry, Timeline
from ledger.conflicts.claims_in_words import claimant_name, name_of, sentence
from ledger.model import Claim
from ledger.render import claims as claims_format
from ledger.render import conflicts as conflicts_format
from ledger.render.blocks import Pages, when
from ledger.render.check import dumps
from ledger.render.report.book import Book
from ledger.render.report.markup import anchored, question_anchor
from ledger.texts.display import one_line

_HALF = re.compile("[\ud800-\udfff]")  # of a path that is no UTF-8: nothing that can be encoded
Answer = dict[str, Any]
BY_COLUMNS = ("claims", "conflicts")  # what else there is, the page's own script reads
SURELY_LONG = 3_000  # claims, the names of whose fields alone take more than the next
PLAIN = 1_000_000  # characters of all data that are written out


def claims_data(told: Told, pages: Pages, left_out: Collection[tuple[str, int]], wanted: Filter) -> str | Answer:
    """What `ledger claims --format json` prints."""
    asked = told.asked
    hidden = {(claim.path, claim.line) for claim in asked.too_late}
    near = said_around((claim for claim in pages.ledger.claims() if (claim.path, claim.line) not in hidden), wanted, pages.ledger)
    return claims_answer(asked.claims, pages, left_out, len(asked.too_late), near)


def claims_answer(
    claims: Sequence[Claim], pages: Pages, left_out: Collection[tuple[str, int]], too_late: int = 0, near: Sequence[tuple[str, int]] = ()
) -> str | Answer:
    """Some claims in the form of `ledger claims --format json`: its text; of very many, which are packed anyway, what it says."""
    if len(claims) <= SURELY_LONG:
        return "".join(claims_format.to_json(claims, None, pages, left_out, too_late, near))
    answer: Answer = json.loads("".join(claims_format.to_json((), None, pages, left_out, too_late, near)))
    answer["claims"] = [{**claims_format.record(claim, pages), "takes_part": (claim.path, claim.line) not in left_out} for claim in claims]
    return answer


def conflicts_data(told: Told, pages: Pages, wanted: Filter, near: list[tuple[str, int]], most: int) -> str:
    """What `ledger conflicts --format json` prints; of more than `most` what `--limit` makes of it."""
    every = told.every(wanted, pages.ledger)
    first = list(islice(every, most + 1))
    limit = most if len(first) > most else None
    total = sum(question.pairs for question in told.gathered)
    return "".join(conflicts_format.to_json(first, total, told.gathered, told.findings, pages, limit, near))


def days_data(book: Book, drawn: Iterable[Timeline], files: Mapping[str, str] | None = None) -> str:
    """Of each place its questions, and of each of these its claims with their days, for whoever asks about a day: the claim's anchor, when it was said
    (first day, last day), begins and ends, until when it is presumed, and what cuts that: the day by which a next word was said, and the
    day before its start; then the days on which its answers contradict each other (first, last, whether surely). Days are numbers; the first of the calendar is 1. Of claims on other pages
    (`files`: by path) what the page can't look up too: the page, what the claim says, who said so when, and the name alone."""
    found: dict[str, list[list[Any]]] = {}
    cuts = book.cuts
    for each in drawn:
        rows = []
        for anchor, entry in dated(each, book):
            time = entry.time
            presumed, cut = cuts.get(entry.claim.id, (time.presumed, []))
            said = entry.claim.said_days or (time.start, time.end)
            row = [anchor, *said, time.start, time.start_latest, time.end_earliest, time.end, presumed, cut]
            rows.append(row if files is None else [*row, *_elsewhere(entry.claim, book, files)])
        if rows:
            anchor = question_anchor(each.place, each.property, each.subject)
            found.setdefault(f"#{anchored('p', each.place)}", []).append([anchor, rows, contradicted_days(each)])
    return dumps(found)


def names_data(claims: Iterable[Claim], book: Book) -> str:
    """Under which names the claims of a page are looked for beside the words that stand at them: those of places by the numbers that
    claims bear, those of claimants by their links."""
    vocabulary = book.vocabulary
    places: dict[str, str] = {}
    claimants: dict[str, str] = {}
    for claim in claims:
        place = vocabulary.places.get(claim.place)
        places[str(book.place_numbers[claim.place])] = one_line(" ".join([claim.place, *(place.all_names() if place is not None else ())]))
        for each in (claim.claimant, *claim.via):
            known = vocabulary.claimants.get(each)
            if known is not None and known.other_names:
                claimants[f"#{anchored('w', each)}"] = one_line(" ".join((known.name, *known.other_names)))
    return dumps({"p": places, "w": claimants})


def _elsewhere(claim: Claim, book: Book, files: Mapping[str, str]) -> list[str]:
    said = one_line(f"{name_of(claim, book.vocabulary)}, {when(claim)}")
    return [files[claim.path], one_line(sentence(claim, book.vocabulary)), said, one_line(claimant_name(claim.claimant, book.vocabulary))]


def dated(drawn: Timeline, book: Book) -> Iterator[tuple[str, Entry]]:
    """The claims of a question that are of days, in the order in which they were said, each with its anchor."""
    for entry in sorted(drawn.entries, key=lambda entry: entry.claim.said_order()):
        anchor = book.anchor(entry.claim)
        if anchor is not None and entry.claim.said_days is not None and entry.shape != "said":
            yield anchor, entry


def contradicted_days(drawn: Timeline) -> list[tuple[int, int, int]]:
    """The days on which the answers to a question contradict each other (first, last, 1: surely); tensions are none."""
    found = [mark for each in drawn.contradictions if not each.conflict.is_tension for mark in each.marks]
    if drawn.counted:
        found += [mark for each in drawn.oppositions for mark in each.marks]
    return sorted({(mark.first, mark.last, int(mark.sure)) for mark in found})


def elements(data: Mapping[str, str | Answer]) -> str:
    """Answers as elements of a page, by the ids that they have there."""
    packed = any(isinstance(told, dict) for told in data.values()) or sum(map(len, data.values())) > PLAIN
    return "".join(as_element(name, told, packed) for name, told in data.items())


def as_element(name: str, told: str | Answer, packed: bool) -> str:
    """An answer, or its text as JSON, as an element of a page; `packed`: compressed (zlib, in base64), so that the page can still be sent."""
    if not packed and isinstance(told, str):
        return f'<script type="application/json" id="{name}">{told}</script>\n'
    text = _by_columns(told) if isinstance(told, dict) or name in BY_COLUMNS else told
    made = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    return f'<script type="application/zlib;base64" id="{name}">{made}</script>\n'


def _by_columns(told: str | Answer) -> str:
    """An answer whose lists of records stand column by column under `columns`: what is alike stands together, which packs a third smaller."""
    answer = json.loads(told) if isinstance(told, str) else told
    lists = {name: rows for name, rows in answer.items() if isinstance(rows, list) and rows and _are_alike(rows)}
    columns = {name: {key: [row[key] for row in rows] for key in rows[0]} for name, rows in lists.items()}
    rest = {name: value for name, value in answer.items() if name not in lists}
    made = json.dumps({**rest, "columns": columns} if columns else rest, ensure_ascii=False, separators=(",", ":"))
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", made)


def _are_alike(rows: list[Any]) -> bool:
    """Whether all are records with the same keys."""
    return all(isinstance(row, dict) and row.keys() == rows[0].keys() for row in rows)
