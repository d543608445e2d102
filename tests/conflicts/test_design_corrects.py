"""DESIGN sections 4 and 7: a claim that `corrects` another, who may, when it counts, and wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from bridge import ledger_of, verdicts_of
from judging import Record, control, ledger_with
from running import run
from small import VOCABULARY, Fields, file_of, ledger_at

from ledger.conflicts.corrections import circling
from ledger.rules import excluded

ELSEWHERE = {"file": "b.yaml"}


def corrected(*claims: Record, publishers: Record | None = None, as_of: str | None = None) -> list[list[str]]:
    """Which of the claims counts as corrected by which: each that does is disputed by a bystander, so that an entry tells."""
    probes = [control("russia", claimant="map") | {"disputes": [f"c{number}"]} for number in range(1, len(claims) + 1)]
    plain = ledger_with(*claims, *probes)
    for file in plain["files"]:
        file |= {"publisher": publishers[file["name"]]} if publishers and file["name"] in publishers else {}
    ledger = ledger_of(plain)
    found = [pair for entry in verdicts_of(ledger, as_of, left_out=excluded(ledger)) for pair in entry["corrected"]]
    return sorted({(one, other): [one, other] for one, other in found}.values())


def said_by(claimant: str, *corrects: str, **fields: str) -> Record:
    """A claim of a claimant that corrects some others."""
    return control("russia", claimant=claimant, **fields) | {"corrects": list(corrects)}


# --- Who may correct whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one, other, may",
    [
        ("rus", "rus", True),
        ("rus", "konashenkov", True),
        ("konashenkov", "rus", True),
        ("rus-source", "rus", True),  # unnamed, and yet of a mouth that has a name
        ("milblogger", "rus", False),  # of one side
        ("ukr", "rus", False),
        ("officer", "officer", True),
        ("officer-aide", "officer", False),  # of unnamed ones: of one claimant
    ],
)
def test_only_the_same_mouth_corrects(one: str, other: str, may: bool) -> None:
    assert corrected(said_by(other), said_by(one, "c1")) == ([["c1", "c2"]] if may else [])


@pytest.mark.parametrize(
    "publishers, may",
    [
        ({"a.yaml": "Agerpres", "b.yaml": "Agerpres"}, True),
        ({"a.yaml": "Agerpres", "b.yaml": "Dagsavisen"}, False),
        ({"a.yaml": "Agerpres"}, False),
        ({"b.yaml": "Agerpres"}, False),
        ({}, False),
    ],
)
def test_an_unnamed_one_corrects_in_another_text_of_its_publisher(publishers: Record, may: bool) -> None:
    assert corrected(said_by("officer"), said_by("officer", "c1", **ELSEWHERE), publishers=publishers) == ([["c1", "c2"]] if may else [])
    assert corrected(said_by("rus"), said_by("rus", "c1", **ELSEWHERE), publishers=publishers) == [["c1", "c2"]]


@pytest.mark.parametrize(
    "said, before, may",
    [
        ("2025-11-10", "2025-11-10", True),
        ("2025-11-10", "2025-11-11", False),
        ("2025-11-10", "2025-11", True),
        ("2025-10", "2025-11-01", False),
        ("2025-11-08~", "2025-11-11", True),
        ("2025-11-08~", "2025-11-12", False),
        ("../2025-11-10", "2025-11-10", True),
        ("../2025-11-10", "2025-11-11", False),  # by then, and so before
        ("2025-11-10", "../2025-11-11", True),  # nobody knows since when
    ],
)
def test_nothing_said_certainly_later_is_corrected(said: str, before: str, may: bool) -> None:
    assert corrected(said_by("rus", said=before), said_by("rus", "c1", said=said)) == ([["c1", "c2"]] if may else [])


def test_no_correction_of_a_circle_counts_and_all_others_do() -> None:
    circle = [said_by("rus", "c2"), said_by("rus", "c3"), said_by("rus", "c1")]
    assert corrected(*circle) == []
    into, out_of = said_by("rus", "c1"), said_by("rus")
    assert corrected(*circle, into) == [["c1", "c4"]]
    assert corrected(circle[0], circle[1] | {"corrects": ["c3", "c4"]}, circle[2], out_of) == [["c4", "c2"]]
    assert corrected(said_by("rus", "c1"), said_by("rus", "c1")) == [["c1", "c2"]]  # itself: R405
    two_circles = said_by("rus", "c2"), said_by("rus", "c1", "c3"), said_by("rus", "c4"), said_by("rus", "c3")
    assert corrected(*two_circles) == [["c3", "c2"]]
    dated = said_by("rus", "c2", said="2025-11-09"), said_by("rus", "c1")
    assert corrected(*dated) == [["c1", "c2"]]  # the one that may not be made closes no circle


def test_circles_are_found_in_linear_time_however_long() -> None:
    most = 20_000
    chain = {str(number): [str(number + 1)] for number in range(most)}
    assert circling(chain) == {}
    assert len(circling(chain | {str(most): ["0"]})) == most + 1
    both_ways = {name: [*following, str(int(name) - 1)] for name, following in chain.items()}
    assert len(set(circling(both_ways).values())) == 1
    assert set(circling({"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["e"], "e": ["d"]})) == {"a", "b", "d", "e"}


def test_a_claim_with_a_defect_of_its_own_corrects_nothing() -> None:
    wrong, right = said_by("rus"), said_by("rus", "c1")
    assert corrected(wrong, right) == [["c1", "c2"]]
    assert corrected(wrong, right | {"said": "next week"}) == []
    assert corrected(wrong, right | {"corrects": ["c1", "nobody"]}) == [["c1", "c2"]]  # a bad id among others does no harm


def test_what_may_not_be_corrected_takes_no_claim_out() -> None:
    one, other = control("russia", claimant="rus"), control("ukraine", claimant="ukr") | {"corrects": ["c1", "nobody", "c2"]}
    ledger = ledger_of(ledger_with(one, other))
    assert not excluded(ledger)
    (entry,) = verdicts_of(ledger)
    assert (entry["claims"], entry["strength"], entry["corrected"]) == (["c1", "c2"], "certain", [])


@pytest.mark.parametrize("as_of, counts", [("2026-06-01", True), ("2026-05-31", False), (None, True)])
def test_a_correction_waits_for_its_file(as_of: str | None, counts: bool) -> None:
    assert corrected(said_by("rus"), said_by("rus", "c1", **ELSEWHERE), as_of=as_of) == ([["c1", "c2"]] if counts else [])


# --- Wherever it is shown -----------------------------------------------------------------------------------------

HELD: list[Fields] = [
    {"id": "held-east", "value": "east", "said": "2025-03-01", "quote": "Millbrook is held by the east"},
    {"id": "held-west", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": "Millbrook fell to the west"},
    {"id": "held-after-all", "value": "west", "said": "2025-03-01", "claimant": "spokesman", "quote": "Millbrook is lost"},
]
BACK = {
    "id": "back", "value": "west", "said": "2025-03-09", "holds": "2025-03-01", "claimant": "spokesman", "quote": "Millbrook was lost then",
    "corrects": "[held-east]",
}  # fmt: skip
TOLD = "taken back on 2025-03-09 by back"


def taken_back(folder: Path, **fields: str) -> Path:
    """A ledger in which the ministry's spokesman takes back what it said."""
    return ledger_at(folder, file_of(HELD) | file_of([BACK | fields], "later.txt", published="2025-03-10"))


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json", "jsonl"])
def test_its_contradictions_say_by_which_claim_and_when(form: str, tmp_path: Path) -> None:
    out = run("-C", taken_back(tmp_path), "conflicts", "--format", form).out
    assert TOLD in out.replace("\\-", "-")
    assert TOLD not in run("-C", taken_back(tmp_path, corrects="[]"), "conflicts", "--format", form).out


