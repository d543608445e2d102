"""`ledger rename`: an id under another name everywhere, of whatever kind; fingerprints fit, contradictions stay, and an end in the middle
is gone on from."""

from __future__ import annotations

from pathlib import Path

import pytest
from branches import repository_at
from random_renames import fault_of_rename, pairs_of
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import check_ledger

TAIL = "tensions: [{claims: [held-east, people-9000], by: curators, on: 2025-04-01, why: so}]\n"


def resolved_at(folder: Path) -> Path:
    """The small ledger with a resolution and a tension."""
    root = repository_at(folder, file_of(CLAIMS, tail=TAIL))
    outcome = run("-C", root, "resolve", "held-east", "held-west", "--found", "explained", "--why", "two banks", "--by", "curators")
    assert (outcome.code, outcome.err) == (0, "")
    return root


def texts_of(root: Path) -> dict[str, str]:
    """The text of every YAML file of a ledger."""
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}


def test_random_renames_change_a_name_and_nothing_else() -> None:
    assert not [fault for seed in range(60) if (fault := fault_of_rename(seed))]


@pytest.mark.parametrize(
    "kind, old, more",
    [
        ("claim", "held-east", ()),
        ("place", "millbrook", ()),
        ("claimant", "ministry", ()),
        ("property", "control", ()),
        ("value", "east", ("--kind", "value")),
        ("side", "east", ("--kind", "side")),
        ("subject", "lorries", ("--kind", "subject")),
    ],
)
def test_an_id_of_every_kind_is_renamed_and_back(kind: str, old: str, more: tuple[str, ...], tmp_path: Path) -> None:
    root = resolved_at(tmp_path)
    before, ledger = texts_of(root), load(WorkTree(str(root)))
    defects = len(check_ledger(ledger).diagnostics)
    outcome = run("-C", root, "rename", old, "quite-new", *more)
    assert (outcome.code, outcome.err) == (0, "") and outcome.out.startswith(f"{kind} {old} ")
    after = load(WorkTree(str(root)))
    assert texts_of(root) != before
    assert len(check_ledger(after).diagnostics) == defects  # (the resolution's fingerprint fits)
    assert len(pairs_of(after)) == len(pairs_of(ledger))
    assert run("-C", root, "rename", "quite-new", old, *more).code == 0
    assert texts_of(root) == before


def test_a_rename_that_was_ended_in_the_middle_goes_on(tmp_path: Path) -> None:
    root = resolved_at(tmp_path)
    whole = ledger_at(tmp_path / "whole", {path: (root / path).read_text() for path in ("claims/text.yaml", "seeds/text.txt")})
    assert run("-C", whole, "rename", "millbrook", "mill-town").code == 0
    (root / "ledger.yaml").write_text((whole / "ledger.yaml").read_text(encoding="utf-8"), encoding="utf-8")  # the first of the two files
    assert run("-C", root, "check").code == 1
    assert run("-C", root, "rename", "millbrook", "mill-town").code == 0
    assert texts_of(root)["claims/text.yaml"] == texts_of(whole)["claims/text.yaml"]
    assert run("-C", root, "check").code == 0


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("nobody", "new"), "no claim or place or claimant or property or value or subject or side has the id nobody"),
        (("milbrook", "new"), "did you mean `millbrook`"),
        (("east", "new"), "east is a value and a side: say which with `--kind`"),
        (("millbrook", "county"), "there is a place county already: two would be one"),
        (("millbrook", "Mill_Town"), "Mill_Town is no id"),
        (("millbrook", "millbrook"), "is called so already"),
        (("millbrook", "../x"), "is no id"),
        (("east", " ", "--kind", "side"), "the new name is empty"),
        (("east", "new", "--kind", "value", "--of", "traffic"), "traffic is no property with the value east"),
    ],
)
def test_what_cannot_be_renamed_is_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    before = texts_of(root)
    assert said in could_not_run(run("-C", root, "rename", *arguments))
    assert texts_of(root) == before


