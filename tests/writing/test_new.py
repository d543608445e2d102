"""`ledger new`: a claim of options, asked for step by step, or filled in in an editor."""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from keystrokes import typed_again
from running import ROOT, run
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at

from ledger.commands.asking import Talk, _in_full, from_the_terminal
from ledger.commands.exits import Interrupted
from ledger.model import CLAIM_FIELDS
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.writing.drafts import figure_in, meant, propose_id

WORDS = "The ministry says Millbrook is held by the east. Reportedly 27,000 people live in Millbrook. Read our news.\n\nNothing else.\n"
FILE = "claims/text.yaml"
GIVEN = ("--place", "Миллбрук", "--property", "control", "--value", "east", "--claimant", "Ministry of Roads", "--said", "2025-03-01")


def page_at(folder: Path, **head: str) -> Path:
    """A ledger with a page of which nothing is read yet."""
    return ledger_at(folder, file_of([], seed=WORDS, **head))


def text_of(root: Path) -> str:
    """The claims file."""
    return (root / FILE).read_text(encoding="utf-8")


def test_options_make_a_claim(tmp_path: Path) -> None:
    root = page_at(tmp_path)
    before = text_of(root)
    outcome = run("-C", root, "new", *GIVEN, "--quote", "millbrook is HELD by the east", "--note", "so: it says")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "claims/text.yaml: holds the claim millbrook-east-ministry"
    assert text_of(root) == before.replace(
        "claims: []\n",
        "claims:\n- id: millbrook-east-ministry\n  place: millbrook\n  property: control\n  value: east\n  claimant: ministry\n"
        '  said: 2025-03-01\n  quote: Millbrook is held by the east\n  note: "so: it says"\n',
    )
    assert run("-C", root, "check").code == 0


