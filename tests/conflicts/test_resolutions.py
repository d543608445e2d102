"""Resolutions: what a curator worked out about a contradiction, beside it, and no longer when the claims have changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import ROOT, run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.conflicts.resolutions import MEANING, fingerprint
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree

GOOD = ROOT / "tests" / "cases" / "N803" / "good"
PAIR = ("held-east", "held-west")


def resolution(mark: str, found: str = "explained") -> str:
    """The section of a claims file that resolves the pair."""
    return f"resolutions:\n- {{claims: [{PAIR[1]}, {PAIR[0]}], found: {found}, by: curators, on: 2025-04-01, why: two banks, fingerprint: '{mark}'}}\n"


def mark_of(folder: Path) -> str:
    """The fingerprint that `why` prints."""
    printed = re.search(r"fingerprint: '([0-9a-f]{12})'", run("-C", folder, "why", *PAIR).out)
    assert printed is not None
    return printed[1]


def resolved(folder: Path, found: str = "explained") -> Path:
    """A ledger whose pair is resolved, as `why` said."""
    mark = mark_of(ledger_at(folder))
    return ledger_at(folder, file_of(CLAIMS, tail=resolution(mark, found)))


def codes(folder: Path) -> list[str]:
    """The errors of a ledger, and what is said of notes."""
    found = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    return [each["code"] for each in found if each["severity"] == "error" or each["code"].startswith("N")]


def test_what_why_prints_can_be_pasted(tmp_path: Path) -> None:
    out = run("-C", ledger_at(tmp_path), "why", *PAIR).out
    fragment = out[out.index("resolutions:") :]
    for key, text in (("by", "curators"), ("on", "2025-04-01"), ("why", "two banks")):
        fragment = re.sub(f"(?m)^  {key}:$", f"  {key}: {text}", fragment)
    ledger_at(tmp_path, file_of(CLAIMS, tail=fragment))
    assert codes(tmp_path) == []
    settled = "\n     looked at and left open by curators on 2025-04-01: two banks (held-east and held-west)\n"
    assert settled in run("-C", tmp_path, "conflicts").out


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json", "jsonl"])
def test_it_stands_beside_the_contradiction_in_every_format(form: str, tmp_path: Path) -> None:
    assert "two banks" in run("-C", resolved(tmp_path), "conflicts", "--format", form).out


@pytest.mark.parametrize("command", [("show", "held-west"), ("why", *PAIR), ("timeline", "--town", "Millbrook")])
def test_other_commands_show_it_too(command: tuple[str, ...], tmp_path: Path) -> None:
    assert "two banks" in run("-C", resolved(tmp_path), *command).out


@pytest.mark.parametrize("found, left", [("explained", 2), ("superseded", 2), ("open", 3)])
def test_open_leaves_out_what_is_settled(found: str, left: int, tmp_path: Path) -> None:
    folder = resolved(tmp_path, found)
    pairs = {
        tuple(conflict["claims"]) for conflict in json.loads(run("-C", folder, "conflicts", "--open", "--format", "json").out)["conflicts"]
    }
    everything = {tuple(conflict["claims"]) for conflict in json.loads(run("-C", folder, "conflicts", "--format", "json").out)["conflicts"]}
    assert everything - pairs == (set() if found == "open" else {PAIR})
    assert ("left out as settled by a resolution: 1 contradiction" in run("-C", folder, "conflicts", "--open").out) == (found != "open")


CHANGES = {
    "place": "millbrook-north", "value": "west", "extent": "part", "hedge": "is", "claimant": "spokesman", "said": "2025-03-02",
    "holds": "2025-03-01", "quote": "is held by the east", "stance": "denies",
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_any_change_of_meaning_changes_the_fingerprint(field: str, tmp_path: Path) -> None:
    before = {claim.id: claim for claim in load(WorkTree(str(ledger_at(tmp_path / "a")))).claims()}
    claims = [{**CLAIMS[0], field: CHANGES[field]}, *CLAIMS[1:]]
    after = {claim.id: claim for claim in load(WorkTree(str(ledger_at(tmp_path / "b", file_of(claims))))).claims()}
    assert fingerprint(before[PAIR[0]], before[PAIR[1]]) != fingerprint(after[PAIR[0]], after[PAIR[1]])
    assert field in MEANING


def test_a_changed_claim_makes_it_outdated_and_unsettled(tmp_path: Path) -> None:
    mark = mark_of(ledger_at(tmp_path))
    ledger_at(tmp_path, file_of([{**CLAIMS[0], "said": "2025-03-02"}, *CLAIMS[1:]], tail=resolution(mark)))
    assert codes(tmp_path) == ["N803"]
    assert "the claims have changed since" in run("-C", tmp_path, "conflicts", "--open").out
    assert f"put its fingerprint as '{mark}'" not in run("-C", tmp_path, "why", *PAIR).out
    assert "if it still holds, put its fingerprint as '" in run("-C", tmp_path, "why", *PAIR).out


def test_what_does_not_touch_the_meaning_leaves_it_current(tmp_path: Path) -> None:
    mark = mark_of(ledger_at(tmp_path))
    claims = [{**CLAIMS[0], "note": "looked up", "via": "[gazette]", "quote": "Millbrook is held\n    by the east"}, *CLAIMS[1:]]
    seed = file_of(CLAIMS)["seeds/text.txt"]
    ledger_at(tmp_path, file_of(claims, tail=resolution(mark), seed=seed))
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    "entry, message",
    [
        (
            "{claims: [held-east, held-west], found: settled, by: a, on: 2025-04-01, why: b, fingerprint: '000000000000'}",
            "`found` is one of",
        ),
        ("{claims: [held-east, held-west], found: open, by: a, on: 2025-04-01, why: b, fingerprint: 00}", "no fingerprint of two claims"),
        ("{claims: [held-east], found: open, by: a, on: 2025-04-01, why: b, fingerprint: '000000000000'}", "names two different claims"),
        (
            "{claims: [held-east, held-west], found: open, on: 2025-04-01, why: b, fingerprint: '000000000000'}",
            "`by` is missing from a resolution",
        ),
        ("{claims: [held-east, held-west], found: open, by: a, on: May, why: b, fingerprint: '000000000000'}", "`on: May` is no date"),
        (
            "{claims: [held-east, nobody], found: open, by: a, on: 2025-04-01, why: b, fingerprint: '000000000000'}",
            "no claim has the id `nobody`",
        ),
        (
            "{claim: x, claims: [held-east, held-west], found: open, by: a, on: 2025, why: b, fingerprint: '000000000000'}",
            "has no field `claim`",
        ),
        ("soon", "must be a mapping"),
    ],
)
def test_what_cannot_be_read_is_named_where_it_stands(entry: str, message: str, tmp_path: Path) -> None:
    text = file_of(CLAIMS, tail=f"resolutions:\n- {entry}\n")
    code, out, err = run("-C", ledger_at(tmp_path, text), "check")
    line = text["claims/text.yaml"].split("\n").index(f"- {entry}") + 1
    assert (code, err) == (1, "") and message in out and f"claims/text.yaml:{line}:" in out


def test_a_pair_of_a_crowd_is_settled_like_any_other(tmp_path: Path) -> None:
    claims = [
        {"id": f"c{number}", "value": "east" if number % 2 else "west", "said": "2025-03-01", "quote": f"Report {number} says so"}
        | ({"claimant": "council"} if number % 2 else {})
        for number in range(400)
    ]
    ledger_at(tmp_path, file_of(claims))
    printed = re.search(r"fingerprint: '([0-9a-f]{12})'", run("-C", tmp_path, "why", "c0", "c1").out)
    assert printed is not None
    tail = f"resolutions:\n- {{claims: [c0, c1], found: explained, by: us, on: 2025, why: b, fingerprint: '{printed[1]}'}}\n"
    ledger_at(tmp_path, file_of(claims, tail=tail))
    assert codes(tmp_path) == []
    everything, unsettled = (
        json.loads(run("-C", tmp_path, "conflicts", *more, "--format", "json").out)["conflicts"] for more in ((), ("--open",))
    )
    assert len(everything) == 40_000 and len(unsettled) == 39_999


def test_good_case_is_settled() -> None:
    assert "no contradictions" in run("-C", GOOD, "conflicts", "--open").out
    assert could_not_run(run("-C", GOOD, "why", "bridge-open", "bridge-opn")).startswith(
        "no claim has the id bridge-opn: did you mean `bridge-open`"
    )


def test_only_what_was_asked_for_is_counted_as_left_out(tmp_path: Path) -> None:
    folder = resolved(tmp_path)
    assert "left out as settled" not in run("-C", folder, "conflicts", "--open", "--property", "people").out
    assert "left out as settled by a resolution: 1 contradiction" in run("-C", folder, "conflicts", "--open", "--certain").out


def pasted(folder: Path, pair: tuple[str, str]) -> None:
    """Put what `why` prints about a pair where it says, and fill it in."""
    out = run("-C", folder, "why", *pair).out
    place, fragment = re.search(r"about it, give it to `ledger resolve`; or (put .*), and fill it in:\n\n(.*)\Z", out, re.DOTALL).groups()  # type: ignore[union-attr]
    for key, text in (("by", "curators"), ("on", "2025-04-01"), ("why", "two banks")):
        fragment = re.sub(rf"(?m)(?<=\b{key}:)(?=$| ,)", f" {text}", fragment)
    path = folder / "claims" / "text.yaml"
    lines = path.read_text().split("\n")
    line = int(found[1]) if (found := re.search(r"line ([0-9]+)$", place)) else 0
    if "at the end of" in place:
        lines[-1:] = fragment.split("\n")
    elif "in front of its first entry" in place:
        lines.insert(line - 1, fragment.rstrip("\n"))
    elif "in place of the brackets" in place:
        lines[line - 1] = lines[line - 1].replace("[]", "\n" + fragment.rstrip("\n"))
    elif "behind the first bracket" in place:
        lines[line - 1] = lines[line - 1].replace("[", "[" + fragment.rstrip("\n"), 1)
    else:
        assert "below `resolutions:`" in place
        lines.insert(line, fragment.rstrip("\n"))
    path.write_text("\n".join(lines))


MORE = [
    *CLAIMS,
    {"id": "held-also", "value": "west", "said": "2025-03-01", "claimant": "gazette", "quote": "Millbrook was taken by the west"},
]
OTHERS = (("held-east", "held-later"), ("held-east", "held-also"))


@pytest.mark.parametrize(
    "tail",
    ["", "resolutions:\n", "resolutions: []\n", "tensions: []\n", "resolutions: [{}]\n", "resolutions:\n  {}\n", "resolutions:\n    {}\n"],
)
def test_what_why_prints_can_be_pasted_again_and_again(tmp_path: Path, tail: str) -> None:
    ledger_at(tmp_path)
    mark = mark_of(tmp_path)
    first = f"{{claims: [{', '.join(PAIR)}], found: open, by: us, on: 2025-04-01, why: so, fingerprint: '{mark}'}}"
    if "{}" in tail:
        tail = tail.replace("{}", first if "[" in tail else f"- {first}")
    ledger_at(tmp_path, file_of(MORE, tail=tail))
    for pair in (PAIR, *OTHERS) if "claims:" not in tail else OTHERS:
        pasted(tmp_path, pair)
        assert codes(tmp_path) == [], (tmp_path / "claims" / "text.yaml").read_text()
    out = " ".join(run("-C", tmp_path, "conflicts").out.split())
    assert out.count("looked at and left open") == 3


@pytest.mark.parametrize("written", ["", "fingerprint: ", "fingerprint: ''", "fingerprint: '0123456789ab'"])
def test_the_fingerprint_to_write_is_told(tmp_path: Path, written: str) -> None:
    mark = mark_of(ledger_at(tmp_path))
    broken = resolution("@").replace(", fingerprint: '@'", f", {written}" if written else "")
    ledger_at(tmp_path, file_of(CLAIMS, tail=broken))
    found = [
        each for each in json.loads(run("-C", tmp_path, "check", "--format", "json").out)["diagnostics"] if each["severity"] == "error"
    ]
    assert [each["code"] for each in found] == ["N803" if "0123" in written else "F202"]
    assert f"write fingerprint: '{mark}'" in found[0]["help"]
    ledger_at(tmp_path, file_of(CLAIMS, tail=resolution(mark)))
    assert codes(tmp_path) == []


@pytest.mark.parametrize("written", [None, "", "''", "abc"])
def test_the_sha256_to_write_is_told(tmp_path: Path, written: str | None) -> None:
    files = file_of(CLAIMS)
    text = files["claims/text.yaml"]
    line = re.search("(?m)^sha256: (.*)\n", text)
    assert line is not None
    files["claims/text.yaml"] = text.replace(line[0], "" if written is None else f"sha256: {written}\n")
    ledger_at(tmp_path, files)
    found = [
        each for each in json.loads(run("-C", tmp_path, "check", "--format", "json").out)["diagnostics"] if each["severity"] == "error"
    ]
    assert [(each["code"], each["help"]) for each in found] == [
        ("F202" if written is None else "S707" if written == "abc" else "F204", f"write sha256: {line[1]}")
    ]
