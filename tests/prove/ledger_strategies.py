"""Small random ledgers, valid by DESIGN sections 2 and 4, made to contradict themselves often and in many ways.

One description of a ledger (`small_ledger`) serves two sources of chance: Hypothesis (`ledgers()`, which shrinks)
and a plain `random.Random` (`random_ledger(rng)`, fast enough for hundreds of thousands of cases). Dates fall on a
few days of some weeks, and claims mostly answer one question, so that overlaps, hand-overs, words of one day and cut
presumptions are common.

`FEATURES` names what is made beyond the rules of the first page; tests/prove/ledger_coverage.py counts what is reached.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from oracle_ranges import one_day, said_days, written_date

T = TypeVar("T")
Record = dict[str, Any]

OLD: frozenset[str] = frozenset()
ALL = frozenset({"via", "corrects", "parts", "by"})  # relays, corrections, parts of quantities (and `part-of`), and `said: ../B`
FEATURES = ALL  # what random ledgers have where nobody asks for more or less

FIRST_DAY = date(2024, 1, 21)  # to 6 March of a leap year: months of 29 and 31 days, for durations that are clipped
WINDOW = 46
FAR_DAYS = (date(2020, 11, 12), date(2022, 2, 28), date(2023, 1, 31), date(2024, 5, 1), date(2026, 3, 1))
SIDES = ("ukraine", "russia")
CLAIMANTS = ("ministry", "brigade", "spokesman", "paper", "source")
LASTS = ("P14D", "P14D", "P14D", "P1W", "P1M", "P1M2D", "P1M2D", "P2Y", "P1Y2M3W4D", "forever", "forever")
ASSERTED_EXTENTS = (
    *("all", "all", "all", "most", "most", "part", "part", "30%", "50%", "60%", "~30%", "<50%", ">=60%"),
    *("10..20%", "100%", "~50%", "<=40%", ">50%", "40..60%", "~95%", "0..20%"),
)
DENIED_EXTENTS = ("all", "all", "most", "part", "part", ">=60%", ">=50%", ">=30%", ">=27%", ">=100%")
NEAR_ASSERTED_EXTENTS = ("all", "50%", "most", ">50%", "50..60%", "<50%", "part", "100%")
NEAR_DENIED_EXTENTS = ("most", ">=50%", "part", ">=0%", "all", ">=100%")
FIGURES = (
    *("27000", "2000", "~2000", ">=43", ">43", "<=100", "<100", "1000..2000", "100", "43", "44", "110", "90", "99"),
    *("8.5", "~8.5", "<8.5", ">=8.5", "8", "9.35", "~100", "95..105", "100.0", "110.0", ">100", ">=110", "<=43"),
    *("50", "40..50", "2200", "2199.9", "1800", "200", "121", "81.8"),
)
NEAR_FIGURES = (  # a few figures around one, drawn together so that they nearly meet
    ("100", "<100", "<=100", ">100", ">=100", "110", "~100", "90..110", "100.0", "99.9", "121"),
    ("43", ">=43", ">43", "<43", "<=43", "40..43", "43.5", "47.3", "48", "~43"),
    ("8.5", "~8.5", "<8.5", "8.4", "9.35", "9.36", "8..9", ">=8.5", "7.65"),
    ("2000", "~2000", "1800", "1799", "2200", "2201", "1000..2000", ">2000", "<2000", "2420"),
)
TOTALS = (  # figures that surpass each other often, and not always by more than a tolerance
    ("100", "90", "105", ">=109", "<100", ">100", "121", "<=95", "90..110", "~100"),
    ("43", ">=43", "50", "<43", "<=40", "34", ">=48", "47", "30..35", "~40"),
)
TOLERANCES = ("10%", "10%", "2.5%", "100%", "10", "0.5", "5")


class Chooser(Protocol):
    """A source of chance."""

    def pick(self, options: Sequence[T]) -> T:
        """Give one of the options; the first is the simplest."""

    def chance(self, percent: int) -> bool:
        """Say yes so often; no is the simplest."""


@dataclass
class Rolled:
    """Chance from a plain random generator."""

    rng: random.Random

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.rng.random() * len(options))]

    def chance(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent


@dataclass
class Drawn:
    """Chance from Hypothesis."""

    draw: DrawFn

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        return self.draw(st.integers(0, 99)) >= 100 - percent


@dataclass
class Making:
    """A ledger in the making."""

    by: Chooser
    days: list[date]  # the few days that most dates fall on
    places: dict[str, Record] = field(default_factory=dict)
    claimants: dict[str, Record] = field(default_factory=dict)
    properties: dict[str, Record] = field(default_factory=dict)
    figures: tuple[str, ...] = FIGURES
    extents: tuple[tuple[str, ...], tuple[str, ...]] = (ASSERTED_EXTENTS, DENIED_EXTENTS)
    # or "implying": so that implications meet; "debate": so that next words cut presumptions; "counting"; or "totals": parts of wholes
    style: str = "mixed"
    features: Collection[str] = OLD
    relaying: bool = False  # most claims say who passed them on
    undated: bool = False  # many claims are said by a day, and some hold a year before


# --- Dates -------------------------------------------------------------------------------------------------------


def a_day(m: Making) -> date:
    """Choose a day: mostly one of the few, or beside it; where sayings are undated, now and then one a year before these."""
    if m.undated and m.by.chance(25):
        return a_year_before(m.by.pick(m.days)) + timedelta(days=m.by.pick((0, 1, -1, -15, -40, -40)))
    if m.by.chance(82):
        return m.by.pick(m.days) + timedelta(days=m.by.pick((0, 0, 0, 0, 0, 1, -1)))
    if m.by.chance(12):
        return m.by.pick(FAR_DAYS)
    return FIRST_DAY + timedelta(days=m.by.pick(range(WINDOW)))


def a_year_before(day: date) -> date:
    """Give the day a year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def a_date(m: Making) -> str:
    """Choose a date of any form."""
    day = a_day(m).isoformat()
    form = m.by.pick(("",) * (40 if m.style == "debate" else 15) + ("~", "~", "~", "month", "month", "month~", "year", "year~"))
    return {"": day, "~": day + "~", "month": day[:7], "month~": day[:7] + "~"}.get(form, day[:4] + form[4:])