@pytest.mark.parametrize(
    "command",
    [
        ("show", "held-east"),
        ("why", "held-east", "held-west"),
        ("timeline",),
        ("claimants", "--claimant", "ministry"),
        ("claims",),
        ("conflicts", "--pairs"),
    ],
)
def test_whoever_shows_the_claim_says_it(command: Iterable[str], tmp_path: Path) -> None:
    assert TOLD in run("-C", taken_back(tmp_path), *command).out


def test_show_says_what_a_claim_takes_back(tmp_path: Path) -> None:
    line = "takes back held-east: Millbrook · who holds the place: east, all of it, said 2025-03-01"
    assert line in run("-C", taken_back(tmp_path), "show", "back").out
    assert line not in run("-C", taken_back(tmp_path, claimant="council"), "show", "back").out  # it may not


def test_machines_get_the_pairs_of_ids(tmp_path: Path) -> None:
    folder = taken_back(tmp_path)
    found = json.loads(run("-C", folder, "conflicts", "--format", "json").out)["conflicts"]
    pairs = {" ".join(entry["claims"]): entry["corrected"] for entry in found}
    assert pairs == {
        "back held-east": [["held-east", "back"]],
        "held-after-all held-east": [["held-east", "back"]],
        "held-east held-west": [["held-east", "back"]],
    }
    assert {entry["relation"] for entry in found if "held-west" not in entry["claims"]} == {"own"}
    rows = csv.DictReader(io.StringIO(run("-C", folder, "conflicts", "--format", "csv").out))
    assert [row["corrected"] for row in rows] == ["held-east/back"] * 3
    shown = json.loads(run("-C", folder, "show", "held-east", "--format", "json").out)
    assert shown["corrected_by"] == ["back"] and shown["claim"]["corrects"] == []
    lanes = json.loads(run("-C", folder, "timeline", "--format", "json").out)["questions"][0]["lanes"]
    assert {claim["id"]: claim["corrected_by"] for lane in lanes for claim in lane["claims"]} == {
        "held-east": ["back"], "held-west": [], "held-after-all": [], "back": [],
    }  # fmt: skip


