"""The language server: what an editor sends and is answered, by way of pygls. One that fails to answer says so, and goes on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from ledger import __version__
from ledger.lsp.actions import actions, renamed
from ledger.lsp.completions import completions
from ledger.lsp.contradictions import Contradictions
from ledger.lsp.hints import hints, symbols
from ledger.lsp.hovers import against, hover
from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.targets import Place, given_at, spoken_of, target_at
from ledger.model import Diagnostic, Trouble
from ledger.reading.contents import CLAIMS_FOLDER, VOCABULARY_FILE
from ledger.rules import RULES
from ledger.texts.display import one_line

Answer = TypeVar("Answer")
PAUSE = 0.005  # seconds: what is typed faster is looked at once
LATER = 0.15  # seconds without a keystroke, after which it is told what is contradicted
_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class Served:
    """One ledger that is served, and the files of it that are open, each by its path and with the address the editor gives it."""

    def __init__(self, root: str) -> None:
        self.live = Live(root)
        self.contradictions = Contradictions(self.live)
        self.open: dict[str, str] = {}
        self.shown: dict[str, list[tuple[Diagnostic, types.Diagnostic]]] = {}
        self.opened: dict[str, list[types.Diagnostic]] = {}
        self.pending: dict[str, str | None] = {}  # what was typed and is not read yet
        self.waiting: asyncio.Task[None] | None = None

    def read(self) -> None:
        """Read what was typed."""
        while self.pending:
            path, text = self.pending.popitem()
            self.live.put(path, text)

    def uri(self, path: str) -> str:
        """The address of a file of the ledger."""
        return self.open.get(path) or from_fs_path(os.path.join(self.live.root, *path.split("/"))) or ""


class Ledgers(LanguageServer):
    """The server, with the ledgers whose files are open."""

    def __init__(self) -> None:
        super().__init__("ledger", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.served: dict[str, Served] = {}

    @property
    def encoding(self) -> str:
        """In which units the editor counts columns."""
        encoding = self.workspace.position_encoding
        return str(getattr(encoding, "value", encoding))

    def lines(self, served: Served, path: str) -> Lines:
        """The lines of a file as it is now."""
        return Lines(served.live.text(path), self.encoding)

    def find(self, uri: str) -> tuple[Served, str] | None:
        """The ledger that a file is part of, and its path there; None for any other file."""
        where = _inside(uri)
        if where is None:
            return None
        root, path = where
        if root not in self.served:
            try:
                self.served[root] = Served(root)
            except Trouble as problem:
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, one_line(str(problem))))
                return None
        return self.served[root], path

    # -- defects -----------------------------------------------------------------------------------------------------------

    def typed(self, uri: str, text: str | None, version: int | None) -> None:
        """A file is now as the editor has it (None: as the disk has it); it is looked at when nobody types for a moment."""
        found = self.find(uri)
        if found is None:
            return
        served, path = found
        served.pending[path] = text
        if text is None:
            served.open.pop(path, None)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        else:
            served.open[path] = uri
        if served.waiting is not None:
            served.waiting.cancel()
        served.waiting = asyncio.get_running_loop().create_task(self._look(served))

    async def _look(self, served: Served) -> None:
        await asyncio.sleep(PAUSE)
        served.read()
        self.publish(served)
        await asyncio.sleep(LATER)
        for open_path in list(served.open):
            served.opened[open_path] = self._opened(served, open_path)
            self._send(served, open_path)
            await asyncio.sleep(0)

    def publish(self, served: Served) -> None:
        """Show the defects of all files that are open."""
        for path in list(served.open):
            lines = self.lines(served, path)
            served.shown[path] = [(defect, self._shown(served, defect, lines)) for defect in served.live.defects(path)]
            self._send(served, path)

    def _send(self, served: Served, path: str) -> None:
        shown = [each for _, each in served.shown.get(path, ())] + served.opened.get(path, [])
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(served.uri(path), shown))

    def _shown(self, served: Served, defect: Diagnostic, lines: Lines) -> types.Diagnostic:
        help = f"\n{one_line(defect.help)}" if defect.help else ""
        related = [
            types.DiagnosticRelatedInformation(
                self.location(served, Place(each.path, each.line - 1, each.column - 1, 1)), one_line(each.message)
            )
            for each in defect.related
            if each.path
        ]
        return types.Diagnostic(
            lines.span(defect.line - 1, defect.column - 1, defect.length),
            one_line(defect.message) + help,
            severity=_SEVERITIES[defect.severity],
            code=defect.code or None,
            source="ledger",
            related_information=related or None,
        )

    def _opened(self, served: Served, path: str) -> list[types.Diagnostic]:
        """The contradictions that the claims of a file open, each at its claim."""
        lines, told = self.lines(served, path), []
        for claim, conflict in served.contradictions.opened(path)[:1_000]:
            other = conflict.other if conflict.one is claim else conflict.one
            line, column = claim.at.get("id", (claim.line, claim.column))
            at = other.at.get("id", (other.line, other.column))
            there = self.location(served, Place(other.path, at[0] - 1, at[1] - 1, len(other.id)))
            told.append(
                types.Diagnostic(
                    lines.span(line - 1, column - 1, len(claim.id)),
                    against(conflict, claim, served.live),
                    severity=types.DiagnosticSeverity.Information,
                    code=conflict.kind,
                    source="ledger",
                    related_information=[types.DiagnosticRelatedInformation(there, one_line(other.id))],
                )
            )
        return told

    def location(self, served: Served, place: Place) -> types.Location:
        """A place in a file as the editor has it."""
        lines = self.lines(served, place.path)
        return types.Location(served.uri(place.path), lines.span(place.line, place.column, place.length))


def _inside(uri: str) -> tuple[str, str] | None:
    """The folder of the ledger that a file lies in, and its path there; None where it is none of a ledger's own files."""
    if urlsplit(uri).scheme != "file":
        return None
    full = to_fs_path(uri)
    if not full or "\0" in full:
        return None
    folder, name = os.path.split(os.path.realpath(os.path.dirname(full)) + os.sep + os.path.basename(full))
    if name == VOCABULARY_FILE:
        return folder, name
    root, above = os.path.split(folder)
    if (
        above == CLAIMS_FOLDER
        and name.endswith(".yaml")
        and not name.startswith(".")
        and os.path.lexists(os.path.join(root, VOCABULARY_FILE))
    ):
        return root, f"{CLAIMS_FOLDER}/{name}"
    return None


def make() -> Ledgers:
    """The server, ready to be started."""
    server = Ledgers()

    def asked(uri: str, what: Callable[[Served, str], Answer]) -> Answer | None:
        """The answer about a file of a ledger; None for any other file."""
        found = server.find(uri)
        if found is None:
            return None
        found[0].read()
        return what(*found)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(parameters: types.DidOpenTextDocumentParams) -> None:
        document = parameters.text_document
        server.typed(document.uri, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(parameters: types.DidChangeTextDocumentParams) -> None:
        document = parameters.text_document
        server.typed(document.uri, server.workspace.get_text_document(document.uri).source, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(parameters: types.DidCloseTextDocumentParams) -> None:
        server.typed(parameters.text_document.uri, None, None)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(parameters: types.DidSaveTextDocumentParams) -> None:
        taken_in()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_files(parameters: types.DidChangeWatchedFilesParams) -> None:
        taken_in()

    def taken_in() -> None:
        for served in server.served.values():
            served.contradictions.forget()
            served.live.refresh()
            server.publish(served)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[":", " ", "[", "{", ",", "-"]))
    def complete(parameters: types.CompletionParams) -> types.CompletionList | None:
        return asked(
            parameters.text_document.uri,
            lambda served, path: completions(served.live, path, server.lines(served, path), parameters.position),
        )

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(parameters: types.HoverParams) -> types.Hover | None:
        return asked(
            parameters.text_document.uri,
            lambda served, path: hover(served.live, served.contradictions, path, server.lines(served, path), parameters.position),
        )

    def places(parameters: Any, find: Callable[[Served, str, Any], list[Place]]) -> list[types.Location] | None:
        def located(served: Served, path: str) -> list[types.Location]:
            target = target_at(served.live, path, server.lines(served, path), parameters.position)
            return [server.location(served, place) for place in find(served, path, target)] if target is not None else []

        return asked(parameters.text_document.uri, located)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(parameters: types.DefinitionParams) -> list[types.Location] | None:
        return places(parameters, lambda served, path, target: given_at(served.live, path, target))

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(parameters: types.ReferenceParams) -> list[types.Location] | None:
        def find(served: Served, path: str, target: Any) -> list[Place]:
            given = given_at(served.live, path, target) if parameters.context.include_declaration else []
            return [*given, *spoken_of(served.live, target)]

        return places(parameters, find)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(parameters: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        return asked(parameters.text_document.uri, lambda served, path: symbols(served.live, path, server.lines(served, path)))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def hinted(parameters: types.InlayHintParams) -> list[types.InlayHint] | None:
        first, last = parameters.range.start.line, parameters.range.end.line
        return asked(parameters.text_document.uri, lambda served, path: hints(served.live, path, server.lines(served, path), first, last))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    def act(parameters: types.CodeActionParams) -> list[types.CodeAction] | None:
        first, last = parameters.range.start.line, parameters.range.end.line

        def possible(served: Served, path: str) -> list[types.CodeAction]:
            lines = server.lines(served, path)
            here = [
                (defect, server._shown(served, defect, lines))
                for defect in served.live.defects(path)
                if first <= defect.line - 1 <= last and defect.code in RULES
            ]
            return list(actions(served.live, here, server.encoding, served.uri))

        return asked(parameters.text_document.uri, possible)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(parameters: types.PrepareRenameParams) -> types.Range | None:
        def named(served: Served, path: str) -> types.Range | None:
            lines = server.lines(served, path)
            target = target_at(served.live, path, lines, parameters.position)
            known = target is not None and target.kind in ("place", "claimant", "property", "claim")
            return lines.span(target.line, target.column, len(target.name)) if known and target is not None else None

        return asked(parameters.text_document.uri, named)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def called(parameters: types.RenameParams) -> types.WorkspaceEdit | None:
        def with_name(served: Served, path: str) -> types.WorkspaceEdit | None:
            target = target_at(served.live, path, server.lines(served, path), parameters.position)
            try:
                return renamed(served.live, target, parameters.new_name, server.encoding, served.uri) if target is not None else None
            except Trouble as problem:
                raise JsonRpcException(one_line(str(problem)), -32803) from None  # RequestFailed

        return asked(parameters.text_document.uri, with_name)

    return server
