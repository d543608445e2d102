"""Small files that would cost much: the work done for them grows no faster than they do.

Each of these once took from a minute to hours. The guard is generous: what is measured is not speed, but whether the cost of an
input is out of all proportion to its size.
"""

from __future__ import annotations

import inspect
import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from running import run, run_outside
from small import VOCABULARY, Fields, file_of, ledger_at

from ledger.conflicts import finder
from ledger.reading.vocabulary import read_vocabulary
from ledger.reading.yaml_nodes import compose
from ledger.rules import runner
from ledger.texts import quotes
from ledger.texts.folding import MOST_MARKS, mark_flood
from ledger.texts.quotes import Effort, Searched
from ledger.texts.seeds import Seed
from ledger.texts.suggestions import nearest

QUOTE = "Millbrook is held by the east"
CLAIM: Fields = {"id": "a", "value": "east", "said": "2025-03-01", "quote": QUOTE}


def claims_with(quotes: list[str], **fields: str) -> list[Fields]:
    """A claim for each quote."""
    return [{**CLAIM, "id": f"c{number}", "quote": json.dumps(quote), **fields} for number, quote in enumerate(quotes)]


def check(folder: Path) -> str:
    """What `check` finds, a line each, in a process that is ended after two minutes."""
    outcome = run_outside("-C", folder, "check", "--format", "jsonl", "--no-cache")
    assert outcome.code in (0, 1) and outcome.err == "", outcome
    found = map(json.loads, outcome.out.splitlines())
    return "".join(f"{each['path']}:{each['line']}:{each['column']}: {each['code']} {each['message']}\n" for each in found)


def test_people_are_shown_a_thousand_defects(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, file_of(claims_with([f"nothing {number}" for number in range(1500)], property="people"), seed=QUOTE))
    for form in ("text", "concise"):
        out = run("-C", folder, "check", "--format", form, "--select", "Q301").out
        assert out.count(": Q301 ") == 1000
        assert (
            "1 500 errors, 0 warnings" in out
            and "\nlisted: the first 1 000 defects of 1 500 defects; --format json and jsonl list all" in out
        )


# -- seeds -----------------------------------------------------------------------------------------------------------------------

SENTENCES = " ".join(f"Millbrook w{number} is reportedly held by t{number}." for number in range(100_000))
HOSTILE_SEEDS = {
    "full stops": ("a " + "." * 300_000 + "a. " + QUOTE + ".", claims_with([QUOTE])),
    "omissions": ("ab " * 100_000 + QUOTE, claims_with(["ab [...] zz"] * 20)),
    "omissions far apart": ("ab " * 100_000 + "zz " + QUOTE, claims_with(["ab [...] zz"] * 20, before="q")),
    "before": ("ab " * 100_000 + QUOTE, claims_with(["ab"] * 20, before="zz")),
    "before, joined": ("xq ab " * 100_000 + QUOTE, claims_with(["ab"] * 200, before="q")),
    "one paragraph": (SENTENCES, claims_with([f"w{number} is reportedly held by t{number}" for number in range(1000)])),
    "one sentence": (
        SENTENCES.replace(".", ""),
        claims_with([f"w{number} is reportedly held" for number in range(1000)], hedge="reportedly"),
    ),
    "other case": (SENTENCES[:390_000], claims_with([f"W{number} IS REPORTEDLY" for number in range(2000)])),
    "repeated words": ("a b " * 90_000 + QUOTE, claims_with(["b a a b " * 240 + f"q{number}" for number in range(40)])),
    "a word everywhere": ("x y " * 300_000 + QUOTE, claims_with([f"x y x y{number}" for number in range(2000)])),
}


@pytest.mark.parametrize("name", HOSTILE_SEEDS)
def test_a_hostile_seed_costs_no_more_than_its_length(tmp_path: Path, name: str) -> None:
    seed, claims = HOSTILE_SEEDS[name]
    check(ledger_at(tmp_path, file_of(claims, seed=seed)))


def test_passed_over_sentences_are_looked_up(tmp_path: Path) -> None:
    seed = " ".join(f"Millbrook is held {number}." for number in range(20_000))
    passed = "".join(f"- {{quote: is held {number}., why: x}}\n" for number in range(20_000))
    out = check(ledger_at(tmp_path, file_of(claims_with(["Millbrook is held 7."]), seed=seed, tail="passed-over:\n" + passed)))
    assert "20 000" not in out and "Q317" not in out


