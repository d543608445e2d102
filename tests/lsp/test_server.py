"""The server as an editor meets it: a process, messages, and positions in the units that were agreed upon."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from editing import PATH, small_file
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient
from running import ROOT, run_outside
from small import CLAIMS, could_not_run, file_of, ledger_at
from speaking import Server

FILE = small_file()
COMMAND = [sys.executable, "-P", str(ROOT / "cli.py"), "lsp"]


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND))  # type: ignore[untyped-decorator, unused-ignore]
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await lsp_client.initialize_session(types.InitializeParams(capabilities=types.ClientCapabilities()))
    yield
    await lsp_client.shutdown_session()


async def open_(client: LanguageClient, path: Path, text: str) -> str:
    """Open a file, and wait until its defects are told."""
    uri = path.as_uri()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text)))
    await told(client, uri, 1)
    return uri


async def told(client: LanguageClient, uri: str, severity: int | None = None) -> list[types.Diagnostic]:
    """The defects of a file when they were told, with at least one of a severity."""
    while True:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = list(client.diagnostics.get(uri, []))
        if severity is None or any(each.severity == severity for each in found):
            return found


def typed(client: LanguageClient, uri: str, text: str, version: int) -> None:
    document = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [types.TextDocumentContentChangeWholeDocument(text)]))


@pytest.mark.asyncio
async def test_a_misspelt_id_is_underlined_completed_and_mended(client: LanguageClient, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    astronaut = FILE.replace("  place: millbrook", "  place: milbrook", 1).replace("- place", "- note: 👩‍🚀 é́\n  place", 1)
    uri = await open_(client, root / PATH, astronaut.replace("place: millbrook", "place: milbrook", 1))
    document = types.TextDocumentIdentifier(uri)
    (found,) = [each for each in client.diagnostics[uri] if each.code == "R401"]
    assert found.source == "ledger" and "did you mean `millbrook`" in found.message
    acts = await client.text_document_code_action_async(types.CodeActionParams(document, found.range, types.CodeActionContext([found])))
    act = next(act for act in acts or () if isinstance(act, types.CodeAction) and act.title == "Write place: millbrook")
    assert act.edit is not None and act.edit.changes is not None
    line = found.range.start.line
    answer = await client.text_document_completion_async(
        types.CompletionParams(document, types.Position(line, found.range.start.character + 3))
    )
    assert isinstance(answer, types.CompletionList) and "millbrook" in [item.label for item in answer.items]
    client.text_document_did_close(types.DidCloseTextDocumentParams(document))
    while client.diagnostics[uri]:
        await told(client, uri)


@pytest.mark.asyncio
async def test_a_contradiction_is_told_while_it_is_written(client: LanguageClient, tmp_path: Path) -> None:
    root = ledger_at(tmp_path, file_of([CLAIMS[0]], seed="Millbrook is held by the east. It fell to the west."))
    text = (root / PATH).read_text().replace("property: control", "property: contrl", 1)
    uri = await open_(client, root / PATH, text)
    new = (
        "- {id: anew, place: millbrook, property: control, claimant: council, value: west, said: 2025-03-01, quote: It fell to the west}\n"
    )
    for version, end in enumerate(range(0, len(new), 7), 2):  # (faster than it is looked at: what is overtaken is dropped)
        typed(client, uri, text.replace("contrl", "control") + new[:end], version)
    typed(client, uri, text.replace("contrl", "control") + new, 99)
    found = await told(client, uri, types.DiagnosticSeverity.Information)
    (opened,) = [each for each in found if each.severity == types.DiagnosticSeverity.Information]
    assert opened.message.startswith("contradicts held-east (exclusive, certain): Ministry of Roads") and opened.related_information


@pytest.mark.asyncio
async def test_hostile_files_end_nothing(client: LanguageClient, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    uri = await open_(client, root / PATH, FILE + "- id: '\ud83d\ude00")
    for version, text in enumerate(
        ["", "[" * 5_000, "\x00\x85\u2028", "claims: &a [*a]\n", "- " * 900, 'a: "\\ud800"', "seed: ../../etc/passwd\n"], 2
    ):
        typed(client, uri, text, version)
        assert await told(client, uri)
        for line, character in ((0, 0), (0, 99), (9, 9)):
            at = types.Position(line, character)
            await client.text_document_completion_async(types.CompletionParams(types.TextDocumentIdentifier(uri), at))
            await client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), at))
    for other in (
        "file:///nowhere/claims/x.yaml",
        "untitled:one",
        "file:///etc/passwd",
        (root / "claims/.x.yaml").as_uri(),
        (root / "other.yaml").as_uri(),
    ):
        client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(other, "yaml", 1, "{")))
        assert await client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(other), types.Position(0, 0))) is None
    typed(client, uri, FILE.replace("place: millbrook", "place: milbrook", 1), 99)
    assert "R401" in [each.code for each in await told(client, uri, 1)]
    assert set(client.diagnostics) == {uri}


@pytest.mark.asyncio
async def test_a_name_is_changed_or_it_is_said_why_not(client: LanguageClient, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    uri = await open_(client, root / PATH, FILE.replace("claimant: ministry", "claimant: minstry", 1))
    line = next(number for number, text in enumerate(FILE.split("\n")) if "place: millbrook" in text)
    at, document = types.Position(line, 12), types.TextDocumentIdentifier(uri)
    assert await client.text_document_prepare_rename_async(types.PrepareRenameParams(document, at)) is not None
    with pytest.raises(Exception, match="there is a place county already"):
        await client.text_document_rename_async(types.RenameParams(document, at, "county"))
    done = await client.text_document_rename_async(types.RenameParams(document, at, "milltown"))
    assert done is not None and set(done.changes or {}) == {uri, (root / "ledger.yaml").as_uri()}
    await asyncio.sleep(0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_are_in_the_units_that_were_agreed_upon(encoding: str, tmp_path: Path) -> None:
    root = ledger_at(tmp_path)
    text = (root / PATH).read_text() + "- {id: typed, note: 👩‍🚀 é́ Київ, place: milbrook}\n"
    uri = (root / PATH).as_uri()
    with Server(COMMAND) as server:
        capabilities = {"general": {"positionEncodings": [encoding]}} if encoding != "utf-16" else {}
        answer = server.ask("initialize", processId=None, rootUri=None, capabilities=capabilities)
        assert answer["capabilities"]["positionEncoding"] == encoding
        server.tell("initialized")
        server.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        while uri not in server.published:
            server.receive()
    (wrong,) = [each for each in server.published[uri] if each["code"] == "R401"]
    before = text.split("\n")[wrong["range"]["start"]["line"]].partition("milbrook")[0]
    units = {"utf-8": len(before.encode()), "utf-16": len(before.encode("utf-16-le")) // 2, "utf-32": len(before)}
    start, end = wrong["range"]["start"]["character"], wrong["range"]["end"]["character"]
    assert (start, end) == (units[encoding], units[encoding] + len("milbrook"))


def test_it_ends_well_when_the_editor_says_so_or_goes_away(tmp_path: Path) -> None:
    for farewell, code in ((True, 0), (False, 0)):
        process = subprocess.Popen(COMMAND, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        messages = [{"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}]
        messages += [{"id": 2, "method": "shutdown"}, {"method": "exit"}] if farewell else []
        sent = b""
        for message in messages:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            sent += b"Content-Length: %d\r\n\r\n" % len(body) + body
        out, err = process.communicate(sent, timeout=60)
        assert (process.returncode, err.decode()) == (code, "") and b'"positionEncoding":' in out


def test_without_pygls_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text("raise ModuleNotFoundError(name='pygls')\n")
    environment = {"PYTHONPATH": str(tmp_path)}
    assert could_not_run(run_outside("lsp", environment=environment)) == 'pygls is not installed: pip install "fact-ledger[lsp]"'
