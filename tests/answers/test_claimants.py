"""`ledger claimants` and who stands behind a claim: reports and origins, who agreed later, who contradicts whom."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from running import run

from ledger.answers.agreement import Supports, agrees, origin_words, standing, voice_of
from ledger.answers.claimants import ClaimantRow, Tally, selected, tally
from ledger.answers.filters import Filter
from ledger.conflicts import find_conflicts
from ledger.model import Claim, Ledger
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree

VOCABULARY = """format: 1
language: en
places:
  region: {kind: region, names: {en: The Region}}
  town: {kind: town, names: {en: The Town}, within: region}
  village: {kind: village, names: {en: The Village}}
claimants:
  ministry: {name: The Ministry, kind: ministry, side: east}
  spokesman: {name: The Spokesman, kind: person, of: ministry}
  army: {name: The Army, kind: army, side: east}
  council: {name: The Council, kind: council, side: west}
  map: {name: The Map, kind: map}
  officer: {name: an officer, kind: unnamed, side: west}
  agency: {name: The Agency, kind: agency}
properties:
  control: {title: who holds, values: [east, west], parts: true, lasts: P14D}
  losses: {title: losses, quantity: vehicles, tolerance: 10%, lasts: P30D}
  total: {title: total losses, quantity: vehicles, cumulative: true}
  fallen: {title: has fallen, event: true, parts: true, lasts: P10D}
  breach: {title: was breached, event: true, once: true}
  built: {title: was built, date: true, timeless: true}
"""
Written = dict[str, str]


def claim(name: str, claimant: str, said: str = "2025-06-10", value: str = "east", **more: str) -> Written:
    """The text of one claim, by default that the town is held by the east."""
    fields = {"id": name, "place": "town", "property": "control", "value": value, "claimant": claimant, "said": said}
    return {key: text for key, text in {**fields, **more}.items() if text}


def files_of(*texts: Iterable[Written], published: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of a ledger: one claims file and seed for each list of claims."""
    files = {"ledger.yaml": VOCABULARY.encode()}
    days = list(published)
    for number, claims in enumerate(texts):
        day = days[number] if number < len(days) else "2025-12-31"
        lines, seed = [], ""
        for written in claims:
            quote = f"Sentence {written['id']} stands here."
            seed += quote + "\n\n"
            fields = {"quote": quote, **written}
            lines.append("- {" + ", ".join(f"{key}: {text}" for key, text in fields.items()) + "}\n")
        head = f"seed: s{number}.txt\nsha256: {sha256(seed.encode()).hexdigest()}\nlanguage: en\npublished: {day}\nclaims:\n"
        files[f"seeds/s{number}.txt"] = seed.encode()
        files[f"claims/f{number}.yaml"] = (head + "".join(lines)).encode()
    return files


def ledger_of(*texts: Iterable[Written], published: Iterable[str] = ()) -> Ledger:
    """A ledger in memory."""
    return load(MemoryTree(files_of(*texts, published=published)))


def tally_of(ledger: Ledger, wanted: Filter | None = None) -> Tally:
    """The tally of a ledger's claims."""
    findings = find_conflicts(ledger)
    claims, conflicts = selected(ledger.claims(), findings.conflicts, wanted or Filter(), ledger, {})
    return tally(claims, conflicts, Supports(ledger.claims(), findings.conflicts, ledger), ledger)


def row_of(found: Tally, claimant: str) -> ClaimantRow:
    """One claimant's row."""
    return next(row for row in found.rows if row.claimant == claimant)


def later_of(ledger: Ledger, claimant: str) -> dict[str, list[str]]:
    """A claimant's claims that others later agreed with, and these others' claims."""
    return {support.claim.id: [other.id for other in support.later] for support in row_of(tally_of(ledger), claimant).agreed_later()}


