"""Names of places are found as their texts write them, and not in other words."""

from __future__ import annotations

import pytest

from ledger.texts.place_names import is_named


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
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
    ],
)
def test_a_name_that_stands_there(language: str, name: str, text: str) -> None:
    assert is_named((name,), text, language)


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
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
    ],
)
def test_a_name_that_is_another_word(language: str, name: str, text: str) -> None:
    assert not is_named((name,), text, language)
