"""`ledger fix` and `ledger accept`: what has one remedy is mended and shown, a choice is left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from prove_fixes import faults_of_all
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import check_ledger
from ledger.rules.selftest.corpus import read_corpus
from ledger.writing.mending_fields import plain_date
from ledger.writing.remedies import remedies

MISQUOTED = [
    {**CLAIMS[0], "quote": "Millbrook IS held by the east"},
    {**CLAIMS[1], "quote": "Millbrook fell to the “west”", "said": "2025-3-1"},
    {**CLAIMS[2], "place": "Мілл'брук"},
]
SEED = "Millbrook is held by the east.\n\nMillbrook fell to the 'west'.\n\nMillbrook has been in the west's hands.\n"


def codes_in(root: Path) -> list[str]:
    """The codes of what `check` finds, the vocabulary aside."""
    return [found.code for found in check_ledger(load(WorkTree(str(root)))).diagnostics if found.code not in ("W906", "W907")]


def test_a_part_of_the_corpus_is_mended_and_nothing_breaks() -> None:
    cases = [case for case in read_corpus() if case.theme in ("dates", "quotes")][::5]
    faults, mended = faults_of_all(cases)
    assert not faults
    assert mended.total() >= 3


def test_what_has_one_remedy_is_mended_and_shown(tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of(MISQUOTED, seed=SEED))
    path = root / "claims/text.yaml"
    before = path.read_text(encoding="utf-8")
    assert codes_in(root) == ["Q301", "D601", "Q304", "R401"]
    tried = run("-C", root, "fix", "--dry-run")
    assert path.read_text(encoding="utf-8") == before
    assert "+  quote: Millbrook is held by the east" in tried.out.splitlines()
    outcome = run("-C", root, "fix")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:4] == [
        "claims/text.yaml:12: Q301 held-east: quote: Millbrook is held by the east",
        "claims/text.yaml:18: D601 held-west: said: 2025-03-01",
        "claims/text.yaml:19: Q304 held-west: quote: Millbrook fell to the 'west'",
        "claims/text.yaml:20: R401 held-later: place: millbrook",
    ]
    assert codes_in(root) == []
    assert path.read_text(encoding="utf-8") == (
        before.replace("IS held", "is held")
        .replace("“west”", "'west'")
        .replace("2025-3-1\n", "2025-03-01\n")
        .replace("Мілл'брук", "millbrook")
    )


def test_a_choice_is_left_to_a_person(tmp_path: Path) -> None:
    twice = "At noon Millbrook is held by the east. At night Millbrook is held by the east too.\n"
    root = ledger_at(tmp_path, file_of([CLAIMS[0]], seed=twice))
    before = (root / "claims/text.yaml").read_bytes()
    outcome = run("-C", root, "fix", "--select", "Q302")
    assert outcome.code == 1
    assert outcome.out == "0 defects mended; 1 is left for a person, 1 of them has several remedies to choose from (see `ledger check`)\n"
    assert (root / "claims/text.yaml").read_bytes() == before
    ledger = load(WorkTree(str(root)))
    found = next(found for found in check_ledger(ledger).diagnostics if found.code == "Q302")
    offered = remedies(ledger, found)
    assert [remedy.words for remedy in offered] == ["line 1: before: noon", "line 1: after: too."]
    for remedy in offered:
        (root / "claims/text.yaml").write_text(remedy.change(before.decode()), encoding="utf-8")
        assert codes_in(root) == []


def test_the_hash_of_a_changed_seed_is_left_alone(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    (root / "seeds/text.txt").write_bytes((root / "seeds/text.txt").read_bytes() + b"More.\n")
    before = (root / "claims/text.yaml").read_bytes()
    assert run("-C", root, "fix").code == 1
    assert (root / "claims/text.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "text, plain",
    [
        ("2025-3-1", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("~2025-03", "2025-03~"),
        ("2025-3-1/2025-3-2", "2025-03-01/2025-03-02"),
        ("../2025-3", "../2025-03"),
        ("٢٠٢٥-٠٣-١٠", "2025-03-10"),
        ("2025–03–10", "2025-03-10"),
        ("2025-03-10T05:00:00Z", "2025-03-10"),
        ("10.3.2025", None),
        ("3/10/2025", None),
        ("2025-W10", None),
        ("in 2019", None),
        ("2025-03-1x", None),
    ],
)
def test_a_date_is_told_where_its_order_is(text: str, plain: str | None) -> None:
    assert plain_date(text) == plain


HEDGED = [{**CLAIMS[0], "quote": "Millbrook is reportedly held by the east"}]


def test_a_warning_is_accepted_with_its_reason(tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of(HEDGED))
    before = (root / "claims/text.yaml").read_text(encoding="utf-8")
    assert "Q310" in codes_in(root)
    outcome = run("-C", root, "accept", "held-east", "hedge_not_recorded", "--why", "the hedge: the paper's [sic]")
    assert (outcome.code, outcome.out, outcome.err) == (0, "claims/text.yaml: `held-east` accepts Q310\n", "")
    assert (root / "claims/text.yaml").read_text(encoding="utf-8") == before + '  accept: {Q310: "the hedge: the paper\'s [sic]"}\n'
    assert codes_in(root) == []
    assert "accepts Q310 already" in could_not_run(run("-C", root, "accept", "held-east", "Q310", "--why", "so"))


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("held-east", "Q304", "--why", "so"), "raises no Q304"),
        (("held-east", "Q301", "--why", "so"), "Q301 is an error, and only warnings can be accepted"),
        (("held-east", "Q999", "--why", "so"), "there is no rule Q999"),
        (("none", "Q310", "--why", "so"), "no claim has the id none"),
        (("held-east", "Q310", "--why", " "), "`--why` is empty"),
        (("held-east", "Q310"), "Missing option '--why'"),
        (("held-east", "Q310", "--why", "\udce5"), "no UTF-8"),
    ],
)
def test_what_cannot_be_accepted_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    root = ledger_at(tmp_path, file_of(HEDGED))
    before = (root / "claims/text.yaml").read_bytes()
    assert said in could_not_run(run("-C", root, "accept", *arguments))
    assert (root / "claims/text.yaml").read_bytes() == before
