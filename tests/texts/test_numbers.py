"""Each number of a text is read once and whole, with what belongs to it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from numbers_spelled import LANGUAGES, misread

from ledger.texts.bounds import bound_beside
from ledger.texts.languages import words_of
from ledger.texts.numbers import numbers_of


def read(language: str, text: str) -> list[str]:
    """The numbers of a text, each with all that it can say."""
    return [
        " or ".join(str(float(way) if way.denominator > 1 else way) for way in number.ways)
        for number in numbers_of(text, words_of(language))
    ]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        # halves and quarters
        ("en", "half a million people fled, half of them on foot", ["500000"]),
        ("en", "a quarter of a million, half a dozen, two and a half million, 2½ million", ["250000", "6", "2500000", "2500000"]),
        ("de", "eine halbe Million, zweieinhalb Millionen, anderthalb Millionen", ["500000", "2500000", "1500000"]),
        ("nb", "en halv million, halvannen million, åtte og en halv", ["500000", "1500000", "8.5"]),
        ("es", "medio millón, dos millones y medio", ["500000", "2500000"]),
        ("uk", "півмільйона, півтора мільйона, два з половиною мільйони", ["500000", "1500000", "2500000"]),
        ("tr", "yarım milyon, bir buçuk milyon", ["500000", "1500000"]),
        # dozens are a scale
        ("en", "two dozen people, three score, a dozen", ["24", "60", "12"]),
        ("de", "zwei Dutzend", ["24"]),
        ("ro", "două duzini", ["24"]),
        ("uk", "два десятка", ["20"]),
        ("fr", "deux douzaines", ["24"]),
        # a range takes its scale from its end
        ("en", "3-4 million, 20–30 thousand, between 3 and 4 million, $3-4bn",
         ["3000000", "4000000", "20000", "30000", "3000000", "4000000", "3000000000", "4000000000"]),
        ("ru", "25-30 тыс.", ["25000", "30000"]),
        ("de", "zwei bis drei Millionen", ["2000000", "3000000"]),
        ("fr", "de deux à trois mille", ["2000", "3000"]),
        ("en", "from 500 to 2 million", ["500", "2000000"]),
        ("en", "2 and 3 million", ["2", "3000000"]),
        # groups and decimals
        ("en", "27,000 people", ["27000"]),
        ("en", "12 500 people and 1,234,567.89", ["12500", "1234567.89"]),
        ("en", "1.250 and 1,25,000", ["1250 or 1.25", "125000"]),
        ("de", "1.250 und 1,250 und 0,125", ["1250", "1250 or 1.25", "0.125"]),
        ("fr", "27\u202f000, 9,5", ["27000", "9.5"]),
        ("en", "on 11.11.2022 at 1,2,3", ["11", "11", "2022", "1", "2", "3"]),
        ("en", "On May 15 300 soldiers in 2022 500 more", ["15", "300", "2022", "500"]),
        ("en", "٢٧٬٥٠٠ and １２３ and २५ and ၂ဝ", ["27500", "123", "25", "20"]),
        # scales
        ("en", "27 thousand, 1.2 million, 12 crore, 27k, £5m, 5m", ["27000", "1200000", "120000000", "27000", "5000000", "5"]),
        ("tr", "12 bin", ["12000"]),
        ("pl", "2,5 mln, 3 tys.", ["2500000", "3000"]),
        ("en", "a hundred thousand million", ["100000000000"]),
        # sums
        ("uk", "1 млн 200 тис. осіб, з них 5 тисяч 200 поранені, 27 тис. 300", ["1200000", "5200", "27300"]),
        ("ro", "cinci mii 200", ["5200"]),
        ("tr", "12 bin 500", ["12500"]),
        ("es", "2 millones 300 mil", ["2300000"]),
        ("en", "two thousand, five hundred; a thousand, two thousand", ["2500", "1000", "2000"]),
        # one word
        ("de", "zweihundertfünfzig Menschen, zweitausendfünfhundert flohen", ["250", "2500"]),
        ("nb", "tjuesjutusen", ["27000"]),
        ("it", "duecentocinquanta", ["250"]),
        ("nl", "honderdvijftig, achtentwintigduizend", ["150", "28000"]),
        ("fr", "quatre-vingts, quatre-vingt mille", ["80", "80000"]),
        ("tr", "İKİ, ALTI, ikiyüzelli", ["2", "6", "250"]),
        # scales of other scripts, before and behind, and numerals of their own
        ("ar", "12 ألف و25 ألفا؛ ثلاثة ملايين؛ خمسة وعشرون", ["12000", "25000", "3000000", "25"]),
        ("he", "12 אלף, שלושה מיליון, ו25 אלף", ["12000", "3000000", "25000"]),
        ("fa", "۱۲ هزار و ۵۰۰ و ۱/۵ میلیون", ["12000", "500", "1500000"]),
        ("hi", "1.5 लाख, 12 करोड़, 1,25,000, पच्चीस", ["150000", "120000000", "125000", "25"]),
        ("zh", "12万, 1万2000, 1.2亿, 八万, 二十五, 二〇二五", ["120000", "12000", "120000000", "80000", "25", "2025"]),
        ("ja", "570万人", ["5700000"]),
        ("ko", "3백만 명, 12만", ["3000000", "120000"]),
        ("am", "17 ሺህ", ["17000"]),
        ("ka", "12 ათასი", ["12000"]),
        ("sw", "elfu 12", ["12000"]),
        ("ha", "dubu 12", ["12000"]),
        ("th", "1.2 หมื่น", ["12000"]),
        ("my", "၅ သောင်း", ["50000"]),
        ("vi", "2,5 triệu", ["2500000"]),
        ("hu", "7 ezer, kétszázötven", ["7000", "250"]),
        # no number
        ("en", "the often tender tonight of a person, half of them", []),
        ("de", "die Achtung der Dreieinigkeit", []),
    ],
)  # fmt: skip
def test_numbers_of_a_text(language: str, text: str, numbers: list[str]) -> None:
    assert read(language, text) == numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_a_library_spells(language: str) -> None:
    pytest.importorskip("num2words", reason="num2words is not installed")
    figures = [
        *range(0, 131, 3),
        *range(140, 1000, 87),
        *range(1000, 10000, 1379),
        *(many * 1000**power for many in (1, 2, 21, 350) for power in (1, 2)),
        10**9,
    ]
    assert misread(language, figures) == []


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("en", "up to 500 people died", "<="),
        ("en", "at least 500 people died", ">="),
        ("en", "more than 500", ">"),
        ("en", "nearly 500", "<"),
        ("en", "some 500", "~"),
        ("en", "500 people or more", ">="),
        ("en", "hundreds of people", ">="),
        ("en", "awesome 500", ""),
        ("en", "500 people, at least in the morning", ""),
        ("de", "mindestens 500", ">="),
        ("de", "knapp zweihundert", "<"),
        ("fr", "moins de 500", "<"),
        ("fr", "une centaine de morts", "~"),
        ("uk", "понад 500 осіб", ">"),
        ("uk", "щонайменше п'ять", ">="),
        ("ru", "около 500 человек", "~"),
        ("es", "menos de 500", "<"),
        ("nb", "over 500", ">"),
        ("ro", "cel puțin 500 de oameni", ">="),
        ("pl", "ponad 500", ">"),
        ("tr", "en az 500 kişi", ">="),
        ("tr", "500'den fazla kişi", ">"),
        ("it", "circa 500", "~"),
        ("ar", "أكثر من 500 شخص", ">"),
        ("he", "לפחות 500", ">="),
        ("hi", "कम से कम 500", ">="),
        ("zh", "至少500人", ">="),
        ("ja", "500人以上", ">="),
        ("ko", "최소 500명", ">="),
        ("en", "≈500", "~"),
        ("en", "500+ people", ">="),
    ],
)
def test_words_beside_a_number_that_make_it_a_bound(language: str, text: str, sign: str) -> None:
    words = words_of(language)
    bound = bound_beside(text, numbers_of(text, words)[0], words)
    assert (bound.sign if bound else "") == sign


def test_a_number_and_where_it_stands() -> None:
    text = "Near Millbrook, 27 thousand people."
    (number,) = numbers_of(text, words_of("en"))
    assert (text[number.start : number.end], number.ways) == ("27 thousand", (Fraction(27000),))
