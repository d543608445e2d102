"""Finding a quote in its seed: what is forgiven (white space, composition), what is reported, and where it stands."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.texts.folding import TYPOGRAPHY, fold_space
from ledger.texts.quotes import OMISSION
from ledger.texts.seeds import Seed


def seed_of(text: str) -> Seed:
    return Seed("text.txt", text.encode())


def quoted(seed: Seed, quote: str, before: str | None = None, after: str | None = None) -> list[str] | int:
    """The words of the seed that a quote is found as; a number where it is found in no way, or in several."""
    found = seed.find(quote, before, after)
    return [seed.folded[start:end] for start, end in found.spans] if found.ways == 1 else found.ways


def in_nfc(seed: Seed, span: tuple[int, int]) -> str:
    """The seed's own words of a span of the folded text."""
    return seed.nfc[seed.nfc_offset(span[0]) : seed.nfc_offset(span[1], ends=True)]


# -- what is forgiven ------------------------------------------------------------------------------------------------------

SPACES = [" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\u2009", "\u3000", " \n ", "\u00a0 ", "\x0b", "\x0c", "\u2028", "\x85"]


@pytest.mark.parametrize("there", SPACES)
@pytest.mark.parametrize("here", SPACES)
def test_white_space_is_folded_on_both_sides(there: str, here: str) -> None:
    seed = seed_of(f"Broen{there}er{there}åpen.")
    assert quoted(seed, f"{here}Broen{here}er") == ["Broen er"]
    assert in_nfc(seed, (0, 8)) == f"Broen{there}er"


@pytest.mark.parametrize(
    "text", ["får à", "fa\u030ar a\u0300", "Lungă", "Lunga\u0306", "Київ", "Кии\u0306в", "한국", unicodedata.normalize("NFD", "한국")]
)
def test_composition_is_forgiven(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    for there in (composed, apart):
        for here in (composed, apart):
            assert quoted(seed_of(f"x {there} y"), here) == [composed]


@pytest.mark.parametrize(
    "quote",
    ["far", "FÅR", "får ikke", "fåret", "ﬁn", "２７", "27000", "27 000", "lys-", "le\u00adser", "les er", "I", "strasse"],
)
def test_nothing_else_is_forgiven(quote: str) -> None:
    """Not case, accents, compatibility forms, separators, hyphens, invisible characters, or letters of another alphabet."""
    assert quoted(seed_of("Han får 27.000 fine leser i Straße."), quote) == 0


@pytest.mark.parametrize("quote", ["", " ", OMISSION, f" {OMISSION} {OMISSION} "])
def test_a_quote_without_words_is_not_found(quote: str) -> None:
    assert quoted(seed_of("Broen er åpen."), quote) == 0


def test_a_seed_may_be_empty() -> None:
    seed = seed_of("")
    assert quoted(seed, "a") == 0 and seed.paragraphs == [0] and seed.paragraph(0) == (0, 0) and seed.line(0) == 1


# -- variants of typography ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("„Da”", '"Da"'),
        ("«Так»", "“Так”"),
        ("l’eau", "l'eau"),
        ("Куп'янськ", "Куп’янськ"),
        ("1914–1918", "1914-1918"),
        ("ja — nei", "ja - nei"),
        ("‘no’", '"no"'),
        ("″no″", "'no'"),
        ("−5", "-5"),
    ],
)
def test_variants_of_typography_are_found_and_told(there: str, here: str) -> None:
    seed = seed_of(f"Vi sa {there} i går.")
    found = seed.find(f"sa {here} i")
    assert (found.ways, found.variant, quoted(seed, f"sa {here} i")) == (1, True, [f"sa {there} i"])
    assert seed.find(f"sa {there} i").variant is False


def test_what_stands_literally_goes_before_a_variant() -> None:
    seed = seed_of("l’eau, puis l'eau")
    assert (seed.find("l'eau").ways, seed.find("l'eau").variant, seed.find("l'eau").spans) == (1, False, ((12, 17),))
    assert (seed.find("l`eau").ways, seed.find("l`eau").variant) == (2, True)


def test_variants_of_what_stands_beside() -> None:
    seed = seed_of("“Ja”, sa han. «Ja», sa hun.")
    assert quoted(seed, "Ja", after="», sa") == ["Ja"]
    assert seed.find("'Ja'", after=", sa hun").spans == ((14, 18),)


def test_typography_maps_letter_by_letter() -> None:
    assert all(len(str(value)) == 1 for value in TYPOGRAPHY.values())


# -- several places --------------------------------------------------------------------------------------------------------

REFRAIN = seed_of("Broen er åpen.\n\nI går var broen er åpen et rop; broen er åpen, sier de, men broen er åpenbart stengt.")


