"""Quotes, held against the words of the seed (Q)."""

from __future__ import annotations

import itertools
import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ledger.model import Claim
from ledger.rules.closest import MOST_DIAGNOSED, NOT_FOUND, closest_passage, other_seed
from ledger.rules.number_words import bears, numbers_in, stands_alone
from ledger.rules.registry import ERROR, WARNING, FileView, Finding, at_field, check
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import TYPOGRAPHY, fold_space
from ledger.texts.languages import HEDGE, Words
from ledger.texts.quotes import OMISSION, is_too_short, joins, pieces_of
from ledger.texts.seeds import Seed

FAR_AWAY = 20_000  # characters: what stands further from a quote in one sentence or paragraph is not looked at
# Scripts that set no space between words: where a word begins can't be told there.
_UNSPACED = (0x0E00, 0x0F00, 0x0F00, 0x10A0, 0x1780, 0x1800, 0x3040, 0x3100, 0x3400, 0xA000, 0xAC00, 0xD7B0, 0xF900, 0xFB00)


@check("Q301", ERROR, "file")
def quote_not_in_seed(view: FileView) -> Iterator[Finding]:
    """The quote does not stand in its seed word for word. White space is folded and Unicode composed; nothing else is forgiven.

    A quote may leave words out with `[...]`; each piece must occur, in order, in one paragraph.
    Remedy: copy the words from the seed.
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
        yield at_field(claim, "quote", message, hint, claim.quote)


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
    """
    for claim, seed in view.found:
        if claim.found.ways > 1:
            end = claim.found.spans[-1][1]
            lines = _lines_of(seed, pieces_of(claim.quote)[0], claim.found.variant)
            window = fold_space(seed.folded[end : end + 40])
            after = " ".join(window.split(" ")[:3])
            hint = (
                f"add `before:` or `after:` with the words directly there (behind the first stands: {after})"
                if after
                else "add `before:` with the words directly there"
            )
            yield at_field(claim, "quote", f"the quote stands in the seed more than once ({lines})", hint, claim.quote)


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
    """
    for claim in view.too_short:
        if claim.quote:
            yield at_field(claim, "quote", "the quote holds no words", "quote the words that carry the claim", claim.quote)


@check("Q304", WARNING, "file")
def quote_typography(view: FileView) -> Iterator[Finding]:
    """The quote stands in the seed with other quotation marks, apostrophes or dashes: so near that it is found, and yet not word
    for word.

    Remedy: the exact text, which the message gives.
    """
    for claim, seed in view.found:
        if claim.found.variant:
            exact = f" {OMISSION} ".join(seed.folded[start:end] for start, end in claim.found.spans)
            yield at_field(
                claim,
                "quote",
                "the quote differs from the seed in quotation marks or dashes",
                f"the seed has: {one_line(exact)}",
                claim.quote,
            )


@check("Q305", WARNING, "file")
def quote_crosses_paragraphs(view: FileView) -> Iterator[Finding]:
    """A quote runs over the end of a paragraph: a heading and a sentence read as one say what neither says.

    Remedy: quote from one paragraph.
    """
    for claim, seed in view.found:
        for start, end in claim.found.spans:
            if end > seed.paragraph(start)[1]:
                yield at_field(claim, "quote", "the quote runs over the end of a paragraph", "quote from one paragraph", claim.quote)
                break


@check("Q306", WARNING, "file")
def quote_cuts_a_word(view: FileView) -> Iterator[Finding]:
    """A quote begins or ends inside a word or a number: `legal` of `illegal`, `000 soldiers` of `30.000 soldiers`.

    Remedy: quote whole words.
    """
    for claim, seed in view.found:
        text = seed.folded
        for start, end in claim.found.spans:
            if text[start - 1] in _BESIDE_WORDS and text[start].isalpha():
                behind = text[end : end + 1]
                if (behind in _SIGNS and not text[end + 1 : end + 2].isdigit()) or (behind == " " and text[end - 1].isalpha()):
                    continue  # the quick answer for nearly all
            begins = _inside_word(text, start)
            if begins or _inside_word(text, end):
                word = re.search(r"[\w.,'’-]*$", text[max(0, start - 40) : start] if begins else text[max(0, end - 40) : end])
                edge = start if begins else end
                rest = re.match(r"[\w'’-]*", text[edge : edge + 80])
                whole = (word[0] if word else "") + (rest[0] if rest else "")
                yield at_field(
                    claim,
                    "quote",
                    f"the quote {'begins' if begins else 'ends'} inside `{shorten(whole, 60)}`",
                    "quote whole words",
                    claim.quote,
                )
                break


_SIGNS = frozenset(".,:;!?")
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
    return joins(text, offset) and not _sets_no_spaces(before) and not _sets_no_spaces(after)


def _sets_no_spaces(char: str) -> bool:
    """Whether a letter is of a script that sets no space between words (a pattern of these takes 4 ms to compile)."""
    return bisect_right(_UNSPACED, ord(char)) % 2 == 1


@check("Q307", WARNING, "file")
def quote_stops_at_negation(view: FileView) -> Iterator[Finding]:
    """A negation or a hedge stands just outside the quote, in its clause, six words away at most.

    The most expensive mistake is a quotation that is exact and stops one word too early.
    Remedy: take the words in; or accept the warning with the reason why they do not touch the claim.
    """
    words = view.words
    hits = view.file.seed.hits(words) if view.file.seed is not None else []
    starts = [hit[0] for hit in hits]
    for claim, seed in view.found if hits else ():
        start, end = claim.found.spans[0][0], claim.found.spans[-1][1]
        if bisect_left(starts, start - 160) == bisect_left(starts, end + 161):
            continue  # none is near
        beside = _first_hit(hits, words, seed, start, end)
        if beside is not None:
            text, kind, after = beside
            how = f"stops before a {kind}" if after else f"begins after a {kind}"
            yield at_field(
                claim,
                "quote",
                f"the quote {how}: `{one_line(text)}`",
                "take those words into the quote, or accept the warning with the reason",
                claim.quote,
            )


def _first_hit(hits: list[tuple[int, int, str]], words: Words, seed: Seed, start: int, end: int) -> tuple[str, str, bool] | None:
    """The nearest negation or hedge just before or after a quote: its words, its kind, whether it stands after."""
    left = right = None
    before = hits[bisect_left(hits, (start - 160, 0, "")) : bisect_left(hits, (start, 0, ""))]
    after = hits[bisect_left(hits, (max(start, end - 160), 0, "")) : bisect_left(hits, (end + 161, 0, ""))]
    clause_start = seed.clause_before(start, words) if before else start
    for hit in before:
        if start < hit[1] or hit[0] >= clause_start:
            left = hit
    clause_end = seed.clause_after(end, words) if after else end
    for hit in after:
        if hit[0] < end < hit[1] or (hit[0] >= end and hit[1] <= clause_end):
            right = hit
            break
    beside = left or right
    return None if beside is None else (seed.folded[beside[0] : beside[1]], beside[2], beside is not left)


@check("Q308", WARNING, "file")
def omission_hides_negation(view: FileView) -> Iterator[Finding]:
    """A negation or a hedge stands among the words that `[...]` leaves out.

    Remedy: keep it in the quote; or accept the warning with the reason why it does not touch the claim.
    """
    words = view.words
    for claim, seed in view.found:
        spans = claim.found.spans
        if len(spans) < 2:
            continue
        hits = seed.hits(words)
        for (_, gap_start), (gap_end, _) in itertools.pairwise(spans):
            nearby = hits[bisect_left(hits, (gap_start - 60, 0, "")) : bisect_left(hits, (gap_end, 0, ""))]
            hidden = next((hit for hit in nearby if hit[1] > gap_start), None)
            if hidden is not None:
                yield at_field(
                    claim,
                    "quote",
                    f"`{OMISSION}` leaves out a {hidden[2]}: `{one_line(seed.folded[hidden[0] : hidden[1]])}`",
                    "keep it in the quote, or accept the warning with the reason",
                    claim.quote,
                )
                break


@check("Q309", ERROR, "file")
def context_not_beside_quote(view: FileView) -> Iterator[Finding]:
    """`before` and `after` hold the words that stand directly before or after the quote; these do not stand there.

    Remedy: copy the words from the seed, or delete the field where the quote stands there only once.
    """
    for claim in view.file.claims:
        if view.file.seed is not None and not claim.found.context:
            field = "before" if claim.before is not None else "after"
            seed, spans = view.file.seed, claim.found.spans
            left = " ".join(seed.folded[max(0, spans[0][0] - 60) : spans[0][0]].split()[-3:])
            right = " ".join(seed.folded[spans[-1][1] : spans[-1][1] + 60].split()[:3])
            yield at_field(
                claim,
                field,
                "these words do not stand directly beside the quote",
                f"where it first stands, the seed has `{one_line(left)}` before it and `{one_line(right)}` after it",
                claim.before or claim.after or "",
            )


@check("Q310", WARNING, "file")
def hedge_not_recorded(view: FileView) -> Iterator[Finding]:
    """A hedge stands in the quote of an assertion or denial, and the claim has no `hedge`: it reads as surer than its words.

    Remedy: `hedge:` with those words as they stand there; or accept the warning with the reason (the hedge is about something
    else).
    """
    words = view.words
    hits = [hit for hit in view.file.seed.hits(words) if hit[2] == HEDGE] if view.file.seed is not None else []
    for claim, seed in view.found if hits else ():
        if claim.hedge is not None or claim.stance not in ("asserts", "denies"):
            continue
        for start, end in claim.found.spans:
            inside = hits[bisect_left(hits, (start, 0, "")) : bisect_left(hits, (end, 0, ""))]
            hit = next((hit for hit in inside if hit[1] <= end), None)
            if hit is not None:
                text = one_line(seed.folded[hit[0] : hit[1]])
                yield at_field(
                    claim,
                    "quote",
                    f"the quote has a hedge, `{text}`, that the claim does not record",
                    f"write `hedge: {text}`, or accept the warning with the reason",
                    claim.quote,
                )
                break


@check("Q311", WARNING, "file")
def hedge_not_in_sentence(view: FileView) -> Iterator[Finding]:
    """`hedge` holds words that do not stand in the sentence of the quote: a doubt would be put into the mouth of a
    claimant who voiced none.

    Remedy: the words that leave the statement open, as they stand in the sentence.
    """
    for claim, seed in view.found:
        if claim.hedge is None or claim.hedge in seed.folded[claim.found.spans[0][0] : claim.found.spans[-1][1]]:
            continue  # what stands within the quote stands in its sentence
        start, end = seed.sentence_around(claim.found.spans[0][0], claim.found.spans[-1][1], view.words)
        start, end = max(start, claim.found.spans[0][0] - FAR_AWAY), min(end, claim.found.spans[-1][1] + FAR_AWAY)
        sentence = seed.plain_typography[start:end].casefold()
        if not all(piece.translate(TYPOGRAPHY).casefold() in sentence for piece in pieces_of(claim.hedge)):
            yield at_field(
                claim,
                "hedge",
                f"`{shorten(claim.hedge, 60)}` does not stand in the sentence of the quote",
                "copy the words that leave it open from the sentence",
                claim.hedge,
            )


@check("Q312", WARNING, "file")
def quote_used_twice(view: FileView) -> Iterator[Finding]:
    """Two claims of one file have the same quote, question, claimant, stance and value: one statement recorded twice.

    Remedy: delete one of the two.
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
                claim,
                "quote",
                f"`{one_line(first.id)}` has the same quote for the same question and value",
                "delete one of the two claims",
                claim.quote,
            )


