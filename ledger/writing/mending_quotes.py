"""Ways to mend quotes and what stands beside them: always the very words of the seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.reading.yaml_spans import spans_of
from ledger.rules.closest import same_but_for_letters, same_to_the_eye
from ledger.texts.folding import fold_space
from ledger.texts.languages import HEDGE, primary, words_for
from ledger.texts.quotes import OMISSION
from ledger.texts.seeds import Seed
from ledger.writing.mending import Defect, Mending, line_of
from ledger.writing.passages import passages, words_beside
from ledger.writing.splices import NoSuchValue, set_value

MOST_PLACES = 5  # places of a quote that are offered


def typography(defect: Defect) -> Iterator[Mending]:
    claim, seed = defect.claim, defect.seed
    if claim is not None and seed is not None and claim.found.ways == 1:
        exact = f" {OMISSION} ".join(seed.folded[start:end] for start, end in claim.found.spans)
        yield Mending(f"quote: {exact}", defect.sets("quote", exact))


def misquoted(defect: Defect) -> Iterator[Mending]:
    """The very words of the seed, where only case or what nobody sees differs; offered, where accents or words do."""
    claim, seed = defect.claim, defect.seed
    if claim is None or seed is None or OMISSION in claim.quote:
        return
    exact = _only_place(seed, claim.quote)
    if exact is not None:
        yield Mending(f"quote: {exact}", defect.sets("quote", exact))
        return
    for passage in passages(seed, claim.quote, MOST_PLACES):
        yield Mending(f"quote: {passage.words(seed)}", defect.sets("quote", passage.words(seed)), only=False)


def _only_place(seed: Seed, quote: str) -> str | None:
    """The seed's words for a quote that differs from them in case, or in what nobody sees, where they stand just once."""
    wanted = fold_space(quote)
    for spans in (same_to_the_eye(seed, wanted, 2), same_but_for_letters(seed, wanted, False, True, 2)):
        if spans:
            exact = seed.folded[slice(*spans[0])]
            return exact if len(spans) == 1 and seed.find(exact).ways == 1 else None
    return None


def passed_over(defect: Defect) -> Iterator[Mending]:
    entries = defect.file.passed_over if defect.file is not None else ()
    entry = next((entry for entry in entries if (entry.line, entry.column) == (defect.found.line, defect.found.column)), None)
    exact = _only_place(defect.seed, entry.quote) if entry is not None and defect.seed is not None else None
    if exact is None or entry is None:
        return

    def change(text: str) -> str:
        listed = spans_of(text).at("passed-over")
        for number, item in enumerate(listed.items if listed is not None else ()):
            if line_of(text, item) == entry.line and item.fields.get("quote") is not None and item.fields["quote"].text == entry.quote:
                return set_value(text, ("passed-over", number, "quote"), exact)
        raise NoSuchValue(entry.quote)

    yield Mending(f"quote: {exact}", change)


def ambiguous(defect: Defect) -> Iterator[Mending]:
    """The words that tell each of a quote's places from the others."""
    claim, seed = defect.claim, defect.seed
    if claim is None or seed is None:
        return
    for passage in passages(seed, claim.quote, MOST_PLACES):
        beside = words_beside(seed, claim.quote, passage.spans)
        if beside:
            told = "; ".join(f"{field}: {words}" for field, words in beside.items())
            yield Mending(f"line {seed.line(passage.spans[0][0])}: {told}", _all_set(defect, beside), only=False)


def _all_set(defect: Defect, fields: dict[str, str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for field in ("before", "after"):
            claim = defect.claim
            if field in fields:
                text = defect.sets(field, fields[field])(text)
            elif claim is not None and getattr(claim, field) is not None:
                text = defect.takes(field)(text)
        return text

    return change


def beside(defect: Defect) -> Iterator[Mending]:
    """No such words, where the quote stands just once; else those that tell its places apart."""
    claim, seed = defect.claim, defect.seed
    if claim is None or seed is None:
        return
    if seed.find(claim.quote).ways != 1:
        yield from ambiguous(defect)
        return
    given = [field for field in ("before", "after") if getattr(claim, field) is not None]

    def change(text: str) -> str:
        for field in given:
            text = defect.takes(field)(text)
        return text

    yield Mending(f"no {' and no '.join(f'`{field}`' for field in given)}: the quote stands there only once", change)


def whole_words(defect: Defect) -> Iterator[Mending]:
    claim, seed = defect.claim, defect.seed
    if claim is None or seed is None or len(claim.found.spans) != 1:
        return
    start, end = claim.found.spans[0]
    while start > 0 and not seed.folded[start - 1].isspace():
        start -= 1
    while end < len(seed.folded) and (
        seed.folded[end].isalnum() or (seed.folded[end] in ".,'’-" and seed.folded[end + 1 : end + 2].isalnum())
    ):
        end += 1
    exact = seed.folded[start:end]
    yield Mending(f"quote: {exact}", defect.sets("quote", exact), only=False)


def hedge(defect: Defect) -> Iterator[Mending]:
    claim, seed = defect.claim, defect.seed
    if claim is None or seed is None or defect.file is None:
        return
    words = words_for(defect.ledger.vocabulary.words, defect.file.language)
    for start, end, kind in seed.hits(words):
        if kind == HEDGE and any(first <= start and end <= last for first, last in claim.found.spans):
            hedge = seed.folded[start:end]
            yield Mending(f"hedge: {hedge}", defect.sets("hedge", hedge), only=False)
            return


def translation(defect: Defect) -> Iterator[Mending]:
    file = defect.file
    if file is not None and primary(file.language) == primary(defect.ledger.vocabulary.language):
        yield Mending("no `translation`: the quote is in the ledger's language", defect.takes("translation"))
