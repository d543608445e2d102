"""What letters are folded to: ids that people can read, and words that are found as a keyboard without them types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run
from small import CLAIMS, VOCABULARY, file_of, ledger_at

from ledger.texts.folding import lowered, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Kupiansk – Куп'янськ, été!", "kupiansk-ete"),
        ("Bigalı", "bigali"),
        ("İstanbul Valiliği", "istanbul-valiligi"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("ĐAKOVO", "dakovo"),
        ("Straße", "strasse"),
        ("Bakı, Gəncə", "baki-gence"),
        ("Київ", ""),
    ],
)
def test_an_id_has_every_letter_of_a_name(text: str, made: str) -> None:
    assert slug(text) == made


def test_small_letters_stand_where_the_large_ones_did() -> None:
    assert lowered("İzmir, IĞDIR, ŞİLE") == "izmir, iğdir, şile"


@pytest.mark.parametrize("typed", ["kontrol altina alindi", "KONTROL ALTINA ALINDI", "istanbul", "İSTANBUL", "lodz", "Łódz", "gence"])
def test_words_are_found_as_a_keyboard_without_their_letters_types_them(tmp_path: Path, typed: str) -> None:
    text = "İstanbul'da yangın kontrol altına alındı. Łódź, Gəncə.\n"
    ledger_at(tmp_path, file_of(CLAIMS))
    (tmp_path / "fire.txt").write_text(text, encoding="utf-8")
    assert (
        run("seed", "add", tmp_path / "fire.txt", "--published", "2026-08-11", "--language", "tr", "--name", "fire", "-C", tmp_path).code
        == 0
    )
    found = run("quote", typed, "-C", tmp_path)
    assert found.code == 0 and "«" in found.out and "the nearest passage" not in found.out


def test_a_name_with_a_dotted_capital_stands_in_its_paragraph(tmp_path: Path) -> None:
    ledger_at(tmp_path, {}, VOCABULARY.replace("places:\n", "places:\n  istanbul: {kind: city, names: {tr: İstanbul}}\n"))
    (tmp_path / "fire.txt").write_text("İstanbul'da 5 kişi öldü.\n", encoding="utf-8")
    assert (
        run("seed", "add", tmp_path / "fire.txt", "--published", "2026-08-11", "--language", "tr", "--name", "fire", "-C", tmp_path).code
        == 0
    )
    fields = {"place": "İstanbul", "property": "people", "value": "5", "claimant": "ministry", "said": "2026-08-11"}
    options = [word for name, text in fields.items() for word in (f"--{name}", text)]
    written = run("new", *options, "--quote", "5 kişi öldü", "--translation", "five people died", "-C", tmp_path)
    assert written.code == 0 and "Q314" not in written.out
