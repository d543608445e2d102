"""Where words stand in a seed, near misses too, and what a claim has to say so that its quote is found there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ledger.rules.closest import MOST_SEED, nearest_passage, same_but_for_letters, same_to_the_eye
from ledger.texts.folding import TYPOGRAPHY, fold_space, lowered
from ledger.texts.quotes import OMISSION, joins
from ledger.texts.seeds import Seed

MOST = 20  # passages that are told of one text
MOST_BESIDE = 12  # words that `before` and `after` may hold
GAP = re.compile(r"\s*(?<!\.)\.\.(?!\.)\s*")  # `first words .. last words`
EXACT = ""
NEAREST = "the nearest passage"


class Passage(NamedTuple):
    """Words of a seed: `spans` in its folded text, and how they differ from what was asked for (empty where they do not)."""

    spans: tuple[tuple[int, int], ...]
    how: str

    def words(self, seed: Seed) -> str:
        """The seed's very words, as a quote has them."""
        return f" {OMISSION} ".join(seed.folded[start:end] for start, end in self.spans)


def passages(seed: Seed, words: str, most: int = MOST, longest: int = MOST_SEED) -> list[Passage]:
    """Where words stand in a seed: as they are, else with other quotation marks, other signs that nobody sees, in other letters, else
    the passage that is nearest. `first words .. last words` is all from the ones to the others, in one paragraph; of each the first letters
    are enough. In a seed of more than `longest` characters nothing near is looked for: that takes seconds."""
    wanted = fold_space(words)
    if not any(char.isalnum() for char in wanted):
        return []
    if OMISSION in wanted:
        found = seed.find(wanted)
        return [Passage(found.spans, "quotation marks or dashes differ" if found.variant else EXACT)] if found.ways else []
    if len(ends := GAP.split(wanted)) == 2:
        return list(islice(from_to(seed, ends[0], ends[1], (0, len(seed.folded))), most))
    for how, spans in _levels(seed, wanted, most, longest):
        whole = [span for span in spans if not joins(seed.folded, span[0]) and not joins(seed.folded, span[1])]
        if spans:
            return [Passage((span,), how) for span in whole or spans]
    near = nearest_passage(seed, wanted, longest)
    return [Passage((near,), NEAREST)] if near is not None else []


def _levels(seed: Seed, wanted: str, most: int, longest: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    yield EXACT, list(islice(_all(seed.folded, wanted), most))
    yield "quotation marks or dashes differ", list(islice(_all(seed.plain_typography, wanted.translate(TYPOGRAPHY)), most))
    if len(seed.folded) <= longest:
        yield "signs that nobody sees, or forms of letters, differ", same_to_the_eye(seed, wanted, most)
    for marks, case, how in ((False, True, "case differs"), (True, False, "accents differ"), (True, True, "case and accents differ")):
        yield how, same_but_for_letters(seed, wanted, marks, case, most)


def _all(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    place = text.find(wanted)
    while place >= 0:
        yield place, place + len(wanted)
        place = text.find(wanted, place + 1)


def from_to(seed: Seed, first: str, last: str, within: tuple[int, int]) -> Iterator[Passage]:
    """The passages between two offsets that begin where some words do and end with the word in which others end, in one paragraph."""
    for start in _beginnings(seed, first, *within):
        limit = min(within[1], seed.paragraph(start)[1])
        behind = start + len(first) * (first != last)
        end = next(_beginnings(seed, last, behind, limit), None) if last else limit
        if end is not None and end + len(last) <= limit:
            yield Passage(((start, _end_of_word(seed.folded, end + len(last), limit) if last else _without_stop(seed.folded, end)),), EXACT)


def _beginnings(seed: Seed, words: str, start: int, limit: int) -> Iterator[int]:
    """Where words begin that begin so, case and typography aside."""
    text, wanted = seed.plain_lower, lowered(words).translate(TYPOGRAPHY)
    place = text.find(wanted, start, limit)
    while place >= 0:
        if not joins(text, place):
            yield place
        place = text.find(wanted, place + 1, limit)


def _end_of_word(text: str, place: int, limit: int) -> int:
    while place < limit and (
        text[place].isalnum() or (text[place] in "'’-.," and text[place - 1].isalnum() and text[place + 1 : place + 2].isalnum())
    ):
        place += 1
    return place


def _without_stop(text: str, end: int) -> int:
    return end - 1 if text[end - 1 : end] == "." else end


def words_beside(seed: Seed, quote: str, spans: tuple[tuple[int, int], ...]) -> dict[str, str] | None:
    """What tells a quote's place from the others where it stands: nothing where there is no other, else the fewest words of `after`, of
    `before`, or of both; None where no words can tell it."""
    if seed.find(quote).ways <= 1:
        return {}
    for count in range(1, MOST_BESIDE + 1):
        after, before = _after(seed, spans[-1][1], count), _before(seed, spans[0][0], count)
        for fields in ({"after": after}, {"before": before}, {"before": before, "after": after}):
            given = {name: text for name, text in fields.items() if any(map(str.isalnum, text))}
            found = seed.find(quote, given.get("before"), given.get("after")) if given else None
            if found is not None and found.ways == 1 and found.spans == spans:
                return given
    return None


def _after(seed: Seed, end: int, count: int) -> str:
    words = re.compile(rf"\s?\S+(?: \S+){{0,{count - 1}}}").match(seed.folded, end)
    return words[0].strip() if words is not None else ""


def _before(seed: Seed, start: int, count: int) -> str:
    return " ".join(seed.folded[max(0, start - 400) : start].split()[-count:])
