"""Measure `ledger` and its peers on ledgers of equal content, in alternation in one run, and write RESULTS.md.

    python benchmarks/bench.py [--quick] [--no-peers] [--sizes 1000 10000 100000] [--out benchmarks/RESULTS.md]

Everything is a ratio to a bare `yaml.CSafeLoader` load of the same claims files in the same run, each a process of its own, the
median of several. Made anew in build/bench: the ledgers (`generate.py`), an environment for each peer, and one for `ledger`, installed
as its users have it (an editable install, or modules that are compiled at each start, would be measured with it).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / "build" / "bench"
CACHES = Path(tempfile.gettempdir()) / f"ledger-bench-{os.getpid()}"  # never inside a ledger, and our own ledger is here
BARE = "import sys, yaml, pathlib\nfor path in sorted(pathlib.Path(sys.argv[1]).glob('*.yaml')): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
HOME = WORK / "environments" / "ledger"
PYTHON = str(HOME / "bin" / "python")
LEDGER = [str(HOME / "bin" / "ledger")]
# What would change what a start costs, or where something is kept.
UNSET = ("CI", "LEDGER_CACHE_DIR", "LEDGER_PROCESSES", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONPATH", "COLUMNS")


class Run(NamedTuple):
    """One run of a command: seconds of the clock, seconds of the processors, MiB of its largest process."""

    seconds: float
    cpu: float
    memory: float


class Command(NamedTuple):
    """Something to measure; `before` and `after` are done each time, unmeasured."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None
    codes: tuple[int, ...] = (0,)
    terminal: bool = False  # whether its output is a terminal


