"""Random histories of a ledger in git: any shape of merges, renames, moves, losses, broken files, and settings of the user."""

from __future__ import annotations

import os
import random
import subprocess
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from branches import WHO
from small import VOCABULARY

IDS = ("a", "a-b", "held-east", "people-1", "x9")
FOLDERS = (".", ".", "data", "a/b", "дані", "a b/it's")
PEOPLE = (
    ("Ada", "utf-8"),
    ("Олена Ґудзь", "utf-8"),
    ("Олена Гудзь", "cp1251"),
    ("Zoë Åström", "latin-1"),
    ("", "utf-8"),
    ('O\' "Neil"', "ascii"),
)
SUBJECTS = ("change", "größer", "", "two\nlines of one paragraph\n\nand more\n", "-- :100644 x", "\n\n  late start")
SETTINGS = (
    ("log.showSignature", "true"), ("log.date", "relative"), ("log.follow", "true"), ("log.decorate", "full"), ("log.mailmap", "false"),
    ("log.abbrevCommit", "true"), ("log.diffMerges", "off"), ("log.diffMerges", "first-parent"), ("log.diffMerges", "remerge"),
    ("log.diffMerges", "combined"), ("log.showRoot", "false"), ("log.graphColors", "red"), ("log.excludeDecoration", "refs/*"),
    ("format.pretty", "fuller"), ("format.pretty", "%H%n%n%s"), ("format.notes", "*"), ("diff.renames", "copies"), ("diff.noprefix", "true"),
    ("diff.relative", "true"), ("diff.orderFile", "nowhere"), ("diff.external", "false"), ("diff.ignoreSubmodules", "all"),
    ("diff.algorithm", "histogram"), ("diff.mnemonicPrefix", "true"), ("diff.submodule", "log"), ("diff.suppressBlankEmpty", "true"),
    ("i18n.logOutputEncoding", "latin-1"), ("i18n.logOutputEncoding", "UTF-16"), ("i18n.commitEncoding", "koi8-r"),
    ("core.quotePath", "true"), ("core.precomposeUnicode", "true"), ("core.abbrev", "4"), ("core.ignoreCase", "true"),
    ("core.autocrlf", "true"), ("core.pager", "false"), ("core.commitGraph", "false"), ("core.attributesFile", "nowhere"),
    ("color.ui", "always"), ("color.diff", "always"), ("pager.log", "true"), ("mailmap.file", "nowhere"), ("gc.auto", "0"),
    ("core.splitIndex", "true"), ("index.version", "4"), ("status.relativePaths", "true"), ("feature.manyFiles", "true"),
)  # fmt: skip
Claims = list[dict[str, str]]


@dataclass
class File:
    """A claims file: its claims, how its texts are wrapped, its mode; what makes it unreadable."""

    claims: Claims
    seed: str = "text.txt"
    wrapped: bool = False
    mode: str = "100644"
    broken: str = ""

    def text(self) -> str:
        """The file as it is written."""
        lines = [f"seed: {self.seed}", 'sha256: "0"', "language: en", "published: 2025-03-31", "claims:" if self.claims else "claims: []"]
        for claim in self.claims:
            first = True
            for key, value in claim.items():
                if self.wrapped and " " in value:
                    value = ">-\n      " + value.replace(" ", "\n      ", 1)
                lines.append(f"{'- ' if first else '  '}{key}: {value}")
                first = False
        return "\n".join(lines) + "\n" + self.broken


@dataclass
class State:
    """What a commit holds: a ledger in a folder (or none), and perhaps another beside it."""

    folder: str = "."
    files: dict[str, File] = field(default_factory=dict)
    there: bool = True
    other: str = ""
    junk: int = 0

    def paths(self) -> dict[str, tuple[str, bytes]]:
        """Mode and bytes of each path."""
        found: dict[str, tuple[str, bytes]] = {"README": ("100644", f"{self.junk}\n".encode())}
        for folder in (
            {self.other, "" if self.folder == "." else self.folder} if self.other else {"" if self.folder == "." else self.folder}
        ):
            if self.there or folder == self.other:
                inside = folder + "/" if folder else ""
                files = self.files if folder != self.other else {"other": File([a_claim(random.Random(folder), "a")])}
                found[f"{inside}ledger.yaml"] = ("100644", VOCABULARY.encode())
                found[f"{inside}seeds/{'text' if folder != self.other else 'other'}.txt"] = ("100644", b"Millbrook.\n")
                for name, file in files.items():
                    found[f"{inside}claims/{name}.yaml"] = (file.mode, file.text().encode())
        return found