def test_articles_that_relay_one_ministry_are_one_origin() -> None:
    relayed = [[claim(f"c{number}", who, via="[agency]")] for number, who in enumerate(("ministry", "ministry", "spokesman"))]
    ledger = ledger_of(*relayed)
    found = standing(ledger.claims()[0], ledger.claims(), [], ledger)
    assert origin_words(found) == "3 reports, 1 origin"
    assert found.origins == ["ministry"]
    support = row_of(tally_of(ledger), "ministry").supports[0]
    assert (support.reports, support.origins, support.later) == (3, ("ministry",), ())
    row = row_of(tally_of(ledger), "ministry")
    assert (row.reports, row.origins) == (2, 1)


@pytest.mark.parametrize(
    ("first", "second", "origins"),
    [("[agency]", "[agency, map]", 1), ("[agency]", "[map]", 2), ("", "[agency]", 2), ("", "", 2)],
)
def test_an_unnamed_voice_that_two_texts_have_through_one_relay_is_one_origin(first: str, second: str, origins: int) -> None:
    ledger = ledger_of([claim("one", "officer", via=first)], [claim("two", "officer", "2025-06-12", via=second)])
    assert len(standing(ledger.claims()[0], ledger.claims(), [], ledger).origins) == origins
    assert row_of(tally_of(ledger), "officer").origins == origins
    assert later_of(ledger, "officer") == ({"one": ["two"]} if origins == 2 else {})


def test_relays_join_unnamed_voices_across_texts_but_never_two_claimants() -> None:
    chain = [
        [claim("one", "officer", via="[map]")],
        [claim("two", "officer", via="[agency]")],
        [claim("three", "officer", via="[map, agency]")],
    ]
    ledger = ledger_of(*chain, [claim("four", "council", via="[agency]")])
    found = standing(ledger.claims()[0], ledger.claims(), [], ledger)
    assert origin_words(found) == "4 reports, 2 origins"


@pytest.mark.parametrize(
    ("said", "published", "later"),
    [
        ("2025-06-12", "2025-06-11", True),  # said later
        ("2025-06-10", "2025-06-11", False),  # said on the same day, in texts of one day
        ("2025-06-10", "2025-06-13", True),  # the same day, but in a text that appeared later
        ("2025-06-10~", "2025-06-13", True),  # not certain which was first
        ("2025-06-08", "2025-06-13", False),  # said before, though told later
        ("2025-06-25", "2025-06-25", False),  # of another time
    ],
)
def test_who_agreed_later(said: str, published: str, later: bool) -> None:
    ledger = ledger_of([claim("first", "ministry")], [claim("second", "map", said)], published=["2025-06-11", max(said[:10], published)])
    assert later_of(ledger, "ministry") == ({"first": ["second"]} if later else {})


def test_what_is_not_agreement() -> None:
    told = [
        claim("denied", "council", "2025-06-11", stance="denies", extent="all"),
        claim("other-value", "map", "2025-06-11", "west"),
        claim("other-place", "map", "2025-06-11", place="village"),
        claim("own-word", "spokesman", "2025-06-20"),
        claim("little", "map", "2025-06-11", extent='"<50%"'),
        claim("disputes", "army", "2025-06-11", disputes="[first]"),
    ]
    ledger = ledger_of([claim("first", "ministry")], told)
    assert later_of(ledger, "ministry") == {}
    conflicts = find_conflicts(ledger).conflicts
    found = standing(ledger.claims()[0], ledger.claims(), conflicts, ledger)
    assert [other.id for other in found.agreeing] == ["own-word"]
    assert [conflict.ids for conflict in found.contradicting] == [
        ("denied", "first"), ("disputes", "first"), ("first", "little"), ("first", "other-value"),
    ]  # fmt: skip


