"""What is said of a quote that is not in its seed word for word."""

from __future__ import annotations

from ledger.rules.closest import closest_passage
from ledger.texts.seeds import Seed


def said_of(quote: str, text: str) -> tuple[str, str]:
    return closest_passage(Seed("t.txt", text.encode()), [quote])


def test_a_line_that_ends_inside_of_a_word_is_named() -> None:
    what, remedy = said_of("阿勒颇市有25人死亡", "军方说。\n\n阿勒颇市有\n25人死亡。\n")
    assert "the seed, line 3, has a space or a line end between `阿勒颇市有` and `25人死亡`" in what
    assert remedy == "the seed has: 阿勒颇市有 25人死亡"


def test_so_is_one_in_the_middle_of_kana() -> None:
    assert said_of("東京都は落ちたと", "東京都は落ち\nたと言った。\n")[1] == "the seed has: 東京都は落ち たと"


def test_a_space_that_only_the_quote_has() -> None:
    what, remedy = said_of("阿勒颇市 有25人死亡", "阿勒颇市有25人死亡。\n")
    assert "it holds a space between `阿勒颇市` and `有25人死亡`, and the seed, line 1, has none there" in what
    assert remedy == "the seed has: 阿勒颇市有25人死亡"


def test_words_that_the_seed_writes_apart_are_in_the_passage_whole() -> None:
    assert said_of("Anti-government forces hold Millbrook", "The Anti government forces hold Millbrook.\n")[1].endswith(
        ": Anti government forces hold Millbrook"
    )
    assert said_of("hold Millbrook in the south-east", "They hold Millbrook in the south east.\n")[1].endswith(
        ": hold Millbrook in the south east"
    )


def test_the_passage_is_no_longer_than_the_quote_where_words_only_differ() -> None:
    assert said_of("The governor said it fell", "And the mayor said it fell down.\n")[1].endswith(": the mayor said it fell")


def test_hebrew_cjk_and_armenian_marks_are_marks() -> None:
    for quote, text in (
        ('צה"ל בירושלים', "צה״ל בירושלים."),
        ("תל-אביב נפלה", "תל־אביב נפלה."),
        ("ג'ורג'", "ג׳ורג׳."),
        ('"京都は落ちた"と', "「京都は落ちた」と。"),
        ('"京都"', "『京都』"),
    ):
        found = Seed("t.txt", text.encode()).find(quote)
        assert (found.variant, len(found.spans)) == (True, 1), quote
