"""Where sentences end in texts of all scripts, in posts and lists, behind notes and abbreviations: each sentence ends at a `|`."""

from __future__ import annotations

import pytest

from ledger.texts.languages import words_of
from ledger.texts.seeds import Seed

TEXTS = [
    # lines without a full stop: posts, lists, headings
    ("en", "Millbrook holds out\n|⚡️The bridge was blown up\n|❗️Forty people are missing\n|🔻The east took the mill"),
    ("uk", "Міст підірвано\n|🔥 Сорок зникли\n|❗Схід узяв млин"),
    ("de", "Nachrichten\n|- die Brücke ist offen\n|- Der Markt ist zu\n|3) Vierzig fehlen"),
    ("ar", "الجسر مغلق\n|السوق مفتوح\n|• أربعون مفقودون"),
    ("en", "The long way round to Millbrook, which the mayor took on\nMonday with the whole of his staff and half of the town's\nguard, is shut."),
    ("de", "Die Brücke ist seit gestern wieder offen, teilte der\nBürgermeister mit, und der Markt soll in der kommenden\nWoche folgen."),
    ("en", "The mayor of Elm Town said on Monday:\nthe bridge has fallen.|\nIn Millbrook it rained.|\nThe mill has fallen."),
    # scripts whose letters are all small, or none
    ("ka", "მილბრუკი დაეცა.| ხიდი აფეთქებულია.| ხალხი გარბის."),
    ("ka", "არმია წავიდა.| რუსეთი დარჩა?| არა!"),
    # full stops of other scripts
    ("hi", "मिलब्रुक गिर गया।| पुल उड़ा दिया गया।| लोग भाग रहे हैं।"),
    ("hi", "डॉ. सिंह आए।| बी. सी. रॉय गए।|नेता बोले॥"),
    ("ur", "شہر گر گیا۔| پل اڑا دیا گیا۔| لوگ بھاگ رہے ہیں؟"),
    ("am", "ከተማዋ ወደቀች።| ድልድዩ ፈነዳ፡፡| ሰዎች ሸሹ፧"),
    ("hy", "Քաղաքը ընկավ։| Կամուրջը պայթեց։| Մարդիկ փախան:| Վերջ։"),
    ("my", "မြို့ကျသွားပြီ။| တံတားပျက်သွားပြီ။"),
    ("km", "ទីក្រុងបានធ្លាក់។| ស្ពានត្រូវបានបំផ្ទុះ។"),
    ("fa", "شهر سقوط کرد.| آیا پل منفجر شد؟| مردم گریختند!"),
    ("zh", "他说“城市失守了。”他走了。|桥被炸了！|人们逃走了？"),
    ("zh", "他说：“城市失守了。”|桥被炸了。"),
    ("ja", "彼は「街は落ちた。」と述べた。|橋は落ちた。"),
    ("el", "Η πόλη έπεσε;| Η γέφυρα ανατινάχθηκε.| Ο κ. Ρης έφυγε."),
    # marks of notes
    ("en", "Millbrook fell.[1]| The bridge was blown up.[2][3]| Forty people are missing.¹| The mill burns."),
    ("fr", "Millbrook est tombée.[a]| Le pont a sauté.† | Quarante manquent."),
    ("en", "It fell.[citation needed]| Nobody came.”[4]| The end"),
    ("ru", "Милбрук пал.²| Мост взорван.[12]| Сорок пропали."),
    # abbreviations
    ("vi", "Anh ở TP. Đà Nẵng.| TS. Nam nói."),
    ("id", "Tn. Budi datang.| Ia pergi ke Jl. Merdeka."),
    ("hu", "Kb. Száz ember jött.| Dr. Nagy szólt."),
    ("sr", "Дошао је тзв. Командант.| Отишао је."),
    ("en", "1. The bridge is open.| 2. The mill is shut."),
    ("uk", "Взяли мости, млини і т. д.| Потім пішов дощ."),
    ("uk", "Це були т. п. речі.| Виділили 350 млн. грн.| Восени припинили."),
    ("uk", "Рух (ісп. Mujeres) прийшов.| У 2017 р. Кабінет пішов."),
    ("ru", "Взяли мосты и т. п.| Потом Иванов и др.| Ушли."),
]  # fmt: skip


def told(language: str, text: str) -> list[str]:
    seed = Seed("text.txt", text.replace("|", "").encode())
    return [seed.folded[start:end] for start, end in seed.sentences(words_of(language))]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_where_sentences_end(language: str, text: str) -> None:
    assert told(language, text) == [" ".join(part.split()) for part in text.split("|")]


@pytest.mark.parametrize(
    ("language", "text", "apart"),
    [
        ("th", "เมืองแตกแล้ว สะพานถูกระเบิด ผู้คนหนีไป", False),
        ("lo", "ເມືອງແຕກແລ້ວ ຂົວຖືກລະເບີດ", False),
        ("my", "မြို့ကျသွားပြီ။ " * 3, True),
        ("my", "မြို့ကျသွားပြီ " * 60, False),
        ("km", "ទីក្រុងបានធ្លាក់ " * 60, False),
        ("en", "The bridge is open. " * 200, True),
        ("en", "the bridge and the mill and " * 80, False),
        ("xx", "", True),
    ],
)
def test_whether_sentences_can_be_told_apart(language: str, text: str, apart: bool) -> None:
    assert Seed("text.txt", text.encode()).told_apart(words_of(language)) == apart
