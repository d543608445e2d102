"""Work shared out among the processors, where a process can be copied (`fork`); where it can't, it is done here."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence

MOST_PROCESSES = 8
Progress = Callable[[int, int], None]


def processes() -> int:
    """How many processes to use: LEDGER_PROCESSES, else as many as there are processors for this one."""
    asked = os.environ.get("LEDGER_PROCESSES", "")
    if asked.isascii() and asked.isdigit():
        return max(1, min(int(asked), MOST_PROCESSES))
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity is not None else os.cpu_count() or 1, MOST_PROCESSES)


def shared_out(items: Sequence[str], work: Callable[[str], str], worth_it: bool, progress: Progress) -> list[str]:
    """The line that `work` gives for each item, in order. Copies of this process do a share each and hand back their lines; what
    a copy does not hand back whole is done here."""
    number = processes() if (worth_it or os.environ.get("LEDGER_PROCESSES")) and len(items) > 1 and _can_copy() else 1
    shares = [items[start::number] for start in range(number)]
    copies = [_copy(share, work) for share in shares[1:]]
    done: list[list[str]] = [[]]
    for count, item in enumerate(shares[0], 1):
        done[0].append(work(item))
        progress(count * number, len(items))
    for share, copy in zip(shares[1:], copies, strict=True):
        lines = _lines_of(copy) if copy is not None else []
        done.append(lines if len(lines) == len(share) else [work(item) for item in share])
    lines = [""] * len(items)
    for start, share in enumerate(done):
        lines[start::number] = share
    return lines


def _can_copy() -> bool:
    """Whether this process can be copied safely: other threads would not be copied with it."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def _copy(share: Sequence[str], work: Callable[[str], str]) -> tuple[int, int] | None:
    """Start a copy of this process that does a share: its number, and where its lines can be read; None where there can be none."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        number = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if number:
        os.close(writing)
        return number, reading
    code = 1
    with contextlib.suppress(BaseException):  # whatever happens here, the copy ends here, and the work is done where it began
        os.close(reading)
        with open(writing, "w", encoding="utf-8", newline="\n") as stream:
            stream.write("\n".join([*(work(item) for item in share), "whole"]))
        code = 0
    os._exit(code)


def _lines_of(copy: tuple[int, int]) -> list[str]:
    """The lines that a copy hands back; none where it failed."""
    number, reading = copy
    try:
        with open(reading, encoding="utf-8", newline="\n") as stream:
            text = stream.read()
    except (OSError, ValueError):
        text = ""
    with contextlib.suppress(OSError):
        os.waitpid(number, 0)
    *lines, end = text.split("\n")
    return lines if end == "whole" else []