def test_quotes_are_given_up_only_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quotes, "MOST_EFFORT", 1_000_000)
    folder = ledger_at(tmp_path, file_of(claims_with(["ab"] * 20, before="zz"), seed="ab " * 10_000 + QUOTE))
    found = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    assert {each["message"] for each in found if each["code"] == "Q301"} == {"the quote was not looked for"}
    assert json.loads(run("-C", folder, "conflicts", "--format", "json").out)["left_out"] == sorted(f"c{number}" for number in range(20))


def test_looking_up_by_words_finds_what_reading_finds() -> None:
    rng = random.Random(4)
    alphabet = ["ab", "b", "abab", "ba", "ʼb", "é", "e\u0301", "1,000", "a-b", "(b)", "«", "x" * 9]
    for _ in range(400):
        text = " ".join(rng.choice(alphabet) for _ in range(rng.randint(1, 60)))
        start = rng.randrange(len(text))
        piece = text[start : start + rng.randint(1, 25)].strip() if rng.random() < 0.8 else "ab b x"
        if not piece:
            continue
        expected, place = [], text.find(piece)
        while place >= 0:
            expected.append(place)
            place = text.find(piece, place + 1)
        searched = Searched(text, Effort())
        tried = searched.starts_tried(piece)
        assert tried is None or set(expected) <= set(tried), (text, piece)
        assert tried is None or tried == sorted(tried)


def test_long_seeds_are_searched_like_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "FIRST_READ", -1)
    rng = random.Random(5)
    for _ in range(300):
        words = [rng.choice(["ab", "b", "aba", "a", "“b”", "b’s", "b's"]) for _ in range(40)]
        text = "".join(word + rng.choice([" ", " ", " ", "\n\n"]) for word in words)
        quote = " ".join(words[3 : 3 + rng.randint(1, 5)]) + rng.choice(["", " [...] " + " ".join(words[20:22])])
        before, after = rng.choice([(None, None), (words[2], None), (None, "ab")])
        answers = []
        for long in (0, 10**9):
            monkeypatch.setattr(quotes, "LONG_TEXT", long)
            answers.append(Seed("text.txt", text.encode()).find(quote, before, after))
        assert answers[0] == answers[1], (text, quote, before, after)


# -- marks -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [*range(MOST_MARKS - 2, MOST_MARKS + 3), 127, 128, 129, 1000])
@pytest.mark.parametrize("lead", ["", "e", "x" * 63, "x" * 64, "«" * 70 + "é"])
def test_more_marks_than_any_letter_bears_are_seen(length: int, lead: str) -> None:
    text = lead + "\u0301" * length + "x"
    assert mark_flood(text) == (len(lead) if length > MOST_MARKS else -1)


def test_a_flood_of_marks_is_refused_before_it_is_composed(tmp_path: Path) -> None:
    flood = "e" + "\u0301\u0323" * 100_000
    seed = ledger_at(tmp_path / "seed", file_of([CLAIM], seed=f"{QUOTE}\n{flood}"))
    assert "more than 64 combining marks behind each other in line 2" in check(seed)
    claims = ledger_at(tmp_path / "claims", file_of([CLAIM], note=flood))
    assert "Y117 more than 64 combining marks" in check(claims)
    escaped = ledger_at(tmp_path / "escaped", file_of([CLAIM], note='"' + "\\u0301" * 3000 + '"'))
    assert "Y117 more than 64 combining marks" in check(escaped)
    key = ledger_at(tmp_path / "key", file_of([CLAIM], **{'"' + "\\u0301" * 100 + '"': "x"}))
    assert "Y117 more than 64 combining marks" in check(key)


def test_a_flood_of_marks_in_the_vocabulary_is_trouble(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY + "title: " + "\u0301" * 65 + "\n")
    code, out, err = run("-C", folder, "check")
    assert (code, out) == (2, "") and "combining marks" in err


# -- very many defects -------------------------------------------------------------------------------------------------------------


def with_claims(folder: Path, more: str) -> Path:
    """The small ledger with one claim and something behind it in the list of claims, or behind that."""
    files = file_of([CLAIM])
    return ledger_at(folder, {**files, "claims/text.yaml": files["claims/text.yaml"] + more})


MANY_DEFECTS = {
    "F201": "".join(f"key{number}: a\n" for number in range(200_000)),
    "F202": "- {}\n" * 100_000,
    "F203": "- a\n" * 300_000,
    "Y115": "# " + ("\u200b" * 100 + "\n# ") * 3000 + "\n",
}


