"""What must hold of any bytes whatever: one function a part of the program, which raises where it does not.

They need no fuzzer: `tests/reading/test_fuzz.py` feeds them what was once found and what Hypothesis draws, `tests/prove/fuzz/run.py` lets a
coverage-guided fuzzer look for more.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator

from ledger.conflicts import find_conflicts
from ledger.model import Trouble
from ledger.reading import claims as claims_reader
from ledger.reading import yaml_nodes
from ledger.reading.claim_lines import listed_in
from ledger.reading.loader import load
from ledger.reading.trees import MemoryTree
from ledger.reading.vocabulary import read_vocabulary
from ledger.reading.yaml_errors import Refused
from ledger.render import check as render
from ledger.rules import check_ledger, excluded
from ledger.texts.dates import FAR, LAST_DAY, DateProblem, Days, parse_date, parse_day, parse_duration, parse_holds
from ledger.texts.display import hidden
from ledger.texts.figures import FigureProblem, Range, parse_figure, parse_share, parse_tolerance
from ledger.texts.quotes import OMISSION
from ledger.texts.seeds import Seed

BREAK = b"\n\xff\n"  # parts the inputs of a harness that takes several: no text holds it

VOCABULARY = """format: 1
language: en
places:
  county: {kind: county, names: {en: Mill County}}
  millbrook: {kind: town, names: {en: Millbrook, uk: Мілбрук}, spellings: [Milbruk], within: county}
claimants:
  ministry: {name: Ministry of Roads, kind: ministry, side: east}
  spokesman: {name: Jo Reed, kind: person, of: ministry}
  sources: {name: sources, kind: unnamed}
properties:
  control: {title: who holds it, values: [east, west], parts: true, lasts: P14D}
  people: {title: how many live there, quantity: people, tolerance: 10%, lasts: P1Y}
  lost: {title: vehicles lost, quantity: vehicles, subjects: [east, west], cumulative: true}
  fallen: {title: has fallen, event: true, parts: true, lasts: P60D, implies: [{property: control, value: west}]}
  finished: {title: finished on, date: true, timeless: true}
  nickname: {title: what it is called, text: true}