def measure(command: Command) -> Run:
    """Run a command once."""
    command.before()
    environment = {key: value for key, value in os.environ.items() if key not in UNSET} | command.environment
    with open(WORK / "output", "wb") as output:
        reading, writing = os.openpty() if command.terminal else (-1, output.fileno())
        begin = time.perf_counter()
        process = subprocess.Popen(command.arguments, stdout=writing, stderr=subprocess.STDOUT, env=environment, stdin=subprocess.DEVNULL)
        if command.terminal:
            os.close(writing)
            read_all(reading, output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    command.after()
    if process.returncode not in command.codes:
        raise SystemExit(f"{command.name} ended with {process.returncode}: {(WORK / 'output').read_text(errors='replace')[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))


def read_all(reading: int, output: BinaryIO) -> None:
    """Take what comes from a terminal, to its end (which some systems tell as an error)."""
    with contextlib.suppress(OSError):
        while chunk := os.read(reading, 1 << 16):
            output.write(chunk)
    os.close(reading)


def install() -> None:
    """`ledger` in an environment of its own."""
    shutil.rmtree(HOME, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(ROOT)], check=True)


def medians(commands: list[Command], times: int) -> dict[str, Run]:
    """Each command so many times, in alternation: the medians."""
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for number in range(times):
        for command in commands:
            runs[command.name].append(measure(command))
            print(f"  {number + 1}/{times} {command.name}: {runs[command.name][-1].seconds:.2f} s", file=sys.stderr, flush=True)
    return {name: Run(*(statistics.median(column) for column in zip(*found, strict=True))) for name, found in runs.items()}


def own_commands(ledger: Path, size: int) -> list[Command]:
    """What is measured of `ledger` on a ledger of that size."""
    caches = {
        name: {"LEDGER_CACHE_DIR": str(CACHES / f"{size}-{name}")} for name in ("cold", "warm", "changed", "town", "review", "review-cold")
    }
    check = [*LEDGER, "-C", str(ledger), "check"]
    commands = [
        Command("bare CSafeLoader load", [PYTHON, "-c", BARE, str(ledger / "claims")], {}),
        Command("check, no cache", [*check, "--no-cache"], {}),
        Command("check, cold, filling the cache", check, caches["cold"], lambda: shutil.rmtree(caches["cold"]["LEDGER_CACHE_DIR"], True)),
        Command("check, warm, nothing changed", check, caches["warm"]),
    ]
    measure(commands[3])
    if size <= 10_000:
        changed = sorted((ledger / "claims").iterdir())[3]
        whole = changed.read_bytes()
        count = iter(range(1_000_000))

        def change() -> None:
            changed.write_bytes(whole + f"# change {next(count)}\n".encode())

        town = [*LEDGER, "-C", str(ledger), "conflicts", "--town", "Balgora"]
        commands += [
            Command("check, warm, one claims file changed", check, caches["changed"], change, lambda: restore(changed, whole)),
            Command("conflicts --town, warm, its table in a pipe", town, caches["town"]),
            Command("conflicts --town, warm, its table on a terminal", town, caches["town"] | {"COLUMNS": "100"}, terminal=True),
            Command("conflicts --town, one claims file changed", town, caches["town"], change, lambda: restore(changed, whole)),
        ]
        measure(Command("", check, caches["changed"]))
        measure(Command("", town, caches["town"]))
        commands += review_commands(ledger, caches)
        commands.append(Command("report, one page", [*LEDGER, "-C", str(ledger), "report", "--output", str(WORK / "report.html")], {}))
    if size > 20_000:
        folder = WORK / "report"
        into = [*LEDGER, "-C", str(ledger), "report", "--folder", str(folder)]
        commands.append(Command("report, a folder of pages", into, {}, lambda: shutil.rmtree(folder, ignore_errors=True)))
    return commands


def page_of(size: int) -> float:
    """How many MB the page of a report on so many claims has."""
    ledger, page = WORK / "ledgers" / f"page-{size}", WORK / "report.html"
    shutil.rmtree(ledger, ignore_errors=True)
    subprocess.run([sys.executable, str(HERE / "generate.py"), str(ledger), "--claims", str(size)], stdout=sys.stderr, check=True)
    measure(Command("", [*LEDGER, "-C", str(ledger), "report", "--output", str(page)], {}))
    return page.stat().st_size / 1e6


def review_commands(ledger: Path, caches: dict[str, dict[str, str]]) -> list[Command]:
    """`review` of a commit that changes ten claims, each in a file of its own, in a repository with the same ledger: with an empty
    cache, and where `check` ran before."""
    folder = ledger.parent / f"{ledger.name}-in-git"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ledger, folder)
    git = ["git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgSign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run([*git, *arguments], check=True)
    for path in sorted((folder / "claims").iterdir())[:10]:
        head, begin, claims = path.read_text(encoding="utf-8").partition("claims:\n")
        written = claims.split("\n  quote: ", 1)[0]
        path.write_text(head + begin + claims.replace(written, written + "\n  hedge: so it was heard", 1), encoding="utf-8")
    subprocess.run([*git, "commit", "-qam", "ten claims"], check=True)
    review = [*LEDGER, "-C", str(folder), "review", "HEAD~..HEAD"]
    measure(Command("", [*LEDGER, "-C", str(folder), "check"], caches["review"], codes=(0, 1)))
    empty = caches["review-cold"]
    return [
        Command("review of ten claims, no cache", review, empty, lambda: shutil.rmtree(empty["LEDGER_CACHE_DIR"], True), codes=(0, 1)),
        Command("review of ten claims, where check ran before", review, caches["review"], codes=(0, 1)),
    ]


def restore(path: Path, data: bytes) -> None:
    """Put a file back as it was."""
    path.write_bytes(data)


def small_commands() -> list[Command]:
    """What is measured against `python -c pass`."""
    cache = {"LEDGER_CACHE_DIR": str(CACHES / "own")}
    commands = [
        Command("python -c pass", [PYTHON, "-c", "pass"], {}),
        Command("import click", [PYTHON, "-c", "import click"], {}),
        Command("ledger --help", [*LEDGER, "--help"], {}),
        Command("ledger --version", [*LEDGER, "--version"], {}),
        Command("ledger check, own ledger, warm", [*LEDGER, "-C", str(ROOT), "check"], cache),
    ]
    measure(commands[-1])
    return commands


def peer_commands(ledger: Path, size: int, notes: dict[str, str]) -> list[Command]:
    """The peers that can be had, with the content of a ledger in their form: made by a process of its own, since what a process
    starts counts its parent's memory as its own."""
    done = subprocess.run([sys.executable, str(HERE / "peers.py"), str(ledger), str(WORK), str(size)], stdout=subprocess.PIPE, check=True)
    prepared = json.loads(done.stdout)
    notes.update(prepared["notes"])
    return [Command(name, arguments, {}, codes=(0, 1)) for name, arguments in prepared["commands"].items()]


def rows(results: dict[str, Run], base: str) -> list[str]:
    """A table of results, each as a ratio to one of them."""
    lines = ["| what | ratio | of the processor | seconds | processor | largest process |\n|---|---|---|---|---|---|"]
    for name, run in results.items():
        ratio, of_processor = run.seconds / results[base].seconds, run.cpu / results[base].cpu
        lines.append(f"| {name} | {ratio:.2f} | {of_processor:.2f} | {run.seconds:.3f} | {run.cpu:.3f} | {run.memory:.0f} MiB |")
    return lines


def bars(found: dict[int, dict[str, Run]], small: dict[str, Run], page: float) -> list[str]:
    """The bars beside what was measured; `page` is the size of a report on 5,000 claims, in MB."""

    def ratio(size: int, name: str) -> float | None:
        run = found.get(size, {}).get(name)
        return run.seconds / found[size]["bare CSafeLoader load"].seconds if run is not None else None

    first, last = min(found), max(found)
    cold = "check, cold, filling the cache"

    def review(name: str) -> float | None:
        runs = found.get(10_000, {})
        return runs[name].seconds / runs[cold].seconds if name in runs else None

    def report(size: int, name: str, kind: str) -> float | None:
        runs = found.get(size, {})
        measured = getattr(runs[name], kind) if name in runs else None
        return measured / runs["bare CSafeLoader load"].cpu if measured is not None and kind == "cpu" else measured

    growth = found[last][cold].seconds / found[first][cold].seconds / (last / first)
    start = small["python -c pass"].seconds
    wanted: list[tuple[str, float, float | None, str]] = [
        ("`check`, cold, 10,000 claims, all rules (aim 0.45)", 0.7, ratio(10_000, cold), ""),
        ("`check`, cold, 100,000 claims, all rules (aim 0.38)", 0.5, ratio(100_000, cold), ""),
        ("`check`, warm, nothing changed, 10,000 claims", 0.12, ratio(10_000, "check, warm, nothing changed"), ""),
        ("`check`, warm, one claims file changed", 0.15, ratio(10_000, "check, warm, one claims file changed"), ""),
        (
            "`conflicts --town X`, warm, 10,000 claims, its table in a pipe",
            0.25,
            ratio(10_000, "conflicts --town, warm, its table in a pipe"),
            "",
        ),
        ("the same on a terminal", 0.25, ratio(10_000, "conflicts --town, warm, its table on a terminal"), ""),
        ("the same after an edit of one of 200 files", 0.35, ratio(10_000, "conflicts --town, one claims file changed"), ""),
        ("`review` of ten claims, of a cold `check`", 1, review("review of ten claims, no cache"), ""),
        ("the same where `check` ran before", 0.5, review("review of ten claims, where check ran before"), ""),
        ("`report`, 10,000 claims, one page, of the processor", 4, report(10_000, "report, one page", "cpu"), ""),
        ("memory of `report --folder`, 100,000 claims", 1500, report(100_000, "report, a folder of pages", "memory"), " MiB"),
        ("a page of 5,000 claims", 6, page, " MB"),
        (f"growth, cold, {first:,} to {last:,} claims (1: linear)", 1.15, growth, ""),
        ("memory of a cold check, 100,000 claims", 600, found[100_000][cold].memory if 100_000 in found else None, " MiB"),
        ("`ledger --help`, of `python -c pass`", 5, small["ledger --help"].seconds / start, ""),
        ("`ledger --version`, of `python -c pass`", 5, small["ledger --version"].seconds / start, ""),
        ("`check` of our own ledger, warm, of `python -c pass`", 6, small["ledger check, own ledger, warm"].seconds / start, ""),
    ]
    lines = ["| what | bar, at most | measured | |\n|---|---|---|---|"]
    for what, bar, value, unit in wanted:
        if value is not None:
            lines.append(
                f"| {what} | {bar:g}{unit} | {value:.{0 if unit == ' MiB' else 2}f}{unit} | {'met' if value <= bar else 'not met'} |"
            )
    return lines


def version_of(name: str) -> str:
    """The version of a package in `ledger`'s environment."""
    code = f"from importlib.metadata import version; print(version({name!r}))"
    return subprocess.run([PYTHON, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def machine() -> list[str]:
    """What this was measured on and with."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next((line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")), model)
    packages = ", ".join(f"{name} {version_of(name)}" for name in ("PyYAML", "click", "rich", "python-dateutil", "platformdirs"))
    load = f"load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return [
        f"{model}, {os.cpu_count()} processors, {platform.system()}; Python {platform.python_version()}; {packages}; {load}.",
        f"Command: `{' '.join(['python', 'benchmarks/bench.py', *sys.argv[1:]])}` (`make bench`).",
    ]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--times", type=int, default=5, help="runs of each, fewer of the largest")
    parser.add_argument("--quick", action="store_true", help="1,000 and 10,000 claims, three runs, no peers")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.times, options.no_peers = [1000, 10_000], 3, True
    (WORK / "ledgers").mkdir(parents=True, exist_ok=True)
    install()
    notes: dict[str, str] = {}
    found: dict[int, dict[str, Run]] = {}
    for size in options.sizes:
        ledger = WORK / "ledgers" / str(size)
        shutil.rmtree(ledger, ignore_errors=True)
        generate = [sys.executable, str(HERE / "generate.py"), str(ledger), "--claims", str(size)]
        subprocess.run([*generate, *(["--files", "200"] if size == 10_000 else [])], stdout=sys.stderr, check=True)
        commands = own_commands(ledger, size)
        if not options.no_peers:
            commands += peer_commands(ledger, size, notes)
        found[size] = medians(commands, options.times if size < 100_000 else min(3, options.times))
    small = medians(small_commands(), 15)
    text = ["# Measured", "", *machine(), "", *(REMARKS), "", "## Bars", "", *bars(found, small, page_of(5_000)), ""]
    for size, results in found.items():
        text += [f"## {size:,} claims", "", *rows(results, "bare CSafeLoader load"), ""]
    text += ["## Starting", "", *rows(small, "python -c pass"), ""]
    if notes:
        text += ["## Peers", "", *(f"- **{name}** {note}" for name, note in notes.items()), ""]
    options.out.write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))
    shutil.rmtree(CACHES, ignore_errors=True)


REMARKS = (
    "Ratios are to a bare `yaml.CSafeLoader` load of the same claims files (of our own ledger and at the start: to `python -c pass`),",
    "all in one run, in alternation, medians. Every command is a process of its own, its start included. The content of a peer is the",
    "same claims in its form; the work is not the same, and what each does is said at the end. `ledger check` reads the YAML with",
    "positions, checks fields, values, dates and references, finds each quote in its seed and looks for negations, hedges, numbers and",
    "place names beside it; it looks for contradictions only where tensions or resolutions name claims that could have one.",
    "`ledger` is installed as its users have it. Where the machine has several processors `ledger` uses them: the processor column shows the time of all processes together.",
)

if __name__ == "__main__":
    main()