def test_every_field_is_an_option(tmp_path: Path) -> None:
    help_text = run("new", "--help").out
    assert all(f"--{name} " in help_text for name in CLAIM_FIELDS)
    root = ledger_at(tmp_path)
    options = {
        "id": "a-claim", "place": "millbrook", "property": "control", "value": "west", "extent": "most", "stance": "denies", "hedge": "fell",
        "claimant": "council", "via": "gazette", "said": "2025-03-01", "holds": "2025-03-01", "quote": "fell to the west", "before": "Millbrook",
        "after": ".", "translation": "it fell", "note": "n", "disputes": "held-west", "accept": "Q316=so",
    }  # fmt: skip
    arguments = [word for name, text in options.items() for word in (f"--{name}", text)]
    outcome = run("-C", root, "new", "--seed", "text", *arguments, "--dry-run")
    assert outcome.code == 0, outcome
    added = [line[3:] for line in outcome.out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert [line.partition(":")[0] for line in added] == [name for name in CLAIM_FIELDS if name in options]


def test_contradictions_and_warnings_are_told(tmp_path: Path) -> None:
    outcome = run(
        "-C",
        ledger_at(tmp_path),
        "new",
        *GIVEN[:4],
        "--value",
        "west",
        "--claimant",
        "gazette",
        "--said",
        "2025-03-01",
        "--quote",
        "held by the east",
    )
    assert outcome.code == 0
    assert "contradicts held-east (exclusive, certain)" in outcome.out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--quote", "held by the east"), "a claim needs `--place`, `--property`, `--claimant`, `--said` too"),
        ((*GIVEN,), "a claim needs `--quote`"),
        ((*GIVEN, "--quote", "no such words at all"), "no seed has these words"),
        ((*GIVEN, "--quote", "Millbrook"), "the words stand more than once (text.txt line 1, text.txt line 1): write more of them"),
        ((*GIVEN[:1], "Nowhere", *GIVEN[2:], "--quote", "held by the east"), "no place is called Nowhere"),
        ((*GIVEN[:1], "Ivanivka", *GIVEN[2:], "--quote", "held by the east"), "several places bear the name Ivanivka"),
        (
            (*GIVEN, "--quote", "held by the east", "--said", "yesterday"),
            "not written, since it would not pass `check`: claims/text.yaml:11:9: D601",
        ),
        ((*GIVEN, "--quote", "held by the east", "--id", "No_Id"), "F205"),
        ((*GIVEN, "--quote", "held by the east", "--accept", "Q310"), "is not CODE=REASON"),
        ((*GIVEN, "--quote", "held by the east", "--note", "\udce5"), "no UTF-8"),
        ((*GIVEN, "--quote", "held by the east", "--seed", "none.txt"), "no seed is called none.txt"),
    ],
)
def test_what_makes_no_claim_is_said(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    root = page_at(tmp_path)
    before = text_of(root)
    assert said in could_not_run(run("-C", root, "new", *arguments))
    assert text_of(root) == before


@pytest.mark.parametrize(
    "text", ["[sic] # no", "a\x1b[31m\u202eb", "'\"", "- x: {y", "ends \\", "a\x85\u2028b", "##[add-mask]x", "🌊" * 100, "::error::x"]
)
def test_every_text_goes_into_a_note_and_comes_out_again(text: str, tmp_path: Path) -> None:
    root = page_at(tmp_path)
    outcome = run("-C", root, "new", *GIVEN, "--quote", "held by the east", "--note", text)
    assert outcome.code == 0, outcome
    assert "\x1b" not in outcome.out and "##[" not in outcome.out
    assert [claim.note for claim in load(WorkTree(str(root))).claims()] == [text]


# -- asked for ----------------------------------------------------------------------------------------------------------------


def answered(root: Path, answers: Iterable[str], goes_on: bool = False) -> list[str]:
    """The prompts of a talk in which these are the answers."""
    prompts: list[str] = []
    waiting = iter(answers)

    def read(prompt: str, complete: Callable[[str], list[str]]) -> str:
        prompts.append(prompt)
        return next(waiting)

    assert Talk(str(root), None, goes_on, False, read).run({}) == 0
    assert not list(waiting), "it ended before the last answer"
    return prompts


def test_a_claim_is_asked_for_step_by_step(tmp_path: Path) -> None:
    root = page_at(tmp_path)
    prompts = answered(root, ["27,000..Millb", "", "peop", "", "", "", "gaz", "03-02", "n: as told", "", "."])
    assert [prompt for prompt in prompts if not prompt.startswith("write it")] == [
        "quote: ",
        "place [millbrook]: ",
        "property: ",
        "value [27000]: ",
        "stance [asserts]: ",
        "claimant: ",
        "claimant: ",
        "said [2025-03-31]: ",
        "quote: ",
    ]
    assert text_of(root).endswith(
        "- id: millbrook-people-gazette\n  place: millbrook\n  property: people\n  value: 27000\n  claimant: gazette\n"
        "  said: 2025-03-02\n  quote: 27,000 people live in Millbrook\n  note: as told\n"
    )


def test_sentence_after_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = page_at(tmp_path)
    first = ["Mill..e", "", "contr", "ea", "", "", "1", ""]  # quote, place, property, value, extent, claimant, said, write it
    second = ["..", "", "peop", "", "", "", "gaz", "", "n: [sic]", ""]  # ..., value, stance, hedge, claimant, said, a note
    answered(root, [*first, *second, "pass: advertisement", "pass:", "pass: says nothing"], goes_on=True)
    claims = load(WorkTree(str(root))).claims()
    assert [(claim.id, claim.quote, claim.value, claim.claimant, claim.said, claim.hedge, claim.note) for claim in claims] == [
        ("millbrook-east-ministry", "Millbrook is held by the east", "east", "ministry", "2025-03-01", None, None),
        ("millbrook-people-gazette", "Reportedly 27,000 people live in Millbrook", "27000", "gazette", "2025-03-01", "Reportedly", "[sic]"),
    ]
    assert text_of(root).endswith(
        "passed-over:\n- {quote: Read our news., why: advertisement}\n- {quote: Nothing else., why: says nothing}\n"
    )
    assert "say why, behind `pass:`" in capsys.readouterr().out


def test_what_would_not_pass_is_mended_before_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = page_at(tmp_path)
    before = text_of(root)
    first = ["Millbrook is held by the east", "", "contr", "x", "ea", "", "", "soon", "1"]
    answered(root, [*first, "id: No_Id", "", "said: soon", "note: b", "note: -", "odd", "."])
    out = capsys.readouterr().out
    assert (
        out.count("`soon` can't be read: ") == 2 and "F205" in out and "FIELD: TEXT changes one of" in out and "nothing was written" in out
    )
    assert "there are: east, west (`?` lists all)" in out
    assert text_of(root) == before


def test_what_can_not_be_read_is_told_where_it_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = page_at(tmp_path)
    prompts = answered(
        root, ["", "Millbrook is held by the east", "", "peopel", "?", "peop", "many", "", "27 thousand", "27000", "", "", "."]
    )
    assert prompts.count("property: ") == 3 and prompts.count("value: ") == 4 and prompts[-1] == "write it [yes]: "
    out = capsys.readouterr().out
    assert "type words of a text that stands in seeds/" in out
    assert "did you mean `people`? (`?` lists all)" in out and "  people  how many live there\n" in out
    assert "  `many` can't be read: " in out and "  a claim needs its value (`.` ends)" in out


def test_a_value_is_taken_by_what_is_printed_for_it(tmp_path: Path) -> None:
    """And a value that says nothing by itself stands behind its property in the id."""
    printed = VOCABULARY.replace(
        "properties:\n", 'properties:\n  emptied: {title: has it been evacuated?, values: {"yes": evacuated, "no": not evacuated}}\n'
    )
    root = ledger_at(tmp_path, file_of([]), printed)
    (root / "fire.txt").write_text("Nobody has left Millbrook.\n", encoding="utf-8")
    assert run("seed", "add", root / "fire.txt", "--published", "2025-03-31", "--language", "en", "--name", "fire", "-C", root).code == 0
    fields = {"place": "Millbrook", "property": "emptied", "value": "Not evacuated", "claimant": "council", "said": "2025-03-31"}
    options = [word for name, text in fields.items() for word in (f"--{name}", text)]
    outcome = run("-C", root, "new", *options, "--quote", "Nobody has left Millbrook", "--accept", "Q307=nobody is no negation of it")
    assert outcome.code == 0, outcome
    assert [(claim.id, claim.value) for claim in load(WorkTree(str(root))).claims()] == [("millbrook-emptied-no-council", "no")]


def test_what_is_said_of_an_interruption_stands_on_its_own_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(prompt: str) -> str:
        raise Interrupted

    monkeypatch.setattr("builtins.input", interrupted)
    with pytest.raises(Interrupted):
        from_the_terminal("place: ", lambda _: [])
    assert capsys.readouterr().err == "\n"


def test_where_a_first_name_is_written_is_told(tmp_path: Path) -> None:
    start = VOCABULARY.index("places:")
    none = VOCABULARY[:start] + "places: {}\n" + VOCABULARY[VOCABULARY.index("claimants:") :]
    root = ledger_at(tmp_path, file_of([], seed=WORDS), none)
    told = could_not_run(run("-C", root, "new", *GIVEN, "--quote", "held by the east"))
    assert told == "no place is called Миллбрук: there is no place in this ledger (name it in ledger.yaml, under `places`)"


def test_names_that_wait_for_their_first_claim_are_no_news(tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of([], seed="Millbrook is held by the east.\n"))
    outcome = run("-C", root, "new", *GIVEN, "--quote", "held by the east")
    assert outcome.code == 0 and "W907" not in outcome.out
    assert "W907" in run("-C", root, "check").out


def test_a_few_letters_in_any_script_mean_one() -> None:
    names = {"kupiansk": ["Kupiansk", "Куп'янськ", "Купянск"], "kupiansk-centre": [], "pokrovsk": ["Покровськ"]}
    assert meant("Куп", names) == ["kupiansk"]
    assert meant("покр", names) == ["pokrovsk"]
    assert meant("kup", names) == ["kupiansk", "kupiansk-centre"]
    assert meant("kupiansk", names) == ["kupiansk"]
    assert meant("cen", names) == ["kupiansk-centre"]
    assert meant("x", names) == []


def test_dates_and_figures_are_completed() -> None:
    assert [_in_full(typed, "2025-03-31") for typed in ("1", "02-28~", "2025-3-1", "1/..", "soon")] == [
        "2025-03-01",
        "2025-02-28~",
        "2025-03-01",
        "2025-03-01/..",
        "soon",
    ]
    assert [figure_in(text) for text in ("some 27,000 men", "27 000", "8,5 million", "8.5", "the 3rd", "no", "1.234.567")] == [
        "27000",
        "27000",
        "8.5",
        "8.5",
        "",
        "",
        "1234567",
    ]


def test_an_id_is_proposed_that_no_claim_has(tmp_path: Path) -> None:
    ledger = load(WorkTree(str(ledger_at(tmp_path, file_of([{**CLAIMS[0], "id": "millbrook-east-ministry"}])))))
    fields = {"place": "millbrook", "property": "control", "value": "east", "claimant": "ministry", "said": "2025-03-01", "quote": "Це so"}
    assert propose_id(ledger, fields) == "millbrook-east-ministry-2025-03-01"


def test_asking_takes_a_third_of_the_keys(tmp_path: Path) -> None:
    quotes = [f"On day {number} the ministry said again that the town of Millbrook is held by the east" for number in range(1, 5)]
    claims = [
        {**CLAIMS[0], "id": f"millbrook-east-ministry-{number}", "said": f"2025-03-0{number + 1}", "quote": quote}
        for number, quote in enumerate(quotes)
    ]
    root = ledger_at(tmp_path, file_of(claims))
    typed = typed_again(root, FILE, 4)
    assert len(typed) == 4
    assert 3 * sum(each.asked for each in typed) <= sum(each.by_hand for each in typed)


# -- a terminal, an editor ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_terminal_completes_and_asks(tmp_path: Path) -> None:
    import pty

    root = page_at(tmp_path)
    child, handle = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm", COLUMNS="100", PYTHONPATH=str(ROOT))
        os.execv(sys.executable, [sys.executable, str(ROOT / "cli.py"), "-C", str(root), "new"])
    said = ""
    for prompt, answer in (
        ("quote: ", "Millbrook is held by the\t\n"),  # TAB: the next word
        ("place ", "Милл\t\n"),
        ("property: ", "contr\n"),
        ("value: ", "ea\n"),
        ("extent ", "\n"),
        ("claimant ", "\n"),
        ("said ", "1\n"),
        ("write it ", "\n"),
        ("quote: ", "\x04"),  # the end of the input
    ):
        while prompt not in said:
            assert select.select([handle], [], [], 60)[0], f"no {prompt!r} after {said!r}"
            said += os.read(handle, 65536).decode("utf-8", "replace")
        said = ""
        os.write(handle, answer.encode())
    with pytest.raises(OSError):
        while os.read(handle, 65536):
            pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert re.search("quote: Millbrook is held by the east\n", text_of(root))


def editor_at(folder: Path, replacements: dict[str, str]) -> str:
    """A program that changes a file as an editor would."""
    script = folder / "editor.py"
    script.write_text(
        f"import sys\npath = sys.argv[1]\ntext = open(path, encoding='utf-8').read()\nfor old, new in {replacements!r}.items():\n"
        "    text = text.replace(old, new)\nopen(path, 'w', encoding='utf-8').write(text)\n",
        encoding="utf-8",
    )
    return f"{sys.executable} {script}"


def test_a_skeleton_is_filled_in_in_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = page_at(tmp_path / "ledger")
    filled = {
        "property:": "property: control",
        "value:": "value: east",
        "claimant:": "claimant: Ministry of Roads",
        "said:": "said: 2025-03-01",
    }
    monkeypatch.setenv("VISUAL", editor_at(tmp_path, {f"\n{old}\n": f"\n{new}\n" for old, new in filled.items()}))
    outcome = run("-C", root, "new", "--edit", "--quote", "millbrook..east", "--place", "millbrook")
    assert (outcome.code, outcome.err) == (0, "")
    assert "  quote: Millbrook is held by the east\n" in text_of(root)
    before = text_of(root)
    monkeypatch.setenv("VISUAL", editor_at(tmp_path, {"quote": "#quote"}))
    assert "the quote is empty: nothing was written" in could_not_run(run("-C", root, "new", "--edit", "--quote", "27,000 people"))
    monkeypatch.setenv("VISUAL", editor_at(tmp_path, {}))
    assert "a claim needs `place`, `property`, `claimant`, `said` too" in could_not_run(
        run("-C", root, "new", "--edit", "--quote", "27,000 people")
    )
    assert text_of(root) == before
