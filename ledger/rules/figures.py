"""Rules about the figures of a quote: whether they are exact, and whole (Q)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from ledger.model import Claim, Finding
from ledger.rules.number_words import bearing, stands_alone
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.bounds import REACH, Bound, bound_beside
from ledger.texts.display import one_line
from ledger.texts.languages import Words
from ledger.texts.number_tokens import Lexicon
from ledger.texts.numbers import Number, lexicon_of, numbers_of
from ledger.texts.seeds import Seed

LONGEST_BESIDE = 60  # characters of a word beside an edge that are looked at
_MARKS = '.,;:!?…"“”„«»()[]‘’'
_EXACT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIGIT = re.compile(r"\d")
_BETWEEN = " .,-'’"  # signs that may stand inside of a number
_NO_WORD = frozenset("".join(signs) for count in range(3) for signs in product(_BETWEEN, repeat=count))


@check("Q319", WARNING, "file")
def figure_not_exact(view: FileView) -> Iterator[Finding]:
    """A word beside the number makes it a bound or leaves it open (`at least`, `up to`, `nearly`, `some`, `dozens of`), and `value` gives
    it as exact: it would contradict figures that it leaves room for.

    Remedy: the bound as the words say it: `">=43"`, `">43"`, `<=43`, `<43` or `~43`; or accept the warning with the reason (the word is
    about something else).
    Bad:
        # the seed: At least 43 people live at Millbrook.
        - id: people
          property: people
          value: 43
          quote: At least 43 people live at Millbrook
    Good:
        # the seed: At least 43 people live at Millbrook.
        - id: people
          property: people
          value: ">=43"
          quote: At least 43 people live at Millbrook
    """
    for claim, seed in view.found:
        if claim.figure is None or claim.value is None or _EXACT.fullmatch(claim.value) is None:
            continue
        bound = _bound_of(view, claim, seed, claim.value)
        if bound is not None:
            value = f"{bound.sign}{bound.figure or claim.value}"
            yield at_field(
                claim,
                "value",
                f"`{one_line(bound.text)}` makes {claim.value} no exact figure",
                f"write `value: {_as_written(value)}`, or accept the warning with the reason",
            )


def _as_written(value: str) -> str:
    """A value as YAML takes it: what begins with `>` begins a text of several lines."""
    return f'"{value}"' if value.startswith(">") else value


def place_alone(view: FileView, claim: Claim, seed: Seed) -> int:
    """Where the value of a claim stands alone in the first words of its quote (asked once, though several rules look at it); -1 where it
    has to be read."""
    known: dict[int, int] = view.__dict__.setdefault("_places_alone", {})
    place = known.get(id(claim))
    if place is None:
        place = known[id(claim)] = stands_alone(claim.value or "", seed.folded, *claim.found.spans[0], view.words)
    return place


def _bound_of(view: FileView, claim: Claim, seed: Seed, value: str) -> Bound | None:
    """The first word that makes a figure a bound; None where the quote also bears it without one."""
    text, words, first = seed.folded, view.words, None
    for number, (start, end) in enumerate(claim.found.spans):
        place = stands_alone(value, text, start, end, words) if number else place_alone(view, claim, seed)
        if place >= 0 and bound_beside(text, Number(place, place + len(value), ()), words) is None:
            return None  # the quick answer for nearly all
        for found in bearing(text[start:end], value, words):
            bound = bound_beside(text, found._replace(start=found.start + start, end=found.end + start), words)
            if bound is None:
                return None
            first = first or bound
    return first


@check("Q323", ERROR, "file")
def quote_cuts_a_number(view: FileView) -> Iterator[Finding]:
    """A quote begins or ends inside a number, so that its words say another: `000 soldiers` of `30.000 soldiers`, `million people` of
    `half a million people`, `27` of `27 thousand`.

    Remedy: quote the whole number.
    Bad:
        # the seed: Some 30.000 people live at Millbrook.
        - id: people
          property: people
          value: ~30000
          quote: 000 people live at Millbrook
          accept: {Q313: the thousands stand before it}
    Good:
        # the seed: Some 30.000 people live at Millbrook.
        - id: people
          property: people
          value: ~30000
          quote: Some 30.000 people live at Millbrook
    """
    for claim, seed in view.found:
        cut = cut_number(claim, seed, view.words)
        if cut is not None:
            text, begins = cut
            yield at_field(
                claim, "quote", f"the quote {'begins' if begins else 'ends'} inside the number `{one_line(text)}`", "quote the whole number"
            )


def cut_number(claim: Claim, seed: Seed, words: Words) -> tuple[str, bool] | None:
    """The number that a quote cuts, and whether it begins inside of it; None where it cuts none. Of a claim without a figure only what is
    written with digits is looked at."""
    text, lexicon = seed.folded, lexicon_of(words)
    for start, end in claim.found.spans:
        for edge in (start, end):
            before, behind = text[max(0, edge - 2) : edge], text[edge : edge + 2]
            if behind in _NO_WORD or before in _NO_WORD:
                continue
            if claim.figure is None:
                nearby = 2 if before.isascii() and behind.isascii() else REACH
                if _DIGIT.search(text, max(0, edge - nearby), edge + nearby) is None:
                    continue
            if _apart(text, edge, lexicon):
                continue
            number = _around(text, edge, words)
            if number is not None and (claim.figure is not None or _DIGIT.search(number) is not None):
                return number, edge == start
    return None


def _apart(text: str, edge: int, lexicon: Lexicon) -> bool:
    """The quick answer for nearly all: whether the word before an offset of a text, or that behind it, is known to be no part of a number."""
    before, behind = text[max(0, edge - LONGEST_BESIDE) : edge], text[edge : edge + LONGEST_BESIDE]
    if before[-1:].isalnum() and behind[:1].isalnum():
        return False  # inside a word
    return lexicon.is_other(before.rstrip(" ").rpartition(" ")[2].strip(_MARKS)) or lexicon.is_other(
        behind.lstrip(" ").partition(" ")[0].strip(_MARKS)
    )


def _around(text: str, edge: int, words: Words) -> str | None:
    """The number that an offset of a text lies inside of."""
    first = max(0, edge - REACH)
    while first and first < edge and not text[first - 1].isspace():
        first += 1
    window = text[first : edge + REACH]
    for number in numbers_of(window, words):
        if number.start < edge - first < number.end:
            return window[number.start : number.end]
    return None