def in_order(first: str, last: str) -> tuple[str, str]:
    """Put two dates so that the second is not certainly before the first."""
    return (last, first) if written_date(last).last < written_date(first).first else (first, last)


def some_day(m: Making) -> str:
    """Choose a date, or `A/B`, for one day."""
    return "/".join(in_order(a_date(m), a_date(m))) if m.by.chance(8) else a_date(m)


def a_said(m: Making, published: str) -> str:
    """Choose when something was said; by a day, also by one on or after that on which the text was published."""
    if "by" not in m.features or not m.by.chance(45 if m.undated else 3):
        return some_day(m)
    last = one_day(published).last
    near = [date.fromordinal(last + step).isoformat() for step in (0, 0, -1, 1, 5)]
    return "../" + (m.by.pick([*near, published.rpartition("/")[2], near[-1] + "~"]) if m.by.chance(30) else a_date(m))


def a_date_about(m: Making, said: str) -> str:
    """Choose a date, now and then one at the edge of a rule: the first or last day that it can be is the day it was said, or
    what is presumed from it ends on that day."""
    if not m.by.chance(10):
        return a_date(m)
    days = one_day(said.removeprefix("../"))
    about = [date.fromordinal(day).isoformat() + "~" for day in (days.last, days.last + 3, days.last - 3)]
    return m.by.pick([*about, *(date.fromordinal(day).isoformat() for day in (days.last, days.first - 14, days.first - 7))])


def a_holds(m: Making, prop: Record, stance: str, said: str) -> str | None:
    """Choose a `holds` that the property and the stance allow."""
    forms: tuple[str, ...] = ("", "D", "D", "A/B", "A/B", "A/..", "A/..", "../B")
    if m.style == "debate":
        forms = ("", "", "", "", *forms)
    if m.style == "totals":
        forms = ("", "", "D", "A/B", "A/B", "A/..", "A/..", "../B")
    if prop.get("timeless"):
        return None
    if prop.get("event"):
        forms = ("", "D") if stance == "denies" else ("", "D", "D", "A/B", "../B")
    form = m.by.pick(forms)
    if form in ("", "D"):
        return a_date_about(m, said) if form else None
    if form == "A/B":
        return "/".join(in_order(a_date(m), a_date(m)))
    return a_date_about(m, said) + "/.." if form == "A/.." else "../" + a_date(m)


