"""Nothing that is shown cut is cut inside a word, or a letter with its marks."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from branches import commit, git, repository_at
from running import run
from small import CLAIMS, file_of, ledger_at

from ledger.texts.cutting import beginning, ending, inside_letter, inside_word
from ledger.texts.display import shorten

WORDS = {
    "Spanish": "El ministerio ha llamado de víctimas a treinta y cuatro personas, según la información. ",
    "decomposed": "Mais l’été dernier, les élèves de la forêt étaient là. ",
    "Hindi": "मंत्रालय ने कहा कि क्षत्रिय पुल खुला है। ",
    "Ukrainian": "Міністерство заявило, що об'єкт п’ятої бригади зруйновано. ",
    "Korean": "국방부는 다리가 열려 있다고 밝혔다. ",
    "figures": "Some 27,000 people and 1.250.000 others left at 12:30 by well-known roads. ",
}


def whole_words(text: str) -> set[str]:
    """The words of a text."""
    return set(re.findall(r"[^\s…]+", text))


@pytest.mark.parametrize("language", WORDS)
def test_words_stay_whole(language: str) -> None:
    text = WORDS[language] * 3
    known = whole_words(text) | {word.rstrip(",.।") for word in whole_words(text)}
    for most in range(30, len(text)):
        for cut in (beginning(text, most), ending(text, most), shorten(text, most)):
            assert len(cut) <= most
            assert whole_words(cut) <= known, (most, cut)
        assert text.startswith(beginning(text, most)) and text.endswith(ending(text, most))
        assert len(beginning(text, most)) > most // 2 and len(ending(text, most)) > most // 2


@pytest.mark.parametrize("letter", ["e\u0301", "क्ष", "👩‍👩‍👧", "🇺🇦", "👍🏽", "가\u11a8", "한", "❤️", "\u1100\u1161\u11a8"])
def test_letters_stay_whole(letter: str) -> None:
    text = letter * 40
    for most in range(len(letter), len(text)):
        for cut in (beginning(text, most), ending(text, most)):
            assert cut and len(cut) <= most and cut == letter * (len(cut) // len(letter)), (most, cut)


@pytest.mark.parametrize("text", ["ministério" * 50, "部长说大桥已经开放" * 50, "a" + "\u0301" * 300, "\u200d" * 300, "🇺🇦" * 90])
def test_what_has_no_place_to_be_cut_is_cut_all_the_same(text: str) -> None:
    for most in (1, 2, 10, 100):
        for cut in (beginning(text, most), ending(text, most)):
            assert 0 < len(cut) <= most


def test_what_joins_and_what_does_not() -> None:
    assert inside_word("llamado", 3) and inside_word("об'єкт", 2) and inside_word("27,000", 2) and not inside_word("a. b", 2)
    assert not inside_word("大桥", 1) and not inside_letter("大桥", 1)
    assert not inside_word("one 'two'", 4) and not inside_word("one, two", 3)
    assert inside_letter("🇺🇦🇺🇦", 3) and not inside_letter("🇺🇦🇺🇦", 2)


def cut_words(out: str, seed: str) -> set[str]:
    """The words beside an ellipsis in a report that are no words of the seed."""
    known = {word.strip(".,;:[]«»\"'`") for word in seed.split()}
    beside = re.findall(r"… (\S+)|(\S+) …", out)
    return {word.strip(".,;:[]«»\"'`*") for pair in beside for word in pair if word} - known - {""}


@pytest.mark.parametrize("shift", range(12))
def test_no_report_cuts_a_word_beside_a_quote(tmp_path: Path, shift: int) -> None:
    chance = random.Random(shift)
    words = [word for text in WORDS.values() for word in text.replace(".", ",").split()]
    around = ["x" * (shift + 1), *(chance.choice(words) for _ in range(300))], [chance.choice(words) for _ in range(300)]
    claim = {**CLAIMS[0], "id": "held-long"}
    seed = f"{' '.join(around[0])} {claim['quote']} {' '.join(around[1])}.\n"
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "long")
    ledger_at(tmp_path, file_of([claim], "long.txt", seed, published="2025-03-31"))
    commit(tmp_path, "a long text")
    for arguments in (["review", "main"], ["review", "main", "--format", "markdown"], ["conflicts"], ["claims"]):
        out = run("-C", tmp_path, *arguments).out
        assert "…" in out or arguments[0] == "claims"
        assert not cut_words(" ".join(out.replace("\\", "").split()), seed), arguments


def test_an_excerpt_of_a_file_shows_whole_words(tmp_path: Path) -> None:
    long = "note: " + WORDS["Spanish"] * 4 + "\n"
    for number in range(9):
        ledger_at(tmp_path, file_of(CLAIMS, title="x" * number + " " + WORDS["Spanish"] * 2 + "\u00ad" + WORDS["Spanish"] * 3))
        out = run("-C", tmp_path, "check").out
        line = next(line for line in out.split("\n") if "<U+00AD>" in line and " | " in line)
        shown = line.partition(" | ")[2].replace("<U+00AD>", " ")
        assert "…" in shown
        assert whole_words(shown) <= whole_words(long) | {"title:", "x" * number}, shown
