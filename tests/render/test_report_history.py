"""What the page of `ledger report` tells of the history in git: who changed which claim when, and since when a contradiction is on record."""

from __future__ import annotations

import re
from pathlib import Path

from branches import commit, git, replace, repository_at
from report_pages import Page, report
from running import run
from small import CLAIMS, file_of, ledger_at


def article(folder: Path, name: str, *arguments: str) -> str:
    """A claim as it is on the page, its elements taken out."""
    code, out, err = run("-C", folder, "report", *arguments)
    assert (code, err) == (0, "")
    found = re.search(f'<article id="c-{name}".*?</article>', out, re.DOTALL)
    assert found is not None
    return Page(found[0]).text()


def test_each_claim_says_who_changed_it_when(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    first = git(folder, "rev-parse", "HEAD").strip()
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 26000")
    second = commit(folder, "a figure <script>alert(1)</script> [x](javascript:y) put right")
    told = article(folder, "people-27000")
    assert f"2025-04-01 {second[:12]} Ada: changed (value): a figure <script>alert(1)</script>" in told and "put right" not in told
    assert f"2025-04-01 {first[:12]} Ada: added: the ledger" in told
    assert f"2025-04-01 {first[:12]} Ada: added: the ledger" in article(folder, "lorries")
    assert "changed" not in article(folder, "lorries")
    page = report("-C", folder, "report")
    assert {f"g-{digest[:12]}" for digest in (first, second)} <= page.targets() <= set(page.ids())
    assert f"{second} Ada: a figure <script>alert(1)</script> [x](javascript:y) put right (1 claim changed)" in page.text()


def test_what_is_not_committed_says_so(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    replace(folder / "claims" / "text.yaml", "value: 27000", "value: 26000")
    told = article(folder, "people-27000")
    assert "Not committed yet: changed (value)" in told and told.endswith("not committed yet, #c-people-27000")
    git(folder, "add", "-A")
    assert "Not committed yet: changed (value)" in article(folder, "people-27000", "--staged")
    assert "Not committed yet" not in article(folder, "people-27000", "--rev", "HEAD")


def test_a_contradiction_says_since_which_commit_it_is_on_record(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    path = folder / "claims" / "text.yaml"
    first = git(folder, "rev-parse", "HEAD").strip()
    later = {"id": "held-too", "value": "west", "claimant": "gazette", "said": "2025-03-01", "quote": "Millbrook, west"}
    ledger_at(folder, file_of([*CLAIMS, later]))
    second = commit(folder, "one more")
    replace(path, "id: held-too\n", "id: held-too\n  note: looked at again\n")
    commit(folder, "a note")
    page = run("-C", folder, "report").out
    told = {name: Page(found).text() for name, found in re.findall(r'<li id="x-([^"]+)">(.*?)</li>', page, re.DOTALL)}
    assert f"On record since 2025-04-01 {first[:12]}, Ada." in told["held-east--held-west"]
    assert f"On record since 2025-04-01 {second[:12]}, Ada." in told["held-east--held-too"]
    replace(path, "id: held-too\n", "id: held-too\n  hedge: Millbrook\n")
    page = run("-C", folder, "report").out
    told = {name: Page(found).text() for name, found in re.findall(r'<li id="x-([^"]+)">(.*?)</li>', page, re.DOTALL)}
    assert "Not committed yet" in told["held-east--held-too"] and first[:12] in told["held-east--held-west"]


def test_where_there_is_no_history_the_page_says_why(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "plain")
    why = "Who changed a claim when is not told: "
    page = report("-C", folder, "report")
    assert why + "the files are in no git repository." in page.text() and "commits" not in page.ids()
    git(folder, "init", "-q", "-b", "main")
    assert why + "nothing is committed yet." in report("-C", folder, "report").text()
    commit(folder, "first")
    assert why not in report("-C", folder, "report").text()
    commit(folder, "second")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    page = report("-C", tmp_path / "shallow", "report")
    assert "only a part was fetched (in CI: `fetch-depth: 0`)" in page.text() and "On record since 2" not in page.text()
    assert not {each for each in page.targets() if each.startswith("g-")}


def test_of_very_many_claims_a_source_says_once_when_they_were_added(tmp_path: Path) -> None:
    claims = [
        {"id": f"c{number}", "property": "nickname", "value": "Milltown", "said": "2025-03-01", "quote": f"Milltown {number}."}
        for number in range(1_001)
    ]
    folder = repository_at(tmp_path, file_of(claims))
    first = git(folder, "rev-parse", "HEAD").strip()
    replace(folder / "claims" / "text.yaml", "id: c7\n", "id: c7\n  note: looked at again\n")
    second = commit(folder, "a note")
    page = report("-C", folder, "report")
    assert f"The claims were added in 2025-04-01 {first[:12]}, Ada, unless a claim says otherwise." in page.text()
    told = [given["href"] for tag, given in page.elements if tag == "a" and (given.get("href") or "").startswith("#g-")]
    assert told.count(f"#g-{second[:12]}") == 2 and told.count(f"#g-{first[:12]}") == 3  # (the claim, and the list of commits)