def test_they_count_as_settled(tmp_path: Path) -> None:
    folder = taken_back(tmp_path)
    outcome = run("-C", folder, "conflicts", "--open", "--fail-on", "any")
    assert outcome.code == 0 and "no contradictions" in outcome.out
    assert "left out as settled by a correction: 3 contradictions" in outcome.out
    assert run("-C", folder, "conflicts", "--fail-on", "any").code == 1
    assert "left out as settled" not in run("-C", folder, "conflicts", "--open", "--kind", "figure").out
    earlier = run("-C", folder, "conflicts", "--open", "--as-of", "2025-03-09").out  # said by then, and not yet published
    assert "3 contradictions" in earlier and "left out as settled" not in earlier


def row_of(folder: Path, claimant: str) -> dict[str, Any]:
    """A claimant's row as data."""
    rows = json.loads(run("-C", folder, "claimants", "--format", "json").out)["claimants"]
    return next(row for row in rows if row["claimant"] == claimant)


def test_what_was_taken_back_is_no_reversal(tmp_path: Path) -> None:
    kept, back = row_of(taken_back(tmp_path / "one", corrects="[]"), "ministry"), row_of(taken_back(tmp_path / "two"), "ministry")
    both = [["back", "held-east"], ["held-after-all", "held-east"]]
    assert kept["own_reversals"] == both and not kept["own_taken_back"] and not kept["taken_back"]
    assert back["own_reversals"] == [] and back["own_taken_back"] == both
    assert back["taken_back"] == [["held-east", "back"]] and back["counts"]["claims_taken_back"] == 1
    words = run("-C", tmp_path / "two", "claimants").out
    assert "own reversals: " not in words and "; taken back: 2 certain; claims taken back: 1" in words
    for command in (("conflicts", "--pairs"), ("show", "held-east"), ("why", "held-east", "held-after-all")):
        assert "reversal" in run("-C", tmp_path / "one", *command).out
        assert "reversal" not in run("-C", tmp_path / "two", *command).out.replace("(no reversal: it was taken back)", "")


