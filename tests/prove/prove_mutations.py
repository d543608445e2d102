"""A good ledger, broken in every way that a hand could: reported at the right line, or shown by `review` as a change.

    python tests/prove/prove_mutations.py 20000       # how many; the long run of `make prove`

Whether a mutation changes what the files say is asked of the second reader and of the bytes of the seeds, never of the program.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from prove_changes import LOOK_ALIKE
from running import ROOT, run
from second_reader import read_file

from ledger.answers.records import claim_record
from ledger.model import Trouble
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.review.compare import Review, review
from ledger.rules import check_ledger
from ledger.rules.selftest import read_corpus

Files = dict[str, bytes]
SHOWN = 15
HIDDEN_SIGNS = ["\u200b", "\u00ad", "\u202e", "\u2060", "\ufeff", "\u2028", "\x85", "\x00", "\x1b", "\u0301"]
SIGNS = [*"-:#'\"[]{}&*!|>%@,?~0aZ ", ": ", " #", "- ", "<<: ", "---\n", "\t", "\r", "\n", "\n  ", *HIDDEN_SIGNS]


class Mutation(NamedTuple):
    """What was done: its name, the file, the line (0: the whole file), and the files afterwards."""

    name: str
    path: str
    line: int
    files: Files


# -- ways to break a file -------------------------------------------------------------------------------------------------------


def of_lines(rng: random.Random, lines: list[str]) -> tuple[str, int, list[str]]:
    """One line deleted, doubled, swapped, moved, joined, indented, commented out, or all from there on cut."""
    at = rng.randrange(len(lines))
    line = lines[at]
    before, after = lines[:at], lines[at + 1 :]
    ways: dict[str, Callable[[], list[str]]] = {
        "line deleted": lambda: before + after,
        "line doubled": lambda: [*before, line, line, *after],
        "lines swapped": lambda: [*before, *after[:1], line, *after[1:]],
        "lines cut": lambda: before + after[rng.randint(1, 5) :],
        "rest cut": lambda: before,
        "line joined": lambda: [*before, line + " " + (after[0].strip() if after else ""), *after[1:]],
        "line indented": lambda: [*before, " " * rng.randint(1, 3) + line, *after],
        "line outdented": lambda: [*before, line[1:] if line.startswith(" ") else line, *after],
        "line commented out": lambda: [*before, "# " + line, *after],
        "line moved": lambda: _moved(rng, before + after, line),
        "line emptied": lambda: [*before, "", *after],
        "line cut short": lambda: [*before, line[: rng.randrange(len(line) + 1)], *after],
    }
    name = rng.choice(list(ways))
    return name, at + 1, ways[name]()


def _moved(rng: random.Random, lines: list[str], line: str) -> list[str]:
    place = rng.randrange(len(lines) + 1)
    return [*lines[:place], line, *lines[place:]]


def of_fields(rng: random.Random, lines: list[str]) -> tuple[str, int, list[str]]:
    """A key or a value of one line retyped, deleted, doubled, or swapped with another line's."""
    found = [(number, match) for number, line in enumerate(lines) if (match := re.match(r"([ -]*)([\w-]+)(: +)(.+)$", line))]
    if not found:
        return "nothing", 1, lines
    at, match = rng.choice(found)
    lead, key, colon, value = match.groups()
    other_key, other_value = rng.choice(found)[1].group(2, 4)
    same = [entry[1][4] for entry in found if entry[1][2] == key and entry[1][4] != value]
    place = rng.randrange(len(key))
    ways: dict[str, str] = {
        "key retyped": f"{lead}{key[:place]}{rng.choice('abcxyz')}{key[place + 1 :]}{colon}{value}",
        "key of another line": f"{lead}{other_key}{colon}{value}",
        "key deleted": f"{lead}{value}",
        "value deleted": f"{lead}{key}:",
        "value of another line": f"{lead}{key}{colon}{other_value}",
        "value of another claim": f"{lead}{key}{colon}{rng.choice(same) if same else other_value}",
        "value doubled": f"{lead}{key}{colon}{value} {value}",
        "value in capitals": f"{lead}{key}{colon}{value.upper()}",
        "value without quotes": f"{lead}{key}{colon}{value.strip(chr(34) + chr(39))}",
        "value in quotes": f"{lead}{key}{colon}{json.dumps(value, ensure_ascii=False)}",
        "value in brackets": f"{lead}{key}{colon}[{value}]",
        "value that YAML 1.1 reads": f"{lead}{key}{colon}{rng.choice(['NO', 'on', '~', 'null', '12:30', '0123', '1_000', '.inf', '2022-02-30'])}",
        "value without accents": f"{lead}{key}{colon}{''.join(char for char in unicodedata.normalize('NFD', value) if not unicodedata.combining(char))}",
        "value in NFD": f"{lead}{key}{colon}{unicodedata.normalize('NFD', value)}",
        "colon without space": f"{lead}{key}:{value}",
        "colon deleted": f"{lead}{key} {value}",
        "number changed": f"{lead}{key}{colon}{re.sub('[0-9]', lambda found: str((int(found[0]) + 1) % 10), value, count=1)}",
    }
    name = rng.choice(list(ways))
    return name, at + 1, [*lines[:at], ways[name], *lines[at + 1 :]]