@check("Q313", WARNING, "file")
def number_not_in_quote(view: FileView) -> Iterator[Finding]:
    """A number in `value` that the quote does not bear, neither in digits nor in number words: a reader of the quote would
    look for it in vain.

    Remedy: quote the words that give the figure; or accept the warning with the reckoning.
    """
    for claim, seed in view.found:
        if claim.figure is None or claim.value is None:
            continue
        if len(claim.found.spans) == 1 and stands_alone(claim.value, seed.folded, *claim.found.spans[0]):
            continue  # the quick answer for nearly all
        quoted = " ".join(seed.folded[start:end] for start, end in claim.found.spans)
        missing = [number for number in numbers_in(claim.value) if not bears(quoted, number, view.words)]
        if missing:
            yield at_field(
                claim,
                "value",
                f"the quote does not bear the number {missing[0]}",
                "quote the words that give the figure, or accept the warning with the reckoning",
                claim.value,
            )


@lru_cache(maxsize=4096)
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they are looked for."""
    return tuple(fold_space(name).translate(TYPOGRAPHY).lower() for name in names)


def _stands_in(names: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether one of the names stands between two offsets of a text."""
    for name in names:  # noqa: SIM110 (a generator takes twice the time, and this is asked of every claim)
        if text.find(name, start, end) >= 0:
            return True
    return False


