"""`ledger review [BASE[...HEAD]]`."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import NamedTuple

import click

from ledger import __version__
from ledger.commands.opening import find_root
from ledger.commands.options import Choice, format_option, in_a_folder
from ledger.commands.outputs import asked_outputs, output_option, prefix_in_repository, wants_colour, width, write_outputs
from ledger.commands.pager import paged
from ledger.model import Trouble
from ledger.reading.beside import Beside
from ledger.reading.contents import VOCABULARY_FILE
from ledger.reading.git import GitTrouble, Repository, repository_around
from ledger.reading.loader import Earlier
from ledger.reading.objects import Blobs
from ledger.reading.trees import CommitTree, Tree, WorkTree
from ledger.render import review as render
from ledger.render.annotations import is_urgent, of_review
from ledger.render.check import dumps
from ledger.render.markdown import MOST_BYTES, to_markdown
from ledger.render.review_data import record
from ledger.review.compare import Review, review
from ledger.review.moved import Several, has_ledger, where_it_stood
from ledger.review.sides import Sides, sides_named
from ledger.review.unread import CLAIMS, CONTRADICTIONS, DEFECTS, EVERYTHING, PROOFS, SEEDS, VOCABULARY
from ledger.rules import RULES
from ledger.texts.display import count_of, one_line, shorten

FORMATS = ("text", "markdown", "github", "sarif", "gitlab", "json")
FAILINGS: dict[str, Callable[[Review], bool]] = {
    "warning": lambda found: bool(found.new),
    "opened": lambda found: bool(found.conflicts.parted()[0].opened) or any(crowded.after > crowded.before for crowded in found.crowded),
    "certain": lambda found: (
        any(conflict.strength == "certain" for conflict in found.conflicts.opened)
        or any(crowded.certain_after > crowded.certain_before for crowded in found.crowded)
    ),
    "removed": lambda found: any(change.kind == "removed" for change in found.changes),
    "changed": lambda found: any(map(is_urgent, found.changes)),
    "seed": lambda found: any(seed.kind in ("changed", "removed") for seed in found.seeds),
    "vocabulary": lambda found: bool(found.entries),
    "proof": lambda found: any(change.needs_a_look for change in found.proofs),
}
Compare = Callable[[Tree | None, Tree], Review]
ASKS_FOR = {
    "warning": DEFECTS,
    "opened": CONTRADICTIONS,
    "certain": CONTRADICTIONS,
    "removed": CLAIMS,
    "changed": CLAIMS,
    "seed": SEEDS,
    "vocabulary": VOCABULARY,
    "proof": PROOFS,
}


@click.command("review")
@click.argument("revisions", metavar="[BASE[...HEAD]]", required=False)
@click.option(
    "--fail-on", "failing", type=Choice(list(FAILINGS)), multiple=True, help="Exit 1 for this too, not for new errors alone; repeatable."
)
@click.option(
    "--was", metavar="FOLDER", help="Where the ledger stood in BASE, from the repository's top, if it was moved and can't be found."
)
@click.option("--base-name", metavar="NAME", default="", help="What the report calls the base, where its reader knows it by another name.")
@click.option("--head-name", metavar="NAME", default="", help="The same of the head.")
@click.option("--max-bytes", type=click.IntRange(min=4_096), default=MOST_BYTES, show_default=True, help="Of the Markdown report, at most.")
@output_option()
@format_option(*FORMATS)
@in_a_folder
@paged
def command(
    folder: str | None,
    revisions: str | None,
    failing: Sequence[str],
    was: str | None,
    base_name: str,
    head_name: str,
    max_bytes: int,
    outputs: Sequence[str],
    form: str,
) -> int:
    """What a branch does to the ledger: from where it parted from BASE (by default the default branch) to HEAD (by default the files
    as they are here). `BASE..HEAD` compares the two directly."""
    root = find_root(folder)
    asked = asked_outputs(outputs, FORMATS, root)
    repository = repository_around(root)
    named = sides_named(repository, revisions, base_name, head_name)
    base, head = named.base, named.head
    with ExitStack() as stack:
        blobs = stack.enter_context(repository.blobs())
        inside = os.path.relpath(os.path.realpath(root), repository.top).replace(os.sep, "/")
        if head is None and (absent := repository.not_checked_out(inside)):
            more = f" and {count_of(len(absent) - 1, 'other')}" if len(absent) > 1 else ""
            raise Trouble(
                f"a sparse checkout leaves out {one_line(absent[0])}{more} of this ledger: review commits, `ledger review BASE...HEAD`"
            )
        beside = Beside(repository, WorkTree(root), inside, compared=head is None)
        found = _reviewed(_Sides(repository, blobs, base, head, beside), inside, was, _with_what_is_quicker(root))
        if untold := beside.not_compared():
            found = found._replace(unread=[*found.unread, *untold], unanswered=found.unanswered | {SEEDS, DEFECTS, CONTRADICTIONS})
    unanswered = [name for name in dict.fromkeys(failing) if ASKS_FOR[name] in found.unanswered and not FAILINGS[name](found)]
    if unanswered:
        words = f"{' and '.join(f'`--fail-on {name}`' for name in unanswered)} can't be answered, which counts as a finding"
        found = found._replace(unread=[*found.unread, words])
    if not found.after.refusals and not found.before.claims() and not found.after.claims():
        raise Trouble("neither side holds any claims: there is nothing to review (claims stand in claims/*.yaml)")
    title = render.title_words(named)
    prefix = prefix_in_repository(root) if found.moved is None else "" if found.moved[1] == "." else f"{found.moved[1]}/"
    writers = _writers(found, title, named, prefix, max_bytes)
    write_outputs(asked, writers)
    if form == "text":
        for piece in _text(found, title):
            sys.stdout.write(piece)
    else:
        sys.stdout.write(writers[form]().rstrip("\n") + "\n")
    new_errors = any(diagnostic.severity == "error" for diagnostic in found.new)
    return 1 if new_errors or unanswered or not found.after.claims() or any(FAILINGS[name](found) for name in failing) else 0


class _Sides(NamedTuple):
    """The two states of a repository that are compared; `head` None: the files as they are here."""

    repository: Repository
    blobs: Blobs
    base: str
    head: str | None
    beside: Beside

    def earlier(self, folder: str) -> CommitTree:
        """The ledger in a folder of the base."""
        return CommitTree(self.repository, self.base, folder, self.blobs, self.beside)

    def later(self, folder: str) -> Tree:
        """The ledger in a folder of the head."""
        if self.head is None:
            return self.as_it_lies(folder)
        return CommitTree(self.repository, self.head, folder, self.blobs, self.beside)

    def as_it_lies(self, folder: str) -> WorkTree:
        """What is in a folder now."""
        return WorkTree(os.path.join(self.repository.top, folder))

    def ledgers_of(self, commit: str) -> list[str]:
        """The folders of a commit that hold a ledger."""
        return [os.path.dirname(path) or "." for path in self.repository.files_called(commit, VOCABULARY_FILE)]


def _with_what_is_quicker(root: str) -> Compare:
    """`review` of two states of the ledger in a folder, with several processors and what a check kept, where these are there."""
    try:
        from ledger.cache.findings import Looking
    except ModuleNotFoundError:  # without what makes it quicker
        return review
    read = Earlier()
    return lambda earlier, later: review(earlier, later, Looking(root, read), read)


def _reviewed(sides: _Sides, inside: str, was: str | None, review: Compare) -> Review:
    """The review of the ledger in a folder, found where it stood before. A base without it counts as an empty one, as does one that
    can't be read, of which the report says that nothing can be told by it."""
    was = None if was is None else posixpath.normpath(was.replace(os.sep, "/"))
    before, now = was or inside, inside
    try:
        if was is not None and not has_ledger(sides.earlier(was)):
            raise Trouble(f"there is no {VOCABULARY_FILE} in {one_line(was)} of the base")
        if was is None and sides.head is not None and not has_ledger(sides.earlier(inside)) and not has_ledger(sides.later(inside)):
            # (two states from before the ledger was moved to where it is now)
            before = now = where_it_stood(sides.as_it_lies(inside), sides.ledgers_of(sides.head), sides.later, sides.as_it_lies) or inside
        if not has_ledger(sides.earlier(before)):
            stood = where_it_stood(sides.later(now), sides.ledgers_of(sides.base), sides.earlier, sides.later)
            if stood is None:
                return review(None, sides.later(now))._replace(unread=["the base has no ledger: everything counts as new"])
            before = stood
        elif sides.head is not None and not has_ledger(sides.later(now)):
            now = where_it_stood(sides.earlier(before), sides.ledgers_of(sides.head), sides.later, sides.earlier) or now
    except Several as problem:
        return _not_compared(sides.later(now), str(problem), review)
    try:
        return review(sides.earlier(before), sides.later(now))._replace(moved=(before, now) if before != now else None)
    except GitTrouble:
        raise
    except Trouble as problem:
        return _not_compared(sides.later(now), f"the ledger of the base could not be read ({shorten(one_line(str(problem)), 300)})", review)


