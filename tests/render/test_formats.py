"""What machines read (DESIGN section 7): the shape of every answer, its order, its limits and its filters."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, run
from small import ledger_at

from ledger.texts.folding import fold_space

CASES = ROOT / "tests" / "cases"
TEXT, MAYBE, NUMBER, TEXTS = (str,), (str, type(None)), (int,), (list,)
CLAIM: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("id", "place", "property", "stance", "claimant", "said", "quote", "seed", "path"), TEXT),
    **dict.fromkeys(("subject", "value", "extent", "hedge", "holds", "before", "after", "translation", "note", "side"), MAYBE),
    **dict.fromkeys(("via", "disputes", "spans"), TEXTS),
    "accept": (dict,),
    "line": NUMBER,
    "seed_line": NUMBER,
}
CONFLICT: dict[str, tuple[type, ...]] = {
    "claims": TEXTS,
    **dict.fromkeys(("kind", "strength", "relation", "place", "property", "reason"), TEXT),
    "subject": MAYBE,
}
DIAGNOSTIC: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("code", "name", "severity", "path", "message", "help"), TEXT),
    "line": NUMBER,
    "column": NUMBER,
    "related": TEXTS,
}


def data(*arguments: str | Path) -> Any:
    """What a command writes as JSON: one value, one line end, no NaN."""
    code, out, err = run(*arguments, "--format", "json")
    assert code in (0, 1) and not err and out.endswith("\n")
    answer = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"), object_pairs_hook=unique)
    assert answer["schema_version"] == 1
    return answer


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def rows(*arguments: str | Path) -> list[dict[str, str]]:
    """What a command writes as CSV: every row as long as its heading."""
    code, out, err = run(*arguments, "--format", "csv")
    assert code in (0, 1) and not err and "\r" not in out
    heading, *found = csv.reader(io.StringIO(out), strict=True)
    assert len(set(heading)) == len(heading) and all(len(row) == len(heading) for row in found)
    return [dict(zip(heading, row, strict=True)) for row in found]


def has_shape(value: dict[str, Any], shape: dict[str, tuple[type, ...]]) -> bool:
    """Whether an object has all keys of a shape, each of its type."""
    return all(key in value and type(value[key]) in types for key, types in shape.items())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger."""
    return ledger_at(tmp_path_factory.mktemp("ledger"))


LEDGERS = ["own", "small"]


@pytest.fixture(params=LEDGERS)
def ledger(request: pytest.FixtureRequest, small: Path) -> Path:
    """This repository's ledger, and the small one."""
    return ROOT if request.param == "own" else small


# -- claims ------------------------------------------------------------------------------------------------------------------


def test_claims_as_json(ledger: Path) -> None:
    answer = data("-C", ledger, "claims")
    assert set(answer) == {"schema_version", "claims", "not_read", "said_too_late", "around"}
    assert (answer["not_read"], answer["said_too_late"]) == ([], 0)
    for claim in answer["claims"]:
        assert has_shape(claim, CLAIM), claim["id"]
        text = (ledger / "seeds" / claim["seed"]).read_bytes().decode()
        composed = unicodedata.normalize("NFC", text)
        pieces = [fold_space(piece) for piece in claim["quote"].split("[...]") if piece.strip()]
        assert [fold_space(composed[start:end]) for start, end in claim["spans"]] == pieces
        assert claim["seed_line"] == composed[: claim["spans"][0][0]].count("\n") + 1
        assert (ledger / claim["path"]).read_text(encoding="utf-8").split("\n")[claim["line"] - 1].startswith("- ")
    places = [(claim["path"], claim["line"]) for claim in answer["claims"]]
    assert places == sorted(places)


def test_defaults_are_filled_in_and_the_rest_is_as_written(small: Path) -> None:
    claims = {claim["id"]: claim for claim in data("-C", small, "claims")["claims"]}
    assert (claims["held-east"]["stance"], claims["held-east"]["extent"], claims["held-east"]["side"]) == ("asserts", "all", "east")
    assert (claims["people-9000"]["extent"], claims["people-9000"]["value"], claims["people-9000"]["side"]) == (None, "9000", "east")
    assert (claims["lorries"]["value"], claims["lorries"]["subject"], claims["held-later"]["side"]) == ("yes", "lorries", None)