def test_what_a_crowd_has_of_a_corrected_claim_is_settled_too(tmp_path: Path) -> None:
    """More contradictions of one question than are listed: those of a claim that was taken back are told apart all the same."""
    many = [{"id": f"west-{n}", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": f"west {n:03}"} for n in range(150)]
    many += [{"id": f"east-{n}", "value": "east", "said": "2025-03-01", "quote": f"east {n:03}"} for n in range(150)]
    folder = ledger_at(tmp_path, file_of(many) | file_of([BACK | {"corrects": "[east-7]"}], "later.txt"))
    assert "settled by a correction: 151 contradictions" in run("-C", folder, "conflicts", "--open").out
    assert "151 of them of a claim that was taken back" in run("-C", folder, "conflicts").out
    of_one, of_another = (json.loads(run("-C", folder, "show", name, "--format", "json").out)["conflicts"] for name in ("east-7", "west-3"))
    assert len(of_one) == 151 and all(entry["corrected"] == [["east-7", "back"]] for entry in of_one)
    assert len(of_another) == 150 and [entry["claims"] for entry in of_another if entry["corrected"]] == [["east-7", "west-3"]]


# --- What decides it stands elsewhere -----------------------------------------------------------------------------


def scattered(publishers: tuple[str, str], corrects: str) -> dict[str, str]:
    """Four files: the one by which a correction is made speaks of another place than what it corrects."""
    vocabulary = VOCABULARY.replace("  gazette:", "  driver: {name: a driver, kind: unnamed}\n  gazette:")
    wrong = file_of([HELD[0] | {"claimant": "driver"}, HELD[1]], publisher=publishers[0])
    elsewhere = {"id": "back", "place": "ivanivka-east", "value": "east", "said": "2025-03-09", "claimant": "driver", "quote": "not so"}
    back = file_of([elsewhere | {"corrects": corrects}], "back.txt", publisher=publishers[1])
    others = [
        file_of(
            [{"id": name, "value": "east", "said": "2024-01-01", "place": "ivanivka-west", "quote": f"{name} of another"}], f"{name}.txt"
        )
        for name in ("three", "four", "five")
    ]
    return {"ledger.yaml": vocabulary} | wrong | back | others[0] | others[1] | others[2]


STATES = [  # publishers of the text that was wrong and of the one that corrects it, what it corrects; whether that counts
    (("Gazette", "Gazette"), "[held-east]", True),
    (("Gazette", "Gazette"), "[]", False),
    (("Gazette", "Gazette"), "[held-east]", True),
    (("Gazette", "Herald"), "[held-east]", False),
    (("Herald", "Herald"), "[held-east]", True),
    (("Gazette", "Herald"), "[held-east]", False),
    (("Gazette", "Gazette"), "[held-west]", False),
    (("Gazette", "Gazette"), "[three, held-east]", True),
]


def test_after_each_edit_the_cache_says_what_the_whole_ledger_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / "cache"))
    for number, (publishers, corrects, counts) in enumerate(STATES):
        folder = ledger_at(tmp_path / "ledger", scattered(publishers, corrects))
        conflicts = ("-C", folder, "conflicts", "--town", "millbrook", "--format", "json")
        kept, whole = run(*conflicts), run(*conflicts, "--no-cache")
        assert kept == whole, number
        (entry,) = json.loads(kept.out)["conflicts"]
        assert bool(entry["corrected"]) is counts, number
        check = ("-C", folder, "check", "--format", "json")
        for _ in range(2):
            kept, whole = run(*check), run(*check, "--no-cache")
            assert kept == whole, number
        assert ('"R406"' in kept.out) == ((not counts and corrects != "[]") or "three" in corrects), number


@pytest.mark.parametrize("before, after, words", [
    (1, 0, "settled now: held-east was taken back on 2025-03-09 by back"),
    (0, 3, "not settled any more: the correction of held-east by back is gone"),
])  # fmt: skip
def test_review_says_what_a_correction_settles(before: int, after: int, words: str, tmp_path: Path) -> None:
    from branches import commit, git

    folder = ledger_at(tmp_path, scattered(*STATES[before][:2]))
    git(folder, "init", "-q")
    commit(folder, "one")
    ledger_at(folder, scattered(*STATES[after][:2]))
    outcome = run("-C", folder, "review", "HEAD")
    assert words in outcome.out and "contradictions: alters 1 contradiction" in outcome.out
    assert "Contradictions closed" not in outcome.out and "Contradictions opened" not in outcome.out
    (altered,) = json.loads(run("-C", folder, "review", "HEAD", "--format", "json").out)["conflicts"]["altered"]
    assert bool(altered["before"]["corrected"]) is STATES[before][2] and bool(altered["after"]["corrected"]) is STATES[after][2]
    assert ("takes back held-east" in outcome.out) is STATES[after][2]
