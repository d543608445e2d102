"""Where words begin and end in every script: quotes that cut one, quotes that are one, what differs, and escapes that stand for one character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run
from small import file_of, ledger_at

ABOUT = {"id": "case", "value": "east", "said": "2025-03-05", "translation": "(put into English by a person)"}
# Language, text, quote; the code and what its message holds (empty: none of Q301, Q303, Q306).
CASES = [
    # behind or before the hyphen of a compound
    ("en", "Anti-government forces hold Millbrook, said the ex-mayor.", "government forces hold Millbrook", "Q306 begins inside `Anti-government`"),
    ("en", "A non-violent march, a pro\u2011east mayor.", "violent march", "Q306 begins inside `non-violent`"),
    ("en", "The Kyiv-based group left.", "based group left", "Q306 begins inside `Kyiv-based`"),
    ("en", "The army–backed group left.", "backed group left", "Q306 begins inside `army–backed`"),
    ("de", "Die Nicht-Regierungstruppen gehen.", "Regierungstruppen gehen", "Q306 begins inside `Nicht-Regierungstruppen`"),
    ("fr", "L’ex-maire est parti.", "maire est parti", "Q306 begins inside `L’ex-maire`"),
    ("uk", "Військово-морські сили пішли.", "морські сили пішли", "Q306 begins inside `Військово-морські`"),
    ("he", "אי־סדרים בעיר.", "סדרים בעיר", "Q306 begins inside `אי־סדרים`"),
    ("en", "Rain - forces hold it, then – as said – they leave.", "forces hold it", ""),
    ("en", "The army did _not_ leave.", "not", ""),
    # before a vowel sign, a point, a joiner
    ("bn", "ঢাকায় ২৫ জন নিহত হয়নি আজ।", "ঢাকায় ২৫ জন নিহত হয়", "Q306 ends inside `হয়নি`"),
    ("hi", "25 लोग नहीं मारे गए।", "25 लोग नहीं मार", "Q306 ends inside `मारे`"),
    ("ta", "அவர் வந்தார்.", "அவர் வந்தார", "Q306 ends inside `வந்தார்`"),
    ("te", "వారు వచ్చారు.", "వారు వచ్చార", "Q306 ends inside `వచ్చారు`"),
    ("my", "စစ်သား သေဆုံးသည်။", "သေဆုံးသည", "Q306 ends inside `သေဆုံးသည်`"),
    ("th", "ทหารยึดเมืองแล้ว", "ทหารยึดเมืองแล", "Q306 ends inside"),
    ("th", "ทหารยึดเมืองแล้ว", "ทหารยึดเมือง", ""),
    ("ar", "أكّد الجيش ذلك.", "د الجيش ذلك", "Q306 begins inside `أكّد`"),
    ("fa", "کار غیر\u200cقانونی بود.", "قانونی بود", "Q306 begins inside `غیر<U+200C>قانونی`"),
    ("fa", "او ترک نمی\u200cکند.", "او ترک نمی", "Q306 ends inside `نمی<U+200C>کند`"),
    ("ko", "시민이 다쳤다.", "민이 다쳤다", "Q306 begins inside `시민이`"),
    # words of one letter with its sign
    ("hi", "वह है", "है", ""),
    ("my", "မြို့ ကျ သည်။", "ကျ", ""),
    ("bn", "সে যা বলে", "যা", ""),
    ("en", "Plan B failed", "B", "Q303 holds no words"),
    ("hi", "वह न है", "न", "Q303 holds no words"),
    # what differs is told in whole words
    ("hi", "वह मरे हुए थे।", "वह मारे हुए थे", "Q301 word for word: `मारे` for `मरे`"),
    ("hi", "उसने कि कहा था।", "उसने की कहा था", "Q301 word for word: `की` for `कि`"),
    ("ko", "시민 25명이 다쳤다.", "사망 25명이 다쳤다", "Q301 word for word: `사망` for `시민`"),
    ("ar", "أكّد الجيش ذلك.", "أنكر الجيش ذلك", "Q301 word for word: `أنكر` for `أكّد`"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the check says of each case's quote, by the case's id: one run for them all."""
    files: dict[str, str] = {}
    for number, (language, text, quote, _) in enumerate(CASES):
        files |= file_of([{**ABOUT, "id": f"case-{number}", "quote": json.dumps(quote)}], f"case-{number}.txt", text, language=language)
    lines = run("-C", ledger_at(tmp_path_factory.mktemp("edges"), files), "check", "--format", "jsonl").out.splitlines()
    told = [each for each in map(json.loads, lines) if each["code"] in ("Q301", "Q303", "Q306")]
    return {each["claim"]: f"{each['code']} {each['message']}" for each in told}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_where_a_word_ends(found: dict[str, str], number: int) -> None:
    _, _, quote, expected = CASES[number]
    told = found.get(f"case-{number}", "").replace("\u200c", "<U+200C>")
    assert told.startswith(expected[:4]) and expected[5:] in told and bool(told) == bool(expected), (quote, told)


@pytest.mark.parametrize("sign", ["\U000e0067", "\U000e0001", "\U000e0020", "\u2066"])
def test_the_escape_that_is_advised_stands_for_the_character(tmp_path: Path, sign: str) -> None:
    text = f"The east {sign} took Millbrook."

    def told(folder: str, written: str) -> list[dict[str, str]]:
        claim = {**ABOUT, "quote": f'"The east {written} took Millbrook"'}
        lines = run("-C", ledger_at(tmp_path / folder, file_of([claim], seed=text)), "check", "--format", "jsonl").out.splitlines()
        return [each for each in map(json.loads, lines) if each["path"].startswith("claims/")]

    [raw] = told("raw", sign)
    assert raw["code"] == "Y115"
    assert told("escaped", raw["help"].split('"')[1]) == []


@pytest.mark.parametrize(
    ("language", "lines", "whole"),
    [
        (
            "en",
            ["The mayor of Elm Town said on Monday:", "the bridge has fallen.", "In Millbrook it rained.", "The mill has fallen."],
            True,
        ),
        ("hi", ["पुल गिर गया।", "लोग भाग गए।", "मिल जल रही है।", "वर्षा हुई।"], True),
        ("ar", ["سقطت المدينة.", "هل رحل الناس؟", "انفجر الجسر.", "هطل المطر."], True),
        ("zh", ["桥断了。", "人们离开了。", "“下雨了。”", "城市失守了！"], True),
        (
            "en",
            ["The mayor of Elm Town said that the", "bridge has fallen. In Millbrook it", "rained. The mill has fallen.", "So they say."],
            False,
        ),
        ("en", ["Millbrook holds out", "⚡️The bridge was blown up", "❗️Forty people are missing", "🔻The east took the mill"], False),
        ("en", ["It rained.", "The bridge has fallen.", "The mill burns."], False),
    ],
)
def test_lines_that_end_where_sentences_do_are_told_from_wrapped_ones(tmp_path: Path, language: str, lines: list[str], whole: bool) -> None:
    claim = {**ABOUT, "quote": json.dumps(lines[0])}
    folder = ledger_at(tmp_path, file_of([claim], seed="\n".join(lines) + "\n", language=language))
    assert ("S711" in run("-C", folder, "check").out) is whole
