"""Timelines as text: who changed their account, a chart for every question that several accounts answer, then what one account tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.answers.changed_accounts import Changed
from ledger.answers.contradicted_days import Mark
from ledger.answers.timeline import Entry, Lane, Opposition, Timeline
from ledger.conflicts import Findings
from ledger.conflicts.reasons import reason, taken_back
from ledger.conflicts.sentences import claimant_name, hedge_words, name_of, question_words, sentence, value_words
from ledger.model import Claim
from ledger.render.blocks import Line, Pages, absences, letter, link_lines, totals_words
from ledger.render.chart.axis import axis_rows, eras
from ledger.render.chart.columns import fit, folded, styled, text_width
from ledger.render.chart.figures import axis_line, figure_row, scale_of
from ledger.render.chart.lanes import NO_BREAK, PLAIN, Row, contradiction_row, days_of_interest, lane_row, legend
from ledger.render.check import Style, inert, plain
from ledger.texts.dates import FAR, LAST_DAY, format_day
from ledger.texts.display import count_of, one_line, shorten
from ledger.texts.phrases import holds_words, said_words

IN_A_PIPE = 100  # columns of a chart where there is no terminal
WIDEST = 160
LISTED_OF_A_LANE = 4  # claims told of one account and claimant, where a page is cut to what a terminal can show
SIGNS_USED = "".join(map(chr, PLAIN))  # beyond ASCII
NOTED = 2  # tensions told where a page is cut
CHANGES = 4  # claimants named at the top of a page that is cut


class Sheet(NamedTuple):
    """What text is written on: columns (None: a pipe, lines of text stay whole), colours, the days asked for, how many lines a page has
    and how many rows a question (0: all), whether every claim is told below its chart, and whether only plain signs can be shown."""

    columns: int | None = None
    style: Style = plain
    since: int = -FAR
    until: int = FAR
    page: int = 0
    most: int = 0
    told: bool = True
    plain_signs: bool = False

    @property
    def width(self) -> int:
        """The width of charts."""
        return min(self.columns or IN_A_PIPE, WIDEST)

    @property
    def label(self) -> int:
        """The columns before a chart, at most."""
        return max(8, self.width * 2 // 5)

    def lines(self, line: Line, indent: int = 0) -> Iterator[str]:
        """A line of text, folded where it must be; no line is one that a CI runner takes for a command."""
        safe: Line = [(text.replace("##[", "## ["), role) for text, role in line]
        for part in folded(safe, None if self.columns is None else self.width - 1, indent):
            words = "".join(text for text, _ in part)
            yield styled(_broken_apart(part) if inert(words) != words else part, self.style)

    def row(self, label: str, width: int, drawn: Line) -> str:
        """A row of a chart behind its label."""
        signs: Line = [(text.translate(PLAIN), role) for text, role in drawn] if self.plain_signs else drawn
        return styled([(fit(inert(label), width) + " ", ""), *signs], self.style)


def _broken_apart(line: Line) -> Line:
    """A line that begins with `::`, with a space between the two: a runner trims what stands before them."""
    for number, (text, role) in enumerate(line):
        if ":" in text:
            return [*line[:number], (text.replace(":", ": ", 1), role), *line[number + 1 :]]
    return line


Changes = Mapping[int, list[Changed]]  # by the number of the timeline


def to_text(
    drawn: list[Timeline], changes: Changes, findings: Findings, pages: Pages, sheet: Sheet, limit: int | None = None
) -> Iterator[str]:
    """The page in pieces. A question has a chart where several accounts answer it, or a contradiction stands in it; of the others each
    account is a line. Where a page has an end, what does not fit is counted."""
    shown = [_own_entries(timeline) for timeline in (drawn[:limit] if limit else drawn)]
    noted, ending = list(_tensions(shown, pages, sheet)), list(_closing(drawn, shown, [], findings, pages))
    room = _Room(sheet.page, len(noted) + 2 * len(ending) + 4)
    lines = list(_changed(shown, changes, pages, sheet))
    yield room.taken(lines)
    quiet, signs, hidden = list[Timeline](), set[str](), list[Timeline]()
    for number, timeline in enumerate(shown):
        if _is_quiet(timeline, changes.get(number, ())):
            quiet.append(timeline)
            continue
        lines, names = _chart(timeline, changes.get(number, []), pages, sheet)
        if room.fits(lines):
            signs |= names
            yield room.taken([*lines, ""])
        else:
            hidden.append(timeline)
    yield room.taken([*_key(signs, sheet), ""] if signs else [])
    alone: list[str] = []
    for timeline in quiet:
        lines = list(_alone(timeline, pages, sheet))
        if timeline.entries and not room.fits([*alone, *lines, ""]):
            hidden.append(timeline)
        else:
            alone += lines
    if alone:
        yield "\n".join([*sheet.lines([("Told in one way:", "heading")]), *alone]) + "\n\n"
    yield "".join(f"{line}\n" for line in noted)
    yield "\n".join(line for text in _closing(drawn, shown, hidden, findings, pages) for line in sheet.lines([(text, "")], 2)) + "\n"


class _Room:
    """The lines that are left of a page, of which some are `kept` for its end; without an end where it has none."""

    def __init__(self, page: int, kept: int) -> None:
        self.page, self.left, self.begun = page, page - kept, False

    def fits(self, lines: list[str]) -> bool:
        """Whether lines fit there; the first ones always do."""
        return not self.page or not self.begun or len(lines) <= self.left

    def taken(self, lines: list[str]) -> str:
        """The lines as text, which leaves so much less."""
        self.left -= len(lines)
        self.begun = self.begun or len(lines) > 2
        return "".join(f"{line}\n" for line in lines)


def _own_entries(timeline: Timeline) -> Timeline:
    """A timeline without the claims of other questions that only a tension brings there: tensions are told behind."""
    asked = timeline.place, timeline.property, timeline.subject
    found = timeline.question
    ruled = {claim.id for position in found.positions for claim in position.claims} if found is not None else set()
    lanes = []
    for lane in timeline.lanes:
        kept = tuple(
            entry
            for entry in lane.entries
            if entry.claim.id in ruled or (entry.claim.place, entry.claim.property, entry.claim.subject) == asked
        )
        lanes += [lane._replace(entries=kept)] if kept else []
    numbers = {number: place for place, number in enumerate(sorted({lane.position for lane in lanes}))}  # (those of contradictions stay)
    lanes = [lane._replace(position=numbers[lane.position]) for lane in lanes]
    return timeline._replace(lanes=tuple(lanes), positions=tuple(timeline.positions[number] for number in numbers))


def _is_quiet(timeline: Timeline, changes: Iterable[Changed]) -> bool:
    """Whether nothing stands against anything: one account, or texts, of which each may be true."""
    positions = {lane.position for lane in timeline.lanes}
    return not timeline.pairs and not list(changes) and (len(positions) < 2 or not _can_clash(timeline))


def _can_clash(timeline: Timeline) -> bool:
    """Whether some of what is said there is a choice, a figure, a date or an event, told in more than one way by more than doubts."""
    return any(entry.claim.value is None or entry.claim.figure or entry.claim.share or entry.claim.day for entry in timeline.entries)


# -- who changed their account -------------------------------------------------------------------------------------------


def _changed(shown: list[Timeline], changes: Changes, pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Who said otherwise than before, in sentences: first those who contradict themselves."""
    found = [changed for number in range(len(shown)) for changed in changes.get(number, ())]
    found.sort(key=lambda changed: changed.conflict is None)
    if not any(timeline.entries for timeline in shown):
        return
    if not found:
        yield from sheet.lines([("Who changed their account: nobody.", "heading")], 2)
        yield ""
        return
    yield from sheet.lines([("Who changed their account:", "heading")])
    for changed in found[: CHANGES if sheet.page else None]:
        yield from sheet.lines([("  ", ""), *_change_line(changed, pages)], 4)
    if sheet.page and len(found) > CHANGES:
        yield from sheet.lines([(f"  ... and {len(found) - CHANGES} more, each at its question", "")], 4)
    yield ""


