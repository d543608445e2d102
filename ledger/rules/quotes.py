"""Quotes, held against the words of the seed (Q)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.model import Claim, Finding
from ledger.rules.closest import MOST_DIAGNOSED, NOT_FOUND, closest_passage, other_seed
from ledger.rules.figures import cut_number
from ledger.rules.registry import ERROR, WARNING, at_field, check
from ledger.rules.views import FileView
from ledger.texts.cutting import beginning, ending, inside_letter, sets_no_spaces
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import TYPOGRAPHY, fold_space
from ledger.texts.matching import word
from ledger.texts.quotes import OMISSION, is_too_short, joins, pieces_of
from ledger.texts.seeds import Seed


@check("Q301", ERROR, "file")
def quote_not_in_seed(view: FileView) -> Iterator[Finding]:
    """The quote does not stand in its seed word for word. White space is folded and Unicode composed; nothing else is forgiven.

    A quote may leave words out with `[...]`; each piece must occur, in order, in one paragraph.
    Remedy: copy the words from the seed.
    Bad:
        # the seed: The bridge at Millbrook is open.
        - id: bridge-open
          quote: The bridge at Millbrook was open
    Good:
        # the seed: The bridge at Millbrook is open.
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    seed = view.file.seed
    if seed is None:
        return
    diagnosed = 0
    for claim in view.file.claims:
        if not claim.quote or claim.found.ways or not claim.found.context or is_too_short(claim.quote):
            continue
        diagnosed += 1
        if not claim.found.looked:
            message, hint = "the quote was not looked for", _TOO_MANY
        elif diagnosed > MOST_DIAGNOSED:
            message, hint = NOT_FOUND
        else:
            message, hint = _diagnosis(view, seed, claim)
        yield at_field(claim, "quote", message, hint)


_TOO_MANY = "too many quotes of this seed begin with words that stand everywhere in it: quote longer passages"


def _diagnosis(view: FileView, seed: Seed, claim: Claim) -> tuple[str, str]:
    """Where a quote that is not in its seed was probably taken from."""
    elsewhere = other_seed(view.ledger, view.file, claim.quote)
    if elsewhere is None:
        return closest_passage(seed, pieces_of(claim.quote))
    name, line = elsewhere
    return "the quote is not in this seed", f"it stands in seeds/{name}, line {line}: move the claim to that seed's file"


@check("Q302", ERROR, "file")
def quote_ambiguous(view: FileView) -> Iterator[Finding]:
    """The quote stands in the seed more than once, so that its place, and what stands beside it, can't be told.

    Remedy: a longer quote, or `before:` or `after:` with the words that stand directly there.
    Bad:
        # the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
        - id: bridge-open
          quote: the bridge is open
    Good:
        # the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
        - id: bridge-open
          quote: the bridge is open
          before: At Millbrook
    """
    for claim, seed in view.found:
        if claim.found.ways > 1:
            end = claim.found.spans[-1][1]
            lines = _lines_of(seed, pieces_of(claim.quote)[0], claim.found.variant)
            window = fold_space(beginning(seed.folded[end : end + 80], 40))
            after = " ".join(window.split(" ")[:3])
            hint = (
                f"add `before:` or `after:` with the words directly there (behind the first stands: {after})"
                if after
                else "add `before:` with the words directly there"
            )
            yield at_field(claim, "quote", f"the quote stands in the seed more than once ({lines})", hint)


def _lines_of(seed: Seed, piece: str, variant: bool) -> str:
    text, wanted = (seed.plain_typography, piece.translate(TYPOGRAPHY)) if variant else (seed.folded, piece)
    lines: list[int] = []
    start = text.find(wanted)
    while start >= 0 and len(lines) < 5:
        lines.append(seed.line(start))
        start = text.find(wanted, start + 1)
    return "lines " + ", ".join(str(line) for line in lines)


