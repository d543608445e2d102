"""What a claim says in a sentence, by the words of its property (DESIGN section 2, "How a claim is said in words")."""

from __future__ import annotations

import pytest
from small import Fields, file_of

from ledger.conflicts.claims_in_words import place_in_text, place_name, position_words, question_words, sentence
from ledger.model import Ledger
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree

PLACES = """format: 1
language: {language}
places:
  millbrook: {{kind: town, names: {{uk: Мілбрук, nb: Møllebekk, en: Millbrook}}}}
  kursk: {{kind: region, names: {{ru: Курская область, en: Kursk Oblast}}, short: the Kursk region}}
claimants:
  ministry: {{name: Ministry of Roads, kind: ministry}}
properties:
"""
ENGLISH = (
    PLACES.format(language="en")
    + """\
  control:
    title: who holds it
    values: {ukraine: Ukraine, russia: Russia, no-one: nobody}
    parts: true
    says: {ukraine: "Ukraine holds {place}", russia: "Russia holds {place}", no-one: "{place} is contested"}
    denied: {russia: "Russia does not hold {place}"}
  entry:
    title: have ... forces entered?
    event: true
    subjects: {ukraine: Ukrainian, russia: Russian}
    says: "{subject} forces have entered {place}"
    denied: "{subject} forces have not entered {place}"
  deaths: {title: how many have died, quantity: people, cumulative: true, says: "{value} people have died in {place}"}
  began: {title: when it began, date: true, timeless: true, says: "the war in {place} began: {value}"}
  nickname: {title: what it is called, text: true, says: "{place} is called “{value}”"}
  talks: {title: how the talks of ... stand, values: [under-way, over], subjects: {usa: the USA}, lasts: P1D}
  people: {title: how many live there, quantity: people, lasts: P1Y}
  flood: {title: has it been flooded?, event: true}
"""
)
NORWEGIAN = (
    PLACES.format(language="nb")
    + """\
  control: {title: hvem holder stedet, values: {russia: Russland}, parts: true, says: "{value} holder {place}"}
  deaths: {title: hvor mange er døde, quantity: mennesker, cumulative: true, says: "{value} er døde i {place}"}
  people: {title: hvor mange bor der, quantity: mennesker, lasts: P1Y}
"""
)


def read(vocabulary: str, **fields: str) -> Ledger:
    """A ledger of one claim."""
    claim: Fields = {"id": "one", "said": "2025-03-10", "quote": "so it is", **fields}
    files = {"ledger.yaml": vocabulary, **file_of([claim])}
    return load(MemoryTree({path: text.encode() for path, text in files.items()}))


