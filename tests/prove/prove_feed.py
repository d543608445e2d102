"""The feed of contradictions over random histories, held entry by entry against `ledger review` of each commit.

    python tests/prove/prove_feed.py 200              # how many commits; `make prove` takes that many
    python tests/prove/prove_feed.py 200 --seed 7

A history has branches and merges, claims that come, change, go and get other ids, contradictions that are resolved, corrected and noted,
claims with defects, files that can't be read for a while, other vocabularies, and a ledger that is moved to another folder.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[1:1] = map(str, Path(__file__).resolve().parents[1:3])

from random_histories import git_at
from running import run
from small import VOCABULARY, Fields, file_of

ATOM = "{http://www.w3.org/2005/Atom}"
IDS = tuple(f"claim-{number}" for number in range(40))
FOLDERS = (".", "data", "дані/a b")
VOCABULARIES = (
    VOCABULARY,
    VOCABULARY,
    VOCABULARY.replace("lasts: P14D", "lasts: P2D"),
    VOCABULARY.replace("kind: council, side: west", "kind: council, side: west, of: ministry"),
    VOCABULARY.replace("parts: true, ", ""),
)
VALUES = {"control": ("east", "west"), "people": ("27000", "9000", '">9000"', "'~9100'"), "traffic": ('"yes"', '"no"')}
PEOPLE = ("Ada", "Олена Ґудзь", 'O\' "Neil" & Sons')


@dataclass
class State:
    """What a commit holds: claims by file, what is noted of pairs, which files are broken, the vocabulary, the folder, something beside."""

    files: dict[str, list[Fields]] = field(default_factory=lambda: {"one": [], "two": []})
    noted: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    vocabulary: str = VOCABULARY
    folder: str = "."
    beside: int = 0

    def paths(self) -> dict[str, bytes]:
        """The bytes of each path."""
        inside = "" if self.folder == "." else f"{self.folder}/"
        found = {"notes.txt": f"{self.beside}\n".encode(), f"{inside}ledger.yaml": self.vocabulary.encode()}
        for number, (name, claims) in enumerate(self.files.items()):
            tail = "".join(self.noted) if number == 0 else ""
            for path, text in file_of(claims, f"{name}.txt", seed=SEED, tail=tail).items():
                found[f"{inside}{path}"] = (text + ("]\n" if name in self.broken and path.endswith(".yaml") else "")).encode()
        return found


QUOTES = tuple(f"words number {number} of it" for number in range(20))
SEED = "".join(f"These are {quote}.\n\n" for quote in QUOTES)


def a_claim(rng: random.Random, name: str, known: Sequence[str]) -> Fields:
    """A claim of that id, on one of a few questions; others are known that it may dispute or correct."""
    asked = rng.choice(("control", "control", "people", "traffic"))
    claim = {
        "id": name,
        "place": rng.choice(("millbrook", "millbrook", "millbrook", "millbrook-north", "county")),
        "property": asked,
        "value": rng.choice(VALUES[asked]),
        "claimant": rng.choice(("ministry", "spokesman", "council", "gazette")),
        "said": f"2025-03-{rng.randrange(1, 25):02}",
        "quote": rng.choice(QUOTES),
    }
    if asked == "traffic":
        claim["subject"] = rng.choice(("cars", "lorries"))
    if rng.random() < 0.2:
        claim["stance"] = rng.choice(("denies", "doubts", "expects"))
    if rng.random() < 0.2:
        claim["hedge"] = "it is said"
    if known and rng.random() < 0.2:
        claim[rng.choice(("disputes", "corrects"))] = f"[{rng.choice(known)}]"
    return claim


def an_id(rng: random.Random, state: State) -> str:
    """An id that is free, most of the time."""
    taken = {claim["id"] for claims in state.files.values() for claim in claims}
    return rng.choice([each for each in IDS if each not in taken or rng.random() < 0.01] or IDS)


def changed(rng: random.Random, state: State) -> State:
    """A state after something was done to it."""
    state = deepcopy(state)
    claims = state.files[rng.choice(sorted(state.files))]
    known = [claim["id"] for name in sorted(state.files) for claim in state.files[name]]
    act = rng.randrange(20)
    if act <= 6 or not claims:
        claims.append(a_claim(rng, an_id(rng, state), known))
    elif act <= 9:
        claim = rng.choice(claims)
        other = a_claim(rng, claim["id"], known)
        claim |= {
            key: other[key]
            for key in ("place", "value", "claimant", "said")
            if rng.random() < 0.4 and other["property"] == claim["property"]
        }
    elif act <= 11:
        claims.remove(rng.choice(claims))
    elif act == 12:
        rng.choice(claims)["id"] = an_id(rng, state)
    elif act == 13:
        state.files[rng.choice(sorted(state.files))].append(claims.pop(rng.randrange(len(claims))))
    elif act == 14:
        state.broken ^= {rng.choice(sorted(state.files))}
    elif act == 15:
        pair = rng.sample(known, min(2, len(known)))
        found = rng.choice(("explained", "superseded", "open"))
        state.noted = [
            f"resolutions:\n- {{claims: [{', '.join(pair)}], found: {found}, by: Ada, on: 2025-04-01, why: looked at, fingerprint: '0'}}\n"
        ]
    elif act == 16:
        state.noted = [
            f"tensions:\n- {{claims: [{', '.join(rng.sample(known, min(2, len(known))))}], by: Ada, on: 2025-04-01, why: odd}}\n"
        ]
    elif act == 17:
        state.vocabulary = rng.choice(VOCABULARIES)
    elif act == 18 and rng.random() < 0.5:
        state.folder = rng.choice(FOLDERS)
    elif act == 19:
        claim = rng.choice(claims)
        claim["quote"] = "nowhere" if claim["quote"] != "nowhere" else rng.choice(QUOTES)
    return state


def merged(rng: random.Random, one: State, other: State) -> State:
    """What a merge may hold: files of either side."""
    state = deepcopy(one)
    for name, claims in other.files.items():
        if rng.random() < 0.5:
            state.files[name] = deepcopy(claims)
    return state


def history_at(top: Path, rng: random.Random, count: int) -> Path:
    """A repository with a history of so many commits on its first line, and branches beside it; gives the ledger's folder."""
    states: list[State] = []
    stream = [b"feature done\n"]
    tip, number, on_line = 0, 0, 0
    while on_line < count:
        parents = [tip] if tip else []
        state = deepcopy(states[tip - 1]) if tip else State()
        is_branch = bool(tip) and rng.random() < 0.15
        if is_branch:
            for _ in range(rng.randrange(1, 4)):
                state = changed(rng, state)
        elif tip and number != tip and rng.random() < 0.7:  # (what was made last is a branch that nobody has merged)
            parents, state = [tip, number], merged(rng, state, states[number - 1])
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3)) if tip else 8):
            state = changed(rng, state)
        if on_line == count - 1 and not is_branch:
            state.broken = set()
        state.beside += rng.random() < 0.3
        number += 1
        states.append(state)
        stream.append(_commit(number, parents, state, rng))
        if not is_branch:
            tip, on_line = number, on_line + 1
    stream.append(f"reset refs/heads/main\nfrom :{tip}\n\ndone\n".encode())
    top.mkdir(parents=True, exist_ok=True)
    git_at(top, "init", "-q", "-b", "main")
    git_at(top, "fast-import", "--quiet", "--force", given=b"".join(stream))
    git_at(top, "checkout", "-q", "-f", "main")
    return top / states[tip - 1].folder


