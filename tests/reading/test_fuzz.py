"""What must hold of any bytes, tried on what was found once and on what Hypothesis draws; `tests/prove/fuzz/run.py` is the long run."""

from __future__ import annotations

import pytest
from fuzz.harnesses import BREAK, HARNESSES, VOCABULARY
from fuzz.run import first_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

# Found by fuzzing: what each once broke, or what was wrongly thought to be broken.
FOUND: dict[str, list[bytes]] = {
    "reader": [b"?", b"? a", b"a:", b"- ?"],
    "lines": [b"claims:\n- id: a\n#  quote: x\n- id: b\n", b"seed: >-\nclaims:\n- id: a\n"],
    "dates": [b"9999-12-31~", b"0001~", b"2025/2024~", b"P9999Y99999M"],
    "quantities": [b"0", b"0%", b"<0", b">0%", b"0.." + b"0" * 30, b"<0.0000001%"],
    "quotes": [BREAK.join((b"A\xcc\x81 b", b"A")), BREAK.join((b"a b", b"[...]"))],
    "ledgers": [BREAK.join((b"format: 1", b"claims: [{}]", b""))],
}
SIGNS = "2025 -11 -21 ~ / .. P14D 27000 8.5 >= < % ' \" [...] : - # | > { } [ ] , & * ! ? --- <<"
WORDS = "id place property value quote said claimant claims seed sha256 language published millbrook control ministry é ї 中 ́ \u202e"
PIECES = [piece.encode() for piece in f"{SIGNS} {WORDS}".split()]


@pytest.mark.parametrize("name", HARNESSES)
def test_what_was_found_once(name: str) -> None:
    for data in [*first_inputs(name), *FOUND[name]]:
        HARNESSES[name](data)


@pytest.mark.parametrize("name", HARNESSES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_bytes(name: str, data: st.DataObject) -> None:
    """Bytes as such, texts of the pieces that files are made of, and the inputs of a long run with a piece put in."""
    pieces = st.sampled_from(PIECES)
    texts = st.lists(pieces | st.sampled_from([b" ", b"\n", b": ", b"\n- ", b"\n  ", BREAK]), max_size=40).map(b"".join)
    whole = data.draw(st.binary(max_size=200) | texts | st.sampled_from(first_inputs(name)))
    place = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 8))
    HARNESSES[name](whole[:place] + data.draw(pieces | st.just(b"") | st.binary(max_size=4)) + whole[place + cut :])


def test_a_harness_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finder that finds what does not stand there is noticed."""
    from ledger.texts.seeds import Seed

    found = Seed("x", b"one two").find("one")
    monkeypatch.setattr(Seed, "find", lambda self, *_: found)
    with pytest.raises(AssertionError):
        HARNESSES["quotes"](BREAK.join((b"one two", b"three")))


def test_the_vocabulary_of_the_harness_is_good() -> None:
    HARNESSES["ledgers"](BREAK.join((VOCABULARY.encode(), b"{}", b"")))
