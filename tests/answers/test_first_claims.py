"""A ledger before its first claim: the sentences of a seed are listed, and `check` still finds nothing to check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run
from small import VOCABULARY, could_not_run, file_of, ledger_at

SEED = "Millbrook is held by the east. Nobody counted the dead.\n\nLorries pass again.\n"
OPEN = ["Millbrook is held by the east.", "Nobody counted the dead.", "Lorries pass again."]
BEGUN = file_of([], seed=SEED)
HEADS = {
    "an empty list": BEGUN,
    "nothing behind `claims`": {**BEGUN, "claims/text.yaml": BEGUN["claims/text.yaml"].replace("claims: []", "claims:")},
    "no `claims` yet": {**BEGUN, "claims/text.yaml": BEGUN["claims/text.yaml"].replace("claims: []\n", "")},
    "the name of the seed alone": {**BEGUN, "claims/text.yaml": "seed: text.txt\n"},
    "no claims file": {"seeds/text.txt": SEED},
}


@pytest.mark.parametrize("how", HEADS)
@pytest.mark.parametrize("vocabulary", [VOCABULARY, "format: 1\nlanguage: en\n"])
def test_the_sentences_of_a_seed_before_the_first_claim(tmp_path: Path, how: str, vocabulary: str) -> None:
    folder = ledger_at(tmp_path, HEADS[how], vocabulary)
    for name in ("text.txt", "seeds/text.txt"):
        code, out, err = run("-C", folder, "seeds", name, "--open")
        assert (code, err) == (0, "")
        assert out.startswith("seeds/text.txt: 3 sentences, 0 bear a claim, 0 passed over, 3 open")
        assert [line.partition("open: ")[2] for line in out.split("\n") if " open: " in line] == OPEN
    listed = json.loads(run("-C", folder, "seeds", "text.txt", "--open", "--format", "json").out)["seeds"]
    assert [sentence["text"] for sentence in listed[0]["text"]] == OPEN
    assert ("no claims file names it yet" in out) == (how == "no claims file") == (listed[0]["path"] is None)
    assert run("-C", folder, "seeds").code == 0 and "text.txt" in run("-C", folder, "seeds").out


@pytest.mark.parametrize("how", ["an empty list", "nothing behind `claims`"])
def test_a_text_from_which_nothing_was_read_yet_is_told_in_the_counts(tmp_path: Path, how: str) -> None:
    code, out, _ = run("-C", ledger_at(tmp_path, HEADS[how]), "check")
    assert code == 0 and "checked 0 claims in 1 file, 1 seed" in out


def test_without_any_claims_file_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert "nothing to check" in could_not_run(run("-C", ledger_at(tmp_path, HEADS["no claims file"]), "check"))


def test_a_seed_that_is_none_is_no_bug(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, {})
    (folder / "seeds").mkdir()
    (folder / "seeds" / "text.txt").write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in could_not_run(run("-C", folder, "seeds", "text.txt", "--open"))
    assert "no seed is called txet.txt: did you mean `text.txt`?" in could_not_run(run("-C", folder, "seeds", "txet.txt"))


def test_the_sentences_that_nobody_has_read_are_those_of_every_seed(tmp_path: Path) -> None:
    """Also of a seed that no claims file names; what can't be shown, or may be named in a file that was refused, is named itself."""
    folder = ledger_at(tmp_path, {**BEGUN, "seeds/later.txt": "The bridge stands."})
    assert "1 open: The bridge stands." in run("-C", folder, "seeds", "--open").out
    listed = json.loads(run("-C", folder, "seeds", "--open", "--format", "json").out)
    assert [(row["seed"], row["path"], row["open"]) for row in listed["seeds"]] == [
        ("later.txt", None, 1),
        ("text.txt", "claims/text.yaml", 3),
    ]
    assert listed["without_claims"] == ["later.txt"]
    (folder / "seeds" / "odd.txt").write_bytes(b"\xff\xfe")
    code, out, _ = run("-C", folder, "seeds", "--open")
    assert code == 0 and "The bridge stands." in out and "names: odd.txt" in out
    (folder / "claims" / "later.yaml").write_text("seed: [", encoding="utf-8")
    out = run("-C", folder, "seeds", "--open").out
    assert (
        "The bridge stands." not in out
        and "names: later.txt, odd.txt" in out
        and "not read (see `ledger check`): 1 file: claims/later.yaml" in out
    )


def test_what_no_claims_file_names_is_not_what_was_not_asked_for(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, {**BEGUN, "seeds/later.txt": "The bridge stands."})
    for name in ("text.txt", "later.txt"):
        assert json.loads(run("-C", folder, "seeds", name, "--format", "json").out)["without_claims"] == ["later.txt"]
