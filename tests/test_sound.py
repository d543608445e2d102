"""Claims that are passed over because nothing was found in others of their kind are claims in which the rules find nothing."""

from __future__ import annotations

import random
import re

import pytest
from running import ROOT

from ledger.checks.runner import check_file
from ledger.checks.sound import Sound
from ledger.diagnostic import Trouble
from ledger.loader import load
from ledger.model import Ledger
from ledger.selftest.corpus import read_corpus
from ledger.trees import MemoryTree


def same(ledger: Ledger, sound: Sound) -> int:
    """Check every file with what was learnt and without: the same is found. Gives how many claims were passed over."""
    passed = 0
    for file in ledger.files:
        passed += len(file.claims) - len(sound.unusual(file, True))
        expected = check_file(file, ledger)
        assert check_file(file, ledger, sound=sound) == expected
        assert check_file(file, ledger, sound=sound) == expected, "once more, now that it has learnt from this file"
    return passed


@pytest.mark.parametrize("good", [True, False])
def test_every_case_is_found_with_what_was_learnt(good: bool) -> None:
    for case in read_corpus():
        if case.good == good and not case.special:
            try:
                ledger = load(MemoryTree(dict(case.files)))
            except Trouble:
                continue
            same(ledger, Sound())


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_bytes() for folder in ("claims", "seeds") for path in (ROOT / folder).iterdir()}
TEXTS["ledger.yaml"] = (ROOT / "ledger.yaml").read_bytes()
FIELD = re.compile(r"^  ([a-z-]+): (.*)$", re.MULTILINE)
VALUES = {
    "property": ["control", "entry", "withdrawal", "population", "nosuch"],
    "subject": ["ukraine", "russia", "moon"],
    "value": ["russia", "27000", "27.000", "8.5", "about 5", "1923-04", "contested"],
    "extent": ["all", "part", "30%", "30.125%", "none", "150%"],
    "stance": ["asserts", "denies", "doubts", "expects", "claims"],
    "said": ["2022-09-10", "2022-09-31", "10.09.2022", "2030", "2022"],
    "holds": ["2022-09-10", "2022-09/..", "../2022-09-10", "2022-09-10/2022-09-01", "2030-01-01", "someday"],
    "place": ["kupiansk", "nowhere"],
    "claimant": ["russian-army", "nobody"],
    "via": ["[reuters]", "[nobody]"],
    "hedge": ["skal ha", "perhaps"],
    "translation": ["", "The same."],
    "quote": ["no such words", "x", "Ukraine"],
    "before": ["nothing"],
    "id": ["Bad Id", "another"],
}


def edited(rng: random.Random, text: str) -> str:
    """A claims file in which a hand wrote other values, left fields out or added some."""
    for _ in range(rng.randint(1, 6)):
        found = list(FIELD.finditer(text))
        at = rng.choice(found)
        field = rng.choice([at[1], *VALUES])
        line = f"  {field}: {rng.choice(VALUES.get(field, ['x']))}"
        kind = rng.randrange(5)
        if kind == 4:  # nothing but the day of what happened, far ahead
            days = list(re.finditer(r"^  holds: ([0-9-]+)$", text, re.MULTILINE))
            day = rng.choice(days) if days else None
            text = text if day is None else text[: day.start(1)] + "2031-01-01" + text[day.end(1) :]
        elif kind == 0:
            text = text[: at.start()] + text[at.end() + 1 :]
        elif kind == 1 and field != at[1]:
            text = text[: at.start()] + line + "\n" + text[at.start() :]
        else:
            text = text[: at.start()] + f"  {at[1]}: {rng.choice(VALUES.get(at[1], ['x']))}" + text[at.end() :]
    return text


@pytest.mark.parametrize("seed", range(12))
def test_what_a_hand_breaks_is_found_with_what_was_learnt(seed: int) -> None:
    rng = random.Random(seed)
    sound = Sound()
    whole = load(MemoryTree(TEXTS))
    same(whole, sound)
    assert same(whole, sound) > 80, "many claims are passed over"
    paths = [path for path in TEXTS if path.startswith("claims/")]
    for _ in range(8):
        path = rng.choice(paths)
        ledger = load(MemoryTree(TEXTS | {path: edited(rng, TEXTS[path].decode()).encode()}))
        same(ledger._replace(files=tuple(file for file in ledger.files if file.path == path)), sound)
