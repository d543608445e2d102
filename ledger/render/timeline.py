"""Timelines as text: a chart for every question, then who said it and what contradicts what; as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Lane, Timeline
from ledger.conflicts import Findings
from ledger.conflicts.reasons import reason, taken_back
from ledger.conflicts.sentences import claimant_name, name_of, question_words, side_name
from ledger.render.blocks import Line, Pages, absences, letter, link_lines, totals_words, when
from ledger.render.chart.axis import Era, axis_rows, eras
from ledger.render.chart.columns import fit, folded, styled, text_width
from ledger.render.chart.lanes import NO_BREAK, Row, contradiction_row, days_of_interest, lane_row, legend
from ledger.render.check import Style, dumps, inert, plain
from ledger.render.conflicts import csv_cell, time_record
from ledger.texts.dates import FAR, format_day
from ledger.texts.display import count_of, one_line

IN_A_PIPE = 100  # columns of a chart where there is no terminal
WIDEST = 160
LISTED_OF_A_LANE = 4  # claims, where a chart is cut to what a terminal can show


class Sheet(NamedTuple):
    """What text is written on: columns (None: a pipe, lines of text stay whole), colours, the days asked for, and how many
    lanes and pairs of letters a question shows at most (0: all)."""

    columns: int | None = None
    style: Style = plain
    since: int = -FAR
    until: int = FAR
    most: int = 0

    @property
    def width(self) -> int:
        """The width of charts."""
        return min(self.columns or IN_A_PIPE, WIDEST)

    def lines(self, line: Line, indent: int = 0) -> Iterator[str]:
        """A line of text, folded where it must be; no line is one that a CI runner takes for a command."""
        safe: Line = [(text.replace("##[", "## ["), role) for text, role in line]
        for part in folded(safe, None if self.columns is None else self.width - 1, indent):
            words = "".join(text for text, _ in part)
            yield styled(_broken_apart(part) if inert(words) != words else part, self.style)


def _broken_apart(line: Line) -> Line:
    """A line that begins with `::`, with a space between the two: a runner trims what stands before them."""
    for number, (text, role) in enumerate(line):
        if ":" in text:
            return [*line[:number], (text.replace(":", ": ", 1), role), *line[number + 1 :]]
    return line


def to_text(drawn: list[Timeline], findings: Findings, pages: Pages, sheet: Sheet, limit: int | None = None) -> Iterator[str]:
    """Every question in pieces: those with several claims as charts, then a line for each of the others."""
    shown = drawn[:limit] if limit else drawn
    for timeline in shown:
        if not timeline.single:
            yield "\n".join(_question(timeline, pages, sheet)) + "\n\n"
    single = [timeline for timeline in shown if timeline.single]
    lines: list[str] = []
    if single:
        lines += sheet.lines([(f"Questions to which one claim answers: {len(single)}", "heading")])
        for timeline in single:
            lines += sheet.lines(
                [("  ", ""), (_title(timeline, pages) + ": ", "label"), *_claim(timeline.entries[0], timeline.positions[0], pages)], 4
            )
        lines.append("")
    for text in _closing(drawn, shown, findings, pages):
        lines += sheet.lines([(text, "")], 2)
    yield "\n".join(lines) + "\n"


def _closing(drawn: list[Timeline], shown: list[Timeline], findings: Findings, pages: Pages) -> list[str]:
    claims = {entry.claim.id for timeline in drawn for entry in timeline.entries}
    certain, pairs = sum(timeline.certain for timeline in drawn), sum(timeline.pairs for timeline in drawn)
    found = totals_words(pairs, certain, sum(len(timeline.tensions) for timeline in drawn))
    lines = [f"{count_of(len(claims), 'claim')}, {count_of(len(drawn), 'question')}, {found}" if drawn else "no claims that match"]
    if len(shown) < len(drawn):
        lines.append(f"shown: {len(shown)} of {count_of(len(drawn), 'question')}; --limit 0 shows all, --town and the other filters choose")
    if any(timeline.counted for timeline in shown):
        lines.append(
            "where contradictions are too many to be listed, a question is shown with all its claimants, whomever the filters name"
        )
    return lines + absences(findings, pages)


def _title(timeline: Timeline, pages: Pages) -> str:
    return question_words(timeline.place, timeline.property, timeline.subject, pages.ledger.vocabulary)


def _question(timeline: Timeline, pages: Pages, sheet: Sheet) -> Iterator[str]:
    """The chart of a question, its legend, its claims and its contradictions."""
    yield from sheet.lines([(_title(timeline, pages), "heading")])
    lanes, left_out = _chosen(timeline, sheet.most)
    labels = _labels(lanes, sheet.width * 7 // 20, pages)
    label = max(text_width(words) for words in [*labels.values(), "   A against B"])
    label = min(label + 1, max(8, sheet.width * 7 // 20))
    hard, soft = days_of_interest(timeline, sheet.since, sheet.until)
    parts = eras(hard, soft, sheet.width - label - 1)
    years, ticks = axis_rows(parts)
    for row in (years, ticks):
        if row.replace("/", " ").strip():
            yield styled([(" " * (label + 1), ""), (row, "axis")], sheet.style)
    rows: list[Row] = []
    position = -1
    for lane in lanes:
        if lane.position != position:
            position = lane.position
            yield from sheet.lines([(f"{letter(position)} = {timeline.positions[position]}", f"lane {position % 6}")], 3)
        rows.append(lane_row(lane, parts))
        yield _row(labels[id(lane)], label, rows[-1], f"lane {position % 6}", sheet)
    rows += yield from _rows_of_contradictions(timeline, label, parts, sheet)
    names = {name for row in rows for name in row.names()}
    signs = legend(names, letter(lanes[0].position)[0], len(parts) > 1)
    yield from (text.replace(NO_BREAK, " ") for text in sheet.lines([("Signs: ", "label"), (signs, "legend")], 7))
    if left_out:
        claims = sum(len(lane.entries) for lane in left_out)
        text = f"not shown: {count_of(len(left_out), 'lane')} ({count_of(claims, 'claim')}) of this question; --limit 0 shows all"
        yield from sheet.lines([(text, "")], 2)
    yield from _claims(timeline, lanes, pages, sheet)


def _chosen(timeline: Timeline, most: int) -> tuple[list[Lane], list[Lane]]:
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


def _labels(lanes: list[Lane], room: int, pages: Pages) -> dict[int, str]:
    """What stands before each lane: letter and mouth, with its side where there is room for it."""
    found = {}
    for lane in lanes:
        words = inert(f"{letter(lane.position)}  {claimant_name(lane.claimant, pages.ledger.vocabulary)}")
        whole = inert(f"{words} ({side_name(lane.side, pages.ledger.vocabulary)})") if lane.side else words
        found[id(lane)] = whole if text_width(whole) < room else words
    return found


def _row(label: str, width: int, row: Row, role: str, sheet: Sheet) -> str:
    return styled([(fit(label, width) + " ", ""), *row.line(role)], sheet.style)


def _rows_of_contradictions(timeline: Timeline, label: int, parts: tuple[Era, ...], sheet: Sheet) -> Generator[str, None, list[Row]]:
    """A row for each pair of positions that contradict each other; gives the rows back."""
    certain: dict[tuple[int, int], int] = defaultdict(int)
    for link in timeline.question.links if timeline.question is not None else ():
        certain[link.one, link.other] += link.certain
    opposed = [pair for pair in timeline.oppositions if (pair.one, pair.other) in certain]
    ranked = sorted(opposed, key=lambda pair: (-certain[pair.one, pair.other], pair.one, pair.other))
    rows = []
    for pair in ranked[: sheet.most or None]:
        rows.append(contradiction_row(pair.marks, parts))
        yield _row(f"   {letter(pair.one)} against {letter(pair.other)}", label, rows[-1], "", sheet)
    if sheet.most and len(ranked) > sheet.most:
        yield from sheet.lines([(f"   ... and {count_of(len(ranked) - sheet.most, 'pair')} of letters more", "")], 3)
    return rows


def _claims(timeline: Timeline, lanes: list[Lane], pages: Pages, sheet: Sheet) -> Iterator[str]:
    yield from sheet.lines([("Who said it:", "label")])
    for lane in lanes:
        shown = lane.entries[: LISTED_OF_A_LANE if sheet.most else None]
        for entry in shown:
            start: Line = [("  ", ""), (f"{letter(lane.position)}  ", f"lane {lane.position % 6}")]
            yield from sheet.lines([*start, *_claim(entry, timeline.positions[lane.position], pages)], 5)
        if len(shown) < len(lane.entries):
            more = count_of(len(lane.entries) - len(shown), "claim")
            yield from sheet.lines([(f"     ... and {more} more of this lane; --limit 0 shows all", "")], 5)
    links = timeline.question.links if timeline.question is not None else ()
    if links and timeline.question is not None:
        yield from sheet.lines([("What contradicts what:", "label")])
        for link in links[: sheet.most or None]:
            for line in link_lines(link, timeline.question, pages):
                yield from sheet.lines([("  ", ""), *line], 5)
        if sheet.most and len(links) > sheet.most:
            yield from sheet.lines([(f"  ... and {len(links) - sheet.most} more; --limit 0 shows all", "")], 5)
    if timeline.tensions:
        yield from sheet.lines([(f"Tensions noted: {len(timeline.tensions)}", "label")])
    for conflict in timeline.tensions[: sheet.most or None]:
        names = " and ".join(one_line(name) for name in conflict.ids)
        yield from sheet.lines([("  ", ""), (names, "id"), (": ", ""), (reason(conflict, pages.ledger.vocabulary), "tension")], 5)


def _claim(entry: Entry, words: str, pages: Pages) -> Line:
    """Who, what (`words`), when, and the claim's id."""
    claim = entry.claim
    line: Line = [(pages.who(claim), "who"), (f": {words}; {when(claim)}", "")]
    if entry.shape == "span" and entry.time.presumed > entry.time.end:
        line.append((f", presumed until {format_day(entry.time.presumed)}", ""))
    if entry.shape == "said":
        line.append((", true at all times if true", ""))
    if claim.hedge is not None:
        line.append((f", hedged: {one_line(claim.hedge)}", "hedge"))
    line += [(f", {taken_back(by)}", "possible") for _, by in pages.corrections.get(claim.id, ())]
    return [*line, ("; ", ""), (one_line(claim.id), "id")]


