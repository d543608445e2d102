"""Every code point in every field, name and option, through every command and format: nothing that acts comes out.

    python tests/prove/prove_output.py             # all 1,112,064 code points; the long run of `make prove`
    python tests/prove/prove_output.py 20          # 20 chunks of them, chosen by chance, and those that matter most

What must hold of any output: no control but line end and tab, no bidi control, no line or paragraph separator, no lone surrogate;
no line that a CI runner takes for a command (but from the format that is made of them); machine formats parse, strictly.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click
from branches import commit, repository_at
from running import Outcome, run
from small import ledger_at

from ledger.commands.program import group
from ledger.commands.quick import COMMANDS

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"\s*::[A-Za-z]|.*##\[")
ANNOTATION = re.compile(r"::(?:error|warning|notice) file=[^:,\n]+,line=\d+,col=\d+,title=[^:,\n]*::[^\n]*|\w[^\n]*")
STYLE = re.compile(r"\x1b\[[0-9;]*m")
LAST = 0x10FFFF
DULL = 0x30000  # from here on nearly nothing is assigned: larger chunks, and few of them on a terminal
TAGS = 0xE0000
STARTS = [*range(0, DULL, 1_000), *range(DULL, TAGS, 8_000), TAGS, *range(TAGS + 1_000, LAST + 1, 8_000)]
SIZES = dict(zip(STARTS, [*(after - start for start, after in itertools.pairwise(STARTS)), LAST + 1 - STARTS[-1]], strict=True))
PREFIXES = ("::error file=x::", " \u2003::warning::", "##[add-mask]", "=1+1", "", "@a", "[red]", "%0A::error::", "<b>", "|", "`", "a ")
# The chunks that hold what acts: ASCII and Latin-1, general punctuation, specials, tags, the end.
TELLING = [max(start for start in STARTS if start <= code) for code in (0x0, 0x7D0, 0x2000, 0xFEFF, 0xE0000, LAST)]
ARGUMENTS: dict[str, list[tuple[str, ...]]] = {
    "check": [()],
    "conflicts": [(), ("--pairs",)],
    "why": [("a", "b"), ("a", "c")],
    "claims": [()],
    "timeline": [()],
    "show": [("a",), ("c",)],
    "claimants": [()],
    "search": [("1",)],
    "places": [()],
    "properties": [()],
    "seeds": [(), ("text.txt",), ("--open",)],
    "proofs": [()],
    "review": [("HEAD",)],
    "log": [("a",)],
    "quote": [("x",), ("nowhere", "to", "be", "found")],
    "explain": [("Q301",)],
    "report": [()],
    "export": [("annotations",), ("datasette",)],
}


def formats_of(command: str) -> tuple[str, ...]:
    """The formats that a command offers."""
    found: Any = group.get_command(click.Context(group), command)
    for parameter in found.params:
        if parameter.name == "form" and isinstance(parameter.type, click.Choice):
            return tuple(str(choice) for choice in parameter.type.choices)
    return ()


def every_run() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every command with its arguments, in every format: the command, the arguments, the format."""
    for command in COMMANDS:
        for arguments in ARGUMENTS.get(command, []):
            for form in formats_of(command):
                yield command, (command, *arguments, "--format", form), form
            if not formats_of(command):
                yield command, (command, *arguments), "json" if command == "export" else "html"


def text_of(start: int) -> str:
    """The code points of a chunk; marks each behind a letter, so that none floods it. Surrogates can't be written."""
    codes = [code for code in range(start, start + SIZES[start]) if not 0xD800 <= code < 0xE000]
    return "".join("x" * (unicodedata.category(chr(code))[0] == "M") + chr(code) for code in codes)


def quoted(text: str) -> str:
    """A text in double quotes for YAML, what can't stand there escaped."""
    return '"' + "".join(char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text) + '"'


