"""A real editor: in Neovim a misspelt id is underlined, completed, and mended by its code action."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from editing import PATH, small_file
from small import ledger_at
from test_server import COMMAND

SCRIPT = Path(__file__).with_name("neovim.lua")


def test_in_neovim_a_misspelt_id_is_underlined_completed_and_mended(tmp_path: Path) -> None:
    program = shutil.which("nvim")
    if program is None:
        pytest.skip("Neovim is not installed")
    root = ledger_at(tmp_path / "ledger")
    (root / PATH).write_text(small_file().replace("- place: millbrook\n", "- note: 👩‍🚀 é́\n  place: milbrook\n", 1), encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "LEDGER_ROOT": str(root),
        "LEDGER_FILE": str(root / PATH),
        "LEDGER_COMMAND": "\n".join(COMMAND),
    }
    command = [program, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(SCRIPT)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)
    told = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert done.returncode == 0, told
    assert told == ["UNDERLINED milbrook", "COMPLETED millbrook", "MENDED   place: millbrook"]
