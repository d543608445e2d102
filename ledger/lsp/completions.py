"""What can be written where the cursor is: keys, ids by any of their names, the very words of the seed, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lsprotocol.types import CompletionItem, CompletionItemKind, CompletionList, Position, TextEdit

from ledger.conflicts.claims_in_words import sentence
from ledger.lsp.cursor import Spot, spot
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.seeds_named import seed_of
from ledger.lsp.targets import KIND_OF_FIELD
from ledger.model import CLAIM_FIELDS, FOUND, STANCES
from ledger.reading.claims import HEAD_FIELDS, PARAGRAPHS, PASSED_FIELDS, RESOLUTION_FIELDS, TENSION_FIELDS
from ledger.reading.contents import VOCABULARY_FILE
from ledger.reading.originals import ORIGINAL_FIELDS, TEXT_FIELDS
from ledger.reading.properties import PROPERTY_FIELDS
from ledger.reading.vocabulary import CLAIMANT_FIELDS, PLACE_FIELDS, TOP_FIELDS
from ledger.render.field_words import CLAIM_WORDS, HEAD_WORDS, NOTE_WORDS, ORIGINAL_WORDS
from ledger.render.schema import claimant_words, place_words, property_words
from ledger.rules import RULES
from ledger.rules.glossary import WORDS
from ledger.rules.registry import WARNING
from ledger.texts.display import one_line, shorten
from ledger.texts.folding import lowered, plain_letter
from ledger.texts.languages import words_for
from ledger.texts.seeds import Seed
from ledger.writing.scalars import scalar

MOST = 100  # proposals; more letters make them fewer
FEW_LETTERS = 2  # of a quote: below, whole sentences are proposed
_Told = tuple[tuple[str, ...], Mapping[str, str]]
_GLOSSARY: Mapping[str, str] = {name: word.means for name, word in WORDS.items()}
_KEYS: dict[str, _Told] = {
    "": (HEAD_FIELDS, HEAD_WORDS),
    "claims": (tuple(CLAIM_FIELDS), CLAIM_WORDS),
    "tensions": (TENSION_FIELDS, NOTE_WORDS),
    "resolutions": (RESOLUTION_FIELDS, NOTE_WORDS),
    "passed-over": ((*PASSED_FIELDS, "before", "after"), NOTE_WORDS),
    "original": (ORIGINAL_FIELDS, ORIGINAL_WORDS),
    "text": (TEXT_FIELDS, ORIGINAL_WORDS),
    "places": (PLACE_FIELDS, _GLOSSARY),
    "claimants": (CLAIMANT_FIELDS, _GLOSSARY),
    "properties": (PROPERTY_FIELDS, _GLOSSARY),
}


class Proposal(NamedTuple):
    """What can be written, how it is called, what is said of it, and by which words it is found."""

    written: str
    detail: str
    names: tuple[str, ...] = ()
    label: str = ""
    kind: CompletionItemKind = CompletionItemKind.Value


def completions(live: Live, path: str, lines: Lines, position: Position) -> CompletionList:
    """What can be written at a position."""
    here = spot(lines.lines, position.line, lines.column(position))
    typed = here.typed.lstrip("\"'")
    if here.key in ("quote", "before", "after"):
        seed = seed_of(live, path, lines.text)
        found = list(_passages(live, path, seed, typed, here)) if seed is not None else []
    else:
        found = _fitting(typed, _proposals(live, path, here))
    span = lines.span(position.line, here.start, 1)
    span.end = lines.at(position.line, max(here.end, here.start))
    items = [
        CompletionItem(
            label=one.label or one.written,
            kind=one.kind,
            detail=one.detail,
            filter_text=here.typed
            or one.label
            or one.written,  # (what fits was chosen here, by any name; the editor shall not choose again)
            sort_text=f"{number:04}",
            text_edit=TextEdit(span, one.written),
        )
        for number, one in enumerate(found[:MOST])
    ]
    return CompletionList(is_incomplete=True, items=items)


def _proposals(live: Live, path: str, here: Spot) -> Iterable[Proposal]:
    """All that can stand there."""
    if not here.key:
        return _codes(live, path, here) if here.outer == "accept" else _keys(path, here)
    vocabulary = live.vocabulary
    known = vocabulary.properties.get(here.fields.get("property", ""))
    kind = KIND_OF_FIELD.get(here.key, "")
    if here.key == "claims" and here.section not in ("tensions", "resolutions"):
        kind = ""
    if kind == "place":
        return (Proposal(each.id, place_words(each), tuple(each.all_names())) for each in vocabulary.places.values())
    if kind == "claimant":
        return (Proposal(each.id, claimant_words(each), (each.name, *each.other_names)) for each in vocabulary.claimants.values())
    if kind == "property":
        return (Proposal(each.id, property_words(each), (each.title,)) for each in vocabulary.properties.values())
    if kind == "claim" and here.key != "id":
        wanted = plain(here.typed.strip("\"' "))
        near = islice(
            (claim for claim in live.claims() if wanted in claim.id), MOST
        )  # (of ten thousand claims none is put into words for nothing)
        return (Proposal(claim.id, one_line(sentence(claim, vocabulary))) for claim in near)
    if here.key == "seed":
        return (Proposal(name, "") for name in live.contents.seeds)
    told = {
        "value": dict.fromkeys(known.values if known is not None else (), known.title if known is not None else ""),
        "subject": dict.fromkeys(known.subjects if known is not None else (), known.title if known is not None else ""),
        "stance": dict.fromkeys(STANCES, ""),
        "extent": {"all": "of all of it", "most": "of most of it", "part": "of a part of it"},
        "found": dict.fromkeys(FOUND, ""),
        "paragraphs": dict.fromkeys(PARAGRAPHS, ""),
        "side": dict.fromkeys(sorted({each.side for each in vocabulary.claimants.values() if each.side}), ""),
    }.get(here.key, {})
    return (Proposal(scalar(text, here.braced), words) for text, words in told.items())


def _keys(path: str, here: Spot) -> Iterator[Proposal]:
    names: tuple[str, ...]
    at_the_top = path == VOCABULARY_FILE and not here.section
    names, words = (TOP_FIELDS, _GLOSSARY) if at_the_top else _KEYS.get((here.outer in _KEYS and here.outer) or here.section, ((), {}))
    for name in names:
        if name not in here.fields or name == here.typed:
            yield Proposal(f"{name}: ", one_line(words.get(name, "")), label=name, kind=CompletionItemKind.Field)


def _codes(live: Live, path: str, here: Spot) -> list[Proposal]:
    """The codes that can be accepted, those first that are told of the claim."""
    raised = {each.code: each.message for each in live.defects(path) if each.claim_line == here.first + 1 and each.severity == WARNING}
    others = {
        code: rule.name.replace("_", " ") for code, rule in sorted(RULES.items()) if rule.severity == WARNING and "file" in rule.scopes
    }
    return [
        Proposal(f"{code}: ", one_line(words), label=code)
        for code, words in {**raised, **{c: w for c, w in others.items() if c not in raised}}.items()
    ]


# -- what fits ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A text in small letters without accents, letter by letter."""
    return "".join(map(plain_letter, lowered(text)))