def test_a_quote_that_stands_twice_is_ambiguous() -> None:
    assert quoted(REFRAIN, "broen er åpen") == 2
    assert quoted(REFRAIN, "roen er åpen") == 2
    assert quoted(REFRAIN, "Broen er åpen") == ["Broen er åpen"]
    assert quoted(seed_of("aaa"), "aa") == 2


@pytest.mark.parametrize(
    ("before", "after", "start"),
    [
        ("I går var", None, 25),
        (None, "et rop", 25),
        ("rop;", None, 47),
        (None, ",", 47),
        (None, ", sier", 47),
        ("et rop;", ", sier de", 47),
        ("sier de, men", None, 75),
        (None, "bart stengt", 75),
        ("\u00a0sier\nde,  men ", None, 75),
        ("rop;", "et", -1),
        ("i går var", None, -1),
        (None, "sier", -1),
        ("I går", None, -1),
    ],
)
def test_the_words_directly_beside_tell_which(before: str | None, after: str | None, start: int) -> None:
    found = REFRAIN.find("broen er åpen", before, after)
    if start >= 0:
        assert (found.ways, found.context, found.spans[0][0]) == (1, True, start)
    else:
        assert (found.ways, found.context, found.spans[0][0]) == (0, False, 25)


def test_words_beside_reach_over_an_omission_and_a_paragraph() -> None:
    assert quoted(REFRAIN, "I går [...] broen er åpen", after=", sier") == ["I går", "broen er åpen"]
    assert REFRAIN.find(f"I går {OMISSION} broen er åpen", after=", sier").spans[1][0] == 47
    assert quoted(REFRAIN, "I går var", before="er åpen.") == ["I går var"]
    assert REFRAIN.find("I går var", before="stengt").context is False


# -- omissions -------------------------------------------------------------------------------------------------------------

PARTS = seed_of("Først kom en bil, så en buss, så en bil.\n\nTil slutt kom et tog.")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Først [...] buss", ["Først", "buss"]),
        ("Først[...]buss", ["Først", "buss"]),
        ("Først kom [...] en buss, [...] bil.", ["Først kom", "en buss,", "bil."]),
        ("[...] en buss", ["en buss"]),
        ("en buss [...]", ["en buss"]),
        ("en buss [...] [...] bil", ["en buss", "bil"]),
        ("Først kom [...] en bil", ["Først kom", "en bil"]),
        ("buss [...] Først", 0),
        ("Først [...] Først", 0),
        ("bil [...] tog", 0),
        ("en bil [...] en tog", 0),
        ("så en buss, [...] buss", 0),
        ("bil. Til [...] tog", 0),
        ("en [...] bil", 2),
        ("Først […] buss", 0),
        ("Først ... buss", 0),
    ],
)
def test_pieces_stand_in_order_in_one_paragraph(quote: str, found: list[str] | int) -> None:
    assert quoted(PARTS, quote) == found


def test_pieces_do_not_overlap() -> None:
    assert quoted(seed_of("abcabc"), "abc [...] cab") == 0
    assert quoted(seed_of("abc cab"), "abc [...] cab") == ["abc", "cab"]


# -- where it stands -------------------------------------------------------------------------------------------------------

LETTERS = st.text(st.sampled_from("abå é\u0301\u0306\n\r\t\u00a0\u2003\u1100\u1161\u11a8нй𝄞.'’-"), max_size=60)


@settings(deadline=None, max_examples=400)
@given(LETTERS, st.integers(0, 60), st.integers(0, 60))
@example("a \u0301b", 0, 2)
@example("\n\n a\n \n", 0, 9)
def test_every_cut_of_a_seed_is_found_and_its_place_is_told(text: str, one: int, other: int) -> None:
    seed = seed_of(text)
    one, other = one % (len(seed.nfc) + 1), other % (len(seed.nfc) + 1)
    cut = seed.nfc[min(one, other) : max(one, other)]
    folded = fold_space(cut)
    if not folded:
        assert quoted(seed, cut) == 0
        return
    for quote in (cut, folded, unicodedata.normalize("NFD", cut)):
        found = seed.find(quote)
        assert found.ways >= 1 and not found.variant and found.context
        ((start, end),) = found.spans
        assert seed.folded[start:end] == folded
        assert fold_space(in_nfc(seed, (start, end))) == folded
        assert not in_nfc(seed, (start, end))[0].isspace() and not in_nfc(seed, (start, end))[-1].isspace()
        assert seed.line(start) == seed.nfc.count("\n", 0, seed.nfc_offset(start)) + 1


