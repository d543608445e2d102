"""The generator of realistic ledgers: what it says of its ledger is what the program finds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from running import ROOT, run


def generate(folder: Path, claims: int) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(folder), "--claims", str(claims)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    made: dict[str, object] = json.loads(done.stdout)
    return made


def test_a_generated_ledger_has_no_defect_and_exactly_the_contradictions_it_was_made_with(tmp_path: Path) -> None:
    made = generate(tmp_path / "ledger", 2000)
    checked = run("-C", tmp_path / "ledger", "check", "--strict")
    assert (checked.code, checked.out.split(":")[0]) == (0, "no defects")
    found = json.loads(run("-C", tmp_path / "ledger", "conflicts", "--format", "json").out)
    assert dict(Counter(conflict["kind"] for conflict in found["conflicts"])) == made["kinds"]
    assert sum(conflict["strength"] == "certain" for conflict in found["conflicts"]) == made["certain"]
    assert made["claims"] == 2000 and made["contradictions"] == len(found["conflicts"]) > 20


def test_the_same_size_gives_the_same_ledger(tmp_path: Path) -> None:
    for name in ("one", "other"):
        generate(tmp_path / name, 100)
    one, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "other")
    )
    assert one == other