# --- The vocabulary ----------------------------------------------------------------------------------------------


def add_places(m: Making) -> None:
    """Add one to four places, nested up to three deep."""
    depth: dict[str, int] = {}
    wanted = 1 if m.style == "debate" and m.by.chance(70) else m.by.pick((1, 2, 2, 3, 4) if m.style != "totals" else (2, 2, 3))
    for name in ("town", "centre", "station", "village")[:wanted]:
        above = [place for place, level in depth.items() if level < 2]
        place: Record = {"kind": "town"}
        if above and m.by.chance(80):
            place["within"] = m.by.pick(above[::-1])
        depth[name] = depth[place["within"]] + 1 if "within" in place else 0
        m.places[name] = place


def add_claimants(m: Making) -> None:
    """Add two to five claimants: some speak for others, some have a side, some are unnamed."""
    for name in CLAIMANTS[: m.by.pick((2, 2, 3, 4, 5) if m.style != "debate" else (2, 2, 3))]:
        claimant: Record = {"name": name.title()}
        if m.claimants and m.by.chance(30):
            claimant["of"] = m.by.pick(list(m.claimants))
        if m.by.chance(50):
            claimant["side"] = m.by.pick(SIDES)
        if m.by.chance(20):
            claimant["kind"] = m.by.pick(("unnamed", "unnamed", "person"))
        m.claimants[name] = claimant


def a_property(m: Making, implied: bool) -> Record:
    """Choose a property of any kind, or of a kind to be implied, without what it implies."""
    by = m.by
    kind = by.pick(("values",) * 6 + ("event",) * 4 + ("quantity",) * 4 + ("date", "date", "text"))
    if m.style == "implying":
        kind = by.pick(("values", "event")) if not implied else by.pick(("values",) * 5 + ("event",))
    if m.style == "debate":
        kind = by.pick(("values", "values", "quantity", "quantity", "date"))
    if m.style in ("counting", "totals"):
        kind = "quantity"
    prop: Record = {"title": kind}
    if kind == "values":
        prop["values"] = ["ukraine", "russia", "contested", "nobody"][: by.pick((2, 3, 3, 4) if m.style != "implying" else (2, 2, 3))]
        if by.chance(25):
            prop["compatible"] = [by.pick((["ukraine", "russia"], ["russia", "ukraine"], prop["values"][-2:]))]
        if by.chance(65):
            prop["parts"] = "true"
    elif kind == "quantity":
        prop["quantity"] = "people"
        if by.chance(40 if m.style != "totals" else 60):
            prop["tolerance"] = by.pick(TOLERANCES)
        if by.chance({"debate": 5, "counting": 80, "totals": 65}.get(m.style, 40)):
            prop["cumulative"] = "true"
    else:
        prop[kind] = "true"
    if kind == "event":
        if by.chance(45):
            prop["parts"] = "true"
        if by.chance(35):
            prop["once"] = "true"
    if kind != "event" and "cumulative" not in prop and by.chance(15 if m.style == "mixed" else 3):
        prop["timeless"] = "true"
    elif "once" not in prop and by.chance(80):
        prop["lasts"] = by.pick(LASTS)
    if by.chance({"implying": 25, "totals": 15}.get(m.style, 35)) or (
        m.style == "implying" and any("subjects" in other for other in m.properties.values())
    ):
        prop["subjects"] = list(SIDES)
    if kind == "quantity" and "parts" in m.features:
        add_wholes(m, prop)
    return prop


