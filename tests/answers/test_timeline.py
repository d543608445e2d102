"""`ledger timeline`: every sign of the chart, the axis, what is said in words, and the machines' formats."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from bridge import ledger_of, valid_ledger_of
from crowds import crowded
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_strategies import Record, ledgers
from running import ROOT, Outcome, run
from small import CLAIMS, file_of, ledger_at

from ledger.answers.changed_accounts import changed_accounts
from ledger.answers.filters import times_by_claim
from ledger.answers.timeline import Timeline, timelines
from ledger.conflicts import Findings, find_conflicts
from ledger.conflicts.accounts import accounts
from ledger.conflicts.finder import part_takers
from ledger.conflicts.search.counting import MANY
from ledger.model import Ledger
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.render import timeline as render
from ledger.render import timeline_data as machines
from ledger.render.blocks import Line, Pages
from ledger.render.chart.axis import GAP, axis_rows, eras
from ledger.render.chart.columns import fit, folded
from ledger.render.chart.lanes import contradiction_row, days_of_interest, lane_row
from ledger.render.chart.sheets import Sheet
from ledger.rules import excluded
from ledger.texts.dates import LAST_DAY, parse_date
from ledger.texts.widths import head_of, text_width

VOCABULARY = """format: 1
language: en
places:
  town: {kind: town, names: {en: Town}}
claimants:
  army: {name: The army, kind: army, side: north}
  spokesman: {name: A spokesman, kind: person, of: army}
  rebels: {name: The rebels, kind: army, side: south}
  map: {name: The map, kind: map}
  wide: {name: 地図新聞é, kind: newspaper}
  evil: {name: "::error::[/b]\\e[31m##[group]", kind: newspaper}
properties:
  control: {title: who holds the place, values: [north, south], parts: true, lasts: P5D}
  mood: {title: the mood, values: [calm, tense], lasts: forever}
  people: {title: how many live there, quantity: people}
  builder: {title: who built the dam, values: [north, south], timeless: true}
  entry: {title: forces have entered, event: true, lasts: P4D}
  breach: {title: the dam broke, event: true, once: true}
  losses: {title: losses, quantity: tanks, cumulative: true}
