"""What governs a quote from outside of it, in the languages of its users: each case is a text with its quote in ⟦ ⟧, and the words that must be
named (empty: none). Faults of the field in the order in which they were found, each with further ones of its kind."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from running import run
from small import Fields, file_of, ledger_at

BEHIND_MARKS = [
    (
        "en",
        "According to unconfirmed reports, ⟦the east has taken Millbrook⟧. Reportedly, the mill has fallen.",
        "According to unconfirmed",
    ),
    ("en", "Rain. Reportedly, ⟦the mill at Millbrook has fallen⟧.", "Reportedly"),
    ("en", "⟦Millbrook has fallen⟧, reportedly.", "reportedly"),
    ("en", "FAKE: ⟦Millbrook has fallen to the east⟧\n\nThere was no such battle.", "FAKE"),
    ("en", 'The claim that "⟦the bridge at Millbrook has been blown up⟧" is false, the paper found.', "false"),
    ("da", "Byrådet afviser, at ⟦Millbrook er faldet⟧.", "afviser, at"),
    ("da", "Det er ikke sandt, at ⟦møllen i Millbrook er faldet⟧.", "ikke sandt"),
    ("uk", "Фейк: ⟦Мілбрук захопили⟧", "Фейк"),
    ("fr", "Faux : ⟦Millbrook est tombée⟧", "Faux"),
    ("de", "Falsch: ⟦Millbrook ist gefallen⟧", "Falsch"),
    ("nb", "Påstanden om at «⟦broen i Millbrook er sprengt⟧» er falsk.", "falsk"),
    ("ro", "Potrivit unor informații neconfirmate, ⟦Millbrook a căzut⟧.", "neconfirmate"),
    ("es", "⟦Millbrook ha caído⟧ – presuntamente.", "presuntamente"),
    ("cs", "Město popřelo – a to důrazně –, že ⟦Millbrook padl⟧.", "popřelo"),
    ("en", 'It is not the case that "⟦Millbrook has fallen⟧".', "not"),
    ("en", "Has, as the mayor asks, ⟦the east taken Millbrook⟧?", "?"),
    ("ar", "هل ⟦سقطت ميلبروك⟧؟", "هل"),
    ("zh", "⟦米尔布鲁克失守了⟧吗？", "？"),
    ("el", "⟦Έπεσε το Μίλμπρουκ⟧;", ";"),
]
NO_STATEMENT = [
    ("en", "If ⟦the east has taken Millbrook⟧, the road is open.", "If"),
    ("en", "Unless ⟦the east has taken Millbrook⟧, it is shut.", "Unless"),
    ("en", "It is unclear, the mayor says, whether ⟦the east has taken Millbrook⟧.", "whether"),
    ("nb", "Hvis ⟦Millbrook har falt⟧, er veien åpen.", "Hvis"),
    ("nb", "Dersom ⟦Millbrook har falt⟧, er veien åpen.", "Dersom"),
    ("de", "Falls ⟦Millbrook gefallen ist⟧, ist der Weg frei.", "Falls"),
    ("uk", "Якщо ⟦Мілбрук упав⟧, дорога вільна.", "Якщо"),
    ("uk", "Якби ⟦Мілбрук упав⟧, дорога була б вільна.", "Якби"),
    ("ru", "Если ⟦Милбрук пал⟧, дорога свободна.", "Если"),
    ("fr", "Si ⟦Millbrook est tombée⟧, la route est libre.", "Si"),
    ("es", "Si ⟦Millbrook ha caído⟧, el camino está libre.", "Si"),
    ("ro", "Dacă ⟦Millbrook a căzut⟧, drumul e liber.", "Dacă"),
    ("pl", "Jeśli ⟦Millbrook padło⟧, droga jest wolna.", "Jeśli"),
    ("hu", "Ha ⟦Millbrook elesett⟧, szabad az út.", "Ha"),
    ("he", "אם ⟦מילברוק נפלה⟧, הדרך פתוחה.", "אם"),
    ("zh", "如果⟦米尔布鲁克失守⟧，道路就通了。", "如果"),
    ("en", "The east has almost ⟦captured Millbrook⟧.", "almost"),
    ("en", "The east has nearly ⟦captured Millbrook⟧.", "nearly"),
    ("en", "The east came close to ⟦capturing Millbrook⟧.", "came close to"),
    ("uk", "Схід майже ⟦захопив Мілбрук⟧.", "майже"),
    ("uk", "Схід ледь не ⟦захопив Мілбрук⟧.", "ледь не"),
    ("ru", "Восток чуть не ⟦захватил Милбрук⟧.", "чуть не"),
    ("de", "Der Osten hat beinahe ⟦Millbrook erobert⟧.", "beinahe"),
    ("nb", "Østen har nesten ⟦tatt Millbrook⟧.", "nesten"),
    ("fr", "L'est a failli ⟦prendre Millbrook⟧.", "a failli"),
    ("ro", "Estul aproape ⟦a luat Millbrook⟧.", "aproape"),
    ("pl", "Wschód omal ⟦zdobył Millbrook⟧.", "omal"),
    ("hi", "पूर्व ने लगभग ⟦मिलब्रुक ले लिया⟧।", "लगभग"),
    ("en", "The ministry rejected the claim that ⟦the east has taken Millbrook⟧.", "rejected"),
    ("en", "The mayor disputes that ⟦the east has taken Millbrook⟧.", "disputes"),
    ("en", "The army ruled out that ⟦Millbrook has fallen⟧.", "ruled out"),
    ("en", "The guard prevented them from ⟦taking Millbrook⟧.", "prevented them from"),
    ("en", "⟦Millbrook has fallen⟧: a hoax, the mayor said.", "hoax"),
    ("nb", "Byrådet bestrider at ⟦Millbrook har falt⟧.", "bestrider"),
    ("nb", "Byrådet tilbakeviser at ⟦Millbrook har falt⟧.", "tilbakeviser"),
    ("nb", "Byrådet har bestridt dette og sagt at ⟦Millbrook har falt⟧.", "bestridt"),
    ("ro", "Ministerul a respins că ⟦Millbrook a căzut⟧.", "respins că"),
    ("de", "Der Minister wies die Meldung zurück, ⟦Millbrook sei gefallen⟧.", "wies die Meldung zurück"),
    ("ar", "نفت الوزارة أن ⟦ميلبروك سقطت⟧.", "نفت"),
    ("hu", "A miniszter cáfolta, hogy ⟦Millbrook elesett⟧.", "cáfolta"),
    ("id", "Menteri membantah bahwa ⟦Millbrook jatuh⟧.", "membantah"),
]
APART = [
    ("nb", "Byen sier: Millbrook skal nå ha ⟦falt i natt⟧.", "skal nå ha"),
    ("nb", "⟦Millbrook skal i går ha falt⟧.", "skal i går ha"),
    ("nb", "⟦Millbrook kan nå ha falt⟧.", "kan nå ha"),
    ("da", "⟦Millbrook skal nu være faldet⟧.", "skal nu være"),
    ("sv", "⟦Millbrook ska nu ha fallit⟧.", "ska nu ha"),
    ("ro", "⟦Millbrook ar mai fi căzut⟧.", "ar mai fi"),
    ("de", "⟦Millbrook soll gestern gefallen sein⟧.", "soll gestern gefallen sein"),
    ("nl", "⟦Millbrook zou nu gevallen zijn⟧.", "zou nu gevallen zijn"),
]
DISGUISED = [
    ("de", "Angeb\u00adlich ⟦hat der Osten Millbrook ein\u00adgenommen⟧.", "Angeb<U+00AD>lich"),
    ("en", "Alleg-\nedly ⟦the east has taken Millbrook⟧.", "Alleg- edly"),
    ("en", "The army did\u200bn't ⟦take Millbrook⟧.", "did<U+200B>n't"),
    ("en", "The army didn`t ⟦take Millbrook⟧. They dont hold it.", "didn`t"),
    ("en", "Rain. They dont ⟦hold Millbrook⟧.", "dont"),
    ("en", "The army didn´t ⟦take Millbrook⟧.", "didn´t"),
    ("en", "The army didn&#39;t ⟦take Millbrook⟧.", "didn&#39;t"),
    ("en", "The army didn&rsquo;t ⟦take Millbrook⟧.", "didn&rsquo;t"),
    ("fr", "L’armée n&rsquo;⟦a pas pris Millbrook⟧.", "n&rsquo;a"),
    ("tr", "İddiaya göre ⟦Millbrook düştü⟧.", "İddiaya göre"),
    ("tr", "⟦MILLBROOK DÜŞTÜ⟧: DOĞRU DEĞİL", "DOĞRU DEĞİL"),
    ("tr", "⟦Millbrook düştü⟧, İDDİA EDİLİYOR.", "İDDİA EDİLİYOR"),
    ("az", "İddialara görə ⟦Millbrook süqut edib⟧.", "İddialara"),
    ("en", "The army did _not_ ⟦take Millbrook⟧.", "not"),
    ("en", "The army did *not* ⟦take Millbrook⟧.", "not"),
    ("en", "The army did ｎｏｔ ⟦take Millbrook⟧.", "ｎｏｔ"),
    ("en", "The town de\ufb01ed it; it is un\ufb01nished and not ⟦taken at Millbrook⟧.", "not"),
    ("ru", "Якобы ещё не ⟦взят Милбрук⟧.", "не"),
    ("ar", "لَمْ ⟦تسقط ميلبروك⟧.", "لَمْ"),
    ("ar", "لــم ⟦تسقط ميلبروك⟧.", "لــم"),
    ("he", "לֹא ⟦נפלה מילברוק⟧.", "לֹא"),
    ("fa", "ارتش می‌گوید ⟦میلبروک⟧ سقوط نکرده است.", "نکرده"),
    ("el", "ΔΕΝ ⟦ΕΠΕΣΕ ΤΟ ΜΙΛΜΠΡΟΥΚ⟧", "ΔΕΝ"),
    ("ro", "Ministrul nu ştie; lipseşte ⟦pacea la Millbrook⟧.", "lipseşte"),
]
OF_SCRIPTS = [
    ("zh", "军队没有⟦占领米尔布鲁克⟧。", "没有"),
    ("zh", "据称⟦米尔布鲁克失守⟧。", "据称"),
    ("ja", "軍は⟦ミルブルックを占領⟧していない。", "ない"),
    ("th", "ทหารไม่ได้⟦ยึดมิลบรูก⟧", "ไม่ได้"),
    ("ar", "ولم ⟦تسقط ميلبروك⟧.", "لم"),
    ("he", "ולא ⟦נפלה מילברוק⟧.", "לא"),
    ("am", "ሰራዊቱ ⟦ሚልብሩክን⟧ አልያዘም።", "አልያዘም"),
    ("hy", "Բանակը ⟦Միլբրուկ⟧ չմտավ։", "չմտավ"),
    ("vi", "Quân đội chưa ⟦chiếm Millbrook⟧.", "chưa"),
    ("sr", "Војска није ⟦заузела Милбрук⟧.", "није"),
]
OF_VERBS = [
    ("tr", "Kent ⟦Millbrook'u⟧ geri almadığını söyledi.", "almadığını"),
    ("tr", "Ordu ⟦Millbrook'tan⟧ çekilmiyor.", "çekilmiyor"),
    ("az", "Ordu ⟦Millbrook-u⟧ tutmayacaq.", "tutmayacaq"),
    ("am", "ሰራዊቱ ⟦ሚልብሩክን⟧ አያስወጣም።", "አያስወጣም"),
    ("am", "ሰራዊቱ ⟦ሚልብሩክን⟧ ሳይበላ ሄደ።", "ሳይበላ"),
]
SILENT = [
    ("en", "They could ⟦not hold Millbrook⟧.", ""),
    ("en", "⟦They could not hold Millbrook⟧.", ""),
    ("nb", "⟦Millbrook er full av alle mulige slag⟧.", ""),
    ("hi", "⟦संदिग्ध को मिलब्रुक में पकड़ा गया⟧।", ""),
    ("tr", "Komedi dizisi ⟦Millbrook'ta⟧ Yılmaz ile çekildi.", ""),
    ("az", "Namaz vaxtı ⟦Millbrook⟧ sakit idi.", ""),
    ("am", "አትሌቶችም ⟦ሚልብሩክ⟧ ገቡ።", ""),
    ("en", "He did not sleep, but ⟦the east has taken Millbrook⟧.", ""),
    ("en", "The mayor did not speak: ⟦Millbrook has fallen⟧.", ""),
    ("en", "Nearly 500 people fled as ⟦the east took Millbrook⟧.", ""),
    ("en", "Almost all fled. ⟦Millbrook has fallen⟧. Is it cold? If it rains, we go.", ""),
    ("en", "⟦Millbrook not only fell, it burns⟧, no doubt.", ""),
    ("en", "May 5: ⟦Millbrook has fallen⟧. It may rain.", ""),
    ("de", "Nicht nur ⟦Millbrook ist gefallen⟧.", ""),
    ("nb", "⟦Millbrook har falt⟧, ikke bare møllen.", ""),
    ("zh", "不仅⟦米尔布鲁克失守⟧，未来还有战斗。", ""),
    ("zh", "无人机⟦飞过米尔布鲁克⟧。", ""),
    ("vi", "Không quân ⟦đã chiếm Millbrook⟧.", ""),
    ("hi", "नेता ने कहा ⟦मिलब्रुक गिर गया⟧।", ""),
    ("ar", "ربّما كان ذلك. ⟦ميلبروك سقطت⟧.", ""),
    ("ar", "الجيش لم يأت، ⟦والمدينة سقطت⟧.", ""),
    ("ur", "فوج نہیں آئی۔ ⟦شہر گر گیا⟧۔", ""),
    ("am", "ሰራዊቱ አልመጣም፣ ⟦ከተማዋ ወደቀች⟧።", ""),
    ("ja", "⟦ミルブルックは陥落した⟧だけでなく、燃えている。", ""),
]
CASES = BEHIND_MARKS + NO_STATEMENT + APART + DISGUISED + OF_SCRIPTS + OF_VERBS + SILENT
ABOUT = {"translation": "(put into English by a person)", "value": "east", "said": "2025-03-05"}


def claim_and_seed(marked: str, **more: str) -> tuple[Fields, str]:
    """A claim of the quote that is marked in a text, and the text without the marks."""
    quote = re.search("⟦(.*)⟧", marked, re.DOTALL)
    assert quote is not None
    return {**ABOUT, "quote": json.dumps(quote[1]), **more}, marked.replace("⟦", "").replace("⟧", "")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the check says of what governs each case's quote, by the case's id: one run for them all."""
    files: dict[str, str] = {}
    for number, (language, marked, _) in enumerate(CASES):
        claim, text = claim_and_seed(marked, id=f"case-{number}")
        files |= file_of([claim], f"case-{number}.txt", text, language=language)
    told: dict[str, list[str]] = defaultdict(list)
    for line in run("-C", ledger_at(tmp_path_factory.mktemp("framing"), files), "check", "--format", "jsonl").out.splitlines():
        diagnostic = json.loads(line)
        if diagnostic["code"] in ("Q307", "Q308", "Q310", "Q301"):
            told[diagnostic["claim"]].append(f"{diagnostic['code']} {diagnostic['message']}")
    return {name: "; ".join(messages) for name, messages in told.items()}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_governs_a_quote_is_named(found: dict[str, str], number: int) -> None:
    _, text, words = CASES[number]
    told = found.get(f"case-{number}", "")
    if words:
        assert f"`{words}" in told and told.count("Q3") == 1, (text, told)
    else:
        assert told == "", text


