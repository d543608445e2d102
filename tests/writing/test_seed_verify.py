"""`ledger seed verify`: its five answers, told apart, with real files; forged and damaged originals are found."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from branches import git
from originals import STORY, page, pdf
from running import Outcome, run
from small import could_not_run, ledger_at

VOCABULARY = """format: 1
language: en
places:
  millbrook: {kind: town, names: {en: Millbrook}}
claimants:
  mayor: {name: The mayor, kind: person}
properties:
  deaths: {title: how many have died, quantity: people, cumulative: true}
  missing: {title: how many are missing, quantity: people, lasts: P3D}
"""
CLAIMS = """claims:
- id: twelve-dead
  place: millbrook
  property: deaths
  value: ">=12"
  claimant: mayor
  said: 2026-03-14
  quote: At least twelve people have died in Millbrook
- id: thirty-missing
  place: millbrook
  property: missing
  value: ">=30"
  claimant: mayor
  said: 2026-03-14
  quote: Thirty more are missing
"""
CUT = ("--from", "At least twelve", "--to", "until further notice.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with a seed made of a page, and two claims out of it."""
    folder = ledger_at(tmp_path / "ledger", {}, VOCABULARY)
    (tmp_path / "page.html").write_bytes(page().encode())
    assert run("seed", "add", tmp_path / "page.html", *CUT, "--name", "flood", "-C", folder).code == 0
    head = folder / "claims" / "flood.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("claims: []\n", CLAIMS), encoding="utf-8")
    assert run("-C", folder, "check").code == 0
    return folder


def verified(folder: Path, *arguments: str) -> Outcome:
    return run("-C", folder, "seed", "verify", *arguments)


