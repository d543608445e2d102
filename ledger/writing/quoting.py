"""Words that a person typed -> the quote: the seed's very words, with what tells their place where they stand twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.answers.names import find_seed
from ledger.model import ClaimsFile, Ledger, Trouble
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import fold_space
from ledger.texts.languages import words_for
from ledger.texts.quotes import OMISSION
from ledger.texts.seeds import MAX_SEED_BYTES, Seed
from ledger.writing.passages import EXACT, GAP, NEAREST, Passage, from_to, passages, words_beside

TOLD = 5  # passages that are named where one must be chosen


class Quoted(NamedTuple):
    """A passage of a seed as a claim quotes it: `path` is its claims file, `beside` what tells its place from others (None where no
    words can), `how` how it differs from what was asked for, `sentence` the span of its sentence."""

    path: str
    seed: Seed
    passage: Passage
    quote: str
    beside: dict[str, str]
    can_be_told: bool
    line: int
    sentence: tuple[int, int]


def quoted(ledger: Ledger, words: str, seed: str | None) -> list[Quoted]:
    """The passages of all seeds (or of one) in which words stand; near ones only where no seed has the words as they are."""
    files = [file for file in ledger.files if file.seed is not None]
    if seed is not None:
        name = find_seed(seed, [*ledger.seeds, *(file.seed_name for file in files)])
        files = [file for file in files if file.seed_name == name]
        if not files:
            raise Trouble(f"no claims file that could be read names the seed {one_line(name)}")
    found = [(file, passage) for file in files if file.seed is not None for passage in passages(file.seed, words, longest=MAX_SEED_BYTES)]
    best = min((_distance(passage) for _, passage in found), default=0)
    return [_as_quoted(file, passage, ledger) for file, passage in found if _distance(passage) == best]


def _distance(passage: Passage) -> int:
    return 0 if not passage.how else 2 if passage.how == NEAREST else 1


def _as_quoted(file: ClaimsFile, passage: Passage, ledger: Ledger) -> Quoted:
    seed = file.seed
    assert seed is not None
    quote = passage.words(seed)
    beside = words_beside(seed, quote, passage.spans)
    start, end = passage.spans[0][0], passage.spans[-1][1]
    sentence = seed.sentence_around(start, end, words_for(ledger.vocabulary.words, file.language))
    return Quoted(file.path, seed, passage, quote, beside or {}, beside is not None, seed.line(start), sentence)


def quoted_in_sentence(ledger: Ledger, file: ClaimsFile, sentence: str, words: str) -> Quoted | None:
    """The part of a sentence that `FIRST..LAST` names: either may be left out, and of each the first letters are enough. `[...]` stands
    between two such parts."""
    seed = file.seed
    found = seed.find(sentence) if seed is not None else None
    if seed is None or found is None or not found.ways or GAP.search(words) is None:
        return None
    start, limit = found.spans[0][0], found.spans[-1][1]
    spans: list[tuple[int, int]] = []
    for piece in words.split(OMISSION):
        ends = GAP.split(fold_space(piece))
        passage = next(from_to(seed, ends[0], ends[-1], (start, limit)), None) if ends[0] or len(ends) == 2 else None
        if passage is None:
            return None
        spans += passage.spans
        start = passage.spans[-1][1]
    return _as_quoted(file, Passage(tuple(spans), EXACT), ledger)


def quoted_in_one(ledger: Ledger, words: str, seed: str | None) -> Quoted:
    """The one passage in which words stand, in the seed's own letters and marks; raises Trouble where there is none, or several."""
    found = quoted(ledger, words, seed)
    if not found:
        raise Trouble(f"no seed has these words: {shorten(words, 100)}")
    if found[0].passage.how == NEAREST:
        told = "; ".join(f"{one_line(near.seed.name)}, line {near.line}: {shorten(near.quote, 200)}" for near in found[:TOLD])
        raise Trouble(f"no seed has these words; the nearest are {told}")
    if len(found) > 1:
        raise Trouble(
            f"the words stand more than once ({_places(found)}): write more of them" + ("" if seed else ", or name the seed with `--seed`")
        )
    if not found[0].can_be_told:
        raise Trouble(
            "the words stand more than once in the seed, and nothing beside them tells one place from the others: write more of them"
        )
    return found[0]


def _places(found: list[Quoted]) -> str:
    return ", ".join(f"{one_line(each.seed.name)} line {each.line}" for each in found[:TOLD]) + (", ..." if len(found) > TOLD else "")


def lines_to_paste(each: Quoted) -> Iterator[tuple[str, str]]:
    """The fields that a claim of these words has."""
    yield "quote", each.quote
    yield from each.beside.items()
