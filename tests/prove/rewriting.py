"""Ledgers made of other ledgers: what has changed is only what the function's name says (for test_metamorphic.py)."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from oracle_ranges import Days, one_day, written_date

Record = dict[str, Any]
Names = dict[str, str]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def claims_of(ledger: Record) -> list[Record]:
    """All claims, in the order of the files."""
    return [claim for file in ledger["files"] for claim in file["claims"]]


def property_of(ledger: Record, claim: Record) -> Record:
    """What the vocabulary says of the property of a claim."""
    prop: Record = ledger["vocabulary"]["properties"][claim["property"]]
    return prop


# --- Names and order ---------------------------------------------------------------------------------------------


def new_names(olds: Sequence[str], rng: random.Random | None) -> Names:
    """A new name for each, in a new order, or (without rng) in the order of the old ones."""
    news = [f"new-{number}" for number in range(len(olds))]
    if rng is not None:
        rng.shuffle(news)
    return dict(zip(sorted(olds), news, strict=True))


def renamed(ledger: Record, rng: random.Random) -> tuple[Record, dict[str, Names]]:
    """The ledger with new names for all that has one, and those names. Properties keep their order: it decides which of
    several ways in which a pair meets is named."""
    made = copy.deepcopy(ledger)
    words = made["vocabulary"]
    names = {kind: new_names(list(words[kind]), None if kind == "properties" else rng) for kind in words}
    names["claims"] = new_names([claim["id"] for claim in claims_of(made)], rng)
    names["files"] = new_names([file["name"] for file in made["files"]], rng)
    choices = {value for prop in words["properties"].values() for value in prop.get("values", ())}
    names["values"] = new_names(sorted(choices), rng)
    names["subjects"] = new_names(sorted({subject for prop in words["properties"].values() for subject in prop.get("subjects", ())}), rng)
    names["sides"] = new_names(sorted({one["side"] for one in words["claimants"].values() if "side" in one}), rng)
    for file in made["files"]:
        file["name"] = names["files"][file["name"]]
        for tension in file.get("tensions", ()):
            tension["claims"] = [names["claims"][id] for id in tension["claims"]]
        for claim in file["claims"]:
            if "values" in property_of(ledger, claim):
                _rename(claim, names, {"value": "values"})
            fields = {"id": "claims", "place": "places", "claimant": "claimants", "property": "properties", "subject": "subjects"}
            _rename(claim, names, fields)
            for field in {"disputes", "corrects"} & claim.keys():
                claim[field] = [names["claims"][id] for id in claim[field]]
    for place in words["places"].values():
        _rename(place, names, {"within": "places"})
    for claimant in words["claimants"].values():
        _rename(claimant, names, {"of": "claimants", "side": "sides"})
    for prop in words["properties"].values():
        for kind in ("values", "subjects"):
            if kind in prop:
                prop[kind] = [names[kind][name] for name in prop[kind]]
        if "compatible" in prop:
            prop["compatible"] = [[names["values"][value] for value in pair] for pair in prop["compatible"]]
        told = prop.get("implies", [])
        for item in [item for items in told.values() for item in items] if isinstance(told, dict) else told:
            if "new-" not in item["property"]:  # an item may stand in several places
                _rename(item, names, {"property": "properties", "value": "values", "subject": "subjects"})
        if isinstance(told, dict):
            prop["implies"] = {names["values"][value]: items for value, items in told.items()}
    made["vocabulary"] = {kind: {names[kind][name]: entry for name, entry in entries.items()} for kind, entries in words.items()}
    return made, names


def _rename(record: Record, names: dict[str, Names], fields: Names) -> None:
    for field, kind in fields.items():
        if field in record:
            record[field] = names[kind][record[field]]


def reordered(ledger: Record, rng: random.Random) -> Record:
    """The ledger with everything that stands in an order in another one."""

    def shuffled(plain: Any) -> Any:
        if isinstance(plain, dict):
            keys = rng.sample(list(plain), len(plain))
            return {key: plain[key] if key == "claims" and _is_tension(plain) else shuffled(plain[key]) for key in keys}
        if isinstance(plain, list):
            return [shuffled(item) for item in rng.sample(plain, len(plain))]
        return plain

    made: Record = shuffled(ledger)
    return made


def _is_tension(plain: Record) -> bool:
    """Whether it is a tension, whose first claim gives it its place."""
    return "name" not in plain


def moved_between_files(ledger: Record, rng: random.Random) -> Record:
    """The ledger with claims moved to other files, where the day on which those were published changes no claim's `said`."""
    made = copy.deepcopy(ledger)
    for file in made["files"]:
        for claim in list(file["claims"]):
            target = rng.choice(made["files"])
            if all(one_day(claim["said"]).last <= one_day(one["published"]).last for one in (file, target)):
                file["claims"].remove(claim)
                target["claims"].append(claim)
    noted = [tension for file in made["files"] for tension in file.pop("tensions", ())]
    made["files"] = [file for file in made["files"] if file["claims"]]
    made["files"][0]["tensions"] = noted
    return made


