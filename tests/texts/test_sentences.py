"""Sentences and clauses of a seed, in the languages of its users' texts; what stands beside a quote."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.texts.languages import is_draft, knows, shipped_languages, words_of
from ledger.texts.seeds import Seed


def seed_of(text: str) -> Seed:
    return Seed("text.txt", text.encode())


def sentences(language: str, text: str) -> list[str]:
    seed = seed_of(text)
    return [seed.folded[start:end] for start, end in seed.sentences(words_of(language))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mr. Smith of Millbrook came at 10 a.m. on Monday.|He left."),
        ("en", "J. R. Smith left in 2025.|Then… nothing.|What?!|Yes."),
        ("en", 'He said: “It is open.”|Nobody came.|"Is it?" she asked.|(It is.)|Done!'),
        ("en", "The U.S. Army came.|In room 12.|The end"),
        ("en", "Version 1.2.3 is out.|It counts 27.000 words.Or so.|’Tis all."),
        ("en", "Prices rose by 5.5.|It is done…|Well"),
        ("de", "Am 3. März kam Dr. Müller.|Es kostet 27.000 Euro.|Das ist z. B. viel."),
        ("de", "Der 1. FC kam am 11. November mit ca. 20 Mann.|Gut."),
        ("nb", "Den 11. november kom ca. 27.000 mann.|Kl. 12.30 gikk de.|«Ja.»|Han gikk bl.a. til byen."),
        ("nb", "Den 11. November-gaten er stengt.|Ja"),
        ("nn", "Han kom 3. Mai.|Ho gjekk."),
        ("ro", "Dl. Popescu, nr. 5, a spus: „Da.”|Apoi a plecat.|Str. Lungă este goală…|A venit."),
        ("uk", "У 2025 р. Вишнева мала 27 тис. жителів.|Там живе І. Франко.|«Так!»|Він пішов.|На вул. Лесі тихо."),
        ("ru", "В 2025 г. там жили люди.|«Да!»|Он ушёл."),
        ("pl", "Ul. Długa jest pusta.|Dr Nowak, ur. w 1990 r., przyszedł.|„Tak.”|Poszedł.|3. Pułk stoi."),
        ("fr", "M. Dupont est venu.|Mme. Ruiz dort !|Bien ?|Non."),
        ("es", "El Sr. Ruiz vino.|¿Está abierto?|¡Sí!|«No.»|EE. UU. calla."),
        ("en", "It opened. or so they say.|Next."),
        ("ja", "橋は開いた。|「はい。」|閉じた！"),
    ],
)
def test_where_sentences_end(language: str, text: str) -> None:
    expected = text.split("|")
    joined = text.replace("|", "" if language == "ja" else " ")
    assert sentences(language, joined) == expected
    assert sentences(language, joined.replace(" ", "\r\n")) == expected
    assert sentences(language, joined.replace(" ", "\u00a0")) == expected


def test_a_number_ends_a_sentence_where_ordinals_have_no_full_stop() -> None:
    assert sentences("en", "It was 12. He left.") == ["It was 12.", "He left."]
    assert sentences("de", "Es war am 12. Er ging.") == ["Es war am 12. Er ging."]
    assert sentences("de", "Es war 2012. Er ging.") == ["Es war 2012.", "Er ging."]


def test_paragraphs_end_sentences() -> None:
    assert sentences("en", "A heading\n\nFirst\nline. Then\n \nlast\n\n***\n") == ["A heading", "First line.", "Then", "last"]


def test_the_sentence_around_a_quote() -> None:
    seed, words = seed_of("One is here. Two is there. Three is gone.\n\nFour."), words_of("en")

    def around(quote: str) -> str:
        ((start, end),) = seed.find(quote).spans
        first, last = seed.sentence_around(start, end, words)
        return seed.folded[first:last]

    assert around("is there") == "Two is there."
    assert around("Two is there.") == "Two is there."
    assert around("here. Two") == "One is here. Two is there."
    assert around("Three") == "Three is gone."
    assert around("gone. Four") == "Three is gone. Four."
    assert around("Four") == "Four."


TEXT = st.text(st.sampled_from("aB1é .!?…,\n\"'“”«»()-"), max_size=80)


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from(["en", "de", "uk", "xx"]))
def test_sentences_lie_in_order_and_lose_no_letter(text: str, language: str) -> None:
    seed = seed_of(text)
    spans = seed.sentences(words_of(language))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(seed.folded[start:end] for start, end in spans)
    assert [char for char in kept if char.isalnum()] == [char for char in seed.folded if char.isalnum()]
    for start, end in spans:
        assert seed.paragraph(start)[0] <= start and end <= seed.paragraph(start)[1]
        assert seed.sentence_around(start, end, words_of(language)) == (start, end)


# -- clauses ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("nine eight seven |six five four three two one ", " one two three four five six| seven eight"),
        ("left, |then here ", " and now|, then"),
        ("left. |Then here ", " and now|. Then"),
        ("left (|then here ", " and now|) then"),
        ("left – |then here ", " and |– then"),
        ("they left –| ", " |– then"),
        ("they left— |“", "” |– then"),
        ("έφυγαν·| ", " μετά|· then"),
        ("|they left–", " and–then|"),
        ("left: “|then here ", " and now|” then"),
        ("a |well-known 3 4 5 6 don't ", " don’t 2 3 4 5 well-known| 7"),
        ("A heading\n\n|here ", " there|\n\nThe next"),
    ],
)
def test_the_clause_beside_a_quote(before: str, after: str) -> None:
    left, right = before.replace("|", ""), after.replace("|", "")
    seed = seed_of(f"{left}QUOTE{right}")
    start = seed.folded.index("QUOTE")
    assert seed.folded[seed.clause_before(start, NONE) : start].strip() == before.split("|")[-1].strip()
    assert seed.folded[start + 5 : seed.clause_after(start + 5, NONE)].strip() == after.split("|")[0].strip()


@settings(deadline=None, max_examples=300)
@given(TEXT, st.integers(0, 80))
def test_a_clause_stays_in_its_paragraph_and_within_six_words(text: str, offset: int) -> None:
    seed = seed_of(text)
    offset = min(offset, len(seed.folded))
    before, after = seed.clause_before(offset, NONE), seed.clause_after(offset, NONE)
    assert 0 <= before <= offset <= after <= len(seed.folded)
    assert len(seed.folded[before:offset].split()) <= 6 and len(seed.folded[offset:after].split()) <= 6


NONE = words_of("xx")


@pytest.mark.parametrize(
    ("language", "text", "quote", "before"),
    [
        ("de", "Es stimmt nicht, dass die Armee den Ort hält.", "die Armee", "Es stimmt nicht, dass"),
        ("de", "Sie kamen nicht, die Armee blieb.", "die Armee", ""),
        ("ru", "Это не так, что армия взяла город.", "армия", "Это не так, что"),
        ("uk", "Це не так, що армія взяла місто.", "армія", "Це не так, що"),
        ("pl", "Nie jest prawdą, że wojsko zajęło miasto.", "wojsko", "Nie jest prawdą, że"),
        ("cs", "Není pravda, že armáda obsadila město.", "armáda", "Není pravda, že"),
    ],
)
def test_a_comma_before_what_is_not_so_ends_no_clause(language: str, text: str, quote: str, before: str) -> None:
    seed, start = seed_of(text), text.index(quote)
    assert seed.folded[seed.clause_before(start, words_of(language)) : start].strip() == before


# -- negations and hedges --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "Broen er ikke åpen, angivelig; den skal ha falt uten varsel. Nikkel.", "ikke angivelig skal_ha uten"),
        ("ro", "Nu este aici, nici acolo, fără pod; ar fi deschis. Numai.", "Nu nici fără ar_fi"),
        ("en", "It is not open, reportedly; never, without doubt. Note, know.", "not reportedly never without"),
        ("uk", "Міст не працює, нібито без світла. Небо.", "не нібито без"),
        ("de", "Die Brücke ist angeblich nicht offen. Nichte.", "angeblich nicht"),
        ("pl", "Most podobno nie jest otwarty. Niebo.", "podobno nie"),
        ("fr", "Le pont n’est pas ouvert, peut-être. Passé.", "n’est pas peut-être"),
        ("es", "El puente no está abierto, quizás. Noche.", "no quizás"),
        ("ru", "Мост не открыт, якобы. Небо.", "не якобы"),
    ],
)
def test_negations_and_hedges_are_whole_words_in_any_case(language: str, text: str, expected: str) -> None:
    seed = seed_of(text)
    found = [seed.folded[start:end].replace(" ", "_") for start, end, _ in seed.hits(words_of(language))]
    assert [hit for hit in found if hit in expected.split()] == expected.split()
    assert not [hit for hit in found if hit in ("Nikkel", "Numai", "Note", "know", "Небо", "Nichte", "Niebo", "Passé", "Noche")]


def test_attribution_alone_is_no_hedge() -> None:
    for language, text in (("nb", "ifølge departementet"), ("ro", "potrivit ministerului"), ("en", "according to the ministry")):
        assert seed_of(text).hits(words_of(language)) == []


def test_the_languages_that_design_asks_for_are_known() -> None:
    assert {"nb", "nn", "ro", "en", "uk", "ru", "pl", "de", "fr", "es"} <= set(shipped_languages())
    for language in shipped_languages():
        words = words_of(language)
        assert {"negation", "hedge", "frame"} <= words.phrases.kinds
        assert is_draft(language) or (words.numbers and words.abbreviations and "near miss" in words.phrases.kinds)
        assert knows(language)
    assert not words_of("xx").phrases.kinds and not knows("xx") and not knows("../en") and knows("nb-NO")
    both = (("hedges", ("huh",)), ("negations", ("nix",)))
    assert knows("xx", both) and not knows("xx", both[:1])
    assert words_of("nb-NO") == words_of("NB")