def _change_line(changed: Changed, pages: Pages) -> Line:
    """`The ministry: “5,500 people have died in Derna” (2023-09-15), then “3,252 ...” (2023-09-16): contradicts itself`."""
    vocabulary = pages.ledger.vocabulary
    who, other = (name_of(claim, vocabulary) for claim in (changed.after, changed.before))
    before, after = (f"{sentence(claim, vocabulary)} (said {said_words(claim.said)}" for claim in (changed.before, changed.after))
    by = f" by {other}, of the same mouth" if who != other else ""
    line: Line = [(who, "who"), (f": {before}{by}); then: {after}). ", "")]
    if changed.conflict is None:
        line.append(("Of a later time, so no contradiction.", ""))
    elif changed.conflict.strength == "certain":
        line.append(("The two contradict each other.", "certain"))
    else:
        line.append(("The two may contradict each other.", "possible"))
    return [*line, (f" So do {count_of(changed.more, 'more pair')} of its claims.", "")] if changed.more else line


# -- the chart of a question ---------------------------------------------------------------------------------------------


def _title(timeline: Timeline, pages: Pages) -> str:
    return question_words(timeline.place, timeline.property, timeline.subject, pages.ledger.vocabulary)


def _chart(timeline: Timeline, changes: list[Changed], pages: Pages, sheet: Sheet) -> tuple[list[str], set[str]]:
    """A question's heading, its chart, and what contradicts what; and which signs were drawn."""
    lines = list(sheet.lines([(_title(timeline, pages), "heading")], 2))
    figures = [entry.claim for entry in timeline.entries if entry.claim.figure is not None]
    lanes, left_out = _chosen(timeline, sheet.most)
    if len(figures) > len(timeline.entries) // 2:
        names = set[str]()
        lines += _figures(timeline, lanes, changes, pages, sheet)
    else:
        chart, names = _lanes(timeline, lanes, changes, pages, sheet)
        lines += chart
    if left_out:
        claims = count_of(sum(len(lane.entries) for lane in left_out), "claim")
        lines += sheet.lines([(f"  not shown: {claims} of this question; --limit 0 shows all", "")], 4)
    if sheet.told:
        lines += _claims(timeline, lanes, pages, sheet)
    return lines, names


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