# --- Dates -------------------------------------------------------------------------------------------------------


def with_dates(ledger: Record, change: Callable[[str], str]) -> Record:
    """The ledger with every date, `A/B` or interval changed."""
    made = copy.deepcopy(ledger)
    for file in made["files"]:
        file["published"] = change(file["published"])
        for claim in file["claims"]:
            for field in ("said", "holds", *(("value",) if "date" in property_of(ledger, claim) else ())):
                if field in claim:
                    claim[field] = change(claim[field])
    return made


def with_exact_days(ledger: Record) -> Record:
    """A ledger like it in which every date is one day, and every duration of weeks or days."""

    def exact(text: str) -> str:
        days = [part if part == ".." else date.fromordinal(written_date(part).first).isoformat() for part in text.split("/")]
        return "/".join(days if ".." in days else sorted(days))

    made = with_dates(ledger, exact)
    latest = max(one_day(claim["said"]).last for claim in claims_of(made))
    for file in made["files"]:
        file["published"] = date.fromordinal(latest).isoformat()
    for prop in made["vocabulary"]["properties"].values():
        if prop.get("lasts", "forever") not in ("forever", "P14D", "P1W"):
            prop["lasts"] = "P30D" if prop["lasts"] == "P1M" else "P3W2D"
    return made


def later_by(ledger: Record, days: int) -> Record:
    """The ledger so many days later."""

    def shifted(match: re.Match[str]) -> str:
        return (date.fromisoformat(match[0]) + timedelta(days=days)).isoformat()

    return with_dates(ledger, lambda text: DAY.sub(shifted, text))


def wider_dates(text: str) -> list[str]:
    """Dates that say the same less precisely: every day that `text` can be, they can be too."""
    days = written_date(text)
    bare = text.removesuffix("~")
    forms = [form for form in (bare + "~", bare[:7], bare[:7] + "~", bare[:4], bare[:4] + "~") if form != text]
    return [form for form in forms if _holds_all(written_date(form), days)]


def _holds_all(wide: Days, narrow: Days) -> bool:
    return wide.first <= narrow.first and narrow.last <= wide.last


def days_around(text: str, rng: random.Random) -> str:
    """`A/B` around a date or `A/B`."""
    days = one_day(text)
    first, last = date.fromordinal(days.first - rng.randrange(9)), date.fromordinal(days.last + rng.randrange(9))
    return f"{first.isoformat()}/{last.isoformat()}"


def less_precise(ledger: Record, rng: random.Random, fields: Sequence[str] = ("said", "holds", "value", "published")) -> Record:
    """The ledger with some dates made less precise, so that every claim says less than before: what it said of its days
    still holds, as far as it is said now. So not:

    - the date of a denial: "not in November" says more than "not on the 3rd";
    - a day of `holds` (but of an asserted event) as `A/B`: that is no day but a period;
    - `said` or `holds` where "certainly later than it was said" becomes true or ceases to be: D is then clipped, and the
      end of `A/..` is then another day.
    """
    made = copy.deepcopy(ledger)
    for file in made["files"]:
        before = copy.deepcopy(file)
        if "published" in fields and rng.random() < 0.3:
            file["published"] = _wider_day(file["published"], rng)
        for claim, old in zip(file["claims"], before["claims"], strict=True):
            prop = property_of(ledger, claim)
            if rng.random() < 0.5:
                claim["said"] = _wider_day(claim["said"], rng)
            if "holds" in claim and rng.random() < 0.6:
                claim["holds"] = _wider_holds(claim, prop, rng)
            if "value" in fields and "date" in prop and claim.get("stance") != "denies" and rng.random() < 0.5:
                claim["value"] = _wider_day(claim["value"], rng)
            if _future(claim, file) not in (None, _future(old, before)):
                claim |= {field: old[field] for field in ("said", "holds") if field in old}
            if _future(claim, file) not in (None, _future(old, before)):  # for its file is now published later
                return ledger
    return made


