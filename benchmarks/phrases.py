"""The words of the generated ledgers: sentences in five languages, and towns that do not exist. Data for `generate.py`."""

from __future__ import annotations

from typing import NamedTuple

LANGUAGES = ("nb", "ro", "en", "uk", "ru")

# What is said, by property: the words that carry the claim.
CORES = {
    "nb": {
        "control": "byen {place} er i hendene på {value} etter flere ukers kamper",
        "entry yes": "{side} styrker har rykket inn i {place} fra flere kanter",
        "entry no": "{side} styrker har ikke rykket inn i {place}",
        "capture": "{side} styrker har inntatt {place} etter harde kamper",
        "population": "det bor fortsatt {value} mennesker i {place}",
        "losses": "{side} styrker har mistet {value} kjøretøy ved {place}",
        "founded": "{place} ble grunnlagt i året {value} av kjøpmenn",
        "remark": "i {place} er alt som det alltid har vært",
    },
    "ro": {
        "control": "orașul {place} se află în mâinile {value} după săptămâni de lupte",
        "entry yes": "forțele {side} au intrat în {place} din mai multe direcții",
        "entry no": "forțele {side} nu au intrat în {place}",
        "capture": "forțele {side} au cucerit {place} după lupte grele",
        "population": "în {place} mai locuiesc {value} de oameni",
        "losses": "forțele {side} au pierdut {value} de vehicule lângă {place}",
        "founded": "{place} a fost întemeiat în anul {value} de negustori",
        "remark": "în {place} totul este așa cum a fost mereu",
    },
    "en": {
        "control": "the town of {place} is in the hands of {value} after weeks of fighting",
        "entry yes": "{side} forces have entered {place} from several directions",
        "entry no": "{side} forces have not entered {place}",
        "capture": "{side} forces have taken {place} after heavy fighting",
        "population": "{value} people still live in {place}",
        "losses": "{side} forces have lost {value} vehicles near {place}",
        "founded": "{place} was founded in the year {value} by merchants",
        "remark": "in {place} all is as it has always been",
    },
    "uk": {
        "control": "місто {place} перебуває в руках {value} після кількох тижнів боїв",
        "entry yes": "{side} сили увійшли до міста {place} з кількох боків",
        "entry no": "{side} сили не увійшли до міста {place}",
        "capture": "{side} сили взяли місто {place} після важких боїв",
        "population": "у місті {place} досі живуть {value} людей",
        "losses": "{side} сили втратили {value} машин біля міста {place}",
        "founded": "місто {place} заснували {value} року купці",
        "remark": "у місті {place} все так, як було завжди",
    },
    "ru": {
        "control": "город {place} находится в руках {value} после нескольких недель боёв",
        "entry yes": "{side} силы вошли в город {place} с нескольких сторон",
        "entry no": "{side} силы не вошли в город {place}",
        "capture": "{side} силы взяли город {place} после тяжёлых боёв",
        "population": "в городе {place} всё ещё живут {value} человек",
        "losses": "{side} силы потеряли {value} машин у города {place}",
        "founded": "город {place} основали в {value} году купцы",
        "remark": "в городе {place} всё так, как было всегда",
    },
}
# Who says so: the words before the claim.
LEADS = {
    "nb": (
        "Ifølge {claimant} melder folk på stedet at",
        "Tirsdag morgen sa {claimant} til vår avis at",
        "{claimant} skriver i sin daglige oversikt at",
    ),
    "ro": (
        "Potrivit {claimant}, oamenii din zonă spun că",
        "Marți dimineața {claimant} a declarat ziarului nostru că",
        "{claimant} scrie în buletinul zilnic că",
    ),
    "en": (
        "According to {claimant}, people in the area report that",
        "On Tuesday morning {claimant} told our paper that",
        "{claimant} writes in its daily summary that",
    ),
    "uk": (
        "За словами {claimant}, люди на місці повідомляють, що",
        "У вівторок вранці {claimant} розповів нашій газеті, що",
        "{claimant} пише у щоденному огляді, що",
    ),
    "ru": (
        "По словам {claimant}, люди на месте сообщают, что",
        "Во вторник утром {claimant} рассказал нашей газете, что",
        "{claimant} пишет в ежедневном обзоре, что",
    ),
}
# What else is said in the same breath, and makes each sentence one of its own.
TAILS = {
    "nb": (
        "slik det så ut klokken {hour} fra høyden ved bro {number}",
        "og bildene fra klokken {hour} viser gate {number}",
        "mens kolonne {number} passerte veikrysset klokken {hour}",
    ),
    "ro": (
        "așa cum se vedea la ora {hour} de pe dealul de la podul {number}",
        "iar imaginile de la ora {hour} arată strada {number}",
        "în timp ce coloana {number} trecea prin intersecție la ora {hour}",
    ),
    "en": (
        "as seen at {hour} from the hill by bridge {number}",
        "and the pictures taken at {hour} show street {number}",
        "while column {number} passed the crossroads at {hour}",
    ),
    "uk": (
        "як було видно о {hour} з пагорба біля мосту {number}",
        "а знімки, зроблені о {hour}, показують вулицю {number}",
        "коли колона {number} минала перехрестя о {hour}",
    ),
    "ru": (
        "как было видно в {hour} с холма у моста {number}",
        "а снимки, сделанные в {hour}, показывают улицу {number}",
        "когда колонна {number} проходила перекрёсток в {hour}",
    ),
}
HEDGES = {
    "nb": ("angivelig", "trolig", "etter sigende"),
    "ro": ("probabil", "aparent", "se pare"),
    "en": ("reportedly", "allegedly", "apparently"),
    "uk": ("нібито", "мабуть", "начебто"),
    "ru": ("якобы", "видимо", "предположительно"),
}
# Of whose forces, and in whose hands.
SIDES = {
    "nb": {"north": "nordlige", "south": "sørlige"},
    "ro": {"north": "nordului", "south": "sudului"},
    "en": {"north": "northern", "south": "southern"},
    "uk": {"north": "північні", "south": "південні"},
    "ru": {"north": "северные", "south": "южные"},
}
HANDS = {
    "nb": {"north": "nord", "south": "sør", "contested": "begge parter"},
    "ro": {"north": "nordului", "south": "sudului", "contested": "ambelor părți"},
    "en": {"north": "the north", "south": "the south", "contested": "both sides"},
    "uk": {"north": "півночі", "south": "півдня", "contested": "обох сторін"},
    "ru": {"north": "севера", "south": "юга", "contested": "обеих сторон"},
}
FILLERS = {
    "nb": ("Det var en kald morgen, og gatene lå stille", "Bilder fra stedet finnes i avisens arkiv", "Skolen på torget har åpnet igjen"),
    "ro": ("Era o dimineață rece și străzile erau liniștite", "Fotografiile se află în arhiva ziarului", "Școala din piață s-a redeschis"),
    "en": (
        "It was a cold morning and the streets lay quiet",
        "Pictures are kept in the archive of the paper",
        "The school on the square has opened again",
    ),
    "uk": ("Був холодний ранок, і вулиці стояли тихі", "Знімки зберігаються в архіві газети", "Школа на площі знову відкрилася"),
    "ru": ("Было холодное утро, и улицы стояли тихие", "Снимки хранятся в архиве газеты", "Школа на площади снова открылась"),
}
REMARKS = ("a hero town", "a ruin", "a fortress", "quiet", "a gateway to the west")