def a_claim(rng: random.Random, name: str) -> dict[str, str]:
    """A claim of that id."""
    claim = {
        "id": name,
        "place": "millbrook",
        **rng.choice(({"property": "control", "value": "east"}, {"property": "people", "value": "9"})),
    }
    return claim | {"claimant": "ministry", "said": "2025-03-01", "quote": f"the words {rng.randrange(3)} of it"}


def changed(rng: random.Random, state: State) -> State:
    """A state after something was done to it."""
    state = deepcopy(state)
    names = sorted(state.files)
    name = rng.choice(names) if names else ""
    file = state.files.get(name)
    act = rng.randrange(17) if rng.random() < 0.85 else 0
    new = rng.choice(("text", "other", "z", "тексти", "a'b c"))
    if act == 0 or file is None:
        state.files.setdefault(new, File([])).claims.append(a_claim(rng, rng.choice(IDS)))
    elif act in (1, 2, 3, 4) and file.claims:
        claim = rng.choice(file.claims)
        key, value = rng.choice((("value", str(rng.randrange(4))), ("note", "Зауваження тут"), ("said", "2025-03-0" + str(rng.randrange(1, 4))), ("extent", "all"), ("stance", "asserts"), ("quote", "other words")))  # fmt: skip
        claim[key] = value
    elif act == 5 and file.claims:
        file.claims.remove(rng.choice(file.claims))
    elif act == 6 and file.claims:
        used = {claim["id"] for each in state.files.values() for claim in each.claims}
        rng.choice(file.claims)["id"] = rng.choice([each for each in IDS if each not in used] or IDS)
    elif act == 7 and new not in state.files:
        state.files[new] = state.files.pop(name)
    elif act == 8:
        half = rng.randrange(len(file.claims) + 1)
        state.files[new], file.claims = File(file.claims[half:], wrapped=file.wrapped), file.claims[:half]
    elif act == 9:
        file.broken = rng.choice(("]\n", "]]\n", ""))
    elif act == 10:
        file.mode = rng.choice(("100755", "100644", "100644", "120000"))
    elif act == 11:
        file.wrapped = not file.wrapped
    elif act == 12:
        state.folder = rng.choice(FOLDERS)
    elif act == 13:
        del state.files[name]
    elif act == 14:
        file.claims.append(dict(rng.choice(file.claims)) if file.claims else a_claim(rng, rng.choice(IDS)))
    elif act == 15:
        file.seed = rng.choice(("text.txt", "second.txt"))
    elif rng.random() < 0.3:
        state.there = not state.there
    else:
        state.other = rng.choice(("", "second"))
    return state


def merged(rng: random.Random, states: list[State]) -> State:
    """What a merge of some states may hold: one side, files of each, or something of its own."""
    state = deepcopy(rng.choice(states))
    if rng.random() < 0.6:
        for side in states:
            for name, file in side.files.items():
                if name not in state.files or rng.random() < 0.5:
                    state.files[name] = deepcopy(file)
    while rng.random() < 0.3:
        state = changed(rng, state)
    return state


class Made(NamedTuple):
    """A repository that was made: the ledger's folder, and of each commit author and subject as they were meant."""

    ledger: Path
    meant: dict[str, tuple[str, str]]