@pytest.mark.parametrize("code", MANY_DEFECTS)
def test_very_many_defects_are_counted(tmp_path: Path, code: str) -> None:
    out = check(with_claims(tmp_path, MANY_DEFECTS[code]))
    assert out.count(f": {code} ") == runner.MOST_OF_A_FILE + 1
    assert " more of this kind in this file are not listed" in out


def test_what_is_not_listed_is_left_out_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runner, "MOST_OF_A_FILE", 2)
    claims = claims_with([QUOTE + "?"] * 7) + [CLAIM]
    claims[5]["accept"] = "{Q314: seen}"
    folder = ledger_at(tmp_path, file_of(claims, seed=f"{QUOTE}.\n"))
    found = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    messages = [each["message"] for each in found if each["code"] == "Q301"]
    assert len(messages) == 3 and messages[2] == "5 more of this kind in this file are not listed"
    assert json.loads(run("-C", folder, "conflicts", "--format", "json").out)["left_out"] == [f"c{number}" for number in range(7)]


def test_what_is_accepted_is_not_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runner, "MOST_OF_A_FILE", 2)
    quotes = [f"it is held by the east {number}" for number in range(6)]
    claims = claims_with(quotes, accept="{Q314: the text is about Millbrook}")
    out = run("-C", ledger_at(tmp_path, file_of(claims)), "check", "--select", "Q314,N802").out
    assert out.startswith("no defects in what was asked for, 4 elsewhere: ") and "6 warnings accepted" in out


# -- a large vocabulary --------------------------------------------------------------------------------------------------------------


def test_many_unknown_references_are_looked_up_in_many_names(tmp_path: Path) -> None:
    places = "".join(
        f"  place-{number}: {{kind: town, names: {{en: Place {number}}}, within: plaze-{number}}}\n" for number in range(20_000)
    )
    claims = [{**CLAIM, "id": f"c{number}", "place": f"plase-{number}", "claimant": f"x{number}"} for number in range(5000)]
    out = check(ledger_at(tmp_path, file_of(claims, seed=QUOTE), VOCABULARY.replace("places:\n", "places:\n" + places)))
    assert out.count("R402 no claimant has the id") == 5000


def test_the_nearest_of_many_names_is_still_found() -> None:
    names = [f"{letter}{other}-town-{number}" for letter in "abcdefghij" for other in "klmnop" for number in range(20)]
    assert nearest("ck-twon-7", names)[0] == "ck-town-7"
    assert nearest("jp-town-199", names)[0] == "jp-town-19"
    assert nearest("zzzzzz", names) == []


def test_chains_of_places_and_claimants_are_short(tmp_path: Path) -> None:
    places = "".join(f"  p{number}: {{kind: town, names: {{en: P{number}}}, within: p{number + 1}}}\n" for number in range(20_000))
    of = "".join(f"  c{number}: {{name: C{number}, kind: person, of: c{number + 1}}}\n" for number in range(20_000))
    vocabulary = VOCABULARY.replace("places:\n", f"places:\n{places}  p20000: {{within: p0}}\n").replace(
        "claimants:\n", f"claimants:\n{of}  c20000: {{name: x}}\n"
    )
    claims = [
        {**CLAIM, "id": f"i{number}", "place": f"p{number * 9}", "claimant": f"c{number * 7}", "value": ("east", "west")[number % 2]}
        for number in range(2000)
    ]
    folder = ledger_at(tmp_path, file_of(claims, seed=QUOTE), vocabulary)
    assert "W903 `within` leads further than 50 steps up from here" in check(folder)
    assert run_outside("-C", folder, "conflicts", "--town", "p19999", "--format", "json").code == 0


def test_fifty_steps_up_are_no_trouble(tmp_path: Path) -> None:
    places = "".join(f"  p{number}: {{kind: town, names: {{en: P{number}}}, within: p{number + 1}}}\n" for number in range(50))
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY.replace("places:\n", f"places:\n{places}  p50: {{kind: town, names: {{en: x}}}}\n"))
    assert "W903" not in check(folder)
    (folder / "ledger.yaml").write_text((folder / "ledger.yaml").read_text().replace("names: {en: x}", "names: {en: x}, within: county"))
    assert check(folder).count("W903") == 1