def add_wholes(m: Making, prop: Record) -> None:
    """Say of a quantity whether it adds up over places, and what it is part of: then the two agree in what must agree."""
    if m.by.chance(50 if m.style == "totals" else 15):
        prop["parts"] = "true"
    wholes = [name for name, other in m.properties.items() if "quantity" in other]
    if not wholes or not m.by.chance(92 if m.style == "totals" else 30):
        return
    prop["part-of"] = wholes[-1] if m.by.chance(75) else m.by.pick(wholes)
    whole = m.properties[prop["part-of"]]
    for option in ("cumulative", "timeless", "subjects"):
        prop.pop(option, None)
        if option in whole:
            prop[option] = whole[option]
    if "timeless" in prop:
        prop.pop("lasts", None)


def add_properties(m: Making) -> None:
    """Add one to four properties; a later one that can be implied is often implied by those before it."""
    orders = (("alpha",), ("alpha", "beta"), ("beta", "alpha"), ("beta", "gamma", "alpha"), ("d", "c", "b", "a"))
    totals = (("alpha",), ("alpha", "beta"), ("beta", "gamma", "alpha"), ("beta", "gamma", "alpha"), ("alpha", "gamma", "beta"))
    names = m.by.pick({"implying": orders[1:], "debate": orders[:1], "counting": orders[:1], "totals": totals}.get(m.style, orders))
    for name in names:
        m.properties[name] = a_property(m, bool(m.properties))
    for number, name in enumerate(names):
        items = []
        for later in names[number + 1 :]:
            if m.by.chance(75) and can_imply(m.properties[name], m.properties[later]):
                items.append(implication(m, m.properties[name], later))
                if m.by.chance(20):
                    items.append(implication(m, m.properties[name], later))
        if items and "event" in m.properties[name]:
            m.properties[name]["implies"] = items
        elif items:
            told: dict[str, list[Record]] = {}
            for item in items * 2 if m.style == "implying" else items:
                told.setdefault(m.by.pick(m.properties[name]["values"][:2]), []).append(item)
            m.properties[name]["implies"] = told


def can_imply(one: Record, other: Record) -> bool:
    """Say whether a property can imply another: a choice that is not timeless, and a subject to take if it has some."""
    able = "values" in one or "event" in one
    return able and "values" in other and "timeless" not in other and ("subjects" in one or "subjects" not in other)


def implication(m: Making, one: Record, other: str) -> Record:
    """Choose what a property says of another."""
    item: Record = {"property": other, "value": m.by.pick(m.properties[other]["values"][:3])}
    if "subjects" in one and m.by.chance(40):
        item["subject"] = m.by.pick(SIDES)
    if m.by.chance(35):
        item["stance"] = "denies"
    if "parts" in m.properties[other] and ("stance" in item or m.by.chance(30)):
        item["extent"] = m.by.pick(m.extents["stance" in item])
    return item


# --- Files and claims --------------------------------------------------------------------------------------------


def a_claim(m: Making, number: int, published: str, before: list[Record]) -> Record:
    """Choose a claim, mostly one that answers the question of an earlier one."""
    by = m.by
    alike = by.pick(before) if before and by.chance(82) else None
    claim: Record = {"id": f"c{number}"}
    same_place, same_property = {"implying": (85, 45), "totals": (45, 45)}.get(m.style, (75, 80))
    claim["place"] = alike["place"] if alike and by.chance(same_place) else by.pick(list(m.places))
    claim["property"] = alike["property"] if alike and by.chance(same_property) else by.pick(list(m.properties))
    prop = m.properties[claim["property"]]
    if "subjects" in prop:
        same = alike["subject"] if alike and "subject" in alike and by.chance(80) else None
        claim["subject"] = same or by.pick(prop["subjects"])
    stance = by.pick(("asserts",) * 9 + ("denies",) * 4 + ("doubts", "expects") * (2 if m.style == "debate" else 1))
    if stance != "asserts" or by.chance(20):
        claim["stance"] = stance
    if "event" not in prop:
        told = alike["value"] if alike and alike["property"] == claim["property"] else None
        claim["value"] = told if told and by.chance(10 if stance == "asserts" else 45) else a_value(m, prop, stance)
    if "values" in prop and "parts" in prop and (stance == "denies" or by.chance(25 if m.style == "implying" else 55)):
        claim["extent"] = by.pick(m.extents[stance == "denies"])
    if by.chance(10):
        claim["hedge"] = "angivelig"
    claim["claimant"] = alike["claimant"] if alike and by.chance(60 if m.relaying else 25) else by.pick(list(m.claimants))
    claim["said"] = alike["said"] if alike and by.chance(15) else a_said(m, published)
    if not claim["said"].startswith("../") and one_day(claim["said"]).first > one_day(published).last:
        claim["said"] = published
    holds = a_holds(m, prop, stance, claim["said"])
    if holds is not None:
        claim["holds"] = holds
    if "via" in m.features and by.chance(70 if m.relaying else 4):
        claim["via"] = sorted({by.pick(list(m.claimants)), by.pick(list(m.claimants))}) if by.chance(30) else [by.pick(list(m.claimants))]
    return claim