def _not_compared(later: Tree, words: str, review: Compare) -> Review:
    """The review of a ledger as if all of it were new, where nobody can tell what is."""
    found = review(None, later)
    return found._replace(unread=[f"{words}: everything counts as new", *found.unread], unanswered=EVERYTHING)


def _writers(found: Review, title: str, sides: Sides, prefix: str, most: int) -> dict[str, Callable[[], str]]:
    """The formats, each made when it is asked for."""

    def sarif() -> str:
        from ledger.render.sarif import to_sarif

        return to_sarif(of_review(found), prefix, __version__, {code: rule.manual for code, rule in RULES.items()})

    def gitlab() -> str:
        from ledger.render.gitlab import to_gitlab

        return to_gitlab(of_review(found), prefix)

    def github() -> str:
        from ledger.render.github import to_github

        return "".join(to_github(of_review(found), prefix))

    return {
        "text": lambda: "".join(render.to_text(found, title)),
        "markdown": lambda: to_markdown(found, title, most),
        "github": github,
        "sarif": sarif,
        "gitlab": gitlab,
        "json": lambda: dumps(record(found, sides)),
    }


def _text(found: Review, title: str) -> Iterable[str]:
    """For a terminal, with its width and colours; for a pipe, complete and plain."""
    columns = width()
    if columns is None:
        yield from render.to_text(found, title)
        return
    from ledger.render.tables import conflicts_told, flowing

    colour = wants_colour()
    yield flowing([([(title, "heading")], 0), ([("", "")], 0)], columns, colour)
    for section in render.sections(found):
        yield flowing([([(section.title, "section")], 0), ([("", "")], 0)], columns, colour)
        yield flowing([(line, indent + 2) for line, indent in render.lines_of(section.blocks)], columns, colour)
        if section.pages is not None:
            yield from conflicts_told(section.questions, [], [], section.pages, columns, colour, full=True)
    yield flowing([([(line, "")], 0) for line in render.closing(found)], columns, colour)
