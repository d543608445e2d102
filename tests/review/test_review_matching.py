"""Which claims, notes, defects and contradictions of two states of a ledger a review takes for the same, and what it says of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from branches import AGAIN, commit, git, replace, repository_at
from running import run
from small import CLAIMS, VOCABULARY, file_of, ledger_at
from test_review import changed, is_empty, reviewed

from ledger.texts.seeds import MAX_SEED_BYTES

NOTES = """tensions:
- {claims: [held-later, lorries], by: us, on: 2025-04-01, why: both roads}
resolutions:
- {claims: [held-later, held-east], found: open, by: us, on: 2025-04-01, why: two banks, fingerprint: '000000000000'}
"""


def told(found: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The changes of claims: kind, id, and whether of meaning."""
    return [(change["kind"], change["id"], change["of_meaning"]) for change in found["changes"]]


# -- claims ---------------------------------------------------------------------------------------------------------------


def test_whoever_names_a_claim_may_follow_its_new_id(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([{**CLAIMS[0], "disputes": "[held-later]"}, *CLAIMS[1:]], tail=NOTES))
    path = tmp_path / "claims" / "text.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("held-later", "held-newer"), encoding="utf-8")
    found = reviewed(tmp_path)
    assert told(found) == [("renamed", "held-newer", False), ("changed", "held-east", False)]
    assert found["notes"] == [] and found["diagnostics"] == {"new": [], "fixed": []}
    assert not any(found["conflicts"].values())


def test_a_reason_wrapped_otherwise_is_no_change(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([{**CLAIMS[0], "accept": "{Q310: a reason of   words}"}, *CLAIMS[1:]]))
    replace(tmp_path / "claims" / "text.yaml", "a reason of   words", "a reason\n    of words")
    assert is_empty(tmp_path)


def test_claims_of_one_id_are_matched_by_what_they_say(tmp_path: Path) -> None:
    twice = [CLAIMS[0], {**CLAIMS[1], "id": "held-east"}, *CLAIMS[2:]]
    files = file_of(twice)
    repository_at(tmp_path, files)
    ledger_at(tmp_path, file_of([twice[1], twice[0], *twice[2:]], seed=files["seeds/text.txt"]))
    assert reviewed(tmp_path)["changes"] == []
    ledger_at(tmp_path, file_of([twice[1], *twice[2:]], seed=files["seeds/text.txt"]))
    assert [change["fields"]["value"] for change in reviewed(tmp_path)["changes"]] == [["east", None]]


def test_a_default_of_the_vocabulary_is_no_change_of_the_claims(tmp_path: Path) -> None:
    repository_at(tmp_path, vocabulary=VOCABULARY.replace("parts: true, ", ""))
    ledger_at(tmp_path)
    found = reviewed(tmp_path)
    assert found["changes"] == []
    assert [(entry["id"], entry["fields"]) for entry in found["vocabulary"]["changes"]] == [("control", {"parts": [None, True]})]


def test_a_seed_with_another_name_says_the_same(tmp_path: Path) -> None:
    repository_at(tmp_path)
    (tmp_path / "seeds" / "text.txt").rename(tmp_path / "seeds" / "other.txt")
    replace(tmp_path / "claims" / "text.yaml", "seed: text.txt", "seed: other.txt")
    found = reviewed(tmp_path)
    assert told(found) == [("changed", claim["id"], False) for claim in sorted(CLAIMS, key=lambda claim: claim["id"])]
    (tmp_path / "seeds" / "other.txt").write_text(
        (tmp_path / "seeds" / "other.txt").read_text(encoding="utf-8") + "More.\n", encoding="utf-8"
    )
    assert all(of_meaning for _, _, of_meaning in told(reviewed(tmp_path)))


def test_a_quote_of_a_new_claim_without_id_did_not_break(tmp_path: Path) -> None:
    nameless = {key: text for key, text in CLAIMS[0].items() if key != "id"}
    files = file_of([nameless, *CLAIMS[1:]])
    repository_at(tmp_path, files)
    ledger_at(tmp_path, file_of([nameless, *CLAIMS[1:], {**nameless, "quote": "is not there"}], seed=files["seeds/text.txt"]))
    assert reviewed(tmp_path)["quotes_broken"] == []
    ledger_at(tmp_path, file_of([nameless, *CLAIMS[1:]], seed="Another text.\n"))
    assert reviewed(tmp_path)["quotes_broken"][0].startswith("claims/text.yaml:")


