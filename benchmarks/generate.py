"""Write a realistic ledger of any size, the same one for the same size: what the benchmarks measure.

    python benchmarks/generate.py FOLDER [--claims 10000] [--files N]

Reports in five languages (nb, ro, en, uk, ru), a claims file each, 20 to 60 claims a file, every quote a passage of its seed; with
translations, relays, notes, hedges, denials, disputes, tensions, what is implied, and sentences passed over. `check` finds nothing
wrong. How many contradictions there are is known from how the ledger is made, not from the program: each place has a history of
epochs of sixty days, in which all who speak of a question say the same, or (one epoch in twenty) one of two things that exclude
each other, as of days that all of them vouch for. Prints what was written as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from phrases import CORES, FILLERS, HANDS, HEDGES, LANGUAGES, LEADS, REMARKS, SIDES, TAILS, Town, town_names

FIRST_DAY = date(2020, 1, 1)
EPOCH, EPOCHS = 60, 36  # days of an epoch; epochs of the history
DISPUTED = 0.05
PROPERTIES = """\
  control: {title: who holds the place, values: [north, south, contested], parts: true, lasts: P14D}
  entry: {title: forces of ... have entered, event: true, subjects: [north, south], lasts: P10D}
  capture:
    title: forces of ... have taken the place
    event: true
    subjects: [north, south]
    implies:
    - {subject: north, property: control, value: north}
    - {subject: south, property: control, value: south}
  population: {title: people still there, quantity: people, tolerance: 10%, lasts: P14D}
  losses: {title: vehicles of ... lost, quantity: vehicles, subjects: [north, south], lasts: P14D}
  founded: {title: when it was founded, date: true, timeless: true}
  remark: {title: what is said of it, text: true}
