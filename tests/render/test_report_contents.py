"""What the parts of `ledger report` say: each place, claim, source and claimant with all that is known of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from branches import commit, git
from report_pages import Page
from running import run
from small import Fields, file_of, ledger_at

VOCABULARY = """format: 1
language: en
title: The flood <b>at</b> Sarıdere
places:
  province: {kind: province, names: {en: Coastal Province, tr: Kıyı İli}}
  saridere: {kind: town, names: {en: Sarıdere, tr: Sarıdere, ar: ساري دره, he: סרידרה}, within: province, former: [Eski], note: on the coast}
  bridge: {kind: quarter, names: {en: Old Bridge, tr: Eski Köprü}, within: saridere}
claimants:
  governor: {name: Governor's Office, kind: authority, side: state, other-names: [Valilik]}
  agency: {name: Disaster agency, kind: authority, of: governor}
  mayor: {name: Mayor of Sarıdere, kind: authority, side: opposition}
  paper: {name: Kıyı Gazetesi, kind: newspaper, note: printed daily}
properties:
  deaths: {title: how many have died?, quantity: people, cumulative: true, says: "{value} people have died in {place}"}
  dam: {title: did the dam hold?, values: [held, burst], lasts: P7D, says: "the dam at {place} {value}"}
"""
TURKISH: list[Fields] = [
    {"id": "toll", "property": "deaths", "value": "48", "claimant": "governor", "said": "2024-06-02", "quote": "48 kişinin öldüğünü açıkladı", "translation": "announced that 48 people died"},
    {"id": "burst", "property": "dam", "value": "burst", "claimant": "mayor", "via": "[paper]", "said": "2024-06-02", "quote": "barajın yıkıldığını söyledi", "translation": "said the dam had burst"},
    {"id": "held", "property": "dam", "value": "held", "claimant": "agency", "said": "2024-06-02", "quote": "barajın ayakta olduğunu bildirdi", "translation": "that the dam stands", "accept": "{Q315: the sentence names the agency}"},
]  # fmt: skip
FEWER: Fields = {"id": "fewer", "property": "deaths", "value": "31", "claimant": "governor", "said": "2024-06-06", "quote": "31 قتيلا", "translation": "31 dead", "corrects": "[toll]"}  # fmt: skip


def flood(folder: Path) -> Path:
    """A ledger of a Turkish and an Arabic text."""
    seed = "".join(f"{claim['quote']}.\n\n" for claim in TURKISH) + "Yağmur sürüyor. Su çekildi.\n"
    passed = "passed-over:\n- {quote: Yağmur sürüyor., why: the <i>weather</i>}\n"
    turkish = [{"place": "saridere", **claim} for claim in TURKISH]
    files = file_of(turkish, seed=seed, tail=passed, language="tr", published="2024-06-03", title="Sel", publisher="Kıyı Gazetesi", url="https://example.org/sel")  # fmt: skip
    files |= file_of([{"place": "saridere", **FEWER}], name="arabic.txt", language="ar", published="2024-06-07", title="فيضان")
    return ledger_at(folder, files, VOCABULARY)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = flood(tmp_path_factory.mktemp("flood"))
    code, out, err = run("-C", folder, "report")
    assert (code, err) == (0, "")
    return out


def part(html: str, anchor: str) -> str:
    """A part of the page as it is written."""
    found = re.search(f'<(section|article|li) id="{anchor}"', html)
    assert found is not None, anchor
    depth = 0
    for tag in re.finditer(f"<(/?){found[1]}[ >]", html[found.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[found.start() : found.start() + tag.end()]
    raise AssertionError(f"{anchor} does not end")


def text_of(part: str) -> str:
    """The text of a part, its paragraphs, items and headings apart."""
    return Page(re.sub(r"<(?=/?(?:p|li|ul|h[1-6]|d[tdl]|div|blockquote|summary|details|article)[ >])", " <", part)).text()


def test_the_ledger_s_title_heads_the_page_as_text(html: str) -> None:
    assert html.count("The flood &lt;b&gt;at&lt;/b&gt; Sarıdere") == 2 and "<b>at</b>" not in html


def test_a_place_bears_its_names_in_all_scripts_each_in_its_language(html: str) -> None:
    place = part(html, "p-saridere")
    for name in ('<bdi lang="en">Sarıdere</bdi> (en, tr)', '<bdi lang="ar" dir="rtl">ساري دره</bdi> (ar)', '<bdi lang="he" dir="rtl">'):
        assert name in place
    text = text_of(place)
    assert "formerly Eski" in text and "on the coast" in text
    assert "Within: Coastal Province" in text and "Within it: Old Bridge" in text


def test_a_claim_says_who_through_whom_with_its_quote_before_the_translation(html: str) -> None:
    claim = part(html, "c-burst")
    text = text_of(claim)
    assert "Mayor of Sarıdere (opposition), via Kıyı Gazetesi, said 2024-06-02; line 3" in text
    assert claim.index('<blockquote lang="tr">barajın yıkıldığını söyledi</blockquote>') < claim.index("said the dam had burst")
    assert 'href="#w-paper"' in claim and 'href="#x-burst--held"' in claim
    assert "Accepted Q315: the sentence names the agency" in text_of(part(html, "c-held"))
    assert '<blockquote lang="ar" dir="rtl">31 قتيلا</blockquote>' in part(html, "c-fewer")
    assert "Taken back on 2024-06-06 by fewer" in text_of(part(html, "c-toll"))


def test_a_citation_is_ready_without_script(html: str) -> None:
    cited = re.search("<details.*?</details>", part(html, "c-burst"), re.DOTALL)
    assert cited is not None
    text = text_of(cited[0])
    for words in ("Mayor of Sarıdere, via Kıyı Gazetesi, said 2024-06-02: “barajın yıkıldığını söyledi” (Sel, Kıyı Gazetesi, 2024-06-03, https://example.org/sel;",
                  "seeds/text.txt, line 3; SHA-256 ", "#c-burst"):  # fmt: skip
        assert words in text, words


def test_a_citation_names_the_commit(tmp_path: Path) -> None:
    folder = flood(tmp_path)
    git(folder, "init", "-q", "-b", "main")
    digest = commit(folder)
    out = run("-C", folder, "report").out
    assert f"commit {digest}, #c-burst" in out and f', commit {digest}">' in out.partition("</head>")[0]


def test_a_source_says_what_was_passed_over_and_why(html: str) -> None:
    source = part(html, "s-text-txt-[0-9a-f]{6}")
    assert "Passed over, and why: Yağmur sürüyor.: the <i>weather</i>" in text_of(source)
    assert '<span class="open">Su çekildi.</span>' in source and '<span class="passed">Yağmur sürüyor.</span>' in source


def test_a_source_has_a_name_that_tells_it_from_others(tmp_path: Path) -> None:
    """Without a title: whoever published it, language, place and day; two that would be called the same are told apart by the stored file."""
    told: dict[str, str] = {}
    for name, more in (
        ("one", {}),
        ("two", {}),
        ("three", {"publisher": "Kıyı <Gazetesi>", "language": "tlh"}),
        ("four", {"about": "[bridge]"}),
    ):
        claim = {"place": "saridere", **TURKISH[0], "id": name, "quote": f"48 {name}"}
        told |= file_of([claim], name=f"{name}.txt", **{"language": "tr", "published": "2024-06-02/2024-06-03", **more})
    code, out, err = run("-C", ledger_at(tmp_path, told, VOCABULARY), "report")
    assert (code, err) == (0, "")
    names = [Page(each).text() for each in re.findall(r'<section id="s-[^"]+"><h3>(.*?)</h3>', out)]
    assert sorted(names) == [
        "Kıyı <Gazetesi>: Text in “tlh” on Sarıdere, 2024-06-02 or 2024-06-03",
        "Turkish text on Old Bridge, 2024-06-02 or 2024-06-03",
        "Turkish text on Sarıdere, 2024-06-02 or 2024-06-03 (one.txt)",
        "Turkish text on Sarıdere, 2024-06-02 or 2024-06-03 (two.txt)",
    ]


def test_a_text_bears_the_numbers_of_its_lines(html: str) -> None:
    """Those that are told at its claims."""
    lines = dict(re.findall(r'<article id="c-(\w+)".*?; line (\d+)</p>', html))
    for claim, line in lines.items():
        before = html[: html.index(f'<article id="c-{claim}"')]
        assert re.findall(r' data-l="(\d+)">', before)[-1] == line
    assert len(lines) == 4 and len(set(lines.values())) >= 3


def test_it_is_told_that_one_sentence_bears_several_contradictions(tmp_path: Path) -> None:
    """A sentence read as two claims, in three contradictions; a claim alone that three others contradict is nothing of the kind."""
    said: list[Fields] = [
        {"id": "burst", "value": "burst", "claimant": "mayor", "quote": "the dam burst"},
        {"id": "again", "value": "burst", "claimant": "paper", "quote": "burst, we say"},
        {"id": "bridge", "place": "bridge", "value": "burst", "claimant": "mayor", "quote": "so did the other"},
        {"id": "not", "value": "held", "claimant": "governor", "quote": "All of it is false"},
        {"id": "nor", "place": "bridge", "value": "held", "claimant": "governor", "quote": "All of it is false"},
    ]
    claims = [{"place": "saridere", "property": "dam", "said": "2024-06-02", **each} for each in said]
    seed = "".join(f"{quote}.\n\n" for quote in dict.fromkeys(claim["quote"] for claim in claims))
    told = {}
    for number in (4, 5):
        folder = ledger_at(tmp_path / str(number), file_of(claims[:number], seed=seed, title="Dams"), VOCABULARY)
        code, out, err = run("-C", folder, "report")
        assert (code, err) == (0, "")
        told[number] = Page(out).text()
    line = "3 of the 3 contradictions (3 of them certain) rest on one sentence, read as 2 claims (1, 2): “All of it is false” (Dams)."
    assert line in told[5] and "rest on one sentence" not in told[4]


def test_a_note_on_a_contradiction_begins_with_what_was_found(tmp_path: Path) -> None:
    """Not with the ids of claims, which stand under their names above it."""
    claims = [{"place": "saridere", **TURKISH[number]} for number in (1, 2)]
    note = "resolutions:\n- {claims: [burst, held], found: explained, by: a desk, on: 2024-07-01, why: two dams, fingerprint: '0123456789ab'}\n"
    code, out, err = run("-C", ledger_at(tmp_path, file_of(claims, tail=note, language="tr"), VOCABULARY), "report")
    assert (code, err) == (0, "") and "<p>Explained by a desk on 2024-07-01: two dams " in out


def test_every_word_that_the_page_uses_is_explained_before_the_places(html: str) -> None:
    how = text_of(part(html, "how"))
    for word in (
        "denial",
        "exclusive",
        "Across sides",
        "1 origin",
        "Doubts",
        "not confirmed",
        "The text itself",
        "Presumed",
        "perhaps",
        "Via",
        "Accepted",
        "Passed over",
        "settle",
        "SHA-256",
    ):
        assert word in how
    assert html.index('id="front"') < html.index('id="how"') < html.index('id="places"') and html.count('href="#how"') >= 3


def test_claimants_say_what_they_took_back_and_what_they_passed_on(html: str) -> None:
    governor, paper, mayor = (text_of(part(html, f"w-{name}")) for name in ("governor", "paper", "mayor"))
    assert "authority (state); 2 claims" in governor and "Also: Valilik." in governor
    assert "Took back: 48 people have died in Sarıdere (2024-06-02), by 31 people have died in Sarıdere (2024-06-06)." in governor
    assert "newspaper; no claims of its own. printed daily" in paper
    assert "Passed on 1 claim of others: Mayor of Sarıdere, 2024-06-02: The dam at Sarıdere burst" in paper
    assert "Passed on by: Kıyı Gazetesi 1." in mayor and "Took back" not in mayor
    assert "by 3 claimants" in html  # who only passed on is none


def test_crawlers_are_told_of_claims_and_of_no_rating(html: str) -> None:
    """In the terms of schema.org: the text of a claim is the text of an element, no address."""
    claims = re.findall(r'<article id="c-[^"]+" typeof="Claim"><h4 property="text">(.*?)</h4>', html)
    assert [Page(claim).text() for claim in claims].count("The dam at Sarıdere burst") == 1 and len(claims) == 4
    assert 'vocab="https://schema.org/"' in html and "Rating" not in html and "ClaimReview" not in html
    assert json.loads(Page(html).scripts["claims"])["claims"]


def front_of(html: str) -> str:
    """The front as text, its cells apart."""
    return text_of(re.sub(r"<(?=/?(?:td|th)[ >])", " <", part(html, "front")))


def test_the_front_says_who_changed_their_account_or_that_nobody_did(html: str, tmp_path: Path) -> None:
    told = front_of(html)
    assert "Said otherwise than before" not in told
    assert (
        "Took back or put right what they had said: 1 Governor's Office: 48 people have died in Sarıdere (2024-06-02), put right or taken back by "
        "31 people have died in Sarıdere (2024-06-06)." in told
    )
    before = {**{key: text for key, text in TURKISH[2].items() if key != "accept"}, "place": "saridere"}
    after: Fields = {"id": "after", "place": "saridere", "property": "dam", "value": "burst", "claimant": "agency", "said": "2024-06-05", "quote": "baraj yıkıldı"}  # fmt: skip
    for claims, words in (
        ([before], "Who changed their account Nobody: of no question"),
        (
            [before, after],
            "Who changed their account Said otherwise than before: 1 Disaster agency: The dam at Sarıdere held (2024-06-02), then",
        ),
    ):
        ledger_at(tmp_path, file_of(claims, language="tr"), VOCABULARY)
        assert words in front_of(run("-C", tmp_path, "report").out)


def test_the_front_has_the_figures_of_all_places(html: str) -> None:
    told = front_of(html)
    assert "Sarıdere How many have died? 2024-06-02 Governor's Office, 2024-06-02 48 people Sarıdere" in told
    assert "2024-06-06 Governor's Office, 2024-06-06 31 people ▽ below 48 people of 2024-06-02" in told


def test_what_only_a_tension_brings_to_a_question_is_said_to_answer_another_one(tmp_path: Path) -> None:
    claims: list[Fields] = [
        {"id": "held-east", "value": "east", "said": "2025-03-01", "holds": "2025-02-20/2025-02-22", "quote": "the east held Millbrook"},
        {"id": "lorries", "property": "traffic", "subject": "lorries", "value": '"yes"', "said": "2025-02-21", "quote": "lorries pass"},
    ]
    tension = "tensions:\n- {claims: [held-east, lorries], by: the desk, on: 2025-04-01, why: lorries of the west pass}\n"
    out = run("-C", ledger_at(tmp_path, file_of(claims, tail=tension)), "report").out
    days = re.search('<script type="application/json" id="days">(.*?)</script>', out)
    assert days is not None
    (questions,) = json.loads(days[1]).values()
    assert {anchor: [entry[0] for entry in entries] for anchor, entries, _ in questions} == {
        "q-millbrook--control": ["c-held-east"],
        "q-millbrook--traffic--lorries": ["c-lorries"],
    }
    assert text_of(out).count("Answers another question; a tension that a person noted brings it here.") == 1


def test_lists_say_of_when_something_is_said_to_be(tmp_path: Path) -> None:
    claims: list[Fields] = [
        {"id": "then", "value": "east", "said": "2025-03-01", "holds": "2022-09~", "quote": "the east held Millbrook"},
        {"id": "now", "value": "east", "said": "2025-03-02", "holds": "2025-03-02", "quote": "Millbrook is held by the east"},
    ]
    html = part(run("-C", ledger_at(tmp_path, file_of(claims)), "report").out, "places")
    assert "Ministry of Roads, 2025-03-01, of about 2022-09" in text_of(html) and "2025-03-02, of" not in text_of(html)
