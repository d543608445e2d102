"""The page that `ledger report` writes, without a browser: what is on it, where its links lead, what hostile text does to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from branches import repository_at
from prove_output import hostile_files
from report_pages import Page, report
from running import ROOT, run, run_outside
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.conflicts.accounts import accounts, next_words
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.render.check import dumps
from ledger.render.report.addresses import shortened
from ledger.render.report.data import as_element


@pytest.fixture(scope="module")
def own() -> Page:
    return report("-C", ROOT, "report")


def test_every_link_on_the_page_leads_to_one_place(own: Page) -> None:
    ids = own.ids()
    assert len(ids) == len(set(ids)) > 400
    assert own.targets() <= set(ids)


def test_every_claim_and_every_contradiction_has_an_address(own: Page) -> None:
    ids = set(own.ids())
    claims = json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"]
    pairs = json.loads(run("-C", ROOT, "conflicts", "--format", "json").out)["conflicts"]
    assert {f"c-{claim['id']}" for claim in claims} | {f"x-{'--'.join(pair['claims'])}" for pair in pairs} <= ids
    assert {f"c-{claim['id']}" for claim in claims} <= own.targets()


def test_short_addresses_of_a_big_page_lead_where_the_long_ones_do(own: Page) -> None:
    text = run("-C", ROOT, "report").out
    made = shortened(text)
    page = Page(made)
    ids = page.ids()
    assert len(made) < len(text) * 0.98 and len(ids) == len(set(ids)) and set(own.ids()) < set(ids)
    lead: dict[str, str] = {}
    part = ""
    for tag, given in page.elements:
        if tag == "a" and given.get("id"):  # the link of a part to itself
            assert given["href"] == f"#{given['id']}"
            lead[given["id"] or ""] = part
        else:
            part = given.get("id") or part
    links = [
        [(given["href"] or "").removeprefix("#") for tag, given in each.elements if tag == "a" and given.get("href")]
        for each in (own, page)
    ]
    assert [lead.get(anchor or "", anchor) for anchor in links[1]] == links[0]
    half = shortened(text.partition('<section id="claimants"')[0])
    named = re.findall(r'<a id="(\w+)"', half)
    assert len(named) > 100 and set(named) <= set(lead)


@pytest.mark.parametrize("asked", [(), ("--town", "Pokrovsk"), ("--side", "russia", "--since", "2025"), ("--as-of", "2024")])
def test_the_data_are_what_the_commands_print(asked: tuple[str, ...]) -> None:
    page = report("-C", ROOT, "report", *asked)
    for name in ("claims", "conflicts"):
        assert json.loads(page.scripts[name]) == json.loads(run("-C", ROOT, name, *asked, "--format", "json").out)


def test_long_data_are_compressed_and_read_back_as_the_docs_say() -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "report.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    read: dict[str, Any] = {}
    exec(code[1], read)
    alike = [{"id": number, "quote": "Куп'янськ", "via": []} for number in range(1_000)]
    answers: list[dict[str, Any]] = [
        {"claims": alike, "around": [["a", 1]], "not_read": []},
        {"claims": [*alike, {"id": 1}]},
        {"claims": [{"path": "\udcff.yaml"}]},
        {"claims": []},
    ]
    for answer in answers:
        text = dumps(answer)
        packed = as_element("claims", text, packed=True)
        assert read["answer"](Page(packed).scripts["claims"]) == answer
        assert len(packed) < max(len(text) / 10, 200)
        assert read["answer"](Page(as_element("claims", text, packed=False)).scripts["claims"]) == answer


def test_every_quote_stands_there_in_the_words_of_its_seed(own: Page) -> None:
    said = {" ".join(claim["quote"].split()) for claim in json.loads(own.scripts["claims"])["claims"]}
    assert len(said) > 100 and [quote for quote in said if quote not in own.text()] == []


def test_the_same_files_give_the_same_bytes() -> None:
    pages = {run_outside("report", environment={"PYTHONHASHSEED": seed}).out for seed in "12"}
    assert len(pages) == 1 and pages.pop().endswith("</html>\n")


def test_what_is_left_out_is_told_at_the_top(tmp_path: Path) -> None:
    claims = [*CLAIMS, {"id": "lost", "value": "east", "said": "2025-03-01", "quote": "words that are nowhere"}]
    folder = ledger_at(tmp_path, file_of(claims, seed="".join(f"{claim['quote']}.\n\n" for claim in CLAIMS)))
    (folder / "claims" / "broken.yaml").write_text("- no mapping\n", encoding="utf-8")
    page = report("-C", folder, "report")
    top = page.text().partition("What is contested")[0]
    assert "left out for a defect" in top and "lost, claims/text.yaml:" in top and "claims/broken.yaml" in top
    assert page.targets() <= set(page.ids()) and "c-lost" in page.ids()


def test_hostile_text_is_text(tmp_path: Path) -> None:
    """No element, and no attribute of one, that the page of the same ledger with harmless words would not have."""
    kinds = []
    for number, text in enumerate(
        ("[plain]", '"><script>alert(1)</script><img src=x onerror=y>', "</script><style>*{}</style> '\" `x` &amp; {{ 7 }}")
    ):
        files = hostile_files(text)
        page = report("-C", ledger_at(tmp_path / str(number), files, files["ledger.yaml"]), "report")
        kinds.append({(tag, tuple(sorted(given))) for tag, given in page.elements})
        assert text in page.text() and page.targets() <= set(page.ids())
    assert kinds[1] <= kinds[0] and kinds[2] <= kinds[0]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//a.example/", "https://a.example/ onclick=x", "HTTPS:"])
def test_no_link_leads_to_what_is_no_web_address(tmp_path: Path, address: str) -> None:
    page = report("-C", ledger_at(tmp_path, file_of(CLAIMS, url=json.dumps(address))), "report")
    assert address in page.text()
    assert all((given.get("href") or "#").startswith(("#", "https://a.example")) for tag, given in page.elements if tag == "a")
    assert not any("onclick" in given for _, given in page.elements)


def test_a_text_that_runs_leftwards_says_so(tmp_path: Path) -> None:
    claims = [
        {"id": "a", "value": "east", "said": "2025-03-01", "quote": "قالت الوزارة إن البلدة", "translation": "The ministry said the town"}
    ]
    page = report("-C", ledger_at(tmp_path, file_of(claims, language="ar")), "report")
    quotes = [given for tag, given in page.elements if tag == "blockquote"]
    assert quotes == [{"lang": "ar", "dir": "rtl"}]


def test_a_page_is_not_written_on_a_terminal_or_over_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger_at(tmp_path)
    assert "ledger's own files" in could_not_run(run("-C", folder, "report", "--output", str(folder / "claims" / "x.html")))
    assert run("-C", folder, "report", "--output", str(tmp_path / "r.html")).out == ""
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == run("-C", folder, "report").out
    monkeypatch.setenv("COLUMNS", "80")
    assert "--output report.html" in run("-C", folder, "report").err


def test_the_policy_names_the_style_and_the_script(own: Page) -> None:
    policy = next(given["content"] or "" for tag, given in own.elements if tag == "meta" and given.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy and "*" not in policy
    assert not re.search(
        r"""(?:src|srcset|poster|background)=|url\((?!#)|@import""", "".join(run("-C", ROOT, "report").out.partition("<main>")[0])
    )


def test_what_changed_since_a_commit_is_marked(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    assert "What changed since" not in report("-C", folder, "report").text()
    claims = [
        {**CLAIMS[0], "note": "looked at again"},
        *CLAIMS[2:],
        {"id": "held-new", "value": "west", "said": "2025-03-02", "quote": "Mill brook, west"},
    ]
    seed = "".join(f"{claim['quote']}.\n\n" for claim in [*CLAIMS, claims[-1]])
    ledger_at(folder, file_of(claims, seed=seed))
    page = report("-C", folder, "report", "--since", "HEAD")
    top = page.text().partition("How much was read")[0]
    for words in ("Claims removed: 1", "Claims changed: 1", "Claims added: 1", "(note)", "Contradictions that are gone"):
        assert words in top, words
    assert page.text().count("Changed: note") == 1 and page.targets() <= set(page.ids())
    assert sum(tag == "strong" for tag, _ in page.elements) >= 2
    assert json.loads(page.scripts["claims"]) == json.loads(run("-C", folder, "claims", "--format", "json").out)


def test_a_since_that_is_neither_says_so(tmp_path: Path) -> None:
    folder = repository_at(tmp_path)
    for asked in ("2025-13", "no-such-branch", "--output=x"):
        assert "is no date, and names no commit" in could_not_run(run("-C", folder, "report", f"--since={asked}"))
    assert not (tmp_path / "x").exists()


def test_a_toll_that_falls_says_below_what(tmp_path: Path) -> None:
    claims = [
        {"id": "first", "property": "people", "value": "9000", "said": "2025-03-01", "quote": "Millbrook, of 9,000"},
        {
            "id": "then",
            "property": "people",
            "value": '">=12000"',
            "said": "2025-03-02",
            "claimant": "gazette",
            "quote": "12,000 in Millbrook",
        },
        {
            "id": "fell",
            "property": "people",
            "value": "~10000",
            "said": "2025-03-03",
            "claimant": "council",
            "quote": "10,000 in Millbrook",
        },
    ]
    page = report("-C", ledger_at(tmp_path, file_of(claims)), "report")
    assert (
        page.text().count("▽") == page.text().count("▽ below at least 12,000 people of 2025-03-02") == 2
    )  # on the front and at its question
    assert sum(given.get("class") == "f" for tag, given in page.elements if tag == "path") == 1


def test_what_cuts_a_presumption_is_known_from_the_day_it_was_said(tmp_path: Path) -> None:
    """Of each claim, until when it is presumed as far as the words said by a day tell: what `--as-of` that day makes of it."""
    said = [
        ("east", "2025-03-01", ""),
        ("west", "2025-03-05", ""),
        ("east", "2025-03-09", "2025-03-03"),
        ("east", "2025-03-12~", ""),
        ("west", "2025-03", ""),
    ]
    claims = [
        {"id": f"c{number}", "value": value, "said": day, "quote": f"word {number} of Millbrook", **({"holds": holds} if holds else {})}
        for number, (value, day, holds) in enumerate(said)
    ]
    ledger = load(WorkTree(str(ledger_at(tmp_path, file_of(claims)))))
    taking_part = ledger.claims()
    cuts = next_words(accounts(taking_part, ledger.vocabulary))
    assert len(cuts) == 3 and max(len(ends) for _, ends in cuts.values()) == 3
    for day in sorted({claim.said_days.last for claim in taking_part if claim.said_days is not None}):
        known = [claim for claim in taking_part if claim.said_days is not None and claim.said_days.last <= day]
        for account in accounts(known, ledger.vocabulary):
            presumed, ends = cuts.get(account.claim.id, (account.time.presumed, []))
            assert account.time.presumed == max(account.time.end, min([presumed, *(end for said_by, end in ends if said_by <= day)]))
