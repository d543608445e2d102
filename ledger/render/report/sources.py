"""A source as a part of a report: its head, its whole text with the quotes marked, and each claim behind the paragraph it was read from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ledger.answers.coverage import told_apart
from ledger.model import Claim, ClaimsFile
from ledger.render.blocks import is_unquoted
from ledger.render.report.book import Book
from ledger.render.report.claims import QUOTES, article
from ledger.render.report.history import source_history
from ledger.render.report.markup import days_kept, shown, tongue, web_link
from ledger.render.report.source_names import language_words
from ledger.texts.display import count_of
from ledger.texts.seeds import Seed

Span = tuple[int, int]
_HEAD = ("publisher", "url", "retrieved", "licence", "dated-by", "note")  # of a file, beside its title and what every file has


def source(file: ClaimsFile, book: Book) -> str:
    """One source."""
    anchor = book.source_anchor(file)
    parts = [f'<section id="{anchor}"><h3><a href="#{anchor}">{book.source_name(file)}</a></h3>', f"<dl>{_facts(file, book)}</dl>"]
    parts.append(source_history(book.added_in.get(file.path), book.history))
    claims = [claim for claim in file.claims if book.anchor(claim) is not None]
    if file.seed is None:
        why = QUOTES if is_unquoted(file) else "The text could not be read."
        parts.append(f"<p><b>{why}</b></p>{''.join(article(claim, book) for claim in claims)}")
    else:
        parts += _text(file, file.seed, claims, book)
    parts.append(_passed_over(file, book))
    parts.append("</section>")
    return "".join(parts)


def _facts(file: ClaimsFile, book: Book) -> str:
    """What is known of a source, as the pairs of a list."""
    pairs = [("published", shown(file.published)), ("language", shown(language_words(file.language)))]
    pairs += [(name, web_link(file.head[name]) if name == "url" else shown(file.head[name])) for name in _HEAD if file.head.get(name)]
    for original in file.original:
        pairs.append(("original", shown(", ".join(f"{name} {words}" for name, words in original.written().items()))))
    if file.text is not None:
        pairs.append(("text made", shown(", ".join(f"{name} {words}" for name, words in file.text.written().items()))))
    pairs.append(("claims in", shown(file.path)))
    if not is_unquoted(file):
        pairs.append(("stored as", f"{shown(file.seed_path)}, SHA-256 <code>{shown(file.sha256)}</code>"))
    return "".join(f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in pairs)


def _text(file: ClaimsFile, seed: Seed, claims: list[Claim], book: Book) -> Iterator[str]:
    """The paragraphs, each with the claims that were read from it behind it."""
    starts = [seed.paragraph(offset) for offset in seed.paragraphs]
    begins = [start for start, _ in starts]
    behind: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        behind[bisect_right(begins, claim.found.spans[0][0]) - 1 if claim.found.ways else -1].append(claim)
    ends = [end for _, end in starts]
    quoted = _by_paragraph({span for claim in file.claims if claim.found.ways for span in claim.found.spans}, begins, ends)
    states = {(first, last): state for first, last, state in book.pieces(file) if state != "claim"}
    beside = _by_paragraph(states, begins, ends)
    attributes = tongue(file.language)
    for number, (start, end) in enumerate(starts):
        if end > start:
            near = [(max(start, a), min(end, b)) for a, b in quoted[number]]
            open_here = {max(start, a): (min(end, b), states[a, b]) for a, b in beside[number]}
            lines = dict.fromkeys((seed.line(start), seed.line(end - 1)))
            yield f'<p{attributes} class="s" data-l="{"–".join(map(str, lines))}">{_marked(seed.folded, start, end, near, open_here)}</p>'
        yield "".join(article(claim, book) for claim in behind.get(number, ()))
    if behind.get(-1):
        yield "<p><b>Claims whose quote was not found in the text:</b></p>" + "".join(article(claim, book) for claim in behind[-1])


def _passed_over(file: ClaimsFile, book: Book) -> str:
    """What is passed over, and why."""
    if book.is_big or not file.passed_over:
        return ""
    words = tongue(file.language)
    rows = "".join(f"<li><q{words}>{shown(passed.quote)}</q>: {shown(passed.why)}</li>" for passed in file.passed_over)
    return f"<p>Passed over, and why:</p><ul>{rows}</ul>"


def _by_paragraph(spans: Iterable[Span], begins: Sequence[int], ends: Sequence[int]) -> dict[int, list[Span]]:
    """The spans that each paragraph has a part of, by its number, in order."""
    found: dict[int, list[Span]] = defaultdict(list)
    for first, last in sorted(spans):
        for number in range(bisect_right(ends, first), bisect_left(begins, last)):
            found[number].append((first, last))
    return found


def _marked(text: str, start: int, end: int, quoted: list[Span], states: dict[int, tuple[int, str]]) -> str:
    """A stretch of text with quotes marked (where several overlap, as such), open sentences and those that were passed over (by where they
    begin)."""
    changes = Counter(first for first, _ in quoted)
    changes.subtract(last for _, last in quoted)
    cuts = sorted({start, end, *changes, *states, *(last for last, _ in states.values())})
    made = []
    layers, until, state = 0, 0, ""
    for first, last in pairwise(cuts):
        words = shown_piece(text[first:last])
        layers += changes[first]
        until, state = states.get(first, (until, state))
        if layers:
            made.append(f'<mark class="o">{words}</mark>' if layers > 1 else f"<mark>{words}</mark>")
        elif last <= until:
            made.append(f'<span class="{state}">{words}</span>')
        else:
            made.append(words)
    return "".join(made)


def shown_piece(text: str) -> str:
    """A piece of a text, the spaces at its ends kept."""
    inner = shown(text)
    return (" " if text[:1].isspace() else "") + inner.strip() + (" " if text[-1:].isspace() and inner.strip() else "")


def coverage_row(file: ClaimsFile, book: Book) -> str:
    """A source in the table of all: when it appeared, how much of it was read."""
    counts = Counter(state for _, _, state in book.pieces(file))
    title = book.source(file)
    told = counts.total() if told_apart(file, book.vocabulary) else "?"
    numbers = (len(file.claims), told, counts["claim"], counts["passed"], counts["open"])
    cells = "".join(f"<td>{words}</td>" for words in (days_kept(file.published), shown(language_words(file.language))))
    if is_unquoted(file):
        return f'<tr><th scope="row">{title}</th>{cells}<td class="n">{len(file.claims)}</td><td colspan="4">{QUOTES}</td></tr>'
    return f'<tr><th scope="row">{title}</th>{cells}' + "".join(f'<td class="n">{number}</td>' for number in numbers) + "</tr>"


def coverage_total(files: Iterable[ClaimsFile], book: Book) -> str:
    """`120 of 160 sentences bear a claim, 30 are passed over, 10 are open`."""
    files = list(files)
    untold = [file for file in files if not told_apart(file, book.vocabulary)]
    counts = Counter(state for file in files if file not in untold for _, _, state in book.pieces(file))
    read = f"{counts['claim']} of {count_of(counts.total(), 'sentence')} bear a claim"
    rest = f"; of {count_of(len(untold), 'source')} sentences can't be told apart" if untold else ""
    passed, left = counts["passed"], counts["open"]
    return f"{read}, {passed} {'is' if passed == 1 else 'are'} passed over, {left} {'is' if left == 1 else 'are'} open{rest}"
