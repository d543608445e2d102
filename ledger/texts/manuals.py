"""What docstrings say, the same on every Python and where the interpreter dropped them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


def manual_of(function: Callable[..., Any]) -> str:
    """A function's docstring, the same on every Python: Python 3.13 takes the indentation away, older ones keep it, and under `-OO`
    it is read from the source ("" where neither is left)."""
    import inspect  # a start would feel it, and few commands print a docstring

    return inspect.cleandoc(function.__doc__ or _docstrings(function.__module__).get(function.__name__, ""))


def sections_of(function: Callable[..., Any]) -> tuple[str, str, str]:
    """A function's docstring in three: what it says, and the examples that stand indented behind `Bad:` and `Good:` ("" where it has
    none)."""
    from textwrap import dedent

    manual, _, examples = manual_of(function).partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    return manual, dedent(bad and bad + "\n"), dedent(good and good + "\n")


@cache
def _docstrings(module: str) -> dict[str, str]:
    """The docstrings of a module's own functions, by name, as its source has them."""
    import ast
    import inspect
    import sys

    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, KeyError, TypeError):  # only what was compiled is there
        return {}
    return {node.name: ast.get_docstring(node) or "" for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
