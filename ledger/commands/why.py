"""`ledger why A B`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ledger.commands.opening import Source, claim_named
from ledger.commands.options import as_of, format_option, reads_a_ledger
from ledger.commands.outputs import write, write_lines
from ledger.commands.pager import paged
from ledger.commands.several import ledger_asked, of_several_ledgers
from ledger.conflicts import find_conflicts
from ledger.conflicts.finder import conflicts_of
from ledger.conflicts.resolutions import fingerprint
from ledger.conflicts.why import decide
from ledger.model import FOUND, Claim, Trouble
from ledger.reading.trees import Tree
from ledger.reading.yaml_nodes import MAX_FILE_BYTES
from ledger.render.blocks import Line, Pages, claim_block, ledger_for, resolution_line, unquoted_files, unquoted_record
from ledger.render.check import dumps
from ledger.render.conflicts import conflict_record
from ledger.texts.display import one_line


@click.command("why")
@click.argument("one")
@click.argument("other")
@of_several_ledgers
@click.option("--as-of", metavar="DAY", help="Only what was certainly said by that day.")
@format_option("text", "json")
@reads_a_ledger
@paged
def command(source: Source, /, one: str, other: str, form: str, several: Sequence[str], same_places: str | None, **asked: Any) -> int:
    """The whole decision about one pair of claims, also where they do not contradict each other."""
    ledger, left_out, place = ledger_asked(source, several, same_places)
    tree = None if place is None else place.tree
    first, second = claim_named(one, ledger, tree), claim_named(other, ledger, tree)
    if first is second:
        raise Trouble(f"`{first.id}` is named twice: name two claims")
    ledger = ledger_for(form, ledger)
    findings = find_conflicts(ledger, left_out, as_of(asked))
    ids = (min(first.id, second.id), max(first.id, second.id))
    conflict = next((found for found in conflicts_of(first, findings, ledger.vocabulary) if found.ids == ids), None)
    decision = decide(first, second, ledger, findings, conflict)
    pages = Pages.of(ledger, findings.corrections)
    files = [pages.files[claim.path] for claim in (first, second)]
    if form == "json":
        write(
            dumps(
                {
                    "schema_version": 1,
                    "claims": list(ids),
                    "contradict": decision.contradict,
                    "decision": decision.sentence,
                    "steps": decision.steps,
                    "conflict": conflict and conflict_record(conflict, pages),
                    "fingerprint": fingerprint(first, second),
                    **unquoted_record(files),
                }
            )
        )
        return 0
    lines: list[tuple[Line, int]] = [([(decision.sentence, "heading")], 0), ([("", "")], 0)]
    for step in decision.steps:
        lines.append(([("- " + step, "")], 0))
    for claim in (first, second):
        lines.append(([("", "")], 0))
        block = claim_block(claim, pages)
        lines += [(line, 2) for line in (block[-1], *block[:-1])]
    for words in unquoted_files({file.path: file for file in files}.values()):
        lines += [([("", "")], 0), ([(words, "label")], 0)]
    resolved = pages.resolutions.get(ids)
    if conflict is not None and resolved is not None:
        lines += [([("", "")], 0), (resolution_line(resolved), 0)]
        if not resolved.current:
            lines.append(([(f"  if it still holds, put its fingerprint as '{fingerprint(first, second)}'", "label")], 0))
    elif conflict is not None and tree is not None:  # (of several ledgers, none can keep what is worked out about two of them)
        lines += [(line, 0) for line in _fragment(first, second, pages, tree)]
    write_lines(lines)
    return 0


def _fragment(one: Claim, other: Claim, pages: Pages, tree: Tree) -> list[Line]:
    """What to paste into a claims file, to keep what was worked out about a contradiction; and where, as the file has it."""
    file = pages.files[one.path]
    place, indent = f"put this at the end of {one_line(one.path)}", ""
    entry = [
        f"- claims: [{one_line(one.id)}, {one_line(other.id)}]",
        f"  found: open  # or {FOUND[0]} (both can be true), {FOUND[1]} (one was taken back or corrected)",
        "  by:",
        "  on:",
        "  why:",
        f"  fingerprint: '{fingerprint(one, other)}'",
    ]
    if "resolutions" not in file.at:
        entry = ["resolutions:", *entry]
    else:
        line, column = file.at["resolutions"]
        begins = _text_at(one.path, line, column, tree)
        place = f"put this into the list `resolutions` of {one_line(one.path)}, in front of its first entry, line {line}"
        if begins.startswith("-"):
            indent = " " * (column - 1)
        elif begins.startswith("["):  # a list in brackets takes no entries below it
            entry = entry if not file.resolutions else _in_braces(one, other)
            where = "in place of the brackets of" if not file.resolutions else "behind the first bracket of"
            place = f"put this {where} `resolutions` in {one_line(one.path)}, line {line}"
        else:
            place = f"put this below `resolutions:` in {one_line(one.path)}, line {line}"
    return [
        [("", "")],
        [(f"to keep what you work out about it, give it to `ledger resolve`; or {place}, and fill it in:", "label")],
        [("", "")],
        *([(indent + text, "")] for text in entry),
    ]


def _in_braces(one: Claim, other: Claim) -> list[str]:
    """The entry for a list that is written in brackets and has others."""
    names = f"claims: [{one_line(one.id)}, {one_line(other.id)}]"
    return [f"{{{names}, found: open, by: , on: , why: , fingerprint: '{fingerprint(one, other)}'}},"]


def _text_at(path: str, line: int, column: int, tree: Tree) -> str:
    """What stands at a place of a claims file."""
    lines = tree.read(path, MAX_FILE_BYTES).decode("utf-8", "replace").split("\n")
    return lines[line - 1][column - 1 :] if line <= len(lines) else ""
