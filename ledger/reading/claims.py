"""What a claims file means: its head, its claims, its tensions and what it passes over. Bad data becomes a Finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from ledger.model import (
    CLAIM_FIELDS,
    FOUND,
    REASONS,
    TEXT,
    Claim,
    ClaimsFile,
    Finding,
    Original,
    PassedOver,
    Position,
    Resolution,
    Tension,
    Vocabulary,
    fields_of,
)
from ledger.reading import claim_lines
from ledger.reading.claim_lines import Listed, Row, Written
from ledger.reading.fields import Taker, positions
from ledger.reading.originals import take_originals, take_text
from ledger.reading.yaml_nodes import Listing, Node, Scalar
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.dates import FAR, DateProblem, Days, Holds, parse_day, parse_holds, parse_said
from ledger.texts.display import one_line, shorten
from ledger.texts.figures import FigureProblem, Range, parse_figure, parse_share
from ledger.texts.quotes import NOT_FOUND
from ledger.texts.seeds import Seed
from ledger.texts.suggestions import did_you_mean

HEAD_FIELDS = (
    "seed",
    "sha256",
    "language",
    "published",
    "dated-by",
    "publisher",
    "title",
    "url",
    "retrieved",
    "licence",
    "note",
    "paragraphs",
    "about",
    "original",
    "text",
    "claims",
    "tensions",
    "resolutions",
    "passed-over",
)
HEAD_REQUIRED = ("seed", "sha256", "language", "published", "claims")
PARAGRAPHS = ("lines", "empty-lines")  # what ends a paragraph of the seed; the second is what holds where nothing is said
CLAIM = claim_lines.Form(CLAIM_FIELDS)
CLAIM_TEXTS = frozenset(fields_of(TEXT))
CLAIM_OTHERS = {name: field for name, field in CLAIM_FIELDS.items() if field.kind != TEXT}
CLAIM_REQUIRED = tuple(name for name, field in CLAIM_FIELDS.items() if field.required)
ABSENT = tuple(field.absent for field in CLAIM_FIELDS.values())
# What a row must still be given, by number: what is required is there, or the parser's reader has given it already.
_DEFAULTS = [(number, absent) for number, absent in enumerate(ABSENT) if absent is not None and CLAIM.fields[number] not in CLAIM_REQUIRED]
_KNOWN, _NEEDED, _OTHERS = frozenset(CLAIM_FIELDS), frozenset(CLAIM_REQUIRED), frozenset(CLAIM_OTHERS)
_SAYING = itemgetter(*map(CLAIM.fields.index, ("property", "value", "extent", "stance", "said", "holds", "quote", "before", "after")))
_EXTENT = CLAIM.fields.index("extent")
TENSION_FIELDS = ("claims", "by", "on", "why")
RESOLUTION_FIELDS = ("claims", "found", "by", "on", "why", "fingerprint")
PASSED_FIELDS = ("quote", "why")
# What a claim says without a line that is there and empty: to delete it may make it say more than its words.
_EMPTY = {
    "subject": "write whose it is said of, or delete the line where the property has no `subjects`",
    "value": "write the value that the words give, or delete the line of an event",
    "extent": "write the share of the place that the words name; without the line an assertion is of all of it",
    "stance": "write asserts, denies, doubts or expects; without the line the claim asserts",
    "hedge": "write the words that leave it open; delete the line only where none do",
    "holds": "write when it is said to be true; without the line it is the day it was said",
}
_FINGERPRINT = re.compile("[0-9a-f]{12}")


def compose(text: str) -> Listed:
    """The claims file that a text says; raises Refused."""
    return claim_lines.read(text, CLAIM)


SeedOpener = Callable[[str], tuple["Seed | None", "tuple[str, str] | None"]]


@lru_cache(maxsize=65536)
def _day(text: str) -> Days | None:
    try:
        return parse_day(text)
    except DateProblem:
        return None


@lru_cache(maxsize=65536)
def _said(text: str) -> Holds | None:
    try:
        return parse_said(text)
    except DateProblem:
        return None


def _said_days(said: Holds | None, published: Days | None) -> tuple[Days | None, Days | None]:
    """The days on which it can have been said, never later than the text appeared; and of `../B`, said before any day that is known,
    the days that B can be."""
    if said is None or said.end is None:
        return None, None
    if said.start is not None:
        first, last = said.start.first, said.end.last
        return Days(first, published.last if published is not None and last > published.last >= first else last), None
    by = said.end if published is None else Days(min(said.end.first, published.last), min(said.end.last, published.last))
    return Days(-FAR, by.last), by


@lru_cache(maxsize=65536)
def _holds(text: str) -> Holds | None:
    try:
        return parse_holds(text)
    except DateProblem:
        return None


@lru_cache(maxsize=65536)
def _range(parse: Callable[[str], Range], text: str) -> Range | None:
    try:
        return parse(text)
    except FigureProblem:
        return None


def read_claims_file(
    path: str, listed: Listed, vocabulary: Vocabulary, open_seed: SeedOpener, misleading: tuple[tuple[int, int, str], ...] = ()
) -> ClaimsFile:
    """What a claims file says. `open_seed` gives the seed of a name, or (rule, message) why not; `misleading` is
    where bidi controls and invisible characters stand in the file's text."""
    root = listed.root
    take, notes = Taker(), Taker()
    take.known_fields(root, HEAD_FIELDS, "a claims file")
    seed_node = root.items.get("seed")
    seed_name = seed_node.text if type(seed_node) is Scalar and seed_node.text.strip() else ""
    seed, seed_problem = open_seed(seed_name) if seed_name else (None, None)
    for required in HEAD_REQUIRED:
        if required not in root.keys:
            take.flaw("missing_field", (1, 1), f"`{required}` is missing", _head_remedy(required, seed), required)
    head = {key: text for key in HEAD_FIELDS[:12] if (text := take.text(root, key, _head_remedy(key, seed))) is not None}
    about = take.scalars(root.items.get("about"), "about")
    if about:
        head["about"] = ", ".join(place.text for place in about)
    original: tuple[Original, ...] = ()
    made = None
    if "original" in root.items or "text" in root.items:
        original, made = take_originals(notes, root.items.get("original")), take_text(notes, root.items.get("text"))
        head |= {key: digested for key in ("original", "text") if (digested := _told(root.items.get(key)))}
    if head.get("paragraphs") == PARAGRAPHS[0] and seed is not None:
        seed = seed.line_by_line()
    elif head.get("paragraphs", PARAGRAPHS[0]) not in PARAGRAPHS:
        said = shorten(one_line(head["paragraphs"]), 40)
        hint = "write `paragraphs: lines` where every line is a paragraph; else delete the line: a paragraph ends at an empty line"
        take.flaw("wrong_shape", root.items["paragraphs"], f"`paragraphs` is {' or '.join(PARAGRAPHS)}, not `{said}`", hint, "paragraphs")
    published = head.get("published", "")
    published_days = _day(published) if published else None
    node = root.items.get("claims")
    if node is not None and type(node) is not Listing and not (type(node) is Scalar and not node.text.strip()):
        take.flaw("wrong_shape", node, "`claims` must be a list of claims", "begin each claim with `- id: ...`", "claims")
    meaning = Meaning(path, vocabulary, seed, published_days)
    claims: list[Claim] = []
    for written in listed.claims:
        if isinstance(written, Written):
            claims.append(meaning.of(written.row, written.line, written.column, written))
        elif (fields := notes.mapping(written, "each claim")) is not None:
            claims.append(claim_of(fields, meaning))
    for one, other in pairwise(claims):
        if one.line == other.line:  # a claim is known by its file and line
            take.flaw("wrong_shape", (other.line, other.column), "two claims begin in one line", "begin each claim in a line of its own")
            break
    tensions = [tension for node in _mappings(notes, root, "tensions") if (tension := _tension(notes, path, node))]
    resolutions = [entry for node in _mappings(notes, root, "resolutions") if (entry := _resolution(notes, path, node))]
    passed = [found for node in _mappings(notes, root, "passed-over") if (found := _passed_over(notes, node, seed))]
    return ClaimsFile(
        path,
        seed_name,
        head.get("sha256", ""),
        head.get("language", ""),
        published,
        published_days,
        head,
        positions(root) | {f"about.{number}": (place.line, place.column) for number, place in enumerate(about)},
        tuple(take.flaws),
        tuple(notes.flaws),
        tuple(claims),
        tuple(tensions),
        tuple(passed),
        seed,
        seed_problem,
        misleading,
        tuple(resolutions),
        tuple(place.text for place in about),
        original,
        made,
    )


