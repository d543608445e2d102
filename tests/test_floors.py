"""The floors of the house: a room imports only from floors below its own, never from another room of its floor (HOUSE section 1)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT

# From the ground up; rooms are the folders and modules of `ledger/`.
FLOORS = (
    {"texts"},
    {"model"},
    {"reading", "conflicts"},
    {"rules", "answers"},
    {"review", "cache", "writing", "exchange"},
    {"render"},
    {"lsp"},
    {"commands"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
NO_ROOM = {"__init__", "__main__"}  # nobody's floor: the version; the door
ONLY_FOR = {"cache": {"cache", "commands"}}  # take it away, and every answer is the same
# Each package from outside has one home.
HOMES: dict[str, str | tuple[str, ...]] = {
    "click": "ledger/commands/",
    "pygls": "ledger/lsp/",
    "lsprotocol": "ledger/lsp/",
    "rich": "ledger/render/tables.py",
    "jinja2": "ledger/render/report/",
    "markupsafe": "ledger/render/report/",
    "yaml": "ledger/reading/yaml_",
    "dateutil": "ledger/texts/dates.py",
    "platformdirs": "ledger/cache/store.py",
    "pypdf": "ledger/writing/capture/pdfs.py",
    "warcio": "ledger/writing/capture/archives.py",
    "trafilatura": "ledger/writing/capture/proposals.py",
    "sqlite3": ("ledger/exchange/sqlite.py", "ledger/exchange/unpacked.py"),
    "xlsxwriter": "ledger/exchange/sheets.py",
    "pyarrow": ("ledger/exchange/parquet.py", "ledger/exchange/unpacked.py", "ledger/exchange/scale/"),
    "duckdb": "ledger/exchange/scale/duck.py",
    "pyspark": ("ledger/exchange/scale/spark.py", "ledger/exchange/scale/cluster.py"),
    "rfc3161_client": "ledger/exchange/stamps.py",
    "cryptography": ("ledger/exchange/stamps.py", "ledger/render/proofs.py"),
    "openpyxl": "ledger/exchange/incoming.py",
    "urllib.request": "ledger/writing/capture/fetching.py",
    "subprocess": ("ledger/reading/git.py", "ledger/commands/pager.py"),
}
MODULES = sorted(ROOT.glob("ledger/**/*.py"))


def imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that is imported, also inside functions and for types alone."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield node.lineno, alias.name
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, f"line {node.lineno}: a relative import"
        for alias in node.names:
            yield node.lineno, f"{node.module}.{alias.name}"
    for child in ast.iter_child_nodes(node):
        yield from imports(child)


def imports_of(path: Path) -> list[tuple[int, str]]:
    """What a module imports."""
    return list(imports(ast.parse(path.read_text(encoding="utf-8"))))


def room_of(dotted: str) -> str:
    """The room of a dotted name such as `ledger.rules.registry.check`; empty for what is nobody's floor."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "ledger" and len(parts) > 1 and parts[1] in FLOOR else ""


def dotted_name(path: Path) -> str:
    """The name under which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_entrance_is_small_and_every_room_has_its_floor() -> None:
    entries = {path.name for path in (ROOT / "ledger").iterdir() if path.name != "__pycache__"}
    assert len(entries) <= 15
    assert {name.removesuffix(".py") for name in entries} - NO_ROOM == set(FLOOR), "put each room of ledger/ on its floor"


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_no_room_imports_from_above_or_beside(path: Path) -> None:
    own = room_of(dotted_name(path))
    for line, name in imports_of(path):
        other = room_of(name)
        if own and other and other != own:
            assert FLOOR[other] < FLOOR[own], f"{where(path)}:{line} imports {name}, from a room that is not below"
            assert own in ONLY_FOR.get(other, FLOOR), f"{where(path)}:{line} imports {name}: {other} is for {sorted(ONLY_FOR[other])} alone"


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_what_comes_from_outside_has_one_home(path: Path) -> None:
    for line, name in imports_of(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or where(path).startswith(home), f"{where(path)}:{line} imports {name}, whose home is {home}"


def test_no_modules_lean_on_each_other_in_a_circle() -> None:
    known = {dotted_name(path) for path in MODULES}
    edges: dict[str, set[str]] = {}
    for path in MODULES:
        names = {name for _, name in imports_of(path) if name.startswith("ledger.")}
        edges[dotted_name(path)] = {name if name in known else name.rpartition(".")[0] for name in names} & known - {dotted_name(path)}
    while leaves := {name for name, needed in edges.items() if not needed & edges.keys()}:
        for name in leaves:
            del edges[name]
    assert not edges


@pytest.mark.parametrize(
    "text, expected",
    [
        ("import ledger.texts.display", ["ledger.texts.display"]),
        ("def f():\n    if x:\n        from rich import box, table as t", ["rich.box", "rich.table"]),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rich\nelse:\n    import yaml",
            ["typing.TYPE_CHECKING", "rich", "yaml"],
        ),
        ("try:\n    import click\nexcept ImportError:\n    import rich", ["click", "rich"]),
    ],
)
def test_imports_are_found(text: str, expected: list[str]) -> None:
    assert [name for _, name in imports(ast.parse(text))] == expected
