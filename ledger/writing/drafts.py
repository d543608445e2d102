"""A claim that is being written: what was typed becomes its fields, and what stands beside its quote is proposed for the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ledger.answers.coverage import sentences
from ledger.answers.names import bearers, find_claimants, find_place, find_property, find_subject
from ledger.conflicts import Conflict, find_conflicts
from ledger.conflicts.finder import conflicts_of
from ledger.model import CLAIM_FIELDS, CLAIMS, NAMES, REASONS, ClaimsFile, Ledger, Property, Trouble
from ledger.rules.runner import excluded
from ledger.texts.display import SLUG, one_line
from ledger.texts.folding import lowered, search_key, slug
from ledger.texts.languages import HEDGE, primary, words_for
from ledger.writing.quoting import Quoted, quoted_in_one
from ledger.writing.splices import Value

SPEAKS = 3  # letters up to which a value says nothing without its property: yes, no, on, off
LONGEST_ID = 60  # letters of an id that is proposed
_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[., \u00a0\u202f'’]\d{3})+(?!\d)|(?<![\w.,])\d+(?:[.,]\d{1,2})?(?!\w|[.,]\d)")
_SEPARATORS = re.compile(r"[ \u00a0\u202f'’]")


def required_of(ledger: Ledger, file: ClaimsFile, fields: Mapping[str, Value]) -> list[str]:
    """The fields that a claim must have and that have not been given yet, in the order in which claims are written."""
    known = ledger.vocabulary.properties.get(str(fields.get("property", "")))
    needed = {name for name, field in CLAIM_FIELDS.items() if field.required and name != "id"}
    if known is not None:
        needed |= ({"value"} if known.type != "event" else set()) | ({"subject"} if known.subjects else set())
        needed |= {"extent"} if known.type == "choice" and known.parts and fields.get("stance") == "denies" else set()
    if primary(file.language) != primary(ledger.vocabulary.language):
        needed.add("translation")
    return [name for name in CLAIM_FIELDS if name in needed and name not in fields]


def fields_typed(typed: Mapping[str, str | Sequence[str]], ledger: Ledger) -> dict[str, Value]:
    """The fields of a claim as they are written, of texts as they were typed: names become ids. Raises Trouble for unknown names."""
    fields: dict[str, Value] = {}
    for name, given in typed.items():
        kind = CLAIM_FIELDS[name].kind
        if isinstance(given, str):
            if given:
                fields[name] = id_of(name, given, ledger)
        elif kind == REASONS:
            fields[name] = dict(_reason(text) for text in given)
        elif kind in (NAMES, CLAIMS):
            fields[name] = [id_of(name, text, ledger) for text in given]
    called = bearers(str(fields["value"]), choices_of("value", fields, ledger)) if "value" in fields else []
    if len(called) == 1:
        fields["value"] = called[0]
    return {name: value for name, value in fields.items() if value}


def id_of(field: str, typed: str, ledger: Ledger) -> str:
    """The id that a name stands for, in a field that holds one; other texts as they are. Raises Trouble."""
    vocabulary = ledger.vocabulary
    if field == "place":
        return find_place(typed, vocabulary)
    if field == "property":
        return find_property(typed, vocabulary)
    if field in ("claimant", "via"):
        return typed if typed in vocabulary.claimants else _claimant(typed, ledger)
    return find_subject(typed, vocabulary) if field == "subject" else typed


def _claimant(typed: str, ledger: Ledger) -> str:
    """The one claimant of a name, without those who speak of it."""
    found = find_claimants(typed, ledger.vocabulary)
    return next(name for name in sorted(found) if not found & set(ledger.vocabulary.chain_of(name)[1:]))


def _reason(text: str) -> tuple[str, str]:
    code, _, why = text.partition("=")
    if not why.strip():
        raise Trouble(f"`--accept {one_line(text)}` is not CODE=REASON")
    return code.strip().upper(), why.strip()


def file_of_seed(ledger: Ledger, seed: str) -> ClaimsFile:
    """The claims file of a seed; raises Trouble where there is none that could be read."""
    files = [file for file in ledger.files if file.seed_name == seed]
    if not files:
        raise Trouble(f"no claims file that could be read names the seed {one_line(seed)}: `ledger seed add` begins one")
    return files[0]


def quote_fields(ledger: Ledger, fields: Mapping[str, Value], seed: str | None) -> tuple[ClaimsFile, dict[str, Value]]:
    """The file that a quote goes to, and the quote in the seed's own words with what tells its place; as it was typed where the words
    beside it are given too."""
    words = str(fields["quote"])
    if fields.get("before") or fields.get("after"):
        if seed is None:
            raise Trouble("`--before` and `--after` tell a place in one seed: name it with `--seed`")
        return file_of_seed(ledger, seed), {"quote": words}
    quoted = quoted_in_one(ledger, words, seed)
    return file_of_seed(ledger, quoted.seed.name), {"quote": quoted.quote, **quoted.beside}


def next_open(ledger: Ledger, seed: str | None) -> tuple[ClaimsFile, str] | None:
    """The first sentence that bears no claim and is not passed over, of one seed or of all; None where there is none."""
    for file in ledger.files:
        if seed is None or file.seed_name == seed:
            for sentence in sentences(file, ledger.vocabulary):
                if sentence.state == "open":
                    return file, sentence.text
    return None


# -- what is proposed -------------------------------------------------------------------------------------------------------


def propose_id(ledger: Ledger, fields: Mapping[str, Value]) -> str:
    """An id that no claim has: of the place, who or what it is said of, what is said, who says it; then the day, then words of the quote."""
    known = ledger.vocabulary.properties.get(str(fields.get("property", "")))
    value = str(fields.get("value", ""))
    asked = str(fields.get("property", ""))
    if known is not None and known.type == "choice":
        asked = value if len(value) > SPEAKS else f"{asked}-{value}"
    parts = [str(fields.get(name, "")) for name in ("place", "subject")] + [slug(asked), str(fields.get("claimant", ""))]
    taken = {claim.id for claim in ledger.claims()}
    made = _joined(parts)
    further = [slug(str(fields.get("said", ""))), *slug(str(fields.get("quote", ""))).split("-")]
    for more in further:
        if made and made not in taken:
            return made
        made = _joined([made, more], LONGEST_ID + 40)
    return made if made not in taken else ""


def _joined(parts: Iterable[str], most: int = LONGEST_ID) -> str:
    """Slugs behind each other, as many whole words as there is room for."""
    words = "-".join(part for part in parts if part).split("-")
    while len("-".join(words)) > most:
        words.pop()
    return "-".join(words)


def places_near(ledger: Ledger, quoted: Quoted) -> list[str]:
    """The places whose names stand in a quote, else in its paragraph: the longest name first."""
    seed, (start, end) = quoted.seed, (quoted.passage.spans[0][0], quoted.passage.spans[-1][1])
    for first, last in ((start, end), seed.paragraph(start)):
        text = seed.lower[first:last]
        found = {
            place.id: max(len(name) for name in place.all_names() if lowered(name) in text)
            for place in ledger.vocabulary.places.values()
            if any(lowered(name) in text for name in place.all_names())
        }
        if found:
            return sorted(found, key=lambda name: (-found[name], name))
    return []


def claimants_near(ledger: Ledger, quoted: Quoted) -> list[str]:
    """The claimants whose names stand in the sentence of a quote."""
    text = quoted.seed.lower[slice(*quoted.sentence)]
    return [
        known.id
        for known in ledger.vocabulary.claimants.values()
        if any(lowered(name) in text for name in (known.name, *known.other_names))
    ]


def hedge_in(ledger: Ledger, file: ClaimsFile, quoted: Quoted) -> str:
    """The first hedge within a quote; empty where none stands there."""
    for start, end, kind in quoted.seed.hits(words_for(ledger.vocabulary.words, file.language)):
        if kind == HEDGE and any(first <= start and end <= last for first, last in quoted.passage.spans):
            return quoted.seed.folded[start:end]
    return ""


def figure_in(quote: str) -> str:
    """The first figure in the digits of a quote, without what separates its thousands; empty where none can be told."""
    found = _FIGURE.search(quote)
    if found is None:
        return ""
    text = _SEPARATORS.sub("", found[0])
    return re.sub(r"[.,](?=\d{3}(?:\D|\Z))", "", text).replace(",", ".")


def choices_of(field: str, fields: Mapping[str, Value], ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """What may be written in a field, each with its other names; nothing where it takes any text."""
    vocabulary = ledger.vocabulary
    known: Property | None = vocabulary.properties.get(str(fields.get("property", "")))
    if field == "place":
        return {place.id: tuple(place.all_names()) for place in vocabulary.places.values()}
    if field in ("claimant", "via"):
        return {one.id: (one.name, *one.other_names) for one in vocabulary.claimants.values()}
    if field == "property":
        return {one.id: (one.title,) for one in vocabulary.properties.values() if one.usable}
    if field == "value" and known is not None and known.type == "choice":
        return {value: (known.value_names[value],) if value in known.value_names else () for value in known.values}
    if field == "subject" and known is not None:
        return {subject: _called(subject, ledger) for subject in known.subjects}
    if field == "stance":
        return {"asserts": (), "denies": (), "doubts": (), "expects": ()}
    if field in ("disputes", "corrects"):
        return {claim.id: () for claim in ledger.claims() if SLUG.fullmatch(claim.id)}
    return {}


def _called(subject: str, ledger: Ledger) -> tuple[str, ...]:
    """What a subject may be called: as the claimant or the place of that id is."""
    claimant, place = ledger.vocabulary.claimants.get(subject), ledger.vocabulary.places.get(subject)
    return (*((claimant.name,) if claimant is not None else ()), *(place.all_names() if place is not None else ()))


def meant(typed: str, choices: Mapping[str, Sequence[str]]) -> list[str]:
    """The choices that a few letters may stand for, in any script: the one of that id or name, else those that begin so, else those of
    which a word does."""
    if typed in choices:
        return [typed]
    key = search_key(typed)
    names = {name: [search_key(each) for each in (name, *others)] for name, others in choices.items()}
    for fits in (
        lambda each: each == key,
        lambda each: each.startswith(key),
        lambda each: f" {each}".replace("-", " ").find(f" {key}") >= 0,
    ):
        found = [name for name, known in names.items() if any(map(fits, known))]
        if found:
            return found
    return []


def opened_by(ledger: Ledger, claim: str) -> list[Conflict]:
    """The contradictions that a claim opens in a ledger that has it already."""
    findings = find_conflicts(ledger, excluded(ledger))
    written = [known for known in ledger.claims() if known.id == claim]
    return conflicts_of(written[0], findings, ledger.vocabulary) if written else []
