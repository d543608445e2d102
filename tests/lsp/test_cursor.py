"""What stands where the cursor is, in texts that are no YAML while they are typed."""

from __future__ import annotations

import pytest

from ledger.lsp.cursor import spot

CLAIM = "seed: a.txt\nclaims:\n- id: one\n  property: control\n"


def at(text: str) -> tuple[str, str, str, str]:
    """Section, key, outer key and what was typed, where `|` stands."""
    before = text.partition("|")[0]
    here = spot(text.replace("|", "", 1).split("\n"), before.count("\n"), len(before.rpartition("\n")[2]))
    return here.section, here.key, here.outer, here.typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("se|", ("", "", "", "se")),
        ("seed: a|", ("", "seed", "", "a")),
        (CLAIM + "  pl|", ("claims", "", "claims", "pl")),
        (CLAIM + "  place: ky|iv", ("claims", "place", "", "ky")),
        (CLAIM + "  place: |", ("claims", "place", "", "")),
        (CLAIM + "  place:|", ("claims", "place", "", "")),
        (CLAIM + "- |", ("claims", "", "claims", "")),
        (CLAIM + "- {id: two, pla|", ("claims", "", "", "pla")),
        (CLAIM + "- {id: two, place: Куп|, said: 2025}", ("claims", "place", "", "Куп")),
        (CLAIM + "  via: [a, b|]", ("claims", "via", "", "b")),
        (CLAIM + "  via:\n  - ag|", ("claims", "via", "", "ag")),
        (CLAIM + "  via:\n    - ag|", ("claims", "via", "", "ag")),
        (CLAIM + "  accept: {Q3|", ("claims", "", "accept", "Q3")),
        (CLAIM + "  accept:\n    Q3|", ("claims", "", "accept", "Q3")),
        (CLAIM + '  quote: "Armata rusă: a|', ("claims", "quote", "", '"Armata rusă: a')),
        (CLAIM + "  quote: a {b, c: d|", ("claims", "quote", "", "a {b, c: d")),
        (CLAIM + "tensions:\n- {claims: [on|", ("tensions", "claims", "", "on")),
        ("places:\n  kyiv:\n    within: uk|", ("places", "within", "", "uk")),
        ("places:\n  kyiv: {within: uk|", ("places", "within", "kyiv", "uk")),
        ("places:\n  kyiv:\n    na|", ("places", "", "kyiv", "na")),
        ("|", ("", "", "", "")),
        ("\n\n|", ("", "", "", "")),
        ("claims:\n- [[[{{{ ' \" |", ("claims", "", "", "' \" ")),
    ],
)
def test_what_stands_there(text: str, expected: tuple[str, str, str, str]) -> None:
    assert at(text) == expected


def test_the_fields_of_the_claim_around_it() -> None:
    text = CLAIM + "  place: \n  said: '2025'\n- id: two\n  place: kyiv\nresolutions: []\n"
    here = spot(text.split("\n"), 4, 9)
    assert here.fields == {"id": "one", "property": "control", "place": "", "said": "2025"} and here.first == 2
    flow = "claims:\n- {id: one, property: control,\n   place: }\n- {id: two}\n"
    assert spot(flow.split("\n"), 2, 10).fields == {"id": "one", "property": "control", "place": ""}


def test_every_place_of_hostile_text_is_answered() -> None:
    text = "claims:\n- id: 'x\n\t{[\"}]:\r\n  - - a: : b\n \u2028- {: , \n#\n--- %\n" * 2
    for number, line in enumerate(text.split("\n")):
        for column in range(len(line) + 2):
            spot(text.split("\n"), number, column)