@pytest.mark.parametrize("links", [lambda number: [number + 1, 0], lambda number: [number ^ 1]], ids=["all lead back", "pairs"])
def test_circles_of_implications_cost_no_more_than_their_number(tmp_path: Path, links: Callable[[int], list[int]]) -> None:
    entries = []
    for number in range(3000):
        implied = ", ".join(f"{{property: q{other}, value: a}}" for other in links(number))
        entries.append(f"  q{number}: {{values: [a, b], implies: {{a: [{implied}]}}}}\n")
    folder = ledger_at(tmp_path, vocabulary=VOCABULARY.replace("properties:\n", "properties:\n" + "".join(entries)))
    assert "W905 `implies` goes in a circle" in check(folder)


def test_very_many_values_and_words_of_a_language(tmp_path: Path) -> None:
    values = ", ".join(f"v{number}" for number in range(20_000))
    words = f"words: {{en: {{negations: [{', '.join(f'm{number}' for number in range(40_000))}], hedges: [{'x' * 101}, mayhap, a ... b ... c*c ... d]}}}}\n"
    vocabulary = VOCABULARY.replace("properties:\n", f"properties:\n  many: {{values: [{values}]}}\n") + words
    claims = claims_with([QUOTE] * 3000, property="many", value="w")
    out = check(ledger_at(tmp_path, file_of(claims, seed=QUOTE + " mmm" * 300_000), vocabulary))
    assert "W903 there are more than 1000 negations of this language" in out and "W903 one of the hedges is longer than 100" in out
    assert "W903 one of the hedges leaves more than 3 places open" in out


def test_one_id_and_one_seed_for_everything(tmp_path: Path) -> None:
    files = file_of([CLAIM] * 10_000, seed=QUOTE)
    for number in range(2000):
        files[f"claims/more-{number}.yaml"] = file_of([{**CLAIM, "id": f"b{number}"}], seed=QUOTE)["claims/text.yaml"]
    out = check(ledger_at(tmp_path, files))
    assert out.count(": F206 ") == 10_000 and out.count(": S703 ") == 2001


# -- one cause, one finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["places", "claimants", "properties"])
@pytest.mark.parametrize("how", ["mistyped", "missing", "empty"])
def test_a_section_that_is_not_there_is_one_finding(tmp_path: Path, section: str, how: str) -> None:
    before, head, behind = VOCABULARY.partition(f"{section}:\n")
    entries = behind.split("\n")
    kept = next((number for number, line in enumerate(entries) if not line.startswith(" ")), len(entries))
    if how == "mistyped":
        vocabulary = before + head.replace(section, section[:-2] + "z") + behind
    else:
        vocabulary = before + (head if how == "empty" else "") + "\n".join(entries[kept:])
    folder = ledger_at(tmp_path, vocabulary=vocabulary)
    report = json.loads(run("-C", folder, "check", "--format", "json").out)
    errors = [each["code"] for each in report["diagnostics"] if each["severity"] == "error"]
    codes = {"mistyped": ["F201"], "missing": ["F202"]}
    empty = {"places": ["R401"], "claimants": ["R402"], "properties": ["R403"]}
    assert errors == codes.get(how, empty[section])
    assert len(json.loads(run("-C", folder, "conflicts", "--format", "json").out)["left_out"]) == report["checked"]["claims"]


# -- very many contradictions in one place ---------------------------------------------------------------------------------------------

CROWDED = VOCABULARY.replace(
    "properties:\n", "properties:\n  dead: {quantity: people, cumulative: true}\n  opened: {event: true, once: true}\n"
)


def crowd(number: int) -> Fields:
    """Whose word a claim of a crowd is, and its quote."""
    return {
        "id": f"i{number}",
        "claimant": ("ministry", "council")[number % 2],
        "said": "2025-03-01",
        "quote": f"Millbrook has {number} homes",
    }


CROWDS = {
    "figures": [{**crowd(number), "property": "people", "value": str(100 + number * 1000)} for number in range(5000)],
    "counts": [{**crowd(number), "property": "dead", "value": str(100 + number * 1000)} for number in range(5000)],
    "events": [{**crowd(number), "property": "opened", "holds": date.fromordinal(730_000 + number).isoformat()} for number in range(5000)],
}


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A ledger with twelve million contradictions for each kind of property whose positions can't be counted."""
    return {name: ledger_at(tmp_path_factory.mktemp("crowd"), file_of(claims), CROWDED) for name, claims in CROWDS.items()}


