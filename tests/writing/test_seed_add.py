"""`ledger seed add`: the original kept, a text made, a head that says only what is known; of bad input a clear word and nothing stored."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from gzip import compress
from hashlib import sha256
from pathlib import Path

import pytest
from originals import STORY, page, pdf, served, wacz, warc
from running import ROOT, Outcome, run
from small import could_not_run, ledger_at

from ledger.model import Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.writing.capture import fetching, proposals, sources
from ledger.writing.capture.fetching import fetch

STEM = "2026-03-14-flood-in-millbrook-kills-twelve"
CUT = ("--from", "At least twelve", "--to", "until further notice.")
SAID = ("--published", "2026-03-14", "--language", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ledger_at(tmp_path / "ledger", {})


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a ledger but its vocabulary, by path."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    del found["ledger.yaml"]
    return found


def add(folder: Path, data: bytes | str, *arguments: str, name: str = "page.html") -> Outcome:
    """The outcome of adding a file of these bytes."""
    path = folder.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return run("seed", "add", path, *arguments, "-C", folder)


def refused(folder: Path, outcome: Outcome) -> str:
    """Why nothing was stored."""
    words = could_not_run(outcome)
    assert files_in(folder) == {} and sorted(path.name for path in folder.iterdir()) == ["ledger.yaml"]
    return words


# -- what is stored -----------------------------------------------------------------------------------------------------


def test_a_page_is_kept_its_text_cut_and_its_head_written(folder: Path) -> None:
    code, out, err = add(folder, page(), *CUT)
    assert (code, err) == (0, "")
    found = files_in(folder)
    assert found[f"originals/{STEM}.html"] == page().encode()
    assert found[f"seeds/{STEM}.txt"].decode() == STORY
    assert (
        found[f"claims/{STEM}.yaml"].decode()
        == f"""seed: {STEM}.txt
sha256: {sha256(STORY.encode()).hexdigest()}
language: en
published: 2026-03-14
dated-by: the page's article:published_time
publisher: The Gazette
title: Flood in Millbrook kills twelve
url: https://gazette.example/2026/03/14/flood
original:
- file: {STEM}.html
  sha256: {sha256(page().encode()).hexdigest()}
  type: text/html
text:
  by: ledger-html 1
  from: At least twelve
  to: until further notice.

