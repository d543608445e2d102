"""The folder of pages that `report --folder` writes: what is on which page, that every link finds its page, what it does not write over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from prove_output import hostile_files
from report_pages import Page
from running import ROOT, run, run_outside
from small import CLAIMS, VOCABULARY, could_not_run, file_of, ledger_at

from ledger.commands import pages as written_pages
from ledger.commands import report as report_command
from ledger.model import Trouble
from ledger.render.report import folder as folder_pages
from ledger.render.report.folder import file_names

Folder = dict[str, Page]


def folder_of(path: Path, *arguments: str | Path) -> Folder:
    """The pages that are written, by file name; every link on each of them leads to a part of one of them, or out to the web."""
    code, out, err = run(*arguments, "report", "--folder", path)
    assert (code, out, err) == (0, "", "")
    made = {file.name: Page(file.read_text(encoding="utf-8")) for file in sorted(path.iterdir())}
    ids = {name: page.ids() for name, page in made.items()}
    for name, page in made.items():
        assert len(ids[name]) == len(set(ids[name]))
        for href in (given.get("href") or "" for tag, given in page.elements if tag == "a"):
            file, _, anchor = href.partition("#")
            if not href.startswith(("http://", "https://")):
                assert not anchor or anchor in ids[file or name], (name, href)
                assert (file or name) in made, (name, href)
    return made


def content(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return folder_of(tmp_path_factory.mktemp("own") / "report", "-C", ROOT)


def test_every_claim_and_every_contradiction_is_on_one_page(own: Folder) -> None:
    ids = [name for page in own.values() for name in page.ids()]
    claims = json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"]
    pairs = json.loads(run("-C", ROOT, "conflicts", "--format", "json").out)["conflicts"]
    for anchor in [f"c-{claim['id']}" for claim in claims] + [f"x-{'--'.join(pair['claims'])}" for pair in pairs]:
        assert ids.count(anchor) == 1, anchor
    assert {f"p-{pair['place']}.html" for pair in pairs} < set(own)
    assert own["index.html"].text().count("Every question whose answers contradict each other") == 1


def test_the_data_of_the_places_together_are_what_the_commands_print(own: Folder) -> None:
    for name in ("claims", "conflicts"):
        told = json.loads(run("-C", ROOT, name, "--format", "json").out)[name]
        of_places = [row for file, page in own.items() if file.startswith("p-") for row in json.loads(page.scripts[name])[name]]
        assert sorted(map(repr, of_places)) == sorted(map(repr, told))
    of_sources = [row for file, page in own.items() if file.startswith("s-") for row in json.loads(page.scripts["claims"])["claims"]]
    assert len(of_sources) == len(json.loads(run("-C", ROOT, "claims", "--format", "json").out)["claims"])


def test_each_page_has_the_policy_and_leads_to_the_front(own: Folder) -> None:
    policies = {given["content"] for page in own.values() for tag, given in page.elements if tag == "meta" and given.get("http-equiv")}
    assert len(policies) == 1 and (policies.pop() or "").startswith("default-src 'none'; style-src 'sha256-")
    for name, page in own.items():
        assert sum(given.get("http-equiv") == "Content-Security-Policy" for _, given in page.elements) == 1
        assert name == "index.html" or ("a", {"href": "index.html"}) in page.elements


def test_no_heading_leaves_out_a_level(tmp_path: Path) -> None:
    assert run("-C", ledger_at(tmp_path / "ledger"), "report", "--folder", tmp_path / "pages").code == 0
    for path in (tmp_path / "pages").iterdir():
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", path.read_text(encoding="utf-8"))]
        assert levels[0] == 1 and all(below <= above + 1 for above, below in pairwise(levels)), path.name


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    for seed in "12":
        assert run_outside("-C", folder, "report", "--folder", tmp_path / seed, environment={"PYTHONHASHSEED": seed}).err == ""
    assert content(tmp_path / "1") == content(tmp_path / "2") and len(content(tmp_path / "1")) > 3


def test_long_lists_and_large_places_go_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_pages, "ROWS", 2)
    monkeypatch.setattr(folder_pages, "LARGE", 500)
    places = "".join(f"  more-{number}: {{kind: town, names: {{en: Millbrook {number}}}}}\n" for number in range(3))
    claims = [
        {**claim, "id": f"{claim['id']}-{n}", "place": f"more-{n}", "quote": f"{claim['quote']} {n}"} for n in range(3) for claim in CLAIMS
    ]
    files = file_of(CLAIMS) | file_of(claims, name="more.txt")
    folder = ledger_at(tmp_path / "ledger", files, VOCABULARY.replace("places:\n", f"places:\n{places}"))
    made = folder_of(tmp_path / "report", "-C", folder)
    assert {"p-millbrook.html", "p-millbrook.2.html", "claimants.2.html", "places-2.html", "contested-2.html"} < set(made)
    assert sum(name.startswith("x-") for page in made.values() for name in page.ids()) == len(
        json.loads(run("-C", folder, "conflicts", "--format", "json").out)["conflicts"]
    )


def test_hostile_text_is_text(tmp_path: Path) -> None:
    kinds = []
    for number, text in enumerate(("[plain]", '"><script>alert(1)</script> id="front" href="#front"', "</script><style>*{}</style> '\"")):
        files = hostile_files(text)
        made = folder_of(tmp_path / f"{number}-report", "-C", ledger_at(tmp_path / str(number), files, files["ledger.yaml"]))
        kinds.append({(tag, tuple(sorted(given))) for page in made.values() for tag, given in page.elements})
        assert any(text in page.text() for page in made.values())
    assert kinds[1] <= kinds[0] and kinds[2] <= kinds[0]


HOSTILE = [
    "",
    ".",
    "..",
    "../up",
    "/etc/passwd",
    "con",
    "CON",
    "Con",
    "aux.txt",
    "a" * 300,
    "A" * 300,
    "Київ",
    "КИЇВ",
    "a b",
    "a\0b",
    "-x",
    "x.",
    "\udcff",
]


def test_file_names_are_safe_and_apart_on_every_system() -> None:
    names = file_names("p", {name: name for name in HOSTILE} | {"one": "twin", "two": "twin", "con-2": "con-2"})
    assert len({name.lower() for name in names.values()}) == len(HOSTILE) + 3
    for name in names.values():
        assert name.isascii() and name.startswith("p-") and name.endswith(".html") and name.count(".") == 1 and len(name) < 140
        assert name == name.lower() and not set(name) & set('/\\:*?"<>| \0')
    assert names["con"] == "p-con.html" and names["con"] != names["Con"] != names["CON"]
    assert names["Con"] == file_names("p", {"Con": "Con"})["Con"]


def test_sources_whose_names_fold_to_one_are_two_files(tmp_path: Path) -> None:
    claims = [[{**CLAIMS[number], "id": f"c{number}"}] for number in range(3)]
    files = file_of(claims[0], name="Con.txt") | file_of(claims[1], name="CON.txt") | file_of(claims[2], name="con.txt")
    made = folder_of(tmp_path / "report", "-C", ledger_at(tmp_path / "ledger", files))
    sources = [name for name in made if name.startswith("s-")]
    assert len({name.lower() for name in sources}) == 3


def test_a_former_report_is_replaced_whole(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    report = tmp_path / "report"
    made = folder_of(report, "-C", folder)
    ledger_at(folder, file_of(CLAIMS[:2], name="other.txt"))
    (folder / "claims" / "text.yaml").unlink()
    again = folder_of(report, "-C", folder)
    assert set(made) - set(again)
    (tmp_path / "fresh").mkdir()
    folder_of(tmp_path / "fresh", "-C", folder)
    assert content(report) == content(tmp_path / "fresh")


@pytest.mark.parametrize("held", ["notes.txt", "index.html", ".hidden", "p-millbrook.html"])
def test_a_folder_that_holds_anything_else_is_not_touched(tmp_path: Path, held: str) -> None:
    folder, report = ledger_at(tmp_path / "ledger"), tmp_path / "report"
    assert run("-C", folder, "report", "--folder", report).code == 0
    (report / held).unlink(missing_ok=True)
    (report / held).write_text("<p>somebody's own</p>", encoding="utf-8")
    before = content(report)
    assert f"holds {held}, which no report of several pages wrote" in could_not_run(run("-C", folder, "report", "--folder", report))
    assert content(report) == before


def test_a_report_of_one_page_is_not_deleted(tmp_path: Path) -> None:
    folder, report = ledger_at(tmp_path / "ledger"), tmp_path / "report"
    report.mkdir()
    assert run("-C", folder, "report", "--output", report / "march-2025.html").code == 0
    assert "holds march-2025.html, which no report of several pages wrote" in could_not_run(run("-C", folder, "report", "--folder", report))
    assert [path.name for path in report.iterdir()] == ["march-2025.html"]
    (folder / "proofs").mkdir()
    assert "one of the ledger's own folders" in could_not_run(run("-C", folder, "report", "--folder", folder / "proofs"))


def test_what_is_no_place_for_pages_is_refused(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "index.html").symlink_to(tmp_path / "file")
    (tmp_path / "nested" / "p-a.html").mkdir(parents=True)
    for path, words in (
        (tmp_path / "file", "is no folder"),
        (tmp_path / "none" / "deep", "there is no folder"),
        (folder, "holds"),
        (folder / "claims", "the ledger's own folders"),
        (folder / "seeds" / "pages", "the ledger's own folders"),
        (tmp_path / ".git" / "x", "git's own folders"),
        (tmp_path / "linked", "holds index.html"),
        (tmp_path / "nested", "holds p-a.html"),
    ):
        assert words in could_not_run(run("-C", folder, "report", "--folder", path))
    assert not (tmp_path / "none").exists() and not (folder / "seeds" / "pages").exists()
    assert "give one of them" in could_not_run(run("-C", folder, "report", "--folder", tmp_path / "x", "--output", tmp_path / "y"))


def test_what_fails_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    folder, report = ledger_at(tmp_path / "ledger"), tmp_path / "report"
    assert run("-C", folder, "report", "--folder", report).code == 0
    before = content(report)

    def failing() -> Iterator[tuple[str, str]]:
        yield "index.html", "<p>new</p>"
        raise OSError(28, "No space left on device")

    for path in (report, tmp_path / "new"):
        with pytest.raises(Trouble, match="No space left"):
            written_pages.write_pages(str(path), failing())
    assert content(report) == before and not (tmp_path / "new").exists()


def test_what_is_too_much_for_one_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ledger_at(tmp_path / "ledger")
    monkeypatch.setattr(report_command, "MOST_BYTES", 20_000)
    assert "--folder DIR" in could_not_run(run("-C", folder, "report"))
    monkeypatch.setattr(report_command, "MOST_CLAIMS", 5)
    said = could_not_run(run("-C", folder, "report", "--output", tmp_path / "r.html"))
    assert "6 claims are too many for one page (at most 5)" in said and "--folder DIR" in said
    assert not (tmp_path / "r.html").exists() and run("-C", folder, "report", "--folder", tmp_path / "report").code == 0
