"""Sources in every script, as people see them: tables that line up, quotes that run right to left, marks that are a language's own."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from running import run, run_outside
from scripts import faults, scripts_ledger
from small import file_of, ledger_at

from ledger.render.apart import parts_apart
from ledger.render.markdown import markdown_line
from ledger.texts.widths import text_width


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scripts_ledger(tmp_path_factory.mktemp("scripts"))


@pytest.mark.parametrize("width", ["60", "80", "120", "160"])
def test_tables_line_up_in_every_script(folder: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for arguments in (("conflicts", "--full"), ("conflicts", "--pairs", "--limit", "0")):
        lines = run("-C", folder, *arguments).out.split("\n")
        boxed = [line for line in lines if line[:1] in tuple("╭│├╰")]
        assert width == "60" or {text_width(line) for line in boxed} == {int(width)}, arguments
        assert all(line[-1] in "╮│┤╯" for line in boxed) and max(map(text_width, lines)) <= int(width)
    rows = [line for line in run("-C", folder, "claimants").out.split("\n") if line.startswith(" ")]
    assert max(map(text_width, rows)) <= int(width)


# -- right to left -------------------------------------------------------------------------------------------------------------

PEOPLE = [
    ("check",),
    ("check", "--format", "concise"),
    ("conflicts",),
    ("conflicts", "--pairs", "--limit", "3"),
    ("conflicts", "--brief", "--limit", "5"),
    ("conflicts", "--format", "markdown"),
    ("claims",),
    ("claims", "--format", "markdown"),
    ("why", "ar-held", "fa-held"),
    ("show", "ar-held"),
    ("search", "حلب"),
    ("search", "חאלב", "--format", "markdown"),
    ("timeline", "aleppo"),
    ("claimants",),
    ("claimants", "--claimant", "brigade"),
    ("places",),
    ("places", "--format", "markdown"),
    ("properties",),
    ("seeds", "ar.txt"),
    ("seeds", "--open"),
]


@pytest.mark.parametrize("width", [None, "40", "80", "120"])
@pytest.mark.parametrize("arguments", PEOPLE, ids=" ".join)
def test_what_runs_leftwards_is_set_apart_on_every_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], width: str | None
) -> None:
    if width is not None:
        monkeypatch.setenv("COLUMNS", width)
    out = run("-C", folder, *arguments).out
    assert out and not {line: found for line in out.split("\n") if (found := faults(line))}


def test_a_quote_is_set_apart_with_the_words_before_it_and_names_each_by_itself(folder: Path) -> None:
    for form in ("text", "markdown"):
        out = run("-C", folder, "conflicts", "--town", "aleppo", "--format", form).out.replace("\\", "")
        assert "\u2068[قال الجيش إنّ] ٢٥ مسلحاً قتلوا في حلب [يوم الاثنين.]\u2069" in out
        assert "\u2068اللواء 25\u2069 (\u2068الشمال\u2069), via \u2068خبرگزاری ما\u200cایران\u2069" in out
        assert "\u2068[דובר צה״ל מסר כי] \u200f25 מחבלים\u200f נהרגו [ביום שלישי.]\u2069" in out


def test_code_spans_hold_whole_isolates_or_stand_inside_of_one() -> None:
    quote = parts_apart([("[قال الجيش]", "beside"), (" قتلوا 25", "quote"), (" [أمس]", "beside")])
    assert markdown_line(quote) == "\u2068`[قال الجيش]` **`قتلوا 25`** `[أمس]`\u2069"
    assert markdown_line(parts_apart([("قتلوا", "quote"), (" [أمس]", "beside")])) == "**\u2068`قتلوا`** `[أمس]`\u2069"
    assert markdown_line([("\u2068اللواء 25\u2069 (\u2068الشمال\u2069)", "who"), (", said", "when")]) == (
        "`\u2068اللواء 25\u2069 (\u2068الشمال\u2069)`, said"
    )


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_machines_get_texts_as_they_are(folder: Path, form: str) -> None:
    for command in ("claims", "conflicts", "places", "search"):
        if (command, form) == ("search", "jsonl"):
            continue
        out = run("-C", folder, command, *(["حلب"] if command == "search" else []), "--format", form).out
        assert "حلب" in out and "\u2068" not in out and "u2068" not in out


# -- sheets --------------------------------------------------------------------------------------------------------------------


def test_a_sheet_for_excel_begins_with_a_byte_order_mark_and_keeps_every_mark_of_a_language(folder: Path) -> None:
    plain, marked = (run_outside("-C", str(folder), "claims", "--format", "csv", *bom).out for bom in ([], ["--bom"]))
    assert marked == "\ufeff" + plain and plain.startswith("id,")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(marked.encode().decode("utf-8-sig")))}
    assert rows["he-dead"]["quote"] == "\u200f25 מחבלים\u200f נהרגו"
    assert rows["ar-dead"]["quote"] == "٢٥ مسلحاً قتلوا في حلب"
    assert not [cell for row in rows.values() for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]


def test_a_byte_order_mark_is_for_csv_alone(folder: Path) -> None:
    for form in ("json", "text"):
        done = run("-C", folder, "claims", "--format", form, "--bom")
        assert (done.code, done.out) == (2, "") and "`--bom` goes with `--format csv`" in done.err
    done = run_outside("-C", str(folder), "claims", "--format", "csv", "--bom", "--town", "nowhere")
    assert (done.code, done.out) == (2, "")


# -- the source of a claims file under its defects -----------------------------------------------------------------------------


def test_carets_stand_under_what_they_mean(tmp_path: Path) -> None:
    quotes = {"ja": "アレッポ南側", "hi": "सेना की", "en": "of Møre"}
    for language, quote in quotes.items():
        folder = ledger_at(
            tmp_path / language, file_of([{"id": "a", "value": "east", "said": "2025-03-01", "quote": f"{quote} x"}], seed="nothing\n")
        )
        lines = run("-C", folder, "check").out.split("\n")
        number, source = next((number, line) for number, line in enumerate(lines) if f"quote: {quote} x" in line)
        start = source.index(quote)
        assert lines[number + 1].index("^") == text_width(source[:start])
        assert lines[number + 1].count("^") == text_width(f"{quote} x")


def test_the_page_has_quotes_in_their_direction_and_names_in_elements_of_their_own(folder: Path) -> None:
    page = run("-C", folder, "report").out
    assert '<blockquote lang="ar" dir="rtl">' in page and '<blockquote lang="he" dir="rtl">' in page and '<blockquote lang="hi">' in page
    assert "<bdi>اللواء 25</bdi></a> (<bdi>الشمال</bdi>)" in page and "it can&#x27;t be both <bdi>الشمال</bdi> and South" in page
    assert "\u2068" not in page and not re.search(r'="[^"<>]*<bdi', page)