def test_claims_in_every_format_are_the_same(ledger: Path) -> None:
    claims = data("-C", ledger, "claims")["claims"]
    ids = [claim["id"] for claim in claims]
    lines = [json.loads(line) for line in run("-C", ledger, "claims", "--format", "jsonl").out.splitlines()]
    assert lines == claims
    table = rows("-C", ledger, "claims")
    assert [row["id"] for row in table] == ids
    assert [row["quote"].lstrip("'") for row in table] == [claim["quote"].lstrip("'") for claim in claims]
    assert [line.split(":")[0] for line in run("-C", ledger, "claims").out.splitlines()[:-1]] == ids
    markdown = run("-C", ledger, "claims", "--format", "markdown").out.splitlines()
    assert [re.split(r"(?<!\\)\|", line)[-2].split()[-1] for line in markdown[2:]] == ids
    assert {len(re.split(r"(?<!\\)\|", line)) for line in markdown} == {9}


# -- conflicts ---------------------------------------------------------------------------------------------------------------


def test_conflicts_as_json(ledger: Path) -> None:
    answer = data("-C", ledger, "conflicts")
    assert {"schema_version", "conflicts", "left_out", "claims", "questions", "not_read"} <= set(answer) and answer["left_out"] == []
    assert "total" not in answer and "truncated" not in answer
    conflicts = answer["conflicts"]
    assert conflicts
    for conflict in conflicts:
        assert has_shape(conflict, CONFLICT)
        assert conflict["kind"] in ("denial", "figure", "exclusive", "tension")
        assert conflict["strength"] in ("certain", "possible") and conflict["relation"] in ("own", "within", "across")
        assert conflict["reason"] and len(conflict["claims"]) == 2 and conflict["claims"] == sorted(conflict["claims"])
    pairs = [tuple(conflict["claims"]) for conflict in conflicts]
    assert pairs == sorted(pairs) and len(set(pairs)) == len(pairs)
    assert sorted(answer["claims"]) == sorted({name for pair in pairs for name in pair}) == list(answer["claims"])
    written = {claim["id"]: claim for claim in data("-C", ledger, "claims")["claims"]}
    assert all(claim.items() <= written[name].items() for name, claim in answer["claims"].items())
    assert sum(question["pairs"] for question in answer["questions"]) == len(conflicts)


def test_a_possible_conflict_says_what_it_hangs_on(small: Path) -> None:
    found = {tuple(conflict["claims"]): conflict for conflict in data("-C", small, "conflicts")["conflicts"]}
    assert {pair: conflict["strength"] for pair, conflict in found.items()} == {
        ("held-east", "held-later"): "possible",
        ("held-east", "held-west"): "certain",
    }
    possible = found["held-east", "held-later"]
    assert possible["hangs_on"] and possible["settled_by"] and "only if" in possible["reason"] and "2025-03-10" in possible["reason"]


def test_conflicts_in_every_format_are_the_same(ledger: Path) -> None:
    conflicts = data("-C", ledger, "conflicts")["conflicts"]
    tensions = sum(conflict["kind"] == "tension" for conflict in conflicts)
    lines = [json.loads(line) for line in run("-C", ledger, "conflicts", "--format", "jsonl").out.splitlines()]
    assert [{key: value for key, value in line.items() if key != "both"} for line in lines] == conflicts
    assert all(list(line["both"]) == line["claims"] for line in lines)
    table = rows("-C", ledger, "conflicts")
    assert [[row["id_a"], row["id_b"]] for row in table] == [conflict["claims"] for conflict in conflicts]
    assert [(row["kind"], row["strength"], row["relation"]) for row in table] == [
        (conflict["kind"], conflict["strength"], conflict["relation"]) for conflict in conflicts
    ]
    for form in ("text", "markdown"):
        for more in ((), ("--pairs",)):
            out = run("-C", ledger, "conflicts", "--format", form, *more).out
            assert all(name in out for conflict in conflicts for name in conflict["claims"])
            assert f"{len(conflicts) - tensions} contradictions " in re.sub(r"[\u2060\\]", "", out)
            assert not tensions or f", {tensions} tensions noted" in out


# -- why, show, seeds, check ---------------------------------------------------------------------------------------------------


def test_why_and_show_agree_with_conflicts(ledger: Path) -> None:
    for conflict in data("-C", ledger, "conflicts")["conflicts"][:6]:
        one, other = conflict["claims"]
        why = data("-C", ledger, "why", other, one)
        assert set(why) == {"schema_version", "claims", "contradict", "decision", "steps", "conflict", "fingerprint"}
        ruled = conflict["kind"] != "tension"
        assert (why["claims"], why["contradict"], why["conflict"]) == ([one, other], ruled, conflict)
        begins = "They contradict each other: " if ruled else "No contradiction by any rule: "
        assert why["decision"].startswith(begins) and all(type(step) is str for step in why["steps"])
        shown = data("-C", ledger, "show", one)
        assert conflict in shown["conflicts"] and has_shape(shown["claim"], CLAIM) and shown["claim"]["id"] == one
        assert set(shown) >= {"takes_part", "paragraph", "agreeing", "doubting", "expecting", "reports", "origins"}
        assert all(fold_space(piece) in shown["paragraph"] for piece in shown["claim"]["quote"].split("[...]"))
        assert one in run("-C", ledger, "show", other).out and conflict["reason"] in run("-C", ledger, "why", one, other).out


