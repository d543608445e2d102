"""Where reports go: standard output, or the files that `--output FORMAT:PATH` names, each written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from ledger.commands.opening import path_below
from ledger.commands.options import Command
from ledger.model import Trouble
from ledger.reading.contents import OWN
from ledger.texts.display import count_of, one_line, visible
from ledger.texts.suggestions import did_you_mean

if TYPE_CHECKING:
    from ledger.render.blocks import Line
    from ledger.render.listing import Listing
    from ledger.writing.edits import Written


def output_option() -> Callable[[Command], Command]:
    """`--output FORMAT:PATH`, repeatable."""
    return click.option(
        "--output", "outputs", metavar="FORMAT:PATH", multiple=True, help="Write the report in this format to a file too; repeatable."
    )


def asked_outputs(outputs: Sequence[str], formats: Sequence[str], root: str) -> list[tuple[str, str]]:
    """The formats and paths asked for; raises UsageError for an unknown format, Trouble for a path among the ledger's own files."""
    found: list[tuple[str, str]] = []
    for text in outputs:
        form, colon, path = text.partition(":")
        if not colon or not path or "\0" in path:
            raise click.UsageError(f"`--output {one_line(text)}` is not FORMAT:PATH")
        if form not in formats:
            hint = did_you_mean(form, formats)
            raise click.UsageError(f"`{one_line(form)}` is none of {', '.join(formats)}" + (f": {hint}" if hint else ""))
        if ".git" in os.path.realpath(path).split(os.sep):
            raise Trouble(f"{one_line(path)} is one of git's own files: name another to write to")
        if (path_below(os.path.realpath(path), root) or [""])[0] in OWN:
            raise Trouble(f"{one_line(path)} is one of the ledger's own files: name another to write to")
        if any(os.path.realpath(other) == os.path.realpath(path) for _, other in found) and not os.path.realpath(path).startswith("/dev/"):
            raise click.UsageError(f"two reports can't be written to one file, {one_line(path)}")
        found.append((form, path))
    return found


def write_outputs(asked: Sequence[tuple[str, str]], writers: Mapping[str, Callable[[], str]]) -> None:
    """Make each report, then write them all."""
    for path, text in [(path, writers[form]()) for form, path in asked]:
        write_file(path, text if text.endswith("\n") else text + "\n")


def write_file(path: str, text: str) -> None:
    """Write a text to a file, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_folder(path: str, files: Mapping[str, bytes], ours: bytes) -> None:
    """Write the files of a folder, all of them or none; the folder is made where there is none, and what else is in it stays. None is
    written where its name is a link, and none over another file of that name: the first file of a folder that we wrote holds `ours`."""
    from ledger.writing.files import Change, alone, replace_files

    above, name = os.path.split(os.path.abspath(path))
    if os.path.isdir(path):
        above, name = path, ""
    elif os.path.lexists(path):
        raise Trouble(f"{one_line(path)} is no folder: name one to write {count_of(len(files), 'file')} into")
    elif not os.path.isdir(above):
        raise Trouble(f"there is no folder {one_line(above)} to make {one_line(name)} in")
    with alone(above) as is_alone:
        changes = [Change(f"{name}/{each}" if name else each, _plain_bytes(os.path.join(above, name, each)), files[each]) for each in files]
        there = next((change.path for change in changes if change.before is not None), None)
        if there is not None and ours not in (changes[0].before or b""):
            raise Trouble(
                f"{one_line(path)} holds {one_line(os.path.basename(there))}, which no export of this format wrote: name another folder"
            )
        replace_files(above, changes, is_alone)


def _plain_bytes(path: str) -> bytes | None:
    """What is in a plain file now; None where there is none."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Trouble(f"{one_line(path)} is no plain file: it is not written to")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise Trouble(f"can't read {one_line(path)}: {problem.strerror}") from None