def hostile_files(text: str) -> dict[str, str]:
    """A ledger that has a text in every field that takes one."""
    q, key = quoted(text), quoted(text[-40:])  # (a key of more than a thousand characters is no YAML)
    vocabulary = (
        f"format: 1\nlanguage: en\ntitle: {q}\nplaces:\n  town: {{kind: {q}, names: {{en: {q}}}, spellings: [{q}], former: [{q}], point: {q}, note: {q}}}\n"
        f"  part: {{kind: {q}, names: {{en: p}}, short: {q}, within: town, qid: {q}, geonames: {q}, point: [{q}, {q}]}}\nsides: {{south: {q}}}\n"
        f"claimants:\n  one: {{name: {q}, other-names: [{q}], kind: {q}, side: {q}, note: {q}}}\n  two: {{name: {q}, kind: army, side: south}}\n"
        f"properties:\n  control: {{title: {q}, values: {{north: {q}, south: s, {key}: {q}}}, says: {q}, denied: {{south: {q}}}, lasts: P14D, note: {q}}}\n"
        f"  people: {{title: {q}, quantity: {q}, lasts: P14D}}\n  nickname: {{title: {q}, text: true, subjects: [{q}, z]}}\n"
    )
    fields = f"said: 2025-03-01, quote: {q}, translation: {q}, note: {q}, hedge: {q}"
    claims = (
        f"seed: text.txt\nsha256: {'0' * 64}\nlanguage: en\npublished: 2025-03-10\ntitle: {q}\npublisher: {q}\nurl: {q}\nretrieved: {q}\n"
        f"licence: {q}\ndated-by: {q}\nnote: {q}\nclaims:\n"
        f"- {{id: a, place: town, property: control, value: north, claimant: one, before: '1:', {fields}}}\n"
        f"- {{id: b, place: town, property: control, value: {key}, claimant: two, before: '2:', {fields}}}\n"
        f"- {{id: c, place: town, property: nickname, subject: {q}, value: {q}, claimant: one, before: '1:', {fields}, disputes: [a], corrects: [a]}}\n"
        f"- {{id: d, place: part, property: people, value: 1, claimant: two, before: '1:', {fields}, accept: {{Q313: {q}, Q314: {q}}}}}\n"
        f"- {{id: {q}, place: {q}, property: {q}, subject: {q}, value: {q}, extent: {q}, stance: {q}, claimant: {q}, via: [{q}], said: {q},\n"
        f"   holds: {q}, quote: {q}, before: {q}, after: {q}, disputes: [{q}], corrects: [{q}], accept: {{{key}: {q}}}, {key}: {q}}}\n"
        f"tensions:\n- {{claims: [a, d], by: {q}, on: {q}, why: {q}}}\n- {{claims: [a, {q}], by: {q}, on: 2025, why: {q}, {key}: {q}}}\n"
        f"passed-over:\n- {{quote: {q}, why: {q}}}\n- {{quote: no such words, why: {q}}}\n"
    )
    seed = f"1: {text}.\n\n2: {text}.\n\n{text}\n"
    return {"ledger.yaml": vocabulary, "claims/text.yaml": claims, "seeds/text.txt": seed}


def without_own_marks(line: str) -> str:
    """A line without what may stand beside letters that run leftwards: marks of direction, isolates that are closed in it."""
    if line.isascii() or not any(unicodedata.bidirectional(char) in ("R", "AL") and char.isalpha() for char in line):
        return line
    left, opened = list(line), list[int]()
    for index, char in enumerate(line):
        if char in "\u061c\u200e\u200f":
            left[index] = ""
        elif char == "\u2068":
            opened.append(index)
        elif char == "\u2069" and opened:
            left[index] = left[opened.pop()] = ""
    return "".join(left)


# what rows have no place for is told beside them, in these words
NOT_IN_ROWS = re.compile(r"ledger: (?:left out for a defect|not read) \(see `ledger check`\): [1-9][0-9,]* (?:claim|file)s?: .+")


def wrong_with(outcome: Outcome, form: str, strict: bool = True) -> str:
    """What is wrong with the outcome of a run, or an empty text."""
    code, out, err = outcome
    plain = STYLE.sub("", out)
    unforeseen = [line for line in err.splitlines() if not (form in ("csv", "jsonl") and NOT_IN_ROWS.fullmatch(line))]
    if code not in ((0, 1) if strict else (0, 1, 2)) or (strict and unforeseen) or "Traceback" in err or "a bug of ledger" in err:
        return f"exit code {code}: {err[:300]}"
    if code == 2 and out:
        return "something on standard output at exit code 2"
    for name, text in (("output", plain), ("error output", err)):
        text = "\n".join(map(without_own_marks, text.split("\n")))
        acting = ACTING.search(text)
        if acting:
            return f"U+{ord(acting[0]):04X} in the {name}: {text[max(0, acting.start() - 40) : acting.end() + 20]!r}"
        pattern = ANNOTATION if form == "github" and name == "output" else None
        for line in (out if name == "output" else err).split("\n"):
            if "##[" in line or (pattern is None and COMMAND.match(line)) or (pattern and line and not pattern.fullmatch(line)):
                return f"a runner takes this for a command: {line[:200]!r}"
    return unparsed(plain, form) if code != 2 else ""


