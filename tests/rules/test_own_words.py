"""A ledger's own words: each list of a language that the program has no words for takes effect, and without it nothing is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run
from small import VOCABULARY, Fields, file_of, ledger_at

from ledger.texts.languages import WORD_LISTS

Words = dict[str, object]
PEOPLE = {"property": "people"}
# The list, the language, what the ledger says of it, a text with its quote, fields of the claim, a code; whether it is raised with the list.
CASES: list[tuple[str, str, Words, str, Fields, str, bool]] = [
    ("negations", "eu", {"negations": ["ez"]}, "Ekialdeak ez ⟦du hartu Millbrook⟧.", {}, "Q307", True),
    ("near-misses", "eu", {"near-misses": ["ia"]}, "Ekialdeak ia ⟦hartu du Millbrook⟧.", {}, "Q307", True),
    ("frames", "eu", {"frames": ["ukatu*"]}, "Alkateak ukatu du, atzo, ⟦Millbrook erori dela⟧.", {}, "Q307", True),
    ("frames", "cy", {"frames": ["gwadodd ... fod"]}, "Gwadodd y maer ddoe fod ⟦Millbrook wedi cwympo⟧.", {}, "Q307", True),
    ("hedges", "eu", {"hedges": ["omen"]}, "⟦Millbrook erori omen da⟧.", {}, "Q310", True),
    ("exceptions", "eu", {"negations": ["ez"], "exceptions": ["ez bakarrik"]}, "Ez bakarrik ⟦Millbrook erori da⟧.", {}, "Q307", False),
    ("no-hedges", "eu", {"hedges": ["omen"], "no-hedges": ["omen ez"]}, "⟦Millbrook omen ez da⟧.", {}, "Q310", False),
    ("prefixes", "eu", {"negations": ["ez"], "prefixes": ["bai"]}, "Ekialdeak baiez ⟦du hartu Millbrook⟧.", {}, "Q307", True),
    ("prefixes", "xh", {"prefixes": ["yase"]}, "⟦Ibhulorho yaseMillbrook ivulekile⟧.", {}, "Q314", False),
    ("suffixes", "eu", {"negations": ["ez"], "suffixes": ["ta", "tik"]}, "Millbrook ezta ⟦erori oraindik⟧.", {}, "Q307", True),
    ("suffixes", "eu", {"suffixes": ["tik"]}, "⟦Okatik ihes egin dute⟧.", {"place": "oka"}, "Q314", False),
    ("conjunctions", "cy", {"negations": ["nid"], "conjunctions": ["bod"]}, "Nid gwir, bod ⟦Millbrook wedi cwympo⟧.", {}, "Q307", True),
    ("lower-only", "eu", {"hedges": ["agian"], "lower-only": ["agian"]}, "⟦Millbrook, Agian, erori da⟧.", {}, "Q310", False),
    ("capital-only", "eu", {"hedges": ["agian"], "capital-only": ["agian"]}, "⟦Millbrook agian erori da⟧.", {}, "Q310", False),
    ("abbreviations", "eu", {"frames": ["ukatu*"], "abbreviations": ["jn."]}, "Ukatu du jn. Agirrek ⟦Millbrook erori dela⟧.", {}, "Q307", True),
    ("numbers", "cy", {"numbers": {"pump": 5}}, "⟦Bu farw pump o bobl ym Millbrook⟧.", {**PEOPLE, "value": "6"}, "Q313", True),
    ("scales", "cy", {"scales": {"mil": 1000}}, "⟦Mae 12 mil ym Millbrook⟧.", {**PEOPLE, "value": "12"}, "Q313", True),
    ("joiners", "eu", {"numbers": {"ehun": 100, "bost": 5}, "joiners": ["eta"]}, "⟦Ehun eta bost Millbrook⟧.", {**PEOPLE, "value": "105"}, "Q313", False),
    ("fractions", "cy", {"numbers": {"un": 1}, "scales": {"miliwn": 1000000}, "fractions": {"hanner": "1/2"}}, "⟦Mae hanner miliwn ym Millbrook⟧.", {**PEOPLE, "value": "500000"}, "Q313", False),
    ("fractions", "eo", {"numbers": {"du": 2}, "scales": {"milionoj": 1000000}, "fractions": {"duonaj": "+1/2"}}, "⟦Du duonaj milionoj en Millbrook⟧.", {**PEOPLE, "value": "2500000"}, "Q313", False),
    ("fillers", "cy", {"scales": {"miliwn": 1000000}, "fractions": {"chwarter": "1/4"}, "fillers": ["o"], "numbers": {"un": 1}}, "⟦Mae chwarter o miliwn ym Millbrook⟧.", {**PEOPLE, "value": "250000"}, "Q313", False),
    ("ranges", "cy", {"scales": {"miliwn": 1000000}, "ranges": ["i"]}, "⟦Mae 3 i 4 miliwn ym Millbrook⟧.", {**PEOPLE, "value": "3000000..4000000"}, "Q313", False),
    ("between", "cy", {"scales": {"miliwn": 1000000}, "joiners": ["a"], "between": ["rhwng"]}, "⟦Mae rhwng 3 a 4 miliwn ym Millbrook⟧.", {**PEOPLE, "value": "3000000..4000000"}, "Q313", False),
    ("bounds", "cy", {"bounds": {"o leiaf": ">="}}, "⟦Mae o leiaf 500 ym Millbrook⟧.", {**PEOPLE, "value": "500"}, "Q319", True),
    ("bounds", "cy", {"bounds": {"... neu fwy": ">="}}, "⟦Mae 500 neu fwy ym Millbrook⟧.", {**PEOPLE, "value": "500"}, "Q319", True),
    ("vague", "cy", {"scales": {"dwsinau": 12}, "vague": {"dwsinau": ">="}}, "⟦Mae dwsinau ym Millbrook⟧.", {**PEOPLE, "value": "12"}, "Q319", True),
    ("months", "cy", {"months": ["Mai"]}, "⟦Ar Mai 15 300 o bobl ym Millbrook⟧.", {**PEOPLE, "value": "300"}, "Q313", False),
    ("scale-first", "ln", {"scales": {"nkoto": 1000}, "scale-first": True}, "⟦Bato nkoto 12 na Millbrook⟧.", {**PEOPLE, "value": "12000"}, "Q313", False),
]  # fmt: skip
PLACES = VOCABULARY.replace("places:\n", "places:\n  oka: {kind: village, names: {eu: Oka}}\n")


def codes(folder: Path, language: str, words: Words, marked: str, fields: Fields) -> set[str]:
    """The codes that a claim raises in a ledger with words of its own."""
    quote, text = marked[marked.index("⟦") + 1 : marked.index("⟧")], marked.replace("⟦", "").replace("⟧", "")
    claim = {"id": "case", "value": "east", "said": "2025-03-05", "translation": "(put into English)", **fields, "quote": json.dumps(quote)}
    if claim.get("property"):
        claim.setdefault("property", "people")
    vocabulary = PLACES + f"words: {json.dumps({language: words}, ensure_ascii=False)}\n"
    folder = ledger_at(folder, file_of([claim], seed=text, language=language), vocabulary)
    return {json.loads(line)["code"] for line in run("-C", folder, "check", "--format", "jsonl").out.splitlines()}


@pytest.mark.parametrize(("name", "language", "words", "text", "fields", "code", "raised"), CASES)
def test_a_list_takes_effect(
    tmp_path: Path, name: str, language: str, words: Words, text: str, fields: Fields, code: str, raised: bool
) -> None:
    without = {key: value for key, value in words.items() if key != name}
    assert (code in codes(tmp_path / "with", language, words, text, fields)) is raised
    assert (code in codes(tmp_path / "without", language, without or {"negations": ["x y z"]}, text, fields)) is not raised


def test_each_list_is_tried() -> None:
    assert {case[0] for case in CASES} == set(WORD_LISTS)


@pytest.mark.parametrize(
    ("words", "told", "remedy"),
    [
        ("{eu: {framse: [a]}}", "has no field `framse`", "did you mean `frames`?"),
        ("{eu: {bound: {a: '>='}}}", "has no field `bound`", "did you mean `bounds`?"),
        ("{eu: {bounds: {gutxienez: 'at least'}}}", "`gutxienez` of `bounds` stands for no sign", "write one of >=, >, <=, <, ~"),
        ("{eu: {fractions: {erdi: half}}}", "`erdi` of `fractions` stands for no fraction", "write `word: 1/2`"),
        ("{eu: {fractions: {erdi: 1/0}}}", "`erdi` of `fractions` stands for no fraction", "write `word: 1/2`"),
        ("{eu: {scales: {mila: many}}}", "`mila` of `scales` stands for no whole number", "write `word: 1000`"),
        ("{eu: {bounds: [gutxienez]}}", "`bounds` must be a mapping of fields", ""),
        ("{eu: {negations: {ez: 1}}}", "`negations` must be a list of texts", ""),
        ("{eu: {scale-first: maybe}}", "`scale-first` is true or false", ""),
        ("{cy: {negations: [nid]}}", "no text is in the language `cy`", "the texts' language (eu)"),
        ("{basque: {negations: [ez]}}", "no text is in the language `basque`", "the texts' language (eu)"),
    ],
)
def test_what_can_not_be_used_is_told_where_it_stands(tmp_path: Path, words: str, told: str, remedy: str) -> None:
    claim = {"id": "case", "value": "east", "said": "2025-03-05", "translation": "It fell", "quote": "Millbrook erori da"}
    folder = ledger_at(tmp_path, file_of([claim], language="eu"), VOCABULARY + f"words: {words}\n")
    found = [json.loads(line) for line in run("-C", folder, "check", "--format", "jsonl").out.splitlines()]
    about = [each for each in found if told in each["message"]]
    assert len(about) == 1 and remedy in about[0]["help"], found
    assert about[0]["path"] == "ledger.yaml" and about[0]["line"] == len(VOCABULARY.splitlines()) + 1


@pytest.mark.parametrize(("tag", "language"), [("eu", "eu-ES"), ("EU", "eu"), ("ukr", "uk"), ("no", "nb"), ("eus", "eu"), ("en", "eu")])
def test_words_of_a_language_that_texts_are_in_are_used(tmp_path: Path, tag: str, language: str) -> None:
    claim = {"id": "case", "value": "east", "said": "2025-03-05", "translation": "It fell", "quote": "Millbrook erori da"}
    folder = ledger_at(tmp_path, file_of([claim], language=language), VOCABULARY + f"words: {{{tag}: {{negations: [x y z]}}}}\n")
    assert "no text is in" not in run("-C", folder, "check").out
