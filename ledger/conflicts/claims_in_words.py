"""What a claim says, in a sentence; names as readers know them. Data stays text: whatever is put into a sentence is made visible."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.model import STANCES, Claim, Property, Vocabulary
from ledger.texts.dates import DateProblem, parse_day
from ledger.texts.display import one_line, shorten
from ledger.texts.phrases import day_words, extent_words, figure_words
from ledger.texts.templates import capitalised, fill

_BEFORE = {"expects": "expected: ", "doubts": "not confirmed: "}
MOST = 200  # characters of a value in free text


def _apart(text: str, vocabulary: Vocabulary) -> str:
    """A name or a sentence of the ledger, for people set apart where it runs from right to left."""
    if not vocabulary.sets_apart or text.isascii():
        return text
    from ledger.texts.directions import isolated

    return isolated(text)


# -- names ------------------------------------------------------------------------------------------------------------


def name_of(claim: Claim, vocabulary: Vocabulary) -> str:
    """The claimant's name, or its id."""
    return claimant_name(claim.claimant, vocabulary)


def claimant_name(claimant: str, vocabulary: Vocabulary) -> str:
    """A claimant's name, or its id."""
    known = vocabulary.claimants.get(claimant)
    return _apart(one_line(known.name if known is not None else claimant), vocabulary)


def side_name(side: str, vocabulary: Vocabulary) -> str:
    """What is printed for a side."""
    return _apart(one_line(vocabulary.sides.get(side, side)), vocabulary)


def place_name(place: str, vocabulary: Vocabulary) -> str:
    """The place's name in the ledger's language, or its id."""
    known = vocabulary.places.get(place)
    return _apart(one_line(known.name_in(vocabulary.language) if known is not None else place), vocabulary)


def place_in_text(place: str, vocabulary: Vocabulary) -> str:
    """The place's name as it stands in a sentence: the short one, where it has one."""
    known = vocabulary.places.get(place)
    return _apart(one_line(known.short), vocabulary) if known is not None and known.short else place_name(place, vocabulary)


def value_name(known: Property | None, value: str) -> str:
    """What is printed for a value of a choice: what the ledger says, else the id with spaces for its hyphens."""
    if known is None or known.type != "choice":
        return shorten(value, MOST)
    return shorten(known.value_names.get(value) or value.replace("-", " "), MOST)


def subject_name(known: Property | None, subject: str) -> str:
    """What is printed for a subject."""
    return shorten((known.subject_names.get(subject) if known is not None else None) or subject.replace("-", " "), MOST)


# -- questions --------------------------------------------------------------------------------------------------------


def title_of(property: str, subject: str | None, vocabulary: Vocabulary) -> str:
    """A property's title; a title with `...` takes the subject there, another has it behind it."""
    known = vocabulary.properties.get(property)
    title = one_line(known.title if known is not None else property)
    if subject is None:
        return _apart(title, vocabulary)
    name = _apart(subject_name(known, subject), vocabulary)
    return _apart(title.replace("...", name, 1), vocabulary) if "..." in title else f"{_apart(title, vocabulary)} · {name}"


def question_words(place: str, property: str, subject: str | None, vocabulary: Vocabulary) -> str:
    """The question as a heading: `Pokrovsk · have Russian forces entered?`."""
    return f"{capitalised(place_name(place, vocabulary))} · {title_of(property, subject, vocabulary)}"


# -- sentences --------------------------------------------------------------------------------------------------------


def sentence(claim: Claim, vocabulary: Vocabulary) -> str:
    """What a claim says, whole in itself: `Russia holds all of Kupiansk`, `expected: ...`, `not confirmed: ...`; where the property says no
    sentence, the question and the answer to it."""
    known = vocabulary.properties.get(claim.property)
    if says_so(claim.stance, claim.value, known):
        return position_words(claim, vocabulary)
    question = question_words(claim.place, claim.property, claim.subject, vocabulary)
    return f"{question}{' ' if asks(question) else ': '}{position_words(claim, vocabulary)}"


def asks(question: str) -> bool:
    """Whether a title ends with a question mark, of whatever script."""
    return question.rstrip("\u2069")[-1:] in ("?", "؟")