def unparsed(out: str, form: str) -> str:
    """Why a machine format can't be read, or an empty text."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        if form in ("json", "sarif", "gitlab"):
            json.loads(out, parse_constant=refuse)
        elif form == "jsonl":
            for line in out.splitlines():
                json.loads(line, parse_constant=refuse)
        elif form == "csv":
            rows = list(csv.reader(io.StringIO(out), strict=True))
            if len({len(row) for row in rows}) > 1 or any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row):
                return "a row of another length, or a cell that is a formula"
        elif form == "junit":
            ET.fromstring(out)
    except (ValueError, ET.ParseError, csv.Error) as problem:
        return f"{form} can't be read: {problem}"
    return ""


def on_terminals(start: int) -> bool:
    """Whether a chunk is set on a terminal too, which takes long: all but the planes that nobody has assigned, and of these some."""
    return start < DULL or start in TELLING


def wrong_fields(start: int, folder: Path) -> list[str]:
    """What is wrong when the code points of a chunk stand in every field, in a pipe and on a terminal."""
    text = PREFIXES[STARTS.index(start) % len(PREFIXES)] + text_of(start)
    ledger_at(repository_at(folder), {path: words for path, words in hostile_files("before").items() if path != "ledger.yaml"})
    ledger_at(folder, {"ledger.yaml": hostile_files("before")["ledger.yaml"]}, hostile_files("before")["ledger.yaml"])
    commit(folder, "before")
    files = hostile_files(text)
    ledger_at(folder, files, files["ledger.yaml"])
    sealed = run("-C", folder, "seal")  # (what `proofs` tells of)
    found = [] if sealed.code == 0 else [f"U+{start:04X}, seal: {sealed.err}"]
    for command, arguments, form in every_run():
        for terminal in (False, True) if form in ("text", "concise") and on_terminals(start) else (False,):
            if terminal:
                os.environ.update(COLUMNS="70", FORCE_COLOR="1")
            problem = wrong_with(run("-C", folder, *arguments), form)
            os.environ.pop("COLUMNS", None)
            os.environ.pop("FORCE_COLOR", None)
            if problem:
                found.append(f"U+{start:04X}, {' '.join(arguments)}{' on a terminal' * terminal}: {problem}")
        if command == "claims" and form == "json":
            claims = {claim["id"]: claim for claim in json.loads(run("-C", folder, *arguments).out)["claims"]}
            if [claims["a"][field] for field in ("quote", "translation", "note", "hedge")] != [text] * 4:
                found.append(f"U+{start:04X}: claims as JSON do not hold the text as it was written")
    return found


def wrong_names(start: int, folder: Path) -> list[str]:
    """What is wrong when the code points of a chunk stand in names of files and in options."""
    text = text_of(start).replace("/", "").replace("\0", "")
    names = [text[place : place + 50] for place in range(0, len(text), 50)]
    ledger_at(folder, hostile_files("words"), hostile_files("words")["ledger.yaml"])
    for name in names:
        for path in (f"claims/{name}.yaml", f"claims/::error::{name}", f"seeds/{name}", f"seeds/##[x{name}"):
            target = os.fsencode(str(folder)) + b"/" + path.encode()
            if len(path.encode()) < 240:
                Path(os.fsdecode(target)).write_bytes(b"- x\n")
    found = []
    for form in formats_of("check"):
        problem = wrong_with(run("-C", folder, "check", "--format", form), form)
        if problem:
            found.append(f"U+{start:04X}, names of files, {form}: {problem}")
    for name in names if start < 0x3000 or start == TAGS else [*names[::10], names[-1]]:
        for arguments in options(name):
            problem = wrong_with(run("-C", folder, *arguments), "text", strict=False)
            if problem:
                found.append(f"U+{start:04X}, {arguments!r}: {problem}")
    return found


def options(value: str) -> list[tuple[str, ...]]:
    """Runs that name something that is not there."""
    return [
        ("claims", "--town", value), ("claims", "--claimant", value), ("claims", "--property", value), ("conflicts", "--since", value),
        ("conflicts", "--as-of", value), ("claims", "--seed", value), ("claims", "--format", value), ("check", "--select", value),
        ("check", value), ("show", value), ("why", value, "a"), ("seeds", value), ("explain", value), ("timeline", "--side", value),
        ("claims", "--" + value), (value,), ("-C", value, "check"), ("review", value), ("log", value), ("check", "--output", value),
    ]  # fmt: skip


def tried(start: int) -> tuple[int, list[str]]:
    """One chunk: how many code points, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        found = wrong_fields(start, Path(folder) / "fields") + wrong_names(start, Path(folder) / "names")
    return sum(not 0xD800 <= code < 0xE000 for code in range(start, start + SIZES[start])), found


def chosen(chunks: int | None) -> Iterable[int]:
    """The chunks of a run: all, or those that matter most and some by chance."""
    return STARTS if chunks is None else [*TELLING, *random.sample(STARTS, chunks)]


def main() -> int:
    """Run the proof; the exit code."""
    asked = argparse.ArgumentParser(description="print every code point in every field and format, and look at what comes out")
    asked.add_argument("chunks", type=int, nargs="?", help="how many chunks of code points (all without it)")
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options_given = asked.parse_args()
    began, points, counts, shown = time.monotonic(), 0, Counter[str](), 0
    with multiprocessing.Pool(options_given.processes) as pool:
        for number, found in pool.imap_unordered(tried, chosen(options_given.chunks)):
            points += number
            counts["wrong"] += len(found)
            if points // 50_000 > (points - number) // 50_000:
                print(f"{points} code points, {counts['wrong']} wrong, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            for text in found[: max(0, 40 - shown)]:
                print(text)
                shown += 1
    print(f"{points} code points in {sum(1 for _ in every_run())} outputs, {counts['wrong']} wrong; {time.monotonic() - began:.0f} s")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
