"""What runs from right to left is set apart, and marks that are a language's own are told from those that hide something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.directions import closed, closed_lines, isolated, runs_leftwards, set_apart
from ledger.texts.display import shorten, visible

A, Z = "\u2068", "\u2069"
TEXTS = st.text(st.sampled_from("ab 1(),:`حلبםש٢०กé·\u200f\u200e\u200c\u200d\u202e\u2066\u2067\u2068\u2069\u2069"), max_size=40)


def balanced(text: str) -> bool:
    """Whether every isolate of a line is closed in it, and nothing is closed that is not open."""
    depth = 0
    for char in text:
        depth += (char in "\u2066\u2067\u2068") - (char == Z)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("text", ["", "plain", "Ærø, Київ", "地図", "हिन्दी", "٢٥", "1\u20e3"])
def test_what_runs_rightwards_stays_as_it_is(text: str) -> None:
    assert isolated(text) == set_apart(text) == closed(text) == text
    assert closed_lines([text, text]) == [text, text]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("حلب", f"{A}حلب{Z}"),
        ("[قال] قتلوا 25", f"{A}[قال] قتلوا 25{Z}"),
        ("BBC تنفي ذلك تماماً", f"{A}\u200fBBC تنفي ذلك تماماً{Z}"),  # it is Arabic that begins with a name
        ("Battle of حلب", f"{A}Battle of حلب{Z}"),
        (f"{A}حلب{Z}", f"{A}حلب{Z}"),  # once is enough
        (f"Russia holds {A}حلب{Z}", f"Russia holds {A}حلب{Z}"),
        (f"سيطر على {A}حلب{Z}", f"{A}سيطر على {A}حلب{Z}{Z}"),  # and a sentence of that language is one as a whole
    ],
)
def test_a_text_is_set_apart_as_a_whole(text: str, apart: str) -> None:
    assert isolated(text) == apart and isolated(apart) == apart


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("حلب · who holds it? 2025", f"{A}حلب{Z} · who holds it? 2025"),
        ("حلب · سيطرة", f"{A}حلب{Z} · {A}سيطرة{Z}"),
        ("x.yaml:3:4: Q301 `قتل 25 (5)` is not", f"x.yaml:3:4: Q301 `{A}قتل 25 (5){Z}` is not"),
        ("said قتل 25 people", f"said {A}قتل{Z} 25 people"),
        (f"{A}حلب{Z} and إدلب الكبرى.", f"{A}حلب{Z} and {A}إدلب الكبرى{Z}."),
        ("שָׁלוֹם: 3", f"{A}שָׁלוֹם{Z}: 3"),
    ],
)
def test_a_line_has_what_runs_leftwards_set_apart(line: str, apart: str) -> None:
    assert set_apart(line) == apart and set_apart(apart) == apart


def test_lines_of_one_text_are_set_apart_each_by_itself() -> None:
    assert closed_lines([f"he: {A}قال", "", "BBC إن", f"25{Z} end"]) == [
        f"he: {A}قال{Z}",
        "",
        f"{A}\u200fBBC إن{Z}",
        f"{A}\u200f25{Z} end",
    ]
    assert closed_lines([f"{A}ab", f"حلب{Z}"]) == [f"{A}ab{Z}", f"{A}\u200eحلب{Z}"]


@given(TEXTS, st.integers(1, 20))
def test_no_line_is_left_open(text: str, width: int) -> None:
    shown = visible(text)
    assert balanced(shown) and visible(shown) == shown
    for made in (isolated(shown), set_apart(shown), closed(isolated(shown)[:width]), shorten(isolated(shown), width)):
        assert balanced(made)
    line = set_apart(isolated(shown))
    lines = closed_lines([line[start : start + width] for start in range(0, len(line), width)])
    assert all(map(balanced, lines))
    assert not runs_leftwards(shown) or A in line


# -- marks ---------------------------------------------------------------------------------------------------------------------

KEPT = [
    "می\u200cخواهم",
    "خرم\u200cآباد",
    "ه\u200d.ش. 1403",
    "क्\u200dष",
    "न\u200cन",
    "ශ්\u200dරී",
    "ක්\u200cෂ",
    "إن\u200f 3",
    "\u200f25 מחבלים\u200f נהרגו",
    "(BBC)\u200e אמר",
    "٪\u061c حلب",
    "ភាសា\u200bខ្មែរ",
    "ไทย\u200bไทย",
    "👨\u200d👩\u200d👧",
    "❤\ufe0f\u200d🔥",
    "👍🏽\u200d🏽",
    f"{A}حلب{Z} x",
]
SHOWN = [
    "Pokro\u200cvsk",
    "Pokro\u200dvsk",
    "Pokro\u200fvsk",
    "Pokrovsk\u200e",
    "Pokro\u00advsk",
    "Покро\u200cвск",
    "pay\u202epal حلب",
    "حلب\u202bab\u202c",
    "\u2067حلب\u2069",
    "x\u2069 حلب",
    "\u2068حلب",
    "\u2068abc\u2069",
    "hid\u200bden",
    "地\u200b図",
    "حلب Pokro\u200fvsk حلب",
    "حل\u200cab",
    "ab\u200dحل",
    "👨\u200da",
    "حل\u2060ب",
    "a\U000e0041b حلب",
]


@pytest.mark.parametrize("text", KEPT, ids=ascii)
def test_marks_that_are_a_language_s_own_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("text", SHOWN, ids=ascii)
def test_marks_that_may_hide_something_are_shown(text: str) -> None:
    assert "<U+" in visible(text) and visible(text) == visible(visible(text))


def test_many_marks_take_no_longer_than_their_number() -> None:
    assert visible("א" + "\u200f" * 100_000) == "א" + "\u200f" * 100_000
    assert visible("א\u2068" * 50_000 + "\u2069" * 50_000).count("<U+2068>") == 50_000 - 4