def change(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of the ledger."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def record(folder: Path) -> None:
    """Write the digests of the files as they are now into the head, as somebody does who wants it to look right."""
    head = folder / "claims" / "flood.yaml"
    lines = head.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        if line.startswith("sha256:"):
            lines[number] = f"sha256: {sha256((folder / 'seeds' / 'flood.txt').read_bytes()).hexdigest()}"
        elif line.startswith("  sha256:"):
            lines[number] = f"  sha256: {sha256((folder / 'originals' / 'flood.html').read_bytes()).hexdigest()}"
    head.write_text("\n".join(lines), encoding="utf-8")


def answer(folder: Path, code: int) -> str:
    """What is said of the one seed."""
    outcome = verified(folder)
    assert (outcome.code, outcome.err) == (code, "")
    line, counted, _ = outcome.out.split("\n")
    assert counted == "1 seed tried" and line.startswith("seeds/flood.txt: ")
    return line.removeprefix("seeds/flood.txt: ")


def test_same_bytes(folder: Path) -> None:
    assert answer(folder, 0) == "same bytes"


def test_same_words(folder: Path) -> None:
    (folder / "seeds" / "flood.txt").write_text(STORY.replace(". ", ".\n").replace("\n\n", "\n \n"), encoding="utf-8")
    record(folder)
    assert answer(folder, 0) == "same words (white space differs)"


def test_all_quotes_stand(folder: Path) -> None:
    change(folder, "seeds/flood.txt", "carried cars away", "carried lorries away")
    record(folder)
    assert answer(folder, 0) == "all quotes stand (other words differ)"


def test_a_seed_that_was_changed_is_found_whatever_stands_in_its_original(folder: Path) -> None:
    """The words of a quote, changed in the seed alone: they still stand in the page, and that says nothing of the seed."""
    change(folder, "seeds/flood.txt", "Thirty more", "Forty more")
    digest = sha256((folder / "seeds" / "flood.txt").read_bytes()).hexdigest()
    assert answer(folder, 1) == f"differs (seeds/flood.txt is not what was recorded: its sha256 is {digest})"


def test_a_seed_that_was_changed_is_found_where_no_original_was_kept(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger", {}, VOCABULARY)
    (tmp_path / "radio.txt").write_text("Thirty more are missing.\n", encoding="utf-8")
    assert (
        run("seed", "add", tmp_path / "radio.txt", "--published", "2026-03-14", "--language", "en", "--name", "flood", "-C", folder).code
        == 0
    )
    assert answer(folder, 0) == "same bytes"
    change(folder, "seeds/flood.txt", "Thirty", "Forty")
    assert answer(folder, 1).startswith("differs (seeds/flood.txt is not what was recorded: its sha256 is ")


def test_line_ends_that_a_checkout_rewrote_are_the_same_words(folder: Path) -> None:
    seed = folder / "seeds" / "flood.txt"
    seed.write_bytes(seed.read_bytes().replace(b"\n", b"\r\n"))
    assert answer(folder, 0) == "same words (white space differs)"


def test_it_differs_where_a_quote_is_lost(folder: Path) -> None:
    """The seed and the claim were changed together, and every digest of the seed with them: only the original knows better."""
    change(folder, "seeds/flood.txt", "Thirty more", "Forty more")
    change(folder, "claims/flood.yaml", "Thirty more", "Forty more")
    change(folder, "claims/flood.yaml", '">=30"', '">=40"')
    record(folder)
    assert run("-C", folder, "check").code == 0
    assert answer(folder, 1) == "differs (the text that is made now is another); quotes lost: thirty-missing"
    row = json.loads(verified(folder, "--format", "json").out)["seeds"][0]
    assert (row["answer"], row["lost"]) == ("differs", ["thirty-missing"])


def test_an_original_that_is_not_here_could_not_be_tried(folder: Path) -> None:
    (folder / "originals" / "flood.html").unlink()
    assert answer(folder, 1) == "could not be tried (originals/flood.html is not here)"


@pytest.mark.parametrize(
    "data", [b"", page().replace("Thirty", "Forty").encode(), page().encode()[:-1], page().encode() + b" ", b"\0" * 100], ids=range(5)
)
def test_an_original_that_was_forged_or_damaged_is_found(folder: Path, data: bytes) -> None:
    (folder / "originals" / "flood.html").write_bytes(data)
    assert answer(folder, 1) == f"differs (originals/flood.html is not what was captured: its sha256 is {sha256(data).hexdigest()})"


def test_an_original_that_was_forged_with_its_digest_is_found(folder: Path) -> None:
    change(folder, "originals/flood.html", "Thirty more", "Forty more")
    record(folder)
    assert answer(folder, 1) == "differs (the text that is made now is another); quotes lost: thirty-missing"


def test_words_to_cut_by_that_are_gone(folder: Path) -> None:
    change(folder, "claims/flood.yaml", "from: At least twelve", "from: At most twelve")
    assert (
        answer(folder, 1)
        == "differs (`At most twelve` does not stand in the text: the text can't be cut there); quotes lost: twelve-dead, thirty-missing"
    )


def test_a_text_made_by_hand_is_looked_for_in_the_page(folder: Path) -> None:
    change(
        folder,
        "claims/flood.yaml",
        "text:\n  by: ledger-html 1\n  from: At least twelve\n  to: until further notice.\n",
        "text: {by: hand}\n",
    )
    assert answer(folder, 0) == "same words (taken by hand)"
    change(folder, "seeds/flood.txt", "carried cars away", "carried lorries away")
    record(folder)
    assert answer(folder, 0) == "all quotes stand (other words differ)"


@pytest.mark.parametrize(
    "old, new, why",
    [
        ("by: ledger-html 1", "by: FineReader 16.0", "the text was made by FineReader 16.0, which is not at hand here"),
        ("text:\n  by: ledger-html 1\n  from: At least twelve\n  to: until further notice.\n", "", "the head does not say how the text was made (`text`)"),
        ("- file: flood.html\n  sha256", "- sha256", "the original is known by its digest alone"),
        ("file: flood.html", "file: ../page.html", "`../page.html` is no name of a file in originals/"),
        ("seed: flood.txt", "seed: flod.txt", ""),
    ],
)  # fmt: skip
def test_what_could_not_be_tried_and_why(folder: Path, old: str, new: str, why: str) -> None:
    change(folder, "claims/flood.yaml", old, new)
    outcome = verified(folder)
    assert outcome.code == 1 and f"could not be tried ({why or 'there is no seeds/flod.txt'})" in outcome.out


def test_no_link_is_followed_out(folder: Path) -> None:
    path = folder / "originals" / "flood.html"
    outside = folder.parent / "outside.html"
    path.rename(outside)
    path.symlink_to(outside)
    assert answer(folder, 1) == "could not be tried (originals/flood.html is a symbolic link, not a plain file)"
    path.unlink()
    (folder / "originals").rmdir()
    (folder.parent / "elsewhere").mkdir()
    outside.rename(folder.parent / "elsewhere" / "flood.html")
    (folder / "originals").symlink_to(folder.parent / "elsewhere")
    assert answer(folder, 1).startswith("could not be tried (originals/flood.html is behind originals, which is a symbolic link")


def test_another_version_of_a_program_is_named(folder: Path) -> None:
    (folder.parent / "a.pdf").write_bytes(pdf())
    assert run("seed", "add", folder.parent / "a.pdf", "--published", "2026-03-14", "--name", "report", "-C", folder).code == 0
    assert verified(folder, "report").out.startswith("seeds/report.txt: same bytes")
    change(folder, "claims/report.yaml", "by: pypdf ", "by: pypdf 0.")
    change(folder, "seeds/report.txt", "At least", "At most")
    outcome = verified(folder, "report")
    assert outcome.code == 1 and "differs (the text that is made now is another, by pypdf " in outcome.out


def test_what_names_no_original_is_counted_apart(folder: Path) -> None:
    (folder / "seeds" / "other.txt").write_text("The dam holds.")
    (folder / "claims" / "other.yaml").write_text(f"seed: other.txt\nsha256: {'0' * 64}\nlanguage: en\npublished: 2026-03-14\nclaims: []\n")
    assert verified(folder).out.endswith("1 seed tried; 1 seed names no original\n")
    assert json.loads(verified(folder, "--format", "json").out)["without_original"] == ["other.txt"]
    assert "names no `original`: there is nothing to hold a seed against" in could_not_run(verified(folder, "other.txt"))
    (folder / "claims" / "flood.yaml").unlink()
    assert "no claims file names an `original`" in could_not_run(verified(folder))


def test_a_commit_is_verified_as_it_was(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    (folder / "originals" / "flood.html").write_text("forged")
    assert verified(folder, "--rev", "HEAD").code == 0
    assert verified(folder).code == 1
