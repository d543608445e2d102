"""`ledger seeds [SEED]`."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import click

from ledger.answers.coverage import Sentence, sentences, told_apart
from ledger.answers.names import find_seed
from ledger.commands.opening import Source, ledger_at, not_read, place_of
from ledger.commands.options import format_option, reads_a_ledger
from ledger.commands.outputs import wants_colour, width, write, write_lines
from ledger.commands.pager import paged
from ledger.model import ClaimsFile, Ledger, Trouble
from ledger.reading.loader import open_seed
from ledger.reading.trees import Tree
from ledger.render.apart import line_apart
from ledger.render.blocks import Line, refused_files
from ledger.render.check import dumps, for_people, inert
from ledger.render.conflicts import line_text
from ledger.render.seeds import seed_lines
from ledger.texts.display import count_of, one_line
from ledger.texts.phrases import said_words


@click.command("seeds")
@click.argument("name", metavar="[SEED]", required=False)
@click.option("--open", "only_open", is_flag=True, help="Only the sentences that bear no claim and are not passed over.")
@format_option("text", "json")
@reads_a_ledger
@paged
def command(source: Source, name: str | None, only_open: bool, form: str) -> int:
    """The sources, and how much of each was read; one SEED with all its quotes marked."""
    place = place_of(source)
    ledger = ledger_at(place, without_claims=True)
    read = {file.seed_name: (file, sentences(file, ledger.vocabulary)) for file in ledger.files if file.seed is not None}
    unnamed = sorted(set(ledger.seeds) - set(read))
    if name is not None:
        wanted = find_seed(name, [*ledger.seeds, *read])
        if wanted not in read and ledger.refusals:
            raise Trouble(f"no claims file that could be read names the seed {one_line(wanted)}: nothing to show{not_read(ledger)}")
        file = read[wanted][0] if wanted in read else file_alone(wanted, ledger, place.tree)
        read = {wanted: (file, sentences(file, ledger.vocabulary))}
    elif only_open and not ledger.refusals:  # (a file that was refused may name any of them)
        for unread in unnamed:
            with suppress(Trouble):  # one that can't be shown is named below the others
                file = file_alone(unread, ledger, place.tree)
                read[unread] = (file, sentences(file, ledger.vocabulary))
    if form == "json":
        write(_json(read, unnamed, ledger, only_open or name is not None))
    elif name is None and not only_open:
        _write_list(read, ledger)
    else:
        _write_texts(read, only_open, ledger, _notes(read, ledger) if name is None else [])
    return 0


def file_alone(name: str, ledger: Ledger, tree: Tree) -> ClaimsFile:
    """A seed that no claims file names yet, as one that is empty of claims: in the ledger's language, since nobody said another."""
    seed, problem = open_seed(tree, name)
    if seed is None:
        raise Trouble(f"no claims file names the seed {one_line(name)}, and it can't be shown: {problem[1] if problem else ''}")
    return ClaimsFile("", name, "", ledger.vocabulary.language, "", None, {}, {}, (), (), (), (), (), seed, None)


def _counts(found: list[Sentence]) -> Counter[str]:
    return Counter(sentence.state for sentence in found)


def _json(read: dict[str, tuple[ClaimsFile, list[Sentence]]], unnamed: list[str], ledger: Ledger, with_sentences: bool) -> str:
    rows = []
    for name, (file, found) in sorted(read.items()):
        counts = _counts(found)
        row: dict[str, object] = {
            "seed": name, "path": file.path or None, "language": file.language, "published": file.published, "claims": len(file.claims), "sentences": len(found),
            "told_apart": told_apart(file, ledger.vocabulary), "with_claim": counts["claim"], "passed_over": counts["passed"], "open": counts["open"],
        }  # fmt: skip
        if file.original:
            row["original"] = [original.written() for original in file.original]
        if file.text is not None:
            row["text_made"] = file.text.written()
        if with_sentences:
            row["text"] = [dict(sentence._asdict()) for sentence in found]
        rows.append(row)
    return dumps(
        {
            "schema_version": 1,
            "seeds": rows,
            "without_claims": unnamed,
            "not_read": [refusal.path for refusal in ledger.refusals],
        }
    )


def _write_list(read: dict[str, tuple[ClaimsFile, list[Sentence]]], ledger: Ledger) -> None:
    """One line a seed: date, language, claims, and how many of its sentences were read."""
    rows: list[list[Line]] = []
    for name, (file, found) in sorted(read.items()):
        counts = _counts(found)
        open_share: Line = [(str(counts["open"]), "open" if counts["open"] else "")]
        cells = [
            name,
            said_words(file.published),
            file.language,
            str(len(file.claims)),
            str(len(found)) if told_apart(file, ledger.vocabulary) else "?",
            str(counts["claim"]),
            str(counts["passed"]),
        ]
        rows.append([*([(one_line(cell), "")] for cell in cells), open_share])
    heads = ("seed", "published", "language", "claims", "sentences", "bear a claim", "passed over", "open")
    notes = _notes(read, ledger)
    columns = width()
    if columns is None:
        write("\n".join(inert("\t".join(line_text(line_apart(cell)) for cell in row)) for row in [[[(head, "")] for head in heads], *rows]))
        write("\n".join(map(for_people, notes)))
    else:
        from ledger.render.tables import rows_table

        write(rows_table([(head, "fold") for head in heads], rows, columns, wants_colour(), notes))


def _notes(read: dict[str, tuple[ClaimsFile, list[Sentence]]], ledger: Ledger) -> list[str]:
    """What is not told of: seeds that no claims file names, and files that were refused."""
    unread = sorted(set(ledger.seeds) - set(read))
    notes = [f"no claims file that could be read names: {', '.join(map(one_line, unread[:10]))}"] if unread else []
    untold = sorted({file.language for file, _ in read.values() if not told_apart(file, ledger.vocabulary)})
    if untold:
        notes.append(f"sentences: not told apart in {', '.join(map(one_line, untold))}; what stands between quotes is open")
    return notes + refused_files(ledger)


def _write_texts(read: dict[str, tuple[ClaimsFile, list[Sentence]]], only_open: bool, ledger: Ledger, notes: list[str]) -> None:
    """Each seed with its quotes marked, or its open sentences."""
    lines: list[tuple[Line, int]] = []
    for name, (file, found) in sorted(read.items()):
        counts = _counts(found)
        facts = (
            f": {count_of(len(found), 'sentence')}, {counts['claim']} bear a claim, {counts['passed']} passed over, {counts['open']} open"
        )
        if not told_apart(file, ledger.vocabulary):
            facts = f": sentences: not told apart in {one_line(file.language)}; {count_of(counts['claim'], 'piece')} quoted, {counts['passed']} passed over, {counts['open']} open between them"
        if not file.path:
            facts += f" (no claims file names it yet; its sentences are told as in `{one_line(file.language)}`)"
        lines.append(([(f"seeds/{one_line(name)}", "heading"), (facts, "")], 0))
        if not only_open:
            lines += seed_lines(file)
        lines += [
            ([(f"{sentence.line:4} open: ", "open"), (one_line(sentence.text), "")], 0) for sentence in found if sentence.state == "open"
        ]
    write_lines([*lines, *(([(note, "")], 0) for note in notes)])