@settings(deadline=None, max_examples=400)
@given(LETTERS)
def test_folding_is_what_quotes_are_folded_by(text: str) -> None:
    seed = seed_of(text)
    assert seed.folded.strip() == fold_space(text)
    assert len(seed.lower) == len(seed.plain_lower) == len(seed.plain_typography) == len(seed.folded)
    offsets = [seed.nfc_offset(offset) for offset in range(len(seed.folded))]
    assert offsets == sorted(set(offsets))
    for offset, place in enumerate(offsets):
        assert seed.folded[offset] == seed.nfc[place] or (seed.folded[offset] == " " and seed.nfc[place].isspace())
        assert seed.nfc_offset(offset + 1, ends=True) == place + 1


@settings(deadline=None)
@given(st.text(max_size=80))
@example("İstanbul ẞ ﬁ ŉ ΐ")
def test_lower_case_keeps_every_offset(text: str) -> None:
    seed = seed_of(text.encode("utf-8", "replace").decode())
    assert len(seed.lower) == len(seed.plain_lower) == len(seed.folded)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(st.sampled_from(["en", "bro", "vei.", "é"]), min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_omissions_against_a_search_of_all_places(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """Two pieces, held against every way in which a regular expression finds them."""
    seed = seed_of("\n\n".join(" ".join(words) for words in paragraphs))
    one, other = (" ".join(data.draw(st.lists(st.sampled_from(["en", "bro", "vei.", "é"]), min_size=1, max_size=2))) for _ in range(2))
    starts = 0
    for words in paragraphs:
        text = " ".join(words)
        starts += sum(other in text[match.start() + len(one) :] for match in re.finditer(f"(?={re.escape(one)})", text))
    assert seed.find(f"{one} {OMISSION} {other}").ways == min(starts, 2)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_and_paragraphs(line_end: str) -> None:
    seed = seed_of(line_end.join(["En.", "To.", "", "Tre.", " \t", "", "Fire", "fem.", ""]))
    assert seed.folded == "En. To. Tre. Fire fem. "
    assert [seed.line(seed.folded.index(word)) for word in ("En", "To", "Tre", "Fire", "fem")] == [1, 2, 4, 7, 8]
    assert [seed.folded[slice(*seed.paragraph(start))] for start in seed.paragraphs] == ["En. To.", "Tre.", "Fire fem."]
    assert seed.paragraph(seed.folded.index("fem")) == (13, 22)


def test_white_space_before_the_first_paragraph() -> None:
    seed = seed_of("\n\n  En.\n\nTo.\n\n")
    assert quoted(seed, "En. To.") == ["En. To."] and seed.line(seed.folded.index("En")) == 3
    assert seed.folded[slice(*seed.paragraph(seed.folded.index("En")))] == "En."


def test_the_sum_of_the_bytes() -> None:
    data = b"En.\r\nTo.\n"
    seed = Seed("a.txt", data)
    assert seed.sha256 == hashlib.sha256(data).hexdigest()
    assert seed.sha256_with_line_ends(b"\n") == hashlib.sha256(b"En.\nTo.\n").hexdigest()
    assert seed.sha256_with_line_ends(b"\r\n") == hashlib.sha256(b"En.\r\nTo.\r\n").hexdigest()


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_long_seed_is_searched_like_a_short_one(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["no", "now", "o", "river", "é", "1", "12", "a-b", "a’b", "Ø"]), min_size=20, max_size=80))
    text = data.draw(st.sampled_from([" ", ", ", "-"])).join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not quote.strip():
        return
    short = Seed("s.txt", text.encode())
    long = Seed("s.txt", (text + "\n\n" + "zzz " * 3000).encode())
    assert short.find(quote) == long.find(quote)
    assert short.find(quote + "x") == long.find(quote + "x")


@pytest.mark.parametrize(
    "text, paragraphs",
    [
        ("One.\nTwo goes\non.\n\nThree.\n", ["One.", "Two goes", "on.", "Three."]),
        ("One. \r\n \r\nTwo.\n", ["One.", "Two."]),
        ("\n\nOne\ttwo  three", ["One two three"]),
        ("One.", ["One."]),
        ("", [""]),
    ],
)
def test_where_each_line_is_a_paragraph(text: str, paragraphs: list[str]) -> None:
    seed = Seed("text.txt", text.encode()).line_by_line()
    found = [seed.folded[slice(*seed.paragraph(start))] for start in seed.paragraphs]
    assert [words for words in found if words or len(found) == 1] == paragraphs
    assert seed.folded == Seed("text.txt", text.encode()).folded
    for start in seed.paragraphs:
        words = seed.folded[slice(*seed.paragraph(start))].split(" ")[0]
        assert not words or words in text.split("\n")[seed.line(seed.paragraph(start)[0]) - 1]


def test_pieces_of_a_quote_stand_in_one_line_where_each_line_is_a_paragraph() -> None:
    seed = Seed("text.txt", b"The bridge is\nopen again today.\n")
    assert seed.find("bridge [...] today").ways == 1
    assert seed.line_by_line().find("bridge [...] today").ways == 0
    assert seed.line_by_line().find("open [...] today").ways == 1