def of_signs(rng: random.Random, lines: list[str]) -> tuple[str, int, list[str]]:
    """One character deleted, doubled, swapped, replaced by a look-alike or another, or something put in."""
    at = rng.choice([number for number, line in enumerate(lines) if line] or [0])
    line = lines[at] or " "
    place = rng.randrange(len(line))
    char = line[place]
    ways = {
        "sign deleted": "",
        "sign doubled": char * 2,
        "signs swapped": line[place + 1 : place + 2] + char,
        "sign in another case": char.swapcase(),
        "sign that looks alike": LOOK_ALIKE.get(char, "x"),
        "sign replaced": rng.choice(SIGNS),
        "sign put in": rng.choice(SIGNS) + char,
    }
    name = rng.choice(list(ways))
    rest = line[place + (2 if name == "signs swapped" else 1) :]
    return name, at + 1, [*lines[:at], line[:place] + ways[name] + rest, *lines[at + 1 :]]


def of_file(rng: random.Random, files: Files, path: str) -> tuple[str, Files]:
    """A whole file deleted, emptied, cut, doubled, renamed, written in another encoding."""
    data = files[path]
    rest = {name: content for name, content in files.items() if name != path}
    folder, _, name = path.rpartition("/")
    lead = folder + "/" if folder else ""
    text = data.decode()
    ways: dict[str, Callable[[], Files]] = {
        "file deleted": lambda: rest,
        "file emptied": lambda: {**rest, path: b""},
        "file cut": lambda: {**rest, path: data[: rng.randrange(len(data))]},
        "file doubled": lambda: {**files, f"{lead}copy-{name}": data},
        "file renamed": lambda: {**rest, f"{lead}{name}~": data},
        "file with another ending": lambda: {**rest, f"{lead}{name.rpartition('.')[0]}.yml": data},
        "file in Latin-1": lambda: {**rest, path: text.encode("latin-1", "replace")},
        "file in UTF-16": lambda: {**rest, path: text.encode("utf-16")},
        "file with a byte order mark": lambda: {**rest, path: b"\xef\xbb\xbf" + data},
        "file with line ends of Windows": lambda: {**rest, path: data.replace(b"\n", b"\r\n")},
        "file with line ends of old": lambda: {**rest, path: data.replace(b"\n", b"\r")},
        "file in NFD": lambda: {**rest, path: unicodedata.normalize("NFD", text).encode()},
        "file without its last line end": lambda: {**rest, path: data.rstrip(b"\n")},
        "file with a byte changed": lambda: {**rest, path: _byte_changed(rng, data)},
        "files swapped": lambda: _swapped(rng, files, path),
    }
    way = rng.choice(list(ways))
    return way, ways[way]()


def _byte_changed(rng: random.Random, data: bytes) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def _swapped(rng: random.Random, files: Files, path: str) -> Files:
    other = rng.choice([name for name in files if name.split("/")[0] == path.split("/")[0]])
    return {**files, path: files[other], other: files[path]}


def mutated(rng: random.Random, files: Files) -> Mutation:
    """A ledger, broken in one way."""
    path = rng.choice([path for path in files for _ in range(4 if path.startswith("claims/") else 1)])
    if rng.random() < 0.15:
        name, changed = of_file(rng, files, path)
        return Mutation(name, path, 0, changed)
    lines = files[path].decode().split("\n")
    name, line, changed_lines = rng.choice((of_lines, of_fields, of_fields, of_signs))(rng, lines)
    return Mutation(name, path, line, {**files, path: "\n".join(changed_lines).encode()})


# -- what it does ---------------------------------------------------------------------------------------------------------------


def meaning(files: Files) -> Any:
    """What the files say, by the second reader: plain data of every file that is read, the bytes of every seed."""
    found: dict[str, Any] = {}
    for path, data in files.items():
        if path.startswith("seeds/"):
            found[path] = data
        elif path == "ledger.yaml" or (path.startswith("claims/") and path.endswith(".yaml")):
            try:
                found[path] = _plain(read_file(data.decode()))
            except (yaml.YAMLError, UnicodeDecodeError, AssertionError, ValueError) as problem:
                found[path] = f"unread: {type(problem).__name__}"
    return found


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if key}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return " ".join(node.value.split())  # (how a text is wrapped is no part of what it says)


class Before(NamedTuple):
    """A good ledger, and all that is compared with what comes after."""

    files: Files
    meaning: Any
    records: str
    findings: Counter[tuple[str, str, str]]


