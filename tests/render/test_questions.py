"""A question as people read it: what it is about and how bad first, then who said what in which words, and what contradicts what."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import ROOT, run
from small import VOCABULARY, Fields, could_not_run, file_of, ledger_at

TOLL = """  toll: {title: "how many died?", quantity: people, cumulative: true, says: "{value} people have died in {place}"}
  flooded: {title: "was it flooded?", event: true, says: "{place} was flooded", denied: "{place} was not flooded"}
"""
WORDS = VOCABULARY.replace("properties:\n", "properties:\n" + TOLL)


def toll(name: str, value: str, said: str, claimant: str) -> Fields:
    """A claim on how many died, with a quote of its own."""
    return {"id": name, "property": "toll", "value": value, "said": said, "claimant": claimant, "quote": f"{name} counted {value} dead"}


COUNTS = [
    toll("first", "5500", "2025-03-15", "council"),
    toll("second", '">5200"', "2025-03-15", "gazette"),
    toll("third", "11300", "2025-03-16", "council"),
    toll("ministry-early", "4000", "2025-03-15", "ministry"),
    toll("ministry-late", "3252", "2025-03-20", "spokesman"),
]


def table(folder: Path, *words: str) -> list[str]:
    """What `conflicts` writes to a pipe, line by line."""
    outcome = run("-C", folder, "conflicts", *words)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.split("\n")


def test_a_clash_is_read_from_its_first_line_down(tmp_path: Path) -> None:
    claims: list[Fields] = [
        {"id": "high", "property": "flooded", "said": "2025-03-01", "quote": "la ville est inondée", "translation": "the town is flooded"},
        {"id": "dry", "property": "flooded", "stance": "denies", "said": "2025-03-12~", "claimant": "council", "quote": "rien n'est inondé",
         "translation": "nothing is flooded", "disputes": "[high]"},
    ]  # fmt: skip
    folder = ledger_at(tmp_path, file_of(claims, language="fr", publisher="Le Journal"), WORDS)
    assert table(folder)[:12] == [
        "Millbrook · was it flooded? March 2025 — certain: Ministry of Roads against Town Council",
        "  A  Millbrook was flooded",
        "     2025-03-01  Ministry of Roads (east), in Le Journal",
        "     the town is flooded (translated)",
        "     la ville est inondée",
        "     seeds/text.txt:1 high",
        "  B  Millbrook was not flooded",
        "     about 2025-03-12  Town Council (west), in Le Journal",
        "     nothing is flooded (translated)",
        "     rien n'est inondé",
        "     seeds/text.txt:3 dry",
        "  B contradicts A: denial, certain, across sides: Town Council expressly disputes what Ministry of Roads said",
    ]


def test_many_figures_against_one_are_a_sentence_and_a_change_is_marked(tmp_path: Path) -> None:
    out = "\n".join(table(ledger_at(tmp_path, file_of(COUNTS), WORDS)))
    assert "each of 5,500, over 5,200 and 11,300 is above 3,252 people (Jo Reed, 2025-03-20)" in out
    assert "2025-03-20  Jo Reed (east), changed its figure (" in out
    assert "; Jo Reed changed its figure\n" in out.split("\n  A")[0] + "\n"
    lines = [line for line in out.split("\n") if re.match("  [A-E]  ", line)]
    both = [number for number, line in enumerate(lines) if "4,000" in line or "3,252" in line]
    assert both[1] == both[0] + 1  # one mouth's answers stand together


def test_every_pair_is_told_in_some_sentence(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(COUNTS), WORDS)
    out = "\n".join(table(folder))
    letters = {words: name for name, words in re.findall("^  ([A-E])  (.*?) people have died", out, re.MULTILINE)}
    told = set()
    for sentence in re.findall(r"^  ([A-E][^:]* contradicts? [^:]*):", out, re.MULTILINE):
        for part in sentence.split("; "):
            ones, others = re.split(" (?:each )?contradicts? ", part)
            told |= {frozenset((one, other)) for one in re.findall("[A-E]", ones) for other in re.findall("[A-E]", others)}
    found = json.loads(run("-C", folder, "conflicts", "--format", "json").out)
    values = {name: f"{claim['value'][:-3]},{claim['value'][-3:]}".replace(">", "Over ") for name, claim in found["claims"].items()}
    assert told == {frozenset(letters[values[name]] for name in pair["claims"]) for pair in found["conflicts"]} and len(told) > 4


def test_one_denial_of_several_places_is_told_once(tmp_path: Path) -> None:
    places = ("county", "ivanivka-east", "ivanivka-west")
    yes = "all three were flooded"
    no = "none of the three was flooded"
    claims: list[Fields] = []
    for place in places:
        shared = {"place": place, "property": "flooded", "said": "2025-03-01"}
        claims.append({**shared, "id": f"{place}-yes", "quote": yes})
        claims.append({**shared, "id": f"{place}-no", "stance": "denies", "claimant": "council", "quote": no, "disputes": f"[{place}-yes]"})
    folder = ledger_at(tmp_path, file_of(claims, seed=f"{yes}.\n\n{no}.\n"), WORDS)
    out = "\n".join(table(folder))
    assert out.startswith("Mill County, Ivanivka and Ivanivka · was it flooded? March 2025 — 3 contradictions, all certain: ")
    assert out.count(yes) == out.count(no) == 1 and out.count("expressly disputes") == 1
    assert "  D contradicts A; E contradicts B; F contradicts C: denial, certain, across sides: Town Council" in out
    assert all(f"seeds/text.txt:{1 + 2 * (end == 'no')} {place}-{end}\n" in out for place in places for end in ("yes", "no"))


def test_times_far_apart_are_tables_of_their_own(tmp_path: Path) -> None:
    def said(name: str, value: str, day: str, claimant: str) -> Fields:
        return {"id": name, "value": value, "said": day, "claimant": claimant, "quote": f"{name} is what {claimant} said"}

    years = [
        said(f"{side}-{year}", side, f"{year}-03-01", who)
        for year in (2022, 2025)
        for side, who in (("east", "ministry"), ("west", "council"))
    ]
    folder = ledger_at(tmp_path, file_of(years))
    heads = [line for line in table(folder) if line.startswith("Millbrook")]
    assert [re.search("20..", head)[0] for head in heads] == ["2025", "2022"] and all("— certain" in head for head in heads)  # type: ignore[index]
    assert len(json.loads(run("-C", folder, "conflicts", "--format", "json").out)["questions"]) == 1
    near = [{**claim, "said": claim["said"].replace("2022-03", "2025-01")} for claim in years]
    assert len([line for line in table(ledger_at(tmp_path, file_of(near))) if line.startswith("Millbrook")]) == 1


def test_the_most_serious_stand_first(tmp_path: Path) -> None:
    claims: list[Fields] = [
        {"id": "possible", "place": "county", "value": "east", "said": "2025-03-20", "quote": "possible in the east"},
        {
            "id": "possible-too",
            "place": "county",
            "value": "west",
            "said": "2025-03-25",
            "claimant": "council",
            "quote": "possible in the west",
        },
        {"id": "own", "place": "ivanivka-east", "value": "east", "said": "2025-03-10", "quote": "own in the east"},
        {
            "id": "own-too",
            "place": "ivanivka-east",
            "value": "west",
            "said": "2025-03-10",
            "claimant": "spokesman",
            "quote": "own in the west",
        },
        {"id": "across", "value": "east", "said": "2025-03-01", "quote": "across in the east"},
        {"id": "across-too", "value": "west", "said": "2025-03-01", "claimant": "council", "quote": "across in the west"},
    ]
    folder = ledger_at(tmp_path, file_of(claims))
    heads = [line for line in table(folder) if " · " in line and not line.startswith(" ")]
    assert [head.split(" · ")[0] for head in heads] == ["Millbrook", "Ivanivka", "Mill County"]
    assert "Ministry of Roads changed its account" in heads[1]
    brief = table(folder, "--brief")[:3]
    assert [line.partition(":")[0] for line in brief] == [
        "exclusive, certain, across sides",
        "exclusive, certain, reversal",
        "exclusive, possible, across sides",
    ]
    assert brief[0].endswith(" across across-too") and len(brief) == 3


def test_brief_is_for_people() -> None:
    assert "`--brief` is for people" in could_not_run(run("-C", ROOT, "conflicts", "--brief", "--format", "json"))
    lines = run("-C", ROOT, "conflicts", "--brief").out.split("\n")
    pairs = json.loads(run("-C", ROOT, "conflicts", "--format", "json").out)["conflicts"]
    assert {tuple(line.split()[-2:]) for line in lines[: len(pairs)]} == {tuple(pair["claims"]) for pair in pairs}
    assert run("-C", ROOT, "conflicts", "--brief", "--format", "markdown").out.count("\n- ") >= len(pairs) - 1


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_a_question_is_a_screen_unless_all_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: str) -> None:
    claims = [
        {**toll(f"c{number}", str(9000 - number), f"2025-03-{number + 1:02}", "council"), "quote": f"c{number} {'word ' * 30}"}
        for number in range(12)
    ]
    folder = ledger_at(tmp_path, file_of(claims), WORDS)
    complete = "\n".join(table(folder))
    monkeypatch.setenv("COLUMNS", columns)
    short, full = (run("-C", folder, "conflicts", *words).out for words in ((), ("--full",)))
    question, _, rest = short.partition("\n\n")
    assert len(question.split("\n")) <= 36 and "left out of this question: " in question and "--full shows all" in rest
    assert "left out of" not in full and all(f"c{number}" in full.split() for number in range(12))
    assert "left out of" not in complete and all(f" c{number}\n" in complete for number in range(12))


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_question_of_the_own_ledger_is_longer_than_a_screen(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = run("-C", ROOT, "conflicts", "--limit", "0").out
    assert max(len(part.strip("\n").split("\n")) for part in out.split("\n\n")) <= 36 or columns == "never"
    ids = {claim["id"] for claim in json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"]}
    shown = {word.strip("(),;") for word in out.split()}
    assert not [
        word for word in shown if word not in ids and word.count("-") > 2 and any(id.startswith(word) for id in ids)
    ]  # none is broken


@pytest.mark.parametrize(
    "columns, other_id, beside", [(90, "dry", True), (60, "dry", False), (90, "a-claim-" + "with-a-long-id-" * 3 + "x", False)]
)
def test_positions_stand_side_by_side_where_no_id_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int, other_id: str, beside: bool
) -> None:
    claims: list[Fields] = [
        {"id": "high", "property": "flooded", "said": "2025-03-01", "quote": "the town is flooded"},
        {"id": other_id, "property": "flooded", "stance": "denies", "said": "2025-03-12", "claimant": "council", "quote": "nothing is wet",
         "disputes": "[high]"},
    ]  # fmt: skip
    folder = ledger_at(tmp_path, file_of(claims), WORDS)
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = table(folder)
    assert any("Millbrook was flooded" in line and "Millbrook was not flooded" in line for line in lines) == beside
    assert any(other_id in line for line in lines) and any("B contradicts A: denial, certain" in line for line in lines)


def test_what_is_settled_is_told_in_the_first_line_and_a_sentence_goes_on_small(tmp_path: Path) -> None:
    claims: list[Fields] = [
        {"id": "open", "property": "road", "value": "open", "said": "2025-03-01", "quote": "the road is open"},
        {"id": "shut", "property": "road", "value": "shut", "said": "2025-03-01", "claimant": "council", "quote": "the road is shut"},
        {"id": "gone", "property": "road", "value": "shut", "said": "2025-03-01", "claimant": "gazette", "quote": "the road is gone"},
    ]
    road = '  road: {title: "is the road open?", values: [open, shut], says: {open: "The road to {place} is open", shut: "{place} is cut off"}}\n'
    folder = ledger_at(tmp_path, file_of(claims), VOCABULARY.replace("properties:\n", "properties:\n" + road))
    first, *rest = table(folder)
    assert "2 contradictions, all certain: " in first
    assert "it can't be both that the road to Millbrook is open and that Millbrook is cut off" in "\n".join(rest)
    entry = run(
        "-C", folder, "resolve", "open", "shut", "--found", "explained", "--why", "hours apart", "--by", "desk", "--on", "2025-04-01"
    )
    assert (entry.code, entry.err) == (0, "")
    assert "2 contradictions, all certain, 1 of them settled: " in table(folder)[0]
