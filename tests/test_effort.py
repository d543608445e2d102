"""Small files that would cost much: the work done for them grows no faster than they do.

Each of these once took from a minute to hours. The guard is generous: what is measured is not speed, but whether the cost of an
input is out of all proportion to its size.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from running import run, run_outside
from small import VOCABULARY, Fields, file_of, ledger_at

from ledger import occurrences
from ledger.occurrences import Effort, Searched
from ledger.seeds import Seed
from ledger.text import MOST_MARKS, mark_flood

QUOTE = "Millbrook is held by the east"
CLAIM: Fields = {"id": "a", "value": "east", "said": "2025-03-01", "quote": QUOTE}


def claims_with(quotes: list[str], **fields: str) -> list[Fields]:
    """A claim for each quote."""
    return [{**CLAIM, "id": f"c{number}", "quote": json.dumps(quote), **fields} for number, quote in enumerate(quotes)]


def check(folder: Path, *arguments: str) -> str:
    """What `check` prints, in a process that is ended after two minutes."""
    outcome = run_outside("-C", folder, "check", "--format", "concise", *arguments)
    assert outcome.code in (0, 1) and outcome.err == "", outcome
    return outcome.out


# -- seeds -----------------------------------------------------------------------------------------------------------------------

SENTENCES = " ".join(f"Millbrook w{number} is reportedly held by t{number}." for number in range(100_000))
HOSTILE_SEEDS = {
    "full stops": ("a " + "." * 300_000 + "a. " + QUOTE + ".", claims_with([QUOTE])),
    "omissions": ("ab " * 100_000 + QUOTE, claims_with(["ab [...] zz"] * 20)),
    "omissions far apart": ("ab " * 100_000 + "zz " + QUOTE, claims_with(["ab [...] zz"] * 20, before="q")),
    "before": ("ab " * 100_000 + QUOTE, claims_with(["ab"] * 20, before="zz")),
    "before, joined": ("xq ab " * 100_000 + QUOTE, claims_with(["ab"] * 200, before="q")),
    "one paragraph": (SENTENCES, claims_with([f"w{number} is reportedly held by t{number}" for number in range(1000)])),
    "one sentence": (
        SENTENCES.replace(".", ""),
        claims_with([f"w{number} is reportedly held" for number in range(1000)], hedge="reportedly"),
    ),
    "other case": (SENTENCES[:390_000], claims_with([f"W{number} IS REPORTEDLY" for number in range(2000)])),
    "repeated words": ("a b " * 90_000 + QUOTE, claims_with(["b a a b " * 240 + f"q{number}" for number in range(40)])),
    "a word everywhere": ("x y " * 300_000 + QUOTE, claims_with([f"x y x y{number}" for number in range(2000)])),
}


@pytest.mark.parametrize("name", HOSTILE_SEEDS)
def test_a_hostile_seed_costs_no_more_than_its_length(tmp_path: Path, name: str) -> None:
    seed, claims = HOSTILE_SEEDS[name]
    check(ledger_at(tmp_path, file_of(claims, seed=seed)))


def test_passed_over_sentences_are_looked_up(tmp_path: Path) -> None:
    seed = " ".join(f"Millbrook is held {number}." for number in range(20_000))
    passed = "".join(f"- {{quote: is held {number}., why: x}}\n" for number in range(20_000))
    out = check(ledger_at(tmp_path, file_of(claims_with(["Millbrook is held 7."]), seed=seed, tail="passed-over:\n" + passed)))
    assert "20 000" not in out and "Q317" not in out


def test_quotes_are_given_up_only_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(occurrences, "MOST_EFFORT", 1_000_000)
    folder = ledger_at(tmp_path, file_of(claims_with(["ab"] * 20, before="zz"), seed="ab " * 10_000 + QUOTE))
    found = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    assert {each["message"] for each in found if each["code"] == "Q301"} == {"the quote was not looked for"}
    assert json.loads(run("-C", folder, "conflicts", "--format", "json").out)["left_out"] == sorted(f"c{number}" for number in range(20))


def test_looking_up_by_words_finds_what_reading_finds() -> None:
    rng = random.Random(4)
    alphabet = ["ab", "b", "abab", "ba", "ʼb", "é", "e\u0301", "1,000", "a-b", "(b)", "«", "x" * 9]
    for _ in range(400):
        text = " ".join(rng.choice(alphabet) for _ in range(rng.randint(1, 60)))
        start = rng.randrange(len(text))
        piece = text[start : start + rng.randint(1, 25)].strip() if rng.random() < 0.8 else "ab b x"
        if not piece:
            continue
        expected, place = [], text.find(piece)
        while place >= 0:
            expected.append(place)
            place = text.find(piece, place + 1)
        searched = Searched(text, Effort())
        tried = searched.starts_tried(piece)
        assert tried is None or set(expected) <= set(tried), (text, piece)
        assert tried is None or tried == sorted(tried)


def test_long_seeds_are_searched_like_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    for _ in range(300):
        words = [rng.choice(["ab", "b", "aba", "a", "“b”", "b’s", "b's"]) for _ in range(40)]
        text = "".join(word + rng.choice([" ", " ", " ", "\n\n"]) for word in words)
        quote = " ".join(words[3 : 3 + rng.randint(1, 5)]) + rng.choice(["", " [...] " + " ".join(words[20:22])])
        before, after = rng.choice([(None, None), (words[2], None), (None, "ab")])
        answers = []
        for long in (0, 10**9):
            monkeypatch.setattr(occurrences, "LONG_TEXT", long)
            answers.append(Seed("text.txt", text.encode()).find(quote, before, after))
        assert answers[0] == answers[1], (text, quote, before, after)


# -- marks -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [*range(MOST_MARKS - 2, MOST_MARKS + 3), 127, 128, 129, 1000])
@pytest.mark.parametrize("lead", ["", "e", "x" * 63, "x" * 64, "«" * 70 + "é"])
def test_more_marks_than_any_letter_bears_are_seen(length: int, lead: str) -> None:
    text = lead + "\u0301" * length + "x"
    assert mark_flood(text) == (len(lead) if length > MOST_MARKS else -1)


def test_a_flood_of_marks_is_refused_before_it_is_composed(tmp_path: Path) -> None:
    flood = "e" + "\u0301\u0323" * 100_000
    seed = ledger_at(tmp_path / "seed", file_of([CLAIM], seed=f"{QUOTE}\n{flood}"))
    assert "more than 64 combining marks behind each other in line 2" in check(seed)
    claims = ledger_at(tmp_path / "claims", file_of([CLAIM], note=flood))
    assert "Y117 more than 64 combining marks" in check(claims)
    escaped = ledger_at(tmp_path / "escaped", file_of([CLAIM], note='"' + "\\u0301" * 3000 + '"'))
    assert "Y117 more than 64 combining marks" in check(escaped)
    key = ledger_at(tmp_path / "key", file_of([CLAIM], **{'"' + "\\u0301" * 100 + '"': "x"}))
    assert "Y117 more than 64 combining marks" in check(key)


def test_a_flood_of_marks_in_the_vocabulary_is_trouble(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY + "title: " + "\u0301" * 65 + "\n")
    code, out, err = run("-C", folder, "check")
    assert (code, out) == (2, "") and "combining marks" in err
