"""The days that a contradiction hangs on, drawn and in words: those of both claims on one axis, and below them the days on which they meet."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Timeline
from ledger.conflicts import Conflict
from ledger.model import Claim
from ledger.render.blocks import letter
from ledger.render.chart.accounts import when_words
from ledger.render.chart.axis import eras
from ledger.render.chart.lanes import days_of_interest
from ledger.render.conflicts import line_text
from ledger.render.report.book import Book
from ledger.render.report.claims import words_around
from ledger.render.report.markup import said_of, shown
from ledger.render.report.pictures import WIDTH, Axis, below, row
from ledger.render.report.settling import settled_by
from ledger.texts.dates import FAR
from ledger.texts.phrases import span_words

MOST, MOST_IN_BIG = 60, 6  # contradictions of one question that are drawn


class Days:
    """The claims of a question with their days, for whoever draws its contradictions."""

    def __init__(self, drawn: Timeline, book: Book) -> None:
        self._drawn = drawn
        self._book = book
        self._entries = {entry.claim.id: (lane, entry) for lane in drawn.lanes for entry in lane.entries}
        self._marks = {each.conflict.ids: each.marks for each in drawn.contradictions}
        self._left = MOST_IN_BIG if book.is_big else MOST

    def of(self, conflict: Conflict) -> str:
        """The days of one contradiction; nothing where enough of them are drawn."""
        found = [self._entries[name] for name in conflict.ids if name in self._entries]
        marks = self._marks.get(conflict.ids, ())
        if len(found) < 2 or not marks or not self._left:
            return ""
        self._left -= 1
        found.sort(key=lambda pair: pair[0].position)
        shown_only = self._drawn._replace(lanes=tuple(lane._replace(entries=(entry,)) for lane, entry in found))
        axis = Axis(eras(*days_of_interest(shown_only, -FAR, FAR), WIDTH))
        names = [letter(lane.position) for lane, _ in found]
        entries = [entry for _, entry in found]
        quotes = "".join(self._quote(name, entry.claim) for name, entry in zip(names, entries, strict=True))
        words = self._words(names, entries, conflict, marks)
        return f'{quotes}<p class="m">{_picture(names, entries, marks, axis)}{words} Drawn: {axis.words()}.</p>{self._settled_by(conflict, marks)}'

    def _quote(self, name: str, claim: Claim) -> str:
        """The words of a claim with what stands beside them, and their translation, and where they stand."""
        tongue = self._book.tongue
        translation = f' <span class="t"{tongue}>{shown(claim.translation)}</span>' if claim.translation is not None else ""
        source = self._book.source(self._book.pages.files[claim.path])
        return f"<p>{name}: {words_around(claim, self._book, 'span')}{translation} ({source})</p>"

    def _words(self, names: Sequence[str], entries: Sequence[Entry], conflict: Conflict, marks: Sequence[Mark]) -> str:
        """The same in words: of each claim, and of both."""
        of_each = [
            f"{name}: {line_text(when_words(entry, self._book.pages)).lstrip(', ')}." for name, entry in zip(names, entries, strict=True)
        ]
        return said_of(" ".join([*of_each, meeting(conflict, marks)]))

    def _settled_by(self, conflict: Conflict, marks: Sequence[Mark]) -> str:
        """What would settle it, where nobody has."""
        resolved = self._book.pages.resolutions.get(conflict.ids)
        if conflict.is_tension or conflict.corrections or (resolved is not None and resolved.settles):
            return ""
        return f"<p>What would settle it: {settled_by(conflict, self._drawn, marks, self._book)}</p>"


def _picture(names: Sequence[str], entries: Sequence[Entry], marks: Sequence[Mark], axis: Axis) -> str:
    rows = [f'<text x="-9" y="6.5">{names[0]}</text>{row(entries[0], axis)}']
    rows.append(f'<g transform="translate(0 8)"><text x="-9" y="6.5">{names[1]}</text>{row(entries[1], axis)}</g>')
    met = "".join(below(mark, axis) for mark in dict.fromkeys(marks))
    return (
        f'<svg class="pair" viewBox="-10 0 {WIDTH + 10} 20" aria-hidden="true">{"".join(rows)}<g transform="translate(0 9)">{met}</g></svg>'
    )


def meeting(conflict: Conflict, marks: Sequence[Mark]) -> str:
    """The days on which two claims contradict each other: `Both: surely on 2025-11-05, perhaps from 2025-11-05 to 2025-11-12.`"""
    days = {sure: [span_words(mark.first, mark.last) for mark in dict.fromkeys(marks) if mark.sure == sure] for sure in (True, False)}
    known = conflict.verdict.one.property if conflict.verdict is not None else None
    if known is None or known.timeless:
        return "No day that both speak of decides it." if len(marks) > 1 else f"Both: {', '.join(days[True] + days[False])}."
    if known.cumulative:
        return f"Counted up to some day {' and '.join(days[True] + days[False])}: no day that both speak of decides it."
    if known.once and len(marks) == 2 and marks[0].sure == marks[1].sure:
        return f"Said to have happened {' and '.join(days[True] + days[False])}."
    words = [f"surely {', '.join(days[True])}"] if days[True] else []
    perhaps = [span for span in days[False] if span not in days[True]]
    words += [f"perhaps {', '.join(perhaps)}"] if perhaps else []
    return f"Both: {', '.join(words)}."