# -- for machines -----------------------------------------------------------------------------------------------------


def to_json(drawn: list[Timeline], findings: Findings, pages: Pages, limit: int | None) -> Iterator[str]:
    """All questions in pieces, complete unless `limit` (questions) is given."""
    shown = drawn[: limit or None]
    yield '{"schema_version": 1, "questions": ['
    for number, timeline in enumerate(shown):
        yield (",\n" if number else "\n") + dumps(_record(timeline, pages))
    certain, tensions = sum(timeline.certain for timeline in drawn), sum(len(timeline.tensions) for timeline in drawn)
    total = sum(timeline.pairs for timeline in drawn)
    tail: dict[str, Any] = {
        "totals": {"contradictions": total, "certain": certain, "possible": total - certain, "tensions": tensions},
        "left_out": sorted({claim.id for claim in findings.left_out if claim.id}),
        "not_read": [refusal.path for refusal in pages.ledger.refusals],
        "said_too_late": len(findings.too_late),
    }
    if limit is not None:
        tail.update(total=len(drawn), truncated=len(shown) < len(drawn))
    yield "\n], " + dumps(tail)[1:] + "\n"


def _record(timeline: Timeline, pages: Pages) -> dict[str, Any]:
    """One question as machines read it. Days are null where there is no end; a claim of another question names its own. Where
    not `all_listed`, `pairs` of claims are so many that `conflicts` holds only some; `ledger conflicts` lists them."""
    return {
        "place": timeline.place,
        "property": timeline.property,
        "subject": timeline.subject,
        "positions": list(timeline.positions),
        "lanes": [
            {
                "claimant": lane.claimant,
                "mouth": lane.mouth,
                "side": lane.side,
                "position": lane.position,
                "letter": letter(lane.position),
                "claims": [_claim_record(entry, pages) for entry in lane.entries],
            }
            for lane in timeline.lanes
        ],
        "conflicts": [
            {
                "claims": list(found.conflict.ids),
                "positions": [found.one, found.other],
                "kind": found.conflict.kind,
                "strength": found.conflict.strength,
                "relation": found.conflict.relation,
                "corrected": [list(pair) for pair in found.conflict.corrected],
                "days": _days(found.marks),
            }
            for found in timeline.contradictions
        ],
        "pairs": timeline.pairs + len(timeline.tensions),
        "contradictions": timeline.pairs,
        "tensions": len(timeline.tensions),
        "certain": timeline.certain,
        "all_listed": not timeline.counted,
        "oppositions": [{"positions": [pair.one, pair.other], "days": _days(pair.marks)} for pair in timeline.oppositions],
    }


