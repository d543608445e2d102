"""The feed of contradictions says what `review` says, commit by commit."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from branches import commit, git, repository_at
from prove_feed import differences, history_at, told_by_feed
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A ledger with a history: more of it, a merge, a claim that goes, a file that can't be read for a while."""
    folder = repository_at(tmp_path / "ledger", file_of(CLAIMS[:2]))
    claims = folder / "claims" / "text.yaml"

    ledger_at(folder, file_of(CLAIMS))
    commit(folder, "more <figures> & roads")
    (folder / "notes.txt").write_text("nothing of the ledger", encoding="utf-8")
    commit(folder, "beside it")
    git(folder, "checkout", "-q", "-b", "side")
    ledger_at(folder, file_of(CLAIMS[1:]))
    commit(folder, "without the first")
    git(folder, "checkout", "-q", "main")
    (folder / "notes.txt").write_text("more", encoding="utf-8")
    commit(folder, "beside it again")
    git(folder, "merge", "-q", "--no-ff", "-m", "merged", "side")
    whole = claims.read_bytes()
    claims.write_bytes(b"claims: [")
    commit(folder, "broken")
    claims.write_bytes(whole)
    commit(folder, "mended")
    ledger_at(folder, file_of(CLAIMS))
    commit(folder, "with it again")
    return folder


def told_by_review(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """What was opened and closed in each commit against its first parent."""
    found = {}
    for digest, *before in map(str.split, git(folder, "rev-list", "--first-parent", "--parents", "HEAD").splitlines()):
        if before:
            answer = json.loads(run("-C", folder, "review", f"{digest}^..{digest}", "--format", "json").out)["conflicts"]
            found[digest] = sorted((state, *each["claims"]) for state in ("opened", "closed") for each in answer[state])
    return found


def test_the_feed_says_what_review_says_commit_by_commit(history: Path) -> None:
    feedparser = pytest.importorskip("feedparser")
    outcome = run("-C", history, "export", "atom")
    assert (outcome.code, outcome.err) == (0, "")
    feed = feedparser.parse(outcome.out)
    assert not feed.bozo and feed.entries
    told: dict[str, list[tuple[str, str, str]]] = {}
    for entry in feed.entries:
        terms = {tag.scheme.rpartition(":")[2]: tag.term for tag in entry.tags}
        _, _, _, one, other, fingerprint = entry.id.split(":")
        assert re.fullmatch("[0-9a-f]{12}", fingerprint) and entry.updated == git(
            history, "log", "-1", "--format=%aI", terms["commit"]
        ).strip().replace("Z", "+00:00")
        told.setdefault(terms["commit"], []).append((terms["state"], one, other))
    wanted = told_by_review(history)
    assert {digest: sorted(told.get(digest, [])) for digest in wanted} == wanted
    assert {state for events in wanted.values() for state, *_ in events} == {"opened", "closed"}
    (root,) = told.keys() - wanted.keys()
    assert told[root] == [("opened", "held-east", "held-west")]
    assert "more <figures> & roads" in " ".join(entry.summary for entry in feed.entries)


@pytest.mark.parametrize("seed", [3, 10])
def test_the_feed_of_a_random_history_says_what_review_says(seed: int, tmp_path: Path) -> None:
    folder = history_at(tmp_path / "ledger", random.Random(seed), 12)
    told, order, _ = told_by_feed(folder)
    assert list(differences(folder)) == [] and len(order) == len(told) > 2


def test_a_feed_takes_filters_but_no_day(history: Path) -> None:
    assert "<entry>" not in run("-C", history, "export", "atom", "--property", "traffic").out
    assert run("-C", history, "export", "atom", "--property", "people").out.count("<entry>") < run(
        "-C", history, "export", "atom"
    ).out.count("<entry>")
    assert run("-C", history, "export", "atom", "--output", history / "feed.xml").out == f"written: {history / 'feed.xml'}\n"
    assert (history / "feed.xml").read_text(encoding="utf-8") == run("-C", history, "export", "atom").out
    assert "neither" in could_not_run(run("-C", history, "export", "atom", "--as-of", "2025-04-01"))
