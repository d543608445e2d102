"""The floors of the house: a module imports only from floors below its own, or its own (HOUSE section 1)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT

# From the ground up. A name is a module or a package under `ledger`; what a package holds stands on its floor, unless the
# module itself is named.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("ledger", "text", "dates", "quantities", "diagnostic", "words", "occurrences"),
    ("cache", "nodes", "model", "reports", "vocabularies", "trees", "git", "workers"),
    ("lines", "seeds", "shapes", "snapshots", "rereading"),
    ("kept",),
    ("links",),
    ("vocabulary",),
    ("claims", "records", "resolutions"),
    ("changes", "defects", "traps"),
    ("loader",),
    ("conflicts",),
    ("checks", "agreement", "filters"),
    ("coverage", "holdings", "marks", "selftest", "supports", "timeline", "review", "history"),
    ("claimants", "remarks"),
    ("render",),
    ("commands",),
    ("__main__",),
)
# Each package from outside has one home.
HOMES = {
    "click": "ledger/commands/",
    "rich": "ledger/render/tables.py",
    "yaml": "ledger/reading/yaml_nodes.py",
    "dateutil": "ledger/texts/dates.py",
    "platformdirs": "ledger/cache/store.py",
    "subprocess": "ledger/reading/git.py",
}
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
MODULES = sorted(ROOT.glob("ledger/**/*.py"))


def only_types(node: ast.If) -> bool:
    """Whether an `if` is `if TYPE_CHECKING`."""
    test = node.test
    return (test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else "") == "TYPE_CHECKING"


def imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that is imported, also inside functions; what only types need is left out."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield node.lineno, alias.name
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, f"line {node.lineno}: a relative import"
        for alias in node.names:
            yield node.lineno, f"{node.module}.{alias.name}"
    for child in node.orelse if isinstance(node, ast.If) and only_types(node) else ast.iter_child_nodes(node):
        yield from imports(child)


def imports_of(path: Path) -> list[tuple[int, str]]:
    """What a module imports."""
    return list(imports(ast.parse(path.read_text(encoding="utf-8"))))


def floor_of(dotted: str) -> int:
    """The floor of a dotted name such as `ledger.rules.registry.check` or `ledger.text`."""
    first, _, rest = dotted.partition(".")
    return FLOOR[first if rest in ("", "__version__") else rest.split(".")[0]]


def dotted_name(path: Path) -> str:
    """The name under which a module is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_module_has_its_floor_and_every_floor_its_modules() -> None:
    rooms = {where(path).split("/")[1].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert rooms == set(FLOOR) - {"ledger"}, "put each module of ledger/ on its floor"
    assert len(FLOOR) == sum(map(len, FLOORS))


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_no_module_imports_from_above(path: Path) -> None:
    own = floor_of(dotted_name(path))
    above = [
        f"{where(path)}:{line} imports {name}, which is on floor {floor_of(name)}; its own is {own}"
        for line, name in imports_of(path)
        if name.split(".")[0] == "ledger" and floor_of(name) > own
    ]
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=where)
def test_what_comes_from_outside_has_one_home(path: Path) -> None:
    for line, name in imports_of(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or where(path).startswith(home), f"{where(path)}:{line} imports {name}, whose home is {home}"


def test_modules_of_one_floor_do_not_lean_on_each_other_in_a_circle() -> None:
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
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rich\nelse:\n    import yaml", ["typing.TYPE_CHECKING", "yaml"]),
        ("import typing\nif typing.TYPE_CHECKING:\n    import rich", ["typing"]),
        ("try:\n    import click\nexcept ImportError:\n    import rich", ["click", "rich"]),
    ],
)
def test_imports_are_found(text: str, expected: list[str]) -> None:
    assert [name for _, name in imports(ast.parse(text))] == expected