def _wider_day(text: str, rng: random.Random) -> str:
    if "/" in text or rng.random() < 0.5:
        return days_around(text, rng)
    return rng.choice([text, *wider_dates(text)])


def _wider_holds(claim: Record, prop: Record, rng: random.Random) -> str:
    holds: str = claim["holds"]
    if "event" in prop and claim.get("stance", "asserts") == "asserts" and not holds.startswith("../") and rng.random() < 0.5:
        return days_around(holds, rng)
    return "/".join(part if part == ".." else rng.choice([part, *wider_dates(part)]) for part in holds.split("/"))


def _future(claim: Record, file: Record) -> bool | None:
    """Whether the day D or A of `D` or `A/..` is certainly later than it was said; None where that is not asked."""
    first, _, last = claim.get("holds", "..").partition("/")
    if first == ".." or last not in ("", ".."):
        return None
    return written_date(first).first > min(one_day(claim["said"]).last, one_day(file["published"]).last)


# --- Claims ------------------------------------------------------------------------------------------------------


def with_a_bystander(ledger: Record, rng: random.Random) -> Record:
    """The ledger with claims like those in it by somebody new, of a mouth of its own."""
    made = copy.deepcopy(ledger)
    made["vocabulary"]["claimants"]["bystander"] = {"name": "A bystander"} | rng.choice(({}, {"side": "russia"}))
    for number in range(rng.choice((1, 2, 3))):
        file = rng.choice(made["files"])
        claim = copy.deepcopy(rng.choice(file["claims"])) | {"id": f"b{number}", "claimant": "bystander"}
        for field in ("disputes", "corrects"):
            claim.pop(field, None)
        if "values" in property_of(ledger, claim):
            claim["value"] = rng.choice(property_of(ledger, claim)["values"])
        file["claims"].insert(rng.randrange(len(file["claims"]) + 1), claim)
    return made


def with_a_mouth_each(ledger: Record) -> Record:
    """The ledger with every claim by a claimant of its own."""
    made = copy.deepcopy(ledger)
    for number, claim in enumerate(claims_of(made)):
        claim["claimant"] = f"mouth-{number}"
        claim.pop("corrects", None)
        made["vocabulary"]["claimants"][claim["claimant"]] = {"name": f"Mouth {number}"}
    return made


def said_by(ledger: Record, day: int) -> Record:
    """The ledger without what was not certainly said by a day, and without what refers to that."""
    made = copy.deepcopy(ledger)
    for file in made["files"]:
        published = one_day(file["published"]).last
        file["claims"] = [claim for claim in file["claims"] if min(one_day(claim["said"]).last, published) <= day]
    kept = {claim["id"] for claim in claims_of(made)}
    for file in made["files"]:
        file["tensions"] = [tension for tension in file.get("tensions", ()) if kept.issuperset(tension["claims"])]
        for claim in file["claims"]:
            for field in {"disputes", "corrects"} & claim.keys():
                claim[field] = [id for id in claim[field] if id in kept]
    noted = [tension for file in made["files"] for tension in file.pop("tensions")]
    made["files"] = [file for file in made["files"] if file["claims"]]
    if made["files"]:
        made["files"][0]["tensions"] = noted
    return made


def without(ledger: Record, *options: str) -> Record:
    """The ledger without some options of its properties (of an event, `lasts` is none: how long it is vouched for)."""
    made = copy.deepcopy(ledger)
    for prop in made["vocabulary"]["properties"].values():
        for option in options:
            if not (option == "lasts" and "event" in prop):
                prop.pop(option, None)
    return made


def last_said(ledger: Record) -> int:
    """The last day on which a claim can have been said."""
    return max(min(one_day(claim["said"]).last, one_day(file["published"]).last) for file in ledger["files"] for claim in file["claims"])


def doubly_noted(ledger: Record) -> Iterator[tuple[str, str]]:
    """The pairs of which the order of ids or files decides what they are said to be about: those that dispute each other, and
    those that several tensions name."""
    disputes = [(claim["id"], other) for claim in claims_of(ledger) for other in claim.get("disputes", ())]
    yield from (pair for one, other in disputes if (other, one) in disputes for pair in ((one, other), (other, one)))
    noted = [tuple(tension["claims"]) for file in ledger["files"] for tension in file.get("tensions", ())]
    for one, other in noted:
        if noted.count((one, other)) + noted.count((other, one)) > 1:
            yield from ((one, other), (other, one))
