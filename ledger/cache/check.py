"""The whole check of a ledger, without click and without a word on the terminal but progress: what `check` prints comes from here."""

from __future__ import annotations

import sys
import time

from ledger.model import Report, Trouble
from ledger.reading.contents import Contents
from ledger.texts.display import one_line

NO_CLAIMS = "the ledger holds no claims: there is nothing to check (claims stand in claims/*.yaml)"
_remembered: dict[tuple[str, bool], tuple[Report, Contents]] = {}


def remember(root: str, use_cache: bool, report: Report, contents: Contents) -> None:
    """Keep what was worked out for the next who asks in this run."""
    _remembered[root, use_cache] = report, contents


def checked(root: str, use_cache: bool) -> tuple[Report, Contents]:
    """The report on the ledger in a folder, and which files it has; raises Trouble where nothing in it can be checked."""
    return _remembered.pop((root, use_cache), None) or _check(root, use_cache)


def _check(root: str, use_cache: bool) -> tuple[Report, Contents]:
    from ledger.kept import kept_report

    state = kept_report(root, use_cache)
    report = state.report
    if report is None:
        from ledger.cache.incremental import survey

        report, digests = survey(state.tree, state.contents, state.cache, state.name, state.digests, Told("checking"))
        state.keep(report, digests)
    if not report.claims and not any(found.severity == "error" for found in report.diagnostics):
        unread = ", ".join(one_line(path) for path, _ in state.contents.odd[:5])
        raise Trouble(NO_CLAIMS + (f"; not read: {unread}" if unread else ""))
    return report, state.contents


class Told:
    """Tells on a terminal how far something is that takes more than a second: on standard error, on one line that is cleared."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.began = self.last = time.monotonic()
        self.shows = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.shows or now - self.began < 1 or (now - self.last < 0.1 and done < total):
            return
        self.last = now
        text = f"{self.doing}: {min(done, total)} of {total} files"
        sys.stderr.write(f"\r{text}" if done < total else "\r" + " " * len(text) + "\r")
        sys.stderr.flush()
