"""`ledger log` over random histories, held against a slow reading of the files of each commit.

    python tests/prove/prove_log.py 1000              # how many histories; the long run of `make prove`

The reading lists the files of every commit, reads all claims files with the second reader, and compares what a claim says in a commit
with what it says in those right before, one after the other. Nothing of it is the program's.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path[1:1] = map(str, Path(__file__).resolve().parents[1:3])

import yaml
from random_histories import IDS, Made, git_at, history_at
from running import run
from second_reader import TEXTS, fold, read_file

Record = dict[str, Any]
NOT_MEANT = ("id", "note", "translation", "disputes", "corrects", "accept", "seed", "via")
CHECKED = ("kind", "commit", "fields", "path", "line", "folder", "earlier_id", "known_before", "stands")
PARTS = ("control",)  # an assertion of these is of all where nothing is said


class Node(NamedTuple):
    """A ledger in one commit (None: the files as they are), by the folder it stands in."""

    commit: str | None
    folder: str


class State(NamedTuple):
    """What a claim says somewhere (nothing: it is not there), where, and the files that name it and can't be read."""

    record: Record
    path: str
    line: int
    unread: frozenset[str]


class Slow:
    """A history, read commit by commit and file by file."""

    def __init__(self, made: Made, top: Path) -> None:
        self.top = top
        walked = [line.split() for line in git_at(top, "rev-list", "--parents", "--date-order", "HEAD").decode().splitlines()]
        self.order = [commit for commit, *_ in walked]
        self.parents: dict[str | None, list[str]] = {commit: parents for commit, *parents in walked}
        self.parents[None] = [self.order[0]]
        self.cut = {
            commit
            for commit in self.order
            if not self.parents[commit] and b"\nparent " in git_at(top, "cat-file", "commit", commit).partition(b"\n\n")[0]
        }
        self._blobs: dict[str, bytes] = {}
        self.files: dict[str | None, dict[str, bytes]] = {None: self._lying()}
        self.files |= {commit: self._committed(commit) for commit in self.order}
        self.inside = made.ledger.relative_to(top).as_posix()

    def _lying(self) -> dict[str, bytes]:
        found = {}
        for folder, _, names in os.walk(self.top):
            for name in names:
                path = Path(folder, name)
                if ".git" not in path.parts and not path.is_symlink():
                    found[path.relative_to(self.top).as_posix()] = path.read_bytes()
        return found

    def _committed(self, commit: str) -> dict[str, bytes]:
        found = {}
        for line in git_at(self.top, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            facts, _, path = line.partition(b"\t")
            if facts.startswith(b"100"):
                digest = facts.split()[2].decode()
                if digest not in self._blobs:
                    self._blobs[digest] = git_at(self.top, "cat-file", "blob", digest)
                found[path.decode()] = self._blobs[digest]
        return found

    # -- one state ---------------------------------------------------------------------------------------------------

    def claims_files(self, node: Node) -> dict[str, bytes]:
        """The claims files, by their paths in the ledger."""
        prefix = "" if node.folder == "." else node.folder + "/"
        found = {path.removeprefix(prefix): data for path, data in self.files[node.commit].items() if path.startswith(f"{prefix}claims/")}
        return {path: found[path] for path in sorted(found) if path.endswith(".yaml") and path.count("/") == 1}

    def claims(self, node: Node) -> list[tuple[Record, str, int]]:
        """All claims of the files that can be read, with path and line."""
        found = []
        for path, data in self.claims_files(node).items():
            found += [(record, path, line) for record, line in read_claims(data) or []]
        return found

    def state(self, node: Node, name: str) -> State:
        """What a claim says."""
        for record, path, line in self.claims(node):
            if record["id"] == name:
                return State(record, path, line, frozenset())
        bad = {path: data for path, data in self.claims_files(node).items() if name.encode() in data and read_claims(data) is None}
        return State({}, min(bad, default=""), 1, frozenset(data.decode() for data in bad.values()))

    # -- from commit to commit ---------------------------------------------------------------------------------------

    def has_ledger(self, node: Node) -> bool:
        return ("ledger.yaml" if node.folder == "." else f"{node.folder}/ledger.yaml") in self.files[node.commit]

    def before(self, node: Node) -> list[Node]:
        """The ledger in the commits right before."""
        return [Node(parent, self._folder(node, parent)) for parent in self.parents[node.commit]]

    def _folder(self, node: Node, parent: str) -> str:
        if self.has_ledger(Node(parent, node.folder)) or not self.has_ledger(node):
            return node.folder
        folders = [os.path.dirname(path) or "." for path in self.files[parent] if path.split("/")[-1] == "ledger.yaml"]
        gone = [folder for folder in folders if not self.has_ledger(Node(node.commit, folder))]
        gone.sort(key=lambda folder: (folder.count("/") + (folder != "."), [part.encode() + b"/" for part in folder.split("/")]))
        mine = self._marks(node)
        shared = [len(mine & self._marks(Node(parent, folder))) for folder in gone]
        most = max(shared, default=0)
        return gone[shared.index(most)] if most else node.folder

    def _marks(self, node: Node) -> set[tuple[str, object]]:
        prefix = "" if node.folder == "." else node.folder + "/"
        marks: set[tuple[str, object]] = {("file", data) for data in self.claims_files(node).values()}
        marks |= {("seed", path.removeprefix(f"{prefix}seeds/")) for path in self.files[node.commit] if path.startswith(f"{prefix}seeds/")}
        for data in self.claims_files(node).values():
            for line in data.decode().splitlines():
                if line.startswith("- id: "):
                    marks.add(("claim", line.removeprefix("- id: ")))
        return marks

    def known(self, node: Node, name: str) -> list[Record]:
        """What the claim may say there: where its file can't be read, what it said before."""
        state = self.state(node, name)
        return self.known_before(node, name) if state.unread else [state.record]

    def known_before(self, node: Node, name: str) -> list[Record]:
        """What it may have said in the commits right before; nothing is known where they were not fetched."""
        if not self.parents[node.commit]:
            return [] if node.commit in self.cut else [{}]
        return [record for other in self.before(node) for record in self.known(other, name)]

    def version(self, node: Node, name: str) -> Record | None:
        """What a commit did to the claim."""
        state, before = self.state(node, name), self.known_before(node, name)
        version: Record = {"commit": node.commit, "folder": node.folder, "path": state.path, "line": state.line, "fields": {}}
        version |= {"earlier_id": None, "known_before": True}
        if state.unread:
            same = [other for other in self.before(node) if self.state(other, name).unread == state.unread]
            return None if same else version | {"kind": "unreadable"}
        if state.record in before or not (state.record or before):
            return None
        old = next((record for record in before if record), {})
        version |= {"kind": "changed" if state.record and old else "added" if state.record else "removed", "known_before": bool(before)}
        version["fields"] = {
            key: [old.get(key), state.record.get(key)] for key in old | state.record if old.get(key) != state.record.get(key)
        }
        if version["kind"] == "removed":
            version |= self._last_place(node, name)
        if version["kind"] == "added":
            twins = self._twins(node, state.record)
            if len(twins) == 1:
                old = twins.popitem()[1]
                version["fields"] = {key: [old.get(key), state.record.get(key)] for key in old | state.record if old.get(key) != state.record.get(key)}  # fmt: skip
                version |= {"kind": "renamed", "earlier_id": old["id"]}
        return version

    def _last_place(self, node: Node, name: str) -> Record:
        """Where the claim stood that was removed."""
        for other in self.before(node):
            state = self.state(other, name)
            if state.record:
                return {"path": state.path, "line": state.line, "folder": other.folder}
            if state.unread and (place := self._last_place(other, name)):
                return place
        return {}

    def _twins(self, node: Node, record: Record) -> dict[str, Record]:
        """The claims of the commits right before that said the same, and are gone."""
        now = {claim["id"] for claim, _, _ in self.claims(node)}
        found: dict[str, Record] = {}
        for other in self.before(node):
            for claim, _, _ in self.claims(other):
                if claim["id"] not in now and meant(claim) == meant(record):
                    found.setdefault(claim["id"], claim)
        return found

    def versions(self, name: str) -> list[Record]:
        """What became of the claim, newest first."""
        nodes = [Node(None, self.inside)]
        for node in nodes:
            nodes += [other for other in self.before(node) if other not in nodes]
        place = {commit: number for number, commit in enumerate([None, *self.order])}
        nodes.sort(key=lambda node: (place[node.commit], node.folder))
        found = [version for node in nodes if (version := self.version(node, name)) is not None]
        state = self.state(nodes[0], name)
        since = [] if state.unread else self.since(nodes[0], name, state.record)
        return [version | {"stands": [version["commit"]] == since} for version in found]

    def since(self, node: Node, name: str, record: Record) -> list[str | None]:
        """The commit since which the claim says this, in a list; an empty one if it was always so."""
        state = self.state(node, name)
        if not state.unread and self.version(node, name) is not None:
            return [node.commit]
        sides = [other for other in self.before(node) if record in self.known(other, name)]
        return self.since(sides[0], name, record) if sides else []

    def present(self, name: str) -> bool | None:
        """Whether the claim stands in the files as they are."""
        state = self.state(Node(None, self.inside), name)
        return None if state.unread else bool(state.record)


def meant(record: Record) -> Record:
    """What must be the same of two claims that are one under two ids."""
    return {key: value for key, value in record.items() if key not in NOT_MEANT} | {"seed": record["seed"]}


@lru_cache(maxsize=4096)
def read_claims(data: bytes) -> list[tuple[Record, int]] | None:
    """The claims of a file with their lines; None where it can't be read."""
    try:
        root = read_file(data.decode())
    except (yaml.YAMLError, AssertionError):
        return None
    found = []
    for claim in root["claims"]:
        record: Record = {field: fold(claim[field].value) for field in TEXTS if field in claim}
        record.setdefault("stance", "asserts")
        if record["stance"] == "asserts" and record["property"] in PARTS:
            record.setdefault("extent", "all")
        found.append((record | {"seed": root["seed"].value}, claim[""].line))
    return found


def wrong_in(made: Made, top: Path, counts: Counter[str]) -> list[str]:
    """In what `ledger log` and the slow reading of a history differ."""
    slow = Slow(made, top)
    wrong = []
    for name in (*IDS, "never-was"):
        expected = slow.versions(name)
        code, out, err = run("-C", made.ledger, "log", name, "--format", "json")
        if all(version["kind"] == "unreadable" for version in expected):
            stands = f"the claim {name} stands in" in err and slow.present(name) is None  # (a file may name it without having it)
            if code != 2 or out or not (stands or f"no claim has had the id {name}" in err):
                wrong.append(f"{name}: exit {code}, {err or out}\nexpected: no such id")
            continue
        found = json.loads(out) if code == 0 else {"versions": []}
        told = [{key: version[key] for key in CHECKED} for version in found["versions"]]
        counts.update(version["kind"] for version in told)
        if code or told != [{key: version[key] for key in CHECKED} for version in expected]:
            wrong.append(f"{name}: exit {code} {err}\ntold     {told}\nexpected {expected}")
        elif (found["complete"], found["present"]) != (not slow.cut, slow.present(name)):
            wrong.append(f"{name}: complete is {found['complete']}, present {found['present']}")
        for version in found["versions"]:
            if version["commit"] and (version["author"], version["subject"]) != made.meant[version["commit"]]:
                wrong.append(f"{name}: {version['author']!r}, {version['subject']!r}; meant: {made.meant[version['commit']]}")
    counts["histories"] += 1
    counts["commits"] += len(slow.order)
    counts["merges"] += sum(len(parents) > 1 for parents in slow.parents.values())
    return wrong


def tried(number: int, seed: str) -> tuple[Counter[str], list[str]]:
    """So many histories: what was met in them, and where the two readings differ."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for history in range(number):
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder, "repository").resolve()
            found = wrong_in(history_at(top, random.Random(f"{seed} {history}")), top, counts)
            if found and (kept := os.environ.get("KEEP")):
                shutil.copytree(top, Path(kept, f"{seed} {history}"), symlinks=True)
        wrong += [f"history {seed} {history}: {text}" for text in found]
    return counts, wrong


def main() -> int:
    """Run the proof; the exit code."""
    options = argparse.ArgumentParser(description="hold `ledger log` against a slow reading of each commit")
    options.add_argument("histories", type=int, help="how many histories")
    options.add_argument("--seed", default="1")
    asked = options.parse_args()
    began = time.monotonic()
    counts, wrong = tried(asked.histories, asked.seed)
    for text in wrong[:5]:
        print(text, end="\n\n")
    shown = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"{shown}; {len(wrong)} wrong; seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
