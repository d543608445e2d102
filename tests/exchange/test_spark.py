"""Spark, in an environment of its own: what its workers find is what the program finds.

`make prove` runs it; where there is no Java, or pyspark can't be installed, it says so and is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from prove_engines import merged
from running import ROOT, run

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has pyspark beside what this one has."""
    if request.config.getoption("markexpr") != "long":
        pytest.skip(
            "pyspark is installed for it, of hundreds of megabytes: `make prove` does, or `pytest -m long tests/exchange/test_spark.py`"
        )
    if shutil.which("java") is None:
        pytest.skip("there is no Java here, and Spark needs it")
    folder = tmp_path_factory.mktemp("spark")
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [found, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    )
    (Path(site.stdout.strip()) / "beside.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    try:
        done = subprocess.run([found, "-m", "pip", "install", "-q", "pyspark[sql]>=4"], capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired:
        pytest.skip("pyspark could not be installed in a quarter of an hour")
    if done.returncode != 0:
        pytest.skip(f"pyspark can't be installed here: {done.stderr.strip().splitlines()[-1:]}")
    return found


@pytest.mark.long
def test_spark_finds_the_same(python: Path, tmp_path: Path) -> None:
    given = merged(tmp_path, 30, 3)
    named = [word for path in given.exports for word in ("--from", str(path))]
    asked = ["conflicts", *named, "--same-places", str(given.table), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_MASTER": "local[2]"}
    words = [str(python), "-P", "-c", "from ledger.commands import main; main()", *asked, "--engine", "spark"]
    for more in ([], ["--as-of", "2025-11-20"], ["--slice", "1/2"]):
        done = subprocess.run([*words, *more], capture_output=True, encoding="utf-8", env=environment, check=False, timeout=900)
        assert done.returncode == 0, done.stderr
        alone = [*asked, *more, *(("--engine", "duckdb") if "--slice" in more else ())]
        assert json.loads(done.stdout) == json.loads(run(*alone).out), more


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
