"""The JSON Schemas take what the reader takes, and refuse what it refuses; editors complete and check by them."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from running import ROOT, run
from small import VOCABULARY, could_not_run, ledger_at
from speaking import Server

from ledger.model import CLAIM_FIELDS, STANCES
from ledger.reading.claims import HEAD_FIELDS, PASSED_FIELDS, RESOLUTION_FIELDS, TENSION_FIELDS
from ledger.reading.loader import load
from ledger.reading.originals import ORIGINAL_FIELDS, TEXT_FIELDS
from ledger.reading.properties import IMPLICATION_FIELDS, PROPERTY_FIELDS
from ledger.reading.trees import WorkTree
from ledger.reading.vocabulary import CLAIMANT_FIELDS, PLACE_FIELDS, TOP_FIELDS
from ledger.render.field_words import CLAIM_WORDS, HEAD_WORDS, NOTE_WORDS, ORIGINAL_WORDS
from ledger.render.schema import claims_schema, forms
from ledger.render.vocabulary_schema import vocabulary_schema
from ledger.rules.glossary import WORDS

GOOD = sorted(path.parent for path in ROOT.glob("tests/cases/*/good/ledger.yaml"))
HEAD = "seed: text.txt\nsha256: aa\nlanguage: en\npublished: 2025-03-31\n"
CLAIM = "{id: one, place: millbrook, property: people, value: 27000, claimant: council, said: 2025-03-01, quote: some words}"


def schema_of(folder: Path, *which: str) -> dict[str, Any]:
    outcome = run("-C", folder, "schema", *which)
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)
    jsonschema.Draft7Validator.check_schema(found)
    return found


def problems(text: str, schema: dict[str, Any]) -> list[str]:
    """What the schema has against a text, as another reader of YAML (1.1, with its dates as texts) takes it."""
    found = jsonschema.Draft7Validator(schema).iter_errors(json.loads(json.dumps(yaml.safe_load(text), default=datetime.date.isoformat)))
    return sorted(problem.message for problem in found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger, with ids and values that YAML takes for something else."""
    more = VOCABULARY.replace(
        "claimants:", '  "2014": {kind: village, names: {en: Twenty Fourteen}}\n  0x1f: {names: [Hex]}\nclaimants:', 1
    )
    return ledger_at(tmp_path_factory.mktemp("schema"), vocabulary=more.replace("names: [Hex]", "names: {en: Hex}"))


@pytest.fixture(scope="module")
def of_claims(folder: Path) -> dict[str, Any]:
    return schema_of(folder)


@pytest.fixture(scope="module")
def of_vocabulary(folder: Path) -> dict[str, Any]:
    return schema_of(folder, "ledger")


# -- the lists of fields -----------------------------------------------------------------------------------------------------


def test_every_field_of_a_claims_file_is_there_and_told(of_claims: dict[str, Any]) -> None:
    head = of_claims["properties"]
    assert list(head) == list(HEAD_FIELDS) and set(HEAD_WORDS) == set(HEAD_FIELDS)
    assert list(head["claims"]["items"]["properties"]) == list(CLAIM_FIELDS) and set(CLAIM_WORDS) == set(CLAIM_FIELDS)
    for section, names in (
        ("tensions", TENSION_FIELDS),
        ("resolutions", RESOLUTION_FIELDS),
        ("passed-over", (*PASSED_FIELDS, "before", "after")),
    ):
        assert list(head[section]["items"]["properties"]) == list(names)
        assert all("description" in told for told in head[section]["items"]["properties"].values())
    assert list(head["original"]["items"]["properties"]) == list(ORIGINAL_FIELDS) and list(head["text"]["properties"]) == list(TEXT_FIELDS)
    assert set(ORIGINAL_WORDS) == {*ORIGINAL_FIELDS, *TEXT_FIELDS}
    assert set(NOTE_WORDS) == {*TENSION_FIELDS, *RESOLUTION_FIELDS, *PASSED_FIELDS, "before", "after"}


def test_every_field_of_the_vocabulary_is_there_and_told(of_vocabulary: dict[str, Any]) -> None:
    top = of_vocabulary["properties"]
    assert list(top) == list(TOP_FIELDS)
    for section, names in (("places", PLACE_FIELDS), ("claimants", CLAIMANT_FIELDS), ("properties", PROPERTY_FIELDS)):
        entry = top[section]["additionalProperties"]
        assert list(entry["properties"]) == list(names)
        assert {name for name in names if name not in WORDS} <= {"title", "note"}
    implied = top["properties"]["additionalProperties"]["properties"]["implies"]["anyOf"][0]["items"]
    assert list(implied["properties"]) == list(IMPLICATION_FIELDS)


