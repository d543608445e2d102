"""Timelines as text: who changed their account, a chart for every question that several accounts answer, then what one account tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ledger.answers.changed_accounts import Changed
from ledger.answers.timeline import Entry, Timeline, in_contradictions, own_entries
from ledger.conflicts import Findings
from ledger.conflicts.claims_in_words import name_of, question_words, sentence
from ledger.conflicts.reasons import reason
from ledger.render.blocks import Line, Pages, absences, totals_words
from ledger.render.chart.accounts import LISTED_OF_A_LANE, accounts_chart, chosen, claim_lines, when_words
from ledger.render.chart.lanes import NO_BREAK, PLAIN, legend
from ledger.render.chart.sheets import Sheet
from ledger.render.chart.tolls import figures_chart
from ledger.texts.display import count_of, one_line, shorten
from ledger.texts.phrases import said_words

SIGNS_USED = "".join(map(chr, PLAIN))  # beyond ASCII
NOTED = 2  # tensions told where a page is cut
CHANGES = 4  # claimants named at the top of a page that is cut


Changes = Mapping[int, list[Changed]]  # by the number of the timeline


def to_text(
    drawn: list[Timeline], changes: Changes, findings: Findings, pages: Pages, sheet: Sheet, limit: int | None = None
) -> Iterator[str]:
    """The page in pieces. A question has a chart where several accounts answer it, or a contradiction stands in it; of the others each
    account is a line. Where a page has an end, what does not fit is counted."""
    shown = [own_entries(timeline) for timeline in (drawn[:limit] if limit else drawn)]
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
    ruled = {name for timeline in shown for name in in_contradictions(timeline)}
    for timeline in (each for each in quiet if not ruled.issuperset(entry.claim.id for entry in each.entries)):
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
    return [*line, (f" There are {count_of(changed.more, 'more such pair')}.", "")] if changed.more else line


# -- the chart of a question ---------------------------------------------------------------------------------------------


def _title(timeline: Timeline, pages: Pages) -> str:
    return question_words(timeline.place, timeline.property, timeline.subject, pages.ledger.vocabulary)


def _chart(timeline: Timeline, changes: list[Changed], pages: Pages, sheet: Sheet) -> tuple[list[str], set[str]]:
    """A question's heading, its chart, and what contradicts what; and which signs were drawn."""
    lines = list(sheet.lines([(_title(timeline, pages), "heading")], 2))
    figures = [entry.claim for entry in timeline.entries if entry.claim.figure is not None]
    lanes, left_out = chosen(timeline, sheet.most)
    if len(figures) > len(timeline.entries) // 2:
        names = set[str]()
        lines += figures_chart(timeline, lanes, changes, pages, sheet)
    else:
        chart, names = accounts_chart(timeline, lanes, changes, pages, sheet)
        lines += chart
    if left_out:
        claims = count_of(sum(len(lane.entries) for lane in left_out), "claim")
        lines += sheet.lines([(f"  not shown: {claims} of this question; --limit 0 shows all", "")], 4)
    if sheet.told:
        lines += claim_lines(timeline, lanes, pages, sheet)
    return lines, names


# -- claims, what is told in one way, tensions -----------------------------------------------------------------------------


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
            line += when_words(entry, pages) if sheet.told else [(f", {said_words(entry.claim.said)}", "")]
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
