"""A small ledger of sources in many scripts, two of them right to left with all that goes with that: points, joiners, marks of direction."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from small import Fields, file_of, ledger_at

VOCABULARY = """format: 1
language: en
places:
  aleppo: {kind: city, names: {en: Aleppo, ar: حلب, he: חאלב, fa: حلب, hi: अलेप्पो, th: อเลปโป, my: အလက်ပို, ja: アレッポ}}
  saraqib: {kind: town, names: {ar: سراقب, he: סראקב}, within: aleppo}
claimants:
  army: {name: الجيش السوري, kind: army, side: north}
  brigade: {name: اللواء 25, kind: army, side: north}
  spokesman-he: {name: 'דובר צה"ל', kind: spokesman, side: south}
  agency-fa: {name: "خبرگزاری ما‌ایران", kind: agency, side: south}
  hindi: {name: सेना प्रवक्ता जम्मू, kind: army, side: north}
  thai: {name: กองทัพที่หนึ่ง, kind: army, side: south}
  burmese: {name: တပ်မတော် သတင်း, kind: army, side: north}
  japanese: {name: 陸軍「報道官」, kind: army, side: south}
  tamil: {name: தமிழ் இராணுவம், kind: army, side: north}
  khmer: {name: កងទ័ពខ្មែរ, kind: army, side: south}
  lao: {name: ກອງທັບນ້ຳ, kind: army, side: north}
  tibetan: {name: བོད་ཡིག་དམག, kind: army, side: south}
  korean: {name: KOREAN, kind: army, side: north}
  emoji: {name: "👨\u200d👩\u200d👧 1️⃣ 🇳🇴 news", kind: newspaper, side: south}
sides: {north: الشمال, south: South}
properties:
  control: {title: who holds the place, values: {north: الشمال, south: South}, lasts: P14D}
  deaths: {title: how many died, quantity: people, cumulative: true}
  nickname: {title: what it is called, text: true}
""".replace("KOREAN", unicodedata.normalize("NFD", "한국군"))
BEFORE_A_QUOTE = "قال الجيش إنّ"  # an attribution: what must not be shown behind the quote
MARKED = "דובר צה״ל מסר כי \u200f25 מחבלים\u200f נהרגו ביום שלישי."
SOURCES: dict[str, tuple[str, list[Fields]]] = {
    "ar": (
        f"{BEFORE_A_QUOTE} ٢٥ مسلحاً قتلوا في حلب يوم الاثنين. سيطر الجيش على حلب كلها (القديمة والجديدة). مات 40 في سراقب، و BBC تنفي.",
        [
            {"id": "ar-dead", "property": "deaths", "value": "25", "quote": "٢٥ مسلحاً قتلوا في حلب", "claimant": "army"},
            {"id": "ar-held", "value": "north", "quote": "سيطر الجيش على حلب كلها", "claimant": "brigade", "via": "[agency-fa]"},
            {"id": "ar-saraqib", "place": "saraqib", "property": "deaths", "value": "40", "quote": "مات 40 في سراقب، و BBC تنفي", "claimant": "brigade"},
        ],
    ),
    "he": (
        MARKED + " חאלב בידי הדרום, אמר הדובר.",
        [
            {
                "id": "he-dead",
                "property": "deaths",
                "value": "25",
                "quote": '"\\u200f25 מחבלים\\u200f נהרגו"',
                "claimant": "spokesman-he",
            },
            {"id": "he-held", "value": "south", "quote": "חאלב בידי הדרום", "claimant": "spokesman-he"},
        ],
    ),
    "fa": (
        "خبرگزاری می\u200cگوید حلب در دست جنوب است. در حلب ۳۰ نفر کشته شدند.",
        [
            {"id": "fa-held", "value": "south", "quote": "حلب در دست جنوب است", "claimant": "agency-fa"},
            {"id": "fa-dead", "property": "deaths", "value": "30", "quote": "در حلب ۳۰ نفر کشته شدند", "claimant": "agency-fa"},
        ],
    ),
    "hi": ("अलेप्पो उत्तर के नियंत्रण में है।", [{"id": "hi-held", "value": "north", "quote": "अलेप्पो उत्तर के नियंत्रण में है", "claimant": "hindi"}]),
    "th": ("อเลปโปอยู่ในมือของฝ่ายใต้ตามที่กองทัพแถลง", [{"id": "th-held", "value": "south", "quote": "อเลปโปอยู่ในมือของฝ่ายใต้", "claimant": "thai"}]),
    "my": ("အလက်ပိုကို မြောက်ပိုင်းက ထိန်းချုပ်ထားသည်။", [{"id": "my-held", "value": "north", "quote": "အလက်ပိုကို မြောက်ပိုင်းက ထိန်းချုပ်ထားသည်", "claimant": "burmese"}]),
    "ja": ("アレッポは南側が支配している。", [{"id": "ja-held", "value": "south", "quote": "アレッポは南側が支配している", "claimant": "japanese"}]),
    "ta": ("அலெப்போ வடக்கின் கட்டுப்பாட்டில் உள்ளது.", [{"id": "ta-held", "value": "north", "quote": "அலெப்போ வடக்கின் கட்டுப்பாட்டில் உள்ளது", "claimant": "tamil"}]),
    "km": ("អាឡេប៉ូស្ថិតក្នុងដៃខាងត្បូង។", [{"id": "km-held", "value": "south", "quote": "អាឡេប៉ូស្ថិតក្នុងដៃខាងត្បូង", "claimant": "khmer"}]),
    "lo": ("ອາເລັບໂປຢູ່ໃນມືຝ່າຍເໜືອ", [{"id": "lo-held", "value": "north", "quote": "ອາເລັບໂປຢູ່ໃນມືຝ່າຍເໜືອ", "claimant": "lao"}]),
    "bo": ("ཨ་ལེབ་པོ་ལྷོ་ཕྱོགས་ཀྱི་ལག་ཏུ་ཡོད།", [{"id": "bo-held", "value": "south", "quote": "ཨ་ལེབ་པོ་ལྷོ་ཕྱོགས་ཀྱི་ལག་ཏུ་ཡོད", "claimant": "tibetan"}]),
    "ko": ("알레포는 북쪽이 장악했다.", [{"id": "ko-held", "value": "north", "quote": "알레포는 북쪽이 장악했다", "claimant": "korean"}]),
    "en": ("👩🏽 Aleppo is held by the south 🇺🇦.", [{"id": "en-held", "value": "south", "quote": "Aleppo is held by the south", "claimant": "emoji"}]),
}  # fmt: skip


def scripts_ledger(folder: Path) -> Path:
    """The ledger on disk."""
    files: dict[str, str] = {}
    for language, (seed, claims) in SOURCES.items():
        written = [
            {"said": "2025-03-01", "place": "aleppo", "translation": f"[{language}] as it was translated", **claim} for claim in claims
        ]
        if language == "en":
            written = [{name: value for name, value in claim.items() if name != "translation"} for claim in written]
        written = [{name: f'"{value}"' if name == "translation" else value for name, value in claim.items()} for claim in written]
        files |= file_of(written, f"{language}.txt", seed + "\n", language=language)
    return ledger_at(folder, files, VOCABULARY)


def faults(line: str) -> list[str]:
    """What is wrong with a line: an isolate that is not closed, or a letter that runs leftwards outside of one."""
    depth, found = 0, []
    for char in line:
        depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
        if depth < 0 or (not depth and unicodedata.bidirectional(char) in ("R", "AL")):
            found.append(f"U+{ord(char):04X}")
    return found + ["left open"] * (depth > 0)