def records_of(files: Files) -> str:
    """What `claims --format json` says of every claim, but for its place in the file."""
    ledger = load(MemoryTree(files))
    told = [claim_record(claim, file, ledger) for file in ledger.files for claim in file.claims]
    return json.dumps([{key: value for key, value in one.items() if key not in ("line", "column")} for one in told], sort_keys=True)


def before(files: Files) -> Before:
    """What is known of a good ledger."""
    found = check_ledger(load(MemoryTree(files))).diagnostics
    return Before(files, meaning(files), records_of(files), Counter((each.code, each.path, each.message) for each in found))


def outcome(known: Before, mutation: Mutation) -> str:
    """What becomes of a mutation: `reported at its line`, `reported elsewhere`, `shown as a change`, `without meaning`, or `slipped`."""
    try:
        found = check_ledger(load(MemoryTree(mutation.files))).diagnostics
    except Trouble as trouble:
        told = re.match(r"ledger\.yaml:(\d+):", str(trouble))
        here = mutation.path == "ledger.yaml" and (not mutation.line or (told and abs(int(told[1]) - mutation.line) <= 1))
        return "reported at its line" if here else "reported elsewhere"
    new = [each for each in found if (each.code, each.path, each.message) not in known.findings]
    places = [(each.path, each.line) for each in new] + [(other.path, other.line) for each in new for other in each.related]
    if any(path == mutation.path and (not mutation.line or abs(line - mutation.line) <= 1) for path, line in places):
        return "reported at its line"
    changes = review(MemoryTree(known.files), MemoryTree(mutation.files))
    if is_shown(changes) or records_of(mutation.files) != known.records:
        return "reported elsewhere, and shown as a change" if new else "shown as a change"
    if new:
        return "reported elsewhere"
    return "without meaning" if meaning(mutation.files) == known.meaning else "slipped"


def is_shown(found: Review) -> bool:
    """Whether a review shows any change of what the ledger records."""
    opened = (found.conflicts, found.by_vocabulary)
    return any(
        (found.changes, found.seeds, found.entries, found.heads, found.notes, found.broken, found.crowded, found.unread)
        + tuple(part for one in opened for part in (one.opened, one.closed, one.altered))
    )


def ends_well(mutation: Mutation) -> str:
    """Why the program as a user runs it did not end as it should, or an empty text."""
    with tempfile.TemporaryDirectory() as folder:
        for path, data in mutation.files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(data)
        for arguments in (("check",), ("conflicts",), ("claims", "--format", "json"), ("seeds", "--open")):
            code, out, err = run("-C", folder, *arguments)
            if code not in (0, 1, 2) or "a bug of ledger" in err or "Traceback" in err or (code == 2 and (out or not err)):
                return f"{arguments[0]}: exit code {code}: {err[:300]}"
            if code != 2 and err:
                return f"{arguments[0]}: {err[:300]}"
    return ""


@lru_cache(maxsize=1)
def good_ledgers() -> list[Before]:
    """The project's own ledger, and those good neighbours of the corpus that are no copies of their base."""
    own = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in [ROOT / "ledger.yaml", *sorted(ROOT.glob("claims/*.yaml")), *sorted(ROOT.glob("seeds/*.txt"))]
    }
    small = [
        case.files for case in read_corpus() if case.good and not case.special and case.theme in ("languages", "contradictions", "notes")
    ]
    return [before(own), *(before(files) for files in small)]


def tried(number: int, seed: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """So many mutations: what became of them, of which kinds those were that slipped, and a text for each of these."""
    rng = random.Random(seed)
    ledgers = good_ledgers()
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    for count in range(number):
        known = ledgers[0] if count % 25 == 0 else rng.choice(ledgers[1:])
        mutation = mutated(rng, known.files)
        became = outcome(known, mutation)
        counts[became] += 1
        problem = ends_well(mutation) if count % 10 == 0 else ""
        if became == "slipped" or problem:
            kinds[mutation.name] += 1
            wrong.append(f"{mutation.name}, {mutation.path}:{mutation.line}: {problem or became}\n{_difference(known.files, mutation)}")
    return counts, kinds, wrong


def _difference(files: Files, mutation: Mutation) -> str:
    old = files.get(mutation.path, b"").decode("utf-8", "replace").split("\n")
    new = mutation.files.get(mutation.path, b"").decode("utf-8", "replace").split("\n")
    at = max(0, mutation.line - 2)
    return "\n".join([f"  - {line!r}" for line in old[at : at + 3]] + [f"  + {line!r}" for line in new[at : at + 3]])


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="break good ledgers, and ask whether check or review shows it")
    options.add_argument("mutations", type=int, help="how many")
    options.add_argument("--seed", default="1")
    asked = options.parse_args()
    began = time.monotonic()
    counts, kinds, wrong = tried(asked.mutations, asked.seed)
    for text in wrong[:SHOWN]:
        print(text, end="\n\n")
    for what, count in counts.most_common():
        print(f"{count:8}  {what}")
    print(f"{asked.mutations} mutations, {len(wrong)} wrong {dict(kinds) or ''}; seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