# -- what the reader takes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", GOOD, ids=lambda path: path.parent.name)
def test_what_check_finds_good_is_good(case: Path) -> None:
    read = (
        pytest.importorskip("ruamel.yaml", reason="ruamel.yaml is not installed").YAML(typ="safe", pure=True).load
    )  # YAML 1.2, as editors read it
    ledger = load(WorkTree(str(case)))
    files = {path: claims_schema(ledger) for path in case.glob("claims/*.yaml")} | {
        case / "ledger.yaml": vocabulary_schema(ledger.vocabulary)
    }
    for path, schema in files.items():
        data = json.loads(json.dumps(read(path), default=datetime.date.isoformat))
        assert [problem.message for problem in jsonschema.Draft7Validator(schema).iter_errors(data)] == [], path


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM,
        CLAIM.replace("27000", "'27000'"),
        CLAIM.replace("2025-03-01", "2025"),
        CLAIM.replace("millbrook", "2014"),
        CLAIM.replace("millbrook", "'2014'"),
        CLAIM.replace("millbrook", "0x1f"),
        CLAIM.replace("id: one", "id: 12"),
        CLAIM.replace("some words", "no"),
        CLAIM.replace("said", "note: ~, said"),
        CLAIM.replace("people, value: 27000", "traffic, subject: cars, value: yes"),
        CLAIM.replace("people, value: 27000", "traffic, subject: cars, value: 'yes'"),
        CLAIM.replace("said", "disputes: held-east, said"),
        CLAIM.replace("said", "disputes: [held-east, to-come], via: gazette, said"),
        CLAIM.replace("people, value: 27000", "control, value: east, stance: denies, extent: 30%"),
        CLAIM.replace("said", "accept: {Q310: the paper's own}, said"),
    ],
)
def test_a_claim_that_can_be_read_is_taken(claim: str, of_claims: dict[str, Any]) -> None:
    assert problems(f"{HEAD}claims:\n- {claim}\n", of_claims) == []


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (CLAIM.replace("value", "valeu"), "'valeu' was unexpected"),
        (CLAIM.replace("millbrook", "milbrook"), "'milbrook' is not one of"),
        (CLAIM.replace("millbrook", "2015"), "2015 is not one of"),
        (CLAIM.replace("council", "concil"), "'concil' is not one of"),
        (CLAIM.replace("people", "peple"), "'peple' is not one of"),
        (CLAIM.replace("people, value: 27000", "control, value: north"), "'north' is not one of"),
        (CLAIM.replace(", value: 27000", ""), "'value' is a required property"),
        (CLAIM.replace("people, value: 27000", "traffic, value: yes"), "'subject' is a required property"),
        (CLAIM.replace("said", "subject: cars, said"), "False schema does not allow 'cars'"),
        (CLAIM.replace("said", "stance: denys, said"), f"'denys' is not one of {list(STANCES)}"),
        (CLAIM.replace("people, value: 27000", "control, value: east, stance: denies"), "'extent' is a required property"),
        (CLAIM.replace("said", "accept: {Q999: so}, said"), "'Q999' was unexpected"),
        (CLAIM.replace("some words", "[some, words]"), "is not valid under any of the given schemas"),
    ],
)
def test_what_check_refuses_is_refused(claim: str, told: str, of_claims: dict[str, Any]) -> None:
    found = problems(f"{HEAD}claims:\n- {claim}\n", of_claims)
    assert any(told in problem for problem in found), found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: county", "kin: county", "'kin' was unexpected"),
        ("people: {title", "people: {event: true, title", "is valid under each of"),
        ("text: true", "text: true, tolerance: 10%", "is not valid under any of the given schemas"),
        ("  gazette:", "  The-Gazette:", "does not match"),
        ("format: 1", "format: 2", "2 is not one of"),
    ],
)
def test_what_is_wrong_in_a_vocabulary_is_refused(old: str, new: str, told: str, of_vocabulary: dict[str, Any]) -> None:
    assert problems(VOCABULARY, of_vocabulary) == []
    found = problems(VOCABULARY.replace(old, new, 1), of_vocabulary)
    assert any(told in problem for problem in found), found


def test_a_place_that_is_only_being_written_is_no_error_of_the_vocabulary(of_vocabulary: dict[str, Any]) -> None:
    more = VOCABULARY.replace("claimants:", "  hill: {names: {en: Hill}}\n  top: {names: {en: Top}, within: hill}\nclaimants:", 1)
    assert problems(more, of_vocabulary) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kyiv", ["kyiv"]),
        ("2014", ["2014", 2014, 1036]),
        ("0x1f", ["0x1f", 31]),
        ("1e3", ["1e3", 1000.0]),
        ("no", ["no", False]),
        ("on", ["on", True]),
        ("null", ["null", None]),
        ("12:30", ["12:30", 750]),
        ("1.10", ["1.10", 1.1]),
        ("inf", ["inf"]),
        ("nan", ["nan"]),
        ("a-1", ["a-1"]),
        ("٢٠١٤", ["٢٠١٤"]),
        ("", [""]),
    ],
)
def test_what_other_readers_make_of_a_text(text: str, expected: list[Any]) -> None:
    assert [(type(form), form) for form in forms(text)] == [(type(form), form) for form in expected]


