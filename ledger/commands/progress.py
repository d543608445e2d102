"""How far something is that takes its time, told on a terminal."""

from __future__ import annotations

import sys
import time


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
