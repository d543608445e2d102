"""A Spark that is started quietly and stopped whatever happens, and its troubles in a sentence."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ledger
from ledger.model import Trouble
from ledger.texts.display import one_line

PATIENCE = 120.0  # seconds that nobody may take of the work
_ANSWER = 5.0  # seconds that a master may take to answer
_END, _SOON = 10.0, 2.0  # seconds that Spark may take to end, and when it was interrupted
_FAULT = re.compile(r'(?:.*[:"] )?[\w.$]*(?:Error|Exception|Trouble): (?:\[[A-Z_.]+\] )?(.+)')


def refuse_silent(master: str) -> None:
    """Raise Trouble where nobody answers at any of the addresses of a Spark of its own (`spark://head:7077,other:7077`)."""
    addresses = re.findall(r"(?:\[([^\]]+)\]|([^:,/]+)):([0-9]{1,5})(?=,|$)", master.removeprefix("spark://"))
    if not master.startswith("spark://") or not addresses:
        return  # (what is no address is refused by Spark itself)
    why = ""
    for in_brackets, plain, port in addresses:
        try:
            socket.create_connection((in_brackets or plain, int(port)), timeout=_ANSWER).close()
        except (OSError, OverflowError, UnicodeError) as problem:
            why = getattr(problem, "strerror", None) or str(problem)
        else:
            return
    raise Trouble(f"no Spark answers at {one_line(master)} ({one_line(why)}): is the address right, and is its master running?")


@contextmanager
def started(master: str, log: str) -> Iterator[Any]:
    """A SparkContext, ended with its Java when it is left. What Spark tells its log goes to the file `log`."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf(loadDefaults=False).setMaster(master).setAppName("ledger conflicts").set("spark.ui.enabled", "false")
    settings.set("spark.ui.showConsoleProgress", "false")
    beside = {}
    if master.startswith("local"):
        # All in one Java that lives for seconds: what makes it quick after minutes costs more than it gives; and nobody outside is to reach it.
        settings.set("spark.driver.defaultJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        settings.set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
        settings.set("spark.local.dir", os.path.dirname(log))
        beside["PYTHONPATH"] = os.path.dirname(os.path.dirname(os.path.abspath(ledger.__file__)))
    logging.disable()  # (what talks to Java logs each answer that does not come, with a traceback)
    with open(log, "wb") as written, warnings.catch_warnings(), _Interruption() as interruption:
        warnings.simplefilter("ignore")
        try:
            try:
                gateway = launch_gateway(settings, {"stdout": written, "stderr": written})
            except Exception:
                raise Trouble(f"Spark can't be started at {one_line(master)}: {_why_not_started(log)}") from None
            interruption.may_end(gateway.proc)
            try:
                context = SparkContext(conf=settings, gateway=gateway, environment=beside)
            except Exception as problem:
                raise Trouble(f"Spark can't be started at {one_line(master)}: {_reason(str(problem), log)}") from None
            signal.signal(signal.SIGINT, interruption)  # (Spark has set its own)
            try:
                context.setLogLevel("ERROR")
                yield context
            finally:
                context.stop()
        finally:
            logging.disable(logging.NOTSET)


class _Interruption:
    """A context that ends Spark's Java when it is left or interrupted, and is then left by KeyboardInterrupt. Raised where it comes, that would
    be lost in what talks to Java; and a Java that is left while it starts stays for ever: until then only a second one is raised at once."""

    def __init__(self) -> None:
        self.noted = False
        self.java: Any = None  # (None too where all this runs in a Java already)

    def __enter__(self) -> _Interruption:
        self.before = signal.signal(signal.SIGINT, self)
        return self

    def __call__(self, number: int, _: object) -> None:
        if self.java is not None:
            self.java.terminate()
        elif self.noted:
            raise KeyboardInterrupt
        self.noted = True

    def may_end(self, java: Any) -> None:
        """Say which Java to end; raises KeyboardInterrupt where one has come."""
        self.java = java
        if self.noted:
            raise KeyboardInterrupt

    def __exit__(self, *_: object) -> None:
        if self.java is not None:
            self.java.stdin.close()  # it ends by that
            late = time.monotonic() + (_SOON if self.noted else _END)
            while self.java.poll() is None and time.monotonic() < late:
                time.sleep(0.02)
            self.java.kill()  # (nothing, where it has ended)
        signal.signal(signal.SIGINT, self.before)
        if self.noted:
            raise KeyboardInterrupt


def asked_of_all(context: Any, decide: Callable[[Any], bytes], shares: Sequence[Any], log: str) -> list[bytes]:
    """What the workers of a Spark with this log find about each share. Raises Trouble where one can't, or where none takes any for a long time."""
    ended, idle = threading.Event(), threading.Event()
    threading.Thread(target=_watch, args=(context.statusTracker(), context.cancelAllJobs, ended, idle), daemon=True).start()
    try:
        found: list[bytes] = context.parallelize(shares, max(1, len(shares))).map(decide).collect()
    except Exception as problem:
        if idle.is_set():
            raise Trouble(
                f"no worker of the Spark at {one_line(context.master)} took any of the work in {PATIENCE:.0f} s: are there any, and have they room?"
            ) from None
        raise Trouble(f"Spark could not go on: {_reason(str(problem), log)}") from None
    finally:
        ended.set()
    return found


def _watch(tracker: Any, cancel: Callable[[], None], ended: threading.Event, idle: threading.Event) -> None:
    """Cancel the work when for a long time nobody is at it."""
    taken = time.monotonic()
    while not ended.wait(2):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage is not None and stage.numActiveTasks for stage in stages):
            taken = time.monotonic()
        elif time.monotonic() - taken > PATIENCE:
            idle.set()
            cancel()
            return


def _why_not_started(log: str) -> str:
    home = os.environ.get("JAVA_HOME")
    if shutil.which(os.path.join(home, "bin", "java") if home else "java") is None:
        where = f"at JAVA_HOME ({one_line(home)})" if home else "here"
        return f"it needs Java, and there is none {where}"
    told = _read(log)
    if "UnsupportedClassVersionError" in told:
        return "it needs a later Java than the one here"
    return _reason(told, log) if told.strip() else "its Java ended at once"


def _reason(told: str, log: str) -> str:
    """What went wrong, of what Spark says: that may hold a traceback, and the stack of Java behind it."""
    if "stopped SparkContext" in told:  # the scheduler gave up meanwhile, and only the log says why
        return one_line(([*re.findall("Reason: (.+)", _read(log))] or ["it has given up"])[-1])[:300]
    head = re.split(r"\n\s+at ", told, maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line.strip()]
    faults = [found[1] for line in lines if not line[0].isspace() and (found := _FAULT.match(line))]
    return one_line(faults[-1] if faults else lines[-1] if lines else "it does not say why")[:300]


def _read(log: str) -> str:
    with open(log, encoding="utf-8", errors="replace") as lines:
        return lines.read()
