"""Phrases of a language are found as one pattern of all of them would find them."""

from __future__ import annotations

import random
import re

import pytest

from ledger.texts.languages import _shipped, shipped_languages
from ledger.texts.lookups import _ALIKE, read_as
from ledger.texts.matching import _MARKS, _OF_BRAHMI, UNSPACED, Phrases, word

LETTER = rf"[\w{_MARKS}{_OF_BRAHMI}]"


def pattern_of_all(phrases: list[str], code: str) -> re.Pattern[str]:
    """One pattern, tried at every letter, the longest phrase first: what the program had before."""
    alternatives = []
    keys = {read_as(phrase, code).text for phrase in phrases}
    for phrase in sorted(keys, key=lambda text: (-len(text), text)):
        begins = "" if phrase[0] == "*" else rf"(?<!{LETTER})" if word().match(phrase) else ""
        body = "".join(re.escape(part) if part != "*" else f"{LETTER}*" for part in re.split(r"(\*)", phrase))
        alternatives.append(begins + body + ("" if phrase.endswith("*") else f"(?!{LETTER})"))
    return re.compile("|".join(alternatives))


@pytest.mark.parametrize("language", sorted(set(shipped_languages()) - UNSPACED))
@pytest.mark.parametrize("kind", ["negations", "hedges"])
def test_phrases_are_found_where_one_pattern_finds_them(language: str, kind: str) -> None:
    shipped = _shipped(language)[kind]
    assert isinstance(shipped, list)
    listed = [phrase for phrase in shipped if "..." not in phrase and "*" not in phrase[:-1]]
    whole, phrases = pattern_of_all(listed, language), Phrases({kind: listed}, language)
    rng = random.Random(f"{language} {kind}")
    words = [word for phrase in listed for word in re.split("([ '-])", phrase.replace("*", ""))]
    found = 0
    for _ in range(60):
        pieces = (rng.choice(rng.choice([words, listed])) + rng.choice([" ", " ", "", ".", "ʼ", "-", "’", "_", "s"]) for _ in range(8))
        text = read_as("".join(pieces), language).text
        expected = [(*match.span(), kind) for match in whole.finditer(text)]
        assert phrases.spans(text) == expected
        found += len(expected)
    assert found > 40


def test_a_phrase_that_begins_with_a_sign_is_found_too() -> None:
    phrases = Phrases({"old": ["n't", "'twas", "no"]})
    text = "'twas no don't, nothing"
    assert [text[start:end] for start, end, _ in phrases.spans(text)] == ["'twas", "no"]


def test_kinds_of_phrases_may_overlap_each_other() -> None:
    phrases = Phrases({"one": ["may not", "no"], "other": ["not be", "may", "no"]})
    assert phrases.spans("it may not be no") == [(3, 6, "other"), (3, 10, "one"), (7, 13, "other"), (14, 16, "one"), (14, 16, "other")]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("skal ... ha", "byen skal nå ha falt", ["skal nå ha"]),
        ("skal ... ha", "byen skal i går kveld ha falt, skal ha", ["skal i går kveld ha", "skal ha"]),
        ("skal ... ha", "byen skal, sier de, ha falt; skal en to tre fire ha", []),
        ("dismiss* ... claim*", "he dismissed all claims, dismissing claim", ["dismissed all claims", "dismissing claim"]),
        ("*saydı", "gelmeseydi olsaydı saydı", ["olsaydı"]),
        ("ge*t", "gemacht gebt get machtet", ["gemacht", "gebt"]),
        ("ge*m*t", "gemacht gekommt gebt getmt", ["gemacht", "gekommt", "getmt"]),
        ("no*", "nothing no know", ["nothing", "no"]),
    ],
)
def test_what_the_signs_in_a_phrase_stand_for(phrase: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in Phrases({"kind": [phrase]}).spans(text)] == found


def test_stars_inside_of_a_word_stand_for_any_letters() -> None:
    rng, some = random.Random(7), 0
    for _ in range(3000):
        starred = "".join(rng.choice("aabb'**") for _ in range(rng.randint(3, 8)))
        text = " ".join("x " + "".join(rng.choice("aabb'") for _ in range(rng.randint(1, 9))) for _ in range(4))
        whole = re.compile(f"x {re.escape(starred).replace(re.escape('*'), f'{LETTER}*')}(?!{LETTER})")
        expected = [match.span() for match in whole.finditer(text)]
        assert [span[:2] for span in Phrases({"kind": [f"x {starred}"]}).spans(text)] == expected, (starred, text)
        some += len(expected)
    assert some > 300


@pytest.mark.parametrize("phrase", ["a*a*a*a*a*a*b", "*a*a*a*a*b", "a* ... a*a ... a* ... z", "a*a* a*a* a*a* a*a* z"])
def test_a_phrase_that_fits_nearly_everywhere(phrase: str) -> None:
    """Each star, and each gap, could be tried with all others: that would go on for years."""
    assert Phrases({"kind": [phrase]}).spans("a" * 100_000 + f" {'a' * 100}" * 300) == []


def test_an_exception_is_none_of_the_others() -> None:
    phrases = Phrases({"negation": ["not", "no"], "hedge": ["not only"], "exception": ["not only", "no doubt"]})
    assert phrases.spans("not only no doubt not no") == [(0, 8, "hedge"), (18, 21, "negation"), (22, 24, "negation")]
    assert phrases.kinds == {"negation", "hedge"}


def test_words_written_onto_a_phrase() -> None:
    phrases = Phrases({"negation": ["לא", "לא רק"]}, "he", ["ו", "ש"])
    assert [hit[:2] for hit in phrases.spans("ולא כן שלא פלא ולא רק")] == [(1, 3), (8, 10), (16, 21)]


@pytest.mark.parametrize(("code", "text"), [("zh", "军队不在城里，未来不少人"), ("th", "ทหารไม่ยึดเมืองอย่างเร็ว")])
def test_a_script_without_spaces_is_searched_everywhere(code: str, text: str) -> None:
    phrases = Phrases({"negation": ["不", "未", "ไม่", "อย่า"], "exception": ["不少", "未来", "อย่าง"]}, code)
    assert len(phrases.spans(text)) == 1


@pytest.mark.parametrize("language", sorted(set(shipped_languages()) - UNSPACED))
def test_a_phrase_with_a_gap_is_found_whatever_stands_in_it(language: str) -> None:
    """It is looked for where the words inside of it stand between spaces: those before a gap need not."""
    for kind in ("negations", "hedges", "frames"):
        listed = _shipped(language).get(kind, [])
        assert isinstance(listed, list)
        for phrase in (phrase for phrase in listed if " ... " in phrase and "*" not in phrase.rstrip("*")):
            for between in (" ", " aa ", " aa bb cc ", ", ", " aa, "):
                text = read_as(phrase.rstrip("*").replace(" ... ", between), language).text
                found = Phrases({kind: [phrase]}, language).spans(f"xx {text}. yy")
                assert found == [(3, 3 + len(text), kind)], (phrase, text)


def test_no_letter_is_read_as_one_that_is_read_as_another() -> None:
    for pairs in _ALIKE.values():
        assert not {letter for letter, _ in pairs} & {plain for _, plain in pairs}