def a_value(m: Making, prop: Record, stance: str) -> str:
    """Choose a value of a property; of a denied quantity mostly a wide one."""
    if "date" in prop:
        return some_day(m)
    options: Sequence[str] = m.figures if "quantity" in prop else prop.get("values", ("Kupiansk", "Kupjansk"))
    if "quantity" in prop and stance == "denies" and m.by.chance(70):
        options = [figure for figure in options if not figure[0].isdigit() or ".." in figure]
    return m.by.pick(options)


def a_file(m: Making, name: str, numbers: Sequence[int], before: list[Record]) -> Record:
    """Choose a claims file with claims of these numbers."""
    published = some_day(m) if m.by.chance(25) else m.by.pick(("2024-03-09", "2024-03-20", "2024-03", "2024-04"))
    claims: list[Record] = []
    for number in numbers:
        claims.append(a_claim(m, number, published, before))
        before.append(claims[-1])
    file: Record = {"name": name, "published": published, "claims": claims}
    if "corrects" in m.features and m.by.chance(20):
        file["publisher"] = m.by.pick(("Agerpres", "Agerpres", "Dagsavisen"))
    return file


def add_notes(m: Making, files: list[Record], claims: list[Record]) -> None:
    """Add disputes, some of them mutual, and curators' tensions, some of them redundant."""
    ids = [claim["id"] for claim in claims]
    for claim in claims:
        others = [id for id in ids if id != claim["id"]]
        if m.by.chance(2):
            claim["disputes"] = sorted({m.by.pick(others), m.by.pick(others)})
            if m.by.chance(30):
                claims[ids.index(claim["disputes"][0])]["disputes"] = [claim["id"]]
    for file in files:
        if m.by.chance(6):
            one = m.by.pick(ids)
            file["tensions"] = [{"claims": [one, m.by.pick([id for id in ids if id != one])]}]
            if m.by.chance(20):
                file["tensions"].append({"claims": [*reversed(file["tensions"][0]["claims"])]})


def may_correct(claimants: Record, one: tuple[Record, Record], two: tuple[Record, Record]) -> bool:
    """Say whether a claim of a file may correct another of a file: they are of one mouth, and it is not said certainly before."""
    (claim, file), (corrected, other) = one, two
    tops = [claimant_at_top(claimants, record["claimant"]) for record in (claim, corrected)]
    unnamed = claimants[tops[0]].get("kind") == "unnamed"
    if claim["id"] == corrected["id"] or tops[0] != tops[1] or (unnamed and claim["claimant"] != corrected["claimant"]):
        return False
    if unnamed and file is not other and not (file.get("publisher") and file.get("publisher") == other.get("publisher")):
        return False
    said, before = said_days(claim["said"], file["published"]), said_days(corrected["said"], other["published"])
    return said.sure.last >= before.sure.first


def claimant_at_top(claimants: Record, claimant: str) -> str:
    """Give whom a claimant speaks for in the end."""
    return claimant_at_top(claimants, claimants[claimant]["of"]) if "of" in claimants[claimant] else claimant


def corrected_in_turn(claims: dict[str, Record], id: str) -> Iterator[str]:
    """Yield what a claim corrects, what that corrects, and so on."""
    for corrected in claims[id].get("corrects", ()):
        yield corrected
        yield from corrected_in_turn(claims, corrected)