def position_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """What a claim says, under the heading of its question: its sentence, or (where the property says none) the answer alone: `Russia, all
    of it`, `about 2,000 people`."""
    known = vocabulary.properties.get(claim.property)
    if claim.stance not in STANCES:  # whether it is asserted or denied can't be told, so neither is said
        value = f": {value_words(known, claim.value, vocabulary)}" if claim.value else ""
        return f"its stance, `{shorten(claim.stance, 40)}`, can't be read{value}"
    if known is not None and says_so(claim.stance, claim.value, known):
        extent = claim.extent if "extent" in claim.at else None
        told = clause(claim.place, known, claim.subject, claim.value, claim.stance, extent, vocabulary)
        before = _BEFORE.get(claim.stance, "")
        if claim.stance == "denies" and not denies_in_words(claim.value, known):
            before = "denied: "
        return before + told if before else capitalised(told)
    return plain_answer(claim, known, vocabulary)


def hedge_words(claim: Claim) -> str:
    """The words by which a claim leaves open what it says: `left open: “syntes å vise”`; empty where there are none."""
    return f"left open: “{one_line(claim.hedge)}”" if claim.hedge is not None else ""


def says_so(stance: str, value: str | None, known: Property | None) -> bool:
    """Whether a property has a sentence for what is said."""
    return known is not None and stance in STANCES and bool(_template(known, stance, value))


def clause(
    place: str, known: Property, subject: str | None, value: str | None, stance: str, extent: str | None, vocabulary: Vocabulary
) -> str:
    """What is said of a question, by the sentence of its property, as it stands behind "that"; `extent` is None where none was written."""
    template = _template(known, stance, value)
    denying = stance == "denies" and denies_in_words(value, known)
    name = place_in_text(place, vocabulary)
    words = {
        "place": name if extent is None else extent_words(extent, name, vocabulary.language, denying),
        "value": value_words(known, value, vocabulary, unit=False) if value is not None else "",
        "subject": _apart(subject_name(known, subject), vocabulary) if subject is not None else "",
    }
    return _apart(fill(template, words), vocabulary)


def denies_in_words(value: str | None, known: Property) -> bool:
    """Whether a property has a sentence for a denial of a value."""
    return bool(_of_value(known.denied, value))


def _template(known: Property, stance: str, value: str | None) -> str:
    """The sentence for what is said: of a denial its own, else that of the assertion (before which `denied:` is written)."""
    own = _of_value(known.denied, value) if stance == "denies" else ""
    return own or _of_value(known.says, value)


def _of_value(sentences: Mapping[str | None, str], value: str | None) -> str:
    return sentences.get(value) or sentences.get(None) or ""


def value_words(known: Property | None, value: str | None, vocabulary: Vocabulary, unit: bool = True) -> str:
    """A value in words: what is printed for a choice, `about 55,000 people`, `about 2022-02-24`, a free text as it is."""
    text = value or ""
    if known is not None and known.type == "quantity":
        figure = figure_words(text, vocabulary.language)
        return shorten(f"{figure} {_apart(one_line(known.unit), vocabulary)}" if unit else figure, MOST)
    if known is not None and known.type == "date":
        try:
            parse_day(text)
        except DateProblem:
            return _apart(shorten(text, MOST), vocabulary)
        return day_words(text, vocabulary.language)
    return _apart(value_name(known, text), vocabulary)


SHARE_OF_IT = {"all": "all of it", "most": "most of it", "part": "part of it"}


def plain_answer(claim: Claim, known: Property | None, vocabulary: Vocabulary) -> str:
    """The answer of a claim whose property says no sentence."""
    if known is not None and known.type == "event":
        words = "it has not happened" if claim.stance == "denies" else "it has happened"
    else:
        words = value_words(known, claim.value, vocabulary) or "said"
        if known is not None and known.parts and known.type == "choice" and claim.extent is not None:
            words += ", " + share_of_it(claim.extent, vocabulary)
        if claim.stance == "denies":
            words = f"not {words}"
    return _BEFORE.get(claim.stance, "") + words


def share_of_it(extent: str, vocabulary: Vocabulary) -> str:
    """`all of it`, `about 30 % of it`."""
    return SHARE_OF_IT.get(extent) or extent_words(extent, "it", "en")
