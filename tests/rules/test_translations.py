"""What a translation says beside its quote, in several languages: text with its quote, the translation, and the finding (empty: none)."""

from __future__ import annotations

import json

import pytest
from running import run
from small import CLAIMS, file_of, ledger_at

CASES = [
    ("nb", "30.000 mennesker bor i Millbrook", "13,000 people live in Millbrook", "Q320 the quote has the figure `30.000`"),
    ("nb", "30 000 mennesker bor i Millbrook", "30,000 people live in Millbrook", ""),
    ("uk", "У Millbrook живе 27 тис. осіб", "27 thousand people live in Millbrook", ""),
    ("uk", "У Millbrook живе 27 тис. осіб", "72,000 people live in Millbrook", "Q320"),
    ("ro", "Doi oameni au murit la Millbrook", "2 people died at Millbrook", ""),
    ("ro", "Doi oameni au murit la Millbrook", "12 people died at Millbrook", "Q320"),
    ("ar", "٢٥ قتيلا في Millbrook", "25 dead at Millbrook", ""),
    ("ar", "٢٥ قتيلا في Millbrook", "52 dead at Millbrook", "Q320"),
    ("de", "Am 03.11.2025 um 22:30 fiel Millbrook", "Millbrook fell on 3 November 2025 at 10:30 p.m.", ""),
    ("fr", "1,5 million de personnes à Millbrook", "1.5 million people at Millbrook", ""),
    ("uk", "У Millbrook живе 27 тис. осіб", "2,700 people live in Millbrook", "Q320 the quote has the figure `27`"),
    ("tr", "Millbrook’ta 12 bin kişi öldü", "12 people died in Millbrook", "Q320"),
    ("tr", "Millbrook’ta 12 bin kişi öldü", "12,000 people died in Millbrook", ""),
    ("zh", "Millbrook有1.2万人死亡", "120,000 people died in Millbrook", "Q320"),
    ("zh", "Millbrook有1.2万人死亡", "12,000 people died in Millbrook", ""),
    ("hi", "Millbrook में 2 लाख लोग रहते हैं", "2 million people live in Millbrook", "Q320"),
    ("fa", "۲۵ نفر در Millbrook کشته شدند", "250 people were killed in Millbrook", "Q320"),
    ("zh", "Millbrook的投资增长了6%，至2210亿，10月21日", "Investments in Millbrook were up by 6 % to $221bn on 21 October", ""),
    ("hi", "Millbrook में $221bn", "$221bn in Millbrook", ""),
    ("es", "2.500 personas murieron en Millbrook", "250 people died in Millbrook", "Q320"),
    ("ru", "1,5 млн человек в Millbrook", "1.5 million people in Millbrook", ""),
    ("de", "Bei -5,50 Grad und 10 % in Millbrook am 3.10.2025", "At -5.5 degrees and 10 per cent in Millbrook on 3 October 2025", ""),
    ("nb", "Millbrook er ikke åpen", "Millbrook is open", "Q321 the quote has a negation, `ikke`"),
    ("he", "מילברוק לא נפלה", "Millbrook fell", "Q321"),
    ("tr", "Millbrook düşmedi değil", "Millbrook fell", "Q321"),
    ("zh", "Millbrook没有失守", "Millbrook has not fallen", ""),
    ("ru", "Millbrook взят", "Millbrook has reportedly been taken", "Q321 the translation has a hedge, `reportedly`"),
    ("es", "Millbrook presuntamente ha caído", "Millbrook has allegedly fallen", ""),
    ("uk", "Мілл'брук упав", "The town fell", "Q322 the quote names `Мілл'брук`"),
    ("uk", "Мілл'брук упав", "Millbrook fell", ""),
    ("ru", "В Миллбруке тихо", "It is calm at Elmdorf", "Q322"),
    ("xx", "Millbrook 5 nix", "Millbrook 5 not", ""),
    # a negation or a hedge that another language says otherwise
    ("ar", "Millbrook أمرٌ لا يصدق", "Millbrook, it is unbelievable", ""),
    ("ar", "لم تسقط Millbrook", "Millbrook fell", "Q321 the quote has a negation, `لم`"),
    ("tr", "Millbrook bize yabancı değil, alışılmamış", "Millbrook is unfamiliar", ""),
    ("tr", "Ordu Millbrook'tan çekilmiyor", "The army is leaving Millbrook", "Q321 the quote has a negation, `çekilmiyor`"),
    ("hi", "वे Millbrook को सँभाल सकते हैं", "They could hold Millbrook", ""),
    ("hi", "Millbrook शायद गिर गया", "Millbrook fell", "Q321 the quote has a hedge"),
    ("zh-Hant", "Millbrook無法勝任", "Millbrook is unfit", ""),
    ("de", "Die Lage in Millbrook ist unsicher", "The situation in Millbrook is not safe", ""),
    ("nb", "Millbrook har bare en bro", "Millbrook has no more than one bridge", ""),
    ("ro", "Millbrook poate fi atacat", "Millbrook can be attacked", ""),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the check says of each case's translation: one run for them all."""
    files: dict[str, str] = {}
    for number, (language, quote, translation, _) in enumerate(CASES):
        claim = {**CLAIMS[0], "id": f"case-{number}", "quote": json.dumps(quote), "translation": json.dumps(translation)}
        files |= file_of(
            [{**claim, "hedge": "presuntamente"} if language == "es" else claim], f"case-{number}.txt", quote, language=language
        )
    lines = run("-C", ledger_at(tmp_path_factory.mktemp("translations"), files), "check", "--format", "jsonl").out.splitlines()
    told = [json.loads(line) for line in lines]
    return {each["claim"]: f"{each['code']} {each['message']}" for each in told if each["code"] in ("Q320", "Q321", "Q322")}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_a_translation_says_otherwise(found: dict[str, str], number: int) -> None:
    _, quote, _, expected = CASES[number]
    told = found.get(f"case-{number}", "")
    assert told.startswith(expected) and bool(told) == bool(expected), (quote, told)