def _fitting(typed: str, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that begin as was typed, then those of which a word does, then those that have it anywhere; in their own order."""
    wanted = plain(typed.strip())
    ranked: list[list[Proposal]] = [[], [], []]
    for one in proposals:
        texts = [plain(text) for text in (one.written, *one.names)]
        if any(text.startswith(wanted) for text in texts):
            ranked[0].append(one)
        elif any(f" {wanted}" in text or f"-{wanted}" in text for text in texts):
            ranked[1].append(one)
        elif any(wanted in text for text in texts):
            ranked[2].append(one)
    return [one for rank in ranked for one in rank]


def _passages(live: Live, path: str, seed: Seed, typed: str, here: Spot) -> Iterator[Proposal]:
    """The seed's words from where they begin as was typed: to the end of the clause, to that of the sentence, and the whole sentence. Of
    few letters, the sentences of which no claim was read yet."""
    file = live.file(path)
    words = words_for(live.vocabulary.words, file.language if file is not None else "")
    wanted = plain(" ".join(typed.split()))
    spans: dict[tuple[int, int], None] = {}
    if len(wanted) < FEW_LETTERS:
        read = [span for claim in (file.claims if file is not None else ()) for span in claim.found.spans]
        spans = {one: None for one in seed.sentences(words) if not any(start < one[1] and one[0] < end for start, end in read)}
    else:
        text = _plain_seed(seed)
        place = text.find(wanted)
        while place >= 0 and len(spans) < MOST:
            if place == 0 or not text[place - 1].isalnum():
                end = place + len(wanted)
                first, last = seed.sentence_around(place, end, words)
                for span in ((place, seed.clause_after(end, words, 1_000)), (place, last), (first, last)):
                    spans[span] = None
            place = text.find(wanted, place + 1)
    told: set[str] = set()
    for start, end in spans:
        said = seed.folded[start:end].strip().rstrip(".").rstrip()
        if said and said not in told:
            told.add(said)
            yield Proposal(
                scalar(said, here.braced, here.typed),
                f"line {seed.line(start)} of {seed.name}",
                label=shorten(said, 100),
                kind=CompletionItemKind.Text,
            )


def _plain_seed(seed: Seed) -> str:
    """The text of a seed without accents and large letters, with the same offsets; kept with it."""
    kept = seed.__dict__.get("_plain_for_search")
    if kept is None:
        table = {ord(char): plain_letter(char) for char in set(seed.lower) if not char.isascii()}
        kept = seed.__dict__["_plain_for_search"] = seed.lower.translate(table)
    return str(kept)