# Syllables of town names: as they are written in nb, ro and en, and in uk and ru.
_FIRST = (
    ("Bal", "Бал"), ("Bor", "Бор"), ("Vel", "Вел"), ("Ver", "Вер"), ("Dol", "Дол"), ("Drav", "Драв"), ("Zel", "Зел"), ("Kam", "Кам"),
    ("Kor", "Кор"), ("Kras", "Крас"), ("Lub", "Луб"), ("Lut", "Лут"), ("Mir", "Мир"), ("Mok", "Мок"), ("Nov", "Нов"), ("Ost", "Ост"),
    ("Pol", "Пол"), ("Prus", "Прус"), ("Rad", "Рад"), ("Rus", "Рус"), ("Sal", "Сал"), ("Slav", "Слав"), ("Sum", "Сум"), ("Tarn", "Тарн"),
)  # fmt: skip
_SECOND = (
    ("gora", "гора", "гора"), ("grad", "град", "град"), ("dar", "дар", "дар"), ("mosta", "моста", "моста"), ("nik", "нік", "ник"),
    ("opol", "опол", "опол"), ("ovar", "овар", "овар"), ("ovka", "овка", "овка"), ("sarna", "сарна", "сарна"), ("taly", "тали", "талы"),
    ("una", "уна", "уна"), ("ytsia", "иця", "ыця"), ("erna", "ерна", "ерна"),
)  # fmt: skip
_LAST = ("", "ka")


class Town(NamedTuple):
    """A town that does not exist: its id, and its name by language."""

    id: str
    names: dict[str, str]


def town_names(count: int) -> list[Town]:
    """So many towns, 624 at most."""
    towns = []
    for last in _LAST:
        for second in _SECOND:
            for first in _FIRST:
                latin = first[0] + second[0] + last
                cyrillic = "ка" if last else ""
                names = {"nb": latin + "e", "ro": latin + "i", "en": latin}
                towns.append(Town(latin.lower(), names | {"uk": first[1] + second[1] + cyrillic, "ru": first[1] + second[2] + cyrillic}))
    return towns[:count]