# -- names -------------------------------------------------------------------------------------------------------------------


def test_every_name_is_a_snippet_that_writes_the_id(of_claims: dict[str, Any]) -> None:
    place = of_claims["definitions"]["place"]
    written = {snippet["label"]: snippet["body"] for snippet in place["defaultSnippets"]}
    assert written["Мілл'брук (millbrook)"] == written["Milbruk (millbrook)"] == "millbrook"
    assert written["Ivanivka (ivanivka-east)"] == "ivanivka-east" and written["Ivanivka (ivanivka-west)"] == "ivanivka-west"
    told = dict(zip(place["enum"], place["enumDescriptions"], strict=True))
    assert told["millbrook"] == "town: Millbrook (en), Мілл'брук (uk), Миллбрук (ru); within county"


def test_names_are_data(tmp_path: Path) -> None:
    hostile = '<script>##[error]\\u202e"$(x)`'
    vocabulary = VOCABULARY.replace("names: {en: Mill County}", f'names: {{en: "{hostile}"}}'.replace('"$', '\\"$'))
    out = run("-C", ledger_at(tmp_path, vocabulary=vocabulary), "schema").out
    assert "<script" not in out and "##[" not in out and "\u202e" not in out
    assert any("<script>##[error]<U+202E>" in snippet["label"] for snippet in json.loads(out)["definitions"]["place"]["defaultSnippets"])


def test_where_there_is_no_ledger_none_is_made_up(tmp_path: Path) -> None:
    assert "that is no ledger" in could_not_run(run("-C", tmp_path, "schema"))
    assert "is none of claims, ledger" in could_not_run(run("-C", ROOT, "schema", "seeds"))


# -- other programs ----------------------------------------------------------------------------------------------------------


def test_our_own_ledger_is_good_to_check_jsonschema(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    for which, files in (("claims", sorted(ROOT.glob("claims/*.yaml"))), ("ledger", [ROOT / "ledger.yaml"])):
        path = tmp_path / "schema.json"
        path.write_text(run("-C", ROOT, "schema", which).out, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--schemafile", path, *files],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def editor(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """yaml-language-server, with the schema for all files."""
    program = shutil.which("yaml-language-server")
    if program is None:
        pytest.skip("yaml-language-server is not installed (npm install -g yaml-language-server)")
    path = tmp_path_factory.mktemp("editor") / "schema.json"
    path.write_text(run("-C", folder, "schema").out, encoding="utf-8")
    with Server([program, "--stdio"], {"schemas": {path.as_uri(): "*.yaml"}, "completion": True, "validate": True}) as server:
        support = {"completion": {"completionItem": {"snippetSupport": True}}}
        server.ask("initialize", processId=None, rootUri=None, capabilities={"workspace": {"configuration": True}, "textDocument": support})
        server.tell("initialized")
        while not server.configured:
            server.receive()
        yield server


def completions(server: Any, text: str, name: str) -> dict[str, str]:
    """What is proposed where `|` stands: what is written, by how it is called."""
    before = text.partition("|")[0]
    uri = f"file:///{name}.yaml"
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text.replace("|", "")}
    server.tell("textDocument/didOpen", textDocument=document)
    while not server.published.get(uri):  # (it misses fields: before it is told so, the schema may not be read)
        server.receive()
    position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    answer = server.ask("textDocument/completion", textDocument={"uri": uri}, position=position)
    return {item["label"]: item["textEdit"]["newText"] for item in answer["items"]}


def test_yaml_language_server_completes_a_place_by_its_cyrillic_name(editor: Any) -> None:
    found = completions(editor, f"{HEAD}claims:\n- id: one\n  place: Мілл|\n", "place")
    assert found["Мілл'брук (millbrook)"] == found["millbrook"] == "millbrook"
    found = completions(editor, f"{HEAD}claims:\n- id: one\n  property: control\n  value: |\n", "value")
    assert {"east", "west"} <= set(found) and not {"cars", "true"} & set(found)


def test_yaml_language_server_tells_of_an_unknown_key(editor: Any) -> None:
    document = {"uri": "file:///key.yaml", "languageId": "yaml", "version": 1, "text": f"{HEAD}claims:\n- {CLAIM}\n- extnet: all\n"}
    editor.tell("textDocument/didOpen", textDocument=document)
    while not editor.published.get("file:///key.yaml"):
        editor.receive()
    told = [found["message"] for found in editor.published["file:///key.yaml"]]
    assert "Property extnet is not allowed." in told and not any("one" in message or "millbrook" in message for message in told)