"""
SEED = "".join(f"Sentence number {number} of this text stands here.\n\n" for number in range(20))


def memory_ledger(*claims: str, tail: str = "") -> Ledger:
    """A ledger of claims c1, c2, ... of the town, each written as `key: value` pairs; said by the map on 10 November."""
    written = []
    for number, claim in enumerate(claims, 1):
        fields = {"place": "town", "property": "control", "claimant": "map", "said": "2025-11-10"}
        fields |= {key: value for key, _, value in (pair.partition(": ") for pair in claim.split("; "))}
        lines = [f"- id: c{number}", *(f"  {key}: {value}" for key, value in fields.items())]
        written.append("\n".join([*lines, f"  quote: Sentence number {number} of this text stands here."]))
    head = f"seed: s.txt\nsha256: {hashlib.sha256(SEED.encode()).hexdigest()}\nlanguage: en\npublished: 2026-01-01\nclaims:\n"
    file = head + "\n".join(written) + "\n" + tail
    ledger = load(MemoryTree({"ledger.yaml": VOCABULARY.encode(), "claims/s.yaml": file.encode(), "seeds/s.txt": SEED.encode()}))
    assert not ledger.refusals and not excluded(ledger)
    return ledger


def drawn_of(ledger: Ledger, many: int = MANY) -> tuple[list[Timeline], Findings]:
    """All timelines of a ledger, and its conflicts; a question with more than `many` is counted."""
    taking_part = part_takers(ledger, excluded(ledger), None)[0]
    findings = find_conflicts(ledger, excluded(ledger), many=many)
    times = times_by_claim(accounts(taking_part, ledger.vocabulary))
    return timelines(taking_part, findings.conflicts, findings.crowds, times, ledger.vocabulary), findings


def text_of(ledger: Ledger, sheet: Sheet | None = None, limit: int | None = None) -> str:
    """The whole text."""
    return page_of(ledger, *drawn_of(ledger), sheet or Sheet(), limit)


def page_of(ledger: Ledger, drawn: list[Timeline], findings: Findings, sheet: Sheet, limit: int | None = None) -> str:
    """The text of timelines."""
    written = {account.claim.id: account for account in accounts(findings.taking_part, ledger.vocabulary) if not account.steps}
    changes = {number: changed_accounts(timeline, written) for number, timeline in enumerate(drawn)}
    return "".join(render.to_text(drawn, changes, findings, Pages.of(ledger, findings.corrections), sheet, limit))


def charted(*claims: str, width: int = 40, tail: str = "") -> list[str]:
    """The rows of the one chart of a ledger: ticks, lanes, contradictions, cut free of their labels."""
    ((timeline, *others), _) = drawn_of(memory_ledger(*claims, tail=tail))
    assert not others
    parts = eras(*days_of_interest(timeline, 1, LAST_DAY), width)
    rows = [lane_row(lane, parts) for lane in timeline.lanes]
    rows += [contradiction_row(pair.marks, parts) for pair in timeline.oppositions]
    return [line.rstrip() for line in (*axis_rows(parts), *("".join(text for text, _ in row.line("")) for row in rows))]


# -- every sign ------------------------------------------------------------------------------------------------------------


def test_what_was_vouched_for_and_what_is_presumed_look_different() -> None:
    assert charted("value: north; holds: 2025-11-03/2025-11-07", "value: south; claimant: army; said: 2025-11-06") == [
        "  |2025",
        "  |3 Nov    |8 Nov",
        "        ●━··········",
        '  ●━━━━━━━━━    "',
        "        !!??",
    ]


def test_imprecise_ends_look_imprecise() -> None:
    assert charted("value: north; holds: 2025-11-04~/2025-11-20~", "value: north; claimant: army", width=60) == [
        "    |2025",
        "    |1 Nov    |6 Nov    |11 Nov   |16 Nov   |21 Nov",
        "    ░░░░░░░░░░░░●━━━━━━━━━━━━━━━━━━━━━░░░░░░░░░░░░",
        "                      ●━··········",
    ]


def test_a_denial_a_doubt_an_expectation_and_a_hedge_are_told_apart() -> None:
    chart = charted(
        "value: north; holds: 2025-11-08/2025-11-10",
        "value: north; extent: all; stance: denies; claimant: army; holds: 2025-11-08/2025-11-10",
        "value: north; stance: doubts; claimant: rebels; holds: 2025-11-08/2025-11-10",
        "value: south; stance: expects; claimant: rebels; holds: 2025-11-08/2025-11-10",
        "value: north; extent: part; hedge: Sentence; claimant: wide; holds: 2025-11-08/2025-11-10",
    )
    assert chart[2:] == ["  ●━━━━━", "  ×━━━━━", "  ?━━━━━", "  ○━━━━━", "  ○━━━━━", "  !!!!!!"]


def test_a_denial_whose_day_is_not_known_is_a_denial_still() -> None:
    chart = charted("value: north; holds: 2025-11-10", "value: north; extent: all; stance: denies; claimant: army; said: 2025-11-10~")
    assert chart[2:] == ["  ×░×░×░×░×░×░×░··········", "        ●━··········", "        ????????????"]


def test_an_event_is_a_mark_with_the_days_it_may_have_been_and_what_followed() -> None:
    chart = charted(
        "property: entry; holds: 2025-11-06",
        "property: entry; claimant: army; said: 2025-11-06",
        "property: entry; claimant: rebels; holds: 2025-11-04/2025-11-06",
        "property: entry; claimant: wide; stance: denies; holds: 2025-11-08",
        "property: entry; claimant: evil; stance: expects; said: 2025-11-04",
        "property: entry; claimant: spokesman; hedge: Sentence; said: 2025-11-12",
        width=60,
    )
    assert chart == [
        "  |2025",
        "  |4 Nov    |9 Nov    |14 Nov",
        "     <●───────── <○─────────",
        '      ●───────"─',
        '  ░░░░●───────"─',
        '          ×━  "',
        "  ○━",
        "          !!",
    ]


def test_what_lasts_for_ever_ends_in_an_arrow() -> None:
    chart = charted("property: mood; value: calm", "property: mood; value: tense; claimant: army; holds: ../2025-11-08")
    assert chart[2:] == ["        ●━···>", '<·●━━━  "']


def test_a_time_that_began_long_before_the_chart_comes_in_by_an_arrow() -> None:
    chart = charted(
        "value: north; claimant: army; said: 2025/2025-11-10",
        "value: south",
        "value: south; said: 2025-11-16; claimant: rebels",
        "value: south; said: 2025-11-12; claimant: wide",
    )
    assert chart[2:] == ["<░░░··········", "  ●━··········", "      ●━··········", "              ●━··········", "  ????????????"]


def test_a_word_about_another_time_is_marked_where_it_was_said() -> None:
    chart = charted("value: north; holds: 2025-11-01/2025-11-02", "value: south; claimant: army; said: 2025-11-03")
    assert chart[2:] == ["      ●━··········", '  ●━━━              "']


def test_what_is_timeless_stands_on_the_day_it_was_said() -> None:
    chart = charted("property: builder; value: north", "property: builder; value: south; claimant: army; said: 2025-11-05")
    assert chart[2:] == ["  ●━", "            ●━", "  !!        !!"]


def test_events_that_happen_once_and_counts_are_marked_on_their_own_days() -> None:
    chart = charted("property: breach; holds: 2025-11-03", "property: breach; claimant: army; holds: 2025-11-07")
    assert chart[2:] == ['  ●─────────────"──>', '          ●─────"──>', "  !!      !!"]
    chart = charted("property: losses; value: 10", "property: losses; value: 20; claimant: army; said: 2025-11-06")
    assert chart[2:] == ["  ●━", "          ●━", "  !!      !!"]


def test_between_words_of_one_mouth_nothing_presumed_is_marked() -> None:
    chart = charted("value: north; claimant: army", "value: south; claimant: spokesman")
    assert chart[2:] == ["  ●━··········", "  ●━··········", "  !!"]


def test_separate_eras_are_broken_and_what_covers_the_gap_runs_through_it() -> None:
    chart = charted(
        "value: north; said: 2022-09-10", "value: south; claimant: army; holds: 2022-09-08/2025-11-09; said: 2025-11-10", width=50
    )
    assert chart == [
        "  |2022              //   |2025",
        "  |8 Sep    |13 Sep  //   |9 Nov",
        "      ●━··········   //",
        '  ●━━━━━━━━━━━━━━━━━━//━━━━━"',
        "      !!??????????   //",
    ]


def test_a_dispute_and_a_tension_are_marked_where_their_times_meet_or_else_where_they_were_said() -> None:
    note = "tensions:\n- {claims: [c1, c2], by: a curator, on: 2026-01-01, why: at odds}\n"
    chart = charted("value: north; said: 2025-11-01", "value: north; said: 2025-11-20; claimant: army", width=60, tail=note)
    assert chart[2:] == [
        "    ●━··········",
        "                                          ●━··········",
        "    ??                                    ??",
    ]
    chart = charted("value: north", "value: north; said: 2025-11-12; claimant: army; disputes: [c1]")
    assert chart[2:] == ["  ●━··········", "      ●━··········", "      !!!!!!!!"]


@pytest.mark.parametrize(
    ("days", "width", "rows"),
    [
        ("2025-11-03 2025-11-12", 40, ("  |2025", "  |3 Nov    |8 Nov")),
        ("2025-11-03 2025-11-07 2025-12-01", 60, ("    |2025", "    |3 Nov   |8 Nov   |13 Nov  |18 Nov  |23 Nov   |28 Nov")),
        (
            "2025-06-03 2025-07-20 2025-08-20 2025-09-10 2025-11-02 2025-12-20",
            60,
            ("  |2025", "  |Jun    |Jul     |Aug    |Sep    |Oct    |Nov    |Dec"),
        ),
        ("1950 1970 1990 2010-05-01", 60, ("", "  |1950    |1960    |1970    |1980    |1990    |2000")),
        ("0001 9999-12-31", 40, ("|0001        // |9999", "|1 Jan       // |30 Dec")),
    ],
)
def test_ticks_are_days_months_or_years_as_the_span_needs(days: str, width: int, rows: tuple[str, str]) -> None:
    parts = eras([parse_date(day).first for day in days.split()], [], width)
    assert tuple(row.rstrip() for row in axis_rows(parts)) == rows


# -- the words -------------------------------------------------------------------------------------------------------------

WHOLE = """\
Who changed their account:
  A spokesman: Town · who holds the place: north, all of it (said 2025-11-03 by
    The army, of the same mouth); then: Town · who holds the place: south, all
    of it (said 2025-11-06). Of a later time, so no contradiction.

