"""Real git repositories for the tests: a ledger on main, and a branch that does to it all that a reviewer must see."""

from __future__ import annotations

import os
import subprocess
from hashlib import sha256
from pathlib import Path

from small import CLAIMS, VOCABULARY, Fields, file_of, ledger_at

WHO = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}
DAY = "2025-04-01T12:00:00+0000"

SIXTH = """Millbrook, 28 March 2025. The council said on Friday that the west holds all of Millbrook. It did not say that the
east has left the county. In the north of Millbrook the east holds most of the streets, the ministry said.

The Gazette counted 27,100 people in Millbrook. Lorries run through Millbrook again, cars do not yet, the Gazette wrote.

"We call it Milltown", a resident said. Millbrook was never held by the east, the council added, and no lorries ran in February.
The ministry expects the west to leave Millbrook by May. The spokesman Jo Reed would not confirm that the west holds the bridge.
"""
TEN: list[Fields] = [
    {"id": "six-west-holds", "value": "west", "claimant": "council", "said": "2025-03-28", "quote": "the west holds all of Millbrook"},
    {"id": "six-east-left", "place": "county", "value": "east", "stance": "denies", "extent": "part", "claimant": "council",
     "said": "2025-03-28", "quote": "the\n    east has left the county"},
    {"id": "six-east-north", "place": "millbrook-north", "value": "east", "extent": "most", "said": "2025-03-28",
     "quote": "In the north of Millbrook the east holds most of the streets"},
    {"id": "six-people", "property": "people", "value": "27100", "claimant": "gazette", "said": "2025-03-28",
     "quote": "counted 27,100 people in Millbrook"},
    {"id": "six-lorries", "property": "traffic", "subject": "lorries", "value": '"yes"', "claimant": "gazette", "said": "2025-03-28",
     "quote": "Lorries run through Millbrook again"},
    {"id": "six-cars", "property": "traffic", "subject": "cars", "value": '"no"', "claimant": "gazette", "said": "2025-03-28",
     "quote": "cars do not yet"},
    {"id": "six-name", "property": "nickname", "value": "Milltown", "claimant": "gazette", "said": "2025-03-28",
     "quote": "'\"We call it Milltown\"'"},
    {"id": "six-never-east", "value": "east", "stance": "denies", "extent": "all", "claimant": "council", "said": "2025-03-28",
     "holds": "2025-03-01/2025-03-28", "quote": "Millbrook was never held by the east"},
    {"id": "six-no-lorries", "property": "traffic", "subject": "lorries", "value": '"no"', "claimant": "council", "said": "2025-03-28",
     "holds": "2025-02", "quote": "no lorries ran in February"},
    {"id": "six-west-leaves", "value": "west", "stance": "expects", "said": "2025-03-28", "holds": "../2025-05",
     "quote": "The ministry expects the west to leave Millbrook by May"},
]  # fmt: skip


AGAIN = {
    "id": "held-again",
    "value": "east",
    "said": "2025-03-28",
    "quote": "the east came back to Millbrook",
}  # 18 days after the last word


def git(folder: Path, *arguments: str) -> str:
    """What git answers, with an author and a day of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        **WHO,
        "GIT_AUTHOR_DATE": DAY,
        "GIT_COMMITTER_DATE": DAY,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout.decode()


def commit(folder: Path, subject: str = "change") -> str:
    """Commit everything; gives the hash."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", subject)
    return git(folder, "rev-parse", "HEAD").strip()


def repository_at(folder: Path, files: dict[str, str] | None = None, vocabulary: str = VOCABULARY) -> Path:
    """A repository whose main branch holds a ledger, by default the small one."""
    ledger_at(folder, files, vocabulary)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "the ledger")
    return folder


def replace(path: Path, before: str, after: str) -> None:
    """Replace a text that stands once in a file."""
    text = path.read_bytes().decode()
    assert text.count(before) == 1, (before, text)
    path.write_bytes(text.replace(before, after).encode())


def branch_at(folder: Path) -> Path:
    """The small ledger, and a branch that adds a sixth text with ten claims (two contradict others, one is half a sentence after a
    negation), changes a value, deletes a claim, edits a seed, and widens `lasts` of a property."""
    repository_at(folder, file_of([AGAIN, *CLAIMS]))
    git(folder, "checkout", "-q", "-b", "sixth-text")
    claims = folder / "claims" / "text.yaml"
    replace(claims, "value: 27000", "value: 26000")
    text = claims.read_text(encoding="utf-8")
    start = text.rindex("- place", 0, text.index("id: lorries"))
    claims.write_text(text[:start], encoding="utf-8")
    replace(folder / "seeds" / "text.txt", "Millbrook, of 9,000.", "Millbrook, of 9,500.")
    replace(folder / "ledger.yaml", "lasts: P14D", "lasts: P60D")
    written = [{"place": "millbrook", "property": "control", "claimant": "ministry", **claim} for claim in TEN]
    head = {"seed": "sixth.txt", "sha256": sha256(SIXTH.encode()).hexdigest(), "language": "en", "published": "2025-03-30"}
    body = "".join("- " + "\n  ".join(f"{key}: {value}" for key, value in claim.items()) + "\n" for claim in written)
    (folder / "seeds" / "sixth.txt").write_bytes(SIXTH.encode())
    (folder / "claims" / "sixth.yaml").write_bytes(
        ("".join(f"{key}: {value}\n" for key, value in head.items()) + "claims:\n" + body).encode()
    )
    commit(folder, "a sixth text, and more")
    return folder