def test_why_not(small: Path) -> None:
    why = data("-C", small, "why", "lorries", "held-east")
    assert (why["contradict"], why["conflict"]) == (False, None)
    assert why["decision"].startswith("No contradiction: they answer different questions") and why["decision"].endswith(".")


def test_seeds_as_json(ledger: Path) -> None:
    answer = data("-C", ledger, "seeds")
    names = [row["seed"] for row in answer["seeds"]]
    assert names == sorted(path.name for path in (ledger / "seeds").iterdir()) and answer["without_claims"] == []
    claims = data("-C", ledger, "claims")["claims"]
    for row in answer["seeds"]:
        assert has_shape(row, {"path": TEXT, "language": TEXT, "published": TEXT})
        assert row["with_claim"] + row["passed_over"] + row["open"] == row["sentences"] > 0
        assert row["claims"] == sum(claim["seed"] == row["seed"] for claim in claims)
        one = data("-C", ledger, "seeds", row["seed"])["seeds"]
        assert [{key: value for key, value in entry.items() if key != "text"} for entry in one] == [row]
        assert len(one[0]["text"]) == row["sentences"] and {entry["state"] for entry in one[0]["text"]} <= {"claim", "passed", "open"}
        assert data("-C", ledger, "seeds", "seeds/" + row["seed"])["seeds"] == one
        marked = run("-C", ledger, "seeds", row["seed"]).out
        assert all(f"     {claim['id']}\n" in marked for claim in claims if claim["seed"] == row["seed"])


@pytest.mark.parametrize("code", ["F206", "Q301", "S702", "W906", "Y105"])
def test_check_as_json(code: str) -> None:
    answer = data("-C", CASES / code / "bad", "check")
    assert set(answer) == {"schema_version", "diagnostics", "checked"}
    assert has_shape(answer["checked"], dict.fromkeys(("claims", "seeds", "quotes", "files"), NUMBER))
    for found in answer["diagnostics"]:
        assert has_shape(found, DIAGNOSTIC) and found["severity"] in ("error", "warning") and found["code"] == code
        for related in found["related"]:
            assert has_shape(related, {"path": TEXT, "line": NUMBER, "column": NUMBER, "message": TEXT})
    lines = run("-C", CASES / code / "bad", "check", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == answer["diagnostics"]
    concise = run("-C", CASES / code / "bad", "check", "--format", "concise").out.splitlines()
    text = run("-C", CASES / code / "bad", "check").out.splitlines()
    for number, found in enumerate(answer["diagnostics"]):
        assert concise[number].startswith(f"{found['path']}:{found['line']}:{found['column']}: {code} ") and concise[number] in text
        assert f"  help: {found['help']}" in text


# -- limits --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command, key", [("claims", "claims"), ("conflicts", "conflicts")])
def test_limits_say_what_they_cut(ledger: Path, command: str, key: str) -> None:
    everything = data("-C", ledger, command)[key]
    for limit in (1, 2, len(everything), len(everything) + 1):
        answer = data("-C", ledger, command, "--limit", str(limit))
        assert answer[key] == everything[:limit]
        assert (answer["total"], answer["truncated"]) == (len(everything), limit < len(everything))
        assert len(run("-C", ledger, command, "--format", "jsonl", "--limit", str(limit)).out.splitlines()) == len(answer[key])
        assert len(rows("-C", ledger, command, "--limit", str(limit))) == len(answer[key])


@pytest.mark.parametrize("command", ["claims", "conflicts"])
def test_a_limit_of_0_is_none(small: Path, command: str) -> None:
    answer = data("-C", small, command, "--limit", "0")
    assert answer[command] == data("-C", small, command)[command]
    assert (answer["total"], answer["truncated"]) == (len(answer[command]), False)
    for form in ("text", "jsonl", "csv", "markdown"):
        assert run("-C", small, command, "--format", form, "--limit", "0") == run("-C", small, command, "--format", form)


def test_people_are_told_of_a_limit() -> None:
    assert re.search(r"\nshown: 1 of \d+ questions; --limit 0 shows all", run("-C", ROOT, "conflicts", "--limit", "1").out)
    assert re.search(r"\nshown: 2 pairs of \d+ pairs; --limit 0 shows all", run("-C", ROOT, "conflicts", "--pairs", "--limit", "2").out)
