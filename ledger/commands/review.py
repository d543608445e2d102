"""`ledger review [BASE[...HEAD]]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

import click

from ledger import __version__
from ledger.commands.opening import find_root
from ledger.commands.options import Choice, format_option
from ledger.commands.outputs import asked_outputs, output_option, prefix_in_repository, wants_colour, width, write_outputs
from ledger.model import Trouble
from ledger.reading.git import GitTrouble, Repository, commit_named, parting, repository_around
from ledger.reading.trees import CommitTree, Tree, WorkTree
from ledger.render import review as render
from ledger.render.annotations import is_urgent, of_review
from ledger.render.check import dumps
from ledger.render.markdown import MOST_BYTES, to_markdown
from ledger.render.review_data import record
from ledger.review.compare import Review, review
from ledger.rules import RULES
from ledger.texts.display import count_of, one_line, shorten

FORMATS = ("text", "markdown", "github", "sarif", "gitlab", "json")
FAILINGS: dict[str, Callable[[Review], bool]] = {
    "warning": lambda found: bool(found.new),
    "opened": lambda found: bool(found.conflicts.opened) or any(crowded.after > crowded.before for crowded in found.crowded),
    "certain": lambda found: (
        any(conflict.strength == "certain" for conflict in found.conflicts.opened)
        or any(crowded.certain_after > crowded.certain_before for crowded in found.crowded)
    ),
    "removed": lambda found: any(change.kind == "removed" for change in found.changes),
    "changed": lambda found: any(map(is_urgent, found.changes)),
    "seed": lambda found: any(seed.kind in ("changed", "removed") for seed in found.seeds),
    "vocabulary": lambda found: bool(found.entries),
}


@click.command("review")
@click.argument("revisions", metavar="[BASE[...HEAD]]", required=False)
@click.option(
    "--fail-on", "failing", type=Choice(list(FAILINGS)), multiple=True, help="Exit 1 for this too, not for new errors alone; repeatable."
)
@click.option("--max-bytes", type=click.IntRange(min=4_096), default=MOST_BYTES, show_default=True, help="Of the Markdown report, at most.")
@output_option()
@format_option(*FORMATS)
@click.pass_obj
def command(folder: str | None, revisions: str | None, failing: Sequence[str], max_bytes: int, outputs: Sequence[str], form: str) -> int:
    """What a branch does to the ledger: from where it parted from BASE (by default the default branch) to HEAD (by default the files
    as they are here). `BASE..HEAD` compares the two directly."""
    root = find_root(folder)
    asked = asked_outputs(outputs, FORMATS, root)
    repository = repository_around(root)
    base, head = _sides(repository, revisions)
    with ExitStack() as stack:
        blobs = stack.enter_context(repository.blobs())
        inside = os.path.relpath(os.path.realpath(root), repository.top).replace(os.sep, "/")
        if head is None and (absent := repository.not_checked_out(inside)):
            more = f" and {count_of(len(absent) - 1, 'other')}" if len(absent) > 1 else ""
            raise Trouble(
                f"a sparse checkout leaves out {one_line(absent[0])}{more} of this ledger: review commits, `ledger review BASE...HEAD`"
            )
        earlier = CommitTree(repository, base, inside, blobs)
        later: Tree = WorkTree(root) if head is None else CommitTree(repository, head, inside, blobs)
        had_none = not any(entry.name == "ledger.yaml" for entry in earlier.entries(""))
        found = _reviewed(earlier, later, had_none)
    if not found.after.refusals and not found.before.claims() and not found.after.claims():
        raise Trouble("neither side holds any claims: there is nothing to review (claims stand in claims/*.yaml)")
    title = render.title_words(found, base, head)
    writers = _writers(found, title, base, head, prefix_in_repository(root), max_bytes)
    write_outputs(asked, writers)
    if form == "text":
        for piece in _text(found, title):
            sys.stdout.write(piece)
    else:
        sys.stdout.write(writers[form]().rstrip("\n") + "\n")
    new_errors = any(diagnostic.severity == "error" for diagnostic in found.new)
    return 1 if new_errors or not found.after.claims() or any(FAILINGS[name](found) for name in failing) else 0


def _reviewed(earlier: Tree, later: Tree, had_none: bool) -> Review:
    """The review; a base without a ledger, or with one that can't be read, counts as an empty one, and the report says so."""
    if had_none:
        return review(None, later)._replace(unread=["the base has no ledger: everything counts as new"])
    try:
        return review(earlier, later)
    except GitTrouble:
        raise
    except Trouble as problem:
        try:
            found = review(None, later)
        except Trouble as other:
            raise other from None
        words = f"the ledger of the base could not be read ({shorten(one_line(str(problem)), 300)}): everything counts as new"
        return found._replace(unread=[words, *found.unread])


def _sides(repository: Repository, revisions: str | None) -> tuple[str, str | None]:
    """The commits to compare: where the branch parted, and its end (None: the files as they are here)."""
    text = revisions or ""
    direct = ".." in text and "..." not in text
    base_name, _, head_name = text.partition("..." if "..." in text else "..")
    head = commit_named(repository, head_name) if head_name else None
    here = head or repository.commit("HEAD")
    if here is None:
        raise Trouble("the repository has no commit yet: there is nothing to compare with")
    if not base_name:
        default = repository.default_branch()
        if default is None:
            raise Trouble("no default branch is known (origin/HEAD, main or master): name what to compare with, `ledger review BASE`")
        base_name = default
    base = commit_named(repository, base_name)
    if direct:
        return base, head
    return parting(repository, base, here, (base_name, head_name or "the branch here")), head


def _writers(found: Review, title: str, base: str, head: str | None, prefix: str, most: int) -> dict[str, Callable[[], str]]:
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
        "json": lambda: dumps(record(found, base, head)),
    }


def _text(found: Review, title: str) -> Iterable[str]:
    """For a terminal, with its width and colours; for a pipe, complete and plain."""
    columns = width()
    if columns is None:
        yield from render.to_text(found, title)
        return
    from ledger.render.tables import conflicts_table, flowing

    colour = wants_colour()
    yield flowing([([(title, "heading")], 0), ([("", "")], 0)], columns, colour)
    for section in render.sections(found):
        yield flowing([([(section.title, "section")], 0), ([("", "")], 0)], columns, colour)
        yield flowing([(line, indent + 2) for line, indent in render.lines_of(section.blocks)], columns, colour)
        if section.pages is not None:
            yield from conflicts_table(section.questions, [], [], section.pages, columns, colour)
    yield flowing([([(line, "")], 0) for line in render.closing(found)], columns, colour)