def test_a_quote_that_stands_twice_now_is_not_called_gone(tmp_path: Path) -> None:
    found = changed(
        tmp_path, "27,000 people live in Millbrook.", "27,000 people live in Millbrook. 27,000 people live in Millbrook.", "seeds/text.txt"
    )
    assert found["quotes_broken"] == ["people-27000"]
    out = run("-C", tmp_path, "review", "--format", "github").out
    assert "the quote of people-27000 stood in its seed before, and stands there more than once now" in out


def test_a_claim_and_its_seed_can_get_new_names_at_once(tmp_path: Path) -> None:
    repository_at(tmp_path)
    (tmp_path / "seeds" / "text.txt").rename(tmp_path / "seeds" / "other.txt")
    replace(tmp_path / "claims" / "text.yaml", "seed: text.txt", "seed: other.txt")
    replace(tmp_path / "claims" / "text.yaml", "id: held-later", "id: held-newer")
    assert told(reviewed(tmp_path))[0] == ("renamed", "held-newer", False)


def test_a_claim_moved_into_a_file_that_could_not_be_read_before_is_not_gone(tmp_path: Path) -> None:
    other = file_of([{"id": "other", "value": "west", "said": "2025-03-01", "quote": "Millbrook, they say, is ours"}], "other.txt")
    repository_at(tmp_path, file_of(CLAIMS) | other | {"claims/broken.yaml": "]\n"})
    text = file_of(CLAIMS)["claims/text.yaml"]
    start = text.rindex("- place")
    ledger_at(tmp_path, {"claims/text.yaml": text[:start], "claims/broken.yaml": text[: text.index("- place")] + text[start:]})
    assert reviewed(tmp_path)["changes"] == []


# -- sources and notes ------------------------------------------------------------------------------------------------------


def test_a_file_that_is_split_says_the_same_of_its_source(tmp_path: Path) -> None:
    repository_at(tmp_path)
    path = tmp_path / "claims" / "text.yaml"
    text = path.read_text(encoding="utf-8")
    head, start = text[: text.index("- place")], text.rindex("- place")
    path.write_text(text[:start], encoding="utf-8")
    (tmp_path / "claims" / "a.yaml").write_text(head + text[start:], encoding="utf-8")
    found = reviewed(tmp_path)
    assert (found["changes"], found["sources"]) == ([], [])
    (tmp_path / "claims" / "a.yaml").write_text(head.replace("2025-03-31", "2025-04-02") + text[start:], encoding="utf-8")
    assert [source["fields"]["published"] for source in reviewed(tmp_path)["sources"]] == [[None, "2025-04-02"]]


def test_defects_of_a_file_that_cannot_be_read_now_are_not_called_fixed(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([{**CLAIMS[0], "quote": "is not there"}], seed="Another text.\n"))
    path = tmp_path / "claims" / "text.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "]\n", encoding="utf-8")
    found = reviewed(tmp_path)
    assert [each["code"] for each in found["diagnostics"]["new"]] == ["Y105"] and found["diagnostics"]["fixed"] == []
    assert "mended" not in run("-C", tmp_path, "review", "--format", "github").out


def test_a_warning_that_was_only_accepted_is_not_called_fixed(tmp_path: Path) -> None:
    repository_at(tmp_path)
    replace(tmp_path / "claims" / "text.yaml", "value: 27000", "value: 26000")
    commit(tmp_path)
    replace(tmp_path / "claims" / "text.yaml", "id: people-27000", "id: people-26000\n  accept: {Q313: reckoned}")
    found = reviewed(tmp_path, "HEAD")
    assert found["numbers"]["before"]["warnings"] == found["numbers"]["after"]["warnings"] + 1
    assert found["diagnostics"] == {"new": [], "fixed": []}
    replace(tmp_path / "claims" / "text.yaml", "value: 26000", "value: 27000")
    replace(tmp_path / "claims" / "text.yaml", "people-26000\n  accept: {Q313: reckoned}", "people-27000")
    assert [each["code"] for each in reviewed(tmp_path, "HEAD")["diagnostics"]["fixed"]] == ["Q313"]