def corrections_stand(ledger: Record) -> bool:
    """Say whether every correction of a ledger is one that may be made."""
    written = {claim["id"]: (claim, file) for file in ledger["files"] for claim in file["claims"]}
    claimants = ledger["vocabulary"]["claimants"]
    made = [(claim, id) for claim, _ in written.values() for id in claim.get("corrects", ())]
    if not all(id in written and may_correct(claimants, written[claim["id"]], written[id]) for claim, id in made):
        return False
    after: dict[str, set[str]] = {id: set() for id in written}
    for claim, id in made:
        after[claim["id"]].add(id)
    while ends := {id for id, corrected in after.items() if not corrected & after.keys()}:
        after = {id: corrected for id, corrected in after.items() if id not in ends}
    return not after


def add_corrections(m: Making, files: list[Record]) -> None:
    """Let some claims correct others of their mouth, never in a circle; in some ledgers all that can, so that chains arise."""
    often = 60 if m.by.chance(12) else 4
    written = [(claim, file) for file in files for claim in file["claims"]]
    claims = {claim["id"]: claim for claim, _ in written}
    for claim, file in written:
        able = [other["id"] for other, its in written if may_correct(m.claimants, (claim, file), (other, its))]
        able = [id for id in able if claim["id"] not in corrected_in_turn(claims, id)]
        if able and m.by.chance(often):
            claim["corrects"] = sorted({m.by.pick(able), m.by.pick(able)}) if m.by.chance(25) else [m.by.pick(able)]


STYLES = ("mixed", "mixed", "implying", "implying", "implying", "debate", "debate", "counting")


def small_ledger(by: Chooser, features: Collection[str] = FEATURES) -> Record:
    """Make one valid little ledger by a source of chance."""
    days = [FIRST_DAY + timedelta(days=by.pick(range(WINDOW))) for _ in range(by.pick((3, 2, 4)))]
    m = Making(
        by,
        days,
        figures=by.pick((*NEAR_FIGURES, FIGURES)),
        extents=by.pick(((ASSERTED_EXTENTS, DENIED_EXTENTS), (NEAR_ASSERTED_EXTENTS, NEAR_DENIED_EXTENTS))),
        style=by.pick(STYLES if "parts" not in features else (*STYLES, "totals", "totals")),
        features=features,
        relaying="via" in features and by.chance(15),
        undated="by" in features and by.chance(18),
    )
    if m.style == "totals":
        m.figures = by.pick(TOTALS)
    add_places(m)
    add_claimants(m)
    add_properties(m)
    count, files_wanted = (
        by.pick((2, 3, 4, 4, 5, 6, 7) if m.style not in ("debate", "totals") else (3, 4, 5, 6, 7)[2 * (m.style == "totals") :]),
        by.pick((1, 2, 2, 3)),
    )
    if by.chance(2):  # a crowd, for the sweeps
        count = by.pick((12, 18, 26))
    numbers: list[list[int]] = [[] for _ in range(min(files_wanted, count))]
    for number in range(count):
        numbers[number if number < len(numbers) else by.pick(range(len(numbers)))].append(number + 1)
    claims: list[Record] = []
    files = [a_file(m, f"{'abc'[i]}.yaml", part, claims) for i, part in enumerate(numbers)]
    add_notes(m, files, claims)
    if "corrects" in features:
        add_corrections(m, files)
    vocabulary = {"places": m.places, "claimants": m.claimants, "properties": m.properties}
    return {"vocabulary": vocabulary, "files": files}


def random_ledger(rng: random.Random, features: Collection[str] = FEATURES) -> Record:
    """Make a ledger by plain chance."""
    return small_ledger(Rolled(rng), features)


def random_as_of(rng: random.Random) -> str:
    """Choose a day to look back from, within the weeks of most claims."""
    return (FIRST_DAY + timedelta(days=rng.randrange(WINDOW + 14))).isoformat()


def ledgers(features: Collection[str] = FEATURES) -> SearchStrategy[Record]:
    """Ledgers as Hypothesis draws and shrinks them."""
    return st.composite(lambda draw: small_ledger(Drawn(draw), features))()