@check("Q303", ERROR, "file")
def quote_too_short(view: FileView) -> Iterator[Finding]:
    """A quote (or a piece of it) without words: blank, one letter, or only signs. It would be found anywhere.

    Remedy: the words that carry the claim.
    Bad:
        # the seed: The bridge at Millbrook is open.
        - id: bridge-open
          quote: "."
    Good:
        # the seed: The bridge at Millbrook is open.
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    for claim in view.too_short:
        if claim.quote:
            yield at_field(claim, "quote", "the quote holds no words", "quote the words that carry the claim")


@check("Q304", WARNING, "file")
def quote_typography(view: FileView) -> Iterator[Finding]:
    """The quote stands in the seed with other quotation marks, apostrophes or dashes: so near that it is found, and yet not word
    for word.

    Remedy: the exact text, which the message gives.
    Bad:
        # the seed: The “old” bridge at Millbrook is open.
        - id: bridge-open
          quote: The "old" bridge at Millbrook is open
    Good:
        # the seed: The “old” bridge at Millbrook is open.
        - id: bridge-open
          quote: The “old” bridge at Millbrook is open
    """
    for claim, seed in view.found:
        if claim.found.variant:
            exact = f" {OMISSION} ".join(seed.folded[start:end] for start, end in claim.found.spans)
            yield at_field(
                claim, "quote", "the quote differs from the seed in quotation marks or dashes", f"the seed has: {one_line(exact)}"
            )


@check("Q305", WARNING, "file")
def quote_crosses_paragraphs(view: FileView) -> Iterator[Finding]:
    """A quote runs over the end of a paragraph: a heading and a sentence read as one say what neither says.

    Remedy: quote from one paragraph.
    Bad:
        # the seed: News of the bridge at Millbrook
        #
        # It is open again.
        - id: bridge-open
          quote: the bridge at Millbrook It is open again
    Good:
        # the seed: News of the bridge at Millbrook
        #
        # It is open again.
        - id: bridge-open
          quote: It is open again
          accept: {Q314: Millbrook is in the heading above}
    """
    for claim, seed in view.found:
        for start, end in claim.found.spans:
            if end > seed.paragraph(start)[1]:
                ends = seed.paragraph(start)[1]
                crossing = f"{_last_words(seed.folded[start:ends])} | {_first_words(seed.folded[ends:end])}"
                message = f"the quote runs over the end of a paragraph, at the `|` in `{one_line(crossing)}`"
                yield at_field(claim, "quote", message, "quote from one paragraph")
                break


def _last_words(text: str) -> str:
    """The last few words of a text."""
    return " ".join(text.split()[-4:])


def _first_words(text: str) -> str:
    """The first few words of a text."""
    return " ".join(text.split()[:4])


@check("Q306", WARNING, "file")
def quote_cuts_a_word(view: FileView) -> Iterator[Finding]:
    """A quote begins or ends inside a word: `legal` of `illegal`, `government` of `anti-government`. (Inside a number: Q323.)

    Remedy: quote whole words.
    Bad:
        # the seed: The bridge at Millbrook is not unopened.
        - id: bridge-open
          quote: opened
    Good:
        # the seed: The bridge at Millbrook is opened.
        - id: bridge-open
          quote: The bridge at Millbrook is opened
    """
    for claim, seed in view.found:
        text = seed.folded
        for start, end in claim.found.spans:
            if text[start - 1] in _BESIDE_WORDS and text[start].isalpha():
                behind = text[end : end + 1]
                if (behind in _SIGNS and not text[end + 1 : end + 2].isdigit()) or (behind == " " and text[end - 1].isalpha()):
                    continue  # the quick answer for nearly all
            begins = _inside_word(text, start)
            if (begins or _inside_word(text, end)) and cut_number(claim, seed, view.words) is None:
                whole = _word_at(text, start if begins else end)
                yield at_field(
                    claim, "quote", f"the quote {'begins' if begins else 'ends'} inside `{shorten(whole, 60)}`", "quote whole words"
                )
                break


def _word_at(text: str, edge: int) -> str:
    """The word that an offset lies inside of, with what hyphens join to it."""
    letters = word().pattern[1:-2] + "\u200c\u200d\u2010\u2011\u2013\u05be'’\\-"
    before = re.search(rf"[{letters}.,]*$", text[max(0, edge - 40) : edge])
    rest = re.match(rf"[{letters}]*", text[edge : edge + 80])
    return (before[0] if before else "") + (rest[0] if rest else "")


_SIGNS = frozenset(".,:;!?")
_HYPHENS = "-\u2010\u2011\u2013\u05be"
_BESIDE_WORDS = _SIGNS | {" "}


def _inside_word(text: str, offset: int) -> bool:
    """Whether the letters or digits on both sides of an offset belong together."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before.isdigit() and after in ".,":
        return text[offset + 1 : offset + 2].isdigit()
    if after.isdigit() and before in ".,":
        return offset > 1 and text[offset - 2].isdigit()
    if before.isdigit() and after == " " and re.search(r"(?<!\d)\d{1,3}$", text[max(0, offset - 4) : offset]):
        return re.match(r" \d{3}(?!\d)", text[offset : offset + 5]) is not None
    if before == " " and after.isdigit() and re.search(r"(?<!\d)\d{1,3} $", text[max(0, offset - 5) : offset]):
        return re.match(r"\d{3}(?!\d)", text[offset : offset + 4]) is not None
    if before in _HYPHENS or after in _HYPHENS:
        # what a hyphen divides is one word: `government` of `anti-government`
        one, other = (offset - 2, offset) if before in _HYPHENS else (offset - 1, offset + 1)
        return one >= 0 and other < len(text) and text[one].isalpha() and text[other].isalpha()
    return inside_letter(text, offset) or (joins(text, offset) and not (_unspaced(before) or _unspaced(after)))