def _told(node: Node | None) -> str:
    """What a part of the head says, in one text: how it is told when it changes."""
    if type(node) is Fields:
        return ", ".join(f"{key}: {_told(value)}" for key, value in node.items.items())
    if type(node) is Listing:
        return "; ".join(map(_told, node.items))
    return node.text if type(node) is Scalar else ""


def _head_remedy(field: str, seed: Seed | None) -> str:
    """What to do about a field of the head that is missing or empty: what the seed itself tells is told."""
    if field == "sha256" and seed is not None:
        return f"write sha256: {seed.sha256}"
    if field == "claims":
        return "write `claims: []`, or the claims below it"
    return f"write `{field}: ...`" if field in HEAD_REQUIRED else ""


def _mappings(take: Taker, root: Fields, key: str) -> list[Fields]:
    node = root.items.get(key)
    if node is None or (type(node) is Scalar and not node.text.strip()):
        return []
    if type(node) is not Listing:
        take.flaw("wrong_shape", node, f"`{key}` must be a list", "begin each entry with `- `", key)
        return []
    return [fields for item in node.items if (fields := take.mapping(item, f"each entry of `{key}`")) is not None]


def _tension(take: Taker, path: str, fields: Fields) -> Tension | None:
    claims, on = _note(take, fields, TENSION_FIELDS, "a tension")
    if not claims:
        return None
    return Tension(claims, take.text(fields, "by") or "", on, take.text(fields, "why") or "", path, fields.line, fields.column)