def test_an_event_that_happens_once_is_agreed_on_only_where_the_days_meet() -> None:
    def breach(name: str, claimant: str, holds: str) -> Written:
        return claim(name, claimant, "2025-06-20", "", property="breach", holds=holds)

    claims = [
        breach("on-the-sixth", "ministry", "2025-06-06"),
        breach("on-the-eighth", "map", "2025-06-08"),
        breach("by", "army", "../2025-06-07"),
    ]
    ledger = ledger_of(claims)
    sixth, eighth, by = ledger.claims()
    assert not agrees(sixth, eighth, ledger.vocabulary) and not agrees(eighth, by, ledger.vocabulary)
    assert agrees(sixth, by, ledger.vocabulary)


def test_a_doubt_agrees_with_a_doubt_of_the_same() -> None:
    ledger = ledger_of([claim("one", "map", stance="doubts")], [claim("two", "council", stance="doubts"), claim("three", "army")])
    found = standing(ledger.claims()[0], ledger.claims(), [], ledger)
    assert ([other.id for other in found.agreeing], origin_words(found)) == (["two"], "2 reports, 2 origins")
    assert [other.id for other in standing(ledger.claims()[2], ledger.claims(), [], ledger).doubting] == ["one", "two"]


def random_claim(number: int, chance: random.Random) -> Written:
    """Any claim on few questions in few days, so that many agree."""
    property = chance.choice(["control", "losses", "total", "fallen", "breach", "built"])
    value = {
        "control": chance.choice(["east", "west"]),
        "losses": chance.choice(["100", "~105", '">=90"', "95..120", "300"]),
        "total": chance.choice(["10", '">=12"', "20"]),
        "built": chance.choice(["1980", "1980-05", "1981-02-03"]),
    }.get(property, "")
    stance = chance.choice(["", "", "denies", "doubts", "expects"])
    extent = chance.choice(["", "most", "part", '"<40%"', "60%"]) if property == "control" and stance != "denies" else ""
    holds = (
        ""
        if property == "built"
        else chance.choice(["", "", f"2025-06-{chance.randint(1, 9):02}", "2025-06-01/2025-06-05", "../2025-06-06"])
    )
    said = f"2025-06-{chance.randint(10, 28)}" + chance.choice(["", "~"])
    who = chance.choice(["ministry", "spokesman", "army", "map", "officer"])
    via = chance.choice(["", "[agency]", "[map]"])
    extent = extent or ("part" if property == "control" and stance == "denies" else "")
    return claim(f"c{number}", who, said, value, property=property, stance=stance, extent=extent, holds=holds, via=via)


@pytest.mark.parametrize("seed", range(8))
def test_the_index_finds_what_comparing_every_two_claims_finds(seed: int) -> None:
    chance = random.Random(seed)
    ledger = ledger_of(*([random_claim(text * 40 + number, chance) for number in range(40)] for text in range(4)))
    claims, conflicts = ledger.claims(), find_conflicts(ledger).conflicts
    supports = Supports(claims, conflicts, ledger)
    agreeing = 0
    for each in claims:
        found = standing(each, claims, conflicts, ledger)
        support = supports.of(each)
        assert (support.reports, list(support.origins)) == (found.reports, found.origins), each.id
        voice = voice_of(each, ledger.vocabulary, {})
        expected = [
            other.id
            for other in found.agreeing
            if _said_later(other, each) and not voice.is_one_with(voice_of(other, ledger.vocabulary, {}))
        ]
        assert sorted(other.id for other in support.later) == sorted(expected), each.id
        agreeing += len(expected)
    assert agreeing > 50


def _said_later(other: Claim, each: Claim) -> bool:
    assert other.said_days is not None and each.said_days is not None  # all texts are of one day
    return other.said_days.first > each.said_days.last


def test_claims_that_say_the_same_are_one_word_of_the_index() -> None:
    ledger = ledger_of(*([claim(f"c{text}-{number}", "ministry") for number in range(30)] for text in range(3)))
    supports = Supports(ledger.claims(), [], ledger)
    assert [len(part.words) for part in supports.parts.values()] == [1]