Town · who holds the place
                  2025   |3 Nov    |8 Nov
A  north, all of it
   The army              ●━····
B  south, all of it
   The rebels              ○━··········
   地図新聞é                 ●━··········
   A spokesman                 ●━··········
   ^ changed its account: said A before (2025-11-03)
   A may contradict B      ????
  A  The army (north), said 2025-11-03, presumed to go on until 2025-11-05; c1
  B  The rebels (south), said 2025-11-04, presumed to go on until 2025-11-09,
     left open: “Sentence”; c2
  B  地図新聞é, said 2025-11-05, presumed to go on until 2025-11-10; c3
  B  A spokesman (north), said 2025-11-06, presumed to go on until 2025-11-11;
     c4
"""


def test_the_whole_page_of_a_question() -> None:
    ledger = memory_ledger(
        "value: north; said: 2025-11-03; claimant: army",
        "value: south; said: 2025-11-04; claimant: rebels; hedge: Sentence",
        "value: south; said: 2025-11-05; claimant: wide",
        "value: south; said: 2025-11-06; claimant: spokesman",
        "property: people; value: 200",
    )
    page = text_of(ledger, Sheet(80))
    assert page.startswith(WHOLE)
    assert "  A against B: exclusive, possible, 2 pairs: " in page
    assert page.endswith(
        "Signs: ● said to be so  ○ left open  ━ held to be so  · presumed to go on\n\n"
        "Told in one way:\n  The map, said 2025-11-10 (c5): Town · how many live there: 200 people\n\n"
        "5 claims, 2 questions, 2 contradictions (0 certain, 2 possible)\n"
    )


TOLL = """\
Who changed their account:
  A spokesman: Town · losses: at least 1,000 tanks (said 2025-11-10 by The
    army, of the same mouth); then: Town · losses: 900 to 950 tanks (said
    2025-11-12). The two contradict each other.