"""
# How often each property is spoken of.
SHARES = {"control": 30, "entry": 12, "capture": 6, "population": 18, "losses": 14, "founded": 2, "remark": 18}


class Slot(NamedTuple):
    """A question in one epoch: what is said of it, and what else where it is disputed."""

    truth: str
    other: str | None


class Made(NamedTuple):
    """What is known of a generated ledger without running the program."""

    claims: int
    files: int
    contradictions: int
    certain: int
    kinds: dict[str, int]


class Side(NamedTuple):
    """The claims on one side of a disputed question: how many, and how many of them hedged."""

    claims: int = 0
    hedged: int = 0


class Detail(NamedTuple):
    """What stands behind the words of a claim: which tail, with which hour and number."""

    kind: int
    hour: str
    number: int


class Generator:
    """One ledger while it is made."""

    def __init__(self, claims: int, files: int | None) -> None:
        self.rng = random.Random(f"ledger {claims} {files}")
        self.wanted = claims
        self.sizes = self._sizes(claims, files)
        self.towns = town_names(min(600, 20 + claims // 40))
        self.claimants = [f"source-{number}" for number in range(min(200, 20 + claims // 80))]
        self.slots: dict[tuple[str, str, str, int], Slot] = {}
        self.said: dict[tuple[str, str, str, int], list[Side]] = defaultdict(lambda: [Side(), Side()])
        self.kinds: Counter[str] = Counter()
        self.certain = 0
        self.used: set[str] = set()  # ids of places and claimants
        self.remarks: list[tuple[str, bool]] = []  # ids of remarks, and whether they are hedged

    def _sizes(self, claims: int, files: int | None) -> list[int]:
        """How many claims each file holds: 20 to 60, or as many as fit into so many files."""
        sizes: list[int] = []
        if files is not None:
            return [claims // files + (number < claims % files) for number in range(files)]
        while claims:
            sizes.append(min(claims, self.rng.randint(20, 60)))
            claims -= sizes[-1]
        return sizes

    # -- what is true, and what is disputed ---------------------------------------------------------------------------

    def slot(self, town: str, known: str, subject: str, epoch: int) -> Slot:
        """What is said of a question in an epoch."""
        key = (town, known, subject, 0 if known == "founded" else epoch)
        if key not in self.slots:
            rng = random.Random("|".join(map(str, key)))
            disputed = rng.random() < DISPUTED
            figure = rng.randrange(120, 9000) * 10
            truth, other = {
                "control": lambda: tuple(rng.sample(["north", "south", "contested"], 2)),
                "entry": lambda: ("yes", "no"),
                "capture": lambda: ("yes", None),
                "population": lambda: (str(figure), str(figure * 3)),
                "losses": lambda: (str(figure // 100), str(figure // 100 + 40)),
                "founded": lambda: (str(rng.randrange(1200, 1890)), str(rng.randrange(1891, 1930))),
                "remark": lambda: ("", None),
            }[known]()
            self.slots[key] = Slot(truth, other if disputed else None)
        return self.slots[key]

    def contradictions(self) -> None:
        """Count the pairs of every disputed question: each claim of the one side with each of the other."""
        names = {"control": "exclusive", "entry": "denial", "population": "figure", "losses": "figure", "founded": "figure"}
        for (_, known, _, _), (one, other) in self.said.items():
            self.kinds[names[known]] += one.claims * other.claims
            self.certain += (one.claims - one.hedged) * (other.claims - other.hedged)

    # -- files ----------------------------------------------------------------------------------------------------------

    def write(self, folder: Path) -> Made:
        """Write the ledger, and give what is known of it."""
        (folder / "claims").mkdir(parents=True)
        (folder / "seeds").mkdir()
        for number, size in enumerate(self.sizes):
            self.report(folder, number, size)
        (folder / "ledger.yaml").write_text(self.vocabulary(), encoding="utf-8")
        self.contradictions()
        return Made(self.wanted, len(self.sizes), sum(self.kinds.values()), self.certain, dict(sorted(self.kinds.items())))

    def report(self, folder: Path, number: int, size: int) -> None:
        """One seed and its claims file."""
        rng = self.rng
        language = rng.choice(LANGUAGES)
        epoch = rng.randrange(EPOCHS)
        published = FIRST_DAY + timedelta(epoch * EPOCH + rng.randint(12, 40))
        writer = rng.choice(self.claimants)
        paragraphs: list[list[str]] = [[]]
        claims: list[str] = []
        passed: list[str] = []
        tensions: list[str] = []
        quotes: set[str] = set()
        while len(claims) < size:
            sentence, claim = self.claim(f"{number}-{len(claims)}", language, epoch, published, quotes, tensions)
            paragraphs[-1].append(sentence)
            claims.append(claim)
            if rng.random() < 0.12:
                filler = f"{rng.choice(FILLERS[language])} ({len(passed) + 1})."
                paragraphs[-1].append(filler)
                passed.append(filler[:-1])
            if len(paragraphs[-1]) > rng.randint(1, 4):
                paragraphs.append([])
        text = "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences) + "\n"
        data = text.encode()
        name = f"{number:05}_{hashlib.sha256(data).hexdigest()[:16]}.txt"
        (folder / "seeds" / name).write_bytes(data)
        lines = [
            f"seed: {name}\nsha256: {hashlib.sha256(data).hexdigest()}\nlanguage: {language}\npublished: {published}\n"
            f"publisher: the paper of {writer}\nurl: https://example.org/{language}/{number}\n\nclaims:\n",
            "\n".join(claims),
        ]
        if tensions:
            lines += ["\ntensions:\n", *tensions]
        if passed:
            lines += ["\npassed-over:\n", *(f"- {{quote: {json.dumps(text, ensure_ascii=False)}, why: colour}}\n" for text in passed)]
        (folder / "claims" / f"{published}-{number:05}-{language}.yaml").write_text("".join(lines), encoding="utf-8")

    def claim(self, number: str, language: str, epoch: int, published: date, quotes: set[str], tensions: list[str]) -> tuple[str, str]:
        """A sentence, and the claim read out of it; a tension may be noted with it."""
        rng = self.rng
        place, known, subject = self.question(epoch)
        slot = self.slot(place.id, known, subject, epoch)
        second = slot.other is not None and rng.random() < 0.4
        value = slot.other if second and slot.other is not None else slot.truth
        hedge = rng.choice(HEDGES[language]) if known != "founded" and rng.random() < 0.06 else ""
        if slot.other is not None:
            sides = self.said[place.id, known, subject, 0 if known == "founded" else epoch]
            sides[second] = Side(sides[second].claims + 1, sides[second].hedged + bool(hedge))
        claimant = rng.choice(self.claimants)
        detail = self.detail()
        quote = self.quote(place, known, subject, value, language, hedge, detail)
        while quote in quotes:
            detail = self.detail()
            quote = self.quote(place, known, subject, value, language, hedge, detail)
        quotes.add(quote)
        bearer = f"{place.id}-{known}-{claimant}-{number}"
        lines = [f"- id: {bearer}", f"place: {place.id}", f"property: {known}"]
        lines += [f"subject: {subject}"] if subject else []
        if known == "remark":
            lines.append(f"value: {rng.choice(REMARKS)}")
        elif known not in ("entry", "capture"):
            lines.append(f"value: {value}")
        lines += ["extent: all"] if known == "control" and rng.random() < 0.3 else []
        if known == "entry" and value == "no":
            lines.append("stance: denies")
        elif known == "remark" and rng.random() < 0.2:
            lines.append(f"stance: {rng.choice(['doubts', 'expects'])}")
        lines += [f"hedge: {hedge}"] if hedge else []
        lines.append(f"claimant: {claimant}")
        relays = rng.sample(self.claimants, 2) if rng.random() < 0.15 else []
        lines += [f"via: [{', '.join(relays)}]"] if relays else []
        lines += self.days(known, slot, value, published)
        lines.append(f"quote: {plain(quote)}")
        if language != "en":
            fold = ">-\n    " if rng.random() < 0.3 else ""
            english = HEDGES["en"][HEDGES[language].index(hedge)] if hedge else ""
            lines.append(f"translation: {fold}{self.quote(place, known, subject, value, 'en', english, detail)}")
        if rng.random() < 0.15:
            lines.append("note: counted back from the day of the report, which gives only the weekday")
        if known == "remark":
            lines += self.noted(bearer, bool(hedge), tensions)
        self.used.update((place.id, claimant, *relays))
        return f"{rng.choice(LEADS[language]).format(claimant=claimant.capitalize())} {quote}.", "\n  ".join(lines) + "\n"

    def question(self, epoch: int) -> tuple[Town, str, str]:
        """Of what a claim speaks: the place, the property, the subject."""
        place = self.towns[int(len(self.towns) * self.rng.random() ** 3)]  # some towns are spoken of far more than others
        known = self.rng.choices(list(SHARES), list(SHARES.values()))[0]
        control = self.slot(place.id, "control", "", epoch)
        if known == "capture":  # it implies control, so only where nobody disputes that in this epoch
            return (place, "remark", "") if control.other is not None or control.truth == "contested" else (place, known, control.truth)
        return place, known, self.rng.choice(["north", "south"]) if known in ("entry", "losses") else ""

    def detail(self) -> Detail:
        """What tells a quote from every other, and stands in its translation too."""
        rng = self.rng
        return Detail(
            rng.randrange(3), f"{rng.randrange(24):02}:{rng.randrange(60):02}", rng.randrange(100, 900)
        )  # (`bro 7.` would be a day)

    def quote(self, place: Town, known: str, subject: str, value: str, language: str, hedge: str, detail: Detail) -> str:
        """The words that say a value, with a detail of their own behind them."""
        core = CORES[language][f"{known} {value}" if known == "entry" else known].format(
            place=place.names[language], side=SIDES[language].get(subject, ""), value=HANDS[language].get(value, value)
        )
        tail = TAILS[language][detail.kind].format(hour=detail.hour, number=detail.number)
        return f"{core} {hedge} {tail}" if hedge else f"{core} {tail}"

    def noted(self, bearer: str, hedged: bool, tensions: list[str]) -> list[str]:
        """What a remark expressly disputes; or a tension with an earlier remark. Nothing else can set two remarks against each other."""
        rng, lines = self.rng, []
        draw = rng.random()
        if self.remarks and draw < 0.04:
            other, doubtful = rng.choice(self.remarks)
            if draw < 0.02:
                lines.append(f"disputes: [{other}]")
                self.certain += not (doubtful or hedged)
            else:
                tensions.append(f"- {{claims: [{other}, {bearer}], by: curators, on: 2026-01-31, why: one of the two is no longer so}}\n")
            self.kinds["denial" if draw < 0.02 else "tension"] += 1
        self.remarks.append((bearer, hedged))
        return lines

    def days(self, known: str, slot: Slot, value: str, published: date) -> list[str]:
        """`said` and `holds`: of what is disputed, days that everybody vouches for."""
        rng = self.rng
        begin = published - timedelta((published - FIRST_DAY).days % EPOCH)
        said = published - timedelta(rng.randint(0, 3))
        lines = [f"said: {said}{'~' if rng.random() < 0.1 else ''}"]
        if slot.other is not None and known in ("control", "population", "losses"):
            lines.append(f"holds: {begin + timedelta(4)}/..")
        elif slot.other is not None and known == "entry":
            lines.append(f"holds: {begin + timedelta(4 if value == 'yes' else 10)}")
        elif known in ("control", "population", "losses"):
            form = rng.choice(["", "", f"{said - timedelta(2)}", f"{begin + timedelta(5)}/..", f"{begin + timedelta(5)}/{said}"])
            lines += [f"holds: {form}"] if form else []
        elif known in ("entry", "capture"):
            lines += [f"holds: {said - timedelta(1)}"] if rng.random() < 0.6 else []
        return lines

    # -- ledger.yaml ------------------------------------------------------------------------------------------------------

    def vocabulary(self) -> str:
        """The vocabulary: what the claims use of it."""
        lines = ["format: 1", "language: en", "places:", "  land: {kind: country, names: {en: The Land}}"]
        for number in range(0, len(self.towns), 25):
            lines.append(f"  region-{number // 25}: {{kind: region, names: {{en: Region {number // 25}}}, within: land}}")
        for number, town in enumerate(self.towns):
            if town.id in self.used:
                names = ", ".join(f"{language}: {name}" for language, name in town.names.items())
                lines.append(f"  {town.id}: {{kind: town, names: {{{names}}}, within: region-{number // 25}}}")
        lines.append("claimants:")
        for number, claimant in enumerate(self.claimants):
            if claimant in self.used:
                side = ["", ", side: north", ", side: south"][number % 3]
                lines.append(
                    f"  {claimant}: {{name: {claimant.replace('-', ' ').title()}, kind: {['agency', 'ministry', 'person'][number % 3]}{side}}}"
                )
        return "\n".join([*lines, "properties:", PROPERTIES])


def plain(text: str) -> str:
    """A text as a plain YAML scalar, in quotes where YAML wants them."""
    return json.dumps(text, ensure_ascii=False) if ": " in text or " #" in text or text[0] in "\"'[{>|*&!%@`-?:," else text


def write_ledger(folder: Path, claims: int, files: int | None = None) -> Made:
    """Write a ledger of so many claims into a new folder."""
    return Generator(claims, files).write(folder)


def main() -> None:
    """Write a ledger and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--files", type=int)
    options = parser.parse_args()
    print(json.dumps(write_ledger(options.folder, options.claims, options.files)._asdict()))


if __name__ == "__main__":
    main()