@pytest.mark.parametrize("name", CROWDS)
@pytest.mark.parametrize(
    "arguments",
    [("conflicts",), ("conflicts", "--certain"), ("claimants",), ("timeline",), ("show", "i7"), ("why", "i7", "i8")],
    ids=" ".join,
)
def test_twelve_million_contradictions_are_not_all_listed(crowds: dict[str, Path], name: str, arguments: tuple[str, ...]) -> None:
    code, out, err = run_outside("-C", crowds[name], *arguments)
    assert (code, err) == (0, "")
    if arguments == ("conflicts",):
        assert "more than 100 000 contradictions" in out
        assert name == "events" or "... and 4 500 more positions: the machine formats list all" in out
    elif arguments[0] == "conflicts":
        assert "gone through only in part" in out
    elif arguments[0] == "claimants":
        assert "not counted pair by pair" in out
    elif arguments[0] == "why":
        assert out.startswith("They contradict each other: figure, certain")


@pytest.mark.parametrize("name", CROWDS)
def test_machine_formats_stream_them_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    folder = ledger_at(tmp_path, file_of(CROWDS[name][:60]), CROWDED)

    def facts() -> list[list[object]]:
        out = run("-C", folder, "conflicts", "--format", "jsonl").out
        return [
            [record[key] for key in ("claims", "kind", "strength", "relation", "place")] for record in map(json.loads, out.splitlines())
        ]

    listed, counted = facts(), run("-C", folder, "conflicts").out.splitlines()[-1]
    assert len(listed) == 60 * 59 // 2
    usual = inspect.signature(finder.find_conflicts).parameters
    few = tuple(100 if name == "many" else each.default for name, each in usual.items() if each.default is not inspect.Parameter.empty)
    monkeypatch.setattr(finder.find_conflicts, "__defaults__", few)
    assert facts() == listed
    assert run("-C", folder, "conflicts").out.splitlines()[-1] == counted


def errors_of(folder: Path) -> list[tuple[str, int]]:
    """Codes and lines of the errors that `check` finds."""
    found = json.loads(run("-C", folder, "check", "--format", "json", "--no-cache").out)["diagnostics"]
    return [(each["code"], each["line"]) for each in found if each["severity"] == "error"]


def test_a_tension_of_one_claim_is_one_finding(tmp_path: Path) -> None:
    tail = "tensions:\n- {claims: a, by: x, on: 2025-03-01, why: y}\n"
    assert [code for code, _ in errors_of(ledger_at(tmp_path, file_of([CLAIM], tail=tail)))] == ["F203"]


@pytest.mark.parametrize(
    ("kind", "code"), [("quantity: ''", "F204"), ("values: north", "F203"), ("event: yes", "W903"), ("note: x", "W901")]
)
def test_a_kind_of_property_that_is_badly_written_is_one_finding(tmp_path: Path, kind: str, code: str) -> None:
    vocabulary = VOCABULARY.replace("properties:\n", f"properties:\n  x: {{{kind}}}\n")
    assert [found for found, _ in errors_of(ledger_at(tmp_path, vocabulary=vocabulary))] == [code]