Town · losses
                              |0          |500         |1,000
about 2025-11-09  The map                  ░░░░ about 600
2025-11-10        The army                             ●> at least 1,000
2025-11-12        A spokesman                       ░░ 900 to 950  contradicts
                              its own at least 1,000 of 2025-11-10
  at least 1,000 (The army, 2025-11-10) contradicts 900 to 950 (A spokesman,
    2025-11-12); it may contradict about 600 (The map, about 2025-11-09)
  900 to 950 (A spokesman, 2025-11-12) may contradict about 600 (The map, about
    2025-11-09)

3 claims, 1 question, 3 contradictions (1 certain, 2 possible)
"""


def test_figures_are_drawn_with_their_ranges_and_where_they_fall() -> None:
    ledger = memory_ledger(
        "property: losses; value: '>=1000'; claimant: army",
        "property: losses; value: '900..950'; claimant: spokesman; said: 2025-11-12",
        "property: losses; value: '~600'; said: 2025-11-09~",
    )
    assert text_of(ledger, Sheet(80, told=False)) == TOLL


@pytest.mark.parametrize(
    ("claims", "changed"),
    [
        (["value: north", "value: south; said: 2025-11-20"], True),
        (["value: north", "value: south; said: 2025-11-20; claimant: army"], False),  # another's word
        (["value: north", "value: north; extent: part; said: 2025-11-20"], False),  # no more than a part of it
        (["value: north; stance: expects", "value: south; said: 2025-11-20"], False),  # it came otherwise
        (["property: entry; stance: denies", "property: entry; said: 2025-11-20"], False),  # not yet, and then it happened
        (["property: losses; value: 10", "property: losses; value: 20; said: 2025-11-20"], False),  # a count that grew
        (["property: losses; value: 20", "property: losses; value: 10; said: 2025-11-20"], True),
        (["property: losses; value: 20", "property: losses; value: 20; stance: denies; said: 2025-11-20"], True),
        (["value: north", "value: south; said: 2025-11-20; corrects: [c1]"], False),  # taken back
    ],
)
def test_who_changed_their_account(claims: list[str], changed: bool) -> None:
    page = text_of(memory_ledger(*claims))
    assert page.startswith("Who changed their account:\n  The map: " if changed else "Who changed their account: nobody.\n")


def test_machines_are_told_who_changed_their_account(tmp_path: Path) -> None:
    claims = [
        {**CLAIMS[0], "claimant": "council"},
        {**CLAIMS[1], "said": "2025-03-20"},
        {**CLAIMS[0], "id": "at-once", "value": "west"},
        CLAIMS[0] | {"id": "x"},
    ]
    claims[2]["quote"], claims[3]["quote"] = CLAIMS[2]["quote"], CLAIMS[3]["quote"]
    (question,) = json.loads(run("-C", ledger_at(tmp_path, file_of(claims)), "timeline", "--format", "json").out)["questions"]
    assert question["changed"] == [
        {"claimant": "ministry", "before": "at-once", "after": "x", "strength": "certain", "more": 0},
        {"claimant": "council", "before": "held-east", "after": "held-west", "strength": None, "more": 0},
    ]


def test_the_legend_explains_the_signs_that_were_drawn_and_no_others() -> None:
    page = text_of(memory_ledger("value: north", "value: south; claimant: army; said: 2025-11-10~"))
    assert "Signs: ● said to be so  ━ held to be so  ░ day not sure  · presumed to go on\n" in page


def test_a_page_of_a_terminal_ends_and_says_what_it_leaves_out() -> None:
    claims = [
        f"value: {value}; claimant: {who}; said: 2025-11-{day:02}"
        for day, (value, who) in enumerate(
            [("north", "army"), ("north", "map"), ("south", "rebels"), *[("north", "army")] * 5, ("north", "wide")], 1
        )
    ]
    ledger = memory_ledger(*claims, "property: people; value: 3")
    page = text_of(ledger, Sheet(80, page=18, most=2, told=False))
    assert "  not shown: 2 claims of this question; --limit 0 shows all\n" in page
    assert "shown: 1 of 2 questions; --limit 0 shows all, --property and the other filters\n  choose\n" in page
    assert len(re.findall("^   The .*●", page, re.MULTILINE)) == 2 and page.count("\n") <= 18 and "c1" not in page
    assert "not shown" not in text_of(ledger)


def test_what_is_contradicted_at_another_question_is_not_told_in_one_way(tmp_path: Path) -> None:
    claims = [CLAIMS[0] | {"place": "millbrook-north"}, CLAIMS[1] | {"extent": "all"}, CLAIMS[3]]
    page = run("-C", ledger_at(tmp_path, file_of(claims)), "timeline").out
    chart, _, alone = page.partition("Told in one way:\n")
    assert "held-east" in chart and "held-west" in chart and "held-" not in alone and "people-27000" in alone


def test_signs_are_plain_where_the_output_has_no_others() -> None:
    claims = (
        "value: north",
        "value: south; claimant: army; said: 2025-11-10~",
        "property: people; value: '~3'",
        "property: people; value: 5",
    )
    page = text_of(memory_ledger(*claims), Sheet(80, plain_signs=True, told=False))
    assert page.isascii() or set(page) - set(map(chr, range(128))) == {"·"}  # (between a place and its question)
    assert " o=.........." in page and "Signs: o said to be so  = held to be so  : day not sure  . presumed to go on" in page


def test_claims_of_other_questions_that_a_person_set_against_these_stand_behind() -> None:
    note = "tensions:\n- {claims: [c1, c3], by: the desk, on: 2026-01-01, why: at odds}\n"
    page = text_of(memory_ledger("value: north", "value: south; claimant: army", "property: people; value: 200", tail=note))
    chart, _, behind = page.partition("Tensions noted (at odds for a person, by no rule): 1\n")
    assert behind.startswith(
        "  The map: Town · who holds the place: north, all of it / The map: Town · how many live there: 200 people; noted by"
    )
    assert "200" not in chart.partition("Signs: ")[0] and "C  " not in chart


def test_data_is_never_markup_nor_a_command_and_wide_names_keep_the_columns() -> None:
    ledger = memory_ledger("value: north; claimant: evil", "value: south; claimant: wide", "value: south; claimant: army")
    for sheet in (Sheet(), Sheet(60)):
        page = text_of(ledger, sheet)
        assert "\x1b" not in page and "##[" not in page and "[/b]<U+001B>[31m" in page.replace("\n     ", "")
        assert not [line for line in page.split("\n") if line.lstrip().startswith("::")]
        rows = [line for line in page.split("\n") if re.match("   .*●━··", line)]
        assert len(rows) == 3
        assert len({text_width(row.split("●")[0]) for row in rows}) == 1


HOSTILE = {
    "combining": "e" + "\u0301" * 500,
    "right to left": "وزارة الصحة עברית",
    "endless": "w" * 20_000,
    "wide": "地図" * 300,
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [20, 80])
def test_no_name_breaks_the_page(name: str, width: int) -> None:
    ledger = memory_ledger(
        "value: north; said: 0001-01-01; claimant: army",
        "value: south; said: 2025-11-10; claimant: army",
        "value: north; holds: 9999-12-31; claimant: wide",
        "property: people; value: 99999999999999999999; claimant: wide",
        "property: people; value: 0.001; claimant: army",
    )
    named = {key: claimant._replace(name=name) for key, claimant in ledger.vocabulary.claimants.items()}
    ledger = ledger._replace(vocabulary=ledger.vocabulary._replace(claimants=named))
    for sheet in (Sheet(width), Sheet(width, page=20, most=3, told=False)):
        page = text_of(ledger, sheet)
        assert max(text_width(line) for line in page.split("\n")) <= width
        assert "5 claims, 2 questions" in page.replace("\n  ", " ")


# -- what always holds -----------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(ledgers(), st.integers(20, 170), st.booleans())
def test_no_line_is_wider_than_the_terminal_and_every_claim_appears(plain: Record, width: int, cut: bool) -> None:
    ledger = valid_ledger_of(plain)
    page = text_of(ledger, Sheet(width))
    assert max(text_width(line) for line in page.split("\n")) <= width
    ids = {claim.id for claim in ledger.claims()}
    assert ids == set(re.findall(r"\bc[0-9]+\b", page)) & ids
    piped = text_of(ledger)
    assert all(re.search(rf"[;(] ?{name}\b", piped) for name in ids)
    if cut:
        assert max(text_width(line) for line in text_of(ledger, Sheet(width, page=20, most=1, told=False)).split("\n")) <= width


@settings(max_examples=150, deadline=None)
@given(ledgers())
def test_machines_are_told_every_claim_and_every_contradiction(plain: Record) -> None:
    ledger = valid_ledger_of(plain)
    drawn, findings = drawn_of(ledger)
    data = json.loads("".join(machines.to_json(drawn, {}, findings, Pages.of(ledger, findings.corrections), None)))
    assert data["schema_version"] == 1
    told = [tuple(entry["claims"]) for question in data["questions"] for entry in question["conflicts"]]
    assert sorted(told) == [conflict.ids for conflict in findings.conflicts]
    written = {(claim.id, claim.place, claim.property, claim.subject) for claim in ledger.claims()}
    lanes = [(question, lane) for question in data["questions"] for lane in question["lanes"]]
    drawn_claims = {
        (claim["id"], question["place"], question["property"], question["subject"]) for question, lane in lanes for claim in lane["claims"]
    }
    assert written <= drawn_claims
    rows = list(csv.DictReader(io.StringIO("".join(machines.to_csv(drawn, Pages.of(ledger, findings.corrections))))))
    assert {(row["claim"], row["place"], row["property"], row["subject"] or None) for row in rows} == drawn_claims
    columns = ("contradicts_certainly", "contradicts_possibly", "tensions_with")
    pairs = {(row["claim"], other) for row in rows for column in columns for other in row[column].split()}
    assert pairs == {pair for one, other in told for pair in ((one, other), (other, one))}


@settings(max_examples=150, deadline=None)
@given(ledgers())
def test_every_contradiction_of_letters_is_drawn(plain: Record) -> None:
    drawn, _ = drawn_of(valid_ledger_of(plain))
    for timeline in drawn:
        parts = eras(*days_of_interest(timeline, 1, LAST_DAY), 70)
        for found in timeline.contradictions:
            assert found.conflict.strength in contradiction_row(found.marks, parts).names()
        assert all(lane_row(lane, parts).names() for lane in timeline.lanes)


def marked_days(drawn: list[Timeline]) -> dict[tuple[str, str, str], set[tuple[int, bool]]]:
    """For each pair of positions of each question, by their words, the days on which they contradict each other."""
    found: dict[tuple[str, str, str], set[tuple[int, bool]]] = {}
    for timeline in drawn:
        for pair in timeline.oppositions:
            one, other = sorted((timeline.positions[pair.one], timeline.positions[pair.other]))
            sure = {day for mark in pair.marks if mark.sure for day in range(mark.first, mark.last + 1)}
            perhaps = {day for mark in pair.marks for day in range(mark.first, mark.last + 1)} - sure
            found[timeline.place, one, other] = {(day, True) for day in sure} | {(day, False) for day in perhaps}
    return found


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_is_counted_is_drawn_as_what_is_listed(chance: Random) -> None:
    ledger = ledger_of(crowded(chance))
    listed, counted = drawn_of(ledger, 10**12)[0], drawn_of(ledger, 0)[0]
    assert marked_days(counted) == marked_days(listed)
    facts = [[(t.place, t.positions, t.lanes, t.pairs, t.certain) for t in drawn] for drawn in (listed, counted)]
    assert facts[0] == facts[1]


def test_what_is_too_much_to_be_listed_is_told() -> None:
    ledger = memory_ledger("value: north", "value: south; claimant: army", "value: south; claimant: rebels; said: 2025-11-12")
    drawn, findings = drawn_of(ledger, 0)
    assert (drawn[0].counted, drawn[0].contradictions) == (True, ())
    page = page_of(ledger, drawn, findings, Sheet())
    words = "\n  A against B: exclusive, 1 certain, 1 possible, 2 pairs: "
    assert words in page and page.split(words)[0] == text_of(ledger).split(words)[0] and "too many to be listed" in page
    (question,) = json.loads("".join(machines.to_json(drawn, {}, findings, Pages.of(ledger, findings.corrections), None)))["questions"]
    assert (question["pairs"], question["certain"], question["all_listed"], len(question["oppositions"])) == (2, 1, False, 1)
    rows = list(csv.DictReader(io.StringIO("".join(machines.to_csv(drawn, Pages.of(ledger, findings.corrections))))))
    assert {row["contradicts_certainly"] for row in rows} == {machines.NOT_LISTED}


DAYS = st.one_of(st.integers(1, LAST_DAY), st.integers(738_000, 739_500))


@given(st.lists(DAYS, min_size=1, max_size=12), st.lists(DAYS, max_size=8), st.integers(11, 150))
def test_an_axis_shows_every_day_of_interest_once_and_in_order(hard: list[int], soft: list[int], width: int) -> None:
    parts = eras(hard, soft, width)
    assert sum(era.columns for era in parts) + GAP * (len(parts) - 1) <= width
    assert all(one.last < other.first for one, other in pairwise(parts))
    for era in parts:
        cells = [era.cell(column) for column in range(era.columns)]
        assert cells[0][0] == era.first >= 1 and cells[-1][1] == era.last <= LAST_DAY
        assert {first for first, _ in cells[1:]} <= {day for _, last in cells for day in (last, last + 1)}
    for day in hard:
        (era,) = (era for era in parts if era.first <= day <= era.last)
        first, last = era.cell(era.column(day))
        assert first <= day <= last
    years, ticks = axis_rows(parts)
    assert len(years) == len(ticks) == sum(era.columns for era in parts) + GAP * (len(parts) - 1)
    assert width < 20 or all("|" in row for row in ticks.split(" // "))


WORDS = st.text(st.sampled_from("ab 地図é​ "), max_size=40)


@given(WORDS, st.integers(2, 30))
def test_text_is_cut_and_padded_to_its_columns(text: str, width: int) -> None:
    assert text_width(fit(text, width)) == width
    assert text_width(head_of(text, width)) <= width


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "who", "id"])), max_size=5), st.integers(4, 30), st.integers(0, 8))
def test_folding_loses_nothing(line: Line, width: int, indent: int) -> None:
    lines = list(folded(line, width, indent))
    assert all(sum(text_width(text) for text, _ in part) <= width for part in lines)
    whole = "".join(text for text, _ in line).replace(" ", "")
    assert "".join(text for part in lines for text, _ in part).replace(" ", "") == whole
    written = "".join(text for text, _ in line)
    words = written.split()
    room = width - max(indent, len(written) - len(written.lstrip()))
    if indent <= width // 2 and all(text_width(word) <= room for word in words):
        assert " ".join("".join(text for text, _ in part) for part in lines).split() == words


def lines_of(text: str, width: int, indent: int) -> list[str]:
    """The lines of a folded text."""
    return ["".join(text for text, _ in part) for part in folded([(text, "")], width, indent)]


@pytest.mark.parametrize(
    ("text", "width", "indent", "expected"),
    [
        ("\u200b abcd", 4, 0, ["\u200b", "abcd"]),  # a word that takes no column is a word: the next needn't be broken for it
        ("a \u200b bc", 4, 2, ["a \u200b", "  bc"]),
        ("a \u200b bcd", 4, 2, ["a \u200b", "  bc", "  d"]),
        ("\u0301 \u0301 abcdef g", 6, 3, ["\u0301 \u0301 abcd", "   ef", "   g"]),
        ("abcdefgh " + "x" * 22, 30, 8, ["abcdefgh", " " * 8 + "x" * 22]),  # nor for one that is no longer than the indent
        ("ab cde", 4, 2, ["ab", "  cd", "  e"]),  # and where there is no room between them, they don't become one
        ("- abcdefghij", 8, 2, ["- abcdef", "  ghij"]),  # a word that is too long for any line is begun beside its dash
    ],
)
def test_words_are_folded_whole_where_they_can_be(text: str, width: int, indent: int, expected: list[str]) -> None:
    assert lines_of(text, width, indent) == expected


# -- the command -----------------------------------------------------------------------------------------------------------


def kupiansk(*arguments: str, **environment: str) -> Outcome:
    """`ledger timeline --town Kupiansk` on this repository's ledger, on a terminal where COLUMNS is given."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        return run("-C", ROOT, "timeline", "--town", "Kupiansk", *arguments)


