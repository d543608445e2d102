"""`ledger review`: what a branch does to the ledger, in the order of its importance, in every format; and nothing where nothing changed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from branches import AGAIN, branch_at, commit, git, replace, repository_at
from conftest import Golden
from running import ROOT, run
from small import CLAIMS, file_of, ledger_at

GOLDEN = ROOT / "tests" / "golden"
FORMATS = ("text", "markdown", "github", "sarif", "gitlab", "json")
# What the branch does, by its importance, and words that must stand in every format for it
TOLD = {
    "a claim is gone": "lorries",
    "a value changed": "26000",
    "a seed was edited": "text.txt",
    "a rule was widened": "P60D",
    "a quote broke": "people-9000",
    "a contradiction opened": "six-west-holds",
    "half a sentence after a negation": "begins after a negation",
    "a claim was added": "six-no-lorries",
    "a source was added": "sixth.txt",
}


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return branch_at(tmp_path_factory.mktemp("branch"))


def reviewed(folder: Path, *more: str) -> dict[str, Any]:
    """The review as machines read it."""
    code, out, err = run("-C", folder, "review", *more, "--format", "json")
    assert code in (0, 1) and err == "", err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def is_empty(folder: Path) -> bool:
    """Whether the review says that nothing changed, in words and to machines."""
    found = reviewed(folder)
    parts = [
        found["changes"],
        found["sources"],
        found["notes"],
        found["not_compared"],
        found["vocabulary"]["changes"],
        found["quotes_broken"],
    ]
    parts += [found["seeds"][kind] for kind in found["seeds"]] + [found["diagnostics"][kind] for kind in found["diagnostics"]]
    parts += [found["conflicts"][kind] for kind in found["conflicts"]]
    said = "nothing that the ledger records has changed" in run("-C", folder, "review").out
    assert said == (not any(parts))
    return said


# -- the branch that does everything --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_report_of_the_branch(form: str, branch: Path, golden: Golden) -> None:
    code, out, err = run("-C", branch, "review", "--format", form)
    golden(GOLDEN / f"review-branch.{form}.txt", out)
    assert (code, err) == (1, "")


@pytest.mark.parametrize("form", FORMATS)
def test_everything_stands_in_every_format(form: str, branch: Path) -> None:
    out = run("-C", branch, "review", "--format", form).out
    assert [what for what, words in TOLD.items() if words not in out] == []


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_is_more_important_stands_first(form: str, branch: Path) -> None:
    out = run("-C", branch, "review", "--format", form).out
    sections = ["Claims removed", "Claims changed in meaning", "Seeds edited or removed", "Vocabulary and rules changed", "Quotes newly broken",
                "Contradictions opened", "New defects", "Defects fixed", "Claims added", "Sources"]  # fmt: skip
    places = [re.search(f"(?m)^(### )?{section}", out) for section in sections]
    assert None not in places
    starts = [place.start() for place in places if place is not None]
    assert starts == sorted(starts)


def test_annotations_come_errors_first_and_by_importance(branch: Path) -> None:
    lines = run("-C", branch, "review", "--format", "github").out.splitlines()
    levels = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert levels == sorted(levels, key=["::error", "::warning", "::notice"].index)
    warnings = [re.search("title=([^:]*)::", line) for line in lines if line.startswith("::warning")]
    titles = [title[1] for title in warnings if title is not None]
    order = ["claim removed", "claim changed in meaning", "seed changed", "vocabulary changed", "effect of the vocabulary", "quote broken"]
    assert titles[: len(order)] == order
    assert lines[-1].startswith("annotations that GitHub shows, 10 of each level at most: 2 of 2 errors, 10 of ")


def test_the_vocabulary_is_charged_with_what_it_does_by_itself(branch: Path) -> None:
    opened = reviewed(branch)["vocabulary"]["conflicts"]["opened"]
    assert [conflict["claims"] for conflict in opened] == [["held-again", "held-later"], ["held-again", "held-west"]]


def test_the_ten_claims_are_added_and_shown_in_their_paragraphs(branch: Path) -> None:
    found = reviewed(branch)
    assert [change["kind"] for change in found["changes"]] == ["removed", "changed"] + ["added"] * 10
    assert found["changes"][1]["fields"] == {"value": ["27000", "26000"]}
    out = run("-C", branch, "review").out
    assert "that the west holds all of Millbrook. It did not say that] the east has left the county [. In the north" in out


def test_both_sides_can_be_commits(branch: Path) -> None:
    assert reviewed(branch, "main...sixth-text")["head"] == git(branch, "rev-parse", "sixth-text").strip()
    backwards = reviewed(branch, "sixth-text..main")
    assert [change["kind"] for change in backwards["changes"]] == ["removed"] * 10 + ["changed", "added"]
    assert backwards["conflicts"]["closed"] and not backwards["conflicts"]["opened"]
    forwards = reviewed(branch, "main..sixth-text")
    assert [conflict["claims"] for conflict in forwards["conflicts"]["opened"]] == [
        conflict["claims"] for conflict in backwards["conflicts"]["closed"]
    ]


def test_a_review_writes_nothing(branch: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(branch.rglob("*")) if path.is_file()}

    before = state()
    run("-C", branch, "review")
    run("-C", branch, "log", "lorries")
    assert state() == before


# -- what is no change ----------------------------------------------------------------------------------------------------


def reordered(folder: Path) -> None:
    path = folder / "claims" / "text.yaml"
    head, *claims = re.split("(?m)^- ", path.read_text(encoding="utf-8"))
    turned = []
    for claim in claims:
        fields = re.findall(r"(?m)^ *([a-z-]+: .*)$", claim)
        random.Random(7).shuffle(fields)
        turned.append("- " + "\n  ".join(fields) + "\n")
    path.write_text(head + "".join(reversed(turned)), encoding="utf-8")


def rewrapped(folder: Path) -> None:
    replace(folder / "claims" / "text.yaml", "quote: Millbrook is held by the east", "quote: >-\n    Millbrook is held\n    by the east")
    replace(folder / "claims" / "text.yaml", "quote: Millbrook fell to the west", 'quote: "Millbrook   fell to\\n   the west"')


def commented(folder: Path) -> None:
    path = folder / "claims" / "text.yaml"
    path.write_text(
        "# read by Ada\n\n" + path.read_text(encoding="utf-8").replace("claims:\n", "claims:  # all of them\n\n\n"), encoding="utf-8"
    )
    path = folder / "ledger.yaml"
    path.write_text("# the vocabulary\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def defaults_written(folder: Path) -> None:
    replace(folder / "claims" / "text.yaml", "id: held-east", "id: held-east\n  stance: asserts\n  extent: all")


def renamed_file(folder: Path) -> None:
    (folder / "claims" / "text.yaml").rename(folder / "claims" / "a text with 'spaces'.yaml")
    git(folder, "add", "-N", "claims")  # (a file that git does not know is told of)


def quoted(folder: Path) -> None:
    path = folder / "claims" / "text.yaml"
    path.write_text(re.sub('(?m)(value|said|claimant|place): ([^"\n]*)$', r"\1: '\2'", path.read_text(encoding="utf-8")), encoding="utf-8")


def other_line_ends(folder: Path) -> None:
    path = folder / "claims" / "text.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def vocabulary_reordered(folder: Path) -> None:
    text = (folder / "ledger.yaml").read_text(encoding="utf-8")
    lines = text.split("\n")
    start = lines.index("claimants:") + 1
    lines[start : start + 4] = lines[start : start + 4][::-1]
    (folder / "ledger.yaml").write_text("\n".join(lines).replace("values: [east, west]", "values: [west, east]"), encoding="utf-8")


NOISE: list[Callable[[Path], None]] = [
    reordered, rewrapped, commented, defaults_written, renamed_file, quoted, other_line_ends, vocabulary_reordered,
]  # fmt: skip


@pytest.mark.parametrize("noise", NOISE, ids=lambda noise: noise.__name__)
def test_what_the_ledger_does_not_record_is_no_change(noise: Callable[[Path], None], tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([AGAIN, *CLAIMS]))
    noise(tmp_path)
    assert git(tmp_path, "status", "--porcelain") != ""
    assert is_empty(tmp_path)
    commit(tmp_path)
    assert is_empty(tmp_path)


def test_a_claim_moved_with_its_source_to_another_file_is_no_change(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of(CLAIMS))
    text = (tmp_path / "claims" / "text.yaml").read_text(encoding="utf-8")
    (tmp_path / "claims" / "text.yaml").unlink()
    (tmp_path / "claims" / "zzz.yaml").write_text(text, encoding="utf-8")
    git(tmp_path, "add", "claims")
    assert is_empty(tmp_path)


def test_an_error_that_moves_is_neither_new_nor_fixed(tmp_path: Path) -> None:
    repository_at(
        tmp_path, file_of([{**CLAIMS[0], "quote": "words that are not there"}, *CLAIMS[1:]], seed="Millbrook fell to the west.\n")
    )
    commented(tmp_path)
    found = reviewed(tmp_path)
    assert found["diagnostics"] == {"new": [], "fixed": []} and is_empty(tmp_path)
    assert found["numbers"]["before"]["errors"] == found["numbers"]["after"]["errors"] > 0


# -- single changes -------------------------------------------------------------------------------------------------------


def changed(folder: Path, before: str, after: str, name: str = "claims/text.yaml") -> dict[str, Any]:
    """The review after one replacement in a fresh ledger."""
    repository_at(folder, file_of([AGAIN, *CLAIMS]))
    replace(folder / name, before, after)
    return reviewed(folder)


def test_a_new_id_for_the_same_words_is_a_rename(tmp_path: Path) -> None:
    found = changed(tmp_path, "id: held-later", "id: held-by-west\n  note: clearer")
    assert [(change["kind"], change["id"], change["fields"]) for change in found["changes"]] == [
        ("renamed", "held-by-west", {"id": ["held-later", "held-by-west"], "note": [None, "clearer"]})
    ]
    assert not any(found["conflicts"][kind] for kind in ("opened", "closed", "altered", "counted"))
    assert found["diagnostics"] == {"new": [], "fixed": []}


def test_a_new_id_and_another_value_is_no_rename(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([AGAIN, *CLAIMS]))
    replace(tmp_path / "claims" / "text.yaml", "id: people-27000", "id: people-new")
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 27001")
    assert [(change["kind"], change["id"]) for change in reviewed(tmp_path)["changes"]] == [
        ("removed", "people-27000"),
        ("added", "people-new"),
    ]


@pytest.mark.parametrize(
    "before, after, fields, of_meaning",
    [
        ("id: held-later\n  value: west", "id: held-later\n  value: east", {"value": ["west", "east"]}, True),
        ("id: held-later", "id: held-later\n  hedge: has been", {"hedge": [None, "has been"]}, True),
        ("id: held-later", "id: held-later\n  disputes: [held-east]", {"disputes": [None, ["held-east"]]}, True),
        ("id: held-later", "id: held-later\n  via: [council]", {"via": [None, ["council"]]}, False),
        ("id: held-later", "id: held-later\n  translation: it is so", {"translation": [None, "it is so"]}, False),
        ("id: held-later", "id: held-later\n  accept: {Q310: a reason}", {"accept": [None, {"Q310": "a reason"}]}, False),
        ("said: 2025-03-10", "said: 2025-03-10~", {"said": ["2025-03-10", "2025-03-10~"]}, True),
        (
            "in the west's hands",
            "in the west's",
            {"quote": ["Millbrook has been in the west's hands", "Millbrook has been in the west's"]},
            True,
        ),
    ],
)
def test_a_change_is_told_field_by_field(before: str, after: str, fields: dict[str, Any], of_meaning: bool, tmp_path: Path) -> None:
    found = changed(tmp_path, before, after)
    assert [(change["kind"], change["fields"], change["of_meaning"]) for change in found["changes"]] == [("changed", fields, of_meaning)]
    title = "Claims changed in meaning" if of_meaning else "Quotes translated otherwise" if "translation" in fields else "Claims edited"
    out = run("-C", tmp_path, "review").out
    assert f"{title}\n" in out and "held-later" in out


def test_a_contradiction_that_gets_certain_is_altered(tmp_path: Path) -> None:
    found = changed(tmp_path, "id: held-later\n  value: west\n  said: 2025-03-10", "id: held-later\n  value: west\n  said: 2025-03-01")
    altered = found["conflicts"]["altered"]
    assert [(pair["before"]["strength"], pair["after"]["strength"]) for pair in altered] == [("possible", "certain")]
    assert "Contradictions altered" in run("-C", tmp_path, "review").out


@pytest.mark.parametrize(
    "before, after, change",
    [
        ("side: east", "side: west", ("changed", "claimants", "ministry", {"side": ["east", "west"]})),
        ("within: county", "within: ivanivka-east", ("changed", "places", "millbrook", {"within": ["county", "ivanivka-east"]})),
        (
            "quantity: people, lasts: P1Y",
            "quantity: people, tolerance: 10%, lasts: P1Y",
            ("changed", "properties", "people", {"tolerance": [None, "10 %"]}),
        ),
        ("  nickname: {title: what it is called, text: true}\n", "", ("removed", "properties", "nickname", None)),
        ("language: en", "language: uk", ("changed", "language", "language", {"language": ["en", "uk"]})),
    ],
)
def test_a_change_of_the_vocabulary_is_told(before: str, after: str, change: tuple[Any, ...], tmp_path: Path) -> None:
    found = changed(tmp_path, before, after, "ledger.yaml")["vocabulary"]["changes"]
    assert [(each["kind"], each["part"], each["id"]) for each in found] == [change[:3]]
    assert change[3] is None or found[0]["fields"] == change[3]


def test_a_side_that_changes_alters_relations_by_itself(tmp_path: Path) -> None:
    found = changed(tmp_path, "kind: ministry, side: east", "kind: ministry, side: west", "ledger.yaml")
    assert found["vocabulary"]["conflicts"]["altered"] and found["conflicts"]["altered"]


def test_notes_and_heads_are_told(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of(CLAIMS))
    text = file_of(
        CLAIMS, tail="tensions:\n- {claims: [held-east, lorries], by: us, on: 2025-04-01, why: both roads}\n", published="2025-03-30"
    )
    ledger_at(tmp_path, text)
    found = reviewed(tmp_path)
    assert [(note["kind"], note["part"], note["of"]) for note in found["notes"]] == [("added", "tensions", "held-east and lorries")]
    assert [source["fields"] for source in found["sources"]] == [{"published": ["2025-03-31", "2025-03-30"]}]
    assert [conflict["kind"] for conflict in found["conflicts"]["opened"]] == ["tension"]


def test_a_seed_that_no_claim_quotes_is_seen_too(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of(CLAIMS) | {"seeds/spare.txt": "one\ntwo\nthree\n", "seeds/old.txt": "gone\n"})
    (tmp_path / "seeds" / "spare.txt").write_text("one\n2\nthree\n", encoding="utf-8")
    (tmp_path / "seeds" / "old.txt").unlink()
    found = reviewed(tmp_path)
    assert found["seeds"] == {"added": [], "changed": ["spare.txt"], "removed": ["old.txt"]}
    assert [(seed["line"], seed["before"], seed["after"]) for seed in found["seeds_changed"]] == [(2, ["two"], ["2"])]


def test_a_seed_whose_quotes_still_stand_is_reported_all_the_same(tmp_path: Path) -> None:
    found = changed(tmp_path, "27,000 people live in Millbrook.", "27,000 people live in Millbrook!", "seeds/text.txt")
    assert found["seeds"]["changed"] == ["text.txt"] and found["quotes_broken"] == []
    assert "7 claims quote it, 7 of them still word for word" in run("-C", tmp_path, "review").out


def test_claims_of_a_file_that_cannot_be_read_are_not_called_removed(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "]\n", encoding="utf-8")
    code, out, _ = run("-C", tmp_path, "review")
    assert code == 1 and "not compared: claims/text.yaml can't be read now: its claims are not compared" in out
    assert reviewed(tmp_path)["changes"] == []
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "mending")
    path.write_text(path.read_text(encoding="utf-8").removesuffix("]\n"), encoding="utf-8")
    code, out, _ = run("-C", tmp_path, "review")
    assert code == 0 and "could not be read before" in out and "1 fixed" in out


def test_a_question_with_very_many_contradictions_is_counted(tmp_path: Path) -> None:
    def claims(number: int) -> list[dict[str, str]]:
        return [
            {"id": f"c{count}", "value": "east" if count % 2 else "west", "said": "2025-03-01", "quote": f"report {count} says so",
             "claimant": "council" if count % 2 else "ministry"}
            for count in range(number)
        ]  # fmt: skip

    repository_at(tmp_path, file_of(claims(300)))
    ledger_at(tmp_path, file_of(claims(302)))
    found = reviewed(tmp_path)
    assert found["conflicts"]["counted"] == [
        {"question": ["millbrook", "control", None], "before": 22500, "after": 22801, "certain": [22500, 22801]}
    ]
    assert found["numbers"]["after"]["contradictions"] == 22801 and found["conflicts"]["opened"] == []
    assert "22500 -> 22801 (certain: 22500 -> 22801), too many to compare one by one" in run("-C", tmp_path, "review").out


@pytest.mark.parametrize(
    "failing, before, after, name",
    [
        ("warning", "value: 27000", "value: 27001", "claims/text.yaml"),
        ("opened", "id: held-again\n  value: east", "id: held-again\n  value: west", "claims/text.yaml"),
        ("changed", "said: 2025-03-10", "said: 2025-03-11", "claims/text.yaml"),
        ("seed", "27,000 people live in Millbrook.", "27,000 people live in Millbrook!", "seeds/text.txt"),
        ("vocabulary", "lasts: P14D", "lasts: P15D", "ledger.yaml"),
    ],
)
def test_more_can_fail_than_new_errors(failing: str, before: str, after: str, name: str, tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([AGAIN | {"holds": "2025-03-01/2025-03-28"}, *CLAIMS]))
    assert run("-C", tmp_path, "review", "--fail-on", failing).code == 0
    replace(tmp_path / name, before, after)
    if failing == "seed":
        text = (tmp_path / "claims" / "text.yaml").read_text(encoding="utf-8")
        digest = re.search("its sha256 is ([0-9a-f]{64})", run("-C", tmp_path, "check").out)
        assert digest is not None
        (tmp_path / "claims" / "text.yaml").write_text(re.sub("sha256: .*", f"sha256: {digest[1]}", text), encoding="utf-8")
    assert run("-C", tmp_path, "review").code == 0
    assert run("-C", tmp_path, "review", "--fail-on", failing).code == 1


def test_a_removed_claim_can_fail(tmp_path: Path) -> None:
    repository_at(tmp_path)
    ledger_at(tmp_path, file_of(CLAIMS[:-1]))
    assert [run("-C", tmp_path, "review", *more).code for more in ((), ("--fail-on", "removed"), ("--fail-on", "certain"))] == [0, 1, 0]


def test_a_ledger_below_the_top_of_its_repository(tmp_path: Path) -> None:
    folder = tmp_path / "our ledger" / "карта"
    ledger_at(folder)
    (tmp_path / "README").write_text("not the ledger's\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 27001")
    assert [change["id"] for change in reviewed(folder)["changes"]] == ["people-27000"]
    out = run("-C", folder, "review", "--format", "github").out
    assert "::warning file=our ledger/карта/claims/text.yaml,line=" in out
    sarif = json.loads(run("-C", folder, "review", "--format", "sarif").out)
    uri = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "our%20ledger/%D0%BA%D0%B0%D1%80%D1%82%D0%B0/claims/text.yaml"
    commit(tmp_path)
    assert '"changed", "id": "people-27000"' in run("-C", folder, "review", "HEAD~1..HEAD", "--format", "json").out


@pytest.mark.parametrize("text, line", [("one\n", 1), ("one", 1), ("", 1), ("one\ntwo", 2), ("one\ntwo\nthree\n", 3), ("one\ntwo\n\n", 3)])
def test_the_remark_on_a_seed_stands_on_a_line_that_exists(text: str, line: int, tmp_path: Path) -> None:
    repository_at(tmp_path, file_of(CLAIMS) | {"seeds/spare.txt": "one\ntwo\n"})
    (tmp_path / "seeds" / "spare.txt").write_text(text, encoding="utf-8")
    out = run("-C", tmp_path, "review", "--format", "github").out
    assert f"::warning file=seeds/spare.txt,line={line},col=1,title=seed changed::" in out