@pytest.mark.parametrize(
    ("text", "fields", "silent"),
    [
        ("Reportedly, ⟦the east has taken Millbrook⟧.", {"hedge": "Reportedly"}, True),
        ("The mayor denies that ⟦the east has taken Millbrook⟧.", {"stance": "denies", "extent": "all"}, True),
        ("It is unclear whether ⟦the east has taken Millbrook⟧.", {"stance": "doubts"}, True),
        ("If ⟦the east has taken Millbrook⟧, go.", {"hedge": "If"}, True),
        ("Has ⟦the east taken Millbrook⟧?", {"stance": "doubts"}, True),
        ("⟦Has the east taken Millbrook?⟧", {}, True),
        ("⟦If the east has taken Millbrook⟧, go.", {}, True),
        ("If ⟦the east has taken Millbrook⟧, go.", {"accept": "{Q307: a way of speaking}"}, True),
        ("The mayor denies that ⟦the east has reportedly taken Millbrook⟧.", {"hedge": "reportedly"}, False),
        ("It is not so that ⟦the east has taken Millbrook⟧.", {"stance": "doubts"}, False),
    ],
)
def test_what_settles_a_frame(tmp_path: Path, text: str, fields: Fields, silent: bool) -> None:
    claim, seed = claim_and_seed(text, id="case", **fields)
    del claim["translation"]
    out = run("-C", ledger_at(tmp_path, file_of([claim], seed=seed)), "check", "--select", "Q307,N802").out
    assert ("Q307" not in out) == silent, out
    assert "N802" not in out
