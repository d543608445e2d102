"""DuckDB, within the memory that it is given: what is too large is sorted on disk, in a folder that goes away with it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import one_line

MiB = 1024 * 1024
ROWS_AT_ONCE = 50_000
Columns = Mapping[str, Sequence[Any]]


class Duck:
    """A database in memory and a folder beside it; a context that takes both away."""

    def __init__(self, memory: int) -> None:
        with needs("duckdb", "scale"):
            import duckdb
        with needs("pyarrow", "scale"):
            import pyarrow
            import pyarrow.parquet

            self.pyarrow = pyarrow
        self.folder = tempfile.TemporaryDirectory(prefix="ledger-")
        self.troubles = (duckdb.Error, pyarrow.ArrowException)
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{max(64, memory // MiB)}MiB",
                "temp_directory": os.path.join(self.folder.name, "sorting"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self.connection.execute("SET enable_progress_bar = false")  # (it would be written into the answer, after two seconds)
        self.streaming: list[Any] = []
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupted)

    def __enter__(self) -> Duck:
        return self

    def __exit__(self, *_: object) -> None:
        if signal.getsignal(signal.SIGINT) == self._interrupted:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.connection.close()
        self.folder.cleanup()

    def take_away(self) -> None:
        """Take the folder away in the midst of the work: what still writes into it is told to stop."""
        self._stop()
        for _ in range(100):
            shutil.rmtree(self.folder.name, ignore_errors=True)
            if not os.path.lexists(self.folder.name):
                return
            time.sleep(0.02)

    def _stop(self) -> None:
        for connection in (self.connection, *self.streaming):
            connection.interrupt()

    def _interrupted(self, number: int, frame: object) -> None:
        """Take Ctrl-C for what it is: left to itself, DuckDB waits for what its threads have begun, however long that is."""
        self._stop()
        raise KeyboardInterrupt

    def file(self, name: str, path: str | None = None) -> str:
        """The path of a file in the folder; one that leads to `path`, so that no sign in its name means anything to DuckDB."""
        own = os.path.join(self.folder.name, f"{name}.parquet")
        if path is not None and not os.path.lexists(own):
            if not os.path.isfile(path):
                raise Trouble(f"there is no {one_line(os.path.basename(path))} in it")
            os.symlink(os.path.abspath(path), own)
        return own

    def keep(self, name: str, columns: Columns) -> None:
        """Make a table of columns."""
        self.connection.register("given", self.pyarrow.table(dict(columns)))
        with self._troubles():
            self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")
        self.connection.unregister("given")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of an answer."""
        with self._troubles():
            found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found

    def stream(self, query: str) -> Iterator[dict[str, list[Any]]]:
        """The rows of a long answer as columns, some at a time: never held as a whole."""
        cursor = self.connection.cursor()  # (a connection has one open answer at a time)
        self.streaming.append(cursor)
        try:
            with self._troubles():
                relation = cursor.sql(query)
                reader = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
                for batch in reader(ROWS_AT_ONCE):
                    yield {name: column.to_pylist() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        finally:
            self.streaming.remove(cursor)
            cursor.close()

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Raise what DuckDB raises as what it means."""
        try:
            yield
        except self.troubles as problem:
            if type(problem).__name__ == "InterruptException":
                raise KeyboardInterrupt from None
            raise self._trouble(problem) from None
        except RuntimeError as problem:
            if "interrupted" in str(problem):  # (by Ctrl-C, which it has taken for itself)
                raise KeyboardInterrupt from None
            raise

    def _trouble(self, problem: Exception) -> Trouble:
        told = one_line(str(problem).partition("\n")[0].replace(self.folder.name + os.sep, ""))[:200]
        if type(problem).__name__ == "OutOfMemoryException":
            return Trouble(f"DuckDB has too little memory: give it more with --memory, or part the work with --slice ({told})")
        return Trouble(f"DuckDB can't read it: {told}")


def of_rows(path: str) -> str:
    """What a query selects the rows of a Parquet file from; `row` is the number of each."""
    quoted = path.replace("'", "''")
    return f"(SELECT *, file_row_number AS row FROM read_parquet('{quoted}', file_row_number = true, hive_partitioning = false))"