def test_a_directive_is_reported_where_it_stands(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path)
    path = folder / "claims" / "text.yaml"
    path.write_text("# a comment\n\n%YAML 1.2\n---\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert errors_of(folder) == [("Y109", 3)]


# -- answers of which no two are the same --------------------------------------------------------------------------------------------


def scattered(number: int, **fields: str) -> Fields:
    """A claim of a ledger in which every claim says something else."""
    day = date.fromordinal(730_000 + number).isoformat()
    return {**crowd(number), "claimant": "ministry", "said": day, "extent": f"{1 + number / 90:.3f}%", **fields}


SCATTERED = {
    "shares of one mouth": [scattered(number, value=("east", "west")[number % 2]) for number in range(8000)],
    "shares that fit beside each other": [
        scattered(number, value=("east", "west")[number % 2], claimant=f"c{number}", extent=f'">={1 + number / 200:.3f}%"') for number in range(8000)
    ],
    "shares denied": [
        scattered(number, value="east", claimant=f"c{number}", said="2000-01-01", **({"stance": "denies", "extent": f'">={number / 90 + 1:.3f}%"'} if number % 2 else {}))
        for number in range(8000)
    ],
    "figures denied by one mouth": [
        scattered(number, property="people", value=str(number), extent="", stance=("asserts", "denies")[number % 2]) for number in range(8000)
    ],
    "counts of periods that slide": [
        scattered(number, property="dead", value=str(8000 - number), extent="", claimant=f"c{number}", said="2055-01-01",
                  holds=f"{date.fromordinal(730_000 + number).isoformat()}/{date.fromordinal(738_000 + number).isoformat()}")
        for number in range(8000)
    ],
}  # fmt: skip


@pytest.mark.parametrize("arguments", [("conflicts",), ("claimants",)], ids=" ".join)
@pytest.mark.parametrize("name", SCATTERED)
def test_answers_that_are_all_different_are_looked_up(tmp_path: Path, name: str, arguments: tuple[str, ...]) -> None:
    claims = [{key: value for key, value in claim.items() if value} for claim in SCATTERED[name]]
    mouths = "".join(f"  c{number}: {{name: C{number}, kind: x}}\n" for number in range(8000))
    vocabulary = CROWDED.replace("claimants:\n", "claimants:\n" + mouths).replace("parts: true, lasts: P14D", "parts: true, lasts: P9Y")
    code, out, err = run_outside("-C", ledger_at(tmp_path, file_of(claims, published="2060-01-01"), vocabulary), *arguments)
    assert (code, err) == (0, "") and "left out" not in out


def test_where_too_many_claims_say_the_same_it_is_said_and_nothing_is_counted(tmp_path: Path) -> None:
    claims = [
        scattered(number, property="nickname", value="x", extent="", claimant=f"c{number}", said="2025-03-01") for number in range(4000)
    ]
    claims = [{key: value for key, value in claim.items() if value} for claim in claims]
    few = [{**crowd(number + 5000), "property": "people", "value": "9", "said": f"2025-03-0{number + 1}"} for number in range(2)]
    mouths = "".join(f"  c{number}: {{name: C{number}, kind: x}}\n" for number in range(4000))
    folder = ledger_at(tmp_path, file_of([*claims, *few]), VOCABULARY.replace("claimants:\n", "claimants:\n" + mouths))
    out = run("-C", folder, "claimants").out
    assert "C1: 1 claim in 1 report, 1 origin; not contradicted; later agreed with by others: 0 claims, others not counted\n" in out
    assert "Ministry of Roads (east): 1 claim in 1 report, 1 origin; not contradicted; later agreed with by others: 1 claim\n" in out
    assert out.endswith("\nnot compared, since too many claims say the same: who agrees on Millbrook · what it is called\n")
    found = json.loads(run("-C", folder, "claimants", "--format", "json").out)
    assert found["not_compared"] == [{"place": "millbrook", "property": "nickname", "subject": None}]
    rows = {row["claimant"]: row for row in found["claimants"]}
    assert (rows["c1"]["counts"]["agreed_later"], rows["c1"]["support"]) == (None, [])
    assert (rows["ministry"]["counts"]["agreed_later"], len(rows["ministry"]["support"])) == (1, 1)
    assert ",C1,,1," in run("-C", folder, "claimants", "--format", "csv").out


@pytest.mark.parametrize("arguments", [("seeds",), ("seeds", "text.txt"), ("seeds", "--open")], ids=" ".join)
def test_the_paragraphs_of_a_seed_are_not_each_held_against_each_claim(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    quotes = [f"Millbrook has {number} homes" for number in range(12_000)]
    code, out, err = run_outside("-C", ledger_at(tmp_path, file_of(claims_with(quotes, property="nickname"))), *arguments)
    assert (code, err) == (0, "")
    assert "12000" in out if arguments == ("seeds",) else "12 000 sentences, 12000 bear a claim, 0 passed over, 0 open" in out
    assert arguments != ("seeds", "text.txt") or '"«Millbrook has 11999 homes»".\n     c11999\n' in out


@pytest.mark.parametrize("count", [50, 51])
@pytest.mark.parametrize("chain", [True, False])
def test_what_a_property_may_imply_is_bounded(count: int, chain: bool) -> None:
    """5,000 claims of a property that implied a hundred others took longer than ten seconds to compare."""
    lines = ["format: 1", "language: en", "places: {x: {names: {en: X}}}", "claimants: {c: {name: C}}", "properties:"]
    for number in range(count):
        further = f", implies: {{a: [{{property: p{number + 1}, value: a}}]}}" if chain and number + 1 < count else ""
        lines.append(f"  p{number}: {{values: [a, b]{further}}}")
    implied = ["p0"] if chain else [f"p{number}" for number in range(count)]
    lines.append(f"  top: {{values: [a, b], implies: {{a: [{', '.join(f'{{property: {name}, value: a}}' for name in implied)}]}}}}")
    vocabulary = read_vocabulary(compose("\n".join(lines)))
    told = [flaw.message for flaw in vocabulary.flaws]
    assert told == ["`top` `a` implies more than 50 other things, further implications included"][: count - 50]
    assert bool(vocabulary.properties["top"].implies) == (count == 50)