QUARREL = (
    [  # (of one mouth in one text: a reversal, and not one saying that was relayed in two ways)
        claim("town-east", "ministry"),
        claim("town-east-said-again", "spokesman", "2025-06-11"),
        claim("town-west-spokesman", "spokesman", "2025-06-10", "west"),
    ],
    [claim("town-west", "council", "2025-06-10", "west"), claim("town-west-army", "army", "2025-06-10", "west")],
    [claim("map-quiet", "map", place="village")],
)


def test_contradictions_are_counted_with_their_claims() -> None:
    found = tally_of(ledger_of(*QUARREL))
    assert [row.claimant for row in found.rows] == ["spokesman", "army", "ministry", "council", "map"]
    ministry = row_of(found, "ministry")
    assert [(met.claimant, [conflict.ids for conflict in met.conflicts]) for met in ministry.opponents] == [
        ("army", [("town-east", "town-west-army")]),
        ("council", [("town-east", "town-west")]),
    ]
    assert [conflict.ids for conflict in ministry.reversals] == [("town-east", "town-west-spokesman")]
    assert {(cell.one, cell.other): len(cell.conflicts) for cell in found.cells} == {
        ("army", "ministry"): 1,
        ("army", "spokesman"): 1,
        ("council", "ministry"): 1,
        ("council", "spokesman"): 1,
        ("ministry", "spokesman"): 1,
    }
    sides = {side.side: (side.claimants, side.claims, len(side.within), len(side.across), len(side.reversals)) for side in found.sides}
    assert sides == {"east": (3, 4, 2, 2, 1), "west": (1, 1, 0, 2, 0), None: (1, 1, 0, 0, 0)}
    assert [side.side for side in found.sides] == ["east", "west", None]
    assert [(name, len(met)) for name, met in found.sides[0].against] == [("west", 2)]


def test_two_voices_of_one_unnamed_claimant_are_counted_once_and_are_no_reversal() -> None:
    found = tally_of(ledger_of([claim("one", "officer")], [claim("two", "officer", value="west")]))
    row = row_of(found, "officer")
    assert [(met.claimant, len(met.conflicts)) for met in row.opponents] == [("officer", 1)]
    assert not row.reversals and (row.reports, row.origins) == (2, 2)
    assert [(cell.one, cell.other, len(cell.conflicts)) for cell in found.cells] == [("officer", "officer", 1)]


def test_a_filter_keeps_the_claims_behind_its_contradictions() -> None:
    ledger = ledger_of([claim("region-east", "ministry", place="region"), claim("town-west", "council", value="west")])
    found = tally_of(ledger, Filter(places=frozenset({"town"})))
    assert {row.claimant: ([each.id for each in row.claims], len(row.contradictions)) for row in found.rows} == {
        "ministry": (["region-east"], 1),
        "council": (["town-west"], 1),
    }
    only = tally_of(ledger, Filter(claimants=frozenset({"council"})))
    assert [row.claimant for row in only.rows] == ["council"]
    assert len(only.cells) == 1


# -- the command ---------------------------------------------------------------------------------------------------------


def on_disk(folder: Path, *texts: Iterable[Written], vocabulary: str = VOCABULARY) -> Path:
    """A ledger in a folder."""
    for path, data in {**files_of(*texts), "ledger.yaml": vocabulary.encode()}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