def _resolution(take: Taker, path: str, fields: Fields) -> Resolution | None:
    claims, on = _note(take, fields, RESOLUTION_FIELDS, "a resolution")
    node = fields.items.get("fingerprint")
    unwritten = bool(claims) and (node is None or (type(node) is Scalar and not node.text.strip()))  # a rule tells of it, and its value
    found, fingerprint = take.text(fields, "found") or "", "" if unwritten else take.text(fields, "fingerprint") or ""
    if found and found not in FOUND:
        hint = did_you_mean(found, FOUND) or "explained: both can be true; superseded: one was taken back or corrected; open: not settled"
        take.flaw("wrong_shape", fields.items["found"], f"`found` is one of {', '.join(FOUND)}, not `{shorten(found, 40)}`", hint, "found")
    if fingerprint and _FINGERPRINT.fullmatch(fingerprint) is None:
        message = f"`{shorten(fingerprint, 40)}` is no fingerprint of two claims"
        remedy = f"`ledger why {' '.join(map(one_line, claims)) or 'ONE OTHER'}` prints it"
        take.flaw("wrong_shape", fields.items["fingerprint"], message, remedy, "fingerprint")
        return None
    if not claims or (not unwritten and (found not in FOUND or not fingerprint)):
        return None
    by, why = take.text(fields, "by") or "", take.text(fields, "why") or ""
    return Resolution(claims, found, by, on, why, fingerprint, path, fields.line, fields.column)


def _note(take: Taker, fields: Fields, known: tuple[str, ...], what: str) -> tuple[tuple[str, ...], str]:
    """The two claims that a curator's note names (none where they can't be read), and its day."""
    take.known_fields(fields, known, what)
    for required in known:
        if required not in fields.keys and required != "fingerprint":
            take.flaw("missing_field", fields, f"`{required}` is missing from {what}", f"write `{required}: ...`", required)
    claims = take.texts(fields, "claims")
    if type(fields.items.get("claims")) is Listing and (len(claims) != 2 or claims[0] == claims[1]):
        take.flaw("wrong_shape", fields.items["claims"], f"{what} names two different claims", "write claims: [one, other]", "claims")
        claims = ()
    if "fingerprint" in known and "fingerprint" not in fields.keys and not claims:
        take.flaw("missing_field", fields, f"`fingerprint` is missing from {what}", "`ledger why ONE OTHER` prints it", "fingerprint")
    on = take.text(fields, "on") or ""
    if on and _day(on) is None:
        take.flaw("wrong_shape", fields.items["on"], f"`on: {one_line(on)}` is no date", "write the day as YYYY-MM-DD", "on")
    return claims, on


def _passed_over(take: Taker, fields: Fields, seed: Seed | None) -> PassedOver | None:
    take.known_fields(fields, (*PASSED_FIELDS, "before", "after"), "an entry of `passed-over`")
    for required in PASSED_FIELDS:
        if required not in fields.keys:
            take.flaw("missing_field", fields, f"`{required}` is missing from what is passed over", f"write `{required}: ...`", required)
    quote = take.text(fields, "quote")
    if quote is None:
        return None
    found = seed.find(quote, take.text(fields, "before"), take.text(fields, "after")) if seed is not None else NOT_FOUND
    node = fields.items["quote"]
    return PassedOver(quote, take.text(fields, "why") or "", node.line, node.column, found)


