"""GitHub's annotations, SARIF, GitLab's and JUnit's reports: valid, complete, and with nothing in them that data could act through."""

from __future__ import annotations

import html
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from branches import branch_at, commit, git, repository_at
from markdown_it import MarkdownIt
from running import ROOT, run, run_outside
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.render.blocks import Line
from ledger.render.markdown import code, markdown_line
from ledger.rules import RULES
from ledger.texts.display import visible

# What is used here of SARIF 2.1.0 (the standard's own words for its parts), with nothing besides allowed.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}, "additionalProperties": False}
RULE = {
    "type": "object", "required": ["id"], "additionalProperties": False,
    "properties": {"id": {"type": "string"}, "name": {"type": "string", "pattern": "^[A-Za-z0-9]+$"}, "shortDescription": TEXT, "fullDescription": TEXT},
}  # fmt: skip
LOCATION = {
    "type": "object", "required": ["physicalLocation"], "additionalProperties": False,
    "properties": {"physicalLocation": {"type": "object", "required": ["artifactLocation", "region"], "additionalProperties": False, "properties": {
        "artifactLocation": {"type": "object", "required": ["uri"], "additionalProperties": False, "properties": {
            "uri": {"type": "string", "pattern": "^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$"}, "uriBaseId": {"const": "%SRCROOT%"}}},
        "region": {"type": "object", "additionalProperties": False, "required": ["startLine", "startColumn"], "properties": {
            "startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}}}}},
}  # fmt: skip
RESULT = {
    "type": "object", "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"], "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "level": {"enum": ["error", "warning", "note"]},
        "message": TEXT, "locations": {"type": "array", "minItems": 1, "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}}},
}  # fmt: skip
SARIF = {
    "type": "object", "required": ["version", "runs"], "additionalProperties": False,
    "properties": {"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
        "type": "object", "required": ["tool", "results"], "additionalProperties": False,
        "properties": {
            "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {"driver": {
                "type": "object", "required": ["name"], "additionalProperties": False, "properties": {
                    "name": {"const": "ledger"}, "version": {"type": "string"}, "rules": {"type": "array", "uniqueItems": True, "items": RULE}}}}},
            "columnKind": {"const": "unicodeCodePoints"}, "properties": {"type": "object"},
            "invocations": {"type": "array", "items": {"type": "object", "required": ["executionSuccessful"], "additionalProperties": False,
                                                       "properties": {"executionSuccessful": {"type": "boolean"}}}},
            "results": {"type": "array", "maxItems": 25000, "items": RESULT}}}}},
}  # fmt: skip
HOSTILE = [
    "::error::x", "a %0A::error::y", "##[add-mask]a", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "![x](https://evil.example/x.png)",
    "[link](javascript:alert(1))", "@everybody and #12 and GH-3", "https://evil.example", "``` fence", "| a | b |", "</details><!-- -->", "--> out",
    "`` ` ``` code", "*bold* _it_ ~~gone~~", "$x$ and $$y$$", "\u202egnp.exe", "\x1b[31mred\x1b]8;;https://evil.example\x07", "\u0085next", "&lt;b&gt; &amp;",
    "\\`escaped\\`", "e\u0301 \u200b \ufeff", "# heading", "- item", "1. one", "> quote", "line one\nline two", "www.evil.example", "a@b.example", "]]>", "\ufffe",
]  # fmt: skip


def hostile_at(folder: Path) -> Path:
    """A ledger whose texts are all hostile, on a branch off the small one."""
    repository_at(folder)
    git(folder, "checkout", "-q", "-b", "hostile")
    claims = []
    for number, words in enumerate(HOSTILE):
        text = json.dumps(words, ensure_ascii=True)
        claims.append(
            {"id": f"h{number}", "property": "nickname", "value": text, "said": "2025-03-01", "quote": text, "note": text, "hedge": text,
             "translation": text, "before": text, "claimant": text, "accept": f"{{Q310: {text}}}"}
        )  # fmt: skip
    seed = "\n\n".join(f"{words} and so on." for words in HOSTILE)
    texts = file_of(claims, name="hostile.txt", seed=seed, title=json.dumps(HOSTILE[3]), publisher=json.dumps(HOSTILE[5]))
    for path, text in texts.items():
        (folder / path).write_bytes(text.encode())
    commit(folder, "hostile words")
    return folder


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        "branch": branch_at(tmp_path_factory.mktemp("branch")),
        "hostile": hostile_at(tmp_path_factory.mktemp("hostile")),
    }


RUNS = [(ledger, command) for ledger in ("branch", "hostile") for command in ("check", "review")]