@check("Q314", WARNING, "file")
def place_not_in_paragraph(view: FileView) -> Iterator[Finding]:
    """None of the names of the claim's place stands in the paragraph of the quote: it may be said of another place.

    Remedy: the right place; a spelling that the text uses, added to the place; or accept the warning with the reason.
    """
    places = view.vocabulary.places
    names_of: dict[str, tuple[str, ...]] = {}
    for claim, seed in view.found:
        place = places.get(claim.place)
        if place is None or not place.names:
            continue
        names = names_of.get(place.id)
        if names is None:
            names = names_of[place.id] = tuple(dict.fromkeys(place.all_names()))
        first, last = claim.found.spans[0][0], claim.found.spans[-1][1]
        if _stands_in(names, seed.folded, first, last):
            continue  # the quick answer for nearly every claim: as it is written, within the quote
        start, end = seed.paragraph(first)
        start, end = max(start, first - FAR_AWAY), max(last, min(end, last + FAR_AWAY))
        if not _stands_in(_keys(names), seed.plain_lower, start, end):
            yield at_field(
                claim,
                "place",
                f"no name of `{claim.place}` stands in the paragraph of the quote",
                "is it the right place? else add the text's spelling to the place, or accept the warning with the reason",
                claim.place,
            )


@check("Q315", ERROR, "file", excludes=False)
def translation_missing(view: FileView) -> Iterator[Finding]:
    """A quote in another language than the ledger's has no `translation`, so its readers can't review it.

    Remedy: `translation:` in the ledger's language, no more than what the quote says.
    """
    if view.same_language:
        return
    for claim in view.file.claims:
        if claim.quote and claim.translation is None and "translation" not in claim.at:
            yield at_field(
                claim,
                "quote",
                f"the quote is in `{one_line(view.file.language)}` and has no translation",
                f"write `translation:` in `{one_line(view.vocabulary.language)}`",
                claim.quote,
            )


@check("Q316", WARNING, "file")
def translation_is_quote(view: FileView) -> Iterator[Finding]:
    """The translation is the quote itself, so that readers who can't read the one can't read the other.

    Remedy: translate it; or delete it where the quote is in the ledger's language.
    """
    for claim in view.file.claims:
        if not claim.translation or not claim.quote:
            continue
        one, other = claim.translation[0], claim.quote[0]
        if one in _ASCII_WORDS and ("\u0400" <= other <= "\u04ff" or (other in _ASCII_WORDS and one.lower() != other.lower())):
            continue  # the quick answer for nearly all: the first letters alone tell them apart, whatever case and composition
        if fold_space(claim.translation).casefold() == fold_space(claim.quote).casefold():
            yield at_field(
                claim, "translation", "the translation is the quote itself", "translate it, or delete the line", claim.translation
            )


_ASCII_WORDS = frozenset(string.ascii_letters + string.digits)


@check("Q317", ERROR, "file", excludes=False)
def passed_over_not_in_seed(view: FileView) -> Iterator[Finding]:
    """What is passed over must stand in the seed like a quote; else nobody can tell which sentence was looked at.

    Remedy: copy the words from the seed.
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
    """
    return view.flaws("mixed_scripts")
