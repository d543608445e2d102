"""`ledger report`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from ledger import __version__
from ledger.answers.filters import said_around
from ledger.commands.opening import Place, Source, place_of
from ledger.commands.options import OPTIONS, as_of, filter_of, filter_options, reads_a_ledger
from ledger.commands.outputs import asked_outputs, write_file
from ledger.commands.pages import asked_folder, write_pages
from ledger.commands.several import ledger_asked, names_and_paths, of_several_ledgers
from ledger.conflicts.corrections import corrections_of
from ledger.model import Diagnostic, Ledger, Trouble
from ledger.reading.contents import VOCABULARY_FILE
from ledger.reading.trees import CommitTree, GitTree, WorkTree
from ledger.texts.dates import DateProblem, parse_date
from ledger.texts.display import one_line

if TYPE_CHECKING:
    from ledger.answers.filters import Filter
    from ledger.render.report.book import Book, Origin
    from ledger.render.report.history import History
    from ledger.render.report.since import Since

MOST_PAIRS = 20_000  # contradictions that the page holds as data; of more the first, and it says so
MOST_CLAIMS, MOST_BYTES = 20_000, 12_000_000  # of one page
MANY = "`--folder DIR` writes a page a place, and filters (`--town`, `--property`, ...) tell less"


@click.command("report")
@filter_options
@of_several_ledgers
@click.option("--output", metavar="FILE", help="Write the page there instead of to standard output.")
@click.option("--folder", metavar="DIR", help="Write a folder of pages, one a place and a source: for ledgers too large for one page.")
@reads_a_ledger
def command(
    source: Source, /, output: str | None, folder: str | None, several: Sequence[str], same_places: str | None, **asked: Any
) -> int:
    """One HTML page to read in a browser and to send on: places, claims, contradictions, sources, claimants. It needs no network, no server
    and no script. `--since` takes a commit too: then what changed since is marked."""
    from ledger.answers.report import told
    from ledger.render.blocks import Pages
    from ledger.render.report.book import Book

    revision, asked = _revision(asked)
    if revision is not None and several:
        raise click.UsageError(f"`--since {one_line(revision)}` is no date: commits are those of one ledger, and `--from` names several")
    roots = [path for _, path in names_and_paths(several)] or [place_of(source).root]
    if folder is not None:
        if output is not None:
            raise click.UsageError("`--output` writes one page, `--folder` many: give one of them")
        for root in roots:
            folder = asked_folder(folder, root)
    elif output is not None:
        for root in roots:
            asked_outputs([f"html:{output}"], ["html"], root)
    elif sys.stdout.isatty():
        raise click.UsageError("a page is no text for a terminal: name a file, `ledger report --output report.html`")
    ledger, left_out, place = ledger_asked(source, several, same_places)
    wanted, day = filter_of(asked, ledger), as_of(asked)
    found = told(ledger, left_out, wanted, day)
    pages = Pages.of(ledger, corrections_of(ledger, [*found.asked.taking_part, *found.asked.too_late], day))
    defects = (_defects(ledger) if place is not None else _defects_of(several)) if left_out or ledger.refusals else []
    since = None if revision is None or place is None else _since(place, revision)
    book = Book(found, pages, _origin(source, place, asked, several), _history(place, source, ledger), since)
    if folder is not None:
        from ledger.render.report.folder import to_folder

        write_pages(folder, to_folder(book, defects, wanted, left_out))
        return 0
    page = _one_page(book, defects, wanted, left_out)
    if output is None:
        sys.stdout.write(page)
    else:
        write_file(output, page)
    return 0


def _one_page(book: Book, defects: list[Diagnostic], wanted: Filter, left_out: frozenset[tuple[str, int]]) -> str:
    """All as one page; of more than a browser and a mail bear, a word about what makes many."""
    from ledger.render.report.data import claims_data, conflicts_data
    from ledger.render.report.pages import to_html

    told, pages = book.told, book.pages
    if len(told.claims()) > MOST_CLAIMS:
        raise Trouble(f"{len(told.claims()):,} claims are too many for one page (at most {MOST_CLAIMS:,}): {MANY}")
    near = said_around(told.asked.taking_part, wanted, pages.ledger)
    data = {
        "claims": claims_data(told, pages, left_out, wanted),
        "conflicts": conflicts_data(told, pages, wanted, near, MOST_PAIRS),
    }
    page = to_html(book, defects, data)
    size = len(page.encode("utf-8", "backslashreplace"))
    if size > MOST_BYTES:
        raise Trouble(f"the page would have {size / 1e6:.1f} MB (at most {MOST_BYTES / 1e6:g}): {MANY}")
    return page


def _revision(asked: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The commit that `--since` names, and what else is asked: where it is a date, it is the filter that all commands have."""
    if asked["since"] is None:
        return None, asked
    try:
        parse_date(asked["since"])
    except DateProblem:
        return asked["since"], asked | {"since": None}
    return None, asked


