"""`ledger seed add SOURCE` and `ledger seed verify [SEED]`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ledger.answers.names import find_seed
from ledger.commands.opening import Source as LedgerSource
from ledger.commands.opening import find_root, place_of
from ledger.commands.options import dry_run_option, format_option, in_a_folder, reads_a_ledger
from ledger.commands.outputs import write, write_beside, write_difference
from ledger.model import Trouble
from ledger.model.extras import installing
from ledger.reading.loader import load
from ledger.render.check import dumps, for_people
from ledger.texts.display import count_of, one_line, shorten

if TYPE_CHECKING:
    from ledger.writing.capture.adding import Added
    from ledger.writing.capture.sources import Source


@click.group("seed", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def command() -> None:
    """Take in a text and what it was captured from; hold a seed against its original again."""


@command.command("add")
@click.argument("what", metavar="FILE|-|URL")
@click.option("--published", metavar="DAY", help="When the text appeared, where it does not say so itself.")
@click.option("--language", metavar="TAG", help="In which language it is written (nb, ro, uk, en), where it does not say so itself.")
@click.option("--from", "first", metavar="WORDS", help="The words with which the text begins.")
@click.option("--to", "last", metavar="WORDS", help="The words with which it ends.")
@click.option("--proposed", is_flag=True, help="Cut it where trafilatura proposes to (it is told where that is).")
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--publisher", metavar="TEXT", help="Who published it.")
@click.option("--url", metavar="URL", help="Where it was published.")
@click.option("--dated-by", metavar="TEXT", help="How the day is known, where the text itself states no full date.")
@click.option("--licence", metavar="TEXT", help="Under which terms it may be used.")
@click.option("--note", metavar="TEXT", help="What a reader should know of it.")
@click.option("--paragraphs", type=click.Choice(["lines", "empty-lines"]), help="What ends a paragraph of it (`lines`: every line end).")
@click.option("--captured", metavar="DAY", help="When it was captured.")
@click.option("--with", "program", metavar="PROGRAM", help="With what it was captured (SingleFile 1.22).")
@click.option("--type", "media_type", metavar="TYPE", help="What it is (text/html, ...), where its name and first bytes mislead.")
@click.option("--charset", metavar="NAME", help="In which charset it is, where it does not say so itself.")
@click.option("--record", default="", metavar="URL|N", help="Which of the pages of an archive (WARC, WACZ).")
@click.option("--name", default="", metavar="NAME", help="What its files are called, without an ending.")
@dry_run_option()
@in_a_folder
def add(
    folder: str | None,
    what: str,
    published: str | None,
    language: str | None,
    first: str | None,
    last: str | None,
    proposed: bool,
    title: str | None,
    publisher: str | None,
    url: str | None,
    dated_by: str | None,
    licence: str | None,
    note: str | None,
    paragraphs: str | None,
    captured: str | None,
    program: str | None,
    media_type: str | None,
    charset: str | None,
    record: str,
    name: str,
    dry_run: bool,
) -> int:
    """Take in a text: a page (HTML), a PDF, subtitles (VTT, SRT), messages (Telegram Desktop), a web archive (WARC, WACZ), plain text.

    The original is kept in originals/, its text in seeds/, and claims/ gets a file whose head says where both come from.
    """
    from ledger.writing.capture.adding import add_seed
    from ledger.writing.edits import Edit

    root = find_root(folder)
    said = {
        "published": published, "language": language, "title": title, "publisher": publisher, "url": url, "dated-by": dated_by,
        "licence": licence, "note": note, "paragraphs": paragraphs, "captured": captured, "with": program,
    }  # fmt: skip
    empty = [key for key, text in {**said, "from": first, "to": last}.items() if text is not None and not text.strip()]
    if empty:
        raise click.UsageError(f"`--{empty[0]}` is empty")
    asked = {key: text for key, text in said.items() if text is not None}
    source = _source(what, asked, media_type, charset, record)
    told: list[str] = []
    if first is None and last is None:
        first, last, told = _proposal(source, proposed)
    with Edit(root) as edit:
        added = add_seed(edit, source, asked, first, last, name)
        written = edit.write(dry_run)
    for line in _told(added, dry_run):
        write(for_people(line))
    if dry_run:
        write_difference(written.difference)
    write_beside(
        [*told, *added.warnings, *(f"{found.code} {found.message} ({found.help})" for found in written.new if found.path == added.claims)]
    )
    return 0


def _source(what: str, asked: dict[str, str], media_type: str | None, charset: str | None, record: str) -> Source:
    """What was handed in: fetched from an address, or read from a file or standard input."""
    from ledger import __version__
    from ledger.writing.capture.charsets import codec_of
    from ledger.writing.capture.sources import Source, read_source, type_of

    if charset is not None and codec_of(charset) is None:
        raise click.UsageError(f"`--charset {shorten(charset, 40)}` is no charset that is known")
    beside = f"; charset={charset}" if charset else ""
    if "://" in what[:12]:
        from ledger.writing.capture.fetching import fetch

        fetched = fetch(what)
        asked.setdefault("captured", date.today().isoformat())
        asked.setdefault("with", f"fact-ledger {__version__}")
        told = type_of(
            fetched.data, fetched.url, (media_type or fetched.media_type.partition(";")[0]) + (beside or _charset(fetched.media_type))
        )
        return Source(fetched.data, "", told, fetched.url, asked["captured"], record)
    data = read_source(what, what == "-")
    name = "" if what == "-" else what
    return Source(data, name, type_of(data, name, (media_type or "") + beside), "", "", record)


def _charset(media_type: str) -> str:
    from ledger.writing.capture.makers import charset_of

    named = charset_of(media_type)
    return f"; charset={named}" if named else ""


def _proposal(source: Source, taken: bool) -> tuple[str | None, str | None, list[str]]:
    """Where a library would cut a page; taken only where that was asked for, else told."""
    from ledger.writing.capture.proposals import LARGEST, proposed_cut
    from ledger.writing.capture.texts import text_of

    found = None
    if len(source.data) <= LARGEST:
        made = text_of(source)
        found = proposed_cut(made.inner, made.text) if made.by.startswith("ledger-html") else None
    if taken and found is None:
        raise Trouble(f"no cut is proposed: give --from and --to yourself (proposals need trafilatura: {installing('capture')})")
    if found is None:
        return None, None, []
    if taken:
        return *found, [
            f"cut as trafilatura proposes, from `{shorten(found[0], 80)}` to `{shorten(found[1], 80)}`: look whether that is right"
        ]
    return (
        None,
        None,
        [f"the whole page was taken; trafilatura would cut it: --from {_quoted(found[0])} --to {_quoted(found[1])} (or --proposed)"],
    )


def _quoted(words: str) -> str:
    return "'" + one_line(words).replace("'", "'\\''") + "'"


def _told(added: Added, dry_run: bool) -> list[str]:
    """What was stored, and what the head says."""
    stored = [path for path in (added.original, added.seed, added.claims) if path]
    lines = [f"{'would be stored' if dry_run else 'stored'}: {', '.join(map(one_line, stored))}"]
    for key, said in added.head:
        how = f"{said.how}: {one_line(said.where)}" if said.where else "as you said"
        lines.append(f"  {key + ':':11} {shorten(said.text, 100)}  ({how})")
    return [*lines, f"next: ledger seeds {one_line(added.seed.partition('/')[2])} --open"]


@command.command("verify")
@click.argument("name", metavar="[SEED]", required=False)
@format_option("text", "json")
@reads_a_ledger
def verify(source: LedgerSource, name: str | None, form: str) -> int:
    """Make the text of each seed again from its original, and say whether it is the seed: same bytes, same words, all quotes stand, differs,
    or could not be tried. Ends with 1 where one differs or could not be tried."""
    from ledger.writing.capture.verifying import GOOD, Verdict
    from ledger.writing.capture.verifying import verify as verified

    place = place_of(source)
    ledger = load(place.tree)
    files = [file for file in ledger.files if file.seed_name]
    if name is not None:
        wanted = find_seed(name, [file.seed_name for file in files])
        files = [file for file in files if file.seed_name == wanted]
    named = [file for file in files if file.original]
    if not named:
        what = f"the head of {one_line(files[0].path)} names" if name is not None else "no claims file names"
        raise Trouble(f"{what} {'no ' if name is not None else 'an '}`original`: there is nothing to hold a seed against")
    verdicts: list[tuple[str, str, Verdict]] = [(file.seed_name, file.path, verified(file, place.tree)) for file in named]
    without = [file.seed_name for file in files if not file.original]
    if form == "json":
        rows = [
            {"seed": seed, "path": path, "answer": found.answer, "why": found.why, "lost": list(found.lost)}
            for seed, path, found in verdicts
        ]
        write(
            dumps({"schema_version": 1, "seeds": rows, "without_original": without, "not_read": [known.path for known in ledger.refusals]})
        )
    else:
        for seed, _, found in verdicts:
            lost = f"; quotes lost: {', '.join(map(one_line, found.lost[:20]))}" if found.lost else ""
            write(for_people(f"seeds/{one_line(seed)}: {found.answer}{f' ({one_line(found.why)})' if found.why else ''}{lost}"))
        rest = f"; {count_of(len(without), 'seed names', 'seeds name')} no original" if without else ""
        unread = f"; {count_of(len(ledger.refusals), 'claims file')} could not be read" if ledger.refusals else ""
        write(f"{count_of(len(verdicts), 'seed')} tried{rest}{unread}")
    return 0 if all(found.answer in GOOD for _, _, found in verdicts) else 1
