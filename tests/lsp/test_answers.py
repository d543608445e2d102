"""What an editor is told of a file that is being typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from branches import commit, repository_at
from editing import LONG, PATH, edited, live_at, small_file, with_cursor
from lsprotocol.types import DocumentSymbol, TextEdit
from running import ROOT, run
from small import CLAIMS, file_of

from ledger.lsp.actions import actions, renamed
from ledger.lsp.completions import completions
from ledger.lsp.contradictions import Contradictions
from ledger.lsp.hints import hints, symbols
from ledger.lsp.hovers import hover
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.targets import given_at, spoken_of, target_at
from ledger.model import Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import check_ledger

FILE = small_file()
FIELDS = "place: millbrook, property: control, claimant: ministry, said: 2025-03-01"


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return live_at(tmp_path)


def proposed(live: Live, text: str, path: str = PATH) -> dict[str, str]:
    """What is proposed where `|` stands: what is written, by how it is called."""
    lines, position = with_cursor(live, text, path)
    found = completions(live, path, lines, position)
    assert found.is_incomplete
    return {item.label: item.text_edit.new_text for item in found.items if item.text_edit is not None}


# -- defects -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case", sorted(path.parent for path in ROOT.glob("tests/cases/*/bad/ledger.yaml")), ids=lambda path: path.parent.name
)
def test_defects_are_those_of_check(case: Path) -> None:
    try:
        expected = check_ledger(load(WorkTree(str(case)))).diagnostics
    except Trouble:
        pytest.skip("nothing is read without ledger.yaml")
    live = Live(str(case))
    assert live.report().diagnostics == expected
    for path in sorted(path for path in case.glob("claims/*.yaml") if path.is_file()):
        name = f"claims/{path.name}"
        if live.text(name).encode("utf-8", "surrogateescape") != path.read_bytes():
            continue
        live.put(name, live.text(name).replace("claims:", "claims: !!x", 1))
        live.put(name, path.read_bytes().decode())
        assert live.report().diagnostics == expected, "typed, and typed back"


def test_only_what_is_typed_is_read_again(live: Live) -> None:
    other = live_at(
        Path(live.root).parent / "two",
        file_of(CLAIMS) | file_of([{"id": "far", "value": "east", "said": "2025-03-01", "quote": "Millbrook is ours"}], "far.txt"),
    )
    before = other.files["claims/far.yaml"]
    other.put(PATH, FILE.replace("millbrook", "milbrook", 1))
    assert other.files["claims/far.yaml"] is before and [found.code for found in other.defects(PATH)][:1] == ["R401"]


def test_what_is_typed_into_the_vocabulary_counts_at_once(live: Live) -> None:
    vocabulary = live.text("ledger.yaml")
    live.put("ledger.yaml", vocabulary.replace("  millbrook:", "  millbrok:"))
    assert {found.code for found in live.defects(PATH)} >= {"R401"}
    live.put("ledger.yaml", vocabulary)
    live.put("ledger.yaml", vocabulary + "places: again\n")
    (told,) = [found for found in live.defects("ledger.yaml") if found.severity == "error"]
    assert (told.code, told.line) == ("Y106", vocabulary.count("\n") + 1)
    live.put("ledger.yaml", None)
    assert not [found for found in live.report().diagnostics if found.severity == "error"]


def test_what_changes_on_the_disk_is_taken_in(live: Live) -> None:
    root = Path(live.root)
    (root / "seeds" / "text.txt").write_text("other words\n")
    (root / "claims" / "more.yaml").write_text("seed: none.txt\n")
    live.refresh()
    assert {"Q301", "S702"} <= {found.code for found in live.defects(PATH)} and live.defects("claims/more.yaml")
    (root / "claims" / "more.yaml").unlink()
    live.refresh()
    assert not live.defects("claims/more.yaml")


def test_what_git_was_never_given_is_told_as_check_tells_it(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "ledger")
    for path, text in file_of([{"id": "far", "value": "east", "said": "2025-03-01", "quote": "Millbrook is ours"}], "far.txt").items():
        (root / path).write_text(text)
    expected = json.loads(run("-C", root, "check", "--no-cache", "--format", "json").out)["diagnostics"]
    assert "Y121" in [each["code"] for each in expected]
    assert [found.code for found in Live(str(root)).report().diagnostics] == [each["code"] for each in expected]


def test_a_file_that_is_only_typed_counts(live: Live) -> None:
    live.put("claims/new.yaml", FILE)
    assert "F206" in {found.code for found in live.defects("claims/new.yaml")}, "its ids are taken"
    live.put("claims/new.yaml", None)
    assert live.defects("claims/new.yaml") == [] and not [found for found in live.report().diagnostics if found.severity == "error"]


# -- completion --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Мілл", "МИЛЛ", "Milb", "mil", "brook"])
def test_a_place_is_completed_by_any_of_its_names(live: Live, typed: str) -> None:
    assert proposed(live, FILE.replace("place: millbrook", f"place: {typed}|", 1))["millbrook"] == "millbrook"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("claimant: ministry", "claimant: jo |", {"spokesman": "spokesman"}),
        ("property: control", "property: how|", {"people": "people"}),
        ("value: east", "value: |", {"east": "east", "west": "west"}),
        ("  claimant: ministry", "  claimant: ministry\n  cla|", {}),
        ("  claimant: ministry", "  claimant: ministry\n  tran|", {"translation": "translation: "}),
        ("  claimant: ministry", "  claimant: ministry\n  stance: den|", {"denies": "denies"}),
        ("  claimant: ministry", "  claimant: ministry\n  disputes: [held-l|]", {"held-later": "held-later"}),
        ("  claimant: ministry", "  claimant: ministry\n  via: gaz|", {"gazette": "gazette"}),
        ("  claimant: ministry", "  claimant: ministry\n  accept: {Q310|", {"Q310": "Q310: "}),
        ("  subject: lorries", "  subject: c|", {"cars": "cars"}),
        ("seed: text.txt", "seed: t|", {"text.txt": "text.txt"}),
    ],
)
def test_what_can_stand_there(live: Live, old: str, new: str, expected: dict[str, str]) -> None:
    assert proposed(live, FILE.replace(old, new, 1)) == expected


def test_a_broken_text_is_completed_by_what_was_read_last(live: Live) -> None:
    broken = FILE.replace("claims:\n", "claims: [{\n", 1) + '- {id: "\n  disputes: [held-e|'
    assert proposed(live, broken) == {"held-east": "held-east"}


def test_the_vocabulary_is_completed_too(live: Live) -> None:
    vocabulary = live.text("ledger.yaml").replace("claimants:", "  hill:\n    within: Мілл|\nclaimants:", 1)
    assert proposed(live, vocabulary, "ledger.yaml") == {"millbrook": "millbrook"}
    assert "spellings" in proposed(live, live.text("ledger.yaml").replace("    within: Мілл", "    sp|", 1), "ledger.yaml")


@pytest.mark.parametrize("typed", ["ministry said", "MINISTRY  said", '"ministry said', "minístry said"])
def test_a_few_letters_give_the_very_words_of_the_seed(tmp_path: Path, typed: str) -> None:
    live = live_at(tmp_path, file_of([{**CLAIMS[0], "quote": "Millbrook is held by the east"}], seed=LONG))
    text = live.text(PATH).replace("quote: Millbrook is held by the east", f"quote: {typed}|", 1)
    found = proposed(live, text)
    assert list(found.values()) == [
        mark + words + mark
        for mark in ['"' if typed.startswith('"') else ""]
        for words in (
            "Ministry said on Monday that Millbrook is held by the east",
            "Jo Reed of the Ministry said on Monday that Millbrook is held by the east",
        )
    ]


def test_words_that_yaml_would_misread_are_quoted(tmp_path: Path) -> None:
    live = live_at(tmp_path, file_of([{**CLAIMS[0], "quote": "east"}], seed="He said: # east 👩‍🚀\n\n- item: it's so"))
    lines, position = with_cursor(live, live.text(PATH).replace("quote: east", "quote: sai|", 1))
    item = next(item for item in completions(live, PATH, lines, position).items if "east" in item.label)
    assert isinstance(item.text_edit, TextEdit)
    live.put(PATH, edited(lines.text, [item.text_edit]))
    file = live.file(PATH)
    assert file is not None and file.claims[0].quote == "said: # east 👩‍🚀" and file.claims[0].found.ways == 1


def test_without_letters_the_sentences_that_nobody_read(tmp_path: Path) -> None:
    live = live_at(tmp_path, file_of([{**CLAIMS[0], "quote": "Millbrook is held by the east"}], seed=LONG))
    text = live.text(PATH) + f"- {{id: two, {FIELDS}, value: east, quote: |}}\n"
    assert next(iter(proposed(live, text))) == "It is not clear who holds the county"


# -- hovers, definitions, references, names ------------------------------------------------------------------------------------


def told(live: Live, text: str, path: str = PATH) -> str:
    lines, position = with_cursor(live, text, path)
    found = hover(live, Contradictions(live), path, lines, position)
    return getattr(found.contents, "value", "") if found is not None else ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("place: millbrook", "place: mill|brook", "town: Millbrook (en), Мілл'брук (uk), Миллбрук (ru); within county\nalso: Milbruk"),
        ("claimant: ministry", "claimant: min|istry", "Ministry of Roads, ministry, speaks for east\nalso: the Ministry"),
        ("property: control", "property: co|ntrol", "who holds the place: one of east, west"),
        ("  property: control", "  prop|erty: control", "What is claimed: the id of a property in ledger.yaml."),
        (
            "quote: Millbrook is",
            "quote: Mill|brook is",
            "text.txt, the paragraph from line 1 (what stands in brackets is not quoted)\n\nMillbrook is held by the east [.]",
        ),
    ],
)
def test_what_is_told_of_a_word(live: Live, old: str, new: str, expected: str) -> None:
    assert told(live, FILE.replace(old, new, 1)) == expected


def test_of_a_claim_is_told_what_it_contradicts(live: Live) -> None:
    assert "contradicts held-west (exclusive, certain): Town Council" in told(live, FILE.replace("id: held-east", "id: held|-east", 1))


def test_of_a_code_its_manual(live: Live) -> None:
    assert told(live, FILE.replace("  said: 2025-03-01", "  said: 2025-03-01\n  accept: {Q3|10: so}", 1)).startswith(
        "Q310 hedge not recorded (warning)\n\n"
    )


def test_where_a_word_is_given_and_where_it_is_spoken_of(live: Live) -> None:
    lines, position = with_cursor(live, FILE.replace("place: millbrook", "place: mill|brook", 1))
    target = target_at(live, PATH, lines, position)
    assert target is not None
    (given,) = given_at(live, PATH, target)
    assert (given.path, live.text("ledger.yaml").split("\n")[given.line][given.column :][: given.length]) == ("ledger.yaml", "millbrook")
    found = list(spoken_of(live, target))
    assert len(found) == len(CLAIMS) + 1 and {place.path for place in found} == {PATH, "ledger.yaml"}
    for place in found:
        assert live.text(place.path).split("\n")[place.line][place.column :].startswith("millbrook")


def test_a_quote_leads_to_its_seed(live: Live) -> None:
    lines, position = with_cursor(live, FILE.replace("quote: Millbrook fell", "quote: Mill|brook fell", 1))
    target = target_at(live, PATH, lines, position)
    assert target is not None
    (given,) = given_at(live, PATH, target)
    assert given.path == "seeds/text.txt" and live.text(given.path).split("\n")[given.line].startswith("Millbrook fell")


def test_a_name_is_changed_everywhere(live: Live) -> None:
    lines, position = with_cursor(live, FILE.replace("place: millbrook", "place: mill|brook", 1))
    target = target_at(live, PATH, lines, position)
    assert target is not None
    changes = renamed(live, target, "milltown", "utf-16", lambda path: path).changes or {}
    assert set(changes) == {PATH, "ledger.yaml"}
    for path, edits in changes.items():
        text = edited(live.text(path), list(edits))
        assert text == live.text(path).replace("millbrook:", "milltown:").replace("place: millbrook\n", "place: milltown\n").replace(
            "within: millbrook", "within: milltown"
        )
    with pytest.raises(Trouble, match="there is a place county already"):
        renamed(live, target, "county", "utf-16", lambda path: path)


# -- what can be done ----------------------------------------------------------------------------------------------------------


def possible(live: Live, text: str, code: str) -> dict[str, dict[str, str]]:
    """The texts that come of what can be done about the defects of a code, by the words of the editor's menu."""
    live.put(PATH, text)
    defects = [(found, None) for found in live.defects(PATH) if found.code == code]
    assert defects
    found = {}
    for action in actions(live, defects, "utf-16", lambda path: path):  # type: ignore[arg-type]
        assert action.edit is not None and action.edit.changes is not None
        found[action.title] = {path: edited(live.text(path), list(edits)) for path, edits in action.edit.changes.items()}
    return found