def _lanes(timeline: Timeline, lanes: list[Lane], changes: list[Changed], pages: Pages, sheet: Sheet) -> tuple[list[str], set[str]]:
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


# -- figures -------------------------------------------------------------------------------------------------------------


def _figures(timeline: Timeline, lanes: list[Lane], changes: list[Changed], pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Every figure in the order in which they were said: when, who, and where it lies between nothing and the largest one."""
    vocabulary = pages.ledger.vocabulary
    claims = sorted((entry.claim for lane in lanes for entry in lane.entries), key=_middle)
    days = {claim.id: _day_label(claim) for claim in claims}
    day = min(max(map(text_width, days.values())), sheet.width // 4)
    label = min(day + 2 + max(text_width(inert(name_of(claim, vocabulary))) for claim in claims), sheet.width // 2)
    scale = scale_of(claims, max(4, (sheet.width - label - 2) * 11 // 20))
    yield sheet.row("", label, [(axis_line(scale, vocabulary.language), "axis")])
    fell = {change.after.id: change for change in changes}
    asked = timeline.place, timeline.property, timeline.subject
    for claim in claims:
        behind = ""
        if claim.id in fell:
            change = fell[claim.id]
            what = "contradicts its own" if change.conflict else "it said before:"
            behind = f"  {what} {_value(change.before, pages)} of {said_words(change.before.said)}"
        if (claim.place, claim.property, claim.subject) != asked:
            behind = f"  ({_title_of(claim, pages)})" + behind
        words = f"{fit(days[claim.id], day)}  {name_of(claim, vocabulary)}"
        row: Line = [(fit(inert(words), label) + " ", ""), *figure_row(claim, scale, behind, vocabulary)]
        if sheet.plain_signs:
            row = [(text.translate(PLAIN) if role == "figure" else text, role) for text, role in row]
        yield from sheet.lines(row, min(label + 1, sheet.width // 2))
    yield from _clashes(timeline, pages, sheet)


def _day_label(claim: Claim) -> str:
    """The day on which it was said, shortly: `2022-09-09 or 10`."""
    days = claim.said_days
    if days is not None and days.last == days.first + 1 and days.first >= 1 and days.last <= LAST_DAY and claim.said_by is None:
        first, last = format_day(days.first), format_day(days.last)
        return f"{first} or {last[8:]}" if first[:7] == last[:7] else f"{first} or {last[5:]}"
    return said_words(claim.said)


def _title_of(claim: Claim, pages: Pages) -> str:
    return question_words(claim.place, claim.property, claim.subject, pages.ledger.vocabulary)


def _middle(claim: Claim) -> tuple[int, str]:
    """What figures are sorted by: the middle of the days on which they may have been said."""
    near = claim.said_near
    return (0 if near is None else near.first + near.last), claim.id


def _value(claim: Claim, pages: Pages) -> str:
    """`about 5,500`; of a denial `the denied 5,500`."""
    vocabulary = pages.ledger.vocabulary
    words = value_words(vocabulary.properties.get(claim.property), claim.value, vocabulary, unit=False)
    return f"the denied {words}" if claim.stance == "denies" else words


def _figure(claim: Claim, pages: Pages) -> str:
    """`5,500 (Ministry of Health, 2023-09-15)`."""
    return f"{_value(claim, pages)} ({name_of(claim, pages.ledger.vocabulary)}, {said_words(claim.said)})"


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
            others.sort(key=_middle)
            most = LISTED_OF_A_LANE if sheet.most else len(others)
            more = f" and {len(others) - most} more" if len(others) > most else ""
            if others:
                words.append(f"{verb} " + ", ".join(_figure(other, pages) for other in others[:most]) + more)
        yield from sheet.lines([(words[0] + " " + "; it ".join(words[1:]), "")], 4)


# -- claims, what is told in one way, tensions -----------------------------------------------------------------------------


def _claims(timeline: Timeline, lanes: list[Lane], pages: Pages, sheet: Sheet) -> Iterator[str]:
    """Every claim of a chart: who, when, of which days, and its id."""
    for lane in lanes:
        shown = lane.entries[: LISTED_OF_A_LANE if sheet.most else None]
        for entry in shown:
            start: Line = [("  ", ""), (f"{letter(lane.position)}  ", f"lane {lane.position % 6}"), (pages.who(entry.claim), "who")]
            yield from sheet.lines([*start, *_when(entry, pages), ("; ", ""), (one_line(entry.claim.id), "id")], 5)
        if len(shown) < len(lane.entries):
            more = count_of(len(lane.entries) - len(shown), "claim")
            yield from sheet.lines([(f"     ... and {more} more; --limit 0 shows all", "")], 5)
    question = timeline.question
    for link in question.links[: sheet.most or None] if question is not None else ():
        for line in link_lines(link, question, pages) if question is not None else ():
            yield from sheet.lines([("  ", ""), *line], 5)


def _when(entry: Entry, pages: Pages) -> Line:
    """When it was said, of which days, until when it is presumed, and what leaves it open."""
    claim = entry.claim
    words = f", said {said_words(claim.said)}"
    if claim.holds:
        words += f", of {holds_words(claim.holds, entry.shape == 'event')}"
    if entry.shape == "span" and entry.time.presumed > entry.time.end:
        last = entry.time.presumed
        words += ", presumed to go on" + (f" until {format_day(last)}" if last < FAR else "")
    if entry.shape == "said":
        words += ", true at all times if true"
    hedged: Line = [(f", {hedge_words(claim)}", "hedge")] if claim.hedge is not None else []
    return [(words, ""), *hedged, *((f", {taken_back(by)}", "possible") for _, by in pages.corrections.get(claim.id, ()))]


def _alone(timeline: Timeline, pages: Pages, sheet: Sheet) -> Iterator[str]:
    """What is told in one way, an account a line: its sentence, and who said so when."""
    by_position: dict[int, list[Entry]] = defaultdict(list)
    for lane in timeline.lanes:
        by_position[lane.position] += lane.entries
    for entries in by_position.values():
        words = sentence(entries[0].claim, pages.ledger.vocabulary)
        line: Line = [("  ", "")]
        most = LISTED_OF_A_LANE if sheet.page else len(entries)
        for number, entry in enumerate(entries[:most]):
            line += [("; " if number else "", ""), (name_of(entry.claim, pages.ledger.vocabulary), "who")]
            line += _when(entry, pages) if sheet.told else [(f", {said_words(entry.claim.said)}", "")]
            line += [(" (", ""), (one_line(entry.claim.id), "id"), (")", "")] if sheet.told else []
        if len(entries) > most:
            line.append((f" and {len(entries) - most} more", ""))
        yield from sheet.lines([*line, (": ", ""), (shorten(words, sheet.width) if sheet.page else words, "label")], 4)


def _tensions(shown: list[Timeline], pages: Pages, sheet: Sheet) -> Iterator[str]:
    """What persons noted, behind all that the rules found."""
    noted = {conflict.ids: conflict for timeline in shown for conflict in timeline.tensions}
    if not noted:
        return
    vocabulary = pages.ledger.vocabulary
    yield from sheet.lines([(f"Tensions noted (at odds for a person, by no rule): {len(noted)}", "heading")], 2)
    for ids in sorted(noted)[: NOTED if sheet.page else None]:
        conflict = noted[ids]
        words = [f"{name_of(claim, vocabulary)}: {sentence(claim, vocabulary)}" for claim in (conflict.one, conflict.other)]
        line: Line = [("  ", ""), (" / ".join(shorten(text, sheet.width) if sheet.page else text for text in words), "")]
        if sheet.told:
            line += [(f"; {reason(conflict, vocabulary)} ", "tension"), (f"({' and '.join(map(one_line, ids))})", "id")]
        yield from sheet.lines(line, 4)
    if sheet.page and len(noted) > NOTED:
        yield from sheet.lines([(f"  ... and {len(noted) - NOTED} more: `ledger conflicts` tells them", "")], 4)
    yield ""


def _key(names: set[str], sheet: Sheet) -> Iterator[str]:
    """What the signs mean, once for all charts."""
    words = legend(names).translate(PLAIN) if sheet.plain_signs else legend(names)
    yield from (text.replace(NO_BREAK, " ") for text in sheet.lines([("Signs: ", "label"), (words, "legend")], 7))


def _closing(drawn: list[Timeline], shown: list[Timeline], hidden: list[Timeline], findings: Findings, pages: Pages) -> list[str]:
    claims = {entry.claim.id for timeline in drawn for entry in timeline.entries}
    certain, pairs = sum(timeline.certain for timeline in drawn), sum(timeline.pairs for timeline in drawn)
    found = totals_words(pairs, certain, len({conflict.ids for timeline in drawn for conflict in timeline.tensions}))
    lines = [f"{count_of(len(claims), 'claim')}, {count_of(len(drawn), 'question')}, {found}" if drawn else "no claims that match"]
    left = len(drawn) - len(shown) + len(hidden)
    if left:
        told = len(drawn) - left
        lines.append(f"shown: {told} of {count_of(len(drawn), 'question')}; --limit 0 shows all, --property and the other filters choose")
    if any(timeline.counted for timeline in shown):
        lines.append(
            "where contradictions are too many to be listed, a question is shown with all its claimants, whomever the filters name"
        )
    return lines + absences(findings, pages)