PIPED = """\
The Spokesman (east): 2 claims in 1 report, 1 origin; contradicted: 2 possible: The Army 1 possible, The Council 1 possible; own reversals: 1 certain
The Army (east): 1 claim in 1 report, 1 origin; contradicted: 2 (1 certain, 1 possible): The Ministry 1 certain, The Spokesman 1 possible
The Ministry (east): 1 claim in 1 report, 1 origin; contradicted: 2 certain: The Army 1 certain, The Council 1 certain; own reversals: 1 certain
The Council (west): 1 claim in 1 report, 1 origin; contradicted: 2 (1 certain, 1 possible): The Ministry 1 certain, The Spokesman 1 possible
The Map: 1 claim in 1 report, 1 origin; not contradicted

Who contradicts whom (pairs of claims):
  The Army against The Ministry: 1 certain
  The Army against The Spokesman: 1 possible
  The Council against The Ministry: 1 certain
  The Council against The Spokesman: 1 possible
  The Ministry against The Spokesman: 1 certain, 1 of one mouth

By side:
  east: 3 claimants, 4 claims; within 2 (1 certain, 1 possible); against others 2 (1 certain, 1 possible): west 2; own reversals 1 certain
  west: 1 claimant, 1 claim; within 0; against others 2 (1 certain, 1 possible): east 2; own reversals 0
  no side: 1 claimant, 1 claim; within 0; against others 0; own reversals 0
5 contradictions (3 certain, 2 possible)
These are counts of what was said and of what the rules found: they are no score of who is right.
"""


def test_text_in_a_pipe(tmp_path: Path) -> None:
    assert run("-C", on_disk(tmp_path, *QUARREL), "claimants") == (0, PIPED, "")


def test_a_claimant_lists_every_claim_and_whoever_speaks_of_it(tmp_path: Path) -> None:
    later = [claim("map-agrees", "map", "2025-06-12"), claim("hedged", "map", "2025-06-12", "west", place="village", hedge="maybe")]
    out = run("-C", on_disk(tmp_path, *QUARREL, later), "claimants", "--claimant", "The Ministry").out.split("\n")
    rule = "it can't be both east (all of it) and west (all of it)"
    assert out[out.index("  town-east The Town · who holds: east, all of it, said 2025-06-10") :] == [
        "  town-east The Town · who holds: east, all of it, said 2025-06-10",
        "      2 reports, 2 origins, seeds/s0.txt:1",
        f"      contradicted by town-west The Council: west, all of it; exclusive, certain, across sides: {rule}; both speak of 2025-06-10",
        f"      contradicted by town-west-army The Army: west, all of it; exclusive, certain, within one side: {rule}; both speak of 2025-06-10",
        f"      own reversal: town-west-spokesman The Spokesman: west, all of it; exclusive, certain, reversal: {rule}; both speak of 2025-06-10",
        "      later agreed with by map-agrees The Map, said 2025-06-12",
        "",
        "5 contradictions (3 certain, 2 possible)",
        "These are counts of what was said and of what the rules found: they are no score of who is right.",
        "",
    ]
    assert out[0].startswith("The Spokesman (east): 2 claims in 1 report, 1 origin; ")


def test_json_has_the_claims_behind_every_count(tmp_path: Path) -> None:
    data = json.loads(run("-C", on_disk(tmp_path, *QUARREL, [claim("agrees", "map", "2025-06-12")]), "claimants", "--format", "json").out)
    assert data["schema_version"] == 1
    for row in data["claimants"]:
        counts = row["counts"]
        assert counts["claims"] == len(row["claims"]) == sum(counts[stance] for stance in ("asserts", "denies", "doubts", "expects"))
        assert (
            counts["contradictions"] == sum(len(met["claims"]) for met in row["contradicted_by"]) == counts["certain"] + counts["possible"]
        )
        assert counts["own_reversals"] == len(row["own_reversals"]) and counts["agreed_later"] == len(row["agreed_later"])
        assert all(pair[0] in row["claims"] for met in row["contradicted_by"] for pair in met["claims"])
    ministry = next(row for row in data["claimants"] if row["claimant"] == "ministry")
    assert ministry["agreed_later"] == [{"claim": "town-east", "by": ["agrees"]}]
    assert ministry["contradicted_by"][0] == {"claimant": "army", "pairs": 1, "certain": 1, "claims": [["town-east", "town-west-army"]]}
    assert {"one": "ministry", "other": "spokesman", "pairs": 1, "certain": 1, "own": 1, "relayed": 0, "tensions": 0} in data["matrix"]
    assert sum(cell["pairs"] for cell in data["matrix"]) == len(data["pairs"]) == 7
    assert [side["side"] for side in data["sides"]] == ["east", "west", None]


