"""One character changed, in a quote or in the passage of the seed: found by `check`, unless the quote still stands there.

    python tests/prove/prove_changes.py 10000         # how many changes; the long run of `make prove`

Whether it still stands is asked of the second reader, never of the program.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import unicodedata
from collections import Counter
from typing import NamedTuple

from prove_reading import VOCABULARY
from second_reader import alike, read_seed, search_for
from yaml_writing import WORDS, a_seed

from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.rules import check_ledger

LOOK_ALIKE = {
    **dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True)),
    **dict(zip("асеорхуіАВСЕНКМОРТХ", "aceopxyiABCEHKMOPTX", strict=True)),
    "'": "’",
    "’": "'",
    '"': "”",
    "“": '"',
    "-": "–",
    "–": "-",
    " ": "\u00a0",
    "0": "O",
    "O": "0",
    "1": "l",
    "l": "1",
    "å": "ȧ",
    "ș": "ş",
}
PUT_IN = [*"aZ9 .,-'\"éяії中", "\u200b", "\u00ad", "\u0301", "\u202e", "\u00a0", "\n", "[...]", "\ufeff", "\U0001f600"]
HEAD = "seed: text.txt\nsha256: {}\nlanguage: en\npublished: 2025-03-10\nclaims:\n"
CLAIM = "- {{id: a, place: millbrook, property: nickname, value: x, claimant: gazette, said: 2025-03-01, quote: {}}}\n"
NOT_THERE = {"Q301", "Q302", "Q303", "Q304"}


class Change(NamedTuple):
    """What was changed: the seed and the quote, before and after."""

    where: str
    seed: str
    quote: str
    before: tuple[str, str]


def changed(rng: random.Random, text: str, first: int, last: int) -> str:
    """A text with one character between two offsets replaced, deleted, put in, doubled or swapped for one that looks alike."""
    place = rng.randrange(first, last)
    char = text[place]
    new = rng.choice(
        (
            "",
            char * 2,
            char.swapcase(),
            LOOK_ALIKE.get(char, "x"),
            rng.choice(PUT_IN),
            rng.choice(PUT_IN) + char,
            chr(rng.randrange(32, 0x3000)),
        )
    )
    return text[:place] + new + text[place + 1 :]


def a_change(rng: random.Random) -> Change:
    """A seed, a quote that stands in it, and a change of one of the two."""
    seed = a_seed(rng)
    words = seed.split()
    start = rng.randrange(max(1, len(words) - 3))
    end = min(len(words), start + rng.randint(2, 10))
    quote = " ".join(words[start:end])
    if rng.random() < 0.2 and end - start > 3:
        quote = f"{' '.join(words[start : start + 2])} [...] {' '.join(words[end - 2 : end])}"
    if rng.random() < 0.5:
        return Change("quote", seed, changed(rng, quote, 0, len(quote)), (seed, quote))
    place = seed.find(words[start])
    return Change("seed", changed(rng, seed, place, min(len(seed), place + len(quote) + 2)), quote, (seed, quote))


def codes_of(seed: str, quote: str, sha256: str) -> set[str]:
    """The rules that find something in a ledger with one claim."""
    claims = HEAD.format(sha256) + CLAIM.format('"' + "".join(f"\\U{ord(char):08x}" for char in quote) + '"')
    files = {"ledger.yaml": VOCABULARY, "seeds/text.txt": seed.encode(), "claims/text.yaml": claims.encode()}
    return {found.code for found in check_ledger(load(MemoryTree(files))).diagnostics}


def why_wrong(change: Change) -> str:
    """Why `check` was wrong about a change, or an empty text."""
    data = change.seed.encode()
    codes = codes_of(change.seed, change.quote, hashlib.sha256(data).hexdigest())
    seed = read_seed(data)
    exact, _ = search_for(seed, change.quote, "", "", lambda text: text)
    near, _ = search_for(seed, change.quote, "", "", alike)
    letters = [sum(char.isalnum() for char in piece) for piece in change.quote.split("[...]") if piece.strip()]
    short = sum(letters) < 2 or 0 in letters
    wanted = (
        {"Q303"}
        if short
        else {"Q302"}
        if exact > 1
        else set()
        if exact
        else ({"Q304", "Q302"} if near > 1 else {"Q304"})
        if near
        else {"Q301"}
    )
    told = codes & NOT_THERE
    if told != wanted:
        return f"{sorted(wanted)} expected, {sorted(told)} found"
    if change.where == "seed" and change.seed != change.before[0]:
        recorded = hashlib.sha256(change.before[0].encode()).hexdigest()
        if "S702" not in codes_of(change.seed, change.quote, recorded):
            return "the seed was changed, and S702 is silent"
    return ""


def tried(number: int, seed: str) -> tuple[Counter[str], list[str]]:
    """So many changes: what became of them, and those about which `check` was wrong."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    while counts["changes"] < number:
        change = a_change(rng)
        if (change.seed, change.quote) == change.before or unicodedata.category(change.quote[:1] or " ") == "Cs":
            continue
        problem = why_wrong(change)
        counts["changes"] += 1
        counts[f"of the {change.where}"] += 1
        counts["found, or standing there still"] += not problem
        if problem:
            wrong.append(f"{problem}\n{change}")
    return counts, wrong


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="change one character of a quote or a seed, and ask whether check finds it")
    options.add_argument("changes", type=int, help="how many changes")
    options.add_argument("--seed", default="1")
    asked = options.parse_args()
    began = time.monotonic()
    counts, wrong = tried(asked.changes, asked.seed)
    for text in wrong[:5]:
        print(text, end="\n\n")
    shown = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(f"{shown}, {len(wrong)} wrong; {len(WORDS)} words; seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
