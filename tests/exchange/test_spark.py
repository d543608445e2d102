"""Spark, in an environment of its own: what its workers find is what the program finds; and each trouble is told in a sentence.

`make prove` runs what needs a Spark; where there is no Java, or pyspark can't be installed, it says so and is skipped.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from prove_engines import merged
from running import ROOT, run

from ledger.exchange.scale.cluster import _reason, refuse_silent
from ledger.exchange.scale.spark import shares
from ledger.model import Trouble

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has pyspark; where this one has none, one with all that this one has beside it, which is kept for the next time."""
    if request.config.getoption("markexpr") != "long":
        pytest.skip(
            "pyspark is installed for it, of hundreds of megabytes: `make prove` does, or `pytest -m long tests/exchange/test_spark.py`"
        )
    if shutil.which("java") is None:
        pytest.skip("there is no Java here, and Spark needs it")
    if importlib.util.find_spec("pyspark") is not None:
        return Path(sys.executable)
    cache = getattr(request.config, "cache", None)
    name = f"spark-{sys.version_info.major}.{sys.version_info.minor}"
    folder = Path(cache.mkdir(name)) if cache is not None else tmp_path_factory.mktemp(name)
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not found.exists():
        venv.create(folder, with_pip=True)
    asked = [str(found), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    Path(site, "beside.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    try:
        done = subprocess.run([found, "-m", "pip", "install", "-q", "pyspark>=4"], capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        pytest.skip("pyspark could not be installed in a quarter of an hour")
    if done.returncode != 0:
        pytest.skip(f"pyspark can't be installed here: {done.stderr.strip().splitlines()[-1:]}")
    return found


def by_spark(python: Path, *asked: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in that Python."""
    words = [str(python), "-P", "-c", "from ledger.commands import main; main()", "conflicts", *asked, "--engine", "spark"]
    known = {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_MASTER": "local[2]", **environment}
    return subprocess.run(words, capture_output=True, encoding="utf-8", env=known, check=False, timeout=300)


@pytest.mark.long
def test_spark_finds_the_same(python: Path, tmp_path: Path) -> None:
    given = merged(tmp_path, 10, 3)
    asked = [word for path in given.exports for word in ("--from", str(path))] + ["--same-places", str(given.table)]
    for more in (["--format", "json"], ["--format", "text", "--as-of", "2025-11-20", "--slice", "1/2"]):
        done = by_spark(python, *asked, *more)
        alone = run("conflicts", *asked, *more, *(("--engine", "duckdb") if "--slice" in more else ()))
        assert (done.returncode, done.stdout, done.stderr) == (alone.code, alone.out, alone.err), more


@pytest.mark.long
@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SPARK_MASTER": "else\n\x1b[2Jwhere"}, "Spark can't be started at else <U+001B>[2Jwhere: "),
        ({"JAVA_HOME": "/nowhere"}, "Spark can't be started at local[2]: it needs Java, and there is none at JAVA_HOME (/nowhere)"),
    ],
)
def test_trouble_with_spark_is_a_sentence(python: Path, environment: dict[str, str], told: str) -> None:
    done = by_spark(python, "-C", str(ROOT), **environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1) and f"ledger: {told}" in done.stderr, done.stderr


def test_shares_hold_every_place_once_and_as_much_as_they_may() -> None:
    sizes = [(0, 3), (2, 4), (3, 9), (7, 1), (8, 1), (9, 5)]
    assert shares(sizes, 7) == [(0, 2), (3, 3), (7, 9)]
    assert shares(sizes, 100) == [(0, 9)] and shares([], 7) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "An error occurred while calling None.o.\n: org.apache.spark.SparkException: Bad master\n\tat org.apache.X: (X.java)",
            "Bad master",
        ),
        (
            "An error occurred while calling z.\n: o.SparkException: Job aborted: Lost task 0.0 (TID 0): o.PythonException: Traceback (most "
            'recent call last):\n  File "w.py", line 1, in f\n    raise E("x: y")\nledger.model.Trouble: no folder here\n\n\tat o.X(X.scala)',
            "no folder here",
        ),
        (": o.S: Job aborted: Lost task: java.io.IOException: Cannot run: error=2\n\tat java.base/X", "Cannot run: error=2"),
        ("x.E: [PYTHON_VERSION_MISMATCH] one\ny.PySparkRuntimeError: [PYTHON_VERSION] another\nPlease check", "another"),
        ("something else\n", "something else"),
        ("", "it does not say why"),
        ("Cannot call methods on a stopped SparkContext.\nThis stopped one was", "All masters are unresponsive!"),
    ],
)
def test_of_what_spark_says_the_reason_is_told(said: str, told: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("ERROR Backend: Application has been killed. Reason: All masters are unresponsive!\n", encoding="utf-8")
    assert _reason(said, str(log)) == told


def test_a_master_that_nobody_is_at_is_refused_before_anything_is_started() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(Trouble, match=f"no Spark answers at {master}"):
            refuse_silent(master)
        bound.listen()
        refuse_silent(master)
        refuse_silent(f"spark://127.0.0.1:1,{master.removeprefix('spark://')}")
    for other in ("local[2]", "spark://", "spark://:", "yarn", ""):
        refuse_silent(other)


def test_without_pyspark_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    outcome = run("-C", ROOT, "conflicts", "--engine", "spark", "--master", "local[2]")
    assert (outcome.code, outcome.out) == (2, "") and "this needs pyspark, which is not installed" in outcome.err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--engine", "spark"), "`--master local[2]`, or SPARK_MASTER"),
        (("--engine", "duckdb", "--master", "local[2]"), "`--master` goes with `--engine spark`"),
    ],
)
def test_where_it_runs_has_to_be_said(asked: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_MASTER", raising=False)
    outcome = run("-C", ROOT, "conflicts", *asked)
    assert (outcome.code, outcome.out) == (2, "") and told in outcome.err