def write_bytes(path: str, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place. A device or pipe is written to as it is."""
    import tempfile

    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb", opener=_at_once) as device:
                device.write(data)
            return
        handle, beside = tempfile.mkstemp(prefix=".ledger-", dir=os.path.dirname(os.path.abspath(path)))
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, 0o666 & ~_umask())
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
    except OSError as problem:
        raise Trouble(f"can't write {one_line(path)}: {problem.strerror}") from None


def _at_once(path: str, flags: int) -> int:
    """Open a device or pipe: one that nobody reads is an error, and not waited for."""
    handle = os.open(path, flags & ~(os.O_CREAT | os.O_TRUNC) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    if hasattr(os, "set_blocking"):
        os.set_blocking(handle, True)
    return handle


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def prefix_in_repository(root: str) -> str:
    """What leads from the top folder of the repository to the ledger, with a `/` behind it; nothing where they are the same."""
    from ledger.reading.checkouts import top_folder

    top = top_folder(root)
    if top is None:
        return ""
    relative = os.path.relpath(os.path.realpath(root), top).replace(os.sep, "/")
    return "" if relative == "." else relative + "/"


def write(text: str) -> None:
    """Write a text and a line end to standard output (nothing for an empty one)."""
    if text:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_beside(lines: Sequence[str]) -> None:
    """Write to standard error what a format that is nothing but rows has no place for, and nobody may overlook."""
    from ledger.render.check import for_people

    for line in lines:
        sys.stderr.write(for_people(f"ledger: {line}") + "\n")


def wants_colour() -> bool:
    """Whether standard output is a terminal that takes colour."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or os.environ.get("FORCE_COLOR") == "0":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def width() -> int | None:
    """The terminal's width, 20 at least; None where standard output is no terminal, and text is complete."""
    if not sys.stdout.isatty():
        return None
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 10 and int(columns) >= 20:
        return min(int(columns), 1000)
    try:
        return max(20, os.get_terminal_size(sys.stdout.fileno()).columns)
    except OSError:
        return 80


def height() -> int:
    """The terminal's height in lines, 24 where nobody can tell."""
    lines = os.environ.get("LINES", "")
    if lines.isascii() and lines.isdigit() and 0 < len(lines) < 6:
        return max(10, int(lines))
    try:
        return max(10, os.get_terminal_size(sys.stdout.fileno()).lines)
    except OSError:
        return 24


def shows(signs: str) -> bool:
    """Whether standard output has these signs in its encoding."""
    try:
        signs.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write_lines(lines: list[tuple[Line, int]]) -> None:
    """Write lines with their indents: set as running text for a terminal, complete and plain for a pipe."""
    from ledger.render.apart import line_apart
    from ledger.render.check import inert
    from ledger.render.conflicts import line_text

    columns = width()
    if columns is None:
        write("\n".join(inert(" " * indent + line_text(line_apart(line))) for line, indent in lines))
    else:
        from ledger.render.tables import flowing

        write(flowing(lines, columns, wants_colour()))


def write_difference(text: str) -> None:
    """Write what files would be changed to, line by line."""
    from ledger.render.check import inert

    colours = {"+": "green", "-": "red", "@": "cyan"} if wants_colour() else {}
    for line in text.removesuffix("\n").split("\n") if text else ():
        shown = inert(visible(line.removesuffix("\r")))
        write(click.style(shown, fg=colours[line[0]]) if line[:1] in colours else shown or " ")


def write_written(written: Written, dry_run: bool) -> None:
    """Write what an edit would do, where it is only tried; and the warnings that are new with it."""
    from ledger.render.check import for_people

    if dry_run:
        write_difference(written.difference)
    for found in written.new:
        remedy = f" ({one_line(found.help)})" if found.help else ""
        write(for_people(f"{one_line(found.path)}:{found.line}:{found.column}: {found.code} {one_line(found.message)}{remedy}"))


LISTED = 300  # rows shown on a terminal, unless --limit says otherwise


def write_listing(
    listing: Callable[[int | None, list[str]], Listing],
    columns: Sequence[str],
    total: int,
    nouns: tuple[str, str],
    form: str,
    limit: int | None,
) -> None:
    """Write what there is in the format asked for; `listing` makes it, of so many rows and with notes below."""
    from ledger.render.listing import formats

    on_terminal = form == "text" and width() is not None
    most = (limit if limit is not None else LISTED if on_terminal else 0) or None
    cut = f", of which {most} are shown (--limit 0 shows all)" if most is not None and most < total else ""
    made = listing(most, [count_of(total, *nouns) + cut])
    if on_terminal:
        write_lines([*made.told, *(([(note, "")], 0) for note in made.notes)])
        return
    for piece in formats(made, columns, total, limit)[form]():
        sys.stdout.write(piece)