def test_our_own_ledger_reads_at_any_width() -> None:
    for width in (40, 80, 140):
        done = kupiansk(COLUMNS=str(width))
        assert (done.code, done.err) == (0, "") and "\x1b" not in done.out
        assert max(map(text_width, done.out.split("\n"))) <= width
        assert re.search("^   [A-Z] contradicts [A-Z] +.*!", done.out, re.MULTILINE)
        assert width < 80 or done.out.count("\n") <= 2 * 24


def test_colour_only_adds_colour() -> None:
    plain, coloured = kupiansk(COLUMNS="80"), kupiansk(COLUMNS="80", FORCE_COLOR="1")
    assert "\x1b[" in coloured.out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == plain.out
    assert "\x1b[1m\x1b[4mKupiansk · who holds it?\x1b[0m" in coloured.out
    assert kupiansk(COLUMNS="80", FORCE_COLOR="1", NO_COLOR="1").out == plain.out


def test_letters_are_those_of_conflicts() -> None:
    there = run("-C", ROOT, "conflicts", "--town", "Kupiansk").out
    here = run("-C", ROOT, "timeline", "--town", "Kupiansk").out
    tables = [table for table in there.partition("Tensions noted")[0].split("\n\n") if table.startswith("Kupiansk · who holds it?")]
    positions = re.findall("^  ([A-Z])  (.*)$", "\n".join(tables), re.MULTILINE)
    assert len(positions) > 2
    assert all(f"\n{name}  {words}\n" in here for name, words in positions)


