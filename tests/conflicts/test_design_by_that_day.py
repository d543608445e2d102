"""DESIGN section 4, "Dates": `said: ../B`, a saying that nobody can date but by that day."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bridge import SEARCHES, ledger_of, verdicts_of
from judging import CLAIMANTS, JUDGES, PLACES, PROPERTIES, Judge, Record, control, ledger_with
from running import run
from small import Fields, file_of, ledger_at

from ledger.conflicts import find_conflicts
from ledger.conflicts.accounts import accounts
from ledger.texts.dates import FAR, DateProblem, Days, parse_date, parse_said

BY_ENGINE = pytest.mark.parametrize("judge", JUDGES[1:], ids=str)
BY = "../2025-11-21"


def strength(judge: Judge, one: Record, other: Record, properties: Record | None = None) -> str | None:
    """How surely two claims contradict each other; None where they do not."""
    found = judge.entries(one, other, properties=properties)
    assert len(found) < 2
    return found[0]["strength"] if found else None


def relation(judge: Judge, one: Record, other: Record) -> str | None:
    """The relation of the one contradiction."""
    return judge.entry(one, other)[2]


def test_what_is_read() -> None:
    assert parse_said("../2025-11") == ("until", None, Days(parse_date("2025-11-01").first, parse_date("2025-11-30").last))
    assert parse_said("2025-11-21").form == "date" and parse_said("2025-11-20/2025-11-21").form == "interval"
    for text in ("2025-11-21/..", "../..", "..2025", "../", "../2025-11-21/2025-11-22", "../by 2025"):
        with pytest.raises(DateProblem):
            parse_said(text)


def test_it_is_cut_where_the_text_appeared() -> None:
    def said(text: str) -> tuple[Days | None, Days | None]:
        ledger = ledger_of(ledger_with(control("russia", said=text)))  # published 2026-06-01
        (claim,) = ledger.claims()
        return claim.said_days, claim.said_by

    may, june = parse_date("2026-05-30").first, parse_date("2026-06-01").first
    assert said("../2026-05-30") == ((-FAR, may), (may, may))
    assert said("../2026-06") == ((-FAR, june), (june, june))
    assert said("../2027") == ((-FAR, june), (june, june))
    assert said("../2026") == ((-FAR, june), (parse_date("2026-01-01").first, june))
    assert said("2026-05-30/2026-07") == ((may, june), None)


@BY_ENGINE
def test_nothing_that_hangs_on_its_beginning_is_certain(judge: Judge) -> None:
    held = control("russia", said=BY)
    for day in ("2025-11-20", "2025-11-21"):
        assert strength(judge, held, control("ukraine", said=day)) == "possible", day
    assert strength(judge, held, control("ukraine", holds="2020/2026-05-01", said="2026-05-01")) == "possible"
    stated = control("russia", said=BY, holds="2025-11-10")  # when it is true is known, though not when it was said
    assert strength(judge, stated, control("ukraine", said="2025-11-10")) == "certain"
    still = control("russia", said=BY, holds="2025-11-01/..")
    assert strength(judge, still, control("ukraine", said="2025-11-01")) == "certain"  # A itself is vouched for, whenever it was said
    assert strength(judge, still, control("ukraine", said="2025-11-02")) == "possible"


@BY_ENGINE
def test_it_is_no_older_than_a_year(judge: Judge) -> None:
    held = control("russia", said=BY)
    assert strength(judge, held, control("ukraine", holds="2024-11-01/2024-11-21", said="2025")) == "possible"
    assert strength(judge, held, control("ukraine", holds="2024-11-01/2024-11-20", said="2025")) is None
    month = control("russia", said="../2025-11")  # B- is the first of the month
    assert strength(judge, month, control("ukraine", holds="2024-10-01/2024-11-01", said="2025")) == "possible"
    assert strength(judge, month, control("ukraine", holds="2024-10-01/2024-10-31", said="2025")) is None
    cut = control("russia", said="../2027")  # published on 1 June 2026
    assert strength(judge, cut, control("ukraine", holds="2025-05-01/2025-06-01", said="2026")) == "possible"
    assert strength(judge, cut, control("ukraine", holds="2025-05-01/2025-05-31", said="2026")) is None
    leap = control("russia", said="../2024-02-29")
    assert strength(judge, leap, control("ukraine", holds="2023-02-01/2023-02-28", said="2024")) == "possible"
    assert strength(judge, leap, control("ukraine", holds="2023-02-01/2023-02-27", said="2024")) is None
    assert strength(judge, held, control("ukraine", said="2025-12-05")) == "possible"  # presumed from B on, as ever
    assert strength(judge, held, control("ukraine", said="2025-12-06")) is None


@BY_ENGINE
def test_of_one_mouth_it_is_no_older_than_that_day(judge: Judge) -> None:
    held = control("russia", said="../2025-11", claimant="rus")
    for said, expected in (("2025-10-31", None), ("2025-11-01", "possible"), ("2025-11-30", "possible"), ("2025-12-01", None)):
        assert strength(judge, held, control("ukraine", said=said, claimant="rus")) == expected, said


@BY_ENGINE
def test_the_next_word(judge: Judge) -> None:
    first = control("russia", said="2025-11-01", claimant="rus")
    against = control("ukraine", said="2025-11-12", claimant="ukr")
    assert judge.ids(first, control("russia", said="2025-11-05", claimant="rus"), against) == ["c2 c3"]
    # what may have been said before it is no next word; it is itself ended by one
    assert judge.ids(first, control("russia", said="../2025-11-05", claimant="rus"), against) == ["c1 c3", "c2 c3"]
    later = control("ukraine", said="2025-11-08", claimant="rus")
    assert (
        judge.ids(control("russia", said="../2025-11-05", claimant="rus"), later, control("ukraine", said="2025-11-09", claimant="ukr"))
        == []
    )


@BY_ENGINE
def test_an_event_has_happened_by_then(judge: Judge) -> None:
    entered: Record = {"property": "entry", "subject": "russia"}
    for day, expected in (("2025-11-20", None), ("2025-11-21", "certain"), ("2025-11-22", "certain")):
        denied = entered | {"stance": "denies", "said": day}
        assert strength(judge, entered | {"said": BY}, denied) == expected, day
        assert strength(judge, entered | {"said": "2025-11-25", "holds": BY}, denied) == expected, day  # as with `holds: ../B`
    denied = entered | {"stance": "denies", "said": BY}  # not yet by a day that nobody knows
    assert strength(judge, entered | {"said": "2024-11-20"}, denied) == "possible"
    assert strength(judge, entered | {"said": "2025-11-21"}, denied) == "possible"
    assert strength(judge, entered | {"said": "2025-11-22"}, denied) is None
    of_long_ago = entered | {"said": "2024-09-20", "property": "entry"}  # held true for 60 days, to 19 November
    assert strength(judge, of_long_ago, denied) is None
    assert strength(judge, of_long_ago | {"said": "2024-09-22"}, denied) == "possible"
    once: Record = {"property": "breach"}
    assert strength(judge, once | {"said": BY}, once | {"said": "2025-11-25", "holds": "2025-11-22"}) == "certain"
    assert strength(judge, once | {"said": BY}, once | {"said": "2025-11-25", "holds": "2025-11-21"}) is None


@BY_ENGINE
def test_counts(judge: Judge) -> None:
    more: Record = {"property": "dead", "value": "100", "said": BY}
    fewer: Record = {"property": "dead", "value": "10"}
    # the larger count is of no longer a period: it can have been said early enough, or surely was
    assert strength(judge, more, fewer | {"said": "2024-11-21"}) == "possible"
    assert strength(judge, more, fewer | {"said": "2024-11-20"}) is None
    assert strength(judge, more, fewer | {"said": "2025-11-21"}) == "certain"  # (no later than B, and the smaller is of B)
    assert strength(judge, more | {"value": "10"}, fewer | {"value": "100", "said": "2025-11-21"}) == "possible"
    assert strength(judge, more | {"value": "10"}, fewer | {"value": "100", "said": "2020-11-21"}) == "possible"
    assert strength(judge, more | {"value": "10"}, fewer | {"value": "100", "said": "2025-11-22"}) is None
    mine = {"claimant": "rus"}  # between claims of one mouth no older than that day
    assert strength(judge, more | mine, fewer | mine | {"said": "2025-11-20"}) is None
    assert strength(judge, more | mine, fewer | mine | {"said": "2025-11-21"}) == "certain"
    since = {"holds": "2024-12-01/.."}  # a period is not over before it began
    assert strength(judge, more | since, fewer | {"holds": "2024-12-01/2024-12-01", "said": "2025"}) == "possible"
    assert strength(judge, more | since, fewer | {"holds": "2024-11-01/2024-11-25", "said": "2025"}) is None


@BY_ENGINE
def test_one_saying_may_have_been_relayed_within_the_year(judge: Judge) -> None:
    mine: Record = {"property": "control", "claimant": "rus", "holds": "2025-11-01"}
    held = mine | {"value": "russia", "said": BY}
    other = mine | {"value": "ukraine", "file": "b.yaml"}
    assert relation(judge, held, other | {"said": "2025-11-21"}) == "relayed"
    assert relation(judge, held, other | {"said": "2025-11-22"}) == "own"
    then = {"holds": "2024-01-01"}
    assert relation(judge, held | then, other | then | {"said": "2024-11-21"}) == "relayed"
    assert relation(judge, held | then, other | then | {"said": "2024-11-20"}) == "own"


@BY_ENGINE
def test_a_date_long_past_is_presumed_unless_it_was_surely_over(judge: Judge) -> None:
    of_then = control("russia", said=BY, holds="2024-11-10")  # presumed to 24 November 2024: it may have been said on the 21st
    assert strength(judge, of_then, control("ukraine", holds="2024-11-20", said="2024-11-20")) == "possible"
    of_then = control("russia", said=BY, holds="2024-11-01")  # over on the 15th, before any day on which it may have been said
    assert strength(judge, of_then, control("ukraine", holds="2024-11-10", said="2024-11-10")) is None


def test_as_of_asks_for_that_day() -> None:
    ledger = ledger_with(control("russia", said=BY), control("ukraine", said="2025-11-20"))
    assert len(verdicts_of(ledger_of(ledger), "2025-11-21")) == 1
    assert verdicts_of(ledger_of(ledger), "2025-11-20") == []


# --- Among many ----------------------------------------------------------------------------------------------------


MANY_KINDS = ["control", "mood", "depth", "dead", "losses", "breach", "shelling", "opening", "population"]


def random_sayings(rng: random.Random, properties: list[str]) -> Record:
    """A ledger in which many sayings are dated only by a day."""
    claims: list[Record] = []
    for number in range(60):
        day = f"2025-1{rng.randint(0, 2)}-{rng.randint(1, 28):02}"
        said = rng.choice([day, f"../{day}", f"../{day[:7]}", "../2025"])
        property = rng.choice(properties)
        known = PROPERTIES[property]
        claim = {"id": f"c{number:02}", "place": rng.choice(["kupiansk", "centre"]), "property": property, "said": said}
        claim["claimant"] = rng.choice(["rus", "ukr", "map", "konashenkov"])
        claim["stance"] = rng.choice(["asserts", "asserts", "denies"])
        if "values" in known:
            claim["value"] = rng.choice(known["values"])
        elif "quantity" in known:
            claim["value"] = rng.choice(["10", ">=20", "<15", "100"])
        elif "date" in known:
            claim["value"] = day
        if known.get("parts") and "values" in known:
            claim["extent"] = rng.choice(["all", "part"])
        if "subjects" in known:
            claim["subject"] = "russia"
        if rng.random() < 0.4 and "event" not in known:
            claim["holds"] = rng.choice(["2024-12-01/..", "2025-11-05/2025-11-20", day, f"../{day}"])
        claims.append(claim)
    vocabulary = {"places": PLACES, "claimants": CLAIMANTS, "properties": PROPERTIES}
    return {"vocabulary": vocabulary, "files": [{"name": "a.yaml", "published": "2026-06-01", "claims": claims}]}


def test_every_search_finds_the_same() -> None:
    rng, count = random.Random("by that day"), 0
    for kinds in (MANY_KINDS, ["dead"]) * 8:
        ledger = ledger_of(random_sayings(rng, kinds))
        expected = verdicts_of(ledger, None, SEARCHES["all against all"])
        count += len(expected)
        for search in SEARCHES.values():
            assert verdicts_of(ledger, None, search) == expected
    assert count > 300


def test_times_are_told_in_words() -> None:
    from ledger.conflicts.reasons import reason, understood

    ledger = ledger_of(ledger_with(control("russia", said=BY), control("ukraine", said="2025-12-05")))
    (conflict,) = find_conflicts(ledger).conflicts
    assert reason(conflict, ledger.vocabulary).endswith("only if DeepState's account of a day up to 2025-11-21 still held on 2025-12-05")
    times = [understood(account.time) for account in accounts(ledger.claims(), ledger.vocabulary)]
    assert (
        times[0] == "from some day between 2024-11-21 and 2025-11-21, vouched for until a day up to 2025-11-21, presumed until 2025-12-05"
    )


# --- Where it is shown -----------------------------------------------------------------------------------------------

SAYINGS: list[Fields] = [
    {"id": "a-later", "value": "west", "said": "2025-03-03", "quote": "the west holds Millbrook"},
    {"id": "b-by-then", "value": "east", "said": "../2025-03-02", "claimant": "council", "quote": "the east holds Millbrook"},
    {"id": "c-first", "value": "east", "said": "2025-03-01", "claimant": "gazette", "quote": "Millbrook is the east's"},
]


def test_people_read_by_that_day(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(SAYINGS))
    assert run("-C", folder, "check").code in (0, 1) and "D60" not in run("-C", folder, "check").out
    for command in (["conflicts"], ["show", "b-by-then"], ["why", "a-later", "b-by-then"], ["conflicts", "--format", "markdown"]):
        out = run("-C", folder, *command).out
        said = "by 2025-03-02  " if command == ["conflicts"] else "by 2025-03-02 " if "markdown" in command else "said by 2025-03-02"
        assert said in out.replace("\\", "").replace("`", "") and "../" not in out.replace("\\", ""), command
    assert '"said": "../2025-03-02"' in run("-C", folder, "claims", "--format", "json").out  # as written, for machines
    text = run("-C", folder, "conflicts").out
    assert text.index("c-first") < text.index("b-by-then")  # in its position, by the day it was said at the latest
    chart = run("-C", folder, "timeline").out
    assert "0001" not in chart and "2025-03-02" in run("-C", folder, "timeline", "--format", "csv").out


def test_what_can_t_be_a_day_is_refused(tmp_path: Path) -> None:
    for number, (said, code) in enumerate([("2025-03-02/..", "D601"), ("../2025-02-30", "D602"), ("../..", "D601")]):
        folder = ledger_at(tmp_path / str(number), file_of([{**SAYINGS[0], "said": said}]))
        assert code in run("-C", folder, "check").out, said
    folder = ledger_at(tmp_path / "published", file_of([SAYINGS[0]], published="../2025-03-31"))
    assert "D601" in run("-C", folder, "check").out