def _since(place: Place, revision: str) -> Since:
    """What changed in the ledger since a commit."""
    from ledger.reading.beside import Beside
    from ledger.reading.git import GitTrouble, commit_named, repository_around
    from ledger.render.report.since import Since
    from ledger.review.compare import review
    from ledger.review.moved import has_ledger

    repository = repository_around(place.root)
    try:
        commit = commit_named(repository, revision)
    except GitTrouble as trouble:
        raise Trouble(f"--since {one_line(revision)} is no date, and names no commit: {trouble}") from None
    inside = os.path.relpath(os.path.realpath(place.root), repository.top).replace(os.sep, "/")
    with repository.blobs() as blobs:
        beside = Beside(repository, WorkTree(place.root), inside, compared=place.is_as_it_lies())
        earlier = CommitTree(repository, commit, inside, blobs, beside)
        return Since(revision, commit, review(earlier if has_ledger(earlier) else None, place.tree))


def _history(place: Place | None, source: Source, ledger: Ledger) -> History:
    """What git tells of every claim; why not, where it can't."""
    from ledger.reading.git import repository_around
    from ledger.reading.history import authors_mapped
    from ledger.reading.loader import without_collector
    from ledger.render.report.history import History
    from ledger.review.histories import histories
    from ledger.review.places import Places, now_at, now_in

    if place is None:
        return History("these are several ledgers as one")
    try:
        repository = repository_around(place.root)
    except Trouble:
        return History("the files are in no git repository")
    try:
        head = repository.commit(source.revision or "HEAD")
        if head is None:
            return History("nothing is committed yet")
        inside = os.path.relpath(os.path.realpath(place.root), repository.top).replace(os.sep, "/")
        now = now_at(repository, place.tree, head) if isinstance(place.tree, WorkTree) else None
        if isinstance(place.tree, GitTree):
            now = now_in(repository, place.tree, inside)
        assert now is not None
        with without_collector(), repository.blobs() as blobs:
            places = Places(repository, blobs, now)
            found = histories(ledger.vocabulary, places, places.walk(head))
        return History("", found, authors_mapped(repository, found.commits))
    except Trouble:  # (its words may name a folder of this machine)
        return History("git can't read all of it (`ledger log` says why)")


def _defects(ledger: Ledger) -> list[Diagnostic]:
    """The defects for which claims are left out."""
    from ledger.rules import check_ledger

    return [found for found in check_ledger(ledger).diagnostics if found.severity == "error"]


def _defects_of(several: Sequence[str]) -> list[Diagnostic]:
    """The same of several ledgers, under their names: of those that lie in folders (an export tells which claims are left out, not why)."""
    from ledger.reading.loader import load

    found = []
    for name, path in names_and_paths(several):
        if os.path.lexists(os.path.join(path, VOCABULARY_FILE)):
            for each in _defects(load(WorkTree(os.path.realpath(path)))):
                found.append(each._replace(path=f"{name}/{each.path}", claim=f"{name}:{each.claim}" if each.claim else each.claim))
    return found


def _origin(source: Source, place: Place | None, asked: dict[str, Any], several: Sequence[str]) -> Origin:
    """Where the report comes from: of files that lie in a checkout, its commit; of several ledgers, their names."""
    from ledger.reading.git import commit_named, repository_around
    from ledger.render.report.book import Origin

    words = ", ".join(f"--{name.replace('_', '-')} {one_line(str(asked[name]))}" for name in OPTIONS if asked.get(name) is not None)
    if place is None:
        return Origin(__version__, None, False, words, several=", ".join(one_line(name) for name, _ in names_and_paths(several)))
    commit = None
    with suppress(Trouble):  # a ledger need not lie in a repository
        commit = commit_named(repository_around(place.root), source.revision or "HEAD")
    return Origin(__version__, commit, source.revision is None, words)
