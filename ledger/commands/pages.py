"""The folder that `report --folder` writes: an empty one, or one of a former report, whose pages it takes the place of."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress

from ledger.commands.opening import path_below
from ledger.model import Trouble
from ledger.reading.contents import OWN
from ledger.texts.display import one_line

FRONT = "index.html"  # put in place last: whoever finds it finds the rest
BESIDE = ".ledger-"  # how a folder begins in which pages are written before they are put in place
OURS = b'<meta name="generator" content="ledger '
NAMES = re.compile(r"(index|claimants|[ps]-.+)(\.[0-9]+)?\.html")  # of the pages of a folder; a report of one page is called otherwise
HEAD = 4096  # bytes of a page among which that stands


def asked_folder(path: str, root: str) -> str:
    """The real path of the folder that was asked for; raises Trouble where pages can't be written there without harm to what is."""
    if not path or "\0" in path:
        raise Trouble(f"`--folder {one_line(path)}` names no folder")
    real = os.path.realpath(path)
    if ".git" in real.split(os.sep):
        raise Trouble(f"{one_line(path)} is one of git's own folders: name another to write to")
    if (path_below(real, root) or [""])[0] in OWN:
        raise Trouble(f"{one_line(path)} is one of the ledger's own folders: name another to write to")
    if not os.path.lexists(real):
        if not os.path.isdir(os.path.dirname(real)):
            raise Trouble(f"there is no folder {one_line(os.path.dirname(path) or '.')} to make {one_line(os.path.basename(path))} in")
        return real
    if not os.path.isdir(real):
        raise Trouble(f"{one_line(path)} is no folder: name one to write pages into")
    for name in _names(real):
        if not _is_ours(os.path.join(real, name)):
            raise Trouble(
                f"{one_line(path)} holds {one_line(name)}, which no report of several pages wrote: name an empty folder, or one of a former report"
            )
    return real


def write_pages(folder: str, pages: Iterable[tuple[str, str]]) -> None:
    """Write pages into a folder, all or none: beside their places first, then each into its own, the front last; what a former report
    has beyond them goes."""
    from ledger.render.report.addresses import anchors, resolved

    made = not os.path.isdir(folder)
    beside = None
    try:
        os.makedirs(folder, exist_ok=True)
        beside = tempfile.mkdtemp(prefix=BESIDE, dir=folder)
        where: dict[str, str] = {}
        names = []
        for name, page in pages:
            names.append(name)
            for anchor in anchors(page):
                where.setdefault(anchor, name)
            _write(os.path.join(beside, name), page)
        for name in names:
            path = os.path.join(beside, name)
            with open(path, encoding="utf-8", newline="") as file:
                page = file.read()
            _write(path, resolved(page, where))
        former = set(_names(folder))
        for name in sorted(names, key=lambda name: (name == FRONT, name)):
            os.replace(os.path.join(beside, name), os.path.join(folder, name))
        for name in former.difference(names):
            os.unlink(os.path.join(folder, name))
        os.rmdir(beside)
    except BaseException as problem:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        if made:
            with suppress(OSError):
                os.rmdir(folder)
        if isinstance(problem, OSError):
            raise Trouble(f"can't write into {one_line(folder)}: {problem.strerror}") from None
        raise


def _write(path: str, page: str) -> None:
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(page)


def _names(folder: str) -> list[str]:
    """What is in a folder, but for what a run that was killed left of its own."""
    try:
        return [name for name in sorted(os.listdir(folder)) if not (name.startswith(BESIDE) and os.path.isdir(os.path.join(folder, name)))]
    except OSError as problem:
        raise Trouble(f"can't read {one_line(folder)}: {problem.strerror}") from None


def _is_ours(path: str) -> bool:
    """Whether a file is a page of a report."""
    try:
        if NAMES.fullmatch(os.path.basename(path)) is None or not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return OURS in file.read(HEAD)
    except OSError:
        return False