def test_nothing_is_renamed_where_a_file_cannot_be_read(tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    (root / "claims/torn.yaml").write_text("claims: [", encoding="utf-8")
    assert "claims/torn.yaml can't be read, and may name it too" in could_not_run(run("-C", root, "rename", "millbrook", "new"))


# -- resolve, pass, quote ------------------------------------------------------------------------------------------------


def test_a_contradiction_is_resolved_with_what_git_knows(tmp_path: Path) -> None:
    root = repository_at(tmp_path)
    before = texts_of(root)["claims/text.yaml"]
    outcome = run("-C", root, "resolve", "held-east", "held-west", "--found", "open", "--why", "asked: no answer", "--on", "2025-04-01")
    assert (outcome.code, outcome.err) == (0, "")
    after = texts_of(root)["claims/text.yaml"]
    assert after.startswith(before)
    added = after[len(before) :]
    assert added.startswith("\nresolutions:\n- {claims: [held-east, held-west], found: open, by: ")
    assert 'on: 2025-04-01, why: "asked: no answer", fingerprint: \'' in added
    assert run("-C", root, "check").code == 0
    assert run("-C", root, "resolve", "held-west", "held-east", "--found", "superseded", "--why", "mended", "--by", "X").code == 0
    assert "found: superseded, by: X" in texts_of(root)["claims/text.yaml"]
    assert "the two are resolved already" in could_not_run(
        run("-C", root, "resolve", "held-west", "held-east", "--found", "open", "--why", "so", "--by", "X")
    )


def test_a_resolution_that_no_longer_fits_is_written_anew(tmp_path: Path) -> None:
    root = resolved_at(tmp_path)
    path = root / "claims/text.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("said: 2025-03-01\n", "said: 2025-03-02\n", 1), encoding="utf-8")
    assert "N803" in run("-C", root, "check").out
    assert run("-C", root, "resolve", "held-east", "held-west", "--found", "explained", "--why", "still", "--by", "X").code == 0
    assert run("-C", root, "check").code == 0
    assert path.read_text(encoding="utf-8").count("fingerprint") == 1


@pytest.mark.parametrize(
    "arguments, said",
    [
        (
            ("held-east", "people-27000", "--found", "open", "--why", "so", "--by", "X"),
            "N804 `held-east` and `people-27000` do not contradict",
        ),
        (("held-east", "held-east", "--found", "open", "--why", "so", "--by", "X"), "is named twice"),
        (("held-east", "nobody", "--found", "open", "--why", "so", "--by", "X"), "no claim has the id nobody"),
        (("held-east", "held-west", "--found", "open", "--why", "so"), "git has no name for you here"),
        (("held-east", "held-west", "--found", "open", "--why", "so", "--by", "X", "--on", "yesterday"), "F203 `on: yesterday` is no date"),
    ],
)
def test_what_cannot_be_resolved_is_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    before = texts_of(root)
    assert said in could_not_run(run("-C", root, "resolve", *arguments))
    assert texts_of(root) == before


WORDS = "Millbrook is held by the east. At dawn, says the mayor, all was quiet.\n\nAt dawn, says the mayor, the bridge was shut. Read “our” news.\n"


def test_a_sentence_is_passed_over_in_the_seeds_own_letters(tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of([CLAIMS[0]], seed=WORDS))
    assert run("-C", root, "pass", "read", '"our"', "news", "--why", "advertisement").code == 2  # case and marks differ: no one level
    assert run("-C", root, "pass", 'Read "our" news.', "--why", "advertisement").code == 0
    assert run("-C", root, "pass", "At dawn, says the mayor, the bridge", "--why", "colour").code == 0
    assert texts_of(root)["claims/text.yaml"].endswith(
        'passed-over:\n- {quote: Read “our” news., why: advertisement}\n- {quote: "At dawn, says the mayor, the bridge", why: colour}\n'
    )
    assert "stand more than once (text.txt line 1, text.txt line 3)" in could_not_run(
        run("-C", root, "pass", "At dawn, says", "--why", "so")
    )
    assert "no seed has these words" in could_not_run(run("-C", root, "pass", "nothing of the kind", "--why", "so"))


def test_words_are_found_and_lines_to_paste_are_printed(tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of([CLAIMS[0]], seed=WORDS))
    assert run("-C", root, "quote", "says the mayor").out.splitlines() == [
        "seeds/text.txt, line 1 (claims/text.yaml)",
        "  At dawn, «says the mayor», all was quiet.",
        "  quote: says the mayor",
        '  after: ", all"',
        "",
        "seeds/text.txt, line 3 (claims/text.yaml)",
        "  At dawn, «says the mayor», the bridge was shut.",
        "  quote: says the mayor",
        '  after: ", the"',
    ]
    assert run("-C", root, "quote", "the bridge .. news").out.splitlines()[-1] == "  quote: the bridge was shut. Read “our” news"
    near = run("-C", root, "quote", "the mayor say the bridge was open")
    assert near.code == 0 and "the nearest passage" in near.out
    assert run("-C", root, "quote", "nothing of the kind") == (1, "no seed has these words, or any near to them\n", "")