def test_a_seed_that_is_too_large_to_be_quoted_is_compared_all_the_same(tmp_path: Path) -> None:
    large = b"x" * (MAX_SEED_BYTES + 1)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "large.txt").write_bytes(large)
    repository_at(tmp_path)
    assert is_empty(tmp_path)
    (tmp_path / "seeds" / "large.txt").write_bytes(large + b"y")
    found = reviewed(tmp_path)
    assert found["seeds"]["changed"] == ["large.txt"] and found["seeds_changed"][0]["after"] == []


@pytest.mark.parametrize(
    "more, line", [("[first, third]", "first"), ("[third, first]", "first"), ("[second, third, fourth]", "second fourth")]
)
def test_of_several_defects_of_one_kind_the_new_ones_are_told(more: str, line: str, tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([{**CLAIMS[0], "via": "[third]"}, *CLAIMS[1:]]))
    ledger_at(tmp_path, file_of([{**CLAIMS[0], "via": more}, *CLAIMS[1:]]))
    told = [found["message"] for found in reviewed(tmp_path)["diagnostics"]["new"]]
    assert told == [f"no claimant has the id `{name}`" for name in line.split()]


def test_what_is_said_of_a_file_follows_the_names_of_others(tmp_path: Path) -> None:
    files = file_of(CLAIMS)
    head = files["claims/text.yaml"].split("claims:")[0] + "claims: []\n"
    repository_at(tmp_path, files | {"claims/more.yaml": head})
    assert "S703" in run("-C", tmp_path, "check").out
    (tmp_path / "claims" / "more.yaml").rename(tmp_path / "claims" / "other.yaml")
    git(tmp_path, "add", "claims")
    assert is_empty(tmp_path)


def test_the_order_of_the_vocabulary_gives_no_new_defects(tmp_path: Path) -> None:
    repository_at(tmp_path)
    assert "W906" in run("-C", tmp_path, "check").out
    lines = (tmp_path / "ledger.yaml").read_text(encoding="utf-8").split("\n")
    start = lines.index("places:") + 1
    lines[start : start + 5] = lines[start : start + 5][::-1]
    (tmp_path / "ledger.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert is_empty(tmp_path)


def test_notes_moved_to_another_file_are_no_change(tmp_path: Path) -> None:
    other = file_of([{"id": "other", "value": "west", "said": "2025-03-01", "quote": "Millbrook, they say, is ours"}], "other.txt")
    repository_at(tmp_path, file_of(CLAIMS, tail=NOTES) | other)
    assert "N803" in [found["code"] for found in json.loads(run("-C", tmp_path, "check", "--format", "json").out)["diagnostics"]]
    ledger_at(tmp_path, file_of(CLAIMS) | {**other, "claims/other.yaml": other["claims/other.yaml"] + NOTES})
    assert is_empty(tmp_path)


# -- vocabulary -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before, after, part, fields",
    [
        ("{en: Mill County}", "{en: Mill County}, qid: Q5", "places", {"qid": [None, "Q5"]}),
        ("{en: Mill County}", "{en: Mill County}, geonames: 77", "places", {"geonames": [None, "77"]}),
        ("{en: Mill County}", "{en: Mill County}, point: [48.28, -3]", "places", {"point": [None, [48.28, -3.0]]}),
        ("{en: Mill County}", "{en: Mill County}, note: the old one", "places", {"note": [None, "the old one"]}),
        ("name: Jo Reed,", "name: Jo Reed, note: until May,", "claimants", {"note": [None, "until May"]}),
        ("lasts: P14D", "lasts: P14D, note: by rule of thumb", "properties", {"note": [None, "by rule of thumb"]}),
    ],
)
def test_every_field_of_the_vocabulary_is_compared(before: str, after: str, part: str, fields: dict[str, Any], tmp_path: Path) -> None:
    found = changed(tmp_path, before, after, "ledger.yaml")
    assert [(entry["part"], entry["fields"]) for entry in found["vocabulary"]["changes"]] == [(part, fields)]
    out = run("-C", tmp_path, "review").out
    assert "vocabulary: 1 changed\n" in out and "nothing that the ledger records has changed" not in out