def test_csv_has_a_row_a_claimant(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-C", on_disk(tmp_path, *QUARREL), "claimants", "--format", "csv").out)))
    assert [row["claimant"] for row in rows] == ["spokesman", "army", "ministry", "council", "map"]
    assert rows[2]["contradicted_by"] == "army:1:1 council:1:1"
    assert rows[2]["contradiction_pairs"] == "town-east/town-west town-east/town-west-army"
    assert rows[2]["own_reversal_pairs"] == "town-east/town-west-spokesman"


def test_filters_narrow_the_counts_and_an_unknown_name_is_no_answer(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, *QUARREL)
    village = run("-C", folder, "claimants", "--town", "The Village").out
    assert village.startswith("The Map: 1 claim in 1 report, 1 origin; not contradicted\n\nNo contradictions.\n")
    assert "left out as said later than the day asked for: 1 claim" in run("-C", folder, "claimants", "--as-of", "2025-06-10").out
    assert run("-C", folder, "claimants", "--property", "losses").out.startswith("\nNo contradictions.\n")
    assert "no claims that match" in run("-C", folder, "claimants", "--property", "losses").out
    unknown = run("-C", folder, "claimants", "--claimant", "The Minstry")
    assert (unknown.code, unknown.out) == (2, "")
    assert "did you mean" in unknown.err


def many(count: int) -> tuple[str, list[list[Written]]]:
    """A vocabulary of many claimants, and a text of each with five claims: 25 pairs with every second other one."""
    names = "".join(f"  voice-{number}: {{name: The Voice of the Claimant {number}, kind: map}}\n" for number in range(count))
    values = ["east" if number % 2 else "west" for number in range(count)]
    texts = [[claim(f"c{number}-{part}", f"voice-{number}", value=value) for part in range(5)] for number, value in enumerate(values)]
    return VOCABULARY.replace("properties:", names + "properties:"), texts


@pytest.mark.parametrize("columns", [20, 40, 71, 72, 80, 100, 119, 120, 140, 200])
def test_tables_keep_every_count_at_any_width(columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary, texts = many(20)
    folder = on_disk(tmp_path, *texts, vocabulary=vocabulary)
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("-C", folder, "claimants", "--limit", "0").out
    assert max(map(len, out.split("\n"))) <= columns
    assert "shown:" not in out
    matrix = out[out.index("Who contradicts whom") : out.index("pairs of")]
    assert (matrix.count("·"), matrix.split().count("25")) == (2 * 10 * 10, 2 * 10 * 10)
    some = run("-C", folder, "claimants").out
    assert "the 12 of 20 claimants that stand in most, with 900 pairs of 2 500 pairs" in " ".join(some.split())


def test_names_are_no_markup_and_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = '{name: "::error::[bold red]x[/] \\x1b[31m \\u202e :smile:", kind: map, side: "[/b]"}'
    vocabulary = VOCABULARY.replace("{name: The Council, kind: council, side: west}", hostile)
    folder = on_disk(tmp_path, *QUARREL, vocabulary=vocabulary)
    piped = run("-C", folder, "claimants").out
    assert ": :error::[bold red]x[/] <U+001B>[31m <U+202E> :smile: ([/b]): 1 claim" in piped
    monkeypatch.setenv("COLUMNS", "200")
    drawn = run("-C", folder, "claimants").out
    assert not any(line.startswith("::") for line in piped.split("\n"))
    for out in (piped, drawn, run("-C", folder, "claimants", "--claimant", "council").out):
        assert "\x1b" not in out and "\u202e" not in out
    assert "::error::[bold red]x[/]" in drawn and ":smile:" in drawn and "[/b]" in drawn