def _commit(number: int, parents: list[int], state: State, rng: random.Random) -> bytes:
    """A commit as `git fast-import` reads it."""
    when = f"{1_700_000_000 + 3600 * number} {rng.choice(('+0000', '+0200', '-1130'))}"
    person = f"{rng.choice(PEOPLE)} <a@example.org> {when}\n".encode()
    message = rng.choice(("more", "größer & <b>", "two\nlines", "")).encode()
    lines = [f"commit refs/heads/work\nmark :{number}\n".encode(), b"author " + person, b"committer " + person]
    lines.append(b"data %d\n" % len(message) + message + b"\n")
    for word, parent in zip(("from", "merge"), parents, strict=False):
        lines.append(f"{word} :{parent}\n".encode())
    lines.append(b"deleteall\n")
    for path, data in sorted(state.paths().items()):
        lines.append(f'M 100644 inline "{path}"\n'.encode() + b"data %d\n" % len(data) + data + b"\n")
    return b"".join(lines)


# -- both ----------------------------------------------------------------------------------------------------------------

Told = Counter[tuple[Any, ...]]


def told_by_feed(folder: Path) -> tuple[dict[str, Told], list[str], str]:
    """What the feed says of each commit, the commits in the order in which it tells of them, and what it says it does not tell."""
    outcome = run("-C", folder, "export", "atom")
    assert (outcome.code, outcome.err) == (0, ""), outcome
    feed = ElementTree.fromstring(outcome.out)
    found: dict[str, Told] = {}
    order = []
    for entry in feed.iter(f"{ATOM}entry"):
        terms = {each.get("scheme", "").rpartition(":")[2]: each.get("term", "") for each in entry.iter(f"{ATOM}category")}
        one, other, fingerprint = _text(entry, "id").split(":")[3:]
        assert re.fullmatch("[0-9a-f]{12}", fingerprint)
        what, _, reason = _text(entry, "summary").split("\n")[0].partition(": ")
        author = entry.find(f"{ATOM}author/{ATOM}name")
        assert author is not None
        told = (
            terms["state"],
            one,
            other,
            terms["kind"],
            what.partition(" ")[0],
            reason,
            terms["place"],
            _text(entry, "updated"),
            author.text,
        )
        found.setdefault(terms["commit"], Counter())[told] += 1
        order.append(terms["commit"])
    subtitle = feed.find(f"{ATOM}subtitle")
    return found, list(dict.fromkeys(order)), "" if subtitle is None else subtitle.text or ""


