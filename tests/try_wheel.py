"""The wheel, built from nothing but what belongs in it and tried as its users have it: `python tests/try_wheel.py FOLDER` (`make wheel`).

It is left in FOLDER. Beside the standard library this needs pip alone, so that any Python on any system can run it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("pyproject.toml", "README.md", "LICENSE")


def source_at(folder: Path) -> Path:
    """A copy of what the wheel is built from: leftovers of earlier builds in a checkout would slip into it."""
    shutil.copytree(ROOT / "ledger", folder / "ledger", ignore=shutil.ignore_patterns("__pycache__"))
    for name in NEEDED:
        shutil.copy(ROOT / name, folder)
    return folder


def program_files() -> set[str]:
    """The files that the wheel must hold, by their names in it."""
    return {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "ledger").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }


def faults_of(names: Iterable[str], metadata: str, files: set[str]) -> Iterator[str]:
    """What is wrong with a wheel of these names, whose METADATA is this, and which must hold these files."""
    held = {name for name in names if not name.endswith("/")}
    about = {name for name in held if re.match(r"fact_ledger-[^/]+\.dist-info/", name)}
    yield from (f"{name} is missing" for name in sorted(files - held))
    yield from (f"{name} does not belong in it" for name in sorted(held - about - files))
    if not any(name.endswith("/LICENSE") for name in about):
        yield "the license is missing"
    if "\n# ledger\n" not in metadata:
        yield "the README is missing from its metadata"


def contents(wheel: Path) -> tuple[list[str], str]:
    """The names in a wheel, and its METADATA."""
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        return names, packed.read(about).decode("utf-8").replace("\r\n", "\n")


def run(*command: str | Path, folder: Path) -> None:
    """Run something that must succeed, away from the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([str(word) for word in command], cwd=folder, env=kept, check=True)


def try_installed(wheel: Path, folder: Path) -> None:
    """Install a wheel into an environment of its own, and let the program try itself there."""
    venv.create(folder / "environment", with_pip=True)
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, folder=folder)
    run(programs / "ledger", "--version", folder=folder)
    run(programs / "factledger", "selftest", folder=folder)


def main(target: Path) -> int:
    """Build, look into it, try it, and leave it in the target folder."""
    with tempfile.TemporaryDirectory(prefix="ledger-wheel-") as name:
        folder = Path(name)
        (folder / "source").mkdir()
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
        run(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source_at(folder / "source"), folder=folder)
        (wheel,) = folder.glob("*.whl")
        faults = list(faults_of(*contents(wheel), program_files()))
        if faults:
            print("\n".join([f"{wheel.name} is not as it must be:", *faults]), file=sys.stderr)
            return 1
        try_installed(wheel, folder)
        target.mkdir(parents=True, exist_ok=True)
        print(shutil.copy(wheel, target))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/try_wheel.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))
