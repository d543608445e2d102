"""Names of places are found as their texts write them, and not in other words."""

from __future__ import annotations

import random

import pytest

from ledger.texts import place_names
from ledger.texts.lookups import read_as
from ledger.texts.place_names import WrittenOn, is_named

STANDING = [
    ("en", "Nice", "the mayor of Nice said"),
    ("en", "Millbrook", "MILLBROOK FELL"),
    ("en", "Kyiv", "the Kyiv-based office"),
    ("ar", "حلب", "وبحلب قتلوا"),
    ("ar", "الخرطوم", "وصل للخرطوم"),
    ("ar", "إدلب", "في ادلب"),
    ("ar", "غزة", "قرب غزه"),
    ("he", "ירושלים", "ובירושלים נפגעו"),
    ("he", "בית לחם", "בבית־לחם"),
    ("he", "קריית שמונה", "בקרית שמונה"),
    ("fa", "کرمانشاه", "در كرمانشاه"),
    ("fa", "خرم‌آباد", "در خرم آباد"),
    ("tr", "İzmir", "İZMİR’DE patlama"),
    ("tr", "Muş", "Muş'ta"),
    ("uk", "Київ", "біля Києва"),
    ("uk", "Нова Каховка", "у Новій Каховці"),
    ("ru", "Мариуполь", "в Мариуполе"),
    ("ka", "თბილისი", "თბილისში"),
    ("el", "Αθήνα", "ΑΘΗΝΑ και της Αθήνας"),
    ("hu", "Kassa", "Kassán"),
    ("sr", "Priština", "u Pristini"),
    ("hy", "Երևան", "ԵՐԵՎԱՆ"),
    ("am", "መቀሌ", "በመቀሌ"),
    ("ko", "진주", "진주에서"),
    ("zh", "阿勒颇", "军方没有占领阿勒颇。"),
    ("vi", "Đà Nẵng", "tại Da Nang"),
    ("my", "မြဝတီ", "မြ၀တီ"),
]
OTHERS = [
    ("en", "Nice", "It was a nice day in March"),
    ("en", "Mar", "It was in March"),
    ("uk", "Рай", "Район відповів"),
    ("uk", "Мир", "мирний день"),
    ("tr", "Muş", "vurulmuş"),
    ("tr", "Van", "hayvan"),
    ("tr", "Ordu", "ordu geri çekildi"),
    ("fa", "قم", "رقم"),
    ("ko", "진주", "진주만"),
    ("zh", "南京", "南京路"),
    ("de", "Essen", "das Gemessen"),
    ("ru", "Орел", "ореол города"),
    ("en", "Reading", "reading the paper"),
]


@pytest.mark.parametrize(("language", "name", "text"), STANDING)
def test_a_name_that_stands_there(language: str, name: str, text: str) -> None:
    assert is_named((name,), text, language)


@pytest.mark.parametrize(("language", "name", "text"), OTHERS)
def test_a_name_that_is_another_word(language: str, name: str, text: str) -> None:
    assert not is_named((name,), text, language)


def test_quick_answers_are_those_of_the_whole_pattern() -> None:
    """Names whose stems do not stand in a text are left out of the pattern, and its letters are simpler where every script of the text sets
    spaces: neither changes what is found."""
    rng = random.Random(17)
    rows = STANDING + OTHERS
    found = 0
    for number, (language, name, text) in enumerate(rows):
        others = [other for of, other, _ in rows if of == language] + [rows[number - 1][1]]
        names = (name, rng.choice(others))
        more = WrittenOn(("w",), ("ns", "e")) if number % 3 == 0 else WrittenOn()
        for _ in range(40):
            words = text.split(" ")
            for _ in range(rng.randrange(4)):
                word = rng.choice((*words, *names))
                cut, letters = (
                    rng.randrange(len(word) + 1),
                    rng.choice(("", "s", "w", "ns", "ські", "ების", "北路", "’s", " ", "é", "i\u0307")),
                )
                words.insert(rng.randrange(len(words) + 1), rng.choice((word[:cut] + letters, letters + word[cut:], word.upper())))
            written = rng.choice((" ", "", "-", "\xad")).join(words)
            named = is_named(names, written, language, more)
            assert named == _named_slowly(names, written, language, more), (names, written, language, more)
            found += named
    assert 300 < found < 1300


def _named_slowly(names: tuple[str, ...], text: str, language: str, more: WrittenOn) -> bool:
    reading = read_as(text, language)
    plain = place_names._plain(reading.text)
    small = any(place_names._is_small(name[:1]) for name in names)
    return any(
        place_names.stands_apart(plain, match.start())
        and (small or not place_names._is_small(text[reading.start(match.start(match.lastindex or 0))]))
        for match in place_names._pattern(names, language, more, spaced=False).finditer(plain)
    )