def _text(entry: ElementTree.Element, name: str) -> str:
    found = entry.find(f"{ATOM}{name}")
    assert found is not None
    return found.text or ""


def told_by_review(folder: Path, commit: str, before: str) -> tuple[Told, list[str]]:
    """What `review` says that a commit opened and closed, and what it says that it can't tell."""
    outcome = run("-C", folder, "review", f"{before}..{commit}", "--format", "json")
    if outcome.code == 2:
        return Counter(), [outcome.err]
    answer = json.loads(outcome.out)
    date, author = git_at(folder, "log", "-1", "--format=%aI%x00%an", commit).decode().strip().split("\0")
    found: Told = Counter()
    for state in ("opened", "closed"):
        for each in answer["conflicts"][state]:
            strength = "tension" if each["kind"] == "tension" else each["strength"]
            words = (each["kind"], strength, each["reason"], each["place"], date.replace("Z", "+00:00"), author)
            found[(state, *each["claims"], *words)] += 1
    return found, answer["not_compared"]


def differences(folder: Path) -> Iterator[str]:
    """Where the feed of a history says something else than `review` of its commits."""
    told, order, subtitle = told_by_feed(folder)
    lines = [line.split() for line in git_at(folder, "rev-list", "--first-parent", "--parents", "HEAD").decode().splitlines()]
    known = [commit for commit, *_ in lines]
    if order != [commit for commit in known if commit in told]:
        yield "the feed is not in the order of the history"
    for commit, *before in lines:
        if not before:
            continue
        wanted, untold = told_by_review(folder, commit, before[0])
        if untold and commit[:12] in subtitle:
            continue
        found = told.get(commit, Counter())
        if found != wanted:
            yield f"{commit[:12]}: only the feed: {dict(found - wanted)}; only review: {dict(wanted - found)}; review can't tell: {untold}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        folder = history_at(Path(top) / "ledger", random.Random(asked.seed), asked.count)
        told, _, subtitle = told_by_feed(folder)
        wrong = list(differences(folder))
        for words in wrong[:20]:
            print(words)
        states = Counter(each[0] for found in told.values() for each in found.elements())
        kinds = Counter(each[3] for found in told.values() for each in found.elements())
        print(f"{asked.count} commits, {len(told)} of them with entries: {dict(states)}, {dict(kinds)}; not told: {subtitle.count(':')}")
        print(f"{len(wrong)} commits of which the feed says something else than review")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