def test_a_misspelt_id_is_mended(live: Live) -> None:
    found = possible(live, FILE.replace("place: millbrook", "place: milbrook", 1), "R401")
    assert {PATH: FILE} in found.values()
    assert any(set(files) == {"ledger.yaml"} and "milbrook" in files["ledger.yaml"] for files in found.values()), "the place can be added"


def test_a_hedge_is_recorded_and_a_warning_accepted(tmp_path: Path) -> None:
    live = live_at(tmp_path, file_of([{**CLAIMS[0], "quote": "Millbrook is reportedly held by the east 😀"}]))
    found = possible(live, live.text(PATH), "Q310")
    texts = [files[PATH] for files in found.values()]
    assert any("hedge: reportedly\n" in text for text in texts)
    accepted = found["Accept Q310 with the reason"][PATH]
    assert "accept: {Q310: say why it may stand}" in accepted
    live.put(PATH, accepted)
    assert "Q310" not in {defect.code for defect in live.defects(PATH)}


# -- hints and outlines --------------------------------------------------------------------------------------------------------


def test_weekdays_and_names_stand_behind_what_they_are_of(live: Live) -> None:
    live.put(PATH, FILE.replace("said: 2025-03-01", 'said: "2025-03-01~"', 1))
    lines = Lines(live.text(PATH))
    found = {(hint.position.line, str(hint.label)): hint.position.character for hint in hints(live, PATH, lines, 0, 20)}
    for field, words in (
        ("said: ", "Saturday"),
        ("published: ", "Monday"),
        ("claimant: ministry", "Ministry of Roads"),
        ("property: control", "who holds the place"),
    ):
        number = next(number for number, line in enumerate(lines.lines) if line.strip(" -").startswith(field))
        assert found[number, words] == len(lines.lines[number])
    assert hints(live, PATH, lines, 50, 60) == []


