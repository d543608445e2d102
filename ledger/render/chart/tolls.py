"""The figures that were told, down the days that they are of: who said so, where each lies, where it falls, what contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.answers.changed_accounts import Changed
from ledger.answers.falling import falling
from ledger.answers.timeline import Entry, Lane, Timeline
from ledger.conflicts.claims_in_words import name_of, question_words, value_words
from ledger.model import Claim
from ledger.render.blocks import Line, Pages, totals_words
from ledger.render.chart.accounts import LISTED_OF_A_LANE
from ledger.render.chart.columns import fit
from ledger.render.chart.figures import axis_line, figure_row, scale_of
from ledger.render.chart.lanes import PLAIN
from ledger.render.chart.sheets import Sheet
from ledger.render.check import inert
from ledger.texts.dates import LAST_DAY, format_day
from ledger.texts.display import count_of
from ledger.texts.phrases import holds_words, meant_words, said_words
from ledger.texts.widths import text_width


def figures_chart(timeline: Timeline, lanes: list[Lane], changes: list[Changed], pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Every figure in the order of the days that they are of: of when, who, and where it lies between nothing and the largest one."""
    vocabulary = pages.ledger.vocabulary
    entries = sorted((entry for lane in lanes for entry in lane.entries), key=Entry.meant_order)
    claims = [entry.claim for entry in entries]
    days = {claim.id: _day_label(claim) for claim in claims}
    day = min(max(map(text_width, days.values())), sheet.width // 4)
    label = min(day + 2 + max(text_width(inert(name_of(claim, vocabulary))) for claim in claims), sheet.width // 2)
    scale = scale_of(claims, max(4, (sheet.width - label - 2) * 11 // 20))
    yield sheet.row("of when" if any(claim.holds for claim in claims) else "", label, [(axis_line(scale, vocabulary.language), "axis")])
    fell = {change.after.id: change for change in changes}
    asked = timeline.place, timeline.property, timeline.subject
    own = (entry for entry in entries if (entry.claim.place, entry.claim.property, entry.claim.subject) == asked)
    falls = falling(own, vocabulary.properties[timeline.property])
    for claim in claims:
        behind = f"  said {said_words(claim.said)}" if claim.holds else ""
        if claim.id in fell:
            change = fell[claim.id]
            what = "contradicts its own" if change.conflict else "it said before:"
            behind += f"  {what} {_value(change.before, pages)} of {meant_words(change.before.said, change.before.holds)}"
        if claim.id in falls and (claim.id not in fell or falls[claim.id] is not fell[claim.id].before):
            behind += f"  falls below {_value(falls[claim.id], pages)} of {meant_words(falls[claim.id].said, falls[claim.id].holds)}"
        if (claim.place, claim.property, claim.subject) != asked:
            behind = f"  ({_title_of(claim, pages)})" + behind
        words = f"{fit(days[claim.id], day)}  {name_of(claim, vocabulary)}"
        row: Line = [(fit(inert(words), label) + " ", ""), *figure_row(claim, scale, behind, vocabulary)]
        if sheet.plain_signs:
            row = [(text.translate(PLAIN) if role == "figure" else text, role) for text, role in row]
        yield from sheet.lines(row, min(label + 1, sheet.width // 2))
    if not sheet.told:  # (what is told in full has every contradiction with its reason)
        yield from _clashes(timeline, pages, sheet)


def _day_label(claim: Claim) -> str:
    """The day that it is of, shortly: `2022-09-09 or 10`."""
    if claim.holds:
        return holds_words(claim.holds)
    days = claim.said_days
    if days is not None and days.last == days.first + 1 and days.first >= 1 and days.last <= LAST_DAY and claim.said_by is None:
        first, last = format_day(days.first), format_day(days.last)
        return f"{first} or {last[8:]}" if first[:7] == last[:7] else f"{first} or {last[5:]}"
    return said_words(claim.said)


def _title_of(claim: Claim, pages: Pages) -> str:
    return question_words(claim.place, claim.property, claim.subject, pages.ledger.vocabulary)


def _value(claim: Claim, pages: Pages) -> str:
    """`about 5,500`; of a denial `the denied 5,500`."""
    vocabulary = pages.ledger.vocabulary
    words = value_words(vocabulary.properties.get(claim.property), claim.value, vocabulary, unit=False)
    return f"the denied {words}" if claim.stance == "denies" else words


def _figure(claim: Claim, pages: Pages) -> str:
    """`5,500 (Ministry of Health, 2023-09-15)`; of another day than it was said `(..., of 2023-09-14)`."""
    return f"{_value(claim, pages)} ({name_of(claim, pages.ledger.vocabulary)}, {'of ' if claim.holds else ''}{meant_words(claim.said, claim.holds)})"


def _clashes(timeline: Timeline, pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Which figures contradict which, gathered by the one that stands against most."""
    if timeline.counted:
        yield from sheet.lines([(f"  {totals_words(timeline.pairs, timeline.certain, 0)}: `ledger conflicts` tells them", "")], 4)
        return
    left = [found.conflict for found in timeline.contradictions if not found.conflict.is_tension]
    rows = 0
    while left:
        counts: dict[str, int] = defaultdict(int)
        for conflict in left:
            for name in conflict.ids:
                counts[name] += 1
        name = min(counts, key=lambda name: (-counts[name], name))
        mine = [conflict for conflict in left if name in conflict.ids]
        left = [conflict for conflict in left if name not in conflict.ids]
        rows += 1
        if sheet.most and rows > LISTED_OF_A_LANE:
            yield from sheet.lines([(f"  ... and {count_of(len(mine) + len(left), 'contradiction')} more", "")], 4)
            return
        claim = mine[0].one if mine[0].one.id == name else mine[0].other
        words = [f"  {_figure(claim, pages)}"]
        for verb, strength in (("contradicts", "certain"), ("may contradict", "possible")):
            others = [conflict.other if conflict.one.id == name else conflict.one for conflict in mine if conflict.strength == strength]
            others.sort(key=Claim.said_order)
            most = LISTED_OF_A_LANE if sheet.most else len(others)
            more = f" and {len(others) - most} more" if len(others) > most else ""
            if others:
                words.append(f"{verb} " + ", ".join(_figure(other, pages) for other in others[:most]) + more)
        yield from sheet.lines([(words[0] + " " + "; it ".join(words[1:]), "")], 4)