def _unspaced(char: str) -> bool:
    """Whether a letter is of a script without spaces between words (Korean sets them)."""
    return sets_no_spaces(char) and not "\uac00" <= char <= "\ud7a3"


@check("Q309", ERROR, "file")
def context_not_beside_quote(view: FileView) -> Iterator[Finding]:
    """`before` and `after` hold the words that stand directly before or after the quote; these do not stand there.

    Remedy: copy the words from the seed, or delete the field where the quote stands there only once.
    Bad:
        # the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
        - id: bridge-open
          quote: the bridge is open
          after: at night
    Good:
        # the seed: At Millbrook the bridge is open. At night the bridge is open to carts.
        - id: bridge-open
          quote: the bridge is open
          after: to carts
    """
    for claim in view.file.claims:
        if view.file.seed is not None and not claim.found.context:
            field = "before" if claim.before is not None else "after"
            seed, spans = view.file.seed, claim.found.spans
            left = " ".join(ending(seed.folded[max(0, spans[0][0] - 120) : spans[0][0]], 60).split()[-3:])
            right = " ".join(beginning(seed.folded[spans[-1][1] : spans[-1][1] + 120], 60).split()[:3])
            yield at_field(
                claim,
                field,
                "these words do not stand directly beside the quote",
                f"where it first stands, the seed has `{one_line(left)}` before it and `{one_line(right)}` after it",
            )


@check("Q312", WARNING, "file")
def quote_used_twice(view: FileView) -> Iterator[Finding]:
    """Two claims of one file have the same quote, question, claimant, stance and value: one statement recorded twice.

    Remedy: delete one of the two.
    Bad:
        - id: bridge-open
          quote: The bridge at Millbrook is open
        - id: bridge-is-open
          quote: The bridge at Millbrook is open
    Good:
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    claims = view.file.claims
    if len({(claim.found.spans, claim.place, claim.property, claim.claimant) for claim in claims}) == len(claims):
        return  # the quick answer for nearly every file
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (
            fold_space(claim.quote),
            claim.found.spans,
            claim.place,
            claim.property,
            claim.subject,
            claim.claimant,
            claim.stance,
            claim.value,
            claim.extent,
            claim.said,
            claim.holds,
        )
        first = seen.setdefault(key, claim)
        if first is not claim and claim.quote:
            yield at_field(
                claim, "quote", f"`{one_line(first.id)}` has the same quote for the same question and value", "delete one of the two claims"
            )


@check("Q317", ERROR, "file", excludes=False)
def passed_over_not_in_seed(view: FileView) -> Iterator[Finding]:
    """What is passed over must stand in the seed like a quote; else nobody can tell which sentence was looked at.

    Remedy: copy the words from the seed.
    Bad:
        # the seed: The bridge at Millbrook is open. Read our newsletter.
        passed-over:
        - {quote: Subscribe to our newsletter, why: advertisement}
    Good:
        # the seed: The bridge at Millbrook is open. Read our newsletter.
        passed-over:
        - {quote: Read our newsletter, why: advertisement}
    """
    if view.file.seed is None:
        return
    diagnosed = 0
    for passed in view.file.passed_over:
        if not passed.found.ways:
            diagnosed += 1
            message, hint = closest_passage(view.file.seed, pieces_of(passed.quote)) if diagnosed <= MOST_DIAGNOSED else NOT_FOUND
            if not passed.found.looked:
                message, hint = "the quote was not looked for", _TOO_MANY
            yield Finding(
                passed.line, passed.column, message.replace("the quote", "what is passed over"), hint, None, min(200, len(passed.quote))
            )


@check("Q318", WARNING, "file")
def mixed_scripts(view: FileView) -> Iterator[Finding]:
    """A word whose letters are of two scripts that look alike, such as a Latin word with a Cyrillic `а`: nobody sees it, no search
    finds it, and no two spellings of it are the same. In a quote it shows where the text was tampered with, or badly scanned.

    Remedy: write the letters of one script. Where the seed itself has it so, quote it and accept the warning.
    Bad:
        # the seed: The bridge at Millbrook is open
        - id: bridge-open
          note: at Millbrоok
    Good:
        - id: bridge-open
          note: at Millbrook
    """
    return view.flaws("mixed_scripts")