def test_words_in_another_order_are_no_change(tmp_path: Path) -> None:
    words = "words:\n  en: {negations: [nope, nay], hedges: [haply]}\n"
    repository_at(tmp_path, vocabulary=VOCABULARY + words)
    replace(tmp_path / "ledger.yaml", "[nope, nay]", "[nay, nope]")
    assert is_empty(tmp_path)


# -- very many contradictions -----------------------------------------------------------------------------------------------


def two_camps(number: int, gap: bool) -> dict[str, str]:
    """Claims that all exclude each other, two months apart or of one day."""
    return file_of(
        {"id": f"c{count}", "quote": f"report {count} says so"}
        | (
            {"value": "east", "said": "2025-03-01", "claimant": "council"}
            if count % 2
            else {"value": "west", "said": "2025-01-05" if gap else "2025-03-01"}
        )
        for count in range(number)
    )


def test_the_vocabulary_is_charged_with_what_is_only_counted(tmp_path: Path) -> None:
    repository_at(tmp_path, two_camps(300, True))
    replace(tmp_path / "ledger.yaml", "lasts: P14D", "lasts: P90D")
    found = reviewed(tmp_path)
    counted = [{"question": ["millbrook", "control", None], "before": 0, "after": 22500, "certain": [0, 0]}]
    assert found["vocabulary"]["conflicts"]["counted"] == found["conflicts"]["counted"] == counted
    words = "Millbrook · who holds the place: 0 -> 22500 (certain: 0 -> 0), too many to compare one by one"
    for form in ("text", "github", "sarif", "gitlab"):
        assert f"contradictions on {words}" in run("-C", tmp_path, "review", "--format", form).out
    out = run("-C", tmp_path, "review").out
    assert "contradictions: only counted on 1 question\n" in out and "nothing that the ledger records has changed" not in out


def test_as_many_contradictions_as_before_may_be_others(tmp_path: Path) -> None:
    files = two_camps(300, False)
    repository_at(tmp_path, files)
    text = files["claims/text.yaml"].replace("id: c5\n", "id: c5\n  translation: so it says\n")
    ledger_at(tmp_path, files | {"claims/text.yaml": text})
    assert reviewed(tmp_path)["conflicts"]["counted"] == []
    one, other = (text.index("value:", text.index(f"id: {name}\n")) for name in ("c5", "c6"))
    text = text[:one] + text[one:other].replace("east", "west", 1) + text[other:].replace("west", "east", 1)
    ledger_at(tmp_path, files | {"claims/text.yaml": text})
    found = reviewed(tmp_path)
    assert [change["id"] for change in found["changes"]] == ["c5", "c6"]
    assert [(counted["before"], counted["after"]) for counted in found["conflicts"]["counted"]] == [(22500, 22500)]


@pytest.mark.parametrize("failing, code", [("opened", 1), ("certain", 1), ("removed", 0)])
def test_contradictions_that_are_only_counted_can_fail(failing: str, code: int, tmp_path: Path) -> None:
    repository_at(tmp_path, two_camps(300, False))
    ledger_at(tmp_path, two_camps(302, False))
    assert reviewed(tmp_path)["conflicts"]["opened"] == []
    assert run("-C", tmp_path, "review", "--fail-on", failing).code == code


# -- what could not be compared ---------------------------------------------------------------------------------------------


def test_markdown_keeps_its_size_whatever_could_not_be_compared(tmp_path: Path) -> None:
    repository_at(tmp_path, file_of([AGAIN, *CLAIMS]))
    ledger_at(tmp_path, {f"claims/{'x' * 200}{number}.yaml": "]\n" for number in range(400)})
    for most in (4_096, 65_536):
        out = run("-C", tmp_path, "review", "--format", "markdown", "--max-bytes", str(most)).out
        assert len(out.encode()) <= most and "Not compared (400)" in out and "shown in full" in out