@pytest.fixture(params=RUNS, ids=lambda run: "-".join(run))
def report(request: pytest.FixtureRequest, ledgers: dict[str, Path]) -> tuple[Path, str]:
    """A ledger and a command."""
    ledger, command = request.param
    return ledgers[ledger], command


def written(report: tuple[Path, str], form: str) -> str:
    folder, command = report
    code, out, err = run("-C", folder, command, "--format", form)
    assert code == 1 and err == ""
    return out


def diagnostics_of(report: tuple[Path, str]) -> list[dict[str, Any]]:
    found = json.loads(written(report, "json"))["diagnostics"]
    listed: list[dict[str, Any]] = found if report[1] == "check" else found["new"]
    return listed


# -- annotations ----------------------------------------------------------------------------------------------------------


def commands_of(text: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner reads out of a log: name, properties and message of each command, unescaped as it does it."""
    found = []
    for line in text.split("\n"):
        trimmed = line.strip()
        assert "##[" not in line, line
        if trimmed.startswith("::"):
            head, _, message = trimmed[2:].partition("::")
            name, _, properties = head.partition(" ")
            pairs = dict(pair.split("=", 1) for pair in properties.split(",") if pair)
            found.append((name, {key: unescaped(text, True) for key, text in pairs.items()}, unescaped(message, False)))
    return found


def unescaped(text: str, is_property: bool) -> str:
    for sign, escape in [("\r", "%0D"), ("\n", "%0A"), *([(":", "%3A"), (",", "%2C")] if is_property else []), ("%", "%25")]:
        text = text.replace(escape, sign)
    return text


def test_annotations_are_read_as_they_are_meant(report: tuple[Path, str]) -> None:
    out = written(report, "github")
    commands = commands_of(out)
    assert {name for name, _, _ in commands} <= {"error", "warning", "notice"}
    assert all(set(properties) == {"file", "line", "col", "title"} for _, properties, _ in commands)
    for _, properties, message in commands:
        assert message and "\n" not in message and "\r" not in message
        assert (report[0] / properties["file"]).is_file() and int(properties["line"]) >= 1 and int(properties["col"]) >= 1
    messages = [message for _, _, message in commands]
    for found in diagnostics_of(report):
        place = {"file": found["path"], "line": str(found["line"]), "col": str(found["column"])}
        assert any(
            place.items() <= properties.items() and name == found["severity"] and found["code"] in properties["title"]
            for name, properties, _ in commands
        ), found
    lines = out.split("\n")
    told = next(line for line in lines if line.startswith("annotations that GitHub shows"))
    counts = {level: sum(name == level for name, _, _ in commands) for level in ("error", "warning", "notice")}
    assert all(f"{min(10, count)} of {count} {level}" in told for level, count in counts.items() if count)
    assert len(messages) == sum(counts.values())


def test_nothing_to_annotate_is_said(tmp_path: Path) -> None:
    out = run("-C", ROOT, "check", "--format", "github").out
    assert out.startswith("nothing to annotate\nno defects: checked ")
    assert run("-C", repository_at(tmp_path), "review", "--format", "github").out == "nothing to annotate\n"


# -- SARIF, GitLab, JUnit -------------------------------------------------------------------------------------------------


def test_sarif_is_valid_and_complete(report: tuple[Path, str]) -> None:
    found = json.loads(written(report, "sarif"))
    jsonschema.validate(found, SARIF)
    run_ = found["runs"][0]
    rules = run_["tool"]["driver"]["rules"]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    marks = [result["partialFingerprints"]["ledger/v1"] for result in run_["results"]]
    assert len(set(marks)) == len(marks)
    for diagnostic in diagnostics_of(report):
        assert any(
            result["ruleId"] == diagnostic["code"]
            and result["locations"][0]["physicalLocation"]["region"]
            == {"startLine": diagnostic["line"], "startColumn": diagnostic["column"]}
            for result in run_["results"]
        ), diagnostic
    assert all(rule.get("fullDescription") for rule in rules if rule["id"] in RULES)


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    branch_at(tmp_path)

    def marks() -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(run("-C", tmp_path, "check", "--format", "gitlab").out)]

    before = marks()
    path = tmp_path / "claims" / "sixth.yaml"
    path.write_text("\n# moved down\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert sorted(marks()) == sorted(before)


def test_gitlab_report(report: tuple[Path, str]) -> None:
    issues = json.loads(written(report, "gitlab"))
    assert all(set(issue) == {"description", "check_name", "fingerprint", "severity", "location"} for issue in issues)
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    places = {(issue["check_name"], issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in issues}
    assert {(found["code"], found["path"], found["line"]) for found in diagnostics_of(report)} <= places


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("ledger", ["branch", "hostile"])
def test_junit_report(ledger: str, strict: bool, ledgers: dict[str, Path]) -> None:
    folder = ledgers[ledger]
    text = run("-C", folder, "check", "--format", "junit", *(["--strict"] if strict else [])).out
    root = ElementTree.fromstring(text)
    found = json.loads(run("-C", folder, "check", "--format", "json").out)["diagnostics"]
    failing = [each for each in found if strict or each["severity"] == "error"]
    assert len(root.findall(".//failure")) == len(failing) == sum(int(suite.get("failures", "0")) for suite in root)
    assert {suite.get("name") for suite in root} >= {"claims/text.yaml", "ledger.yaml", "seeds/text.txt"}
    for suite in root:
        assert int(suite.get("tests", "0")) == len(suite)


def test_reports_hold_no_control_characters(report: tuple[Path, str]) -> None:
    forms = ["github", "sarif", "gitlab"] + (["junit"] if report[1] == "check" else ["markdown"])
    for form in (*forms, "text", "json"):
        out = written(report, form)
        assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", out) is None, form


# -- files ----------------------------------------------------------------------------------------------------------------


def test_one_run_feeds_them_all(report: tuple[Path, str], tmp_path: Path) -> None:
    folder, command = report
    forms = ["text", "json", "github", "sarif", "gitlab"] + (["junit", "concise", "jsonl"] if command == "check" else ["markdown"])
    asked = [part for form in forms for part in ("--output", f"{form}:{tmp_path / form}")]
    code, out, err = run("-C", folder, command, *asked)
    assert (code, err) == (1, "") and out == written(report, "text")
    for form in forms:
        assert (tmp_path / form).read_bytes().decode() == written(report, form)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(forms)


def test_a_file_never_has_colour(tmp_path: Path, ledgers: dict[str, Path]) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1"}
    outcome = run_outside("-C", ledgers["branch"], "check", "--output", f"text:{tmp_path / 'report'}", environment=environment)
    assert "\x1b[" in outcome.out and b"\x1b[" not in (tmp_path / "report").read_bytes()


@pytest.mark.parametrize(
    "output, words",
    [
        ("sarif", "is not FORMAT:PATH"),
        ("sarif:", "is not FORMAT:PATH"),
        ("serif:x", "did you mean `sarif`?"),
        ("json:no/such/folder/x", "can't write no/such/folder/x: No such file or directory"),
    ],
)
def test_outputs_that_cannot_be(output: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ledger_at(tmp_path))
    for command in ("check", "conflicts")[:1]:
        assert words in could_not_run(run(command, "--output", output))


@pytest.mark.parametrize("path", ["ledger.yaml", "claims/text.yaml", "claims/new.json", "seeds/text.txt", "./claims/../seeds/x", "claims"])
def test_the_ledgers_own_files_are_never_written(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ledger_at(tmp_path, file_of(CLAIMS)))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert could_not_run(run("check", "--output", f"json:{path}")).endswith("is one of the ledger's own files: name another to write to")
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_a_file_is_replaced_and_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = ledger_at(tmp_path / "ledger")
    (tmp_path / "target").write_text("keep", encoding="utf-8")
    os.symlink(tmp_path / "target", tmp_path / "link")
    assert run("-C", folder, "check", "--output", f"json:{tmp_path / 'link'}").code == 0
    assert (tmp_path / "target").read_text(encoding="utf-8") == "keep"
    assert json.loads((tmp_path / "link").read_text(encoding="utf-8"))["schema_version"] == 1
    assert (tmp_path / "link").stat().st_mode & 0o777 == 0o666 & ~umask()


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_device_is_written_to(tmp_path: Path) -> None:
    if not os.path.exists("/dev/null"):
        pytest.skip("there is no /dev/null here")
    assert run("-C", ledger_at(tmp_path), "check", "--output", "json:/dev/null").code == 0
    assert os.path.exists("/dev/null") and not os.path.isfile("/dev/null")


# -- Markdown -------------------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """The elements, comments and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.comments: list[str] = []
        self.outside_code = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs
        if tag not in ("br", "img", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag
        self._open.pop()

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if "code" not in self._open:
            self.outside_code += data


def rendered(text: str) -> Elements:
    """What a reader of Markdown with HTML, tables and strikethrough makes of it."""
    return Elements(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def test_hostile_words_are_inert_in_markdown(ledgers: dict[str, Path]) -> None:
    page = rendered(run("-C", ledgers["hostile"], "review", "--format", "markdown").out)
    assert page.names <= {"h2", "h3", "ul", "li", "p", "code", "strong", "em", "br"}
    assert page.attributes == [] and page.comments == [" ledger review "]
    assert re.search(r"@[A-Za-z]|://[a-z]|www\.|GH-[0-9]|(?<![&\w])#[0-9]", page.outside_code) is None
    harmless = rendered(run("-C", ledgers["branch"], "review", "--format", "markdown").out)
    assert harmless.names <= {"h2", "h3", "ul", "li", "p", "code", "strong", "em", "br"}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_code_span_gives_the_words_back(words: str) -> None:
    page = MarkdownIt("commonmark", {"html": True}).render(f"- **{code(words)}**")
    inside = re.search(r"<code>(.*)</code>", page, re.DOTALL)
    assert inside is not None
    assert html.unescape(inside[1]) == visible(" ".join(words.split())).replace("##[", "## [")


LINES: list[Line] = [
    [("A against B: ", "label"), ("denial, possible", "possible"), (", 2 pairs", "label"), (": why", ""), (" (3 days)", "when")],
    [("A against B: ", "label"), ("denial, 1 certain, 1 possible", "certain"), (", 2 pairs", "label"), (": why", "")],
    [("value", "label"), ("(old)", ""), ("(new)", "label"), ("then", "")],
    [("— dash —", "label"), ("word", ""), ("«word»", "heading"), ("word", "")],
    [("said", ""), ("the quote", "quote"), ("and more", ""), (", ", ""), ("…", "label"), ("end", "")],
    [("$5", "label"), ("and", ""), ("5€", "heading"), ("и", ""), ("हिन्दी", "label"), ("й", "")],
    [("1. ", "label"), ("- ", "label"), ("x", "")],
]


@pytest.mark.parametrize("line", LINES)
def test_every_mark_of_emphasis_is_one(line: Line) -> None:
    page = rendered(f"- {markdown_line(line)}\n")
    assert "*" not in page.outside_code
    bold = re.findall("<strong>(.*?)</strong>", MarkdownIt("commonmark").render(markdown_line(line)))
    wanted = [text for text, role in line if role in ("label", "heading", "certain", "quote") and any(char.isalnum() for char in text)]
    assert all(any(text.strip(" ,:()—«»$€.-") in found for found in bold) for text in wanted), (bold, wanted)


@pytest.mark.parametrize("most", [4_096, 8_000, 20_000, 65_536])
def test_a_report_stays_below_its_size_and_says_what_it_leaves_out(most: int, tmp_path: Path) -> None:
    repository_at(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "much")
    words = "Міллбрук " * 60
    claims = [
        {
            "id": f"much-{number}",
            "property": "nickname",
            "value": "x",
            "said": "2025-03-01",
            "quote": f"{number} {words}".strip(),
            "translation": words,
        }
        for number in range(300)
    ]
    for path, text in file_of(claims, name="much.txt").items():
        (tmp_path / path).write_bytes(text.encode())
    ledger_at(tmp_path, file_of(CLAIMS[:-1]))
    out = run("-C", tmp_path, "review", "--format", "markdown", "--max-bytes", str(most)).out
    assert len(out.encode()) <= most
    assert "lorries" in out and "claims: 1 removed, 300 added" in out
    assert "`ledger review` shows all" in out
    assert out.startswith("<!-- ledger review -->\n## ledger review: ")


def test_a_size_below_what_can_be_kept_is_refused(tmp_path: Path) -> None:
    assert "max-bytes" in could_not_run(run("-C", ledger_at(tmp_path), "review", "--max-bytes", "10"))


def test_two_reports_never_go_to_one_file(tmp_path: Path) -> None:
    folder = repository_at(tmp_path / "ledger")
    target = tmp_path / "report"
    os.symlink(target, tmp_path / "link")
    words = could_not_run(run("-C", folder, "review", "--output", f"json:{target}", "--output", f"sarif:{tmp_path / 'link'}"))
    assert words.startswith("two reports can't be written to one file") and not target.exists()
    assert run("-C", folder, "review", "--output", "json:/dev/null", "--output", "sarif:/dev/null").code == 0


def test_no_report_goes_into_the_repository_itself(tmp_path: Path) -> None:
    folder = repository_at(tmp_path / "ledger")
    before = (folder / ".git" / "config").read_bytes()
    words = could_not_run(run("-C", folder, "review", "--output", f"json:{folder / '.git' / 'config'}"))
    assert words.endswith("is one of git's own files: name another to write to") and (folder / ".git" / "config").read_bytes() == before
