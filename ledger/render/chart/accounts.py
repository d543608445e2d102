"""The accounts of a question on a time axis: each in a line, below it whoever says so and when; then which contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.answers.changed_accounts import Changed
from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Lane, Opposition, Timeline
from ledger.conflicts.claims_in_words import claimant_name, hedge_words
from ledger.conflicts.reasons import taken_back
from ledger.render.blocks import Line, Pages, letter, link_lines, when
from ledger.render.chart.axis import axis_rows, eras
from ledger.render.chart.lanes import Row, contradiction_row, days_of_interest, lane_row
from ledger.render.chart.sheets import Sheet
from ledger.render.check import inert
from ledger.texts.dates import FAR, format_day
from ledger.texts.display import count_of, one_line, shorten
from ledger.texts.phrases import said_words
from ledger.texts.widths import text_width

LISTED_OF_A_LANE = 4  # claims told of one account and claimant, where a page is cut to what a terminal can show


def chosen(timeline: Timeline, most: int) -> tuple[list[Lane], list[Lane]]:
    """The lanes to show, of every letter the most contradicted first, in the order of the letters; and those left out."""
    if not most or len(timeline.lanes) <= most:
        return list(timeline.lanes), []
    weight: dict[str, int] = defaultdict(int)
    for found in timeline.contradictions:
        for name in found.conflict.ids:
            weight[name] += 1 + 1000 * (found.conflict.strength == "certain")
    heavy = {id(lane): sum(weight[entry.claim.id] for entry in lane.entries) for lane in timeline.lanes}
    places: dict[int, int] = defaultdict(int)
    ranked = []
    for lane in sorted(timeline.lanes, key=lambda lane: (-heavy[id(lane)], -len(lane.entries))):
        ranked.append((places[lane.position], -heavy[id(lane)], lane))
        places[lane.position] += 1
    kept = {id(lane) for _, _, lane in sorted(ranked, key=lambda entry: entry[:2])[:most]}
    return [lane for lane in timeline.lanes if id(lane) in kept], [lane for lane in timeline.lanes if id(lane) not in kept]


def accounts_chart(timeline: Timeline, lanes: list[Lane], changes: list[Changed], pages: Pages, sheet: Sheet) -> tuple[list[str], set[str]]:
    """Account by account, each in a line, below it whoever says so with the days; then which accounts contradict each other when."""
    changed = {claim.claimant for change in changes for claim in (change.before, change.after)}
    labels = {id(lane): f"   {_who(lane, pages)}" for lane in lanes}
    against = _against(timeline.oppositions if timeline.question is not None else (), timeline)
    widest = max(text_width(inert(words)) for words in labels.values())
    label = max(min(sheet.label, widest), min(sheet.width // 2, max((len(words) for words, _ in against), default=0))) + 1
    parts = eras(*days_of_interest(timeline, sheet.since, sheet.until), sheet.width - label - 1)
    years, ticks = axis_rows(parts)
    year = years.strip(" |/")
    if year.isdigit():  # one year for all: it stands before the days
        lines = [sheet.row(year.rjust(label), label, [(ticks, "axis")])]
    else:
        lines = [sheet.row("", label, [(row, "axis")]) for row in (years, ticks) if row.replace("/", " ").strip()]
    names, position = set[str](), -1
    for lane in lanes:
        if lane.position != position:
            position = lane.position
            words = timeline.positions[position]
            shown = shorten(words, sheet.width * 2) if sheet.page else words
            lines += sheet.lines([(f"{letter(position)}  ", f"lane {position % 6}"), (shown, "label")], 3)
        row = lane_row(lane, parts)
        names |= row.names()
        lines.append(sheet.row(labels[id(lane)], label, row.line(f"lane {position % 6}")))
        if any(entry.claim.claimant in changed for entry in lane.entries):
            lines += _said_before(lane, changes, timeline, sheet)
        corrections = [by for entry in lane.entries for _, by in pages.corrections.get(entry.claim.id, ())]
        for by in corrections if not sheet.told else ():
            lines += sheet.lines([(f"   ^ {taken_back(by)}", "possible")], 5)
    for words, marks in against:
        drawn: Row = contradiction_row(marks, parts)
        lines.append(sheet.row(words, label, drawn.line("")))
    return lines, names | ({"gap"} if len(parts) > 1 else set())


def _who(lane: Lane, pages: Pages) -> str:
    """Whoever has a lane; where a lane is of one claimant only, that one, else the mouth they speak for."""
    names = {entry.claim.claimant for entry in lane.entries}
    return claimant_name(next(iter(names)) if len(names) == 1 else lane.claimant, pages.ledger.vocabulary)


def _said_before(lane: Lane, changes: list[Changed], timeline: Timeline, sheet: Sheet) -> Iterator[str]:
    """Beneath the later account of one who changed it: what it was before, and when."""
    ids = {entry.claim.id: other.position for other in timeline.lanes for entry in other.entries}
    for change in changes:
        if any(entry.claim is change.after for entry in lane.entries) and change.before.id in ids:
            before = letter(ids[change.before.id])
            words = f"   ^ changed its account: said {before} before ({said_words(change.before.said)})"
            yield from sheet.lines([(words, "certain" if change.conflict is not None else "possible")], 5)


def _against(oppositions: Iterable[Opposition], timeline: Timeline) -> list[tuple[str, list[Mark]]]:
    """Which accounts contradict which, gathered so that few rows say it: `A contradicts B, C`, `A may contradict D`, and on which days."""
    certain: dict[tuple[int, int], int] = defaultdict(int)
    for link in timeline.question.links if timeline.question is not None else ():
        certain[link.one, link.other] += link.certain
    left = [pair for pair in oppositions if (pair.one, pair.other) in certain]
    rows = []
    while left:
        counts: dict[int, int] = defaultdict(int)
        for pair in left:
            counts[pair.one] += 1
            counts[pair.other] += 1
        one = min(counts, key=lambda number: (-counts[number], number))
        mine = [pair for pair in left if one in (pair.one, pair.other)]
        left = [pair for pair in left if one not in (pair.one, pair.other)]
        for verb, sure in (("contradicts", True), ("may contradict", False)):
            found = [pair for pair in mine if bool(certain[pair.one, pair.other]) == sure]
            others = ", ".join(letter(number) for number in sorted({pair.one + pair.other - one for pair in found}))
            rows += [(f"   {letter(one)} {verb} {others}", [mark for pair in found for mark in pair.marks])] if found else []
    return rows


def claim_lines(timeline: Timeline, lanes: list[Lane], pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Every claim of a chart: who, when, of which days, and its id."""
    for lane in lanes:
        shown = lane.entries[: LISTED_OF_A_LANE if sheet.most else None]
        for entry in shown:
            start: Line = [("  ", ""), (f"{letter(lane.position)}  ", f"lane {lane.position % 6}"), (pages.who(entry.claim), "who")]
            yield from sheet.lines([*start, *when_words(entry, pages), ("; ", ""), (one_line(entry.claim.id), "id")], 5)
        if len(shown) < len(lane.entries):
            more = count_of(len(lane.entries) - len(shown), "claim")
            yield from sheet.lines([(f"     ... and {more} more; --limit 0 shows all", "")], 5)
    question = timeline.question
    for link in question.links[: sheet.most or None] if question is not None else ():
        for line in link_lines(link, question, pages) if question is not None else ():
            yield from sheet.lines([("  ", ""), *line], 5)


def when_words(entry: Entry, pages: Pages) -> Line:
    """When it was said, of which days, until when it is presumed, and what leaves it open."""
    claim = entry.claim
    words = f", {when(claim)}"
    if entry.shape == "span" and entry.time.presumed > entry.time.end:
        last = entry.time.presumed
        words += ", presumed to go on" + (f" until {format_day(last)}" if last < FAR else "")
    if entry.shape == "said":
        words += ", true at all times if true"
    hedged: Line = [(f", {hedge_words(claim)}", "hedge")] if claim.hedge is not None else []
    return [(words, ""), *hedged, *((f", {taken_back(by)}", "possible") for _, by in pages.corrections.get(claim.id, ()))]