def test_the_outline_names_the_claims(live: Live) -> None:
    lines = Lines(live.text(PATH))
    assert [symbol.name for symbol in symbols(live, PATH, lines)] == [claim["id"] for claim in CLAIMS]
    sections = symbols(live, "ledger.yaml", Lines(live.text("ledger.yaml")))
    assert [symbol.name for symbol in sections] == ["places", "claimants", "properties"] and isinstance(sections[0], DocumentSymbol)
    assert [symbol.name for symbol in sections[0].children or ()][:2] == ["county", "millbrook"]


# -- contradictions --------------------------------------------------------------------------------------------------------------


def test_what_is_opened_is_told_at_the_claim_that_opens_it(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "ledger")
    live = Live(str(root))
    found = Contradictions(live)
    assert found.opened(PATH) == [] and len(found.of_file(PATH)) > 1
    new = f"- {{id: held-anew, {FIELDS}, value: west, quote: Millbrook fell to the west}}\n"
    live.put(PATH, live.text(PATH) + new)
    assert [(claim.id, conflict.ids) for claim, conflict in found.opened(PATH)] == [("held-anew", ("held-anew", "held-east"))]
    (root / PATH).write_text(live.text(PATH))
    commit(root, "a claim more")
    found.forget()
    assert found.opened(PATH) == []


def test_without_a_commit_all_are_new(live: Live) -> None:
    assert (
        {conflict.ids for _, conflict in Contradictions(live).opened(PATH)}
        == {conflict.ids for conflict in Contradictions(live).of_file(PATH)}
        != set()
    )


def test_they_are_those_of_the_program(live: Live) -> None:
    found = json.loads(run("-C", live.root, "conflicts", "--format", "json").out)["conflicts"]
    assert sorted(conflict.ids for conflict in Contradictions(live).of_file(PATH)) == sorted(tuple(each["claims"]) for each in found)