claims: []
"""
    )
    assert len(found) == 3
    assert f"stored: originals/{STEM}.html, seeds/{STEM}.txt, claims/{STEM}.yaml" in out
    assert "language:   en  (read: the page's lang)" in out and f"next: ledger seeds {STEM}.txt --open" in out
    assert run("-C", folder, "seeds", STEM, "--open").code == 0


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    outcome = add(folder, page(), "--dry-run")
    assert outcome.code == 0 and "would be stored" in outcome.out and "+language: en" in outcome.out
    assert files_in(folder) == {}


def test_a_plain_text_is_its_own_original(folder: Path) -> None:
    assert add(folder, STORY, *SAID, "--title", "Flood: the dead", "--name", "flood", name="a.txt").code == 0
    found = files_in(folder)
    assert set(found) == {"seeds/flood.txt", "claims/flood.yaml"} and found["seeds/flood.txt"] == STORY.encode()
    file = load(WorkTree(str(folder))).files[0]
    assert [original.written() for original in file.original] == [{"sha256": sha256(STORY.encode()).hexdigest(), "type": "text/plain"}]
    assert file.text is not None and file.text.by == "ledger-plain 1"
    assert file.head["title"] == "Flood: the dead"


def test_standard_input_is_a_file_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page().encode())))
    assert run("-C", folder, "seed", "add", "-", *CUT).code == 0
    assert files_in(folder)[f"originals/{STEM}.html"] == page().encode()


@pytest.mark.parametrize(
    "name, data, by, text",
    [
        ("report.pdf", pdf(), "pypdf ", "At least twelve people have died in Millbrook.\n"),
        ("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nTwelve died.\n", "ledger-vtt 1", "Twelve died.\n"),
        ("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nTwelve died.\n", "ledger-vtt 1", "Twelve died.\n"),
        ("result.json", json.dumps({"name": "Dam", "messages": [{"id": 1, "date": "2026-03-14T10:00:00", "text": "Broken."}]}),
         "ledger-telegram 1", "Dam, 2026-03-14T10:00:00, message 1\n\nBroken.\n"),
        ("messages.html", '<div class="message default" id="message1"><div class="from_name">A</div><div class="text">Broken.</div></div>',
         "ledger-telegram 1", "A, message 1\n\nBroken.\n"),
        ("archive.warc.gz", warc({"https://gazette.example/a": page()}), "ledger-html 1", ""),
        ("archive.warc", warc({"https://gazette.example/a": page()}, gzip=False), "ledger-html 1", ""),
        ("archive.wacz", wacz({"https://gazette.example/a": page()}), "ledger-html 1", ""),
        ("latin.txt", "Le café est fermé.".encode("latin-1"), "ledger-plain 1", "Le café est fermé.\n"),
        ("noname", page(), "ledger-html 1", ""),
    ],
)  # fmt: skip
def test_every_kind_of_original(folder: Path, name: str, data: bytes | str, by: str, text: str) -> None:
    code, _, _ = add(folder, data, *SAID, "--name", "it", *(CUT if not text else ()), name=name)
    assert code == 0
    found = files_in(folder)
    assert found["seeds/it.txt"].decode().rstrip("\n") == (text or STORY).rstrip("\n")
    file = load(WorkTree(str(folder))).files[0]
    assert file.text is not None and file.text.by.startswith(by)
    kept = file.original[0].file
    assert kept is not None and found[f"originals/{kept}"] == (data.encode() if isinstance(data, str) else data)
    assert run("-C", folder, "seed", "verify").out.startswith("seeds/it.txt: same bytes\n")


def test_of_an_archive_with_many_pages_one_is_chosen(folder: Path) -> None:
    pages = {f"https://gazette.example/{number}": page(f"Story {number} of the flood in Millbrook.") for number in range(1, 11)}
    words = refused(folder, add(folder, warc(pages), name="a.warc.gz"))
    assert "holds 10 responses that are texts: name one with --record" in words and "7 https://gazette.example/7 (2026-03-15)" in words
    assert "names none of them" in refused(folder, add(folder, warc(pages), "--record", "11", name="a.warc.gz"))
    assert add(folder, warc(pages), "--record", "https://gazette.example/7", name="a.warc.gz").code == 0
    file = load(WorkTree(str(folder))).files[0]
    assert file.seed is not None and "Story 7 of" in file.seed.folded
    assert file.original[0].record == "https://gazette.example/7" and file.original[0].captured == "2026-03-15"
    assert run("-C", folder, "seed", "verify").code == 0


def test_an_archive_that_unpacks_to_too_much(folder: Path) -> None:
    bomb = compress(b"WARC/1.0\r\n" + b"\0" * (sources.MOST_BYTES + 1), mtime=0, compresslevel=1)
    assert "unpacks to more than 64 MiB" in refused(folder, add(folder, bomb, *SAID, name="a.warc.gz"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/a.warc", b"\0" * (sources.MOST_BYTES + 1))
    assert "unpacks to more than 64 MiB" in refused(folder, add(folder, out.getvalue(), *SAID, name="a.wacz"))


# -- what a page says of itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head, key, text, how",
    [
        ('<meta name="date" content="2026/03/14">', "published", "2026-03-14", "read: the page's date"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2026-03-14T23:00:00Z", '
         '"publisher": {"name": "The &amp; Gazette"}}]}</script>', "publisher", "The & Gazette", "read: the page's own data (publisher)"),
        ('<meta http-equiv="content-language" content="nb">', "language", "nb", "read: the page's content-language"),
        ('<meta property="og:locale" content="pt_BR">', "language", "pt-BR", "read: the page's og:locale"),
        ("", "title", "Flood in Millbrook kills twelve", "read: the page's first heading"),
    ],
)  # fmt: skip
def test_where_a_page_says_it(folder: Path, head: str, key: str, text: str, how: str) -> None:
    asked = [word for pair in (("--published", "2026-03-14"), ("--language", "en")) if pair[0] != f"--{key}" for word in pair]
    code, out, _ = add(folder, page(head=head, language=""), *asked)
    assert code == 0 and f"{key + ':':11} {text}  ({how})" in out


@pytest.mark.parametrize(
    "head, comment, words",
    [
        ("", "", "in which language it is written nor when it was published: add --language TAG (nb, ro, uk, en) and --published YYYY-MM-DD"),
        ('<link rel=canonical href="https://a.example/2026/3/14/flood">', "", "--published 2026-03-14 if that is right (guessed from the page's address)"),
        ("", '<time datetime="2026-03-14">', "--published 2026-03-14 if that is right (guessed from the first <time> in the page)"),
        ('<meta name=date content="14 March 2026">', "", "--published YYYY-MM-DD"),
        ('<meta name=date content="2026-02-31">', "", "--published YYYY-MM-DD"),
        ('<script type="application/ld+json">{"datePublished": "2026-03-14"}</script>', "", "--published YYYY-MM-DD"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "", "--published YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_what_is_not_said_is_asked_for_and_never_invented(folder: Path, head: str, comment: str, words: str) -> None:
    told = refused(folder, add(folder, page(head=head, language="").replace("<nav>", comment + "<nav>")))
    assert words in told and "in which language" in told


@pytest.mark.parametrize(
    "before, url, captured, program",
    [
        ("<!--\n Page saved with SingleFile \n url: https://gazette.example/a?b=c \n saved date: Sun Mar 15 2026 08:00:00 GMT+0100 (CET)\n-->",
         "https://gazette.example/a?b=c", "2026-03-15", "SingleFile"),
        ("<!-- saved from url=(0025)https://gazette.example/a -->", "https://gazette.example/a", None, None),
        ("<!-- saved from url=(0025)javascript:alert(1) -->", "https://gazette.example/2026/03/14/flood", None, None),
    ],
)  # fmt: skip
def test_how_a_browser_saved_it(folder: Path, before: str, url: str, captured: str | None, program: str | None) -> None:
    assert add(folder, page().replace("<html", before + "<html")).code == 0
    file = load(WorkTree(str(folder))).files[0]
    assert (file.head["url"], file.original[0].captured, file.original[0].program) == (url, captured, program)


def test_what_a_person_says_goes_first(folder: Path) -> None:
    assert (
        add(folder, page(), "--title", "Another", "--published", "2026-03-15", "--captured", "2026-03-16", "--with", "SingleFile 1.22").code
        == 0
    )
    file = load(WorkTree(str(folder))).files[0]
    assert (file.head["title"], file.published, "dated-by" in file.head) == ("Another", "2026-03-15", False)
    assert (file.original[0].captured, file.original[0].program) == ("2026-03-16", "SingleFile 1.22")


def test_a_charset_that_is_declared_wrongly_is_told(folder: Path) -> None:
    outcome = add(folder, page().replace("utf-8", "windows-1251"))
    assert "it declares the charset windows-1251, and is utf-8" in outcome.err
    cyrillic = "Погибли двенадцать человек в городе.".encode("koi8-r")
    other = add(folder, cyrillic, *SAID, "--charset", "koi8-r", "--name", "ru", name="ru.txt")
    assert other.code == 0 and files_in(folder)["seeds/ru.txt"].decode() == "Погибли двенадцать человек в городе.\n"
    assert add(folder, cyrillic, *SAID, "--charset", "no-such", name="ru.txt").code == 2
    assert run("-C", folder, "seed", "verify").code == 0


# -- cuts, echoes, proposals ----------------------------------------------------------------------------------------------


def test_words_that_do_not_stand_there_cut_nothing(folder: Path) -> None:
    assert "`Nobody died` does not stand in the text" in refused(folder, add(folder, page(), "--from", "Nobody died"))
    assert "does not stand behind the first words" in refused(folder, add(folder, page(), "--from", "Thirty more", "--to", "Weather"))
    assert "`--from` is empty" in refused(folder, add(folder, page(), "--from", " "))
    assert "`the` stands 8 times in the text: it was cut at the first" in add(folder, page(), "--from", "the").err


def test_an_echo_is_told_and_the_same_text_refused(folder: Path) -> None:
    assert add(folder, page(), *CUT).err == ""
    assert "holds this very text" in could_not_run(add(folder, page().replace("Imprint", "About"), *CUT, "--name", "again"))
    relayed = page(
        "The Herald reports what others wrote.\n\n" + STORY + "\n\nThe Herald was not there itself, and asks its readers to wait."
    )
    outcome = add(folder, relayed, *SAID, "--from", "The Herald reports", "--to", "readers to wait.", "--name", "herald")
    assert outcome.code == 0 and f"4 sentences of 4 also stand in seeds/{STEM}.txt: is it the same report, relayed?" in outcome.err
    other = add(folder, page("Another dam broke near Elmdorf. Nobody was hurt there, the mayor of Elmdorf said."), "--name", "other")
    assert "also stand" not in other.err


def test_a_library_proposes_where_to_cut(folder: Path) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed: the extra `capture`")
    source = sources.Source(page().encode(), "page.html", "text/html")
    from ledger.writing.capture.texts import text_of

    cut = proposals.proposed_cut(source, text_of(source).text)
    assert cut is not None and cut[1] == "until further notice."
    outcome = add(folder, page())
    assert f"--from '{cut[0]}' --to 'until further notice.' (or --proposed)" in outcome.err
    assert "Imprint" in files_in(folder)[f"seeds/{STEM}.txt"].decode()
    again = add(folder, page(), "--proposed", "--name", "cut")
    assert again.code == 0 and "look whether that is right" in again.err and "Imprint" not in files_in(folder)["seeds/cut.txt"].decode()


# -- names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title, stem",
    [
        ("Møte: 12 døde på Åsen", "2026-03-14-mote-12-dode-pa-asen"),
        ("../../etc/passwd", "2026-03-14-etc-passwd"),
        ("-rf * $(touch x) `id` \x1b[31m\u202e", "2026-03-14-rf-touch-x-id-31m"),
        ("Погибли двенадцать", "2026-03-14-the-gazette"),
        ("a" * 300, "2026-03-14-" + "a" * 40),
    ],
)
def test_the_files_are_named_after_day_and_title(folder: Path, title: str, stem: str) -> None:
    assert add(folder, page(), "--title", title).code == 0
    assert set(files_in(folder)) == {f"originals/{stem}.html", f"seeds/{stem}.txt", f"claims/{stem}.yaml"}


def test_what_is_there_is_never_written_over(folder: Path) -> None:
    (folder / "originals").mkdir()
    (folder / "originals" / f"{STEM}.html").write_text("mine")
    assert add(folder, page()).code == 0
    assert files_in(folder)[f"originals/{STEM}.html"] == b"mine" and f"seeds/{STEM}-2.txt" in files_in(folder)
    assert "is there already" in could_not_run(add(folder, page("Another text of the flood."), "--name", f"{STEM}-2"))


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "-x", "a\nb", "x" * 300, "C:\\x"])
def test_a_name_that_is_none(folder: Path, name: str) -> None:
    assert "can be no name of a file" in refused(folder, add(folder, page(), "--name", name))


@pytest.mark.parametrize("name", ["originals", "seeds", "claims"])
def test_no_link_is_followed_out(folder: Path, name: str) -> None:
    (folder.parent / "outside").mkdir()
    (folder / name).symlink_to(folder.parent / "outside")
    assert add(folder, page()).code == 2
    assert list((folder.parent / "outside").iterdir()) == []


# -- bad input --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("a.pdf", pdf(""), "this PDF holds no text, only pictures"),
        ("a.pdf", b"%PDF-1.4 broken", "this PDF can't be read"),
        ("a.warc", b"WARC/1.0\r\nbroken", "no response that is a text"),
        ("a.warc.gz", b"\x1f\x8b\x08broken", "this is no WARC that can be read"),
        ("a.wacz", b"PK\x03\x04datapackage.json", "this is no WACZ that can be read"),
        ("a.zip", b"PK\x03\x04", "is a packed archive: unpack it"),
        ("a.json", b'{"a": 1}', "this is no export of Telegram Desktop: it holds no messages"),
        ("a.jpg", b"\xff\xd8\xff\x00\x10JFIF", "of no kind that is known"),
        ("a.html", b"", "is empty"),
        ("a.html", b"<html><script>all of it</script></html>", "holds no text (a page that scripts write holds none"),
        ("a.txt", b"e" + "\u0301".encode() * 100, "combining marks behind each other"),
        ("a.txt", b"word " * 1_000_000, "larger than 4 MiB: cut it"),
        ("a.vtt", b"WEBVTT\n\nnothing", "holds no text"),
    ],
)  # fmt: skip
def test_what_no_text_can_be_made_of(folder: Path, name: str, data: bytes, words: str) -> None:
    assert words in refused(folder, add(folder, data, *SAID, name=name))


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("--published", "yesterday"), "`--published yesterday` is no date"),
        (("--captured", "2026-13-01"), "`--captured 2026-13-01` is no date"),
        (("--language", "English!"), "is no language tag"),
        (("--url", "javascript:alert(1)"), "is no address on the web"),
        (("--title", ""), "`--title` is empty"),
    ],
)
def test_what_a_person_says_is_looked_at_too(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(folder, add(folder, page(), *arguments))


def test_files_that_are_none(folder: Path) -> None:
    assert "No such file" in refused(folder, run("-C", folder, "seed", "add", folder.parent / "none.html"))
    assert "can't read" in refused(folder, run("-C", folder, "seed", "add", folder.parent))
    assert "is no plain file" in refused(folder, run("-C", folder, "seed", "add", "/dev/null"))
    assert "is no name of a file" in refused(folder, run("-C", folder, "seed", "add", "a\0b"))


def test_a_file_beyond_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 500)
    assert "is larger than" in refused(folder, add(folder, page()))


def test_a_disk_that_is_full_leaves_nothing(folder: Path) -> None:
    pytest.importorskip("resource")
    path = folder.parent / "page.html"
    path.write_text(page())
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500));"
        "from ledger.commands.program import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", code, "-C", folder, "seed", "add", path], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and "can't write" in done.stderr and "Traceback" not in done.stderr
    assert files_in(folder) == {}


@pytest.mark.parametrize("package, name, data", [("pypdf", "a.pdf", pdf()), ("warcio", "a.warc", b"WARC/1.0\r\n")])
def test_a_missing_extra_is_named(folder: Path, package: str, name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for known in [known for known in sys.modules if known.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.setitem(sys.modules, package, None)
    words = refused(folder, add(folder, data, *SAID, name=name))
    assert words == f'this needs {package}, which is not installed: pip install "fact-ledger[capture]"'


# -- addresses ----------------------------------------------------------------------------------------------------------------


def test_an_address_is_fetched_and_kept(folder: Path) -> None:
    with served() as server:
        assert run("-C", folder, "seed", "add", f"{server}/moved", *CUT, "--captured", "2026-03-15").code == 0
    file = load(WorkTree(str(folder))).files[0]
    original = file.original[0].written()
    assert original["url"] == f"{server}/flood" and original["type"] == "text/html; charset=utf-8"
    assert original["captured"] == file.head["retrieved"] == "2026-03-15" and original["with"].startswith("fact-ledger ")
    assert files_in(folder)[f"originals/{STEM}.html"] == page().encode()
    assert run("-C", folder, "seed", "verify").out.startswith(f"seeds/{STEM}.txt: same bytes")


def test_the_charset_that_a_server_names_is_kept(folder: Path) -> None:
    with served() as server:
        assert (
            run("-C", folder, "seed", "add", f"{server}/russian", "--published", "2026-03-14", "--language", "ru", "--name", "ru").code == 0
        )
    assert files_in(folder)["seeds/ru.txt"].decode() == "Погибли двенадцать человек.\n"
    assert run("-C", folder, "seed", "verify").code == 0


@pytest.mark.parametrize(
    "path, words",
    [
        ("/file", "redirects to file:///etc/passwd, which is not on the web"),
        ("/ftp", "redirects to ftp://127.0.0.1/x, which is not on the web"),
        ("/circle", "redirects more than 5 times"),
        ("/none", "answers 404 Not Found"),
        ("/short", "broke off before its end"),
        ("/packed", "was sent packed"),
    ],
)
def test_an_address_that_gives_no_page(folder: Path, path: str, words: str) -> None:
    with served() as server:
        assert words in refused(folder, run("-C", folder, "seed", "add", server + path, *SAID))


@pytest.mark.parametrize(
    "path, words",
    [("/trickle", "goes on sending for too long|nothing came within"), ("/silent", "nothing came within"), ("/endless", "sends more than")],
)
def test_an_address_that_never_ends(path: str, words: str) -> None:
    with served() as server, pytest.raises(Trouble, match=words):
        fetch(server + path, patience=0.3 if path != "/endless" else 30, most=1024 * 1024)


def test_a_redirect_from_the_web_into_the_readers_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server on the web answers can't be had in a test: only that the first host lies outside is taken for granted."""
    asked: list[str] = []

    def is_own(host: str) -> bool:
        asked.append(host)
        return len(asked) > 1

    monkeypatch.setattr(fetching, "_is_own", is_own)
    with served() as server, pytest.raises(Trouble, match="redirects into your own network"):
        fetch(f"{server}/moved")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://",
        "https:///a",
        "http://a b/",
        "gopher://x",
        "http://[::1",
        "http://a\r\nb/",
        "data://x",
    ],
)
def test_what_is_no_address_on_the_web(folder: Path, url: str) -> None:
    assert "no address on the web" in refused(folder, run("-C", folder, "seed", "add", url))


def test_own_networks_are_told_from_the_web() -> None:
    assert all(
        fetching._is_own(host) for host in ("127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0")
    )
    assert not any(fetching._is_own(host) for host in ("1.1.1.1", "2606:4700::1111"))


def test_a_check_imports_nothing_of_it() -> None:
    code = (
        "import sys; from ledger.commands.program import run; code = run(['-C', sys.argv[1], 'check', '--no-cache']);"
        "print(sorted(name for name in sys.modules if name.startswith(('ledger.writing', 'urllib.request', 'pypdf', 'warcio', 'trafilatura'))))"
    )
    done = subprocess.run([sys.executable, "-c", code, ROOT], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.endswith("\n[]\n"), done
