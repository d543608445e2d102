"""Ledgers to export, and what the program's own machine format says of them: what an export is held against."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from prove_output import hostile_files
from running import ROOT, run
from small import ledger_at

from ledger.exchange.tables import plain


def generated(folder: Path, claims: int) -> Path:
    """A realistic ledger of so many claims."""
    script = str(ROOT / "benchmarks" / "generate.py")
    subprocess.run([sys.executable, script, str(folder), "--claims", str(claims)], capture_output=True, check=True)
    return folder


# Signs of formulas, of markup and of JSON; controls; what hides or turns text around; what XML can't hold, or takes for an escape.
ACTS = "=1+1 '\"<&>,;|\\ _x0041_ \x00\x07\x1b[31m\r\n\t\x7f\x85\x9b\u2028\u2029\u00ad\u200b\u200f\u202e\u2066\ufeff\ufffe\uffff\U000e0041\U0010ffff::x ##[y]"


def hostile(folder: Path) -> Path:
    """A ledger that has in every field what acts somewhere."""
    files = hostile_files(ACTS)
    return ledger_at(folder, {path: text for path, text in files.items() if path != "ledger.yaml"}, files["ledger.yaml"])


def claims_of(folder: Path, *asked: str) -> list[dict[str, Any]]:
    """What `ledger claims` tells machines."""
    found: list[dict[str, Any]] = json.loads(run("-C", folder, "claims", "--format", "json", *asked).out)["claims"]
    return found


def conflicts_of(folder: Path, *asked: str) -> list[dict[str, Any]]:
    """What `ledger conflicts` tells machines."""
    found: list[dict[str, Any]] = json.loads(run("-C", folder, "conflicts", "--format", "json", *asked).out)["conflicts"]
    return found


def cell_of(value: Any) -> Any:
    """A value of the machine format as a table has it."""
    return (
        plain(json.dumps(value, ensure_ascii=False))
        if isinstance(value, list | dict)
        else plain(value)
        if isinstance(value, str)
        else value
    )


def export(folder: Path, shape: str, path: Path, *asked: str) -> Path:
    """Where an export was written."""
    outcome = run("-C", folder, "export", shape, "--output", path, *asked)
    assert outcome.code == 0 and outcome.out.startswith(f"written: {path}"), outcome
    return path


def without_digests(folder: Path) -> Path:
    """An export in a folder that says nothing of the bytes of its tables, as one does that was meddled with by somebody who knows how."""
    for name in ("manifest.json", "datapackage.json"):
        if (folder / name).exists():
            text = (folder / name).read_text(encoding="utf-8")
            (folder / name).write_text(re.sub('"(sha256|hash)": "(sha256:)?[0-9a-f]{64}"', '"was": ""', text), encoding="utf-8")
    return folder