def history_at(top: Path, rng: random.Random) -> Made:
    """A repository with a random history."""
    states: list[State] = []
    said = []
    stream = [b"feature done\n"]
    day = 1_700_000_000
    count = rng.randrange(2, 25)
    tips: list[int] = []
    for number in range(1, count + 1):
        parents = [] if not states or rng.random() < 0.05 else rng.sample(tips, min(len(tips), rng.choice((1, 1, 2, 2, 2, 3, 5))))
        if number == count:
            parents = tips[:16]
        elif parents and rng.random() < 0.35:
            parents = [rng.randrange(1, number)]  # a new branch from anywhere
        if not parents:
            state = State(folder=rng.choice(FOLDERS))
            for _ in range(rng.randrange(1, 7)):
                state = changed(rng, state)
        elif len(parents) > 1:
            state = merged(rng, [states[parent - 1] for parent in parents])
        else:
            state = deepcopy(states[parents[0] - 1])
            for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
                state = changed(rng, state)
        if number == count:
            state.there = True
        states.append(state)
        tips = [tip for tip in tips if tip not in parents] + [number]
        (who, encoding), subject = rng.choice(PEOPLE), rng.choice(SUBJECTS)
        if not subject.isascii() and encoding != "utf-8":
            subject = "plain"
        said.append((who, " ".join(subject.strip().split("\n\n")[0].split("\n"))))
        day += rng.choice((60, 60, 0, -5_000, 90_000))
        stream.append(
            _commit(number, parents, state, (who, encoding, subject, f"{day} {rng.choice(('+0000', '+0200', '-1130', '+1400'))}"))
        )
    stream.append(b"done\n")
    top.mkdir(parents=True, exist_ok=True)
    git_at(top, "init", "-q", "-b", "main")
    git_at(top, "fast-import", "--quiet", "--date-format=raw-permissive", "--export-marks=marks", given=b"".join(stream))
    git_at(top, "checkout", "-q", "-f", "main")
    marks = dict(line.split() for line in (top / "marks").read_text(encoding="ascii").splitlines())
    (top / "marks").unlink()
    _settings(top, rng, list(marks.values()))
    if rng.random() < 0.3:
        _rewritten(top, rng, states[-1])
    return Made(top / states[-1].folder, {digest: said[int(mark[1:]) - 1] for mark, digest in marks.items()})


def _settings(top: Path, rng: random.Random, commits: list[str]) -> None:
    """What a user may have set; and a history that was cut off, or grafted."""
    with open(top / ".git" / "config", "a", encoding="utf-8") as file:
        for name, value in rng.sample(SETTINGS, rng.randrange(12)):
            section, key = name.split(".")
            file.write(f'[{section}]\n\t{key} = "{value}"\n')
    if rng.random() < 0.15:
        cut = sorted(rng.sample(commits, rng.randrange(1, len(commits) + 1)))
        (top / ".git" / "shallow").write_text("".join(f"{digest}\n" for digest in cut), encoding="ascii")
    elif rng.random() < 0.1 and len(commits) > 3:
        late, *early = sorted(rng.sample(range(len(commits)), 3), reverse=True)
        (top / ".git" / "info" / "grafts").write_text(" ".join(commits[number] for number in (late, *early)) + "\n", encoding="ascii")


def _rewritten(top: Path, rng: random.Random, state: State) -> None:
    """The files as they are, after something that was not committed."""
    new = changed(rng, state)
    new.there, new.folder = True, state.folder
    for path in state.paths().keys() - new.paths().keys():
        (top / path).unlink()
    for path, (mode, data) in new.paths().items():
        if mode != "120000" and not (top / path).is_symlink():
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_bytes(data)


def _commit(number: int, parents: list[int], state: State, words: tuple[str, str, str, str]) -> bytes:
    """A commit as `git fast-import` reads it."""
    who, encoding, subject, when = words
    person = who.encode(encoding) + f" <a{number % 3}@example.org> {when}\n".encode()
    lines = [f"commit refs/heads/main\nmark :{number}\n".encode(), b"author " + person, b"committer " + person]
    if encoding != "utf-8":
        lines.append(f"encoding {encoding}\n".encode())
    message = subject.encode(encoding)
    lines.append(b"data %d\n" % len(message) + message + b"\n")
    if parents:
        lines.append(f"from :{parents[0]}\n".encode() + b"".join(f"merge :{parent}\n".encode() for parent in parents[1:]))
    else:
        lines[0] = b"reset refs/heads/main\n\n" + lines[0]
    lines.append(b"deleteall\n")
    for path, (mode, data) in sorted(state.paths().items()):
        data = b"nowhere" if mode == "120000" else data
        lines.append(f'M {mode} inline "{path}"\n'.encode() + b"data %d\n" % len(data) + data + b"\n")
    return b"".join(lines)


def git_at(top: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers, with nobody's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | WHO
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}
    done = subprocess.run(["git", "-C", str(top), *arguments], input=given, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout
