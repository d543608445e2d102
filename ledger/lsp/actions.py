"""What can be done about a defect: the remedies that the program knows, and accepting a warning; and giving an id another name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit
from lsprotocol.types import Diagnostic as Shown

from ledger.lsp.live import Live
from ledger.lsp.positions import Lines
from ledger.lsp.targets import Target
from ledger.model import Diagnostic, Trouble
from ledger.reading.contents import VOCABULARY_FILE
from ledger.reading.yaml_errors import Refused
from ledger.rules.registry import WARNING
from ledger.texts.display import SLUG, one_line, shorten
from ledger.writing.edits import Edit
from ledger.writing.mending_fields import add_place
from ledger.writing.remedies import accepting, remedies
from ledger.writing.renames import rename, rename_asked_for
from ledger.writing.splices import NoSuchValue

UNKNOWN_PLACE = "R401"
WHY = "say why it may stand"
ToUri = Callable[[str], str]  # of a path in the ledger


def actions(live: Live, defects: list[tuple[Diagnostic, Shown]], encoding: str, to_uri: ToUri) -> Iterator[CodeAction]:
    """What can be done about some defects of a file, each with how it is shown: what has one answer first."""
    found: list[tuple[int, CodeAction]] = []
    for defect, shown in defects:
        ways = [(f"Write {each.words}", each.path, each.change, 0 if each.only else 1) for each in remedies(live.ledger, defect)]
        new = _new_place(live, defect)
        if new is not None:
            ways.append((f"Add the place {new}", VOCABULARY_FILE, add_place(live.ledger, new, "place", _called(new)).change, 2))
        if defect.severity == WARNING and defect.claim_line and defect.code:
            ways.append((f"Accept {defect.code} with the reason", defect.path, accepting(defect.code, defect.claim_line, WHY), 3))
        for words, path, change, rank in ways:
            edit = _changed(live, path, change, encoding)
            if edit is not None:
                title = shorten(words, 120)
                whole = WorkspaceEdit(changes={to_uri(path): [edit]})
                action = CodeAction(title, kind=CodeActionKind.QuickFix, diagnostics=[shown], edit=whole, is_preferred=rank == 0 or None)
                found.append((rank, action))
    yield from (action for _, action in sorted(found, key=lambda entry: entry[0]))


def _new_place(live: Live, defect: Diagnostic) -> str | None:
    """The id of a place that a claim names and the ledger has not."""
    file = live.file(defect.path)
    claims = file.claims if file is not None and defect.code == UNKNOWN_PLACE else ()
    name = next((claim.place for claim in claims if claim.line == defect.claim_line), "")
    return name if SLUG.fullmatch(name) and name not in live.vocabulary.places else None


def _called(name: str) -> str:
    """What a place of an id is probably called: for a person to put right."""
    return " ".join(word.capitalize() for word in name.split("-"))


def _changed(live: Live, path: str, change: Callable[[str], str], encoding: str) -> TextEdit | None:
    """What a change does to a file; None where it does nothing, or can't be done to the text as it is."""
    text = live.text(path)
    try:
        new = change(text)
    except (NoSuchValue, Refused, Trouble):
        return None
    return difference(text, new, encoding) if new != text else None


def difference(old: str, new: str, encoding: str) -> TextEdit:
    """The one edit that makes a text of another: what both begin and end with is left alone."""
    first, most = 0, min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    last = 0
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    lines = Lines(old, encoding)
    return TextEdit(Range(lines.offset(first), lines.offset(len(old) - last)), new[first : len(new) - last])


def renamed(live: Live, target: Target, name: str, encoding: str, to_uri: ToUri) -> WorkspaceEdit:
    """The edits that give an id another name, everywhere; raises Trouble where it can't be."""
    if target.kind not in ("place", "claimant", "property", "claim"):
        raise Trouble("only ids of places, claimants, properties and claims can be renamed here")
    edit = Edit(live.root, live.tree())
    rename(edit, rename_asked_for(edit.ledger, target.name, name, target.kind, None))
    compared = edit.compared({target.name: name})
    if compared.errors:
        worst = compared.errors[0]
        raise Trouble(f"{one_line(worst.path)}:{worst.line}: {one_line(worst.message)}: nothing was renamed")
    changes = {}
    for change in edit.changes():
        old, new = ((data or b"").decode("utf-8") for data in (change.before, change.after))
        changes[to_uri(change.path)] = list(_by_lines(old, new, encoding))
    return WorkspaceEdit(changes=changes)


def _by_lines(old: str, new: str, encoding: str) -> Iterator[TextEdit]:
    """The edits that make a text of another with as many lines: one for each line that differs."""
    lines, others = Lines(old, encoding), new.split("\n")
    if len(lines.lines) != len(others):
        yield difference(old, new, encoding)
        return
    for number, (one, other) in enumerate(zip(lines.lines, others, strict=True)):
        if one != other:
            edit = difference(one, other, encoding)
            edit.range.start.line = edit.range.end.line = number
            yield edit