def _days(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    return [{"first": _day(mark.first), "last": _day(mark.last), "certain": mark.sure} for mark in marks]


def _day(day: int) -> str | None:
    return None if abs(day) >= FAR or day < 1 else format_day(day)


def _claim_record(entry: Entry, pages: Pages) -> dict[str, Any]:
    claim = entry.claim
    own = {name: getattr(claim, name) for name in ("id", "place", "property", "subject", "claimant", "stance", "value", "extent", "hedge")}
    times = time_record(entry.time) if entry.shape != "said" else {"start": [None, None], "end": [None, None], "presumed_until": None}
    by = [by.id for _, by in pages.corrections.get(claim.id, ())]
    return {**own, "said": claim.said, "holds": claim.holds, "shape": entry.shape, **times, "corrected_by": by}


COLUMNS = ("place", "property", "subject", "letter", "says", "claimant", "side", "claim", "stance", "value", "said", "holds", "start_first",
           "start_last", "end_first", "end_last", "presumed_until", "contradicts_certainly", "contradicts_possibly", "tensions_with",
           "corrected_by")  # fmt: skip


NOT_LISTED = "too many to list here: `ledger conflicts --format csv` does"


def to_csv(drawn: Iterable[Timeline], pages: Pages) -> Iterator[str]:
    """One claim of one question a row, with the ids of those that contradict it there."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for timeline in drawn:
        against: dict[tuple[str, str], list[str]] = defaultdict(list)
        for conflict in (found.conflict for found in timeline.contradictions):
            how = "tension" if conflict.is_tension else conflict.strength
            against[conflict.one.id, how].append(conflict.other.id)
            against[conflict.other.id, how].append(conflict.one.id)
        for lane in timeline.lanes:
            for entry in lane.entries:
                record = _claim_record(entry, pages)
                opposed = [" ".join(sorted(against[entry.claim.id, strength])) for strength in ("certain", "possible", "tension")]
                if timeline.counted:
                    opposed[:2] = [NOT_LISTED, NOT_LISTED]
                head = [timeline.place, timeline.property, timeline.subject, letter(lane.position), timeline.positions[lane.position]]
                own = [
                    name_of(entry.claim, pages.ledger.vocabulary),
                    lane.side,
                    *(record[name] for name in ("id", "stance", "value", "said", "holds")),
                ]
                times = [*record["start"], *record["end"], record["presumed_until"]]
                writer.writerow([csv_cell(cell) for cell in (*head, *own, *times, *opposed, " ".join(record["corrected_by"]))])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()