class Meaning:
    """What the texts of a file's claims mean. The checks of meaning are rules; only shape is looked at here."""

    def __init__(self, path: str, vocabulary: Vocabulary, seed: Seed | None, published: Days | None) -> None:
        self.path = path
        self.properties = vocabulary.properties
        self.find = seed.find if seed is not None else None
        self.published = published

    def of(self, row: Row, line: int, column: int, at: Mapping[str, Position], flaws: tuple[Finding, ...] = ()) -> Claim:
        """The claim that a row of CLAIM says."""
        written = list(row)
        for number, absent in _DEFAULTS:
            if written[number] is None:
                written[number] = absent
        property, value, extent, stance, said, holds, quote, before, after = _SAYING(written)
        known = self.properties.get(property)
        figure = share = day = None
        if known is not None and known.usable:
            if known.type == "choice":
                if extent is None and stance == "asserts" and known.parts:
                    extent = written[_EXTENT] = "all"
                share = _range(parse_share, extent if extent is not None else "all")
            elif value is not None and known.type == "quantity":
                figure = _range(parse_figure, value)
            elif value is not None and known.type == "date":
                day = _day(value)
        said_days, said_by = _said_days(_said(said), self.published) if said else (None, None)
        found = self.find(quote, before, after) if self.find is not None and quote else NOT_FOUND
        held = _holds(holds) if holds is not None else None
        return Claim._make((*written, self.path, line, column, at, flaws, said_days, held, figure, share, day, found, said_by))


def row_of_texts(texts: Mapping[str, str | None]) -> Row | None:
    """The row of CLAIM that has some texts and no more; None where one of them is empty."""
    if all(text and not text.isspace() for text in texts.values()):
        return tuple(map(texts.get, CLAIM.fields, ABSENT))
    return None


def claim_of(fields: Fields, meaning: Meaning) -> Claim:
    """One claim of its fields, as the parser reads them."""
    items = fields.items
    said: dict[str, Any] = {}
    at: dict[str, Position] = {}
    plain = _KNOWN.issuperset(items) and items.keys() >= _NEEDED
    for key, node in items.items():
        at[key] = (node.line, node.column)
        if type(node) is not Scalar:
            plain = plain and key not in CLAIM_TEXTS
        elif node.text and not node.text.isspace():
            said[key] = node.text
        else:
            plain = False
    flaws: tuple[Finding, ...] = ()
    if not plain or not _OTHERS.isdisjoint(items):
        flaws = _rest(fields, said, at, plain)
    return meaning.of(tuple(map(said.get, CLAIM.fields, ABSENT)), fields.line, fields.column, at, flaws)


def _rest(fields: Fields, said: dict[str, Any], at: dict[str, Position], plain: bool) -> tuple[Finding, ...]:
    """The flaws of shape of a claim, none where it is `plain`; its lists and reasons are put into `said`."""
    take = Taker()
    items = fields.items
    if not plain:
        take.known_fields(fields, CLAIM_FIELDS, "a claim")
        for key in fields_of(TEXT):
            take.text(fields, key, _EMPTY.get(key, f"write `{key}: ...`" if key in CLAIM_REQUIRED else ""))
        for required in CLAIM_REQUIRED:
            if required not in items:
                message = f"`{required}` is missing from a claim"
                take.flaw("missing_field", (fields.line, fields.column), message, f"write `{required}: ...`", required)
    for key, field in CLAIM_OTHERS.items():
        if key in items:
            said[key] = (_reasons if field.kind == REASONS else _listed)(take, items[key], key, at)
    return tuple(take.flaws)


def _listed(take: Taker, node: Node, key: str, at: dict[str, Position]) -> tuple[str, ...]:
    """The texts of a list of references; where each stands goes into `at` as `via.0`, `via.1`."""
    scalars = take.scalars(node, key, one_allowed=True)
    for number, scalar in enumerate(scalars):
        at[f"{key}.{number}"] = (scalar.line, scalar.column)
    return tuple(scalar.text for scalar in scalars)


def _reasons(take: Taker, node: Node, key: str, at: dict[str, Position]) -> dict[str, str]:
    """Reasons by code; where each code stands goes into `at` as `accept.Q310`."""
    given = take.mapping(node, f"`{key}`")
    if given is None:
        return {}
    at.update({f"{key}.{code}": position for code, position in given.keys.items()})
    return {code: take.text(given, code) or "" for code in given.items}
