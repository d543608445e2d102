"""Points of places: what is a place on the globe is read to the number, everything else is refused with a word, and nothing crashes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.cache import vocabularies
from ledger.model import Vocabulary
from ledger.reading import yaml_nodes
from ledger.reading.vocabulary import read_vocabulary


def vocabulary(point: str) -> Vocabulary:
    """What is read of a ledger with one place and its point, written as YAML."""
    text = f"format: 1\nlanguage: en\nplaces:\n  a: {{names: {{en: A}}, point: {point}}}\nclaimants: {{}}\nproperties: {{}}\n"
    return read_vocabulary(yaml_nodes.compose(text))


@pytest.mark.parametrize(
    "written, point",
    [
        ("[48.28, 37.18]", (48.28, 37.18)),
        ("['-90', \"180\"]", (-90.0, 180.0)),
        ("[-0, -0.0]", (0.0, 0.0)),
        ("[007, 010.50]", (7.0, 10.5)),
        ("[1.123456789012345, -179.999999999999999]", (1.123456789012345, -180.0)),
    ],
)
def test_a_point_is_read_to_the_number(written: str, point: tuple[float, float]) -> None:
    found = vocabulary(written)
    assert found.flaws == () and found.places["a"].point == point and "-0" not in repr(found.places["a"].point).replace("-0.", "")
    assert vocabularies.from_text(vocabularies.to_text(found)) == found


@pytest.mark.parametrize(
    "written, told, remedy",
    [
        ("[91, 7]", "latitude 91 is not between -90 and 90", "write point: [7, 91]"),
        ("[91, 97]", "latitude 91 is not between -90 and 90", "write latitude, then longitude"),
        ("[90.0000001, 7]", "latitude 90.0000001 is not between -90 and 90", "write point"),
        ("[9, -180.5]", "longitude -180.5 is not between -180 and 180", "write latitude, then longitude"),
        ("[37.18, 148.28]", "", ""),  # may be swapped, and may be meant: not guessed
        ("'48.28, 37.18'", "must be a list of two numbers", "point: [48.28, 37.18]"),
        ("'(48.2, 37.1)'", "must be a list of two numbers", "point: [48.2, 37.1]"),
        ("[48,28, 37,18]", "must be a list of two numbers", "a comma parts"),
        ("['48,28', 37.18]", "the latitude `48,28` is no number", "48.28"),
        ("[1, 2, 3]", "must be a list of two numbers", "latitude, then longitude"),
        ("[]", "must be a list of two numbers", "latitude, then longitude"),
        ("[[1], {b: 2}]", "the latitude of a `point` must be a number", "latitude, then longitude"),
        ("[1e1, 2]", "the latitude `1e1` is no number", "plain decimal number"),
        ("[1, +2]", "the longitude `+2` is no number", "plain decimal number"),
        ("[1, .nan]", "the longitude `.nan` is no number", "plain decimal number"),
        ("[.inf, 1]", "the latitude `.inf` is no number", "plain decimal number"),
        ("[true, 1]", "the latitude `true` is no number", "plain decimal number"),
        ("[0x1, 1]", "the latitude `0x1` is no number", "plain decimal number"),
        ("['', 1]", "the latitude `` is no number", "plain decimal number"),
        ('["1\\n", 1]', "the latitude `1", "plain decimal number"),
        ("[1.0000000000000001, 1]", "is no number of degrees", "plain decimal number"),
        (f"[{'9' * 5000}, 1]", "is no number of degrees", "plain decimal number"),
    ],
)
def test_what_is_no_point_is_refused_with_a_word(written: str, told: str, remedy: str) -> None:
    found = vocabulary(written)
    flaws = [flaw for flaw in found.flaws if flaw.name == "bad_point"]
    assert len(found.flaws) == len(flaws) and (found.places["a"].point is None) == bool(told) == bool(flaws)
    if flaws:
        assert told in flaws[0].message and remedy in flaws[0].help and len(flaws[0].message) < 200


_LETTERS = "0123456789.,-+eExnaif °'NSW[{٣\t\n"


@given(st.recursive(st.text(_LETTERS, max_size=9) | st.floats() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=4)))
def test_anything_is_a_point_on_the_globe_or_a_flaw(value: object) -> None:
    found = vocabulary(json.dumps(value))
    point = found.places["a"].point
    assert (point is None) == bool(found.flaws)
    assert point is None or (abs(point[0]) <= 90 and abs(point[1]) <= 180)