"""

NO_VOCABULARY = read_vocabulary(yaml_nodes.compose("{}"))


def reader(data: bytes) -> None:
    """Whatever is read stands in the file where it is said to stand; what is not read is refused by name and place."""
    try:
        text = yaml_nodes.decode(data)
        root = yaml_nodes.compose(text)
    except Refused as refused:
        found = refused.refusal
        lines = data.count(b"\n") + 1
        assert re.fullmatch("[a-z0-9_]+", found.name) and found.message
        assert 1 <= found.line <= lines and found.column >= 1, found
        return
    lines_of = text.split("\n")
    for scalar in _scalars(root):
        if not scalar.text:
            continue  # (it stands nowhere: behind its key, or behind the last line)
        assert 1 <= scalar.line <= len(lines_of)
        line = lines_of[scalar.line - 1]
        assert 1 <= scalar.column <= len(line) + 1
        here = line[scalar.column - 1 :]
        if here and here[0] not in "\"'>|":
            assert here.startswith(scalar.text.split("\n")[0].split(" ")[0]), (here, scalar.text)


def lines(data: bytes) -> None:
    """A claims file read line by line says what the parser alone makes of it: every field, place, flaw and refusal."""
    try:
        text = yaml_nodes.decode(data)
    except Refused:
        return
    read: list[tuple[object, str]] = []
    for compose in (claims_reader.compose, lambda text: listed_in(yaml_nodes.compose(text))):
        try:
            file = claims_reader.read_claims_file("claims/text.yaml", compose(text), NO_VOCABULARY, lambda name: (None, None))
        except Refused as refused:
            read.append((refused.refusal, ""))
        else:
            whole = file._replace(claims=(), tensions=(), passed_over=(), at={})
            claims = [(claim._replace(at={}), sorted(claim.at.items())) for claim in file.claims]
            read.append((whole, repr((sorted(file.at.items()), claims, file.tensions, file.passed_over))))
    assert read[0] == read[1], read


def _scalars(node: yaml_nodes.Node) -> Iterator[yaml_nodes.Scalar]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml_nodes.Scalar):
            yield node
        elif isinstance(node, yaml_nodes.Listing):
            waiting += node.items
        else:
            assert list(node.items) == list(node.keys)
            waiting += node.items.values()


def dates(data: bytes) -> None:
    """A text is a range of days in the calendar, or no date: never an error of another kind, never a guess."""
    text = data.decode("utf-8", "replace")
    for parse in (parse_date, parse_day):
        try:
            days = parse(text)
        except DateProblem as problem:
            assert problem.name in ("unreadable", "impossible", "reversed") and str(problem)
        else:
            _in_calendar(days)
            assert text.isascii() and re.fullmatch("[0-9~/-]+", text)
    try:
        holds = parse_holds(text)
    except DateProblem:
        pass
    else:
        for end in (holds.start, holds.end):
            if end is not None:
                _in_calendar(end)
        assert holds.start is not None or holds.end is not None
    try:
        duration = parse_duration(text)
    except DateProblem:
        pass
    else:
        for day in (1, 700_000, LAST_DAY):
            assert duration.before(day) <= day <= duration.after(day)
            assert duration.before(day) >= -2 * FAR and duration.after(day) <= 2 * FAR


def _in_calendar(days: Days) -> None:
    assert 1 <= days.first <= days.last <= LAST_DAY, days


def quantities(data: bytes) -> None:
    """A text is a range of exact figures, or no figure; a share is over 0 and at most 100."""
    text = data.decode("utf-8", "replace")
    try:
        _range(parse_figure(text))
    except FigureProblem as problem:
        assert str(problem)
    else:
        assert re.fullmatch("[0-9.~<>=]+", text)
    try:
        share = parse_share(text)
    except FigureProblem as problem:
        assert str(problem)
    else:
        _range(share)
        assert share.least >= 0 and share.most <= 100 and (share.least > 0 or share.least_open), share
    try:
        tolerance = parse_tolerance(text)
    except FigureProblem as problem:
        assert str(problem)
    else:
        assert tolerance.added(10) >= 10


def _range(found: Range) -> None:
    assert found.least <= found.most, found
    assert found.within(found)
    assert not found.above(found) or found.least_open or found.most_open


def quotes(data: bytes) -> None:
    """A quote is found exactly where a search for its letters finds it; spans are those of the seed's own words."""
    parts = data.split(BREAK)
    try:
        seed = Seed("text.txt", parts[0])
        quote, before, after = (part.decode("utf-8") for part in (parts[1:] + [b"", b"", b""])[:3])
    except UnicodeDecodeError:
        return
    found = seed.find(quote, before or None, after or None)
    folded = " ".join(unicodedata.normalize("NFC", seed.data.decode("utf-8")).split())
    wanted = " ".join(unicodedata.normalize("NFC", quote).split())
    if OMISSION not in quote and not before and not after:
        stands = bool(wanted) and wanted in folded
        assert (found.ways > 0 and not found.variant) == stands, (found, wanted, folded)
        assert (found.ways > 1) == (folded.find(wanted, folded.find(wanted) + 1) >= 0) or not stands
    pieces = [piece for part in quote.split(OMISSION) if (piece := " ".join(unicodedata.normalize("NFC", part).split()))]
    if found.ways and not found.variant:
        assert [seed.folded[start:end] for start, end in found.spans] == pieces
    last = 0
    for start, end in found.spans:
        assert last <= start <= end <= len(seed.folded)
        last = end
        line = seed.line(start)
        assert 1 <= line <= seed.nfc.count("\n") + 1
        assert seed.nfc_offset(start) <= seed.nfc_offset(end, ends=True) <= len(seed.nfc)
        assert seed.nfc[seed.nfc_offset(start)] == seed.folded[start] or start == end


def ledgers(data: bytes) -> None:
    """A whole ledger of any bytes is checked, compared and reported; the report holds nothing that acts."""
    parts = data.split(BREAK)
    vocabulary, claims, seed = (parts + [b"", b""])[:3]
    files = {"ledger.yaml": vocabulary or VOCABULARY.encode(), "seeds/text.txt": seed, "claims/text.yaml": claims}
    files["claims/text.yaml"] = claims.replace(b"@", hashlib.sha256(seed).hexdigest().encode(), 1)
    try:
        ledger = load(MemoryTree(files))
    except Trouble as trouble:
        assert str(trouble).startswith("ledger.yaml")
        return
    report = check_ledger(ledger)
    for found in report.diagnostics:
        source = files[found.path].decode("utf-8", "replace").split("\n")
        assert 1 <= found.line <= len(source) and 1 <= found.column <= len(source[found.line - 1]) + 1, found
        assert found.message and len(found.message) < 2_000
    sources = {path: content.decode("utf-8", "replace").split("\n") for path, content in files.items()}
    out = render.to_text(report.diagnostics, sources) + render.to_json(report.diagnostics, report, report.accepted)
    assert not hidden().search(out) and "##[" not in out
    assert not [line for line in out.split("\n") if re.match(r"\s*::[a-z]", line)]
    left_out = excluded(ledger)
    for conflict in find_conflicts(ledger, left_out).conflicts:
        assert conflict.ids[0] <= conflict.ids[1]
    if report.refused or ledger.refusals:
        assert [found for found in report.diagnostics if found.severity == "error"], "a refused file that nothing reports"


HARNESSES: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "lines": lines,
    "dates": dates,
    "quantities": quantities,
    "quotes": quotes,
    "ledgers": ledgers,
}