def said(vocabulary: str = ENGLISH, **fields: str) -> str:
    ledger = read(vocabulary, **fields)
    return sentence(ledger.claims()[0], ledger.vocabulary)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "russia"}, "Russia holds Millbrook"),  # all of it by default, which nobody wrote
        ({"value": "russia", "extent": "all"}, "Russia holds all of Millbrook"),
        ({"value": "russia", "extent": "most"}, "Russia holds most of Millbrook"),
        ({"value": "russia", "extent": "~30%"}, "Russia holds about 30 % of Millbrook"),
        ({"value": "russia", "extent": "part", "place": "kursk"}, "Russia holds part of the Kursk region"),
        ({"value": "no-one", "place": "kursk"}, "The Kursk region is contested"),
        ({"value": "no-one", "extent": "part", "place": "kursk"}, "Part of the Kursk region is contested"),
        ({"value": "no-one", "place": "kursk", "stance": "expects"}, "expected: the Kursk region is contested"),
        ({"value": "russia", "stance": "doubts"}, "not confirmed: Russia holds Millbrook"),
        ({"value": "russia", "stance": "denies", "extent": "all"}, "Russia does not hold all of Millbrook"),
        ({"value": "russia", "stance": "denies", "extent": "part"}, "Russia does not hold any part of Millbrook"),
        ({"value": "russia", "stance": "denies", "extent": '">=60%"'}, "Russia does not hold 60 % or more of Millbrook"),
        ({"value": "ukraine", "stance": "denies", "extent": "part"}, "denied: Ukraine holds part of Millbrook"),
        ({"property": "entry", "subject": "russia"}, "Russian forces have entered Millbrook"),
        ({"property": "entry", "subject": "russia", "stance": "denies"}, "Russian forces have not entered Millbrook"),
        ({"property": "deaths", "value": '">=5500"'}, "At least 5,500 people have died in Millbrook"),
        ({"property": "deaths", "value": '">=5500"', "stance": "expects"}, "expected: at least 5,500 people have died in Millbrook"),
        ({"property": "began", "value": "2022-02-24~"}, "The war in Millbrook began: about 2022-02-24"),
        ({"property": "nickname", "value": "'[b]the {place}[/b]'"}, "Millbrook is called “[b]the {place}[/b]”"),
        ({"property": "talks", "subject": "usa", "value": "under-way"}, "Millbrook · how the talks of the USA stand: under way"),
        ({"property": "people", "value": "~2000"}, "Millbrook · how many live there: about 2,000 people"),
        ({"property": "flood"}, "Millbrook · has it been flooded? it has happened"),
        ({"property": "flood", "stance": "denies"}, "Millbrook · has it been flooded? it has not happened"),
    ],
)
def test_what_a_claim_says(fields: dict[str, str], words: str) -> None:
    assert said(**{"property": "control", **fields}) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "russia", "extent": "all"}, "Russland holder hele Møllebekk"),
        ({"value": "russia", "extent": "most"}, "Russland holder det meste av Møllebekk"),
        ({"property": "deaths", "value": "~12000"}, "Omtrent 12\u00a0000 er døde i Møllebekk"),
        ({"property": "people", "value": "1000..2000"}, "Møllebekk · hvor mange bor der: 1\u00a0000 til 2\u00a0000 mennesker"),
        ({"property": "deaths", "value": "7", "place": "kursk"}, "7 er døde i the Kursk region"),
    ],
)
def test_what_a_claim_says_in_the_language_of_its_ledger(fields: dict[str, str], words: str) -> None:
    assert said(NORWEGIAN, **{"property": "control", **fields}) == words


def test_what_can_not_be_read_is_told_as_it_stands() -> None:
    assert said(value="rusia") == "Millbrook · who holds it: rusia, all of it"
    assert said(value="russia", stance="hopes").endswith("its stance, `hopes`, can't be read: Russia")
    assert said(property="deaths", value="many") == "Many people have died in Millbrook"
    assert said(property="nowhere", value="x") == "Millbrook · nowhere: x"
    assert said(property="entry", subject="moon-men") == "Moon men forces have entered Millbrook"


def test_a_sentence_that_can_not_be_read_is_as_if_there_were_none() -> None:
    broken = ENGLISH.replace('"{value} people have died in {place}"', '"{value} people have died in {town}"')
    assert said(broken, property="deaths", value="7") == "Millbrook · how many have died: 7 people"


def test_names_are_in_the_language_of_the_ledger() -> None:
    for vocabulary, name in ((ENGLISH, "Millbrook"), (NORWEGIAN, "Møllebekk")):
        assert place_name("millbrook", read(vocabulary, value="russia").vocabulary) == name
    words = read(NORWEGIAN, value="russia").vocabulary
    assert place_name("kursk", words) == "Курская область" and place_in_text("kursk", words) == "the Kursk region"
    assert place_name("nowhere", words) == place_in_text("nowhere", words) == "nowhere"


def test_under_the_heading_of_its_question() -> None:
    ledger = read(ENGLISH, property="people", value="~2000")
    (claim,) = ledger.claims()
    assert question_words("millbrook", "people", None, ledger.vocabulary) == "Millbrook · how many live there"
    assert position_words(claim, ledger.vocabulary) == "about 2,000 people"


def test_what_a_name_hides_is_made_visible() -> None:
    hidden = ENGLISH.replace("short: the Kursk region", 'short: "the \\u202ekursk"')
    assert said(hidden, value="russia", place="kursk") == "Russia holds the <U+202E>kursk"