KUPIANSK = {"kupiansk", "kupiansk-centre", "kupiansk-north"}  # (a tension names claims of other places, which nobody asked for)


def test_as_of_says_how_many_claims_it_left_out() -> None:
    whole = json.loads(run("-C", ROOT, "timeline", "--town", "Kupiansk", "--format", "json").out)
    early = run("-C", ROOT, "timeline", "--town", "Kupiansk", "--as-of", "2022-12-31")
    data = json.loads(run("-C", ROOT, "timeline", "--town", "Kupiansk", "--as-of", "2022-12-31", "--format", "json").out)
    counts = [
        len({claim["id"] for q in found["questions"] for lane in q["lanes"] for claim in lane["claims"] if claim["place"] in KUPIANSK})
        for found in (whole, data)
    ]
    assert data["said_too_late"] == counts[0] - counts[1] > 0
    assert f"left out as said later than the day asked for: {data['said_too_late']} claims\n" in early.out


def test_limits_are_counted_in_questions() -> None:
    arguments = ("-C", ROOT, "timeline", "--town", "Kupiansk", "--format", "json")
    whole, two, none = (json.loads(run(*arguments, *limit).out) for limit in ((), ("--limit", "2"), ("--limit", "0")))
    assert (len(two["questions"]), two["total"], two["truncated"]) == (2, len(whole["questions"]), True)
    assert none == {**whole, "total": two["total"], "truncated": False}


@pytest.mark.parametrize(("arguments", "words"), [(["--town", "Kupianks"], "did you mean"), (["--format", "cvs"], "did you mean")])
def test_what_is_unknown_exits_2(arguments: list[str], words: str) -> None:
    done = run("-C", ROOT, "timeline", *arguments)
    assert (done.code, done.out) == (2, "") and words in done.err
